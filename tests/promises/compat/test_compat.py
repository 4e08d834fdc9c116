"""What a release answered, every later version answers: the corpus of each release, byte for byte.

If one of these fails, the logic or a released edition has changed.  An edition never changes once it is released: a
correction is a new edition.  A change of logic that alters an answer raises the number of the rules, keeps the old
answers here as they are, and says in this file from which release on they are those of an older number.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._kit.canonical import canonical_json
from tasks.write_corpus import Case, answer, written

HERE = Path(__file__).parent
RELEASES = sorted(path.name for path in HERE.iterdir() if (path / "release.json").is_file())


@cache
def _release(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / name / "release.json").read_text(encoding="utf-8"))
    return found


@cache
def _book(release: str) -> cmprules.PolicyBook:
    return cmprules.load_book(edition=_release(release)["edition"])


@cache
def _corpus(release: str) -> list[Case]:
    with (HERE / release / "corpus.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _on_the_keys_of(kept: Any, now: Any) -> Any:
    """Reduce an answer of today to the keys that the kept one has; formats may gain keys, and never lose one."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return {key: _on_the_keys_of(value, now[key]) for key, value in kept.items() if key in now}
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        return [_on_the_keys_of(*pair) for pair in zip(kept, now, strict=True)]
    return now


def test_the_first_release_is_among_them() -> None:
    """The tests below are not tests of nothing."""
    assert "0.1.0" in RELEASES
    if ".dev" not in cmprules.__version__:
        assert cmprules.__version__ in RELEASES, "run tasks/write_corpus.py when a version is released"


@pytest.mark.parametrize("release", RELEASES)
def test_a_released_edition_never_changes(release: str) -> None:
    """The digest of an edition is what it was on the day of its release."""
    assert _book(release).sha256 == _release(release)["edition_sha256"]


@pytest.mark.parametrize("release", RELEASES)
def test_every_answer_is_reproduced_byte_for_byte(release: str) -> None:
    """Two hundred records are answered as they were, on the keys of the kept answer, but for the library's version."""
    differ = [case["id"] for case in _corpus(release)
              if canonical_json(_on_the_keys_of(case["answer"], written(answer(case, _book(release)))))
              != canonical_json(case["answer"])]

    assert len(_corpus(release)) == 200
    assert differ == []


def test_a_lost_key_or_member_is_seen() -> None:
    """The comparison leaves aside what is new, and nothing else."""
    kept = {"a": [{"b": "1"}, {"b": "2"}]}
    assert _on_the_keys_of(kept, {"a": [{"b": "1", "c": "3"}, {"b": "2"}], "d": "4"}) == kept
    for other in ({}, {"a": [{"b": "1"}]}, {"a": [{"b": "1"}, {}]}, {"a": [{"b": "1"}, {"b": "3"}]}, {"a": None}):
        assert _on_the_keys_of(kept, other) != kept


@pytest.mark.parametrize("release", RELEASES)
def test_the_corpus_has_every_answer_there_is(release: str) -> None:
    """Every outcome, standing and status occurs in it, and most of the codes."""
    answers = [credential for case in _corpus(release) for credential in case["answer"]["credentials"]]

    assert {one["outcome"] for one in answers} == {str(outcome) for outcome in cmprules.Outcome}
    assert {one["standing"] for one in answers} == {str(standing) for standing in cmprules.Standing}
    assert len({(one["code"], one["body"]) for one in answers}) > 50
