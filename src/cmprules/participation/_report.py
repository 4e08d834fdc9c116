"""Taking part and citing, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cmprules._answers.answer import Answer
from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Table, Title, Verdict
from cmprules._answers.render.words import cited_line, said
from cmprules._policy.book import Citation
from cmprules._policy.clauses import Clause
from cmprules._rules.results import Need
from cmprules._words import vocabulary
from cmprules.participation._values import CitedForm, CredentialDesignation, Designation, Participation

__all__ = ["designation_report", "participation_report"]

_STATUS = {
    "mandatory": ("TAKING PART IS MANDATORY", "open"),
    "voluntary": ("TAKES PART BY CHOICE", "good"),
    "exempt": ("NEED NOT TAKE PART, AND DOES NOT", "good"),
    "unknown": ("NOT KNOWN WITHOUT THE DAY OF CERTIFICATION", "open"),
}
_REASONS = {
    "takes_part": "takes part",
    "exempt": "from before taking part was mandatory, and does not take part: no mark",
    "stopped": "took part by choice, and the end has passed: no mark",
    "inactive": "within an extension that the Board granted",
    "expired": "expired: may no longer be cited",
    "not_yet": "certified later: not yet",
}


@report_for(Participation)
def participation_report(answer: Participation) -> list[Block]:
    """Write down whether one credential has to be maintained."""
    text, tone = _STATUS[answer.status]
    given = f" (entered as {answer.given_code})" if answer.given_code else ""
    return [
        Title(f"Taking part with {answer.code}({answer.body}), {vocabulary.NAMES[answer.code]}{given}"),
        Verdict(text, tone, (_since(answer), _certified(answer), f"Weakest rule it rests on: {said(answer.grade)}")),
        *_rules(answer.rules), *_needs(answer.needs), *_sources(answer, answer.rules), Notice(answer.notice),
    ]


def _since(answer: Participation) -> str:
    if answer.previous_nca:
        return "Mandatory for former NCA certificants, whatever the day of certification"
    if answer.mandatory_from is None:
        return "Every holder has to take part, whatever the day of certification"
    return f"Mandatory for certifications from {answer.mandatory_from} on"


def _certified(answer: Participation) -> str:
    day = "not given" if answer.certified_on is None else answer.certified_on.isoformat()
    return f"Certified on: {day}; takes part: {'yes' if answer.takes_part else 'no'}"


@report_for(Designation)
def designation_report(answer: Designation) -> list[Block]:
    """Write down how credentials are cited."""
    blocks: list[Block] = [Title(f"How the credentials are cited on {answer.on}")]
    if answer.together is None:
        blocks.append(Verdict("NOTHING MAY BE CITED", "bad", ()))
    else:
        blocks.extend([Verdict(answer.together.unicode, "good", ()), _forms(answer.together)])
    blocks.append(_credentials(answer.credentials))
    rules = [*answer.rules, *(rule for one in answer.credentials for rule in one.rules)]
    return [*blocks, *_rules(rules), *_needs(answer.needs), *_sources(answer, rules), Notice(answer.notice)]


def _forms(form: CitedForm) -> Table:
    rows = (("plain text", form.plain), ("Unicode", form.unicode), ("HTML", form.html), ("Markdown", form.markdown))
    return Table("Written in", ("Where", "Form"), rows, keep=(1,))


def _credentials(credentials: Sequence[CredentialDesignation]) -> Table:
    rows = tuple((one.id, "-" if one.form is None else one.form.unicode,
                  "-" if one.usable_until is None else one.usable_until.isoformat(),
                  "-" if one.afterwards is None else one.afterwards.plain, _REASONS[one.reason])
                 for one in credentials)
    return Table("Each by itself", ("Id", "Form", "Until", "Then", "Why"), rows, keep=(1, 2, 3))


def _rules(rules: Iterable[Clause]) -> Iterable[Block]:
    """Say the rules, and what they leave open."""
    told = tuple(dict.fromkeys(rules))
    yield Heading(2, "Rules")
    yield Bullets(tuple(f"{rule.text} ({said(rule.citation.grade)})" for rule in told
                        if rule.question is None))
    asked = tuple(f"{rule.question} {rule.text}" for rule in told if rule.question is not None)
    if asked:
        yield Heading(2, "What is not established")
        yield Bullets(asked)


def _needs(needs: Sequence[Need]) -> Iterable[Block]:
    if needs:
        yield Heading(2, "What would settle it")
        yield Bullets(tuple(need.question for need in needs))


def _sources(answer: Answer, rules: Iterable[Clause]) -> Iterable[Block]:
    """List every source, its grade and what was taken from it."""
    cited: dict[str, list[Citation]] = {name: [] for name in answer.sources}
    for rule in dict.fromkeys(rules):
        cited[rule.citation.source].append(rule.citation)
    yield Heading(2, "Sources")
    yield Bullets(tuple(cited_line(answer.sources[name], citations) for name, citations in cited.items()))
