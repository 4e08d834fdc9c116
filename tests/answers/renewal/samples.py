"""Sample credentials and records for the tests of this folder."""

from __future__ import annotations

from typing import Any

import cmprules

__all__ = ["course", "credential", "record"]


def credential(code: str = "MLS", end: str | None = "2026-05-31", **more: Any) -> cmprules.Credential:
    """Make a sample credential; its id defaults to its code in lowercase."""
    fields: dict[str, Any] = {"id": code.lower(), **more}
    return cmprules.Credential(code=code, expires_on=end, **fields)


def course(name: str, points: str, day: str | None, *areas: str, **more: Any) -> cmprules.Activity:
    """Make a sample course."""
    return cmprules.Activity(id=name, title=f"Sample course {name}", kind="formal_ce", amount=points,
                             completed_on=day, areas=areas, **more)


def record(
    *credentials: cmprules.Credential, activities: tuple[cmprules.Activity, ...] = (), region: str = "standard"
) -> cmprules.Record:
    """Make a sample record."""
    return cmprules.Record(holder=cmprules.Holder(id="sample", fee_region=region), credentials=credentials,
                           activities=activities)
