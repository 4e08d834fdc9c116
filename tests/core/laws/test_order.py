"""The order of the lists in a record does not matter."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules.testing import Case, cases
from tests.strategies import Placing, edition, placings


def as_sets(answer: cmprules.CredentialDecision) -> dict[str, object]:
    """Return an answer with each list in record order turned into a set."""
    fields = attrs.asdict(answer, recurse=False)
    for name in ("placements", "activities", "needs", "findings"):
        fields[name] = None if fields[name] is None else frozenset(fields[name])
    return fields


class TestOrderSaysNothing:
    """Part 3, placement: any order of the input gives the same answer."""

    @given(cases(), st.data())
    def test_of_activities(self, case: Case, data: st.DataObject) -> None:
        """Reordered activities get the same answer, each point in the same place."""
        shuffled = attrs.evolve(case.record, activities=tuple(data.draw(st.permutations(case.record.activities))))
        before = cmprules.decide(case.record, edition(), on=case.on)
        after = cmprules.decide(shuffled, edition(), on=case.on)
        assert list(map(as_sets, before.credentials)) == list(map(as_sets, after.credentials))
        assert (before.fees, before.sources) == (after.fees, after.sources)

    @given(placings(), st.data())
    def test_of_what_is_allocated(self, placing: Placing, data: st.DataObject) -> None:
        """Reordered activities have the same allocation."""
        before = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
        order = data.draw(st.permutations(placing.activities))
        after = cmprules.allocate(order, placing.policy, cycle=placing.cycle)
        assert set(before.placements) == set(after.placements)
        assert set(before.activities) == set(after.activities)
        assert set(before.divided) == set(after.divided)
        assert (before.total, before.areas, before.shortfalls) == (after.total, after.areas, after.shortfalls)

    @given(cases(), st.data())
    def test_of_areas_within_an_activity(self, case: Case, data: st.DataObject) -> None:
        """Reordered areas make the same record, and so the same decision with the same digest."""
        mapping = cmprules.to_mapping(case.record)
        for activity in mapping["activities"]:
            if "areas" in activity:
                activity["areas"] = data.draw(st.permutations(activity["areas"]))
        again = cmprules.parse_record(mapping)
        assert again == case.record
        assert cmprules.decide(again, edition(), on=case.on) == cmprules.decide(case.record, edition(), on=case.on)

    @given(cases(), st.data())
    def test_of_credentials(self, case: Case, data: st.DataObject) -> None:
        """Reordered credentials get the same answers, and cost the same in total."""
        order = data.draw(st.permutations(case.record.credentials))
        before = cmprules.decide(case.record, edition(), on=case.on)
        after = cmprules.decide(attrs.evolve(case.record, credentials=tuple(order)), edition(), on=case.on)
        assert before.fees.total == after.fees.total
        for answer in before.credentials:
            same, other = as_sets(answer), as_sets(after[answer.id])
            for fields in (same, other):  # which of a group pays the whole fee follows the order of the record
                del fields["findings"]
            assert same == other
