"""A drawing of plans: the cost of each against its hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import attrs

from cmprules._answers.render.blocks import Picture
from cmprules._answers.render.drawing import drawn, text_at
from cmprules._answers.render.words import counted, dollars
from cmprules._kit.points import decimal_text
from cmprules.planning._values import FrontPoint

_HEIGHT, _TOP, _BOTTOM, _LEFT, _RIGHT = 240, 34, 190, 18, 92
"""In pixels from above; in percent from the left."""


@attrs.frozen
class _Scale:
    """The scale from amounts to positions along one side of the drawing."""

    least: Decimal
    most: Decimal

    def at(self, amount: Decimal, first: int, last: int) -> int:
        """Return the position of an amount, given in hundredths of the unit of the side."""
        return 100 * first + int(100 * (last - first) * (amount - self.least) / max(self.most - self.least, Decimal(1)))


def front_picture(points: Sequence[FrontPoint]) -> Picture:
    """Draw the plans as numbered points, joined by a line of steps."""
    costs = _Scale(min(point.cost for point in points), max(point.cost for point in points))
    hours = _Scale(min(point.hours for point in points), max(point.hours for point in points))
    places = [(costs.at(point.cost, _LEFT, _RIGHT) / 100, hours.at(point.hours, _BOTTOM, _TOP) // 100)
              for point in points]
    said = "; ".join(f"plan {place}: {dollars(point.cost)}, {counted(point.hours, 'hour')}"
                     for place, point in enumerate(points, 1))
    return Picture(drawn("Cost of each plan against its hours", f"{said}.", _HEIGHT, [
        *_axes(costs, hours), *(_step(*pair) for pair in pairwise(places)),
        *(line for place, at in enumerate(places, 1) for line in _point(place, *at))]))


def _axes(costs: _Scale, hours: _Scale) -> Iterator[str]:
    """Draw both axes with their smallest and largest values."""
    yield f'<line class="a" x1="13%" y1="{_TOP - 12}" x2="13%" y2="{_BOTTOM + 16}"/>'
    yield f'<line class="a" x1="13%" y1="{_BOTTOM + 16}" x2="100%" y2="{_BOTTOM + 16}"/>'
    yield text_at("0", 14, "hours")
    yield text_at("11.5%", _TOP + 5, decimal_text(hours.most), "end")
    if hours.least != hours.most:
        yield text_at("11.5%", _BOTTOM + 5, decimal_text(hours.least), "end")
    yield text_at(f"{_LEFT}%", _HEIGHT - 14, dollars(costs.least), "middle")
    if costs.least != costs.most:
        yield text_at(f"{_RIGHT}%", _HEIGHT - 14, dollars(costs.most), "middle")
    yield text_at("55%", _HEIGHT - 14, "cost", "middle")


def _step(one: tuple[float, int], other: tuple[float, int]) -> str:
    return f'<line class="l" x1="{one[0]}%" y1="{one[1]}" x2="{other[0]}%" y2="{other[1]}"/>'


def _point(number: int, left: float, top: int) -> Iterator[str]:
    yield f'<circle class="c" cx="{left}%" cy="{top}" r="5"/>'
    yield text_at(f"{left}%", top - 9, str(number), "middle")
