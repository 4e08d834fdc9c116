"""The holder's answers to open questions, prepared for the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cmprules._facts.records import Settled
from cmprules._words.codes.questions import ABOUT_RELATION


class Answers(NamedTuple):
    """The holder's answers.

    Attributes:
        about: the answers to questions about one activity or one credential, by code and id.
        relations: the answers to whether activities are one.
        given: codes and subjects of all answers, each once, in order.
    """

    about: dict[tuple[str, str], bool]
    relations: tuple[Settled, ...] = ()
    given: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(settled: Sequence[Settled]) -> Answers:
        """Sort the answers of a record."""
        if not settled:
            return NO_ANSWERS
        about = {(answer.code, subject): answer.answer == "yes"
                 for answer in settled if answer.code not in ABOUT_RELATION for subject in answer.subjects}
        given = dict.fromkeys((answer.code, subject) for answer in settled for subject in answer.subjects)
        return Answers(about=about, relations=tuple(answer for answer in settled if answer.code in ABOUT_RELATION),
                       given=tuple(given))

    def __bool__(self) -> bool:
        return bool(self.about or self.relations)

    def get(self, code: str, subject: str) -> bool | None:
        """Return the answer to a question; None if there is none."""
        return self.about.get((code, subject))


NO_ANSWERS = Answers(about={})
