"""The credentials of some holders as arrays."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow as pa

from cmprules._words import vocabulary
from cmprules._words.spellings import code_written
from cmprules.batch._columns.given import Given
from cmprules.batch._columns.names import Ids, Names, ids_of, names_of, reads_text
from cmprules.batch._columns.reading import FLAGS
from cmprules.batch._columns.words import days_of, flags_of, places_of, words_of
from cmprules.batch._compiled import BODIES, CODES
from cmprules.batch._kernel.records import NO_DAY, Array


@attrs.frozen(kw_only=True, eq=False)
class Credentials:
    """The credentials of some holders as arrays; `is_plain` says which rows need no second look."""

    given: Given
    holders: Names
    code: Array
    body: Array
    certified_on: Array
    expires_on: Array
    cycle_start: Array
    extended_until: Array
    voluntary: Array
    region: Array
    ids: Ids
    is_plain: Array


def read_credentials(given: Given) -> Credentials:
    """Read the credentials of some holders."""
    table = given.table
    code, body = _categories(table)
    region = places_of(table, "fee_region", vocabulary.FEE_REGIONS, 0)
    days = {name: days_of(table, name) for name in ("certified_on", "expires_on", "cycle_start", "extended_until")}
    flags = {name: flags_of(table, name) for name in FLAGS}
    ids, holders = ids_of(table.column("id")), names_of(table, "holder").in_use()
    certified, expires = days["certified_on"][0], days["expires_on"][0]
    plain = (code >= 0) & (region >= 0) & (body >= 0) & ids.is_plain & holders.well_named()
    plain &= _EXISTS[code, body] & (expires != NO_DAY) & (certified <= expires) & ~flags["voluntary"][0]
    plain &= (days["cycle_start"][0] == NO_DAY) & (days["extended_until"][0] == NO_DAY)
    for well_read in (reads_text(table, "name", empty=True), *(read for _, read in (*days.values(), *flags.values()))):
        plain &= True if well_read is None else well_read
    return Credentials(given=given, holders=holders, code=code, body=body, certified_on=certified, expires_on=expires,
                       cycle_start=days["cycle_start"][0], extended_until=days["extended_until"][0],
                       voluntary=flags["voluntary"][0], region=region, ids=ids, is_plain=plain)


def _categories(table: pa.Table) -> tuple[Array, Array]:
    """Number the code and the body of each row; -1 if the reader of records has to check them."""
    words = words_of(table, "code")
    read = [code_written(value) if isinstance(value, str) else None for value in words.values]
    code = np.array([*(-1 if spelling is None else CODES.index(spelling.code) for spelling in read), -1],
                    dtype=np.int32)
    within = np.array([*(-1 if spelling is None or spelling.body is None else BODIES.index(spelling.body)
                         for spelling in read), -1])
    given = words_of(table, "body")
    body = given.map(lambda value: _BODY_NUMBERS.get(value, -1), _NO_BODY)
    bracketed = within[words.codes]
    body = np.where((body == _NO_BODY) & (bracketed >= 0), bracketed, body)
    body[body == _NO_BODY] = 0
    return code[words.codes], np.where((bracketed >= 0) & (bracketed != body), -1, body)


_BODY_NUMBERS = {body: number for number, body in enumerate(BODIES)}
_NO_BODY = -2
_EXISTS = np.array([[body in vocabulary.BODIES[code] for body in BODIES] for code in CODES])
