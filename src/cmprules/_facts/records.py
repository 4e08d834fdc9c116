"""The facts about a person: credentials, activities, the holder's own placements, the whole record.

All values are frozen, compare by value and check themselves when made: a constructor refuses what the reader of a
file would refuse, with the same codes.  Whether something is *enough* is for the rules to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final, Protocol, TypeVar, cast

import attrs

from cmprules._kit import wide
from cmprules._kit.calendar import add_months, first_of_month
from cmprules._kit.canonical import digest
from cmprules._kit.notebook import Displayed
from cmprules._kit.points import decimal_text, exact_hundredths, from_hundredths, tidy
from cmprules._kit.shapes import (
    BAD,
    ENTERED,
    INNER,
    LEAVE_OUT,
    MAYBE_ENTERED,
    Checked,
    Day,
    FrozenMap,
    ListOf,
    Maybe,
    Number,
    Part,
    Shape,
    Text,
    Word,
    hint_for,
    members_of,
    refuse_others,
    trusted,
    wire,
)
from cmprules._kit.terms import AREA, AREA_OR_POOL, AREAS, BODY, CODE, KIND, NOT_SAID, UNIT, settle_code, wrong_unit
from cmprules._words import vocabulary
from cmprules._words.codes.questions import ABOUT_ACTIVITY, ABOUT_CREDENTIAL, ABOUT_RELATION
from cmprules._words.limits import (
    LONGEST_TEXT,
    MOST_ACTIVITIES,
    MOST_CREDENTIALS,
    MOST_DOCUMENTS,
    MOST_PAIRS,
    MOST_PLACEMENTS,
    MOST_POINTS,
)
from cmprules.errors import Fault, InputError


class AmountsByArea(Shape):
    """A mapping from areas to amounts, in the order of the areas."""

    amount: Final = Number(above_zero=True)

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a mapping whose keys are areas and whose values are numbers above zero."""
        if not isinstance(value, Mapping):
            faults.append(Fault(path=path, code="WRONG_TYPE", value=value, expected="areas, each with its amount",
                                hint='write it as {"safety": "1"}'))
            return BAD
        before = len(faults)
        read = {AREA.read(area, f"{path}.{area}", faults): self.amount.read(amount, f"{path}.{area}", faults)
                for area, amount in value.items()}
        if len(faults) > before:
            return BAD
        return FrozenMap({area: tidy(read[area]) for area in sorted(read, key=vocabulary.AREAS.index)})

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write the amounts without exponent and trailing zeros."""
        return {area: self.amount.write(amount) for area, amount in value.items()}


@attrs.frozen(kw_only=True)
class Period(Checked):
    """A span of days, both ends included.

    >>> Period(start=date(2023, 6, 1), end=date(2026, 5, 31)).days
    1096
    >>> date(2026, 5, 31) in Period(start="2023-06-01", end="2026-05-31")
    True
    """

    start: date = attrs.field(converter=wide.day, metadata=wire(Day(bounded=False)))
    end: date = attrs.field(converter=wide.day, metadata=wire(Day(bounded=False)))

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad and self.end < self.start:
            faults.append(Fault(path=f"{path}.end", code="END_BEFORE_START", value=self.end.isoformat(),
                                expected=f"{self.start} or later", hint="exchange the two days"))

    def __contains__(self, day: object) -> bool:
        if isinstance(day, datetime):
            raise TypeError(f"{day!r} is a day and a time; take the day alone, with .date()")
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.end - self.start).days + 1

    def until(self, day: date | str) -> Period | None:
        """Return the part up to and including a day; None if the period begins later.

        Raises:
            InputError: it is not a day.

        >>> Period(start="2023-06-01", end="2026-05-31").until("2026-03-10").end
        datetime.date(2026, 3, 10)
        >>> Period(start="2023-06-01", end="2026-05-31").until("soon")
        Traceback (most recent call last):
        ...
        cmprules.errors.InputError: input has 1 fault:
          $.day: NOT_A_DATE: got 'soon', expected a day such as 2026-05-31; write the day as YYYY-MM-DD
        """
        faults: list[Fault] = []
        last: date = Day(bounded=False).read(day, "$.day", faults)
        if faults:
            raise InputError(faults)
        if last < self.start:
            return None
        return trusted(Period, start=self.start, end=min(last, self.end))


@attrs.frozen(kw_only=True)
class Holder(Checked):
    """The holder of a record: an opaque id, the region that sets the fees, and a name for headings.

    Attributes:
        name: the name, used only in headings; no answer and no digest depends on it.

    >>> Holder(id="h-1").fee_region
    'standard'
    >>> Holder(id="h-1", name="Ada Sample").shown
    'Ada Sample'
    """

    id: str = attrs.field(metadata=ENTERED)
    name: str | None = attrs.field(default=None, metadata=MAYBE_ENTERED)
    fee_region: str = attrs.field(
        default="standard", metadata=wire(Word(vocabulary.FEE_REGIONS, "a fee region", "UNKNOWN_WORD"))
    )

    @property
    def shown(self) -> str:
        """The holder's name for headings: the name, or else the id."""
        return self.name or self.id


@attrs.frozen(kw_only=True)
class Credential(Checked):
    """One credential of a person.

    Attributes:
        id: its name within the record.
        code: what it is, such as `MLS`, as people write it: in any case, with the body in brackets, with the CM mark;
            a former code (`MT`, `MP`, `CLM`, `CLS`) is read as today's code.
        given_code: the former code, if one was written.
        body: `ASCP`, or `ASCPi` for the international credentials; if the code names a body too, they must agree.
        certified_on: the day of certification, if known.
        expires_on: the last valid day; absent for a credential that never expires.
        cycle_start: the first day of the current cycle, if it is known and does not follow from the other dates.
        voluntary: certified before participation became mandatory, but taking part by choice.
        previous_nca: came from the former NCA, so participation is mandatory whatever the date.
        extended_until: the last day of an extension that the Board granted (inactive status).

    >>> Credential(id="a", code="MT", expires_on=date(2026, 5, 31)).code
    'MLS'
    >>> Credential(id="a", code="mls(ascpi)CM", expires_on="2026-05-31").body
    'ASCPi'
    >>> Credential(id="a", code="MLS", voluntary=True, certified_on=date(2014, 5, 20))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.voluntary: NOT_VOLUNTARY: got True, expected certification before 2004-01-01; leave out 'voluntary', or
      correct 'certified_on'
    """

    id: str = attrs.field(metadata=ENTERED)
    code: str = attrs.field(metadata=wire(CODE, as_given="given_code"))
    given_code: str | None = attrs.field(default=None, metadata=INNER)
    body: str = attrs.field(default=NOT_SAID, metadata=wire(BODY))
    certified_on: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    expires_on: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    cycle_start: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    voluntary: bool = attrs.field(default=False, metadata=LEAVE_OUT)
    previous_nca: bool = attrs.field(default=False, metadata=LEAVE_OUT)
    extended_until: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        settle_code(self, path, faults, bad)
        for name, code, value, expected, hint in _credential_faults(self, bad):
            faults.append(Fault(path=f"{path}.{name}", code=code, value=value, expected=expected, hint=hint))

    @property
    def mandatory_from(self) -> date | None:
        """Holders certified on or after this day must take part; None if every holder must."""
        group = vocabulary.GROUPS[self.code]
        return None if self.previous_nca else vocabulary.MANDATORY_FROM[self.body, group]

    @property
    def before_mandatory(self) -> bool:
        """Whether the certification is known to be older than mandatory participation."""
        since = self.mandatory_from
        return since is not None and self.certified_on is not None and self.certified_on < since


_CrossFault = tuple[str, str, object, str, str]


def _credential_faults(credential: Credential, bad: set[str]) -> Iterable[_CrossFault]:
    """Check the fields of a credential against each other: field, code, value, expected, hint."""
    if (not bad & {"code", "body", "certified_on", "expires_on", "voluntary", "previous_nca"}
            and credential.body in vocabulary.BODIES[credential.code]):
        yield from _participation_faults(credential)
    if "expires_on" not in bad:
        yield from _date_faults(credential, bad)


def _participation_faults(credential: Credential) -> Iterable[_CrossFault]:
    """Refuse a credential without an end date, or a voluntary one, if participation was mandatory."""
    since = credential.mandatory_from
    certified = credential.certified_on
    if credential.voluntary and (since is None or (certified is not None and certified >= since)):
        expected = "participation that is mandatory" if since is None else f"certification before {since}"
        yield ("voluntary", "NOT_VOLUNTARY", True, expected, "leave out 'voluntary', or correct 'certified_on'")
    elif credential.expires_on is None and not credential.voluntary and not credential.before_mandatory:
        why = "every holder takes part" if since is None else f"only one certified before {since} has no end"
        yield ("expires_on", "MISSING_EXPIRY", None, "the last valid day", f"add it; {why}")


def _date_faults(credential: Credential, bad: set[str]) -> Iterable[_CrossFault]:
    """Refuse days of a credential that contradict each other; days that could not be read are skipped."""
    certified, start, extended = (
        None if name in bad else getattr(credential, name) for name in ("certified_on", "cycle_start", "extended_until")
    )
    end = credential.expires_on
    if end is None:
        if extended is not None:
            yield ("extended_until", "EXTENDED_WITHOUT_EXPIRY", extended.isoformat(), "an 'expires_on' that it extends",
                   "add 'expires_on'")
        return
    if certified is not None and certified > end:
        yield ("expires_on", "EXPIRES_BEFORE_CERTIFIED", end.isoformat(), f"{certified} or later", "check both days")
    if extended is not None and extended < end:
        yield ("extended_until", "EXTENDED_BEFORE_EXPIRY", extended.isoformat(), f"{end} or later",
               "an extension ends after the expiry")
    if start is not None and start > end:
        yield ("cycle_start", "CYCLE_AFTER_EXPIRY", start.isoformat(), f"{end} or earlier", "check both days")
    elif start is not None and start < (longest := _longest_start(end)):
        yield ("cycle_start", "CYCLE_TOO_LONG", start.isoformat(), f"{longest} or later",
               "a cycle has three years; leave 'cycle_start' out if it is not known")


def _longest_start(end: date) -> date:
    """Return the earliest start of a cycle that ends on `end`: a first cycle may begin anywhere in its first month."""
    return first_of_month(add_months(end, -vocabulary.CYCLE_MONTHS))


def _points_read(amount: Decimal, worth: int, path: str, faults: list[Fault], hint: str) -> int:
    """Convert an amount to hundredths of a point; note a fault if that is not exact."""
    hundredths = exact_hundredths(amount, worth)
    if amount > MOST_POINTS or (hundredths is not None and hundredths > MOST_POINTS * 100):
        faults.append(Fault(path=path, code="TOO_MUCH", value=amount,
                            expected=f"at most {MOST_POINTS} points", hint="check the amount and the unit"))
    elif hundredths is None:
        faults.append(Fault(path=path, code="TOO_FINE", value=amount,
                            expected="at most two decimals of a point", hint=hint))
    return hundredths or 0


_TO_BE_MADE: Final[str] = str(b"to be made", "ascii")
"""Stands for the id of an activity until one is made; compared by identity."""
_LETTERS_OF_AN_ID = 10


def _made_id(activity: Activity) -> str:
    """Make the id of an activity that was given none: the same for the same entry, wherever it stands."""
    day = activity.completed_on
    said = (activity.title, activity.provider, activity.session, None if day is None else day.isoformat(),
            activity.kind, decimal_text(activity.amount), activity.unit)
    return f"a-{digest({'entry': said})[:_LETTERS_OF_AN_ID]}"


@attrs.frozen(kw_only=True)
class Activity(Checked):
    """An activity that earned points, as the holder entered it.

    Code may leave the id out: one is made of title, provider, session, day, kind, amount and unit, so the same entry
    always has the same.  Files and mappings have to say it, and so has code that enters the same twice.

    Attributes:
        amount: how much, in `unit`.
        unit: `point`, `contact_hour`, `cmle`, `ceu`, `quarter_hour`, `semester_hour` or `exam`; each kind accepts
            some of them, the first one by default.
        session: what distinguishes this occurrence from others with the same title: a part, a day, a board, a year.
        areas: the mandatory areas that it *may* serve; none means only the pool.
        certified: the amount that the certificate itself gives to each area, in the activity's own unit; used
            instead of `areas`.
        proposed_areas: areas that a person or a program proposes and that are not confirmed.
        documents: what proof is at hand.
        source: `ascp`, `upload` (sent by the provider) or `self` (typed in).

    >>> Activity(id="a", title="Antibody identification", kind="formal_ce", amount="0.5", unit="ceu").points
    Decimal('5')
    >>> Activity(title="Antibody identification", kind="formal_ce", amount="0.5", unit="ceu").id
    'a-8282c3c772'
    >>> Activity(id="a", title="Antibody identification", kind="formal_ce", amount="0.1234", unit="ceu")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.amount: TOO_FINE: got 0.1234, expected at most two decimals of a point; 1 ceu is worth 10 points;
      round the way the provider did
    """

    id: str = attrs.field(default=_TO_BE_MADE, metadata=wire(Text(LONGEST_TEXT), made=True))
    title: str = attrs.field(metadata=ENTERED)
    provider: str | None = attrs.field(default=None, metadata=MAYBE_ENTERED)
    completed_on: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    kind: str = attrs.field(metadata=wire(KIND))
    amount: Decimal = attrs.field(converter=wide.amount, metadata=wire(Number(above_zero=True)))
    unit: str | None = attrs.field(default=None, metadata=wire(Maybe(UNIT)))
    session: str | None = attrs.field(default=None, metadata=MAYBE_ENTERED)
    areas: tuple[str, ...] = attrs.field(default=(), converter=wide.words, metadata=wire(AREAS, leave_out=True))
    certified: FrozenMap = attrs.field(
        default=FrozenMap(), converter=wide.amounts, metadata=wire(AmountsByArea(), leave_out=True)
    )
    proposed_areas: tuple[str, ...] = attrs.field(
        default=(), converter=wide.words, metadata=wire(AREAS, leave_out=True)
    )
    documents: tuple[str, ...] = attrs.field(
        default=(), converter=wide.words,
        metadata=wire(ListOf(Text(LONGEST_TEXT), at_most=MOST_DOCUMENTS), leave_out=True),
    )
    source: str | None = attrs.field(
        default=None,
        metadata=wire(Maybe(Word(vocabulary.ACTIVITY_SOURCES, "where the entry comes from", "UNKNOWN_WORD")),
                      leave_out=True),
    )
    _hundredths: int = attrs.field(init=False, default=0, eq=False, repr=False)
    _certified: tuple[tuple[str, int], ...] = attrs.field(init=False, default=(), eq=False, repr=False)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        object.__setattr__(self, "_certified", ())
        self._settle_unit(path, faults, bad)
        if self.proposed_areas or self.certified:
            faults.extend(_area_faults(self, path, bad))
        if self.id is _TO_BE_MADE and not bad:
            object.__setattr__(self, "id", _made_id(self))

    def _settle_unit(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Check the unit against the kind, and fill in what follows from the two."""
        units = () if "kind" in bad else vocabulary.KINDS[self.kind]
        unit = units[0] if self.unit is None and units else self.unit
        if "unit" in bad or unit is None:
            return
        if units and unit not in units:
            faults.append(wrong_unit(self.kind, unit, f"{path}.unit"))
        if "amount" not in bad:
            self._settle_points(unit, path, faults)
            if self.certified and "certified" not in bad:
                self._settle_certified(vocabulary.UNITS[unit], path, faults)

    def _settle_points(self, unit: str, path: str, faults: list[Fault]) -> None:
        """Fill in the unit and the points."""
        worth = vocabulary.UNITS[unit]
        hundredths = _points_read(self.amount, worth, f"{path}.amount", faults,
                                  f"1 {unit} is worth {worth} point{'' if worth == 1 else 's'}; "
                                  "round the way the provider did")
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "amount", tidy(self.amount))
        object.__setattr__(self, "_hundredths", hundredths)

    def _settle_certified(self, worth: int, path: str, faults: list[Fault]) -> None:
        """Fill in the certified points; their sum may not exceed the amount."""
        before = len(faults)
        certified = tuple([
            (area, _points_read(amount, worth, f"{path}.certified.{area}", faults, "round the way the provider did"))
            for area, amount in self.certified.items()
        ])
        if len(faults) == before and sum(points for _, points in certified) > self._hundredths:
            faults.append(Fault(path=f"{path}.certified", code="CERTIFIED_TOO_MUCH",
                                value=sum(self.certified.values()), expected=f"at most the amount, {self.amount}",
                                hint="give each area its part of the amount"))
        object.__setattr__(self, "_certified", certified)

    @property
    def points(self) -> Decimal:
        """The amount entered, in points."""
        return from_hundredths(self._hundredths)


def _area_faults(activity: Activity, path: str, bad: set[str]) -> Iterable[Fault]:
    """Refuse an activity with both listed and certified areas, or an area that is also proposed."""
    if bad & {"areas", "certified", "proposed_areas"}:
        return
    if activity.certified and activity.areas:
        yield Fault(path=f"{path}.certified", code="AREAS_AND_CERTIFIED", value=list(activity.certified),
                    expected="either 'areas' or 'certified'",
                    hint="keep 'certified' where the certificate gives amounts")
    named = {*activity.areas, *activity.certified}
    for area in activity.proposed_areas:  # they are in our order, so that no place among them is the user's
        if area in named:
            yield Fault(path=f"{path}.proposed_areas", code="AREA_TWICE", value=area,
                        expected="an area that is not listed or certified too", hint="leave it out here")


@attrs.frozen(kw_only=True)
class Placement(Checked):
    """The holder's own choice to count some points of an activity in an area of a credential.

    >>> Placement(credential="mls", activity="a1", area="safety", points="1").points
    Decimal('1')
    """

    credential: str = attrs.field(metadata=ENTERED)
    activity: str = attrs.field(metadata=ENTERED)
    area: str = attrs.field(metadata=wire(AREA_OR_POOL))
    points: Decimal = attrs.field(converter=wide.amount, metadata=wire(Number(above_zero=True)))

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if "points" in bad:
            return
        _points_read(self.points, 1, f"{path}.points", faults, "points are counted in hundredths")
        object.__setattr__(self, "points", tidy(self.points))


class _YesOrNo(Word):
    """The words yes and no; neither is suggested for another word, because one of the two adds points."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept one of the two."""
        if isinstance(value, str) and value in self.known:
            return str.__str__(value)
        faults.append(Fault(path=path, code="UNKNOWN_WORD", value=value, expected=self.what,
                            hint='write "yes" or "no", in quotation marks'))
        return BAD


@attrs.frozen(kw_only=True)
class Settled(Checked):
    """The holder's answer, yes or no, to one open question in the `needs` of a decision.

    Attributes:
        code: the code of the need.
        subjects: the ids that the answer is about: activities, or credentials if the need is about one.
        answer: `yes` settles it in the holder's favor, `no` against.
        others: for questions about activities that may be one: the ids that the subjects were compared with, copied
            from the need; none stands for every activity of the record.

    >>> Settled(code="REPEATED_COURSE", subjects=["a7"], answer="yes").answer
    'yes'
    >>> Settled(code="REPEATED_COURSE", subjects=["a7"], answer=True)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.answer: UNKNOWN_WORD: got True, expected yes or no; write "yes" or "no", in quotation marks
    """

    code: str = attrs.field(
        metadata=wire(Word((*ABOUT_ACTIVITY, *ABOUT_CREDENTIAL), "a question that can be answered", "UNKNOWN_WORD")))
    subjects: tuple[str, ...] = attrs.field(
        converter=wide.words, metadata=wire(ListOf(Text(LONGEST_TEXT), at_least=1, at_most=MOST_ACTIVITIES))
    )
    answer: str = attrs.field(metadata=wire(_YesOrNo(("yes", "no"), "yes or no", "UNKNOWN_WORD")))
    others: tuple[str, ...] = attrs.field(
        default=(), converter=wide.words,
        metadata=wire(ListOf(Text(LONGEST_TEXT), at_most=MOST_ACTIVITIES), leave_out=True),
    )

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad and self.others and self.code not in ABOUT_RELATION:
            faults.append(Fault(path=f"{path}.others", code="NOT_NEEDED", value=list(self.others),
                                expected=f"no others for {self.code}", hint="leave 'others' out"))


_Plain = Mapping[str, Any]


def _holder(value: Holder | _Plain) -> Holder:
    return cast("Holder", value)


def _credentials(value: Sequence[Credential | _Plain]) -> tuple[Credential, ...]:
    return cast("tuple[Credential, ...]", value)


def _activities(value: Sequence[Activity | _Plain]) -> tuple[Activity, ...]:
    return cast("tuple[Activity, ...]", value)


def _placements(value: Sequence[Placement | _Plain]) -> tuple[Placement, ...]:
    return cast("tuple[Placement, ...]", value)


def _settled(value: Sequence[Settled | _Plain]) -> tuple[Settled, ...]:
    return cast("tuple[Settled, ...]", value)


@attrs.frozen(kw_only=True)
class Record(Displayed, Checked):
    """Everything about one person that a decision uses.

    >>> record = Record(holder={"id": "h-1"}, activities=[],
    ...                 credentials=[{"id": "mls", "code": "MLS", "expires_on": "2026-05-31"}])
    >>> record.credentials[0].code
    'MLS'
    """

    schema: ClassVar[str] = "cmprules.record/1"

    holder: Holder = attrs.field(converter=_holder)
    credentials: tuple[Credential, ...] = attrs.field(
        converter=_credentials, metadata=wire(ListOf(Part(Credential), at_least=1, at_most=MOST_CREDENTIALS))
    )
    activities: tuple[Activity, ...] = attrs.field(
        converter=_activities, metadata=wire(ListOf(Part(Activity), at_most=MOST_ACTIVITIES))
    )
    placements: tuple[Placement, ...] = attrs.field(
        default=(), converter=_placements,
        metadata=wire(ListOf(Part(Placement), at_most=MOST_PLACEMENTS), leave_out=True),
    )
    settled: tuple[Settled, ...] = attrs.field(
        default=(), converter=_settled, metadata=wire(ListOf(Part(Settled), at_most=MOST_PLACEMENTS), leave_out=True)
    )

    def __repr__(self) -> str:
        held, done = len(self.credentials), len(self.activities)
        return (f"<Record of {self.holder.shown!r}: {held} credential{'' if held == 1 else 's'}, "
                f"{done} activit{'y' if done == 1 else 'ies'}>")

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if bad:
            return
        if (held := len(self.credentials)) * len(self.activities) > MOST_PAIRS:
            faults.append(Fault(path=f"{path}.activities", code="TOO_MANY", value=len(self.activities),
                                expected=f"at most {MOST_PAIRS // held} for {held} credentials",
                                hint="leave out what no cycle of these credentials needs"))
        credentials = [credential.id for credential in self.credentials]
        activities = [activity.id for activity in self.activities]
        faults.extend(repeated_ids(f"{path}.credentials", credentials))
        faults.extend(repeated_ids(f"{path}.activities", activities))
        named = [(placement.credential, placement.activity) for placement in self.placements]
        faults.extend(dangling_placements(path, named, credentials, activities))
        if self.settled:
            faults.extend(settled_faults(self.settled, f"{path}.settled", credentials, activities))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def listed(values: Any, cls: type[T], path: str) -> tuple[tuple[T, ...], list[Fault]]:
    """Make a tuple of a collection of values with ids; note members that are not values or share an id."""
    faults: list[Fault] = []
    found = members_of(values)
    refuse_others(found, cls, path, faults)
    if not faults:
        faults.extend(repeated_ids(path, [value.id for value in found]))
    return found, faults


def repeated_ids(path: str, ids: Sequence[str]) -> Iterable[Fault]:
    """Note every id that occurs a second time in a list."""
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, int] = {}
    for index, name in enumerate(ids):
        first = seen.setdefault(name, index)
        if first != index:
            yield Fault(path=f"{path}[{index}].id", code="REPEATED_ID", value=name, expected="an id of its own",
                        hint=f"{path}[{first}] has it already")


def dangling_placements(
    path: str, named: Iterable[tuple[str, str]], credentials: Sequence[str], activities: Sequence[str]
) -> Iterable[Fault]:
    """Note every placement that names a credential or an activity that is not in the record."""
    known = {"credential": tuple(dict.fromkeys(credentials)), "activity": tuple(dict.fromkeys(activities))}
    sets = {field: set(ids) for field, ids in known.items()}
    found: list[Fault] = []
    for index, (credential, activity) in enumerate(named):
        for field, name in (("credential", credential), ("activity", activity)):
            if name not in sets[field]:
                found.append(Fault(
                    path=f"{path}.placements[{index}].{field}", code=f"NO_SUCH_{field.upper()}", value=name,
                    expected=f"the id of {'a' if field == 'credential' else 'an'} {field} of this record",
                    hint=hint_for(name, known[field], found)))
    return found


def settled_faults(
    settled: Sequence[Settled], path: str, credentials: Sequence[str], activities: Sequence[str]
) -> Iterable[Fault]:
    """Note every answer about something that is not in the record, and every question answered both yes and no."""
    given: dict[tuple[str, str, tuple[str, ...]], str] = {}
    ids = {"activity": frozenset(activities), "credential": frozenset(credentials)}
    for index, answer in enumerate(settled):
        what = "activity" if answer.code in ABOUT_ACTIVITY else "credential"
        for place, names in (("subjects", answer.subjects), ("others", answer.others)):
            for position, name in enumerate(names):
                if name not in ids[what]:
                    yield Fault(path=f"{path}[{index}].{place}[{position}]", code=f"NO_SUCH_{what.upper()}", value=name,
                                expected=f"the id of {'an' if what == 'activity' else 'a'} {what} of this record",
                                hint="copy it from the need that asked")
        for name in answer.subjects:
            if given.setdefault((answer.code, name, answer.others), answer.answer) != answer.answer:
                yield Fault(path=f"{path}[{index}].answer", code="ANSWERED_TWICE", value=answer.answer,
                            expected=f"one answer to {answer.code} about '{name}'", hint="keep the one that is right")


def without(record: Record, activities: Collection[str]) -> Record:
    """Leave some activities out of a record, with all placements and answers about them."""
    def kept(names: Iterable[str]) -> list[str]:
        return [name for name in names if name not in activities]

    settled = [attrs.evolve(answer, subjects=kept(answer.subjects), others=kept(answer.others))
               for answer in record.settled
               if kept(answer.subjects) and (kept(answer.others) or not answer.others)]
    return attrs.evolve(record,
                        activities=[activity for activity in record.activities if activity.id not in activities],
                        placements=[placement for placement in record.placements
                                    if placement.activity not in activities],
                        settled=settled)


def only(record: Record, credential: Credential) -> Record:
    """Keep one credential of a record, with the answers about it and about activities, and without placements."""
    settled = [answer if answer.code in ABOUT_ACTIVITY else attrs.evolve(answer, subjects=[credential.id])
               for answer in record.settled if answer.code in ABOUT_ACTIVITY or credential.id in answer.subjects]
    return attrs.evolve(record, credentials=[credential], placements=(), settled=settled)


def certified_of(activity: Activity) -> tuple[tuple[str, int], ...]:
    """Return the points that a certificate gives to each area, in hundredths, in the order of the areas."""
    return activity._certified  # noqa: SLF001  # its only reader outside the class


def points_of(activity: Activity) -> int:
    """Return the amount entered for an activity, in hundredths of a point."""
    return activity._hundredths  # noqa: SLF001  # its only reader outside the class


