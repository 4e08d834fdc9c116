"""The ways to take each course: alone or through a package, on which days, and for which credentials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import attrs

from cmprules._facts.records import Period
from cmprules._kit.calendar import LATEST_DAY, ONE_DAY
from cmprules._policy.book import KindRule, PolicyBook
from cmprules._words.enums import Grade
from cmprules.planning._catalogue import Catalogue, Course, Package
from cmprules.planning._needs import Case, Target
from cmprules.planning._sameness import exclusive_courses, is_taken
from cmprules.planning._values import LeftOut


@attrs.frozen(kw_only=True)
class Purchase:
    """A package, bought on a day; `last` is the last day on which it is open."""

    package: Package
    day: date
    last: date


@attrs.frozen(kw_only=True)
class Way:
    """One course, completed on a day, bought alone (`through` is None) or taken through a purchase.

    Attributes:
        serves: the targets, by number, for which its day of completion counts.
        last: the last day on which it can be completed this way.
    """

    course: Course
    day: date
    last: date
    through: Purchase | None
    serves: frozenset[int]


@attrs.frozen(kw_only=True)
class Ways:
    """All ways, their purchases, the offers left out, and the courses that exclude each other.

    A plan takes at most one course from each set of ids in `exclusive`.
    """

    ways: tuple[Way, ...]
    purchases: tuple[Purchase, ...]
    left_out: tuple[LeftOut, ...]
    exclusive: tuple[frozenset[str], ...]


def ways_of(catalogue: Catalogue, targets: Sequence[Target], case: Case, exclude: frozenset[str]) -> Ways:
    """List every way that can matter to a plan."""
    wanted, left_out = _wanted(catalogue, case, exclude)
    market = _Market(wanted, targets, case)
    purchases: list[Purchase] = []
    for package in catalogue.packages:
        found = [] if package.id in exclude else market.purchases(package)
        if not found:
            left_out.append(LeftOut(id=package.id, code="EXCLUDED" if package.id in exclude else "NOT_SOLD"))
        purchases.extend(found)
    ways: list[Way] = []
    for course in wanted:
        of_course = list(market.ways(course, purchases))
        if not of_course:
            left_out.append(LeftOut(id=course.id, code=market.why_not(course, purchases)))
        ways.extend(of_course)
    return Ways(ways=tuple(ways), purchases=tuple(purchases), exclusive=tuple(exclusive_courses(wanted, case.book)),
                left_out=tuple(sorted(left_out, key=lambda option: option.id)))


def _wanted(catalogue: Catalogue, case: Case, exclude: frozenset[str]) -> tuple[list[Course], list[LeftOut]]:
    """Separate the courses that may be useful from those that are refused whatever their days."""
    taken = {activity.id for activity in case.record.activities}
    wanted, left_out = [], []
    for course in catalogue.courses:
        code = _refusal(course, case, exclude, already=course.id in taken or (
            case.book.counting.identity is None and is_taken(course, case.on, case.record.activities, case.book)))
        if code is None:
            wanted.append(course)
        else:
            left_out.append(LeftOut(id=course.id, code=code))
    return wanted, left_out


def _refusal(course: Course, case: Case, exclude: frozenset[str], *, already: bool) -> str | None:
    """Return why a course cannot be part of a plan on any day: excluded, already done, or not certain to count."""
    if course.id in exclude:
        return "EXCLUDED"
    if already:
        return "ALREADY_TAKEN"
    if not _kind_counts(course, case.book, case.trust):
        return "KIND_UNCONFIRMED"
    return "UNIT_UNCONFIRMED" if course.unit in case.book.counting.doubted_units[case.trust] else None


def _kind_counts(course: Course, book: PolicyBook, trust: Grade) -> bool:
    rule: KindRule = book.rules.kinds[course.kind]
    return rule.established and rule.citation.grade.satisfies(trust)


@attrs.frozen
class _Market:
    """The days for courses and purchases, as far as they differ for the targets."""

    courses: Sequence[Course]
    targets: Sequence[Target]
    case: Case

    def purchases(self, package: Package) -> list[Purchase]:
        """List the days on which a package may be worth buying: as early as possible, or later for later courses.

        A later purchase matters only if it opens something for a credential that no other purchase opens.
        """
        first = max(self.case.on, package.available_from or self.case.on)
        last = package.available_until or LATEST_DAY
        opened = [course for course in self.courses if package.opens(course)]
        days = sorted({first, *self._later_days(package, first, opened)})
        purchases = [_purchase(package, day) for day in days if day <= last]
        worth: list[tuple[Purchase, list[set[frozenset[int]]]]] = []
        for purchase in purchases:
            offered = [{way.serves for way in self._through(course, purchase)} for course in opened]
            if not any(_covers(other, offered) for _, other in worth):
                worth = [(kept, other) for kept, other in worth if not _covers(offered, other)]
                worth.append((purchase, offered))
        return [purchase for purchase, _ in worth]

    def _later_days(self, package: Package, first: date, opened: Iterable[Course]) -> Iterator[date]:
        """List the later days of purchase for which a package is still open when something begins to count."""
        if package.period_days is None:
            return
        for course in opened:
            begun = max(self.case.on, course.available_from or self.case.on)
            for day in (begun + timedelta(days=course.days), *self._starts(course)):
                wait = day - timedelta(days=package.period_days - 1)
                if wait > first:
                    yield wait

    def _spans(self, course: Course) -> Iterator[tuple[int, Period]]:
        """List the targets by number, each with the days on which a course counts for it."""
        rule: KindRule = self.case.book.rules.kinds[course.kind]
        for number, target in enumerate(self.targets):
            days = target.days(rule)
            if days is not None:
                yield number, days

    def _starts(self, course: Course) -> Iterator[date]:
        """List the days on which a course begins to count for a target."""
        for _, days in self._spans(course):
            yield days.start

    def ways(self, course: Course, purchases: Iterable[Purchase]) -> Iterator[Way]:
        """List the ways of one course: alone, if it has a price, and through each purchase that opens it."""
        if course.price is not None:
            yield from self._through(course, None)
        for purchase in purchases:
            if purchase.package.opens(course):
                yield from self._through(course, purchase)

    def _through(self, course: Course, purchase: Purchase | None) -> Iterator[Way]:
        """List days that serve different sets of credentials, each as early as possible.

        No two days serve the same: a later one is a day on which the course begins to count for one more.
        """
        begun = max(self.case.on, course.available_from or self.case.on, purchase.day if purchase else self.case.on)
        first = begun + timedelta(days=course.days)
        last: date = min(course.available_until or LATEST_DAY, purchase.last if purchase else LATEST_DAY)
        for day in sorted({first, self._free_day(course, first),
                           *(start for start in self._starts(course) if start > first)}):
            serves = self._serves(course, day) if day <= last and not self._taken(course, day) else frozenset()
            if serves:
                yield Way(course=course, day=day, last=last, through=purchase, serves=serves)

    def _free_day(self, course: Course, first: date) -> date:
        """Find the first day on which a course is far enough from similar entries; otherwise return the first day."""
        near = len(self.case.record.activities) * (2 * self.case.book.counting.alike_days + 1)
        days = (first + timedelta(days=later) for later in range(near + 1))
        return next((day for day in days if not self._taken(course, day)), first)

    def _taken(self, course: Course, day: date) -> bool:
        return is_taken(course, day, self.case.record.activities, self.case.book)

    def _serves(self, course: Course, day: date) -> frozenset[int]:
        """List the targets, by number, for which a course counts that is completed on a day."""
        return frozenset(number for number, days in self._spans(course) if day in days)

    def why_not(self, course: Course, purchases: Iterable[Purchase]) -> str:
        """Return why there is no way to take a course although its kind counts."""
        if course.price is None and not any(purchase.package.opens(course) for purchase in purchases):
            return "NOT_SOLD"
        if not self.targets:
            return "NOTHING_TO_SERVE"
        if self._taken(course, max(self.case.on, course.available_from or self.case.on) + timedelta(days=course.days)):
            return "ALREADY_TAKEN"
        rule: KindRule = self.case.book.rules.kinds[course.kind]
        first, last = rule.acceptable_days
        begun = max(self.case.on, course.available_from or self.case.on) + timedelta(days=course.days)
        too_late = last is not None and last < begun
        too_early = first is not None and course.available_until is not None and course.available_until < first
        return "NOT_ACCEPTABLE" if too_late or too_early else "OUTSIDE_CYCLE"


def _covers(one: Sequence[set[frozenset[int]]], other: Sequence[set[frozenset[int]]]) -> bool:
    """Return whether one purchase offers all that another does, course by course."""
    return all(any(less <= more for more in mine) for mine, theirs in zip(one, other, strict=True) for less in theirs)


def _purchase(package: Package, day: date) -> Purchase:
    if package.period_days is None:
        return Purchase(package=package, day=day, last=LATEST_DAY)
    return Purchase(package=package, day=day, last=min(day + timedelta(days=package.period_days) - ONE_DAY,
                                                       LATEST_DAY))
