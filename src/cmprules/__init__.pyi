from cmprules import (
    audit as audit,
)
from cmprules import (
    batch as batch,
)
from cmprules import (
    comparing as comparing,
)
from cmprules import (
    declaring as declaring,
)
from cmprules import (
    errors as errors,
)
from cmprules import (
    exam as exam,
)
from cmprules import (
    explaining as explaining,
)
from cmprules import (
    intake as intake,
)
from cmprules import (
    participation as participation,
)
from cmprules import (
    parts as parts,
)
from cmprules import (
    planning as planning,
)
from cmprules import (
    receipts as receipts,
)
from cmprules import (
    renewal as renewal,
)
from cmprules import (
    reporting as reporting,
)
from cmprules import (
    testing as testing,
)
from cmprules import (
    timelines as timelines,
)
from cmprules import (
    tracking as tracking,
)
from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._answers.reading import parse_decision
from cmprules._answers.render import render
from cmprules._facts.examples import example
from cmprules._facts.reading import parse_record, read_record
from cmprules._facts.records import Activity, Credential, Holder, Period, Placement, Record, Settled
from cmprules._facts.schemas import json_schema
from cmprules._kit.canonical import to_mapping
from cmprules._policy.book import Citation, LastDay, Policy, PolicyBook, Setting, Source
from cmprules._policy.entries import AreaEntry, CodeEntry, KindEntry, UnitEntry
from cmprules._policy.load import editions, load_book
from cmprules._rules.allocation import allocate
from cmprules._rules.fees import quote_fees
from cmprules._rules.results import Allocation, Closer, CredentialDecision, FeeQuote, Finding, Shortfall
from cmprules._rules.verify import verify_allocation
from cmprules._version import __version__
from cmprules._words.enums import Grade, Outcome, Standing
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
from cmprules.timelines._icalendar import to_icalendar
from cmprules.timelines._sittings import Sitting
from cmprules.timelines._timeline import timeline
from cmprules.timelines._values import Timeline, TimelineEvent
from cmprules.tracking._changes import changes
from cmprules.tracking._reading import parse_tracking
from cmprules.tracking._track import track
from cmprules.tracking._values import Change, Changes, CredentialTracking, NextStep, Tracking

__all__ = [
    "Activity",
    "Allocation",
    "AreaEntry",
    "Change",
    "Changes",
    "Citation",
    "Closer",
    "CmpRulesError",
    "CodeEntry",
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
    "KindEntry",
    "LastDay",
    "MissingExtraError",
    "NextStep",
    "NotEstablishedError",
    "NotInForceError",
    "Outcome",
    "Period",
    "Placement",
    "Policy",
    "PolicyBook",
    "PolicyDataError",
    "Record",
    "Setting",
    "Settled",
    "Shortfall",
    "Sitting",
    "Source",
    "Standing",
    "Timeline",
    "TimelineEvent",
    "Tracking",
    "UnitEntry",
    "UnknownCodeError",
    "UnknownEditionError",
    "__version__",
    "allocate",
    "changes",
    "compare",
    "decide",
    "editions",
    "example",
    "explain",
    "json_schema",
    "load_book",
    "parse_decision",
    "parse_receipt",
    "parse_record",
    "parse_tracking",
    "plan",
    "quote_fees",
    "read_receipt",
    "read_record",
    "receipt",
    "render",
    "replay",
    "timeline",
    "to_icalendar",
    "to_mapping",
    "track",
    "verify_allocation",
]
