"""The life of a declaration, driven by one table: which event may follow, and what each event needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import attrs

from cmprules._answers.answer import made_with, sources_of
from cmprules._answers.asked import Asked
from cmprules._answers.decision import Decision
from cmprules._facts.records import Credential
from cmprules._kit.shapes import BAD, Day, FrozenMap, MapOf, Maybe, Member, Text, read_part
from cmprules._policy.book import Citation, PolicyBook, TransitionRow
from cmprules._rules.counting import participates, standing_of
from cmprules._rules.results import CredentialDecision
from cmprules._words.declarations import Condition, Event, State
from cmprules._words.enums import Standing
from cmprules.declaring._needs import MEANING, Facts, Judged, judge_need
from cmprules.declaring._values import DeclarationLife, LawfulEvent, Shown, Step
from cmprules.declaring._words import NEEDED
from cmprules.errors import Fault, InputError

_UNDER_REVIEW = frozenset({State.SUBMITTED, State.SELECTED_FOR_AUDIT, State.PROOF_SENT, State.APPEALED})


def begin(credential: Credential, book: PolicyBook, *, on: date | str) -> DeclarationLife:
    """Begin the declaration of one credential.

    Args:
        credential: the credential to declare.
        book: the policy tables.
        on: the day on which it begins.

    Returns:
        A drafted declaration; for an expired credential, one that can only lead to reinstatement.

    Raises:
        InputError: an argument cannot be read, or the holder does not take part, so there is nothing to declare.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> str(begin(mls, book, on="2026-05-31").state), str(begin(mls, book, on="2026-06-01").state)
    ('drafted', 'expired')
    >>> begin(cmprules.Credential(id="mt", code="MT", certified_on="1998-05-20"), book, on="2026-03-10")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NOTHING_TO_DECLARE: got 'mt', expected a credential that takes part; it has no end date; set
      'voluntary' if its holder takes part
    """
    asked = Asked()
    asked.book(book)
    day = asked.day(on)
    if asked.of_class(credential, Credential, "$.credential") and not participates(credential):
        asked.refuse("$.credential", "NOTHING_TO_DECLARE", credential.id, "a credential that takes part",
                     "it has no end date; set 'voluntary' if its holder takes part")
    asked.settle()
    expired = standing_of(credential, day) is Standing.EXPIRED
    state = State.EXPIRED if expired else State.DRAFTED
    may_follow = _lawful(state, credential, book)
    return DeclarationLife(credential=credential, begun_on=day, begun_in=state, state=state, history=(),
                           may_follow=may_follow, **made_with(book, (event.citation for event in may_follow)))


def lawful_events(life: DeclarationLife, book: PolicyBook) -> tuple[LawfulEvent, ...]:
    """List the events that may happen to a declaration next, each with its rule, source and needs.

    Args:
        life: the declaration.
        book: the policy tables.

    Returns:
        The events in the order of the table; none for a declaration that is complete.

    Raises:
        InputError: `life` is not the life of a declaration.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> for one in lawful_events(begin(mls, book, on="2026-06-01"), book):
    ...     print(one.event, [str(need) for need in one.needs], one.citation.source)
    reinstate ['requirements_met', 'fee_paid', 'reinstatement_fee_paid'] ascp-qihc
    >>> lawful_events("mls", book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.life: WRONG_TYPE: got 'mls', expected a value of the class DeclarationLife; make one of it first
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(life, DeclarationLife, "$.life")
    asked.settle()
    return _lawful(life.state, life.credential, book)


def advance(
    life: DeclarationLife, event: Event | str, book: PolicyBook, *, on: date | str, decision: Decision | None = None,
    first_sent_on: date | str | None = None, evidence: Mapping[str, str] | None = None,
) -> DeclarationLife:
    """Advance a declaration by one step.

    The table of the edition says which events may follow, and what each needs.  A need is shown by the decision on that
    day (`requirements_met`), by days (`window_open`, `before_expiry`, `same_business_day`, `time_limited`), or by
    evidence that you name.  Evidence cannot override what a decision or a day shows.

    Args:
        life: the declaration so far.
        event: what happens.
        book: the policy tables.
        on: the day on which it happens; not earlier than the previous step.
        decision: the decision, made for that same day, on the record with the credential.
        first_sent_on: the day on which the first declaration was sent, for `submit_reduced`.
        evidence: needs that you can prove, each with its proof: `{"fee_paid": "receipt of 10 March"}`.

    Returns:
        The declaration after it, with one more step in its history.

    Raises:
        InputError: the event is not allowed now, a need is not shown, or an argument cannot be read; lists every
            reason, with codes such as `ILLEGAL_EVENT` and `NEED_NOT_SHOWN`.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> life = begin(mls, book, on="2026-02-01")
    >>> ready = advance(life, "complete", book, on="2026-03-01", evidence={"requirements_met": "alert in My Account"})
    >>> str(ready.state)
    'ready'
    >>> advance(ready, "submit", book, on="2026-03-01", evidence={"requirements_met": "alert in My Account"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.on: NEED_NOT_MET: got 2026-03-01, expected 2026-03-02 or later, when the window opens; 'submit' needs
      'window_open' (row submit: ascp-submit-declaration, passage on when to declare)
      $.evidence.fee_paid: NEED_NOT_SHOWN: got nothing, expected what shows that the application fee is paid; 'submit'
      needs it (row submit: ascp-submit-declaration, passage on when to declare)
    """
    asked = Asked()
    is_book = asked.book(book)
    day = asked.day(on)
    happens = asked.read(Member(Event), event, "$.event")
    sent = asked.read(Maybe(Day()), first_sent_on, "$.first_sent_on")
    named = _evidence(evidence, asked)
    if not asked.of_class(life, DeclarationLife, "$.life") or not is_book:
        if decision is not None:
            asked.of_class(decision, Decision, "$.decision")
        asked.settle()
    decided = _decided(decision, life, day, asked)
    if day is not BAD and day < life.last_day:
        asked.refuse("$.on", "OUT_OF_ORDER", day.isoformat(), f"{life.last_day} or later, the day of the previous step",
                     "give the events in the order in which they happened")
    row = None if happens is BAD else _row(life, happens, book, asked)
    if row is None or day is BAD or sent is BAD or named is BAD:
        raise InputError(asked.faults)
    facts = Facts(credential=life.credential, on=day, book=book, decision=decided, first_sent_on=sent)
    shown = _needs_shown(row, facts, named, asked)
    asked.settle()
    return _after(life, row, facts, shown)


def parse_life(mapping: Mapping[str, object]) -> DeclarationLife:
    """Read the life of a declaration from plain data, as `to_mapping` wrote it.

    Args:
        mapping: plain data, as from JSON.

    Returns:
        The same life; `advance` can continue it.

    Raises:
        InputError: with every fault, including a history whose steps do not connect.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> plain = cmprules.to_mapping(begin(mls, book, on="2026-03-10"))
    >>> parse_life(plain) == begin(mls, book, on="2026-03-10")
    True
    >>> parse_life({**plain, "state": "renewed"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.state: HISTORY_BROKEN: got 'renewed', expected 'drafted'; a life is made by 'begin' and 'advance'; do not write
      it by hand
    """
    faults: list[Fault] = []
    plain = mapping
    if isinstance(mapping, Mapping):
        plain = {key: value for key, value in mapping.items() if key != "schema"}
        if mapping.get("schema") != DeclarationLife.schema:
            faults.append(Fault(path="$.schema", code="WRONG_SCHEMA", value=mapping.get("schema"),
                                expected=f"'{DeclarationLife.schema}'", hint="this release reads that format alone"))
    life = read_part(DeclarationLife, plain, "$", faults)
    if faults:
        raise InputError(faults)
    return life


# ---------------------------------------------------------------------------------------------------------
# The table.


def _lawful(state: State, credential: Credential, book: PolicyBook) -> tuple[LawfulEvent, ...]:
    """List the rows that leave a state; rows for voluntary participants are left out for everyone else."""
    return tuple(
        LawfulEvent(event=Event(row.event), row=row.id, to_state=State(row.to),
                    needs=tuple(Condition(need) for need in row.needs), text=row.text, question=row.question,
                    citation=row.citation)
        for row in book.transitions
        if state in row.from_states and (row.event != Event.SUBMIT_VOLUNTARY or credential.voluntary)
    )


def _row(life: DeclarationLife, event: Event, book: PolicyBook, asked: Asked) -> TransitionRow | None:
    """Find the row of an event, or note which events may happen instead and where this one would be allowed."""
    lawful = _lawful(life.state, life.credential, book)
    if any(follower.event is event for follower in lawful):
        return next(row for row in book.transitions if row.event == event and life.state in row.from_states)
    may = ", ".join(follower.event for follower in lawful) or "nothing more: it is complete"
    asked.refuse("$.event", "ILLEGAL_EVENT", str(event), f"in the state '{life.state}': {may}", "; ".join(
        f"'{row.event}' happens to a declaration that is {' or '.join(row.from_states)} ({_stands(row)})"
        for row in book.transitions if row.event == event))
    return None


def _stands(row: TransitionRow) -> str:
    return f"row {row.id}: {row.citation.source}, {row.citation.pin}"


# ---------------------------------------------------------------------------------------------------------
# Its needs.


def _evidence(evidence: Mapping[str, str] | None, asked: Asked) -> FrozenMap:
    """Read the evidence: the names of needs, each with its proof."""
    before = len(asked.faults)
    read: FrozenMap = asked.read(MapOf(Text()), {} if evidence is None else evidence, "$.evidence")
    for need in read if read is not BAD else ():
        asked.read(Member(Condition), need, f"$.evidence.{need}")
    return read if len(asked.faults) == before else BAD


def _decided(decision: Decision | None, life: DeclarationLife, day: date, asked: Asked) -> CredentialDecision | None:
    """Take the part about the credential from a decision, if the decision was made for that day."""
    if decision is None or not asked.of_class(decision, Decision, "$.decision"):
        return None
    if day is not BAD and decision.on != day:
        asked.refuse("$.decision.on", "OTHER_DECISION", decision.on.isoformat(), f"{day}, the day of the event",
                     "decide the record on that day")
    found = next((credential for credential in decision.credentials if credential.id == life.credential.id), None)
    if found is None or (found.code, found.body) != (life.credential.code, life.credential.body):
        asked.refuse("$.decision.credentials", "OTHER_DECISION", [credential.id for credential in decision.credentials],
                     f"'{life.credential.id}', {life.credential.code}({life.credential.body})",
                     "decide the record that holds this credential")
    return found


def _needs_shown(
    row: TransitionRow, facts: Facts, evidence: Mapping[str, str], asked: Asked
) -> tuple[Shown, ...]:
    """Check that every need is shown, and note each one that is not."""
    needs = tuple(Condition(need) for need in row.needs)
    for name in evidence:
        if name not in needs:
            asked.refuse(f"$.evidence.{name}", "NOT_NEEDED", evidence[name],
                         f"evidence of {', '.join(needs) or 'nothing'}", "leave it out")
    means = MEANING.get(Event(row.event))
    if means is not None and not (judged := means(facts)).so:
        _refuse(judged, f"'{row.event}' cannot happen otherwise ({_stands(row)})", asked)
    return tuple(shown for need in needs for shown in _shown(need, row, facts, evidence, asked))


def _shown(
    need: Condition, row: TransitionRow, facts: Facts, evidence: Mapping[str, str], asked: Asked
) -> Iterator[Shown]:
    """Return how one need was shown, or None."""
    judged = judge_need(need, facts)
    if judged.so is False:
        _refuse(judged, f"'{row.event}' needs '{need}' ({_stands(row)})", asked)
    elif judged.so:
        yield Shown(need=need, how=judged.how, evidence=evidence.get(need))
    elif need in evidence:
        yield Shown(need=need, how="asserted", evidence=evidence[need])
    else:
        asked.refuse(f"$.evidence.{need}", "NEED_NOT_SHOWN", None, f"what shows that {NEEDED[need]}",
                     f"'{row.event}' needs it ({_stands(row)})")


def _refuse(judged: Judged, hint: str, asked: Asked) -> None:
    asked.refuse(judged.path, "NEED_NOT_MET", judged.value, judged.expected, hint)


# ---------------------------------------------------------------------------------------------------------
# The step.


def _after(life: DeclarationLife, row: TransitionRow, facts: Facts, shown: tuple[Shown, ...]) -> DeclarationLife:
    """Add a step to a life."""
    step = Step(event=Event(row.event), on=facts.on, from_state=life.state, to_state=State(row.to), row=row.id,
                shown=shown, questions=tuple(_questions(row, life.state, facts)), citation=row.citation,
                edition=facts.book.edition)
    may_follow = _lawful(step.to_state, life.credential, facts.book)
    history = (*life.history, step)
    return attrs.evolve(life, state=step.to_state, history=history, may_follow=may_follow,
                        edition=facts.book.edition, edition_sha256=facts.book.sha256,
                        sources=_sources(history, may_follow, life, facts.book))


def _questions(row: TransitionRow, state: State, facts: Facts) -> Iterator[str]:
    """List the open questions of a step: the row's own, and whether a review may continue after the end date."""
    if row.question is not None:
        yield row.question
    if state in _UNDER_REVIEW and facts.end is not None and facts.on > facts.end:
        question = facts.book.statements["declaration/in_review_at_end"].question
        if question is not None:
            yield question


def _sources(
    history: tuple[Step, ...], may_follow: tuple[LawfulEvent, ...], life: DeclarationLife, book: PolicyBook
) -> FrozenMap:
    """Collect the sources of all steps; sources of an earlier edition stay as that edition had them."""
    cited: list[Citation] = [*(step.citation for step in history), *(step.citation for step in may_follow)]
    known = {citation.source for citation in cited}
    kept = {name: source for name, source in life.sources.items() if name in known and name not in book.sources}
    return FrozenMap({**kept, **sources_of((citation for citation in cited if citation.source not in kept), book)})
