"""Comparing, hashing and showing values: as attrs would do it for each class."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import cmprules
from cmprules._kit.values import Value


@attrs.frozen
class Place(Value):
    """Has a field of each sort."""

    room: str
    seat: int = attrs.field(default=1, eq=False)
    notes: list[str] = attrs.field(factory=list, hash=False)
    secret: str = attrs.field(default="", repr=False)


@attrs.frozen
class Plain:
    """The same, made by attrs alone."""

    room: str
    seat: int = attrs.field(default=1, eq=False)
    notes: list[str] = attrs.field(factory=list, hash=False)
    secret: str = attrs.field(default="", repr=False)


@attrs.frozen
class Desk(Place):
    """A class below."""

    drawer: int = 0


class Quiet:
    """A mixin with a way to show itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "quiet"


@attrs.frozen(repr=False)
class Hidden(Quiet, Value):
    """Is shown by its mixin."""

    room: str


@attrs.frozen
class Empty(Value):
    """Has no fields."""


@attrs.frozen
class Void(Value):
    """Has none either."""


@attrs.define
class Tree(Value):
    """May be in itself."""

    branches: list[Tree] = attrs.field(factory=list)


PLACES: list[dict[str, Any]] = [{"room": "a"}, {"room": "b"}, {"room": "a", "seat": 2}, {"room": "a", "notes": ["n"]},
                                {"room": "a", "secret": "s"}]


@pytest.mark.parametrize("one", PLACES, ids=str)
@pytest.mark.parametrize("other", PLACES, ids=str)
def test_values_compare_as_attrs_compares(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two values of a class are equal if the fields are that are to be compared."""
    assert (Place(**one) == Place(**other)) is (Plain(**one) == Plain(**other))
    assert (Place(**one) != Place(**other)) is (Plain(**one) != Plain(**other))
    assert (hash(Place(**one)) == hash(Place(**other))) is (hash(Plain(**one)) == hash(Plain(**other)))
    assert repr(Place(**one)) == repr(Plain(**one)).replace("Plain", "Place")


def test_values_of_two_classes_are_never_equal() -> None:
    """Not even if one class is below the other."""
    assert Place("a") != Desk("a")
    assert Place("a") != Plain("a")
    assert Place("a") != "a"
    assert hash(Place("a")) != hash(Desk("a"))


def test_a_class_keeps_methods_of_its_own_and_of_its_mixins() -> None:
    """Only what would come from `Value` is shared."""
    assert repr(Hidden("a")) == "quiet"
    assert Hidden("a") == Hidden("a")
    assert "__repr__" not in vars(Hidden)
    assert vars(Place)["__repr__"] is vars(Desk)["__repr__"] is vars(Value)["__repr__"]
    book = cmprules.load_book(edition="2026.1")
    assert repr(book).startswith("<PolicyBook 2026.1")


def test_a_value_without_fields_equals_every_other_of_its_class() -> None:
    """There is nothing in which they could differ."""
    assert Empty() == Empty() != Void()
    assert (repr(Empty()), repr(Void())) == ("Empty()", "Void()")
    assert len({Empty(), Empty(), Void()}) == 2


def test_a_value_in_itself_is_shown_once() -> None:
    """As attrs shows it."""
    tree = Tree()
    tree.branches.append(tree)
    assert repr(tree) == "Tree(branches=[...])"
