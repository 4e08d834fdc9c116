"""The end of every report: the rules in words, their open questions, the sources and the notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from cmprules._answers.render.blocks import Block, Bullets, Details, Notice, Paragraph, Question
from cmprules._answers.render.words import cited_line, said
from cmprules._policy.book import Citation, Source
from cmprules._policy.clauses import Clause
from cmprules._rules.results import Need


class _Sourced(Protocol):
    """An answer that lists its sources and says that it is not ASCP's decision."""

    @property
    def sources(self) -> Mapping[str, Source]: ...

    @property
    def notice(self) -> str: ...


def ending(
    answer: _Sourced, citations: Iterable[Citation], *remarks: str, title: str = "", rules: Iterable[Clause] = ()
) -> list[Block]:
    """End a report: the rules under their title, some remarks, the sources that are cited, and the notice."""
    return [*rules_part(title, rules), *sources_part(citations, answer.sources, *remarks), Notice(answer.notice)]


def rules_part(title: str, clauses: Iterable[Clause]) -> list[Block]:
    """List, folded, the rules behind an answer, and their open questions."""
    told = tuple(dict.fromkeys(clauses))
    rules = tuple(f"{clause.text} ({said(clause.citation.grade)})" for clause in told if clause.question is None)
    asked = tuple(Question(str(clause.question), (), clause.text) for clause in told if clause.question is not None)
    parts: list[Block] = []
    if rules:
        parts.append(Details(title, (Bullets(rules),)))
    if asked:
        parts.append(Details("What no source settles", asked))
    return parts


def needs_part(needs: Iterable[Need]) -> list[Block]:
    """List, unfolded, the open questions of an answer."""
    questions = tuple(Question(need.question) for need in needs)
    return [Details("Open questions", questions, unfolded=True)] if questions else []


def sources_part(citations: Iterable[Citation], sources: Mapping[str, Source], *remarks: str) -> list[Block]:
    """List, folded, every cited source with its grades and places, after some remarks."""
    cited: dict[str, list[Citation]] = {name: [] for name in sources}
    for citation in dict.fromkeys(citations):
        cited[citation.source].append(citation)
    lines = tuple(cited_line(sources[name], found) for name, found in cited.items())
    listed = [Bullets(lines)] if lines else []
    return [Details("Sources", (*map(Paragraph, remarks), *listed))] if remarks or lines else []
