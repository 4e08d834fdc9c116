"""All tables of codes in one place, for the reference pages and the tests; the package itself needs a few of them."""

from __future__ import annotations

from cmprules._words.codes.events import EVENTS
from cmprules._words.codes.explained import EXPLAINED
from cmprules._words.codes.faults import FAULTS
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.codes.notices import NOTICE, Code
from cmprules._words.codes.plans import PLANS
from cmprules._words.codes.progress import CHANGES, MESSAGES, READY_TO_DECLARE, STEPS
from cmprules._words.codes.questions import ASKED, NEEDS, QUESTIONS

__all__ = ["ASKED", "CHANGES", "EVENTS", "EXPLAINED", "FAULTS", "FINDINGS", "MESSAGES", "NEEDS", "NOTICE", "PLANS",
           "QUESTIONS", "READY_TO_DECLARE", "STEPS", "Code"]
