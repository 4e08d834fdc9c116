"""The holder's answers to open questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

YES, NO = "yes", "no"

CLUSTER_CODES = ("DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE")
"""The questions about one activity or several."""

TEST_CODES = ("UNDATED", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED",
              "AREA_PROPOSED")
"""The questions about one activity by itself."""

POLICY_CODES = frozenset({"KIND_UNCONFIRMED", "REPEATED_COURSE", "DIVIDED_ACTIVITY", "TABLE_AFTER_EXPIRY",
                          "UNIT_UNCONFIRMED"})
"""Answers about a policy rather than an activity: with them, the grade of the decision is the holder's."""


@dataclass(frozen=True)
class Answer:
    """One answer; `others` is None where it covers every activity of the record."""

    code: str
    subjects: tuple[str, ...]
    answer: str
    others: tuple[str, ...] | None

    @classmethod
    def read(cls, mapping: dict[str, Any]) -> Answer:
        """Read a valid answer; missing or empty `others` mean all activities."""
        others = mapping.get("others")
        return cls(mapping["code"], tuple(mapping["subjects"]), mapping["answer"], tuple(others) if others else None)

    def is_about(self, one: str, other: str) -> bool:
        """Return whether it settles how two activities relate."""
        return self._joins(one, other) or self._joins(other, one)

    def _joins(self, subject: str, other: str) -> bool:
        return subject in self.subjects and (self.others is None or other in self.others or other in self.subjects)


@dataclass(frozen=True)
class Answers:
    """All answers in a record."""

    given: tuple[Answer, ...] = ()

    @classmethod
    def read(cls, record: dict[str, Any]) -> Answers:
        """Read the answers in a record."""
        return cls(tuple(Answer.read(mapping) for mapping in record.get("settled") or ()))

    def of(self, code: str | None, subject: str) -> str | None:
        """Return yes or no to one question about one subject, or None; no takes precedence."""
        said = {one.answer for one in self.given if one.code == code and subject in one.subjects}
        return NO if NO in said else YES if YES in said else None

    def of_pair(self, codes: frozenset[str], one: str, other: str) -> str | None:
        """Return yes (several) or no (one) for two activities with some relations; no takes precedence."""
        said = {given.answer for given in self.given if given.code in codes and given.is_about(one, other)}
        return NO if NO in said else YES if YES in said else None

    def confirming(self, subjects: Collection[str]) -> Answers:
        """Return the answers with yes to every question about some single activities."""
        more = tuple(Answer(code, tuple(subjects), YES, None) for code in TEST_CODES)
        return Answers((*self.given, *more)) if subjects else self

    def each(self) -> Iterator[tuple[str, str]]:
        """Return code and subject of every answer."""
        for one in self.given:
            for subject in one.subjects:
                yield one.code, subject


NO_ANSWERS = Answers()
