"""The values of an intake: a record, and a line for every row of every file."""

from __future__ import annotations

from typing import ClassVar

import attrs

from cmprules._facts.records import Record
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, Word, wire
from cmprules.errors import Fault

STATUSES = ("read", "mapped", "doubtful", "set_aside", "refused")
"""The status of a line: unchanged; with changed values; with a question; set aside; not readable."""


@attrs.frozen(kw_only=True)
class Conversion(Checked):
    """A value that was changed on the way in.

    Attributes:
        field: the key in the record.
        was: the text in the file.
        now: the value in the record.
        rule: the rule of the change; its code is in the table of codes.
        column: the header above it, if there is one.
    """

    field: str
    was: str
    now: str
    rule: str
    column: str | None = attrs.field(default=None, metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class Remark(Checked):
    """A question, or the reason why something did not come in.

    Attributes:
        code: stable; the table of codes explains it.
        text: the question or the reason in words.
        field: the key of the record that it concerns, if it concerns one.
    """

    code: str
    text: str
    field: str | None = attrs.field(default=None, metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class Line(Checked):
    """One row or element of a file, and what happened to it.

    Attributes:
        file: the file, by its position in `files`, from 0.
        place: its place in the file.
        status: `read`, `mapped`, `doubtful`, `set_aside` or `refused`.
        what: its text, in short form.
        activity: the id of its activity in the record.
        credential: the id of its credential in the record.
        changes: the values that were changed on the way in.
        remarks: the questions, or the reason why it did not come in.
    """

    file: int
    place: str
    status: str = attrs.field(metadata=wire(Word(STATUSES, "what a line can have become", "UNKNOWN_WORD")))
    what: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    activity: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    credential: str | None = attrs.field(default=None, metadata=wire(leave_out=True))
    changes: tuple[Conversion, ...] = attrs.field(default=(), metadata=wire(leave_out=True))
    remarks: tuple[Remark, ...] = attrs.field(default=(), metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class FileRead(Checked):
    """One file as it was read.

    Attributes:
        name: its name, without its folder.
        sha256: the digest of its bytes.
        format: what kind of file it is.
        details: the assumptions for reading it, such as the encoding and the separator.
        columns: the columns with a meaning, and their meanings.
        unused: the headers of columns that were not used.
    """

    name: str
    sha256: str
    format: str
    details: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))
    columns: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))
    unused: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class Counts(Checked):
    """The number of lines by status; the five numbers add up to `rows`.

    Attributes:
        rows: all lines.
        activities: the number of activities added to the record.
        credentials: the number of credentials added to the record.
        already_there: the number of lines that were already in the record, and were not added again.
    """

    rows: int
    read: int
    mapped: int
    doubtful: int
    set_aside: int
    refused: int
    activities: int
    credentials: int
    already_there: int


@attrs.frozen(kw_only=True, repr=False)
class Intake(Displayed, Checked):
    """The result of reading files from outside; `cmprules.intake/1`.

    Attributes:
        files: the files in the order given.
        lines: a line for every row or element of every file, in their order.
        counts: the number of lines by status.
        record: the record, if one could be made.
        why: why there is none.
    """

    schema: ClassVar[str] = "cmprules.intake/1"

    files: tuple[FileRead, ...]
    lines: tuple[Line, ...]
    counts: Counts
    record: Record | None = None
    why: str | None = None
    notice: str

    def __repr__(self) -> str:
        """Name whose record it is, and how much came in; `cmprules.render` shows every row."""
        whose = ": no record" if self.record is None else f" of {self.record.holder.shown!r}"
        return f"<Intake{whose}, files {len(self.files)}, rows {self.counts.rows}, activities {self.counts.activities}>"

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Check the counts against the lines."""
        if bad & {"lines", "counts"}:
            return
        for status in STATUSES:
            count = sum(1 for line in self.lines if line.status == status)
            if getattr(self.counts, status) != count:
                faults.append(Fault(path=f"{path}.counts.{status}", code="SUM_WRONG",
                                    value=getattr(self.counts, status), expected=str(count),
                                    hint="count the lines with that status"))
        if self.counts.rows != len(self.lines):
            faults.append(Fault(path=f"{path}.counts.rows", code="SUM_WRONG", value=self.counts.rows,
                                expected=str(len(self.lines)), hint="count the lines"))
