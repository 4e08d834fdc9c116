"""Exact, sourced and dated rules for maintaining ASCP Board of Certification credentials.

    import cmprules
    from datetime import date

    book = cmprules.load_book(edition="2026.1")            # pinned: always the same answers
    record = cmprules.read_record("examples/mls-nearly-there.json")
    decision = cmprules.decide(record, book, on=date(2026, 3, 10))
    print(cmprules.render(decision, "text"))

`dir(cmprules)` lists the public names, and `help(cmprules.decide)` explains one of them.  More names are in modules of
their own, such as `cmprules.exam` and `cmprules.renewal`: see `help(cmprules.exam)`.  The classes of the parts of an
answer are in `cmprules.parts`.  `python -m cmprules --help` lists the commands.

The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

import sys
from importlib import import_module
from warnings import warn

from cmprules._version import __version__ as __version__

_HOMES = {
    "Activity": "_facts.records",
    "Allocation": "_rules.results",
    "AreaEntry": "_policy.entries",
    "Change": "tracking._values",
    "Changes": "tracking._values",
    "Citation": "_policy.book",
    "Closer": "_rules.results",
    "CmpRulesError": "errors",
    "CodeEntry": "_policy.entries",
    "Credential": "_facts.records",
    "CredentialDecision": "_rules.results",
    "CredentialTracking": "tracking._values",
    "Decision": "_answers.decision",
    "Explanation": "explaining._values",
    "Fault": "errors",
    "FeeQuote": "_rules.results",
    "Finding": "_rules.results",
    "Grade": "_words.enums",
    "Holder": "_facts.records",
    "InputError": "errors",
    "KindEntry": "_policy.entries",
    "LastDay": "_policy.book",
    "MissingExtraError": "errors",
    "NextStep": "tracking._values",
    "NotEstablishedError": "errors",
    "NotInForceError": "errors",
    "Outcome": "_words.enums",
    "Period": "_facts.records",
    "Placement": "_facts.records",
    "Policy": "_policy.book",
    "PolicyBook": "_policy.book",
    "PolicyDataError": "errors",
    "Record": "_facts.records",
    "Settled": "_facts.records",
    "Setting": "_policy.book",
    "Shortfall": "_rules.results",
    "Sitting": "timelines._sittings",
    "Source": "_policy.book",
    "Standing": "_words.enums",
    "Timeline": "timelines._values",
    "TimelineEvent": "timelines._values",
    "Tracking": "tracking._values",
    "UnitEntry": "_policy.entries",
    "UnknownCodeError": "errors",
    "UnknownEditionError": "errors",
    "allocate": "_rules.allocation",
    "changes": "tracking._changes",
    "compare": "comparing._compare",
    "decide": "_answers.decide",
    "editions": "_policy.load",
    "example": "_facts.examples",
    "explain": "explaining._explain",
    "json_schema": "_facts.schemas",
    "load_book": "_policy.load",
    "parse_decision": "_answers.reading",
    "parse_receipt": "receipts._reading",
    "parse_record": "_facts.reading",
    "parse_tracking": "tracking._reading",
    "plan": "planning._planning",
    "quote_fees": "_rules.fees",
    "read_receipt": "receipts._reading",
    "read_record": "_facts.reading",
    "receipt": "receipts._receipt",
    "render": "_answers.render",
    "replay": "receipts._receipt",
    "timeline": "timelines._timeline",
    "to_icalendar": "timelines._icalendar",
    "to_mapping": "_kit.canonical",
    "track": "tracking._track",
    "verify_allocation": "_rules.verify",
}
"""The module of each public name.  A name is imported on first use, so a program that only decides does not wait for
the planner to load; `__init__.pyi` says the same to type checkers."""

__all__ = sorted([*_HOMES, "__version__"])  # noqa: PLE0605

_DEPRECATED: dict[str, str] = {}
"""Names that are to go, and those to use instead.  Each works, with a warning, for at least one minor release."""

_DOORS = frozenset({
    "audit", "batch", "comparing", "conformance", "declaring", "errors", "exam", "explaining", "intake",
    "participation", "parts", "planning", "receipts", "renewal", "reporting", "testing", "timelines", "tracking",
})
"""The public modules."""

_UP_TO_HELP = 4
"""How far up `pydoc` is when it asks for the list of names."""


def __getattr__(name: str) -> object:
    """Import a public name, or a public module, on first use."""
    if name in _DOORS:
        return import_module(f"cmprules.{name}")
    if name in _DEPRECATED:
        warn(f"cmprules.{name} is deprecated; use cmprules.{_DEPRECATED[name]}", DeprecationWarning, stacklevel=2)
        return __getattr__(_DEPRECATED[name])
    if name not in _HOMES:
        raise AttributeError(f"module 'cmprules' has no attribute {name!r}")
    value: object = getattr(import_module(f"cmprules.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names and the public modules, imported or not.

    `help` would import all of them and print every page of every class; it shows the description and the contents.
    """
    return ["__version__"] if _asked_by_help() else sorted({*__all__, *_DOORS})


def _asked_by_help() -> bool:
    """Whether the caller is `pydoc`, which asks through two functions of `inspect`."""
    frame = sys._getframe()  # noqa: SLF001  # `inspect` would make every start of the package slower
    for _ in range(_UP_TO_HELP):
        frame = frame.f_back or frame
    return frame.f_globals.get("__name__") == "pydoc"
