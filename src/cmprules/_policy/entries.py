"""What a record may say, word by word: credentials, kinds of activity, areas and units, each with its source."""

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
        code: what a record says, such as `MLS`.
        name: its name in words.
        group: such as `technologist` or `qualification`.
        bodies: the bodies that award it: `ASCP`, `ASCPi` or both.
        former: former codes, which are read as this one.
        areas: its own areas.
        examined: whether it is still examined, as far as is known.
        note: what else is known, or None.
        citation: where it stands.

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
        kind: what a record says, such as `formal_ce`.
        label: the kind in words.
        units: the units that go with it; the first is meant where none is given.
        established: whether its value in points is established; if not, the points are the holder's claim.
        proof: what proves it in an audit, or None.
        information: what else is known, or None.
        citation: where it stands.

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
        area: what a record says, such as `blood_banking`.
        label: the area in words.
        belongs: what belongs to it, as far as sources say.
        citation: where it stands.

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
        unit: what a record says, such as `contact_hour`.
        label: the unit in words.
        points: what one of it is worth, in points.
        citation: where it stands.

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
    """List the kinds of activity, those of the user's own included."""
    found: list[KindRule] = list(rules.kinds.values())
    return {rule.kind: KindEntry(
        kind=rule.kind, label=rule.label, units=vocabulary.KINDS[rule.kind], established=rule.established,
        proof=rule.proof, information=rule.information, citation=rule.citation) for rule in found}
