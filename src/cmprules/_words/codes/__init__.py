"""Every public code of an answer or a fault, in one table, with its meaning and what to do.

Codes are public and stay the same; the wording may change.  The reference pages are generated from this table.
"""

from __future__ import annotations

from cmprules._words.codes.events import EVENTS as EVENTS
from cmprules._words.codes.explained import EXPLAINED as EXPLAINED
from cmprules._words.codes.faults import FAULTS as FAULTS
from cmprules._words.codes.findings import FINDINGS as FINDINGS
from cmprules._words.codes.notices import HYPOTHETICAL as HYPOTHETICAL
from cmprules._words.codes.notices import NOTICE as NOTICE
from cmprules._words.codes.notices import Code as Code
from cmprules._words.codes.plans import PLANS as PLANS
from cmprules._words.codes.progress import CHANGES as CHANGES
from cmprules._words.codes.progress import MESSAGES as MESSAGES
from cmprules._words.codes.progress import READY_TO_DECLARE as READY_TO_DECLARE
from cmprules._words.codes.progress import STEPS as STEPS
from cmprules._words.codes.questions import ABOUT_ACTIVITY as ABOUT_ACTIVITY
from cmprules._words.codes.questions import ABOUT_CREDENTIAL as ABOUT_CREDENTIAL
from cmprules._words.codes.questions import ABOUT_POLICY as ABOUT_POLICY
from cmprules._words.codes.questions import ABOUT_RELATION as ABOUT_RELATION
from cmprules._words.codes.questions import ASKED as ASKED
from cmprules._words.codes.questions import NEEDS as NEEDS
from cmprules._words.codes.questions import NOT_OF_THIS_BODY as NOT_OF_THIS_BODY
from cmprules._words.codes.questions import QUESTIONS as QUESTIONS
from cmprules._words.codes.questions import YES_OR_NO as YES_OR_NO
