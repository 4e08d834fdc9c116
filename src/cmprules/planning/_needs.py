"""The targets: each credential on its due day, with its tables and with what already counts."""

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
    """The inputs of every step of a plan; `record` has no activities of the future."""

    record: Record
    book: PolicyBook
    on: date
    by: date
    trust: Grade

    def decided(self, credential: Credential, activities: Iterable[Activity] = ()) -> CredentialDecision:
        """Decide one credential on its due day with some more activities; without a due day, decide it today."""
        alone = only(self.record, credential)
        whole = attrs.evolve(alone, activities=[*alone.activities, *activities])
        day = due_on(credential, self.on, self.by) or self.on
        return decide(whole, self.book, on=day, trust=self.trust)[credential.id]


def due_on(credential: Credential, on: date, by: date) -> date | None:
    """Return the day on which a credential must be met; None for a credential that asks for nothing.

    That is the last day of its cycle, including an extension.  After that day, and for a credential without an end
    date, it is the caller's `by`: the last three years up to that day count.
    """
    if not participates(credential):
        return None
    ahead = standing_of(credential, on) in {Standing.CURRENT, Standing.INACTIVE}
    return end_of(credential) if ahead else by


@attrs.frozen(kw_only=True)
class Target:
    """One credential to meet: under each of its tables, within its days, with what already counts."""

    credential: Credential
    due: date
    cycle: Cycle
    tables: tuple[Table, ...]
    held: tuple[Brings, ...]

    def days(self, rule: KindRule) -> Period | None:
        """Find the days on which a course of a kind counts for this credential in a decision on the due day."""
        return days_that_count(rule, self.cycle)

    def items(self, table: Table) -> list[Item]:
        """Return what already counts, in the terms of a table."""
        return [table.item(entry) for entry in self.held]

    def item(self, table: Table, activity: Activity) -> Item:
        """Return what a course would bring to a table."""
        return table.item(Entry(activity=activity, areas=activity.areas))

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The tables with their citations."""
        return tuple(table.policy for table in self.tables)


def target_of(credential: Credential, due: date, before: CredentialDecision, case: Case) -> Target | Obstacle:
    """Return what one credential asks for, or the obstacle if no table of it is established."""
    listed = entries(case.record.activities, case.book.counting, case.record.settled)
    ground = ground_with_tables(credential, listed, case.book, on=due, trust=case.trust)
    if ground is None:
        need = before.needs[0]
        return Obstacle(code=need.code, subject=credential.id, questions=(need.question,))
    return Target(credential=credential, due=due, cycle=ground.cycle, tables=ground.tables, held=ground.certain)
