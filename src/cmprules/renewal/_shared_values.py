"""Values shared by several answers about renewal: rules and requirements."""

from __future__ import annotations

import attrs

from cmprules._facts.records import Period
from cmprules._kit.shapes import Checked
from cmprules._policy.book import Citation
from cmprules._rules.results import AreaResult, Need, Total
from cmprules._words.enums import Grade, Outcome


@attrs.frozen(kw_only=True)
class Rule(Checked):
    """A rule of the edition that an answer uses, or that leaves a question open.

    Attributes:
        name: its name in the edition, such as `renewal/rolls_forward`.
        text: the rule in words; None for a figure such as `cycle_months`.
        question: the open question, if there is one.
        established: False if no source that we could read gives it.
        citation: its source.

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
    """What one credential requires and what is there, in points, according to the decision.

    Attributes:
        outcome: whether the requirements are met.
        grade: the weakest grade behind it.
        cycle: the days whose activities count.
        total: the total of the table; None if it is not established.
        areas: the areas of the table, the pool last.
        needs: the open questions.
        citations: the sources of the figures.

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
