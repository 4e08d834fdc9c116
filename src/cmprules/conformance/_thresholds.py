"""Thresholds from the tables: every figure and every day at which an answer can change.

A test of an implementation needs a case on each side of every threshold.  A list kept by hand would miss some; this
one is read from the tables, so a new row brings its own thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._policy.book import Citation, FeeRow, KindRule, PointsRow, PolicyBook, refuse_book
from cmprules._words import vocabulary
from cmprules._words.enums import Grade, weakest
from cmprules._words.limits import MOST_POINTS
from cmprules.errors import Fault, InputError

WHATS: Final[tuple[str, ...]] = (
    "minimum", "cap", "pool_only", "first_day", "last_day", "months", "days", "amount", "participation", "unit",
    "grade", "input",
)
"""The kinds of thresholds."""

ALWAYS: Final = "always"
"""Stands for a day of certification: every holder of the credential takes part."""

_FIGURES = (
    ("cycle", "months", ("cycle_months", "reduced_fee_months", "last_years_months")),
    ("window", "days", ("opens_days_before_end", "advised_days_before_end")),
)
_LIMITS = {"share_of_total": "cap", "points": "cap", "pool_only": "pool_only", "done_from": "first_day",
           "done_until": "last_day"}
_PARTICIPATION_OF = {"technologist": "technician", "diplomate": "specialist"}
_FORMER_NCA = "participation/former-nca"


@attrs.frozen(kw_only=True)
class Threshold:
    """One figure, day or word at which an answer can change.

    Attributes:
        id: the group, the row and the cell, such as `points/MLS/2024-01-01/chemistry`.
        what: one of a closed list: `minimum`, `cap`, `pool_only`, `first_day`, `last_day`, `months`, `days`,
            `amount`, `participation`, `unit`, `grade` or `input`.
        value: the figure (points, US dollars, months or days), the day, or a word.
        row: the row of the tables; None for a limit of the record format.
        citation: its source; None if it follows from another row or belongs to the format.

    >>> Threshold(id="input/points/most", what="input", value=Decimal(1000), row=None, citation=None).value
    Decimal('1000')
    """

    id: str
    what: str
    value: Decimal | date | str
    row: str | None
    citation: Citation | None


def thresholds(book: PolicyBook) -> tuple[Threshold, ...]:
    """List every threshold of an edition, in the order of its tables.

    From the tables of points: every established cell, the first and the last day of every row, every cap that is a
    share of the total, and the grade of the table.  Then the limits of kinds, the figures of cycle and window, the days
    and amounts of fees, participation, units, and the limits of the record format.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> found = {threshold.id: threshold for threshold in thresholds(book)}
    >>> found["points/MLS/2024-01-01/chemistry"].value
    Decimal('2')
    >>> found["points/MLA/2023-01-01/chemistry"]
    Traceback (most recent call last):
    ...
    KeyError: 'points/MLA/2023-01-01/chemistry'
    """
    faults: list[Fault] = []
    refuse_book(book, faults)
    if faults:
        raise InputError(faults)
    return (*_of_points(book), *_of_kinds(book), *_of_figures(book), *_of_fees(book), *_of_participation(book),
            *_of_units(book), *_of_input())


def _of_points(book: PolicyBook) -> Iterator[Threshold]:
    for rows in book.tables.values():
        for row in rows:
            yield from _days(f"points/{row.id}", row, row.begins)
            if row.established:
                yield from _cells(f"points/{row.id}", row)
                yield from _shares(row, book)
                yield from _grade(f"points/{row.id}/grade", row.id, [cell.figure.citation for cell in row.cells])


def _days(id: str, row: PointsRow | FeeRow, begins: Citation | None) -> Iterator[Threshold]:
    """Yield the first day of a row, and the last day if it has one."""
    yield Threshold(id=f"{id}/from", what="first_day", value=row.starts_on, row=row.id, citation=begins)
    if row.ends_on is not None:
        yield Threshold(id=f"{id}/until", what="last_day", value=row.ends_on, row=row.id, citation=None)


def _cells(id: str, row: PointsRow | FeeRow) -> Iterator[Threshold]:
    what = "minimum" if isinstance(row, PointsRow) else "amount"
    for cell in row.cells:
        yield Threshold(id=f"{id}/{cell.of}", what=what, value=cell.figure.value, row=row.id,
                        citation=cell.figure.citation)


def _shares(row: PointsRow, book: PolicyBook) -> Iterator[Threshold]:
    """Yield the caps that are a share of the row's total."""
    total = next(cell.figure.value for cell in row.cells if cell.of == "total")
    for cap in book.rules.caps_for(total):
        rule: KindRule = book.rules.kinds[cap.kind]
        if rule.limit("share_of_total") is not None:
            yield Threshold(id=f"points/{row.id}/cap/{cap.kind}", what="cap", value=cap.value, row=row.id,
                            citation=cap.citation)


def _grade(id: str, row: str, citations: list[Citation]) -> Iterator[Threshold]:
    """Yield the weakest grade, unless it is already the strongest."""
    grade = weakest(citation.grade for citation in citations)
    if grade is not None and grade not in {Grade.OFFICIAL, Grade.USER}:
        cited = next(citation for citation in citations if citation.grade is grade)
        yield Threshold(id=id, what="grade", value=str(grade), row=row, citation=cited)


def _of_kinds(book: PolicyBook) -> Iterator[Threshold]:
    for rule in book.rules.kinds.values():
        if rule.established:
            yield from _grade(f"kinds/{rule.kind}/grade", f"kind/{rule.kind}", [rule.citation])
        for limit in rule.limits:
            value = limit.value if limit.day is None else limit.day
            yield Threshold(id=f"kinds/{rule.kind}/{limit.limit}", what=_LIMITS[limit.limit],
                            row=f"{rule.kind}/{limit.limit}",
                            value="true" if value is None else value, citation=limit.citation)


def _of_figures(book: PolicyBook) -> Iterator[Threshold]:
    for group, what, names in _FIGURES:
        for name in names:
            figure = book.figure(name)
            yield Threshold(id=f"{group}/{name}", what=what, value=figure.value, row=name, citation=figure.citation)


def _of_fees(book: PolicyBook) -> Iterator[Threshold]:
    for row in book.fees:
        name = row.id if row.id.startswith("fees/") else f"fees/{row.id}"  # a user's row begins with its file
        yield from _days(name, row, None)
        yield from _cells(name, row)


def _of_participation(book: PolicyBook) -> Iterator[Threshold]:
    """Yield the first day of certification with mandatory participation, for each body and group."""
    for (body, group), day in vocabulary.MANDATORY_FROM.items():
        row = "participation/ascpi" if body == "ASCPi" else f"participation/ascp/{_PARTICIPATION_OF.get(group, group)}"
        yield Threshold(id=f"participation/{body}/{group}", what="participation",
                        value=ALWAYS if day is None else day, row=row, citation=book.cite(row))
    yield Threshold(id=_FORMER_NCA, what="participation", value=ALWAYS, row=_FORMER_NCA,
                    citation=book.cite(_FORMER_NCA))


def _of_units(book: PolicyBook) -> Iterator[Threshold]:
    for unit, worth in vocabulary.UNITS.items():
        yield Threshold(id=f"units/{unit}", what="unit", value=Decimal(worth), row=f"unit/{unit}",
                        citation=book.cite(f"unit/{unit}"))


def _of_input() -> Iterator[Threshold]:
    """Yield the limits of the record format, which are in no table."""
    limits: dict[str, Decimal | date] = {
        "points/above": Decimal(0),
        "points/most": Decimal(MOST_POINTS),
        "points/decimals": Decimal(2),
        "day/first": EARLIEST_DAY,
        "day/last": LATEST_DAY,
        "cycle/longest_months": Decimal(vocabulary.CYCLE_MONTHS),
        "credentials/fewest": Decimal(1),
    }
    for name, value in limits.items():
        yield Threshold(id=f"input/{name}", what="input", value=value, row=None, citation=None)
