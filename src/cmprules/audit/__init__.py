"""The audit: what has to be proven, what is sent, what steps in for what was rejected, and what an appeal may say.

    import cmprules
    from cmprules.audit import readiness

    book = cmprules.load_book(edition="2026.1")
    record = cmprules.read_record("examples/mls-met.json")
    ready = readiness(record, book, on="2026-03-10")
    print(cmprules.render(ready))

Nothing is rounded up: an activity of a kind of which nobody knows the document is neither proven nor missing.
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
