"""A few people, decided quickly."""

from __future__ import annotations

from datetime import date
from typing import Any

import cmprules

ON = date(2026, 3, 10)
BOOK = cmprules.load_book(edition="2026.1")


def person(holder: str, *, name: str | None = None, ends: str = "2026-05-31", points: str = "9",
           title: str = "Order of draw", **more: Any) -> cmprules.Record:
    """Make a record of a phlebotomist: two required points, and any number of others."""
    activities = [
        cmprules.Activity(id="s", title="Safe needles", kind="formal_ce", amount="1", areas=["safety"],
                          completed_on="2025-02-05"),
        cmprules.Activity(id="e", title="Ethics at the bench", kind="formal_ce", amount="1", areas=["ethics"],
                          completed_on="2025-02-06"),
        cmprules.Activity(id="p", title=title, kind="formal_ce", amount=points, areas=["phlebotomy"],
                          completed_on="2025-02-07"),
    ]
    return cmprules.Record(holder=cmprules.Holder(id=holder, name=name), activities=activities,
                           credentials=[cmprules.Credential(id="pbt", code="PBT", expires_on=ends, **more)])
