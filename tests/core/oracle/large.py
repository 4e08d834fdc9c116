"""Large records for the solvers: 50 to 400 activities, most records a hundredth away from another answer.

A record is made backwards.  A hidden assignment of whole activities fills the areas of a table to the hundredth.  Then
the activities get further areas, and something moves by a hair: a hundredth from one area to another, which keeps the
sums and may rule out every whole placement; one more or one fewer in total; a capped kind up to its cap, or just over
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

import attrs

import cmprules
from tests.reckoning import CAPPED, cap_of, hundredths
from tests.strategies import CLAIMED, CYCLE, ESTABLISHED, edition

__all__ = ["HOW", "TABLES", "Large", "Piece", "large", "needs_of"]

TABLES = ("MLS", "MLT", "PA", "PA", "SBB", "BB", "HTL", "QIHC", "QIHC", "PBT", "PBT", "MB", "SM", "DLM", "QLS", "SMB")
EXPIRIES = (date(2022, 12, 31), date(2023, 5, 31), date(2026, 5, 31), date(2026, 5, 31))
"""Ends in each era of the tables; the first era needs no ethics."""

HOW = ("tangled", "boulders", "boulders", "grains", "grains", "loose", "poor")
"""Tangled: nearly all activities may serve several areas.  Boulders: a few large ones do, and the others are sand.

Grains: the same with amounts that are multiples of a number that the needs are not.  Loose: too much of everything.
Poor: too little.
"""

HAIR = (0, 0, 0, 1, -1, 33, -50)


class Piece(NamedTuple):
    """Points that an activity brings, in hundredths; the areas that it names, its kind, and whether it is open."""

    points: int
    areas: tuple[str, ...]
    kind: str
    unconfirmed: bool = False


class Large(NamedTuple):
    """A table and activities for it; `pieces` says what should count of them, in no order."""

    seed: int
    how: str
    policy: cmprules.Policy
    pieces: tuple[Piece, ...]
    activities: tuple[cmprules.Activity, ...]


def needs_of(policy: cmprules.Policy) -> tuple[dict[str, int], int, dict[str, int]]:
    """Return what a table asks for in each area and in the pool, and the caps of kinds, in hundredths."""
    assert policy.areas is not None
    assert policy.pool is not None
    needs = {figure.area: hundredths(figure.value) for figure in policy.areas}
    pool = hundredths(policy.pool.value)
    total = sum(needs.values()) + pool
    return needs, pool, {kind: cap_of(kind, total) or 0 for kind in CAPPED}


def large(seed: int, *, expires_on: date | None = None) -> Large:
    """Make a large record; the same seed gives the same record.

    Args:
        seed: the seed of all random choices.
        expires_on: the day whose table is used; None for a random one.
    """
    chance = Random(seed)
    policy = edition().policy_for(chance.choice(TABLES), expires_on=expires_on or chance.choice(EXPIRIES))
    how = chance.choice(HOW)
    pieces = _pieces(chance, policy, how, chance.choice((50, 70, 100, 150, 250, 390)))
    acts = [_activity(chance, number, piece) for number, piece in enumerate(pieces)]
    if chance.random() < 0.3:
        acts += _useless(chance, acts)
    chance.shuffle(acts)
    return Large(seed, how, policy, tuple(pieces), tuple(acts))


# ---------------------------------------------------------------------------------------------------------
# Points of the activities.


def _pieces(chance: Random, policy: cmprules.Policy, how: str, count: int) -> list[Piece]:
    """Fill the areas, then the pool, then add surplus or unconfirmed claims up to the number."""
    needs, pool, caps = needs_of(policy)
    if how in {"tangled", "loose", "poor"}:
        found = _fine(chance, needs, how, count * 2 // 3)
    else:
        found = _coarse(chance, needs, how, count // 2)
    found = _under_caps(chance, found, caps)
    found += _for_the_pool(chance, found, pool, caps, max(3, count * 4 // 5 - len(found)))
    spare = 0 if how == "poor" else chance.choice((0, 0, 1, 50, 2_000))
    found += [Piece(points, (), "formal_ce") for points in _split(chance, spare, count - len(found))]
    found += [Piece(chance.randint(1, 9), _some(chance, list(needs)), chance.choice(CLAIMED[1:]), unconfirmed=True)
              for _ in range(count - len(found))]
    return found


def _split(chance: Random, amount: int, count: int) -> list[int]:
    """Split an amount at random into a number of parts; into single hundredths if there are fewer."""
    if min(amount, count) <= 0:
        return []
    cuts = sorted(chance.sample(range(1, amount), min(amount, count) - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, amount], strict=True)]


def _some(chance: Random, names: Sequence[str], first: str | None = None) -> tuple[str, ...]:
    """Draw some areas, occasionally one unknown to the table; `first` is among them if given."""
    found = [*([first] if first else []), *chance.sample(list(names), chance.randint(0, len(names)))]
    found += ["virology"] if chance.random() < 0.1 else []
    return tuple(dict.fromkeys(found))


def _fine(chance: Random, needs: dict[str, int], how: str, count: int) -> list[Piece]:
    """Make many small activities, nearly all of which may serve several areas."""
    every = sum(needs.values())
    found: list[Piece] = []
    times = {"tangled": (1, 1), "loose": (3, 2), "poor": (7, 8)}[how]
    for name, need in needs.items():
        parts = _split(chance, need * times[0] // times[1], max(1, count * need // every))
        found += [Piece(points, _some(chance, list(needs), name), "formal_ce") for points in parts]
    return _moved(chance, found)


def _moved(chance: Random, found: list[Piece]) -> list[Piece]:
    """Add a hair to one activity, and for some shifts take it away from another."""
    for sign in (1, -1)[: chance.randint(1, 2)]:
        at, hair = chance.randrange(len(found)), sign * chance.choice(HAIR)
        if found[at].points + hair > 0:
            found[at] = found[at]._replace(points=found[at].points + hair)
    return found


def _coarse(chance: Random, needs: dict[str, int], how: str, count: int) -> list[Piece]:
    """Make a few large activities for several areas, and for each area small ones that fill the rest to a hair."""
    left = {name: need for name, need in needs.items() if need}
    step = chance.choice((3, 7, 9, 11, 33)) if how == "grains" else 1
    found: list[Piece] = []
    for _ in range(chance.randint(2, 12)):
        name = chance.choice(list(left))
        most = min(left[name], max(needs.values()) // 3)
        points = chance.randint(max(1, most // 4), max(1, most)) // step * step
        if 0 < points <= left[name]:
            others = [other for other in left if other != name]
            also = chance.sample(others, chance.randint(min(1, len(others)), len(others)))
            found.append(Piece(points, (name, *also), "formal_ce"))
            left[name] -= points
    for name, hair in zip(left, _shifts(chance, len(left)), strict=True):
        parts = max(1, count // len(left))
        found += [Piece(points, (name,), "formal_ce") for points in _split(chance, left[name] + hair, parts)]
    return found


def _shifts(chance: Random, count: int) -> list[int]:
    """Move a hair between areas, add one to an area, or do nothing."""
    shifts = [0] * count
    hair = chance.choice((0, 1, 1, 2, 10, 50))
    one, other = chance.choices(range(count), k=2) if count == 1 else chance.sample(range(count), 2)
    shifts[one] -= hair
    shifts[other] += hair + chance.choice((0, 0, 0, 1, -1))
    return shifts


def _under_caps(chance: Random, found: list[Piece], caps: dict[str, int]) -> list[Piece]:
    """Turn some into college courses: below the cap, near it, or beyond it with others in their place."""
    form = chance.choice(("none", "fewer", "about", "more", "more"))
    room = {"none": 0, "fewer": chance.randint(0, caps["college_course"]), "about": caps["college_course"],
            "more": caps["college_course"] * chance.randint(101, 160) // 100}[form]
    for at in chance.sample(range(len(found)), len(found)):
        if found[at].points <= room:
            room -= found[at].points
            found[at] = found[at]._replace(kind="college_course")
    college = [piece for piece in found if piece.kind == "college_course"]
    over = sum(piece.points for piece in college) - caps["college_course"]
    if over <= 0 or chance.random() < 0.3:
        return found
    parts = _split(chance, max(1, over + chance.choice(HAIR)), chance.randint(1, 5))
    return found + [chance.choice(college)._replace(points=points, kind="formal_ce") for points in parts]


def _for_the_pool(chance: Random, found: list[Piece], pool: int, caps: dict[str, int], count: int) -> list[Piece]:
    """Fill the pool to a hair, part of it with capped kinds, up to their caps and over them."""
    parts: list[tuple[int, str]] = []
    college = sum(piece.points for piece in found if piece.kind == "college_course")
    left = pool
    for kind, room in (("covid_work", caps["covid_work"]),
                       ("college_course", max(0, caps["college_course"] - college))):
        inside = min(left, chance.choice((0, room, room, room // 2)))
        over = chance.choice((0, 0, 1, 300)) if inside == room else 0
        parts.append((inside + over, kind))
        left -= inside
    parts.append((max(0, left + chance.choice(HAIR)), "formal_ce"))
    return [Piece(points, ("safety",) if kind == "covid_work" and chance.random() < 0.3 else (), kind)
            for amount, kind in parts for points in _split(chance, amount, count // 3)]


# ---------------------------------------------------------------------------------------------------------
# As a holder would enter it.


def _activity(chance: Random, number: int, piece: Piece) -> cmprules.Activity:
    """Write an activity on a day on which its kind counts; an unconfirmed one need not have a day."""
    kind = chance.choice(ESTABLISHED) if piece.kind == "formal_ce" else piece.kind
    last = date(2022, 12, 31) if kind == "covid_work" else CYCLE.end
    day = chance.choice((CYCLE.start, last, *(CYCLE.start + timedelta(days=chance.randint(0, 900)) for _ in "abcdef")))
    undated = piece.unconfirmed and chance.random() < 0.3
    return cmprules.Activity(id=f"{chance.choice('ba')}{number}", title=f"A course of its own, {number}", kind=kind,
                             completed_on=None if undated else day, areas=piece.areas,
                             amount=Decimal(piece.points) / 100, unit="point")


def _useless(chance: Random, acts: Sequence[cmprules.Activity]) -> list[cmprules.Activity]:
    """Make a few that do not count: entered twice, too early, too late, pandemic work after its time."""
    dated = [one for one in acts if one.completed_on is not None]
    twice = [attrs.evolve(one, id=f"z{one.id}") for one in chance.sample(dated, 3)]
    early, late, after = (attrs.evolve(one, id=f"y{one.id}", completed_on=day) for one, day in zip(
        chance.sample(dated, 3), (date(2020, 4, 30), date(2023, 6, 1), date(2023, 1, 1)), strict=True))
    return [*twice, early, late, attrs.evolve(after, kind="covid_work")]
