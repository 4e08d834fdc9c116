"""What an answer rests on: cycle, activities and tables of one credential, as `decide` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from cmprules._answers.decide import arguments_of, policies_for
from cmprules._facts.records import Credential, Record
from cmprules._kit.shapes import nearest
from cmprules._policy.book import Policy, PolicyBook
from cmprules._rules.allocation import Table, table_of
from cmprules._rules.counting import ACCEPTED, Counted, Cycle, Entry, cycle_of, entries, judge, participates
from cmprules._rules.outcome import Verdict, evaluate
from cmprules._words.enums import Grade
from cmprules.errors import Fault, InputError, NotInForceError

__all__ = ["Ground", "ground_of", "grounds", "refuse_unknown"]


@attrs.frozen(kw_only=True)
class Ground:
    """What the answer for one credential with established tables rests on.

    Attributes:
        policies: the tables that may apply, today's last.
        tables: the same in the finder's terms.
        counted: the verdict on each activity, in the order of the record.
    """

    credential: Credential
    cycle: Cycle
    policies: tuple[Policy, ...]
    tables: tuple[Table, ...]
    counted: tuple[Counted, ...]

    @property
    def accepted(self) -> tuple[Counted, ...]:
        """The activities that count for certain."""
        return tuple(one for one in self.counted if one.bucket == ACCEPTED)

    @property
    def open(self) -> tuple[Counted, ...]:
        """The activities that may count."""
        return tuple(one for one in self.counted if one.bucket != ACCEPTED and one.if_confirmed)

    def verdict(self) -> Verdict:
        """Evaluate it as `decide` does."""
        return evaluate(self.tables, self.counted)


def ground_of(
    credential: Credential, listed: Sequence[Entry], book: PolicyBook, *, on: date, trust: Grade
) -> Ground | None:
    """Gather what the answer for a credential rests on; None if it takes no part or a table is not established."""
    if not participates(credential):
        return None
    try:
        found = policies_for(credential, book, on)
    except NotInForceError:
        return None
    policies = tuple(policy.under(trust) for policy in found)
    if not all(policy.established for policy in policies):
        return None
    cycle = cycle_of(credential, on, book.number("cycle_months"), book.number("last_years_months"))
    return Ground(credential=credential, cycle=cycle, policies=policies,
                  tables=tuple(table_of(policy, trust) for policy in policies),
                  counted=judge(listed, book.rules, cycle, trust))


def grounds(
    record: Record, book: PolicyBook, *, on: date, trust: Grade | str, credential: str | None,
    faults: Sequence[Fault] = (),
) -> tuple[date, tuple[Ground, ...]]:
    """Check the arguments, and gather the ground of every credential that has one, or of one of them alone.

    Raises:
        InputError: an argument cannot be read, or the record has no such credential; with the faults given.
    """
    found = list(faults)
    try:
        on, trust = arguments_of(record, on, trust)
    except InputError as error:
        found.extend(error.faults)
    if isinstance(record, Record):
        refuse_unknown(credential, [one.id for one in record.credentials], "credential", found)
    if found:
        raise InputError(found)
    listed = entries(record.activities)
    every = (ground_of(one, listed, book, on=on, trust=Grade(trust))
             for one in record.credentials if credential in {None, one.id})
    return on, tuple(ground for ground in every if ground is not None)


def refuse_unknown(id: object, known: Sequence[str], what: str, faults: list[Fault]) -> None:
    """Note an id that is not in the record; none at all stands for every one."""
    if id is not None and id not in known:
        faults.append(Fault(path=f"$.{what}", code=f"NO_SUCH_{what.upper()}", value=id,
                            expected=f"the id of {'an' if what == 'activity' else 'a'} {what} of this record",
                            hint=nearest(id, tuple(known))))
