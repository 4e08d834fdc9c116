"""Holders whose records raise questions that the kernel does not know: the scalar path decides them, one by one.

What is looked at is always more than what is in doubt, so that no holder with an open question goes past.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._kit.folding import folded, folded_tightly
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules._words.spellings import code_written
from cmprules.batch._columns import Activities, Credentials, words_of
from cmprules.batch._compiled import GRADES, day_number
from cmprules.batch._holders import Holders
from cmprules.batch._kernel import NO_DAY, Array
from cmprules.batch._plain import is_list


def doubtful(holders: Holders, credentials: Credentials, activities: Activities, book: PolicyBook) -> Array:
    """Say which holders the kernel must not decide under a book."""
    found = np.zeros(holders.count, dtype=np.bool_)
    of_credentials, of_activities = (holders.rows[name].holder for name in ("credentials", "activities"))
    for owners, rows in ((of_credentials, _odd_credentials(credentials, book)),
                         (of_activities, _odd_activities(activities, of_activities, book))):
        chosen = owners[rows]
        found[chosen[chosen >= 0]] = True
    return found


# ---------------------------------------------------------------------------------------------------------
# Credentials.


def _odd_credentials(credentials: Credentials, book: PolicyBook) -> Array:
    """Say which credentials have an end within a month, or a former code that may come too late."""
    odd = np.zeros(len(credentials.code), dtype=np.bool_)
    if book.setting("rule/month_end") is not None:
        odd |= _ends_within_a_month(credentials.expires_on)
    words = words_of(credentials.given.table, "code")
    former = words.map(lambda value: _former_until(value, book), NO_DAY)
    odd |= (former != NO_DAY) & (credentials.certified_on > former)
    return odd


def _ends_within_a_month(days: Array) -> Array:
    known = days != NO_DAY
    following = np.where(known, days, 0).astype("datetime64[D]") + np.timedelta64(1, "D")
    found: Array = known & (following != following.astype("datetime64[M]"))
    return found


def _former_until(value: object, book: PolicyBook) -> int:
    """Number the last day on which a former code was given, by the first body that says; none for any other code."""
    written = code_written(value) if isinstance(value, str) else None
    if written is None or written.given_code is None:
        return NO_DAY
    days = [day_number(until.last_day) for body in vocabulary.BODIES[written.code]
            if (until := book.former_code_until(written.given_code, body)) is not None]
    return min(days, default=NO_DAY)


# ---------------------------------------------------------------------------------------------------------
# Activities.


def _odd_activities(activities: Activities, owners: Array, book: PolicyBook) -> Array:
    """Say which activities may be one with another, or have a unit that is weaker than their kind."""
    table = activities.given.table
    odd = _says_more(table)
    if book.setting("rule/unit_grade") is not None:
        weak = [unit for unit in vocabulary.UNITS if _is_weaker(unit, book)]
        odd |= words_of(table, "unit").map(lambda unit: unit in weak, 0).astype(np.bool_)
    identity = book.counting.identity
    if identity is not None:
        fold = folded if identity.folded else folded_tightly
        odd |= _under_one_title(activities, owners, fold)
    return odd


def _says_more(table: pa.Table) -> Array:
    """Say which activities have a session, or certified or proposed areas."""
    certified = words_of(table, "areas") if not _is_list(table, "areas") else None
    odd: Array = words_of(table, "session").codes >= 0
    if certified is not None:
        odd |= certified.map(lambda text: isinstance(text, str) and ":" in text, 0).astype(np.bool_)
    else:
        odd |= _joined(table, "areas", ":")
    if "proposed_areas" in table.column_names:
        odd |= (_joined(table, "proposed_areas", "") if _is_list(table, "proposed_areas") else
                words_of(table, "proposed_areas").codes >= 0)
    return odd


def _is_list(table: pa.Table, name: str) -> bool:
    return name in table.column_names and is_list(table.schema.field(name).type)


def _joined(table: pa.Table, name: str, sign: str) -> Array:
    """Say in which lists there is a member with a sign; with none, which have members at all."""
    column = table.column(name)
    if not sign:
        lengths: Array = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
        return lengths > 0
    if not pa.types.is_string(column.type.value_type):
        return np.zeros(table.num_rows, dtype=np.bool_)
    joined = pc.fill_null(pc.binary_join(column, ";"), "")
    found: Array = pc.match_substring(joined, sign).to_numpy(zero_copy_only=False)
    return found


def _is_weaker(unit: str, book: PolicyBook) -> bool:
    """Whether the worth of a unit is less sure than the kinds that it may go with."""
    rank = GRADES.index(book.counting.units[unit].grade)
    return any(rank > GRADES.index(book.rules.kinds[kind].citation.grade)
               for kind, units in vocabulary.KINDS.items() if unit in units)


def _under_one_title(activities: Activities, owners: Array, fold: Callable[[str], str]) -> Array:
    """Say which activities with a day have a title, folded, that another one of their holder has."""
    number: dict[str, int] = {}
    titles = words_of(activities.given.table, "title").map(
        lambda title: number.setdefault(fold(title), len(number)) if isinstance(title, str) else -1, -1)
    dated = (activities.rows.days != NO_DAY) & (titles >= 0) & (owners >= 0)
    keys = np.where(dated, owners * max(len(number), 1) + titles, -1)
    _, back, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Array = dated & (counts[back.ravel()] > 1)
    return found
