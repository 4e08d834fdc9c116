"""Draw how a part of a population is decided: `python tasks/draw_part.py` writes `docs/explanation/part.svg`.

One table here lists the steps, each with the modules of `cmprules.batch` that do it.  A test compares their names with
the tree, and the rooms of the kernel with the kernel's own list.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "explanation" / "part.svg"


class Step(NamedTuple):
    """A step: what it does, the modules that do it, and which holders leave here, if any."""

    title: str
    modules: tuple[str, ...]
    leaves: str = ""


FAULTS, SCALAR = "faults", "decide"
STEPS = (
    Step("Read every distinct value once", ("_sources", "_plain", "_columns")),
    Step("Bring the rows of each holder together", ("_holders", "_people")),
    Step("Set aside holders with a row that cannot be read", ("_boards", "_refusals"), FAULTS),
    Step("Find cycle, tables and window of each credential", ("_compiled", "_plan")),
    Step("Find the questions that the kernel does not handle", ("_doubts",), SCALAR),
    Step("Judge each activity", ("_kernel.judging",)),
    Step("Settle what may be one activity", ("_kernel.gathering", "_kernel.relating", "_kernel.grouping")),
    Step("Prove the shortfall", ("_kernel.items", "_kernel.proving")),
    Step("Keep activities whole", ("_kernel.ordering", "_kernel.placing", "_kernel.keeping"), SCALAR),
    Step("Grade, and find the questions that matter", ("_kernel.grading", "_kernel.reviewing"), SCALAR),
    Step("Write the columns of the answers", ("_shares", "_answers")),
)
ENDS = {FAULTS: ("The table of faults", "one row for each fault"),
        SCALAR: ("decide, one by one", "_asking")}
WIDTH, HIGH, GAP, MARGIN, BOX, END_LEFT, END_WIDTH = 960, 46, 20, 20, 560, 700, 240
STYLE = (
    "rect{fill:#fff;stroke:#5b6b7b}rect.kernel{fill:#e3f0ec;stroke:#0b6e5b;stroke-width:2}"
    "text{fill:#1c2733;font-size:14px}text.small{font-size:11px;fill:#46545f}"
    "path{fill:none;stroke:#5b6b7b;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){rect{fill:#1d262e;stroke:#8fa0ae}rect.kernel{fill:#12352d;stroke:#5fd3b5}"
    "text{fill:#e8eef2}text.small{fill:#b8c4cd}path{stroke:#8fa0ae}}"
)
DESCRIPTION = (
    "Steps from rows to answers, top to bottom; steps of the compiled kernel have a heavier frame. "
    "Lines to the right show who leaves the way: to the table of faults, or to decide, which leads to the last step."
)


def draw() -> str:
    """Draw the steps and the exits as SVG; colors follow the page's theme."""
    height = 2 * MARGIN + len(STEPS) * (HIGH + GAP) - GAP
    opening = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
               'aria-labelledby="part-title part-text" font-family="system-ui, sans-serif">')
    lines = [opening, '<title id="part-title">How a part of a population is decided</title>',
             f'<desc id="part-text">{DESCRIPTION}</desc>', f"<style>{STYLE}</style>"]
    for number, step in enumerate(STEPS):
        below = _top(number) + HIGH
        if number + 1 < len(STEPS):
            lines.append(f'<path d="M{MARGIN + BOX // 2} {below} v{GAP}"/>')
        lines.append(_box(MARGIN, _top(number), BOX, step.title, ", ".join(step.modules),
                          kernel=step.modules[0].startswith("_kernel")))
    return "\n".join([*lines, *(line for end in ENDS for line in _end(end)), _back(), "</svg>"]) + "\n"


def _top(number: int) -> int:
    return MARGIN + number * (HIGH + GAP)


def _box(left: int, top: int, width: int, title: str, small: str, *, kernel: bool = False) -> str:
    """Draw a box with a title and a smaller line."""
    middle, shade = left + width // 2, ' class="kernel"' if kernel else ""
    return (f'<rect{shade} x="{left}" y="{top}" width="{width}" height="{HIGH}" rx="6"/>'
            f'<text x="{middle}" y="{top + 20}" text-anchor="middle">{escape(title)}</text>'
            f'<text class="small" x="{middle}" y="{top + 37}" text-anchor="middle">{escape(small)}</text>')


def _place(end: str) -> int:
    """Return the top of an end, centered on the steps that lead to it."""
    tops = [_top(number) for number, step in enumerate(STEPS) if step.leaves == end]
    return sum(tops) // len(tops)


def _back() -> str:
    """Draw the line from `decide` back to the last step, which writes all answers."""
    middle, last = END_LEFT + END_WIDTH // 2, _top(len(STEPS) - 1) + HIGH // 2
    return f'<path d="M{middle} {_place(SCALAR) + HIGH} V{last} H{MARGIN + BOX}"/>'


def _end(end: str) -> list[str]:
    """Draw an exit, centered on the steps that lead to it."""
    numbers, top = [number for number, step in enumerate(STEPS) if step.leaves == end], _place(end)
    title, small = ENDS[end]
    arrows = [f'<path d="M{MARGIN + BOX} {_top(number) + HIGH // 2} C{END_LEFT - 60} {_top(number) + HIGH // 2} '
              f'{END_LEFT - 60} {top + HIGH // 2} {END_LEFT} {top + HIGH // 2}"/>' for number in numbers]
    return [*arrows, _box(END_LEFT, top, END_WIDTH, title, small)]


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.relative_to(ROOT)}")
