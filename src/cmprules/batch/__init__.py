"""A whole population at once, with exactly the answers of `decide`: the extra `batch`.

    table = decide_table("credentials.parquet", "activities.parquet", book, on=date(2026, 3, 10))
    table.answers        # one row for each credential, as an Arrow table
    table.faults         # one row for each fault: bad rows do not stop the run
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pyarrow as pa

from cmprules._enums import Grade
from cmprules._policy import PolicyBook
from cmprules.batch._answers import answers_of, faults_of
from cmprules.batch._columns import ACTIVITY_COLUMNS, CREDENTIAL_COLUMNS, check_columns
from cmprules.batch._part import Context, decide_part
from cmprules.batch._sources import arrow_table

__all__ = ["DecidedTable", "decide_table"]


@attrs.frozen(kw_only=True, eq=False)
class DecidedTable:
    """The answers for a population.

    Attributes:
        answers: one row for each credential that could be read, in the order of the credentials.
        faults: one row for each fault, and for each row of a holder who was refused for another row.
        counts: rows of credentials and activities: given, decided or used, and refused.
    """

    answers: pa.Table
    faults: pa.Table
    counts: dict[str, int]


def decide_table(
    credentials: Any, activities: Any, book: PolicyBook, *, on: date, trust: Grade | str = Grade.INFERRED
) -> DecidedTable:
    """Decide every credential of a population on a day."""
    context = Context.of(book, on, Grade(trust))
    creds, acts = arrow_table(credentials), arrow_table(activities)
    check_columns(creds, CREDENTIAL_COLUMNS, "credentials")
    check_columns(acts, ACTIVITY_COLUMNS, "activities")
    part = decide_part(creds, acts, context)
    answers, faults = answers_of(part, context.compiled), faults_of(part)
    counts = {"credentials": creds.num_rows, "decided": answers.num_rows, "activities": acts.num_rows,
              "used": part.used}
    return DecidedTable(answers=answers, faults=faults, counts=counts)
