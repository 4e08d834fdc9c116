"""The golden reports of timelines, and the commands that print them."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import icalendar
import pytest

import cmprules
from cmprules._cli import main
from tests.strategies import edition

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
TWO = str(ROOT / "examples" / "mls-and-sbb.json")


def test_timeline_prints_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard output, and the exit status is 0."""
    assert main(["timeline", TWO, "--on", "2025-12-31", "--sitting", "SH,2025-11-30,2025-12-03", "--sitting",
                 "MLS(ASCPi),2025-11-30", "--edition", "2026.1", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)

    assert plain["schema"] == "cmprules.timeline/1"
    assert [(event["name"], event["starts_on"]) for event in plain["events"] if event["code"] == "RETAKE_OPENS"] == [
        ("SH(ASCP)", "2026-02-28"), ("MLS(ASCPi)", "2026-02-28")]


@pytest.mark.parametrize(("sitting", "words"), [
    ("SH", "expected CODE,TAKEN or CODE,TAKEN,NOTIFIED"),
    ("SH,2025-11-30,2025-12-03,2026-01-01", "expected CODE,TAKEN or CODE,TAKEN,NOTIFIED"),
    ("SHH,2025-11-30", "UNKNOWN_CODE"),
    ("SH,yesterday", "NOT_A_DATE"),
    ("SH(NCA),2025-11-30", "NCA (National Credentialing Agency for Laboratory Personnel) is not ASCP"),
])
def test_an_examination_that_cannot_be_read_is_wrong_usage(
    sitting: str, words: str, capsys: pytest.CaptureFixture[str],
) -> None:
    """Standard error explains it."""
    with pytest.raises(SystemExit) as stopped:
        main(["timeline", TWO, "--sitting", sitting])

    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_calendar_prints_a_file_with_the_ends_of_lines_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line ends with one CRLF, even where the platform would convert it."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1", newline="\r\n"))
    assert main(["calendar", TWO, "--on", "2025-12-31", "--edition", "2026.1", "--remind"]) == 0
    text = raw.getvalue()

    assert b"\r\r" not in text
    assert b"VALARM" not in text
    assert icalendar.Calendar.from_ical(text.decode()).walk("VEVENT")


def test_calendar_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It replaces an existing file byte for byte, and prints the name of the file."""
    target = tmp_path / "maintenance.ics"
    target.write_text("old", encoding="utf-8")
    asked = ["calendar", TWO, "--on", "2025-12-31", "--edition", "2026.1", "--remind", "60", "14", "-o", str(target)]
    assert main(asked) == 0
    line = cmprules.timeline(cmprules.read_record(TWO), edition(), on=date(2025, 12, 31))

    assert target.read_bytes() == cmprules.to_icalendar(line, remind=(60, 14)).encode()
    assert capsys.readouterr().out == f"{target}\n"


def test_calendar_prints_the_timeline_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON has the events themselves."""
    assert main(["calendar", TWO, "--on", "2025-12-31", "--format", "json"]) == 0

    assert json.loads(capsys.readouterr().out)["schema"] == "cmprules.timeline/1"


def test_a_file_that_cannot_be_written_exits_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard error has the reason."""
    assert main(["calendar", TWO, "--on", "2025-12-31", "-o", str(tmp_path)]) == 4
    out, err = capsys.readouterr()
    assert not out
    assert "--output is a folder or a device, not a file" in err


def test_bad_reminders_exit_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    """They are a fault like any other."""
    assert main(["calendar", TWO, "--remind", "-5"]) == 3
    assert "NEGATIVE" in capsys.readouterr().err


def _drawn(name: str, on: date) -> str:
    page = cmprules.render(cmprules.timeline(cmprules.read_record(ROOT / "examples" / name), edition(), on=on), "html")
    start, _, rest = page.partition("<svg")
    assert start != page
    return f"<svg{rest.partition('</svg>')[0]}</svg>"


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2025, 12, 31), date(2026, 3, 31), date(2036, 1, 1)])
def test_a_page_draws_the_cycles_within_its_bounds(on: date) -> None:
    """Each has a bar and a window; the day, a title and a description are there, and all fits the bounds."""
    drawing = ET.fromstring(_drawn("mls-and-sbb.json", on))
    height = int(drawing.attrib["height"])

    assert drawing[0].text == f"Cycles, seen on {on}"
    assert "MLS(ASCP): 2023-04-01 to 2026-03-31" in str(drawing[1].text)
    bars = [bar for bar in drawing.findall("rect") if bar.attrib["x"].endswith("%")]
    assert len(bars) == 4
    assert len(drawing.findall("rect")) - len(bars) == 3  # the legend
    for bar in bars:
        left, wide = (float(bar.attrib[name].removesuffix("%")) for name in ("x", "width"))
        assert left >= 0 < wide
        assert left + wide <= 100.5
        assert int(bar.attrib["y"]) + int(bar.attrib["height"]) <= height
    line = drawing.find("line")
    assert line is not None
    assert 0 <= float(line.attrib["x1"].removesuffix("%")) <= 100


def test_a_window_is_not_drawn_before_its_cycle() -> None:
    """A cycle that began inside the window is dark from its first day on."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample-1"}, "activities": [],
        "credentials": [{"id": "c", "code": "MLS", "expires_on": "2026-05-31", "cycle_start": "2026-04-30"}]})
    page = cmprules.render(cmprules.timeline(record, edition(), on=date(2026, 5, 1)), "html")

    assert re.findall(r'<rect class="[tc]" x="([\d.]+)%"', page) == ["0.0", "0.0"]


def test_without_a_cycle_there_is_nothing_to_draw() -> None:
    """Text and Markdown have nothing to draw either."""
    record = cmprules.read_record(ROOT / "examples" / "no-end-date.json")

    assert "<svg" not in cmprules.render(cmprules.timeline(record, edition(), on=date(2026, 3, 10)), "html")
    for form in ("text", "markdown"):
        line = cmprules.timeline(cmprules.read_record(TWO), edition(), on=date(2026, 3, 10))
        assert "<svg" not in cmprules.render(line, form)
