"""The verdicts on activities that may be one, or whose areas are proposed or certified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from cmprules._policy.book import CountingRules, Setting
from cmprules._rules.entries import Entries
from cmprules._rules.grouping import Groups, Standing, mask_of
from cmprules._rules.identity import Kin, bits_of
from cmprules._rules.verdicts import ACCEPTED, NO_DOUBT, Counted, Doubt, Judged
from cmprules._words.codes.questions import ABOUT_RELATION


def judge_groups(found: Sequence[Counted], listed: Entries, rules: CountingRules) -> Judged:
    """Complete the verdicts on single activities: which of them are one, and what they bring."""
    groups = _groups(found, listed.kin, rules)
    against, places = groups.brought(), list(bits_of(groups.places))
    judged, verdicts = list(found), _Verdicts(found, listed, groups)
    for place in places:
        judged[place] = verdicts.of(place, counts=bool(against[place]))
    groups.areas_alone = sum(1 << place for place in places if judged[place].open == ("AREA_PROPOSED",))
    favour = groups.brought(sum(1 << place for place in places if judged[place].open))
    for place in places:
        doubt = (judged[place].doubt or NO_DOUBT)._replace(against=against[place], favour=favour[place])
        judged[place] = judged[place]._replace(doubt=doubt)
    used = () if listed.kin is None else tuple(_rows_used(found, groups, listed.kin, rules))
    return Judged(counted=tuple(judged), groups=groups, used=used)


def _groups(found: Sequence[Counted], kin: Kin | None, rules: CountingRules) -> Groups:
    bounded = rules.identity.bounded if rules.identity is not None else frozenset()
    return Groups([_standing(item) for item in found], kin, bounded)


def _standing(one: Counted) -> Standing:
    """Return an activity by itself."""
    entry = one.entry
    settled = mask_of(entry.settled)
    return Standing(activity=entry.activity, listed=mask_of(entry.areas) & ~settled, settled=settled,
                    proposed=mask_of(entry.proposed), certain=one.bucket == ACCEPTED, possible=one.if_confirmed)


class _Verdicts:
    """Makes the verdicts on activities that may be one with others."""

    def __init__(self, found: Sequence[Counted], listed: Entries, groups: Groups) -> None:
        self.found, self.listed, self.groups, self.kin = found, listed, groups, listed.kin
        self.ids = [item.entry.activity.id for item in found]
        self.possible = sum(1 << place for place, item in enumerate(found) if item.if_confirmed)
        self.cluster = {place: cluster for cluster in groups.clusters() for place in bits_of(cluster)}
        self.shown = {place: shown for shown, members in groups.standing_for() for place in bits_of(members)}

    def of(self, place: int, *, counts: bool) -> Counted:
        """Judge one activity: whether it is the one that counts, what it is compared with, which questions are open."""
        one = self.found[place]
        answered = (*one.answered, *self._answered(place))
        proposed = ("AREA_PROPOSED",) if self._has_open_areas(place) else ()
        codes = () if counts or not one.if_confirmed else self._codes(place)
        open_ = (*one.open, *(codes if self._is_open(place) else ()), *proposed)
        if counts or one.bucket != ACCEPTED:
            return one._replace(doubt=Doubt(open=open_, answered=answered))
        return one._replace(bucket="duplicate" if self._is_copy(place) else "unconfirmed", reason=codes[0],
                            doubt=Doubt(open=open_, answered=answered,
                                        others=self._ids(self._held_against(codes[0], place))))

    def _left(self, code: str, place: int) -> int:
        """Return the related activities, without those that the holder has answered to be different."""
        return 0 if self.kin is None else self.kin.relations[code][place] & ~self.kin.apart[place]

    def _open_to_answers(self, code: str, place: int) -> int:
        """Return the activities that a question compares one with, where no row of the user's own settles it."""
        if self.kin is None:
            return 0
        near = self.kin.near(place) if code == "LOOKS_ALIKE" else self.kin.relations[code][place]
        return near & ~self.kin.by_row[place]

    def _held_against(self, code: str, place: int) -> int:
        """Return the activities that a question compares an activity with; entries that are the same are alike too."""
        found = self._left(code, place)
        if code == "REPEATED_COURSE":
            return found & self.groups.bringing
        return found | self._left("DUPLICATE", place) if code == "LOOKS_ALIKE" else found

    def _ids(self, places: int) -> tuple[str, ...]:
        return tuple(compress(self.ids, map("1".__eq__, reversed(format(places, "b")))))

    def _is_copy(self, place: int) -> bool:
        """Return whether an activity is the same as the one that counts."""
        shown = self.shown.get(place)
        return shown is not None and bool(self._left("DUPLICATE", place) >> shown & 1)

    def _codes(self, place: int) -> tuple[str, ...]:
        """List the relations of an activity, the one to the entry that counts first.

        One that is held against repeats of others of its cluster, and repeats nothing itself, is asked about these.
        """
        shown, cluster = self.shown.get(place), self.cluster[place]
        repeats = shown == place and self.groups.bringing >> place & 1  # its cluster counts, but for what it repeats
        if self._is_copy(place):
            first = "DUPLICATE"
        elif shown is not None and cluster >> shown & 1 and cluster != 1 << place and not repeats:
            first = "LOOKS_ALIKE"
        else:
            itself = self._held_against("REPEATED_COURSE", place) or not self._held_against("LOOKS_ALIKE", place)
            first = "REPEATED_COURSE" if itself else "LOOKS_ALIKE"
        return (first, *(code for code in ABOUT_RELATION if code != first and self._left(code, place)))

    def _is_open(self, place: int) -> bool:
        """Return whether a relation of an activity is open; activities settled as one may still bring more or less."""
        if self.kin is None:
            return False
        related = self.groups.related(place) & (self.groups.bringing | self.possible | self.cluster[place])
        return bool(related & ~self.kin.once[place]) or (bool(related) and self.groups.differs(place))

    def _has_open_areas(self, place: int) -> bool:
        """Return whether an activity that may count has open proposed areas."""
        family = self.groups.families[place]
        return bool(self.groups.unknown_areas(place)) and bool(family & self.possible)

    def _answered(self, place: int) -> Iterator[str]:
        """List the questions about an activity's relations and areas that the holder has answered."""
        activity, itself = self.found[place].entry.activity, 1 << place & self.possible
        for code in ABOUT_RELATION:
            if (code, activity.id) in self.listed.answers.given:
                others = self._open_to_answers(code, place)
                counting = others & self.possible
                if itself and counting if code == "REPEATED_COURSE" else others and (itself or counting):
                    yield code
        answer = self.listed.answers.get("AREA_PROPOSED", activity.id)
        if activity.proposed_areas and answer is not None and self.groups.families[place] & self.possible:
            yield "AREA_PROPOSED"


def _rows_used(
    found: Sequence[Counted], groups: Groups, kin: Kin, rules: CountingRules
) -> Iterator[Setting]:
    """Yield each row on activities that may be one that changes a figure."""
    certain = sum(1 << place for place, item in enumerate(found) if item.bucket == ACCEPTED)
    bringing, several = certain & ~groups.places, 0
    for group in groups.grouped():
        members = sum(offer.members for offer in group)
        bringing |= members
        several |= members if len(group) > 1 else 0
    names: dict[str, Setting | None] = {}
    for place in bits_of(certain):
        left, kept = ~kin.apart[place], bool(kin.kept[place])
        if kin.relations["DUPLICATE"][place] & left or kept:
            names["rule/duplicates"] = rules.setting("rule/duplicates")
        if kin.relations["LOOKS_ALIKE"][place] & left or kept:
            names["rule/alike"] = rules.setting("rule/alike")
        if several >> place & 1 or (bringing >> place & 1 and kin.each[place] & bringing):
            kind = found[place].entry.activity.kind
            names[f"rule/repeated/{kind}"] = rules.repeated(kind)
    yield from dict.fromkeys(setting for setting in names.values() if setting is not None)
