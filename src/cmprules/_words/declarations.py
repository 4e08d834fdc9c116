"""The closed lists of the life of a declaration: what it is, what may happen to it, and what that needs."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The state of a declaration.  `eligible` is the Board's word; the others name what its pages describe."""

    DRAFTED = "drafted"
    READY = "ready"
    SUBMITTED = "submitted"
    SELECTED_FOR_AUDIT = "selected_for_audit"
    PROOF_SENT = "proof_sent"
    ELIGIBLE = "eligible"
    RENEWED = "renewed"
    AUDIT_FAILED = "audit_failed"
    APPEALED = "appealed"
    EXPIRED = "expired"
    REINSTATED = "reinstated"


class Event(StrEnum):
    """An event in the life of a declaration."""

    EDIT = "edit"
    COMPLETE = "complete"
    SUBMIT = "submit"
    SUBMIT_REDUCED = "submit_reduced"
    SUBMIT_EARLY = "submit_early"
    SUBMIT_VOLUNTARY = "submit_voluntary"
    SELECT_FOR_AUDIT = "select_for_audit"
    APPROVE = "approve"
    SEND_PROOF = "send_proof"
    SEND_NOTHING = "send_nothing"
    ACCEPT = "accept"
    REJECT = "reject"
    SUBSTITUTE = "substitute"
    APPEAL = "appeal"
    ALLOW_APPEAL = "allow_appeal"
    DISMISS_APPEAL = "dismiss_appeal"
    RELEASE_RENEWAL = "release_renewal"
    LET_END_PASS = "let_end_pass"  # noqa: S105  # not a password
    REINSTATE = "reinstate"


class Condition(StrEnum):
    """What an event needs.

    A decision shows `requirements_met`; days show `window_open`, `before_expiry`, `same_business_day` and
    `time_limited`; the caller names evidence for the others.
    """

    REQUIREMENTS_MET = "requirements_met"
    WINDOW_OPEN = "window_open"
    BEFORE_EXPIRY = "before_expiry"
    FEE_PAID = "fee_paid"
    REINSTATEMENT_FEE_PAID = "reinstatement_fee_paid"
    SAME_BUSINESS_DAY = "same_business_day"
    SYNCHRONIZATION_CONFIRMED = "synchronization_confirmed"
    ALL_PROVEN = "all_proven"
    DONE_BEFORE_EXPIRY = "done_before_expiry"
    LETTER_OF_APPEAL = "letter_of_appeal"
    TIME_LIMITED = "time_limited"
