"""The context of every part of an explanation: the decision, and the record and tables if available."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypedDict, Unpack

from cmprules._answers.ground import Ground, ground_with_tables
from cmprules._answers.render.questions import may_be_others
from cmprules._facts.records import Activity, Credential, Record
from cmprules._kit.points import decimal_text, from_hundredths, to_hundredths
from cmprules._kit.shapes import FrozenMap, trusted
from cmprules._policy.book import Citation, PolicyBook
from cmprules._rules.entries import Entries, Entry, entries
from cmprules._rules.results import CredentialDecision, DecisionFields, Finding
from cmprules.explaining._values import Comparison, ExplanationStep


def added(amounts: Iterable[Decimal]) -> Decimal:
    """Add up points, whatever the program's decimal context is."""
    return from_hundredths(sum(map(to_hundredths, amounts)))


class _Found(TypedDict, total=False):
    """The content of a finding."""

    holds: bool | None
    numbers: Mapping[str, Decimal]
    days: Mapping[str, date]
    compared: Comparison | None


class _Parts(_Found, total=False):
    """The content of a step, and its sources."""

    rule: str | None
    clause: str | None
    citations: Iterable[Citation]


def step(code: str, subject: str, children: Iterable[ExplanationStep] = (), **parts: Unpack[_Parts]) -> ExplanationStep:
    """Make a step of checked parts."""
    return trusted(
        ExplanationStep, code=code, subject=subject, children=tuple(children), holds=parts.get("holds"),
        numbers=FrozenMap(parts.get("numbers")), days=FrozenMap(parts.get("days")), compared=parts.get("compared"),
        rule=parts.get("rule"), clause=parts.get("clause"), citations=tuple(parts.get("citations", ())),
    )


def compared(left: object, relation: str, right: object) -> Comparison:
    """Make a comparison of two values."""
    return trusted(Comparison, left=_written(left), relation=relation, right=_written(right))


def _written(value: object) -> str:
    return decimal_text(value) if isinstance(value, Decimal) else str(value)


class Telling:
    """Builds the explanation of one credential.

    Every finding of the decision is stated once: the part of the tree that it belongs to takes it, and findings that no
    part takes come at the end.
    """

    def __init__(
        self, decision: DecisionFields, answer: CredentialDecision, record: Record | None, book: PolicyBook | None
    ) -> None:
        self.decision, self.answer, self.record, self.book = decision, answer, record, book
        self._untold = dict(enumerate(answer.findings))
        self._about: dict[str, list[int]] = {}
        for number, finding in self._untold.items():
            self._about.setdefault(finding.subject, []).append(number)

    # Available inputs.

    @cached_property
    def credential(self) -> Credential | None:
        """The credential as the record has it."""
        held = self.record.credentials if self.record is not None else ()
        return next((credential for credential in held if credential.id == self.answer.id), None)

    @cached_property
    def listed(self) -> Entries | None:
        """The activities of the record as the tables value them; None without the record or the tables."""
        if self.record is None or self.book is None:
            return None
        return entries(self.record.activities, self.book.counting, self.record.settled)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The activities of the record by id, with the areas that they take over; empty without the record."""
        if self.record is None:
            return {}
        if self.listed is None:
            return {activity.id: Entry(activity=activity, areas=activity.areas) for activity in self.record.activities}
        return {entry.activity.id: entry for entry in self.listed.listed}

    def activity(self, id: str) -> Activity | None:
        """The activity as the record has it."""
        entry = self.entries.get(id)
        return entry.activity if entry is not None else None

    @cached_property
    def ground(self) -> Ground | None:
        """The basis of the decision; None without the record or the tables, or if no table is established."""
        if self.book is None or self.credential is None or self.listed is None:
            return None
        return ground_with_tables(self.credential, self.listed, self.book, on=self.decision.on,
                                  trust=self.decision.stamp.trust)

    # Rules and findings.

    def clause(self, rule: str) -> str | None:
        """Return a rule in words."""
        statement = self.book.statements.get(rule) if self.book is not None else None
        return (statement.text or None) if statement is not None else None

    def cited(self, rule: str) -> tuple[Citation, ...]:
        """Return the citations of a rule."""
        return (self.book.cite(rule),) if self.book is not None else ()

    def take(self, *codes: str, subject: str | None = None) -> Iterator[Finding]:
        """Yield the findings with some codes that are not stated yet, about one subject if one is given."""
        for number in list(self._untold if subject is None else self._about.get(subject, ())):
            finding = self._untold.get(number)
            if finding is not None and finding.code in codes:
                del self._untold[number]
                yield finding

    @property
    def untold(self) -> list[Finding]:
        """The findings that are not stated yet."""
        return list(self._untold.values())

    @cached_property
    def may_be_others(self) -> frozenset[str]:
        """The duplicates that may be other activities: the edition leaves it open, and no row or answer settles it."""
        return may_be_others(self.answer)

    def told(
        self, finding: Finding, children: Iterable[ExplanationStep] = (), **parts: Unpack[_Found]
    ) -> ExplanationStep:
        """Make a step of a finding: its rule, the rule in words, and the citations."""
        return step(finding.code, finding.subject, children, rule=finding.rule, clause=self.clause(finding.rule),
                    citations=finding.citations, **parts)

    def tell(self, *codes: str, subject: str | None = None, holds: bool | None = None) -> tuple[ExplanationStep, ...]:
        """Make steps of the findings with some codes."""
        return tuple(self.told(finding, holds=holds) for finding in self.take(*codes, subject=subject))
