"""Records, books, single decisions, placements and fees can be shown, as answers can."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules

BOOK = cmprules.load_book(edition="2026.1")
ON = "2026-03-10"
RECORD = cmprules.parse_record({
    "schema": "cmprules.record/1", "holder": {"id": "h-1", "name": "Ada Sample"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"},
                    {"id": "old", "code": "MLS", "voluntary": True},
                    {"id": "late", "code": "HT", "expires_on": "2026-01-31", "extended_until": "2026-04-30"}],
    "activities": [
        {"id": "a1", "title": "Sharps <b>", "kind": "formal_ce", "amount": "1.5", "completed_on": "2025-01-02",
         "areas": ["safety"]},
        {"id": "a2", "title": "No day", "kind": "formal_ce", "amount": "1", "proposed_areas": ["ethics"]},
        {"id": "a3", "title": "Two topics", "kind": "formal_ce", "amount": "2", "completed_on": "2025-03-02",
         "certified": {"safety": "0.5", "ethics": "1.5"}}],
    "placements": [{"credential": "pbt", "activity": "a1", "area": "safety", "points": "1"}],
    "settled": [{"subjects": ["a1"], "code": "LOOKS_ALIKE", "answer": "no"}],
})
BARE = attrs.evolve(RECORD, activities=(), placements=(), settled=())
CYCLE = cmprules.Period(start="2023-06-01", end="2026-05-31")
DECISION = cmprules.decide(RECORD, BOOK, on=ON)
ALLOCATION = cmprules.allocate(RECORD.activities, BOOK.policy_for("PBT", expires_on="2026-05-31"),
    cycle=CYCLE)


@pytest.mark.parametrize("value", [RECORD, BARE, BOOK, DECISION["pbt"], DECISION["old"], ALLOCATION, DECISION.fees],
                         ids=["record", "bare", "book", "credential", "no table", "allocation", "fees"])
def test_a_value_shows_itself(value: Any) -> None:
    """A notebook gets an HTML fragment or Markdown; the text begins with a title and ends with the notice."""
    assert value._repr_html_().startswith('<article class="cmprules">')
    assert value._repr_markdown_().startswith("# ")
    lines = cmprules.render(value).splitlines()
    assert lines[1] == "=" * len(lines[0])
    assert lines[-1].startswith("Independent of ASCP")


def test_a_record_lists_what_was_entered_the_latest_first() -> None:
    """Activities have the amounts and areas as entered; text from people is escaped."""
    text = cmprules.render(RECORD)

    assert text.startswith("Ada Sample: record\n")
    assert "3 activities, 4.5 points as entered" in text
    assert text.index("Two topics") < text.index("Sharps <b>") < text.index("No day")
    assert "no date" in text
    assert "2026-04-30 (extended)" in text
    assert "1 placement of your own and 1 settled question" in text
    assert "Sharps &lt;b&gt;" in RECORD._repr_html_()
    assert "0.5 safety, 1.5 ethics" in cmprules.render(RECORD, "markdown").replace("\u200b", "")
    assert "ethics (proposed)" in cmprules.render(RECORD, "markdown")
    assert "also has" not in cmprules.render(BARE)
    assert "0 activities, 0 points" in cmprules.render(BARE)


def test_a_book_names_its_edition_its_errors_and_the_rows_of_the_user() -> None:
    """Known errors of the edition are named; if there are rows of a user, they come first."""
    text = cmprules.render(BOOK)
    assert text.startswith("Policy tables, edition 2026.1\n")
    assert "Known errors of this edition" in text
    assert "Known errors" not in cmprules.render(cmprules.load_book(edition="2026.2"))
    own = cmprules.load_book(edition="2026.1", extra=["docs/how-to/files/mla.toml"])
    assert "1 file of yours" in cmprules.render(own)
    assert "of yours" not in text


def test_one_credential_of_a_decision_has_its_verdict_and_what_to_do() -> None:
    """It names activities only if the record is given."""
    text = cmprules.render(DECISION["pbt"], record=RECORD)
    assert text.startswith("PBT(ASCP) Phlebotomy Technician\n")
    assert "Requirements not met" in text
    assert "What to do" in text
    assert "Two topics" in text
    assert "Two topics" not in cmprules.render(DECISION["pbt"])


def test_a_placement_says_what_is_missing_and_why() -> None:
    """A short placement has its proof; a full one says so."""
    assert cmprules.render(ALLOCATION).splitlines()[3].strip().startswith("[-] 5.5 points missing")
    assert "missing." in cmprules.render(ALLOCATION)
    enough = [cmprules.Activity(id=f"a{area}", title=area, kind="formal_ce", amount=amount, completed_on="2025-01-02",
                                areas=[area] if area != "pool" else [])
              for area, amount in (("safety", 1), ("ethics", 1), ("phlebotomy", 2), ("pool", 5))]
    whole = cmprules.allocate(enough, BOOK.policy_for("PBT", expires_on="2026-05-31"),
    cycle=CYCLE)
    assert whole.total.short == Decimal(0)
    assert "All 9 points are there" in cmprules.render(whole)
    empty = cmprules.allocate([], BOOK.policy_for("PBT", expires_on="2026-05-31"),
    cycle=CYCLE)
    assert "Where the points go" not in cmprules.render(empty)


def test_fees_say_what_is_known() -> None:
    """The total comes first, or the reason why it is not known."""
    assert "in total" in cmprules.render(DECISION.fees)
    unknown = attrs.evolve(DECISION.fees, total=None, why="no source says what it costs", lines=())
    assert "No source says what it costs." in cmprules.render(unknown)
    nothing = attrs.evolve(DECISION.fees, total=Decimal(0), lines=())
    assert "Amount" not in cmprules.render(nothing)


def test_there_is_no_json_of_a_book() -> None:
    """A book is not an answer; the fault lists the formats."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.render(BOOK, "json")
    fault = refused.value.faults[0]
    assert (fault.path, fault.code, fault.value) == ("$.format", "NO_REPORT", "json")
    assert "PolicyBook" in fault.expected
