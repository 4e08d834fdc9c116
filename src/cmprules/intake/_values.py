"""What comes back from files: a record, and a line for every row of every file."""

from __future__ import annotations

from typing import ClassVar

import attrs

from cmprules._facts.records import Record
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, Word, wire
from cmprules.errors import Fault

STATUSES = ("read", "mapped", "doubtful", "set_aside", "refused")
"""What a line can have become: as it stood; with values changed; with a question; kept out; not readable."""


@attrs.frozen(kw_only=True)
class Conversion(Checked):
    """A value that came in other than it stood in the file.

    Attributes:
        field: the key of the record that got it.
        was: what stood in the file.
        now: what the record has.
        rule: by which rule; the codes are in the table of codes.
        column: the header above it, where there is one.
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
        field: the key of the record that it is about, if it is about one.
    """

    code: str
    text: str
    field: str | None = attrs.field(default=None, metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class Line(Checked):
    """One row or element of a file, and what it has become.

    Attributes:
        file: the file, by its place in `files`, from 0.
        place: where it stands in the file.
        status: `read`, `mapped`, `doubtful`, `set_aside` or `refused`.
        what: what stands there, in short.
        activity: the id of the activity that it is in the record.
        credential: the id of the credential that it is in the record.
        changes: the values that came in other than they stood there.
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
        details: what was taken for granted to read it, such as the encoding and the separator.
        columns: the columns that have a meaning, and which.
        unused: the headers of columns that were left out.
    """

    name: str
    sha256: str
    format: str
    details: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))
    columns: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))
    unused: tuple[str, ...] = attrs.field(default=(), metadata=wire(leave_out=True))


@attrs.frozen(kw_only=True)
class Counts(Checked):
    """How many lines have become what; the five add up to `rows`.

    Attributes:
        rows: all lines.
        activities: how many activities were added to the record.
        credentials: how many credentials were added to it.
        already_there: how many lines were in the record before, and were not added again.
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


@attrs.frozen(kw_only=True)
class Intake(Displayed, Checked):
    """What files from outside have brought; `cmprules.intake/1`.

    Attributes:
        files: the files in the order given.
        lines: a line for every row or element of every file, in their order.
        counts: how many lines have become what.
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

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Hold the counts against the lines."""
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
