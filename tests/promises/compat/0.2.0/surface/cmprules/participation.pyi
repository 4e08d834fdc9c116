# The public surface of cmprules.participation, written by tasks/write_surface.py.

class CitedForm(Checked):
    html: str
    markdown: str
    plain: str
    unicode: str

class CredentialDesignation(Checked):
    afterwards: CitedForm | None
    body: str
    code: str
    form: CitedForm | None
    given_code: str | None
    grade: Grade
    id: str
    not_from: date | None
    reason: str
    rules: tuple[Clause, ...]
    usable_until: date | None

class Designation(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    credentials: tuple[CredentialDesignation, ...]
    edition: str
    edition_sha256: str
    needs: tuple[Need, ...]
    notice: str
    on: date
    order: tuple[str, ...]
    rules: tuple[Clause, ...]
    schema: str
    sources: FrozenMap
    together: CitedForm | None

class Participation(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    body: str
    certified_on: date | None
    code: str
    edition: str
    edition_sha256: str
    given_code: str | None
    grade: Grade
    id: str
    mandatory_from: date | None
    needs: tuple[Need, ...]
    notice: str
    previous_nca: bool
    rules: tuple[Clause, ...]
    schema: str
    sources: FrozenMap
    status: str
    takes_part: bool

def designation(credentials: Iterable[Credential], book: PolicyBook, *, on: date | str) -> Designation: ...

def participation(credential: Credential, book: PolicyBook) -> Participation: ...
