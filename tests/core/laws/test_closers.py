"""What closes a shortfall: points that satisfy every closer, and not those that are one hundredth short of one."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from cmprules._rules.closers import closing_sets
from cmprules._rules.placing import NO_CAP, Demand, Item, prove

POINTS = st.integers(1, 4)


@st.composite
def shortfalls(draw: st.DrawFn) -> tuple[Demand, tuple[Item, ...]]:
    """Draw a table of two or three areas with a cap, and a few activities that serve some of them."""
    width = draw(st.integers(1, 3))
    demand = Demand(areas=tuple(draw(st.lists(POINTS, min_size=width, max_size=width))), pool=0,
                    caps=(draw(st.integers(0, 3)),))
    items = draw(st.lists(st.builds(Item, points=POINTS, mask=st.integers(0, (1 << width) - 1),
                                    cap=st.sampled_from((NO_CAP, 0))), max_size=4))
    return demand, tuple(items)


def closed(demand: Demand, items: tuple[Item, ...], new: tuple[int, ...]) -> bool:
    """Return whether new points, each placed in one area, close the shortfall of the mandatory areas."""
    more = [Item(points=points, mask=1 << bit) for bit, points in enumerate(new) if points]
    return not prove((*items, *more), demand).short


@given(shortfalls())
def test_points_close_a_shortfall_exactly_if_they_satisfy_every_closer(case: tuple[Demand, tuple[Item, ...]]) -> None:
    """Every way to earn up to the needed points is tried."""
    demand, items = case
    proof = prove(items, demand)
    closers = closing_sets(proof.shorts, proof.mask)
    for new in product(range(max(demand.areas) + 2), repeat=len(demand.areas)):
        satisfied = all(sum(points for bit, points in enumerate(new) if areas >> bit & 1) >= most
                        for areas, most in closers)
        assert closed(demand, items, new) is satisfied, (new, closers)


def twice(demand: Demand, items: tuple[Item, ...]) -> tuple[Demand, tuple[Item, ...]]:
    """Double every amount."""
    doubled = Demand(areas=tuple(2 * need for need in demand.areas), pool=0, caps=tuple(2 * cap for cap in demand.caps))
    return doubled, tuple(item._replace(points=2 * item.points) for item in items)


@given(shortfalls())
@example((Demand(areas=(1, 1, 1), pool=0, caps=(0,)), (Item(points=1, mask=7),)))
def test_no_closer_can_be_left_out_and_the_outer_ones_add_up(case: tuple[Demand, tuple[Item, ...]]) -> None:
    """Without one closer, points that satisfy the rest may not suffice; the outermost are disjoint and add up.

    Everything is doubled: half an amount for each of three areas may be what shows that a closer is needed.
    """
    demand, items = twice(*case)
    proof = prove(items, demand)
    closers = closing_sets(proof.shorts, proof.mask)
    for left_out in closers:
        rest = [one for one in closers if one != left_out]
        assert any(
            all(sum(points for bit, points in enumerate(new) if areas >> bit & 1) >= most for areas, most in rest)
            and not closed(demand, items, new)
            for new in product(range(proof.short + 1), repeat=len(demand.areas)))
    outer = [one for one in closers if not any(one[0] & other[0] == one[0] and one != other for other in closers)]
    assert sum(points for _, points in outer) == proof.short
    assert all(first[0] & second[0] == 0 for first in outer for second in outer if first != second)
