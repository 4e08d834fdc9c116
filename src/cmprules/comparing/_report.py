"""Comparisons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title
from cmprules._answers.render.words import in_sentence, joined, label, points, said, short_label, source_line
from cmprules._kit.points import decimal_text
from cmprules._policy.book import Figure
from cmprules.comparing._values import (
    Attribution,
    Cause,
    DecisionChange,
    DecisionComparison,
    Difference,
    FigureChange,
    PolicyComparison,
    PolicySide,
)

__all__ = ["change_name", "plain_text"]


# ---------------------------------------------------------------------------------------------------------
# Tables.


@report_for(PolicyComparison)
def _(value: PolicyComparison) -> list[Block]:
    """Write down what changes from one table to another."""
    before, after = value.before, value.after
    blocks: list[Block] = [
        Title(f"From {_name(before)} to {_name(after)}"),
        Bullets((f"Before: {_side(before)}", f"After: {_side(after)}")),
        *_body(value),
    ]
    if value.sources:
        listed = tuple(f"{name}: {source_line(source)}" for name, source in value.sources.items())
        blocks.extend([Heading(2, "Sources"), Bullets(listed)])
    return [*blocks, Notice(value.notice)]


def _body(value: PolicyComparison) -> list[Block]:
    """Write down the figures that differ: as numbers, in words, and where they stand."""
    if value.figures:
        return [_figures(value.figures), Heading(2, "In words"), Bullets(tuple(map(_in_words, value.figures))),
                Heading(2, "Where the figures stand"), Bullets(tuple(map(_grounds, value.figures)))]
    known = value.before.established and value.after.established
    return [Paragraph("Both ask for the same, and know it from the same sources." if known else
                      "There are no figures to compare.")]


def _name(side: PolicySide) -> str:
    return f"{side.code}({side.body}) expiring on {side.expires_on}"


def _side(side: PolicySide) -> str:
    grade = f"weakest figure known from: {said(side.grade)}" if side.grade is not None else "not established"
    return f"row {side.row}, which binds for expiries from {side.starts_on} on; {grade}."


def _figures(figures: Sequence[FigureChange]) -> Table:
    rows = tuple((_requirement(one), _amount(one.before), _amount(one.after), _signed(one.difference))
                 for one in figures)
    strong = tuple(index for index, one in enumerate(figures) if one.difference)
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
    """Say one change in a sentence."""
    before, after = (Decimal(0) if figure is None else figure.value for figure in (one.before, one.after))
    what = _requirement(one)
    if one.change == "added":
        return f"{what}: {points(after)}, where nothing was asked for." if one.requirement == "area" else \
            f"{what}: {points(after)}, where there was no such bound."
    if one.change == "removed":
        return f"{what}: no longer; it was {points(before)}."
    if one.change == "grounds":
        return f"{what}: {points(after)} as before, known from elsewhere."
    if one.change == "unknown":
        known = "after" if one.before is None else "before"
        return f"{what}: {points(after if one.before is None else before)} {known}; the other is not established."
    way = "raised" if one.change == "raised" else "lowered"
    return f"{what}: {way} from {decimal_text(before)} to {points(after)}."


def _grounds(one: FigureChange) -> str:
    """Say where the figures of one change stand."""
    stands = [f"{when} {figure.source}: {figure.pin} ({said(figure.grade)})"
              for when, figure in (("before", one.before), ("after", one.after)) if figure is not None]
    return f"{_requirement(one)}: {'; '.join(stands)}."


# ---------------------------------------------------------------------------------------------------------
# Decisions.

_CAUSES = {"record": "the record", "day": "the day", "edition": "the edition", "rows": "files of your own",
           "trust": "the trust", "rules": "the rules", "library": "the version of the library"}
_COUNTED = {"finding": ("finding", "findings"), "source": ("source", "sources"),
            "notice": ("line of notice", "lines of notice")}


@report_for(DecisionComparison)
def _(value: DecisionComparison) -> list[Block]:
    """Write down what changes from one decision to another, and whose doing it is."""
    blocks: list[Block] = [Title(f"From the decision of {value.before.on} to that of {value.after.on}")]
    blocks.append(_causes(value.causes) if value.causes else Paragraph("Both were made with the same."))
    blocks.append(Paragraph(_whose(value)))
    shown = [change for change in value.changes if change.what not in _COUNTED and not _is_said(change)]
    for credential in dict.fromkeys(change.credential for change in shown):
        changes = [change for change in shown if change.credential == credential]
        blocks.extend(_changes(f"Credential {credential}" if credential is not None else "All together", changes))
    rest = _counted(value.changes)
    return [*blocks, *([Paragraph(rest)] if rest else []), Notice(value.notice)]


def _is_said(change: DecisionChange) -> bool:
    """Whether a line on something that one side alone has is said by another: by what was entered, or the amount."""
    telling = {"activity": ".entered", "fee": ".amount"}.get(change.what)
    return (change.only_in is not None and telling is not None and change.subject is not None
            and not change.path.endswith(telling))


def _causes(causes: Sequence[Cause]) -> Table:
    rows = tuple((_CAUSES[cause.cause], plain_text(cause.before), plain_text(cause.after)) for cause in causes)
    return Table("What was not alike", ("What", "Before", "After"), tuple(rows))


def _whose(value: DecisionComparison) -> str:
    """Say in general whose doing the differences are."""
    causes = [_CAUSES[cause.cause] for cause in value.causes if cause.cause != "library"]
    if not value.changes:
        return "The answers are the same." if not causes else f"The answers are the same, in spite of {joined(causes)}."
    if len(causes) == 1:
        return f"Whatever differs below is the doing of {causes[0]}: nothing else was not alike."
    if any(change.because for change in value.changes):
        return "Each cause was tried alone, from both ends. What one cause does alone stands under its name."
    if not causes:
        return "What differs below was not made by the library: nothing that it hangs on differs."
    return f"Whatever differs below may be the doing of {joined(causes)}; none of them was tried."


def _changes(heading: str, changes: Sequence[DecisionChange]) -> Iterable[Block]:
    """Write down the changes of one credential, or of the whole."""
    columns = ("What", "Before", "After", "Whose doing")
    rows = tuple((change_name(change), *_both(change), whose_doing(change.how, change.because)) for change in changes)
    strong = tuple(index for index, change in enumerate(changes) if change.what in {"outcome", "standing"})
    yield Heading(2, heading)
    yield Table("What differs", columns, rows, strong=strong)


def _both(change: DecisionChange) -> tuple[str, str]:
    if change.path.endswith("]") and change.what == "table":
        return "-" if change.before is None else "applied", "-" if change.after is None else "applied"
    return _side_of(change, "before", change.before), _side_of(change, "after", change.after)


def _side_of(change: DecisionChange, side: str, plain: Any) -> str:
    """Write one side of a change: a dash where the value is not there, and `none` where it is null."""
    if change.only_in not in {None, side}:
        return "-"
    return "none" if plain is None else plain_text(plain)


def whose_doing(how: str, because: Sequence[Attribution]) -> str:
    """Say what causes brought one change about."""
    enough = [_CAUSES[one.cause] for one in because if one.alone]
    needed = [_CAUSES[one.cause] for one in because if one.undone]
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


def change_name(change: Difference) -> str:
    """Name what differs in a few words."""
    last = change.path.rpartition(".")[2].replace("_", " ")
    about = str(change.subject)
    named = {
        "placement": f"Points placed: {_bracket(change.path)}", "shortfall": f"Proof: {about}",
        "need": f"Question on {about}", "table": f"Table: {about}", "activity": f"{about}: {last}",
        "area": f"{short_label(about)}: {last}", "fee": f"Fee, {short_label(about)}: {last}",
        "finding": f"Finding: {_bracket(change.path)}", "source": f"Source: {about}",
    }
    if change.subject is not None and change.what in named:
        return named[change.what]
    what = change.what.capitalize()
    return what if change.what in {"outcome", "standing", "grade", "credential", "day"} else f"{what}: {last}"


def _bracket(path: str) -> str:
    """Give what stands in the last brackets of a path."""
    return path.rpartition("[")[2].rstrip("]")


def plain_text(plain: Any) -> str:
    """Write plain data within a table."""
    if plain is None:
        return "-"
    if isinstance(plain, Mapping):
        if {"required", "available", "short"} <= set(plain):
            return f"{plain['required']} - {plain['available']} = {plain['short']} short"
        return str(plain["title"] if "title" in plain else plain["pin"] if "pin" in plain else
                   ", ".join(plain_text(item) for item in plain.values()))
    if isinstance(plain, list | tuple):
        return ", ".join(map(plain_text, plain)) or "none"
    text = str(plain)
    return f"{text[:12]}..." if len(text) == 64 and set(text) <= set("0123456789abcdef") else text  # a digest


def _counted(changes: Sequence[DecisionChange]) -> str:
    """Say how many findings and sources differ, which the JSON lists."""
    return _sentence(list(_counts(changes)))


def _counts(changes: Sequence[DecisionChange]) -> Iterator[str]:
    for what, (one, many) in _COUNTED.items():
        count = sum(change.what == what for change in changes)
        if count:
            yield f"{count} {one if count == 1 else many}"


def _sentence(counts: list[str]) -> str:
    return f"Beside these, {joined(counts)} differ; the JSON form lists them." if counts else ""


