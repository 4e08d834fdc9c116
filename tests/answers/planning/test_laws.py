"""Laws of plans: trying everything finds nothing better, and every plan is decided."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from decimal import Decimal

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.planning import Catalogue, Course, FrontPoint, Plan, front
from cmprules.planning._values import GOALS
from tests.answers.planning.strategies import ON, Question, questions
from tests.answers.planning.trying import Tried, everything, meets, the_best
from tests.examples import scaled
from tests.strategies import edition

GOAL = st.sampled_from(GOALS)
FEW = settings(max_examples=scaled(20))  # each asks the solver some ten times


def planned(question: Question, minimise: str = "cost", **wishes: object) -> Plan:
    """Ask for a plan."""
    wishes = {"on": ON, "by": question.by, **wishes}
    return cmprules.plan(question.record, edition(), question.catalogue, minimise=minimise, **wishes)  # type: ignore[arg-type]


def tried(question: Question) -> list[Tried]:
    """Try everything."""
    return list(everything(question.record, edition(), question.catalogue, ON, question.by))


def as_tried(plan: Plan) -> Tried | None:
    """Convert a plan to the form of the tried ones."""
    if plan.cost is None or plan.hours is None:
        return None
    bought = {one.id: one.bought_on for one in plan.packages}
    return Tried(plan.cost, plan.hours, tuple(
        (one.id, one.first_day, None if one.package is None else (one.package, bought[one.package]))
        for one in plan.courses), tuple(sorted(bought.items())))


def done(
    plan: Plan, catalogue: Catalogue, *, late: bool = False, without: str | None = None
) -> list[cmprules.Activity]:
    """Return the activities of a plan after it is carried out."""
    courses = {course.id: course for course in catalogue.courses}
    return [courses[one.id].done_on(one.last_day if late else one.first_day) for one in plan.courses
            if one.id != without]


class TestNothingIsLess:
    """The plan is the best of all, to the cent and to the id."""

    @settings(max_examples=scaled(40))
    @given(questions(), GOAL)
    def test_it_is_the_one_that_trying_everything_finds(self, question: Question, minimise: str) -> None:
        """Courses, days and packages are the same; there is none exactly where nothing meets everything."""
        plan = planned(question, minimise)
        assert as_tried(plan) == the_best(tried(question), minimise)
        assert plan.possible is (plan.obstacles == ())
        if plan.possible:
            of_goal = {"cost": plan.cost, "hours": plan.hours, "courses": Decimal(len(plan.courses))}
            assert plan.bound == of_goal[minimise]

    @FEW
    @given(questions(), st.integers(0, 60))
    def test_within_a_budget(self, question: Question, budget: int) -> None:
        """It is the best within the budget; if there is none, the least cost is named."""
        plans = tried(question)
        plan = planned(question, "hours", budget=budget)
        assert as_tried(plan) == the_best([one for one in plans if one.cost <= budget], "hours")
        if plans and not plan.possible:
            assert [one.code for one in plan.obstacles] == ["BUDGET_TOO_SMALL"]
            assert plan.obstacles[0].cost == min(one.cost for one in plans)

    @FEW
    @given(questions(), st.data())
    def test_with_and_without(self, question: Question, data: st.DataObject) -> None:
        """It contains every included course and no excluded one, and is the best of those plans."""
        catalogue = question.catalogue
        ids = [*(one.id for one in catalogue.courses), *(one.id for one in catalogue.packages)]
        inside, outside = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
        plan = planned(question, include=[inside], exclude=[outside])
        if inside in {one.id for one in plan.left_out}:
            assert not plan.possible
            return
        plans = [(one, {name for name, *_ in (*one.courses, *one.packages)}) for one in tried(question)]
        allowed = [one for one, names in plans if inside in names and outside not in names]
        assert as_tried(plan) == the_best(allowed, "cost")

    @pytest.mark.slow  # about what is drawn, not about the rules
    def test_the_questions_are_worth_it(self) -> None:
        """Many of them have a plan, many have none, and packages and shared courses occur."""
        seen: Counter[str] = Counter()

        @settings(max_examples=100, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
        @given(questions())
        def look(question: Question) -> None:
            plan = planned(question)
            seen["possible" if plan.possible else "impossible"] += 1
            seen["packages"] += bool(plan.packages)
            seen["nothing to buy"] += plan.possible and not plan.courses
            seen["shared"] += any(len({served.credential for served in one.serves}) > 1 for one in plan.courses)

        look()
        assert min(seen.values()) >= 5, seen
        assert len(seen) == 5


class TestEveryPlanIsDecided:
    """A plan that is carried out meets every credential, early and late."""

    @FEW
    @given(questions(courses=7), GOAL)
    def test_every_credential_is_met(self, question: Question, minimise: str) -> None:
        """Each course is done on its first day, then on its last."""
        plan = planned(question, minimise)
        if plan.possible:
            for late in (False, True):
                assert meets(question.record, done(plan, question.catalogue, late=late), edition(), ON, question.by)
            assert all(one.after in {"MET", "NOT_REQUIRED"} for one in plan.credentials)

    @FEW
    @given(questions(courses=7, free=False))
    def test_nothing_in_it_can_be_spared(self, question: Question) -> None:
        """Where everything has a price, the plan no longer meets the table without any one of its courses."""
        plan = planned(question)
        for course in plan.courses:
            rest = done(plan, question.catalogue, without=course.id)
            assert not meets(question.record, rest, edition(), ON, question.by)

    @FEW
    @given(questions(courses=7))
    def test_what_it_pays_adds_up(self, question: Question) -> None:
        """Cost and hours are the sums over the purchases, and each package opens its courses."""
        plan = planned(question)
        if plan.possible:
            prices = [*(one.price for one in plan.courses), *(one.price for one in plan.packages)]
            assert plan.cost == sum(prices, Decimal(0))
            assert plan.hours == sum((one.hours for one in plan.courses), Decimal(0))
            packages = {one.id: one for one in plan.packages}
            for course in plan.courses:
                assert course.first_day <= course.last_day
                assert course.package is None or course.id in packages[course.package].courses


class TestMoreIsNeverWorse:
    """A larger catalog and a larger budget never make the plan worse."""

    @FEW
    @given(questions(courses=7), st.data())
    def test_more_courses_never_cost_more(self, question: Question, data: st.DataObject) -> None:
        """Without one course and the packages the plan never gets cheaper."""
        courses = question.catalogue.courses
        fewer = Catalogue(courses=[one for one in courses if one != data.draw(st.sampled_from(courses))])
        less, more = planned(question._replace(catalogue=fewer)), planned(question)
        if less.cost is not None:
            assert more.cost is not None
            assert more.cost <= less.cost

    @FEW
    @given(questions(courses=7), st.integers(0, 50), st.integers(0, 50))
    def test_more_money_never_takes_longer(self, question: Question, budget: int, more: int) -> None:
        """A larger budget never needs more hours."""
        poor = planned(question, "hours", budget=budget)
        rich = planned(question, "hours", budget=budget + more)
        if poor.hours is not None:
            assert rich.hours is not None
            assert rich.hours <= poor.hours


class TestTheFront:
    """The trades between money and time are those that trying everything finds."""

    @FEW
    @given(questions())
    def test_they_are_all_that_no_other_one_beats(self, question: Question) -> None:
        """No plan costs less without more hours, or takes fewer hours at no higher cost."""
        trades = front(question.record, edition(), question.catalogue, on=ON, by=question.by)
        sums = {(one.cost, one.hours) for one in tried(question)}
        kept = sorted((cost, hours) for cost, hours in sums
                      if not any(c <= cost and h <= hours and (c, h) != (cost, hours) for c, h in sums))
        assert [(one.cost, one.hours) for one in trades.points] == kept
        assert trades.complete
        assert bool(trades.obstacles) is not bool(kept)

    @settings(max_examples=scaled(10))
    @given(questions(courses=7))
    def test_each_is_the_plan_for_its_budget(self, question: Question) -> None:
        """The shortest plan at the cost of a trade is that trade."""
        for point in front(question.record, edition(), question.catalogue, on=ON, by=question.by).points:
            plan = planned(question, "hours", budget=point.cost)
            assert point == FrontPoint(cost=plan.cost, hours=plan.hours,  # type: ignore[arg-type]
                                       courses=tuple(one.id for one in plan.courses),
                                       packages=tuple(one.id for one in plan.packages))


class TestOneAnswer:
    """The same question has the same answer, in any order."""

    @FEW
    @given(questions(courses=7), GOAL, st.data())
    def test_the_order_of_things_does_not_matter(self, question: Question, minimise: str, data: st.DataObject) -> None:
        """Reordered courses, packages and activities give the same plan."""
        catalogue = attrs.evolve(question.catalogue,
                                 courses=data.draw(st.permutations(question.catalogue.courses)),
                                 packages=data.draw(st.permutations(question.catalogue.packages)))
        record = attrs.evolve(question.record, activities=data.draw(st.permutations(question.record.activities)))
        first, second = planned(question, minimise), planned(Question(record, catalogue, question.by), minimise)
        assert _without_digests(first) == _without_digests(second)

    @FEW
    @given(questions())
    def test_it_is_a_value(self, question: Question) -> None:
        """Equal questions give equal plans, and pickling keeps them."""
        plan = planned(question)
        assert plan == planned(question)
        assert hash(plan) == hash(planned(question))
        assert pickle.loads(pickle.dumps(plan)) == plan
        assert pickle.loads(pickle.dumps(question.catalogue)) == question.catalogue

    @FEW
    @given(questions())
    def test_a_catalogue_comes_back(self, question: Question) -> None:
        """Plain data and JSON read back as an equal catalog."""
        plain = cmprules.to_mapping(question.catalogue)
        assert cmprules.planning.parse_catalogue(json.loads(json.dumps(plain))) == question.catalogue


def _without_digests(plan: Plan) -> Plan:
    return attrs.evolve(plan, record_sha256="-", catalogue_sha256="-")


@pytest.mark.parametrize("kind", ["formal_ce", "in_service"])
def test_a_course_is_the_activity_that_it_becomes(kind: str) -> None:
    """It keeps its points, kind and areas, on the day it was done."""
    course = Course(id="c", title="Sample", kind=kind, amount="1.50", areas={"safety"}, price="1")
    activity = course.done_on(ON)
    assert (activity.points, activity.unit, activity.areas) == (course.points, course.unit, course.areas)
    assert (activity.id, activity.completed_on, course.hours) == ("c", ON, Decimal("1.5"))
