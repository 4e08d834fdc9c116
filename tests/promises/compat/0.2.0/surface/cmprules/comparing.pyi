# The public surface of cmprules.comparing, written by tasks/write_surface.py.

class Attribution(Checked):
    alone: bool
    cause: str
    undone: bool

class Cause(Checked):
    after: Any
    before: Any
    cause: str

class ChangedValue(Checked):
    after: Any
    before: Any
    credential: str | None
    only_in: str | None
    path: str
    subject: str | None
    what: str

class DecisionChange(ChangedValue):
    after: Any
    because: tuple[Attribution, ...]
    before: Any
    credential: str | None
    how: str
    only_in: str | None
    path: str
    subject: str | None
    what: str

class DecisionComparison(Shown):
    after: DecisionSide
    before: DecisionSide
    causes: tuple[Cause, ...]
    changes: tuple[DecisionChange, ...]
    notice: str
    schema: str
    sources: FrozenMap

class DecisionSide(Checked):
    on: date
    stamp: Stamp

class FigureChange(Checked):
    after: Figure | None
    before: Figure | None
    change: str
    difference: Decimal | None
    of: str
    requirement: str

class PolicyComparison(Shown):
    after: PolicySide
    before: PolicySide
    figures: tuple[FigureChange, ...]
    notice: str
    schema: str
    sources: FrozenMap

class PolicySide(Checked):
    body: str
    code: str
    established: bool
    expires_on: date
    grade: Grade | None
    notes: tuple[str, ...]
    row: str
    starts_on: date
