"""The parts of `cmprules.timeline` and `cmprules.to_icalendar`."""

from __future__ import annotations

from cmprules.timelines import _report as _report  # registers the report
from cmprules.timelines._icalendar import REMIND

__all__ = ["REMIND"]
