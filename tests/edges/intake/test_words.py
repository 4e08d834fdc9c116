"""The words of an intake: its report, its mapping file, its schemas, its codes."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._words import vocabulary
from cmprules.intake import IntakeMapping, read_mapping
from cmprules.intake._codes import REMARKS, RULES
from cmprules.intake._folding import fold, shown
from cmprules.intake._mapping import COLUMN_MEANINGS
from cmprules.intake._words import MEANINGS
from cmprules.intake._writing import mapping_toml
from tests.edges.intake.making import read

TABLE = ("Title,Completed,Credits,Type,Subject,Status,Reviewer\n"
         "Needles,02/05/2024,1,Course,Safety,Completed,x\n"
         'Tubes,02/06/2024,1,"Brown ""bag""",Basket weaving,Completed,x\n'
         "Talk,02/07/2024,1,Course,Beekeeping,Done?,x\nFlow,2024-02-08,1.5 hrs,Course,Beekeeping,Completed,x\n"
         "Star,02/09/2024,1 stars,Course,Safety,Completed,x\n")


def test_a_report_begins_with_the_verdict_and_the_questions(tmp_path: Path) -> None:
    """Each kind of question appears once, with its rows; then comes every row."""
    found = read(tmp_path, TABLE, unit="contact_hour")
    text = cmprules.render(found)

    assert "2 activities came in" in text
    assert text.index("To settle") < text.index("Every row")
    assert text.count("Which order:") == 1
    assert "QUESTION" in text
    assert "Columns left out: Reviewer." in text
    for way in ("markdown", "html", "json"):
        assert "Needles" in cmprules.render(found, way)


def test_what_all_rows_have_in_common_is_said_once(tmp_path: Path) -> None:
    """A change common to all rows is above the table."""
    text = cmprules.render(read(tmp_path, "Title,Completed,Hours\n" + "Needles,2024-02-05,1\nTubes,2024-02-06,1\n"))

    assert "In every row: kind: nothing → formal_ce; unit: Hours → contact_hour." in " ".join(text.split())


def test_a_report_of_nothing_and_of_many(tmp_path: Path) -> None:
    """Cases: no record, with the reason; nothing new; several files by name; very many rows with one question."""
    nothing = read(tmp_path, "x\n")
    assert "No record" in cmprules.render(nothing)
    numbered = "Title,Completed,Hours,Certificate No.\nNeedles,2024-02-05,1,C-1\n"
    first = read(tmp_path, numbered)
    again = cmprules.render(read(tmp_path, numbered, into=first.record, holder=None, credentials=()))
    assert "Nothing new came in" in again
    assert "1 row had come in before." in again
    rows = "".join(f"Course {number},02/05/2024,1\n" for number in range(12))
    many = cmprules.render(read(tmp_path, f"Title,Completed,Hours\n{rows}", "code,expires on\nHT,2027-05-31\n"))
    assert "and 4 more" in many
    assert "file-0, row 2" in many
    assert "12 activities and 1 credential came in" in many
    refused = cmprules.render(read(tmp_path, "Title,Completed,Hours\nNeedles,2024-02-05,1.005\n"))
    assert "Not as a record has it" in refused


def test_an_answer_can_be_written_and_read_back(tmp_path: Path) -> None:
    """The answer and the mapping follow their schemas."""
    found = read(tmp_path, TABLE)
    plain = cmprules.to_mapping(found)
    jsonschema.validate(plain, cmprules.json_schema("intake"))
    mapping = IntakeMapping(dates="us", topics=FrozenMap({"x": ["safety"]}))
    jsonschema.validate(cmprules.to_mapping(mapping), cmprules.json_schema("intake-mapping"))

    assert plain["schema"] == "cmprules.intake/1"


def test_the_mapping_file_that_is_written(tmp_path: Path) -> None:
    """It is valid TOML with the columns and options used, and open words as comments."""
    mapping = IntakeMapping(dates="us", place="America/New_York", columns=FrozenMap({"Sub\tject": "topic"}),
                            topics=FrozenMap({"Bench": []}), status=FrozenMap({"waived": False}))
    found = read(tmp_path, TABLE)
    text = mapping_toml(found, mapping)
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    again = read_mapping(tmp_path / "m.toml")

    assert (again.dates, again.place, again.topics, again.status) == (
        mapping.dates, mapping.place, mapping.topics, mapping.status)
    assert again.columns["Sub\tject"] == "topic"
    assert again.columns["Reviewer"] == "ignore"
    assert '# "Basket weaving" = ["safety"]' in text
    assert '# "Done?" = true' in text
    assert '# "stars" = "contact_hour"' in text
    assert tomllib.loads(text.replace('# "', '"'))["schema"] == IntakeMapping.schema


@pytest.mark.parametrize("text", [
    'schema = "cmprules.intake-mapping/1"\nunit = "hour"', 'schema = "cmprules.intake-mapping/1"\n[columns]\nx = "y"',
    'schema = "cmprules.intake-mapping/1"\nkind = "college_course"\nunit = "ceu"', 'unit = "point"', "x",
    'schema = "cmprules.intake-mapping/1"\nunit = "x"\nkind = "y"',
])
def test_a_mapping_file_with_faults(tmp_path: Path, text: str) -> None:
    """Every fault is named."""
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(cmprules.InputError):
        read_mapping(path)


def test_a_unit_and_a_kind_that_fit() -> None:
    """They are used together."""
    assert IntakeMapping(kind="college_course", unit="semester_hour").unit == "semester_hour"


def test_the_table_of_words_is_sound() -> None:
    """Every meaning, unit, kind and area in the table is known, and no word has two meanings."""
    plain = tomllib.loads((files("cmprules") / "data" / "intake" / "words.toml").read_text(encoding="utf-8"))
    assert set(plain["headers"]) == set(MEANINGS) == set(COLUMN_MEANINGS)
    assert set(plain["units"]) <= set(vocabulary.UNITS)
    assert set(plain["kinds"]) == set(vocabulary.KINDS)
    assert {area for row in plain["topic"] for area in row["areas"]} <= set(vocabulary.AREAS)
    for table in (plain["units"], plain["kinds"], plain["status"]):
        words = [(fold(word), name) for name, words in table.items() if name != "never" for word in words]
        assert len(dict(words)) == len(set(words))
    topics = [(fold(word), tuple(row["areas"])) for row in plain["topic"] for word in row["words"]]
    assert len(dict(topics)) == len(set(topics))


def test_every_code_has_a_fate_and_a_text() -> None:
    """The fate of a code is possible for a line; no rule shares a code with a remark."""
    assert {one.fate for one in REMARKS.values()} == {"doubtful", "set_aside", "refused"}
    assert not set(REMARKS) & set(RULES)


def test_what_is_shown_can_be_written_down() -> None:
    """A long cell is cut, and half of a surrogate pair is replaced."""
    assert len(shown("x" * 500)) == 200
    assert shown("a \ud800 b").encode()


def test_proposed_areas_reach_the_record(tmp_path: Path) -> None:
    """Areas proposed by the table of words are in the record, apart from the certain ones."""
    found = read(tmp_path, "Title,Completed,Hours,Subject\nX,2024-02-05,1,Virology; Fire\n")

    assert found.record is not None
    plain = cmprules.to_mapping(found.record.activities[0])
    assert (plain["areas"], plain["proposed_areas"]) == (["virology"], ["safety", "microbiology"])
