"""A state machine walks the life of a declaration, against a simpler model that reads the rows of the file."""

from __future__ import annotations

import json
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import cmprules
from cmprules.declaring import DeclarationLife, Event, advance, begin, lawful_events, parse_life
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
ROWS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "src" / "cmprules" / "data" / "2026.1" / "declaration.toml").read_text(encoding="utf-8"))["row"]
ENDS = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 5, 31), date(2026, 6, 30))
FORMS: dict[str, dict[str, Any]] = {
    "mandatory": {"code": "PBT"},
    "extended": {"code": "PBT", "extended_until": 60},
    "voluntary, with an end": {"code": "MLS", "certified_on": date(2001, 5, 20), "voluntary": True},
    "voluntary, without an end": {"code": "MLS", "certified_on": date(2001, 5, 20), "voluntary": True, "end": False},
}


@cache
def _book() -> cmprules.PolicyBook:
    return cmprules.load_book(edition="2026.1")


def _credential(form: str, end: date) -> cmprules.Credential:
    fields = dict(FORMS[form])
    if fields.pop("end", True):
        fields["expires_on"] = end
    if "extended_until" in fields:
        fields["extended_until"] = end + timedelta(days=fields["extended_until"])
    return cmprules.Credential(id="one", **fields)


def _last_day(credential: cmprules.Credential, on: date) -> date | None:
    """Return the end that a declaration must not miss; a volunteer whose end has passed has none."""
    end = credential.extended_until or credential.expires_on
    return None if end is None or (credential.voluntary and on > end) else end


def _rows(state: str, credential: cmprules.Credential) -> list[dict[str, Any]]:
    """Return the rows that leave a state."""
    return [row for row in ROWS
            if state in row["from"] and (credential.voluntary or row["event"] != "submit_voluntary")]


def _days_allow(row: dict[str, Any], credential: cmprules.Credential, on: date) -> bool:
    """Check the days of a row in the simplest way."""
    end = _last_day(credential, on)
    allowed = {
        "window_open": end is not None and (end - on).days <= 90,
        "before_expiry": end is not None and (end - on).days >= 0,
        "time_limited": credential.expires_on is not None and not credential.voluntary,
    }
    real_end = credential.extended_until or credential.expires_on
    if row["event"] == "let_end_pass" and (real_end is None or on <= real_end):
        return False
    if row["event"] == "submit_voluntary" and end is not None:
        return False
    return all(allowed.get(need, True) for need in row.get("needs", []))


class DeclarationMachine(RuleBasedStateMachine):
    """Draws events in any order, most of them on days near the window and the end."""

    life: DeclarationLife
    state: str

    @initialize(form=st.sampled_from(sorted(FORMS)), end=st.sampled_from(ENDS), before=st.integers(-40, 130))
    def start(self, form: str, end: date, before: int) -> None:
        """Begin near the window or the end."""
        self.credential = _credential(form, end)
        on = end - timedelta(days=before)
        self.life = begin(self.credential, _book(), on=on)
        last = self.credential.extended_until or self.credential.expires_on
        expired = last is not None and on > last and not self.credential.voluntary
        self.state = "expired" if expired else "drafted"

    @rule(event=st.sampled_from(list(Event)), wait=st.sampled_from((0, 0, 0, 1, 2, 7, 30, 89, 90, 91)),
          left_out=st.sampled_from(("", "", "fee_paid", "requirements_met", "all_proven", "same_business_day")))
    def happen(self, event: Event, wait: int, left_out: str) -> None:
        """Try any event: it is accepted if and only if the model accepts it."""
        self.attempt(event, self.life.last_day + timedelta(days=wait), left_out)

    @precondition(lambda self: bool(self.within_reach()))
    @rule(data=st.data())
    def happen_lawfully(self, data: st.DataObject) -> None:
        """Take an event of the table on a day that allows it, so that the machine gets far."""
        event, on = data.draw(st.sampled_from(self.within_reach()))
        self.attempt(Event(event), on, "")

    @precondition(lambda self: bool(self.within_reach()))
    @rule(data=st.data())
    def happen_lawfully_again(self, data: st.DataObject) -> None:
        """Do the same again, so that it is drawn as often as the steps that lead nowhere."""
        self.happen_lawfully(data)

    def within_reach(self) -> list[tuple[str, date]]:
        """List the possible next events, except changes of the draft, each with the first day that allows it."""
        end = self.credential.extended_until or self.credential.expires_on
        days = [self.life.last_day, *((end - timedelta(days=90), end, end + timedelta(days=1)) if end else ())]
        return [(row["event"], on) for row in _rows(self.state, self.credential) if row["event"] != "edit"
                for on in days if on >= self.life.last_day and _days_allow(row, self.credential, on)]

    @rule(event=st.sampled_from(list(Event)), back=st.integers(1, 400))
    def happen_too_late(self, event: Event, back: int) -> None:
        """Try an event before the last one; it is never accepted."""
        with pytest.raises(cmprules.InputError) as refused:
            advance(self.life, event, _book(), on=self.life.last_day - timedelta(days=back))
        assert "OUT_OF_ORDER" in [fault.code for fault in refused.value.faults]

    def attempt(self, event: Event, on: date, left_out: str) -> None:
        """Take one step in both."""
        row = next((row for row in _rows(self.state, self.credential) if row["event"] == event), None)
        needs = [] if row is None else row.get("needs", [])
        evidence = {need: "a test" for need in needs
                    if need not in {"window_open", "before_expiry", "time_limited", left_out}}
        lawful = row is not None and left_out not in needs and _days_allow(row, self.credential, on)
        if not lawful:
            with pytest.raises(cmprules.InputError) as refused:
                advance(self.life, event, _book(), on=on, evidence=evidence)
            assert ("ILLEGAL_EVENT" in [fault.code for fault in refused.value.faults]) == (row is None)
        elif row is not None:
            self.life = advance(self.life, event, _book(), on=on, evidence=evidence)
            self.state = row["to"]
            assert self.life.history[-1].row == row["id"]

    @invariant()
    def the_two_agree(self) -> None:
        """The state and the possible next events are those of the model."""
        if hasattr(self, "life"):
            assert self.life.state == self.state
            rows = [row["id"] for row in _rows(self.state, self.credential)]
            assert [one.row for one in self.life.may_follow] == rows
            assert lawful_events(self.life, _book()) == self.life.may_follow

    @invariant()
    def what_has_come_to_its_end_stays(self) -> None:
        """Only "renewed" and "reinstated" are final."""
        if hasattr(self, "life"):
            assert (not self.life.may_follow) == (self.state in {"renewed", "reinstated"})

    def teardown(self) -> None:
        """Replaying the history leads to the same life, and so does its JSON."""
        if not hasattr(self, "life"):
            return
        again = begin(self.credential, _book(), on=self.life.begun_on)
        for step in self.life.history:
            evidence = {str(one.need): str(one.evidence) for one in step.shown if one.how == "asserted"}
            again = advance(again, step.event, _book(), on=step.on, evidence=evidence)
        assert again == self.life
        assert parse_life(json.loads(json.dumps(cmprules.to_mapping(self.life)))) == self.life


TestDeclarationMachine = DeclarationMachine.TestCase
TestDeclarationMachine.settings = settings(max_examples=scaled(60), stateful_step_count=25, deadline=None)
