"""Laws for activities that may be one: an outcome of `MET` holds however the doubts resolve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, islice, permutations, product

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._kit.folding import folded
from cmprules._rules.results import Need
from tests.examples import scaled

BOOK = cmprules.load_book(edition="2026.2")
PBT = BOOK.policy_for("PBT", expires_on="2026-05-31")
CYCLE = cmprules.Period(start="2023-06-01", end="2026-03-10")
ON = date(2026, 3, 10)
FIRST = date(2024, 1, 1)
TITLES = ("Annual safety", "Annual Safety (webinar)", "Crossmatch")
PROVIDERS = (None, "Vendor", "vendor.", "Society")
AREAS = ("safety", "ethics", "phlebotomy")
CAPPED = {"college_course"}


@st.composite
def activities(draw: st.DrawFn, id: str) -> cmprules.Activity:
    """Draw an activity that may be another one: few titles, providers, days and amounts."""
    kind = draw(st.sampled_from(("formal_ce", "formal_ce", "in_service", "college_course", "presentation")))
    areas = draw(st.lists(st.sampled_from(AREAS), unique=True, max_size=2))
    amount = draw(st.sampled_from((1, 2, 3)))
    how = draw(st.sampled_from(("listed", "listed", "certified", "proposed")))
    day = FIRST + timedelta(days=draw(st.sampled_from((0, 0, 1, 2, 300, -300))))
    return cmprules.Activity(
        id=id, title=draw(st.sampled_from(TITLES)), provider=draw(st.sampled_from(PROVIDERS)), kind=kind,
        amount=amount, completed_on=day, session=draw(st.sampled_from((None, None, None, "A", "B"))),
        areas=areas if how == "listed" else (), proposed_areas=areas if how == "proposed" else (),
        certified={areas[0]: 1} if how == "certified" and areas else {})


@st.composite
def records(draw: st.DrawFn, most: int = 6) -> cmprules.Record:
    """Draw a record of a phlebotomist who has nearly all points."""
    drawn = [draw(activities(f"a{number}")) for number in range(draw(st.integers(2, most)))]
    sure = [cmprules.Activity(id=f"s{area}", title=f"Sure {area}", kind="formal_ce", completed_on="2025-01-01",
                              amount=draw(st.sampled_from((1, 2))), areas=[area])
            for area in draw(st.lists(st.sampled_from(AREAS), unique=True))]
    return cmprules.Record(holder={"id": "h"}, activities=[*drawn, *sure],
                           credentials=[{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}])


def decided(record: cmprules.Record) -> cmprules.CredentialDecision:
    """Decide it."""
    return cmprules.decide(record, BOOK, on=ON)["pbt"]


def with_what_is_missing(record: cmprules.Record) -> cmprules.Record:
    """Add to a record exactly the points that each area lacks against the holder, from courses in no doubt."""
    areas = decided(record).areas
    assert areas is not None
    added = [cmprules.Activity(id=f"more-{area.area}", title=f"Only for {area.area}", kind="formal_ce",
                               amount=area.short, completed_on="2025-01-02",
                               areas=[] if area.area == "pool" else [area.area])
             for area in areas if area.short]
    return attrs.evolve(record, activities=[*record.activities, *added])


def truths(record: cmprules.Record) -> Iterator[list[cmprules.Activity]]:
    """List what may really have been done: for every set of entries that are one, one member.

    Entries with the same title and nearby days may be one, in chains, as may courses taken again.  What is one in a
    chain is one activity described several times, so the areas listed for any entry are its areas, and none of the
    entries is another taken again.  An entry does not serve an area that is only proposed.
    """
    clear = [attrs.evolve(one, proposed_areas=()) for one in record.activities]
    by_title: dict[str, list[cmprules.Activity]] = {}
    for one in clear:
        by_title.setdefault(folded(one.title), []).append(one)
    choices = [list(_kept(group)) for group in by_title.values()]
    for chosen in product(*choices):
        yield [one for group in chosen for one in group]


def _kept(group: list[cmprules.Activity]) -> Iterator[list[cmprules.Activity]]:
    """List the ways in which entries with one title may be fewer: each dropped entry is one with a kept entry."""
    chains = {one.id: _chain(one, group) for one in group}
    repeated = {(one.id, other.id) for one, other in permutations(group, 2) if other not in chains[one.id]
                and _may_repeat(one, other) and _brings(chains[one.id]) and _brings(chains[other.id])}
    for size in range(1, len(group) + 1):
        for kept in combinations(group, size):
            dropped = [one for one in group if one not in kept]
            for same in product(*(list(_may_be(one, kept, chains[one.id], repeated)) for one in dropped)):
                yield [_real(one, [other for other, whose in zip(dropped, same, strict=True) if whose is one])
                       for one in kept]


def _may_be(
    one: cmprules.Activity, kept: Sequence[cmprules.Activity], chain: Sequence[cmprules.Activity],
    repeated: set[tuple[str, str]],
) -> Iterator[cmprules.Activity | None]:
    """List the kept entries that describe the same activity as a dropped one; None if it may be a repeat.

    A chain is repeated as a whole: an entry of which another of its chain is kept is one with that.
    """
    same = [other for other in kept if other in chain]
    yield from same
    if not same and any((one.id, other.id) in repeated for other in kept):
        yield None


def _chain(one: cmprules.Activity, group: Sequence[cmprules.Activity]) -> list[cmprules.Activity]:
    """List the entries that may be one activity with an entry, from day to day."""
    chain = [one]
    for member in chain:
        chain.extend(other for other in group if other not in chain and _is_near(member, other))
    return chain


def _brings(chain: Sequence[cmprules.Activity]) -> bool:
    """Return whether a chain brings points against the holder; if not, nothing is a repeat of it.

    It brings none if an entry is outside the cycle, or a college course, whose points are capped, is one of several
    kinds.
    """
    kinds = {member.kind for member in chain}
    return all(member.completed_on in CYCLE for member in chain) and (kinds.isdisjoint(CAPPED) or len(kinds) == 1)


def _real(one: cmprules.Activity, same: Sequence[cmprules.Activity]) -> cmprules.Activity:
    """Return an activity with the areas listed by all its entries, and a title of its own; certified points stay."""
    areas = () if one.certified else {area for entry in (one, *same) for area in entry.areas}
    return attrs.evolve(one, title=f"{one.id} apart", session=None, areas=areas)


def _days_between(one: cmprules.Activity, other: cmprules.Activity) -> int:
    assert one.completed_on is not None
    assert other.completed_on is not None
    return abs((one.completed_on - other.completed_on).days)


def _is_near(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    """Return whether two entries may be one activity on days next to each other."""
    return (_may_be_of_one_session(one, other) and _days_between(one, other) <= 1
            and (_providers_agree(one, other) or one.points == other.points))


def _may_repeat(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    """Return whether one of two entries may be the course of the other, taken again."""
    return (_may_be_of_one_session(one, other) and _days_between(one, other) > 1 and _providers_agree(one, other)
            and {one.kind, other.kind} <= {"formal_ce", "college_course"})


def _may_be_of_one_session(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    return one.session is None or other.session is None or one.session == other.session


def _providers_agree(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    """Return whether the providers agree; one that is not given agrees with any."""
    return one.provider is None or other.provider is None or folded(one.provider) == folded(other.provider)


@settings(max_examples=scaled(60), deadline=None)
@given(records())
def test_what_is_met_is_met_however_the_doubts_fall(record: cmprules.Record) -> None:
    """Every set of real activities that the entries may stand for meets the requirements, too.

    Only what is missing is added to each record, so that a point too many against the holder is seen.  A claim removes
    the entries that it may be one with, so that nothing repeats them; see `TestAnswers`.
    """
    assume(not any(one.kind == "presentation" for one in record.activities) or not repeats(record))
    record = with_what_is_missing(record)
    if decided(record).outcome != "MET":
        return
    for real in islice(truths(record), 200):
        kept = cmprules.Record(holder=record.holder, credentials=record.credentials, activities=real)
        assert decided(kept).outcome == "MET", [one.id for one in real]


def repeats(record: cmprules.Record) -> bool:
    """Return whether one entry may be the course of another, taken again."""
    return any(folded(one.title) == folded(other.title) and _may_repeat(one, other)
               for one, other in combinations(record.activities, 2))


@settings(max_examples=scaled(60), deadline=None)
@given(records(8))
def test_the_verifier_finds_nothing_wrong(record: cmprules.Record) -> None:
    """The verifier groups entries with its own code, and finds the same sums, buckets and proofs."""
    best = cmprules.allocate(record.activities, PBT, cycle=CYCLE)
    assert cmprules.verify_allocation(best, record.activities, PBT, cycle=CYCLE) == ()


@settings(max_examples=scaled(60), deadline=None)
@given(records(), activities("more"))
def test_an_entry_that_may_not_be_another_never_takes_anything(
    record: cmprules.Record, more: cmprules.Activity
) -> None:
    """A new entry with a new title lowers the points of neither reading."""
    before = decided(record).total
    after = decided(attrs.evolve(record, activities=[*record.activities,
                                                     attrs.evolve(more, title="Something else")])).total
    assert before is not None
    assert after is not None
    assert after.short <= before.short
    assert after.short_if_confirmed <= before.short_if_confirmed


@settings(max_examples=scaled(60), deadline=None)
@given(records(), activities("more"))
def test_in_favor_any_entry_never_takes_anything(record: cmprules.Record, more: cmprules.Activity) -> None:
    """An entry that may be another can lower the certain points, but never the possible ones."""
    before = decided(record).total
    after = decided(attrs.evolve(record, activities=[*record.activities, more])).total
    assert before is not None
    assert after is not None
    assert after.short_if_confirmed <= before.short_if_confirmed


@settings(max_examples=scaled(60), deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(record: cmprules.Record, random: object) -> None:
    """A reordered record gives the same figures and questions."""
    mixed = list(record.activities)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = decided(record), decided(attrs.evolve(record, activities=mixed))
    assert (one.outcome, one.total, one.areas, one.grade) == (other.outcome, other.total, other.areas, other.grade)
    assert {(need.code, need.subject) for need in one.needs} == {(need.code, need.subject) for need in other.needs}


@settings(max_examples=scaled(60), deadline=None)
@given(records())
def test_every_question_that_is_answered_yes_leads_to_what_may_be(record: cmprules.Record) -> None:
    """After rounds of yes to every question, a credential for review is met or has no questions."""
    answers: list[dict[str, object]] = []
    for _ in range(8):
        answer = decided(cmprules.parse_record({**cmprules.to_mapping(record), "settled": answers}))
        assert "ANSWER_NOT_NEEDED" not in {finding.code for finding in answer.findings}
        if answer.outcome != "NEEDS_REVIEW":
            break
        answers += [{"code": need.code, "subjects": [need.subject], "answer": "yes", "others": list(need.others or ())}
                    for need in answer.needs]
    assert answer.outcome in {"MET", "NOT_MET"}, answer.needs


BETTER = {"NOT_MET": 0, "NEEDS_REVIEW": 1, "MET": 2}


def answered(record: cmprules.Record, need: Need, answer: str) -> cmprules.CredentialDecision:
    """Decide a record with one more answer, copied from the need."""
    given = cmprules.Settled(code=need.code, subjects=[need.subject], answer=answer, others=need.others or ())
    return decided(attrs.evolve(record, settled=[*record.settled, given]))


class TestAnswers:
    """An answer can only settle both readings as one of them."""

    @settings(max_examples=scaled(60), deadline=None)
    @given(records(), st.data())
    def test_no_leaves_the_reading_against_the_holder(self, record: cmprules.Record, data: st.DataObject) -> None:
        """It changes no shown figure, and never improves an outcome."""
        before = decided(record)
        assume(before.needs)
        after = answered(record, data.draw(st.sampled_from(before.needs)), "no")
        assert before.total is not None
        assert after.total is not None
        assert (after.total.short, after.areas, after.placements) == (before.total.short, before.areas,
                                                                      before.placements)
        assert after.total.short_if_confirmed >= before.total.short_if_confirmed
        assert BETTER[after.outcome] <= BETTER[before.outcome]

    @settings(max_examples=scaled(60), deadline=None)
    @given(records(), st.data())
    def test_yes_leaves_the_reading_in_favor(self, record: cmprules.Record, data: st.DataObject) -> None:
        """It never lowers the possible points, and never turns an open outcome into not met."""
        before = decided(record)
        assume(before.needs)
        after = answered(record, data.draw(st.sampled_from(before.needs)), "yes")
        assert before.total is not None
        assert after.total is not None
        assert after.total.short_if_confirmed == before.total.short_if_confirmed
        assert BETTER[after.outcome] >= BETTER[before.outcome]
        if not repeats(record):
            assert after.total.short <= before.total.short

    @settings(max_examples=scaled(60), deadline=None)
    @given(records(), st.data())
    def test_yes_to_what_was_not_asked_takes_nothing_without_repeats(
        self, record: cmprules.Record, data: st.DataObject
    ) -> None:
        """Even where the outcome does not depend on the question, if no entry may repeat another."""
        assume(not repeats(record))
        claims = [one.id for one in record.activities if one.kind == "presentation" or one.proposed_areas]
        assume(claims)
        name = data.draw(st.sampled_from(claims))
        given = [cmprules.Settled(code=code, subjects=[name], answer="yes")
                 for code in ("KIND_UNCONFIRMED", "AREA_PROPOSED")]
        before, after = decided(record), decided(attrs.evolve(record, settled=given))
        assert before.total is not None
        assert after.total is not None
        assert after.total.short <= before.total.short
        assert BETTER[after.outcome] >= BETTER[before.outcome]

    def test_what_is_confirmed_can_bring_up_whether_a_course_repeats_it(self) -> None:
        """The one exception: entries that now count raise the question whether others repeat them."""
        day = {"kind": "formal_ce", "amount": 1, "title": "Crossmatch"}
        sure = [{"id": area, "title": area, "kind": "formal_ce", "amount": points, "areas": [area],
                 "completed_on": "2025-02-02"} for area, points in (("ethics", 1), ("phlebotomy", 7))]
        plain = {"schema": "cmprules.record/1", "holder": {"id": "h"},
                 "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
                 "activities": [*sure, {**day, "id": "a", "completed_on": "2024-01-01"},
                                {**day, "id": "claim", "completed_on": "2024-01-02", "kind": "presentation"},
                                {**day, "id": "again", "completed_on": "2025-01-01", "areas": ["safety"]}]}
        yes = {"code": "KIND_UNCONFIRMED", "subjects": ["claim"], "answer": "yes"}
        assert decided(cmprules.parse_record(plain)).outcome == "MET"
        after = decided(cmprules.parse_record({**plain, "settled": [yes]}))
        assert after.outcome == "NEEDS_REVIEW"
        assert ("REPEATED_COURSE", "again") in {(need.code, need.subject) for need in after.needs}
        other = {"code": "REPEATED_COURSE", "subjects": ["again"], "answer": "yes"}
        assert decided(cmprules.parse_record({**plain, "settled": [yes, other]})).outcome == "MET"
