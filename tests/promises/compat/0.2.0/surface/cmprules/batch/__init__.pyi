# The public surface of cmprules.batch, written by tasks/write_surface.py.

class BookSide(Checked):
    edition: str
    edition_sha256: str
    extra_sha256: tuple[str, ...]

class DecidedTable(TablesShown):
    answers: pa.Table
    areas: pa.Table | None
    counts: FrozenMap
    faults: pa.Table
    placements: pa.Table | None
    remarks: tuple[str, ...]
    def to_arrow(self, *, numbers: bool = False) -> pa.Table: ...
    def to_pandas(self, *, numbers: bool = False) -> Any: ...
    def to_polars(self, *, numbers: bool = False) -> Any: ...

class OutcomeFlow(Checked):
    after: Outcome
    before: Outcome
    credentials: int

class PeopleRecords:
    def __iter__(self) -> Iterator[Record]: ...
    def __len__(self) -> int: ...
    faults: pa.Table
    records: tuple[Record, ...]
    remarks: tuple[str, ...]

class RequirementFlips(Checked):
    alone: int
    each: int
    mixed: int
    of: str
    requirement: str
    together: int

class Tally(Checked):
    body: str | None
    changed: int
    code: str | None
    credentials: int
    fee_after: Decimal
    fee_before: Decimal
    fee_unknown: int
    flipped: int
    met_after: int
    met_before: int
    short_added: Decimal
    short_removed: Decimal
    short_unknown: int

class WhatIf(Shown):
    after: BookSide
    before: BookSide
    changes: pa.Table
    codes: tuple[Tally, ...]
    faults: pa.Table
    library: str
    notice: str
    on: date
    outcomes: tuple[OutcomeFlow, ...]
    refused: int
    requirements: tuple[RequirementFlips, ...]
    rules: int
    schema: str
    total: Tally
    trust: Grade

def decide_table(credentials: Any, activities: Any, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred', placements: Any = None, also: Collection[str] = (), columns: Mapping[str, str] = Ellipsis, words: Mapping[str, Mapping[str, str]] = Ellipsis, carry: Collection[str] = (), dates: str = 'iso', settled: Any = None) -> DecidedTable: ...

def records_of(credentials: Any, activities: Any, *, columns: Mapping[str, str] = Ellipsis, words: Mapping[str, Mapping[str, str]] = Ellipsis, dates: str = 'iso', settled: Any = None) -> PeopleRecords: ...

def what_if(credentials: Any, activities: Any, before: PolicyBook, after: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred') -> WhatIf: ...
