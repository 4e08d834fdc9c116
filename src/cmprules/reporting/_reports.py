"""`reports`: a page for each person, and an index, a workbook and a calendar for the coordinator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

import attrs

from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._answers.render import render
from cmprules._facts.digest import record_digest
from cmprules._facts.records import Record
from cmprules._kit.canonical import digest, to_mapping
from cmprules._kit.files import refuse_no_path
from cmprules._kit.shapes import Word, members_of, read_part, refuse_others, write_part
from cmprules._policy.book import PolicyBook
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.enums import TRUST_SCALE, Grade
from cmprules._words.limits import MOST_PEOPLE
from cmprules.errors import Fault, InputError, shorten
from cmprules.reporting._calendar import events_of
from cmprules.reporting._folder import Folder, held
from cmprules.reporting._index import write_index
from cmprules.reporting._person import in_order, page_of, rows_of
from cmprules.reporting._tables import (
    ANSWERS,
    COUNTED,
    PLACEMENTS,
    Row,
    Sheet,
    answer_row,
    counted_rows,
    packed,
    placement_rows,
    unpacked,
)
from cmprules.reporting._values import NotDecided, ReportedCredential, Reports
from cmprules.reporting._workbook import library, workbook
from cmprules.timelines._icalendar import BEGINNING, END, reminders

_FORM = 1
"""Increase this when pages, or the data kept for them, are made differently."""

NOT_DECIDED = ("holder", "place", "code", "text")
SCALE = tuple(map(str, TRUST_SCALE))
T = TypeVar("T")
Told = Callable[[int], None]
"""Called after each person with the number of finished pages."""


@attrs.frozen(kw_only=True)
class _Job:
    """The shared input of every page of a run."""

    book: PolicyBook
    on: date
    trust: Grade
    remind: tuple[int, ...]

    def key(self, record: Record) -> str:
        """Return the key of everything that determines a page."""
        return digest({
            "record": record_digest(record), "name": record.holder.name or "", "edition": self.book.sha256,
            "extra": list(self.book.extra_sha256), "on": self.on.isoformat(), "trust": str(self.trust),
            "remind": [str(days) for days in self.remind], "rules": str(RULES_VERSION), "library": __version__,
            "form": str(_FORM)})


def reports(  # noqa: PLR0913  # all options of a run are arguments of this one function
    people: Iterable[Record], book: PolicyBook, *, on: date | str, to: str | PathLike[str],
    trust: Grade | str = Grade.INFERRED, remind: Iterable[int] = (), not_decided: Iterable[NotDecided] = (),
    remarks: Iterable[str] = (), progress: Told | None = None,
) -> Reports:
    """Write a page for each person, and an index, a workbook and a calendar for the coordinator.

    `index.html` says whom to write to and lists every credential; `people/` has the pages; `people.xlsx` has the
    answers and shows how each activity counted; `calendar.ics` has everyone's dates, with names.  An interrupted run
    continues: pages that are still valid are kept, and those with a changed record, day or edition are written again.
    Pages of people who are no longer among these are removed.  A file that these reports did not write, or
    that was changed since, is never overwritten or removed: the run stops before it writes anything.

    Args:
        people: the record of each person, for example from `cmprules.batch.records_of`; taken one by one.
        book: the policy tables, from `load_book`.
        on: the day of decision.
        to: the folder; it is new, empty, or from an earlier run.
        trust: the weakest grade of figures to accept.
        remind: reminders, in days before each event of the calendar; none if not given.
        not_decided: the rows because of which people are not decided, and rows that were left out, for the index;
            those of `people` if it has faults.
        remarks: what was left out on the way in, for the index.
        progress: called after each person with the number of finished pages.

    Returns:
        A summary with a row for each credential.

    Raises:
        InputError: an argument cannot be read, or two records have the same holder.
        FolderError: the folder, or a file in it, is not from these reports, or another run holds it.
        MissingExtraError: XlsxWriter is not installed.
        OSError: a file cannot be written; finished pages are kept.

    >>> import cmprules, tempfile
    >>> book, people = cmprules.load_book(edition="2026.1"), [cmprules.example("pbt"), cmprules.example("mls-met")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = reports(people, book, on="2026-03-10", to=f"{folder}/reports")
    ...     again = reports(people, book, on="2026-03-10", to=f"{folder}/reports")
    >>> (found.written, found.kept), (again.written, again.kept)
    ((2, 0), (0, 2))
    >>> [(row.holder, row.code, row.days_left, row.write) for row in found.credentials][0]
    ('sample-mls-02', 'MLS', 51, 'TO_DECLARE')
    >>> reports(people, book, on="2026-03-40", to="reports")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NO_SUCH_DATE: got '2026-03-40', expected a day that the calendar has; check the month and the day
    """
    asked = Asked()
    asked.book(book)
    day, grade = asked.day(on), asked.read(_grades(), trust, "$.trust")
    days = reminders(remind, asked.faults)
    known, left_out = _given(people)
    refused = [*known, *_several(not_decided, NotDecided, "$.not_decided", asked)]
    left_out.extend(_several(remarks, str, "$.remarks", asked))
    _refuse_none_of_these(people, to, progress, asked)
    asked.settle()
    library()
    job = _Job(book=book, on=day, trust=Grade(grade), remind=tuple(days))
    with held(Path(to)) as folder:
        run = _Run(job=job, folder=folder, progress=progress or (lambda _: None))
        for record in people:
            run.add(record)
        return run.finished(tuple(refused), tuple(left_out))


def _several(values: Any, cls: type[T], path: str, asked: Asked) -> list[T]:
    """Read a collection of values of a class; note what is none."""
    found = [*members_of(values)]
    refuse_others(found, cls, path, asked.faults)
    return found


def _refuse_none_of_these(people: Any, to: Any, progress: Any, asked: Asked) -> None:
    """Note people who are not listed, a folder that is no path, and a `progress` that cannot be called."""
    if not isinstance(people, Iterable) or isinstance(people, str | Mapping):
        asked.refuse("$.people", "NOT_A_LIST", people, "records, one for each person",
                     "give a list, or what records_of gives")
    refuse_no_path(to, "$.to", asked.faults)
    if progress is not None and not callable(progress):
        asked.refuse("$.progress", "WRONG_TYPE", progress, "a function of the number of pages", "leave it out")


def _grades() -> Word:
    return Word(SCALE, "a grade", "UNKNOWN_WORD")


@attrs.define(kw_only=True, eq=False)
class _Run:
    """One run: pages, one after the other, and then what stands for all."""

    job: _Job
    folder: Folder
    progress: Told
    written: int = 0
    rows: list[ReportedCredential] = attrs.Factory(list)

    def add(self, record: Record) -> None:
        """Write the page of a person, or keep the one that is there.

        Raises:
            InputError: it is not a record, there are too many, or the holder already has a page.
        """
        name, key = self._check(record), self.job.key(record)
        if not self.folder.take_up(name, key):
            self._write(record, name, key)
            self.written += 1
        self.progress(len(self.folder.current))

    def _check(self, record: Record) -> str:
        faults: list[Fault] = []
        count = len(self.folder.current)
        refuse_others((record,), Record, f"$.people[{count}]", faults)
        if count == MOST_PEOPLE:
            faults.append(Fault(path="$.people", code="TOO_MANY", value=f"more than {MOST_PEOPLE}",
                                expected=f"at most {MOST_PEOPLE} people", hint="write them to several folders"))
        name = "" if faults else page_of(record.holder.id)
        if name in self.folder.current:
            faults.append(Fault(path=f"$.people[{count}].holder.id", code="REPEATED_ID", value=record.holder.id,
                                expected="each holder once", hint="put the rows of a holder into one record"))
        if faults:
            raise InputError(faults)
        return name

    def _write(self, record: Record, name: str, key: str) -> None:
        job = self.job
        decision = decide(record, job.book, on=job.on, trust=job.trust)
        page = render(decision, "html", record=record)
        self.folder.put(name, key, page.encode(), {
            "rows": [plain_row(row) for row in rows_of(record, decision)],
            "counted": [packed(row) for row in counted_rows(record, decision)],
            "placements": [packed(row) for row in placement_rows(record, decision)],
            "events": events_of(record, job.book, job.on, job.remind)})

    def finished(self, refused: tuple[NotDecided, ...], remarks: tuple[str, ...]) -> Reports:
        """Write the files about all people, and remove the pages of people who are no longer among them."""
        people, key = len(self.folder.current), self.folder.key()
        rows = in_order(row_of(plain) for data in self.folder.data() for plain in data["rows"])
        removed = self.folder.remove_others()
        found = Reports(on=self.job.on, people=people, written=self.written, kept=people - self.written,
                        removed=removed, credentials=tuple(rows), not_decided=refused, remarks=remarks,
                        edition=self.job.book.edition, edition_sha256=self.job.book.sha256,
                        notice=self.job.book.notice)
        all_of_it = digest({"people": key, "answer": to_mapping(found)})
        self.folder.fill("people.xlsx", digest({"people": key, "not decided": write_part(found)["not_decided"]}),
                         lambda path: self._workbook(path, found))
        self.folder.fill("calendar.ics", key, self._calendar)
        self.folder.fill("index.html", all_of_it, lambda path: write_text(path, write_index(found)))
        self.folder.leave()
        return found

    def _workbook(self, path: Path, found: Reports) -> None:
        with workbook(path) as add:
            add(Sheet("People", ANSWERS, map(answer_row, found.credentials)))
            for name, columns in (("Activities", COUNTED), ("Placements", PLACEMENTS)):
                add(Sheet(name, columns, self._packed("counted" if columns is COUNTED else "placements", columns)))
            add(Sheet("Not decided", NOT_DECIDED, ((row.holder, row.place, row.code, row.text)
                                                   for row in found.not_decided)))

    def _packed(self, what: str, columns: Sequence[str]) -> Iterator[Row]:
        return (unpacked(row, columns) for data in self.folder.data() for row in data[what])

    def _calendar(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(BEGINNING)
            file.writelines(data["events"] for data in self.folder.data())
            file.write(END)


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write a text piece by piece."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def plain_row(row: ReportedCredential) -> dict[str, Any]:
    """Write a row as plain data."""
    return write_part(row)


def row_of(plain: Any) -> ReportedCredential:
    """Read a kept row.

    Raises:
        InputError: the journal was changed.
    """
    faults: list[Fault] = []
    row = read_part(ReportedCredential, plain, "$", faults)
    if faults:
        raise InputError(faults)
    return row


def _given(people: Any) -> tuple[list[NotDecided], list[str]]:
    """Take the faults, as rows, and the remarks that come with the tables of people."""
    faults = getattr(people, "faults", None)
    listed = [] if faults is None else [of_fault(fault) for fault in faults.to_pylist()]
    return listed, [*getattr(people, "remarks", ())]


def of_fault(fault: Mapping[str, Any]) -> NotDecided:
    """Name the wrong row of a table as a spreadsheet numbers it: the first below the header is row 2."""
    row = "" if fault["row"] is None else f", row {fault['row'] + 2}"
    cell = fault["path"].removeprefix("$").lstrip(".")
    got = "" if fault["value"] is None else f"got {shorten(fault['value'])}, "
    text = f"{cell + ': ' if cell else ''}{got}expected {fault['expected']}; {fault['hint']}"
    return NotDecided(holder=fault["holder"] or None, place=f"{fault['table']}{row}", code=fault["code"], text=text,
                      refused=fault["code"] != "OTHER_BOARD")
