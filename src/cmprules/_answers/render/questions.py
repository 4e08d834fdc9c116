"""Open questions in words: each kind is asked once, with all its subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cmprules._answers.render.blocks import Question
from cmprules._answers.render.names import Names, credential_name
from cmprules._rules.findings import answer_rule
from cmprules._rules.results import CredentialDecision, Need
from cmprules._words import vocabulary


class _Asked(NamedTuple):
    """A kind of question: its wording, and what to do about it."""

    question: str
    step: str


_KINDS = {
    "UNDATED": _Asked(
        "When were these activities completed? Without a date they cannot be counted.",
        "Add the completion date of {names}."),
    "MONTH_OF_PREVIOUS_END": _Asked(
        "Do these activities belong to this cycle? They were done in the month in which the previous cycle ended.",
        "Find out on which day this cycle began. It decides whether {names} {counts}."),
    "KIND_UNCONFIRMED": _Asked(
        "How many points does the Board of Certification give for these? No source says what this kind of activity "
        "is worth.",
        "Ask the Board of Certification how many points it gives for {names}."),
    "UNIT_UNCONFIRMED": _Asked(
        "How many points are these worth? No source that you accept says what the unit is worth.",
        "Ask the Board of Certification how it converts the amount of {names} to points."),
    "DIVIDED_ACTIVITY": _Asked(
        "May the points of one activity count in two required areas? No source says so.",
        "Ask the Board of Certification whether the points of {names} may count in two required areas, or earn a "
        "little more in one of them."),
    "LOOKS_ALIKE": _Asked(
        "Is this one activity that was entered twice, or are these different activities?",
        "Check whether {names} {is_} in the record twice."),
    "REPEATED_COURSE": _Asked(
        "Does the same course count again when it is taken again? No source says so.",
        "Ask the Board of Certification whether {names} {counts} again."),
    "AREA_PROPOSED": _Asked(
        "Do these activities count in the areas that were proposed for them? No certificate says so yet.",
        "Confirm the topic of {names}."),
    "END_OF_MONTH": _Asked(
        "Does the cycle end on the day given, or with its month? These activities count in one case only.",
        "Check the last day of the credential. It decides whether {names} {counts}."),
    "FORMER_CODE_LATE": _Asked(
        "Was this credential given by this body? Its code was no longer given on the day of certification.",
        "Check which board gave {names}; if it was another one, take the credential out."),
    "TABLE_AFTER_EXPIRY": _Asked(
        "Which requirements does the reinstatement follow: those at the old last day, or today's? No source says so.",
        "Ask the Board of Certification which requirements apply to the reinstatement of {names}."),
    "TABLE_NOT_ESTABLISHED": _Asked(
        "What does the Board of Certification require for this credential? No source that we could read says so.",
        "Ask the Board of Certification what {names} requires."),
    "BELOW_TRUST": _Asked(
        "Is there a better source for these requirements? You asked for better sources than we have.",
        "Accept less certain sources, or ask the Board of Certification what {names} requires."),
    "NOT_IN_FORCE": _Asked(
        "Is the last day right? The program had no requirements yet on that day.",
        "Check the last day of {names}."),
    "NCA_LAPSED": _Asked(
        "Had this certification of the NCA moved to the Board of Certification before it lapsed?",
        "Find out whether {names} moved to the Board of Certification before it lapsed."),
    "SEARCH_LIMIT": _Asked(
        "Can the requirements be met without dividing an activity between two areas? There were too many ways to try "
        "them all.",
        "Give fewer areas to the activities of {names} that have several."),
}


def questions_of(credential: CredentialDecision, names: Names) -> Iterator[Question]:
    """Ask about everything that the outcome depends on, kind by kind."""
    for code, needs in _by_code(credential.needs).items():
        if code not in _KINDS:
            yield from (Question(need.question) for need in needs)
        else:
            yield Question(_KINDS[code].question, tuple(
                _own(credential) if need.subject == credential.id else _about(need, names)
                for need in needs))


def _about(need: Need, names: Names) -> str:
    """Name an activity, and the activities that it is compared with."""
    others = f"; compare: {'; '.join(map(names.dated, need.others))}" if need.others else ""
    return f"{names.dated(need.subject)}{others}"


def ask_steps(credential: CredentialDecision, names: Names) -> Iterator[str]:
    """State what to do about each kind of question."""
    for code, needs in _by_code(credential.needs).items():
        if code not in _KINDS:
            yield from (need.question for need in needs)
        else:
            about = names.listed([need.subject for need in needs])
            one = len(needs) == 1
            yield _KINDS[code].step.format(names=_own(credential) if needs[0].subject == credential.id else about,
                                           is_="is" if one else "are", counts="counts" if one else "count")


def _own(credential: CredentialDecision) -> str:
    """Name a credential, and the code that it was entered with, if that is another."""
    entered = f" (entered as {credential.given_code})" if credential.given_code else ""
    return f"{credential_name(credential)}{entered}"


def may_be_others(credential: CredentialDecision) -> frozenset[str]:
    """Return the duplicates that may be other activities: the edition leaves it open, and nothing settles it."""
    found = credential.findings
    if any((finding.code, finding.rule) == ("USER_ROW", "rule/duplicates") for finding in found):
        return frozenset()
    answered = {finding.subject for finding in found
                if (finding.code, finding.rule) == ("ANSWER_USED", answer_rule("DUPLICATE"))}
    return frozenset(finding.subject for finding in found
                     if finding.code == "DUPLICATE" and finding.others) - answered


_SAME_QUESTION = {"DUPLICATE": "LOOKS_ALIKE"}
"""Codes that ask a reader the same as another code."""


def _by_code(needs: Iterable[Need]) -> dict[str, list[Need]]:
    """Sort open questions by what they ask."""
    found: dict[str, list[Need]] = {}
    for need in needs:
        found.setdefault(_SAME_QUESTION.get(need.code, need.code), []).append(need)
    return found


def doubtful_areas(credential: CredentialDecision) -> frozenset[str]:
    """List the areas that are filled only if an open question goes in the holder's favor."""
    asked = {need.subject for need in credential.needs}
    areas = [area.area for area in credential.areas or ()]
    if credential.id in asked:
        return frozenset(areas)
    divided = {finding.subject for finding in credential.findings if finding.code == "DIVIDED_ACTIVITY"}
    placed = {(placement.activity, placement.area) for placement in credential.placements or ()}
    return frozenset(area for activity, area in placed
                     if activity in asked or (activity in divided and area != vocabulary.POOL))
