"""Words that no text uses anymore: in golden reports, in the help of the commands, in the source code."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.promises.golden.files import FOLDER, names_in
from tests.promises.golden.makers import REPORTS

import cmprules
from cmprules._cli._parsing import parser_of

ROOT = Path(__file__).resolve().parents[3]
GONE = {
    "relied on down to": "say which sources are used",
    "weakest figure": "Least certain source",
    "goes your way, by": "if the unconfirmed items below are accepted",
    "may serve any of them": "can count there",
    "remainder": "any other CE",
    "the pool": "any other CE",
    "over the cap": "not counted (... at most ...)",
    "after caps": "can count",
    "to be placed": "not assigned yet",
    "by itself": "automatically",
    "lacks": "is missing",
    "seen on": "as of",
    "the doing of": "explains, causes",
    "not alike": "changed",
    "no number and no share": "is not a count or a percentage",
    "not whole": "still short",
    "steps in": "replacement activities",
    "integer program": "we checked every combination",
    "becomes of": "happens to",
    "hangs on": "depends on",
    "hang on": "depend on",
    "nobody": "no source",
    "who does not want": "if you want it sooner",
    "anew": "again",
    "mandatory area": "required area",
    "short by": "missing",
    "needs review,": "a sentence",
    "requirements needs": "requirements need",
    "known from a third party alone": "known only from a third party",
    "known from elsewhere": "known from another source",
    "what would settle it": "open questions",
    "the subject is": "name it",
    "in spite of": "but",
}
"""Each word with its replacement."""

GONE_IN_CODE = {
    "what becomes of": "what happens to",
    "who does not want": "if you want it sooner",
    "so many": "a number of",
    "so often": "limit",
    "anew": "again",
    "nobody": "no one, no source",
    "whoever": "anyone who",
    "beside": "next to, besides",
    "hang on": "depend on",
    "hangs on": "depends on",
    "by whom": "active verbs",
    "one below the other": "from top to bottom",
    "in words' reach": "in words",
    "for ever": "always",
    "spelt": "spelled",
}
"""Words to avoid in docstrings, comments and messages, each with its replacement."""

ANY_GONE = re.compile(rf"\b(?:{'|'.join(map(re.escape, GONE_IN_CODE))})\b")

NO_BEGINNINGS = ("Say", "Give", "Put", "Tell")
"""Words that begin no docstring; use what the function returns, writes, lists or checks."""

KEPT = [FOLDER / folder / name for folder in sorted(REPORTS) for name in names_in(folder) if not name.endswith(".ics")]


def _words(text: str) -> str:
    """Write a report on one line in lowercase, without its sources, which are quoted, and without its style."""
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
    return " ".join(plain.split()).lower()


def _quoted(value: object) -> Iterator[str]:
    """Yield every text of a policy table, which an edition keeps as released."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _quoted(part)


QUOTED = sorted({_words(text) for path in (ROOT / "src" / "cmprules" / "data").glob("2026.*/*.toml")
                 for text in _quoted(tomllib.loads(path.read_text(encoding="utf-8"))) if " " in text},
                key=len, reverse=True)


def _told(text: str) -> str:
    """Remove what is quoted from the policy tables: the rules and the sources."""
    told, _, _ = _words(text).rpartition(" sources ")
    told = told or _words(text)
    for quoted in QUOTED:
        told = told.replace(quoted, "")
    return told


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_report_uses_the_words_of_its_readers(path: Path) -> None:
    """It has none of the dropped words."""
    told = _told(path.read_text(encoding="utf-8"))
    assert {word: instead for word, instead in GONE.items() if re.search(rf"\b{re.escape(word)}", told)} == {}


def test_help_uses_the_words_of_its_readers() -> None:
    """The help of every command has none of the dropped words."""
    parser, _ = parser_of(None)
    commands = next(action for action in parser._actions if action.choices and not action.option_strings)
    texts = [parser.format_help(), *(command.format_help() for command in dict(commands.choices or {}).values())]
    plain = [" ".join(text.split()).lower() for text in texts]
    found = {word for text in plain for word in GONE if re.search(rf"\b{re.escape(word)}", text)}
    assert found == set()


@pytest.mark.parametrize("word", ["the pool", "Weakest figure", "hangs on"])
def test_the_list_finds_what_it_looks_for(word: str) -> None:
    """It finds a word in text and in HTML."""
    assert word.lower() in _told(f"<p>Here <b>{word}</b> is.</p> Sources x")
    assert word.lower() not in _told(f"Here it is. Sources {word}")
    assert cmprules.__version__


SOURCES = sorted((ROOT / "src" / "cmprules").rglob("*.py"))
TOOLS = sorted(path for folder in ("tests", "tasks", "bench") for path in (ROOT / folder).rglob("*.py")
               if path != Path(__file__).resolve())
KINDS = ast.Module | ast.ClassDef | ast.FunctionDef
STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""The attributes of the tree of a module that hold statements."""


def _texts_of(tree: ast.Module) -> Iterator[str]:
    """Yield every docstring and message of a module; a single word is a name, not a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def _docstrings_of(tree: ast.Module) -> Iterator[str]:
    """Yield every docstring of a module, without names of attributes; other texts may be data."""
    for text in _documented(tree):
        yield re.sub(r"^ *\w+: ", "", text, flags=re.MULTILINE)


def _documented(node: ast.AST) -> Iterator[str]:
    """Yield the docstrings of a module and of its classes and functions, wherever they stand among the statements."""
    if isinstance(node, KINDS):
        yield ast.get_docstring(node) or ""
    for name in STATEMENTS:
        for statement in getattr(node, name, ()):
            yield from _documented(statement)


def _comments_of(code: str) -> Iterator[str]:
    """Yield the comments of a module; none, if no line with a number sign has a dropped word, since this takes long."""
    if any(ANY_GONE.search(_lower(line)) for line in code.splitlines() if "#" in line):
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                yield token.string


def _lower(text: str) -> str:
    return " ".join(text.split()).lower()


def _gone_from(code: str, texts_of: Callable[[ast.Module], Iterator[str]] = _texts_of) -> set[str]:
    """List the dropped words in the texts of a module, and dropped first words of its docstrings."""
    tree = ast.parse(code)
    found = {word for text in (*texts_of(tree), *_comments_of(code)) for word in ANY_GONE.findall(_lower(text))}
    docs = tuple(_documented(tree))
    return found | {word for word in NO_BEGINNINGS if any(text.startswith(f"{word} ") for text in docs)}


def test_the_code_does_without_them() -> None:
    """The check covers every docstring, comment and message of every module."""
    found = {str(path.relative_to(ROOT)): _gone_from(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: words for path, words in found.items() if words} == {}


def test_tests_and_tools_do_without_them() -> None:
    """The check covers every docstring and comment."""
    found = {str(path.relative_to(ROOT)): _gone_from(path.read_text(encoding="utf-8"), _docstrings_of)
             for path in TOOLS}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_search_of_the_code_finds_them() -> None:
    """It searches docstrings, comments and messages, but not names."""
    code = 'def f():\n    """Say it."""\n    x = "it hangs on that"  # nobody knows\n    return "nobody"\n'
    assert _gone_from(code) == {"Say", "hangs on", "nobody"}
    assert _gone_from('"""Return it."""\nx = "nobody"\n') == set()
