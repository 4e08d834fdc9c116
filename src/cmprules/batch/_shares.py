"""What each credential costs if those of its holder are declared together."""

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
"""The cents of each region, group and item; `NOT_ESTABLISHED` where no source gives them."""


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
    """Return the cents that each credential adds; if one of a holder is not established, none of theirs is."""
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
    """Return which credentials take the reduced fee.

    Certifications and qualifications apart, sorted by end, a group takes in all that ends at most a number of months
    after its earliest end; all but the one that stands first in the table are further ones.
    """
    combines = plan.participates & (plan.standing <= INACTIVE)
    together = np.where(combines, rows.holder * 2 + _QUALIFICATION[credentials.code], -1)
    ends, back = np.unique(np.where(combines, plan.end, 0), return_inverse=True)
    latest = np.array([_months_after(end, months) for end in ends.tolist()], dtype=np.int64)
    further = np.zeros(len(together), dtype=np.bool_)
    mark_further(np.lexsort((back, together)), together, ends[back], latest[back], further)
    return further
