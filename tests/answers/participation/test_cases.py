"""Worked cases on taking part and on citing, in plain words, on both sides of every boundary."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules import Credential, Grade
from cmprules._words import vocabulary as words
from cmprules.participation import Designation, designation, participation
from cmprules.participation._participation import RULES

Book = cmprules.PolicyBook
TABLE = Path(__file__).resolve().parents[3] / "src" / "cmprules" / "data" / "2026.1" / "participation.toml"
ON = date(2026, 3, 10)
END = "2026-05-31"


def _credential(code: str, **more: Any) -> Credential:
    return Credential(**{"id": code.lower(), "code": code, **more})


class TestParticipation:
    """Participation is mandatory from a day of certification that differs by group and body."""

    @pytest.mark.parametrize(("code", "body", "before", "since", "rule", "grade"), [
        ("MLS", "ASCP", "2003-12-31", "2004-01-01", "participation/ascp/technician", Grade.OFFICIAL),
        ("PBT", "ASCP", "2003-12-31", "2004-01-01", "participation/ascp/technician", Grade.OFFICIAL),
        ("MLA", "ASCP", "2003-12-31", "2004-01-01", "participation/ascp/assistant", Grade.INFERRED),
        ("SBB", "ASCP", "2005-12-31", "2006-01-01", "participation/ascp/specialist", Grade.OFFICIAL),
        ("DLM", "ASCP", "2005-12-31", "2006-01-01", "participation/ascp/specialist", Grade.OFFICIAL),
        ("HP", "ASCP", "2005-12-31", "2006-01-01", "participation/ascp/practitioner", Grade.OFFICIAL_OLD),
        ("MLS", "ASCPi", "2011-12-31", "2012-01-01", "participation/ascpi", Grade.OFFICIAL),
        ("SBB", "ASCPi", "2011-12-31", "2012-01-01", "participation/ascpi", Grade.OFFICIAL),
    ])
    def test_the_day_before_and_the_first_day(
        self, book: Book, code: str, body: str, before: str, since: str, rule: str, grade: Grade
    ) -> None:
        """Holders certified on the day before need not take part; those certified on the day must."""
        old = participation(_credential(code, body=body, certified_on=before), book)
        assert (old.status, old.takes_part, str(old.mandatory_from)) == ("exempt", False, since)
        new = participation(_credential(code, body=body, certified_on=since, expires_on=END), book)
        assert (new.status, new.takes_part, new.grade) == ("mandatory", True, grade)
        assert [one.rule for one in new.rules] == [rule]
        assert [one.rule for one in old.rules] == [rule, "participation/voluntary"]

    @pytest.mark.parametrize("facts", [
        {"voluntary": True}, {"expires_on": END}, {"voluntary": True, "expires_on": END},
    ])
    def test_one_from_before_that_day_who_takes_part_does_so_by_choice(
        self, book: Book, facts: dict[str, Any]
    ) -> None:
        """Either the record says so, or the credential has an end."""
        answer = participation(_credential("MLS", certified_on="2003-12-31", **facts), book)
        assert (answer.status, answer.takes_part, answer.needs) == ("voluntary", True, ())

    @pytest.mark.parametrize("code", ["PA", "QIHC", "QLI"])
    def test_every_one_of_some_groups_has_to(self, book: Book, code: str) -> None:
        """Pathologists' assistants and qualifications must take part, whatever the day."""
        answer = participation(_credential(code, certified_on="1999-01-01", expires_on=END), book)
        assert (answer.status, answer.mandatory_from) == ("mandatory", None)

    def test_a_former_nca_certificant_has_to(self, book: Book) -> None:
        """A separate rule says so, whatever the day."""
        answer = participation(
            _credential("CLS", certified_on="1999-01-01", expires_on=END, previous_nca=True), book)
        assert (answer.status, answer.mandatory_from, answer.given_code) == ("mandatory", None, "CLS")
        assert answer.rules[0].rule == "participation/former-nca"

    def test_without_the_day_of_certification_what_can_be_said_is_said(self, book: Book) -> None:
        """Voluntary participants are known as such; for others the answer asks the day, unless it does not matter."""
        unknown = participation(_credential("MLS", expires_on=END), book)
        assert (unknown.status, unknown.takes_part, unknown.certified_on) == ("unknown", True, None)
        assert [(need.code, need.subject) for need in unknown.needs] == [("CERTIFIED_ON_UNKNOWN", "mls")]
        assert participation(_credential("MLS", voluntary=True), book).status == "voluntary"
        assert participation(_credential("QIHC", expires_on=END), book).status == "mandatory"

    def test_every_group_has_its_rule_and_its_day_as_the_table_has_them(self, book: Book) -> None:
        """The rule named for a group is the row of the table that lists it, with the same day."""
        rows = {f"participation/{row['id']}": row for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]}
        assert set(RULES) == set(words.MANDATORY_FROM)
        for (body, group), name in RULES.items():
            assert (rows[name]["body"], group in rows[name]["groups"]) == (body, True)
            assert rows[name].get("mandatory_from") == words.MANDATORY_FROM[body, group]
            assert name in book.statements


def _plain(answer: Designation) -> str | None:
    return None if answer.together is None else answer.together.plain


class TestDesignation:
    """A designation has category, body and mark; several can be combined; each has a last day."""

    def test_the_four_forms(self, book: Book) -> None:
        """Raised letters are written as each format can."""
        form = designation([_credential("MLS", expires_on=END)], book, on=ON).together
        assert form is not None
        assert (form.plain, form.unicode, form.html, form.markdown) == (
            "MLS(ASCP)CM", "MLS(ASCP)\u1d9c\u1d39", "MLS(ASCP)<sup>CM</sup>", "MLS(ASCP)^CM^")

    @pytest.mark.parametrize(("on", "plain"), [("2026-05-31", "MLS(ASCP)CM"), ("2026-06-01", None)])
    def test_the_last_day_and_the_day_after(self, book: Book, on: str, plain: str | None) -> None:
        """The designation may be used until the end, and no longer."""
        answer = designation([_credential("MLS", expires_on=END)], book, on=date.fromisoformat(on))
        assert _plain(answer) == plain
        one = answer.credentials[0]
        if plain is None:
            assert (one.reason, one.form, one.usable_until, one.not_from) == ("expired", None, None, None)
            assert [rule.rule for rule in one.rules] == ["designation/expired_not_cited", "designation/verification"]
            assert answer.order == ()
        else:
            assert (one.usable_until, one.not_from, one.afterwards) == (date(2026, 5, 31), date(2026, 6, 1), None)

    @pytest.mark.parametrize(("end", "not_from"), [
        ("2028-02-29", "2028-03-01"), ("2027-02-28", "2027-03-01"), ("2026-12-31", "2027-01-01"),
    ])
    def test_the_day_from_which_it_may_no_longer_be_used(self, book: Book, end: str, not_from: str) -> None:
        """That is the day after the end, across months and years."""
        one = designation([_credential("PBT", expires_on=end)], book, on=ON).credentials[0]
        assert (str(one.usable_until), str(one.not_from)) == (end, not_from)

    @pytest.mark.parametrize(("code", "now", "former"), [
        ("MT", "MLS(ASCP)CM", "MT(ASCP)"), ("MLS", "MLS(ASCP)CM", "MT(ASCP)"), ("MP", "MB(ASCP)CM", "MP(ASCP)"),
        ("BB", "BB(ASCP)CM", "BB(ASCP)"),
    ])
    def test_a_voluntary_participant_goes_back_to_the_former_code(
        self, book: Book, code: str, now: str, former: str
    ) -> None:
        """The mark is used until the end; from the next day the former code, without mark or end."""
        credential = _credential(code, certified_on="1999-05-05", voluntary=True, expires_on=END)
        before = designation([credential], book, on=date(2026, 5, 31)).credentials[0]
        assert before.form is not None
        assert before.afterwards is not None
        assert (before.form.plain, before.afterwards.plain, str(before.not_from)) == (now, former, "2026-06-01")
        after = designation([credential], book, on=date(2026, 6, 1)).credentials[0]
        assert after.form == before.afterwards
        assert (after.reason, after.usable_until, after.afterwards) == ("stopped", None, None)
        reverts = {"MT": "mls", "MLS": "mls", "MP": "mb"}.get(code)
        expected = [] if reverts is None else [f"designation/reverts_{reverts}"]
        for one in (before, after):
            assert [rule.rule for rule in one.rules if "reverts" in rule.rule] == expected

    def test_a_voluntary_participant_without_an_end_has_the_mark(self, book: Book) -> None:
        """It is used as long as the holder takes part."""
        one = designation([_credential("MT", voluntary=True)], book, on=ON).credentials[0]
        assert one.form is not None
        assert (one.form.plain, one.usable_until, one.not_from, one.afterwards) == ("MLS(ASCP)CM", None, None, None)

    @pytest.mark.parametrize(("code", "body", "certified", "plain"), [
        ("MLS", "ASCP", "2003-12-31", "MLS(ASCP)"), ("MT", "ASCP", "2003-12-31", "MT(ASCP)"),
        ("MP", "ASCP", "2003-12-31", "MP(ASCP)"), ("CLS", "ASCP", "2003-12-31", "MLS(ASCP)"),
        ("SBB", "ASCP", "2005-12-31", "SBB(ASCP)"), ("MT", "ASCPi", "2011-12-31", "MT(ASCPi)"),
    ])
    def test_one_from_before_who_does_not_take_part_has_no_mark(
        self, book: Book, code: str, body: str, certified: str, plain: str
    ) -> None:
        """The code is the one in the record."""
        answer = designation([_credential(code, body=body, certified_on=certified)], book, on=ON)
        assert answer.together is not None
        assert {answer.together.plain, answer.together.unicode, answer.together.html, answer.together.markdown} == {
            plain}
        assert answer.credentials[0].reason == "exempt"
        assert answer.credentials[0].usable_until is None

    @pytest.mark.parametrize(("on", "reason"), [("2026-05-31", "takes_part"), ("2026-06-01", "inactive"),
                                                ("2026-08-31", "inactive"), ("2026-09-01", "expired")])
    def test_within_an_extension_nothing_is_cited(self, book: Book, on: str, reason: str) -> None:
        """No source settles it, so the answer asks; the form ends with the expiry."""
        credential = _credential("MLS", expires_on=END, extended_until="2026-08-31")
        answer = designation([credential], book, on=date.fromisoformat(on))
        one = answer.credentials[0]
        assert one.reason == reason
        assert (one.form is not None) is (reason == "takes_part")
        assert [need.code for need in answer.needs] == (["CITED_WHILE_INACTIVE"] if reason == "inactive" else [])
        if one.form is not None:
            assert str(one.usable_until) == END

    def test_a_voluntary_participant_within_an_extension_writes_no_mark(self, book: Book) -> None:
        """The credential has no end, so the former code stays; the mark is in doubt."""
        credential = _credential("MT", certified_on="1999-05-05", voluntary=True, expires_on=END,
                                 extended_until="2026-08-31")
        answer = designation([credential], book, on=date(2026, 7, 1))
        assert _plain(answer) == "MT(ASCP)"
        assert [need.code for need in answer.needs] == ["CITED_WHILE_INACTIVE"]
        assert [rule.rule for rule in answer.credentials[0].rules] == ["expiry/inactive", "designation/reverts_mls"]

    @pytest.mark.parametrize(("given", "now", "former"), [("CLS", "MLS", "CLS"), ("MLS", "MLS", None)])
    def test_a_former_code_of_the_record_is_kept(self, book: Book, given: str, now: str, former: str | None) -> None:
        """The answer has today's code, and the code in the record if that is a former one."""
        one = designation([_credential(given, expires_on=END)], book, on=ON).credentials[0]
        assert (one.code, one.given_code) == (now, former)

    @pytest.mark.parametrize(("on", "reason"), [("2026-03-09", "not_yet"), ("2026-03-10", "takes_part")])
    def test_from_the_first_award_on(self, book: Book, on: str, reason: str) -> None:
        """It may not be used before the day of certification."""
        credential = _credential("MLS", certified_on="2026-03-10", expires_on="2029-03-31")
        assert designation([credential], book, on=date.fromisoformat(on)).credentials[0].reason == reason

    @pytest.mark.parametrize(("codes", "plain", "needs"), [
        ([("SBB", "ASCP"), ("MLS", "ASCP")], "MLS(ASCP)CMSBB", ["MARK_OF_SECOND"]),
        ([("MLS", "ASCPi"), ("SBB", "ASCPi")], "MLS(ASCPi)CMSBBi", ["MARK_OF_SECOND"]),
        ([("MLS", "ASCP"), ("H", "ASCPi")], "MLS(ASCP)CMHi", ["MARK_OF_SECOND"]),
        ([("HT", "ASCP"), ("QIHC", "ASCP")], "HT(ASCP)CMQIHC", ["MARK_OF_SECOND", "ORDER_OF_SEVERAL"]),
        ([("H", "ASCP"), ("MLS", "ASCP"), ("SH", "ASCP")], "MLS(ASCP)CMHSH", ["MARK_OF_SECOND", "ORDER_OF_SEVERAL"]),
        ([("MLS", "ASCPi"), ("MLS", "ASCP")], "MLS(ASCPi)CMMLS", ["MARK_OF_SECOND", "ORDER_OF_SEVERAL"]),
    ])
    def test_several_are_written_together(
        self, book: Book, codes: list[tuple[str, str]], plain: str, needs: list[str]
    ) -> None:
        """MLS comes first, the others directly after it, those of ASCPi with an i; what is not established is asked."""
        credentials = [Credential(id=f"c{index}", code=code, body=body, expires_on=END)
                       for index, (code, body) in enumerate(codes)]
        answer = designation(credentials, book, on=ON)
        assert _plain(answer) == plain
        assert [need.code for need in answer.needs] == needs
        assert [one.id for one in answer.credentials] == [credential.id for credential in credentials]
        assert [rule.rule for rule in answer.rules][-1] == "designation/mark_of_second"

    def test_one_that_has_expired_is_left_out_of_the_whole(self, book: Book) -> None:
        """Then the rules for several do not apply."""
        answer = designation([_credential("MLS", expires_on="2026-03-09"), _credential("SBB", expires_on=END)], book,
                             on=ON)
        assert (_plain(answer), answer.order, answer.rules, answer.needs) == ("SBB(ASCP)CM", ("sbb",), (), ())

    def test_an_mt_without_the_mark_before_one_that_takes_part(self, book: Book) -> None:
        """The place of the second mark is a question, and the combined form is not written."""
        answer = designation([_credential("SBB", expires_on=END), _credential("MT", certified_on="1999-05-05")], book,
                             on=ON)
        assert (_plain(answer), answer.order) == ("MT(ASCP)SBB", ("mt", "sbb"))
        assert [need.code for need in answer.needs] == ["MARK_OF_SECOND"]

    def test_two_without_the_mark_leave_nothing_open(self, book: Book) -> None:
        """There is no second mark, and no question."""
        old = [_credential(code, certified_on="1999-05-05") for code in ("SBB", "MT")]
        answer = designation(old, book, on=ON)
        assert (_plain(answer), answer.needs) == ("MT(ASCP)SBB", ())


ANY: Any = "MLS"


def _faults(error: cmprules.InputError) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in error.faults]


def test_what_is_no_credential_is_refused(book: Book) -> None:
    """All faults come at once, with exact codes and paths."""
    with pytest.raises(cmprules.InputError) as error:
        participation(ANY, book)
    assert _faults(error.value) == [("$.credential", "WRONG_TYPE")]
    with pytest.raises(cmprules.InputError) as error:
        designation([ANY, ANY], book, on=ANY)
    assert _faults(error.value) == [("$.credentials", "WRONG_TYPE")] * 2 + [("$.on", "NOT_A_DATE")]
    with pytest.raises(cmprules.InputError) as error:
        designation([], book, on=ON)
    assert _faults(error.value) == [("$.credentials", "EMPTY_LIST")]
    pbt = _credential("PBT", expires_on=END)
    with pytest.raises(cmprules.InputError) as error:
        designation([pbt, pbt], book, on=ON)
    assert _faults(error.value) == [("$.credentials[1].id", "REPEATED_ID")]
