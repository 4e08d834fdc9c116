"""The verdict on each activity of a record for one credential, and the result of every way to settle the open ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from cmprules._policy.book import Setting
from cmprules._rules.entries import Entry
from cmprules._rules.grouping import Brought, Groups, Parts, areas_of

ACCEPTED = "accepted"


class Doubt(NamedTuple):
    """The open and answered questions about an activity.

    Attributes:
        open: the codes of the open questions about it, in order.
        answered: the codes of the questions that the holder has answered.
        others: the related activities, if the reason is about a relation.
        against: what it brings in the reading against the holder, if that is not all its points and areas.
        favour: what it brings in the reading in favor, if that is not all its points and areas.
    """

    open: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    against: Parts | None = None
    favour: Parts | None = None


NO_DOUBT = Doubt()


class Counted(NamedTuple):
    """The verdict on one activity.

    Attributes:
        bucket: `accepted`, or where all its points end: `duplicate`, `unconfirmed`, `outside_cycle` or
            `not_acceptable`.
        reason: the code of the finding that says why it is not accepted.
        if_confirmed: whether it counts in the reading in favor of the holder.
        doubt: its open and answered questions, if there are any.
    """

    entry: Entry
    bucket: str
    reason: str | None
    if_confirmed: bool
    doubt: Doubt | None = None

    @property
    def open(self) -> tuple[str, ...]:
        """The codes of the open questions about it, in order."""
        return () if self.doubt is None else self.doubt.open

    @property
    def answered(self) -> tuple[str, ...]:
        """The codes of the questions about it that the holder has answered."""
        return () if self.doubt is None else self.doubt.answered

    @property
    def others(self) -> tuple[str, ...]:
        """The related activities, if the reason is about a relation."""
        return () if self.doubt is None else self.doubt.others

    @property
    def against(self) -> Parts | None:
        """What it brings in the reading against the holder, if that is not all its points and areas."""
        return None if self.doubt is None else self.doubt.against

    @property
    def brings(self) -> Parts | tuple[Entry, ...]:
        """What it brings in the reading against the holder."""
        if self.doubt is not None and self.doubt.against is not None:
            return self.doubt.against
        return (self.entry,) if self.bucket == ACCEPTED else ()

    @property
    def may_bring(self) -> Parts | tuple[Entry, ...]:
        """What it brings in the reading in favor of the holder."""
        if self.doubt is not None and self.doubt.favour is not None:
            return self.doubt.favour
        return (self.entry,) if self.if_confirmed else ()


class Judged(NamedTuple):
    """The verdicts on all activities of a record for one credential, and the result of every way to answer.

    Attributes:
        counted: the verdict on each activity, in the record's order.
        groups: the activities that may be one, or whose areas are proposed; None if there are none.
        used: the rules about groups that had an effect.
    """

    counted: tuple[Counted, ...]
    groups: Groups | None = None
    used: tuple[Setting, ...] = ()

    @property
    def open(self) -> tuple[int, ...]:
        """The positions of the activities with an open question."""
        return tuple([place for place, item in enumerate(self.counted) if item.doubt is not None and item.doubt.open])

    @property
    def certain(self) -> bool:
        """Whether both readings bring the same."""
        return all(item.brings == item.may_bring for item in self.counted if item.doubt is not None)

    def shares_areas(self, place: int) -> bool:
        """Return whether an activity shares its areas with others."""
        return self.groups is not None and self.groups.families[place] != 1 << place

    def may_be_another(self, place: int) -> bool:
        """Return whether an activity stands in any relation to others."""
        return self.groups is not None and self.groups.related(place) != 0

    def unknown_areas(self, place: int) -> tuple[str, ...]:
        """Name the areas that are proposed for an activity and that it does not serve for certain."""
        return () if self.groups is None else areas_of(self.groups.unknown_areas(place))

    def against(self) -> Iterator[Entry | Brought]:
        """Yield what counts for certain."""
        for item in self.counted:
            if item.doubt is not None:
                yield from item.brings
            elif item.bucket == ACCEPTED:
                yield item.entry

    def in_favour(self) -> Iterator[Entry | Brought]:
        """Yield all that may count."""
        for item in self.counted:
            yield from item.may_bring

    def confirming(self, places: Collection[int]) -> Iterator[Entry | Brought]:
        """Yield what counts if only some of the open activities are confirmed."""
        special = {} if self.groups is None else self.groups.brought(sum(1 << place for place in places))
        for place, item in enumerate(self.counted):
            if place in special:
                yield from special[place]
            else:
                yield from item.may_bring if place in places else item.brings
