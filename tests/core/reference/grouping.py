"""One activity or several: what each activity is in the reading against the holder and in the one in favor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.core.reference.answers import YES, Answers
from tests.core.reference.counting import ACCEPTED, UNCONFIRMED, Activity, Verdict
from tests.core.reference.relations import Relations, first_edition_groups
from tests.core.reference.tables import CERTAIN, Rules

CAPPED = frozenset({"college_course", "covid_work"})
"""The kinds with a limit on placed points."""
MIXED = "several kinds"
"""The kind of one activity with entries of several kinds: no cap binds it."""

NO_AREAS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Version:
    """An activity in one reading: points in parts, each with the areas that it may serve, and its kind."""

    parts: tuple[tuple[int, frozenset[str]], ...]
    kind: str

    @property
    def points(self) -> int:
        """All its points, in hundredths."""
        return sum(points for points, _ in self.parts)


@dataclass(frozen=True)
class Serving:
    """The areas that points may serve: certified parts their own area, the rest any of some areas."""

    certified: tuple[tuple[str, int], ...]
    rest: frozenset[str]
    certifies: bool = False
    """Whether a certificate says so; without certified parts it means that certificates contradict each other."""

    def version(self, points: int, kind: str) -> Version:
        """Return points that serve these areas; pandemic work serves none."""
        if kind == "covid_work":
            return Version(((points, NO_AREAS),), kind)
        parts = [(amount, frozenset([area])) for area, amount in self.certified]
        left = points - sum(amount for amount, _ in parts)
        return Version((*parts, *([(left, self.rest)] if left else [])), kind)


def agreed(servings: Sequence[Serving], points: set[int]) -> Serving:
    """Return what several that may be one serve: certified amounts only if all certify the same.

    If some certify and they differ, it is the pool; if none does, it is the areas that all of them may serve.
    """
    rest = frozenset.intersection(*(serving.rest for serving in servings))
    if not any(serving.certifies for serving in servings):
        return Serving((), rest)
    certified = {serving.certified for serving in servings}
    if len(certified) == 1 and () not in certified and len(points) == 1:
        return Serving(certified.pop(), rest, certifies=True)
    return Serving((), NO_AREAS, certifies=True)


def common_kind(activities: Sequence[Activity]) -> str:
    """Return the kind of several activities that are one."""
    kinds = {activity.kind for activity in activities}
    return kinds.pop() if len(kinds) == 1 else MIXED


def mixes_a_cap(activities: Sequence[Activity]) -> bool:
    """Return whether one has a capped kind that not all of them have."""
    kinds = {activity.kind for activity in activities}
    return len(kinds) > 1 and bool(kinds & CAPPED)


@dataclass(frozen=True)
class Place:
    """The place of an activity before any table matters."""

    bucket: str
    """Where the points go that it does not bring; if accepted, the table looks at those that it brings."""
    against: Version | None
    favour: Version | None
    code: str | None = None
    """The first of its tests that is open."""
    others: tuple[str, ...] = ()
    """The activities that it is compared with."""
    open: bool = False
    """Whether a yes to its questions would change anything."""
    shared: Version | None = None
    """What it is in favor of the holder, together with the activities settled as one with it."""
    one_with: frozenset[str] = NO_AREAS
    """The ids of those activities."""
    settled_as_one: bool = False
    """Whether it is open although it is settled as one with another; no question asks which of them it is."""
    proposed: frozenset[str] = NO_AREAS
    """Areas that are only proposed."""


@dataclass(frozen=True)
class Cluster:
    """Activities that are the same or alike, as one activity in the reading against the holder."""

    members: tuple[Activity, ...]
    points: int
    """What it brings."""
    serving: Serving


@dataclass
class Grouping:
    """The activities of a record for one credential, under an edition that asks about one or several."""

    activities: list[Activity]
    verdicts: dict[str, Verdict]
    rules: Rules
    answers: Answers
    relations: Relations
    confirmed: frozenset[str] = frozenset()
    """The activities that an intermediate reading takes in favor of the holder."""
    places: dict[str, Place] = field(default_factory=dict)
    groups: list[list[Cluster]] = field(default_factory=list)
    """Clusters that are one activity against the holder, because one repeats the other."""

    def __post_init__(self) -> None:
        self.by_id = {activity.id: activity for activity in self.activities}
        self.areas_of: dict[str, frozenset[str]] = {}
        self.proposed_of: dict[str, frozenset[str]] = {}
        self.settled_of: dict[str, frozenset[str]] = {}
        for ids in self.relations.chains(self.by_id, lambda pair: pair.close):
            self._share_areas(ids)
        clusters = [self._cluster([self.by_id[one] for one in ids])
                    for ids in self.relations.chains(self.by_id, lambda pair: pair.close and not pair.apart)]
        self.near: dict[str, frozenset[str]] = {}
        self.groups = self._repeated(clusters)
        for group in self.groups:
            self._place(group)
        for ids in self._settled_as_one():
            self._favour([self.by_id[one] for one in ids])
        for activity in self.activities:
            self._propose(activity)

    def _share_areas(self, ids: list[str]) -> None:
        """Return the areas that a cluster's members share: all listed and proposed ones.

        Our readings: an answer about proposed areas concerns the activity that has them, and holds for its cluster.  An
        answer that activities are several settles how often they count, as in the reading in favor, so they still share
        areas.
        """
        members = [self.by_id[one] for one in ids]
        settled = NO_AREAS.union(*(one.proposed for one in members if self._said_of_proposal(one) == YES))
        listed = settled.union(*(one.areas for one in members))
        proposed = NO_AREAS.union(*(one.proposed for one in members if self._said_of_proposal(one) is None)) - listed
        for one in ids:
            self.areas_of[one], self.proposed_of[one], self.settled_of[one] = listed, proposed, settled

    def _said_of_proposal(self, activity: Activity) -> str | None:
        """Return the holder's answer about the areas proposed for an activity."""
        return self.answers.of("AREA_PROPOSED", activity.id)

    def by_itself(self, activity: Activity) -> int:
        """Return the points that it brings by itself in the reading against the holder."""
        return activity.points if self.verdicts[activity.id].shown == ACCEPTED else 0

    def first(self, activities: Sequence[Activity]) -> Activity:
        """Return the activity whose id represents several."""
        return min(activities, key=lambda activity: (self.by_itself(activity), activity.order))

    def serving(self, activity: Activity) -> Serving:
        """Return the areas of one activity as if it alone were real, without areas that are only proposed."""
        if not activity.certified:
            return Serving((), self.areas_of[activity.id])
        return Serving(activity.certified, self.settled_of[activity.id], certifies=True)

    def _cluster(self, members: list[Activity]) -> Cluster:
        """Make a cluster; against the holder it brings the fewest points that any member brings by itself."""
        brought = {self.by_itself(member) for member in members}
        serving = agreed([self.serving(member) for member in members], brought)
        return Cluster(tuple(members), 0 if mixes_a_cap(members) else min(brought), serving)

    def _repeated(self, clusters: list[Cluster]) -> list[list[Cluster]]:
        """Join clusters with points into chains of repeats; any other stays by itself."""
        left = [cluster for cluster in clusters if cluster.points]
        groups = [[cluster] for cluster in clusters if not cluster.points]
        while left:
            group, waiting = [], [left.pop(0)]
            while waiting:
                one = waiting.pop()
                group.append(one)
                near = [other for other in left if self._repeats(one, other)]
                left = [other for other in left if other not in near]
                waiting += near
            groups.append(group)
        return groups

    def _repeats(self, one: Cluster, other: Cluster) -> bool:
        """Return whether a member of one repeats a member of the other."""
        pairs = (self.relations.of(a.id, b.id) for a in one.members for b in other.members)
        return any(pair is not None and pair.repeated and not pair.apart for pair in pairs)

    def _place(self, group: list[Cluster]) -> None:
        """Return the place of every member of a group in the reading against the holder."""
        members = [member for cluster in group for member in cluster.members]
        brought = {cluster.points for cluster in group}
        points = 0 if mixes_a_cap(members) else min(brought)
        first = self.first(members)
        self.near |= dict.fromkeys((member.id for member in members), frozenset(member.id for member in members))
        serving = group[0].serving if len(group) == 1 else agreed([cluster.serving for cluster in group], brought)
        version = serving.version(points, common_kind(members)) if points else None
        for cluster in group:
            for member in cluster.members:
                found = self.verdicts[member.id]
                if found.shown != ACCEPTED:
                    self.places[member.id] = Place(found.shown, None, None, found.why)
                elif member is not first:
                    self.places[member.id] = self._second(member, first, near=first in cluster.members)
                elif points < first.points:
                    code = self._code(first, near=len(cluster.members) > 1 and cluster.points < first.points)
                    self.places[first.id] = Place(ACCEPTED, version, None, code, self._others(first, code))
                else:
                    self.places[first.id] = Place(ACCEPTED, version, None)

    def _second(self, member: Activity, first: Activity, *, near: bool) -> Place:
        """Return the place of a group member that is not the one that counts; `near`: it is in its cluster.

        Our reading: the one whose id represents them is the one that counts, even if it brings nothing.
        """
        pair = self.relations.of(member.id, first.id)
        if pair is not None and pair.same and not pair.apart:
            return Place("duplicate", None, None, "DUPLICATE", self._others(member, "DUPLICATE"))
        code = self._code(member, near=near)
        return Place(UNCONFIRMED, None, None, code, self._others(member, code))

    def _code(self, first: Activity, *, near: bool) -> str:
        """Return the question about one that brings less than it has: about its cluster, or else about what it repeats.

        Our reading: if one repeats nothing itself but others of its cluster do, the question is about those others, so
        that every question names its subject.
        """
        repeats = self._others(first, "REPEATED_COURSE")
        return "LOOKS_ALIKE" if near or (self._others(first, "LOOKS_ALIKE") and not repeats) else "REPEATED_COURSE"

    def _others(self, member: Activity, code: str) -> tuple[str, ...]:
        """Return the ids in its group that have that relation to it directly, and that it is compared with."""
        found = self.relations.related(member.id, lambda pair: code in pair.codes and not pair.apart)
        return tuple(other for other in found if other in self.near[member.id])

    def _settled_as_one(self) -> list[list[str]]:
        """Return what is one even in favor of the holder: clusters, and those that repeat each other and count."""
        groups = self.relations.chains(self.by_id, lambda pair: pair.once and pair.close)
        counting = [ids for ids in groups if any(self.verdicts[one].favourable for one in ids)]
        found = [ids for ids in groups if ids not in counting]
        while counting:
            group = counting.pop(0)
            near = [ids for ids in counting if self._repeats_for_certain(group, ids)]
            if near:
                counting = [[*group, *(one for ids in near for one in ids)],
                            *(ids for ids in counting if ids not in near)]
            else:
                found.append(group)
        return found

    def _repeats_for_certain(self, ids: list[str], others: list[str]) -> bool:
        """Return whether it is settled that a member of one repeats a member of the other."""
        pairs = (self.relations.of(one, other) for one in ids for other in others)
        return any(pair is not None and pair.repeated and pair.once for pair in pairs)

    def _favour(self, members: list[Activity]) -> None:
        """In favor of the holder, each counts that would by itself; entries settled as one are one.

        Entries settled as one may still bring or serve more in favor; our reading: that is open until every member with
        a question is confirmed.
        """
        counting = [member for member in members if self.verdicts[member.id].favourable]
        if not counting:
            return
        first, ids = self.first(counting), frozenset(member.id for member in members)
        favour = self.favour_of(first) if len(members) == 1 else self._as_one(members, counting)
        place = self.places[first.id]
        self.places[first.id] = replace(place, favour=favour)
        for member in members:
            self.places[member.id] = replace(self.places[member.id], shared=favour, one_with=ids)
        asked = [member.id for member in counting if self.places[member.id].code is not None]
        if len(members) > 1 and self.confirmed and self.confirmed.issuperset(asked):
            self.places[first.id] = replace(self.places[first.id], against=favour)
        for one in asked if self.places[first.id].against != favour else []:
            self.places[one] = replace(self.places[one], open=True, settled_as_one=len(members) > 1)

    def _propose(self, activity: Activity) -> None:
        """Ask about the areas proposed for an activity, after all other questions about it.

        Our reading: for an activity that cannot count by itself there is no other question, because no answer would
        make it count; what its cluster may serve is open.
        """
        proposed = activity.proposed & self.proposed_of[activity.id]
        if proposed:
            place = self.places[activity.id]
            own = place.code if self.verdicts[activity.id].favourable else None
            self.places[activity.id] = replace(place, code=own or "AREA_PROPOSED", open=True, proposed=proposed)

    def favour_of(self, member: Activity) -> Version:
        """Return an activity that counts by itself, with the areas of its cluster."""
        proposed = self.proposed_of[member.id]
        if not member.certified:
            serving = Serving((), self.areas_of[member.id] | proposed)
        else:
            serving = Serving(member.certified, self.serving(member).rest | proposed, certifies=True)
        return serving.version(member.points, member.kind)

    def _as_one(self, members: list[Activity], counting: list[Activity]) -> Version:
        """Return the most points that any member brings, with all areas listed, proposed or certified."""
        areas = NO_AREAS.union(*(self.areas_of[m.id] | self.proposed_of[m.id] for m in members),
                               *([area for area, _ in m.certified] for m in members))
        return Serving((), areas).version(max(member.points for member in counting), common_kind(members))


def places_of(activities: list[Activity], verdict_of: dict[str, Verdict], rules: Rules, answers: Answers,
              relations: Relations, confirmed: frozenset[str] = frozenset()) -> dict[str, Place]:
    """Return the place of every activity under an edition that asks, or one with certain duplicates."""
    if rules.duplicates == CERTAIN:
        return first_edition_places(activities, verdict_of, rules, answers)
    return Grouping(activities, verdict_of, rules, answers, relations, confirmed).places


def first_edition_places(activities: list[Activity], verdict_of: dict[str, Verdict], rules: Rules,
                         answers: Answers) -> dict[str, Place]:
    """Place the smallest id of equal entries, with the areas of all; its own certificate decides."""
    places = {}
    for first, *rest in first_edition_groups(activities, rules):
        listed = NO_AREAS.union(first.areas, *(one.areas for one in rest))
        proposed = NO_AREAS.union(first.proposed, *(one.proposed for one in rest)) - listed
        kept = replace(first, areas=NO_AREAS if first.certified else listed, proposed=proposed)
        alone = Grouping([kept], verdict_of, rules, answers, Relations([kept], rules, answers))
        places[first.id] = alone.places[first.id]
        places |= {one.id: Place("duplicate", None, None) for one in rest}
    return places
