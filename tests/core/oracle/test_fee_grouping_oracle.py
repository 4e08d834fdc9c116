"""The cheapest grouping of up to twelve declarations, which HiGHS finds as a choice among all lawful groups.

Every set of credentials that may be one group is a column with its price.  Each credential must be in exactly one
chosen column, at the least total price.  `laws/test_fees.py` does the same for a few credentials by trying every
grouping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

import pytest
from ortools.linear_solver.python import model_builder

import cmprules
from tests.core.laws.test_fees import amounts_on, combine, lies_behind
from tests.reckoning import add_months, hundredths
from tests.strategies import edition

SEEDS = range(150)
DAYS = (date(2012, 11, 30), date(2020, 2, 29), date(2022, 11, 29), date(2023, 11, 30), date(2024, 8, 31),
        date(2025, 5, 31), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 10), date(2026, 11, 28))
STEPS = (0, 1, 1, 2, 2, 3, 3, -1, -3)
CODES = ("MLS", "MLS", "SBB", "PBT", "MB", "QLS", "QIHC")


class Declared(NamedTuple):
    """Credentials to declare, the day, and the prices of the items on it, in cents."""

    credentials: tuple[cmprules.Credential, ...]
    on: date
    region: str
    application: int
    reduced: int
    reinstatement: int


@cache
def declared(seed: int) -> Declared:
    """Make six to twelve credentials whose ends form chains with steps of about three months."""
    chance = Random(seed)
    on, region = chance.choice(DAYS), chance.choice(("standard", "low_middle_income"))
    amounts = amounts_on(on, region)
    assert amounts is not None
    ends = [on + timedelta(days=chance.randint(0, 100))]
    codes = chance.choice((CODES, CODES[:4], CODES[:1]))
    held = []
    for number in range(chance.randint(6, 12)):
        end = add_months(chance.choice(ends[-3:]), chance.choice(STEPS))
        ends.append(max(on, end + timedelta(days=chance.choice((0, 0, 0, 1, -1)))))
        held.append(_credential(chance, f"c{number}", chance.choice(codes), ends[-1], on))
    chance.shuffle(held)
    return Declared(tuple(held), on, region, *(100 * dollars for dollars in amounts))


def _credential(chance: Random, name: str, code: str, end: date, on: date) -> cmprules.Credential:
    """Make a credential that ends on a day: mostly ordinary, some extended, expired, voluntary or not required."""
    form = chance.randint(0, 19)
    if form == 0:
        return cmprules.Credential(id=name, code=code, expires_on=on - timedelta(days=chance.randint(1, 60)))
    if form <= 2:
        return cmprules.Credential(id=name, code=code, expires_on=end - timedelta(days=200), extended_until=end)
    if form <= 4 and not code.startswith("Q"):
        return cmprules.Credential(id=name, code=code, voluntary=form == 3, certified_on=date(2001, 5, 5),
                                   expires_on=end if form == 3 and chance.random() < 0.7 else None)
    return cmprules.Credential(id=name, code=code, expires_on=end)


def owing(case: Declared) -> list[cmprules.Credential]:
    """List the credentials that must be declared: they have an end, or their holder takes part by choice."""
    return [one for one in case.credentials if one.expires_on is not None or one.voluntary]


Group = tuple[int, ...]


def lawful_groups(members: Sequence[cmprules.Credential], on: date) -> list[Group]:
    """List every set of credentials any two of which may share the reduced fee, as indices."""
    friends = [{other for other in range(at) if combine(members[other], one, on)} for at, one in enumerate(members)]
    found: list[Group] = []
    for at, known in enumerate(friends):
        found += [(at,), *((*group, at) for group in found if known.issuperset(group))]
    return found


def least_price(prices: dict[Group, int], count: int) -> int | None:
    """Choose groups that contain each member exactly once, at the least price; None if that is impossible."""
    model = model_builder.Model()
    chosen = {group: model.new_bool_var("") for group in prices}
    for member in range(count):
        model.add(sum(chosen[group] for group in prices if member in group) == 1)
    model.minimize(sum(price * chosen[group] for group, price in prices.items()))
    solver = model_builder.Solver("highs")
    status = solver.solve(model)
    assert status in {model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.INFEASIBLE}, status
    return round(solver.objective_value) if status == model_builder.SolveStatus.OPTIMAL else None


def quoted(case: Declared) -> cmprules.FeeQuote:
    """Return the library's quote."""
    return cmprules.quote_fees(case.credentials, edition(), on=case.on, fee_region=case.region)


@cache
def cheapest(seed: int) -> int:
    """Return the least cost of the declarations in any lawful grouping, without reinstatement, in cents."""
    case, members = declared(seed), owing(declared(seed))
    prices = {group: case.application + case.reduced * (len(group) - 1) for group in lawful_groups(members, case.on)}
    least = least_price(prices, len(members))
    assert least is not None
    return least


class TestTheCheapestGroupingOfMany:
    """Part 3, fees: reduced if ends lie at most three months apart, pairwise within a group; the cheapest grouping."""

    @pytest.mark.parametrize("seed", SEEDS)
    def test_is_what_the_solver_finds(self, seed: int) -> None:
        """The total in cents is the least price of the declarations plus the reinstatements."""
        case = declared(seed)
        late = sum(lies_behind(one, case.on) and not one.voluntary for one in owing(case))
        total = quoted(case).total
        assert total is not None
        assert hundredths(total) == cheapest(seed) + late * case.reinstatement

    @pytest.mark.parametrize("seed", SEEDS)
    def test_lies_behind_the_lines(self, seed: int) -> None:
        """Some lawful grouping has exactly these lines: the first of each group pays in full, the others less."""
        case, members = declared(seed), owing(declared(seed))
        items = {line.credential: line.item for line in quoted(case).lines if line.item != "reinstatement"}
        shown = [items[one.id] == "application" for one in members]
        fitting = {group: 0 for group in lawful_groups(members, case.on)
                   if shown[group[0]] and not any(shown[at] for at in group[1:])}
        assert least_price(fitting, len(members)) is not None

    def test_the_cases_are_worth_it(self) -> None:
        """Many cases have chains of pairs that combine but are too long for one group, with a choice."""
        seen: Counter[str] = Counter()
        for seed in SEEDS:
            case, members = declared(seed), owing(declared(seed))
            groups = lawful_groups(members, case.on)
            rest = cheapest(seed) - case.reduced * len(members)
            count = rest // (case.application - case.reduced)
            seen["several groups"] += 1 < count < len(members)
            seen["a chain too long"] += count > len(chains(members, case.on))
            seen["hundreds of groups"] += len(groups) >= 100
            seen["ten and more"] += len(members) >= 10
        assert len(seen) == 4
        assert min(seen.values()) >= 30, seen


def chains(members: Sequence[cmprules.Credential], on: date) -> list[set[int]]:
    """Group everything that combines with a member, lawful or not."""
    found: list[set[int]] = []
    for at, one in enumerate(members):
        near = [chain for chain in found if any(combine(members[other], one, on) for other in chain)]
        found = [chain for chain in found if chain not in near] + [{at}.union(*near)]
    return found
