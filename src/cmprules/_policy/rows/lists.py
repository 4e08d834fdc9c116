"""Closed lists of the policy tables."""

from __future__ import annotations

TABLE_SCHEMA = "cmprules.table/1"
STATES = ("drafted", "ready", "submitted", "selected_for_audit", "proof_sent", "eligible", "renewed", "audit_failed",
          "appealed", "expired", "reinstated")
EVENTS = ("edit", "complete", "submit", "submit_reduced", "submit_early", "submit_voluntary", "select_for_audit",
          "approve", "send_proof", "send_nothing", "accept", "reject", "substitute", "appeal", "allow_appeal",
          "dismiss_appeal", "release_renewal", "let_end_pass", "reinstate")
NEEDS = ("requirements_met", "window_open", "before_expiry", "fee_paid", "reinstatement_fee_paid", "same_business_day",
         "synchronization_confirmed", "all_proven", "done_before_expiry", "letter_of_appeal", "time_limited")
DOCUMENTS = ("certificate", "letter", "attendance_record", "transcript")
FIELDS = ("date", "title", "provider", "participant", "hours", "activity_type", "credits")
UNITS = ("score", "attempt", "day", "business_day", "week", "month", "question", "minute", "percent", "usd", "date")
FIGURES_OF_LIMITS = {"days": "day", "plausible_points": "point"}
"""Limits of no kind of activity that are figures of a rule on what counts, with their units."""

LIMITS = ("share_of_total", "points", "pool_only", "done_from", "done_until", "rule", *FIGURES_OF_LIMITS, "last_day")
FEE_GROUPS = ("certification", "qualification")
OPEN_WORDS = ("each", "once", "open")
"""What a rule on activities that may be one can say: each is one, together they are one, or that is open."""

PROCESS = {"examination": "exam", "exam_fees": "exam_fees", "pass_rates": "pass_rates", "declaration": "declaration",
           "audit": "audit", "designation": "designation", "renewal": "renewal"}
"""The tables of the process, and how the names of their figures and rules in words begin in a book."""
