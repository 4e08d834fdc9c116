"""Moves from the holder's placement to the nearest of the best: lawful, as good, and all of them needed."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._rules.placing import NO_CAP, Demand
from cmprules.explaining import CredentialPlacement, Move, PlacementReview, review_placement
from cmprules.explaining import _nearest as nearest
from cmprules.testing import Case, cases, placements
from tests.examples import scaled
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
HALF = settings(max_examples=scaled(50))
VALIDATOR = Draft202012Validator(cmprules.json_schema("placement-review"))
Points = Counter[tuple[str, str]]


@st.composite
def placed(draw: st.DrawFn) -> Case:
    """Draw a record with the holder's own placements: a few at random, or most of the best, sometimes with errors."""
    case: Case = draw(cases(most_credentials=2, most_activities=16))
    if not draw(st.booleans()):
        return case._replace(record=attrs.evolve(case.record, placements=draw(placements(case.record, most=8))))
    decision = cmprules.decide(case.record, edition(), on=case.on)
    own = []
    for answer in decision.credentials:
        for one in answer.placements or ():
            area = draw(st.sampled_from((one.area, one.area, one.area, "pool", "safety", "ethics")))
            points = draw(st.sampled_from((one.points, one.points, one.points, Decimal("0.5"), Decimal(2))))
            if draw(st.integers(0, 7)):
                own.append(cmprules.Placement(credential=answer.id, activity=one.activity, area=area, points=points))
    return case._replace(record=attrs.evolve(case.record, placements=own))


def declared(record: cmprules.Record, credential: str) -> Points:
    """Return the holder's placement in hundredths, by activity and area."""
    found: Points = Counter()
    for one in record.placements:
        if one.credential == credential:
            found[one.activity, one.area] += int(one.points * 100)
    return found


def moved(before: Points, moves: tuple[Move, ...]) -> Points:
    """Apply some moves."""
    after = Counter(before)
    for move in moves:
        if move.out_of is not None:
            after[move.activity, move.out_of] -= int(move.points * 100)
        if move.into is not None:
            after[move.activity, move.into] += int(move.points * 100)
    return +after


class Worth(NamedTuple):
    """The value of a placement: whether it is lawful, what certain points fill, and whether it divides nothing."""

    lawful: bool
    mandatory: int
    total: int
    whole: bool


def worth(case: Case, answer: cmprules.CredentialDecision, points: Points) -> Worth:
    """Judge a placement by the answer of `decide`."""
    own = [cmprules.Placement(credential=answer.id, activity=name, area=area, points=Decimal(amount) / 100)
           for (name, area), amount in points.items()]
    record = attrs.evolve(case.record, placements=own)
    said = {finding.code for finding in cmprules.decide(record, edition(), on=case.on)[answer.id].findings}
    sure = {one.id for one in answer.activities or () if one.placed + one.surplus + one.over_cap}
    mandatory = {(name, area): amount for (name, area), amount in points.items() if name in sure and area != "pool"}
    return Worth("PLACEMENT_UNLAWFUL" not in said, sum(mandatory.values()),
                 sum(amount for (name, _), amount in points.items() if name in sure),
                 len({name for name, _ in mandatory}) == len(mandatory))


def best(answer: cmprules.CredentialDecision) -> Worth:
    """Return the value of the decision's placement."""
    areas = answer.areas or ()
    mandatory = [one.activity for one in answer.placements or () if one.area != "pool"]
    return Worth(True, int(sum(area.placed for area in areas if area.area != "pool") * 100),
                 int(sum(area.placed for area in areas) * 100), len(set(mandatory)) == len(mandatory))


def as_good(found: Worth, wanted: Worth) -> bool:
    """Return whether a placement is lawful and as good as another."""
    return found.lawful and found[1:3] == wanted[1:3] and (found.whole or not wanted.whole)


def reviews(case: Case) -> list[tuple[cmprules.CredentialDecision, CredentialPlacement]]:
    """Decide, and review."""
    decision = cmprules.decide(case.record, edition(), on=case.on)
    review = review_placement(case.record, edition(), on=case.on)
    shown = [answer for answer in decision.credentials if answer.placements is not None]
    assert [answer.id for answer in shown] == [one.id for one in review.credentials]
    return list(zip(shown, review.credentials, strict=True))


class TestEveryReview:
    """Laws for every placement of a holder."""

    @HALF
    @given(placed())
    def test_all_moves_lead_to_a_lawful_placement_that_is_as_good(self, case: Case) -> None:
        """The review shows that placement."""
        for answer, review in reviews(case):
            after = moved(declared(case.record, answer.id), review.moves)
            assert after == {(one.activity, one.area): int(one.points * 100) for one in review.placements}
            assert as_good(worth(case, answer, after), best(answer))

    @HALF
    @given(placed())
    def test_no_move_can_be_left_out(self, case: Case) -> None:
        """Without any one of the moves the placement is unlawful or worse."""
        for answer, review in reviews(case):
            before, wanted = declared(case.record, answer.id), best(answer)
            for index in range(min(len(review.moves), 12)):
                rest = (*review.moves[:index], *review.moves[index + 1:])
                assert not as_good(worth(case, answer, moved(before, rest)), wanted), review.moves[index]

    @HALF
    @given(placed())
    def test_what_is_sure_of_it_passes_the_verifier(self, case: Case) -> None:
        """`verify_allocation` accepts the placement of the points that count."""
        for answer, review in reviews(case):
            assert answer.cycle is not None
            cycle = answer.cycle.until(case.on)
            sure = {one.id for one in answer.activities or () if one.placed + one.surplus + one.over_cap}
            own = [one for one in review.placements if one.activity in sure]
            if cycle is None:
                assert own == []
                continue
            starts = date.fromisoformat(review.row.rpartition("/")[2])
            policy = edition().policy_for(answer.code, expires_on=starts, body=answer.body)
            assert cmprules.verify_allocation(own, case.record.activities, policy, cycle=cycle) == ()

    @HALF
    @given(placed())
    def test_the_figures_are_those_of_the_decision(self, case: Case) -> None:
        """The shortfalls of the best placement, the figures of the table and the problems are those of `decide`."""
        for answer, review in reviews(case):
            assert answer.total is not None
            assert review.best_short == answer.total.short <= review.short
            assert [(one.area, one.required, one.row) for one in review.areas] == [
                (one.area, one.required, one.row) for one in answer.areas or ()]
            assert sum((one.short for one in review.areas), Decimal(0)) == review.short
            assert all(one.placed + one.short == one.required for one in review.areas)
            found = [(f"placement/{one.code.lower()}", one.subject) for one in review.problems]
            assert sorted(found) == sorted({(one.rule, one.subject) for one in answer.findings
                                            if one.code == "PLACEMENT_UNLAWFUL"})

    @HALF
    @given(placed())
    def test_its_outcome_follows_from_its_points(self, case: Case) -> None:
        """A full, lawful, undivided placement is met; one that is short, claims included, is not."""
        for answer, review in reviews(case):
            before = declared(case.record, answer.id)
            found = worth(case, answer, before)
            if found.lawful:
                assert review.short * 100 == int(sum(one.required for one in review.areas) * 100) - found.total
                missing = {area.area: int(area.required * 100) for area in review.areas}
                for (_, area), amount in before.items():
                    missing[area] -= amount
                full_with_claims = not any(missing.values())
                expected = "NOT_MET" if not full_with_claims else "MET"
                if full_with_claims and (review.short or not found.whole):
                    expected = "NEEDS_REVIEW"
                assert review.outcome == expected
            if review.outcome == "MET":
                assert not review.short

    @HALF
    @given(placed())
    def test_it_is_a_value_that_can_be_written(self, case: Case) -> None:
        """Equal inputs give equal values, pickling keeps them, the JSON validates, and every format can be shown."""
        review = review_placement(case.record, edition(), on=case.on)
        assert review == review_placement(case.record, edition(), on=case.on)
        assert pickle.loads(pickle.dumps(review)) == review
        plain = json.loads(cmprules.render(review, "json"))
        assert [error.message for error in VALIDATOR.iter_errors(plain)] == []
        assert next(iter(plain)) == "schema"
        assert list(plain)[-1] == "notice"
        for form in ("text", "markdown", "html"):
            assert "Independent of ASCP" in cmprules.render(review, form, record=case.record)


# ---------------------------------------------------------------------------------------------------------
# The nearest of the best, against every placement there is.


class Small(NamedTuple):
    """A table and activities small enough to try every placement."""

    rows: list[nearest.Row]
    demand: Demand


@st.composite
def small(draw: st.DrawFn) -> Small:
    """Draw up to three activities of a few hundredths for up to two areas and the pool, with a cap."""
    width = draw(st.integers(1, 2))
    demand = Demand(areas=tuple(draw(st.integers(1, 3)) for _ in range(width)), pool=draw(st.integers(0, 3)),
                            caps=(draw(st.integers(0, 3)),))
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        points, mask = draw(st.integers(1, 3)), draw(st.integers(0, (1 << width) - 1))
        own = tuple(draw(st.integers(0, 3)) if bit == width or mask >> bit & 1 else 0 for bit in range(width + 1))
        rows.append(nearest.Row(points=points, mask=mask, cap=draw(st.sampled_from((NO_CAP, 0))),
                                declared=own, sure=draw(st.integers(0, 3)) > 0))
    return Small(rows, demand)


def every(drawn: Small) -> list[nearest.Vectors]:
    """List every lawful placement; a claim stays where the holder put it."""
    needs = (*drawn.demand.areas, drawn.demand.pool)
    ways = []
    for row in drawn.rows:
        most = [min(need, row.points) if bit == len(needs) - 1 or row.mask >> bit & 1 else 0
                for bit, need in enumerate(needs)]
        most = most if row.sure else [min(pair) for pair in zip(most, row.declared, strict=True)]
        ways.append([way for way in product(*(range(limit + 1) for limit in most)) if sum(way) <= row.points])
    return [
        vectors for vectors in product(*ways)
        if all(sum(column) <= need for column, need in zip(zip(*vectors, strict=True), needs, strict=True))
        and sum(sum(vector) for row, vector in zip(drawn.rows, vectors, strict=True) if row.cap == 0)
        <= drawn.demand.caps[0]
    ]


def value(drawn: Small, vectors: nearest.Vectors) -> tuple[int, int]:
    """Return what the certain points of a placement fill: mandatory areas first, then the pool."""
    sure = [vector for row, vector in zip(drawn.rows, vectors, strict=True) if row.sure]
    return sum(sum(vector[:-1]) for vector in sure), sum(vector[-1] for vector in sure)


def is_whole(drawn: Small, vectors: nearest.Vectors) -> bool:
    """Return whether no activity that counts is divided between mandatory areas."""
    return not any(row.sure and sum(map(bool, vector[:-1])) > 1
                   for row, vector in zip(drawn.rows, vectors, strict=True))


@given(small())
def test_no_best_placement_keeps_more_where_it_was(drawn: Small) -> None:
    """No other best placement keeps more of the holder's points in place."""
    found = every(drawn)
    most = max(value(drawn, vectors) for vectors in found)
    good = [vectors for vectors in found if value(drawn, vectors) == most]
    whole = [vectors for vectors in good if is_whole(drawn, vectors)]
    start = (whole or good)[0]
    vectors, proven = nearest.nearest_best(drawn.rows, drawn.demand, start)
    assert proven
    assert vectors in (whole or good)
    assert nearest.kept_points(drawn.rows, vectors) == max(
        nearest.kept_points(drawn.rows, other) for other in whole or good)


@given(small())
def test_what_may_stay_is_as_much_as_can_be(drawn: Small) -> None:
    """What stays is the lawful part of the holder's placement that fills most."""
    within = [vectors for vectors in every(drawn)
              if all(there <= own for row, vector in zip(drawn.rows, vectors, strict=True)
                     for there, own in zip(vector, row.declared, strict=True))]
    stays = nearest.most_that_stays(drawn.rows, drawn.demand)
    assert stays in within
    assert value(drawn, stays) == max(value(drawn, vectors) for vectors in within)


# ---------------------------------------------------------------------------------------------------------
# In plain words.


def review(own: list[tuple[str, str, str]], *activities: dict[str, object]) -> CredentialPlacement:
    """Review a phlebotomist's own placement: 1 safety, 1 ethics, 2 phlebotomy, 5 for the pool."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"title": f"Sample {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
                       for one in activities],
        "placements": [{"credential": "pbt", "activity": name, "area": area, "points": points}
                       for name, area, points in own]})
    return review_placement(record, edition(), on=ON)["pbt"]


def listed(found: CredentialPlacement) -> list[tuple[str, str, str | None, str | None, str]]:
    """Return the moves in short."""
    return [(move.activity, str(move.points), move.out_of, move.into, move.why) for move in found.moves]


SAFE: dict[str, object] = {"id": "s", "amount": 1, "areas": ["safety"]}
FAIR: dict[str, object] = {"id": "e", "amount": 1, "areas": ["ethics"]}
DRAW: dict[str, object] = {"id": "d", "amount": 2, "areas": ["phlebotomy"]}
REST: dict[str, object] = {"id": "r", "amount": 5}
FULL = [("s", "safety", "1"), ("e", "ethics", "1"), ("d", "phlebotomy", "2"), ("r", "pool", "5")]


def test_a_full_placement_needs_no_move() -> None:
    """It is as good as any other."""
    found = review(FULL, SAFE, FAIR, DRAW, REST)
    assert (str(found.outcome), str(found.short), found.moves, found.problems) == ("MET", "0", (), ())
    assert found.nearest


def test_a_hundredth_less_is_not_met() -> None:
    """One move fixes it."""
    found = review([*FULL[:3], ("r", "pool", "4.99")], SAFE, FAIR, DRAW, REST)
    assert (str(found.outcome), str(found.short)) == ("NOT_MET", "0.01")
    assert listed(found) == [("r", "0.01", None, "pool", "FILLS")]


def test_a_hundredth_moves_from_one_area_to_another() -> None:
    """It is one move, not a hundredth taken out and another put in."""
    both = {**DRAW, "amount": "2.01"}
    found = review([*FULL[:2], ("d", "phlebotomy", "1.99"), ("d", "pool", "0.02"), ("r", "pool", "4.99")],
                   SAFE, FAIR, both, {"id": "r", "amount": "4.99"})
    assert listed(found) == [("d", "0.01", "pool", "phlebotomy", "FILLS")]


def test_what_stays_of_too_many_points_is_in_the_mandatory_areas_first() -> None:
    """The holder placed five points of a course of three: two in phlebotomy, and three in the pool."""
    found = review([("d", "phlebotomy", "2"), ("d", "pool", "3")], SAFE, FAIR, {**DRAW, "amount": 3}, REST)
    assert {one.area: str(one.placed) for one in found.areas} == {
        "safety": "0", "ethics": "0", "phlebotomy": "2", "pool": "1"}


def test_points_in_an_area_that_they_may_not_serve_are_moved() -> None:
    """The phlebotomy course was placed in ethics."""
    found = review([("d", "ethics", "1"), ("d", "phlebotomy", "1"), ("s", "safety", "1"), ("r", "pool", "5")],
                   SAFE, FAIR, DRAW, REST)
    assert listed(found) == [("e", "1", None, "ethics", "FILLS"), ("d", "1", "ethics", "phlebotomy", "AREA_NOT_SERVED")]
    assert [(one.code, one.subject) for one in found.problems] == [("AREA_NOT_SERVED", "d")]
    assert found.short == 2


def test_points_in_an_area_that_the_table_does_not_ask_for_are_taken_out() -> None:
    """A phlebotomist needs no points in chemistry."""
    found = review([*FULL, ("c", "chemistry", "1")], SAFE, FAIR, DRAW, REST,
                   {"id": "c", "amount": 1, "areas": ["chemistry"]})
    assert listed(found) == [("c", "1", "chemistry", None, "AREA_NOT_SERVED")]
    assert found.outcome == "MET"


def test_points_that_do_not_count_are_taken_out_with_their_reason() -> None:
    """One activity is from the last cycle, one was entered twice."""
    found = review([*FULL[:3], ("o", "pool", "2"), ("x2", "pool", "3")], SAFE, FAIR, DRAW,
                   {"id": "o", "amount": 2, "completed_on": "2023-04-30"},
                   {"id": "x1", "amount": 5, "title": "Twice"}, {"id": "x2", "amount": 5, "title": "twice"})
    assert listed(found) == [("o", "2", "pool", None, "OUTSIDE_CYCLE"), ("x1", "5", None, "pool", "FILLS"),
                             ("x2", "3", "pool", None, "DUPLICATE")]


def test_a_cluster_that_brings_nothing_takes_no_placement_over() -> None:
    """If everything goes against the holder, alike entries on both sides of the cycle's first day bring no point."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"id": name, "title": "A course", "provider": "P", "kind": "formal_ce", "amount": "1",
                        "areas": ["safety"], "completed_on": day}
                       for name, day in (("before", "2023-05-31"), ("within", "2023-06-01"))],
        "placements": [{"credential": "pbt", "activity": "within", "area": "safety", "points": "1"}]})
    found = review_placement(record, cmprules.load_book(edition="2026.2"), on=ON)["pbt"]
    assert (str(found.outcome), str(found.short)) == ("NOT_MET", "9")
    assert "before" not in [move.activity for move in found.moves]


def test_more_than_is_needed_makes_room() -> None:
    """Six points are placed in a pool of five."""
    found = review([*FULL[:3], ("r", "pool", "6")], SAFE, FAIR, DRAW, {"id": "r", "amount": 6})
    assert listed(found) == [("r", "1", "pool", None, "MAKES_ROOM")]
    assert (found.outcome, [one.code for one in found.problems]) == ("MET", ["NEED_EXCEEDED"])


def test_a_claim_stays_where_nobody_needs_the_room_and_goes_where_somebody_does() -> None:
    """A journal article is in a pool that other activities fill, and in one that they do not."""
    claim: dict[str, object] = {"id": "j", "amount": 2, "kind": "journal_article"}
    own = [*FULL[:3], ("r", "pool", "3"), ("j", "pool", "2")]
    crowded = review(own, SAFE, FAIR, DRAW, REST, claim)
    assert (str(crowded.outcome), str(crowded.short)) == ("NEEDS_REVIEW", "2")
    assert listed(crowded) == [("r", "2", None, "pool", "FILLS"), ("j", "2", "pool", None, "MAKES_ROOM")]
    roomy = review(own, SAFE, FAIR, DRAW, {"id": "r", "amount": 3}, claim)
    assert (str(roomy.outcome), str(roomy.short), str(roomy.best_short), roomy.moves) == ("NEEDS_REVIEW", "2", "2", ())


def test_a_division_that_can_be_helped_is_undone() -> None:
    """Two courses may serve safety and ethics, and each was split between the two."""
    both: list[dict[str, object]] = [{"id": name, "amount": 1, "areas": ["safety", "ethics"]} for name in "ab"]
    own = [("a", "safety", "0.5"), ("a", "ethics", "0.5"), ("b", "safety", "0.5"), ("b", "ethics", "0.5"),
           ("d", "phlebotomy", "2"), ("r", "pool", "5")]
    found = review(own, *both, DRAW, REST)
    assert found.outcome == "NEEDS_REVIEW"
    assert listed(found) == [("a", "0.5", "ethics", "safety", "FILLS"), ("b", "0.5", "safety", "ethics", "FILLS")]


def test_a_division_that_cannot_be_helped_stays() -> None:
    """One course of two points has to serve both areas."""
    found = review([("a", "safety", "1"), ("a", "ethics", "1"), ("d", "phlebotomy", "2"), ("r", "pool", "5")],
                   {"id": "a", "amount": 2, "areas": ["safety", "ethics"]}, DRAW, REST)
    assert (found.outcome, found.moves) == ("NEEDS_REVIEW", ())


def test_where_the_search_is_cut_off_no_move_is_to_spare_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The review then starts from the decision's placement, and keeps in place what need not move."""
    monkeypatch.setattr(nearest, "MOST_BRANCHES", 1)
    found = review([("s2", "safety", "1"), *FULL[1:]], SAFE, {"id": "s2", "amount": 1, "areas": ["safety"]}, FAIR, DRAW,
                   REST)
    assert (found.nearest, found.moves) == (False, ())
    either = review([("a", "ethics", "1")], {"id": "a", "amount": 1, "areas": ["safety", "ethics"]})
    assert (either.nearest, either.moves) == (False, ())
    first = review([], {"id": "a", "amount": 1, "areas": ["safety", "ethics"]})
    assert listed(first) == [("a", "1", None, "safety", "FILLS")]
    divided = review([], {"id": "a", "amount": 2, "areas": ["safety", "ethics"]})
    assert listed(divided) == [("a", "1", None, "safety", "FILLS"), ("a", "1", None, "ethics", "FILLS")]


def test_a_credential_without_a_table_has_no_review() -> None:
    """The same goes for one that does not take part, and for one whose table was never in force."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
        "credentials": [{"id": "unknown", "code": "MLA", "expires_on": "2026-05-31"},
                        {"id": "idle", "code": "MLS", "certified_on": "1999-05-20"},
                        {"id": "early", "code": "MLS", "expires_on": "2006-12-31"}]})
    found = review_placement(record, edition(), on=ON)
    assert found.credentials == ()
    _, _, sources = cmprules.render(found).partition("Sources\n-------\n")
    assert sources.split("\n\n")[0].strip() == "Policy edition 2026.1. What is not confirmed does not count here."
    with pytest.raises(KeyError, match="no credential 'early' in this review"):
        found["early"]


def test_all_faults_come_together() -> None:
    """The faults are a wrong record, day, grade and an unknown credential."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    with pytest.raises(cmprules.InputError) as caught:
        review_placement({}, edition(), on="2026-02-30", trust="certain")  # type: ignore[arg-type]
    assert [(one.path, one.code) for one in caught.value.faults] == [
        ("$.record", "WRONG_TYPE"), ("$.on", "NO_SUCH_DATE"), ("$.trust", "UNKNOWN_WORD")]
    with pytest.raises(cmprules.InputError) as caught:
        review_placement(record, edition(), on="2026-02-30", credential="x")
    assert [(one.path, one.code) for one in caught.value.faults] == [
        ("$.on", "NO_SUCH_DATE"), ("$.credential", "NO_SUCH_CREDENTIAL")]


def test_one_credential_alone() -> None:
    """The credential is chosen by its id."""
    record = cmprules.read_record(EXAMPLES / "mls-and-sbb.json")
    found: PlacementReview = review_placement(record, edition(), on=ON, credential="sbb")
    assert [one.id for one in found.credentials] == ["sbb"]
    every = cmprules.render(review_placement(record, edition(), on=ON)).splitlines()
    assert [line for line in every if line in {"mls", "sbb"}] == ["mls", "sbb"]
