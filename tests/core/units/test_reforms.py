"""Reforms: rows that replace established ones from a day on; every answer says that it is hypothetical."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._answers.answer import Answer
from cmprules._policy.book import OwnFile
from cmprules._policy.laying import lay
from cmprules._words.codes.notices import HYPOTHETICAL, NOTICE
from tests import strategies as ours
from tests.answers.comparing.drawn import FILES
from tests.examples import scaled

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
SOURCE = '[[source]]\nid = "sample"\ntitle = "Invented"\nissuer = "invented for a test"\n'
CITED = 'source = "sample", pin = "p", grade = "official"'


def points(*rows: tuple[str, str | None, str], code: str = "PBT", body: str = "ASCP") -> str:
    """Write a table of points: first day, last day, and how many of nine points safety takes from the pool."""
    lines = ['schema = "cmprules.table/1"', 'table = "points"', 'title = "A reform"', 'unit = "point"',
             'keyed_on = "expires_on"', "last_checked = 2026-01-01", f'code = "{code}"', f'body = "{body}"']
    for first, last, safety in rows:
        figures = {"total": "9", "safety": safety, "phlebotomy": "2", "pool": str(7 - Decimal(safety))}
        cells = [f'{{ of = "{of}", value = "{value}", {CITED} }}' for of, value in figures.items()]
        lines.extend(["[[row]]", f'id = "from-{first}"', f"from = {first}", *([f"until = {last}"] if last else []),
                      f"begins = {{ {CITED} }}", f"cells = [{', '.join(cells)}]"])
    return "\n".join([*lines, SOURCE])


def table(name: str, *rows: str, unit: str = "name", keyed_on: str = "none", more: str = "") -> str:
    """Write any other table."""
    head = (f'schema = "cmprules.table/1"\ntable = "{name}"\ntitle = "A reform"\nunit = "{unit}"\n'
            f'keyed_on = "{keyed_on}"\nlast_checked = 2026-01-01\n{more}')
    cited = CITED.replace(", ", "\n")
    return head + "".join(f"[[row]]\n{row}\n{'' if 'cells' in row else cited}\n" for row in rows) + SOURCE


def fees(*rows: str) -> str:
    """Write a table of fees: each row has a last day, or none, and amounts."""
    return table("fees", *rows, unit="usd", keyed_on="submitted_on", more='currency = "USD"\n')


def fee_row(id: str, first: str, until: str | None = None, region: str = "standard", **amounts: str) -> str:
    """Write a row of fees."""
    cells = ", ".join(f'{{ of = "{of}", value = "{value}", {CITED} }}' for of, value in amounts.items())
    last = f"until = {until}\n" if until else ""
    return f'id = "{id}"\nregion = "{region}"\nfrom = {first}\n{last}cells = [{cells}]'


def reformed(*texts: str, extra: tuple[str, ...] = ()) -> cmprules.PolicyBook:
    """Lay texts over the edition, as `load_book` lays files."""
    files = [OwnFile(name=f"own{number}.toml", text=text) for number, text in enumerate(extra)]
    files += [OwnFile(name=f"reform{number}.toml", text=text, reform=True) for number, text in enumerate(texts)]
    return lay(ours.edition(), files)


def safety(book: cmprules.PolicyBook, expires_on: str, code: str = "PBT", body: str = "ASCP") -> tuple[str, str]:
    """Return the binding row, and its points for safety."""
    policy = book.policy_for(code, expires_on=date.fromisoformat(expires_on), body=body)
    return policy.row.id, str(next(figure.value for figure in policy.areas or () if figure.area == "safety"))


# ---------------------------------------------------------------------------------------------------------
# Points.


@pytest.mark.parametrize(("expires_on", "row", "asked"), [
    ("2026-12-31", "PBT/2024-01-01", "1"), ("2027-01-01", "reform0.toml#from-2027-01-01", "2"),
    ("2028-02-29", "reform0.toml#from-2027-01-01", "2"), ("2028-03-01", "PBT/2024-01-01", "1"),
    ("2028-12-31", "PBT/2024-01-01", "1"), ("2029-01-01", "reform0.toml#from-2029-01-01", "3"),
    ("2099-12-31", "reform0.toml#from-2029-01-01", "3"),
])
def test_a_reform_of_points_binds_from_its_day_to_its_last(expires_on: str, row: str, asked: str) -> None:
    """Checks both sides of each day; the other rows do not change."""
    book = reformed(points(("2027-01-01", "2028-02-29", "2"), ("2029-01-01", None, "3")))

    assert safety(book, expires_on) == (row, asked)


def test_a_reform_may_reach_over_several_rows_and_before_the_first() -> None:
    """Rows inside it disappear, rows at its edges are cut."""
    book = reformed(points(("2000-01-01", "2023-06-30", "2")))

    assert safety(book, "2006-12-31")[1] == "2"
    assert safety(book, "2022-12-31")[1] == safety(book, "2023-06-30")[1] == "2"
    assert safety(book, "2023-07-01") == ("PBT/2023-01-01", "1")
    assert [row.id for row in book.tables["PBT(ASCP)"]] == [
        "reform0.toml#from-2000-01-01", "PBT/2023-01-01", "PBT/2024-01-01"]


def test_a_reform_goes_over_rows_of_ones_own() -> None:
    """A reform overrides any row, also a user's."""
    own = (FILES / "mla.toml").read_text(encoding="utf-8")
    change = own.replace("MLA/mine", "MLA/other").replace('"safety",               value = 1', '"safety", value = 2')
    book = reformed(change.replace('"pool",                 value = 5', '"pool", value = 4'), extra=(own,))

    assert safety(book, "2026-05-31", "MLA") == ("reform0.toml#MLA/other", "2")
    assert book.edition == "2026.1+hypothetical"


def test_a_reform_of_one_body_leaves_the_other() -> None:
    """PBT(ASCPi) keeps its table unless a reform names it."""
    one, other = points(("2024-01-01", None, "2")), points(("2024-01-01", None, "3"), body="ASCPi")

    assert safety(reformed(one), "2026-05-31", body="ASCPi")[1] == "1"
    both = reformed(one, other)
    assert (safety(both, "2026-05-31")[1], safety(both, "2026-05-31", body="ASCPi")[1]) == ("2", "3")


@settings(max_examples=scaled(30))
@given(st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.dates(date(2023, 1, 1), date(2032, 1, 1)))
def test_exactly_one_row_binds_on_every_day(first: date, length: int, expires_on: date) -> None:
    """It is the reform's on its days and the edition's on the others."""
    last = first + timedelta(days=length)
    book = reformed(points((first.isoformat(), last.isoformat(), "2")))
    covering = [row for row in book.tables["PBT(ASCP)"] if row.covers(expires_on)]

    assert len(covering) == 1
    assert covering[0].user is (first <= expires_on <= last)
    found = book.policy_for("PBT", expires_on=expires_on)
    shipped = ours.edition().policy_for("PBT", expires_on=expires_on)
    assert found.row == covering[0]
    if not found.row.user:
        assert (found.total, found.areas, found.pool, found.caps) == (
            shipped.total, shipped.areas, shipped.pool, shipped.caps)


# ---------------------------------------------------------------------------------------------------------
# Fees, kinds, bounds, figures.


def test_a_reform_of_fees_names_what_it_changes_and_leaves_the_rest() -> None:
    """It changes one item between two days."""
    book = reformed(fees(fee_row("cheap", "2026-06-01", "2026-06-30", application="1.00")))
    mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-08-31")
    sbb = cmprules.Credential(id="sbb", code="SBB", expires_on="2026-08-31")

    def lines(on: date) -> list[tuple[str, str]]:
        quote = cmprules.quote_fees([mls, sbb], book, on=on)
        assert quote.why == HYPOTHETICAL
        return [(str(line.amount), line.row) for line in quote.lines]

    shipped = ["fees/2026-01-01/standard"] * 2
    assert [row for _, row in lines(date(2026, 5, 31))] == shipped
    assert lines(date(2026, 6, 1))[0] == ("1.00", "reform0.toml#cheap")
    assert lines(date(2026, 6, 30))[0] == ("1.00", "reform0.toml#cheap")
    assert lines(date(2026, 6, 1))[1][1] == "fees/2026-01-01/standard"
    assert [row for _, row in lines(date(2026, 7, 1))] == shipped


def test_a_fee_that_is_not_established_is_hypothetical_all_the_same() -> None:
    """The reason begins with the mark."""
    book = reformed(fees(fee_row("cheap", "2026-06-01", application="1.00")))
    record = cmprules.read_record(EXAMPLES / "pbt.toml")

    assert str(cmprules.decide(record, book, on=date(2003, 5, 1)).fees.why).startswith(HYPOTHETICAL)


@pytest.mark.parametrize("established", ["true", "false"])
def test_a_reform_says_whether_a_kind_is_established(established: str) -> None:
    """In-service training may lose its value, and an article may gain one."""
    row = f'id = "{{}}"\nlabel = "As a test has it"\nestablished = {established}'
    book = reformed(table("kinds", row.format("in_service"), row.format("journal_article")))

    for kind in ("in_service", "journal_article"):
        assert book.rules.kinds[kind].established is (established == "true")
        assert book.rules.kinds[kind].citation.grade is cmprules.Grade.USER
    assert book.rules.kinds["formal_ce"] == ours.edition().rules.kinds["formal_ce"]


@pytest.mark.parametrize(("share", "placed"), [("0.25", "9"), ("0.5", "18"), ("0", "0"), ("0.83", "26"), ("1", "26")])
def test_a_reform_of_the_cap_on_college_courses(share: str, placed: str) -> None:
    """The cap follows the share, is never rounded up, and names its row."""
    book = reformed(table("limits", f'id = "college_course/share"\nkind = "college_course"\n'
                                    f'limit = "share_of_total"\nvalue = "{share}"', unit="point"))
    record = cmprules.read_record("docs/start/first-record.json")
    before = cmprules.decide(record, ours.edition(), on=ON)["mls"]
    mls = cmprules.decide(record, book, on=ON)["mls"]
    course = next(one for one in mls.activities or () if one.id == "a4")

    assert str(course.placed) == placed
    assert ("USER_ROW", "college_course/share") in {(one.code, one.rule) for one in mls.findings}
    assert mls.grade is cmprules.Grade.USER
    assert book.cite("college_course/share").grade is cmprules.Grade.USER
    assert before.grade is not cmprules.Grade.USER


def test_a_cap_of_a_reform_that_nothing_hangs_on_does_not_lower_the_grade() -> None:
    """Without college courses their cap plays no part in the answer."""
    book = cmprules.load_book(edition="2026.1", reform=[FILES / "cap-reform.toml"])
    pbt = cmprules.decide(cmprules.read_record(EXAMPLES / "pbt.toml"), book, on=ON)["pbt"]

    assert pbt.grade is not cmprules.Grade.USER
    assert "USER_ROW" not in {one.code for one in pbt.findings}
    assert "HYPOTHETICAL" in {one.code for one in pbt.findings}


def test_a_reform_of_the_days_between_which_pandemic_work_counts() -> None:
    """A bound may be a day; the day before it no longer counts."""
    book = reformed(table("limits", 'id = "covid_work/done_from"\nkind = "covid_work"\nlimit = "done_from"\n'
                                    "value = 2021-01-01", unit="point"))
    rule = book.rules.kinds["covid_work"]

    assert not rule.done_in_time(date(2020, 12, 31))
    assert rule.done_in_time(date(2021, 1, 1))
    assert rule.cap(Decimal(36)) == ours.edition().rules.kinds["covid_work"].cap(Decimal(36))


@pytest.mark.parametrize(("on", "status"), [(date(2026, 5, 1), "not_open"), (date(2026, 5, 2), "open")])
def test_a_reform_of_the_window(on: date, status: str) -> None:
    """It opens 29 days before the end instead of 90, and the answer names the row."""
    book = reformed(table("window", 'id = "opens_days_before_end"\nvalue = 29', unit="day"))
    pbt = cmprules.decide(cmprules.read_record(EXAMPLES / "pbt.toml"), book, on=on)["pbt"]

    assert pbt.declaration is not None
    assert pbt.declaration.status == ("late" if status == "open" else "not_open")
    assert ("USER_ROW", "opens_days_before_end") in {(one.code, one.rule) for one in pbt.findings}


def test_a_reform_of_the_span_that_an_expired_credential_uses() -> None:
    """The last 24 months are used instead of 36."""
    book = reformed(table("cycle", 'id = "last_years_months"\nvalue = 24', unit="month"))
    record = cmprules.read_record(EXAMPLES / "ht-expired.json")
    cycle = cmprules.decide(record, book, on=ON)["ht"].cycle

    assert cycle == cmprules.Period(start=date(2024, 3, 11), end=ON)
    assert cmprules.decide(record, ours.edition(), on=ON)["ht"].cycle != cycle


def test_a_reform_of_a_figure_of_the_process_with_and_without_one_before() -> None:
    """The pass mark changes, and an unknown figure gets a value."""
    book = reformed(
        table("examination", 'id = "pass_mark"\nunit = "score"\nvalue = 450\ntext = "Higher."', unit="mixed"),
        table("audit", 'id = "days_to_answer"\nunit = "day"\nvalue = 14', unit="mixed"))

    assert (book.number("exam/pass_mark"), ours.edition().number("exam/pass_mark")) == (450, 400)
    assert book.statements["exam/pass_mark"].text == "Higher."
    assert book.number("audit/days_to_answer") == 14
    assert book.cite("audit/days_to_answer").grade is cmprules.Grade.USER
    stated = book.statements["audit/days_to_answer"]
    assert (stated.question, stated.established) == (None, True)
    with pytest.raises(cmprules.NotEstablishedError):
        ours.edition().number("audit/days_to_answer")


# ---------------------------------------------------------------------------------------------------------
# Every answer is marked as hypothetical.


@pytest.fixture(scope="module")
def cap() -> cmprules.PolicyBook:
    """Make the edition under a reform that affects few answers."""
    return cmprules.load_book(edition="2026.1", reform=[FILES / "cap-reform.toml"])


@settings(max_examples=scaled(30))
@given(ours.cases())
def test_every_decision_says_so_in_every_form(case: ours.Case) -> None:
    """The mark is in the stamp, on each credential, on the fees, in the notice, and at the top of each report."""
    book = reformed(table("window", 'id = "opens_days_before_end"\nvalue = 29', unit="day"))
    decision = cmprules.decide(case.record, book, on=case.on)

    assert decision.stamp.edition == "2026.1+hypothetical"
    assert decision.stamp.edition_sha256 == ours.edition().sha256
    assert decision.stamp.extra_sha256 == tuple(file.sha256 for file in book.files)
    assert all("HYPOTHETICAL" in {one.code for one in credential.findings} for credential in decision.credentials)
    assert str(decision.fees.why).startswith(HYPOTHETICAL)
    assert decision.notice == f"{HYPOTHETICAL} {NOTICE}"
    for name in ("text", "markdown", "html"):
        assert "HYPOTHETICAL" in cmprules.render(decision, name).partition("Policy edition")[0]
    assert "HYPOTHETICAL" in decision._repr_html_().partition("Policy edition")[0]
    assert "HYPOTHETICAL" in decision._repr_markdown_().partition("Policy edition")[0]
    assert cmprules.parse_decision(json.loads(cmprules.render(decision, "json"))) == decision


@pytest.mark.parametrize(("code", "body"), ours.CODES)
def test_every_policy_and_quote_says_so(code: str, body: str, cap: cmprules.PolicyBook) -> None:
    """So do those that the reform does not touch, and those that are not established."""
    policy = cap.policy_for(code, expires_on=date(2026, 5, 31), body=body)

    assert policy.notes[0] == HYPOTHETICAL
    assert policy.under(cmprules.Grade.OFFICIAL).notes[0] == HYPOTHETICAL
    assert cmprules.render(policy).splitlines()[3].strip() == "[?] HYPOTHETICAL"
    shipped = ours.edition().policy_for(code, expires_on=date(2026, 5, 31), body=body)
    assert HYPOTHETICAL not in (*shipped.notes, *shipped.under(cmprules.Grade.OFFICIAL).notes)


def test_every_other_answer_of_such_a_book_says_so() -> None:
    """Every answer that names the edition has the mark in its notice, in every package."""
    @attrs.frozen(kw_only=True)
    class Another(Answer):
        pass

    made = {edition: Another(edition=edition, edition_sha256="0", sources=type(ours.edition().sources)())
            for edition in ("2026.1", "2026.1+hypothetical")}

    assert made["2026.1"].notice == NOTICE
    assert made["2026.1+hypothetical"].notice == f"{HYPOTHETICAL} {NOTICE}"
    assert attrs.evolve(made["2026.1+hypothetical"]) == made["2026.1+hypothetical"]


def test_rows_of_ones_own_alone_are_no_reform() -> None:
    """They fill gaps; the answer is not hypothetical."""
    book = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])

    assert not book.hypothetical
    assert (book.edition, book.marks, book.notice) == ("2026.1", (), NOTICE)
    assert book.base == ours.edition()
    assert [(file.name, file.reform) for file in book.files] == [("mla.toml", False)]


def test_without_files_nothing_changes() -> None:
    """Answers without a reform are unchanged, and a book with one is a value."""
    assert lay(ours.edition(), []) is ours.edition()
    assert (ours.edition().files, ours.edition().base, ours.edition().hypothetical) == ((), None, False)
    book = cmprules.load_book(edition="2026.1", reform=[FILES / "cap-reform.toml"])
    assert pickle.loads(pickle.dumps(book)) == book != ours.edition()
    assert repr(book) != repr(ours.edition())


# ---------------------------------------------------------------------------------------------------------
# What is refused.

LIMIT = 'id = "{}"\nkind = "{}"\nlimit = "{}"\nvalue = {}'
WINDOW = 'id = "{}"\nvalue = {}'
EXAM = 'id = "{}"\nunit = "{}"\n{}'
KIND = 'id = "in_service"\nlabel = "L"\nestablished = true\nunits = ["{}"]'
BAD: dict[str, tuple[str, str]] = {
    "an unknown table": (table("units"), "reform0.toml: $.table"),
    "a table that no reform changes": (table("designation"), "reform0.toml: $.table"),
    "a sum that is wrong": (points(("2027-01-01", None, "2")).replace('"5"', '"6"'), "row from-2027-01-01"),
    "rows out of order": (points(("2028-01-01", None, "2"), ("2027-01-01", None, "2")), "row from-2027-01-01, from"),
    "another body": (points(("2027-01-01", None, "2"), code="PA", body="ASCPi"), "reform0.toml: body"),
    "a document that nobody has": (points(("2027-01-01", None, "2")).replace('source = "sample"', 'source = "x"'),
                                   "row from-2027-01-01, begins"),
    "too few cents": (fees(fee_row("f", "2026-01-01", application="1.001")), "row f, application"),
    "an unknown item": (fees(fee_row("f", "2026-01-01", later="1.00")), "row f, later"),
    "other units": (table("kinds", KIND.format("exam")), "row in_service, units"),
    "an unknown bound": (table("limits", LIMIT.format("x", "in_service", "points", "3"), unit="point"), "row x"),
    "a bound that is new": (table("limits", LIMIT.format("in_service/points", "in_service", "points", "3"),
                                  unit="point"), "row in_service/points"),
    "a bound of another kind": (table("limits", LIMIT.format("covid_work/points", "in_service", "points", "3"),
                                      unit="point"), "row covid_work/points"),
    "a rule": (table("limits", 'id = "rule/duplicates"\nlimit = "rule"\nvalue = true', unit="point"),
               "row rule/duplicates"),
    "a day for points": (table("limits", LIMIT.format("covid_work/points", "covid_work", "points", "2026-01-01"),
                               unit="point"), "row covid_work/points, value"),
    "a share over one": (table("limits", LIMIT.format("college_course/share", "college_course", "share_of_total",
                                                      "1.01"), unit="point"), "row college_course/share, value"),
    "a share too fine": (table("limits", LIMIT.format("college_course/share", "college_course", "share_of_total",
                                                      "0.125"), unit="point"), "row college_course/share, value"),
    "an unknown figure": (table("window", WINDOW.format("opens", "3"), unit="day"), "row opens"),
    "a broken day": (table("window", WINDOW.format("opens_days_before_end", "3.5"), unit="day"),
                     "row opens_days_before_end, value"),
    "the length of a cycle": (table("cycle", WINDOW.format("cycle_months", "24"), unit="month"), "row cycle_months"),
    "another unit": (table("examination", EXAM.format("pass_mark", "day", "value = 4"), unit="mixed"),
                     "row pass_mark, unit"),
    "no value": (table("examination", EXAM.format("pass_mark", "score", ""), unit="mixed"), "row pass_mark, value"),
    "not established": (table("examination", EXAM.format("pass_mark", "score", "value = 4\nestablished = false"),
                              unit="mixed"), "row pass_mark, value"),
    "part of a cent": (table("renewal", EXAM.format("badge_usd", "usd", 'value = "1.001"'), unit="mixed"),
                       "row badge_usd, value"),
    "an unknown key": (table("window", WINDOW.format("opens_days_before_end", "3\nx = 1"), unit="day"),
                       "reform0.toml: $.row[0] (opens_days_before_end).x"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reform_is_refused_and_the_fault_named(name: str) -> None:
    """The fault names the row, and nothing is laid over the book."""
    text, where = BAD[name]
    with pytest.raises(cmprules.PolicyDataError) as caught:
        reformed(text)
    assert where in caught.value.faults[0].path, str(caught.value)
    assert caught.value.faults[0].path.startswith("reform0.toml: ")


_CAP = table("limits", LIMIT.format("college_course/share", "college_course", "share_of_total", "0.25"), unit="point")
TWICE: dict[str, tuple[str, str, bool]] = {
    "the same days": (points(("2027-01-01", None, "2")), points(("2028-01-01", None, "3")), True),
    "one day": (points(("2027-01-01", "2027-06-30", "2")), points(("2027-06-30", None, "3")), True),
    "the day after": (points(("2027-01-01", "2027-06-30", "2")), points(("2027-07-01", None, "3")), False),
    "another credential": (points(("2027-01-01", None, "2")), (FILES / "safety-reform.toml").read_text("utf-8"), False),
    "the same fee": (fees(fee_row("a", "2026-01-01", application="1.00")),
                     fees(fee_row("b", "2026-05-01", application="2.00")), True),
    "another item": (fees(fee_row("a", "2026-01-01", application="1.00")),
                     fees(fee_row("b", "2026-05-01", reinstatement="2.00")), False),
    "another region": (fees(fee_row("a", "2026-01-01", application="1.00")),
                       fees(fee_row("b", "2026-05-01", region="low_middle_income", application="2.00")), False),
    "another time": (fees(fee_row("a", "2026-01-01", "2026-04-30", application="1.00")),
                     fees(fee_row("b", "2026-05-01", application="2.00")), False),
    "the same bound": (_CAP, _CAP, True),
    "a bound and a fee": (_CAP, fees(fee_row("b", "2026-05-01", application="2.00")), False),
    "the same figure": (table("window", WINDOW.format("opens_days_before_end", "3"), unit="day"),
                        table("window", WINDOW.format("opens_days_before_end", "4"), unit="day"), True),
    "figures of two tables": (table("window", WINDOW.format("opens_days_before_end", "3"), unit="day"),
                              table("cycle", WINDOW.format("last_years_months", "24"), unit="month"), False),
    "the same kind": (table("kinds", KIND.format("point").replace('units = ["point"]', "")),
                      table("kinds", KIND.format("point").replace('units = ["point"]', "")), True),
}


@pytest.mark.parametrize("name", TWICE)
def test_two_files_of_a_reform_do_not_change_the_same_thing(name: str) -> None:
    """Otherwise the result would depend on their order."""
    first, second, refused = TWICE[name]
    if not refused:
        assert reformed(first, second).hypothetical
        return
    with pytest.raises(cmprules.PolicyDataError) as caught:
        reformed(first, second)
    assert [fault.path.partition(":")[0] for fault in caught.value.faults] == ["reform1.toml"]
    assert "reform0.toml changes it already" in str(caught.value)


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    """Cases: a missing file, one that is not TOML, a wrong one, and an extra that overrules."""
    (tmp_path / "no.toml").write_text("{}", encoding="utf-8")
    (tmp_path / "bad.toml").write_text(table("window", WINDOW.format("opens", "0.5"), unit="day"), encoding="utf-8")
    (tmp_path / "over.toml").write_text(points(("2027-01-01", None, "2")), encoding="utf-8")
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=[tmp_path / "over.toml"],
                           reform=[tmp_path / name for name in ("none.toml", "no.toml", "bad.toml")])
    assert {(fault.path.partition(":")[0], fault.code) for fault in caught.value.faults} == {
        ("over.toml", "BAD_ROW"), ("none.toml", "CANNOT_READ"), ("no.toml", "NOT_TOML"), ("bad.toml", "BAD_ROW")}
    assert len(caught.value.faults) == 5


def test_a_reform_is_a_list_of_files() -> None:
    """A bare path would be read letter by letter."""
    path: Any = "reform.toml"
    with pytest.raises(cmprules.PolicyDataError) as caught:
        cmprules.load_book(edition="2026.1", extra=path, reform=path)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("extra", "NOT_A_LIST"), ("reform", "NOT_A_LIST")]
