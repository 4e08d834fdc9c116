"""A population gets exactly the decisions of its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._policy.book import PointsRow
from cmprules._words import vocabulary
from cmprules.batch._columns.given import Given
from cmprules.batch._part import Context, decide_part
from cmprules.conformance import vectors
from cmprules.testing import cases, days
from tests.core.cases.test_cases import CASES, _record
from tests.edges.batch.populations import as_tables, decided, differences
from tests.examples import scaled, some_of
from tests.strategies import edition

TRUSTS = ("official", "official_old", "booklet", "society", "third_party", "inferred")
ON = date(2026, 3, 10)
CENT = Decimal("0.01")
EDITIONS = cmprules.editions()


@st.composite
def populations(draw: st.DrawFn) -> tuple[list[cmprules.Record], date]:
    """Draw some records to decide on the same day."""
    on = draw(st.one_of(st.just(ON), days(date(2019, 1, 1), date(2027, 6, 30))))
    return [case.record for case in draw(st.lists(cases(on=on), min_size=1, max_size=6))], on


class TestTheLaw:
    """Under Hypothesis the table equals `[decide(r) for r in records]` in every column."""

    @settings(max_examples=scaled(60))
    @given(populations(), st.sampled_from((*TRUSTS, *["inferred"] * 6)), st.sampled_from(EDITIONS))
    def test_every_column_is_what_decide_says(
        self, drawn: tuple[list[cmprules.Record], date], trust: str, name: str
    ) -> None:
        """This holds for any records, day, trust and edition."""
        records, on = drawn
        book = cmprules.load_book(edition=name)
        found = decided(records, book, on, trust)
        assert differences(found, records, book, on, trust) == []

    @settings(max_examples=scaled(30))
    @given(populations(), st.randoms(use_true_random=False))
    def test_the_order_of_activities_and_placements_means_nothing(
        self, drawn: tuple[list[cmprules.Record], date], shuffler: Random
    ) -> None:
        """The rows of a holder may be anywhere."""
        records, on = drawn
        tables = as_tables(records)
        for name in ("activities", "placements"):
            order = [*range(tables[name].num_rows)]
            shuffler.shuffle(order)
            tables[name] = tables[name].take(pa.array(order, pa.int64()))
        found = decided(records, edition(), on, tables=tables).answers.drop(["own_placement", "needs"])
        assert found.equals(decided(records, edition(), on).answers.drop(["own_placement", "needs"]))


@st.composite
def crowded(draw: st.DrawFn) -> cmprules.Record:
    """Draw a record of few points, most of which may serve several areas, under caps: something has to be divided."""
    credential = cmprules.Credential(id="c", code=draw(st.sampled_from(("MLS", "MLT", "PBT", "BB", "SBB", "QIHC"))),
                                     expires_on=date(2026, 5, 31))
    areas = st.lists(st.sampled_from(vocabulary.AREAS[:8]), max_size=3, unique=True)
    kinds = st.sampled_from(("formal_ce", "formal_ce", "in_service", "college_course", "covid_work", "journal_article"))
    entered = [cmprules.Activity(id=f"{draw(st.integers(0, 99))}-{number}", title=f"T{number}", kind=draw(kinds),
                                 amount=Decimal(draw(st.integers(1, 9))) / 2, unit="point", areas=draw(areas),
                                 completed_on=date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 3))))
               for number in range(draw(st.integers(1, 7)))]
    if draw(st.booleans()):
        entered.append(attrs.evolve(entered[0], id="pool", title="Pool", kind="formal_ce", amount=40, areas=()))
    return cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[credential], activities=entered)


@settings(max_examples=scaled(60))
@given(st.lists(crowded(), min_size=1, max_size=8))
def test_what_has_to_be_divided_is_placed_as_the_rules_place_it(records: list[cmprules.Record]) -> None:
    """With few points for many areas under caps, the grade depends on the placement, the outcome on a division."""
    assert differences(decided(records, edition(), ON), records, edition(), ON) == []


# ---------------------------------------------------------------------------------------------------------
# Every table and era.


def _courses(areas: dict[str, Decimal], day: date, kind: str = "formal_ce") -> list[cmprules.Activity]:
    return [cmprules.Activity(id=f"{kind}-{place}", title=f"{kind} {area}", kind=kind, amount=points, unit="point",
                              completed_on=day, areas=() if area == vocabulary.POOL else (area,))
            for place, (area, points) in enumerate(areas.items()) if points > 0]


def _variants(needs: dict[str, Decimal], day: date, doubtful: date) -> Iterator[list[cmprules.Activity]]:
    """Return entries that meet a table to the hundredth, and variants that almost do or are in doubt."""
    full = _courses(needs, day)
    yield full
    for area, points in needs.items():
        yield _courses({**needs, area: points - CENT}, day)
    first = full[0]
    yield [*full[1:], attrs.evolve(first, completed_on=None)]
    yield [*full[1:], attrs.evolve(first, completed_on=doubtful)]
    yield [*full[1:], *(attrs.evolve(first, completed_on=doubtful, id=name) for name in ("twice", "again"))]
    yield [*full[1:], attrs.evolve(first, completed_on=doubtful - timedelta(days=40))]
    yield [*full, attrs.evolve(first, id="again", title=first.title.upper(), areas=vocabulary.AREAS[:2])]
    yield [*full[1:], attrs.evolve(first, areas=vocabulary.AREAS[:4])]
    yield [attrs.evolve(one, areas=tuple(area for area in needs if area != vocabulary.POOL)) for one in full]
    yield _courses(needs, day, "college_course")
    yield [*full[:-1], *_courses(dict.fromkeys(needs, Decimal(7)), day, "college_course"),
           *_courses(dict.fromkeys(needs, Decimal(3)), day, "covid_work")]
    yield [*full[:-1], *_courses(dict.fromkeys(needs, Decimal(9)), day, "journal_article")]
    yield []


def _crowded_out(needs: dict[str, Decimal], day: date, book: cmprules.PolicyBook) -> list[cmprules.Activity]:
    """Return entries of which the one with the weakest source finds the pool exactly full."""
    rules = {kind: rule for kind, rule in book.rules.kinds.items()
             if rule.established and "point" in vocabulary.KINDS[kind] and kind not in {"college_course", "covid_work"}}
    weakest = max(rules, key=lambda kind: [*cmprules.Grade].index(rules[kind].citation.grade))
    *areas, pool = _courses(needs, day)
    late = cmprules.Activity(id="late", title="Late", kind=weakest, amount=1, unit="point",
                             completed_on=day - timedelta(days=1))
    return [attrs.evolve(pool, completed_on=day - timedelta(days=2)), late, *areas]


def _of_row(code: str, body: str, row: PointsRow, book: cmprules.PolicyBook) -> list[cmprules.Record]:
    """Make records whose credential ends in the era of a row of a table."""
    expires = row.ends_on or max(date(2026, 5, 31), row.starts_on)
    policy = book.policy_for(code, expires_on=expires, body=body)
    needs = {figure.area: figure.value for figure in policy.areas or ()} | {
        vocabulary.POOL: policy.pool.value if policy.pool else Decimal(1)}
    day, doubtful = expires - timedelta(days=400), (expires - timedelta(days=1097)).replace(day=1)
    credential = cmprules.Credential(id=f"{code}-{body}", code=code, body=body, expires_on=expires)
    return [cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[credential], activities=entered)
            for entered in (*_variants(needs, day, doubtful), _crowded_out(needs, day, book))]


def _every_row(book: cmprules.PolicyBook) -> list[cmprules.Record]:
    return [record for code, bodies in vocabulary.BODIES.items() for body in bodies
            for row in book.tables.get(f"{code}({body})", ()) for record in _of_row(code, body, row, book)]


@pytest.mark.parametrize("on", [date(2022, 12, 31), ON])
def test_every_table_and_era(on: date, book: cmprules.PolicyBook) -> None:
    """Each table met exactly, a hundredth short in each area, in doubt, over its caps, with duplicates."""
    records = some_of(_every_row(book))
    assert differences(decided(records, book, on), records, book, on) == []


# ---------------------------------------------------------------------------------------------------------
# Cases from elsewhere.


def test_the_worked_cases(book: cmprules.PolicyBook) -> None:
    """The worked cases form one population for each day."""
    groups: dict[tuple[date, str], list[cmprules.Record]] = defaultdict(list)
    for case in CASES["case"]:
        groups[case["on"], case.get("trust", "inferred")].append(_record(case))
    for (on, trust), records in groups.items():
        assert differences(decided(records, book, on, trust), records, book, on, trust) == []


def test_the_conformance_vectors(book: cmprules.PolicyBook) -> None:
    """The vectors with a decision form one population for each day."""
    groups: dict[tuple[str, str], list[cmprules.Record]] = defaultdict(list)
    for vector in some_of(vectors("2026.1")):
        case = vector.case
        if case["do"] == "decide" and "record" in case and "answer" in vector.expected:
            groups[case["on"], case.get("trust", "inferred")].append(cmprules.parse_record(case["record"]))
    assert sum(map(len, groups.values())) > scaled(1_000)
    for (on, trust), records in groups.items():
        day = date.fromisoformat(on)
        assert differences(decided(records, book, day, trust), records, book, day, trust) == []


FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"


@pytest.mark.parametrize("more", [{"reform": ["cap-reform.toml"]}, {"reform": ["safety-reform.toml"]},
                                  {"extra": ["kinds.toml", "mla.toml"]}], ids=str)
@pytest.mark.parametrize("trust", ["inferred", "booklet"])
def test_rows_of_the_user(more: dict[str, list[str]], trust: str) -> None:
    """A user's tables and kinds, and reforms, lower the grade as they do for one record."""
    files = {name: [FILES / file for file in names] for name, names in more.items()}
    book = cmprules.load_book(edition="2026.1", **files)
    records = [record for code in ("MLA", "MLS", "PBT", "SBB")
               for row in book.tables[f"{code}(ASCP)"] for record in _of_row(code, "ASCP", row, book)]
    assert differences(decided(records, book, ON, trust), records, book, ON, trust) == []


# ---------------------------------------------------------------------------------------------------------
# Shapes of populations.


def test_nobody(book: cmprules.PolicyBook) -> None:
    """An empty population has no answers."""
    found = decided([], book, ON)
    assert (found.answers.num_rows, found.faults.num_rows) == (0, 0)
    assert found.counts["credentials"] == 0


def test_one_holder_with_a_thousand_activities(book: cmprules.PolicyBook) -> None:
    """A thousand activities of one holder, some on the same day, change nothing."""
    kinds = [kind for kind in vocabulary.KINDS if "point" in vocabulary.KINDS[kind]]
    entered = [cmprules.Activity(id=f"a{number}", title=f"Course {number % 400}", kind=kinds[number % len(kinds)],
                                 amount=Decimal(number % 7 + 1) / 100, unit="point",
                                 completed_on=date(2023, 6, 1) + timedelta(days=number % 300),
                                 areas=vocabulary.AREAS[number % 9:number % 9 + number % 3])
               for number in range(1_000)]
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=entered,
                             credentials=[cmprules.Credential(id="mls", code="MLS", expires_on=date(2026, 5, 31))])
    assert differences(decided([record], book, ON), [record], book, ON) == []


def _asked(records: list[cmprules.Record], book: cmprules.PolicyBook) -> int:
    """Count the credentials that the kernel could not settle."""
    tables = as_tables(records)
    context = Context.of(book, ON, cmprules.Grade.INFERRED)
    return len(decide_part(Given.whole(tables["credentials"]), Given.whole(tables["activities"]), context).asked)


def test_the_kernel_settles_the_many(book: cmprules.PolicyBook) -> None:
    """The scalar path is needed rarely, and for none of the tables above."""
    assert _asked(list(some_of(_every_row(book))), book) == 0


def test_many_open_questions(book: cmprules.PolicyBook) -> None:
    """With nine activities that are undated or of unknown value, not every combination is tried."""
    record = _of_row("MLS", "ASCP", book.tables["MLS(ASCP)"][-1], book)[0]
    full, *others = record.activities
    records = []
    for count, helpful in ((8, 8), (9, 9), (12, 8), (12, 9), (12, 1), (12, 0)):
        open_ones = [attrs.evolve(full, id=f"u{number}", completed_on=None,
                                  areas=full.areas if number < helpful else ("ethics",)) for number in range(count)]
        records.append(attrs.evolve(record, activities=(*others, *open_ones)))
        records.append(attrs.evolve(record, activities=(full, *others, *open_ones)))
        records.append(attrs.evolve(record, activities=(*others[1:], *open_ones)))
    expired = [attrs.evolve(one, credentials=(attrs.evolve(one.credentials[0], expires_on=date(2023, 12, 31)),))
               for one in records]
    assert _asked(records, book) == 0
    assert differences(decided([*records, *expired], book, ON), [*records, *expired], book, ON) == []


def test_the_kernel_asks_where_there_are_very_many_ways(book: cmprules.PolicyBook) -> None:
    """Seven activities for two areas can stay whole in 128 ways; if the plainest fails, not all are tried."""
    record = _of_row("MLS", "ASCP", book.tables["MLS(ASCP)"][-1], book)[0]
    full = record.activities[0]
    for amount, asked in (("2.5", 0), ("0.6", 1)):
        wide = [attrs.evolve(full, id=f"w{number}", title=f"W{number}", kind="college_course", amount=amount,
                             areas=("blood_banking", "chemistry")) for number in range(7)]
        others = [one for one in record.activities if {"blood_banking", "chemistry"}.isdisjoint(one.areas)]
        divided = attrs.evolve(record, activities=(*wide, *others))
        assert _asked([divided], book) == asked
        assert differences(decided([divided], book, ON), [divided], book, ON) == []


# ---------------------------------------------------------------------------------------------------------
# What an edition leaves open.


def _pbt(*entered: cmprules.Activity, **credential: Any) -> cmprules.Record:
    given: dict[str, Any] = {"id": "c", "code": "PBT", "expires_on": date(2026, 5, 31), **credential}
    return cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[cmprules.Credential(**given)],
                           activities=entered)


def _course(id: str, points: str = "1", day: str | None = "2025-02-11", **more: Any) -> cmprules.Activity:
    given: dict[str, Any] = {"id": id, "title": f"Course {id}", "kind": "formal_ce", "amount": points,
                             "completed_on": day, **more}
    return cmprules.Activity(**given)


FILL = (_course("s", "1", areas=["safety"]), _course("e", "1", areas=["ethics"]),
        _course("p", "6", areas=["phlebotomy"]))
OPEN: dict[str, cmprules.Record] = {
    "a course every year": _pbt(*FILL, *(_course(f"a{year}", "0.5", f"{year}-02-11", title="Annual", provider="X")
                                         for year in (2024, 2025, 2026))),
    "a course every year, needed": _pbt(*FILL[:2], *(_course(f"a{year}", "3", f"{year}-02-11", title="Annual")
                                                     for year in (2024, 2025))),
    "training that counts every year": _pbt(*FILL, *(_course(f"a{year}", "1", f"{year}-02-11", title="In-service",
                                                             kind="in_service") for year in (2024, 2025))),
    "the same by another spelling": _pbt(*FILL, _course("x", "1", title="Sharps (online)"),
                                         _course("y", "1", title="SHARPS")),
    "alike on the next day": _pbt(*FILL, _course("x", "1", title="Sharps"), _course("y", "1", "2025-02-12",
                                                                                   title="Sharps")),
    "an end within a month": _pbt(*FILL, _course("x", "1", "2023-05-20"), expires_on=date(2026, 5, 15)),
    "a former code that comes late": _pbt(*FILL, code="MT", certified_on=date(2015, 5, 5)),
    "a former code in time": _pbt(*FILL, code="MT", certified_on=date(2008, 5, 5)),
    "a unit that is less sure": _pbt(*FILL[:2], _course("x", "6", areas=["phlebotomy"], unit="cmle"),
                                     _course("y", "1", unit="ceu")),
    "sessions": _pbt(*FILL, _course("x", title="Day", session="1"), _course("y", title="Day", session="2")),
    "certified areas": _pbt(FILL[2], _course("x", "3", certified={"safety": "1", "ethics": "1"})),
    "proposed areas": _pbt(*FILL[1:], _course("x", "2", proposed_areas=["safety"])),
}


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("trust", ["inferred", "society", "official"])
def test_what_an_edition_leaves_open_is_left_open(name: str, trust: str) -> None:
    """A population has every question of an edition's rules."""
    book = cmprules.load_book(edition=name)
    for day in (ON, date(2026, 9, 1)):
        found = decided([*OPEN.values()], book, day, trust)
        assert differences(found, [*OPEN.values()], book, day, trust) == []
    if (name, trust) == (EDITIONS[-1], "inferred"):
        asked = {need["code"] for needs in decided([*OPEN.values()], book, ON).answers["needs"].to_pylist()
                 for need in needs}
        assert {"REPEATED_COURSE", "END_OF_MONTH", "FORMER_CODE_LATE"} <= asked


def test_records_without_doubt_are_left_to_the_kernel() -> None:
    """This is so under the newest edition, too."""
    plain = [_pbt(*FILL), _pbt(*FILL[:2])]
    tables = as_tables(plain)
    part = decide_part(Given.whole(tables["credentials"]), Given.whole(tables["activities"]),
                       Context.of(cmprules.load_book(), ON, cmprules.Grade.INFERRED))
    assert part.asked == {}
