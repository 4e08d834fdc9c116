"""Activities: their points, and the tests that each must pass before any table matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.core.reference.answers import NO, NO_ANSWERS, YES, Answers
from tests.core.reference.cycles import AT_MONTH_END, DOUBTFUL, IN, Cycle
from tests.core.reference.tables import COVID_FIRST, COVID_LAST, KIND_GRADE, UNITS, VALUE, Rules, below


@dataclass(frozen=True)
class Activity:
    """An activity of the record, with its amount as points."""

    id: str
    title: str
    provider: str
    kind: str
    points: int
    """In hundredths."""
    completed_on: date | None
    areas: frozenset[str]
    proposed: frozenset[str] = frozenset()
    certified: tuple[tuple[str, int], ...] = ()
    """Areas, and the hundredths of a point that the certificate assigns to each."""
    session: str = ""
    amount: str = ""
    unit: str = ""

    @classmethod
    def read(cls, mapping: dict[str, Any]) -> Activity:
        """Read a valid activity."""
        kind = mapping["kind"]
        unit = mapping.get("unit") or UNITS[kind][0]
        day = mapping.get("completed_on")
        certified = {area: hundredths(amount, unit) for area, amount in (mapping.get("certified") or {}).items()}
        return cls(id=mapping["id"], title=mapping["title"], provider=mapping.get("provider") or "", kind=kind,
                   points=hundredths(mapping["amount"], unit),
                   completed_on=None if day is None else date.fromisoformat(day),
                   areas=frozenset(mapping.get("areas") or ()),
                   proposed=frozenset(mapping.get("proposed_areas") or ()), certified=tuple(sorted(certified.items())),
                   session=mapping.get("session") or "", unit=unit,
                   amount=f"{Decimal(str(mapping['amount'])).normalize():f}")

    @property
    def order(self) -> tuple[tuple[int, str], str]:
        """Sort key: day and id; undated last."""
        return (1, "") if self.completed_on is None else (0, self.completed_on.isoformat()), self.id


def hundredths(amount: object, unit: str) -> int:
    """Convert an amount in a unit to hundredths of a point."""
    found = Decimal(str(amount)) * VALUE[unit] * 100
    assert found == int(found) > 0, (amount, unit)
    return int(found)


ACCEPTED = "accepted"
UNCONFIRMED = "unconfirmed"


def tests(activity: Activity, cycle: Cycle, on: date, trust: str, rules: Rules) -> Iterator[tuple[str, str | None]]:
    """Yield every test, in the order of the rules, that an activity does not simply pass by itself.

    A failed test is ("outside_cycle" or "not_acceptable", None), and ends the tests.  An open one is ("unconfirmed",
    why), and the reading in favor of the holder continues with the next test.
    """
    day = activity.completed_on
    if day is None:
        yield UNCONFIRMED, "UNDATED"
    else:
        said = cycle.says(day, on)
        if said in {DOUBTFUL, AT_MONTH_END}:
            yield UNCONFIRMED, "MONTH_OF_PREVIOUS_END" if said == DOUBTFUL else "END_OF_MONTH"
        elif said != IN:
            yield "outside_cycle", None
    if activity.kind == "covid_work" and day is not None and not COVID_FIRST <= day <= COVID_LAST:
        yield "not_acceptable", None
    grade = KIND_GRADE.get(activity.kind)
    if grade is None or below(grade, trust):
        yield UNCONFIRMED, "KIND_UNCONFIRMED"
    unit = rules.unit_grades.get(activity.unit)
    if unit is not None and below(unit, trust):
        yield UNCONFIRMED, "UNIT_UNCONFIRMED"


@dataclass(frozen=True)
class Verdict:
    """The place of an activity before any table or other activity matters."""

    shown: str
    """accepted, outside_cycle, not_acceptable or unconfirmed."""
    favourable: bool
    """Whether it counts in the reading in favor of the holder."""
    why: str | None
    """The first reason why it is unconfirmed."""
    used: frozenset[str] = field(default=frozenset())
    """The codes of the holder's answers that settled one of its tests."""
    asked: frozenset[str] = field(default=frozenset())
    """The codes of its open tests, answered or not."""


def verdict(activity: Activity, cycle: Cycle, on: date, trust: str, rules: Rules,
            answers: Answers = NO_ANSWERS) -> Verdict:
    """Return both readings of an activity: the first test that it fails, and the reading that passes open tests.

    An answer of yes passes a test in both readings; no fails it in both.
    """
    shown, why, favourable = ACCEPTED, None, True
    asked: list[str] = []
    used: list[str] = []
    for name, reason in tests(activity, cycle, on, trust, rules):
        said = answers.of(reason, activity.id)
        if reason is not None:
            asked.append(reason)
        if said is not None and reason is not None:
            used.append(reason)
        if said == YES:
            continue
        if shown == ACCEPTED:
            shown, why = name, reason
        if name != UNCONFIRMED or said == NO:
            favourable = False
            break
    return Verdict(shown, favourable, why, frozenset(used), frozenset(asked))
