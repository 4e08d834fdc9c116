"""Values survive writing, reading, pickling and copying."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules.testing import Case, cases, policies
from tests.strategies import Placing, edition, placings


def as_text(decision: cmprules.Decision) -> str:
    """Write a decision as JSON text."""
    return json.dumps(cmprules.to_mapping(decision), ensure_ascii=False)


def other_writing(text: str, how: str) -> object:
    """Write a number in another form."""
    if how == "zeros":
        return f"{text}0" if "." in text else f"{text}.0"
    if how == "exponent":
        return f"{Decimal(text):E}"
    if how == "plus":
        return f"+{text}"
    if how == "number":
        return float(text) if "." in text else int(text)
    return float(text) if how == "float" else Decimal(text)


class TestTheWire:
    """Part 2, 4 and 5: `to_mapping` gives plain data, and the readers restore it without loss."""

    @given(cases())
    def test_of_a_record(self, case: Case) -> None:
        """A record comes back equal, through mappings and through JSON text."""
        mapping = cmprules.to_mapping(case.record)
        assert cmprules.parse_record(mapping) == case.record
        again = cmprules.parse_record(json.loads(json.dumps(mapping)))
        assert again == case.record
        assert cmprules.to_mapping(again) == mapping

    @given(cases())
    def test_of_a_decision(self, case: Case) -> None:
        """A decision comes back equal, through mappings and through JSON text."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        mapping = cmprules.to_mapping(decision)
        assert cmprules.parse_decision(mapping) == decision
        again = cmprules.parse_decision(json.loads(json.dumps(mapping)))
        assert again == decision
        assert cmprules.to_mapping(again) == mapping

    @given(placings())
    def test_of_an_allocation_and_a_policy(self, placing: Placing) -> None:
        """The written forms of an allocation and a policy are plain data."""
        alloc = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
        for value in (alloc, placing.policy, *placing.activities):
            plain = cmprules.to_mapping(value)
            assert json.loads(json.dumps(plain)) == plain


class TestCopies:
    """Part 5: values compare by value and hash by it; pickles and copies are equal."""

    @staticmethod
    def check(value: Any) -> None:
        """Copy a value in every way, and compare."""
        for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
            assert again == value
            assert hash(again) == hash(value)
            assert repr(again) == repr(value)

    @given(cases())
    def test_of_records_and_decisions(self, case: Case) -> None:
        """A record and its decision survive copying, as do their parts."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        for value in (case.record, decision, *case.record.activities, *decision.credentials):
            self.check(value)
        assert pickle.loads(pickle.dumps(case.record)).activities == case.record.activities
        again = pickle.loads(pickle.dumps(case.record))
        assert cmprules.decide(again, edition(), on=case.on) == decision

    @given(placings())
    def test_of_allocations(self, placing: Placing) -> None:
        """An allocation, its policy and its cycle survive copying."""
        for value in (cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle), placing.policy,
                      placing.cycle):
            self.check(value)

    @given(policies(book=edition()))
    def test_of_policies(self, policy: cmprules.Policy) -> None:
        """Asking twice for the same policy gives equal values with one hash."""
        again = edition().policy_for(policy.code, expires_on=policy.expires_on, body=policy.body)
        assert again == policy
        assert hash(again) == hash(policy)

    def test_of_the_book(self, book: cmprules.PolicyBook) -> None:
        """A book survives copying, and the copy decides the same."""
        again = pickle.loads(pickle.dumps(book))
        assert again == book
        assert hash(again) == hash(book)
        assert isinstance(again.sources, FrozenMap)


class TestTheSameAnswer:
    """Part 1: the same record, edition and day give the same answer, byte for byte."""

    @given(cases())
    def test_twice(self, case: Case) -> None:
        """Deciding twice gives the same answer, with one book or a reloaded one."""
        one, other = (cmprules.decide(case.record, edition(), on=case.on) for _ in range(2))
        assert one == other
        assert as_text(one) == as_text(other)

    @given(cases(), st.data())
    def test_however_numbers_are_written(self, case: Case, data: st.DataObject) -> None:
        """"1.50", 1.5 and a decimal mean the same, down to the digest of the record."""
        mapping = cmprules.to_mapping(case.record)
        hows = st.sampled_from(("as it is", "zeros", "exponent", "plus", "number", "float", "decimal"))
        listed = [(one, "amount") for one in mapping["activities"]]
        for one, key in [*listed, *((one, "points") for one in mapping.get("placements", []))]:
            how = data.draw(hows)
            one[key] = one[key] if how == "as it is" else other_writing(one[key], how)
        again = cmprules.parse_record(mapping)
        assert again == case.record
        assert as_text(cmprules.decide(again, edition(), on=case.on)) == as_text(
            cmprules.decide(case.record, edition(), on=case.on)
        )

    @given(cases())
    def test_whatever_stands_at_its_default(self, case: Case) -> None:
        """A default means the same whether written or omitted."""
        mapping = cmprules.to_mapping(case.record)
        for one in mapping["credentials"]:
            one.setdefault("voluntary", False)
            if one.get("body") == "ASCP":
                del one["body"]
        for one in mapping["activities"]:
            one.setdefault("documents", [])
            one.setdefault("provider", None)
        again = cmprules.parse_record(mapping)
        assert as_text(cmprules.decide(again, edition(), on=case.on)) == as_text(
            cmprules.decide(case.record, edition(), on=case.on)
        )
