"""Worked cases in plain words, each with its answer: boundaries of every table, cycles, caps, fees, windows."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._words import vocabulary as words

HERE = Path(__file__).resolve().parent
ONE_DAY = timedelta(days=1)
BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


CASES = _load("cases")
TABLES = _load("tables")
FEES = _load("fees")
WINDOWS = _load("windows")["window"]


# ---------------------------------------------------------------------------------------------------------
# From the words of a case to values.


def _credential(line: str) -> dict[str, Any]:
    """Read `mls MLS 2026-05-31 certified_on=2014-05-20 voluntary`."""
    name, code, expiry, *rest = line.split()
    found: dict[str, Any] = {"id": name, "code": code}
    if expiry != "-":
        found["expires_on"] = expiry
    for word in rest:
        key, _, value = word.partition("=")
        found["previous_nca" if key == "nca" else key] = value or True
    return found


def _activity(entry: str | dict[str, Any]) -> dict[str, Any]:
    """Read `a4 2025-02-14 college_course 2:semester_hour safety,ethics`."""
    if isinstance(entry, dict):
        return entry
    name, day, kind, amount, *areas = entry.split()
    found: dict[str, Any] = {"id": name, "title": f"Activity {name}", "kind": kind}
    found["amount"], _, unit = amount.partition(":")
    if unit:
        found["unit"] = unit
    if day != "-":
        found["completed_on"] = day
    if areas:
        found["areas"] = areas[0].split(",")
    return found


def _record(case: dict[str, Any]) -> cmprules.Record:
    names = ("credential", "activity", "area", "points")
    listed = [entry for name in case.get("use", ()) for entry in CASES["set"][name]] + case.get("activities", [])
    return cmprules.parse_record({
        "schema": "cmprules.record/1",
        "holder": {"id": "h", "fee_region": case.get("region", "standard")},
        "credentials": [_credential(line) for line in case["credentials"]],
        "activities": [_activity(entry) for entry in listed],
        "placements": [dict(zip(names, line.split(), strict=True)) for line in case.get("placements", ())],
    })


# ---------------------------------------------------------------------------------------------------------
# From an answer to the words of a case.


def _text(value: Decimal) -> str:
    return str(value)


def _span(parts: Sequence[object] | None) -> str:
    return "" if parts is None else " ".join(str(part) for part in parts)


def _bucket_words(result: Any) -> str:
    return ", ".join(f"{name} {_text(getattr(result, name))}" for name in BUCKETS if getattr(result, name))


def _said(answer: cmprules.CredentialDecision, key: str) -> Any:
    """Write a part of an answer in the words of a case."""
    total, cycle, declaration = answer.total, answer.cycle, answer.declaration
    simple = {
        "outcome": str(answer.outcome), "standing": str(answer.standing), "code": answer.code,
        "given_code": answer.given_code, "grade": None if answer.grade is None else str(answer.grade),
        "cycle": _span(None if cycle is None else (cycle.start, cycle.end)),
        "figures": any(part is not None for part in (total, answer.areas, answer.shortfalls, answer.placements)),
        "declaration": _span(None if declaration is None else (
            declaration.opens_on, declaration.advised_by, declaration.last_day, declaration.status)),
        "needs": [f"{need.code} {need.subject}" for need in answer.needs],
    }
    if key in simple:
        return simple[key]
    if key == "total":
        assert total is not None
        return _span([_text(part) for part in (total.required, total.placed, total.short, total.short_if_confirmed)])
    if key == "short":
        return {area.area: _text(area.short) for area in answer.areas or () if area.short}
    if key == "shortfalls":
        return [f"{','.join(found.areas)} {found.required} {found.available} {found.short}"
                for found in answer.shortfalls or ()]
    if key == "placements":
        return [f"{placed.activity} {placed.area} {placed.points}" for placed in answer.placements or ()]
    if key == "activities":
        return {result.id: _bucket_words(result) for result in answer.activities or ()}
    raise AssertionError(f"no such expectation: {key}")


def _check(answer: cmprules.CredentialDecision, expect: dict[str, Any]) -> None:
    """Compare an answer with the expectations of a case."""
    found = {f"{finding.code} {finding.subject}" for finding in answer.findings}
    found |= {finding.code for finding in answer.findings}
    for key, value in expect.items():
        if key == "findings":
            assert set(value) <= found, set(value) - found
        elif key == "absent":
            assert not set(value) & found
        elif key == "activities":
            said = _said(answer, key)
            assert {name: said[name] for name in value} == value
        else:
            assert _said(answer, key) == value, key


def _check_sums(answer: cmprules.CredentialDecision, record: cmprules.Record) -> None:
    """Check that every point ends in one place and that the figures add up."""
    if answer.activities is not None:
        assert [result.id for result in answer.activities] == [activity.id for activity in record.activities]
        for result, activity in zip(answer.activities, record.activities, strict=True):
            assert result.entered == activity.points == sum(getattr(result, name) for name in BUCKETS)
    if answer.areas is not None and answer.total is not None and answer.shortfalls is not None:
        assert answer.total.required == sum(area.required for area in answer.areas)
        assert answer.total.placed == sum(area.placed for area in answer.areas)
        assert answer.total.short == answer.total.required - answer.total.placed
        assert max((found.short for found in answer.shortfalls), default=0) == answer.total.short
    assert (answer.outcome == "NEEDS_REVIEW") is bool(answer.needs)


# ---------------------------------------------------------------------------------------------------------
# The cases.


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_a_worked_case(book: cmprules.PolicyBook, case: dict[str, Any]) -> None:
    """A person, a day, and what follows; the case explains why in words."""
    record = _record(case)
    decision = cmprules.decide(record, book, on=case["on"], trust=case.get("trust", "inferred"))
    assert set(case["expect"]) == {credential.id for credential in decision.credentials}
    for name, expect in case["expect"].items():
        assert "outcome" in expect
        _check(decision[name], expect)
        _check_sums(decision[name], record)
    if "fees" in case:
        assert str(decision.fees.total) == case["fees"]["total"]
        assert [f"{line.credential} {line.item} {line.amount}" for line in decision.fees.lines] == case["fees"]["lines"]


def test_every_case_says_what_it_is_about() -> None:
    """Each case has a unique name and a sentence that explains it."""
    names = [case["name"] for case in CASES["case"]]
    assert len(names) == len(set(names))
    for case in CASES["case"]:
        assert case["why"].endswith(".")
        assert len(case["why"].split()) > 4


@pytest.mark.parametrize("case", [case for case in CASES["case"] if case.get("activities")],
                         ids=lambda case: case["name"])
def test_a_worked_case_in_any_order(book: cmprules.PolicyBook, case: dict[str, Any]) -> None:
    """The order of the activities changes only the order of the answer."""
    record = _record(case)
    turned = cmprules.Record(holder=record.holder, credentials=record.credentials, placements=record.placements,
                             activities=record.activities[::-1])
    trust = case.get("trust", "inferred")
    first, second = (cmprules.decide(each, book, on=case["on"], trust=trust) for each in (record, turned))
    for one, other in zip(first.credentials, second.credentials, strict=True):
        assert (one.outcome, one.total, one.areas, one.shortfalls, one.grade) == (
            other.outcome, other.total, other.areas, other.shortfalls, other.grade)
        assert set(one.placements or ()) == set(other.placements or ())
        assert set(one.activities or ()) == set(other.activities or ())
        assert set(one.needs) == set(other.needs)


# ---------------------------------------------------------------------------------------------------------
# The boundaries of the tables.


def _sides() -> list[Any]:
    """Return both sides of every boundary, for every credential that has it."""
    found = []
    for table in TABLES["table"]:
        for body in table.get("bodies", [table.get("body", "ASCP")]):
            for code in table["codes"]:
                if body in words.BODIES[code]:
                    found += [
                        pytest.param(table, code, body, day, table[side], id=f"{table['name']}: {code}({body}) {day}")
                        for side, day in (("before", table["last"]), ("after", table["last"] + ONE_DAY))
                    ]
    return found


@pytest.mark.parametrize(("table", "code", "body", "expires_on", "expect"), _sides())
def test_the_expiry_chooses_the_table(
    book: cmprules.PolicyBook, table: dict[str, Any], code: str, body: str, expires_on: date, expect: dict[str, Any]
) -> None:
    """On the last day of a table and the first day of the next, the same activities have different answers."""
    own = TABLES["own"].get(code, "")
    record = _record({
        "credentials": [f"c {code} {expires_on} body={body}"],
        "activities": [entry.replace("OWN", own) for entry in table["activities"]],
    })
    decision = cmprules.decide(record, book, on=table["last"])
    answer = decision["c"]
    _check_sums(answer, record)
    assert (answer.standing, answer.outcome) == ("current", expect["outcome"])
    if "needs" in expect:
        assert [need.code for need in answer.needs] == [expect["needs"]]
        assert expect["needs"] in {finding.code for finding in answer.findings}
        assert not _said(answer, "figures")
    else:
        assert answer.total is not None
        assert _text(answer.total.short) == expect["short"]
        areas = {own if area == "OWN" else area: short for area, short in expect.get("areas", {}).items()}
        assert _said(answer, "short") == areas


def test_every_credential_is_at_every_boundary_that_it_has() -> None:
    """Every credential and body is tested at its first rows and at the changes of 2023 and 2024."""
    seen: dict[date, set[tuple[str, str]]] = {}
    for parameter in _sides():
        table, code, body, *_ = parameter.values
        seen.setdefault(table["last"], set()).add((code, body))
    everything = {(code, body) for code, bodies in words.BODIES.items() for body in bodies}
    first = [date(2006, 12, 31), date(2008, 12, 31), date(2014, 12, 31), date(2023, 12, 31)]
    assert set().union(*(seen[day] for day in first)) == everything
    unknown = {("MLA", "ASCP"), ("DPT", "ASCP"), ("DMLI", "ASCP")}
    for day in (date(2022, 12, 31), date(2023, 12, 31)):
        assert seen[day] >= everything - unknown


@pytest.mark.parametrize("on", [date(2021, 6, 1), date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 31)])
def test_the_day_of_the_declaration_never_chooses_the_table(book: cmprules.PolicyBook, on: date) -> None:
    """An expiry in January 2024 needs eight points whenever the declaration is sent."""
    record = _record({"credentials": ["c BB 2024-01-31"]})
    answer = cmprules.decide(record, book, on=on)["c"]
    assert answer.areas is not None
    assert {area.area: _text(area.required) for area in answer.areas}["blood_banking"] == "8"


# ---------------------------------------------------------------------------------------------------------
# The window of the declaration.


@pytest.mark.parametrize(("window", "line"), [
    pytest.param(window, line, id=f"{window['name']}: {line}") for window in WINDOWS for line in window["days"]])
def test_the_window_of_a_declaration(book: cmprules.PolicyBook, window: dict[str, Any], line: str) -> None:
    """It opens ninety days before the end, is advised until thirty days before, and ends on the end itself."""
    on, status, standing = line.split()
    decision = cmprules.decide(_record({"credentials": [window["credential"]]}), book, on=date.fromisoformat(on))
    answer = decision["a"]
    assert _said(answer, "declaration") == f"{window['dates']} {status}"
    assert answer.standing == standing
    assert [finding.subject for finding in answer.findings if finding.code == "DECLARATION"] == [status]


# ---------------------------------------------------------------------------------------------------------
# Fees.

ITEMS = ("application", "reduced_application", "reinstatement")
FEE_DAYS = [(region, *line.split()) for region, lines in FEES["day"].items() for line in lines]


def _quote(
    book: cmprules.PolicyBook, credentials: list[str], on: date, region: str = "standard"
) -> cmprules.FeeQuote | None:
    """Quote the fees of some credentials, None where not established; `decide` must give the same."""
    read = [cmprules.Credential(**_credential(line)) for line in credentials]
    try:
        quote = cmprules.quote_fees(read, book, on=on, fee_region=region)
    except cmprules.NotEstablishedError as error:
        quote, why = None, str(error)
    if credentials:
        decided = cmprules.decide(_record({"credentials": credentials, "region": region}), book, on=on).fees
        if quote is None:
            assert (decided.total, decided.lines, decided.currency, decided.why) == (None, (), "USD", why)
        else:
            assert decided == quote
    return quote


@pytest.mark.parametrize(("region", "day", "application", "reduced", "reinstatement"), FEE_DAYS,
                         ids=[f"{region} {day}" for region, day, *_ in FEE_DAYS])
def test_the_fees_of_a_day(
    book: cmprules.PolicyBook, region: str, day: str, application: str, reduced: str, reinstatement: str
) -> None:
    """One credential, two that share the reduced fee, and an expired one, on both sides of every change."""
    on = date.fromisoformat(day)
    later, earlier = on + timedelta(days=60), on - ONE_DAY
    asked = [
        ([f"a MLS {later}"], [application]),
        ([f"a MLS {later}", f"b PBT {later}"], [application, reduced]),
        ([f"a MLS {earlier}"], [application, reinstatement]),
    ]
    for credentials, amounts in asked:
        quote = _quote(book, credentials, on, region)
        if "-" in amounts:
            assert quote is None
        else:
            assert quote is not None
            assert [str(line.amount) for line in quote.lines] == amounts
            assert quote.total == sum(Decimal(amount) for amount in amounts)
            assert (quote.currency, quote.why) == ("USD", None)


@pytest.mark.parametrize(("region", "day", "grades"), [
    (region, line.split()[0], line.split()[1:]) for region, lines in FEES["grade"].items() for line in lines])
def test_the_grades_of_the_fees(book: cmprules.PolicyBook, region: str, day: str, grades: list[str]) -> None:
    """Each amount has its expected grade."""
    for item, grade in zip(ITEMS, grades, strict=True):
        if grade == "-":
            with pytest.raises(cmprules.NotEstablishedError, match=item):
                book.fee(item, region=region, on=date.fromisoformat(day))
        else:
            _, figure = book.fee(item, region=region, on=date.fromisoformat(day))
            assert figure.grade == grade


@pytest.mark.parametrize("group", FEES["group"], ids=lambda group: group["name"])
def test_who_shares_the_reduced_fee(book: cmprules.PolicyBook, group: dict[str, Any]) -> None:
    """Ends must lie at most three months apart pairwise; certifications and qualifications never share."""
    quote = _quote(book, group["credentials"], group.get("on", date(2026, 3, 10)), group.get("region", "standard"))
    assert quote is not None
    assert [f"{line.credential} {line.item}" for line in quote.lines] == group["items"]
    assert str(quote.total) == group["total"]


@pytest.mark.parametrize("context", [Context(prec=2), Context(traps=[Inexact])], ids=["two digits", "exact or nothing"])
def test_the_decimal_context_of_the_program_around_changes_no_answer(
    book: cmprules.PolicyBook, context: Context
) -> None:
    """Points and money stay exact, however few digits the calling program calculates with."""
    lines = ["a MLS 2025-05-31", "b PBT 2025-05-31"]
    activities = ["x 2024-02-01 formal_ce 12.34 safety", "y 2024-02-02 college_course 2:semester_hour"]
    record = _record({"credentials": lines, "activities": activities})
    expected = cmprules.to_mapping(cmprules.decide(record, book, on=date(2026, 3, 10)))
    with localcontext(context):
        again = _record({"credentials": lines, "activities": activities})
        assert cmprules.to_mapping(cmprules.decide(again, book, on=date(2026, 3, 10))) == expected
    assert expected["fees"]["total"] == "510.00"
