"""Bars as a drawing: words keep their size on every screen, and signs as well as colors distinguish the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

from cmprules._answers.render.blocks import Bar, Bars, clean

_ROW, _THICK, _LEGEND = 40, 12, 26


def drawn(title: str, description: str, height: int, lines: Iterable[str]) -> str:
    """Assemble a drawing that fills its width, with a title and a description for screen readers."""
    return "\n".join([f'<svg role="img" width="100%" height="{height}">', f"<title>{_escaped(title)}</title>",
                      f"<desc>{_escaped(description)}</desc>", *lines, "</svg>"])


def text_at(place: str, bottom: int, text: str, anchor: str = "start") -> str:
    """Write text in a drawing."""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{place}" y="{bottom}"{end}>{_escaped(text)}</text>'


def placed_legend(legend: Iterable[tuple[str, str, int]], bottom: int) -> Iterator[str]:
    """Draw a legend from left to right: the kind of each part, its word, and its position in pixels."""
    for kind, word, place in legend:
        yield f'<rect class="{kind}" x="{place + 1}" y="{bottom - 10}" width="14" height="10" rx="2"/>'
        yield text_at(str(place + 21), bottom, word)


def bars_svg(block: Bars) -> str:
    """Draw bars from top to bottom, each as long as its requirement, with a legend below."""
    words = list(_legend(block.bars))
    height = _ROW * len(block.bars) + (_LEGEND if words else 0)
    legend = [(kind, word, place) for (kind, word), place in zip(words, (0, 90, 212), strict=False)]
    said = "; ".join(f"{bar.name}: {bar.words}" for bar in block.bars)
    rows = [line for place, bar in enumerate(block.bars) for line in _row(bar, _ROW * place)]
    return drawn(block.title, f"{said}.", height, [*rows, *placed_legend(legend, height - 6)])


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


def _row(bar: Bar, top: int) -> Iterator[str]:
    """Draw one bar below its name and its amounts."""
    yield text_at("0", top + 15, bar.name)
    yield text_at("100%", top + 15, bar.words.replace("depends on an ", ""), "end")
    yield _part("t", Decimal(0), Decimal(1), Decimal(1), top + 21)
    start = Decimal(0)
    kinds = (("u" if bar.open else "c", bar.counted), ("u", bar.unconfirmed), ("m", bar.missing))
    for kind, amount in kinds:
        if amount:
            yield _part(kind, start, amount, bar.required, top + 21)
            start += amount


def _part(kind: str, start: Decimal, amount: Decimal, whole: Decimal, top: int) -> str:
    """Draw a part of a bar; points that do not count are drawn as a slightly smaller outline."""
    left, width = (f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") for part in (start, amount))
    inset = 1 if kind in "um" else 0
    return (f'<rect class="{kind}" x="{left}%" y="{top + inset}" width="{width}%" height="{_THICK - 2 * inset}" '
            'rx="2"/>')


def _legend(bars: tuple[Bar, ...]) -> Iterator[tuple[str, str]]:
    """List the meaning of the parts, unless every bar is full."""
    if all(bar.counted and not bar.open and bar.counted == bar.required for bar in bars):
        return
    yield "c", "counted"
    if any(bar.unconfirmed or bar.open for bar in bars):
        yield "u", "not confirmed"
    if any(bar.missing for bar in bars):
        yield "m", "missing"
