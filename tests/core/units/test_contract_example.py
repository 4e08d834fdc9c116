"""The example that explains the decision format, figure by figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import cmprules

RECORD: dict[str, Any] = {
    "schema": "cmprules.record/1",
    "holder": {"id": "h-1", "fee_region": "standard"},
    "credentials": [
        {"id": "mls", "code": "MLS", "body": "ASCP", "certified_on": "2014-05-20", "expires_on": "2026-05-31"}
    ],
    "activities": [
        {"id": "a1", "title": "Safe handling of formalin", "provider": "ASCP", "completed_on": "2025-02-11",
         "kind": "formal_ce", "amount": "1.5", "unit": "contact_hour", "areas": ["safety"],
         "documents": ["certificate"], "source": "upload"},
        {"id": "a2", "title": "Electrolytes", "completed_on": "2025-03-04", "kind": "formal_ce", "amount": "3",
         "unit": "point", "areas": ["chemistry"]},
        {"id": "a3", "title": "Red cell indices", "completed_on": "2025-04-02", "kind": "formal_ce", "amount": "2",
         "unit": "point", "areas": ["hematology"]},
        {"id": "a4", "title": "Statistics", "completed_on": "2025-05-15", "kind": "college_course", "amount": "2",
         "unit": "semester_hour"},
        {"id": "a5", "title": "A case report", "completed_on": "2025-06-30", "kind": "journal_article",
         "amount": "5", "unit": "point", "areas": ["microbiology"]},
    ],
    "placements": [{"credential": "mls", "activity": "a1", "area": "safety", "points": "1"}],
}
AREAS = [
    ("safety", "1", "1", "0"), ("ethics", "1", "0", "1"), ("blood_banking", "2", "0", "2"),
    ("chemistry", "2", "2", "0"), ("hematology", "2", "2", "0"), ("microbiology", "2", "0", "2"),
    ("pool", "26", "19.5", "6.5"),
]


def _answer() -> dict[str, Any]:
    record = cmprules.parse_record(RECORD)
    decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on=date(2026, 3, 10))
    return cmprules.to_mapping(decision)


def test_the_record_comes_back_as_it_was_written() -> None:
    """Reading and writing a record changes nothing."""
    assert cmprules.to_mapping(cmprules.parse_record(RECORD)) == RECORD


def test_outcome_total_and_areas() -> None:
    """It is not met by 11.5 of 36; by 6.5 if the article counts."""
    mls = _answer()["credentials"][0]
    assert (mls["outcome"], mls["standing"], mls["grade"]) == ("NOT_MET", "current", "third_party")
    assert mls["cycle"] == {"start": "2023-06-01", "end": "2026-05-31"}
    assert mls["total"] == {"required": "36", "placed": "24.5", "short": "11.5", "short_if_confirmed": "6.5"}
    assert [(area["area"], area["required"], area["placed"], area["short"]) for area in mls["areas"]] == AREAS


def test_proofs_placements_and_buckets() -> None:
    """The proofs add up; points over caps and surplus go where the contract says."""
    mls = _answer()["credentials"][0]
    assert mls["shortfalls"] == [
        {"areas": ["ethics", "blood_banking", "microbiology"], "required": "5", "available": "0", "short": "5",
         "closers": [{"areas": ["ethics"], "points": "1"}, {"areas": ["blood_banking"], "points": "2"},
                     {"areas": ["microbiology"], "points": "2"}]},
        {"areas": [area[0] for area in AREAS], "required": "36", "available": "24.5", "short": "11.5"},
    ]
    assert [(one["activity"], one["area"], one["points"]) for one in mls["placements"]] == [
        ("a1", "safety", "1"), ("a1", "pool", "0.5"), ("a2", "chemistry", "2"), ("a2", "pool", "1"),
        ("a3", "hematology", "2"), ("a4", "pool", "18"),
    ]
    parts = ("entered", "placed", "surplus", "over_cap", "unconfirmed")
    buckets = {one["id"]: {part: one[part] for part in parts if one[part] != "0"}
               for one in mls["activities"]}
    assert buckets["a1"] == {"entered": "1.5", "placed": "1.5"}
    assert buckets["a4"] == {"entered": "30", "placed": "18", "over_cap": "12"}
    assert buckets["a5"] == {"entered": "5", "unconfirmed": "5"}


def test_declaration_needs_and_fees() -> None:
    """The window is open, nothing is for review, and the application fee of 2026 is inferred."""
    answer = _answer()
    mls = answer["credentials"][0]
    assert mls["declaration"] == {
        "opens_on": "2026-03-02", "advised_by": "2026-05-01", "last_day": "2026-05-31", "status": "open",
    }
    assert mls["needs"] == []
    assert answer["fees"] == {
        "currency": "USD", "total": "110.00", "why": None,
        "lines": [{"credential": "mls", "item": "application", "amount": "110.00",
                   "row": "fees/2026-01-01/standard", "grade": "inferred", "open": True, "opens_on": None}],
    }


def test_keys_stand_in_the_promised_order() -> None:
    """The keys of the JSON are in the order of its description."""
    answer = _answer()
    assert list(answer) == [
        "schema", "on", "holder", "stamp", "credentials", "fees", "sources", "notice", "advisories",
    ]
    assert list(answer["stamp"]) == [
        "library", "rules", "edition", "edition_sha256", "extra_sha256", "trust", "record_sha256",
    ]
    assert list(answer["credentials"][0]) == [
        "id", "code", "body", "outcome", "standing", "grade", "cycle", "total", "areas", "shortfalls", "placements",
        "activities", "declaration", "needs", "findings",
    ]


def test_every_figure_leads_to_a_source() -> None:
    """A finding cites each area's row, and the answer lists the source of each citation."""
    answer = _answer()
    mls = answer["credentials"][0]
    rules = {finding["rule"] for finding in mls["findings"]}
    assert {area["row"] for area in mls["areas"]} <= rules
    assert {line["row"] for line in answer["fees"]["lines"]} <= rules
    cited = {citation["source"] for finding in mls["findings"] for citation in finding["citations"]}
    assert cited == set(answer["sources"])
