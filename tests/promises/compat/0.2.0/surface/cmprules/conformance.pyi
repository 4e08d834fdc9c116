# The public surface of cmprules.conformance, written by tasks/write_surface.py.

class Difference:
    def __str__(self) -> str: ...
    expected: Any
    got: Any
    path: str

class Failure:
    differences: tuple[Difference, ...]
    id: str
    problem: str | None

class Report:
    @property
    def conforms(self) -> bool: ...
    failures: tuple[Failure, ...]
    groups: Mapping[str, tuple[int, int]]
    @property
    def passed(self) -> int: ...
    problems: tuple[str, ...]

class Threshold:
    citation: Citation | None
    id: str
    row: str | None
    value: Decimal | date | str
    what: str

class Vector:
    case: Mapping[str, Any]
    expected: Mapping[str, Any]
    @property
    def group(self) -> str: ...
    id: str
    @property
    def request(self) -> dict[str, Any]: ...

def answer(case: Mapping[str, Any], *, book: PolicyBook | None = None) -> dict[str, Any]: ...

def answer_lines(lines: Iterable[str]) -> Iterator[str]: ...

def comparable(reply: Mapping[str, Any]) -> dict[str, Any]: ...

def run(answer: Answer = Ellipsis, *, of: Iterable[Vector] | None = None, progress: Callable[[int], None] | None = None) -> Report: ...

def thresholds(book: PolicyBook) -> tuple[Threshold, ...]: ...

def vectors(edition: str | None = None) -> tuple[Vector, ...]: ...
