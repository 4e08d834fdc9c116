"""Stopping: what happens to the credential of a holder who no longer takes part."""

from __future__ import annotations

from datetime import date

import attrs

from cmprules._answers.asked import Asked
from cmprules._facts.records import Credential
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import end_of, participates, standing_of
from cmprules._rules.results import Finding
from cmprules._words import vocabulary
from cmprules._words.enums import Standing
from cmprules.renewal._common import beyond_last_check, closing, finding
from cmprules.renewal._renewing_values import Stopping

_REVERTS = ("designation/reverts_mls", "designation/reverts_mb")
_RULES = ("expiry/voluntary_stops", "designation/who_carries", "designation/no_mark", "designation/form",
          "designation/plain_mark", *_REVERTS)
_ROWS = {"technologist": "technician", "diplomate": "specialist"}


def stop_taking_part(credential: Credential, book: PolicyBook, *, on: date | str) -> Stopping:
    """Return what happens to a credential whose holder stops taking part.

    A voluntary participant loses only the mark: the credential has no end date and never expires.  A holder who must
    take part cannot stop without letting the credential expire.

    Args:
        credential: the credential.
        book: the policy tables.
        on: the day of stopping.

    Returns:
        How the credential is written before and after, and the credential itself without an end date.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mb = cmprules.Credential(id="mb", code="MB", certified_on="1998-05-20", expires_on="2026-05-31", voluntary=True)
    >>> answer = stop_taking_part(mb, book, on="2026-03-10")
    >>> answer.written_before, answer.written_after, answer.stopped.expires_on
    ('MB(ASCP)CM', 'MP(ASCP)', None)
    >>> stop_taking_part(mb, book, on="today")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NOT_A_DATE: got 'today', expected a day such as 2026-05-31; write the day as YYYY-MM-DD
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(credential, Credential, "$.credential")
    on = asked.day(on)
    asked.settle()
    refused = tuple(_refusals(credential, book))
    rest = closing(book, rules=_RULES, open=("designation/mark_meaning",), findings=beyond_last_check([on], book),
                   refused=refused)
    if refused:
        return Stopping(on=on, credential=credential, refused=refused, expires_on=end_of(credential), stopped=None,
                        written_before=None, written_after=None, mark_until=None, **rest)
    current = standing_of(credential, on) in {Standing.CURRENT, Standing.INACTIVE}
    plain = f"{credential.code}({credential.body})"
    mark = book.statements["designation/plain_mark"].words[0]
    return Stopping(
        on=on, credential=credential, refused=(), expires_on=None, stopped=_stopped(credential),
        written_before=f"{plain}{mark}", written_after=_written_after(credential, book),
        mark_until=end_of(credential) if current else None, **rest,
    )


def _refusals(credential: Credential, book: PolicyBook) -> tuple[Finding, ...]:
    """Refuse holders who must take part, and holders who do not take part."""
    if not participates(credential):
        return (finding("NOT_REQUIRED", "participation/voluntary", credential.id, book),)
    if credential.voluntary or credential.before_mandatory:
        return ()
    return (finding("MUST_TAKE_PART", _participation(credential), credential.id, book),)


def _participation(credential: Credential) -> str:
    """Name the rule that makes taking part mandatory."""
    if credential.previous_nca:
        return "participation/former-nca"
    if credential.body != "ASCP":
        return "participation/ascpi"
    group = vocabulary.GROUPS[credential.code]
    return f"participation/ascp/{_ROWS.get(group, group)}"


def _stopped(credential: Credential) -> Credential | None:
    """Return the credential without an end date, if its day of certification is known."""
    if not credential.before_mandatory:
        return None
    return attrs.evolve(credential, voluntary=False, expires_on=None, extended_until=None, cycle_start=None)


def _written_after(credential: Credential, book: PolicyBook) -> str | None:
    """Write the credential without the mark; MLS and MB become their former codes, which are known only for ASCP."""
    former = dict(book.statements[name].words for name in _REVERTS)
    if credential.code in former and credential.body != "ASCP":
        return None
    return f"{former.get(credential.code, credential.code)}({credential.body})"
