"""A declaration in words: its life so far, and the form as it is printed and signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.report import FEE_ITEMS, areas_table, proof_sentence
from cmprules._answers.render.words import joined, label, said, short_label, source_line
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy.book import Source
from cmprules._policy.clauses import Clause
from cmprules._rules.results import FeeQuote
from cmprules._words import vocabulary
from cmprules._words.enums import Standing
from cmprules.declaring._values import DeclarationForm, DeclarationLife, LawfulEvent, Shown, Step
from cmprules.declaring._words import EVENTS, NEEDED, STATES

__all__: list[str] = []

# ---------------------------------------------------------------------------------------------------------
# A life.


@report_for(DeclarationLife)
def _(value: DeclarationLife) -> list[Block]:
    """Write down what has become of a declaration, and what may follow."""
    credential = value.credential
    words, tone = STATES[value.state]
    end = credential.extended_until or credential.expires_on
    blocks: list[Block] = [
        Title(f"Declaration of {credential.id}, {credential.code}({credential.body})"),
        Verdict(words.upper(), tone, (f"Begun on {value.begun_on}" + (f"; the end is {end}" if end else ""),)),
    ]
    if value.history:
        blocks.append(_history(value.history))
    questions = tuple(dict.fromkeys(question for step in value.history for question in step.questions))
    if questions:
        blocks.extend([Heading(2, "Open questions"), Bullets(questions)])
    blocks.append(Heading(2, "What may follow"))
    blocks.append(_next(value.may_follow) if value.may_follow else
                  Paragraph("Nothing more: this declaration has come to its end, and the next cycle has its own."))
    return [*blocks, *_sources(value.sources), Notice(value.notice)]


def _history(history: Sequence[Step]) -> Table:
    rows = tuple((step.on.isoformat(), EVENTS[step.event], STATES[step.to_state][0],
                  "; ".join(map(_shown, step.shown))) for step in history)
    return Table("What has happened", ("Day", "Event", "Then", "Shown"), rows, keep=(0,))


def _shown(shown: Shown) -> str:
    """Say how one need was shown; what a day shows of a business day is less than it seems."""
    how = {"decision": "by the decision", "days": "by the days",
           "asserted": f"as you say: {shown.evidence}"}[shown.how]
    holiday = ", unless it was a holiday" if shown.how == "days" and shown.need == "same_business_day" else ""
    named = f" ({shown.evidence})" if shown.evidence and shown.how != "asserted" else ""
    return f"{NEEDED[shown.need]}, {how}{holiday}{named}"


def _next(events: Sequence[LawfulEvent]) -> Table:
    rows = tuple((one.event, STATES[one.to_state][0], "; ".join(NEEDED[need] for need in one.needs) or "nothing",
                  f"{one.citation.source}: {one.citation.pin}") for one in events)
    return Table("Each with what it needs", ("Event", "Then", "Needs", "Source"), rows, keep=(0,))


# ---------------------------------------------------------------------------------------------------------
# A form.

_REASONS = {
    "not_required": "The credential has no end date and its holder does not take part: nothing is declared.",
    "not_met": "The requirements are not met.",
    "needs_review": "Whether the requirements are met hangs on an open question.",
    "not_open": "The window is not open yet.",
    "own_placement_absent": "The record has no placement of your own for this credential.",
    "own_placement_unlawful": "Your own placement puts a point where it may not lie.",
    "own_placement_incomplete": "Your own placement leaves an area short.",
}
_PLEDGES = (
    "Each activity above was done by me, on the day shown, and is entered with the points that it earned.",
    "No activity above stands in my name twice, and none belongs to another cycle.",
    "I hold proof of each, in English, and will send copies of it if this declaration is audited.",
)
_PLACEMENTS = {"best": "placed as the decision does", "own": "placed as you did"}


@report_for(DeclarationForm)
def _(value: DeclarationForm) -> list[Block]:
    """Write down a form, so that it can be copied, or printed and signed."""
    given = f" (entered as {value.given_code})" if value.given_code else ""
    blocks: list[Block] = [
        Title(f"Declaration: {value.code}({value.body}), {vocabulary.NAMES[value.code]}{given}"),
        _verdict(value), _head(value),
    ]
    if value.lines:
        blocks.append(_lines(value))
    if value.areas and value.total is not None:
        blocks.append(areas_table(value.areas, value.total))
    blocks.extend(_missing(value))
    if "not_required" not in value.why_not:
        blocks.extend([*_fees(value.fees, value.together_with), *_signature(value)])
    blocks.extend([Heading(2, "Good to know"), Bullets(tuple(map(_clause, value.clauses)))])
    return [*blocks, *_sources(value.sources), Notice(value.notice)]


def _verdict(form: DeclarationForm) -> Verdict:
    reasons = tuple(_REASONS[reason] for reason in form.why_not)
    if reasons:
        return Verdict("NOT READY", "bad", reasons)
    again = form.standing is Standing.EXPIRED
    return Verdict("READY TO BE SENT, FOR REINSTATEMENT" if again else "READY TO BE SENT", "good",
                   (f"All requirements are met on {form.on}.",))


def _head(form: DeclarationForm) -> Bullets:
    """Say whose declaration it is, and when it is sent."""
    lines = [f"Holder: {form.holder}", f"Credential: {form.id}, {form.code}({form.body})", f"Made for: {form.on}"]
    if form.cycle is not None:
        lines.append(f"Activities from {form.cycle.start} to {form.cycle.end}")
    window = form.declaration
    if window is not None:
        lines.append(f"Window: opens {window.opens_on}; advised by {window.advised_by}; last day {window.last_day}")
    return Bullets(tuple(lines))


def _lines(form: DeclarationForm) -> Table:
    rows = tuple((short_label(line.area), "undated" if line.completed_on is None else line.completed_on.isoformat(),
                  line.title, line.provider or "-", decimal_text(line.points)) for line in form.lines)
    return Table(f"Activities, {_PLACEMENTS[form.placement]}", ("Area", "Day", "Activity", "Provider", "Points"), rows,
                 right=(4,), keep=(1,))


def _missing(form: DeclarationForm) -> Iterator[Block]:
    """Say what is still missing, with the proof, and what is open."""
    lines = [*map(proof_sentence, form.shortfalls), *(need.question for need in form.needs)]
    lines.extend(f"{label(area.area)}: {decimal_text(area.short)} short in your own placement."
                 for area in form.areas if area.short and form.placement == "own")
    if "not_open" in form.why_not:
        lines.append("Before the window opens a declaration is sent only to synchronize, once the Board has confirmed "
                     "the request.")
    if lines:
        yield Heading(2, "Still missing")
        yield Bullets(tuple(lines))


def _fees(fees: FeeQuote, together: Sequence[str]) -> Iterator[Block]:
    """Say what the declaration costs."""
    yield Heading(2, "Fee")
    if fees.total is None:
        yield Paragraph(f"Not established: {fees.why}.")
        return
    rows = [(FEE_ITEMS[line.item], money_text(line.amount), said(line.grade)) for line in fees.lines]
    rows.append(("Total", money_text(fees.total), ""))
    alone = f"if sent on the same business day as {joined(together)}" if together else "if sent by itself"
    yield Table(f"Amounts in {fees.currency}, {alone}", ("Item", "Amount", "Figure known from"), tuple(rows),
                right=(1,), strong=(len(rows) - 1,))


def _signature(form: DeclarationForm) -> Iterator[Block]:
    """Give room to sign, unless nothing can be signed yet."""
    yield Heading(2, "Pledge" if form.ready else "Pledge, to be signed once it is ready")
    yield Bullets(_PLEDGES)
    yield Paragraph(f"Name {'_' * 56}")
    yield Paragraph(f"Signature {'_' * 30}  Day {'_' * 16}")


# ---------------------------------------------------------------------------------------------------------
# What both share.


def _clause(clause: Clause) -> str:
    asked = f" Open: {clause.question}" if clause.question else ""
    return f"{clause.text}{asked} ({said(clause.citation.grade)}: {clause.citation.source})"


def _sources(sources: Mapping[str, Source]) -> Iterable[Block]:
    yield Heading(2, "Sources")
    yield Bullets(tuple(f"{name}: {source_line(source)}" for name, source in sources.items()))
