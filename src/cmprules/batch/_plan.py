"""The basis for judging each credential: its cycle, its standing, its tables, the window of its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs
import numpy as np

from cmprules._kit.calendar import add_months, last_of_month, start_of_span_ending
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Standing
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._compiled import (
    BODIES,
    CODES,
    EPOCH,
    GRADES,
    NO_TABLE,
    Compiled,
    Timeline,
    day_number,
    from_day_number,
)
from cmprules.batch._kernel.records import NO_DAY, Array

STANDINGS = (Standing.CURRENT, Standing.INACTIVE, Standing.EXPIRED, Standing.NO_END_DATE)
CURRENT, INACTIVE, EXPIRED, NO_END_DATE = range(4)
STATUSES = ("not_open", "open", "late", "expired")
NOT_OPEN, OPEN, LATE, OVER = range(4)


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """The basis for judging each credential of a part.

    Attributes:
        end: the last day of the current cycle.
        participates: whether it takes part.
        standing: the place in `STANDINGS`.
        status: the place of the window's status in `STATUSES`; -1 without a window.
        cycles: the first and last day that count, the first and last doubtful day, and the last day that counts only
            if the end is meant as written.
        numbers: the tables, today's last, and the weakest grade of the readings by which they were chosen.
        without: why a credential has no table.
        slow: which credentials have a table that the kernel cannot handle.
    """

    end: Array
    participates: Array
    standing: Array
    status: Array
    cycles: Array
    numbers: Array
    without: dict[int, tuple[str, ...]]
    slow: Array


def plan_of(credentials: Credentials, book: PolicyBook, compiled: Compiled, on: int) -> Plan:
    """Make the plan for a day."""
    expires, extended = (days.astype(np.int64) for days in (credentials.expires_on, credentials.extended_until))
    end = np.where(extended == NO_DAY, expires, extended)
    has_end = expires != NO_DAY
    participates = has_end | credentials.voluntary
    standing = np.where(on <= expires, CURRENT, np.where(on <= end, INACTIVE,
                                                         np.where(credentials.voluntary, NO_END_DATE, EXPIRED)))
    standing[~has_end] = NO_END_DATE
    numbers, without = _tables(credentials, compiled, participates, standing, on)
    numbers[standing == NO_END_DATE, 2] = GRADES.index(book.cite("reading/voluntary_table").grade)
    cycles = _cycles(credentials, end, has_end & (on <= end), book, on, by_month=compiled.odd_grade >= 0)
    return Plan(end=end, participates=participates, standing=standing, status=_statuses(end, standing, book, on),
                cycles=cycles, numbers=numbers, without=without,
                slow=compiled.slow[numbers[:, 0]] | compiled.slow[numbers[:, 1]])


def _statuses(end: Array, standing: Array, book: PolicyBook, on: int) -> Array:
    """Return the status of the window of the declaration on the day."""
    opens, advised = end - book.number("opens_days_before_end"), end - book.number("advised_days_before_end")
    status = np.where(on > end, OVER, np.where(on > advised, LATE, np.where(on < opens, NOT_OPEN, OPEN)))
    return np.where(standing == NO_END_DATE, -1, status)


def _tables(
    credentials: Credentials, compiled: Compiled, participates: Array, standing: Array, on: int
) -> tuple[Array, dict[int, tuple[str, ...]]]:
    """Choose tables: by the expiration date; without an end date, today's; for an expired credential both."""
    numbers, without = np.full((len(standing), 3), NO_TABLE, dtype=np.int64), dict[int, tuple[str, ...]]()
    numbers[:, 2] = 0
    days = (credentials.expires_on, np.full(len(standing), on))
    wanted = (participates & (standing != NO_END_DATE), participates & (standing >= EXPIRED))
    for rows, timeline in _by_code(credentials, compiled, participates):
        for column in (0, 1):
            chosen = rows[wanted[column][rows]]
            place = np.searchsorted(timeline.days, days[column][chosen], side="right") - 1
            numbers[chosen, column] = timeline.numbers[place]
            lacking = timeline.numbers[place] == NO_TABLE
            for row, at in zip(chosen[lacking].tolist(), place[lacking].tolist(), strict=True):
                without[row] = (*without.get(row, ()), timeline.reasons[at])
    numbers[[*without], :2] = NO_TABLE
    alone = (numbers[:, 0] == numbers[:, 1]) | (numbers[:, 0] == NO_TABLE)
    numbers[alone, 0] = np.maximum(numbers[alone, 0], numbers[alone, 1])
    numbers[alone, 1] = NO_TABLE
    return numbers, without


def _by_code(credentials: Credentials, compiled: Compiled, participates: Array) -> Iterator[tuple[Array, Timeline]]:
    """Yield the rows of each code and body, and its tables over time."""
    pairs = np.where(participates & (credentials.code >= 0) & (credentials.body >= 0),
                     credentials.code * len(BODIES) + credentials.body, -1)
    for pair in np.flatnonzero(np.bincount(pairs[pairs >= 0])).tolist():
        timeline = compiled.timelines.get((CODES[pair // len(BODIES)], BODIES[pair % len(BODIES)]))
        if timeline is not None:
            yield np.flatnonzero(pairs == pair), timeline


def _cycles(
    credentials: Credentials, end: Array, inside: Array, book: PolicyBook, on: int, *, by_month: bool
) -> Array:
    """Find the days that count, and the doubtful ones, for every credential; without an end, the last years count."""
    cycles = np.empty((len(end), 5), dtype=np.int64)
    last_years = start_of_span_ending(from_day_number(on), book.number("last_years_months"))
    cycles[:] = (day_number(last_years), on, 1, 0, NO_DAY)
    rows = np.flatnonzero(inside)
    start, odd_last, start_known = _starts(credentials, rows, book.number("cycle_months"))
    before = start - 1
    cycles[rows, 0], cycles[rows, 1] = start, np.minimum(on, end[rows])
    cycles[rows, 2] = np.where(start_known, 1, before.astype("datetime64[D]").astype("datetime64[M]")
                               .astype("datetime64[D]").astype(np.int64))
    cycles[rows, 3] = np.where(start_known, 0, np.minimum(before, on))
    cycles[rows, 4] = np.where(start_known | (not by_month), NO_DAY, odd_last)
    return cycles


def distinct_days(days: Array) -> tuple[Array, Array]:
    """List the distinct days, in order, and the place of each day among them; days lie close, so none is sorted."""
    if not len(days):
        return days, days
    first = days.min()
    there = np.zeros(int(days.max()) - int(first) + 1, dtype=np.bool_)
    there[days - first] = True
    return np.flatnonzero(there) + first, (np.cumsum(there) - 1)[days - first]


@lru_cache(maxsize=1 << 14)
def _start_by_expiry(expires: int, months: int) -> tuple[int, int, int]:
    """Return, for the last day of a cycle, its first day, its last odd day and the month of its start.

    The last odd day is the day before the first day that the cycle would have if it ended with its month.
    """
    last = from_day_number(expires)
    month = add_months(last.replace(day=1), -months)
    by_month = start_of_span_ending(last_of_month(last), months)
    return (day_number(start_of_span_ending(last, months)), day_number(by_month) - 1,
            (month.year - EPOCH.year) * 12 + month.month - 1)


def _starts(credentials: Credentials, rows: Array, months: int) -> tuple[Array, Array, Array]:
    """Find the first day of each cycle, and the last odd day if the cycle ends with its month.

    The last array says where the record gives the first day.
    """
    days, back = distinct_days(credentials.expires_on[rows])
    by_expiry, odd_last, month = np.array([_start_by_expiry(day, months) for day in days.tolist()]
                                          or [(0, 0, 0)])[back].T
    certified, given = credentials.certified_on[rows].astype(np.int64), credentials.cycle_start[rows].astype(np.int64)
    certified_month = certified.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = (certified != NO_DAY) & (certified_month == month)
    start = np.where(given != NO_DAY, given, np.where(first, certified, by_expiry))
    return start, odd_last, (given != NO_DAY) | first
