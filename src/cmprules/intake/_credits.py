"""How much a row claims, and in which unit; all places that state it must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import attrs

from cmprules._kit.points import decimal_text
from cmprules._words import vocabulary
from cmprules.intake._amounts import AmountRead, read_amount, unit_of
from cmprules.intake._draft import Draft
from cmprules.intake._folding import fold, shown
from cmprules.intake._headers import Entry, Found
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._rows import is_blank
from cmprules.intake._words import AMOUNTS, Words

_PARTS = re.compile(r"[()\[\]{}:;|*!]|\s[-\u2013\u2014]\s|^[-\u2013\u2014]")
"""What parts a note from a title, such as `Safety (CANCELLED)` or `VOID - Safety`."""


@attrs.frozen
class Credit:
    """One amount of a row: the cell, the amount read, and each place that states a unit."""

    found: Found
    read: AmountRead
    said: tuple[tuple[str, str, str], ...]
    """Unit, rule and words, the nearest to the amount first."""

    @property
    def unit(self) -> str | None:
        """The unit of the nearest place."""
        return self.said[0][0] if self.said else None

    @property
    def worth(self) -> Decimal:
        """The points; an amount without a unit counts as its number."""
        return (self.read.amount or Decimal(0)) * (1 if self.unit is None else vocabulary.UNITS[self.unit])


def credits_of(entry: Entry, words: Words) -> list[Credit]:
    """Read every amount of a row that is not empty."""
    return [_credit(found, meaning, entry, words)
            for meaning in AMOUNTS for found in entry.values.get(meaning, ()) if not is_blank(found.cell)]


def _credit(found: Found, meaning: str, entry: Entry, words: Words) -> Credit:
    read = read_amount(found.cell, words.units)
    said = [(read.unit, "UNIT_IN_CELL", shown(found.cell))] if read.unit is not None else []
    if "." in meaning:
        said.append((words.units.get(fold(found.header), meaning.partition(".")[2]), "UNIT_BY_HEADER", found.header))
    for column, rule in (("unit", "UNIT_BY_COLUMN"), ("credit_type", "UNIT_BY_TYPE"), ("kind", "UNIT_BY_TYPE")):
        word = entry.text(column)
        unit = None if word is None else unit_of(word, words.units)
        if word is not None and unit is not None:
            said.append((unit, rule, word))
    kind = entry.text("credit_type")
    if kind is not None and not said and fold(kind) in words.minutes:
        read = AmountRead(code="UNIT_UNKNOWN", values=(("text", shown(found.cell)), ("unit", kind)))
    return Credit(found, read, tuple(said))


def ceu_is_open(rows: Iterable[list[Credit]], words: Words) -> bool:
    """Return whether a table with CEU may mean hours: at least half of its amounts are a whole CEU, ten hours."""
    amounts = [credit.read.amount for row in rows for credit in row if credit.read.amount is not None
               and credit.unit == "ceu" and fold(credit.said[0][2]) not in words.own_units]
    return 2 * sum(amount >= 1 for amount in amounts) >= max(len(amounts), 1)


def refuse_denied(draft: Draft, entry: Entry, words: Words) -> None:
    """Stop a row whose title or type of credit says that there is none, whatever amount stands in it."""
    title = entry.first("title")
    if title is not None and any(fold(part) in words.never for part in _PARTS.split(shown(title.cell))):
        draft.stop("CREDIT_DENIED", "title", text=shown(title.cell), header=title.header)
    for meaning in ("credit_type", "unit", "kind"):
        for found in entry.values.get(meaning, ()):
            said = fold(shown(found.cell))
            of_credit = "credit" in fold(found.header).replace("accredit", "")
            denied = said in words.denied or (said in words.without and of_credit)
            if denied and said not in words.own_units:
                draft.stop("CREDIT_DENIED", "amount", text=shown(found.cell), header=found.header)


def settle_credit(draft: Draft, credits: list[Credit], entry: Entry, mapping: IntakeMapping, *, default: str | None,
                  ceu_open: bool) -> None:
    """Add amount and unit to a draft, or stop it with a question."""
    found = [credit for credit in credits if credit.read.code != "NO_CREDIT"] or credits[:1]
    bad = next((credit for credit in found if credit.read.code is not None), None)
    if not found:
        draft.stop("NO_AMOUNT", "amount")
    elif bad is not None:
        draft.stop(str(bad.read.code), "amount", **dict(bad.read.values))
    elif any(credit.found.repeated for credit in found):
        draft.stop("AMOUNT_SHARED", "amount", text=shown(found[0].found.cell))
    elif not _agree(found):
        draft.stop("AMOUNTS_DIFFER", "amount", text=_differing(found))
    else:
        best = next((credit for credit in found if credit.unit is not None), found[0])
        _settle_unit(draft, best, entry, mapping, default=default, ceu_open=ceu_open)


def _agree(found: list[Credit]) -> bool:
    """Return whether all amounts of a row, with all their units, have the same value."""
    worths = {credit.worth for credit in found if credit.unit is not None}
    bare = {credit.read.amount for credit in found if credit.unit is None}
    units = {vocabulary.UNITS[unit] for credit in found for unit, *_ in credit.said} if len(found) == 1 else {1}
    return len(worths) <= 1 and len(bare) <= 1 and len(units) <= 1 and (not worths or not bare or worths == bare)


def _differing(found: list[Credit]) -> str:
    said = [f"{credit.found.header} '{shown(credit.found.cell)}'" + "".join(f", {words}" for _, _, words in credit.said)
            for credit in found]
    return "; ".join(said)


def _settle_unit(draft: Draft, credit: Credit, entry: Entry, mapping: IntakeMapping, *, default: str | None,
                 ceu_open: bool) -> None:
    text = shown(credit.found.cell)
    unknown = entry.text("unit") if credit.unit is None else None
    if unknown is not None:
        draft.stop("UNIT_UNKNOWN", "unit", text=text, unit=unknown)
    elif credit.unit == "ceu" and ceu_open and mapping.unit is None:
        draft.stop("CEU_OPEN", "unit", text=text, points=decimal_text(credit.worth))
    else:
        unit, rule, words = _chosen(credit, mapping, default, ceu_open=ceu_open)
        if unit is None:
            draft.stop("UNIT_OPEN", "unit", text=text)
        else:
            _put(draft, credit, unit, rule, words)


def _chosen(credit: Credit, mapping: IntakeMapping, default: str | None, *,
            ceu_open: bool) -> tuple[str | None, str, str]:
    """Choose the unit: the row's, otherwise the user's, otherwise the default of our own tables."""
    if credit.unit == "ceu" and ceu_open and mapping.unit is not None:
        return mapping.unit, "UNIT_BY_OPTION", credit.said[0][2]
    if credit.said:
        return credit.said[0]
    if mapping.unit is not None:
        return mapping.unit, "UNIT_BY_OPTION", "no unit"
    return default, "UNIT_BY_KIND", "no unit"


def _put(draft: Draft, credit: Credit, unit: str, rule: str, words: str) -> None:
    """Fill in amount and unit, and note each change."""
    text = shown(credit.found.cell)
    draft.fields["amount"], draft.fields["unit"] = credit.read.amount, unit
    for rule_of_amount in credit.read.rules:
        draft.change("amount", text, credit.read.amount, rule_of_amount, credit.found.header)
    if fold(words) != fold(unit) or words != unit:
        draft.change("unit", words, unit, rule, credit.found.header)
