"""A receipt of an older version is compared on exactly the keys that it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import cmprules
from cmprules.receipts import Receipt

BOOK = cmprules.load_book(edition="2026.2")
RECORD = cmprules.parse_record({
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-02-28", "extended_until": "2026-08-31"},
                    {"id": "mla", "code": "MLA", "expires_on": "2026-08-31"}],
    "activities": [{"id": "a", "title": "Undated", "kind": "formal_ce", "amount": "40"}]})
DECISION = cmprules.decide(RECORD, BOOK, on=date(2026, 7, 1))


def _kept(change: Callable[[dict[str, Any]], Any]) -> Receipt:
    """Make a receipt as another version might have written it."""
    plain = cmprules.to_mapping(DECISION)
    change(plain)
    return cmprules.receipt(cmprules.parse_decision(plain), record=RECORD, book=BOOK)


def _without_new_keys(plain: dict[str, Any]) -> None:
    for line in plain["fees"]["lines"]:
        assert line["open"] is True
        del line["open"], line["opens_on"]


def test_keys_that_it_does_not_have_are_not_held_against_it() -> None:
    """A quote without `open` and `opens_on`, as 0.1.0 wrote it, replays as the same."""
    found = cmprules.replay(_kept(_without_new_keys), BOOK)
    assert (found.same, found.differences) == (True, ())


def test_a_decision_that_does_not_say_whose_it_is_makes_a_receipt() -> None:
    """0.1.0 wrote such decisions; the receipt makes up nothing about the holder."""
    kept = _kept(lambda plain: plain.pop("holder"))
    assert kept.decision.holder is None
    assert "holder" not in cmprules.to_mapping(kept)["decision"]
    assert cmprules.replay(kept, BOOK).same


@pytest.mark.parametrize(("change", "path"), [
    (lambda plain: plain["credentials"][0]["findings"].pop(), "$.credentials[mls].findings[FEE_OPEN, "),
    (lambda plain: plain["fees"].update(lines=[], total="0.00"), "$.fees.lines[mls, application]"),
    (lambda plain: plain["fees"]["lines"][0].update(row="another"), "$.fees.lines[mls, application].row"),
    (lambda plain: plain["credentials"][1]["needs"].clear(), "$.credentials[mla].needs["),
])
def test_members_and_values_still_are(change: Callable[[dict[str, Any]], Any], path: str) -> None:
    """A missing finding, need or line, and a different value, are differences."""
    def both(plain: dict[str, Any]) -> None:
        _without_new_keys(plain)
        change(plain)

    found = cmprules.replay(_kept(both), BOOK)
    assert not found.same
    assert any(one.path.startswith(path) for one in found.differences), [one.path for one in found.differences]
