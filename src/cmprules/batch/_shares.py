"""The fee of each credential if its holder declares all credentials together."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from cmprules._kit.calendar import add_months
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._compiled import CODES, day_number, from_day_number
from cmprules.batch._holders import Grouped
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import mark_further
from cmprules.batch._plan import EXPIRED, INACTIVE, Plan, distinct_days
from cmprules.errors import NotEstablishedError

NOT_ESTABLISHED = -1
_ITEMS = ("application", "reduced_application", "reinstatement")
_GROUPS = ("certification", "qualification")
_GROUP_OF = np.array([int(vocabulary.GROUPS[code] == "qualification") for code in CODES])
"""The place of each code's group in `_GROUPS`."""

Amounts = Array
"""The fee in cents for each region, group and item, by their places; `NOT_ESTABLISHED` if no source gives it."""


def amounts_on(book: PolicyBook, on: date) -> Amounts:
    """Gather the fees of a day."""

    def cents(region: str, group: str, item: str) -> int:
        try:
            return book.fee(item, region=region, on=on, group=group)[1].hundredths
        except NotEstablishedError:
            return NOT_ESTABLISHED

    return np.array([[[cents(region, group, item) for item in _ITEMS] for group in _GROUPS]
                     for region in vocabulary.FEE_REGIONS])


def fees_of(credentials: Credentials, rows: Grouped, plan: Plan, amounts: Amounts, months: int) -> Array:
    """Return the cents that each credential adds; if one fee of a holder is not established, none is."""
    full, reduced, again = amounts[credentials.region, _GROUP_OF[credentials.code]].T
    applying = np.where(_further(credentials, rows, plan, months), reduced, full)
    reinstating = np.where(plan.standing == EXPIRED, again, 0)
    fee = np.where((applying < 0) | (reinstating < 0), NOT_ESTABLISHED, applying + reinstating)
    fee[~plan.participates | (credentials.region < 0)] = 0
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
    together = np.where(combines, rows.holder * len(_GROUPS) + _GROUP_OF[credentials.code], -1)
    ends, back = distinct_days(np.where(combines, plan.end, 0))
    latest = np.array([_months_after(end, months) for end in ends.tolist()], dtype=np.int64)
    further = np.zeros(len(together), dtype=np.bool_)
    by_holder_and_end = np.argsort(together * len(ends) + back, kind="stable")  # most rows are in this order already
    mark_further(by_holder_and_end, together, ends[back], latest[back], further)
    return further
