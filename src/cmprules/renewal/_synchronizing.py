"""Synchronize several credentials: the common end date, what it requires, costs and saves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

import attrs

from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._facts.records import Credential, Period, Record
from cmprules._kit.calendar import ONE_DAY, add_months, first_of_month, whole_months
from cmprules._kit.shapes import BAD, ListOf, Text
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import standing_of
from cmprules._rules.results import CredentialDecision, Declaration, Finding, Need
from cmprules._words import vocabulary
from cmprules._words.codes.questions import NEEDS
from cmprules._words.enums import Grade, Outcome, Standing
from cmprules.renewal._common import (
    beyond_last_check,
    closing,
    finding,
    requirements_of,
)
from cmprules.renewal._cycles import begun_on, known_end, next_cycle, present_cycle, with_end
from cmprules.renewal._paying import Payments, compared, payments_apart, payments_together, shared_days
from cmprules.renewal._renewing import has_no_end
from cmprules.renewal._shared_values import Requirements
from cmprules.renewal._synchronizing_values import Saving, Synchronization, SynchronizedCredential

_RULES = ("renewal/sync_earliest", "renewal/sync_early", "renewal/longest_cycle_months", "renewal/sync_request",
          "renewal/sync_offered", "fees/reduced", "reduced_fee_months", "fees/no_mixing", "rule/one_declaration_each",
          "opens_days_before_end")
_OPEN = ("renewal/sync_wait",)


def synchronize(
    record: Record, book: PolicyBook, *, on: date | str, credentials: Sequence[str] | None = None,
    trust: Grade | str = Grade.INFERRED,
) -> Synchronization:
    """Return what it means to synchronize several credentials.

    The common end date is the earliest of the present end dates, so no cycle gets longer.  The holder must ask the
    Board in writing, and the Board must confirm.  Costs are compared with those of the present end dates over this
    round and over two; each declaration is assumed to be sent on the last possible day of its group.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day of the question.
        credentials: ids of the credentials to synchronize; if absent, all that can be.
        trust: the weakest grade of figures to accept, as in `decide`.

    Returns:
        For each credential: the time it gives up, when it is declared, and what is required by then; and the costs.

    Raises:
        InputError: an argument cannot be read.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-10-31"},
    ...                     {"id": "sbb", "code": "SBB", "expires_on": "2027-03-31"}]})
    >>> answer = synchronize(record, book, on="2026-03-10")
    >>> answer.common_end, answer.savings[0].saved, answer.credentials[1].months_given_up
    (datetime.date(2026, 10, 31), Decimal('15.00'), 5)
    >>> synchronize(record, book, on="2026-03-10", credentials=["mls", "bb"])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credentials[1]: NO_SUCH_CREDENTIAL: got 'bb', expected the id of a credential of this record; did you mean
      'sbb'?
    """
    on, chosen = _arguments(record, book, on, credentials, trust)
    able = [credential for credential in record.credentials if credential.id in chosen]
    refused = [found for credential in able for found in _refusals(credential, book, on)]
    able = [credential for credential in able if credential.id not in {found.subject for found in refused}]
    common = min((known_end(credential) for credential in able), default=None)
    if common is not None:
        late = [credential for credential in able if begun_on(credential, on, book) > common]
        refused.extend(finding("CYCLE_NOT_BEGUN", "renewal/sync_earliest", credential.id, book) for credential in late)
        able = [credential for credential in able if credential not in late]
    if common is None or len(able) < 2:
        return _nothing(refused, book, on)
    return _Synchronizing(record=record, able=tuple(able), common=common, book=book, on=on, trust=trust,
                          decision=decide(record, book, on=on, trust=trust)).answer(tuple(refused))


def _arguments(
    record: Record, book: PolicyBook, on: date | str, credentials: Sequence[str] | None, trust: Grade | str
) -> tuple[date, frozenset[str]]:
    """Read the arguments and report all faults together."""
    asked = Asked()
    asked.book(book)
    asked.of_class(record, Record, "$.record")
    on = asked.day(on)
    asked.trust(trust)
    ids: Sequence[str] = ()
    if credentials is not None:
        read = asked.read(ListOf(Text(), order=str), credentials, "$.credentials")
        ids = () if read is BAD else credentials
    for index, name in enumerate(ids):
        asked.named(record, name, f"$.credentials[{index}]")
    asked.settle()
    return on, frozenset(credential.id for credential in record.credentials) if credentials is None else frozenset(ids)


def _refusals(credential: Credential, book: PolicyBook, on: date) -> Iterator[Finding]:
    """Return why an end date cannot move: there is none, or it has passed."""
    standing = standing_of(credential, on)
    if standing is Standing.NO_END_DATE:
        yield has_no_end(credential, book)
    elif standing is Standing.EXPIRED:
        yield finding("EXPIRED", "expiry/reinstatement", credential.id, book)


def _nothing(refused: Sequence[Finding], book: PolicyBook, on: date) -> Synchronization:
    """Answer if there are fewer than two credentials to synchronize."""
    found = finding("NOTHING_TO_SYNCHRONIZE", "renewal/sync_earliest", on.isoformat(), book)
    rest = closing(book, rules=_RULES, open=(), refused=refused, findings=(found, *beyond_last_check([on], book)))
    return Synchronization(on=on, common_end=None, credentials=(), same_day=None, together=(), apart=(), savings=(),
                           request=(), refused=tuple(refused), **rest)


def _is_qualification(credential: Credential) -> bool:
    return vocabulary.GROUPS[credential.code] == "qualification"


@attrs.frozen(kw_only=True)
class _Synchronizing:
    """The inputs of the answer."""

    record: Record
    able: tuple[Credential, ...]
    common: date
    book: PolicyBook
    on: date
    trust: Grade | str
    decision: Decision

    def answer(self, refused: tuple[Finding, ...]) -> Synchronization:
        """Assemble the answer."""
        region = self.record.holder.fee_region
        moved = [self.moved(credential, doubtful=False) for credential in self.able]
        together = payments_together(moved, self.book, region)
        apart = payments_apart(self.able, self.book, region)
        savings = tuple(compared(together, apart, [known_end(credential) for credential in self.able]))
        days = shared_days(self.able, self.on, self.book)
        credentials = tuple(self.credentials())
        rest = closing(self.book, rules=_RULES, open=_OPEN, refused=refused,
                       findings=self.findings(together, apart, savings),
                       quotes=[sent.fees for payments in (together, apart) for payment in payments.rounds
                               for sent in payment.submissions],
                       parts=credentials)
        return Synchronization(
            on=self.on, common_end=self.common, credentials=credentials,
            same_day=None if days is None else Period(start=days[0], end=days[1]),
            together=together.rounds, apart=apart.rounds, savings=savings,
            request=self.book.statements["renewal/sync_request"].words, refused=refused, **rest,
        )

    def moved(self, credential: Credential, *, doubtful: bool) -> Credential:
        """Move an end date to the common one; `doubtful` starts the cycle in the month in which the last one ended."""
        cycle = present_cycle(credential, self.on, self.book)
        in_doubt = doubtful and cycle.doubtful is not None
        start = first_of_month(cycle.period.start - ONE_DAY) if in_doubt else cycle.period.start
        return with_end(credential, self.common, start)

    def credentials(self) -> Iterator[SynchronizedCredential]:
        """Return for each credential the time it gives up and what is required by the common end date."""
        after = self.decided(doubtful=False)
        favorable = self.decided(doubtful=True)
        for credential in self.able:
            moved = after[credential.id]
            end = known_end(credential)
            yield SynchronizedCredential(
                id=credential.id, code=credential.code, body=credential.body, old_end=end, new_end=self.common,
                months_given_up=whole_months(self.common, end), days_given_up=(end - self.common).days,
                cycle=cast("Period", moved.cycle), declaration=cast("Declaration", moved.declaration),
                early=self.common < end, renewed_until=next_cycle(self.common, self.book).end,
                before=requirements_of(self.decision[credential.id]), after=self.asked(moved, favorable[credential.id]),
            )

    def decided(self, *, doubtful: bool) -> Decision:
        """Decide the record with the common end date."""
        moved = {credential.id: self.moved(credential, doubtful=doubtful) for credential in self.able}
        record = attrs.evolve(self.record, credentials=[moved.get(credential.id, credential)
                                                        for credential in self.record.credentials])
        return decide(record, self.book, on=self.on, trust=self.trust)

    def asked(self, moved: CredentialDecision, favorable: CredentialDecision) -> Requirements:
        """Take the requirements from the decision; if the month of the previous end matters, they need review."""
        asked = requirements_of(moved)
        if favorable.outcome is moved.outcome:
            return asked
        doubts = [found.subject for found in self.decision[moved.id].findings if found.code == "MONTH_OF_PREVIOUS_END"]
        needs = tuple(Need(code="MONTH_OF_PREVIOUS_END", subject=name,
                           question=NEEDS["MONTH_OF_PREVIOUS_END"].format(subject=name)) for name in doubts)
        return attrs.evolve(asked, outcome=Outcome.NEEDS_REVIEW, needs=(*needs, *favorable.needs))

    def findings(self, together: Payments, apart: Payments, savings: Sequence[Saving]) -> tuple[Finding, ...]:
        """Note whether there is anything to gain, and which amounts are for days after the last check."""
        paid = [sent.on for payments in (together, apart) for payment in payments.rounds
                for sent in payment.submissions]
        nothing_saved = savings[0].saved == 0
        return (*self.gain(nothing_saved=nothing_saved), *self.mixture(),
                *beyond_last_check([self.on, *paid], self.book))

    def gain(self, *, nothing_saved: bool) -> Iterator[Finding]:
        """Note that the end dates are the same, or that those of one kind are close enough to share the reduced fee."""
        subject = self.common.isoformat()
        if all(known_end(credential) == self.common for credential in self.able):
            yield finding("ALREADY_TOGETHER", "renewal/sync_earliest", subject, self.book)
            return
        apart = [alike for alike in self.kinds() if len({known_end(credential) for credential in alike}) > 1]
        if not apart or not all(map(self.close, apart)):
            return
        if any(shared_days(alike, self.on, self.book) is None for alike in apart):
            yield finding("NO_SHARED_DAY", "opens_days_before_end", subject, self.book)
        elif nothing_saved:
            yield finding("SAME_DAY_SUFFICES", "fees/reduced", subject, self.book)

    def kinds(self) -> list[list[Credential]]:
        """Separate certifications from qualifications, which do not share the reduced fee."""
        return [[credential for credential in self.able if _is_qualification(credential) is kind]
                for kind in (False, True)]

    def close(self, alike: Sequence[Credential]) -> bool:
        """Return whether end dates of one kind are within the months of the reduced fee."""
        ends = sorted(map(known_end, alike))
        return ends[-1] <= add_months(ends[0], self.book.number("reduced_fee_months"))

    def mixture(self) -> Iterator[Finding]:
        """Note that certifications and qualifications do not share the reduced fee."""
        if all(self.kinds()):
            yield finding("FEES_NOT_COMBINED", "fees/no_mixing", self.common.isoformat(), self.book)
