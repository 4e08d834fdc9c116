"""Draws the history of a credential's tables as a line: what each era asks for, by body and edition.

The picture is 340 pixels wide, so that a phone shows it at full size, and no letter is smaller than 12.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import NamedTuple

from cmprules._answers.render.words import brief, points
from cmprules._kit.points import decimal_text
from cmprules._policy.book import PointsRow, PolicyBook

WIDTH, LEFT, APART, LINE, GAP, LETTER = 340, 98, 20, 17, 16, 6.4
"""In pixels: width, left edge of the first track, distance of tracks, line height, gap between eras, letter width."""

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2937; }
.total { font-weight: 600; }
.day, .note { fill: #4b5563; }
path, circle { fill: none; stroke-width: 3; }
.t0 { stroke: #0f766e; } .t1 { stroke: #b45309; } .t2 { stroke: #6d28d9; } .t3 { stroke: #475569; }
circle { fill: #ffffff; }
.open { stroke-dasharray: 3 5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e5e7eb; }
  .day, .note { fill: #b6bec9; }
  .t0 { stroke: #2dd4bf; } .t1 { stroke: #fbbf24; } .t2 { stroke: #c4b5fd; } .t3 { stroke: #94a3b8; }
  circle { fill: #1f2937; }
}
"""


class Step(NamedTuple):
    """The beginning of an era: its day, its total, what is new, and whether it is established."""

    day: date
    total: str
    new: tuple[str, ...]
    established: bool


class Track(NamedTuple):
    """One line of the picture: a body, with its edition where editions differ."""

    name: str
    steps: tuple[Step, ...]


def _asked(row: PointsRow) -> Mapping[str, Decimal]:
    return {cell.of: cell.figure.value for cell in row.cells} if row.established else {}


def _new(before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> Iterator[str]:
    for name in dict.fromkeys([*now, *before]):
        was, is_now = before.get(name, Decimal()), now.get(name, Decimal())
        if name != "total" and was != is_now:
            change = f"{decimal_text(was)}\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}" if before else ""
            yield f"{brief(name)}\N{NO-BREAK SPACE}{change}{decimal_text(is_now)}"


def steps_of(rows: Sequence[PointsRow]) -> tuple[Step, ...]:
    """Find what each era of a table asks for, and what it changes.

    >>> import cmprules
    >>> [step.new for step in steps_of(cmprules.load_book("2026.1").tables["PBT(ASCP)"])][-1]
    ('no change',)
    """
    found, before = [], dict[str, Decimal]()
    for row in rows:
        now = _asked(row)
        total = points(now["total"]) if now else "Not established"
        new = tuple(_new(before, now)) or ("no change",)
        found.append(Step(row.starts_on, total, new if now else (), row.established))
        before = dict(now)
    return tuple(found)


def _like(steps: Sequence[Step], others: Sequence[Step]) -> tuple[Step, ...]:
    """Shorten the first step if it repeats what another table asks for on that day."""
    first, *rest = steps
    held = [step for step in others if step.day <= first.day]
    if held and held[-1].total == first.total:
        first = first._replace(new=("begins",))
    return (first, *rest)


def tracks(code: str, bodies: Sequence[str], books: Sequence[PolicyBook]) -> list[Track]:
    """List the lines of the picture; editions with the same eras share one."""
    found: list[Track] = []
    for body in bodies:
        every = [(book.edition, steps_of(book.tables[f"{code}({body})"])) for book in books]
        same = len({steps for _, steps in every}) == 1
        for edition, steps in every[-1:] if same else every:
            name = f"{code}({body})" + ("" if same else f", edition {edition}")
            found.append(Track(name, _like(steps, found[0].steps) if found and body != bodies[0] else steps))
    return found


def _events(lines: Sequence[Track]) -> list[tuple[Step, list[int]]]:
    """Sort the steps of all tracks, and join equal ones."""
    found: dict[Step, list[int]] = {}
    for index, track in enumerate(lines):
        for step in track.steps:
            found.setdefault(step, []).append(index)
    return sorted(found.items(), key=lambda event: event[0].day)


def told(lines: Sequence[Track]) -> str:
    """Describe the history in one sentence for people who cannot see the picture."""
    parts = []
    for step, which in _events(lines):
        names = f", {' and '.join(lines[index].name for index in which)}" if len(lines) > 1 else ""
        new = f" ({', '.join(step.new)})" if step.new else ""
        parts.append(f"{step.day}{names}: {step.total}{new}".replace("\N{NO-BREAK SPACE}", " "))
    return f"Eras by last day. {'; '.join(parts)}"


def _text(x: float, y: float, words: str, look: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{look}">{escape(words)}</text>'


def _said(step: Step, which: Sequence[int], lines: Sequence[Track], wide: int) -> list[str]:
    """Break the text of an era into lines; the first is its total."""
    apart = len({track.name.partition(",")[0] for track in lines}) < len(lines) or len(which) < len(lines)
    names = [lines[index].name for index in which] if apart and len(lines) > 1 else []
    body = [part for text in (*names, ", ".join(step.new)) for part in textwrap.wrap(text, wide)]
    return [step.total, *body]


def draw(lines: Sequence[Track], ending: Sequence[str]) -> str:
    """Draw the picture, with `ending` at its foot."""
    right = LEFT + APART * (len(lines) - 1) + 16
    wide = int((WIDTH - right) / LETTER)
    shapes, nodes, y = [], [list[tuple[float, Step]]() for _ in lines], 12.0
    for index, track in enumerate(lines):
        shapes += [f'<path class="t{index}" d="M0 {y - 4:g}h22"/>', _text(30, y, track.name, "note")]
        y += LINE + 3
    y += GAP
    for step, which in _events(lines):
        for index in which:
            nodes[index].append((y - 4, step))
        shapes.append(_text(0, y, step.day.isoformat(), "day"))
        for number, words in enumerate(_said(step, which, lines, wide)):
            shapes.append(_text(right, y, words, "note" if number else "total"))
            y += LINE
        y += GAP
    shapes = [*_lines(nodes, y), *shapes]
    for words in ending:
        y += LINE
        shapes.append(_text(0, y, words, "note"))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {WIDTH + 2} {y + 8:g}" width="{WIDTH + 2}" '
            f'height="{y + 8:g}" role="img">\n<title>{escape(told(lines))}</title>\n<style>{STYLE}</style>\n'
            + "\n".join(shapes) + "\n</svg>\n")


def _lines(nodes: Sequence[Sequence[tuple[float, Step]]], end: float) -> Iterator[str]:
    """Draw each track from its first era to the end, dashed where nothing is established."""
    for index, track in enumerate(nodes):
        x = LEFT + APART * index
        for (y, step), following in zip(track, [*(at for at, _ in track[1:]), end - 6], strict=True):
            yield f'<path class="t{index}{"" if step.established else " open"}" d="M{x} {y:g}V{following:g}"/>'
        for y, _ in track:
            yield f'<circle class="t{index}" cx="{x}" cy="{y:g}" r="5"/>'
