"""No placement has more points than the finder's."""

from __future__ import annotations

from hypothesis import given

import cmprules
from tests.reckoning import CAPPED, Brought, best_plan, cap_of, counted, hundredths, points_of
from tests.strategies import Placing, small_placings

STEP = 50


class TestNobodyPlacesMore:
    """Part 3, placement: exact; the most points in the mandatory areas, then in the pool."""

    @given(small_placings())
    def test_than_the_finder(self, placing: Placing) -> None:
        """Among all placements of a few activities in half points none has more points than the finder's."""
        activities, policy, cycle = placing
        assert policy.total is not None
        assert policy.pool is not None
        names = [figure.area for figure in policy.areas or ()]
        needs = (*(hundredths(figure.value) // STEP for figure in policy.areas or ()),
                 hundredths(policy.pool.value) // STEP)
        total = hundredths(policy.total.value)
        brought = [
            Brought(points_of(one) // STEP, frozenset(names.index(area) for area in areas if area in names),
                    CAPPED.index(one.kind) if one.kind in CAPPED else None)
            for one, areas in counted(activities, cycle.start, cycle.end)
        ]
        mandatory, pool, _ = best_plan(brought, needs, tuple((cap_of(kind, total) or 0) // STEP for kind in CAPPED),
                                       whole=False)
        alloc = cmprules.allocate(activities, policy, cycle=cycle)
        placed = {area.area: hundredths(area.placed) for area in alloc.areas}
        assert sum(points for area, points in placed.items() if area != "pool") == mandatory * STEP
        assert placed["pool"] == pool * STEP
        assert hundredths(alloc.total.placed) == (mandatory + pool) * STEP
