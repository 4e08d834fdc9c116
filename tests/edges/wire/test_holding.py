"""Answers that are read back are consistent: whatever is read can be shown in every format."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._answers.render import FORMATS
from tests.examples import scaled
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
RECORDS = [cmprules.read_record(EXAMPLES / name) for name in ("mls-nearly-there.json", "mls-and-sbb.json", "mla.json")]
DECISIONS = [cmprules.to_mapping(cmprules.decide(record, edition(), on=ON)) for record in RECORDS]
TRACKINGS = [cmprules.to_mapping(cmprules.track(record, edition(), on=ON)) for record in RECORDS]
PROOF = {"required": "1", "available": "0", "short": "1"}
WORDS: tuple[Any, ...] = ("x", "MLS", "pool", "safety", "1", "-1", "0", "100000", "2026-05-31", None, True, [], {},
                          0, "ASCP", "MET", "official", "2999-12-31")
Read = Callable[[Any], Any]
Place = tuple[str | int, ...]


def places(plain: Any, path: Place = ()) -> Iterator[Place]:
    """List the places in plain data."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def at(plain: Any, place: Place) -> Any:
    """Return the value at a place."""
    for key in place:
        plain = plain[key]
    return plain


def copied(plain: Any) -> Any:
    """Copy plain data."""
    return json.loads(json.dumps(plain))


def spoilt(plain: Any, luck: random.Random) -> Any:
    """Remove a value, replace it, or copy one over another."""
    found, everywhere = copied(plain), list(places(plain))
    place = luck.choice(everywhere)
    parent, key = at(found, place[:-1]), place[-1]
    if luck.random() < 0.2:
        del parent[key]
    else:
        parent[key] = copied(luck.choice([*WORDS, at(plain, luck.choice(everywhere))]))
    return found


@settings(max_examples=scaled(300))
@given(st.sampled_from([*((cmprules.parse_decision, plain) for plain in DECISIONS),
                        *((cmprules.parse_tracking, plain) for plain in TRACKINGS)]), st.randoms(use_true_random=False))
def test_whatever_is_read_can_be_shown(case: tuple[Read, Any], luck: random.Random) -> None:
    """Law: a document with a change is refused with faults, or shown in every format."""
    read, plain = case
    try:
        value = read(spoilt(plain, luck))
    except cmprules.InputError:
        return
    for form in FORMATS:
        assert cmprules.render(value, form)


Change = Callable[[Any], None]


def _set(path: str, value: Any) -> Change:
    """Set the value at a dotted path of keys and numbers."""
    place = [int(key) if key.isdigit() else key for key in path.split(".")]

    def change(plain: Any) -> None:
        at(plain, tuple(place[:-1]))[place[-1]] = value

    return change


@pytest.mark.parametrize(("change", "path", "code"), [
    (_set("credentials.0.code", "MLSX"), "$.credentials[0].code", "DOES_NOT_FIT"),
    (_set("credentials.0.body", "ASCPii"), "$.credentials[0].body", "DOES_NOT_FIT"),
    (_set("credentials.1.id", "mls"), "$.credentials[1].id", "REPEATED_ID"),
    (_set("credentials.0.declaration.status", "closed"), "$.credentials[0].declaration.status", "DOES_NOT_FIT"),
    (_set("credentials.0.total", None), "$.credentials[0]", "DOES_NOT_FIT"),
    (_set("credentials.0.needs", [{"code": "UNDATED", "subject": "a", "question": "?"}]), "$.credentials[0].needs",
     "DOES_NOT_FIT"),
    (_set("credentials.0.findings.0.code", "NO_SUCH_CODE"), "$.credentials[0].findings[0].code", "DOES_NOT_FIT"),
    (_set("credentials.0.findings.0.citations.0.source", "nowhere"), "$.credentials[0].findings[0].citations",
     "DOES_NOT_FIT"),
    (_set("credentials.0.areas.0.area", "safetyy"), "$.credentials[0].areas[0].area", "DOES_NOT_FIT"),
    (_set("credentials.0.shortfalls", [{**PROOF, "areas": ["virology"]}]), "$.credentials[0].shortfalls[0].areas",
     "DOES_NOT_FIT"),
    (_set("credentials.0.shortfalls", [{**PROOF, "areas": []}]), "$.credentials[0].shortfalls[0].areas",
     "DOES_NOT_FIT"),
    (_set("credentials.0.activities.0.placed", "999"), "$.credentials[0].activities[0]", "DOES_NOT_FIT"),
    (_set("fees.lines.0.credential", "nobody"), "$.fees.lines[0].credential", "DOES_NOT_FIT"),
    (_set("fees.lines.0.item", "tip"), "$.fees.lines[0].item", "DOES_NOT_FIT"),
    (_set("fees.total", "1.00"), "$.fees.total", "DOES_NOT_FIT"),
    (_set("fees.total", None), "$.fees.why", "DOES_NOT_FIT"),
    (_set("fees", {"currency": "USD", "total": None, "why": None, "lines": []}), "$.fees.why", "DOES_NOT_FIT"),
])
def test_each_part_of_a_decision_is_held_to_the_rest(change: Change, path: str, code: str) -> None:
    """Each case has one change; the unchanged decision is read."""
    plain = copied(DECISIONS[1])
    assert cmprules.to_mapping(cmprules.parse_decision(plain)) == DECISIONS[1]
    change(plain)
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_decision(plain)
    assert (path, code) in [(fault.path, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize("key", ["activity", "area"])
def test_points_are_placed_where_there_is_something(key: str) -> None:
    """A placement of an unknown activity, or in an unknown area, is refused."""
    plain = copied(DECISIONS[0])
    plain["credentials"][0]["placements"][0][key] = "virology"
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_decision(plain)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        (f"$.credentials[0].placements[0].{key}", "DOES_NOT_FIT")]


@pytest.mark.parametrize(("change", "path"), [
    (_set("record.holder.id", "another"), "$.record"),
    (_set("credentials.0.code", "MLT"), "$.credentials"),
    (_set("decision.fees.total", "1.00"), "$.decision.fees.total"),
    (_set("citations.0.source", "nowhere"), "$.citations"),
    (_set("credentials.0.next_step.code", "REST"), "$.credentials[0].next_step.code"),
    (_set("credentials.0.areas.0.area", "safetyy"), "$.credentials[0].areas"),
    (_set("credits", []), "$.credits"),
    (_set("credits.0.missing", ["certificate"]), "$.credits[0]"),
])
def test_each_part_of_a_tracking_is_held_to_the_rest(change: Change, path: str) -> None:
    """Each case has one change; the unchanged tracking is read."""
    plain = copied(TRACKINGS[0])
    assert cmprules.to_mapping(cmprules.parse_tracking(plain)) == TRACKINGS[0]
    change(plain)
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_tracking(plain)
    assert (path, "DOES_NOT_FIT") in [(fault.path, fault.code) for fault in refused.value.faults]


def test_a_receipt_that_was_sealed_again_is_held_together_too() -> None:
    """A new digest does not allow a receipt whose report cannot be shown."""
    record = RECORDS[0]
    plain = cmprules.to_mapping(cmprules.receipt(cmprules.decide(record, edition(), on=ON), record=record))
    plain["decision"]["credentials"][0]["code"] = "MLSX"
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_receipt(plain)
    assert ("$.decision.credentials[0].code", "DOES_NOT_FIT") in [
        (fault.path, fault.code) for fault in refused.value.faults]
