"""What several answers about renewing have: rules, and what is asked."""

from __future__ import annotations

import attrs

from cmprules._facts.records import Period
from cmprules._kit.shapes import Checked
from cmprules._policy.book import Citation
from cmprules._rules.results import AreaResult, Need, Total
from cmprules._words.enums import Grade, Outcome


@attrs.frozen(kw_only=True)
class Rule(Checked):
    """A rule of the edition that an answer rests on, or that leaves something open.

    Attributes:
        name: its name in the edition, such as `renewal/rolls_forward`.
        text: what it says; None for a bare figure such as `cycle_months`.
        question: what stays open, where something does.
        established: False for what no source that could be read gives.
        citation: where it stands.

    >>> import cmprules
    >>> from cmprules.renewal import renew
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> renew(mls, cmprules.load_book(edition="2026.1"), on="2026-05-04").rules[0].name
    'cycle_months'
    """

    name: str
    text: str | None
    question: str | None
    established: bool
    citation: Citation


@attrs.frozen(kw_only=True)
class Requirements(Checked):
    """What is asked for one credential and what is there, as the decision has it; points.

    Attributes:
        outcome: whether the requirements are met.
        grade: the weakest figure that it rests on.
        cycle: the days whose activities count.
        total: the whole of the table; None where it is not established.
        areas: the areas of the table, the pool last.
        needs: what would settle it.
        citations: where the figures stand.

    >>> import cmprules
    >>> from cmprules.renewal import reinstate
    >>> ht = cmprules.Credential(id="ht", code="HT", expires_on="2025-05-31")
    >>> answer = reinstate(ht, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> answer.requirements.total.short
    Decimal('36')
    """

    outcome: Outcome
    grade: Grade | None
    cycle: Period | None
    total: Total | None
    areas: tuple[AreaResult, ...] | None
    needs: tuple[Need, ...]
    citations: tuple[Citation, ...] = attrs.field(repr=False)
