"""Words for states, events and needs."""

from __future__ import annotations

from typing import Final

from cmprules._words.declarations import Condition, Event, State

NEEDED: Final[dict[Condition, str]] = {
    Condition.REQUIREMENTS_MET: "the requirements are met",
    Condition.WINDOW_OPEN: "the window is open",
    Condition.BEFORE_EXPIRY: "the end date has not passed",
    Condition.FEE_PAID: "the application fee is paid",
    Condition.REINSTATEMENT_FEE_PAID: "the reinstatement fee is paid",
    Condition.SAME_BUSINESS_DAY: "the first declaration is sent on the same business day",
    Condition.SYNCHRONIZATION_CONFIRMED: "the Board has confirmed the request to synchronize",
    Condition.ALL_PROVEN: "every activity is proven",
    Condition.DONE_BEFORE_EXPIRY: "the other activities were completed before the end",
    Condition.LETTER_OF_APPEAL: "a letter of appeal gives the reasons",
    Condition.TIME_LIMITED: "the credential expires",
}
"""Phrases that follow the word `that`."""

STATES: Final[dict[State, tuple[str, str]]] = {
    State.DRAFTED: ("Drafted", "open"),
    State.READY: ("Ready to be sent", "open"),
    State.SUBMITTED: ("Sent", "open"),
    State.SELECTED_FOR_AUDIT: ("Selected for audit", "open"),
    State.PROOF_SENT: ("Proof sent", "open"),
    State.ELIGIBLE: ("Eligible", "good"),
    State.RENEWED: ("Renewed", "good"),
    State.AUDIT_FAILED: ("Audit failed", "bad"),
    State.APPEALED: ("Under appeal", "open"),
    State.EXPIRED: ("Expired", "bad"),
    State.REINSTATED: ("Reinstated", "good"),
}
"""Each with its tone."""

EVENTS: Final[dict[Event, str]] = {
    Event.EDIT: "Credits changed",
    Event.COMPLETE: "All areas filled",
    Event.SUBMIT: "Declaration sent",
    Event.SUBMIT_REDUCED: "Declaration sent with the reduced fee",
    Event.SUBMIT_EARLY: "Declaration sent early, to synchronize",
    Event.SUBMIT_VOLUNTARY: "Declaration sent by a voluntary participant",
    Event.SELECT_FOR_AUDIT: "Selected for audit",
    Event.APPROVE: "Approved without audit",
    Event.SEND_PROOF: "Proof sent",
    Event.SEND_NOTHING: "No proof sent",
    Event.ACCEPT: "Proof accepted",
    Event.REJECT: "Proof not accepted",
    Event.SUBSTITUTE: "Replacement activities sent",
    Event.APPEAL: "Appealed",
    Event.ALLOW_APPEAL: "Appeal allowed",
    Event.DISMISS_APPEAL: "Appeal dismissed",
    Event.RELEASE_RENEWAL: "Renewal notice released",
    Event.LET_END_PASS: "The end date has passed",
    Event.REINSTATE: "Reinstated",
}
