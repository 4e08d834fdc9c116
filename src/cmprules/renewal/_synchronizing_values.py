"""The answers about synchronizing several credentials."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Period
from cmprules._kit.shapes import Checked, Day, Maybe, Money, Whole, wire
from cmprules._rules.results import Declaration, FeeQuote, Finding
from cmprules.renewal._shared_values import Requirements, Rule


@attrs.frozen(kw_only=True)
class SynchronizedCredential(Checked):
    """One credential whose end date moves to the common one.

    Attributes:
        old_end: its own end date (or the end of an extension, if one was granted).
        new_end: the common end date.
        months_given_up: whole months of validity, already paid for, that are lost.
        days_given_up: the same in days.
        cycle: the present cycle with the common end date.
        declaration: the window before the common end date.
        early: whether it is declared earlier than its own end date allows, which needs the confirmation.
        renewed_until: the end of the next cycle.
        before: what is required by its own end date, and what is there on the day of decision.
        after: the same for the common end date.

    >>> import cmprules
    >>> from cmprules.renewal import synchronize
    >>> record = cmprules.read_record("examples/mls-and-sbb.json")
    >>> answer = synchronize(record, cmprules.load_book(edition="2026.1"), on="2026-01-15")
    >>> answer.credentials[1].months_given_up
    2
    """

    id: str
    code: str
    body: str
    old_end: date
    new_end: date
    months_given_up: int = attrs.field(metadata=wire(Whole()))
    days_given_up: int = attrs.field(metadata=wire(Whole()))
    cycle: Period
    declaration: Declaration
    early: bool
    renewed_until: date = attrs.field(metadata=wire(Day(bounded=False)))
    before: Requirements
    after: Requirements


@attrs.frozen(kw_only=True)
class Submission(Checked):
    """Declarations sent on one day, and their cost."""

    on: date
    credentials: tuple[str, ...]
    fees: FeeQuote


@attrs.frozen(kw_only=True)
class Round(Checked):
    """One declaration of every credential; `total` is None if an amount is not established."""

    number: int = attrs.field(metadata=wire(Whole()))
    submissions: tuple[Submission, ...]
    total: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))


@attrs.frozen(kw_only=True)
class CostPerYear(Checked):
    """US cents for one year of one credential, as an exact fraction in lowest terms."""

    numerator: int = attrs.field(metadata=wire(Whole()))
    denominator: int = attrs.field(metadata=wire(Whole()))


@attrs.frozen(kw_only=True)
class Saving(Checked):
    """Declaring together compared with separately, over a number of rounds; US dollars.

    Attributes:
        rounds: the number of rounds.
        together: the cost with the common end date.
        apart: the cost with the present end dates.
        saved: the saving of the common end date; None if an amount is not established.
        costs_more: its extra cost; None if an amount is not established.
        together_months: paid months of validity, over all credentials, beyond the present end dates; negative if more
            months are lost than gained.
        apart_months: the same for the present end dates.
        together_per_year: the cost of a year of one credential with the common end date.
        apart_per_year: the same for the present end dates.
    """

    rounds: int = attrs.field(metadata=wire(Whole()))
    together: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    apart: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    saved: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    costs_more: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    together_months: int = attrs.field(metadata=wire(Whole()))
    apart_months: int = attrs.field(metadata=wire(Whole()))
    together_per_year: CostPerYear | None
    apart_per_year: CostPerYear | None


@attrs.frozen(kw_only=True, repr=False)
class Synchronization(Answer):
    """What synchronizing several credentials requires, costs and saves.

    Attributes:
        on: the day of the question.
        common_end: the earliest of the present end dates; None if there are fewer than two credentials to synchronize.
        credentials: the credentials to synchronize, in the order of the record.
        same_day: the days on which all their present windows are open; None if there are none.
        together: the rounds with the common end date.
        apart: the rounds with the present end dates.
        savings: the two compared, over one round and over two.
        request: what the written request to the Board must name.
        refused: which credentials cannot take part, and why.
        findings: what else to know.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import synchronize
    >>> record = cmprules.read_record("examples/mls-and-sbb.json")
    >>> synchronize(record, cmprules.load_book(edition="2026.1"), on="2026-01-15").common_end
    datetime.date(2026, 3, 31)
    """

    schema: ClassVar[str] = "cmprules.synchronization/1"

    on: date
    common_end: date | None
    credentials: tuple[SynchronizedCredential, ...]
    same_day: Period | None
    together: tuple[Round, ...]
    apart: tuple[Round, ...]
    savings: tuple[Saving, ...]
    request: tuple[str, ...]
    refused: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)
