"""Checks of the process: examination, declaration, audit, designation, renewal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cmprules._kit.points import exact_hundredths
from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.checks.noting import bad, question, repeated, span, value_if_established
from cmprules._words import vocabulary
from cmprules.errors import Fault

_WORDS_OF = {
    "exam/payment_methods": ("card", "cheque"), "exam/institution_payment": ("card", "cheque"),
    "renewal/payment_methods": ("card", "cheque"), "audit/by_email": ("email",),
    "audit/appeal_grounds": ("illness", "military_overseas"), "audit/required_fields": tables.FIELDS,
    "audit/required_for_audit": tables.FIELDS, "audit/fields_of_proof": tables.FIELDS, "designation/mark": ("CM",),
    "designation/plain_mark": ("CM",), "designation/second_ascpi": ("i",),
    "renewal/sync_request": ("full_name", "customer_id", "categories", "certification_numbers"),
    **dict.fromkeys(("designation/first", "designation/reverts_mls", "designation/reverts_mb"),
                    (*vocabulary.NAMES, *vocabulary.ALIASES)),
}
"""The rules from which the code takes words, and the words that it knows."""


def process(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that each row of the process has its own name and a text, and a question if it is not established."""
    for table in sorted(tables.PROCESS):
        rules = getattr(parsed.files[f"{table}.toml"], "rule", ())
        yield from repeated(f"{table}.toml", [row.id for row in (*parsed.rows(table), *rules)])
        for key, rows in (("row", parsed.rows(table)), ("rule", rules)):
            for row in rows:
                yield from _process_row(f"{table}.toml: {key} {row.id}", row)


def _process_row(path: str, row: tables.TextRow) -> Iterable[Fault]:
    yield from question(path, row)
    if not row.text and not isinstance(row, tables.ExamFeeTableRow):
        yield bad(f"{path}, text", None, "what the row says", "add 'text'")
    if not row.established and isinstance(row, tables.TransitionTableRow | tables.PassRateTableRow):
        yield bad(f"{path}, established", "false", "true", "leave out the row, and say what is open in a rule")
    if isinstance(row, tables.ProcessRow):
        yield from _process_figure(f"{path}, value", row)
    if isinstance(row, tables.ProcessRow | tables.RuleRow):
        yield from span(path, getattr(row, "starts_on", None), row.until)


def words_of_rules(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that a rule has exactly the words that the code takes from it."""
    found = {name: getattr(row, "words", ()) for name, row in parsed.statements}
    for name, words in sorted(found.items()):
        for word in words:
            if word not in _WORDS_OF.get(name, ()):
                yield bad(f"{name}, words", word, "a word that the code knows", nearest(word, _WORDS_OF.get(name, ())))
    for name in sorted(_WORDS_OF):
        if not found.get(name):
            yield bad(f"{name}, words", None, "words", "the code takes them from there")


def _process_figure(path: str, row: tables.ProcessRow) -> Iterable[Fault]:
    """Check that a figure is whole, or an amount in whole cents, and has a value only if it is established."""
    yield from value_if_established(path, row, row.value)
    if row.value is not None and isinstance(row.value, date) is not (row.unit == "date"):
        yield bad(path, row.value, "a day for the unit 'date', and for no other")
    elif isinstance(row.value, Decimal):
        hundredths = exact_hundredths(row.value)
        if hundredths is None or (row.unit != "usd" and hundredths % 100):
            yield bad(path, row.value, "whole cents" if row.unit == "usd" else "a whole number")


def exam_fees(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that amounts are whole cents, and that the rows of a credential are in order and do not overlap."""
    rows: tuple[tables.ExamFeeTableRow, ...] = parsed.rows("exam_fees")
    for row in rows:
        yield from _exam_fee(f"exam_fees.toml: row {row.id}", row)
    for credential in parsed.credentials:
        for body in vocabulary.BODIES[credential.code]:
            own = [row for row in rows if credential.code in row.codes and row.body == body]
            for before, row in pairwise(own):
                if before.until is None or row.starts_on <= before.until:
                    yield bad(f"exam_fees.toml: row {row.id}, from", row.starts_on,
                               f"a day after the row before ({before.id}) has ended", "put the rows in order")
            if credential.examined and not own:
                yield bad("exam_fees.toml", None, f"a row for {credential.code}({body})",
                           "add it, if only as not established")


def _exam_fee(path: str, row: tables.ExamFeeTableRow) -> Iterable[Fault]:
    yield from value_if_established(f"{path}, value", row, row.value)
    yield from repeated(f"{path}, codes", row.codes)
    for code in row.codes:
        if row.body not in vocabulary.BODIES[code]:
            yield bad(f"{path}, codes", code, f"a credential of {row.body}")
    if row.value is not None and exact_hundredths(row.value) is None:
        yield bad(f"{path}, value", row.value, "whole cents")
    if row.until is not None and row.until < row.starts_on:
        yield bad(f"{path}, until", row.until, f"{row.starts_on} or later")
    for key, how, there in (("from_is", row.from_is, True), ("until_is", row.until_is, row.until is not None)):
        if (how is not None) is not (row.established and there):
            yield bad(f"{path}, {key}", how, "how the day is known, for a day of an established row")


def pass_rates(rows: Sequence[tables.PassRateTableRow]) -> Iterable[Fault]:
    """Check that a rate is in percent; a national one has a credential and years, a benchmark a number of years."""
    for row in rows:
        path = f"pass_rates.toml: row {row.id}"
        hundredths = exact_hundredths(row.value)
        if hundredths is None or hundredths > 10_000:
            yield bad(f"{path}, value", row.value, "a share of a hundred with at most two decimals")
        national = row.measure == "national"
        for key in ("code", "body", "first_year", "last_year", "years"):
            if (getattr(row, key) is not None) is not (national is (key != "years")):
                yield bad(f"{path}, {key}", getattr(row, key), f"what a {row.measure} rate has")
        if row.first_year is not None and row.last_year is not None and row.last_year < row.first_year:
            yield bad(f"{path}, last_year", row.last_year, f"{row.first_year} or later")
        if row.code is not None and row.body is not None and row.body not in vocabulary.BODIES[row.code]:
            yield bad(f"{path}, body", row.body, f"a body of {row.code}")


def transitions(rows: Sequence[tables.TransitionTableRow]) -> Iterable[Fault]:
    """Check that an event leads from a state to one other, and that a draft can reach every state."""
    for row in rows:
        path = f"declaration.toml: row {row.id}"
        yield from repeated(f"{path}, from", row.from_states)
        yield from repeated(f"{path}, needs", row.needs)
    yield from repeated("declaration.toml", [f"{row.event} in {state}" for row in rows for state in
                                              dict.fromkeys(row.from_states)])
    reached = {"drafted"}
    for _ in tables.STATES:
        reached |= {row.to for row in rows if reached & set(row.from_states)}
    for state in tables.STATES:
        if state not in reached:
            yield bad("declaration.toml", state, "a state that a declaration can come to", "add the way there")
    for event in tables.EVENTS:
        if event not in {row.event for row in rows}:
            yield bad("declaration.toml", event, "an event that some row has", "add its row")


def proofs(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that every kind has its row, in order, and that the row has documents if the kind names a proof."""
    rows: tuple[tables.ProofTableRow, ...] = parsed.files["audit.toml"].proof
    named = tuple(row.id for row in rows)
    if named != tuple(vocabulary.KINDS):
        yield bad("audit.toml: proof", named, "a row for each kind, in their order")
    proofs = {kind.id: kind.proof for kind in parsed.kinds}
    for row in rows:
        path = f"audit.toml: proof {row.id}"
        yield from question(path, row)
        yield from repeated(f"{path}, documents", row.documents)
        yield from repeated(f"{path}, fields", row.fields)
        if bool(row.documents) is not row.established or row.established is not bool(proofs.get(row.id)):
            yield bad(f"{path}, documents", row.documents, "documents where kinds.toml names a proof, else none")
        if row.established and not row.fields and not row.question:
            yield bad(f"{path}, fields", (), "fields, or the open question", "add 'fields' or 'question'")
