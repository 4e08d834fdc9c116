"""`plan` and `front`: find the best purchases from a record, the tables and a catalogue."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Grade
from cmprules._words.limits import MOST_NODES
from cmprules.planning._catalogue import Catalogue
from cmprules.planning._planner import Planner
from cmprules.planning._request import request_of
from cmprules.planning._values import Front, Plan


def plan(  # noqa: PLR0913  # each argument is a separate wish of the user
    record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str, minimise: str = "cost",
    budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (),
    by: date | str | None = None, trust: Grade | str = Grade.INFERRED, node_limit: int = MOST_NODES,
) -> Plan:
    """Find the cheapest courses and packages that meet every credential of a record in time.

    The answer is proven to be optimal, ties are settled so that it is unique, and it is decided again: every credential
    is `MET` on its due day, however the uncertain points turn out.

    Args:
        record: the record of the person; activities after `on` are not used.
        book: the policy tables, from `load_book`.
        catalogue: the courses for sale, from `read_catalogue` or made from values.
        on: the day of planning; nothing is bought or begun before it.
        minimise: the first goal: `cost`, `hours` or `courses`; the others follow.
        budget: the largest total cost, in US dollars.
        include: ids of courses and packages that must be part of the plan; a course is completed while it can count.
        exclude: ids of courses and packages that must not be part of it.
        by: the day of decision for an expired credential or one without an end date; `on` if absent.  The three years
            up to that day count.
        trust: the weakest grade of figures to accept, as in `decide`.
        node_limit: the largest number of nodes for each search; a search that needs more gives no answer.

    Returns:
        The plan.  If there is none, `possible` is False, and `obstacles` says why.

    Raises:
        InputError: an argument cannot be read, or names something that is not in the catalogue.
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
      $.minimise: UNKNOWN_WORD: got 'time', expected what to minimize; known: cost, hours, courses
    """
    request = request_of(record, book, catalogue, on=on, by=by, minimise=minimise, budget=budget, include=include,
                         exclude=exclude, trust=trust, node_limit=node_limit)
    return Planner.of(record, book, catalogue, request).plan()


def front(  # noqa: PLR0913  # as for `plan`
    record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str,
    budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (),
    by: date | str | None = None, trust: Grade | str = Grade.INFERRED, node_limit: int = MOST_NODES,
) -> Front:
    """Find every trade-off between money and time: the plans that no other plan beats in both.

    Args:
        record: as for `plan`, like the other arguments.
        book: the policy tables.
        catalogue: what can be bought.
        on: the day of planning.
        budget: the largest total cost of a plan, in US dollars.
        include: ids that must be part of every plan.
        exclude: ids that must not be part of any plan.
        by: the day of decision for credentials without a future end date.
        trust: the weakest grade of figures to accept.
        node_limit: the largest number of nodes for each search.

    Returns:
        The trade-offs, the cheapest first, each decided like a plan; up to 50, and `complete` says whether these are
        all.

    Raises:
        InputError: an argument cannot be read, or names something that is not in the catalogue.
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
    return Planner.of(record, book, catalogue, request).front()
