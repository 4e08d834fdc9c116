# The public surface of cmprules.reporting, written by tasks/write_surface.py.

COLUMNS: dict

class FolderError(CmpRulesError): ...

class NotDecided(Checked):
    code: str
    holder: str | None
    place: str
    refused: bool
    text: str

class ReportedCredential(Checked):
    body: str
    code: str
    days_left: int | None
    declaration: str | None
    fee: Decimal | None
    holder: str
    id: str
    last_day: date | None
    name: str | None
    outcome: Outcome
    page: str
    questions: int
    required: Decimal | None
    short: Decimal | None
    short_if_confirmed: Decimal | None
    @property
    def shown(self) -> str: ...
    standing: Standing
    to_do: tuple[str, ...]
    write: str | None

class Reports(Shown):
    credentials: tuple[ReportedCredential, ...]
    edition: str
    edition_sha256: str
    kept: int
    not_decided: tuple[NotDecided, ...]
    notice: str
    on: date
    people: int
    remarks: tuple[str, ...]
    removed: int
    schema: str
    written: int

def reports(people: Iterable[Record], book: PolicyBook, *, on: date | str, to: str | PathLike[str], trust: Grade | str = 'inferred', remind: Iterable[int] = (), not_decided: Iterable[NotDecided] = (), remarks: Iterable[str] = (), progress: Told | None = None) -> Reports: ...

def tables_of(record: Record, decision: Decision | None = None) -> dict[str, list[Row]]: ...

def write_tables(tables: Mapping[str, Iterable[Row]], path: str | PathLike[str]) -> None: ...
