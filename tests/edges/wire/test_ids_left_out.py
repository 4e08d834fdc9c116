"""Ids that code leaves out: made from the entry, stable, and always written."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import cmprules
from cmprules.testing import activities
from tests.examples import scaled
from tests.strategies import edition

ENTRY: dict[str, Any] = {"title": "Sharps", "provider": "Sample Society", "session": "morning", "kind": "formal_ce",
                         "amount": "1.5", "unit": "contact_hour", "completed_on": "2025-02-01"}
MADE = cmprules.Activity(**ENTRY)


def _fields(activity: cmprules.Activity) -> dict[str, Any]:
    plain = cmprules.to_mapping(activity)
    return {name: value for name, value in plain.items() if name != "id"}


def test_the_id_is_made_of_the_entry() -> None:
    """It is the same in every release: saved records name it in placements and answers."""
    assert MADE.id == "a-3cc0ecbaa2"


@settings(max_examples=scaled(100))
@given(activities())
def test_the_same_entry_has_the_same_id(drawn: cmprules.Activity) -> None:
    """It does in any spelling, and after reading it back."""
    made = cmprules.Activity(**_fields(drawn))
    assert made.id == cmprules.Activity(**_fields(made)).id
    assert attrs.evolve(made, id=drawn.id) == drawn
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(("field", "other"), [
    ("title", "Sharps "), ("provider", None), ("session", "evening"), ("kind", "in_service"), ("amount", 2),
    ("unit", "point"), ("completed_on", "2025-02-02"), ("completed_on", None),
])
def test_another_entry_has_another_id(field: str, other: object) -> None:
    """Each of the seven fields tells entries apart."""
    assert cmprules.Activity(**{**ENTRY, field: other}).id != MADE.id


@pytest.mark.parametrize("more", [
    {"areas": ["safety"]}, {"certified": {"safety": 1}}, {"proposed_areas": ["ethics"]}, {"source": "ascp"},
    {"documents": ["certificate"]}, {"amount": 1.50}, {"unit": "contact_hour"},
])
def test_what_is_corrected_later_leaves_it(more: dict[str, Any]) -> None:
    """Areas, proofs and the spelling of an amount do not change it."""
    assert cmprules.Activity(**{**ENTRY, **more}).id == MADE.id


def test_a_default_unit_is_a_unit() -> None:
    """The id is the same whether the unit is written or not."""
    plain = {name: value for name, value in ENTRY.items() if name != "unit"}
    assert cmprules.Activity(**plain).id == cmprules.Activity(**plain, unit="point").id


def test_a_record_says_the_ids_and_is_decided_as_one_that_was_read() -> None:
    """A record made in code and written reads back with the same digest."""
    record = cmprules.Record(
        holder={"id": "h"}, credentials=[{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}], activities=[MADE],
        placements=[cmprules.Placement(credential="pbt", activity=MADE.id, area="pool", points=1)])
    plain = cmprules.to_mapping(record)
    assert plain["activities"][0]["id"] == MADE.id
    found = cmprules.decide(cmprules.parse_record(plain), edition(), on="2026-03-10")
    assert found == cmprules.decide(record, edition(), on="2026-03-10")


def test_a_mapping_has_to_say_it_and_a_repeated_entry_is_refused() -> None:
    """A mapping needs an id, in a constructor as in a file; a repeated or invalid one is refused."""
    held: dict[str, Any] = {"holder": {"id": "h"},
                            "credentials": [{"id": "p", "code": "PBT", "expires_on": "2026-05-31"}]}
    for given_activities, code in (([ENTRY], "MISSING_KEY"), ([MADE, MADE], "REPEATED_ID")):
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.Record(**held, activities=given_activities)
        assert [fault.code for fault in refused.value.faults] == [code]
    for wrong, code in ((None, "WRONG_TYPE"), ("", "EMPTY_TEXT"), (5, "WRONG_TYPE")):
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.Activity(**{**ENTRY, "id": wrong})
        assert [fault.code for fault in refused.value.faults] == [code]


def test_faults_of_an_entry_without_an_id_are_its_own() -> None:
    """No id is made from an entry with faults, and none is asked for."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.Activity(title="", kind="talk", amount=0)
    assert [fault.path for fault in refused.value.faults] == ["$.title", "$.kind", "$.amount"]
