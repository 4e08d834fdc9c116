"""Where tables begin and end, what their columns mean, and which rows are not entries."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from cmprules.intake import Intake, IntakeMapping, intake
from cmprules.intake._writing import mapping_toml
from tests.edges.intake.making import BOOK, codes, one_row, read, workbook

HEADER = "Title,Completed,Hours"
NEEDLES = "Needles,2024-02-05,1"


def fates(found: Intake) -> list[str]:
    """Return the first code of each line, or its status."""
    return [(line.remarks[0].code if line.remarks else line.status) for line in found.lines]


def test_titles_above_and_sums_below(tmp_path: Path) -> None:
    """Every row has its line: titles, empty rows, notes and totals, too."""
    found = read(tmp_path, f"Sample\nLearner:,PERSON\n\n{HEADER}\n{NEEDLES}\n2025,,\nTotal,,1\n,,\nPrinted today\n")

    assert fates(found) == ["TITLE_ROW", "TITLE_ROW", "BLANK_ROW", "HEADER_ROW", "mapped", "NOTE_ROW", "TOTAL_ROW",
                            "BLANK_ROW", "NOTE_ROW"]
    assert [line.place for line in found.lines] == [f"row {number}" for number in range(1, 10)]
    assert found.lines[1].what == "Learner: | PERSON"


@pytest.mark.parametrize("row", ["Total,,9", ",Total,9", "GRAND TOTAL,,9", ",Total hours:,9", "Total,9", ",,Total"])
def test_a_row_of_sums(tmp_path: Path, row: str) -> None:
    """It is marked as a total, and has neither a title nor a day."""
    assert fates(read(tmp_path, f"{HEADER}\n{row}\n"))[-1] in {"TOTAL_ROW", "NOTE_ROW"}


@pytest.mark.parametrize(("row", "code"), [
    ("Total,3 courses,,3", "READS_LIKE_SUM"), ("Total,,,3", "TOTAL_ROW"), ("Total,Tubes,2024-02-06,1", "mapped"),
    (",Total as of 2024-12-31,,3", "TOTAL_ROW"), ("Total Care,Tubes,,1", "NO_DAY")])
def test_a_word_for_sums_in_another_column(tmp_path: Path, row: str, code: str) -> None:
    """Without a day it is asked about; a provider may be called so."""
    assert fates(read(tmp_path, f"Provider,{HEADER}\nACME,{NEEDLES}\n{row}\n"))[-1] == code


@pytest.mark.parametrize("title", [
    "Total", "Grand Total:", "Subtotal 2024", "2024 total", "Total CE hours for 2024", "Hours earned to date",
    "Year 2024", "Credits this year", "Cumulative", "Balance brought forward", "Carry-over", "Remaining",
    "Hours required", "Σ", "Gesamt", "Total général", "Итого", "合計"])
def test_a_sum_with_a_day_is_asked_about(tmp_path: Path, title: str) -> None:
    """The day may be that of the report: counted as an activity, the sum would count every point twice."""
    found = read(tmp_path, f"{HEADER}\n{NEEDLES}\n{title},2024-12-31,8\n")

    assert fates(found)[-2:] == ["mapped", "READS_LIKE_SUM"]
    assert found.record is not None
    assert [activity.title for activity in found.record.activities] == ["Needles"]
    assert fates(read(tmp_path, f"{HEADER}\n{NEEDLES}\n{title},,8\n"))[-1] == "TOTAL_ROW"


@pytest.mark.parametrize("title", [
    "Total quality", "Annual safety training", "Required reading", "Electrolyte balance", "Carry-over in analyzers",
    "Sum of squares", "Year in review", "PACE", "2024 update"])
def test_a_course_on_totals_is_a_course(tmp_path: Path, title: str) -> None:
    """It has a word that no sum has."""
    assert fates(read(tmp_path, f"{HEADER}\n{title},2024-02-05,1\n"))[-1] == "mapped"


@pytest.mark.parametrize(("header", "word", "code"), [
    ("Credit type", "None", "CREDIT_DENIED"), ("Credit Type", "No Credit", "CREDIT_DENIED"),
    ("Accreditation", "Non-CE", "CREDIT_DENIED"), ("Type", "Not for credit", "CREDIT_DENIED"),
    ("Accredited by", "None", "mapped"), ("Credit type", "P.A.C.E.", "mapped"), ("Credit type", "", "mapped")])
def test_a_type_of_credit_that_is_none(tmp_path: Path, header: str, word: str, code: str) -> None:
    """The hours of such a row are not credit; those of an in-service without accreditation are."""
    assert fates(read(tmp_path, f"{HEADER},{header}\n{NEEDLES},{word}\n"))[-1] == code


def test_a_mapping_file_rules_over_a_type_of_credit(tmp_path: Path) -> None:
    """The mapping file says what the word means in this file."""
    found = read(tmp_path, f"{HEADER},Credit type\n{NEEDLES},No credit\n", units={"No credit": "contact_hour"})
    assert fates(found)[-1] == "mapped"


@pytest.mark.parametrize(("amount", "code"), [
    ("2-3", "NOT_AN_AMOUNT"), ("1:30", "NOT_AN_AMOUNT"), ("1 h 30 min", "NOT_AN_AMOUNT"), ("1 hr. 30", "NOT_AN_AMOUNT"),
    ("1½", "NOT_AN_AMOUNT"), ("1 1/2", "NOT_AN_AMOUNT"), ("85%", "NOT_AN_AMOUNT"), ("90 min", "UNIT_UNKNOWN"),
    ("1 AMA PRA Category 2", "UNIT_UNKNOWN"), ("1 (CNE)", "UNIT_UNKNOWN")])
def test_what_goes_on_with_the_number_is_no_unit(tmp_path: Path, amount: str, code: str) -> None:
    """A range, a fraction or a duration is asked about as such; only a word may be a unit that a mapping file names."""
    assert fates(read(tmp_path, f"{HEADER}\nNeedles,2024-02-05,{amount}\n"))[-1] == code


def test_several_tables_in_one_file(tmp_path: Path) -> None:
    """A gap or a row of column names begins a new table with its own columns, even under the same header."""
    found = read(tmp_path, f"{HEADER}\n{NEEDLES}\n{HEADER}\nTubes,2024-02-06,1\n\nCompleted,Points,Title\n"
                           "2024-02-07,2,Talk\nHours,Completed,Title,Provider\n3,2024-02-08,Meeting,Sample Society\n")

    assert found.record is not None
    assert [(one.title, str(one.completed_on), str(one.amount), one.unit) for one in found.record.activities] == [
        ("Needles", "2024-02-05", "1", "contact_hour"), ("Tubes", "2024-02-06", "1", "contact_hour"),
        ("Talk", "2024-02-07", "2", "point"), ("Meeting", "2024-02-08", "3", "contact_hour")]


@pytest.mark.parametrize(("row", "code"), [
    ("Safety total,,3", "READS_LIKE_SUM"), ("2025,,3", "READS_LIKE_SUM"),
    ("Safety total,2024-02-05,3", "KIND_BY_DEFAULT"),
    ("2025,2024-02-05,3", "TITLE_OPEN"), ("Totally safe,,3", "NO_DAY"), ("2025,,", "NOTE_ROW")])
def test_a_sum_may_have_another_title(tmp_path: Path, row: str, code: str) -> None:
    """A title that ends in a word for sums, or has no letters, is that of a sum if there is no day."""
    line, _ = one_row(tmp_path, HEADER, row)

    assert codes(line)[0] == code


def test_a_table_that_is_not_known_ends_the_one_before(tmp_path: Path) -> None:
    """After a gap and a row of words that is not a header, nothing uses the columns above."""
    found = read(tmp_path, f"{HEADER}\n{NEEDLES}\n\nRequirement,Needed,Earned\nSafety,2,1\n")

    assert fates(found) == ["HEADER_ROW", "mapped", "BLANK_ROW", "TITLE_ROW", "TITLE_ROW"]


@pytest.mark.parametrize(("row", "code"), [
    ("Safety,2024-01-01,1", "ROW_OUTSIDE"), ("13/02/24,Safety,1.5 hrs", "ROW_OUTSIDE"),
    ("Safety,02/03/2024,1", "ROW_OUTSIDE"), ("45327,Safety,1", "ROW_OUTSIDE"), ("Printed,2024-01-01,", "TITLE_ROW"),
    ("2024-01-01,1,2", "TITLE_ROW"), ("Safety,1,x", "TITLE_ROW")])
def test_an_activity_outside_a_table_is_asked_about(tmp_path: Path, row: str, code: str) -> None:
    """A second list or sheet may go on without names of columns."""
    found = read(tmp_path, f"{HEADER}\n{NEEDLES}\n\nSecond list,,of Ada\n{row}\n")

    assert fates(found)[3:] == ["TITLE_ROW", code]


def test_a_row_of_data_is_no_header(tmp_path: Path) -> None:
    """Words of a status or of a kind are also names of columns."""
    found = read(tmp_path, "Title,Type,Status,Completed,Hours\nTraining,Course,Completed,2024-02-05,1\n"
                           "Needles,Course,In progress,,\nEvent,Course,Completed,,\n")

    assert fates(found) == ["HEADER_ROW", "mapped", "NOTE_ROW", "NOTE_ROW"]


@pytest.mark.parametrize(("header", "row", "title"), [
    ("Name,Provider,Hours,Completed,Certificate", "Needles,Sample Society,1,2024-02-05,C-1", "Needles"),
    ("Name,Course,Date,Hours", "h-1,Needles,2024-02-05,1", "Needles"),
    ("Course,Course Title,Date,Hours", "20-1,Needles,2024-02-05,1", "Needles"),
    ("Title,Session,Date,Hours", "Needles,part 1,2024-02-05,1", "Needles"),
    ("COURSE_TITLE;DATE COMPLETED;CONTACT HOURS", "Needles;2024-02-05;1", "Needles"),
    ("Course\tCompleted\tHours", "Needles\t2024-02-05\t1", "Needles"),
    ("Course|Completed|Hours", "Needles|2024-02-05|1", "Needles"),
    ("Course~Completed~Hours", "Needles~2024-02-05~1", "Needles"),
])
def test_words_that_mean_several_things(tmp_path: Path, header: str, row: str, title: str) -> None:
    """A column gets a meaning for which no other column has a better word; any separator is found."""
    _, activity = one_row(tmp_path, header, row)

    assert activity is not None
    assert (activity.title, str(activity.completed_on), str(activity.amount)) == (title, "2024-02-05", "1")


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    """It is not clear which of the two is meant."""
    line, activity = one_row(tmp_path, "Title,Date,Date,Hours", "Needles,2024-02-05,2024-03-05,1")

    assert (codes(line), activity) == (["COLUMN_TWICE"], None)


@pytest.mark.parametrize(("row", "code"), [
    ("Needles, part 2,2024-02-05,1,x", "TOO_MANY_CELLS"), ("Needles,2024-02-05", "TOO_FEW_CELLS"),
    ('"Needles,2024-02-05,1', "BROKEN_QUOTE"), ('"Needles"x,2024-02-05,1', "BROKEN_QUOTE"),
])
def test_a_row_whose_cells_do_not_fit_is_refused(tmp_path: Path, row: str, code: str) -> None:
    """The rows after it are read."""
    found = read(tmp_path, f"{HEADER}\n{row}\nTubes,2024-02-06,1\n")

    assert fates(found) == ["HEADER_ROW", code, "mapped"]


def test_a_quotation_mark_that_is_not_closed_takes_no_row_with_it(tmp_path: Path) -> None:
    """A later mark may close it by chance, or not."""
    found = read(tmp_path, f'{HEADER}\n"Needles,2024-02-05,1\nTubes,2024-02-06,1\nTalk,2024-02-07,"\n{NEEDLES}\n')

    assert fates(found) == ["HEADER_ROW", "BROKEN_QUOTE", "mapped", "BROKEN_QUOTE", "mapped"]


def test_a_cell_of_two_lines_is_one_row(tmp_path: Path) -> None:
    """Rows are numbered as in a spreadsheet."""
    found = read(tmp_path, f'{HEADER}\n"Needles:\nsafe",2024-02-05,1\nTubes,2024-02-06,1\n')

    assert [line.place for line in found.lines] == ["row 1", "row 2", "row 3"]
    assert found.record is not None
    assert found.record.activities[0].title == "Needles: safe"


def test_a_separator_may_be_said_or_written(tmp_path: Path) -> None:
    """Either the option says it, or the first line, as Excel writes it."""
    assert fates(read(tmp_path, "Title Completed Hours\nNeedles 2024-02-05 1\n", separator=" "))[-1] == "mapped"
    assert fates(read(tmp_path, "sep=;\nTitle;Completed;Hours\nNeedles;2024-02-05;1\n"))[-1] == "mapped"
    assert fates(read(tmp_path, "x,y\nz,w\n")) == ["NO_HEADER", "NO_HEADER"]


@pytest.mark.parametrize("row", ["Needles,2024-02-05,1", "Needles,2024-02-05,1.", "Needles,2024-02-05"])
def test_the_last_row_of_a_file_that_may_be_cut_off(tmp_path: Path, row: str) -> None:
    """Without a final line end its last value may be incomplete; earlier rows are read."""
    found = read(tmp_path, f"{HEADER}\nTubes,2024-02-06,1\n{row}")

    assert fates(found)[:2] == ["HEADER_ROW", "mapped"]
    assert found.lines[-1].status == "refused"


def test_a_last_row_that_is_whole_without_the_end_of_its_line(tmp_path: Path) -> None:
    """Its last value is quoted, or is neither a day nor an amount."""
    assert fates(read(tmp_path, f'{HEADER}\nNeedles,2024-02-05,"1"'))[-1] == "mapped"
    assert fates(read(tmp_path, "Completed,Hours,Title\n2024-02-05,1,Needles"))[-1] == "mapped"
    assert fates(read(tmp_path, "code,expires_on\nPBT,2026-05-3"))[-1] == "CUT_OFF"


def test_columns_of_the_mapping_file_go_before_all_words(tmp_path: Path) -> None:
    """Cases: a user's header, and a column that is left out."""
    found = read(tmp_path, "What,Done,Worth,Date\nNeedles,2024-02-05,1,2020-01-01\n",
                 columns={"what": "title", "Done": "completed_on", "Worth": "amount.point", "Date": "ignore"})

    assert found.record is not None
    assert str(found.record.activities[0].completed_on) == "2024-02-05"
    assert found.files[0].columns == ("What: title", "Done: completed_on", "Worth: amount.point")
    assert found.files[0].unused == ("Date",)


def test_columns_that_are_not_read_are_listed(tmp_path: Path) -> None:
    """Those of credentials, in a table of activities, and those without a name; one that is empty is passed over."""
    found = read(tmp_path, "Title,,Completed,Hours,Certification,Due Date,\n"
                           "Needles,Safety,2024-02-05,1,BLS,2026-01-01,\n")

    assert found.files[0].columns == ("Title: title", "Completed: completed_on", "Hours: amount.contact_hour")
    assert found.files[0].unused == ("Certification", "Due Date", "column 2, without a name")
    written = mapping_toml(found, IntakeMapping())
    assert "ignore" not in written


def test_topics(tmp_path: Path) -> None:
    """Each is an area, proposed, any other CE, a question, or what the mapping file says."""
    def of(topic: str, **said: object) -> tuple[tuple[str, ...], list[str]]:
        line, activity = one_row(tmp_path, "Title,Completed,Hours,Subject", f'Needles,2024-02-05,1,"{topic}"', **said)
        assert activity is not None
        return activity.areas, [code for code in codes(line) if "UNIT" not in code and "KIND" not in code]

    assert of("safety") == (("safety",), [])
    assert of("SAFETY") == (("safety",), ["AREA_BY_NAME"])
    assert of("Blood Bankings") == (("blood_banking",), ["AREA_BY_NAME"])
    assert of("Medical ethics; Chemistry, hematology") == (
        ("ethics", "chemistry", "hematology"), ["AREA_BY_NAME"] * 2)
    assert of("Virology") == (("virology",), ["AREA_BY_NAME", "AREA_PROPOSED"])
    assert of("Phlebotomy") == (("phlebotomy",), ["AREA_BY_NAME"])
    assert of("Bloodborne Pathogens") == ((), ["AREA_PROPOSED"])
    assert of("Laboratory compliance") == ((), ["AREA_PROPOSED"])
    assert of("Laboratory compliance" )[0] == ()
    assert of("General") == ((), ["TOPIC_IS_POOL"])
    assert of("Management") == ((), ["TOPIC_IS_POOL"])
    assert of("Basket weaving") == ((), ["TOPIC_UNKNOWN"])
    assert of("Basket weaving", topics={"basket weavings": ["safety", "ethics"]}) == (
        ("safety", "ethics"), ["MAPPING_FILE"])
    assert of("Safety", topics={"Safety": []}) == ((), ["MAPPING_FILE"])


def test_areas_that_a_table_of_ours_proposes_or_certifies(tmp_path: Path) -> None:
    """Certified amounts are listed by area, proposed areas separately; an unknown word is asked about."""
    line, activity = one_row(tmp_path, "Title,Completed,Hours,Areas", "Needles,2024-02-05,2,safety:1;ethics:1")
    assert activity is not None
    assert (line.status, {area: str(amount) for area, amount in activity.certified.items()}) == (
        "mapped", {"safety": "1", "ethics": "1"})
    line, _ = one_row(tmp_path, "Title,Completed,Hours,Areas", "Needles,2024-02-05,2,safety:1;bees:1")
    assert codes(line).count("TOPIC_UNKNOWN") == 2
    line, _ = one_row(tmp_path, "Title,Completed,Hours,Proposed_areas", 'Needles,2024-02-05,2,"ethics; bees,,"')
    assert codes(line)[0] == "TOPIC_UNKNOWN"


def test_areas_of_credentials_without_a_table(tmp_path: Path) -> None:
    """Before the first table, or without an end, the credential's own areas are used."""
    found = read(tmp_path, "Title,Completed,Hours,Subject\nX,2024-02-05,1,Donor\nY,2024-02-05,1,Venipuncture\n",
                 credentials=("BB(ASCP) 2006-05-31", "PBT(ASCP) 2026-05-31"))

    assert [codes(line)[-1] for line in found.lines[1:]] == ["AREA_PROPOSED"] * 2


def test_compliance_is_an_area_for_those_who_hold_it(tmp_path: Path) -> None:
    """Only holders of that qualification have it."""
    found = read(tmp_path, "Title,Completed,Hours,Subject\nX,2024-02-05,1,Laboratory compliance\n",
                 credentials=("QLC(ASCP) 2026-05-31",))

    assert found.record is not None
    assert found.record.activities[0].areas == ("laboratory_compliance",)


@pytest.mark.parametrize("who", ["Ada Sample", "sample, ada", "007"])
def test_a_person_is_named_as_people_do(who: str, tmp_path: Path) -> None:
    """By the id, or by first and last name in either order; the rows of others are set aside."""
    table = ("Emp ID,First Name,Last Name,Title,Completed,Hours\n007,Ada,Sample,Needles,2024-02-05,1\n"
             "008,Bo,Sample,Tubes,2024-02-06,1\n")
    assert fates(read(tmp_path, table, person=who)) == ["HEADER_ROW", "mapped", "OTHER_PERSON"]
    assert fates(read(tmp_path, table, person="Sample")) == ["HEADER_ROW", "WHICH_PERSON", "WHICH_PERSON"]


def test_rows_of_several_people(tmp_path: Path) -> None:
    """Other people's rows are set aside; if none has the name, all are; a single name is the holder's.

    A row that names no one is asked about.
    """
    table = ("Learner,Title,Completed,Hours\nA. Sample,Needles,2024-02-05,1\nB. Sample,Tubes,2024-02-06,1\n"
             ",X,2024-02-07,1\n")

    assert fates(read(tmp_path, table)) == ["HEADER_ROW", *["WHICH_PERSON"] * 3]
    assert fates(read(tmp_path, table, person="a. sample")) == ["HEADER_ROW", "mapped", "OTHER_PERSON", "NO_PERSON"]
    assert fates(read(tmp_path, table, holder="A-Sample"))[1:3] == ["mapped", "OTHER_PERSON"]
    assert fates(read(tmp_path, "Learner,Title,Completed,Hours\nA. Sample,Needles,2024-02-05,1\n"))[-1] == "mapped"
    assert fates(read(tmp_path, "holder,Title,Completed,Hours\nh-2,Needles,2024-02-05,1\n"))[-1] == "WHICH_PERSON"
    assert fates(read(tmp_path, "Learner,Title,Completed,Hours\nA. Sample,Needles,2024-02-05,1\n",
                      person="B. Sample"))[-1] == "WHICH_PERSON"


@pytest.mark.parametrize(("said", "code"), [
    ("Ada Sample", "mapped"), ("SAMPLE, ADA", "mapped"), ("Ada M. Sample", "mapped"), ("A. Sample", "mapped"),
    ("Ada Sample-Jones", "mapped"), ("ada.sample@example.org", "mapped"), ("007", "mapped"), ("Ada", "mapped"),
    ("Bo Sample", "NOT_THE_HOLDER"), ("Ada Other", "NOT_THE_HOLDER")])
def test_the_only_person_of_a_file_may_be_somebody_else(tmp_path: Path, said: str, code: str) -> None:
    """If the name of the holder is known, another whole name is asked about: these may not be the holder's points."""
    table = f'Learner,Title,Completed,Hours\n"{said}",Needles,2024-02-05,1\n'
    path = tmp_path / "file.csv"
    path.write_text(table, encoding="utf-8")
    found = intake(path, BOOK, holder="h-1", name="Ada Sample", credentials=["MLS(ASCP) 2026-05-31"])

    assert fates(found)[-1] == code
    assert fates(read(tmp_path, table))[-1] == "mapped"
    assert fates(read(tmp_path, table, person=said))[-1] == "mapped"


@pytest.mark.parametrize(("above", "asked"), [
    ("Learner:,BO SAMPLE,License:,X", True), ("Name: Bo Sample", True), ("Transcript for: Bo Sample", True),
    ("Learner:,ADA SAMPLE", False), ("Name: A. Sample", False), ('Student Name:,"Sample, Ada"', False),
    ("Learner: 00712", False), ("Name: Ada", False), ("Course name: Safety at work", False), ("Sample Company", False)])
def test_the_person_above_a_table_may_be_somebody_else(tmp_path: Path, above: str, asked: bool) -> None:
    """A transcript names its learner above the courses: another name is asked about, and the rows come in."""
    path = tmp_path / "file.csv"
    path.write_text(f"{above}\n\n{HEADER}\n{NEEDLES}\n", encoding="utf-8")
    credentials = ["MLS(ASCP) 2026-05-31"]

    expected = "NAMES_ANOTHER" if asked else "TITLE_ROW"
    for name, person, code in (("Ada Sample", None, expected), (None, None, "TITLE_ROW"),
                               ("Ada Sample", "Bo Sample", "TITLE_ROW")):
        found = intake(path, BOOK, holder="h-1", name=name, credentials=credentials,
                       mapping=IntakeMapping(person=person))
        assert [fates(found)[0], fates(found)[-1]] == [code, "mapped"]


def test_the_name_of_the_holder_chooses_rows(tmp_path: Path) -> None:
    """As written, or as the only name that is like it; a second name like it is asked about, and so are two others."""
    path = tmp_path / "file.csv"
    for first, second, expected in (("Ada Sample", "A. Sample", ["mapped", "ALIKE_NAMES"]),
                                    ("Ada Sample", "Ad\N{LATIN SMALL LETTER A WITH ACUTE} Sample",
                                     ["mapped", "ALIKE_NAMES"]),
                                    ("A. Sample", "Bo Sample", ["mapped", "OTHER_PERSON"]),
                                    ("A. Sample", "Ada B. Sample", ["WHICH_PERSON", "WHICH_PERSON"])):
        path.write_text(f"Learner,Title,Completed,Hours\n{first},Needles,2024-02-05,1\n{second},X,2024-02-06,1\n",
                        encoding="utf-8")
        found = intake(path, BOOK, holder="h-1", name="Ada Sample", credentials=["MLS(ASCP) 2026-05-31"])
        assert fates(found)[1:] == expected


def test_words_between_spaces_are_no_columns(tmp_path: Path) -> None:
    """A row of words that could name columns does not make the space the separator; a header with spaces does."""
    table = "Title,Date Completed,Credits\nHours of contact course credit type,2024-02-05,1.5 contact hours\n"
    assert [line.status for line in read(tmp_path, table).lines] == ["set_aside", "mapped"]
    spaced = "Title Completed Hours\nNeedles 2024-02-05 1.5\n"
    assert [line.what for line in read(tmp_path, spaced).lines][1:] == ["Needles"]


_BLOCKS = ("Learner: Ada Sample,,\n" + HEADER + "\n" + NEEDLES + "\n,,\nLearner: Ben Example,,\n" + HEADER
           + "\nTubes,2024-02-06,2\n")


@pytest.mark.parametrize(("said", "came"), [
    ({"name": "Ada Sample"}, ["Needles"]), ({"name": "Ben Example"}, ["Tubes"]), ({}, []),
    ({"name": "Cleo Specimen"}, []), ({"person": "Ben Example"}, ["Tubes"])])
def test_blocks_of_several_people_are_not_mixed(tmp_path: Path, said: dict[str, str], came: list[str]) -> None:
    """Each label is the person of the rows below it, whatever the first one says."""
    (tmp_path / "a.csv").write_text(_BLOCKS, encoding="utf-8")
    found = intake(tmp_path / "a.csv", BOOK, holder="h-1", credentials=["PBT(ASCP) 2026-05-31"], name=said.get("name"),
                   mapping=IntakeMapping(person=said.get("person")))
    assert [line.what for line in found.lines if line.activity] == came
    assert {code for code in fates(found) if code in {"OTHER_PERSON", "WHICH_PERSON"}} == (
        {"OTHER_PERSON"} if came else {"WHICH_PERSON"})


@pytest.mark.parametrize(("text", "codes_"), [
    # one value is the heading of the file, on every page
    (f"Learner: Ada Sample,,\n{HEADER}\n{NEEDLES}\nLearner: ADA SAMPLE,,\nTubes,2024-02-06,2\n",
     ["TITLE_ROW", "HEADER_ROW", "mapped", "NOTE_ROW", "mapped"]),
    # labels of two kinds
    (f"Learner: Ada Sample,,\nReport for: Sample Hospital,,\n{HEADER}\n{NEEDLES}\n",
     ["TITLE_ROW", "NAMES_ANOTHER", "HEADER_ROW", "mapped"]),
    # `Name:` of courses
    (f"{HEADER}\nName: Safe needles,,\n{NEEDLES}\nName: Order of draw,,\nTubes,2024-02-06,2\n",
     ["HEADER_ROW", "NAMES_ANOTHER", "mapped", "NAMES_ANOTHER", "mapped"]),
    (f"{HEADER}\nName: Ada Sample,,\n{NEEDLES}\nName: Ben Example,,\nTubes,2024-02-06,2\n",
     ["HEADER_ROW", "NOTE_ROW", "mapped", "NOTE_ROW", "OTHER_PERSON"]),
    # without a label, above tables of their own
    (f"Ada Sample,,\n{HEADER}\n{NEEDLES}\n\nBen Example,,\n{HEADER}\nTubes,2024-02-06,2\n",
     ["TITLE_ROW", "HEADER_ROW", "mapped", "BLANK_ROW", "NAMES_ANOTHER", "HEADER_ROW", "mapped"]),
    # without a label
    (f"{HEADER}\nAda Sample,,\n{NEEDLES}\nBen Example,,\nTubes,2024-02-06,2\n",
     ["HEADER_ROW", "NOTE_ROW", "mapped", "NAMES_ANOTHER", "mapped"]),
    (f"{HEADER}\nBlood bank,,\n{NEEDLES}\nClinical chemistry,,\nTubes,2024-02-06,2\nAda Sample,,\n",
     ["HEADER_ROW", "NOTE_ROW", "mapped", "NOTE_ROW", "mapped", "NOTE_ROW"]),
])
def test_names_between_the_rows(tmp_path: Path, text: str, codes_: list[str]) -> None:
    """A name that is not certainly that of a person is asked about."""
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found = intake(tmp_path / "a.csv", BOOK, holder="h-1", credentials=["PBT(ASCP) 2026-05-31"], name="Ada Sample")
    assert fates(found) == codes_


def test_a_name_holds_for_its_sheet(tmp_path: Path) -> None:
    """Rows of a sheet without a name are not given to the person of the sheet before."""
    book = openpyxl.load_workbook(BytesIO(workbook([["Learner: Ada Sample"], HEADER.split(","), NEEDLES.split(",")])))
    for name, rows in (("Two", [["Learner: Ben Example"], HEADER.split(","), ["Tubes", "2024-02-06", "2"]]),
                       ("Three", [HEADER.split(","), ["Talk", "2024-02-07", "3"]])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = intake(tmp_path / "a.xlsx", BOOK, holder="h-1", credentials=["PBT(ASCP) 2026-05-31"], name="Ben Example")
    assert [line.what for line in found.lines if line.activity] == ["Tubes"]


@pytest.mark.parametrize(("header", "row", "code"), [
    ("Title,Completed,Hours,Grade", "A,2024-02-05,1,F", "NOT_COMPLETED"),
    ("Title,Completed,Hours,Grade", "A,2024-02-05,1,B", "mapped"),
    ("Title,Completed,Hours,Final Grade", "A,2024-02-05,1,W", "NOT_COMPLETED"),
    ("Title,Completed,Hours,Section", "A,2024-02-05,1,F", "mapped"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,1,30", "AMOUNTS_DIFFER"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,0,45", "AMOUNTS_DIFFER"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,1,0", "mapped"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,1,60", "mapped"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,0.5,30", "mapped"),
    ("Title,Completed,Hours,Minutes", "A,2024-02-05,1,about 30", "mapped"),
    ("Title,Completed,CMLE,Minutes", "A,2024-02-05,1,30", "mapped"),
])
def test_columns_that_take_away_or_go_on(tmp_path: Path, header: str, row: str, code: str) -> None:
    """A grade that brings no credit; minutes that go on with the hours, unless they are the same time."""
    assert fates(read(tmp_path, f"{header}\n{row}\n"))[-1] == code


@pytest.mark.parametrize(("header", "cell", "code"), [
    ("Approved", "No", "NOT_COMPLETED"), ("Approved", "Yes", "mapped"), ("Attended (Y/N)", "N", "NOT_COMPLETED"),
    ("Complete?", "No", "NOT_COMPLETED"), ("% Complete", "100%", "mapped"), ("% Complete", "50%", "STATUS_OPEN"),
    ("Progress", "0", "NOT_COMPLETED"), ("Credit Status", "Pending", "NOT_COMPLETED"),
    ("Evaluation Completed", "No", "CREDIT_DENIED"), ("Accepted by State", "Pending", "CREDIT_DENIED"),
    ("Credit Eligible", "n", "CREDIT_DENIED"), ("Evaluation Completed", "Yes", "mapped"), ("Required", "No", "mapped"),
    ("Notes", "VOID", "NOT_COMPLETED"), ("Notes", "Void fraction", "mapped"), ("Remarks", "rejected", "NOT_COMPLETED"),
    ("Role", "Instructor", "KIND_OPEN"), ("Role", "Learner", "mapped"), ("Participation", "Speaker", "KIND_OPEN"),
])
def test_a_column_that_denies_a_row(tmp_path: Path, header: str, cell: str, code: str) -> None:
    """What takes away is read under headers without a meaning of their own, too; nothing else is."""
    assert fates(read(tmp_path, f"{HEADER},{header}\n{NEEDLES},{cell}\n"))[-1] == code
    if code in {"CREDIT_DENIED", "KIND_OPEN", "NOT_COMPLETED"} and header != "Progress":
        ignored = read(tmp_path, f"{HEADER},{header}\n{NEEDLES},{cell}\n", columns={header: "ignore"})
        assert fates(ignored)[-1] == "mapped"


def test_a_denial_of_a_workbook(tmp_path: Path) -> None:
    """False is an answer as No is."""
    rows: list[list[object]] = [[*HEADER.split(","), "Evaluation Completed"], ["Needles", "2024-02-05", 1, False]]
    assert fates(read(tmp_path, workbook(rows)))[-1] == "CREDIT_DENIED"


@pytest.mark.parametrize(("header", "rows", "codes_"), [
    ("Title,Date,Hours,Completed", ["A,2024-02-05,1,Yes", "B,2024-02-05,1,No"], ["mapped", "NOT_COMPLETED"]),
    ("Title,Date,Hours,Completed", ["A,2024-02-05,1,2024-02-06", "B,2024-02-05,1,No"], ["mapped", "NOT_A_DATE"]),
    ("Title,Hours,Completed", ["A,1,Yes"], ["NO_DAY"]), ("Title,Date,Hours,Completed", ["A,2024-02-05,1,"], ["NO_DAY"]),
])
def test_a_column_that_only_says_yes_or_no_is_no_day(
        tmp_path: Path, header: str, rows: list[str], codes_: list[str]) -> None:
    """The day is then in the next column of days."""
    assert fates(read(tmp_path, "\n".join([header, *rows, ""])))[1:] == codes_


@pytest.mark.parametrize(("row", "code"), [
    ('="Needles",="2024-02-05",="1"', "mapped"), ("Needles,'2024-02-05,'1", "mapped"),
    ("'90s needles,2024-02-05,1", "mapped")])
def test_what_guards_a_text_in_a_spreadsheet_is_taken_off(tmp_path: Path, row: str, code: str) -> None:
    """An apostrophe of a title stays."""
    line = read(tmp_path, f"{HEADER}\n{row}\n").lines[-1]
    assert (line.status, line.what) == (code, "'90s needles" if "90s" in row else "Needles")


@pytest.mark.parametrize(("status", "code"), [
    ("Active", "mapped"), ("Expired", "mapped"), ("Revoked", "VOIDED"), ("SUSPENDED", "VOIDED"),
    ("révoquée", "VOIDED")])
def test_a_credential_that_was_revoked_is_not_held(tmp_path: Path, status: str, code: str) -> None:
    """Its last day may be years away; an expired one is known by its day."""
    rows = f"Certification,Expiration Date,Status,CMP Complete\nMLT(ASCP),2027-05-31,{status},No\n"
    assert fates(read(tmp_path, rows))[-1] == code


def test_a_mapping_file_rules_over_grades(tmp_path: Path) -> None:
    """A column that the user ignores says nothing."""
    found = read(tmp_path, "Title,Completed,Hours,Grade\nA,2024-02-05,1,F\n", columns={"Grade": "ignore"})
    assert fates(found)[-1] == "mapped"
