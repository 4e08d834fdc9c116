"""Changes of fees inside a window: what waiting a day would cost, or save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cmprules._calendar import ONE_DAY
from cmprules._fees import quote_fees
from cmprules._policy import Citation, FeeRow, PolicyBook
from cmprules._results import FeeQuote
from cmprules._timeline._cycles import Dated
from cmprules._timeline._events import Event
from cmprules.errors import NotEstablishedError

__all__ = ["fee_events"]


def fee_events(held: Sequence[Dated], book: PolicyBook, fee_region: str) -> Iterator[Event]:
    """List the changes of fees that the holder can act on: the declaration may be sent on both days.

    The credentials whose windows hold both days are quoted together, on the day before a row of fees begins and on
    that day.  Where one of the two is not established, nothing is said.
    """
    rows = [row for row in book.fees if row.region == fee_region]
    for day in sorted({row.starts_on for row in rows}):
        declared = [one for one in held if one.opens < day <= one.end]
        quotes = _quotes(declared, day, book, fee_region) if declared else None
        if quotes is not None and quotes[0].total != quotes[1].total:
            yield _event(declared, day, *quotes, rows)


def _quotes(held: Sequence[Dated], day: date, book: PolicyBook, fee_region: str) -> tuple[FeeQuote, FeeQuote] | None:
    """Quote the fees on the day before and on the day; None if one of them is not established."""
    credentials = [one.credential for one in held]
    try:
        return (quote_fees(credentials, book, on=day - ONE_DAY, fee_region=fee_region),
                quote_fees(credentials, book, on=day, fee_region=fee_region))
    except NotEstablishedError:
        return None


def _event(held: Sequence[Dated], day: date, before: FeeQuote, after: FeeQuote, rows: Sequence[FeeRow]) -> Event:
    """Name the day to act by: the last one before a rise, the first one of a fall."""
    rises = before.total is not None and after.total is not None and after.total > before.total
    acts_on = day - ONE_DAY if rises else day
    return Event(
        code="FEE_RISES_AFTER" if rises else "FEE_FALLS", name=", ".join(one.name for one in held),
        cycle=f"{held[0].expires.year}/{_number(held, day, rows)}", place=held[0].place, starts_on=acts_on,
        ends_on=acts_on, credentials=tuple(one.credential.id for one in held), fee_before=before.total,
        fee_after=after.total, citations=tuple(_cited(before, rows)) + tuple(_cited(after, rows)),
    )


def _number(held: Sequence[Dated], day: date, rows: Sequence[FeeRow]) -> int:
    """Count the changes within the window of the first credential up to this one: a number that a new day keeps."""
    return len({row.starts_on for row in rows if held[0].opens < row.starts_on <= day})


def _cited(quote: FeeQuote, rows: Sequence[FeeRow]) -> Iterator[Citation]:
    """Cite each amount of a quote."""
    by_id = {row.id: row for row in rows}
    for line in quote.lines:
        figure = by_id[line.row].figure(line.item)
        if figure is not None:
            yield figure.citation
