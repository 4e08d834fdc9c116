"""The audit: what needs proof, what to send, replacements for rejected activities, and grounds for an appeal.

    import cmprules
    from cmprules.audit import readiness

    book = cmprules.load_book(edition="2026.1")
    record = cmprules.read_record("examples/mls-met.json")
    ready = readiness(record, book, on="2026-03-10")
    print(cmprules.render(ready))

Nothing is rounded up: if no source says which document proves a kind of activity, it is neither proven nor missing.
The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules.audit import _report as _report
from cmprules.audit._appeal import appeal_grounds
from cmprules.audit._manifest import manifest
from cmprules.audit._proof import readiness
from cmprules.audit._substitution import substitute
from cmprules.audit._values import (
    ActivityProof,
    AppealGrounds,
    AuditManifest,
    AuditReadiness,
    AuditSubstitution,
    CredentialManifest,
    CredentialReadiness,
    CredentialSubstitution,
    ManifestEntry,
    ProofCount,
    ProofStatus,
    Substitute,
)

__all__ = [
    "ActivityProof",
    "AppealGrounds",
    "AuditManifest",
    "AuditReadiness",
    "AuditSubstitution",
    "CredentialManifest",
    "CredentialReadiness",
    "CredentialSubstitution",
    "ManifestEntry",
    "ProofCount",
    "ProofStatus",
    "Substitute",
    "appeal_grounds",
    "manifest",
    "readiness",
    "substitute",
]
