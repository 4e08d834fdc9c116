"""Make receipts, and replay them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._facts.records import Record
from cmprules._kit.canonical import to_mapping
from cmprules._kit.shapes import Checked, FrozenMap, MapOf, Plain, refuse_others, trusted
from cmprules._policy.book import OwnFile, PolicyBook, refuse_book
from cmprules._policy.laying import lay
from cmprules._policy.load import load_book
from cmprules._policy.reform import SUFFIX
from cmprules.comparing._compare import book_faults, record_faults
from cmprules.comparing._differences import Value, Values, differences, on_the_keys_of, values_of
from cmprules.errors import Fault, InputError
from cmprules.explaining._explain import explain
from cmprules.receipts._values import Receipt, Replay, own_faults, seal_of


def receipt(
    decision: Decision, *, record: Record, book: PolicyBook | None = None,
    explanation: Mapping[str, object] | Checked | bool | None = None,
) -> Receipt:
    """Make a receipt of a decision: everything needed to make the decision again, under one digest.

    Args:
        decision: the decision.
        record: the record that was decided; a decision holds only its digest.  The receipt keeps the holder's id, not
            the name.
        book: the book that was used; needed if it has the user's own rows, which the receipt then holds.
        explanation: an explanation to keep with the decision, as a value of this package or as plain data; if absent,
            or `True`, that of `explain`, which says more if it has the book.  `False` keeps none: the receipt is
            made several times faster, has about a quarter of the size, and replays alike.

    Raises:
        InputError: the record or the book is not the one that the decision used, or an argument is of another class.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> book = cmprules.load_book(edition="2026.1")
    >>> decision = cmprules.decide(record, book, on="2026-03-10")
    >>> cmprules.replay(receipt(decision, record=record), book).same
    True
    >>> receipt(decision, record=record, explanation=False).explanation is None
    True
    >>> receipt(decision, record=cmprules.read_record("examples/mla.json"))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.record: ANOTHER_RECORD: got '...', expected ...; give the record that was decided; this is its digest
    """
    faults = list(_faults(decision, record, book, explanation))
    if faults:
        raise InputError(faults)
    record, decision = _without_name(record, decision)
    kept: FrozenMap | None = None
    if explanation is not False:
        own = None if explanation is True else explanation
        said = explain(decision, record=record, book=book) if own is None else own
        kept = MapOf(Plain()).read(_plain(said), "$.explanation", [])
    return _sealed(record, decision, () if book is None else book.files, kept)


def _plain(explanation: object) -> object:
    """Write an explanation as plain data, if it is a value of this package."""
    return to_mapping(explanation) if isinstance(explanation, Checked) else explanation


def _sealed(record: Record, decision: Decision, files: tuple[OwnFile, ...], explanation: FrozenMap | None) -> Receipt:
    """Make a receipt of parts that have been checked, under the digest of what it says."""
    unsigned = trusted(Receipt, record=record, decision=decision, files=files, explanation=explanation, sha256="",
                       notice=decision.notice)
    seal = seal_of(to_mapping(unsigned))
    made = trusted(Receipt, record=record, decision=decision, files=files, explanation=explanation,
                   sha256=seal.sha256, notice=decision.notice)
    faults = list(own_faults(made, seal, "$"))
    if faults:
        raise InputError(faults)
    return made


def _without_name(record: Record, decision: Decision) -> tuple[Record, Decision]:
    """Leave out the holder's name, so that no digest depends on it."""
    record = attrs.evolve(record, holder=attrs.evolve(record.holder, name=None))
    if decision.holder is not None:
        decision = attrs.evolve(decision, holder=attrs.evolve(decision.holder, name=None))
    return record, decision


def _faults(decision: Decision, record: Record, book: PolicyBook | None, explanation: object) -> Iterable[Fault]:
    """Check the classes of the arguments, and the record and the book against the stamp of the decision."""
    wrong: list[Fault] = []
    refuse_others((decision,), Decision, "$.decision", wrong)
    refuse_others((record,), Record, "$.record", wrong)
    if book is not None:
        refuse_book(book, wrong)
    if explanation is not None and not isinstance(explanation, bool):
        MapOf(Plain()).read(_plain(explanation), "$.explanation", wrong)
    yield from wrong
    if not wrong:
        yield from record_faults(record, decision, "$.record")
        if book is not None:
            yield from book_faults(book, decision, "$.book")
        elif decision.stamp.extra_sha256:
            yield Fault(path="$.book", code="MISSING_KEY", value=None, expected="the book of the decision",
                        hint="it has rows of your own, which the receipt has to hold")


def replay(receipt: Receipt, book: PolicyBook | None = None) -> Replay:
    """Make the decision of a receipt again, and report whether it is the same or where it first differs.

    The notice of the receipt is compared too.  The explanation is kept but not made again, so it is not compared.

    The user's own files in the receipt are laid over the book, unless the book was loaded with some.  A receipt of an
    older version is compared on the keys that it has: formats may gain keys, but never lose or change one.

    Args:
        receipt: the receipt.
        book: the edition that it names, which is loaded if absent; with any other, the first difference says so.

    Raises:
        InputError: the arguments are not a receipt and a book.
        PolicyDataError: the files of the receipt do not fit the book.
        UnknownEditionError: no book is given, and this release does not have the edition.
        UnknownCodeError: the book does not have a credential of the record.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> book = cmprules.load_book(edition="2026.1")
    >>> kept = cmprules.receipt(cmprules.decide(record, book, on="2026-03-10"), record=record)
    >>> found = replay(kept)
    >>> found.same, found.first
    (True, None)
    >>> replay(kept.text, book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.receipt: WRONG_TYPE: got ..., expected a value of the class Receipt; make one of it first
    """
    faults: list[Fault] = []
    refuse_others((receipt,), Receipt, "$.receipt", faults)
    if book is not None:
        refuse_book(book, faults)
    if faults:
        raise InputError(faults)
    before = receipt.decision
    book = load_book(before.stamp.edition.removesuffix(SUFFIX)) if book is None else book
    kept = {**values_of(before), **_notice(receipt.notice)}
    laid = book if book.files else lay(book, receipt.files)
    after = decide(receipt.record, laid, on=before.on, trust=before.stamp.trust)
    now = on_the_keys_of(kept, {**values_of(after), **_notice(after.notice)})
    found = tuple(difference for difference in differences(kept, now) if difference.path not in _TOLD_APART)
    return Replay(same=not found, differences=found, rules_before=before.stamp.rules, rules_after=after.stamp.rules,
                  library_before=before.stamp.library, library_after=after.stamp.library, edition=laid.edition,
                  edition_sha256=laid.sha256, sources=FrozenMap())


def _notice(text: str) -> Values:
    """Name the notice of a receipt, to tell it from the notice of its decision."""
    return {"$.receipt.notice": Value("notice", None, None, text)}


_TOLD_APART = ("$.stamp.library", "$.stamp.rules")
"""The keys of a replay besides the differences."""
