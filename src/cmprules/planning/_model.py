"""The question as an integer program: which ways and purchases to choose so that every target is met.

A table is met if its mandatory areas are filled by activities, each in at most one mandatory area, and all points
together, after caps, reach the total: what an area does not need flows to the pool.  So one yes or no for each
activity and area is enough; only capped kinds need amounts, and only what each kind brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import attrs

from cmprules._rules.allocation import Table
from cmprules._rules.placing import NO_CAP, Item
from cmprules.planning._catalogue import in_hundredths
from cmprules.planning._needs import Target
from cmprules.planning._program import Program, Row, Terms
from cmprules.planning._ways import Purchase, Way, Ways


@attrs.frozen(kw_only=True)
class Model:
    """A program, with its variables for ways and purchases.

    `ways` and `purchases` are in the order for settling ties: ids by code point, then days.
    """

    program: Program
    ways: tuple[tuple[int, Way], ...]
    purchases: tuple[tuple[int, Purchase], ...]

    @property
    def cost(self) -> Terms:
        """The total cost in cents."""
        alone = {variable: in_hundredths(way.course.price) for variable, way in self.ways
                 if way.through is None and way.course.price is not None}
        return {**alone, **{variable: in_hundredths(purchase.package.price) for variable, purchase in self.purchases}}

    @property
    def hours(self) -> Terms:
        """The hours it takes, in hundredths."""
        return {variable: in_hundredths(way.course.hours) for variable, way in self.ways}

    @property
    def courses(self) -> Terms:
        """The number of courses taken."""
        return {variable: 1 for variable, _ in self.ways}

    @property
    def packages(self) -> Terms:
        """The number of packages bought."""
        return {variable: 1 for variable, _ in self.purchases}

    def goal(self, name: str) -> Terms:
        """Return the sum to minimize, by its name."""
        return {"cost": self.cost, "hours": self.hours, "courses": self.courses}[name]

    def within(self, rows: Iterable[Row]) -> Model:
        """Return the same model with more rules."""
        return attrs.evolve(self, program=self.program.with_rules(tuple(rows)))


def model_of(ways: Ways, targets: Mapping[int, Target], include: frozenset[str]) -> Model:
    """Build the model with all rules of a plan; targets are numbered as in the ways."""
    program = Program()
    chosen = tuple((program.variable(), way) for way in sorted(ways.ways, key=_way_order))
    bought = tuple((program.variable(), purchase) for purchase in sorted(ways.purchases, key=_purchase_order))
    _each_once(program, chosen, bought, ways.exclusive)
    _packages_open(program, chosen, bought)
    _included(program, chosen, bought, include)
    for number, target in targets.items():
        for table in target.tables:
            _Requirement(program, target, table, number, chosen).write()
    return Model(program=program, ways=chosen, purchases=bought)


def _way_order(way: Way) -> tuple[object, ...]:
    through = ("",) if way.through is None else ("-", way.through.package.id, way.through.day)
    return (way.course.id, way.day, through)


def _purchase_order(purchase: Purchase) -> tuple[object, ...]:
    return (purchase.package.id, purchase.day)


_Chosen = Sequence[tuple[int, Way]]
_Bought = Sequence[tuple[int, Purchase]]


def _each_once(program: Program, chosen: _Chosen, bought: _Bought, exclusive: Iterable[frozenset[str]]) -> None:
    """A plan takes at most one of several courses that are or may be the same, and buys a package once."""
    packages: dict[object, list[int]] = {}
    for variable, purchase in bought:
        packages.setdefault(purchase.package.id, []).append(variable)
    courses = ([variable for variable, way in chosen if way.course.id in ids] for ids in exclusive)
    for variables in (*courses, *packages.values()):
        if len(variables) > 1:
            program.rule(dict.fromkeys(variables, 1), most=1)


def _packages_open(program: Program, chosen: _Chosen, bought: _Bought) -> None:
    """A course is available through a purchase only if it is made, up to the number of courses it allows."""
    for variable, purchase in bought:
        through = [(choice, way) for choice, way in chosen if way.through == purchase]
        for _, same in groupby(through, key=lambda pair: pair[1].course.id):
            program.rule({**{choice: 1 for choice, _ in same}, variable: -1}, most=0)
        most_courses, most_hours = purchase.package.most_courses, purchase.package.most_hours
        if most_courses is not None and through:
            most = min(most_courses, len(through))
            program.rule({**{choice: 1 for choice, _ in through}, variable: -most}, most=0)
        if most_hours is not None and through:
            hours = {choice: in_hundredths(way.course.hours) for choice, way in through}
            program.rule({**hours, variable: -in_hundredths(most_hours)}, most=0)


def _included(program: Program, chosen: _Chosen, bought: _Bought, include: frozenset[str]) -> None:
    """Included courses and packages are part of every plan."""
    for name in sorted(include):
        ways = {variable: 1 for variable, way in chosen if way.course.id == name}
        purchases = {variable: 1 for variable, purchase in bought if purchase.package.id == name}
        program.rule({**ways, **purchases}, least=1)


@attrs.frozen
class _Requirement:
    """One table of one target, as rules."""

    program: Program
    target: Target
    table: Table
    number: int
    chosen: _Chosen

    def write(self) -> None:
        """Add the rules: each area is filled, the total is reached, and no cap is exceeded."""
        supply = _Supply(self.program, self.table)
        for item in self.target.items(self.table):
            supply.add(item, None)
        for course, ways in groupby(self.chosen, key=lambda pair: pair[1].course):
            taken = [variable for variable, way in ways if self.number in way.serves]
            if taken:
                supply.add(self.target.item(self.table, course.done_on(self.target.due)), taken)
        supply.write()


class _Supply:
    """The supply for each area and for the total: a constant part and a part that depends on variables.

    Supply under a cap is kept separately for each cap, because only part of it can be used.
    """

    def __init__(self, program: Program, table: Table) -> None:
        self.program = program
        self.needs = table.demand
        self.width = len(table.demand.areas)
        self.sums = {cap: [_Sum() for _ in range(self.width + 1)] for cap in (NO_CAP, *range(len(self.needs.caps)))}

    def add(self, item: Item, taken: Sequence[int] | None) -> None:
        """Add an existing activity (`taken` is None), or a course that counts if one of its ways is taken."""
        sums = self.sums[item.cap]
        sums[-1].add(item.points, taken)
        bits = [bit for bit in range(self.width) if item.mask >> bit & 1]
        if len(bits) == 1:
            sums[bits[0]].add(item.points, taken)
        elif bits:
            self._choose(item, bits, taken)

    def _choose(self, item: Item, bits: Sequence[int], taken: Sequence[int] | None) -> None:
        """Let an activity that may serve several areas serve one of them."""
        choices = [self.program.variable() for _ in bits]
        one = dict.fromkeys(choices, 1)
        if taken is None:
            self.program.rule(one, most=1)
        else:
            self.program.rule({**one, **dict.fromkeys(taken, -1)}, most=0)
        for bit, choice in zip(bits, choices, strict=True):
            self.sums[item.cap][bit].add(item.points, [choice])

    def write(self) -> None:
        """Add the rules of the areas and of the total."""
        used = list(self._used())
        needs = (*self.needs.areas, self.needs.total)
        for place, need in enumerate(needs):
            free = self.sums[NO_CAP][place]
            terms = {variable: min(points, need) for variable, points in free.terms.items()}
            for amounts in used:
                terms |= {amounts[place]: 1} if place in amounts else {}
            self.program.rule(terms, least=need - free.there)

    def _used(self) -> Iterator[dict[int, int]]:
        """Add the amounts of each cap: the amount used in each area; together they may not exceed the cap."""
        for cap, most in enumerate(self.needs.caps):
            amounts: dict[int, int] = {}
            for place, brought in enumerate(self.sums[cap]):
                if brought.there or brought.terms:
                    amounts[place] = self.program.variable(most)
                    less = {variable: -points for variable, points in brought.terms.items()}
                    self.program.rule({amounts[place]: 1, **less}, most=brought.there)
            areas = {variable: 1 for place, variable in amounts.items() if place < self.width}
            if areas:
                self.program.rule({**areas, amounts[self.width]: -1}, most=0)
            yield amounts


@attrs.define
class _Sum:
    """Constant points, and points that depend on variables."""

    there: int = 0
    terms: dict[int, int] = attrs.field(factory=dict)

    def add(self, points: int, taken: Iterable[int] | None) -> None:
        """Add constant points, or points that count if one of some variables is one."""
        if taken is None:
            self.there += points
        else:
            self.terms |= dict.fromkeys(taken, points)
