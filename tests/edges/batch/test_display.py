"""A decided population in a notebook: how many are met, and the most urgent holders."""

from __future__ import annotations

from typing import Any

import pytest

import cmprules

pa = pytest.importorskip("pyarrow")
pytest.importorskip("numba")

from cmprules.batch import decide_table  # noqa: E402  # needs the package checked above

BOOK = cmprules.load_book(edition="2026.1")


def _decided(rows: list[tuple[str, str, str]]) -> Any:
    names = ("holder", "code", "expires_on")
    credentials = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
    credentials = credentials.append_column("id", pa.array(["c"] * len(rows), pa.string()))
    activities = pa.table({"holder": ["h-1"], "id": ["a"], "title": ["Anatomy"], "kind": ["formal_ce"],
                           "amount": ["3"], "completed_on": ["2025-01-01"]})
    return decide_table(credentials, activities, BOOK, on="2026-03-10")


def test_the_most_urgent_come_first() -> None:
    """Unmet credentials that end soonest are at the top; expired ones are marked; refused ones are counted."""
    text = cmprules.render(_decided([("h-1", "MLS", "2026-08-31"), ("h-2", "PBT", "2026-05-31"),
                                     ("h-3", "MLS", "2026-01-31"), ("h-4", "NONE", "2026-05-31")]))

    assert text.startswith("Decided population\n")
    assert "1 holder not decided" in text
    assert "expired" in text
    assert text.index("h-3") < text.index("h-2") < text.index("h-1 ")
    assert "safety, ethics and" in text
    assert text.rstrip().endswith("of its Board of Certification.")


def test_a_long_list_is_cut_and_says_so() -> None:
    """It shows twenty rows, and the caption counts the others."""
    found = _decided([(f"h-{number}", "PBT", "2026-05-31") for number in range(1, 25)])

    assert "the first 20 of 24" in found._repr_html_()
    assert found._repr_html_().count("<td>h-") + found._repr_html_().count(">h-") >= 20
    assert "Everyone was decided" in found._repr_markdown_()


def test_an_empty_population_shows_itself_too() -> None:
    """A population may be empty."""
    found = decide_table(pa.table({"holder": pa.array([], pa.string()), "id": pa.array([], pa.string()),
                                   "code": pa.array([], pa.string())}),
                         pa.table({name: pa.array([], pa.string()) for name in
                                   ("holder", "id", "title", "kind", "amount")}), BOOK, on="2026-03-10")
    assert "Most urgent" not in cmprules.render(found)
