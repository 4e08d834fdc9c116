"""Reforms made of single changes, each of which can be laid over the edition alone, like a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

import cmprules
from cmprules._policy.book import OwnFile
from cmprules._policy.laying import lay
from tests.core.units.test_reforms import table
from tests.strategies import edition

__all__ = ["Changes", "changes_of", "laid", "made_responsible", "outcome_of"]

Name = tuple[str, str]
Changes = Mapping[Name, str]
"""Single changes of the total, areas, caps, kinds, limits and spans, each with its new value."""

CITED = 'source = "sample", pin = "p", grade = "official"'
TOTAL = ("total", "total")
BEGINS = date(2024, 1, 1)


def laid(changes: Changes, *codes: str) -> cmprules.PolicyBook:
    """Lay changes over the edition; changes of points apply to the tables of some codes, for expiries from 2024 on."""
    texts = [points(code, changes) for code in codes
             if any(requirement in {"total", "area"} for requirement, _ in changes)]
    texts += [text for name, value in changes.items() for text in _shared(name, value)]
    return _laid(tuple(texts))


@cache
def _laid(texts: tuple[str, ...]) -> cmprules.PolicyBook:
    return lay(edition(), [OwnFile(name=f"reform{place}.toml", text=text, reform=True)
                           for place, text in enumerate(texts)])


def points(code: str, changes: Changes, body: str = "ASCP") -> str:
    """Write the table of one code with some figures changed; the total is never less than the sum of the areas."""
    policy = edition().policy_for(code, body=body, expires_on=date(2026, 5, 31))
    assert policy.areas is not None
    assert policy.total is not None
    areas = {one.area: one.value for one in policy.areas} | {
        of: Decimal(value) for (requirement, of), value in changes.items() if requirement == "area"}
    total = max(Decimal(changes.get(TOTAL, policy.total.value)), sum(areas.values(), Decimal(0)))
    figures = {"total": total, **areas, "pool": total - sum(areas.values(), Decimal(0))}
    cells = ", ".join(f'{{ of = "{of}", value = "{value}", {CITED} }}' for of, value in figures.items())
    return table("points", f'id = "r"\nfrom = {BEGINS}\nbegins = {{ {CITED} }}\ncells = [{cells}]', unit="point",
                 keyed_on="expires_on", more=f'code = "{code}"\nbody = "{body}"\n')


_LIMITS = {"college_course": ("college_course/share", "share_of_total"), "covid_work": ("covid_work/points", "points")}


def _shared(what: Name, value: str) -> Iterable[str]:
    """Write a change of a value that all tables share."""
    requirement, of = what
    if requirement == "cap":
        name, limit = _LIMITS[of]
        yield table("limits", f'id = "{name}"\nkind = "{of}"\nlimit = "{limit}"\nvalue = "{value}"', unit="point")
    elif requirement == "limit":
        kind, _, limit = of.partition("/")
        yield table("limits", f'id = "{of}"\nkind = "{kind}"\nlimit = "{limit}"\nvalue = {value}', unit="point")
    elif requirement == "kind":
        yield table("kinds", f'id = "{of}"\nlabel = "{of}"\nestablished = {value}')
    elif requirement == "figure":
        yield table("cycle", f'id = "{of}"\nvalue = {value}', unit="month")


# ---------------------------------------------------------------------------------------------------------
# The cause of a flip: every change tried alone from both ends, record by record.


def outcome_of(record: cmprules.Record, place: int, book: cmprules.PolicyBook, on: date) -> str:
    """Decide one credential of a record, and return its outcome."""
    return str(cmprules.decide(record, book, on=on).credentials[place].outcome)


def made_responsible(
    record: cmprules.Record, place: int, on: date, first: Changes, second: Changes, codes: Sequence[str],
) -> tuple[str, list[tuple[str, str, bool, bool]]]:
    """Find what flips an outcome between two reforms: `how`, and each change involved."""
    code = record.credentials[place].code
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)
             and (code in codes or name[0] not in {"total", "area"})]

    def outcome(changed: Iterable[Name]) -> str:
        mixed = {name: value for name in {**first, **second}
                 if (value := (second if name in changed else first).get(name)) is not None}
        return outcome_of(record, place, laid(mixed, *codes), on)

    before, after = outcome(()), outcome(names)
    enough = {name for name in names if outcome([name]) == after}
    needed = {name for name in names if outcome([other for other in names if other != name]) == before}
    listed = [(*name, name in enough, name in needed) for name in names if name in enough | needed]
    return (_how(enough, needed, together=outcome(needed) == after),
            sorted(listed or [(*name, False, False) for name in names]))


def _how(enough: set[Name], needed: set[Name], *, together: bool) -> str:
    if len(enough) == 1 and enough == needed:
        return "alone"
    if len(enough) > 1 and not needed:
        return "each"
    return "together" if not enough and len(needed) > 1 and together else "mixed"


# ---------------------------------------------------------------------------------------------------------
# Drawn at random.

_AMOUNTS = ("0", "0.5", "1", "1.5", "2", "3", "4")
_SHARED_VALUES: dict[Name, tuple[str, ...]] = {
    ("cap", "college_course"): ("0", "0.25", "0.3", "0.75", "1"), ("cap", "covid_work"): ("0", "3", "24"),
    ("limit", "covid_work/done_until"): ("2020-06-30", "2026-12-31"), ("kind", "journal_article"): ("true",),
    ("kind", "formal_ce"): ("false",), ("kind", "presentation"): ("true",),
    ("figure", "last_years_months"): ("12", "24", "48"),
}


@st.composite
def changes_of(draw: st.DrawFn, code: str) -> Changes:
    """Draw one to four real changes of one credential's requirements."""
    policy = edition().policy_for(code, expires_on=date(2026, 5, 31))
    assert policy.areas is not None
    assert policy.total is not None
    now = {("area", one.area): one.value for one in policy.areas} | {TOTAL: policy.total.value}
    possible = [*now, *now, *_SHARED_VALUES]
    found: dict[Name, str] = {}
    for name in draw(st.lists(st.sampled_from(possible), min_size=1, max_size=4, unique=True)):
        total = str(policy.total.value + draw(st.sampled_from((-6, -2, -1, 1, 2))))
        found[name] = total if name[0] == "total" else draw(st.sampled_from(_SHARED_VALUES.get(name, _AMOUNTS)))
    return _settled(found, now)


def _settled(found: dict[Name, str], now: Mapping[Name, Decimal]) -> Changes:
    """Leave out changes without effect; the total is that of the table."""
    amounts = {name: Decimal(found.get(name, amount)) for name, amount in now.items()}
    areas = sum((amount for name, amount in amounts.items() if name != TOTAL), Decimal(0))
    amounts[TOTAL] = max(amounts[TOTAL], areas, Decimal(1))
    others = {name: value for name, value in found.items() if name not in now}
    return others | {name: str(amount) for name, amount in amounts.items() if amount != now[name]}
