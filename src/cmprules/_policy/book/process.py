"""The process: pass rates, the life of a declaration, and what proves an activity."""

from __future__ import annotations

import attrs

from cmprules._kit.values import Value
from cmprules._policy.book.figures import Figure
from cmprules._policy.book.sources import Citation


@attrs.frozen(kw_only=True)
class PassRateRow(Value):
    """The share of candidates that passed, in percent, and the source that states it.

    A `national` rate has a credential and years; a `benchmark` is an average that programs should reach over a number
    of `years`.
    """

    id: str
    measure: str
    code: str | None
    body: str | None
    first_year: int | None
    last_year: int | None
    years: int | None
    said_by: str
    text: str
    figure: Figure


@attrs.frozen(kw_only=True)
class TransitionRow(Value):
    """One event in the life of a declaration: the states it may happen in, the one it leads to, and what it needs."""

    id: str
    from_states: tuple[str, ...]
    event: str
    to: str
    needs: tuple[str, ...]
    text: str
    citation: Citation
    question: str | None


@attrs.frozen(kw_only=True)
class ProofRule(Value):
    """What proves an activity of a kind in an audit: one of the `documents`, showing the `fields`.

    If it is not `established`, there are no documents; without fields it is not known what a document must show.
    """

    kind: str
    established: bool
    documents: tuple[str, ...]
    fields: tuple[str, ...]
    text: str | None
    citation: Citation
    question: str | None
