"""Cases of uncertainties, standings and codes, one at a time and together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tasks.vectors.records import DONE, EXPIRES, ON, ONE_DAY, Case, Plain, course, credential, decide, enough, record

from cmprules import Grade
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary


def cases(book: PolicyBook) -> Iterator[Case]:
    """Return the cases."""
    yield from _unconfirmed()
    yield from _undated()
    yield from _many_questions()
    yield from _divisions()
    yield from _duplicates()
    yield from _cycles()
    yield from _standings()
    yield from _trust()
    yield from _several_credentials()
    yield from _own_placements()
    yield from _last_check(book)
    yield from _former_codes()
    yield from _ties()


def _unconfirmed() -> Iterator[Case]:
    """Each kind without an established value: enough if confirmed, not needed, and not enough."""
    for kind, units in vocabulary.KINDS.items():
        points = {"exam": 25, "point": 10}.get(units[0], 10)
        claim = course("k", 1 if units[0] == "exam" else points, kind=kind)
        for side, pool in (("enough", 26 - points), ("too-little", 25 - points), ("not-needed", 26)):
            yield f"doubts/kind/{kind}/{side}", decide(record(credential(), [*enough(pool=pool), claim]))
    paper = course("k", 2, ["chemistry"], kind="journal_article")
    yield ("doubts/kind/in-an-area", decide(record(credential(), [a for a in enough() if a["id"] != "a4"] + [paper])))


def _undated() -> Iterator[Case]:
    """Activities without a day."""
    for name, more in (("alone", {}), ("of-a-claimed-kind", {"kind": "poster"}), ("pandemic", {"kind": "covid_work"}),
                       ("college", {"kind": "college_course"})):
        claim = course("k", 10, completed_on=None, **more)
        yield f"doubts/undated/{name}", decide(record(credential(), [*enough(pool=16), claim]))
    twins = [course(name, 1, title="Same", completed_on=None) for name in ("x", "y")]
    yield "doubts/undated/twins", decide(record(credential(), [*enough(pool=24), *twins]))


def _many_questions() -> Iterator[Case]:
    """Up to eight open activities are settled one by one, more together."""
    for count in (2, 7, 8, 9, 10):
        claims = [course(f"k{index:02d}", 1, kind="poster") for index in range(count)]
        useless = course("z", 1, ["safety"], kind="poster")
        yield f"doubts/many/{count}", decide(record(credential(), [*enough(pool=26 - count), *claims]))
        yield (f"doubts/many/{count}-and-one-spare",
               decide(record(credential(), [*enough(pool=26 - count), *claims, useless])))
    mixed = [course("k1", 5, kind="poster"), course("k2", 5, completed_on=None),
             course("k3", 5, completed_on="2023-05-20")]
    for pool in (11, 16, 21, 26):
        yield f"doubts/many/mixed-{pool}", decide(record(credential(), [*enough(pool=pool), *mixed]))


def _divisions() -> Iterator[Case]:
    """One activity whose points go to two mandatory areas."""
    rest = [a for a in enough() if a["id"] not in {"a1", "a2"}]
    both = course("d", 2, ["safety", "ethics"])
    yield "doubts/division/needed", decide(record(credential(), [*rest, both]))
    yield "doubts/division/not-needed", decide(record(credential(), [*rest, both, course("e", 1, ["ethics"])]))
    yield ("doubts/division/of-a-doubtful-one",
           decide(record(credential(), [*rest, {**both, "completed_on": "2023-05-20"}])))
    yield "doubts/division/and-short", decide(record(credential(), [*rest[:-1], both]))
    yield ("doubts/division/three-areas",
           decide(record(credential(), [*rest[1:], course("d", 4, ["safety", "ethics", "blood_banking"])])))
    yield ("doubts/division/settled-by-a-claim",
           decide(record(credential(), [*rest, both, course("k", 1, ["ethics"], kind="poster")])))
    pair = [course("d", 1, ["safety", "ethics"]), course("e", 1, ["safety", "ethics"], completed_on="2025-02-12")]
    yield "doubts/division/two-whole-ones", decide(record(credential(), [*rest, *pair]))
    uneven = [{**pair[0], "amount": "0.5"}, {**pair[1], "amount": "1.5"}]
    yield "doubts/division/uneven", decide(record(credential(), [*rest, *uneven]))


def _duplicates() -> Iterator[Case]:
    """The same title, provider, day, kind and points; and with one of them different."""
    first = course("k1", 10, ["chemistry"], title="Gram stain", provider="A Provider")
    twins: dict[str, Plain] = {
        "same": {}, "case-and-spaces": {"title": " GRAM  stain", "provider": "aprovider"},
        "other-areas": {"areas": ["safety"]}, "other-title": {"title": "Gram stains"},
        "other-provider": {"provider": "Another"}, "no-provider": {"provider": None},
        "other-day": {"completed_on": "2025-02-12"}, "other-kind": {"kind": "in_service"},
        "other-points": {"amount": "9.99"}, "other-unit": {"unit": "ceu", "amount": "1"},
        "long-s": {"title": "Gram \u017ftain"},
    }
    for name, change in twins.items():
        twin = {key: value for key, value in {**first, "id": "k2", **change}.items() if value is not None}
        yield f"doubts/duplicate/{name}", decide(record(credential(), [*enough(pool=16), first, twin]))
        yield f"doubts/duplicate/{name}-first", decide(record(credential(), [twin, first, *enough(pool=6)]))
    ids = [{**first, "id": name} for name in ("b", "B", "10", "9")]
    yield "doubts/duplicate/smallest-id", decide(record(credential(), ids))


def _cycles() -> Iterator[Case]:
    """Each way of knowing the start of a cycle."""
    ways: dict[str, Plain] = {
        "given": {"cycle_start": "2023-05-20"}, "first": {"certified_on": "2023-05-16"},
        "first-on-last-day-of-month": {"certified_on": "2023-05-31"},
        "certified-a-month-late": {"certified_on": "2023-06-01"},
        "certified-a-month-early": {"certified_on": "2023-04-30"}, "plain": {},
    }
    for name, more in ways.items():
        days = ("2023-05-15", "2023-05-16", "2023-05-20", "2023-05-31", "2023-06-01")
        activities = [course(f"k{day}", 1, completed_on=day) for day in days]
        yield f"doubts/cycle/{name}", decide(record(credential(**more), [*enough(pool=21), *activities]))
    for expires in ("2024-02-29", "2025-02-28", "2026-04-30", "2026-12-31", "2027-03-30"):
        of = credential(expires_on=date.fromisoformat(expires))
        yield f"doubts/cycle/ends-{expires}", decide(record(of), date.fromisoformat(expires))
    yield "doubts/cycle/not-yet-begun", decide(record(credential(expires_on=date(2030, 5, 31)), enough()))
    yield ("doubts/cycle/start-not-used",
           decide(record(credential(expires_on=date(2025, 5, 31), cycle_start="2022-06-01"), enough())))


def _standings() -> Iterator[Case]:
    """Every standing, and both tables of an expired credential."""
    for name, more, on in (
        ("last-day", {}, EXPIRES), ("expired", {}, EXPIRES + ONE_DAY),
        ("inactive-first-day", {"extended_until": "2026-08-31"}, EXPIRES + ONE_DAY),
        ("inactive-last-day", {"extended_until": "2026-08-31"}, date(2026, 8, 31)),
        ("expired-after-extension", {"extended_until": "2026-08-31"}, date(2026, 9, 1)),
        ("voluntary-ahead", {"voluntary": True}, ON), ("voluntary-past", {"voluntary": True}, EXPIRES + ONE_DAY),
    ):
        yield f"doubts/standing/{name}", decide(record(credential(**more), enough()), on)
    own = [course("a", 1, ["safety"]), course("b", 1, ["ethics"]), course("c", 2, ["blood_banking"]), course("p", 32)]
    for name, points in (("old-table-alone", 32), ("neither", 31)):
        activities = [*own[:-1], course("p", points)]
        yield f"doubts/tables/{name}", decide(record(credential("BB", date(2023, 12, 31)), activities))
    both = [course("a", 1, ["safety"]), course("b", 1, ["ethics"]), course("c", 8, ["blood_banking"]), course("p", 26)]
    yield "doubts/tables/both", decide(record(credential("BB", date(2023, 12, 31)), both))
    yield ("doubts/tables/old-one-not-in-force", decide(record(credential("BB", date(2006, 12, 31)), both)))
    for name, on in (("on-the-day-of-change", date(2024, 1, 1)), ("in-the-old-era", date(2023, 12, 31))):
        activities = [{**activity, "completed_on": "2023-06-01"} for activity in own]
        yield f"doubts/tables/{name}", decide(record(credential("BB", date(2023, 5, 31)), activities), on)
    for code in ("MLA", "DPT", "DMLI"):
        yield f"doubts/tables/not-established-{code}", decide(record(credential(code), enough()))
    activities = [*enough(), course("old", 1, completed_on="2020-01-01"), course("k", 1, kind="poster"),
                  course("twin", 1, ["safety"], title="Course a1")]
    yield "doubts/tables/not-established-with-activities", decide(record(credential("MLA"), activities))
    yield "doubts/tables/not-established-expired", decide(record(credential("MLA", date(2025, 5, 31)), enough()))


def _trust() -> Iterator[Case]:
    """The same record at every level of trust."""
    for grade in Grade:
        if grade is not Grade.USER:
            for code in ("MLS", "HT", "PA"):
                of = record(credential(code), [course("k", 5, ["safety"], kind="teleconference"), course("p", 20)])
                yield f"doubts/trust/{code}/{grade}", decide(of, trust=str(grade))
    work = course("w", 20, kind="covid_work", completed_on="2021-06-01")
    college = course("c", 30, kind="college_course", completed_on="2021-06-01")
    for trust in ("society", "booklet", "official"):
        of = record(credential("HT", date(2022, 12, 31)), [work, college])
        yield f"doubts/trust/caps/{trust}", decide(of, date(2022, 11, 30), trust)


def _several_credentials() -> Iterator[Case]:
    """One activity for several credentials, and the fees of several."""
    of = [credential("MLS", id="mls"), credential("SBB", id="sbb"), credential("QIA", id="qia")]
    activities = [*enough(), course("b", 8, ["blood_banking", "apheresis"]), course("q", 6, ["apheresis"])]
    for region in (None, "low_middle_income"):
        yield f"doubts/several/{region or 'standard'}", decide(record(of, activities, region))
        yield f"doubts/several/{region or 'standard'}-in-2015", decide(record(of, [], region), date(2015, 6, 1))
    mixed = [credential("MLS", id="now"), credential("PBT", date(2025, 5, 31), id="expired"),
             credential("SBB", None, id="free", certified_on="1999-05-20"), credential("MLA", id="unknown"),
             credential("BB", id="abroad", body="ASCPi"), credential("CT", None, id="by-choice", voluntary=True)]
    yield "doubts/several/every-standing", decide(record(mixed, enough()))


def _own_placements() -> Iterator[Case]:
    """The holder's own placements: each rule broken in turn, and none broken."""
    activities = [*enough(), course("col", 20, ["chemistry"], kind="college_course"),
                  course("old", 1, completed_on="2020-01-01"), course("k", 1, ["safety"], kind="poster")]
    placed: dict[str, list[tuple[str, str, str]]] = {
        "lawful": [("a1", "safety", "1")], "not-accepted": [("old", "pool", "1")], "claimed": [("k", "safety", "1")],
        "not-served": [("a1", "ethics", "1")], "not-of-the-table": [("a1", "histology", "1")],
        "activity-exceeded": [("a1", "safety", "1"), ("a1", "pool", "1")],
        "need-exceeded": [("a1", "safety", "1"), ("k", "safety", "1")],
        "cap-exceeded": [("col", "pool", "18.01")], "within-cap": [("col", "pool", "18")],
        "complete": [(a["id"], (a.get("areas") or ["pool"])[0], a["amount"]) for a in enough()],
    }
    for name, own in placed.items():
        listed: list[Plain] = [{"credential": "c", "activity": activity, "area": area, "points": points}
                               for activity, area, points in own]
        yield f"doubts/placement/{name}", decide(record(credential(), activities, placements=listed))


def _last_check(book: PolicyBook) -> Iterator[Case]:
    """The day of the last check, and the day after."""
    of = record(credential(expires_on=date(2027, 5, 31)), enough())
    yield "doubts/last-check/on", decide(of, book.last_checked)
    yield "doubts/last-check/after", decide(of, book.last_checked + ONE_DAY)


def _former_codes() -> Iterator[Case]:
    """Former codes are read as today's codes, under either body."""
    for code in vocabulary.ALIASES:
        yield f"doubts/former-code/{code}", decide(record(credential(code)))
        yield f"doubts/former-code/{code}-abroad", decide(record(credential(code, body="ASCPi")))


def _ties() -> Iterator[Case]:
    """The choice among several equally good placements."""
    days = [date(2025, 2, 11), date(2024, 2, 11), DONE]
    wide = ["safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology"]
    for name, points in (("small", "1.5"), ("large", "9"), ("odd", "2.75")):
        activities = [course(f"k{index}", points, wide[index % 4:], completed_on=day.isoformat())
                      for index, day in enumerate(days * 2)]
        yield f"doubts/ties/{name}", decide(record(credential(), activities))
        yield f"doubts/ties/{name}-turned", decide(record(credential(), activities[::-1]))
    capped = [course(f"k{index}", 8, wide[index:index + 2], kind="college_course", completed_on=day.isoformat())
              for index, day in enumerate(days)]
    yield "doubts/ties/capped", decide(record(credential(), capped))
    yield "doubts/ties/capped-turned", decide(record(credential(), capped[::-1]))
    by_id = [course(name, 20) for name in ("b", "a", "B", "10", "9")]
    yield "doubts/ties/by-id", decide(record(credential(), by_id))
