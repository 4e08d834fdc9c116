"""A population under two books: which outcomes flip, by how much, and which requirement causes it."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyarrow import csv

import cmprules
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from cmprules.batch import WhatIf, decide_table, what_if
from cmprules.batch._whatif import told_what_if
from cmprules.testing import cases
from tests.core.units.test_reforms import fee_row, fees, reformed, table
from tests.edges.batch.populations import as_tables, said
from tests.edges.batch.reforms import Changes, changes_of, laid, made_responsible
from tests.examples import scaled
from tests.strategies import edition

ON = date(2026, 3, 10)
FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
COMPARED = ("outcome", "required", "placed", "short", "short_if_confirmed", "shortfall_areas", "shortfall",
            "declaration", "fee", "grade", "needs")
SAFETY, ETHICS, OWN, TOTAL = ("area", "safety"), ("area", "ethics"), ("area", "phlebotomy"), ("total", "total")
CODES = ("PBT", "PBT", "MLS", "HT", "SBB", "PA", "QIHC")


def compared(records: Iterable[cmprules.Record], before: cmprules.PolicyBook, after: cmprules.PolicyBook,
             on: date = ON, trust: str = "inferred") -> WhatIf:
    """Ask what changes for records as one population."""
    tables = as_tables(records)
    return what_if(tables["credentials"], tables["activities"], before, after, on=on, trust=trust)


def wanted(records: Iterable[cmprules.Record], books: tuple[cmprules.PolicyBook, cmprules.PolicyBook], on: date,
           trust: str = "inferred") -> list[dict[str, Any]]:
    """List the differences between the decisions of each record."""
    found = []
    for number, record in enumerate(records):
        pair = [said(cmprules.decide(record, book, on=on, trust=trust), record) for book in books]
        for credential, first, second in zip(record.credentials, *pair, strict=True):
            differs = [name for name in COMPARED if first[name] != second[name]]
            if differs:
                sides = {f"{name}_{when}": side[name] for name in COMPARED
                         for when, side in (("before", first), ("after", second))}
                found.append({
                    "holder": f"h{number}", "id": credential.id, "code": credential.code, "body": credential.body,
                    "standing": first["standing"], "differs": differs, **sides,
                    **{f"{name}_difference": None if first[name] is None or second[name] is None
                       else second[name] - first[name] for name in ("short", "fee")}})
    return found


# ---------------------------------------------------------------------------------------------------------
# The laws.

RECORDS = st.lists(st.one_of(cases(codes=["PBT"], on=ON), cases(on=ON)).map(lambda case: case.record), min_size=1,
                   max_size=4)


class Drawn(NamedTuple):
    """Some records, two reforms for one code, and the code."""

    records: list[cmprules.Record]
    first: Changes
    second: Changes
    code: str

    @property
    def books(self) -> tuple[cmprules.PolicyBook, cmprules.PolicyBook]:
        """The edition under either reform."""
        return laid(self.first, self.code), laid(self.second, self.code)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Draw a code, records most of which have it, and reforms; the first is often empty."""
    code = draw(st.sampled_from(CODES))
    records = draw(st.lists(st.one_of(cases(codes=[code], on=ON), cases(codes=[code], on=ON), cases(on=ON))
                            .map(lambda case: case.record), min_size=1, max_size=4))
    return Drawn(records, draw(st.one_of(st.just({}), changes_of(code))), draw(changes_of(code)), code)


@settings(max_examples=scaled(25))
@given(drawn(), st.sampled_from(("inferred", "inferred", "third_party", "society", "official")))
def test_changes_are_those_of_decide(population: Drawn, trust: str) -> None:
    """Rows and cells equal the result of deciding each record under both books, and no row is missing."""
    found = compared(population.records, *population.books, trust=trust)

    rows = [{name: cell for name, cell in row.items() if name not in {"how", "because"}}
            for row in found.changes.to_pylist()]
    assert rows == wanted(population.records, population.books, ON, trust)
    assert found.total.credentials == sum(len(record.credentials) for record in population.records)


@settings(max_examples=scaled(25))
@given(drawn())
def test_what_flips_an_outcome_is_what_flips_it_alone(population: Drawn) -> None:
    """For each flip, each change is tried alone from both ends, by laying files over the edition."""
    found = compared(population.records, *population.books)

    for row in found.changes.to_pylist():
        if "outcome" not in row["differs"]:
            assert (row["how"], row["because"]) == (None, None)
            continue
        record = population.records[int(row["holder"][1:])]
        place = [one.id for one in record.credentials].index(row["id"])
        how, because = made_responsible(record, place, ON, population.first, population.second, [population.code])
        assert row["how"] == how
        assert sorted(tuple(part.values()) for part in row["because"]) == because


@settings(max_examples=scaled(20))
@given(RECORDS, changes_of("PBT"))
def test_to_swap_the_books_swaps_before_and_after(records: list[cmprules.Record], changes: Changes) -> None:
    """What is added one way is removed the other; one alone stays alone, and enough becomes needed."""
    there, back = (compared(records, *pair) for pair in (
        (edition(), laid(changes, "PBT")), (laid(changes, "PBT"), edition())))

    turned, rows = _swapped(there), back.changes.to_pylist()
    assert [row | {"how": None} for row in turned] == [row | {"how": None} for row in rows]
    assert all(row["how"] in _other_way(was["how"]) for row, was in zip(rows, there.changes.to_pylist(), strict=True))
    assert (there.total.short_added, there.total.short_removed) == (back.total.short_removed, back.total.short_added)
    assert (there.total.met_before, there.total.fee_after) == (back.total.met_after, back.total.fee_before)
    assert {(one.before, one.after, one.credentials) for one in there.outcomes} == {
        (one.after, one.before, one.credentials) for one in back.outcomes}


def _swapped(found: WhatIf) -> list[dict[str, Any]]:
    """Swap before and after in the rows of changes."""
    turned = []
    for row in found.changes.to_pylist():
        sides = {f"{name}_{other}": row[f"{name}_{when}"] for name in COMPARED
                 for when, other in (("before", "after"), ("after", "before"))}
        differences = {name: None if row[name] is None else -row[name] for name in ("short_difference",
                                                                                  "fee_difference")}
        parts = row["because"] and [part | {"alone": part["undone"], "undone": part["alone"]}
                                    for part in row["because"]]
        turned.append({**row, **sides, **differences, "because": parts})
    return turned


def _other_way(how: str | None) -> tuple[str | None, ...]:
    """Swap enough and needed: each of several becomes all together, unless others would suffice too."""
    return {"each": ("together", "mixed"), "together": ("each",), "mixed": ("mixed", "together")}.get(str(how), (how,))


@settings(max_examples=scaled(20))
@given(RECORDS, changes_of("PBT"))
def test_the_sums_are_those_of_the_rows(records: list[cmprules.Record], changes: Changes) -> None:
    """Flows, sums and flips by requirement follow from the answers; the codes add up to the total."""
    found = compared(records, edition(), laid(changes, "PBT"))
    rows = found.changes.to_pylist()
    flips = [row for row in rows if "outcome" in row["differs"]]
    grown = [row["short_difference"] for row in rows if row["short_difference"] is not None]

    assert (found.total.changed, found.total.flipped) == (len(rows), len(flips))
    assert found.total.short_added == sum(amount for amount in grown if amount > 0)
    assert found.total.short_removed == -sum(amount for amount in grown if amount < 0)
    assert Counter({(str(one.before), str(one.after)): one.credentials for one in found.outcomes
                    if one.credentials and one.before != one.after}) == Counter(
        (row["outcome_before"], row["outcome_after"]) for row in flips)
    assert sum(one.credentials for one in found.outcomes) == found.total.credentials
    parts = Counter((part["requirement"], part["of"], row["how"]) for row in flips for part in row["because"])
    assert parts == Counter({(one.requirement, one.of, how): getattr(one, how) for one in found.requirements
                             for how in ("alone", "each", "together", "mixed") if getattr(one, how)})
    for field in attrs.fields_dict(type(found.total)):
        if field not in {"code", "body"}:
            assert sum(getattr(one, field) for one in found.codes) == getattr(found.total, field), field


@settings(max_examples=scaled(10))
@given(RECORDS, st.sampled_from(("official", "society", "inferred")))
def test_nobody_flips_between_a_book_and_itself(records: list[cmprules.Record], trust: str) -> None:
    """There is no row, requirement or addition, nor with a reform that changes nothing."""
    same = reformed(table("cycle", 'id = "last_years_months"\nvalue = 36', unit="month"))
    for other in (edition(), same):
        found = compared(records, edition(), other, trust=trust)
        assert (found.changes.num_rows, found.requirements, found.total.flipped) == (0, (), 0)
        assert found.total.short_added == found.total.short_removed == 0


# ---------------------------------------------------------------------------------------------------------
# Flips, in plain words.


def holder(code: str = "PBT", expires_on: date = date(2026, 5, 31), of: Mapping[str, str] | None = None,
           **more: Any) -> cmprules.Record:
    """Make one holder with one credential and the given points in each area; `pool` serves none."""
    entered = [cmprules.Activity(id=area, title=f"Course on {area}", kind="formal_ce", unit="point", amount=points,
                                 completed_on=date(2025, 2, 11), areas=() if area == "pool" else (area,))
               for area, points in (of or {}).items() if Decimal(points)]
    credential = cmprules.Credential(id="c", code=code, expires_on=expires_on, **more)
    return cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[credential], activities=entered)


def pbt(safety: str = "1", ethics: str = "1", own: str = "2", pool: str = "9") -> cmprules.Record:
    """Make a phlebotomist with the given points in each area, by default enough."""
    return holder(of={"safety": safety, "ethics": ethics, "phlebotomy": own, "pool": pool})


def flips(found: WhatIf) -> list[tuple[str, str, str, str, list[str]]]:
    """List for each flip the credential, both outcomes, how, and the requirements."""
    return [(row["holder"], row["outcome_before"], row["outcome_after"], row["how"],
             [part["of"] for part in row["because"]])
            for row in found.changes.to_pylist() if "outcome" in row["differs"]]


def test_a_minimum_raised_by_a_point_flips_exactly_those_with_less() -> None:
    """Safety rises from 1 to 2 points: 0.99 is short in both, 1 to 1.99 flip, 2 stays."""
    people = [pbt(safety=points) for points in ("0", "0.99", "1", "1.5", "1.99", "2", "3")]

    found = compared(people, edition(), laid({SAFETY: "2"}, "PBT"))

    assert flips(found) == [(f"h{place}", "MET", "NOT_MET", "alone", ["safety"]) for place in (2, 3, 4)]
    amounts = {row["holder"]: (row["short_before"], row["short_after"]) for row in found.changes.to_pylist()}
    assert amounts["h1"] == (Decimal("0.01"), Decimal("1.01"))
    assert amounts["h4"] == (Decimal("0.00"), Decimal("0.01"))
    assert (found.total.short_added, found.total.met_before, found.total.met_after) == (Decimal("3.51"), 5, 2)
    assert [(one.requirement, one.of, one.alone, one.each) for one in found.requirements] == [("area", "safety", 3, 0)]


@pytest.mark.parametrize("form", ["parquet", "csv", "by number"])
def test_whatever_holds_the_tables(form: str, tmp_path: Path) -> None:
    """Files, and numbered holders, have the same changes as tables with written names."""
    people, books = [pbt(safety=points) for points in ("0", "1", "3")], (edition(), laid({SAFETY: "2"}, "PBT"))
    tables: dict[str, Any] = {name: plain for name, plain in as_tables(people).items() if name != "placements"}
    for name, plain in tables.items():
        path, place = tmp_path / f"{name}.{form}", plain.schema.get_field_index("holder")
        by_number = plain.set_column(place, "holder", plain["holder"].combine_chunks().dictionary_encode())
        lists = [field.name for field in plain.schema if pa.types.is_list(field.type)]
        tables[name] = by_number if form == "by number" else path
        if form == "parquet":
            pq.write_table(plain, path)
        elif form == "csv":
            joined = {name: pc.binary_join(plain[name], ";") for name in lists}
            csv.write_csv(pa.table({**{name: plain[name] for name in plain.column_names}, **joined}), path)
    found = what_if(tables["credentials"], tables["activities"], *books, on=ON)
    assert flips(found) == [("h1", "MET", "NOT_MET", "alone", ["safety"])]
    assert found.changes.equals(compared(people, *books).changes)


@pytest.mark.parametrize(("expires_on", "flipped"), [
    (date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2024, 2, 29), True), (date(2024, 12, 31), True)])
def test_a_reform_reaches_the_expiries_that_it_is_for(expires_on: date, flipped: bool) -> None:
    """It binds for expiries from 2024-01-01 on; nothing changes for the day before."""
    one = attrs.evolve(pbt(), credentials=[cmprules.Credential(id="c", code="PBT", expires_on=expires_on)])
    done = [attrs.evolve(activity, completed_on=date(2022, 5, 1)) for activity in one.activities]

    found = compared([attrs.evolve(one, activities=done)], edition(), laid({SAFETY: "2"}, "PBT"), on=date(2023, 6, 30))

    assert (found.total.met_before, found.total.flipped) == (1, int(flipped))


def test_either_of_two_minima_is_enough_and_the_other_way_both_are_needed() -> None:
    """One point in each flips by either raise; one point only in safety, by the raise of safety."""
    people, raised = [pbt(), pbt(ethics="2"), pbt(safety="2", ethics="2")], laid({SAFETY: "2", ETHICS: "2"}, "PBT")

    there, back = compared(people, edition(), raised), compared(people, raised, edition())

    assert flips(there) == [("h0", "MET", "NOT_MET", "each", ["safety", "ethics"]),
                            ("h1", "MET", "NOT_MET", "alone", ["safety"])]
    assert flips(back) == [("h0", "NOT_MET", "MET", "together", ["safety", "ethics"]),
                           ("h1", "NOT_MET", "MET", "alone", ["safety"])]
    assert [(one.of, one.alone, one.each, one.together) for one in there.requirements] == [
        ("safety", 1, 1, 0), ("ethics", 0, 1, 0)]
    assert [(one.of, one.alone, one.each, one.together) for one in back.requirements] == [
        ("safety", 1, 0, 1), ("ethics", 0, 0, 1)]


def singles(count: int, *areas: str) -> list[cmprules.Activity]:
    """Make a number of one-point courses, each for any of some areas."""
    return [cmprules.Activity(id=f"{'-'.join(areas)}-{number}", title=f"Course {number} on {areas}", kind="formal_ce",
                              unit="point", amount=1, completed_on=date(2025, 2, 11), areas=areas)
            for number in range(count)]


def mls(spare: int, *areas: str) -> cmprules.Record:
    """Make a scientist who meets every minimum exactly, with some extra courses for any of some areas."""
    policy = edition().policy_for("MLS", expires_on=date(2026, 5, 31))
    exact = [course for one in policy.areas or () for course in singles(int(one.value), one.area)]
    full = attrs.evolve(holder("MLS", of={"pool": "40"}))
    return attrs.evolve(full, activities=[*full.activities, *exact, *singles(spare, *areas)])


def test_any_two_of_three_are_told_as_mixed() -> None:
    """One spare course covers one raise, not two: none is enough, none is needed, and all three are named."""
    own = ("chemistry", "hematology", "microbiology")
    found = compared([mls(1, *own)], edition(), laid({("area", area): "3" for area in own}, "MLS"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "mixed", list(own))]
    assert not any(part["alone"] or part["undone"] for part in found.changes["because"][0].as_py())
    assert [(one.of, one.mixed) for one in found.requirements] == [(area, 1) for area in own]


def test_what_is_needed_but_not_enough_together_is_mixed() -> None:
    """Six courses cover two raises by three, not a third by one: the two large ones are needed, and one of the others.

    Changed together, the two that are needed change nothing, so the answer does not say that they do it together.
    """
    raises = {"blood_banking": "5", "chemistry": "5", "hematology": "3", "microbiology": "3"}
    found = compared([mls(6, *raises)], edition(), laid({("area", area): value for area, value in raises.items()},
                                                        "MLS"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "mixed", ["blood_banking", "chemistry"])]


def test_enough_is_what_gives_the_new_outcome_and_not_any_other() -> None:
    """With courses of unknown value it is for review, with a raise or both not met; undoing either does not restore it.

    The raise alone is enough, but without it the outcome is a third one, so it is not said to do it alone.
    """
    found = compared([pbt()], edition(), laid({SAFETY: "2", ("kind", "formal_ce"): "false"}, "PBT"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "mixed", ["safety"])]
    assert found.changes["because"][0].as_py() == [
        {"requirement": "area", "of": "safety", "alone": True, "undone": False}]


def test_what_is_enough_and_needed_beside_another_is_mixed() -> None:
    """A point more in total, about a point less from courses, a point more from pandemic work of 2023.

    Each of the first two leaves about a point missing, which the third fills, so both are needed as well as enough.
    """
    college, covid = (cmprules.Activity(id=kind, title=kind, kind=kind, unit="point", amount=amount, completed_on=day)
                      for kind, amount, day in (("college_course", "4", date(2025, 2, 11)),
                                                ("covid_work", "1", date(2023, 7, 1))))
    full = pbt(pool="1")
    one = attrs.evolve(full, activities=[*full.activities, college, covid])
    changes = {TOTAL: "10", ("cap", "college_course"): "0.34", ("limit", "covid_work/done_until"): "2023-12-31"}

    found = compared([one], edition(), laid(changes, "PBT"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "mixed", ["total", "college_course"])]
    assert all(part["alone"] and part["undone"] for part in found.changes["because"][0].as_py())


def test_on_the_first_day_of_a_row_the_row_before_it_has_no_part() -> None:
    """A reform needs two points in safety and in ethics until 2026-05-30, and from the 31st on two only in safety."""
    cited = 'source = "sample", pin = "p", grade = "official"'
    rows = [f'id = "from-{first}"\nfrom = {first}\nbegins = {{ {cited} }}\ncells = ['
            + ", ".join(f'{{ of = "{of}", value = {value}, {cited} }}' for of, value in (
                ("total", 9), ("safety", 2), ("ethics", ethics), ("phlebotomy", 2), ("pool", 5 - ethics))) + "]"
            for first, ethics in (("2024-01-01", 2), ("2026-05-31", 1))]
    after = reformed(table("points", *rows, unit="point", keyed_on="expires_on", more='code = "PBT"\nbody = "ASCP"\n'))
    people = [attrs.evolve(pbt(), credentials=[cmprules.Credential(id="c", code="PBT", expires_on=day)])
              for day in (date(2026, 5, 30), date(2026, 5, 31))]

    found = compared(people, edition(), after)

    assert flips(found) == [("h0", "MET", "NOT_MET", "each", ["safety", "ethics"]),
                            ("h1", "MET", "NOT_MET", "alone", ["safety"])]


def test_points_added_and_points_removed_are_two_sums() -> None:
    """From two in safety to two in ethics: one holder needs a point less, another a point more."""
    people = [pbt(safety="1", ethics="2"), pbt(safety="2", ethics="0.5")]

    total = compared(people, laid({SAFETY: "2"}, "PBT"), laid({ETHICS: "2"}, "PBT")).total

    assert (total.short_added, total.short_removed) == (Decimal(1), Decimal(1))


def test_a_total_and_its_cap_go_together() -> None:
    """College courses fill half of the total: a total of 10 instead of 9 needs a point more, and allows half of it.

    Nine points flip, ten do not; if courses fill the pool, the total causes the cap of 5 instead of 4.5.
    """
    courses = cmprules.Activity(id="x", title="Anatomy", kind="college_course", unit="point", amount=9,
                                completed_on=date(2025, 2, 11))
    people = [pbt(pool="5"), pbt(pool="6"), *(attrs.evolve(one, activities=[*one.activities, courses])
                                              for one in (pbt(pool="0.5"), pbt(pool="1")))]

    found = compared(people, edition(), laid({TOTAL: "10"}, "PBT"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "alone", ["total"]), ("h2", "MET", "NOT_MET", "alone", ["total"])]
    assert [(row["required_before"], row["required_after"]) for row in found.changes.to_pylist()] == [(9, 10)] * 4


def test_areas_that_ask_for_more_than_the_total_are_a_total() -> None:
    """Safety 7 and ethics 3 of a total of 12: each raise is tried alone in a consistent table.

    A holder with the new minima and nothing in the pool flips by neither alone.
    """
    found = compared([pbt(safety="7", ethics="3", pool="0")], laid({TOTAL: "12", SAFETY: "7", ETHICS: "3"}, "PBT"),
                     laid({SAFETY: "8", TOTAL: "11"}, "PBT"))

    assert flips(found) == [("h0", "MET", "NOT_MET", "alone", ["safety"])]


@pytest.mark.parametrize(("amount", "flipped"), [("4.5", True), ("2.25", False), ("2.26", True)])
def test_a_lower_cap(amount: str, flipped: bool) -> None:
    """A quarter of nine points replaces half: at most 2.25 points from college courses count."""
    courses = cmprules.Activity(id="x", title="Anatomy", kind="college_course", unit="point", amount=amount,
                                completed_on=date(2025, 2, 11))
    full = pbt(pool=str(5 - Decimal(amount)))

    found = compared([attrs.evolve(full, activities=[*full.activities, courses])], edition(),
                     laid({("cap", "college_course"): "0.25"}))

    assert flips(found) == ([("h0", "MET", "NOT_MET", "alone", ["college_course"])] if flipped else [])


def test_a_kind_and_a_bound_and_a_span() -> None:
    """An article with a settled value, pandemic work of 2023, and two years instead of three for the expired."""
    article, work = (cmprules.Activity(id="x", title="X", kind=kind, unit="point", amount=5, completed_on=day)
                     for kind, day in (("journal_article", date(2025, 2, 11)), ("covid_work", date(2023, 7, 1))))
    need = pbt(pool="0")
    claimed, worked = (attrs.evolve(need, activities=[*need.activities, one]) for one in (article, work))
    lapsed = attrs.evolve(pbt(), credentials=[cmprules.Credential(id="c", code="PBT", expires_on=date(2026, 2, 28))])
    early = attrs.evolve(lapsed, activities=[attrs.evolve(one, completed_on=date(2024, 3, 10))
                                             for one in lapsed.activities])
    later = attrs.evolve(lapsed, activities=[attrs.evolve(one, completed_on=date(2024, 3, 11))
                                             for one in lapsed.activities])
    changes = {("kind", "journal_article"): "true", ("limit", "covid_work/done_until"): "2023-12-31",
               ("figure", "last_years_months"): "24"}

    found = compared([claimed, worked, early, later], edition(), laid(changes))

    assert flips(found) == [
        ("h0", "NEEDS_REVIEW", "MET", "alone", ["journal_article"]),
        ("h1", "NOT_MET", "MET", "alone", ["covid_work/done_until"]),
        ("h2", "MET", "NOT_MET", "alone", ["last_years_months"])]
    assert [(one.requirement, one.of) for one in found.requirements] == [*changes]


def test_a_table_that_one_book_alone_knows() -> None:
    """No table for MLA is established; a user's table gives an answer, and without it there is none."""
    own = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])
    people = [holder("MLA", of={"pool": "4"}), holder("MLA", expires_on=date(2023, 12, 31))]

    there, back = compared(people, edition(), own), compared(people, own, edition())

    assert flips(there) == [("h0", "NEEDS_REVIEW", "NOT_MET", "alone", ["table"])]
    assert flips(back) == [("h0", "NOT_MET", "NEEDS_REVIEW", "alone", ["table"])]
    assert (there.total.short_unknown, there.total.short_added) == (1, Decimal(0))
    row = there.changes.to_pylist()[0]
    assert (row["required_before"], row["required_after"], row["short_difference"]) == (None, 9, None)


def test_a_table_that_is_trusted_under_one_book_alone() -> None:
    """At official trust PBT has no table until a user's row replaces it."""
    found = compared([pbt()], edition(), laid({SAFETY: "1"}, "PBT"), trust="official")

    assert flips(found) == [("h0", "NEEDS_REVIEW", "MET", "alone", ["table"])]
    assert compared([pbt()], edition(), laid({SAFETY: "1"}, "PBT")).total.flipped == 0


def test_a_table_that_was_not_in_force() -> None:
    """An expiry in 2006 has no table; a reform gives it one, from its first day on."""
    from_2005 = "\n".join(reform_of_2005())
    days = (date(2004, 12, 31), date(2005, 1, 1))
    people = [holder(expires_on=day, voluntary=False) for day in days]

    found = compared(people, edition(), reformed(from_2005), on=date(2004, 12, 30))

    assert flips(found) == [("h1", "NEEDS_REVIEW", "NOT_MET", "alone", ["table"])]


def reform_of_2005() -> Iterable[str]:
    """Write a table of PBT for expiries from 2005 on."""
    cited = 'source = "sample", pin = "p", grade = "official"'
    cells = ", ".join(f'{{ of = "{of}", value = {value}, {cited} }}'
                      for of, value in (("total", 9), ("safety", 1), ("phlebotomy", 2), ("pool", 6)))
    yield table("points", f'id = "r"\nfrom = 2005-01-01\nbegins = {{ {cited} }}\ncells = [{cells}]', unit="point",
                keyed_on="expires_on", more='code = "PBT"\nbody = "ASCP"\n')


def test_fees_and_windows_differ_without_a_flip() -> None:
    """A higher fee and a later window are shown with their differences, but flip no outcome."""
    dearer = fees(fee_row("dear", "2026-01-01", application="120"))
    later = table("window", 'id = "opens_days_before_end"\nvalue = 60', unit="day")

    found = compared([pbt()], edition(), reformed(dearer, later))

    row = found.changes.to_pylist()[0]
    assert row["differs"] == ["declaration", "fee"]
    assert (row["declaration_before"], row["declaration_after"]) == ("open", "not_open")
    assert (row["fee_difference"], row["how"], row["because"]) == (10, None, None)
    assert (found.total.fee_before, found.total.fee_after, found.requirements) == (Decimal(110), Decimal(120), ())


def test_a_fee_that_one_book_alone_knows_is_in_no_sum() -> None:
    """If only the reform has a fee for the day, the fee is new, and has no difference."""
    day = date(2015, 6, 1)
    old = attrs.evolve(pbt(), credentials=[cmprules.Credential(id="c", code="PBT", expires_on=date(2015, 12, 31))])

    found = compared([old], edition(), reformed(fees(fee_row("r", "2015-01-01", application="80"))), on=day)

    assert (found.total.fee_unknown, found.total.fee_before, found.total.fee_after) == (1, Decimal(0), Decimal(0))
    row = found.changes.to_pylist()[0]
    assert (row["fee_before"], row["fee_after"], row["fee_difference"]) == (None, 80, None)


def test_open_questions_that_differ_are_a_change() -> None:
    """Either of two claims would suffice: if one is settled, the other is no longer asked about."""
    claims = [cmprules.Activity(id=kind, title=kind, kind=kind, unit="point", amount=3, completed_on=date(2025, 2, 11))
              for kind in ("journal_article", "presentation")]
    short = pbt(pool="0")
    one = attrs.evolve(short, activities=[*short.activities, *claims])

    found = compared([one], edition(), laid({("kind", "journal_article"): "true"}))

    row = found.changes.to_pylist()[0]
    assert "outcome" not in row["differs"]
    assert [need["subject"] for need in row["needs_before"]] == ["journal_article", "presentation"]
    assert [need["subject"] for need in row["needs_after"]] == ["presentation"]


def test_another_proof_of_the_same_length_is_a_change() -> None:
    """Half a point is short in safety before and in ethics after: other areas, but the same number and amount."""
    found = compared([pbt(safety="1", ethics="1")], laid({SAFETY: "1.5", ETHICS: "1"}, "PBT"),
                     laid({SAFETY: "1", ETHICS: "1.5"}, "PBT"))

    row = found.changes.to_pylist()[0]
    assert row["differs"] == ["shortfall_areas"]
    assert (row["shortfall_areas_before"], row["shortfall_areas_after"]) == (["safety"], ["ethics"])
    assert (found.total.changed, found.total.flipped, found.total.short_added) == (1, 0, Decimal(0))


def test_another_question_of_the_same_number_is_a_change() -> None:
    """One claim is settled and another is open: as many questions, about another activity."""
    claims = [cmprules.Activity(id=kind, title=kind, kind=kind, unit="point", amount=3, completed_on=date(2025, 2, 11))
              for kind in ("journal_article", "presentation")]
    short = pbt(pool="0")
    one = attrs.evolve(short, activities=[*short.activities, *claims])

    found = compared([one], laid({("kind", "journal_article"): "true"}), laid({("kind", "presentation"): "true"}))

    assert [row["differs"] for row in found.changes.to_pylist()] == [["needs"]]


# ---------------------------------------------------------------------------------------------------------
# Rows of every shape.

CREDENTIALS = {"holder": ["a", "b", "c"], "id": ["1", "1", "1"], "code": ["MT", "PBT", "PBTT"],
               "expires_on": ["2026-05-31", "2026-05-31", "2026-05-31"]}
ACTIVITIES = {"holder": ["a", "b"], "id": ["1", "1"], "title": ["T", "T"], "kind": ["formal_ce", "formal_ce"],
              "amount": ["1", "1"]}


def test_rows_that_cannot_be_read_are_the_same_under_both_books() -> None:
    """They are as in `decide_table`, and are counted; the code has its new name, ASCP if empty."""
    given = pa.table(CREDENTIALS), pa.table(ACTIVITIES)
    after = laid({SAFETY: "3"}, "PBT", "MLS")

    found = what_if(*given, edition(), after, on=ON)

    assert found.refused == 1
    books = f"{edition().edition} to {after.edition}"
    assert repr(found) == f"<WhatIf on {ON}, {books}: 2 of {found.total.credentials} answers change>"
    for book in (edition(), after):
        assert found.faults.equals(decide_table(*given, book, on=ON).faults)
    assert found.changes.select(["holder", "code", "body"]).to_pylist() == [
        {"holder": "a", "code": "MLS", "body": "ASCP"}, {"holder": "b", "code": "PBT", "body": "ASCP"}]
    assert [(one.code, one.body, one.credentials) for one in found.codes] == [("PBT", "ASCP", 1), ("MLS", "ASCP", 1)]


def test_bodies_are_told_apart() -> None:
    """An international credential has its own table: a reform of PBT(ASCP) does not change PBT(ASCPi)."""
    people = pa.table({**CREDENTIALS, "code": ["PBT"] * 3, "body": ["ASCP", "ASCPi", None]})

    found = what_if(people, pa.table(ACTIVITIES), edition(), laid({SAFETY: "3"}, "PBT"), on=ON)

    assert found.changes["holder"].to_pylist() == ["a", "c"]
    assert [(one.code, one.body, one.credentials, one.changed) for one in found.codes] == [
        ("PBT", "ASCP", 2, 2), ("PBT", "ASCPi", 1, 0)]


def test_nobody() -> None:
    """An empty population has no changes and zero sums, and its report says so."""
    found = compared([], edition(), laid({SAFETY: "3"}, "PBT"))

    assert (found.total.credentials, found.codes, found.changes.num_rows) == (0, (), 0)
    assert "0 of 0 outcomes flip" in cmprules.render(found)
    assert "<svg" not in cmprules.render(found, "html")


@pytest.mark.parametrize(("wrong", "path", "code"), [
    ({"before": "2026.1"}, "$.before", "WRONG_TYPE"), ({"after": None}, "$.after", "WRONG_TYPE"),
    ({"on": "2026-02-30"}, "$.on", "NO_SUCH_DATE"), ({"trust": "user"}, "$.trust", "UNKNOWN_WORD"),
    ({"credentials": 3}, "$.credentials", "WRONG_TYPE"), ({"activities": "a.xls"}, "$.activities", "CANNOT_READ"),
    ({"credentials": pa.table({"holder": ["a"], "id": ["1"]})}, "$.credentials.code", "MISSING_KEY"),
])
def test_bad_arguments(wrong: dict[str, Any], path: str, code: str) -> None:
    """Each fault has its code and its place."""
    plain = {"credentials": pa.table(CREDENTIALS), "activities": pa.table(ACTIVITIES), "before": edition(),
             "after": edition(), "on": ON, "trust": "inferred"}

    with pytest.raises(cmprules.InputError) as caught:
        _ask(**{**plain, **wrong})

    assert [(fault.path, fault.code) for fault in caught.value.faults] == [(path, code)]


def _ask(credentials: Any, activities: Any, before: Any, after: Any, **more: Any) -> WhatIf:
    return what_if(credentials, activities, before, after, **more)


def test_bad_arguments_come_together() -> None:
    """All faults of all arguments come at once."""
    with pytest.raises(cmprules.InputError) as caught:
        _ask(1, 2, 3, 4, on=5, trust=6)

    assert [fault.path for fault in caught.value.faults] == [
        "$.before", "$.after", "$.on", "$.trust", "$.credentials", "$.activities"]


def test_a_grade_is_asked_for_by_that_name() -> None:
    """A number is no grade."""
    with pytest.raises(cmprules.InputError) as caught:
        _ask(pa.table(CREDENTIALS), pa.table(ACTIVITIES), edition(), edition(), on=ON, trust=6)

    assert [fault.expected for fault in caught.value.faults] == ["a grade"]


def test_each_step_is_told() -> None:
    """A person who waits reads what is being done."""
    tables, steps = as_tables([pbt()]), list[str]()
    told_what_if(tables["credentials"], tables["activities"], (edition(), edition()), on=ON, trust="inferred",
                 step=steps.append)

    assert steps == ["reading", "deciding under the first book", "deciding under the second book",
                     "finding what is responsible"]


# ---------------------------------------------------------------------------------------------------------
# The value.


def sample() -> WhatIf:
    """Make some people with a flip of every kind under a reform."""
    people = [pbt(), pbt(ethics="2"), pbt(safety="2", ethics="2"), pbt(safety="0"), mls(1, "chemistry", "hematology"),
              holder("MLA"), holder("SBB", of={"pool": "12"})]
    return compared(people, edition(), laid({SAFETY: "2", ETHICS: "2"}, "PBT", "MLS"))


def test_the_answer_is_a_value() -> None:
    """It equals another one from the same input and its copy, and can be hashed."""
    found = sample()

    assert found == sample()
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({found, sample()}) == 1
    assert found != compared([pbt()], edition(), edition())


def test_the_json_is_as_its_schema_says() -> None:
    """Keys equal the attributes, numbers are text, and the notice comes last."""
    found = sample()
    plain = json.loads(cmprules.render(found, "json"))

    Draft202012Validator(cmprules.json_schema("what-if")).validate(plain)
    assert list(plain)[-1] == "notice"
    assert plain == cmprules.to_mapping(found)
    assert plain["total"]["credentials"] == "7"
    assert all(one[how].isdecimal() for one in plain["requirements"] for how in ("alone", "each", "together", "mixed"))
    assert len(plain["outcomes"]) == 16


def test_everything_says_that_it_is_hypothetical() -> None:
    """The notice, the metadata of the changes and every report do, but not between two books without a reform."""
    found = sample()

    assert found.notice == f"{HYPOTHETICAL} {NOTICE}"
    assert found.changes.schema.metadata[b"notice"].decode() == found.notice
    for form in ("text", "markdown", "html"):
        assert "this is what would be, not what is." in " ".join(cmprules.render(found, form).split())
    assert compared([pbt()], edition(), edition()).notice == NOTICE


def test_the_changes_say_what_they_were_made_with() -> None:
    """They have day, trust, and both books with their digests."""
    after = laid({SAFETY: "2", ETHICS: "2"}, "PBT", "MLS")
    stamp = {key.decode(): value.decode() for key, value in sample().changes.schema.metadata.items()}

    assert stamp["schema"] == "cmprules.what-if/1"
    assert (stamp["on"], stamp["trust"], stamp["before_edition"]) == ("2026-03-10", "inferred", "2026.1")
    assert stamp["after_edition_sha256"] == after.sha256
    assert stamp["after_extra_sha256"].split() == [*after.extra_sha256]
    assert {"rules", "library", "before_edition_sha256", "before_extra_sha256"} <= set(stamp)
