"""The answers of this package in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

from cmprules._answers.answer import Answer
from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.words import joined, label, points, said, short_label, source_line
from cmprules._facts.records import Credential, Period
from cmprules._kit.points import decimal_text, money_text
from cmprules._rules.results import FeeQuote, Finding, Need
from cmprules._words import vocabulary
from cmprules._words.codes import FINDINGS
from cmprules._words.enums import Outcome, Standing
from cmprules.renewal._values import (
    Choice,
    CostPerYear,
    Extent,
    InactiveStatus,
    Reinstatement,
    Renewal,
    Requirements,
    Round,
    Rule,
    Saving,
    StackedChoices,
    StackedGroup,
    Stopping,
    Synchronization,
    SynchronizedCredential,
    TableAsked,
)

__all__: list[str] = []

_OUTCOMES = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.NEEDS_REVIEW: "needs review",
             Outcome.NOT_REQUIRED: "not required"}
_ITEMS = {"application": "application", "reduced_application": "application, reduced", "reinstatement": "reinstatement"}
_MOVED = {"cycle_end": "End of the cycle", "opens_on": "Declaration opens", "advised_by": "Declaration advised by",
          "last_day": "Last day of the declaration"}
_BASES = {"old_end": "by its old end", "today": "today's"}
_GIST = ("ALREADY_TOGETHER", "SAME_DAY_SUFFICES", "NO_SHARED_DAY")
_REQUEST = {"full_name": "full name", "customer_id": "customer number", "categories": "categories",
            "certification_numbers": "certification numbers"}


# ---------------------------------------------------------------------------------------------------------
# What several reports have.


def _named(credential: Credential) -> str:
    return f"{credential.code}({credential.body}) {vocabulary.NAMES[credential.code]}"


def _why_not(refused: Sequence[Finding], *, text: str) -> Iterable[Block]:
    """Say first that it does not go, then why, and what to do."""
    yield Verdict(text, "bad", tuple(f"{FINDINGS[found.code].title}: {found.subject}" for found in refused))
    yield Bullets(tuple(f"{FINDINGS[found.code].when} {FINDINGS[found.code].remedy}" for found in refused))


def _noted(findings: Sequence[Finding]) -> Iterable[Block]:
    """Say what was found beside the answer, each kind of finding once."""
    codes = dict.fromkeys(found.code for found in findings if found.code not in _GIST)
    if codes:
        yield Heading(2, "To be noted")
        yield Bullets(tuple(f"{FINDINGS[code].title}: {FINDINGS[code].when}" for code in codes))


def _asked(needs: Sequence[Need]) -> Iterable[Block]:
    if needs:
        yield Heading(3, "What would settle it")
        yield Bullets(tuple(need.question for need in needs))


def _ending(answer: Answer, rules: Sequence[Rule], left: Sequence[Rule], findings: Sequence[Finding]) -> list[Block]:
    """End a report: what is to be noted, what is open, the rules, the sources, the notice."""
    blocks = [*_noted(findings)]
    if left:
        blocks.extend([Heading(2, "Not established"), Bullets(tuple(map(_said, left)))])
    stated = [rule for rule in rules if rule.text is not None]
    blocks.extend([Heading(2, "Rules"),
                   Bullets(tuple(f"{_said(rule)} ({said(rule.citation.grade)})" for rule in stated))])
    blocks.extend([Heading(2, "Sources"), Bullets(tuple(source_line(source) for source in answer.sources.values()))])
    return [*blocks, Paragraph(f"Policy edition {answer.edition}."), Notice(answer.notice)]


def _said(rule: Rule) -> str:
    """Say a rule, after the question that it answers or leaves open."""
    return " ".join(filter(None, (rule.question, rule.text)))


def _fees(fees: FeeQuote, caption: str) -> Block:
    """Write down the lines of a quote, or why there is no total."""
    if fees.total is None:
        return Paragraph(f"{caption}: {fees.why}.")
    rows = [(line.credential, _ITEMS[line.item], money_text(line.amount), said(line.grade)) for line in fees.lines]
    rows.append(("Total", "", money_text(fees.total), ""))
    return Table(f"{caption}, in {fees.currency}", ("Credential", "Item", "Amount", "Figure known from"), tuple(rows),
                 right=(2,), strong=(len(rows) - 1,))


def _areas(asked: Requirements) -> Iterable[Block]:
    """Compare what is asked for with what is there."""
    if asked.areas is None or asked.total is None:
        yield Paragraph("The requirements are not established, so that nothing can be compared.")
        return
    rows = [(label(area.area), *map(decimal_text, (area.required, area.placed, area.short)), said(area.grade))
            for area in asked.areas]
    rows.append(("Total", *map(decimal_text, (asked.total.required, asked.total.placed, asked.total.short)), ""))
    yield Table("Requirements, in points", ("Area", "Needs", "Placed", "Short", "Figure known from"), tuple(rows),
                right=(1, 2, 3), strong=tuple(index for index, row in enumerate(rows) if row[3] != "0"))


def _money(amount: Decimal | None) -> str:
    return "not established" if amount is None else money_text(amount)


# ---------------------------------------------------------------------------------------------------------
# One credential.


@report_for(Renewal)
def _renewal(value: Renewal) -> list[Block]:
    """Write down a renewal as the letter would show it."""
    head: list[Block] = [Title(f"Renewal of {_named(value.credential)} on {value.on}")]
    if value.valid is None or value.renewed is None:
        head.extend(_why_not(value.refused, text="NOT RENEWED"))
    else:
        head.append(Verdict(f"VALID FROM {value.valid.start} TO {value.valid.end}", "good",
                            ("If the declaration is accepted.",
                             f"The new cycle is not shown before {value.shows_from}.")))
    if value.badge is not None:
        free = "free with the renewal" if value.badge.free else "not free"
        head.append(Paragraph(f"Digital badge: {free}; USD {money_text(value.badge.fee_inside_cycle)} for who does not "
                              "want to wait."))
    return [*head, *_ending(value, value.rules, value.open, value.findings)]


@report_for(Reinstatement)
def _reinstatement(value: Reinstatement) -> list[Block]:
    """Write down what a reinstatement takes."""
    blocks: list[Block] = [Title(f"Reinstatement of {_named(value.credential)} on {value.on}")]
    if value.refused:
        blocks.extend(_why_not(value.refused, text="NOT REINSTATED"))
    asked = value.requirements
    if asked is not None:
        blocks.extend(_lapsed(value, asked))
    blocks.extend(_asked(value.needs))
    if asked is not None and value.fees is not None:
        blocks.extend(_areas(asked))
        blocks.extend([_tables(value.tables), _fees(value.fees, "Fees of the reinstatement")])
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _lapsed(value: Reinstatement, asked: Requirements) -> Iterable[Block]:
    """Say since when it has expired and where the points stand."""
    days = f"{value.lapsed_days} day{'' if value.lapsed_days == 1 else 's'}"
    cycle = cast("Period", asked.cycle)  # what has expired has one
    details = [f"Not valid since {value.expired_since} ({days}); it may not be cited.",
               f"Points count from {cycle.start} to {cycle.end}."]
    if asked.total is not None and asked.total.short:
        details.append(f"Short by {points(asked.total.short)} of {decimal_text(asked.total.required)}.")
    text = f"EXPIRED - requirements {_OUTCOMES[asked.outcome]}"
    yield Verdict(text, "bad" if asked.outcome is Outcome.NOT_MET else "open", tuple(details))


def _tables(tables: Sequence[TableAsked]) -> Block:
    """Set the tables that may apply side by side."""
    names = list(dict.fromkeys(area.area for table in tables for area in table.areas or ()))
    rows = []
    for name in ("total", *names, vocabulary.POOL):
        cells = tuple(_cell(table, name) for table in tables)
        rows.append(("Total" if name == "total" else label(name), *cells))
    columns = ("Area", *(f"{_BASES[table.basis].capitalize()}: {table.row or 'none in force'}" for table in tables))
    return Table("Tables that may apply, in points", columns, tuple(rows), right=tuple(range(1, len(columns))))


def _cell(table: TableAsked, name: str) -> str:
    if table.total is None or table.pool is None:
        return "?"
    figures = {area.area: area for area in table.areas or ()}
    figure = table.total if name == "total" else table.pool if name == vocabulary.POOL else figures.get(name)
    return "0" if figure is None else decimal_text(figure.value)


@report_for(InactiveStatus)
def _inactive(value: InactiveStatus) -> list[Block]:
    """Write down what an extension moves."""
    blocks: list[Block] = [Title(f"Inactive status of {_named(value.credential)} on {value.on}")]
    if value.refused:
        blocks.extend(_why_not(value.refused, text="NO EXTENSION"))
    else:
        until = value.credential.extended_until
        texts = {Standing.CURRENT: ("CURRENT", "good"), Standing.INACTIVE: (f"INACTIVE UNTIL {until}", "open"),
                 Standing.EXPIRED: ("EXPIRED", "bad"), Standing.NO_END_DATE: ("NO END DATE", "open")}
        text, tone = texts[value.standing]
        blocks.append(Verdict(text, tone, (f"The extension ends on {until}; the points have to be there by then.",)))
        rows = tuple((_MOVED[day.what], day.before.isoformat(), day.after.isoformat()) for day in value.moved)
        start = str(value.cycle_start)
        rows = (("Start of the cycle", start, start), *rows)
        blocks.append(Table("What the extension moves", ("Day", "Without it", "With it"), rows, keep=(1, 2)))
        blocks.append(Paragraph(f"The table stays: {value.table or 'none was in force'}."))
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


@report_for(Stopping)
def _stopping(value: Stopping) -> list[Block]:
    """Write down what becomes of a credential whose holder stops."""
    blocks: list[Block] = [Title(f"{_named(value.credential)}, if its holder stops on {value.on}")]
    if value.refused:
        blocks.extend(_why_not(value.refused, text="THE HOLDER CANNOT STOP" if value.expires_on is not None
                               else "THERE IS NOTHING TO STOP"))
        if value.expires_on is not None:
            blocks.append(Paragraph(f"Without a renewal its last valid day is {value.expires_on}; from the day after, "
                                    "it has expired."))
    else:
        after = value.written_after or "not established"
        details = [f"Written {value.written_before} while its holder takes part; afterwards: {after}.",
                   "It has no end date; it does not expire, and no reinstatement is owed."]
        if value.mark_until is not None:
            details.append(f"The mark belongs to the cycle that ends on {value.mark_until}.")
        blocks.append(Verdict("ONLY THE MARK IS LOST", "open", tuple(details)))
        if value.stopped is None:
            blocks.append(Paragraph("Add the day of certification to the record, so that it can say that there is no "
                                    "end date."))
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


# ---------------------------------------------------------------------------------------------------------
# Several credentials brought to one end.


@report_for(Synchronization)
def _synchronization(value: Synchronization) -> list[Block]:
    """Write down what it takes to bring ends together."""
    blocks: list[Block] = [Title(f"Bringing ends together, on {value.on}")]
    if value.common_end is None:
        blocks.append(Verdict("NOTHING TO BRING TOGETHER", "open", ()))
    else:
        blocks.append(Verdict(f"COMMON END {value.common_end}", "good", tuple(_gist(value))))
        blocks.extend(Paragraph(FINDINGS[found.code].when) for found in value.findings if found.code in _GIST)
        blocks.extend([_ends(value.credentials), _windows(value.credentials), _points(value.credentials)])
        for one in value.credentials:
            blocks.extend(_questions(one))
        blocks.extend([Heading(2, "What it costs"), _saved(value.savings), Paragraph(
            "Months: of validity paid for, over all credentials, beyond the ends as they are. Per year: of one "
            "credential. Everybody is taken to declare on the last day on which all of a submission can be sent.")])
        blocks.extend([*_rounds("With the common end", value.together), *_rounds("With the ends as they are",
                                                                                 value.apart)])
        blocks.extend([Heading(2, "The request"), Paragraph(
            f"In writing to the Board, with {joined([_REQUEST[word] for word in value.request])}. Wait for the "
            "confirmation before you declare early.")])
    if value.refused:
        blocks.extend([Heading(2, "Left out"), Bullets(tuple(
            f"{found.subject}: {FINDINGS[found.code].when}" for found in value.refused))])
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _gist(value: Synchronization) -> Iterable[str]:
    """Say in short what is gained and given up."""
    first, last = value.savings[0], value.savings[-1]
    if first.saved is not None:
        yield f"Saves USD {money_text(first.saved)} in this round."
    if last.saved is not None and last.together_months < last.apart_months:
        yield (f"Over {last.rounds} rounds it saves USD {money_text(last.saved)} and pays for "
               f"{last.apart_months - last.together_months} months of validity less.")
    if value.same_day is not None:
        yield f"As they are, all windows are open from {value.same_day.start} to {value.same_day.end}."


def _ends(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((one.id, f"{one.code}({one.body})", one.old_end.isoformat(), one.new_end.isoformat(),
                  str(one.months_given_up), str(one.days_given_up), one.renewed_until.isoformat())
                 for one in credentials)
    return Table("Ends, and what is given up", ("Id", "Credential", "End", "Common end", "Months", "Days",
                                                "Renewed until"), rows, right=(4, 5), keep=(2, 3, 6))


def _windows(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((one.id, one.declaration.opens_on.isoformat(), one.declaration.advised_by.isoformat(),
                  one.declaration.last_day.isoformat(), "yes, once confirmed" if one.early else "no")
                 for one in credentials)
    return Table("Declarations", ("Id", "Opens", "Advised by", "Last day", "May be earlier"), rows, keep=(1, 2, 3))


def _points(credentials: Sequence[SynchronizedCredential]) -> Block:
    rows = tuple((one.id, _OUTCOMES[one.before.outcome], _short(one.before), _OUTCOMES[one.after.outcome],
                  _short(one.after)) for one in credentials)
    return Table("Points on that day, by the own end and by the common one",
                 ("Id", "By its end", "Short", "By the common end", "Short"), rows, right=(2, 4),
                 strong=tuple(index for index, one in enumerate(credentials) if one.after.outcome is Outcome.NOT_MET))


def _short(asked: Requirements) -> str:
    return "?" if asked.total is None else f"{decimal_text(asked.total.short)} of {decimal_text(asked.total.required)}"


def _questions(one: SynchronizedCredential) -> Iterable[Block]:
    if one.after.needs:
        yield Heading(3, f"What would settle it for {one.id}")
        yield Bullets(tuple(need.question for need in one.after.needs))


def _saved(savings: Sequence[Saving]) -> Block:
    """Set the two ways side by side, a row for each number of rounds."""
    rows = []
    for one in savings:
        name = "this round" if one.rounds == 1 else f"{one.rounds} rounds"
        gain = "?" if one.saved is None or one.costs_more is None else (
            f"-{money_text(one.costs_more)}" if one.costs_more else money_text(one.saved))
        rows.append((name, _money(one.together), _money(one.apart), gain,
                     f"{one.together_months} / {one.apart_months}",
                     f"{_rate(one.together_per_year)} / {_rate(one.apart_per_year)}"))
    return Table("Together / as they are, in USD", ("Over", "Together", "As is", "Saved", "Months", "Per year"),
                 tuple(rows), right=(1, 2, 3), keep=(4,))


def _rate(rate: CostPerYear | None) -> str:
    """Write a rate exactly: dollars, cents, and what is left of a cent as a fraction.

    >>> _rate(CostPerYear(numerator=11000, denominator=3))
    '36.66 2/3'
    """
    if rate is None:
        return "?"
    cents, rest = divmod(rate.numerator, rate.denominator)
    whole = f"{cents // 100}.{cents % 100:02d}"
    return f"{whole} {rest}/{rate.denominator}" if rest else whole


def _rounds(caption: str, rounds: Sequence[Round]) -> Iterable[Block]:
    rows = tuple((str(one.number), sent.on.isoformat(), ", ".join(sent.credentials), _money(sent.fees.total))
                 for one in rounds for sent in one.submissions)
    yield Table(caption, ("Round", "Sent on", "Credentials", "USD"), rows, right=(0, 3), keep=(1,))
    for why in dict.fromkeys(sent.fees.why for one in rounds for sent in one.submissions if sent.fees.why):
        yield Paragraph(f"{why}.")


# ---------------------------------------------------------------------------------------------------------
# Several credentials in one area.


@report_for(StackedChoices)
def _stacked(value: StackedChoices) -> list[Block]:
    """Write down the choices among credentials in one area."""
    blocks: list[Block] = [Title(f"Credentials in one area, on {value.on}")]
    if not value.groups:
        blocks.append(Verdict("NO CHOICE IN ONE AREA", "open",
                              ("No two of these credentials are known to be in one area.",)))
    for group in value.groups:
        blocks.extend(_group(group))
    if value.unclear:
        blocks.extend([Heading(2, "Unclear"), Bullets(tuple(
            f"Whether {joined(pair.credentials)} are in one area is not established; they share "
            f"{joined([short_label(area) for area in pair.areas])}." for pair in value.unclear))])
    return [*blocks, *_ending(value, value.rules, value.open, value.findings)]


def _group(group: StackedGroup) -> Iterable[Block]:
    """Set the choices in one area side by side."""
    yield Heading(2, f"{label(group.area)}: {joined(group.credentials)}")
    rows = tuple((_kept(choice), ", ".join(_OUTCOMES[one] for one in choice.outcomes), _extent(choice.required),
                  _extent(choice.short), _money(choice.fees.total)) for choice in group.choices)
    yield Table("Each choice: points, what is short on that day, and fees of one round in USD",
                ("Maintain", "Requirements", "Needs", "Short", "Fees"), rows, right=(2, 3, 4))
    yield _by_area(group.choices)
    for why in dict.fromkeys(choice.fees.why for choice in group.choices if choice.fees.why):
        yield Paragraph(f"{why}.")
    yield Bullets(tuple(dict.fromkeys(
        f"{one.id} let go: " + (f"it expires after {one.last_day}; having it back may take a reinstatement, an "
                                "examination, or both." if one.becomes is Standing.EXPIRED else
                                "it loses the mark, has no end date and does not expire.")
        for choice in group.choices for one in choice.let_go)))
    yield Paragraph("Where two numbers stand, the first holds if every activity serves all of them, the second if none "
                    "serves two.")


def _kept(choice: Choice) -> str:
    return joined(choice.keep)


def _by_area(choices: Sequence[Choice]) -> Block:
    names = dict.fromkeys(area.area for choice in choices for area in choice.areas or ())
    found = [{area.area: area for area in choice.areas or ()} for choice in choices]
    rows = tuple((label(name), *(_extent(areas[name].short) if name in areas else "-" for areas in found))
                 for name in names)
    return Table("Short in each area", ("Area", *map(_kept, choices)), rows, right=tuple(range(1, len(choices) + 1)))


def _extent(extent: Extent | None) -> str:
    if extent is None:
        return "?"
    least, most = decimal_text(extent.least), decimal_text(extent.most)
    return least if least == most else f"{least} to {most}"


