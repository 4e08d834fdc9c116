"""Explanations: every amount is the decision's, every finding appears once, every comparison names both sides."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules._words.codes import every as codes
from cmprules.explaining import Comparison, ExplanationStep
from cmprules.testing import messy
from tests.examples import scaled
from tests.strategies import Case, cases, edition
from tests.work import calls

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
ON = date(2026, 3, 10)
REASONS = ("DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE", "UNDATED", "OUTSIDE_CYCLE", "MONTH_OF_PREVIOUS_END",
           "END_OF_MONTH", "NOT_ACCEPTABLE", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED")
FEWER = settings(max_examples=scaled(25))
PARTS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")


def explained(case: Case) -> tuple[cmprules.Decision, cmprules.Explanation]:
    """Decide, and explain with the record and the book."""
    decision = cmprules.decide(case.record, edition(), on=case.on)
    return decision, cmprules.explain(decision, record=case.record, book=edition())


def newest() -> cmprules.PolicyBook:
    """Return the book that leaves it open whether two entries are one."""
    return cmprules.load_book(edition="2026.2")


def of(step: ExplanationStep, code: str) -> list[ExplanationStep]:
    """Return every step with a code below a step."""
    return [one for one in step.walk() if one.code == code]


def total(steps: list[ExplanationStep], name: str = "points") -> Decimal:
    """Add up an amount of some steps."""
    return sum((step.numbers[name] for step in steps), Decimal(0))


def said(one: ExplanationStep | cmprules.Finding) -> tuple[object, ...]:
    """Return what a finding and its step have in common."""
    return one.code, one.rule, one.subject, one.citations


def true(compared: Comparison) -> bool:
    """Evaluate a comparison again."""
    left, right = compared.left, compared.right
    if compared.relation == "within":
        first, last = right.split("/")
        return first <= left <= last
    if compared.relation == "at least":
        return cmprules.Grade(left).satisfies(cmprules.Grade(right))
    if compared.relation == "<=" and "-" in left:
        return left <= right
    return {">=": Decimal(left) >= Decimal(right), "<=": Decimal(left) <= Decimal(right),
            "=": Decimal(left) == Decimal(right)}[compared.relation]


class TestEveryExplanation:
    """Laws for the explanation of every record."""

    @FEWER
    @given(cases())
    def test_every_finding_is_told_once_and_none_is_made_up(self, case: Case) -> None:
        """This holds with and without the record and the tables."""
        decision, whole = explained(case)
        for explanation in (whole, cmprules.explain(decision), cmprules.explain(decision, record=case.record),
                            cmprules.explain(decision, book=edition())):
            for answer in decision.credentials:
                told = [step for step in explanation[answer.id].step.walk() if step.code in codes.FINDINGS]
                assert Counter(map(said, told)) == Counter(map(said, answer.findings))

    @FEWER
    @given(cases())
    def test_an_activity_that_does_not_count_has_one_reason(self, case: Case) -> None:
        """The code of the finding appears once below its activity, with every point that it cost."""
        decision, explanation = explained(case)
        for answer in decision.credentials:
            steps = {step.subject: step for step in of(explanation[answer.id].step, "ACTIVITY")}
            for result in answer.activities or ():
                reasons = [step for step in steps[result.id].walk() if step.code in (*REASONS, "WITHOUT_TABLE")]
                lost = result.outside_cycle + result.not_acceptable + result.duplicate + result.unconfirmed
                assert len(reasons) == (1 if lost else 0)
                assert total(reasons) == lost

    @FEWER
    @given(messy(cases()))
    def test_open_questions_about_activities_are_told_below_them(self, case: Case) -> None:
        """Under the newest edition, each lost point has one reason, and a missing table is told only where it is so."""
        book = newest()
        decision = cmprules.decide(case.record, book, on=case.on)
        explanation = cmprules.explain(decision, record=case.record, book=book)
        for answer in decision.credentials:
            root = explanation[answer.id].step
            told = [step for step in root.walk() if step.code in codes.FINDINGS]
            assert Counter(map(said, told)) == Counter(map(said, answer.findings))
            for result, step in zip(answer.activities or (), of(root, "ACTIVITY"), strict=True):
                reasons = [one for one in step.walk() if one.code in (*REASONS, "WITHOUT_TABLE")]
                lost = result.outside_cycle + result.not_acceptable + result.duplicate + result.unconfirmed
                assert (len(reasons), total(reasons)) == (1 if lost else 0, lost)
                assert answer.total is None or not of(step, "WITHOUT_TABLE")
                assert step.holds is not False or not result.unconfirmed or result.placed != result.entered

    @FEWER
    @given(cases())
    def test_every_point_is_told_where_it_went(self, case: Case) -> None:
        """The parts of an activity, its steps and the areas add up to the amounts of the decision."""
        decision, explanation = explained(case)
        for answer in decision.credentials:
            root = explanation[answer.id].step
            for result, step in zip(answer.activities or (), of(root, "ACTIVITY"), strict=True):
                assert {name: step.numbers[name] for name in ("entered", *PARTS)} == {
                    name: getattr(result, name) for name in ("entered", *PARTS)}
                assert sum(step.numbers[name] for name in PARTS) == step.numbers["entered"]
                assert [total(of(step, code)) for code in ("PLACED", "SURPLUS", "OVER_CAP")] == [
                    result.placed, result.surplus, result.over_cap]
            for area in answer.areas or ():
                assert total([step for step in of(root, "PLACED") if step.subject == area.area]) == area.placed
            for whole in of(root, "ACTIVITIES"):
                for name in ("entered", *PARTS):
                    assert whole.numbers[name] == total(of(root, "ACTIVITY"), name)

    @FEWER
    @given(cases())
    def test_what_is_compared_is_what_holds(self, case: Case) -> None:
        """A step holds exactly if its comparison is true; an open step is not certain to hold."""
        for step in walk(explained(case)[1]):
            if step.compared is not None and step.holds is not None:
                assert true(step.compared) is step.holds, step
            elif step.compared is not None:
                assert not true(step.compared)

    @FEWER
    @given(cases())
    def test_what_is_to_spare_has_no_place_left(self, case: Case) -> None:
        """Every area that a surplus activity may serve is full, and so is the pool."""
        decision, explanation = explained(case)
        for answer in decision.credentials:
            areas = {area.area: area for area in answer.areas or ()}
            for step in of(explanation[answer.id].step, "SURPLUS"):
                full = {child.subject for child in step.children}
                own = {area for one in case.record.activities if one.id == step.subject for area in one.areas}
                pool_only = next(one.kind for one in case.record.activities if one.id == step.subject) == "covid_work"
                assert full >= {"pool", *(() if pool_only else own & set(areas))}
                assert not any(areas[area].short for area in full)
                assert all(child.holds for child in step.children)

    @FEWER
    @given(cases())
    def test_a_cap_is_what_the_table_says_and_its_users_add_up(self, case: Case) -> None:
        """The used part of a cap is what activities of the kind have placed."""
        decision, explanation = explained(case)
        for answer in decision.credentials:
            kinds = {one.id: one.kind for one in case.record.activities}
            for step in of(explanation[answer.id].step, "OVER_CAP"):
                row = next(iter(answer.areas or ())).row
                cap = next(cap for cap in policy_of(row, answer).caps or () if cap.kind == kinds[step.subject])
                assert step.numbers["cap"] == cap.value
                assert step.numbers["used"] == total(list(step.children))
                assert all(kinds[child.subject] == kinds[step.subject] for child in step.children)

    @FEWER
    @given(cases())
    def test_a_proof_can_be_added_up(self, case: Case) -> None:
        """The needs of the areas, and the activities that may serve them, are listed to the last point."""
        decision, explanation = explained(case)
        for answer in decision.credentials:
            proofs = of(explanation[answer.id].step, "PROOF")
            assert len(proofs) == len(answer.shortfalls or ())
            for proof, step in zip(answer.shortfalls or (), proofs, strict=True):
                free = [child for child in step.children if child.code == "MAY_SERVE"]
                capped = [child for child in step.children if child.code == "CAPPED"]
                assert total(of(step, "ASKED")) == proof.required
                assert {child.subject for child in of(step, "ASKED")} == set(proof.areas)
                assert total(free) + total(capped, "counted") == proof.available
                assert step.numbers["required"] - step.numbers["available"] == step.numbers["short"] == proof.short
                for child in capped:
                    assert total(list(child.children)) == child.numbers["points"]

    @FEWER
    @given(cases())
    def test_the_fees_add_up(self, case: Case) -> None:
        """The lines are those of the decision, and add up to its total."""
        decision, explanation = explained(case)
        assert explanation.fees is not None
        lines = of(explanation.fees, "FEE")
        assert [(step.subject, step.clause, step.numbers["amount"]) for step in lines] == [
            (line.credential, line.item, line.amount) for line in decision.fees.lines]
        if decision.fees.total is None:
            assert explanation.fees.clause == decision.fees.why
        else:
            assert explanation.fees.numbers["total"] == decision.fees.total == total(lines, "amount")

    @FEWER
    @given(cases())
    def test_it_is_a_value_that_can_be_written(self, case: Case) -> None:
        """Equal inputs give equal values, pickling keeps them, the JSON validates, and every cited source is listed."""
        decision, explanation = explained(case)
        assert explanation == cmprules.explain(decision, record=case.record, book=edition())
        assert pickle.loads(pickle.dumps(explanation)) == explanation
        assert hash(explanation) == hash(pickle.loads(pickle.dumps(explanation)))
        plain = json.loads(cmprules.render(explanation, "json"))
        assert [error.message for error in VALIDATOR.iter_errors(plain)] == []
        assert next(iter(plain)) == "schema"
        assert list(plain)[-1] == "notice"
        cited = {citation.source for step in walk(explanation) for citation in step.citations}
        assert set(explanation.sources) == cited

    @FEWER
    @given(cases())
    def test_every_step_has_a_known_code_and_words_in_every_format(self, case: Case) -> None:
        """Every step has a sentence, with and without record and tables."""
        decision, explanation = explained(case)
        assert {step.code for step in walk(explanation)} <= {*codes.FINDINGS, *codes.EXPLAINED}
        for form in ("text", "markdown", "html"):
            assert codes.NOTICE in cmprules.render(explanation, form, record=case.record)
            assert codes.NOTICE in cmprules.render(cmprules.explain(decision), form)


VALIDATOR = Draft202012Validator(cmprules.json_schema("explanation"))


def walk(explanation: cmprules.Explanation) -> Iterator[ExplanationStep]:
    """Yield every step."""
    for credential in explanation.credentials:
        yield from credential.step.walk()
    if explanation.fees is not None:
        yield from explanation.fees.walk()


def policy_of(row: str, answer: cmprules.CredentialDecision) -> cmprules.Policy:
    """Find the policy of a row."""
    starts = date.fromisoformat(row.rpartition("/")[2])
    return edition().policy_for(answer.code, expires_on=starts, body=answer.body)


# ---------------------------------------------------------------------------------------------------------
# In plain words.


def example(name: str) -> tuple[cmprules.Record, cmprules.Decision]:
    """Decide an example."""
    record = cmprules.read_record(EXAMPLES / name)
    return record, cmprules.decide(record, edition(), on=ON)


def one_activity(**fields: object) -> ExplanationStep:
    """Explain one activity of a phlebotomist whose cycle runs from 2023-06-01 to 2026-05-31."""
    plain = {"id": "a", "title": "Sample", "kind": "formal_ce", "amount": "1", **fields}
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [plain],
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    decision = cmprules.decide(record, edition(), on=ON)
    return of(cmprules.explain(decision, record=record, book=edition())["pbt"].step, "ACTIVITY")[0]


@pytest.mark.parametrize(("day", "holds", "reason"), [
    ("2023-04-30", False, ["OUTSIDE_CYCLE"]),
    ("2023-05-01", None, ["MONTH_OF_PREVIOUS_END"]),
    ("2023-05-31", None, ["MONTH_OF_PREVIOUS_END"]),
    ("2023-06-01", True, []),
    ("2024-02-29", True, []),
    ("2026-03-10", True, []),
    ("2026-03-11", False, ["OUTSIDE_CYCLE"]),
])
def test_the_days_of_the_cycle(day: str, holds: bool | None, reason: list[str]) -> None:
    """Checks both sides of the first day, of the month before it, and of the day of decision."""
    step = one_activity(completed_on=day)
    test = of(step, "IN_CYCLE")[0]
    assert (test.holds, [child.code for child in test.children]) == (holds, reason)
    assert test.compared == Comparison(left=day, relation="within", right="2023-06-01/2026-03-10")
    assert step.days["completed_on"] == date.fromisoformat(day)


def test_what_an_activity_lost_is_a_number_of_its_reason() -> None:
    """The finding of a day outside the cycle has the point that it cost, and the outcome has the sums of the table."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"id": name, "title": f"Sample {name}", "kind": "formal_ce", "amount": amount,
                        "completed_on": day} for name, amount, day in (("a", "1.5", "2023-04-30"),
                                                                       ("b", "2", "2024-04-30"))]})
    decision = cmprules.decide(record, edition(), on=ON)
    root = cmprules.explain(decision, record=record, book=edition())["pbt"].step
    assert [dict(step.numbers) for step in of(root, "OUTSIDE_CYCLE")] == [{"points": Decimal("1.5")}]
    assert dict(root.numbers) == {"required": 9, "placed": 2, "short": 7}


def test_tests_are_met_in_order_and_the_first_that_is_not_passed_decides() -> None:
    """A journal article without a day is undated; its kind is not mentioned."""
    step = one_activity(kind="journal_article")
    assert [child.code for child in of(step, "COUNTS")[0].children] == ["ONCE", "DATED"]
    later = one_activity(kind="journal_article", completed_on="2025-01-31")
    assert [child.code for child in of(later, "COUNTS")[0].children] == [
        "ONCE", "DATED", "IN_CYCLE", "ACCEPTABLE", "KIND_KNOWN"]
    assert of(later, "KIND_KNOWN")[0].holds is None


@pytest.mark.parametrize(("day", "holds"), [("2020-02-29", False), ("2020-03-01", True), ("2022-12-31", True),
                                            ("2023-01-01", False)])
def test_the_days_of_pandemic_work(day: str, holds: bool) -> None:
    """It counts on its first and its last day, and not on the days before and after."""
    year = int(day[:4])
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": f"{year + 1}-05-31"}],
        "activities": [{"id": "a", "title": "Sample", "kind": "covid_work", "amount": 1, "completed_on": day}]})
    decision = cmprules.decide(record, edition(), on=date(year + 1, 5, 31))
    test = of(cmprules.explain(decision, record=record, book=edition())["pbt"].step, "ACCEPTABLE")[0]
    assert test.holds is holds
    assert test.compared == Comparison(left=day, relation="within", right="2020-03-01/2022-12-31")


def test_a_cap_may_lie_above_what_is_used_of_it() -> None:
    """Of a six-point college course four and a half may count and one is needed: one is used."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [
            {"id": "a", "title": "Sample", "kind": "formal_ce", "amount": 4, "completed_on": "2024-01-31"},
            {"id": "b", "title": "Sample", "kind": "college_course", "unit": "point", "amount": 6,
             "completed_on": "2024-02-29"}]})
    decision = cmprules.decide(record, edition(), on=ON)
    step = of(cmprules.explain(decision, record=record, book=edition())["pbt"].step, "OVER_CAP")[0]
    assert {name: str(amount) for name, amount in step.numbers.items()} == {"points": "1.5", "cap": "4.5", "used": "1"}
    assert [(child.subject, child.numbers["points"]) for child in step.children] == [("b", 1)]


def test_a_duplicate_names_the_one_that_is_kept() -> None:
    """Of two entries for one course the smaller id is kept."""
    record, decision = example("mls-nearly-there.json")
    root = cmprules.explain(decision, record=record, book=edition())["mls"].step
    assert [step.subject for step in of(root, "KEPT_INSTEAD")] == ["a07"]
    alone = cmprules.explain(decision)["mls"].step
    assert of(alone, "KEPT_INSTEAD") == []


def _phlebotomist(*activities: Mapping[str, object], settled: tuple[dict[str, object], ...] = ()) -> cmprules.Record:
    """Make a phlebotomist with all points but three, and some entries of a course."""
    done = [("s", 1, "safety"), ("e", 1, "ethics"), ("p", 4, "phlebotomy")]
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "settled": settled,
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [
            *({"id": name, "title": f"Course {name}", "kind": "formal_ce", "amount": amount, "areas": [area],
               "completed_on": "2024-02-05"} for name, amount, area in done),
            *({"title": "Order of draw", "provider": "Sample", "kind": "formal_ce", "amount": 2,
               "completed_on": "2025-03-01", **activity} for activity in activities)]})


def _sums(record: cmprules.Record) -> tuple[list[str], str]:
    """Return the reasons for the second entry, with what they are held against, and the report."""
    decision = cmprules.decide(record, newest(), on=ON)
    explanation = cmprules.explain(decision, record=record, book=newest())
    step = next(one for one in of(explanation["pbt"].step, "ACTIVITY") if one.subject == "b")
    return ([f"{one.code} {one.holds}: {[child.subject for child in one.children]}" for one in step.walk()
             if one.code in REASONS], " ".join(cmprules.render(explanation, "text", record=record).split()))


def test_a_duplicate_that_is_asked_about_may_be_one() -> None:
    """The sum says so, and for which entries; as soon as it is answered, it is certain."""
    twice = ({"id": "a"}, {"id": "b"})
    reasons, text = _sums(_phlebotomist(*twice))
    assert reasons == ["DUPLICATE None: ['a']"]
    assert "10 points = 8 placed + 2 perhaps entered twice" in text
    assert "2 points = 2 perhaps entered twice [?] It may be in the record twice" in text
    assert "compare: Order of draw (a, 2025-03-01)" in text
    assert text.count('Is "Order of draw" (b, 2025-03-01) another activity') == 1  # the same are alike, too

    answer: dict[str, object] = {"code": "DUPLICATE", "subjects": ["b"], "answer": "no"}
    reasons, text = _sums(_phlebotomist(*twice, settled=(answer,)))
    assert [reason.partition(":")[0] for reason in reasons] == ["DUPLICATE False"]
    assert "10 points = 8 placed + 2 entered twice" in text


def test_a_duplicate_may_be_one_whatever_the_outcome(tmp_path: Path) -> None:
    """If enough is there without it, it is not asked about, and still open; a row of the user's own settles it."""
    rest: dict[str, object] = {"id": "x", "title": "Tubes", "amount": 4}
    record = _phlebotomist({"id": "a"}, {"id": "b"}, rest)
    reasons, text = _sums(record)
    assert reasons == ["DUPLICATE None: ['a']"]
    assert "[+] Requirements met" in text
    assert "14 points = 9 placed + 3 not needed + 2 perhaps entered twice" in text

    extra = tmp_path / "rows.toml"
    extra.write_text(Path(ROOT / "docs/how-to/files/repeated.toml").read_text(encoding="utf-8").replace(
        "rule/repeated/formal_ce", "rule/duplicates").replace("each", "once"), encoding="utf-8")
    book = cmprules.load_book(edition="2026.2", extra=[extra])
    decision = cmprules.decide(record, book, on=ON)
    whole = cmprules.render(cmprules.explain(decision, record=record, book=book), "text", record=record)
    assert "perhaps" not in whole


@pytest.mark.parametrize(("second", "reason", "words"), [
    ({"completed_on": "2025-03-02"}, "LOOKS_ALIKE", "It may be in the record twice"),
    ({"completed_on": "2025-06-01"}, "REPEATED_COURSE", "no source says that a repeated course counts again"),
])
def test_entries_that_are_asked_about_are_not_without_a_table(second: Mapping[str, object], reason: str,
                                                              words: str) -> None:
    """The requirement is known: what is open is whether the entry is another activity."""
    reasons, text = _sums(_phlebotomist({"id": "a"}, {"id": "b", **second}))
    assert reasons == [f"{reason} None: ['a']"]
    assert words in text
    assert "no source says what is required" not in text


def test_a_table_is_found_by_the_day_of_expiry() -> None:
    """The row is the latest one that begins on or before that day."""
    record = cmprules.read_record(EXAMPLES / "bb-2024-01-31.json")
    decision = cmprules.decide(record, edition(), on=date(2023, 12, 20))
    step = of(cmprules.explain(decision, record=record, book=edition()).credentials[0].step, "TABLE_APPLIED")[0]
    assert step.compared == Comparison(left="2024-01-01", relation="<=", right="2024-01-31")
    assert step.holds is True


def test_two_tables_are_told_with_the_day_of_each() -> None:
    """An expired credential is judged by the table for its expiry and by today's."""
    record, decision = example("ht-expired.json")
    root = cmprules.explain(decision, record=record, book=edition()).credentials[0].step
    assert [step.days["expires_on"] for step in of(root, "TABLE_APPLIED")] == [
        record.credentials[0].expires_on, ON]
    assert of(root, "TABLES")[0].holds is None
    assert [step.holds for step in of(root, "STANDING")] == [False]


def test_without_a_table_points_are_told_as_such() -> None:
    """Points stay unconfirmed where the requirements are not known."""
    record, decision = example("mla.json")
    root = cmprules.explain(decision, record=record, book=edition())["mla"].step
    assert root.holds is None
    assert of(root, "WITHOUT_TABLE")
    assert of(root, "AREAS") == []
    assert [step.children for step in of(root, "OPEN_QUESTION")] == [()]


@pytest.mark.parametrize(("name", "told"), [("mla.json", False), ("mls-met.json", True)])
def test_how_sure_an_answer_is_is_told_where_it_rests_on_anything(name: str, *, told: bool) -> None:
    """Without a table the answer has no source, so none is named as the weakest."""
    record, decision = example(name)
    report = cmprules.render(cmprules.explain(decision, record=record, book=edition()))
    assert ("Least certain source: " in " ".join(report.split())) is told


def test_what_is_not_required_is_told_shortly() -> None:
    """Nothing is asked for, and nothing is compared."""
    record, decision = example("no-end-date.json")
    root = cmprules.explain(decision, record=record, book=edition()).credentials[0].step
    assert root.holds is True
    assert [step.code for step in root.children] == ["NOT_REQUIRED", "STANDING"]


def test_a_unit_is_told_as_a_product() -> None:
    """Two semester hours are thirty points."""
    record, decision = example("mls-nearly-there.json")
    step = next(step for step in walk(cmprules.explain(decision, record=record, book=edition()))
                if step.code == "UNIT_CONVERTED")
    assert dict(step.numbers) == {"amount": 2, "worth": 15, "points": 30}
    bare = next(step for step in walk(cmprules.explain(decision)) if step.code == "UNIT_CONVERTED")
    assert dict(bare.numbers) == {"points": 30}


def test_a_row_of_ones_own_is_told_where_it_was_used() -> None:
    """A user's kind, table or fee appears below the steps that use it."""
    record = cmprules.read_record(EXAMPLES / "mla.json")
    files = [Path("docs/how-to/files") / name for name in ("mla.toml", "kinds.toml", "fees.toml")]
    root = Path(__file__).resolve().parents[3]
    book = cmprules.load_book(edition="2026.1", extra=[root / file for file in files])
    decision = cmprules.decide(record, book, on=ON)
    tree = cmprules.explain(decision, record=record, book=book)["mla"].step
    assert Counter(map(said, of(tree, "USER_ROW"))) == Counter(
        said(finding) for finding in decision["mla"].findings if finding.code == "USER_ROW")
    assert [child.code for child in of(tree, "TABLE_APPLIED")[0].children] == ["USER_ROW"]


def test_nothing_hangs_on_the_decimal_context() -> None:
    """A program that computes with three digits gets the same explanation."""
    record, decision = example("mls-nearly-there.json")
    expected = cmprules.explain(decision, record=record, book=edition())
    with localcontext() as context:
        context.prec = 2
        assert cmprules.explain(decision, record=record, book=edition()) == expected


def test_a_decision_that_was_read_back_can_be_explained() -> None:
    """The JSON of a decision is enough."""
    record, decision = example("mls-nearly-there.json")
    again = cmprules.parse_decision(json.loads(cmprules.render(decision, "json")))
    assert cmprules.explain(again, record=record, book=edition()) == cmprules.explain(
        decision, record=record, book=edition())


def test_a_finding_that_this_release_does_not_know_is_told_all_the_same() -> None:
    """A decision from a later release may have codes that this one does not know."""
    _, decision = example("pbt.toml")
    answer = decision.credentials[0]
    strange = cmprules.Finding(code="LATER", rule="r", subject="s")
    later = attrs.evolve(decision, credentials=(attrs.evolve(answer, findings=(*answer.findings, strange)),))
    explanation = cmprules.explain(later)
    assert explanation.credentials[0].step.children[-1].code == "LATER"
    assert "LATER (s)" in cmprules.render(explanation)


def test_one_activity_alone() -> None:
    """The explanation covers only that activity, for each credential, without fees."""
    record, decision = example("mls-and-sbb.json")
    explanation = cmprules.explain(decision, record=record, book=edition(), activity="s07")
    assert [[step.subject for step in one.step.children] for one in explanation.credentials] == [["s07"], ["s07"]]
    assert explanation.fees is None
    assert "Fees" not in cmprules.render(explanation)


def test_one_credential_alone() -> None:
    """The credential is chosen by its id."""
    record, decision = example("mls-and-sbb.json")
    explanation = cmprules.explain(decision, record=record, credential="sbb")
    assert [one.id for one in explanation.credentials] == ["sbb"]
    with pytest.raises(KeyError, match="no credential 'mls' in this explanation; it has: sbb"):
        explanation["mls"]


# ---------------------------------------------------------------------------------------------------------
# The work, as counts.


def test_the_work_grows_with_the_activities() -> None:
    """With four times as many entries, half of them doubtful, explaining makes about four times as many calls."""
    made = []
    for count in (40, 160):
        record = cmprules.parse_record({
            "schema": "cmprules.record/1", "holder": {"id": "h"},
            "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
            "activities": [{"id": f"a{number:03}", "title": f"Course {number // 2}", "kind": "formal_ce", "amount": 1,
                            "completed_on": "2025-01-01"} for number in range(count)]})
        decision = cmprules.decide(record, newest(), on=ON)
        made.append(calls(partial(cmprules.explain, decision, record=record, book=newest())))
    assert made[1] < 4.5 * made[0]


# ---------------------------------------------------------------------------------------------------------
# What is refused.


def refused(**arguments: object) -> list[tuple[str, str]]:
    """Return the path and code of every fault."""
    _, decision = example("pbt.toml")
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.explain(**{"decision": decision, **arguments})  # type: ignore[arg-type]
    return [(fault.path, fault.code) for fault in caught.value.faults]


def test_all_faults_come_together() -> None:
    """The faults are another record, another book, an unknown credential and an unknown activity."""
    other = cmprules.read_record(EXAMPLES / "mla.json")
    extra = Path(__file__).resolve().parents[3] / "docs/how-to/files/mla.toml"
    book = cmprules.load_book(edition="2026.1", extra=[extra])
    assert refused(record=other, book=book, credential="x", activity="y") == [
        ("$.record", "ANOTHER_RECORD"), ("$.book", "ANOTHER_BOOK"), ("$.credential", "NO_SUCH_CREDENTIAL"),
        ("$.activity", "NO_SUCH_ACTIVITY")]


def test_values_of_other_classes_are_refused() -> None:
    """A mapping is not a decision, a record or a book."""
    assert refused(decision={}, record={}, book={}) == [
        ("$.decision", "WRONG_TYPE"), ("$.record", "WRONG_TYPE"), ("$.book", "WRONG_TYPE")]
