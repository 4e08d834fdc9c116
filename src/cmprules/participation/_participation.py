"""Who must take part, by category, body, day of certification, and whether the holder came from the NCA."""

from __future__ import annotations

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._facts.records import Credential
from cmprules._kit.shapes import trusted
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.counting import participates
from cmprules._rules.results import Need
from cmprules._words import vocabulary
from cmprules._words.codes.questions import ASKED
from cmprules._words.enums import weaker
from cmprules.participation._values import Participation

RULES = {
    ("ASCP", "technician"): "participation/ascp/technician",
    ("ASCP", "technologist"): "participation/ascp/technician",
    ("ASCP", "specialist"): "participation/ascp/specialist",
    ("ASCP", "diplomate"): "participation/ascp/specialist",
    ("ASCP", "practitioner"): "participation/ascp/practitioner",
    ("ASCP", "pathologists_assistant"): "participation/ascp/pathologists_assistant",
    ("ASCP", "qualification"): "participation/ascp/qualification",
    ("ASCP", "assistant"): "participation/ascp/assistant",
    ("ASCPi", "technician"): "participation/ascpi",
    ("ASCPi", "technologist"): "participation/ascpi",
    ("ASCPi", "specialist"): "participation/ascpi",
}
"""The rule of the edition for each body and group of credentials."""


def participation(credential: Credential, book: PolicyBook) -> Participation:
    """Return whether the holder of a credential must take part, and by which rule.

    Participation is mandatory for certifications on or after a day that differs by group and body; for every
    pathologists' assistant, every qualification, and every former NCA certificant who was not ASCP certified in the
    same category before.  Earlier holders may take part.

    Args:
        credential: one credential; without `certified_on`, the status may be `unknown`.
        book: the policy tables.

    Returns:
        The answer, with its rules and sources.

    Raises:
        InputError: the argument is not a credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mt = cmprules.Credential(id="mt", code="MT", certified_on="2003-12-31")
    >>> participation(mt, book).status
    'exempt'
    >>> participation(cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31"), book).needs[0].question
    "On which day was 'mls' certified?"
    >>> participation("MLS", book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: WRONG_TYPE: got 'MLS', expected a value of the class Credential; make one of it first
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(credential, Credential, "$.credential")
    asked.settle()
    status = status_of(credential)
    rules = clauses_of(_rules(credential, status), book)
    return trusted(
        Participation, id=credential.id, code=credential.code, given_code=credential.given_code, body=credential.body,
        status=status, takes_part=participates(credential), mandatory_from=credential.mandatory_from,
        certified_on=credential.certified_on, previous_nca=credential.previous_nca,
        grade=weaker(*(rule.citation.grade for rule in rules)),
        needs=_needs(credential, status), rules=rules,
        **made_with(book, (rule.citation for rule in rules)),
    )


def status_of(credential: Credential) -> str:
    """Return whether participation is mandatory, voluntary or neither.

    Without the day of certification it may be unknown.  A credential with an end date is maintained, so its holder
    takes part; a holder from before the day takes part by choice even if the record does not say so.
    """
    since = credential.mandatory_from
    if since is None:
        return "mandatory"
    if credential.voluntary:
        return "voluntary"
    if credential.certified_on is None:
        return "unknown"
    if credential.certified_on >= since:
        return "mandatory"
    return "voluntary" if participates(credential) else "exempt"


def _rules(credential: Credential, status: str) -> tuple[str, ...]:
    """List the rules of the edition behind the answer."""
    own = RULES[credential.body, vocabulary.GROUPS[credential.code]]
    if credential.previous_nca:
        return ("participation/former-nca", own)
    return (own,) if status == "mandatory" else (own, "participation/voluntary")


def _needs(credential: Credential, status: str) -> tuple[Need, ...]:
    if status != "unknown":
        return ()
    question = ASKED["CERTIFIED_ON_UNKNOWN"].format(subject=credential.id)
    return (trusted(Need, code="CERTIFIED_ON_UNKNOWN", subject=credential.id, question=question),)
