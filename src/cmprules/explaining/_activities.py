"""Where every point of every activity went, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cmprules._policy.book import KindRule
from cmprules._rules.results import ActivityResult, Finding
from cmprules._words import vocabulary
from cmprules.explaining._telling import Telling, added, compared, step
from cmprules.explaining._values import Comparison, ExplanationStep

PARTS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
"""Where the points of an activity can end; the parts add up to what was entered."""

_TESTS = {
    "ONCE": ("DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE"),
    "DATED": ("UNDATED",),
    "IN_CYCLE": ("OUTSIDE_CYCLE", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH"),
    "ACCEPTABLE": ("NOT_ACCEPTABLE",),
    "KIND_KNOWN": ("KIND_UNCONFIRMED", "UNIT_UNCONFIRMED"),
}
"""The tests of an activity in order, with the findings for failing each one."""

_RULES = {"ONCE": "rule/duplicates", "DATED": "rule/undated", "IN_CYCLE": "rule/current_cycle_only"}
_REASONS = tuple(code for codes in _TESTS.values() for code in codes)
_REMARKS = ("AREA_PROPOSED", "AMOUNT_UNUSUAL")
"""The findings about an activity that do not decide whether it counts."""


def activity_steps(telling: Telling) -> Iterator[ExplanationStep]:
    """Explain all activities; none if the holder of the credential does not take part."""
    results = telling.answer.activities
    if results is None:
        return
    sums = {part: added(getattr(result, part) for result in results) for part in ("entered", *PARTS)}
    yield step("ACTIVITIES", telling.answer.id, [_activity(telling, result) for result in results], numbers=sums)


def _activity(telling: Telling, result: ActivityResult) -> ExplanationStep:
    """Explain one activity: its points, whether it counts, and where the points went."""
    known = telling.activity(result.id)
    reason = next(telling.take(*_REASONS, subject=result.id), None)
    children = [*_converted(telling, result), _counts(telling, result, reason), *_placed(telling, result),
                *_surplus(telling, result), *_over_cap(telling, result), *_without_table(result, reason),
                *telling.tell(*_REMARKS, subject=result.id)]
    open_ = _is_open(telling, result)
    return step(
        "ACTIVITY", result.id, children, holds=None if open_ else result.placed == result.entered,
        compared=compared(result.placed, "=", result.entered),
        numbers={part: getattr(result, part) for part in ("entered", *PARTS)},
        days={} if known is None or known.completed_on is None else {"completed_on": known.completed_on},
    )


def _converted(telling: Telling, result: ActivityResult) -> Iterator[ExplanationStep]:
    """Return the conversion of an amount to points."""
    known = telling.activity(result.id)
    for finding in telling.take("UNIT_CONVERTED", subject=result.id):
        amounts = {} if known is None else {"amount": known.amount,
                                            "worth": Decimal(vocabulary.UNITS[str(known.unit)])}
        yield telling.told(finding, numbers={**amounts, "points": result.entered})


def _is_open(telling: Telling, result: ActivityResult) -> bool:
    """Return whether it is open that an activity counts; a duplicate is, unless rows or answers settle it."""
    return result.entered == (result.unconfirmed or (result.duplicate if result.id in telling.may_be_others else 0))


# ---------------------------------------------------------------------------------------------------------
# Whether it counts.


def _counts(telling: Telling, result: ActivityResult, reason: Finding | None) -> ExplanationStep:
    """Go through the tests in order, up to the first one that fails, which decides."""
    tests = []
    for test, codes in _TESTS.items():
        failed = reason is not None and reason.code in codes
        tests.append(_test(telling, result, test, reason if failed else None))
        if failed:
            break
    return step("COUNTS", result.id, tests, holds=tests[-1].holds)


def _test(telling: Telling, result: ActivityResult, test: str, failed: Finding | None) -> ExplanationStep:
    holds = True if failed is None else None if _is_open(telling, result) else False
    rule, kind = _RULES.get(test), _kind_rule(telling, result.id)
    citations = telling.cited(rule) if rule is not None else ()
    if kind is not None and test == "ACCEPTABLE":
        citations = tuple(dict.fromkeys(limit.citation for limit in kind.limits if limit.day is not None))
    elif kind is not None and test == "KIND_KNOWN":
        rule, citations = f"kind/{kind.kind}", (kind.citation,)
    children = () if failed is None else (_reason(telling, result, failed),)
    if test == "KIND_KNOWN":
        children = (*children, *telling.tell("USER_ROW", subject=result.id))
    return step(test, result.id, children, holds=holds, compared=_comparison(telling, result.id, test), rule=rule,
                clause=telling.clause(rule) if rule is not None else None, citations=citations)


def _reason(telling: Telling, result: ActivityResult, finding: Finding) -> ExplanationStep:
    """Return why an activity does not count; for a duplicate, the one that counts instead, or all that are like it."""
    entry = telling.entries.get(result.id)
    kept = entry.duplicate_of if entry is not None else None
    children = [step("KEPT_INSTEAD", kept)] if kept is not None and finding.code == "DUPLICATE" else []
    children.extend(step("COMPARED_WITH", other) for other in finding.others)
    return telling.told(finding, children, holds=None if _is_open(telling, result) else False,
                        numbers={"points": result.entered})


def _kind_rule(telling: Telling, id: str) -> KindRule | None:
    known = telling.activity(id)
    if known is None or telling.book is None:
        return None
    rule: KindRule = telling.book.rules.kinds[known.kind]
    return rule


def _comparison(telling: Telling, id: str, test: str) -> Comparison | None:
    """Return the two values that a test compares, if they are available."""
    known, cycle, kind = telling.activity(id), telling.answer.cycle, _kind_rule(telling, id)
    day = known.completed_on if known is not None else None
    if test == "IN_CYCLE" and day is not None and cycle is not None:
        return compared(day, "within", f"{cycle.start}/{min(cycle.end, telling.decision.on)}")
    if test == "ACCEPTABLE" and day is not None and kind is not None:
        limits = [limit.day for limit in kind.limits if limit.day is not None]
        return compared(day, "within", f"{limits[0]}/{limits[-1]}") if len(limits) > 1 else None
    if test == "KIND_KNOWN" and kind is not None and kind.established:
        return compared(kind.citation.grade, "at least", telling.decision.stamp.trust)
    return None


# ---------------------------------------------------------------------------------------------------------
# Where the points went.


def _placed(telling: Telling, result: ActivityResult) -> Iterator[ExplanationStep]:
    """Return where points were placed, and whether they had to be divided."""
    for placement in telling.answer.placements or ():
        if placement.activity == result.id:
            yield step("PLACED", placement.area, numbers={"points": placement.points}, holds=True)
    yield from telling.tell("DIVIDED_ACTIVITY", subject=result.id)


def _surplus(telling: Telling, result: ActivityResult) -> Iterator[ExplanationStep]:
    """Return why points are not needed: every area that they may serve is full, and so is the pool."""
    if not result.surplus:
        return
    served = _served(telling, result.id)
    full = [step("FULL", area.area, numbers={"required": area.required, "placed": area.placed}, holds=True,
                 compared=compared(area.placed, "=", area.required), rule=area.row)
            for area in telling.answer.areas or () if area.area in served]
    rule = "rule/no_carry_over"
    yield step("SURPLUS", result.id, full, numbers={"points": result.surplus}, holds=False, rule=rule,
               clause=telling.clause(rule), citations=telling.cited(rule))


def _served(telling: Telling, id: str) -> set[str]:
    """Name the areas that an activity may serve, as far as known, and the pool."""
    kind, entry = _kind_rule(telling, id), telling.entries.get(id)
    known = entry is not None and kind is not None and not kind.pool_only
    return {vocabulary.POOL, *(entry.areas if known and entry is not None else ())}


def _over_cap(telling: Telling, result: ActivityResult) -> Iterator[ExplanationStep]:
    """Return the points over a cap: the cap, how much of it was used, and by which activities."""
    for finding in telling.take("OVER_CAP", subject=result.id):
        known = telling.activity(result.id)
        alike = [] if known is None else _of_kind(telling, known.kind)
        numbers = {"points": result.over_cap}
        if alike:
            numbers["cap"] = added(amount for activity in alike for amount in (activity.placed, activity.surplus))
            numbers["used"] = added(activity.placed for activity in alike)
        users = [step("USES_CAP", activity.id, numbers={"points": activity.placed})
                 for activity in alike if activity.placed]
        yield telling.told(finding, users, holds=False, numbers=numbers)


def _of_kind(telling: Telling, kind: str) -> list[ActivityResult]:
    """Return the activities of a kind that count."""
    kinds = {name: entry.activity.kind for name, entry in telling.entries.items()}
    return [activity for activity in telling.answer.activities or () if kinds[activity.id] == kind]


def _without_table(result: ActivityResult, reason: Finding | None) -> Iterator[ExplanationStep]:
    """Return that an activity counts, but that the requirement is not known."""
    if reason is None and result.unconfirmed:
        yield step("WITHOUT_TABLE", result.id, numbers={"points": result.unconfirmed})
