"""Compare two decisions value by value, and find the cause of each difference.

Causes are tried one at a time, from both sides: the first decision with only this cause changed, and the second
decision with only this cause undone.  No order of the causes is chosen, because an order would favor some of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from cmprules._answers.decide import decide
from cmprules._answers.matching import under_later_ids
from cmprules._facts.records import Record
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import OwnFile, PolicyBook
from cmprules._policy.laying import lay
from cmprules._policy.reform import SUFFIX
from cmprules._rules.results import DecisionFields
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from cmprules._words.enums import Grade
from cmprules.comparing._differences import MADE_WITH, Values, differences, values_of
from cmprules.comparing._values import (
    Attribution,
    Cause,
    ChangedValue,
    DecisionChange,
    DecisionComparison,
    DecisionSide,
)
from cmprules.errors import CmpRulesError


@attrs.frozen(kw_only=True)
class Made:
    """Everything that a decision was made with."""

    record: Record
    edition: PolicyBook
    files: tuple[OwnFile, ...]
    on: date
    trust: Grade

    def decide(self) -> Values | None:
        """Decide, and return every value; None if these inputs cannot be combined."""
        try:
            book = lay(self.edition, self.files)
            return values_of(decide(self.record, book, on=self.on, trust=self.trust))
        except CmpRulesError:
            return None


_FIELD = {"record": "record", "day": "on", "edition": "edition", "rows": "files", "trust": "trust"}
"""What can be changed alone, and its attribute in `Made`."""


def made_with(decision: DecisionFields, record: Record, book: PolicyBook) -> Made:
    """Collect what a decision was made with."""
    return Made(record=record, edition=book.base or book, files=book.files, on=decision.on, trust=decision.stamp.trust)


def compare_decisions(
    before: DecisionFields, after: DecisionFields, records: Sequence[Record] | None, books: Sequence[PolicyBook] | None,
) -> DecisionComparison:
    """Return what changes from one decision to another, and the causes."""
    causes = tuple(_causes(before, after))
    able = [cause.cause for cause in causes if cause.cause != "library"]
    first, second = values_of(before), values_of(after)
    if records is not None and books is not None and "rules" not in able:
        matched = under_later_ids(*records)
        if matched is not records[0]:
            first = made_with(before, matched, books[0]).decide() or first
            records = (matched, records[1])
    found = [difference for difference in differences(first, second) if not difference.path.startswith(MADE_WITH)]
    ends = (first, second)
    trials = _trials(able, found, ends, before, after, records, books)
    return DecisionComparison(
        before=DecisionSide(on=before.on, stamp=before.stamp), after=DecisionSide(on=after.on, stamp=after.stamp),
        causes=causes, changes=tuple(_changed(difference, trials, first, second) for difference in found),
        sources=FrozenMap(dict(sorted({**before.sources, **after.sources}.items()))), notice=_notice(before, after),
    )


def _notice(before: DecisionFields, after: DecisionFields) -> str:
    marked = any(decision.stamp.edition.endswith(SUFFIX) for decision in (before, after))
    return " ".join([*([HYPOTHETICAL] if marked else []), NOTICE])


def _causes(before: DecisionFields, after: DecisionFields) -> Iterator[Cause]:
    """Name every input in which the two decisions differ."""
    for cause, first, second in (
        ("record", before.stamp.record_sha256, after.stamp.record_sha256),
        ("day", before.on.isoformat(), after.on.isoformat()),
        ("edition", _edition(before), _edition(after)),
        ("rows", before.stamp.extra_sha256, after.stamp.extra_sha256),
        ("trust", str(before.stamp.trust), str(after.stamp.trust)),
        ("rules", before.stamp.rules, after.stamp.rules),
        ("library", before.stamp.library, after.stamp.library),
    ):
        if first != second:
            yield Cause(cause=cause, before=first, after=second)


def _edition(decision: DecisionFields) -> dict[str, str]:
    """Name an edition by its name and its digest, without the mark of a reform, which is a matter of rows."""
    stamp = decision.stamp
    return {"edition": stamp.edition.removesuffix(SUFFIX), "edition_sha256": stamp.edition_sha256}


# ---------------------------------------------------------------------------------------------------------
# Causes.

Trials = Mapping[str, tuple[Values | None, Values | None]]
"""For each cause: every value with only this cause changed, and with only this cause undone."""


def _trials(
    causes: Sequence[str], found: Sequence[ChangedValue], ends: tuple[Values, Values], before: DecisionFields,
    after: DecisionFields, records: Sequence[Record] | None, books: Sequence[PolicyBook] | None,
) -> Trials | None:
    """Decide again with one cause changed at a time; None if that is impossible or unnecessary.

    A single cause needs no trial: changing it gives the second decision, and undoing it the first.
    """
    if len(causes) == 1:
        return {causes[0]: (ends[1], ends[0])}
    if not found or records is None or books is None or "rules" in causes:
        return None
    first, second = (made_with(decision, record, book)
                     for decision, record, book in zip((before, after), records, books, strict=True))
    return {cause: (_with(first, cause, second).decide(), _with(second, cause, first).decide()) for cause in causes}


def _with(made: Made, cause: str, other: Made) -> Made:
    """Change only one cause."""
    change: dict[str, Any] = {_FIELD[cause]: getattr(other, _FIELD[cause])}
    return attrs.evolve(made, **change)


def _changed(one: ChangedValue, trials: Trials | None, first: Values, second: Values) -> DecisionChange:
    """Return one difference with the effect of each cause."""
    because = tuple(_because(one.path, trials or {}, first, second))
    return DecisionChange(what=one.what, credential=one.credential, subject=one.subject, path=one.path,
                          before=one.before, after=one.after, only_in=one.only_in, how=_how(because), because=because)


def _because(path: str, trials: Trials, first: Values, second: Values) -> Iterator[Attribution]:
    """Yield what each cause does alone; nothing if one of them could not be tried."""
    if any(changed is None or undone is None for changed, undone in trials.values()):
        return
    for cause, (changed, undone) in trials.items():
        yield Attribution(cause=cause, alone=_same(path, changed, second), undone=_same(path, undone, first))


def _same(path: str, tried: Values | None, wanted: Values) -> bool:
    return tried is not None and tried.get(path) == wanted.get(path)


def _how(because: Sequence[Attribution]) -> str:
    """Return how causes bring about a change.

    A cause that is enough, and without which there is no change, acts alone.  If several are each enough, each of them
    acts; if several are needed and none is enough, they act together.
    """
    enough = [attribution.cause for attribution in because if attribution.alone]
    needed = [attribution.cause for attribution in because if attribution.undone]
    if not because:
        return "untried"
    if len(enough) == 1 and enough == needed:
        return "alone"
    if len(enough) > 1 and not needed:
        return "each"
    return "together" if len(needed) > 1 and not enough else "mixed"
