"""What is answered about renewing: plain frozen values, named as the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Credential, Period
from cmprules._kit.shapes import (
    Checked,
    Day,
    FrozenMap,
    MapOf,
    Maybe,
    Money,
    Part,
    Whole,
    wire,
)
from cmprules._policy.book import AreaFigure, Citation, Figure
from cmprules._rules.results import AreaResult, Declaration, FeeQuote, Finding, Need, Total
from cmprules._words.enums import Grade, Outcome, Standing

# ---------------------------------------------------------------------------------------------------------
# What several answers have.


@attrs.frozen(kw_only=True)
class Rule(Checked):
    """A rule of the edition that an answer rests on, or that leaves something open.

    Attributes:
        name: its name in the edition, such as `renewal/rolls_forward`.
        text: what it says; None for a bare figure such as `cycle_months`.
        question: what stays open, where something does.
        established: False for what no source that could be read gives.
        citation: where it stands.

    >>> import cmprules
    >>> from cmprules.renewal import renew
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> renew(mls, cmprules.load_book(edition="2026.1"), on="2026-05-04").rules[0].name
    'cycle_months'
    """

    name: str
    text: str | None
    question: str | None
    established: bool
    citation: Citation


@attrs.frozen(kw_only=True)
class Requirements(Checked):
    """What is asked for one credential and what is there, as the decision has it; points.

    Attributes:
        outcome: whether the requirements are met.
        grade: the weakest figure that it rests on.
        cycle: the days whose activities count.
        total: the whole of the table; None where it is not established.
        areas: the areas of the table, the pool last.
        needs: what would settle it.
        citations: where the figures stand.

    >>> import cmprules
    >>> from cmprules.renewal import reinstate
    >>> ht = cmprules.Credential(id="ht", code="HT", expires_on="2025-05-31")
    >>> answer = reinstate(ht, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> answer.requirements.total.short
    Decimal('36')
    """

    outcome: Outcome
    grade: Grade | None
    cycle: Period | None
    total: Total | None
    areas: tuple[AreaResult, ...] | None
    needs: tuple[Need, ...]
    citations: tuple[Citation, ...] = attrs.field(repr=False)


# ---------------------------------------------------------------------------------------------------------
# One credential.


@attrs.frozen(kw_only=True)
class Badge(Checked):
    """The digital badge: whether it comes free, and what it costs a holder who does not want to wait (US dollars)."""

    free: bool
    fee_inside_cycle: Decimal = attrs.field(metadata=wire(Money()))


@attrs.frozen(kw_only=True)
class Renewal(Answer):
    """What a renewal brings, if the declaration is accepted; or why there is nothing to renew on that day.

    Attributes:
        on: the day on which the declaration is sent.
        credential: the credential as it was.
        refused: why it cannot be renewed on that day; empty if it can.
        renewed: the credential as it will be; None if it is refused.
        valid: the days that the renewal letter shows, the new cycle; None if it is refused.
        shows_from: the day before which the new cycle is not shown, the first of the month in which the old one
            ends; None if it is refused.
        badge: the digital badge that comes with it; None if it is refused, or before there were badges.
        findings: what else is to be known.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import renew
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> renew(mls, cmprules.load_book(edition="2026.1"), on="2026-05-04").valid
    Period(start=datetime.date(2026, 6, 1), end=datetime.date(2029, 5, 31))
    """

    schema: ClassVar[str] = "cmprules.renewal/1"

    on: date
    credential: Credential
    refused: tuple[Finding, ...]
    renewed: Credential | None
    valid: Period | None
    shows_from: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    badge: Badge | None
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class TableAsked(Checked):
    """One table that a reinstatement may follow.

    Attributes:
        basis: `old_end` or `today`.
        row: the row of the table; None if none was in force.
        total: points in all; None where the table is not established.
        areas: the minimum of each mandatory area.
        pool: what remains, for any area.
    """

    basis: str
    row: str | None
    total: Figure | None
    areas: tuple[AreaFigure, ...] | None
    pool: Figure | None


@attrs.frozen(kw_only=True)
class Reinstatement(Answer):
    """What the reinstatement of an expired credential takes; or why there is nothing to reinstate.

    It never has new dates: they are not established.

    Attributes:
        on: the day on which the declaration is sent.
        credential: the credential.
        refused: why it cannot be reinstated so; empty if it can.
        expired_since: the first day on which it was no longer valid; None if it has not expired.
        lapsed_days: days from that one to `on`, both included.
        requirements: what is asked for and what is there, as the decision has it.
        tables: the tables that may apply; both are evaluated.
        fees: application and reinstatement fee; the total is None, with a reason, where it is not established.
        needs: open questions about this credential.
        findings: what else is to be known.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import reinstate
    >>> ht = cmprules.Credential(id="ht", code="HT", expires_on="2025-05-31")
    >>> reinstate(ht, cmprules.load_book(edition="2026.1"), on="2026-03-10").fees.total
    Decimal('255.00')
    """

    schema: ClassVar[str] = "cmprules.reinstatement/1"

    on: date
    credential: Credential
    refused: tuple[Finding, ...]
    expired_since: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    lapsed_days: int | None = attrs.field(metadata=wire(Maybe(Whole())))
    requirements: Requirements | None
    tables: tuple[TableAsked, ...]
    fees: FeeQuote | None
    needs: tuple[Need, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class MovedDay(Checked):
    """A day that an extension moves: `cycle_end`, `opens_on`, `advised_by` or `last_day`."""

    what: str
    before: date = attrs.field(metadata=wire(Day(bounded=False)))
    after: date = attrs.field(metadata=wire(Day(bounded=False)))


@attrs.frozen(kw_only=True)
class InactiveStatus(Answer):
    """What an extension that the Board has granted moves, and what stays.

    Attributes:
        on: the day asked about.
        credential: the credential.
        standing: what it is on that day.
        refused: why there is nothing to say; empty if an extension was granted.
        moved: the days that move.
        cycle_start: the day that stays.
        table: the row of the table that stays; None if none was in force.
        findings: what else is to be known.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import inactive
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31", extended_until="2026-11-30")
    >>> answer = inactive(mls, cmprules.load_book(edition="2026.1"), on="2026-06-01")
    >>> str(answer.standing), answer.cycle_start
    ('inactive', datetime.date(2023, 6, 1))
    """

    schema: ClassVar[str] = "cmprules.inactive/1"

    on: date
    credential: Credential
    standing: Standing
    refused: tuple[Finding, ...]
    moved: tuple[MovedDay, ...]
    cycle_start: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    table: str | None
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Stopping(Answer):
    """What becomes of a credential whose holder stops taking part.

    Attributes:
        on: the day of stopping.
        credential: the credential as it was.
        refused: why the holder may not stop; empty if they may.
        expires_on: the last valid day of a credential that must be maintained, if it is not; None for others.
        stopped: the credential as it will be, without an end date; None if the holder may not stop, or if the day of
            certification is not known, without which no record can say so.
        written_before: how it is written while its holder takes part, such as `MLS(ASCP)CM`.
        written_after: how it is written afterwards, such as `MT(ASCP)`; None where it is not established.
        mark_until: the last day of the mark, for a cycle that has an end; None without one.
        findings: what else is to be known.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import stop_taking_part
    >>> mls = cmprules.Credential(id="mls", code="MLS", certified_on="1998-05-20", voluntary=True)
    >>> stop_taking_part(mls, cmprules.load_book(edition="2026.1"), on="2026-03-10").written_after
    'MT(ASCP)'
    """

    schema: ClassVar[str] = "cmprules.stopping/1"

    on: date
    credential: Credential
    refused: tuple[Finding, ...]
    expires_on: date | None
    stopped: Credential | None
    written_before: str | None
    written_after: str | None
    mark_until: date | None
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)


# ---------------------------------------------------------------------------------------------------------
# Several credentials brought to one end.


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


# ---------------------------------------------------------------------------------------------------------
# Several credentials in one area.


@attrs.frozen(kw_only=True)
class Extent(Checked):
    """Points for several credentials: `least` if every activity serves all of them, `most` if none serves two."""

    least: Decimal
    most: Decimal


@attrs.frozen(kw_only=True)
class AreaExtent(Checked):
    """One area of the tables of several credentials: points required and short."""

    area: str
    required: Extent
    short: Extent


@attrs.frozen(kw_only=True)
class LetGo(Checked):
    """A credential that is let go: it becomes `expired` after its last day, or `no_end_date` (a voluntary one)."""

    id: str
    last_day: date | None
    becomes: Standing


@attrs.frozen(kw_only=True)
class Choice(Checked):
    """One way to choose among credentials in one area.

    Attributes:
        keep: ids of the credentials that are maintained.
        outcomes: the outcome of each of them on the day of decision.
        required: points in all; None where a table is not established.
        short: points that are missing on the day of decision, as the decision shows them.
        areas: the same for each area, the pool last.
        fees: what the declarations cost if they are sent together on that day.
        let_go: what becomes of the others.

    >>> import cmprules
    >>> from cmprules.renewal import stacked
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "bb", "code": "BB", "expires_on": "2026-05-31"},
    ...                     {"id": "sbb", "code": "SBB", "expires_on": "2026-05-31"}]})
    >>> both = stacked(record, cmprules.load_book(edition="2026.1"), on="2026-03-10").groups[0].choices[-1]
    >>> both.keep, both.fees.total
    (('bb', 'sbb'), Decimal('205.00'))
    """

    keep: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    required: Extent | None
    short: Extent | None
    areas: tuple[AreaExtent, ...] | None
    fees: FeeQuote
    let_go: tuple[LetGo, ...]


@attrs.frozen(kw_only=True)
class StackedGroup(Checked):
    """Credentials whose one own area is the same, and the choices among them."""

    area: str
    credentials: tuple[str, ...]
    choices: tuple[Choice, ...]


@attrs.frozen(kw_only=True)
class UnclearStack(Checked):
    """Two credentials of which it is not established whether they are in one area; `areas` are those they share."""

    credentials: tuple[str, ...]
    areas: tuple[str, ...]


@attrs.frozen(kw_only=True)
class StackedChoices(Answer):
    """The choices of a holder who has several credentials in one area.

    Attributes:
        on: the day asked about.
        groups: the areas in which there is a choice; empty if there is none.
        unclear: pairs of credentials of which it is not established whether they are in one area.
        requirements: what is asked for each credential, by its id.
        findings: what else is to be known.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import stacked
    >>> record = cmprules.read_record("examples/mls-and-sbb.json")
    >>> answer = stacked(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> answer.groups, answer.unclear[0].credentials
    ((), ('mls', 'sbb'))
    """

    schema: ClassVar[str] = "cmprules.stacked/1"

    on: date
    groups: tuple[StackedGroup, ...]
    unclear: tuple[UnclearStack, ...]
    requirements: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Requirements))))
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)
