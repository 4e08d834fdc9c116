"""Compiling in advance, as for the image of a container."""

from __future__ import annotations

import pytest

from cmprules._cli import main
from cmprules.batch import _compiling, _warm


@pytest.mark.slow
def test_the_command_compiles_and_decides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """`--warm` reads and writes no file; the next process finds the compiled code."""
    assert main(["batch", "--warm"]) == 0
    assert capsys.readouterr() == ("everything is compiled\n", "")
    assert _compiling.is_compiled()


def test_two_invented_holders_are_decided() -> None:
    """They call everything that is compiled once, and both get an answer."""
    assert _warm.warm() == 2


def test_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """This holds as well where the compiler is turned off."""
    assert main(["batch", "--warm"]) == 0
    assert capsys.readouterr() == ("everything is compiled\n", "")


def test_without_warm_the_files_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """The usage says so."""
    with pytest.raises(SystemExit, match="2"):
        main(["batch", "--on", "2026-03-10"])
    assert "give CREDENTIALS, ACTIVITIES and -o OUT" in capsys.readouterr().err
