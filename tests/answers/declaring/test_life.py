"""The life of a declaration: both sides of every day, the needs of each event, and refusals."""

from __future__ import annotations

import json
import pickle
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._policy import rows as tables
from cmprules.declaring import Condition, DeclarationLife, Event, State, advance, begin, lawful_events, parse_life
from tests.answers.declaring import codes_of, day, evidence_of, met_record, path_codes, walk, without

ROOT = Path(__file__).resolve().parents[3]
TABLE: dict[str, Any] = tomllib.loads(
    (ROOT / "src" / "cmprules" / "data" / "2026.1" / "declaration.toml").read_text(encoding="utf-8"))
PBT = met_record().credentials[0]
SENT = ("requirements_met", "fee_paid")


@pytest.fixture(name="ready")
def _ready(book: cmprules.PolicyBook) -> DeclarationLife:
    """Make a declaration that is ready to be sent, long before its window."""
    return walk(begin(PBT, book, on=day("2025-06-01")), book, ("complete", "2025-06-01"))


# ---------------------------------------------------------------------------------------------------------
# The words and the table.


def test_the_words_are_those_of_the_table() -> None:
    """The states, events and needs are exactly those of the tables."""
    assert tuple(State) == tables.STATES
    assert tuple(Event) == tables.EVENTS
    assert tuple(Condition) == tables.NEEDS


def test_no_state_has_two_rows_for_one_event() -> None:
    """In each state an event leads to one next state."""
    pairs = [(state, row["event"]) for row in TABLE["row"] for state in row["from"]]

    assert len(pairs) == len({*pairs})


@pytest.mark.parametrize("state", State)
def test_what_may_follow_is_what_the_table_has(state: State, book: cmprules.PolicyBook) -> None:
    """Each event has its rule, needs, source and open question, as in the rows of the file."""
    volunteer = cmprules.Credential(id="v", code="MLS", voluntary=True, certified_on="2001-05-20")
    life = attrs.evolve(begin(volunteer, book, on=day("2026-03-10")), begun_in=state, state=state)
    rows = [row for row in TABLE["row"] if state in row["from"]]
    found = lawful_events(life, book)

    assert [one.row for one in found] == [row["id"] for row in rows]
    assert [one.event for one in found] == [row["event"] for row in rows]
    assert [one.to_state for one in found] == [row["to"] for row in rows]
    assert [list(one.needs) for one in found] == [row.get("needs", []) for row in rows]
    assert [one.text for one in found] == [row["text"] for row in rows]
    assert [one.question for one in found] == [row.get("question") for row in rows]
    assert [(one.citation.source, one.citation.pin, one.citation.grade) for one in found] == [
        (row["source"], row["pin"], row["grade"]) for row in rows]


def test_what_is_for_volunteers_is_not_offered_to_others(
    ready: DeclarationLife, book: cmprules.PolicyBook
) -> None:
    """A holder who must take part cannot bypass the window."""
    assert "submit_voluntary" not in [one.event for one in lawful_events(ready, book)]
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "submit_voluntary", book, on=day("2025-06-02"), evidence=evidence_of(*SENT))
    assert codes_of(refused) == ["ILLEGAL_EVENT"]


# ---------------------------------------------------------------------------------------------------------
# How it begins.


@pytest.mark.parametrize(("on", "state"), [("2026-05-30", "drafted"), ("2026-05-31", "drafted"),
                                           ("2026-06-01", "expired")])
def test_a_declaration_begins_as_a_draft_until_the_last_day(on: str, state: str, book: cmprules.PolicyBook) -> None:
    """After the end the credential can only be reinstated."""
    life = begin(PBT, book, on=day(on))

    assert (life.state, life.begun_in, life.history) == (state, state, ())
    assert life.last_day == day(on)


@pytest.mark.parametrize(("on", "state"), [("2026-11-30", "drafted"), ("2026-12-01", "expired")])
def test_an_extension_moves_the_end(on: str, state: str, book: cmprules.PolicyBook) -> None:
    """During an extension the credential is inactive, not expired."""
    inactive = attrs.evolve(PBT, extended_until=day("2026-11-30"))

    assert begin(inactive, book, on=day(on)).state == state


def test_a_credential_that_nobody_declares_is_refused(book: cmprules.PolicyBook) -> None:
    """An old credential whose holder does not take part has no declaration; other faults are listed too."""
    old = cmprules.Credential(id="mt", code="MT", certified_on="1998-05-20")

    with pytest.raises(cmprules.InputError) as refused:
        begin(old, book, on="soon")
    assert path_codes(refused) == [("$.on", "NOT_A_DATE"), ("$.credential", "NOTHING_TO_DECLARE")]
    with pytest.raises(cmprules.InputError) as refused:
        begin("mt", book, on=day("2026-03-10"))  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.credential", "WRONG_TYPE")]


# ---------------------------------------------------------------------------------------------------------
# Days: both sides of each.

# end, the day on which the window opens (90 days before)
WINDOWS = [
    ("2026-05-31", "2026-03-02"),
    ("2025-12-31", "2025-10-02"),
    ("2024-02-29", "2023-12-01"),
    ("2025-02-28", "2024-11-30"),
    ("2024-05-29", "2024-02-29"),
    ("2026-03-31", "2025-12-31"),
]


@pytest.mark.parametrize(("end", "opens"), WINDOWS)
def test_the_window_opens_ninety_days_before_the_end(end: str, opens: str, book: cmprules.PolicyBook) -> None:
    """It is closed the day before, and open on the day itself."""
    credential = attrs.evolve(PBT, expires_on=day(end))
    ready = walk(begin(credential, book, on=day("2023-07-01")), book, ("complete", "2023-07-01"))

    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "submit", book, on=day(opens) - timedelta(days=1), evidence=evidence_of(*SENT))
    assert path_codes(refused) == [("$.on", "NEED_NOT_MET")]
    assert f"{opens} or later" in str(refused.value)
    assert advance(ready, "submit", book, on=day(opens), evidence=evidence_of(*SENT)).state == "submitted"


@pytest.mark.parametrize("end", ["2025-12-31", "2024-02-29", "2025-02-28", "2026-04-30"])
@pytest.mark.parametrize("event", ["submit", "submit_reduced", "submit_early"])
def test_the_end_itself_is_the_last_day(event: str, end: str, book: cmprules.PolicyBook) -> None:
    """December 31 is in time, and January 1 is not."""
    credential = attrs.evolve(PBT, expires_on=day(end))
    ready = walk(begin(credential, book, on=day("2023-07-01")), book, ("complete", "2023-07-01"))
    after = day(end) + timedelta(days=1)
    asked = {need for one in ready.may_follow if one.event == event for need in one.needs}
    evidence = evidence_of(*asked - {"window_open", "before_expiry"})

    assert advance(ready, event, book, on=day(end), evidence=evidence).state == "submitted"
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, event, book, on=after, evidence=evidence)
    assert path_codes(refused) == [("$.on", "NEED_NOT_MET")]
    assert f"{end} or earlier" in str(refused.value)


@pytest.mark.parametrize(("end", "refused_on", "on"), [
    ("2025-12-31", "2025-12-31", "2026-01-01"), ("2024-02-29", "2024-02-29", "2024-03-01"),
    ("2025-02-28", "2025-02-28", "2025-03-01")])
def test_the_end_passes_on_the_day_after_it(end: str, refused_on: str, on: str, book: cmprules.PolicyBook) -> None:
    """A draft expires on the day after the end, never on the end itself."""
    draft = begin(attrs.evolve(PBT, expires_on=day(end)), book, on=day("2023-07-01"))

    with pytest.raises(cmprules.InputError) as refused:
        advance(draft, "let_end_pass", book, on=day(refused_on))
    assert path_codes(refused) == [("$.on", "NEED_NOT_MET")]
    expired = advance(draft, "let_end_pass", book, on=day(on))
    assert expired.state == "expired"
    assert [(one.need, one.how) for one in expired.history[0].shown] == [("time_limited", "days")]


def test_no_window_and_no_end_where_there_is_no_end(book: cmprules.PolicyBook) -> None:
    """A voluntary participant without an end may declare at any time, and cannot expire."""
    volunteer = cmprules.Credential(id="v", code="MLS", voluntary=True, certified_on="2001-05-20")
    ready = walk(begin(volunteer, book, on=day("2026-03-10")), book, ("complete", "2026-03-10"))

    for event in ("submit", "submit_early"):
        asked = {need for one in ready.may_follow if one.event == event for need in one.needs}
        with pytest.raises(cmprules.InputError) as refused:
            advance(ready, event, book, on=day("2026-03-11"),
                    evidence=evidence_of(*asked - {"window_open", "before_expiry"}))
        assert {*path_codes(refused)} == {("$.life.credential", "NEED_NOT_MET")}
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "let_end_pass", book, on=day("2036-03-11"))
    assert path_codes(refused) == [("$.on", "NEED_NOT_MET"), ("$.life.credential", "NEED_NOT_MET")]
    sent = advance(ready, "submit_voluntary", book, on=day("2026-03-11"), evidence=evidence_of(*SENT))
    assert sent.state == "submitted"


@pytest.mark.parametrize(("voluntary", "end", "passes"), [
    (False, "2026-05-31", True), (True, "2026-05-31", False), (True, None, False),
])
def test_only_a_credential_that_expires_has_an_end_that_passes(
    voluntary: bool, end: str | None, passes: bool, book: cmprules.PolicyBook
) -> None:
    """A voluntary participant's credential never expires, with or without an end, so its end never passes."""
    held = cmprules.Credential(id="v", code="MLS", voluntary=voluntary, certified_on="2001-05-20", expires_on=end)
    life = begin(held, book, on=day("2026-01-01"))
    if passes:
        assert advance(life, "let_end_pass", book, on=day("2026-06-01")).state == "expired"
        return
    with pytest.raises(cmprules.InputError) as refused:
        advance(life, "let_end_pass", book, on=day("2026-06-01"))
    assert "$.life.credential" in [fault.path for fault in refused.value.faults]


@pytest.mark.parametrize(("on", "lawful"), [("2026-05-31", False), ("2026-06-01", True)])
def test_a_volunteer_with_an_end_ahead_declares_in_the_window(
    on: str, lawful: bool, book: cmprules.PolicyBook
) -> None:
    """After the window it is a credential without an end again, and has no window."""
    volunteer = cmprules.Credential(id="v", code="MLS", voluntary=True, certified_on="2001-05-20",
                                    expires_on="2026-05-31")
    ready = walk(begin(volunteer, book, on=day("2026-03-10")), book, ("complete", "2026-03-10"))

    if lawful:
        assert advance(ready, "submit_voluntary", book, on=day(on), evidence=evidence_of(*SENT)).state == "submitted"
    else:
        with pytest.raises(cmprules.InputError) as refused:
            advance(ready, "submit_voluntary", book, on=day(on), evidence=evidence_of(*SENT))
        assert path_codes(refused) == [("$.on", "NEED_NOT_MET")]


# 2026-05-15 is a Friday
@pytest.mark.parametrize(("first", "on", "codes"), [
    ("2026-05-15", "2026-05-15", []),
    ("2026-05-14", "2026-05-15", ["NEED_NOT_MET"]),
    ("2026-05-15", "2026-05-18", ["NEED_NOT_MET"]),
    ("2026-05-16", "2026-05-17", ["NEED_NOT_MET"]),
    ("2026-05-16", "2026-05-16", ["NEED_NOT_SHOWN"]),
    ("2026-05-17", "2026-05-17", ["NEED_NOT_SHOWN"]),
    ("2026-05-18", "2026-05-18", []),
    (None, "2026-05-15", ["NEED_NOT_SHOWN"]),
])
def test_the_reduced_fee_wants_the_same_business_day(
    first: str | None, on: str, codes: list[str], ready: DeclarationLife, book: cmprules.PolicyBook
) -> None:
    """The same weekday proves it, another day never does, and on a weekend the caller must settle it."""
    def send(**more: str) -> DeclarationLife:
        return advance(ready, "submit_reduced", book, on=day(on), first_sent_on=None if first is None else day(first),
                       evidence={**evidence_of(*SENT), **more})

    if codes:
        with pytest.raises(cmprules.InputError) as refused:
            send()
        assert codes_of(refused) == codes
    if "NEED_NOT_MET" in codes:
        with pytest.raises(cmprules.InputError):
            send(same_business_day="they said so")
    else:
        shown = {one.need: one.how for one in send(same_business_day="they said so").history[-1].shown}
        assert shown[Condition.SAME_BUSINESS_DAY] == ("asserted" if codes else "days")


def test_events_go_forward_in_time(ready: DeclarationLife, book: cmprules.PolicyBook) -> None:
    """The same day is allowed, the day before the last step is not; other faults are listed too."""
    assert walk(ready, book, ("edit", "2025-06-01")).state == "drafted"
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "submit", book, on=day("2025-05-31"))
    assert path_codes(refused) == [
        ("$.on", "OUT_OF_ORDER"), ("$.evidence.requirements_met", "NEED_NOT_SHOWN"), ("$.on", "NEED_NOT_MET"),
        ("$.evidence.fee_paid", "NEED_NOT_SHOWN")]


# ---------------------------------------------------------------------------------------------------------
# Decisions and evidence.


def test_a_decision_shows_that_the_requirements_are_met(book: cmprules.PolicyBook) -> None:
    """It must be the decision of that day on the record that holds the credential."""
    record, on = met_record(), day("2026-03-02")
    life = advance(begin(PBT, book, on=on), "complete", book, on=on, decision=cmprules.decide(record, book, on=on))

    assert [(one.need, one.how, one.evidence) for one in life.history[0].shown] == [
        ("requirements_met", "decision", None)]


def test_evidence_cannot_stand_against_a_decision(book: cmprules.PolicyBook) -> None:
    """Where the decision says no, the caller's word does not help."""
    record, on = without(met_record(), "ethics"), day("2026-03-02")
    with pytest.raises(cmprules.InputError) as refused:
        advance(begin(PBT, book, on=on), "complete", book, on=on, decision=cmprules.decide(record, book, on=on),
                evidence=evidence_of("requirements_met"))
    assert path_codes(refused) == [("$.decision", "NEED_NOT_MET")]
    assert "got 'NOT_MET'" in str(refused.value)


def test_a_decision_that_needs_review_leaves_it_to_the_caller(book: cmprules.PolicyBook) -> None:
    """Where nothing is established, the alert in My Account may be named as evidence; without it nothing is shown."""
    mla = cmprules.Credential(id="mla", code="MLA", expires_on="2026-05-31")
    record, on = cmprules.Record(holder={"id": "h"}, credentials=[mla], activities=[]), day("2026-03-10")
    decision, draft = cmprules.decide(record, book, on=on), begin(mla, book, on=on)

    with pytest.raises(cmprules.InputError) as refused:
        advance(draft, "complete", book, on=on, decision=decision)
    assert path_codes(refused) == [("$.evidence.requirements_met", "NEED_NOT_SHOWN")]
    life = advance(draft, "complete", book, on=on, decision=decision, evidence={"requirements_met": "the alert"})
    assert [(one.how, one.evidence) for one in life.history[0].shown] == [("asserted", "the alert")]


@pytest.mark.parametrize(("on", "credential", "paths"), [
    ("2026-03-09", PBT, ["$.decision.on"]),
    ("2026-03-10", attrs.evolve(PBT, id="other"), ["$.decision.credentials"]),
    ("2026-03-10", attrs.evolve(PBT, body="ASCPi"), ["$.decision.credentials"]),
    ("2026-03-10", cmprules.Credential(id="pbt", code="HT", expires_on="2026-05-31"), ["$.decision.credentials"]),
])
def test_a_decision_of_another_day_or_credential_is_refused(
    on: str, credential: cmprules.Credential, paths: list[str], book: cmprules.PolicyBook
) -> None:
    """It proves nothing about this declaration on that day."""
    decision = cmprules.decide(met_record(), book, on=day(on))
    with pytest.raises(cmprules.InputError) as refused:
        advance(begin(credential, book, on=day("2026-03-01")), "complete", book, on=day("2026-03-10"),
                decision=decision)
    assert [fault.path for fault in refused.value.faults if fault.code == "OTHER_DECISION"] == paths


def test_every_fault_of_a_step_comes_at_once(ready: DeclarationLife, book: cmprules.PolicyBook) -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "submitt", book, on="2026-03-1", first_sent_on=5,  # type: ignore[arg-type]
                decision="yes", evidence={"fee_payed": "a receipt", "fee_paid": ""})  # type: ignore[arg-type]
    assert path_codes(refused) == [
        ("$.on", "NOT_A_DATE"), ("$.event", "UNKNOWN_WORD"), ("$.first_sent_on", "WRONG_TYPE"),
        ("$.evidence.fee_paid", "EMPTY_TEXT"), ("$.decision", "WRONG_TYPE")]
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "edit", book, on=day("2026-03-01"), evidence={"fee_payed": "a receipt"})
    assert path_codes(refused) == [("$.evidence.fee_payed", "UNKNOWN_WORD")]
    with pytest.raises(cmprules.InputError) as refused:
        advance("ready", "edit", book, on=day("2026-03-01"), evidence=["fee_paid"])  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.evidence", "WRONG_TYPE"), ("$.life", "WRONG_TYPE")]


def test_a_day_that_cannot_be_read_hides_no_other_fault(ready: DeclarationLife, book: cmprules.PolicyBook) -> None:
    """The decision is still compared with the credential, and the event with the table."""
    decision = cmprules.decide(met_record(id="other"), book, on=day("2026-03-10"))
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "accept", book, on="today", decision=decision)
    assert path_codes(refused) == [("$.on", "NOT_A_DATE"), ("$.decision.credentials", "OTHER_DECISION"),
                                   ("$.event", "ILLEGAL_EVENT")]


def test_evidence_of_what_is_not_needed_is_refused(ready: DeclarationLife, book: cmprules.PolicyBook) -> None:
    """Otherwise it would be dropped silently."""
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "edit", book, on=day("2026-03-01"), evidence=evidence_of("fee_paid"))
    assert path_codes(refused) == [("$.evidence.fee_paid", "NOT_NEEDED")]


def test_an_illegal_event_names_the_state_what_may_follow_and_the_rule(
    ready: DeclarationLife, book: cmprules.PolicyBook
) -> None:
    """The message tells the reader what to do."""
    with pytest.raises(cmprules.InputError) as refused:
        advance(ready, "accept", book, on=day("2026-03-10"))
    assert str(refused.value.faults[0]) == (
        "$.event: ILLEGAL_EVENT: got 'accept', expected in the state 'ready': edit, submit, submit_reduced, "
        "submit_early, let_end_pass; 'accept' happens to a declaration that is proof_sent (row accept: "
        "ascp-audit-process, passage on a successful audit)")
    renewed = walk(ready, book, ("submit", "2026-03-10"), ("approve", "2026-04-01"), ("release_renewal", "2026-04-02"))
    with pytest.raises(cmprules.InputError) as refused:
        advance(renewed, "edit", book, on=day("2026-04-03"))
    assert "in the state 'renewed': nothing more: it is complete" in str(refused.value)


# ---------------------------------------------------------------------------------------------------------
# Whole lives.

LIVES = {
    "renewed": [("complete", "2026-03-01"), ("submit", "2026-03-10"), ("approve", "2026-04-01"),
                ("release_renewal", "2026-04-02")],
    "audited and renewed": [
        ("complete", "2026-03-01"), ("edit", "2026-03-02"), ("complete", "2026-03-03"), ("submit", "2026-03-10"),
        ("select_for_audit", "2026-03-20"), ("send_proof", "2026-04-01"), ("accept", "2026-04-20"),
        ("release_renewal", "2026-04-21")],
    "failed, substituted and renewed": [
        ("complete", "2026-03-01"), ("submit_early", "2026-03-01"), ("select_for_audit", "2026-03-20"),
        ("send_proof", "2026-04-01"), ("reject", "2026-04-20"), ("substitute", "2026-05-02"), ("accept", "2026-05-20"),
        ("release_renewal", "2026-05-21")],
    "failed, appealed in vain and expired": [
        ("complete", "2026-03-01"), ("submit", "2026-03-10"), ("select_for_audit", "2026-03-20"),
        ("send_nothing", "2026-04-20"), ("appeal", "2026-05-02"), ("dismiss_appeal", "2026-05-20"),
        ("let_end_pass", "2026-06-01")],
    "appealed and renewed": [
        ("complete", "2026-03-01"), ("submit", "2026-03-10"), ("select_for_audit", "2026-03-20"),
        ("send_nothing", "2026-04-20"), ("appeal", "2026-05-02"), ("allow_appeal", "2026-06-20"),
        ("release_renewal", "2026-06-21")],
    "expired and reinstated": [("let_end_pass", "2026-06-01"), ("reinstate", "2026-09-01")],
}


@pytest.mark.parametrize("title", LIVES)
def test_a_whole_life(title: str, book: cmprules.PolicyBook) -> None:
    """From the draft to the end every step has its row, source and edition, and the life comes back from JSON."""
    life = walk(begin(PBT, book, on=day("2025-06-01")), book, *LIVES[title])

    assert life.state == title.rsplit(maxsplit=1)[-1]
    assert [(step.event, step.on.isoformat()) for step in life.history] == LIVES[title]
    assert all(step.edition == "2026.1" and step.citation.source in life.sources for step in life.history)
    assert {one.citation.source for one in life.may_follow} <= {*life.sources}
    assert parse_life(json.loads(cmprules.render(life, "json"))) == life
    assert pickle.loads(pickle.dumps(life)) == life
    assert hash(pickle.loads(pickle.dumps(life))) == hash(life)


def test_open_questions_stand_in_the_step(book: cmprules.PolicyBook) -> None:
    """A step has its row's question; what happens to a review that outlasts the end is asked only after the end."""
    start = begin(PBT, book, on=day("2025-06-01"))
    review = "Does a credential stay valid while its declaration is under review at the end?"
    asked = walk(start, book, *LIVES["appealed and renewed"]).history

    assert [step.questions for step in asked[:4]] == [(), (), (), ("How long may the holder take to answer?",)]
    assert asked[5].questions == ("Does an allowed appeal bring the renewal, or more time?", review)
    sent = walk(start, book, ("complete", "2026-03-01"), ("submit", "2026-03-10"))
    assert walk(sent, book, ("approve", "2026-05-31")).history[-1].questions == ()
    assert walk(sent, book, ("approve", "2026-06-01")).history[-1].questions == (review,)


def test_no_question_where_the_edition_asks_none(book: cmprules.PolicyBook) -> None:
    """An edition that settles what happens to a review leaves no question."""
    name = "declaration/in_review_at_end"
    settled = attrs.evolve(book.statements[name], question=None, established=True)
    later = attrs.evolve(book, statements=type(book.statements)({**book.statements, name: settled}))
    sent = walk(begin(PBT, book, on=day("2025-06-01")), book, ("complete", "2026-03-01"), ("submit", "2026-03-10"))

    assert walk(sent, later, ("approve", "2026-06-01")).history[-1].questions == ()


def test_a_life_outlives_an_edition(book: cmprules.PolicyBook) -> None:
    """A later edition may know other documents; earlier steps keep their sources."""
    life = walk(begin(PBT, book, on=day("2025-06-01")), book, ("complete", "2026-03-01"))
    source = life.history[0].citation.source
    rest = {name: known for name, known in book.sources.items() if name != source}
    rows = tuple(row if row.citation.source != source else
                 attrs.evolve(row, citation=attrs.evolve(row.citation, source="ascp-audit-process"))
                 for row in book.transitions)
    later = attrs.evolve(book, edition="2027.1", sha256="0" * 64, transitions=rows, sources=type(book.sources)(rest))
    after = walk(life, later, ("submit", "2026-03-10"))

    assert (after.edition, after.edition_sha256) == ("2027.1", "0" * 64)
    assert [step.edition for step in after.history] == ["2026.1", "2027.1"]
    assert after.sources[source] == book.sources[source]


# ---------------------------------------------------------------------------------------------------------
# Lives as JSON.


@pytest.mark.parametrize(("change", "path"), [
    (lambda plain: plain["history"][1].update(from_state="drafted"), "$.history[1].from_state"),
    (lambda plain: plain["history"][1].update(on="2026-02-28"), "$.history[1].on"),
    (lambda plain: plain.update(begun_on="2026-03-02"), "$.history[0].on"),
    (lambda plain: plain.update(state="eligible"), "$.state"),
])
def test_a_history_that_does_not_follow_is_refused(change: Any, path: str, book: cmprules.PolicyBook) -> None:
    """The fault names the step at which an edited file breaks."""
    life = walk(begin(PBT, book, on=day("2025-06-01")), book, ("complete", "2026-03-01"), ("submit", "2026-03-10"))
    plain = json.loads(cmprules.render(life, "json"))
    change(plain)

    with pytest.raises(cmprules.InputError) as refused:
        parse_life(plain)
    assert path_codes(refused) == [(path, "HISTORY_BROKEN")]


@pytest.mark.parametrize(("key", "value", "fault"), [
    ("begun_on", "soon", ("$.begun_on", "NOT_A_DATE")), ("begun_in", "begun", ("$.begun_in", "UNKNOWN_WORD")),
    ("state", "gone", ("$.state", "UNKNOWN_WORD")), ("history", "none", ("$.history", "NOT_A_LIST")),
])
def test_a_part_that_cannot_be_read_is_the_only_fault(
    key: str, value: str, fault: tuple[str, str], book: cmprules.PolicyBook
) -> None:
    """Whether the steps follow is judged only when all of them can be read."""
    life = walk(begin(PBT, book, on=day("2025-06-01")), book, ("complete", "2026-03-01"), ("submit", "2026-03-10"))
    with pytest.raises(cmprules.InputError) as refused:
        parse_life({**json.loads(cmprules.render(life, "json")), key: value})
    assert path_codes(refused) == [fault]


@pytest.mark.parametrize(("plain", "codes"), [
    ([], ["WRONG_TYPE"]),
    ({"schema": "cmprules.declaration-life/2"}, ["WRONG_SCHEMA", *["MISSING_KEY"] * 9]),
])
def test_what_is_no_life_is_refused(plain: Any, codes: list[str]) -> None:
    """All faults come at once."""
    with pytest.raises(cmprules.InputError) as refused:
        parse_life(plain)
    assert codes_of(refused) == codes


# ---------------------------------------------------------------------------------------------------------
# In words.


def test_a_life_in_words(book: cmprules.PolicyBook) -> None:
    """The report says what happened, how it was shown, what is open and what may follow, and ends with the notice."""
    start = begin(PBT, book, on=day("2025-06-01"))
    ready = walk(start, book, ("complete", "2026-05-15"))
    sent = advance(ready, "submit_reduced", book, on=day("2026-05-15"), first_sent_on=day("2026-05-15"),
                   evidence={"requirements_met": "the alert", "fee_paid": "receipt 7", "same_business_day": "both"})
    failed = walk(sent, book, ("select_for_audit", "2026-05-20"), ("send_nothing", "2026-06-20"))
    text = " ".join(cmprules.render(failed).split())

    assert "Audit failed Last day: May 31, 2026 (ended 20 days ago) Begun on: June 1, 2025" in text
    assert "How long may the holder take to answer?" in text
    rows = [" ".join(cell.split()) for cell in cmprules.render(failed, "markdown").split("|")]
    assert any("same business day, by the days, unless it was a holiday (both)" in cell for cell in rows)
    assert any("the application fee is paid, as you say: receipt 7" in cell for cell in rows)
    assert cmprules.render(failed).splitlines()[-1].startswith("Independent of ASCP")
    done = walk(start, book, *LIVES["renewed"])
    assert "This declaration is complete." in cmprules.render(done)
    volunteer = cmprules.Credential(id="v", code="MLS", voluntary=True, certified_on="2001-05-20")
    assert "Last day" not in cmprules.render(begin(volunteer, book, on=day("2026-03-10")))
    assert "<article" in start._repr_html_()
