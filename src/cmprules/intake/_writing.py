"""Write a mapping file: every column and option as it was read, to be corrected and used again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cmprules._kit.shapes import write_part
from cmprules.intake._headers import NAMELESS
from cmprules.intake._loading import words_for
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._values import Intake, Line
from cmprules.intake._words import Words

_OPEN = {"TOPIC_UNKNOWN": ("topics", '["safety"]', "the areas; [] for any other CE"),
         "KIND_OPEN": ("kinds", '"formal_ce"', "the kind"),
         "STATUS_OPEN": ("status", "true", "whether it was completed"),
         "UNIT_UNKNOWN": ("units", '"contact_hour"', "the unit")}
"""Questions about words that a mapping file can answer: the table, an example, and the meaning."""


_TABLES = ("columns", "units", "kinds", "status", "topics", "credentials")


def mapping_toml(found: Intake, mapping: IntakeMapping) -> str:
    """Write the mapping file for the next time.

    Settings in use are written as they are; open ones are written as a comment with an example.
    """
    plain = write_part(mapping)
    tables = {name: dict(plain.pop(name, {})) for name in _TABLES}
    tables["columns"] = {**_columns(found, words_for(mapping)), **tables["columns"]}
    lines = ["# What these files mean; correct it and give it with --mapping the next time.", ""]
    lines += _pairs({"schema": IntakeMapping.schema, **plain})
    for name, pairs in tables.items():
        examples = sorted(set(_examples(found.lines, name)))
        if pairs or examples:
            lines += ["", f"[{name}]", *_pairs(pairs), *examples]
    return "\n".join(lines) + "\n"


def _columns(found: Intake, words: Words) -> dict[str, str]:
    """Return the meaning of each column; one that is left out is ignored, unless its word has a meaning elsewhere."""
    pairs = [column.rpartition(": ") for file in found.files for column in file.columns]
    unused = {name: "ignore" for file in found.files for name in file.unused
              if not name.endswith(NAMELESS) and not words.meanings(name)}
    return {**unused, **{header: meaning for header, _, meaning in pairs}}


def _pairs(pairs: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_quoted(key) if not key.isidentifier() or not key.isascii() else key} = {_value(value)}"
            for key, value in pairs.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[" + ", ".join(map(_value, value)) + "]" if isinstance(value, list) else _quoted(str(value))


def _quoted(text: str) -> str:
    """Write a text as TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in escaped)
    return '"' + "".join(shown) + '"'


def _examples(lines: Iterable[Line], table: str) -> Iterator[str]:
    """Yield a line for each open word that a table can explain."""
    for line in lines:
        for remark in line.remarks:
            name, example, meant = _OPEN.get(remark.code, ("", "", ""))
            if name == table and remark.text.count("'") >= 2:
                yield f"# {_quoted(remark.text.split(chr(39))[-2])} = {example}  # {meant}"
