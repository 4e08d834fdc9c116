"""The search: the best choice, made unique by settling every tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from cmprules.planning._model import Model
from cmprules.planning._program import Row, Terms
from cmprules.planning._solver import solve
from cmprules.planning._values import GOALS
from cmprules.planning._ways import Purchase, Way

_AT_ONCE = 16
"""The number of variables whose ties are settled in one step: each counts more than all that follow it."""


@attrs.frozen(kw_only=True)
class Choice:
    """The chosen ways and purchases, their sums, and the first goal."""

    ways: tuple[Way, ...]
    purchases: tuple[Purchase, ...]
    cost: int
    hours: int
    least: int


def best_of(model: Model, goal: str, node_limit: int) -> int | None:
    """Return the smallest value of one goal; None if nothing satisfies the rules."""
    found = solve(model.program, model.goal(goal), node_limit=node_limit)
    return None if found is None else found.value


def best(model: Model, minimise: str, node_limit: int) -> Choice | None:
    """Find the unique best choice; None if nothing satisfies the rules.

    The requested goal is minimized first, then the other goals in order, then the number of packages.  Among equal
    choices, the courses that come first by id win, each as early as possible, then the packages.
    """
    goals = [minimise, *(goal for goal in GOALS if goal != minimise)]
    rows: list[Row] = []
    values: tuple[int, ...] = ()
    for objective in (*map(model.goal, goals), model.packages):
        found = solve(model.within(rows).program, objective, node_limit=node_limit)
        if found is None:
            return None
        values = found.values
        rows.append(Row(objective, None, found.value))
    taken = _settled(model, rows, values, node_limit)
    return _choice(model, taken, minimise)


def _settled(model: Model, rows: Sequence[Row], values: Sequence[int], node_limit: int) -> frozenset[int]:
    """Settle ties: go through the variables in order, and take each one that can be taken."""
    rules, taken = list(rows), set[int]()
    for group in _groups(model):
        if not any(values[variable] for variable in group) and _is_closed(model, group, values, taken):
            continue
        weights = {variable: -(1 << len(group) - place - 1) for place, variable in enumerate(group)}
        found = solve(model.within(rules).program, weights, node_limit=node_limit)
        if found is None:
            raise RuntimeError("the solver lost an answer that it had; please report this")
        values = found.values
        for variable in group:
            rules.append(Row({variable: 1}, values[variable], values[variable]))
            taken |= {variable} if values[variable] else set()
    return frozenset(taken)


def _groups(model: Model) -> Iterator[list[int]]:
    order = [variable for variable, _ in (*model.ways, *model.purchases)]
    for start in range(0, len(order), _AT_ONCE):
        yield order[start:start + _AT_ONCE]


def _is_closed(model: Model, group: Sequence[int], values: Sequence[int], taken: set[int]) -> bool:
    """Return whether nothing of a group can be taken any more, because all possible courses are already taken."""
    ways = {variable for variable, _ in model.ways}
    return ways.issuperset(group) and sum(values[variable] for variable in ways) == len(taken)


def _choice(model: Model, taken: frozenset[int], minimise: str) -> Choice:
    sums = {goal: _sum(model.goal(goal), taken) for goal in GOALS}
    return Choice(ways=tuple(way for variable, way in model.ways if variable in taken),
                  purchases=tuple(purchase for variable, purchase in model.purchases if variable in taken),
                  cost=sums["cost"], hours=sums["hours"], least=sums[minimise])


def _sum(terms: Terms, taken: frozenset[int]) -> int:
    return sum(count for variable, count in terms.items() if variable in taken)
