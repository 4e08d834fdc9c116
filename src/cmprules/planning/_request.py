"""The request of a plan: the arguments, all checked together."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from cmprules._answers.asked import Asked
from cmprules._facts.records import Record
from cmprules._kit.shapes import BAD, Day, ListOf, Maybe, Money, Text, Word, nearest
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Grade
from cmprules._words.limits import MOST_MONEY
from cmprules.errors import Fault
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
    asked = Asked()
    asked.of_class(record, Record, "$.record")
    asked.of_class(catalogue, Catalogue, "$.catalogue")
    asked.book(book)
    known: tuple[str, ...] = ()
    if not asked.faults:
        known = (*(course.id for course in catalogue.courses), *(package.id for package in catalogue.packages))
    on, by = _days(given["on"], given["by"], asked)
    read = {
        "minimise": asked.read(Word(GOALS, "what to minimize", "UNKNOWN_WORD"), given["minimise"], "$.minimise"),
        "budget": _budget(given["budget"], asked.faults),
        "trust": asked.trust(given["trust"]),
        "include": _ids(given["include"], "$.include", known, asked),
        "exclude": _ids(given["exclude"], "$.exclude", known, asked),
        "node_limit": _node_limit(given["node_limit"], asked),
    }
    asked.settle()
    return Request(on=on, by=by or on, **read)


def _days(on: object, by: object, asked: Asked) -> tuple[Any, Any]:
    """Read the day of planning, and the day by which everything must be done."""
    first, last = asked.day(on), asked.read(Maybe(Day()), by, "$.by")
    if BAD not in {first, last} and last is not None and last < first:
        asked.refuse("$.by", "END_BEFORE_START", last, f"{first} or later",
                     "nothing can be done before the day of planning")
    return first, last


def _budget(value: object, faults: list[Fault]) -> Any:
    budget = Maybe(Money()).read(value, "$.budget", faults)
    if budget is BAD or budget is None:
        return budget
    before = len(faults)
    check_amount(budget, "$.budget", faults, MOST_MONEY, "US dollars")
    return BAD if len(faults) > before else in_hundredths(budget)


def _ids(value: object, path: str, known: tuple[str, ...], asked: Asked) -> frozenset[str]:
    """Read ids of courses and packages; each must be in the catalogue."""
    read = asked.read(ListOf(Text(), order=str), value, path)
    ids: tuple[str, ...] = () if read is BAD else read
    for name in ids:
        if name not in known:
            asked.refuse(path, "NO_SUCH_COURSE", name, "the id of a course or package of the catalogue",
                         nearest(name, known))
    return frozenset(ids)


def _node_limit(value: object, asked: Asked) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        asked.refuse("$.node_limit", "WRONG_TYPE", value, "a whole number above zero", "leave it out")
    return value
