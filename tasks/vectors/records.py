"""Small records to build cases from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cmprules._kit.points import decimal_text

Plain = dict[str, Any]
Case = tuple[str, Plain]

HUNDREDTH = Decimal("0.01")
ONE_DAY = timedelta(days=1)
EXPIRES = date(2026, 5, 31)
ON = date(2026, 3, 10)
DONE = date(2025, 2, 11)
"""The last valid day, the day of decision and the day of the activities in cases that do not depend on them."""


def course(id: str, points: Decimal | int | str, areas: Iterable[str] = (), **more: Any) -> Plain:
    """Return an activity: a formal course unless `more` says otherwise."""
    plain = {"id": id, "title": f"Course {id}", "kind": "formal_ce", "completed_on": DONE.isoformat(),
             "amount": decimal_text(Decimal(points)), "areas": list(areas), **more}
    return {key: value for key, value in plain.items() if value not in (None, [])}


def credential(code: str = "MLS", expires_on: date | None = EXPIRES, id: str = "c", **more: Any) -> Plain:
    """Return a credential; its expiry may be absent."""
    plain = {"id": id, "code": code, "expires_on": expires_on, **more}
    return {key: value.isoformat() if isinstance(value, date) else value
            for key, value in plain.items() if value is not None}


def record(credentials: Iterable[Plain] | Plain, activities: Iterable[Plain] = (), region: str | None = None,
           **more: Any) -> Plain:
    """Return a record."""
    listed = [credentials] if isinstance(credentials, Mapping) else list(credentials)
    holder = {"id": "h"} if region is None else {"id": "h", "fee_region": region}
    return {"schema": "cmprules.record/1", "holder": holder, "credentials": listed,
            "activities": list(activities), **more}


def decide(of: Plain, on: date | str = ON, trust: str = "inferred") -> Plain:
    """Ask for a decision."""
    return {"do": "decide", "record": of, "on": str(on), "trust": trust}


def policy(code: str, body: str, expires_on: date | str) -> Plain:
    """Ask for a table."""
    return {"do": "policy", "code": code, "body": body, "expires_on": str(expires_on)}


def enough(code: str = "MLS", *, pool: Decimal | int | str | None = None, **more: Any) -> list[Plain]:
    """Return activities that meet a credential's table from 2024 on exactly; the last one is for the pool."""
    areas = {"MLS": {"safety": 1, "ethics": 1, "blood_banking": 2, "chemistry": 2, "hematology": 2, "microbiology": 2},
             "PBT": {"safety": 1, "ethics": 1, "phlebotomy": 2},
             "SBB": {"safety": 1, "ethics": 1, "blood_banking": 10}}[code]
    rest = {"MLS": 26, "PBT": 5, "SBB": 24}[code] if pool is None else Decimal(pool)
    found = [course(f"a{index}", points, [area], **more) for index, (area, points) in enumerate(areas.items(), 1)]
    return [*found, course("p", rest, **more)] if rest else found
