"""What can be bought: courses, packages of courses, and the catalogue that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

import attrs

from cmprules._facts.records import Activity, points_of, repeated_ids
from cmprules._kit import wide
from cmprules._kit.points import exact_hundredths, from_hundredths, tidy
from cmprules._kit.shapes import (
    ENTERED,
    LEAVE_OUT,
    MAYBE_ENTERED,
    Checked,
    ListOf,
    Maybe,
    Money,
    Number,
    Part,
    Text,
    Whole,
    Word,
    hint_for,
    read_part,
    wire,
)
from cmprules._kit.terms import AREAS, KIND, UNIT
from cmprules._words.limits import LONGEST_TEXT, MOST_COURSES, MOST_DAYS, MOST_HOURS, MOST_MONEY, MOST_PACKAGES
from cmprules.errors import Fault, InputError

_Plain = Mapping[str, Any]


def _hours(value: wide.AnyAmount | None) -> Decimal:
    return cast("Decimal", value)


def in_hundredths(amount: Decimal) -> int:
    """Convert checked money, hours or points to whole hundredths."""
    return cast("int", exact_hundredths(amount))


def check_amount(amount: Decimal, path: str, faults: list[Fault], most: int, what: str) -> None:
    """Note an amount of money or time that is too large, or too fine for hundredths."""
    if amount > most:
        faults.append(Fault(path=path, code="TOO_MUCH", value=amount, expected=f"at most {most} {what}",
                            hint="check the amount"))
    elif exact_hundredths(amount) is None:
        faults.append(Fault(path=path, code="TOO_FINE", value=amount, expected=f"at most two decimals of {what}",
                            hint="round it the way the provider does"))


def _check_span(start: date | None, until: date | None, path: str, faults: list[Fault]) -> None:
    if start is not None and until is not None and until < start:
        faults.append(Fault(path=f"{path}.available_until", code="END_BEFORE_START", value=until.isoformat(),
                            expected=f"{start} or later", hint="exchange the two days"))


def _check_days(days: int | None, path: str, faults: list[Fault], least: int) -> None:
    if days is not None and not least <= days <= MOST_DAYS:
        faults.append(Fault(path=path, code="DAYS_OUT_OF_RANGE", value=days,
                            expected=f"a number of days from {least} to {MOST_DAYS}", hint="check the number"))


@attrs.frozen(kw_only=True)
class Course(Checked):
    """Something that can be done once for points.

    Attributes:
        price: its own price in US dollars; absent for a course that is sold only in packages.
        amount: what it brings, in `unit`, as for an activity.
        areas: the mandatory areas that it may serve; none means only the pool.
        hours: the hours that it takes; if absent, one hour per point.
        available_from: the first day on which it can begin; any day if absent.
        available_until: the last day on which it can be completed; any day if absent.
        days: the smallest number of days from its begin to its completion.

    >>> course = Course(id="c1", title="Antibody screens", kind="formal_ce", amount="0.2", unit="ceu", price=30)
    >>> course.points, course.hours
    (Decimal('2'), Decimal('2'))
    >>> Course(id="c1", title="Antibody screens", kind="formal_ce", amount=2, price="29.999")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.price: TOO_FINE: got 29.999, expected at most two decimals of US dollars; round it the way the provider does
    """

    id: str = attrs.field(metadata=ENTERED)
    title: str = attrs.field(metadata=ENTERED)
    provider: str | None = attrs.field(default=None, metadata=MAYBE_ENTERED)
    kind: str = attrs.field(metadata=wire(KIND))
    amount: Decimal = attrs.field(converter=wide.amount, metadata=wire(Number(above_zero=True)))
    unit: str | None = attrs.field(default=None, metadata=wire(Maybe(UNIT)))
    areas: tuple[str, ...] = attrs.field(default=(), converter=wide.words, metadata=wire(AREAS, leave_out=True))
    price: Decimal | None = attrs.field(
        default=None, converter=wide.maybe_amount, metadata=wire(Maybe(Money()), leave_out=True)
    )
    hours: Decimal = attrs.field(
        default=cast("Decimal", None), converter=_hours, metadata=wire(Maybe(Number(above_zero=True)))
    )
    available_from: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    available_until: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    days: int = attrs.field(default=0, metadata=wire(Whole(), leave_out=True))
    _hundredths: int = attrs.field(init=False, default=0, eq=False, repr=False)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        counted = not bad & {"kind", "unit"} and self._settle_points(path, faults, bad)
        if "price" not in bad and self.price is not None:
            check_amount(self.price, f"{path}.price", faults, MOST_MONEY, "US dollars")
        if "hours" not in bad:
            self._settle_hours(path, faults, counted=counted)
        if not bad & {"available_from", "available_until"}:
            _check_span(self.available_from, self.available_until, path, faults)
        if "days" not in bad:
            _check_days(self.days, f"{path}.days", faults, 0)

    def _settle_points(self, path: str, faults: list[Fault], bad: set[str]) -> bool:
        """Fill in unit and points by the rules of an activity; return whether that was possible."""
        before = len(faults)
        raw = {"id": "-", "title": "-", "kind": self.kind, "unit": self.unit,
               "amount": 1 if "amount" in bad else self.amount}
        activity = read_part(Activity, raw, path, faults)
        if len(faults) > before or "amount" in bad:
            return False
        object.__setattr__(self, "unit", activity.unit)
        object.__setattr__(self, "amount", activity.amount)
        object.__setattr__(self, "_hundredths", points_of(activity))
        return True

    def _settle_hours(self, path: str, faults: list[Fault], *, counted: bool) -> None:
        """Check that hours are hundredths; if absent, one point takes one hour."""
        given = cast("Decimal | None", self.hours)
        if given is not None:
            check_amount(given, f"{path}.hours", faults, MOST_HOURS, "hours")
            object.__setattr__(self, "hours", tidy(given))
        elif counted:
            object.__setattr__(self, "hours", self.points)

    @property
    def points(self) -> Decimal:
        """Its value in points."""
        return from_hundredths(self._hundredths)

    def done_on(self, day: date | str) -> Activity:
        """Make the activity of the completed course; it keeps the id of the course."""
        return Activity(id=self.id, title=self.title, provider=self.provider, completed_on=day, kind=self.kind,
                        amount=self.amount, unit=self.unit, areas=self.areas)


@attrs.frozen(kw_only=True)
class Package(Checked):
    """Courses at one price: a bundle, or a subscription.

    Attributes:
        price: in US dollars.
        courses: the ids of the courses that it opens; none means every course of its `provider` in the catalogue.
        period_days: the days for which it opens them, including the day of purchase; unlimited if absent.
        most_courses: the largest number of courses that may be taken.
        most_hours: the largest number of hours that may be taken.
        available_from: the first day on which it can be bought; any day if absent.
        available_until: the last day on which it can be bought; any day if absent.

    >>> Package(id="p1", title="A year of courses", provider="Sample Academy", price=99, period_days=365).courses
    ()
    >>> Package(id="p1", title="A year of courses", price=99)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.courses: MISSING_KEY: got nothing, expected 'courses' or 'provider'; list the courses that it opens, or name the
      provider if it opens all of its courses
    """

    id: str = attrs.field(metadata=ENTERED)
    title: str = attrs.field(metadata=ENTERED)
    provider: str | None = attrs.field(default=None, metadata=MAYBE_ENTERED)
    price: Decimal = attrs.field(converter=wide.amount, metadata=wire(Money()))
    courses: tuple[str, ...] = attrs.field(
        default=(), converter=wide.words,
        metadata=wire(ListOf(Text(LONGEST_TEXT), order=str, at_most=MOST_COURSES), leave_out=True),
    )
    period_days: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole()), leave_out=True))
    most_courses: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole()), leave_out=True))
    most_hours: Decimal | None = attrs.field(
        default=None, converter=wide.maybe_amount, metadata=wire(Maybe(Number(above_zero=True)), leave_out=True)
    )
    available_from: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    available_until: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad & {"courses", "provider"} and not self.courses and self.provider is None:
            faults.append(Fault(path=f"{path}.courses", code="MISSING_KEY", value=None,
                                expected="'courses' or 'provider'", hint="list the courses that it opens, or name the "
                                                                         "provider if it opens all of its courses"))
        if "price" not in bad:
            check_amount(self.price, f"{path}.price", faults, MOST_MONEY, "US dollars")
        if "most_hours" not in bad and self.most_hours is not None:
            check_amount(self.most_hours, f"{path}.most_hours", faults, MOST_HOURS, "hours")
        if "period_days" not in bad:
            _check_days(self.period_days, f"{path}.period_days", faults, 1)
        if "most_courses" not in bad and self.most_courses is not None and self.most_courses < 1:
            faults.append(Fault(path=f"{path}.most_courses", code="NOT_POSITIVE", value=self.most_courses,
                                expected="one or more", hint="leave it out if there is no limit"))
        if not bad & {"available_from", "available_until"}:
            _check_span(self.available_from, self.available_until, path, faults)

    def opens(self, course: Course) -> bool:
        """Return whether a course of the catalogue can be taken through this package.

        Raises:
            InputError: it is no course.
        """
        if not isinstance(course, Course):
            raise InputError([Fault(path="$.course", code="WRONG_TYPE", value=course,
                                    expected="a value of the class Course", hint="make one of it first")])
        return course.id in self.courses if self.courses else course.provider == self.provider


def _courses(value: Sequence[Course | _Plain]) -> tuple[Course, ...]:
    return cast("tuple[Course, ...]", value)


def _packages(value: Sequence[Package | _Plain]) -> tuple[Package, ...]:
    return cast("tuple[Package, ...]", value)


@attrs.frozen(kw_only=True)
class Catalogue(Checked):
    """Courses and packages from which a plan can choose; prices in US dollars.

    >>> Catalogue(courses=[{"id": "c1", "title": "Safe needles", "kind": "in_service", "amount": 1, "price": 0}]
    ...           ).courses[0].points
    Decimal('1')
    >>> Catalogue(courses=[], packages=[{"id": "p1", "title": "A bundle", "price": 9, "courses": ["c1"]}])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.packages[0].courses[0]: NO_SUCH_COURSE: got 'c1', expected the id of a course of this catalogue; known:
    """

    schema: ClassVar[str] = "cmprules.catalogue/1"

    currency: str = attrs.field(default="USD", metadata=wire(Word(("USD",), "US dollars", "UNKNOWN_WORD")))
    courses: tuple[Course, ...] = attrs.field(
        converter=_courses, metadata=wire(ListOf(Part(Course), at_most=MOST_COURSES))
    )
    packages: tuple[Package, ...] = attrs.field(
        default=(), converter=_packages, metadata=wire(ListOf(Part(Package), at_most=MOST_PACKAGES), leave_out=True)
    )

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad:
            courses = [course.id for course in self.courses]
            faults.extend(faults_between_offers(path, courses, [package.id for package in self.packages],
                                                [package.courses for package in self.packages]))


def faults_between_offers(
    path: str, courses: Sequence[str], packages: Sequence[str], opened: Sequence[Sequence[str]]
) -> Iterable[Fault]:
    """Note every repeated id, and every package that names an unknown course."""
    yield from repeated_ids(f"{path}.courses", courses)
    yield from repeated_ids(f"{path}.packages", packages)
    known, ids, found = tuple(dict.fromkeys(courses)), set(courses), list[Fault]()
    for index, name in enumerate(packages):
        if name in ids:
            yield Fault(path=f"{path}.packages[{index}].id", code="REPEATED_ID", value=name,
                        expected="an id of its own", hint="a course has it already")
        for position, course in enumerate(opened[index]):
            if course not in ids:
                found.append(Fault(path=f"{path}.packages[{index}].courses[{position}]", code="NO_SUCH_COURSE",
                                   value=course, expected="the id of a course of this catalogue",
                                   hint=hint_for(course, known, found)))
    yield from found
