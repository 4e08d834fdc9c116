"""The rule as plain SQL agrees with `decide_table` on every credential."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bench._people import write_people
from bench._sql import differences, prepare, rule_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary
from cmprules.batch import decide_table
from tests.examples import scaled

ON = date(2026, 3, 10)
CODES = [code for code, bodies in vocabulary.BODIES.items() if "ASCP" in bodies]
POINTS = [kind for kind, units in vocabulary.KINDS.items() if units[0] == "point"]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def duck(book: cmprules.PolicyBook) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database with the policy tables."""
    with duckdb.connect(config={"threads": 1}) as found:
        prepare(found, book)
        yield found


def said(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, folder: Path, paths: dict[str, Path], on: date = ON
) -> list[Row]:
    """Return the answers of the rule as SQL, after checking them against `decide_table`."""
    answers, out = folder / "answers.parquet", folder / "rule.parquet"
    duck.execute(rule_of(paths, book, on, out))
    table = decide_table(paths["credentials"], paths["activities"], book, on=on)
    assert table.faults.num_rows == 0
    pq.write_table(table.answers, answers)
    figures = sum(value is not None for value in table.answers["short"].to_pylist())
    assert differences(duck, answers, out) == (figures, 0)
    found: list[Row] = pq.read_table(out).to_pylist()
    return found


def files_of(folder: Path, credentials: list[Row], activities: list[Row]) -> dict[str, Path]:
    """Write rows as files of a population."""
    tables = {
        "credentials": pa.Table.from_pylist(credentials, pa.schema([
            ("holder", pa.string()), ("id", pa.string()), ("code", pa.string()), ("expires_on", pa.date32())])),
        "activities": pa.Table.from_pylist(activities, pa.schema([
            ("holder", pa.string()), ("id", pa.string()), ("title", pa.string()), ("kind", pa.string()),
            ("amount", pa.float64()), ("completed_on", pa.date32()), ("areas", pa.string())])),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return {name: folder / f"{name}.parquet" for name in tables}


def course(id: str, amount: float, day: date, **other: Any) -> Row:
    """Write one activity of one holder."""
    return {"holder": "h", "id": id, "title": id, "kind": "formal_ce", "amount": amount, "completed_on": day,
            "areas": "", **other}


def alone(code: str, expires_on: date) -> list[Row]:
    """Write one credential of one holder."""
    return [{"holder": "h", "id": "c", "code": code, "expires_on": expires_on}]


def test_made_up_people(duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path) -> None:
    """They are the people of the benchmark."""
    found = said(duck, book, tmp_path, write_people(tmp_path, 400, 30))

    assert len(found) == 400
    assert {row["outcome"] for row in found} == {"MET", "NOT_MET"}


@st.composite
def populations(draw: st.DrawFn) -> tuple[list[Row], list[Row], date]:
    """Draw holders of any credential and era, with activities of any kind around their cycles."""
    credentials, activities = list[Row](), list[Row]()
    on = draw(st.sampled_from([ON, date(2022, 6, 30)]))
    titles = st.sampled_from(["Sharps", "sharps", "S h a r p s", "Order of draw"])
    areas = st.lists(st.sampled_from(vocabulary.AREAS), max_size=3, unique=True).map(";".join)
    for number in range(draw(st.integers(1, 12))):
        expires = draw(st.dates(date(2009, 1, 1), date(2029, 12, 31)))
        credentials.append({"holder": f"h{number}", "id": "c", "code": draw(st.sampled_from(CODES)),
                            "expires_on": expires})
        last = min(expires, on) if draw(st.booleans()) else on
        days = st.one_of(st.just(0), st.integers(-40, 1_200))
        activities += [{
            "holder": f"h{number}", "id": f"a{place}", "title": draw(titles), "kind": draw(st.sampled_from(POINTS)),
            "amount": draw(st.sampled_from([0.25, 0.5, 1.0, 2.0, 5.0, 20.0])), "areas": draw(areas),
            "completed_on": last - timedelta(days=draw(days)),
        } for place in range(draw(st.integers(0, 12)))]
    return credentials, activities, on


@settings(max_examples=scaled(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(populations())
def test_any_credential_era_and_kind(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path,
    rows: tuple[list[Row], list[Row], date]
) -> None:
    """Tables of every era, two after an expiry; caps, kinds, days, repeated entries, several areas."""
    credentials, activities, on = rows

    said(duck, book, tmp_path, files_of(tmp_path, credentials, activities), on)


@pytest.mark.parametrize(("expires_on", "first_day"), [
    (date(2026, 5, 31), date(2023, 6, 1)),
    (date(2027, 2, 28), date(2024, 3, 1)),
    (date(2027, 2, 27), date(2024, 2, 29)),  # 28 February 2027 is the last day of its month, and so is the result
    (date(2028, 2, 28), date(2025, 2, 28)),
    (date(2026, 12, 31), date(2024, 1, 1)),
])
def test_the_cycle_begins_on_its_first_day(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path, expires_on: date, first_day: date
) -> None:
    """An activity on that day counts, one on the day before does not."""
    days = [first_day - timedelta(days=1), first_day]
    short = []
    for day in days:
        paths = files_of(tmp_path, alone("PBT", expires_on), [course("a1", 5, day)])
        short.append(said(duck, book, tmp_path, paths)[0]["short"])

    assert short == [9, 4]


def test_once_expired_both_tables_are_held_against_the_holder(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path
) -> None:
    """The table of 2023 needs 2 points in blood banking, today's 8: with 2 of them, 6 are short."""
    entered = [course("a1", 1, ON, areas="safety"), course("a2", 1, ON, areas="ethics"),
               course("a3", 2, ON, areas="blood_banking"), course("a4", 32, ON)]
    paths = files_of(tmp_path, alone("BB", date(2023, 12, 31)), entered)

    assert [row["short"] for row in said(duck, book, tmp_path, paths)] == [6]


def test_what_was_entered_twice_counts_once_and_serves_both_areas(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path
) -> None:
    """Only case and spaces differ; a third entry has another day, and counts."""
    entered = [course("a1", 1, ON, title="Sharps and needles", areas="safety"),
               course("a2", 1, ON, title="sharps and  needles", areas="phlebotomy"),
               course("a3", 1, ON - timedelta(days=1), title="Sharps and needles", areas="safety")]
    paths = files_of(tmp_path, alone("PBT", date(2026, 5, 31)), entered)

    assert [row["placed"] for row in said(duck, book, tmp_path, paths)] == [2]


def test_a_capped_kind_counts_up_to_its_cap(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path
) -> None:
    """At most half of 36 points may come from college courses."""
    entered = [course("a1", 30, ON, kind="college_course"), course("a2", 5, ON)]
    paths = files_of(tmp_path, alone("MLS", date(2026, 5, 31)), entered)

    assert [row["short"] for row in said(duck, book, tmp_path, paths)] == [36 - 5 - 18]


def test_a_kind_for_the_pool_alone_fills_no_area(
    duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path
) -> None:
    """Pandemic work counts only in the pool, whatever areas it names: safety stays short."""
    on = date(2022, 6, 30)
    entered = [course("a1", 1, on, kind="covid_work", areas="safety"), course("a2", 8, on, areas="phlebotomy")]
    paths = files_of(tmp_path, alone("PBT", date(2022, 12, 31)), entered)

    assert [row["short"] for row in said(duck, book, tmp_path, paths, on)] == [1]


def test_a_difference_is_counted(duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, tmp_path: Path) -> None:
    """Cases: an answer wrong by a hundredth, another outcome, and a missing answer."""
    paths = write_people(tmp_path, 6, 5)
    said(duck, book, tmp_path, paths)
    rows = pq.read_table(tmp_path / "rule.parquet").to_pylist()
    wrong = [{**rows[0], "short": rows[0]["short"] + 1}, {**rows[1], "outcome": "?"}, *rows[3:]]
    pq.write_table(pa.Table.from_pylist(wrong, pq.read_schema(tmp_path / "rule.parquet")), tmp_path / "rule.parquet")

    assert differences(duck, tmp_path / "answers.parquet", tmp_path / "rule.parquet") == (6, 3)
