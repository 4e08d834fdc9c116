"""Hypothesis strategies for valid records, biased to those on which an answer hangs.

Most records are built from what a table needs: activities close to each need, so that every outcome occurs often.
Around them stand the traps: ends of months, no date, the month of the previous end, entries made twice, capped kinds,
claims, extensions, expiries, voluntary participants, former codes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import attrs
from hypothesis import strategies as st

import cmprules
from cmprules import _vocabulary as words

__all__ = [
    "ALIASES_OF",
    "CLAIMED",
    "CODES",
    "ESTABLISHED",
    "Case",
    "Placing",
    "activities",
    "amounts",
    "cases",
    "credentials",
    "days",
    "edition",
    "overloaded",
    "own_tables",
    "placements",
    "placings",
    "policies",
    "records",
    "small_placings",
]

ESTABLISHED = ("formal_ce", "in_service", "teleconference", "self_study", "journal_test")
CLAIMED = tuple(kind for kind in words.KINDS if kind not in {*ESTABLISHED, "college_course", "covid_work"})
ALIASES_OF = {code: tuple(alias for alias, now in words.ALIASES.items() if now == code) for code in words.NAMES}
CODES = tuple((code, body) for code, bodies in words.BODIES.items() for body in bodies)
OFTEN = (*CODES, *(("MLS", "ASCP"),) * 6, ("MLT", "ASCP"), ("MB", "ASCP"))
VOLUNTARY_CODES = tuple(pair for pair in OFTEN if words.MANDATORY_FROM[pair[1], words.GROUPS[pair[0]]] is not None)
SMALL_CODES = ("PBT", "QBRS", "QIHC", "QLS", "QIA")
COVID = (date(2020, 3, 1), date(2022, 12, 31))

FORMS = ("current", "current", "current", "current", "started", "first", "expired", "expired", "inactive", "extended",
         "voluntary", "voluntary with an end", "voluntary past its end", "not required")
MODES = ("full", "full", "full", "full", "short", "claims", "claims", "doubtful", "tangled", "tangled", "wild")


class Case(NamedTuple):
    """A record and the day on which to decide it."""

    record: cmprules.Record
    on: date


class Placing(NamedTuple):
    """What `allocate` asks for."""

    activities: tuple[cmprules.Activity, ...]
    policy: cmprules.Policy
    cycle: cmprules.Period


@cache
def edition() -> cmprules.PolicyBook:
    """Give the book of the shipped edition."""
    return cmprules.load_book(edition="2026.1")


# ---------------------------------------------------------------------------------------------------------
# Days and amounts.


@st.composite
def days(draw: st.DrawFn, first: date = date(2007, 1, 1), last: date = date(2028, 12, 31)) -> date:
    """Days of a span, often the first or the last of a month or the end of a February."""
    day = draw(st.dates(first, last))
    how = draw(st.sampled_from(("any", "any", "first", "last", "february")))
    moved = day
    if how == "first":
        moved = day.replace(day=1)
    elif how == "last":
        moved = _last_of_month(day)
    elif how == "february":
        moved = _last_of_month(day.replace(day=1, month=2)) - timedelta(days=draw(st.integers(0, 2)))
    return moved if first <= moved <= last else day


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def amounts(most: int = 4_000) -> st.SearchStrategy[int]:
    """Points in hundredths: mostly whole and half points, and some of every hundredth."""
    halves = st.integers(1, max(1, most // 50)).map(lambda half: min(most, half * 50))
    return st.one_of(halves, halves, st.integers(1, most))


# ---------------------------------------------------------------------------------------------------------
# Credentials.


@st.composite
def credentials(draw: st.DrawFn, on: date = date(2026, 3, 10), name: str = "c1") -> cmprules.Credential:
    """Credentials in every standing on a day."""
    form = draw(st.sampled_from(FORMS))
    code, body = draw(st.sampled_from(VOLUNTARY_CODES if form.startswith(("voluntary", "not")) else OFTEN))
    since = words.MANDATORY_FROM[body, words.GROUPS[code]]
    old = None if since is None else draw(days(date(1985, 1, 1), since - timedelta(days=1)))
    facts = draw(_facts(form, on, old))
    given = draw(st.sampled_from((code, code, *ALIASES_OF[code])))
    nca = body == "ASCP" and form in {"current", "expired"} and draw(st.integers(0, 9)) == 0
    return cmprules.Credential(id=name, code=given, body=body, previous_nca=nca, **facts)


@st.composite
def _facts(draw: st.DrawFn, form: str, on: date, old: date | None) -> dict[str, Any]:
    """The days of a credential of one form; `old` lies before participation became mandatory."""
    ahead = draw(days(on, on + timedelta(days=1_090)))
    if form == "expired":
        behind = draw(_days_behind(on))
        if on > date(2023, 6, 30) and draw(st.booleans()):
            behind = draw(days(date(2021, 1, 1), date(2022, 12, 31)))  # before the tables changed
        return {"expires_on": behind, "certified_on": draw(st.sampled_from((None, behind - timedelta(days=2_000)))),
                "cycle_start": draw(st.sampled_from((None, None, behind - timedelta(days=500))))}
    month = date(ahead.year - 3, ahead.month, 1)
    facts: dict[str, Callable[[], dict[str, Any]]] = {
        "current": lambda: {"expires_on": ahead, "certified_on": draw(st.sampled_from((
            None, ahead - timedelta(days=1_500), ahead - timedelta(days=5_000))))},
        "started": lambda: {"expires_on": ahead, "cycle_start": draw(days(ahead - timedelta(days=1_080), ahead))},
        "first": lambda: {"expires_on": ahead, "certified_on": draw(days(month, _last_of_month(month)))},
        "inactive": lambda: {"expires_on": draw(_days_behind(on)), "extended_until": ahead},
        "extended": lambda: {"expires_on": ahead, "extended_until": draw(days(ahead, ahead + timedelta(days=400)))},
        "voluntary": lambda: {"voluntary": True, "certified_on": draw(st.sampled_from((None, old))),
                              "cycle_start": draw(st.sampled_from((None, None, on - timedelta(days=300))))},
        "voluntary with an end": lambda: {"voluntary": True, "certified_on": old, "expires_on": ahead},
        "voluntary past its end": lambda: {"voluntary": True, "expires_on": draw(_days_behind(on))},
        "not required": lambda: {"certified_on": old},
    }
    return facts[form]()


def _days_behind(on: date) -> st.SearchStrategy[date]:
    """Give days before another, some of them long before."""
    spans = [days(on - timedelta(days=back), on - timedelta(days=1)) for back in (100, 700, 1_500, 8_000)]
    return st.one_of(spans)


def _span(credential: cmprules.Credential, on: date) -> tuple[date, date]:
    """Days that lie in the cycle for certain (an end and a start within the last three years)."""
    last = credential.extended_until or credential.expires_on
    if last is None or on > last or credential.expires_on is None:
        return on - timedelta(days=1_000), on
    start = credential.expires_on - timedelta(days=1_000)
    certified = credential.certified_on
    if credential.cycle_start is not None:
        start = credential.cycle_start
    elif certified is not None and (certified.year + 3, certified.month) == (last.year, last.month):
        start = max(start, certified)
    return min(start, on), on


# ---------------------------------------------------------------------------------------------------------
# Activities.


_TITLES = ("Safe handling of formalin", "Antibody identification", "Ethics in the laboratory", "Rare cells")
_PROVIDERS = (None, "ASCP", "A vendor")


@st.composite
def activities(
    draw: st.DrawFn, name: str = "a1", hundredths: int | None = None, areas: Sequence[str] | None = None,
    kind: str | None = None, day: date | None = None,
) -> cmprules.Activity:
    """Activities; what is not given is drawn: any kind, and any unit in which the amount can be written exactly."""
    kind = draw(st.sampled_from(tuple(words.KINDS))) if kind is None else kind
    if hundredths is None:
        hundredths = draw(amounts())
    if areas is None:
        areas = draw(st.lists(st.sampled_from(words.AREAS), max_size=3, unique=True))
    if kind == "exam_pass":
        hundredths = max(25, hundredths - hundredths % 25)
    units = [unit for unit in words.KINDS[kind] if hundredths % (words.UNITS[unit] if unit != "ceu" else 1) == 0]
    unit = draw(st.sampled_from((None, *units))) or words.KINDS[kind][0]
    title, provider = draw(st.sampled_from(_TITLES)), draw(st.sampled_from(_PROVIDERS))
    return cmprules.Activity(
        id=name, title=f"{title} {name}", provider=provider, completed_on=day, kind=kind, unit=unit,
        amount=Decimal(hundredths) / 100 / words.UNITS[unit], areas=tuple(areas),
        documents=draw(st.sampled_from(((), ("certificate",)))),
        source=draw(st.sampled_from((None, *words.ACTIVITY_SOURCES))),
    )


@attrs.frozen
class _Wanted:
    """What is asked of an activity before it is drawn."""

    hundredths: int
    areas: tuple[str, ...]
    kind: str | None = None
    when: str = "in the cycle"


@st.composite
def _wanted(draw: st.DrawFn, needs: dict[str, int], pool: int, mode: str) -> list[_Wanted]:
    """Plan activities that come close to what a table needs."""
    if mode == "wild":
        return [_Wanted(draw(amounts()), tuple(draw(st.lists(st.sampled_from((*needs, "virology")), max_size=3,
                                                             unique=True))), draw(st.sampled_from(tuple(words.KINDS))))
                for _ in range(draw(st.integers(0, 6)))]
    names = list(needs)
    plan: list[_Wanted] = []
    weak = draw(st.sampled_from((*names, "pool"))) if mode in {"short", "claims", "doubtful"} and names else None
    if mode == "tangled" and len(names) > 1:
        pair = draw(st.permutations(names))[:2]
        together = needs[pair[0]] + needs[pair[1]]
        extra = draw(st.sampled_from((0, 0, 50)))
        parts = draw(st.sampled_from(([together], [together // 2, together - together // 2], [together - 50, 50])))
        plan.extend(_Wanted(part + extra, tuple(pair)) for part in parts if part > 0)
        names = [name for name in names if name not in pair]
    for name in names:
        also = (draw(st.sampled_from(tuple(needs))),) if draw(st.integers(0, 3)) == 0 else ()
        areas = tuple(dict.fromkeys((name, *also)))
        plan.extend(draw(_parts(needs[name], areas, mode if name == weak else "full")))
    if pool:
        plan.extend(draw(_parts(pool, (), mode if weak == "pool" else "full")))
    return plan


@st.composite
def _parts(draw: st.DrawFn, need: int, areas: tuple[str, ...], mode: str) -> list[_Wanted]:
    """Plan activities that together come close to one need."""
    missing = draw(st.one_of(st.sampled_from((1, 50, 100, need)), st.integers(1, need))) if mode != "full" else 0
    missing = min(missing, need)
    sure = need - missing
    extra = draw(st.sampled_from((0, 0, 0, 50, 100, 33))) if mode == "full" else 0
    kinds = (None, None, None, None, None, None, "college_course", *(("covid_work",) if not areas else ()))
    cut = draw(st.integers(1, sure)) if sure and draw(st.booleans()) else sure
    pieces = [piece for piece in (cut, sure - cut + extra) if piece]
    plan = [_Wanted(piece, areas, draw(st.sampled_from(kinds))) for piece in pieces]
    if mode == "claims":
        if draw(st.booleans()):
            plan.append(_Wanted(missing, areas, when="unknown"))
        else:
            plan.append(_Wanted(missing, areas, draw(st.sampled_from(CLAIMED))))
    elif mode == "doubtful":
        plan.append(_Wanted(missing, areas, when="in doubt"))
    return plan


@st.composite
def _near(
    draw: st.DrawFn, needs: dict[str, int], pool: int, span: tuple[date, date], doubtful: date | None = None
) -> list[cmprules.Activity]:
    """Activities close to what a table needs, done within a span of days, or on a day in doubt."""
    plan = draw(_wanted(needs, pool, draw(st.sampled_from(MODES))))
    found = []
    for number, wanted in enumerate(plan):
        kind = draw(st.sampled_from(ESTABLISHED)) if wanted.kind is None else wanted.kind
        first, last = span
        if kind == "covid_work" and first <= COVID[1] and last >= COVID[0] and draw(st.integers(0, 4)):
            first, last = max(first, COVID[0]), min(last, COVID[1])
        day = {"unknown": None, "in doubt": doubtful}.get(wanted.when, draw(days(first, last)))
        found.append(draw(activities(name=f"a{number}", hundredths=min(wanted.hundredths, 99_900), areas=wanted.areas,
                                     kind=kind, day=day)))
    return found


@st.composite
def _traps(
    draw: st.DrawFn, before: list[cmprules.Activity], credential: cmprules.Credential, on: date
) -> list[cmprules.Activity]:
    """A few more activities that ought not to count, or not for certain."""
    found: list[cmprules.Activity] = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2)))):
        name = draw(st.sampled_from(("A", "t"))) + str(number)
        trap = draw(st.sampled_from(("twice", "late", "early", "month", "month", "covid", "any")))
        day: date | None = on - timedelta(days=200)
        kind = draw(st.sampled_from((*ESTABLISHED, "covid_work", *CLAIMED[:2])))
        if trap == "twice" and before:
            same = draw(st.sampled_from(before))
            areas = draw(st.lists(st.sampled_from(words.AREAS), max_size=2, unique=True))
            found.append(attrs.evolve(same, id=name, title=f" {same.title.upper()}  ", areas=areas))
            continue
        if trap == "late":
            day = on + timedelta(days=draw(st.integers(1, 60)))
        elif trap == "early":
            day = on - timedelta(days=draw(st.integers(1_000, 3_000)))
        elif trap == "month" and credential.expires_on is not None:
            end = credential.expires_on
            day, kind = date(end.year - 3, end.month, draw(st.integers(1, min(end.day, 28)))), "formal_ce"
        elif trap == "covid":
            kind, day = "covid_work", draw(st.sampled_from((*COVID, date(2023, 1, 1), date(2020, 2, 29))))
        found.append(draw(activities(name=name, kind=kind, day=day)))
    return found


# ---------------------------------------------------------------------------------------------------------
# Records.


@st.composite
def placements(draw: st.DrawFn, record: cmprules.Record) -> tuple[cmprules.Placement, ...]:
    """The holder's own placements, lawful or not."""
    if not record.activities:
        return ()
    count = draw(st.integers(0, 3))
    return tuple(
        cmprules.Placement(
            credential=draw(st.sampled_from(record.credentials)).id,
            activity=(activity := draw(st.sampled_from(record.activities))).id,
            area=draw(st.sampled_from((*activity.areas, words.POOL))),
            points=Decimal(draw(amounts(1_000))) / 100,
        )
        for _ in range(count)
    )


def _needs_of(credential: cmprules.Credential, on: date) -> tuple[dict[str, int], int]:
    """What the table of a credential needs, in hundredths; something at hand where no table is known."""
    expires = max(on, date(2007, 1, 1)) if credential.expires_on is None else max(on, credential.expires_on)
    try:
        policy = edition().policy_for(credential.code, expires_on=expires, body=credential.body)
    except cmprules.NotInForceError:
        return {"safety": 100}, 800
    if policy.areas is None or policy.pool is None:
        return {"safety": 100, "ethics": 100}, 700
    return {figure.area: int(figure.value * 100) for figure in policy.areas}, int(policy.pool.value * 100)


@st.composite
def cases(draw: st.DrawFn, *, most_credentials: int = 3, with_placements: bool = True) -> Case:
    """Records, most of them nearly complete, and a day on which to decide them."""
    on = draw(st.one_of(days(date(2024, 1, 1), date(2026, 12, 31)), days(date(2010, 1, 1), date(2027, 6, 30))))
    count = draw(st.sampled_from((1, 1, 1, 2, most_credentials)[: most_credentials + 2]))
    held = [draw(credentials(on=on, name=f"c{number}")) for number in range(count)]
    needs, pool = _needs_of(held[0], on if draw(st.booleans()) else date.min)
    span = _span(held[0], on)
    end = held[0].expires_on
    doubtful = None if end is None else date(end.year - 3, end.month, draw(st.integers(1, min(end.day, 28))))
    near = draw(_near(needs, pool, span, doubtful))
    found = [*near, *draw(_traps(near, held[0], on))]
    region = draw(st.sampled_from(("standard", "standard", "low_middle_income")))
    record = cmprules.Record(holder=cmprules.Holder(id="h-1", fee_region=region), credentials=tuple(held),
                             activities=tuple(draw(st.permutations(found))))
    if with_placements and draw(st.integers(0, 3)) == 0:
        record = attrs.evolve(record, placements=draw(placements(record)))
    return Case(record, on)


def records() -> st.SearchStrategy[cmprules.Record]:
    """Give records of every sort."""
    return cases().map(lambda case: case.record)


# ---------------------------------------------------------------------------------------------------------
# Policies, and what may be placed in them.


@st.composite
def policies(draw: st.DrawFn, codes: Sequence[str] = tuple(words.NAMES)) -> cmprules.Policy:
    """Policies that are established, of every era."""
    pairs = [pair for pair in OFTEN if pair[0] in codes and pair[0] not in {"MLA", "DPT", "DMLI"}]
    code, body = draw(st.sampled_from(pairs))
    expires = draw(days(date(2015, 1, 1), date(2028, 12, 31)))
    return edition().policy_for(code, expires_on=expires, body=body)


def own_tables(tables: dict[int, dict[str, str]]) -> str:
    """Write tables of the user's own, one for the expiries from each year on, in the format of the shipped ones."""
    cited = 'source = "cmprules-reading", pin = "a test", grade = "official"'
    lines = ['schema = "cmprules.table/1"', 'table = "points"', 'title = "Small tables"', 'unit = "point"',
             'keyed_on = "expires_on"', "last_checked = 2026-01-01", 'code = "MLA"', 'body = "ASCP"']
    for year, table in tables.items():
        figures = {"total": str(sum(map(Decimal, table.values()))), **table}
        cells = [f'{{ of = "{of}", value = "{value}", {cited} }}' for of, value in figures.items()]
        lines += ["[[row]]", f'id = "MLA/{year}"', f"from = {year}-01-01", f"begins = {{ {cited} }}",
                  f"cells = [{', '.join(cells)}]"]
    return "\n".join(lines)


CYCLE = cmprules.Period(start=date(2020, 6, 1), end=date(2023, 5, 31))


@st.composite
def placings(draw: st.DrawFn, policy: st.SearchStrategy[cmprules.Policy] | None = None) -> Placing:
    """Activities that come close to a table, a few of which do not count."""
    table = draw(policies() if policy is None else policy)
    needs = {figure.area: int(figure.value * 100) for figure in table.areas or ()}
    near = draw(_near(needs, 0 if table.pool is None else int(table.pool.value * 100), (CYCLE.start, CYCLE.end)))
    holder = cmprules.Credential(id="c", code="MLS", expires_on=CYCLE.end)
    found = [*near, *draw(_traps(near, holder, CYCLE.end))]
    return Placing(tuple(draw(st.permutations(found))), table, CYCLE)


@st.composite
def overloaded(draw: st.DrawFn) -> Placing:
    """College courses and pandemic work beyond their caps, beside enough of other points to leave some of them over."""
    table = draw(policies())
    areas = [figure.area for figure in table.areas or ()]
    found = []
    for number in range(draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(("college_course", "college_course", "covid_work", "formal_ce")))
        day = draw(days(CYCLE.start, COVID[1]))
        served = draw(st.sampled_from(((), (), tuple(areas[:1]), tuple(areas))))
        found.append(draw(activities(name=draw(st.sampled_from("ab")) + str(number), kind=kind, day=day, areas=served,
                                     hundredths=draw(amounts(2_000)))))
    return Placing(tuple(found), table, CYCLE)


@st.composite
def small_placings(draw: st.DrawFn, policy: st.SearchStrategy[cmprules.Policy] | None = None) -> Placing:
    """At most five activities of whole and half points for a small table: few enough to try every placement."""
    table = draw(policies(SMALL_CODES) if policy is None else policy)
    areas = [figure.area for figure in table.areas or ()]
    sizes = [int(figure.value * 2) for figure in table.areas or ()] + [int(table.pool.value * 2) if table.pool else 0]
    halves = st.one_of(st.integers(1, 4), st.sampled_from([size for size in sizes if size]), st.integers(1, 12))
    found = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(("formal_ce", "formal_ce", "formal_ce", "college_course", "covid_work")))
        day = draw(days(CYCLE.start, COVID[1] if kind == "covid_work" else CYCLE.end))
        served = draw(st.lists(st.sampled_from(areas), max_size=3, unique=True)) if areas else []
        found.append(draw(activities(name=draw(st.sampled_from("zyx")) + str(number), kind=kind, day=day, areas=served,
                                     hundredths=50 * draw(halves))))
    return Placing(tuple(found), table, CYCLE)
