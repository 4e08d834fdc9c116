"""`track`: the progress of each credential of a record, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cmprules._answers.answer import made_with
from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._answers.ground import ground_with_tables
from cmprules._facts.records import Placement, Record
from cmprules._policy.book import PolicyBook
from cmprules._rules.entries import Entries, entries
from cmprules._rules.results import CredentialDecision
from cmprules._words.codes.progress import READY_TO_DECLARE
from cmprules._words.enums import Grade
from cmprules.tracking._credits import AUDIT_FIELDS, REQUIRED_FIELDS, credit_of, own_placement
from cmprules.tracking._steps import READY, Situation, steps_of
from cmprules.tracking._values import CredentialTracking, Credit, Tracking

_RULES_ON_CREDITS = ("declaration/automatic_credits", "declaration/self_recorded", REQUIRED_FIELDS, AUDIT_FIELDS)


def track(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED) -> Tracking:
    """Return the progress of a holder on a day, and what to do next.

    For each credential: its days left, the points that it needs and that the decision applies, the credits that the
    holder has not placed yet, and one next step.  For each activity: whether it arrived automatically, and what a
    self-recorded one lacks.  A holder is ready to declare only if the outcome is `MET`, the window is open, and the
    holder's own placement fills every area, because a declaration includes only placed credits.

    Args:
        record: the record of the person.
        book: the policy tables, from `load_book`.
        on: the day; activities after it do not count.
        trust: the weakest grade of figures to accept, as in `decide`.

    Returns:
        The tracking, which includes its decision.

    Raises:
        InputError: `on` or `trust` cannot be read.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> pbt = cmprules.track(record, book, on=date(2026, 3, 10))["pbt"]
    >>> pbt.next_step.code, pbt.next_step.message, pbt.ready_to_declare
    ('PLACE_CREDITS', 'Place 9 points that already count.', False)
    >>> cmprules.track(record, book, on="soon")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NOT_A_DATE: got 'soon', expected a day such as 2026-05-31; write the day as YYYY-MM-DD
    """
    decision = decide(record, book, on=on, trust=trust)
    listed = entries(record.activities, book.counting, record.settled)
    came_in = tuple(credit_of(activity, book) for activity in record.activities)
    credentials = tuple(_track_one(decided, decision, record, listed, came_in, book)
                        for decided in decision.credentials)
    cited = [citation for credential in credentials for step in (credential.next_step, *credential.further_steps)
             for citation in step.citations]
    rules = tuple(book.cite(rule) for rule in _RULES_ON_CREDITS)
    return Tracking(on=decision.on, credentials=credentials, credits=came_in, citations=rules, decision=decision,
                    record=record, **made_with(book, [*cited, *rules]))


def _track_one(
    decided: CredentialDecision, decision: Decision, record: Record, listed: Entries,
    credits: tuple[Credit, ...], book: PolicyBook,
) -> CredentialTracking:
    """Return the progress of one credential."""
    own = own_placement(_placements(decided, decision, record, listed, book), decided, listed.listed, book)
    situation = Situation(decided=decided, credits=credits, own=own, book=book)
    next_step, *further = steps_of(situation)
    ready = next_step.code in READY
    total = decided.total
    return CredentialTracking(
        id=decided.id, code=decided.code, body=decided.body, outcome=decided.outcome, standing=decided.standing,
        window=situation.window, days_left=_days_left(decided, decision.on),
        needed=None if total is None else total.required, applied=None if total is None else total.placed,
        short=None if total is None else total.short,
        areas=None if own is None else own.areas, waiting=None if own is None else own.waiting,
        ready_to_declare=ready, message=f"{READY_TO_DECLARE} {next_step.message}" if ready else next_step.message,
        next_step=next_step, further_steps=tuple(further),
    )


def _placements(
    decided: CredentialDecision, decision: Decision, record: Record, listed: Entries, book: PolicyBook
) -> Sequence[Placement]:
    """Return the holder's own placements; entries that count as one share the entry under which they are shown."""
    credential = next(candidate for candidate in record.credentials if candidate.id == decided.id)
    if listed.kin is None or not record.placements:
        return record.placements
    ground = ground_with_tables(credential, listed, book, on=decision.on, trust=decision.stamp.trust)
    return record.placements if ground is None else ground.as_shown(record.placements)


def _days_left(decided: CredentialDecision, on: date) -> int | None:
    """Count the days until the last day, on which none are left; None after it has passed."""
    if decided.declaration is None or decided.declaration.last_day < on:
        return None
    return (decided.declaration.last_day - on).days
