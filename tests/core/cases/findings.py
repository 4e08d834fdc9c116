"""Every finding on some worked cases, with its rule and its sources.

`python -m tasks.write_golden findings` writes them; then read `git diff tests/promises/golden`.  People follow a
finding to its source: one that names the wrong rule sends them to the wrong page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import cmprules
from cmprules._rules.placing import Steps
from tests.core.cases import test_cases as cases
from tests.core.cases import test_identity as identity
from tests.edges.data import test_extras as extras

BOOK = cmprules.load_book(edition="2026.1")

WORKED = (
    "three areas short and half a course over the cap",
    "the day after the last check",
    "twelve points of pandemic work",
    "pandemic work on each side of its days",
    "the same points in another unit",
    "a duplicate outside the cycle is a duplicate first",
    "certified the month before",
    "the last day of the cycle, and the day of decision",
    "within an extension",
    "the last day of an extension",
    "after an extension",
    "expired, and only the old table is met",
    "a start that no longer has a bearing",
    "from before participation became mandatory",
    "voluntary without an end date",
    "voluntary with an end that has passed",
    "nothing is established for an MLA",
    "an expired MLA",
    "a table of societies for somebody who trusts booklets",
    "international gynecologic cytology has an area of its own",
    "an activity without a day that would be enough",
    "met only if one activity is divided",
    "a placement that is lawful and complete",
    "a placement where the activity may not lie",
    "a placement of more than was earned",
    "a placement of what does not count",
    "a placement of what is not confirmed yet",
    "a placement over the cap",
    "a placement that leaves an area short",
)
"""Worked cases that together have every finding except those below."""

OF_IDENTITY = (
    "a course typed in and uploaded",
    "of two entries with different points the smaller counts",
    "the same course of a vendor every year is open",
    "the same training every year, at an employer, counts each time",
    "a proposed area counts only in favor",
    "a day that counts only if the end is right as written",
    "a unit below the trust asked for is unconfirmed",
    "a hundredth more is not",
    "a former code on the day after it",
    "a division that is ruled out",
    "an answer to a question that is not open",
    "within an extension it is open whether the reinstatement fee is due",
)
"""The same for worked cases of the second edition."""


def of_worked(name: str) -> list[str]:
    """Return the findings on a worked case."""
    [case] = [case for case in cases.CASES["case"] if case["name"] == name]
    return _lines(cmprules.decide(cases._record(case), BOOK, on=case["on"], trust=case.get("trust", "inferred")))


def of_identity(name: str) -> list[str]:
    """Return the findings on a worked case of the second edition."""
    [case] = [case for case in identity.CASES["case"] if case["name"] == name]
    credential = identity.decided(case)
    return [f"{credential.id}:", *_findings(credential)]


def of_an_early_expiry() -> list[str]:
    """No table binds before the first one; the findings still cover the cycle and what lies outside it."""
    case = {"credentials": ["mls MLS 2006-12-31"], "activities": ["a 2005-02-01 formal_ce 3 safety"]}
    return _lines(cmprules.decide(cases._record(case), BOOK, on=date(2006, 12, 1)))


def of_a_search_given_up() -> list[str]:
    """Nine courses may each serve three areas, and the search has only one step."""
    activities = [f"a{number} 2025-01-01 formal_ce 1 safety,ethics,phlebotomy" for number in range(9)]
    record = cases._record({"credentials": ["pbt PBT 2026-05-31"], "activities": activities})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cmprules._rules.outcome.Steps", lambda: Steps(1))
        return _lines(cmprules.decide(record, BOOK, on=date(2026, 3, 10)))


def of_an_extension_by_the_newer_edition() -> list[str]:
    """That edition leaves open whether the reinstatement fee is due."""
    [case] = [case for case in cases.CASES["case"] if case["name"] == "within an extension"]
    book = cmprules.load_book(edition="2026.2")
    return _lines(cmprules.decide(cases._record(case), book, on=case["on"]))


def of_own_rows(on: date) -> list[str]:
    """The user's table, kind and fees are each named with what depends on them."""
    record = cases._record({
        "credentials": ["mla MLA 2026-05-31", "pbt PBT 2026-05-31"],
        "activities": ["a 2015-02-01 journal_article 3 safety", "b 2025-02-01 journal_article 3 safety"],
    })
    with TemporaryDirectory() as folder:
        files = [extras._write(Path(folder), extras.BASE[base], f"{base}.toml") for base in ("points", "kinds", "fees")]
        return _lines(cmprules.decide(record, cmprules.load_book(edition="2026.1", extra=files), on=on))


TOLD: dict[str, Callable[[], list[str]]] = {
    **{name: partial(of_worked, name) for name in WORKED},
    **{name: partial(of_identity, name) for name in OF_IDENTITY},
    "an expiry before the first table": of_an_early_expiry,
    "a search that is given up": of_a_search_given_up,
    "within an extension, by edition 2026.2": of_an_extension_by_the_newer_edition,
    "rows of the user's own": partial(of_own_rows, date(2026, 3, 10)),
    "fees of the user's own": partial(of_own_rows, date(2015, 12, 31)),
}


def _lines(decision: cmprules.Decision) -> list[str]:
    return [line for credential in decision.credentials for line in (f"{credential.id}:", *_findings(credential))]


def _findings(credential: cmprules.CredentialDecision) -> Iterable[str]:
    for finding in credential.findings:
        cited = "; ".join(f"{one.source}, {one.pin} ({one.grade})" for one in finding.citations)
        others = f" with {', '.join(finding.others)}" if finding.others else ""
        yield f"  {finding.code} of {finding.subject}{others} by {finding.rule}: {cited or 'cites nothing'}"

