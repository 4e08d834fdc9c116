"""The dates of each credential: its cycle, its window, its end, and the common end of several credentials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from cmprules._answers.ground import cycle_on
from cmprules._facts.records import Credential, Period
from cmprules._kit.calendar import ONE_DAY, first_of_month
from cmprules._policy.book import Citation, PolicyBook, Statement
from cmprules._rules.counting import end_of, participates, standing_of
from cmprules._words.enums import Standing
from cmprules.timelines._events import Event


@attrs.frozen(kw_only=True)
class Dated:
    """A credential with an end date, its cycle up to that date, and the first day of its window."""

    credential: Credential
    place: int
    expires: date
    end: date
    cycle: Period
    opens: date
    standing: Standing

    @property
    def name(self) -> str:
        """The usual name of the credential."""
        return f"{self.credential.code}({self.credential.body})"

    def event(self, code: str, day: date, *citations: Citation, until: date | None = None,
              question: str | None = None) -> Event:
        """Make an event of this cycle; the year of its expiration date identifies the cycle, even if it is extended."""
        return Event(code=code, name=self.name, cycle=str(self.expires.year), place=self.place, starts_on=day,
                     ends_on=until or day, citations=citations, credentials=(self.credential.id,), question=question)


def dated(credential: Credential, place: int, book: PolicyBook, on: date) -> Dated | None:
    """Find the dates of a credential; None if it has no end date."""
    expires, end = credential.expires_on, end_of(credential)
    if expires is None or end is None:
        return None
    cycle = cycle_on(credential, book, end)
    return Dated(credential=credential, place=place, expires=expires, end=end, cycle=cycle.period,
                 opens=end - timedelta(days=book.number("opens_days_before_end")),
                 standing=standing_of(credential, on))


def cycle_events(credential: Credential, place: int, book: PolicyBook, on: date) -> Iterator[Event]:
    """List the events of one credential; none if the holder does not take part."""
    found = dated(credential, place, book, on)
    if found is not None:
        yield from _start(found, book)
        yield from _window(found, book)
        yield from _end(found, book)
    if found is None or found.standing in {Standing.EXPIRED, Standing.NO_END_DATE}:
        yield from _last_years(credential, place, book, on)


def _start(found: Dated, book: PolicyBook) -> Iterator[Event]:
    """List the first day of the cycle, and the end of the previous one if the record shows that there was one."""
    cited = book.figure("cycle_months").citation
    yield found.event("CYCLE_STARTS", found.cycle.start, cited)
    certified = found.credential.certified_on
    if certified is not None and first_of_month(certified) < first_of_month(found.cycle.start):
        yield found.event("PREVIOUS_CYCLE_ENDED", found.cycle.start - ONE_DAY, cited)
    yield found.event("ACTIVITIES_COUNT", found.cycle.start, book.cite("rule/current_cycle_only"),
                      until=found.cycle.end)


def _window(found: Dated, book: PolicyBook) -> Iterator[Event]:
    """List the days of the declaration; that it is in time until the last day is our reading."""
    advised = book.figure("advised_days_before_end")
    reading: Statement = book.statements["reading/last_day"]
    yield found.event("WINDOW_OPENS", found.opens, book.figure("opens_days_before_end").citation)
    yield found.event("ADVISED_DAY", found.end - timedelta(days=int(advised.value)), advised.citation)
    yield found.event("NEW_CYCLE_SHOWS", first_of_month(found.end), book.cite("renewal/rolls_forward"))
    yield found.event("LAST_DAY", found.end, reading.citation, question=reading.question)


def _end(found: Dated, book: PolicyBook) -> Iterator[Event]:
    """List what follows the end date: a granted extension, the expiration, or only the loss of the mark."""
    if found.end > found.expires:
        yield found.event("EXTENSION", found.expires + ONE_DAY, book.cite("expiry/inactive"), until=found.end)
    if found.credential.voluntary:
        yield found.event("MARK_LAPSES", found.end + ONE_DAY, book.cite("expiry/voluntary_stops"))
    else:
        yield found.event("EXPIRED_FROM", found.end + ONE_DAY, book.cite("expiry/expired"))


def _last_years(credential: Credential, place: int, book: PolicyBook, on: date) -> Iterator[Event]:
    """Without an end date, or after it, the last three years count; they end on the day of the timeline."""
    if participates(credential):
        period = cycle_on(credential, book, on).period
        yield Event(code="ACTIVITIES_COUNT", name=f"{credential.code}({credential.body})", cycle="last_years",
                    place=place, starts_on=period.start, ends_on=period.end, credentials=(credential.id,),
                    citations=(book.figure("last_years_months").citation,))


def common_end_events(held: Sequence[Dated], book: PolicyBook) -> Iterator[Event]:
    """List the common end for each credential that ends later; synchronizing moves every end date to the earliest one.

    Expired credentials, and end dates that a voluntary participant let pass, are left out; and a cycle cannot move to
    an end before its own first day.
    """
    current = [holding for holding in held if holding.standing in {Standing.CURRENT, Standing.INACTIVE}]
    earliest = min((holding.end for holding in current), default=None)
    waits: Statement = book.statements["renewal/sync_wait"]
    for holding in current:
        if earliest is not None and holding.cycle.start <= earliest < holding.end:
            yield holding.event("COMMON_END", earliest, book.cite("renewal/sync_earliest"),
                                book.cite("renewal/sync_early"), book.cite("renewal/sync_offered"), waits.citation,
                                question=waits.question)
