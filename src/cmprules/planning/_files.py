"""Catalogues from files: JSON, TOML, and CSV with one line for each course or package."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from cmprules._facts.reading import decoded, document, parse_text, read_bytes
from cmprules._kit.shapes import nearest
from cmprules.errors import Fault, InputError
from cmprules.planning._catalogue import Catalogue, faults_between_offers

_COLUMNS = ("type", "id", "title", "provider", "kind", "amount", "unit", "areas", "price", "hours", "available_from",
            "available_until", "days", "courses", "period_days", "most_courses", "most_hours")
_LISTS = {"areas", "courses"}
_WHOLE = {"days", "period_days", "most_courses"}
_PLACE = re.compile(r"\$\.(courses|packages)\[(\d+)\]")
_PLACES = {"course": "courses", "package": "packages"}


def parse_catalogue(mapping: Mapping[str, object]) -> Catalogue:
    """Read a catalogue from plain data, as from JSON or TOML.

    Raises:
        InputError: with every fault, each with its path, code and remedy.

    >>> parse_catalogue({"schema": "cmprules.catalogue/1", "courses": [
    ...     {"id": "c1", "title": "Safe needles", "kind": "in_service", "amount": "1", "price": "0"}]}).courses[0].id
    'c1'
    >>> parse_catalogue({"schema": "cmprules.catalogue/1", "courses": [
    ...     {"id": "c1", "title": "Safe needles", "kind": "inservice", "amount": "1", "prize": "0"}]})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.courses[0].prize: UNKNOWN_KEY: got 'prize', expected a known key; did you mean 'price'?
      $.courses[0].kind: UNKNOWN_KIND: got 'inservice', expected a kind of activity; known: formal_ce, ...
    """
    return document(Catalogue, mapping, between=_faults_between, found={"REPEATED_ID", "NO_SUCH_COURSE", "TOO_MANY"})


def _faults_between(mapping: Any) -> list[Fault]:
    """Note repeated ids and unknown courses even if other faults keep the catalogue from being made."""
    if not isinstance(mapping, Mapping):
        return []
    ids, packages = [_text(course.get("id")) for course in _parts(mapping, "courses")], _parts(mapping, "packages")
    listed = [package.get("courses") for package in packages]
    sure = "" not in ids  # a package may mean a course whose id cannot be read
    opened = [list(courses) if sure and isinstance(courses, list | tuple) else [] for courses in listed]
    found = faults_between_offers("$", ids, [_text(package.get("id")) for package in packages], opened)
    return [fault for fault in found if isinstance(fault.value, str) and fault.value]


def _parts(mapping: Mapping[str, object], key: str) -> list[Mapping[str, Any]]:
    listed = mapping.get(key)
    return [part if isinstance(part, Mapping) else {} for part in listed] if isinstance(listed, list | tuple) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def read_catalogue(path: str | PathLike[str]) -> Catalogue:
    """Read a catalogue from a JSON, TOML or CSV file of up to 5 MB.

    The file's ending says which (`.json`, `.toml`, `.csv`).
    A CSV file has a line for each course and each package.  The column `type` says which of the two it is; the other
    columns are named like the keys of the format.  Lists are in one cell, separated by semicolons; an empty cell is an
    absent key.

    Raises:
        InputError: with every fault; an unreadable file is a fault too.

    >>> read_catalogue("nowhere.csv")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $: CANNOT_READ: got 'nowhere.csv', expected a file; check the path: No such file or directory
    """
    raw, ending = read_bytes(path), Path(path).suffix.lower()
    return parse_csv(decoded(raw)) if ending == ".csv" else parse_catalogue(parse_text(raw, ending=ending))


# ---------------------------------------------------------------------------------------------------------
# CSV.


def parse_csv(text: str) -> Catalogue:
    """Read a catalogue from the text of a CSV file; faults name the line and the column.

    Raises:
        InputError: with every fault.
    """
    faults: list[Fault] = []
    plain: dict[str, Any] = {"schema": Catalogue.schema, "courses": [], "packages": []}
    lines: dict[str, list[int]] = {"courses": [], "packages": []}
    for line, row in _rows(text, faults):
        kind = row.pop("type", None)
        if kind not in _PLACES:
            faults.append(Fault(path=f"line {line}.type", code="UNKNOWN_WORD", value=kind,
                                expected="course or package", hint=nearest(kind, tuple(_PLACES))))
            continue
        plain[_PLACES[kind]].append(row)
        lines[_PLACES[kind]].append(line)
    try:
        catalogue = parse_catalogue(plain)
    except InputError as error:
        faults.extend(_at_its_line(fault, lines) for fault in error.faults)
    if faults:
        raise InputError(faults)
    return catalogue


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each line of the file that is not empty, with its number, as a mapping of its cells."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        faults.extend(_header_faults(header))
        for cells in reader:
            if len(cells) > len(header):
                faults.append(Fault(path=f"line {reader.line_num}", code="TOO_MANY_CELLS", value=len(cells),
                                    expected=f"at most {len(header)} cells",
                                    hint="put a cell with a comma in quotation marks"))
            elif any(cell.strip() for cell in cells):
                yield reader.line_num, dict(_cells(header, cells))
    except csv.Error as error:
        faults.append(Fault(path=f"line {reader.line_num}", code="NOT_CSV", value=None, expected="CSV",
                            hint=f"correct it: {error}"))


def _header_faults(header: Sequence[str]) -> Iterator[Fault]:
    for index, name in enumerate(header):
        if name not in _COLUMNS:
            yield Fault(path="line 1", code="UNKNOWN_KEY", value=name, expected="a known column",
                        hint=nearest(name, _COLUMNS))
        if name in header[:index]:
            yield Fault(path="line 1", code="REPEATED_KEY", value=name, expected="each column once",
                        hint="keep one of them")
    if "type" not in header:
        yield Fault(path="line 1", code="MISSING_KEY", value=None, expected="'type'", hint="add the column")


def _cells(header: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Read the cells of one line; an empty cell is an absent key; unknown columns are already noted."""
    for name, cell in zip(header, map(str.strip, cells), strict=False):
        if not cell or name not in _COLUMNS:
            continue
        if name in _LISTS:
            yield name, [part.strip() for part in cell.split(";") if part.strip()]
        else:
            yield name, int(cell) if name in _WHOLE and re.fullmatch(r"[0-9]{1,9}", cell) else cell


def _at_its_line(fault: Fault, lines: Mapping[str, Sequence[int]]) -> Fault:
    """Replace the path of a fault in the plain data by its place in the file."""
    def line(place: re.Match[str]) -> str:
        return f"line {lines[place[1]][int(place[2])]}"

    return attrs.evolve(fault, path=_PLACE.sub(line, fault.path), hint=_PLACE.sub(line, fault.hint))
