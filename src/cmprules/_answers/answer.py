"""The common part of all answers but the decision: edition, sources, notice, and their display in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

import attrs

from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, FrozenMap, MapOf, Part, fields_of, wire
from cmprules._policy.book import Citation, Figure, PolicyBook, Source
from cmprules._policy.reform import SUFFIX
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from cmprules.errors import Fault


class Shown(Displayed, Checked):
    """An answer that shows itself in a notebook."""

    __slots__ = ()


@attrs.frozen(kw_only=True, repr=False)
class Answer(Shown):
    """The fields that every answer ends with; the fields of a class of answers come before them.

    Attributes:
        edition: the edition of the policy tables.
        edition_sha256: its digest.
        sources: every cited source, by id.
        notice: that this is not ASCP's decision.
    """

    edition: str = attrs.field(metadata=wire(last=True))
    edition_sha256: str = attrs.field(metadata=wire(last=True))
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source)), last=True), repr=False)
    notice: str = attrs.field(default=NOTICE, metadata=wire(last=True), repr=False)

    def __repr__(self) -> str:
        """Name the answer, its day and how much is in each of its lists; `cmprules.render` shows all of it."""
        values = {field.name.replace("_", " "): getattr(self, field.name) for field in attrs.fields(type(self))}
        lists = [f"{name} {len(value)}" for name, value in values.items() if isinstance(value, tuple) and value]
        day = f" on {self.on}" if hasattr(self, "on") else ""
        return f"<{type(self).__name__}{day}{': ' * bool(lists)}{', '.join(lists)}>"

    def __iter__(self) -> Iterator[Any]:
        """Refuse, and name the lists that the answer holds."""
        lists = [f".{field.name}" for field in attrs.fields(type(self)) if str(field.type).startswith("tuple[")]
        raise TypeError(f"{type(self).__name__} is not a list; go through one of its own: {', '.join(lists)}")

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Add to the notice that a reform was laid over the tables, if one was."""
        if not bad and self.edition.endswith(SUFFIX) and HYPOTHETICAL not in self.notice:
            object.__setattr__(self, "notice", f"{HYPOTHETICAL} {self.notice}")


def sources_of(citations: Iterable[Citation], book: PolicyBook) -> FrozenMap:
    """Collect the cited sources by id."""
    return FrozenMap({name: book.sources[name] for name in sorted({citation.source for citation in citations})})


def citations_in(value: object) -> list[Citation]:
    """Collect every citation in a value, in order, each once."""
    found: dict[Citation, None] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Citation | Figure):
            found[one if isinstance(one, Citation) else one.citation] = None
        elif isinstance(one, tuple):
            waiting.extend(reversed(one))
        elif isinstance(one, Checked):
            waiting.extend(getattr(one, field.name) for field in reversed(fields_of(type(one))))
    return list(found)


class MadeWith(TypedDict):
    """The fields of an answer that name the tables it was made with."""

    edition: str
    edition_sha256: str
    sources: FrozenMap


def made_with(book: PolicyBook, citations: Iterable[Citation]) -> MadeWith:
    """Name the tables that an answer was made with, and the sources that it cites."""
    return {"edition": book.edition, "edition_sha256": book.sha256, "sources": sources_of(citations, book)}
