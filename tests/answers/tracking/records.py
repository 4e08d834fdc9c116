"""Small records to track: PBT asks for 9 points, 1 in safety, 1 in ethics, 2 in phlebotomy and 5 in the pool."""

from __future__ import annotations

from typing import Any

import cmprules
from tests.strategies import edition

__all__ = ["BOOK", "COURSES", "END", "PLACED", "course", "pbt", "tracked"]

BOOK = edition()
END = "2026-05-31"
COURSES: tuple[tuple[str, str, str], ...] = (("s", "1", "safety"), ("e", "1", "ethics"), ("p", "2", "phlebotomy"),
                                              ("x", "5", ""))
"""Ids, points, and the area that each may serve: just enough."""

PLACED = tuple({"credential": "pbt", "activity": name, "area": area or "pool", "points": points}
               for name, points, area in COURSES)


def course(name: str, points: str, area: str, **more: Any) -> dict[str, Any]:
    """Make a course in the last year of the cycle."""
    return {"id": name, "title": f"Course {name}", "provider": "Example Society", "completed_on": "2025-06-01",
            "kind": "formal_ce", "amount": points, "areas": [area] if area else [], "source": "upload", **more}


def pbt(courses: Any = COURSES, placements: Any = PLACED, more: Any = (), **credential: Any) -> cmprules.Record:
    """Make a phlebotomy technician's record; by default its courses are just enough."""
    held = {"id": "pbt", "code": "PBT", "certified_on": "2020-05-12", "expires_on": END, **credential}
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample-1"},
        "credentials": [{key: value for key, value in held.items() if value is not None}],
        "activities": [*(course(*one) for one in courses), *more], "placements": list(placements),
    })


def tracked(record: cmprules.Record | None = None, on: Any = "2026-03-10", **more: Any) -> cmprules.CredentialTracking:
    """Track a record, and return its only credential."""
    return cmprules.track(record or pbt(), BOOK, on=on, **more).credentials[0]
