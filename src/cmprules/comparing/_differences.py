"""The values in which two decisions differ, in the order in which values follow from each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cmprules._kit.canonical import to_mapping
from cmprules._rules.results import DecisionFields
from cmprules._words import vocabulary
from cmprules.comparing._values import WHATS, ChangedValue

MADE_WITH = ("$.on", "$.stamp.")
"""The keys in which a decision says what it was made with."""

_NAMED_BY = {
    "credentials": ("id",), "areas": ("area",), "activities": ("id",), "placements": ("activity", "area"),
    "needs": ("code", "subject"), "findings": ("code", "rule", "subject"), "lines": ("credential", "item"),
    "shortfalls": ("areas",),
}
"""The lists whose members have names, and the keys that make up the names."""

_WHOLE = {"findings": "citations", "placements": "points", "shortfalls": ""}
"""The lists whose members are single values: the value of a key, or the whole member."""

_ORDER = " (order)"
_STEP = re.compile(r"\.\w+|\[(?:\\.|[^\]\\])*\]")
"""One step of a path: a key, or the name of a member of a list."""

_PARTS = {
    "cycle": "cycle", "total": "total", "areas": "area", "activities": "activity", "placements": "placement",
    "shortfalls": "shortfall", "outcome": "outcome", "standing": "standing", "grade": "grade",
    "declaration": "declaration", "needs": "need", "findings": "finding",
}
_TOP = {"stamp": "stamp", "on": "day", "fees": "fee"}
_TABLE_CODES = ("TABLE_APPLIED", "TABLE_NOT_ESTABLISHED", "BELOW_TRUST", "NOT_IN_FORCE", "TABLE_AFTER_EXPIRY",
                "VOLUNTARY_TABLE")


class Value(NamedTuple):
    """One value of a decision: what it is part of, what it is about, and the plain data."""

    what: str
    credential: str | None
    subject: str | None
    plain: Any


Values = dict[str, Value]


def values_of(decision: DecisionFields) -> Values:
    """List every value of a decision by its path; the holder, who is only for headings, is left out."""
    plain = {key: item for key, item in to_mapping(decision).items() if key != "holder"}
    return dict(_walk(plain, "$", ()))


def _walk(plain: Any, path: str, names: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    """Walk down to values that are neither mappings nor lists of named members; `names` is the way there."""
    if isinstance(plain, Mapping):
        for key, item in plain.items():
            if names == ("sources",):
                yield f"{path}[{_masked(key)}]", _value((*names, key), item)
            else:
                yield from _walk(item, f"{path}.{key}", (*names, key))
    elif isinstance(plain, list) and names[-1] in _NAMED_BY:
        yield path, _value(names, [])  # an empty list differs from no list
        yield from _members(plain, path, names)
    else:
        yield path, _value(names, plain)


def _members(plain: Sequence[Mapping[str, Any]], path: str, names: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    """Walk through a list, each member by its name; a repeated name gets a number."""
    seen: Counter[str] = Counter()
    order = []
    for member in plain:
        keys = [_name_of(member, key) for key in _NAMED_BY[names[-1]]]
        name = ", ".join(keys)
        seen[name] += 1
        order.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
        here, named = f"{path}[{_masked(order[-1])}]", (*names, *keys)
        if names[-1] in _WHOLE:
            yield here, _value(named, _rest(member, names[-1]))
        else:
            yield from _walk(_rest(member, names[-1]), here, named)
    yield f"{path}{_ORDER}", _value(names, order)


def _name_of(member: Mapping[str, Any], key: str) -> str:
    """Return one part of a member's name; for a proof, whether it covers the whole table."""
    if key == "areas":
        return "total" if vocabulary.POOL in member[key] else "areas"
    return str(member[key])


def _rest(member: Mapping[str, Any], within: str) -> Any:
    """Return the content of a member besides its name; for some lists, a single value."""
    one = _WHOLE.get(within)
    if one is not None:
        return member if one == "" else member[one]
    return {key: item for key, item in member.items() if key not in _NAMED_BY[within]}


def _masked(name: str) -> str:
    """Escape characters that would be read as part of the path."""
    return name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _value(names: tuple[str, ...], plain: Any) -> Value:
    """Return what a value is part of and what it is about, from the names that lead to it."""
    match names:
        case ("credentials", credential, part, *about):
            return _value_of_credential(credential, part, about, plain)
        case ("credentials", *_):
            return Value("credential", None, None, plain)
        case ("fees", "lines", credential, item, *_):
            return Value("fee", credential, item, plain)
        case ("sources", source):
            return Value("source", None, source, plain)
    return Value(_TOP.get(names[0], "notice"), None, None, plain)


def _value_of_credential(credential: str, part: str, about: Sequence[str], plain: Any) -> Value:
    """Return what a value of one credential is part of; rows of tables are named separately from their figures."""
    match (part, *about):
        case ("findings", code, rule, subject):
            return Value("table", credential, rule, plain) if code in _TABLE_CODES else Value(
                "finding", credential, subject, plain)
        case ("areas", area, "row"):
            return Value("table", credential, area, plain)
        case ("needs", _, subject, *_) | ("areas" | "activities" | "placements" | "shortfalls", subject, *_):
            return Value(_PARTS[part], credential, subject, plain)
    return Value(_PARTS.get(part, "credential"), credential, None, plain)


def differences(before: Values, after: Values) -> tuple[ChangedValue, ...]:
    """Return every value that differs, in the order in which a decision is made.

    The inputs come first, then each credential from the cycle to the outcome, then the fees.
    """
    paths = [path for path in dict.fromkeys([*before, *after]) if _differs(path, before, after)]
    found = [_difference(path, before.get(path), after.get(path)) for path in paths]
    credentials = list(dict.fromkeys(value.credential for value in (*before.values(), *after.values())))
    return tuple(sorted(found, key=lambda difference: _rank(difference, credentials)))


def on_the_keys_of(kept: Values, now: Values) -> Values:
    """Reduce the values of a decision to the keys of an older one; all members of lists stay."""
    known = {"$", *(prefix for path in kept for prefix in _prefixes(path))}
    return {path: value._replace(plain=_reduced(kept[path].plain, value.plain)) if path in kept else value
            for path, value in now.items() if path in kept or not _has_a_new_key(path, known)}


def _prefixes(path: str) -> Iterator[str]:
    """Yield every path on the way down to a value, including its own."""
    for step in _STEP.finditer(path.removesuffix(_ORDER)):
        yield path[:step.end()]


def _has_a_new_key(path: str, known: set[str]) -> bool:
    """Return whether a path leaves the known paths at a key, not at a member of a list."""
    first = next((prefix for prefix in _prefixes(path) if prefix not in known), "")
    return bool(first) and not first.endswith("]")


def _reduced(kept: Any, now: Any) -> Any:
    """Leave out of a value the keys that the older one does not have, at every depth."""
    if isinstance(kept, Mapping) and isinstance(now, Mapping):
        return {key: _reduced(kept[key], item) for key, item in now.items() if key in kept}
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        return [_reduced(*pair) for pair in zip(kept, now, strict=True)]
    return now


def _differs(path: str, before: Values, after: Values) -> bool:
    """Return whether a value differs; null differs from missing; in an order, only members of both lists count."""
    if not path.endswith(_ORDER):
        return before.get(path) != after.get(path)
    first, second = (values[path].plain if path in values else () for values in (before, after))
    return [name for name in first if name in second] != [name for name in second if name in first]


def _difference(path: str, before: Value | None, after: Value | None) -> ChangedValue:
    about = before or after
    assert about is not None  # noqa: S101  # every path comes from one of the two
    return ChangedValue(what=about.what, credential=about.credential, subject=about.subject, path=path,
                      before=before and before.plain, after=after and after.plain,
                      only_in="after" if before is None else "before" if after is None else None)


def _rank(one: ChangedValue, credentials: Sequence[str | None]) -> tuple[int, int, int]:
    """Return the rank of a difference: stamp and day first, then each credential, then the rest."""
    group = 0 if one.what in {"stamp", "day"} else 1 if one.path.startswith("$.credentials") else 2
    return group, credentials.index(one.credential) if group == 1 else 0, WHATS.index(one.what)
