"""How long a record takes with many activities that may be one, compared with one whose activities cannot be.

    python -m bench.identity

The records have 400 activities and are decided under edition 2026.2.  In one all titles differ.  In the others every
activity has the same title and provider, on different days, on days that several share, or on consecutive days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import cmprules
from bench._measure import Say, alone, in_turns, say
from bench._result import Aim, Result, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure", "record_of"]

ON = date(2026, 3, 10)
FIRST = date(2023, 6, 1)
COUNT = 400
OTHERS = "titles that differ"
KINDS: dict[str, Callable[[int], tuple[str, int]]] = {
    OTHERS: lambda number: (f"Course {number}", number * 2),
    "one title, days apart": lambda number: ("Case conference", number * 2),
    "one title, four on each day": lambda number: ("Case conference", number // 4 * 9),
    "one title, day after day": lambda number: ("Case conference", number),
}
"""For each record, the title of an activity by its number, and the days since the cycle began."""
AT_MOST = Aim(bound="at most", value=20)


def record_of(kind: str, count: int) -> cmprules.Record:
    """Make a record of one of the kinds.

    >>> [activity.title for activity in record_of("titles that differ", 2).activities]
    ['Course 0', 'Course 1']
    """
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"},
        "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-05-31"}],
        "activities": [*_activities(KINDS[kind], count)]})


def _activities(told: Callable[[int], tuple[str, int]], count: int) -> Iterator[dict[str, Any]]:
    areas = ("blood_banking", "chemistry", "hematology", "microbiology", "safety", "ethics")
    for number in range(count):
        title, days = told(number)
        yield {"id": f"a{number:03}", "title": title, "provider": "Sample Hospital", "kind": "formal_ce",
               "amount": "0.25", "areas": [areas[number % len(areas)]],
               "completed_on": (FIRST + timedelta(days=days)).isoformat()}


def measure(*, quick: bool = False, rounds: int = 0, told: Say = say) -> Result:
    """Decide the records in turns."""
    count, book = (40 if quick else COUNT), cmprules.load_book(edition="2026.2")
    records = {kind: record_of(kind, count) for kind in KINDS}
    answers = {kind: cmprules.decide(record, book, on=ON)["mls"] for kind, record in records.items()}
    contestants = {kind: _decided(record, book) for kind, record in records.items()}
    timings = in_turns(contestants, rounds or (3 if quick else 15), told)
    rows = {kind: row_of(kind, [run.processor * 1e3 for run in timings[kind]], "ms a record", "processor time")
            for kind in KINDS}
    return Result(
        name="identity", title="One activity or several",
        what=f"Records with one credential and {count} activities under edition 2026.2: with titles that differ, and "
             "with one title and provider for all, so that some or all may be one activity.",
        size={"activities": count}, quick=quick, beside=OTHERS, rows=tuple(rows.values()),
        ratios=tuple(ratio_of(rows[kind], rows[OTHERS], AT_MOST) for kind in KINDS if kind != OTHERS),
        figures=tuple(figure_of(f"questions about {kind}", len(answer.needs), "") for kind, answer in answers.items()),
        date=today(), command=command("identity", quick=quick), environment=environment(("attrs", "cmprules")))


def _decided(record: cmprules.Record, book: cmprules.PolicyBook) -> Callable[[], object]:
    return lambda: cmprules.decide(record, book, on=ON)


if __name__ == "__main__":
    alone(measure, __doc__)
