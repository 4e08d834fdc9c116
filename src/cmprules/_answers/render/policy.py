"""A table of requirements in words."""

from __future__ import annotations

from collections.abc import Sequence

from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title
from cmprules._answers.render.words import in_sentence, label, said, source_line
from cmprules._kit.points import decimal_text
from cmprules._policy.book import Figure, Policy
from cmprules._words import vocabulary
from cmprules._words.codes import NOTICE

__all__ = ["policy_report"]


def policy_report(policy: Policy) -> list[Block]:
    """Write down what a table asks for, and where each figure stands."""
    name = f"{policy.code}({policy.body})"
    head: list[Block] = [
        Title(f"{name}, {vocabulary.NAMES[policy.code]}"),
        Paragraph(f"For a credential that expires on {policy.expires_on}: row {policy.row.id}, which binds for "
                  f"expiries from {policy.row.starts_on} on."),
    ]
    if policy.total is None or policy.pool is None:
        asked = [Paragraph(f"Open: {policy.row.question}")] if policy.row.question else []
        return [*head, Paragraph("The requirements are not established. What is known:"), Bullets(policy.row.known),
                *asked, Notice(NOTICE)]
    figures = [("Total in three years", policy.total),
               *((label(figure.area), figure) for figure in policy.areas or ()), (label(vocabulary.POOL), policy.pool)]
    caps = [(f"At most: {in_sentence(cap.kind)}", cap) for cap in policy.caps or ()]
    return [*head, _table("Points", figures), _table("Caps", caps), Heading(2, "Sources"),
            Bullets(tuple(f"{name}: {source_line(source)}" for name, source in policy.sources.items())), Notice(NOTICE)]


def _table(caption: str, figures: Sequence[tuple[str, Figure]]) -> Table:
    rows = tuple((name, decimal_text(figure.value), said(figure.grade), f"{figure.source}: {figure.pin}")
                 for name, figure in figures)
    return Table(caption, ("Requirement", "Points", "Grade", "Source"), rows, right=(1,))
