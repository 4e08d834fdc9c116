"""Bars as a drawing: its words keep their size on every screen, and signs, not colors alone, tell the parts apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from cmprules._answers.render.blocks import Bar, Bars, clean

__all__ = ["bars_svg"]

_ROW, _THICK, _LEGEND = 40, 12, 26


def bars_svg(block: Bars) -> str:
    """Draw bars one below the other, each as long as what it asks for, with a legend below."""
    legend = list(_legend(block.bars))
    height = _ROW * len(block.bars) + (_LEGEND if legend else 0)
    said = "; ".join(f"{bar.name}: {bar.words}" for bar in block.bars)
    rows = [line for place, bar in enumerate(block.bars) for line in _row(bar, _ROW * place)]
    return "\n".join([
        f'<svg role="img" width="100%" height="{height}">', f"<title>{_escaped(block.title)}</title>",
        f"<desc>{_escaped(said)}.</desc>", *rows, *_placed(legend, height - 6), "</svg>"])


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


def _row(bar: Bar, top: int) -> Iterator[str]:
    """Draw one bar below its name and its amounts."""
    yield f'<text x="0" y="{top + 15}">{_escaped(bar.name)}</text>'
    yield f'<text x="100%" y="{top + 15}" text-anchor="end">{_escaped(bar.words.replace("depends on an ", ""))}</text>'
    yield _part("t", Decimal(0), Decimal(1), Decimal(1), top + 21)
    start = Decimal(0)
    kinds = (("u" if bar.open else "c", bar.counted), ("u", bar.unconfirmed), ("m", bar.missing))
    for kind, amount in kinds:
        if amount:
            yield _part(kind, start, amount, bar.required, top + 21)
            start += amount


def _part(kind: str, start: Decimal, amount: Decimal, whole: Decimal, top: int) -> str:
    """Draw a part of a bar; what is not counted is drawn as an outline a little smaller than its place."""
    left, width = (f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") for part in (start, amount))
    inset = 1 if kind in "um" else 0
    return (f'<rect class="{kind}" x="{left}%" y="{top + inset}" width="{width}%" height="{_THICK - 2 * inset}" '
            'rx="2"/>')


def _legend(bars: tuple[Bar, ...]) -> Iterator[tuple[str, str]]:
    """List what the parts mean, unless every bar is full."""
    if all(bar.counted and not bar.open and bar.counted == bar.required for bar in bars):
        return
    yield "c", "counted"
    if any(bar.unconfirmed or bar.open for bar in bars):
        yield "u", "not confirmed"
    if any(bar.missing for bar in bars):
        yield "m", "missing"


def _placed(legend: list[tuple[str, str]], bottom: int) -> Iterator[str]:
    """Draw the legend from left to right."""
    for place, (kind, word) in zip((0, 90, 212), legend, strict=False):
        yield f'<rect class="{kind}" x="{place + 1}" y="{bottom - 10}" width="14" height="10" rx="2"/>'
        yield f'<text x="{place + 21}" y="{bottom}">{word}</text>'
