"""The activities on which an outcome depends: each is left out in turn.

Only the entries that may be one activity with it are judged again without it, because a verdict depends on no others.
Sums show for most activities that the outcome stays; of activities that bring the same, one is decided for all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from cmprules._answers.ground import Ground
from cmprules._kit.shapes import trusted
from cmprules._rules.allocation import Reading
from cmprules._rules.outcome import Verdict, evaluate
from cmprules._rules.placing import NODE_LIMIT
from cmprules._rules.verdicts import Judged
from cmprules._words.enums import Outcome
from cmprules.explaining._chains import Chain, Chains
from cmprules.explaining._under import Change, Under, is_full
from cmprules.explaining._values import Critical


def critical_of(ground: Ground, tables: Sequence[Under], verdict: Verdict, chains: Chains) -> Iterator[Critical]:
    """Yield the activities without which the outcome changes, in the order of the record; none if it is not met."""
    if verdict.outcome is Outcome.NOT_MET:
        return
    without, known = _Without(ground, tables, verdict, chains), dict[Hashable, Verdict | None]()
    for place, item in enumerate(ground.counted):
        key = without.key(place)
        found, for_all = (known[key], True) if key in known else without.decided(place)
        if for_all:
            known[key] = found
        if found is not None and found.outcome is not verdict.outcome:
            allocation = found.shown.allocation
            yield trusted(Critical, activity=item.entry.activity.id, outcome=found.outcome,
                          short=allocation.total.short, shortfalls=allocation.shortfalls)


class _Without:
    """Decides a credential without an activity."""

    def __init__(self, ground: Ground, tables: Sequence[Under], verdict: Verdict, chains: Chains) -> None:
        self.ground, self.tables, self.before, self.chains = ground, tables, verdict.outcome, chains
        chosen = ground.answers.get("TABLE_AFTER_EXPIRY", ground.credential.id)
        self.spare: dict[Chain, bool] = {}
        self.nothing_answered = not ground.division and (chosen is None or len(tables) == 1)

    def key(self, place: int) -> Hashable:
        """Return what activities have in common that change the same if they are left out."""
        if place in self.chains.of:
            return self.chains.twins(place)
        one = self.ground.counted[place]
        items = [under.table.items(brings) for under in self.tables for brings in (one.brings, one.may_bring)]
        return (*items, one.brings == one.may_bring)

    def decided(self, place: int) -> tuple[Verdict | None, bool]:
        """Decide without an activity.

        Returns:
            The verdict, None if the outcome certainly stays; and whether the same is certain for all with its key.
        """
        if self._is_spare(self.chains.of.get(place)):
            return None, True
        others = self.chains.without(place)
        change = Change(before=[self.ground.counted[index] for index in (place, *others)], after=[*others.values()])
        if self._stays(change):
            return None, True
        rest = Judged(counted=tuple([others.get(index, item) for index, item in enumerate(self.ground.counted)
                                     if index != place]))
        return self._evaluated(rest), self._searches_end(change)

    def _is_spare(self, chain: Chain | None) -> bool:
        """Return whether every table stays full whatever the entries of a chain bring, so that no verdict matters."""
        if chain is None or self.before is not Outcome.MET:
            return False
        if chain not in self.spare:
            some = [self.ground.counted[place] for place in chain.places]
            self.spare[chain] = all(under.can_do_without(some) for under in self.tables)
        return self.spare[chain]

    def _stays(self, change: Change) -> bool:
        """Return whether sums show that the outcome stays."""
        if self.before is Outcome.MET:
            return all(under.stays_full(change) for under in self.tables)
        return (self.nothing_answered and any(under.stays_short(change) for under in self.tables)
                and any(under.may_be_full(change) for under in self.tables))

    def _evaluated(self, rest: Judged) -> Verdict | None:
        """Decide with the verdicts on all other activities; None if every table that was full still is."""
        division = self.ground.division
        if self.before is Outcome.MET and all(
                is_full(Reading.of(under.table, rest.against()), division) for under in self.tables):
            return None
        return evaluate(self.ground.tables, rest, self.ground.answers, self.ground.credential.id, with_needs=False)

    def _searches_end(self, change: Change) -> bool:
        """Return whether certainly no search is given up, so that the order of the activities says nothing."""
        if self.ground.division:
            return False
        return sum(under.steps_to_place(change) for under in self.tables) <= NODE_LIMIT
