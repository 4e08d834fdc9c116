"""The words of a record: credentials, kinds of activity, areas and units, each with its source."""

from __future__ import annotations

from decimal import Decimal

import attrs

from cmprules._kit.shapes import Checked
from cmprules._policy.book import Citation, CountingRules, KindRule
from cmprules._words import vocabulary


@attrs.frozen(kw_only=True)
class CodeEntry(Checked):
    """One credential that a record may name.

    Attributes:
        code: its code in a record, such as `MLS`.
        name: its full name.
        group: such as `technologist` or `qualification`.
        bodies: the bodies that award it: `ASCP`, `ASCPi` or both.
        former: former codes, which are read as this one.
        areas: its own areas.
        examined: whether it is still examined, as far as known.
        note: further remarks, or None.
        citation: its source.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.2")
    >>> book.codes["PBT"].name, book.codes["PBT"].bodies
    ('Phlebotomy Technician', ('ASCP', 'ASCPi'))
    >>> "MLSS" in book.codes
    False
    """

    code: str
    name: str
    group: str
    bodies: tuple[str, ...]
    former: tuple[str, ...]
    areas: tuple[str, ...]
    examined: bool
    note: str | None
    citation: Citation


@attrs.frozen(kw_only=True)
class KindEntry(Checked):
    """One kind of activity that a record may name.

    Attributes:
        kind: its name in a record, such as `formal_ce`.
        label: its name for people.
        units: the units that fit it; the first is the default.
        established: whether its value in points is established; if not, the points are the holder's claim.
        proof: what proves it in an audit, or None.
        information: further remarks, or None.
        citation: its source.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.2")
    >>> book.kinds["college_course"].units
    ('point', 'quarter_hour', 'semester_hour')
    >>> book.kinds["knitting"]
    Traceback (most recent call last):
    ...
    KeyError: 'knitting'
    """

    kind: str
    label: str
    units: tuple[str, ...]
    established: bool
    proof: str | None
    information: str | None
    citation: Citation


@attrs.frozen(kw_only=True)
class AreaEntry(Checked):
    """One area that an activity may serve, or `pool`, any other CE.

    Attributes:
        area: its name in a record, such as `blood_banking`.
        label: its name for people.
        belongs: what belongs to it, according to the sources.
        citation: its source.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.2").areas["safety"].label
    'Laboratory or patient safety'
    >>> "knitting" in cmprules.load_book(edition="2026.2").areas
    False
    """

    area: str
    label: str
    belongs: str
    citation: Citation


@attrs.frozen(kw_only=True)
class UnitEntry(Checked):
    """One unit of an amount.

    Attributes:
        unit: its name in a record, such as `contact_hour`.
        label: its name for people.
        points: the points for one unit.
        citation: its source.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.2").units["ceu"].points
    Decimal('10')
    >>> "minute" in cmprules.load_book(edition="2026.2").units
    False
    """

    unit: str
    label: str
    points: Decimal
    citation: Citation


def kind_entries(rules: CountingRules) -> dict[str, KindEntry]:
    """List the kinds of activity, including the user's own rows."""
    found: list[KindRule] = list(rules.kinds.values())
    return {rule.kind: KindEntry(
        kind=rule.kind, label=rule.label, units=vocabulary.KINDS[rule.kind], established=rule.established,
        proof=rule.proof, information=rule.information, citation=rule.citation) for rule in found}
