"""What is answered about several credentials that are brought to one end."""

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
    """One credential whose end is brought to the common one.

    Attributes:
        old_end: its own end (that of an extension, if one was granted).
        new_end: the common end.
        months_given_up: whole months of validity, already paid for, that are given up.
        days_given_up: the same in days.
        cycle: the present cycle with the common end.
        declaration: the window before the common end.
        early: whether it is declared earlier than its own end would have asked for, which needs the confirmation.
        renewed_until: the end of the cycle after it.
        before: what is asked for by its own end, and what is there on the day of decision.
        after: the same by the common end.

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
    """Declarations that are sent on one day, and what they cost."""

    on: date
    credentials: tuple[str, ...]
    fees: FeeQuote


@attrs.frozen(kw_only=True)
class Round(Checked):
    """One declaration of every credential; `total` is None where an amount is not established."""

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
    """Together against apart, over the first so many rounds; US dollars.

    Attributes:
        rounds: how many rounds.
        together: what they cost with the common end.
        apart: what they cost with the ends as they are.
        saved: what the common end saves; None where an amount is not established.
        costs_more: what it costs more; None where an amount is not established.
        together_months: months of validity that are paid for, over all credentials, beyond the ends as they are; below
            zero where more months are lost than gained.
        apart_months: the same for the ends as they are.
        together_per_year: what a year of one credential costs with the common end.
        apart_per_year: the same for the ends as they are.
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


@attrs.frozen(kw_only=True)
class Synchronization(Answer):
    """What it takes, costs and saves to bring the ends of several credentials together.

    Attributes:
        on: the day asked about.
        common_end: the earliest of the present ends; None if there are not two credentials to bring together.
        credentials: those that take part in it, in the order of the record.
        same_day: the days on which the windows of all of them, as they are, are open together; None if there are none.
        together: the rounds with the common end.
        apart: the rounds with the ends as they are.
        savings: the two compared, over one round and over two.
        request: what the written request to the Board has to name.
        refused: which credentials cannot take part, and why.
        findings: what else is to be known.
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
