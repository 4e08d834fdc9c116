"""Prints digests of everything that the library says about a file of records; the tests in this folder run it.

    python everything.py CASES ANSWERS PICKLES [decimals | slack] [locales]

It imports only the library and the standard library, so that it runs from any folder.
"""

from __future__ import annotations

import decimal
import hashlib
import json
import locale
import pickle
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["LOCALES", "answers", "loosen", "spoil"]

LOCALES = ("tr_TR.UTF-8", "tr_TR", "de_DE.UTF-8", "ar_EG.UTF-8", "C.UTF-8")
"""The first installed one is used; its letters and numbers must not matter."""


def spoil(context: decimal.Context) -> None:
    """Make a decimal context in which rounding, and large or small numbers, raise or come out wrong."""
    context.prec, context.rounding, context.capitals, context.clamp = 3, decimal.ROUND_UP, 0, 1
    context.Emin, context.Emax = -1, 1
    for signal in context.traps:
        context.traps[signal] = True


def loosen(context: decimal.Context) -> None:
    """Make a decimal context in which nothing raises: errors continue as not-a-number."""
    context.prec, context.rounding = 2, decimal.ROUND_CEILING
    for signal in context.traps:
        context.traps[signal] = False


def set_locale() -> None:
    """Set a locale that writes numbers and letters differently, if there is one."""
    for name in LOCALES:
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        return


def looks(value: Any, record: Any = None) -> Iterator[tuple[str, str]]:
    """Return a decision or a policy in every form."""
    import cmprules  # noqa: PLC0415  # after whatever was spoilt

    yield "value", repr(value)
    yield "mapping", json.dumps(cmprules.to_mapping(value))
    for form in ("text", "markdown", "html", "json"):
        yield form, cmprules.render(value, form, record=record)


def said_of(case: dict[str, Any], book: Any, kept: list[Any]) -> Iterator[tuple[str, str]]:
    """Decide a case and keep the decision, or return the words of the error."""
    import cmprules  # noqa: PLC0415  # after whatever was spoilt

    try:
        given = case["record"]
        record = cmprules.read_record(given) if isinstance(given, str) else cmprules.parse_record(given)
    except cmprules.InputError as error:
        yield "error", str(error)
        return
    kept.append(cmprules.decide(record, book, on=case["on"], trust=case["trust"]))
    yield from looks(kept[-1], record)


def answers(cases: list[dict[str, Any]], book: Any = None) -> tuple[dict[str, str], list[Any]]:
    """Return the digest of every output, and the decisions themselves."""
    import cmprules  # noqa: PLC0415  # after whatever was spoilt

    tables = cmprules.load_book(edition="2026.1") if book is None else book
    kept: list[Any] = []
    said = {(case["name"], form): text for case in cases for form, text in said_of(case, tables, kept)}
    for code in ("MLS", "PA", "MLA", "QLS"):
        said |= {(code, form): text for form, text in looks(tables.policy_for(code, expires_on=date(2026, 5, 31)))}
    said["book", "value"] = repr(tables)
    return {f"{name}: {form}": hashlib.sha256(text.encode()).hexdigest() for (name, form), text in said.items()}, kept


def main(cases: str, digests: str, pickles: str, *spoilt: str) -> None:
    """Answer all cases in a file, in a program that was spoiled before it imported the library."""
    for word, change in {"decimals": spoil, "slack": loosen}.items():
        for context in (decimal.DefaultContext, decimal.getcontext()) if word in spoilt else ():
            change(context)
    if "locales" in spoilt:
        set_locale()
    found, kept = answers(json.loads(Path(cases).read_text(encoding="utf-8")))
    Path(digests).write_text(json.dumps(found), encoding="utf-8")
    Path(pickles).write_bytes(pickle.dumps(kept))


if __name__ == "__main__":
    main(*sys.argv[1:])
