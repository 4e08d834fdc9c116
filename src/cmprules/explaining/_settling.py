"""The two readings of what is uncertain, and the fewest answers that would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, islice

import attrs

from cmprules._answers.ground import Ground
from cmprules._rules.allocation import Reading, Table
from cmprules._rules.outcome import FULL, FULL_IF_DIVIDED, SHORT
from cmprules._rules.placing import Steps
from cmprules._rules.results import Need
from cmprules._words.enums import Outcome
from cmprules._words.limits import MOST_ANSWER_SETS
from cmprules.explaining._telling import Telling, compared, step
from cmprules.explaining._values import ExplanationStep

HOLDS = {Outcome.MET: True, Outcome.NOT_MET: False, Outcome.NEEDS_REVIEW: None, Outcome.NOT_REQUIRED: True}
"""Whether the requirements hold, in the terms of a step."""


def reading_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Return both readings: everything uncertain against the holder, and everything in the holder's favor."""
    total = telling.answer.total
    if total is None:
        return
    limited = telling.tell("SEARCH_LIMIT")
    yield step("AGAINST", telling.answer.id, limited, holds=not total.short, numbers={"short": total.short},
               compared=compared(total.short, "=", "0"))
    yield step("IN_FAVOR", telling.answer.id, holds=not total.short_if_confirmed,
               numbers={"short": total.short_if_confirmed}, compared=compared(total.short_if_confirmed, "=", "0"))


def settling_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Return the open questions, the result of each answer, and the fewest answers that settle the outcome."""
    needs = telling.answer.needs
    if not needs:
        return
    answers = _Answers.to(telling.answer.id, needs, telling.ground)
    questions = [step("OPEN_QUESTION", need.subject, answers.led_to(need), rule=need.code, clause=need.question)
                 for need in needs]
    yield step("SETTLING", telling.answer.id, [*questions, *answers.smallest()])


@attrs.frozen
class _Answer:
    """One answer to one open question."""

    code: str
    subject: str
    yes: bool


_Given = frozenset[_Answer]


class _Answers:
    """The outcome if some of the open questions are answered.

    A question is about an activity (does it count?), about divisions (are they allowed?) or about the table of a
    reinstatement (which one?).  Unanswered questions are read both ways; the outcome is settled only if both readings
    agree.
    """

    def __init__(self, id: str, needs: Sequence[Need], ground: Ground | None) -> None:
        self.id, self.needs, self.ground = id, needs, ground
        self.known: dict[tuple[int, bool, frozenset[str]], int] = {}

    @classmethod
    def to(cls, id: str, needs: Sequence[Need], ground: Ground | None) -> _Answers:
        """Collect the questions; answers cannot settle a search that reached its limit, or a doubtful credential."""
        limited = any(need.code in {"SEARCH_LIMIT", "FORMER_CODE_LATE"} for need in needs)
        return cls(id, needs, None if limited else ground)

    # The result of an answer.

    def led_to(self, need: Need) -> Iterator[ExplanationStep]:
        """Return the outcome after each answer to one question while the others stay open."""
        for answer in self._answers(need):
            yield step(answer.code, answer.subject, holds=HOLDS[self.outcome(frozenset({answer}))])

    def _answers(self, need: Need) -> Iterator[_Answer]:
        if self.ground is None:
            return
        if need.code == "TABLE_AFTER_EXPIRY":
            yield from (_Answer("IF_TABLE", table.policy.row.id, yes=True) for table in self.ground.tables)
        elif need.code == "DIVIDED_ACTIVITY":
            yield from (_division(self.ground, yes=yes) for yes in (True, False))
        else:
            yield from (_counts(need.subject, yes=yes) for yes in (True, False))

    def outcome(self, given: _Given) -> Outcome:
        """Return the outcome after some answers."""
        if self.ground is None:
            return Outcome.NEEDS_REVIEW
        rows = {answer.subject for answer in given if answer.code == "IF_TABLE"}
        tables = [index for index, table in enumerate(self.ground.tables)
                  if not rows or table.policy.row.id in rows]
        if all(self._met(index, given) for index in tables):
            return Outcome.MET
        return Outcome.NEEDS_REVIEW if any(self._may_be_met(index, given) for index in tables) else Outcome.NOT_MET

    def _met(self, index: int, given: _Given) -> bool:
        """Return whether a table is met if every unanswered question goes against the holder."""
        allowed = any(answer.code == "IF_DIVIDED" for answer in given)
        chosen = frozenset(answer.subject for answer in given if answer.code == "IF_COUNTS")
        return self._level(index, chosen, strict=True) >= (FULL_IF_DIVIDED if allowed else FULL)

    def _may_be_met(self, index: int, given: _Given) -> bool:
        """Return whether a table is met if every unanswered question goes in the holder's favor."""
        refused = any(answer.code == "IF_NOT_DIVIDED" for answer in given)
        left_out = {answer.subject for answer in given if answer.code == "IF_DOES_NOT_COUNT"}
        return self._level(index, self._open - left_out, strict=False) >= (FULL if refused else FULL_IF_DIVIDED)

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(item.entry.activity.id
                         for item in self.ground.open) if self.ground is not None else frozenset()

    def _level(self, index: int, chosen: frozenset[str], *, strict: bool) -> int:
        """How far one table is filled with some of the open activities."""
        key = (index, strict, chosen)
        if key not in self.known and self.ground is not None:
            table = self.ground.tables[index]
            self.known[key] = _level_of(table if strict else table.lenient(), self.ground, chosen, generous=not strict)
        return self.known[key]

    # The fewest answers.

    def smallest(self) -> Iterator[ExplanationStep]:
        """Return the smallest set of answers that makes it `MET`, and the smallest that makes it `NOT_MET`."""
        for wanted, yes, name in ((Outcome.MET, True, "FOR_MET"), (Outcome.NOT_MET, False, "FOR_NOT_MET")):
            found, smallest = self._fewest(wanted, self._leaning(yes=yes))
            if found:
                yield step(f"{'SMALLEST' if smallest else 'ENOUGH'}_{name}", self.id,
                           [step(answer.code, answer.subject) for answer in found], holds=HOLDS[wanted])

    def _leaning(self, *, yes: bool) -> list[_Answer]:
        """Return the answers in the holder's favor, or those against; about a table, any answer may help."""
        if self.ground is None:
            return []
        found = [answer for need in self.needs for answer in self._answers(need)
                 if answer.code == "IF_TABLE" or answer.yes is yes]
        return list(dict.fromkeys([*found, _division(self.ground, yes=yes)]))

    def _fewest(self, wanted: Outcome, answers: Sequence[_Answer]) -> tuple[tuple[_Answer, ...], bool]:
        """Find the smallest set of answers that gives the wanted outcome, and whether that is proven."""
        every = next((some for some in _together(answers) if self.outcome(frozenset(some)) is wanted), ())
        sets = (some for size in range(1, len(every) + 1) for some in combinations(answers, size) if _agree(some))
        for some in islice(sets, MOST_ANSWER_SETS):
            if self.outcome(frozenset(some)) is wanted:
                return some, True
        return self._without_spare(wanted, every), False

    def _without_spare(self, wanted: Outcome, answers: Sequence[_Answer]) -> tuple[_Answer, ...]:
        """Leave out one answer after another while the rest still settles the outcome."""
        kept = list(answers)
        for answer in answers:
            rest = [other for other in kept if other != answer]
            if self.outcome(frozenset(rest)) is wanted:
                kept = rest
        return tuple(kept)


def _together(answers: Sequence[_Answer]) -> Iterator[tuple[_Answer, ...]]:
    """Yield all sets of answers that fit together: with no table named, or with one table."""
    plain = tuple(answer for answer in answers if answer.code != "IF_TABLE")
    yield plain
    yield from ((*plain, answer) for answer in answers if answer.code == "IF_TABLE")


def _counts(subject: str, *, yes: bool) -> _Answer:
    return _Answer("IF_COUNTS" if yes else "IF_DOES_NOT_COUNT", subject, yes=yes)


def _division(ground: Ground, *, yes: bool) -> _Answer:
    return _Answer("IF_DIVIDED" if yes else "IF_NOT_DIVIDED", ground.credential.id, yes=yes)


def _agree(answers: Iterable[_Answer]) -> bool:
    """Return whether at most one table is named."""
    return sum(1 for answer in answers if answer.code == "IF_TABLE") <= 1


def _level_of(table: Table, ground: Ground, chosen: frozenset[str], *, generous: bool) -> int:
    """How far a table is filled with what counts for certain and some of the open activities.

    If the search reaches its limit, it is open whether an activity must be divided; the reading in favor is that none
    must.
    """
    steps = Steps()
    places = {place for place in ground.judged.open if ground.counted[place].entry.activity.id in chosen}
    reading = Reading.of(table, ground.judged.confirming(places))
    if reading.short:
        return SHORT
    level = ground.division.level(reading, steps)
    return FULL if level == FULL or (generous and not steps.left) else level
