"""From files to a record: credentials, ids, existing entries, questions for the caller."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules.intake import Counts, Intake, IntakeMapping, intake
from cmprules.intake._credentials import parse_credential
from tests.edges.intake.making import BOOK, codes, read

NEEDLES = "Title,Completed,Hours\nNeedles,2024-02-05,1\n"
WITH_NUMBER = "Title,Completed,Hours,Certificate No.\nNeedles,2024-02-05,1,C-1\n"


def record_of(found: Intake) -> cmprules.Record:
    """Return the record, which must exist."""
    assert found.record is not None, found.why
    return found.record


@pytest.mark.parametrize(("text", "code", "body"), [
    ("MLS(ASCP) 2026-05-31", "MLS", "ASCP"), ("mls 2026-05-31", "MLS", "ASCP"),
    ("MLS(ASCPi)CM 2026-05-31", "MLS", "ASCPi"),
    ("PBT (ascp) 2026-05-31", "PBT", "ASCP"), ("Phlebotomy Technician 2026-05-31", "PBT", "ASCP"),
    ("MT(ASCP) 2026-05-31", "MLS", "ASCP"),
])
def test_a_credential_as_people_write_it(text: str, code: str, body: str) -> None:
    """In any case, with the body in brackets, with the mark, or by its name."""
    credential = parse_credential(text)

    assert (credential.code, credential.body, str(credential.expires_on)) == (code, body, "2026-05-31")


@pytest.mark.parametrize("text", ["MLS", "MLSS 2026-05-31", "MT(AMT) 2026-05-31", "MLS 2026-13-01", "- 2026-05-31",
                                  "CTGYN(ASCP) 2026-05-31"])
def test_a_credential_that_is_none(text: str) -> None:
    """It is a fault, and not a guess."""
    with pytest.raises(cmprules.InputError):
        parse_credential(text)


@pytest.mark.parametrize(("text", "hint"), [
    ("PBT 5/31/2026", "for the last day: write 2026-05-31"),
    ("PBT (ASCP) May 31, 2026", "for the last day: write 2026-05-31"),
    ("PBT 05/06/2026", "for the last day: write 2026-05-06 for May 6 or 2026-06-05 for June 5"),
    ("PBT(ASCP) exp 05/2026", "for the last day: a month is not a day; for an end, write its last day: 2026-05-31"),
    ("PBT", "write the code first, then the last day as YYYY-MM-DD"),
    ("PBT 2026", "write the code first, then the last day as YYYY-MM-DD"),
])
def test_the_day_of_a_credential_in_another_form(text: str, hint: str) -> None:
    """The hint says what to type, and chooses neither a day of a month nor an order."""
    with pytest.raises(cmprules.InputError) as caught:
        parse_credential(text)

    assert caught.value.faults[0].hint == hint


def test_credentials_from_a_table(tmp_path: Path) -> None:
    """Another board's credentials are set aside, unknown ones are refused, and the rest come in."""
    found = read(tmp_path, "id,code,body,expires_on,certified_on\n"
                           "a,MT,AMT,2026-05-31,\nb,RPT(AMT),,2026-05-31,\nc,PBT(ASCP)CM,,5/31/2026,02/05/2014\n"
                           "d,XYZ,,2026-05-31,\ne,PBT,Sample Board,2026-05-31,\nf,HT(ASCP),ASCPi,2026-05-31,\n"
                           "g,,,2026-05-31,\nh,MLS,ASCP,,\ni,PBT,ASCP,2026-05-31,\nj,phleb,,2028-05-31,\n"
                           "k,MLT,,2026-06-31,\nl,MLT,,02/05/2026,\n", NEEDLES, credentials=())
    first = [codes(line)[:1] for line in found.lines if line.file == 0]

    assert first == [["HEADER_ROW"], ["OTHER_BOARD"], ["OTHER_BOARD"], ["DATE_ORDER_OPEN"], ["CREDENTIAL_UNKNOWN"],
                     ["CREDENTIAL_UNKNOWN"], ["CREDENTIAL_UNKNOWN"], ["NO_CREDENTIAL"], ["MISSING_EXPIRY"],
                     ["ALREADY_THERE"], ["CREDENTIAL_UNKNOWN"], ["NO_SUCH_DATE"], ["DATE_ORDER_OPEN"]]
    assert [(one.id, one.code) for one in record_of(found).credentials] == [("c", "PBT")]
    assert found.counts.credentials == 1


def test_one_credential_with_two_last_days_is_asked_about(tmp_path: Path) -> None:
    """A list may still have the cycle before; ASCP and ASCPi are two credentials."""
    found = read(tmp_path, "code,expires_on\nPBT,2023-05-31\nPBT,2026-05-31\nPBT(ASCPi),2027-05-31\nPBT,2026-05-31\n")

    assert [line.status for line in found.lines] == ["set_aside", "read", "doubtful", "mapped", "set_aside"]
    assert codes(found.lines[2]) == ["TWO_ENDS"]
    assert "the last day 2023-05-31, too, and here with 2026-05-31" in found.lines[2].remarks[0].text


def test_words_of_the_mapping_file_name_credentials(tmp_path: Path) -> None:
    """The user may define words; ids that are taken get a number."""
    found = IntakeMapping(credentials=FrozenMap({"phleb": "PBT(ASCP)"}))
    paths = [tmp_path / "a.csv"]
    paths[0].write_text("code,due date\nphleb,2028-05-31\nPBT,2029-05-31\n", encoding="utf-8")
    record = record_of(intake(paths, BOOK, holder="h", mapping=found))

    assert [(one.id, one.code) for one in record.credentials] == [("pbt", "PBT"), ("pbt-2", "PBT")]


def test_without_a_credential_there_is_no_record(tmp_path: Path) -> None:
    """The answer says what to do."""
    found = read(tmp_path, NEEDLES, credentials=())

    assert found.record is None
    assert "--credential" in str(found.why)


def test_what_a_record_as_a_whole_refuses_is_said(tmp_path: Path) -> None:
    """The caller names two credentials with one id."""
    path = tmp_path / "a.csv"
    path.write_text(NEEDLES, encoding="utf-8")
    one = cmprules.Credential(id="x", code="PBT", expires_on="2026-05-31")
    other = cmprules.Credential(id="x", code="HT", expires_on="2026-05-31")
    found = intake(path, BOOK, holder="h", credentials=[one, other])

    assert [held.id for held in record_of(found).credentials] == ["x", "x-2"]


def test_ids_come_from_the_content_alone(tmp_path: Path) -> None:
    """The id does not depend on order, unit, format or the place of the row."""
    def ids(content: str, **said: Any) -> list[str]:
        return [one.id for one in record_of(read(tmp_path, content, **said)).activities]

    first = ids("Title,Completed,Credits\nNeedles,02/05/2024,1.0\n", unit="contact_hour")
    assert first == ids("Title,Completed,Credits\nNeedles,02/05/2024,1.0\n", unit="cmle", dates="eu")
    assert first == ids("Hours;Completed;Title\n1,0;February 5, 2024;NEEDLES!\n")
    assert first != ids("Title,Completed,Credits\nNeedles,02/06/2024,1.0\n", unit="contact_hour")
    twice = ids("Title,Completed,Hours\nNeedles,2024-02-05,1\nNeedles,2024-02-05,1\n")
    assert twice == [first[0], f"{first[0]}-2"]
    numbered = ids(WITH_NUMBER)
    assert numbered == ids(WITH_NUMBER.replace("2024-02-05", "2/5/2024").replace("Hours", "CMLE"), dates="us")


def test_the_same_file_twice_adds_nothing(tmp_path: Path) -> None:
    """Within a run its digest tells, between runs its rows."""
    found = read(tmp_path, NEEDLES, NEEDLES)
    again = read(tmp_path, NEEDLES, into=found.record, holder=None, credentials=())

    assert len(record_of(found).activities) == 1
    assert codes(found.lines[-1]) == ["SAME_FILE"]
    assert again.record == found.record
    assert (codes(again.lines[-1]), again.counts.already_there) == (["ALREADY_THERE"], 1)
    assert again.lines[-1].activity == record_of(found).activities[0].id


def test_a_number_of_its_own_makes_a_row_certain(tmp_path: Path) -> None:
    """This holds in any file; without a number, a row that is only similar comes in."""
    other = WITH_NUMBER + "Tubes,2024-02-06,1,C-2\n"
    found = read(tmp_path, WITH_NUMBER, other)
    assert [codes(line)[0] for line in found.lines if line.file == 1][1] == "ALREADY_THERE"
    assert len(record_of(found).activities) == 2

    like = read(tmp_path, NEEDLES, NEEDLES + "Tubes,2024-02-06,1\n")
    assert len(record_of(like).activities) == 3
    later = read(tmp_path, NEEDLES + "Tubes,2024-02-06,1\n", into=read(tmp_path, NEEDLES).record, holder=None)
    assert len(record_of(later).activities) == 3
    parts = ("Title,Completed,Hours,Session,Record No\nNeedles,2024-02-05,1,part 1,R-1\n"
             "Needles,2024-02-05,1,part 2,R-1\n")
    assert len(record_of(read(tmp_path, parts)).activities) == 2
    first = read(tmp_path, WITH_NUMBER).record
    other_day = read(tmp_path, WITH_NUMBER.replace("-05,", "-06,"), into=first, holder=None)
    assert len(record_of(other_day).activities) == 2
    changed = read(tmp_path, WITH_NUMBER.replace(",1,", ",2,"), into=read(tmp_path, WITH_NUMBER).record, holder=None)
    assert len(record_of(changed).activities) == 2


def test_a_day_that_was_missing_is_filled_in(tmp_path: Path) -> None:
    """Nothing else in the record changes."""
    table = WITH_NUMBER.replace("2024-02-05", "02/05/2024")
    first = read(tmp_path, table)
    second = read(tmp_path, table, into=first.record, holder=None, credentials=(), dates="us")

    assert [one.completed_on for one in record_of(first).activities] == [None]
    assert [str(one.completed_on) for one in record_of(second).activities] == ["2024-02-05"]
    assert "DAY_ADDED" in codes(second.lines[-1])
    assert (second.counts.activities, second.counts.already_there) == (0, 1)


def test_a_record_that_is_added_to_keeps_everything(tmp_path: Path) -> None:
    """It keeps its activities, placements, region and former codes."""
    into = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h-1", "fee_region": "low_middle_income"},
        "credentials": [{"id": "m", "code": "MT", "expires_on": "2026-05-31"}],
        "activities": [{"id": "a", "title": "Old", "kind": "formal_ce", "amount": "1", "completed_on": "2024-01-01"}],
        "placements": [{"credential": "m", "activity": "a", "area": "pool", "points": "1"}]})
    record = record_of(read(tmp_path, NEEDLES, into=into, credentials=("MLS 2026-05-31", "HT 2027-05-31")))

    assert (record.holder, record.placements) == (into.holder, into.placements)
    assert record.activities[0] == into.activities[0]
    assert [(one.code, one.given_code) for one in record.credentials] == [("MLS", "MT"), ("HT", None)]


@pytest.mark.parametrize("arguments", [
    {"holder": None}, {"holder": "h", "files": []}, {"holder": "h", "files": ["x"] * 201},
    {"holder": "h", "files": ["nowhere.csv"]}, {"holder": "h", "mapping": "Mars/Olympus"},
    {"holder": "h", "mapping": "America/NewYork"}, {"holder": "h", "mapping": "../etc/passwd"},
])
def test_what_is_wrong_with_the_call(tmp_path: Path, arguments: dict[str, object]) -> None:
    """The error comes before anything is read."""
    path = tmp_path / "a.csv"
    path.write_text(NEEDLES, encoding="utf-8")
    files = arguments.pop("files", [path])
    place = arguments.pop("mapping", None)

    with pytest.raises(cmprules.InputError):
        intake(files, BOOK, mapping=IntakeMapping(place=place), **arguments)  # type: ignore[arg-type]


def test_another_holder_than_that_of_the_record(tmp_path: Path) -> None:
    """It is refused: two people never share a record."""
    found = read(tmp_path, NEEDLES)

    with pytest.raises(cmprules.InputError, match="OTHER_HOLDER"):
        read(tmp_path, NEEDLES, into=found.record, holder="h-2")


def test_counts_that_do_not_add_up_cannot_be_made(tmp_path: Path) -> None:
    """An answer checks itself when it is made and when it is read."""
    found = read(tmp_path, NEEDLES)
    plain = cmprules.to_mapping(found)
    wrong = {**{key: int(value) for key, value in plain["counts"].items()}, "mapped": 7, "rows": 9}

    with pytest.raises(cmprules.InputError, match="SUM_WRONG"):
        Intake(files=found.files, lines=found.lines, counts=Counts(**wrong), notice=found.notice)
    with pytest.raises(cmprules.InputError):
        Intake(files=found.files, lines="no", counts=found.counts, notice=found.notice)  # type: ignore[arg-type]
