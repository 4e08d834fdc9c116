"""Every link on a page leads to an existing file, and every anchor to a heading; the build checks this again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
         ROOT / "examples" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
BUILT = {"docs/playground/app/index.html"}
"""Files that a task writes into the site."""


def prose(path: Path) -> str:
    """Read a page without its code."""
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", lambda code: code[0] if "](" not in code[0] else "", text)


def slug(heading: str) -> str:
    """Make the anchor of a heading as Python-Markdown does."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


@cache
def anchors(path: Path) -> frozenset[str]:
    """List the anchors of a page: explicit ones, and those of its headings."""
    found: set[str] = set(re.findall(r"\{ #([^ }]+) \}", path.read_text(encoding="utf-8")))
    seen = Counter[str]()
    for heading in re.findall(r"^#+ (.+?)(?: \{ #[^}]*\})?$", prose(path), re.MULTILINE):
        one = slug(heading)
        found.add(f"{one}_{seen[one]}" if seen[one] else one)
        seen[one] += 1
    return frozenset(found)


def broken(path: Path) -> list[str]:
    """List the links of a page that lead nowhere."""
    found = []
    for link in LINK.findall(prose(path)):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if re.match(r"[a-z]+:", link) or target.relative_to(ROOT).as_posix() in BUILT:
            continue
        # the anchors of an API page are the names on it
        named = target.suffix == ".md" and target.exists() and target.parent.name != "api"
        if not target.exists() or (anchor and named and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_every_link_leads_somewhere(path: Path) -> None:
    """Files and headings exist; links to other sites are not checked."""
    assert broken(path) == []


@pytest.mark.parametrize("path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_every_block_of_code_is_closed(path: Path) -> None:
    """An unclosed fence turns the rest of a page into code."""
    assert len(re.findall(r"^ *```", path.read_text(encoding="utf-8"), re.MULTILINE)) % 2 == 0


@pytest.mark.parametrize("path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_every_column_of_a_table_has_a_name(path: Path) -> None:
    """A screen reader names the column of a cell."""
    assert nameless(prose(path)) == []


def nameless(text: str) -> list[str]:
    """List the headers of tables in which a cell is empty."""
    heads = re.findall(r"^(\|.*\|)\n\|[ :|-]+\|$", text, re.MULTILINE)
    return [head for head in heads if not all(cell.strip() for cell in head[1:-1].split("|"))]


def test_a_column_without_a_name_is_seen() -> None:
    """Only the row above the line is a header."""
    assert nameless("| | b |\n| --- | --- |\n| | d |\n") == ["| | b |"]
    assert nameless("| a | b |\n| --- | --- |\n| | d |\n") == []


def test_no_page_has_both_sides_of_a_change() -> None:
    """No page contains the markers of a merge conflict."""
    left = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [path.name for path in PAGES if left.search(path.read_text(encoding="utf-8"))] == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases: a missing file, a missing heading, and both in code, which is not checked."""
    monkeypatch.setattr("tests.promises.docs.test_links.ROOT", tmp_path.resolve())
    page = tmp_path / "page.md"
    page.write_text("# One `two`\n\n## One\n\n## One\n\n[a](page.md#one-two) [b](#one_1) [c](gone.md) [d](page.md#gone)"
                    "\n\n```text\n[e](gone.md)\n```\n", encoding="utf-8")

    assert broken(page) == ["gone.md", "page.md#gone"]


def test_the_build_fails_on_what_leads_nowhere() -> None:
    """It is strict and reports every kind of link and anchor; nothing is fetched, and the search works."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert re.search(r"^strict: true$", text, re.MULTILINE)
    assert re.search(r"^  links:\n    not_found: warn\n    anchors: warn\n    absolute_links: warn\n"
                     r"    unrecognized_links: warn$", text, re.MULTILINE)
    assert re.search(r"^  font: false$", text, re.MULTILINE)
    assert re.search(r"^plugins:\n  - search\n  - offline\n  - mkdocstrings:$", text, re.MULTILINE)
