"""Write `src/cmprules/_words/vocabulary.py`, the words of the record format, from the newest edition's tables.

Run after a change of credentials.toml, areas.toml, kinds.toml, units.toml, participation.toml or cycle.toml:

python tasks/write_vocabulary.py

A test fails while the module and the tables differ.
"""

from __future__ import annotations

import pprint
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EDITION = "2026.2"
TARGET = ROOT / "src" / "cmprules" / "_words" / "vocabulary.py"

HEAD = '''"""The words of the record format `cmprules.record/1`: codes, areas, kinds, units, and who must take part.

Written by tasks/write_vocabulary.py from the tables of edition {edition}; change those, never this file.
A reader of records needs these words before any edition is chosen, and without touching a file.
"""

from __future__ import annotations

from datetime import date
from typing import Final

__all__ = [
    "ACTIVITY_SOURCES",
    "ALIASES",
    "AREAS",
    "BODIES",
    "CYCLE_MONTHS",
    "FEE_REGIONS",
    "GROUPS",
    "KINDS",
    "LABELS",
    "MANDATORY_FROM",
    "NAMES",
    "POOL",
    "UNITS",
]
'''


def rows(name: str) -> list[dict[str, Any]]:
    """Read the rows of one table of the edition."""
    path = ROOT / "src" / "cmprules" / "data" / EDITION / f"{name}.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["row"])


def constant(name: str, annotation: str, value: object, doc: str) -> str:
    """Write one constant with its documentation."""
    body = pprint.pformat(value, width=110, sort_dicts=False).replace("datetime.date(", "date(")
    return f'\n{name}: Final[{annotation}] = {body}\n"""{doc}"""\n'


def mandatory_from() -> dict[tuple[str, str], Any]:
    """Map body and group to the day of certification from which taking part is mandatory (None: always)."""
    return {
        (row["body"], group): row.get("mandatory_from")
        for row in rows("participation")
        for group in row["groups"]
    }


def main() -> str:
    """Build the module and return its text."""
    credentials = rows("credentials")
    areas = [row["id"] for row in rows("areas")]
    labels = {row["id"]: row["label"] for row in rows("areas")} | {row["id"]: row["label"] for row in rows("kinds")}
    months = next(row["value"] for row in rows("cycle") if row["id"] == "cycle_months")
    parts = [
        constant("AREAS", "tuple[str, ...]", tuple(area for area in areas if area != "pool"),
                 "The mandatory areas, in the order in which every table lists them."),
        constant("POOL", "str", "pool", "What remains of a table, open to every area."),
        constant("NAMES", "dict[str, str]", {row["code"]: row["name"] for row in credentials}, "Codes and names."),
        constant("GROUPS", "dict[str, str]", {row["code"]: row["group"] for row in credentials},
                 "The group that decides participation and which fees combine."),
        constant("BODIES", "dict[str, tuple[str, ...]]", {row["code"]: tuple(row["bodies"]) for row in credentials},
                 "The bodies under which a code exists."),
        constant("ALIASES", "dict[str, str]",
                 {alias: row["code"] for row in credentials for alias in row["aliases"]}, "Former codes."),
        constant("KINDS", "dict[str, tuple[str, ...]]", {row["id"]: tuple(row["units"]) for row in rows("kinds")},
                 "Kinds of activity and the units that go with each, its default first."),
        constant("UNITS", "dict[str, int]", {row["id"]: row["points"] for row in rows("units")},
                 "What one unit is worth in points."),
        constant("LABELS", "dict[str, str]", labels, "Areas and kinds in plain words."),
        constant("MANDATORY_FROM", "dict[tuple[str, str], date | None]", mandatory_from(),
                 "Body and group to the day of certification from which holders must take part; None: every holder."),
        constant("CYCLE_MONTHS", "int", months, "Months in a cycle."),
        constant("FEE_REGIONS", "tuple[str, ...]", ("standard", "low_middle_income"), "Fee regions."),
        constant("ACTIVITY_SOURCES", "tuple[str, ...]", ("ascp", "upload", "self"), "Where an entry may come from."),
    ]
    return HEAD.format(edition=EDITION) + "".join(parts)


if __name__ == "__main__":
    TARGET.write_text(main(), encoding="utf-8")
