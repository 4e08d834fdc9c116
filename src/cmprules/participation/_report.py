"""The reports on participation and on citing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import Block, Facts, Table, Title, Verdict
from cmprules._answers.render.ending import ending, needs_part
from cmprules._answers.render.names import Names, title_of
from cmprules._answers.render.words import least_certain, spoken
from cmprules._facts.records import Record
from cmprules._policy.clauses import Clause
from cmprules._words import vocabulary
from cmprules.participation._values import CitedForm, CredentialDesignation, Designation, Participation

_STATUS = {
    "mandatory": ("You must take part", "open"),
    "voluntary": ("You take part by choice", "good"),
    "exempt": ("You need not take part, and you do not", "good"),
    "unknown": ("Not known without the day of certification", "open"),
}
_REASONS = {
    "takes_part": "takes part",
    "exempt": "certified before participation became mandatory; does not take part: no mark",
    "stopped": "took part by choice, and the end date has passed: no mark",
    "inactive": "within an extension that the Board granted",
    "expired": "expired: may no longer be used",
    "not_yet": "certified later: not yet",
}


@report_of.register
def _report_of_participation(value: Participation, record: Record | None) -> list[Block]:
    """Report whether one credential must be maintained."""
    text, tone = _STATUS[value.status]
    name = f"{value.code}({value.body})"
    given = (("Entered as", value.given_code, ""),) if value.given_code else ()
    certified = "not known" if value.certified_on is None else spoken(value.certified_on)
    return [
        Title(f"{holder}: taking part with {name}" if (holder := Names.of(record).holder) else
              f"Taking part with {name}, {vocabulary.NAMES[value.code]}"),
        Verdict(text, tone, (f"{_since(value)}.", least_certain(value.grade))),
        Facts((("Certified on", certified, ""), ("Takes part", "yes" if value.takes_part else "no", ""),
               *_last_day(value, record), *given)),
        *needs_part(value.needs), *_ending(value, value.rules),
    ]


def _last_day(value: Participation, record: Record | None) -> Iterator[tuple[str, str, str]]:
    """Name the last day, if the record has one credential of that code."""
    ends = [credential.extended_until or credential.expires_on
            for credential in (() if record is None else record.credentials)
            if (credential.code, credential.body) == (value.code, value.body)]
    if len(ends) == 1 and ends[0] is not None:
        yield "Last day", spoken(ends[0]), ""


def _since(answer: Participation) -> str:
    if answer.previous_nca:
        return "Mandatory for former NCA certificants, whatever the day of certification"
    if answer.mandatory_from is None:
        return "Every holder must take part, whatever the day of certification"
    return f"Mandatory for certifications from {spoken(answer.mandatory_from)} on"


@report_of.register
def _report_of_designation(value: Designation, record: Record | None) -> list[Block]:
    """Report how to cite credentials."""
    names = Names.of(record)
    blocks: list[Block] = [title_of(names.holder, "how to write your credentials", on=value.on,
                                    last=names.last_day(names.ends, value.on))]
    if value.together is None:
        blocks.append(Verdict("No credential may be used", "bad"))
    else:
        blocks.append(Verdict(value.together.unicode, "good"))
    blocks.append(Facts((*names.last_fact(names.ends, value.on), ("As of", spoken(value.on), ""))))
    if value.together is not None:
        blocks.append(_forms(value.together))
    blocks.append(_credentials(value.credentials))
    rules = [*value.rules, *(rule for credential in value.credentials for rule in credential.rules)]
    return [*blocks, *needs_part(value.needs), *_ending(value, rules)]


def _forms(form: CitedForm) -> Table:
    rows = (("plain text", form.plain), ("Unicode", form.unicode), ("HTML", form.html), ("Markdown", form.markdown))
    return Table("How to write them", ("Where", "Form"), rows, keep=(1,))


def _credentials(credentials: Sequence[CredentialDesignation]) -> Table:
    rows = tuple((credential.id, "-" if credential.form is None else credential.form.unicode,
                  "-" if credential.usable_until is None else credential.usable_until.isoformat(),
                  "-" if credential.afterwards is None else credential.afterwards.plain, _REASONS[credential.reason])
                 for credential in credentials)
    return Table("Each credential", ("Id", "Form", "Until", "Then", "Why"), rows, keep=(1, 2, 3))


def _ending(answer: Participation | Designation, rules: Sequence[Clause]) -> list[Block]:
    """End with the rules, the open questions, and the sources."""
    cited = (rule.citation for rule in rules)
    return ending(answer, cited, f"Policy edition {answer.edition}.", title="Rules", rules=rules)
