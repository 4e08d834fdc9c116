"""Which activities count: the tests of each activity, in both readings of what is uncertain.

Nothing here knows what a table asks for; it only decides which activities may count at all, and why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cmprules._policy.book import CountingRules, KindRule
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import Entries, Entry
from cmprules._rules.kinship import judge_groups
from cmprules._rules.settling import Answers
from cmprules._rules.verdicts import ACCEPTED, Counted, Doubt, Judged
from cmprules._words.enums import Grade


def judge(listed: Entries, rules: CountingRules, cycle: Cycle, trust: Grade = Grade.INFERRED) -> Judged:
    """Test every activity in order and in both readings; then judge together those that may be one."""
    found = judge_each(listed, rules, cycle, trust)
    if listed.plain:
        return Judged(counted=tuple(found))
    return judge_groups(found, listed, rules)


def judge_each(
    listed: Entries, rules: CountingRules, cycle: Cycle, trust: Grade = Grade.INFERRED
) -> list[Counted]:
    """Test every activity by itself.

    Most activities pass all tests, which is quick to see; the others are asked for their objections.
    """
    certain, unquestioned, doubted = cycle.certain, rules.unquestioned[trust], rules.doubted_units[trust]
    found = []
    for entry in listed.listed:
        activity = entry.activity
        day = activity.completed_on
        if (entry.duplicate_of is None and day is not None and certain is not None and activity.kind in unquestioned
                and certain.start <= day <= certain.end and (not doubted or activity.unit not in doubted)):
            found.append(Counted(entry=entry, bucket=ACCEPTED, reason=None, if_confirmed=True))
        else:
            found.append(_judge_one(entry, rules, cycle, trust, listed.answers))
    return found


def _judge_one(entry: Entry, rules: CountingRules, cycle: Cycle, trust: Grade, answers: Answers) -> Counted:
    """Apply the tests; the first objection decides.

    They are: duplicate, no date, outside the cycle, not acceptable, kind and unit.

    The other reading resolves a doubt (no date, the month of the previous end, the kind) in the holder's favor, and the
    activity must pass the remaining tests in that reading too.  An answer of the holder's ends a doubt: yes removes the
    objection, no makes it final in both readings.
    """
    every = _objections(entry, rules, cycle, trust)
    given = {code: answers.get(code, entry.activity.id) for code in every} if answers else {}
    reasons = [code for code in every if not given.get(code)] if given else every
    answered = tuple(_answered(every, given)) if given else ()
    if not reasons:
        return Counted(entry=entry, bucket=ACCEPTED, reason=None, if_confirmed=True,
                       doubt=Doubt(answered=answered) if answered else None)
    possible = _FINAL.isdisjoint(every) and False not in given.values()
    return Counted(entry=entry, bucket=_BUCKETS[reasons[0]], reason=reasons[0], if_confirmed=possible,
                   doubt=Doubt(open=tuple(reasons) if possible else (), answered=answered)
                   if possible or answered else None)


def _answered(every: Sequence[str], given: Mapping[str, bool | None]) -> Iterator[str]:
    """Yield the open tests that an answer settles: those before the first that is failed for certain."""
    for code in every:
        if _BUCKETS[code] != "unconfirmed":
            return
        if given[code] is not None:
            yield code
        if given[code] is False:
            return


_BUCKETS = {
    "DUPLICATE": "duplicate",
    "UNDATED": "unconfirmed",
    "OUTSIDE_CYCLE": "outside_cycle",
    "END_OF_MONTH": "unconfirmed",
    "MONTH_OF_PREVIOUS_END": "unconfirmed",
    "NOT_ACCEPTABLE": "not_acceptable",
    "KIND_UNCONFIRMED": "unconfirmed",
    "UNIT_UNCONFIRMED": "unconfirmed",
}

_FINAL = frozenset(code for code, bucket in _BUCKETS.items() if bucket != "unconfirmed")
"""The objections that hold in both readings."""


def _objections(entry: Entry, rules: CountingRules, cycle: Cycle, trust: Grade) -> list[str]:
    """List every test that an activity fails, in order."""
    activity, found = entry.activity, []
    day = activity.completed_on
    if entry.duplicate_of is not None:
        found.append("DUPLICATE")
    of_day = "UNDATED" if day is None else _day_objection(day, cycle)
    if of_day is not None:
        found.append(of_day)
    if activity.kind not in rules.unquestioned[trust]:
        found.extend(_kind_objections(rules.kinds[activity.kind], day, trust))
    if activity.unit in rules.doubted_units[trust]:
        found.append("UNIT_UNCONFIRMED")
    return found


def _day_objection(day: date, cycle: Cycle) -> str | None:
    """Return the objection to a day: outside the cycle, or in it only in one reading of its bounds."""
    if cycle.counted is None or day not in cycle.counted:
        in_doubt = cycle.doubtful is not None and day in cycle.doubtful
        return "MONTH_OF_PREVIOUS_END" if in_doubt else "OUTSIDE_CYCLE"
    return "END_OF_MONTH" if cycle.odd is not None and day in cycle.odd else None


def _kind_objections(rule: KindRule, day: date | None, trust: Grade) -> Iterator[str]:
    """Yield objections to a kind: not acceptable on a day, or its value not established as accepted."""
    if day is not None and not rule.done_in_time(day):
        yield "NOT_ACCEPTABLE"
    if not rule.established or not rule.citation.grade.satisfies(trust):
        yield "KIND_UNCONFIRMED"
