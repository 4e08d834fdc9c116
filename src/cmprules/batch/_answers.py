"""Turn the arrays of a part into columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from cmprules._kit.points import to_hundredths
from cmprules.batch._compiled import BODIES, CODES, GRADES, Compiled, day_number
from cmprules.batch._kernel import records as kernel
from cmprules.batch._kernel.records import Array
from cmprules.batch._part import Context, Part
from cmprules.batch._plan import STANDINGS, STATUSES
from cmprules.batch._refusals import FAULT_COLUMNS
from cmprules.errors import shorten

POINTS = MONEY = pa.decimal128(9, 2)
ANSWERS = pa.schema([
    ("holder", pa.string()), ("id", pa.string()), ("code", pa.string()), ("body", pa.string()),
    ("expires_on", pa.date32()), ("last_day", pa.date32()), ("days_left", pa.int32()),
    ("outcome", pa.string()), ("standing", pa.string()),
    ("required", POINTS), ("placed", POINTS), ("short", POINTS), ("short_if_confirmed", POINTS),
    ("shortfall_areas", pa.list_(pa.string())), ("shortfall", POINTS), ("declaration", pa.string()), ("fee", MONEY),
    ("grade", pa.string()), ("needs", pa.list_(pa.struct([("code", pa.string()), ("subject", pa.string())]))),
])
OWN_PLACEMENT = pa.field("own_placement", pa.list_(pa.string()))
AREAS = pa.schema([
    ("holder", pa.string()), ("id", pa.string()), ("area", pa.string()), ("required", POINTS), ("placed", POINTS),
    ("short", POINTS), ("row", pa.string()), ("grade", pa.string()),
])
PLACEMENTS = pa.schema([
    ("holder", pa.string()), ("credential", pa.string()), ("activity", pa.string()), ("area", pa.string()),
    ("points", POINTS),
])
FAULTS = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in FAULT_COLUMNS])

_OUTCOMES = ("MET", "NOT_MET", "NEEDS_REVIEW", "NOT_REQUIRED")
_NOT_REQUIRED = 3
_REASONS = ("UNDATED", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED", "DUPLICATE",
            "LOOKS_ALIKE", "REPEATED_COURSE")
_BY_RANK = ("NOT_IN_FORCE", "TABLE_NOT_ESTABLISHED", "BELOW_TRUST")
_TABLES = ("credentials", "activities", "placements", "settled")


def faults_of(part: Part) -> pa.Table:
    """Arrange the faults of a part in columns, by table and row."""
    return faults_table(part.refusals.faults)


def faults_table(faults: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Arrange faults in columns, by table and row."""
    ordered = sorted(faults, key=lambda fault: (_TABLES.index(fault["table"]), fault["row"]))
    return pa.Table.from_pylist(ordered, schema=FAULTS)


def fault_line(fault: Mapping[str, Any]) -> str:
    """Render a fault as one line, with its row as a spreadsheet numbers it: the first below the header is row 2."""
    cell = fault["path"].removeprefix("$").lstrip(".")
    whose = "" if fault["holder"] is None else f" of {shorten(fault['holder'])}"
    got = "" if fault["value"] is None else f"got {shorten(fault['value'])}, "
    row = "" if fault["row"] is None else f", row {fault['row'] + 2}"
    place = f"{fault['table']}{row}{whose}{': ' + cell if cell else ''}"
    return f"{place}: {fault['code']}: {got}expected {fault['expected']}; {fault['hint']}"


def answers_schema(credentials: pa.Schema, carry: Sequence[str]) -> pa.Schema:
    """List the columns of the answers; the carried ones come last."""
    return pa.schema([*ANSWERS, *(credentials.field(name) for name in carry)])


def answers_of(part: Part, context: Context, *, own_placement: bool = False) -> pa.Table:
    """Arrange the answers of a part in columns, in the order of its credentials; refused ones are left out."""
    columns = _with_asked(part, {**_names(part), **_columns(part, context.compiled)})
    table = part.credentials.given.table
    schema = ANSWERS
    if own_placement:
        checked = {row: answered.answer[OWN_PLACEMENT.name] for row, answered in part.asked.items()}
        columns[OWN_PLACEMENT.name], schema = _sparse(checked, len(part.decided), OWN_PLACEMENT.type), \
            ANSWERS.append(OWN_PLACEMENT)
    names = {"holder": table.column("holder").cast(pa.string()), "id": table.column("id")}
    answers = pa.table({**names, **_days_of(part, day_number(context.on)), **columns}, schema=schema)
    for name in context.carry:
        answers = answers.append_column(table.schema.field(name), table.column(name))
    return answers if part.decided.all() else answers.filter(pa.array(part.decided))


def _names(part: Part) -> dict[str, pa.Array]:
    """Return what each credential is."""
    return {"code": _words(part.credentials.code, CODES), "body": _words(part.credentials.body, BODIES)}


def _days_of(part: Part, on: int) -> dict[str, pa.Array]:
    """Return how long each credential lasts, and how long its holder has."""
    expires, end, has_last = part.credentials.expires_on, part.plan.end, part.plan.status >= 0
    return {
        "expires_on": _days(expires, expires != kernel.NO_DAY), "last_day": _days(end, has_last),
        "days_left": pa.array(np.where(has_last, end - on, 0).astype(np.int32), mask=~has_last),
    }


def _days(numbers: Array, known: Array) -> pa.Array:
    return pa.array(np.where(known, numbers, 0).astype(np.int32), mask=~known).cast(pa.date32())


def areas_of(part: Part) -> pa.Table:
    """List the areas of every credential that the scalar path answered."""
    return _listed(part, AREAS, "id", {row: answered.areas for row, answered in part.asked.items()})


def placements_of(part: Part) -> pa.Table:
    """List where the points of activities were placed, for every credential that the scalar path answered."""
    return _listed(part, PLACEMENTS, "credential", {row: answered.placements for row, answered in part.asked.items()})


def _listed(part: Part, schema: pa.Schema, id: str, found: dict[int, tuple[dict[str, Any], ...]]) -> pa.Table:
    """Arrange rows that belong to credentials in columns, in the order of the credentials."""
    rows = sorted(found)
    named = part.credentials.given.table.select(["holder", "id"]).take(pa.array(rows, pa.int64())).to_pylist()
    return pa.Table.from_pylist(
        [{"holder": name["holder"], id: name["id"], **{key: _exact(value) for key, value in item.items()}}
         for name, row in zip(named, rows, strict=True) for item in found[row]], schema=schema)


# ---------------------------------------------------------------------------------------------------------
# The columns.


def _columns(part: Part, compiled: Compiled) -> dict[str, pa.Array]:
    """Arrange the kernel's results, and what follows from the plan, in columns."""
    found, count = part.found, len(part.decided)
    without = np.zeros(count, dtype=np.bool_)
    without[[*part.plan.without]] = True
    known = (found.outcome != kernel.NOT_DECIDED) & (found.outcome != kernel.ASK)
    outcome = np.where(known, found.outcome, np.where(without, kernel.NEEDS_REVIEW, _NOT_REQUIRED))
    required = compiled.figures.total[found.table]
    lacking = np.where(found.mandatory_short > 0, found.mandatory_short, np.maximum(required - found.usable, 0))
    return {
        "outcome": _words(outcome, _OUTCOMES), "standing": _words(part.plan.standing, STANDINGS),
        "required": _decimals(required, known), "placed": _decimals(required - found.short, known),
        "short": _decimals(found.short, known), "short_if_confirmed": _decimals(found.short_if_confirmed, known),
        "shortfall_areas": _areas(part, known, lacking, compiled), "shortfall": _decimals(lacking, known),
        "declaration": _words(part.plan.status, STATUSES), "fee": _decimals(part.fee, part.fee >= 0),
        "grade": _words(np.where(known, found.grade, -1), GRADES), "needs": _needs(part, known),
    }


def _words(numbers: Array, words: Sequence[str]) -> pa.Array:
    """Turn numbers into words; a negative number becomes an empty cell."""
    indices = pa.array(numbers.astype(np.int32), mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array([str(word) for word in words])).cast(pa.string())


def _decimals(hundredths: Array, known: Array) -> pa.Array:
    """Turn hundredths into decimals, exactly: an Arrow decimal is a 128-bit integer with a scale."""
    halves = np.zeros((len(known), 2), dtype=np.int64)
    halves[:, 0] = np.where(known, hundredths, 0)
    present = None if known.all() else pa.array(known).buffers()[1]
    return pa.Array.from_buffers(POINTS, len(known), [present, pa.py_buffer(halves)])


def _areas(part: Part, known: Array, lacking: Array, compiled: Compiled) -> pa.Array:
    """List the areas of the first proof: of the mandatory areas, or else all areas and the pool."""
    found, everything = part.found, 1 << kernel.WIDTH
    sets = np.where(found.mandatory_short > 0, found.proof, np.where(lacking > 0, everything, 0))
    keys = pa.array(np.where(known, found.table * (everything + 1) + sets, -1)).dictionary_encode()
    lists: list[list[str] | None] = []
    for key in keys.dictionary.to_pylist():
        table, areas = divmod(key, everything + 1)
        names = compiled.tables[table].names if key >= 0 else ()
        chosen = [name for bit, name in enumerate(names) if areas == everything or areas >> bit & 1]
        lists.append(chosen if key >= 0 else None)
    return pa.array(lists, ANSWERS.field("shortfall_areas").type).take(keys.indices)


def _needs(part: Part, known: Array) -> pa.Array:
    """List the open questions."""
    found = part.found
    ids = part.credentials.given.table.column("id")
    listed: dict[int, list[dict[str, str]]] = defaultdict(list)
    questions = part.questions
    activities = part.holders.given["activities"].table.column("id")
    subjects = activities.take(pa.array(part.people.rows[questions[:, 2]])).to_pylist()
    for (row, reason, _), subject in zip(questions.tolist(), subjects, strict=True):
        listed[row].append({"code": _REASONS[reason], "subject": subject})
    for row in np.flatnonzero(known & found.hangs_on_table).tolist():
        listed[row].append({"code": "TABLE_AFTER_EXPIRY", "subject": ids[row].as_py()})
    for row, reasons in part.plan.without.items():
        listed[row] = [{"code": min(reasons, key=_BY_RANK.index), "subject": ids[row].as_py()}]
    return _sparse(listed, len(known), ANSWERS.field("needs").type)


def _sparse(found: dict[int, list[Any]], count: int, kind: pa.DataType) -> pa.Array:
    """Make a column of lists of which most are empty."""
    ends = np.zeros(count + 1, dtype=np.int32)
    for row, items in found.items():
        ends[row + 1] = len(items)
    items = [item for row in sorted(found) for item in found[row]]
    return pa.ListArray.from_arrays(pa.array(np.cumsum(ends, dtype=np.int32)), pa.array(items, kind.value_type))


def _with_asked(part: Part, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Insert the answers of the scalar path at their positions."""
    rows = sorted(part.asked)
    if not rows:
        return columns
    place = np.arange(len(part.decided))
    place[rows] = len(place) + np.arange(len(rows))
    return {
        name: pa.concat_arrays([column, pa.array([_exact(part.asked[row].answer[name]) for row in rows],
                                                 ANSWERS.field(name).type)]).take(pa.array(place))
        for name, column in columns.items()
    }


def _exact(value: Any) -> Any:
    """Write an amount with the two decimals of its column."""
    return Decimal(to_hundredths(Decimal(value))).scaleb(-2) if isinstance(value, Decimal | int) else value
