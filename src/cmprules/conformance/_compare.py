"""The compared parts of an answer: numbers, codes, ids, days and citations, but no wording."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

import attrs

_CITATION: Final = {"source": None, "pin": None, "grade": None}
_TOTAL: Final = {"required": None, "placed": None, "short": None, "short_if_confirmed": None}
_FIGURE: Final = {"value": None, "grade": None, "source": None, "pin": None}

_CREDENTIAL: Final[dict[str, Any]] = {
    **dict.fromkeys(("id", "code", "given_code", "body", "outcome", "standing", "grade")),
    "cycle": {"start": None, "end": None},
    "total": _TOTAL,
    "areas": dict.fromkeys(("area", "required", "placed", "short", "row", "grade")),
    "shortfalls": dict.fromkeys(("areas", "required", "available", "short")),
    "placements": dict.fromkeys(("activity", "area", "points")),
    "activities": dict.fromkeys(("id", "entered", "placed", "surplus", "over_cap", "outside_cycle", "not_acceptable",
                                 "duplicate", "unconfirmed")),
    "declaration": dict.fromkeys(("opens_on", "advised_by", "last_day", "status")),
    "needs": {"code": None, "subject": None},
    "findings": {"code": None, "rule": None, "subject": None, "citations": _CITATION},
}

_FIRST_DECISION: Final[dict[str, Any]] = {
    "schema": None,
    "on": None,
    "stamp": dict.fromkeys(("rules", "edition", "extra_sha256", "trust", "record_sha256")),
    "credentials": _CREDENTIAL,
    "fees": {"currency": None, "total": None,
             "lines": dict.fromkeys(("credential", "item", "amount", "row", "grade"))},
    "sources": None,
}
"""The keys of a decision that are compared under edition 2026.1; for a list, the keys of its members."""

_NEWER: Final[dict[str, Any]] = {
    "credentials": {
        "shortfalls": {"closers": {"areas": None, "points": None}},
        "activities": {"amount": None, "unit": None},
        "needs": {"others": None},
        "findings": {"others": None},
    },
    "fees": {"lines": {"open": None, "opens_on": None}},
}
"""The keys that are compared as well under every later edition."""


def _together(keys: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Add keys to keys, at every level."""
    return {**keys, **{key: inner if inner is None or key not in keys else _together(keys[key], inner)
                       for key, inner in more.items()}}


DECISION: Final = _together(_FIRST_DECISION, _NEWER)
"""The keys of a decision that are compared; for a list, the keys of its members."""

POLICY: Final[dict[str, Any]] = {
    **dict.fromkeys(("schema", "code", "body", "expires_on", "established")),
    "total": _FIGURE,
    "areas": {"area": None, **_FIGURE},
    "pool": _FIGURE,
    "caps": {"kind": None, **_FIGURE},
}
"""The keys of a policy that are compared."""

LEFT_OUT: Final = frozenset({
    "notice", "advisories", "holder", "notes", "fees.why", "credentials.needs.question", "stamp.library",
    "stamp.edition_sha256",
})
"""The keys that are not compared: wording, the holder (who is in the record), the name of the release, and the digest
of the stored tables."""

_UNORDERED: Final = frozenset({"findings", "citations", "sources"})
"""The lists whose order has no meaning."""


@attrs.frozen(kw_only=True)
class Difference:
    """One place where an answer differs from the expected one.

    >>> print(Difference(path="$.answer.on", expected="2026-03-10", got=None))
    $.answer.on: expected "2026-03-10", got null
    """

    path: str
    expected: Any = attrs.field(hash=False)
    got: Any = attrs.field(hash=False)

    def __str__(self) -> str:
        return f"{self.path}: expected {_shown(self.expected)}, got {_shown(self.got)}"


def _shown(value: Any) -> str:
    """Show a value on one line of limited length."""
    text = "nothing" if value is MISSING else _written(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _written(value: Any) -> str:
    """Write any value from another implementation in a single form."""
    return json.dumps(value, sort_keys=True, default=repr)


MISSING: Final[Any] = object()
"""Stands for a missing key or member."""

_LONGEST: Final = 100


def comparable(reply: Mapping[str, Any]) -> dict[str, Any]:
    """Extract the compared parts of a reply, in the order of comparison.

    Keys that are not compared are dropped, so an implementation may add its own; faults, findings, citations and the
    ids of sources are sorted, because their order has no meaning.

    >>> comparable({"id": "a", "refused": [["$.on", "NOT_A_DATE"], ["$", "B"]], "took": "3 ms"})
    {'refused': [['$', 'B'], ['$.on', 'NOT_A_DATE']]}
    >>> comparable({"id": "a"}), comparable("no reply")
    ({}, {})
    """
    given: Any = reply
    if isinstance(given, Mapping) and "refused" in given:
        return {"refused": _sorted(given["refused"])}
    if not isinstance(given, Mapping) or "answer" not in given:
        return {}
    answer = reply["answer"]
    schema = answer.get("schema") if isinstance(answer, Mapping) else None
    return {"answer": _cut(answer, POLICY if schema == "cmprules.policy/1" else _decision_keys(answer))}


def _decision_keys(answer: Any) -> dict[str, Any]:
    """Choose the compared keys by the edition that an answer states."""
    stamp = answer.get("stamp") if isinstance(answer, Mapping) else None
    edition = stamp.get("edition") if isinstance(stamp, Mapping) else None
    return _FIRST_DECISION if edition == "2026.1" else DECISION


def _cut(value: Any, keys: dict[str, Any] | None) -> Any:
    """Keep only the compared keys of a value, at every level."""
    if keys is not None and isinstance(value, list):
        return [_cut(item, keys) for item in value]
    if keys is None or not isinstance(value, Mapping):
        return value
    return {key: _in_order(key, _cut(value[key], inner)) for key, inner in keys.items() if key in value}


def _in_order(key: str, value: Any) -> Any:
    return _sorted(list(value) if isinstance(value, Mapping) else value) if key in _UNORDERED else value


def _sorted(value: Any) -> Any:
    return sorted(value, key=_written) if isinstance(value, list) else value


def differences(expected: Any, got: Any, path: str = "$") -> Iterator[Difference]:
    """List the places where two values differ, those nearest to the root first.

    >>> [str(found) for found in differences({"a": ["1", "2"]}, {"a": ["1", "3"]})]
    ['$.a[1]: expected "2", got "3"']
    >>> list(differences({"a": 1}, {"a": 1}))
    []
    """
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        for key in dict.fromkeys([*expected, *got]):
            yield from differences(expected.get(key, MISSING), got.get(key, MISSING), f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(got, list):
        for index, (wanted, other) in enumerate(zip_longest(expected, got, fillvalue=MISSING)):
            yield from differences(wanted, other, f"{path}[{index}]")
    elif type(expected) is not type(got) or expected != got:
        yield Difference(path=path, expected=expected, got=got)
