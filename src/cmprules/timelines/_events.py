"""Events before the day of the timeline is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs

from cmprules._kit.shapes import trusted
from cmprules._policy.book import Citation
from cmprules.timelines._values import COMING, PAST, TODAY, TimelineEvent


@attrs.frozen(kw_only=True)
class Event:
    """Something that happens on a day or in a span, before the day of the timeline is known.

    Attributes:
        cycle: distinguishes the same event of two cycles, two examinations or two changes of fees.
        place: its position in the record, for the order of events on one day.
        whose: the owner of the event, if that is not its first credential, so that its key does not depend on which
            credentials the record has.
    """

    code: str
    name: str
    cycle: str
    place: int
    starts_on: date
    ends_on: date
    citations: tuple[Citation, ...]
    credentials: tuple[str, ...] = ()
    question: str | None = None
    whose: str | None = None
    fee_before: Decimal | None = None
    fee_after: Decimal | None = None

    @property
    def order(self) -> tuple[date, int, str]:
        """Sort by day, then in the order of the record, then by code."""
        return self.starts_on, self.place, self.code

    def seen_on(self, on: date) -> TimelineEvent:
        """Make the event of a timeline."""
        when = PAST if self.ends_on < on else COMING if self.starts_on > on else TODAY
        whose = self.whose or (_escaped(self.credentials[0]) if self.credentials else self.name)
        return trusted(
            TimelineEvent, key=f"{whose}/{self.cycle}/{self.code}", code=self.code, name=self.name,
            credentials=self.credentials,
            starts_on=self.starts_on, ends_on=self.ends_on, when=when, fee_before=self.fee_before,
            fee_after=self.fee_after, question=self.question, citations=_once(self.citations),
        )


def _escaped(id: str) -> str:
    """Escape the separators of a key in an id, so that no two events share a key."""
    return id.replace("%", "%25").replace("/", "%2F")


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))
