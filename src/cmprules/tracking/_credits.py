"""The credits of a record: which arrived automatically, what the others lack, and which are not placed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from cmprules._facts.records import Activity, Placement
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._policy.book import KindRule, PolicyBook, Statement
from cmprules._rules.entries import Entry
from cmprules._rules.results import CredentialDecision
from cmprules._words import vocabulary
from cmprules.tracking._values import AreaProgress, Credit, WaitingCredit

REQUIRED_FIELDS, AUDIT_FIELDS = "audit/required_fields", "audit/required_for_audit"

_AUTOMATIC = ("ascp", "upload")
_FIELD_OF: Final[dict[str, str]] = {"activity_type": "kind", "title": "title", "date": "completed_on",
                                    "credits": "amount", "provider": "provider"}
"""The name of a field in the rules, and its name in the record."""


def credit_of(activity: Activity, book: PolicyBook) -> Credit:
    """Return how an activity came into the record, and which fields it lacks.

    Credits from ASCP, and from providers that send theirs, arrive automatically.  The holder records everything else,
    including entries without a source.
    """
    automatic = activity.source in _AUTOMATIC
    return Credit(
        activity=activity.id, automatic=automatic,
        missing=() if automatic else _missing(activity, book, REQUIRED_FIELDS),
        missing_for_audit=() if automatic else _missing(activity, book, AUDIT_FIELDS),
    )


def _missing(activity: Activity, book: PolicyBook, rule: str) -> tuple[str, ...]:
    """List the fields that a rule asks for and an activity lacks."""
    stated: Statement = book.statements[rule]
    fields = (_FIELD_OF[word] for word in stated.words if word in _FIELD_OF)
    return tuple(field for field in fields if getattr(activity, field) is None)


@attrs.frozen(kw_only=True)
class OwnPlacement:
    """The holder's own placement in one credential, compared with the decision.

    Attributes:
        areas: every area, with the points that the holder placed there.
        useful: the points that it brings, in hundredths, up to the need of each area.
        waiting: points that count but are not placed.
    """

    areas: tuple[AreaProgress, ...]
    useful: int
    waiting: tuple[WaitingCredit, ...]


def own_placement(
    placements: Sequence[Placement], decided: CredentialDecision, entries: Sequence[Entry], book: PolicyBook
) -> OwnPlacement | None:
    """Compare the holder's own placement with what counts; None if no table is established.

    The points of an activity that count are those that the decision placed or found unneeded.  Of these, the points
    that the holder has not placed are waiting.  A capped kind has room up to its cap, in the order of the record.
    """
    if decided.areas is None or decided.activities is None:
        return None
    count = {result.id: to_hundredths(result.placed) + to_hundredths(result.surplus)
             for result in decided.activities if result.placed or result.surplus or result.over_cap}
    own = [placement for placement in placements if placement.credential == decided.id and placement.activity in count]
    by_area = _summed((placement.area, placement) for placement in own)
    areas = tuple(
        AreaProgress(area=area.area, needed=area.required, applied=area.placed, short=area.short,
                     placed_by_holder=from_hundredths(by_area[area.area]))
        for area in decided.areas
    )
    open_areas = {area.area for area in areas if area.placed_by_holder < area.needed}
    accepted = [entry for entry in entries if entry.activity.id in count]
    return OwnPlacement(
        areas=areas, waiting=tuple(_waiting(_summed((placement.activity, placement) for placement in own), count,
                                            accepted, open_areas,
                                            book)),
        useful=sum(min(by_area[area.area], to_hundredths(area.needed)) for area in areas),
    )


def _summed(named: Iterable[tuple[str, Placement]]) -> Counter[str]:
    """Add up placed points by name, in hundredths."""
    found: Counter[str] = Counter()
    for name, placement in named:
        found[name] += to_hundredths(placement.points)
    return found


def _waiting(
    placed: Counter[str], count: dict[str, int], accepted: Sequence[Entry], open_areas: set[str], book: PolicyBook
) -> Iterable[WaitingCredit]:
    """List the waiting points by activity; for each kind no more than what counts and is not placed."""
    left = {entry.activity.id: max(0, entry.points - placed[entry.activity.id]) for entry in accepted}
    room: Counter[str] = Counter()
    for entry in accepted:
        name = entry.activity.id
        room[entry.activity.kind] += count[name] - (entry.points - left[name])
    for entry in accepted:
        activity = entry.activity
        waits = min(left[activity.id], room[activity.kind])
        if waits > 0:
            room[activity.kind] -= waits
            yield WaitingCredit(activity=activity.id, points=from_hundredths(waits),
                                areas=_may_serve(entry, open_areas, book))


def _may_serve(entry: Entry, areas: set[str], book: PolicyBook) -> tuple[str, ...]:
    """List the areas, among some, that an activity may serve, in the order of the table."""
    rule: KindRule = book.rules.kinds[entry.activity.kind]
    served = () if rule.pool_only else entry.areas
    return tuple(area for area in (*served, vocabulary.POOL) if area in areas)
