"""The pages of the credentials: each has its picture, its names, and what would settle open questions."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tasks.pages import history
from tasks.pages.credentials import EVERYDAY
from tasks.pages.history import Step, Track, draw, steps_of, told, tracks

import cmprules

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "credentials"
BOOKS = [cmprules.load_book(edition=name) for name in ("2026.1", "2026.2")]
CODES = list(BOOKS[-1].codes)
SVG = "{http://www.w3.org/2000/svg}"


def words_of(picture: str) -> list[str]:
    """Read the text of a picture."""
    return ["".join(text.itertext()) for text in ET.fromstring(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("code", CODES)
def test_every_credential_has_a_page_that_says_its_names_and_shows_its_history(code: str) -> None:
    """It has a page with its picture, former codes and everyday words; the index has them, too."""
    entry, page = BOOKS[-1].codes[code], (FOLDER / f"{code.lower()}.md").read_text(encoding="utf-8")
    line = next(line for line in (FOLDER / "index.md").read_text(encoding="utf-8").splitlines()
                if line.startswith(f"| [{code}]"))

    assert f"](history/{code.lower()}.svg)" in page
    assert (FOLDER / "history" / f"{code.lower()}.svg").is_file()
    for name in (entry.name, *entry.former, *EVERYDAY.get(code, ())):
        assert name in page
        assert name in line


@pytest.mark.parametrize("code", CODES)
def test_the_lead_of_a_page_is_what_a_decision_asks_for(code: str) -> None:
    """The page begins with the total of the newest row; without one, it says so."""
    body = BOOKS[-1].codes[code].bodies[0]
    policy = BOOKS[-1].policy_for(code, expires_on=BOOKS[-1].tables[f"{code}({body})"][-1].starts_on, body=body)
    page = (FOLDER / f"{code.lower()}.md").read_text(encoding="utf-8")

    if policy.total is None:
        assert f"**No source that we could read says what {code}({body}) asks for.**" in page
        assert "## What is not known" in page
    else:
        assert f"**{code}({body}) asks for {policy.total.value} points in three years**" in page


@pytest.mark.parametrize("code", CODES)
def test_no_text_of_a_picture_is_small_or_leaves_it(code: str) -> None:
    """Letters have twelve pixels at the size of a phone, and no line is wider than the picture."""
    root = ET.fromstring((FOLDER / "history" / f"{code.lower()}.svg").read_text(encoding="utf-8"))

    assert float(root.attrib["width"]) <= 344
    assert "font: 12px" in history.STYLE
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["x"]) + len("".join(text.itertext())) * history.LETTER <= history.WIDTH + 8


def test_an_era_says_what_it_changes() -> None:
    """For MLS: first everything, then what is new, then no change."""
    assert [(step.day.isoformat(), [word.replace("\N{NO-BREAK SPACE}", " ") for word in step.new])
            for step in steps_of(BOOKS[-1].tables["MLS(ASCP)"])] == [
        ("2007-01-01", ["Safety 1", "Blood banking 2", "Chemistry 2", "Hematology 2", "Microbiology 2",
                        "Any other CE 27"]),
        ("2023-01-01", ["Ethics 0 → 1", "Any other CE 27 → 26"]),
        ("2024-01-01", ["no change"]),
    ]


def test_editions_share_a_line_only_where_they_say_the_same() -> None:
    """QIHC has a line for each edition, MLS one for each body."""
    assert [track.name for track in tracks("QIHC", ["ASCP"], BOOKS)] == [
        "QIHC(ASCP), edition 2026.1", "QIHC(ASCP), edition 2026.2"]
    assert [track.name for track in tracks("MLS", ["ASCP", "ASCPi"], BOOKS)] == ["MLS(ASCP)", "MLS(ASCPi)"]


def test_what_is_not_established_is_dashed() -> None:
    """MLA is dashed from the start, MLS nowhere."""
    dashed = re.compile(r'<path class="t0 open"')
    assert dashed.search(draw(tracks("MLA", ["ASCP"], BOOKS), ()))
    assert not dashed.search(draw(tracks("MLS", ["ASCP"], BOOKS), ()))


def test_steps_that_say_the_same_are_told_once() -> None:
    """Two tracks with a common step give three events, and the picture names the track of the others."""
    later = Step(BOOKS[0].last_checked, "9 points", ("no change",), established=True)
    first, second = later._replace(day=BOOKS[0].last_checked.replace(year=2007)), later._replace(
        day=BOOKS[0].last_checked.replace(year=2015))
    both = [Track("A", (first, later)), Track("B", (second, later))]

    assert told(both) == ("Eras by last day. 2007-11-23, A: 9 points (no change); 2015-11-23, B: 9 points (no change); "
                          "2026-11-23, A and B: 9 points (no change)")
    assert words_of(draw(both, ["The end."])) == [
        "A", "B", "2007-11-23", "9 points", "A", "no change", "2015-11-23", "9 points", "B", "no change",
        "2026-11-23", "9 points", "no change", "The end."]
