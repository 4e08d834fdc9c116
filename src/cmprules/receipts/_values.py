"""A receipt, and the result of replaying one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

import attrs

from cmprules._answers.answer import Answer, Shown
from cmprules._answers.decision import Decision
from cmprules._answers.holding import decision_faults
from cmprules._facts.reading import without_schema
from cmprules._facts.records import Record
from cmprules._kit.canonical import canonical_json, to_mapping
from cmprules._kit.shapes import LEAVE_OUT, FrozenMap, MapOf, Maybe, Part, Plain, Whole, wire
from cmprules._policy.book import OwnFile
from cmprules._words.codes.notices import NOTICE
from cmprules._words.limits import LARGEST_RECEIPT
from cmprules.comparing._compare import record_faults
from cmprules.comparing._values import ChangedValue
from cmprules.errors import Fault


class Document(Part):
    """A value inside another value, with its own `schema`."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an instance, or a mapping that names its schema."""
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
    r"""A decision, and everything needed to make it again.

    Attributes:
        record: the record that was decided.
        decision: the decision; its stamp names the edition, rules, trust and library.
        files: the user's own files that were laid over the edition, in order, including reforms.
        explanation: the explanation of the decision; it is kept but not made again.
        sha256: the digest of everything else, in canonical form.
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
    explanation: FrozenMap | None = attrs.field(default=None, repr=False,
                                                metadata=wire(Maybe(MapOf(Plain())), leave_out=True))
    sha256: str
    notice: str = attrs.field(default=NOTICE, repr=False)

    @property
    def text(self) -> str:
        """The receipt as it is stored: canonical JSON on one line."""
        return canonical_json(to_mapping(self)) + "\n"

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Check the record and the files against the stamp, and everything against the digest."""
        if not bad:
            faults.extend(record_faults(self.record, self.decision, f"{path}.record"))
            faults.extend(own_faults(self, seal_of(to_mapping(self)), path))


class Seal(NamedTuple):
    """The digest of everything in a receipt except the digest itself, and the bytes of the whole text."""

    sha256: str
    size: int


def seal_of(plain: Mapping[str, Any]) -> Seal:
    """Return the seal of a receipt, which is written once for both figures."""
    rest = canonical_json({key: item for key, item in plain.items() if key != "sha256"}).encode()
    sha256 = hashlib.sha256(rest).hexdigest()
    # The brackets around the digest take as many bytes as the comma and the line end of the whole text.
    return Seal(sha256, len(rest) + len(canonical_json({"sha256": sha256})))


def own_faults(receipt: Receipt, seal: Seal, path: str) -> Iterator[Fault]:
    """Note what does not fit in a receipt whose record is that of its decision, given the seal of what it says."""
    files = tuple(file.sha256 for file in receipt.files)
    if files != receipt.decision.stamp.extra_sha256:
        yield Fault(path=f"{path}.files", code="ANOTHER_BOOK", value=files,
                    expected=str(receipt.decision.stamp.extra_sha256), hint="give the files that the stamp names")
    yield from decision_faults(receipt.decision, f"{path}.decision")
    if seal.size > LARGEST_RECEIPT:
        yield Fault(path=path, code="ANSWER_TOO_LARGE", value=seal.size,
                    expected=f"at most {LARGEST_RECEIPT} bytes, so that it can be read back",
                    hint="give a shorter explanation, or {} for none")
    if seal.sha256 != receipt.sha256:
        yield Fault(path=f"{path}.sha256", code="RECEIPT_DAMAGED", value=receipt.sha256, expected=seal.sha256,
                    hint="it is not what was written; take the copy that was kept first")


@attrs.frozen(kw_only=True, repr=False)
class Replay(Answer):
    """The result of a replay: whether it gave the same decision.

    Attributes:
        same: whether the whole decision and the notice of the receipt are the same, except the version of the library
            and the number of its rules.
        differences: every value that differs, in the order in which a decision is made; the first one explains the
            most.
        rules_before: the number of the rules of the receipt.
        rules_after: the number of the rules of the replay.
        library_before: the version of the library that made the receipt.
        library_after: the version that replayed it.
        edition: the edition used for the replay.
        edition_sha256: its digest.
        sources: empty, because nothing is cited.
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
        """The first difference, if there is one."""
        return self.differences[0] if self.differences else None
