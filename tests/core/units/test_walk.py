"""Deferred searches: the walk finds what the search would, and the step limit applies at the same point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules._rules.placing import (
    NO_CAP,
    NODE_LIMIT,
    Demand,
    Item,
    Placed,
    Steps,
    can_stay_whole,
    place,
    prove,
)
from cmprules._rules.placing.finding import most_steps, most_steps_to_place, place_by_search
from cmprules._rules.placing.greedy import MOST_DEAD_ENDS, GreedyPlacing
from tests.core.units.test_steps import puzzle

Outcome = list[tuple[bool, Placed]]

TOO_MANY = (2240, 1735)
"""Puzzles with more dead ends than the walk backtracks from, which a search solves quickly."""


def walk(items: list[Item], demand: Demand) -> tuple[GreedyPlacing, bool]:
    """Walk, and return whether that settled it."""
    gone = GreedyPlacing(items, demand, prove(items, demand))
    return gone, gone.settles()


def in_turn(seeds: tuple[int, ...], limit: int) -> tuple[Outcome, int]:
    """Ask about some puzzles and place them, with one step limit for all of them together."""
    steps, found = Steps(limit), []
    for seed in seeds:
        items, demand = puzzle(seed)
        proof = prove(items, demand)
        found.append((can_stay_whole(items, demand, proof, steps), place(items, demand, proof, steps)))
    return found, steps.left


@st.composite
def small_puzzles(draw: st.DrawFn) -> tuple[list[Item], Demand]:
    """Draw a few items for up to four areas, with or without a cap, in amounts that barely fit."""
    width = draw(st.integers(1, 4))
    caps = tuple(draw(st.lists(st.integers(1, 9), max_size=2)))
    items = draw(st.lists(st.builds(
        Item, points=st.integers(1, 6), mask=st.integers(0, (1 << width) - 1),
        cap=st.integers(NO_CAP, len(caps) - 1)), max_size=7))
    areas = tuple(draw(st.lists(st.integers(0, 5), min_size=width, max_size=width)))
    return items, Demand(areas=areas, pool=draw(st.integers(0, 6)), caps=caps)


class TestWhatIsFound:
    """The walk finds the placement of the search, or says that it does not know."""

    @given(small_puzzles())
    def test_the_walk_places_as_the_search_does(self, drawn: tuple[list[Item], Demand]) -> None:
        """Both place whole if possible, then activity by activity."""
        items, demand = drawn
        proof = prove(items, demand)
        searched = place_by_search(items, demand, proof, Steps())
        assert place(items, demand, proof, Steps()) == searched
        gone, settled = walk(items, demand)
        if settled and gone.finished:
            assert tuple(gone.vectors) == searched.vectors
            assert sum(gone.way.needs) == proof.short
        elif settled:
            assert not searched.whole

    @given(small_puzzles())
    def test_its_steps_are_counted_all_the_same(self, drawn: tuple[list[Item], Demand]) -> None:
        """A search is given up after the same number of steps, deferred ones included."""
        items, demand = drawn
        proof, put_off, taken = prove(items, demand), Steps(), Steps()
        place(items, demand, proof, put_off)
        place_by_search(items, demand, proof, taken)
        assert put_off.left == taken.left
        gone, settled = walk(items, demand)
        if settled:
            assert NODE_LIMIT - taken.left <= most_steps(items) * gone.searches

    @given(small_puzzles())
    def test_a_placement_takes_no_more_steps_than_its_bound(self, drawn: tuple[list[Item], Demand]) -> None:
        """With caps that bind and without."""
        items, demand = drawn
        proof, steps = prove(items, demand), Steps()
        place_by_search(items, demand, proof, steps)
        assert NODE_LIMIT - steps.left <= most_steps_to_place(items, proof.binding)

    def test_an_area_that_would_leave_the_others_short_is_passed_over(self) -> None:
        """The second activity serves only the first area, so the first one goes to the second area."""
        items = [Item(points=2, mask=0b11), Item(points=2, mask=0b01)]
        gone, settled = walk(items, Demand(areas=(2, 2), pool=0))
        assert (settled, gone.dead_ends, gone.vectors) == (True, 0, [(0, 2, 0), (2, 0, 0)])
        assert gone.searches == 2

    def test_where_the_pool_is_full_the_most_points_count_before_the_earliest_area(self) -> None:
        """Three points fit only in the second area, though another activity could fill either."""
        items = [Item(points=3, mask=0b11), Item(points=3, mask=0b10), Item(points=1, mask=0b01)]
        gone, settled = walk(items, Demand(areas=(1, 3), pool=0))
        assert (settled, gone.dead_ends, gone.vectors) == (True, 0, [(0, 3, 0), (0, 0, 0), (1, 0, 0)])

    def test_at_a_dead_end_the_last_choice_is_made_anew(self) -> None:
        """Two and two belong in the area of four, so the first three points must not take it."""
        items = [Item(points=3, mask=0b11), Item(points=2, mask=0b11), Item(points=2, mask=0b11)]
        gone, settled = walk(items, Demand(areas=(4, 3), pool=0))
        assert (settled, gone.dead_ends > 0, gone.searches) == (True, True, 5)
        assert gone.vectors == [(0, 3, 0), (2, 0, 0), (2, 0, 0)]

    def test_where_every_way_ends_nothing_can_stay_whole(self) -> None:
        """Three points serve two areas that need two and one: divided, nothing is short."""
        items, demand = [Item(points=3, mask=0b11)], Demand(areas=(2, 1), pool=0)
        gone, settled = walk(items, demand)
        assert (settled, gone.finished) == (True, False)
        placed = place(items, demand, prove(items, demand), Steps())
        assert (placed.vectors, placed.whole) == (((2, 1, 0),), False)

    def test_a_cap_that_makes_activities_compete_is_left_to_the_search(self) -> None:
        """The walk does not handle these; an activity for the pool alone does not make them compete."""
        demand = Demand(areas=(3,), pool=3, caps=(2,))
        assert walk([Item(points=3, mask=1, cap=0)], demand)[1] is False
        pandemic = [Item(points=1, mask=0, cap=0), Item(points=2, mask=0, cap=0)]
        gone, settled = walk([*pandemic, Item(points=3, mask=0), Item(points=3, mask=1)], demand)
        assert (settled, gone.vectors) == (True, [(0, 1), (0, 1), (0, 1), (3, 0)])

    @pytest.mark.parametrize("seed", TOO_MANY)
    def test_after_many_dead_ends_it_is_left_to_the_search(self, seed: int) -> None:
        """The result is the same."""
        items, demand = puzzle(seed)
        gone, settled = walk(items, demand)
        assert (settled, gone.dead_ends) == (False, MOST_DEAD_ENDS)
        proof, steps = prove(items, demand), Steps()
        assert place(items, demand, proof, Steps()) == place_by_search(items, demand, proof, Steps())
        whole = can_stay_whole(items, demand, proof, steps)
        assert whole is place(items, demand, proof, Steps()).whole
        assert steps.left < NODE_LIMIT


class TestTheLimit:
    """The step limit on all searches of one credential together."""

    @pytest.mark.parametrize("limit", [0, 1, 7, 20, 60, 150, 400, 1_000, 5_000, NODE_LIMIT])
    @pytest.mark.parametrize("first", range(12, 60, 8))
    def test_falls_where_it_would_without_the_walk(
        self, limit: int, first: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With few steps and with many, the same searches are given up."""
        seeds = tuple(range(first, first + 8))
        with_walk = in_turn(seeds, limit)
        monkeypatch.setattr(GreedyPlacing, "settles", lambda _: False)
        assert in_turn(seeds, limit) == with_walk

    @pytest.mark.parametrize(("few", "limited"), [(0, False), (1, True)])
    def test_counts_searches_that_were_put_off(self, few: int, *, limited: bool) -> None:
        """A later search has as few steps left as if the deferred ones had run."""
        items, demand = puzzle(0)
        proof, easy = prove(items, demand), [Item(points=2, mask=0b11), Item(points=2, mask=0b01)]
        easily, steps = prove(easy, Demand(areas=(2, 2), pool=0)), Steps()
        place(easy, Demand(areas=(2, 2), pool=0), easily, steps)
        taken = NODE_LIMIT - steps.left
        assert taken > 0
        steps = Steps(taken + 565 - few)
        place(easy, Demand(areas=(2, 2), pool=0), easily, steps)
        assert place_by_search(items, demand, proof, steps).search_limit is limited
        assert steps.left == 0
