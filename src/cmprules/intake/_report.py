"""The report of an intake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Details, Facts, Notice, Paragraph, Steps, Table, Title, Verdict
from cmprules._answers.render.words import amount_words, counted, listed, spoken
from cmprules._facts.records import Activity, Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules.intake._codes import REMARKS
from cmprules.intake._values import Conversion, FileRead, Intake, Line

_STATUS = {"read": "read", "mapped": "mapped", "doubtful": "QUESTION", "set_aside": "set aside", "refused": "REFUSED"}
_OF_A_FORM = frozenset({"HEADER_ROW", "TITLE_ROW", "NOTE_ROW", "TOTAL_ROW", "BLANK_ROW"})
"""Rows that need no attention."""
_MOST_PLACES = 8


@report_for(Intake)
def intake_report(value: Intake) -> list[Block]:
    """State first what came in, then what is to be settled, then what every row has become."""
    blocks: list[Block] = [_title(value), _verdict(value)]
    asked = [line for line in value.lines if line.status == "doubtful" or _matters(line)]
    steps = (*_questions(value.files, asked), *_guesses(value.files, value.lines))
    if steps:
        blocks.append(Steps("To settle", steps))
    blocks += _holds(value.record)
    for number, file in enumerate(value.files):
        lines = [line for line in value.lines if line.file == number]
        blocks.append(Details(file.name, tuple(_file(value, file, lines))))
    return [*blocks, Notice(value.notice)]


def _title(value: Intake) -> Title:
    """Name the holder and the files."""
    names = listed([file.name for file in value.files])
    return Title(f"{value.record.holder.shown}: record from {names}" if value.record is not None
                 else f"No record from {names}")


def _holds(record: Record | None) -> Iterator[Block]:
    """State what the record has now."""
    if record is not None:
        points = sum((activity.points for activity in record.activities), Decimal(0))
        credentials = joined([f"{credential.code}({credential.body})" for credential in record.credentials])
        ends = sorted({day for credential in record.credentials
                       if (day := credential.extended_until or credential.expires_on) is not None})
        yield Facts((("Activities", str(len(record.activities)), ""), ("Points entered", decimal_text(points), ""),
                     ("Credentials", credentials, ""),
                     *((("Last day", joined([spoken(day) for day in ends]), ""),) if ends else ())))


def _matters(line: Line) -> bool:
    """Return whether a row that was left out may matter to the holder."""
    return line.status in {"set_aside", "refused"} and not any(
        remark.code in _OF_A_FORM or remark.code == "ALREADY_THERE" for remark in line.remarks)


def _verdict(value: Intake) -> Verdict:
    counts = value.counts
    came = [counted(count, *words) for count, *words in (
        (counts.activities, "activity", "activities"), (counts.credentials, "credential")) if count]
    there = f"{counted(counts.already_there, 'row')} had come in before. " if counts.already_there else ""
    line = (f"{there}{counted(counts.rows, 'row')}: {counts.read} read as they stood, {counts.mapped} mapped, "
            f"{counts.doubtful} with a question, {counts.set_aside} set aside, {counts.refused} refused.")
    if value.record is None:
        return Verdict("No record", "bad", (str(value.why), line))
    asked = counts.doubtful or any(map(_matters, value.lines)) or any(map(guess_of, value.lines))
    return Verdict(f"{' and '.join(came) or 'Nothing new'} came in", "open" if asked else "good", (line,))


def _questions(files: Sequence[FileRead], lines: Iterable[Line]) -> Iterator[str]:
    """Ask each kind of question once, with all its rows."""
    by_code: dict[tuple[str, str], list[tuple[Line, str]]] = {}
    for line in lines:
        for remark in line.remarks:
            title = REMARKS[remark.code].title if remark.code in REMARKS else "Not as a record has it"
            by_code.setdefault((remark.code, title), []).append((line, remark.text))
    for (_, title), found in by_code.items():
        first, text = found[0]
        places = _listed([_place(files, line) for line, _ in found])
        about = f" ({first.what})" if len(found) == 1 and first.what else ""
        yield f"{title}: {places}{about}. {text}"


def guess_of(line: Line) -> Conversion | None:
    """Return the first text of a line whose letters were guessed, if there is one."""
    return next((change for change in line.changes if change.rule == "ENCODING_GUESSED"), None)


def _guesses(files: Sequence[FileRead], lines: Iterable[Line]) -> Iterator[str]:
    """Ask about the guessed letters of each file once, with an example."""
    found = [(line, change) for line in lines if (change := guess_of(line)) is not None]
    for number in dict.fromkeys(line.file for line, _ in found):
        places = [_place(files, line) for line, _ in found if line.file == number]
        change = next(change for line, change in found if line.file == number)
        yield f"Guessed letters: {_listed(places)}. {about_guess(change)}"


def about_guess(change: Conversion) -> str:
    """Ask about guessed letters."""
    return (f"Is it '{change.now}', or {change.was}? If letters are wrong, name the encoding of the file (--encoding), "
            "and write a new record.")


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    return ", ".join(places[:_MOST_PLACES]) + more


def _place(files: Sequence[FileRead], line: Line) -> str:
    return line.place if len(files) == 1 else f"{files[line.file].name}, {line.place}"


# ---------------------------------------------------------------------------------------------------------
# Files.


def _file(value: Intake, file: FileRead, lines: Sequence[Line]) -> Iterator[Block]:
    """Report one file: how it was read, and what happened to each of its rows."""
    yield Paragraph("; ".join([file.format, *file.details]) + ".")
    if file.columns:
        yield Paragraph(f"Columns: {', '.join(file.columns)}.")
    if file.unused:
        yield Paragraph(f"Columns left out: {', '.join(file.unused)}.")
    everywhere = _everywhere(lines)
    if everywhere:
        yield Paragraph(f"In every row: {'; '.join(map(_changed, everywhere))}.")
    brought = {} if value.record is None else {activity.id: activity for activity in value.record.activities}
    rows = tuple((line.place, _STATUS[line.status], line.what or "", _brought(line, brought), _said(line, everywhere))
                 for line in lines)
    strong = tuple(number for number, line in enumerate(lines) if line.status in {"doubtful", "refused"})
    heads = ("Where", "Status", "What stands there", "In the record", "Changed, asked, or why not")
    yield Table("Every row", heads, rows, keep=(0, 1), strong=strong)


def _everywhere(lines: Sequence[Line]) -> list[Conversion]:
    """Find the changes shared by all rows that came in, to state them once."""
    came = [line.changes for line in lines if line.status in {"mapped", "doubtful"} and line.activity]
    return [change for change in came[0] if all(change in changes for changes in came)] if len(came) > 1 else []


def _brought(line: Line, brought: Mapping[str, Activity]) -> str:
    """State what a line became in the record: day and amount of an activity, or the id of a credential."""
    found = brought.get(line.activity or "")
    if found is None:
        return line.credential or ""
    day = "no day" if found.completed_on is None else found.completed_on.isoformat()
    return f"{day}, {amount_words(found.amount, str(found.unit))}"


def _said(line: Line, everywhere: Sequence[Conversion]) -> str:
    changes = [_changed(change) for change in line.changes if change not in everywhere]
    return "; ".join([*(remark.text for remark in line.remarks), *changes])


def _changed(change: Conversion) -> str:
    return f"{change.field}: {change.was} \N{RIGHTWARDS ARROW} {change.now}"
