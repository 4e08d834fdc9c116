"""Oversized input is refused before it is parsed, and no damage causes an error."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from cmprules.intake import Intake
from cmprules.intake import _csv as csv_reader
from cmprules.intake import _excel as excel
from cmprules.intake import _files as files
from cmprules.intake import _html as html
from cmprules.intake import _json as json_reader
from cmprules.intake import _packed as packed
from cmprules.intake import _pdf as pdf
from tests.edges.intake.making import codes, drawn, read, workbook

HEADER = "Title,Completed,Hours\n"
ROWS: list[list[Any]] = [["Title", "Completed", "Hours"], ["Needles", "2024-02-05", 1]]
FILES = Path(__file__).parent / "files"


def only(found: Intake) -> str:
    """Return the code of the only line."""
    (line,) = found.lines
    return codes(line)[0]


def repacked(content: bytes, change: Callable[[str, bytes], bytes], how: int = ZIP_DEFLATED) -> bytes:
    """Repack a workbook with other parts."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", how) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def with_shared_texts(content: bytes) -> bytes:
    """Move the texts of a workbook into a shared table, as Excel does."""
    texts: list[bytes] = []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(match[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    def change(name: str, part: bytes) -> bytes:
        if "sheet1.xml" in name and "rels" not in name:
            return re.sub(rb't="inlineStr"><is><t>(.*?)</t></is>', shared, part)
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        part = part.replace(b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind
                            + b'"/></Types>')
        relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        return part.replace(b"</Relationships>", b'<Relationship Id="rId99" Type="' + relation + b'" Target="'
                            + (b"sharedStrings.xml" if "workbook" in name else b"xl/sharedStrings.xml")
                            + b'"/></Relationships>') if "workbook.xml.rels" in name else part

    changed = repacked(content, change)
    with ZipFile(stream := BytesIO(changed), "a") as package:
        package.writestr("xl/sharedStrings.xml", b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                         + b"".join(b"<si><t>%b</t></si>" % text for text in texts)
                         + b"<si><t>unused text</t></si></sst>")
    return stream.getvalue()


def test_texts_that_stand_in_one_table_are_read(tmp_path: Path) -> None:
    """Excel writes them like that."""
    found = read(tmp_path, with_shared_texts(workbook(ROWS)))

    assert found.record is not None
    assert found.record.activities[0].title == "Needles"


@pytest.mark.parametrize(("module", "name", "most", "content"), [
    (files, "LARGEST_FROM_OUTSIDE", 10, HEADER), (csv_reader, "MOST_ROWS", 1, HEADER + "Needles,2024-02-05,1\n"),
    (csv_reader, "MOST_COLUMNS", 2, HEADER), (csv_reader, "MOST_CELLS", 2, HEADER),
    (html, "MOST_ROWS", 1, "<table><tr><td>x<tr><td>x</table>"),
    (html, "MOST_CELLS", 1, "<table><tr><td>x<td>x</table>"),
    (excel, "MOST_ROWS", 1, workbook(ROWS)), (excel, "MOST_COLUMNS", 2, workbook(ROWS)),
    (packed, "MOST_CELLS", 5, workbook(ROWS)), (packed, "MOST_TEXT", 5, with_shared_texts(workbook(ROWS))),
    (packed, "LONGEST_CELL", 5, with_shared_texts(workbook([["x"]]))),
    (packed, "LONGEST_CELL", 5, workbook(ROWS)), (packed, "_MOST_PARTS", 2, workbook(ROWS)),
    (packed, "MOST_UNPACKED", 500, workbook(ROWS)), (packed, "MOST_UNPACKED", 50, drawn([(50, 50, "x" * 500)])),
    (pdf, "MOST_PAGES", 1, drawn([(50, 50, "x")], [(50, 50, "x")])),
    (pdf, "MOST_ROWS", 1, drawn([(50, 50, "x"), (150, 50, "y"), (250, 50, "z"), (50, 90, "x")])),
    (json_reader, "MOST_ROWS", 1, json.dumps([{"verb": {}, "actor": {}, "object": {}}] * 2)),
])
def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any,
                                      name: str, most: int, content: str | bytes) -> None:
    """Each case is one beyond its limit."""
    monkeypatch.setattr(module, name, most)

    assert only(read(tmp_path, content)) == "TOO_LARGE"


def test_a_cell_that_is_too_long(tmp_path: Path) -> None:
    """Only its row is refused."""
    found = read(tmp_path, HEADER + f"{'x' * 40_000},2024-02-05,1\n" + "Needles,2024-02-05,1\n")

    assert [line.status for line in found.lines] == ["set_aside", "refused", "mapped"]
    assert read(tmp_path, HEADER + f"{'x' * 200_000},2024-02-05,1\n").lines[-1].status == "refused"


def test_a_bomb_in_a_workbook_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A part of very many zeros, with its true size and with a false one."""
    bomb = repacked(workbook(ROWS), lambda name, part: part if "sheet1" not in name else part + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    assert only(read(tmp_path, bomb)) == "TOO_LARGE"

    lying = bytearray(repacked(workbook(ROWS), lambda name, part: part + b" " * 9_000 if "sheet1" in name else part))
    at = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", lying, at + 24, 10)
    assert only(read(tmp_path, bytes(lying))) == "NOT_A_WORKBOOK"


@pytest.mark.parametrize("sheet", [
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b'<row r="1048576"><c/><c/></row>',
    b'<x:row xmlns:x="x" r="9999999"><x:c r="A9999999"/></x:row>',
])
def test_a_cell_far_away_takes_no_memory(tmp_path: Path, sheet: bytes) -> None:
    """The rectangle up to it would fill the memory, so it is measured first."""
    content = repacked(workbook(ROWS), lambda name, part: part if "sheet1" not in name else part.replace(
        b"</sheetData>", sheet + b"</sheetData>"))

    assert only(read(tmp_path, content)) == "TOO_LARGE"


@pytest.mark.parametrize("change", [
    lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part, lambda part: part[:-20], lambda part: b"<" + part,
])
def test_a_part_that_is_no_plain_xml(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """Cases: entities, and incomplete XML."""
    content = repacked(workbook(ROWS), lambda name, part: part if "sheet1" not in name else change(part))

    assert only(read(tmp_path, content)) == "NOT_A_WORKBOOK"


def test_packages_of_other_kinds(tmp_path: Path) -> None:
    """Uncompressed parts are read; parts with another compression, or with a password, are not."""
    assert read(tmp_path, repacked(workbook(ROWS), lambda _, part: part, ZIP_STORED)).record is not None
    assert only(read(tmp_path, repacked(workbook(ROWS), lambda _, part: part, ZIP_BZIP2))) == "NOT_A_WORKBOOK"
    locked = bytearray(workbook(ROWS))
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert only(read(tmp_path, bytes(locked))) == "NOT_A_WORKBOOK"


@cache
def packed_twice() -> bytes:
    """Return very many spaces in compressed compression."""
    return zlib.compress(zlib.compress(b" " * 120_000_000))


@pytest.mark.parametrize("written", [
    bytes, base64.a85encode, lambda bomb: b"<~" + base64.a85encode(bomb) + b"~>",
    lambda bomb: bomb.hex().encode() + b">", lambda bomb: bomb.hex().encode()[:-1]])
def test_a_pdf_whose_streams_are_packed_twice(tmp_path: Path, written: Callable[[bytes], bytes]) -> None:
    """Nested compression is measured too, and so are streams encoded as text."""
    bomb = written(packed_twice())
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nstream\n" + bomb + b"\nendstream\nendobj\n%%EOF"

    assert len(content) < 200_000
    assert only(read(tmp_path, content)) == "TOO_LARGE"


def test_a_pdf_whose_streams_are_packed_without_end(tmp_path: Path) -> None:
    """More layers than are measured are refused."""
    content = b"x"
    for _ in range(8):
        content = zlib.compress(content)

    assert only(read(tmp_path, b"%PDF-1.4\nstream\n" + content + b"\nendstream\n%%EOF")) == "TOO_LARGE"


def test_a_part_that_is_no_xml_is_not_measured(tmp_path: Path) -> None:
    """A picture in a workbook does not matter."""
    stream = BytesIO(workbook(ROWS))
    with ZipFile(stream, "a") as package:
        package.writestr("xl/media/image1.png", b"\x89PNG")

    assert read(tmp_path, stream.getvalue()).record is not None


@pytest.mark.parametrize("stream", [b"~~~~", b"vvvv", b"zz!z~>", b"<~ a ~>", b"\xff\xfe"])
def test_a_stream_that_is_packed_in_no_way(tmp_path: Path, stream: bytes) -> None:
    """It is left to the PDF reader."""
    content = b"%PDF-1.4\n1 0 obj\n<<>>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF"

    assert only(read(tmp_path, content)) == "NOT_A_PDF"


@pytest.mark.parametrize("name", [
    "northlight-c.xlsx", "case-25-transcript.pdf", "web-c.html", "xapi-c.json", "badge3-b.json", "employer-a.csv"])
def test_no_damage_does_harm(tmp_path: Path, name: str) -> None:
    """Changed, removed and added bytes, with a seed: the counts add up, and no exception escapes."""
    content = (FILES / name).read_bytes()
    for seed in range(12):
        draw, spoiled = Random(seed), bytearray(content)
        for _ in range(draw.randint(1, 40)):
            place = draw.randrange(len(spoiled))
            spoiled[place:place + draw.randint(0, 2)] = draw.randbytes(draw.randint(0, 3))
        found = read(tmp_path, bytes(spoiled), dates="us", unit="contact_hour")
        assert found.counts.rows == len(found.lines) >= 1


@pytest.mark.parametrize("begin", [
    b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html><table>", b"{", b"[{", b"\xff\xfe", b"\xef\xbb\xbf"])
def test_no_bytes_do_harm(tmp_path: Path, begin: bytes) -> None:
    """Random bytes follow the first ones of each format."""
    for seed in range(8):
        content = begin + Random(seed).randbytes(400) + (b"\n%%EOF" if begin.startswith(b"%") else b"")
        assert read(tmp_path, content).record is None
