"""The answers about one credential: renewed, reinstated, extended, or stopped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Credential, Period
from cmprules._kit.shapes import Checked, Day, Maybe, Money, Whole, wire
from cmprules._policy.book import AreaFigure, Figure
from cmprules._rules.results import FeeQuote, Finding, Need
from cmprules._words.enums import Standing
from cmprules.renewal._shared_values import Requirements, Rule


@attrs.frozen(kw_only=True)
class Badge(Checked):
    """The digital badge: whether it is free, and its price in US dollars if you want it sooner."""

    free: bool
    fee_inside_cycle: Decimal = attrs.field(metadata=wire(Money()))


@attrs.frozen(kw_only=True, repr=False)
class Renewal(Answer):
    """What a renewal brings, if the declaration is accepted, or why it is not possible on that day.

    Attributes:
        on: the day on which the declaration is sent.
        credential: the credential before.
        refused: why it cannot be renewed on that day; empty if it can.
        renewed: the credential after the renewal; None if it is refused.
        valid: the days on the renewal letter, which are the new cycle; None if it is refused.
        shows_from: the first day on which the new cycle can appear: the first day of the month in which the old cycle
            ends; None if it is refused.
        badge: the digital badge of the renewal; None if it is refused, or before there were badges.
        findings: what else to know.
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
        total: points in all; None if the table is not established.
        areas: the minimum of each mandatory area.
        pool: the remaining points, in any area.
    """

    basis: str
    row: str | None
    total: Figure | None
    areas: tuple[AreaFigure, ...] | None
    pool: Figure | None


@attrs.frozen(kw_only=True, repr=False)
class Reinstatement(Answer):
    """What the reinstatement of an expired credential needs, or why it is not possible.

    It never has new dates, because they are not established.

    Attributes:
        on: the day on which the declaration is sent.
        credential: the credential.
        refused: why it cannot be reinstated this way; empty if it can.
        expired_since: the first day on which it was no longer valid; None if it has not expired.
        lapsed_days: days from that day to `on`, both included.
        requirements: what is required and what is there, according to the decision.
        tables: the tables that may apply; both are evaluated.
        fees: application and reinstatement fee; the total is None, with a reason, if it is not established.
        needs: open questions about this credential.
        findings: what else to know.
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


@attrs.frozen(kw_only=True, repr=False)
class InactiveStatus(Answer):
    """What an extension granted by the Board moves, and what stays.

    Attributes:
        on: the day of the question.
        credential: the credential.
        standing: its standing on that day.
        refused: why there is no answer; empty if an extension was granted.
        moved: the days that move.
        cycle_start: the day that stays.
        table: the row of the table that stays; None if none was in force.
        findings: what else to know.
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


@attrs.frozen(kw_only=True, repr=False)
class Stopping(Answer):
    """What happens to a credential whose holder stops taking part.

    Attributes:
        on: the day of stopping.
        credential: the credential before.
        refused: why the holder may not stop; empty if they may.
        expires_on: the last valid day, without maintenance, of a credential that must be maintained; None for others.
        stopped: the credential afterwards, without an end date; None if the holder may not stop, or if the day of
            certification, which the record would need, is not known.
        written_before: how to write it while its holder takes part, such as `MLS(ASCP)CM`.
        written_after: how to write it afterwards, such as `MT(ASCP)`; None if it is not established.
        mark_until: the last day of the mark, for a cycle with an end date; None without one.
        findings: what else to know.
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
