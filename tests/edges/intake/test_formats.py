"""Encodings, HTML, Excel, PDF, JSON: how each is read, and what is not read."""

from __future__ import annotations

import itertools
import json
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.styles import Font

import cmprules
from cmprules.intake import Intake
from cmprules.intake import _extra as extra
from tests.edges.intake.making import codes, drawn, open_document, read, workbook

TABLE = "Title,Completed,Hours,Provider\nNeedles,2024-02-05,1,Société Exemple\n"
ROWS = [["Course", "Completed", "Hours"], ["Needles", "02/05/2024", "1.5"], ["Tubes", "02/06/2024", "2"]]


def only_code(found: Intake) -> str:
    """Return the code of the only line."""
    (line,) = found.lines
    return codes(line)[0]


def brought(found: Intake) -> list[tuple[str, str, str]]:
    """Return title, day and amount of what came in."""
    return [] if found.record is None else [
        (one.title, str(one.completed_on), str(one.amount)) for one in found.record.activities]


# ---------------------------------------------------------------------------------------------------------
# Encodings.


@pytest.mark.parametrize(("encoding", "said"), [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with a mark"), ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 without a mark"),
    ("utf-16-be", "UTF-16 without a mark"), ("utf-32", "UTF-32"), ("cp1252", "cp1252, guessed"),
])
def test_an_encoding_is_found_out_and_named(tmp_path: Path, encoding: str, said: str) -> None:
    """It is found by its mark, by its bytes, or as the most plausible code page."""
    found = read(tmp_path, TABLE.encode(encoding))

    assert found.files[0].details[0].startswith(said)
    assert found.record is not None
    assert found.record.activities[0].provider == "Société Exemple"


def test_an_eastern_code_page_is_found_out(tmp_path: Path) -> None:
    """It is chosen where it looks more like a language than the Western one."""
    text = TABLE.replace("Société Exemple", "Общество лабораторной медицины и диагностики, Москва")
    found = read(tmp_path, text.encode("cp1251"))

    assert found.files[0].details[0].startswith("cp1251")


@pytest.mark.parametrize(("open_", "close", "code"), [
    ("<tr>", "</tr>", "mapped"), ("<tr hidden>", "</tr>", "NOT_SHOWN"),
    ('<tr style="Display: none">', "</tr>", "NOT_SHOWN"),
    ('<tr style="text-decoration:line-through">', "</tr>", "NOT_SHOWN"),
    ("<tbody hidden><tr>", "</tr></tbody>", "NOT_SHOWN"), ('<tr style="color:red">', "</tr>", "mapped")])
def test_a_row_that_a_page_hides_is_not_counted(tmp_path: Path, open_: str, close: str, code: str) -> None:
    """A person who looks at the page does not see it."""
    cells = "<td>Needles</td><td>2024-02-05</td><td>1</td>"
    page = f"<table><tr><th>Title<th>Completed<th>Hours</tr>{open_}{cells}{close}</table>"
    found = read(tmp_path, page)
    assert [line.remarks[0].code if line.remarks else line.status for line in found.lines] == ["HEADER_ROW", code]


@pytest.mark.parametrize(("cells", "code"), [
    ("<td><del>Needles</del></td><td><s>2024-02-05</s></td><td><strike>1</strike></td>", "NOT_SHOWN"),
    ("<td><s>Needle</s> Needles</td><td>2024-02-05</td><td>1</td>", "mapped"),
    ("<td>Needles</td><td>2024-02-05</td><td>1</td>", "mapped")])
def test_a_row_that_is_struck_out_is_not_counted(tmp_path: Path, cells: str, code: str) -> None:
    """All of it has to be struck out, and not a word."""
    page = f"<table><tr><th>Title<th>Completed<th>Hours</tr><tr>{cells}</tr></table>"
    found = read(tmp_path, page)
    assert [line.remarks[0].code if line.remarks else line.status for line in found.lines] == ["HEADER_ROW", code]


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850", "mac_roman"])
@pytest.mark.parametrize("name", [
    "José Muñoz", "Björn Åkesson", "François Lefèvre", "Qualitätssicherung für Ärzte: große Übung", "PEÑA, JOSÉ",
    "Collège de la Réunion"])
def test_letters_of_names_tell_western_pages_apart(tmp_path: Path, encoding: str, name: str) -> None:
    """The console and old Macs wrote the same letters as other bytes; read as Windows, they would be odd signs."""
    text = TABLE.replace("Société Exemple", f'"{name}"')
    found = read(tmp_path, text.encode(encoding))

    assert found.record is not None
    assert found.record.activities[0].provider == name
    assert "guessed; if letters are wrong, name the encoding (--encoding)" in found.files[0].details[0]


@pytest.mark.parametrize(("encoding", "name"), [
    ("cp1252", "Storage: 4 °C \u2013 what\u2019s new?"), ("cp1250", "Łukasz Żółć, źródła błędów"),
    ("cp1254", "Ay\u015fe Özt\xfcrk Y\u0131lmaz, g\xfcvenli\u011fi"), ("cp1253", "Ηθική και αιμοληψία στο εργαστήριο"),
    ("cp850", "segurança e informação"), ("cp437", "Storage at 4°C to 8°C"), ("mac_roman", "Maß 5")])
def test_signs_and_other_letters_tell_pages_apart(tmp_path: Path, encoding: str, name: str) -> None:
    """Signs that people type fit everywhere; letters of one script do not stand between those of another."""
    found = read(tmp_path, TABLE.replace("Société Exemple", f'"{name}"').encode(encoding))

    assert found.record is not None
    assert found.record.activities[0].provider == name


@pytest.mark.parametrize(("encoding", "text"), [
    *itertools.product(["cp1252", "cp850", "mac_roman"], ["5 µg", "µL pipetting", "4 ± 2", "§ 5", "4 °C", "20 °"]),
    *itertools.product(["cp1252", "cp437", "cp850"], ["µmol", "½ day"]),
    *itertools.product(["cp1252", "mac_roman"], ["Kidd™"])])
def test_one_sign_alone_tells_pages_apart(tmp_path: Path, encoding: str, text: str) -> None:
    """A sign of a measure or a number is likely where one is meant, more so than a letter with a mark."""
    found = read(tmp_path, TABLE.replace("Société Exemple", f'"{text}"').encode(encoding))

    assert found.record is not None
    assert found.record.activities[0].provider == text


@pytest.mark.parametrize(("encoding", "name"), [
    ("cp1250", "Jan Dvořák"), ("cp1250", "Łukasz Żółć"), ("iso8859_2", "Bezpečnost práce, příští školení"),
    ("cp852", "Příliš žluťoučký kůň"), ("cp1257", "Žydrūnas, kokybės užtikrinimas"),
    ("cp932", "ヤマダ タロウ、検査室の安全"), ("cp932", "ﾔﾏﾀﾞ ﾀﾛｳ, 検査"), ("euc_jp", "検査室の安全と輸血検査の基礎"),
    ("gb18030", "实验室安全, 质量管理"), ("big5", "實驗室安全, 輸血醫學"), ("cp949", "검사실 안전, 수혈의학"),
    ("koi8_r", "Безопасность в лаборатории"), ("cp1255", "בטיחות במעבדה"), ("cp1256", "السلامة في المختبر"),
    ("cp874", "ความปลอดภัยในห้องปฏิบัติการ"), ("cp1252", "It\u2019s time: \u201cneedles\u201d \u2013 a tour")])
def test_other_encodings_are_guessed_by_their_letters(tmp_path: Path, encoding: str, name: str) -> None:
    """A short file of each of the usual encodings is read as it was written."""
    found = read(tmp_path, TABLE.replace("Société Exemple", f'"{name}"').encode(encoding))

    assert found.record is not None
    assert found.record.activities[0].provider == name


@pytest.mark.parametrize(("content", "encoding", "told"), [
    ("Jan Dvořák", "cp1250", [("Jan Dvoųįk (cp1257)", "Jan Dvořák")]),
    ("Kwaśniewski", "cp1250", [("Kwaśniewski (cp1250)", "Kwaœniewski")]),
    ("Société", "cp1252", []), ("It\u2019s ½ a day", "cp1252", []), ("Jan Dvořák", "utf-8", []),
])
def test_guessed_letters_are_told_with_the_other_reading(
        tmp_path: Path, content: str, encoding: str, told: list[tuple[str, str]]) -> None:
    """Both readings are shown, where letters would differ; what is not guessed, or the same in both, is not told."""
    found = read(tmp_path, TABLE.replace("Société Exemple", content).encode(encoding))
    guessed = [change for line in found.lines for change in line.changes if change.rule == "ENCODING_GUESSED"]
    shown = cmprules.render(found)

    assert [(change.was, change.now) for change in guessed] == told
    assert ("Guessed letters: row 2. Is it" in shown) == bool(told)
    assert ("[?]" in shown) == bool(told)
    again = read(tmp_path, TABLE.replace("Société Exemple", content).encode(encoding), encoding=encoding)
    assert not [change for line in again.lines for change in line.changes if change.rule == "ENCODING_GUESSED"]
    assert again.record is not None
    assert again.record.activities[0].provider == content


@pytest.mark.parametrize(("good", "bad", "kept"), [(2, 1, True), (1, 1, True), (1, 2, False)])
def test_lines_of_another_encoding_in_a_file_of_utf_8(tmp_path: Path, good: int, bad: int, kept: bool) -> None:
    """Rows pasted from another export do not spoil the letters of the others."""
    rows = [f"Krevní banka {number},2024-02-05,1,Łukasz ☃\n".encode() for number in range(good)]
    rows += [f"Čekárna {number},2024-02-05,1,ACME\n".encode("cp1250") for number in range(bad)]
    found = read(tmp_path, b"".join([TABLE[:TABLE.index("Needles")].encode(), *rows]))
    titles = [title for title, _, _ in brought(found)]

    assert (titles == [*(f"Krevní banka {number}" for number in range(good)),
                       *(f"Čekárna {number}" for number in range(bad))]) == kept
    assert "Łukasz" not in str([line.changes for line in found.lines])
    assert found.files[0].details[0].startswith(f"UTF-8, and in {bad} of its lines cp1250, guessed") == kept


def test_a_long_list_of_guessed_letters_is_shortened(tmp_path: Path) -> None:
    """One question is asked about the whole file, with its first places."""
    rows = "".join(f"Krevní banka č. {number},2024-02-05,1,ACME\n" for number in range(9))
    found = read(tmp_path, (TABLE[:TABLE.index("Needles")] + rows).encode("cp1250"))

    assert "row 9 and 1 more. Is it 'Krevní banka č. 0'" in " ".join(cmprules.render(found).split())


def test_a_file_that_is_cut_off_within_a_character_is_read_up_to_it(tmp_path: Path) -> None:
    """Half of the last character does not change the guess."""
    text = "Title,Completed,Hours,Provider\nTubes,2024-02-05,1,検査室の安全\nNeedles,2024-02-06,1,検査"
    found = read(tmp_path, text.encode("cp932")[:-1])

    assert found.record is not None
    assert [one.provider for one in found.record.activities] == ["検査室の安全", "検"]


def test_an_encoding_can_be_said(tmp_path: Path) -> None:
    """An encoding that does not match the bytes is refused."""
    assert read(tmp_path, TABLE.encode("cp1250"), encoding="cp1250").files[0].details[0] == "cp1250, as given"
    assert only_code(read(tmp_path, TABLE.encode("cp1252"), encoding="utf-8")) == "NOT_IN_ENCODING"
    assert only_code(read(tmp_path, TABLE.encode(), encoding="no-such")) == "NOT_IN_ENCODING"
    assert only_code(read(tmp_path, b'[{"verb":1}]', encoding="no-such")) == "NOT_IN_ENCODING"
    assert only_code(read(tmp_path, b"<table></table>", encoding="no-such")) == "NOT_IN_ENCODING"


def test_a_file_that_is_cut_off_within_a_letter(tmp_path: Path) -> None:
    """The letter is left out, and the row may be incomplete."""
    found = read(tmp_path, "Hours,Completed,Title\n1,2024-02-05,Société".encode()[:-1])

    assert found.files[0].details[0] == "UTF-8, cut off within a letter"
    assert brought(found) == [("Sociét", "2024-02-05", "1")]


def test_a_separator_that_nobody_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is a comma, and the rows are refused because there is no header."""
    clever = pytest.importorskip("clevercsv")

    def nothing(*_: object, **__: object) -> None:
        raise clever.exceptions.NoDetectionResult

    monkeypatch.setattr(clever.Sniffer, "sniff", nothing)
    found = read(tmp_path, "a;b\nc;d\n")

    assert found.files[0].details[1] == "separator: comma"
    assert {line.status for line in found.lines} == {"refused"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"   "])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    """It is refused."""
    assert only_code(read(tmp_path, content)) == "EMPTY_FILE"


def test_a_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the extra to install, in a form that works."""
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extra, "import_module", missing)
    with pytest.raises(cmprules.MissingExtraError, match=r"pip install '\.\[intake\]'"):
        read(tmp_path, workbook(ROWS))
    with pytest.raises(cmprules.MissingExtraError, match="pdfplumber"):
        read(tmp_path, drawn([(50, 50, "x")]))


# ---------------------------------------------------------------------------------------------------------
# HTML.


def test_html_cells_that_span(tmp_path: Path) -> None:
    """A cell that spans rows holds for each row; one that spans columns is in the first."""
    found = read(tmp_path, "<html><table><tr><td colspan=3>Sample<tr><th>Course<th>Completed<th>Hours"
                           "<th rowspan=2>Provider<tr><td>Needles<td rowspan=' 2 '>2024-02-05<td>1<tr><td>Tubes<td>2"
                           "<td>A"
                           "<tr><td colspan=2>Total<td>3<td></table></html>")

    assert [codes(line)[0] for line in found.lines if line.status == "set_aside"] == [
        "TITLE_ROW", "HEADER_ROW", "TOTAL_ROW"]
    assert brought(found) == [("Needles", "2024-02-05", "1"), ("Tubes", "2024-02-05", "2")]


def test_html_cells_over_three_rows(tmp_path: Path) -> None:
    """They hold to the last of these rows."""
    found = read(tmp_path, "<table><tr><th>Completed<th>Course<th>Hours<tr><td rowspan=3>2024-02-05<td>A<td>1"
                           "<tr><td>B<td>2<tr><td>C<td>3</table>")

    assert brought(found) == [(title, "2024-02-05", hours) for title, hours in zip("ABC", "123", strict=True)]


def test_html_tables_within_tables(tmp_path: Path) -> None:
    """A layout table is not a table; nothing outside tables is a row."""
    found = read(tmp_path, "<body><p>Text</p><table><tr><td><table><tr><th>Course<th>Completed<th>Hours"
                           "<tr><td>A&amp;B<td>2024-02-05<td>1<script>x</script></table></table>")

    assert brought(found) == [("A&B", "2024-02-05", "1")]
    assert [line.place for line in found.lines] == ["table 1, row 1", "table 1, row 2"]


def test_html_that_is_cut_off_or_has_no_table(tmp_path: Path) -> None:
    """The last row of an unclosed table may be incomplete."""
    page = ("<table><tr><th>Course<th>Completed<th>Hours<tr><td>Needles<td>2024-02-05<td>1"
            "<tr><td>Tubes<td>2024-02-06<td>2")
    found = read(tmp_path, page)

    assert brought(found) == [("Needles", "2024-02-05", "1")]
    assert codes(found.lines[-1]) == ["CUT_OFF"]
    assert only_code(read(tmp_path, "<html><p>Nothing</p></html>")) == "NO_TABLE"
    assert read(tmp_path, "<table>").lines == ()
    declared = page.replace("<table>", '<meta charset="windows-1252"><table>').replace("Tubes", "Café") + "</table>"
    assert ("Café", "2024-02-06", "2") in brought(read(tmp_path, declared.encode("cp1252")))
    wrong = declared.replace("windows-1252", "ascii")
    assert ("Café", "2024-02-06", "2") in brought(read(tmp_path, wrong.encode()))


def test_html_spans_are_bounded(tmp_path: Path) -> None:
    """A huge span cannot fill the memory."""
    wide = "<table>" + "<tr><td colspan=99999>x<td colspan=99999>y" + "</table>"

    assert only_code(read(tmp_path, wide)) == "TOO_LARGE"
    assert read(tmp_path, "<table><tr><td colspan=x rowspan=9999999>x</table>").lines[0].status == "refused"


# ---------------------------------------------------------------------------------------------------------
# Excel.


def test_days_and_numbers_of_a_workbook(tmp_path: Path) -> None:
    """Covers days, times, serial numbers and text; an integer has no fraction."""
    rows: list[list[Any]] = [
        ["Course", "Completed", "Hours", "Certificate No."], ["Needles", date(2024, 2, 5), 1.0, 1234567],
        ["Tubes", datetime(2024, 2, 6, 23, 59), 1.5, None], ["Talk", 45329, "2", None],  # noqa: DTZ001
        ["Blood", "Feb 8, 2024", timedelta(hours=1), None], ["Flow", "2024-02-09", True, None]]
    found = read(tmp_path, workbook(rows))

    assert brought(found) == [("Needles", "2024-02-05", "1"), ("Tubes", "2024-02-06", "1.5"),
                              ("Talk", "2024-02-07", "2")]
    assert [codes(line)[0] for line in found.lines[-2:]] == ["NOT_AN_AMOUNT", "NOT_AN_AMOUNT"]
    assert found.lines[0].place == "sheet 'Courses', row 1"


@pytest.mark.parametrize(("shown", "day"), [
    ("mmm-yy", None), ("mmmm yyyy", None), ('yyyy"d"', None), ("[$-409]mmm\\ yyyy", None), ("yyyy-mm-dd", "2024-02-01"),
    ("d-mmm-yy", "2024-02-01"), ("General", "2024-02-01")])
def test_a_cell_that_shows_a_month_is_not_its_first_day(tmp_path: Path, shown: str, day: str | None) -> None:
    """Excel makes a day of what was typed as a month."""
    book = openpyxl.load_workbook(BytesIO(workbook([ROWS[0], ["Needles", 45323, 1], ["Tubes", "May 2024", 1]])))
    book["Courses"]["B2"].number_format = shown
    for place in ("B3", "B9"):  # a cell that is empty, too
        book["Courses"][place].number_format = shown
    stream = BytesIO()
    book.save(stream)
    found = read(tmp_path, stream.getvalue())

    assert [one for _, one, _ in brought(found)] == [str(day), "None"]
    assert day is not None or "'February 2024' is not one day" in found.lines[1].remarks[0].text


def test_an_end_that_shows_a_month_is_asked_about(tmp_path: Path) -> None:
    """The last day of the month is not its first."""
    book = openpyxl.load_workbook(BytesIO(workbook([["Certification", "Expiration Date"], ["MLS(ASCP)", 46508]])))
    book["Courses"]["B2"].number_format = "mmm-yy"
    stream = BytesIO()
    book.save(stream)
    assert codes(read(tmp_path, stream.getvalue(), credentials=()).lines[1]) == ["NOT_AN_END"]


def test_days_may_count_from_1904(tmp_path: Path) -> None:
    """Serial numbers then mean other days; days of the workbook are the days shown."""
    serial = (date(2024, 2, 5) - date(1904, 1, 1)).days
    found = read(tmp_path, workbook([ROWS[0], ["Needles", date(2024, 2, 5), 1], ["Tubes", serial, 1]], from_1904=True))

    assert [day for _, day, _ in brought(found)] == ["2024-02-05"] * 2
    assert found.files[0].details == ("days count from 1904",)


def test_formulas_are_the_values_that_stand_in_their_cells(tmp_path: Path) -> None:
    """Without a value there is no amount; nothing is computed."""
    found = read(tmp_path, workbook([ROWS[0], ["Needles", "2024-02-05", "=1+1"], ["Tubes", "2024-02-06", 1]]))

    assert codes(found.lines[1])[0] == "NO_AMOUNT"


def test_a_hidden_sheet_is_set_aside(tmp_path: Path) -> None:
    """It has one line; a chart sheet has none."""
    book = openpyxl.load_workbook(BytesIO(workbook(ROWS, hidden="Old")))
    book.create_chartsheet("Picture")
    stream = BytesIO()
    book.save(stream)
    found = read(tmp_path, stream.getvalue(), dates="us")

    assert [codes(line)[0] for line in found.lines if line.what == "Old"] == ["HIDDEN_SHEET"]
    assert len(found.lines) == 4


def _with_hidden(*, rows: tuple[int, ...] = (), columns: str = "", rewritten: tuple[str, str] = ("", "")) -> bytes:
    """Make a workbook of three rows and a sum with hidden rows or columns, or with a part of its sheet rewritten."""
    book = openpyxl.load_workbook(BytesIO(workbook([*ROWS, ["Talk", "02/07/2024", "3"], ["Total", None, "6.5"]])))
    sheet = book["Courses"]
    for number in rows:
        sheet.row_dimensions[number].hidden = True
    for letter in columns:
        sheet.column_dimensions[letter].hidden = True
    stream, again = BytesIO(), BytesIO()
    book.save(stream)
    with ZipFile(stream) as old, ZipFile(again, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(rewritten[0].encode(), rewritten[1].encode()) if "sheet1" in name else part)
    return again.getvalue()


@pytest.mark.parametrize(("rewritten", "rows"), [
    (("", ""), (3,)), (('<row r="3"', '<row r="3" ht="0" customHeight="1"'), ()),
    (('<row r="3"', '<row hidden="true" r="3"'), ())])
def test_a_hidden_row_is_set_aside_and_asked_about(
        tmp_path: Path, rewritten: tuple[str, str], rows: tuple[int, ...]) -> None:
    """By itself, by a filter or by its height; a person who looks at the sheet does not see it."""
    found = read(tmp_path, _with_hidden(rows=rows, rewritten=rewritten), dates="us")

    assert brought(found) == [("Needles", "2024-02-05", "1.5"), ("Talk", "2024-02-07", "3")]
    assert codes(found.lines[2]) == ["HIDDEN_ROW"]
    assert "A hidden row: sheet 'Courses', row 3 (Tubes)." in " ".join(cmprules.render(found).split())


def test_hidden_rows_that_are_no_entries_need_no_attention(tmp_path: Path) -> None:
    """A hidden sum stays a sum; a hidden header names no columns."""
    found = read(tmp_path, _with_hidden(rows=(5,)), dates="us")
    assert codes(found.lines[-1]) == ["TOTAL_ROW"]
    assert "[+]" in cmprules.render(found)

    headless = read(tmp_path, _with_hidden(rows=(1,)), dates="us")
    assert headless.record is None
    assert [codes(line) for line in headless.lines] == [["HIDDEN_ROW"], *[["NO_HEADER"]] * 4]


@pytest.mark.parametrize(("columns", "code"), [
    ("A", None), ("B", "HIDDEN_COLUMN"), ("C", "HIDDEN_COLUMN"), ("D", None), ("BC", "HIDDEN_COLUMN")])
def test_nothing_that_adds_points_is_taken_from_a_hidden_column(tmp_path: Path, columns: str, code: str | None) -> None:
    """A title may be hidden; days and amounts are asked about."""
    found = read(tmp_path, _with_hidden(columns=columns), dates="us")

    assert (codes(found.lines[1])[0] == "HIDDEN_COLUMN") == (code is not None)
    assert len(brought(found)) == (0 if code else 3)
    width = _with_hidden(rewritten=("<sheetData>", '<cols><col min="3" max="9" width="0"/></cols><sheetData>'))
    assert codes(read(tmp_path, width, dates="us").lines[1]) == ["HIDDEN_COLUMN"]


def test_an_empty_hidden_column_stops_nothing(tmp_path: Path) -> None:
    """A portal hides columns that it does not use."""
    book = openpyxl.load_workbook(BytesIO(workbook([[*ROWS[0], "Topic"], *ROWS[1:]])))
    book["Courses"].column_dimensions["D"].hidden = True
    stream = BytesIO()
    book.save(stream)

    assert len(brought(read(tmp_path, stream.getvalue(), dates="us"))) == 2


def test_a_hidden_status_still_stops_a_row(tmp_path: Path) -> None:
    """A value that takes points away is read, hidden or not."""
    book = openpyxl.load_workbook(BytesIO(workbook([[*ROWS[0], "Status"], [*ROWS[1], "Failed"]])))
    book["Courses"].column_dimensions["D"].hidden = True
    stream = BytesIO()
    book.save(stream)

    assert codes(read(tmp_path, stream.getvalue(), dates="us").lines[1])[0] == "NOT_COMPLETED"


_OPEN_ROWS = ["@Course|Completed|Hours", "@Needles|2024-02-05|1", "@", "@Tubes|2024-02-06|2"]


@pytest.mark.parametrize(("rows", "columns", "style", "codes_"), [
    (_OPEN_ROWS, "", "", ["HEADER_ROW", "KIND_BY_DEFAULT", "BLANK_ROW", "KIND_BY_DEFAULT"]),
    ([*_OPEN_ROWS[:2], 'table:visibility="collapse" table:number-rows-repeated="2"@Tubes|2024-02-06|2'], "", "",
     ["HEADER_ROW", "KIND_BY_DEFAULT", "HIDDEN_ROW", "HIDDEN_ROW"]),
    ([*_OPEN_ROWS[:2], 'table:visibility="filter"@Tubes|2024-02-06|2'], "", "",
     ["HEADER_ROW", "KIND_BY_DEFAULT", "HIDDEN_ROW"]),
    (_OPEN_ROWS[:2], ('<table:table-column table:number-columns-repeated="2"/>'
                      '<table:table-column table:visibility="collapse"/>'), "", ["HEADER_ROW", "HIDDEN_COLUMN"]),
    (_OPEN_ROWS, "", 'table:display="false"', ["HIDDEN_SHEET"]),
])
def test_open_document(tmp_path: Path, rows: list[str], columns: str, style: str, codes_: list[str]) -> None:
    """Hidden rows, columns and sheets are set aside, as those of Excel are."""
    found = read(tmp_path, open_document(rows, columns=columns, style=style))

    assert [codes(line)[0] for line in found.lines] == codes_
    assert found.files[0].format == "OpenDocument"


def test_open_document_is_measured(tmp_path: Path) -> None:
    """One row may stand for a million."""
    found = read(tmp_path, open_document([*_OPEN_ROWS, 'table:number-rows-repeated="900000"@Talk|2024-02-07|1']))
    assert only_code(found) == "TOO_LARGE"


@pytest.mark.parametrize(("struck", "code"), [
    ("ABC", "HIDDEN_ROW"), ("AB", "STRUCK_OUT"), ("C", "STRUCK_OUT"), ("A", None), ("", None)])
def test_what_a_sheet_strikes_out_is_set_aside(tmp_path: Path, struck: str, code: str | None) -> None:
    """A row all of whose cells are struck out is hidden; a struck day or amount is asked about."""
    book = openpyxl.load_workbook(BytesIO(workbook(ROWS)))
    for letter in struck:
        book["Courses"][f"{letter}3"].font = Font(strike=True)
    stream = BytesIO()
    book.save(stream)
    found = read(tmp_path, stream.getvalue(), dates="us")

    assert codes(found.lines[1])[0] == "DATE_ORDER"
    assert codes(found.lines[2])[0] == (code or "DATE_ORDER")


_STRUCK_STYLES = (
    '<style:style style:name="a"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="b" style:parent-style-name="a"/>'
    '<style:style style:name="c" style:parent-style-name="a">'
    '<style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>'
    '<style:style style:name="d"><style:text-properties style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="e"><style:text-properties/></style:style>')


@pytest.mark.parametrize(("row", "codes_"), [
    ("@a>Tubes|a>2024-02-06|b>2", ["HIDDEN_ROW"]), ("@d>Tubes|d>2024-02-06|d>2", ["HIDDEN_ROW"]),
    ("@Tubes|2024-02-06|d>2", ["STRUCK_OUT"]), ("@Tubes|a>2024-02-06|2", ["STRUCK_OUT"]),
    ("@b>Tubes|c>2024-02-06|e>2", ["KIND_BY_DEFAULT"]),
    ('table:number-rows-repeated="2"@a>Tubes|a>2024-02-06|a>2', ["HIDDEN_ROW", "HIDDEN_ROW"])])
def test_what_an_open_document_strikes_out_is_set_aside(tmp_path: Path, row: str, codes_: list[str]) -> None:
    """As in a workbook of Excel; a style may take the line from another, or do without it."""
    found = read(tmp_path, open_document([*_OPEN_ROWS[:2], row], styles=_STRUCK_STYLES))

    assert [codes(line)[0] for line in found.lines] == ["HEADER_ROW", "KIND_BY_DEFAULT", *codes_]


@pytest.mark.parametrize(("cell", "code"), [
    ("<td><s>2</s>", "STRUCK_OUT"), ('<td style="text-decoration: line-through">2', "STRUCK_OUT"),
    ('<td><span style="text-decoration:line-through">2</span>', "STRUCK_OUT"),
    ('<td><b style="color:red">2</b>', None), ("<td><s>3</s> 2", "NOT_AN_AMOUNT")])
def test_an_amount_that_a_page_strikes_out_is_asked_about(tmp_path: Path, cell: str, code: str | None) -> None:
    """The credit may have been taken back."""
    page = f"<table><tr><th>Course<th>Completed<th>Hours</tr><tr><td>Needles<td>2024-02-05{cell}</tr></table>"
    assert codes(read(tmp_path, page).lines[1])[0] == (code or "KIND_BY_DEFAULT")


@pytest.mark.parametrize(("head", "cells", "code"), [
    ("<th hidden>Hours", "<td hidden>9", "HIDDEN_COLUMN"), ("<th>Hours", '<td style="display:none">9', "HIDDEN_COLUMN"),
    ('<th style="visibility:collapse">Hours', "<td>9", "HIDDEN_COLUMN"), ("<th>Hours", "<td hidden>", "NO_AMOUNT"),
    ("<th>Hours", '<td><span style="display: none">20250205</span><b style="color:red">1</b>', None),
    ("<th>Hours", "<td><p hidden>x<i hidden>y</i></p><div><u hidden>z</u></div>1", None),
])
def test_what_a_page_hides_in_a_row_is_not_read(tmp_path: Path, head: str, cells: str, code: str | None) -> None:
    """A hidden column is asked about; a hidden part of a cell, such as a number to sort by, is left out."""
    page = f"<table><tr><th>Course<th>Completed{head}</tr><tr><td>Needles<td>2024-02-05{cells}</tr></table>"
    found = read(tmp_path, page)

    assert codes(found.lines[1])[0] == (code or "KIND_BY_DEFAULT")
    assert [amount for _, _, amount in brought(found)] == ([] if code else ["1"])


@pytest.mark.parametrize(("style", "codes_"), [
    (".x{display:none}", ["HEADER_ROW", "NOT_SHOWN"]),
    ("b, tr.x { color:red; display: none }", ["HEADER_ROW", "NOT_SHOWN"]),
    (".y{display:none}", ["HEADER_ROW", "KIND_BY_DEFAULT"]), (".x{color:red}", ["HEADER_ROW", "KIND_BY_DEFAULT"]),
    ("/* .x{display:none} */", ["HEADER_ROW", "KIND_BY_DEFAULT"]),
    ("@media print { .x{display:none} .z{color:red} }", ["HEADER_ROW", "KIND_BY_DEFAULT"]),
    (".x:hover{display:none} .a .x{display:none}", ["HEADER_ROW", "KIND_BY_DEFAULT"])])
def test_a_row_that_a_class_hides_is_not_counted(tmp_path: Path, style: str, codes_: list[str]) -> None:
    """A class of the page's own styles, and only if it hides on every screen."""
    page = (f"<style>{style}</style><table><tr><th>Course<th>Completed<th>Hours"
            "<tr class=x><td>Needles<td>2024-02-05<td>1</table>")
    assert [codes(line)[0] for line in read(tmp_path, page).lines] == codes_


def test_a_table_within_a_hidden_part_of_a_cell_is_kept(tmp_path: Path) -> None:
    """It would be lost without a line."""
    page = ("<table><tr><td><div hidden><table><tr><th>Course<th>Completed<th>Hours<tr><td>Needles<td>2024-02-05<td>1"
            "</table></div></table>")
    assert len(read(tmp_path, page).lines) == 2


def test_a_binary_workbook_is_refused(tmp_path: Path) -> None:
    """What it hides cannot be seen."""
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")
    (line,) = read(tmp_path, stream.getvalue()).lines

    assert codes(line) == ["KIND_NOT_READ"]
    assert "save it as .xlsx" in line.remarks[0].text


def test_merged_cells_outside_the_rows_do_no_harm(tmp_path: Path) -> None:
    """A range beyond the sheet is cut to it."""
    found = read(tmp_path, workbook(ROWS, "A3:A900", "G1:G3"), dates="us")

    assert len(brought(found)) >= 1


def test_a_person_can_stop_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception from the workbook reader is a fault of the file."""
    calamine, pdfplumber = pytest.importorskip("python_calamine"), pytest.importorskip("pdfplumber")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(calamine, "load_workbook", stopped)
    monkeypatch.setattr(pdfplumber, "open", stopped)
    for content in (workbook(ROWS), drawn([(50, 50, "x")])):
        with pytest.raises(KeyboardInterrupt):
            read(tmp_path, content)


# ---------------------------------------------------------------------------------------------------------
# PDF.


def _spaced(rows: list[list[str]], lefts: tuple[int, ...] = (50, 200, 320)) -> list[tuple[float, float, str]]:
    return [(left, 100 + 15 * number, text) for number, row in enumerate(rows)
            for left, text in zip(lefts, row, strict=False)]


def test_columns_parted_by_space_over_two_pages(tmp_path: Path) -> None:
    """The second page continues without column names; each row has its page."""
    first = [(50.0, 60.0, "Sample transcript of a learner"), *_spaced(ROWS)]
    second = _spaced([["Talk", "02/07/2024", "3"], ["Flow", "02/08/2024", "1"]])
    found = read(tmp_path, drawn(first, second), dates="us")

    assert brought(found) == [("Needles", "2024-02-05", "1.5"), ("Tubes", "2024-02-06", "2"),
                              ("Talk", "2024-02-07", "3"), ("Flow", "2024-02-08", "1")]
    assert found.lines[0].place == "page 1, row 1"
    assert found.lines[-1].place == "page 2, row 2"
    assert found.files[0].details == ("page 1: columns parted by space", "page 2: columns parted by space")


def test_columns_ruled_by_lines(tmp_path: Path) -> None:
    """A two-line cell is one cell; text outside the table has its own lines."""
    texts = [(50.0, 60.0, "Sample"), *[(left + 3, 95 + 30 * number, text) for number, row in enumerate(ROWS)
                                       for left, text in zip((50, 200, 320), row, strict=True)], (53.0, 136.0, "again")]
    ruled = drawn(texts, ruled=([50, 200, 320, 420], [80, 110, 140, 170]))
    found = read(tmp_path, ruled, dates="us")

    assert brought(found) == [("Needles again", "2024-02-05", "1.5"), ("Tubes", "2024-02-06", "2")]
    assert found.files[0].details == ("page 1: columns parted by lines",)


def test_what_cannot_be_told_apart_is_not_guessed(tmp_path: Path) -> None:
    """A title that runs into the next column merges the two, and nothing comes in."""
    rows = [*ROWS, ["A title so long that it runs over the day beside it", "02/07/2024", "3"]]
    found = read(tmp_path, drawn(_spaced(rows, (50, 120, 320))), dates="us")

    assert all(title in {"Needles", "Tubes"} for title, _, _ in brought(found))
    across = [*_spaced(ROWS), (150.0, 145.0, "A remark that lies across two of the columns")]
    assert brought(read(tmp_path, drawn(across), dates="us"))[0] == ("Needles", "2024-02-05", "1.5")


@pytest.mark.parametrize(("content", "code"), [
    (drawn([(50, 50, "Only a line of text"), (50, 80, "and another")]), "NO_TABLE"),
    (drawn([]), "NO_TEXT"),
    (drawn(_spaced(ROWS))[:-10], "NOT_A_PDF"),
    (drawn(_spaced(ROWS)).replace(b"/Root", b"/Encrypt 1 0 R /Root"), "NOT_A_PDF"),
    (drawn(_spaced(ROWS)).replace(b"FlateDecode", b"LZWDecode"), "NOT_A_PDF"),
    (b"%PDF-1.4\nnothing\n%%EOF", "NOT_A_PDF"),
])
def test_a_pdf_that_is_not_read(tmp_path: Path, content: bytes, code: str) -> None:
    """Cases: no text or table, cut off, locked, an old compression, damaged."""
    assert only_code(read(tmp_path, content)) == code


# ---------------------------------------------------------------------------------------------------------
# Kinds of file that are not read, and JSON.


@pytest.mark.parametrize(("content", "code", "words"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "OLD_WORKBOOK", "xls"),
    (b"\x89PNG\r\n\x1a\n", "PICTURE", "picture"), (b"\xff\xd8\xff\xe0", "PICTURE", "picture"),
    (b" eyJhbGciOiJub25lIn0.eyJhIjoxfQ. ", "SIGNED_TOKEN", "signed"),
    (b'{"ACCMETranscripts": []}', "KIND_NOT_READ", "ACCME"),
    (b'{"@type": "ceterms:Certification"}', "KIND_NOT_READ", "CTDL"),
    (b'{"type": ["ClrCredential"]}', "KIND_NOT_READ", "CLR"),
    (b'{"schema": "cmprules.record/1"}', "KIND_NOT_READ", "--into"),
    (b'{"a": 1}', "UNKNOWN_JSON", "xAPI"), (b"[1, 2]", "UNKNOWN_JSON", "xAPI"), (b"[]", "UNKNOWN_JSON", "xAPI"),
    (b'{"a": 1', "NOT_JSON", "whole"), (b"[" * 100_000, "NOT_JSON", "whole"), (b'{"a": NaN}', "UNKNOWN_JSON", "xAPI"),
    (b'{"a": ' + b"9" * 5_000 + b"}", "UNKNOWN_JSON", "xAPI"),
    (("1" + "x" * 80 + "\n" + "2" + "y" * 80 + "\n").encode(), "FIXED_WIDTH", "roster"),
    (f"{'150-1 SAMPLE CE COMPANY':100}\n{'3CT SAMPLE PERSON 12032025':100}\n".encode(), "FIXED_WIDTH", "roster"),
    (b"PK\x03\x04 cut", "NOT_A_WORKBOOK", "workbook"),
    (b"{\\rtf1\\ansi Needles}", "KIND_NOT_READ", "RTF"), (b"\x1f\x8b\x08", "KIND_NOT_READ", "unpack it"),
    (b"Subject: Needles\r\nMIME-Version: 1.0\r\n\r\nText", "KIND_NOT_READ", "an e-mail"),
    (b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", "KIND_NOT_READ", "a calendar"), (b"PAR1\x15\x04", "KIND_NOT_READ", "Parquet"),
    (b"<?xml version='1.0'?><rows/>", "KIND_NOT_READ", "XML"),
    (b"<?xml version='1.0'?><html></html>", "NO_TABLE", "table"),
    (b"Title          Completed   Hours\nSafe needles   2024-02-05  1.5\n", "NO_TABLE", "cannot be told apart"),
    (b"Course Title: Needles\nHours: 1\n", "NO_HEADER", "a certificate, write its title"),
])
def test_a_kind_that_is_not_read_is_named(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    """The message names the kind of file and what to do."""
    found = read(tmp_path, content)

    assert {only for line in found.lines for only in codes(line)} == {code}
    assert found.lines[0].status == "refused"
    assert words in found.lines[0].remarks[0].text


def test_a_stray_zero_does_not_make_a_text_utf_16(tmp_path: Path) -> None:
    """Only the cell in which it is cannot be read."""
    found = read(tmp_path, b"Title,Completed,Hours\nNeedles,2024-02-05,1\nTubes,2024-02-06,1\0\n")

    assert found.files[0].details[0] == "UTF-8"
    assert [codes(line)[0] for line in found.lines] == ["HEADER_ROW", "KIND_BY_DEFAULT", "NOT_AN_AMOUNT"]


def _statement(**changed: Any) -> dict[str, Any]:
    base = {"id": "s-1", "actor": {"mbox": "mailto:h-1@sample.example"},
            "verb": {"id": "http://verbs.example/completed"},
            "object": {"id": "http://courses.example/1", "definition": {"name": {"de": "Nadeln", "en": "Needles"}}},
            "result": {"extensions": {"http://x.example/contact-hours": 1.5, "http://x.example/other": 7}},
            "timestamp": "2024-02-05T12:00:00Z"}
    return {**base, **changed}


def _xapi(folder: Path, *statements: dict[str, Any]) -> Intake:
    return read(folder, json.dumps(list(statements)), place="America/New_York")


def test_statements(tmp_path: Path) -> None:
    """A completed or passed activity counts once for each registration, unless it was voided."""
    registered = {"registration": "r-1"}
    found = _xapi(
        tmp_path, _statement(context=registered), _statement(id="s-2", context=registered),
        _statement(id="s-3"), _statement(id="s-4", verb={"id": "http://verbs.example/attempted"}),
        _statement(id="s-5", result={"completion": False}), _statement(id="s-6", result={"success": False}),
        _statement(id="s-7", verb={"id": "http://adlnet.gov/expapi/verbs/voided/"},
                   object={"objectType": "StatementRef", "id": "s-3"}),
        _statement(id="s-8", verb={}), _statement(id="s-9", result="x", object={"id": "y"}))
    said = [codes(line)[0] for line in found.lines]

    assert said[1:] == ["SAME_COURSE", "VOIDED", *["NOT_COMPLETED"] * 5, "NO_TITLE"]
    assert brought(found) == [("Needles", "2024-02-05", "1.5")]


def test_one_statement_alone_and_extensions_with_parts(tmp_path: Path) -> None:
    """Cases: a statement without a list; credit as an object with value and unit; a duration, which is not credit."""
    whole = _statement(result={"duration": "PT2H", "extensions": {
        "http://x.example/credit": {"value": 2, "unit": "CMLE", "by": {"deep": 1}, "flag": True}}})
    found = read(tmp_path, json.dumps(whole), place="America/New_York")

    assert found.record is not None
    assert (str(found.record.activities[0].amount), found.record.activities[0].unit) == ("2", "cmle")
    only = read(tmp_path, json.dumps(_statement(result={"duration": "PT2H"})))
    assert codes(only.lines[0])[0] == "NO_AMOUNT"


def test_badges_of_ascp_are_credentials(tmp_path: Path) -> None:
    """A certification is not an activity; one without an end is refused as a credential is."""
    def badge(name: str, **more: str) -> dict[str, Any]:
        return {"type": ["OpenBadgeCredential"], **more, "credentialSubject": {"achievement": {
            "achievementType": "Certification", "name": name}}}

    found = read(tmp_path, json.dumps([
        badge("MLS(ASCP)", validUntil="2028-05-31"), badge("HT(ASCP)"), badge("Pilot", validUntil="2028-05-31"),
        {"type": "AchievementCredential", "credentialSubject": {
            "achievement": {"name": {"fr": "Aiguilles"}, "creator": {"name": "Sample Society"}},
            "creditsEarned": "1.5 hrs", "activityEndDate": "2024-02-05"}}]), credentials=())

    assert found.record is not None
    assert [(one.code, str(one.expires_on)) for one in found.record.credentials] == [("MLS", "2028-05-31")]
    assert [codes(line)[0] for line in found.lines[1:3]] == ["MISSING_EXPIRY", "CREDENTIAL_UNKNOWN"]
    assert brought(found) == [("Aiguilles", "2024-02-05", "1.5")]


def test_an_odd_letter_in_json_is_a_fault_of_its_row(tmp_path: Path) -> None:
    """Half of a surrogate pair cannot be written."""
    broken = json.dumps(_statement(object={"id": "y", "definition": {"name": "Needles \ud800"}}))
    found = read(tmp_path, broken, place="America/New_York")

    assert found.lines[0].status == "refused"


@pytest.mark.parametrize(("part", "code", "words"), [
    ("word/document.xml", "KIND_NOT_READ", "a text of Word"),
    ("certificates/needles.pdf", "KIND_NOT_READ", "a zipped folder. This kind of file is not read: unpack it"),
    ("[Content_Types].xml", "NOT_A_WORKBOOK", "Save it again"),
])
def test_a_workbook_is_told_by_what_is_in_it(tmp_path: Path, part: str, code: str, words: str) -> None:
    """A package that is not a workbook is refused, by its kind."""
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr(part, "<w:document xmlns:w='w'/>")
    found = read(tmp_path, stream.getvalue())

    assert only_code(found) == code
    assert words in found.lines[0].remarks[0].text
