"""A population larger than a machine, on Apache Spark: the kernel of `decide_table` on every executor.

    from cmprules.batch.spark import decide_frames

    decided = decide_frames(spark.read.parquet("credentials"), spark.read.parquet("activities"), book,
                            on=date(2026, 3, 10))
    decided.answers.write.parquet("answers")

Install the extra `spark`.  This module works with the frames it is given and imports no PySpark itself.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import attrs

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import FrozenMap, Word
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Grade
from cmprules.batch._chunks import ACTIVITY, ANSWER, CREDENTIAL, DECIDED, FAULT, Task, decide_batches
from cmprules.batch._columns.given import COLUMNS, column_faults
from cmprules.batch._part import Context, stamp_of
from cmprules.batch._plain import plain_columns
from cmprules.batch._spark_types import arrow_schema, spark_columns
from cmprules.batch._table import SCALE
from cmprules.errors import Fault

__all__ = ["DecidedFrames", "decide_frames"]


@attrs.frozen(kw_only=True, eq=False)
class DecidedFrames:
    """The answers for a population, as Spark frames that are computed on demand.

    Attributes:
        answers: one row for each credential that could be read, with the columns of `DecidedTable.answers`.
        faults: one row for each fault, and for each other row of a holder who was refused for it, with the columns of
            `DecidedTable.faults`; `row` is empty, since rows of a frame have no numbers.
        both: the source of the two: each row has an `answer` or a `fault`.  Persist it if you want both; otherwise the
            population is decided twice.
        stamp: the edition, rules, trust and library behind the answers; an Arrow table has it in its metadata.
    """

    answers: Any
    faults: Any
    both: Any
    stamp: FrozenMap


def decide_frames(
    credentials: Any, activities: Any, book: PolicyBook, *, on: date, trust: Grade | str = Grade.INFERRED,
) -> DecidedFrames:
    """Decide every credential of a population on a day, on a cluster, with exactly the answers of `decide`.

    The rows of both frames are brought together by holder (one shuffle), sorted, and decided chunk by chunk.
    Within a holder they are taken in the order of their ids, whatever their order was.

    Args:
        credentials: a Spark frame with the columns that `decide_table` takes.
        activities: likewise.
        book: the policy tables, from `load_book`; it is sent to the executors, including the user's own rows.
        on: the day of decision; activities after it do not count.
        trust: the weakest grade of figures to rely on.

    Returns:
        Spark frames.  Nothing is read until they are written, counted or collected, and everything is read again for
        each of them unless `both` is persisted.

    Raises:
        InputError: a frame, a column or an argument cannot be read.  A row that cannot be read never raises.

    >>> import cmprules
    >>> from pyspark.sql import SparkSession
    >>> spark = SparkSession.builder.getOrCreate()
    >>> book = cmprules.load_book(edition="2026.1")
    >>> credentials = spark.sql("select 'sample-1' holder, 'pbt' id, 'PBT' code, date'2026-05-31' expires_on")
    >>> activities = spark.sql("select 'sample-1' holder, 'a1' id, 'Sharps' title, 'formal_ce' kind, 1.5 amount,"
    ...                        " date'2025-02-11' completed_on, array('safety') areas")
    >>> decided = decide_frames(credentials, activities, book, on=date(2026, 3, 10))
    >>> decided.answers.select("outcome", "required", "short").toArrow().to_pylist()
    [{'outcome': 'NOT_MET', 'required': Decimal('9.00'), 'short': Decimal('7.50')}]
    >>> decide_frames(credentials.drop("code"), activities, book, on="2026-03-40")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.on: NO_SUCH_DATE: got '2026-03-40', expected a day that the calendar has; check the month and the day
      $.credentials.code: MISSING_KEY: got nothing, expected a column 'code'; add it, or rename one with
      withColumnRenamed('Theirs', 'code')
    """
    asked = Asked()
    asked.of_class(book, PolicyBook, "$.book")
    day, grade = asked.day(on), asked.read(Word(SCALE, "a grade", "UNKNOWN_WORD"), trust, "$.trust")
    _look_at(credentials, "credentials", asked)
    _look_at(activities, "activities", asked)
    asked.settle()
    task = Task.of(book, day, Grade(grade))
    both = _together(credentials, activities).mapInArrow(partial(decide_batches, task), spark_columns(DECIDED))
    return DecidedFrames(
        answers=both.where(f"{ANSWER} is not null").select(f"{ANSWER}.*"),
        faults=both.where(f"{FAULT} is not null").select(f"{FAULT}.*"), both=both,
        stamp=FrozenMap(stamp_of(Context.of(book, day, Grade(grade)))),
    )


def _look_at(frame: Any, name: str, asked: Asked) -> None:
    """Note the faults of a frame and its columns, by their Spark types."""
    if not hasattr(frame, "mapInArrow"):
        asked.refuse(f"$.{name}", "WRONG_TYPE", type(frame).__name__, "a DataFrame of Spark 4 or later",
                     "read one with a SparkSession, or give tables of other kinds to decide_table")
        return
    table = plain_columns(arrow_schema(frame.dtypes).empty_table())
    if name == "activities" and "id" not in frame.columns:  # rows of a frame have no numbers by which to name them
        asked.refuse(f"$.{name}.id", "MISSING_KEY", None, "a column 'id'", "add it")
    asked.faults.extend(_in_words_of_spark(fault, dict(frame.dtypes)) for fault in column_faults(table, name))


def _in_words_of_spark(fault: Fault, types: dict[str, str]) -> Fault:
    """Name the type of a column in Spark's words, and how to rename a column."""
    column = fault.path.rpartition(".")[2]
    if fault.code == "MISSING_KEY":
        return attrs.evolve(fault, hint=f"add it, or rename one with withColumnRenamed('Theirs', {column!r})")
    return attrs.evolve(fault, value=types[column]) if fault.code == "WRONG_TYPE" else fault


def _together(credentials: Any, activities: Any) -> Any:
    """Bring together the rows of each holder, from both frames, in the order of their ids."""
    rows = _own(credentials, CREDENTIAL, ACTIVITY).unionByName(_own(activities, ACTIVITY, CREDENTIAL))
    return rows.repartition("holder").sortWithinPartitions("holder", "id")


def _own(frame: Any, name: str, other: str) -> Any:
    """Write the columns that only one kind of row has into a struct, and leave the other kind's struct empty."""
    known = {*COLUMNS["credentials"], *COLUMNS["activities"]} - {"holder", "id"}
    cells = ", ".join(column for column in frame.columns if column in known)
    return frame.selectExpr("string(holder) as holder", "string(id) as id", f"struct({cells}) as {name}",
                            f"null as {other}")
