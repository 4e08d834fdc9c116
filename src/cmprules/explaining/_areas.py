"""What the table asks for, area by area, and the proof of every shortfall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cmprules._kit.points import from_hundredths
from cmprules._policy.book import Citation
from cmprules._rules.allocation import Brings, Table
from cmprules._rules.placing import NO_CAP
from cmprules._rules.results import AreaResult, Shortfall
from cmprules._words import vocabulary
from cmprules.explaining._telling import Telling, added, compared, step
from cmprules.explaining._values import ExplanationStep

_TABLES = ("TABLE_NOT_ESTABLISHED", "BELOW_TRUST", "NOT_IN_FORCE")
_OTHER_TABLES = ("TABLE_AFTER_EXPIRY", "VOLUNTARY_TABLE")


def table_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Return the tables that were evaluated, each with the day that selected it."""
    asked = {policy.row.id: policy for policy in telling.ground.policies} if telling.ground is not None else {}
    found = []
    for finding in telling.take("TABLE_APPLIED"):
        policy = asked.get(finding.rule)
        days = {} if policy is None else {"from": policy.row.starts_on, "expires_on": policy.expires_on}
        comparison = None if policy is None else compared(policy.row.starts_on, "<=", policy.expires_on)
        rows = [telling.told(row) for row in telling.take("USER_ROW") if row.rule == finding.rule]
        found.append(telling.told(finding, rows, holds=True, days=days, compared=comparison))
    found.extend(telling.tell(*_TABLES))
    found.extend(telling.tell(*_OTHER_TABLES))
    if found:
        yield step("TABLES", telling.answer.id, found, holds=True if len(found) == 1 and found[0].holds else None)


def area_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Compare what each area and the total need with what was placed."""
    total = telling.answer.total
    if total is None or telling.answer.areas is None:
        return
    areas = [_area(telling, area) for area in telling.answer.areas]
    kinds = telling.tell("KIND_VALUE")
    yield step("AREAS", telling.answer.id, areas, holds=not total.short,
               numbers={"required": total.required, "placed": total.placed, "short": total.short},
               compared=compared(total.placed, ">=", total.required))
    if kinds:
        yield step("KINDS", telling.answer.id, kinds)


def _area(telling: Telling, area: AreaResult) -> ExplanationStep:
    return step("AREA", area.area, telling.tell("AREA_SHORT", subject=area.area, holds=False),
                holds=not area.short, rule=area.row, citations=_citations(telling, area),
                compared=compared(area.placed, ">=", area.required),
                numbers={"required": area.required, "placed": area.placed, "short": area.short})


def _shown(telling: Telling) -> Table | None:
    """Return the table whose figures the decision shows."""
    rows = {area.row for area in telling.answer.areas or ()}
    tables = telling.ground.tables if telling.ground is not None else ()
    return next((table for table in tables if table.policy.row.id in rows), None)


def _citations(telling: Telling, area: AreaResult) -> tuple[Citation, ...]:
    """Return the citations of the figure of an area."""
    table = _shown(telling)
    figures = [] if table is None else [*zip(table.names, (*table.areas, table.pool), strict=True)]
    return tuple(figure.citation for name, figure in figures if name == area.area)


# ---------------------------------------------------------------------------------------------------------
# Proofs.


def proof_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Prove every shortfall: what a set of areas needs, what may serve any of them, and the difference."""
    for proof in telling.answer.shortfalls or ():
        whole = vocabulary.POOL in proof.areas
        told = telling.tell("TOTAL_SHORT", holds=False) if whole else ()
        yield step("PROOF", "total" if whole else "mandatory", [*told, *_asked(telling, proof), *_may(telling, proof)],
                   holds=False, compared=compared(proof.available, ">=", proof.required),
                   numbers={"required": proof.required, "available": proof.available, "short": proof.short})


def _asked(telling: Telling, proof: Shortfall) -> Iterator[ExplanationStep]:
    for area in telling.answer.areas or ():
        if area.area in proof.areas:
            yield step("ASKED", area.area, numbers={"points": area.required}, rule=area.row)


def _may(telling: Telling, proof: Shortfall) -> Iterator[ExplanationStep]:
    """List every activity that may serve one of the areas; their points add up to what is available."""
    table = _shown(telling)
    if table is None or telling.ground is None:
        return
    serving = [entry for entry in telling.ground.certain if _may_serve(table, entry, proof.areas)]
    yield from _supplies(entry for entry in serving if table.item(entry).cap == NO_CAP)
    for kind, cap in table.cap_of.items():
        alike = [entry for entry in serving if entry.activity.kind == kind]
        if alike:
            yield _capped(kind, from_hundredths(table.demand.caps[cap]), list(_supplies(alike)))


def _may_serve(table: Table, one: Brings, areas: Iterable[str]) -> bool:
    mask = table.item(one).mask
    own = {name for bit, name in enumerate(table.names[:-1]) if mask >> bit & 1}
    return bool({vocabulary.POOL, *own} & set(areas))


def _supplies(serving: Iterable[Brings]) -> Iterator[ExplanationStep]:
    """List what each activity may bring, with its parts added up."""
    points: Counter[str] = Counter()
    for entry in serving:
        points[entry.activity.id] += entry.points
    for name, hundredths in points.items():
        yield step("MAY_SERVE", name, numbers={"points": from_hundredths(hundredths)})


def _capped(kind: str, cap: Decimal, supplies: list[ExplanationStep]) -> ExplanationStep:
    """Add up what activities under a cap may bring."""
    points = added(supply.numbers["points"] for supply in supplies)
    return step("CAPPED", kind, supplies, holds=points <= cap, compared=compared(points, "<=", cap),
                numbers={"points": points, "cap": cap, "counted": min(points, cap)})
