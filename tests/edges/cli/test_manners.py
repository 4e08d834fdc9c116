"""Manners of the command line: help, near misses, completion, several records, faults as JSON, a light start."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main, program
from cmprules._cli._lines import LINES
from cmprules._cli._parsing import load, parser_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PBT, MLS = str(EXAMPLES / "pbt.toml"), str(EXAMPLES / "mls-met.json")


def _error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command with wrong usage, and return the last line of its message."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()[-1]


# ---------------------------------------------------------------------------------------------------------
# Near misses.


@pytest.mark.parametrize(("arguments", "meant"), [
    (("decid", PBT), "there is no command 'decid'; did you mean 'decide'?"),
    (("timelime",), "did you mean 'timeline'?"),
    (("decide", "--editon", "2026.1", PBT), "there is no option '--editon'; did you mean '--edition'?"),
    (("decide", PBT, "--one=2026-03-10"), "there is no option '--one'; did you mean '--on'?"),
    (("policy", "MLS", "--expires", "2026-05-31", "--format", "htlm"), "did you mean 'html'?"),
    (("editions", "now"), "'now': it takes no more words"),
    (("--versoin",), "there is no option '--versoin'; did you mean '--version'?"),
    (("compare", "polcy", "MLS"), "did you mean 'policy'?"),
])
def test_a_near_miss_is_named(arguments: tuple[str, ...], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For a command, an option or a word that is nearly right, the message names the right one."""
    assert meant in _error(capsys, *arguments)


@pytest.mark.parametrize("arguments", [("zzz",), ("decide", PBT, "--zzz"), ("editions", "--format", "zzz"),
                                       ("--zzz",), ("editions", "--zzzbos")])
def test_what_is_like_nothing_brings_no_proposal(arguments: tuple[str, ...],
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    """A guess would be worse than no suggestion."""
    said = _error(capsys, *arguments)
    assert "zzz" in said
    assert "did you mean" not in said


def test_a_complaint_about_a_word_holds_nothing_that_a_terminal_acts_on(capsys: pytest.CaptureFixture[str]) -> None:
    """This holds for any typed word."""
    assert "\x1b" not in _error(capsys, "deci\x1b[31mde")


# ---------------------------------------------------------------------------------------------------------
# Populations.

FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
POPULATION = (str(FILES / "credentials.csv"), str(FILES / "activities.csv"), "-o", "none/out.csv", "--on", "2026-03-10")


@pytest.mark.parametrize(("option", "number", "of"), [
    ("--memory", "0", "megabytes"), ("--memory", "much", "megabytes"), ("--threads", "-1", "threads"),
    ("--threads", "1.5", "threads"), ("--threads", "\u0661", "threads"),
])
def test_memory_and_threads_are_whole_numbers(option: str, number: str, of: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """From one on, in our digits; nothing is read or written otherwise."""
    assert f"is not a whole number of {of} from 1 on" in _error(capsys, "batch", *POPULATION, f"{option}={number}")
    parser, _ = parser_of("batch")
    assert vars(parser.parse_args(["batch", *POPULATION, option, "1"]))[option.removeprefix("--")] == 1


def test_what_if_needs_a_second_book(capsys: pytest.CaptureFixture[str]) -> None:
    """A reform of both books leaves nothing to compare."""
    said = _error(capsys, "what-if", *POPULATION, "--reform", str(FILES / "cap-reform.toml"))
    assert "there is no second book: give --and-edition, --and-extra or --and-reform" in said


# ---------------------------------------------------------------------------------------------------------
# Help.


def _help(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    return capsys.readouterr().out


def test_help_is_a_command_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Covers `cmprules help`, and `help` with the name of a command, or of a part of one."""
    assert _help(capsys, "help", "compare", "policy") == _help(capsys, "compare", "policy", "--help")
    assert _help(capsys, "help", "decide") == _help(capsys, "decide", "--help")
    assert _help(capsys, "help") == _help(capsys, "--help") == _help(capsys, "help", "help")


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, since nothing was done; the status is that of wrong usage."""
    whole = _help(capsys, "--help")
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert capsys.readouterr() == ("", f"{whole}name a command\n")


@pytest.mark.parametrize("before", [("--format", "json"), ("--on", "2026-03-10", "--format=json")])
def test_options_may_stand_before_the_command(before: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """As if they stood behind it."""
    assert main([*before, "decide", PBT, "--edition", "2026.1"]) == 0
    assert json.loads(capsys.readouterr().out)["stamp"]["edition"] == "2026.1"


@pytest.mark.parametrize("name", [name for name in LINES if name not in {"help", "compare"}])
def test_help_begins_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It comes before the options, where readers look first."""
    said = _help(capsys, name, "--help")
    assert f"example:\n  cmprules {name}" in said
    assert said.index("example:") < said.index("options:")
    assert "--format" in said or "--output" in said


def test_the_help_of_all_lists_every_command_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its line, and the examples lead to your own answer."""
    said = _help(capsys, "--help")
    assert all(f"    {name:10}" in said for name in LINES if len(name) < 10)
    assert said.index("cmprules decide record.json") < said.index("options:")


def test_every_line_of_help_has_a_command_that_can_be_added() -> None:
    """The table of commands and the modules agree."""
    _, commands = parser_of(None)
    assert list(commands.choices) == list(LINES)
    assert all(hasattr(load(name), "add") for name in LINES if name != "help")


# ---------------------------------------------------------------------------------------------------------
# Several records.


def test_several_records_are_answered_one_after_another(capsys: pytest.CaptureFixture[str]) -> None:
    """Text has space in between, JSON is one document after another, and each equals its answer alone."""
    alone = []
    for path in (PBT, MLS):
        assert main(["decide", path, "--on", "2026-03-10", "--format", "json"]) == 0
        alone.append(capsys.readouterr().out)
    assert main(["decide", PBT, MLS, "--on", "2026-03-10", "--format", "json"]) == 0
    assert capsys.readouterr().out == "".join(alone)
    assert main(["track", PBT, MLS, "--on", "2026-03-10"]) == 0
    said = capsys.readouterr().out
    assert said.index("sample-pbt-01") < said.index("\n\n\nsample-mls-02")


def test_one_record_that_is_not_met_is_enough_for_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """It may be in any place."""
    nearly = str(EXAMPLES / "mls-nearly-there.json")
    for paths, status in (((PBT, MLS), 0), ((nearly, PBT), 1), ((PBT, nearly), 1)):
        assert main(["decide", *paths, "--on", "2026-03-10", "--exit-code", "--summary"]) == status
    assert capsys.readouterr().out


def test_faults_of_all_files_are_said_and_nothing_is_answered(tmp_path: Path,
                                                              capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault names its file."""
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema": "cmprules.record/1"}')
    missing = str(tmp_path / "missing.json")
    assert main(["decide", PBT, str(broken), missing, "--on", "2026-03-10"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{broken}: $.holder: MISSING_KEY" in said.err
    assert f"{missing}: $: CANNOT_READ" in said.err


@pytest.mark.parametrize("more", [("--format", "html"), ("-o", "all.html")])
def test_a_page_is_about_one_record(more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                    capsys: pytest.CaptureFixture[str]) -> None:
    """Concatenated pages are not a page."""
    monkeypatch.chdir(tmp_path)
    assert main(["decide", PBT, MLS, *more]) == 2
    assert "a page of HTML is about one record" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_since_is_about_one_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An earlier tracking belongs to one record."""
    earlier = tmp_path / "earlier.json"
    assert main(["track", PBT, "--on", "2026-03-01", "-o", str(earlier)]) == 0
    assert main(["track", PBT, MLS, "--on", "2026-03-10", "--since", str(earlier)]) == 2
    assert "name one record" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--remind", "60", "14", PBT), (PBT, "--remind", "60", "14"),
                                   (PBT, "--remind=60,14"), ("--remind", "60,14", PBT)])
def test_days_of_reminders_may_stand_anywhere(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """They may come before or after the record; each event has as many reminders as there are days."""
    assert main(["calendar", "--on", "2026-03-10", *words]) == 0
    said = capsys.readouterr().out
    assert said.count("BEGIN:VALARM") == 2 * said.count("TRIGGER:-P60D") > 0
    assert main(["calendar", "--on", "2026-03-10", PBT, "--remind"]) == 0
    assert "VALARM" not in capsys.readouterr().out
    assert "expected numbers of days" in _error(capsys, "calendar", PBT, "--remind=soon")


# ---------------------------------------------------------------------------------------------------------
# Faults as JSON.


def test_faults_are_json_where_the_answer_would_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They have the status, every code, and shortened values."""
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
                                  "credentials": [{"id": "a", "code": "x" * 500, "expires_on": 5, "body": None}]}))
    assert main(["decide", str(broken), "--format", "json"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    found = json.loads(said.err)
    assert found["status"] == 3
    assert found["error"] == f"input has {len(found['faults'])} faults:"
    assert {fault["code"] for fault in found["faults"]} >= {"UNKNOWN_CODE", "WRONG_TYPE"}
    assert all(set(fault) == {"path", "code", "value", "expected", "hint"} for fault in found["faults"])
    assert all(len(str(fault["value"])) <= 200 for fault in found["faults"])
    assert 5 in [fault["value"] for fault in found["faults"]]


@pytest.mark.parametrize(("arguments", "said"), [
    (("decide", "--format", "json"), "RECORD"), (("decide", PBT, "--format=json", "--bogus"), "--bogus"),
    (("decid", PBT, "--format", "json"), "did you mean 'decide'?"),
])
def test_wrong_usage_is_json_too(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where JSON was asked for; status and error are those of the words."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    found = json.loads(capsys.readouterr().err)
    assert (found["status"], found["faults"]) == (2, [])
    assert said in found["error"]


def test_what_does_not_exist_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown edition has no faults, but a message."""
    assert main(["decide", PBT, "--edition", "1999.1", "--format", "json"]) == 2
    found = json.loads(capsys.readouterr().err)
    assert (found["status"], found["faults"]) == (2, [])
    assert "1999.1" in found["error"]


# ---------------------------------------------------------------------------------------------------------
# Completion, and the start.


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_completes_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It has every command and the options of each; completing runs no Python."""
    pytest.importorskip("shtab")
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in LINES)
    assert "edition" in script
    assert "python" not in script.lower()
    assert shell == "bash" or LINES["batch"] in script
    assert {"bash": "_shtab_compgen_files", "zsh": ":FILE:_files", "fish": "__fish_complete_path"}[shell] in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_a_command_and_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    """In a real shell `cmprules ti` becomes `timeline`, and `--ed` of `decide` becomes `--edition`."""
    pytest.importorskip("shtab")
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    asked = ("{script}\nCOMP_WORDS=(cmprules {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); "
             '_shtab_cmprules; echo "${{COMPREPLY[@]}}"')
    for words, completed in (("ti", "timeline"), ("decide --ed", "--edition"), (f"decide {PBT[:-3]}", PBT),
                             (f"compare decision {PBT[:-3]}", PBT), (f"reports a b -o {EXAMPLES}", str(EXAMPLES))):
        run = subprocess.run(["bash", "-c", asked.format(script=script, words=words)], capture_output=True, text=True,
                             check=False)
        assert run.stdout.split() == [completed], run.stderr


def test_completion_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """It is for installers that write the file themselves."""
    pytest.importorskip("shtab")
    assert main(["completion", "zsh", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["shell"] == "zsh"
    assert found["script"].startswith("#compdef cmprules")


def test_without_shtab_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no traceback."""
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "bash"]) == 2
    assert "install the extra 'completion'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["editions"], ["editions", "--no-such-option"]])
def test_a_process_of_a_command_looks_for_little_garbage(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The collector is asked seldom, and not at all at the end, however the command ends."""
    asked, thresholds = list[object](), gc.get_threshold()
    monkeypatch.setattr(gc, "set_threshold", asked.append)
    monkeypatch.setattr(gc, "freeze", lambda: asked.append("never"))
    monkeypatch.setattr(sys, "argv", ["cmprules", *arguments])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    with suppress(SystemExit):
        program()
    assert asked == [200_000, "never"]
    assert gc.get_threshold() == thresholds
    assert capsys.readouterr().out in {"2026.1\n2026.2\n", ""}


def test_no_command_loads_pandas(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a process of a command it counts as not installed, or Arrow would load it; everything else is found."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "argv", ["cmprules", "editions"])
    for name in ("pandas", "this"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    program()
    with pytest.raises(ModuleNotFoundError, match="no command needs pandas"):
        import_module("pandas")
    assert import_module("this").__name__ == "this"
    assert capsys.readouterr().out.startswith("2026.1\n2026.2\n")


COUNTING = """
import gc, json, sys
from cmprules._cli import main
main(sys.argv[1:])
found = [thing for thing in gc.get_objects() if isinstance(thing, type) and "__attrs_attrs__" in vars(thing)]
made = {f"{thing.__module__}.{thing.__qualname__}" for thing in found}
written = {f"{thing.__module__}.{thing.__qualname__}" for thing in found
           if "attrs generated" in getattr(vars(thing).get("__eq__"), "__code__", main.__code__).co_filename}
print(json.dumps([sorted(sys.modules), sorted(made), sorted(written)]), file=sys.stderr)
"""


def test_a_decision_starts_with_little_work() -> None:
    """A count of what is loaded, since a clock would say something else on every machine.

    The limits leave some room; a change that needs more of it makes every start slower.
    """
    run = subprocess.run([sys.executable, "-c", COUNTING, "decide", MLS, "--on", "2026-03-10"], capture_output=True,
                         text=True, check=True)
    modules, made, written = json.loads(run.stderr)
    ours = [name for name in modules if name.startswith("cmprules")]

    assert len(ours) <= MOST_OF_OURS, ours
    assert len(made) <= MOST_CLASSES, made
    assert len(written) <= MOST_WRITTEN, written  # the others share the methods of `Value`
    assert SLOW_TO_LOAD.isdisjoint(modules), SLOW_TO_LOAD.intersection(modules)


MOST_OF_OURS, MOST_CLASSES, MOST_WRITTEN = 107, 68, 16
SLOW_TO_LOAD = {
    "tomllib", "importlib.resources", "shutil", "zipfile", "tempfile", "secrets", "random", "difflib", "html",
    "logging", "cmprules._words.boards", "cmprules._words.codes.faults", "cmprules._words.codes.events",
    "cmprules._kit.keeping", "cmprules._policy.entries", "cmprules._policy.rows", "cmprules._policy.checks",
    "cmprules._policy.building", "cmprules._policy.reading", "cmprules._policy.laying",
    "cmprules._answers.render.html", "cmprules._answers.render.markdown",
}
"""What a decision of a record in JSON, shown as text, does without."""


@pytest.mark.parametrize(("arguments", "absent"), [
    (["decide", PBT, "--on", "2026-03-10"], ("cmprules.planning", "cmprules.exam", "cmprules.audit", "cmprules.intake",
                                             "cmprules.batch", "cmprules.timelines", "cmprules.tracking")),
    (["--help"], ("cmprules._answers.decide", "cmprules.planning")),
])
def test_a_command_loads_what_it_needs_and_no_other_answer(arguments: list[str], absent: tuple[str, ...]) -> None:
    """Starting one command does not load the others."""
    code = ("import sys\nfrom cmprules._cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
            "print(*sorted(name for name in sys.modules if name.startswith('cmprules')), sep='\\n', file=sys.stderr)")
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    loaded = set(run.stderr.split())
    assert "cmprules._cli" in loaded
    assert loaded.isdisjoint(absent)


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else is printed."""
    assert _help(capsys, "--version").strip() == cmprules.__version__


def test_a_receipt_without_its_explanation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It can be verified like any other, and is a fraction of the size."""
    small, whole = tmp_path / "small.json", tmp_path / "whole.json"
    assert main(["receipt", MLS, "--on", "2026-03-10", "-o", str(whole)]) == 0
    assert main(["receipt", MLS, "--on", "2026-03-10", "--no-explanation", "-o", str(small)]) == 0
    assert small.stat().st_size * 2 < whole.stat().st_size
    assert main(["verify", str(small)]) == 0
    assert capsys.readouterr().out
