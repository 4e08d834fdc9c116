"""Slack, checked with `decide`: one hundredth more is not met, and without a critical activity the outcome changes."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._rules.allocation import table_of
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import entries
from cmprules._rules.judging import judge
from cmprules._rules.outcome import evaluate
from cmprules.explaining import CredentialSlack, slack
from cmprules.explaining import _slack as slacks
from cmprules.testing import Case, cases
from tests.examples import scaled
from tests.reckoning import counted, hundredths
from tests.strategies import Placing, edition, small_placings

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
SOME = settings(max_examples=scaled(40))
FEW = settings(max_examples=scaled(20))
VALIDATOR = Draft202012Validator(cmprules.json_schema("slack"))
HUNDREDTH = Decimal("0.01")


def asking(area: str, more: Decimal) -> cmprules.PolicyBook:
    """Return the tables with a higher need in one area, where it has a need."""
    book = edition()
    tables = {}
    for name, rows in book.tables.items():
        tables[name] = tuple(
            attrs.evolve(row, cells=tuple(
                attrs.evolve(cell, figure=attrs.evolve(cell.figure, value=cell.figure.value + more))
                if cell.of == area and (cell.figure.value or area == "pool") else cell for cell in row.cells))
            for row in rows)
    return attrs.evolve(book, tables=FrozenMap(tables))


class TestEverySlack:
    """Laws for every record."""

    @SOME
    @given(cases(outcome="MET", most_credentials=2))
    def test_what_an_area_has_to_spare_is_exact(self, case: Case) -> None:
        """With that much more it is still met; with a hundredth of a point beyond that, it is not."""
        for found in slack(case.record, edition(), on=case.on, most_others=0).credentials:
            for area in found.areas or ():
                for more, met in ((area.spare, True), (area.spare + HUNDREDTH, False)):
                    decision = cmprules.decide(case.record, asking(area.area, more), on=case.on)
                    assert (decision[found.id].outcome == "MET") is met, (area, more)

    @SOME
    @given(cases(outcome="MET", most_credentials=1))
    def test_as_much_may_be_lost_of_activities_that_serve_no_other_area(self, case: Case) -> None:
        """Activities are removed one after another, until no slack is left."""
        for found in slack(case.record, edition(), on=case.on, most_others=0).credentials:
            names = {area.area for area in found.areas or ()}
            for area in found.areas or ():
                left, kept = area.spare, []
                for entry in entries(case.record.activities, edition().counting).listed:
                    one = entry.activity
                    alone = {"pool", *entry.areas} & names == {"pool", area.area}
                    lost = min(left, one.points) if alone and one.kind != "exam_pass" else Decimal(0)
                    if entry.duplicate_of is None and lost < one.points:
                        same = attrs.evolve(one, title=f"only {one.id}", areas=entry.areas)
                        kept.append(attrs.evolve(same, amount=one.points - lost, unit="point") if lost else same)
                    left -= lost if entry.duplicate_of is None else 0
                record = attrs.evolve(case.record, activities=kept, placements=())
                assert cmprules.decide(record, edition(), on=case.on)[found.id].outcome == "MET"

    @SOME
    @given(cases(most_activities=12, most_credentials=2))
    def test_only_a_credential_that_is_met_has_something_to_spare(self, case: Case) -> None:
        """The areas are those of the table that is shown, the pool last."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        for found in slack(case.record, edition(), on=case.on, most_others=0).credentials:
            answer = decision[found.id]
            assert found.outcome == answer.outcome
            assert (found.areas is not None) is (answer.outcome == "MET")
            if found.areas is not None:
                assert [(one.area, one.required) for one in found.areas] == [
                    (one.area, one.required) for one in answer.areas or ()]

    @SOME
    @given(cases(most_credentials=2))
    def test_critical_activities_turn_the_outcome_and_no_others_do(self, case: Case) -> None:
        """Each activity is removed from the record in turn."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        found = slack(case.record, edition(), on=case.on, most_others=0)
        for activity in case.record.activities:
            rest = [one for one in case.record.activities if one.id != activity.id]
            left = [one for one in case.record.placements if one.activity != activity.id]
            record = attrs.evolve(case.record, activities=rest, placements=left)
            without = cmprules.decide(record, edition(), on=case.on)
            for one in found.credentials:
                critical = {other.activity: other for other in one.critical}
                answer = without[one.id]
                assert (activity.id in critical) is (answer.outcome != decision[one.id].outcome)
                if activity.id in critical:
                    said = critical[activity.id]
                    assert answer.total is not None
                    assert (said.outcome, said.short, said.shortfalls) == (
                        answer.outcome, answer.total.short, answer.shortfalls)

    @SOME
    @given(cases(most_credentials=2))
    def test_other_placements_are_lawful_as_good_and_different(self, case: Case) -> None:
        """Each passes the verifier, leaves no more short, divides nothing and is listed once."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        for found in slack(case.record, edition(), on=case.on).credentials:
            answer = decision[found.id]
            assert answer.cycle is not None
            assert answer.areas is not None
            starts = date.fromisoformat(answer.areas[0].row.rpartition("/")[2])
            policy = edition().policy_for(answer.code, expires_on=starts, body=answer.body)
            kinds = [{(one.activity, one.area) for one in placed if one.area != "pool"}
                     for placed in (answer.placements or (), *(other.placements for other in found.others))]
            assert all(one != other for index, one in enumerate(kinds) for other in kinds[:index])
            for other, pairs in zip(found.others, kinds[1:], strict=True):
                cycle = answer.cycle.until(case.on)
                assert cycle is not None or other.placements == ()
                if cycle is not None:
                    assert cmprules.verify_allocation(other.placements, case.record.activities, policy,
                                                      cycle=cycle) == ()
                assert len({name for name, _ in pairs}) == len(pairs)
                for left_out in ("pool", None):
                    assert sum(one.points for one in other.placements if one.area != left_out) == sum(
                        one.placed for one in answer.areas if one.area != left_out)

    @FEW
    @given(cases())
    def test_it_is_a_value_that_can_be_written(self, case: Case) -> None:
        """Equal inputs give equal values, pickling keeps them, the JSON validates, and every format can be shown."""
        found = slack(case.record, edition(), on=case.on, most_others=1)
        assert found == slack(case.record, edition(), on=case.on, most_others=1)
        assert pickle.loads(pickle.dumps(found)) == found
        plain = json.loads(cmprules.render(found, "json"))
        assert [error.message for error in VALIDATOR.iter_errors(plain)] == []
        assert list(plain)[-1] == "notice"
        for form in ("text", "markdown", "html"):
            assert "Independent of ASCP" in cmprules.render(found, form, record=case.record)


@settings(max_examples=scaled(50))
@given(small_placings())
def test_all_other_placements_are_found(placing: Placing) -> None:
    """Every way to bind activities to areas is tried, without bindings that are not needed."""
    policy, cycle = placing.policy, placing.cycle
    assert policy.areas is not None
    best = cmprules.allocate(placing.activities, policy, cycle=cycle)
    names = [figure.area for figure in policy.areas]
    certain = counted(placing.activities, cycle.start, cycle.end)
    choices = [[None, *(name for name in names if name in areas)] if one.kind != "covid_work" else [None]
               for one, areas in certain]
    wanted = hundredths(sum((area.placed for area in best.areas if area.area != "pool"), Decimal(0)))
    ways = [dict(zip([one.id for one, _ in certain], way, strict=True)) for way in product(*choices)]
    good = [way for way in ways if filled(placing, way) == wanted]
    needed = [way for way in good
              if all(filled(placing, {**way, name: None}) < wanted for name, area in way.items() if area is not None)]
    shown = frozenset((one.activity, one.area) for one in best.placements if one.area != "pool")
    expected = {frozenset((name, area) for name, area in way.items() if area is not None) for way in needed} - {shown}
    assert found_by(placing) == expected


def filled(placing: Placing, way: dict[str, str | None]) -> int:
    """Add up what bound activities fill, with the caps on courses and pandemic work."""
    policy = placing.policy
    assert policy.caps is not None
    bound = [attrs.evolve(one, areas=() if way.get(one.id) is None else (str(way[one.id]),))
             for one in placing.activities if one.id in way]
    sole = cmprules.allocate([attrs.evolve(one, title=f"only {one.id}") for one in bound], policy, cycle=placing.cycle)
    return hundredths(sum((area.placed for area in sole.areas if area.area != "pool"), Decimal(0)))


def found_by(placing: Placing) -> set[frozenset[tuple[str, str]]]:
    """Ask the internal function for all other placements; it takes a table directly."""
    policy = placing.policy
    verdicts = judge(entries(placing.activities, policy.rules), policy.rules,
                     Cycle(period=placing.cycle, counted=placing.cycle))
    found = list(slacks._others(evaluate([table_of(policy)], verdicts)))
    assert None not in found
    pairs = [frozenset((one.activity, one.area) for one in other.placements if one.area != "pool")
             for other in found if other is not None]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


# ---------------------------------------------------------------------------------------------------------
# In plain words.


def close(*activities: dict[str, object], most_others: int = 3, edition: str = "2026.1") -> CredentialSlack:
    """Find the slack of a phlebotomist's record: 1 safety, 1 ethics, 2 phlebotomy, 5 for the pool."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"title": f"Sample {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
                       for one in activities]})
    return slack(record, cmprules.load_book(edition=edition), on=ON, most_others=most_others)["pbt"]


SAFE: dict[str, object] = {"id": "s", "amount": 1, "areas": ["safety"]}
FAIR: dict[str, object] = {"id": "e", "amount": "1.5", "areas": ["ethics"]}
DRAW: dict[str, object] = {"id": "d", "amount": 4, "areas": ["phlebotomy"]}
REST: dict[str, object] = {"id": "r", "amount": 4}


def spares(found: CredentialSlack) -> dict[str, str]:
    """Return the slack of each area."""
    return {one.area: str(one.spare) for one in found.areas or ()}


def test_what_each_area_and_the_whole_have_to_spare() -> None:
    """Ten and a half points for nine leave half a point in ethics, one and a half in phlebotomy and in total."""
    found = close(SAFE, FAIR, DRAW, REST)
    assert spares(found) == {"safety": "0", "ethics": "0.5", "phlebotomy": "1.5", "pool": "1.5"}
    assert [(one.activity, str(one.outcome), str(one.short)) for one in found.critical] == [
        ("s", "NOT_MET", "1"), ("e", "NOT_MET", "1"), ("d", "NOT_MET", "2.5"), ("r", "NOT_MET", "2.5")]
    assert (found.others, found.more) == ((), False)


def test_what_is_to_spare_need_not_keep_activities_whole_beyond_doubt() -> None:
    """A higher need in safety would divide a course, which is not settled: safety has no slack."""
    both: dict[str, object] = {"id": "b", "amount": 2, "areas": ["safety", "ethics"]}
    found = close(SAFE, both, DRAW, {"id": "r", "amount": 6})
    assert spares(found)["safety"] == "0"
    assert spares(found)["ethics"] == "1"


def test_a_hundredth_too_few_has_nothing_to_spare() -> None:
    """A credential that is not met has no slack and no critical activities."""
    found = close(SAFE, FAIR, {"id": "d", "amount": "2.49", "areas": ["phlebotomy"]}, REST)
    assert (found.outcome, found.areas, found.critical) == ("NOT_MET", None, ())
    assert "The outcome does not depend on any single activity." in cmprules.render(slack(
        cmprules.read_record(EXAMPLES / "mls-nearly-there.json"), edition(), on=ON))


def test_a_duplicate_that_stands_in_leaves_nothing_critical() -> None:
    """Of two entries for one course neither is critical: without one, the other counts."""
    twin = {**SAFE, "id": "t", "title": "Sample s"}
    for name in cmprules.editions():
        assert "s" not in {one.activity for one in close(SAFE, twin, FAIR, DRAW, REST, edition=name).critical}


def test_a_duplicate_that_adds_an_area_is_critical() -> None:
    """The entry that is left out counts nothing itself, but the one that is kept serves ethics only because of it."""
    kept: dict[str, object] = {"id": "e", "title": "One course", "amount": 1, "areas": ["safety"]}
    found = close(SAFE, kept, {**kept, "id": "f", "areas": ["ethics"]}, DRAW, REST)
    assert found.outcome == "MET"
    assert [(one.activity, str(one.short)) for one in found.critical if one.activity == "f"] == [("f", "1")]


def test_a_claim_can_be_critical_for_a_review() -> None:
    """Without the claim the outcome is no longer open."""
    found = close(SAFE, FAIR, DRAW, {"id": "j", "amount": 4, "kind": "journal_article"})
    assert found.outcome == "NEEDS_REVIEW"
    assert ("j", "NOT_MET") in {(one.activity, str(one.outcome)) for one in found.critical}


def test_others_are_listed_up_to_a_limit() -> None:
    """Any of three courses serves safety."""
    three = [{**SAFE, "id": name} for name in "abc"]
    found = close(*three, FAIR, DRAW, REST)
    assert [[one.activity for one in other.placements if one.area == "safety"] for other in found.others] == [
        ["b"], ["c"]]
    assert not found.more
    one = close(*three, FAIR, DRAW, REST, most_others=1)
    assert (one.others, one.more) == (found.others[:1], True)
    assert "may be, more" in cmprules.render(slack(cmprules.read_record(EXAMPLES / "mls-met.json"), edition(), on=ON))
    for most, more in ((1, True), (2, False), (3, False)):  # there are exactly two
        found = close(*three, FAIR, DRAW, REST, most_others=most)
        assert (len(found.others), found.more) == (min(most, 2), more)
    none = close(*three, FAIR, DRAW, REST, most_others=0)
    assert (none.others, none.more) == ((), True)


def test_a_capped_activity_that_is_not_needed_is_not_bound() -> None:
    """One of three college courses serves phlebotomy, no two of them together, and each is listed once."""
    three = [{"id": name, "amount": 2, "kind": "college_course", "unit": "point", "areas": ["phlebotomy"]}
             for name in "klm"]
    found = close(SAFE, FAIR, *three, REST, most_others=9)
    assert [[one.activity for one in other.placements if one.area == "phlebotomy"] for other in found.others] == [
        ["l"], ["m"]]
    assert not found.more


def test_a_search_that_is_cut_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be more placements than it found."""
    monkeypatch.setattr(slacks, "MOST_ASSIGNMENTS", 3)
    found = close(SAFE, FAIR, DRAW, REST)
    assert (found.others, found.more) == ((), True)
    assert "could not check whether there are other equally good placements" in cmprules.render(slack(
        cmprules.read_record(EXAMPLES / "mls-met.json"), edition(), on=ON))


def test_what_makes_no_difference_to_an_open_question_is_not_critical() -> None:
    """Without the undated course it is not met; without another one, which is needed by nothing, it is still open."""
    found = close(SAFE, {**FAIR, "completed_on": None}, DRAW, REST, {**FAIR, "id": "spare", "amount": "0.01"})
    assert found.outcome == "NEEDS_REVIEW"
    assert "spare" not in {one.activity for one in found.critical}
    assert {one.activity: one.outcome for one in found.critical}["e"] == "NOT_MET"


def test_of_two_tables_both_have_to_stay_met() -> None:
    """For an expiry in 2022, when ethics was not asked for, the slack in ethics is that of today's table."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2022-12-31"}],
        "activities": [{"title": f"Sample {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
                       for one in (SAFE, FAIR, DRAW, REST)]})
    found = slack(record, edition(), on=ON)["pbt"]
    assert spares(found) == {"safety": "0", "ethics": "0.5", "phlebotomy": "1.5", "pool": "1.5"}


@pytest.mark.parametrize(("most", "code"), [(-1, "NEGATIVE"), ("3", "WRONG_TYPE"), (True, "WRONG_TYPE")])
def test_a_number_of_others_that_is_none_is_refused(most: object, code: str) -> None:
    """Other faults are listed with it."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    with pytest.raises(cmprules.InputError) as caught:
        slack(record, edition(), on="soon", most_others=most)  # type: ignore[arg-type]
    assert [(one.path, one.code) for one in caught.value.faults] == [("$.most_others", code), ("$.on", "NOT_A_DATE")]


def test_one_credential_alone() -> None:
    """The credential is chosen by its id; an unknown id is refused."""
    found = slack(cmprules.read_record(EXAMPLES / "mls-and-sbb.json"), edition(), on=ON, credential="sbb")
    assert [one.id for one in found.credentials] == ["sbb"]
    with pytest.raises(KeyError, match="no credential 'mls' in this slack; it has: sbb"):
        found["mls"]
