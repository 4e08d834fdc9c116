"""Read score reports from files and plain data."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

from cmprules._facts.reading import document, read_plain
from cmprules._kit.terms import NOT_SAID, category
from cmprules.exam._reports import ExamRecord, repeated_reports


def parse_exam(mapping: Mapping[str, object]) -> ExamRecord:
    """Read the score reports of one person from plain data, as from JSON or TOML.

    Raises:
        InputError: with every fault, each with its path, code and remedy.

    >>> exam = parse_exam({"schema": "cmprules.exam/1", "candidate": "sample",
    ...                    "reports": [{"code": "MLS", "taken_on": "2026-01-20", "score": 352}]})
    >>> exam.reports[0].score
    352
    >>> parse_exam({"schema": "cmprules.exam/1", "candidate": "sample", "reports": []})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.reports: EMPTY_LIST: got [], expected at least 1; add what is missing
    """
    return document(ExamRecord, mapping, found={"REPEATED_REPORT", "TOO_MANY"},
                    between=lambda plain: repeated_reports("$.reports", _keys(plain)))


def _keys(mapping: Any) -> list[tuple[object, object, object]]:
    """Return code, body and day of each report as written, to find repeats even if there are other faults.

    Parts that cannot be read are identified by their position.
    """
    listed = mapping.get("reports") if isinstance(mapping, Mapping) else None
    return [_key(report, index) for index, report in enumerate(listed if isinstance(listed, list | tuple) else ())]


def _key(report: Any, index: int) -> tuple[object, object, object]:
    if not isinstance(report, Mapping):
        return (index, None, None)
    code, day = report.get("code"), report.get("taken_on")
    if not isinstance(code, str) or day is None:
        return (index, None, None)
    return (*category(code, report.get("body", NOT_SAID), []), str(day))


def read_exam(path: str | PathLike[str]) -> ExamRecord:
    """Read the score reports of one person from a JSON or TOML file of up to 5 MB.

    Raises:
        InputError: with every fault; an unreadable file is a fault too.

    >>> read_exam("nowhere.json")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $: CANNOT_READ: got 'nowhere.json', expected a file; check the path: No such file or directory
    """
    return parse_exam(read_plain(path))
