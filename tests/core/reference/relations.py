"""Relations of two activities: the same, alike, or repeated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from copy import copy
from dataclasses import dataclass, replace
from itertools import combinations

from tests.core.reference.answers import NO, YES, Answers
from tests.core.reference.counting import Activity
from tests.core.reference.tables import CERTAIN, EACH, ONCE, Rules

IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
"""From an opening bracket to the next closing bracket of its kind."""


def letters(text: str) -> str:
    """Return the characters for which `str.isalnum` is true."""
    return "".join(character for character in text if character.isalnum())


def folded(text: str) -> str:
    """Return a text as the second edition compares it.

    Text in brackets is left out unless it contains a digit; if nothing is left, it stays; if still nothing is left, the
    text is compared unchanged.  A bracket inside a pair that stays is not considered separately.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()

    def keep(match: re.Match[str]) -> str:
        return match[0] if any(character.isdigit() for character in match[0]) else ""

    return letters(IN_BRACKETS.sub(keep, plain)) or letters(plain) or text


def plain(text: str) -> str:
    """Return a text as the first edition compares it: ignoring case and spaces."""
    return "".join(text.casefold().split())


def fold_by(rules: Rules) -> Callable[[str], str]:
    """Return how an edition compares texts."""
    return folded if rules.folded else plain


@dataclass(frozen=True)
class Texts:
    """The texts of one activity in comparable form."""

    title: str
    provider: str
    session: str

    @classmethod
    def of(cls, activity: Activity, fold: Callable[[str], str]) -> Texts:
        """Fold each text that there is."""
        title, provider, session = (fold(text) if text else "" for text in (activity.title, activity.provider,
                                                                              activity.session))
        return cls(title, provider, session)

    def other_session(self, other: Texts) -> bool:
        """Return whether both have a session, and different ones; one without may be any session."""
        return bool(self.session and other.session) and self.session != other.session

    def providers_may_agree(self, other: Texts) -> bool:
        """Return whether providers agree; a missing one agrees with any."""
        return not self.provider or not other.provider or self.provider == other.provider


@dataclass(frozen=True)
class Pair:
    """The relations of two activities under the rows, and what settles them."""

    same: bool
    alike: bool
    repeated: bool
    once: bool = False
    """Whether a row or an answer settles that they are one in both readings."""
    apart: bool = False
    """Whether an answer settles that they are several in both readings."""
    by_row: bool = False
    """Whether a user's row settled it."""
    answered: bool = False
    """Whether the holder's answer settled it."""

    @property
    def close(self) -> bool:
        """Return whether they are the same or alike, which makes a cluster."""
        return self.same or self.alike

    @property
    def codes(self) -> frozenset[str]:
        """Return the questions that may be asked about the two.

        Two that are the same are also alike, so an answer to either question settles them; whether a repeat counts is a
        separate question.
        """
        found = [code for code, holds in (("DUPLICATE", self.same), ("LOOKS_ALIKE", self.close),
                                          ("REPEATED_COURSE", self.repeated)) if holds]
        return frozenset(found)


def relation(one: Activity, other: Activity, texts: tuple[Texts, Texts], rules: Rules) -> Pair | None:
    """Return the relation of two activities under the rows of the edition and of the user; None if there is none.

    Our reading: for two that are the same only the row on duplicates applies, though they are also alike.
    """
    a, b = texts
    if one.completed_on is None or other.completed_on is None or a.other_session(b) or a.title != b.title:
        return None
    apart = abs((one.completed_on - other.completed_on).days)
    identical = apart == 0 and a.provider == b.provider and (one.kind, one.points) == (other.kind, other.points)
    same = identical and rules.duplicates != EACH
    alike = (not identical and rules.alike not in {None, EACH} and apart <= rules.alike_days
             and (one.points == other.points or a.providers_may_agree(b)))
    kinds = {rules.repeated.get(kind, EACH) for kind in (one.kind, other.kind)}
    repeated = EACH not in kinds and apart > rules.alike_days and a.providers_may_agree(b)
    if not (same or alike or repeated):
        return None
    once = ((same and rules.duplicates in {ONCE, CERTAIN}) or (alike and rules.alike == ONCE)
            or (repeated and kinds == {ONCE}))
    return Pair(same, alike, repeated, once=once, by_row=once)


class Relations:
    """All related pairs of a record."""

    def __init__(self, activities: list[Activity], rules: Rules, answers: Answers) -> None:
        self.ids = [activity.id for activity in activities]
        self.pairs: dict[frozenset[str], Pair] = {}
        texts = {activity.id: Texts.of(activity, fold_by(rules)) for activity in activities}
        for one, other in combinations(activities, 2):
            found = relation(one, other, (texts[one.id], texts[other.id]), rules)
            if found is not None:
                self.pairs[frozenset([one.id, other.id])] = self._settled(found, one.id, other.id, answers)

    def _settled(self, pair: Pair, one: str, other: str, answers: Answers) -> Pair:
        """Return the pair with its answer; a user's row leaves nothing to answer."""
        said = None if pair.once else answers.of_pair(pair.codes, one, other)
        if said is None:
            return pair
        return replace(pair, once=said == NO, apart=said == YES, answered=True)

    def apart(self, confirmed: Collection[str]) -> Relations:
        """Return the relations with some activities treated as several wherever it is not settled."""
        found = copy(self)
        found.pairs = {ids: pair if pair.once or ids.isdisjoint(confirmed) else replace(pair, apart=True)
                       for ids, pair in self.pairs.items()}
        return found

    def of(self, one: str, other: str) -> Pair | None:
        """Return how two activities are related."""
        return self.pairs.get(frozenset([one, other]))

    def related(self, one: str, holds: Callable[[Pair], bool]) -> list[str]:
        """Return the activities related to one, in the order of the record."""
        found = ((other, self.of(one, other)) for other in self.ids if other != one)
        return [other for other, pair in found if pair is not None and holds(pair)]

    def chains(self, members: Iterable[str], holds: Callable[[Pair], bool]) -> list[list[str]]:
        """Group the members so that related ones, directly or in chains, are together."""
        left, groups = list(members), []
        while left:
            group, waiting = [], [left.pop(0)]
            while waiting:
                one = waiting.pop()
                group.append(one)
                near = [other for other in left if (pair := self.of(one, other)) is not None and holds(pair)]
                left = [other for other in left if other not in near]
                waiting += near
            groups.append(sorted(group, key=self.ids.index))
        return groups


def first_edition_groups(activities: list[Activity], rules: Rules) -> list[list[Activity]]:
    """Group equal activities, which are certain under the first edition; the smallest id comes first."""
    assert rules.duplicates == CERTAIN
    relations = Relations(activities, rules, Answers())
    by_id = {activity.id: activity for activity in activities}
    groups = relations.chains(by_id, lambda pair: pair.same)
    return [sorted((by_id[one] for one in group), key=lambda activity: activity.id) for group in groups]
