"""Changes of fees inside a window: what waiting a day would cost or save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cmprules._kit.calendar import ONE_DAY
from cmprules._policy.book import Citation, PolicyBook
from cmprules._rules.fees import quote_fees
from cmprules._rules.results import FeeQuote
from cmprules.errors import NotEstablishedError
from cmprules.timelines._cycles import Dated
from cmprules.timelines._events import Event


def fee_events(held: Sequence[Dated], book: PolicyBook, fee_region: str) -> Iterator[Event]:
    """List the changes of fees that the holder can act on: the declaration may be sent on either day.

    The credentials whose windows include both days are quoted together, for the day before a row of fees begins and for
    that day.  If one of the two quotes is not established, there is no event.
    """
    days = sorted({row.starts_on for row in book.fees if row.region == fee_region})
    for day in days:
        declared = [holding for holding in held if holding.opens < day <= holding.end]
        quotes = _quotes(declared, day, book, fee_region) if declared else None
        if quotes is not None and quotes[0].total != quotes[1].total:
            number = sum(other.year == day.year and other <= day for other in days)
            cited = [citation for quote in quotes for citation in _cited(quote, book)]
            yield _event(declared, day, *quotes, number, cited)


def _quotes(held: Sequence[Dated], day: date, book: PolicyBook, fee_region: str) -> tuple[FeeQuote, FeeQuote] | None:
    """Quote the fees on the day before and on the day; None if one of them is not established."""
    credentials = [holding.credential for holding in held]
    try:
        return (quote_fees(credentials, book, on=day - ONE_DAY, fee_region=fee_region),
                quote_fees(credentials, book, on=day, fee_region=fee_region))
    except NotEstablishedError:
        return None


def _event(
    held: Sequence[Dated], day: date, before: FeeQuote, after: FeeQuote, number: int, cited: Sequence[Citation]
) -> Event:
    """Name the day to act on: the last day before an increase, or the first day of a decrease.

    A change of fees is one event, whichever credentials it concerns.  Its key has the year and the number of the change
    in that year, so the key stays the same if the day is corrected within the year.
    """
    rises = before.total is not None and after.total is not None and after.total > before.total
    acts_on = day - ONE_DAY if rises else day
    return Event(
        code="FEE_RISES_AFTER" if rises else "FEE_FALLS", name=", ".join(holding.name for holding in held),
        cycle=f"{day.year}/{number}", whose="fees", place=held[0].place, starts_on=acts_on, ends_on=acts_on,
        credentials=tuple(holding.credential.id for holding in held), fee_before=before.total, fee_after=after.total,
        citations=tuple(cited),
    )


def _cited(quote: FeeQuote, book: PolicyBook) -> Iterator[Citation]:
    """Cite each amount of a quote."""
    for line in quote.lines:
        yield next(cell.figure.citation for cell in book.fee_row(line.row).cells if cell.of == line.item)
