"""Holders whose records raise questions that the kernel does not handle: the scalar path decides them, one by one.

The search finds more holders than have an open question, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules._words.spellings import code_written
from cmprules.batch._columns.activities import Activities
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._columns.words import words_of
from cmprules.batch._compiled import Compiled, day_number
from cmprules.batch._holders import Holders
from cmprules.batch._kernel.records import NO_DAY, Array
from cmprules.batch._people import numbered_titles
from cmprules.batch._plain import is_list


def doubts_of(
    holders: Holders, credentials: Credentials, activities: Activities, book: PolicyBook, compiled: Compiled
) -> dict[str, Array]:
    """Find, for each reason, the holders that the kernel must not decide under a book."""
    of_credentials, of_activities = (holders.rows[name].holder for name in ("credentials", "activities"))
    rows = {**{why: (of_credentials, odd) for why, odd in _odd_credentials(credentials, book)},
            **{why: (of_activities, odd) for why, odd in _odd_activities(activities, of_activities, book, compiled)}}
    return {why: _whose(holders.count, *found) for why, found in rows.items()}


def _whose(count: int, owners: Array, odd: Array) -> Array:
    """Find the holder of each row."""
    found, chosen = np.zeros(count, dtype=np.bool_), owners[odd]
    found[chosen[chosen >= 0]] = True
    return found


# ---------------------------------------------------------------------------------------------------------
# Credentials.


def _odd_credentials(credentials: Credentials, book: PolicyBook) -> Iterator[tuple[str, Array]]:
    """Find the credentials with a former code that may be too late."""
    words = words_of(credentials.given.table, "code")
    former = words.map(lambda value: _former_until(value, book), NO_DAY)
    yield "former code", (former != NO_DAY) & (credentials.certified_on > former)


def _former_until(value: object, book: PolicyBook) -> int:
    """Return the last day on which a former code was given, by the first body that says; none for any other code."""
    written = code_written(value) if isinstance(value, str) else None
    if written is None or written.given_code is None:
        return NO_DAY
    days = [day_number(until.last_day) for body in vocabulary.BODIES[written.code]
            if (until := book.former_code_until(written.given_code, body)) is not None]
    return min(days, default=NO_DAY)


# ---------------------------------------------------------------------------------------------------------
# Activities.


def _odd_activities(
    activities: Activities, owners: Array, book: PolicyBook, compiled: Compiled
) -> Iterator[tuple[str, Array]]:
    """Find the activities that say more than the kernel reads, or that the user's own rows treat as one."""
    table = activities.given.table
    if compiled.identity is None and "session" in table.column_names:
        yield "session", words_of(table, "session").codes >= 0
    found = [odd for odd in (_with_amounts(table), _with_proposals(table)) if odd is not None]
    if found:
        yield "certified or proposed areas", np.any(found, axis=0)
    if book.counting.identity is not None and compiled.identity is None:
        yield "rows of the user's own", _under_one_title(activities, owners, book)


def _with_amounts(table: pa.Table) -> Array | None:
    """Find the activities whose certificates give amounts for areas; None if there are none."""
    if _is_list(table, "areas"):
        return _joined(table, "areas", ":")
    return words_of(table, "areas").where(lambda text: isinstance(text, str) and ":" in text)


def _with_proposals(table: pa.Table) -> Array | None:
    """Find the activities with proposed areas; None if there are none."""
    if _is_list(table, "proposed_areas"):
        return _joined(table, "proposed_areas", "")
    return words_of(table, "proposed_areas").where(lambda _: True)


def _is_list(table: pa.Table, name: str) -> bool:
    return name in table.column_names and is_list(table.schema.field(name).type)


def _joined(table: pa.Table, name: str, sign: str) -> Array:
    """Return which lists have a member that contains a sign; without a sign, which lists have members."""
    column = table.column(name)
    if not sign:
        lengths: Array = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
        return lengths > 0
    if not pa.types.is_string(column.type.value_type):
        return np.zeros(table.num_rows, dtype=np.bool_)
    joined = pc.fill_null(pc.binary_join(column, ";"), "")
    found: Array = pc.match_substring(joined, sign).to_numpy(zero_copy_only=False)
    return found


def _under_one_title(activities: Activities, owners: Array, book: PolicyBook) -> Array:
    """Find the dated activities that share their title, folded, with another of their holder."""
    titles, count = numbered_titles(activities, book)
    dated = (activities.days != NO_DAY) & (titles >= 0) & (owners >= 0)
    keys = np.where(dated, owners * max(count, 1) + titles, -1)
    _, back, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Array = dated & (counts[back.ravel()] > 1)
    return found
