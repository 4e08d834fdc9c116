"""The needs of an event: those shown by days or a decision, and those that need the caller's evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import attrs

from cmprules._facts.records import Credential
from cmprules._kit.calendar import ONE_DAY
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import end_of, standing_of
from cmprules._rules.results import CredentialDecision
from cmprules._words.declarations import Condition, Event
from cmprules._words.enums import Outcome, Standing

_SATURDAY = 5


@attrs.frozen(kw_only=True)
class Facts:
    """What an event is judged by: the credential, the day, and what the caller knows."""

    credential: Credential
    on: date
    book: PolicyBook
    decision: CredentialDecision | None
    first_sent_on: date | None

    @property
    def end(self) -> date | None:
        """The last day on which a declaration is in time; None if there is no deadline."""
        without_end = standing_of(self.credential, self.on) is Standing.NO_END_DATE
        return None if without_end else end_of(self.credential)


@attrs.frozen(kw_only=True)
class Judged:
    """What is known about one need without the caller's evidence.

    Attributes:
        so: whether it is met; None if neither a day nor a decision settles it.
        how: what settled it: `decision` or `days`.
        path: the argument that settled it.
        value: the value of that argument.
        expected: what would have shown the need.
    """

    so: bool | None
    how: str = "days"
    path: str = ""
    value: object = None
    expected: str = ""


_UNKNOWN = Judged(so=None)
_NO_END = Judged(so=False, path="$.life.credential", expected="a credential with an end date, before which to declare")


def judge_need(need: Condition, facts: Facts) -> Judged:
    """Judge one need by what is known; most needs can only be asserted."""
    judge = _JUDGES.get(need)
    return _UNKNOWN if judge is None else judge(facts)


def _requirements_met(facts: Facts) -> Judged:
    """The decision on that day says MET; if it needs review, the caller must have settled the question."""
    if facts.decision is None or facts.decision.outcome is Outcome.NEEDS_REVIEW:
        return _UNKNOWN
    return Judged(so=facts.decision.outcome is Outcome.MET, how="decision", path="$.decision",
                  value=str(facts.decision.outcome), expected="a decision whose outcome is MET")


def _window_open(facts: Facts) -> Judged:
    """The window opens some days before the end date; without an end date there is no window."""
    if facts.end is None:
        return _NO_END
    opens_on = facts.end - timedelta(days=facts.book.number("opens_days_before_end"))
    return Judged(so=opens_on <= facts.on, path="$.on", value=facts.on,
                  expected=f"{opens_on} or later, when the window opens")


def _before_expiry(facts: Facts) -> Judged:
    """The end date itself is the last day (our reading)."""
    if facts.end is None:
        return _NO_END
    return Judged(so=facts.on <= facts.end, path="$.on", value=facts.on,
                  expected=f"{facts.end} or earlier, the last day")


def _same_business_day(facts: Facts) -> Judged:
    """Both declarations are sent on the same day.

    Two different days are never the same business day.  It is not established to which business day a Saturday or a
    Sunday belongs, so the caller must know.  The Board's holidays are not established either, so every weekday counts
    as a business day.
    """
    first = facts.first_sent_on
    if first is None or (first == facts.on and facts.on.weekday() >= _SATURDAY):
        return _UNKNOWN
    return Judged(so=first == facts.on, path="$.first_sent_on", value=first,
                  expected=f"{facts.on}, the day of this declaration")


def _time_limited(facts: Facts) -> Judged:
    """The credential has an end date, and its holder must take part."""
    limited = facts.credential.expires_on is not None and not facts.credential.voluntary
    return Judged(so=limited, path="$.life.credential", value=facts.credential.id,
                  expected="a credential that expires")


_JUDGES: dict[Condition, Callable[[Facts], Judged]] = {
    Condition.REQUIREMENTS_MET: _requirements_met,
    Condition.WINDOW_OPEN: _window_open,
    Condition.BEFORE_EXPIRY: _before_expiry,
    Condition.SAME_BUSINESS_DAY: _same_business_day,
    Condition.TIME_LIMITED: _time_limited,
}


def _end_passes(facts: Facts) -> Judged:
    """The end date has passed on the day after it at the earliest."""
    end = end_of(facts.credential)
    so = end is not None and facts.on > end
    return Judged(so=so, path="$.on", value=facts.on, expected="a credential with an end" if end is None else
                  f"{end + ONE_DAY} or later, when the end has passed")


def _without_end(facts: Facts) -> Judged:
    """Without an end date there is no window to wait for; otherwise a voluntary participant declares within it."""
    return Judged(so=facts.end is None, path="$.on", value=facts.on,
                  expected="a voluntary participant without a future end date")


MEANING: dict[Event, Callable[[Facts], Judged]] = {
    Event.LET_END_PASS: _end_passes,
    Event.SUBMIT_VOLUNTARY: _without_end,
}
"""The conditions that two events imply by themselves, whatever else they need."""
