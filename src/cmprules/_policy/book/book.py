"""One edition of the tables, with a user's rows laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, Day, FrozenMap, Text, nearest
from cmprules._kit.terms import NOT_SAID, category, unknown_category
from cmprules._kit.values import Value
from cmprules._policy.book.counting import CountingRules
from cmprules._policy.book.figures import AreaFigure, ExamFeeRow, FeeRow, Figure, PointsRow, ProcessFigure
from cmprules._policy.book.policy import Policy
from cmprules._policy.book.process import PassRateRow, TransitionRow
from cmprules._policy.book.sources import Citation, LastDay, Setting, Statement
from cmprules._words import vocabulary
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from cmprules.errors import Fault, InputError, NotEstablishedError, NotInForceError

_LONGEST_NAME = 20
MOST_KEPT = 1_024
"""The number of policies that a book keeps in memory before it clears them all."""


def refuse_book(book: object, faults: list[Fault]) -> None:
    """Note an argument that is not a book, and what to load."""
    if not isinstance(book, PolicyBook):
        edition = f"edition={str.__str__(book)!r}" if isinstance(book, str) and len(book) <= _LONGEST_NAME else ""
        faults.append(Fault(path="$.book", code="WRONG_TYPE", value=book, expected="a loaded book",
                            hint=f"load it first, with cmprules.load_book({edition})"))


@attrs.frozen(kw_only=True)
class OwnFile(Checked):
    """A file that a user laid over an edition: its name in this book, whether it is a reform, and its text.

    Its digest is the digest of the file, byte for byte.

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
class PolicyBook(Displayed, Value):
    """One edition of the policy tables, together with the user's own rows.

    Made by `load_book`; immutable, and safe to share between threads.

    Attributes:
        edition: its name, such as `2026.1`; `2026.1+hypothetical` with a reform laid over it.
        last_checked: the day on which the tables were last compared with their sources.
        sha256: the digest of the edition's rows, without those of the user.
        extra_sha256: the digests of the user's own files, in the order given.
        sources: the register of documents, by id.
        figures: the figures of the process, by name.
        statements: the rules in words, by name.
        settings: the decisions, by the edition or the user's own rows, on rules that differ between editions, by name.
        last_days: the days after which something is over, by name.
        codes: the credentials that a record may name, each a `CodeEntry`, by code.
        kinds: the kinds of activity that a record may name, each a `KindEntry`, by name.
        areas: the areas that an activity may serve, and the pool, each an `AreaEntry`, by name.
        units: the units of an amount, each a `UnitEntry`, by name.
        readings: our readings of questions that the sources leave open.
        exam_fees: the fees of applications for examinations, row by row.
        pass_rates: shares of candidates that passed, with their sources.
        transitions: which event may follow which in the life of a declaration.
        proofs: what proves an activity in an audit, by kind.
        own_areas: the own areas of each credential, by code; credentials in one area share theirs.
        advisories: known errors of this edition, found after its release.
        announced: announced changes that do not bind yet; never used in a computation.
        files: the user's own files in the given order, reforms last.
        base: the edition without these files; None if there are none.
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
        """Whether a reform is laid over the edition, so that answers say what would be, not what is."""
        return any(file.reform for file in self.files)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that every answer of this book must show first."""
        return (HYPOTHETICAL,) if self.hypothetical else ()

    @property
    def notice(self) -> str:
        """The notice at the end of every answer of this book."""
        return " ".join([*self.marks, NOTICE])

    def policy_for(self, code: str, *, expires_on: date | str, body: str = NOT_SAID) -> Policy:
        """Find the table for a credential that expires on a day.

        Only the expiration date selects the table, whenever the declaration is sent.

        Args:
            code: the credential, such as `MLS` or `MLS(ASCPi)`; former codes are accepted.
            expires_on: the last valid day of the credential.
            body: `ASCP` or `ASCPi`; ASCP if neither this nor the code names one.

        Returns:
            The policy; its `established` is False if no table is known.

        Raises:
            UnknownCodeError: that body has no such credential.
            NotInForceError: that expiration date is earlier than the first table.
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
        """The requested policies, each made once; a book never changes, so neither do they."""
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

    def fee(self, item: str, *, region: str, on: date | str, group: str = "certification") -> tuple[FeeRow, Figure]:
        """Find the row and the amount of one fee item on a day of submission.

        Args:
            item: `application`, `reduced_application` or `reinstatement`.
            region: `standard` or `low_middle_income`.
            on: the day of submission.
            group: `certification` or `qualification`.

        Raises:
            InputError: `on` is not a day, or another argument is not text.
            NotEstablishedError: no source gives that amount for that day.
        """
        day = _asked_of_fees(item, region, on, group)
        for row in self.fees:
            figure = row.figure(item) if row.about(region, group) and row.covers(day) else None
            if figure is not None:
                return row, figure
        raise NotEstablishedError(f"the fee item {item!r} ({region}) on {day} is not established: "
                                  f"no source of edition {self.edition} gives it")

    def fee_row(self, id: str) -> FeeRow:
        """Find a row of fees by its id.

        Raises:
            InputError: no row has it.
        """
        found: FeeRow = _found(self._fee_rows, id, "the id of a row of fees")
        return found

    @cached_property
    def _fee_rows(self) -> dict[str, FeeRow]:
        """The rows of fees by their ids."""
        return {row.id: row for row in self.fees}

    def figure(self, name: str) -> ProcessFigure:
        """Find a figure of the process, such as `opens_days_before_end` or `exam/pass_mark`.

        Raises:
            InputError: there is no such figure.
            NotEstablishedError: no source gives it.
        """
        stated = _held(self.statements, name)
        if stated is not None and not stated.established:
            raise NotEstablishedError(f"the figure {name!r} is not established: {stated.question}")
        found: ProcessFigure = _found(self.figures, name, "the name of a figure")
        return found

    def setting(self, name: str) -> Setting | None:
        """Find how a rule such as `rule/alike` is decided; None if the edition has no such row, so the rule is off."""
        found: Setting | None = _held(self.settings, name)
        return found

    def repeated(self, kind: str) -> Setting | None:
        """Find whether a repeat counts for a kind of activity; a user's row for the kind overrides a general one."""
        return self.counting.repeated(kind)

    @cached_property
    def counting(self) -> CountingRules:
        """The rules on what counts, as the edition or the user's own rows decide them."""
        days = self.figures.get("alike_days")
        units = {unit: self.cite(f"unit/{unit}") for unit in vocabulary.UNITS}
        return attrs.evolve(self.rules, settings=self.settings, units=FrozenMap(units),
                            alike_days=0 if days is None else int(days.value))

    def former_code_until(self, code: str, body: str) -> LastDay | None:
        """Find the last day on which a former code was given; None if the edition has no such day."""
        found: LastDay | None = self.last_days.get(f"rule/former_code/{code}({body})")
        return found

    def number(self, name: str) -> int:
        """Return a figure of the process as a whole number; raises as `figure` does."""
        return int(self.figure(name).value)

    def cite(self, name: str) -> Citation:
        """Return the citation of a rule by its name.

        Raises:
            InputError: there is no such rule.
        """
        statement: Statement = _found(self.statements, name, "the name of a rule")
        return statement.citation


class _UnknownNameError(InputError, KeyError):
    """A name that a book does not have; a `KeyError` too, as it was before every argument was checked."""


def _held(held: Mapping[str, Any], name: object) -> Any:
    """Look up a name; return None if it is not there."""
    return held.get(name) if isinstance(name, str) else None


def _found(held: Mapping[Any, Any], name: object, what: str) -> Any:
    """Look up a name; one that is not there is a fault."""
    try:
        return held[name]
    except (KeyError, TypeError):
        raise _UnknownNameError([Fault(path="$.name", code="UNKNOWN_WORD", value=name, expected=what,
                                       hint=nearest(name, tuple(held)))]) from None


_DAY, _TEXT = Day(bounded=False), Text()


def _asked_of_fees(item: object, region: object, on: object, group: object) -> date:
    """Check the question for an amount; return its day."""
    faults: list[Fault] = []
    day: date = _DAY.read(on, "$.on", faults)
    for value, path in ((item, "$.item"), (region, "$.region"), (group, "$.group")):
        _TEXT.read(value, path, faults)
    if faults:
        raise InputError(faults)
    return day


def _row_for(rows: Iterable[PointsRow], day: date) -> PointsRow | None:
    """Choose the binding row: the user's own, which exists only without an established one, or the edition's."""
    return min((row for row in rows if row.covers(day)), key=lambda row: not row.user, default=None)


def _policy(row: PointsRow, expires_on: date, book: PolicyBook) -> Policy:
    """Make a policy from a row; if it is not established, it has notes instead of figures."""
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
