# The public surface of cmprules.batch, written by tasks/write_surface.py.

class DecidedTable:
    answers: pa.Table
    areas: pa.Table | None
    counts: FrozenMap
    faults: pa.Table
    placements: pa.Table | None

def decide_table(credentials: Any, activities: Any, book: PolicyBook, *, on: date, trust: Grade | str = 'inferred', placements: Any = None, also: Collection[str] = ()) -> DecidedTable: ...
