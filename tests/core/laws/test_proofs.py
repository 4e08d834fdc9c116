"""Proofs of shortfalls, checked by addition and against every set of areas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations

from hypothesis import given

import cmprules
from cmprules.testing import Case, cases
from tests.reckoning import Counted, available, counted, hundredths
from tests.strategies import Placing, edition, placings

Proof = tuple[tuple[str, ...], int, int, int]


def proofs_by_hand(needs: dict[str, int], pool: int, found: Sequence[Counted]) -> list[Proof]:
    """Add up every set of mandatory areas, and everything together."""
    total = sum(needs.values()) + pool
    best: Proof = ((), 0, 0, 0)
    sets = chain.from_iterable(combinations(needs, size) for size in range(1, len(needs) + 1))
    for areas in sets:  # smaller ones first, so that a larger one has to be better
        required, at_hand = sum(needs[area] for area in areas), available(found, areas, total)
        if required - at_hand > best[3]:
            best = (areas, required, at_hand, required - at_hand)
    everything = (*needs, "pool")
    at_hand = available(found, everything, total)
    whole = [(everything, total, at_hand, total - at_hand)] if at_hand < total else []
    return [*([best] if best[3] else []), *whole]


def shown(shortfalls: Sequence[cmprules.Shortfall]) -> list[Proof]:
    """Read the proofs in an answer."""
    return [(proof.areas, hundredths(proof.required), hundredths(proof.available), hundredths(proof.short))
            for proof in shortfalls]


class TestTheTightSet:
    """Part 3: a shortfall has its proof; for mandatory areas it is the smallest set with the largest difference."""

    @given(placings())
    def test_of_an_allocation(self, placing: Placing) -> None:
        """The proofs are those found by adding up every set of areas; the larger difference is the shortfall."""
        policy = placing.policy
        assert policy.pool is not None
        needs = {figure.area: hundredths(figure.value) for figure in policy.areas or ()}
        found = counted(placing.activities, placing.cycle.start, placing.cycle.end)
        alloc = cmprules.allocate(placing.activities, policy, cycle=placing.cycle)
        expected = proofs_by_hand(needs, hundredths(policy.pool.value), found)
        assert shown(alloc.shortfalls) == expected
        assert hundredths(alloc.total.short) == max((proof[3] for proof in expected), default=0)
        mandatory = sum(hundredths(area.short) for area in alloc.areas if area.area != "pool")
        assert mandatory == max((proof[3] for proof in expected if "pool" not in proof[0]), default=0)

    @given(cases())
    def test_of_a_decision(self, case: Case) -> None:
        """The proofs of a decision follow from its record by addition, with any table."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.areas is None or answer.cycle is None or answer.total is None:
                continue
            needs = {area.area: hundredths(area.required) for area in answer.areas}
            pool = needs.pop("pool")
            found = counted(case.record.activities, answer.cycle.start, min(answer.cycle.end, case.on))
            expected = proofs_by_hand(needs, pool, found)
            assert answer.shortfalls is not None
            assert shown(answer.shortfalls) == expected
            assert hundredths(answer.total.short) == max((proof[3] for proof in expected), default=0)

    @given(placings())
    def test_is_the_only_one_of_its_size(self, placing: Placing) -> None:
        """No other set of that size has the same difference, so the proof does not depend on an order."""
        policy = placing.policy
        assert policy.total is not None
        total = hundredths(policy.total.value)
        needs = {figure.area: hundredths(figure.value) for figure in policy.areas or ()}
        found = counted(placing.activities, placing.cycle.start, placing.cycle.end)
        for proof in shown(cmprules.allocate(placing.activities, policy, cycle=placing.cycle).shortfalls):
            if "pool" not in proof[0]:
                same = [areas for areas in combinations(needs, len(proof[0]))
                        if sum(needs[area] for area in areas) - available(found, areas, total) == proof[3]]
                assert same == [proof[0]]
