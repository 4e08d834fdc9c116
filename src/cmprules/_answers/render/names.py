"""How a report names the holder, the credentials and the activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

import attrs

from cmprules._answers.render.blocks import Title
from cmprules._answers.render.words import days_left, listed, spoken
from cmprules._facts.records import Activity, Record
from cmprules._kit.values import Value


class Coded(Protocol):
    """A credential, or an answer for one."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def body(self) -> str:
        """Its body."""


def credential_name(credential: Coded) -> str:
    """Name a credential as people write it: `MLS(ASCP)`."""
    return f"{credential.code}({credential.body})"


@attrs.frozen
class Names(Value):
    """The names in a record; without the record, activities are named by id, and the holder is not named."""

    holder: str
    activities: dict[str, Activity]
    ends: dict[str, date | None]
    titles: Counter[str] = attrs.field(factory=Counter)

    @classmethod
    def of(cls, record: Record | None) -> Names:
        """Take the names from a record, if there is one."""
        if record is None:
            return cls("", {}, {})
        return cls(record.holder.shown, {activity.id: activity for activity in record.activities},
                   {credential.id: credential.extended_until or credential.expires_on
                    for credential in record.credentials},
                   Counter(activity.title for activity in record.activities))

    def last_day(self, credentials: Iterable[str], on: date) -> date | None:
        """Find the next last day of some credentials; none without the record."""
        return next_last_day([self.ends.get(name) for name in credentials], on)

    def last_fact(self, credentials: Iterable[str], on: date) -> tuple[tuple[str, str, str], ...]:
        """State the next last day, with the days left, if it is known."""
        last = self.last_day(credentials, on)
        return () if last is None else (("Last day", spoken(last), days_left(on, last)),)

    def quoted(self, id: str) -> str:
        """Name an activity within a sentence."""
        activity = self.activities.get(id)
        return id if activity is None else f'"{activity.title}"'

    def told_apart(self, id: str) -> str:
        """Name an activity within a sentence; if others share its title, by id and day, too."""
        activity = self.activities.get(id)
        if activity is None or self.titles[activity.title] == 1:
            return self.quoted(id)
        day = "no date" if activity.completed_on is None else activity.completed_on.isoformat()
        return f'"{activity.title}" ({id}, {day})'

    def dated(self, id: str) -> str:
        """Name an activity in a list: title, id and day."""
        activity = self.activities.get(id)
        if activity is None:
            return id
        day = "no date" if activity.completed_on is None else activity.completed_on.isoformat()
        return f"{activity.title} ({id}, {day})"

    def listed(self, ids: Iterable[str]) -> str:
        """Name some activities within a sentence; of many, only the first few, and a title that several have once."""
        times = Counter(self.quoted(name) for name in ids)
        return listed([title if count == 1 else f"{count} entries of {title}" for title, count in times.items()])


def title_of(holder: str, about: str, *, on: date, last: date | None = None) -> Title:
    """Make the title of a report: the holder, the subject, and the last day with the days left."""
    more = f"as of {spoken(on)}" if last is None else f"last day {spoken(last)}, {days_left(on, last)}"
    return Title(f"{holder}: {about}" if holder else f"{about[:1].upper()}{about[1:]}", more)


def next_last_day(days: Sequence[date | None], on: date) -> date | None:
    """Choose the day for a title: the next last day, otherwise the latest past one."""
    known = [day for day in days if day is not None]
    return min((day for day in known if day >= on), default=max(known, default=None))
