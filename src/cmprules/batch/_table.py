"""`decide_table`: a population that fits in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from importlib import import_module
from typing import Any

import attrs
import pyarrow as pa

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import Flag, FrozenMap, ListOf, Word
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import TRUST_SCALE, Grade
from cmprules.batch._answers import answers_of, areas_of, faults_of, placements_of
from cmprules.batch._columns.given import Given, column_faults
from cmprules.batch._customs import Customs, as_list, extra_columns, in_our_words
from cmprules.batch._display import TablesShown
from cmprules.batch._part import Context, Part, decide_part, stamp_of
from cmprules.batch._sources import arrow_table, left_out

FURTHER = ("areas", "placements")
_PLAIN = Customs()
_NOTHING: Mapping[str, Any] = FrozenMap()
SCALE = tuple(map(str, TRUST_SCALE))


@attrs.frozen(kw_only=True, eq=False)
class DecidedTable(TablesShown):
    """The answers for a population.

    Attributes:
        answers: one row for each credential that could be read, in the order of the credentials; `own_placement` is
            among the columns if placements were given.  The metadata of its schema says what it was made with.
        faults: one row for each fault, and for each other row of a holder who was refused for it.
        counts: for each given table, the number of its rows (`credentials`), and the number of rows whose holders were
            decided (`credentials_used`).
        areas: one row for each area of each credential, on request.
        placements: one row for each area that received points from an activity, on request.
        remarks: what was left out on the way in, a line each.
    """

    answers: pa.Table
    faults: pa.Table
    counts: FrozenMap
    areas: pa.Table | None = None
    placements: pa.Table | None = None
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Render as one short line."""
        return f"<DecidedTable: {self.answers.num_rows:,} answers, {self.faults.num_rows:,} faults>"

    def to_arrow(self, *, numbers: bool = False) -> pa.Table:
        """Return the answers as an Arrow table; with `numbers`, decimals become floating-point numbers."""
        asked = Asked()
        asked.read(Flag(), numbers, "$.numbers")
        asked.settle()
        if not numbers:
            return self.answers
        return self.answers.cast(pa.schema(
            [field.with_type(pa.float64()) if pa.types.is_decimal(field.type) else field
             for field in self.answers.schema], metadata=self.answers.schema.metadata))

    def to_pandas(self, *, numbers: bool = False) -> Any:
        """Return the answers as a pandas frame; with `numbers`, decimals become floating-point numbers."""
        return self.to_arrow(numbers=numbers).to_pandas()

    def to_polars(self, *, numbers: bool = False) -> Any:
        """Return the answers as a Polars frame (Polars must be installed); with `numbers`, decimals become numbers."""
        return import_module("polars").from_arrow(self.to_arrow(numbers=numbers))


def decide_table(  # noqa: PLR0913  # all options for tables in another form are arguments of this one function
    credentials: Any, activities: Any, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED,
    placements: Any = None, also: Collection[str] = (), columns: Mapping[str, str] = _NOTHING,
    words: Mapping[str, Mapping[str, str]] = _NOTHING, carry: Collection[str] = (), dates: str = "iso",
    settled: Any = None,
) -> DecidedTable:
    """Decide every credential of a population on a day, with exactly the answers of `decide`.

    Each table is the path of a Parquet or CSV file, or a table of pandas, Polars, Arrow or DuckDB.
    Its columns are named like the keys of a record, and `holder` names the person of each row.
    Rows of a holder may stand anywhere.

    Args:
        credentials: `holder`, `id`, `code`; optionally `body`, `certified_on`, `expires_on`,
            `cycle_start`, `voluntary`, `previous_nca`, `extended_until`, `fee_region`.
        activities: `holder`, `id`, `title`, `kind`, `amount`; optionally `provider`,
            `completed_on`, `unit`, `areas`, `documents`, `source`.
        book: the policy tables, from `load_book`.
        on: the day of decision; activities after it do not count.
        trust: the weakest grade of figures to rely on.
        placements: the holders' own placements, to be checked: `holder`, `credential`, `activity`,
            `area`, `points`.
        also: extra tables to make: `areas` of each credential, and `placements` of their points.  For these, holders
            are decided one by one.
        columns: our name for each of their columns, such as `{"Employee": "holder"}`.
        words: for each of our columns, our word for each of theirs, such as `{"kind": {"Webinar": "teleconference"}}`.
        carry: extra columns of the credentials to copy into the answers; other extra columns are left out.
        dates: the order of days written with slashes, dots or dashes: `iso`, `us` (month first) or `eu`.
        settled: the holders' answers to open questions: `holder`, `code`, `subjects`, `answer`, and `others` if the
            need that asked has them.

    Returns:
        Arrow tables.  Points and fees are decimals; a value that `decide` leaves out is an empty cell.

    Raises:
        InputError: a table, a column or an argument cannot be read.  A row that cannot be read never raises.

    >>> import cmprules, pyarrow
    >>> book = cmprules.load_book(edition="2026.1")
    >>> credentials = pyarrow.table({"holder": ["sample-1"], "id": ["pbt"], "code": ["PBT"],
    ...                              "expires_on": ["2026-05-31"]})
    >>> activities = pyarrow.table({"holder": ["sample-1", "sample-1"], "id": ["a1", "a2"],
    ...                             "title": ["Order of draw", "Sharps"], "kind": ["formal_ce", "formal_ce"],
    ...                             "amount": ["4", "1"], "completed_on": ["2025-02-11", "2025-03-04"],
    ...                             "areas": ["phlebotomy", "safety"]})
    >>> table = decide_table(credentials, activities, book, on=date(2026, 3, 10))
    >>> table.answers.select(["outcome", "required", "short"]).to_pylist()
    [{'outcome': 'NOT_MET', 'required': Decimal('9.00'), 'short': Decimal('4.00')}]
    >>> decide_table(credentials.drop(["code"]), activities, book, on="2026-03-40")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.on: NO_SUCH_DATE: got '2026-03-40', expected a day that the calendar has; check the month and the day
      $.credentials.code: MISSING_KEY: got nothing, expected a column 'code'; add it, or rename ...
    """
    asked = Asked()
    asked.of_class(book, PolicyBook, "$.book")
    day, grade = asked.day(on), asked.read(Word(SCALE, "a grade", "UNKNOWN_WORD"), trust, "$.trust")
    own = {name: table for name, table in (("placements", placements), ("settled", settled)) if table is not None}
    customs, remarks = Customs.of(asked, columns=columns, words=words, carry=carry, dates=dates), list[str]()
    given = {name: Given.whole(table) for name, table in tables_of(
        {"credentials": credentials, "activities": activities, **own}, asked, customs, remarks).items()}
    further = asked.read(ListOf(Word(FURTHER, "a further table", "UNKNOWN_WORD")), as_list(also), "$.also")
    asked.settle()
    context = Context.of(book, day, Grade(grade), every=bool(further), carry=customs.carry)
    part = decide_part(given["credentials"], given["activities"], context, {name: given[name] for name in own})
    answers = answers_of(part, context, own_placement="placements" in given)
    return DecidedTable(
        answers=answers.replace_schema_metadata(stamp_of(context)), faults=faults_of(part),
        counts=_counts(part), areas=areas_of(part) if "areas" in further else None,
        placements=placements_of(part) if "placements" in further else None, remarks=tuple(remarks),
    )


def tables_of(
    sources: Mapping[str, Any], asked: Asked, customs: Customs = _PLAIN, remarks: list[str] | None = None,
) -> dict[str, pa.Table]:
    """Take every table in our words; note the faults of its columns, and remark on the columns left out."""
    found = {}
    for name, source in sources.items():
        table = arrow_table(source, f"$.{name}", asked.faults)
        if table is not None:
            extra = extra_columns(table, name, customs)
            found[name] = in_our_words(table, name, customs)
            asked.faults.extend(column_faults(found[name], name, extra,
                                              customs.carry if name == "credentials" else ()))
            if extra and remarks is not None:
                remarks.append(left_out(name, extra))
    return found


def _counts(part: Part) -> FrozenMap:
    """Count the given rows, and those whose holders were decided."""
    given = part.holders.given.items()
    return FrozenMap({name: len(rows.numbers) for name, rows in given}
                     | {f"{name}_used": part.used(name) for name, _ in given})
