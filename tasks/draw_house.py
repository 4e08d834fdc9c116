"""Draw the house from its imports: `python tasks/draw_house.py` writes `docs/explanation/house.svg`.

The floors come from `.importlinter`, the rooms and arrows from the sources.  An arrow that follows from two others is
left out, which keeps the picture readable.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "cmprules"
TARGET = ROOT / "docs" / "explanation" / "house.svg"

WAY_OF_A_RECORD = ("_cli", "_answers", "_rules", "_policy", "_facts", "_kit")
"""The rooms that a record passes on its way to an answer."""

WIDTH, FLOOR, HIGH, MARGIN, LETTER = 960, 96, 46, 20, 7.4


def floors() -> list[list[str]]:
    """List the rooms of each floor of the import contract, the highest first."""
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    block = re.search(r"^layers =\n((?:    .+\n)+)", text, re.MULTILINE)
    assert block is not None
    return [[room.strip() for room in line.split("|")] for line in block[1].splitlines()]


def room_of(path: Path) -> str:
    """Return the room of a module: the folder or file directly under the package."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def modules() -> dict[str, int]:
    """Count the modules of each room."""
    found: dict[str, int] = {}
    for path in SOURCE.rglob("*.py"):
        found[room_of(path)] = found.get(room_of(path), 0) + 1
    return found


def arrows() -> dict[str, set[str]]:
    """Find which rooms each room imports from."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        here = room_of(path)
        found.setdefault(here, set()).update(room for room in _imported(path) if room != here)
    return found


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and every statement in it, without the expressions, which are most of a tree."""
    yield node
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for statement in getattr(node, name, ()):
            yield from statements(statement)


def _imported(path: Path) -> Iterator[str]:
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cmprules."):
            yield str(node.module).split(".")[1]


def shortest(found: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Leave out every arrow that follows from others."""
    def reached(room: str) -> set[str]:
        direct = found.get(room, set())
        return direct.union(*map(reached, direct)) if direct else set()

    return sorted((room, other) for room, direct in found.items() for other in direct
                  if not any(other in reached(between) for between in direct - {other}))


def _places(plan: list[list[str]]) -> dict[str, tuple[float, float, float]]:
    """Return the left edge, the top and the width of each room."""
    found: dict[str, tuple[float, float, float]] = {}
    for number, rooms in enumerate(plan):
        widths = [max(len(room) * LETTER + 26, 84) for room in rooms]
        gap = (WIDTH - 2 * MARGIN - sum(widths)) / (len(rooms) + 1)
        left = MARGIN + gap
        for room, width in zip(rooms, widths, strict=True):
            found[room] = (left, MARGIN + number * FLOOR, width)
            left += width + gap
    return found


def draw() -> str:
    """Draw floors, rooms and arrows as SVG; colors follow the page's theme."""
    plan, counts = floors(), modules()
    places = _places(plan)
    lines = [*_head(len(plan)), *(_arrow(one, other, places) for one, other in shortest(arrows())
                                  if one in places and other in places)]
    lines += [_room(room, counts[room], places[room]) for rooms in plan for room in rooms]
    return "\n".join([*lines, "</svg>"]) + "\n"


STYLE = (
    "rect{fill:#fff;stroke:#5b6b7b}rect.way{fill:#e3f0ec;stroke:#0b6e5b;stroke-width:2}"
    "text{fill:#1c2733;font-size:14px}text.small{font-size:11px;fill:#46545f}"
    "path{fill:none;stroke:#9aa7b2}path.way{stroke:#0b6e5b;stroke-width:2}"
    "@media(prefers-color-scheme:dark){rect{fill:#1d262e;stroke:#8fa0ae}rect.way{fill:#12352d;stroke:#5fd3b5}"
    "text{fill:#e8eef2}text.small{fill:#b8c4cd}path{stroke:#5c6a75}path.way{stroke:#5fd3b5}}"
)
DESCRIPTION = (
    "Floors from the command line at the top to closed lists of words at the bottom. "
    "Arrows point down to what a room imports. The way of a record is drawn in a heavier line."
)


def _head(floors_drawn: int) -> list[str]:
    height = 2 * MARGIN + (floors_drawn - 1) * FLOOR + HIGH
    opening = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
               'aria-labelledby="house-title house-text" font-family="system-ui, sans-serif">')
    return [opening, '<title id="house-title">The rooms of cmprules and what each imports</title>',
            f'<desc id="house-text">{DESCRIPTION}</desc>', f"<style>{STYLE}</style>"]


def _on_the_way(*rooms: str) -> str:
    return ' class="way"' if all(room in WAY_OF_A_RECORD for room in rooms) else ""


def _arrow(one: str, other: str, places: dict[str, tuple[float, float, float]]) -> str:
    """Draw an arrow from the foot of a room to the head of another."""
    (left, top, width), (to_left, to_top, to_width) = places[one], places[other]
    x, y, to_x = left + width / 2, top + HIGH, to_left + to_width / 2
    middle = (y + to_top) / 2
    return (f'<path{_on_the_way(one, other)} d="M{x:.0f} {y} C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} '
            f'{to_x:.0f} {to_top}"/>')


def _room(room: str, count: int, place: tuple[float, float, float]) -> str:
    """Draw one room with its name and the number of its modules."""
    left, top, width = place
    middle = left + width / 2
    return (f'<rect{_on_the_way(room)} x="{left:.0f}" y="{top}" width="{width:.0f}" height="{HIGH}" rx="6"/>'
            f'<text x="{middle:.0f}" y="{top + 20}" text-anchor="middle">{escape(room)}</text>'
            f'<text class="small" x="{middle:.0f}" y="{top + 37}" text-anchor="middle">'
            f'{count} module{"" if count == 1 else "s"}</text>')


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.relative_to(ROOT)}")
