"""Activities that come close to what a table needs, and a few that should not count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from cmprules._facts.records import Activity, Credential
from cmprules._kit.calendar import add_months, first_of_month
from cmprules._policy.book import Policy
from cmprules._words import vocabulary as words
from cmprules._words.limits import MOST_POINTS
from cmprules.testing._entries import CLAIMED, COVID, ESTABLISHED, activities, activity_of
from cmprules.testing._values import days_between, hundredths

MODES = ("wild", "full", "full", "full", "full", "short", "claims", "claims", "doubtful", "tangled", "tangled")
"""The state of most activities of a record; a word listed twice is drawn twice as often."""


@attrs.frozen
class Needs:
    """What a table needs, in hundredths of a point."""

    areas: dict[str, int]
    pool: int


def needs_of(policy: Policy | None) -> Needs:
    """Read what a table needs; a fixed example if no table is known."""
    if policy is None or policy.areas is None or policy.pool is None:
        return Needs({"safety": 100, "ethics": 100}, 700)
    return Needs({figure.area: figure.hundredths for figure in policy.areas}, policy.pool.hundredths)


@attrs.frozen
class _Wanted:
    """The plan of an activity before it is drawn."""

    points: int
    areas: tuple[str, ...] = ()
    kind: str | None = None
    when: str = "in the cycle"


# ---------------------------------------------------------------------------------------------------------
# Planning.


@st.composite
def _wanted(draw: st.DrawFn, needs: Needs, mode: str) -> list[_Wanted]:
    """Plan activities that come close to what a table needs."""
    if mode == "wild":
        return draw(st.lists(_anything(needs), max_size=6))
    plan = draw(_tangle(needs)) if mode == "tangled" and len(needs.areas) > 1 else []
    left = [area for area in needs.areas if not any(area in wanted.areas for wanted in plan)]
    weak = draw(st.sampled_from((*left, words.POOL))) if mode in {"short", "claims", "doubtful"} else None
    for area in left:
        also = (draw(st.sampled_from(tuple(needs.areas))),) if draw(st.integers(0, 3)) == 3 else ()
        served = tuple(dict.fromkeys((area, *also)))
        plan.extend(draw(_parts(needs.areas[area], served, mode if area == weak else "full")))
    if needs.pool:
        plan.extend(draw(_parts(needs.pool, (), mode if weak == words.POOL else "full")))
    return plan


@st.composite
def _anything(draw: st.DrawFn, needs: Needs) -> _Wanted:
    """Plan any activity at all."""
    areas = st.lists(st.sampled_from((*needs.areas, "virology")), max_size=3, unique=True)
    return _Wanted(draw(hundredths(4_000)), tuple(draw(areas)), draw(st.sampled_from(tuple(words.KINDS))))


@st.composite
def _tangle(draw: st.DrawFn, needs: Needs) -> list[_Wanted]:
    """Plan one or two activities for two areas, which may have to be divided."""
    pair = tuple(draw(st.permutations(list(needs.areas)))[:2])
    together = sum(needs.areas[area] for area in pair)
    extra = draw(st.sampled_from((0, 0, 50)))
    parts = draw(st.sampled_from(([together], [together // 2, together - together // 2], [together - 50, 50])))
    return [_Wanted(part + extra, pair) for part in parts if part > 0]


_EXTRA = st.sampled_from((0, 0, 0, 50, 100, 33))
_KIND_OF_PART = st.sampled_from((None, None, None, None, None, None, "college_course"))
_KIND_OF_REST = st.sampled_from((None, None, None, None, None, None, "college_course", "covid_work"))


@st.composite
def _parts(draw: st.DrawFn, need: int, areas: tuple[str, ...], mode: str) -> list[_Wanted]:
    """Plan activities that together come close to one need."""
    missing = draw(st.one_of(st.sampled_from((1, 50, 100, need)), st.integers(1, need))) if mode != "full" else 0
    missing = min(missing, need)
    sure = need - missing
    extra = draw(_EXTRA) if mode == "full" else 0
    cut = draw(st.integers(1, sure)) if sure and draw(st.booleans()) else sure
    pieces = [piece for piece in (cut, sure - cut + extra) if piece]
    plan = [_Wanted(piece, areas, draw(_KIND_OF_PART if areas else _KIND_OF_REST)) for piece in pieces]
    if mode == "claims":
        claim = _Wanted(missing, areas, when="unknown")
        plan.append(claim if draw(st.booleans()) else _Wanted(missing, areas, draw(st.sampled_from(CLAIMED))))
    elif mode == "doubtful":
        plan.append(_Wanted(missing, areas, when="in doubt"))
    return plan


# ---------------------------------------------------------------------------------------------------------
# Drawing.


@st.composite
def near(
    draw: st.DrawFn, needs: Needs, first: date, last: date, doubtful: date | None = None, *,
    modes: Sequence[str] = MODES,
) -> list[Activity]:
    """Draw activities close to what a table needs, done within a span of days or on a doubtful day."""
    plan = draw(_wanted(needs, draw(st.sampled_from(modes))))
    return [draw(_as_wanted(f"a{number}", wanted, first, last, doubtful)) for number, wanted in enumerate(plan)]


_ESTABLISHED = st.sampled_from(ESTABLISHED)


@st.composite
def _as_wanted(
    draw: st.DrawFn, id: str, wanted: _Wanted, first: date, last: date, doubtful: date | None
) -> Activity:
    """Draw a planned activity."""
    kind = draw(_ESTABLISHED) if wanted.kind is None else wanted.kind
    if kind == "covid_work" and first <= COVID[1] and last >= COVID[0] and draw(st.integers(0, 4)) < 4:
        first, last = max(first, COVID[0]), min(last, COVID[1])
    day = {"unknown": None, "in doubt": doubtful}.get(wanted.when, draw(days_between(first, last)))
    return draw(activity_of(id, kind, min(wanted.points, MOST_POINTS * 100), wanted.areas, day))


@st.composite
def doubtful_day(draw: st.DrawFn, credential: Credential) -> date | None:
    """Draw a day of the month in which the previous cycle ended; None for a credential without an end date."""
    end = credential.expires_on
    if end is None:
        return None
    month = first_of_month(add_months(end, -words.CYCLE_MONTHS))
    return month.replace(day=draw(st.integers(1, min(end.day, 28))))


@st.composite
def traps(draw: st.DrawFn, before: Sequence[Activity], credential: Credential, on: date) -> list[Activity]:
    """Draw a few more activities that should not count, or not for certain."""
    count = draw(st.sampled_from((0, 0, 1, 2)))
    ids = [draw(st.sampled_from(("t", "A"))) + str(number) for number in range(count)]
    return [draw(_trap(id, before, credential, on)) for id in ids]  # noqa: A001  # as everywhere


@st.composite
def _trap(draw: st.DrawFn, id: str, before: Sequence[Activity], credential: Credential, on: date) -> Activity:
    """Draw one trap."""
    trap = draw(st.sampled_from(("any", "twice", "late", "early", "month", "month", "covid")))
    kind = draw(st.sampled_from((*ESTABLISHED, "covid_work", *CLAIMED[:2])))
    if trap == "twice" and before:
        return draw(_twin(id, draw(st.sampled_from(before))))
    day: date | None = on - timedelta(days=200)
    if trap == "late":
        day = on + timedelta(days=draw(st.integers(1, 60)))
    elif trap == "early":
        day = on - timedelta(days=draw(st.integers(1_000, 3_000)))
    elif trap == "month" and credential.expires_on is not None:
        day, kind = draw(doubtful_day(credential)), "formal_ce"
    elif trap == "covid":
        kind, day = "covid_work", draw(st.sampled_from((*COVID, date(2023, 1, 1), date(2020, 2, 29))))
    return draw(activities(id=id, kinds=(kind,), completed_on=day))


@st.composite
def _twin(draw: st.DrawFn, id: str, same: Activity) -> Activity:
    """Draw the same activity entered a second time, written a little differently."""
    areas = draw(st.lists(st.sampled_from(words.AREAS), max_size=2, unique=True))
    return attrs.evolve(same, id=id, title=f" {same.title.upper()}  ", areas=areas)
