"""What activities bring that may be one activity, or whose areas are only proposed, for every way to settle the doubts.

A doubt of this kind is not "in or out": an activity may bring fewer points, or serve fewer areas, in one reading than
in another.  What all activities bring depends on which of the open ones are *confirmed*: none of them is the reading
against the holder, all of them the reading in favor, and some of them show whether a question matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from cmprules._facts.records import Activity, certified_of, points_of
from cmprules._rules.identity import Kin, bits_of, components
from cmprules._words import vocabulary


class Brought(NamedTuple):
    """Points that an activity, or a certified part of one, brings to a table, and the areas that they may serve.

    `capped` is False if no cap applies to them, whatever their kind; `certified` says that a certificate gives them to
    their area.
    """

    activity: Activity
    points: int
    areas: tuple[str, ...]
    capped: bool = True
    certified: bool = False


EVERY = -1
"""All activities of a record, as a set."""

Parts = tuple[Brought, ...]


@lru_cache(maxsize=4096)
def areas_of(mask: int) -> tuple[str, ...]:
    """Name the areas of a set, in their order."""
    return tuple(area for bit, area in enumerate(vocabulary.AREAS) if mask >> bit & 1)


def mask_of(areas: Iterable[str]) -> int:
    """Make a set of areas from their names."""
    return sum(1 << _BIT[area] for area in {*areas})


_BIT = {area: bit for bit, area in enumerate(vocabulary.AREAS)}


class Standing(NamedTuple):
    """An activity by itself: which areas it may serve, and whether it counts.

    Attributes:
        listed: the areas that it certainly may serve, as a set.
        settled: the proposed areas that the holder has confirmed.
        proposed: the proposed areas that are open.
        certain: whether it counts for certain.
        possible: whether it counts if every doubt about it is settled in the holder's favor.
    """

    activity: Activity
    listed: int
    settled: int
    proposed: int
    certain: bool
    possible: bool

    @property
    def points(self) -> int:
        """What was entered, in hundredths."""
        return points_of(self.activity)


class _Offer(NamedTuple):
    """What a cluster, or a group of clusters, brings in the reading against the holder.

    Attributes:
        members: the activities, as a set of positions.
        points: the fewest that any of them brings, in hundredths.
        certified: the points that all their certificates give to areas.
        certifies: whether any of them has a certificate that gives points to areas.
        areas: the areas that the uncertified points may serve.
    """

    members: int
    points: int
    certified: tuple[tuple[str, int], ...]
    certifies: bool
    areas: int


class Groups:
    """The activities of a record that may be one activity, or have proposed areas, for one credential."""

    def __init__(self, standings: Sequence[Standing], kin: Kin | None, bounded: Collection[str]) -> None:
        self.standings, self.kin, self.bounded = standings, kin, bounded
        self.areas_alone = 0
        """The activities of which nothing is asked but whether they serve an area: to confirm one says no more."""

    @cached_property
    def places(self) -> int:
        """The activities in question: those with relations, and those whose areas are proposed or certified."""
        found = 0
        for place, standing in enumerate(self.standings):
            related = self.kin is not None and self.kin.any(place)
            if related or standing.activity.proposed_areas or standing.activity.certified or standing.proposed:
                found |= 1 << place
        return found

    @cached_property
    def families(self) -> dict[int, int]:
        """For each activity, the chain of all that are the same or alike, whatever was answered: they share areas."""
        return {place: family for family in components(self.places, self._near) for place in bits_of(family)}

    def _near(self, place: int) -> int:
        return 0 if self.kin is None else self.kin.near(place)

    # The relations that are left once some activities are confirmed to be no other.

    def _left(self, place: int, others: int, confirmed: int) -> int:
        """Leave out of a relation what answers settle, and what the activities that are confirmed to be no other do."""
        if self.kin is None:
            return 0
        once, several = self.kin.once[place], confirmed & ~self.areas_alone
        left = others & ~self.kin.apart[place]
        return left & once if several >> place & 1 else left & (~several | once)

    def near(self, place: int, confirmed: int = 0) -> int:
        """Return the activities that are still the same as an activity, or alike."""
        return self._left(place, self._near(place), confirmed)

    def again(self, place: int, confirmed: int = 0) -> int:
        """Return the activities that an activity still repeats."""
        return 0 if self.kin is None else self._left(place, self.kin.relations["REPEATED_COURSE"][place], confirmed)

    def related(self, place: int, confirmed: int = 0) -> int:
        """Return all activities that an activity is still related to."""
        return self.near(place, confirmed) | self.again(place, confirmed)

    # What the activities bring.

    def brought(self, confirmed: int = 0) -> dict[int, Parts]:
        """Return what each activity in question brings if only some of the open ones are confirmed."""
        found: dict[int, Parts] = dict.fromkeys(bits_of(self.places), ())
        for group in self.grouped(confirmed):
            offer = self.as_one(group)
            if offer is not None:
                shown = self.shown(offer.members, confirmed)
                found[shown] = self._parts(shown, offer)
        for members in self._settled_groups(confirmed):
            found.update(dict.fromkeys(bits_of(members), ()))
            found.update(self._most(members, confirmed))
        return found

    def _counts(self, place: int, confirmed: int) -> bool:
        one = self.standings[place]
        return one.certain or (one.possible and bool(confirmed >> place & 1))

    def clusters(self, confirmed: int = 0) -> Iterator[int]:
        """Split the activities in question into chains of those that are the same or alike."""
        return components(self.places, lambda place: self.near(place, confirmed))

    def grouped(self, confirmed: int = 0) -> Iterator[tuple[_Offer, ...]]:
        """Yield the clusters that bring points; chains of clusters that repeat one another come together."""
        offers = {place: offer for cluster in self.clusters(confirmed)
                  if (offer := self._offer_of(cluster, confirmed)) is not None for place in bits_of(cluster)}
        bringing = sum(1 << place for place in offers)
        for group in components(bringing, lambda place: offers[place].members | self.again(place, confirmed)):
            yield tuple(offers[place] for place in bits_of(group)
                        if offers[place].members & -offers[place].members == 1 << place)

    def _offer_of(self, cluster: int, confirmed: int) -> _Offer | None:
        """Return what a cluster brings as one activity; None if nothing."""
        members = [self.standings[place] for place in bits_of(cluster)]
        if not all(self._counts(place, confirmed) for place in bits_of(cluster)) or self._mixed(cluster):
            return None
        certificates = {(certified_of(member.activity), member.points) for member in members}
        certifies = any(certified for certified, _ in certificates)
        listed, settled = self._family_areas(cluster, confirmed)
        certified = certified_of(members[0].activity) if len(certificates) == 1 else ()
        areas = settled if certified else 0 if certifies else listed | settled
        return _Offer(members=cluster, points=min(member.points for member in members), certified=certified,
                      certifies=certifies, areas=areas)

    def _mixed(self, members: int) -> bool:
        """Return whether some activities are of a limited kind and the others are not of that kind."""
        kinds = {self.standings[place].activity.kind for place in bits_of(members)}
        return len(kinds) > 1 and any(kind in self.bounded for kind in kinds)

    def _family_areas(self, members: int, confirmed: int) -> tuple[int, int]:
        """Return the areas listed for the families of some activities, and the confirmed proposed areas."""
        listed = settled = 0
        while members:
            family = self.families[next(bits_of(members))]
            members &= ~family
            areas, certain, proposing = self._areas_of_families[family]
            listed |= areas
            settled |= certain
            for place in bits_of(proposing & confirmed):
                settled |= self.standings[place].proposed
        return listed, settled

    @cached_property
    def _areas_of_families(self) -> dict[int, tuple[int, int, int]]:
        """For each family, the areas listed for its members, those that are certain, and who has proposed areas."""
        found = {}
        for family in {*self.families.values()}:
            listed = settled = proposing = 0
            for place in bits_of(family):
                one = self.standings[place]
                listed, settled = listed | one.listed, settled | one.settled
                proposing |= bool(one.proposed) << place
            found[family] = listed, settled, proposing
        return found

    def as_one(self, group: Sequence[_Offer]) -> _Offer | None:
        """Return what clusters that repeat one another bring as one activity; None if nothing."""
        if len(group) == 1:
            return group[0]
        members = sum(offer.members for offer in group)
        if self._mixed(members):
            return None
        uniform = len({(offer.certified, offer.points) for offer in group}) == 1
        certifies = any(offer.certifies for offer in group)
        areas = group[0].areas
        for offer in group:
            areas &= offer.areas
        certified = group[0].certified if uniform else ()
        return _Offer(members=members, points=min(offer.points for offer in group), certified=certified,
                      certifies=certifies, areas=0 if certifies and not certified else areas)

    def shown(self, members: int, confirmed: int = 0) -> int:
        """Choose the member that represents all: the fewest points by itself, then by day, then by id."""
        def first(place: int) -> tuple[int, date, str]:
            one = self.standings[place]
            points = one.points if self._counts(place, confirmed) else 0
            return (points, one.activity.completed_on or date.max, one.activity.id)

        return min(bits_of(members), key=first)

    @cached_property
    def bringing(self) -> int:
        """The activities in clusters that bring points in the reading against the holder."""
        return sum(offer.members for group in self.grouped() for offer in group)

    @cached_property
    def _possible(self) -> int:
        return sum(1 << place for place, standing in enumerate(self.standings) if standing.possible)

    def standing_for(self) -> Iterator[tuple[int, int]]:
        """Yield each entry under which activities are shown, with all entries that it represents."""
        bringing = 0
        for group in self.grouped():
            members = sum(offer.members for offer in group)
            bringing |= members
            yield self.shown(members), members
        for cluster in components(self.places & ~bringing, self.near):
            yield self.shown(cluster), cluster

    def known_areas(self, members: int) -> int:
        """Return the areas that the families of some activities serve for certain."""
        listed, settled = self._family_areas(members, 0)
        return listed | settled

    def unknown_areas(self, place: int) -> int:
        """Return the areas that are proposed for an activity and that its family does not serve for certain."""
        return self.standings[place].proposed & ~self.known_areas(self.families[place])

    def _parts(self, shown: int, offer: _Offer) -> Parts:
        """Split what is brought into parts certified for an area, and the rest."""
        activity = self.standings[shown].activity
        return parts_of(activity, offer.points, offer.certified, areas_of(offer.areas))

    # Activities that are settled as one: in the holder's favor they bring the most points of any entry.

    def _settled_groups(self, confirmed: int) -> Iterator[int]:
        """Yield the groups with all relations settled as one and with a confirmed member."""
        if self.kin is None or not confirmed or not any(self.kin.once):
            return  # nothing is settled as one
        for members in components(self.places, self._one_with):
            if members & (members - 1) and members & confirmed and self._settled_as_one(members, confirmed):
                yield members

    def _one_with(self, place: int) -> int:
        """Return those that an activity is settled to be one with; a repeat only of what may count itself."""
        if self.kin is None:
            return 0
        near, again = self.near(place), self.again(place) & self._may_count
        return (near | (again if self._may_count >> place & 1 else 0)) & self.kin.once[place]

    @cached_property
    def _may_count(self) -> int:
        """The activities that, as one with those that are settled to be the same or alike, may count."""
        once = [0] * len(self.standings) if self.kin is None else self.kin.once
        return sum(members for members in components(self.places, lambda place: self.near(place) & once[place])
                   if members & self._possible)

    def one_in_favour(self) -> dict[int, int]:
        """Return for each entry that is settled as one with others the entry that represents all in favor."""
        found = {}
        for members in self._settled_groups(EVERY):
            for shown in self._most(members, EVERY):
                found.update(dict.fromkeys(bits_of(members), shown))
        return found

    def _settled_as_one(self, members: int, confirmed: int) -> bool:
        """Return whether no member of a group that may count has an open relation to others that may count."""
        others = self._possible & ~members
        return not any(self.related(place, confirmed) & others for place in bits_of(members & self._possible))

    def differs(self, place: int) -> bool:
        """Return whether a group that is settled as one brings more in favor of the holder than against."""
        return bool(self._differing >> place & 1)

    @cached_property
    def _differing(self) -> int:
        least, found = self.brought(), 0
        for members in components(self.places, self._one_with):
            most = list(self._most(members, EVERY).values())
            if most != [least[place] for place in bits_of(members) if least[place]]:
                found |= members
        return found

    def _most(self, members: int, confirmed: int) -> dict[int, Parts]:
        """Return what one activity brings in favor: the most points of any entry, and all their areas."""
        counting = [place for place in bits_of(members) if self._counts(place, confirmed)]
        if not counting:
            return {}
        listed, settled = self._family_areas(members, confirmed)
        certified = mask_of(area for place in bits_of(members)
                            for area, _ in certified_of(self.standings[place].activity))
        shown = self.shown(sum(1 << place for place in counting), confirmed)
        kinds = {self.standings[place].activity.kind for place in bits_of(members)}
        return {shown: (Brought(activity=self.standings[shown].activity, capped=len(kinds) == 1,
                                 points=max(self.standings[place].points for place in counting),
                                 areas=areas_of(listed | settled | certified)),)}


def parts_of(activity: Activity, points: int, certified: Sequence[tuple[str, int]], areas: tuple[str, ...]) -> Parts:
    """Split an activity into parts certified for an area, and the rest, which may serve some areas."""
    found = [Brought(activity=activity, points=most, areas=(area,), certified=True) for area, most in certified]
    rest = points - sum(most for _, most in certified)
    return (*found, Brought(activity=activity, points=rest, areas=areas)) if rest else tuple(found)
