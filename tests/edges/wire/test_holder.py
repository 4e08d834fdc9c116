"""The name of a holder is in headings, and in no digest and no answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._facts.digest import record_digest
from tests.strategies import edition

ON = date(2026, 3, 10)
KEPT = Path(__file__).resolve().parents[2] / "promises" / "compat" / "receipts"


def _plain(**holder: Any) -> dict[str, Any]:
    return {"schema": "cmprules.record/1", "holder": {"id": "h-1", **holder},
            "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
            "activities": [{"id": "a", "title": "Safety", "kind": "in_service", "amount": 3, "areas": ["safety"],
                            "completed_on": "2025-01-02"}]}


ADA, ID = (cmprules.parse_record(_plain(**holder)) for holder in ({"name": "Ada Sample"}, {}))


def test_a_name_is_kept_in_the_record() -> None:
    """It is written if it was given, and left out otherwise."""
    assert cmprules.to_mapping(ADA)["holder"] == {"id": "h-1", "name": "Ada Sample", "fee_region": "standard"}
    assert cmprules.to_mapping(ID)["holder"] == {"id": "h-1", "fee_region": "standard"}
    assert (ADA.holder.shown, ID.holder.shown) == ("Ada Sample", "h-1")


@pytest.mark.parametrize(("name", "code"), [(" ", "EMPTY_TEXT"), (5, "WRONG_TYPE")])
def test_a_name_is_text(name: object, code: str) -> None:
    """Any other value is a fault."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_record(_plain(name=name))
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.holder.name", code)]


def test_no_digest_and_no_answer_depends_on_it() -> None:
    """Records, decisions, receipts and calendar UIDs are the same with and without a name."""
    named, plain = (cmprules.decide(record, edition(), on=ON) for record in (ADA, ID))
    assert record_digest(ADA) == record_digest(ID) == named.stamp.record_sha256
    assert attrs.evolve(named, holder=plain.holder) == plain
    assert cmprules.receipt(named, record=ADA).text == cmprules.receipt(plain, record=ID).text
    assert "Ada" not in cmprules.receipt(named, record=ADA).text
    lines = [cmprules.timeline(record, edition(), on=ON) for record in (ADA, ID)]
    calendars = [[row for row in cmprules.to_icalendar(line).splitlines() if row.startswith("UID")] for line in lines]
    assert calendars[0] == calendars[1] != []


def test_a_receipt_of_a_named_holder_replays() -> None:
    """The receipt keeps only the id of the holder."""
    kept = cmprules.receipt(cmprules.decide(ADA, edition(), on=ON), record=ADA)
    assert cmprules.replay(kept, edition()).same
    assert cmprules.to_mapping(kept)["decision"]["holder"] == {"id": "h-1"}


def test_a_decision_says_whose_it_is() -> None:
    """It has id and name, and reads back; a missing name is left out."""
    for record, holder in ((ADA, {"id": "h-1", "name": "Ada Sample"}), (ID, {"id": "h-1"})):
        decision = cmprules.decide(record, edition(), on=ON)
        plain = cmprules.to_mapping(decision)
        assert list(plain)[:4] == ["schema", "on", "holder", "stamp"]
        assert plain["holder"] == holder
        assert cmprules.parse_decision(json.loads(json.dumps(plain))) == decision


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_a_report_is_headed_by_the_name(format: str) -> None:
    """This holds with and without the record; without a name the id is used."""
    named, plain = (cmprules.decide(record, edition(), on=ON) for record in (ADA, ID))
    assert "Ada Sample" in cmprules.render(named, format)
    assert "Ada Sample" in cmprules.render(plain, format, record=ADA)
    assert "h-1" in cmprules.render(plain, format)


def test_decisions_of_an_older_version_name_nobody() -> None:
    """They are read without a holder, and written with their original keys."""
    plain = cmprules.to_mapping(cmprules.decide(ID, edition(), on=ON))
    del plain["holder"]
    old = cmprules.parse_decision(plain)
    assert old.holder is None
    assert cmprules.to_mapping(old) == plain
    assert cmprules.render(old).startswith("PBT(ASCP)")
    assert cmprules.receipt(old, record=ADA).decision == old


def test_a_comparison_of_decisions_does_not_turn_on_the_name() -> None:
    """One record under two names has no differences."""
    named, plain = (cmprules.decide(record, edition(), on=ON) for record in (ADA, ID))
    found = cmprules.compare(named, plain)
    assert (found.causes, found.changes) == ((), ())
