"""Run the examples of the pages, and write their real output below them.

    python tasks/refresh_examples.py [page ...]

All `python` blocks of a page run in one namespace; if `<!-- output -->` follows a block, the block after that is what
it prints.  A `console` block that begins with `$ cmprules` runs through the command line, and output below a command
is compared.  A line `...` in an output stands for any lines.  A block below `<!-- file: NAME -->` shows that file, so
that a page can be read without the site.  A test fails while an example and its output, or a file, differ.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

from cmprules._cli import main as cmprules

ROOT = Path(__file__).resolve().parent.parent

EXAMPLE = re.compile(
    r"^```python[^\n]*\n(?P<code>.*?)^```\n"
    r"(?:\n*<!-- output -->\n+```(?P<language>\w+)\n(?P<shown>.*?)^```\n)?"
    r"|^```console\n(?P<console>\$ cmprules.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)
FILE = re.compile(r"^<!-- file: (?P<name>\S+) -->\n+```\w*\n(?P<shown>.*?)^```\n", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """List the pages whose examples are run; pages of notebooks are written from the notebooks."""
    found = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
    return [path for path in found if path.is_file() and path.parent.name != "notebooks"]


def same(shown: str, printed: str) -> bool:
    """Compare an output with what was printed; a line `...` stands for any lines."""
    lines = (r"(?:[^\n]*\n)*" if line.strip() == "..." else re.escape(f"{line}\n") for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed) is not None


def refresh(text: str, name: str = "page") -> str:
    """Return a page with the real output of its examples, and the files that it shows."""
    text = FILE.sub(with_file, text)
    names: dict[str, object] = {"__name__": "__main__"}

    def again(match: re.Match[str]) -> str:
        whole = match[0]
        if match["console"] is not None:
            return whole.replace(match["console"], "".join(session(match["console"])))
        printed = run_python(match["code"], name, names)
        if match["language"] is None or same(match["shown"], printed):
            return whole
        start = match.start("shown") - match.start()
        return f"{whole[:start]}{printed}```\n"

    return EXAMPLE.sub(again, text)


def with_file(match: re.Match[str]) -> str:
    """Return a block with the present content of the file that it shows."""
    return match[0].replace(match["shown"], (ROOT / match["name"]).read_text(encoding="utf-8"))


def run_python(code: str, name: str, names: dict[str, object]) -> str:
    """Run a block, and return what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, f"<{name}>", "exec"), names)
    return with_end(out.getvalue())


def with_end(text: str) -> str:
    """Strip the end of a text, and end it with a newline."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def session(text: str) -> Iterator[str]:
    """Run the commands of a session, and write each with its real output."""
    status = 0
    for command, shown in commands(text):
        if command.strip() == "echo $?":
            printed = f"{status}\n"
        else:
            printed, status = run_command(command)
        yield f"$ {command}"
        yield shown if not shown or same(shown, printed) else printed


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Split a session into commands, each with the output below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        long = next(index for index, line in enumerate(lines) if not line.endswith("\\\n")) + 1
        yield "".join(lines[:long]), "".join(lines[long:])


def run_command(command: str) -> tuple[str, int]:
    """Run one command; return what it prints on both streams and its exit status."""
    words = shlex.split(command.replace("\\\n", " "))
    if words[0] != "cmprules":
        raise AssertionError(f"a session runs cmprules alone, not {words[0]!r}")
    given = io.TextIOWrapper(io.BytesIO(b""))
    if "<" in words:
        given = io.TextIOWrapper(io.BytesIO(Path(words.pop()).read_bytes()))
        words.remove("<")
    out = io.StringIO()
    with (contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), mock.patch.object(sys, "stdin", given),
          mock.patch.dict(os.environ, {"COLUMNS": "80"})):
        try:
            status = cmprules(words[1:])
        except SystemExit as stop:
            status = int(str(stop.code))
    return with_end(out.getvalue()), status


def main(paths: Iterable[Path]) -> None:
    """Refresh some pages."""
    os.chdir(ROOT)
    for path in paths:
        before = path.read_text(encoding="utf-8")
        after = refresh(before, str(path.relative_to(ROOT)))
        if after != before:
            print(path.relative_to(ROOT))
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main([ROOT / name for name in sys.argv[1:]] or pages())
