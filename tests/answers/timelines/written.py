"""The golden timeline and calendars."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import cmprules
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def reports() -> dict[str, str]:
    """Render the timeline of two credentials and an examination, and write the calendar of a credential."""
    sitting = cmprules.Sitting(code="SH", taken_on="2025-11-30", notified_on="2025-12-03")
    two = cmprules.timeline(cmprules.read_record(EXAMPLES / "mls-and-sbb.json"), edition(), on=date(2025, 12, 31),
                            sittings=[sitting])
    qualification = cmprules.timeline(cmprules.read_record(EXAMPLES / "qualification.json"), edition(),
                                      on=date(2026, 3, 10))
    calendar = cmprules.to_icalendar(qualification, remind=[30])
    return {"two.txt": cmprules.render(two),
            "qualification.ics": calendar.replace(f"cmprules {cmprules.__version__}", "cmprules X.Y.Z")}
