"""The kernel places points as the rules do: worked cases in which a wrong placement shows in the answer.

The columns of a population show no placement, but the weakest source of the placed points depends on it.  In most cases
self-study, which has the weakest source, is entered last and gets what the others leave of the pool.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import cmprules
from cmprules.batch._columns.given import Given
from cmprules.batch._part import Context, decide_part
from tests.edges.batch.again import course, pbt
from tests.edges.batch.populations import as_tables, decided, differences
from tests.edges.batch.reforms import laid

ON = date(2026, 3, 10)
REFORM = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files" / "cap-reform.toml"
"""A user's cap of a quarter of the points on college courses."""


class Worked(NamedTuple):
    """A record, and what its answer shows; `needs` are the subjects of the open questions."""

    record: cmprules.Record
    outcome: str
    placed: str
    grade: str
    needs: tuple[str, ...] = ()


def _each(day: str) -> tuple[cmprules.Activity, ...]:
    """Fill the mandatory areas of a phlebotomist exactly, each with a course of its own."""
    return (course("s", day=day, areas=["safety"]), course("e", day=day, areas=["ethics"]),
            course("p", "2", day, areas=["phlebotomy"]))


def _college(id: str, points: str, day: str, **more: Any) -> cmprules.Activity:
    return course(id, points, day, kind="college_course", unit="point", **more)


def _weak(day: str = "2025-01-05") -> cmprules.Activity:
    """Return three points of self-study."""
    return course("z", "3", day, kind="self_study")


SAFETY, ETHICS, DRAW = _each("2025-01-01")
EITHER = ("safety", "ethics")
OPEN_DAY = "2023-05-20"
"""A day in the month of the previous end, which may count or not."""

WORKED = {
    "the room under a cap is left for the area that lacks it": Worked(
        pbt(SAFETY, DRAW, _college("c1", "5", "2025-01-02"), course("f", "1", "2025-01-03"),
            _college("c2", "1", "2025-01-04", areas=["ethics"]), _weak()), "MET", "9", "inferred"),
    "a course for two areas serves the one that no other serves": Worked(
        pbt(DRAW, course("a", "1", "2025-01-01", areas=EITHER), course("b", "1", "2025-01-01", areas=["safety"]),
            course("f", "4", "2025-01-03"), _weak()), "MET", "9", "inferred"),
    "so does a course of more points than the area needs": Worked(
        pbt(course("a", "1.5", "2025-01-01", areas=EITHER), course("b", "1", "2025-01-02", areas=["safety"]), DRAW,
            course("f", "4", "2025-01-03"), _weak()), "MET", "9", "inferred"),
    "of several ways to keep courses whole, the first course takes most": Worked(
        pbt(course("a", "5", "2025-01-01", areas=["safety", "phlebotomy"]),
            course("b", "1", "2025-01-02", areas=["safety"]), _weak("2025-01-03"),
            course("d", "2", "2025-01-04", areas=["ethics"]),
            course("f", "3", "2025-01-05", areas=["safety", "ethics", "phlebotomy"])), "MET", "9", "third_party"),
    "many courses for two areas each stay whole in the emptier one": Worked(
        pbt(*(course(f"m{number}", "1.5", f"2025-01-0{number}", areas=EITHER) for number in range(1, 9)),
            course("p", "3", "2025-01-09", areas=["phlebotomy"])), "MET", "9", "third_party"),
    "the pool gets its points while an area lacks some": Worked(
        pbt(SAFETY, ETHICS, course("f", "4", "2025-01-02"), _weak()), "NOT_MET", "7", "inferred"),
    "a pool that is exactly full takes nothing of the next course": Worked(
        pbt(course("f", "5", "2025-01-01"), _weak("2025-01-05"), *_each("2025-02-01")), "MET", "9", "third_party"),
    "of many open courses, those over a cap are not asked about": Worked(
        pbt(*_each("2025-01-01"), _college("c", "4.5", "2025-01-02"),
            *(one for number in range(5) for one in (course(f"u{number}", "1", OPEN_DAY),
                                                     _college(f"v{number}", "1", OPEN_DAY)))),
        "NEEDS_REVIEW", "8.5", "third_party", tuple(f"u{number}" for number in range(5))),
}

LATER = date(2024, 3, 1)
"""Today's table is another one then than the table by which these credentials ended."""


def _blood_bank(*entered: cmprules.Activity) -> cmprules.Record:
    """Make a record that meets the table of its end; today's asks for six points more in blood banking."""
    return pbt(course("s", "1", "2023-05-01", areas=["safety"]), course("e", "1", "2023-05-01", areas=["ethics"]),
               course("b", "2", "2023-05-01", areas=["blood_banking"]), course("f", "40", "2023-05-01"), *entered,
               code="BB", expires_on=date(2023, 12, 31))


def _undated(id: str, points: str, area: str) -> cmprules.Activity:
    return course(id, points, None, areas=[area])


AFTER_EXPIRY = {
    "a day that only today's table needs": Worked(
        _blood_bank(_undated("u", "6", "blood_banking")), "NEEDS_REVIEW", "30", "inferred", ("u", "c")),
    "many days: those of areas are asked about though the table of the end is met": Worked(
        _blood_bank(*(_undated(f"u{number}", "1", "blood_banking") for number in range(6)),
                    *(_undated(f"v{number}", "1", "ethics") for number in range(5))),
        "NEEDS_REVIEW", "30", "inferred",
        (*(f"u{number}" for number in range(6)), *(f"v{number}" for number in range(5)), "c")),
}
OWN_CAP = {
    "points under a user's cap": Worked(
        pbt(*_each("2025-01-01"), _college("c", "2", "2025-01-01"), course("f", "6", "2025-01-02")),
        "MET", "9", "user"),
    "a user's cap that is reached, and of which nothing is placed": Worked(
        pbt(*_each("2025-01-01"), course("f", "5", "2025-01-02"), _college("c", "2.25", "2025-01-03")),
        "MET", "9", "third_party"),
}


LESS_ASKED = {
    "of equal shortfalls, the one that lacks more of its areas is shown": Worked(
        pbt(course("s", "1", "2023-05-01", areas=["safety"]), course("e", "1", "2023-05-01", areas=["ethics"]),
            course("f", "20", "2023-05-01"), code="BB", expires_on=date(2023, 12, 31)), "NOT_MET", "22", "user"),
}
"""Today's table, by a reform, asks for less in blood banking than the one by which the credential ended."""


def _newest() -> cmprules.PolicyBook:
    return cmprules.load_book(edition="2026.2")


def _with_own_cap() -> cmprules.PolicyBook:
    return cmprules.load_book(edition="2026.2", reform=[REFORM])


def _with_less_blood_banking() -> cmprules.PolicyBook:
    return laid({("area", "blood_banking"): "1"}, "BB")


GROUPS: tuple[tuple[dict[str, Worked], date, Callable[[], cmprules.PolicyBook]], ...] = (
    (WORKED, ON, _newest), (AFTER_EXPIRY, LATER, _newest), (OWN_CAP, ON, _with_own_cap),
    (LESS_ASKED, LATER, _with_less_blood_banking))
"""The cases, the day of decision, and the tables."""


@pytest.mark.parametrize(("case", "on", "tables"), [
    pytest.param(case, on, tables, id=name) for group, on, tables in GROUPS for name, case in group.items()])
def test_worked_by_hand(case: Worked, on: date, tables: Callable[[], cmprules.PolicyBook]) -> None:
    """The kernel answers alone, with the answers of `decide`."""
    book = tables()
    found = decided([case.record], book, on)
    (row,) = found.answers.to_pylist()
    shown = (row["outcome"], format(row["placed"].normalize(), "f"), row["grade"])
    assert shown == (case.outcome, case.placed, case.grade)
    assert tuple(need["subject"] for need in row["needs"]) == case.needs
    assert differences(found, [case.record], book, on) == []
    given = as_tables([case.record])
    assert decide_part(Given.whole(given["credentials"]), Given.whole(given["activities"]),
                       Context.of(book, on, cmprules.Grade.INFERRED)).reasons == {}
