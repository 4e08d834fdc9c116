"""Laws on taking part and on citing, each named by its clause."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules import Standing
from cmprules._rules.counting import standing_of
from cmprules.participation import designation, participation
from cmprules.testing import credentials
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
VALIDATORS = {name: Draft202012Validator(cmprules.json_schema(name),
                                         format_checker=Draft202012Validator.FORMAT_CHECKER)
              for name in ("participation", "designation")}
ONE = credentials(on=ON)
SEVERAL = st.lists(ONE, min_size=1, max_size=4).map(
    lambda drawn: [attrs.evolve(credential, id=f"c{index}") for index, credential in enumerate(drawn)])


@given(ONE)
def test_who_certified_from_the_day_on_has_to_take_part(credential: cmprules.Credential) -> None:
    """That day tells mandatory, voluntary and exempt apart."""
    answer = participation(credential, BOOK)
    since, day = answer.mandatory_from, answer.certified_on

    if since is None or (day is not None and day >= since):
        assert answer.status == "mandatory"
    elif day is not None or credential.voluntary:
        assert answer.status in {"voluntary", "exempt"}
    else:
        assert answer.status == "unknown"
    assert (answer.status == "exempt") is not answer.takes_part
    assert (answer.status == "unknown") is bool(answer.needs)


@given(ONE)
def test_nothing_is_cited_once_it_has_expired_and_only_who_takes_part_has_the_mark(
    credential: cmprules.Credential
) -> None:
    """An expired credential has no form; the mark is for current credentials, and participants without an end."""
    one = designation([credential], BOOK, on=ON).credentials[0]
    standing = standing_of(credential, ON)

    if standing is Standing.EXPIRED:
        assert one.form is None
    marked = one.form is not None and one.form.plain.endswith("CM")
    takes_part = standing is Standing.CURRENT or (credential.voluntary and credential.expires_on is None)
    begun = credential.certified_on is None or credential.certified_on <= ON
    assert marked is (takes_part and begun)


@given(ONE)
def test_a_form_holds_to_its_last_day_and_not_on_the_next(credential: cmprules.Credential) -> None:
    """From `not_from` on `afterwards` applies, or nothing that has the mark."""
    one = designation([credential], BOOK, on=ON).credentials[0]
    if one.usable_until is None or one.not_from is None:
        return
    assert one.not_from == one.usable_until + timedelta(days=1)
    last = designation([credential], BOOK, on=one.usable_until).credentials[0]
    assert last.form == one.form
    then = designation([credential], BOOK, on=one.not_from).credentials[0]
    assert then.form == one.afterwards


@given(SEVERAL)
def test_all_that_may_be_cited_stands_in_the_whole(several: list[cmprules.Credential]) -> None:
    """Each appears once, MLS or MT first, the others in their order."""
    answer = designation(several, BOOK, on=ON)
    cited = [one.id for one in answer.credentials if one.form is not None]

    assert sorted(answer.order) == sorted(cited)
    assert (answer.together is None) is (not cited)
    codes = {one.id: one.code for one in answer.credentials}
    first = [name for name in cited if codes[name] == "MLS"]
    assert list(answer.order) == [*first, *(name for name in cited if name not in first)]


@settings(max_examples=scaled(40))
@given(SEVERAL)
def test_what_is_written_validates_and_can_be_shown(several: list[cmprules.Credential]) -> None:
    """Both answers follow their schemas, end with the notice, can be pickled, and have reports."""
    for name, answer in (("participation", participation(several[0], BOOK)),
                         ("designation", designation(several, BOOK, on=ON))):
        plain = json.loads(cmprules.render(answer, "json"))
        assert [error.message for error in VALIDATORS[name].iter_errors(plain)] == []
        assert list(plain)[-1] == "notice"
        assert pickle.loads(pickle.dumps(answer)) == answer
        for form in ("text", "markdown", "html"):
            assert "Independent of ASCP" in cmprules.render(answer, form)
