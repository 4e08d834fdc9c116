# The public surface of cmprules, written by tasks/write_surface.py.

class Activity(Checked):
    def __init__(self, *, id: str, title: str, provider: str | None = None, completed_on: date | str | None = None, kind: str, amount: _Amount, unit: str | None = None, areas: _Words = (), documents: _Words = (), source: str | None = None) -> None: ...
    amount: Decimal
    areas: tuple[str, ...]
    completed_on: date | None
    documents: tuple[str, ...]
    id: str
    kind: str
    @property
    def points(self) -> Decimal: ...
    provider: str | None
    source: str | None
    title: str
    unit: str | None

class Allocation(Checked):
    activities: tuple[ActivityResult, ...]
    areas: tuple[AreaResult, ...]
    divided: tuple[str, ...]
    placements: tuple[PlacedPoints, ...]
    search_limit: bool
    shortfalls: tuple[Shortfall, ...]
    total: Total

class Citation(Checked):
    grade: Grade
    pin: str
    source: str

class CmpRulesError(Exception): ...

class Credential(Checked):
    def __init__(self, *, id: str, code: str, given_code: str | None = None, body: str = 'ASCP', certified_on: date | str | None = None, expires_on: date | str | None = None, cycle_start: date | str | None = None, voluntary: bool = False, previous_nca: bool = False, extended_until: date | str | None = None) -> None: ...
    @property
    def before_mandatory(self) -> bool: ...
    body: str
    certified_on: date | None
    code: str
    cycle_start: date | None
    expires_on: date | None
    extended_until: date | None
    given_code: str | None
    id: str
    @property
    def mandatory_from(self) -> date | None: ...
    previous_nca: bool
    voluntary: bool

class CredentialDecision(Checked):
    def __bool__(self) -> NoReturn: ...
    activities: tuple[ActivityResult, ...] | None
    areas: tuple[AreaResult, ...] | None
    body: str
    code: str
    cycle: Period | None
    declaration: Declaration | None
    findings: tuple[Finding, ...]
    given_code: str | None
    grade: Grade | None
    id: str
    needs: tuple[Need, ...]
    outcome: Outcome
    placements: tuple[PlacedPoints, ...] | None
    shortfalls: tuple[Shortfall, ...] | None
    standing: Standing
    total: Total | None

class Decision(DecisionFields):
    def __bool__(self) -> NoReturn: ...
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str) -> CredentialDecision: ...
    advisories: tuple[str, ...]
    credentials: tuple[CredentialDecision, ...]
    fees: FeeQuote
    notice: str
    on: date
    schema: str
    sources: FrozenMap
    stamp: Stamp

class Fault:
    def __str__(self) -> str: ...
    code: str
    expected: str
    hint: str
    path: str
    value: object

class FeeQuote(Checked):
    currency: str
    lines: tuple[FeeLine, ...]
    total: Decimal | None
    why: str | None

class Finding(Checked):
    citations: tuple[Citation, ...]
    code: str
    rule: str
    subject: str

class Grade(StrEnum):
    OFFICIAL = 'official'
    OFFICIAL_OLD = 'official_old'
    BOOKLET = 'booklet'
    SOCIETY = 'society'
    THIRD_PARTY = 'third_party'
    INFERRED = 'inferred'
    USER = 'user'

class Holder(Checked):
    def __init__(self, *, id: str, fee_region: str = 'standard') -> None: ...
    fee_region: str
    id: str

class InputError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class NotEstablishedError(CmpRulesError, LookupError): ...

class NotInForceError(CmpRulesError, LookupError): ...

class Outcome(StrEnum):
    MET = 'MET'
    NOT_MET = 'NOT_MET'
    NEEDS_REVIEW = 'NEEDS_REVIEW'
    NOT_REQUIRED = 'NOT_REQUIRED'

class Period(Checked):
    def __init__(self, *, start: date | str, end: date | str) -> None: ...
    def __contains__(self, day: object) -> bool: ...
    @property
    def days(self) -> int: ...
    end: date
    start: date
    def until(self, day: date) -> Period | None: ...

class Placement(Checked):
    def __init__(self, *, credential: str, activity: str, area: str, points: _Amount) -> None: ...
    activity: str
    area: str
    credential: str
    points: Decimal

class Policy(Checked):
    areas: tuple[AreaFigure, ...] | None
    body: str
    caps: tuple[CapFigure, ...] | None
    @property
    def citations(self) -> tuple[Citation, ...]: ...
    code: str
    established: bool
    expires_on: date
    @property
    def grade(self) -> Grade | None: ...
    notes: tuple[str, ...]
    pool: Figure | None
    row: PointsRow
    rules: CountingRules
    schema: str
    sources: FrozenMap
    total: Figure | None
    def under(self, trust: Grade) -> Policy: ...

class PolicyBook:
    advisories: tuple[str, ...]
    announced: tuple[PointsRow, ...]
    def cite(self, name: str) -> Citation: ...
    edition: str
    exam_fees: tuple[ExamFeeRow, ...]
    extra_sha256: tuple[str, ...]
    def fee(self, item: str, *, region: str, on: date) -> tuple[FeeRow, Figure]: ...
    def fee_row(self, id: str) -> FeeRow: ...
    fees: tuple[FeeRow, ...]
    def figure(self, name: str) -> ProcessFigure: ...
    figures: FrozenMap
    last_checked: date
    def number(self, name: str) -> int: ...
    own_areas: FrozenMap
    pass_rates: tuple[PassRateRow, ...]
    def policy_for(self, code: str, *, expires_on: date, body: str = 'ASCP') -> Policy: ...
    proofs: FrozenMap
    readings: tuple[Statement, ...]
    rules: CountingRules
    sha256: str
    sources: FrozenMap
    statements: FrozenMap
    tables: FrozenMap
    transitions: tuple[TransitionRow, ...]

class PolicyDataError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class Record(Checked):
    def __init__(self, *, holder: Holder | _Plain, credentials: Sequence[Credential | _Plain], activities: Sequence[Activity | _Plain], placements: Sequence[Placement | _Plain] = ()) -> None: ...
    activities: tuple[Activity, ...]
    credentials: tuple[Credential, ...]
    holder: Holder
    placements: tuple[Placement, ...]
    schema: str

class Shortfall(Checked):
    areas: tuple[str, ...]
    available: Decimal
    required: Decimal
    short: Decimal

class Source(Checked):
    issuer: str
    note: str | None
    published: str | None
    published_on: date | None
    title: str
    url: str | None

class Standing(StrEnum):
    CURRENT = 'current'
    INACTIVE = 'inactive'
    EXPIRED = 'expired'
    NO_END_DATE = 'no_end_date'

class UnknownCodeError(CmpRulesError, LookupError): ...

class UnknownEditionError(CmpRulesError, LookupError): ...

__version__: str

def allocate(activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> Allocation: ...

def decide(record: Record, book: PolicyBook, *, on: date, trust: Grade | str = 'inferred') -> Decision: ...

def editions() -> tuple[str, ...]: ...

def json_schema(name: str) -> dict[str, Any]: ...

def load_book(edition: str | None = None, *, extra: Sequence[str | PathLike[str]] = ()) -> PolicyBook: ...

def parse_decision(mapping: Mapping[str, object]) -> Decision: ...

def parse_record(mapping: Mapping[str, object]) -> Record: ...

def quote_fees(credentials: Iterable[Credential], book: PolicyBook, *, on: date, fee_region: str = 'standard') -> FeeQuote: ...

def read_record(path: str | PathLike[str]) -> Record: ...

def render(value: DecisionFields | Policy, format: str = 'text', *, record: Record | None = None) -> str: ...

def to_mapping(value: Any) -> dict[str, Any]: ...

def verify_allocation(alloc: Allocation | Iterable[_Placed], activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> tuple[Fault, ...]: ...
