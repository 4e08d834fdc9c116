"""One part of a population: whole holders, decided by the kernel, and the few that it cannot settle by `decide`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import numba
import numpy as np
import pyarrow as pa

from cmprules import _vocabulary as vocabulary
from cmprules._calendar import add_months, start_of_span_ending
from cmprules._decide import decide
from cmprules._enums import Grade
from cmprules._facts import Activity, Credential, Holder, Record
from cmprules._policy import PolicyBook
from cmprules._shapes import read_part
from cmprules._wire import parse_record
from cmprules.batch import _kernel as kernel
from cmprules.batch._columns import Activities, Credentials, raw_rows, read_activities, read_credentials
from cmprules.batch._compiled import EPOCH, GRADES, NO_TABLE, Array, Compiled, compile_book, day_number, fees_on
from cmprules.batch._kernel import NO_DAY
from cmprules.errors import Fault, InputError

__all__ = ["FAULT_COLUMNS", "Context", "Part", "decide_part"]

FAULT_COLUMNS = ("table", "row", "holder", "id", "path", "code", "value", "expected", "hint")
NO_NUMBER = -1


@attrs.frozen(kw_only=True, eq=False)
class Context:
    """What every part of a population is decided with."""

    book: PolicyBook
    on: date
    trust: Grade
    compiled: Compiled
    fees: tuple[dict[str, int], ...]

    @classmethod
    def of(cls, book: PolicyBook, on: date, trust: Grade) -> Context:
        """Compile a book for a day."""
        return cls(book=book, on=on, trust=trust, compiled=compile_book(book, trust),
                   fees=tuple(fees_on(book, region, on) for region in vocabulary.FEE_REGIONS))


@attrs.define(kw_only=True, eq=False)
class Part:
    """The answers of one part, row by row of its credentials, before they are put into columns.

    Attributes:
        outcome: MET, NOT_MET or NEEDS_REVIEW of the kernel; or ASK where `asked` has the answer; -1: not decided.
        asked: rows answered by the scalar path, as mappings of the columns.
    """

    credentials: Credentials
    activities: Activities
    out: Array
    standing: Array
    status: Array
    fee: Array
    without: dict[int, tuple[str, ...]]
    needs: dict[int, list[tuple[str, str]]]
    asked: dict[int, dict[str, Any]]
    refused: set[int]
    faults: list[dict[str, Any]]
    used: int


def decide_part(credentials: pa.Table, activities: pa.Table, context: Context, rows: tuple[int, int] = (0, 0)) -> Part:
    """Decide all credentials of some holders; `rows` are the numbers of the first rows within the whole tables."""
    creds, acts = read_credentials(credentials), read_activities(activities)
    people = _People(creds, acts)
    readers = _Readers(people, context, rows)
    refused = readers.refused()
    duplicate = _duplicates(people)
    plan = _Plan(creds, context)
    count = len(creds.code)
    out = np.full((count, 9), -1, dtype=np.int64)
    out[:, 8] = 0
    slow = readers.to_ask[people.holder_of_credential] | plan.slow
    decidable = ~refused[people.holder_of_credential]
    numbers = np.where((decidable & ~slow)[:, None], plan.numbers, NO_TABLE)
    numbers[:, 2] = plan.numbers[:, 2]
    needs = _run_kernel(people, plan, numbers, duplicate, context, out)
    part = Part(credentials=creds, activities=acts, out=out, standing=plan.standing, status=plan.status,
                fee=_fees(people, plan, context), without=plan.without, needs=_needs(people, needs), asked={},
                refused=set(np.flatnonzero(~decidable).tolist()), faults=readers.faults,
                used=int((~refused[people.holder_of_activity[people.known]]).sum()))
    asking = np.flatnonzero(decidable & (slow | (out[:, 0] == kernel.ASK)))
    part.asked = _ask(people, asking, context)
    out[asking, 0] = kernel.ASK
    return part


# ---------------------------------------------------------------------------------------------------------
# Whose is what.


class _People:
    """The holders of a part, their credentials and their activities, those of each holder side by side."""

    def __init__(self, credentials: Credentials, activities: Activities) -> None:
        self.credentials, self.activities = credentials, activities
        names = credentials.holders.values
        self.names = names
        self.holder_of_credential = credentials.holders.codes.astype(np.int64)
        unnamed = self.holder_of_credential < 0  # a row without a holder is a holder of its own, who is refused
        extra = int(unnamed.sum())
        self.holder_of_credential[unnamed] = len(names) + np.arange(extra)
        self.count = len(names) + extra
        index = {name: number for number, name in enumerate(names)}
        self.holder_of_activity = activities.holders.map(lambda name: index.get(name, NO_NUMBER), NO_NUMBER)
        self.known = np.flatnonzero(self.holder_of_activity >= 0)
        self.bounds, self.order = _side_by_side(self.holder_of_activity, self.count)
        self.days, self.kinds = activities.days[self.order], activities.kinds[self.order]
        self.points, self.areas = activities.points[self.order], activities.areas[self.order]

    def name(self, holder: int) -> Any:
        """The name of a holder, if there is one."""
        return self.names[holder] if holder < len(self.names) else None

    def activities_of(self, holder: int) -> list[int]:
        """The rows of a holder's activities."""
        rows: list[int] = self.order[self.bounds[holder]:self.bounds[holder + 1]].tolist()
        return rows


@numba.njit(cache=True, nogil=True)
def _count_and_place(numbers, bounds, order):
    for row in range(len(numbers)):
        if numbers[row] >= 0:
            bounds[numbers[row] + 1] += 1
    for number in range(1, len(bounds)):
        bounds[number] += bounds[number - 1]
    place = bounds.copy()
    for row in range(len(numbers)):
        if numbers[row] >= 0:
            order[place[numbers[row]]] = row
            place[numbers[row]] += 1


def _side_by_side(numbers: Array, count: int) -> tuple[Array, Array]:
    """Order rows by a number, in the order of the table within it; give where each number begins."""
    bounds = np.zeros(count + 1, dtype=np.int64)
    order = np.empty(int((numbers >= 0).sum()), dtype=np.int64)
    _count_and_place(numbers, bounds, order)
    return bounds, order


# ---------------------------------------------------------------------------------------------------------
# Rows that need a second look.


class _Readers:
    """Gives rows that are not plain to the reader of records; holders with a row that it refuses are not decided."""

    def __init__(self, people: _People, context: Context, first_rows: tuple[int, int]) -> None:
        self.people, self.context, self.first_rows = people, context, first_rows
        self.faults: list[dict[str, Any]] = []
        self.to_ask = np.zeros(people.count, dtype=np.bool_)
        self._refused = np.zeros(people.count, dtype=np.bool_)

    def refused(self) -> Array:
        """Say which holders cannot be decided, noting every fault."""
        self._read_credentials()
        self._read_activities()
        self._look_for_repeated_ids()
        self._orphans()
        self._others_of_the_refused()
        return self._refused

    def _read_credentials(self) -> None:
        people = self.people
        rows = np.flatnonzero(~people.credentials.is_plain)
        for row, raw in zip(rows.tolist(), raw_rows(people.credentials.table, rows), strict=True):
            holder = int(people.holder_of_credential[row])
            faults: list[Fault] = []
            person = {"id": raw.get("holder")} | ({"fee_region": raw["fee_region"]} if "fee_region" in raw else {})
            read_part(Holder, {key: value for key, value in person.items() if value is not None}, "$", faults)
            read_part(Credential, {key: value for key, value in raw.items() if key not in {"holder", "fee_region"}},
                      "$", faults)
            self._note("credentials", row, holder, raw, faults)

    def _read_activities(self) -> None:
        people = self.people
        rows = np.flatnonzero(~people.activities.is_plain & (people.holder_of_activity >= 0))
        for row, raw in zip(rows.tolist(), raw_rows(people.activities.table, rows), strict=True):
            faults: list[Fault] = []
            read_part(Activity, {key: value for key, value in raw.items() if key != "holder"}, "$", faults)
            self._note("activities", row, int(people.holder_of_activity[row]), raw, faults)

    def _note(self, table: str, row: int, holder: int, raw: Mapping[str, Any], faults: Iterable[Fault]) -> None:
        found = list(faults)
        self.to_ask[holder] |= not found and table == "activities"
        self._refused[holder] |= bool(found)
        first = self.first_rows[table == "activities"]
        self.faults.extend(
            {"table": table, "row": first + row, "holder": _text(raw.get("holder")), "id": _text(raw.get("id")),
             "path": fault.path, "code": fault.code, "value": _text(fault.value), "expected": fault.expected,
             "hint": fault.hint} for fault in found)

    def _look_for_repeated_ids(self) -> None:
        """Find ids that a holder has twice, and fee regions that contradict each other."""
        people = self.people
        several = np.zeros(people.count, dtype=np.bool_)
        kernel.repeated(people.bounds, people.activities.hashes[people.order], several)
        bounds, order = _side_by_side(people.holder_of_credential, people.count)
        kernel.repeated(bounds, people.credentials.hashes[order], several)
        regions = people.credentials.region
        several[:] |= _differ(bounds, regions[order])
        for holder in np.flatnonzero(several & ~self._refused).tolist():
            self._refuse_repeats("credentials", holder, order[bounds[holder]:bounds[holder + 1]].tolist())
            self._refuse_repeats("activities", holder, people.activities_of(holder))

    def _refuse_repeats(self, table: str, holder: int, rows: Sequence[int]) -> None:
        source = getattr(self.people, table).table
        seen: dict[str, int] = {}
        regions: set[str] = set()
        for row, raw in zip(rows, raw_rows(source, rows), strict=True):
            first = seen.setdefault(raw["id"], row)
            region = raw.get("fee_region", vocabulary.FEE_REGIONS[0])
            faults = [] if first == row else [
                Fault(path="$.id", code="REPEATED_ID", value=raw["id"], expected="an id of its own",
                      hint=f"row {self.first_rows[table == 'activities'] + first} has it already")]
            if table == "credentials" and regions and region not in regions:
                faults.append(Fault(path="$.fee_region", code="UNKNOWN_WORD", value=region,
                                    expected="the fee region of the holder's other rows",
                                    hint="a holder has one fee region"))
            regions.add(region)
            if faults:
                self._note(table, row, holder, raw, faults)

    def _orphans(self) -> None:
        """Note activities whose holder has no credential."""
        rows = np.flatnonzero(self.people.holder_of_activity < 0)
        for row, raw in zip(rows.tolist(), raw_rows(self.people.activities.table, rows), strict=True):
            fault = Fault(path="$.holder", code="NO_SUCH_HOLDER", value=raw.get("holder"),
                          expected="a holder with a credential", hint="add the credential, or correct the holder")
            self.faults.append({
                "table": "activities", "row": self.first_rows[1] + row, "holder": _text(raw.get("holder")),
                "id": _text(raw.get("id")), "path": fault.path, "code": fault.code, "value": _text(fault.value),
                "expected": fault.expected, "hint": fault.hint})

    def _others_of_the_refused(self) -> None:
        """Note the other rows of a holder who is not decided, so that every row is accounted for."""
        noted = {(fault["table"], fault["row"]) for fault in self.faults}
        people = self.people
        for table, holders in (("credentials", people.holder_of_credential), ("activities", people.holder_of_activity)):
            first = self.first_rows[table == "activities"]
            rows = [row for row in np.flatnonzero((holders >= 0) & self._refused[holders]).tolist()
                    if (table, first + row) not in noted]
            for row, raw in zip(rows, raw_rows(getattr(people, table).table, rows), strict=True):
                self.faults.append({
                    "table": table, "row": first + row, "holder": _text(raw.get("holder")), "id": _text(raw.get("id")),
                    "path": "$", "code": "HOLDER_REFUSED", "value": None,
                    "expected": "a holder all of whose rows can be read", "hint": "correct the other rows"})


@numba.njit(cache=True, nogil=True)
def _mark_different(bounds, values, found):
    for h in range(len(bounds) - 1):
        for row in range(bounds[h] + 1, bounds[h + 1]):
            if values[row] != values[bounds[h]]:
                found[h] = True


def _differ(bounds: Array, values: Array) -> Array:
    found = np.zeros(len(bounds) - 1, dtype=np.bool_)
    _mark_different(bounds, values, found)
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)


# ---------------------------------------------------------------------------------------------------------
# Duplicates.


def _duplicates(people: _People) -> Array:
    """Find duplicates: equal title and provider but for case and spaces, same day, kind and points.

    The smallest id is kept and takes over the areas of the others.
    """
    found = np.zeros(len(people.order), dtype=np.bool_)
    kernel.same_sums(people.bounds, people.days, people.kinds, people.points, found)
    duplicate = np.zeros(len(people.order), dtype=np.bool_)
    rows = np.flatnonzero(found)
    groups: dict[object, list[tuple[str, int]]] = defaultdict(list)
    table = people.activities.table
    wanted = [name for name in ("id", "title", "provider") if name in table.column_names]
    taken = table.select(wanted).take(pa.array(people.order[rows])).to_pylist()
    holders = people.holder_of_activity[people.order[rows]].tolist()
    for row, holder, raw in zip(rows.tolist(), holders, taken, strict=True):
        key = (holder, people.days[row], people.kinds[row], people.points[row], _folded(raw["title"]),
               _folded(raw.get("provider")))
        groups[key].append((str(raw["id"]), row))
    for group in groups.values():
        if len(group) > 1:
            kept = min(group)[1]
            members = [row for _, row in group]
            people.areas[kept] = np.bitwise_or.reduce(people.areas[members])
            duplicate[[row for row in members if row != kept]] = True
    return duplicate


def _folded(text: str | None) -> str | None:
    return None if text is None else "".join(text.split()).casefold()


# ---------------------------------------------------------------------------------------------------------
# What each credential is judged by.


class _Plan:
    """The cycle, the standing, the tables and the window of every credential of a part."""

    def __init__(self, credentials: Credentials, context: Context) -> None:
        self.on = day_number(context.on)
        expires = credentials.expires_on.astype(np.int64)
        has_end = expires != NO_DAY
        extended = credentials.extended_until.astype(np.int64)
        self.end = np.where(extended != NO_DAY, extended, expires)
        self.participates = has_end | credentials.voluntary
        current, inside = has_end & (self.on <= expires), has_end & (self.on <= self.end)
        over = np.where(credentials.voluntary, 3, 2)
        self.standing = np.where(~has_end, 3, np.where(current, 0, np.where(inside, 1, over)))
        self.cycles = _cycles(credentials, self.end, inside, context)
        self.status = self._statuses(has_end, context)
        self.without: dict[int, tuple[str, ...]] = {}
        self.numbers = np.full((len(expires), 3), NO_TABLE, dtype=np.int64)
        self.numbers[:, 2] = 0
        reading = context.book.cite("reading/voluntary_table").grade
        self.numbers[self.standing == 3, 2] = GRADES.index(reading)
        self._choose_tables(credentials, expires, context)
        self.slow = self._slow_tables(context.compiled)

    def _statuses(self, has_end: Array, context: Context) -> Array:
        """Where the day stands in the window: 0 not open, 1 open, 2 late, 3 expired; -1 without an end."""
        opens = self.end - context.book.number("opens_days_before_end")
        advised = self.end - context.book.number("advised_days_before_end")
        status = np.where(self.on > self.end, 3, np.where(self.on > advised, 2, np.where(self.on < opens, 0, 1)))
        return np.where(has_end & (self.standing != 3), status, -1)

    def _choose_tables(self, credentials: Credentials, expires: Array, context: Context) -> None:
        """By the day of expiry; without an end today's; once expired both, if they differ."""
        by_expiry = self.participates & (self.standing != 3)
        by_today = self.participates & (self.standing >= 2)
        compiled = context.compiled
        codes = credentials.code * 2 + credentials.body
        for pair in np.unique(codes[self.participates]).tolist():
            code, body = tuple(vocabulary.NAMES)[pair // 2], ("ASCP", "ASCPi")[pair % 2]
            days, numbers, why = compiled.starts[code, body]
            of_code = codes == pair
            for column, wanted, day in ((0, by_expiry, expires), (1, by_today, np.full_like(expires, self.on))):
                rows = np.flatnonzero(of_code & wanted)
                place = np.searchsorted(days, day[rows], side="right") - 1
                self.numbers[rows, column] = numbers[place]
                for row, at in zip(rows[numbers[place] < 0].tolist(), place[numbers[place] < 0].tolist(), strict=True):
                    self.without[row] = (*self.without.get(row, ()), str(why[at]))
        first = self.numbers[:, 0] < 0
        self.numbers[first, 0] = self.numbers[first, 1]
        self.numbers[first | (self.numbers[:, 0] == self.numbers[:, 1]), 1] = NO_TABLE
        if self.without:
            self.numbers[[*self.without], :2] = NO_TABLE

    def _slow_tables(self, compiled: Compiled) -> Array:
        slow = np.append(compiled.slow, False)  # the last is for no table
        return slow[self.numbers[:, 0]] | slow[self.numbers[:, 1]]


def _cycles(credentials: Credentials, end: Array, inside: Array, context: Context) -> Array:
    """Find the days that count, and the doubtful ones, of every credential: first and last of each."""
    on = day_number(context.on)
    months = context.book.number("cycle_months")
    count = len(end)
    cycles = np.empty((count, 4), dtype=np.int64)
    cycles[:, 0] = day_number(start_of_span_ending(context.on, context.book.number("last_years_months")))
    cycles[:, 1] = on
    cycles[:, 2], cycles[:, 3] = 1, 0
    rows = np.flatnonzero(inside)
    if not len(rows):
        return cycles
    days, back = np.unique(credentials.expires_on[rows], return_inverse=True)
    ends = [date.fromordinal(int(day) + EPOCH.toordinal()) for day in days]
    start = np.array([day_number(start_of_span_ending(day, months)) for day in ends])[back]
    month_before = np.array([_month(add_months(day.replace(day=1), -months)) for day in ends])[back]
    certified = credentials.certified_on[rows].astype(np.int64)
    month = certified.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = (certified != NO_DAY) & (month == month_before)
    given = credentials.cycle_start[rows].astype(np.int64)
    known = given != NO_DAY
    start = np.where(known, given, np.where(first, certified, start))
    cycles[rows, 0], cycles[rows, 1] = start, np.minimum(on, end[rows])
    before = start - 1
    month_start = before.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    doubtful = ~known & ~first
    cycles[rows, 2] = np.where(doubtful, month_start, 1)
    cycles[rows, 3] = np.where(doubtful, np.minimum(before, on), 0)
    return cycles


def _month(day: date) -> int:
    return (day.year - EPOCH.year) * 12 + day.month - 1


def _run_kernel(people: _People, plan: _Plan, numbers: Array, duplicate: Array, context: Context, out: Array) -> Array:
    compiled = context.compiled
    tables = (compiled.width, compiled.needs, compiled.bit_of, compiled.cap_of, compiled.total, compiled.caps)
    kinds = (compiled.kind_established, compiled.kind_pool_only, compiled.kind_from, compiled.kind_until)
    needs = np.empty((4 * len(out) + 1024, 3), dtype=np.int64)
    count = kernel.decide_all(people.holder_of_credential, people.bounds, numbers, plan.cycles, people.days,
                              people.kinds, people.points, people.areas, duplicate, tables, kinds,
                              (compiled.table_grade, compiled.kind_grade),
                              (*people.activities.id_letters, people.order), out, needs)
    return needs[:count]


_REASONS = ("UNDATED", "MONTH_OF_PREVIOUS_END", "KIND_UNCONFIRMED")


def _needs(people: _People, needs: Array) -> dict[int, list[tuple[str, str]]]:
    """Name the open questions of each credential."""
    ids = people.activities.table.column("id").take(pa.array(people.order[needs[:, 2]])).to_pylist()
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for (credential, reason, _), name in zip(needs.tolist(), ids, strict=True):
        found[credential].append((_REASONS[reason], str(name)))
    return found


# ---------------------------------------------------------------------------------------------------------
# Fees.


def _fees(people: _People, plan: _Plan, context: Context) -> Array:
    """Give what each credential costs if those of its holder are declared together, in cents; -1 if unknown.

    Sorted by end, a group takes in all that ends at most three months after its earliest end.
    """
    creds = people.credentials
    combines = plan.participates & (plan.standing <= 1)
    group = np.array([vocabulary.GROUPS[code] == "qualification" for code in vocabulary.NAMES])[creds.code]
    ends = np.where(combines, plan.end, 0)
    distinct, back = np.unique(ends, return_inverse=True)
    months = context.book.number("reduced_fee_months")
    latest = np.array([day_number(add_months(date.fromordinal(int(day) + EPOCH.toordinal()), months))
                       for day in distinct])[back]
    order = np.lexsort((np.arange(len(ends)), ends, group, ~combines, people.holder_of_credential))
    further = np.zeros(len(ends), dtype=np.bool_)
    _mark_further(order, people.holder_of_credential, group, combines, ends, latest, further)
    fee = np.zeros(len(ends), dtype=np.int64)
    expired = plan.standing == 2
    for region, known in enumerate(context.fees):
        rows = (creds.region == region) & plan.participates
        for item, wanted in (("application", rows & ~further), ("reduced_application", rows & further),
                             ("reinstatement", rows & expired)):
            fee[wanted] = np.where(fee[wanted] < 0, -1, fee[wanted] + known[item] if item in known else -1)
    unknown = np.zeros(people.count, dtype=np.bool_)
    unknown[people.holder_of_credential[fee < 0]] = True
    fee[unknown[people.holder_of_credential]] = -1
    return fee


@numba.njit(cache=True, nogil=True)
def _mark_further(order, holders, group, combines, ends, latest, further):
    """Within each group all but the one that stands first in the table take the reduced fee."""
    position = 0
    while position < len(order):
        first = order[position]
        position += 1
        if not combines[first]:
            continue
        earliest_row, until = first, latest[first]
        while position < len(order):
            row = order[position]
            if holders[row] != holders[first] or not combines[row] or group[row] != group[first] or ends[row] > until:
                break
            if row < earliest_row:
                further[earliest_row] = True
                earliest_row = row
            else:
                further[row] = True
            position += 1


# ---------------------------------------------------------------------------------------------------------
# The scalar path.


def _ask(people: _People, credentials: Array, context: Context) -> dict[int, dict[str, Any]]:
    """Decide the holders whom the kernel could not settle, one by one."""
    wanted = set(credentials.tolist())
    bounds, order = _side_by_side(people.holder_of_credential, people.count)
    holders = sorted({int(people.holder_of_credential[row]) for row in wanted})
    of_holder = [order[bounds[holder]:bounds[holder + 1]].tolist() for holder in holders]
    creds = iter(raw_rows(people.credentials.table, [row for rows in of_holder for row in rows]))
    acts = iter(raw_rows(people.activities.table, [row for holder in holders for row in people.activities_of(holder)]))
    answers = {}
    for holder, rows in zip(holders, of_holder, strict=True):
        record = _record([next(creds) for _ in rows], [next(acts) for _ in people.activities_of(holder)])
        decision = decide(record, context.book, on=context.on, trust=context.trust)
        answers.update({row: columns for row, columns in zip(rows, rows_of(decision), strict=True) if row in wanted})
    return answers


def _record(credentials: Sequence[Mapping[str, Any]], activities: Sequence[Mapping[str, Any]]) -> Record:
    """Make the record of a holder from rows."""
    first = credentials[0]
    holder = {"id": first["holder"]} | ({"fee_region": first["fee_region"]} if "fee_region" in first else {})
    return parse_record({
        "schema": Record.schema, "holder": holder,
        "credentials": [{key: value for key, value in row.items() if key not in {"holder", "fee_region"}}
                        for row in credentials],
        "activities": [{key: value for key, value in row.items() if key != "holder"} for row in activities],
    })


def rows_of(decision: Any) -> Iterator[dict[str, Any]]:
    """Give the columns of a decision that was made the slow way."""
    for one in decision.credentials:
        lines = [line.amount for line in decision.fees.lines if line.credential == one.id]
        first = one.shortfalls[0] if one.shortfalls else None
        total = one.total
        yield {
            "outcome": str(one.outcome), "standing": str(one.standing),
            "required": None if total is None else total.required, "placed": None if total is None else total.placed,
            "short": None if total is None else total.short,
            "short_if_confirmed": None if total is None else total.short_if_confirmed,
            "shortfall_areas": None if total is None else [] if first is None else list(first.areas),
            "shortfall": None if total is None else first.short if first is not None else total.short,
            "declaration": None if one.declaration is None else one.declaration.status,
            "fee": None if decision.fees.total is None else sum(lines),
            "grade": None if one.grade is None else str(one.grade),
            "needs": [{"code": need.code, "subject": need.subject} for need in one.needs],
        }
