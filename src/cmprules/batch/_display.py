"""The display of a decided population in a notebook: how many are met, and whom to look at first."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import Block, Details, Facts, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.report import OUTCOMES, STANDINGS
from cmprules._answers.render.words import counted, short_label
from cmprules._kit.listing import joined
from cmprules._kit.notebook import Displayed
from cmprules._kit.points import decimal_text
from cmprules._words.enums import Outcome, Standing

SHOWN_ROWS = 20
_URGENCY = ("NOT_MET", "NEEDS_REVIEW", "MET", "NOT_REQUIRED")
_COLUMNS = ["holder", "code", "outcome", "standing", "last_day", "short", "shortfall_areas"]


class TablesShown(Displayed):
    """The tables of a decided population; a notebook shows them as a summary."""

    __slots__ = ()

    answers: pa.Table
    faults: pa.Table


@report_of.register
def population_report(value: TablesShown, _: Any) -> list[Block]:
    """Count the outcomes, and list the most urgent answers first: not met, then by the nearest last day."""
    answers, stamp = value.answers, _stamp(value.answers)
    rows = sorted(answers.select(_COLUMNS).to_pylist(), key=_urgency)
    holders = answers.column("holder")
    facts = Facts((("Holders", f"{len(holders.unique()):,}", ""), ("Credentials", f"{answers.num_rows:,}", ""),
                   ("As of", stamp["on"], ""), ("Edition", stamp["edition"], "")))
    return [Title("Decided population"), _verdict(value), facts, _outcomes(rows), *_first(rows),
            Details("How to get at the rows", (Paragraph(
                "answers, faults, areas and placements are tables of Arrow; to_pandas(numbers=True) makes a frame of "
                "the answers."),)), Notice(stamp["notice"])]


def _stamp(answers: pa.Table) -> dict[str, str]:
    return {name.decode(): said.decode() for name, said in (answers.schema.metadata or {}).items()}


def _urgency(row: dict[str, Any]) -> tuple[int, str, str]:
    return _URGENCY.index(row["outcome"]), str(row["last_day"] or "9999-12-31"), str(row["holder"])


def _verdict(value: TablesShown) -> Verdict:
    """State whether everyone could be decided."""
    if not value.faults.num_rows:
        return Verdict("Everyone was decided", "plain")
    refused = len(value.faults.column("holder").unique())
    return Verdict(f"{counted(refused, 'holder')} not decided", "open", (
        "One invalid row is enough to skip a holder. The table of faults says what is wrong with each row.",))


def _outcomes(rows: list[dict[str, Any]]) -> Table:
    counts = [(name, sum(row["outcome"] == name for row in rows)) for name in _URGENCY]
    return Table("Outcomes", ("Outcome", "Credentials"),
                 tuple((OUTCOMES[Outcome(name)][0], f"{count:,}") for name, count in counts if count), right=(1,))


def _first(rows: list[dict[str, Any]]) -> list[Block]:
    """List the first answers, the most urgent on top."""
    if not rows:
        return []
    shown = tuple(map(_row, rows[:SHOWN_ROWS]))
    more = f" (the first {SHOWN_ROWS} of {len(rows):,})" if len(rows) > SHOWN_ROWS else ""
    return [Table(f"Most urgent first{more}", ("Holder", "Credential", "Outcome", "Last day", "Missing", "In"), shown,
                  right=(4,), keep=(1, 3))]


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    outcome, standing = OUTCOMES[Outcome(row["outcome"])][0], Standing(row["standing"])
    if standing in {Standing.EXPIRED, Standing.INACTIVE}:
        outcome = f"{outcome} ({STANDINGS[standing].partition(',')[0]})"
    areas = [short_label(area) for area in row["shortfall_areas"] or ()]
    return (str(row["holder"]), row["code"], outcome, str(row["last_day"] or "none"),
            "" if not row["short"] else decimal_text(row["short"]), joined(areas) if areas else "")
