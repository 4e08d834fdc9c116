"""What counts: the cycle of a credential, its standing, and the test that each activity meets.

Nothing here knows what a table asks for; it only says which activities may be counted at all, and why not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from cmprules._facts.records import Activity, Credential, Period, points_of
from cmprules._kit.calendar import ONE_DAY, add_months, first_of_month, start_of_span_ending
from cmprules._kit.shapes import maker, trusted
from cmprules._policy.book import CountingRules, KindRule
from cmprules._words import vocabulary
from cmprules._words.enums import Grade, Standing

__all__ = [
    "ACCEPTED",
    "Counted",
    "Cycle",
    "Entry",
    "cycle_of",
    "days_that_count",
    "end_of",
    "entries",
    "judge",
    "participates",
    "standing_of",
]

ACCEPTED = "accepted"


# ---------------------------------------------------------------------------------------------------------
# The credential on a day.


def end_of(credential: Credential) -> date | None:
    """Give the last day of the current cycle: the expiry, or the end of a granted extension."""
    return credential.extended_until or credential.expires_on


def participates(credential: Credential) -> bool:
    """Whether the credential takes part: it has an end, or its holder takes part by choice.

    A credential from before participation became mandatory has no end; its holder may take part.
    """
    return credential.expires_on is not None or credential.voluntary


def standing_of(credential: Credential, on: date) -> Standing:
    """Say what a credential is on a day, whatever its points.

    A voluntary participant never expires: after the end the credential is one without an end date again.
    """
    expires = credential.expires_on
    if expires is None:
        return Standing.NO_END_DATE
    if on <= expires:
        return Standing.CURRENT
    if on <= (credential.extended_until or expires):
        return Standing.INACTIVE
    return Standing.NO_END_DATE if credential.voluntary else Standing.EXPIRED


@attrs.frozen(kw_only=True)
class Cycle:
    """The days whose activities count.

    Attributes:
        period: from the first to the last day of the cycle.
        counted: the same, up to the day of decision; None if the cycle begins after it.
        doubtful: the days before the start that lie in the month in which the previous cycle ended, if whether
            they count is uncertain.
        start_ignored: whether a given `cycle_start` has no bearing, the last three years being asked for.
    """

    period: Period
    counted: Period | None
    doubtful: Period | None = None
    start_ignored: bool = False


def cycle_of(
    credential: Credential, on: date, months: int = vocabulary.CYCLE_MONTHS, last_years: int = vocabulary.CYCLE_MONTHS
) -> Cycle:
    """Find the cycle of a credential that takes part, as seen on a day.

    Three years, counted in months, that end on the expiry (or the end of an extension), that day included.
    It starts on `cycle_start` if that is known; on the day of certification if that lies in the month three
    years before the month of expiry; else on the day three years before the day after the expiry.  Without an
    end, or after it, the three years that end on the day of decision count.  Both spans are given in months.

    >>> mls = Credential(id="a", code="MLS", expires_on=date(2026, 5, 31))
    >>> cycle_of(mls, date(2026, 3, 10)).period
    Period(start=datetime.date(2023, 6, 1), end=datetime.date(2026, 5, 31))
    """
    end, expires = end_of(credential), credential.expires_on
    if end is None or expires is None or on > end:
        period = trusted(Period, start=start_of_span_ending(on, last_years), end=on)
        return Cycle(period=period, counted=period, start_ignored=credential.cycle_start is not None)
    start, first_or_known = _start(credential, expires, months)
    period = trusted(Period, start=start, end=end)
    doubtful = None if first_or_known else _rest_of_month_before(start).until(on)
    return Cycle(period=period, counted=period.until(on), doubtful=doubtful)


def _start(credential: Credential, expires: date, months: int) -> tuple[date, bool]:
    """Give the first day of a cycle, and whether it is known from the record itself."""
    if credential.cycle_start is not None:
        return credential.cycle_start, True
    certified = credential.certified_on
    if certified is not None and first_of_month(certified) == add_months(first_of_month(expires), -months):
        return certified, True
    return start_of_span_ending(expires, months), False


def _rest_of_month_before(start: date) -> Period:
    """Give the month in which the previous cycle ended, up to that end."""
    previous_end = start - ONE_DAY
    return trusted(Period, start=first_of_month(previous_end), end=previous_end)


def days_that_count(rule: KindRule, cycle: Cycle) -> Period | None:
    """Find the days on which an activity of a kind counts beyond doubt; None if there is none.

    They lie within the cycle, up to the day of decision, and within the days on which the kind is acceptable.

    >>> import cmprules
    >>> rules = cmprules.load_book(edition="2026.1").rules
    >>> cycle = cycle_of(Credential(id="a", code="PBT", expires_on=date(2023, 1, 31)), date(2023, 1, 31))
    >>> days_that_count(rules.kinds["covid_work"], cycle)
    Period(start=datetime.date(2020, 3, 1), end=datetime.date(2022, 12, 31))
    """
    if cycle.counted is None:
        return None
    first, last = rule.acceptable_days
    start, end = cycle.counted.start, cycle.counted.end
    start, end = max(start, first or start), min(end, last or end)
    return trusted(Period, start=start, end=end) if start <= end else None


# ---------------------------------------------------------------------------------------------------------
# Duplicates, which hold for every credential of a record alike.


@attrs.frozen(kw_only=True)
class Entry:
    """One activity of a record, with the areas of all that are the same."""

    activity: Activity
    areas: tuple[str, ...]
    duplicate_of: str | None = None

    @property
    def points(self) -> int:
        """What was entered, in hundredths."""
        return points_of(self.activity)


_entry = maker(Entry)


def entries(activities: Sequence[Activity]) -> tuple[Entry, ...]:
    """Find duplicates: equal title and provider but for case and spaces, same day, kind and points.

    The smallest id is kept and takes over the areas of the others.  An undated activity is never one.
    """
    keys = [(one.completed_on or one.id, one.kind, points_of(one)) for one in activities]
    if len(set(keys)) == len(keys):
        return tuple([_entry(activity=one, areas=one.areas) for one in activities])
    alike: dict[object, list[Activity]] = {}
    for key, activity in zip(keys, activities, strict=True):
        alike.setdefault(key, []).append(activity)
    kept: dict[str, Entry] = {}
    for group in alike.values():
        kept.update(_merged(group))
    return tuple([kept[activity.id] for activity in activities])


def _merged(activities: Sequence[Activity]) -> Iterator[tuple[str, Entry]]:
    """Find duplicates among activities of one day and kind and with as many points."""
    groups: dict[object, list[Activity]] = {}
    for activity in activities:
        groups.setdefault(_sameness(activity) if len(activities) > 1 else None, []).append(activity)
    for group in groups.values():
        first = min(group, key=lambda activity: activity.id)
        areas = {area for activity in group for area in activity.areas}
        merged = tuple(area for area in vocabulary.AREAS if area in areas)
        for activity in group:
            yield activity.id, _entry(activity=activity, areas=merged,
                                      duplicate_of=None if activity is first else first.id)


def _sameness(activity: Activity) -> object:
    provider = None if activity.provider is None else _folded(activity.provider)
    return (_folded(activity.title), provider)


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


# ---------------------------------------------------------------------------------------------------------
# The tests that an activity meets.


@attrs.frozen(kw_only=True)
class Counted:
    """The verdict on one activity.

    Attributes:
        bucket: `accepted`, or where all its points end: `duplicate`, `unconfirmed`, `outside_cycle` or
            `not_acceptable`.
        reason: the finding that says why it is not accepted.
        if_confirmed: whether it counts in the reading in favour of the holder.
    """

    entry: Entry
    bucket: str
    reason: str | None
    if_confirmed: bool


_counted = maker(Counted)


def judge(
    listed: Iterable[Entry], rules: CountingRules, cycle: Cycle, trust: Grade = Grade.INFERRED
) -> tuple[Counted, ...]:
    """Put every activity through the tests, in their order, in both readings.

    Most meet all of them, which a glance tells; what does not is asked for its objections.
    """
    counted, unquestioned = cycle.counted, rules.unquestioned[trust]
    found = []
    for entry in listed:
        day = entry.activity.completed_on
        if (entry.duplicate_of is None and day is not None and counted is not None
                and entry.activity.kind in unquestioned and counted.start <= day <= counted.end):
            found.append(_counted(entry=entry, bucket=ACCEPTED, reason=None, if_confirmed=True))
        else:
            found.append(_judge_one(entry, rules, cycle, trust))
    return tuple(found)


def _judge_one(entry: Entry, rules: CountingRules, cycle: Cycle, trust: Grade) -> Counted:
    """Duplicate; no date; outside the cycle; not acceptable; unconfirmed by kind: the first that fits decides.

    A doubt (no date, the month of the previous end, the kind) is resolved in the holder's favour for the other
    reading, and the remaining tests are met in that reading too.
    """
    reasons = list(_objections(entry, rules, cycle, trust))
    if not reasons:
        return _counted(entry=entry, bucket=ACCEPTED, reason=None, if_confirmed=True)
    reason = reasons[0]
    return _counted(entry=entry, bucket=_BUCKETS[reason], reason=reason,
                    if_confirmed=all(_BUCKETS[reason] == "unconfirmed" for reason in reasons))


_BUCKETS = {
    "DUPLICATE": "duplicate",
    "UNDATED": "unconfirmed",
    "OUTSIDE_CYCLE": "outside_cycle",
    "MONTH_OF_PREVIOUS_END": "unconfirmed",
    "NOT_ACCEPTABLE": "not_acceptable",
    "KIND_UNCONFIRMED": "unconfirmed",
}


def _objections(entry: Entry, rules: CountingRules, cycle: Cycle, trust: Grade) -> Iterable[str]:
    """List every test that an activity fails, in their order."""
    day, kind = entry.activity.completed_on, entry.activity.kind
    if entry.duplicate_of is not None:
        yield "DUPLICATE"
    if day is None:
        yield "UNDATED"
    elif cycle.counted is None or day not in cycle.counted:
        in_doubt = cycle.doubtful is not None and day in cycle.doubtful
        yield "MONTH_OF_PREVIOUS_END" if in_doubt else "OUTSIDE_CYCLE"
    rule: KindRule = rules.kinds[kind]
    if day is not None and not rule.done_in_time(day):
        yield "NOT_ACCEPTABLE"
    if not rule.established or not rule.citation.grade.satisfies(trust):
        yield "KIND_UNCONFIRMED"
