"""Critical activities: the short way finds what deciding without each activity finds, with work that grows straight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._facts.records import without
from cmprules._rules.entries import entries
from cmprules._rules.outcome import evaluate
from cmprules._rules.placing import NO_CAP, NODE_LIMIT, Demand, Item, Steps, prove
from cmprules._rules.placing.placement import Placing as Search
from cmprules.explaining import CredentialSlack, Critical, _chains, _critical, _plenty, slack
from cmprules.explaining._plenty import Plenty
from cmprules.explaining._under import is_full
from cmprules.testing import Case, cases, messy
from cmprules.testing._messy import made_messy
from tests.core.laws.test_identity import records
from tests.examples import scaled

ON = date(2026, 3, 10)
BOOKS = {name: cmprules.load_book(edition=name) for name in cmprules.editions()}
Activities = list[dict[str, object]]


# ---------------------------------------------------------------------------------------------------------
# The definition.


def one_by_one(record: cmprules.Record, book: cmprules.PolicyBook, on: date) -> dict[str, list[Critical]]:
    """Decide without each activity in turn, as the definition says; where it is not met, none is critical."""
    before = cmprules.decide(record, book, on=on)
    found: dict[str, list[Critical]] = {one.id: [] for one in before.credentials}
    for activity in record.activities:
        for one in cmprules.decide(without(record, {activity.id}), book, on=on).credentials:
            if before[one.id].outcome != "NOT_MET" and one.outcome is not before[one.id].outcome:
                assert one.total is not None
                assert one.shortfalls is not None
                found[one.id].append(Critical(activity=activity.id, outcome=one.outcome, short=one.total.short,
                                              shortfalls=one.shortfalls))
    return found


def as_people_enter(book: cmprules.PolicyBook) -> st.SearchStrategy[Case]:
    """Draw records with duplicates, chains, repeats, certified and proposed areas, and answers."""
    related = records(most=9).flatmap(lambda record: made_messy(record, book, ON)).map(lambda made: Case(made, ON))
    return st.one_of(related, messy(cases(book=book, most_credentials=2), book=book),
                     messy(cases(book=book, most_credentials=1, outcome="MET"), book=book))


@pytest.mark.parametrize("edition", BOOKS)
@settings(max_examples=scaled(60))
@given(st.data())
def test_they_are_those_without_which_the_outcome_is_another(edition: str, data: st.DataObject) -> None:
    """Each activity is left out of the record in turn, and all the rest is decided from the beginning."""
    book = BOOKS[edition]
    case = data.draw(as_people_enter(book))
    expected = one_by_one(case.record, book, case.on)
    for found in slack(case.record, book, on=case.on, most_others=0).credentials:
        assert list(found.critical) == expected[found.id]


# ---------------------------------------------------------------------------------------------------------
# The work, as counts.


def entered(count: int, *, title: str = "Course {}", same: int = 1, apart: int = 1, **more: object) -> Activities:
    """Enter a number of one-point courses for the areas of a phlebotomist in turn, each title several times."""
    areas: tuple[list[str], ...] = ([], ["safety"], ["ethics"], ["phlebotomy"])
    return [{"id": f"a{number:03}", "title": title.format(number // same), "kind": "formal_ce", "amount": 1,
             "completed_on": str(date(2024, 1, 1) + timedelta(days=number * apart % 700)),
             "areas": areas[number // same % 4], **more} for number in range(count)]


def phlebotomist(activities: Activities, **more: object) -> cmprules.Record:
    """Make a record: 1 safety, 1 ethics, 2 phlebotomy, 5 for the pool."""
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": activities,
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}], **more})


SURE: dict[str, dict[str, object]] = {
    area: {"id": area, "title": f"Sure {area}", "kind": "formal_ce", "amount": amount, "completed_on": "2025-01-01",
           "areas": [area]}
    for area, amount in (("safety", 1), ("ethics", 1), ("phlebotomy", 2))}
REST: dict[str, object] = {"id": "r", "title": "Rest", "kind": "formal_ce", "amount": 6, "completed_on": "2025-01-01"}


def counting(function: Callable[..., Any], seen: list[Any]) -> Callable[..., Any]:
    """Return a function that also notes its first argument."""
    def counted(*args: Any, **named: Any) -> Any:
        seen.append(args[0])
        return function(*args, **named)

    return counted


def work_of(record: cmprules.Record, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Count the entries that are judged again, and the decisions that are made again."""
    judged, decided = list[Sequence[cmprules.Activity]](), list[object]()
    with monkeypatch.context() as patch:
        patch.setattr(_chains, "entries", counting(entries, judged))
        patch.setattr(_critical, "evaluate", counting(evaluate, decided))
        slack(record, BOOKS["2026.2"], on=ON, most_others=0)
    return sum(map(len, judged)), len(decided)


def test_activities_that_are_no_others_are_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more of them nothing is judged again, and no more is decided again."""
    few, many = (work_of(phlebotomist(entered(count)), monkeypatch) for count in (100, 400))
    assert few == many == (0, 0)


@pytest.mark.parametrize("same", [2, 3, 4])
def test_entries_that_may_be_one_are_judged_again_with_their_own(same: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the entries under a title the others are judged without one of them, and nothing else of the record is."""
    for count in (60, 120, 240):
        repeats = [{**one, "amount": str(12 / count)} for one in entered(count, same=same, apart=3)]
        record = phlebotomist(repeats)
        assert slack(record, BOOKS["2026.2"], on=ON, most_others=0)["pbt"].outcome == "NEEDS_REVIEW"
        assert work_of(record, monkeypatch) == (count // same * (same - 1), 0)


def test_entries_that_no_table_needs_are_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without all entries of a title it would still be met."""
    for count in (60, 120):
        assert work_of(phlebotomist(entered(count, same=2, apart=3)), monkeypatch) == (0, 0)


def test_of_a_weekly_conference_one_date_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every date repeats all others, so what one changes each changes."""
    for count in (50, 100):
        weekly = entered(count, title="Tumor board", same=count, apart=7)
        judged, decided = work_of(phlebotomist([*weekly, *SURE.values(), {**REST, "amount": 4}]), monkeypatch)
        assert (judged, decided) == (count - 1, 4)  # the four others are critical


def test_entries_on_successive_days_are_judged_with_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """No two are alike to the same others: the worst case, if a point of them is needed."""
    daily = entered(12, title="Tumor board", same=12)
    needed, spare = ([*daily, *SURE.values(), {**REST, "amount": amount}] for amount in (4, 5))
    assert work_of(phlebotomist(needed), monkeypatch) == (12 * 11, 4)
    assert work_of(phlebotomist(spare), monkeypatch) == (0, 4)


def test_equal_critical_activities_are_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small courses fill the pool to a hair: each is critical, and one decision says so for all."""
    for count in (50, 100):
        small = [{**one, "amount": str(5 / count), "areas": []} for one in entered(count)]
        record = phlebotomist([*small, *(SURE[area] for area in ("safety", "ethics", "phlebotomy"))])
        found = slack(record, BOOKS["2026.2"], on=ON, most_others=0)["pbt"]
        assert (found.outcome, len(found.critical)) == ("MET", count + 3)
        assert work_of(record, monkeypatch) == (0, 4)


# ---------------------------------------------------------------------------------------------------------
# Where the order of the activities may matter, or answers do.

TWO_AREAS: Activities = [
    {"id": f"t{number:02}", "title": f"Both {number}", "kind": "formal_ce", "amount": 1, "completed_on": "2025-02-01",
     "areas": ["safety", "ethics"]} for number in range(20)]
"""More activities for two areas than every placement can be tried of."""

BOTH: dict[str, object] = {**TWO_AREAS[0], "amount": 2}


def agrees(record: cmprules.Record, edition: str = "2026.2") -> CredentialSlack:
    """Return how close a record is, if deciding without each activity finds the same."""
    found = slack(record, BOOKS[edition], on=ON, most_others=0)["pbt"]
    assert list(found.critical) == one_by_one(record, BOOKS[edition], ON)["pbt"]
    return found


def test_where_a_search_may_be_given_up_each_is_decided_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large activities for two areas are not plenty, so a search must choose for each that is left out."""
    record = phlebotomist([*TWO_AREAS, SURE["phlebotomy"]])
    assert [one.activity for one in agrees(record).critical] == ["phlebotomy"]
    searched = list[object]()
    monkeypatch.setattr(_critical, "is_full", counting(is_full, searched))
    assert work_of(record, monkeypatch) == (0, 1)
    assert len(searched) == len(TWO_AREAS) + 1


def puzzle(rng: Random) -> tuple[list[Item], Demand]:
    """Make items for up to four areas, some under a cap."""
    width, largest = rng.randint(1, 4), rng.choice((1, 2, 3, 6))
    caps = tuple(rng.randint(1, 9) for _ in range(rng.randint(0, 2)))
    items = [Item(points=rng.randint(1, largest), mask=rng.randrange(1 << width),
                  cap=rng.choice((NO_CAP, NO_CAP, NO_CAP, len(caps) - 1))) for _ in range(rng.randint(1, 30))]
    return items, Demand(areas=tuple(rng.randint(0, 5) for _ in range(width)), pool=rng.randint(0, 6), caps=caps)


def test_a_search_that_lasts_takes_a_step_for_each_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sums say that there is plenty, a whole placement is found without a wrong choice."""
    monkeypatch.setattr(_plenty, "most_steps", lambda _: NODE_LIMIT + 1)
    certain = 0
    for seed in range(600):
        rng = Random(seed)
        items, demand = puzzle(rng)
        less = rng.sample(items, min(len(items), rng.randint(0, 3)))
        more = [Item(points=rng.randint(1, 8), mask=rng.randrange(1 << len(demand.areas)))
                for _ in range(rng.randint(0, 2))]
        if Plenty(items, demand).lasts(less, more):
            certain += 1
            for item in less:
                items.remove(item)
            items = rng.sample([*items, *more], len(items) + len(more))
            steps = Steps()
            assert Search(items, demand, prove(items, demand), steps).find_witness(), seed
            assert NODE_LIMIT - steps.left <= sum(item.mask.bit_count() > 1 for item in items), seed
    assert certain > 200


def test_there_is_plenty_for_an_area_but_for_what_another_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four points for the second area, the first may take one until it is full and one too many: one is to spare."""
    monkeypatch.setattr(_plenty, "most_steps", lambda _: NODE_LIMIT + 1)
    plenty = Plenty([Item(points=2, mask=1), *(Item(points=1, mask=3) for _ in range(4))],
                    Demand(areas=(1, 1), pool=0))
    assert plenty.points == 1
    assert [plenty.lasts(asked=asked) for asked in (0, 1, 2)] == [True, True, False]
    assert [plenty.lasts(more=[Item(points=points, mask=3)]) for points in (1, 2)] == [True, False]


def test_where_others_are_plenty_no_search_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With enough for one area alone, it does not matter where the activities for two go."""
    for count in (40, 80):
        record = phlebotomist([*TWO_AREAS, *entered(count)])
        assert work_of(record, monkeypatch) == (0, 0)
        assert agrees(record).critical == ()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_with_an_answer_about_dividing_each_is_decided_by_itself(answer: str) -> None:
    """The one activity for safety and ethics is divided if the holder may do so."""
    settled = [{"code": "DIVIDED_ACTIVITY", "subjects": [BOTH["id"]], "answer": answer}]
    found = agrees(phlebotomist([BOTH, SURE["phlebotomy"], REST], settled=settled))
    assert found.outcome == ("MET" if answer == "yes" else "NOT_MET")
    assert [one.activity for one in found.critical] == (["t00", "phlebotomy", "r"] if answer == "yes" else [])


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_with_an_answer_about_the_table_that_table_is_decided(answer: str) -> None:
    """The table of 2022 asks for no ethics."""
    record = phlebotomist([SURE["safety"], SURE["phlebotomy"], {**REST, "completed_on": None}, {**REST, "id": "q"}],
                          credentials=[{"id": "pbt", "code": "PBT", "expires_on": "2022-12-31"}],
                          settled=[{"code": "TABLE_AFTER_EXPIRY", "subjects": ["pbt"], "answer": answer}])
    found = agrees(record)
    assert found.outcome == ("MET" if answer == "yes" else "NOT_MET")


def test_a_question_that_stays_open_without_others() -> None:
    """An undated activity could fill the pool, and so could a claim: without either it is still open."""
    undated = {**REST, "completed_on": None}
    claim = {**REST, "id": "j", "kind": "journal_article"}
    found = agrees(phlebotomist([*SURE.values(), undated, claim]))
    assert (found.outcome, [one.activity for one in found.critical]) == (
        "NEEDS_REVIEW", ["safety", "ethics", "phlebotomy"])


def test_where_the_table_is_chosen_another_that_stays_open_says_nothing() -> None:
    """Today's table lacks ethics; under the one that applies, the pool is filled once the entry out of time is gone."""
    late, out = ({**REST, "id": day, "completed_on": day} for day in ("2023-03-11", "2023-03-10"))
    record = phlebotomist([out, late, SURE["safety"], SURE["phlebotomy"]],
                          credentials=[{"id": "pbt", "code": "PBT", "expires_on": "2022-12-31"}],
                          settled=[{"code": "TABLE_AFTER_EXPIRY", "subjects": ["pbt"], "answer": "yes"}])
    found = agrees(record)
    assert (found.outcome, found.critical[0].activity, found.critical[0].outcome) == (
        "NEEDS_REVIEW", "2023-03-10", "MET")


def again(id: str, day: str, **more: object) -> dict[str, object]:
    """Enter a course of a point again."""
    return {"id": id, "title": "Order of draw", "kind": "formal_ce", "amount": 1, "completed_on": day, **more}


def test_answers_about_related_entries_are_kept() -> None:
    """All three count because the holder said so, and two of them still do without the third."""
    three = [again(name, f"2024-0{place}-01") for place, name in enumerate("abc", 1)]
    record = phlebotomist([*SURE.values(), {**REST, "amount": 3}, *three], settled=[
        {"code": "REPEATED_COURSE", "subjects": [one], "others": [other], "answer": "yes"}
        for one, other in ("ab", "ac", "bc")])
    found = agrees(record)
    assert (found.outcome, len(found.critical)) == ("MET", 4)


def test_entries_that_answers_tell_apart_are_no_twins() -> None:
    """The first is another than the two others, which may be one: without it a point is missing."""
    three = [again(name, f"2024-0{place}-01") for place, name in enumerate("abc", 1)]
    record = phlebotomist([*three, *SURE.values(), {**REST, "amount": 3}], settled=[
        {"code": "REPEATED_COURSE", "subjects": ["a"], "others": ["b", "c"], "answer": "yes"}])
    assert [one.activity for one in agrees(record).critical] == ["a", *SURE, "r"]


@pytest.mark.parametrize("how", [{"areas": ["safety"]}, {"proposed_areas": ["safety"]}])
def test_entries_for_other_areas_are_no_twins(how: dict[str, list[str]]) -> None:
    """Of two dates one may serve safety: only without that one nothing does."""
    record = phlebotomist([again("a", "2024-01-01", **how), again("b", "2024-03-01"), SURE["ethics"],
                           SURE["phlebotomy"], {**REST, "amount": 9}])
    found = agrees(record)
    assert (found.outcome, found.critical[0].activity, found.critical[0].outcome) == ("NEEDS_REVIEW", "a", "NOT_MET")


def test_entries_of_which_one_is_out_of_time_are_no_twins() -> None:
    """The day after the last that cannot count may count: only with that entry."""
    out, open_ = again("a", "2023-04-30", amount=5), again("b", "2023-05-01", amount=5)
    found = agrees(phlebotomist([out, open_, *SURE.values()]))
    assert (found.outcome, [one.activity for one in found.critical]) == ("NEEDS_REVIEW", ["b", *SURE])


def test_activities_that_bring_nothing_yet_are_not_equal() -> None:
    """One is out of time, and two are undated and may still count, of which one has enough points."""
    out, undated = {**REST, "completed_on": "2020-01-01"}, {**REST, "id": "u", "title": "U", "completed_on": None}
    small = {**undated, "id": "v", "title": "V", "amount": "0.5"}
    found = agrees(phlebotomist([out, small, undated, *SURE.values()]))
    assert (found.outcome, [one.activity for one in found.critical]) == ("NEEDS_REVIEW", ["u", *SURE])
