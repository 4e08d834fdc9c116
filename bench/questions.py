"""How many questions an ordinary person is asked: records like those in hospitals, all of which meet their table.

    python -m bench.questions

Draws people with annual trainings, monthly journals, weekly conferences and vendor courses, where one import in ten ran
twice.  Of those who meet their table if every question goes their way, it counts how many need review, and how many
questions a report asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import cmprules

ON = date(2026, 3, 10)
FIRST = date(2023, 6, 1)
PEOPLE = 500


def person(rng: Random, number: int) -> cmprules.Record:
    """Draw one employee of a hospital laboratory."""
    activities = [*_trainings(rng), *_journals(rng), *_conferences(rng), *_courses(rng)]
    rng.shuffle(activities)
    if rng.random() < 0.1:  # an import ran twice
        uploaded = [one for one in activities if one["kind"] == "formal_ce"]
        activities += [{**one, "source": "upload"} for one in uploaded]
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": f"h{number}"},
        "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-05-31"}],
        "activities": [{"id": f"a{place}", **one} for place, one in enumerate(activities)]})


def _day(rng: Random) -> date:
    return FIRST + timedelta(days=rng.randrange(900))


def _trainings(rng: Random) -> Iterator[dict[str, Any]]:
    """Draw the yearly trainings in safety and compliance that the employer gives."""
    for title, area in (("Annual safety training", "safety"), ("HIPAA and compliance", "ethics")):
        for year in range(3):
            yield {"title": title, "provider": "Sample Hospital", "kind": "in_service", "amount": "1", "areas": [area],
                   "completed_on": (FIRST + timedelta(days=60 + 330 * year + rng.randrange(30))).isoformat()}


def _journals(rng: Random) -> Iterator[dict[str, Any]]:
    """Draw, for some people, a journal with a monthly test."""
    for month in range(rng.choice((0, 12, 24))):
        yield {"title": "Journal of the laboratory: monthly test", "provider": "Sample Society", "kind": "journal_test",
               "amount": "1", "areas": [], "completed_on": (FIRST + timedelta(days=30 * month)).isoformat()}


def _conferences(rng: Random) -> Iterator[dict[str, Any]]:
    """Draw a weekly conference for one person in four, now and then two on one day."""
    if rng.random() < 0.25:
        for week in range(0, 100, 4):
            day = (FIRST + timedelta(days=7 * week)).isoformat()
            for _ in range(2 if rng.random() < 0.05 else 1):
                yield {"title": "Pathology conference", "provider": "Sample Hospital", "kind": "in_service",
                       "amount": "1", "areas": [], "completed_on": day}


def _courses(rng: Random) -> Iterator[dict[str, Any]]:
    """Draw courses from vendors, a few of them taken again."""
    areas = ("blood_banking", "chemistry", "hematology", "microbiology")
    for number in range(rng.randrange(12, 24)):
        again = rng.random() < 0.05
        yield {"title": f"Course {rng.randrange(4) if again else number + 10}", "provider": "Sample Vendor",
               "kind": "formal_ce", "amount": rng.choice(("1", "1.5", "2")), "areas": [areas[number % 4]],
               "completed_on": _day(rng).isoformat()}


def main() -> None:
    """Count and print."""
    rng, book = Random(1), cmprules.load_book(edition="2026.2")
    outcomes: Counter[str] = Counter()
    questions: Counter[int] = Counter()
    codes: Counter[str] = Counter()
    for number in range(PEOPLE):
        answer = cmprules.decide(person(rng, number), book, on=ON)["mls"]
        if answer.total is not None and not answer.total.short_if_confirmed:
            outcomes[str(answer.outcome)] += 1
            kinds = {need.code for need in answer.needs}
            questions[len(kinds)] += 1
            codes.update(kinds)
    met = sum(outcomes.values())
    print(f"{met} of {PEOPLE} are met in favor: {dict(outcomes)}")
    print(f"for review: {outcomes['NEEDS_REVIEW'] / met:.1%}")
    print(f"questions a person reads: {dict(sorted(questions.items()))}")
    print(f"about: {dict(codes)}")


if __name__ == "__main__":
    main()
