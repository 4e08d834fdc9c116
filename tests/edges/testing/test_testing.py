"""`cmprules.testing`: every strategy draws what it promises, and all of it."""

from __future__ import annotations

import decimal
import importlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st
from tests.examples import scaled

import cmprules
from cmprules import testing
from cmprules._kit.calendar import is_last_of_month
from cmprules._words import vocabulary as words
from cmprules.testing import Case, activities, amounts, cases, credentials, days, placements, policies, records

T = TypeVar("T")
ON = date(2026, 3, 10)
A_FEW = settings(max_examples=scaled(40))
A_RECORD = cmprules.Record(
    holder=cmprules.Holder(id="h"), credentials=[{"id": "c", "code": "MLS", "expires_on": "2026-05-31"}],
    activities=[{"id": "a", "title": "Cells", "kind": "in_service", "amount": 2}],
)
BLOCKED = "import sys; sys.modules['hypothesis'] = None; "

OWN_TABLE = """
schema = "cmprules.table/1"
table = "points"
title = "A table of our own"
unit = "point"
keyed_on = "expires_on"
last_checked = 2026-01-01
code = "MLA"
body = "ASCP"
[[row]]
id = "MLA/own"
from = 2010-01-01
begins = { source = "cmprules-reading", pin = "a test", grade = "official" }
cells = [
    { of = "total", value = "3", source = "cmprules-reading", pin = "a test", grade = "official" },
    { of = "safety", value = "1", source = "cmprules-reading", pin = "a test", grade = "official" },
    { of = "pool", value = "2", source = "cmprules-reading", pin = "a test", grade = "official" },
]
"""


def drawn(strategy: st.SearchStrategy[T], count: int, start: int = 0) -> list[T]:
    """Draw a number of examples; a seed gives the same ones while the loaded modules are the same.

    Hypothesis also draws constants of the loaded modules, so a single seed may be a lucky one.
    """
    found: list[T] = []

    @seed(start)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(strategy)
    def look(value: T) -> None:
        found.append(value)

    look()
    return found


def drawn_from_many_starts(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """Draw a number of examples from each of five seeds, so that a share does not depend on one of them."""
    return [value for start in range(5) for value in drawn(strategy, count, start)]


def first_outcome(case: Case, book: cmprules.PolicyBook) -> cmprules.Outcome:
    """Decide a case, and return the outcome of its first credential."""
    return cmprules.decide(case.record, book, on=case.on).credentials[0].outcome


@pytest.fixture(scope="module")
def own_book(tmp_path_factory: pytest.TempPathFactory) -> cmprules.PolicyBook:
    """Return a book with a user's table."""
    file = tmp_path_factory.mktemp("own") / "own.toml"
    file.write_text(OWN_TABLE, encoding="utf-8")
    return cmprules.load_book(edition="2026.1", extra=[file])


class TestTheImport:
    """Only importing `cmprules.testing` needs Hypothesis."""

    def test_without_hypothesis_says_what_to_install(self) -> None:
        """In a separate process the error names the command."""
        code = f"{BLOCKED}import cmprules; assert cmprules.decide; import cmprules.testing"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        last = done.stderr.strip().splitlines()[-1]
        assert last == ("ImportError: cmprules.testing needs Hypothesis, which is not installed; "
                        "install the extra `testing`: from a checkout, pip install '.[testing]'")

    def test_without_hypothesis_names_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error names the module and the cause."""
        monkeypatch.setitem(sys.modules, "hypothesis", None)
        monkeypatch.delitem(sys.modules, "cmprules.testing")
        with pytest.raises(ImportError, match=r"pip install '\.\[testing\]'") as raised:
            importlib.import_module("cmprules.testing")
        assert raised.value.name == "hypothesis"
        assert isinstance(raised.value.__cause__, ImportError)

    def test_is_not_made_by_the_package(self) -> None:
        """`import cmprules` imports neither of them."""
        code = "import cmprules, sys; print(*({'hypothesis', 'cmprules.testing'} & set(sys.modules)))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == ""

    def test_gives_what_it_lists(self) -> None:
        """The public names are sorted, exist, and have docstrings."""
        assert sorted(testing.__all__) == testing.__all__
        assert all(getattr(testing, name).__doc__ for name in testing.__all__)


class TestDays:
    """Days in a span, with its edges."""

    @given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.integers(0, 3_000), st.data())
    def test_stay_within_it(self, first: date, more: int, data: st.DataObject) -> None:
        """No day lies before the first or after the last."""
        last = min(first + timedelta(days=more), date(2999, 12, 31))
        assert first <= data.draw(days(first, last)) <= last

    def test_are_often_the_ends_of_months(self) -> None:
        """Of 500 days at least a tenth are firsts of a month, a fifth are lasts, and some are February 29."""
        found = drawn(days(), 500)
        assert sum(day.day == 1 for day in found) > 50
        assert sum(map(is_last_of_month, found)) > 100
        assert any((day.month, day.day) == (2, 29) for day in found)

    def test_can_be_any(self) -> None:
        """Every day of a short span occurs."""
        assert len(set(drawn(days("2026-02-25", "2026-03-05"), 300))) == 9


class TestAmounts:
    """Points that can be counted."""

    @given(st.integers(1, 100_000).map(lambda most: Decimal(most) / 100), st.data())
    def test_stay_within_what_is_asked_for(self, most: Decimal, data: st.DataObject) -> None:
        """Points are positive, at most the maximum, and whole hundredths."""
        points = data.draw(amounts(most))
        assert 0 < points <= most
        assert points * 100 == int(points * 100)

    def test_are_mostly_halves(self) -> None:
        """Of 500 amounts, most are halves, and at least fifty are not."""
        found = drawn(st.lists(amounts(), min_size=5, max_size=5), 100)
        odd = sum(bool(points * 2 % 1) for some in found for points in some)
        assert 50 <= odd < 250


class TestCredentials:
    """Credentials as they may be on a day."""

    @A_FEW
    @given(st.data())
    def test_are_as_they_are_asked_for(self, book: cmprules.PolicyBook, data: st.DataObject) -> None:
        """Name, code, body and standing are those that were asked for, on the day that was asked for."""
        on = data.draw(days(date(1990, 1, 1), date(2990, 12, 31)))
        standing = data.draw(st.sampled_from(cmprules.Standing))
        one = data.draw(credentials(id="x", on=on, codes=["MT", "SBB"], bodies=["ASCPi"], standings=[standing]))
        assert (one.id, one.body) == ("x", "ASCPi")
        assert one.code in {"MLS", "SBB"}
        record = cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[one], activities=[])
        assert cmprules.decide(record, book, on=on)["x"].standing == standing

    @pytest.mark.parametrize("code", words.NAMES)
    def test_of_every_code(self, code: str) -> None:
        """Every code can be requested by itself."""
        assert {one.code for one in drawn(credentials(codes=[code]), 12)} == {code}

    @pytest.mark.slow  # about what is drawn, not about the rules
    def test_of_every_standing(self, book: cmprules.PolicyBook) -> None:
        """By default every standing occurs at least once in fifteen times."""
        found = drawn(credentials(on=ON), 300)
        record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=[],
                                 credentials=[{**cmprules.to_mapping(one), "id": str(at)}
                                              for at, one in enumerate(found)])
        seen = Counter(str(one.standing) for one in cmprules.decide(record, book, on=ON).credentials)
        assert sorted(seen) == sorted(map(str, cmprules.Standing))
        assert min(seen.values()) >= 20

    def test_that_nobody_may_leave_have_an_end(self) -> None:
        """Where every holder takes part, every credential has an expiry."""
        assert all(one.expires_on is not None for one in drawn(credentials(codes=["PA", "QLS"]), 100))


class TestActivities:
    """Activities, complete or with given values."""

    @A_FEW
    @given(amounts(1_000), st.sampled_from(tuple(words.KINDS)), st.lists(st.sampled_from(words.AREAS), unique=True),
           st.one_of(st.none(), days()), st.data())
    def test_take_values(
        self, points: Decimal, kind: str, areas: list[str], day: date | None, data: st.DataObject
    ) -> None:
        """An activity has exactly the given values, to the hundredth."""
        one = data.draw(activities(id="x", kinds=[kind], points=points, areas=areas, completed_on=day))
        assert (one.id, one.kind, one.points, set(one.areas), one.completed_on) == (
            "x", kind, points, set(areas), day)
        assert one.unit in words.KINDS[kind]

    @A_FEW
    @given(activities(kinds=["poster", "teaching"], points=amounts(3), completed_on=days("2025-01-01", "2025-01-31"),
                      areas=st.sampled_from([["safety"], ["ethics"]])))
    def test_take_strategies(self, one: cmprules.Activity) -> None:
        """Given strategies are drawn from."""
        assert one.kind in {"poster", "teaching"}
        assert one.points <= 3
        assert one.areas in {("safety",), ("ethics",)}
        assert one.completed_on is not None
        assert (one.completed_on.year, one.completed_on.month) == (2025, 1)

    @pytest.mark.parametrize(("path", "value", "code"), [
        ("points", Decimal("0.001"), "TOO_FINE"), ("areas[0]", ["safty"], "UNKNOWN_AREA"),
        ("completed_on", "2025-02-30", "NO_SUCH_DATE"),
    ])
    def test_check_what_strategies_give(self, path: str, value: object, code: str) -> None:
        """A strategy that draws invalid values fails when it does."""
        arguments: dict[str, Any] = {path.removesuffix("[0]"): st.just(value)}
        with pytest.raises(cmprules.InputError) as raised:
            drawn(activities(**arguments), 3)
        assert [(fault.path, fault.code) for fault in raised.value.faults] == [(f"$.{path}", code)]

    @pytest.mark.slow  # about what is drawn, not about the rules
    def test_are_of_every_sort(self) -> None:
        """Every kind, unit, area and source occurs; some have no day, no area, no provider."""
        found = drawn(activities(), 600)
        assert {one.kind for one in found} == set(words.KINDS)
        assert {one.unit for one in found} == set(words.UNITS)
        assert {area for one in found for area in one.areas} == set(words.AREAS)
        assert {one.source for one in found} == {None, *words.ACTIVITY_SOURCES}
        seen = [sum(not getattr(one, name) for one in found)
                for name in ("completed_on", "areas", "provider", "documents")]
        assert min(seen) > 60

    def test_need_no_particular_decimals(self) -> None:
        """They are the same under a decimal context that rounds everything."""
        before = drawn(activities(), 60)
        with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP, Emax=1, Emin=-1):
            assert drawn(activities(), 60) == before


class TestPlacements:
    """The holder's own placements."""

    @A_FEW
    @given(cases(), st.integers(0, 4), st.data())
    def test_fit_their_record(self, case: Case, most: int, data: st.DataObject) -> None:
        """They name credentials and activities of the record, and areas that these may serve, or the pool."""
        found = data.draw(placements(case.record, most=most))
        assert len(found) <= (most if case.record.activities else 0)
        areas = {one.id: {words.POOL, *one.areas} for one in case.record.activities}
        assert {one.credential for one in found} <= {one.id for one in case.record.credentials}
        assert all(one.area in areas[one.activity] for one in found)

    @pytest.mark.slow  # a share of a thousand records
    def test_come_up_in_records(self) -> None:
        """At least one record in ten has some."""
        found = drawn_from_many_starts(records(), 200)
        assert sum(bool(record.placements) for record in found) >= len(found) // 10


class TestPolicies:
    """Policies that are established."""

    @A_FEW
    @given(policies(bodies=["ASCPi"], codes=["MLS", "PBT"], expires_on=days("2016-01-01", "2016-12-31")))
    def test_are_as_they_are_asked_for(self, policy: cmprules.Policy) -> None:
        """Code, body and expiry are those that were asked for."""
        assert policy.established
        assert policy.code in {"MLS", "PBT"}
        assert policy.body == "ASCPi"
        assert policy.expires_on.year == 2016

    def test_are_of_every_table(self) -> None:
        """Every credential with a table occurs, with every total that the years have seen."""
        found = drawn(policies(), 900)
        assert {policy.code for policy in found} == {*words.NAMES} - {"MLA", "DPT", "DMLI"}
        assert {policy.total.value for policy in found if policy.code == "PA" and policy.total is not None} == {45, 60}

    def test_come_from_the_book(self, own_book: cmprules.PolicyBook) -> None:
        """A user's tables occur like others."""
        found = drawn(policies(codes=["MLA"], book=own_book), 5)
        assert {policy.row.id for policy in found} == {"own.toml#MLA/own"}

    def test_that_there_are_none_of(self) -> None:
        """A code without a known table has no policies to draw."""
        with pytest.raises(Exception, match=r"^(?s:.*)(Unsatisfiable|filter|unable)") as raised:
            find(policies(codes=["MLA"]), lambda _: True)
        assert "Unsatisfiable" in type(raised.value).__name__ or "NoSuchExample" in type(raised.value).__name__


class TestCases:
    """Records, with a day on which to decide them."""

    @A_FEW
    @given(st.data(), st.integers(1, 4), st.integers(0, 5))
    def test_are_as_they_are_asked_for(self, data: st.DataObject, most: int, few: int) -> None:
        """Codes, body, day and numbers are those that were asked for."""
        case = data.draw(cases(codes=["PBT", "MP"], bodies=["ASCP"], on=st.sampled_from([ON, date(2024, 2, 29)]),
                               most_credentials=most, most_activities=few))
        assert case.on in {ON, date(2024, 2, 29)}
        assert 1 <= len(case.record.credentials) <= most
        assert len(case.record.activities) <= few
        assert {(one.code, one.body) for one in case.record.credentials} <= {("PBT", "ASCP"), ("MB", "ASCP")}

    @settings(max_examples=scaled(25))
    @pytest.mark.parametrize("outcome", cmprules.Outcome)
    @pytest.mark.parametrize("codes", [None, ["MLS"], ["PBT", "HT"]])
    @given(data=st.data())
    def test_have_the_outcome(
        self, codes: list[str] | None, outcome: cmprules.Outcome, data: st.DataObject
    ) -> None:
        """If an outcome is requested, every record has it under the newest edition, which is the default."""
        case = data.draw(cases(codes=codes, outcome=outcome))
        assert first_outcome(case, cmprules.load_book()) == outcome

    @pytest.mark.slow  # counts of many cases
    def test_are_built_after_the_book(self, own_book: cmprules.PolicyBook) -> None:
        """Some records meet a user's tables, and some miss them."""
        found = drawn(cases(codes=["MLA"], book=own_book, on=ON), 150)
        seen = Counter(str(first_outcome(case, own_book)) for case in found)
        assert min(seen[name] for name in ("MET", "NOT_MET", "NEEDS_REVIEW")) >= 8
        met = drawn(cases(codes=["MLA"], book=own_book, outcome="MET"), 10)
        assert {str(first_outcome(case, own_book)) for case in met} == {"MET"}

    @pytest.mark.slow  # shares of fifteen hundred cases
    def test_of_every_outcome(self, book: cmprules.PolicyBook) -> None:
        """By default each of the three hard outcomes occurs once in ten times, and the fourth does too."""
        seen = Counter(str(first_outcome(case, book)) for case in drawn_from_many_starts(cases(), 300))
        assert min(seen[name] for name in ("MET", "NOT_MET", "NEEDS_REVIEW")) >= seen.total() // 10
        assert seen["NOT_REQUIRED"] >= seen.total() // 100

    @pytest.mark.slow  # counts of many records
    def test_have_several_credentials_and_activities(self) -> None:
        """Records have one to three credentials, and from none to more than ten activities."""
        found = drawn(records(), 200)
        assert {len(record.credentials) for record in found} == {1, 2, 3}
        counts = [len(record.activities) for record in found]
        assert min(counts) == 0
        assert max(counts) > 10

    def test_on_one_day(self) -> None:
        """A day may be given as text."""
        assert {case.on for case in drawn(cases(on="2026-03-10"), 10)} == {ON}

    def test_long_ago_and_far_ahead(self, book: cmprules.PolicyBook) -> None:
        """Every day for which credentials can be drawn gives records that can be decided."""
        for case in drawn(cases(on=days(date(1990, 1, 1), date(2990, 12, 31))), scaled(150)):
            cmprules.decide(case.record, book, on=case.on)


class TestEveryRecord:
    """Every record can be written, sent and read."""

    @given(records())
    def test_is_plain_data(self, record: cmprules.Record) -> None:
        """A record comes back equal through JSON text."""
        text = json.dumps(cmprules.to_mapping(record))
        assert cmprules.parse_record(json.loads(text)) == record

    @given(st.one_of(credentials(), activities(), policies(codes=["MLS", "QLS"])))
    def test_has_parts_that_are(self, value: object) -> None:
        """Credentials, activities and policies are plain data, too."""
        plain = cmprules.to_mapping(value)
        assert json.loads(json.dumps(plain)) == plain
        if isinstance(value, cmprules.Credential | cmprules.Activity):
            assert type(value)(**plain) == value

    def test_is_the_same_again(self) -> None:
        """The same seed draws the same records."""
        assert drawn(cases(), 30) == drawn(cases(), 30)


class TestSmallExamples:
    """Failing examples shrink to their smallest form."""

    def test_of_a_case(self) -> None:
        """The smallest case is one plain credential and nothing else."""
        record, on = find(cases(), lambda case: case.on.year > 2024)
        assert record.credentials == (cmprules.Credential(id="c0", code="MLS", expires_on="2025-01-01"),)
        assert (record.activities, record.placements, on) == ((), (), date(2025, 1, 1))

    def test_of_an_activity(self) -> None:
        """The smallest activity above one point has one and a half, and no optional values."""
        one = find(activities(), lambda activity: activity.points > 1)
        assert (one.kind, one.points, one.unit, one.completed_on) == (
            "formal_ce", Decimal("1.5"), "point", date(2007, 1, 1))
        assert (one.areas, one.provider, one.documents, one.source) == ((), None, (), None)

    @pytest.mark.slow  # the smallest one takes long to find
    def test_of_what_is_met(self, book: cmprules.PolicyBook) -> None:
        """The smallest record that meets a small table has one activity for each area, and one for the pool."""
        record, on = find(cases(codes=["QLS"], outcome="MET", on=ON), lambda _: True)
        table = book.policy_for("QLS", expires_on=on)
        assert len(record.credentials) == 1
        assert len(record.activities) <= len(table.areas or ()) + 1

    @pytest.mark.parametrize("strategy", [
        days(), amounts(), activities(), credentials(), policies(), records(), cases(), cases(outcome="MET"),
    ])
    def test_of_the_strategy_itself(self, strategy: st.SearchStrategy[object]) -> None:
        """The repr of a strategy is short, whatever its book."""
        assert len(repr(strategy)) < 2_500


BAD: list[tuple[Callable[..., object], dict[str, Any], list[tuple[str, str]]]] = [
    (days, {"first": "2026-13-01"}, [("$.start", "NO_SUCH_DATE")]),
    (days, {"first": "2026-02-01", "last": "2026-01-31"}, [("$.end", "END_BEFORE_START")]),
    (amounts, {"most": "-1"}, [("$.most", "NOT_POSITIVE")]),
    (amounts, {"most": "0.001"}, [("$.most", "TOO_FINE")]),
    (amounts, {"most": 1001}, [("$.most", "TOO_MUCH")]),
    (amounts, {"most": "1e20"}, [("$.most", "TOO_MUCH")]),
    (credentials, {"codes": "MLS"}, [("$.codes", "NOT_A_LIST")]),
    (credentials, {"codes": []}, [("$.codes", "EMPTY_LIST")]),
    (credentials, {"codes": ["MLS", "XX", "YY"]}, [("$.codes[1]", "UNKNOWN_CODE"), ("$.codes[2]", "UNKNOWN_CODE")]),
    (credentials, {"bodies": ["ascp"]}, [("$.bodies[0]", "UNKNOWN_WORD")]),
    (credentials, {"codes": ["PA"], "bodies": ["ASCPi"]}, [("$.bodies", "CODE_NOT_IN_BODY")]),
    (credentials, {"standings": ["lapsed"]}, [("$.standings[0]", "UNKNOWN_WORD")]),
    (credentials, {"codes": ["PA"], "standings": ["no_end_date"]}, [("$.standings", "MISSING_EXPIRY")]),
    (credentials, {"on": "1989-12-31"}, [("$.on", "DATE_OUT_OF_RANGE")]),
    (activities, {"points": "1.234"}, [("$.points", "TOO_FINE")]),
    (activities, {"points": True}, [("$.points", "WRONG_TYPE")]),
    (activities, {"areas": ["pool"]}, [("$.areas[0]", "UNKNOWN_AREA")]),
    (activities, {"completed_on": "yesterday"}, [("$.completed_on", "NOT_A_DATE")]),
    (placements, {"record": {}}, [("$.record", "WRONG_TYPE")]),
    (placements, {"record": A_RECORD, "most": -1}, [("$.most", "NEGATIVE")]),
    (policies, {"book": "2026.1"}, [("$.book", "WRONG_TYPE")]),
    (policies, {"expires_on": 2026}, [("$.expires_on", "WRONG_TYPE")]),
    (cases, {"outcome": "NOT_REQUIRED", "codes": ["PA"]}, [("$.outcome", "MISSING_EXPIRY")]),
    (cases, {"most_credentials": 0}, [("$.most_credentials", "NOT_POSITIVE")]),
    (records, {"most_activities": -1}, [("$.most_activities", "NEGATIVE")]),
    (records, {"most_activities": 1.5}, [("$.most_activities", "WRONG_TYPE")]),
]


@pytest.mark.parametrize(("make", "arguments", "expected"), BAD)
def test_a_wrong_argument_is_refused_at_once(
    make: Callable[..., object], arguments: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Every fault is reported where the strategy is made, not where it is used."""
    with pytest.raises(cmprules.InputError) as raised:
        make(**arguments)
    assert [(fault.path, fault.code) for fault in raised.value.faults] == expected


def test_a_day_that_a_strategy_gives_is_checked_too() -> None:
    """A strategy of days may draw one around which nothing can be drawn."""
    with pytest.raises(cmprules.InputError, match="1990-01-01 to 2990-12-31"):
        drawn(cases(on=st.just(date(1980, 1, 1))), 3)


def test_the_sources_say_nothing_of_our_tests() -> None:
    """The installed package does not need the folder of our tests."""
    folder = Path(str(testing.__file__)).parent
    assert all("from tests" not in file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
