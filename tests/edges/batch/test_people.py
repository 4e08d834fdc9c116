"""Real people's tables: other headers and words, extra columns, other boards, names with a space."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cmprules
from cmprules._cli import main
from cmprules.batch import DecidedTable, decide_table, records_of
from cmprules.batch import _stream as stream
from cmprules.batch._compiling import by_hand
from cmprules.batch._customs import Customs
from cmprules.batch._stream.ranges import groups_of
from cmprules.batch._stream.source import open_sources

ON = date(2026, 3, 10)
CREDENTIALS = pa.table({"holder": ["a", "b"], "id": ["c", "c"], "code": ["PBT", "MLS"],
                        "expires_on": ["2026-05-31", "2027-02-28"]})
ACTIVITIES = pa.table({"holder": ["a", "a", "b"], "title": ["One", "Two", "Three"], "kind": ["formal_ce"] * 3,
                       "amount": ["1", "2.5", "4"], "completed_on": ["2025-02-11", "2025-03-04", "2025-04-05"],
                       "areas": ["safety", "ethics, phlebotomy", None]})


def _decide(credentials: pa.Table = CREDENTIALS, activities: pa.Table = ACTIVITIES, **more: Any) -> DecidedTable:
    return decide_table(credentials, activities, cmprules.load_book(edition="2026.1"), on=ON, **more)


def _with(table: pa.Table, **columns: Any) -> pa.Table:
    for name, values in columns.items():
        table = table.drop([name]) if name in table.column_names else table
        table = table.append_column(name, pa.array(values))
    return table


def _faults(found: DecidedTable) -> list[tuple[str, int, str]]:
    return [(fault["table"], fault["row"], fault["code"]) for fault in found.faults.to_pylist()]


def test_answers_say_what_and_until_when() -> None:
    """They have code, body, end, last day and the days left."""
    found = _decide(_with(CREDENTIALS, extended_until=[None, date(2027, 3, 5)]))
    assert found.answers.select(["code", "body", "expires_on", "last_day", "days_left"]).to_pylist() == [
        {"code": "PBT", "body": "ASCP", "expires_on": date(2026, 5, 31), "last_day": date(2026, 5, 31),
         "days_left": 82},
        {"code": "MLS", "body": "ASCP", "expires_on": date(2027, 2, 28), "last_day": date(2027, 3, 5),
         "days_left": 360}]


def test_a_credential_without_an_end_has_no_last_day() -> None:
    """The cells are empty; after an expiry the days are negative."""
    found = _decide(_with(CREDENTIALS, expires_on=[None, "2026-03-01"], certified_on=["2001-05-20", None]))
    assert found.answers.select(["expires_on", "last_day", "days_left"]).to_pylist() == [
        {"expires_on": None, "last_day": None, "days_left": None},
        {"expires_on": date(2026, 3, 1), "last_day": date(2026, 3, 1), "days_left": -9}]


def test_activities_need_no_ids() -> None:
    """Rows name them, also in questions."""
    found = _decide(activities=_with(ACTIVITIES, completed_on=[None, None, "2025-04-05"], amount=["5", "5", "4"],
                                     areas=["safety;ethics", "phlebotomy", None]))
    assert [need["subject"] for need in found.answers["needs"][0].as_py()] == ["row-0", "row-1"]


@pytest.mark.parametrize("codes", [["mls", "Pbt"], ["MLS(ASCP)", "PBT(ASCP)CM"], ["MLS(ASCPi)", "pbt(ascpi)"]])
def test_codes_as_people_write_them(codes: list[str]) -> None:
    """The answers have code and body."""
    found = _decide(_with(CREDENTIALS, code=codes))
    assert found.answers["code"].to_pylist() == ["MLS", "PBT"]
    assert {*found.answers["body"].to_pylist()} == {"ASCPi" if "i)" in codes[1] else "ASCP"}
    assert found.answers["required"].to_pylist() == [36, 9]


def test_columns_words_and_days_are_translated() -> None:
    """The answers are those for our own words."""
    wanted = _decide(_with(CREDENTIALS, expires_on=["2026-05-31", "2027-02-28"]))
    theirs = ACTIVITIES.rename_columns(["Employee", "title", "Type", "amount", "Done", "areas"])
    theirs = _with(theirs, Type=["Webinar", "WEBINAR ", "formal_ce"], Done=["02/11/2025", "3-4-2025", "04.05.2025"])
    found = _decide(_with(CREDENTIALS, expires_on=["5/31/2026", "2/28/2027"]), theirs, dates="us",
                    columns={"Employee": "holder", "Type": "kind", "Done": "completed_on"},
                    words={"kind": {"webinar": "formal_ce"}})
    assert found.answers.equals(wanted.answers)
    assert found.faults.num_rows == 0
    eu = _decide(_with(CREDENTIALS, expires_on=["31/5/2026", "28.02.2027"]), dates="eu",
                 activities=_with(ACTIVITIES, completed_on=["11/2/2025", "2025-03-04", "5.4.2025"]))
    assert eu.answers.equals(wanted.answers)


def test_a_day_in_another_form_is_a_fault_of_its_cell() -> None:
    """Nothing is guessed: 31/05 is not a day in month-first order, nor any day without `dates`."""
    for dates, days in (("us", ["31/05/2026", "2/28/2027"]), ("iso", ["5/31/2026", "2027-02-28"])):
        assert ("credentials", 0) in [fault[:2] for fault in _faults(_decide(
            _with(CREDENTIALS, expires_on=days), dates=dates))]


def test_further_columns_are_carried_or_left_out_with_a_remark() -> None:
    """This holds whatever they contain."""
    given = _with(CREDENTIALS, Ward=["East", None], level=[1, 2], extra=[[1], [2]])
    found = _decide(given, _with(ACTIVITIES, note=["x"] * 3), carry=["Ward", "level"])
    assert found.answers.column_names[-2:] == ["Ward", "level"]
    assert found.answers.select(["Ward", "level"]).to_pylist() == [{"Ward": "East", "level": 1},
                                                                  {"Ward": None, "level": 2}]
    assert found.remarks == ("credentials: left out 'extra' (carry a column to have it among the answers)",
                             "activities: left out 'note' (carry a column to have it among the answers)")
    assert _decide(given, carry="Ward").answers["Ward"].to_pylist() == ["East", None]


@pytest.mark.parametrize(("more", "faults"), [
    ({"carry": ["Ward"]}, [("$.credentials.Ward", "MISSING_KEY")]),
    ({"carry": ["outcome"]}, [("$.carry", "REPEATED_KEY"), ("$.credentials.outcome", "MISSING_KEY")]),
    ({"carry": [1]}, [("$.carry[0]", "WRONG_TYPE")]), ({"dates": "dmy"}, [("$.dates", "UNKNOWN_WORD")]),
    ({"columns": "holder"}, [("$.columns", "WRONG_TYPE")]), ({"words": {"kind": 1}}, [("$.words.kind", "WRONG_TYPE")]),
])
def test_arguments_that_cannot_be_read(more: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    """All faults come together."""
    with pytest.raises(cmprules.InputError) as caught:
        _decide(**more)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == faults


def test_a_missing_column_names_the_one_that_may_be_meant() -> None:
    """Letters decide, without case and spaces; a department is not a day of expiry."""
    with pytest.raises(cmprules.InputError) as caught:
        _decide(CREDENTIALS.rename_columns(["Holder ", "id", "Code", "Department"]))
    hints = {fault.path: fault.hint for fault in caught.value.faults}
    assert "rename 'Holder '" in hints["$.credentials.holder"]
    assert "rename 'Code'" in hints["$.credentials.code"]


# ---------------------------------------------------------------------------------------------------------
# Rows set aside, and rows refused.


def test_credentials_of_other_boards_are_set_aside() -> None:
    """Each gets a remark, in brackets or as the body; no holder is refused, and the rest is decided."""
    given = _with(pa.concat_tables([CREDENTIALS, CREDENTIALS]), id=["c", "d", "e", "f"],
                  code=["PBT", "MLS", "MT(AMT)", "MLT"], body=["ASCP", None, None, "amt"])
    found = _decide(given)
    assert found.answers["id"].to_pylist() == ["c", "d"]
    assert _faults(found) == [("credentials", 2, "OTHER_BOARD"), ("credentials", 3, "OTHER_BOARD")]
    assert "American Medical Technologists" in found.faults["hint"][0].as_py()


def test_a_board_that_nobody_knows_is_a_fault() -> None:
    """Its holder is refused."""
    found = _decide(_with(CREDENTIALS, code=["PBT(XYZ)", "MLS"]))
    assert found.answers["holder"].to_pylist() == ["b"]
    assert ("credentials", 0, "UNKNOWN_CODE") in _faults(found)


@pytest.mark.parametrize("name", ["a ", " a", "\u00a0a"])
def test_a_holder_some_of_whose_rows_may_stand_elsewhere_is_refused(name: str) -> None:
    """Rows under a name that differs by a space may belong to the record, which may be incomplete."""
    found = _decide(activities=_with(ACTIVITIES, holder=["a", name, "b"]))
    assert found.answers["holder"].to_pylist() == ["b"]
    assert _faults(found) == [("credentials", 0, "HOLDER_REFUSED"), ("activities", 0, "HOLDER_REFUSED"),
                              ("activities", 1, "NO_SUCH_HOLDER")]


def test_own_placements_name_a_credential_and_an_activity_of_their_holder() -> None:
    """Each name that the holder does not have is a fault; of a holder who is refused already, names are not checked."""
    placements = pa.table({"holder": ["a", "b", "b"], "credential": ["c"] * 3, "activity": ["row-0", "row-2", "row-2"],
                           "area": ["safety", "pool", "pool"], "points": ["0.5", "1", "2"]})
    with by_hand(wanted=True):
        sound = _decide(placements=placements)
        found = _decide(placements=_with(placements, points=["half", "1", "2"], credential=["x", "c", "d"],
                                         activity=["row-9", "row-2", "row-0"]))
    assert (sound.answers["holder"].to_pylist(), _faults(sound)) == (["a", "b"], [])
    assert found.answers.num_rows == 0
    assert [fault[1:] for fault in _faults(found) if fault[0] == "placements" and fault[2] != "HOLDER_REFUSED"] == [
        (0, "NOT_A_NUMBER"), (2, "NO_SUCH_CREDENTIAL"), (2, "NO_SUCH_ACTIVITY")]


# ---------------------------------------------------------------------------------------------------------
# What comes out.


def test_answers_in_other_libraries() -> None:
    """They are unchanged, or have numbers as numbers."""
    found = _decide()
    assert found.to_arrow() is found.answers
    assert found.to_arrow(numbers=True).schema.field("short").type == pa.float64()
    assert found.to_arrow(numbers=True).schema.metadata == found.answers.schema.metadata
    assert found.to_pandas(numbers=True)["short"].dtype == "float64"
    wrong: Any = "yes"
    with pytest.raises(cmprules.InputError, match=r"\$\.numbers: WRONG_TYPE"):
        found.to_pandas(numbers=wrong)
    assert found.to_pandas()["required"].tolist() == [9, 36]
    frame = found.to_polars(numbers=True)
    assert isinstance(frame, pl.DataFrame)
    assert frame["required"].to_list() == [9.0, 36.0]
    assert repr(found) == "<DecidedTable: 2 answers, 0 faults>"


@pytest.mark.parametrize(("separator", "mark"), [(",", ""), (";", "\ufeff"), ("\t", ""), (";", "")])
def test_csv_files_as_spreadsheets_write_them(separator: str, mark: str, tmp_path: Path,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """Separator and mark are detected; a decimal comma is a fault of its cell, shown with its row."""
    lines = [["holder", "id", "code", "expires_on", "Ward"], ["a", "c", "mls(ascp)", "05/31/2026", "=East"]]
    (tmp_path / "c.csv").write_text(mark + "\n".join(map(separator.join, lines)), encoding="utf-8")
    lines = [["holder", "title", "kind", "amount"], ["a", "T", "formal_ce", "1.5"], ["b", "T", "formal_ce", '"1,5"']]
    (tmp_path / "a.csv").write_text(mark + "\n".join(map(separator.join, lines)), encoding="utf-8")
    assert main(["batch", str(tmp_path / "c.csv"), str(tmp_path / "a.csv"), "-o", str(tmp_path / "out.csv"),
                 "--on", "2026-03-10", "--dates", "us", "--carry", "Ward", "--edition", "2026.1"]) == 0
    out = capsys.readouterr().out
    assert "activities, row 3 of 'b'" in out
    assert "1 credential decided" in out
    header, row = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert header.endswith('"Ward"')
    assert row.startswith('"a","c","MLS","ASCP",2026-05-31,2026-05-31,82,')
    assert row.endswith("\"'=East\"")


@pytest.mark.parametrize(("raw", "words"), [
    ("holder,id,code\n".encode("utf-16"), "it is UTF-16"), ("holder,id,code\n".encode("utf-16-le"), "UTF-16 without"),
    ("holder,id,code\n".encode("utf-32"), "it is UTF-32"), ("hölder,id,code\n".encode("cp1252"), "Windows-1252"),
    (b"holder,id,code\na,b,M\xe9\n", "in line 2"), (b"", "Empty CSV file"), (b"\n\n", "Empty CSV file"),
])
def test_other_encodings_are_named(raw: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 3, with the encoding found; in memory it is the same fault."""
    (tmp_path / "c.csv").write_bytes(raw)
    assert main(["batch", str(tmp_path / "c.csv"), str(tmp_path / "c.csv"), "-o", str(tmp_path / "o.csv")]) == 3
    err = capsys.readouterr().err
    assert err.count(words) == 2
    assert "Traceback" not in err
    with pytest.raises(cmprules.InputError, match=words):
        _decide(str(tmp_path / "c.csv"), str(tmp_path / "c.csv"))


def test_an_encoding_that_shows_far_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The beginning of the file may be UTF-8."""
    (tmp_path / "c.csv").write_bytes(b"holder,id,code\n" + b"a,b,PBT\n" * 20_000 + b"a,b,M\xe9\n")
    assert main(["batch", str(tmp_path / "c.csv"), str(tmp_path / "c.csv"), "-o", str(tmp_path / "o.csv")]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_renamed_holders_in_parquet(tmp_path: Path) -> None:
    """The order of a file is not known for a renamed column."""
    pq.write_table(CREDENTIALS.rename_columns(["Who", "id", "code", "expires_on"]), tmp_path / "c.parquet")
    source = open_sources({"credentials": tmp_path / "c.parquet"}, Customs(columns={"Who": "holder"}))[0]
    assert groups_of(source) is None
    assert source.whole().table["holder"].to_pylist() == ["a", "b"]


@pytest.mark.parametrize("statistics", [True, False])
def test_whoever_may_be_meant_in_another_part_is_refused(statistics: bool, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """However a population is divided, the answers equal those in memory."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 500_000)
    names = [f"h{number}" for number in range(9)]
    credentials = pa.table({"holder": names, "id": ["c"] * 9, "code": ["PBT"] * 9, "expires_on": ["2026-05-31"] * 9})
    whose = [*names, " h3", "h 7"]
    activities = pa.table({"holder": whose, "title": whose, "kind": ["formal_ce"] * 11, "amount": ["1"] * 11})
    for name, table in (("c", credentials), ("a", activities.sort_by("holder"))):
        pq.write_table(table, tmp_path / f"{name}.parquet", row_group_size=1, write_statistics=statistics)
    assert main(["batch", str(tmp_path / "c.parquet"), str(tmp_path / "a.parquet"), "-o", str(tmp_path / "o.parquet"),
                 "--on", "2026-03-10", "--memory", "1", "--threads", "1", "--edition", "2026.1"]) == 0
    found = pq.read_table(tmp_path / "o.parquet")
    assert found["holder"].to_pylist() == [name for name in names if name not in {"h3", "h7"}]
    wanted = _decide(str(tmp_path / "c.parquet"), str(tmp_path / "a.parquet"))
    assert found.equals(wanted.answers)


def test_records_of_holders() -> None:
    """There is one for each readable holder, with the same decision as the table."""
    given = _with(pa.concat_tables([CREDENTIALS, CREDENTIALS.slice(0, 1)]), holder=["a", "b", "c"],
                  code=["PBT", "MLS", "PBTT"], Ward=["x"] * 3)
    found = records_of(given, ACTIVITIES)
    assert (len(found), repr(found)) == (2, "<PeopleRecords: 2 records, 1 faults>")
    assert found.remarks == ("credentials: left out 'Ward' (carry a column to have it among the answers)",)
    assert [(record.holder.id, [one.id for one in record.activities]) for record in found] == [
        ("a", ["row-0", "row-1"]), ("b", ["row-2"])]
    book = cmprules.load_book(edition="2026.1")
    outcomes = [str(cmprules.decide(record, book, on=ON).credentials[0].outcome) for record in found]
    assert outcomes == _decide(given).answers["outcome"].to_pylist()
    assert found.faults.equals(_decide(given).faults)


def test_warm_compiles_and_decides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """It is for building the image of a container."""
    assert main(["batch", "--warm"]) == 0
    assert capsys.readouterr().out == "everything is compiled\n"
    with pytest.raises(SystemExit, match="2"):
        main(["batch", "c.csv"])
    assert "give CREDENTIALS, ACTIVITIES and -o OUT" in capsys.readouterr().err


def test_the_first_run_says_that_it_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    """It says so at once, because compiling takes a while."""
    for name, table in (("c", CREDENTIALS), ("a", ACTIVITIES)):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    for known in (True, False):
        monkeypatch.setattr("cmprules.batch._compiling.is_compiled", lambda known=known: known)
        assert main(["batch", str(tmp_path / "c.parquet"), str(tmp_path / "a.parquet"),
                     "-o", str(tmp_path / "o.csv")]) == 0
        assert ("compiling, once after an installation" in capsys.readouterr().err) is not known
