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

from importlib import import_module

from cmprules._version import __version__ as __version__

_HOMES = {
    "Activity": "_facts",
    "Allocation": "_results",
    "Change": "_tracking",
    "Changes": "_tracking",
    "Citation": "_policy",
    "CmpRulesError": "errors",
    "Credential": "_facts",
    "CredentialDecision": "_results",
    "CredentialTracking": "_tracking",
    "Decision": "_decision",
    "Explanation": "explaining._values",
    "Fault": "errors",
    "FeeQuote": "_results",
    "Finding": "_results",
    "Grade": "_enums",
    "Holder": "_facts",
    "InputError": "errors",
    "MissingExtraError": "errors",
    "NextStep": "_tracking",
    "NotEstablishedError": "errors",
    "NotInForceError": "errors",
    "Outcome": "_enums",
    "Period": "_facts",
    "Placement": "_facts",
    "Policy": "_policy",
    "PolicyBook": "_policy",
    "PolicyDataError": "errors",
    "Record": "_facts",
    "Shortfall": "_results",
    "Sitting": "_timeline",
    "Source": "_policy",
    "Standing": "_enums",
    "Timeline": "_timeline",
    "TimelineEvent": "_timeline",
    "Tracking": "_tracking",
    "UnknownCodeError": "errors",
    "UnknownEditionError": "errors",
    "allocate": "_allocation",
    "changes": "_tracking",
    "compare": "comparing._compare",
    "decide": "_decide",
    "editions": "_load",
    "explain": "explaining._explain",
    "json_schema": "_schemas",
    "load_book": "_load",
    "parse_decision": "_wire",
    "parse_receipt": "receipts._reading",
    "parse_record": "_wire",
    "parse_tracking": "_wire",
    "plan": "planning._planning",
    "quote_fees": "_fees",
    "read_receipt": "receipts._reading",
    "read_record": "_wire",
    "receipt": "receipts._receipt",
    "render": "_render",
    "replay": "receipts._receipt",
    "timeline": "_timeline",
    "to_icalendar": "_timeline",
    "to_mapping": "_canonical",
    "track": "_tracking",
    "verify_allocation": "_verify",
}
"""Where each public name lives.  It is imported when it is first asked for, so that a program which decides does not
wait for what plans; `__init__.pyi` says the same to type checkers."""

__all__ = sorted([*_HOMES, "__version__"])  # noqa: PLE0605

_DOORS = frozenset({
    "audit", "batch", "comparing", "conformance", "declaring", "errors", "exam", "explaining", "participation",
    "planning", "receipts", "renewal", "testing",
})
"""Modules with names of their own."""


def __getattr__(name: str) -> object:
    """Import a public name, or a module with names of its own, when it is first asked for."""
    if name in _DOORS:
        return import_module(f"cmprules.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'cmprules' has no attribute {name!r}")
    value: object = getattr(import_module(f"cmprules.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, whether they have been asked for or not; some doors need an extra, and are left out."""
    return sorted({*globals(), *__all__})
