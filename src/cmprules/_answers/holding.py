"""Checks that the parts of a decision that was read fit together.

A decision made by this package always passes.  A decision that is read may have been written, shortened or changed by
anyone, so its parts are checked against each other, and its words against the closed lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cmprules._rules.results import ActivityResult, CredentialDecision, DecisionFields
from cmprules._words import vocabulary
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.codes.questions import NEEDS
from cmprules._words.enums import Outcome
from cmprules.errors import Fault

_AREAS = (*vocabulary.AREAS, vocabulary.POOL)
_STATUSES = ("not_open", "open", "late", "expired")
_ITEMS = ("application", "reduced_application", "reinstatement")
_ALL_OR_NONE = ("total", "areas", "shortfalls", "placements")
_Named = tuple[str, str]


def decision_faults(decision: DecisionFields, path: str) -> Iterator[Fault]:
    """Note every part of a decision that does not fit the rest."""
    names = [credential.id for credential in decision.credentials]
    yield from _repeated([(f"{path}.credentials[{place}].id", name) for place, name in enumerate(names)])
    for place, credential in enumerate(decision.credentials):
        yield from _credential_faults(credential, decision.sources, f"{path}.credentials[{place}]")
    yield from _fee_faults(decision, names, f"{path}.fees")


def unknown(named: Iterable[_Named], known: Collection[str], what: str) -> Iterator[Fault]:
    """Note every name, given with its path, that is not known."""
    for path, name in named:
        if name not in known:
            yield unfit(path, name, what)


def citing(cited: Iterable[_Named], sources: Collection[str]) -> Iterator[Fault]:
    """Note every citation of a source that the answer does not list."""
    yield from unknown(cited, sources, "a source that the answer lists")


def unfit(path: str, value: object, expected: str) -> Fault:
    """Make the fault of a part that does not fit."""
    return Fault(path=path, code="DOES_NOT_FIT", value=value, expected=expected,
                 hint="it is not what was written; take the copy that was kept first")


def _repeated(named: Iterable[_Named]) -> Iterator[Fault]:
    seen = set()
    for path, name in named:
        if name in seen:
            yield Fault(path=path, code="REPEATED_ID", value=name, expected="an id of its own",
                        hint="another has it already")
        seen.add(name)


def _credential_faults(found: CredentialDecision, sources: Collection[str], path: str) -> Iterator[Fault]:
    """Note the parts that do not fit in the answer for one credential."""
    yield from unknown([(f"{path}.code", found.code)], vocabulary.NAMES, "a credential code")
    yield from unknown([(f"{path}.body", found.body)], vocabulary.BODIES.get(found.code, ("ASCP", "ASCPi")),
                       "a body that has this credential")
    if found.declaration is not None:
        yield from unknown([(f"{path}.declaration.status", found.declaration.status)], _STATUSES, "a status")
    if len({getattr(found, name) is None for name in _ALL_OR_NONE}) > 1:
        yield unfit(path, None, f"all of {', '.join(_ALL_OR_NONE)}, or none of them")
    if found.needs and found.outcome is not Outcome.NEEDS_REVIEW:
        yield unfit(f"{path}.needs", len(found.needs), f"none where the outcome is {found.outcome}")
    yield from unknown([(f"{path}.needs[{place}].code", need.code) for place, need in enumerate(found.needs)], NEEDS,
                       "the code of a need")
    yield from unknown([(f"{path}.findings[{place}].code", finding.code)
                        for place, finding in enumerate(found.findings)], FINDINGS, "the code of a finding")
    yield from citing([(f"{path}.findings[{place}].citations", citation.source)
                       for place, finding in enumerate(found.findings) for citation in finding.citations], sources)
    yield from _table_faults(found, path)


def _table_faults(found: CredentialDecision, path: str) -> Iterator[Fault]:
    """Note unknown areas and activities, and points that do not add up."""
    areas, shortfalls, placements = found.areas or (), found.shortfalls or (), found.placements or ()
    yield from unknown([(f"{path}.areas[{place}].area", area.area) for place, area in enumerate(areas)], _AREAS,
                       "an area, or pool")
    known = [area.area for area in areas]
    yield from unknown([(f"{path}.shortfalls[{place}].areas", name) for place, shortfall in enumerate(shortfalls)
                        for name in shortfall.areas], known, "an area of this table")
    for place, shortfall in enumerate(shortfalls):
        if not shortfall.areas:
            yield unfit(f"{path}.shortfalls[{place}].areas", None, "the areas that the proof is over")
    yield from unknown([(f"{path}.placements[{place}].area", placed.area) for place, placed in enumerate(placements)],
                       known, "an area of this table")
    yield from unknown([(f"{path}.placements[{place}].activity", placed.activity)
                        for place, placed in enumerate(placements)],
                        {candidate.id for candidate in found.activities or ()},
                       "an activity of this decision")
    for place, activity in enumerate(found.activities or ()):
        if _sum(activity) != activity.entered:
            yield unfit(f"{path}.activities[{place}]", activity.id, "seven parts that add up to what was entered")


def _sum(activity: ActivityResult) -> object:
    return (activity.placed + activity.surplus + activity.over_cap + activity.outside_cycle + activity.not_acceptable
            + activity.duplicate + activity.unconfirmed)


def _fee_faults(decision: DecisionFields, names: Collection[str], path: str) -> Iterator[Fault]:
    """Note fees of unknown credentials or items, and a total that is not their sum."""
    fees = decision.fees
    yield from unknown([(f"{path}.lines[{place}].credential", line.credential)
                        for place, line in enumerate(fees.lines)], names, "a credential of this decision")
    yield from unknown([(f"{path}.lines[{place}].item", line.item) for place, line in enumerate(fees.lines)], _ITEMS,
                       "an item of the fees")
    if fees.total is None and (fees.why is None or fees.lines):
        yield unfit(f"{path}.why", fees.why, "a reason and no lines where there is no total")
    if fees.total is not None and fees.total != sum(line.amount for line in fees.lines):
        yield unfit(f"{path}.total", fees.total, "the sum of the lines")
