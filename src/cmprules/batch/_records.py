"""`records_of`: the record of each holder of a few tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import pyarrow as pa

from cmprules._answers.asked import Asked
from cmprules._facts.records import Record
from cmprules._kit.shapes import FrozenMap
from cmprules.batch._answers import faults_table
from cmprules.batch._asking import records
from cmprules.batch._boards import set_aside
from cmprules.batch._columns.activities import read_activities
from cmprules.batch._columns.credentials import read_credentials
from cmprules.batch._columns.given import Given
from cmprules.batch._compiling import without_waiting
from cmprules.batch._customs import Customs
from cmprules.batch._holders import Holders
from cmprules.batch._people import people_of
from cmprules.batch._refusals import looked_at
from cmprules.batch._table import tables_of

_AT_A_TIME = 200
_NOTHING: Mapping[str, Any] = FrozenMap()


@attrs.frozen(kw_only=True, eq=False)
class PeopleRecords:
    """The records of the holders in some tables, in the order of each holder's first credential.

    Attributes:
        records: one for each holder whose rows can all be read.
        faults: one row for each fault, as in `DecidedTable.faults`.
        remarks: what was left out on the way in, a line each.
    """

    records: tuple[Record, ...]
    faults: pa.Table
    remarks: tuple[str, ...]

    def __iter__(self) -> Iterator[Record]:
        """Go through the records."""
        return iter(self.records)

    def __len__(self) -> int:
        """Count the records."""
        return len(self.records)

    def __repr__(self) -> str:
        """Render as one short line."""
        return f"<PeopleRecords: {len(self.records):,} records, {self.faults.num_rows:,} faults>"


def records_of(
    credentials: Any, activities: Any, *, columns: Mapping[str, str] = _NOTHING,
    words: Mapping[str, Mapping[str, str]] = _NOTHING, dates: str = "iso", settled: Any = None,
) -> PeopleRecords:
    """Make a record for each holder of two tables, as `decide_table` takes them.

    Args:
        credentials: a file or a table, with the columns that `decide_table` takes.
        activities: likewise.
        columns: our name for each of their columns.
        words: for each of our columns, our word for each of theirs.
        dates: the order of days written with slashes, dots or dashes: `iso`, `us` or `eu`.
        settled: the holders' answers to open questions, as `decide_table` takes them.

    Returns:
        The records, and the faults of rows that cannot be read; the holders of these rows have no record.

    Raises:
        InputError: a table, a column or an argument cannot be read.  A row that cannot be read never raises.

    >>> import pyarrow
    >>> credentials = pyarrow.table({"holder": ["sample-1"], "id": ["pbt"], "code": ["PBT"],
    ...                              "expires_on": ["2026-05-31"]})
    >>> activities = pyarrow.table({"holder": ["sample-1"], "title": ["Sharps"], "kind": ["formal_ce"],
    ...                             "amount": ["1"]})
    >>> found = records_of(credentials, activities)
    >>> [(record.holder.id, len(record.activities)) for record in found], found.faults.num_rows
    ([('sample-1', 1)], 0)
    >>> records_of(credentials, activities, dates="dmy")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.dates: UNKNOWN_WORD: got 'dmy', expected an order of days; known: iso, us, eu
    """
    found = people_in(credentials, activities, columns=columns, words=words, dates=dates, settled=settled)
    return PeopleRecords(records=tuple(found.records), remarks=found.remarks, faults=found.faults)


@attrs.frozen(kw_only=True, eq=False)
class People:
    """The holders in some tables; their records are made on request.

    Attributes:
        count: the number of readable records.
        records: the record of each, made once.
        faults: one row for each fault.
        remarks: what was left out on the way in.
    """

    count: int
    records: Iterator[Record]
    faults: pa.Table
    remarks: tuple[str, ...]


def people_in(
    credentials: Any, activities: Any, *, columns: Mapping[str, str] = _NOTHING,
    words: Mapping[str, Mapping[str, str]] = _NOTHING, dates: str = "iso", settled: Any = None,
) -> People:
    """Check two tables and the holders' answers, and make the record of each holder on request.

    Raises:
        InputError: a table, a column or an argument cannot be read.
    """
    asked, remarks = Asked(), list[str]()
    customs = Customs.of(asked, columns=columns, words=words, carry=(), dates=dates)
    own = {} if settled is None else {"settled": settled}
    given = tables_of({"credentials": credentials, "activities": activities, **own}, asked, customs, remarks)
    asked.settle()
    with without_waiting(*(given[name].num_rows for name in ("credentials", "activities"))):
        ours, aside = set_aside(Given.whole(given["credentials"]))
        creds, acts = read_credentials(ours), read_activities(Given.whole(given["activities"]))
        holders = Holders(creds, acts, {name: Given.whole(given[name]) for name in own})
        _, well_read = people_of(acts, holders.rows["activities"])
        refusals = looked_at(holders, creds, acts, well_read)
    chosen = [number for number in range(holders.count) if not refusals.refused[number]]
    return People(count=len(chosen), records=_some_at_a_time(holders, chosen), remarks=tuple(remarks),
                  faults=faults_table([*refusals.faults, *aside]))


def _some_at_a_time(holders: Holders, chosen: Sequence[int]) -> Iterator[Record]:
    """Make the records of a few holders at a time, so the rows of all holders are never in memory as Python values."""
    for first in range(0, len(chosen), _AT_A_TIME):
        yield from records(holders, chosen[first:first + _AT_A_TIME])
