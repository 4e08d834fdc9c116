"""A user's rows: used where nothing is established, always named, and refused where they contradict."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cmprules

HERE = Path(__file__).resolve().parent
_EXTRAS = tomllib.loads((HERE / "bad_extras.toml").read_text(encoding="utf-8"))
BASE, BAD = _EXTRAS["base"], _EXTRAS["bad"]
_ESTABLISHED_ALREADY = BASE["kinds"].replace('"journal_article"', '"in_service"').replace('["point"]', "[]").replace(
    '"letter"', '"another_letter"')
ON = date(2026, 3, 10)
ENOUGH = [("a1", "1", ["safety"]), ("a2", "1", ["ethics"]), ("a3", "3", ["laboratory_assisting"]), ("a4", "4", [])]


def _write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _record(code: str, expires_on: str, activities: list[dict[str, object]]) -> cmprules.Record:
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": activities,
        "credentials": [{"id": "c", "code": code, "certified_on": "2014-05-20", "expires_on": expires_on}],
    })


def _course(id: str, amount: str, areas: list[str], **more: object) -> dict[str, object]:
    return {"id": id, "title": f"Course {id}", "kind": "formal_ce", "amount": amount, "areas": areas,
            "completed_on": "2025-02-01", **more}


def _text_of(bad: dict[str, Any]) -> str:
    """Return the text of a bad file: its own, or a valid one with a change."""
    text: str = bad["text"] if "text" in bad else BASE[bad["base"]]
    for old, new in ((bad.get("old"), bad.get("new")), (bad.get("second_old"), bad.get("second_new"))):
        if old is not None and new is not None:
            assert old in text
            text = text.replace(old, new, 1)
    return text + str(bad.get("append", ""))


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad["name"])
def test_a_bad_file_is_refused_with_exactly_its_faults(tmp_path: Path, bad: dict[str, Any]) -> None:
    """A wrong file makes no book; each fault names file, row and field."""
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, _text_of(bad))])
    expected = [(fault["path"], fault.get("code", "BAD_ROW")) for fault in bad["fault"]]
    assert [(fault.path, fault.code) for fault in caught.value.faults] == expected, str(caught.value)
    for found, fault in zip(caught.value.faults, bad["fault"], strict=True):
        for word in fault.get("words", ()):
            assert word in str(found)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """The fault has the given path, and nothing else is read instead."""
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[tmp_path / "nowhere.toml", tmp_path])
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("nowhere.toml", "CANNOT_READ"), (tmp_path.name, "CANNOT_READ")]
    assert "No such file" in str(caught.value)


def test_a_path_that_no_system_takes_is_refused() -> None:
    """A path with a null byte is a fault like that of a missing file."""
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=["own\0.toml"])
    assert [fault.code for fault in caught.value.faults] == ["CANNOT_READ"]


@pytest.mark.parametrize("path", [7, None])
def test_what_is_no_path_is_refused(path: Any) -> None:
    """A value that cannot be a path is a fault like any other."""
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[path])
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("extra", "NOT_A_LIST")]


def test_own_rows_carry_the_name_of_their_file(tmp_path: Path) -> None:
    """A user's row never looks like a shipped one, whatever its name."""
    points = _write(tmp_path, BASE["points"].replace('"own/MLA"', '"MLA/2023-01-01"'), "points.toml")
    text = BASE["fees"].replace('"own/2015"', '"fees/2026-01-01/standard"').replace('"receipt"', '"other"')
    fees = _write(tmp_path, text, "fees.toml")
    book = cmprules.load_book(edition="2026.1", extra=[points, fees])
    assert book.policy_for("MLA", expires_on=date(2026, 5, 31)).row.id == "points.toml#MLA/2023-01-01"
    record = _record("PBT", "2016-02-29", [])
    found = cmprules.decide(record, book, on=date(2015, 12, 31))["c"].findings
    [line] = [finding for finding in found if finding.code == "FEE_LINE"]
    assert (line.rule, line.citations[0].source) == ("fees.toml#fees/2026-01-01/standard", "other")


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Equal names in two folders still give each row a unique id."""
    for folder, year in (("one", "2015"), ("two", "2016")):
        (tmp_path / folder).mkdir()
        text = BASE["fees"].replace("2015-", f"{year}-").replace('"receipt"', f'"receipt-{folder}"')
        _write(tmp_path / folder, text)
    book = cmprules.load_book(edition="2026.1", extra=[tmp_path / "one" / "own.toml", tmp_path / "two" / "own.toml"])
    ids = [row.id for row in book.fees]
    assert len(ids) == len(set(ids))


def test_a_file_over_five_megabytes_is_refused_and_one_of_five_is_read(tmp_path: Path) -> None:
    """Five million bytes are read, one more is a fault."""
    text = BASE["points"]
    filler = "#" * (5_000_000 - len(text.encode()))
    path = _write(tmp_path, text + filler)
    assert path.stat().st_size == 5_000_000
    assert cmprules.load_book(edition="2026.1", extra=[path]).tables["MLA(ASCP)"][-1].id == "own.toml#own/MLA"
    _write(tmp_path, text + filler + "#")
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[path])
    assert [(fault.path, fault.code, fault.value) for fault in caught.value.faults] == [
        ("own.toml", "FILE_TOO_LARGE", 5_000_001)]


def test_a_path_where_a_list_is_meant_is_refused(tmp_path: Path) -> None:
    """A bare path is a fault: as a sequence it would be read letter by letter."""
    path = _write(tmp_path, BASE["points"])
    for bare in (str(path), path):
        with pytest.raises(cmprules.PolicyDataError) as caught:
            cmprules.load_book(edition="2026.1", extra=bare)  # type: ignore[arg-type]
        assert [(fault.path, fault.code) for fault in caught.value.faults] == [("extra", "NOT_A_LIST")]


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """Bytes that are not text are a fault."""
    path = tmp_path / "own.toml"
    path.write_bytes(b"table = '\xff'")
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[path])
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("own.toml", "NOT_TOML")]


def test_a_dotted_key_without_end_is_refused(tmp_path: Path) -> None:
    """As in a record, a key with very many parts is nested too deeply."""
    path = _write(tmp_path, "a" + ".a" * 3_000 + " = 1\n")
    with pytest.raises(cmprules.PolicyDataError):
        cmprules.load_book(edition="2026.1", extra=[path])


def test_two_files_may_name_the_same_document(tmp_path: Path) -> None:
    """Both define it, so that each file is complete; under one id it is one document."""
    first = _write(tmp_path, BASE["points"], "first.toml")
    second = _write(tmp_path, BASE["kinds"], "second.toml")
    assert "letter" in cmprules.load_book(edition="2026.1", extra=[first, second]).sources
    other = _write(tmp_path, BASE["kinds"].replace("A letter of", "Another letter of"), "second.toml")
    with pytest.raises(cmprules.PolicyDataError, match="another document of that id"):
        cmprules.load_book(edition="2026.1", extra=[first, other])


def test_the_faults_of_two_files_come_together(tmp_path: Path) -> None:
    """Both files are read to the end before anything is refused."""
    first = _write(tmp_path, BASE["points"].replace("value = 5", "value = 6"), "first.toml")
    second = _write(tmp_path, _ESTABLISHED_ALREADY, "second.toml")
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[first, second])
    assert [fault.path for fault in caught.value.faults] == ["first.toml: row own/MLA", "second.toml: row in_service"]


def test_two_files_for_the_same_expiries_are_refused(tmp_path: Path) -> None:
    """A second file of rows may not override the first."""
    first = _write(tmp_path, BASE["points"], "first.toml")
    again = BASE["points"].replace("own/MLA", "own/MLA/again").replace('"letter"', '"again"')
    second = _write(tmp_path, again, "second.toml")
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[first, second])
    assert [fault.path for fault in caught.value.faults] == ["second.toml: row own/MLA/again"]
    assert "own/MLA stands already" in str(caught.value)


def test_a_table_of_ones_own_decides_and_is_named(tmp_path: Path) -> None:
    """The user's rows decide an MLA, which has no table: grade user, named, in the stamp."""
    path = _write(tmp_path, BASE["points"])
    book = cmprules.load_book(edition="2026.1", extra=[path])
    plain = cmprules.load_book(edition="2026.1")
    policy = book.policy_for("MLA", expires_on=date(2026, 5, 31))
    assert policy.established
    assert policy.total is not None
    assert (policy.total.value, policy.total.grade, policy.grade) == (Decimal(9), cmprules.Grade.USER, "user")
    record = _record("MLA", "2026-05-31", [_course(*entry) for entry in ENOUGH])
    assert cmprules.decide(record, plain, on=ON)["c"].outcome == "NEEDS_REVIEW"
    for trust in ("inferred", "official"):
        activities = [_course(*entry) for entry in ENOUGH]
        decision = cmprules.decide(_record("MLA", "2026-05-31", activities), book, on=ON, trust=trust)
        mla = decision["c"]
        assert (mla.outcome, mla.grade) == ("MET", "user")
        assert [finding.rule for finding in mla.findings if finding.code == "USER_ROW"] == ["own.toml#own/MLA"]
        assert decision.stamp.extra_sha256 == (hashlib.sha256(path.read_bytes()).hexdigest(),)
        assert decision.stamp.edition_sha256 == plain.sha256
        assert decision.sources["letter"].title == "A letter of the Board"
        assert mla.areas is not None
        assert {area.row for area in mla.areas} == {"own.toml#own/MLA"}
    less = cmprules.decide(_record("MLA", "2026-05-31", [_course(*entry) for entry in ENOUGH[1:]]), book, on=ON)["c"]
    assert less.outcome == "NOT_MET"


def test_a_table_of_ones_own_holds_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    """Outside its days the shipped row applies, which is not established."""
    path = _write(tmp_path, BASE["points"].replace("from   = 2024-01-01", "from = 2024-01-01\nuntil = 2026-05-31"))
    book = cmprules.load_book(edition="2026.1", extra=[path])
    established = [book.policy_for("MLA", expires_on=day).established for day in
                   (date(2023, 12, 31), date(2024, 1, 1), date(2026, 5, 31), date(2026, 6, 1))]
    assert established == [False, True, True, False]


def test_a_row_of_ones_own_ends_where_the_next_begins(tmp_path: Path) -> None:
    """A last day inside the next row is cut: each day has one row."""
    head, row = BASE["points"].split("[[row]]")
    earlier = row.replace('"own/MLA"', '"own/earlier"').replace("2024-01-01", "2015-01-01\nuntil  = 2026-06-30")
    path = _write(tmp_path, f"{head}[[row]]{earlier}[[row]]{row}")
    book = cmprules.load_book(edition="2026.1", extra=[path])
    found = {row.id: (row.starts_on, row.ends_on) for row in book.tables["MLA(ASCP)"] if row.user}
    assert found == {"own.toml#own/earlier": (date(2015, 1, 1), date(2023, 12, 31)),
                     "own.toml#own/MLA": (date(2024, 1, 1), None)}
    assert book.policy_for("MLA", expires_on=date(2026, 5, 31)).row.id == "own.toml#own/MLA"


def test_a_table_of_ones_own_may_have_ten_areas(tmp_path: Path) -> None:
    """That is the most that the proof of a shortfall can examine."""
    own = ("chemistry", "hematology", "microbiology", "molecular", "cytogenetics", "immunology", "histology")
    cells = "".join(f'  {{ of = "{area}", value = 1, source = "letter", pin = "table", grade = "official" }},\n'
                    for area in own)
    text = BASE["points"].replace("value = 9,", "value = 16,").replace("cells  = [\n", f"cells  = [\n{cells}")
    policy = cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, text)]).policy_for(
        "MLA", expires_on=date(2026, 5, 31))
    assert len(policy.areas or ()) == 10


def test_a_table_of_ones_own_may_fill_the_time_before_the_first_row(tmp_path: Path) -> None:
    """Nothing is established before the first shipped row, so a user's rows may cover it."""
    text = BASE["points"].replace('"MLA"', '"PBT"')
    text = text.replace("from   = 2024-01-01", "from = 2004-01-01\nuntil = 2006-12-31")
    book = cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, text)])
    assert book.policy_for("PBT", expires_on=date(2006, 12, 31)).row.user
    assert not book.policy_for("PBT", expires_on=date(2007, 1, 1)).row.user


def test_a_source_of_the_edition_may_be_cited(tmp_path: Path) -> None:
    """A user's rows may cite a shipped document without defining it."""
    text = BASE["kinds"].replace('source      = "letter"', 'source      = "ascp-qihc"')
    head, _, tail = text.partition("[[source]]")
    book = cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, head + "[[row]]" + tail.split("[[row]]")[1])])
    assert book.rules.kinds["journal_article"].citation.source == "ascp-qihc"


def test_a_kind_of_ones_own_is_established_and_named(tmp_path: Path) -> None:
    """An article's points count once the user gives their value, and the answer names the row."""
    path = _write(tmp_path, BASE["kinds"])
    book = cmprules.load_book(edition="2026.1", extra=[path])
    entries = [_course("a1", "1", ["safety"]), _course("a2", "1", ["ethics"]), _course("a3", "2", ["phlebotomy"]),
               _course("a4", "5", [], kind="journal_article")]
    record = _record("PBT", "2026-05-31", entries)
    before = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on=ON)["c"]
    after = cmprules.decide(record, book, on=ON)["c"]
    assert (before.outcome, after.outcome) == ("NEEDS_REVIEW", "MET")
    assert [need.code for need in before.needs] == ["KIND_UNCONFIRMED"]
    assert after.activities is not None
    assert after.activities[3].placed == Decimal(5)
    assert after.grade == cmprules.Grade.USER
    assert [finding.rule for finding in after.findings if finding.code == "USER_ROW"] == ["kind/journal_article"]
    assert book.rules.kinds["poster"].established is False
    assert book.rules.kinds["journal_article"].label == "Article written for a journal"


def test_a_fee_of_ones_own_fills_a_gap(tmp_path: Path) -> None:
    """No source has the fees of 2015; the user's receipt does, for its items."""
    path = _write(tmp_path, BASE["fees"])
    book = cmprules.load_book(edition="2026.1", extra=[path])
    pbt = cmprules.Credential(id="pbt", code="PBT", certified_on="2013-02-01", expires_on="2016-02-29")
    mls = cmprules.Credential(id="mls", code="MLS", certified_on="2013-02-01", expires_on="2016-02-29")
    quote = cmprules.quote_fees([pbt, mls], book, on=date(2015, 12, 31))
    assert (quote.total, [line.row for line in quote.lines]) == (
        Decimal("155.00"), ["own.toml#own/2015", "own.toml#own/2015"])
    assert {str(line.grade) for line in quote.lines} == {"user"}
    for day in (date(2014, 12, 31), date(2016, 1, 1)):
        with pytest.raises(cmprules.NotEstablishedError):
            cmprules.quote_fees([pbt], book, on=day)
    with pytest.raises(cmprules.NotEstablishedError, match="reinstatement"):
        cmprules.quote_fees([cmprules.Credential(id="old", code="PBT", expires_on="2014-02-28")], book,
                            on=date(2015, 6, 1))
    with pytest.raises(cmprules.NotEstablishedError):
        cmprules.quote_fees([pbt], book, on=date(2015, 6, 1), fee_region="low_middle_income")
    record = _record("PBT", "2016-02-29", [])
    decided = cmprules.decide(record, book, on=date(2015, 12, 31))
    assert decided.fees.total == Decimal("85.00")
    assert [finding.rule for finding in decided["c"].findings if finding.code == "USER_ROW"] == [
        "own.toml#own/2015"]


def test_a_fee_of_ones_own_may_add_an_item_that_a_row_lacks(tmp_path: Path) -> None:
    """At the launch only the application fee was seen; another item for that day is no contradiction."""
    text = BASE["fees"].replace("2015-01-01", "2004-11-04").replace("2015-12-31", "2004-11-04").replace(
        '"application", ', '"reinstatement", ')
    book = cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, text)])
    row, figure = book.fee("reinstatement", region="standard", on=date(2004, 11, 4))
    assert (row.id, figure.value) == ("own.toml#own/2015", Decimal("85.00"))
    assert book.fee("application", region="standard", on=date(2004, 11, 4))[0].id == "fees/2004-11-04/standard"


def test_the_stamp_has_the_files_in_their_order(tmp_path: Path) -> None:
    """Each file has its digest in the stamp; comments count, because the file itself is the input."""
    first = _write(tmp_path, BASE["points"], "first.toml")
    second = _write(tmp_path, "# a remark\n" + BASE["fees"], "second.toml")
    book = cmprules.load_book(edition="2026.1", extra=[str(first), second])
    assert book.extra_sha256 == tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second))
    assert cmprules.load_book(edition="2026.1", extra=[]).extra_sha256 == ()


def test_own_rows_leave_the_shipped_book_alone(tmp_path: Path) -> None:
    """A book with a user's rows is a separate one; the shared shipped book does not change."""
    before = cmprules.load_book(edition="2026.1")
    rows = before.tables["MLA(ASCP)"]
    cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, BASE["points"])])
    assert cmprules.load_book(edition="2026.1") is before
    assert before.tables["MLA(ASCP)"] == rows
    assert before.extra_sha256 == ()


@pytest.mark.parametrize("base", ["points", "kinds", "fees"])
def test_whatever_grade_is_claimed_own_rows_are_of_grade_user(tmp_path: Path, base: str) -> None:
    """A figure from the user's file never looks official."""
    book = cmprules.load_book(edition="2026.1", extra=[_write(tmp_path, BASE[base])])
    cited = {
        "points": [cell.figure.grade for cell in book.tables["MLA(ASCP)"][-1].cells],
        "kinds": [book.rules.kinds["journal_article"].citation.grade],
        "fees": [cell.figure.grade for cell in book.fees[-1].cells],
    }[base]
    assert set(cited) == {cmprules.Grade.USER}
