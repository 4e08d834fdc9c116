# The public surface of cmprules.explaining, written by tasks/write_surface.py.

class AreaSlack(Checked):
    area: str
    required: Decimal
    spare: Decimal

class Comparison(Checked):
    left: str
    relation: str
    right: str

class CredentialExplanation(Checked):
    body: str
    code: str
    grade: Grade | None
    id: str
    outcome: Outcome
    standing: Standing
    step: ExplanationStep

class CredentialPlacement(Checked):
    areas: tuple[AreaResult, ...]
    best_short: Decimal
    id: str
    moves: tuple[Move, ...]
    nearest: bool
    outcome: Outcome
    placements: tuple[PlacedPoints, ...]
    problems: tuple[PlacementProblem, ...]
    row: str
    short: Decimal

class CredentialSlack(Checked):
    areas: tuple[AreaSlack, ...] | None
    critical: tuple[Critical, ...]
    id: str
    more: bool
    others: tuple[OtherPlacement, ...]
    outcome: Outcome

class Critical(Checked):
    activity: str
    outcome: Outcome
    short: Decimal
    shortfalls: tuple[Shortfall, ...]

class ExplanationStep(Checked):
    children: tuple[ExplanationStep, ...]
    citations: tuple[Citation, ...]
    clause: str | None
    code: str
    compared: Comparison | None
    days: FrozenMap
    holds: bool | None
    numbers: FrozenMap
    rule: str | None
    subject: str
    def walk(self) -> Iterator[ExplanationStep]: ...

class Move(Checked):
    activity: str
    into: str | None
    out_of: str | None
    points: Decimal
    why: str

class OtherPlacement(Checked):
    placements: tuple[PlacedPoints, ...]

class PlacementProblem(Checked):
    code: str
    subject: str

class PlacementReview(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    credentials: tuple[CredentialPlacement, ...]
    edition: str
    edition_sha256: str
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class Slack(ById, Answer):
    def __contains__(self, id: object) -> bool: ...
    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]: ...
    def __iter__(self) -> Iterator[T]: ...
    def __len__(self) -> int: ...
    called: str
    credentials: tuple[CredentialSlack, ...]
    edition: str
    edition_sha256: str
    notice: str
    on: date
    schema: str
    sources: FrozenMap

def review_placement(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred', credential: str | None = None) -> PlacementReview: ...

def slack(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = 'inferred', credential: str | None = None, most_others: int = 3) -> Slack: ...
