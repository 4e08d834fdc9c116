# The public surface of cmprules.declaring, written by tasks/write_surface.py.

class Condition(StrEnum):
    REQUIREMENTS_MET = 'requirements_met'
    WINDOW_OPEN = 'window_open'
    BEFORE_EXPIRY = 'before_expiry'
    FEE_PAID = 'fee_paid'
    REINSTATEMENT_FEE_PAID = 'reinstatement_fee_paid'
    SAME_BUSINESS_DAY = 'same_business_day'
    SYNCHRONIZATION_CONFIRMED = 'synchronization_confirmed'
    ALL_PROVEN = 'all_proven'
    DONE_BEFORE_EXPIRY = 'done_before_expiry'
    LETTER_OF_APPEAL = 'letter_of_appeal'
    TIME_LIMITED = 'time_limited'

class DeclarationForm(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    areas: tuple[AreaResult, ...]
    body: str
    clauses: tuple[Clause, ...]
    code: str
    cycle: Period | None
    declaration: Declaration | None
    edition: str
    edition_sha256: str
    fees: FeeQuote
    given_code: str | None
    holder: str
    id: str
    lines: tuple[FormLine, ...]
    needs: tuple[Need, ...]
    notice: str
    on: date
    outcome: Outcome
    placement: str
    ready: bool
    schema: str
    shortfalls: tuple[Shortfall, ...]
    sources: FrozenMap
    standing: Standing
    together_with: tuple[str, ...]
    total: Total | None
    why_not: tuple[str, ...]

class DeclarationLife(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    begun_in: State
    begun_on: date
    credential: Credential
    edition: str
    edition_sha256: str
    history: tuple[Step, ...]
    @property
    def last_day(self) -> date: ...
    may_follow: tuple[LawfulEvent, ...]
    notice: str
    schema: str
    sources: FrozenMap
    state: State

class Event(StrEnum):
    EDIT = 'edit'
    COMPLETE = 'complete'
    SUBMIT = 'submit'
    SUBMIT_REDUCED = 'submit_reduced'
    SUBMIT_EARLY = 'submit_early'
    SUBMIT_VOLUNTARY = 'submit_voluntary'
    SELECT_FOR_AUDIT = 'select_for_audit'
    APPROVE = 'approve'
    SEND_PROOF = 'send_proof'
    SEND_NOTHING = 'send_nothing'
    ACCEPT = 'accept'
    REJECT = 'reject'
    SUBSTITUTE = 'substitute'
    APPEAL = 'appeal'
    ALLOW_APPEAL = 'allow_appeal'
    DISMISS_APPEAL = 'dismiss_appeal'
    RELEASE_RENEWAL = 'release_renewal'
    LET_END_PASS = 'let_end_pass'
    REINSTATE = 'reinstate'

class FormLine(Checked):
    activity: str
    area: str
    completed_on: date | None
    kind: str
    points: Decimal
    provider: str | None
    title: str

class LawfulEvent(Checked):
    citation: Citation
    event: Event
    needs: tuple[Condition, ...]
    question: str | None
    row: str
    text: str
    to_state: State

class Shown(Checked):
    evidence: str | None
    how: str
    need: Condition

class State(StrEnum):
    DRAFTED = 'drafted'
    READY = 'ready'
    SUBMITTED = 'submitted'
    SELECTED_FOR_AUDIT = 'selected_for_audit'
    PROOF_SENT = 'proof_sent'
    ELIGIBLE = 'eligible'
    RENEWED = 'renewed'
    AUDIT_FAILED = 'audit_failed'
    APPEALED = 'appealed'
    EXPIRED = 'expired'
    REINSTATED = 'reinstated'

class Step(Checked):
    citation: Citation
    edition: str
    event: Event
    from_state: State
    on: date
    questions: tuple[str, ...]
    row: str
    shown: tuple[Shown, ...]
    to_state: State

def advance(life: DeclarationLife, event: Event | str, book: PolicyBook, *, on: date | str, decision: Decision | None = None, first_sent_on: date | str | None = None, evidence: Mapping[str, str] | None = None) -> DeclarationLife: ...

def begin(credential: Credential, book: PolicyBook, *, on: date | str) -> DeclarationLife: ...

def declaration_form(record: Record, book: PolicyBook, *, on: date | str, credential: str, placement: str = 'best', together_with: Collection[str] = ()) -> DeclarationForm: ...

def lawful_events(life: DeclarationLife, book: PolicyBook) -> tuple[LawfulEvent, ...]: ...

def parse_life(mapping: Mapping[str, object]) -> DeclarationLife: ...
