"""Rules that editions decide differently: 2026.2 has them, 2026.1 does not, and a user's rows may settle them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import cmprules
from cmprules import Grade
from cmprules._words import vocabulary

OLD = cmprules.load_book(edition="2026.1")
NEW = cmprules.load_book(edition="2026.2")
SWITCHES = {
    "rule/duplicates": "open", "rule/alike": "open", "rule/repeated": "by_kind", "rule/text_comparison": "folded",
    "rule/month_end": "open", "rule/former_code": "open", "rule/unit_grade": "counts", "rule/exam_pass": "named",
    "rule/fee_of_inactive": "open",
}
HEAD = """\
schema = "cmprules.table/1"
table = "limits"
title = "Mine"
unit = "point"
keyed_on = "none"
last_checked = 2026-11-29
"""
OPEN_KINDS = {"formal_ce", "self_study", "teleconference", "college_course"}


def _file(folder: Path, *rows: tuple[str, str], more: str = "", name: str = "own.toml") -> Path:
    """Write a user's file with rules and their words."""
    body = "".join(f'[[row]]\nid = "{row}"\nlimit = "rule"\nvalue = "{value}"\nsource = "mine"\npin = "letter"\n'
                   f'grade = "official"\n{more}' for row, value in rows)
    source = '[[source]]\nid = "mine"\ntitle = "Letter of the Board"\nissuer = "ASCP Board of Certification"\n'
    path = folder / name
    path.write_text(HEAD + body + source, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "value"), SWITCHES.items())
def test_the_rows_that_switch_rules_stand_in_the_newest_edition_alone(name: str, value: str) -> None:
    """Each is inferred, says why, and has words; 2026.1 has no such row, or one that leaves nothing open."""
    found = NEW.setting(name)
    assert found is not None
    assert (found.value, found.citation.grade, found.user) == (value, Grade.INFERRED, False)
    assert NEW.cite(name) == found.citation
    assert NEW.statements[name].text
    old = OLD.setting(name)
    assert (old.value if old is not None else None) == ("certain" if name == "rule/duplicates" else None)


@pytest.mark.parametrize("kind", vocabulary.KINDS)
def test_whether_a_repeat_counts_goes_by_kind(kind: str) -> None:
    """It is open for courses; other kinds count each time; 2026.1 has no repeats."""
    found = NEW.repeated(kind)
    assert found is not None
    assert (found.id, found.value) == (f"rule/repeated/{kind}", "open" if kind in OPEN_KINDS else "each")
    assert OLD.repeated(kind) is None


def test_figures_and_last_days_of_the_rules() -> None:
    """Covers one day, 24 points, and the last day of MT and CLS; other former codes have none."""
    assert NEW.number("alike_days") == 1
    assert NEW.figure("alike_days").unit == "day"
    assert NEW.figure("plausible_points_of_a_day").value == Decimal(24)
    for code in ("MT", "CLS"):
        found = NEW.former_code_until(code, "ASCP")
        assert found is not None
        assert (found.last_day, found.citation.grade) == (date(2009, 10, 31), Grade.INFERRED)
        assert NEW.former_code_until(code, "ASCPi") is None
    assert NEW.former_code_until("MP", "ASCP") is None
    assert NEW.former_code_until("CLM", "ASCPi") is None
    assert OLD.former_code_until("MT", "ASCP") is None
    assert {"alike_days", "plausible_points_of_a_day"}.isdisjoint(OLD.figures)


@pytest.mark.parametrize("name", ["rule/duplicates", "rule/alike", "rule/repeated", "rule/repeated/in_service"])
@pytest.mark.parametrize("value", ["each", "once", "open"])
def test_a_row_of_ones_own_settles_a_rule(tmp_path: Path, name: str, value: str) -> None:
    """It has grade user whatever it claims, and answers cite it."""
    book = cmprules.load_book(edition="2026.2", extra=[_file(tmp_path, (name, value))])
    found = book.setting(name)
    assert found is not None
    assert (found.value, found.user, found.citation.grade, found.citation.source) == (value, True, Grade.USER, "mine")
    assert book.cite(name) == found.citation
    assert book.sources["mine"].title == "Letter of the Board"
    assert NEW.setting(name) != found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_row_for_a_kind_goes_before_a_row_for_all(tmp_path: Path, order: tuple[int, int]) -> None:
    """The order of files does not matter; a kind without its own row uses the one for all."""
    files = [_file(tmp_path, ("rule/repeated", "once"), name="all.toml"),
             _file(tmp_path, ("rule/repeated/in_service", "each"), name="kind.toml")]
    book = cmprules.load_book(edition="2026.2", extra=[files[place] for place in order])
    answers = {kind: (found.id, found.value) for kind in vocabulary.KINDS if (found := book.repeated(kind)) is not None}
    expected = dict.fromkeys(vocabulary.KINDS, ("rule/repeated", "once"))
    assert answers == {**expected, "in_service": ("rule/repeated/in_service", "each")}


def test_a_reform_may_settle_a_rule_too(tmp_path: Path) -> None:
    """The same file works as a reform; two files for one rule are refused."""
    path = _file(tmp_path, ("rule/alike", "each"))
    book = cmprules.load_book(edition="2026.2", reform=[path])
    found = book.setting("rule/alike")
    assert found is not None
    assert (found.value, found.user, book.hypothetical) == ("each", True, True)
    with pytest.raises(cmprules.PolicyDataError, match="no other file of yours settles"):
        cmprules.load_book(edition="2026.2", extra=[path], reform=[path])


@pytest.mark.parametrize(("edition", "row", "more", "words"), [
    ("2026.2", ("rule/alike", "twice"), "", "each, once or open"),
    ("2026.2", ("rule/alike", "by_kind"), "", "each, once or open"),
    ("2026.2", ("rule/undated", "each"), "", "a rule that this edition leaves to you"),
    ("2026.2", ("rule/month_end", "open"), "", "a rule that this edition leaves to you"),
    ("2026.2", ("rule/repeated/in_servce", "each"), "", "did you mean 'rule/repeated/in_service'"),
    ("2026.2", ("rule/repeated/in_service", "each"), 'kind = "poster"\n', "in_service, or nothing"),
    ("2026.1", ("rule/duplicates", "each"), "", "edition 2026.1 has none"),
    ("2026.1", ("rule/alike", "each"), "", "edition 2026.1 has none"),
])
def test_a_row_that_settles_nothing_is_refused(
    tmp_path: Path, edition: str, row: tuple[str, str], more: str, words: str
) -> None:
    """Cases: an unknown word, rule or kind, and every row where the edition lacks the rule."""
    with pytest.raises(cmprules.PolicyDataError, match=words):
        cmprules.load_book(edition=edition, extra=[_file(tmp_path, row, more=more)])


def test_a_bound_is_moved_by_a_reform_alone(tmp_path: Path) -> None:
    """A user's rows with a cap are refused."""
    path = _file(tmp_path, ("covid_work/points", "20"))
    path.write_text(path.read_text(encoding="utf-8").replace('limit = "rule"', 'limit = "points"\nkind = "covid_work"'),
                    encoding="utf-8")
    with pytest.raises(cmprules.PolicyDataError, match="only a reform moves a bound"):
        cmprules.load_book(edition="2026.2", extra=[path])
    book = cmprules.load_book(edition="2026.2", reform=[path])
    bound = book.rules.kinds["covid_work"].limit("points")
    assert bound.value == Decimal(20)


def test_the_kind_of_a_rule_may_be_named(tmp_path: Path) -> None:
    """A row for a kind may also name the kind in its key."""
    path = _file(tmp_path, ("rule/repeated/poster", "once"), more='kind = "poster"\n')
    found = cmprules.load_book(edition="2026.2", extra=[path]).repeated("poster")
    assert found is not None
    assert found.value == "once"
