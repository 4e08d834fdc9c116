"""Codes as people write them are accepted at every door, and leave no trace."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._facts.digest import record_digest
from cmprules._words import vocabulary as words
from cmprules._words.boards import BOARDS
from cmprules._words.spellings import code_hint, code_written
from cmprules.batch import decide_table, what_if
from cmprules.exam import ScoreReport, application_fee, parse_exam, pass_rates
from cmprules.testing import credentials
from tests.strategies import edition

ON = date(2026, 3, 10)
OF_BOTH = [code for code, bodies in words.BODIES.items() if len(bodies) == 2]


def _record(**credential: Any) -> cmprules.Record:
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "c", "expires_on": "2026-05-31", **credential}],
        "activities": [{"id": "a", "title": "Safety", "kind": "in_service", "amount": 3, "areas": ["safety"],
                        "completed_on": "2025-01-02"}]})


@pytest.mark.parametrize(("text", "code", "body"), [
    ("mls", "MLS", "ASCP"), ("Mls", "MLS", "ASCP"), ("MLS(ASCP)", "MLS", "ASCP"), ("MLS(ASCPi)", "MLS", "ASCPi"),
    ("mls (ascpi)", "MLS", "ASCPi"), ("MLS( ASCP )", "MLS", "ASCP"), ("PBT(ASCP)CM", "PBT", "ASCP"),
    ("PBT(ASCP)cm", "PBT", "ASCP"), ("PBT(ASCP) CM", "PBT", "ASCP"), ("PBT(ASCP)^CM", "PBT", "ASCP"),
    ("PBT(ASCP)\N{MODIFIER LETTER SMALL C}\N{MODIFIER LETTER SMALL M}", "PBT", "ASCP"), ("PBT CM", "PBT", "ASCP"),
    (" pbt ", "PBT", "ASCP"), ("ctgyn(ASCPi)", "CTGYN", "ASCPi"), ("C", "C", "ASCP"), ("c(ascp)CM", "C", "ASCP"),
])
def test_a_spelling_leaves_no_trace(text: str, code: str, body: str) -> None:
    """Record, digest and answer are those for the spelling in the tables."""
    written, plain = _record(code=text), _record(code=code, body=body)

    assert written == plain
    assert record_digest(written) == record_digest(plain)
    assert written.credentials[0].given_code is None
    assert cmprules.to_mapping(written) == cmprules.to_mapping(plain)
    assert cmprules.to_mapping(cmprules.decide(written, edition(), on=ON)) == cmprules.to_mapping(
        cmprules.decide(plain, edition(), on=ON))


@pytest.mark.parametrize(("text", "former", "code", "body"), [
    ("mt", "MT", "MLS", "ASCP"), ("MT(ASCP)", "MT", "MLS", "ASCP"), ("Mt(ascpi)CM", "MT", "MLS", "ASCPi"),
    ("cls", "CLS", "MLS", "ASCP"), ("mp(ASCP)", "MP", "MB", "ASCP"),
])
def test_a_former_code_alone_is_kept(text: str, former: str, code: str, body: str) -> None:
    """The answer shows the former code that was written, in the spelling of the tables."""
    held = _record(code=text).credentials[0]

    assert (held.given_code, held.code, held.body) == (former, code, body)
    assert _record(code=text) == _record(code=former, body=body)
    assert cmprules.decide(_record(code=text), edition(), on=ON)["c"].given_code == former


@given(credentials(), st.data())
def test_every_credential_is_read_in_every_spelling(held: cmprules.Credential, data: st.DataObject) -> None:
    """Draws upper and lower case, the body in parentheses or separate, with and without the mark."""
    given_code = held.given_code or held.code
    letters = [data.draw(st.sampled_from((letter.lower(), letter.upper()))) for letter in given_code]
    mark = data.draw(st.sampled_from(("", "CM", " cm", "^CM")))
    written = f"{''.join(letters)}{data.draw(st.sampled_from(('', ' ')))}({held.body}){mark}"
    fields = {field.name: getattr(held, field.name) for field in attrs.fields(cmprules.Credential)}
    del fields["given_code"], fields["body"]
    beside: bool = data.draw(st.booleans())
    again = cmprules.Credential(**fields | {"code": written} | ({"body": held.body} if beside else {}))

    assert again == held
    assert pickle.loads(pickle.dumps(again)) == held  # bytes that we wrote


@pytest.mark.parametrize(("code", "body", "faults"), [
    ("MLS(ASCPi)", "ASCP", [("$.credentials[0].body", "BODIES_DIFFER")]),
    ("MLS(ASCP)", "ASCPi", [("$.credentials[0].body", "BODIES_DIFFER")]),
    ("MLS(ASCP)", "ASCP", []), ("MLS(ASCPi)", "ASCPi", []),
    ("AT(ASCPi)", None, [("$.credentials[0].body", "CODE_NOT_IN_BODY")]),
    ("CTGYN", None, [("$.credentials[0].body", "CODE_NOT_IN_BODY")]),
    ("MLS(XYZ)", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("MLS()", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("MLS(ASCP", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("MLS(ASCP)CMSBB", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("MLSCM", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("CCM", None, [("$.credentials[0].code", "UNKNOWN_CODE")]),
    ("MLS(XYZ)", "XYZ", [("$.credentials[0].code", "UNKNOWN_CODE"), ("$.credentials[0].body", "UNKNOWN_WORD")]),
    ("MLS", 5, [("$.credentials[0].body", "WRONG_TYPE")]),
])
def test_code_and_body_have_to_agree(code: str, body: object, faults: list[tuple[str, str]]) -> None:
    """The body in parentheses must equal the separate body; unreadable text is a fault, never a guess."""
    fields = {"code": code} if body is None else {"code": code, "body": body}
    found = []
    try:
        _record(**fields)
    except cmprules.InputError as error:
        found = [(fault.path, fault.code) for fault in error.faults]

    assert found == faults


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.abbreviation)
@pytest.mark.parametrize("credential", [
    {"code": "MT({0})"}, {"code": "mt ({0}) CM"}, {"code": "MT", "body": "{0}"}, {"code": "MLS", "body": "{1}"}])
def test_the_hint_names_the_other_board(board: Any, credential: dict[str, str]) -> None:
    """For another board's credential the hint names the board, and says to leave it out."""
    with pytest.raises(cmprules.InputError) as caught:
        _record(**{key: text.format(board.abbreviation, board.name) for key, text in credential.items()})
    (fault,) = caught.value.faults
    assert f"{board.abbreviation} ({board.name}) is not ASCP" in fault.hint
    assert "leave this one out" in fault.hint


def test_a_board_is_named_with_its_source() -> None:
    """Every board is listed once, with its name and a page that names it."""
    assert len({board.abbreviation for board in BOARDS}) == len({board.name for board in BOARDS}) == len(BOARDS)
    assert all(board.name and board.source.startswith("http") for board in BOARDS)


@pytest.mark.parametrize(("text", "hint"), [
    ("MLSi", "for MLS of the international body, write MLS(ASCPi); `cmprules codes` lists all codes"),
    ("mti", "for MT of the international body, write MT(ASCPi); `cmprules codes` lists all codes"),
    ("PAi", "`cmprules codes` lists all codes"),
    ("MLSS", "did you mean 'MLS'? `cmprules codes` lists all codes"),
    ("PTB", "did you mean 'PBT'? `cmprules codes` lists all codes"),
    ("MLL", "`cmprules codes` lists all codes"), ("BBB", "`cmprules codes` lists all codes"),
    ("SB", "`cmprules codes` lists all codes"), ("x" * 1_000, "`cmprules codes` lists all codes"),
    ("MLS(XYZ)", "leave out a credential of a board other than ASCP"),
])
def test_a_code_is_suggested_only_where_one_alone_can_be_meant(text: str, hint: str) -> None:
    """One letter too many or two swapped, in one code of three or more letters; the hint keeps the body."""
    assert code_written(text) is None
    assert code_hint(text) == hint


# ---------------------------------------------------------------------------------------------------------
# The other doors.


def test_a_change_of_code_is_held_against_the_body() -> None:
    """A value has a body, given or default; a different one in parentheses contradicts it."""
    held = cmprules.Credential(id="c", code="MLS", expires_on="2026-05-31")
    assert attrs.evolve(held, code="sbb(ASCP)").code == "SBB"
    assert attrs.evolve(held, code="sbb(ascpi)", body="ASCPi").body == "ASCPi"
    with pytest.raises(cmprules.InputError, match="BODIES_DIFFER"):
        attrs.evolve(held, code="sbb(ascpi)")


@pytest.mark.parametrize("code", OF_BOTH)
def test_policies_are_found_by_any_spelling(code: str) -> None:
    """`policy_for` accepts the body in parentheses or separate."""
    book = edition()
    of_ascp, of_ascpi = (book.policy_for(code, expires_on="2026-05-31", body=body) for body in ("ASCP", "ASCPi"))

    assert book.policy_for(f"{code.lower()}(ASCP)CM", expires_on="2026-05-31") == of_ascp
    assert book.policy_for(code, expires_on="2026-05-31") == of_ascp
    assert book.policy_for(f"{code}(ascpi)", expires_on="2026-05-31") == of_ascpi
    assert book.policy_for(f"{code}(ascpi)", expires_on="2026-05-31", body="ASCPi") == of_ascpi
    with pytest.raises(cmprules.InputError, match="BODIES_DIFFER"):
        book.policy_for(f"{code}(ASCPi)", expires_on="2026-05-31", body="ASCP")


@pytest.mark.parametrize(("code", "body", "words"), [
    ("MT(AMT)", None, "AMT (American Medical Technologists) is not ASCP"),
    ("MLS", "AMT", "AMT (American Medical Technologists) is not ASCP"), ("MLS", "ascp", "did you mean 'ASCP'?"),
    ("MLSi", None, "write MLS(ASCPi)"), ("AT(ASCPi)", None, "AT is a credential of ASCP"),
])
def test_a_policy_that_does_not_exist_says_why(code: str, body: str | None, words: str) -> None:
    """Cases: another board, another body, an unknown code."""
    with pytest.raises(cmprules.UnknownCodeError) as caught:
        edition().policy_for(code, expires_on="2026-05-31", **({} if body is None else {"body": body}))
    assert words in str(caught.value)


@pytest.mark.parametrize(("code", "body"), [(5, None), ("MLS", 5), ("", None)])
def test_arguments_that_are_no_text_are_faults(code: Any, body: Any) -> None:
    """They are reported together with the day."""
    with pytest.raises(cmprules.InputError) as caught:
        edition().policy_for(code, expires_on="soon", **({} if body is None else {"body": body}))
    assert [fault.path for fault in caught.value.faults] == ["$.expires_on", "$.code" if body is None else "$.body"]


def test_examinations_and_sittings_are_read_in_any_spelling() -> None:
    """Covers score reports, fees, pass rates and sittings."""
    book = edition()
    report = ScoreReport(code="mt(ascpi)", taken_on="2026-01-20", score=352)
    assert (report.code, report.given_code, report.body) == ("MLS", "MT", "ASCPi")
    assert cmprules.Sitting(code="mls(ASCPi)CM", taken_on="2026-01-10") == cmprules.Sitting(
        code="MLS", body="ASCPi", taken_on="2026-01-10")
    assert application_fee("mls(ASCP)", book, on=ON) == application_fee("MLS", book, on=ON)
    assert pass_rates(book, code="mls(ascp)") == pass_rates(book, code="MLS", body="ASCP")
    assert pass_rates(book, code="mls(ascpi)") == pass_rates(book, code="MLS", body="ASCPi") != pass_rates(
        book, code="mls")
    with pytest.raises(cmprules.InputError, match="did you mean 'ASCPi'"):
        pass_rates(book, body="ascpi")
    with pytest.raises(cmprules.InputError, match="REPEATED_REPORT"):
        parse_exam({"schema": "cmprules.exam/1", "candidate": "c", "reports": [
            {"code": "mls(ascp)", "taken_on": "2026-01-20", "score": 352},
            {"code": "MLS", "taken_on": "2026-01-20", "score": "x"}]})


def _tables(rows: Sequence[Mapping[str, str | None]]) -> tuple[pa.Table, pa.Table]:
    held = [{"holder": f"h{at}", "id": "c", "expires_on": "2026-05-31", **row} for at, row in enumerate(rows)]
    done = [{"holder": f"h{at}", "id": "a", "title": "Safety", "kind": "formal_ce", "amount": "40",
             "completed_on": "2025-01-02"} for at in range(len(rows))]
    return pa.Table.from_pylist(held), pa.Table.from_pylist(done)


def test_tables_are_read_in_any_spelling() -> None:
    """A population in odd spellings has the answers of the same one in plain spelling.

    Contradictions are refused, and credentials from other boards are set aside.
    """
    odd: list[dict[str, str | None]] = [
        {"code": "mls", "body": None}, {"code": "MLS(ASCPi)"}, {"code": "pbt(ASCP)CM", "body": "ASCP"},
        {"code": "MT", "body": "ASCPi"}, {"code": "mt(ascpi)", "body": None}]
    plain: list[dict[str, str | None]] = [
        {"code": code, "body": body} for code, body in (("MLS", "ASCP"), ("MLS", "ASCPi"), ("PBT", "ASCP"),
                                                        ("MT", "ASCPi"), ("MT", "ASCPi"))]
    found, expected = (decide_table(*_tables(rows), edition(), on=ON) for rows in (odd, plain))
    assert not found.faults.num_rows
    assert found.answers == expected.answers

    bad = decide_table(*_tables([{"code": "MLS(ASCPi)", "body": "ASCP"}, {"code": "MT(AMT)", "body": None}]),
                       edition(), on=ON)
    assert [(fault["path"], fault["code"]) for fault in bad.faults.to_pylist() if fault["table"] == "credentials"] == [
        ("$.body", "BODIES_DIFFER"), ("$.code", "OTHER_BOARD")]


def test_what_if_names_credentials_as_the_tables_do() -> None:
    """The counts for a population in odd spellings are by code and body."""
    held, done = _tables([{"code": "mls(ascpi)CM"}, {"code": "Pbt"}])
    found = what_if(held, done, edition(), edition(), on=ON)
    assert [(tally.code, tally.body, tally.credentials) for tally in found.codes] == [
        ("PBT", "ASCP", 1), ("MLS", "ASCPi", 1)]


def test_strategies_take_codes_in_any_spelling() -> None:
    """`cmprules.testing` draws the intended credentials."""
    held = find(credentials(codes=["sbb(ascpi)"]), lambda one: one.expires_on is not None)
    assert (held.code, held.body) == ("SBB", "ASCPi")


def test_json_in_odd_spellings_validates_as_it_is_read() -> None:
    """The schema of a record accepts what the reader accepts."""
    check = Draft202012Validator(cmprules.json_schema("record"))
    plain = cmprules.to_mapping(_record(code="MLS"))
    for code in ("mls", "MLS(ASCPi)", "PBT(ASCP)CM", " at "):
        plain["credentials"] = [{"id": "c", "code": code, "expires_on": "2026-05-31"}]
        assert check.is_valid(json.loads(json.dumps(plain)))
        assert cmprules.parse_record(plain).credentials[0].id == "c"
