"""What items bring to every set of areas, after caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cmprules._rules.placing.items import NO_CAP, Item
from cmprules._rules.placing.sets import serving, sets_touching

Rows = dict[int, dict[int, int]]
"""The points brought under each cap, and under none, that may serve exactly the areas of each mask."""


def rows_of(items: Iterable[Item]) -> Rows:
    """Add up items that may serve the same areas under the same cap: for a shortfall they count as one."""
    rows: Rows = {NO_CAP: {}}
    for item in items:
        row = rows.get(item.cap)
        if row is None:
            row = rows[item.cap] = {}
        row[item.mask] = row.get(item.mask, 0) + item.points
    return rows


def binding_caps(rows: Rows, caps: Sequence[int]) -> tuple[int, ...]:
    """List the caps that may make items compete for areas: more is brought than they allow, and not only for the pool.

    If a cap allows all its items, or its items serve only the pool, no area gets less because of it.
    """
    return tuple([cap for cap, row in rows.items() if cap != NO_CAP and sum(row.values()) > caps[cap] and any(row)])


class Supply:
    """What some items bring to every set of areas, separately for each binding cap."""

    __slots__ = ("capped", "caps", "free", "width")

    def __init__(self, width: int, rows: Rows, caps: Mapping[int, int]) -> None:
        """Add up what items bring.

        Args:
            width: the number of areas.
            rows: what the items bring.
            caps: the amount of each cap, without those that cannot bind.
        """
        self.width, self.caps = width, caps
        self.free = serving([row for cap, row in rows.items() if cap not in caps], width)
        self.capped = {cap: serving([rows.get(cap, {})], width) for cap in caps}

    def row(self, cap: int) -> list[int]:
        """Return what is brought to each set under one cap, or under no binding cap."""
        return self.capped.get(cap, self.free)

    def add(self, points: int, mask: int, cap: int) -> None:
        """Add what one item brings (a negative number removes it)."""
        row = self.row(cap)
        for areas in sets_touching(mask, self.width):
            row[areas] += points

    def to(self, areas: int, without: int = NO_CAP) -> int:
        """Return what a set of areas can get after caps, optionally without the items of one cap."""
        total = self.free[areas]
        for cap, most in self.caps.items():
            if cap != without:
                total += min(most, self.capped[cap][areas])
        return total

    def to_each(self) -> list[int]:
        """Return what every set of areas can get after caps."""
        return [self.to(areas) for areas in range(1 << self.width)] if self.caps else self.free
