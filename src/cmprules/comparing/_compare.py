"""`compare`: two tables, or two decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, overload

from cmprules._facts.digest import record_digest
from cmprules._facts.records import Record
from cmprules._policy.book import Policy, PolicyBook
from cmprules._rules.results import DecisionFields
from cmprules.comparing._decisions import compare_decisions
from cmprules.comparing._policies import compare_policies
from cmprules.comparing._values import DecisionComparison, PolicyComparison
from cmprules.errors import Fault, InputError


@overload
def compare(a: Policy, b: Policy) -> PolicyComparison: ...


@overload
def compare(
    a: DecisionFields, b: DecisionFields, *, records: Sequence[Record] | None = None,
    books: Sequence[PolicyBook] | None = None,
) -> DecisionComparison: ...


def compare(
    a: Policy | DecisionFields, b: Policy | DecisionFields, *, records: Sequence[Record] | None = None,
    books: Sequence[PolicyBook] | None = None,
) -> PolicyComparison | DecisionComparison:
    """Return what changes from one table of requirements to another, or from one decision to another.

    For decisions it also names the cause: the record, the day, the edition, the user's own rows, the trust or the
    rules.  If only one of these differs, it is the cause.  If several differ, each is tried alone, from both sides, if
    the records and books are given; without them the causes are only named.

    Args:
        a: the first.
        b: the second, of the same kind.
        records: the records of both decisions, in the same order.
        books: the books of both decisions.

    Raises:
        InputError: the two are not of one kind, or a record or a book is not the one that a decision used.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> old, new = (book.policy_for("BB", expires_on=day) for day in ("2023-12-31", "2024-01-31"))
    >>> [(one.of, one.change, str(one.difference)) for one in compare(old, new).figures if one.difference]
    [('blood_banking', 'raised', '6'), ('pool', 'lowered', '-6')]
    >>> compare(old, "the new table")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.b: WRONG_TYPE: got 'the new table', expected a Policy, like the other one; give two policies, or two decisions
    """
    given = records is not None or books is not None
    if isinstance(a, Policy) and isinstance(b, Policy) and not given:
        return compare_policies(a, b)
    if isinstance(a, DecisionFields) and isinstance(b, DecisionFields):
        faults = list(_faults((a, b), records, books)) if given else []
        if faults:
            raise InputError(faults)
        return compare_decisions(a, b, records, books)
    raise InputError(_not_of_one_kind(a, b))


def _not_of_one_kind(a: object, b: object) -> Iterable[Fault]:
    """Name the argument that cannot be compared, or note that tables have no records."""
    hint = "give two policies, or two decisions"
    if isinstance(a, Policy) and isinstance(b, Policy):
        return [Fault(path="$.records", code="WRONG_TYPE", value="records or books", expected="only the two tables",
                      hint="they belong to decisions; leave them out")]
    if isinstance(a, Policy | DecisionFields):
        wanted = "a Policy" if isinstance(a, Policy) else "a Decision"
        return [Fault(path="$.b", code="WRONG_TYPE", value=b, expected=f"{wanted}, like the other one", hint=hint)]
    return [Fault(path=path, code="WRONG_TYPE", value=value, expected="a Policy or a Decision", hint=hint)
            for path, value in (("$.a", a), ("$.b", b)) if not isinstance(value, Policy | DecisionFields)]


def _faults(pair: Sequence[DecisionFields], records: Any, books: Any) -> Iterable[Fault]:
    """Check records and books against the stamps of the decisions."""
    wanted: tuple[tuple[str, Any, type], ...] = (("records", records, Record), ("books", books, PolicyBook))
    wrong = [Fault(path=f"$.{name}", code="WRONG_TYPE", value=given, expected=f"two values of the class {cls.__name__}",
                   hint="give both records and both books, or none of them")
             for name, given, cls in wanted if not _is_pair(given, cls)]
    yield from wrong
    if not wrong:
        for place, (decision, record, book) in enumerate(zip(pair, records, books, strict=True)):
            yield from record_faults(record, decision, f"$.records[{place}]")
            yield from book_faults(book, decision, f"$.books[{place}]")


def _is_pair(given: Any, cls: type) -> bool:
    return isinstance(given, Sequence) and len(given) == 2 and all(isinstance(value, cls) for value in given)


def record_faults(record: Record, decision: DecisionFields, path: str) -> Iterable[Fault]:
    """Note a record that is not the one that was decided."""
    found = record_digest(record)
    if found != decision.stamp.record_sha256:
        yield Fault(path=path, code="ANOTHER_RECORD", value=found, expected=decision.stamp.record_sha256,
                    hint="give the record that was decided; this is its digest")


def book_faults(book: PolicyBook, decision: DecisionFields, path: str) -> Iterable[Fault]:
    """Note a book that is not the one that a decision used."""
    stamp = decision.stamp
    for key, found, wanted in (("edition", book.edition, stamp.edition), ("sha256", book.sha256, stamp.edition_sha256),
                               ("extra_sha256", book.extra_sha256, stamp.extra_sha256)):
        if found != wanted:
            yield Fault(path=f"{path}.{key}", code="ANOTHER_BOOK", value=found, expected=str(wanted),
                        hint="load the edition, and the same files in the same order")
