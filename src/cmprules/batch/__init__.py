"""A whole population at once, with exactly the answers of `decide`.

    from cmprules.batch import decide_table

    table = decide_table("credentials.parquet", "activities.parquet", book, on=date(2026, 3, 10))
    table.answers        # one row for each credential, as an Arrow table
    table.faults         # one row for each fault: bad rows do not stop the run

It needs Arrow, Numba and NumPy: install the extra `batch`.
"""

from __future__ import annotations

from cmprules.errors import MissingExtraError

try:
    import numba
    import pyarrow as pa
except ModuleNotFoundError as _missing:
    raise MissingExtraError(f"cmprules.batch needs {_missing.name}, which is not installed; "
                            "install the extra `batch`: from a checkout, pip install '.[batch]'",
                            name=_missing.name) from _missing

from cmprules.batch import _whatif_report as _whatif_report  # registers the reports
from cmprules.batch._records import PeopleRecords, records_of
from cmprules.batch._table import DecidedTable, decide_table
from cmprules.batch._whatif import what_if
from cmprules.batch._whatif_values import BookSide, OutcomeFlow, RequirementFlips, Tally, WhatIf

__all__ = ["BookSide", "DecidedTable", "OutcomeFlow", "PeopleRecords", "RequirementFlips", "Tally", "WhatIf",
           "decide_table", "records_of", "what_if"]

del MissingExtraError, numba, pa
