"""How far the holder's own placement fills the areas, as far as it is confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cmprules._facts.records import Placement
from cmprules._kit.points import to_hundredths
from cmprules._rules.grouping import Parts
from cmprules._rules.identity import bits_of
from cmprules._rules.verdicts import ACCEPTED, Judged
from cmprules._words import vocabulary


def placed_of(own: Sequence[Placement], judged: Judged, areas: Sequence[str]) -> Counter[str]:
    """Add up by area what the holder has placed, as far as it is confirmed, in hundredths.

    Placements on entries that may be one activity count together, up to what the one that counts brings.
    """
    by_activity: dict[str, Counter[str]] = {}
    for placement in own:
        by_activity.setdefault(placement.activity, Counter())[placement.area] += to_hundredths(placement.points)
    names = [item.entry.activity.id for item in judged.counted]
    placed: Counter[str] = Counter()
    for item in judged.counted:
        if item.against is None and item.bucket == ACCEPTED:
            placed.update(by_activity.get(item.entry.activity.id, {}))
    for shown, members in () if judged.groups is None else judged.groups.standing_for():
        together: Counter[str] = Counter()
        for place in bits_of(members):
            together.update(by_activity.get(names[place], {}))
        placed.update(_lawful(together, judged.counted[shown].against or (), areas))
    return placed


def _lawful(placed: Mapping[str, int], parts: Parts, areas: Sequence[str]) -> Counter[str]:
    """Let parts of an activity fill the areas in which points of it were placed, in their order, the pool last."""
    left = [part.points for part in parts]
    found: Counter[str] = Counter()
    for area in areas:
        wanted = placed.get(area, 0)
        for index, part in enumerate(parts):
            if area == vocabulary.POOL or area in part.areas:
                taken = min(wanted, left[index])
                found[area] += taken
                left[index] -= taken
                wanted -= taken
    return found
