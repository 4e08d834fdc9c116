"""Strategies for the laws on examinations: score reports of one person, near every boundary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from cmprules._words import vocabulary as words
from cmprules.exam import ContentArea, ExamRecord, ScoreReport

__all__ = ["areas", "exams", "failed_reports", "reports"]

SCORES = st.one_of(st.integers(100, 999), st.sampled_from((100, 399, 400, 401, 999)))
DAYS = st.one_of(
    st.dates(date(2003, 1, 1), date(2030, 12, 31)),
    st.sampled_from((date(2003, 12, 31), date(2004, 1, 1), date(2024, 2, 29), date(2023, 2, 28), date(2025, 11, 30),
                     date(2026, 1, 31), date(2025, 12, 31))),
)
CATEGORIES = tuple((code, body) for code, bodies in words.BODIES.items() for body in bodies)


@st.composite
def areas(draw: st.DrawFn) -> tuple[ContentArea, ...]:
    """Draw content areas: all, some or none have scores, means and shares."""
    count = draw(st.integers(0, 6))
    scored, shared = (draw(st.sampled_from(("all", "some", "none"))) for _ in range(2))
    found = []
    for index in range(count):
        score = draw(SCORES) if scored == "all" or (scored == "some" and draw(st.booleans())) else None
        with_share = shared == "all" or (shared == "some" and draw(st.booleans()))
        share = Decimal(draw(st.integers(1, 1_600))) / 100 if with_share else None
        mean = draw(st.none() | st.integers(10_000, 99_900).map(lambda cents: Decimal(cents) / 100))
        found.append(ContentArea(name=f"Area {index}", score=score, mean=mean, share=share))
    return tuple(found)


@st.composite
def reports(draw: st.DrawFn, scores: st.SearchStrategy[int] = SCORES) -> ScoreReport:
    """Draw one report of any category."""
    code, body = draw(st.sampled_from(CATEGORIES))
    taken_on = draw(DAYS)
    notified = draw(st.none() | st.integers(0, 20))
    admitted = draw(st.none() | st.integers(0, 88))
    return ScoreReport(
        code=code, body=body, taken_on=taken_on, score=draw(scores), areas=draw(areas()),
        route=draw(st.sampled_from((None, "1", "2"))),
        notified_on=None if notified is None else taken_on + timedelta(days=notified),
        admitted_from=None if admitted is None else taken_on - timedelta(days=admitted),
    )


def failed_reports() -> st.SearchStrategy[ScoreReport]:
    """Draw reports of failed attempts."""
    return reports(st.integers(100, 399))


@st.composite
def exams(draw: st.DrawFn) -> ExamRecord:
    """Draw the reports of one person, often several for one category."""
    found = draw(st.lists(reports(), min_size=1, max_size=6, unique_by=lambda one: (one.code, one.body, one.taken_on)))
    return ExamRecord(candidate="sample", reports=found)
