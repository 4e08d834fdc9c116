"""Changes of edition 2026.2 in the answers on reinstatement, audits and declarations, compared with 2026.1."""

from __future__ import annotations

from datetime import date

import pytest

import cmprules
from cmprules import Grade
from cmprules.audit import appeal_grounds

OLD = cmprules.load_book(edition="2026.1")
NEW = cmprules.load_book(edition="2026.2")


@pytest.mark.parametrize("book", [OLD, NEW], ids=lambda book: book.edition)
@pytest.mark.parametrize(("on", "refused"), [("2019-10-31", False), ("2019-11-01", True)])
def test_the_last_day_of_the_nca_is_a_figure(on: str, refused: bool, book: cmprules.PolicyBook) -> None:
    """Both editions refuse from the same day on; the newer one has that day as a row."""
    mls = cmprules.Credential(id="mls", code="CLS", previous_nca=True, certified_on="2009-05-01",
                              expires_on="2012-05-31")
    found = cmprules.renewal.reinstate(mls, book, on=date.fromisoformat(on), nca_moved=False)
    assert bool([one for one in found.refused if one.code == "NCA_LAPSED"]) is refused


def test_where_the_last_day_of_the_nca_stands() -> None:
    """It is a row in the new edition, and only in words in the old one."""
    assert NEW.last_days["renewal/nca_last_day"].last_day == date(2019, 10, 31)
    assert NEW.statements["renewal/nca_last_day"].text
    assert "renewal/nca_last_day" not in OLD.last_days


def test_an_appeal_says_that_a_credential_can_be_revoked() -> None:
    """The new edition says so; the answer of the old one has not changed."""
    rules = [[clause.rule for clause in appeal_grounds(book).clauses] for book in (OLD, NEW)]
    assert rules[1][:3] == rules[0]
    assert rules[1][3:] == ["audit/revocation", "audit/revocation_answer_days"]
    assert NEW.number("audit/revocation_answer_days") == 30
    assert "Ethics Review Committee" in " ".join(cmprules.render(appeal_grounds(NEW)).split())


def test_grades_of_rules_on_audits_and_declarations() -> None:
    """Random selection is known only from 2004; emails are official; the older window comes from a society."""
    names = ("audit/random", "declaration/email", "declaration/earlier_advice")
    grades = [[str(book.cite(name).grade) for name in names]
              for book in (OLD, NEW)]
    assert grades == [["official", "third_party", "third_party"], ["third_party", "official", "society"]]
    assert "2004" in NEW.statements["audit/random"].text
    assert "no sooner than two months" in NEW.statements["declaration/earlier_advice"].text


QUALIFICATIONS = {"QIHC", "QLS", "QIA", "QCYM", "QLI"}


@pytest.mark.parametrize("code", sorted(QUALIFICATIONS))
def test_a_qualification_has_no_table_before_october_2012(code: str) -> None:
    """From 2012-10-01 on it is six points in three years; before that, not established, which is no error."""
    before, after = (NEW.policy_for(code, expires_on=day) for day in (date(2012, 9, 30), date(2012, 10, 1)))
    assert (before.established, after.established) == (False, True)
    assert any("30 CEU" in note for note in before.notes)
    assert not NEW.policy_for(code, expires_on=date(2007, 1, 1)).established
    assert after.total is not None
    assert after.pool is not None
    assert (str(after.total.value), str(after.pool.value)) == ("6", "0")
    assert after.grade is (Grade.SOCIETY if code == "QIA" else Grade.INFERRED)
    assert OLD.policy_for(code, expires_on=date(2012, 9, 30)).established
    with pytest.raises(cmprules.NotInForceError):
        NEW.policy_for(code, expires_on=date(2006, 12, 31))


@pytest.mark.parametrize(("code", "source"), [("QBRS", "isber-qualification-faq"), ("QLC", "cmprules-reading")])
def test_two_qualifications_have_no_table_before_july_2022(code: str, source: str) -> None:
    """The brochure of July 2019 does not name them."""
    before, after = (NEW.policy_for(code, expires_on=day) for day in (date(2022, 6, 30), date(2022, 7, 1)))
    assert (before.established, after.established) == (False, True)
    assert after.row.begins.source == source
    assert after.grade is Grade.INFERRED
    assert OLD.policy_for(code, expires_on=date(2022, 6, 30)).established


def test_other_tables_are_those_of_the_older_edition() -> None:
    """Tables that the corrections do not name did not change."""
    changed = {name for name, rows in NEW.tables.items() if rows != OLD.tables[name]}
    assert changed == {f"{code}(ASCP)" for code in {*QUALIFICATIONS, "QBRS", "QLC"}}
    assert set(NEW.tables) == set(OLD.tables)
