"""Finds every plan by trying: each set of packages, of courses and of days, judged by `decide` alone.

Nothing here knows the integer program: plain loops state the rules for plans a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

import attrs

import cmprules
from cmprules.planning import Catalogue, Course, Package

__all__ = ["Tried", "everything", "meets", "nothing_is_less", "the_best"]

FAR = date(2999, 12, 31)

Bought = tuple[Package, date]


class Tried(NamedTuple):
    """One plan that meets every credential: the courses with their days and packages, and the packages with theirs."""

    cost: Decimal
    hours: Decimal
    courses: tuple[tuple[str, date, tuple[str, date] | None], ...]
    packages: tuple[tuple[str, date], ...]

    def key(self, minimise: str) -> tuple[object, ...]:
        """Order plans as the library promises: by the goals, the packages, then ids and days."""
        goals = {"cost": self.cost, "hours": self.hours, "courses": Decimal(len(self.courses))}
        first = goals.pop(minimise)
        ways = [(name, day, ("",) if through is None else ("-", *through)) for name, day, through in self.courses]
        return (first, *goals.values(), len(self.packages), ways, self.packages)


def the_best(plans: Iterable[Tried], minimise: str) -> Tried | None:
    """Return the one plan that the library has to find."""
    return min(plans, key=lambda plan: plan.key(minimise), default=None)


def due(credential: cmprules.Credential, on: date, by: date) -> date:
    """Return the day on which a credential must be met."""
    end = credential.extended_until or credential.expires_on
    return end if end is not None and end >= on else by


def meets(record: cmprules.Record, done: Iterable[cmprules.Activity], book: cmprules.PolicyBook, on: date,
          by: date) -> bool:
    """Return whether every credential is met on its day, with some more activities done."""
    before = [one for one in record.activities if one.completed_on is None or one.completed_on <= on]
    activities = (*before, *done)
    return all(
        cmprules.decide(attrs.evolve(record, credentials=[credential], activities=activities, placements=()), book,
                        on=due(credential, on, by))[credential.id].outcome
        in {cmprules.Outcome.MET, cmprules.Outcome.NOT_REQUIRED}
        for credential in record.credentials
    )


def same(one: Course | cmprules.Activity, other: Course | cmprules.Activity) -> bool:
    """Return whether two entries are the same course."""
    return [(x.title.casefold(), x.provider, x.kind, x.points) for x in (one,)] == [
        (x.title.casefold(), x.provider, x.kind, x.points) for x in (other,)]


def may_be_one(one: Course, other: Course) -> bool:
    """Return whether two entries on the same day may be one activity, which 2026.2 leaves open."""
    alike = (one.provider or other.provider) == (other.provider or one.provider) or one.points == other.points
    return one.title.casefold() == other.title.casefold() and alike


def everything(
    record: cmprules.Record, book: cmprules.PolicyBook, catalogue: Catalogue, on: date, by: date,
    starts: Iterable[date] = (), purchases: Iterable[date] = (),
) -> Iterator[Tried]:
    """Try everything: something begins to count on each of `starts`; packages are bought on `purchases`."""
    starts, asks = tuple(starts), book.edition != "2026.1"
    one_of_two = may_be_one if asks else same
    offered = [course for course in catalogue.courses
               if not any(course.id == done.id or (not asks and same(course, done)) for done in record.activities)
               and book.rules.kinds[course.kind].established]
    last = max(due(credential, on, by) for credential in record.credentials)
    known: dict[frozenset[tuple[str, date]], bool] = {}
    for bought in _bought(catalogue.packages, on, tuple(purchases)):
        for count in range(len(offered) + 1):
            for courses in combinations(offered, count):
                if any(one_of_two(one, other) for one, other in combinations(courses, 2)):
                    continue
                for ways in product(*(list(_ways(course, bought, on, starts, last)) for course in courses)):
                    taken = tuple(zip(courses, ways, strict=True))
                    if not _within_limits(taken, bought):
                        continue
                    days = frozenset((course.id, day) for course, (day, _) in taken)
                    if days not in known:
                        known[days] = meets(record, [course.done_on(day) for course, (day, _) in taken], book, on, by)
                    if known[days]:
                        yield _tried(taken, bought)


def _bought(packages: tuple[Package, ...], on: date, days: tuple[date, ...]) -> Iterator[tuple[Bought, ...]]:
    """Try each set of packages on each set of days."""
    for count in range(len(packages) + 1):
        for chosen in combinations(sorted(packages, key=lambda one: one.id), count):
            options = [
                [day for day in sorted({max(on, one.available_from or on), *days})
                 if day >= (one.available_from or on) and day <= (one.available_until or FAR)]
                for one in chosen
            ]
            for on_days in product(*options):
                yield tuple(zip(chosen, on_days, strict=True))


def _ways(
    course: Course, bought: tuple[Bought, ...], on: date, starts: tuple[date, ...], last: date
) -> Iterator[tuple[date, Bought | None]]:
    """Try a course alone and through each package, on the first day and on each on which something begins to count.

    None is later than the last day on which any credential is due.
    """
    sources: list[tuple[Bought | None, date, date]] = []
    if course.price is not None:
        sources.append((None, on, FAR))
    for one in bought:
        package, day = one
        opened = course.id in package.courses if package.courses else course.provider == package.provider
        if opened:
            until = FAR if package.period_days is None else day + timedelta(days=package.period_days - 1)
            sources.append((one, day, until))
    for source, since, until in sources:
        first = max(on, since, course.available_from or on) + timedelta(days=course.days)
        for day in sorted({first, *(start for start in starts if start > first)}):
            if day <= min(last, until, course.available_until or FAR):
                yield day, source


def _within_limits(taken: tuple[tuple[Course, tuple[date, Bought | None]], ...], bought: tuple[Bought, ...]) -> bool:
    for one in bought:
        through = [course for course, (_, source) in taken if source == one]
        if len(through) > (one[0].most_courses or len(through)):
            return False
        hours = sum((course.hours for course in through), Decimal(0))
        if hours > (one[0].most_hours or hours):
            return False
    return True


def _tried(taken: tuple[tuple[Course, tuple[date, Bought | None]], ...], bought: tuple[Bought, ...]) -> Tried:
    alone = sum((course.price or Decimal(0) for course, (_, source) in taken if source is None), Decimal(0))
    return Tried(
        cost=alone + sum((package.price for package, _ in bought), Decimal(0)),
        hours=sum((course.hours for course, _ in taken), Decimal(0)),
        courses=tuple(sorted(
            ((course.id, day, None if source is None else (source[0].id, source[1]))
             for course, (day, source) in taken), key=lambda one: (one[0], one[1]))),
        packages=tuple(sorted((package.id, day) for package, day in bought)),
    )


def nothing_is_less(record: cmprules.Record, book: cmprules.PolicyBook, catalogue: Catalogue, *, on: date, by: date,
                    starts: Iterable[date] = ()) -> None:
    """Check that the cheapest plan is the one that trying everything finds, and that it meets on its last days."""
    best = the_best(everything(record, book, catalogue, on, by, starts=starts), "cost")
    found = cmprules.plan(record, book, catalogue, on=on, by=by)
    assert found.possible is (best is not None)
    if best is not None:
        assert (found.cost, found.hours) == (best.cost, best.hours)
        assert [(one.id, one.first_day) for one in found.courses] == [(name, day) for name, day, _ in best.courses]
        offered = {one.id: one for one in catalogue.courses}
        late = [offered[one.id].done_on(one.last_day) for one in found.courses]
        assert meets(record, late, book, on, by)
