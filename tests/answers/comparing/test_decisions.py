"""Comparisons of two decisions: every value that differs, and its cause."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules.comparing import Attribution, DecisionChange, DecisionComparison
from cmprules.comparing._decisions import _how
from cmprules.comparing._differences import _reduced, differences, on_the_keys_of, values_of
from cmprules.comparing._report import whose_doing
from cmprules.comparing._values import WHATS
from tests import strategies as ours
from tests.answers.comparing.drawn import FILES, Decided, decided, other_edition, pairs, single
from tests.examples import scaled

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
VALIDATOR = Draft202012Validator(cmprules.json_schema("decision-comparison"))
ON = date(2026, 3, 10)
A_FEW = settings(max_examples=scaled(30))


def _example(name: str, on: date = ON, book: cmprules.PolicyBook | None = None, trust: str = "inferred") -> Decided:
    return decided(cmprules.read_record(EXAMPLES / name), book or ours.edition(), on, trust)


def _compare(first: Decided, second: Decided) -> DecisionComparison:
    return cmprules.compare(first.decision, second.decision, records=(first.record, second.record),
                            books=(first.book, second.book))


def _by_path(found: DecisionComparison) -> dict[str, DecisionChange]:
    return {change.path: change for change in found.changes}


# ---------------------------------------------------------------------------------------------------------
# Laws.


@A_FEW
@given(single())
def test_a_decision_does_not_differ_from_itself(one: Decided) -> None:
    """`compare(a, a)` has no causes and no changes."""
    found = _compare(one, one)

    assert (found.causes, found.changes) == ((), ())
    assert "The answers are the same" in cmprules.render(found)


@A_FEW
@given(pairs())
def test_the_other_way_round_is_the_mirror(pair: tuple[Decided, Decided]) -> None:
    """`compare(b, a)` swaps before and after; the effect of a cause by itself becomes what it undid."""
    first, second = pair
    there, back = _compare(first, second), _compare(second, first)

    def mirrored(change: DecisionChange) -> DecisionChange:
        because = tuple(attrs.evolve(one, alone=one.undone, undone=one.alone) for one in change.because)
        other = {"before": "after", "after": "before"}.get(change.only_in or "")
        return attrs.evolve(change, before=change.after, after=change.before, only_in=other, because=because,
                            how=_how(because))

    assert {mirrored(change) for change in back.changes} == set(there.changes)
    assert [attrs.evolve(cause, before=cause.after, after=cause.before) for cause in back.causes] == [*there.causes]


def _leaves(plain: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the leaves of JSON; members of lists are named by id, or by index."""
    if isinstance(plain, dict):
        for key, item in plain.items():
            yield from _leaves(item, (*names, key))
    elif isinstance(plain, list):
        yield (*names, "[]"), "a list"
        for place, item in enumerate(plain):
            name = str(item.get("id", place)) if isinstance(item, dict) else str(place)
            yield from _leaves(item, (*names, name))
    else:
        yield names, plain


def _naive(first: Decided, second: Decided) -> set[tuple[str, str, str]]:
    """Return where the JSON forms differ: a top key, or a credential and its key."""
    before, after = (dict(_leaves(cmprules.to_mapping(one.decision))) for one in (first, second))
    found = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    return set(map(_part, found))


def _part(path: tuple[str, ...]) -> tuple[str, str, str]:
    """Name a part of a decision: a top key, or a credential and its key."""
    top, credential, key = (*path, "", "")[:3]
    return (top, credential, key) if top == "credentials" else (top, "", "")


@A_FEW
@given(pairs())
def test_every_difference_of_the_json_is_a_named_change_or_a_cause(pair: tuple[Decided, Decided]) -> None:
    """Each part of the JSON that differs has a change or is a cause, and no other part has one."""
    first, second = pair
    found = cmprules.compare(first.decision, second.decision)
    told = {_part(tuple(change.path.replace("]", "").replace("[", ".").replace(" (order)", "").split(".")[1:]))
            for change in found.changes}
    made = {("on", "", "")} if any(cause.cause == "day" for cause in found.causes) else set()
    made |= {("stamp", "", "")} if any(cause.cause != "day" for cause in found.causes) else set()

    assert {path for path in _naive(first, second) if path[2] or path[0] != "credentials"} == {
        path for path in told | made if path[2] or path[0] != "credentials"}


@A_FEW
@given(pairs())
def test_values_are_those_of_the_decisions(pair: tuple[Decided, Decided]) -> None:
    """A comparison shows the outcome, standing and total of each credential unchanged."""
    first, second = pair
    changes = _by_path(_compare(first, second))
    for one in first.decision.credentials:
        other = next((found for found in second.decision.credentials if found.id == one.id), one)
        change = changes.get(f"$.credentials[{one.id}].outcome")
        assert (None if change is None else (change.before, change.after)) == (
            None if one.outcome is other.outcome else (str(one.outcome), str(other.outcome)))


@A_FEW
@given(pairs())
def test_what_each_cause_did_is_what_deciding_again_gives(pair: tuple[Decided, Decided]) -> None:
    """Checks day and trust by deciding again from both ends."""
    first, second = pair
    found = _compare(first, second)
    causes = {cause.cause for cause in found.causes}
    for cause in causes & {"day", "trust"}:
        on = {True: second.decision.on, False: first.decision.on}
        trust = {True: second.decision.stamp.trust, False: first.decision.stamp.trust}
        changed = values_of(cmprules.decide(first.record, first.book, on=on[cause == "day"],
                                            trust=trust[cause == "trust"]))
        undone = values_of(cmprules.decide(second.record, second.book, on=on[cause != "day"],
                                           trust=trust[cause != "trust"]))
        before, after = values_of(first.decision), values_of(second.decision)
        for change in found.changes:
            told = {one.cause: (one.alone, one.undone) for one in change.because}
            if told:
                assert told[cause] == (changed.get(change.path) == after.get(change.path),
                                       undone.get(change.path) == before.get(change.path))


@A_FEW
@given(pairs())
def test_what_is_written_validates_and_values_compare(pair: tuple[Decided, Decided]) -> None:
    """The JSON validates, pickles are equal, and every format can be written."""
    found = _compare(*pair)

    VALIDATOR.validate(json.loads(cmprules.render(found, "json")))
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(_compare(*pair))
    for name in ("text", "markdown", "html"):
        assert "Independent of ASCP" in cmprules.render(found, name)


# ---------------------------------------------------------------------------------------------------------
# Worked cases.


def test_the_day_alone() -> None:
    """A credential is current on its last day and expired on the next, and the day alone causes that."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    found = _compare(*(decided(record, ours.edition(), on) for on in (date(2026, 5, 31), date(2026, 6, 1))))
    standing = _by_path(found)["$.credentials[pbt].standing"]

    assert [cause.cause for cause in found.causes] == ["day"]
    assert (standing.before, standing.after, standing.how) == ("current", "expired", "alone")
    assert standing.because == (Attribution(cause="day", alone=True, undone=True),)
    assert "Only the day changed, so it explains every difference below." in cmprules.render(found)


def test_without_records_several_causes_are_named_and_no_more() -> None:
    """Two causes are named; without records nothing can be decided again."""
    first, second = _example("pbt.toml"), _example("mla.json", date(2026, 6, 1))
    found = cmprules.compare(first.decision, second.decision)

    assert [cause.cause for cause in found.causes] == ["record", "day"]
    assert {(change.how, change.because) for change in found.changes} == {("untried", ())}
    assert "None of them was tried alone." in " ".join(cmprules.render(found).split())
    assert "not tried" in cmprules.render(found)


def test_either_of_two_causes_is_enough() -> None:
    """The other edition knows neither the fee of 2027 nor that of the first day after its tables end."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    late = decided(record, other_edition(), date(2026, 3, 10))
    found = _compare(decided(record, ours.edition(), date(2003, 1, 1)), late)

    assert {"day", "edition"} == {cause.cause for cause in found.causes}
    assert "$.fees.total" not in _by_path(found)
    back = _compare(decided(record, ours.edition(), date(2026, 1, 5)), late)
    total = _by_path(back)["$.fees.total"]
    assert (total.how, {one.cause: (one.alone, one.undone) for one in total.because}) == (
        "together", {"day": (False, True), "edition": (False, True)})
    there = _compare(late, decided(record, ours.edition(), date(2026, 1, 5)))
    assert _by_path(there)["$.fees.total"].how == "each"
    assert "the day and the edition together" in " ".join(cmprules.render(back).split())
    assert "each of the day and the edition" in " ".join(cmprules.render(there).split())


def test_rows_of_ones_own_are_a_cause_apart_from_the_edition() -> None:
    """A user's table decides MLA, and the rows are named as the cause."""
    own = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])
    found = _compare(_example("mla.json"), _example("mla.json", book=own))

    assert [cause.cause for cause in found.causes] == ["rows"]
    assert _by_path(found)["$.credentials[mla].outcome"].how == "alone"
    both = _compare(_example("mla.json"), _example("mla.json", date(2026, 6, 1), own))
    outcome = _by_path(both)["$.credentials[mla].outcome"]
    assert {one.cause: one.alone for one in outcome.because}["rows"]


def test_rows_that_do_not_go_with_the_other_edition_are_not_tried() -> None:
    """An edition that has the table refuses the user's rows, so their effect stays unknown."""
    own = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])
    mla = own.tables["MLA(ASCP)"][-1]
    tables = {**own.tables, "MLA(ASCP)": (attrs.evolve(mla, id="MLA/later", user=False),)}
    edition = attrs.evolve(ours.edition(), edition="2027.1", sha256="1" * 64, sources=own.sources,
                           tables=type(own.tables)(tables))
    found = _compare(_example("mla.json", book=own), _example("mla.json", book=edition))

    assert {cause.cause for cause in found.causes} == {"edition", "rows"}
    assert {change.how for change in found.changes} == {"untried"}


def test_a_number_of_the_rules_cannot_be_tried() -> None:
    """Only the current logic of the library can run."""
    first, second = _example("pbt.toml"), _example("pbt.toml", date(2026, 6, 1))
    old = attrs.evolve(first.decision, stamp=attrs.evolve(first.decision.stamp, rules=0, library="0.0.1"))
    found = _compare(first._replace(decision=old), second)

    assert [cause.cause for cause in found.causes] == ["day", "rules", "library"]
    assert {change.how for change in found.changes} == {"untried"}
    alone = cmprules.compare(old, attrs.evolve(first.decision, notice="Another line."))
    assert {change.how for change in alone.changes} == {"alone"}
    assert "Only the rules changed" in cmprules.render(alone)


def test_the_version_of_the_library_is_told_and_is_no_cause() -> None:
    """Answers depend only on the number of the rules."""
    first = _example("pbt.toml").decision
    found = cmprules.compare(first, attrs.evolve(first, stamp=attrs.evolve(first.stamp, library="9.9.9")))

    assert [(cause.cause, cause.after) for cause in found.causes] == [("library", "9.9.9")]
    assert "The answers are the same" in cmprules.render(found)


def test_a_change_that_nothing_explains() -> None:
    """A decision that was edited by hand has an unexplained change."""
    first = _example("pbt.toml").decision
    found = cmprules.compare(first, attrs.evolve(first, notice="Approved."))

    assert (found.causes, [change.how for change in found.changes]) == ((), ["untried"])
    assert "The library did not cause these differences" in " ".join(cmprules.render(found).split())


def test_the_same_answer_in_spite_of_a_cause() -> None:
    """Another trust does not have to change anything."""
    found = _compare(_example("no-end-date.json"), _example("no-end-date.json", trust="third_party"))

    assert [cause.cause for cause in found.causes] == ["trust"]
    assert found.changes == ()
    assert "The trust changed, but the answers did not." in " ".join(cmprules.render(found).split())


def test_the_order_of_credentials_is_told() -> None:
    """The same credentials in another order are a change of the record."""
    one = _example("mls-and-sbb.json")
    turned = attrs.evolve(one.record, credentials=one.record.credentials[::-1])
    found = _compare(one, decided(turned, one.book, ON))
    order = _by_path(found)["$.credentials (order)"]

    assert order.before == order.after[::-1] == ("mls", "sbb")
    assert order.what == "credential"


def test_names_are_told_apart_whatever_they_are() -> None:
    """Brackets in an id are not taken for a part of the path."""
    book = ours.edition()
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=(), credentials=(
        cmprules.Credential(id="a[x].outcome", code="PBT", expires_on="2026-05-31"),
        cmprules.Credential(id="a", code="MLS", expires_on="2026-05-31")))
    found = _compare(decided(record, book, date(2026, 5, 31)), decided(record, book, date(2026, 6, 1)))

    assert {r"$.credentials[a\[x\].outcome].standing", "$.credentials[a].standing"} <= set(_by_path(found))


def test_a_finding_that_is_there_twice_is_told_twice() -> None:
    """Two equal findings are counted as two."""
    first = _example("pbt.toml").decision
    pbt = first["pbt"]
    doubled = attrs.evolve(first, credentials=(attrs.evolve(pbt, findings=(*pbt.findings, pbt.findings[0])),))
    found = differences(values_of(first), values_of(doubled))

    assert len(found) == 1
    assert found[0].path.endswith(" #2]")


@pytest.mark.parametrize(("alone", "undone", "how"), [
    ((), (), "mixed"), (("day",), ("day",), "alone"), (("day",), (), "mixed"), ((), ("day",), "mixed"),
    (("day", "record"), (), "each"), ((), ("day", "record"), "together"), (("day",), ("record",), "mixed"),
    (("day", "record"), ("day",), "mixed"), (("day",), ("day", "record"), "mixed"),
])
def test_the_words_for_how_causes_work_together(alone: tuple[str, ...], undone: tuple[str, ...], how: str) -> None:
    """Each pattern has one word, and `mixed` covers the rest."""
    because = [Attribution(cause=cause, alone=cause in alone, undone=cause in undone) for cause in ("day", "record")]

    assert _how(because) == how
    assert _how([]) == "untried"


# ---------------------------------------------------------------------------------------------------------
# What is refused.


def test_records_and_books_that_are_others() -> None:
    """Each record and book is checked against the stamp; all faults come at once."""
    first, second = _example("pbt.toml"), _example("mla.json")
    own = cmprules.load_book(edition="2026.1", extra=[FILES / "mla.toml"])
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.compare(first.decision, second.decision, records=(second.record, second.record),
                         books=(own, other_edition()))
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.records[0]", "ANOTHER_RECORD"), ("$.books[0].extra_sha256", "ANOTHER_BOOK"),
        ("$.books[1].edition", "ANOTHER_BOOK"), ("$.books[1].sha256", "ANOTHER_BOOK")]


@pytest.mark.parametrize(("records", "books", "paths"), [
    (None, True, ["$.records"]), (True, None, ["$.books"]), ([], [1, 2], ["$.records", "$.books"]),
])
def test_records_without_books(records: Any, books: Any, paths: list[str]) -> None:
    """Records and books come together, two of each, or not at all."""
    one = _example("pbt.toml")
    pair: dict[str, Any] = {"records": (one.record,) * 2 if records is True else records,
                            "books": (one.book,) * 2 if books is True else books}
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.compare(one.decision, one.decision, **pair)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [(path, "WRONG_TYPE") for path in paths]


@pytest.mark.parametrize(("how", "alone", "undone", "said"), [
    ("untried", (), (), "not tried"),
    ("alone", ("day",), ("day",), "the day"),
    ("each", ("record", "day"), (), "each of the record and the day"),
    ("together", (), ("record", "day"), "the record and the day together"),
    ("mixed", ("day",), ("record",), "the day enough alone; the record needed"),
    ("mixed", (), (), "several together"),
])
def test_whose_doing_it_is_in_words(how: str, alone: tuple[str, ...], undone: tuple[str, ...], said: str) -> None:
    """Each way in which causes bring about a change has its own words."""
    because = [Attribution(cause=cause, alone=cause in alone, undone=cause in undone) for cause in ("record", "day")]

    assert whose_doing(how, because) == said


# ---------------------------------------------------------------------------------------------------------
# Null, and not there.


def test_a_value_that_is_null_is_told_from_one_that_is_not_there() -> None:
    """A total that is no longer established is null; the total of a removed credential is absent."""
    two, one = _example("mls-and-sbb.json"), _example("mls-and-sbb.json")
    alone = attrs.evolve(one.record, credentials=one.record.credentials[:1], placements=())
    fewer = decided(alone, one.book, ON, "inferred")
    trusting = decided(two.record, two.book, ON, "official")
    gone = _by_path(_compare(two, fewer))["$.credentials[sbb].outcome"]
    null = _by_path(_compare(two, trusting))["$.credentials[sbb].grade"]

    assert (gone.after, gone.only_in) == (None, "before")
    assert (null.after, null.only_in) == (None, None)
    assert cmprules.to_mapping(gone)["only_in"] == "before"
    assert "only_in" not in cmprules.to_mapping(null)


def test_null_on_one_side_and_nothing_on_the_other_is_a_difference() -> None:
    """Both show as None, and `only_in` names the side that has the value."""
    plain = values_of(_example("mls-met.json").decision)
    path = "$.fees.why"
    assert plain[path].plain is None
    without = {name: value for name, value in plain.items() if name != path}

    assert [(found.path, found.before, found.after, found.only_in) for found in differences(plain, without)] == [
        (path, None, None, "before")]
    assert [found.only_in for found in differences(without, plain)] == ["after"]


# ---------------------------------------------------------------------------------------------------------
# The same activities under other ids.


def _imported(record: cmprules.Record, ids: dict[str, str]) -> cmprules.Record:
    return attrs.evolve(
        record, activities=[attrs.evolve(one, id=ids[one.id]) for one in record.activities],
        placements=[attrs.evolve(one, activity=ids[one.activity]) for one in record.placements])


@pytest.mark.parametrize("edition", ["2026.1", "2026.2"])
@pytest.mark.parametrize("name", ["pbt.toml", "mls-met.json", "mls-and-sbb.json", "ht-expired.json"])
def test_an_import_that_ran_twice_changes_nothing(name: str, edition: str) -> None:
    """New ids for everything, even in another order, change the record but no value."""
    first = _example(name, book=cmprules.load_book(edition=edition))
    count = len(first.record.activities)
    ids = {one.id: f"row-{count - place}" for place, one in enumerate(first.record.activities)}
    second = decided(_imported(first.record, ids), first.book, ON)
    found = _compare(first, second)

    assert ([cause.cause for cause in found.causes], found.changes) == (["record"], ())
    assert "The answers are the same" in cmprules.render(found)
    assert cmprules.compare(first.decision, second.decision).changes != ()  # without the records no one can tell


def test_entries_that_may_be_one_are_matched_too() -> None:
    """Which of two copies counts depends on their ids; an answer about them follows."""
    plain: dict[str, Any] = {
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "settled": [{"code": "DUPLICATE", "subjects": ["9"], "answer": "yes", "others": ["8"]}],
        "activities": [{"id": name, "title": "Sharps", "kind": "in_service", "amount": 1, "areas": areas,
                        "completed_on": day} for name, areas, day in (
                            ("8", ["safety"], "2025-01-02"), ("9", ["safety"], "2025-01-02"),
                            ("7", ["ethics"], "2025-03-02"), ("6", [], "2025-03-02"))]}
    book = cmprules.load_book(edition="2026.2")
    first = decided(cmprules.parse_record(plain), book, ON)
    ids = {"8": "10", "9": "9", "7": "a", "6": "b"}
    answer = attrs.evolve(first.record.settled[0], others=["10"])
    moved = attrs.evolve(_imported(attrs.evolve(first.record, settled=()), ids), settled=[answer])
    assert _compare(first, decided(moved, book, ON)).changes == ()


def test_what_is_new_is_told_under_its_new_id() -> None:
    """In an import that renumbers, one new activity changes the total, and the others are matched."""
    first = _example("mls-met.json")
    one, *rest = first.record.activities
    ids = {activity.id: f"row-{place}" for place, activity in enumerate((one, *rest))}
    fewer = _imported(attrs.evolve(first.record, activities=rest, placements=()), ids)
    found = _compare(decided(attrs.evolve(first.record, placements=()), first.book, ON), decided(fewer, first.book, ON))
    gone = {change.subject for change in found.changes if change.what == "activity" and change.only_in == "before"}
    assert gone - {None} == {one.id}
    assert not [change for change in found.changes if change.what == "activity" and change.only_in == "after"]


def test_by_other_rules_the_first_decision_stays_as_it_was() -> None:
    """A decision by other logic is not decided again, so its changed ids are changes."""
    first = _example("mls-met.json")
    ids = {one.id: f"row-{place}" for place, one in enumerate(first.record.activities)}
    second = decided(_imported(first.record, ids), first.book, ON)
    stamp = attrs.evolve(first.decision.stamp, rules=0)
    older = first._replace(decision=attrs.evolve(first.decision, stamp=stamp))
    assert _compare(older, second).changes != ()


def test_an_answer_about_a_credential_keeps_its_subject() -> None:
    """A question about a credential goes by the credential's id, which an import does not change."""
    first = _example("ht-expired.json", on=date(2026, 6, 30), book=cmprules.load_book(edition="2026.2"))
    name = first.record.credentials[0].id
    answers = [cmprules.Settled(code="TABLE_AFTER_EXPIRY", subjects=[name], answer="no")]
    answered = attrs.evolve(first.record, settled=answers)
    ids = {one.id: name if not place else f"row-{place}" for place, one in enumerate(answered.activities)}
    one, other = (decided(record, first.book, date(2026, 6, 30)) for record in (answered, _imported(answered, ids)))
    assert _compare(one, other).changes == ()
    assert {found.code for found in one.decision.credentials[0].findings} >= {"ANSWER_USED"}


def test_differences_come_in_the_order_in_which_a_decision_is_made() -> None:
    """The stamp and the day first; then each credential, from the cycle to the outcome; then the fees."""
    first, second = (values_of(_example("mls-and-sbb.json", on).decision) for on in (ON, date(2026, 8, 1)))
    found = differences(first, second)
    groups = [0 if one.what in {"stamp", "day"} else 1 if one.path.startswith("$.credentials") else 2 for one in found]
    assert [*dict.fromkeys(groups)] == [0, 1, 2]
    own = [one for one in found if one.path.startswith("$.credentials")]
    assert [*dict.fromkeys(one.credential for one in own)] == ["mls", "sbb"]
    assert groups == sorted(groups)
    for name in ("mls", "sbb"):
        ranks = [WHATS.index(one.what) for one in own if one.credential == name]
        assert ranks == sorted(ranks)
    assert [one.credential for one in own] == sorted(one.credential or "" for one in own)
    assert {one.subject is None for one in own if one.what == "finding"} == {False}


def test_the_proof_of_some_areas_has_its_name() -> None:
    """The path says so, whatever areas it is about."""
    paths = [path for path in values_of(_example("mls-nearly-there.json").decision) if ".shortfalls[" in path]
    assert paths == ["$.credentials[mls].shortfalls[areas]"]


def test_an_edition_is_named_with_its_digest() -> None:
    """Both are in the cause, so that two editions of one name are told apart."""
    one, other = _example("mls-met.json"), _example("mls-met.json", book=cmprules.load_book(edition="2026.2"))
    [cause] = [cause for cause in _compare(one, other).causes if cause.cause == "edition"]
    assert (cause.before, cause.after) == tuple(
        {"edition": used.book.edition, "edition_sha256": used.book.sha256} for used in (one, other))


@pytest.mark.parametrize(("kept", "now", "reduced"), [
    ([{"a": 1}], [{"a": 1, "b": 2}], [{"a": 1}]), ([{"a": 1}], [{"b": 2}, {"a": 3}], [{"b": 2}, {"a": 3}]),
    ([1], {"a": 1}, {"a": 1}), (None, [1], [1]),
])
def test_a_list_of_another_length_is_not_reduced_to_older_keys(kept: Any, now: Any, reduced: Any) -> None:
    """Its members have no counterparts."""
    assert _reduced(kept, now) == reduced


def _with(one: Decided, **changed: Any) -> cmprules.Decision:
    """Return a decision whose only credential is answered otherwise."""
    return attrs.evolve(one.decision, credentials=(attrs.evolve(one.decision.credentials[0], **changed),))


def test_an_empty_list_differs_from_no_list() -> None:
    """Without activities none are listed; of one who need not take part, nothing is said of activities."""
    one = _example("mls-nearly-there.json")
    none, empty = (values_of(_with(one, needs=(), activities=activities)) for activities in (None, ()))
    assert [(value.path, value.before, value.after) for value in differences(none, empty)] == [
        ("$.credentials[mls].activities", None, ())]


def test_a_finding_with_other_sources_is_another() -> None:
    """The sources are its value; its code, rule and subject name it."""
    one = _example("mls-nearly-there.json")
    findings = one.decision.credentials[0].findings
    place = next(place for place, finding in enumerate(findings) if finding.code == "OUTSIDE_CYCLE")
    bare = (*findings[:place], attrs.evolve(findings[place], citations=()), *findings[place + 1:])
    (value,) = differences(values_of(one.decision), values_of(_with(one, findings=bare)))
    assert (value.what, value.subject, value.before[0]["source"], value.after) == (
        "finding", "a01", "ascp-enter-allocate-cmp", ())


def test_stamp_and_day_come_first() -> None:
    """Then come the credentials, and what concerns all of them."""
    first, second = _example("mls-nearly-there.json"), _example("mls-nearly-there.json", date(2026, 3, 11),
                                                                other_edition())
    found = differences(values_of(first.decision), values_of(second.decision))
    assert [value.what for value in found[:3]] == ["stamp", "stamp", "day"]


def test_a_member_that_the_older_decision_has_not_stays() -> None:
    """Only keys that the older one did not know are left out."""
    now = values_of(_example("mls-nearly-there.json").decision)
    kept = {path: value for path, value in now.items() if "[a07]" not in path}
    assert len(kept) < len(now)
    assert on_the_keys_of(kept, now) == now
