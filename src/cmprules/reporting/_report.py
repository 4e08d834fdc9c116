"""The report on several people."""

from __future__ import annotations

from collections.abc import Iterator

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Details, Heading, Notice, Paragraph, Steps, Table
from cmprules.reporting._values import Reports
from cmprules.reporting._words import (
    FIRST,
    correct_table,
    correct_title,
    facts_of,
    first_people,
    remarks_of,
    row_cells,
    title_of,
    to_correct,
    verdict_of,
    why_line,
)


@report_for(Reports)
def reports_report(value: Reports) -> list[Block]:
    """State whom to write to first, then list everyone."""
    first = first_people(value)
    lines = [f"{rows[0].shown}: {'; '.join(map(why_line, rows))}" for rows in first[:FIRST]]
    lines += [f"and {len(first) - FIRST} more, in the table below"] if len(first) > FIRST else []
    return [
        title_of(value), verdict_of(value), *([Steps("Whom to write to", tuple(lines))] if lines else []),
        facts_of(value), *_to_correct(value),
        Details("Everybody", (_everybody(value),)),
        *([Details("Remarks", (Bullets(remarks),))] if (remarks := tuple(remarks_of(value))) else []),
        Notice(value.notice),
    ]


def _to_correct(value: Reports) -> Iterator[Block]:
    """List the first rows to correct, and count the others."""
    wrong = to_correct(value)
    if wrong:
        yield Heading(2, correct_title(value))
        yield correct_table(wrong[:FIRST])
    if len(wrong) > FIRST:
        yield Paragraph(f"And {len(wrong) - FIRST} more, in the workbook on the sheet Not decided.")


def _everybody(value: Reports) -> Table:
    rows = tuple((row.shown, *row_cells(row)) for row in value.credentials)
    return Table(f"By the last day; policy edition {value.edition}",
                 ("Who", "Credential", "State", "Last day", "Days left", "Missing", "First thing to do"), rows,
                 right=(4, 5), keep=(1, 3))
