"""Make credentials from what people write: `MLS(ASCP)CM`, `mls`, a row of a table."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cmprules._facts.records import Credential
from cmprules._kit.days import IN_ISO, day_remedy
from cmprules._kit.shapes import read_part
from cmprules._words.boards import Board, other_board
from cmprules._words.spellings import BODIES, Spelling, code_hint, code_written
from cmprules.errors import Fault, InputError
from cmprules.intake._activities import Ground
from cmprules.intake._days import read_day
from cmprules.intake._draft import Draft
from cmprules.intake._folding import fold
from cmprules.intake._headers import Entry
from cmprules.intake._words import Words
from cmprules.intake._written import NAMES, in_one_way, several, words_of_two

_OPTION = re.compile(r"\s*(?P<name>.+?)\s+(?P<expires>\d{4}-\d{2}-\d{2})(?:\s+(?P<certified>\d{4}-\d{2}-\d{2}))?\s*",
                     re.ASCII)
_BODIES = {fold(body): body for body in BODIES}


def parse_credential(text: str) -> Credential:
    """Read a credential from the command line: the code, its last day, and the day of certification.

    Raises:
        InputError: it cannot be read, or belongs to another board.

    >>> parse_credential("MLS(ASCP)CM 2026-05-31").code
    'MLS'
    >>> parse_credential("mlss 2026-05-31")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: UNKNOWN_CODE: got 'mlss', expected a credential such as MLS(ASCP); did you mean 'MLS'?
      `cmprules codes` lists all codes
    """
    match = _OPTION.fullmatch(text)
    if match is None:
        raise _unreadable(text, "a credential and its last day, such as 'MLS(ASCP) 2026-05-31'", _day_hint(text))
    code, body = _code_and_body(match["name"])
    if code is None or body is None:
        raise _unreadable(match["name"], "a credential such as MLS(ASCP)",
                          "it names several; give each by itself, with its own last day" if several(match["name"])
                          else code_hint(match["name"]))
    return _checked({"id": code.lower(), "code": code, "body": body, "expires_on": match["expires"],
                     "certified_on": match["certified"]})


def _day_hint(text: str) -> str:
    """Return how to write the day at the end of a text, if it is there in another form."""
    ends = [text[space.end():] for space in re.finditer(r"\s+", text)]
    known = (day_remedy(end, "expires_on") for end in ends if any(map(str.isdigit, end)))
    return next((f"for the last day: {hint}" for hint in known if hint != IN_ISO),
                "write the code first, then the last day as YYYY-MM-DD")


def _unreadable(value: str, expected: str, hint: str) -> InputError:
    return InputError([Fault(path="$.credential", code="UNKNOWN_CODE", value=value, expected=expected, hint=hint)])


def _checked(fields: dict[str, Any]) -> Credential:
    faults: list[Fault] = []
    credential = read_part(Credential, fields, "$.credential", faults)
    if faults:
        raise InputError(faults)
    return credential


def _code_and_body(text: str, body: str | None = None) -> tuple[str | None, str | None]:
    """Split a written credential; None for a code or a body that is not ASCP's, or for two that differ."""
    said = None if body is None else _BODIES.get(fold(body))
    text = in_one_way(text)
    named = NAMES.get(fold(text))
    spelled = code_written(text) if named is None else Spelling(named, None, None)
    if spelled is None or (body is not None and said is None):
        return None, said
    if None not in {said, spelled.body} and said != spelled.body:
        return spelled.code, None
    return spelled.given_code or spelled.code, said or spelled.body or BODIES[0]


def _board_of(text: str, body: str | None) -> Board | None:
    """Find the other board of a credential, if it is known."""
    said = [body or "", *re.findall(r"\(([^()]+)\)", text), *words_of_two(text)]
    return next(filter(None, map(other_board, said)), None)


def credential_draft(entry: Entry, ground: Ground) -> Draft:
    """Make the draft of a credential from an entry; a credential of another board is set aside."""
    draft = Draft()
    if entry.stop is not None:
        draft.stop_for(entry.stop)
        return draft
    if entry.cut is not None:
        draft.stop("CUT_OFF", text=entry.cut)
    if fold(entry.text("status") or "") in ground.words.revoked:
        draft.stop("VOIDED")
    _settle_code(draft, entry, ground.words)
    for field, meanings in (("expires_on", ("expires_on",)), ("certified_on", ("certified_on", "completed_on"))):
        _settle_day(draft, entry, ground, field, meanings)
    _check(draft, entry)
    return draft


def _settle_code(draft: Draft, entry: Entry, words: Words) -> None:
    text, body = entry.text("code"), entry.text("body")
    if text is None:
        draft.stop("NO_CREDENTIAL")
        return
    written = words.credentials.get(fold(text), text)
    board = _board_of(written, body)
    code, kept = _code_and_body(written, body)
    if board is not None and not several(written):
        draft.stop("OTHER_BOARD", text=f"{board.abbreviation}, {board.name}")
    elif code is None or kept is None or several(written):
        draft.stop("CREDENTIAL_UNKNOWN", "code", text=f"{written}({body})" if body else written,
                   hint="it names several; write each in a row of its own, with its own last day" if several(written)
                   else code_hint(written))
    else:
        draft.fields |= {"code": code, "body": kept}
        if text != code:
            draft.change("code", text, f"{code}({kept})", "MAPPING_FILE" if written != text else "CREDENTIAL_SPELLING")


def _settle_day(draft: Draft, entry: Entry, ground: Ground, field: str, meanings: tuple[str, ...]) -> None:
    found = next(filter(None, map(entry.first, meanings)), None)
    if found is None:
        return
    read = read_day(found.cell, ground.mapping.dates, ground.place, ground.epoch)
    if read.question is None:
        draft.fields[field] = read.day
        if read.rule not in {None, "DAY_OF_WORKBOOK"}:
            draft.change(field, found.cell, _iso(read.day), str(read.rule), found.header)
    elif field == "certified_on" and read.question != "NO_SUCH_DATE":
        draft.ask(read.question, field, **dict(read.values))
    else:
        month = field == "expires_on" and read.question == "NOT_A_DATE"
        draft.stop("NOT_AN_END" if month else read.question, field, **dict(read.values))


def _iso(day: date | None) -> str:
    return str(day)


def _check(draft: Draft, entry: Entry) -> None:
    """Make the credential, so that everything a record refuses is refused here."""
    if draft.stopped is not None:
        return
    faults: list[Fault] = []
    draft.own_id = entry.text("id") or str(draft.fields["code"]).lower()
    read_part(Credential, {**draft.fields, "id": draft.own_id}, "$", faults)
    for fault in faults[:1]:
        draft.fail(fault)
