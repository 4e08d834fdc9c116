"""Published pass rates, each with the source that states it."""

from __future__ import annotations

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import Text, trusted
from cmprules._kit.terms import ASCP, BODY, NOT_SAID, body_within, category
from cmprules._policy.book import PassRateRow, PolicyBook
from cmprules._words import vocabulary
from cmprules.exam._fee import check_category
from cmprules.exam._values import PassRate


def pass_rates(book: PolicyBook, *, code: str | None = None, body: str | None = None) -> tuple[PassRate, ...]:
    """Return the shares of candidates that passed, as far as a source states them.

    Args:
        book: the policy tables.
        code: only this category, such as `MLS` or `MLS(ASCPi)`; former codes are accepted.  Benchmarks, which belong
            to no category, are always included.
        body: only this body, `ASCP` or `ASCPi`.

    Returns:
        The rows of the edition, in its order; rates of most categories and years are not established.

    Raises:
        UnknownCodeError: that body has no such credential.
        InputError: `code` is not text, or `body` is neither ASCP nor ASCPi.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> [(rate.first_year, str(rate.percent)) for rate in pass_rates(book, code="MLS") if rate.measure == "national"]
    [(2021, '75.9'), (2022, '75.7'), (2023, '75.9'), (2016, '80')]
    >>> pass_rates(book, code="XYZ")
    Traceback (most recent call last):
    ...
    cmprules.errors.UnknownCodeError: no credential 'XYZ' of 'ASCP' in edition 2026.1; `cmprules codes`
    lists all codes
    """
    asked = Asked()
    asked.book(book)
    if code is not None:
        asked.read(Text(), code, "$.code")
    if body is not None:
        body = asked.read(BODY, body, "$.body")
    if code is not None and not asked.faults:
        given = NOT_SAID if body is None else body
        body = body or body_within(code)
        code, _ = category(code, given, asked.faults)
    asked.settle()
    if code is not None:
        check_category(code, body or vocabulary.BODIES.get(code, (ASCP,))[0], book)
    return tuple(_rate(row) for row in book.pass_rates
                 if row.measure != "national" or (code in {None, row.code} and body in {None, row.body}))


def _rate(row: PassRateRow) -> PassRate:
    return trusted(
        PassRate, measure=row.measure, code=row.code, body=row.body, first_year=row.first_year,
        last_year=row.last_year, years=row.years, percent=row.figure.value, said_by=row.said_by, text=row.text,
        row=row.id, citation=row.figure.citation,
    )
