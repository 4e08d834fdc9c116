"""The values of a tracking, named like the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, NoReturn

import attrs

from cmprules._answers.answer import Answer
from cmprules._answers.decision import Decision
from cmprules._facts.records import Record
from cmprules._kit.held import ById
from cmprules._kit.shapes import Checked, Count, Day, Maybe, wire
from cmprules._policy.book import Citation
from cmprules._words.enums import Outcome, Standing


@attrs.frozen(kw_only=True)
class Credit(Checked):
    """How one activity came into the record, and what it lacks.

    Attributes:
        activity: its id.
        automatic: whether it arrived automatically: from ASCP, or sent by the provider.
        missing: the fields that a self-recorded credit needs and this one lacks, named as in the record.
        missing_for_audit: further fields that its proof in an audit needs.
    """

    activity: str
    automatic: bool
    missing: tuple[str, ...]
    missing_for_audit: tuple[str, ...]


@attrs.frozen(kw_only=True)
class WaitingCredit(Checked):
    """Points of an activity that count but are not in the holder's own placement.

    Attributes:
        activity: its id.
        points: the number of points waiting, without those beyond a cap.
        areas: the areas that the holder's own placement leaves short and that the points may serve.
    """

    activity: str
    points: Decimal
    areas: tuple[str, ...]


@attrs.frozen(kw_only=True)
class AreaProgress(Checked):
    """One area: what it needs, what the decision applies to it, and what the holder placed there.

    Attributes:
        placed_by_holder: points of activities that count, as the holder placed them.
    """

    area: str
    needed: Decimal
    applied: Decimal
    short: Decimal
    placed_by_holder: Decimal


@attrs.frozen(kw_only=True)
class NextStep(Checked):
    """Something to do: a public code and its subjects.

    Attributes:
        code: stable and public, such as `PLACE_CREDITS`; the reference has a table of them.
        message: the step in words, which may change between releases.
        subjects: the activities, the areas or the credential that it is about.
        points: the number of points, if the step is about points.
        day: the day by which, or from which, to do it.
        citations: the sources of the rule.
    """

    code: str
    message: str
    subjects: tuple[str, ...] = ()
    points: Decimal | None = None
    day: date | None = attrs.field(default=None, metadata=wire(Maybe(Day(bounded=False))))
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True)
class CredentialTracking(Checked):
    """The progress of one credential.

    Attributes:
        id: its id in the record; the decision's answer to it is `tracking.decision[id]`.
        window: the position of the day in the declaration window: `not_open`, `open`, `late` or `expired`.
        days_left: days until the last day, on which it is 0; None without an end date, or after it.
        needed: the points that the table asks for; None, like the other figures, if no table is established.
        applied: the points that the decision places.
        short: the points that are missing.
        areas: the same for each area, the pool last.
        waiting: points that count but are not placed by the holder, in the order of the record.
        ready_to_declare: met, placed, and inside the window.
        message: the next step in words, which may change between releases, and whether it is time to declare.
        next_step: the first thing to do.
        further_steps: the other steps, in order.
    """

    id: str
    code: str
    body: str
    outcome: Outcome
    standing: Standing
    window: str | None
    days_left: int | None
    needed: Decimal | None
    applied: Decimal | None
    short: Decimal | None
    areas: tuple[AreaProgress, ...] | None
    waiting: tuple[WaitingCredit, ...] | None
    ready_to_declare: bool
    message: str
    next_step: NextStep
    further_steps: tuple[NextStep, ...]

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # a truth value would be ambiguous
        """Refuse: `if tracking["mls"]:` has no clear meaning."""
        _no_truth()


@attrs.frozen(kw_only=True, repr=False)
class Tracking(ById[CredentialTracking], Answer):
    """The progress of a holder on a day, and what to do next.

    Attributes:
        on: the day.
        credentials: one answer for each credential, in the order of the record; also by id: `tracking["mls"]`.
        credits: how each activity came into the record, and what it lacks.
        citations: the sources of the rules on credits and their required fields.
        decision: the decision behind it.
        record: the tracked record.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> tracking = cmprules.track(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> tracking["pbt"].days_left
    82
    >>> bool(tracking)
    Traceback (most recent call last):
    ...
    TypeError: a tracking has no truth value; ask for .next_step or .ready_to_declare of a credential
    """

    schema: ClassVar[str] = "cmprules.tracking/1"
    called: ClassVar[str] = "tracking"

    on: date
    credentials: tuple[CredentialTracking, ...]
    credits: tuple[Credit, ...]
    citations: tuple[Citation, ...] = attrs.field(repr=False)
    decision: Decision = attrs.field(repr=False)
    record: Record = attrs.field(repr=False)

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # a truth value would be ambiguous
        """Refuse: `if track(...):` has no clear meaning."""
        _no_truth()


@attrs.frozen(kw_only=True)
class Change(Checked):
    """One thing that differs between two trackings.

    Attributes:
        code: stable and public, such as `OUTCOME_CHANGED`; the reference has a table of them.
        subject: the id of the credential or activity that it is about, or `record`.
        where: the area, the activity or the field, if the subject does not say it all.
        before: the value in the earlier tracking; None if it has none.
        after: the value in the later tracking.
    """

    code: str
    subject: str
    where: str | None
    before: str | None
    after: str | None


@attrs.frozen(kw_only=True, repr=False)
class Changes(Answer):
    """What differs between two trackings of one holder; false if nothing does.

    Attributes:
        before_on: the day of the earlier tracking.
        after_on: the day of the later one.
        days: the days between the two, which are not a change.
        changes: everything that differs.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> before, after = (cmprules.track(record, book, on=day) for day in ("2026-03-01", "2026-03-10"))
    >>> [(one.code, one.before, one.after) for one in cmprules.changes(before, after).changes]
    [('WINDOW_CHANGED', 'not_open', 'open')]
    >>> cmprules.changes(before, "later")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.after: WRONG_TYPE: got 'later', expected a value of the class Tracking; make one of it first
    """

    schema: ClassVar[str] = "cmprules.changes/1"
    called: ClassVar[str] = "tracking"

    before_on: date
    after_on: date
    days: int = attrs.field(metadata=wire(Count(signed=True)))
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)


def _no_truth() -> NoReturn:
    raise TypeError("a tracking has no truth value; ask for .next_step or .ready_to_declare of a credential")
