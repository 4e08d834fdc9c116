"""What items bring to every set of areas, after caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cmprules._rules.placing.items import NO_CAP, Item
from cmprules._rules.placing.sets import serving, sets_touching

Rows = dict[int, dict[int, int]]
"""What is brought: for each cap, and for none, the points that may serve exactly the areas of each mask."""


def rows_of(items: Iterable[Item]) -> Rows:
    """Add up items that may serve the same areas under the same cap: to a shortfall they are one."""
    rows: Rows = {NO_CAP: {}}
    for item in items:
        row = rows.get(item.cap)
        if row is None:
            row = rows[item.cap] = {}
        row[item.mask] = row.get(item.mask, 0) + item.points
    return rows


def binding_caps(rows: Rows, caps: Sequence[int]) -> tuple[int, ...]:
    """Keep the caps that may make items compete for areas: more is brought than they let through, and not to the pool.

    Where a cap lets all through, or its items can fill the pool alone, no area has less for it.
    """
    return tuple([cap for cap, row in rows.items() if cap != NO_CAP and sum(row.values()) > caps[cap] and any(row)])


class Supply:
    """What some items bring to every set of areas, those of each cap that may bind apart."""

    __slots__ = ("capped", "caps", "free", "width")

    def __init__(self, width: int, rows: Rows, caps: Mapping[int, int]) -> None:
        """Add up what items bring.

        Args:
            width: the number of areas.
            rows: what they bring.
            caps: how much each cap lets through, those that cannot bind left out.
        """
        self.width, self.caps = width, caps
        self.free = serving([row for cap, row in rows.items() if cap not in caps], width)
        self.capped = {cap: serving([rows.get(cap, {})], width) for cap in caps}

    def row(self, cap: int) -> list[int]:
        """Give what is brought to each set under one cap, or under none that binds."""
        return self.capped.get(cap, self.free)

    def add(self, points: int, mask: int, cap: int) -> None:
        """Add what one item brings (a negative number takes it away)."""
        row = self.row(cap)
        for areas in sets_touching(mask, self.width):
            row[areas] += points

    def to(self, areas: int, without: int = NO_CAP) -> int:
        """Give what a set of areas can have after caps, leaving out the items of one cap if asked to."""
        total = self.free[areas]
        for cap, most in self.caps.items():
            if cap != without:
                total += min(most, self.capped[cap][areas])
        return total

    def to_each(self) -> list[int]:
        """Give what every set of areas can have after caps."""
        return [self.to(areas) for areas in range(1 << self.width)] if self.caps else self.free
