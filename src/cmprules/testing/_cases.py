"""Whole records, most of them nearly complete, each with a day of decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import attrs
from hypothesis import strategies as st

from cmprules._answers.decide import decide
from cmprules._facts.records import Activity, Credential, Holder, Record
from cmprules._kit.shapes import Member
from cmprules._policy.book import Policy, PolicyBook
from cmprules._words.enums import Outcome
from cmprules.errors import NotInForceError
from cmprules.testing._credentials import FORMS, Pair, check_forms, credential_of, pairs_of, read_on
from cmprules.testing._entries import placements
from cmprules.testing._plans import MODES, doubtful_day, near, needs_of, traps
from cmprules.testing._policies import Tables, tables_of
from cmprules.testing._values import Choice, day_or_days, days, read_argument, read_count


class Case(NamedTuple):
    """A record and its day of decision."""

    record: Record
    on: date


@attrs.frozen
class _Leaning:
    """What to draw for a wanted outcome: the forms of the first credential, and the state of the activities."""

    forms: tuple[str, ...]
    modes: tuple[str, ...]


_PARTAKING = tuple(form for form in FORMS if form != "not required")
_LEANINGS = {
    None: _Leaning(tuple(FORMS), MODES),
    Outcome.MET: _Leaning(_PARTAKING, ("full", "full", "tangled")),
    Outcome.NOT_MET: _Leaning(_PARTAKING, ("wild", "short", "short", "tangled")),
    Outcome.NEEDS_REVIEW: _Leaning(_PARTAKING, ("claims", "doubtful", "tangled")),
    Outcome.NOT_REQUIRED: _Leaning(("not required",), MODES),
}


@attrs.frozen(kw_only=True)
class _Wish:
    """The arguments of `cases` after reading."""

    tables: Tables
    pairs: tuple[Pair, ...]
    leaning: _Leaning
    most_credentials: int
    most_activities: int | None


def cases(
    *, codes: Sequence[str] | None = None, bodies: Sequence[str] | None = None, on: Choice[date] | str = ...,
    outcome: Outcome | str | None = None, book: PolicyBook | None = None, most_credentials: int = 3,
    most_activities: int | None = None,
) -> st.SearchStrategy[Case]:
    """Draw records, most of them nearly complete for their first credential, each with a day of decision.

    A case is a pair: `case.record` and `case.on`.
    `MET`, `NOT_MET` and `NEEDS_REVIEW` come up often, each at least once in ten times.

    Args:
        codes: the codes to choose from, for every credential.
        bodies: the bodies to choose from: `ASCP`, `ASCPi`.
        on: the day, or a strategy of days; if absent, any day from 2010 to the middle of 2027.
        outcome: the outcome that the first credential must have in `decide(case.record, book, on=case.on)`.
        book: the tables on which records are modeled; if absent, the newest edition.
        most_credentials: the largest number of credentials; there is at least one.
        most_activities: the largest number of activities; a small number is seldom enough for `MET`.

    Raises:
        InputError: an argument cannot be read, or no credential fits the arguments.

    >>> from hypothesis import given, settings
    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> @settings(max_examples=10)
    ... @given(cases(codes=["PBT"], outcome="MET", book=book))
    ... def test_that_it_is_met(case):
    ...     assert cmprules.decide(case.record, book, on=case.on).credentials[0].outcome == "MET"
    >>> test_that_it_is_met()
    >>> cases(outcome="FAILED")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.outcome: UNKNOWN_WORD: got 'FAILED', expected one of a closed list; known: MET, NOT_MET, NEEDS_REVIEW,
      NOT_REQUIRED
    """
    wanted: Outcome | None = None if outcome is None else read_argument(Member(Outcome), outcome, "$.outcome")
    tables, pairs, leaning = tables_of(book), pairs_of(codes, bodies), _LEANINGS[wanted]
    check_forms(leaning.forms, pairs, "$.outcome", str(wanted))
    few = None if most_activities is None else read_count(most_activities, 0, "$.most_activities")
    wish = _Wish(tables=tables, pairs=pairs, leaning=leaning, most_activities=few,
                 most_credentials=read_count(most_credentials, 1, "$.most_credentials"))
    found = _cases(wish, day_or_days(on, "$.on", _DAYS_OF_DECISION).map(read_on))
    if wanted is None:
        return found
    return found.filter(lambda case: decide(case.record, tables.book, on=case.on).credentials[0].outcome == wanted)


_DAYS_OF_DECISION = st.one_of(days(date(2024, 1, 1), date(2026, 12, 31)), days(date(2010, 1, 1), date(2027, 6, 30)))


def records(
    *, codes: Sequence[str] | None = None, bodies: Sequence[str] | None = None, on: Choice[date] | str = ...,
    outcome: Outcome | str | None = None, book: PolicyBook | None = None, most_credentials: int = 3,
    most_activities: int | None = None,
) -> st.SearchStrategy[Record]:
    """Draw records without their day of decision.

    Args:
        codes: the codes to choose from, for every credential.
        bodies: the bodies to choose from: `ASCP`, `ASCPi`.
        on: the day around which expiration dates and activities are drawn, or a strategy of days.
        outcome: the outcome of the first credential on that day; give `on` too, so that you know the day.
        book: the tables on which records are modeled; if absent, the newest edition.
        most_credentials: the largest number of credentials; there is at least one.
        most_activities: the largest number of activities.

    Raises:
        InputError: an argument cannot be read, or no credential fits the arguments.

    >>> from hypothesis import given, settings
    >>> import cmprules
    >>> @settings(max_examples=10)
    ... @given(records(bodies=["ASCPi"]))
    ... def test_that_it_comes_back(record):
    ...     assert cmprules.parse_record(cmprules.to_mapping(record)) == record
    >>> test_that_it_comes_back()
    >>> records(most_credentials=0)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.most_credentials: NOT_POSITIVE: got 0, expected 1 or more; leave it out
    """
    found = cases(codes=codes, bodies=bodies, on=on, outcome=outcome, book=book, most_credentials=most_credentials,
                  most_activities=most_activities)
    return found.map(lambda case: case.record)


# ---------------------------------------------------------------------------------------------------------
# Drawing a record.


@st.composite
def _cases(draw: st.DrawFn, wish: _Wish, when: st.SearchStrategy[date]) -> Case:
    """Draw a day, credentials around it, and activities for the table of the first credential."""
    on = draw(when)
    held = draw(_held(wish, on))
    found = draw(_entered(wish, held[0], on))[: wish.most_activities]
    region = draw(st.sampled_from(("standard", "standard", "low_middle_income")))
    record = Record(holder=Holder(id="h-1", fee_region=region), credentials=held,
                    activities=draw(st.permutations(found)))
    if draw(st.integers(0, 2)) == 2:
        record = attrs.evolve(record, placements=draw(placements(record)))
    return Case(record, on)


@st.composite
def _held(draw: st.DrawFn, wish: _Wish, on: date) -> list[Credential]:
    """Draw the credentials, mostly one."""
    most = wish.most_credentials
    count = draw(st.sampled_from((1, 1, 1, *(() if most == 1 else (2, most)))))
    every = tuple(FORMS)
    return [draw(credential_of(f"c{number}", on, wish.pairs, every if number else wish.leaning.forms))
            for number in range(count)]


@st.composite
def _entered(draw: st.DrawFn, wish: _Wish, held: Credential, on: date) -> list[Activity]:
    """Draw the activities: most of them for the table of a credential, and a few traps."""
    needs = needs_of(_table_of(held, on if draw(st.booleans()) else date.min, wish.tables.book))
    first, last = _span(held, on)
    good = draw(near(needs, first, last, draw(doubtful_day(held)), modes=wish.leaning.modes))
    return [*good, *draw(traps(good, held, on))]


def _table_of(credential: Credential, on: date, book: PolicyBook) -> Policy | None:
    """Find the table of a credential: the table of its expiration date, or of a later day."""
    expires = max(on, date(2007, 1, 1) if credential.expires_on is None else credential.expires_on)
    try:
        return book.policy_for(credential.code, expires_on=expires, body=credential.body)
    except NotInForceError:
        return None


def _span(credential: Credential, on: date) -> tuple[date, date]:
    """Return days that are certainly in the cycle (an end and a start within the last three years)."""
    expires = credential.expires_on
    last = credential.extended_until or expires
    if expires is None or last is None or on > last:
        return on - timedelta(days=1_000), on
    start = expires - timedelta(days=1_000)
    certified = credential.certified_on
    if credential.cycle_start is not None:
        start = credential.cycle_start
    elif certified is not None and (certified.year + 3, certified.month) == (last.year, last.month):
        start = max(start, certified)
    return min(start, on), on
