"""Files with several people: each gets the record that `intake` makes of their rows, or none."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.intake import IntakeMapping, PeopleRead, intake, people

BOOK = cmprules.load_book(edition="2026.1")
US = IntakeMapping(dates="us")
CREDENTIALS = "Employee,Certification,Expiration Date\nAda Sample,PBT(ASCP),05/31/2026\nBen Example,MLS,04/15/2026\n"
HEADER = "Employee,Course Title,Date Completed,Contact Hours\n"


def read(folder: Path, rows: str, credentials: str = CREDENTIALS) -> PeopleRead:
    """Read a list of credentials and a list of courses."""
    (folder / "c.csv").write_text(credentials, encoding="utf-8")
    (folder / "a.csv").write_text(HEADER + rows, encoding="utf-8")
    return people([folder / "c.csv", folder / "a.csv"], BOOK, mapping=US)


def wrong(found: PeopleRead) -> list[tuple[str | None, str]]:
    """List the people with wrong rows, and the reasons."""
    return [(one.person, one.remark.code) for one in found.unread]


def test_each_person_has_the_record_that_intake_makes(tmp_path: Path) -> None:
    """The rows of others make no difference."""
    found = read(tmp_path, "Ada Sample,Safety,02/05/2025,1\nBen Example,Chemistry,02/05/2025,2\n"
                           "ada  sample,Ethics,02/06/2025,1\n")
    assert found.count == 2
    for record in found.records:
        alone = intake([tmp_path / "c.csv", tmp_path / "a.csv"], BOOK, holder=record.holder.id, mapping=US)
        assert alone.record == record
    assert [len(record.activities) for record in found.records] == [2, 1]


@pytest.mark.parametrize(("row", "who", "code"), [
    ("Ada Sample,Safety,02/31/2025,1\n", "Ada Sample", "NO_SUCH_DATE"),
    ("Ada Sample,Safety,02/05/2025,1,extra\n", "Ada Sample", "TOO_MANY_CELLS"),
    ("Ada Sample,Safety,02/05/2025,lots\n", "Ada Sample", "NOT_AN_AMOUNT"),
    (",Safety,02/05/2025,1\n", None, "NO_PERSON"),
    ("Cleo Specimen,Safety,02/05/2025,1\n", "Cleo Specimen", "NO_CREDENTIAL_KNOWN"),
])
def test_who_has_a_row_that_cannot_be_read_has_no_record(row: str, who: str | None, code: str,
                                                         tmp_path: Path) -> None:
    """An incomplete record would be another one; others get theirs."""
    found = read(tmp_path, f"Ada Sample,Ethics,02/06/2025,1\nBen Example,Chemistry,02/05/2025,2\n{row}")
    assert wrong(found) == [(who, code)]
    assert [record.holder.id for record in found.records] == [
        name for name in ("Ada Sample", "Ben Example") if name != who]


def test_names_that_differ_by_spaces_may_be_one_person(tmp_path: Path) -> None:
    """Both are refused, and each names the other."""
    found = read(tmp_path, "AdaSample,Ethics,02/06/2025,1\nBen Example,Chemistry,02/05/2025,2\n")
    assert wrong(found) == [("Ada Sample", "ALIKE_NAMES"), ("AdaSample", "ALIKE_NAMES")]
    assert "'AdaSample'" in found.unread[0].remark.text
    assert found.count == 1


def test_rows_that_nothing_has_to_be_done_about_refuse_nobody(tmp_path: Path) -> None:
    """Another board's credential is set aside, and an incomplete course is left out."""
    found = read(tmp_path, "Ada Sample,Safety,02/05/2025,1\nTotal,,,1\n",
                 CREDENTIALS + "Ada Sample,MT(AMT),05/31/2026\n")
    assert wrong(found) == []
    assert [(one.person, one.remark.code) for one in found.left_out] == [("Ada Sample", "OTHER_BOARD")]
    assert [record.holder.id for record in found.records] == ["Ada Sample", "Ben Example"]


@pytest.mark.parametrize(("raw", "code"), [
    ("", "CANNOT_READ"), ("Title,Date Completed,Contact Hours\nA,02/05/2025,1\n", "MISSING_KEY"),
    ("no,header,at all\n1,2,3\n", "MISSING_KEY")])
def test_a_file_without_people_stops_everything(raw: str, code: str, tmp_path: Path) -> None:
    """Otherwise everyone would be decided without any activities."""
    (tmp_path / "c.csv").write_text(CREDENTIALS)
    (tmp_path / "x.csv").write_text(raw)
    with pytest.raises(cmprules.InputError) as caught:
        people([tmp_path / "c.csv", tmp_path / "x.csv"], BOOK)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.files[1]", code)]
    with pytest.raises(cmprules.InputError, match="TOO_MANY_FILES"):
        people([], BOOK)
    with pytest.raises(cmprules.InputError, match="CANNOT_READ"):
        people(tmp_path / "nowhere.csv", BOOK)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(rows=st.lists(st.tuples(
    st.sampled_from(["Ada Sample", "ben example", "Cleo", "", " "]),
    st.sampled_from(["02/05/2025", "02/31/2025", ""]), st.sampled_from(["1", "1.5", "x", ""])), max_size=12))
def test_no_row_is_lost(rows: list[tuple[str, str, str]], tmp_path: Path) -> None:
    """Every row is in a record, or listed, or belongs to a listed person."""
    text = "".join(f"{who},Course {place},{day},{hours}\n" for place, (who, day, hours) in enumerate(rows))
    found = read(tmp_path, f"Ada Sample,First,02/05/2025,1\n{text}")
    refused = {one.person.casefold() for one in found.unread if one.person is not None}
    came = {(record.holder.id.casefold(), one.title) for record in found.records for one in record.activities}
    nobody = sum(one.person is None for one in found.unread)
    for place, (who, _, _) in enumerate(rows):
        key = who.strip().casefold()
        kept_out = any(f"Course {place}" in (line.what or "") for one in found.intakes.values() for line in one.lines
                       if line.activity is None)
        assert (key, f"Course {place}") in came or key in refused or (not key and nobody) or kept_out
    assert not refused & {record.holder.id.casefold() for record in found.records}
    assert attrs.asdict(found.files[0])["name"] == "c.csv"
