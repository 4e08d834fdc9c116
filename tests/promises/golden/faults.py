"""The message for each kind of bad input, word for word.

`python -m tasks.write_golden faults` writes them; then read `git diff tests/promises/golden`.

Someone who corrects a record or a table has only these words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, cast

import attrs
from tests.edges.data import test_editions as editions
from tests.edges.data import test_extras as extras
from tests.edges.wire import test_bad_input as bad_input
from tests.promises.golden.refusals import of_answers

import cmprules
from cmprules._policy import load as _load
from cmprules._policy import reading as _reading
from cmprules._rules.results import PlacedPoints

BOOK = cmprules.load_book(edition="2026.1")
ON = date(2026, 3, 10)
CYCLE = cmprules.Period(start=date(2023, 6, 1), end=date(2026, 5, 31))
CENT = Decimal("0.01")

Cases = dict[str, Callable[[], list[str]]]


def _said(do: Callable[[], object], *codes: str) -> list[str]:
    """Return the faults of an error, or its message; only of some codes, if given."""
    try:
        do()
    except (cmprules.InputError, cmprules.PolicyDataError) as error:
        return [str(fault) for fault in error.faults if not codes or fault.code in codes]
    except (cmprules.CmpRulesError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]
    return ["no error"]


def _of(do: Callable[..., object], *given: Any, **named: Any) -> list[str]:
    return _said(lambda: do(*given, **named))


# ---------------------------------------------------------------------------------------------------------
# The bad records and tables of the other tests.


def of_records() -> Cases:
    """Records with one fault, contradictory records, and many faults at once."""
    found: Cases = {}
    for name, where, value, *_ in bad_input.ONE_FAULT:
        if "hostile" not in name:  # a hostile value is shown by its address
            found[name] = partial(_of_record, where, value)
    for name, fields, _ in bad_input.CREDENTIAL_FAULTS:
        credential = {"id": "mls", "code": "MLS"} | cast("dict[str, str]", fields)
        found[f"a credential: {name}"] = partial(_of_record, "credentials", [credential])
    for code, body in (("MLA", "ASCPi"), ("CTGYN", "ASCP"), ("PA", "ASCP"), ("QLI", "ASCP"), ("SBB", "ASCP")):
        facts = {"id": "c", "code": code, "body": body, "certified_on": "2020-01-01"}
        found[f"{code}({body}) without an end"] = partial(_of, cmprules.Credential, **facts)
        found[f"{code}({body}) by choice"] = partial(_of, cmprules.Credential, **facts, voluntary=True)
    for kind, unit, amount in (("formal_ce", "ceu", "0.1234"), ("formal_ce", "contact_hour", "1.234"),
                               ("college_course", "semester_hour", "0.0001"), ("college_course", "contact_hour", "1"),
                               ("formal_ce", "semester_hour", "1"), ("formal_ce", "ceu", "100.1")):
        found[f"{amount} {unit} of {kind}"] = partial(
            _of, cmprules.Activity, id="a", title="T", kind=kind, unit=unit, amount=amount)
    found["a placement too fine"] = partial(
        _of, cmprules.Placement, credential="c", activity="a", area="safety", points="0.001")
    found["a period that ends before it starts"] = partial(_of, cmprules.Period, start="2026-01-02", end="2026-01-01")
    found["a time where a day is asked about"] = partial(_of, CYCLE.__contains__, datetime(2025, 2, 11))  # noqa: DTZ001
    return found


def _of_record(where: str, value: object) -> list[str]:
    return _of(cmprules.parse_record, bad_input.sound_but_for((where, value)))


def of_editions() -> Cases:
    """The broken editions of the zoo; the messages of Python's TOML reader vary by version."""
    return {member["name"]: partial(_of_edition, member)
            for member in editions.ZOO if any(fault.get("code", "BAD_ROW") == "BAD_ROW" for fault in member["fault"])}


def _of_edition(member: dict[str, Any]) -> list[str]:
    with TemporaryDirectory() as folder:
        edition = Path(copytree(editions.SHIPPED, Path(folder) / "2026.1"))
        for patch in member["patch"]:
            editions._apply(edition, patch)
        return _said(lambda: _reading.read_edition(_load.tables_in(edition)), "BAD_ROW")


def of_own_rows() -> Cases:
    """The bad files of a user's rows."""
    return {bad["name"]: partial(_of_own_rows, bad)
            for bad in extras.BAD if any(fault.get("code", "BAD_ROW") == "BAD_ROW" for fault in bad["fault"])}


def _of_own_rows(bad: dict[str, Any]) -> list[str]:
    with TemporaryDirectory() as folder:
        path = extras._write(Path(folder), extras._text_of(bad))
        return _said(lambda: cmprules.load_book(edition="2026.1", extra=[path]), "BAD_ROW")


# ---------------------------------------------------------------------------------------------------------
# Functions called with bad arguments.


def of_calls() -> Cases:
    """Arguments of wrong types, days without a table or a fee, and unknown names."""
    mls: Any = cmprules.Credential(id="mls", code="MLS", expires_on=date(2026, 5, 31))
    course: Any = _course("a", "1", "safety")
    record: Any = cmprules.Record(holder=cmprules.Holder(id="h"), credentials=(mls,), activities=(course,))
    mla, pbt = (BOOK.policy_for(code, expires_on=date(2026, 5, 31)) for code in ("MLA", "PBT"))
    anything: Any = "anything"
    calls: dict[str, Callable[[], object]] = {
        "policy_for: no day": lambda: BOOK.policy_for("MLS", expires_on=anything),
        "policy_for: no text": lambda: BOOK.policy_for(anything[:0], expires_on=date(2026, 5, 31)),
        "policy_for: neither": lambda: BOOK.policy_for([], expires_on=anything),  # type: ignore[arg-type]
        "policy_for: an unknown code": lambda: BOOK.policy_for("MLSS", expires_on=date(2026, 5, 31)),
        "policy_for: an unknown body": lambda: BOOK.policy_for("MLS", expires_on=date(2026, 5, 31), body="ASCPii"),
        "policy_for: not of this body": lambda: BOOK.policy_for("CTGYN", expires_on=date(2026, 5, 31)),
        "policy_for: before the first row": lambda: BOOK.policy_for("SBB", expires_on=date(2008, 12, 31)),
        "fee: an unknown item": lambda: BOOK.fee("late", region="standard", on=ON),
        "fee: an early day": lambda: BOOK.fee("application", region="low_middle_income", on=date(2005, 1, 1)),
        "quote_fees: no day": lambda: cmprules.quote_fees([mls], BOOK, on=anything),
        "quote_fees: an unknown region": lambda: cmprules.quote_fees([mls], BOOK, on=ON, fee_region="standards"),
        "quote_fees: all wrong": lambda: cmprules.quote_fees([anything], BOOK, on=anything, fee_region=anything),
        "quote_fees: no list": lambda: cmprules.quote_fees(7, BOOK, on=ON),  # type: ignore[arg-type]
        "quote_fees: twice the same": lambda: cmprules.quote_fees([mls, mls], BOOK, on=ON),
        "decide: no day": lambda: cmprules.decide(record, BOOK, on=anything),
        "decide: an unknown trust": lambda: cmprules.decide(record, BOOK, on=ON, trust="user"),
        "decide: no record": lambda: cmprules.decide(anything, BOOK, on=ON),
        "decide: all wrong": lambda: cmprules.decide(anything, BOOK, on=anything, trust="certain"),
        "allocate: no table": lambda: cmprules.allocate([], mla, cycle=CYCLE),
        "allocate: no activity": lambda: cmprules.allocate([course, anything], pbt, cycle=CYCLE),
        "allocate: twice the same": lambda: cmprules.allocate([course, course], pbt, cycle=CYCLE),
        "verify_allocation: no table": lambda: cmprules.verify_allocation([], [], mla, cycle=CYCLE),
        "verify_allocation: twice the same": lambda: cmprules.verify_allocation([], [course] * 2, pbt, cycle=CYCLE),
        "verify_allocation: no activity": lambda: cmprules.verify_allocation([], [anything], pbt, cycle=CYCLE),
    }
    return {name: partial(_said, call) for name, call in calls.items()}


# ---------------------------------------------------------------------------------------------------------
# Altered allocations.


def _course(id: str, amount: str, *areas: str, day: str | None = "2025-02-01", **more: Any) -> cmprules.Activity:
    fields: dict[str, Any] = {"kind": "formal_ce", "title": f"Course {id}", "completed_on": day, **more}
    return cmprules.Activity(id=id, amount=amount, areas=areas, **fields)


SHORT = [
    _course("s", "0.5", "safety"), _course("b", "1", "safety", "phlebotomy"), _course("p", "0.75", "phlebotomy"),
    _course("free", "2"), _course("again", "2", title="course FREE"), _course("undated", "1", "ethics", day=None),
    _course("old", "5", "ethics", day="2020-01-01"),
    *(_course(name, "2", kind="college_course", unit="semester_hour", day=day)
      for name, day in (("c1", "2024-01-01"), ("c2", "2024-01-01"), ("c3", "2023-12-01"))),
    _course("covid", "1", kind="covid_work", day="2023-06-01", unit="point"),
]
DIVIDED = [_course("both", "2", "safety", "ethics"), _course("p", "2", "phlebotomy"), _course("free", "6")]
REMEDY = "place it again, or use `allocate`"
"""The ending of every fault of the verifier, written once."""
OWN = [  # the holder's own: whom, where, how much
    ("s", "safety", "0.5"), ("s", "pool", "0.25"), ("b", "ethics", "0.5"), ("b", "nowhere", "0.5"),
    ("undated", "ethics", "1"), ("nobody", "pool", "1"), ("free", "pool", "0.001"), ("c1", "pool", "5"),
    ("c2", "pool", "0.01"), ("p", "safety", "0.75"), ("again", "pool", "1"),
]


def _pbt() -> cmprules.Policy:
    return BOOK.policy_for("PBT", expires_on=date(2026, 5, 31))


NOT_VERIFIED = frozenset({"closers"})
"""It follows from a proof and has its own laws; the verifier of placements does not check it."""


def _changes(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every single change: a figure by a hundredth, a word, a member removed, repeated or moved."""
    if isinstance(value, tuple):
        yield from _changes_of_list(value, path)
    elif attrs.has(type(value)):
        for name in [field.name for field in attrs.fields(type(value)) if field.name not in NOT_VERIFIED]:
            for where, changed in _changes(getattr(value, name), f"{path}.{name}"):
                yield where, attrs.evolve(value, **{name: changed})
    elif isinstance(value, Decimal):
        yield f"{path} more", value + CENT
        if value:
            yield f"{path} less", value - CENT
    elif isinstance(value, cmprules.Grade):
        yield path, cmprules.Grade.SOCIETY if value is not cmprules.Grade.SOCIETY else cmprules.Grade.OFFICIAL
    elif isinstance(value, str):
        yield path, "nowhere"
        yield f"{path} pool", "pool"
    elif isinstance(value, bool):
        yield path, not value


def _changes_of_list(value: tuple[Any, ...], path: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for index, member in enumerate(value):
        rest = (*value[:index], *value[index + 1:])
        yield f"{path}[{index}] left out", rest
        yield f"{path}[{index}] twice", (*value, member)
        yield f"{path}[{index}] at the end", (*rest, member)
        for where, changed in _changes(member, f"{path}[{index}]"):
            yield where, (*value[:index], changed, *value[index + 1:])
    yield f"{path} empty", ()


def of_allocations() -> Cases:
    """Every part of an allocation, changed by itself; one allocation in every detail."""
    found: Cases = {}
    for title, activities in (("short", SHORT), ("divided", DIVIDED), ("nothing", [])):
        best = cmprules.allocate(activities, _pbt(), cycle=CYCLE)
        for where, changed in [("untouched", best), *_changes(best, "$")]:
            if title == "short" or where.count(".") <= 1:
                found[f"{title}: {where}"] = partial(_of_allocation, changed, activities)
    own = [PlacedPoints(activity=name, area=area, points=Decimal(points)) for name, area, points in OWN]
    found["the holder's own, with much that is wrong"] = partial(_of_allocation, own, SHORT)
    return found


def _of_allocation(alloc: Any, activities: list[cmprules.Activity]) -> list[str]:
    faults = cmprules.verify_allocation(alloc, activities, _pbt(), cycle=CYCLE)
    assert all(fault.hint == REMEDY for fault in faults)
    return [str(fault).removesuffix(f"; {REMEDY}") for fault in faults]


KINDS_OF_INPUT: dict[str, Callable[[], Cases]] = {
    "records": of_records, "editions": of_editions, "own-rows": of_own_rows, "calls": of_calls,
    "allocations": of_allocations, "answers": of_answers,
}

