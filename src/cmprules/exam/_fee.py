"""The cost of an application for an examination: dated rows, and fees without a source."""

from __future__ import annotations

from datetime import date

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import trusted
from cmprules._kit.terms import NOT_SAID, category, unknown_category
from cmprules._policy.book import ExamFeeRow, PolicyBook, Statement
from cmprules._policy.clauses import clauses_of
from cmprules._words import vocabulary
from cmprules.errors import NotEstablishedError
from cmprules.exam._values import ApplicationFee

CURRENCY = "USD"


def application_fee(code: str, book: PolicyBook, *, on: date | str, body: str = NOT_SAID) -> ApplicationFee:
    """Find the cost of an application for an examination.

    Args:
        code: the category, such as `MLS` or `MLS(ASCPi)`; former codes are accepted.
        book: the policy tables.
        on: the day of application.
        body: `ASCP` or `ASCPi`; ASCP if neither this nor the code names one.

    Returns:
        The fee in US dollars, with its row, grade and citation.

    Raises:
        UnknownCodeError: that body has no such credential.
        NotEstablishedError: no source gives the fee for that day; the message names the open question.
        InputError: `on` is not a day, or a word is not text.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> application_fee("MLS", book, on=date(2026, 3, 10)).amount
    Decimal('260.00')
    >>> application_fee("SBB", book, on=date(2026, 3, 10))
    Traceback (most recent call last):
    ...
    cmprules.errors.NotEstablishedError: the fee of the application for SBB(ASCP) on 2026-03-10 is not established:
    What does the application cost in 2026?
    """
    asked = Asked()
    asked.book(book)
    day = asked.day(on)
    code, body = category(code, body, asked.faults)
    asked.settle()
    check_category(code, body, book)
    row = _row_for(code, body, day, book)
    if row is None or row.figure is None:
        raise NotEstablishedError(f"the fee of the application for {code}({body}) on {day} is not established: "
                                  f"{_question(row)}")
    return trusted(
        ApplicationFee, code=code, body=body, on=day, currency=CURRENCY, amount=row.figure.value, why=None, row=row.id,
        note=row.note, grade=row.figure.grade, citation=row.citation, rules=clauses_of(_rules(body, day, book), book),
    )


def check_category(code: str, body: str, book: PolicyBook) -> None:
    """Refuse a category that a body does not have.

    Raises:
        UnknownCodeError: the body does not have it.
    """
    if body not in vocabulary.BODIES.get(code, ()):
        raise unknown_category(code, body, book.edition)


def _row_for(code: str, body: str, day: date, book: PolicyBook) -> ExamFeeRow | None:
    return next((row for row in book.exam_fees if row.covers(code, body, day)), None)


def _question(row: ExamFeeRow | None) -> str:
    """Name the open question: the row's own, or that no row covers the day."""
    return "no row of the edition covers that day" if row is None or row.question is None else row.question


_PAYMENT = ("exam/payment_days", "exam/payment_days_older", "exam/institution_payment", "exam/institution_cheque_days")
_PRICE = "exam_fees/ascpi_price"


def _rules(body: str, day: date, book: PolicyBook) -> tuple[str, ...]:
    """List what is known about fees and payment, and what is known or open about the price of ASCPi."""
    common = ("exam/retake_fee", "exam/fees_not_refunded", *(_PAYMENT if _PAYMENT[1] in book.statements else ()))
    if body != "ASCPi":
        return common
    price: Statement | None = book.statements.get(_PRICE)
    return (*common, _PRICE if price is not None and price.holds_on(day) else "exam_fees/ascpi_discount")


def fee_or_reason(code: str, body: str, book: PolicyBook, *, on: date) -> ApplicationFee:
    """Return the fee, or one without an amount and with the reason."""
    try:
        return application_fee(code, book, on=on, body=body)
    except NotEstablishedError as error:
        row = _row_for(code, body, on, book)
        return trusted(
            ApplicationFee, code=code, body=body, on=on, currency=CURRENCY, amount=None, why=str(error),
            row=None if row is None else row.id, note=None, grade=None, citation=None,
            rules=clauses_of(_rules(body, on, book), book),
        )
