"""How far the confirmed part of the holder's own placement fills the areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cmprules._facts.records import Placement
from cmprules._kit.points import to_hundredths
from cmprules._policy.book import Policy
from cmprules._rules.grouping import Parts
from cmprules._rules.identity import bits_of
from cmprules._rules.verdicts import ACCEPTED, Judged
from cmprules._words import vocabulary


def placed_of(own: Sequence[Placement], judged: Judged, policy: Policy) -> Counter[str]:
    """Add up by area the confirmed points that the holder has placed, in hundredths.

    Placements on entries that may be one activity count together, up to what the entry that counts brings.
    """
    areas = [figure.area for figure in policy.areas or ()]
    by_activity: dict[str, Counter[str]] = {}
    for placement in own:
        by_activity.setdefault(placement.activity, Counter())[placement.area] += to_hundredths(placement.points)
    placed: Counter[str] = Counter()
    together = dict(_together(judged))
    apart = ~sum(together.values())
    for place, item in enumerate(judged.counted):
        if apart >> place & 1 and item.bucket == ACCEPTED:
            for area, points in by_activity.get(item.entry.activity.id, {}).items():
                placed[area] += points
    for shown, members in together.items():
        ids = [judged.counted[place].entry.activity.id for place in bits_of(members)]
        pool_only = policy.rules.kinds[judged.counted[shown].entry.activity.kind].pool_only
        placed.update(_lawful(sum((by_activity.get(name, Counter()) for name in ids), Counter()),
                              judged.counted[shown].against or (), [] if pool_only else areas))
    return placed


def _together(judged: Judged) -> Iterator[tuple[int, int]]:
    """Yield the entries whose placements are held against what they bring, by the one that they are shown under."""
    for shown, members in () if judged.groups is None else judged.groups.standing_for():
        activity = judged.counted[shown].entry.activity
        if members != 1 << shown or activity.certified or activity.proposed_areas:
            yield shown, members


def _lawful(placed: Mapping[str, int], parts: Parts, areas: Sequence[str]) -> Counter[str]:
    """Let parts of an activity fill the areas where its points were placed, in order, the pool last."""
    left = [part.points for part in parts]
    found: Counter[str] = Counter()
    for area in (*areas, vocabulary.POOL):
        wanted = placed.get(area, 0)
        for index, part in enumerate(parts):
            if area == vocabulary.POOL or area in part.areas:
                taken = min(wanted, left[index])
                found[area] += taken
                left[index] -= taken
                wanted -= taken
    return found
