"""Files that tests of intake make, and helpers to read them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

import cmprules
from cmprules.intake import Intake, IntakeMapping, Line, intake

__all__ = ["BOOK", "codes", "drawn", "one_row", "read", "workbook"]

BOOK = cmprules.load_book(edition="2026.1")


def read(folder: Path, *contents: bytes | str, holder: str | None = "h-1", into: cmprules.Record | None = None,
         credentials: tuple[str, ...] = ("MLS(ASCP) 2026-05-31",), **said: Any) -> Intake:
    """Write files and read them."""
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / f"file-{number}")
        paths[-1].write_bytes(content.encode() if isinstance(content, str) else content)
    return intake(paths, BOOK, holder=holder, credentials=credentials, into=into, mapping=IntakeMapping(**said))


def one_row(folder: Path, header: str, row: str, **said: Any) -> tuple[Line, cmprules.Activity | None]:
    """Read a file with one row; return its line and the resulting activity."""
    found = read(folder, f"{header}\n{row}\n", **said)
    line = found.lines[-1]
    activities = () if found.record is None else found.record.activities
    return line, next((one for one in activities if one.id == line.activity), None)


def codes(line: Line) -> list[str]:
    """Return the codes of a line: those of its remarks, then of its changes."""
    return [*(remark.code for remark in line.remarks), *(change.rule for change in line.changes)]


def workbook(rows: Sequence[Sequence[Any]], *merged: str, hidden: str | None = None, from_1904: bool = False) -> bytes:
    """Make a workbook with one visible sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Courses"
    for row in rows:
        sheet.append([*row])
    for cells in merged:
        sheet.merge_cells(cells)
    if hidden is not None:
        book.create_sheet(hidden).sheet_state = "hidden"
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""


def open_document(rows: list[str], *, columns: str = "", style: str = "", name: str = "Courses",
                  styles: str = "") -> bytes:
    """Make an OpenDocument sheet of rows, each as the attributes of its element and its cells parted by `|`.

    A cell may begin with the name of its style and `>`; `styles` are further styles.
    """
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
                      for short in ("office", "table", "text", "style"))
    lines = "".join(f"<table:table-row {more}>{_open_cells(cells)}</table:table-row>"
                    for more, _, cells in (row.partition("@") for row in rows))
    style = (f'<office:automatic-styles><style:style style:name="t" style:family="table">'
             f"<style:table-properties {style}/></style:style>{styles}</office:automatic-styles>")
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">{style}'
               f'<office:body><office:spreadsheet><table:table table:name="{name}" table:style-name="t">{columns}'
               f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>")
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", content)
    return stream.getvalue()


def _open_cells(cells: str) -> str:
    return "".join(_open_cell(*cell.rpartition(">")[::2]) for cell in cells.split("|"))


def _open_cell(style: str, text: str) -> str:
    named = f'table:style-name="{style}"'
    return (f'<table:table-cell {named} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            if text else "<table:table-cell/>")


def known_words() -> list[str]:
    """Return every word of the tables of words."""
    return [word for name in ("words.toml", "tongues.toml") for word in _texts_in(table_of_words(name))]


def table_of_words(name: str) -> dict[str, Any]:
    """Return a table of words as it is written."""
    return tomllib.loads((files("cmprules") / "data" / "intake" / name).read_text(encoding="utf-8"))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(part)


def drawn(*pages: list[tuple[float, float, str]], ruled: tuple[list[float], list[float]] | None = None) -> bytes:
    """Make a PDF with texts at positions (from the left and from the top), and with a grid if one is given."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=letter, invariant=True)
    for texts in pages:
        canvas.setFont("Helvetica", 9)
        for left, top, text in texts:
            canvas.drawString(left, letter[1] - top, text)
        if ruled is not None:
            canvas.grid(ruled[0], [letter[1] - top for top in ruled[1]])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
