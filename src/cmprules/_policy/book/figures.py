"""Figures with their sources, and their rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

import attrs

from cmprules._kit.points import to_hundredths
from cmprules._kit.shapes import LEAVE_OUT, Checked, trusted, wire
from cmprules._kit.values import Value
from cmprules._policy.book.sources import Citation
from cmprules._words.enums import Grade


@attrs.frozen(kw_only=True)
class Figure(Checked):
    """One figure of a table, with its source."""

    value: Decimal
    grade: Grade
    source: str
    pin: str

    @cached_property
    def citation(self) -> Citation:
        """The source of the figure."""
        return trusted(Citation, source=self.source, pin=self.pin, grade=self.grade)

    @cached_property
    def hundredths(self) -> int:
        """The figure in hundredths of a point."""
        return to_hundredths(self.value)


@attrs.frozen(kw_only=True)
class AreaFigure(Figure):
    """The minimum of one mandatory area."""

    area: str = attrs.field(metadata=wire(first=True))


@attrs.frozen(kw_only=True)
class CapFigure(Figure):
    """The most points that activities of one kind may bring."""

    kind: str = attrs.field(metadata=wire(first=True))


@attrs.frozen(kw_only=True)
class ProcessFigure(Figure):
    """A figure of the process and its unit, such as `exam/pass_mark` (a score); some have a first or a last day."""

    name: str = attrs.field(metadata=wire(first=True))
    unit: str
    starts_on: date | None = attrs.field(default=None, metadata=LEAVE_OUT)
    ends_on: date | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Cell(Value):
    """A figure as it stands in a row: `of` is `total`, an area, `pool`, or an item of a fee."""

    of: str
    figure: Figure


@attrs.frozen(kw_only=True)
class PointsRow(Value):
    """The points asked for by expiries from one day on."""

    id: str
    code: str
    body: str
    starts_on: date
    ends_on: date | None
    begins: Citation
    established: bool
    cells: tuple[Cell, ...]
    known: tuple[str, ...]
    question: str | None
    user: bool = False

    def __repr__(self) -> str:
        return f"<PointsRow {self.id}: {self.code}({self.body}), expiries from {self.starts_on}>"

    def covers(self, day: date) -> bool:
        """Return whether an expiry on a day falls on or after the row's first day, and not after its last."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@attrs.frozen(kw_only=True)
class FeeRow(Value):
    """The fees of one region between two days of submission, of every credential or of one `group` of them."""

    id: str
    region: str
    starts_on: date
    ends_on: date | None
    cells: tuple[Cell, ...]
    group: str | None = None

    def figure(self, item: str) -> Figure | None:
        """Find the amount of one item, if a source gives it."""
        return next((cell.figure for cell in self.cells if cell.of == item), None)

    def covers(self, day: date) -> bool:
        """Return whether the row is known to hold on a day of submission."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def about(self, region: str, group: str) -> bool:
        """Return whether the row is about the credentials of a group in a region."""
        return self.region == region and self.group in {None, group}


@attrs.frozen(kw_only=True)
class ExamFeeRow(Value):
    """What the application for some examinations costs, in US dollars, between two days of application.

    Without a `figure` the amount is not established, and `question` says what is open.  `first_seen` and `last_seen`
    say that a day is a sighting and no day of change.
    """

    id: str
    codes: tuple[str, ...]
    body: str
    starts_on: date
    ends_on: date | None
    first_seen: bool
    last_seen: bool
    figure: Figure | None
    citation: Citation
    question: str | None
    note: str | None

    def covers(self, code: str, body: str, day: date) -> bool:
        """Return whether the row is about an examination on a day of application."""
        about = code in self.codes and body == self.body
        return about and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
