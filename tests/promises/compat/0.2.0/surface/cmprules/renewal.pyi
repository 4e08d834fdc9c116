# The public surface of cmprules.renewal, written by tasks/write_surface.py.

class AreaExtent(Checked):
    area: str
    required: Extent
    short: Extent

class Badge(Checked):
    fee_inside_cycle: Decimal
    free: bool

class Choice(Checked):
    areas: tuple[AreaExtent, ...] | None
    fees: FeeQuote
    keep: tuple[str, ...]
    let_go: tuple[LetGo, ...]
    outcomes: tuple[Outcome, ...]
    required: Extent | None
    short: Extent | None

class CostPerYear(Checked):
    denominator: int
    numerator: int

class Extent(Checked):
    least: Decimal
    most: Decimal

class InactiveStatus(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    credential: Credential
    cycle_start: date | None
    edition: str
    edition_sha256: str
    findings: tuple[Finding, ...]
    moved: tuple[MovedDay, ...]
    notice: str
    on: date
    open: tuple[Rule, ...]
    refused: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    schema: str
    sources: FrozenMap
    standing: Standing
    table: str | None

class LetGo(Checked):
    becomes: Standing
    id: str
    last_day: date | None

class MovedDay(Checked):
    after: date
    before: date
    what: str

class Reinstatement(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    credential: Credential
    edition: str
    edition_sha256: str
    expired_since: date | None
    fees: FeeQuote | None
    findings: tuple[Finding, ...]
    lapsed_days: int | None
    needs: tuple[Need, ...]
    notice: str
    on: date
    open: tuple[Rule, ...]
    refused: tuple[Finding, ...]
    requirements: Requirements | None
    rules: tuple[Rule, ...]
    schema: str
    sources: FrozenMap
    tables: tuple[TableAsked, ...]

class Renewal(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    badge: Badge | None
    credential: Credential
    edition: str
    edition_sha256: str
    findings: tuple[Finding, ...]
    notice: str
    on: date
    open: tuple[Rule, ...]
    refused: tuple[Finding, ...]
    renewed: Credential | None
    rules: tuple[Rule, ...]
    schema: str
    shows_from: date | None
    sources: FrozenMap
    valid: Period | None

class Requirements(Checked):
    areas: tuple[AreaResult, ...] | None
    citations: tuple[Citation, ...]
    cycle: Period | None
    grade: Grade | None
    needs: tuple[Need, ...]
    outcome: Outcome
    total: Total | None

class Round(Checked):
    number: int
    submissions: tuple[Submission, ...]
    total: Decimal | None

class Rule(Checked):
    citation: Citation
    established: bool
    name: str
    question: str | None
    text: str | None

class Saving(Checked):
    apart: Decimal | None
    apart_months: int
    apart_per_year: CostPerYear | None
    costs_more: Decimal | None
    rounds: int
    saved: Decimal | None
    together: Decimal | None
    together_months: int
    together_per_year: CostPerYear | None

class StackedChoices(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    edition: str
    edition_sha256: str
    findings: tuple[Finding, ...]
    groups: tuple[StackedGroup, ...]
    notice: str
    on: date
    open: tuple[Rule, ...]
    requirements: FrozenMap
    rules: tuple[Rule, ...]
    schema: str
    sources: FrozenMap
    unclear: tuple[UnclearStack, ...]

class StackedGroup(Checked):
    area: str
    choices: tuple[Choice, ...]
    credentials: tuple[str, ...]

class Stopping(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    credential: Credential
    edition: str
    edition_sha256: str
    expires_on: date | None
    findings: tuple[Finding, ...]
    mark_until: date | None
    notice: str
    on: date
    open: tuple[Rule, ...]
    refused: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    schema: str
    sources: FrozenMap
    stopped: Credential | None
    written_after: str | None
    written_before: str | None

class Submission(Checked):
    credentials: tuple[str, ...]
    fees: FeeQuote
    on: date

class Synchronization(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    apart: tuple[Round, ...]
    common_end: date | None
    credentials: tuple[SynchronizedCredential, ...]
    edition: str
    edition_sha256: str
    findings: tuple[Finding, ...]
    notice: str
    on: date
    open: tuple[Rule, ...]
    refused: tuple[Finding, ...]
    request: tuple[str, ...]
    rules: tuple[Rule, ...]
    same_day: Period | None
    savings: tuple[Saving, ...]
    schema: str
    sources: FrozenMap
    together: tuple[Round, ...]

class SynchronizedCredential(Checked):
    after: Requirements
    before: Requirements
    body: str
    code: str
    cycle: Period
    days_given_up: int
    declaration: Declaration
    early: bool
    id: str
    months_given_up: int
    new_end: date
    old_end: date
    renewed_until: date

class TableAsked(Checked):
    areas: tuple[AreaFigure, ...] | None
    basis: str
    pool: Figure | None
    row: str | None
    total: Figure | None

class UnclearStack(Checked):
    areas: tuple[str, ...]
    credentials: tuple[str, ...]

def inactive(credential: Credential, book: PolicyBook, *, on: date | str) -> InactiveStatus: ...

def reinstate(record: Record | Credential, book: PolicyBook, *, on: date | str, credential: str | None = None, fee_region: str | None = None, trust: Grade | str = 'inferred', nca_moved: bool | None = None) -> Reinstatement: ...

def renew(credential: Credential, book: PolicyBook, *, on: date | str, synchronized_to: date | str | None = None) -> Renewal: ...

def stacked(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred') -> StackedChoices: ...

def stop_taking_part(credential: Credential, book: PolicyBook, *, on: date | str) -> Stopping: ...

def synchronize(record: Record, book: PolicyBook, *, on: date | str, credentials: Sequence[str] | None = None, trust: Grade | str = 'inferred') -> Synchronization: ...
