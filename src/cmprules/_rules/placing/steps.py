"""The budget of the searches for whole placements."""

from __future__ import annotations

from collections.abc import Callable

NODE_LIMIT = 100_000
"""Steps that the searches for whole placements may take per credential; a change raises `stamp.rules`."""


class SearchLimitError(Exception):
    """The search for an undivided placement took more steps than it may."""


class Steps:
    """The steps that the searches for one credential may still take, all of them together.

    A search whose outcome is known without it is put off, and taken up again where the steps that it would have taken
    matter.  So the searches are given up where they would be if none had been spared: how far they go is a rule.
    """

    __slots__ = ("_left", "_owed", "_put_off")

    def __init__(self, limit: int = NODE_LIMIT) -> None:
        self._left = limit
        self._put_off: list[Callable[[Steps], object]] = []
        self._owed = 0  # what the searches put off would take at most; never more than is left

    @property
    def left(self) -> int:
        """How many there are, after all that was put off."""
        self._take_up()
        return self._left

    def spend(self) -> None:
        """Take one step, or give up."""
        if self._left <= self._owed:
            self._take_up()
        if self._left <= 0:
            raise SearchLimitError
        self._left -= 1

    def can_put_off(self, at_most: int) -> bool:
        """Whether a search of at most so many steps is sure not to be given up."""
        if self._owed + at_most > self._left:
            self._take_up()
        return at_most <= self._left

    def put_off(self, search: Callable[[Steps], object], at_most: int) -> None:
        """Put off a search that could be."""
        if at_most:
            self._put_off.append(search)
            self._owed += at_most

    def _take_up(self) -> None:
        """Make the searches that were put off, for the sake of their steps."""
        searches, self._put_off, self._owed = self._put_off, [], 0
        for search in searches:
            search(self)
