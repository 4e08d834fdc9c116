"""Which courses are, or may be, the same: a plan uses no course that an open question could take away.

In an edition that leaves it open whether entries are one activity, the decision's relations apply: a course is not
taken on a day on which it may be the same as an activity of the record, and only one is taken of two courses that may
be the same on any days.  In other editions a course counts once, whenever it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from cmprules._facts.records import Activity
from cmprules._kit.folding import folded, folded_tightly
from cmprules._policy.book import IdentityRules, PolicyBook
from cmprules._rules.identity import kin_of
from cmprules._rules.settling import NO_ANSWERS
from cmprules.planning._catalogue import Course

_SOME_DAY = date(2026, 1, 1)
_FURTHER_APART = timedelta(days=60)


def is_taken(course: Course, day: date, held: Iterable[Activity], book: PolicyBook) -> bool:
    """Return whether a course, completed on a day, is or may be the same as an activity of the record."""
    rules = book.counting.identity
    if rules is None:
        wanted = _sameness(course)
        return any(_sameness(activity) == wanted for activity in held)
    fold = folded if rules.folded else folded_tightly
    title = fold(course.title)
    done = course.done_on(day)
    return any(may_be_one(activity, done, rules) for activity in held if fold(activity.title) == title)


def may_be_one(first: Activity, second: Activity, rules: IdentityRules) -> bool:
    """Return whether a decision would count two activities as one, or ask about it."""
    kin = kin_of([first, second], rules, NO_ANSWERS)
    return kin is not None and bool(kin.any(0))


def exclusive_courses(courses: Sequence[Course], book: PolicyBook) -> Iterator[frozenset[str]]:
    """List sets of ids of courses from which a plan takes at most one; every course is in one set."""
    rules, by_title = book.counting.identity, dict[object, list[Course]]()
    for course in courses:
        fold = folded_tightly if rules is None or not rules.folded else folded
        key = _sameness(course) if rules is None else fold(course.title)
        by_title.setdefault(key, []).append(course)
    for alike in by_title.values():
        if rules is None:
            yield frozenset(course.id for course in alike)
            continue
        yield from (frozenset([course.id]) for course in alike)
        yield from (frozenset([first.id, second.id]) for first, second in combinations(alike, 2)
                    if _may_be_one_on_some_days(first, second, rules))


def _may_be_one_on_some_days(first: Course, second: Course, rules: IdentityRules) -> bool:
    done = first.done_on(_SOME_DAY)
    return any(may_be_one(done, second.done_on(day), rules) for day in (_SOME_DAY, _SOME_DAY + _FURTHER_APART))


def _sameness(course: Course | Activity) -> tuple[object, ...]:
    """Return the key of courses that are the same, whenever they are done."""
    folded_texts = ["".join((text or "").split()).casefold() for text in (course.title, course.provider)]
    return (*folded_texts, course.kind, course.points)
