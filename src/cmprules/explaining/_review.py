"""The holder's own placement, the nearest best placement, and the moves between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from cmprules._answers.answer import made_with
from cmprules._answers.ground import Ground, grounds
from cmprules._facts.records import Placement, Record
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._kit.shapes import trusted
from cmprules._policy.book import PolicyBook
from cmprules._rules.allocation import Brings, Table
from cmprules._rules.identity import bits_of
from cmprules._rules.outcome import Evaluation
from cmprules._rules.placing import Steps
from cmprules._rules.results import AreaResult, PlacedPoints
from cmprules._rules.verify import placement_problems
from cmprules._words import vocabulary
from cmprules._words.enums import Grade, Outcome
from cmprules.explaining._nearest import Row, Vectors, most_that_stays, nearest_best
from cmprules.explaining._values import CredentialPlacement, Move, PlacementProblem, PlacementReview

_Points = Counter[tuple[str, str]]
"""Hundredths by activity and area."""


def review_placement(
    record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED,
    credential: str | None = None,
) -> PlacementReview:
    """Compare the holder's own placement with the best one, and list the moves between them.

    The best placement is not the decision's, but an equally good one that keeps as many points as possible where the
    holder put them.  Every move is necessary: without it the placement is unlawful or worse.  Another way with fewer
    moves may exist.

    Args:
        record: the record of the person, with `placements`.
        book: the policy tables, from `load_book`.
        on: the day of decision.
        trust: the weakest grade of figures to accept.
        credential: the id of one credential, to review only that one.

    Returns:
        One review for each credential that takes part and whose table is established; amounts in points.

    Raises:
        InputError: `on` or `trust` cannot be read, or the record has no such credential.

    >>> import cmprules
    >>> from cmprules.explaining import review_placement
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    ...     "activities": [{"id": "a", "title": "Order of draw", "kind": "formal_ce", "amount": "2",
    ...                     "completed_on": "2025-02-01", "areas": ["phlebotomy"]}],
    ...     "placements": [{"credential": "pbt", "activity": "a", "area": "pool", "points": "2"}]})
    >>> [(str(move.points), move.out_of, move.into, move.why)
    ...  for move in review_placement(record, book, on="2026-03-10")["pbt"].moves]
    [('2', 'pool', 'phlebotomy', 'FILLS')]
    >>> review_placement(record, book, on="2026-03-10", credential="mls")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'mls', expected the id of a credential of this record; known: pbt
    """
    on, found = grounds(record, book, on=on, trust=trust, credential=credential)
    reviews = [_Review(ground,
                       [placement for placement in record.placements if placement.credential == ground.credential.id])
               for ground in found]
    cited = [figure.citation for review in reviews for figure in (*review.table.areas, review.table.pool)]
    return PlacementReview(on=on, credentials=tuple(review.answer() for review in reviews), **made_with(book, cited))


class _Review:
    """Builds the review of one credential."""

    def __init__(self, ground: Ground, own: Sequence[Placement]) -> None:
        shown: Evaluation = ground.verdict().shown
        self.ground, self.own, self.shown = ground, own, shown
        self.table: Table = shown.table
        self.names = self._names()
        self.declared: _Points = Counter()
        for placement in own:
            self.declared[self.names.get(placement.activity, placement.activity),
                          placement.area] += to_hundredths(placement.points)
        claimed = {name for name, _ in self.declared}
        self.brought: list[tuple[Brings, bool]] = [
            *((entry, True) for entry in shown.against.brought),
            *((part, False) for item in ground.open if item.entry.activity.id in claimed and not item.brings
              for part in item.may_bring)]
        self.ids = [self._named(entry) for entry, _ in self.brought]
        self.rows = list(self._rows())

    def _names(self) -> dict[str, str]:
        """Name entries that count as one activity after the entry in which the holder placed points."""
        placed, found = {placement.activity for placement in self.own}, {}
        groups = self.ground.judged.groups
        for shown, members in () if groups is None else groups.standing_for():
            if not self.ground.counted[shown].brings:
                continue
            ids = [self.ground.counted[place].entry.activity.id for place in (shown, *bits_of(members))]
            name = next((member for member in ids if member in placed), ids[0])
            found.update(dict.fromkeys(ids, name))
        return found

    def _named(self, one: Brings) -> str:
        return self.names.get(one.activity.id, one.activity.id)

    def _rows(self) -> Iterator[Row]:
        """Return what activities bring as points by area, without points that the holder put where they may not be.

        The holder's points are distributed among the parts of an activity, the certified parts first.
        """
        left: _Points = Counter(self.declared)
        for entry, sure in self.brought:
            item, name = self.table.item(entry), self._named(entry)
            declared = []
            for bit, area in enumerate(self.table.names):
                serves = area == vocabulary.POOL or bool(item.mask >> bit & 1)
                several = self.ids.count(name) > 1
                points = 0 if not serves else min(left[name, area], item.points) if several else left[name, area]
                left[name, area] -= points
                declared.append(points)
            yield Row(points=item.points, mask=item.mask, cap=item.cap, declared=tuple(declared), sure=sure)

    def answer(self) -> CredentialPlacement:
        """Assemble the answer."""
        policy, sums = self.table.policy, self._sums(self._stays(claims=False))
        after, nearest = self._after()
        moves = _Moves(self, after)
        problems = placement_problems(self.own, self.ground.judged, policy)
        return trusted(
            CredentialPlacement, id=self.ground.credential.id, row=policy.row.id, outcome=self._outcome(),
            problems=tuple(dict.fromkeys(trusted(PlacementProblem, code=fault.code, subject=subject)
                                         for subject, fault in problems)),
            areas=self._areas(sums), short=from_hundredths(self.table.demand.total - sum(sums)),
            best_short=from_hundredths(self.shown.against.short), moves=moves.listed(),
            placements=self._placements(moves.after), nearest=nearest,
        )

    # The placement as it is.

    def _stays(self, *, claims: bool) -> Vectors:
        """Find the part of the holder's placement that may stay, with or without unconfirmed claims."""
        rows = [attrs.evolve(row, sure=True) if claims or row.sure else attrs.evolve(row, points=0, declared=_none(row))
                for row in self.rows]
        return most_that_stays(rows, self.table.demand)

    def _outcome(self) -> Outcome:
        """Judge the lawful part of the holder's placement, with and without unconfirmed points."""
        sure = self._stays(claims=False)
        if sum(self._sums(sure)) == self.table.demand.total:
            divided = any(sum(1 for points in vector[:-1] if points) > 1 for vector in sure)
            return Outcome.NEEDS_REVIEW if divided else Outcome.MET
        full = sum(self._sums(self._stays(claims=True))) == self.table.demand.total
        return Outcome.NEEDS_REVIEW if full else Outcome.NOT_MET

    def _sums(self, vectors: Vectors) -> list[int]:
        return [sum(column) for column in zip(*vectors, strict=True)] or [0] * len(self.table.names)

    def _areas(self, sums: Sequence[int]) -> tuple[AreaResult, ...]:
        figures = (*self.table.areas, self.table.pool)
        return tuple(
            trusted(AreaResult, area=area, required=figure.value, placed=from_hundredths(placed),
                    short=from_hundredths(figure.hundredths - placed), row=self.table.policy.row.id,
                    grade=figure.grade)
            for area, figure, placed in zip(self.table.names, figures, sums, strict=True)
        )

    # The nearest best placement.

    def _after(self) -> tuple[_Points, bool]:
        """Return the points by activity and area after all moves, and whether no best placement is nearer."""
        best = iter(self.shown.against.place(Steps()).vectors)
        start = tuple(next(best) if row.sure else _none(row) for row in self.rows)
        vectors, nearest = nearest_best(self.rows, self.table.demand, start)
        after: _Points = Counter()
        for name, vector in zip(self.ids, vectors, strict=True):
            placed = zip(self.table.names, vector, strict=True)
            after.update({(name, area): points for area, points in placed if points})
        return after, nearest

    def _placements(self, after: _Points) -> tuple[PlacedPoints, ...]:
        """List the points by activity in the order of the record, then by area."""
        return tuple(
            trusted(PlacedPoints, activity=item.entry.activity.id, area=area,
                    points=from_hundredths(after[item.entry.activity.id, area]))
            for item in self.ground.counted for area in self.table.names if after[item.entry.activity.id, area]
        )

    # The quality of a placement.

    def as_good(self, points: _Points) -> bool:
        """Return whether a placement is lawful and equal to the best: in the areas, in the pool, and in divisions."""
        placed = [trusted(PlacedPoints, activity=name, area=area, points=from_hundredths(amount))
                  for (name, area), amount in points.items()]
        if any(placement_problems(placed, self.ground.judged, self.table.policy)):
            return False
        sure = {name for name, row in zip(self.ids, self.rows, strict=True) if row.sure}
        areas = [(name, area) for name, area in points if name in sure and area != vocabulary.POOL]
        filled = sum(points[key] for key in areas)
        total = sum(amount for (name, _), amount in points.items() if name in sure)
        short, demand = self.shown.against.proof.short, self.table.demand
        whole = bool(self.shown.allocation.divided) or len({name for name, _ in areas}) == len(areas)
        return whole and filled == demand.mandatory - short and total == demand.total - self.shown.against.short


def _none(row: Row) -> tuple[int, ...]:
    return (0,) * len(row.declared)


class _Moves:
    """The moves from the holder's placement to another; each of them is necessary."""

    def __init__(self, review: _Review, after: _Points) -> None:
        self.review = review
        self.reasons = {item.entry.activity.id: item for item in review.ground.counted}
        self.kept = list(_pairs(review.declared, after, self._order()))
        self._leave_out_what_is_not_needed()

    def _order(self) -> list[tuple[str, tuple[str, ...]]]:
        """Order by the record and by the table; areas outside the table come last."""
        areas = (*self.review.table.names, *(area for area in vocabulary.AREAS if area not in self.review.table.names))
        return [(item.entry.activity.id, areas) for item in self.review.ground.counted]

    def _leave_out_what_is_not_needed(self) -> None:
        for move in list(self.kept):
            rest = [other for other in self.kept if other != move]
            if self.review.as_good(_applied(self.review.declared, rest)):
                self.kept = rest

    @property
    def after(self) -> _Points:
        """The holder's placement after all moves."""
        return _applied(self.review.declared, self.kept)

    def listed(self) -> tuple[Move, ...]:
        """List the moves, each with its reason."""
        return tuple(trusted(Move, activity=name, points=from_hundredths(points), out_of=out_of, into=into,
                             why=self._why(name, out_of, into))
                     for name, out_of, into, points in self.kept)

    def _why(self, name: str, out_of: str | None, into: str | None) -> str:
        one = self.reasons[name]
        if one.reason is not None and not one.if_confirmed:
            return one.reason
        mask = 0
        for part in one.may_bring:
            mask |= self.review.table.item(part).mask
        served = {vocabulary.POOL, *(area for bit, area in enumerate(self.review.table.names[:-1]) if mask >> bit & 1)}
        if out_of is not None and out_of not in served:
            return "AREA_NOT_SERVED"
        return "FILLS" if into is not None else "MAKES_ROOM"


_Shift = tuple[str, str | None, str | None, int]
"""An activity, the area its points leave, the area they enter, and the number of hundredths."""


def _pairs(
    before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int],
    order: Sequence[tuple[str, tuple[str, ...]]],
) -> Iterator[_Shift]:
    """Pair the points that an activity loses in one area with its gains in another; the rest is removed or added."""
    for name, areas in order:
        change = {area: after.get((name, area), 0) - before.get((name, area), 0) for area in areas}
        for out_of in areas:
            for into in areas:
                points = min(-change[out_of], change[into])
                if points > 0:
                    yield name, out_of, into, points
                    change[out_of] += points
                    change[into] -= points
        yield from ((name, area, None, -points) for area, points in change.items() if points < 0)
        yield from ((name, None, area, points) for area, points in change.items() if points > 0)


def _applied(before: Mapping[tuple[str, str], int], moves: Sequence[_Shift]) -> _Points:
    """Apply some moves."""
    after: _Points = Counter(before)
    for name, out_of, into, points in moves:
        if out_of is not None:
            after[name, out_of] -= points
        if into is not None:
            after[name, into] += points
    return +after
