"""The values of a comparison of a population under two books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs
import pyarrow as pa

from cmprules._answers.answer import Shown
from cmprules._kit.shapes import (
    INNER,
    Checked,
    Money,
    Whole,
    Word,
    wire,
)
from cmprules._words.codes.notices import NOTICE
from cmprules._words.enums import Grade, Outcome
from cmprules.batch._between import REQUIREMENTS


@attrs.frozen(kw_only=True)
class BookSide(Checked):
    """One of the two books: its edition, its digest, and the digests of the user's own files laid over it."""

    edition: str
    edition_sha256: str
    extra_sha256: tuple[str, ...]


@attrs.frozen(kw_only=True)
class OutcomeFlow(Checked):
    """The number of credentials with one outcome under the first book and another, or the same, under the second."""

    before: Outcome
    after: Outcome
    credentials: int


@attrs.frozen(kw_only=True)
class Tally(Checked):
    """Sums over some credentials.

    Attributes:
        code: the code of the credentials; None for all credentials.
        body: their body; None for all credentials.
        credentials: the number of decided credentials.
        changed: how many of their answers differ in any way.
        flipped: how many of their outcomes differ.
        met_before: how many are met under the first book.
        met_after: how many are met under the second.
        short_added: the sum of the points by which shortfalls grow.
        short_removed: the sum of the points by which shortfalls shrink.
        short_unknown: how many have a known shortfall under only one of the books; they are in neither sum.
        fee_before: the sum of the fees under the first book, in US dollars.
        fee_after: the fees under the second.
        fee_unknown: how many lack an established fee under at least one of the books; they are in neither sum.
    """

    code: str | None
    body: str | None
    credentials: int
    changed: int
    flipped: int
    met_before: int
    met_after: int
    short_added: Decimal
    short_removed: Decimal
    short_unknown: int
    fee_before: Decimal = attrs.field(metadata=wire(Money()))
    fee_after: Decimal = attrs.field(metadata=wire(Money()))
    fee_unknown: int


@attrs.frozen(kw_only=True)
class RequirementFlips(Checked):
    """A requirement that differs between the two books, and the number of outcomes that it flips.

    Attributes:
        requirement: `table` (known in only one book), `total`, `area` (a minimum), `cap` (the most points of a kind),
            `kind` (whether its value is established), `limit` (another bound on a kind) or `figure` (a span of
            months).
        of: the area, the kind, `kind/limit` or the name of the figure; `table` and `total` for these.
        alone: the flips that it causes alone: it is enough, and without it nothing flips.
        each: the flips for which it is enough, and another requirement is too.
        together: the flips that need it together with others, and for which none is enough.
        mixed: the other flips in which it is involved.
    """

    requirement: str = attrs.field(metadata=wire(Word(REQUIREMENTS, "a requirement", "UNKNOWN_WORD")))
    of: str
    alone: int
    each: int
    together: int
    mixed: int


@attrs.frozen(kw_only=True, repr=False)
class WhatIf(Shown):
    """The changes for a population from one book to another, and the requirements that cause them.

    Attributes:
        on: the day of decision.
        trust: the weakest accepted grade of figures.
        before: the first book.
        after: the second.
        rules: the version of the rules.
        library: the version of the library.
        refused: how many credentials were not decided, because a row of their holder cannot be read.
        total: the sums over all credentials.
        codes: the sums over the credentials of each code and body, in the order of the vocabulary.
        outcomes: how many credentials go from which outcome to which: all sixteen pairs.
        requirements: every requirement that differs between the books, with the flips that it causes.
        notice: that this is not ASCP's decision.
        changes: an Arrow table with one row for each credential whose answer differs in any way.
        faults: an Arrow table of the rows that cannot be read, as `decide_table` gives it.

    >>> import cmprules, pyarrow
    >>> book = cmprules.load_book(edition="2026.1")
    >>> credentials = pyarrow.table({"holder": ["sample-1"], "id": ["pbt"], "code": ["PBT"],
    ...                              "expires_on": ["2026-05-31"]})
    >>> activities = pyarrow.table({"holder": ["sample-1"], "id": ["a1"], "title": ["Sharps"],
    ...                             "kind": ["formal_ce"], "amount": ["1"]})
    >>> from cmprules.batch import what_if
    >>> found = what_if(credentials, activities, book, book, on="2026-03-10")
    >>> found.total.credentials, found.total.changed, found.changes.num_rows
    (1, 0, 0)
    """

    schema: ClassVar[str] = "cmprules.what-if/1"

    on: date
    trust: Grade
    before: BookSide
    after: BookSide
    rules: int = attrs.field(metadata=wire(Whole()))
    library: str
    refused: int
    total: Tally
    codes: tuple[Tally, ...]
    outcomes: tuple[OutcomeFlow, ...]
    requirements: tuple[RequirementFlips, ...]
    notice: str = attrs.field(default=NOTICE)
    changes: pa.Table = attrs.field(metadata=INNER, hash=False)
    faults: pa.Table = attrs.field(metadata=INNER, hash=False)

    def __repr__(self) -> str:
        """Name the day and the two books, and how many answers change; `cmprules.render` shows all of it."""
        books = f"{self.before.edition} to {self.after.edition}"
        changed = f"{self.total.changed:,} of {self.total.credentials:,} answers change"
        return f"<WhatIf on {self.on}, {books}: {changed}>"
