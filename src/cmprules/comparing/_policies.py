"""Compare two tables of requirements, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator

from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import Figure, Policy
from cmprules._words import vocabulary
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from cmprules.comparing._values import FigureChange, PolicyComparison, PolicySide

_Name = tuple[str, str]


def compare_policies(before: Policy, after: Policy) -> PolicyComparison:
    """Return what changes from one table to another, in numbers."""
    marks = [HYPOTHETICAL] if HYPOTHETICAL in {*before.notes, *after.notes} else []
    return PolicyComparison(before=_side(before), after=_side(after), figures=tuple(_changes(before, after)),
                            sources=_sources(before, after), notice=" ".join([*marks, NOTICE]))


def _side(policy: Policy) -> PolicySide:
    return PolicySide(code=policy.code, body=policy.body, expires_on=policy.expires_on,
                      established=policy.established, row=policy.row.id, starts_on=policy.row.starts_on,
                      grade=policy.grade, notes=policy.notes)


def _changes(before: Policy, after: Policy) -> Iterator[FigureChange]:
    """Yield the figures that differ: the total, the areas in the order of every table, the pool, the caps."""
    known = before.established and after.established
    first, second = _figures(before), _figures(after)
    for name in sorted({*first, *second}, key=_place):
        change = _change(name, first.get(name), second.get(name), known=known)
        if change is not None:
            yield change


def _figures(policy: Policy) -> dict[_Name, Figure]:
    """List every figure of a table by its requirement and its subject."""
    found: dict[_Name, Figure] = {("area", figure.area): _plain(figure) for figure in policy.areas or ()}
    found |= {("cap", figure.kind): _plain(figure) for figure in policy.caps or ()}
    if policy.total is not None and policy.pool is not None:
        found |= {("total", "total"): policy.total, ("pool", "pool"): policy.pool}
    return found


def _plain(figure: Figure) -> Figure:
    return Figure(value=figure.value, grade=figure.grade, source=figure.source, pin=figure.pin)


def _place(name: _Name) -> tuple[int, int]:
    requirement, of = name
    listed = {"area": tuple(vocabulary.AREAS), "cap": tuple(vocabulary.KINDS)}.get(requirement, (of,))
    return ("total", "area", "pool", "cap").index(requirement), listed.index(of)


def _change(name: _Name, before: Figure | None, after: Figure | None, *, known: bool) -> FigureChange | None:
    """Return how a figure differs, or None; an area without a minimum counts as none."""
    if before == after:
        return None
    more = (0 if after is None else after.hundredths) - (0 if before is None else before.hundredths)
    if not known:
        change = "unknown"
    elif before is None or after is None:
        change = "added" if before is None else "removed"
    else:
        change = "grounds" if not more else "raised" if more > 0 else "lowered"
    difference = from_hundredths(abs(more)).copy_sign(more) if known else None
    return FigureChange(requirement=name[0], of=name[1], change=change, before=before, after=after,
                        difference=difference)


def _sources(before: Policy, after: Policy) -> FrozenMap:
    """Collect the documents of both; a document that two editions describe differently is listed twice."""
    found = dict(before.sources)
    for name, source in after.sources.items():
        found[name if found.get(name, source) == source else f"{name} (after)"] = source
    return FrozenMap(dict(sorted(found.items())))
