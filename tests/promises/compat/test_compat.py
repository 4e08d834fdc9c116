"""Every later version gives the answers of each release: its corpus, byte for byte.

If one of these fails, the logic or a released edition has changed.  A released edition never changes: a correction is a
new edition.  A change of logic that alters an answer increases the number of the rules, keeps the old answers here
unchanged, and notes in this file from which release on they belong to an older number.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._kit.canonical import canonical_json
from tasks.write_corpus import EDITIONS, NEEDED, Case, answer, cases, lacking, written

HERE = Path(__file__).parent
RELEASES = sorted(path.name for path in HERE.iterdir() if (path / "release.json").is_file())


@cache
def _release(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / name / "release.json").read_text(encoding="utf-8"))
    return found


def _editions(release: str) -> dict[str, str]:
    """Return the digest of each edition in a release; 0.1.0 recorded its only one under other keys."""
    kept = _release(release)
    found: dict[str, str] = kept.get("editions") or {kept["edition"]: kept["edition_sha256"]}
    return found


@cache
def _book(edition: str) -> cmprules.PolicyBook:
    return cmprules.load_book(edition=edition)


def _book_of(release: str, case: Case) -> cmprules.PolicyBook:
    return _book(case.get("edition") or next(iter(_editions(release))))


@cache
def _corpus(release: str) -> list[Case]:
    with (HERE / release / "corpus.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _on_the_keys_of(kept: Any, now: Any) -> Any:
    """Reduce today's answer to the keys of the kept one; formats may gain keys, but never lose one."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return {key: _on_the_keys_of(value, now[key]) for key, value in kept.items() if key in now}
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        return [_on_the_keys_of(*pair) for pair in zip(kept, now, strict=True)]
    return now


def test_the_first_release_is_among_them() -> None:
    """Otherwise the tests below would test nothing."""
    assert "0.1.0" in RELEASES
    if ".dev" not in cmprules.__version__:
        assert cmprules.__version__ in RELEASES, "run tasks/write_corpus.py when a version is released"


@pytest.mark.parametrize("release", RELEASES)
def test_a_released_edition_never_changes(release: str) -> None:
    """The digest of each edition is that of the day of release."""
    assert {edition: _book(edition).sha256 for edition in _editions(release)} == _editions(release)


@pytest.mark.parametrize("release", RELEASES)
def test_every_answer_is_reproduced_byte_for_byte(release: str) -> None:
    """Every record has the kept answer, on its keys, except for the version of the library."""
    differ = [case["id"] for case in _corpus(release)
              if canonical_json(_on_the_keys_of(case["answer"], written(answer(case, _book_of(release, case)))))
              != canonical_json(case["answer"])]

    assert len(_corpus(release)) == _release(release).get("records", 200)
    assert differ == []


def test_a_lost_key_or_member_is_seen() -> None:
    """The comparison ignores only what is new."""
    kept = {"a": [{"b": "1"}, {"b": "2"}]}
    assert _on_the_keys_of(kept, {"a": [{"b": "1", "c": "3"}, {"b": "2"}], "d": "4"}) == kept
    for other in ({}, {"a": [{"b": "1"}]}, {"a": [{"b": "1"}, {}]}, {"a": [{"b": "1"}, {"b": "3"}]}, {"a": None}):
        assert _on_the_keys_of(kept, other) != kept


@pytest.mark.parametrize("release", RELEASES)
def test_the_corpus_has_every_answer_there_is(release: str) -> None:
    """It has every outcome, standing and status, and most of the codes."""
    answers = [credential for case in _corpus(release) for credential in case["answer"]["credentials"]]

    assert {one["outcome"] for one in answers} == {str(outcome) for outcome in cmprules.Outcome}
    assert {one["standing"] for one in answers} == {str(standing) for standing in cmprules.Standing}
    assert len({(one["code"], one["body"]) for one in answers}) > 50


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_records_of_a_release_are_chosen_the_same_way_each_time(edition: str) -> None:
    """A small run gives the requested number, different ids, the edition's answers, and the same result again."""
    few = cases(edition, 30, 40)

    assert len(few) == len({case["id"] for case in few}) == 30
    assert {case["edition"] for case in few} == {edition}
    assert few == cases(edition, 30, 40)
    assert all(written(answer(case, _book(edition)))["stamp"]["edition"] == edition for case in few)


def test_a_corpus_without_what_is_new_is_refused() -> None:
    """The corpus of 0.1.0 lacks every newer feature; one record with a session adds that feature."""
    old = _corpus("0.1.0")
    assert {"session", "certified", "proposed_areas", "settled"} <= lacking(old, "2026.1")
    activity = {**old[0]["record"]["activities"][0], "session": "part 1"}
    case = {**old[0], "record": {**old[0]["record"], "activities": [activity]}}
    assert lacking([case], "2026.1") <= NEEDED - {"session"}
