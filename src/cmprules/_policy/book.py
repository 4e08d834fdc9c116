"""Policy as values: sources, figures, tables and the book that finds the right one for a credential."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

import attrs

from cmprules._kit.notebook import Displayed
from cmprules._kit.points import decimal_text, from_hundredths, to_hundredths
from cmprules._kit.shapes import (
    INNER,
    LEAVE_OUT,
    Checked,
    Day,
    FrozenMap,
    trusted,
    wire,
)
from cmprules._kit.terms import NOT_SAID, category, unknown_category
from cmprules._words import vocabulary
from cmprules._words.codes import HYPOTHETICAL, NOTICE
from cmprules._words.enums import Grade, weakest
from cmprules.errors import Fault, InputError, NotEstablishedError, NotInForceError

_LONGEST_NAME = 20
MOST_KEPT = 1_024
"""So many policies a book remembers, before it forgets them all and begins anew."""


@attrs.frozen(kw_only=True)
class Citation(Checked):
    """Where a figure or a rule stands: a source of the register, a place in it, and how sure it is.

    >>> Citation(source="nsh-2020", pin="passage on ethics", grade=Grade.SOCIETY).grade
    <Grade.SOCIETY: 'society'>
    """

    source: str
    pin: str
    grade: Grade


@attrs.frozen(kw_only=True)
class Source(Checked):
    """One document of the register.

    Attributes:
        published_on: the day of publication; None where it is not known.
        published: what is known of it where the day is not, such as `2018-04`.
    """

    title: str
    issuer: str
    published_on: date | None = None
    url: str | None = None
    published: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    note: str | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Statement:
    """A rule or a reading in words, with its source; `question` is what stays open, `words` what a rule needs of it.

    One that is not `established` says what nobody could source; `ends_on` is the last day on which it holds, if known.
    """

    id: str
    text: str
    citation: Citation
    question: str | None = None
    established: bool = True
    words: tuple[str, ...] = ()
    ends_on: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Tell whether the rule still holds on a day; without a day, whether it has no last one."""
        return self.ends_on is None or (day is not None and day <= self.ends_on)


@attrs.frozen(kw_only=True)
class Setting:
    """How an edition, or a user's own row, decides a rule that editions decide differently.

    Attributes:
        id: the row that decides, such as `rule/alike`.
        value: `each`, `once` or `open` for activities that may be one; `certain` where the row of an edition says yes
            and leaves nothing open; for other rules a word of their own.
        citation: where it stands.
        user: whether a row of the user's own decides, so that the question is settled.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.1").setting("rule/duplicates").value
    'certain'
    >>> cmprules.load_book(edition="2026.1").setting("rule/alike") is None        # this edition has no such rule
    True
    """

    id: str
    value: str
    citation: Citation
    user: bool = False


@attrs.frozen(kw_only=True)
class LastDay:
    """A day after which something is over, such as the giving of a former code, with its source."""

    id: str
    last_day: date
    citation: Citation


@attrs.frozen(kw_only=True)
class Figure(Checked):
    """One figure of a table, with its source."""

    value: Decimal
    grade: Grade
    source: str
    pin: str

    @cached_property
    def citation(self) -> Citation:
        """Where the figure stands."""
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
class Cell:
    """A figure as it stands in a row: `of` is `total`, an area, `pool`, or an item of a fee."""

    of: str
    figure: Figure


@attrs.frozen(kw_only=True)
class PointsRow:
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
        """Whether an expiry on a day falls on or after the row's first day, and not after its last."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@attrs.frozen(kw_only=True)
class Limit:
    """A bound on one kind of activity: `share_of_total` or `points` (a cap), `pool_only`, `done_from`, `done_until`."""

    limit: str
    citation: Citation
    value: Decimal | None = None
    day: date | None = None


@attrs.frozen(kw_only=True)
class KindRule:
    """One kind of activity: whether its point value is established, and what bounds it."""

    kind: str
    label: str
    established: bool
    citation: Citation
    limits: tuple[Limit, ...] = ()
    proof: str | None = None
    information: str | None = None

    def limit(self, name: str) -> Limit | None:
        """Find one bound, if there is one."""
        return next((limit for limit in self.limits if limit.limit == name), None)

    @property
    def pool_only(self) -> bool:
        """Whether its points may fill the pool alone."""
        return bool(self.limits) and self.limit("pool_only") is not None

    @property
    def acceptable_days(self) -> tuple[date | None, date | None]:
        """The first and the last day on which this kind is acceptable; None where there is no such bound.

        The one place that reads these bounds: decisions and plans both go by it.
        """
        if not self.limits:
            return None, None
        start, until = self.limit("done_from"), self.limit("done_until")
        return None if start is None else start.day, None if until is None else until.day

    def done_in_time(self, day: date) -> bool:
        """Whether an activity of this kind was acceptable on the day it was done."""
        first, last = self.acceptable_days
        return (first is None or first <= day) and (last is None or day <= last)

    def cap(self, total: Decimal) -> CapFigure | None:
        """Work out the cap in a table with this total: a share of it (never rounded up), or a number of points."""
        found = next(((limit, limit.value) for limit in self.limits if limit.value is not None), None)
        if found is None:
            return None
        limit, amount = found
        share = to_hundredths(total) if limit.limit == "share_of_total" else 100
        value = from_hundredths(to_hundredths(amount) * share // 100)
        return CapFigure(kind=self.kind, value=value, grade=limit.citation.grade, source=limit.citation.source,
                         pin=limit.citation.pin)


@attrs.frozen(kw_only=True)
class IdentityRules:
    """How activities that may be one are treated; a rule that an edition does not have is None.

    Attributes:
        folded: whether texts are compared by letters and digits alone, or but for case and spaces.
        duplicates: `each`, `once` or `open`.
        alike: the same, for activities that are alike.
        alike_days: how many days apart these may be.
        repeated: the same, for courses taken again, by kind of activity.
        bounded: the kinds with a cap, or for the pool alone.
    """

    folded: bool
    duplicates: str
    alike: str | None
    alike_days: int
    repeated: FrozenMap
    bounded: frozenset[str]


@attrs.frozen(kw_only=True)
class CountingRules:
    """What every table shares: the kinds of activity, by name, and how rules on what counts are decided.

    Attributes:
        settings: how rules are decided that editions decide differently, by name.
        units: where it stands what a unit is worth, by name.
        alike_days: how many days apart activities that are alike may be.
    """

    kinds: FrozenMap
    settings: FrozenMap = attrs.field(factory=FrozenMap)
    units: FrozenMap = attrs.field(factory=FrozenMap)
    alike_days: int = 0

    def setting(self, name: str) -> Setting | None:
        """Find how a rule is decided; None where the edition has no such row: the rule is off."""
        found: Setting | None = self.settings.get(name)
        return found

    def repeated(self, kind: str) -> Setting | None:
        """Find whether a repeat counts for a kind of activity; a user's row for the kind goes before one for all."""
        for_kind, for_all = self.setting(f"rule/repeated/{kind}"), self.setting("rule/repeated")
        if for_all is not None and for_all.user and not (for_kind is not None and for_kind.user):
            return for_all
        return for_kind

    @cached_property
    def identity(self) -> IdentityRules | None:
        """How activities that may be one are treated; None where the edition leaves nothing open."""
        duplicates, alike = self.setting("rule/duplicates"), self.setting("rule/alike")
        if duplicates is None or duplicates.value == "certain":
            return None
        repeated = {kind: setting.value for kind in self.kinds if (setting := self.repeated(kind)) is not None}
        bounded = [rule.kind for rule in self.kinds.values()
                   if rule.pool_only or any(limit.value is not None for limit in rule.limits)]
        return IdentityRules(folded=self.setting("rule/text_comparison") is not None, duplicates=duplicates.value,
                             alike=None if alike is None else alike.value, alike_days=self.alike_days,
                             repeated=FrozenMap(repeated), bounded=frozenset(bounded))

    @cached_property
    def doubted_units(self) -> Mapping[Grade, frozenset[str]]:
        """The units whose worth is not established for somebody who trusts down to a grade."""
        counts = self.setting("rule/unit_grade") is not None
        return {trust: frozenset(unit for unit, citation in self.units.items()
                                 if counts and not citation.grade.satisfies(trust))
                for trust in Grade}

    @cached_property
    def unquestioned(self) -> Mapping[Grade, frozenset[str]]:
        """The kinds that count whenever they were done, for each grade that somebody may trust down to."""
        always: list[KindRule] = [rule for rule in self.kinds.values()
                                  if rule.established and all(limit.day is None for limit in rule.limits)]
        return {trust: frozenset(rule.kind for rule in always if rule.citation.grade.satisfies(trust))
                for trust in Grade}

    def caps_for(self, total: Decimal) -> tuple[CapFigure, ...]:
        """Work out the caps of a table with this total."""
        caps = (rule.cap(total) for rule in self.kinds.values())
        return tuple(cap for cap in caps if cap is not None)


@attrs.frozen(kw_only=True)
class FeeRow:
    """The fees of one region between two days of submission, of every credential or of one `group` of them."""

    id: str
    region: str
    starts_on: date
    ends_on: date | None
    cells: tuple[Cell, ...]
    group: str | None = None

    def figure(self, item: str) -> Figure | None:
        """Find the amount of one item, if anybody could source it."""
        return next((cell.figure for cell in self.cells if cell.of == item), None)

    def covers(self, day: date) -> bool:
        """Whether the row is known to hold on a day of submission."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def about(self, region: str, group: str) -> bool:
        """Whether the row is about the credentials of a group in a region."""
        return self.region == region and self.group in {None, group}


@attrs.frozen(kw_only=True)
class ExamFeeRow:
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
        """Whether the row is about an examination on a day of application."""
        about = code in self.codes and body == self.body
        return about and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@attrs.frozen(kw_only=True)
class PassRateRow:
    """The share of candidates that passed, in percent, and who says it.

    A `national` rate has a credential and years; a `benchmark` is an average that programs should reach over so many
    `years`.
    """

    id: str
    measure: str
    code: str | None
    body: str | None
    first_year: int | None
    last_year: int | None
    years: int | None
    said_by: str
    text: str
    figure: Figure


@attrs.frozen(kw_only=True)
class TransitionRow:
    """One event in the life of a declaration: the states it may happen in, the one it leads to, and what it needs."""

    id: str
    from_states: tuple[str, ...]
    event: str
    to: str
    needs: tuple[str, ...]
    text: str
    citation: Citation
    question: str | None


@attrs.frozen(kw_only=True)
class ProofRule:
    """What proves an activity of a kind in an audit: one of the `documents`, showing the `fields`.

    Where it is not `established` there are no documents; without fields it is not known what one has to show.
    """

    kind: str
    established: bool
    documents: tuple[str, ...]
    fields: tuple[str, ...]
    text: str | None
    citation: Citation
    question: str | None


@attrs.frozen(kw_only=True)
class Policy(Displayed, Checked):
    """The requirements for one credential and one day of expiry, every figure with its source.

    Attributes:
        established: whether the table is known; if not, the figures are None and `notes` say what is known.
        total: points in a cycle.
        areas: the minimum of each mandatory area, in the order of the table.
        pool: what remains, for any area.
        caps: the most points from some kinds of activity.
        row: the row of the table.
        rules: what every table shares: the kinds of activity and their limits.
        sources: the documents that its figures cite, by id.
    """

    schema: ClassVar[str] = "cmprules.policy/1"

    code: str
    body: str
    expires_on: date
    established: bool
    total: Figure | None
    areas: tuple[AreaFigure, ...] | None
    pool: Figure | None
    caps: tuple[CapFigure, ...] | None
    notes: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    row: PointsRow = attrs.field(metadata=INNER)
    rules: CountingRules = attrs.field(metadata=INNER, repr=False)
    sources: FrozenMap = attrs.field(metadata=INNER, repr=False)

    def __repr__(self) -> str:
        total = "not established" if self.total is None else f"{decimal_text(self.total.value)} points"
        return f"<Policy {self.code}({self.body}), expires on {self.expires_on}: {total}>"

    @cached_property
    def _compiled(self) -> dict[Grade, Any]:
        """What the finder has made of the table, for each grade that somebody trusts down to."""
        return {}

    @property
    def grade(self) -> Grade | None:
        """The weakest grade of the table's cells; None where it is not established."""
        return weakest(cell.figure.grade for cell in self.row.cells) if self.established else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every distinct citation of the row, its first day included."""
        return self._cited

    @cached_property
    def _cited(self) -> tuple[Citation, ...]:
        cited = [cell.figure.citation for cell in self.row.cells]
        return tuple(dict.fromkeys([*cited, self.row.begins]))

    def under(self, trust: Grade) -> Policy:
        """Read the table as somebody who trusts down to a grade: one weaker cell, and it is not established."""
        if not self.established or all(cell.figure.grade.satisfies(trust) for cell in self.row.cells):
            return self
        marks = tuple(note for note in self.notes if note == HYPOTHETICAL)
        return attrs.evolve(self, established=False, total=None, areas=None, pool=None, caps=None,
                            notes=(*marks, f"a figure of this table is weaker than the grade asked for, {trust}"))


def refuse_book(book: object, faults: list[Fault]) -> None:
    """Note a book that is none, and what to load."""
    if not isinstance(book, PolicyBook):
        edition = f"edition={str.__str__(book)!r}" if isinstance(book, str) and len(book) <= _LONGEST_NAME else ""
        faults.append(Fault(path="$.book", code="WRONG_TYPE", value=book, expected="a loaded book",
                            hint=f"load it first, with cmprules.load_book({edition})"))


def tables_of(policy: Policy) -> dict[Grade, Any]:
    """Give the place where what the finder makes of a policy is kept, for each grade that somebody trusts down to."""
    return policy._compiled  # noqa: SLF001  # its one reader outside the class


@attrs.frozen(kw_only=True)
class OwnFile(Checked):
    """A file that a user laid over an edition: its name in this book, whether it is a reform, and its text.

    Its digest is that of the file, byte for byte.

    >>> OwnFile(name="mla.toml", text="table = 'points'").sha256[:8]
    'db34e4f6'
    """

    name: str
    reform: bool = False
    text: str = attrs.field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@attrs.frozen(kw_only=True)
class PolicyBook(Displayed):
    """One edition of the policy tables, and the user's own rows beside it.

    Made by `load_book`; immutable, and safe to share between threads.

    Attributes:
        edition: its name, such as `2026.1`; `2026.1+hypothetical` where a reform is laid over it.
        last_checked: the day on which the tables were last compared with their sources.
        sha256: the digest of the edition's rows, without those of the user.
        extra_sha256: the digests of the user's own files, in the order given.
        sources: the register of documents, by id.
        figures: the figures of the process, by name.
        statements: the rules in words, by name.
        settings: how the edition, or a row of the user's own, decides rules that editions decide differently, by name.
        last_days: the days after which something is over, by name.
        codes: the credentials that a record may name, each a `CodeEntry`, by code.
        kinds: the kinds of activity that a record may name, each a `KindEntry`, by name.
        areas: the areas that an activity may serve, and the pool, each an `AreaEntry`, by name.
        units: the units of an amount, each a `UnitEntry`, by name.
        readings: where the sources leave a question open, our reading of it.
        exam_fees: what applications for examinations cost, row by row.
        pass_rates: shares of candidates that passed, and who says them.
        transitions: what may follow what in the life of a declaration.
        proofs: what proves an activity in an audit, by kind.
        own_areas: the own areas of each credential, by code; credentials in one area share theirs.
        advisories: known errors of this edition, found after its release.
        announced: what a source has announced and what does not bind yet; never computed with.
        files: the user's own files, in the order given, the reforms last.
        base: the edition without any of them; None where there are none.
    """

    edition: str
    last_checked: date
    sha256: str
    extra_sha256: tuple[str, ...]
    sources: FrozenMap = attrs.field(repr=False)
    tables: FrozenMap = attrs.field(repr=False)
    rules: CountingRules = attrs.field(repr=False)
    fees: tuple[FeeRow, ...] = attrs.field(repr=False)
    figures: FrozenMap = attrs.field(repr=False)
    statements: FrozenMap = attrs.field(repr=False)
    readings: tuple[Statement, ...] = attrs.field(repr=False)
    exam_fees: tuple[ExamFeeRow, ...] = attrs.field(repr=False)
    pass_rates: tuple[PassRateRow, ...] = attrs.field(repr=False)
    transitions: tuple[TransitionRow, ...] = attrs.field(repr=False)
    proofs: FrozenMap = attrs.field(repr=False)
    own_areas: FrozenMap = attrs.field(repr=False)
    settings: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    last_days: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    codes: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    kinds: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    areas: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    units: FrozenMap = attrs.field(default=FrozenMap(), repr=False)
    advisories: tuple[str, ...] = ()
    announced: tuple[PointsRow, ...] = ()
    files: tuple[OwnFile, ...] = ()
    base: PolicyBook | None = attrs.field(default=None, repr=False)

    def __repr__(self) -> str:
        files = f", {len(self.files)} of your own files" if self.files else ""
        return f"<PolicyBook {self.edition}, last checked {self.last_checked}{files}>"

    @property
    def hypothetical(self) -> bool:
        """Whether a reform is laid over the edition, so that answers say what would be, and not what is."""
        return any(file.reform for file in self.files)

    @property
    def marks(self) -> tuple[str, ...]:
        """What every answer of this book has to say of itself before anything else."""
        return (HYPOTHETICAL,) if self.hypothetical else ()

    @property
    def notice(self) -> str:
        """What stands at the end of every answer of this book."""
        return " ".join([*self.marks, NOTICE])

    def policy_for(self, code: str, *, expires_on: date | str, body: str = NOT_SAID) -> Policy:
        """Find the table for a credential that expires on a day.

        The table follows from the day of expiry alone, whenever the declaration is sent.

        Args:
            code: the credential, such as `MLS` or `MLS(ASCPi)`; former codes are understood.
            expires_on: the last valid day of the credential.
            body: `ASCP` or `ASCPi`; ASCP if neither this nor the code names one.

        Returns:
            The policy; one whose `established` is False where no table is known.

        Raises:
            UnknownCodeError: there is no such credential under that body.
            NotInForceError: that expiry lies before the first table.
            InputError: `expires_on` is not a day, `code` is not text, or `code` and `body` name two bodies.

        >>> import cmprules
        >>> book = cmprules.load_book(edition="2026.1")
        >>> book.policy_for("MLS", expires_on=date(2026, 5, 31)).total.value
        Decimal('36')
        >>> book.policy_for("MLS", expires_on=date(2006, 12, 31))
        Traceback (most recent call last):
        ...
        cmprules.errors.NotInForceError: MLS(ASCP): no table for an expiry on 2006-12-31; the first row binds from
        2007-01-01
        """
        faults: list[Fault] = []
        day = Day().read(expires_on, "$.expires_on", faults)
        today, under = category(code, body, faults)
        if faults:
            raise InputError(faults)
        key = (f"{today}({under})", day)
        policy = self._policies.get(key)
        if policy is None:
            policy = self._policy_for(today, day, under)
            if len(self._policies) >= MOST_KEPT:
                self._policies.clear()
            self._policies[key] = policy
        return policy

    @cached_property
    def _policies(self) -> dict[tuple[str, date], Policy]:
        """The policies that were asked for, each made once; a book never changes, so that neither do they."""
        return {}

    def _policy_for(self, code: str, expires_on: date, body: str) -> Policy:
        rows = self._rows(code, body)
        row = _row_for(rows, expires_on)
        if row is None:
            first = min(row.starts_on for row in rows)
            raise NotInForceError(f"{code}({body}): no table for an expiry on {expires_on}; "
                                  f"the first row binds from {first}")
        return _policy(row, expires_on, self)

    def _rows(self, code: str, body: str) -> tuple[PointsRow, ...]:
        rows: tuple[PointsRow, ...] | None = self.tables.get(f"{code}({body})")
        if rows is None:
            raise unknown_category(code, body, self.edition)
        return rows

    def fee(self, item: str, *, region: str, on: date, group: str = "certification") -> tuple[FeeRow, Figure]:
        """Find the row and the amount of one fee item on a day of submission.

        Args:
            item: `application`, `reduced_application` or `reinstatement`.
            region: `standard` or `low_middle_income`.
            on: the day of submission.
            group: `certification` or `qualification`.

        Raises:
            NotEstablishedError: no source gives that amount for that day.
        """
        for row in self.fees:
            figure = row.figure(item) if row.about(region, group) and row.covers(on) else None
            if figure is not None:
                return row, figure
        raise NotEstablishedError(f"the fee item {item!r} ({region}) on {on} is not established: "
                                  f"no source of edition {self.edition} gives it")

    def fee_row(self, id: str) -> FeeRow:
        """Find a row of fees by its id."""
        return next(row for row in self.fees if row.id == id)

    def figure(self, name: str) -> ProcessFigure:
        """Find a figure of the process, such as `opens_days_before_end` or `exam/pass_mark`.

        Raises:
            NotEstablishedError: no source gives it.
        """
        stated = self.statements.get(name)
        if stated is not None and not stated.established:
            raise NotEstablishedError(f"the figure {name!r} is not established: {stated.question}")
        found: ProcessFigure = self.figures[name]
        return found

    def setting(self, name: str) -> Setting | None:
        """Find how a rule is decided, such as `rule/alike`; None where the edition has no such row: the rule is off."""
        found: Setting | None = self.settings.get(name)
        return found

    def repeated(self, kind: str) -> Setting | None:
        """Find whether a repeat counts for a kind of activity; a user's row for the kind goes before one for all."""
        return self.counting.repeated(kind)

    @cached_property
    def counting(self) -> CountingRules:
        """The rules on what counts, with how the edition, or rows of the user's own, decide them."""
        days = self.figures.get("alike_days")
        units = {unit: self.cite(f"unit/{unit}") for unit in vocabulary.UNITS}
        return attrs.evolve(self.rules, settings=self.settings, units=FrozenMap(units),
                            alike_days=0 if days is None else int(days.value))

    def former_code_until(self, code: str, body: str) -> LastDay | None:
        """Find the last day on which a former code was given; None where nothing is asked about it."""
        found: LastDay | None = self.last_days.get(f"rule/former_code/{code}({body})")
        return found

    def number(self, name: str) -> int:
        """Give a figure of the process as a whole number."""
        return int(self.figure(name).value)

    def cite(self, name: str) -> Citation:
        """Give the citation of a rule by its name."""
        statement: Statement = self.statements[name]
        return statement.citation


def _row_for(rows: Iterable[PointsRow], day: date) -> PointsRow | None:
    """Choose the row that binds: the user's own, which there is only where no established one does, or the other."""
    return min((row for row in rows if row.covers(day)), key=lambda row: not row.user, default=None)


def _policy(row: PointsRow, expires_on: date, book: PolicyBook) -> Policy:
    """Make a policy of a row; one that is not established has notes in place of figures."""
    notes = (*book.marks, *row.known, *([row.question] if row.question else []))
    unknown = Policy(code=row.code, body=row.body, expires_on=expires_on, established=False, total=None, areas=None,
                     pool=None, caps=None, notes=notes, row=row, rules=book.counting, sources=FrozenMap())
    if not row.established:
        return unknown
    figures = {cell.of: cell.figure for cell in row.cells}
    caps = book.rules.caps_for(figures["total"].value)
    cited = [figure.source for figure in (*figures.values(), *caps)]
    return attrs.evolve(
        unknown, established=True, notes=book.marks, total=figures["total"], pool=figures[vocabulary.POOL], caps=caps,
        areas=tuple(_area_figure(name, figure) for name, figure in figures.items()
                    if name not in {"total", vocabulary.POOL} and figure.value > 0),
        sources=FrozenMap({name: book.sources[name] for name in dict.fromkeys(cited)}),
    )


def _area_figure(area: str, figure: Figure) -> AreaFigure:
    return AreaFigure(area=area, value=figure.value, grade=figure.grade, source=figure.source, pin=figure.pin)
