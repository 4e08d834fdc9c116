"""The limits of the library, in one table: sizes and counts of inputs, and how far each search goes.

Limits on an input are checked before any work is done on it.  Limits on work are counted in steps, never in time, so
that answers are the same on every machine.  `docs/reference/limits.md` is written from this table.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Limit(NamedTuple):
    """One limit: its number, what it counts, where it applies, and what happens beyond it.

    `code` is the code of the fault or the finding; None if the answer shows the limit in another way.
    """

    most: int
    unit: str
    of: str
    code: str | None
    beyond: str


LARGEST_FILE: Final = 5_000_000
LARGEST_TRACKING: Final = 50_000_000
LARGEST_RECEIPT: Final = 50_000_000
LONGEST_TEXT: Final = 2_000
LONGEST_NUMBER: Final = 100
MOST_CREDENTIALS: Final = 500
MOST_ACTIVITIES: Final = 50_000
MOST_PAIRS: Final = 250_000
MOST_PLACEMENTS: Final = 50_000
MOST_DOCUMENTS: Final = 100
MOST_POINTS: Final = 1_000
MOST_HINTS: Final = 100
MOST_AREAS: Final = 10
MOST_COURSES: Final = 5_000
MOST_PACKAGES: Final = 200
MOST_MONEY: Final = 1_000_000
MOST_HOURS: Final = 1_000
MOST_DAYS: Final = 3_660
MOST_NODES: Final = 100_000
MOST_TRADES: Final = 50
MOST_REPORTS: Final = 1_000
MOST_SITTINGS: Final = 1_000
MOST_REMINDERS: Final = 20
MOST_REMINDER_DAYS: Final = 1_000
MOST_FILES: Final = 200
MOST_PEOPLE: Final = 20_000
LARGEST_FROM_OUTSIDE: Final = 20_000_000
MOST_UNPACKED: Final = 100_000_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 500
MOST_CELLS: Final = 1_000_000
MOST_TEXT: Final = 50_000_000
LONGEST_CELL: Final = 32_767
MOST_PAGES: Final = 200
MOST_BRANCHES: Final = 200
MOST_ANSWER_SETS: Final = 1_000
MOST_ASSIGNMENTS: Final = 3_000

_REFUSED: Final = "the input is refused"
_NOT_READ: Final = "the file is not read, and the remark says so"

LIMITS: Final = {
    "LARGEST_FILE": Limit(LARGEST_FILE, "bytes", "a record, a catalogue, an examination file or a policy file",
                          "FILE_TOO_LARGE", _REFUSED),
    "LARGEST_TRACKING": Limit(LARGEST_TRACKING, "bytes", "a tracking, written to be read back or read",
                              "ANSWER_TOO_LARGE or FILE_TOO_LARGE", "it is neither written nor read"),
    "LARGEST_RECEIPT": Limit(LARGEST_RECEIPT, "bytes", "a receipt, written or read",
                             "ANSWER_TOO_LARGE or FILE_TOO_LARGE", "it is neither made nor read"),
    "LONGEST_TEXT": Limit(LONGEST_TEXT, "characters", "each text that a person enters: ids, titles, providers",
                          "TEXT_TOO_LONG", _REFUSED),
    "LONGEST_NUMBER": Limit(LONGEST_NUMBER, "digits", "each number, zeros included", "TOO_MUCH or TOO_FINE", _REFUSED),
    "MOST_CREDENTIALS": Limit(MOST_CREDENTIALS, "credentials", "a record", "TOO_MANY", _REFUSED),
    "MOST_ACTIVITIES": Limit(MOST_ACTIVITIES, "activities", "a record", "TOO_MANY", _REFUSED),
    "MOST_PAIRS": Limit(MOST_PAIRS, "pairs of a credential and an activity", "a record", "TOO_MANY", _REFUSED),
    "MOST_PLACEMENTS": Limit(MOST_PLACEMENTS, "placements", "a record", "TOO_MANY", _REFUSED),
    "MOST_DOCUMENTS": Limit(MOST_DOCUMENTS, "documents", "an activity", "TOO_MANY", _REFUSED),
    "MOST_POINTS": Limit(MOST_POINTS, "points", "an activity or a placement", "TOO_MUCH", _REFUSED),
    "MOST_HINTS": Limit(MOST_HINTS, "faults", "an input, each with the nearest known word", None,
                        "later faults have a general hint"),
    "MOST_AREAS": Limit(MOST_AREAS, "areas with a minimum", "a policy table", None, "the table is refused"),
    "MOST_COURSES": Limit(MOST_COURSES, "courses", "a catalogue", "TOO_MANY", _REFUSED),
    "MOST_PACKAGES": Limit(MOST_PACKAGES, "packages", "a catalogue", "TOO_MANY", _REFUSED),
    "MOST_MONEY": Limit(MOST_MONEY, "US dollars", "a price or a budget", "TOO_MUCH", _REFUSED),
    "MOST_HOURS": Limit(MOST_HOURS, "hours", "a course or a package", "TOO_MUCH", _REFUSED),
    "MOST_DAYS": Limit(MOST_DAYS, "days", "a course or the period of a package (ten years)", "DAYS_OUT_OF_RANGE",
                       _REFUSED),
    "MOST_NODES": Limit(MOST_NODES, "nodes", "each search for a plan, unless `node_limit` says otherwise",
                        "SEARCH_LIMIT", "no plan is given"),
    "MOST_TRADES": Limit(MOST_TRADES, "points", "a front of plans", None, "`complete` is false"),
    "MOST_REPORTS": Limit(MOST_REPORTS, "score reports", "an examination file", "TOO_MANY", _REFUSED),
    "MOST_SITTINGS": Limit(MOST_SITTINGS, "examinations", "a timeline", "TOO_MANY", _REFUSED),
    "MOST_REMINDERS": Limit(MOST_REMINDERS, "reminders", "an event of a calendar", "TOO_MANY", _REFUSED),
    "MOST_REMINDER_DAYS": Limit(MOST_REMINDER_DAYS, "days", "a reminder before its event", "TOO_MUCH", _REFUSED),
    "MOST_FILES": Limit(MOST_FILES, "files", "an intake", "TOO_MANY_FILES", _REFUSED),
    "MOST_PEOPLE": Limit(MOST_PEOPLE, "people", "a folder of reports", "TOO_MANY", "the run stops"),
    "LARGEST_FROM_OUTSIDE": Limit(LARGEST_FROM_OUTSIDE, "bytes", "a file from outside", None, _NOT_READ),
    "MOST_UNPACKED": Limit(MOST_UNPACKED, "bytes", "everything packed in a file from outside", None, _NOT_READ),
    "MOST_ROWS": Limit(MOST_ROWS, "rows or elements", "a file from outside", None, _NOT_READ),
    "MOST_COLUMNS": Limit(MOST_COLUMNS, "columns", "a table from outside", None, _NOT_READ),
    "MOST_CELLS": Limit(MOST_CELLS, "cells", "a file from outside, empty ones between others included", None,
                        _NOT_READ),
    "MOST_TEXT": Limit(MOST_TEXT, "characters", "all cells of a workbook", None, _NOT_READ),
    "LONGEST_CELL": Limit(LONGEST_CELL, "characters", "a cell, as in Excel", None, _NOT_READ),
    "MOST_PAGES": Limit(MOST_PAGES, "pages", "a PDF", None, _NOT_READ),
    "MOST_BRANCHES": Limit(MOST_BRANCHES, "ways to keep activities whole", "the proof that one has to be divided", None,
                           "the nearest one found is shown"),
    "MOST_ANSWER_SETS": Limit(MOST_ANSWER_SETS, "sets of answers", "an explanation of what settles an outcome", None,
                              "the set shown has no unnecessary answer, but may not be the smallest"),
    "MOST_ASSIGNMENTS": Limit(MOST_ASSIGNMENTS, "part assignments", "a search for other placements (`slack`)", None,
                              "some other placements may not be shown"),
}
"""Every limit by the name of its constant, in the order of the page."""
