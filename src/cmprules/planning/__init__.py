"""Plans: the cheapest lawful set of courses, and every trade-off between money and time.

    from datetime import date

    import cmprules
    from cmprules import planning

    book = cmprules.load_book(edition="2026.1")
    record = cmprules.read_record("examples/mls-nearly-there.json")
    catalogue = planning.read_catalogue("examples/catalogues/samples.csv")
    print(cmprules.render(cmprules.plan(record, book, catalogue, on=date(2026, 3, 10))))

Planning needs the extra `plan`.
The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules.planning import _report as _report
from cmprules.planning._catalogue import Catalogue, Course, Package
from cmprules.planning._files import parse_catalogue, read_catalogue
from cmprules.planning._planning import front
from cmprules.planning._values import (
    Front,
    FrontPoint,
    LeftOut,
    Obstacle,
    Plan,
    PlannedCourse,
    PlannedCredential,
    PlannedPackage,
    Served,
)

__all__ = [
    "Catalogue",
    "Course",
    "Front",
    "FrontPoint",
    "LeftOut",
    "Obstacle",
    "Package",
    "Plan",
    "PlannedCourse",
    "PlannedCredential",
    "PlannedPackage",
    "Served",
    "front",
    "parse_catalogue",
    "read_catalogue",
]
