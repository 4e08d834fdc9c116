"""The fee of each credential if its holder declares all credentials together."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import product, starmap

import numpy as np

from cmprules._kit.calendar import add_months
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._compiled import CODES, day_number, from_day_number
from cmprules.batch._holders import Grouped
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import mark_further
from cmprules.batch._plan import EXPIRED, INACTIVE, Plan
from cmprules.errors import NotEstablishedError

NOT_ESTABLISHED = -1
_ITEMS = ("application", "reduced_application", "reinstatement")
_GROUPS = ("certification", "qualification")
_QUALIFICATION = np.array([vocabulary.GROUPS[code] == "qualification" for code in CODES])

Amounts = dict[tuple[str, str, str], int]
"""The fee in cents for each region, group and item; `NOT_ESTABLISHED` if no source gives it."""


def amounts_on(book: PolicyBook, on: date) -> Amounts:
    """Gather the fees of a day."""

    def cents(region: str, group: str, item: str) -> int:
        try:
            return book.fee(item, region=region, on=on, group=group)[1].hundredths
        except NotEstablishedError:
            return NOT_ESTABLISHED

    keys = list(product(vocabulary.FEE_REGIONS, _GROUPS, _ITEMS))
    return dict(zip(keys, starmap(cents, keys), strict=True))


def fees_of(credentials: Credentials, rows: Grouped, plan: Plan, amounts: Amounts, months: int) -> Array:
    """Return the cents that each credential adds; if one fee of a holder is not established, none is."""
    further = _further(credentials, rows, plan, months)
    fee = np.zeros(len(further), dtype=np.int64)
    for (region, group, item), cents in amounts.items():
        owing = plan.participates & (credentials.region == vocabulary.FEE_REGIONS.index(region))
        owing &= _QUALIFICATION[credentials.code] == (group == "qualification")
        owing &= {"application": ~further, "reduced_application": further,
                  "reinstatement": plan.standing == EXPIRED}[item]
        fee[owing] = np.where((fee[owing] < 0) | (cents < 0), NOT_ESTABLISHED, fee[owing] + cents)
    unknown = np.zeros(len(rows.bounds) - 1, dtype=np.bool_)
    unknown[rows.holder[fee < 0]] = True
    fee[unknown[rows.holder]] = NOT_ESTABLISHED
    return fee


@lru_cache(maxsize=1 << 14)
def _months_after(end: int, months: int) -> int:
    return day_number(add_months(from_day_number(end), months))


def _further(credentials: Credentials, rows: Grouped, plan: Plan, months: int) -> Array:
    """Return which credentials get the reduced fee.

    Certifications and qualifications are separate.  Sorted by end, a group includes every credential that ends at most
    a number of months after its earliest end; all except the first in the table get the reduced fee.
    """
    combines = plan.participates & (plan.standing <= INACTIVE)
    together = np.where(combines, rows.holder * 2 + _QUALIFICATION[credentials.code], -1)
    ends, back = np.unique(np.where(combines, plan.end, 0), return_inverse=True)
    latest = np.array([_months_after(end, months) for end in ends.tolist()], dtype=np.int64)
    further = np.zeros(len(together), dtype=np.bool_)
    mark_further(np.lexsort((back, together)), together, ends[back], latest[back], further)
    return further
