"""Catalogs from JSON, TOML and CSV, with every fault at once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules.planning import Catalogue, Course, Package, parse_catalogue, read_catalogue

SAMPLES = Path(__file__).resolve().parents[3] / "examples" / "catalogues"
COURSE = {"id": "c", "title": "Sample", "kind": "formal_ce", "amount": "1", "price": "10"}
PACKAGE = {"id": "p", "title": "Sample package", "price": "5", "courses": ["c"]}
HEAD = "type,id,title,kind,amount,price"


def plain(course: dict[str, Any] | None = None, package: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a valid catalog with some fields changed; None removes a field."""
    parts = [{key: value for key, value in {**sound, **(more or {})}.items() if value is not None}
             for sound, more in ((COURSE, course), (PACKAGE, package))]
    return {"schema": "cmprules.catalogue/1", "courses": parts[:1], "packages": parts[1:]}


def faults_of(do: Any, *given: Any) -> list[tuple[str, str]]:
    """Return path and code of each fault."""
    with pytest.raises(cmprules.InputError) as refused:
        do(*given)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_the_samples_say_the_same_as_csv_and_as_json() -> None:
    """Both files give the same catalog."""
    assert read_catalogue(SAMPLES / "samples.csv") == read_catalogue(SAMPLES / "samples.json")


def test_as_toml_too(tmp_path: Path) -> None:
    """TOML has its own days and numbers."""
    (tmp_path / "c.toml").write_text('schema = "cmprules.catalogue/1"\n[[courses]]\nid = "c"\ntitle = "Sample"\n'
                                     'kind = "formal_ce"\namount = 1.5\nprice = 9.99\navailable_from = 2026-03-01\n',
                                     encoding="utf-8")
    course = read_catalogue(tmp_path / "c.toml").courses[0]
    assert (course.points, course.price, str(course.available_from)) == (Decimal("1.5"), Decimal("9.99"), "2026-03-01")


def test_what_is_left_out_has_its_default() -> None:
    """A point takes an hour, no days are set, nothing is delayed; a package opens what it lists."""
    catalogue = parse_catalogue(plain())
    course, package = catalogue.courses[0], catalogue.packages[0]
    assert (course.hours, course.days, course.available_from, course.unit) == (Decimal(1), 0, None, "point")
    assert (package.period_days, package.most_courses, package.most_hours) == (None, None, None)
    assert (package.opens(course), catalogue.currency) == (True, "USD")


ONE_FAULT_OF_A_COURSE: tuple[tuple[str, Any, str, str], ...] = (
    ("amount", 0, "amount", "NOT_POSITIVE"),
    ("amount", "0.001", "amount", "TOO_FINE"),
    ("amount", 1001, "amount", "TOO_MUCH"),
    ("amount", "much", "amount", "NOT_A_NUMBER"),
    ("amount", None, "amount", "MISSING_KEY"),
    ("kind", "lecture", "kind", "UNKNOWN_KIND"),
    ("unit", "semester_hour", "unit", "WRONG_UNIT"),
    ("unit", "week", "unit", "UNKNOWN_UNIT"),
    ("areas", ["safty"], "areas[0]", "UNKNOWN_AREA"),
    ("areas", ["safety", "safety"], "areas[1]", "REPEATED"),
    ("areas", "safety", "areas", "NOT_A_LIST"),
    ("price", -1, "price", "NEGATIVE"),
    ("price", "9.999", "price", "TOO_FINE"),
    ("price", 1_000_001, "price", "TOO_MUCH"),
    ("price", "NaN", "price", "NOT_FINITE"),
    ("hours", 0, "hours", "NOT_POSITIVE"),
    ("hours", "0.001", "hours", "TOO_FINE"),
    ("hours", 1001, "hours", "TOO_MUCH"),
    ("available_from", "2026-13-01", "available_from", "NO_SUCH_DATE"),
    ("available_until", "tomorrow", "available_until", "NOT_A_DATE"),
    ("days", -1, "days", "DAYS_OUT_OF_RANGE"),
    ("days", 3661, "days", "DAYS_OUT_OF_RANGE"),
    ("days", "3", "days", "WRONG_TYPE"),
    ("title", " ", "title", "EMPTY_TEXT"),
    ("prize", 1, "prize", "UNKNOWN_KEY"),
)
ONE_FAULT_OF_A_PACKAGE: tuple[tuple[str, Any, str, str], ...] = (
    ("price", None, "price", "MISSING_KEY"),
    ("price", "1.001", "price", "TOO_FINE"),
    ("price", "x", "price", "NOT_A_NUMBER"),
    ("price", 1_000_001, "price", "TOO_MUCH"),
    ("courses", None, "courses", "MISSING_KEY"),
    ("courses", [], "courses", "MISSING_KEY"),
    ("courses", ["d"], "courses[0]", "NO_SUCH_COURSE"),
    ("courses", ["c", "c"], "courses[1]", "REPEATED"),
    ("courses", "c", "courses", "NOT_A_LIST"),
    ("period_days", "x", "period_days", "WRONG_TYPE"),
    ("period_days", 0, "period_days", "DAYS_OUT_OF_RANGE"),
    ("most_courses", 0, "most_courses", "NOT_POSITIVE"),
    ("most_courses", "x", "most_courses", "WRONG_TYPE"),
    ("most_hours", "0.001", "most_hours", "TOO_FINE"),
    ("most_hours", 0, "most_hours", "NOT_POSITIVE"),
    ("id", "c", "id", "REPEATED_ID"),
    ("available_from", 5, "available_from", "WRONG_TYPE"),
)


@pytest.mark.parametrize(("name", "value", "path", "code"), ONE_FAULT_OF_A_COURSE)
def test_one_fault_of_a_course(name: str, value: object, path: str, code: str) -> None:
    """Each case has one fault with path and code; the constructor reports the same one."""
    assert faults_of(parse_catalogue, plain({name: value})) == [(f"$.courses[0].{path}", code)]
    if value is not None and name != "prize":
        assert faults_of(lambda: Course(**{**COURSE, name: value})) == [(f"$.{path}", code)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value", "path", "code"), ONE_FAULT_OF_A_PACKAGE)
def test_one_fault_of_a_package(name: str, value: object, path: str, code: str) -> None:
    """The same holds for packages."""
    assert faults_of(parse_catalogue, plain(package={name: value})) == [(f"$.packages[0].{path}", code)]
    if value is not None and code not in {"REPEATED_ID", "NO_SUCH_COURSE"}:
        assert faults_of(lambda: Package(**{**PACKAGE, name: value})) == [(f"$.{path}", code)]  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["course", "package"])
def test_a_span_of_days_ends_after_it_starts(part: str) -> None:
    """The same day is a span; the day before is not."""
    span = {"available_from": "2026-03-02", "available_until": "2026-03-02"}
    parse_catalogue(plain(**{part: span}))
    assert faults_of(parse_catalogue, plain(**{part: {**span, "available_until": "2026-03-01"}})) == [
        (f"$.{part}s[0].available_until", "END_BEFORE_START")]


@pytest.mark.parametrize("part", ["course", "package"])
@pytest.mark.parametrize(("bad", "other"), [("from", "until"), ("until", "from")])
def test_a_day_that_cannot_be_read_is_compared_with_none(part: str, bad: str, other: str) -> None:
    """It is the only fault."""
    bad, other = f"available_{bad}", f"available_{other}"
    assert faults_of(parse_catalogue, plain(**{part: {bad: "2026-13-01", other: "2026-03-02"}})) == [
        (f"$.{part}s[0].{bad}", "NO_SUCH_DATE")]


@pytest.mark.parametrize(("mapping", "faults"), [
    ({"courses": []}, [("$.schema", "MISSING_KEY")]),
    ({"schema": "cmprules.catalogue/2", "courses": []}, [("$.schema", "WRONG_SCHEMA")]),
    ({"schema": "cmprules.catalogue/1"}, [("$.courses", "MISSING_KEY")]),
    ({"schema": "cmprules.catalogue/1", "courses": [], "currency": "EUR"}, [("$.currency", "UNKNOWN_WORD")]),
    ({"schema": "cmprules.catalogue/1", "courses": [COURSE, COURSE]}, [("$.courses[1].id", "REPEATED_ID")]),
    ({"schema": "cmprules.catalogue/1", "courses": [5], "packages": "p"},
     [("$.courses[0]", "WRONG_TYPE"), ("$.packages", "NOT_A_LIST")]),
    ([], [("$", "WRONG_TYPE")]),
])
def test_a_catalogue_that_is_none(mapping: Any, faults: list[tuple[str, str]]) -> None:
    """Cases: another schema or currency, no courses, a repeated one, not a mapping."""
    assert faults_of(parse_catalogue, mapping) == faults


def test_all_faults_at_once() -> None:
    """Faults of a field, between fields, and between courses and packages come together."""
    mapping = {"schema": "cmprules.catalogue/1", "currency": "USD",
               "courses": [{**COURSE, "price": "x", "unit": "exam"}, COURSE, {**COURSE, "id": "d", "days": 1.5}],
               "packages": [{**PACKAGE, "id": "d", "courses": ["c", "e", 5]}, {**PACKAGE, "courses": 7}]}
    assert faults_of(parse_catalogue, mapping) == [
        ("$.courses[0].price", "NOT_A_NUMBER"), ("$.courses[0].unit", "WRONG_UNIT"),
        ("$.courses[2].days", "WRONG_TYPE"), ("$.packages[0].courses[2]", "WRONG_TYPE"),
        ("$.packages[1].courses", "NOT_A_LIST"), ("$.courses[1].id", "REPEATED_ID"),
        ("$.packages[0].id", "REPEATED_ID"), ("$.packages[0].courses[1]", "NO_SUCH_COURSE")]


def test_a_course_whose_id_cannot_be_read_may_be_the_one_that_is_meant() -> None:
    """The first fault causes no second one."""
    mapping = plain({"id": 5})
    assert faults_of(parse_catalogue, mapping) == [("$.courses[0].id", "WRONG_TYPE")]


class TestCsv:
    """A CSV file has one line for each course and package; faults name the line and the column."""

    def read(self, folder: Path, *lines: str) -> Catalogue:
        """Write lines to a file, and read it."""
        path = folder / "catalogue.CSV"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_catalogue(path)

    def faults(self, folder: Path, *lines: str) -> list[tuple[str, str]]:
        """Return the faults of a file of these lines."""
        return faults_of(self.read, folder, *lines)

    def test_cells_are_read_as_their_keys(self, tmp_path: Path) -> None:
        """Spaces are trimmed, lists are split at semicolons, integers are read, empty cells and lines are skipped."""
        found = self.read(tmp_path, "type, id,title,kind,amount,price,areas,days,courses,most_courses",
                          ' course ,c,"One, two",formal_ce,1,, safety ; ethics;,2,,', "", ",,,,,,,,,",
                          "package,p,P,,,7.50,,,c,3")
        assert (found.courses[0].title, found.courses[0].areas) == ("One, two", ("safety", "ethics"))
        assert (found.courses[0].price, found.courses[0].days) == (None, 2)
        assert (found.packages[0].courses, found.packages[0].most_courses) == (("c",), 3)

    def test_a_title_over_two_lines(self, tmp_path: Path) -> None:
        """A quoted cell may contain a line end; later lines keep their numbers."""
        assert self.faults(tmp_path, HEAD, 'course,c,"One\ntwo",formal_ce,1,2', "course,d,T,formal_ce,0,2") == [
            ("line 4.amount", "NOT_POSITIVE")]

    @pytest.mark.parametrize(("lines", "faults"), [
        (("course,c,T,formal_ce,1,x",), [("line 2.price", "NOT_A_NUMBER")]),
        (("course,c,T,formal_ce,1,2", "course,c,U,formal_ce,1,2"), [("line 3.id", "REPEATED_ID")]),
        (("courze,c,T,formal_ce,1,2",), [("line 2.type", "UNKNOWN_WORD")]),
        ((",c,T,formal_ce,1,2",), [("line 2.type", "UNKNOWN_WORD")]),
        (("package,p,T,formal_ce,1,2",), [("line 2.kind", "UNKNOWN_KEY"), ("line 2.amount", "UNKNOWN_KEY"),
                                          ("line 2.courses", "MISSING_KEY")]),
        (("course,c,T,formal_ce,1,2,3",), [("line 2", "TOO_MANY_CELLS")]),
        (('course,c,"T,formal_ce,1,2',), [("line 2", "NOT_CSV")]),
        (("course,c",), [("line 2.title", "MISSING_KEY"), ("line 2.kind", "MISSING_KEY"),
                         ("line 2.amount", "MISSING_KEY")]),
    ])
    def test_faults_name_their_line(self, lines: tuple[str, ...], faults: list[tuple[str, str]],
                                    tmp_path: Path) -> None:
        """Faults name the line of the file and the column."""
        assert self.faults(tmp_path, HEAD, *lines) == faults

    def test_the_hint_names_lines_too(self, tmp_path: Path) -> None:
        """The hint names the line that already has the id."""
        with pytest.raises(cmprules.InputError, match="line 2 has it already"):
            self.read(tmp_path, HEAD, "course,c,T,formal_ce,1,2", "course,c,U,formal_ce,1,2")

    @pytest.mark.parametrize(("head", "faults"), [
        ("type,id,title,kind,amount,prise", [("line 1", "UNKNOWN_KEY")]),
        ("type,id,title,kind,amount,price,price", [("line 1", "REPEATED_KEY")]),
        ("id,title,kind,amount,price", [("line 1", "MISSING_KEY")]),
    ])
    def test_faults_of_the_first_line(self, head: str, faults: list[tuple[str, str]], tmp_path: Path) -> None:
        """Cases: an unknown column, a repeated one, and a missing required one."""
        assert self.faults(tmp_path, head) == faults

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        """Cases: a file that is not UTF-8, empty, or missing."""
        (tmp_path / "a.csv").write_bytes(b"type,id\xff")
        (tmp_path / "b.csv").write_bytes(b"")
        assert faults_of(read_catalogue, tmp_path / "a.csv") == [("$", "NOT_UTF8")]
        assert faults_of(read_catalogue, tmp_path / "b.csv") == [("$", "EMPTY_FILE")]
        assert faults_of(read_catalogue, tmp_path / "none.csv") == [("$", "CANNOT_READ")]


def test_a_key_that_stands_twice_in_json(tmp_path: Path) -> None:
    """JSON would silently keep the last one."""
    text = json.dumps(plain()).replace('"price": "10"', '"price": "10", "price": "11"')
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    assert faults_of(read_catalogue, tmp_path / "c.json") == [("$.courses[0].price", "REPEATED_KEY")]
