"""The cost of several credentials over some rounds, declared together or separately; all amounts from `quote_fees`.

The rules of the comparison: credentials declared together are declared on the last possible day for all of them, the
earliest of their end dates.  Separately, credentials keep their end dates, and share the reduced fee where that is
lawful and cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs

from cmprules._facts.records import Credential
from cmprules._kit.calendar import whole_months
from cmprules._kit.points import from_cents, to_hundredths
from cmprules._policy.book import PolicyBook
from cmprules._rules.fees import quote_or_reason
from cmprules.renewal._cycles import known_end, next_credential
from cmprules.renewal._grouping import cheapest_groups
from cmprules.renewal._synchronizing_values import CostPerYear, Round, Saving, Submission

ROUNDS = 2
"""This round and the next: a shortened cycle brings the next round nearer, and only the next round shows its cost."""


@attrs.frozen(kw_only=True)
class Payments:
    """The rounds of one way to declare, and the end dates that each round pays for, by round and credential."""

    rounds: tuple[Round, ...]
    ends: tuple[tuple[date, ...], ...]

    def cents(self, rounds: int) -> int | None:
        """Add up the first rounds, up to a number; None if an amount is not established."""
        totals = [payment.total for payment in self.rounds[:rounds]]
        return None if None in totals else sum(to_hundredths(total) for total in totals if total is not None)

    def months(self, since: Sequence[date], rounds: int) -> int:
        """Count the whole months of validity beyond some days, over all credentials; lost months count as negative.

        An end date far beyond the common one can move so much earlier that a whole round does not reach it again.
        """
        return sum(_months(start, end) for start, end in zip(since, self.ends[rounds - 1], strict=True))


Grouping = Callable[[Sequence[Credential], PolicyBook, str], list[list[Credential]]]


def payments_together(credentials: Sequence[Credential], book: PolicyBook, fee_region: str) -> Payments:
    """Pay for credentials with one end date: each round is one submission."""
    return _payments(credentials, book, fee_region, lambda listed, *_: [list(listed)])


def payments_apart(credentials: Sequence[Credential], book: PolicyBook, fee_region: str) -> Payments:
    """Pay for credentials with their own end dates, as cheaply as these allow."""
    return _payments(credentials, book, fee_region, cheapest_groups)


def _payments(credentials: Sequence[Credential], book: PolicyBook, fee_region: str, group: Grouping) -> Payments:
    rounds, ends, present = [], [], tuple(credentials)
    for number in range(1, ROUNDS + 1):
        rounds.append(_round(number, group(present, book, fee_region), present, book, fee_region))
        present = tuple(next_credential(credential, known_end(credential), book) for credential in present)
        ends.append(tuple(known_end(credential) for credential in present))
    return Payments(rounds=tuple(rounds), ends=tuple(ends))


def _round(
    number: int, groups: list[list[Credential]], present: Sequence[Credential], book: PolicyBook, fee_region: str
) -> Round:
    """Quote one round, the submissions in the order of their days."""
    place = {credential.id: index for index, credential in enumerate(present)}
    submissions = []
    for group in groups:
        listed = sorted(group, key=lambda credential: place[credential.id])
        on = min(map(known_end, listed))
        submissions.append(Submission(on=on, credentials=tuple(credential.id for credential in listed),
                                      fees=quote_or_reason(listed, book, on=on, fee_region=fee_region)))
    submissions.sort(key=lambda submission: (submission.on, place[submission.credentials[0]]))
    totals = [submission.fees.total for submission in submissions]
    cents = None if None in totals else sum(to_hundredths(total) for total in totals if total is not None)
    return Round(number=number, submissions=tuple(submissions), total=_money(cents))


def opens_on(credential: Credential, book: PolicyBook) -> date:
    """Return the first day of the window of a credential with an end date."""
    return known_end(credential) - timedelta(days=book.number("opens_days_before_end"))


def shared_days(credentials: Sequence[Credential], on: date, book: PolicyBook) -> tuple[date, date] | None:
    """Return the first and the last day, from a day on, on which all windows are open; None if there is no such day."""
    first = max(on, *(opens_on(credential, book) for credential in credentials))
    last = min(map(known_end, credentials))
    return (first, last) if first <= last else None


def compared(together: Payments, apart: Payments, since: Sequence[date]) -> Iterator[Saving]:
    """Compare the two over one round, over two, and so on; `since` are the end dates already paid for."""
    for rounds in range(1, ROUNDS + 1):
        one, other = together.cents(rounds), apart.cents(rounds)
        months = [payments.months(since, rounds) for payments in (together, apart)]
        gain = None if one is None or other is None else other - one
        yield Saving(
            rounds=rounds, together=_money(one), apart=_money(other),
            saved=_money(gain if gain is None else max(0, gain)),
            costs_more=_money(gain if gain is None else max(0, -gain)),
            together_months=months[0], apart_months=months[1],
            together_per_year=_per_year(one, months[0]), apart_per_year=_per_year(other, months[1]),
        )


def _per_year(cents: int | None, months: int) -> CostPerYear | None:
    """Divide exactly; None if an amount is unknown or no month is gained."""
    if cents is None or months <= 0:
        return None
    rate = Fraction(cents * 12, months)
    return CostPerYear(numerator=rate.numerator, denominator=rate.denominator)


def _months(since: date, until: date) -> int:
    """Count the whole months from one day to another; negative if the second day is earlier."""
    return whole_months(since, until) if since <= until else -whole_months(until, since)


def _money(cents: int | None) -> Decimal | None:
    return None if cents is None else from_cents(cents)
