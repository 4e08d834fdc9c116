"""The reports of this package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from cmprules._answers.answer import Answer
from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Heading,
    Paragraph,
    Question,
    Steps,
    Table,
    Verdict,
)
from cmprules._answers.render.ending import ending, needs_part
from cmprules._answers.render.names import Names, credential_name, next_last_day, title_of
from cmprules._answers.render.report import OUTCOMES
from cmprules._answers.render.words import (
    counted,
    days_left,
    dollars,
    label,
    points,
    said,
    sentence,
    short_label,
    spoken,
)
from cmprules._facts.records import Credential, Period, Record
from cmprules._kit.listing import joined
from cmprules._kit.points import cents_text, decimal_text, money_text
from cmprules._rules.results import FeeQuote, Finding
from cmprules._words import vocabulary
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.enums import Outcome, Standing
from cmprules.renewal._renewing_values import InactiveStatus, Reinstatement, Renewal, Stopping, TableAsked
from cmprules.renewal._shared_values import Requirements, Rule
from cmprules.renewal._stacking_values import Choice, Extent, LetGo, StackedChoices, StackedGroup
from cmprules.renewal._synchronizing_values import CostPerYear, Round, Saving, Synchronization, SynchronizedCredential

_OUTCOMES = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.NEEDS_REVIEW: "needs review",
             Outcome.NOT_REQUIRED: "not required"}
_ITEMS = {"application": "application", "reduced_application": "application, reduced", "reinstatement": "reinstatement"}
_MOVED = {"cycle_end": "End of the cycle", "opens_on": "Declaration opens", "advised_by": "Declaration advised by",
          "last_day": "Last day of the declaration"}
_BASES = {"old_end": "At its old end", "today": "Today"}
_GIST = ("ALREADY_TOGETHER", "SAME_DAY_SUFFICES", "NO_SHARED_DAY")
_REQUEST = {"full_name": "full name", "customer_id": "customer number", "categories": "categories",
            "certification_numbers": "certification numbers"}


# ---------------------------------------------------------------------------------------------------------
# Shared by several reports.


def _head(what: str, credential: Credential, on: date, record: Record | None) -> list[Block]:
    """Begin a report about one credential."""
    last = credential.extended_until or credential.expires_on
    return [title_of(Names.of(record).holder, f"{what} {credential_name(credential)}", on=on, last=last)]


def _facts(credential: Credential, on: date) -> Facts:
    last = credential.extended_until or credential.expires_on
    first = () if last is None else (("Last day", spoken(last), days_left(on, last)),)
    return Facts((*first, ("As of", spoken(on), "")))


def _send(value: Renewal) -> str:
    """Ask for the declaration on the day of the answer, and by the last day at the latest."""
    last = value.credential.extended_until or value.credential.expires_on
    latest = "" if last is None or last == value.on else f", and by {spoken(last)} at the latest"
    return f"Send the declaration on {spoken(value.on)}{latest}."


def _why_not(refused: Sequence[Finding], *, text: str) -> Iterable[Block]:
    """State first that it is not possible, then why, and what to do."""
    yield Verdict(text, "bad", tuple(f"{FINDINGS[found.code].title}: {_subject(found.subject)}." for found in refused))
    steps = tuple(dict.fromkeys(FINDINGS[found.code].remedy for found in refused))
    yield Steps("What to do", steps)


def _subject(subject: str) -> str:
    """Write the subject of a finding: a day as people say it, anything else as it is."""
    return spoken(date.fromisoformat(subject)) if _DAY.fullmatch(subject) else subject


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _noted(findings: Sequence[Finding]) -> Iterable[Block]:
    """State the findings, each kind once."""
    codes = dict.fromkeys(found.code for found in findings if found.code not in _GIST)
    if codes:
        yield Details("Good to know", (Bullets(tuple(
            f"{FINDINGS[code].title}: {FINDINGS[code].when}" for code in codes)),))


def _ending(answer: Answer, rules: Sequence[Rule], left: Sequence[Rule], findings: Sequence[Finding]) -> list[Block]:
    """End a report: findings, open rules, the rules, the sources, the notice."""
    stated = tuple(f"{_said(rule)} ({said(rule.citation.grade)})" for rule in rules if rule.text is not None)
    blocks: list[Block] = [*_noted(findings)]
    if left:
        blocks.append(Details("What no source settles", tuple(
            Question(rule.question or "", (), rule.text or "") for rule in left)))
    if stated:
        blocks.append(Details("Rules", (Bullets(stated),)))
    cited = (rule.citation for rule in (*rules, *left) if rule.citation.source in answer.sources)
    return [*blocks, *ending(answer, cited, f"Policy edition {answer.edition}.")]


def _said(rule: Rule) -> str:
    """State a rule, after the question that it answers or leaves open."""
    return " ".join(filter(None, (rule.question, rule.text)))


def _fees(fees: FeeQuote, caption: str) -> Block:
    """Report the lines of a quote, or why there is no total."""
    if fees.total is None:
        return Paragraph(f"{caption}: {fees.why}.")
    rows = [(line.credential, _ITEMS[line.item], money_text(line.amount), said(line.grade)) for line in fees.lines]
    rows.append(("Total", "", money_text(fees.total), ""))
    return Table(f"{caption}, in US dollars", ("Credential", "Fee", "Amount", "Source"), tuple(rows),
                 right=(2,), strong=(len(rows) - 1,))


def _areas(asked: Requirements) -> Iterable[Block]:
    """Compare what is required with what is there."""
    if asked.areas is None or asked.total is None:
        yield Paragraph("No source says what is required, so there is nothing to compare with.")
        return
    depends = asked.outcome is Outcome.NEEDS_REVIEW
    rows = [(label(area.area), *map(decimal_text, (area.required, area.placed, area.short)),
             _state(area.short, depends=depends), said(area.grade)) for area in asked.areas]
    rows.append(("Total", *map(decimal_text, (asked.total.required, asked.total.placed, asked.total.short)),
                 _state(asked.total.short, depends=depends), ""))
    yield Table("Requirements, in points", ("Area", "Needed", "Counted", "Missing", "State", "Source"), tuple(rows),
                right=(1, 2, 3), keep=(4,), strong=tuple(index for index, row in enumerate(rows) if row[4] != "met"))


def _state(short: Decimal, *, depends: bool) -> str:
    """State whether a requirement is met; if the outcome depends on an open question, nothing is called met."""
    return "open question" if depends else "missing" if short else "met"


def _money(amount: Decimal | None) -> str:
    return "not known" if amount is None else money_text(amount)


# ---------------------------------------------------------------------------------------------------------
# One credential.


@report_of.register
def _report_of_renewal(value: Renewal, record: Record | None) -> list[Block]:
    """Report a renewal as the letter would show it."""
    head = _head("renewal of", value.credential, value.on, record)
    if value.valid is None or value.renewed is None:
        head.extend(_why_not(value.refused, text="Cannot be renewed on this day"))
    else:
        head.append(Verdict(f"Valid from {spoken(value.valid.start)} to {spoken(value.valid.end)}", "good",
                            ("If the declaration is accepted.",)))
        head.append(Steps("What to do", (_send(value),)))
    facts = [*_facts(value.credential, value.on).facts]
    if value.valid is not None:
        facts.append(("The new cycle appears", "" if value.shows_from is None else spoken(value.shows_from),
                      "at the earliest"))
    if value.badge is not None:
        facts.append(("Digital badge", "free with the renewal" if value.badge.free else "not free",
                      f"or {dollars(value.badge.fee_inside_cycle)} if you want it sooner"))
    return [head[0], head[1], Facts(tuple(facts)), *head[2:],
            *_ending(value, value.rules, value.open, value.findings)]


@report_of.register
def _report_of_reinstatement(value: Reinstatement, record: Record | None) -> list[Block]:
    """Report what a reinstatement needs."""
    blocks = _head("reinstatement of", value.credential, value.on, record)
    asked = value.requirements
    if value.refused:
        blocks.extend(_why_not(value.refused, text="Cannot be reinstated"))
    if asked is not None:
        blocks.extend(_lapsed(value, asked))
    blocks.extend([_reinstating(value), *_to_do(value), *needs_part(value.needs)])
    if asked is not None and value.fees is not None:
        blocks.append(Details("Requirements and how sure they are", (*_areas(asked), _tables(value.tables))))
        blocks.append(Details("Cost", (_fees(value.fees, "Fees of the reinstatement"),)))
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _reinstating(value: Reinstatement) -> Facts:
    """Name the last valid day, and the cost of the reinstatement."""
    cost = () if value.fees is None else (
        ("Cost", "not known" if value.fees.total is None else dollars(value.fees.total), ""),)
    return Facts((*_facts(value.credential, value.on).facts, *cost))


def _to_do(value: Reinstatement) -> Iterable[Block]:
    """State the steps of a reinstatement, in order."""
    asked = value.requirements
    if asked is None or value.refused:
        return
    settle = ["Settle the open questions below."] if value.needs else []
    short = asked.total.short if asked.total is not None else Decimal(0)
    earn = [f"Earn {points(short)}{' unless the answers make it unnecessary' if value.needs else ''}."] if short else []
    yield Steps("What to do", (*settle, *earn, "Send a declaration with both fees."))


def _lapsed(value: Reinstatement, asked: Requirements) -> Iterable[Block]:
    """State the points so far, and since when the credential has been expired."""
    cycle = cast("Period", asked.cycle)  # an expired credential has one
    days = "" if value.lapsed_days is None else f" ({counted(value.lapsed_days, 'day')})"
    details = [f"It may not be used since {'' if value.expired_since is None else spoken(value.expired_since)}{days}.",
               f"Points count from {spoken(cycle.start)} to {spoken(cycle.end)}."]
    if asked.total is not None and asked.total.short:
        details.append(f"{decimal_text(asked.total.short)} of {points(asked.total.required)} missing.")
    words = OUTCOMES[asked.outcome][0]
    yield Verdict(f"Expired; {words[:1].lower()}{words[1:]}",
                  "bad" if asked.outcome is Outcome.NOT_MET else "open", tuple(details))


def _tables(tables: Sequence[TableAsked]) -> Block:
    """Show the tables that may apply side by side."""
    names = list(dict.fromkeys(area.area for table in tables for area in table.areas or ()))
    rows = []
    for name in ("total", *names, vocabulary.POOL):
        cells = tuple(_cell(table, name) for table in tables)
        rows.append(("Total" if name == "total" else label(name), *cells))
    columns = ("Area", *(f"{_BASES[table.basis]}: {table.row or 'none in force'}" for table in tables))
    return Table("Requirements that may apply, in points", columns, tuple(rows), right=tuple(range(1, len(columns))))


def _cell(table: TableAsked, name: str) -> str:
    if table.total is None or table.pool is None:
        return "?"
    figures = {area.area: area for area in table.areas or ()}
    figure = table.total if name == "total" else table.pool if name == vocabulary.POOL else figures.get(name)
    return "0" if figure is None else decimal_text(figure.value)


@report_of.register
def _report_of_inactive_status(value: InactiveStatus, record: Record | None) -> list[Block]:
    """Report what an extension moves."""
    blocks = _head("extension of", value.credential, value.on, record)
    if value.refused:
        blocks.extend([*_why_not(value.refused, text="No extension"), _facts(value.credential, value.on)])
    else:
        until = cast("date", value.credential.extended_until)
        text, tone = _EXTENDED[value.standing]
        need = "needed" if value.standing is Standing.EXPIRED else "need"
        blocks.append(Verdict(text.format(until=spoken(until)), tone, (
            f"You {need} the points by {spoken(until)}, the end of the extension.",)))
        rows = tuple((_MOVED[day.what], day.before.isoformat(), day.after.isoformat()) for day in value.moved)
        start = str(value.cycle_start)
        blocks.extend([_facts(value.credential, value.on),
                       Table("What the extension moves", ("Date", "Without it", "With it"),
                             (("Start of the cycle", start, start), *rows), keep=(1, 2)),
                       Paragraph(f"The requirements stay the same: row {value.table}." if value.table else
                                 "The requirements stay the same: none were in force.")])
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


_EXTENDED = {
    Standing.CURRENT: ("Current; the extension has not begun", "good"),
    Standing.INACTIVE: ("Inactive until {until}", "open"),
    Standing.EXPIRED: ("Expired", "bad"),
    Standing.NO_END_DATE: ("No end date", "open"),
}


@report_of.register
def _report_of_stopping(value: Stopping, record: Record | None) -> list[Block]:
    """Report what happens to a credential when its holder stops taking part."""
    blocks = _head("stopping the program with", value.credential, value.on, record)
    if value.refused:
        text = "You cannot stop" if value.expires_on is not None else "There is nothing to stop"
        blocks.extend(_why_not(value.refused, text=text))
        if value.expires_on is not None:
            blocks.append(Paragraph(f"Without a renewal it is valid until {spoken(value.expires_on)}, and expired from "
                                    "the next day on."))
    else:
        blocks.extend(_stopped(value))
    return [*blocks, _facts(value.credential, value.on), *_ending(value, value.rules, value.open, value.findings)]


def _stopped(value: Stopping) -> Iterable[Block]:
    """State what is lost, and what is kept."""
    details = [f"Written {value.written_before} while you take part, and {value.written_after} afterwards."
               if value.written_after else f"Written {value.written_before} while you take part; no source says how it "
               "is written afterwards.",
               "It has no end date: it does not expire, and no reinstatement is due."]
    if value.mark_until is not None:
        details.append(f"You keep the CM mark until {spoken(value.mark_until)}, the end of the cycle.")
    yield Verdict("You only lose the CM mark", "open", tuple(details))
    if value.stopped is None:
        yield Steps("What to do", ("Add the day of certification to the record, to show that there is no end date.",))


# ---------------------------------------------------------------------------------------------------------
# Several credentials with a common end date.


@report_of.register
def _report_of_synchronization(value: Synchronization, record: Record | None) -> list[Block]:
    """Report what is needed to synchronize credentials."""
    holder, ends = Names.of(record).holder, [credential.old_end for credential in value.credentials]
    last = next_last_day(ends, value.on)
    blocks: list[Block] = [title_of(holder, "one end date for all credentials", on=value.on, last=last)]
    if value.common_end is None:
        blocks.append(Verdict("Nothing to synchronize", "plain"))
    else:
        blocks.extend(_brought_together(value))
    if value.refused:
        blocks.append(Details("Left out", (Bullets(tuple(
            f"{found.subject}: {FINDINGS[found.code].when}" for found in value.refused)),)))
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _brought_together(value: Synchronization) -> Iterable[Block]:
    """State what is gained, what to do, and what it costs in the long run."""
    end = cast("date", value.common_end)
    gist = tuple(_gist(value))
    near = [FINDINGS[found.code].when for found in value.findings if found.code in _GIST]
    if value.same_day is not None:
        near.append(f"As they are, all windows are open from {spoken(value.same_day.start)} to "
                    f"{spoken(value.same_day.end)}.")
    yield Verdict(f"Common last day: {spoken(end)}" if gist else f"Nothing gained by one last day ({spoken(end)})",
                  "good" if gist else "plain", gist)
    last = next_last_day([credential.old_end for credential in value.credentials], value.on)
    first = () if last is None else (("Next last day", spoken(last), days_left(value.on, last)),)
    yield Facts((*first, ("Cost together", _dollars(value.savings[0].together), "this round"),
                 ("Cost as they are", _dollars(value.savings[0].apart), "this round"),
                 ("As of", spoken(value.on), "")))
    yield Steps("What to do" if gist or value.same_day is None else "What to do, as the ends are",
                tuple(_how_to(value, end, gained=bool(gist))))
    if near:
        yield Bullets(tuple(near))
    yield _ends(value.credentials)
    yield _points(value.credentials)
    questions = tuple(Question(need.question) for credential in value.credentials for need in credential.after.needs)
    if questions:
        yield Details("Open questions", questions)
    yield Details("When each declaration can be sent", (_windows(value.credentials),))
    yield Details("What it costs over the rounds", (_saved(value.savings), Paragraph(_MONTHS), *_rounds(
        "With the common end", value.together), *_rounds("With the ends as they are", value.apart)))


def _how_to(value: Synchronization, end: date, *, gained: bool) -> Iterable[str]:
    """State how to synchronize, or, if that gains nothing and one day is enough, on which day to declare."""
    if not gained and value.same_day is not None:
        yield (f"Send all declarations on the same business day, between {spoken(value.same_day.start)} and "
               f"{spoken(value.same_day.end)}.")
        return
    yield f"Ask the Board in writing, with {joined([_REQUEST[word] for word in value.request])}."
    yield "Wait for the confirmation before you declare early."
    yield f"Send all declarations on the same business day, by {spoken(end)}."


_MONTHS = ("Months: paid validity beyond the present end dates, over all credentials. Per year: for one credential, to "
           "the cent. Each declaration is assumed to be sent on the last possible day of its group.")


def _dollars(amount: Decimal | None) -> str:
    return "not known" if amount is None else dollars(amount)


def _gist(value: Synchronization) -> Iterable[str]:
    """State the gain in short."""
    first, last = value.savings[0], value.savings[-1]
    if first.saved:
        yield f"Saves {dollars(first.saved)} in this round."
    if last.saved and last.together_months < last.apart_months:
        yield (f"Over {last.rounds} rounds it saves {dollars(last.saved)} and pays for "
               f"{last.apart_months - last.together_months} fewer months of validity.")
    elif last.saved:
        yield f"Over {last.rounds} rounds it saves {dollars(last.saved)}."


def _ends(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((credential.id, f"{credential.code}({credential.body})", credential.old_end.isoformat(),
                  credential.new_end.isoformat(),
                  str(credential.months_given_up), str(credential.days_given_up), credential.renewed_until.isoformat())
                 for credential in credentials)
    return Table("Last days, and the time given up", (
        "Id", "Credential", "Last day", "Common last day", "Months", "Days", "Renewed until"),
        rows, right=(4, 5), keep=(2, 3, 6))


def _windows(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((credential.id, credential.declaration.opens_on.isoformat(),
                  credential.declaration.advised_by.isoformat(),
                  credential.declaration.last_day.isoformat(), "yes, once confirmed" if credential.early else "no")
                 for credential in credentials)
    return Table("Declarations", ("Id", "Opens", "Best sent by", "Last day", "Can be earlier"), rows, keep=(1, 2, 3))


def _points(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((credential.id, _OUTCOMES[credential.before.outcome], _short(credential.before),
                  _OUTCOMES[credential.after.outcome],
                  _short(credential.after)) for credential in credentials)
    return Table("Points now, for its own last day and for the common one",
                 ("Id", "For its own", "Missing", "For the common one", "Missing"), rows, right=(2, 4),
                 strong=tuple(index for index, credential in enumerate(credentials)
                              if credential.after.outcome is Outcome.NOT_MET))


def _short(asked: Requirements) -> str:
    return "?" if asked.total is None else f"{decimal_text(asked.total.short)} of {decimal_text(asked.total.required)}"


def _saved(savings: Sequence[Saving]) -> Block:
    """Show the two ways side by side, one row for each number of rounds."""
    rows = []
    for saving in savings:
        name = "this round" if saving.rounds == 1 else f"{saving.rounds} rounds"
        gain = "?" if saving.saved is None or saving.costs_more is None else (
            f"-{money_text(saving.costs_more)}" if saving.costs_more else money_text(saving.saved))
        rows.append((name, _money(saving.together), _money(saving.apart), gain,
                     f"{saving.together_months} / {saving.apart_months}",
                     f"{_rate(saving.together_per_year)} / {_rate(saving.apart_per_year)}"))
    return Table("Together / as they are, in USD", ("Over", "Together", "As is", "Saved", "Months", "Per year"),
                 tuple(rows), right=(1, 2, 3), keep=(4,))


def _rate(rate: CostPerYear | None) -> str:
    """Write a rate in dollars and cents, rounded up from half a cent.

    >>> _rate(CostPerYear(numerator=11000, denominator=3))
    '36.67'
    """
    if rate is None:
        return "?"
    cents = (2 * rate.numerator + rate.denominator) // (2 * rate.denominator)
    return cents_text(cents)


def _rounds(caption: str, rounds: Sequence[Round]) -> Iterable[Block]:
    rows = tuple((str(payment.number), sent.on.isoformat(), ", ".join(sent.credentials), _money(sent.fees.total))
                 for payment in rounds for sent in payment.submissions)
    yield Table(caption, ("Round", "Sent on", "Credentials", "USD"), rows, right=(0, 3), keep=(1,))
    for why in dict.fromkeys(sent.fees.why for payment in rounds for sent in payment.submissions if sent.fees.why):
        yield Paragraph(f"{why}.")


# ---------------------------------------------------------------------------------------------------------
# Several credentials in one area.


@report_of.register
def _report_of_stacked_choices(value: StackedChoices, record: Record | None) -> list[Block]:
    """Report the choices among credentials in one area."""
    names = Names.of(record)
    kept = list(names.ends)
    blocks: list[Block] = [title_of(names.holder, "which credentials to keep", on=value.on,
                                    last=names.last_day(kept, value.on)), _choice(value),
                           Facts((*names.last_fact(kept, value.on), ("As of", spoken(value.on), "")))]
    for group in value.groups:
        blocks.extend(_group(group))
    if value.unclear:
        blocks.append(Details("What is not clear", (Bullets(tuple(
            f"No source says whether {joined(pair.credentials)} are in one area; they share "
            f"{joined([short_label(area) for area in pair.areas])}." for pair in value.unclear)),), unfolded=True))
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _choice(value: StackedChoices) -> Verdict:
    """State whether there is a choice, and which one costs the least."""
    if not value.groups:
        return Verdict("No choice to make", "plain", ("No two of these credentials are known to be in one area.",))
    prices = [(choice.fees.total, _kept(choice)) for group in value.groups for choice in group.choices
              if choice.fees.total is not None]
    cheapest = (f"Cheapest this round: keep {min(prices)[1]} ({dollars(min(prices)[0])}).",) if prices else ()
    return Verdict(f"{counted(sum(len(group.choices) for group in value.groups), 'choice')}", "plain", cheapest)


def _group(group: StackedGroup) -> Iterable[Block]:
    """Show the choices in one area side by side."""
    yield Heading(2, f"{label(group.area)}: {joined(group.credentials)}")
    rows = tuple((_kept(choice), ", ".join(_OUTCOMES[outcome] for outcome in choice.outcomes), _extent(choice.required),
                  _extent(choice.short), _money(choice.fees.total)) for choice in group.choices)
    yield Table("Each choice, with points, and fees of this round in US dollars",
                ("Keep", "Requirements", "Needed", "Missing", "Fees"), rows, right=(2, 3, 4))
    yield Bullets(tuple(dict.fromkeys(_if_let_go(release) for choice in group.choices for release in choice.let_go)))
    unknown = tuple(sentence(why) for why in dict.fromkeys(choice.fees.why for choice in group.choices) if why)
    yield Details(f"{label(group.area)}: what is missing in each area", (
        _by_area(group.choices), Paragraph(
            "Where there are two numbers, the first holds if every activity counts for all of them, the second if none "
            "counts for two."), *map(Paragraph, unknown)))


def _if_let_go(one: LetGo) -> str:
    if one.becomes is Standing.EXPIRED:
        return (f"If you let {one.id} go, it expires after {_day(one.last_day)}. To get it back you may need a "
                "reinstatement, an examination, or both.")
    return f"If you let {one.id} go, it loses the CM mark. It has no end date and does not expire."


def _day(day: date | None) -> str:
    return "its last day" if day is None else spoken(day)


def _kept(choice: Choice) -> str:
    return joined(choice.keep)


def _by_area(choices: Sequence[Choice]) -> Block:
    names = dict.fromkeys(area.area for choice in choices for area in choice.areas or ())
    found = [{area.area: area for area in choice.areas or ()} for choice in choices]
    rows = tuple((label(name), *(_extent(areas[name].short) if name in areas else "-" for areas in found))
                 for name in names)
    return Table("Missing in each area", ("Area", *map(_kept, choices)), rows, right=tuple(range(1, len(choices) + 1)))


def _extent(extent: Extent | None) -> str:
    if extent is None:
        return "?"
    least, most = decimal_text(extent.least), decimal_text(extent.most)
    return least if least == most else f"{least} to {most}"


