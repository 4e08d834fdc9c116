"""Fee lines say whether a declaration can be sent on a day; before 2020 qualifications have their own sightings."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import cmprules

OLD = cmprules.load_book(edition="2026.1")
NEW = cmprules.load_book(edition="2026.2")


def _credential(code: str, expires_on: str, **more: Any) -> cmprules.Credential:
    return cmprules.Credential(id=code.lower(), code=code, expires_on=expires_on, **more)


def _lines(on: str, *credentials: cmprules.Credential, book: cmprules.PolicyBook = NEW) -> list[tuple[Any, ...]]:
    quote = cmprules.quote_fees(credentials, book, on=date.fromisoformat(on))
    return [(line.credential, line.item, str(line.amount), line.open, line.opens_on and str(line.opens_on))
            for line in quote.lines]


@pytest.mark.parametrize("book", [OLD, NEW], ids=lambda book: book.edition)
@pytest.mark.parametrize(("on", "open_", "opens_on"), [
    ("2026-03-01", False, "2026-03-02"), ("2026-03-02", True, None), ("2026-05-31", True, None),
])
def test_a_line_is_open_inside_the_window_alone(
    on: str, open_: bool, opens_on: str | None, book: cmprules.PolicyBook
) -> None:
    """It opens ninety days before the end, the end included, in every edition."""
    found = _lines(on, _credential("MLS", "2026-05-31"), book=book)
    assert found == [("mls", "application", "110.00", open_, opens_on)]


def test_an_expired_credential_can_be_declared_on_any_day() -> None:
    """Both lines of a reinstatement are open on the day after the end, and a year later."""
    for on in ("2026-06-01", "2027-06-01"):
        assert [(line[1], line[3], line[4]) for line in _lines(on, _credential("MLS", "2026-05-31"))] == [
            ("application", True, None), ("reinstatement", True, None)]


def test_a_voluntary_participant_has_no_window() -> None:
    """Without an end date there is no window to wait for."""
    mls = cmprules.Credential(id="mls", code="MLS", certified_on="2001-05-31", voluntary=True)
    assert _lines("2026-03-10", mls) == [("mls", "application", "110.00", True, None)]


def test_an_extension_moves_the_window() -> None:
    """The window ends with the extension."""
    mls = _credential("MLS", "2026-02-28", extended_until="2026-08-31")
    assert [line[3:] for line in _lines("2026-06-01", mls)] == [(False, "2026-06-02")]
    assert [line[3:] for line in _lines("2026-06-02", mls)] == [(True, None)]


@pytest.mark.parametrize(("on", "open_", "opens_on"), [
    ("2026-11-29", False, "2026-11-30"), ("2026-11-30", True, None),
])
def test_a_group_is_sent_together_or_not_at_all(on: str, open_: bool, opens_on: str | None) -> None:
    """HT and HTL share one day, the last of one window and the first of the other; QIHC has its own window."""
    found = _lines(on, _credential("HT", "2026-11-30"), _credential("HTL", "2027-02-28"),
                   _credential("QIHC", "2026-12-31"))
    assert found == [("ht", "application", "110.00", open_, opens_on),
                     ("htl", "reduced_application", "95.00", open_, opens_on),
                     ("qihc", "application", "110.00", True, None)]


def test_a_group_without_a_day_in_common_never_opens() -> None:
    """Ends in February and May are three months apart, and their windows do not meet."""
    found = _lines("2026-02-27", _credential("HT", "2026-02-28"), _credential("HTL", "2026-05-31"))
    assert [line[3:] for line in found] == [(False, None), (False, None)]
    assert [line[3:] for line in _lines("2026-02-28", _credential("HT", "2026-02-28"))] == [(True, None)]


@pytest.mark.parametrize("region", ["standard", "low_middle_income"])
@pytest.mark.parametrize(("on", "grade"), [("2005-03-02", "third_party"), ("2016-04-27", "society")])
def test_a_qualification_cost_50_on_two_days(on: str, grade: str, region: str) -> None:
    """The days before and after are not established, nor is a certification on that day."""
    day = date.fromisoformat(on)
    qia, mls = (_credential(code, "2016-06-30", extended_until="2017-06-30") for code in ("QIA", "MLS"))
    line = cmprules.quote_fees([qia], NEW, on=day, fee_region=region).lines[0]
    assert (str(line.amount), str(line.grade)) == ("50.00", grade if region == "standard" else "inferred")
    for credential, other in ((qia, day.replace(day=day.day - 1)), (qia, day.replace(day=day.day + 1)), (mls, day)):
        with pytest.raises(cmprules.NotEstablishedError):
            cmprules.quote_fees([credential], NEW, on=other, fee_region=region)
    with pytest.raises(cmprules.NotEstablishedError):
        cmprules.quote_fees([qia], OLD, on=day, fee_region=region)


@pytest.mark.parametrize(("on", "before"), [("2004-11-04", True), ("2010-01-01", True), ("2020-01-01", False)])
def test_the_scale_of_certifications_is_that_of_qualifications_from_2020_on(on: str, before: bool) -> None:
    """Earlier rows for certifications do not cover qualifications; 2026.1 used one scale for all."""
    qia = _credential("QIA", "2030-06-30")
    assert _lines(on, qia, book=OLD)[0][2] == {"2004-11-04": "50.00", "2010-01-01": "75.00", "2020-01-01": "95.00"}[on]
    if before:
        with pytest.raises(cmprules.NotEstablishedError):
            _lines(on, qia)
    else:
        assert _lines(on, qia)[0][2] == "95.00"


@pytest.mark.parametrize(("on", "found"), [("2026-02-28", False), ("2026-03-01", True), ("2026-08-31", True),
                                           ("2026-09-01", False)])
def test_while_inactive_the_reinstatement_fee_is_an_open_question(on: str, found: bool) -> None:
    """Only 2026.2 has FEE_OPEN from the day after expiry to the end of the extension; amounts do not change."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
        "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-02-28", "extended_until": "2026-08-31"}]})
    decisions = [cmprules.decide(record, book, on=date.fromisoformat(on)) for book in (OLD, NEW)]
    assert [[one.rule for one in decision["mls"].findings if one.code == "FEE_OPEN"] for decision in decisions] == [
        [], ["rule/fee_of_inactive"] if found else []]
    assert decisions[0].fees == decisions[1].fees


def test_a_line_of_an_older_document_keeps_its_keys() -> None:
    """A quote of 0.1.0 gains neither key; a quote of today reads back unchanged."""
    kept = {"schema": "cmprules.fees/1", "currency": "USD", "total": "110.00", "why": None, "lines": [
        {"credential": "mls", "item": "application", "amount": "110.00", "row": "r", "grade": "inferred"}]}
    decision = {"fees": {key: value for key, value in kept.items() if key != "schema"}}
    quote = cmprules.quote_fees([_credential("MLS", "2026-05-31")], NEW, on=date(2026, 3, 10))
    now = cmprules.to_mapping(quote)
    assert (now["lines"][0]["open"], now["lines"][0]["opens_on"]) == (True, None)
    record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
                                    "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-05-31"}]})
    whole = json.loads(json.dumps(cmprules.to_mapping(cmprules.decide(record, NEW, on=date(2026, 3, 10)))))
    assert cmprules.to_mapping(cmprules.parse_decision(whole)) == whole
    whole["fees"] = decision["fees"]
    assert cmprules.to_mapping(cmprules.parse_decision(whole))["fees"] == decision["fees"]
