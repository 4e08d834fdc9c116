"""A receipt, and what came of replaying one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import attrs

from cmprules._answers.answer import Answer, Shown
from cmprules._answers.decision import Decision
from cmprules._answers.holding import decision_faults
from cmprules._facts.reading import without_schema
from cmprules._facts.records import Record
from cmprules._kit.canonical import canonical_json, digest, to_mapping
from cmprules._kit.shapes import LEAVE_OUT, FrozenMap, MapOf, Maybe, Part, Plain, Whole, wire
from cmprules._policy.book import OwnFile
from cmprules._words.codes import NOTICE
from cmprules._words.limits import LARGEST_RECEIPT
from cmprules.comparing._compare import record_faults
from cmprules.comparing._values import ChangedValue
from cmprules.errors import Fault


@attrs.frozen
class Document(Part):
    """A value that stands within another with its own `schema`."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Take an instance, or a mapping that names its schema."""
        if isinstance(value, self.cls):
            return value
        own: list[Fault] = []
        read = super().read(without_schema(value, self.cls.schema, own), "$", own)
        faults.extend(attrs.evolve(fault, path=path + fault.path.removeprefix("$")) for fault in own)
        return read

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a mapping that begins with its schema."""
        return to_mapping(value)


@attrs.frozen(kw_only=True)
class Receipt(Shown):
    r"""All that is needed to make a decision again, and the decision.

    Attributes:
        record: the record that was decided.
        decision: the decision, whose stamp says with which edition, rules, trust and library it was made.
        files: the user's own files that were laid over the edition, in their order; reforms among them.
        explanation: the explanation of the decision; it is kept, and not made again.
        sha256: the digest of all the rest in its canonical form.
        notice: that this is not ASCP's decision.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> kept = cmprules.receipt(decision, record=record).text
    >>> kept[:25], kept[-1]
    ('{"decision":{"advisories"', '\n')
    """

    schema: ClassVar[str] = "cmprules.receipt/1"

    record: Record = attrs.field(metadata=wire(Document(Record)))
    decision: Decision = attrs.field(metadata=wire(Document(Decision)))
    files: tuple[OwnFile, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    explanation: FrozenMap | None = attrs.field(default=None, metadata=wire(Maybe(MapOf(Plain())), leave_out=True))
    sha256: str
    notice: str = attrs.field(default=NOTICE, repr=False)

    @property
    def text(self) -> str:
        """The receipt as it is kept: canonical JSON on one line."""
        return canonical_json(to_mapping(self)) + "\n"

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Hold the parts to each other: the record and the files to the stamp, and all of it to the digest."""
        if not bad:
            faults.extend(record_faults(self.record, self.decision, f"{path}.record"))
            faults.extend(self._file_faults(path))
            faults.extend(decision_faults(self.decision, f"{path}.decision"))
            plain = to_mapping(self)
            size = len(canonical_json(plain).encode()) + 1
            if size > LARGEST_RECEIPT:
                faults.append(Fault(path=path, code="ANSWER_TOO_LARGE", value=size,
                                    expected=f"at most {LARGEST_RECEIPT} bytes, so that it can be read back",
                                    hint="give an explanation that is shorter, or {} for none"))
            found = digest_of(plain)
            if found != self.sha256:
                faults.append(Fault(path=f"{path}.sha256", code="RECEIPT_DAMAGED", value=self.sha256, expected=found,
                                    hint="it is not what was written; take the copy that was kept first"))

    def _file_faults(self, path: str) -> Iterator[Fault]:
        found = tuple(file.sha256 for file in self.files)
        if found != self.decision.stamp.extra_sha256:
            yield Fault(path=f"{path}.files", code="ANOTHER_BOOK", value=found,
                        expected=str(self.decision.stamp.extra_sha256), hint="give the files that the stamp names")


def digest_of(plain: dict[str, Any]) -> str:
    """Return the digest of everything in a receipt but the digest itself."""
    return digest({key: item for key, item in plain.items() if key != "sha256"})


@attrs.frozen(kw_only=True)
class Replay(Answer):
    """Whether a decision was made again as it was.

    Attributes:
        same: whether all of the decision and the notice of the receipt are the same, but for the version of the
            library and the number of its rules.
        differences: every value that differs, in the order in which a decision is made; the first explains most.
        rules_before: the number of the rules that the receipt was made with.
        rules_after: that of the rules that it was replayed with.
        library_before: the version of the library that the receipt was made with.
        library_after: the version that it was replayed with.
        edition: the edition that it was replayed with.
        edition_sha256: its digest.
        sources: empty, since nothing is cited.
        notice: that this is not ASCP's decision.
    """

    schema: ClassVar[str] = "cmprules.replay/1"

    same: bool
    differences: tuple[ChangedValue, ...]
    rules_before: int = attrs.field(metadata=wire(Whole()))
    rules_after: int = attrs.field(metadata=wire(Whole()))
    library_before: str
    library_after: str

    @property
    def first(self) -> ChangedValue | None:
        """The first step that differs, if any does."""
        return self.differences[0] if self.differences else None
