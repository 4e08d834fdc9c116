"""What a reader must not miss: an odd amount or end date, a fee that may be due, and the holder's own answers."""

from __future__ import annotations

from collections.abc import Iterator

from cmprules._answers.render.blocks import Block, Bullets
from cmprules._answers.render.names import Names, credential_name
from cmprules._answers.render.words import amount_words, counted, listed, points
from cmprules._rules.results import ActivityResult, CredentialDecision
from cmprules._words.codes.findings import FINDINGS


def _subjects(credential: CredentialDecision, code: str) -> list[str]:
    """List the subjects of the findings with a code."""
    return [finding.subject for finding in credential.findings if finding.code == code]


def check_steps(credential: CredentialDecision, names: Names) -> Iterator[str]:
    """State which amounts to check first: the answer may rest on them."""
    unusual = _subjects(credential, "AMOUNT_UNUSUAL")
    if unusual:
        yield (f"Check the amount of {listed(_amounts(credential, unusual, names))}. That is more than one day usually "
               "brings.")


def _amounts(credential: CredentialDecision, ids: list[str], names: Names) -> list[str]:
    """Write amounts as entered and as counted."""
    results = {result.id: result for result in credential.activities or ()}
    return [f"{names.quoted(name)}{_as_entered(results[name])}" if name in results else names.quoted(name)
            for name in ids]


def _as_entered(result: ActivityResult) -> str:
    if result.amount is None or result.unit is None or result.unit == "point":
        return f" ({points(result.entered)})"
    return f" ({amount_words(result.amount, result.unit)}, counted as {points(result.entered)})"


def steps_before_sending(credential: CredentialDecision) -> Iterator[str]:
    """State what to settle before the declaration: a last day inside a month, and a fee that may come on top."""
    asked = {need.code for need in credential.needs}
    if _subjects(credential, "NOT_MONTH_END") and "END_OF_MONTH" not in asked:
        yield f"Check the last day of {credential_name(credential)} on the certificate. It is not the end of a month."
    if _subjects(credential, "FEE_OPEN"):
        yield (f"Ask the Board of Certification whether {credential_name(credential)} owes the reinstatement fee, too. "
               "The cost shown leaves it out.")


def answered_line(credential: CredentialDecision) -> Iterator[str]:
    """State that the answer rests on answers of the holder's."""
    used = len(_subjects(credential, "ANSWER_USED"))
    if used:
        yield f"This uses {counted(used, 'answer')} of your own; see below."


def own_answers(credential: CredentialDecision, names: Names) -> list[Block]:
    """List the holder's answers that were used, and those that no question asked for."""
    lines = [f"{_about(credential, finding.subject, names)}: {FINDINGS[finding.code].title.lower()} "
             f"({_question(finding.rule)})."
             for finding in credential.findings if finding.code in {"ANSWER_USED", "ANSWER_NOT_NEEDED"}]
    return [Bullets(tuple(lines))] if lines else []


def _about(credential: CredentialDecision, subject: str, names: Names) -> str:
    return credential_name(credential) if subject == credential.id else names.dated(subject)


def _question(rule: str) -> str:
    """Name the question behind an answer, from the rule of its finding."""
    code = rule.rpartition("/")[2].upper()
    title = FINDINGS[code].title if code in FINDINGS else code.replace("_", " ")
    return f"{title[:1].lower()}{title[1:]}"
