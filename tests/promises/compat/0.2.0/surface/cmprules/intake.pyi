# The public surface of cmprules.intake, written by tasks/write_surface.py.

class Conversion(Checked):
    column: str | None
    field: str
    now: str
    rule: str
    was: str

class Counts(Checked):
    activities: int
    already_there: int
    credentials: int
    doubtful: int
    mapped: int
    read: int
    refused: int
    rows: int
    set_aside: int

class FileRead(Checked):
    columns: tuple[str, ...]
    details: tuple[str, ...]
    format: str
    name: str
    sha256: str
    unused: tuple[str, ...]

class Intake(Displayed, Checked):
    counts: Counts
    files: tuple[FileRead, ...]
    lines: tuple[Line, ...]
    notice: str
    record: Record | None
    schema: str
    why: str | None

class IntakeMapping(Checked):
    columns: FrozenMap
    credentials: FrozenMap
    dates: str | None
    encoding: str | None
    kind: str | None
    kinds: FrozenMap
    person: str | None
    place: str | None
    provider: str | None
    schema: str
    separator: str | None
    status: FrozenMap
    topics: FrozenMap
    unit: str | None
    units: FrozenMap

class Line(Checked):
    activity: str | None
    changes: tuple[Conversion, ...]
    credential: str | None
    file: int
    place: str
    remarks: tuple[Remark, ...]
    status: str
    what: str | None

class PeopleRead:
    @property
    def count(self) -> int: ...
    files: tuple[FileRead, ...]
    intakes: dict[str, Intake]
    left_out: tuple[Unread, ...]
    @property
    def records(self) -> Iterator[Record]: ...
    unread: tuple[Unread, ...]

class Remark(Checked):
    code: str
    field: str | None
    text: str

class Unread:
    person: str | None
    place: str
    remark: Remark

def intake(files: Sequence[Path] | Path, book: PolicyBook, *, holder: str | None = None, credentials: Iterable[Credential | str] = (), into: Record | None = None, mapping: IntakeMapping | None = None, name: str | None = None) -> Intake: ...

def people(files: Sequence[Path] | Path, book: PolicyBook, *, mapping: IntakeMapping | None = None) -> PeopleRead: ...

def read_mapping(path: str | PathLike[str]) -> IntakeMapping: ...
