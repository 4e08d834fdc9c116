# The public surface of cmprules.receipts, written by tasks/write_surface.py.

class OwnFile(Checked):
    name: str
    reform: bool
    @property
    def sha256(self) -> str: ...
    text: str

class Receipt(Shown):
    decision: Decision
    explanation: FrozenMap | None
    files: tuple[OwnFile, ...]
    notice: str
    record: Record
    schema: str
    sha256: str
    @property
    def text(self) -> str: ...

class Replay(Answer):
    def __iter__(self) -> Iterator[Any]: ...
    differences: tuple[ChangedValue, ...]
    edition: str
    edition_sha256: str
    @property
    def first(self) -> ChangedValue | None: ...
    library_after: str
    library_before: str
    notice: str
    rules_after: int
    rules_before: int
    same: bool
    schema: str
    sources: FrozenMap
