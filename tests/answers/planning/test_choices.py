"""The building blocks of plans: limits of packages, duplicate courses, kinds and caps, wishes, and reasons for none."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._rules.results import Need
from cmprules.planning import Catalogue, _needs, _planner, _search, _solver, front
from cmprules.planning._program import Program, Row
from cmprules.planning._request import request_of
from tests.answers.planning.strategies import ON
from tests.answers.planning.test_days import LACKS_ETHICS, QLS, course, held, plan, record
from tests.strategies import edition

WHO = record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS)
NOBODY = record({**QLS, "expires_on": "2026-05-31"})


def ids(found: cmprules.planning.Plan) -> list[str]:
    """Return the ids of what is taken and bought."""
    return [*(one.id for one in found.courses), *(one.id for one in found.packages)]


class TestWhatServesWhat:
    """A course serves several credentials, but only one mandatory area each, and only if it is certain to count."""

    def test_one_course_serves_two_credentials(self) -> None:
        """Both need ethics, which is bought once."""
        who = record({**QLS, "expires_on": "2026-05-31"}, {"id": "qia", "code": "QIA", "expires_on": "2026-07-31"},
                     activities=(*LACKS_ETHICS, {"id": "q", "title": "Q", "kind": "formal_ce", "amount": 6,
                                                 "areas": ["apheresis"], "completed_on": "2025-06-01"}))
        found = plan(who, [course("c"), course("d")])
        assert ids(found) == ["c"]
        assert {served.credential for served in found.courses[0].serves} == {"qls", "qia"}
        assert found.courses[0].last_day.isoformat() == "2026-05-31"

    def test_one_course_is_not_divided_between_two_areas(self) -> None:
        """A two-point course for safety or ethics fills only one of them: the other needs another course."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=held("laboratory_safety"))
        both = course("both", amount=2, areas=["safety", "ethics"], price=1)
        assert [one.code for one in plan(who, [both]).obstacles] == ["NO_COMBINATION"]
        assert ids(plan(who, [both, course("e"), course("s", "safety", price=9)])) == ["both", "s"]

    def test_surplus_of_an_area_fills_the_pool(self) -> None:
        """PBT is missing 2 in phlebotomy and 3 in the pool: 5 points in phlebotomy are enough."""
        have = (*held("safety", "ethics"), {"id": "r", "title": "R", "kind": "formal_ce", "amount": 2,
                                            "completed_on": "2025-06-01"})
        who = record({"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}, activities=have)
        assert ids(plan(who, [course("p", "phlebotomy", 5)])) == ["p"]
        assert not plan(who, [course("p", "phlebotomy", "4.99")]).possible

    def test_a_cap_binds_what_is_held_and_what_is_bought(self) -> None:
        """At most 4.5 of the 9 points of PBT may come from college: a second semester hour adds nothing."""
        have = (*held("safety", "ethics"), {"id": "c", "title": "College", "kind": "college_course", "amount": "4",
                                            "completed_on": "2025-06-01"})
        who = record({"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}, activities=have)
        college = course("more", areas=["phlebotomy"], kind="college_course", unit="semester_hour", price=1)
        found = plan(who, [college, course("p", "phlebotomy", "2.5"), course("q", "phlebotomy", 3, price=20)])
        assert ids(found) == ["more", "p"]
        assert ids(plan(who, [college, course("p", "phlebotomy", "2.49"), course("q", "phlebotomy", 3, price=20)])
                   ) == ["q"]

    def test_a_kind_that_is_not_confirmed_is_of_no_use(self) -> None:
        """A journal article may count, but is not certain to: the plan leaves it out, and says so."""
        found = plan(WHO, [course("c"), course("a", kind="journal_article", price=1)])
        assert ids(found) == ["c"]
        assert [(one.id, one.code) for one in found.left_out] == [("a", "KIND_UNCONFIRMED")]

    @pytest.mark.parametrize("fields", [
        {"kind": "formal_ce"}, {"kind": "journal_article", "completed_on": "2025-06-01"},
        {"kind": "formal_ce", "completed_on": "2023-05-31"}])
    def test_what_is_held_and_not_confirmed_is_not_relied_on(self, fields: dict[str, Any]) -> None:
        """Undated, without an established value, or in the month of the previous end: the plan buys a course."""
        unsure = {"id": "u", "title": "U", "amount": 9, "areas": ["ethics"], **fields}
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=(*LACKS_ETHICS, unsure))
        found = plan(who, [course("c")])
        assert (found.credentials[0].before, ids(found)) == ("NEEDS_REVIEW", ["c"])

    def test_trust_makes_a_kind_unconfirmed(self) -> None:
        """Self study is an inferred kind: the default trust accepts it, a stricter one does not."""
        who = record({"id": "ht", "code": "HT", "expires_on": "2023-12-31"})
        found = cmprules.plan(who, edition(), Catalogue(courses=[course("c", kind="self_study")]), on=ON,
                              trust="society")
        assert [one.code for one in found.left_out] == ["KIND_UNCONFIRMED"]


class TestNothingIsBoughtTwice:
    """A course counts once, whether it is in the record or sold under two ids."""

    @pytest.mark.parametrize("fields", [
        {"id": "have-1"}, {"title": "ETHICS at the  bench", "provider": "sample academy"}])
    def test_one_in_the_record_is_not_bought_again(self, fields: dict[str, Any]) -> None:
        """The id, or title, provider, kind and points are the same, whenever it was done."""
        done = {"id": "have-1", "title": "Ethics at the bench", "provider": "Sample Academy", "kind": "formal_ce",
                "amount": 1, "completed_on": "2019-01-01", "areas": ["ethics"]}
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=(*LACKS_ETHICS, done))
        found = plan(who, [{**course("c", price=1), **fields}, course("d")])
        assert ids(found) == ["d"]
        assert [one.code for one in found.left_out] == ["ALREADY_TAKEN"]

    def test_other_points_make_another_course(self) -> None:
        """A course with the same title and other points is a different course."""
        done = {"id": "have-1", "title": "Course c", "kind": "formal_ce", "amount": 2, "completed_on": "2019-01-01"}
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=(*LACKS_ETHICS, done))
        assert ids(plan(who, [course("c")])) == ["c"]

    def test_one_that_is_sold_under_two_ids_counts_once(self) -> None:
        """Two points are missing; one one-point course from two sellers is not enough."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=(
            *held("safety", "ethics"), {"id": "l", "title": "L", "kind": "formal_ce", "amount": 4,
                                        "areas": ["laboratory_safety"], "completed_on": "2025-06-01"}))
        offers = [course("a", "laboratory_safety", title="One and the same"),
                  course("b", "laboratory_safety", title="One and the  Same", available_from="2026-04-01")]
        assert [one.code for one in plan(who, offers).obstacles] == ["NO_COMBINATION"]
        assert ids(plan(who, [*offers, course("c", "laboratory_safety", price=99)])) == ["a", "c"]


class TestPackages:
    """A package opens several courses at one price, within its limits."""

    BOTH = (course("e", price=8), course("s", "safety", price=8))

    @pytest.mark.parametrize(("fields", "bought"), [
        ({}, ["e", "s", "p"]),
        ({"price": 16}, ["e", "s"]),
        ({"most_courses": 2}, ["e", "s", "p"]),
        ({"most_courses": 1}, ["e", "s"]),
        ({"most_hours": 2}, ["e", "s", "p"]),
        ({"most_hours": "1.99"}, ["e", "s"]),
        ({"available_until": "2026-03-10"}, ["e", "s", "p"]),
        ({"available_until": "2026-03-09"}, ["e", "s"]),
        ({"courses": [], "provider": "Sample Academy"}, ["e", "s"]),
    ])
    def test_it_is_bought_where_it_is_cheaper(self, fields: dict[str, Any], bought: list[str]) -> None:
        """It costs fifteen for both against eight each; at an equal price, or limited to one, it is not bought."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=held("laboratory_safety"))
        found = plan(who, list(self.BOTH), [{"id": "p", "title": "P", "price": 15, "courses": ["e", "s"], **fields}])
        assert ids(found) == bought

    def test_all_of_a_provider(self) -> None:
        """Without a list a package opens all courses of its provider in the catalog."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=held("laboratory_safety"))
        offers = [{**one, "provider": "Sample Academy", "price": None} for one in self.BOTH]
        found = plan(who, offers, [{"id": "p", "title": "P", "provider": "Sample Academy", "price": 0}])
        assert (ids(found), found.cost) == (["e", "s", "p"], Decimal(0))

    def test_a_package_beside_a_course(self) -> None:
        """A package limited to one course takes the dearer of two, and the other is bought alone."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=held("laboratory_safety"))
        found = plan(who, [course("e", price=8), course("s", "safety", price=30)],
                     [{"id": "p", "title": "P", "price": 15, "courses": ["e", "s"], "most_courses": 1}])
        assert [(one.id, one.package, one.price) for one in found.courses] == [
            ("e", None, Decimal(8)), ("s", "p", Decimal(0))]
        assert found.packages[0].courses == ("s",)

    def test_a_course_that_nobody_sells(self) -> None:
        """It has no price, and no package opens it."""
        found = plan(WHO, [course("c", price=None)], [{"id": "p", "title": "P", "price": 1, "provider": "Nobody"}])
        assert [(one.id, one.code) for one in found.left_out] == [("c", "NOT_SOLD")]


    def test_one_that_is_excluded_is_not_said_to_open_nothing(self) -> None:
        """The reason is the wish of the holder."""
        found = plan(WHO, [course("c")], [{"id": "p", "title": "P", "price": 1, "courses": ["c"]}], exclude=["p"])
        assert [(one.id, one.code) for one in found.left_out] == [("p", "EXCLUDED")]


class TestWishes:
    """The goal, a budget, and courses to include or exclude."""

    OFFERS = (course("cheap", price=5, hours=3), course("quick", price=20, hours="0.5"),
              course("middle", price=10, hours=1))

    @pytest.mark.parametrize(("wishes", "bought"), [
        ({}, ["cheap"]), ({"minimise": "hours"}, ["quick"]), ({"minimise": "courses"}, ["cheap"]),
        ({"minimise": "hours", "budget": 19}, ["middle"]), ({"minimise": "hours", "budget": "20.00"}, ["quick"]),
        ({"exclude": ["cheap"]}, ["middle"]), ({"include": ["quick"]}, ["quick"]),
        ({"include": ["quick", "middle"]}, ["middle", "quick"]), ({"exclude": {"cheap", "middle"}}, ["quick"]),
    ])
    def test_it_is_as_asked(self, wishes: dict[str, Any], bought: list[str]) -> None:
        """The plan is the cheapest, the shortest, within the budget, with and without named courses."""
        assert ids(plan(WHO, list(self.OFFERS), **wishes)) == bought

    def test_what_is_included_and_not_needed_is_bought_all_the_same(self) -> None:
        """The course serves nothing, and the plan says so."""
        extra = course("extra", "cytology", price=7)
        found = plan(WHO, [*self.OFFERS, extra], include=["extra"])
        assert (ids(found), found.cost) == (["cheap", "extra"], Decimal(12))
        assert found.courses[1].serves == ()
        assert found.courses[1].last_day.isoformat() == "2026-05-31"

    def test_ties_are_settled_by_id(self) -> None:
        """Of equal courses the first id wins in any order of the catalog; fewer packages win over more."""
        assert ids(plan(WHO, [course("b"), course("a"), course("c")])) == ["a"]
        found = plan(WHO, [course("b", price=0)], [{"id": "p", "title": "P", "price": 0, "courses": ["b"]}])
        assert ids(found) == ["b"]

    def test_the_bound_has_the_unit_of_what_is_made_the_least(self) -> None:
        """The unit is dollars, hours, or a number of courses."""
        found = {goal: plan(WHO, list(self.OFFERS), minimise=goal).bound for goal in ("cost", "hours", "courses")}
        assert found == {"cost": Decimal(5), "hours": Decimal("0.5"), "courses": Decimal(1)}


class TestWhyThereIsNone:
    """A missing plan is an answer, with its reason."""

    def test_short_with_everything(self) -> None:
        """The answer proves what is still missing."""
        found = plan(NOBODY, [course("c"), course("l", "laboratory_safety", 5)])
        assert [(one.code, one.subject) for one in found.obstacles] == [("SHORT_WITH_EVERYTHING", "qls")]
        proof = found.obstacles[0].shortfalls[0]
        assert (proof.areas, proof.short) == (("safety", "laboratory_safety"), Decimal(2))
        assert (found.cost, found.hours, found.bound, found.courses) == (None, None, None, ())
        assert (found.credentials[0].after, found.credentials[0].required) == (None, Decimal(8))

    @pytest.mark.parametrize(("budget", "possible"), [("10", True), ("9.99", False), (0, False)])
    def test_a_budget_that_is_too_small(self, budget: Any, possible: bool) -> None:
        """The least cost is named to the cent."""
        found = plan(WHO, [course("c")], budget=budget)
        assert found.possible is possible
        assert [(one.code, one.cost) for one in found.obstacles] == (
            [] if possible else [("BUDGET_TOO_SMALL", Decimal(10))])

    def test_included_and_excluded(self) -> None:
        """The answer names each contradiction, and each included course of no use."""
        offers = [course("c"), course("a", kind="journal_article"), course("u", price=None)]
        found = plan(WHO, offers, include=["c", "a", "u"], exclude=["c"])
        assert [(one.code, one.subject) for one in found.obstacles] == [
            ("INCLUDED_LEFT_OUT", "a"), ("INCLUDED_AND_EXCLUDED", "c"), ("INCLUDED_LEFT_OUT", "u")]

    @pytest.mark.parametrize(("credential", "code"), [
        ({"id": "mla", "code": "MLA", "expires_on": "2026-05-31"}, "TABLE_NOT_ESTABLISHED"),
        ({"id": "bb", "code": "BB", "expires_on": "2005-05-31"}, "NOT_IN_FORCE"),
    ])
    def test_a_credential_that_nobody_can_plan_for(self, credential: dict[str, Any], code: str) -> None:
        """Without a table the answer names the open question, and plans nothing for the others either."""
        found = plan(record(credential, {**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS), [course("c")])
        assert [(one.code, one.subject) for one in found.obstacles] == [(code, credential["id"])]
        assert found.obstacles[0].questions
        assert found.courses == ()
        assert [one.short_before for one in found.credentials] == [None, Decimal(1)]

    def test_a_table_below_the_trust_asked_for(self) -> None:
        """A stricter trust leaves no table to plan by."""
        found = plan(WHO, [course("c")], trust="official")
        assert [one.code for one in found.obstacles] == ["BELOW_TRUST"]

    def test_credentials_that_compete(self) -> None:
        """Each could be met alone, but not both: one needed course counts only once."""
        found = plan(WHO, [course("a", title="Same"), course("b", title="Same")], include=["a", "b"])
        assert [(one.code, one.subject) for one in found.obstacles] == [("NO_COMBINATION", "qls")]
        who = record({**QLS, "expires_on": "2026-05-31"}, {**QLS, "id": "next", "expires_on": "2029-05-31"},
                     activities=LACKS_ETHICS)
        both = plan(who, [course("c"), course("s", "safety"), course("l", "laboratory_safety", 6)])
        assert [(one.code, one.subject) for one in both.obstacles] == [("NO_COMBINATION", None)]

    def test_where_nothing_is_required_nothing_can_be_included(self) -> None:
        """An included course has nothing to serve."""
        who = record({"id": "mt", "code": "MT", "certified_on": "1998-05-01"})
        found = plan(who, [course("c")], include=["c"])
        assert [(one.code, one.subject) for one in found.obstacles] == [("INCLUDED_LEFT_OUT", "c")]
        assert [(one.id, one.code) for one in found.left_out] == [("c", "NOTHING_TO_SERVE")]

    def test_an_empty_catalogue(self) -> None:
        """Nothing can be bought and nothing helps; if everything is there, nothing is needed."""
        assert not plan(WHO, []).possible
        full = record({**QLS, "expires_on": "2026-05-31"}, activities=held("safety", "ethics", "laboratory_safety"))
        assert plan(full, []).cost == 0
        assert front(full, edition(), Catalogue(courses=[]), on=ON).points[0].courses == ()


# ---------------------------------------------------------------------------------------------------------
# The search is bounded, the solver is not believed, and it may be absent.


def _gives_up(*_: object, **__: object) -> None:
    raise _solver.SearchLimitError


class TestTheSearch:
    """The search never returns an incomplete or a wrong plan."""

    def test_a_search_that_is_given_up_is_no_plan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The answer says so, and has no courses; the front does the same."""
        monkeypatch.setattr(_search, "solve", _gives_up)
        found = plan(WHO, [course("c")])
        assert [(one.code, one.subject) for one in found.obstacles] == [("SEARCH_LIMIT", None)]
        trades = front(WHO, edition(), Catalogue(courses=[course("c")]), on=ON)
        assert (trades.points, trades.complete) == ((), False)
        assert [one.code for one in trades.obstacles] == ["SEARCH_LIMIT"]

    def test_so_is_one_for_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is no plan within the budget, and the bound does not suffice to say why."""
        monkeypatch.setattr(_planner, "best_of", _gives_up)
        assert [one.code for one in plan(WHO, [course("c")], budget=1).obstacles] == ["SEARCH_LIMIT"]

    def test_the_bound_is_on_nodes(self) -> None:
        """A knapsack that needs branching is given up after one node, and solved with more."""
        program = Program()
        variables = [program.variable() for _ in range(30)]
        weights = {variable: 1_000 + 37 * variable * variable % 211 for variable in variables}
        program.rule(weights, least=sum(weights.values()) // 2 + 1)
        costs = {variable: 2 * weights[variable] + 29 * variable % 13 for variable in variables}
        with pytest.raises(_solver.SearchLimitError):
            _solver.solve(program, costs, node_limit=1)
        assert _solver.solve(program, costs) is not None

    def test_a_decision_that_is_given_up_is_no_plan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """If it cannot be decided whether the courses meet a credential, there is no plan and no trade."""
        monkeypatch.setattr(_needs.Case, "decided", _limited(_needs.Case.decided))
        assert [(one.code, one.subject) for one in plan(WHO, [course("c")]).obstacles] == [("SEARCH_LIMIT", "qls")]
        trades = front(WHO, edition(), Catalogue(courses=[course("c")]), on=ON)
        assert (trades.points, [one.code for one in trades.obstacles]) == ((), ["SEARCH_LIMIT"])

    def test_a_plan_that_is_decided_otherwise_is_never_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """If the solver is wrong, the result is an error and not an answer."""
        monkeypatch.setattr(_planner, "best", lambda *_: _search.Choice(
            ways=(), purchases=(), cost=0, hours=0, least=0))
        with pytest.raises(RuntimeError, match="the plan does not meet 'qls': NOT_MET"):
            plan(WHO, [course("c")])

    def test_there_may_be_more_trades_than_are_listed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The answer says whether the list is complete."""
        monkeypatch.setattr(_planner, "MOST_TRADES", 2)
        offers = Catalogue(courses=list(TestWishes.OFFERS))
        trades = front(WHO, edition(), offers, on=ON)
        assert ([one.courses for one in trades.points], trades.complete) == ([("cheap",), ("middle",)], False)
        monkeypatch.setattr(_planner, "MOST_TRADES", 3)
        assert front(WHO, edition(), offers, on=ON).complete

    def test_a_credential_with_two_tables_always_counts_as_served(self) -> None:
        """The answer shows one of two placements, so a course may be needed where that one does not use it."""
        who = record({"id": "ht", "code": "HT", "expires_on": "2023-06-30"}, {**QLS, "expires_on": "2026-12-31"})
        offers = Catalogue(courses=[course("c")])
        request = request_of(who, edition(), offers, on=ON, by=None, minimise="cost", budget=None, include=(),
                             exclude=(), trust="inferred", node_limit=100)
        desk = _planner.Planner.of(who, edition(), offers, request)
        unseen = {name: attrs.evolve(one, placements=()) for name, one in desk.before.items()}
        assert desk._last_day(desk.ways.ways[0], unseen) == ON

    @pytest.mark.parametrize("chosen", [0, 17, 39])
    def test_ties_are_settled_whatever_the_solver_chose(self, chosen: int) -> None:
        """Of forty equal courses the first by id is taken, though they are too many to settle at once."""
        offers = Catalogue(courses=[course(f"c{number:02}") for number in range(40)])
        request = request_of(WHO, edition(), offers, on=ON, by=None, minimise="cost", budget=None, include=(),
                             exclude=(), trust="inferred", node_limit=100)
        model = _planner.Planner.of(WHO, edition(), offers, request)._model()
        values = [int(variable == chosen) for variable in range(len(model.program.uppers))]
        rows = [Row(model.courses, None, 1)]
        assert _search._settled(model, rows, values, 100) == {0}

    def test_a_tie_that_is_lost_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Settling ties never makes a plan worse."""
        answers = iter([_solver.Solution((1,), 1)] * 4)
        monkeypatch.setattr(_search, "solve", lambda *_, **__: next(answers, None))
        with pytest.raises(RuntimeError, match="lost an answer"):
            plan(WHO, [course("c")])


def _limited(decided: Any) -> Any:
    """Limit decisions: with more activities than the record has, the search is given up."""
    def instead(case: Any, credential: Any, activities: Any = ()) -> Any:
        activities = tuple(activities)
        found = decided(case, credential, activities)
        need = Need(code="SEARCH_LIMIT", subject=credential.id, question="?")
        return attrs.evolve(found, needs=(need,)) if activities else found

    return instead


class TestTheSolver:
    """The solver's values are checked in whole numbers, and its bound against the value."""

    PROGRAM = Program([1, 1])
    PROGRAM.rule({0: 2, 1: 3}, least=3)

    @pytest.mark.parametrize(("values", "bound", "message"), [
        ((1, 0), 2.0, "break a rule"), ((2, 0), 2.0, "break a rule"), ((0, 1), 1.0, "proved no more than 1.0"),
        ((0, 1), 1.49, "proved no more than 1.49"),
    ])
    def test_what_does_not_hold_is_an_error(self, values: tuple[int, ...], bound: float, message: str) -> None:
        """Cases: a broken rule, a value beyond its maximum, a bound too low to be a proof."""
        with pytest.raises(RuntimeError, match=message):
            _solver._checked(self.PROGRAM, {0: 1, 1: 2}, values, bound)

    @pytest.mark.parametrize("bound", [1.5, 1.9999999, 2.0])
    def test_a_bound_above_the_next_whole_number_is_a_proof(self, bound: float) -> None:
        """All values are whole, so a value above one is at least two."""
        assert _solver._checked(self.PROGRAM, {0: 1, 1: 2}, (0, 1), bound).value == 2

    def test_constants_alone_may_settle_it(self) -> None:
        """A false rule without variables leaves nothing to search."""
        program = Program()
        program.rule({}, least=1)
        assert _solver.solve(program, {}) is None
        assert _solver.solve(Program(), {}) == _solver.Solution((), 0)

    def test_a_status_that_nobody_knows_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A status other than solved, infeasible or given up leads to no answer."""
        highspy = _solver._highspy()

        class Odd:
            HighsModelStatus = highspy.HighsModelStatus

        class Done:
            def run(self) -> None: ...

            def getModelStatus(self) -> object:  # noqa: N802
                return highspy.HighsModelStatus.kSolveError

        monkeypatch.setattr(_solver, "_highspy", lambda: Odd)
        monkeypatch.setattr(_solver, "_solver", lambda *_: Done())
        with pytest.raises(RuntimeError, match="the solver gave up"):
            _solver.solve(self.PROGRAM, {0: 1})

    @pytest.mark.parametrize("first", ["fails", "finds nothing"])
    def test_what_fails_or_finds_nothing_is_tried_in_another_way(self, first: str, monkeypatch: pytest.MonkeyPatch
                                                                 ) -> None:
        """Values that keep every rule are an answer, whatever the first attempt returned."""
        once, tried = _solver._once, []

        def instead(*given: Any) -> Any:
            tried.append(given[-1])
            if len(tried) > 1:
                return once(*given)
            if first == "fails":
                raise RuntimeError("the solver gave up")
            return None

        monkeypatch.setattr(_solver, "_once", instead)
        assert _solver.solve(self.PROGRAM, {0: 1, 1: 2}) == _solver.Solution((0, 1), 2)
        assert tried == ["choose", "off"]

    def test_nothing_is_believed_to_be_there_only_if_both_ways_say_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """If one way finds nothing and the other fails, the result is an error."""
        answers = iter([None, None])
        monkeypatch.setattr(_solver, "_once", lambda *_: next(answers))
        assert _solver.solve(self.PROGRAM, {0: 1}) is None

        def fails(*given: Any) -> Any:
            if given[-1] == "off":
                raise RuntimeError("the solver gave up")

        monkeypatch.setattr(_solver, "_once", fails)
        with pytest.raises(RuntimeError, match="gave up"):
            _solver.solve(self.PROGRAM, {0: 1})

    def test_without_highs_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error belongs to the package, and is an ImportError too."""
        monkeypatch.setitem(sys.modules, "highspy", None)
        with pytest.raises(cmprules.MissingExtraError, match=r"pip install '\.\[plan\]'"):
            plan(WHO, [course("c")])
        assert issubclass(cmprules.MissingExtraError, ImportError)

    def test_nothing_is_printed(self, capfd: pytest.CaptureFixture[str]) -> None:
        """The solver stays silent: a command prints only the answer."""
        plan(WHO, [course("c")])
        assert capfd.readouterr() == ("", "")


BAD: tuple[tuple[str, Any, str, str], ...] = (
    ("on", "2026-02-30", "$.on", "NO_SUCH_DATE"),
    ("by", "2026-03-09", "$.by", "END_BEFORE_START"),
    ("by", 7, "$.by", "WRONG_TYPE"),
    ("minimise", "money", "$.minimise", "UNKNOWN_WORD"),
    ("budget", -1, "$.budget", "NEGATIVE"),
    ("budget", "0.001", "$.budget", "TOO_FINE"),
    ("budget", 1_000_001, "$.budget", "TOO_MUCH"),
    ("trust", "user", "$.trust", "UNKNOWN_WORD"),
    ("include", "c", "$.include", "NOT_A_LIST"),
    ("include", ["d"], "$.include", "NO_SUCH_COURSE"),
    ("exclude", ["c", "c"], "$.exclude[1]", "REPEATED"),
    ("node_limit", 0, "$.node_limit", "WRONG_TYPE"),
    ("node_limit", True, "$.node_limit", "WRONG_TYPE"),
)


class TestBadQuestions:
    """Bad arguments are refused, all at once."""

    @pytest.mark.parametrize(("name", "value", "path", "code"), BAD)
    def test_one_fault(self, name: str, value: Any, path: str, code: str) -> None:
        """Each has its path and code."""
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.plan(WHO, edition(), Catalogue(courses=[course("c")]), **{"on": ON, name: value})
        assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, code)]

    def test_all_at_once(self) -> None:
        """The faults of record, catalog and options come together."""
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.plan({}, edition(), {}, on="today", budget="x", minimise=1)  # type: ignore[arg-type]
        assert [fault.path for fault in refused.value.faults] == [
            "$.record", "$.catalogue", "$.on", "$.minimise", "$.budget"]


class TestACapOverSeveralAreas:
    """College courses fill at most half of the table across all areas: 4 of the 8 points of a QLS."""

    @pytest.mark.parametrize(("there", "college", "taken"), [(2, 4, ["formal", "large"]), (3, 3, ["large", "small"])])
    def test_the_cap_holds_for_all_areas_together(self, there: int, college: int, taken: list[str]) -> None:
        """Five points of college courses in two areas are too many; four are the most."""
        held = [{"id": name, "title": f"Have {name}", "kind": "formal_ce", "amount": amount, "areas": [area],
                 "completed_on": "2025-06-01"}
                for name, amount, area in (("own", there, "laboratory_safety"), ("fair", 2, "ethics"))]
        who = cmprules.parse_record({
            "schema": "cmprules.record/1", "holder": {"id": "sample"}, "activities": held,
            "credentials": [{"id": "qls", "code": "QLS", "expires_on": "2026-05-31"}]})
        offered = [{"id": name, "title": name, "kind": kind, "unit": "point", "amount": amount, "areas": [area],
                    "price": price} for name, kind, amount, area, price in (
            ("large", "college_course", college, "laboratory_safety", 10),
            ("small", "college_course", 1, "safety", 5), ("formal", "formal_ce", 1, "safety", 20))]
        found = cmprules.plan(who, edition(), Catalogue(courses=offered), on=ON)
        assert [one.id for one in found.courses] == taken
