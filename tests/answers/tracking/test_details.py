"""Entries that may be one, in comparisons of trackings; and the checks on a tracking that is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._rules.results import CredentialDecision, Finding, Need
from cmprules._words import vocabulary
from cmprules.tracking import WaitingCredit
from cmprules.tracking._changes import _as_one, _asked, _questions, _waiting
from cmprules.tracking._steps import Situation, steps_of
from cmprules.tracking._values import NextStep
from tests.answers.tracking.records import BOOK, COURSES, PLACED, course, pbt, tracked

ON = date(2026, 3, 10)
Plain = dict[str, Any]


@pytest.fixture(scope="module")
def tracking() -> cmprules.Tracking:
    """Track someone with exactly enough points."""
    return cmprules.track(pbt(), BOOK, on=ON)


def _finding(code: str, subject: str, *others: str) -> Finding:
    return Finding(code=code, rule="identity", subject=subject, others=others)


def _need(code: str, subject: str, *others: str) -> Need:
    return Need(code=code, subject=subject, question=f"Is {subject} so?", others=others or None)


def _with_needs(tracking: cmprules.Tracking, *needs: Need) -> cmprules.Tracking:
    one = attrs.evolve(tracking.decision["pbt"], needs=needs)
    return attrs.evolve(tracking, decision=attrs.evolve(tracking.decision, credentials=(one,)))


class TestEntriesThatMayBeOne:
    """They share the first of their ids, whichever entry is shown."""

    def test_a_chain_of_relations_is_one_group(self, tracking: cmprules.Tracking) -> None:
        """Two pairs that share an entry are one group; another pair is a separate one."""
        one = attrs.evolve(tracking.decision["pbt"], findings=(
            _finding("DUPLICATE", "b", "c"), _finding("LOOKS_ALIKE", "y", "x"), _finding("REPEATED_COURSE", "c", "a")))
        assert _as_one(one, {}) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}

    def test_only_relations_make_a_group(self, tracking: cmprules.Tracking) -> None:
        """Other findings about several entries make none, nor does a relation without another entry."""
        one = attrs.evolve(tracking.decision["pbt"], findings=(
            _finding("AREA_PROPOSED", "a", "b"), _finding("DUPLICATE", "c")))
        assert _as_one(one, {}) == {}

    def test_the_ids_are_those_of_the_later_record(self, tracking: cmprules.Tracking) -> None:
        """An entry without a later id keeps its own."""
        one = attrs.evolve(tracking.decision["pbt"], findings=(_finding("DUPLICATE", "b", "c"),))
        assert _as_one(one, {"b": "9"}) == {"9": "9", "c": "9"}

    def test_what_waits_is_added_up_by_group(self, tracking: cmprules.Tracking) -> None:
        """Groups have the later ids; an entry outside a group waits alone."""
        waiting = tuple(WaitingCredit(activity=name, points=Decimal(points), areas=("pool",))
                        for name, points in (("a", "1"), ("b", "2.5"), ("c", "4")))
        one = attrs.evolve(tracking["pbt"], waiting=waiting)
        names = {"a": "1", "b": "2", "c": "3"}
        assert _waiting(one, names, {"1": "1", "2": "1"}) == {"1": "3.5", "3": "4"}


class TestQuestions:
    """Two questions are the same if code and entries agree."""

    def test_a_relation_is_asked_about_all_its_entries(self) -> None:
        """Any of them may be the subject."""
        first, second = _need("DUPLICATE", "a", "b"), _need("DUPLICATE", "b", "a")
        assert _asked([first, second], {}) == {("DUPLICATE", frozenset("ab")): [first, second]}

    def test_any_other_question_is_about_its_subject(self) -> None:
        """Entries that it mentions are not part of it."""
        need = _need("DIVIDED_ACTIVITY", "a", "b")
        assert _asked([need], {"a": "z"}) == {("DIVIDED_ACTIVITY", frozenset("z")): [need]}

    def test_a_credential_keeps_its_id_though_an_activity_has_the_same(self) -> None:
        """An import changes ids of activities, but not those of credentials."""
        need = _need("TABLE_AFTER_EXPIRY", "pbt")
        assert _asked([need], {"pbt": "z"}) == {("TABLE_AFTER_EXPIRY", frozenset({"pbt"})): [need]}

    def test_what_is_gone_is_named_by_the_later_id(self, tracking: cmprules.Tracking) -> None:
        """An entry without one keeps its own; a question asked twice and answered once is gone once."""
        needs = (_need("UNDATED", "a"), _need("UNDATED", "b"), _need("UNDATED", "b"))
        before, after = _with_needs(tracking, *needs), _with_needs(tracking, _need("UNDATED", "b"))
        gone = [(one.code, one.where, one.before, one.after) for one in _questions("pbt", before, after, {"a": "z"})]
        assert gone == [("QUESTION_REMOVED", "UNDATED: z", "Is a so?", None),
                        ("QUESTION_REMOVED", "UNDATED: b", "Is b so?", None)]
        come = [(one.code, one.where, one.before, one.after) for one in _questions("pbt", after, before, {})]
        assert come == [("QUESTION_ADDED", "UNDATED: b", None, "Is b so?"),
                        ("QUESTION_ADDED", "UNDATED: a", None, "Is a so?")]


def _step(plain: Plain, **more: object) -> None:
    plain["credentials"][0]["next_step"].update(more)


def _further(plain: Plain, **more: object) -> None:
    plain["credentials"][0]["further_steps"] = [{**plain["credentials"][0]["next_step"], **more}]


def _cited(source: str) -> dict[str, str]:
    return {"source": source, "pin": "page 1", "grade": "official"}


STEP_CODE = "$.credentials[0].next_step.code", "the code of a step"
STEP_CITED = "$.credentials[0].next_step.citations", "a source that the answer lists"
AREA = "an area, or pool"
FIELD = "a field of an activity"


@pytest.mark.parametrize(("change", "path", "value", "expected"), [
    (lambda plain: plain["decision"]["fees"].update(total="1.00"), "$.decision.fees.total", Decimal("1.00"),
     "the sum of the lines"),
    (lambda plain: plain["record"]["holder"].update(id="other"), "$.record", "other", "the record of the decision"),
    (lambda plain: plain["credentials"][0].update(id="own"), "$.credentials", ["own"],
     "the credentials of the decision"),
    (lambda plain: plain["credentials"][0].update(code="MLS"), "$.credentials", ["pbt"],
     "the credentials of the decision"),
    (lambda plain: plain["credentials"][0].update(body="ASCPi"), "$.credentials", ["pbt"],
     "the credentials of the decision"),
    (lambda plain: plain["citations"].append(_cited("nowhere")), "$.citations", "nowhere",
     "a source that the answer lists"),
    (lambda plain: _step(plain, code="REST"), STEP_CODE[0], "REST", STEP_CODE[1]),
    (lambda plain: _further(plain, code="REST"), STEP_CODE[0], "REST", STEP_CODE[1]),
    (lambda plain: _step(plain, citations=[_cited("nowhere")]), STEP_CITED[0], "nowhere", STEP_CITED[1]),
    (lambda plain: _further(plain, citations=[_cited("nowhere")]), STEP_CITED[0], "nowhere", STEP_CITED[1]),
    (lambda plain: plain["credentials"][0]["areas"][0].update(area="music"), "$.credentials[0].areas", "music", AREA),
    (lambda plain: plain["credentials"][0].update(waiting=[{"activity": "x", "points": "1", "areas": ["music"]}]),
     "$.credentials[0].waiting", "music", AREA),
    (lambda plain: plain["credits"].pop(), "$.credits", 3, "one credit for each activity of the record"),
    (lambda plain: plain["credits"].reverse(), "$.credits", 4, "one credit for each activity of the record"),
    (lambda plain: plain["credits"][1].update(missing=["areas"]), "$.credits[1]", "areas", FIELD),
    (lambda plain: plain["credits"][2].update(missing_for_audit=["areas"]), "$.credits[2]", "areas", FIELD),
])
def test_a_part_that_does_not_fit_is_named(
    tracking: cmprules.Tracking, change: Callable[[Plain], object], path: str, value: object, expected: str
) -> None:
    """The one fault has its place, value and expectation, word for word."""
    plain = cmprules.to_mapping(tracking)
    change(plain)
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_tracking(plain)
    assert [(fault.path, fault.code, fault.value, fault.expected) for fault in refused.value.faults] == [
        (path, "DOES_NOT_FIT", value, expected)]


@pytest.mark.parametrize("area", [*vocabulary.AREAS, vocabulary.POOL])
def test_points_may_wait_for_any_area_and_for_the_pool(tracking: cmprules.Tracking, area: str) -> None:
    """Every area of the closed list is accepted."""
    plain = cmprules.to_mapping(tracking)
    plain["credentials"][0]["waiting"] = [{"activity": "x", "points": "1", "areas": [area]}]
    (credit,) = cmprules.parse_tracking(plain)["pbt"].waiting or ()
    assert credit.areas == (area,)


def test_every_field_that_may_be_missing_is_read(tracking: cmprules.Tracking) -> None:
    """They are the five fields that the rules on credits name."""
    plain = cmprules.to_mapping(tracking)
    plain["credits"][0]["missing"] = ["completed_on", "provider", "kind", "title", "amount"]
    assert len(cmprules.parse_tracking(plain).credits[0].missing) == 5


class TestSteps:
    """The message and the subjects of each step, word for word."""

    @pytest.mark.parametrize(("on", "message"), [
        (date(2026, 3, 1), "Everything is there. The declaration may be sent from 2026-03-02 on."),
        (date(2026, 3, 2), "Send the declaration by 2026-05-01."),
        (date(2026, 5, 2),
         "Send the declaration now: the advised day has passed, and the last day is 2026-05-31."),
    ])
    def test_the_day_is_in_the_message(self, on: date, message: str) -> None:
        """Cases: before the window, in it, and after the advised day."""
        assert tracked(on=on).next_step.message == message

    def test_an_id_is_written_as_it_is_and_an_area_in_words(self) -> None:
        """An underscore stays in an id, and never appears in the name of an area."""
        mine = course("my_course", "5", "", source="self")
        mine.pop("provider")
        placed = [*PLACED[:3], {**PLACED[3], "activity": "my_course"}]
        (lacking,) = tracked(pbt(COURSES[:3], placed, [mine])).further_steps
        assert lacking.message == "Add what an audit would ask for to my_course."
        bank = tracked(pbt((*COURSES[:2], ("x", "40", "")), (), code="BB"))
        assert [step.message for step in bank.further_steps] == ["Earn 8 points more: blood banking."]

    def test_an_area_with_too_much_is_named_before_one_with_too_little(self) -> None:
        """The safety course is placed in the pool, which has six points for five."""
        own = [{**PLACED[0], "area": "pool"}, *PLACED[1:]]
        assert tracked(pbt(placements=own)).next_step.subjects == ("pool",)

    def test_a_question_names_what_it_is_about(self) -> None:
        """Each subject is named once."""
        undated = course("p", "2", "phlebotomy")
        undated.pop("completed_on")
        one = tracked(pbt((*COURSES[:2], COURSES[3]), (PLACED[0], PLACED[1], PLACED[3]), [undated]))
        settle = next(step for step in (one.next_step, *one.further_steps) if step.code == "SETTLE_QUESTION")
        assert settle.subjects == ("p",)
        assert settle.message == "The answer depends on an open question about p."

    @pytest.mark.parametrize(("courses", "code", "message", "subjects"), [
        ((*COURSES[:2], ("x", "34", "")), "BB", "Earn 8 points more: blood banking.", ("blood_banking",)),
        ((*COURSES[:2], ("x", "24", "")), "BB",
         "Earn 10 points more: 8 points in blood banking; 2 points in any area.", ("blood_banking",)),
        ((COURSES[1], ("x", "5", "")), "PBT", "Earn 3 points more: 1 point in safety; 2 points in phlebotomy.",
         ("safety", "phlebotomy")),
        (COURSES[:3], "PBT", "Earn 5 points more: pool.", ("pool",)),
    ])
    def test_what_is_to_be_earned_is_said_area_by_area(
        self, courses: Any, code: str, message: str, subjects: tuple[str, ...]
    ) -> None:
        """Cases: one area, one area and a rest anywhere, two areas, and only the pool."""
        one = tracked(pbt(courses, (), code=code))
        earn = next(step for step in (one.next_step, *one.further_steps) if step.code == "EARN_POINTS")
        assert (earn.message, earn.subjects) == (message, subjects)

    def test_without_what_closes_a_shortfall_the_mandatory_areas_are_named(self) -> None:
        """Decisions of an older release lack it; the pool is not named with them."""
        decided = cmprules.decide(pbt((), ()), BOOK, on=ON)["pbt"]
        shortfalls = tuple(attrs.evolve(proof, closers=()) for proof in decided.shortfalls or ())
        (earn,) = _steps_of(attrs.evolve(decided, shortfalls=shortfalls))
        assert earn.message == "Earn 9 points more: safety, ethics and phlebotomy."
        assert earn.subjects == ("safety", "ethics", "phlebotomy")

    def test_what_is_to_be_earned_cites_the_shortfalls_and_nothing_else(self) -> None:
        """The citations are those of each short area, and of the total."""
        cited = [BOOK.cite(name) for name in ("expiry/expired", "expiry/inactive", "participation/voluntary")]
        findings = tuple(Finding(code=code, rule="a", subject="b", citations=(citation,))
                         for code, citation in zip(("AREA_SHORT", "CYCLE", "TOTAL_SHORT"), cited, strict=True))
        (earn,) = _steps_of(attrs.evolve(cmprules.decide(pbt((), ()), BOOK, on=ON)["pbt"], findings=findings))
        assert earn.citations == (cited[0], cited[2])


def _steps_of(decided: CredentialDecision) -> tuple[NextStep, ...]:
    return steps_of(Situation(decided=decided, credits=(), own=None, book=BOOK))


@pytest.mark.parametrize(("answer", "areas"), [("yes", ("ethics", "pool")), ("no", ("pool",))])
def test_what_waits_may_serve_an_area_that_the_holder_has_confirmed(answer: str, areas: tuple[str, ...]) -> None:
    """The provider proposes ethics for a course; the holder confirms it or not."""
    proposed = course("e", "1", "") | {"proposed_areas": ["ethics"]}
    plain = cmprules.to_mapping(pbt((), (), [proposed]))
    plain["settled"] = [{"code": "AREA_PROPOSED", "subjects": ["e"], "answer": answer}]
    (credit,) = tracked(cmprules.parse_record(plain)).waiting or ()
    assert credit.areas == areas


def test_placements_are_kept_where_there_is_no_table_and_entries_may_be_one() -> None:
    """MLA has no table, and a repeated course is a question only where points are counted."""
    held = {"schema": "cmprules.record/1", "holder": {"id": "h"},
            "credentials": [{"id": "mla", "code": "MLA", "expires_on": "2026-05-31"}],
            "activities": [course("a", "1", "safety", title="Twice"), course("b", "1", "safety", title="Twice")],
            "placements": [{"credential": "mla", "activity": "a", "area": "safety", "points": "1"}]}
    tracking = cmprules.track(cmprules.parse_record(held), cmprules.load_book(edition="2026.2"), on=ON)
    assert (tracking["mla"].areas, tracking["mla"].waiting) == (None, None)


def test_changes_are_true_if_there_are_any(tracking: cmprules.Tracking) -> None:
    """Compares nothing placed with everything placed."""
    assert cmprules.changes(tracking, cmprules.track(pbt(placements=()), BOOK, on=ON))
    assert not cmprules.changes(tracking, tracking)
