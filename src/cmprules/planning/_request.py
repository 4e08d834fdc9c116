"""The request of a plan: the arguments, all checked together."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from cmprules._facts.records import Record
from cmprules._kit.shapes import BAD, Day, ListOf, Maybe, Money, Text, Word, nearest, refuse_others
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules._words.enums import Grade
from cmprules._words.limits import MOST_MONEY
from cmprules.errors import Fault, InputError
from cmprules.planning._catalogue import Catalogue, check_amount, in_hundredths
from cmprules.planning._values import GOALS


@attrs.frozen(kw_only=True)
class Request:
    """The arguments of a plan after reading; the budget in cents."""

    on: date
    by: date
    minimise: str
    budget: int | None
    include: frozenset[str]
    exclude: frozenset[str]
    trust: Grade
    node_limit: int


def request_of(record: Record, book: PolicyBook, catalogue: Catalogue, **given: Any) -> Request:
    """Check the arguments.

    Raises:
        InputError: with every fault.
    """
    faults: list[Fault] = []
    refuse_others((record,), Record, "$.record", faults)
    refuse_others((catalogue,), Catalogue, "$.catalogue", faults)
    refuse_book(book, faults)
    known: tuple[str, ...] = ()
    if not faults:
        known = (*(course.id for course in catalogue.courses), *(package.id for package in catalogue.packages))
    on, by = _days(given["on"], given["by"], faults)
    read = {
        "minimise": Word(GOALS, "what to minimize", "UNKNOWN_WORD").read(given["minimise"], "$.minimise", faults),
        "budget": _budget(given["budget"], faults),
        "trust": _trust(given["trust"], faults),
        "include": _ids(given["include"], "$.include", known, faults),
        "exclude": _ids(given["exclude"], "$.exclude", known, faults),
        "node_limit": _node_limit(given["node_limit"], faults),
    }
    if faults:
        raise InputError(faults)
    return Request(on=on, by=by or on, **read)


def _days(on: object, by: object, faults: list[Fault]) -> tuple[Any, Any]:
    """Read the day of planning, and the day by which everything must be done."""
    first, last = Day().read(on, "$.on", faults), Maybe(Day()).read(by, "$.by", faults)
    if BAD not in {first, last} and last is not None and last < first:
        faults.append(Fault(path="$.by", code="END_BEFORE_START", value=last, expected=f"{first} or later",
                            hint="nothing can be done before the day of planning"))
    return first, last


def _budget(value: object, faults: list[Fault]) -> Any:
    budget = Maybe(Money()).read(value, "$.budget", faults)
    if budget is BAD or budget is None:
        return budget
    before = len(faults)
    check_amount(budget, "$.budget", faults, MOST_MONEY, "US dollars")
    return BAD if len(faults) > before else in_hundredths(budget)


def _trust(value: object, faults: list[Fault]) -> Any:
    """Read the weakest grade to accept: one of the scale, as for `decide`."""
    scale = tuple(str(grade) for grade in Grade if grade is not Grade.USER)
    word = Word(scale, "a grade", "UNKNOWN_WORD").read(value, "$.trust", faults)
    return word if word is BAD else Grade(word)


def _ids(value: object, path: str, known: tuple[str, ...], faults: list[Fault]) -> frozenset[str]:
    """Read ids of courses and packages; each must be in the catalogue."""
    read = ListOf(Text(), order=str).read(value, path, faults)
    ids: tuple[str, ...] = () if read is BAD else read
    faults.extend(
        Fault(path=path, code="NO_SUCH_COURSE", value=name, expected="the id of a course or package of the catalogue",
              hint=nearest(name, known))
        for name in ids if name not in known
    )
    return frozenset(ids)


def _node_limit(value: object, faults: list[Fault]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        faults.append(Fault(path="$.node_limit", code="WRONG_TYPE", value=value, expected="a whole number above zero",
                            hint="leave it out"))
    return value
