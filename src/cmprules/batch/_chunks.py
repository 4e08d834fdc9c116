"""The work of an engine's executors: decide the rows of whole holders, chunk by chunk, like any part of a population.

This module does not depend on Spark.  Rows arrive sorted by holder, with credentials and activities mixed: columns that
only one of the two has are in a struct, which is empty in rows of the other.  Answers and faults leave the same way.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._policy.book import PolicyBook
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.enums import Grade
from cmprules.batch._answers import ANSWERS, FAULTS, answers_of, faults_of
from cmprules.batch._columns.given import Given
from cmprules.batch._part import Context, decide_part
from cmprules.batch._plain import plain_columns
from cmprules.errors import CmpRulesError

__all__ = ["ACTIVITY", "ANSWER", "CREDENTIAL", "DECIDED", "FAULT", "ROWS_AT_ONCE", "Task", "decide_batches",
           "whole_holders"]

CREDENTIAL, ACTIVITY = "credential", "activity"
ANSWER, FAULT = "answer", "fault"
DECIDED = pa.schema([(ANSWER, pa.struct([*ANSWERS])), (FAULT, pa.struct([*FAULTS]))])
"""The output: each row has an answer or a fault, and the other is empty."""

ROWS_AT_ONCE = 1 << 17
"""The number of rows that fill a chunk: more rows need more memory, fewer rows more time."""

_VERSION = f"cmprules {__version__} (rules {RULES_VERSION})"


@attrs.frozen(kw_only=True)
class Task:
    """The task of an executor: the version that asks, the packed book (so the version is read first), day and trust."""

    version: str
    book: bytes
    on: date
    trust: Grade
    rows: int

    @classmethod
    def of(cls, book: PolicyBook, on: date, trust: Grade) -> Task:
        """Pack a task."""
        return cls(version=_VERSION, book=pickle.dumps(book), on=on, trust=trust, rows=ROWS_AT_ONCE)


@lru_cache(maxsize=4)
def _context(task: Task) -> Context:
    """Compile the book, once in each process.

    Raises:
        CmpRulesError: another version asks, and its answers may differ.
    """
    if task.version != _VERSION:
        raise CmpRulesError(f"an executor has {_VERSION}, and the driver {task.version}; install the same on both")
    return Context.of(pickle.loads(task.book), task.on, task.trust)  # noqa: S301  # the driver packed it


def decide_batches(task: Task, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Decide the rows of a partition, sorted by holder, in bounded memory."""
    context = _context(task)
    for rows in whole_holders(batches, task.rows):
        part = decide_part(_given(rows, CREDENTIAL), _given(rows, ACTIVITY), context)
        yield _packed(ANSWER, answers_of(part, context))
        yield _packed(FAULT, _without_numbers(faults_of(part)))


def whole_holders(batches: Iterable[pa.RecordBatch], limit: int) -> Iterator[pa.Table]:
    """Divide sorted rows into chunks of a minimum size, each with all rows of its holders.

    Rows without a holder may be separated anywhere.
    """
    whole: list[pa.RecordBatch] = []
    last: list[pa.RecordBatch] = []
    for batch in filter(len, batches):
        begin = _beginning_of_last(batch)
        if begin > 0 or not _goes_on(last, batch):
            whole += [*last, batch.slice(0, begin)]
            last = []
        if begin < len(batch):
            last.append(batch.slice(begin))
        if sum(piece.num_rows for piece in whole) >= limit:
            yield pa.Table.from_batches(whole)
            whole = []
    if whole or last:
        yield pa.Table.from_batches([*whole, *last])


def _beginning_of_last(batch: pa.RecordBatch) -> int:
    """Find the first row of the last holder; the end if there is none."""
    holders = batch.column("holder")
    return int(pc.index(holders, holders[-1]).as_py()) if holders[-1].is_valid else len(holders)


def _goes_on(last: list[pa.RecordBatch], batch: pa.RecordBatch) -> bool:
    """Return whether a batch begins with the holder whose rows are being collected now."""
    return bool(last and last[-1].column("holder")[-1] == batch.column("holder")[0])


def _given(rows: pa.Table, name: str) -> Given:
    """Extract the credentials, or the activities, from mixed rows."""
    own = rows.filter(pc.is_valid(rows.column(name)))
    cells = pa.concat_arrays([pa.array([], rows.schema.field(name).type), *own.column(name).chunks])
    table = pa.table([own.column("holder"), own.column("id"), *cells.flatten()],
                     names=["holder", "id", *(field.name for field in cells.type)])
    return Given(table=plain_columns(table), numbers=np.arange(table.num_rows), show=False)


def _without_numbers(faults: pa.Table) -> pa.Table:
    """Clear the row numbers: a number within a chunk means nothing."""
    field = FAULTS.field("row")
    return faults.set_column(FAULTS.get_field_index("row"), field, pa.nulls(faults.num_rows, field.type))


def _packed(name: str, table: pa.Table) -> pa.RecordBatch:
    """Write a table into its output column."""
    structs = pa.concat_arrays([pa.array([], DECIDED.field(name).type), *table.to_struct_array().chunks])
    return pa.record_batch([structs if field.name == name else pa.nulls(table.num_rows, field.type)
                            for field in DECIDED], schema=DECIDED)
