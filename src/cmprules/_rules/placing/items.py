"""The input and output of the finder: items, demands, proofs and placements, in whole hundredths."""

from __future__ import annotations

from typing import NamedTuple

import attrs

from cmprules._kit.shapes import maker
from cmprules._kit.values import Value

NO_CAP = -1


class Item(NamedTuple):
    """An activity that counts: its points, the areas it may serve, and the cap that binds its kind."""

    points: int
    mask: int
    cap: int = NO_CAP


class Demand(NamedTuple):
    """What a table needs: the minimum of each mandatory area, the pool, and the caps."""

    areas: tuple[int, ...]
    pool: int
    caps: tuple[int, ...] = ()

    @property
    def mandatory(self) -> int:
        """The points that the mandatory areas need together."""
        return sum(self.areas)

    @property
    def total(self) -> int:
        """The points that the whole table needs."""
        return self.mandatory + self.pool


@attrs.frozen(kw_only=True)
class Proof(Value):
    """The shortfall of the best placement, and its proof.

    Attributes:
        short: the shortfall of the mandatory areas.
        mask: the smallest set of areas that proves it (0 if nothing is short).
        available: the points that may serve any area of that set, after caps.
        usable: all points together, after caps.
        shorts: for every set of areas, its need minus the points that may serve any of them.
        binding: the caps that may make activities compete for areas.
    """

    short: int
    mask: int
    available: int
    usable: int
    shorts: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)
    binding: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)

    def total_short(self, demand: Demand) -> int:
        """The shortfall of the whole table: the larger of the two proofs."""
        return max(self.short, demand.total - self.usable)

    def pooled(self, demand: Demand) -> int:
        """The points that the best placement puts in the pool."""
        return max(0, demand.total - self.total_short(demand) - (demand.mandatory - self.short))


made_proof = maker(Proof)


class Placed(NamedTuple):
    """Where the points of each item went: one tuple for each item, with the areas in order and the pool last.

    Attributes:
        whole: whether it is known that no item is divided between two mandatory areas.
        search_limit: whether the search for a placement that divides none reached its limit.
    """

    vectors: tuple[tuple[int, ...], ...]
    whole: bool = True
    search_limit: bool = False
