"""The pages: every example runs and shows its real output, and every generated page is up to date."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from tasks.pages.markdown import WRITTEN
from tests.doors import ANSWERS, DOORS

import cmprules
from cmprules._words.codes import every as codes

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
EXAMPLES: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "refresh_examples.py"))
WRITER: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "write_docs.py"))
PAGES: list[Path] = EXAMPLES["pages"]()
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
LONG = {"docs/how-to/test-your-own-code.md"}
"""Pages whose examples take long to search."""


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Generate every page."""
    pages: dict[str, str] = WRITER["main"]()
    return pages


@pytest.mark.parametrize("path", [
    pytest.param(path, id=name, marks=pytest.mark.slow if name in LONG else ()) for path, name in zip(PAGES, NAMES,
                                                                                                      strict=True)])
def test_every_example_has_the_output_that_the_page_shows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example runs, and prints what the page shows."""
    monkeypatch.chdir(ROOT)
    text = path.read_text(encoding="utf-8")

    assert EXAMPLES["refresh"](text, path.name) == text, "run tasks/refresh_examples.py, and look at what changed"


def test_an_output_that_differs_is_not_the_same() -> None:
    """A line `...` stands for any lines, and nothing else does."""
    assert EXAMPLES["same"]("a\n...\nd\n", "a\nb\nc\nd\n")
    assert not EXAMPLES["same"]("a\n...\nd\n", "a\nb\nc\n")


def test_a_page_shows_the_files_that_it_names() -> None:
    """No block of a page is empty without the site; only the two pages made of a file of the root are."""
    page = "<!-- file: docs/start/my-record.json -->\n\n```json\nold\n```\n"
    assert (DOCS / "start" / "my-record.json").read_text(encoding="utf-8") in EXAMPLES["refresh"](page)
    included = [name for path, name in zip(PAGES, NAMES, strict=True) if "--8<--" in path.read_text(encoding="utf-8")]
    assert included == ["docs/changelog.md", "docs/contributing/index.md"]


def test_the_written_pages_are_up_to_date(written: dict[str, str]) -> None:
    """The committed pages are what the task would write."""
    stale = [name for name, text in written.items() if (ROOT / name).read_text(encoding="utf-8") != text]

    assert stale == [], "run tasks/write_docs.py"


def test_no_page_is_left_that_is_no_longer_written(written: dict[str, str]) -> None:
    """There is no page for a removed code or credential, and no other outdated generated page."""
    found = {path.relative_to(ROOT).as_posix()
             for folder in ("reference/codes", "reference/tables", "credentials")
             for path in (DOCS / folder).rglob("*") if path.is_file()}
    found |= {path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md")
              if WRITTEN in path.read_text(encoding="utf-8")}

    assert found == {name for name in written if name.startswith("docs/")}


def test_every_code_has_a_page() -> None:
    """A code in an answer or an error can be looked up."""
    index = (DOCS / "reference" / "codes" / "index.md").read_text(encoding="utf-8")

    for code in {*codes.FINDINGS, *codes.NEEDS, *codes.QUESTIONS, *codes.FAULTS, *codes.PLANS}:
        assert (DOCS / "reference" / "codes" / f"{code.lower()}.md").is_file()
        assert f"`{code}`" in index


def test_every_page_is_in_the_navigation_and_every_entry_has_a_page() -> None:
    """The navigation and the folder have the same pages."""
    _, _, nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")
    listed = re.findall(r"^ *- (?:[^:\n]+: )?(\S+\.md)$", nav, re.MULTILINE)

    assert sorted(listed) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def test_every_public_name_is_documented_once() -> None:
    """The reference has exactly the public names."""
    api = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "reference" / "api").glob("*.md"))
    documented = re.findall(r"^::: cmprules\.(\w+)$", api, re.MULTILINE)

    assert sorted(documented) == sorted(name for name in cmprules.__all__ if name != "__version__")
    for module in (*ANSWERS, DOORS["testing"]):
        name = re.escape(module.__name__)
        assert sorted(re.findall(rf"^::: {name}\.(\w+)$", api, re.MULTILINE)) == module.__all__


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_that_shows_answers_says_that_they_are_not_those_of_ascp(path: Path) -> None:
    """Readers must not take an answer for ASCP's."""
    text = path.read_text(encoding="utf-8")

    if EXAMPLES["EXAMPLE"].search(text):
        assert "independent of ASCP" in " ".join(text.split())


@pytest.mark.parametrize("path", [
    pytest.param(path, id=name) for path, name in zip(PAGES, NAMES, strict=True)
    if DOCS in path.parents and path.parent.name != "notebooks"])  # which are written from notebooks
def test_prose_has_one_sentence_a_line(path: Path) -> None:
    """A change of one sentence is a change of one line."""
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for line in prose.splitlines() if not line.startswith(("|", "*", ">", "    "))]

    assert [line for line in lines if re.search(r"[a-z)`][.?!] [A-Z]", line)] == []


def test_twelve_jobs_take_few_lines() -> None:
    """Twelve headings, each with code that runs, have at most 46 lines together."""
    page = (DOCS / "how-to" / "twelve-jobs.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^## \d+\. [^`]*?(?:`[^`\n]+`[^`]*?)*^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line]

    assert len(blocks) == 12
    assert len(lines) <= 46
