# The public surface of cmprules, written by tasks/write_surface.py.

class Activity(Checked):
    def __init__(self, *, id: str = 'to be made', title: str, provider: str | None = None, completed_on: date | str | None = None, kind: str, amount: AnyAmount, unit: str | None = None, session: str | None = None, areas: AnyWords = (), certified: Mapping[str, AnyAmount] = Ellipsis, proposed_areas: AnyWords = (), documents: AnyWords = (), source: str | None = None) -> None: ...
    amount: Decimal
    areas: tuple[str, ...]
    certified: FrozenMap
    completed_on: date | None
    documents: tuple[str, ...]
    id: str
    kind: str
    @property
    def points(self) -> Decimal: ...
    proposed_areas: tuple[str, ...]
    provider: str | None
    session: str | None
    source: str | None
    title: str
    unit: str | None

class Allocation(Displayed, Checked):
    activities: tuple[ActivityResult, ...]
    areas: tuple[AreaResult, ...]
    divided: tuple[str, ...]
    placements: tuple[PlacedPoints, ...]
    search_limit: bool
    shortfalls: tuple[Shortfall, ...]
    total: Total

class AreaEntry(Checked):
    area: str
    belongs: str
    citation: Citation
    label: str

class Change(Checked):
    after: str | None
    before: str | None
    code: str
    subject: str
    where: str | None

class Changes(Answer):
    def __bool__(self) -> bool: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    after_on: date
    before_on: date
    called: str
    changes: tuple[Change, ...]
    days: int
    edition: str
    edition_sha256: str
    notice: str
    schema: str
    sources: FrozenMap

class Citation(Checked):
    grade: Grade
    pin: str
    source: str

class Closer(Checked):
    areas: tuple[str, ...]
    points: Decimal

class CmpRulesError(Exception): ...

class CodeEntry(Checked):
    areas: tuple[str, ...]
    bodies: tuple[str, ...]
    citation: Citation
    code: str
    examined: bool
    former: tuple[str, ...]
    group: str
    name: str
    note: str | None

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

class CredentialDecision(Displayed, Checked):
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

class CredentialTracking(Checked):
    def __bool__(self) -> NoReturn: ...
    applied: Decimal | None
    areas: tuple[AreaProgress, ...] | None
    body: str
    code: str
    days_left: int | None
    further_steps: tuple[NextStep, ...]
    id: str
    message: str
    needed: Decimal | None
    next_step: NextStep
    outcome: Outcome
    ready_to_declare: bool
    short: Decimal | None
    standing: Standing
    waiting: tuple[WaitingCredit, ...] | None
    window: str | None

class Decision(Displayed, DecisionFields):
    def __bool__(self) -> NoReturn: ...
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    advisories: tuple[str, ...]
    called: str
    credentials: tuple[CredentialDecision, ...]
    fees: FeeQuote
    holder: DecidedHolder | None
    notice: str
    on: date
    schema: str
    sources: FrozenMap
    stamp: Stamp

class Explanation(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    credentials: tuple[CredentialExplanation, ...]
    edition: str
    edition_sha256: str
    fees: ExplanationStep | None
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class Fault:
    def __str__(self) -> str: ...
    code: str
    expected: str
    hint: str
    path: str
    value: object

class FeeQuote(Displayed, Checked):
    currency: str
    lines: tuple[FeeLine, ...]
    total: Decimal | None
    why: str | None

class Finding(Checked):
    citations: tuple[Citation, ...]
    code: str
    others: tuple[str, ...]
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
    def __init__(self, *, id: str, name: str | None = None, fee_region: str = 'standard') -> None: ...
    fee_region: str
    id: str
    name: str | None
    @property
    def shown(self) -> str: ...

class InputError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class KindEntry(Checked):
    citation: Citation
    established: bool
    information: str | None
    kind: str
    label: str
    proof: str | None
    units: tuple[str, ...]

class LastDay(Value):
    citation: Citation
    id: str
    last_day: date

class MissingExtraError(CmpRulesError, ImportError): ...

class NextStep(Checked):
    citations: tuple[Citation, ...]
    code: str
    day: date | None
    message: str
    points: Decimal | None
    subjects: tuple[str, ...]

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
    def until(self, day: date | str) -> Period | None: ...

class Placement(Checked):
    def __init__(self, *, credential: str, activity: str, area: str, points: AnyAmount) -> None: ...
    activity: str
    area: str
    credential: str
    points: Decimal

class Policy(Displayed, Checked):
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
    def under(self, trust: Grade | str) -> Policy: ...

class PolicyBook(Displayed, Value):
    advisories: tuple[str, ...]
    announced: tuple[PointsRow, ...]
    areas: FrozenMap
    base: PolicyBook | None
    def cite(self, name: str) -> Citation: ...
    codes: FrozenMap
    counting: CountingRules
    edition: str
    exam_fees: tuple[ExamFeeRow, ...]
    extra_sha256: tuple[str, ...]
    def fee(self, item: str, *, region: str, on: date | str, group: str = 'certification') -> tuple[FeeRow, Figure]: ...
    def fee_row(self, id: str) -> FeeRow: ...
    fees: tuple[FeeRow, ...]
    def figure(self, name: str) -> ProcessFigure: ...
    figures: FrozenMap
    files: tuple[OwnFile, ...]
    def former_code_until(self, code: str, body: str) -> LastDay | None: ...
    @property
    def hypothetical(self) -> bool: ...
    kinds: FrozenMap
    last_checked: date
    last_days: FrozenMap
    @property
    def marks(self) -> tuple[str, ...]: ...
    @property
    def notice(self) -> str: ...
    def number(self, name: str) -> int: ...
    own_areas: FrozenMap
    pass_rates: tuple[PassRateRow, ...]
    def policy_for(self, code: str, *, expires_on: date | str, body: str = 'ASCP') -> Policy: ...
    proofs: FrozenMap
    readings: tuple[Statement, ...]
    def repeated(self, kind: str) -> Setting | None: ...
    rules: CountingRules
    def setting(self, name: str) -> Setting | None: ...
    settings: FrozenMap
    sha256: str
    sources: FrozenMap
    statements: FrozenMap
    tables: FrozenMap
    transitions: tuple[TransitionRow, ...]
    units: FrozenMap

class PolicyDataError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class Record(Displayed, Checked):
    def __init__(self, *, holder: Holder | _Plain, credentials: Sequence[Credential | _Plain], activities: Sequence[Activity | _Plain], placements: Sequence[Placement | _Plain] = (), settled: Sequence[Settled | _Plain] = ()) -> None: ...
    activities: tuple[Activity, ...]
    credentials: tuple[Credential, ...]
    holder: Holder
    placements: tuple[Placement, ...]
    schema: str
    settled: tuple[Settled, ...]

class Setting(Value):
    citation: Citation
    id: str
    user: bool
    value: str

class Settled(Checked):
    def __init__(self, *, code: str, subjects: AnyWords, answer: str, others: AnyWords = ()) -> None: ...
    answer: str
    code: str
    others: tuple[str, ...]
    subjects: tuple[str, ...]

class Shortfall(Checked):
    areas: tuple[str, ...]
    available: Decimal
    closers: tuple[Closer, ...] | None
    required: Decimal
    short: Decimal

class Sitting(Checked):
    def __init__(self, *, code: str, body: str = 'ASCP', taken_on: date | str, notified_on: date | str | None = None) -> None: ...
    body: str
    code: str
    notified_on: date | None
    taken_on: date

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

class Timeline(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    edition: str
    edition_sha256: str
    events: tuple[TimelineEvent, ...]
    holder: str
    last_checked: date
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class TimelineEvent(Checked):
    citations: tuple[Citation, ...]
    code: str
    credentials: tuple[str, ...]
    ends_on: date
    fee_after: Decimal | None
    fee_before: Decimal | None
    key: str
    name: str
    question: str | None
    starts_on: date
    when: str

class Tracking(ById, Answer):
    def __bool__(self) -> NoReturn: ...
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    citations: tuple[Citation, ...]
    credentials: tuple[CredentialTracking, ...]
    credits: tuple[Credit, ...]
    decision: Decision
    edition: str
    edition_sha256: str
    notice: str
    on: date
    record: Record
    schema: str
    sources: FrozenMap

class UnitEntry(Checked):
    citation: Citation
    label: str
    points: Decimal
    unit: str

class UnknownCodeError(CmpRulesError, LookupError): ...

class UnknownEditionError(CmpRulesError, LookupError): ...

__version__: str

def allocate(activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> Allocation: ...

def changes(before: Tracking, after: Tracking) -> Changes: ...

def compare(a: Policy | DecisionFields, b: Policy | DecisionFields, *, records: Sequence[Record] | None = None, books: Sequence[PolicyBook] | None = None) -> PolicyComparison | DecisionComparison: ...

def decide(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred') -> Decision: ...

def editions() -> tuple[str, ...]: ...

def example(name: str) -> Record: ...

def explain(decision: Decision, *, record: Record | None = None, book: PolicyBook | None = None, credential: str | None = None, activity: str | None = None) -> Explanation: ...

def json_schema(name: str) -> dict[str, Any]: ...

def load_book(edition: str | None = None, *, extra: Sequence[str | PathLike[str]] = (), reform: Sequence[str | PathLike[str]] = ()) -> PolicyBook: ...

def parse_decision(mapping: Mapping[str, object]) -> Decision: ...

def parse_receipt(mapping: Mapping[str, object]) -> Receipt: ...

def parse_record(mapping: Mapping[str, object]) -> Record: ...

def parse_tracking(mapping: Mapping[str, object]) -> Tracking: ...

def plan(record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str, minimise: str = 'cost', budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (), by: date | str | None = None, trust: Grade | str = 'inferred', node_limit: int = 100000) -> Plan: ...

def quote_fees(credentials: Iterable[Credential], book: PolicyBook, *, on: date | str, fee_region: str = 'standard') -> FeeQuote: ...

def read_receipt(path: str | PathLike[str]) -> Receipt: ...

def read_record(path: str | PathLike[str]) -> Record: ...

def receipt(decision: Decision, *, record: Record, book: PolicyBook | None = None, explanation: Mapping[str, object] | Checked | bool | None = None) -> Receipt: ...

def render(value: Checked | Displayed, format: str = 'text', *, record: Record | None = None, summary: bool = False) -> str: ...

def replay(receipt: Receipt, book: PolicyBook | None = None) -> Replay: ...

def timeline(record: Record, book: PolicyBook, *, on: date | str, sittings: Iterable[Sitting] = ()) -> Timeline: ...

def to_icalendar(timeline: Timeline, *, remind: Iterable[int] = (30, 7), before: Timeline | None = None, name: str | None = None) -> str: ...

def to_mapping(value: Any) -> dict[str, Any]: ...

def track(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred') -> Tracking: ...

def verify_allocation(alloc: Allocation | Iterable[_Placed], activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> tuple[Fault, ...]: ...
