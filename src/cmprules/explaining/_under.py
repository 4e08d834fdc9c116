"""One table and what counts under it: what a change leaves, without placing every activity again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from cmprules._rules.allocation import Brings, Reading, Table
from cmprules._rules.outcome import FULL, Division
from cmprules._rules.placing import Item, Rows, Steps, most_steps_to_place, prove_exchanged, rows_of
from cmprules._rules.placing.sets import sets_touching
from cmprules._rules.verdicts import Counted, Judged
from cmprules._words import vocabulary
from cmprules.explaining._plenty import Plenty


def is_full(reading: Reading, division: Division) -> bool:
    """Return whether what counts meets a table, with activities kept whole that may not be divided."""
    return not reading.short and division.level(reading, Steps()) == FULL


@attrs.frozen(kw_only=True)
class Exchange:
    """The items that a table loses in a change, and those that it gets instead."""

    less: Sequence[Item]
    more: Sequence[Item]

    @staticmethod
    def of(table: Table, before: Iterable[Brings], after: Iterable[Brings]) -> Exchange:
        """Compare what activities bring before and after; what is equal cancels out."""
        less, more = Counter(table.items(before)), Counter(table.items(after))
        return Exchange(less=tuple((less - more).elements()), more=tuple((more - less).elements()))


@attrs.frozen(kw_only=True)
class Change:
    """The verdicts that a change of the record replaces, and those that it puts in their place."""

    before: Sequence[Counted]
    after: Sequence[Counted]

    def against(self, table: Table) -> Exchange:
        """Return the change of what counts for certain."""
        return Exchange.of(table, [part for item in self.before for part in item.brings],
                           [part for item in self.after for part in item.brings])

    def in_favour(self, table: Table) -> Exchange:
        """Return the change of all that may count."""
        return Exchange.of(table, [part for item in self.before for part in item.may_bring],
                           [part for item in self.after for part in item.may_bring])


def _areas_of(item: Counted) -> Iterator[str]:
    """Yield every area that an entry names."""
    yield from item.entry.areas
    yield from item.entry.proposed
    yield from item.entry.activity.certified


class Under:
    """One table, with what counts for certain and all that may count, both with every cap of the table."""

    def __init__(self, table: Table, judged: Judged) -> None:
        self.table, self.demand, self.judged = table, table.demand, judged

    @cached_property
    def reading(self) -> Reading:
        """What counts for certain."""
        return Reading.of(self.table, self.judged.against())

    @property
    def items(self) -> tuple[Item, ...]:
        """What counts for certain, as items."""
        return self.reading.items

    @cached_property
    def least(self) -> Rows:
        """What counts for certain, added up."""
        return rows_of(self.items)

    @cached_property
    def most(self) -> Rows:
        """All that may count, added up."""
        return rows_of(self.table.items(self.judged.in_favour()))

    @cached_property
    def spare(self) -> Counter[Item] | None:
        """Count the items in no mandatory area of a placement that fills the table; None if there is none."""
        placed = self.reading.place(Steps())
        if self.reading.short or not placed.whole:
            return None
        return Counter(item for item, vector in zip(self.items, placed.vectors, strict=True) if not any(vector[:-1]))

    @cached_property
    def plenty(self) -> Plenty:
        """How much a search can lose before it may be given up."""
        return Plenty(self.items, self.demand)

    # What leaves the table full, or short.

    def stays_full(self, change: Change) -> bool:
        """Return whether the table is certainly full after a change, with every activity whole."""
        exchange = change.against(self.table)
        return self._bears(exchange.less, exchange.more) and self.plenty.lasts(exchange.less, exchange.more)

    def can_do_without(self, some: Sequence[Counted]) -> bool:
        """Return whether the table is certainly full, with every activity whole, whatever some activities bring.

        They may bring other points for any of their areas, so a search may have to choose for each of them.
        """
        less = self.table.items(part for item in some for part in item.brings)
        areas = {area for item in some for area in _areas_of(item)}
        choice = Item(points=max(item.entry.points for item in some),
                      mask=sum(self.table.bits.get(area, 0) for area in areas))
        return self._bears(less, ()) and self.plenty.lasts(less, [choice] * len(some))

    def _bears(self, less: Sequence[Item], more: Sequence[Item]) -> bool:
        """Return whether no item is lost that a placement needs in a mandatory area, and enough points are left."""
        return (self.spare is not None and not Counter(less) - self.spare
                and not self._is_short(self.least, Exchange(less=less, more=more)))

    def stays_short(self, change: Change) -> bool:
        """Return whether points are certainly missing after a change."""
        return self._is_short(self.least, change.against(self.table))

    def may_be_full(self, change: Change) -> bool:
        """Return whether there may be enough points after a change."""
        return not self._is_short(self.most, change.in_favour(self.table))

    def _is_short(self, rows: Rows, exchange: Exchange) -> bool:
        return prove_exchanged(rows, exchange.less, exchange.more, self.demand).total_short(self.demand) > 0

    def steps_to_place(self, change: Change) -> int:
        """Return an upper bound for the steps of a placement after a change."""
        more = change.against(self.table).more
        binding = prove_exchanged(self.least, (), more, self.demand).binding
        return most_steps_to_place((*self.items, *more), binding)

    # The table when an area asks for more.

    @property
    def beyond(self) -> int:
        """The points, after caps, beyond what the table asks for in all; no area has more to spare."""
        return self.reading.proof.usable - self.demand.total

    def beyond_in(self, area: str) -> int:
        """Return the points that an area can ask for in addition before some are missing."""
        shorts, width = self.reading.proof.shorts, len(self.demand.areas)
        return min([self.beyond, *(-shorts[areas] for areas in sets_touching(self.table.bits.get(area, 0), width))])

    def asking(self, area: str, more: int) -> Reading:
        """Return what counts for certain under the table in which an area asks for more."""
        areas = tuple(need + (more if name == area else 0)
                      for name, need in zip(self.table.names[:-1], self.demand.areas, strict=True))
        demand = self.demand._replace(areas=areas, pool=self.demand.pool + more * (area == vocabulary.POOL))
        return self.reading._replace(table=attrs.evolve(self.table, demand=demand),
                                     proof=prove_exchanged(self.least, (), (), demand))
