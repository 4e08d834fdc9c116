"""Closed lists of the policy tables."""

from __future__ import annotations

from cmprules._words.declarations import Condition, Event, State

TABLE_SCHEMA = "cmprules.table/1"
STATES = tuple(map(str, State))
EVENTS = tuple(map(str, Event))
NEEDS = tuple(map(str, Condition))
DOCUMENTS = ("certificate", "letter", "attendance_record", "transcript")
FIELDS = ("date", "title", "provider", "participant", "hours", "activity_type", "credits")
UNITS = ("score", "attempt", "day", "business_day", "week", "month", "question", "minute", "percent", "usd", "date")
FIGURES_OF_LIMITS = {"days": "day", "plausible_points": "point"}
"""Limits that belong to no kind of activity: figures of a rule about what counts, with their units."""

LIMITS = ("share_of_total", "points", "pool_only", "done_from", "done_until", "rule", *FIGURES_OF_LIMITS, "last_day")
FEE_GROUPS = ("certification", "qualification")
OPEN_WORDS = ("each", "once", "open")
"""The answers of a rule about activities that may be one: each counts, they count once, or it is open."""

PROCESS = {"examination": "exam", "exam_fees": "exam_fees", "pass_rates": "pass_rates", "declaration": "declaration",
           "audit": "audit", "designation": "designation", "renewal": "renewal"}
"""The tables of the process, and the prefix of their figures and rules in a book."""
