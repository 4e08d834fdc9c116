"""A population under two books in two drawings: outcomes before and after, and the flips of each requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

import attrs

from cmprules._answers.render.blocks import Picture
from cmprules._answers.render.drawing import drawn, placed_legend, text_at
from cmprules._words.enums import Outcome
from cmprules.batch._whatif_values import OutcomeFlow, WhatIf

OUTCOME_WORDS = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.NEEDS_REVIEW: "needs review",
                 Outcome.NOT_REQUIRED: "not required"}
_TONES = {Outcome.MET: "#2a9d4e", Outcome.NOT_MET: "#e5534b", Outcome.NEEDS_REVIEW: "#b98000",
          Outcome.NOT_REQUIRED: "#888"}

_WIDTH, _TOP, _HEIGHT, _GAP, _THINNEST = 860, 34, 220, 18, 3
_HOW_TO_READ = ("Each band is as wide as there are credentials, but never too thin to be seen; those that keep their "
                "outcome are pale.")
_LEFT, _RIGHT, _POST = 230, 630, 14


def flow_picture(value: WhatIf) -> Picture | None:
    """Draw outcomes before and after as posts, with bands between them as wide as their number of credentials."""
    flows = [flow for flow in value.outcomes if flow.credentials]
    if not flows:
        return None
    before, after = _Posts.of(flows, "before"), _Posts.of(flows, "after")
    said = "; ".join(f"{_words(flow)}: {flow.credentials:,}" for flow in flows)
    bottom = _TOP + max(before.height, after.height) + 8
    return Picture("\n".join([
        f'<svg class="wide" viewBox="0 0 {_WIDTH} {bottom}" role="img" fill="currentColor">',
        f"<title>Outcomes of {value.total.credentials:,} credentials before and after</title>",
        f"<desc>{escape(said)}. {_HOW_TO_READ}</desc>",
        _text(_LEFT, 16, "Before", "end", weight="600"), _text(_RIGHT, 16, "After", "start", weight="600"),
        *(_band(flow, before, after) for flow in flows),
        *before.drawn(_LEFT - _POST, _LEFT - _POST - 8, "end", "leave"),
        *after.drawn(_RIGHT, _RIGHT + _POST + 8, "start", "new"),
        "</svg>"]), wide=f"Outcomes of {value.total.credentials:,} credentials before and after")


def _words(flow: OutcomeFlow) -> str:
    before, after = OUTCOME_WORDS[flow.before], OUTCOME_WORDS[flow.after]
    return f"{before} before and after" if before == after else f"{before} before, {after} after"


@attrs.frozen(kw_only=True)
class _Posts:
    """The outcomes of one side as posts, from top to bottom: where each post and each band on it begins and ends."""

    side: str
    spans: Mapping[Outcome, tuple[int, int]]
    bands: Mapping[OutcomeFlow, tuple[int, int]]

    @classmethod
    def of(cls, flows: Sequence[OutcomeFlow], side: str) -> _Posts:
        """Stack the bands of one side."""
        whole, top = sum(flow.credentials for flow in flows), _TOP
        spans, bands = dict[Outcome, tuple[int, int]](), dict[OutcomeFlow, tuple[int, int]]()
        for outcome in Outcome:
            mine = [flow for flow in flows if getattr(flow, side) == outcome]
            ends = [top]
            for flow in mine:
                ends.append(ends[-1] + max(_THINNEST, _HEIGHT * flow.credentials // whole))
            if mine:
                spans[outcome] = (top, ends[-1])
                bands.update(zip(mine, pairwise(ends), strict=True))
                top = ends[-1] + _GAP
        return cls(side=side, spans=spans, bands=bands)

    @property
    def height(self) -> int:
        """The lower end of the last post."""
        return max(last for _, last in self.spans.values()) - _TOP

    def drawn(self, left: int, words: int, anchor: str, which: str) -> Iterator[str]:
        """Draw the posts, each with its outcome, its count, and the number of these that flip."""
        for outcome, (first, last) in self.spans.items():
            mine = [flow for flow in self.bands if getattr(flow, self.side) == outcome]
            flips = sum(flow.credentials for flow in mine if flow.before != flow.after)
            said = f"{OUTCOME_WORDS[outcome]}: {sum(flow.credentials for flow in mine):,}"
            yield f'<rect x="{left}" y="{first}" width="{_POST}" height="{last - first}" fill="{_TONES[outcome]}"/>'
            yield _text(words, (first + last) // 2 + 4, f"{said} ({flips:,} {which})" if flips else said, anchor)


def _band(flow: OutcomeFlow, before: _Posts, after: _Posts) -> str:
    """Draw the credentials that go from one outcome to another; flips stand out."""
    (first, last), (other_first, other_last) = before.bands[flow], after.bands[flow]
    middle = (_LEFT + _RIGHT) // 2
    flips = flow.before != flow.after
    path = (f"M{_LEFT} {first}C{middle} {first} {middle} {other_first} {_RIGHT} {other_first}"
            f"V{other_last}C{middle} {other_last} {middle} {last} {_LEFT} {last}Z")
    tone = f'fill="{_TONES[flow.after]}" fill-opacity="0.55"' if flips else 'fill-opacity="0.12"'
    return f'<path d="{path}" {tone}><title>{_words(flow)}: {flow.credentials:,}</title></path>'


def _text(left: int, top: int, words: str, anchor: str, *, weight: str = "400") -> str:
    return f'<text x="{left}" y="{top}" text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'


# ---------------------------------------------------------------------------------------------------------
# Flips by requirement.

_ROW, _THICK, _LEGEND = 40, 12, 26


def bars_picture(counts: Sequence[tuple[str, int, int]]) -> Picture:
    """Draw a bar for each requirement that flips an outcome: its flips alone, and those with others.

    Args:
        counts: the name of each requirement, its flips alone, and those with others; at least one flips something.
    """
    shown = [count for count in counts if count[1] + count[2]]
    most, height = max(alone + others for _, alone, others in shown), _ROW * len(shown) + _LEGEND
    said = "; ".join(f"{name}: {alone:,} alone, {others:,} with others" for name, alone, others in shown)
    legend = placed_legend([("c", "alone", 0), ("u", "with other requirements", 70)], height - 6)
    return Picture(drawn("Flips of the outcome by requirement", f"{said}.", height, [
        *(line for place, count in enumerate(shown) for line in _bars(_ROW * place, most, *count)), *legend]))


def _bars(top: int, most: int, name: str, alone: int, others: int) -> Iterator[str]:
    """Draw one requirement: filled for its flips alone, an outline for those with others."""
    yield text_at("0", top + 15, name)
    yield text_at("100%", top + 15, f"{alone + others:,}", "end")
    first, second = (10_000 * count // most / 100 for count in (alone, others))
    for kind, left, width in (("c", 0.0, first), ("u", first, second)):
        if width:
            yield f'<rect class="{kind}" x="{left}%" y="{top + 21}" width="{width}%" height="{_THICK}" rx="2"/>'
