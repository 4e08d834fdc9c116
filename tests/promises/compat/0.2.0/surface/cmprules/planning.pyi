# The public surface of cmprules.planning, written by tasks/write_surface.py.

class Catalogue(Checked):
    courses: tuple[Course, ...]
    currency: str
    packages: tuple[Package, ...]
    schema: str

class Course(Checked):
    amount: Decimal
    areas: tuple[str, ...]
    available_from: date | None
    available_until: date | None
    days: int
    def done_on(self, day: date | str) -> Activity: ...
    hours: Decimal
    id: str
    kind: str
    @property
    def points(self) -> Decimal: ...
    price: Decimal | None
    provider: str | None
    title: str
    unit: str | None

class Front(_Asked):
    def __iter__(self) -> Iterator[Any]: ...
    budget: Decimal | None
    by: date
    catalogue_sha256: str
    complete: bool
    edition: str
    edition_sha256: str
    exclude: tuple[str, ...]
    extra_sha256: tuple[str, ...]
    include: tuple[str, ...]
    notice: str
    obstacles: tuple[Obstacle, ...]
    on: date
    points: tuple[FrontPoint, ...]
    record_sha256: str
    schema: str
    sources: FrozenMap
    trust: Grade

class FrontPoint(Checked):
    cost: Decimal
    courses: tuple[str, ...]
    hours: Decimal
    packages: tuple[str, ...]

class LeftOut(Checked):
    code: str
    id: str

class Obstacle(Checked):
    code: str
    cost: Decimal | None
    questions: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    subject: str | None

class Package(Checked):
    available_from: date | None
    available_until: date | None
    courses: tuple[str, ...]
    id: str
    most_courses: int | None
    most_hours: Decimal | None
    def opens(self, course: Course) -> bool: ...
    period_days: int | None
    price: Decimal
    provider: str | None
    title: str

class Plan(_Asked):
    def __iter__(self) -> Iterator[Any]: ...
    bound: Decimal | None
    budget: Decimal | None
    by: date
    catalogue_sha256: str
    cost: Decimal | None
    courses: tuple[PlannedCourse, ...]
    credentials: tuple[PlannedCredential, ...]
    edition: str
    edition_sha256: str
    exclude: tuple[str, ...]
    extra_sha256: tuple[str, ...]
    hours: Decimal | None
    include: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    minimise: str
    not_done: tuple[str, ...]
    notice: str
    obstacles: tuple[Obstacle, ...]
    on: date
    packages: tuple[PlannedPackage, ...]
    possible: bool
    record_sha256: str
    schema: str
    sources: FrozenMap
    trust: Grade

class PlannedCourse(Checked):
    first_day: date
    hours: Decimal
    id: str
    last_day: date
    package: str | None
    points: Decimal
    price: Decimal
    provider: str | None
    serves: tuple[Served, ...]
    title: str

class PlannedCredential(Checked):
    after: Outcome | None
    before: Outcome
    body: str
    code: str
    due_on: date | None
    id: str
    placed: Decimal | None
    required: Decimal | None
    short_before: Decimal | None

class PlannedPackage(Checked):
    bought_on: date
    courses: tuple[str, ...]
    id: str
    open_until: date | None
    price: Decimal
    title: str

class Served(Checked):
    area: str
    credential: str
    points: Decimal

def front(record: Record, book: PolicyBook, catalogue: Catalogue, *, on: date | str, budget: Decimal | int | str | None = None, include: Collection[str] = (), exclude: Collection[str] = (), by: date | str | None = None, trust: Grade | str = 'inferred', node_limit: int = 100000) -> Front: ...

def parse_catalogue(mapping: Mapping[str, object]) -> Catalogue: ...

def read_catalogue(path: str | PathLike[str]) -> Catalogue: ...
