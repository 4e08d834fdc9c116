"""A page for each person; an index, a workbook and a calendar for the coordinator.

    import cmprules
    from cmprules.batch import records_of
    from cmprules.reporting import reports

    people = records_of("credentials.csv", "activities.csv")
    print(cmprules.render(reports(people, cmprules.load_book(), on="2026-03-10", to="reports")))

The workbook needs the extra `excel`; `records_of` needs the extra `batch`.
"""

from __future__ import annotations

from cmprules.reporting import _report as _report  # registers the report
from cmprules.reporting._folder import FolderError
from cmprules.reporting._reports import reports
from cmprules.reporting._tables import COLUMNS, tables_of
from cmprules.reporting._values import NotDecided, ReportedCredential, Reports
from cmprules.reporting._workbook import write_tables

__all__ = ["COLUMNS", "FolderError", "NotDecided", "ReportedCredential", "Reports", "reports", "tables_of",
           "write_tables"]
