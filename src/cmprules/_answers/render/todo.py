"""What to do about one credential, in order, as short instructions."""

from __future__ import annotations

from collections.abc import Iterator

from cmprules._answers.render.earning import mandatory_of, to_earn
from cmprules._answers.render.names import Names, credential_name
from cmprules._answers.render.questions import ask_steps
from cmprules._answers.render.remarks import check_steps, steps_before_sending
from cmprules._answers.render.words import points, spoken
from cmprules._rules.results import CredentialDecision, Declaration
from cmprules._words.enums import Outcome, Standing


def todo(credential: CredentialDecision, names: Names) -> tuple[str, ...]:
    """List what to do, the next step first."""
    if credential.outcome is Outcome.NOT_REQUIRED:
        return ()
    return (*check_steps(credential, names), *_dates_to_add(credential, names), *ask_steps(credential, names),
            *earn_steps(credential), *steps_before_sending(credential), *send_steps(credential))


def _dates_to_add(credential: CredentialDecision, names: Names) -> Iterator[str]:
    """Ask for dates if the points may be what is missing; if they decide the outcome, a question asks for them."""
    total = credential.total
    if credential.outcome is not Outcome.NOT_MET or total is None or total.short == total.short_if_confirmed:
        return
    undated = [finding.subject for finding in credential.findings if finding.code == "UNDATED"]
    if undated:
        yield f"Add the completion date of {names.listed(undated)}. It may count."


def earn_steps(credential: CredentialDecision) -> Iterator[str]:
    """State what is missing: in required areas first, then in any."""
    total = credential.total
    if total is None or not total.short:
        return
    unless = " unless the answers above make it unnecessary" if credential.outcome is Outcome.NEEDS_REVIEW else ""
    mandatory, rest = mandatory_of(credential), total.short
    if mandatory is not None:
        rest = total.short - mandatory.short
        yield from (f"Earn {part}{unless}." for part in to_earn(mandatory))
    if rest:
        more = "more, in any area" if rest != total.short else "in any area"
        yield f"Earn {points(rest)} {more}{unless}."


def send_steps(credential: CredentialDecision) -> Iterator[str]:
    """State when to send the declaration, and under which condition."""
    then = "Send" if credential.outcome is Outcome.MET else "Then send"
    if credential.standing is Standing.EXPIRED:
        yield f"{then} a declaration with both fees to reinstate {credential_name(credential)}."
    elif credential.declaration is not None:
        yield _by_day(credential.declaration, then)
    elif credential.standing is Standing.NO_END_DATE and credential.outcome is Outcome.MET:
        yield "Send a declaration on any day if you want to keep the CM mark."


def _by_day(declaration: Declaration, then: str) -> str:
    """Name the days of the declaration that still matter."""
    last, advised = spoken(declaration.last_day), spoken(declaration.advised_by)
    if declaration.status == "not_open":
        return f"{then} the declaration between {spoken(declaration.opens_on)} and {last}, best by {advised}."
    if declaration.status == "open":
        return f"{then} the declaration, best by {advised}, and by {last} at the latest."
    return f"{then} the declaration now. The last day is {last}."
