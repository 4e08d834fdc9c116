"""What has to be met: each credential on the day it is due, with its tables and with what is there already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from cmprules._answers.decide import decide
from cmprules._answers.ground import ground_with_tables
from cmprules._facts.records import Activity, Credential, Period, Record, only
from cmprules._policy.book import KindRule, Policy, PolicyBook
from cmprules._rules.allocation import Brings, Table
from cmprules._rules.counting import Cycle, days_that_count, end_of, participates, standing_of
from cmprules._rules.entries import Entry, entries
from cmprules._rules.placing import Item
from cmprules._rules.results import CredentialDecision
from cmprules._words.enums import Grade, Standing
from cmprules.planning._values import Obstacle


@attrs.frozen(kw_only=True)
class Case:
    """What every step of a plan is made with; `record` has no activities that are not done yet."""

    record: Record
    book: PolicyBook
    on: date
    by: date
    trust: Grade

    def decided(self, credential: Credential, activities: Iterable[Activity] = ()) -> CredentialDecision:
        """Decide one credential on the day it is due, with some more activities; one that asks for nothing, today."""
        alone = only(self.record, credential)
        whole = attrs.evolve(alone, activities=[*alone.activities, *activities])
        day = due_on(credential, self.on, self.by) or self.on
        return decide(whole, self.book, on=day, trust=self.trust)[credential.id]


def due_on(credential: Credential, on: date, by: date) -> date | None:
    """Return the day on which a credential has to be met; None for one that asks for nothing.

    The last day of its cycle, an extension included.  Once that has passed, and for a credential without an end, no
    day is set, and the caller's `by` is taken: the last three years up to that day count.
    """
    if not participates(credential):
        return None
    ahead = standing_of(credential, on) in {Standing.CURRENT, Standing.INACTIVE}
    return end_of(credential) if ahead else by


@attrs.frozen(kw_only=True)
class Target:
    """One credential to be met: under each of its tables, within its days, with what counts already."""

    credential: Credential
    due: date
    cycle: Cycle
    tables: tuple[Table, ...]
    held: tuple[Brings, ...]

    def days(self, rule: KindRule) -> Period | None:
        """Find the days on which a course of a kind counts for this credential, as a decision on the due day does."""
        return days_that_count(rule, self.cycle)

    def items(self, table: Table) -> list[Item]:
        """Return what counts already in the terms of a table."""
        return [table.item(entry) for entry in self.held]

    def item(self, table: Table, activity: Activity) -> Item:
        """Return what a course would bring to a table."""
        return table.item(Entry(activity=activity, areas=activity.areas))

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The tables as they are cited."""
        return tuple(table.policy for table in self.tables)


def target_of(credential: Credential, due: date, before: CredentialDecision, case: Case) -> Target | Obstacle:
    """Say what one credential asks for, or why nobody can plan for it: no table of it is established."""
    listed = entries(case.record.activities, case.book.counting, case.record.settled)
    ground = ground_with_tables(credential, listed, case.book, on=due, trust=case.trust)
    if ground is None:
        need = before.needs[0]
        return Obstacle(code=need.code, subject=credential.id, questions=(need.question,))
    return Target(credential=credential, due=due, cycle=ground.cycle, tables=ground.tables, held=ground.certain)
