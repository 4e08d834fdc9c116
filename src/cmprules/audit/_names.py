"""The names that people use for documents, and the document of the tables that each name means."""

from __future__ import annotations

import re
from typing import Final

PROVIDER_LIST: Final = "provider_list"
"""A list that a provider keeps: a known name, but not proof of anything."""

CALLED: Final[dict[str, tuple[str, ...]]] = {
    "certificate": (
        "certificate", "certificates", "certificate of completion", "completion certificate",
        "certificate of attendance", "attendance certificate", "certificate of participation",
        "certificate of credit", "ce certificate",
        "ceu certificate", "cme certificate", "cmle certificate", "pace certificate", "course certificate",
        "training certificate", "certificate of training", "certificate of continuing education", "cert",
    ),
    "attendance_record": (
        "attendance record", "attendance sheet", "attendance list", "attendance log", "record of attendance",
        "signed attendance", "signed attendance record", "signed attendance sheet", "sign in sheet", "signin sheet",
        "sign in", "sign in log", "sign in record", "sign up sheet", "signed sign in sheet",
    ),
    "letter": (
        "letter", "signed letter", "letter of attendance", "letter of completion", "letter of verification",
        "verification letter", "confirmation letter", "letter from supervisor", "letter from employer",
        "supervisor letter", "employer letter",
    ),
    "transcript": ("transcript", "official transcript", "college transcript", "university transcript",
                   "academic transcript"),
    PROVIDER_LIST: (
        "provider list", "list", "list from the provider", "ce list", "course list", "list of courses", "ce transcript",
        "ce history", "credit history", "learner transcript", "provider transcript", "activity report", "credit report",
    ),
}
"""The names of each document; the first one is its main name."""

_BY_NAME = {name: document for document, names in CALLED.items() for name in names}
_ENDING = re.compile(r"\.(pdf|jpe?g|png|gif|tiff?|heic|docx?|html?|txt)$")
_NUMBER = re.compile(r"\d+$")


def document_named(name: str) -> str | None:
    """Find the document that a name stands for; None for an unknown name.

    Case, spaces, hyphens, underscores, a file ending and a number at the end make no difference.

    >>> document_named("Certificate of Completion"), document_named("sign-in sheet 2.PDF")
    ('certificate', 'attendance_record')
    >>> document_named("photo of the lunch") is None
    True
    """
    plain = _ENDING.sub("", name.strip().casefold())
    words = " ".join(re.sub(r"[\W_]+", " ", plain).split())
    return _BY_NAME.get(words) or _BY_NAME.get(_NUMBER.sub("", words).strip())
