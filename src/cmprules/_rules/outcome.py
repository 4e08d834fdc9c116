"""The outcome of one credential: every uncertainty evaluated for and against the holder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import compress, product
from typing import NamedTuple

from cmprules._rules.allocation import Reading, Table, allocation_of, readings_of
from cmprules._rules.placing import Item, Rows, SearchLimitError, Steps, prove_exchanged, rows_of
from cmprules._rules.results import Allocation
from cmprules._rules.settling import NO_ANSWERS, Answers
from cmprules._rules.verdicts import Judged
from cmprules._words.enums import Outcome

SETTLED_ONE_BY_ONE = 8
"""Up to this many open activities, every combination of answers is tried to see which of them matter."""

SHORT, FULL_IF_DIVIDED, FULL = 0, 1, 2


class Question(NamedTuple):
    """An open question: its codes, of which the first is the code of the need, and its subject.

    Attributes:
        subject: the id of an activity; None for the credential itself.
        others: the activities that the subject is compared with, by the first code.
    """

    codes: tuple[str, ...]
    subject: str | None = None
    others: tuple[str, ...] = ()


class Division(NamedTuple):
    """The holder's answers to whether activities may be divided between two mandatory areas."""

    allowed: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    @staticmethod
    def of(answers: Answers, judged: Judged) -> Division:
        """Look up the answers."""
        if not answers.about:
            return Division()
        given = {item.entry.activity.id: answers.get("DIVIDED_ACTIVITY", item.entry.activity.id)
                 for item in judged.counted}
        return Division(allowed=frozenset(name for name, answer in given.items() if answer is True),
                        refused=frozenset(name for name, answer in given.items() if answer is False))

    def __bool__(self) -> bool:
        return bool(self.allowed or self.refused)

    def level(self, reading: Reading, steps: Steps) -> int:
        """Find the level of a reading that has enough points; where a search is given up, it is open."""
        if reading.can_stay_whole(steps):
            return FULL
        if not self:
            return FULL_IF_DIVIDED
        try:
            if self.allowed and reading.can_divide_at_most(self.allowed, steps):
                return FULL
            possible = not self.refused or reading.can_divide_at_most({*reading.ids} - self.refused, steps)
        except SearchLimitError:
            possible = True
        return FULL_IF_DIVIDED if possible else SHORT

    def divided(self, reading: Reading, steps: Steps) -> list[str] | None:
        """Name the activities that a reading divides if some must stay whole; None if that is impossible."""
        if not self.refused:
            return reading.divided(steps)
        return reading.divided_at_most({*reading.ids} - self.refused, steps)


class Evaluation(NamedTuple):
    """One table, evaluated with what counts for certain and with what would count if everything were confirmed.

    Attributes:
        level: the level of the reading against the holder: short, full if an activity is divided, or full.
        may_be_full: whether the reading in favor is better than short.
    """

    table: Table
    allocation: Allocation
    against: Reading
    favour: Reading
    level: int
    may_be_full: bool


class Verdict(NamedTuple):
    """The outcome, the evaluation that is shown, and the uncertainties that can change the outcome.

    Attributes:
        answered: codes and subjects of open tests about divisions and tables that the holder has answered.
        refused: the activities whose division the holder has ruled out, so the requirements are not met.
    """

    outcome: Outcome
    shown: Evaluation
    short_if_confirmed: int
    needs: tuple[Question, ...]
    answered: tuple[tuple[str, str | None], ...] = ()
    refused: tuple[str, ...] = ()


def evaluate(
    tables: Sequence[Table], judged: Judged, answers: Answers = NO_ANSWERS, credential: str = "", *,
    with_needs: bool = True,
) -> Verdict:
    """Decide: met in every reading, not met in any reading, or needs review.

    Args:
        tables: the tables that may apply, today's last.
        judged: the verdict on each activity of the record.
        answers: what the holder has answered.
        credential: the id of the credential, to find an answer about its table.
        with_needs: whether to find the needs, which takes longer than the rest and changes nothing else.
    """
    steps, division = Steps(), Division.of(answers, judged)
    every = [_evaluation(table, judged, division, steps) for table in tables]
    evaluations, chosen = _applying(every, answer=answers.get("TABLE_AFTER_EXPIRY", credential))
    limited = any(evaluation.allocation.search_limit for evaluation in evaluations)
    outcome = _outcome(evaluations, limited=limited)
    doubts = _Doubts(evaluations, judged, division, steps)
    needs: tuple[Question, ...] = ()
    if with_needs and outcome is Outcome.NEEDS_REVIEW:
        needs = tuple(doubts.needs())
        if limited or not needs:  # without another question, a search about an answered division was given up
            needs = (*needs, Question(codes=("SEARCH_LIMIT",)))
    divided = doubts.answered_divisions() if division else ()
    refused = division.refused if outcome is Outcome.NOT_MET else frozenset[str]()
    return Verdict(outcome=outcome, shown=max(reversed(evaluations), key=_worse), needs=needs,  # of equals, today's
                   short_if_confirmed=min(evaluation.favour.short for evaluation in evaluations),
                   answered=(*(("DIVIDED_ACTIVITY", name) for name in divided),
                             *((("TABLE_AFTER_EXPIRY", None),) if chosen else ())),
                   refused=tuple(name for name in divided if name in refused))


def _evaluation(table: Table, judged: Judged, division: Division, steps: Steps) -> Evaluation:
    against, favour = readings_of(table, judged)
    allocation = allocation_of(against, favour, judged, steps)
    level = SHORT
    if not against.short:
        level = FULL
        if allocation.divided or allocation.search_limit:
            level = division.level(against, steps) if division and not allocation.search_limit else FULL_IF_DIVIDED
    may_be_full = level > SHORT or not favour.short
    if may_be_full and level == SHORT and division.refused:
        may_be_full = division.level(favour, steps) > SHORT
    return Evaluation(table=table, allocation=allocation, against=against, favour=favour, level=level,
                      may_be_full=may_be_full)


def _applying(evaluations: list[Evaluation], *, answer: bool | None) -> tuple[list[Evaluation], bool]:
    """Keep the table that applies, if the holder has answered whether it is the one with the smaller shortfall."""
    if answer is None or len(evaluations) == 1:
        return evaluations, False
    choose = min if answer else max
    return [choose(reversed(evaluations), key=_worse)], True


def _outcome(evaluations: Sequence[Evaluation], *, limited: bool) -> Outcome:
    if limited:
        return Outcome.NEEDS_REVIEW
    if all(evaluation.level == FULL for evaluation in evaluations):
        return Outcome.MET
    if not any(evaluation.may_be_full for evaluation in evaluations):
        return Outcome.NOT_MET
    return Outcome.NEEDS_REVIEW


def _worse(evaluation: Evaluation) -> tuple[int, int]:
    """Order evaluations: the larger shortfall of the total, then of the mandatory areas."""
    return (evaluation.against.short, evaluation.against.proof.short)


class _Doubts:
    """Finds the open questions that matter for the outcome.

    A question matters if, for some way of settling the others, its own answer changes the outcome.
    """

    def __init__(self, evaluations: Sequence[Evaluation], judged: Judged, division: Division, steps: Steps) -> None:
        self.evaluations, self.judged, self.division, self.steps = evaluations, judged, division, steps
        self.known: dict[tuple[int, frozenset[int]], int] = {}

    @cached_property
    def open(self) -> tuple[int, ...]:
        """The places of the activities about which a question is open whose answer some table may feel."""
        return tuple(place for place in self.judged.open if self._codes(place))

    def _codes(self, place: int) -> tuple[str, ...]:
        """List what is open about an activity; proposed areas that no table asks for are nothing to ask about."""
        codes = self.judged.counted[place].open
        if "AREA_PROPOSED" not in codes or not self._asked_for.isdisjoint(self.judged.unknown_areas(place)):
            return codes
        return tuple(code for code in codes if code != "AREA_PROPOSED")

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        return frozenset(area for evaluation in self.evaluations for area in evaluation.table.bits)

    @cached_property
    def helpful(self) -> tuple[int, ...]:
        """The open activities that may matter; if there are few, all of them are examined."""
        if len(self.open) <= SETTLED_ONE_BY_ONE:
            return self.open
        weighed = [_Weighed(evaluation, self.judged) for evaluation in self.evaluations]
        found = tuple(place for place in self.open if any(evaluation.may_help(place) for evaluation in weighed))
        return found if self._suffice(found) else self.open

    def _suffice(self, found: tuple[int, ...]) -> bool:
        """Return whether confirming some open activities brings every table as far as confirming all.

        A confirmed entry may also change what others bring that it is compared with, so several of them may matter
        together although each adds nothing.
        """
        if self.judged.groups is None or self.judged.groups.kin is None:
            return True
        some, every = frozenset(found), frozenset(self.open)
        return all(self.level(index, some) == self.level(index, every) for index in range(len(self.evaluations)))

    @cached_property
    def settlements(self) -> list[frozenset[int]]:
        """The ways of settling the examined activities: all ways, if there are few."""
        if len(self.helpful) > SETTLED_ONE_BY_ONE:
            return [frozenset(), frozenset(self.helpful)]
        answers = product((False, True), repeat=len(self.helpful))
        return [frozenset(compress(self.helpful, answer)) for answer in answers]

    def level(self, index: int, confirmed: frozenset[int]) -> int:
        """Return the level of one table if only these open activities are confirmed."""
        key = (index, confirmed)
        if key not in self.known:
            table = self.evaluations[index].table.lenient()
            reading = Reading.of(table, self.judged.confirming(confirmed))
            self.known[key] = SHORT if reading.short else self.division.level(reading, self.steps)
        return self.known[key]

    def needs(self) -> Iterator[Question]:
        """List the questions: each activity once (with all its open codes), then the table."""
        divided, counted = self._divided(), self.judged.counted
        for place in self.open:
            one = counted[place]
            name = one.entry.activity.id
            if name in divided or self._activity_matters(place):
                codes = (*self._codes(place), *(("DIVIDED_ACTIVITY",) if name in divided else ()))
                yield Question(codes=codes, subject=name, others=one.others if codes[0] == one.reason else ())
        asked = {counted[place].entry.activity.id for place in self.open}
        for name in divided:
            if name not in asked:
                yield Question(codes=("DIVIDED_ACTIVITY",), subject=name)
        if len(self.evaluations) > 1 and self._table_matters():
            yield Question(codes=("TABLE_AFTER_EXPIRY",))

    def _table_matters(self) -> bool:
        return any(len({self.level(index, confirmed) for index in range(len(self.evaluations))}) > 1
                   for confirmed in self.settlements)

    def _activity_matters(self, place: int) -> bool:
        if place not in self.helpful or len(self.helpful) > SETTLED_ONE_BY_ONE:
            return place in self.helpful
        return any(
            self.level(index, confirmed) != self.level(index, confirmed | {place})
            for confirmed in self.settlements
            if place not in confirmed
            for index in range(len(self.evaluations))
        )

    def _divided(self) -> list[str]:
        """Name the divided activities if the outcome depends on a division, under any of the tables."""
        settled = self.division.allowed | self.division.refused
        return [name for name in self._every_divided() if name not in settled]

    def _every_divided(self) -> dict[str, None]:
        everything = frozenset(self.helpful)
        found: dict[str, None] = {}
        for index, evaluation in enumerate(self.evaluations):
            if evaluation.level == FULL_IF_DIVIDED:
                if self.division:
                    found |= dict.fromkeys(self.division.divided(evaluation.against, self.steps) or ())
                else:
                    found |= dict.fromkeys(evaluation.allocation.divided)
            if everything and evaluation.level != FULL and self.level(index, everything) == FULL_IF_DIVIDED:
                found |= dict.fromkeys(self.division.divided(evaluation.favour, self.steps) or ())
        return found

    def answered_divisions(self) -> tuple[str, ...]:
        """Name the activities about whose division the holder has answered, if a reading depends on dividing some.

        Whether an activity may be divided is then open for each that serves several areas, whichever one is divided.
        """
        found: dict[str, None] = {}
        for evaluation in self.evaluations:
            for reading in (evaluation.against, evaluation.favour):
                if not reading.short and not reading.can_stay_whole(self.steps):
                    found |= dict.fromkeys(name for name, item in zip(reading.ids, reading.items, strict=True)
                                           if item.mask.bit_count() > 1)
        return tuple(name for name in found if name in self.division.allowed | self.division.refused)


class _Weighed:
    """Finds which of many open activities may matter for one table, by what each brings."""

    def __init__(self, evaluation: Evaluation, judged: Judged) -> None:
        self.level, self.judged, self.table = evaluation.level, judged, evaluation.table.lenient()
        self.short, self.most_short = evaluation.against.short, evaluation.favour.short
        self.least, self.most = rows_of(evaluation.against.items), rows_of(evaluation.favour.items)
        self.known: dict[tuple[tuple[Item, ...], tuple[Item, ...]], bool] = {}

    def may_help(self, place: int) -> bool:
        """Return whether an open activity can matter at all.

        The contribution of an activity to a placement can only shrink when others are confirmed too, so an activity
        that adds nothing to what counts for certain never will.  If a division is in question, it may still keep
        another whole.
        """
        one = self.judged.counted[place]
        if "AREA_PROPOSED" in one.open and self.judged.shares_areas(place):
            return self._changes(place)
        key = (self.table.items(one.may_bring), self.table.items(one.brings))
        if key not in self.known:
            self.known[key] = self._adds(*key)
        return self.known[key]

    def _adds(self, more: Sequence[Item], less: Sequence[Item]) -> bool:
        """Return whether it matters that more is brought instead of less, without all others or with all of them."""
        if self.level != SHORT and any(item.mask for item in more):
            return True
        if self._short_of(self.least, less, more) < self.short:
            return True
        return self.judged.groups is not None and self._short_of(self.most, more, less) > self.most_short

    def _short_of(self, rows: Rows, less: Sequence[Item], more: Sequence[Item]) -> int:
        proof = prove_exchanged(rows, less, more, self.table.demand)
        return proof.total_short(self.table.demand)

    def _changes(self, place: int) -> bool:
        """Return whether it matters that an activity is confirmed, alone or with all others."""
        every = frozenset(self.judged.open)
        with_areas = self.level != SHORT
        return with_areas or self._alone({place}) < self.short or self._alone(every - {place}) > self.most_short

    def _alone(self, places: Collection[int]) -> int:
        return Reading.of(self.table, self.judged.confirming(places)).short
