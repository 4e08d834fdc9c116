"""The caches of books and policies: computed once, invisible, and never mixed up."""

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
    """Load a book with an empty cache."""
    return attrs.evolve(cmprules.load_book(edition="2026.1"))


class TestBooks:
    """A book makes each policy once."""

    def test_the_same_question_gets_the_same_policy(self) -> None:
        """The spelling of the day and the code does not matter."""
        book = fresh()
        policy = book.policy_for("MLS", expires_on=END)
        assert book.policy_for("MLS", expires_on=END) is policy
        assert book.policy_for("MT", expires_on="2026-05-31") is policy
        assert book.policy_for("MLS", expires_on=END, body="ASCPi") is not policy
        assert book.policy_for("MLS", expires_on=END + timedelta(days=1)) is not policy

    def test_two_books_never_share_one(self) -> None:
        """A row in one book is not seen in the other."""
        book = fresh()
        before = book.policy_for("MLS", expires_on=END)
        rows = tuple(attrs.evolve(row, established=False, question="Is it?") for row in book.tables["MLS(ASCP)"])
        other = attrs.evolve(book, tables=FrozenMap({**book.tables, "MLS(ASCP)": rows}))
        assert not other.policy_for("MLS", expires_on=END).established
        assert book.policy_for("MLS", expires_on=END) is before
        assert before.established

    def test_a_book_that_remembers_many_forgets_them_and_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The cache never grows beyond its limit, however many days are asked about."""
        monkeypatch.setattr(_policy, "MOST_KEPT", 3)
        book = fresh()
        asked = [book.policy_for("MLS", expires_on=END + timedelta(days=days)) for days in range(8)]
        assert len(book._policies) <= 3
        assert [policy.expires_on for policy in asked] == [END + timedelta(days=days) for days in range(8)]
        again = book.policy_for("MLS", expires_on=END)
        assert (again == asked[0], again is asked[0]) == (True, False)

    def test_a_refusal_is_not_remembered(self) -> None:
        """It is raised again, with the same words."""
        book = fresh()
        said = set()
        for _ in range(2):
            with pytest.raises(cmprules.NotInForceError) as caught:
                book.policy_for("MLS", expires_on=date(2006, 12, 31))
            said.add(str(caught.value))
        assert len(said) == 1

    def test_threads_are_given_equal_policies_and_tables(self) -> None:
        """It does not matter which thread asks first."""
        book = fresh()

        def ask(number: int) -> tuple[Policy, object]:
            policy = book.policy_for("MLS", expires_on=END + timedelta(days=number % 5))
            return policy, table_of(policy, Grade.SOCIETY).demand

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, range(200)))
        assert [policy.expires_on for policy, _ in found] == [END + timedelta(days=number % 5) for number in range(200)]
        assert len({demand for _, demand in found}) == 1


class TestValues:
    """The caches are not part of a value."""

    def test_a_policy_that_was_used_is_the_same_value(self) -> None:
        """It equals an unused one, with the same hash and the same pickle."""
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
        """Its copy is, too, with an empty cache."""
        asked, book = fresh(), fresh()
        policy = asked.policy_for("MLS", expires_on=END)
        assert asked == book
        copied = pickle.loads(pickle.dumps(asked))
        assert copied == asked
        assert copied.policy_for("MLS", expires_on=END) is not policy

    def test_every_trust_has_its_own_table(self) -> None:
        """A society's cap is in doubt only at a stricter trust."""
        policy = fresh().policy_for("MLS", expires_on=END)
        weak, strong = table_of(policy, Grade.INFERRED), table_of(policy, Grade.OFFICIAL)
        assert (weak.in_doubt, strong.in_doubt) == (frozenset(), frozenset({"covid_work"}))
        assert table_of(policy, Grade.INFERRED) is weak
        assert table_of(policy, Grade.OFFICIAL) is strong

    def test_a_changed_policy_has_a_table_of_its_own(self) -> None:
        """Results for one policy are not reused for the other."""
        policy = fresh().policy_for("MLS", expires_on=END)
        demand = table_of(policy).demand
        other = attrs.evolve(policy, areas=())
        assert table_of(other).demand.areas == ()
        assert table_of(policy).demand == demand

    def test_a_table_that_is_not_established_is_refused_each_time(self) -> None:
        """Nothing about it is cached."""
        policy = fresh().policy_for("MLA", expires_on=END)
        for _ in range(2):
            with pytest.raises(cmprules.NotEstablishedError):
                table_of(policy)


class TestMaking:
    """Values made from parts that have already been checked."""

    def test_are_made_with_their_defaults(self) -> None:
        """They equal those of the constructor."""
        made = maker(cmprules.Finding)(code="MADE", rule="r", subject="s")
        assert made == cmprules.Finding(code="MADE", rule="r", subject="s")
        assert made == trusted(cmprules.Finding, code="MADE", rule="r", subject="s")

    @pytest.mark.parametrize("fields", [{"start": END}, {"start": END, "end": END, "middle": END}])
    def test_are_not_made_with_a_field_too_few_or_too_many(self, fields: dict[str, date]) -> None:
        """A mistake in the rules shows up where it is made."""
        with pytest.raises(TypeError):
            trusted(cmprules.Period, **fields)
