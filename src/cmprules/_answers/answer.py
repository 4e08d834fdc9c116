"""What every answer beside the decision carries: the edition, the sources, the notice, and its looks in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cmprules._answers.render.blocks import Block, Bullets, Heading
from cmprules._answers.render.words import cited_line
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, FrozenMap, MapOf, Part, wire
from cmprules._policy.book import Citation, PolicyBook, Source
from cmprules._policy.reform import SUFFIX
from cmprules._words.codes import HYPOTHETICAL, NOTICE
from cmprules.errors import Fault


class Shown(Displayed, Checked):
    """An answer that shows itself in a notebook."""

    __slots__ = ()


@attrs.frozen(kw_only=True)
class Answer(Shown):
    """The fields that every answer ends with; the fields of a class of answers come before them.

    Attributes:
        edition: the edition of the policy tables.
        edition_sha256: its digest.
        sources: every source that is cited, by id.
        notice: that this is not ASCP's decision.
    """

    edition: str = attrs.field(metadata=wire(last=True))
    edition_sha256: str = attrs.field(metadata=wire(last=True))
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source)), last=True), repr=False)
    notice: str = attrs.field(default=NOTICE, metadata=wire(last=True), repr=False)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Say in the notice that a reform was laid over the tables, if one was."""
        if not bad and self.edition.endswith(SUFFIX) and HYPOTHETICAL not in self.notice:
            object.__setattr__(self, "notice", f"{HYPOTHETICAL} {self.notice}")


def sources_of(citations: Iterable[Citation], book: PolicyBook) -> FrozenMap:
    """Gather the sources that are cited, by id."""
    return FrozenMap({name: book.sources[name] for name in sorted({citation.source for citation in citations})})


def sources_block(citations: Iterable[Citation], sources: FrozenMap) -> list[Block]:
    """List for a report every source that is cited, by id, with the grades and the places; nothing if none is."""
    cited: dict[str, list[Citation]] = {}
    for citation in dict.fromkeys(citations):
        cited.setdefault(citation.source, []).append(citation)
    if not cited:
        return []
    return [Heading(2, "Sources"), Bullets(tuple(cited_line(sources[name], cited[name]) for name in sorted(cited)))]
