"""Checks that a tracking that was read fits its decision, its record, and the closed lists."""

from __future__ import annotations

from collections.abc import Iterator

from cmprules._answers.holding import citing, decision_faults, unfit, unknown
from cmprules._facts.digest import record_digest
from cmprules._words import vocabulary
from cmprules._words.codes.progress import STEPS
from cmprules.errors import Fault
from cmprules.tracking._values import CredentialTracking, Tracking

FIELDS = ("completed_on", "provider", "kind", "title", "amount")
"""The fields of an activity that a credit may lack."""


def tracking_faults(tracking: Tracking) -> Iterator[Fault]:
    """Note every part of a tracking that does not fit the rest."""
    yield from decision_faults(tracking.decision, "$.decision")
    if tracking.decision.stamp.record_sha256 != record_digest(tracking.record):
        yield unfit("$.record", tracking.record.holder.id, "the record of the decision")
    answered = [(candidate.id, candidate.code, candidate.body) for candidate in tracking.credentials]
    if answered != [(candidate.id, candidate.code, candidate.body) for candidate in tracking.decision.credentials]:
        yield unfit("$.credentials", [name for name, *_ in answered], "the credentials of the decision")
    yield from citing([("$.citations", citation.source) for citation in tracking.citations], tracking.sources)
    for place, credential in enumerate(tracking.credentials):
        yield from _credential_faults(credential, tracking, f"$.credentials[{place}]")
    yield from _credit_faults(tracking)


def _credential_faults(credential: CredentialTracking, tracking: Tracking, path: str) -> Iterator[Fault]:
    """Note unknown steps, areas and activities of one credential."""
    steps = (credential.next_step, *credential.further_steps)
    yield from unknown([(f"{path}.next_step.code", step.code) for step in steps], STEPS, "the code of a step")
    yield from citing([(f"{path}.next_step.citations", citation.source) for step in steps
                       for citation in step.citations], tracking.sources)
    yield from unknown([(f"{path}.areas", area.area) for area in credential.areas or ()],
                       (*vocabulary.AREAS, vocabulary.POOL), "an area, or pool")
    yield from unknown([(f"{path}.waiting", area) for credit in credential.waiting or () for area in credit.areas],
                       (*vocabulary.AREAS, vocabulary.POOL), "an area, or pool")


def _credit_faults(tracking: Tracking) -> Iterator[Fault]:
    """Note credits that do not match the record, and unknown fields."""
    if tuple(credit.activity for credit in tracking.credits) != tuple(activity.id
                                                                      for activity in tracking.record.activities):
        yield unfit("$.credits", len(tracking.credits), "one credit for each activity of the record")
    yield from unknown([(f"$.credits[{place}]", field) for place, credit in enumerate(tracking.credits)
                        for field in (*credit.missing, *credit.missing_for_audit)], FIELDS, "a field of an activity")
