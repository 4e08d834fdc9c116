"""`changes`: what differs between two trackings; a pure comparison without a new decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from cmprules._answers.asked import Asked
from cmprules._answers.matching import names_now, renamed
from cmprules._facts.records import Activity, Credential, Record
from cmprules._kit.points import decimal_text, from_hundredths, money_text, to_hundredths
from cmprules._kit.shapes import Checked, FrozenMap, fields_of
from cmprules._rules.results import CredentialDecision, Need
from cmprules._words.codes.questions import ABOUT_CREDENTIAL, ABOUT_RELATION
from cmprules.tracking._values import Change, Changes, CredentialTracking, Tracking

_Found = Mapping[str | None, str | None]
"""The values of one kind in a tracking, by area, activity or field (None if the subject says it all)."""


def changes(before: Tracking, after: Tracking) -> Changes:
    """Return what differs between two trackings of one holder.

    It compares the record; for every credential the outcome, standing and window, the points needed and applied in each
    area, the holder's own placement, the points not placed yet, the open questions and the next step; then the fees,
    the edition, the number of the rules, and the trust.  The passing of days is not a change, and neither is the order
    of a record.

    Args:
        before: the earlier tracking.
        after: the later one.

    Returns:
        Everything that differs, each with its code; empty, and therefore false, if nothing differs.

    Raises:
        InputError: an argument is not a tracking, or the two are of different holders.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> pbt, mls = (cmprules.read_record(f"examples/{name}") for name in ("pbt.toml", "mls-met.json"))
    >>> before = cmprules.track(pbt, book, on="2026-03-01")
    >>> [one.code for one in cmprules.changes(before, cmprules.track(pbt, book, on="2026-06-01")).changes]
    ['STANDING_CHANGED', 'WINDOW_CHANGED', 'FEES_CHANGED']
    >>> cmprules.changes(before, cmprules.track(mls, book, on="2026-03-01"))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.after.record.holder.id: OTHER_HOLDER: got 'sample-mls-02', expected 'sample-pbt-01'; compare trackings of one
      holder
    """
    _check(before, after)
    return Changes(
        before_on=before.on, after_on=after.on, days=(after.on - before.on).days,
        changes=tuple(_changes(before, after)), edition=after.edition, edition_sha256=after.edition_sha256,
        sources=FrozenMap(),
    )


def _check(before: Tracking, after: Tracking) -> None:
    """Refuse arguments that are not trackings, and trackings of different holders."""
    asked = Asked()
    asked.of_class(before, Tracking, "$.before")
    asked.of_class(after, Tracking, "$.after")
    if not asked.faults and before.record.holder.id != after.record.holder.id:
        asked.refuse("$.after.record.holder.id", "OTHER_HOLDER", after.record.holder.id,
                     f"'{before.record.holder.id}'", "compare trackings of one holder")
    asked.settle()


def _changes(before: Tracking, after: Tracking) -> Iterator[Change]:
    """Compare the record, then every shared credential, then the inputs."""
    names = names_now(before.record, after.record)
    earlier = renamed(before.record, names)
    yield from _parts("CREDENTIAL", before.record.credentials, after.record.credentials)
    for credential in before.credentials:
        if credential.id in after:
            yield from _credential(credential.id, before, after, earlier, names)
    yield from _parts("ACTIVITY", earlier.activities, after.record.activities)
    for code, look in _WHOLE.items():
        yield from _differing(code, "record", {None: look(before)}, {None: look(after)})


def _differing(code: str, subject: str, before: _Found, after: _Found) -> Iterator[Change]:
    """List every place where two trackings differ."""
    for where in dict.fromkeys([*before, *after]):
        if before.get(where) != after.get(where):
            yield Change(code=code, subject=subject, where=where, before=before.get(where), after=after.get(where))


# ---------------------------------------------------------------------------------------------------------
# The parts of a record.


def _parts(
    kind: str, before: Iterable[Activity | Credential], after: Iterable[Activity | Credential]
) -> Iterator[Change]:
    """List the credentials, or the activities, that were added, removed or changed."""
    old, new = ({part.id: part for part in parts} for parts in (before, after))
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            yield Change(code=f"{kind}_REMOVED", subject=name, where=None, before=_short(old[name]), after=None)
        elif name not in old:
            yield Change(code=f"{kind}_ADDED", subject=name, where=None, before=None, after=_short(new[name]))
        else:
            yield from _differing(f"{kind}_ALTERED", name, _fields(old[name]), _fields(new[name]))


def _short(part: Activity | Credential) -> str:
    """Name a part of a record as people call it."""
    return part.title if isinstance(part, Activity) else f"{part.code}({part.body})"


def _fields(part: Checked) -> _Found:
    """Write every field of a value as text."""
    return {field.key: _text(field.shape.write(getattr(part, field.name))) for field in fields_of(type(part))}


def _text(value: Any) -> str | None:
    """Write plain data as text; an empty value becomes None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) or None if isinstance(value, list) else value


# ---------------------------------------------------------------------------------------------------------
# A credential.


def _credential(
    id: str, before: Tracking, after: Tracking, earlier: Record, names: Mapping[str, str]
) -> Iterator[Change]:
    """Compare one shared credential; `earlier` is the first record with the ids of the second."""
    old, new = before[id], after[id]
    now = {activity.id: activity.id for activity in after.record.activities}
    shown = _as_one(before.decision[id], names) | _as_one(after.decision[id], now)
    for code, look in _OF_CREDENTIALS.items():
        yield from _differing(code, id, look(old), look(new))
    yield from _differing("WAITING_CHANGED", id, _waiting(old, names, shown), _waiting(new, now, shown))
    yield from _differing("PLACEMENT_CHANGED", id, _placed_by_holder(earlier, id),
                          _placed_by_holder(after.record, id))
    yield from _questions(id, before, after, names)


def _by_area(whole: str, part: str, one: CredentialTracking) -> _Found:
    """Write one figure of a credential, in total and by area."""
    return {"total": _figure(getattr(one, whole)),
            **{area.area: _figure(getattr(area, part)) for area in one.areas or ()}}


def _figure(points: Decimal | None) -> str | None:
    return None if points is None else decimal_text(points)


_OF_CREDENTIALS: dict[str, Callable[[CredentialTracking], _Found]] = {
    "OUTCOME_CHANGED": lambda credential: {None: str(credential.outcome)},
    "STANDING_CHANGED": lambda credential: {None: str(credential.standing)},
    "WINDOW_CHANGED": lambda credential: {None: credential.window},
    "NEEDED_CHANGED": partial(_by_area, "needed", "needed"),
    "APPLIED_CHANGED": partial(_by_area, "applied", "applied"),
    "STEP_CHANGED": lambda credential: {None: credential.next_step.code},
}
"""The compared parts of a credential."""


def _placed_by_holder(record: Record, id: str) -> _Found:
    """Add up the holder's own placement in a credential, by activity and area."""
    found: dict[str | None, int] = {}
    for placement in record.placements:
        if placement.credential == id:
            where = f"{placement.activity}: {placement.area}"
            found[where] = found.get(where, 0) + to_hundredths(placement.points)
    return {where: decimal_text(from_hundredths(points)) for where, points in found.items()}


def _as_one(decided: CredentialDecision, names: Mapping[str, str]) -> dict[str, str]:
    """Map each entry that may be one with others to the first: the entry that is shown may depend on the ids."""
    found: dict[str, str] = {}
    for finding in decided.findings:
        if finding.code in ABOUT_RELATION and finding.others:
            together = {names.get(name, name) for name in (finding.subject, *finding.others)}
            together |= {name for name, first in found.items() if first in {found.get(other) for other in together}}
            found.update(dict.fromkeys(together, min(together)))
    return found


def _waiting(one: CredentialTracking, names: Mapping[str, str], shown: Mapping[str, str]) -> _Found:
    """Add up what waits to be placed, entries that may be one together."""
    found: dict[str | None, Decimal] = {}
    for credit in one.waiting or ():
        name = names[credit.activity]
        found[shown.get(name, name)] = found.get(shown.get(name, name), Decimal()) + credit.points
    return {name: decimal_text(points) for name, points in found.items()}


def _asked(needs: Iterable[Need], names: Mapping[str, str]) -> dict[tuple[object, ...], list[Need]]:
    """Sort questions by code and by what they are about: of entries that may be one, by all of these."""
    found: dict[tuple[object, ...], list[Need]] = {}
    for need in needs:
        about = [need.subject, *(need.others or ())] if need.code in ABOUT_RELATION else [need.subject]
        ids = frozenset(names.get(name, name) if need.code not in ABOUT_CREDENTIAL else name for name in about)
        found.setdefault((need.code, ids), []).append(need)
    return found


def _questions(id: str, before: Tracking, after: Tracking, names: Mapping[str, str]) -> Iterator[Change]:
    """List the new questions, and those that are settled."""
    old, new = _asked(before.decision[id].needs, names), _asked(after.decision[id].needs, {})
    for about in dict.fromkeys([*old, *new]):
        first, second = old.get(about, []), new.get(about, [])
        for need in first[len(second):]:
            where = f"{need.code}: {names.get(need.subject, need.subject)}"
            yield Change(code="QUESTION_REMOVED", subject=id, where=where, before=need.question, after=None)
        for need in second[len(first):]:
            yield Change(code="QUESTION_ADDED", subject=id, where=f"{need.code}: {need.subject}", before=None,
                         after=need.question)


# ---------------------------------------------------------------------------------------------------------
# The whole tracking.


def _fees(tracking: Tracking) -> str | None:
    total = tracking.decision.fees.total
    return None if total is None else money_text(total)


def _edition(tracking: Tracking) -> str:
    """Name the edition, and the user's own rows, by their digests."""
    stamp = tracking.decision.stamp
    return " ".join([stamp.edition, *(digest[:12] for digest in (stamp.edition_sha256, *stamp.extra_sha256))])


_WHOLE: dict[str, Callable[[Tracking], str | None]] = {
    "FEE_REGION_CHANGED": lambda tracking: tracking.record.holder.fee_region,
    "FEES_CHANGED": _fees,
    "EDITION_CHANGED": _edition,
    "RULES_CHANGED": lambda tracking: str(tracking.decision.stamp.rules),
    "TRUST_CHANGED": lambda tracking: str(tracking.decision.stamp.trust),
}
"""The compared parts of whole trackings."""
