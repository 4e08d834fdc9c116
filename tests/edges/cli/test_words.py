"""`codes`, `kinds`, `areas` and `units`, and the lists of a book: every word of the record format, with its meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules import AreaEntry, CodeEntry, Grade, KindEntry, UnitEntry
from cmprules._cli import main
from cmprules._words import vocabulary

BOOK = cmprules.load_book(edition="2026.2")
OWN = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files" / "kinds.toml"
KNOWN: dict[str, tuple[tuple[str, ...], type[Any], str]] = {
    "codes": (tuple(vocabulary.NAMES), CodeEntry, "code"),
    "kinds": (tuple(vocabulary.KINDS), KindEntry, "kind"),
    "areas": ((*vocabulary.AREAS, vocabulary.POOL), AreaEntry, "area"),
    "units": (tuple(vocabulary.UNITS), UnitEntry, "unit"),
}


@pytest.mark.parametrize("edition", cmprules.editions())
@pytest.mark.parametrize("name", KNOWN)
def test_a_book_lists_every_word_of_the_record_format(name: str, edition: str) -> None:
    """Each has its name, in the order of the tables, with a source."""
    words, cls, key = KNOWN[name]
    book = cmprules.load_book(edition=edition)
    listed = getattr(book, name)
    assert tuple(listed) == words
    for word, entry in listed.items():
        assert isinstance(entry, cls)
        assert getattr(entry, key) == word
        assert entry.citation.source in book.sources


def test_what_the_entries_say() -> None:
    """They have former codes, the value of units, the contents of areas, and whether points are established."""
    assert BOOK.codes["MB"].former == ("MP",)
    assert BOOK.codes["CTGYN"].bodies == ("ASCPi",)
    assert {name: entry.points for name, entry in BOOK.units.items()} == dict(vocabulary.UNITS)
    assert {name: entry.units for name, entry in BOOK.kinds.items()} == dict(vocabulary.KINDS)
    assert "institutional review boards" in BOOK.areas["ethics"].belongs
    assert BOOK.areas["ethics"].citation.grade is Grade.THIRD_PARTY
    assert not BOOK.kinds["journal_article"].established


@pytest.mark.parametrize("how", ["extra", "reform"])
def test_a_kind_of_the_users_own_is_listed_as_such(how: str) -> None:
    """A user's rows change the lists of the book, too."""
    book = cmprules.load_book(edition="2026.2", **{how: [OWN]})
    entry = book.kinds["journal_article"]
    assert (entry.established, entry.citation.grade) == (True, Grade.USER)


@pytest.mark.parametrize("name", KNOWN)
def test_the_command_lists_them(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The text fits a terminal, and programs can read the JSON."""
    assert main([name]) == 0
    text = capsys.readouterr().out
    assert "Policy edition 2026.2" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("Independent")) <= 80
    assert main([name, "--edition", "2026.1", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["edition"] == "2026.1"
    assert [entry[KNOWN[name][2]] for entry in plain[name]] == list(KNOWN[name][0])
    assert "not a decision of ASCP" in plain["notice"]
    for word in KNOWN[name][0]:
        assert word in text


def test_the_command_takes_rows_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    """As everywhere, the status for a file that cannot be read is 3."""
    assert main(["kinds", "--extra", str(OWN), "--format", "json"]) == 0
    found = {entry["kind"]: entry["established"] for entry in json.loads(capsys.readouterr().out)["kinds"]}
    assert found["journal_article"] is True
    assert main(["kinds", "--extra", "no-such-file.toml"]) == 3
