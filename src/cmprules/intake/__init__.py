"""Files from outside: transcripts, exports, statements and badges, read into a record.

    import cmprules
    from cmprules.intake import IntakeMapping, intake

    found = intake(["transcript.csv"], cmprules.load_book(), holder="h-1", credentials=["PBT(ASCP) 2026-05-31"],
                   mapping=IntakeMapping(dates="us"))
    print(cmprules.render(found))                   # a line for every row
    print(cmprules.render(cmprules.decide(found.record, cmprules.load_book(), on="2026-03-10")))

It needs the extra `intake`.
"""

from __future__ import annotations

from cmprules.intake import _report as _report  # registers the report
from cmprules.intake._crowd import PeopleRead, Unread, people
from cmprules.intake._intake import intake
from cmprules.intake._loading import read_mapping
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._values import Conversion, Counts, FileRead, Intake, Line, Remark

__all__ = ["Conversion", "Counts", "FileRead", "Intake", "IntakeMapping", "Line", "PeopleRead", "Remark", "Unread",
           "intake", "people", "read_mapping"]
