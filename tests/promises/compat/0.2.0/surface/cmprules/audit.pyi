# The public surface of cmprules.audit, written by tasks/write_surface.py.

class ActivityProof(Checked):
    activity: str
    areas: tuple[PlacedPoints, ...]
    at_hand: tuple[str, ...]
    citation: Citation
    completed_on: date | None
    conditions: str | None
    documents_needed: tuple[str, ...]
    fields_missing: tuple[str, ...]
    kind: str
    must_show: tuple[str, ...]
    not_recognized: tuple[str, ...]
    not_serving: tuple[str, ...]
    points: Decimal
    provider: str | None
    question: str | None
    status: ProofStatus
    title: str

class AppealGrounds(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    appeal_days: ProcessFigure
    clauses: tuple[Clause, ...]
    edition: str
    edition_sha256: str
    grounds: tuple[str, ...]
    illness: Period | None
    illness_lasted_months: int | None
    illness_long_enough: bool | None
    illness_months: ProcessFigure
    last_day: date | None
    notice: str
    notified_on: date | None
    schema: str
    sources: FrozenMap

class AuditManifest(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    clauses: tuple[Clause, ...]
    credentials: tuple[CredentialManifest, ...]
    edition: str
    edition_sha256: str
    holder: str
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class AuditReadiness(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    clauses: tuple[Clause, ...]
    credentials: tuple[CredentialReadiness, ...]
    edition: str
    edition_sha256: str
    holder: str
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class AuditSubstitution(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    clauses: tuple[Clause, ...]
    credentials: tuple[CredentialSubstitution, ...]
    edition: str
    edition_sha256: str
    holder: str
    notice: str
    on: date
    rejected: tuple[str, ...]
    schema: str
    sources: FrozenMap

class CredentialManifest(Checked):
    body: str
    code: str
    cycle: Period | None
    entries: tuple[ManifestEntry, ...]
    id: str

class CredentialReadiness(Checked):
    activities: tuple[ActivityProof, ...] | None
    @property
    def all_proven(self) -> bool: ...
    body: str
    code: str
    cycle: Period | None
    given_code: str | None
    id: str
    missing: ProofCount | None
    not_established: ProofCount | None
    outcome: Outcome
    placed: ProofCount | None
    proven: ProofCount | None

class CredentialSubstitution(Checked):
    counted_on: date
    decision: CredentialDecision
    id: str
    left_out: tuple[PlacedPoints, ...]
    outcome_before: Outcome
    proven: bool
    substitutes: tuple[Substitute, ...]
    whole: bool

class ManifestEntry(Checked):
    activity: str
    amount: Decimal
    areas: tuple[PlacedPoints, ...]
    completed_on: date | None
    documents: tuple[str, ...]
    documents_needed: tuple[str, ...]
    fields_missing: tuple[str, ...]
    file_name: str
    kind: str
    number: int
    points: Decimal
    provider: str | None
    status: ProofStatus
    title: str
    unit: str

class ProofCount(Checked):
    activities: int
    points: Decimal

class ProofStatus(StrEnum):
    PROVEN = 'proven'
    MISSING = 'missing'
    NOT_ESTABLISHED = 'not_established'

class Substitute(Checked):
    gained: tuple[PlacedPoints, ...]
    new: bool
    proof: ActivityProof
    same_as: str | None

def appeal_grounds(book: PolicyBook, *, illness: Period | int | None = None, notified_on: date | str | None = None) -> AppealGrounds: ...

def manifest(record: Record, book: PolicyBook, *, on: date | str, credential: str | None = None) -> AuditManifest: ...

def readiness(record: Record, book: PolicyBook, *, on: date | str, credential: str | None = None) -> AuditReadiness: ...

def substitute(record: Record, book: PolicyBook, *, on: date | str, rejected: Collection[str], credential: str | None = None) -> AuditSubstitution: ...
