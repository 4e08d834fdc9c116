"""Credentials of every code in every standing, with the days on which cycles change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cmprules._facts.records import Credential
from cmprules._kit.calendar import add_months, first_of_month
from cmprules._kit.shapes import Day, Member
from cmprules._kit.terms import BODY, CODE
from cmprules._words import vocabulary as words
from cmprules._words.enums import Standing
from cmprules._words.spellings import BODIES, code_written
from cmprules.errors import Fault, InputError
from cmprules.testing._values import chosen, days_between, last_of_month, read_argument

Pair = tuple[str, str]
"""A code and a body."""

ALIASES_OF = {code: tuple(alias for alias, now in words.ALIASES.items() if now == code) for code in words.NAMES}
CODES: tuple[Pair, ...] = tuple((code, body) for code, bodies in words.BODIES.items() for body in bodies)
OFTEN: tuple[Pair, ...] = (("MLS", "ASCP"), *CODES, *(("MLS", "ASCP"),) * 5, ("MLT", "ASCP"), ("MB", "ASCP"))
"""The default codes; the first one appears in the simplest examples."""

FORMS: dict[str, tuple[Standing, int]] = {
    "current": (Standing.CURRENT, 4),
    "started": (Standing.CURRENT, 1),
    "first": (Standing.CURRENT, 1),
    "expired": (Standing.EXPIRED, 2),
    "inactive": (Standing.INACTIVE, 1),
    "extended": (Standing.CURRENT, 1),
    "voluntary": (Standing.NO_END_DATE, 1),
    "voluntary with an end": (Standing.CURRENT, 1),
    "voluntary past its end": (Standing.NO_END_DATE, 1),
    "not required": (Standing.NO_END_DATE, 1),
}
"""The form of a credential on a day, its standing then, and how often it is drawn."""

_EARLIEST, _LATEST = date(1990, 1, 1), date(2990, 12, 31)


def credentials(
    *, id: str = "c1", on: date | str = date(2026, 3, 10), codes: Sequence[str] | None = None,
    bodies: Sequence[str] | None = None, standings: Sequence[str] | None = None,
) -> st.SearchStrategy[Credential]:
    """Draw credentials in any standing on a day.

    Args:
        id: its name within the record.
        on: the day, from 1990 to 2990; expiration dates and extensions are drawn around it.
        codes: the codes to choose from; some are written as their former codes (`given_code`).
        bodies: the bodies to choose from: `ASCP`, `ASCPi`.
        standings: the standings on that day to choose from, such as `expired`.

    Raises:
        InputError: an argument cannot be read, or no credential fits the arguments.

    >>> from hypothesis import find
    >>> found = find(credentials(codes=["MLS"], standings=["expired"]), lambda one: one.given_code is not None)
    >>> found.code, found.given_code, found.expires_on < date(2026, 3, 10)
    ('MLS', 'MT', True)
    >>> credentials(codes=["MLSS", "PBT"])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.codes[0]: UNKNOWN_CODE: got 'MLSS', expected a credential code; did you mean 'MLS'?
      `cmprules codes` lists all codes
    """
    every = tuple(str(standing) for standing in Standing)
    wanted = chosen(Member(Standing), standings, "$.standings", every)
    pairs = pairs_of(codes, bodies)
    forms = tuple(form for form, (standing, _) in FORMS.items() if standing in wanted)
    check_forms(forms, pairs, "$.standings", [str(standing) for standing in wanted])
    return credential_of(id, read_on(on), pairs, forms)


def read_on(on: object) -> date:
    """Read the day around which credentials are drawn."""
    day: date = read_argument(Day(), on, "$.on")
    if not _EARLIEST <= day <= _LATEST:
        raise InputError([Fault(path="$.on", code="DATE_OUT_OF_RANGE", value=day.isoformat(),
                                expected=f"a day from {_EARLIEST} to {_LATEST}", hint="check the year")])
    return day


def pairs_of(codes: Sequence[str] | None, bodies: Sequence[str] | None) -> tuple[Pair, ...]:
    """Return the codes and bodies to choose from.

    Raises:
        InputError: a word is not known, or none of the bodies has any of the codes.
    """
    written = map(code_written, chosen(CODE, codes, "$.codes", words.NAMES))
    given = {(spelling.code, spelling.body) for spelling in written if spelling is not None}
    under = chosen(BODY, bodies, "$.bodies", BODIES)
    pairs = tuple((code, body) for code, body in (OFTEN if codes is None else CODES)
                  if body in under and given & {(code, None), (code, body)})
    if not pairs:
        raise InputError([Fault(path="$.bodies", code="CODE_NOT_IN_BODY", value=list(under),
                                expected="a body that has one of the codes",
                                hint="leave one of 'codes' and 'bodies' out")])
    return pairs


def check_forms(forms: Sequence[str], pairs: Sequence[Pair], path: str, value: object) -> None:
    """Refuse an argument that leaves only forms that no credential with one of the codes can have."""
    if not any(_pairs_for(form, pairs) for form in forms):
        raise InputError([Fault(path=path, code="MISSING_EXPIRY", value=value,
                                expected="what credentials with an end date can have",
                                hint="every holder of these takes part, so each has an end date")])


def _pairs_for(form: str, pairs: Sequence[Pair]) -> list[Pair]:
    """Keep the codes that a form can have: voluntary forms need a code for which participation was once a choice."""
    if not form.startswith(("voluntary", "not required")):
        return list(pairs)
    return [pair for pair in pairs if words.MANDATORY_FROM[pair[1], words.GROUPS[pair[0]]] is not None]


@st.composite
def credential_of(draw: st.DrawFn, id: str, on: date, pairs: tuple[Pair, ...], forms: tuple[str, ...]) -> Credential:
    """Draw a credential of one of these codes, in one of these forms."""
    possible = [form for form in forms for _ in range(FORMS[form][1]) if _pairs_for(form, pairs)]
    form = draw(st.sampled_from(possible))
    code, body = draw(st.sampled_from(_pairs_for(form, pairs)))
    since = words.MANDATORY_FROM[body, words.GROUPS[code]]
    facts = draw(_facts(form, on, on if since is None else min(since - timedelta(days=1), on)))
    given = draw(st.sampled_from((code, code, *ALIASES_OF[code])))
    nca = body == "ASCP" and form in {"current", "expired"} and draw(_ONE_IN_TEN) == 9
    return Credential(id=id, code=given, body=body, previous_nca=nca, **facts)


_ONE_IN_TEN = st.integers(0, 9)


@st.composite
def _facts(draw: st.DrawFn, form: str, on: date, free: date) -> dict[str, Any]:
    """Draw the days of a credential of one form; on `free`, participation was not mandatory yet."""
    end = draw(days_between(on, on + timedelta(days=1_090)))  # in every form, so that examples shrink to the simplest
    old = days_between(date(1985, 1, 1), free)
    if form == "expired":
        return draw(_expired(on))
    if form in {"voluntary", "voluntary past its end", "not required"}:
        return draw(_without_end(form, on, old))
    month = first_of_month(add_months(end, -words.CYCLE_MONTHS))
    facts: dict[str, Callable[[], dict[str, Any]]] = {
        "current": lambda: {"certified_on": draw(st.sampled_from((
            None, end - timedelta(days=1_500), end - timedelta(days=5_000))))},
        "started": lambda: {"cycle_start": draw(days_between(end - timedelta(days=1_080), end))},
        "first": lambda: {"certified_on": draw(days_between(month, last_of_month(month)))},
        "inactive": lambda: {"expires_on": draw(_days_behind(on)), "extended_until": end},
        "extended": lambda: {"extended_until": draw(days_between(end, end + timedelta(days=400)))},
        "voluntary with an end": lambda: {"voluntary": True, "certified_on": draw(old)},
    }
    return {"expires_on": end, **facts[form]()}


@st.composite
def _without_end(draw: st.DrawFn, form: str, on: date, old: st.SearchStrategy[date]) -> dict[str, Any]:
    """Draw the days of a credential that has no end date, or no longer has one."""
    if form == "not required":
        return {"certified_on": draw(old)}
    if form == "voluntary past its end":
        return {"voluntary": True, "expires_on": draw(_days_behind(on))}
    return {"voluntary": True, "certified_on": draw(st.one_of(st.none(), old)),
            "cycle_start": draw(st.sampled_from((None, None, on - timedelta(days=300))))}


@st.composite
def _expired(draw: st.DrawFn, on: date) -> dict[str, Any]:
    """Draw the days of an expired credential, often one that expired before the tables changed."""
    behind = draw(_days_behind(on))
    if on > date(2023, 6, 30) and draw(st.booleans()):
        behind = draw(days_between(date(2021, 1, 1), date(2022, 12, 31)))
    return {"expires_on": behind, "certified_on": draw(st.sampled_from((None, behind - timedelta(days=2_000)))),
            "cycle_start": draw(st.sampled_from((None, None, behind - timedelta(days=500))))}


def _days_behind(on: date) -> st.SearchStrategy[date]:
    """Return days before another day, some of them long before."""
    backs = (100, 700, 1_500, 8_000)
    return st.one_of([days_between(on - timedelta(days=back), on - timedelta(days=1)) for back in backs])
