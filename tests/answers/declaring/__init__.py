"""Tests of declarations: their life, which one table drives, and their form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

import cmprules
from cmprules.declaring import DeclarationLife, advance

__all__ = ["codes_of", "day", "evidence_of", "met_record", "path_codes", "walk", "without"]

_SAYS = "as a test says"


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def met_record(**changes: Any) -> cmprules.Record:
    """Make a phlebotomist's record that meets its table from 2025-02-04 on; changes apply to its credential."""
    course = {"kind": "formal_ce", "provider": "Sample Society", "documents": ["certificate"], "source": "self"}
    credential = {"id": "pbt", "code": "PBT", "expires_on": "2026-05-31", **changes}
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h-1"},
        "credentials": [{key: value for key, value in credential.items() if value is not None}],
        "activities": [
            {"id": name, "title": f"Course {name}", "amount": amount, "areas": areas,
             "completed_on": str(day("2025-02-01") + timedelta(days=number)), **course}
            for number, (name, amount, areas) in enumerate((
                ("safety", 1, ["safety"]), ("ethics", 1, ["ethics"]), ("draw", 2, ["phlebotomy"]), ("rest", 5, [])))],
    })


def codes_of(error: pytest.ExceptionInfo[cmprules.InputError]) -> list[str]:
    """Return the codes of a refusal."""
    return [fault.code for fault in error.value.faults]


def path_codes(error: pytest.ExceptionInfo[cmprules.InputError]) -> list[tuple[str, str]]:
    """Return the path and code of each fault."""
    return [(fault.path, fault.code) for fault in error.value.faults]


def evidence_of(*needs: str) -> dict[str, str]:
    """Name evidence for some needs."""
    return dict.fromkeys(needs, _SAYS)


def walk(life: DeclarationLife, book: cmprules.PolicyBook, *steps: tuple[str, str]) -> DeclarationLife:
    """Take several steps, each an event and a day, with evidence for whatever days do not show."""
    shown_by_days = {"window_open", "before_expiry", "time_limited"}
    for event, on in steps:
        needs = [need for one in life.may_follow if one.event == event for need in one.needs]
        life = advance(life, event, book, on=day(on), evidence=evidence_of(*{*needs} - shown_by_days))
    return life


def without(record: cmprules.Record, *names: str) -> cmprules.Record:
    """Leave some activities out of a record."""
    return attrs.evolve(record, activities=[one for one in record.activities if one.id not in names])
