"""`plan` and `front`: from a record, the tables and a catalogue to what is best bought."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Grade
from cmprules._words.limits import MOST_NODES
from cmprules.planning._catalogue import Catalogue
from cmprules.planning._desk import Desk
from cmprules.planning._request import request_of
from cmprules.planning._values import Front, Plan


def plan(  # noqa: PLR0913  # each is one thing that a person may ask for
    record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str, minimise: str = "cost",
    budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (),
    by: date | str | None = None, trust: Grade | str = Grade.INFERRED, node_limit: int = MOST_NODES,
) -> Plan:
    """Find the courses and packages with which every credential of a record is met in time, at the least cost.

    The answer is proven to be the least, is the only one of its kind, and has been decided: every credential is `MET`
    on the day it is due, whatever becomes of what is uncertain.

    Args:
        record: what is known of the person; activities after `on` are not relied on.
        book: the policy tables, from `load_book`.
        catalogue: what can be bought, from `read_catalogue` or made of values.
        on: the day on which it is planned; nothing is bought or begun before it.
        minimise: what is made the least first: `cost`, `hours` or `courses`; the others follow.
        budget: what it may cost at most, in US dollars.
        include: ids of courses and packages that have to be part of it; a course is completed while it can count.
        exclude: ids of courses and packages that cannot be.
        by: the day on which an expired credential, or one without an end date, is decided; `on` if absent.  The three
            years up to that day count.
        trust: the weakest grade of figures to rely on, as in `decide`.
        node_limit: the nodes that each search may look at; an answer that would take more is none.

    Returns:
        The plan.  That there is none is an answer too: `possible` is False then, and `obstacles` say why.

    Raises:
        InputError: an argument cannot be read, or names what is not in the catalogue.
        MissingExtraError: HiGHS is not installed.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules, cmprules.planning
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "qls", "code": "QLS", "expires_on": "2026-05-31"}]})
    >>> catalogue = cmprules.planning.parse_catalogue({"schema": "cmprules.catalogue/1", "courses": [
    ...     {"id": "all", "title": "Sample: everything on safety", "kind": "formal_ce", "amount": 6, "price": 90,
    ...      "areas": ["laboratory_safety"]},
    ...     {"id": "ethics", "title": "Sample: ethics", "kind": "formal_ce", "amount": 1, "price": 20,
    ...      "areas": ["ethics"]},
    ...     {"id": "safety", "title": "Sample: safety", "kind": "formal_ce", "amount": 1, "price": 15,
    ...      "areas": ["safety"]}]})
    >>> cheapest = plan(record, book, catalogue, on=date(2026, 3, 10))
    >>> cheapest.cost, [course.id for course in cheapest.courses]
    (Decimal('125'), ['all', 'ethics', 'safety'])
    >>> plan(record, book, catalogue, on=date(2026, 3, 10), budget=100).obstacles[0].code
    'BUDGET_TOO_SMALL'
    >>> plan(record, book, catalogue, on=date(2026, 3, 10), minimise="time")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.minimise: UNKNOWN_WORD: got 'time', expected what to make small; known: cost, hours, courses
    """
    request = request_of(record, book, catalogue, on=on, by=by, minimise=minimise, budget=budget, include=include,
                         exclude=exclude, trust=trust, node_limit=node_limit)
    return Desk.of(record, book, catalogue, request).plan()


def front(  # noqa: PLR0913  # as `plan` has
    record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str,
    budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (),
    by: date | str | None = None, trust: Grade | str = Grade.INFERRED, node_limit: int = MOST_NODES,
) -> Front:
    """Find every trade between money and time: the plans that no other one beats in both.

    Args:
        record: as for `plan`, and so are the others.
        book: the policy tables.
        catalogue: what can be bought.
        on: the day on which it is planned.
        budget: what a plan may cost at most, in US dollars.
        include: ids that have to be part of it.
        exclude: ids that cannot be.
        by: the day on which credentials without an end ahead are decided.
        trust: the weakest grade of figures to rely on.
        node_limit: the nodes that each search may look at.

    Returns:
        The trades, the cheapest first, each decided as a plan is; up to 50, and `complete` says whether that is all.

    Raises:
        InputError: an argument cannot be read, or names what is not in the catalogue.
        MissingExtraError: HiGHS is not installed.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.read_record("examples/mls-nearly-there.json")
    >>> front(record, book, [], on=date(2026, 3, 10))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.catalogue: WRONG_TYPE: got [], expected a value of the class Catalogue; make one of it first
    """
    request = request_of(record, book, catalogue, on=on, by=by, minimise="cost", budget=budget, include=include,
                         exclude=exclude, trust=trust, node_limit=node_limit)
    return Desk.of(record, book, catalogue, request).front()
