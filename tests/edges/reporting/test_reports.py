"""Reports for many people: the contents of the folder, and that no file of anyone else is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import icalendar
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules import parse_record
from cmprules._kit import files, locks
from cmprules.reporting import FolderError, NotDecided, Reports, reports
from cmprules.reporting import _folder as folders
from cmprules.reporting import _reports as verb
from cmprules.reporting import _workbook as books
from cmprules.reporting._index import write_index
from cmprules.reporting._person import page_of
from tests.edges.reporting.people import BOOK, ON, person

PEOPLE = [
    person("E-1", name="Ada Sample"),                                   # complete: to declare
    person("E-2", name="Ben Example", points="1", ends="2026-04-15"),   # points are missing, due soon
    person("E-3", points="2", ends="2027-08-31"),                       # points are missing, due later
    person("E-4", name="Cleo Specimen", ends="2025-12-31"),             # expired
]


def write(to: Path, people: Any = PEOPLE, **more: Any) -> Reports:
    """Write reports for one day."""
    return reports(people, BOOK, on=ON, to=to, **more)


def content(folder: Path) -> dict[str, bytes]:
    """Read everything in a folder except our own bookkeeping."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and folders.OWN not in path.parts}


# ---------------------------------------------------------------------------------------------------------
# Contents of the folder.


def test_a_page_for_each_person_and_three_files_for_the_coordinator(tmp_path: Path) -> None:
    """Each page is the report of `decide`, with the holder's name and no other."""
    found = write(tmp_path / "out")
    there = content(tmp_path / "out")
    pages = [page_of(record.holder.id) for record in PEOPLE]
    assert sorted(there) == sorted(["calendar.ics", "index.html", "people.xlsx", *pages])
    assert (found.people, found.written, found.kept, found.removed) == (4, 4, 0, 0)
    for record in PEOPLE:
        page = there[page_of(record.holder.id)].decode()
        assert page == cmprules.render(cmprules.decide(record, BOOK, on=ON), "html", record=record)
        assert not any(other.holder.shown in page for other in PEOPLE if other is not record)


def test_who_is_to_be_written_to_and_in_which_order(tmp_path: Path) -> None:
    """First come those who can still make it, then those who only need to send, then the late; the table is by end."""
    found = write(tmp_path / "out")
    assert [(row.holder, row.write) for row in found.credentials] == [
        ("E-2", "POINTS_MISSING"), ("E-1", "TO_DECLARE"), ("E-3", None), ("E-4", "EXPIRED")]
    text = cmprules.render(found, summary=True)
    assert "Write to 3 people" in text
    order = [text.index(name) for name in ("Ben Example", "Ada Sample", "Cleo Specimen")]
    assert order == sorted(order)
    assert "E-3" not in text
    assert "6 of 9 points missing" in " ".join(text.split())


@pytest.mark.parametrize(("ends", "points", "why"), [
    ("2026-06-08", "1", "POINTS_MISSING"), ("2026-06-09", "1", None),      # 90 days and 91
    ("2026-03-10", "1", "POINTS_MISSING"), ("2026-03-09", "1", "EXPIRED"),  # today and yesterday
    ("2026-06-08", "9", "TO_DECLARE"), ("2026-06-09", "9", None), ("2026-03-09", "9", "EXPIRED"),
])
def test_when_somebody_is_to_be_written_to(ends: str, points: str, why: str | None, tmp_path: Path) -> None:
    """The end is within 90 days, today included, or has passed."""
    found = write(tmp_path / "out", [person("a", ends=ends, points=points)])
    assert found.credentials[0].write == why


def test_an_open_question_is_a_reason_to_write(tmp_path: Path) -> None:
    """It is one while the end is near."""
    undated = attrs.evolve(person("a"), activities=[
        attrs.evolve(one, completed_on=None) for one in person("a").activities])
    assert write(tmp_path / "out", [undated]).credentials[0].write == "QUESTIONS_OPEN"


def test_a_fee_that_no_source_gives_is_not_known(tmp_path: Path) -> None:
    """The cell is empty, while no fee is zero."""
    found = reports([person("a", ends="2004-05-31")], BOOK, on="2004-03-10", to=tmp_path / "out")
    assert found.credentials[0].fee is None


def test_the_index_is_complete_without_a_script(tmp_path: Path) -> None:
    """Everyone is in the table, grouped by the time of the end, with a link to the page."""
    write(tmp_path / "out")
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    table = index[index.index("<table class"):index.index("</table>", index.index("<table class"))]
    for heading in ("Ends within 60 days (1)", "Ends within 90 days (1)", "Ends later (1)", "Ended (1)"):
        assert heading in table
    for record in PEOPLE:
        assert f'<a href="{page_of(record.holder.id)}">{record.holder.shown}</a>' in table
    assert 'class="filters" role="group" aria-label="Filters" hidden' in index
    assert "http://" not in index
    assert "src=" not in index


def test_names_are_text_wherever_they_stand(tmp_path: Path) -> None:
    """Names have no effect on pages, sheets or calendars."""
    bad = '<script>alert(1)</script>"=1'
    write(tmp_path / "out", [person("=1+1", name=bad, title="=cmd|' /C calc'!A0")])
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert bad not in index
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;=1" in index
    book = openpyxl.load_workbook(tmp_path / "out" / "people.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {"=1+1", bad, "=cmd|' /C calc'!A0"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_workbook_has_numbers_and_days(tmp_path: Path) -> None:
    """Its sheets have column names, and rows in the order of the index."""
    write(tmp_path / "out", not_decided=[NotDecided(holder="x", place="row 2", code="NO_SUCH_DATE", text="=no day")])
    book: Any = openpyxl.load_workbook(tmp_path / "out" / "people.xlsx")
    assert book.sheetnames == ["People", "Activities", "Placements", "Not decided"]
    rows = [*book["People"].values]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["holder"], first["required"], first["short"]) == ("E-2", 9, 6)
    assert first["last_day"].date().isoformat() == "2026-04-15"
    assert len([*book["Activities"].values]) == 1 + 3 * len(PEOPLE)
    assert [*book["Not decided"].values][1] == ("x", "row 2", "NO_SUCH_DATE", "=no day")
    assert sum(row[-1] for row in [*book["Placements"].values][1:] if row[0] == "E-1") == 9


def test_what_is_more_than_a_sheet_holds_stands_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is lost."""
    monkeypatch.setattr(books, "MOST_ROWS_OF_A_SHEET", 6)
    write(tmp_path / "out")
    book: Any = openpyxl.load_workbook(tmp_path / "out" / "people.xlsx")
    assert book.sheetnames[1:4] == ["Activities", "Activities 2", "Activities 3"]
    rows = [row[3] for name in book.sheetnames[1:4] for row in [*book[name].values][1:]]
    assert rows == ["s", "e", "p"] * 4


def test_one_calendar_for_all_with_names(tmp_path: Path) -> None:
    """It has coming events to act on; each names the holder, and has the UID from the holder's own calendar."""
    write(tmp_path / "out", remind=[30])
    calendar = icalendar.Calendar.from_ical((tmp_path / "out" / "calendar.ics").read_bytes())
    events: list[Any] = calendar.walk("VEVENT")
    assert {str(event["SUMMARY"]).partition(": ")[0] for event in events} == {"Ada Sample", "Ben Example", "E-3"}
    assert len({str(event["UID"]) for event in events}) == len(events)
    own = cmprules.to_icalendar(cmprules.timeline(PEOPLE[0], BOOK, on=ON))
    mine = {str(event["UID"]) for event in events if str(event["SUMMARY"]).startswith("Ada")}
    assert mine < {str(event["UID"]) for event in icalendar.Calendar.from_ical(own).walk("VEVENT")}
    assert len(calendar.walk("VALARM")) == len(events)
    assert all(event["DTSTART"].dt >= ON for event in events)


def test_rows_that_nobody_could_read_are_in_the_index(tmp_path: Path) -> None:
    """The index says what is wrong and where; other rows of the holder are only in the workbook."""
    wrong = [NotDecided(holder="E-9", place="activities, row 7", code="NO_SUCH_DATE", text="no such day"),
             NotDecided(holder="E-9", place="activities, row 8", code="HOLDER_REFUSED", text="correct the others"),
             NotDecided(holder="E-1", place="credentials, row 3", code="OTHER_BOARD", text="set aside", refused=False)]
    found = write(tmp_path / "out", not_decided=wrong, remarks=["credentials: left out 'Ward'"])
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "Not decided: 1 person, until rows are corrected" in index
    assert "activities, row 7" in index
    assert "activities, row 8" not in index
    assert "left out &#x27;Ward&#x27;" in index
    assert "set aside" in cmprules.render(found)
    aside = attrs.evolve(found, not_decided=tuple(wrong[2:]))
    assert "Left out: 1 row" in "".join(write_index(aside))


def test_more_rows_than_anybody_reads_are_counted(tmp_path: Path) -> None:
    """Both the index and the text count them."""
    wrong = [NotDecided(holder=f"x{n}", place=f"row {n}", code="NO_SUCH_DATE", text="no such day") for n in range(230)]
    found = write(tmp_path / "out", not_decided=wrong)
    assert "30 more rows are in the workbook" in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "1 more row is in the workbook" in "".join(write_index(attrs.evolve(found, not_decided=tuple(wrong[:201]))))
    assert "And 220 more, in the workbook" in cmprules.render(found)


def test_nobody_and_nothing(tmp_path: Path) -> None:
    """Cases: no people, and people of whom nothing is required."""
    assert "No one is decided" in cmprules.render(write(tmp_path / "none", []))
    calm = write(tmp_path / "calm", [person("a", ends="2028-05-31")])
    assert "No one to write to" in cmprules.render(calm)
    assert "Whom to write to" not in (tmp_path / "calm" / "index.html").read_text("utf-8")
    wrong = [NotDecided(holder=name, place="row 2", code="NO_SUCH_DATE", text="no such day") for name in "xyy"]
    for count, words in ((1, "1 person is not decided yet"), (3, "2 people are not decided yet")):
        waiting = cmprules.render(write(tmp_path / f"waiting-{count}", [person("a", ends="2028-05-31")],
                                        not_decided=wrong[:count]))
        assert "[?] No one to write to yet" in waiting  # never in green while someone is not decided
        assert words in waiting
    forever = person("b", ends="2028-05-31").credentials[0]
    free = attrs.evolve(PEOPLE[0], credentials=[attrs.evolve(forever, expires_on=None, certified_on="1999-01-01")])
    assert "No end (1)" in "".join(write_index(write(tmp_path / "free", [free])))


def test_many_people_to_write_to(tmp_path: Path) -> None:
    """Ten are named and the others counted; a person with two credentials is listed once."""
    two = attrs.evolve(person("two"), credentials=[*person("two").credentials,
                                                   attrs.evolve(person("two").credentials[0], id="again", code="MLT")])
    found = write(tmp_path / "out", [two, *(person(f"p{n:02}") for n in range(12))])
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "And 3 more, in the table below." in index
    assert "and 3 more, in the table below" in cmprules.render(found)
    assert cmprules.render(found).count("two: ") == 1


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_names_of_pages_are_safe_and_stable(one: str, other: str) -> None:
    """They have plain letters, lead nowhere else, and differ if ids differ."""
    page = page_of(one)
    folder, _, name = page.partition("/")
    assert folder == "people"
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert ".." not in name
    assert len(name) < 70
    assert page_of(one) == page
    assert (page_of(other) == page) == (one == other)


# ---------------------------------------------------------------------------------------------------------
# Resumed and repeated runs.


def _cut_off(to: Path, after: int) -> None:
    def stop(done: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(to, progress=stop)


@pytest.mark.parametrize("after", [1, 3])
def test_a_run_that_was_cut_off_goes_on(after: int, tmp_path: Path) -> None:
    """Finished pages are kept, and the folder ends as it would have without the interruption."""
    write(tmp_path / "whole")
    _cut_off(tmp_path / "out", after)
    assert not (tmp_path / "out" / "index.html").exists()
    found = write(tmp_path / "out")
    assert (found.written, found.kept) == (4 - after, after)
    assert content(tmp_path / "out").keys() == content(tmp_path / "whole").keys()
    assert [name for name, raw in content(tmp_path / "out").items() if raw != content(tmp_path / "whole")[name]] == [
        "index.html"]  # it says how many pages were kept


@pytest.mark.parametrize("calls", range(1, 9))
def test_wherever_it_fails_the_next_run_ends_well(calls: int, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """Even between journal and file: what the journal announced is ours."""
    honest, count = files.whole, iter(range(100))

    def failing(path: Path, *rest: Any, **more: Any) -> Any:
        if next(count) == calls:
            raise OSError("No space left on device")
        return honest(path, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(folders, "whole", failing)
        with pytest.raises(OSError, match="No space"):
            write(tmp_path / "out")
    assert write(tmp_path / "out").people == 4
    assert write(tmp_path / "out").kept == 4


def test_only_what_has_changed_is_written_again(tmp_path: Path) -> None:
    """A record, a name or a day has changed; people who left lose their page, and others' files stay."""
    write(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "people" / "mine.html").write_text("mine")
    changed = [person("E-1", name="Ada Other"), person("E-2", name="Ben Example", points="2", ends="2026-04-15"),
               *PEOPLE[2:3]]
    found = write(tmp_path / "out", changed)
    assert (found.written, found.kept, found.removed) == (2, 1, 1)
    assert not (tmp_path / "out" / page_of("E-4")).exists()
    assert "of people who are no longer among these" in " ".join(cmprules.render(found).split())
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "out" / "people" / "mine.html").read_text() == "mine"
    assert reports(changed, BOOK, on="2026-03-11", to=tmp_path / "out").written == 3
    assert reports(changed, BOOK, on="2026-03-11", to=tmp_path / "out").kept == 3


@pytest.mark.parametrize("damage", [b"", b'{"file": "index.html"', b"\xff\xfe garbage\n", b'["a", "list"]\n'])
def test_a_journal_that_ends_in_the_middle_of_a_line(damage: bytes, tmp_path: Path) -> None:
    """The lines before it are valid."""
    _cut_off(tmp_path / "out", 2)
    journal = tmp_path / "out" / folders.OWN / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + damage)
    found = write(tmp_path / "out")
    assert (found.written, found.kept) == (2, 2)
    assert write(tmp_path / "out").kept == 4


@pytest.mark.parametrize("first", [b"", b"nonsense\n", b'{"schema": "another/1", "run": "0123456789abcdef"}\n',
                                   b'{"schema": "cmprules.reports-journal/1", "run": "../../x"}\n'])
def test_a_journal_that_cannot_be_read_leaves_nothing_ours(first: bytes, tmp_path: Path) -> None:
    """So nothing is overwritten: the run names what is in its way."""
    write(tmp_path / "out")
    (tmp_path / "out" / folders.OWN / "journal.jsonl").write_bytes(first)
    before = content(tmp_path / "out")
    with pytest.raises(FolderError, match=r"index\.html was not written by these reports"):
        write(tmp_path / "out")
    assert content(tmp_path / "out") == before


def test_a_page_that_a_power_failure_left_empty(tmp_path: Path) -> None:
    """It contains no one's data, so it is rewritten."""
    write(tmp_path / "out")
    (tmp_path / "out" / page_of("E-2")).write_bytes(b"")
    assert write(tmp_path / "out").written == 1


# ---------------------------------------------------------------------------------------------------------
# Other people's files.


@pytest.mark.parametrize("name", ["index.html", "people.xlsx", "calendar.ics", page_of("E-2")])
def test_a_file_that_was_changed_is_never_written_over(name: str, tmp_path: Path) -> None:
    """Notes in the workbook are someone's work."""
    write(tmp_path / "out")
    (tmp_path / "out" / name).write_bytes(b"my notes")
    before = content(tmp_path / "out")
    with pytest.raises(FolderError, match="was changed since it was written, and would be lost"):
        write(tmp_path / "out", [person("E-2", points="3")])
    assert content(tmp_path / "out") == before
    (tmp_path / "out" / name).rename(tmp_path / "mine")
    assert write(tmp_path / "out").people == 4


def test_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    """Cases: a folder with other files, a file, and a link instead of our folder."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a")
    with pytest.raises(FolderError, match="is not empty, and these reports did not make it"):
        write(tmp_path / "full")
    with pytest.raises(FolderError, match="is a file; name a folder"):
        write(tmp_path / "full" / "a.txt")
    for name in (folders.OWN, "people"):
        write(tmp_path / name.strip("."))
        there = tmp_path / name.strip(".") / name
        there.rename(tmp_path / f"moved-{name}")
        there.symlink_to(tmp_path / f"moved-{name}")
        with pytest.raises(FolderError, match="is a file or a link"):
            write(tmp_path / name.strip("."))
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["a.txt"]
    with pytest.raises(OSError, match="No such file"):
        write(tmp_path / "nowhere" / "out")


def test_a_folder_of_ours_with_something_else_in_it(tmp_path: Path) -> None:
    """The lock that says whose it is may also be missing."""
    write(tmp_path / "out")
    own = tmp_path / "out" / folders.OWN
    (own / "a.txt").write_text("a")
    with pytest.raises(FolderError, match=r"'a\.txt' is in it"):
        write(tmp_path / "out")
    (own / "a.txt").unlink()
    (own / "lock").write_text("somebody's")
    with pytest.raises(FolderError, match="is not ours"):
        write(tmp_path / "out")


@pytest.mark.parametrize("make", ["link", "folder"])
def test_a_link_or_a_folder_in_place_of_a_file(make: str, tmp_path: Path) -> None:
    """A link is never followed."""
    write(tmp_path / "out")
    page = tmp_path / "out" / page_of("E-2")
    page.rename(tmp_path / "kept.html")
    if make == "link":
        page.symlink_to(tmp_path / "kept.html")
    else:
        page.mkdir()
    with pytest.raises(FolderError, match="is a folder or a link"):
        write(tmp_path / "out")


def test_a_page_of_somebody_who_comes_later_stands_there_already(tmp_path: Path) -> None:
    """It is not ours, whatever its origin."""
    write(tmp_path / "out", PEOPLE[:1])
    (tmp_path / "out" / page_of("E-2")).write_text("mine")
    with pytest.raises(FolderError, match="was not written by these reports"):
        write(tmp_path / "out", PEOPLE[:2])
    assert (tmp_path / "out" / page_of("E-2")).read_text() == "mine"


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """The second run names the one that holds the folder."""
    write(tmp_path / "out")
    held = locks.lock(tmp_path / "out" / folders.OWN, "cmprules.reports-lock/1", lambda _: None)
    with pytest.raises(FolderError, match=f"another run is writing to .*: process {os.getpid()} on "):
        write(tmp_path / "out")
    held.close()
    assert write(tmp_path / "out").kept == 4


# ---------------------------------------------------------------------------------------------------------
# Arguments.


def test_arguments_that_cannot_be_read(tmp_path: Path) -> None:
    """All faults come together, before a folder is made."""
    with pytest.raises(cmprules.InputError) as caught:
        reports([], "book", on="2026-02-30", to=tmp_path / "out", trust="sure", remind=[-1],  # type: ignore[arg-type]
                not_decided=["x"])  # type: ignore[list-item]
    assert [fault.path for fault in caught.value.faults] == [
        "$.book", "$.on", "$.trust", "$.remind[0]", "$.not_decided"]
    assert not (tmp_path / "out").exists()


def test_people_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases: not a record, a repeated holder, too many; finished pages are kept."""
    for people, path, code in (([PEOPLE[0], "x"], "$.people[1]", "WRONG_TYPE"),
                               ([PEOPLE[0], PEOPLE[0]], "$.people[1].holder.id", "REPEATED_ID")):
        with pytest.raises(cmprules.InputError) as caught:
            write(tmp_path / "out", people)
        assert [(fault.path, fault.code) for fault in caught.value.faults] == [(path, code)]
    monkeypatch.setattr(verb, "MOST_PEOPLE", 2)
    with pytest.raises(cmprules.InputError, match="TOO_MANY: got 'more than 2'"):
        write(tmp_path / "out")
    assert (tmp_path / "out" / page_of("E-1")).exists()


def test_the_workbook_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check comes before anything is written."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(cmprules.MissingExtraError, match="install the extra `excel`"):
        write(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_people_are_taken_one_by_one(tmp_path: Path) -> None:
    """A page is written before the next person is read."""
    def one_by_one() -> Iterator[cmprules.Record]:
        for record in PEOPLE:
            yield record
            assert (tmp_path / "out" / page_of(record.holder.id)).exists()

    assert write(tmp_path / "out", one_by_one()).people == 4


def test_the_answer_is_written_as_its_schema_says(tmp_path: Path) -> None:
    """A kept row also reads back unchanged."""
    found = write(tmp_path / "out")
    plain = json.loads(cmprules.render(found, "json"))
    assert plain["schema"] == "cmprules.reports/1"
    assert plain["credentials"][0]["days_left"] == 36
    again = write(tmp_path / "out")
    assert again.credentials == found.credentials


def test_a_journal_that_says_something_else_of_a_page(tmp_path: Path) -> None:
    """The page was changed by hand, so it is not used."""
    write(tmp_path / "out")
    journal = tmp_path / "out" / folders.OWN / "journal.jsonl"
    journal.write_text(journal.read_text().replace('"days_left":', '"days_gone":'))
    with pytest.raises(cmprules.InputError):
        write(tmp_path / "out")


def test_a_record_that_is_read_is_decided_the_same_way(tmp_path: Path) -> None:
    """The page depends only on the contents of the record."""
    plain = cmprules.to_mapping(PEOPLE[0])
    assert write(tmp_path / "out", [parse_record(plain)]).written == 1
    assert write(tmp_path / "out", PEOPLE[:1]).kept == 1


def test_progress_that_cannot_be_called_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Other faults come with it."""
    with pytest.raises(cmprules.InputError) as refused:
        write(tmp_path / "reports", people=7, progress=7)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("$.people", "NOT_A_LIST"), ("$.progress", "WRONG_TYPE")]
    assert not (tmp_path / "reports").exists()
