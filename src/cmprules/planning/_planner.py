"""One request on its way to an answer: set up, search, decide again, and write the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from cmprules._answers.answer import sources_of
from cmprules._facts.digest import record_digest
from cmprules._facts.records import Activity, Record
from cmprules._kit.canonical import digest, to_mapping
from cmprules._kit.points import from_hundredths
from cmprules._policy.book import KindRule, PolicyBook
from cmprules._rules.results import CredentialDecision
from cmprules._words.enums import Outcome
from cmprules._words.limits import MOST_TRADES
from cmprules.planning._catalogue import Catalogue
from cmprules.planning._model import Model, model_of
from cmprules.planning._needs import Case, Target, due_on, target_of
from cmprules.planning._program import Row
from cmprules.planning._request import Request
from cmprules.planning._search import Choice, best, best_of
from cmprules.planning._solver import SearchLimitError
from cmprules.planning._values import (
    Front,
    FrontPoint,
    Obstacle,
    Plan,
    PlannedCourse,
    PlannedCredential,
    PlannedPackage,
    Served,
)
from cmprules.planning._ways import Purchase, Way, Ways, ways_of

_Decisions = dict[str, CredentialDecision]


@attrs.frozen(kw_only=True)
class Planner:
    """Makes plans for one request, with everything that an answer needs.

    Attributes:
        given: the original record; the record of the case has no activities after the day of planning.
        before: each credential on its due day if nothing more is done.
        targets: the credentials to meet.
        blocked: the credentials that cannot be planned for, with the reasons.
        ways: the ways to take each course.
    """

    given: Record
    case: Case
    catalogue: Catalogue
    request: Request
    before: _Decisions
    targets: tuple[Target, ...]
    blocked: tuple[Obstacle, ...]
    ways: Ways

    @classmethod
    def of(cls, record: Record, book: PolicyBook, catalogue: Catalogue, request: Request) -> Planner:
        """Set up what is needed, and what is available."""
        done = [activity for activity in record.activities
                if activity.completed_on is None or activity.completed_on <= request.on]
        case = Case(record=attrs.evolve(record, activities=done, placements=()), book=book, on=request.on,
                    by=request.by, trust=request.trust)
        before = {credential.id: case.decided(credential) for credential in record.credentials}
        found = [target_of(credential, due, before[credential.id], case) for credential in record.credentials
                 if (due := due_on(credential, request.on, request.by)) is not None]
        targets = tuple(target for target in found if isinstance(target, Target))
        return cls(given=record, case=case, catalogue=catalogue, request=request, before=before, targets=targets,
                   blocked=tuple(obstacle for obstacle in found if isinstance(obstacle, Obstacle)),
                   ways=ways_of(catalogue, targets, case, request.exclude))

    def plan(self) -> Plan:
        """Find the plan, or the reasons why there is none."""
        found = self._search(self._model(), self.request.minimise)
        if isinstance(found, Choice):
            after = self._decided(found)
            return self._plan(found, after) if isinstance(after, dict) else self._no_plan(after)
        return self._no_plan(found or self._why_none())

    def front(self) -> Front:
        """Find the trade-offs one by one: each is the cheapest plan that takes less time than the previous one."""
        points: list[FrontPoint] = []
        model = self._model()
        found = self._search(model, "cost")
        while isinstance(found, Choice) and len(points) < MOST_TRADES:
            after = self._decided(found)
            if not isinstance(after, dict):
                return self._front(points, after)
            points.append(_point(found))
            found = self._search(model.within([Row(model.hours, None, found.hours - 1)]), "cost")
        obstacles = found if isinstance(found, tuple) else ()
        return self._front(points, obstacles or (() if points else self._why_none()), complete=found == ())

    # Searching.

    def _model(self) -> Model:
        """Build the model with all rules, including the budget."""
        model = self._model_of(dict(enumerate(self.targets)))
        budget = self.request.budget
        return model if budget is None else model.within([Row(model.cost, None, budget)])

    def _model_of(self, targets: Mapping[int, Target]) -> Model:
        return model_of(self.ways, targets, self.request.include)

    def _search(self, model: Model, goal: str) -> Choice | tuple[Obstacle, ...]:
        """Find the best choice; if there is none, return the known obstacles, which may be none."""
        obstacles = (*self._contradictions(), *self.blocked)
        if obstacles:
            return obstacles
        try:
            return best(model, goal, self.request.node_limit) or ()
        except SearchLimitError:
            return (Obstacle(code="SEARCH_LIMIT", subject=None),)

    def _contradictions(self) -> Iterator[Obstacle]:
        """List included items that are impossible: also excluded, or not part of any plan."""
        left_out = {course.id for course in self.ways.left_out}
        for name in sorted(self.request.include):
            if name in self.request.exclude:
                yield Obstacle(code="INCLUDED_AND_EXCLUDED", subject=name)
            elif name in left_out:
                yield Obstacle(code="INCLUDED_LEFT_OUT", subject=name)

    def _why_none(self) -> tuple[Obstacle, ...]:
        """Return why nothing meets all rules: too few points for sale, too small a budget, or no combination."""
        short = tuple(self._short_with_everything())
        if short:
            return short
        try:
            least = best_of(self._model_of(dict(enumerate(self.targets))), "cost", self.request.node_limit)
            if least is not None:
                return (Obstacle(code="BUDGET_TOO_SMALL", subject=None, cost=from_hundredths(least)),)
            alone: list[str | None] = [
                target.credential.id for number, target in enumerate(self.targets)
                if best_of(self._model_of({number: target}), "cost", self.request.node_limit) is None
            ]
        except SearchLimitError:
            return (Obstacle(code="SEARCH_LIMIT", subject=None),)
        return tuple(Obstacle(code="NO_COMBINATION", subject=subject) for subject in alone or [None])

    def _short_with_everything(self) -> Iterator[Obstacle]:
        """Decide each credential with every course that could count for it, even if no one could take them all."""
        for number, target in enumerate(self.targets):
            first: dict[str, Activity] = {}
            for way in self.ways.ways:
                if number in way.serves:
                    first.setdefault(way.course.id, way.course.done_on(way.day))
            found = self.case.decided(target.credential, first.values())
            if found.total is not None and found.total.short:
                yield Obstacle(code="SHORT_WITH_EVERYTHING", subject=target.credential.id,
                               shortfalls=found.shortfalls or ())

    # Deciding again.

    def _decided(self, choice: Choice) -> _Decisions | tuple[Obstacle, ...]:
        """Decide every credential with the chosen courses, on the earliest and on the latest days of the plan.

        Raises:
            RuntimeError: a credential is not met.  That is a defect; no plan is better than a wrong one.
        """
        after = self._decisions(way.course.done_on(way.day) for way in choice.ways)
        limited = tuple(Obstacle(code="SEARCH_LIMIT", subject=credential.id) for credential in after.values()
                        if any(need.code == "SEARCH_LIMIT" for need in credential.needs))
        if limited:
            return limited
        late = self._decisions(way.course.done_on(self._last_day(way, after)) for way in choice.ways)
        for credential in (*after.values(), *late.values()):
            if credential.outcome not in {Outcome.MET, Outcome.NOT_REQUIRED}:
                problem = f"the plan does not meet {credential.id!r}: {credential.outcome}"
                raise RuntimeError(f"{problem}; please report this")
        return after

    def _decisions(self, activities: Iterable[Activity]) -> _Decisions:
        done = tuple(activities)
        return {credential.id: self.case.decided(credential, done) for credential in self.given.credentials}

    def _last_day(self, way: Way, after: _Decisions) -> date:
        """Find the last day on which a course still counts for every credential that it serves.

        A credential with two tables always counts as served, because the answer shows only one placement.
        """
        rule: KindRule = self.case.book.rules.kinds[way.course.kind]
        ends = {number: days.end for number in way.serves if (days := self.targets[number].days(rule)) is not None}
        meant = [end for number, end in ends.items() if self._is_meant_for(self.targets[number], way, after)]
        return min([way.last, *meant] if meant else [way.last, max(ends.values())])

    @staticmethod
    def _is_meant_for(target: Target, way: Way, after: _Decisions) -> bool:
        return len(target.tables) > 1 or any(_served(way, after[target.credential.id]))

    # Writing the answer.

    def _plan(self, choice: Choice, after: _Decisions) -> Plan:
        least = Decimal(choice.least) if self.request.minimise == "courses" else from_hundredths(choice.least)
        return Plan(
            **self._asked(), minimise=self.request.minimise, possible=True, cost=from_hundredths(choice.cost),
            hours=from_hundredths(choice.hours), bound=least,
            courses=tuple(self._course(way, after) for way in choice.ways),
            packages=tuple(_package(purchase, choice.ways) for purchase in choice.purchases),
            credentials=self._credentials(after), obstacles=(), left_out=self.ways.left_out,
            not_done=self._not_done(),
        )

    def _no_plan(self, obstacles: tuple[Obstacle, ...]) -> Plan:
        return Plan(**self._asked(), minimise=self.request.minimise, possible=False, cost=None, hours=None, bound=None,
                    courses=(), packages=(), credentials=self._credentials(None), obstacles=obstacles,
                    left_out=self.ways.left_out, not_done=self._not_done())

    def _front(self, points: Iterable[FrontPoint], obstacles: tuple[Obstacle, ...], *, complete: bool = False) -> Front:
        return Front(**self._asked(), points=tuple(points), obstacles=obstacles, complete=complete)

    def _asked(self) -> dict[str, Any]:
        """Return the request and its inputs."""
        request, book = self.request, self.case.book
        cited = [citation for target in self.targets for policy in target.policies for citation in policy.citations]
        return {
            "on": request.on, "by": request.by, "trust": request.trust,
            "budget": None if request.budget is None else from_hundredths(request.budget),
            "include": tuple(sorted(request.include)), "exclude": tuple(sorted(request.exclude)),
            "extra_sha256": book.extra_sha256, "record_sha256": record_digest(self.given),
            "catalogue_sha256": digest(to_mapping(self.catalogue)), "edition": book.edition,
            "edition_sha256": book.sha256, "sources": sources_of(cited, book),
        }

    def _not_done(self) -> tuple[str, ...]:
        done = {activity.id for activity in self.case.record.activities}
        return tuple(activity.id for activity in self.given.activities if activity.id not in done)

    def _course(self, way: Way, after: _Decisions) -> PlannedCourse:
        price = way.course.price if way.through is None else None
        return PlannedCourse(
            id=way.course.id, title=way.course.title, provider=way.course.provider,
            package=None if way.through is None else way.through.package.id,
            price=Decimal(0) if price is None else price, points=way.course.points, hours=way.course.hours,
            first_day=way.day, last_day=self._last_day(way, after),
            serves=tuple(served for credential in after.values() for served in _served(way, credential)),
        )

    def _credentials(self, after: _Decisions | None) -> tuple[PlannedCredential, ...]:
        return tuple(
            _credential(before, None if after is None else after[name],
                        due=due_on(credential, self.case.on, self.case.by))
            for (name, before), credential in zip(self.before.items(), self.given.credentials, strict=True)
        )


def _served(way: Way, decision: CredentialDecision) -> Iterator[Served]:
    """List the areas of a credential in which a course has points."""
    for placed in decision.placements or ():
        if placed.activity == way.course.id:
            yield Served(credential=decision.id, area=placed.area, points=placed.points)


def _package(purchase: Purchase, ways: Iterable[Way]) -> PlannedPackage:
    package = purchase.package
    return PlannedPackage(id=package.id, title=package.title, price=package.price, bought_on=purchase.day,
                          open_until=None if package.period_days is None else purchase.last,
                          courses=tuple(way.course.id for way in ways if way.through == purchase))


def _point(choice: Choice) -> FrontPoint:
    return FrontPoint(cost=from_hundredths(choice.cost), hours=from_hundredths(choice.hours),
                      courses=tuple(way.course.id for way in choice.ways),
                      packages=tuple(purchase.package.id for purchase in choice.purchases))


def _credential(before: CredentialDecision, after: CredentialDecision | None, *, due: date | None) -> PlannedCredential:
    total = before.total if after is None else after.total
    return PlannedCredential(
        id=before.id, code=before.code, body=before.body, due_on=due, before=before.outcome,
        short_before=None if before.total is None else before.total.short,
        after=None if after is None else after.outcome, required=None if total is None else total.required,
        placed=None if after is None or total is None else total.placed,
    )
