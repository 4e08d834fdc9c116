"""Read an amount and its unit from a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import attrs

from cmprules.intake._folding import fold, shown, visible
from cmprules.intake._rows import Cell

_AMOUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?|[.,]\d+)\s*(?P<unit>\D.*)?", re.ASCII)
_BELOW_ZERO = re.compile(r"[-\u2212\u2013]\s?[.,]?\d.*|\(\s?[.,]?\d[\d.,]*\s?\)|\d[\d.,]*\s?[-\u2212]", re.ASCII)
"""A minus sign before or after a number, or a number in brackets, as accountants write it."""
_MORE_OF_IT = re.compile(r"[^a-z(\[]|h[a-z]*\.?\s*\d", re.IGNORECASE)
"""What goes on with the number and names no unit: a range, a fraction, a percentage, hours and minutes."""
_MOST_DECIMALS_AFTER_A_COMMA = 2
_LONGEST = 40


@attrs.frozen
class AmountRead:
    """An amount, the unit written with it, and the question or reason if it cannot be used."""

    amount: Decimal | None = None
    unit: str | None = None
    rules: tuple[str, ...] = ()
    code: str | None = None
    values: tuple[tuple[str, object], ...] = ()


def _stopped(code: str, text: object, **values: object) -> AmountRead:
    return AmountRead(code=code, values=(("text", shown(text)), *values.items()))


def unit_of(word: str, units: Mapping[str, str]) -> str | None:
    """Find a unit by its word."""
    return units.get(fold(word))


def read_amount(cell: Cell, units: Mapping[str, str]) -> AmountRead:
    """Read an amount; durations, ambiguous numbers and unknown units become questions."""
    if isinstance(cell, Decimal):
        return _checked(cell, None, (), shown(cell))
    if not isinstance(cell, str):
        return _stopped("NOT_AN_AMOUNT", cell)
    text = " ".join(visible(cell).split())
    match = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if _BELOW_ZERO.fullmatch(text) is not None:
        return _stopped("NOT_POSITIVE", text)
    if match is None:
        return _stopped("NOT_AN_AMOUNT", text)
    return _from_parts(text, match["number"], match["unit"], units)


def _from_parts(text: str, number: str, word: str | None, units: Mapping[str, str]) -> AmountRead:
    _, comma, decimals = number.partition(",")
    if comma and len(decimals) > _MOST_DECIMALS_AFTER_A_COMMA:
        return _stopped("COMMA_OPEN", text)
    unit = None if word is None else unit_of(word, units)
    if word is not None and unit is None:
        return _stopped("NOT_AN_AMOUNT" if _MORE_OF_IT.match(word) else "UNIT_UNKNOWN", text, unit=shown(word))
    rules = (*(("DECIMAL_COMMA",) if comma else ()), *(("UNIT_IN_CELL",) if unit else ()))
    return _checked(Decimal(number.replace(",", ".")), unit, rules, text)


def _checked(amount: Decimal, unit: str | None, rules: tuple[str, ...], text: str) -> AmountRead:
    if amount < 0:
        return _stopped("NOT_POSITIVE", text)
    if not amount:
        return _stopped("NO_CREDIT", text)
    return AmountRead(amount, unit, rules)

