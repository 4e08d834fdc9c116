"""The basis of an answer: cycle, activities and tables of one credential, as `decide` uses them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import attrs

from cmprules._facts.records import Credential, Placement, Record
from cmprules._kit.shapes import Day, Maybe, Text, nearest, refuse_others
from cmprules._policy.book import Policy, PolicyBook, refuse_book
from cmprules._rules.allocation import Brings, Table, table_of
from cmprules._rules.counting import Cycle, cycle_of, participates, standing_of
from cmprules._rules.entries import Entries, entries
from cmprules._rules.identity import bits_of
from cmprules._rules.judging import judge
from cmprules._rules.outcome import Division, Verdict, evaluate
from cmprules._rules.settling import Answers
from cmprules._rules.verdicts import Counted, Judged
from cmprules._words.enums import TRUST_SCALE, Grade, Standing
from cmprules.errors import Fault, InputError, NotInForceError


class Ground(NamedTuple):
    """The basis of the answer for one credential with established tables.

    Attributes:
        policies: the tables that may apply, today's last.
        tables: the same tables in the finder's terms.
        judged: the verdict on each activity, and the result of every way to settle the open ones.
        answers: the holder's answers.
    """

    credential: Credential
    cycle: Cycle
    policies: tuple[Policy, ...]
    tables: tuple[Table, ...]
    judged: Judged
    answers: Answers

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The verdict on each activity, in the order of the record."""
        return self.judged.counted

    @property
    def certain(self) -> tuple[Brings, ...]:
        """The activities that count for certain."""
        return tuple(self.judged.against())

    @property
    def open(self) -> tuple[Counted, ...]:
        """The activities with an open question."""
        return tuple(self.counted[place] for place in self.judged.open)

    @property
    def division(self) -> Division:
        """The holder's answer to whether activities may be divided."""
        return Division.of(self.answers, self.judged)

    def as_shown(self, placements: Sequence[Placement]) -> list[Placement]:
        """Move placements on entries that count as one to the entry under which they are shown."""
        ids = [item.entry.activity.id for item in self.counted]
        groups = self.judged.groups
        shown_as = {ids[place]: ids[shown] for shown, members in (() if groups is None else groups.standing_for())
                    if self.counted[shown].brings for place in bits_of(members)}
        return [attrs.evolve(placement, activity=shown_as.get(placement.activity, placement.activity))
                for placement in placements]

    def verdict(self) -> Verdict:
        """Evaluate the outcome as `decide` does."""
        return evaluate(self.tables, self.judged, self.answers, self.credential.id)


def cycle_on(credential: Credential, book: PolicyBook, on: date) -> Cycle:
    """Find the cycle of a credential on a day by the rules of a book."""
    return cycle_of(credential, on, book.number("cycle_months"), book.number("last_years_months"),
                    by_month=book.setting("rule/month_end") is not None)


def policies_for(credential: Credential, book: PolicyBook, on: date) -> tuple[Policy, ...]:
    """Find the tables that may apply to a credential on a day, today's last.

    The expiration date selects the table, never the day of the declaration.  Without an end date, it is today's table.
    For an expired credential, it is both the table of the old expiration date and today's, because it is not
    established which one a reinstatement follows.

    Raises:
        NotInForceError: no table was in force for that expiration date.
        UnknownCodeError: the edition has no such credential.
    """
    standing, days = standing_of(credential, on), []
    if standing is not Standing.NO_END_DATE and credential.expires_on is not None:
        days.append(credential.expires_on)
    if standing in {Standing.NO_END_DATE, Standing.EXPIRED}:
        days.append(on)
    policies = [book.policy_for(credential.code, expires_on=day, body=credential.body) for day in days]
    return tuple({policy.row: policy for policy in policies}.values()) if len(policies) > 1 else tuple(policies)


class WithoutTable(NamedTuple):
    """A credential whose points cannot be counted: which table is missing, and why.

    Attributes:
        code: `NOT_IN_FORCE`, `TABLE_NOT_ESTABLISHED` or `BELOW_TRUST`.
        policies: the tables that may apply, if there are any.
        judged: the verdict on each activity.
    """

    code: str
    cycle: Cycle
    policies: tuple[Policy, ...]
    judged: Judged


def without_table(found: Sequence[Policy], trusted: Sequence[Policy]) -> str | None:
    """Return the finding that says why no points can be counted; None if every table is established as trusted."""
    if all(policy.established for policy in trusted):
        return None
    return "BELOW_TRUST" if all(policy.established for policy in found) else "TABLE_NOT_ESTABLISHED"


def ground_of(
    credential: Credential, listed: Entries, book: PolicyBook, *, on: date, trust: Grade
) -> Ground | WithoutTable | None:
    """Collect the basis of the answer for a credential; None if its holder does not take part.

    Every answer about points starts here: `decide`, explanations, plans and tracking.
    """
    if not participates(credential):
        return None
    cycle = cycle_on(credential, book, on)
    judged = judge(listed, book.counting, cycle, trust)
    try:
        found = policies_for(credential, book, on)
    except NotInForceError:
        return WithoutTable(code="NOT_IN_FORCE", cycle=cycle, policies=(), judged=judged)
    policies = tuple(policy.under(trust) for policy in found)
    missing = without_table(found, policies)
    if missing is not None:
        return WithoutTable(code=missing, cycle=cycle, policies=found, judged=judged)
    return Ground(credential=credential, cycle=cycle, policies=policies,
                  tables=tuple(table_of(policy, trust) for policy in policies), judged=judged, answers=listed.answers)


def ground_with_tables(
    credential: Credential, listed: Entries, book: PolicyBook, *, on: date, trust: Grade
) -> Ground | None:
    """Collect the basis of the answer for a credential; None without participation or an established table."""
    found = ground_of(credential, listed, book, on=on, trust=trust)
    return found if isinstance(found, Ground) else None


def arguments_of(
    record: Record, book: PolicyBook, on: date | str, trust: Grade | str
) -> tuple[date, Grade]:
    """Check the arguments of a decision and report their faults together.

    Raises:
        InputError: with every fault.
    """
    faults: list[Fault] = []
    refuse_others((record,), Record, "$.record", faults)
    refuse_book(book, faults)
    day = Day().read(on, "$.on", faults)
    if trust not in TRUST_SCALE:
        faults.append(Fault(path="$.trust", code="UNKNOWN_WORD", value=trust, expected="a grade",
                            hint="known: " + ", ".join(TRUST_SCALE)))
    if faults:
        raise InputError(faults)
    return day, Grade(trust)


def grounds(
    record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str, credential: str | None,
    faults: Sequence[Fault] = (),
) -> tuple[date, tuple[Ground, ...]]:
    """Check the arguments, and collect the basis of every credential that has one, or of a single credential.

    Raises:
        InputError: an argument cannot be read, or the record has no such credential; includes the faults given.
    """
    found = list(faults)
    day, grade = date.min, Grade.INFERRED
    try:
        day, grade = arguments_of(record, book, on, trust)
    except InputError as error:
        found.extend(error.faults)
    refuse_unknown(credential, _ids_of(record), "credential", found)
    if found:
        raise InputError(found)
    listed = entries(record.activities, book.counting, record.settled)
    every = (ground_with_tables(candidate, listed, book, on=day, trust=grade)
             for candidate in record.credentials if credential in {None, candidate.id})
    return day, tuple(ground for ground in every if ground is not None)


def _ids_of(record: object) -> list[str] | None:
    """List the ids of the credentials of a record; None if it is no record."""
    return [candidate.id for candidate in record.credentials] if isinstance(record, Record) else None


def refuse_unknown(id: object, known: Sequence[str] | None, what: str, faults: list[Fault]) -> None:
    """Note an id that is not in the record; no id means every one, and no `known` that the record cannot be read."""
    if known is None:
        Maybe(Text()).read(id, f"$.{what}", faults)
    elif id is not None and id not in known:
        faults.append(Fault(path=f"$.{what}", code=f"NO_SUCH_{what.upper()}", value=id,
                            expected=f"the id of {'an' if what == 'activity' else 'a'} {what} of this record",
                            hint=nearest(id, tuple(known))))
