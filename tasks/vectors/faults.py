"""Records that the library refuses, each with the path and the code of every fault."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from tasks.vectors.records import ON, Case, Plain, decide, policy

from cmprules._words import vocabulary

ABSENT: Any = object()

SOUND: Plain = {
    "schema": "cmprules.record/1",
    "holder": {"id": "h-1", "fee_region": "standard"},
    "credentials": [{"id": "mls", "code": "MLS", "body": "ASCP", "certified_on": "2014-05-20",
                     "expires_on": "2026-05-31"}],
    "activities": [{"id": "a1", "title": "Safe handling of formalin", "provider": "ASCP", "completed_on": "2025-02-11",
                    "kind": "formal_ce", "amount": "1.5", "unit": "contact_hour", "areas": ["safety"],
                    "documents": ["certificate"], "source": "upload"}],
    "placements": [{"credential": "mls", "activity": "a1", "area": "safety", "points": "1"}],
}

AMOUNT, DAY, TITLE, AREAS = (f"activities.0.{name}" for name in ("amount", "completed_on", "title", "areas"))
CREDENTIAL, PLACED = "credentials.0", "placements.0"

ONE: tuple[tuple[str, str, Any], ...] = (
    ("zero", AMOUNT, "0"), ("negative", AMOUNT, -2), ("negative-fraction", AMOUNT, -0.5),
    ("three-decimals", AMOUNT, 1.001),
    ("inexact-sum", AMOUNT, 0.1 + 0.2), ("tiny", AMOUNT, "1e-400"), ("forty-digits", AMOUNT, "1." + "0" * 38 + "1"),
    ("too-much", AMOUNT, "1000.01"), ("too-much-and-too-fine", AMOUNT, "1000.001"), ("beyond-floats", AMOUNT, "1e400"),
    ("exponent-beyond-reason", AMOUNT, "1e999999999999999999999"), ("nan-in-words", AMOUNT, "NaN"),
    ("infinity-in-words", AMOUNT, "-Infinity"), ("inf-in-words", AMOUNT, "inf"), ("a-word", AMOUNT, "one"),
    ("empty-amount", AMOUNT, ""), ("comma", AMOUNT, "1,5"), ("space", AMOUNT, " 1"), ("line-break", AMOUNT, "1\n"),
    ("underscore", AMOUNT, "1_0"), ("other-digits", AMOUNT, "\uff11"), ("hexadecimal", AMOUNT, "0x10"),
    ("fraction", AMOUNT, "1/2"), ("true-amount", AMOUNT, True), ("null-amount", AMOUNT, None),
    ("list-amount", AMOUNT, ["1"]),
    ("zero-placed", f"{PLACED}.points", "0"), ("fine-placed", f"{PLACED}.points", "0.125"),
    ("too-much-placed", f"{PLACED}.points", "1000.01"), ("true-placed", f"{PLACED}.points", True),
    ("no-such-day", DAY, "2025-02-30"), ("month-thirteen", f"{CREDENTIAL}.expires_on", "2026-13-31"),
    ("no-leap-day", f"{CREDENTIAL}.certified_on", "2014-02-29"), ("year-nought", DAY, "0000-01-01"),
    ("other-order", DAY, "03/14/2025"), ("no-hyphens", DAY, "20250314"), ("week", DAY, "2025-W11-5"),
    ("month-alone", DAY, "2025-03"), ("empty-day", DAY, ""), ("day-in-other-digits", DAY, "\uff12025-03-14"),
    ("time-with-t", DAY, "2025-03-14T09:30:00"), ("time-after-space", DAY, "2025-03-14 09:30"),
    ("number-as-day", DAY, 20250314), ("true-as-day", DAY, True), ("too-long-ago", DAY, "1899-12-31"),
    ("too-far-away", f"{CREDENTIAL}.expires_on", "3000-01-01"),
    ("unknown-code", f"{CREDENTIAL}.code", "MLSS"), ("code-with-i", f"{CREDENTIAL}.code", "MLSi"),
    ("code-of-another-board", f"{CREDENTIAL}.code", "MT(AMT)"),
    ("number-as-code", f"{CREDENTIAL}.code", 5), ("unknown-body", f"{CREDENTIAL}.body", "ASCPI"),
    ("not-of-that-body", f"{CREDENTIAL}.body", "ASCPi|PA"),
    ("unknown-kind", "activities.0.kind", "in_servce"), ("list-as-kind", "activities.0.kind", ["formal_ce"]),
    ("unknown-unit", "activities.0.unit", "hours"), ("wrong-unit", "activities.0.unit", "semester_hour"),
    ("unknown-source", "activities.0.source", "uplaod"), ("unknown-region", "holder.fee_region", "local"),
    ("null-region", "holder.fee_region", None), ("unknown-area-placed", f"{PLACED}.area", "saftey"),
    ("unknown-area", AREAS, ["hematolgy"]), ("pool-as-area", AREAS, ["safety", "pool"]),
    ("repeated-area", AREAS, ["safety", "ethics", "safety"]), ("number-as-area", AREAS, [1]),
    ("number-as-title", TITLE, 42), ("null-title", TITLE, None), ("title-of-spaces", TITLE, " \t\n"),
    ("empty-id", "holder.id", ""), ("provider-of-spaces", "activities.0.provider", " "),
    ("number-as-document", "activities.0.documents", ["certificate", 7]), ("text-for-areas", AREAS, "safety"),
    ("mapping-for-areas", AREAS, {"safety": 1}), ("null-areas", AREAS, None),
    ("text-for-documents", "activities.0.documents", "certificate"), ("text-for-holder", "holder", "h-1"),
    ("null-holder", "holder", None), ("one-for-yes", f"{CREDENTIAL}.voluntary", 1),
    ("quoted-yes", f"{CREDENTIAL}.voluntary", "true"), ("null-for-no", f"{CREDENTIAL}.previous_nca", None),
    ("unknown-key", "activites", []), ("unknown-key-of-holder", "holder.fee_regoin", "standard"),
    ("unknown-key-of-credential", f"{CREDENTIAL}.expires", "2026-05-31"),
    ("unknown-key-of-activity", "activities.0.complted_on", "2025-02-11"),
    ("unknown-key-of-placement", f"{PLACED}.amount", "1"), ("key-of-the-answer", f"{CREDENTIAL}.given_code", "MT"),
    ("no-holder", "holder", ABSENT), ("no-credentials", "credentials", ABSENT), ("no-activities", "activities", ABSENT),
    ("no-holder-id", "holder.id", ABSENT), ("no-code", f"{CREDENTIAL}.code", ABSENT), ("no-title", TITLE, ABSENT),
    ("no-kind", "activities.0.kind", ABSENT), ("no-amount", AMOUNT, ABSENT),
    ("no-area-placed", f"{PLACED}.area", ABSENT),
    ("no-points-placed", f"{PLACED}.points", ABSENT), ("no-schema", "schema", ABSENT),
    ("other-schema", "schema", "cmprules.record/2"), ("schema-of-a-decision", "schema", "cmprules.decision/1"),
    ("number-as-schema", "schema", 1), ("no-such-credential", f"{PLACED}.credential", "MLS"),
    ("no-such-activity", f"{PLACED}.activity", "A1"), ("mapping-for-activities", "activities", {"a1": {}}),
    ("text-for-an-activity", "activities", ["a1"]), ("no-expiry", f"{CREDENTIAL}.expires_on", ABSENT),
    ("expires-before-certified", f"{CREDENTIAL}.certified_on", "2026-06-01"),
    ("extended-before-expiry", f"{CREDENTIAL}.extended_until", "2026-05-30"),
    ("cycle-after-expiry", f"{CREDENTIAL}.cycle_start", "2026-06-01"),
    ("cycle-too-long", f"{CREDENTIAL}.cycle_start", "2023-04-30"), ("not-voluntary", f"{CREDENTIAL}.voluntary", True),
)
"""A name, a place, and the value there; everything else is sound."""


def cases() -> Iterator[Case]:
    """Return the cases."""
    yield "faults/none", decide(SOUND)
    for name, where, value in ONE:
        yield f"faults/{name}", decide(with_change(where, value))
    yield from _several()
    yield from _units()
    yield from _arguments()
    yield from _texts()
    yield from _policies()


def with_change(where: str, value: Any) -> Plain:
    """Return the sound record with one value changed or removed; `ASCPi|PA` changes both body and code."""
    changed = copy.deepcopy(SOUND)
    at: Any = changed
    *steps, last = where.split(".")
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    if value is ABSENT:
        del at[last]
    else:
        at[last] = value
    if value == "ASCPi|PA":
        at |= {"body": "ASCPi", "code": "PA"}
    if where in {"activities", "credentials"}:  # otherwise the placement would name an activity that is gone
        del changed["placements"]
    return changed


def _several() -> Iterator[Case]:
    """Several faults at once, and faults between the parts of a record."""
    credential, activity, placed = (SOUND[key][0] for key in ("credentials", "activities", "placements"))
    broken = {**activity, "amount": "many"}
    several = {
        "repeated-ids": {**SOUND, "credentials": [credential] * 3, "activities": [activity] * 2},
        "ids-beside-other-faults": {**SOUND, "activities": [broken, broken],
                                    "placements": [placed, {**placed, "activity": "a7"}]},
        "three-contradictions": {**SOUND, "credentials": [{
            **credential, "certified_on": "2026-06-01", "extended_until": "2026-05-30", "cycle_start": "2020-01-01"}]},
        "extension-of-nothing": {**SOUND, "credentials": [{
            "id": "mls", "code": "MLS", "certified_on": "1999-01-01", "extended_until": "2026-05-31"}]},
        "everything-missing": {},
        "one-of-each": {**SOUND, "holder": {"id": 1, "fee_region": "x"}, "activities": [{
            "id": "a1", "title": "", "kind": "x", "amount": "0", "unit": "x", "areas": "x", "completed_on": "x"}]},
    }
    for name, of in several.items():
        yield f"faults/several/{name}", decide(of)
    for name, nothing in (("list", []), ("text", "record"), ("null", None), ("number", 7)):
        yield f"faults/no-record/{name}", {"do": "decide", "record": nothing, "on": str(ON), "trust": "inferred"}


def _units() -> Iterator[Case]:
    """Every kind with a unit that it does not take, and amounts on both sides of the bounds in other units."""
    for kind, units in vocabulary.KINDS.items():
        other = next(unit for unit in vocabulary.UNITS if unit not in units)
        activity = {**SOUND["activities"][0], "kind": kind, "unit": other}
        yield f"faults/wrong-unit-of/{kind}", decide({**SOUND, "activities": [activity]})
    for kind, unit, amounts in (("formal_ce", "ceu", ("0.001", "0.0001", "100", "100.001")),
                                ("college_course", "semester_hour", ("0.002", "0.001", "66.66", "66.67")),
                                ("college_course", "quarter_hour", ("100", "100.001")),
                                ("exam_pass", "exam", ("0.0004", "0.0003", "40", "40.01"))):
        for amount in amounts:
            activity = {**SOUND["activities"][0], "kind": kind, "unit": unit, "amount": amount}
            of = {**SOUND, "activities": [activity], "placements": []}
            yield f"faults/bounds-in/{unit}/{amount}", decide(of)


def _arguments() -> Iterator[Case]:
    """A day of decision or a trust that cannot be read."""
    for name, on in (("word", "today"), ("no-such-day", "2026-02-29"), ("time", "2026-03-10T00:00:00"), ("empty", "")):
        yield f"faults/on/{name}", decide(SOUND, on)
    for name, trust in (("word", "certain"), ("user", "user"), ("upper-case", "OFFICIAL")):
        yield f"faults/trust/{name}", decide(SOUND, trust=trust)


def _texts() -> Iterator[Case]:
    """Records as text: the text itself is at fault, or holds a number that no float can represent."""
    sound = json.dumps(SOUND)
    texts = {
        "sound": sound,
        "byte-order-mark": f"\ufeff{sound}",
        "not-json": sound[:-1],
        "not-json-at-all": "{nonsense}",
        "empty": "",
        "spaces": " \n",
        "repeated-key": sound.replace('"id": "h-1"', '"id": "h-1", "id": "h-2"'),
        "repeated-key-of-record": sound.replace('"holder"', '"activities": [], "holder"', 1),
        "nan": sound.replace('"1.5"', "NaN"),
        "infinity": sound.replace('"1.5"', "-Infinity"),
        "exact-number": sound.replace('"1.5"', "1.50"),
        "number-with-exponent": sound.replace('"1.5"', "15e-1"),
        "number-too-fine-for-a-float": sound.replace('"1.5"', "1.50000000000000000000000001"),
        "number-beyond-floats": sound.replace('"1.5"', "1e400"),
        "half-a-pair": sound.replace("formalin", "formalin \\ud83d"),
    }
    for name, text in texts.items():
        yield f"faults/text/{name}", {"do": "decide", "text": text, "on": str(ON), "trust": "inferred"}


def _policies() -> Iterator[Case]:
    """Tables that do not exist, and former codes, whose tables do."""
    asked = {"unknown-code": ("MLSS", "ASCP"), "unknown-body": ("MLS", "ASCPX"), "not-of-that-body": ("PA", "ASCPi"),
             "only-international": ("CTGYN", "ASCP"), "empty-code": ("", "ASCP"),
             **{f"former-code-{code}": (code, "ASCP") for code in vocabulary.ALIASES}}
    for name, (code, body) in asked.items():
        yield f"faults/policy/{name}", policy(code, body, "2026-05-31")
    for name, day in (("no-such-day", "2026-02-29"), ("word", "soon"), ("too-far-away", "3000-01-01")):
        yield f"faults/policy/{name}", policy("MLS", "ASCP", day)
