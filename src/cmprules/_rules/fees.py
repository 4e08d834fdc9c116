"""The cost of declarations: dated rows, and the cheapest lawful grouping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cmprules._facts.records import Credential, listed
from cmprules._kit.calendar import add_months
from cmprules._kit.points import from_cents, to_hundredths
from cmprules._kit.shapes import Day, Word, maker, trusted
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules._rules.counting import end_of, participates, standing_of
from cmprules._rules.results import FeeLine, FeeQuote
from cmprules._words import vocabulary
from cmprules._words.enums import Standing
from cmprules.errors import InputError, NotEstablishedError

CURRENCY = "USD"
_REGION, _DAY = Word(vocabulary.FEE_REGIONS, "a fee region", "UNKNOWN_WORD"), Day()
_fee_line = maker(FeeLine)


def quote_fees(
    credentials: Iterable[Credential], book: PolicyBook, *, on: date | str, fee_region: str = "standard"
) -> FeeQuote:
    """Quote the fees of credentials whose declarations are submitted together on a day.

    The first credential of a group pays the application fee, each further one the reduced fee; the end dates in a group
    are at most three months apart.  An expired credential pays the application fee and the reinstatement fee, and joins
    no group.  Certifications and qualifications do not combine.  A credential that requires nothing costs nothing.
    Each line says whether the declaration can be sent on that day together with the others of its group, and if not,
    from which day on.

    Args:
        credentials: the credentials to declare.
        book: the policy tables.
        on: the day of submission.
        fee_region: `standard` or `low_middle_income`.

    Returns:
        The lines in the order of the credentials, and their total in US dollars.

    Raises:
        NotEstablishedError: no source gives one of the amounts for that day.
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> cmprules.quote_fees([mls], book, on=date(2026, 3, 10)).total
    Decimal('110.00')
    >>> [(line.open, str(line.opens_on)) for line in cmprules.quote_fees([mls], book, on=date(2026, 3, 1)).lines]
    [(False, '2026-03-02')]
    >>> cmprules.quote_fees([mls], book, on=date(2015, 3, 10))
    Traceback (most recent call last):
    ...
    cmprules.errors.NotEstablishedError: the fee item 'application' (standard) on 2015-03-10 is not established:
    no source of edition 2026.1 gives it
    """
    credentials, faults = listed(credentials, Credential, "$.credentials")
    refuse_book(book, faults)
    day: date = _DAY.read(on, "$.on", faults)
    region = _REGION.read(fee_region, "$.fee_region", faults)
    if faults:
        raise InputError(faults)
    lines = tuple(_line(owed, item, book, region, day) for owed in _owed(credentials, book, day) for item in owed.items)
    cents = sum(to_hundredths(line.amount) for line in lines)
    return trusted(FeeQuote, currency=CURRENCY, total=from_cents(cents), lines=lines,
                   why=" ".join(book.marks) or None)


def quote_or_reason(credentials: Sequence[Credential], book: PolicyBook, *, on: date, fee_region: str) -> FeeQuote:
    """Quote the fees, or return a quote without a total and with the reason."""
    try:
        return quote_fees(credentials, book, on=on, fee_region=fee_region)
    except NotEstablishedError as error:
        why = str(error)
        said = f"{' '.join(book.marks)} {why[:1].upper()}{why[1:]}" if book.marks else why
        return trusted(FeeQuote, currency=CURRENCY, total=None, why=said, lines=())


class _Owed(NamedTuple):
    """The fees of one credential, and whether its declaration can be sent with the others of its group."""

    credential: Credential
    items: tuple[str, ...]
    open: bool
    opens_on: date | None


def _line(owed: _Owed, item: str, book: PolicyBook, region: str, on: date) -> FeeLine:
    row, figure = book.fee(item, region=region, on=on, group=group_of(owed.credential))
    return _fee_line(credential=owed.credential.id, item=item, amount=figure.value, row=row.id, grade=figure.grade,
                     open=owed.open, opens_on=owed.opens_on)


def group_of(credential: Credential) -> str:
    """Return which rows of fees apply to a credential: those of certifications or of qualifications."""
    return "qualification" if vocabulary.GROUPS[credential.code] == "qualification" else "certification"


def _owed(credentials: Sequence[Credential], book: PolicyBook, on: date) -> list[_Owed]:
    """Return what each credential owes, in the given order; the first of a group pays the full fee."""
    place = {credential.id: index for index, credential in enumerate(credentials)}
    window = timedelta(days=book.number("opens_days_before_end"))
    reduced, opens = set(), {}
    for group in _groups(credentials, on, book.number("reduced_fee_months")):
        reduced.update(sorted((member.id for member in group), key=place.__getitem__)[1:])
        opens.update(dict.fromkeys((member.id for member in group), _opening(group, window, on)))
    owed = []
    for credential in credentials:
        if participates(credential):
            items = ["reduced_application" if credential.id in reduced else "application"]
            if standing_of(credential, on) is Standing.EXPIRED:
                items.append("reinstatement")
            owed.append(_Owed(credential, tuple(items), *opens.get(credential.id, (True, None))))
    return owed


def _opening(group: Sequence[Credential], window: timedelta, on: date) -> tuple[bool, date | None]:
    """Return whether the declarations of a group can be sent together on a day, and if not yet, from which day on.

    All their windows must be open: from the latest first day to the earliest end date.
    """
    ends = [end for member in group if (end := end_of(member)) is not None]
    first = max(ends) - window
    if on >= first:
        return True, None
    return False, first if first <= min(ends) else None


def _groups(credentials: Sequence[Credential], on: date, months: int) -> list[list[Credential]]:
    """Group credentials into as few groups as the rule allows, which is also the cheapest way.

    Within a group any two end dates are at most three months apart: the earlier one plus three months is not before the
    later one.  With credentials sorted by end date, a group that includes everything allowed from its earliest end date
    on is never worse.
    """
    groups: list[list[Credential]] = []
    for group in ("certification", "qualification"):
        alike = [(end, credential) for credential in credentials
                 if (end := _end_that_combines(credential, on)) is not None
                 and group_of(credential) == group]
        latest = None
        for end, credential in sorted(alike, key=lambda pair: pair[0]):
            if latest is None or end > latest:
                groups.append([])
                latest = add_months(end, months)
            groups[-1].append(credential)
    return groups


def _end_that_combines(credential: Credential, on: date) -> date | None:
    """Return the end date that counts for the reduced fee; None for a credential without one or an expired one."""
    current = standing_of(credential, on) in {Standing.CURRENT, Standing.INACTIVE}
    return end_of(credential) if current else None
