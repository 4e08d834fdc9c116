"""The budget of the searches for whole placements."""

from __future__ import annotations

from collections.abc import Callable

NODE_LIMIT = 100_000
"""The steps that the searches for whole placements may take for each credential; a change raises `stamp.rules`."""


class SearchLimitError(Exception):
    """The search for an undivided placement reached its limit of steps."""


class Steps:
    """The remaining steps for all searches of one credential.

    The limit counts the steps of the plain search, because the point at which it stops is part of the rules: a faster
    method must not change an answer.  So a search whose result is already known is postponed, and made later only if
    the steps that it would have taken can matter.
    """

    __slots__ = ("_left", "_owed", "_put_off")

    def __init__(self, limit: int = NODE_LIMIT) -> None:
        self._left = limit
        self._put_off: list[Callable[[Steps], object]] = []
        self._owed = 0  # upper bound for the steps of postponed searches; never more than are left

    @property
    def left(self) -> int:
        """The number of steps left after all postponed searches."""
        self._take_up()
        return self._left

    def spend(self) -> None:
        """Take one step, or raise at the limit."""
        if self._left <= self._owed:
            self._take_up()
        if self._left <= 0:
            raise SearchLimitError
        self._left -= 1

    def can_put_off(self, at_most: int) -> bool:
        """Return whether a search of at most this many steps certainly stays within the limit."""
        if self._owed + at_most > self._left:
            self._take_up()
        return at_most <= self._left

    def put_off(self, search: Callable[[Steps], object], at_most: int) -> None:
        """Postpone a search that can be postponed."""
        if at_most:
            self._put_off.append(search)
            self._owed += at_most

    def _take_up(self) -> None:
        """Make the postponed searches, to count their steps."""
        searches, self._put_off, self._owed = self._put_off, [], 0
        for search in searches:
            search(self)
