"""The order in which a record lists things says nothing."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules.testing import Case, cases
from tests.strategies import Placing, edition, placings


def as_sets(answer: cmprules.CredentialDecision) -> dict[str, object]:
    """Return an answer with every list whose order follows the record as a set."""
    fields = attrs.asdict(answer, recurse=False)
    for name in ("placements", "activities", "needs", "findings"):
        fields[name] = None if fields[name] is None else frozenset(fields[name])
    return fields


class TestOrderSaysNothing:
    """Part 3, placement: the same for any order of input."""

    @given(cases(), st.data())
    def test_of_activities(self, case: Case, data: st.DataObject) -> None:
        """Activities in another order get the same answer, each point in the same place."""
        shuffled = attrs.evolve(case.record, activities=tuple(data.draw(st.permutations(case.record.activities))))
        before = cmprules.decide(case.record, edition(), on=case.on)
        after = cmprules.decide(shuffled, edition(), on=case.on)
        assert list(map(as_sets, before.credentials)) == list(map(as_sets, after.credentials))
        assert (before.fees, before.sources) == (after.fees, after.sources)

    @given(placings(), st.data())
    def test_of_what_is_allocated(self, placing: Placing, data: st.DataObject) -> None:
        """An allocation of the same activities in another order is the same."""
        before = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
        order = data.draw(st.permutations(placing.activities))
        after = cmprules.allocate(order, placing.policy, cycle=placing.cycle)
        assert set(before.placements) == set(after.placements)
        assert set(before.activities) == set(after.activities)
        assert set(before.divided) == set(after.divided)
        assert (before.total, before.areas, before.shortfalls) == (after.total, after.areas, after.shortfalls)

    @given(cases(), st.data())
    def test_of_areas_within_an_activity(self, case: Case, data: st.DataObject) -> None:
        """Areas listed in another order make the same record, and so the same decision with the same digest."""
        mapping = cmprules.to_mapping(case.record)
        for activity in mapping["activities"]:
            if "areas" in activity:
                activity["areas"] = data.draw(st.permutations(activity["areas"]))
        again = cmprules.parse_record(mapping)
        assert again == case.record
        assert cmprules.decide(again, edition(), on=case.on) == cmprules.decide(case.record, edition(), on=case.on)

    @given(cases(), st.data())
    def test_of_credentials(self, case: Case, data: st.DataObject) -> None:
        """Credentials in another order get the same answers, and cost the same in all."""
        order = data.draw(st.permutations(case.record.credentials))
        before = cmprules.decide(case.record, edition(), on=case.on)
        after = cmprules.decide(attrs.evolve(case.record, credentials=tuple(order)), edition(), on=case.on)
        assert before.fees.total == after.fees.total
        for answer in before.credentials:
            same, other = as_sets(answer), as_sets(after[answer.id])
            for fields in (same, other):  # which of a group pays the whole fee follows the order of the record
                del fields["findings"]
            assert same == other
