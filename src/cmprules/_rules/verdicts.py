"""The verdict on each activity of a record for one credential, and what every way of settling the open ones brings."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from cmprules._kit.shapes import maker
from cmprules._policy.book import Setting
from cmprules._rules.entries import Entry
from cmprules._rules.grouping import Brought, Groups, Parts

__all__ = ["ACCEPTED", "Counted", "Judged", "counted"]

ACCEPTED = "accepted"


@attrs.frozen(kw_only=True)
class Counted:
    """The verdict on one activity.

    Attributes:
        bucket: `accepted`, or where all its points end: `duplicate`, `unconfirmed`, `outside_cycle` or
            `not_acceptable`.
        reason: the finding that says why it is not accepted.
        if_confirmed: whether it counts in the reading in favour of the holder.
        others: the activities that it stands in a relation to, where the reason is about that.
        open: the codes of the open questions about it, in their order.
        answered: the codes of those that the holder has answered.
        against: what it brings against the holder, where that is not simply all its points and areas.
        favour: what it brings in favour, likewise.
    """

    entry: Entry
    bucket: str
    reason: str | None
    if_confirmed: bool
    others: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    against: Parts | None = None
    favour: Parts | None = None

    @property
    def brings(self) -> Parts | tuple[Entry, ...]:
        """What it brings against the holder."""
        if self.against is not None:
            return self.against
        return (self.entry,) if self.bucket == ACCEPTED else ()

    @property
    def may_bring(self) -> Parts | tuple[Entry, ...]:
        """What it brings in favour of the holder."""
        if self.favour is not None:
            return self.favour
        return (self.entry,) if self.if_confirmed else ()


counted = maker(Counted)


@attrs.frozen(kw_only=True)
class Judged:
    """The verdicts on all activities of a record for one credential, and what every way of answering brings.

    Attributes:
        counted: the verdict on each activity, in the record's order.
        groups: the activities that may be one, or whose areas are proposed; None if there are none.
        used: the rules about groups that had any effect.
    """

    counted: tuple[Counted, ...]
    groups: Groups | None = None
    used: tuple[Setting, ...] = ()

    @property
    def open(self) -> tuple[int, ...]:
        """The places of the activities about which a question is open."""
        return tuple(place for place, one in enumerate(self.counted) if one.open)

    @property
    def certain(self) -> bool:
        """Whether both readings bring the same."""
        return all(one.brings == one.may_bring for one in self.counted if one.favour is not None or one.open)

    def shares_areas(self, place: int) -> bool:
        """Whether an activity has its areas together with others."""
        return self.groups is not None and self.groups.families[place] != 1 << place

    def against(self) -> Iterator[Entry | Brought]:
        """Give what counts for certain."""
        for one in self.counted:
            yield from one.brings

    def in_favour(self) -> Iterator[Entry | Brought]:
        """Give all that may count."""
        for one in self.counted:
            yield from one.may_bring

    def confirming(self, places: Collection[int]) -> Iterator[Entry | Brought]:
        """Give what counts if just some of the open activities are confirmed."""
        special = {} if self.groups is None else self.groups.brought(sum(1 << place for place in places))
        for place, one in enumerate(self.counted):
            if place in special:
                yield from special[place]
            else:
                yield from one.may_bring if place in places else one.brings
