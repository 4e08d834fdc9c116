"""Reinstate an expired credential: points of the last three years, two tables, two fees, and no new dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import attrs

from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Credential, Holder, Record
from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.shapes import BAD, Flag, Maybe, Text, Word
from cmprules._policy.book import LastDay, PolicyBook
from cmprules._rules.counting import end_of, standing_of
from cmprules._rules.fees import quote_or_reason
from cmprules._rules.results import Finding, Need
from cmprules._words import vocabulary
from cmprules._words.codes.questions import NEEDS
from cmprules._words.enums import Grade, Standing
from cmprules.errors import Fault, InputError, NotInForceError
from cmprules.renewal._common import (
    beyond_last_check,
    closing,
    finding,
    requirements_of,
)
from cmprules.renewal._renewing import has_no_end
from cmprules.renewal._renewing_values import Reinstatement, TableAsked

_RULES = ("expiry/expired", "expiry/reinstatement", "last_years_months", "renewal/reinstatement_points",
          "renewal/reinstatement_fees", "fees/reinstatement_on_top", "fees/reinstated_alone",
          "designation/expired_not_cited")
_OPEN = ("expiry/dates_after_reinstatement", "renewal/longest_lapse_months", "renewal/reinstatement_warning",
         "reading/expired_tables")


def reinstate(
    record: Record | Credential, book: PolicyBook, *, on: date | str, credential: str | None = None,
    fee_region: str | None = None, trust: Grade | str = Grade.INFERRED, nca_moved: bool | None = None,
) -> Reinstatement:
    """Return what is needed to reinstate an expired credential.

    That is: points of the last three years, a declaration, the application fee and the reinstatement fee.  The answer
    has no new dates, because they are not established.

    Args:
        record: the record of the person, or only the credential.
        book: the policy tables.
        on: the day on which the declaration is sent.
        credential: the id of the credential; optional if only one has expired, or there is only one.
        fee_region: `standard` or `low_middle_income`; if absent, the region of the record's holder.
        trust: the weakest grade of figures to accept, as in `decide`.
        nca_moved: whether a former NCA certification had moved to the Board before it lapsed; None if not known.

    Returns:
        The reinstatement; if it is `refused` (not expired, no end date, a lapsed NCA certification), it says why.

    Raises:
        InputError: an argument cannot be read, or it is not clear which credential is meant.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> ht = cmprules.Credential(id="ht", code="HT", expires_on="2025-05-31")
    >>> answer = reinstate(ht, book, on="2026-03-10")
    >>> [str(line.amount) for line in answer.fees.lines]
    ['110.00', '145.00']
    >>> reinstate(ht, book, on="2026-03-10", credential="mls")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'mls', expected the id of a credential of this record; known: ht
    """
    record, on, chosen = _arguments(record, book, on, credential, fee_region, trust, nca_moved=nca_moved)
    given = next(candidate for candidate in record.credentials if candidate.id == chosen)
    refused = tuple(_refusals(given, book, on, nca_moved=nca_moved))
    if refused:
        return _refused(given, book, on, refused)
    return _expired(record, given, book, on, trust, tuple(_needs(given, nca_moved=nca_moved)))


def _arguments(
    record: Record | Credential, book: PolicyBook, on: date | str, credential: str | None, fee_region: str | None,
    trust: Grade | str, *, nca_moved: bool | None,
) -> tuple[Record, date, str]:
    """Read the arguments and report all faults together; a single credential becomes a record of its own."""
    asked = Asked()
    asked.book(book)
    if isinstance(record, Credential):
        record = Record(holder=Holder(id="nobody"), credentials=[record], activities=[])
    asked.of_class(record, Record, "$.record")
    on = asked.day(on)
    asked.trust(trust)
    if fee_region is not None:
        asked.read(Word(vocabulary.FEE_REGIONS, "a fee region", "UNKNOWN_WORD"), fee_region, "$.fee_region")
    if credential is not None and asked.read(Text(), credential, "$.credential") is not BAD:
        asked.named(record, credential, "$.credential")
    asked.read(Maybe(Flag()), nca_moved, "$.nca_moved")
    asked.settle()
    if fee_region is not None:
        record = attrs.evolve(record, holder=attrs.evolve(record.holder, fee_region=fee_region))
    return record, on, credential or _only_one(record, on)


def _only_one(record: Record, on: date) -> str:
    """Find the credential if none is named: the only one, or the only expired one."""
    expired = [credential.id for credential in record.credentials if standing_of(credential, on) is Standing.EXPIRED]
    candidates = [credential.id for credential in record.credentials] if len(record.credentials) == 1 else expired
    if len(candidates) != 1:
        raise InputError([Fault(path="$.credential", code="MISSING_KEY", value=None,
                                expected="the id of one credential",
                                hint=f"name the one to reinstate; expired: {', '.join(expired) or 'none'}")])
    return candidates[0]


def _refusals(credential: Credential, book: PolicyBook, on: date, *, nca_moved: bool | None) -> Iterator[Finding]:
    """Return why a credential is not reinstated: it has no end date, has not expired, or only the examination helps."""
    standing = standing_of(credential, on)
    if standing is Standing.NO_END_DATE:
        yield has_no_end(credential, book)
    elif standing is not Standing.EXPIRED:
        yield finding("NOT_EXPIRED", "expiry/expired", str(end_of(credential)), book)
    elif nca_moved is False and _of_nca(credential) and on > _last_day_of_nca(book):
        yield finding("NCA_LAPSED", "renewal/nca_lapsed", credential.id, book)


def _of_nca(credential: Credential) -> bool:
    """Return whether the credential may be a CLS certification of the NCA, now read as MLS."""
    return credential.previous_nca and credential.code == vocabulary.ALIASES["CLS"]


def _last_day_of_nca(book: PolicyBook) -> date:
    """Find the last day on which points and fees could reinstate a lapsed NCA certification.

    Edition 2026.1 has it only in the words of the rule: the first day in that text.
    """
    last: LastDay | None = book.last_days.get("renewal/nca_last_day")
    if last is not None:
        return last.last_day
    found = re.search(r"\d{4}-\d{2}-\d{2}", book.statements["renewal/nca_lapsed"].text)
    return date.fromisoformat(found[0]) if found is not None else date.max


def _needs(credential: Credential, *, nca_moved: bool | None) -> Iterator[Need]:
    """Ask whether a former NCA certification had moved to the Board, if that is not known."""
    if _of_nca(credential) and nca_moved is None:
        yield Need(code="NCA_LAPSED", subject=credential.id,
                   question=NEEDS["NCA_LAPSED"].format(subject=credential.id))


def _lapse(credential: Credential, on: date) -> tuple[date | None, int | None]:
    """Return the first day on which an expired credential was no longer valid, and the days since, inclusive."""
    end = end_of(credential)
    if end is None or standing_of(credential, on) is not Standing.EXPIRED:
        return None, None
    return end + ONE_DAY, (on - end).days


def _refused(credential: Credential, book: PolicyBook, on: date, refused: tuple[Finding, ...]) -> Reinstatement:
    """Answer for a credential that is not reinstated."""
    since, days = _lapse(credential, on)
    rest = closing(book, rules=_rules(credential), open=(), findings=beyond_last_check([on], book),
                   refused=refused)
    return Reinstatement(on=on, credential=credential, refused=refused, expired_since=since, lapsed_days=days,
                         requirements=None, tables=(), fees=None, needs=(), **rest)


def _expired(
    record: Record, credential: Credential, book: PolicyBook, on: date, trust: Grade | str, needs: tuple[Need, ...],
) -> Reinstatement:
    """Answer for a credential that has expired."""
    answer = decide(record, book, on=on, trust=trust)[credential.id]
    fees = quote_or_reason([credential], book, on=on, fee_region=record.holder.fee_region)
    requirements = requirements_of(answer)
    since, days = _lapse(credential, on)
    tables = tuple(_tables(credential, book, on))
    rest = closing(book, rules=_rules(credential), open=_OPEN, quotes=[fees],
                   findings=beyond_last_check([on], book), parts=(requirements, tables))
    return Reinstatement(
        on=on, credential=credential, refused=(), expired_since=since, lapsed_days=days,
        requirements=requirements, tables=tables, fees=fees,
        needs=(*needs, *answer.needs), **rest,
    )


def _rules(credential: Credential) -> tuple[str, ...]:
    """List the rules, including those on qualifications and NCA certifications if they concern the credential."""
    qualification = vocabulary.GROUPS[credential.code] == "qualification"
    return (*_RULES, *(["renewal/reinstatement_of_qualifications"] if qualification else []),
            *(["renewal/nca_lapsed"] if _of_nca(credential) else []),
            *(["expiry/inactive"] if credential.extended_until is not None else []))


def _tables(credential: Credential, book: PolicyBook, on: date) -> Iterator[TableAsked]:
    """Yield the table of the old end date and today's, if different; the decision evaluates both."""
    rows = set()
    for basis, day in (("old_end", credential.expires_on or on), ("today", on)):
        table = _table(basis, credential, book, day)
        if table.row not in rows:
            yield table
        rows.add(table.row)


def _table(basis: str, credential: Credential, book: PolicyBook, day: date) -> TableAsked:
    try:
        policy = book.policy_for(credential.code, expires_on=day, body=credential.body)
    except NotInForceError:
        return TableAsked(basis=basis, row=None, total=None, areas=None, pool=None)
    return TableAsked(basis=basis, row=policy.row.id, total=policy.total, areas=policy.areas, pool=policy.pool)
