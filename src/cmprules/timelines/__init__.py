"""What comes when: the dated events of a record, as a value and as an iCalendar file."""

from __future__ import annotations

from cmprules.timelines import _report  # whoever has a timeline has its report
from cmprules.timelines._icalendar import REMIND, to_icalendar
from cmprules.timelines._sittings import Sitting
from cmprules.timelines._timeline import timeline
from cmprules.timelines._values import Timeline, TimelineEvent

__all__ = ["REMIND", "Sitting", "Timeline", "TimelineEvent", "timeline", "to_icalendar"]

del _report
