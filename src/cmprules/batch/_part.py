"""One part of a population: whole holders, decided by the kernel; `decide` answers the few that it cannot settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs
import numpy as np

from cmprules._policy.book import PolicyBook
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.codes.notices import NOTICE
from cmprules._words.enums import Grade
from cmprules.batch._asking import Answered, ask
from cmprules.batch._boards import set_aside
from cmprules.batch._columns.activities import read_activities
from cmprules.batch._columns.credentials import Credentials, read_credentials
from cmprules.batch._columns.given import Given
from cmprules.batch._compiled import NO_TABLE, Compiled, compile_book, day_number
from cmprules.batch._compiling import without_waiting
from cmprules.batch._doubts import doubts_of
from cmprules.batch._holders import NO_FURTHER, Holders
from cmprules.batch._kernel import records as kernel
from cmprules.batch._kernel.deciding import decide_all
from cmprules.batch._kernel.records import Array, Identity, People, Records
from cmprules.batch._people import people_of, related
from cmprules.batch._plan import Plan, plan_of
from cmprules.batch._refusals import Refusals, looked_at
from cmprules.batch._shares import Amounts, amounts_on, fees_of

NOTHING_OPEN = Identity(alike_days=0, same_grade=0, alike_grade=0, weakest=0)
"""The value for books under which the kernel compares no entries."""


@attrs.frozen(kw_only=True, eq=False)
class Context:
    """The context in which every part of a population is decided.

    Attributes:
        every: whether the scalar path answers for everyone.
        carry: the columns of the credentials to copy into the answers.
        suspects: names of holders, without spaces, that also stand in rows elsewhere that belong to no one.
    """

    book: PolicyBook
    on: date
    trust: Grade
    compiled: Compiled
    amounts: Amounts
    every: bool = False
    carry: tuple[str, ...] = ()
    suspects: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, book: PolicyBook, on: date, trust: Grade, *, every: bool = False, carry: Sequence[str] = ()
    ) -> Context:
        """Compile a book for a day."""
        return cls(book=book, on=on, trust=trust, compiled=compile_book(book, trust), amounts=amounts_on(book, on),
                   every=every, carry=tuple(carry))


def stamp_of(context: Context) -> dict[str, str]:
    """Return everything needed to decide a population again."""
    book = context.book
    return {"schema": "cmprules.population/1", "on": context.on.isoformat(), "trust": str(context.trust),
            "edition": book.edition, "edition_sha256": book.sha256, "extra_sha256": " ".join(book.extra_sha256),
            "rules": str(RULES_VERSION), "library": __version__, "notice": NOTICE}


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """The answers of one part, one for each row of its credentials, before they are arranged in columns.

    Attributes:
        found: the kernel's results; its outcome is `NOT_DECIDED` if nothing is required or no table is known.
        questions: the open questions: the row of the credential, the reason, the activity.
        fee: the fee of each credential, in cents.
        asked: the rows that the scalar path answered.
        reasons: for each reason, how many credentials it left to the scalar path; a credential counts only once.
        decided: which rows are decided; the holders of the others were refused.
        used: how many activities (and own placements) belong to decided holders.
    """

    credentials: Credentials
    holders: Holders
    people: People
    plan: Plan
    found: Records
    questions: Array
    fee: Array
    asked: dict[int, Answered]
    reasons: dict[str, int]
    decided: Array
    refusals: Refusals

    def used(self, table: str) -> int:
        """Count the rows of a table whose holders are decided."""
        rows = self.holders.rows[table]
        return int((~self.refusals.refused[rows.holder[rows.order]]).sum())


def decide_part(
    credentials: Given, activities: Given, context: Context, further: Mapping[str, Given] = NO_FURTHER
) -> Part:
    """Decide all credentials of some holders; `further` has their own `placements` and the questions they `settled`.

    A small table does not wait for the compiler: its holders are decided one by one.
    """
    with without_waiting(len(credentials.numbers), len(activities.numbers)) as by_hand:
        chosen = attrs.evolve(context, every=True) if by_hand else context
        return _decide_part(credentials, activities, chosen, further)


def _decide_part(credentials: Given, activities: Given, context: Context, further: Mapping[str, Given]) -> Part:
    """Decide all credentials of some holders, with the kernel as far as possible."""
    ours, aside = set_aside(credentials)
    creds, acts = read_credentials(ours), read_activities(activities)
    holders = Holders(creds, acts, further)
    book, compiled = context.book, context.compiled
    people, well_read = people_of(acts, holders.rows["activities"])
    people = related(people, acts, holders.rows["activities"], book, compiled)
    refusals = looked_at(holders, creds, acts, well_read, context.suspects)
    refusals.faults.extend(aside)
    plan = plan_of(creds, book, compiled, day_number(context.on))
    whose = holders.rows["credentials"]
    decided = ~refusals.refused[whose.holder]
    reasons = {
        "asked for": np.full(len(decided), context.every), "own placement or answer": refusals.to_ask[whose.holder],
        "table": plan.slow, "words": (creds.code < 0) | (creds.body < 0) | (creds.region < 0),
        **{why: found[whose.holder] for why, found in doubts_of(holders, creds, acts, book, compiled).items()}}
    to_ask = decided & np.any([*reasons.values()], axis=0)
    found, questions = _run_kernel(whose.holder, people, plan, decided & ~to_ask, compiled)
    reasons["placement"] = found.outcome == kernel.ASK
    to_ask |= reasons["placement"]
    answers = ask(holders, np.unique(whose.holder[to_ask]).tolist(), book, context.on, context.trust)
    return Part(credentials=creds, holders=holders, people=people, plan=plan, found=found, questions=questions,
                fee=fees_of(creds, whose, plan, context.amounts, book.number("reduced_fee_months")),
                asked={row: answered for row, answered in answers if to_ask[row]},
                reasons=_counted(reasons, to_ask), decided=decided, refusals=refusals)


def _counted(reasons: Mapping[str, Array], to_ask: Array) -> dict[str, int]:
    """Count the credentials left to the scalar path, each under the first of its reasons."""
    counted, left = dict[str, int](), to_ask.copy()
    for why, found in reasons.items():
        counted[why] = int((found & left).sum())
        left &= ~found
    return {why: count for why, count in counted.items() if count}


def _run_kernel(
    holder: Array, people: People, plan: Plan, wanted: Array, compiled: Compiled
) -> tuple[Records, Array]:
    """Let the kernel decide what it can; return the answers and the open questions."""
    credentials, found = (kernel.blank(len(holder), kind) for kind in (kernel.CREDENTIAL, kernel.ANSWER))
    for name in kernel.ANSWER.names or ():
        found[name] = 0 if name == "hangs_on_table" else kernel.NOT_DECIDED
    credentials.holder = holder
    credentials.table, credentials.table_today = np.where(wanted, plan.numbers[:, :2].T, NO_TABLE)
    credentials.grade = _weakest(plan.numbers, compiled)
    for column, name in enumerate(("first", "last", "doubtful_first", "doubtful_last", "odd_last")):
        credentials[name] = plan.cycles[:, column]
    credentials.odd_grade = compiled.odd_grade
    needs = np.empty((4 * len(holder) + 1024, 3), dtype=np.int64)
    job = kernel.Job.of(compiled.figures, compiled.kinds, compiled.units, compiled.identity or NOTHING_OPEN, people)
    return found, needs[:decide_all(credentials, people, job, found, needs)]


def _weakest(numbers: Array, compiled: Compiled) -> Array:
    """Return the weakest grade of the tables and of the readings by which they were chosen."""
    grades = np.append(compiled.figures.grade, 0)  # the last one is for: no table
    weakest: Array = np.maximum(np.maximum(grades[numbers[:, 0]], grades[numbers[:, 1]]), numbers[:, 2])
    return weakest
