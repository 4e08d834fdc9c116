"""The standing, cycle and declaration of one credential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.core.reference.months import (
    ONE_DAY,
    add_months,
    is_month_end,
    month_end_of,
    month_of,
    three_years_that_end_on,
)
from tests.core.reference.tables import ALIASES, Rules


def spelled(code: str) -> tuple[str, str | None]:
    """Parse a code as people write it: in any case, with the body in brackets, with the participants' mark."""
    bare, _, rest = code.partition("(")
    return bare.strip().upper(), rest.partition(")")[0] or None


@dataclass(frozen=True)
class Credential:
    """A credential of the record."""

    id: str
    code: str
    given_code: str | None
    body: str
    certified_on: date | None
    expires_on: date | None
    cycle_start: date | None
    extended_until: date | None
    voluntary: bool

    @classmethod
    def read(cls, mapping: dict[str, Any]) -> Credential:
        """Read a valid credential; a former code is an alias."""
        def day(key: str) -> date | None:
            text = mapping.get(key)
            return None if text is None else date.fromisoformat(text)

        given, body = spelled(mapping["code"])
        return cls(
            id=mapping["id"], code=ALIASES.get(given, given), given_code=given if given in ALIASES else None,
            body=mapping.get("body") or body or "ASCP", certified_on=day("certified_on"), expires_on=day("expires_on"),
            cycle_start=day("cycle_start"), extended_until=day("extended_until"),
            voluntary=bool(mapping.get("voluntary", False)))

    def end(self, on: date) -> date | None:
        """Return the last day, which an extension moves.

        A voluntary participant whose end has passed is treated as one without an end date.
        """
        end = self.extended_until or self.expires_on
        if end is not None and self.voluntary and on > end:
            return None
        return end


def former_code_is_late(credential: Credential, rules: Rules) -> bool:
    """Return whether it was certified after the last day of its former code."""
    last = rules.former_code_last.get((credential.given_code or "", credential.body))
    return last is not None and credential.certified_on is not None and credential.certified_on > last


def takes_part(credential: Credential) -> bool:
    """Return False only for a credential without an end date whose holder does not take part."""
    return credential.voluntary or credential.expires_on is not None


def standing_of(credential: Credential, on: date) -> str:
    """Return the standing; inactive is the time from the expiry to the last day of an extension."""
    end = credential.end(on)
    if end is None or credential.expires_on is None:
        return "no_end_date"
    if on > end:
        return "expired"
    return "inactive" if on > credential.expires_on else "current"


@dataclass(frozen=True)
class Cycle:
    """The days on which an activity counts."""

    start: date
    end: date
    month_before: tuple[int, int] | None
    """The month in which the previous cycle ended, if it is in doubt: no `cycle_start`, and not the first cycle."""
    other: Cycle | None = None
    """The second reading of an end that is not the last day of its month."""

    def by_itself(self, day: date, on: date) -> str:
        """Return how this reading alone classifies a day: in, doubtful, or out."""
        if day > on or day > self.end:
            return OUT
        if day >= self.start:
            return IN
        return DOUBTFUL if month_of(day) == self.month_before else OUT

    def says(self, day: date, on: date) -> str:
        """Return how both readings classify a day; one that counts in only one reading is at the end of a month."""
        readings = {cycle.by_itself(day, on) for cycle in (self, self.other or self)}
        if readings == {IN}:
            return IN
        if IN in readings:
            return AT_MONTH_END
        return DOUBTFUL if DOUBTFUL in readings else OUT


IN, OUT, DOUBTFUL, AT_MONTH_END = "in", "out", "doubtful", "at the end of a month"
"""The classes of a day."""


def cycle_of(credential: Credential, on: date, rules: Rules) -> Cycle:
    """Return the cycle as written and, where the edition reads ends as months, also the cycle by month.

    Both readings agree where `cycle_start` or a first cycle gives the start.  The end, and whether it has passed, go by
    the day as written: a later day is either after `on`, or inside an extension, which gives the end.
    """
    written = cycle_as_written(credential, on)
    expires = credential.expires_on
    if not rules.month_end or written.month_before is None or expires is None or is_month_end(expires):
        return written
    start, end = three_years_that_end_on(month_end_of(expires))
    by_month = Cycle(start, credential.extended_until or end, month_of(start - ONE_DAY))
    return replace(written, other=by_month)


def cycle_as_written(credential: Credential, on: date) -> Cycle:
    """Return three years that end with the credential, or on the day of decision if it has expired or has no end.

    It starts on `cycle_start`; else, in a first cycle (certified in the month three years before the month of expiry),
    with the certification; else three years before the day after expiry.  An extension moves the end but not the start.
    """
    end = credential.end(on)
    if end is None or on > end or credential.expires_on is None:
        start, end = three_years_that_end_on(on)
        return Cycle(start, end, None)
    if credential.cycle_start is not None:
        return Cycle(credential.cycle_start, end, None)
    certified, expires = credential.certified_on, credential.expires_on
    if certified is not None and month_of(certified) == month_of(add_months(expires, -36)):
        return Cycle(certified, end, None)
    start, _ = three_years_that_end_on(expires)
    return Cycle(start, end, month_of(start - ONE_DAY))


def declaration_of(credential: Credential, on: date) -> dict[str, str] | None:
    """Return the window: from 90 days before the last day, advised up to and including 30 days before."""
    last = credential.end(on)
    if last is None:
        return None
    opens, advised = last - timedelta(days=90), last - timedelta(days=30)
    if on > last:
        status = "expired"
    elif on > advised:
        status = "late"
    elif on >= opens:
        status = "open"
    else:
        status = "not_open"
    return {"opens_on": opens.isoformat(), "advised_by": advised.isoformat(), "last_day": last.isoformat(),
            "status": status}
