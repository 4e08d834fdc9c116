"""The words of a record: codes and bodies as people write them, kinds, units and areas."""

from __future__ import annotations

from typing import Any, Final, cast

from cmprules._kit.shapes import BAD, Listed, ListOf, Shape, Text
from cmprules._words import vocabulary
from cmprules._words.spellings import BODIES, Spelling, body_hint, code_hint, code_written
from cmprules.errors import Fault, UnknownCodeError, shorten


class Code(Shape):
    """A credential as people write it: in any case, with or without its body in brackets and the CM mark."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a known code and leave it as written; `settle_code` reads it together with the body."""
        if not isinstance(value, str):
            faults.append(Fault(path=path, code="WRONG_TYPE", value=value, expected="a credential code",
                                hint="write a code as text, such as MLS"))
            return BAD
        text = str.__str__(value)
        if code_written(text) is not None:
            return text
        faults.append(Fault(path=path, code="UNKNOWN_CODE", value=text, expected="a credential code",
                            hint=code_hint(text)))
        return BAD


class Body(Shape):
    """The body of a credential: `ASCP` or `ASCPi`."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept one of the two bodies."""
        body = str.__str__(value) if isinstance(value, str) else value
        if body in BODIES:
            return body
        faults.append(Fault(path=path, code="UNKNOWN_WORD" if isinstance(body, str) else "WRONG_TYPE", value=body,
                            expected="ASCP or ASCPi", hint=body_hint(body)))
        return BAD


CODE: Final = Code()
BODY: Final = Body()
KIND: Final = Listed(tuple(vocabulary.KINDS), "a kind of activity", "UNKNOWN_KIND", "kinds")
UNIT: Final = Listed(tuple(vocabulary.UNITS), "a unit", "UNKNOWN_UNIT", "units")
AREA: Final = Listed(vocabulary.AREAS, "an area", "UNKNOWN_AREA", "areas")
AREA_OR_POOL: Final = Listed((*vocabulary.AREAS, vocabulary.POOL), "an area, or pool", "UNKNOWN_AREA", "areas")
AREAS: Final = ListOf(AREA, order=vocabulary.AREAS.index)
ASCP: Final[str] = "ASCP"
"""The body of a credential that names none."""
NOT_SAID: Final[str] = str(b"ASCP", "ascii")
"""The default of every `body`: equal to ASCP, but a separate object, which shows whether a body was given."""


def wrong_unit(kind: str, unit: str, path: str) -> Fault:
    """Refuse a unit that does not go with a kind; list those that do and suggest none, because they differ in value."""
    units = vocabulary.KINDS[kind]
    return Fault(path=path, code="WRONG_UNIT", value=unit, expected=" or ".join(units),
                 hint="take the unit that the certificate shows; `cmprules kinds` lists the units of each kind")


def settle_code(value: Any, path: str, faults: list[Fault], bad: set[str]) -> None:
    """Settle code and body of a value: today's code, the former code if one was written, and the body.

    `value` has `code` and `body`, and may have `given_code`; a missing `body` is `NOT_SAID`.
    """
    if "code" in bad:
        return
    written = cast("Spelling", code_written(value.code))  # the field accepted it, so it is known
    if hasattr(type(value), "given_code"):
        kept = getattr(value, "given_code", None)
        kept = kept if vocabulary.ALIASES.get(str(kept)) == written.code else None
        object.__setattr__(value, "given_code", written.given_code or kept)
    object.__setattr__(value, "code", written.code)
    if "body" not in bad:
        object.__setattr__(value, "body", _agreed_body(value.body, written.body, path, faults))
        _check_body(value.code, value.body, path, faults)


def _agreed_body(given: str, bracketed: str | None, path: str, faults: list[Fault]) -> str:
    """Find the body of a credential; if it is written twice, both must agree."""
    if given is not NOT_SAID and bracketed not in {None, given}:
        faults.append(Fault(path=f"{path}.body", code="BODIES_DIFFER", value=given,
                            expected=f"{bracketed}, as in the code",
                            hint="write the body once, or the same body in both places"))
    return bracketed or (ASCP if given is NOT_SAID else given)


def _check_body(code: str, body: str, path: str, faults: list[Fault]) -> None:
    """Refuse a code that the body does not have."""
    if body not in vocabulary.BODIES[code]:
        faults.append(Fault(path=f"{path}.body", code="CODE_NOT_IN_BODY", value=body,
                            expected=" or ".join(vocabulary.BODIES[code]),
                            hint=f"{code} is not a credential of {body}"))


def category(code: Any, body: Any, faults: list[Fault]) -> tuple[str, str]:
    """Read a code and a body given as arguments: today's code, and its body.

    Unknown words are left as they are; `unknown_category` makes the error for them.
    """
    before = len(faults)
    Text().read(code, "$.code", faults)
    given = Text().read(body, "$.body", faults)
    if len(faults) > before:
        return ("", "")
    written = code_written(str.__str__(code))
    if written is None:
        return (str.__str__(code), given)
    return (written.code, _agreed_body(given, written.body, "$", faults))


def body_within(code: object) -> str | None:
    """Find the body that a code names in brackets."""
    written = code_written(str.__str__(code)) if isinstance(code, str) else None
    return None if written is None else written.body


def unknown_category(code: str, body: str, edition: str) -> UnknownCodeError:
    """Make the error for a code that an edition does not have, or does not have for a body."""
    if body not in BODIES:
        hint = body_hint(body)
    elif code in vocabulary.BODIES:
        hint = f"{code} is a credential of {' and '.join(vocabulary.BODIES[code])}"
    else:
        hint = code_hint(code)
    return UnknownCodeError(f"no credential {shorten(code)} of {shorten(body)} in edition {edition}; {hint}")
