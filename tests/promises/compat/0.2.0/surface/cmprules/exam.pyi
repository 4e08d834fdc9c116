# The public surface of cmprules.exam, written by tasks/write_surface.py.

class AppealDeadline(Checked):
    grade: Grade
    last_day: date
    notified_on: date
    rules: tuple[Clause, ...]
    status: str | None

class ApplicationFee(_OfCategory):
    amount: Decimal | None
    body: str
    citation: Citation | None
    code: str
    currency: str
    grade: Grade | None
    note: str | None
    on: date
    row: str | None
    rules: tuple[Clause, ...]
    why: str | None

class AreaReading(Checked):
    below: int | None
    mean: Decimal | None
    name: str
    score: int | None
    share: Decimal | None
    to_mean: Decimal | None

class Attempts(_OfCategory):
    allowed: int
    body: str
    code: str
    grade: Grade
    left: int
    route: str | None
    rules: tuple[Clause, ...]
    unnamed: int
    used: int

class Award(Checked):
    certificate_from: date | None
    certificate_to: date | None
    credential: Credential
    cycle: Period | None
    ends: tuple[AwardEnd, ...]
    grade: Grade | None
    needs: tuple[Need, ...]
    rules: tuple[Clause, ...]

class AwardEnd(Checked):
    citations: tuple[Citation, ...]
    expires_on: date
    grade: Grade
    reading: str

class CategoryOutlook(_OfCategory):
    appeal: AppealDeadline | None
    attempts: tuple[Attempts, ...]
    award: Award | None
    body: str
    code: str
    figures: tuple[ProcessFigure, ...]
    needs: tuple[Need, ...]
    pass_rates: tuple[PassRate, ...]
    reports: tuple[ScoreReading, ...]
    retake: RetakePlan | None
    rules: tuple[Clause, ...]

class ContentArea(Checked):
    mean: Decimal | None
    name: str
    score: int | None
    share: Decimal | None

class ExamOutlook(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    candidate: str
    categories: tuple[CategoryOutlook, ...]
    edition: str
    edition_sha256: str
    findings: tuple[Finding, ...]
    notice: str
    on: date
    schema: str
    sources: FrozenMap

class ExamRecord(Checked):
    candidate: str
    reports: tuple[ScoreReport, ...]
    schema: str

class NextAttempt(_OfCategory):
    after: date
    attempts: Attempts
    body: str
    code: str
    earliest: date | None
    grade: Grade | None
    readings: tuple[WaitReading, ...]
    rules: tuple[Clause, ...]
    status: str

class PassRate(Checked):
    body: str | None
    citation: Citation
    code: str | None
    first_year: int | None
    last_year: int | None
    measure: str
    percent: Decimal
    row: str
    said_by: str
    text: str
    years: int | None

class RetakePlan(_OfCategory):
    areas: tuple[StudyShare, ...]
    body: str
    code: str
    days: int
    divided: str
    fee: ApplicationFee
    hours: Decimal | None
    hours_per_week: Decimal | None
    next_attempt: NextAttempt
    on: date
    sit_on: date
    taken_on: date

class ScoreReading(_OfCategory):
    areas: tuple[AreaReading, ...]
    body: str
    code: str
    difference: int
    given_code: str | None
    grade: Grade
    highest: int
    lowest: int
    pass_mark: int
    passed: bool
    route: str | None
    rules: tuple[Clause, ...]
    score: int
    taken_on: date

class ScoreReport(Checked):
    admitted_from: date | None
    areas: tuple[ContentArea, ...]
    body: str
    code: str
    given_code: str | None
    notified_on: date | None
    route: str | None
    score: int
    taken_on: date

class StudyShare(AreaReading):
    below: int | None
    hours: Decimal | None
    mean: Decimal | None
    name: str
    score: int | None
    share: Decimal | None
    to_mean: Decimal | None

class WaitReading(Checked):
    citations: tuple[Citation, ...]
    counted_from: date
    earliest: date
    grade: Grade
    older: bool
    reading: str

def appeal_deadline(notified_on: date | str, book: PolicyBook, *, on: date | str | None = None) -> AppealDeadline: ...

def application_fee(code: str, book: PolicyBook, *, on: date | str, body: str = 'ASCP') -> ApplicationFee: ...

def attempts(reports: Iterable[ScoreReport], book: PolicyBook) -> tuple[Attempts, ...]: ...

def award(report: ScoreReport, book: PolicyBook, *, id: str | None = None) -> Award: ...

def exam_outlook(exam: ExamRecord, book: PolicyBook, *, on: date | str, hours_per_week: HoursPerWeek = None) -> ExamOutlook: ...

def next_attempt(report: ScoreReport, book: PolicyBook, *, history: Iterable[ScoreReport] = ()) -> NextAttempt: ...

def parse_exam(mapping: Mapping[str, object]) -> ExamRecord: ...

def pass_rates(book: PolicyBook, *, code: str | None = None, body: str | None = None) -> tuple[PassRate, ...]: ...

def read_exam(path: str | PathLike[str]) -> ExamRecord: ...

def read_score(report: ScoreReport, book: PolicyBook) -> ScoreReading: ...

def retake_plan(report: ScoreReport, book: PolicyBook, *, on: date | str, hours_per_week: HoursPerWeek = None, sit_on: date | str | None = None, history: Iterable[ScoreReport] = ()) -> RetakePlan: ...
