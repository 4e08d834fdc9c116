"""What the verifier lets activities bring, found pair by pair; it shares nothing with the grouping that it checks.

The method is slow and simple: it compares every pair of entries and follows every chain from entry to entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from cmprules._facts.records import Activity, certified_of, points_of
from cmprules._kit.folding import folded, folded_tightly
from cmprules._policy.book import CountingRules, IdentityRules
from cmprules._rules.verdicts import ACCEPTED, Counted


class Lot(NamedTuple):
    """Points of one activity that may serve the same areas.

    No cap applies unless they are `capped`; if they are `certified`, a certificate gives them to one area.
    """

    activity: Activity
    points: int
    areas: frozenset[str]
    capped: bool = True
    certified: bool = False


class Verified(NamedTuple):
    """What one activity brings: `bucket` says where its points end, `against` and `favour` what may be placed."""

    activity: Activity
    bucket: str
    against: tuple[Lot, ...]
    favour: tuple[Lot, ...]


def verified(judged: Sequence[Counted], rules: CountingRules) -> tuple[Verified, ...]:
    """Find what each activity brings, from the verdict on each by itself."""
    if rules.identity is None:
        return tuple(_alone(item) for item in judged)
    pairs = _Pairs(judged, rules.identity)
    return tuple(pairs.verified(item) for item in judged)


def _alone(one: Counted) -> Verified:
    """Find what an activity brings that is not compared with another."""
    entry = one.entry
    listed, proposed = frozenset(entry.areas), frozenset(entry.proposed)
    lots = {}
    for reading, extra in (("against", frozenset[str]()), ("favour", proposed)):
        areas = frozenset(entry.settled) | extra if entry.activity.certified else listed | extra
        lots[reading] = _lots(entry.activity, certified_of(entry.activity), areas)
    return Verified(activity=entry.activity, bucket=one.bucket,
                    against=lots["against"] if one.bucket == ACCEPTED else (),
                    favour=lots["favour"] if one.if_confirmed else ())


def _lots(activity: Activity, certified: Iterable[tuple[str, int]], areas: frozenset[str]) -> tuple[Lot, ...]:
    """Split the points of an activity into those certified for an area, and the rest."""
    parts = tuple(Lot(activity=activity, points=points, areas=frozenset({area}), certified=True)
                  for area, points in certified)
    rest = points_of(activity) - sum(part.points for part in parts)
    return (*parts, Lot(activity=activity, points=rest, areas=areas)) if rest else parts


_ONE = (("same", "once"), ("alike", "once"))
_AGAIN = ("repeated", "once")


class _Pairs:
    """Entries compared two by two."""

    def __init__(self, judged: Sequence[Counted], rules: IdentityRules) -> None:
        self.judged, self.rules = judged, rules
        self.fold = folded if rules.folded else folded_tightly
        self.known: dict[str, dict[str, list[Counted]]] = {"cluster": {}, "group": {}, "once": {}, "one": {}}

    # Relations.

    def relation(self, one: Counted, other: Counted) -> tuple[str, str] | None:
        """Name the relation of two entries, and how the rows decide it: `open` or `once`."""
        first, second = one.entry.activity, other.entry.activity
        if one is other or first.completed_on is None or second.completed_on is None or self._differ(first, second):
            return None
        days = abs(first.completed_on - second.completed_on)
        points = points_of(first) == points_of(second)
        providers = self._agree(first, second, unknown=True)
        if not days and points and first.kind == second.kind and self._agree(first, second, unknown=False):
            return _by_row("same", self.rules.duplicates)
        if days <= timedelta(days=self.rules.alike_days):
            return _by_row("alike", self.rules.alike if points or providers else None)
        rows = {self.rules.repeated.get(kind, "each") for kind in (first.kind, second.kind)}
        settled = "each" if "each" in rows else "open" if "open" in rows else "once"
        return _by_row("repeated", settled if providers else None)

    def _differ(self, first: Activity, second: Activity) -> bool:
        sessions = {self.fold(activity.session) for activity in (first, second) if activity.session is not None}
        return len(sessions) > 1 or self.fold(first.title) != self.fold(second.title)

    def _agree(self, first: Activity, second: Activity, *, unknown: bool) -> bool:
        """Return whether the providers agree; `unknown` says whether a missing provider agrees with any."""
        if first.provider is None or second.provider is None:
            return unknown or first.provider is second.provider
        return self.fold(first.provider) == self.fold(second.provider)

    def _chain(self, what: str, one: Counted, related: Callable[[Counted, Counted], bool]) -> list[Counted]:
        """Follow a relation from entry to entry, and return all entries reached, in the record's order."""
        known = self.known[what]
        if one.entry.activity.id not in known:
            reached, waiting = {one.entry.activity.id}, [one]
            while waiting:
                here = waiting.pop()
                for other in self.judged:
                    if other.entry.activity.id not in reached and related(here, other):
                        reached.add(other.entry.activity.id)
                        waiting.append(other)
            members = [other for other in self.judged if other.entry.activity.id in reached]
            known.update(dict.fromkeys(reached, members))
        return known[one.entry.activity.id]

    def cluster(self, one: Counted) -> list[Counted]:
        """Return the chain of all entries that are the same as an entry or alike."""
        return self._chain("cluster", one, lambda here, other: _is(self.relation(here, other), "same", "alike"))

    def group(self, one: Counted) -> list[Counted]:
        """Return all entries that are one with an entry against the holder and whose cluster brings points."""
        def linked(here: Counted, other: Counted) -> bool:
            relation = self.relation(here, other)
            return _is(relation, "same", "alike") or (_is(relation, "repeated") and self._brings(self.cluster(other)))
        return self._chain("group", one, linked)

    def once(self, one: Counted) -> list[Counted]:
        """Return all entries that are one activity with an entry by a row; a repeat only of what may count."""
        def linked(here: Counted, other: Counted) -> bool:
            relation = self.relation(here, other)
            return relation in _ONE or (relation == _AGAIN and self._may_count(here) and self._may_count(other))
        return self._chain("once", one, linked)

    def _may_count(self, one: Counted) -> bool:
        """Return whether any entry may count that a row settles to be the same as an entry, or alike."""
        entries = self._chain("one", one, lambda here, other: self.relation(here, other) in _ONE)
        return any(entry.if_confirmed for entry in entries)

    def _brings(self, members: Sequence[Counted]) -> bool:
        return all(member.bucket == ACCEPTED for member in members) and not self._mixed(members)

    def _mixed(self, members: Sequence[Counted]) -> bool:
        kinds = {member.entry.activity.kind for member in members}
        return len(kinds) > 1 and bool(kinds & self.rules.bounded)

    # What is brought.

    def verified(self, one: Counted) -> Verified:
        """Find what one entry brings, alone or for all entries that may be one with it."""
        cluster = self.cluster(one)
        favour = self._in_favour(one, cluster)
        if one.bucket != ACCEPTED:
            return Verified(activity=one.entry.activity, bucket=one.bucket, against=(), favour=favour)
        brings = self._brings(cluster)
        group = self.group(one) if brings else cluster
        shown = min(group, key=_first)
        if shown is not one or not brings or self._mixed(group):
            bucket = "duplicate" if _is(self.relation(one, shown), "same") else "unconfirmed"
            return Verified(activity=one.entry.activity, bucket=bucket, against=(), favour=favour)
        return Verified(activity=one.entry.activity, bucket=ACCEPTED, against=self._as_one(one, group), favour=favour)

    def _as_one(self, shown: Counted, group: Sequence[Counted]) -> tuple[Lot, ...]:
        """Find what a group brings in the reading against the holder."""
        certificates = {(certified_of(item.entry.activity), item.entry.points) for item in group}
        if any(certified for certified, _ in certificates):
            certified = certified_of(shown.entry.activity) if len(certificates) == 1 else ()
            return _lots(shown.entry.activity, certified, frozenset())
        areas = frozenset.intersection(*(self._listed(self.cluster(item)) for item in group))
        return _lots(shown.entry.activity, (), areas)

    def _listed(self, cluster: Iterable[Counted]) -> frozenset[str]:
        return frozenset(area for item in cluster for area in item.entry.activity.areas)

    def _in_favour(self, one: Counted, cluster: Sequence[Counted]) -> tuple[Lot, ...]:
        """Find what an entry brings in favor: all its points, or those of several entries that are one."""
        if not one.if_confirmed:
            return ()
        once = self.once(one)
        if len(once) > 1:
            return self._most(one, once)
        proposed = self._proposed(cluster)
        activity = one.entry.activity
        areas = proposed if activity.certified else proposed | self._listed(cluster)
        return _lots(activity, certified_of(activity), areas)

    def _proposed(self, cluster: Iterable[Counted]) -> frozenset[str]:
        return frozenset(area for item in cluster for area in item.entry.activity.proposed_areas)

    def _most(self, one: Counted, once: Sequence[Counted]) -> tuple[Lot, ...]:
        """Find what several entries bring that are settled as one: the most points of any, and all their areas."""
        counting = [member for member in once if member.if_confirmed]
        if one is not min(counting, key=lambda member: (member.entry.points, *_first(member)[1:])):
            return ()
        clusters = [self.cluster(member) for member in once]
        areas = frozenset[str]().union(
            *map(self._listed, clusters), *map(self._proposed, clusters),
            *({area for area, _ in certified_of(member.entry.activity)} for member in once))
        alike = len({member.entry.activity.kind for member in once}) == 1
        return (Lot(activity=one.entry.activity, points=max(member.entry.points for member in counting), areas=areas,
                    capped=alike),)


def _by_row(relation: str, row: str | None) -> tuple[str, str] | None:
    return None if row is None or row == "each" else (relation, row)


def _is(relation: tuple[str, str] | None, *names: str) -> bool:
    return relation is not None and relation[0] in names


def _first(one: Counted) -> tuple[object, ...]:
    activity = one.entry.activity
    return (one.entry.points if one.bucket == ACCEPTED else 0, str(activity.completed_on), activity.id)
