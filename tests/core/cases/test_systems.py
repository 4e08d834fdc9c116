"""One whole story: a sample candidate fails, passes, maintains, declares, is audited, renews, lapses and is reinstated.

Each system of the program that a certificant meets has a case that names it, with its numbers worked out by hand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import cmprules
from cmprules import Activity, Credential, Record, audit, declaring, exam, participation, renewal

NOTIFIED = date(2022, 2, 4)
FAILED = exam.ScoreReport(code="PBT", taken_on="2022-02-01", notified_on=NOTIFIED, score=399, route="1", areas=[
    exam.ContentArea(name="Specimen collection", score=380), exam.ContentArea(name="Waived testing", score=410)])
PASSED = exam.ScoreReport(code="PBT", taken_on="2023-05-20", notified_on="2023-05-24", score=400, route="1")


@pytest.fixture(scope="module")
def book() -> cmprules.PolicyBook:
    """Load the edition that the cases were worked out with."""
    return cmprules.load_book(edition="2026.1")


@pytest.fixture(scope="module")
def held(book: cmprules.PolicyBook) -> Credential:
    """Return the credential from the pass of May 20, 2023: three years to the end of the month, by our reading."""
    return exam.award(PASSED, book, id="pbt").credential


def _course(name: str, day: str, points: str, area: str | None = None, **more: str | list[str]) -> Activity:
    plain = {"id": name, "title": f"Sample course {name}", "provider": "Sample Society", "completed_on": day,
             "kind": "formal_ce", "amount": points, "areas": [area] if area else [], "documents": ["certificate"],
             "source": "upload"}
    return Activity(**{**plain, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def record(held: Credential) -> Record:
    """Make a record of nine points, placed by the holder: safety 1, ethics 1, phlebotomy 2, five more."""
    activities = [
        _course("c1", "2023-09-01", "1", "safety", source="ascp"),
        _course("c2", "2024-03-01", "1", "ethics"),
        _course("c3", "2024-09-01", "2", "phlebotomy"),
        _course("c4", "2025-09-01", "5", kind="in_service", documents=["letter"], source="self"),
    ]
    areas = ("safety", "ethics", "phlebotomy", "pool")
    placements = [cmprules.Placement(credential="pbt", activity=one.id, area=area, points=one.points)
                  for one, area in zip(activities, areas, strict=True)]
    return Record(holder={"id": "sample-1"}, credentials=[held], activities=activities, placements=placements)


def test_score_report(book: cmprules.PolicyBook) -> None:
    """The score report of a failed attempt shows the content areas, the weakest first."""
    found = exam.read_score(FAILED, book)

    assert (found.passed, found.difference) == (False, -1)
    assert [(area.name, area.below) for area in found.areas] == [("Specimen collection", 20), ("Waived testing", 0)]


@pytest.mark.parametrize(("score", "passed"), [(399, False), (400, True)])
def test_pass_mark(book: cmprules.PolicyBook, score: int, passed: bool) -> None:
    """The pass mark is 400 of a scale from 100 to 999: 399 fails, 400 passes."""
    found = exam.read_score(attrs.evolve(FAILED, score=score), book)

    assert found.passed is passed
    assert (found.lowest, found.pass_mark, found.highest) == (100, 400, 999)


def test_retakes(book: cmprules.PolicyBook) -> None:
    """Retakes: February 1 plus 90 days is May 2, three months is May 1; the later counts; four of five are left."""
    after = exam.next_attempt(FAILED, book)

    assert [reading.earliest for reading in after.readings] == [date(2022, 5, 2), date(2022, 5, 1)]
    assert after.earliest == date(2022, 5, 2)
    assert [(one.allowed, one.used, one.left) for one in exam.attempts([FAILED], book)] == [(5, 1, 4)]


def test_appeals(book: cmprules.PolicyBook) -> None:
    """Appeals: a notice of February 4 must be answered by March 6; March 7 is too late."""
    assert exam.appeal_deadline(NOTIFIED, book).last_day == date(2022, 3, 6)
    assert exam.appeal_deadline(NOTIFIED, book, on=date(2022, 3, 6)).status == "open"
    assert exam.appeal_deadline(NOTIFIED, book, on=date(2022, 3, 7)).status == "over"


def test_certificate(book: cmprules.PolicyBook, held: Credential) -> None:
    """The certificate is mailed three to five weeks after the result, and valid for three years."""
    award = exam.award(PASSED, book)

    assert (award.certificate_from, award.certificate_to) == (date(2023, 6, 14), date(2023, 6, 28))
    assert (held.certified_on, held.expires_on) == (date(2023, 5, 20), date(2026, 5, 31))
    assert participation.participation(held, book).status == "mandatory"
    written = participation.designation([held], book, on=date(2026, 5, 31)).together
    assert written is not None
    assert written.plain == "PBT(ASCP)CM"
    assert participation.designation([held], book, on=date(2026, 6, 1)).together is None


def test_my_account_dashboard(book: cmprules.PolicyBook, record: Record) -> None:
    """The My Account dashboard: everything is placed, but nothing is ready before the window opens on March 2."""
    before, after = (cmprules.track(record, book, on=day)["pbt"] for day in (date(2026, 3, 1), date(2026, 3, 2)))

    assert (before.ready_to_declare, before.next_step.code, before.days_left) == (False, "WAIT_FOR_WINDOW", 91)
    assert (after.ready_to_declare, after.next_step.code, after.days_left) == (True, "DECLARE", 90)


def test_automatic_and_self_recorded_credits(book: cmprules.PolicyBook, record: Record) -> None:
    """Automatic credits arrive without entry; a self-recorded one without a provider is incomplete for an audit."""
    bare = attrs.evolve(record, activities=[*record.activities[:3], attrs.evolve(record.activities[3], provider=None)])
    entered = {one.activity: one for one in cmprules.track(bare, book, on=date(2026, 3, 10)).credits}

    assert [entered[name].automatic for name in ("c1", "c2", "c4")] == [True, True, False]
    assert [entered[name].missing_for_audit for name in ("c1", "c4")] == [(), ("provider",)]


def test_declaration(book: cmprules.PolicyBook, record: Record, held: Credential) -> None:
    """The declaration is allowed from March 2 to May 31; a day earlier or later it is refused."""
    paid = {"fee_paid": "sample receipt"}
    life = declaring.begin(held, book, on=date(2026, 2, 1))
    for day, lawful in ((date(2026, 3, 1), False), (date(2026, 3, 2), True), (date(2026, 5, 31), True),
                        (date(2026, 6, 1), False)):
        decision = cmprules.decide(record, book, on=day)
        ready = declaring.advance(life, "complete", book, on=date(2026, 2, 1),
                                  decision=cmprules.decide(record, book, on=date(2026, 2, 1)))
        if lawful:
            sent = declaring.advance(ready, "submit", book, on=day, decision=decision, evidence=paid)
            assert sent.state is declaring.State.SUBMITTED
        else:
            with pytest.raises(cmprules.InputError) as refused:
                declaring.advance(ready, "submit", book, on=day, decision=decision, evidence=paid)
            assert "NEED_NOT_MET" in {fault.code for fault in refused.value.faults}
    form = declaring.declaration_form(record, book, on=date(2026, 3, 2), credential="pbt")
    assert form.ready
    assert sum(line.points for line in form.lines) == Decimal(9)


def test_audit(book: cmprules.PolicyBook, record: Record) -> None:
    """The audit needs proof of all nine points; without the letter, five of them are missing."""
    bare = attrs.evolve(record, activities=[*record.activities[:3], attrs.evolve(record.activities[3], documents=[])])
    whole, part = (audit.readiness(one, book, on=date(2026, 3, 10))["pbt"] for one in (record, bare))

    assert whole.proven is not None
    assert part.proven is not None
    assert (whole.proven.points, part.proven.points) == (Decimal(9), Decimal(4))
    left = audit.substitute(record, book, on=date(2026, 3, 10), rejected=["c4"])["pbt"]
    assert left.decision.outcome == cmprules.Outcome.NOT_MET
    assert left.decision.total is not None
    assert left.decision.total.short == Decimal(5)


def test_renewal(book: cmprules.PolicyBook, held: Credential) -> None:
    """The renewal runs from June 1, 2026 to May 31, 2029, and is shown from May 1, 2026 on."""
    found = renewal.renew(held, book, on=date(2026, 3, 2))

    assert found.valid == cmprules.Period(start="2026-06-01", end="2029-05-31")
    assert found.shows_from == date(2026, 5, 1)


def test_reinstatement(book: cmprules.PolicyBook, record: Record) -> None:
    """Reinstatement costs both fees; on September 1, 2026 the course of September 2023 is a day too old to count."""
    on_time, late = (renewal.reinstate(record, book, on=day, credential="pbt")
                     for day in (date(2026, 8, 31), date(2026, 9, 1)))

    assert on_time.fees is not None
    assert on_time.fees.total == Decimal("255.00")
    assert on_time.requirements is not None
    assert late.requirements is not None
    assert (on_time.requirements.outcome, late.requirements.outcome) == (cmprules.Outcome.MET, cmprules.Outcome.NOT_MET)


@pytest.mark.parametrize(("day", "total"), [(date(2024, 6, 30), "95"), (date(2024, 7, 1), "100"),
                                            (date(2025, 12, 31), "100"), (date(2026, 1, 1), "110")])
def test_fees(book: cmprules.PolicyBook, held: Credential, day: date, total: str) -> None:
    """Fees go by the day of submission: they rose on July 1, 2024 and on January 1, 2026."""
    assert cmprules.quote_fees([held], book, on=day).total == Decimal(total)
