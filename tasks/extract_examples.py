"""Write the Python of every page to a module of its own, for a type checker.

    python tasks/extract_examples.py FOLDER

All blocks of a page form one module, just as they are run.  Every line keeps its line number on the page, so that a
finding of the checker can be looked up there.
"""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "refresh_examples.py"))
BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def module(text: str) -> str:
    """Extract the Python of a page; every line keeps its number."""
    lines = [""] * text.count("\n")
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1))
        code = block[1].splitlines()
        lines[first:first + len(code)] = code
    return "".join(f"{line}\n" for line in lines)


def modules() -> dict[str, str]:
    """Return the module of every page that has Python, by file name."""
    found = {}
    for path in PAGES["pages"]():
        text = path.read_text(encoding="utf-8")
        if BLOCK.search(text):
            name = re.sub(r"\W", "_", path.relative_to(ROOT).with_suffix("").as_posix())
            found[f"{name}.py"] = module(text)
    return found


def main(folder: Path) -> None:
    """Write the modules."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in modules().items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{len(modules())} pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
