"""The commands `intake`, `new` and `example`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main
from cmprules.intake import intake

FILES = Path(__file__).parent / "files"
TRANSCRIPT = str(FILES / "case-25-transcript.csv")
PBT = ("--holder", "h-1", "--credential", "PBT(ASCP) 2026-05-31")


def run(*arguments: object) -> int:
    """Run a command; return the exit status, even for wrong usage."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as done:
        return int(str(done.code))


def test_a_transcript_becomes_a_record_and_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All four forms of the transcript give one record, which is met with 9 of 9 points."""
    for ending in ("csv", "xlsx", "html", "pdf"):
        output = tmp_path / f"{ending}.json"
        assert run("intake", FILES / f"case-25-transcript.{ending}", *PBT, "--dates", "us", "-o", output) == 0
        assert "5 activities came in" in capsys.readouterr().out
    records = [cmprules.read_record(path) for path in sorted(tmp_path.iterdir())]
    decision = cmprules.decide(records[0], cmprules.load_book(), on=date(2026, 3, 10))

    assert len(records) == 4
    assert records.count(records[0]) == 4
    assert str(decision["pbt"].outcome) == "MET"
    total = decision["pbt"].total
    assert total is not None
    assert (str(total.placed), str(total.required)) == ("9", "9")


def test_the_report_goes_to_a_file_by_its_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --report, the command prints one line."""
    report = tmp_path / "lines.json"

    assert run("intake", TRANSCRIPT, *PBT, "-o", tmp_path / "r.json", "--report", report) == 0
    assert capsys.readouterr().out.count("\n") == 1
    plain = json.loads(report.read_text(encoding="utf-8"))
    assert plain["schema"] == "cmprules.intake/1"
    assert plain["counts"]["doubtful"] == "5"
    assert run("intake", TRANSCRIPT, *PBT, "-o", tmp_path / "r.json", "--report", tmp_path / "r.html") == 0
    assert "<table>" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_nothing_that_could_be_read_is_status_3_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reasons go to standard error, standard output stays empty, and no file appears."""
    assert run("intake", FILES / "case-31-transcript.json", *PBT, "-o", tmp_path / "r.json") == 3
    said = capsys.readouterr()

    assert said.out == ""
    assert "ACCME" in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [
    ("intake", TRANSCRIPT, *PBT, "-o", "r.csv"),
    ("intake", TRANSCRIPT, *PBT, "-o", "r.json", "--report", "r.xml"),
    ("intake", TRANSCRIPT, *PBT, "-o", "r.json", "--write-mapping", "r.yaml"),
    ("intake", TRANSCRIPT, *PBT, "-o", "r.json", "--dates", "uk"),
    ("intake", TRANSCRIPT, *PBT),
    ("new", "--holder", "h-1", "--credential", "MLS 2026-05-31", "-o", "r.toml"),
])
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases: another ending, another word, and no output."""
    monkeypatch.chdir(tmp_path)

    assert run(*arguments) == 2
    assert not list(tmp_path.iterdir())


def test_an_output_is_never_written_over_an_input(tmp_path: Path) -> None:
    """Input files do not change: transcript, record and mapping."""
    record, transcript, mapping = tmp_path / "r.json", tmp_path / "t.json", tmp_path / "m.toml"
    transcript.write_bytes((FILES / "case-29-statements.json").read_bytes())
    mapping.write_text('schema = "cmprules.intake-mapping/1"\nunit = "contact_hour"\n', encoding="utf-8")
    options = ("--holder", "h-1", "--credential", "PBT(ASCP) 2026-05-31")
    assert run("intake", transcript, *options, "-o", record) == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    assert run("intake", transcript, *options, "-o", transcript) == 2
    assert run("intake", transcript, "--into", record, "-o", record) == 2
    assert run("intake", transcript, *options, "--mapping", mapping, "-o", tmp_path / "n.json",
               "--write-mapping", mapping) == 2
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_person_has_added_is_never_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record is replaced only if nothing is lost: not if it was changed by hand, and no other file is."""
    output = tmp_path / "r.json"
    assert run("intake", TRANSCRIPT, *PBT, "-o", output) == 0
    assert run("intake", TRANSCRIPT, *PBT, "--dates", "us", "-o", output) == 0
    plain = json.loads(output.read_text(encoding="utf-8"))
    plain["activities"][0]["documents"] = ["certificate"]
    output.write_text(json.dumps(plain), encoding="utf-8")

    assert run("intake", TRANSCRIPT, *PBT, "--dates", "us", "-o", output) == 4
    assert "--into" in capsys.readouterr().err
    assert json.loads(output.read_text(encoding="utf-8")) == plain
    other = tmp_path / "other.json"
    other.write_text("[]", encoding="utf-8")
    assert run("intake", TRANSCRIPT, *PBT, "-o", other) == 4
    assert other.read_text(encoding="utf-8") == "[]"


def test_an_output_that_cannot_be_written_leaves_none(tmp_path: Path) -> None:
    """Of several outputs none appears if one cannot be written."""
    nowhere = tmp_path / "no" / "m.toml"

    assert run("intake", TRANSCRIPT, *PBT, "-o", tmp_path / "r.json", "--write-mapping", nowhere) == 4
    assert not list(tmp_path.iterdir())


def test_a_second_run_adds_nothing_that_is_there(tmp_path: Path) -> None:
    """The same file, or another form of it, adds nothing; a missing day is filled in."""
    first, second, third = (tmp_path / f"{name}.json" for name in "abc")
    assert run("intake", TRANSCRIPT, *PBT, "-o", first) == 0
    assert run("intake", TRANSCRIPT, "--into", first, "--dates", "us", "-o", second) == 0
    assert run("intake", FILES / "case-25-transcript.xlsx", "--into", second, "--dates", "us", "-o", third) == 0

    undated, dated, again = (cmprules.read_record(path) for path in (first, second, third))
    assert {activity.completed_on for activity in undated.activities} == {None}
    assert [activity.completed_on is not None for activity in dated.activities] == [True] * 5
    assert again == dated


def test_the_mapping_that_is_written_reads_the_same(tmp_path: Path) -> None:
    """The file from --write-mapping gives the same record when it is used."""
    first, second, mapping = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "m.toml"
    assert run("intake", TRANSCRIPT, *PBT, "--dates", "us", "-o", first, "--write-mapping", mapping) == 0
    assert run("intake", TRANSCRIPT, *PBT, "--mapping", mapping, "-o", second) == 0

    assert first.read_bytes() == second.read_bytes()
    assert 'dates = "us"' in mapping.read_text(encoding="utf-8")


def test_new_makes_a_first_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed, or written to a new file."""
    options = ("new", "--holder", "h-1", "--credential", "mls(ASCP)CM 2026-05-31 2014-05-20")
    assert run(*options) == 0
    record = cmprules.parse_record(json.loads(capsys.readouterr().out))

    assert [(one.id, one.code, str(one.certified_on)) for one in record.credentials] == [("mls", "MLS", "2014-05-20")]
    assert run(*options, "-o", tmp_path / "r.json") == 0
    assert cmprules.read_record(tmp_path / "r.json") == record
    assert run(*options, "-o", tmp_path / "r.json") == 4
    assert run("new", "--holder", "h-1", "--credential", "MT(AMT) 2026-05-31") == 3
    assert run("new", "--holder", "h-1", "--credential", "MLS") == 3
    assert run("new", "--holder", "h-1", "--credential", "MLS 2026-02-30") == 3


def test_examples_are_those_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The package contains every example of the folder except the one with mistakes."""
    folder = Path(__file__).parents[3] / "examples"
    shipped = Path(cmprules.__file__).parent / "data" / "examples"
    names = {path.name for path in folder.iterdir() if path.suffix in {".json", ".toml"}} - {"full-of-mistakes.json"}

    assert {path.name: path.read_bytes() for path in shipped.iterdir()} == {
        name: (folder / name).read_bytes() for name in names}
    assert run("example") == 0
    assert capsys.readouterr().out.split() == sorted(name.rpartition(".")[0] for name in names)
    assert run("example", "pbt", "-o", tmp_path / "pbt.toml") == 0
    assert cmprules.read_record(tmp_path / "pbt.toml") == cmprules.example("pbt")
    assert run("example", "nothing") == 3


def test_the_name_stands_in_headings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes into the record, and stays when more is added; another name can be given."""
    assert run("intake", TRANSCRIPT, *PBT, "--dates", "us", "--name", "Ada Sample", "-o", tmp_path / "r.json") == 0
    assert capsys.readouterr().out.startswith("Ada Sample: record from case-25-transcript.csv\n")
    assert cmprules.read_record(tmp_path / "r.json").holder.name == "Ada Sample"
    for name, more in (("Ada Sample", ()), ("Ada Other", ("--name", "Ada Other"))):
        assert run("intake", FILES / "case-22-quoted.csv", "--into", tmp_path / "r.json", *more, "-o",
                   tmp_path / f"{name}.json") in {0, 3}
    both = intake(TRANSCRIPT, cmprules.load_book(), into=cmprules.read_record(tmp_path / "r.json"), name="Ada Other")
    assert both.record is not None
    assert both.record.holder == cmprules.Holder(id="h-1", name="Ada Other")


def test_the_first_screen_of_the_report_answers() -> None:
    """It says whose record it is, what came in, and what to settle; then comes every row."""
    text = cmprules.render(intake(TRANSCRIPT, cmprules.load_book(), holder="h-1",
                                  credentials=["PBT(ASCP) 2026-05-31"]))
    lines = text.splitlines()
    assert lines[0] == "h-1: record from case-25-transcript.csv"
    order = [text.index(part) for part in ("5 activities came in", "To settle", "1. ", "Points entered", "Every row")]
    assert order == sorted(order)
    nothing = cmprules.render(intake(FILES / "case-31-transcript.json", cmprules.load_book(), holder="h-1"))
    assert nothing.startswith("No record from case-31-transcript.json\n")
    assert "No record" in nothing
