"""A rule in words as part of an answer: its text, its source, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cmprules._kit.shapes import Checked
from cmprules._policy.book import Citation, PolicyBook, Statement


@attrs.frozen(kw_only=True)
class Clause(Checked):
    """A rule of the edition in our own words.

    Attributes:
        rule: its name in the edition, such as `audit/copies`.
        established: whether a source gives what the rule is about; if not, `text` says what is known of it.
        question: what stays open.
        citation: its source.
    """

    rule: str
    text: str
    established: bool
    question: str | None
    citation: Citation


def clauses_of(names: Iterable[str], book: PolicyBook) -> tuple[Clause, ...]:
    """Quote rules of an edition by their names."""
    found: list[Statement] = [book.statements[name] for name in names]
    return tuple(Clause(rule=statement.id, text=statement.text, established=statement.established,
                        question=statement.question, citation=statement.citation)
                 for statement in found)
