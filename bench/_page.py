"""The page of the benchmarks: every figure from the kept results, and the remarks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench._result import RESULTS, Environment, Figure, Ratio, Result, Row, number, read

__all__ = ["PAGE", "PICTURES", "page", "write_page"]

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "benchmarks.md"
PICTURES = PAGE.with_suffix("")
REMARKS = ROOT / "bench" / "remarks.toml"
AIMS = ROOT / "bench" / "aims.toml"
NO_BREAK = "&nbsp;"
THEMES = ("light", "dark")
ORDER = ("allocation", "population", "growth", "memory", "identity", "answers", "rendering", "reports", "start",
         "first", "spark", "engines")
WRITTEN = "<!-- Written by tasks/write_benchmarks.py; change what it is written from, never this page. -->"
INDEPENDENT = "*cmprules is independent of ASCP, and what it answers is not a decision of ASCP.*"
INTRODUCTION = """\
How fast cmprules is, compared with programs that people know.
A time says little without the machine, so every figure is a ratio to a named contestant of the same run; the time in \
seconds stands next to it, for those who have the same machine.
Figures are medians, with the fastest and the slowest run.

If contestants answer the same question, their answers are compared, and no result is kept if they differ.

## Measure it again

```sh
python -m pip install -e '.[bench,test]'
python -m bench --quick              # small sizes, to check that it works
python -m bench                      # everything on this page
python -m bench --only population    # one of them
```

Each benchmark runs in its own process; contestants take turns.
The results are kept as JSON in `bench/results`, and this page and its pictures are made from them.
Contestants that are not installed are left out, and named."""
Cells = Sequence[str]


def page(results: Path = RESULTS) -> str:
    """Write the page."""
    remarks = tomllib.loads(REMARKS.read_text(encoding="utf-8"))
    found = [read(path) for name in ORDER if (path := results / f"{name}.json").exists()]
    sections = ["\n\n".join(filter(None, _section(result, remarks[result.name]))) for result in found]
    parts = ["# Benchmarks", WRITTEN, INTRODUCTION, *sections, *_before_and_after(found), INDEPENDENT]
    return "\n\n".join(parts) + "\n"


def write_page() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")


def _section(result: Result, remarks: dict[str, Any]) -> Iterable[str]:
    """Write the section of one benchmark."""
    yield f"## {result.title} {{ #{result.name} }}"
    yield _sentences(result.what)
    if result.quick:
        yield "**Measured at small sizes, to see that it works: the figures say little.**"
    yield "\n".join(f"![{result.title}: the figures of the table, drawn]({PICTURES.name}/{result.name}.{theme}.svg"
                    f"#only-{theme})" for theme in THEMES)
    yield f"*Times* is how many times the median of {result.beside} it takes."
    yield _table(("Contestant", "Size", "Measured", "Times", "Median", "Least to most", "Runs"),
                 [_row(row, result) for row in result.rows], (3, 4, 5, 6))
    yield _table(("Of", "To", "Measured", "Ratio", "Aim"),
                 [_ratio(ratio) for ratio in result.ratios if ratio.growing is None], (3,))
    yield _table(("Figure", "Value", "Aim"), [_figure(figure) for figure in result.figures], (1,))
    yield _bullets([*remarks["fair"], *(_floor(text) for text in remarks["floor"]), *result.checks, *result.left_out])
    yield f"Measured on {result.date} by `{result.command}`: {_where(result.environment)}."


def _before_and_after(found: Sequence[Result]) -> Iterable[str]:
    """Write what was measured before the work on speed, next to the kept results and the aims."""
    aims = tomllib.loads(AIMS.read_text(encoding="utf-8"))
    rows = [(aim["what"], aim["before"], now, aim["aim"]) for aim in aims["aim"]
            if (now := _now(aim, found)) is not None]
    if rows:
        yield "## Before and after { #before-and-after }"
        yield _sentences(aims["about"])
        yield _table(("What", "Before", "Now", "Aim"), rows, (1, 2, 3))
        yield _bullets(aims["tried"])


def _now(aim: dict[str, Any], found: Sequence[Result]) -> str | None:
    """Find the figure of a kept result that belongs to an aim; None if it was not measured."""
    figures = [(figure.name, f"{number(figure.value)} {figure.unit}".strip())
               for result in found for figure in result.figures if result.name == aim["result"]]
    ratios = [(f"{ratio.of} / {ratio.to} / {ratio.measure}", number(ratio.value))
              for result in found for ratio in result.ratios if result.name == aim["result"]]
    return dict([*figures, *ratios]).get(aim["figure"])


def _row(row: Row, result: Result) -> Cells:
    """Write one contestant, compared with the named one."""
    beside = next((other for other in result.rows if other.contestant == result.beside and other.measure == row.measure
                   and (other.growing, other.size) in {(row.growing, row.size), (None, None)}), None)
    return (row.contestant, f"{row.size:,} {row.growing}" if row.growing else "", row.measure,
            number(row.median / beside.median) if beside else "", f"{number(row.median)} {row.unit}",
            " to ".join(map(number, row.spread)), str(row.repeats))


def _ratio(ratio: Ratio) -> Cells:
    return ratio.of, ratio.to, ratio.measure, number(ratio.value), _aim(ratio)


def _figure(figure: Figure) -> Cells:
    return figure.name, f"{number(figure.value)} {figure.unit}".strip(), _aim(figure)


def _aim(found: Ratio | Figure) -> str:
    """Write the aim, and whether it was reached."""
    if found.aim is None:
        return ""
    said = "met" if found.met else f"**missed** by a factor of {number(found.aim.off_by(found.value))}"
    return f"{found.aim.bound} {number(found.aim.value)}: {said}"


def _floor(text: str) -> str:
    return f"**What the floor is made of:** {text}"


def _where(environment: Environment) -> str:
    """Write where it was measured."""
    packages = ", ".join(f"{name} {version}" for name, version in environment.packages.items())
    return (f"{environment.python} on {environment.system}, {environment.processors} processors "
            f"({environment.processor}, {environment.machine}), {environment.memory_gb:g} GB of memory; {packages}")


def _sentences(text: str) -> str:
    """Write each sentence on its own line."""
    return text.replace(". ", ".\n")


def _bullets(entries: Sequence[str]) -> str:
    return "\n".join(f"* {entry}" for entry in entries)


def _table(head: Cells, rows: Sequence[Cells], right: Sequence[int]) -> str:
    """Write a table without its empty columns; numbers stay on one line with their units."""
    if not rows:
        return ""
    kept = [index for index in range(len(head)) if any(row[index] for row in rows)]
    rule = ["---:" if index in right else "---" for index in range(len(head))]
    whole = [[cell.replace(" ", NO_BREAK) if index in right else cell for index, cell in enumerate(row)]
             for row in rows]
    lines = [head, rule, *whole]
    return "\n".join("| " + " | ".join(line[index] for index in kept) + " |" for line in lines)
