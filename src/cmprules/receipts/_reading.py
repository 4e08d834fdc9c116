"""Read receipts, and check them against their digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from typing import Any

from cmprules._facts.reading import decoded, document, read_bytes
from cmprules._kit.canonical import canonical_json
from cmprules._words.limits import LARGEST_RECEIPT
from cmprules.errors import Fault, InputError
from cmprules.receipts._values import Receipt, seal_of


def parse_receipt(mapping: Mapping[str, object]) -> Receipt:
    """Read a receipt from plain data, and check it against its digest.

    Raises:
        InputError: with every fault; `RECEIPT_DAMAGED` if it was changed after it was written.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> plain = cmprules.to_mapping(cmprules.receipt(decision, record=record))
    >>> parse_receipt(plain).decision == decision
    True
    >>> parse_receipt({**plain, "notice": "This is a decision."})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.sha256: RECEIPT_DAMAGED: got '...', expected ...; it is not what was written; take the copy that was kept first
    """
    return document(Receipt, mapping)


def read_receipt(path: str | PathLike[str]) -> Receipt:
    """Read a receipt from a file, which must be exactly what was written, byte for byte.

    Raises:
        InputError: with every fault; `RECEIPT_DAMAGED` if a byte of it was changed; an unreadable file is a fault too.

    >>> read_receipt("nowhere.json")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $: CANNOT_READ: got 'nowhere.json', expected a file; check the path: No such file or directory
    """
    return receipt_of(read_bytes(path, LARGEST_RECEIPT))


def receipt_of(raw: bytes) -> Receipt:
    """Read a receipt from its bytes."""
    text = decoded(raw, LARGEST_RECEIPT)
    plain = _plain(text)
    if not isinstance(plain, dict) or f"{canonical_json(plain)}\n" != text or text.encode() != raw:
        raise InputError([Fault(path="$", code="RECEIPT_DAMAGED", value=None, expected="a receipt as it was written",
                                hint="it is not in the canonical form; take the copy that was kept first")])
    found = seal_of(plain).sha256
    if plain.get("sha256") != found:
        raise InputError([Fault(path="$.sha256", code="RECEIPT_DAMAGED", value=plain.get("sha256"), expected=found,
                                hint="it is not what was written; take the copy that was kept first")])
    return parse_receipt(plain)


def _plain(text: str) -> Any:
    """Parse JSON; a number with a fraction becomes text, so the result is not in canonical form."""
    try:
        return json.loads(text, parse_float=str, parse_constant=str)
    except RecursionError:
        raise InputError([Fault(path="$", code="TOO_DEEP", value=None, expected="at most a few levels",
                                hint="this is not a receipt")]) from None
    except ValueError as error:
        raise InputError([Fault(path="$", code="NOT_JSON", value=None, expected="JSON",
                                hint=f"check which file was meant: {error}")]) from None
