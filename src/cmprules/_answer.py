"""What every answer beside the decision carries: the edition, the sources, the notice, and its looks in a notebook."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cmprules._codes import NOTICE
from cmprules._policy import Citation, PolicyBook, Source
from cmprules._render import render_fragment, render_markdown
from cmprules._shapes import Checked, FrozenMap, MapOf, Part, Text, wire

__all__ = ["Answer", "sources_of"]


@attrs.frozen(kw_only=True)
class Answer(Checked):
    """The fields that every answer ends with; a class of answers puts its own before them, with `wire(first=True)`.

    Attributes:
        edition: the edition of the policy tables.
        edition_sha256: its digest.
        sources: every source that is cited, by id.
        notice: that this is not ASCP's decision.
    """

    edition: str = attrs.field(metadata=wire(Text()))
    edition_sha256: str = attrs.field(metadata=wire(Text()))
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source))), repr=False)
    notice: str = attrs.field(default=NOTICE, metadata=wire(Text()), repr=False)

    def _repr_html_(self) -> str:
        return render_fragment(self)

    def _repr_markdown_(self) -> str:
        return render_markdown(self)


def sources_of(citations: Iterable[Citation], book: PolicyBook) -> FrozenMap:
    """Gather the sources that are cited, by id."""
    return FrozenMap({name: book.sources[name] for name in sorted({citation.source for citation in citations})})
