"""Amounts at the limits of their range."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation, localcontext

import pytest

from cmprules._kit.points import decimal_of, decimal_text, exact_hundredths, to_hundredths


@pytest.mark.parametrize(("amount", "text"), [
    ("0", "0"), ("-0", "0"), ("-0.00", "0"), ("0E+3", "0"), ("0.50", "0.5"), ("100", "100"), ("1E+2", "100"),
    ("-1.50", "-1.5"), ("10.010", "10.01"),
])
def test_every_amount_has_one_text(amount: str, text: str) -> None:
    """The text has no exponent and no trailing zeros, and zero has no sign."""
    assert decimal_text(Decimal(amount)) == text


@pytest.mark.parametrize(("amount", "worth", "hundredths"), [
    ("9999999999", 1, 999_999_999_900), ("10000000000", 1, None),
    ("0.000001", 10_000, 1), ("0.0000001", 100_000, None), ("0.000001", 1, None), ("0", 1, 0),
])
def test_amounts_of_ten_digits_and_six_decimals_are_converted(amount: str, worth: int, hundredths: int | None) -> None:
    """More digits are not an amount of points, whatever a unit is worth."""
    assert exact_hundredths(Decimal(amount), worth) == hundredths


def test_points_that_cannot_be_held_are_named() -> None:
    """The error names the amount."""
    with pytest.raises(ValueError, match=r"^0\.125 points have more than two decimals$"):
        to_hundredths(Decimal("0.125"))


def test_a_number_beyond_every_decimal_is_refused_whatever_the_program_lets_pass() -> None:
    """The calling program may have turned off every decimal trap; the library still raises."""
    with localcontext(Context(traps=[])), pytest.raises(InvalidOperation):
        decimal_of("1e9999999999999999999999")
