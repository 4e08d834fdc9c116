"""A public name that is to go works with a warning first, for at least one minor release."""

from __future__ import annotations

import warnings
from pathlib import Path

import griffe
import pytest

import cmprules

ROOT = Path(__file__).resolve().parents[3]
COMPAT = ROOT / "tests" / "promises" / "compat"
DEPRECATED: dict[str, str] = vars(cmprules)["_DEPRECATED"]
HOMES: dict[str, str] = vars(cmprules)["_HOMES"]
RELEASES = sorted(path.name for path in COMPAT.iterdir() if (path / "surface").is_dir())


@pytest.fixture
def old_name(monkeypatch: pytest.MonkeyPatch) -> str:
    """A name that gave way to `decide`."""
    monkeypatch.setitem(DEPRECATED, "decide_record", "decide")
    return "decide_record"


def test_a_deprecated_name_works_and_names_what_to_use(old_name: str) -> None:
    """It is the same thing under its old name, and every use warns where it stands."""
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match=r"decide_record is deprecated; use cmprules\.decide$") as caught:
            assert getattr(cmprules, old_name) is cmprules.decide
        assert [Path(one.filename).name for one in caught] == [Path(__file__).name]


def test_a_deprecated_name_is_offered_no_more(old_name: str) -> None:
    """Neither listed nor exported, so that no one begins to use it."""
    assert old_name not in dir(cmprules)
    assert old_name not in cmprules.__all__


def test_no_other_name_warns() -> None:
    """What is not deprecated comes without a word, and what was never there is not there."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all(getattr(cmprules, name) is not None for name in cmprules.__all__)
    with pytest.raises(AttributeError, match="decide_record"):
        getattr(cmprules, "decide_record")  # noqa: B009  # a checker would see that it is not there


def test_what_is_deprecated_leads_to_a_name_that_stays() -> None:
    """No name is deprecated in favor of one that is to go, too, or of none at all."""
    assert set(DEPRECATED.values()) <= set(HOMES)
    assert not set(DEPRECATED) & set(HOMES)


@pytest.mark.parametrize("release", RELEASES)
def test_every_name_of_a_release_is_there_or_deprecated(release: str) -> None:
    """A name is not taken away in the release in which it is first said that it is to go."""
    stubs = griffe.load("cmprules", search_paths=[COMPAT / release / "surface"], allow_inspection=False)
    promised = {name for name in stubs.members if not name.startswith("_")}
    assert len(promised) > 40
    assert promised <= {*dir(cmprules), *DEPRECATED}
