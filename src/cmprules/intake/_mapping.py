"""A user's settings for files of one kind: words, columns, orders."""

from __future__ import annotations

from typing import ClassVar

import attrs

from cmprules._kit.shapes import Checked, Flag, FrozenMap, ListOf, MapOf, Maybe, Text, Word, wire
from cmprules._words import vocabulary
from cmprules.errors import Fault
from cmprules.intake._days import ORDERS

COLUMN_MEANINGS = (
    "title", "provider", "completed_on", "issued_on", "amount", "amount.contact_hour", "amount.cmle", "amount.ceu",
    "amount.point", "amount.semester_hour", "amount.quarter_hour", "unit", "credit_type", "kind", "topic",
    "proposed_areas", "status", "certificate", "course_id", "session", "id", "documents", "source", "person",
    "person_name", "first_name", "last_name", "code", "body", "expires_on", "certified_on", "ignore",
)
"""The possible meanings of a column."""

SEPARATORS = (",", ";", "\t", "|", ":", "~", "^", " ")
"""The possible separators of a text file."""

_EMPTY = FrozenMap()


def _area_order(area: str) -> int:
    return vocabulary.AREAS.index(area)


@attrs.frozen(kw_only=True)
class IntakeMapping(Checked):
    """A user's settings for files of one kind; `cmprules.intake-mapping/1`, as TOML or JSON.

    Attributes:
        dates: the order of dates in digits: `us` (month first), `eu` (day first), `iso` (year first).
        place: the time zone of the holder's place, such as `America/New_York`, for times with an offset.
        unit: the unit of amounts without one.
        provider: the provider of rows without one.
        kind: the kind of rows without one; `formal_ce` if absent.
        person: the person whose rows to read, if a file has rows of several people.
        encoding: the encoding of text files, such as `cp1252`; detected if absent.
        separator: the separator of text files; detected if absent.
        columns: header to meaning, such as `Course Title` to `title`; `ignore` leaves a column out.
        units: word to unit, such as `CE` to `contact_hour`.
        kinds: word to kind of activity.
        status: word to whether the activity was completed.
        topics: topic to its areas; none for any other CE.
        credentials: word to credential, such as `phleb` to `PBT(ASCP)`.

    >>> IntakeMapping(dates="us", columns={"Course Title": "title"}).dates
    'us'
    >>> IntakeMapping(columns={"Course Title": "titel"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.columns.Course Title: UNKNOWN_WORD: got 'titel', expected what a column can mean; did you mean 'title'?
    """

    schema: ClassVar[str] = "cmprules.intake-mapping/1"

    dates: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(ORDERS, "an order of dates", "UNKNOWN_WORD")), leave_out=True))
    place: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    unit: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(tuple(vocabulary.UNITS), "a unit", "UNKNOWN_UNIT")), leave_out=True))
    provider: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    kind: str | None = attrs.field(
        default=None,
        metadata=wire(Maybe(Word(tuple(vocabulary.KINDS), "a kind of activity", "UNKNOWN_KIND")), leave_out=True))
    person: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    encoding: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    separator: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(SEPARATORS, "a separator", "UNKNOWN_WORD")), leave_out=True))
    columns: FrozenMap = attrs.field(
        default=_EMPTY,
        metadata=wire(MapOf(Word(COLUMN_MEANINGS, "what a column can mean", "UNKNOWN_WORD")), leave_out=True))
    units: FrozenMap = attrs.field(
        default=_EMPTY, metadata=wire(MapOf(Word(tuple(vocabulary.UNITS), "a unit", "UNKNOWN_UNIT")), leave_out=True))
    kinds: FrozenMap = attrs.field(
        default=_EMPTY,
        metadata=wire(MapOf(Word(tuple(vocabulary.KINDS), "a kind of activity", "UNKNOWN_KIND")), leave_out=True))
    status: FrozenMap = attrs.field(default=_EMPTY, metadata=wire(MapOf(Flag()), leave_out=True))
    topics: FrozenMap = attrs.field(
        default=_EMPTY,
        metadata=wire(MapOf(ListOf(Word(vocabulary.AREAS, "an area", "UNKNOWN_AREA"), order=_area_order)),
                      leave_out=True))
    credentials: FrozenMap = attrs.field(default=_EMPTY, metadata=wire(MapOf(Text()), leave_out=True))

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Refuse a kind that does not go with the named unit."""
        if bad & {"unit", "kind"} or self.unit is None or self.kind is None:
            return
        units = vocabulary.KINDS[self.kind]
        if self.unit not in units:
            faults.append(Fault(path=f"{path}.unit", code="WRONG_UNIT", value=self.unit, expected=" or ".join(units),
                                hint=f"{self.kind} is counted in {units[0]}"))
