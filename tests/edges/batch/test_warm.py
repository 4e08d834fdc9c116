"""Compiling beforehand, as for the image of a container."""

from __future__ import annotations

import pytest

from cmprules._cli import main
from cmprules.batch import _compiling, _warm


def test_the_command_compiles_and_decides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """With --warm it needs no file and writes none; what it compiled is there for the next process."""
    assert main(["batch", "--warm"]) == 0
    assert capsys.readouterr() == ("everything is compiled\n", "")
    assert _compiling.is_compiled()


def test_two_invented_holders_are_decided() -> None:
    """Everything that is compiled is called for them once, so both have an answer."""
    assert _warm.warm() == 2


def test_without_warm_the_files_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """As the usage says."""
    with pytest.raises(SystemExit, match="2"):
        main(["batch", "--on", "2026-03-10"])
    assert "give CREDENTIALS, ACTIVITIES and -o OUT" in capsys.readouterr().err
