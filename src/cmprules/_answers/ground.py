"""What an answer rests on: cycle, activities and tables of one credential, as `decide` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from cmprules._answers.decide import arguments_of, cycle_on, policies_for
from cmprules._facts.records import Credential, Placement, Record
from cmprules._kit.shapes import nearest
from cmprules._policy.book import Policy, PolicyBook
from cmprules._rules.allocation import Brings, Table, table_of
from cmprules._rules.counting import Cycle, participates
from cmprules._rules.entries import Entries, entries
from cmprules._rules.identity import bits_of
from cmprules._rules.judging import judge
from cmprules._rules.outcome import Division, Verdict, evaluate
from cmprules._rules.settling import Answers
from cmprules._rules.verdicts import Counted, Judged
from cmprules._words.enums import Grade
from cmprules.errors import Fault, InputError, NotInForceError


@attrs.frozen(kw_only=True)
class Ground:
    """What the answer for one credential with established tables rests on.

    Attributes:
        policies: the tables that may apply, today's last.
        tables: the same in the finder's terms.
        judged: the verdict on each activity, and what every way of settling the open ones brings.
        answers: what the holder has answered.
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
        """What counts for certain."""
        return tuple(self.judged.against())

    @property
    def open(self) -> tuple[Counted, ...]:
        """The activities about which a question is open."""
        return tuple(self.counted[place] for place in self.judged.open)

    @property
    def division(self) -> Division:
        """What the holder has answered to whether activities may be divided."""
        return Division.of(self.answers, self.judged)

    def as_shown(self, placements: Sequence[Placement]) -> list[Placement]:
        """Read placements on entries that count as one as placements on the one that they are shown under."""
        ids = [item.entry.activity.id for item in self.counted]
        groups = self.judged.groups
        shown_as = {ids[place]: ids[shown] for shown, members in (() if groups is None else groups.standing_for())
                    if self.counted[shown].brings for place in bits_of(members)}
        return [attrs.evolve(placement, activity=shown_as.get(placement.activity, placement.activity))
                for placement in placements]

    def verdict(self) -> Verdict:
        """Evaluate it as `decide` does."""
        return evaluate(self.tables, self.judged, self.answers, self.credential.id)


def ground_of(
    credential: Credential, listed: Entries, book: PolicyBook, *, on: date, trust: Grade
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
    cycle = cycle_on(credential, book, on)
    return Ground(credential=credential, cycle=cycle, policies=policies,
                  tables=tuple(table_of(policy, trust) for policy in policies),
                  judged=judge(listed, book.counting, cycle, trust), answers=listed.answers)


def grounds(
    record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str, credential: str | None,
    faults: Sequence[Fault] = (),
) -> tuple[date, tuple[Ground, ...]]:
    """Check the arguments, and gather the ground of every credential that has one, or of one of them alone.

    Raises:
        InputError: an argument cannot be read, or the record has no such credential; with the faults given.
    """
    found = list(faults)
    day, grade = date.min, Grade.INFERRED
    try:
        day, grade = arguments_of(record, book, on, trust)
    except InputError as error:
        found.extend(error.faults)
    if isinstance(record, Record):
        refuse_unknown(credential, [candidate.id for candidate in record.credentials], "credential", found)
    if found:
        raise InputError(found)
    listed = entries(record.activities, book.counting, record.settled)
    every = (ground_of(candidate, listed, book, on=day, trust=grade)
             for candidate in record.credentials if credential in {None, candidate.id})
    return day, tuple(ground for ground in every if ground is not None)


def refuse_unknown(id: object, known: Sequence[str], what: str, faults: list[Fault]) -> None:
    """Note an id that is not in the record; none at all stands for every one."""
    if id is not None and id not in known:
        faults.append(Fault(path=f"$.{what}", code=f"NO_SUCH_{what.upper()}", value=id,
                            expected=f"the id of {'an' if what == 'activity' else 'a'} {what} of this record",
                            hint=nearest(id, tuple(known))))
