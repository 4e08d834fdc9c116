"""Documents that people keep as proof, under the names that they use."""

from __future__ import annotations

from datetime import date

import pytest

import cmprules
from cmprules.audit import readiness
from cmprules.audit._names import CALLED, document_named
from tests.strategies import edition

KEPT = {"sign-in sheet": ("in_service", 2, "phlebotomy"), "transcript": ("formal_ce", 2, "phlebotomy"),
        "Certificate of Completion": ("formal_ce", 1, "safety"), "certificate.pdf": ("formal_ce", 1, "ethics"),
        "CE certificate": ("formal_ce", 3, None)}


def _record(**renamed: str) -> cmprules.Record:
    """Make the record of a phlebotomist who keeps five kinds of proof, one for each activity."""
    return cmprules.Record(
        holder={"id": "h"}, credentials=[cmprules.Credential(id="pbt", code="PBT", expires_on="2026-05-31")],
        activities=[
            cmprules.Activity(id=f"v{at}", title=name, kind=kind, amount=amount, completed_on=f"2024-05-0{at}",
                              areas=[] if area is None else [area], provider="A provider", source="self",
                              documents=[renamed.get(f"v{at}", name)])
            for at, (name, (kind, amount, area)) in enumerate(KEPT.items(), 1)])


def test_certificates_and_sheets_count_under_their_common_names_and_a_list_does_not() -> None:
    """Seven of nine points are proven; the provider's list is recognized, but does not prove a course."""
    (found,) = readiness(_record(), edition(), on=date(2026, 3, 10)).credentials
    assert found.activities is not None
    assert found.proven is not None
    assert str(found.proven.points) == "7"
    assert {one.activity: (str(one.status), one.not_recognized) for one in found.activities} == {
        "v1": ("proven", ()), "v2": ("missing", ()), "v3": ("proven", ()), "v4": ("proven", ()), "v5": ("proven", ())}


def test_a_name_that_is_not_known_is_said_to_be_not_recognized() -> None:
    """The report lists the names that are recognized, and says that a provider's list does not serve."""
    answer = readiness(_record(v3="scan 17"), edition(), on=date(2026, 3, 10))
    (found,) = answer.credentials
    assert [one.not_recognized for one in found.activities or ()] == [(), (), ("scan 17",), (), ()]
    text = " ".join(cmprules.render(answer).split())
    assert "get a certificate. If 'scan 17' is one of these, call it certificate." in text
    assert "scan 17 is not enough" not in text
    assert "A transcript is not enough." in text


@pytest.mark.parametrize(("name", "document"), [
    ("certificate", "certificate"), ("Certificate-2.PDF", "certificate"),
    ("certificate_of_completion.jpg", "certificate"),
    ("SIGN IN SHEET", "attendance_record"), ("signed_attendance", "attendance_record"), ("Letter", "letter"),
    ("official transcript", "transcript"), ("CE transcript", "provider_list"),
    ("list from the provider", "provider_list"),
    ("photo", None), ("certificate of birth", None), ("", None), ("not a certificate", None), ("17", None),
])
def test_a_document_is_known_by_its_whole_name(name: str, document: str | None) -> None:
    """A single word of the name is not enough."""
    assert document_named(name) == document


def test_no_name_stands_for_two_documents() -> None:
    """Each name is in the table once, and is found as it is written there."""
    names = [(name, document) for document, listed in CALLED.items() for name in listed]
    assert len({name for name, _ in names}) == len(names)
    assert all(document_named(name) == document for name, document in names)


@pytest.mark.parametrize("name", CALLED["provider_list"])
def test_a_list_of_the_provider_never_counts(name: str) -> None:
    """It proves nothing, under any name and for any kind."""
    document = document_named(name)
    assert all(document not in rule.documents for rule in edition().proofs.values())
