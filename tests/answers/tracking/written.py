"""The golden reports of a tracking and its changes."""

from __future__ import annotations

from datetime import date

import cmprules
from tests.answers.tracking.records import COURSES, PLACED, course, pbt
from tests.strategies import edition

ON = date(2026, 3, 10)


def reports() -> dict[str, str]:
    """Render a holder with every element that a report of progress can have, and a table of changes."""
    more = [course("self", "0.5", "", source="self", provider=None), course("date", "1", "ethics", source="self")]
    more[0].pop("provider")
    more[1].pop("completed_on")
    on_the_way = cmprules.track(pbt(COURSES[1:], PLACED[1:3], more), edition(), on=ON)
    before = cmprules.track(pbt(COURSES[1:], PLACED[1:]), edition(), on=date(2026, 3, 9))
    return {"on-the-way.txt": cmprules.render(on_the_way),
            "changes.txt": cmprules.render(cmprules.changes(before, cmprules.track(pbt(), edition(), on=ON)))}
