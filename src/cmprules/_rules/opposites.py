"""Which readings an answer rests on: those whose opposite would give another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import CountingRules, Setting
from cmprules._rules.outcome import Verdict
from cmprules._rules.verdicts import Judged
from cmprules._words.enums import Grade, weakest

_MONTH_END = "rule/month_end"


class Opposites(NamedTuple):
    """What the answer for one credential would be by other rows.

    Attributes:
        rules: the rows that it was given by.
        answered: whether the holder has answered whether activities are one.
        judge: judges the activities of the record by other rows.
        evaluate: evaluates what was so judged.
    """

    rules: CountingRules
    answered: bool
    judge: Callable[[CountingRules], Judged]
    evaluate: Callable[[Judged], Verdict]

    def grades(self, judged: Judged, verdict: Verdict) -> Iterator[Grade]:
        """Yield the grades of the rows that were used: by the opposite the outcome or a figure would be another."""
        month_end = self.rules.setting(_MONTH_END)
        if month_end is not None and self._uses_month_end(judged, verdict):
            yield month_end.citation.grade
        if judged.groups is not None and judged.groups.kin is not None:
            yield from self._of_relations(judged, verdict)

    def _uses_month_end(self, judged: Judged, verdict: Verdict) -> bool:
        """Return whether a day counts in one reading of its cycle alone, and nothing else takes its points away."""
        found = [(place, item) for place, item in enumerate(judged.counted) if item.reason == "END_OF_MONTH"
                 and not {"KIND_UNCONFIRMED", "UNIT_UNCONFIRMED"} & {*item.open}]
        if any(item.open and not judged.may_be_another(place) for place, item in found):
            return True
        if not found:
            return False
        without = FrozenMap({name: row for name, row in self._settings if name != _MONTH_END})
        return self._differs(without, judged, verdict)

    @property
    def _settings(self) -> Sequence[tuple[str, Setting]]:
        return tuple(self.rules.settings.items())

    def _of_relations(self, judged: Judged, verdict: Verdict) -> Iterator[Grade]:
        """Yield the grades of the rows on activities that may be one.

        Where none is a user's own they are of one grade.  Whether any was used is then found without their opposites,
        unless there are answers, or only the reading in favor of the holder tells.
        """
        rows = tuple(dict.fromkeys(self._rows(judged)))
        opposites = [(group[0].citation.grade, {row.id: "open" if row.value == "each" else "each" for row in group})
                     for group in _alike(rows)]
        if any(row.user for row in rows):
            yield from (grade for grade, values in opposites if self._differs_by(values, judged, verdict))
            return
        tried = [dict.fromkeys((row.id for row in rows), "each"),
                 *(values for _, values in opposites if self.answered)]
        if (judged.used and not self.answered) or any(self._differs_by(values, judged, verdict) for values in tried):
            grade = weakest(row.citation.grade for row in rows)
            yield from () if grade is None else (grade,)

    def _rows(self, judged: Judged) -> Iterator[Setting]:
        kinds = dict.fromkeys(item.entry.activity.kind for item in judged.counted)
        found = (self.rules.setting("rule/duplicates"), self.rules.setting("rule/alike"),
                 *map(self.rules.repeated, kinds))
        yield from (row for row in found if row is not None)

    def _differs_by(self, values: Mapping[str, str], judged: Judged, verdict: Verdict) -> bool:
        changed = {name: attrs.evolve(row, value=values[name]) if name in values else row
                   for name, row in self._settings}
        return self._differs(FrozenMap(changed), judged, verdict)

    def _differs(self, settings: FrozenMap, judged: Judged, verdict: Verdict) -> bool:
        """Return whether the outcome or a figure would be another by other rows."""
        other = self.judge(attrs.evolve(self.rules, settings=settings))
        return _brought(other) != _brought(judged) and _figures(self.evaluate(other)) != _figures(verdict)


def _alike(rows: Sequence[Setting]) -> Iterator[list[Setting]]:
    """Group the rows of the edition that say the same about repeats; every other row stays single."""
    groups: dict[str, list[Setting]] = {}
    for row in rows:
        together = row.id.startswith("rule/repeated") and not row.user
        groups.setdefault(row.value if together else row.id, []).append(row)
    yield from groups.values()


def _brought(judged: Judged) -> list[object]:
    return [(item.bucket, item.brings, item.may_bring, item.open) for item in judged.counted]


def _figures(verdict: Verdict) -> tuple[object, ...]:
    """List what an answer shows; of two tables, the shortfall in favor of the holder is the smaller one."""
    shown = verdict.shown.allocation
    return (verdict.outcome, verdict.short_if_confirmed, shown.total.required, shown.total.placed, shown.total.short,
            shown.areas, shown.shortfalls, shown.placements, shown.activities)
