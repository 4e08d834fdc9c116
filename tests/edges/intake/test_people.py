"""Files with several people: each gets the record that `intake` makes of their rows, or none."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.intake import IntakeMapping, PeopleRead, intake, people
from cmprules.intake._crowd import questions_of

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
    (",Safety,02/05/2025,1\n", "Ben Example", "NO_PERSON"),
    (",Safety,02/05/2025,lots\n", "Ben Example", "NOT_AN_AMOUNT"),
    ('"Ada Sample,Safety,02/05/2025,1\n', "Ada Sample", "BROKEN_QUOTE"),
    ('"Dee Other,Safety,02/05/2025,1\n', None, "BROKEN_QUOTE"),
    ("Cleo Specimen,Safety,02/05/2025,1\n", "Cleo Specimen", "NO_CREDENTIAL_KNOWN"),
])
def test_who_has_a_row_that_cannot_be_read_has_no_record(row: str, who: str | None, code: str,
                                                         tmp_path: Path) -> None:
    """An incomplete record would be another one; others get theirs.

    A row that names no one may be that of the person above it: lists name people once, in the first of their rows.
    """
    found = read(tmp_path, f"Ada Sample,Ethics,02/06/2025,1\nBen Example,Chemistry,02/05/2025,2\n{row}")
    assert wrong(found) == [(who, code)]
    assert [record.holder.id for record in found.records] == [
        name for name in ("Ada Sample", "Ben Example") if name != who]


@pytest.mark.parametrize("other", ["Ada M. Sample", "Sample Ada", "A. Sample", "ADA SAMPLE, MLS",
                                   "Ad\N{LATIN SMALL LETTER A WITH ACUTE} Sample", "Ada-Sample"])
def test_one_name_in_two_spellings_may_be_one_person(other: str, tmp_path: Path) -> None:
    """The one with a record is not decided without the rows under the other name."""
    found = read(tmp_path, f'"{other}",Safety,02/05/2025,1\nBen Example,Chemistry,02/05/2025,2\n')
    assert wrong(found) == [("Ada Sample", "ALIKE_NAMES"), (other, "ALIKE_NAMES")]
    assert [record.holder.id for record in found.records] == ["Ben Example"]


@pytest.mark.parametrize("other", ["Ada Example", "Bo Sample", "Sample"])
def test_half_of_a_name_in_common_does_not_make_one_person(other: str, tmp_path: Path) -> None:
    """A person of another name without a credential refuses no one else."""
    found = read(tmp_path, f"{other},Safety,02/05/2025,1\n")
    assert wrong(found) == [(other, "NO_CREDENTIAL_KNOWN")]
    assert found.count == 2


def test_a_row_of_credentials_without_a_person_may_be_of_the_person_above(tmp_path: Path) -> None:
    """Ada may have a second credential; in a row above all names, no one can be meant."""
    head = "Employee,Certification,Expiration Date\n"
    rows = ",MLT,05/31/2026\nAda Sample,PBT,05/31/2026\n,SBB,05/31/2026\nBen Example,MLS,04/15/2026\n"
    found = read(tmp_path, "Ben Example,Safety,02/05/2025,1\n", f"{head}{rows}")
    assert wrong(found) == [(None, "NO_PERSON"), ("Ada Sample", "NO_PERSON")]
    assert [record.holder.id for record in found.records] == ["Ben Example"]


@pytest.mark.parametrize(("written", "alike_"), [("17", True), ("17.0", True), ("017", True), ("0170", False),
                                                 ("E-0017", False)])
def test_an_id_may_have_lost_its_zeros(written: str, alike_: bool, tmp_path: Path) -> None:
    """A spreadsheet makes a number of it: the person is not decided without the rows under the other id."""
    found = _written(tmp_path, "Employee ID,Certification,Expiration Date\n0017,PBT,05/31/2026\n",
                     f"Employee ID,Course,Completed,Hours\n{written},Needles,02/05/2025,1\n")
    assert wrong(found) == ([("0017", "ALIKE_NAMES"), (written, "ALIKE_NAMES")] if alike_ else [
        (written, "NO_CREDENTIAL_KNOWN")])
    assert found.count == (0 if alike_ else 1)


def test_a_list_without_rows_refuses_no_one(tmp_path: Path) -> None:
    """Nothing was done yet; a list without a column for the person is refused, whatever it holds."""
    assert read(tmp_path, "").count == 2
    (tmp_path / "a.csv").write_text("Course Title,Date Completed,Contact Hours\n", encoding="utf-8")
    with pytest.raises(cmprules.InputError, match="a column that says whose each row is"):
        people([tmp_path / "c.csv", tmp_path / "a.csv"], BOOK, mapping=US)


def test_all_rows_below_a_person_may_be_theirs(tmp_path: Path) -> None:
    """A list may name each person only in the first of many rows."""
    found = read(tmp_path, "Ben Example,Safety,02/05/2025,1\n,Ethics,02/06/2025,1\n,Needles,02/07/2025,1\n")
    assert wrong(found) == [("Ben Example", "NO_PERSON")] * 2
    assert [record.holder.id for record in found.records] == ["Ada Sample"]


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
    """Every row is in a record, or listed, or belongs to a listed person, or is a note: a title and nothing else."""
    text = "".join(f"{who},Course {place},{day},{hours}\n" for place, (who, day, hours) in enumerate(rows))
    found = read(tmp_path, f"Ada Sample,First,02/05/2025,1\n{text}")
    refused = {one.person.casefold() for one in found.unread if one.person is not None}
    came = {(record.holder.id.casefold(), one.title) for record in found.records for one in record.activities}
    listed = {one.place for one in found.unread}
    for place, (who, day, hours) in enumerate(rows):
        key = who.strip().casefold()
        kept_out = any(f"Course {place}" in (line.what or "") for one in found.intakes.values() for line in one.lines
                       if line.activity is None)
        asked = not key and (f"a.csv, row {place + 3}" in listed or not (day or hours))
        assert (key, f"Course {place}") in came or key in refused or asked or kept_out
    assert not refused & {record.holder.id.casefold() for record in found.records}
    assert attrs.asdict(found.files[0])["name"] == "c.csv"


def _written(folder: Path, credentials: str, activities: str) -> PeopleRead:
    """Read two lists as they are."""
    (folder / "c.csv").write_text(credentials, encoding="utf-8")
    (folder / "a.csv").write_text(activities, encoding="utf-8")
    return people([folder / "c.csv", folder / "a.csv"], BOOK, mapping=US)


@pytest.mark.parametrize(("credentials", "activities", "id", "name"), [
    ("Emp ID,Employee Name,Certification,Exp. Date\n07,Ada Sample,PBT(ASCP),05/31/2026\n",
     "Emp #,Course,Comp Dt,CE Hrs\n07,Needles,02/05/2025,1\n", "07", "Ada Sample"),
    ("Employee Number,First Name,Last Name,Cert,Cert Expires\n07,Ada,Sample,PBT(ASCP)CM,05/31/2026\n",
     "Employee ID,Learner Name,Title,Date Completed (MM/DD/YYYY),Hours\n07,A. Sample,Needles,02/05/2025,1\n",
     "07", "Ada Sample"),
    ("Emp ID,Employee Name,Certification,Expires\n07,Ada Sample,PBT(ASCP),05/31/2026\n",
     'Learner,Course,Completed,Hours\n"Sample, Ada",Needles,02/05/2025,1\n', "Ada Sample", None),
    ("Last Name,First Name,ASCP Certification,ASCP Expiration\nSample,Ada,PBT,05/31/2026\n",
     "Full Name,Course/Activity Title,Completion Date,Contact Hours\nada sample,Needles,02/05/2025,1\n",
     "Ada Sample", None),
])
def test_ids_and_names_in_the_columns_of_exports(credentials: str, activities: str, id: str, name: str | None,
                                                 tmp_path: Path) -> None:
    """Shared ids identify people, and their names are shown; otherwise names identify them, in either order."""
    found = _written(tmp_path, credentials, activities)
    (record,) = found.records
    assert (record.holder.id, record.holder.name) == (id, name)
    assert [(done.title, str(done.completed_on)) for done in record.activities] == [("Needles", "2025-02-05")]
    assert not found.unread


def test_one_last_name_is_not_one_person(tmp_path: Path) -> None:
    """First and last name together tell two people apart."""
    credentials = "Last Name,First Name,Cert,Exp Date\nSample,Ada,PBT,05/31/2026\nSample,Bo,PBT,05/31/2026\n"
    found = _written(tmp_path, credentials,
                     "Last Name,First Name,Course,Completed,Hours\nSample,Ada,Needles,02/05/2025,1\n")
    assert [(record.holder.id, len(record.activities)) for record in found.records] == [
        ("Ada Sample", 1), ("Bo Sample", 0)]


@pytest.mark.parametrize("column", ["Last Name", "First Name"])
def test_half_a_name_is_nobody(column: str, tmp_path: Path) -> None:
    """Others may have it, too; with an id next to it the rows are those of that id."""
    activities = f"{column},Course,Completed,Hours\nSample,Needles,02/05/2025,1\n"
    with pytest.raises(cmprules.InputError) as caught:
        _written(tmp_path, f"{column},Cert,Exp Date\nSample,PBT,05/31/2026\nSample,MLS,05/31/2026\n", activities)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.files[0]", "MISSING_KEY"), ("$.files[1]", "MISSING_KEY")]
    found = _written(tmp_path, f"Emp ID,{column},Cert,Exp Date\n7,Sample,PBT,05/31/2026\n8,Sample,MLS,05/31/2026\n",
                     f"Emp ID,{activities}".replace("\nSample", "\n7,Sample"))
    assert [(record.holder.id, len(record.activities)) for record in found.records] == [("7", 1), ("8", 0)]


def test_a_row_with_half_a_name_is_nobodys(tmp_path: Path) -> None:
    """Other rows have the whole name."""
    credentials = "Last Name,First Name,Cert,Exp Date\nSample,Ada,PBT,05/31/2026\nSample,,MLS,05/31/2026\n"
    found = _written(tmp_path, credentials,
                     "Last Name,First Name,Course,Completed,Hours\nSample,Ada,Needles,02/05/2025,1\n")
    assert [record.holder.id for record in found.records] == ["Ada Sample"]
    assert wrong(found) == [(None, "NO_PERSON")]


def test_one_name_with_two_ids_is_not_decided(tmp_path: Path) -> None:
    """If the files share ids, these are two people; if they share names alone, nothing tells them apart."""
    credentials = "Emp ID,Employee Name,Cert,Exp Date\n07,Ada Sample,PBT,05/31/2026\n08,Ada Sample,MLS,05/31/2026\n"
    assert [record.holder.id for record in _written(
        tmp_path, credentials, "Emp ID,Course,Completed,Hours\n07,Needles,02/05/2025,1\n").records] == ["07", "08"]
    found = _written(tmp_path, credentials, "Learner,Course,Completed,Hours\nAda Sample,Needles,02/05/2025,1\n")
    assert wrong(found) == [("Ada Sample", "SAME_NAME")]
    assert not [*found.records]


def test_who_only_has_a_credential_of_another_board_is_left_out(tmp_path: Path) -> None:
    """There is nothing to correct; a person whom no list of credentials names is told with the files."""
    found = read(tmp_path, "Bo Sample,Needles,02/05/2025,1\nCy Sample,Needles,02/05/2025,1\n",
                 CREDENTIALS + "Bo Sample,RMA(AMT),05/31/2026\n")
    assert [(one.person, one.remark.code, one.place) for one in found.unread] == [
        ("Cy Sample", "NO_CREDENTIAL_KNOWN", "a.csv")]
    assert [(one.person, one.remark.code) for one in found.left_out] == [("Bo Sample", "OTHER_BOARD")]
    assert found.count == 2


def test_a_file_without_a_header_says_what_one_needs(tmp_path: Path) -> None:
    """The first row is quoted."""
    with pytest.raises(cmprules.InputError) as caught:
        _written(tmp_path, "Employee,Cert,Ends\nAda Sample,PBT,05/31/2026\n", "x\n")
    first, second = caught.value.faults
    assert first.expected == second.expected == "a row that names the columns"
    assert "Its first row is: Employee | Cert | Ends. Name them in a mapping file" in str(first.hint)
    assert "Its first row" not in str(second.hint)


def test_guessed_letters_of_a_team_are_asked_about_once(tmp_path: Path) -> None:
    """Both readings are shown, with the number of rows."""
    (tmp_path / "c.csv").write_text("Employee,Certification,Expiration Date\nAda Sample,MLS(ASCP),2026-05-31\n",
                                    encoding="utf-8")
    rows = "Ada Sample,Krevní banka č. 1,2025-02-05,1\nAda Sample,Krevní banka č. 2,2025-02-06,1\n"
    (tmp_path / "a.csv").write_bytes(f"Employee,Title,Completed,Hours\n{rows}".encode("cp1250"))

    (asked,) = questions_of(people([tmp_path / "c.csv", tmp_path / "a.csv"], BOOK))
    assert asked.startswith("2 rows came in with a question (guessed letters), for example a.csv, row 2: Is it "
                            "'Krevní banka č. 1', or ")


def test_questions_of_many_rows_are_stated_once(tmp_path: Path) -> None:
    """With their number and the first of them; without questions there is none."""
    rows = "Ada Sample,Needles,02/05/2025,1\nAda Sample,Tubes,03/05/2025,1\nBen Example,Tubes,31/05/2025,1\n"
    (tmp_path / "c.csv").write_text(CREDENTIALS.replace("04/15", "04/30"), encoding="utf-8")
    (tmp_path / "a.csv").write_text(HEADER + rows, encoding="utf-8")
    asked = questions_of(people([tmp_path / "c.csv", tmp_path / "a.csv"], BOOK))
    (line,) = asked
    assert line == ("2 rows came in with a question (which order), for example a.csv, row 2: '02/05/2025' is "
                    "2025-02-05 or 2025-05-02. Is the month first (--dates us) or the day (--dates eu)?")
    assert not questions_of(read(tmp_path, "Ada Sample,Needles,02/05/2025,1\n"))


@pytest.mark.parametrize(("written", "code", "body"), [
    ("MLS, ASCP", "MLS", "ASCP"), ("MLS-ASCP", "MLS", "ASCP"), ("mls ascpi", "MLS", "ASCPi"),
    ("ASCP MLS", "MLS", "ASCP"),
    ("Medical Laboratory Scientist (MLS)", "MLS", "ASCP"), ("HT(ASCP) - Histotechnician", "HT", "ASCP"),
    ("Histotechnician HT(ASCP)CM", "HT", "ASCP"), ("MLS(ASCP)<sup>CM</sup>", "MLS", "ASCP"), ("M.L.S.", "MLS", "ASCP"),
    ("MLS(ASCP i)CM", "MLS", "ASCPi"),
])
def test_credentials_as_lists_of_staff_write_them(written: str, code: str, body: str, tmp_path: Path) -> None:
    """Another way of writing that is as clear is read as the usual one."""
    (record,) = read(tmp_path, "Ada Sample,Needles,02/05/2025,1\n",
                     f'Employee,Certification,Expiration Date\nAda Sample,"{written}",05/31/2026\n').records
    assert [(held.code, held.body) for held in record.credentials] == [(code, body)]


@pytest.mark.parametrize(("written", "ends", "why", "words"), [
    ("MT(ASCP)SBB", "05/31/2026", "CREDENTIAL_UNKNOWN", "it names several; write each in a row of its own"),
    ("MLS(ASCP)CM, SBB(ASCP)CM", "05/31/2026", "CREDENTIAL_UNKNOWN", "it names several"),
    ("Histotechnician (MLS)", "05/31/2026", "CREDENTIAL_UNKNOWN", "is not a known credential of ASCP"),
    ("ASCP", "05/31/2026", "CREDENTIAL_UNKNOWN", "`cmprules codes` lists all codes"),
    ("PBT", "May 2026", "NOT_AN_END", "Write the last day of the credential"),
    ("PBT", "05/2026", "NOT_AN_END", "that is the last day of that month"),
])
def test_credentials_that_only_their_owner_can_tell(written: str, ends: str, why: str, words: str,
                                                    tmp_path: Path) -> None:
    """Several in one cell, a name and a code that differ, a month for an end."""
    found = read(tmp_path, "Ada Sample,Needles,02/05/2025,1\n",
                 f'Employee,Certification,Expiration Date\nAda Sample,"{written}",{ends}\n')
    assert [(one.person, one.remark.code) for one in found.unread] == [("Ada Sample", why)]
    assert words in found.unread[0].remark.text


@pytest.mark.parametrize("written", ["MLT-AMT", "AMT MLT", "MT (AMT)", "MLT/AMT"])
def test_a_board_is_found_without_brackets(written: str, tmp_path: Path) -> None:
    """The credential is set aside, and refuses no one."""
    found = read(tmp_path, "Ada Sample,Needles,02/05/2025,1\n", CREDENTIALS + f"Ada Sample,{written},05/31/2026\n")
    assert [one.remark.code for one in found.left_out] == ["OTHER_BOARD"]
    assert [len(record.credentials) for record in found.records] == [1, 1]


def _team(tmp_path: Path, credentials: str, activities: str) -> PeopleRead:
    """Read two tables of a team."""
    (tmp_path / "c.csv").write_text(f"Emp #,Name,Certification,Expiration Date\n{credentials}", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"Emp #,Learner Name,Course,Date completed,Hours\n{activities}", encoding="utf-8")
    return people([tmp_path / "c.csv", tmp_path / "a.csv"], BOOK, mapping=US)


def test_a_name_in_a_list_of_credentials_is_that_of_a_person(tmp_path: Path) -> None:
    """It is the title of a course only in a list of courses; who has no course is named, too."""
    found = _team(tmp_path, "002,Ada Sample,PBT,2026-05-31\n", "002,Ada Sample,Needles,2024-02-05,1\n")
    assert [record.holder.name for record in found.records] == ["Ada Sample"]
    alone = _team(tmp_path, "002,Ada Sample,PBT,2026-05-31\n003,Bo Test,PBT,2026-05-31\n",
                  "002,Ada Sample,Needles,2024-02-05,1\n")
    assert [record.holder.name for record in alone.records] == ["Ada Sample", "Bo Test"]


def test_one_name_under_two_ids_is_asked_about(tmp_path: Path) -> None:
    """A spreadsheet drops zeros: with the credential under one id and the courses under the other, neither is decided.

    Two people with one name who both hold credentials are two.
    """
    found = _team(tmp_path, '001,"Sample, Ada",PBT,2026-05-31\n002,Bo Test,PBT,2026-05-31\n',
                  "1,Ada Sample,Needles,2024-02-05,1\n001,Ada Sample,Veins,2024-02-06,1\n"
                  "002,Bo Test,Tubes,2024-02-05,1\n")
    assert [record.holder.id for record in found.records] == ["002"]
    assert [(row.person, row.remark.code) for row in found.unread] == [("001", "TWO_IDS"), ("1", "TWO_IDS")]
    assert "the id '001' in one file and '1' in another" in found.unread[0].remark.text

    both = _team(tmp_path, "001,Ada Sample,PBT,2026-05-31\n1,Ada Sample,PBT,2027-05-31\n",
                 "1,Ada Sample,Needles,2024-02-05,1\n001,Ada Sample,Tubes,2024-02-05,1\n")
    assert [record.holder.id for record in both.records] == ["001", "1"]


@pytest.mark.parametrize("written", ["MLT(AMT); PBT(ASCP)", "MLT-AMT; PBT(ASCP)", "MLS, SBB", "PBT and MLT(AMT)"])
def test_several_credentials_in_one_cell_lose_none(tmp_path: Path, written: str) -> None:
    """One of another board takes none with it: the cell has to be parted."""
    found = _team(tmp_path, f'002,Ada Sample,"{written}",2026-05-31\n', "002,Ada Sample,Needles,2024-02-05,1\n")
    (row,) = found.unread
    assert row.remark.code == "CREDENTIAL_UNKNOWN"
    assert "it names several" in row.remark.text
