"""The cycles of a timeline as a drawing: a bar for each, its window, the day, and a legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from cmprules._answers.render.blocks import Picture
from cmprules._answers.render.drawing import drawn, placed_legend, text_at
from cmprules.timelines._values import Timeline, TimelineEvent

_ROW, _TOP, _THICK, _LEGEND = 46, 20, 12, 26


@attrs.frozen
class _Scale:
    """The scale from days to positions across the drawing, in hundredths of a percent of its width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the position of a day in percent."""
        return (day - self.first).days * 10_000 // max(1, (self.last - self.first).days) / 100


def picture_of(timeline: Timeline) -> Picture | None:
    """Draw the cycles; None if there is none."""
    cycles = [event for event in timeline.events
              if event.code == "ACTIVITIES_COUNT" and "/last_years/" not in event.key]
    if not cycles:
        return None
    scale = _Scale(min(timeline.on, *(cycle.starts_on for cycle in cycles)),
                   max(timeline.on, *(cycle.ends_on for cycle in cycles)))
    height = _TOP + _ROW * len(cycles) + _LEGEND
    rows = [line for place, cycle in enumerate(cycles)
            for line in _row(cycle, timeline.events, _TOP + _ROW * place, scale)]
    legend = placed_legend([("t", "cycle", 0), ("c", "window to declare", 78), ("n", "today", 226)], height - 6)
    said = "; ".join(f"{cycle.name}: {cycle.starts_on} to {cycle.ends_on}" for cycle in cycles)
    return Picture(drawn(f"Cycles, seen on {timeline.on}", f"{said}. The darker part is the window of the declaration.",
                         height, [*rows, *_today(timeline.on, height - _LEGEND, scale), *legend]))


def _row(cycle: TimelineEvent, events: Sequence[TimelineEvent], top: int, scale: _Scale) -> Iterator[str]:
    """Draw one cycle: its name and days, its bar, and its window within it."""
    days = {event.code: event.starts_on for event in events if event.credentials == cycle.credentials}
    start, end = scale.at(cycle.starts_on), scale.at(cycle.ends_on)
    yield text_at("0", top + 14, f"{cycle.name}: {cycle.starts_on} to {cycle.ends_on}")
    yield _bar("t", start, end, top + 20)
    yield _bar("c", max(start, scale.at(days["WINDOW_OPENS"])), end, top + 20)


def _bar(kind: str, left: float, right: float, top: int) -> str:
    return (f'<rect class="{kind}" x="{left}%" y="{top}" width="{max(0.5, round(right - left, 2))}%" '
            f'height="{_THICK}"/>')


def _today(on: date, bottom: int, scale: _Scale) -> Iterator[str]:
    """Draw the day of the timeline, named above the bars."""
    place = scale.at(on)
    yield f'<line class="n" x1="{place}%" y1="18" x2="{place}%" y2="{bottom}"/>'
    yield text_at(f"{place}%", 13, f"{on}", "end" if place > 50 else "start")
