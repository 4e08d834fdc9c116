"""The dates of consecutive cycles, and of a cycle whose end is moved earlier."""

from __future__ import annotations

from datetime import date
from typing import cast

import attrs

from cmprules._answers.ground import cycle_on
from cmprules._facts.records import Credential, Period
from cmprules._kit.calendar import ONE_DAY, end_of_span_starting
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import Cycle, end_of


def known_end(credential: Credential) -> date:
    """Return the end date of a credential that is known to have one."""
    return cast("date", end_of(credential))


def next_cycle(end: date, book: PolicyBook) -> Period:
    """Return the cycle after one that ends on a day: three years from the next day."""
    start = end + ONE_DAY
    return Period(start=start, end=end_of_span_starting(start, book.number("cycle_months")))


def next_credential(credential: Credential, end: date, book: PolicyBook) -> Credential:
    """Return a credential after the renewal of a cycle that ends on a day, without its extension."""
    cycle = next_cycle(end, book)
    return attrs.evolve(credential, cycle_start=cycle.start, expires_on=cycle.end, extended_until=None)


def present_cycle(credential: Credential, on: date, book: PolicyBook) -> Cycle:
    """Find the cycle as the decision does."""
    return cycle_on(credential, book, on)


def begun_on(credential: Credential, on: date, book: PolicyBook) -> date:
    """Return the first day of the present cycle on which the credential was held."""
    start = present_cycle(credential, on, book).period.start
    return max(start, credential.certified_on or start)


def with_end(credential: Credential, end: date, start: date) -> Credential:
    """Move the end of the present cycle earlier; its start stays, so that no older activity begins to count.

    A shortened extension stays an extension, so the table stays too.
    """
    if end_of(credential) in {None, end}:
        return credential
    if credential.expires_on is not None and end > credential.expires_on:
        return attrs.evolve(credential, extended_until=end, cycle_start=start)
    return attrs.evolve(credential, expires_on=end, extended_until=None, cycle_start=start)
