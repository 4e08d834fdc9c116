"""`what_if`: a population under two books, and the differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np
import pyarrow as pa

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import Word
from cmprules._policy.book import PolicyBook
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.codes.notices import NOTICE
from cmprules._words.enums import Grade
from cmprules.batch._between import Between, Requirement
from cmprules.batch._compiling import announce
from cmprules.batch._pair import Pair
from cmprules.batch._responsible import HOWS, Responsible, responsible_for
from cmprules.batch._sources import spelled_out
from cmprules.batch._table import SCALE, DecidedTable, decide_table, tables_of
from cmprules.batch._whatif_values import BookSide, RequirementFlips, WhatIf


def what_if(
    credentials: Any, activities: Any, before: PolicyBook, after: PolicyBook, *, on: date | str,
    trust: Grade | str = Grade.INFERRED,
) -> WhatIf:
    """Decide a population under two books, and report which outcomes flip, by how much, and because of what.

    The books can be two editions, an edition with and without a reform, or any two.
    Everything comes from the columns of `decide_table`.
    For each outcome that flips, every requirement that differs between the books is tried alone, from both ends:
    whether it alone gives the new outcome, and whether the old outcome stays without it.

    Args:
        credentials: a file or a table, as `decide_table` takes it.
        activities: likewise.
        before: the first book, from `load_book`.
        after: the second.
        on: the day of decision; activities after it do not count.
        trust: the weakest grade of figures to rely on.

    Returns:
        The sums, and the table `changes` with a row for each credential whose answer differs in any way.

    Raises:
        InputError: a table, a column or an argument cannot be read.  A row that cannot be read never raises.

    >>> import cmprules, pyarrow
    >>> shipped = cmprules.load_book(edition="2026.1")
    >>> reformed = cmprules.load_book(edition="2026.1", extra=["docs/how-to/files/mla.toml"])
    >>> credentials = pyarrow.table({"holder": ["sample-1"], "id": ["mla"], "code": ["MLA"],
    ...                              "expires_on": ["2026-05-31"]})
    >>> activities = pyarrow.table({"holder": ["sample-1"], "id": ["a1"], "title": ["Sharps"],
    ...                             "kind": ["formal_ce"], "amount": ["1"], "completed_on": ["2025-02-11"]})
    >>> found = what_if(credentials, activities, shipped, reformed, on=date(2026, 3, 10))
    >>> found.changes.select(["outcome_before", "outcome_after", "how"]).to_pylist()
    [{'outcome_before': 'NEEDS_REVIEW', 'outcome_after': 'NOT_MET', 'how': 'alone'}]
    >>> [(one.requirement, one.alone) for one in found.requirements]
    [('table', 1)]
    >>> what_if(credentials, activities, shipped, "next year's", on=date(2026, 3, 10))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.after: WRONG_TYPE: got "next year's", expected a value of the class PolicyBook; make one of it first
    """
    return told_what_if(credentials, activities, (before, after), on=on, trust=trust)


def _silent(_: str) -> None:
    """Ignore the progress."""


def told_what_if(
    credentials: Any, activities: Any, books: tuple[PolicyBook, PolicyBook], *, on: date | str, trust: Grade | str,
    step: Callable[[str], None] = _silent, remark: Callable[[str], None] = _silent,
) -> WhatIf:
    """Do what `what_if` does, and tell each step, and whether the kernel has to be compiled first."""
    before, after = books
    step("reading")
    given, day, grade = _read(credentials, activities, books, on, trust)
    announce(remark, *(given[name].num_rows for name in ("credentials", "activities")))
    decided = list[DecidedTable]()
    for place, book in zip(("first", "second"), books, strict=True):
        step(f"deciding under the {place} book")
        decided.append(decide_table(given["credentials"], given["activities"], book, on=day, trust=grade))
    step("finding what is responsible")
    pair = Pair.of(given["credentials"], decided)
    between = Between.of(before, after, grade)
    found = tuple(responsible_for(pair.flips(given["activities"]), between, day))
    made_with: dict[str, Any] = {
        "on": day, "trust": grade, "before": _side(before), "after": _side(after), "rules": RULES_VERSION,
        "library": __version__, "notice": " ".join([*dict.fromkeys((*before.marks, *after.marks)), NOTICE])}
    return WhatIf(
        **made_with, refused=given["credentials"].num_rows - pair.count, total=pair.tally(),
        codes=tuple(pair.tallies()), outcomes=tuple(pair.outcomes()), faults=pair.faults,
        requirements=tuple(_requirements(between.requirements, found)),
        changes=pair.changes(found).replace_schema_metadata(_stamp(**made_with)))


def _read(
    credentials: Any, activities: Any, books: tuple[PolicyBook, PolicyBook], on: date | str, trust: Grade | str,
) -> tuple[dict[str, pa.Table], date, Grade]:
    """Check every argument, and bring both tables into memory once."""
    asked = Asked()
    for book, path in zip(books, ("$.before", "$.after"), strict=True):
        asked.of_class(book, PolicyBook, path)
    day, grade = asked.day(on), asked.read(Word(SCALE, "a grade", "UNKNOWN_WORD"), trust, "$.trust")
    given = tables_of({"credentials": credentials, "activities": activities}, asked)
    asked.settle()
    return {name: spelled_out(table) for name, table in given.items()}, day, Grade(grade)


def _side(book: PolicyBook) -> BookSide:
    return BookSide(edition=book.edition, edition_sha256=book.sha256, extra_sha256=book.extra_sha256)


def _stamp(*, on: date, before: BookSide, after: BookSide, **others: Any) -> dict[str, str]:
    """Return everything needed to make the changes again."""
    sides = {f"{when}_{name}": " ".join(said) if isinstance(said, tuple) else said
             for when, side in (("before", before), ("after", after)) for name, said in attrs.asdict(side).items()}
    return {"schema": WhatIf.schema, "on": on.isoformat(), **sides,
            **{name: str(said) for name, said in others.items()}}


def _requirements(requirements: Sequence[Requirement], found: Sequence[Responsible]) -> Iterator[RequirementFlips]:
    """Count the flips of each requirement, by how it causes them."""
    counts = {requirement: np.zeros(len(HOWS), dtype=np.int64) for requirement in requirements}
    for group in found:
        for column, requirement in enumerate(group.requirements):
            counts[requirement] += np.bincount(group.how[group.took_part[:, column]], minlength=len(HOWS))
    for requirement, count in counts.items():
        yield RequirementFlips(requirement=requirement.requirement, of=requirement.of,
                               **dict(zip(HOWS, count.tolist(), strict=True)))
