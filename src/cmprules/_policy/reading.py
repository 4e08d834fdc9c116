"""From the tables of an edition to its rows: parse them, check them, and report all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cmprules._kit.canonical import digest
from cmprules._policy import rows
from cmprules._policy.book import PolicyBook
from cmprules._policy.building import Edition, book_of, edition_of
from cmprules._policy.checks import check_edition
from cmprules._policy.laying import parsed_file
from cmprules.errors import Fault, PolicyDataError


def made_of(tables: Mapping[str, bytes]) -> PolicyBook:
    """Make the book of an edition of its tables, whose files are given by name.

    Raises:
        PolicyDataError: with every fault.
    """
    return book_of(read_edition(tables))


def read_edition(tables: Mapping[str, bytes]) -> Edition:
    """Read and check the tables of an edition.

    Raises:
        PolicyDataError: with every fault.
    """
    faults: list[Fault] = []
    raw = {name: parsed_file(name, table, faults) for name, table in tables.items()}
    if faults:
        raise PolicyDataError(faults)
    parsed = rows.parse_edition(raw, faults)
    if not faults:
        check_edition(parsed, faults)
    if faults:
        raise PolicyDataError(faults)
    return edition_of(parsed, digest_of(raw))


def digest_of(raw: Mapping[str, Any]) -> str:
    """Return the digest of an edition: of its content, not its formatting, and without the advisories."""
    return digest({name: _plain(value) for name, value in raw.items() if name != "advisories.toml"})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date) else value
