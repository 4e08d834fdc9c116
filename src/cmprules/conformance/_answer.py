"""The library's own reply to a case, with which every other implementation is compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from cmprules._answers.decide import decide
from cmprules._facts.reading import parse_record, parse_text
from cmprules._kit.canonical import to_mapping
from cmprules._kit.shapes import Day, refuse_others
from cmprules._kit.terms import NOT_SAID
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules._policy.load import load_book
from cmprules.errors import Fault, InputError, NotInForceError, UnknownCodeError, UnknownEditionError


def answer(case: Mapping[str, Any], *, book: PolicyBook | None = None) -> dict[str, Any]:
    """Answer one case with this library.

    Args:
        case: the request: `do` is `decide` (with `record` or `text`, `on`, `trust`) or `policy` (with `code`, `body`,
            `expires_on`); `edition` names the tables.
        book: the tables to use instead of those that `edition` names.

    Returns:
        `id` and `answer`; or `id` and `refused`, the path and the code of each fault.

    Raises:
        InputError: `do` is neither of these words, or an argument is of another type.

    >>> case = {"id": "a", "do": "policy", "edition": "2026.1", "code": "PBT", "body": "ASCP",
    ...         "expires_on": "2026-05-31"}
    >>> answer(case)["answer"]["total"]["value"]
    '9'
    >>> answer({**case, "code": "PBTT"})
    {'id': 'a', 'refused': [['$.code', 'UNKNOWN_CODE']]}
    """
    faults: list[Fault] = []
    refuse_others((case,), Mapping, "$.case", faults)
    if book is not None:
        refuse_book(book, faults)
    if faults:
        raise InputError(faults)
    do = _DO.get(str(case.get("do")))
    if do is None:
        raise InputError([Fault(path="$.do", code="UNKNOWN_WORD", value=case.get("do"),
                                expected="something to do", hint="known: " + ", ".join(_DO))])
    try:
        return {"id": case.get("id"), "answer": do(case, book or load_book(case.get("edition")))}
    except InputError as error:
        refused = sorted([fault.path, fault.code] for fault in error.faults)
    except UnknownCodeError:
        refused = [["$.code", "UNKNOWN_CODE"]]
    except NotInForceError:
        refused = [["$.expires_on", "NOT_IN_FORCE"]]
    except UnknownEditionError:
        refused = [["$.edition", "UNKNOWN_WORD"]]
    return {"id": case.get("id"), "refused": refused}


def _decide(case: Mapping[str, Any], book: PolicyBook) -> dict[str, Any]:
    plain: Any = parse_text(_bytes(case["text"]), ending=".json") if "text" in case else case.get("record")
    record = parse_record(plain)
    return to_mapping(decide(record, book, on=_on(case), trust=case.get("trust", "inferred")))


def _bytes(text: object) -> bytes:
    """Encode a text; half of a surrogate pair becomes bytes that are not UTF-8."""
    return str(text).encode(errors="surrogatepass")


def _on(case: Mapping[str, Any]) -> date:
    faults: list[Fault] = []
    day: date = Day().read(case.get("on"), "$.on", faults)
    if faults:
        raise InputError(faults)
    return day


def _policy(case: Mapping[str, Any], book: PolicyBook) -> dict[str, Any]:
    expires_on: Any = case.get("expires_on")
    return to_mapping(book.policy_for(case.get("code", ""), expires_on=expires_on, body=case.get("body", NOT_SAID)))


_DO: Final[dict[str, Callable[[Mapping[str, Any], PolicyBook], dict[str, Any]]]] = {
    "decide": _decide, "policy": _policy,
}


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    r"""Answer cases, one JSON value per line, with one line of JSON each.

    A line that is not a case is answered too, so that its sender does not wait forever.

    Raises:
        InputError: the lines are not listed.

    >>> case = '{"id": "a", "do": "policy", "code": "QLS", "body": "ASCP", "expires_on": "2006-05-31"}\n'
    >>> list(answer_lines([case, "nonsense"]))
    ['{"id": "a", "refused": [["$.expires_on", "NOT_IN_FORCE"]]}', '{"id": null, "refused": [["$", "NOT_JSON"]]}']
    """
    if not isinstance(lines, Iterable):
        raise InputError([Fault(path="$.lines", code="NOT_A_LIST", value=lines, expected="lines of text",
                                hint="give a list, or an open file")])
    return map(json.dumps, map(_answer_line, lines))


def _answer_line(line: str) -> dict[str, Any]:
    case: Any = {}
    try:
        case = parse_text(_bytes(line), ending=".json")
        return answer(case) if isinstance(case, Mapping) else {"id": None, "refused": [["$", "WRONG_TYPE"]]}
    except InputError as error:
        return {"id": case.get("id"), "refused": [[fault.path, fault.code] for fault in error.faults]}
