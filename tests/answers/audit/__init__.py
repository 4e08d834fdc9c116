"""Tests of the audit: readiness, the manifest, substitution and grounds for appeal."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

import cmprules
from cmprules.audit import ActivityProof, readiness
from tests import strategies as ours
from tests.answers.declaring import day, met_record

__all__ = ["ON", "changed", "day", "met_record", "proof_of"]

ON = date(2026, 3, 10)


def changed(record: cmprules.Record, name: str, **changes: Any) -> cmprules.Record:
    """Change one activity of a record."""
    return attrs.evolve(record, activities=[
        attrs.evolve(one, **changes) if one.id == name else one for one in record.activities])


def proof_of(record: cmprules.Record, name: str, on: date = ON) -> ActivityProof:
    """Return the proof of one activity of a record of one credential."""
    part = readiness(record, ours.edition(), on=on).credentials[0]
    return next(proof for proof in part.activities or () if proof.activity == name)
