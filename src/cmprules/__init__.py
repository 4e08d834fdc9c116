"""Exact, sourced and dated rules for maintaining ASCP Board of Certification credentials.

    import cmprules
    from datetime import date

    book = cmprules.load_book(edition="2026.1")            # pinned: the same answers for ever
    record = cmprules.read_record("examples/mls-nearly-there.json")
    decision = cmprules.decide(record, book, on=date(2026, 3, 10))
    print(cmprules.render(decision, "text"))

The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules._allocation import allocate
from cmprules._canonical import to_mapping
from cmprules._decide import decide
from cmprules._decision import Decision
from cmprules._enums import Grade, Outcome, Standing
from cmprules._facts import Activity, Credential, Holder, Period, Placement, Record
from cmprules._fees import quote_fees
from cmprules._load import editions, load_book
from cmprules._policy import Citation, Policy, PolicyBook, Source
from cmprules._render import render
from cmprules._results import Allocation, CredentialDecision, FeeQuote, Finding, Shortfall
from cmprules._schemas import json_schema
from cmprules._timeline import Sitting, Timeline, TimelineEvent, timeline, to_icalendar
from cmprules._tracking import Change, Changes, CredentialTracking, NextStep, Tracking, changes, track
from cmprules._verify import verify_allocation
from cmprules._version import __version__
from cmprules._wire import parse_decision, parse_record, parse_tracking, read_record
from cmprules.comparing._compare import compare
from cmprules.errors import (
    CmpRulesError,
    Fault,
    InputError,
    MissingExtraError,
    NotEstablishedError,
    NotInForceError,
    PolicyDataError,
    UnknownCodeError,
    UnknownEditionError,
)
from cmprules.explaining._explain import explain
from cmprules.explaining._values import Explanation
from cmprules.planning._planning import plan
from cmprules.receipts._reading import parse_receipt, read_receipt
from cmprules.receipts._receipt import receipt, replay

__all__ = [
    "Activity",
    "Allocation",
    "Change",
    "Changes",
    "Citation",
    "CmpRulesError",
    "Credential",
    "CredentialDecision",
    "CredentialTracking",
    "Decision",
    "Explanation",
    "Fault",
    "FeeQuote",
    "Finding",
    "Grade",
    "Holder",
    "InputError",
    "MissingExtraError", "NextStep",
    "NotEstablishedError",
    "NotInForceError",
    "Outcome",
    "Period",
    "Placement",
    "Policy",
    "PolicyBook",
    "PolicyDataError",
    "Record",
    "Shortfall",
    "Sitting",
    "Source",
    "Standing",
    "Timeline",
    "TimelineEvent",
    "Tracking",
    "UnknownCodeError",
    "UnknownEditionError",
    "__version__",
    "allocate",
    "changes", "compare",
    "decide",
    "editions",
    "explain",
    "json_schema",
    "load_book",
    "parse_decision",
    "parse_receipt",
    "parse_record",
    "parse_tracking", "plan",
    "quote_fees",
    "read_receipt",
    "read_record",
    "receipt",
    "render",
    "replay", "timeline", "to_icalendar",
    "to_mapping",
    "track",
    "verify_allocation",
]
