"""A public name to be removed works with a warning first, for at least one minor release."""

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
    """Deprecate a made-up name in favor of `decide`, and return it."""
    monkeypatch.setitem(DEPRECATED, "decide_record", "decide")
    return "decide_record"


def test_a_deprecated_name_works_and_names_what_to_use(old_name: str) -> None:
    """It is the same object under its old name, and every use warns at the place of use."""
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match=r"decide_record is deprecated; use cmprules\.decide$") as caught:
            assert getattr(cmprules, old_name) is cmprules.decide
        assert [Path(one.filename).name for one in caught] == [Path(__file__).name]


def test_a_deprecated_name_is_offered_no_more(old_name: str) -> None:
    """It is neither listed nor exported, so that no new code uses it."""
    assert old_name not in dir(cmprules)
    assert old_name not in cmprules.__all__


def test_no_other_name_warns() -> None:
    """Other names come without a warning, and unknown names do not exist."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all(getattr(cmprules, name) is not None for name in cmprules.__all__)
    with pytest.raises(AttributeError, match="decide_record"):
        getattr(cmprules, "decide_record")  # noqa: B009  # a checker would see that it is not there


def test_what_is_deprecated_leads_to_a_name_that_stays() -> None:
    """The replacement is never itself deprecated or missing."""
    assert set(DEPRECATED.values()) <= set(HOMES)
    assert not set(DEPRECATED) & set(HOMES)


@pytest.mark.parametrize("release", RELEASES)
def test_every_name_of_a_release_is_there_or_deprecated(release: str) -> None:
    """A name is not removed in the release that deprecates it."""
    stubs = griffe.load("cmprules", search_paths=[COMPAT / release / "surface"], allow_inspection=False)
    promised = {name for name in stubs.members if not name.startswith("_")}
    assert len(promised) > 40
    assert promised <= {*dir(cmprules), *DEPRECATED}
