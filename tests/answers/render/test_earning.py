"""What to earn, in words: outer sets first, and inner sets as parts of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import cmprules
from cmprules._answers.render.earning import to_earn


def proof(*closers: str) -> cmprules.Shortfall:
    """Make a proof from closers written like `3 chemistry hematology`."""
    parts = [line.split() for line in closers]
    return cmprules.Shortfall(
        areas=("chemistry", "hematology"), required=Decimal(4), available=Decimal(1), short=Decimal(3),
        closers=tuple(cmprules.Closer(areas=tuple(areas), points=Decimal(amount)) for amount, *areas in parts))


@pytest.mark.parametrize(("closers", "words"), [
    (("1 safety", "2 ethics"), ["1 point in safety", "2 points in ethics"]),
    (("2 safety ethics",), ["2 points in safety or ethics"]),
    (("1 chemistry", "1 hematology", "3 chemistry hematology"),
     ["3 points in chemistry or hematology, at least 1 of them in each"]),
    (("1 chemistry", "3 chemistry hematology"),
     ["3 points in chemistry or hematology, at least 1 of them in chemistry"]),
    (("1 safety", "2 chemistry", "1 hematology", "4 chemistry hematology"),
     ["1 point in safety",
      ("4 points in chemistry or hematology, at least 2 of them in chemistry, at least 1 of them in hematology")]),
])
def test_closers_in_words(closers: tuple[str, ...], words: list[str]) -> None:
    """Amounts that are named first do not overlap."""
    assert to_earn(proof(*closers)) == words


def test_a_proof_of_an_older_document_names_its_areas() -> None:
    """Without closers only the areas of the proof are known."""
    old = cmprules.Shortfall(areas=("safety", "ethics"), required=Decimal(2), available=Decimal(0), short=Decimal(2))
    assert to_earn(old) == ["2 points in safety or ethics"]
