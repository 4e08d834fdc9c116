"""The cycles of a timeline as a drawing: a bar for each, its window, its marks, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

import attrs

from cmprules._answers.render.blocks import Picture
from cmprules.timelines._values import Timeline, TimelineEvent

__all__ = ["picture_of"]

_WIDTH, _LEFT, _ROW, _TOP = 860, 10, 46, 24


@attrs.frozen
class _Scale:
    """From days to places across the drawing."""

    first: date
    last: date

    def at(self, day: date) -> int:
        """Give the place of a day."""
        return _LEFT + (day - self.first).days * (_WIDTH - 2 * _LEFT) // max(1, (self.last - self.first).days)


def picture_of(timeline: Timeline) -> Picture | None:
    """Draw the cycles; None if there is none."""
    cycles = [event for event in timeline.events
              if event.code == "ACTIVITIES_COUNT" and "/last_years/" not in event.key]
    if not cycles:
        return None
    scale = _Scale(min(timeline.on, *(cycle.starts_on for cycle in cycles)),
                   max(timeline.on, *(cycle.ends_on for cycle in cycles)))
    rows = [line for place, cycle in enumerate(cycles) for line in _row(cycle, timeline.events, place, scale)]
    height = _TOP + _ROW * len(cycles) + 6
    said = "; ".join(f"{cycle.name}: {cycle.starts_on} to {cycle.ends_on}" for cycle in cycles)
    return Picture("\n".join([
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" font-size="12" fill="currentColor">',
        f"<title>Cycles, seen on {timeline.on}</title>",
        f"<desc>{escape(said)}. The darker part is the window of the declaration.</desc>",
        *rows, *_today(timeline.on, height, scale), "</svg>",
    ]))


def _row(cycle: TimelineEvent, events: Sequence[TimelineEvent], place: int, scale: _Scale) -> Iterator[str]:
    """Draw one cycle: its bar, its window within it, its days in words."""
    top = _TOP + _ROW * place
    days = {event.code: event.starts_on for event in events if event.credentials == cycle.credentials}
    start, end = scale.at(cycle.starts_on), scale.at(cycle.ends_on)
    yield _bar(start, end, top + 18, "0.18")
    yield _bar(max(start, scale.at(days["WINDOW_OPENS"])), end, top + 18, "0.7")
    yield _words(start, end, top + 12, f"{cycle.name}: {cycle.starts_on} to {cycle.ends_on}")


def _bar(left: int, right: int, top: int, opacity: str) -> str:
    return (f'<rect x="{left}" y="{top}" width="{max(1, right - left)}" height="14" '
            f'fill-opacity="{opacity}"/>')


def _words(left: int, right: int, top: int, text: str) -> str:
    """Write words from the left on, or, in the right half, up to the right."""
    place, anchor = (right, "end") if left > _WIDTH // 2 else (left, "start")
    return f'<text x="{place}" y="{top}" text-anchor="{anchor}">{escape(text)}</text>'


def _today(on: date, height: int, scale: _Scale) -> Iterator[str]:
    """Draw the day on which the timeline is seen."""
    place = scale.at(on)
    yield f'<line x1="{place}" y1="16" x2="{place}" y2="{height - 4}" stroke="#b42318" stroke-width="1.5"/>'
    yield _words(place, place, 12, f"{on}")
