"""Draws results: one picture for each benchmark, light and dark.

Lengths are ratios to a named contestant, on a logarithmic axis where they differ a lot.  Our bars are hatched and show
their figure like all others, so that color alone carries no information.  On a logarithmic axis bars start at 1,
because it has no zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from bench._result import Result, Row, digest_of, number, read

__all__ = ["THEMES", "draw_all"]

WIDTH = 7.6
HEIGHT_OF_A_BAR = 0.34
HEIGHT_OF_A_NAME = 0.28
MUCH = 12
"""An axis is logarithmic if the longest bar is at least this many times the shortest."""

THEMES: Mapping[str, Mapping[str, str]] = {
    "light": {"ink": "#212121", "ours": "#00796b", "others": "#bdbdbd", "grid": "#e0e0e0", "aim": "#c62828"},
    "dark": {"ink": "#eeeeee", "ours": "#4db6ac", "others": "#616161", "grid": "#424242", "aim": "#ff8a80"},
}
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "cmprules", "font.family": "sans-serif", "font.size": 10,
         "hatch.linewidth": 0.8, "axes.spines.top": False, "axes.spines.right": False}
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES = ("-", "--", ":", "-.")


def draw_all(results: Path, pictures: Path) -> list[Path]:
    """Draw every result in a folder; return the paths of the pictures."""
    pictures.mkdir(parents=True, exist_ok=True)
    drawn = []
    for path in sorted(results.glob("*.json")):
        for theme, colors in THEMES.items():
            with plt.rc_context(_style(colors["ink"])):
                figure = _picture(read(path), colors)
                drawn.append(pictures / f"{path.stem}.{theme}.svg")
                figure.savefig(drawn[-1], transparent=True, bbox_inches="tight",
                               metadata={"Date": None, "Creator": None, "Title": read(path).title,
                                         "Description": f"drawn from sha256 {digest_of(path)}"})
                plt.close(figure)
    return drawn


def _style(ink: str) -> Any:
    """Draw lines and letters in one color."""
    inked = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    return {**STYLE, **dict.fromkeys(inked, ink)}


def _picture(result: Result, colors: Mapping[str, str]) -> Figure:
    """Draw curves where something grows, and bars elsewhere."""
    return (_curves if any(row.growing for row in result.rows) else _bars)(result, colors)


# ---------------------------------------------------------------------------------------------------------
# Bars.


def _bars(result: Result, colors: Mapping[str, str]) -> Figure:
    """Draw bars relative to one contestant, the shortest on top, with the aims."""
    measure = result.rows[0].measure
    rows = sorted((row for row in result.rows if row.measure == measure), key=lambda row: -row.median)
    one = next(row.median for row in rows if row.contestant == result.beside)
    lengths = {row.contestant: row.median / one for row in rows}
    figure, axes = plt.subplots(figsize=(WIDTH, 0.9 + HEIGHT_OF_A_BAR * len(rows)))
    start = 1 if max(lengths.values()) / min(lengths.values()) > MUCH else 0
    drawn = axes.barh([*lengths], [length - start for length in lengths.values()], left=start, height=0.66,
                      color=[colors["ours" if _ours(name) else "others"] for name in lengths],
                      edgecolor=colors["ink"], linewidth=0.6)
    for bar, name in zip(drawn, lengths, strict=True):
        bar.set_hatch("///" if _ours(name) else "")
    if start:
        axes.set_xscale("log")
        axes.axvline(start, color=colors["ink"], linewidth=0.8)
    _scale(axes, [*lengths.values()])
    ends = {name: max(length, start) for name, length in lengths.items()}
    for name, place in _aims(axes, result, lengths, measure, colors):
        ends[name] = max(ends[name], place)
    for name, length in lengths.items():
        axes.annotate(number(length), (ends[name], name), xytext=(7, 0), textcoords="offset points", va="center")
    axes.set_xlabel(f"{measure}, {result.beside} = 1{' (logarithmic)' if axes.get_xscale() == 'log' else ''}")
    axes.margins(x=0.12)
    return figure


def _ours(name: str) -> bool:
    """Return whether a contestant is part of this package."""
    return "cmprules" in name


def _scale(axes: Axes, lengths: Sequence[float]) -> None:
    """Leave room for the figures, and write them as ratios."""
    if axes.get_xscale() == "log":
        axes.set_xlim(left=min(lengths) / 2, right=max(lengths) * 4)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="y", length=0)


def _aims(
    axes: Axes, result: Result, lengths: Mapping[str, float], measure: str, colors: Mapping[str, str]
) -> list[tuple[str, float]]:
    """Mark on each bar the length that is aimed for; return the marks."""
    marks = [_mark(ratio.of, ratio.to, ratio.aim.bound, ratio.aim.value, lengths)
             for ratio in result.ratios if ratio.aim is not None and ratio.measure == measure]
    if marks:
        axes.plot([place for _, place in marks], [name for name, _ in marks], linestyle="", marker="D", markersize=6,
                  markerfacecolor=colors["aim"], markeredgecolor=colors["ink"], label="aim: at most here")
        axes.legend(loc="lower right", frameon=False, bbox_to_anchor=(1, 1))
    return marks


def _mark(of: str, to: str, bound: str, value: float, lengths: Mapping[str, float]) -> tuple[str, float]:
    """Return the bar on which to mark an aim, and the position."""
    return (of, value * lengths[to]) if bound == "at most" else (to, lengths[of] / value)


# ---------------------------------------------------------------------------------------------------------
# Curves.


def _curves(result: Result, colors: Mapping[str, str]) -> Figure:
    """Draw each contestant over the growing size, with one panel for each quantity that grows."""
    panels = dict(_panels(result.rows))
    height = 3.4 + HEIGHT_OF_A_NAME * max(map(len, panels.values()))
    figure, all_axes = plt.subplots(1, len(panels), figsize=(WIDTH, height), squeeze=False)
    for axes, (what, curves) in zip(all_axes[0], panels.items(), strict=True):
        for place, (name, rows) in enumerate(curves.items()):
            axes.plot([row.size for row in rows], [row.median for row in rows], label=name, linewidth=1.8, markersize=5,
                      marker=MARKERS[place % len(MARKERS)], linestyle=DASHES[place % len(DASHES)],
                      color=colors["ours" if _ours(name) else "ink"])
        _lines(axes, result, colors)
        _logarithmic(axes, what, next(iter(curves.values())), colors)
    figure.tight_layout()
    return figure


def _lines(axes: Axes, result: Result, colors: Mapping[str, str]) -> None:
    """Draw contestants without a size, and aims, as horizontal lines."""
    unit = result.rows[0].unit
    for row in result.rows:
        if row.size is None:
            axes.axhline(row.median, label=row.contestant, linestyle=":", color=colors["ink"])
    for value in dict.fromkeys(figure.aim.value for figure in result.figures if figure.aim and figure.unit == unit):
        axes.axhline(value, label=f"aim: at most {value:,.0f} {unit}", linestyle="--", color=colors["aim"])


def _panels(rows: Sequence[Row]) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    """Group rows by what grows and by contestant."""
    for what in dict.fromkeys(row.growing for row in rows if row.growing):
        mine = [row for row in rows if row.growing == what]
        yield what, {name: [row for row in mine if row.contestant == name]
                     for name in dict.fromkeys(row.contestant for row in mine)}


def _logarithmic(axes: Axes, what: str, rows: Sequence[Row], colors: Mapping[str, str]) -> None:
    """Make both axes logarithmic, so that linear growth has a slope of one."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([row.size or 0 for row in rows], [_short(row.size or 0) for row in rows])
    axes.xaxis.set_minor_formatter(NullFormatter())
    for which in (axes.yaxis.set_major_formatter, axes.yaxis.set_minor_formatter):
        which(FuncFormatter(lambda value, _: _plainly(value) if f"{value:e}"[0] in "125" else ""))
    axes.grid(color=colors["grid"], linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(f"{what} (both axes logarithmic)")
    axes.set_ylabel(f"{rows[0].unit} ({rows[0].measure})")
    axes.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.18))


def _plainly(value: float) -> str:
    """Write a number without an exponent."""
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _short(number: int) -> str:
    """Abbreviate a count."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit:
            return f"{number / unit:g}{letter}"
    return str(number)

