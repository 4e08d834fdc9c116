"""The report of a table of requirements."""

from __future__ import annotations

from collections.abc import Sequence

from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Notice,
    Paragraph,
    Question,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.words import counted, label, said, source_line, spoken
from cmprules._kit.points import decimal_text
from cmprules._policy.book import Figure, Policy
from cmprules._words import vocabulary
from cmprules._words.codes.notices import NOTICE


def policy_report(policy: Policy) -> list[Block]:
    """Report what a table requires, and the source of each figure."""
    name = f"{policy.code}({policy.body})"
    title = Title(f"{name}: requirements", f"last day {spoken(policy.expires_on)}")
    applies = f"Row {policy.row.id}, for last days from {spoken(policy.row.starts_on)} on."
    facts = Facts((("Credential", vocabulary.NAMES[policy.code], ""), ("Last day", spoken(policy.expires_on), "")))
    if policy.total is None or policy.pool is None:
        asked = [Question(policy.row.question)] if policy.row.question else []
        return [title, Verdict("No source says what is required", "open"), facts, *asked,
                Paragraph("What is known:"), Bullets(policy.row.known), Paragraph(applies), Notice(NOTICE)]
    figures = [*((label(figure.area), figure) for figure in policy.areas or ()), (label(vocabulary.POOL), policy.pool),
               ("Total", policy.total)]
    caps = [(label(cap.kind), cap) for cap in policy.caps or ()]
    limits = [_table("At most, in points", "Kind of activity", caps)] if caps else []
    sources = tuple(f"{name}: {source_line(source)}" for name, source in policy.sources.items())
    return [title, Verdict(f"{counted(policy.total.value, 'point')} in three years", "plain"), facts,
            _table("Points needed", "Area", figures), *limits, Paragraph(applies),
            Details("Sources", (Bullets(sources),)), Notice(NOTICE)]


def _table(caption: str, what: str, figures: Sequence[tuple[str, Figure]]) -> Table:
    rows = tuple((name, decimal_text(figure.value), said(figure.grade), f"{figure.source}: {figure.pin}")
                 for name, figure in figures)
    return Table(caption, (what, "Points", "How sure", "Source"), rows, right=(1,))
