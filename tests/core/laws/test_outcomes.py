"""The outcome, from the points that are certain and from those that would count if everything were confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules.testing import Case, cases
from tests.reckoning import Counted, add_months, available, counted, hundredths, least_short, same_entry
from tests.strategies import CYCLE, Placing, edition, overloaded, own_tables


def codes(answer: cmprules.CredentialDecision) -> set[str]:
    """Return the codes of the findings of an answer."""
    return {finding.code for finding in answer.findings}


def needs_of(answer: cmprules.CredentialDecision) -> tuple[dict[str, int], int]:
    """Return the needs of the table that is shown."""
    needs = {area.area: hundredths(area.required) for area in answer.areas or ()}
    return needs, needs.pop("pool")


def first_day_in_favour(credential: cmprules.Credential, answer: cmprules.CredentialDecision) -> date:
    """Return the first day that may count: of the cycle, or of the month in which the previous one ended."""
    assert answer.cycle is not None
    start, end, certified = answer.cycle.start, credential.expires_on, credential.certified_on
    if end is None or answer.standing in {"expired", "no_end_date"} or credential.cycle_start is not None:
        return start
    if certified is not None and (certified.year + 3, certified.month) == (end.year, end.month):
        return start
    return (start - timedelta(days=1)).replace(day=1)


OWN = {
    2019: {"safety": "1", "pool": "30"},
    2020: {"safety": "4", "pool": "4"},
    2021: {"ethics": "2", "pool": "8"},
    2022: {"safety": "2", "pool": "8"},
}
"""A user's tables, by the year from which they bind: some harder and some easier than the one before."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> cmprules.PolicyBook:
    """Make a book with these tables."""
    file = tmp_path_factory.mktemp("own") / "own.toml"
    file.write_text(own_tables(OWN), encoding="utf-8")
    return cmprules.load_book(edition="2026.1", extra=[file])


def most_missing(needs: dict[str, int], pool: int, found: list[Counted]) -> int:
    """Return the most that the only mandatory area of a small table is missing."""
    ((area, need),) = needs.items()
    return max(0, need - available(found, [area], need + pool))


class TestTheTwoReadings:
    """Part 1: met even if everything uncertain goes against the holder; not met even if it all goes in favour."""

    @given(cases())
    def test_of_what_is_short(self, case: Case) -> None:
        """Both shortfalls are the largest that any set of areas has in the reading."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        for answer, credential in zip(decision.credentials, case.record.credentials, strict=True):
            if answer.total is None or answer.cycle is None or "TABLE_AFTER_EXPIRY" in codes(answer):
                continue
            (needs, pool), end = needs_of(answer), min(answer.cycle.end, case.on)
            sure = counted(case.record.activities, answer.cycle.start, end)
            likely = counted(case.record.activities, first_day_in_favour(credential, answer), end, claims=True)
            assert hundredths(answer.total.short) == least_short(needs, pool, sure)
            assert hundredths(answer.total.short_if_confirmed) == least_short(needs, pool, likely)

    @given(cases())
    def test_of_the_outcome(self, case: Case) -> None:
        """Met: nothing short and nothing divided.  Not met: short even if all is confirmed.  Else for review."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.total is None or "TABLE_AFTER_EXPIRY" in codes(answer):
                assert answer.outcome != "NOT_REQUIRED" or answer.cycle is None
                continue
            whole = not codes(answer) & {"DIVIDED_ACTIVITY", "SEARCH_LIMIT"}
            expected = "NEEDS_REVIEW"
            if answer.total.short_if_confirmed and "SEARCH_LIMIT" not in codes(answer):
                expected = "NOT_MET"
            elif not answer.total.short and whole:
                expected = "MET"
            assert answer.outcome == expected

    @given(cases())
    def test_of_two_tables(self, case: Case) -> None:
        """Of two tables that may apply, the one harder on the holder is shown; both must agree."""
        record, on = case
        decision = cmprules.decide(record, edition(), on=on)
        for answer, credential in zip(decision.credentials, record.credentials, strict=True):
            if "TABLE_AFTER_EXPIRY" not in codes(answer) or answer.total is None or answer.cycle is None:
                continue
            sure = counted(record.activities, answer.cycle.start, on)
            likely = counted(record.activities, answer.cycle.start, on, claims=True)
            assert credential.expires_on is not None
            shorts = []
            for day in (credential.expires_on, on):
                policy = edition().policy_for(credential.code, expires_on=day, body=credential.body)
                assert policy.pool is not None
                needs = {figure.area: hundredths(figure.value) for figure in policy.areas or ()}
                pool = hundredths(policy.pool.value)
                shorts.append((least_short(needs, pool, sure), least_short(needs, pool, likely)))
            assert hundredths(answer.total.short) == max(against for against, _ in shorts)
            assert hundredths(answer.total.short_if_confirmed) == min(favour for _, favour in shorts)
            if answer.outcome == "MET":
                assert not any(against for against, _ in shorts)
            assert (answer.outcome == "NOT_MET") is all(favour for _, favour in shorts)

    @given(overloaded())
    def test_of_two_tables_of_ones_own(self, own: cmprules.PolicyBook, placing: Placing) -> None:
        """The same holds where the older table needs more in total, or more in an area, than today's."""
        on = CYCLE.end
        for expires in (date(2019, 6, 30), date(2020, 6, 30), date(2021, 6, 30)):
            claim = cmprules.Activity(id="z", title="Claim", kind="poster", amount=3, completed_on=on, areas=["safety"])
            record = cmprules.Record(
                holder=cmprules.Holder(id="h"), activities=(*placing.activities, claim),
                credentials=(cmprules.Credential(id="c", code="MLA", expires_on=expires),),
            )
            answer = cmprules.decide(record, own, on=on)["c"]
            assert answer.cycle is not None
            assert answer.total is not None
            assert answer.areas is not None
            sure = counted(record.activities, answer.cycle.start, on)
            likely = counted(record.activities, answer.cycle.start, on, claims=True)
            shorts, mandatory = [], []
            for year in (expires.year, 2022):
                needs = {area: hundredths(Decimal(points)) for area, points in OWN[year].items()}
                pool = needs.pop("pool")
                shorts.append((least_short(needs, pool, sure), least_short(needs, pool, likely)))
                mandatory.append((least_short(needs, pool, sure), most_missing(needs, pool, sure), year))
            assert hundredths(answer.total.short) == max(against for against, _ in shorts)
            assert hundredths(answer.total.short_if_confirmed) == min(favour for _, favour in shorts)
            shown = max(mandatory)[2]  # of equals, today's, which is the later one
            assert {area.area: area.required for area in answer.areas} == {
                area: Decimal(points) for area, points in OWN[shown].items()
            }

    @given(cases(), st.data())
    def test_confirming_everything_closes_the_question_of_kinds(self, case: Case, data: st.DataObject) -> None:
        """Without uncertain activities, only a division or two tables can leave an outcome open."""
        record, on = case
        sure = [one for one in record.activities if one.completed_on is not None and one.kind == "formal_ce"]
        kept = data.draw(st.lists(st.sampled_from(sure), unique=True)) if sure else []
        mapping = cmprules.to_mapping(record)
        mapping["activities"] = [cmprules.to_mapping(one) for one in kept]
        mapping.pop("placements", None)
        for answer in cmprules.decide(cmprules.parse_record(mapping), edition(), on=on).credentials:
            assert {need.code for need in answer.needs} <= {
                "DIVIDED_ACTIVITY", "TABLE_AFTER_EXPIRY", "NOT_IN_FORCE", "TABLE_NOT_ESTABLISHED",
                "MONTH_OF_PREVIOUS_END", "SEARCH_LIMIT",
            }


class TestNeeds:
    """Part 4: there is a need for each open uncertainty that affects the outcome."""

    @given(cases())
    def test_what_is_not_asked_about_does_not_matter(self, case: Case) -> None:
        """Without the uncertain activities that no need names, the outcome and the needs are the same."""
        record, on = case
        for answer in cmprules.decide(record, edition(), on=on).credentials:
            if answer.outcome != "NEEDS_REVIEW" or answer.total is None or answer.activities is None:
                continue
            named = {need.subject for need in answer.needs}
            idle = {one.id for one, result in zip(record.activities, answer.activities, strict=True)
                    if result.unconfirmed and one.id not in named
                    and not any(other is not one and same_entry(one, other) for other in record.activities)}
            kept = tuple(one for one in record.activities if one.id not in idle)
            again = cmprules.decide(attrs.evolve(record, activities=kept, placements=()), edition(), on=on)[answer.id]
            assert (again.outcome, again.needs, again.total) == (answer.outcome, answer.needs, answer.total)

    @given(cases())
    def test_each_matters(self, case: Case) -> None:
        """If there is one question, settling it either way closes it."""
        record, on = case
        for answer in cmprules.decide(record, edition(), on=on).credentials:
            if len(answer.needs) != 1 or answer.needs[0].code not in {"UNDATED", "KIND_UNCONFIRMED"}:
                continue
            (need,) = answer.needs
            outcomes = []
            one = next(one for one in record.activities if one.id == need.subject)
            if any(other is not one and same_entry(one, other) for other in record.activities):
                continue
            assert answer.cycle is not None
            sure = attrs.evolve(one, kind="formal_ce", completed_on=min(on, answer.cycle.end), unit="point",
                                amount=one.points, title="A title of its own")
            for settled in ([sure], []):
                others = tuple(other for other in record.activities if other is not one)
                settled_record = attrs.evolve(record, activities=(*others, *settled), placements=())
                outcomes.append(cmprules.decide(settled_record, edition(), on=on)[answer.id].outcome)
            if one.kind not in {"college_course", "covid_work"}:
                assert outcomes == ["MET", "NOT_MET"]


    def test_among_very_many_claims(self, book: cmprules.PolicyBook) -> None:
        """If all areas but one are full, only claims for that one are asked about, however many there are."""
        done = "2025-02-02"
        full = [{"id": area, "title": area, "kind": "formal_ce", "amount": 30, "completed_on": done, "areas": [area]}
                for area in ("safety", "blood_banking", "chemistry", "hematology", "microbiology")]
        for many in (1, 7, 8, 9, 20):
            claims = [{"id": f"claim-{number}", "title": f"Poster {number}", "kind": "poster", "amount": 1,
                       "completed_on": done, "areas": ["chemistry"]} for number in range(many)]
            helpful = [{**claims[0], "id": "helpful", "title": "Talk", "areas": ["ethics", "chemistry"]}]
            record = cmprules.parse_record({
                "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [*full, *claims, *helpful],
                "credentials": [{"id": "c", "code": "MLS", "expires_on": "2026-05-31"}],
            })
            answer = cmprules.decide(record, book, on=date(2026, 3, 10))["c"]
            assert [(need.code, need.subject) for need in answer.needs] == [("KIND_UNCONFIRMED", "helpful")]


class TestCycleAndStanding:
    """Part 3, cycle: three years, counted in months, up to and including the last day of the credential."""

    @given(cases())
    def test_by_plain_reading(self, case: Case) -> None:
        """Start, end and standing follow from the days of the credential and the day of decision."""
        record, on = case
        decision = cmprules.decide(record, edition(), on=on)
        for answer, credential in zip(decision.credentials, record.credentials, strict=True):
            expires, end = credential.expires_on, credential.extended_until or credential.expires_on
            if answer.cycle is None:
                assert (answer.outcome, answer.standing) == ("NOT_REQUIRED", "no_end_date")
                assert expires is None
                assert not credential.voluntary
                continue
            if end is None or expires is None or on > end:
                start, last = add_months(on + timedelta(days=1), -36), on
                standing = "no_end_date" if end is None or credential.voluntary else "expired"
            else:
                last, certified = end, credential.certified_on
                start = add_months(expires + timedelta(days=1), -36)
                if certified is not None and (certified.year + 3, certified.month) == (expires.year, expires.month):
                    start = certified
                start = credential.cycle_start or start
                standing = "current" if on <= expires else "inactive"
            assert (answer.cycle.start, answer.cycle.end, answer.standing) == (start, last, standing)

    @pytest.mark.parametrize(("end", "start"), [
        ("2026-05-31", "2023-06-01"), ("2026-02-28", "2023-03-01"), ("2024-02-29", "2021-03-01"),
        ("2024-02-28", "2021-02-28"), ("2023-02-28", "2020-03-01"), ("2023-02-27", "2020-02-29"),
        ("2026-04-29", "2023-04-30"), ("2026-12-31", "2024-01-01"), ("2026-01-01", "2023-01-02"),
    ])
    def test_at_the_ends_of_months(self, book: cmprules.PolicyBook, end: str, start: str) -> None:
        """A cycle starts three years before the day after its end; an end of a month stays one."""
        record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
                                        "credentials": [{"id": "c", "code": "MLS", "expires_on": end}]})
        for on in (date.fromisoformat(end), date.fromisoformat(start)):
            assert cmprules.decide(record, book, on=on)["c"].cycle == cmprules.Period(start=start, end=end)
        without = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
                                         "credentials": [{"id": "c", "code": "MLS", "voluntary": True}]})
        answer = cmprules.decide(without, book, on=date.fromisoformat(end))["c"]
        assert answer.cycle == cmprules.Period(start=start, end=end)

    @given(cases())
    def test_of_the_declaration(self, case: Case) -> None:
        """The window opens 90 days before the end, is advised until 30 days before, and closes on the end."""
        record, on = case
        decision = cmprules.decide(record, edition(), on=on)
        for answer, credential in zip(decision.credentials, record.credentials, strict=True):
            end = credential.extended_until or credential.expires_on
            if end is None or answer.standing == "no_end_date":
                assert answer.declaration is None
                continue
            assert answer.declaration is not None
            opens_on, advised_by = end - timedelta(days=90), end - timedelta(days=30)
            days = (answer.declaration.opens_on, answer.declaration.advised_by, answer.declaration.last_day)
            assert days == (opens_on, advised_by, end)
            status = ["not_open", "open", "late", "expired"][(on >= opens_on) + (on > advised_by) + (on > end)]
            assert answer.declaration.status == status
