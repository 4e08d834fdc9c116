"""The doors that take what other people have written, each with valid documents and the steps that may follow."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cmprules
from cmprules._answers.render import FORMATS
from cmprules._facts.reading import parse_text
from cmprules.declaring import begin, parse_life
from cmprules.exam import parse_exam
from cmprules.intake import intake, people, read_mapping
from cmprules.planning import parse_catalogue
from cmprules.planning._files import parse_csv
from cmprules.receipts._reading import receipt_of
from cmprules.reporting import reports

__all__ = ["DOORS", "Door", "seeds_of", "try_door"]

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES, OWN = ROOT / "examples", ROOT / "docs" / "how-to" / "files"
INTAKE = ROOT / "tests" / "edges" / "intake" / "files"
ON = date(2026, 3, 10)


class Door(NamedTuple):
    """One reader: its valid documents, and what to do with its result."""

    name: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], Any]
    follow: Callable[[Any], object]


@cache
def book() -> cmprules.PolicyBook:
    """Load the newest edition."""
    return cmprules.load_book()


def _plain(raw: bytes) -> Any:
    return parse_text(raw, ending=".json")


def _json(value: Any) -> bytes:
    return json.dumps(cmprules.to_mapping(value), ensure_ascii=False).encode()


@cache
def _records() -> list[cmprules.Record]:
    names = ("mls-nearly-there.json", "mls-and-sbb.json", "mla.json")
    return [cmprules.read_record(EXAMPLES / name) for name in names]


def _record_files() -> list[bytes]:
    return [(EXAMPLES / name).read_bytes() for name in ("mls-nearly-there.json", "mls-and-sbb.json", "pbt.toml")]


def _shown(value: Any) -> object:
    return [cmprules.render(value, form) for form in FORMATS]


def _decided(record: cmprules.Record) -> object:
    again = cmprules.parse_record(cmprules.to_mapping(record))
    if again != record:
        raise AssertionError("a record that was written again reads as another")
    return _shown(cmprules.decide(record, book(), on=ON))


def _rows(raw: bytes) -> cmprules.PolicyBook:
    """Load a user's rows from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_bytes(raw)
        return cmprules.load_book("2026.1", extra=[path])


def _table(raw: bytes) -> object:
    """Decide a population in CSV, through the door of tables."""
    from cmprules.batch import decide_table  # noqa: PLC0415  # from the extra `batch`
    with tempfile.TemporaryDirectory() as folder:
        credentials, activities = Path(folder) / "credentials.csv", Path(folder) / "activities.csv"
        first, _, second = raw.partition(b"\n\n")
        credentials.write_bytes(first + b"\n")
        activities.write_bytes(second)
        return decide_table(credentials, activities, book(), on=ON)


def _outside_files() -> list[bytes]:
    """Return files of every format that intake reads."""
    endings = ("csv", "xlsx", "html", "pdf")
    return [*((INTAKE / f"case-25-transcript.{ending}").read_bytes() for ending in endings),
            *((INTAKE / name).read_bytes() for name in ("case-29-statements.json", "badge2-a.json", "badge3-a.json"))]


def _in_a_file(raw: bytes, name: str, read: Callable[[Path], Any]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        return read(path)


def _taken_in(raw: bytes) -> Any:
    """Read a file from outside; whatever it contains, each row has a line and the counts add up."""
    return _in_a_file(raw, "file", lambda path: intake(path, book(), holder="h-1",
                                                       credentials=["PBT(ASCP) 2026-05-31"]))


def _people_in(raw: bytes) -> Any:
    return _in_a_file(raw, "team.csv", lambda path: people([OWN / "team-credentials.csv", path], book()))


def _reported(found: Any) -> object:
    """Write the pages of the people in a file."""
    with tempfile.TemporaryDirectory() as folder:
        return _shown(reports(found.records, book(), on=ON, to=Path(folder) / "reports"))


def _mapping(raw: bytes) -> Any:
    return _in_a_file(raw, "mapping.toml", read_mapping)


MAPPING = (b'schema = "cmprules.intake-mapping/1"\ndates = "us"\nplace = "America/New_York"\n[columns]\n"A" = "title"\n'
           b'[topics]\n"safe" = ["safety"]\n[status]\n"ok" = true\n')
CSV = (b"type,id,title,kind,amount,areas,price,courses\ncourse,c1,Safe needles,in_service,1,safety,0,\n"
       b"package,p1,A bundle,,,,9,c1\n")
TABLES = (b"holder,id,code,expires_on\nh1,mls,MLS,2026-05-31\nh2,pbt,PBT,2026-05-31\n\n"
          b"holder,id,title,kind,amount,completed_on,areas\nh1,a1,Course,formal_ce,5,2025-01-01,safety\n"
          b"h2,a1,Course,formal_ce,2.5,2025-01-01,\n")

DOORS = (
    Door("record", _record_files, lambda raw: cmprules.parse_record(parse_text(raw)), _decided),
    Door("catalogue", lambda: [(EXAMPLES / "catalogues" / "samples.csv").read_bytes(), CSV],
         lambda raw: parse_csv(raw.decode("utf-8", "replace")), cmprules.to_mapping),
    Door("catalogue as JSON", lambda: [_json(parse_csv(CSV.decode()))], lambda raw: parse_catalogue(_plain(raw)),
         cmprules.to_mapping),
    Door("exam", lambda: [json.dumps({"schema": "cmprules.exam/1", "candidate": "c", "reports": [
        {"code": "MLS", "taken_on": "2026-01-20", "score": 352}]}).encode()],
        lambda raw: parse_exam(_plain(raw)), cmprules.to_mapping),
    Door("decision", lambda: [_json(cmprules.decide(record, book(), on=ON)) for record in _records()],
         lambda raw: cmprules.parse_decision(_plain(raw)), _shown),
    Door("tracking", lambda: [_json(cmprules.track(record, book(), on=ON)) for record in _records()],
         lambda raw: cmprules.parse_tracking(_plain(raw)), _shown),
    Door("receipt", lambda: [cmprules.receipt(cmprules.decide(record, book(), on=ON), record=record).text.encode()
                             for record in _records()[:1]], receipt_of, _shown),
    Door("receipt as a mapping", lambda: [_json(cmprules.receipt(cmprules.decide(record, book(), on=ON), record=record))
                                          for record in _records()[:1]],
         lambda raw: cmprules.parse_receipt(_plain(raw)), _shown),
    Door("life", lambda: [_json(begin(_records()[0].credentials[0], book(), on=ON))],
         lambda raw: parse_life(_plain(raw)), _shown),
    Door("rows", lambda: [(OWN / f"{name}.toml").read_bytes() for name in ("mla", "kinds", "fees")], _rows,
         lambda loaded: loaded.policy_for("MLS", expires_on=ON)),
    Door("tables", lambda: [TABLES], _table, repr),
    Door("file from outside", _outside_files, _taken_in, _shown),
    Door("people from outside", lambda: [(OWN / "team-transcript.csv").read_bytes()], _people_in, _reported),
    Door("intake mapping", lambda: [MAPPING], _mapping, cmprules.to_mapping),
)


@cache
def seeds_of(door: Door) -> list[bytes]:
    """Make the valid documents of a door once."""
    return door.seeds()


def try_door(door: Door, raw: bytes) -> str:
    """Send bytes through a door; return `refused` with reasons, `taken` if all that follows works, else the error."""
    try:
        value = door.read(raw)
    except cmprules.CmpRulesError as error:
        return "refused" if str(error) else "broken: a refusal without a word"
    except Exception as error:  # noqa: BLE001  # any other error is what the attack looks for
        return f"broken: {type(error).__name__} while reading: {str(error)[:200]}"
    try:
        door.follow(value)
    except cmprules.CmpRulesError:
        return "taken"
    except Exception as error:  # noqa: BLE001  # and so is an error after a document was accepted
        return f"broken: {type(error).__name__} after reading: {str(error)[:200]}"
    return "taken"
