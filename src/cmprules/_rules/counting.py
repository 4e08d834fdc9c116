"""The credential on a day: its standing, and the cycle whose activities count."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cmprules._facts.records import Credential, Period
from cmprules._kit.calendar import (
    ONE_DAY,
    add_months,
    first_of_month,
    is_last_of_month,
    last_of_month,
    start_of_span_ending,
)
from cmprules._kit.shapes import trusted
from cmprules._policy.book import KindRule
from cmprules._words import vocabulary
from cmprules._words.enums import Standing

# ---------------------------------------------------------------------------------------------------------
# The credential on a day.


def end_of(credential: Credential) -> date | None:
    """Return the last day of the current cycle: the expiration date, or the end of a granted extension."""
    return credential.extended_until or credential.expires_on


def participates(credential: Credential) -> bool:
    """Return whether the credential is maintained: it has an end date, or its holder takes part by choice.

    A credential from before participation became mandatory has no end date; its holder may take part.
    """
    return credential.expires_on is not None or credential.voluntary


def standing_of(credential: Credential, on: date) -> Standing:
    """Return the standing of a credential on a day, whatever its points.

    A voluntary participant's credential never expires: after the end date it is one without an end date again.
    """
    expires = credential.expires_on
    if expires is None:
        return Standing.NO_END_DATE
    if on <= expires:
        return Standing.CURRENT
    if on <= (credential.extended_until or expires):
        return Standing.INACTIVE
    return Standing.NO_END_DATE if credential.voluntary else Standing.EXPIRED


class Cycle(NamedTuple):
    """The days whose activities count.

    Attributes:
        period: from the first to the last day of the cycle.
        counted: the same period up to the day of decision; None if the cycle begins after it.
        doubtful: the days before the start in the month in which the previous cycle ended, if it is uncertain whether
            they count.
        odd: the first days of `counted` that count only if an end date that is not the last day of its month is right
            as written.
        start_ignored: whether a given `cycle_start` was not used because the last three years count instead.
    """

    period: Period
    counted: Period | None
    doubtful: Period | None = None
    odd: Period | None = None
    start_ignored: bool = False

    @property
    def certain(self) -> Period | None:
        """The days that count in every reading; None if there are none."""
        if self.odd is None or self.counted is None:
            return self.counted
        first = self.odd.end + ONE_DAY
        return None if first > self.counted.end else trusted(Period, start=first, end=self.counted.end)


def cycle_of(
    credential: Credential, on: date, months: int = vocabulary.CYCLE_MONTHS, last_years: int = vocabulary.CYCLE_MONTHS,
    *, by_month: bool = False,
) -> Cycle:
    """Find the cycle of a maintained credential on a day.

    A cycle has three years, counted in months, and ends on the expiration date (or the end of an extension), inclusive.
    It starts on `cycle_start` if that is known; on the day of certification if that is in the month three years before
    the month of expiration; otherwise on the day three years before the day after the expiration date.  Without an end
    date, or after it, the three years that end on the day of decision count.  Both spans are given in months.  With
    `by_month`, cycles end with a month: an expiration date on any other day has two readings, and the days that count
    as written, but not if the cycle ends with its month, are odd.

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
    if first_or_known:
        return Cycle(period=period, counted=period.until(on))
    odd = _odd_days(start, expires, months).until(on) if by_month and not is_last_of_month(expires) else None
    return Cycle(period=period, counted=period.until(on), doubtful=_rest_of_month_before(start).until(on), odd=odd)


def _odd_days(start: date, expires: date, months: int) -> Period:
    """Return the days from the start of a cycle to the day before it would start if it ended with its month."""
    by_month = start_of_span_ending(last_of_month(expires), months)
    return trusted(Period, start=start, end=by_month - ONE_DAY)


def _start(credential: Credential, expires: date, months: int) -> tuple[date, bool]:
    """Return the first day of a cycle, and whether it is known from the record itself."""
    if credential.cycle_start is not None:
        return credential.cycle_start, True
    certified = credential.certified_on
    if certified is not None and first_of_month(certified) == add_months(first_of_month(expires), -months):
        return certified, True
    return start_of_span_ending(expires, months), False


def _rest_of_month_before(start: date) -> Period:
    """Return the month in which the previous cycle ended, up to that end."""
    previous_end = start - ONE_DAY
    return trusted(Period, start=first_of_month(previous_end), end=previous_end)


def days_that_count(rule: KindRule, cycle: Cycle) -> Period | None:
    """Find the days on which an activity of a kind certainly counts; None if there are none.

    These days are in the cycle, up to the day of decision, and within the days on which the kind is acceptable.

    >>> import cmprules
    >>> rules = cmprules.load_book(edition="2026.1").rules
    >>> cycle = cycle_of(Credential(id="a", code="PBT", expires_on=date(2023, 1, 31)), date(2023, 1, 31))
    >>> days_that_count(rules.kinds["covid_work"], cycle)
    Period(start=datetime.date(2020, 3, 1), end=datetime.date(2022, 12, 31))
    """
    if cycle.certain is None:
        return None
    first, last = rule.acceptable_days
    start, end = cycle.certain.start, cycle.certain.end
    start, end = max(start, first or start), min(end, last or end)
    return trusted(Period, start=start, end=end) if start <= end else None
