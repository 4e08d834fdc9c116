"""Compile everything before it is needed, for example for a container image."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from cmprules._policy.load import editions, load_book
from cmprules.batch._compiling import by_hand
from cmprules.batch._stream.splitting import hashes
from cmprules.batch._table import decide_table

_ON = date(2026, 3, 10)


def warm() -> int:
    """Decide two invented holders under every edition, so that every compiled function is called.

    Returns:
        The number of answers under the newest edition.
    """
    credentials = pa.table({"holder": ["a", "b"], "id": ["c", "c"], "code": ["MLS", "PBT"],
                            "expires_on": [date(2026, 5, 31)] * 2})
    activities = pa.table({"holder": ["a", "a", "b"], "id": ["1", "2", "1"], "title": ["One", "Two", "Three"],
                           "kind": ["formal_ce", "college_course", "formal_ce"], "amount": ["1", "2", "3"],
                           "completed_on": [date(2025, 2, 11)] * 3,
                           "areas": pa.array([["safety", "ethics"], None, ["phlebotomy"]])})
    with by_hand(wanted=False):
        hashes(credentials["holder"].combine_chunks())
        decided = [decide_table(credentials, activities, load_book(edition=edition), on=_ON) for edition in editions()]
        return int(decided[-1].answers.num_rows)
