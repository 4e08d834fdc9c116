"""One class for each shape of a row, each key declared once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from cmprules._kit.shapes import (
    Checked,
    Day,
    FrozenMap,
    Listed,
    ListOf,
    MapOf,
    Maybe,
    Number,
    Shape,
    Text,
    Whole,
    Word,
    wire,
)
from cmprules._kit.terms import AREA, AREA_OR_POOL, KIND
from cmprules._policy.rows.lists import DOCUMENTS, EVENTS, FEE_GROUPS, FIELDS, LIMITS, NEEDS, STATES, UNITS
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.errors import Fault


class _NumberOrDay(Shape):
    """A number, or a day."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Read either."""
        return (Day() if isinstance(value, date) else Number()).read(value, path, faults)


class _LimitValue(_NumberOrDay):
    """A number, a day, yes, or a word."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Read any of them; text that begins with a letter is a word."""
        if isinstance(value, bool) or (isinstance(value, str) and value[:1].isalpha()):
            return value
        return super().read(value, path, faults)


TEXT = Text()
CODE = Listed(tuple(vocabulary.NAMES), "a credential code", "UNKNOWN_CODE", "codes")
BODY = Word(("ASCP", "ASCPi"), "a body", "UNKNOWN_WORD")


def schema_word(name: str) -> Word:
    return Word((name,), name, "WRONG_SCHEMA")


@attrs.frozen(kw_only=True)
class Cited(Checked):
    """The citation of a figure: a source, a place in it, a grade, and the reasoning if it is inferred."""

    source: str
    pin: str
    grade: Grade
    also: tuple[str, ...] = ()
    why: str | None = None
    reading: str | None = None


@attrs.frozen(kw_only=True)
class CellRow(Cited):
    """One figure of a row."""

    of: str
    value: Decimal


@attrs.frozen(kw_only=True)
class PointsTableRow(Checked):
    """The points required for expiration dates from one day on."""

    id: str
    starts_on: date = attrs.field(metadata=wire(key="from"))
    until: date | None = None
    established: bool = True
    retroactive: bool = False
    begins: Cited
    cells: tuple[CellRow, ...] = ()
    known: tuple[str, ...] = ()
    question: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class SourceRow(Checked):
    """One document of the register."""

    id: str
    title: str
    issuer: str
    url: str | None = None
    published_on: date | None = None
    published: str | None = None
    sha256: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class KindRow(Cited):
    """One kind of activity."""

    id: str = attrs.field(metadata=wire(KIND))
    label: str
    units: tuple[str, ...] = ()
    established: bool
    proof: str | None = None
    information: str | None = None


@attrs.frozen(kw_only=True)
class UnitRow(Cited):
    """One unit and its value in points."""

    id: str
    points: Decimal
    label: str


@attrs.frozen(kw_only=True)
class LimitRow(Cited):
    """One bound on a kind, one rule about what counts, or one figure of such a rule."""

    id: str
    kind: str | None = None
    limit: str = attrs.field(metadata=wire(Word(LIMITS, "a limit", "UNKNOWN_WORD")))
    value: Decimal | date | bool | str = attrs.field(metadata=wire(_LimitValue()))
    text: str | None = None
    question: str | None = None


@attrs.frozen(kw_only=True)
class FigureRow(Cited):
    """One figure of the process, in the unit of its table."""

    id: str
    value: Decimal
    text: str | None = None


@attrs.frozen(kw_only=True)
class TextRow(Cited):
    """One rule or reading in words."""

    id: str
    text: str | None = None
    question: str | None = None
    established: bool = True


@attrs.frozen(kw_only=True)
class RuleRow(TextRow):
    """One rule in words, the words that the code takes from it, and the last day on which it holds, if it has one."""

    words: tuple[str, ...] = ()
    until: date | None = None


@attrs.frozen(kw_only=True)
class ProcessRow(TextRow):
    """One figure of the process, in a unit of its own; a day where the unit is `date`."""

    unit: str = attrs.field(metadata=wire(Word(UNITS, "a unit", "UNKNOWN_WORD")))
    value: Decimal | date | None = attrs.field(default=None, metadata=wire(Maybe(_NumberOrDay())))
    starts_on: date | None = attrs.field(default=None, metadata=wire(key="from"))
    until: date | None = None


@attrs.frozen(kw_only=True)
class TransitionTableRow(TextRow):
    """One event in the life of a declaration: the states in which it may happen, the next state, and its needs."""

    from_states: tuple[str, ...] = attrs.field(
        metadata=wire(ListOf(Word(STATES, "a state of a declaration", "UNKNOWN_WORD"), at_least=1), key="from"))
    event: str = attrs.field(metadata=wire(Word(EVENTS, "an event", "UNKNOWN_WORD")))
    to: str = attrs.field(metadata=wire(Word(STATES, "a state of a declaration", "UNKNOWN_WORD")))
    needs: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Word(NEEDS, "a need", "UNKNOWN_WORD"))))


@attrs.frozen(kw_only=True)
class ProofTableRow(TextRow):
    """The documents, one of which proves an activity of a kind, and the fields that it must show."""

    id: str = attrs.field(metadata=wire(KIND))
    documents: tuple[str, ...] = attrs.field(
        default=(), metadata=wire(ListOf(Word(DOCUMENTS, "a document", "UNKNOWN_WORD"))))
    fields: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Word(FIELDS, "a field", "UNKNOWN_WORD"))))


@attrs.frozen(kw_only=True)
class PassRateTableRow(TextRow):
    """The share of candidates that passed, or should pass, and the source that says so."""

    measure: str = attrs.field(metadata=wire(Word(("national", "benchmark"), "what is measured", "UNKNOWN_WORD")))
    code: str | None = attrs.field(default=None, metadata=wire(Maybe(CODE)))
    body: str | None = attrs.field(default=None, metadata=wire(Maybe(BODY)))
    first_year: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    last_year: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    years: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    value: Decimal
    said_by: str


@attrs.frozen(kw_only=True)
class ExamFeeTableRow(TextRow):
    """The fee of an application for some examinations between two days of application."""

    codes: tuple[str, ...] = attrs.field(metadata=wire(ListOf(CODE, at_least=1)))
    body: str = attrs.field(metadata=wire(BODY))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    from_is: str | None = attrs.field(
        default=None,
        metadata=wire(Maybe(Word(("effective", "first_seen"), "how the day is known", "UNKNOWN_WORD"))))
    until: date | None = None
    until_is: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(("effective", "last_seen"), "how the day is known", "UNKNOWN_WORD"))))
    value: Decimal | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class ParticipationRow(TextRow):
    """The groups that must take part, and the day of certification from which they must."""

    body: str = attrs.field(metadata=wire(BODY))
    groups: tuple[str, ...]
    mandatory_from: date | None = None
    always: bool = False
    nca: bool = False


@attrs.frozen(kw_only=True)
class AreaRow(Cited):
    """One area."""

    id: str = attrs.field(metadata=wire(AREA_OR_POOL))
    label: str
    belongs: str


@attrs.frozen(kw_only=True)
class CredentialRow(Cited):
    """One credential."""

    code: str = attrs.field(metadata=wire(CODE))
    name: str
    group: str
    areas: tuple[str, ...] = attrs.field(metadata=wire(ListOf(AREA)))
    bodies: tuple[str, ...] = attrs.field(metadata=wire(ListOf(BODY)))
    aliases: tuple[str, ...]
    examined: bool
    note: str | None = None


@attrs.frozen(kw_only=True)
class LikeRow(Cited):
    """An international credential that follows an ASCP table."""

    id: str
    code: str = attrs.field(metadata=wire(CODE))
    body: str = attrs.field(metadata=wire(BODY))
    like: str = attrs.field(metadata=wire(CODE))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    area_for: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(TEXT)))


@attrs.frozen(kw_only=True)
class FeeTableRow(Checked):
    """The fees of a region between two days."""

    id: str
    region: str = attrs.field(metadata=wire(Word(vocabulary.FEE_REGIONS, "a fee region", "UNKNOWN_WORD")))
    group: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(FEE_GROUPS, "certification or qualification", "UNKNOWN_WORD"))))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    from_is: str = attrs.field(
        default="effective", metadata=wire(Word(("effective", "first_seen"), "how the day is known", "UNKNOWN_WORD"))
    )
    until: date | None = None
    until_is: str = attrs.field(
        default="effective", metadata=wire(Word(("effective", "last_seen"), "how the day is known", "UNKNOWN_WORD"))
    )
    note: str | None = None
    cells: tuple[CellRow, ...]


@attrs.frozen(kw_only=True)
class EditionRow(Checked):
    """The edition itself."""

    schema: str = attrs.field(metadata=wire(schema_word("cmprules.edition/1")))
    id: str
    last_checked: date
    released_on: date | None = None
    summary: str
