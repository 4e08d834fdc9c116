"""The shipped edition: each check of the loader refuses a broken edition; digest, names and figures are right."""

from __future__ import annotations

import importlib.util
import shutil
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Context, Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._policy import load as _load
from cmprules._policy import reading as _reading

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SHIPPED = ROOT / "src" / "cmprules" / "data" / "2026.1"
ZOO = tomllib.loads((HERE / "zoo.toml").read_text(encoding="utf-8"))["member"]
EXPECTED = tomllib.loads((HERE / "expected_tables.toml").read_text(encoding="utf-8"))["table"]
ROW_IDS = HERE / "row_ids.txt"
ONE_DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Copy the shipped edition, to be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "2026.1"))


def _replace(path: Path, patch: dict[str, Any]) -> None:
    """Replace the first `old` (or the last one), which must exist, with `new`."""
    text = path.read_text(encoding="utf-8")
    old, new = patch["old"], patch["new"].replace("DIGITS", "9" * 10_000)
    assert old in text, f"{path.name} has no {old!r}"
    head, _, tail = text.rpartition(old) if patch.get("last") else text.partition(old)
    path.write_text(head + new + tail, encoding="utf-8")


def _apply(folder: Path, patch: dict[str, Any]) -> None:
    """Apply a patch to one file of an edition."""
    path = folder / patch["file"]
    if "create" in patch:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(patch["create"], encoding="utf-8")
    if "remove" in patch:
        path.unlink()
    if "blank" in patch:
        path.write_bytes(b"")
    if "rename" in patch:
        path.rename(folder / patch["rename"])
    if "old" in patch:
        _replace(path, patch)
    if "keep_lines" in patch:
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:patch["keep_lines"]]),
                        encoding="utf-8")
    if "append" in patch:
        path.write_text(path.read_text(encoding="utf-8") + "\n" + patch["append"], encoding="utf-8")
    if "append_hex" in patch:
        path.write_bytes(path.read_bytes() + bytes.fromhex(patch["append_hex"]))


# ---------------------------------------------------------------------------------------------------------
# The zoo.


@pytest.mark.parametrize("member", ZOO, ids=lambda member: member["name"])
def test_every_broken_edition_is_refused_with_exactly_its_faults(edition: Path, member: dict[str, Any]) -> None:
    """A broken edition never makes a book: exactly its faults are named, with file, row and field."""
    for patch in member["patch"]:
        _apply(edition, patch)
    with pytest.raises(cmprules.PolicyDataError) as caught:
        _reading.read_edition(_load.tables_in(edition))
    expected = [(fault["path"], fault.get("code", "BAD_ROW")) for fault in member["fault"]]
    assert [(fault.path, fault.code) for fault in caught.value.faults] == expected, str(caught.value)
    for found, fault in zip(caught.value.faults, member["fault"], strict=True):
        for word in fault.get("words", ()):
            assert word in str(found)
        assert str(found) in str(caught.value)


def test_every_member_of_the_zoo_has_a_name_of_its_own() -> None:
    """Two members with one name would hide each other in a report."""
    names = [member["name"] for member in ZOO]
    assert len(names) == len(set(names))


def test_a_row_may_begin_before_its_source_if_it_says_so(edition: Path) -> None:
    """A decision may bind retroactively if the row says so."""
    begins = "from   = 2020-07-02\nretroactive = true"
    _apply(edition, {"file": "points/BB.toml", "old": "from   = 2023-01-01", "new": begins})
    assert _reading.read_edition(_load.tables_in(edition)).id == "2026.1"


AT_THE_EDGE = {
    "a source published on the day that a row begins": [
        ("points/BB.toml", "from   = 2023-01-01", "from   = 2020-07-03")],
    "a table checked on the day that its latest row begins": [
        ("points/MLS.toml", "last_checked = 2026-11-23", "last_checked = 2024-01-01")],
    "an international credential from the first day of the table that it follows": [
        ("ascpi.toml", "from    = 2015-01-01", "from    = 2007-01-01")],
    "a row of points for a single day": [
        ("points/BB.toml", "from   = 2007-01-01", "from   = 2007-01-01\nuntil  = 2007-01-01")],
    "a fee of an examination for a single day": [
        ("exam_fees.toml", "until    = 2022-12-31", "until    = 2018-01-01")],
    "an amount of the process with cents": [
        ("renewal.toml", 'value  = 25\nunit   = "usd"', 'value  = "25.50"\nunit   = "usd"')],
    "a pass rate of everybody": [("pass_rates.toml", '"75.7"', '"100"')],
    "a state of a declaration to which nothing leads back": [
        ("declaration.toml", 'to     = "drafted"', 'to     = "ready"')],
}
"""Editions that a slightly stricter check would refuse."""


@pytest.mark.parametrize("changes", AT_THE_EDGE.values(), ids=AT_THE_EDGE)
def test_an_edition_at_the_edge_of_a_check_is_read(edition: Path, changes: list[tuple[str, str, str]]) -> None:
    """Checks accept what is only just valid."""
    for file, old, new in changes:
        _apply(edition, {"file": file, "old": old, "new": new})
    assert _reading.read_edition(_load.tables_in(edition)).id == "2026.1"


def test_a_row_that_is_not_established_may_have_a_question_alone(edition: Path) -> None:
    """It needs no known facts."""
    row = ('[[row]]\nid = "MLA/2026-01-01"\nfrom = 2026-01-01\nestablished = false\nquestion = "How many?"\n'
           'begins = { source = "ascp-qihc", pin = "somewhere", grade = "official" }\n')
    _apply(edition, {"file": "points/MLA.toml", "append": row})
    read = _reading.read_edition(_load.tables_in(edition))
    assert "How many?" in [row.question for table in read.points for row in table.row]


def test_a_row_of_the_future_does_not_make_a_table_stale(edition: Path) -> None:
    """A row may begin after the last check of the edition, if it was known before."""
    row = ('[[row]]\nid = "MLA/2030-01-01"\nfrom = 2030-01-01\nestablished = false\nquestion = "How many?"\n'
           'begins = { source = "ascp-qihc", pin = "somewhere", grade = "official" }\n')
    _apply(edition, {"file": "points/MLA.toml", "append": row})
    assert _reading.read_edition(_load.tables_in(edition)).last_checked == date(2026, 11, 23)


@pytest.mark.parametrize("context", [Context(prec=1), Context(traps=[Inexact])], ids=["one digit", "exact or nothing"])
def test_the_decimal_context_of_the_program_around_has_no_bearing(context: Context) -> None:
    """The tables are read correctly, however few digits the calling program calculates with."""
    with localcontext(context):
        assert _reading.read_edition(_load.tables_in(SHIPPED)).sha256 == cmprules.load_book(edition="2026.1").sha256


def test_what_is_not_a_table_is_left_alone(edition: Path) -> None:
    """Notes next to the tables, and folders of other programs, are not read."""
    (edition / "NOTES.txt").write_text("not a table", encoding="utf-8")
    (edition / "__pycache__").mkdir()
    assert _reading.read_edition(_load.tables_in(edition)).sha256 == cmprules.load_book(edition="2026.1").sha256


def test_an_international_table_begins_where_it_says(edition: Path) -> None:
    """An international credential has the rows of its counterpart from its own first day on, and none before."""
    _apply(edition, {"file": "ascpi.toml", "old": "from    = 2015-01-01", "new": "from    = 2025-07-01"})
    book = _reading.made_of(_load.tables_in(edition))
    assert [(row.id, row.starts_on) for row in book.tables["PBT(ASCPi)"]] == [
        ("ASCPi/PBT/2025-07-01", date(2025, 7, 1))]
    policy = book.policy_for("PBT", expires_on=date(2025, 7, 1), body="ASCPi")
    assert policy.total is not None
    assert (policy.total.value, policy.total.grade) == (Decimal(9), cmprules.Grade.INFERRED)
    with pytest.raises(cmprules.NotInForceError, match="2025-07-01"):
        book.policy_for("PBT", expires_on=date(2025, 6, 30), body="ASCPi")


# ---------------------------------------------------------------------------------------------------------
# What is announced.


def test_an_announced_row_is_shown_and_never_computed_with(edition: Path) -> None:
    """The book shows what a source announces; the table in force does not change."""
    announced = SHIPPED.joinpath("points", "PBT.toml").read_text(encoding="utf-8").split("[[row]]")[-1]
    text = "[[announced]]" + announced.replace("PBT/2024-01-01", "PBT/2030-01-01").replace(
        "2024-01-01", "2030-01-01").replace("value = 9", "value = 10").replace("value = 5", "value = 6")
    _apply(edition, {"file": "points/PBT.toml", "append": text})
    book = _reading.made_of(_load.tables_in(edition))
    plain = cmprules.load_book(edition="2026.1")
    assert [row.id for row in book.announced] == ["PBT/2030-01-01"]
    assert plain.announced == ()
    assert book.announced[0].cells[0].figure.value == Decimal(10)
    assert book.tables == plain.tables
    for body in ("ASCP", "ASCPi"):
        policy = book.policy_for("PBT", expires_on=date(2030, 6, 30), body=body)
        assert policy.total is not None
        assert policy.total.value == Decimal(9)
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2030-06-30"}],
    })
    decided = cmprules.decide(record, book, on=date(2030, 3, 10))["pbt"]
    assert decided.total == cmprules.decide(record, plain, on=date(2030, 3, 10))["pbt"].total


# ---------------------------------------------------------------------------------------------------------
# The digest.


def _digest(folder: Path) -> str:
    return _reading.read_edition(_load.tables_in(folder)).sha256


def _raw(folder: Path) -> dict[str, Any]:
    return {name: tomllib.loads(table.decode(), parse_float=Decimal) for name, table in _load.tables_in(folder).items()}


def test_the_digest_does_not_see_comments_and_spaces(edition: Path) -> None:
    """The digest covers what the rows mean, not how the files are written."""
    before = _digest(edition)
    for path in edition.rglob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("# a remark\n\n" + "\r\n".join(f"{line}   " for line in lines) + "\n\n# the end",
                        encoding="utf-8", newline="")
    assert _digest(edition) == before == cmprules.load_book(edition="2026.1").sha256


def test_the_digest_does_not_see_the_order_of_keys(edition: Path) -> None:
    """Two keys of a row may be swapped."""
    before = _digest(edition)
    _apply(edition, {"file": "window.toml", "old": 'id     = "opens_days_before_end"\nvalue  = 90',
                     "new": 'value  = 90\nid     = "opens_days_before_end"'})
    assert _digest(edition) == before


def test_an_advisory_is_shown_and_leaves_the_digest_alone(edition: Path) -> None:
    """A warning can be added to a released edition without changing it."""
    before = _digest(edition)
    known = cmprules.load_book(edition="2026.1").advisories
    _apply(edition, {"file": "advisories.toml", "old": "advisory = [",
                     "new": 'advisory = ["The total for PBT is under review.", '})
    assert _digest(edition) == before
    made = _reading.made_of(_load.tables_in(edition))
    assert made.advisories == ("The total for PBT is under review.", *known)


def test_what_the_first_edition_got_wrong_is_an_advisory_each() -> None:
    """Nine errors have credentials, days and effect; the edition that corrects them has none."""
    known = cmprules.load_book(edition="2026.1").advisories
    assert len(known) == 9
    for text, (credentials, day) in zip(known, (
        ("every credential", "2026"), ("ASCPi", "2015"), ("QIHC, QLS, QIA", "2012-09-30"),
        ("QBRS and QLC", "2022-06-30"),
        ("qualifications", "2019-12-31"), ("every credential", "2026-01-01"), ("every credential", "no date"),
        ("PBT(ASCPi)", "2023-01-01"), ("MLT, HTL and SBB", "2024"),
    ), strict=True):
        assert credentials in text.partition(":")[0]
        assert day in text.partition(":")[0]
    assert cmprules.load_book(edition="2026.2").advisories == ()


CHANGES = [
    ("a figure and the pool that follows from it", [
        ("points/MLS.toml", "value = 36", "value = 35"), ("points/MLS.toml", "value = 27", "value = 26")]),
    ("a fee", [("fees.toml", '"110.00"', '"111.00"')]),
    ("the first day of a row", [("points/MLS.toml", "from   = 2023-01-01", "from   = 2023-01-02")]),
    ("a grade", [("points/PBT.toml", 'grade = "third_party"', 'grade = "society"')]),
    ("a pin", [("window.toml", "passage on when to declare", "passage on the time to declare")]),
    ("days of the window", [("window.toml", "value  = 90", "value  = 91")]),
    ("a cap", [("limits.toml", "value  = 12", "value  = 13")]),
    ("whether a kind is established", [("kinds.toml", "established = false\n", "established = true\n")]),
    ("a day of a limit", [("limits.toml", "2022-12-31", "2022-12-30")]),
    ("the day of publication of a source", [("sources.toml", "2020-07-03", "2020-07-04")]),
    ("the last check", [("fees.toml", "2026-11-23", "2026-11-22")]),
    ("a figure of the process", [("examination.toml", "value  = 400", "value  = 401")]),
    ("a fee of an examination", [("exam_fees.toml", '"260.00"', '"261.00"')]),
    ("a pass rate", [("pass_rates.toml", '"75.7"', '"75.8"')]),
    ("the state that an event leads to", [("declaration.toml", 'to       = "eligible"', 'to       = "renewed"')]),
    ("what an event needs", [("declaration.toml", '"same_business_day"', '"letter_of_appeal"')]),
    ("a document that proves", [("audit.toml", '["transcript"]', '["certificate"]')]),
    ("a field that a document shows", [("audit.toml", '"participant", "hours"]', '"participant"]')]),
    ("a rule on the designation", [("designation.toml", "raised", "lifted")]),
    ("a rule on the renewal", [("renewal.toml", "is the earliest", "is the latest")]),
]


@pytest.mark.parametrize("changes", [changes for _, changes in CHANGES], ids=[name for name, _ in CHANGES])
def test_the_digest_sees_every_sort_of_change(edition: Path, changes: list[tuple[str, str, str]]) -> None:
    """Every value of a row is in the digest, so an edition cannot change unnoticed."""
    before = _digest(edition)
    for file, old, new in changes:
        _apply(edition, {"file": file, "old": old, "new": new})
    assert _digest(edition) != before


def _figures(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping that has a figure."""
    if isinstance(value, dict):
        if "value" in value or "points" in value:
            yield value
        for inner in value.values():
            yield from _figures(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _figures(inner)


def test_the_digest_sees_every_single_figure() -> None:
    """No figure in any file can change without changing the digest."""
    for name, raw in sorted(_raw(SHIPPED).items()):
        before = _reading.digest_of({name: raw})
        for holder in _figures(raw):
            key = "value" if "value" in holder else "points"
            was = holder[key]
            holder[key] = "changed"
            assert _reading.digest_of({name: raw}) != before, (name, holder)
            holder[key] = was


# ---------------------------------------------------------------------------------------------------------
# Names.


def _row_ids(book: cmprules.PolicyBook) -> list[str]:
    """List the id of every row that answers may cite."""
    points = [f"points {name} {row.id}" for name, rows in book.tables.items() for row in rows]
    fees = [f"fees {row.region} {row.id}" for row in book.fees]
    figures = [f"figure {name}" for name in book.figures]
    statements = [f"statement {name}" for name in book.statements]
    kinds = [f"kind {name}" for name in book.rules.kinds]
    sources = [f"source {name}" for name in book.sources]
    process = [*(f"exam fee {row.id}" for row in book.exam_fees), *(f"pass rate {row.id}" for row in book.pass_rates),
               *(f"transition {row.id}" for row in book.transitions), *(f"proof {name}" for name in book.proofs)]
    return sorted([*points, *fees, *figures, *statements, *kinds, *sources, *process])


def test_the_names_of_rows_change_only_on_purpose(book: cmprules.PolicyBook) -> None:
    """Receipts and reports name rows by id: a rename shows up in tests/edges/data/row_ids.txt."""
    assert _row_ids(book) == ROW_IDS.read_text(encoding="utf-8").splitlines()


def test_the_words_of_the_record_format_are_those_of_the_tables() -> None:
    """The generated module is what the task would write."""
    spec = importlib.util.spec_from_file_location("write_vocabulary", ROOT / "tasks" / "write_vocabulary.py")
    assert spec is not None
    assert spec.loader is not None
    task = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(task)
    write: Callable[[], str] = task.main
    written = (ROOT / "src" / "cmprules" / "_words" / "vocabulary.py").read_text(encoding="utf-8")
    assert write() == written


# ---------------------------------------------------------------------------------------------------------
# The figures, typed a second time.


def _eras() -> Iterator[tuple[str, str, dict[str, Any], date, date]]:
    """Return code, body, era, first day and last day of every era in the second typing."""
    for table in EXPECTED:
        for code in table["codes"]:
            eras = table["era"]
            for era, following in zip(eras, [*eras[1:], None], strict=True):
                last = date(2999, 12, 31) if following is None else following["from"] - ONE_DAY
                yield code, table["body"], era, era["from"], last


ERAS = list(_eras())


def _cells(policy: cmprules.Policy) -> dict[str, tuple[Decimal, str]]:
    """Return the value and the grade of every cell of a policy's row."""
    return {cell.of: (cell.figure.value, str(cell.figure.grade)) for cell in policy.row.cells}


def _typed(era: dict[str, Any], own: str) -> dict[str, tuple[Decimal, str]]:
    """Read values like `own = "2 official"` from the second typing."""
    found = {}
    for name, text in era.get("cells", {}).items():
        value, grade = text.split()
        found[own if name == "own" else name] = (Decimal(value), grade)
    return found


def _own_area(code: str, body: str) -> str:
    return next((table["own"][code] for table in EXPECTED
                 if table["body"] == body and code in table.get("own", {})), "")


@pytest.mark.parametrize(("code", "body", "era", "first", "last"), ERAS,
                         ids=[f"{code}({body}) from {first}" for code, body, _, first, _ in ERAS])
def test_the_figures_are_those_of_the_facts(
    book: cmprules.PolicyBook, code: str, body: str, era: dict[str, Any], first: date, last: date
) -> None:
    """On the first and last day of each era every cell has the value and grade of the facts."""
    expected = _typed(era, _own_area(code, body))
    for day in (first, last):
        policy = book.policy_for(code, expires_on=day, body=body)
        assert _cells(policy) == expected, day
        assert policy.established is era.get("established", True)
        if policy.established:
            assert policy.total is not None
            assert policy.pool is not None
            assert policy.areas is not None
            assert (policy.total.value, str(policy.total.grade)) == expected["total"]
            assert (policy.pool.value, str(policy.pool.grade)) == expected["pool"]
            areas = {name: cell for name, cell in expected.items() if name not in {"total", "pool"} and cell[0]}
            assert {figure.area: (figure.value, str(figure.grade)) for figure in policy.areas} == areas
            assert policy.total.value == policy.pool.value + sum(figure.value for figure in policy.areas)
        else:
            assert (policy.total, policy.areas, policy.pool, policy.caps) == (None, None, None, None)
            assert policy.notes


def test_every_table_was_typed_a_second_time(book: cmprules.PolicyBook) -> None:
    """The second typing has every credential under every body."""
    assert {f"{code}({body})" for code, body, *_ in ERAS} == set(book.tables)


FIRST_DAYS = {(code, body): min(first for c, b, _, first, _ in ERAS if (c, b) == (code, body))
              for code, body, *_ in ERAS}


@pytest.mark.parametrize(("code", "body"), FIRST_DAYS, ids=[f"{code}({body})" for code, body in FIRST_DAYS])
def test_nothing_is_in_force_the_day_before_the_first_row(book: cmprules.PolicyBook, code: str, body: str) -> None:
    """The refusal says from which day on there is a table."""
    first = FIRST_DAYS[code, body]
    with pytest.raises(cmprules.NotInForceError, match=str(first)):
        book.policy_for(code, expires_on=first - ONE_DAY, body=body)


@pytest.mark.parametrize(("kind", "share"), [("college_course", "0.5")])
def test_the_cap_of_college_courses_is_half_of_every_total(book: cmprules.PolicyBook, kind: str, share: str) -> None:
    """It is half of every total: 18 of 36, 30 of 60, 22.5 of 45, 4.5 of 9, 4 of 8 and 3 of 6."""
    seen = set()
    for code, body, era, first, _ in ERAS:
        policy = book.policy_for(code, expires_on=first, body=body)
        if era.get("established", True):
            assert policy.total is not None
            assert policy.caps is not None
            caps = {cap.kind: (cap.value, str(cap.grade)) for cap in policy.caps}
            assert caps == {kind: (policy.total.value * Decimal(share), "official"),
                            "covid_work": (Decimal(12), "society")}
            seen.add((policy.total.value, caps[kind][0]))
    assert seen == {(Decimal(total), Decimal(cap)) for total, cap in
                    [("36", "18"), ("60", "30"), ("45", "22.5"), ("9", "4.5"), ("8", "4"), ("6", "3")]}


def test_an_unknown_edition_is_refused_with_those_that_there_are() -> None:
    """The refusal lists the editions in this release."""
    with pytest.raises(cmprules.UnknownEditionError, match=r"2026\.1"):
        cmprules.load_book(edition="2025.9")
    assert cmprules.load_book().edition == cmprules.editions()[-1]


# ---------------------------------------------------------------------------------------------------------
# Checks of newer editions.


@pytest.mark.parametrize(("patch", "path", "expected"), [
    ({"file": "limits.toml", "old": 'value  = "open"', "new": 'value  = "perhaps"'},
     "limits.toml: row rule/duplicates, value", "a word that the code knows here"),
    ({"file": "limits.toml", "old": "value  = 24\n", "new": "value  = 24.5\n"},
     "limits.toml: row plausible_points_of_a_day, value", "a whole number"),
    ({"file": "renewal.toml", "old": 'unit   = "date"', "new": 'unit   = "day"'}, "renewal.toml", "a day for the unit"),
    ({"file": "renewal.toml", "old": "from   = 2026-01-01\n", "new": "from   = 2026-01-01\nuntil  = 2025-12-31\n"},
     "until", "2026-01-01 or later"),
])
def test_a_newer_edition_is_checked_too(tmp_path: Path, patch: dict[str, Any], path: str, expected: str) -> None:
    """Cases: an unknown word, half a point, a day that does not exist, an end before the beginning."""
    folder = Path(shutil.copytree(SHIPPED.with_name("2026.2"), tmp_path / "2026.2"))
    _apply(folder, patch)
    with pytest.raises(cmprules.PolicyDataError) as caught:
        _reading.read_edition(_load.tables_in(folder))
    assert [(path in fault.path, expected in fault.expected) for fault in caught.value.faults] == [(True, True)], str(
        caught.value)
