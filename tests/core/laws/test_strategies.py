"""Tests of the generators: what they make is worth testing with."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import Phase, given, settings

import cmprules
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.codes.questions import NEEDS
from cmprules.testing import Case, cases, credentials, messy
from cmprules.testing._credentials import ALIASES_OF, CODES
from tests.core.reference.compare import by_the_library
from tests.core.reference.enriching import draw as draw_messy
from tests.edges.conformance.test_vectors import ELSEWHERE
from tests.reckoning import BUCKETS
from tests.strategies import Placing, placings

pytestmark = pytest.mark.slow

LOOK = settings(max_examples=700, derandomize=True, database=None, deadline=None, phases=[Phase.generate])

RARE_NEEDS = {"SEARCH_LIMIT", "BELOW_TRUST"}
"""The first needs an adversary, the second another `trust`; both have their own tests."""
RARE_FINDINGS = {"SEARCH_LIMIT", "BELOW_TRUST", "USER_ROW"}
"""The last needs a user's file."""
MESSY_NEEDS = {"AREA_PROPOSED", "DUPLICATE", "END_OF_MONTH", "FORMER_CODE_LATE", "LOOKS_ALIKE", "REPEATED_COURSE",
               "UNIT_UNCONFIRMED"}
MESSY_FINDINGS = {"ANSWER_NOT_NEEDED", "ANSWER_USED", "AREA_PROPOSED", "DIVISION_REFUSED", "EACH_COUNTS",
                  "FORMER_CODE_LATE", "LOOKS_ALIKE", "REPEATED_COURSE", "UNIT_UNCONFIRMED"}
"""Codes of edition 2026.2 for entries that people repeat, propose or answer; other records are drawn for these."""


def seen_in_cases() -> Counter[str]:
    """Decide 700 cases under the edition they are built for, and count the answers."""
    seen: Counter[str] = Counter()
    newest = cmprules.load_book(edition="2026.2")

    @LOOK
    @given(cases(book=newest))
    def look(case: Case) -> None:
        for answer in cmprules.decide(case.record, newest, on=case.on).credentials:
            seen.update([f"outcome {answer.outcome}", f"standing {answer.standing}"])
            seen.update({f"need {need.code}" for need in answer.needs})
            seen.update({f"finding {finding.code}" for finding in answer.findings})
            for result in answer.activities or ():
                seen.update(f"bucket {bucket}" for bucket in BUCKETS if getattr(result, bucket))

    look()
    return seen


def seen_in_messy_records() -> Counter[str]:
    """Decide 400 records like those of real people, and count their needs and findings."""
    seen: Counter[str] = Counter()
    for number in range(400):
        record, on, trust, user = draw_messy(Random(f"everything occurs/{number}"), "2026.2")
        for answer in by_the_library(record, on, trust, "2026.2", user)["credentials"]:
            seen.update({f"need {need['code']}" for need in answer["needs"]})
            seen.update({f"finding {finding['code']}" for finding in answer["findings"]})
    return seen


def seen_in_placings() -> Counter[str]:
    """Place 400 times, and count the results."""
    seen: Counter[str] = Counter()

    @settings(LOOK, max_examples=400)
    @given(placings())
    def look(placing: Placing) -> None:
        found = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
        mandatory = [proof for proof in found.shortfalls if "pool" not in proof.areas]
        seen["full"] += not found.total.short
        seen["divided"] += bool(found.divided)
        seen["an area short"] += bool(mandatory)
        seen["areas short together"] += any(len(proof.areas) > 1 for proof in mandatory)
        seen["the total short"] += len(found.shortfalls) > len(mandatory)

    look()
    return seen


class TestEverythingOccurs:
    """The generators produce every answer that the contract names."""

    def test_every_answer(self) -> None:
        """Outcomes, standings and buckets occur often, and every need and finding at least a few times."""
        seen = seen_in_cases()
        often = [*(f"outcome {outcome}" for outcome in cmprules.Outcome), *(f"bucket {name}" for name in BUCKETS),
                 *(f"standing {standing}" for standing in cmprules.Standing)]
        few = [*(f"need {code}" for code in NEEDS if code not in {*RARE_NEEDS, *MESSY_NEEDS, *ELSEWHERE}),
               *(f"finding {code}" for code in FINDINGS if code not in {*RARE_FINDINGS, *MESSY_FINDINGS, *ELSEWHERE})]
        assert {name: seen[name] for name in often if seen[name] < 20} == {}
        assert {name: seen[name] for name in few if not seen[name]} == {}
        hard = [seen[f"outcome {outcome}"] for outcome in ("MET", "NOT_MET", "NEEDS_REVIEW")]
        assert min(hard) > 0.12 * sum(hard)

    def test_every_answer_to_messy_records(self) -> None:
        """Records like those of real people produce what the other generators leave out."""
        seen = seen_in_messy_records()
        few = [*(f"need {code}" for code in sorted(MESSY_NEEDS)),
               *(f"finding {code}" for code in sorted(MESSY_FINDINGS))]
        assert {name: seen[name] for name in few if not seen[name]} == {}

    def test_every_sort_of_placing(self) -> None:
        """Many placings are full, short of an area, short of several together, or short of the total; some divided."""
        seen = seen_in_placings()
        assert len(seen) == 5
        assert min(seen.values()) >= 12

    def test_every_credential(self) -> None:
        """Nearly every code occurs under each of its bodies, and so does every former code."""
        seen: Counter[str] = Counter()

        @settings(LOOK, max_examples=1_200)
        @given(credentials())
        def look(credential: cmprules.Credential) -> None:
            seen.update([f"{credential.code}({credential.body})", f"given {credential.given_code}"])

        look()
        assert len([name for name in (f"{code}({body})" for code, body in CODES) if not seen[name]]) <= 4
        assert [alias for aliases in ALIASES_OF.values() for alias in aliases if not seen[f"given {alias}"]] == []


def test_messy_records_have_everything_that_people_enter() -> None:
    """Each of the newer keys, relations between entries, and ends inside a month occurs."""
    seen: Counter[str] = Counter()
    book = cmprules.load_book(edition="2026.2")

    @settings(max_examples=200, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(messy(cases(book=book, most_credentials=1), book=book))
    def look(case: Case) -> None:
        assert cmprules.parse_record(cmprules.to_mapping(case.record)) == case.record
        for one in case.record.activities:
            seen.update(key for key in ("session", "certified", "proposed_areas") if getattr(one, key))
        seen.update(f"answer {one.answer}" for one in case.record.settled)
        for answer in cmprules.decide(case.record, book, on=case.on).credentials:
            seen.update(finding.code for finding in answer.findings)

    look()
    wanted = {"session", "certified", "proposed_areas", "answer yes", "answer no", "DUPLICATE", "LOOKS_ALIKE",
              "REPEATED_COURSE", "AREA_PROPOSED", "NOT_MONTH_END", "ANSWER_USED"}
    assert wanted - {*seen} == set()
