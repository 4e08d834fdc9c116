"""Measure a tree of sources: `python tasks/measure_house.py src/cmprules [another/src/cmprules ...]`.

Prints a row for each: modules, lines, the lengths of functions without their docstrings (median, p90, longest,
how many over 40), imports of the package's own modules for each module, the share of lines that import or list names,
lines of comments for each line of code, rooms, floors, and import cycles.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

LONG = 40


def _spans(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def function_lengths(tree: ast.Module) -> Iterator[int]:
    """Measure the length of every function without its docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _spans(node) - (_spans(node.body[0]) if ast.get_docstring(node) else 0)


def overhead(tree: ast.Module) -> int:
    """Count the lines that import, and those of `__all__`."""
    lists = [node for node in tree.body if isinstance(node, ast.Assign)
             and any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return sum(map(_spans, [*lists, *imports]))


def own_imports(tree: ast.Module, known: set[str], package: str) -> set[str]:
    """Name the modules of the package that a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            names = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= names or {str(node.module)}
    return found


def comments(text: str) -> int:
    """Count the comments."""
    return sum(token.type == tokenize.COMMENT for token in tokenize.generate_tokens(io.StringIO(text).readline))


def code_lines(text: str, tree: ast.Module) -> int:
    """Count the lines that are neither empty, nor a comment, nor part of a docstring."""
    docs = {line for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and ast.get_docstring(node) for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)}
    return sum(bool(line.strip()) and not line.strip().startswith("#") and number not in docs
               for number, line in enumerate(text.splitlines(), 1))


def _levels(graph: dict[str, set[str]]) -> int | None:
    """Count the levels of a graph; None if it has a cycle."""
    level: dict[str, int] = {}
    try:
        for name in TopologicalSorter(graph).static_order():
            level[name] = 1 + max((level[other] for other in graph.get(name, ())), default=0)
    except CycleError:
        return None
    return max(level.values())


def measure(root: Path) -> dict[str, object]:
    """Measure one tree."""
    paths = sorted(root.rglob("*.py"))
    names = {path: ".".join((root.name, *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
             for path in paths}
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    lengths = [length for tree in trees.values() for length in function_lengths(tree)]
    imports = {names[path]: own_imports(tree, set(names.values()), root.name) - {names[path]}
               for path, tree in trees.items()}
    rooms = {name: {other.split(".")[1] for there, found in imports.items() if there.split(".")[1:2] == [name]
                    for other in found if "." in other} - {name}
             for name in {there.split(".")[1] for there in imports if "." in there}}
    inner = {name: {other for other in found if not name.startswith(f"{other}.")} - {root.name}
             for name, found in imports.items()}
    lines = sum(len(text.splitlines()) for text in texts.values())
    code = sum(code_lines(texts[path], tree) for path, tree in trees.items())
    return {
        "modules": len(paths), "lines": lines, "median": median(lengths), "p90": quantiles(lengths, n=10)[-1],
        "longest": max(lengths), "over 40": sum(length > LONG for length in lengths),
        "own imports a module": round(sum(map(len, imports.values())) / len(paths), 2),
        "import and __all__ lines": f"{sum(map(overhead, trees.values())) / lines:.1%}",
        "comments a line of code": f"{sum(map(comments, texts.values())) / code:.1%}",
        "rooms": len(rooms), "arrows": sum(map(len, rooms.values())), "levels of rooms": _levels(rooms),
        "levels of modules": _levels(inner), "largest module": max(len(text.splitlines()) for text in texts.values()),
    }


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        print(folder)
        for what, value in measure(Path(folder)).items():
            print(f"  {what:26} {value}")
