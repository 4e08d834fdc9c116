"""Records with entries that may be one activity: entered twice, a day apart, taken again, weekly, across an end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

import cmprules

__all__ = ["course", "mattering_together", "pbt", "records_with_repeats"]

EXPIRES = (date(2026, 5, 31), date(2026, 5, 31), date(2025, 12, 31), date(2024, 1, 31), date(2026, 5, 15))
EDGES = (date(2023, 5, 16), date(2023, 5, 31), date(2023, 6, 1), date(2022, 12, 31), date(2026, 3, 10),
         date(2024, 2, 1), date(2025, 2, 1), date(2025, 6, 1))
"""First days of cycles, days of decision, and some in between."""

GAPS = (0, 0, 1, 1, 2, -1, 3, 7, 14, 365)
KINDS = ("formal_ce", "formal_ce", "in_service", "in_service", "self_study", "teleconference", "college_course",
         "covid_work", "journal_article")
IN_HOURS = ("formal_ce", "in_service", "self_study", "teleconference")


def course(id: str, points: str = "1", day: str | None = "2025-02-11", **more: Any) -> cmprules.Activity:
    """Make an activity, by default formal education with its own title."""
    given: dict[str, Any] = {"id": id, "title": f"Course {id}", "kind": "formal_ce", "amount": points,
                             "completed_on": day, **more}
    return cmprules.Activity(**given)


def pbt(*entered: cmprules.Activity, **credential: Any) -> cmprules.Record:
    """Make a record with one credential that needs 1 point each in safety and ethics, and 9 in total."""
    given: dict[str, Any] = {"id": "c", "code": "PBT", "expires_on": date(2026, 5, 31), **credential}
    return cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[cmprules.Credential(**given)],
                           activities=entered)


def mattering_together() -> cmprules.Record:
    """Make a record with ten open entries, of which several add nothing alone, but let others serve more areas."""
    both, tissue, safe = ("safety", "ethics"), ("ethics", "immunohistochemistry"), ("safety", "immunohistochemistry")
    listed: tuple[tuple[str, str, str, tuple[str, ...], str | None], ...] = (
        ("day", "formal_ce", "2023-05-23", both, "1"), ("day", "formal_ce", "2023-05-30", both, "1"),
        ("day", "formal_ce", "2023-05-15", tissue, "2"), ("day", "formal_ce", "2023-05-17", ("ethics",), "2"),
        ("journal", "journal_article", "2025-02-01", tissue, None),
        ("journal", "journal_article", "2025-02-03", safe, "2"))
    activities = [cmprules.Activity(id=f"{copy}{number}", title=title, kind=kind, amount=1, unit="point", areas=areas,
                                    completed_on=date.fromisoformat(day), session=session)
                  for copy in "ab" for number, (title, kind, day, areas, session) in enumerate(listed)]
    return cmprules.Record(holder=cmprules.Holder(id="h"), activities=activities, credentials=(
        cmprules.Credential(id="c", code="QIHC", expires_on=date(2025, 12, 31)),))


@st.composite
def records_with_repeats(draw: st.DrawFn, book: cmprules.PolicyBook) -> cmprules.Record:
    """Draw a record in which some titles occur several times, close together and far apart."""
    code, expires = draw(st.sampled_from(("PBT", "PBT", "MLS", "BB", "QIHC"))), draw(st.sampled_from(EXPIRES))
    policy = book.policy_for(code, expires_on=expires)
    areas = [figure.area for figure in policy.areas or ()]
    entered = [course(f"full-{area}", "8", "2025-01-05", areas=[area]) for area in areas if draw(st.integers(0, 4))]
    if draw(st.booleans()):
        entered.append(course("pool", str(draw(st.integers(1, 40))), "2025-01-06"))
    for number in range(draw(st.integers(1, 3))):
        entered += draw(_under_one_title(number, areas))
    if not draw(st.integers(0, 9)):
        entered += [attrs.evolve(one, id=f"z{one.id}") for one in entered]  # an import that ran twice
    named = [attrs.evolve(one, id=f"{draw(st.integers(0, 9))}-{place}") for place, one in enumerate(entered)]
    credential = cmprules.Credential(id="c", code=code, expires_on=expires)
    return cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[credential],
                           activities=draw(st.permutations(named)))


@st.composite
def _under_one_title(draw: st.DrawFn, number: int, areas: list[str]) -> list[cmprules.Activity]:
    """Draw entries with one title that agree in most fields."""
    day, kinds = draw(st.sampled_from(EDGES)), draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
    providers = draw(st.lists(st.sampled_from((None, "X", "y inc")), min_size=1, max_size=2))
    amounts = draw(st.lists(st.sampled_from(("0.5", "1", "2")), min_size=1, max_size=2))
    sessions = draw(st.sampled_from(((None,), (None,), (None, "1", "2"))))
    found = []
    for place in range(draw(st.sampled_from((2, 2, 3, 3, 4, 6, 12)))):
        kind, gap = draw(st.sampled_from(kinds)), draw(st.sampled_from(GAPS))
        units = ("contact_hour", "cmle", "point") if kind in IN_HOURS else ("point",)
        found.append(course(
            str(place), draw(st.sampled_from(amounts)), None if not draw(st.integers(0, 19)) else
            (day + timedelta(days=gap)).isoformat(), kind=kind, unit=draw(st.sampled_from(units)),
            title=draw(st.sampled_from((f"Title {number}", f"TITLE {number}", f"Title {number} (web)"))),
            provider=draw(st.sampled_from(providers)), session=draw(st.sampled_from(sessions)),
            areas=draw(st.lists(st.sampled_from(areas), max_size=2, unique=True))))
    return found


