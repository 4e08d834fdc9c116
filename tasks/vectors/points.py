"""Both sides of every figure of the tables of points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from tasks.vectors.records import HUNDREDTH, ONE_DAY, Case, Plain, course, credential, decide, policy, record

from cmprules import Grade
from cmprules._policy.book import PointsRow, PolicyBook

Needs = dict[str, Decimal]
STRONGER = {grade: stronger for stronger, grade in zip(Grade, list(Grade)[1:], strict=False)}


def cases(book: PolicyBook) -> Iterator[Case]:
    """Return the cases of every row; ids name the threshold and the side."""
    for rows in book.tables.values():
        for row in rows:
            yield from _days(row)
            if row.established:
                for cell in row.cells:
                    yield from _cell(row, cell.of, cell.figure.value)
                yield from _caps(row, book)
                yield from _grade(row)


def _days(row: PointsRow) -> Iterator[Case]:
    """The first day and the day before it, the last day and the day after it."""
    days = {"from/on": row.starts_on, "from/before": row.starts_on - ONE_DAY}
    if row.ends_on is not None:
        days |= {"until/on": row.ends_on, "until/after": row.ends_on + ONE_DAY}
    for side, day in days.items():
        yield f"points/{row.id}/{side}", policy(row.code, row.body, day)
        # A policy does not say which row it is, and two rows may have the same figures.
        of = credential(row.code, day, body=None if row.body == "ASCP" else row.body)
        yield f"points/{row.id}/{side}-decided", decide(record(of), day)


def _needs(row: PointsRow) -> Needs:
    """Return what a row asks for: its areas above zero, then the pool."""
    return {cell.of: cell.figure.value for cell in row.cells if cell.of != "total" and cell.figure.value > 0}


def _case(row: PointsRow, activities: list[Plain], *, trust: str = "inferred") -> Plain:
    """Ask about a credential that expires on the row's first day, inside its window."""
    of = credential(row.code, row.starts_on, body=None if row.body == "ASCP" else row.body)
    return decide(record(of, activities), row.starts_on - timedelta(days=45), trust)


def _done(row: PointsRow) -> str:
    """Return the day one year before the expiry."""
    return (row.starts_on - timedelta(days=365)).isoformat()


def _exact(row: PointsRow, **change: Decimal) -> list[Plain]:
    """Return activities that meet the row exactly, one for each area; `change` adds points to some of them."""
    amounts = {area: value + change.get(area, Decimal(0)) for area, value in _needs(row).items()}
    amounts |= {area: points for area, points in change.items() if area not in amounts}
    return [course(area, points, [] if area == "pool" else [area], completed_on=_done(row))
            for area, points in amounts.items() if points > 0]


def _cell(row: PointsRow, of: str, value: Decimal) -> Iterator[Case]:
    """Exactly enough and one hundredth less; in areas that need no points, nothing and one hundredth."""
    name = f"points/{row.id}/{of}"
    if of == "total":
        yield f"{name}/met", _case(row, _by_overflow(row, Decimal(0)))
        yield f"{name}/short", _case(row, _by_overflow(row, HUNDREDTH))
    elif value == 0:
        yield f"{name}/none", _case(row, _exact(row))
        yield f"{name}/some", _case(row, _exact(row, **{of: HUNDREDTH}))
    else:
        spare = {} if of == "pool" or "pool" not in _needs(row) else {"pool": HUNDREDTH}
        yield f"{name}/met", _case(row, _exact(row, **spare))
        yield f"{name}/short", _case(row, _exact(row, **spare, **{of: -HUNDREDTH}))


def _own(row: PointsRow) -> str:
    """Return the area with the row's largest need."""
    areas = {area: points for area, points in _needs(row).items() if area != "pool"}
    return max(areas, key=areas.__getitem__)


def _by_overflow(row: PointsRow, less: Decimal) -> list[Plain]:
    """Return activities of which the one for the row's own area also fills the pool."""
    needs = _needs(row)
    own = _own(row)
    return _exact(row, **{own: needs.get("pool", Decimal(0)) - less,
                          **({"pool": -needs["pool"]} if "pool" in needs else {})})


def _caps(row: PointsRow, book: PolicyBook) -> Iterator[Case]:
    """As much of a capped kind as may count, and one hundredth more in place of another activity's."""
    total = next(cell.figure.value for cell in row.cells if cell.of == "total")
    for cap in book.rules.caps_for(total):
        if book.rules.kinds[cap.kind].limit("share_of_total") is not None:
            for side, more in (("met", Decimal(0)), ("over", HUNDREDTH)):
                yield f"points/{row.id}/cap/{cap.kind}/{side}", _case(row, _capped(row, cap.kind, cap.value + more))


def _capped(row: PointsRow, kind: str, points: Decimal) -> list[Plain]:
    """Return activities that add up to the total, with a number of points of one kind."""
    own = _own(row)
    others = {area: need for area, need in _needs(row).items() if area not in {own, "pool"}}
    rest = sum(_needs(row).values()) - sum(others.values()) - points
    return [*(course(area, need, [area], completed_on=_done(row)) for area, need in others.items()),
            course("capped", points, [own], kind=kind, completed_on=_done(row)),
            course("rest", rest, [own], completed_on=_done(row))]


def _grade(row: PointsRow) -> Iterator[Case]:
    """Trust down to the weakest grade of the row, and only down to the grade above it."""
    weakest = max((cell.figure.grade for cell in row.cells), key=list(Grade).index)
    if weakest in STRONGER:
        yield f"points/{row.id}/grade/trusted", _case(row, _exact(row), trust=str(weakest))
        yield f"points/{row.id}/grade/below", _case(row, _exact(row), trust=str(STRONGER[weakest]))


