# The public surface of cmprules.parts, written by tasks/write_surface.py.

class ActivityResult(Checked):
    amount: Decimal | None
    duplicate: Decimal
    entered: Decimal
    id: str
    not_acceptable: Decimal
    outside_cycle: Decimal
    over_cap: Decimal
    placed: Decimal
    surplus: Decimal
    unconfirmed: Decimal
    unit: str | None

class AreaFigure(Figure):
    area: str
    citation: Citation
    grade: Grade
    hundredths: int
    pin: str
    source: str
    value: Decimal

class AreaResult(Checked):
    area: str
    grade: Grade
    placed: Decimal
    required: Decimal
    row: str
    short: Decimal

class CapFigure(Figure):
    citation: Citation
    grade: Grade
    hundredths: int
    kind: str
    pin: str
    source: str
    value: Decimal

class Cell(Value):
    figure: Figure
    of: str

class Clause(Checked):
    citation: Citation
    established: bool
    question: str | None
    rule: str
    text: str

class CountingRules(Value):
    alike_days: int
    def caps_for(self, total: Decimal) -> tuple[CapFigure, ...]: ...
    doubted_units: Mapping[Grade, frozenset[str]]
    identity: IdentityRules | None
    kinds: FrozenMap
    def repeated(self, kind: str) -> Setting | None: ...
    def setting(self, name: str) -> Setting | None: ...
    settings: FrozenMap
    shipped: frozenset[str]
    units: FrozenMap
    unquestioned: Mapping[Grade, frozenset[str]]

class DecidedHolder(Checked):
    id: str
    name: str | None
    @property
    def shown(self) -> str: ...

class Declaration(Checked):
    advised_by: date
    last_day: date
    opens_on: date
    status: str

class ExamFeeRow(Value):
    body: str
    citation: Citation
    codes: tuple[str, ...]
    def covers(self, code: str, body: str, day: date) -> bool: ...
    ends_on: date | None
    figure: Figure | None
    first_seen: bool
    id: str
    last_seen: bool
    note: str | None
    question: str | None
    starts_on: date

class FeeLine(Checked):
    amount: Decimal
    credential: str
    grade: Grade
    item: str
    open: bool | None
    opens_on: date | None
    row: str

class FeeRow(Value):
    def about(self, region: str, group: str) -> bool: ...
    cells: tuple[Cell, ...]
    def covers(self, day: date) -> bool: ...
    ends_on: date | None
    def figure(self, item: str) -> Figure | None: ...
    group: str | None
    id: str
    region: str
    starts_on: date

class Figure(Checked):
    citation: Citation
    grade: Grade
    hundredths: int
    pin: str
    source: str
    value: Decimal

class FrozenMap(Mapping):
    def __getitem__(self, key: str) -> Any: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, default: Any = None) -> Any: ...

class IdentityRules(Value):
    alike: str | None
    alike_days: int
    bounded: frozenset[str]
    duplicates: str
    folded: bool
    repeated: FrozenMap

class KindRule(Value):
    @property
    def acceptable_days(self) -> tuple[date | None, date | None]: ...
    def cap(self, total: Decimal) -> CapFigure | None: ...
    citation: Citation
    def done_in_time(self, day: date) -> bool: ...
    established: bool
    information: str | None
    kind: str
    label: str
    def limit(self, name: str) -> Limit | None: ...
    limits: tuple[Limit, ...]
    @property
    def pool_only(self) -> bool: ...
    proof: str | None

class Limit(Value):
    citation: Citation
    day: date | None
    limit: str
    value: Decimal | None

class Need(Checked):
    code: str
    others: tuple[str, ...] | None
    question: str
    subject: str

class PassRateRow(Value):
    body: str | None
    code: str | None
    figure: Figure
    first_year: int | None
    id: str
    last_year: int | None
    measure: str
    said_by: str
    text: str
    years: int | None

class PlacedPoints(Checked):
    activity: str
    area: str
    points: Decimal

class PointsRow(Value):
    begins: Citation
    body: str
    cells: tuple[Cell, ...]
    code: str
    def covers(self, day: date) -> bool: ...
    ends_on: date | None
    established: bool
    id: str
    known: tuple[str, ...]
    question: str | None
    starts_on: date
    user: bool

class ProcessFigure(Figure):
    citation: Citation
    ends_on: date | None
    grade: Grade
    hundredths: int
    name: str
    pin: str
    source: str
    starts_on: date | None
    unit: str
    value: Decimal

class ProofRule(Value):
    citation: Citation
    documents: tuple[str, ...]
    established: bool
    fields: tuple[str, ...]
    kind: str
    question: str | None
    text: str | None

class Stamp(Checked):
    edition: str
    edition_sha256: str
    extra_sha256: tuple[str, ...]
    library: str
    record_sha256: str
    rules: int
    trust: Grade

class Statement(Value):
    citation: Citation
    ends_on: date | None
    established: bool
    def holds_on(self, day: date | None) -> bool: ...
    id: str
    question: str | None
    text: str
    words: tuple[str, ...]

class Total(Checked):
    placed: Decimal
    required: Decimal
    short: Decimal
    short_if_confirmed: Decimal

class TransitionRow(Value):
    citation: Citation
    event: str
    from_states: tuple[str, ...]
    id: str
    needs: tuple[str, ...]
    question: str | None
    text: str
    to: str
