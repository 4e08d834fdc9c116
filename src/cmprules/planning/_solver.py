"""The only access to HiGHS: an integer program in, an answer in whole numbers out, checked exactly.

Only one floating-point result of the solver is trusted: that nothing is below its bound.  Everything else, that the
values satisfy every rule and give the stated value, is computed again in whole numbers.  That there is no solution is
trusted only if it is found in two ways.
"""

from __future__ import annotations

from typing import Any

import attrs

from cmprules._words.limits import MOST_NODES
from cmprules.errors import MissingExtraError
from cmprules.planning._program import Program, Terms

_TOLERANCE = 1e-9
_PRESOLVE = ("choose", "off")
"""The attempts: with presolve, and if that fails or finds nothing, without."""

_HALF = 0.5
"""Floating-point errors are far smaller than this; the next lower whole number is twice as far away."""


class SearchLimitError(Exception):
    """The search reached its limit of nodes without a proven answer."""


@attrs.frozen
class Solution:
    """Values that satisfy every rule, and their sum, which is the smallest possible."""

    values: tuple[int, ...]
    value: int


def solve(program: Program, objective: Terms, *, node_limit: int = MOST_NODES) -> Solution | None:
    """Find the values that minimize a sum; None if no values satisfy the rules.

    Raises:
        MissingExtraError: HiGHS is not installed.
        SearchLimitError: the search needs more nodes than allowed.
        RuntimeError: the solver's answer fails the exact check; a defect.
    """
    if any(not row.terms and not row.holds(()) for row in program.rows):
        return None
    highspy, doubt = _highspy(), None
    for presolve in _PRESOLVE:
        try:
            found, doubt = _once(highspy, program, objective, node_limit, presolve), None
        except RuntimeError as error:
            doubt = error
            continue
        if found is not None:
            return found
    if doubt is not None:
        raise doubt
    return None


def _once(highspy: Any, program: Program, objective: Terms, node_limit: int, presolve: str) -> Solution | None:
    """Run the solver once; an answer that fails the exact check is an error."""
    solver = _solver(highspy, program, objective, node_limit, presolve)
    solver.run()
    status = solver.getModelStatus()
    kinds = highspy.HighsModelStatus
    if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
        return None
    if status in {kinds.kSolutionLimit, kinds.kIterationLimit, kinds.kTimeLimit}:
        raise SearchLimitError
    if status not in {kinds.kOptimal, kinds.kModelEmpty}:
        raise RuntimeError(f"the solver gave up: {status}; please report this")
    found = solver.getSolution().col_value
    values = tuple(round(value) for value in found)
    return _checked(program, objective, values, solver.getInfo().mip_dual_bound)


def _checked(program: Program, objective: Terms, values: tuple[int, ...], bound: float) -> Solution:
    """Check an answer: every rule exactly, and a bound that leaves no whole number below the value."""
    value = sum(count * values[variable] for variable, count in objective.items())
    if not program.allows(values):
        raise RuntimeError("the solver's values break a rule of the program; please report this")
    if objective and bound < value - _HALF:
        raise RuntimeError(f"the solver proved no more than {bound} for a value of {value}; please report this")
    return Solution(values, value)


def _highspy() -> Any:
    """Import HiGHS, only here, because it belongs to an extra."""
    try:
        import highspy  # noqa: PLC0415  # of the extra `plan`
    except ImportError:
        raise MissingExtraError("plans are found by HiGHS, which is not installed; "
                                "install the extra `plan`: from a checkout, pip install '.[plan]'"
                                ) from None
    return highspy


def _solver(highspy: Any, program: Program, objective: Terms, node_limit: int, presolve: str) -> Any:
    """Load a program into the solver: no gap, one thread, a fixed seed, and no output."""
    options = highspy.HighsOptions()
    options.output_flag = options.log_to_console = False
    options.mip_rel_gap = options.mip_abs_gap = 0
    options.mip_feasibility_tolerance = options.primal_feasibility_tolerance = _TOLERANCE
    options.mip_max_nodes = node_limit
    options.presolve = presolve
    options.threads = 1
    options.random_seed = 0
    solver = highspy._core._Highs()  # noqa: SLF001  # the class above it prints a banner
    solver.passOptions(options)
    for variable, upper in enumerate(program.uppers):
        solver.addVar(0.0, float(upper))
        solver.changeColIntegrality(variable, highspy.HighsVarType.kInteger)
        solver.changeColCost(variable, float(objective.get(variable, 0)))
    for row in program.rows:
        least = -highspy.kHighsInf if row.least is None else float(row.least)
        most: float = highspy.kHighsInf if row.most is None else float(row.most)
        if row.terms:
            solver.addRow(least, most, len(row.terms), list(row.terms), [float(count) for count in row.terms.values()])
    return solver
