"""What books and policies remember of their own: worked out once, seen by no one, and never mixed up."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import attrs
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap, maker, trusted
from cmprules._policy.book import Policy
from cmprules._policy.book import book as _policy
from cmprules._rules.allocation import table_of
from cmprules._words.enums import Grade

END = date(2026, 5, 31)


def fresh() -> cmprules.PolicyBook:
    """A book that remembers nothing yet."""
    return attrs.evolve(cmprules.load_book(edition="2026.1"))


class TestBooks:
    """A book makes each policy once."""

    def test_the_same_question_gets_the_same_policy(self) -> None:
        """However the day and the code are written."""
        book = fresh()
        policy = book.policy_for("MLS", expires_on=END)
        assert book.policy_for("MLS", expires_on=END) is policy
        assert book.policy_for("MT", expires_on="2026-05-31") is policy
        assert book.policy_for("MLS", expires_on=END, body="ASCPi") is not policy
        assert book.policy_for("MLS", expires_on=END + timedelta(days=1)) is not policy

    def test_two_books_never_share_one(self) -> None:
        """A row that stands in one of them alone is not seen in the other."""
        book = fresh()
        before = book.policy_for("MLS", expires_on=END)
        rows = tuple(attrs.evolve(row, established=False, question="Is it?") for row in book.tables["MLS(ASCP)"])
        other = attrs.evolve(book, tables=FrozenMap({**book.tables, "MLS(ASCP)": rows}))
        assert not other.policy_for("MLS", expires_on=END).established
        assert book.policy_for("MLS", expires_on=END) is before
        assert before.established

    def test_a_book_that_remembers_many_forgets_them_and_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many days it is asked about, it does not grow beyond what it may keep."""
        monkeypatch.setattr(_policy, "MOST_KEPT", 3)
        book = fresh()
        asked = [book.policy_for("MLS", expires_on=END + timedelta(days=days)) for days in range(8)]
        assert len(book._policies) <= 3
        assert [policy.expires_on for policy in asked] == [END + timedelta(days=days) for days in range(8)]
        again = book.policy_for("MLS", expires_on=END)
        assert (again == asked[0], again is asked[0]) == (True, False)

    def test_a_refusal_is_not_remembered(self) -> None:
        """It is given again, with the same words."""
        book = fresh()
        said = set()
        for _ in range(2):
            with pytest.raises(cmprules.NotInForceError) as caught:
                book.policy_for("MLS", expires_on=date(2006, 12, 31))
            said.add(str(caught.value))
        assert len(said) == 1

    def test_threads_are_given_equal_policies_and_tables(self) -> None:
        """Whichever of them asks first."""
        book = fresh()

        def ask(number: int) -> tuple[Policy, object]:
            policy = book.policy_for("MLS", expires_on=END + timedelta(days=number % 5))
            return policy, table_of(policy, Grade.SOCIETY).demand

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, range(200)))
        assert [policy.expires_on for policy, _ in found] == [END + timedelta(days=number % 5) for number in range(200)]
        assert len({demand for _, demand in found}) == 1


class TestValues:
    """What is remembered is no part of a value."""

    def test_a_policy_that_was_used_is_the_same_value(self) -> None:
        """It equals one that was not, hashes as it does, and is pickled byte for byte as it is."""
        policy, used = (fresh().policy_for("PBT", expires_on=END) for _ in range(2))
        assert used.citations
        assert used.rules.unquestioned
        assert table_of(used).names
        assert used == policy
        assert hash(used) == hash(policy)
        assert pickle.dumps(used) == pickle.dumps(policy)
        assert pickle.loads(pickle.dumps(used)) == policy
        assert repr(used) == repr(policy)
        assert cmprules.to_mapping(used) == cmprules.to_mapping(policy)

    def test_a_book_that_was_asked_is_the_same_value(self) -> None:
        """And so is its copy, which remembers nothing."""
        asked, book = fresh(), fresh()
        policy = asked.policy_for("MLS", expires_on=END)
        assert asked == book
        copied = pickle.loads(pickle.dumps(asked))
        assert copied == asked
        assert copied.policy_for("MLS", expires_on=END) is not policy

    def test_every_trust_has_its_own_table(self) -> None:
        """A cap that a society gives is in doubt for someone who asks for more, and for no one else."""
        policy = fresh().policy_for("MLS", expires_on=END)
        weak, strong = table_of(policy, Grade.INFERRED), table_of(policy, Grade.OFFICIAL)
        assert (weak.in_doubt, strong.in_doubt) == (frozenset(), frozenset({"covid_work"}))
        assert table_of(policy, Grade.INFERRED) is weak
        assert table_of(policy, Grade.OFFICIAL) is strong

    def test_a_changed_policy_has_a_table_of_its_own(self) -> None:
        """What was worked out for the one says nothing about the other."""
        policy = fresh().policy_for("MLS", expires_on=END)
        demand = table_of(policy).demand
        other = attrs.evolve(policy, areas=())
        assert table_of(other).demand.areas == ()
        assert table_of(policy).demand == demand

    def test_a_table_that_is_not_established_is_refused_each_time(self) -> None:
        """Nothing is remembered of it."""
        policy = fresh().policy_for("MLA", expires_on=END)
        for _ in range(2):
            with pytest.raises(cmprules.NotEstablishedError):
                table_of(policy)


class TestMaking:
    """Values of parts that have been checked already."""

    def test_are_made_with_their_defaults(self) -> None:
        """As the constructor would make them."""
        made = maker(cmprules.Finding)(code="MADE", rule="r", subject="s")
        assert made == cmprules.Finding(code="MADE", rule="r", subject="s")
        assert made == trusted(cmprules.Finding, code="MADE", rule="r", subject="s")

    @pytest.mark.parametrize("fields", [{"start": END}, {"start": END, "end": END, "middle": END}])
    def test_are_not_made_with_a_field_too_few_or_too_many(self, fields: dict[str, date]) -> None:
        """A slip in the rules themselves is noticed where it is made."""
        with pytest.raises(TypeError):
            trusted(cmprules.Period, **fields)
