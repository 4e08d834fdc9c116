"""The rule of points as plain SQL: the same tables, days, caps, duplicates and best placement.

For each credential it computes the points required, placed and short, and whether they are enough.  It leaves out the
rest of a decision (open questions, grades, proofs, fees, faults).  Sets of areas are bits: one for each area of the
vocabulary, and one for the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

import cmprules
from cmprules._words import vocabulary

__all__ = ["connect", "differences", "join_of", "prepare", "rule_of"]

BIT_OF = {area: 1 << place for place, area in enumerate(vocabulary.AREAS)}
POOL = 1 << len(BIT_OF)
NO_LIMIT = 10**9
CAPS = 2
BODY = "ASCP"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)

JOIN = """
copy (
    select c.holder, c.id, sum(a.amount) as points
    from read_parquet('{credentials}') c left join read_parquet('{activities}') a
      on a.holder = c.holder and a.completed_on > c.expires_on - interval 3 year and a.completed_on <= c.expires_on
     and a.completed_on <= date '{on}'
    group by c.holder, c.id
) to '{out}' (format parquet)
"""

TABLES = """
create table areas (area varchar, bit integer);
create table timelines (code varchar, first_day date, last_day date, number integer);
create table tables (number integer, total integer, areas integer, most_first integer, most_second integer);
create table sets (number integer, place integer, areas integer, required integer);
create table caps (number integer, kind varchar, cap integer);
create table kinds (kind varchar, established boolean, pool_only boolean, done_from date, done_until date);
create macro months_before(day, months) as
    case when day = last_day(day) then last_day(day - to_months(months)) else (day - to_months(months))::date end;
"""

RULE = """
copy (
    with credential as materialized (  -- once expired, the years that end today count
        select file_row_number as c, holder, id, code, expires_on,
               months_before(greatest(expires_on, date '{on}') + 1, {months}) as first_day
        from read_parquet('{credentials}', file_row_number = true)
    ),
    judged as materialized (  -- by the table of the expiry, and once expired by today's too
        select row_number() over () as j, c, t.number, t.areas
        from credential join timelines s using (code) join tables t using (number)
        where expires_on between s.first_day and s.last_day
           or (expires_on < date '{on}' and date '{on}' between s.first_day and s.last_day)
    ),
    named as (select distinct areas from read_parquet('{activities}')),
    labels as (  -- the areas of an activity as bits
        select n.areas, coalesce(bit_or(bit), 0) as bits
        from (select areas, unnest(string_split(areas, ';')) as area from named) n left join areas using (area)
        group by n.areas
    ),
    counted as (  -- what was entered twice counts once, and may serve the areas of both entries
        select c, kind, cast(round(amount * 100) as integer) as points, bit_or(bits) as bits
        from credential join read_parquet('{activities}') a using (holder) join kinds using (kind)
             join labels on labels.areas = a.areas
        where established and completed_on between first_day and date '{on}'
          and completed_on between done_from and done_until
        group by c, kind, points, completed_on, lower(replace(title, ' ', ''))
    ),
    brought as (  -- the pool takes all; an activity of nothing, so that every set of areas is looked at
        select j, number, case when pool_only then 0 else bits & areas end | {pool} as bits,
               sum(points) filter (cap is null) as free, sum(points) filter (cap = 0) as first,
               sum(points) filter (cap = 1) as second
        from counted join judged using (c) join kinds using (kind) left join caps using (number, kind)
        group by j, number, 3
        union all
        select j, number, areas | {pool}, 0, 0, 0 from judged
    ),
    supply as (  -- what may serve any area of a set
        select j, s.number, s.place, coalesce(sum(free), 0) as free, coalesce(sum(first), 0) as first,
               coalesce(sum(second), 0) as second
        from brought b join sets s on s.number = b.number and s.areas & b.bits <> 0
        group by j, s.number, s.place
    ),
    worst as (  -- what a set needs, less what may serve it after caps
        select j, number,
               greatest(max(required - free - least(first, most_first) - least(second, most_second)), 0) as short
        from supply join sets using (number, place) join tables using (number)
        group by j, number
    ),
    shown as (
        select c, arg_max(total, struct_pack(short, number)) as required, max(short) as short
        from worst join judged using (j, number) join tables using (number)
        group by c
    )
    select holder, id, case when short > 0 then 'NOT_MET' else 'MET' end as outcome,
           (required / 100)::decimal(9, 2) as required, ((required - short) / 100)::decimal(9, 2) as placed,
           (short / 100)::decimal(9, 2) as short
    from shown join credential using (c)
) to '{out}' (format parquet)
"""

DIFFERENCES = """
select count(*), count(*) filter (d.short is distinct from s.short
                                  or (d.outcome in ('MET', 'NOT_MET') and d.outcome is distinct from s.outcome))
from read_parquet('{answers}') d left join read_parquet('{out}') s using (holder, id)
where d.short is not null
"""


def join_of(paths: dict[str, Path], on: date, out: Path) -> str:
    """Write the statement that does only the join, the date filter and one sum."""
    return JOIN.format(**paths, on=on, out=out)


def rule_of(paths: dict[str, Path], book: cmprules.PolicyBook, on: date, out: Path) -> str:
    """Write the statement for the rule."""
    return RULE.format(**paths, on=on, out=out, months=book.number("cycle_months"), pool=POOL)


def differences(duck: duckdb.DuckDBPyConnection, answers: Path, out: Path) -> tuple[int, int]:
    """Count the credentials compared, and those whose figures differ."""
    found = duck.execute(DIFFERENCES.format(answers=answers, out=out)).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open a database that uses one thread and spills to a folder when memory is full."""
    return duckdb.connect(config={"threads": 1, "temp_directory": str(folder / "duckdb")})


def prepare(duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook) -> None:
    """Write the policy tables of a book as relations."""
    duck.execute(TABLES)
    _insert(duck, "areas", BIT_OF.items())
    _insert(duck, "kinds", ((rule.kind, rule.established, rule.pool_only, _day(rule, "done_from", FIRST_DAY),
                             _day(rule, "done_until", LAST_DAY)) for rule in book.rules.kinds.values()))
    for number, policy in enumerate(_policies(book)):
        needs = {BIT_OF[figure.area]: figure.hundredths for figure in policy.areas or ()}
        total = policy.total.hundredths if policy.total else 0
        most = [cap.hundredths for cap in policy.caps or ()]
        sets = [(sum(needs) | POOL, total), *_sets(needs)]
        _insert(duck, "timelines", [(policy.code, policy.row.starts_on, policy.row.ends_on or LAST_DAY, number)])
        _insert(duck, "tables", [(number, total, sum(needs), *most, *[NO_LIMIT] * (CAPS - len(most)))])
        _insert(duck, "sets", ((number, place, *one) for place, one in enumerate(sets)))
        _insert(duck, "caps", ((number, cap.kind, place) for place, cap in enumerate(policy.caps or ())))


def _insert(duck: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows into a relation."""
    for row in rows:
        duck.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)


def _policies(book: cmprules.PolicyBook) -> Iterator[cmprules.Policy]:
    """Return every established table once."""
    for rows in book.tables.values():
        for row in rows:
            if row.established and row.body == BODY:
                yield book.policy_for(row.code, expires_on=row.starts_on, body=row.body)


def _sets(needs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Return every nonempty set of mandatory areas, and what it needs together."""
    found = [(0, 0)]
    for bit, need in needs.items():
        found += [(areas | bit, together + need) for areas, together in found]
    yield from found[1:]


def _day(rule: Any, name: str, absent: date) -> date:
    """Return the day of a limit of a kind, if there is one."""
    limit = rule.limit(name)
    return absent if limit is None or limit.day is None else limit.day
