"""The messages of the answers other than the decision on bad arguments, word for word.

`python -m tasks.write_golden faults` writes them; then read `git diff tests/promises/golden`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import cmprules
from cmprules import exam
from cmprules._answers.answering import answered
from cmprules.audit import appeal_grounds, manifest, readiness, substitute
from cmprules.declaring import advance, begin, declaration_form, lawful_events, parse_life
from cmprules.explaining import review_placement, slack
from cmprules.participation import designation, participation
from cmprules.planning import Catalogue, Course, Package, front, parse_catalogue
from cmprules.planning._files import parse_csv
from cmprules.receipts._reading import receipt_of
from cmprules.renewal import reinstate, renew

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
OWN_KINDS = EXAMPLES.parent / "docs" / "how-to" / "files" / "kinds.toml"
ON = date(2026, 3, 10)
WRONG: Any = "anything"
NUMBER: Any = 7
HALF: Any = 1.5
DIGEST = re.compile(r"[0-9a-f]{20,}(\.\.\.[0-9a-f]+)?")
"""A digest of a record or an edition, whole or shortened, which changes with its content."""

Calls = dict[str, Callable[[], object]]


@cache
def _book(edition: str = "2026.1") -> cmprules.PolicyBook:
    return cmprules.load_book(edition=edition)


@cache
def _record(name: str = "mls-met") -> cmprules.Record:
    return cmprules.read_record(EXAMPLES / f"{name}.json")


def _decision(on: date = ON, name: str = "mls-met") -> cmprules.Decision:
    return cmprules.decide(_record(name), _book(), on=on)


def _said(do: Callable[[], object]) -> list[str]:
    try:
        do()
    except cmprules.InputError as error:
        return [DIGEST.sub("a digest", str(fault)) for fault in error.faults]
    except (cmprules.CmpRulesError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]
    return ["no error"]


# ---------------------------------------------------------------------------------------------------------
# The declaration.


def _mls(**more: Any) -> cmprules.Credential:
    return cmprules.Credential(**{"id": "mls", "code": "MLS", "expires_on": "2026-05-31", **more})


def _ready(on: str = "2026-03-02", **more: Any) -> Any:
    """Make a declaration that is ready to be sent."""
    return advance(begin(_mls(**more), _book(), on=on), "complete", _book(), on=on,
                   evidence={"requirements_met": "alert"})


def _sent(event: str, on: date | str = ON, life: Any = None, **more: Any) -> Callable[[], object]:
    return lambda: advance(_ready() if life is None else life(), event, _book(), on=on, **more)


def _complete() -> Any:
    """Make a declaration that has led to a renewal."""
    proof = {"requirements_met": "alert", "fee_paid": "receipt"}
    life = advance(_ready(), "submit", _book(), on=ON, evidence=proof)
    life = advance(life, "approve", _book(), on=ON)
    return advance(life, "release_renewal", _book(), on="2026-05-01")


def _expired() -> Any:
    return begin(_mls(), _book(), on="2026-06-01")


def _by_choice() -> Any:
    return _ready(certified_on="2000-05-20", voluntary=True)


def _without_end() -> Any:
    return _ready(certified_on="2000-05-20", voluntary=True, expires_on=None)


def of_declaring() -> Calls:
    """Steps that may not follow, and missing needs."""
    paid = {"requirements_met": "alert", "fee_paid": "receipt"}
    return {
        "begin: all wrong": lambda: begin(WRONG, WRONG, on=WRONG),
        "begin: no part": lambda: begin(_mls(expires_on=None, certified_on="2000-05-20"), _book(), on=ON),
        "lawful_events: all wrong": lambda: lawful_events(WRONG, WRONG),
        "advance: all wrong": lambda: advance(WRONG, WRONG, WRONG, on=WRONG, decision=WRONG, first_sent_on=WRONG,
                                              evidence={"a": ""}),
        "advance: no such event": _sent("sent"),
        "advance: not now": _sent("approve"),
        "advance: nothing more": _sent("submit", "2026-05-02", _complete),
        "advance: for voluntary participants": _sent("submit_voluntary"),
        "advance: before the last step": _sent("submit", "2026-03-01", evidence=paid),
        "advance: no such need": _sent("submit", evidence={**paid, "fee": "receipt"}),
        "advance: evidence that is not needed": _sent("submit", evidence={**paid, "all_proven": "letter"}),
        "advance: evidence of nothing": _sent("edit", evidence={"fee_paid": "receipt"}),
        "advance: a decision of another day": _sent("submit", decision=_decision(date(2026, 3, 9)), evidence=paid),
        "advance: a decision of another record": _sent(
            "submit", decision=_decision(name="mla"), evidence={"fee_paid": "receipt"}),
        "advance: a decision of another code": _sent(
            "submit", life=lambda: _ready(id="mls", code="MLT"), decision=_decision(), evidence=paid),
        "advance: not met": _sent("submit", decision=_decision(name="mls-nearly-there"), evidence=paid),
        "advance: nothing shown": _sent("submit"),
        "advance: the window is not open": _sent("submit", "2026-03-01", lambda: _ready("2026-03-01"), evidence=paid),
        "advance: too late": _sent("submit", "2026-06-01", evidence=paid),
        "advance: another business day": _sent("submit_reduced", evidence=paid, first_sent_on="2026-03-09"),
        "advance: no first day": _sent("submit_reduced", evidence=paid),
        "advance: a Saturday": _sent("submit_reduced", "2026-03-14", evidence=paid, first_sent_on="2026-03-14"),
        "advance: before the end": _sent("let_end_pass", "2026-05-31"),
        "advance: by choice with an end": _sent("submit_voluntary", life=_by_choice, evidence=paid),
        "advance: by choice the end cannot pass": _sent("let_end_pass", "2026-06-01", _by_choice),
        "advance: without an end none can pass": _sent("let_end_pass", "2026-06-01", _without_end),
        "advance: without an end none is in time": _sent("submit", life=_without_end, evidence=paid),
        "advance: early and not confirmed": _sent("submit_early", evidence=paid),
        "advance: reinstated without fees": _sent("reinstate", "2026-06-02", _expired),
        "parse_life: another schema": lambda: parse_life({**cmprules.to_mapping(_ready()), "schema": "x/1"}),
        "parse_life: no mapping": lambda: parse_life(WRONG),
        "parse_life: another state": lambda: parse_life({**cmprules.to_mapping(_ready()), "state": "renewed"}),
        "parse_life: another beginning": lambda: parse_life({**cmprules.to_mapping(_ready()), "begun_in": "ready"}),
        "parse_life: a later beginning": lambda: parse_life({**cmprules.to_mapping(_ready()),
                                                             "begun_on": "2026-03-05"}),
        "declaration_form: all wrong": lambda: declaration_form(
            WRONG, WRONG, on=WRONG, credential=NUMBER, placement="mine", together_with=NUMBER),
        "declaration_form: unknown ids": lambda: declaration_form(
            _record("mls-and-sbb"), _book(), on=ON, credential="ml", together_with=["mls", "sb", ""]),
        "declaration_form: an unknown id with it": lambda: declaration_form(
            _record("mls-and-sbb"), _book(), on=ON, credential="mls", together_with=["mls", "sb"]),
    }


# ---------------------------------------------------------------------------------------------------------
# Participation, audits.


def of_participation() -> Calls:
    """Values that are not credentials, and lists without any."""
    return {
        "participation: all wrong": lambda: participation(WRONG, WRONG),
        "designation: all wrong": lambda: designation(WRONG, WRONG, on=WRONG),
        "designation: none": lambda: designation([], _book(), on=ON),
        "designation: twice the same": lambda: designation([_mls(), _mls()], _book(), on=ON),
        "designation: no list": lambda: designation(NUMBER, _book(), on=ON),
    }


def of_audit() -> Calls:
    """Unknown ids, and impossible times."""
    period = cmprules.Period(start=date(2025, 1, 1), end=date(2026, 1, 31))
    return {
        "readiness: all wrong": lambda: readiness(WRONG, WRONG, on=WRONG, credential=""),
        "readiness: an unknown id": lambda: readiness(_record(), _book(), on=ON, credential="ml"),
        "manifest: all wrong": lambda: manifest(WRONG, WRONG, on=WRONG, credential=NUMBER),
        "manifest: an unknown id": lambda: manifest(_record(), _book(), on=ON, credential="ml"),
        "substitute: all wrong": lambda: substitute(WRONG, WRONG, on=WRONG, rejected=NUMBER),
        "substitute: nothing rejected": lambda: substitute(_record(), _book(), on=ON, rejected=[]),
        "substitute: unknown ids": lambda: substitute(_record(), _book(), on=ON, rejected=["m02", "m002", "zz"],
                                                      credential="ml"),
        "appeal_grounds: all wrong": lambda: appeal_grounds(WRONG, illness=WRONG, notified_on=WRONG),
        "appeal_grounds: no months": lambda: appeal_grounds(_book(), illness=0),
        "appeal_grounds: less than none": lambda: appeal_grounds(_book(), illness=-1),
        "appeal_grounds: half a month": lambda: appeal_grounds(_book(), illness=HALF),
        "appeal_grounds: a truth value": lambda: appeal_grounds(_book(), illness=True),
        "appeal_grounds: no day": lambda: appeal_grounds(_book(), illness=period, notified_on="2026-02-30"),
    }


# ---------------------------------------------------------------------------------------------------------
# Examinations.


def _report(**more: Any) -> exam.ScoreReport:
    return exam.ScoreReport(**{"code": "MLS", "taken_on": "2026-01-20", "score": 352, **more})


def _area(**more: Any) -> Callable[[], object]:
    return lambda: _report(areas=[{"name": "Chemistry", "score": 390, **more}])


def _plan(**more: Any) -> Callable[[], object]:
    given: dict[str, Any] = {"report": _report(), "on": date(2026, 2, 9), **more}
    return lambda: exam.retake_plan(given.pop("report"), _book(), **given)


def of_exam() -> Calls:
    """Contradictory reports, days that are too early, and unknown categories."""
    later = _report(taken_on="2026-04-21")
    record: dict[str, Any] = {"schema": "cmprules.exam/1", "candidate": "c", "reports": [
        {"code": "MLS", "taken_on": "2026-01-20", "score": 352}]}
    twice = {**record, "reports": [*record["reports"], *record["reports"]]}
    return {
        "ScoreReport: no code": lambda: _report(code="MLSS"),
        "ScoreReport: not of this body": lambda: _report(code="PA", body="ASCPi"),
        "ScoreReport: half a point": lambda: _report(score="352.5"),
        "ScoreReport: less than none": lambda: _report(score=-1),
        "ScoreReport: told before it was taken": lambda: _report(notified_on="2026-01-19"),
        "ScoreReport: admitted after it": lambda: _report(admitted_from="2026-01-21"),
        "ScoreReport: an area twice": lambda: _report(areas=[{"name": "Chemistry"}, {"name": "Chemistry"}]),
        "ScoreReport: more than a hundred": _area(share=101),
        "ScoreReport: more than a hundred together": lambda: _report(
            areas=[{"name": "Chemistry", "share": 60}, {"name": "Hematology", "share": "40.01"}]),
        "ScoreReport: a share that is too fine": _area(share="10.001"),
        "ScoreReport: a mean that is too fine": _area(mean="400.001"),
        "ScoreReport: a share of nothing": _area(share=0),
        "ScoreReport: an empty name": _area(name=""),
        "read_score: all wrong": lambda: exam.read_score(WRONG, WRONG),
        "read_score: off the scale": lambda: exam.read_score(_report(score=1000), _book()),
        "read_score: off the scale, everywhere": lambda: exam.read_score(_report(score=99, areas=[
            {"name": "Chemistry", "score": 1000, "mean": "999.01"}, {"name": "Hematology", "score": 99}]), _book()),
        "read_score: long before": lambda: exam.read_score(_report(admitted_from="2025-10-20"), _book()),
        "attempts: all wrong": lambda: exam.attempts(WRONG, WRONG),
        "attempts: no report": lambda: exam.attempts([_report(), WRONG], _book()),
        "attempts: twice the same": lambda: exam.attempts([_report(), later, _report(score=400)], _book()),
        "next_attempt: all wrong": lambda: exam.next_attempt(WRONG, WRONG, history=WRONG),
        "next_attempt: not the latest": lambda: exam.next_attempt(_report(), _book(), history=[later]),
        "next_attempt: the first of three": lambda: exam.next_attempt(_report(), _book(), history=[
            later, _report(taken_on="2026-08-21")]),
        "next_attempt: another on that day": lambda: exam.next_attempt(_report(), _book(), history=[
            _report(score=353)]),
        "retake_plan: all wrong": _plan(report=WRONG, on=WRONG, hours_per_week=WRONG, sit_on=WRONG),
        "retake_plan: too many hours": _plan(hours_per_week="168.01"),
        "retake_plan: hours that are too fine": _plan(hours_per_week="1.001"),
        "retake_plan: no hours": _plan(hours_per_week=0),
        "retake_plan: after a pass": _plan(report=_report(score=400)),
        "retake_plan: before the attempt": _plan(on=date(2026, 1, 19)),
        "retake_plan: too early": _plan(sit_on="2026-04-19"),
        "retake_plan: before the plan": _plan(on=date(2026, 5, 1), sit_on="2026-04-30"),
        "award: all wrong": lambda: exam.award(WRONG, WRONG, id=""),
        "award: not passed": lambda: exam.award(_report(), _book()),
        "award: no id, and off the scale": lambda: exam.award(_report(score=99), _book(), id=""),
        "appeal_deadline: all wrong": lambda: exam.appeal_deadline(WRONG, WRONG, on=WRONG),
        "appeal_deadline: before the notice": lambda: exam.appeal_deadline("2026-02-02", _book(), on="2026-02-01"),
        "application_fee: all wrong": lambda: exam.application_fee("", WRONG, on=WRONG, body="x"),
        "application_fee: no such category": lambda: exam.application_fee("CTGYN", _book(), on=ON, body="ASCP"),
        "application_fee: not established": lambda: exam.application_fee("MLS", _book(), on=date(2003, 1, 1)),
        "application_fee: of no source": lambda: exam.application_fee("QLS", _book(), on=date(2010, 1, 1)),
        "pass_rates: all wrong": lambda: exam.pass_rates(WRONG, code="", body="x"),
        "pass_rates: no such category": lambda: exam.pass_rates(_book(), code="MLSS"),
        "pass_rates: not of this body": lambda: exam.pass_rates(_book(), code="PA", body="ASCPi"),
        "exam_outlook: all wrong": lambda: exam.exam_outlook(WRONG, WRONG, on=WRONG, hours_per_week=169),
        "exam_outlook: later than the day": lambda: exam.exam_outlook(exam.parse_exam({**record, "reports": [
            {**record["reports"][0], "notified_on": "2026-01-25"}]}), _book(), on=date(2026, 1, 19)),
        "exam_outlook: told later": lambda: exam.exam_outlook(exam.parse_exam({**record, "reports": [
            {**record["reports"][0], "notified_on": "2026-01-25"}]}), _book(), on=date(2026, 1, 24)),
        "parse_exam: no mapping": lambda: exam.parse_exam(WRONG),
        "parse_exam: another schema": lambda: exam.parse_exam({**record, "schema": "cmprules.exam/2"}),
        "parse_exam: twice the same": lambda: exam.parse_exam(twice),
        "parse_exam: nothing": lambda: exam.parse_exam({}),
        "ExamRecord: twice the same": lambda: exam.ExamRecord(candidate="c", reports=[_report(), _report()]),
        "ExamRecord: no candidate": lambda: exam.ExamRecord(candidate="", reports=[_report()]),
    }


# ---------------------------------------------------------------------------------------------------------
# Comparisons, receipts, explanations.


def of_comparing() -> Calls:
    """Two things of different kinds, and records and books of other decisions."""
    before, after = _decision(), _decision(date(2026, 3, 11))
    tables = [_book().policy_for("MLS", expires_on=date(2026, 5, 31))] * 2
    record, book, other, newer = _record(), _book(), _record("mla"), _book("2026.2")
    compare: Any = cmprules.compare
    return {
        "compare: neither": lambda: compare(WRONG, 7),
        "compare: a table and a decision": lambda: compare(tables[0], before),
        "compare: a decision and a table": lambda: compare(before, tables[0]),
        "compare: a table and neither": lambda: compare(tables[0], WRONG),
        "compare: neither and a decision": lambda: compare(WRONG, before),
        "compare: tables with records": lambda: compare(*tables, records=[record, record]),
        "compare: tables with books": lambda: compare(*tables, books=[book, book]),
        "compare: one record": lambda: compare(before, after, records=[record]),
        "compare: records that are none": lambda: compare(before, after, records=[record, WRONG], books=WRONG),
        "compare: another record before": lambda: compare(before, after, records=[other, record], books=[book, book]),
        "compare: another record after": lambda: compare(before, after, records=[record, other], books=[book, book]),
        "compare: another book before": lambda: compare(before, after, records=[record, record], books=[newer, book]),
        "compare: another book after": lambda: compare(before, after, records=[record, record], books=[book, newer]),
    }


def of_receipts() -> Calls:
    """Altered receipts, and decisions on other records."""
    receipt: Any = cmprules.receipt
    mapping = cmprules.to_mapping(receipt(_decision(), record=_record()))
    return {
        "receipt: all wrong": lambda: receipt(WRONG, record=WRONG, book=WRONG),
        "receipt: another record": lambda: receipt(_decision(), record=_record("mla")),
        "receipt: another book": lambda: receipt(_decision(), record=_record(), book=_book("2026.2")),
        "receipt: an explanation that is none": lambda: receipt(_decision(), record=_record(), explanation=7),
        "receipt: own rows that are not there": lambda: receipt(
            cmprules.decide(_record(), cmprules.load_book(edition="2026.1", extra=[OWN_KINDS]), on=ON),
            record=_record()),
        "replay: all wrong": lambda: cmprules.replay(WRONG, WRONG),
        "parse_receipt: touched": lambda: cmprules.parse_receipt({**mapping, "notice": "mine"}),
        "parse_receipt: another digest": lambda: cmprules.parse_receipt({**mapping, "sha256": "0" * 64}),
        "parse_receipt: no mapping": lambda: cmprules.parse_receipt(WRONG),
        "parse_receipt: nothing": lambda: cmprules.parse_receipt({}),
        "receipt_of: no text": lambda: receipt_of(b"\xff\xfe"),
        "receipt_of: no JSON": lambda: receipt_of(b"schema = 1\n"),
        "receipt_of: too deep": lambda: receipt_of(b"[" * 100_000),
        "receipt_of: a list": lambda: receipt_of(b"[]"),
    }


def of_explaining() -> Calls:
    """Records and books of other decisions, and unknown ids."""
    explain: Any = cmprules.explain
    return {
        "explain: all wrong": lambda: explain(WRONG, record=WRONG, book=WRONG, credential="", activity=7),
        "explain: another record": lambda: explain(_decision(), record=_record("mla"), book=_book()),
        "explain: another book": lambda: explain(_decision(), record=_record(), book=_book("2026.2")),
        "explain: no such credential": lambda: explain(_decision(), credential="ml"),
        "explain: no such activity": lambda: explain(_decision(), activity="m002"),
        "review_placement: all wrong": lambda: review_placement(WRONG, WRONG, on=WRONG, trust=WRONG, credential=""),
        "review_placement: no such credential": lambda: review_placement(_record(), _book(), on=ON, credential="ml"),
        "slack: all wrong": lambda: slack(WRONG, WRONG, on=WRONG, trust=WRONG, credential="", most_others=WRONG),
        "slack: less than none": lambda: slack(_record(), _book(), on=ON, most_others=-1),
        "slack: a truth value": lambda: slack(_record(), _book(), on=ON, most_others=True),
        "slack: no such credential": lambda: slack(_record(), _book(), on=ON, credential="ml"),
    }


# ---------------------------------------------------------------------------------------------------------
# Plans.


def _course(**more: Any) -> Course:
    return Course(**{"id": "a", "title": "A", "kind": "formal_ce", "amount": 1, "price": 10, **more})


def _package(**more: Any) -> Package:
    return Package(**{"id": "p", "title": "P", "price": 10, "courses": ["a"], **more})


def _catalogue(*courses: Course, packages: tuple[Package, ...] = ()) -> Catalogue:
    return Catalogue(courses=courses or (_course(),), packages=packages)


def _asked(**more: Any) -> Callable[[], object]:
    given: dict[str, Any] = {"catalogue": _catalogue(), "on": ON, **more}
    return lambda: cmprules.plan(_record(), _book(), given.pop("catalogue"), **given)


def of_planning() -> Calls:
    """Courses that cannot be sold, and wishes that cannot be met."""
    header = "type,id,title,kind,amount,price\n"
    plain: dict[str, Any] = {"schema": "cmprules.catalogue/1", "courses": [
        {"id": "a", "title": "A", "kind": "formal_ce", "amount": "1", "price": "10"}]}
    return {
        "Course: no kind": lambda: _course(kind="formal"),
        "Course: nothing": lambda: _course(amount=0),
        "Course: not in this unit": lambda: _course(unit="semester_hour"),
        "Course: too much": lambda: _course(amount=10_001),
        "Course: too fine": lambda: _course(amount="0.001"),
        "Course: less than free": lambda: _course(price=-1),
        "Course: too dear": lambda: _course(price=10_000_001),
        "Course: a tenth of a cent": lambda: _course(price="1.001"),
        "Course: hours that are too fine": lambda: _course(hours="1.001"),
        "Course: too many hours": lambda: _course(hours=1_000_001),
        "Course: sold no more before it is sold": lambda: _course(available_from="2026-02-02",
                                                                 available_until="2026-02-01"),
        "Course: less than no days": lambda: _course(days=-1),
        "Course: too many days": lambda: _course(days=100_000),
        "Package: nothing in it": lambda: _package(courses=[]),
        "Package: twice the same": lambda: _package(courses=["a", "a"]),
        "Package: no day": lambda: _package(period_days=0),
        "Package: too many days": lambda: _package(period_days=100_000),
        "Package: no course": lambda: _package(most_courses=0),
        "Package: no hour": lambda: _package(most_hours=0),
        "Package: too many hours": lambda: _package(most_hours=1_000_001),
        "Package: sold no more before it is sold": lambda: _package(available_from="2026-02-02",
                                                                   available_until="2026-02-01"),
        "Package: opens what is no course": lambda: _package().opens(WRONG),
        "Catalogue: another currency": lambda: Catalogue(currency="EUR", courses=[_course()]),
        "Catalogue: twice the same": lambda: _catalogue(_course(), _course(title="B")),
        "Catalogue: a package like a course": lambda: _catalogue(packages=(_package(id="a"),)),
        "Catalogue: no such course": lambda: _catalogue(packages=(_package(courses=["a", "aa"]),)),
        "Catalogue: no course": lambda: Catalogue(courses=[WRONG], packages=[WRONG]),
        "parse_catalogue: no mapping": lambda: parse_catalogue(WRONG),
        "parse_catalogue: nothing": lambda: parse_catalogue({}),
        "parse_catalogue: another schema": lambda: parse_catalogue({**plain, "schema": "cmprules.catalogue/2"}),
        "parse_catalogue: twice, and no such course": lambda: parse_catalogue({
            **plain, "courses": plain["courses"] * 2,
            "packages": [{"id": "a", "title": "P", "price": "1", "courses": ["b"]}]}),
        "parse_csv: no column": lambda: parse_csv("id,title\na,A\n"),
        "parse_csv: other columns": lambda: parse_csv("type,id,colour,id\ncourse,a,red,b\n"),
        "parse_csv: too many cells": lambda: parse_csv(f"{header}course,a,A,formal_ce,1,10,more\n"),
        "parse_csv: another type": lambda: parse_csv(f"{header}lesson,a,A,formal_ce,1,10\n"),
        "parse_csv: faults at their lines": lambda: parse_csv(
            f"{header}course,a,A,formal_ce,1,10\n\ncourse,b,B,formal,x,-1\ncourse,a,A,formal_ce,1,10\n"),
        "plan: all wrong": lambda: cmprules.plan(
            WRONG, WRONG, WRONG, on=WRONG, minimise="money", budget=WRONG, include=NUMBER,
            exclude=NUMBER, by=WRONG, trust=WRONG, node_limit=0),
        "plan: by a day before": _asked(by="2026-03-09"),
        "plan: less than nothing": _asked(budget=-1),
        "plan: a tenth of a cent": _asked(budget="1.001"),
        "plan: unknown ids": _asked(include=["a", "aa"], exclude=["zz"]),
        "plan: no steps": _asked(node_limit=0),
        "plan: a truth value": _asked(node_limit=True),
        "plan: half a step": _asked(node_limit=1.5),
        "plan: another goal": _asked(minimise="costs"),
        "plan: a number as the goal": _asked(minimise=1),
        "front: all wrong": lambda: front(WRONG, WRONG, WRONG, on=WRONG),
    }


@cache
def _written() -> str:
    """Write a decision on two credentials, with questions, fees and placements."""
    return cmprules.render(_decision(name="mls-and-sbb"), "json")


def _read(*changes: tuple[str, object]) -> Callable[[], object]:
    """Read a decision with some values replaced, each at a path of keys and numbers."""
    def read() -> object:
        plain = json.loads(_written())
        for path, value in changes:
            *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
            part = plain
            for key in way:
                part = part[key]
            part[last] = value
        return cmprules.parse_decision(plain)
    return read


PROOF = {"required": "1", "available": "0", "short": "1"}
def _whole_record() -> Any:
    return _record()


NO_FEES: dict[str, object] = {"currency": "USD", "total": None, "why": None, "lines": []}
FIRST = "credentials.0"


def of_documents() -> Calls:
    """Decisions that were changed after they were written."""
    return {
        "parse_decision: nothing": lambda: cmprules.parse_decision({}),
        "parse_decision: unchanged": _read(),
        "parse_decision: no such code": _read((f"{FIRST}.code", "MLSX")),
        "parse_decision: no such body": _read((f"{FIRST}.body", "ASCPii")),
        "parse_decision: twice one id": _read(("credentials.1.id", "mls")),
        "parse_decision: no such status": _read((f"{FIRST}.declaration.status", "closed")),
        "parse_decision: no total": _read((f"{FIRST}.total", None)),
        "parse_decision: a question of no code": _read(
            (f"{FIRST}.outcome", "MET"), (f"{FIRST}.needs", [{"code": "WHY", "subject": "a", "question": "?"}])),
        "parse_decision: a finding of no code": _read((f"{FIRST}.findings.0.code", "NO_SUCH_CODE")),
        "parse_decision: a source that is not listed": _read((f"{FIRST}.findings.0.citations.0.source", "nowhere")),
        "parse_decision: no such area": _read((f"{FIRST}.areas.0.area", "safetyy")),
        "parse_decision: a proof over another area": _read(
            (f"{FIRST}.shortfalls", [{**PROOF, "areas": ["virology"]}])),
        "parse_decision: a proof over nothing": _read((f"{FIRST}.shortfalls", [{**PROOF, "areas": []}])),
        "parse_decision: a placement of nothing": _read((f"{FIRST}.placements.0.activity", "none")),
        "parse_decision: a placement elsewhere": _read((f"{FIRST}.placements.0.area", "virology")),
        "parse_decision: parts that do not add up": _read((f"{FIRST}.activities.0.placed", "999")),
        "parse_decision: a fee of no credential": _read(("fees.lines.0.credential", "none")),
        "parse_decision: a fee for nothing": _read(("fees.lines.0.item", "tip")),
        "parse_decision: another total": _read(("fees.total", "1.00")),
        "parse_decision: a total that is gone": _read(("fees.total", None)),
        "parse_decision: no reason for no total": _read(("fees", NO_FEES)),
        "renew: a record": lambda: renew(_whole_record(), _book(), on=ON),
        "renew: no book": lambda: renew(_record().credentials[0], WRONG, on=ON),
        "reinstate: no such credential": lambda: reinstate(_record(), _book(), on=ON, credential="mlt"),
        "answered: nothing is open": lambda: answered(_record(), _decision(), [("UNDATED:a", "yes")]),
    }


def of_times() -> Calls:
    """A time instead of a day."""
    time: Any = datetime.fromisoformat("2026-03-10")
    return {
        "track: a time": lambda: cmprules.track(_record(), _book(), on=time),
        "changes: of two holders": lambda: cmprules.changes(
            cmprules.track(_record(), _book(), on=ON), cmprules.track(_record("mla"), _book(), on=ON)),
        "parse_tracking: nothing": lambda: cmprules.parse_tracking({}),
    }


PARTS: dict[str, Callable[[], Calls]] = {
    "declaring": of_declaring, "participation": of_participation, "audit": of_audit, "exam": of_exam,
    "comparing": of_comparing, "receipts": of_receipts, "explaining": of_explaining, "planning": of_planning,
    "answers": lambda: {**of_times(), **of_documents()},
}
"""The refused calls, by part of the package."""


def of_answers() -> dict[str, Callable[[], list[str]]]:
    """Collect all of them."""
    return {f"{part}, {name}": partial(_said, call) for part, make in PARTS.items() for name, call in make().items()}
