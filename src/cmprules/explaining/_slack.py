"""How close it is: the points to spare, the activities that the outcome depends on, and other placements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from sys import maxsize

from cmprules._answers.answer import made_with
from cmprules._answers.ground import Ground, grounds
from cmprules._facts.records import Record
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import Whole, trusted
from cmprules._policy.book import PolicyBook
from cmprules._rules.allocation import Reading, Table
from cmprules._rules.outcome import Division, Verdict, evaluate
from cmprules._rules.placing import NO_CAP, Demand, Item, Steps, place, prove
from cmprules._rules.results import PlacedPoints
from cmprules._words import vocabulary
from cmprules._words.enums import Grade, Outcome
from cmprules._words.limits import MOST_ASSIGNMENTS
from cmprules.errors import Fault
from cmprules.explaining._chains import Chains
from cmprules.explaining._critical import critical_of
from cmprules.explaining._under import Under, is_full
from cmprules.explaining._values import AreaSlack, CredentialSlack, OtherPlacement, Slack


def slack(
    record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED,
    credential: str | None = None, most_others: int = 3,
) -> Slack:
    """Return how close each credential is to another outcome.

    The spare points of an area are the points that it could ask for in addition, with the rest of the table unchanged,
    while the outcome stays `MET`; with one hundredth of a point more it would not.  The pool accepts every point, so
    its spare points are those of the whole.  An activity is critical if the outcome would change without it; none is
    if the requirements are not met.

    The work grows with the number of activities.  Entries that may be one activity are judged again without each of
    them, those that all others see alike only once.  The worst case is a course entered for each of several hundred
    successive days, if the outcome depends on it: all of these are judged again for each.

    Args:
        record: what is known of the person.
        book: the policy tables, from `load_book`.
        on: the day of decision.
        trust: the weakest grade of figures to rely on.
        credential: the id of one credential, to examine only that one.
        most_others: the largest number of other placements to list.

    Returns:
        One answer for each credential that takes part and whose table is established; amounts in points.

    Raises:
        InputError: `on`, `trust` or `most_others` cannot be read, or the record has no such credential.

    >>> import cmprules
    >>> from cmprules.explaining import slack
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.read_record("examples/mls-met.json")
    >>> [(area.area, str(area.spare)) for area in slack(record, book, on="2026-03-10")["mls"].areas][:2]
    [('safety', '1.5'), ('ethics', '0')]
    >>> slack(record, book, on="2026-03-10", credential="pbt")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'pbt', expected the id of a credential of this record; known: mls
    """
    faults: list[Fault] = []
    most = Whole().read(most_others, "$.most_others", faults)
    if not faults and most < 0:
        faults.append(Fault(path="$.most_others", code="NEGATIVE", value=most, expected="zero or more",
                            hint="0 lists none"))
    on, found = grounds(record, book, on=on, trust=trust, credential=credential, faults=faults)
    answers = tuple(_one(ground, record, book, Grade(trust), most_others) for ground in found)
    cited = [figure.citation for ground in found for table in ground.tables for figure in (*table.areas, table.pool)]
    return Slack(on=on, credentials=answers, **made_with(book, cited))


def _one(
    ground: Ground, record: Record, book: PolicyBook, trust: Grade, most_others: int
) -> CredentialSlack:
    """Answer for one credential."""
    verdict = evaluate(ground.tables, ground.judged, ground.answers, ground.credential.id, with_needs=False)
    tables = [Under(table, ground.judged) for table in ground.tables]
    chains = Chains(ground, record.settled, book.counting, trust)
    others = list(islice(_others(verdict), min(most_others + 1, maxsize)))
    complete = len(others) <= most_others and None not in others
    listed = tuple(other for other in others[:most_others] if other is not None)
    return trusted(
        CredentialSlack, id=ground.credential.id, outcome=verdict.outcome,
        areas=_areas(ground, tables, verdict.shown.table) if verdict.outcome is Outcome.MET else None,
        critical=tuple(critical_of(ground, tables, verdict, chains)), others=listed, more=not complete,
    )


# ---------------------------------------------------------------------------------------------------------
# Spare points by area.


def _areas(ground: Ground, tables: Sequence[Under], shown: Table) -> tuple[AreaSlack, ...]:
    """Find the spare points of each area; where two tables may apply, the points that both can spare."""
    figures = (*shown.areas, shown.pool)
    return tuple(trusted(AreaSlack, area=area, required=figure.value,
                         spare=from_hundredths(_spare(tables, area, ground.division)))
                 for area, figure in zip(shown.names, figures, strict=True))


def _spare(tables: Sequence[Under], area: str, division: Division) -> int:
    """Find the most that an area could ask for in addition, by bisection; anything more is not met."""
    low, high = 0, min(under.beyond for under in tables)
    enough = min(under.beyond_in(area) for under in tables)
    if enough >= 0 and not division and all(under.plenty.lasts(asked=enough) for under in tables):
        high = enough  # beyond that points are missing, and up to there a larger need is never easier to fill
    if _still_met(tables, area, high, division):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _still_met(tables, area, middle, division) else (low, middle)
    return low


def _still_met(tables: Sequence[Under], area: str, more: int, division: Division) -> bool:
    return all(is_full(under.asking(area, more), division) for under in tables)


# ---------------------------------------------------------------------------------------------------------
# Other placements.


def _others(verdict: Verdict) -> Iterator[OtherPlacement | None]:
    """Find other equally good placements, one by one; None if the search reaches its limit.

    Two placements differ if they put activities in different mandatory areas.  Each puts an activity in at most one
    mandatory area, and none there that is unnecessary; the rest of the points go to the pool.
    """
    reading = verdict.shown.against
    shown = {(placement.activity, placement.area)
             for placement in verdict.shown.allocation.placements if placement.area != vocabulary.POOL}
    for items in _Assignments(reading).found():
        placed = None if items is None else _placed(reading, items)
        if placed is None or {(placement.activity, placement.area)
                              for placement in placed if placement.area != vocabulary.POOL} != shown:
            yield None if placed is None else trusted(OtherPlacement, placements=placed)


def _placed(reading: Reading, items: Sequence[Item]) -> tuple[PlacedPoints, ...]:
    """Place the points of activities that are bound to areas."""
    demand = reading.table.demand
    vectors = place(items, demand, prove(items, demand), Steps()).vectors
    points: Counter[tuple[str, str]] = Counter()
    for name, vector in zip(reading.ids, vectors, strict=True):
        for area, placed in zip(reading.table.names, vector, strict=True):
            if placed:
                points[name, area] += placed
    return tuple(trusted(PlacedPoints, activity=name, area=area, points=from_hundredths(placed))
                 for (name, area), placed in points.items())


class _Assignments:
    """Every way to bind activities to areas that leaves no more short, without unnecessary bindings.

    Activities with the most points go first: then every activity bound earlier is needed if the last one is, and few
    branches of the search fail.
    """

    def __init__(self, reading: Reading) -> None:
        self.items: tuple[Item, ...] = reading.items
        self.demand: Demand = reading.table.demand
        self.short = reading.proof.short
        self.choosing = sorted((index for index, item in enumerate(self.items) if item.mask),
                               key=lambda index: (-self.items[index].points, index))

    def found(self) -> Iterator[tuple[Item, ...] | None]:
        """Bind one activity after another, to the areas in the order of the table, and to the pool last.

        Yields the bound activities; None if the search reaches its limit.
        """
        waiting = [(0, self.items)]
        for _ in range(MOST_ASSIGNMENTS):
            if not waiting:
                return
            bound, items = waiting.pop()
            if self._short(items) > self.short or self._one_too_many(items, self.choosing[:bound]):
                continue
            rest = self._rest_to_pool(items, bound)
            if self._short(rest) > self.short:  # not enough is bound yet; otherwise more bindings would be unnecessary
                index = self.choosing[bound]
                waiting.extend((bound + 1, _with(items, index, mask)) for mask in _choices(self.items[index].mask))
            elif self._all_needed(rest):
                yield rest
        yield None

    def _short(self, items: Sequence[Item]) -> int:
        return prove(items, self.demand).short

    def _rest_to_pool(self, items: tuple[Item, ...], bound: int) -> tuple[Item, ...]:
        """Bind all remaining activities to the pool."""
        rest = set(self.choosing[bound:])
        return tuple(item._replace(mask=0) if index in rest else item for index, item in enumerate(items))

    def _one_too_many(self, items: Sequence[Item], bound: Sequence[int]) -> bool:
        """Return whether uncapped activities bound to the same area already fill it without this one."""
        for area, need in enumerate(self.demand.areas):
            there = [items[index] for index in bound if items[index].mask == 1 << area]
            free = sum(item.points for item in there if item.cap == NO_CAP)
            if any(free - (item.points if item.cap == NO_CAP else 0) >= need for item in there):
                return True
        return False

    def _all_needed(self, items: tuple[Item, ...]) -> bool:
        """Return whether every activity bound to an area is needed there."""
        return all(self._short(_with(items, index, 0)) > self.short for index in self.choosing if items[index].mask)


def _with(items: tuple[Item, ...], index: int, mask: int) -> tuple[Item, ...]:
    """Bind one activity to an area, or to the pool."""
    return (*items[:index], items[index]._replace(mask=mask), *items[index + 1:])


def _choices(mask: int) -> Iterator[int]:
    """Yield the choices of an activity in reverse order: the pool, then the areas from the last one on."""
    yield 0
    for bit in reversed(range(mask.bit_length())):
        if mask >> bit & 1:
            yield 1 << bit
