"""The entries of a record that are judged together, and what they bring without one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property

import attrs

from cmprules._answers.ground import Ground
from cmprules._facts.records import Settled, certified_of
from cmprules._policy.book import CountingRules
from cmprules._rules.entries import entries
from cmprules._rules.identity import bits_of, components
from cmprules._rules.judging import judge
from cmprules._rules.verdicts import Counted, Judged
from cmprules._words.enums import Grade


@attrs.frozen(kw_only=True, eq=False)
class Chain:
    """Entries of which each is related to another, by their places in the record, and the answers about them."""

    places: tuple[int, ...]
    settled: tuple[Settled, ...]


class Chains:
    """The entries of a record that may be one activity with others.

    A relation is between two entries, so the verdict on an entry depends on its own chain alone.
    """

    def __init__(self, ground: Ground, settled: Sequence[Settled], rules: CountingRules, trust: Grade) -> None:
        self.ground, self.settled, self.rules, self.trust = ground, settled, rules, trust

    @cached_property
    def of(self) -> dict[int, Chain]:
        """The chain of each entry that is not alone."""
        about = defaultdict[str, list[int]](list)
        for index, answer in enumerate(self.settled):
            for subject in answer.subjects:
                about[subject].append(index)
        found: dict[int, Chain] = {}
        for places in _chains(self.ground.judged):
            indices = {index for place in places for index in about[self.ground.counted[place].entry.activity.id]}
            chain = Chain(places=tuple(places), settled=tuple(self.settled[index] for index in sorted(indices)))
            found.update(dict.fromkeys(places, chain))
        return found

    def without(self, place: int) -> dict[int, Counted]:
        """Judge the other entries of a chain as if one were not there."""
        chain = self.of.get(place)
        if chain is None:
            return {}
        others = [other for other in chain.places if other != place]
        activities = [self.ground.counted[other].entry.activity for other in others]
        listed = entries(activities, self.rules, chain.settled)
        judged = judge(listed, self.rules, self.ground.cycle, self.trust)
        return dict(zip(others, judged.counted, strict=True))

    def twins(self, place: int) -> Hashable:
        """Return what entries have in common that can stand for each other, because all others see both alike."""
        groups = self.ground.judged.groups
        if groups is None or groups.kin is None:
            return place
        one, kin = groups.standings[place], groups.kin
        seen = [others[place] for others in (*kin.relations.values(), kin.apart, kin.once, kin.by_row)]
        return (one.points, one.activity.kind, certified_of(one.activity), one.listed, one.settled, one.proposed,
                one.certain, one.possible, *(others and others | 1 << place for others in seen))


def _chains(judged: Judged) -> Iterator[Sequence[int]]:
    """Yield each chain of two or more entries; without open questions, of those that are certainly the same."""
    groups = judged.groups
    if groups is None or groups.kin is None:
        found = defaultdict[str, list[int]](list)
        for place, item in enumerate(judged.counted):
            found[item.entry.duplicate_of or item.entry.activity.id].append(place)
        yield from (places for places in found.values() if len(places) > 1)
    else:
        yield from (list(bits_of(chain)) for chain in components(groups.places, groups.kin.any)
                    if chain & (chain - 1))
