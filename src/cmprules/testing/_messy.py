"""Records as people have them: entered twice, taken again, certified, proposed, answered, with odd ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from cmprules._answers.decide import decide
from cmprules._facts.records import Activity, Credential, Record, Settled
from cmprules._kit.shapes import refuse_others
from cmprules._policy.book import PolicyBook
from cmprules._words.codes.questions import ABOUT_ACTIVITY, ABOUT_CREDENTIAL, ABOUT_RELATION
from cmprules.errors import Fault, InputError
from cmprules.testing._cases import Case
from cmprules.testing._policies import tables_of


def messy(found: st.SearchStrategy[Case], *, book: PolicyBook | None = None) -> st.SearchStrategy[Case]:
    """Draw cases whose records are as people have them.

    Activities are entered twice or taken again, some with sessions, certified amounts or proposed areas; some ends lie
    within their month; some questions are answered.  The outcomes need not be those of the cases that are changed.

    Args:
        found: the cases to change, from `cases`.
        book: the tables by which questions are asked, and then answered; if absent, the newest edition.

    Raises:
        InputError: `found` is no strategy, or `book` no book.

    >>> from hypothesis import given, settings
    >>> import cmprules
    >>> from cmprules.testing import Case, cases
    >>> @settings(max_examples=5)
    ... @given(messy(cases(codes=["PBT"])))
    ... def comes_back(case: Case) -> None:
    ...     assert cmprules.parse_record(cmprules.to_mapping(case.record)) == case.record
    >>> comes_back()
    >>> messy(cases(), book="2026.2")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
    ...
    """
    faults: list[Fault] = []
    refuse_others((found,), st.SearchStrategy, "$.found", faults)
    if faults:
        raise InputError(faults)
    tables = tables_of(book)
    return found.flatmap(lambda case: made_messy(case.record, tables.book, case.on).map(
        lambda record: Case(record, case.on)))


_ONE_IN_FOUR = st.integers(0, 3).map(lambda number: number == 3)
_DAYS_LATER = st.sampled_from((0, 0, 1, -1, 2, 30, 365))
_TITLES = st.sampled_from(("{}", "{} (webinar)", "  {}!", "[Live] {}", "{} (part 2)"))
_SESSIONS = st.sampled_from(("part 1", "part 2", "morning"))


@st.composite
def made_messy(draw: st.DrawFn, record: Record, book: PolicyBook, on: date) -> Record:
    """Change a record into what people enter; every change is drawn, and often none."""
    activities = [draw(_rewritten(activity)) for activity in record.activities]
    credentials = [draw(_with_odd_end(credential)) for credential in record.credentials]
    twins = draw(_twins(activities))
    found = attrs.evolve(record, credentials=credentials, activities=[*activities, *twins])
    return attrs.evolve(found, settled=draw(_answers(found, book, on)))


@st.composite
def _rewritten(draw: st.DrawFn, activity: Activity) -> Activity:
    """Name a session, let the certificate give all points to one area, or leave the areas proposed."""
    if draw(_ONE_IN_FOUR):
        activity = attrs.evolve(activity, session=draw(_SESSIONS))
    how = draw(st.sampled_from(("as it is", "as it is", "certified", "proposed"))) if activity.areas else "as it is"
    if how == "certified":
        return attrs.evolve(activity, areas=(), certified={activity.areas[0]: activity.amount})
    return attrs.evolve(activity, areas=(), proposed_areas=activity.areas) if how == "proposed" else activity


@st.composite
def _with_odd_end(draw: st.DrawFn, credential: Credential) -> Credential:
    """Move an end to the middle of its month, where nothing else of the credential lies behind it."""
    end = credential.expires_on
    if end is None or end.day <= 15 or credential.voluntary or not draw(_ONE_IN_FOUR):
        return credential
    middle = end.replace(day=15)
    given = (credential.certified_on, credential.cycle_start)
    if any(day is not None and day > middle for day in given):
        return credential
    return attrs.evolve(credential, expires_on=middle)


@st.composite
def _twins(draw: st.DrawFn, activities: Sequence[Activity]) -> list[Activity]:
    """Enter some activities again: the same, alike, or taken again."""
    dated = [activity for activity in activities if activity.completed_on is not None]
    count = draw(st.integers(0, 3)) if dated else 0
    return [draw(_twin(f"m{number}", draw(st.sampled_from(dated)))) for number in range(count)]


@st.composite
def _twin(draw: st.DrawFn, id: str, activity: Activity) -> Activity:
    """Enter one activity again."""
    day = (activity.completed_on or date.max) + timedelta(days=draw(_DAYS_LATER))
    provider = draw(st.sampled_from((activity.provider, activity.provider, None)))
    return attrs.evolve(activity, id=id, title=draw(_TITLES).format(activity.title), provider=provider,
                        completed_on=day)


@st.composite
def _answers(draw: st.DrawFn, record: Record, book: PolicyBook, on: date) -> list[Settled]:
    """Answer some of the questions that a decision asks."""
    known = {*ABOUT_ACTIVITY, *ABOUT_CREDENTIAL}
    needs = [need for decided in decide(record, book, on=on).credentials for need in decided.needs
             if need.code in known]
    chosen = {(need.code, need.subject): need for need in needs if draw(st.booleans())}
    return [Settled(code=need.code, subjects=[need.subject], answer=draw(st.sampled_from(("yes", "no"))),
                    others=(need.others or ()) if need.code in ABOUT_RELATION else ())
            for need in chosen.values()]
