"""Receipts: the inputs of a decision under one digest; a changed byte is found, and everything replays."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._kit.canonical import canonical_json, digest
from cmprules.receipts import Receipt
from cmprules.receipts._reading import receipt_of
from cmprules.receipts._values import seal_of
from tests import strategies as ours
from tests.answers.comparing.drawn import FILES, Decided, decided, other_edition, single
from tests.examples import scaled, some_of

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
ON = date(2026, 3, 10)
VALIDATORS = {name: Draft202012Validator(cmprules.json_schema(name)) for name in ("receipt", "replay")}
SMALL = cmprules.parse_record({
    "schema": "cmprules.record/1", "holder": {"id": "h"}, "credentials": [{"id": "v", "code": "MLS",
                                                                        "certified_on": "1990-05-01"}],
    "activities": [{"id": "a", "title": "Zellzählung", "kind": "formal_ce", "amount": "1.5"}]})


def _example(name: str = "pbt.toml", book: cmprules.PolicyBook | None = None) -> Decided:
    return decided(cmprules.read_record(EXAMPLES / name), book or ours.edition(), ON)


def _receipt(one: Decided, **more: Any) -> Receipt:
    return cmprules.receipt(one.decision, record=one.record, book=one.book, **more)


def _signed(plain: dict[str, Any]) -> bytes:
    """Recompute the digest of a changed receipt, so that it is consistent."""
    rest = {key: value for key, value in plain.items() if key != "sha256"}
    return f"{canonical_json({**rest, 'sha256': digest(rest)})}\n".encode()


# ---------------------------------------------------------------------------------------------------------
# Laws.


@settings(max_examples=scaled(30))
@given(single())
def test_a_receipt_is_read_back_and_replayed(one: Decided) -> None:
    """Replaying a receipt gives the same decision, from bytes and plain data, for any book; the JSON validates."""
    kept = _receipt(one)
    again = receipt_of(kept.text.encode())
    plain = json.loads(cmprules.render(kept, "json"))
    base = one.book.base or one.book
    found = cmprules.replay(again, base)

    assert again == kept == cmprules.parse_receipt(plain)
    assert (again.record, again.decision, again.files) == (one.record, one.decision, one.book.files)
    assert (found.same, found.first, found.differences) == (True, None, ())
    assert cmprules.replay(again, one.book).same
    VALIDATORS["receipt"].validate(plain)
    VALIDATORS["replay"].validate(json.loads(cmprules.render(found, "json")))
    assert list(plain)[-1] == "notice"


@settings(max_examples=scaled(30))
@given(single(), st.integers(0), st.integers(0, 7))
def test_a_changed_bit_is_found(one: Decided, place: int, bit: int) -> None:
    """Any changed bit in any receipt is detected."""
    raw = bytearray(_receipt(one).text.encode())
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(cmprules.InputError):
        receipt_of(bytes(raw))


def test_every_byte_of_a_receipt_counts() -> None:
    """Each byte is changed, removed and repeated in turn."""
    raw = _receipt(decided(SMALL, ours.edition(), ON)).text.encode()
    passed = []
    for place in some_of(range(len(raw))):
        for changed in (raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1:], raw[:place] + raw[place + 1:],
                        raw[:place] + b" " + raw[place:], raw[:place] + bytes([raw[place] ^ 0x20]) + raw[place + 1:]):
            try:
                receipt_of(changed)
                passed.append((place, changed))
            except cmprules.InputError:
                pass

    assert len(raw) > 1000
    assert passed == []


@pytest.mark.parametrize("change", [
    lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw + b"\n", lambda raw: raw[:-1], lambda raw: raw[:-1] + b"\r\n",
    lambda raw: raw.replace(b'"record"', b'"\\u0072ecord"', 1), lambda raw: b"[" + raw.strip() + b"]\n",
    lambda raw: raw.replace(b'"rules":1', b'"rules":1.0', 1), lambda raw: raw.replace(b'"rules":1', b'"rules":1e0', 1),
    lambda raw: raw.replace(b'"on":"2026-03-10"', b'"on":"2026-03-11","on":"2026-03-10"', 1),
    lambda raw: json.dumps(json.loads(raw), indent=1).encode(), lambda raw: raw.replace(b"\xc3\xa4", b"\\u00e4"),
    lambda raw: raw.replace(b'"sha256":"', b'"sha256":null,"x":"', 1),
], ids=range(12))
def test_another_form_of_the_same_is_a_damaged_receipt(change: Any) -> None:
    """Cases: a byte order mark, other line ends, escapes, indents, other spellings of numbers, repeated keys."""
    raw = _receipt(decided(SMALL, ours.edition(), ON)).text.encode()
    changed = change(raw)
    assert changed != raw
    with pytest.raises(cmprules.InputError) as caught:
        receipt_of(changed)
    assert [fault.code for fault in caught.value.faults] == ["RECEIPT_DAMAGED"]


# ---------------------------------------------------------------------------------------------------------
# What differs.


def test_another_edition_is_said_first() -> None:
    """A replay with another book names the edition, its digest, and then the effects."""
    found = cmprules.replay(_receipt(_example()), other_edition())

    assert not found.same
    assert [one.path for one in found.differences][:2] == ["$.stamp.edition", "$.stamp.edition_sha256"]
    assert found.first is not None
    assert (found.first.what, found.first.before, found.first.after) == ("stamp", "2026.1", "2026.2")
    assert "$.fees.total" in [one.path for one in found.differences]
    assert found.edition == "2026.2"
    assert "Not the same decision" in cmprules.render(found)
    assert "First difference: $.stamp.edition" in cmprules.render(found)


def test_a_decision_that_was_touched_and_signed_anew_is_found_by_replaying() -> None:
    """The digest is not a signature: only deciding again exposes a recomputed digest."""
    plain = cmprules.to_mapping(_receipt(_example("mls-nearly-there.json")))
    decision = plain["decision"]
    credential = {**decision["credentials"][0], "outcome": "MET", "needs": []}
    plain["decision"] = {**decision, "credentials": [credential]}
    found = cmprules.replay(receipt_of(_signed(plain)), ours.edition())

    assert found.first is not None
    assert (found.first.what, found.first.credential, found.first.before) == ("outcome", "mls", "MET")
    assert [one.what for one in found.differences] == ["outcome"]


def test_the_first_step_is_the_earliest() -> None:
    """Of many differences the cycle comes before activities, then areas, then the outcome."""
    one = _example("mls-nearly-there.json")
    mls = one.decision["mls"]
    assert mls.cycle is not None
    assert mls.activities is not None
    assert mls.total is not None
    first, *others = mls.activities
    touched = attrs.evolve(
        mls, outcome=cmprules.Outcome.MET, cycle=attrs.evolve(mls.cycle, start=date(2023, 7, 1)),
        total=attrs.evolve(mls.total, short=Decimal(0)),
        activities=(attrs.evolve(first, surplus=first.entered, outside_cycle=Decimal(0)), *others))
    (line,) = one.decision.fees.lines
    free = attrs.evolve(one.decision.fees, total=Decimal(0), lines=(attrs.evolve(line, amount=Decimal(0)),))
    wrong = attrs.evolve(one.decision, credentials=(touched,), fees=free)
    found = cmprules.replay(_receipt(one._replace(decision=wrong)), one.book)

    assert list(dict.fromkeys(step.what for step in found.differences)) == [
        "cycle", "activity", "total", "outcome", "fee"]


def test_another_number_of_the_rules_is_said_and_the_answer_compared_all_the_same() -> None:
    """The number means that answers may differ; deciding again shows whether this one does."""
    one = _example()
    old = attrs.evolve(one.decision, stamp=attrs.evolve(one.decision.stamp, rules=0, library="0.0.1"))
    found = cmprules.replay(_receipt(one._replace(decision=old)), one.book)

    assert (found.same, found.rules_before, found.rules_after, found.library_before) == (True, 0, 1, "0.0.1")
    text = cmprules.render(found)
    assert "Verified: the same decision The rules changed, and that alone" in " ".join(text.split())


def test_the_version_of_the_library_alone_is_no_difference() -> None:
    """An older library with the same rules gives the same decision."""
    one = _example()
    old = attrs.evolve(one.decision, stamp=attrs.evolve(one.decision.stamp, library="0.0.1"))

    assert cmprules.replay(_receipt(one._replace(decision=old)), one.book).same


# ---------------------------------------------------------------------------------------------------------
# Rows of one's own.


def test_a_receipt_holds_the_files_that_were_laid_over_the_edition(tmp_path: Path) -> None:
    """A receipt includes the rows and the reform, and needs no other file."""
    extra, reform = FILES / "mla.toml", FILES / "cap-reform.toml"
    book = cmprules.load_book(edition="2026.1", extra=[extra], reform=[reform])
    one = _example("mla.json", book)
    path = tmp_path / "receipt.json"
    path.write_bytes(_receipt(one).text.encode())
    kept = cmprules.read_receipt(path)

    assert [(file.name, file.reform, file.text) for file in kept.files] == [
        ("mla.toml", False, extra.read_text(encoding="utf-8")), ("cap-reform.toml", True, reform.read_text("utf-8"))]
    assert cmprules.replay(kept, ours.edition()).same
    assert kept.decision.stamp.edition == "2026.1+hypothetical"
    assert "HYPOTHETICAL" in cmprules.render(kept)
    assert "Reform: cap-reform.toml" in cmprules.render(kept)
    assert "HYPOTHETICAL" in cmprules.render(cmprules.replay(kept, ours.edition()))


def test_a_book_with_other_rows_is_taken_as_it_is_and_told() -> None:
    """The caller's rows are not mixed with those of the receipt."""
    one = _example("mla.json", cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"]))
    other = cmprules.load_book(edition="2026.1", extra=[FILES / "kinds.toml"])
    found = cmprules.replay(_receipt(one), other)

    assert found.first is not None
    assert found.first.path == "$.stamp.extra_sha256"
    assert not found.same


def test_files_with_the_same_name_keep_theirs(tmp_path: Path) -> None:
    """Two files with one name are numbered by their place in the list, in the receipt as in the book."""
    paths = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "own.toml")
    for path, name in zip(paths, ("mla", "kinds"), strict=True):
        path.write_bytes((FILES / f"{name}.toml").read_bytes())
    one = _example("mla.json", cmprules.load_book(edition="2026.1", extra=paths))

    assert [file.name for file in _receipt(one).files] == ["own.toml(1)", "own.toml(2)"]
    assert cmprules.replay(_receipt(one), ours.edition()).same


def test_rows_that_do_not_go_with_a_book_are_refused() -> None:
    """An edition that has the table cannot be replayed with rows over it."""
    one = _example("mla.json", cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"]))
    mla = one.book.tables["MLA(ASCP)"][-1]
    tables = {**one.book.tables, "MLA(ASCP)": (attrs.evolve(mla, user=False),)}
    edition = attrs.evolve(ours.edition(), tables=type(one.book.tables)(tables), sources=one.book.sources)
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.replay(_receipt(one), edition)
    assert "the edition's row mla.toml#MLA/mine stands already" in str(caught.value)


# ---------------------------------------------------------------------------------------------------------
# An explanation, and the value itself.


def test_an_explanation_is_kept_under_the_digest() -> None:
    """It may be plain data or a value of this package; it is stored unchanged."""
    one = _example()
    plain = {"steps": [{"code": "CYCLE", "holds": True, "number": None, "note": "", "count": 3}]}
    kept = _receipt(one, explanation=plain)
    again = receipt_of(kept.text.encode())

    assert cmprules.to_mapping(again)["explanation"] == plain
    assert again == kept
    assert hash(again) == hash(kept)
    assert cmprules.replay(again, one.book).same
    assert "with an explanation" in cmprules.render(kept)
    assert _receipt(one, explanation=one.decision.fees).explanation["currency"] == "USD"  # type: ignore[index]
    with pytest.raises(cmprules.InputError) as caught:
        _receipt(one, explanation={"steps": [0.5], "text": "\ud800"})
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.explanation.steps[0]", "WRONG_TYPE"), ("$.explanation.text", "NOT_TEXT")]
    with pytest.raises(cmprules.InputError) as caught:
        _receipt(one, explanation="because")
    assert [fault.path for fault in caught.value.faults] == ["$.explanation"]


def test_a_receipt_holds_the_explanation_of_its_decision() -> None:
    """By default it is that of `explain`; with the book, its rules have words."""
    one = _example()

    assert cmprules.to_mapping(_receipt(one))["explanation"] == cmprules.to_mapping(
        cmprules.explain(one.decision, record=one.record, book=one.book))
    assert cmprules.to_mapping(cmprules.receipt(one.decision, record=one.record))["explanation"] == cmprules.to_mapping(
        cmprules.explain(one.decision, record=one.record))


def test_a_receipt_is_a_value() -> None:
    """It can be pickled and compared, and any change breaks its digest."""
    kept = _receipt(_example())

    assert pickle.loads(pickle.dumps(kept)) == kept
    assert kept != _receipt(_example("mla.json"))
    with pytest.raises(cmprules.InputError) as caught:
        attrs.evolve(kept, notice="Approved.")
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.sha256", "RECEIPT_DAMAGED")]


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_a_receipt_shows_its_digests_and_the_decision(name: str) -> None:
    """The report shows the decision, and the digests to compare."""
    kept = _receipt(_example())
    shown = cmprules.render(kept, name)

    assert kept.sha256 in shown
    assert kept.decision.stamp.edition_sha256 in shown
    assert "Requirements met" in shown
    assert "HYPOTHETICAL" not in shown
    assert "Difficult draws" in shown


# ---------------------------------------------------------------------------------------------------------
# What is refused.


def test_a_receipt_wants_the_record_and_the_book_of_the_decision() -> None:
    """Cases: another record, another book, or no book for a decision with a user's rows."""
    one, other = _example(), _example("mla.json")
    own = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.receipt(one.decision, record=other.record, book=own)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.record", "ANOTHER_RECORD"), ("$.book.extra_sha256", "ANOTHER_BOOK")]
    mine = _example("mla.json", own)
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.receipt(mine.decision, record=mine.record)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.book", "MISSING_KEY")]
    assert cmprules.receipt(one.decision, record=one.record).decision == _receipt(one).decision


def test_arguments_of_the_wrong_sort() -> None:
    """All faults come at once."""
    anything: Any = "anything"
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.receipt(anything, record=anything, book=anything)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.decision", "WRONG_TYPE"), ("$.record", "WRONG_TYPE"), ("$.book", "WRONG_TYPE")]
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.replay(anything, anything)
    assert [fault.path for fault in caught.value.faults] == ["$.receipt", "$.book"]


@pytest.mark.parametrize(("change", "path", "code"), [
    (lambda plain: plain.update(schema="cmprules.receipt/2"), "$.schema", "WRONG_SCHEMA"),
    (lambda plain: plain["record"].pop("schema"), "$.record.schema", "MISSING_KEY"),
    (lambda plain: plain["record"]["activities"][0].update(amount="-1"), "$.record.activities[0].amount",
     "NOT_POSITIVE"),
    (lambda plain: plain["decision"].update(on="today"), "$.decision.on", "NOT_A_DATE"),
    (lambda plain: plain.update(decision=7), "$.decision", "WRONG_TYPE"),
    (lambda plain: plain["record"]["activities"].pop(), "$.record", "ANOTHER_RECORD"),
    (lambda plain: plain.update(files=[{"name": "own.toml", "text": "x = 1"}]), "$.files", "ANOTHER_BOOK"),
    (lambda plain: plain.update(more="x"), "$.more", "UNKNOWN_KEY"),
])
def test_a_receipt_that_was_changed_and_signed_anew_must_still_hold_together(change: Any, path: str, code: str) -> None:
    """Each fault of a handwritten receipt has its path."""
    plain = cmprules.to_mapping(_receipt(_example()))
    change(plain)
    with pytest.raises(cmprules.InputError) as caught:
        receipt_of(_signed(plain))
    assert [(fault.path, fault.code) for fault in caught.value.faults][:1] == [(path, code)]


@pytest.mark.parametrize(("raw", "code"), [
    (b"", "EMPTY_FILE"), (b"\xff\n", "NOT_UTF8"), (b"schema = 1\n", "NOT_JSON"), (b"[" * 100_000, "TOO_DEEP"),
    (b"{}\n", "RECEIPT_DAMAGED"), (b'{"a":1}\n', "RECEIPT_DAMAGED"), (b"9" * 5000, "NOT_JSON"),
    (b"NaN\n", "RECEIPT_DAMAGED"), (b'{"a":NaN}\n', "RECEIPT_DAMAGED"),
    (b'"\\ud800"\n', "RECEIPT_DAMAGED"), (b'{"a":"\\ud800"}\n', "RECEIPT_DAMAGED"),
], ids=["empty", "no text", "toml", "deep", "nothing", "no digest", "a number", "nan", "nan within", "half a pair",
        "half within"])
def test_what_is_no_receipt(raw: bytes, code: str) -> None:
    """Each case is refused with its code, and no other error is raised."""
    with pytest.raises(cmprules.InputError) as caught:
        receipt_of(raw)
    assert [fault.code for fault in caught.value.faults] == [code]


def _words(do: Callable[[], object]) -> list[str]:
    with pytest.raises(cmprules.InputError) as caught:
        do()
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(("plain", "given"), [({"a": 1}, "nothing"), ({"a": 1, "sha256": "x"}, "'x'")])
def test_a_damaged_receipt_shows_both_digests(plain: dict[str, Any], given: str) -> None:
    """The one that it has, and the one of its content."""
    [words] = _words(lambda: receipt_of((canonical_json(plain) + "\n").encode()))
    assert words.startswith(f"$.sha256: RECEIPT_DAMAGED: got {given}, expected {digest({'a': 1})}; ")


def test_files_that_the_stamp_does_not_name_are_refused_with_those_that_it_names() -> None:
    """The stamp of a decision without rows of the user's own names none."""
    plain = cmprules.to_mapping(_receipt(_example(), explanation=False))
    plain["files"] = [{"name": "own.toml", "text": "x = 1"}]
    words = next(words for words in _words(lambda: receipt_of(_signed(plain))) if words.startswith("$.files"))
    assert words.startswith("$.files: ANOTHER_BOOK: got ")
    assert words.endswith(", expected (); give the files that the stamp names")


def test_a_receipt_keeps_the_id_of_the_holder_and_not_the_name() -> None:
    """Neither its record nor its decision names the person."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    named = attrs.evolve(record, holder=attrs.evolve(record.holder, name="Jane Roe"))
    decision = cmprules.decide(named, ours.edition(), on=ON)
    assert decision.holder is not None
    assert decision.holder.name == "Jane Roe"
    kept = cmprules.receipt(decision, record=named, book=ours.edition(), explanation=False)
    assert "Jane" not in kept.text
    assert kept.decision.holder is not None
    assert (kept.record.holder.id, kept.decision.holder.id) == (record.holder.id, record.holder.id)


def test_an_explanation_that_is_asked_for_is_the_one_that_is_kept_anyway() -> None:
    """`True` asks for what absence means."""
    assert _receipt(_example(), explanation=True) == _receipt(_example())


def test_a_seal_is_the_digest_and_the_size_of_the_text() -> None:
    """Both are those of what is written, with letters of more than a byte too."""
    made = _receipt(_example(), explanation={"said": "sch\u00f6n"})
    seal = seal_of(cmprules.to_mapping(made))
    assert (seal.sha256, seal.size) == (made.sha256, len(made.text.encode()))


def test_a_receipt_is_no_larger_than_its_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte more than the limit is refused when it is made."""
    one, values = _example(), import_module("cmprules.receipts._values")
    size = len(_receipt(one, explanation=False).text.encode())
    monkeypatch.setattr(values, "LARGEST_RECEIPT", size)
    assert _receipt(one, explanation=False).explanation is None
    monkeypatch.setattr(values, "LARGEST_RECEIPT", size - 1)
    [words] = _words(lambda: _receipt(one, explanation=False))
    assert words.startswith(f"$: ANSWER_TOO_LARGE: got {size}, expected at most {size - 1} bytes, so that it can be ")
    assert words.endswith("; give a shorter explanation, or {} for none")


def test_a_receipt_may_be_larger_than_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its own limit."""
    reading = import_module("cmprules.receipts._reading")
    assert vars(reading)["LARGEST_RECEIPT"] == 50_000_000
    monkeypatch.setattr(reading, "LARGEST_RECEIPT", 1000)
    with pytest.raises(cmprules.InputError) as caught:
        receipt_of(_receipt(_example()).text.encode())
    assert [fault.code for fault in caught.value.faults] == ["FILE_TOO_LARGE"]


def test_a_receipt_that_was_sealed_again_with_another_notice_is_not_the_same() -> None:
    """With a recomputed digest it is no longer damaged, but does not replay as the same."""
    record = cmprules.read_record(ROOT / "examples" / "pbt.toml")
    book = cmprules.load_book(edition="2026.1")
    kept = cmprules.receipt(cmprules.decide(record, book, on=date(2026, 3, 10)), record=record)
    plain = {**cmprules.to_mapping(kept), "notice": "This is a decision of ASCP."}
    sealed = cmprules.parse_receipt({**plain, "sha256": seal_of(plain).sha256})
    found = cmprules.replay(sealed, book)

    assert cmprules.replay(kept, book).same
    assert (found.same, found.first and found.first.path) == (False, "$.receipt.notice")
    assert found.first is not None
    assert (found.first.before, found.first.after) == ("This is a decision of ASCP.", kept.notice)


def test_a_receipt_without_an_explanation_is_small_and_replays_alike() -> None:
    """A replay needs only the record and the decision, and the digest covers them as before."""
    record = cmprules.example("mls-nearly-there")
    decision = cmprules.decide(record, cmprules.load_book(), on="2026-03-10")
    small, whole = (cmprules.receipt(decision, record=record, explanation=kept) for kept in (False, True))

    assert small.explanation is None
    assert whole == cmprules.receipt(decision, record=record)
    assert cmprules.parse_receipt(json.loads(small.text)) == small
    assert cmprules.replay(small).same
    assert cmprules.replay(whole).same
    assert small.sha256 != whole.sha256
    assert len(small.text) < 2 * len(json.dumps(cmprules.to_mapping(decision))) < len(whole.text)


def test_a_replay_finds_the_edition_itself() -> None:
    """It loads exactly the edition of the stamp; one that this release does not have is named."""
    record = cmprules.example("pbt")
    for edition in cmprules.editions():
        kept = cmprules.receipt(cmprules.decide(record, cmprules.load_book(edition=edition), on="2026-03-10"),
                                record=record)
        assert cmprules.replay(kept).edition == edition
        assert cmprules.replay(kept) == cmprules.replay(kept, cmprules.load_book(edition=edition))
    plain = json.loads(kept.text)
    plain["decision"]["stamp"]["edition"] = "1999.1"
    with pytest.raises(cmprules.UnknownEditionError, match=r"1999\.1"):
        cmprules.replay(receipt_of(_signed(plain)))
