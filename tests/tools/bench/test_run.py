"""The command `python -m bench`: what it runs, what it leaves out, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import run

pytestmark = pytest.mark.slow

@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record which benchmarks would run, instead of running them; `memory` fails."""
    names: list[str] = []

    def note(name: str, *_: object, quick: bool) -> bool:
        names.append(f"{name} {quick}")
        return name != "memory"

    monkeypatch.setattr(run, "_run", note)
    monkeypatch.setattr(run, "_draw", lambda *_: None)
    monkeypatch.setattr(run, "_there", lambda need: need != "scipy")
    return names


def test_all_are_run_in_their_order_and_what_is_not_installed_is_named(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One failure makes the command fail, but the others still run."""
    assert run.main(["--quick", "--results", str(tmp_path)]) == 1
    assert asked == [f"{name} True" for name in ("population", "growth", "memory", "identity", "answers", "rendering",
                                                 "reports", "start", "first", "spark", "engines")]
    printed = capsys.readouterr().out
    assert "allocation: left out, scipy not installed" in printed
    assert printed.endswith("failed: memory\n")


def test_one_is_run_alone(asked: list[str], tmp_path: Path) -> None:
    """`--only` may be repeated."""
    assert run.main(["--only", "start", "--only", "growth", "--results", str(tmp_path)]) == 0
    assert asked == ["start False", "growth False"]


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """The commands of the package do the same."""
    with pytest.raises(SystemExit, match="2"):
        run.main(["--only", "speed"])
    assert "population" in capsys.readouterr().err


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """It says how to check that everything works."""
    with pytest.raises(SystemExit, match="0"):
        run.main(["--help"])
    assert "python -m bench --quick" in capsys.readouterr().out


def test_a_benchmark_runs_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its program writes the result to the given folder, and prints a summary."""
    monkeypatch.setattr(run, "_draw", lambda *_: None)
    monkeypatch.setattr(run, "_there", lambda _: True)  # without Hatchling only the wheel is left out

    assert run.main(["--quick", "--only", "start", "--results", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["start.json"]
    assert "import cmprules to import attrs, dateutil.relativedelta (wall clock): " in capfd.readouterr().out
