"""The cheapest lawful grouping of declarations while every credential keeps its own end date.

A submission is sent on the first end date among its credentials.  The others join it at the reduced fee if their end
dates are at most three months later and their windows are open by then.  Fees may rise or fall between the end dates,
so the fewest submissions are not always the cheapest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

import attrs

from cmprules._facts.records import Credential
from cmprules._kit.calendar import add_months
from cmprules._kit.points import to_hundredths
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules.errors import NotEstablishedError
from cmprules.renewal._cycles import known_end


def cheapest_groups(credentials: Sequence[Credential], book: PolicyBook, fee_region: str) -> list[list[Credential]]:
    """Group credentials into the cheapest submissions; certifications and qualifications do not combine.

    An amount without a source counts as zero.  If the cheapest grouping then contains no such amount, it is the
    cheapest whatever the amount; otherwise its total is not established.
    """
    groups: list[list[Credential]] = []
    for qualifications in (False, True):
        alike = [credential for credential in credentials
                 if (vocabulary.GROUPS[credential.code] == "qualification") is qualifications]
        groups.extend(_cheapest(_days_of(alike, book, fee_region)))
    return groups


@attrs.frozen(kw_only=True)
class _EndDay:
    """The credentials that end on one day, and a submission sent on that day.

    Attributes:
        reach: the latest end date that may join the submission.
        whole: the application fee on that day, in cents.
        further: the reduced fee on that day, in cents.
    """

    end: date
    reach: date
    whole: int
    further: int
    credentials: tuple[Credential, ...]


def _days_of(credentials: Sequence[Credential], book: PolicyBook, fee_region: str) -> list[_EndDay]:
    """Sort credentials by end date, and look up the fees of each date."""
    window, months = timedelta(days=book.number("opens_days_before_end")), book.number("reduced_fee_months")
    return [
        _EndDay(end=end, reach=min(add_months(end, months), end + window), credentials=tuple(ending),
                whole=_cents("application", book, fee_region, end),
                further=_cents("reduced_application", book, fee_region, end))
        for end, ending in groupby(sorted(credentials, key=known_end), key=known_end)
    ]


def _cents(item: str, book: PolicyBook, fee_region: str, on: date) -> int:
    try:
        _, figure = book.fee(item, region=fee_region, on=on)
    except NotEstablishedError:
        return 0
    return to_hundredths(figure.value)


@attrs.frozen(order=True)
class _Choices:
    """The choices up to some day: cents, submissions, and what was sent on each day.

    Each of `days` has the number of credentials of that day that start a submission of their own, and the number of the
    day whose submission the others join.
    """

    cents: int = 0
    submissions: int = 0
    days: tuple[tuple[int, int], ...] = ()


_Open = tuple[int, ...]
"""The numbers of the days whose submissions may still be joined, the cheapest (and earliest) first.  A submission is
left out if a later one is no more expensive to join, because the later one reaches further.  So there are never more
of them than different fees within three months.
"""


def _cheapest(days: Sequence[_EndDay]) -> Iterator[list[Credential]]:
    """Go through the end dates, and keep the cheapest choices for each set of submissions that may still be joined."""
    found: Mapping[_Open, _Choices] = {(): _Choices()}
    for number in range(len(days)):
        following: dict[_Open, _Choices] = {}
        for still_open, choices in _continued(found, days, number):
            following[still_open] = min(following.get(still_open, choices), choices)
        found = following
    return _groups(min(found.values()), days)


def _continued(
    found: Mapping[_Open, _Choices], days: Sequence[_EndDay], number: int
) -> Iterator[tuple[_Open, _Choices]]:
    """List the choices for the credentials of one day: join, send one first, or send each separately."""
    day = days[number]
    count = len(day.credentials)
    for before, choices in found.items():
        open_before = tuple(earlier for earlier in before if day.end <= days[earlier].reach)
        for first in sorted({0 if open_before else 1, 1, count}):
            cheaper = tuple(earlier for earlier in open_before if days[earlier].further < day.further)
            still_open = (*cheaper, number) if first else open_before
            joined = still_open[0]
            cents = first * day.whole + (count - first) * days[joined].further
            yield still_open, _Choices(choices.cents + cents, choices.submissions + first,
                                       (*choices.days, (first, joined)))


def _groups(choices: _Choices, days: Sequence[_EndDay]) -> Iterator[list[Credential]]:
    """Return the choices as groups of credentials."""
    shared: dict[int, list[Credential]] = {}
    for number, (day, (first, joined)) in enumerate(zip(days, choices.days, strict=True)):
        yield from ([credential] for credential in day.credentials[1:first])
        if first:
            shared[number] = [day.credentials[0]]
        shared[joined].extend(day.credentials[first:])
    yield from shared.values()
