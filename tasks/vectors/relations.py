"""Both sides of the rules that edition 2026.2 adds: one activity or several, ends of months, former codes, units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tasks.vectors.records import DONE, ON, ONE_DAY, Case, Plain, course, credential, decide, enough, record

from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary

SHORT = "25"
"""The points in the pool of a record that is one point short, so that one more activity decides."""


def cases(book: PolicyBook) -> Iterator[Case]:
    """List the cases; none where the edition has no such rows."""
    if book.setting("rule/alike") is not None:
        yield from _same()
        yield from _alike(book.number("alike_days"))
        yield from _repeated()
        yield from _texts()
        yield from _plausible(str(book.figure("plausible_points_of_a_day").value))
        yield from _month_end()
        yield from _former_codes(book)
        yield from _unit_grades()
        yield from _inactive()
        yield from _areas()
        yield from _newer_keys()


def _pair(first: Plain, second: Plain, *rest: Plain) -> Plain:
    """Ask about two activities that may be one; either of them alone leaves a point missing."""
    return decide(record(credential(), [*enough(pool="24"), first, second, *rest]))


def _twin(id: str, **more: Any) -> Plain:
    return course(id, 1, **{"title": "Antibody panels", "provider": "A society", **more})


def _same() -> Iterator[Case]:
    """Everything agrees, then one field at a time differs."""
    yield "rules/duplicates/all-agree", _pair(_twin("x"), _twin("y"))
    yield "rules/duplicates/both-counted", decide(record(credential(), [*enough(pool="25"), _twin("x"), _twin("y")]))
    for side, more in (("title", {"title": "Antigen panels"}), ("session", {"session": "two"}),
                       ("kind", {"kind": "in_service"}), ("points", {"amount": "2"}),
                       ("provider", {"provider": "Another society"}), ("no-provider", {"provider": None})):
        yield f"rules/duplicates/another-{side}", _pair(_twin("x"), _twin("y", **more))
    yield "rules/duplicates/undated", _pair(_twin("x"), _twin("y", completed_on=None))
    yield "rules/duplicates/outside", _pair(_twin("x"), _twin("y", completed_on="2020-02-11"))


def _alike(most: int) -> Iterator[Case]:
    """Titles agree; the days lie as far apart as a row allows, and one day further."""
    for side, days in (("within", most), ("beyond", most + 1)):
        day = (DONE + days * ONE_DAY).isoformat()
        yield f"rules/alike/days-{side}", _pair(_twin("x"), _twin("y", kind="in_service", completed_on=day))
        yield f"rules/alike/days-{side}-points", _pair(_twin("x"), _twin("y", kind="in_service", completed_on=day,
                                                                         provider="Another society"))
    day = (DONE + most * ONE_DAY).isoformat()
    yield "rules/alike/points-and-providers", _pair(_twin("x"), _twin("y", provider="Another society", amount="2"))
    yield "rules/alike/chain", _pair(
        _twin("x"), _twin("y", completed_on=day),
        _twin("z", completed_on=(DONE + 2 * most * ONE_DAY).isoformat()))


def _repeated() -> Iterator[Case]:
    """The same course a year later, for every kind of activity that counts by itself."""
    for kind in vocabulary.KINDS:
        unit = "exam" if kind == "exam_pass" else "point"
        first, second = (_twin(name, kind=kind, unit=unit, completed_on=day)
                         for name, day in (("x", "2024-02-11"), ("y", "2025-02-11")))
        yield f"rules/repeated/{kind}/twice", _pair(first, second)
        yield f"rules/repeated/{kind}/another-title", _pair(first, second | {"title": "Antigen panels"})
    yield "rules/repeated/formal_ce/another-provider", _pair(
        _twin("x", completed_on="2024-02-11"), _twin("y", provider="Another society"))
    yield "rules/repeated/formal_ce/no-provider", _pair(
        _twin("x", completed_on="2024-02-11"), _twin("y", provider=None))


def _texts() -> Iterator[Case]:
    """Titles that a reader takes for the same, and titles that differ."""
    for side, title in (("case", "ANTIBODY PANELS"), ("marks", "Antibody - panels!"),
                        ("brackets", "Antibody panels (live)"), ("digit-in-brackets", "Antibody panels (part 2)"),
                        ("open-bracket", "Antibody panels (live"), ("accent", "Antib\u00f6dy panels"),
                        ("full-width", "\uff21ntibody panels")):
        yield f"rules/text_comparison/{side}", _pair(_twin("x"), _twin("y", title=title))
    for side, first, second in (("brackets-alone", "(live)", "[live]"), ("marks-alone", "!", "?")):
        yield f"rules/text_comparison/{side}", _pair(_twin("x", title=first), _twin("y", title=second))


def _plausible(most: str) -> Iterator[Case]:
    """As many points as one day plausibly brings, and one hundredth more; kinds that span several days."""
    for side, amount in (("within", most), ("beyond", f"{most}.01")):
        for kind in ("formal_ce", "in_service", "college_course"):
            of = record(credential(), [*enough()[:-1], course("u", amount, kind=kind)])
            yield f"rules/plausible_points_of_a_day/{kind}-{side}", decide(of)


def _month_end() -> Iterator[Case]:
    """An end inside a month, with activities on and next to the days that count under only one reading."""
    def case(day: str, expires: str = "2026-05-15", on: date = ON, **more: Any) -> Plain:
        held = credential(expires_on=date.fromisoformat(expires), **more)
        return decide(record(held, [*enough()[:-1], course("p", 26, completed_on=day)]), on)

    for day in ("2023-05-15", "2023-05-16", "2023-05-31", "2023-06-01"):
        yield f"rules/month_end/start-{day}", case(day)
        yield f"rules/month_end/whole-month-{day}", case(day, "2026-05-31")
        yield f"rules/month_end/start-given-{day}", case(day, cycle_start="2023-05-16")
    for day in ("2026-05-15", "2026-05-16", "2026-05-31", "2026-06-01"):
        yield f"rules/month_end/end-{day}", case(day, on=date(2026, 5, 15))
    yield "rules/month_end/past", case("2023-05-20", on=date(2026, 5, 16))
    yield "rules/month_end/leap", case("2025-02-28", "2028-02-28", date(2027, 12, 1))
    yield "rules/month_end/leap-last-day", case("2025-02-28", "2028-02-29", date(2027, 12, 1))


def _former_codes(book: PolicyBook) -> Iterator[Case]:
    """Certified on the last day of a former code and on the day after; codes and bodies without a former code."""
    for code, now in vocabulary.ALIASES.items():
        for body in vocabulary.BODIES[now]:
            last = book.former_code_until(code, body)
            first = date(2009, 10, 31) if last is None else last.last_day
            for side, day in (("last-day", first), ("day-after", first + ONE_DAY)):
                held = credential(code, body=body, certified_on=day)
                activities: Sequence[Plain] = enough() if now == "MLS" else [course("a", 36, ["molecular"])]
                yield f"rules/former_code/{code}/{body}/{side}", decide(record(held, activities))
    yield "rules/former_code/MT/ASCP/no-day", decide(record(credential("MT"), enough()))


def _unit_grades() -> Iterator[Case]:
    """Units graded below and above the trust, and the grade of a decision that depends on one."""
    for unit, amount in (("cmle", "26"), ("ceu", "2.6"), ("contact_hour", "26")):
        of = record(credential(), [*enough()[:-1], course("u", amount, unit=unit)])
        for trust in ("inferred", "third_party"):
            yield f"rules/unit_grade/{unit}/{trust}", decide(of, trust=trust)


def _inactive() -> Iterator[Case]:
    """The last day before an extension, its first and last day, and the day after."""
    held = credential(expires_on=date(2026, 2, 28), extended_until="2026-08-31")
    for side, on in (("before", "2026-02-28"), ("first-day", "2026-03-01"), ("last-day", "2026-08-31"),
                     ("day-after", "2026-09-01")):
        yield f"rules/fee_of_inactive/{side}", decide(record(held, enough()), on)


def _areas() -> Iterator[Case]:
    """Proposed areas, and amounts that a certificate assigns to areas."""
    rest = [one for one in enough(pool="24") if one.get("areas") not in (["safety"], ["ethics"])]
    for side, one in (("proposed", course("s", 1, proposed_areas=["safety"])), ("listed", course("s", 1, ["safety"]))):
        yield f"rules/areas/{side}", decide(record(credential(), [*enough()[1:], one]))
    yield "rules/areas/certified", decide(record(credential(), [
        *rest, course("s", 4, certified={"safety": "1", "ethics": "1"})]))
    yield "rules/areas/divided", decide(record(credential(), [*rest, course("s", 4, ["safety", "ethics"])]))


def _newer_keys() -> Iterator[Case]:
    """Faults and answers for keys and spellings that the vectors of the first edition lack."""
    rest = [one for one in enough(pool="24") if one.get("areas") not in (["safety"], ["ethics"])]
    for side, one in (
        ("area-twice", course("s", 1, ["safety"], proposed_areas=["safety"])),
        ("areas-and-certified", course("s", 1, ["safety"], certified={"ethics": "1"})),
        ("certified-too-much", course("s", 1, certified={"safety": "1", "ethics": "1"})),
        ("text-too-long", course("s", 1, title="x" * 10_001)),
    ):
        yield f"rules/keys/{side}", decide(record(credential(), [one]))
    yield "rules/keys/bodies-differ", decide(record(credential("MLS(ASCPi)", body="ASCP")))
    twins = record(credential(), [*enough(pool="24"), _twin("x"), _twin("y", kind="in_service")])
    for side, said in (("yes", ["yes"]), ("no", ["no"]), ("yes-and-no", ["yes", "no"])):
        answers = [{"code": "LOOKS_ALIKE", "subjects": ["x", "y"], "answer": word} for word in said]
        yield f"rules/answers/alike-{side}", decide({**twins, "settled": answers})
    unasked = {"code": "KIND_UNCONFIRMED", "subjects": ["x"], "answer": "yes"}
    yield "rules/answers/not-needed", decide({**twins, "settled": [unasked]})
    divided = record(credential(), [*rest, course("s", 4, ["safety", "ethics"])])
    for word in ("yes", "no"):
        answer = {"code": "DIVIDED_ACTIVITY", "subjects": ["s"], "answer": word}
        yield f"rules/answers/divided-{word}", decide({**divided, "settled": [answer]})
