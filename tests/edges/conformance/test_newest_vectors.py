"""The vectors of edition 2026.2: up to date, passed, on both sides of every threshold, and sensitive to its rules."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tasks.vectors.build import build

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules.conformance import Vector, answer, comparable, run, thresholds, vectors
from tests.edges.conformance.shipped import shipped
from tests.edges.conformance.test_vectors import without_stamp
from tests.examples import some_of

EDITION = "2026.2"
BOOK = cmprules.load_book(edition=EDITION)


def noticed(book: cmprules.PolicyBook, name: str) -> bool:
    """Return whether a vector of a rule fails with a book."""
    own = [vector for vector in shipped(EDITION) if vector.id.startswith(f"rules/{name}/")]
    assert own
    return any(comparable(answer(vector.request, book=book)) != vector.expected for vector in own)


def test_the_library_passes() -> None:
    """Every answer equals the vectors; the newest edition is the default."""
    assert vectors() == shipped(EDITION)
    chosen = some_of(shipped(EDITION))
    report = run(of=chosen)
    assert report.conforms, report.failures[:3]
    assert report.passed == len(chosen)


@pytest.mark.slow
def test_the_vectors_are_up_to_date() -> None:
    """The shipped file is what the task would write."""
    plain = json.loads(json.dumps([[one.id, one.case, one.expected] for one in build(EDITION)]))
    assert plain == [[one.id, one.case, one.expected] for one in shipped(EDITION)], "run python -m tasks.vectors"


def test_every_threshold_has_vectors_on_both_sides_that_differ() -> None:
    """New rows of points and fees have their own cases."""
    found: dict[str, set[str]] = {threshold.id: set() for threshold in thresholds(BOOK)}
    for vector in shipped(EDITION):
        parts = vector.id.split("/")
        for name in ("/".join(parts[:length]) for length in range(2, len(parts))):
            if name in found:
                found[name].add(without_stamp(vector))
    assert [name for name, answers in found.items() if len(answers) < 2] == []


@pytest.mark.parametrize(("name", "rule", "value"), [
    *((rule, f"rule/{rule}", value) for rule in ("duplicates", "alike") for value in ("each", "once")),
    *(("repeated", f"rule/repeated/{kind}", value) for kind in ("formal_ce", "self_study", "teleconference")
      for value in ("each", "once")),
    ("repeated", "rule/repeated/in_service", "open"), ("repeated", "rule/repeated/journal_test", "once"),
])
def test_a_rule_that_says_something_else_is_noticed(name: str, rule: str, value: str) -> None:
    """Every other word in a row makes a vector of the rule fail."""
    setting = attrs.evolve(BOOK.settings[rule], value=value)
    assert noticed(attrs.evolve(BOOK, settings=FrozenMap({**BOOK.settings, rule: setting})), name)


@pytest.mark.parametrize("rule", ["rule/text_comparison", "rule/month_end", "rule/unit_grade",
                                  "rule/fee_of_inactive"])
def test_a_rule_that_is_off_is_noticed(rule: str) -> None:
    """Without its row a vector of the rule fails."""
    settings = FrozenMap({name: one for name, one in BOOK.settings.items() if name != rule})
    assert noticed(attrs.evolve(BOOK, settings=settings), rule.removeprefix("rule/"))


def test_a_last_day_of_a_former_code_that_is_missing_is_noticed() -> None:
    """Each has its own row and vectors."""
    for name in BOOK.last_days:
        if name.startswith("rule/former_code/"):
            last_days = FrozenMap({key: one for key, one in BOOK.last_days.items() if key != name})
            assert noticed(attrs.evolve(BOOK, last_days=last_days), "former_code")


@pytest.mark.parametrize(("name", "figure"), [("alike", "alike_days"),
                                              ("plausible_points_of_a_day", "plausible_points_of_a_day")])
@pytest.mark.parametrize("step", [1, -1])
def test_a_figure_that_is_off_by_one_is_noticed(name: str, figure: str, step: int) -> None:
    """The figure is one day or one point higher or lower."""
    moved: Any = attrs.evolve(BOOK.figures[figure], value=BOOK.figures[figure].value + Decimal(step))
    assert noticed(attrs.evolve(BOOK, figures=FrozenMap({**BOOK.figures, figure: moved})), name)


def _add_leaves(plain: Any, names: tuple[str, ...], leaves: set[tuple[str, ...]]) -> None:
    """Add the keys of plain data at every level, members of lists under the key of the list."""
    if isinstance(plain, dict):
        for key, item in plain.items():
            leaves.add((*names, key))
            _add_leaves(item, (*names, key), leaves)
    elif isinstance(plain, list):
        for item in plain:
            _add_leaves(item, names, leaves)


NEWER = {("credentials", "shortfalls", "closers"), ("credentials", "activities", "amount"),
         ("credentials", "activities", "unit"), ("credentials", "needs", "others"),
         ("credentials", "findings", "others"), ("fees", "lines", "open"), ("fees", "lines", "opens_on")}


def test_the_newer_keys_are_compared_under_the_newest_edition_alone() -> None:
    """Vectors of 2026.1 have not changed; those of 2026.2 have all seven keys."""
    def found(of: tuple[Vector, ...]) -> set[tuple[str, ...]]:
        leaves = set[tuple[str, ...]]()
        for vector in of:
            _add_leaves(vector.expected.get("answer"), (), leaves)
        return leaves

    assert found(shipped()) >= NEWER
    assert not found(shipped("2026.1")) & NEWER


@pytest.mark.parametrize("path", sorted(NEWER), ids=".".join)
def test_a_newer_key_that_says_something_else_is_a_difference(path: tuple[str, ...]) -> None:
    """Each key is changed in one vector that has it."""
    for vector in shipped():
        if f'"{path[-1]}"' not in (text := json.dumps(vector.expected)):
            continue
        reply = json.loads(text)
        at: Any = [reply.get("answer", {})]
        for key in path[:-1]:
            parts = [part[key] for part in at if part.get(key)]
            at = [inner for part in parts for inner in (part if isinstance(part, list) else [part])]
        for part in at:
            if path[-1] in part:
                part[path[-1]] = "another"
                assert comparable(reply) != vector.expected
                return
    pytest.fail("no vector has it")
