"""Execute the notebooks of `docs/notebooks/`, keep their output, and write the page of each.

    python tasks/write_notebooks.py            # execute with a real kernel, and write notebooks and pages
    python tasks/write_notebooks.py --check    # execute, and fail if anything shows something else
    python tasks/write_notebooks.py --pages    # write the pages from the notebooks as they are

    python tasks/write_notebooks.py --html FOLDER    # pages as JupyterLab shows them, light and dark, for pictures

Needs the extra `notebooks`; `--pages` needs only the notebooks.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "notebooks"
WRITTEN = "<!-- Written by tasks/write_notebooks.py from {name}; change the notebook, never this page. -->"

Notebook = dict[str, Any]


def notebooks() -> list[Path]:
    """List the notebooks."""
    return sorted(FOLDER.glob("*.ipynb"))


def page_of(path: Path) -> Path:
    """Name the page of a notebook."""
    return path.with_suffix(".md")


def read(path: Path) -> Notebook:
    """Read a notebook as plain data."""
    found: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return found


def written(notebook: Notebook) -> str:
    """Write a notebook; the same content gives the same bytes."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


# ---------------------------------------------------------------------------------------------------------
# The page.


def page(notebook: Notebook, name: str) -> str:
    """Write the page of a notebook: its text, its code, and the output of each cell."""
    parts = [WRITTEN.format(name=name), *(part for cell in notebook["cells"] for part in _cell(cell)),
             f"[Download this notebook]({name})"]
    return "\n\n".join(parts) + "\n"


def _cell(cell: Notebook) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        yield _output(output)


def _output(output: Notebook) -> str:
    """Show an output: its HTML without empty lines, which would end the block; else its text."""
    data = output.get("data", {})
    if "text/html" in data:
        lines = [line for line in "".join(data["text/html"]).splitlines() if line.strip()]
        whole = "\n".join(lines).replace("<th></th>", "<td></td>")  # an empty corner is not a heading
        return f'<div class="shown" tabindex="0">\n{whole}\n</div>'
    text = "".join(output.get("text") or data["text/plain"])
    return f"```text\n{text.rstrip()}\n```"


# ---------------------------------------------------------------------------------------------------------
# Execution.


def executed(path: Path) -> Notebook:
    """Execute a notebook with a kernel of this Python, and drop what differs from run to run."""
    nbformat, nbclient = import_module("nbformat"), import_module("nbclient")
    node = nbformat.read(path, as_version=4)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    nbclient.NotebookClient(node, timeout=600, kernel_name="python3",
                            resources={"metadata": {"path": str(FOLDER)}}).execute()
    plain: Notebook = json.loads(nbformat.writes(node))
    plain["metadata"] = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    for number, cell in enumerate(plain["cells"]):
        cell["metadata"], cell["id"] = {}, f"cell-{number}"
        if cell["cell_type"] == "code":
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
    return plain


def as_in_jupyterlab(notebook: Notebook, theme: str) -> str:
    """Write a page that looks like the notebook in JupyterLab, without any external script."""
    exporter = import_module("nbconvert").HTMLExporter(
        template_name="lab", theme=theme, mathjax_url="", require_js_url="", jquery_url="")
    body, _ = exporter.from_notebook_node(import_module("nbformat").reads(json.dumps(notebook), as_version=4))
    return str(body)


def main(arguments: list[str]) -> int:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="execute, write nothing, and fail if anything differs")
    what.add_argument("--pages", action="store_true", help="write the pages from the notebooks as they are")
    what.add_argument("--html", metavar="FOLDER", type=Path, help="write pages as JupyterLab shows them")
    asked = parser.parse_args(arguments)
    differing = 0
    for path in notebooks():
        print(path.name, flush=True)
        if asked.html:
            _write_html(path, asked.html)
        elif asked.check:
            differing += _differs(path)
        else:
            notebook = read(path) if asked.pages else executed(path)
            path.write_text(written(notebook), encoding="utf-8")
            page_of(path).write_text(page(notebook, path.name), encoding="utf-8")
    return int(differing > 0)


def _write_html(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        (folder / f"{path.stem}-{theme}.html").write_text(as_in_jupyterlab(read(path), theme), encoding="utf-8")


def _differs(path: Path) -> bool:
    """Execute a notebook, and print where its output differs from what is kept."""
    kept, now = path.read_text(encoding="utf-8"), written(executed(path))
    sys.stdout.writelines(f"{line[:200]}\n" for line in difflib.unified_diff(
        kept.splitlines(), now.splitlines(), "kept", "executed", lineterm=""))
    return kept != now


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
