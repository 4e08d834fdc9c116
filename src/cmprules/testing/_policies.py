"""Established policies of every period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import reject
from hypothesis import strategies as st

from cmprules._kit.shapes import refuse_others
from cmprules._policy.book import Policy, PolicyBook
from cmprules.errors import Fault, InputError
from cmprules.testing._credentials import Pair, pairs_of
from cmprules.testing._values import Choice, day_or_days, days, newest_book


class Tables:
    """A book whose repr is its edition; otherwise Hypothesis would print every row."""

    def __init__(self, book: PolicyBook) -> None:
        self.book = book

    def __repr__(self) -> str:
        return f"<edition {self.book.edition}>"


def tables_of(book: PolicyBook | None) -> Tables:
    """Check a book; if absent, use the newest edition."""
    faults: list[Fault] = []
    refuse_others(() if book is None else (book,), PolicyBook, "$.book", faults)
    if faults:
        raise InputError(faults)
    return Tables(newest_book() if book is None else book)


def policies(
    *, codes: Sequence[str] | None = None, bodies: Sequence[str] | None = None,
    expires_on: Choice[date] | str = ..., book: PolicyBook | None = None,
) -> st.SearchStrategy[Policy]:
    """Draw established policies.

    Args:
        codes: the codes to choose from.
        bodies: the bodies to choose from: `ASCP`, `ASCPi`.
        expires_on: the expiration date, or a strategy of dates; if absent, any date from 2015 to 2028.
        book: the tables; if absent, the newest edition.

    Raises:
        InputError: an argument cannot be read, or no credential fits the arguments.

    >>> from hypothesis import find
    >>> find(policies(codes=["PA"]), lambda policy: policy.total.value == 60).expires_on
    datetime.date(2022, 1, 1)
    >>> policies(codes=["PA"], bodies=["ASCPi"])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.bodies: CODE_NOT_IN_BODY: got ['ASCPi'], expected a body that has one of the codes; leave one of 'codes' and
      'bodies' out
    """
    expiries = day_or_days(expires_on, "$.expires_on", days(date(2015, 1, 1), date(2028, 12, 31)))
    return _policies(tables_of(book), pairs_of(codes, bodies), expiries)


@st.composite
def _policies(draw: st.DrawFn, tables: Tables, pairs: tuple[Pair, ...], expiries: st.SearchStrategy[date]) -> Policy:
    """Draw an expiration date, and one of the tables established for it."""
    expires_on = draw(expiries)
    known = [pair for pair in pairs if _is_established(tables.book, pair, expires_on)]
    code, body = draw(st.sampled_from(known)) if known else reject()
    return tables.book.policy_for(code, expires_on=expires_on, body=body)


def _is_established(book: PolicyBook, pair: Pair, expires_on: date) -> bool:
    """Return whether a table is known for an expiration date."""
    rows = book.tables["{}({})".format(*pair)]
    return any(row.established and row.covers(expires_on) for row in rows)
