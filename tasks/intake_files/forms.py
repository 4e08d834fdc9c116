"""The bytes of the samples: separated text, workbooks, web pages, PDF. The same input gives the same bytes."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from reportlab.pdfgen.canvas import Canvas
from tasks.intake_files.say import Formula, Row

Rows = Sequence[Row]
MOMENT = (2026, 1, 1, 0, 0, 0)


def text(rows: Rows, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Write separated text; a row without cells is an empty line, and UTF-16 begins with its mark."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, lineterminator=end)
    for row in rows:
        writer.writerow(row.cells)
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    return (mark + written.getvalue()).encode(encoding)


def plain_json(value: Any, **more: Any) -> bytes:
    """Write JSON as people receive it."""
    return (json.dumps(value, indent=1, ensure_ascii=False, **more) + "\n").encode()


def workbook(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None, *,
             mac: bool = False) -> bytes:
    """Write a workbook with merged ranges by sheet; days are stored as days, formulas with their last value."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for sheet in book.worksheets:
        book.remove(sheet)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row.cells, 1):
                _fill(sheet.cell(number, column), cell)
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    written = io.BytesIO()
    book.save(written)
    return _repacked(written.getvalue(), [_values(rows) for rows in sheets.values()])


def _fill(cell: Any, value: Any) -> None:
    cell.value = value.text if isinstance(value, Formula) else value if value != "" else None
    if isinstance(value, datetime):
        cell.number_format = "m/d/yyyy h:mm"
    elif isinstance(value, date):
        cell.number_format = "m/d/yyyy"


def _values(rows: Rows) -> dict[str, str | None]:
    return {f"{get_column_letter(column)}{number}": cell.value for number, row in enumerate(rows, 1)
            for column, cell in enumerate(row.cells, 1) if isinstance(cell, Formula)}


def _repacked(content: bytes, values: Sequence[Mapping[str, str | None]]) -> bytes:
    """Repack the workbook with one timestamp for every file in it, and with the values of its formulas."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", part)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if sheet:
                part = _with_values(part, values[int(sheet[1]) - 1])
            new.writestr(zipfile.ZipInfo(name, MOMENT), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _with_values(part: bytes, values: Mapping[str, str | None]) -> bytes:
    shown = part.decode()
    for cell, value in values.items():
        put = f"<v>{value}</v>" if value is not None else ""
        shown, count = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?', rf"\g<1>{put}", shown)
        assert count == 1, cell
    return shown.encode()


def page(parts: Iterable[str | Rows], encoding: str = "utf-8") -> bytes:
    """Write a web page of paragraphs and tables; a row that is a header has header cells."""
    body = "\n".join(f"<p>{html.escape(part)}</p>" if isinstance(part, str) else _table(part) for part in parts)
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="{encoding}"><title>Sample</title></head>\n'
            f"<body>\n{body}\n</body></html>\n").encode(encoding)


def _table(rows: Rows) -> str:
    lines = []
    for row in rows:
        tag = "th" if row.why == "header" else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{_inside(cell)}</{tag}>" for cell in row.cells) + "</tr>")
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _inside(cell: str) -> str:
    return html.escape(cell).replace("\n", "<br>")


def pdf(pages: Sequence[Sequence[Row]], widths: Sequence[int], *, ruled: bool, font: str = "Helvetica") -> bytes:
    """Write a PDF; a row of one cell is a line of text, any other is a row of a table, with or without ruled lines."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(612, 792), invariant=1)
    canvas.setTitle("Sample transcript")
    for rows in pages:
        height = 740
        for row in rows:
            canvas.setFont(font, 9)
            height = _drawn(canvas, row, height, widths, ruled=ruled)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _drawn(canvas: Canvas, row: Row, top: int, widths: Sequence[int], *, ruled: bool) -> int:
    """Draw a row below `top`, and return the top of the next."""
    tall = 16 + 11 * max((str(cell).count("\n") for cell in row.cells), default=0)
    left = 40
    for cell, width in zip(row.cells, widths, strict=False):
        if ruled and len(row.cells) > 1:
            canvas.rect(left, top - tall, width, tall)
        for number, line in enumerate(str(cell).split("\n")):
            canvas.drawString(left + 3, top - 11 - 11 * number, line)
        left += width
    return top - tall
