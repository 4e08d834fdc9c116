"""Amounts, units, kinds, status: what comes in, what is asked about, what is set aside."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules.intake._amounts import read_amount
from tests.edges.intake.making import codes, one_row, read, workbook

UNITS = {"hrs": "contact_hour", "ceu": "ceu"}


@pytest.mark.parametrize(("cell", "amount", "unit"), [
    ("1", "1", None), ("1.50", "1.50", None), (".5", "0.5", None), ("1,5", "1.5", None), ("12,25", "12.25", None),
    (",5", "0.5", None), ("1.5 hrs", "1.5", "contact_hour"), ("0.15 C.E.U.", "0.15", "ceu"),
    (Decimal("1.5"), "1.5", None), ("\N{ZERO WIDTH SPACE}1.5\N{LEFT-TO-RIGHT MARK}", "1.5", None),
])
def test_an_amount_that_is_certain(cell: str | Decimal, amount: str, unit: str | None) -> None:
    """It is read exactly, with its unit."""
    found = read_amount(cell, UNITS)

    assert (found.amount, found.unit, found.code) == (Decimal(amount), unit, None)


@pytest.mark.parametrize(("cell", "code"), [
    ("1,500", "COMMA_OPEN"), ("1,000", "COMMA_OPEN"), ("1 hr 30 min", "NOT_AN_AMOUNT"), ("90 min", "UNIT_UNKNOWN"),
    ("1.234,5", "NOT_AN_AMOUNT"), ("one", "NOT_AN_AMOUNT"), ("1:30", "NOT_AN_AMOUNT"), (time(1, 30), "NOT_AN_AMOUNT"),
    (True, "NOT_AN_AMOUNT"), ("9" * 50, "NOT_AN_AMOUNT"),
    ("-1", "NOT_POSITIVE"), ("- 1.5 hrs", "NOT_POSITIVE"), ("(1.5)", "NOT_POSITIVE"), ("1,5-", "NOT_POSITIVE"),
    ("\N{MINUS SIGN}2", "NOT_POSITIVE"), ("-.5", "NOT_POSITIVE"), ("(a)", "NOT_AN_AMOUNT"), ("-", "NOT_AN_AMOUNT"),
    (Decimal(-1), "NOT_POSITIVE"),
    ("0", "NO_CREDIT"), ("0,00", "NO_CREDIT"), (Decimal(0), "NO_CREDIT"), ("#VALUE!", "NOT_AN_AMOUNT"),
])
def test_an_amount_that_is_not(cell: str | Decimal, code: str) -> None:
    """It has a reason instead of a number."""
    found = read_amount(cell, UNITS)

    assert (found.amount, found.code) == (None, code)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_reason(text: str) -> None:
    """No text causes an error."""
    found = read_amount(text, UNITS)

    assert (found.amount is None) == (found.code is not None)


@pytest.mark.parametrize(("header", "row", "said", "came"), [
    ("Title,Completed,Contact Hours", "Needles,2024-02-05,1.5", {}, ("1.5", "contact_hour")),
    ("Title,Completed,CMLE", "Needles,2024-02-05,1.5", {}, ("1.5", "cmle")),
    ("Title,Completed,Points", "Needles,2024-02-05,1.5", {}, ("1.5", "point")),
    ("Title,Completed,CEUs", "Needles,2024-02-05,0.15", {}, ("0.15", "ceu")),
    ("Title,Completed,Semester hours", "Biology,2024-02-05,3", {}, ("3", "semester_hour")),
    ("Title,Completed,Credits,Unit", "Needles,2024-02-05,1.5,CMLE credits", {}, ("1.5", "cmle")),
    ("Title,Completed,Credits,Credit Type", "Needles,2024-02-05,1.5,AMA PRA Category 1", {}, ("1.5", "contact_hour")),
    ("Title,Completed,Credits,Type", "Needles,2024-02-05,1.5,P.A.C.E.", {}, ("1.5", "contact_hour")),
    ("Title,Completed,Credits", "Needles,2024-02-05,1.5", {"unit": "cmle"}, ("1.5", "cmle")),
    ("Title,Completed,Credits", "Needles,2024-02-05,1.5 hrs", {"unit": "cmle"}, ("1.5", "contact_hour")),
    ("Title,Completed,Credits,Unit", "Needles,2024-02-05,1.5,bits", {"units": {"Bits": "point"}}, ("1.5", "point")),
    ("Title,Completed,Credits,Credit Type", "Needles,2024-02-05,9,min", {"units": {"min": "point"}}, ("9", "point")),
    ("Title,Completed,Hours,Hours Claimed", "Needles,2024-02-05,4,2", {}, ("2", "contact_hour")),
    ("Title,Completed,Contact Hours,Contact Hours Earned", "Needles,2024-02-05,4,2", {}, ("2", "contact_hour")),
    ("Title,Completed,CEUs,CEUs Earned", "Needles,2024-02-05,0.4,0.2", {}, ("0.2", "ceu")),
    ("Title,Completed,Points,Points Earned", "Needles,2024-02-05,4,2", {}, ("2", "point")),
    ("Title,Completed,Credits,Hours", "Needles,2024-02-05,1.5,1.50", {}, ("1.5", "contact_hour")),
    ("Title,Completed,CEU,Contact Hours", "Needles,2024-02-05,0.15,1.5", {}, ("1.5", "contact_hour")),
    ("Title,Completed,CMLE,Contact Hours", "Needles,2024-02-05,1.5,0", {}, ("1.5", "cmle")),
    ("Title,Completed,CEUs", "Needles,2024-02-05,6", {"unit": "contact_hour"}, ("6", "contact_hour")),
    ("Title,Completed,CEUs", "Needles,2024-02-05,1.2", {"unit": "ceu"}, ("1.2", "ceu")),
    ("Title,Completed,CEUs", "Needles,2024-02-05,6", {"units": {"CEUs": "contact_hour"}}, ("6", "contact_hour")),
    ("Title,Completed,CEUs", "Needles,2024-02-05,0.6", {"unit": "contact_hour"}, ("0.6", "ceu")),
])
def test_an_amount_whose_unit_is_said(tmp_path: Path, header: str, row: str, said: dict[str, object],
                                      came: tuple[str, str]) -> None:
    """Cell, header, columns and options count in this order; --unit never overrides the file."""
    line, activity = one_row(tmp_path, header, row, **said)

    assert line.status == "mapped"
    assert activity is not None
    assert (str(activity.amount), activity.unit) == came


@pytest.mark.parametrize(("header", "row", "code"), [
    ("Title,Completed,Credits", "Needles,2024-02-05,1.5", "UNIT_OPEN"),
    ("Title,Completed,Credits,Unit", "Needles,2024-02-05,45,minutes", "UNIT_UNKNOWN"),
    ("Title,Completed,Credits", "Needles,2024-02-05,45 minutes", "UNIT_UNKNOWN"),
    ("Title,Completed,CEUs", "Needles,2024-02-05,6", "CEU_OPEN"),
    ("Title,Completed,CEUs", "Needles,2024-02-05,1", "CEU_OPEN"),
    ("Title,Completed,CEUs,Contact Hours", "Needles,2024-02-05,6,6", "AMOUNTS_DIFFER"),
    ("Title,Completed,CEUs,Credit Type", "Needles,2024-02-05,0.6,P.A.C.E.", "AMOUNTS_DIFFER"),
    ("Title,Completed,Credits,Hours", "Needles,2024-02-05,1.5,3", "AMOUNTS_DIFFER"),
    ("Title,Completed,Hours", "Needles,2024-02-05,", "NO_AMOUNT"),
    ("Title,Completed,Hours,Hours Claimed", "Needles,2024-02-05,4,", "NO_AMOUNT"),
    ("Title,Completed,Hours", "Needles,2024-02-05,0", "NO_CREDIT"),
    ("Title,Completed,Hours", "Needles,2024-02-05,one", "NOT_AN_AMOUNT"),
    ("Title,Completed,Hours", 'Needles,2024-02-05,"1,500"', "COMMA_OPEN"),
    ("Title,Completed,Hours,Status", "Needles,2024-02-05,1,In progress", "NOT_COMPLETED"),
    ("Title,Completed,Hours,Status", "Needles,2024-02-05,1,Perhaps", "STATUS_OPEN"),
    ("Title,Completed,Hours,Status", "Needles,2024-02-05,1,", "STATUS_OPEN"),
    ("Title,Completed,Hours,Type", "Needles,2024-02-05,1,Brown bag", "KIND_OPEN"),
    ("Course #,Title,Completed,Hours", "20-1,,2024-02-05,1", "NO_TITLE"),
    ("Course #,Title,Completed,Hours", "20-1,Needles,,", "NOTE_ROW"),
])
def test_what_a_record_cannot_be_written_without_is_set_aside(tmp_path: Path, header: str, row: str, code: str) -> None:
    """The row does not come in, and its line says what it needs."""
    line, activity = one_row(tmp_path, header, row)

    assert (line.status, codes(line)[0]) == ("set_aside", code)
    assert activity is None


@pytest.mark.parametrize(("header", "row", "code"), [
    ("Title,Completed,Hours", "Needles,2024-02-05,-1", "NOT_POSITIVE"),
    ("Title,Completed,Hours", "Needles,2024-02-05,1001", "TOO_MUCH"),
    ("Title,Completed,Hours", "Needles,2024-02-05,1.005", "TOO_FINE"),
    ("Title,Completed,Hours,Type", "Biology,2024-02-05,3,College course", "WRONG_UNIT"),
])
def test_what_a_record_refuses_is_refused(tmp_path: Path, header: str, row: str, code: str) -> None:
    """The fault is the record's."""
    line, activity = one_row(tmp_path, header, row)

    assert (line.status, codes(line)[0]) == ("refused", code)
    assert activity is None


@pytest.mark.parametrize("word", ["Minutes", "min"])
def test_minutes_are_no_unit_of_credit_whatever_option_is_given(tmp_path: Path, word: str) -> None:
    """The option is for rows that say no unit."""
    line, activity = one_row(tmp_path, "Title,Completed,Credits,Credit Type", f"Needles,2024-02-05,60,{word}",
                             unit="contact_hour")

    assert (line.status, codes(line)) == ("set_aside", ["UNIT_UNKNOWN"])
    assert activity is None


def test_a_table_of_ceu_is_asked_about_as_a_whole(tmp_path: Path) -> None:
    """If at least half of the amounts are a whole CEU, none is certain; otherwise all are."""
    def statuses(*amounts: str) -> set[str]:
        rows = "".join(f"Course {number},2024-02-05,{amount}\n" for number, amount in enumerate(amounts))
        return {line.status for line in read(tmp_path, f"Title,Completed,CEUs\n{rows}").lines[1:]}

    assert statuses("1.0", "0.5") == {"set_aside"}
    assert statuses("1.2", "0.1", "0.45") == {"mapped"}


@pytest.mark.parametrize(("header", "row", "kind"), [
    ("Title,Completed,Hours", "Needles,2024-02-05,1", "formal_ce"),
    ("Title,Completed,Hours,Type", "Needles,2024-02-05,1,Webinar", "teleconference"),
    ("Title,Completed,Hours,Type", "Needles,2024-02-05,1,in-service", "in_service"),
    ("Title,Completed,Hours,Type", "Needles,2024-02-05,1,", "formal_ce"),
    ("Title,Completed,Quarter hours", "Biology,2024-02-05,3", "college_course"),
])
def test_the_kind_of_a_row(tmp_path: Path, header: str, row: str, kind: str) -> None:
    """It follows from a word, from a college's unit, or is a course."""
    _, activity = one_row(tmp_path, header, row)

    assert activity is not None
    assert activity.kind == kind


def test_what_is_said_for_rows_that_say_nothing(tmp_path: Path) -> None:
    """Options give kind and provider; the mapping file gives words."""
    line, activity = one_row(tmp_path, "Title,Completed,Hours,Status", "Needles,2024-02-05,1,Waived",
                             kind="in_service", provider="Sample Hospital", status={"waived": True})

    assert activity is not None
    assert (activity.kind, activity.provider, activity.source) == ("in_service", "Sample Hospital", "self")
    assert codes(line).count("BY_OPTION") == 2
    line, activity = one_row(tmp_path, "Title,Completed,Hours,Type", "Needles,2024-02-05,1,Brown bag",
                             kinds={"Brown Bag": "in_service"})
    assert activity is not None
    assert activity.kind == "in_service"


def test_one_amount_for_several_rows_is_asked_about(tmp_path: Path) -> None:
    """A merged cell holds for every row, but an amount is not multiplied."""
    header = ["Title", "Completed", "Hours"]
    found = read(tmp_path, workbook([header, ["Needles", "2024-02-05", 3], ["Tubes", None, None]], "B2:B3", "C2:C3"))

    assert [codes(line) for line in found.lines[1:]] == [["AMOUNT_SHARED"], ["AMOUNT_SHARED"]]
    found = read(tmp_path, workbook([header, ["Needles", "2024-02-05", 3], ["Tubes", None, 1]], "B2:B3"))
    assert found.record is not None
    assert [str(activity.completed_on) for activity in found.record.activities] == ["2024-02-05"] * 2


def test_a_table_of_ours_keeps_its_words(tmp_path: Path) -> None:
    """Ids, documents, source and session are kept; the default unit is the first of the kind."""
    line, activity = one_row(
        tmp_path, "holder,id,title,kind,amount,completed_on,areas,documents,source",
        "h-1,a7,Needles,college_course,3,2024-02-05,safety,certificate; letter,upload")

    assert activity is not None
    assert (activity.id, activity.unit, activity.areas) == ("a7", "point", ("safety",))
    assert (activity.documents, activity.source) == (("certificate", "letter"), "upload")
    assert codes(line) == ["UNIT_BY_KIND"]
    line, activity = one_row(tmp_path, "holder,id,title,kind,amount,unit", "h-1,a7,Needles,formal_ce,2,ceu")
    assert activity is not None
    assert (line.status, str(activity.points)) == ("doubtful", "20")
    for header in ("holder,id,title,kind,amount,unit", "holder,id,title,kind,amount,"):
        assert codes(one_row(tmp_path, header, "h-1,a7,Needles,formal_ce,2,")[0])[0] == "UNIT_OPEN"


@pytest.mark.parametrize(("title", "denied"), [
    ("Safety (CANCELLED)", True), ("VOID - Safety", True), ("Refunded: Safety", True), ("*** No show *** Safety", True),
    ("Cancelled", True), ("Safety - not completed", True), ("Voided specimens: a tour", False),
    ("Incomplete blood counts", False), ("Failed-run review", False)])
def test_a_title_may_deny_its_credit(tmp_path: Path, title: str, denied: bool) -> None:
    """A note in a title is asked about; a word of the title is not one, nor is a word that a mapping file allows."""
    line, activity = one_row(tmp_path, "Title,Completed,Hours", f"{title},2024-02-05,1")

    assert (codes(line)[0] == "CREDIT_DENIED") == denied == (activity is None)
    allowed = dict.fromkeys(("Cancelled", "Void", "Refunded", "No show", "Not completed"), True)
    assert one_row(tmp_path, "Title,Completed,Hours", f"{title},2024-02-05,1", status=allowed)[1] is not None


_TITLED = "Title,Completed,Contact Hours\nNeedles,2024-02-05,1\nNEEDLES,2025-02-05,1\nTubes,2024-02-05,1\n"


@pytest.mark.parametrize(("below", "fates"), [
    ("Needles,2025-02-05,-1", ["mapped", "TAKEN_BACK", "mapped"]),
    ("needles,2025-03-01,(1)", ["TAKEN_BACK", "TAKEN_BACK", "mapped"]),
    ("Needles,,1-", ["TAKEN_BACK", "TAKEN_BACK", "mapped"]),
    ("Glass,2024-02-05,-1", ["mapped", "mapped", "mapped"]),
    (",2024-02-05,-1", ["mapped", "mapped", "mapped"]),
])
def test_a_row_below_zero_may_take_back_another(tmp_path: Path, below: str, fates: list[str]) -> None:
    """No row keeps credit that another row of its title takes back: its day tells which one, if there is one of it."""
    found = read(tmp_path, f"{_TITLED}{below}\n")

    assert [line.remarks[0].code if line.remarks else line.status for line in found.lines[1:4]] == fates
    assert found.lines[4].status == ("set_aside" if below.startswith(",") else "refused")
    apart = read(tmp_path, _TITLED, f"Title,Completed,Contact Hours\n{below}\n")
    assert [line.remarks[0].code if line.remarks else line.status for line in apart.lines[1:4]] == fates
