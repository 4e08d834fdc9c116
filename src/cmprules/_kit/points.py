"""Exact amounts: decimals in public values, whole hundredths of a point inside, never a float.

Nothing here depends on the ambient decimal context, which belongs to the importing program.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal, InvalidOperation
from functools import lru_cache

_EXACT = Context(prec=40, rounding=ROUND_DOWN, Emin=-99, Emax=99, capitals=1, clamp=0, flags=[],
                 traps=[InvalidOperation])  # all settings: a missing one would come from decimal.DefaultContext
_FINEST = Decimal("0.000001")
_MILLION = 1_000_000
_LARGEST_EXPONENT = 9


@lru_cache(maxsize=4096, typed=True)
def exact_hundredths(amount: Decimal, worth: int = 1) -> int | None:
    """Convert an amount to hundredths, given the points that one unit is worth; None if the result is not exact.

    >>> exact_hundredths(Decimal("1.5")), exact_hundredths(Decimal("0.125"), 10), exact_hundredths(Decimal("0.125"))
    (150, 125, None)
    """
    if amount.adjusted() > _LARGEST_EXPONENT or (amount and amount.adjusted() < -len(str(_MILLION))):
        return None
    cut = _EXACT.quantize(amount, _FINEST)
    hundredths, rest = divmod(int(_EXACT.scaleb(cut, 6)) * worth * 100, _MILLION)
    return hundredths if cut == amount and not rest else None


def to_hundredths(points: Decimal) -> int:
    """Convert points to whole hundredths.

    Raises:
        ValueError: the amount has more than two decimals, so it cannot be held exactly.

    >>> to_hundredths(Decimal("1.5"))
    150
    >>> to_hundredths(Decimal("0.125"))
    Traceback (most recent call last):
    ...
    ValueError: 0.125 points have more than two decimals
    """
    hundredths = exact_hundredths(points)
    if hundredths is None:
        raise ValueError(f"{points} points have more than two decimals")
    return hundredths


@lru_cache(maxsize=4096)
def from_hundredths(hundredths: int) -> Decimal:
    """Convert whole hundredths to points without trailing zeros.

    >>> from_hundredths(150), from_hundredths(3600)
    (Decimal('1.5'), Decimal('36'))
    """
    return tidy(from_cents(hundredths))


def decimal_of(text: str) -> Decimal:
    """Read a number from its digits.

    Raises:
        decimal.InvalidOperation: the exponent is too large for a decimal, whatever the program's own context allows.

    >>> decimal_of("1.50")
    Decimal('1.50')
    """
    return Decimal(text, _EXACT)


def tidy(value: Decimal) -> Decimal:
    """Return an equal number without exponent and trailing zeros.

    >>> tidy(Decimal("3E+1")), tidy(Decimal("1.50"))
    (Decimal('30'), Decimal('1.5'))
    """
    return Decimal(decimal_text(value))


@lru_cache(maxsize=4096)
def decimal_text(value: Decimal) -> str:
    """Write a decimal in its only normal form: no exponent, no trailing zeros.

    >>> decimal_text(Decimal("24.50")), decimal_text(Decimal("3E+1")), decimal_text(Decimal("0.00"))
    ('24.5', '30', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def money_text(value: Decimal) -> str:
    """Write an amount of money with two decimals.

    >>> money_text(Decimal("110"))
    '110.00'
    """
    return cents_text(to_hundredths(value))


def cents_text(cents: int) -> str:
    """Write whole cents, none of them below zero, with two decimals.

    >>> cents_text(11005)
    '110.05'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def from_cents(cents: int) -> Decimal:
    """Make an amount of money of whole cents; it keeps two decimals.

    >>> from_cents(11000)
    Decimal('110.00')
    """
    return Decimal(cents_text(cents))
