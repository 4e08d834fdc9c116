"""The outcome of one credential: every uncertainty evaluated for and against the holder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import compress, product

import attrs

from cmprules._rules.allocation import Reading, Table, allocation_of, readings_of
from cmprules._rules.counting import ACCEPTED, Counted
from cmprules._rules.placing import Steps, is_divided
from cmprules._rules.results import Allocation
from cmprules._words.enums import Outcome

__all__ = ["Evaluation", "Verdict", "evaluate"]

SETTLED_ONE_BY_ONE = 8
"""Up to so many unconfirmed activities, every combination of answers is tried to see which of them matter."""

SHORT, FULL_IF_DIVIDED, FULL = 0, 1, 2

Question = tuple[tuple[str, ...], str | None]


@attrs.frozen(kw_only=True)
class Evaluation:
    """One table, evaluated on what counts for certain and on what would count if all were confirmed."""

    table: Table
    allocation: Allocation
    against: Reading
    favour: Reading

    @property
    def level(self) -> int:
        """How far the reading against the holder gets: short, full if an activity is divided, or full."""
        if self.against.short:
            return SHORT
        return FULL_IF_DIVIDED if self.allocation.divided or self.allocation.search_limit else FULL


@attrs.frozen(kw_only=True)
class Verdict:
    """The outcome, the evaluation that is shown, and the uncertainties on which the outcome hangs.

    Attributes:
        needs: pairs of one or two codes and the id of an activity (None: the credential itself).
    """

    outcome: Outcome
    shown: Evaluation
    short_if_confirmed: int
    needs: tuple[Question, ...]


def evaluate(tables: Sequence[Table], counted: Sequence[Counted]) -> Verdict:
    """Decide: met whatever is assumed, not met whatever is assumed, or for review.

    Args:
        tables: the tables that may apply, today's last.
        counted: the verdict on each activity of the record.
    """
    steps = Steps()
    evaluations = [_evaluation(table, counted, steps) for table in tables]
    limited = any(evaluation.allocation.search_limit for evaluation in evaluations)
    outcome = _outcome(evaluations, limited=limited)
    needs: tuple[Question, ...] = ()
    if outcome is Outcome.NEEDS_REVIEW:
        needs = tuple(_Doubts(evaluations, counted, steps).needs()) + (((("SEARCH_LIMIT",), None),) if limited else ())
    shown = max(reversed(evaluations), key=_worse)  # of equals, today's
    return Verdict(outcome=outcome, shown=shown, needs=needs,
                   short_if_confirmed=min(evaluation.favour.short for evaluation in evaluations))


def _evaluation(table: Table, counted: Sequence[Counted], steps: Steps) -> Evaluation:
    against, favour = readings_of(table, counted)
    allocation = allocation_of(against, favour, counted, steps)
    return Evaluation(table=table, allocation=allocation, against=against, favour=favour)


def _outcome(evaluations: Sequence[Evaluation], *, limited: bool) -> Outcome:
    if limited:
        return Outcome.NEEDS_REVIEW
    if all(evaluation.level == FULL for evaluation in evaluations):
        return Outcome.MET
    if all(evaluation.favour.short for evaluation in evaluations):
        return Outcome.NOT_MET
    return Outcome.NEEDS_REVIEW


def _worse(evaluation: Evaluation) -> tuple[int, int]:
    """Order evaluations: the larger shortfall of the total, then of the mandatory areas."""
    return (evaluation.against.short, evaluation.against.proof.short)


class _Doubts:
    """Which of the open questions bear on the outcome.

    A question bears on it if, for some way of settling the others, its own settlement changes the answer.
    """

    def __init__(self, evaluations: Sequence[Evaluation], counted: Sequence[Counted], steps: Steps) -> None:
        self.evaluations = evaluations
        self.steps = steps
        self.counted = counted
        self.open = [one for one in counted if one.bucket != ACCEPTED and one.if_confirmed]
        self.idle: set[int] = set()
        if len(self.open) > SETTLED_ONE_BY_ONE:
            self.idle = {i for i, one in enumerate(self.open) if not self._may_help(one)}
        self.known: dict[tuple[int, frozenset[int]], int] = {}

    @cached_property
    def settlements(self) -> list[frozenset[int]]:
        """The ways of settling the open activities that are looked at: all of them, if they are few."""
        helpful = [i for i in range(len(self.open)) if i not in self.idle]
        if len(helpful) > SETTLED_ONE_BY_ONE:
            return [frozenset(), frozenset(helpful)]
        answers = product((False, True), repeat=len(helpful))
        return [frozenset(compress(helpful, answer)) for answer in answers]

    def level(self, index: int, confirmed: frozenset[int]) -> int:
        """How far one table gets if just these open activities are confirmed."""
        key = (index, confirmed)
        if key not in self.known:
            chosen = {self.open[i].entry.activity.id for i in confirmed}
            reading = Reading.of(self.evaluations[index].table.lenient(),
                                 (one for one in self.counted
                                  if one.bucket == ACCEPTED or one.entry.activity.id in chosen))
            self.known[key] = self._level_of(reading)
        return self.known[key]

    def _level_of(self, reading: Reading) -> int:
        if reading.short:
            return SHORT
        return FULL if reading.can_stay_whole(self.steps) else FULL_IF_DIVIDED

    def needs(self) -> Iterator[Question]:
        """List the questions: each activity once (with both, if it is unconfirmed and divided), then the table."""
        divided = self._divided()
        for i, one in enumerate(self.open):
            name = one.entry.activity.id
            if name in divided:
                yield (str(one.reason), "DIVIDED_ACTIVITY"), name
            elif self._activity_matters(i):
                yield (str(one.reason),), name
        unconfirmed = {one.entry.activity.id for one in self.open}
        for name in divided:
            if name not in unconfirmed:
                yield ("DIVIDED_ACTIVITY",), name
        if len(self.evaluations) > 1 and self._table_matters():
            yield ("TABLE_AFTER_EXPIRY",), None

    def _table_matters(self) -> bool:
        return any(len({self.level(index, confirmed) for index in range(len(self.evaluations))}) > 1
                   for confirmed in self.settlements)

    def _activity_matters(self, i: int) -> bool:
        if i in self.idle or len(self.open) - len(self.idle) > SETTLED_ONE_BY_ONE:
            return i not in self.idle
        return any(
            self.level(index, confirmed) != self.level(index, confirmed | {i})
            for confirmed in self.settlements
            if i not in confirmed
            for index in range(len(self.evaluations))
        )

    def _may_help(self, one: Counted) -> bool:
        """Whether an open activity could matter at all; asked where there are very many.

        What an activity adds to a placement can only shrink as others are confirmed beside it, so that one which
        adds nothing to what counts for certain never will.  Where a division is in question it may still keep
        another whole.
        """
        for evaluation in self.evaluations:
            table = evaluation.table.lenient()
            if evaluation.level != SHORT and table.item(one).mask:
                return True
            reading = Reading.of(table, (*evaluation.against.counted, one))
            if reading.short < evaluation.against.short:
                return True
        return False

    def _divided(self) -> list[str]:
        """Name the activities that are divided where the answer hangs on a division, under any of the tables."""
        everything = frozenset(range(len(self.open))) - self.idle
        found: dict[str, None] = {}
        for index, evaluation in enumerate(self.evaluations):
            if evaluation.level == FULL_IF_DIVIDED:
                found |= dict.fromkeys(evaluation.allocation.divided)
            if everything and evaluation.level != FULL and self.level(index, everything) == FULL_IF_DIVIDED:
                found |= dict.fromkeys(_divided_ids(evaluation.favour, self.steps))
        return list(found)


def _divided_ids(reading: Reading, steps: Steps) -> list[str]:
    placed = reading.place(steps)
    return [one.entry.activity.id for one, vector in zip(reading.counted, placed.vectors, strict=True)
            if is_divided(vector)]
