"""The values of the life of a declaration and of its form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Credential, Period
from cmprules._kit.shapes import Checked, ListOf, Word, wire
from cmprules._policy.book import Citation
from cmprules._policy.clauses import Clause
from cmprules._rules.results import AreaResult, Declaration, FeeQuote, Need, Shortfall, Total
from cmprules._words.declarations import Condition, Event, State
from cmprules._words.enums import Outcome, Standing
from cmprules.errors import Fault


@attrs.frozen(kw_only=True)
class Shown(Checked):
    """How one need of an event was shown.

    Attributes:
        need: the need.
        how: by a `decision`, by `days`, or `asserted` by the caller.
        evidence: what the caller named, such as a receipt.
    """

    need: Condition
    how: str = attrs.field(metadata=wire(Word(("decision", "days", "asserted"), "how it was shown", "UNKNOWN_WORD")))
    evidence: str | None = None


@attrs.frozen(kw_only=True)
class Step(Checked):
    """One event in the life of a declaration.

    Attributes:
        on: the day on which it happened.
        row: the row of the table that allows it.
        shown: each of its needs, with how it was shown.
        questions: the open questions about it.
        citation: the source of the row.
        edition: the edition of the table.
    """

    event: Event
    on: date
    from_state: State
    to_state: State
    row: str
    shown: tuple[Shown, ...]
    questions: tuple[str, ...]
    citation: Citation
    edition: str


@attrs.frozen(kw_only=True)
class LawfulEvent(Checked):
    """An event that the table allows from a state.

    Attributes:
        row: the row of the table that allows it.
        to_state: the state that it leads to.
        needs: what must be shown.
        text: the rule in words.
        question: the open question about it.
        citation: the source of the row.
    """

    event: Event
    row: str
    to_state: State
    needs: tuple[Condition, ...]
    text: str
    question: str | None
    citation: Citation


@attrs.frozen(kw_only=True, repr=False)
class DeclarationLife(Answer):
    """The life of one declaration so far: the answer of `begin` and of `advance`.

    Attributes:
        credential: the credential to declare.
        begun_on: the day on which it was begun.
        begun_in: `drafted`, or `expired` if the credential had expired by then.
        state: its present state.
        history: every step, the first one first.
        may_follow: the events that the table allows now.

    >>> import cmprules
    >>> from cmprules.declaring import advance, begin
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> life = begin(mls, book, on="2026-03-10")
    >>> str(life.state), [str(one.event) for one in life.may_follow]
    ('drafted', ['edit', 'complete', 'let_end_pass'])
    """

    schema: ClassVar[str] = "cmprules.declaration-life/1"

    credential: Credential
    begun_on: date
    begun_in: State
    state: State
    history: tuple[Step, ...]
    may_follow: tuple[LawfulEvent, ...] = attrs.field(repr=False)

    @property
    def last_day(self) -> date:
        """The day of the last step, or the day on which it was begun."""
        return self.history[-1].on if self.history else self.begun_on

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad & {"begun_on", "begun_in", "state", "history"}:
            faults.extend(self._breaks(path))

    def _breaks(self, path: str) -> Iterator[Fault]:
        """Note every step that does not follow from the previous one."""
        state, day = self.begun_in, self.begun_on
        for index, step in enumerate(self.history):
            if step.from_state is not state:
                yield _break(f"{path}.history[{index}].from_state", step.from_state, f"'{state}'")
            if step.on < day:
                yield _break(f"{path}.history[{index}].on", step.on.isoformat(), f"{day} or later")
            state, day = step.to_state, step.on
        if self.state is not state:
            yield _break(f"{path}.state", self.state, f"'{state}'")


def _break(path: str, value: object, expected: str) -> Fault:
    return Fault(path=path, code="HISTORY_BROKEN", value=str(value), expected=expected,
                 hint="a life is made by 'begin' and 'advance'; do not write it by hand")


@attrs.frozen(kw_only=True)
class FormLine(Checked):
    """One line of the form: points of one activity in one area.

    Attributes:
        activity: its id in the record.
        completed_on: the day on which it was completed.
        area: the area where the points are placed.
        points: the number of points.
    """

    activity: str
    completed_on: date | None
    title: str
    provider: str | None
    kind: str
    area: str
    points: Decimal


_WHY_NOT = ("not_required", "not_met", "needs_review", "not_open", "own_placement_absent", "own_placement_unlawful",
            "own_placement_incomplete")


@attrs.frozen(kw_only=True, repr=False)
class DeclarationForm(Answer):
    """The declaration of one credential, to be copied into My Account or printed and signed.

    Attributes:
        on: the day for which it is made.
        holder: the id of the holder.
        id: the id of the credential in the record.
        given_code: the former code that was written, if one was.
        ready: whether it can be sent on that day.
        why_not: each reason why it cannot.
        outcome: whether the requirements are met.
        standing: what the credential is on that day.
        cycle: the days whose activities count.
        declaration: the window for sending it; null without an end date.
        placement: `best` (the decision's placement) or `own` (the holder's).
        lines: the activities, by area.
        areas: points required, placed and short in each area.
        total: the same for the whole table.
        shortfalls: the missing points, with the proof.
        needs: the open questions that can change the outcome.
        together_with: ids of the credentials declared on the same business day.
        fees: what this declaration costs.
        clauses: what to know before signing, with sources.
    """

    schema: ClassVar[str] = "cmprules.declaration-form/1"

    on: date
    holder: str
    id: str
    code: str
    given_code: str | None
    body: str
    ready: bool
    why_not: tuple[str, ...] = attrs.field(
        metadata=wire(ListOf(Word(_WHY_NOT, "why a form is not ready", "UNKNOWN_WORD")))
    )
    outcome: Outcome
    standing: Standing
    cycle: Period | None
    declaration: Declaration | None
    placement: str = attrs.field(metadata=wire(Word(("best", "own"), "a placement", "UNKNOWN_WORD")))
    lines: tuple[FormLine, ...]
    areas: tuple[AreaResult, ...]
    total: Total | None
    shortfalls: tuple[Shortfall, ...]
    needs: tuple[Need, ...]
    together_with: tuple[str, ...]
    fees: FeeQuote
    clauses: tuple[Clause, ...]
