"""The reports of comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cmprules._answers.render import report_for, report_of
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Notice,
    Paragraph,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import Names, title_of
from cmprules._answers.render.words import counted, in_sentence, label, points, said, short_label, spoken
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._policy.book import Figure
from cmprules._words import vocabulary
from cmprules.comparing._values import (
    Attribution,
    Cause,
    ChangedValue,
    DecisionChange,
    DecisionComparison,
    FigureChange,
    PolicyComparison,
    PolicySide,
)

# ---------------------------------------------------------------------------------------------------------
# Tables.


@report_for(PolicyComparison)
def _report_of_policy_comparison(value: PolicyComparison) -> list[Block]:
    """Report what changes from one table to another."""
    before, after = value.before, value.after
    first, second = spoken(before.expires_on), spoken(after.expires_on)
    days = f"two tables for last day {first}" if first == second else f"requirements from {first} to {second}"
    same = (before.code, before.body) == (after.code, after.body)
    title = Title(f"{_code(before)}: {days}" if same else f"{_name(before)} and {_name(after)}")
    sides = Details("The two tables", (Bullets((f"Before: {_side(before)}", f"After: {_side(after)}")),))
    return [title, *_body(value), sides, *ending(value, ())]


def _body(value: PolicyComparison) -> list[Block]:
    """State what differs, in words and numbers, then, folded, the sources of the figures."""
    if value.figures:
        changed = [figure for figure in value.figures if figure.change != "grounds"]
        verdict = Verdict(f"{counted(len(changed), 'requirement')} changed" if changed else
                          "Same requirements, known from other sources", "plain")
        return [verdict, Bullets(tuple(map(_in_words, value.figures))), _figures(value.figures),
                Details("Sources of the figures", (Bullets(tuple(map(_grounds, value.figures))),))]
    known = value.before.established and value.after.established
    return [Verdict("Same requirements", "plain", ("Both require the same, and the sources are the same.",)) if known
            else Verdict("Nothing to compare", "open", ("No source says what is required.",))]


def _code(side: PolicySide) -> str:
    return f"{side.code}({side.body})"


def _name(side: PolicySide) -> str:
    return f"{_code(side)} with last day {spoken(side.expires_on)}"


def _side(side: PolicySide) -> str:
    grade = f"least certain source: {said(side.grade)}" if side.grade is not None else "no source says what it requires"
    return f"row {side.row}, for last days from {spoken(side.starts_on)} on; {grade}."


def _figures(figures: Sequence[FigureChange]) -> Table:
    rows = tuple((_requirement(figure), _amount(figure.before), _amount(figure.after), _signed(figure.difference))
                 for figure in figures)
    strong = tuple(index for index, figure in enumerate(figures) if figure.difference)
    return Table("What changes, in points", ("Requirement", "Before", "After", "Difference"), rows, right=(1, 2, 3),
                 strong=strong)


def _requirement(one: FigureChange) -> str:
    if one.requirement == "cap":
        return f"At most: {in_sentence(one.of)}"
    return "Total in three years" if one.of == "total" else label(one.of)


def _amount(figure: Figure | None) -> str:
    return "-" if figure is None else decimal_text(figure.value)


def _signed(difference: Decimal | None) -> str:
    if difference is None:
        return "unknown"
    text = decimal_text(abs(difference))
    return f"-{text}" if difference < 0 else f"+{text}" if difference else "0"


def _in_words(one: FigureChange) -> str:
    """State one change in a sentence."""
    before, after = (Decimal(0) if figure is None else figure.value for figure in (one.before, one.after))
    what = _requirement(one)
    if one.change == "added":
        return f"{what}: {points(after)}, where nothing was required." if one.requirement == "area" else \
            f"{what}: {points(after)}, where there was no such limit."
    if one.change == "removed":
        return f"{what}: no longer; it was {points(before)}."
    if one.change == "grounds":
        return f"{what}: {points(after)} as before, known from another source."
    if one.change == "unknown":
        known = "after" if one.before is None else "before"
        return f"{what}: {points(after if one.before is None else before)} {known}; no source gives the other."
    way = "raised" if one.change == "raised" else "lowered"
    return f"{what}: {way} from {decimal_text(before)} to {points(after)}."


def _grounds(one: FigureChange) -> str:
    """State the sources of the figures of one change."""
    stands = [f"{when} {figure.source}: {figure.pin} ({said(figure.grade)})"
              for when, figure in (("before", one.before), ("after", one.after)) if figure is not None]
    return f"{_requirement(one)}: {'; '.join(stands)}."


# ---------------------------------------------------------------------------------------------------------
# Decisions.

_CAUSES = {"record": "the record", "day": "the day", "edition": "the edition", "rows": "your own figures",
           "trust": "the trust", "rules": "the rules", "library": "the version of the library"}
_COUNTED = {"finding": ("finding", "findings"), "source": ("source", "sources"),
            "notice": ("line of notice", "lines of notice")}


@report_of.register
def _report_of_decision_comparison(value: DecisionComparison, record: Record | None) -> list[Block]:
    """Report what changes from one decision to another, and what caused it."""
    names = Names.of(record)
    days = spoken(value.before.on), spoken(value.after.on)
    about = f"decisions of {days[0]} and {days[1]}" if days[0] != days[1] else f"two decisions of {days[0]}"
    ids = list(dict.fromkeys(change.credential for change in value.changes if change.credential is not None))
    blocks: list[Block] = [title_of(names.holder, about, on=value.after.on,
                                    last=names.last_day(ids or names.ends, value.after.on)), _compared(value)]
    facts = names.last_fact(ids or names.ends, value.after.on)
    blocks.append(Facts((*facts, ("Compared", days[0], f"with {days[1]}"))))
    if value.causes:
        blocks.append(_causes(value.causes))
    shown = [change for change in value.changes if change.what not in _COUNTED and not _is_said(change)]
    for credential in dict.fromkeys(change.credential for change in shown):
        changes = [change for change in shown if change.credential == credential]
        blocks.extend(_changes(f"Credential {credential}" if credential is not None else "All together", changes))
    rest = _counted(value.changes)
    return [*blocks, *([Paragraph(rest)] if rest else []), Notice(value.notice)]


def _compared(value: DecisionComparison) -> Verdict:
    """State first whether an outcome changed."""
    outcomes = [change for change in value.changes if change.what == "outcome"]
    lines = tuple(f"{change.credential}: {_outcome(change.before)} before, {_outcome(change.after)} after."
                  for change in outcomes)
    text = (f"{counted(len(outcomes), 'outcome')} changed" if outcomes else "The outcomes are the same"
            if value.changes else "The answers are the same")
    return Verdict(text, "open" if outcomes else "plain", (*lines, _whose(value)))


def _outcome(plain: Any) -> str:
    return "nothing" if plain is None else str(plain).lower().replace("_", " ")


def _is_said(change: DecisionChange) -> bool:
    """Return whether another line already covers something that only one side has: the entry, or the amount."""
    telling = {"activity": ".entered", "fee": ".amount"}.get(change.what)
    return (change.only_in is not None and telling is not None and change.subject is not None
            and not change.path.endswith(telling))


def _causes(causes: Sequence[Cause]) -> Table:
    rows = tuple((_CAUSES[cause.cause], plain_text(cause.before), plain_text(cause.after)) for cause in causes)
    return Table("What the two were made with", ("What", "Before", "After"), tuple(rows))


def _whose(value: DecisionComparison) -> str:
    """State in general what caused the differences."""
    causes = [_CAUSES[cause.cause] for cause in value.causes if cause.cause != "library"]
    named = joined(causes) if causes else ""
    if not value.changes:
        return "Nothing changed." if not causes else f"{_first(named)} changed, but the answers did not."
    if len(causes) == 1:
        return f"Only {named} changed, so it explains every difference below."
    if any(change.because for change in value.changes):
        return "Each change was tried alone, from both sides. The tables show what each one causes."
    if not causes:
        return "The library did not cause these differences: nothing that an answer depends on changed."
    return f"{_first(named)} changed; any of them may explain the differences below. None of them was tried alone."


def _first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _changes(heading: str, changes: Sequence[DecisionChange]) -> Iterable[Block]:
    """Report the changes of one credential, or of the whole decision."""
    columns = ("What", "Before", "After", "Caused by")
    rows = tuple((change_name(change), *_both(change), whose_doing(change.how, change.because)) for change in changes)
    strong = tuple(index for index, change in enumerate(changes) if change.what in {"outcome", "standing"})
    yield Details(heading, (Table("What differs", columns, rows, strong=strong),), unfolded=True)


def _both(change: DecisionChange) -> tuple[str, str]:
    if change.path.endswith("]") and change.what == "table":
        return "-" if change.before is None else "applied", "-" if change.after is None else "applied"
    return _side_of(change, "before", change.before), _side_of(change, "after", change.after)


def _side_of(change: DecisionChange, side: str, plain: Any) -> str:
    """Write one side of a change: a dash if the value is missing, and `none` if it is null."""
    if change.only_in not in {None, side}:
        return "-"
    return "none" if plain is None else plain_text(plain)


def whose_doing(how: str, because: Sequence[Attribution]) -> str:
    """State what caused one change."""
    enough = [_CAUSES[attribution.cause] for attribution in because if attribution.alone]
    needed = [_CAUSES[attribution.cause] for attribution in because if attribution.undone]
    if how == "untried":
        return "not tried"
    if how == "alone":
        return enough[0]
    if how == "each":
        return f"each of {joined(enough)}"
    if how == "together":
        return f"{joined(needed)} together"
    parts = [f"{joined(names)} {what}" for names, what in ((enough, "enough alone"), (needed, "needed")) if names]
    return "; ".join(parts) or "several together"


_FIELDS = {"short": "missing", "over_cap": "over the limit", "surplus": "not needed", "unconfirmed": "not confirmed",
           "placed": "counted", "required": "needed", "duplicate": "not counted as a second entry"}


def change_name(change: ChangedValue) -> str:
    """Name what differs in a few words."""
    field = change.path.rpartition(".")[2]
    last = _FIELDS.get(field, field.replace("_", " "))
    about = str(change.subject)
    named = {
        "placement": f"Points placed: {_bracket(change.path)}", "shortfall": f"Points missing: {about}",
        "need": f"Question on {about}", "table": f"Table: {about}", "activity": f"{about}: {last}",
        "area": f"{short_label(about)}: {last}", "fee": f"Fee, {short_label(about)}: {last}",
        "finding": f"Finding: {_bracket(change.path)}", "source": f"Source: {about}",
    }
    if change.subject is not None and change.what in named:
        return named[change.what]
    what = change.what.capitalize()
    return what if change.what in {"outcome", "standing", "grade", "credential", "day"} else f"{what}: {last}"


def _bracket(path: str) -> str:
    """Read the text in the last brackets of a path, with areas in words."""
    return ", ".join(short_label(part) if part in vocabulary.AREAS or part == vocabulary.POOL else part
                     for part in path.rpartition("[")[2].rstrip("]").split(", "))


def plain_text(plain: Any) -> str:
    """Write plain data in a table cell."""
    if plain is None:
        return "-"
    if isinstance(plain, Mapping):
        if {"required", "available", "short"} <= set(plain):
            return f"{plain['required']} - {plain['available']} = {plain['short']} missing"
        return str(plain["title"] if "title" in plain else plain["pin"] if "pin" in plain else
                   ", ".join(plain_text(item) for item in plain.values()))
    if isinstance(plain, list | tuple):
        return ", ".join(map(plain_text, plain)) or "none"
    text = str(plain)
    return f"{text[:12]}..." if len(text) == 64 and set(text) <= set("0123456789abcdef") else text  # a digest


def _counted(changes: Sequence[DecisionChange]) -> str:
    """State how many findings and sources differ; the JSON form lists them."""
    return _sentence(list(_counts(changes)))


def _counts(changes: Sequence[DecisionChange]) -> Iterator[str]:
    for what, (singular, many) in _COUNTED.items():
        count = sum(change.what == what for change in changes)
        if count:
            yield f"{count} {singular if count == 1 else many}"


def _sentence(counts: list[str]) -> str:
    return f"{joined(counts)} also changed; the JSON form lists them." if counts else ""


