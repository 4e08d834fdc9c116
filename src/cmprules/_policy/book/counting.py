"""What counts: kinds of activity, their bounds, and the rules that editions decide differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

import attrs

from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._kit.shapes import FrozenMap, MapOf, Part, wire
from cmprules._kit.values import Value
from cmprules._policy.book.figures import CapFigure
from cmprules._policy.book.sources import Citation, Setting
from cmprules._words.enums import Grade


@attrs.frozen(kw_only=True)
class Limit(Value):
    """A bound on one kind of activity: `share_of_total` or `points` (a cap), `pool_only`, `done_from`, `done_until`."""

    limit: str
    citation: Citation
    value: Decimal | None = None
    day: date | None = None


@attrs.frozen(kw_only=True)
class KindRule(Value):
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
        """Whether its points may fill only the pool."""
        return bool(self.limits) and self.limit("pool_only") is not None

    @property
    def acceptable_days(self) -> tuple[date | None, date | None]:
        """The first and the last day on which this kind is acceptable; None without such a bound.

        Only this function reads these bounds, for decisions and plans alike.
        """
        if not self.limits:
            return None, None
        start, until = self.limit("done_from"), self.limit("done_until")
        return None if start is None else start.day, None if until is None else until.day

    def done_in_time(self, day: date) -> bool:
        """Return whether an activity of this kind was acceptable on the day it was done."""
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
class IdentityRules(Value):
    """How to treat activities that may be one; a rule that an edition does not have is None.

    Attributes:
        folded: whether texts are compared only by letters and digits, or ignoring only case and spaces.
        duplicates: `each`, `once` or `open`.
        alike: the same, for activities that are alike.
        alike_days: the largest number of days between them.
        repeated: the same, for courses taken again, by kind of activity.
        bounded: the kinds with a cap, or only for the pool.
    """

    folded: bool
    duplicates: str
    alike: str | None
    alike_days: int
    repeated: FrozenMap
    bounded: frozenset[str]


@attrs.frozen(kw_only=True)
class CountingRules(Value):
    """The part shared by every table: the kinds of activity by name, and the rules on what counts.

    Attributes:
        settings: how rules are decided that editions decide differently, by name.
        units: the sources of the values of units, by name.
        alike_days: how many days apart activities that are alike may be.
    """

    kinds: FrozenMap = attrs.field(metadata=wire(MapOf(Part(KindRule))))
    settings: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(Part(Setting))))
    units: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(Part(Citation))))
    alike_days: int = 0

    def setting(self, name: str) -> Setting | None:
        """Find how a rule is decided; None if the edition has no such row, so the rule is off."""
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
        """How to treat activities that may be one; None if the edition leaves nothing open."""
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
        """The units whose value is not established at an accepted grade."""
        counts = self.setting("rule/unit_grade") is not None
        return {trust: frozenset(unit for unit, citation in self.units.items()
                                 if counts and not citation.grade.satisfies(trust))
                for trust in Grade}

    @cached_property
    def unquestioned(self) -> Mapping[Grade, frozenset[str]]:
        """The kinds that count whenever they were done, for each accepted grade."""
        always: list[KindRule] = [rule for rule in self.kinds.values()
                                  if rule.established and all(limit.day is None for limit in rule.limits)]
        return {trust: frozenset(rule.kind for rule in always if rule.citation.grade.satisfies(trust))
                for trust in Grade}

    @cached_property
    def shipped(self) -> frozenset[str]:
        """The kinds that no row of the user's own decides."""
        return frozenset(rule.kind for rule in self.kinds.values() if rule.citation.grade is not Grade.USER)

    def caps_for(self, total: Decimal) -> tuple[CapFigure, ...]:
        """Work out the caps of a table with this total."""
        caps = (rule.cap(total) for rule in self.kinds.values())
        return tuple(cap for cap in caps if cap is not None)
