"""The reports on a declaration: its life so far, and the form to print and sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Form,
    Heading,
    Paragraph,
    Question,
    Steps,
    Table,
    Verdict,
)
from cmprules._answers.render.ending import ending, rules_part
from cmprules._answers.render.names import Names, credential_name, title_of
from cmprules._answers.render.report import FEE_ITEMS, proof_sentence
from cmprules._answers.render.tally import areas_table
from cmprules._answers.render.words import brief, days_left, dollars, label, points, said, sentence, spoken
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text, money_text
from cmprules._words import vocabulary
from cmprules._words.declarations import Event
from cmprules._words.enums import Standing
from cmprules.declaring._values import DeclarationForm, DeclarationLife, LawfulEvent, Shown, Step
from cmprules.declaring._words import EVENTS, NEEDED, STATES

# ---------------------------------------------------------------------------------------------------------
# A life.


@report_of.register
def _report_of_declaration_life(value: DeclarationLife, record: Record | None) -> list[Block]:
    """Report the progress of a declaration, and what may follow."""
    credential = value.credential
    words, tone = STATES[value.state]
    end, latest = credential.extended_until or credential.expires_on, value.history[-1].on if value.history else (
        value.begun_on)
    facts = () if end is None else (("Last day", spoken(end), days_left(latest, end)),)
    blocks: list[Block] = [
        title_of(Names.of(record).holder, f"declaration of {credential_name(credential)}", on=latest, last=end),
        Verdict(words, tone, () if value.may_follow else (
            "This declaration is complete. The next cycle has a declaration of its own.",)),
        Facts((*facts, ("Begun on", spoken(value.begun_on), ""), ("As of", spoken(latest), ""))),
    ]
    if value.may_follow:
        blocks.extend((Steps("What to do", (_own_step(value.may_follow, end),)),
                       Details("Every event that can follow", (_next(value.may_follow),))))
    if value.history:
        blocks.append(Details("What has happened", (_history(value.history),)))
    questions = tuple(dict.fromkeys(question for step in value.history for question in step.questions))
    if questions:
        blocks.append(Details("Open questions", tuple(map(Question, questions))))
    return [*blocks, *ending(value, ())]


def _history(history: Sequence[Step]) -> Table:
    rows = tuple((step.on.isoformat(), EVENTS[step.event], STATES[step.to_state][0],
                  "; ".join(map(_shown, step.shown))) for step in history)
    return Table("Each event, and how its conditions were shown", ("Date", "Event", "Then", "Shown"), rows, keep=(0,))


def _shown(shown: Shown) -> str:
    """State how one need was shown; a weekday proves a business day only if it was not a holiday."""
    how = {"decision": "by the decision", "days": "by the days",
           "asserted": f"as you say: {shown.evidence}"}[shown.how]
    holiday = ", unless it was a holiday" if shown.how == "days" and shown.need == "same_business_day" else ""
    named = f" ({shown.evidence})" if shown.evidence and shown.how != "asserted" else ""
    return f"{NEEDED[shown.need]}, {how}{holiday}{named}"


def _own_step(events: Sequence[LawfulEvent], end: date | None) -> str:
    """Name what the holder can do now; if only the Board can act, say so."""
    own = [_OWN[event.event] for event in events if event.event in _OWN]
    if not own:
        return "Wait for the Board: nothing can be done by you now."
    by = f" by {spoken(end)}" if end is not None and any(event.event is Event.SUBMIT for event in events) else ""
    return f"{sentence(' or '.join(own))[:-1]}{by}."


_OWN = {Event.COMPLETE: "fill all areas", Event.SUBMIT: "send the declaration",
        Event.SEND_PROOF: "send the proof that the Board asks for", Event.SUBSTITUTE: "send replacement activities",
        Event.APPEAL: "appeal", Event.REINSTATE: "reinstate the credential"}


def _next(events: Sequence[LawfulEvent]) -> Table:
    rows = tuple((EVENTS[event.event], STATES[event.to_state][0],
                  "; ".join(NEEDED[need] for need in event.needs) or "nothing", event.event,
                  f"{event.citation.source}: {event.citation.pin}") for event in events)
    return Table("What can happen next", ("Event", "Then", "Needs", "Name of the event", "Source"), rows, keep=(3,))


# ---------------------------------------------------------------------------------------------------------
# A form.

_REASONS = {
    "not_required": "This credential has no end date, and you do not take part in the program: there is nothing to "
                    "declare.",
    "not_met": "The requirements are not met.",
    "needs_review": "Whether the requirements are met depends on an open question.",
    "not_open": "The window to declare is not open yet.",
    "own_placement_absent": "The record has no placement of your own for this credential.",
    "own_placement_unlawful": "Your own placement puts points where they cannot count.",
    "own_placement_incomplete": "Your own placement leaves points missing in an area.",
}
_PLEDGES = (
    "Each activity above was done by me, on the day shown, and is entered with the points that it earned.",
    "No activity above is listed twice, and none belongs to another cycle.",
    "I hold proof of each, in English, and will send copies of it if this declaration is audited.",
)
_PLACEMENTS = {"best": "in the best placement", "own": "as you placed them"}


@report_of.register
def _report_of_declaration_form(value: DeclarationForm, record: Record | None) -> list[Block]:
    """Report a form, ready to be copied, or to be printed and signed."""
    holder = Names.of(record).holder or value.holder
    last = None if value.declaration is None else value.declaration.last_day
    blocks: list[Block] = [title_of(holder, f"declaration of {credential_name(value)}", on=value.on, last=last),
                           _verdict(value), _head(value)]
    missing = tuple(_missing(value))
    if missing:
        blocks.append(Steps("Still missing", missing))
    if value.lines:
        blocks.append(_lines(value))
    if "not_required" not in value.why_not:
        blocks.extend(_signature(value))
    if value.areas and value.total is not None:
        depends = "needs_review" in value.why_not
        doubtful = frozenset(area.area for area in value.areas) if depends else frozenset()
        blocks.append(Details("Requirements and how sure they are", (
            areas_table(value.areas, value.total, doubtful, depends=depends),)))
    blocks.extend(_fees(value))
    return [*blocks, *rules_part("Good to know", value.clauses),
            *ending(value, (clause.citation for clause in value.clauses))]


def _verdict(form: DeclarationForm) -> Verdict:
    reasons = tuple(_REASONS[reason] for reason in form.why_not)
    if reasons:
        return Verdict("Not ready to send", "bad", reasons)
    again = form.standing is Standing.EXPIRED
    return Verdict("Ready to send, for reinstatement" if again else "Ready to send", "good",
                   ("All requirements are met.",))


def _head(form: DeclarationForm) -> Facts:
    """State what is declared, by what day, and what it costs."""
    facts = [("Credential", f"{credential_name(form)} {vocabulary.NAMES[form.code]}",
              f"entered as {form.given_code}" if form.given_code else "")]
    window = form.declaration
    if window is not None:
        facts.append(("Last day", spoken(window.last_day), days_left(form.on, window.last_day)))
        facts.append(("Best sent by", spoken(window.advised_by), f"opens {spoken(window.opens_on)}"))
    if form.cycle is not None:
        facts.append(("Activities from", spoken(form.cycle.start), f"to {spoken(form.cycle.end)}"))
    if form.fees.total is None:
        facts.append(("Fee", "not known", ""))
    elif form.fees.lines:
        facts.append(("Fee", dollars(form.fees.total), _together(form.together_with)))
    return Facts((*facts, ("As of", spoken(form.on), "")))


def _together(others: Sequence[str]) -> str:
    return f"if sent on the same business day as {joined(others)}" if others else ""


def _lines(form: DeclarationForm) -> Table:
    rows = tuple((brief(line.area), "no date" if line.completed_on is None else line.completed_on.isoformat(),
                  line.title, line.provider or "-", decimal_text(line.points)) for line in form.lines)
    return Table(f"Activities, {_PLACEMENTS[form.placement]}", ("Area", "Date", "Activity", "Provider", "Points"), rows,
                 right=(4,), keep=(1,))


def _missing(form: DeclarationForm) -> Iterator[str]:
    """State what is still missing, with the proof, and the open questions."""
    yield from map(proof_sentence, form.shortfalls)
    yield from (need.question for need in form.needs)
    yield from (f"{label(area.area)}: {points(area.short)} missing in your own placement."
                for area in form.areas if area.short and form.placement == "own")
    if "not_open" in form.why_not:
        yield ("Before the window opens, send a declaration only to synchronize credentials, and only after the Board "
               "has confirmed your request.")


def _fees(form: DeclarationForm) -> Iterator[Block]:
    """State what the declaration costs, line by line."""
    fees = form.fees
    if fees.total is None:
        yield Details("Fee", (Paragraph(sentence(str(fees.why))),))
    elif fees.lines:
        rows = [(FEE_ITEMS[line.item], money_text(line.amount), said(line.grade)) for line in fees.lines]
        rows.append(("Total", money_text(fees.total), ""))
        yield Details("Fee", (Table("Amounts in US dollars", ("Item", "Amount", "Source"), tuple(rows), right=(1,),
                                    strong=(len(rows) - 1,)),))


def _signature(form: DeclarationForm) -> Iterator[Block]:
    """Leave space for a signature, unless nothing can be signed yet."""
    yield Heading(2, "Pledge" if form.ready else "Pledge, to be signed once it is ready")
    yield Bullets(_PLEDGES)
    yield Form(("Name", "Signature", "Date"))
