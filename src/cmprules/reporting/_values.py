"""The answer for several people: a row for each credential, the people not decided, and the written files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Shown
from cmprules._kit.shapes import LEAVE_OUT, Checked, Day, Maybe, Money, Whole, Word, wire
from cmprules._words.enums import Outcome, Standing

REASONS = ("POINTS_MISSING", "QUESTIONS_OPEN", "TO_DECLARE", "EXPIRED")
"""The reasons to write to a holder now, the most urgent first."""

SPANS = (30, 60, 90)
"""An end within this number of days is near."""

_DAY = wire(Maybe(Day(bounded=False)))


@attrs.frozen(kw_only=True)
class ReportedCredential(Checked):
    """One credential of one person, for the coordinator.

    Attributes:
        holder: the id of the holder.
        name: the name of the holder, if known.
        page: the page of the holder, inside the folder.
        id: the id of the credential in the record.
        last_day: the last day, extensions included; None without an end.
        days_left: the days from the day of decision until then; below zero once it has passed.
        required: the required points; None if no table is established.
        short: the missing points.
        short_if_confirmed: the missing points if every uncertain item is accepted.
        questions: the number of open questions.
        declaration: `not_open`, `open`, `late` or `expired`.
        fee: the fee of the declaration, in US dollars.
        write: the reason to write to the holder now, or None: `POINTS_MISSING` or `QUESTIONS_OPEN` with an end within
            90 days, `TO_DECLARE` if all points are there and the declaration can be sent, `EXPIRED`.
        to_do: the holder's next steps, in order.
    """

    holder: str
    name: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    page: str
    id: str
    code: str
    body: str
    outcome: Outcome
    standing: Standing
    last_day: date | None = attrs.field(metadata=_DAY)
    days_left: int | None = attrs.field(metadata=wire(Maybe(Whole())))
    required: Decimal | None
    short: Decimal | None
    short_if_confirmed: Decimal | None
    questions: int = attrs.field(metadata=wire(Whole()))
    declaration: str | None
    fee: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    write: str | None = attrs.field(metadata=wire(Maybe(Word(REASONS, "a reason to write", "UNKNOWN_WORD"))))
    to_do: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The holder's name for a heading, or else the id."""
        return self.name or self.holder


@attrs.frozen(kw_only=True)
class NotDecided(Checked):
    """One reason why a person is not decided, or why a row was left out.

    Attributes:
        holder: the holder of the row, if known.
        place: the file or table, and the row.
        code: the code of the fault or remark.
        text: the fault, and the remedy.
        refused: whether its person is not decided because of it; a credential of another board, for instance, affects
            no person.
    """

    holder: str | None
    place: str
    code: str
    text: str
    refused: bool = True


@attrs.frozen(kw_only=True)
class Reports(Shown):
    """The files written for several people; `cmprules.reports/1`.

    Attributes:
        on: the day of decision.
        people: how many people have a page.
        written: how many pages were written in this run.
        kept: how many earlier pages are still valid.
        removed: how many pages of people who are no longer among these were removed.
        credentials: a row for each credential, in the order of the index.
        not_decided: the rows because of which people are not decided, and rows that were left out.
        remarks: what was left out on the way in, a line each.
    """

    schema: ClassVar[str] = "cmprules.reports/1"

    on: date = attrs.field(metadata=wire(Day(bounded=False)))
    people: int = attrs.field(metadata=wire(Whole()))
    written: int = attrs.field(metadata=wire(Whole()))
    kept: int = attrs.field(metadata=wire(Whole()))
    removed: int = attrs.field(metadata=wire(Whole()))
    credentials: tuple[ReportedCredential, ...] = attrs.field(repr=False)
    not_decided: tuple[NotDecided, ...] = attrs.field(repr=False)
    remarks: tuple[str, ...] = ()
    edition: str
    edition_sha256: str = attrs.field(repr=False)
    notice: str = attrs.field(repr=False)
