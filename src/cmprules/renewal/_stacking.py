"""Several credentials in one area: the choices of what to maintain, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Credential, Record
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import end_of, participates
from cmprules._rules.fees import quote_or_reason
from cmprules._words import vocabulary
from cmprules._words.enums import Grade, Standing
from cmprules.renewal._common import beyond_last_check, closing, requirements_of
from cmprules.renewal._shared_values import Requirements
from cmprules.renewal._stacking_values import (
    AreaExtent,
    Choice,
    Extent,
    LetGo,
    StackedChoices,
    StackedGroup,
    UnclearStack,
)

_RULES = ("renewal/stacked_choice", "renewal/stacked_letting_go", "renewal/same_area", "rule/several_credentials",
          "renewal/upgrade", "fees/reduced")
EVERY_CHOICE = 4
"""Up to this number of credentials in one area every choice is shown; above it, only each one alone and all of them."""


def stacked(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED) -> StackedChoices:
    """Return the choices of a holder with several credentials in one area, side by side.

    Two credentials with one area of their own are in the same area if that area is the same, as for BB and SBB.  It is
    not established whether a credential with several areas (MLS, MLT, PA) shares one with them: such pairs are
    `unclear`.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day of the question.
        trust: the weakest grade of figures to accept, as in `decide`.

    Returns:
        For each area and each choice: points, what is missing, fees, and what happens to a credential that is let go.

    Raises:
        InputError: an argument cannot be read.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "bb", "code": "BB", "expires_on": "2026-05-31"},
    ...                     {"id": "sbb", "code": "SBB", "expires_on": "2026-05-31"}]})
    >>> for choice in stacked(record, book, on="2026-03-10").groups[0].choices:
    ...     print(choice.keep, choice.short.least, choice.short.most, choice.fees.total)
    ('bb',) 36 36 110.00
    ('sbb',) 36 36 110.00
    ('bb', 'sbb') 36 72 205.00
    >>> stacked(record, book, on="2026-03-10", trust="sure")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.trust: UNKNOWN_WORD: got 'sure', expected a grade; known: official, official_old, booklet, society,
      third_party, inferred
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(record, Record, "$.record")
    on = asked.day(on)
    asked.trust(trust)
    asked.settle()
    held = [credential for credential in record.credentials if participates(credential)]
    unclear = tuple(_unclear(held, book))
    stacks = list(_stacks(held, book))
    shown = {credential.id for _, group in stacks for credential in group} | {name for pair in unclear
                                                                              for name in pair.credentials}
    decision = decide(record, book, on=on, trust=trust)
    requirements = {credential.id: requirements_of(decision[credential.id])
                    for credential in held if credential.id in shown}
    standings = {credential.id: decision[credential.id].standing for credential in held}
    choosing = _Choosing(requirements, standings, book, on, record.holder.fee_region)
    groups = tuple(StackedGroup(area=area, credentials=tuple(credential.id for credential in group),
                                choices=tuple(choosing.choices(group))) for area, group in stacks)
    rest = closing(book, rules=_RULES, open=("renewal/several_areas",) if unclear else (),
                   findings=beyond_last_check([on], book), parts=tuple(requirements.values()),
                   quotes=[choice.fees for group in groups for choice in group.choices])
    return StackedChoices(on=on, groups=groups, unclear=unclear, requirements=FrozenMap(requirements), **rest)


def _stacks(held: Sequence[Credential], book: PolicyBook) -> Iterator[tuple[str, list[Credential]]]:
    """Find credentials that share their only area, in the order of the areas."""
    for area in vocabulary.AREAS:
        group = [credential for credential in held if book.own_areas[credential.code] == (area,)]
        if len(group) > 1:
            yield area, group


def _unclear(held: Sequence[Credential], book: PolicyBook) -> Iterator[UnclearStack]:
    """Find the pairs that share an area that is not the only area of both."""
    for credential, other in combinations(held, 2):
        areas = book.own_areas[credential.code], book.own_areas[other.code]
        common = tuple(area for area in areas[0] if area in areas[1])
        if common and max(map(len, areas)) > 1:
            yield UnclearStack(credentials=(credential.id, other.id), areas=common)


class _Choosing:
    """The inputs of every choice."""

    def __init__(
        self, asked: dict[str, Requirements], standings: dict[str, Standing], book: PolicyBook, on: date, region: str
    ) -> None:
        self.asked, self.standings, self.book, self.on, self.region = asked, standings, book, on, region

    def choices(self, group: Sequence[Credential]) -> Iterator[Choice]:
        """Yield every choice among a few credentials; among many, only each one alone and all of them."""
        sizes = range(1, len(group) + 1) if len(group) <= EVERY_CHOICE else (1, len(group))
        for size in sizes:
            for keep in combinations(group, size):
                yield self.choice(keep, [credential for credential in group if credential not in keep])

    def choice(self, keep: Sequence[Credential], others: Iterable[Credential]) -> Choice:
        """Return the figures of one choice."""
        asked = [self.asked[credential.id] for credential in keep]
        totals = [requirements.total for requirements in asked if requirements.total is not None]
        known = len(totals) == len(asked)
        return Choice(
            keep=tuple(credential.id for credential in keep),
            outcomes=tuple(credential.outcome for credential in asked),
            required=_extent(total.required for total in totals) if known else None,
            short=_extent(total.short for total in totals) if known else None,
            areas=tuple(_areas(asked)) if known else None,
            fees=quote_or_reason(keep, self.book, on=self.on, fee_region=self.region),
            let_go=tuple(self.let_go(other) for other in others),
        )

    def let_go(self, credential: Credential) -> LetGo:
        """Return what happens to a credential that is let go: a voluntary one has no end date and never expires."""
        ended = self.standings[credential.id] is Standing.NO_END_DATE
        return LetGo(id=credential.id, last_day=None if ended else end_of(credential),
                     becomes=Standing.NO_END_DATE if credential.voluntary else Standing.EXPIRED)


def _areas(asked: Sequence[Requirements]) -> Iterator[AreaExtent]:
    """Compare the areas of some tables, in the order of the tables, the pool last."""
    found = [area for requirements in asked for area in requirements.areas or ()]
    for name in (*vocabulary.AREAS, vocabulary.POOL):
        alike = [area for area in found if area.area == name]
        if alike:
            yield AreaExtent(area=name, required=_extent(area.required for area in alike),
                             short=_extent(area.short for area in alike))


def _extent(points: Iterable[Decimal]) -> Extent:
    """Return the largest number and the sum: one set of activities for all, or a set for each."""
    amounts = [to_hundredths(amount) for amount in points]
    return Extent(least=from_hundredths(max(amounts)), most=from_hundredths(sum(amounts)))
