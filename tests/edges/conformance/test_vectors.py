"""The conformance vectors: complete, up to date, passed by the library, and confirmed by the second implementation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import pytest
from tasks.vectors.build import EDITION, build

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import Cell
from cmprules._words import vocabulary
from cmprules._words.codes import every as codes
from cmprules.conformance import Threshold, Vector, answer, comparable, run, thresholds
from cmprules.conformance._thresholds import WHATS
from cmprules.conformance._vectors import packed, unpacked
from tests.core.reference.compare import differences
from tests.core.reference.decision import decide
from tests.edges.conformance.shipped import shipped
from tests.examples import scaled, some_of

HUNDREDTH = Decimal("0.01")

NOT_IN_VECTORS = {
    "SEARCH_LIMIT": "how far a search goes is each implementation's own affair",
    "TOO_MANY": "a case of so many activities would be most of the vectors",
    "DOES_NOT_FIT": "about answers that are read back, not decisions",
    "ANSWER_TOO_LARGE": "about answers that are kept, not decisions",
    "OTHER_BOARD": "about rows of a population",
    "TOO_MANY_FILES": "about files from outside, not decisions",
    "USER_ROW": "rows of a user's own are files, and no part of a case",
    "NOT_TOML": "a case is JSON",
    "NOT_UTF8": "a case is text already",
    "CANNOT_READ": "a case is no file",
    "FILE_TOO_LARGE": "a case of more than 5 MB would be most of the vectors",
    "TOO_DEEP": "how deep a text may be nested differs between parsers",
    "NEGATIVE": "every number of a record must be above zero, which has a code of its own",
    "END_BEFORE_START": "a record has no periods",
    "HOLDER_REFUSED": "about rows of a population",
    "NO_SUCH_HOLDER": "about rows of a population",
    "REGIONS_DIFFER": "about rows of a population",
    "BAD_DIGEST": "about tables, not records",
    "BAD_ROW": "about tables, not records",
    "SUM_WRONG": "about allocations that are given to the verifier",
    "PROOF_WRONG": "about allocations that are given to the verifier",
    "NO_REPORT": "about showing values, not records",
    **dict.fromkeys(("NOT_WHOLE", "OVER_HUNDRED", "SCORE_OUT_OF_SCALE", "NOTIFIED_BEFORE_TAKEN", "NOTIFIED_AFTER",
                     "OUTSIDE_PERIOD", "REPEATED_REPORT", "LATER_THAN_ON", "NOT_THE_LATEST", "NOT_PASSED",
                     "NOT_FAILED", "TOO_MANY_HOURS", "TOO_EARLY"), "about examinations, not records"),
    **dict.fromkeys(("NO_SUCH_COURSE", "DAYS_OUT_OF_RANGE", "NOT_CSV", "TOO_MANY_CELLS"),
                    "about catalogues, not decisions"),
    **dict.fromkeys(("NOTICE_BEFORE_SITTING", "OTHER_HOLDER"),
                    "about trackings and timelines, not decisions"),
    **dict.fromkeys(("ILLEGAL_EVENT", "NEED_NOT_SHOWN", "NEED_NOT_MET", "NOT_NEEDED", "OUT_OF_ORDER",
                     "OTHER_DECISION", "HISTORY_BROKEN", "NOTHING_TO_DECLARE"),
                    "about declarations, not decisions"),
    **dict.fromkeys(("RECEIPT_DAMAGED", "ANOTHER_RECORD", "ANOTHER_BOOK", "HYPOTHETICAL"),
                    "about receipts and reforms, not decisions of an edition"),
    **dict.fromkeys(("LATER_THAN_END", "NO_END_DATE", "WINDOW_NOT_OPEN", "CYCLE_AFTER_EXTENSION", "NOT_EXPIRED",
                     "NCA_LAPSED", "NO_EXTENSION", "MUST_TAKE_PART", "ALREADY_TOGETHER", "SAME_DAY_SUFFICES",
                     "NO_SHARED_DAY", "FEES_NOT_COMBINED", "CYCLE_NOT_BEGUN", "NOTHING_TO_SYNCHRONIZE"),
                    "about renewing, not decisions"),
}
"""The codes that no vector can have, with the reason."""

ELSEWHERE = frozenset(code for code, why in NOT_IN_VECTORS.items() if "not decisions" in why)
"""Those among them that belong to other answers."""


@cache
def by_threshold() -> dict[str, list[Vector]]:
    """Return the vectors by the id of their threshold."""
    ids = {threshold.id for threshold in thresholds(cmprules.load_book(edition=EDITION))}
    found: dict[str, list[Vector]] = {name: [] for name in ids}
    for vector in shipped(EDITION):
        parts = vector.id.split("/")
        for name in ("/".join(parts[:length]) for length in range(2, len(parts))):
            if name in found:
                found[name].append(vector)
    return found


def without_stamp(vector: Vector) -> str:
    """Return what a vector expects, without the digest of the record, which always differs."""
    expected = dict(vector.expected)
    if "answer" in expected:
        expected["answer"] = {key: value for key, value in expected["answer"].items() if key != "stamp"}
    return json.dumps(expected, sort_keys=True)


# ---------------------------------------------------------------------------------------------------------
# The library and the second implementation.


def test_the_library_passes() -> None:
    """Every answer equals the vectors."""
    chosen = some_of(shipped(EDITION))
    report = run(of=chosen)
    assert report.conforms, report.failures[:3]
    assert report.passed == len(chosen)


NEWER = frozenset({"closers", "others", "amount", "unit", "open", "opens_on"})
"""The keys that answers of 0.1.0 did not have, and so its vectors do not have."""


def _on_the_keys_of(expected: Any, found: Any) -> Any:
    """Remove the newer keys that a vector of 0.1.0 does not have."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: _on_the_keys_of(expected.get(key), value) for key, value in found.items()
                if key in expected or key not in NEWER}
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [_on_the_keys_of(*pair) for pair in zip(expected, found, strict=True)]
    return found


def test_the_second_implementation_says_the_same() -> None:
    """The expected answers do not come only from the library under test."""
    compared = 0
    for vector in some_of(shipped(EDITION)):
        expected = vector.expected.get("answer")
        if expected is None or vector.case["do"] != "decide":
            continue
        record = vector.case.get("record") or json.loads(vector.case["text"].removeprefix("\ufeff"))
        reference = decide(record, date.fromisoformat(vector.case["on"]), vector.case["trust"])
        why = None if expected["fees"]["total"] is not None else "it has one"  # the vectors do not have the words
        answer = {**expected, "fees": {**expected["fees"], "why": why}}
        kept = {**_on_the_keys_of(answer, reference), "holder": expected.get("holder")}
        found = [line for line in differences(kept, answer) if not line.startswith("fees: open: ")]  # a newer key, too
        assert found == [], vector.id
        compared += 1
    assert compared > min(scaled(2500), 2500)


@pytest.mark.slow
def test_the_vectors_are_up_to_date() -> None:
    """The shipped file is what the task would write."""
    built = build()
    assert [vector.id for vector in built] == [vector.id for vector in shipped(EDITION)], "run python -m tasks.vectors"
    # after writing and reading
    plain = json.loads(json.dumps([[vector.case, vector.expected] for vector in built]))
    stale = [vector.id for vector, one in zip(shipped(EDITION), plain, strict=True)
             if [vector.case, vector.expected] != one]
    assert stale == [], "run python -m tasks.vectors"


def test_vectors_come_back_as_they_were_written() -> None:
    """Reading and writing the file gives the same vectors and the same file."""
    some = shipped(EDITION)[::200]
    assert unpacked(packed(some)) == some
    assert packed(some) == packed(some)


# ---------------------------------------------------------------------------------------------------------
# Thresholds.


def test_every_threshold_has_a_name_and_a_kind_of_its_own(book: cmprules.PolicyBook) -> None:
    """Ids are unique, and the kinds are exactly those of the closed list."""
    found = thresholds(book)
    assert len({threshold.id for threshold in found}) == len(found)
    assert {threshold.what for threshold in found} == set(WHATS)


def test_the_tables_list_every_figure(book: cmprules.PolicyBook) -> None:
    """Each cell of an established row, each day of a row, each amount and each span is a threshold."""
    found = {threshold.id: threshold for threshold in thresholds(book)}
    rows = [row for rows in book.tables.values() for row in rows]
    for row in rows:
        assert found[f"points/{row.id}/from"].value == row.starts_on
        assert (f"points/{row.id}/until" in found) is (row.ends_on is not None)
        for cell in row.cells:
            assert (f"points/{row.id}/{cell.of}" in found) is row.established
    for fee in book.fees:
        assert {f"{fee.id}/from", *(f"{fee.id}/{cell.of}" for cell in fee.cells)} <= set(found)
    for name in ("cycle_months", "reduced_fee_months", "last_years_months"):
        assert found[f"cycle/{name}"].value == book.figure(name).value
    assert Counter(threshold.what for threshold in found.values())["minimum"] == sum(
        len(row.cells) for row in rows if row.established)


def test_a_threshold_leads_to_its_source(book: cmprules.PolicyBook) -> None:
    """Every citation cites a listed document."""
    for threshold in thresholds(book):
        assert threshold.citation is None or threshold.citation.source in book.sources
        assert threshold.row is not None or threshold.what == "input"


def test_every_threshold_has_vectors_on_both_sides_that_differ(book: cmprules.PolicyBook) -> None:
    """The answers on the two sides differ in more than the digest of the record."""
    one_sided = [threshold.id for threshold in thresholds(book)
                 if len({without_stamp(vector) for vector in by_threshold()[threshold.id]}) < 2]
    assert one_sided == []


def test_the_outcome_turns_on_every_minimum(book: cmprules.PolicyBook) -> None:
    """Exactly enough is met; one hundredth less is not."""
    wanted = {"met": "MET", "none": "MET", "some": "MET", "short": "NOT_MET"}
    for threshold in thresholds(book):
        if threshold.what == "minimum":
            sides = {vector.id.rpartition("/")[2]: vector.expected["answer"]["credentials"][0]["outcome"]
                     for vector in by_threshold()[threshold.id]}
            assert set(sides) == ({"none", "some"} if threshold.value == 0 else {"met", "short"})
            assert sides == {side: wanted[side] for side in sides}, threshold.id


# ---------------------------------------------------------------------------------------------------------
# A wrong figure is noticed.


def moved(value: Any, steps: int) -> Any:
    """Return a figure one step higher or lower, or a day one later or earlier."""
    return value + (timedelta(days=steps) if isinstance(value, date) else steps * HUNDREDTH)


def changed_rows(rows: tuple[Any, ...], threshold: Threshold, step: int) -> tuple[Any, ...]:
    """Return the rows of a table with one figure moved, or one day with that of the adjacent row."""
    cell = threshold.id.rpartition("/")[2]
    if threshold.what not in {"first_day", "last_day"}:
        return tuple(with_cell(row, cell, step) if row.id == threshold.row else row for row in rows)
    first = threshold.value if threshold.what == "first_day" else moved(threshold.value, 1)
    kin = {row.id for row in rows if getattr(row, "region", None) == region_of(rows, threshold)}
    ends = {row.id: moved(row.ends_on, step) for row in rows if row.ends_on == moved(first, -1) and row.id in kin}
    starts = {row.id: moved(first, step) for row in rows if row.starts_on == first and row.id in kin}
    return tuple(attrs.evolve(row, starts_on=starts.get(row.id, row.starts_on), ends_on=ends.get(row.id, row.ends_on))
                 for row in rows)


def region_of(rows: tuple[Any, ...], threshold: Threshold) -> str | None:
    """Return the region of a row of fees; None for a row of points."""
    return next(getattr(row, "region", None) for row in rows if row.id == threshold.row)


def with_cell(row: Any, of: str, step: int) -> Any:
    """Return a row with one figure moved."""
    cells = tuple(Cell(of=cell.of, figure=attrs.evolve(cell.figure, value=moved(cell.figure.value, step)))
                  if cell.of == of else cell for cell in row.cells)
    return attrs.evolve(row, cells=cells)


def changed_books(book: cmprules.PolicyBook, threshold: Threshold) -> Iterator[cmprules.PolicyBook]:
    """Yield books in which one threshold of points or fees is moved one step, up and down."""
    for step in ((1,) if threshold.value == 0 else (1, -1)):
        if threshold.id.startswith("fees/"):
            yield attrs.evolve(book, fees=changed_rows(book.fees, threshold, step))
        else:
            name, rows = next((name, rows) for name, rows in book.tables.items()
                              if any(row.id == threshold.row for row in rows))
            yield attrs.evolve(book, tables=FrozenMap({**book.tables, name: changed_rows(rows, threshold, step)}))


def noticed(book: cmprules.PolicyBook, chosen: list[Vector]) -> bool:
    """Return whether at least one of some vectors fails with a book."""
    return any(comparable(answer(vector.request, book=book)) != vector.expected for vector in chosen)


@pytest.mark.parametrize("what", ["minimum", "amount", "first_day", "last_day"])
def test_a_figure_of_a_table_that_is_off_by_one_step_is_noticed(book: cmprules.PolicyBook, what: str) -> None:
    """With one hundredth of a point, one cent or one day more or less in any row, a vector of that cell fails.

    For the total, which the other cells add up to, it is a vector of its row.
    """
    silent = []
    for threshold in some_of(thresholds(book)):
        if threshold.what == what and threshold.id.startswith(("points/", "fees/")):
            own = by_threshold()[threshold.id]
            if threshold.id.endswith("/total"):
                own = [*own, *by_threshold()[threshold.id.replace("/total", "/from")]]
            silent += [threshold.id for changed in changed_books(book, threshold) if not noticed(changed, own)]
    assert silent == []


def test_a_grade_that_is_one_step_off_is_noticed(book: cmprules.PolicyBook) -> None:
    """The weakest cells of a row are one step weaker, or stronger if none is: a vector of the grade fails."""
    scale = list(cmprules.Grade)[:-1]
    silent = []
    for threshold in thresholds(book):
        if threshold.what == "grade" and threshold.id.startswith("points/"):
            weakest = cmprules.Grade(str(threshold.value))
            other = scale[min(scale.index(weakest) + 1, len(scale) - 1)]
            other = scale[-2] if other is weakest else other
            name, rows = next((name, rows) for name, rows in book.tables.items()
                              if any(row.id == threshold.row for row in rows))
            changed = tuple(with_grade(row, weakest, other) if row.id == threshold.row else row for row in rows)
            changed_book = attrs.evolve(book, tables=FrozenMap({**book.tables, name: changed}))
            silent += [] if noticed(changed_book, by_threshold()[threshold.id]) else [threshold.id]
    assert silent == []


def with_grade(row: Any, grade: cmprules.Grade, other: cmprules.Grade) -> Any:
    """Return a row in which figures of one grade have another."""
    cells = tuple(Cell(of=cell.of, figure=attrs.evolve(cell.figure, grade=other))
                  if cell.figure.grade is grade else cell for cell in row.cells)
    return attrs.evolve(row, cells=cells)


@pytest.mark.parametrize("unit", vocabulary.UNITS)
def test_a_unit_that_is_worth_another_number_of_points_is_noticed(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one point more or less a vector of the unit fails."""
    book = cmprules.load_book(edition=EDITION)
    for worth in (vocabulary.UNITS[unit] + 1, vocabulary.UNITS[unit] - 1):
        monkeypatch.setitem(vocabulary.UNITS, unit, worth)
        assert noticed(book, by_threshold()[f"units/{unit}"])


@pytest.mark.parametrize(("body", "group"), vocabulary.MANDATORY_FROM)
def test_a_day_of_participation_that_is_off_by_one_is_noticed(
    body: str, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the day moved by one, or added, a vector of the group fails."""
    book = cmprules.load_book(edition=EDITION)
    since = vocabulary.MANDATORY_FROM[body, group]
    for day in ((date(2004, 1, 1),) if since is None else (moved(since, 1), moved(since, -1), None)):
        monkeypatch.setitem(vocabulary.MANDATORY_FROM, (body, group), day)
        assert noticed(book, by_threshold()[f"participation/{body}/{group}"])


@pytest.mark.parametrize("name", ["cycle_months", "reduced_fee_months", "opens_days_before_end",
                                  "advised_days_before_end"])
def test_a_span_that_is_off_by_one_is_noticed(book: cmprules.PolicyBook, name: str) -> None:
    """With one month or one day more or less, a vector of the span fails.

    The last three years of an expired credential are left out: the library counts them with the figure of the cycle.
    """
    for step in (1, -1):
        figure = attrs.evolve(book.figure(name), value=book.figure(name).value + step)
        changed = attrs.evolve(book, figures=FrozenMap({**book.figures, name: figure}))
        own = [vector for of, found in by_threshold().items() if of.endswith(f"/{name}") for vector in found]
        assert noticed(changed, own)


def test_a_limit_of_a_kind_that_is_off_by_one_step_is_noticed(book: cmprules.PolicyBook) -> None:
    """With a cap, share or day moved by one step, or a flag removed, a vector of it fails."""
    for kind, rule in book.rules.kinds.items():
        for limit in rule.limits:
            own = by_threshold()[f"kinds/{kind}/{limit.limit}"]
            for change in _limit_changes(limit):
                limits = tuple(one for one in (change if one is limit else one for one in rule.limits) if one)
                kinds = FrozenMap({**book.rules.kinds, kind: attrs.evolve(rule, limits=limits)})
                changed = attrs.evolve(book, rules=attrs.evolve(book.rules, kinds=kinds))
                assert noticed(changed, own), (kind, limit.limit)


def _limit_changes(limit: Any) -> list[Any]:
    if limit.value is not None:
        return [attrs.evolve(limit, value=moved(limit.value, step)) for step in (1, -1)] + [None]
    if limit.day is not None:
        return [attrs.evolve(limit, day=moved(limit.day, step)) for step in (1, -1)] + [None]
    return [None]


# ---------------------------------------------------------------------------------------------------------
# Codes.


def test_every_code_occurs_or_is_listed_with_the_reason() -> None:
    """An implementation that passes has met every finding, question, fault, outcome and standing."""
    found, faults, outcomes, standings = set(), set(), set(), set()
    for vector in (vector for edition in cmprules.editions() for vector in shipped(edition)):
        faults |= {code for _, code in vector.expected.get("refused", ())}
        for credential in vector.expected.get("answer", {}).get("credentials", ()):
            outcomes.add(credential["outcome"])
            standings.add(credential["standing"])
            found |= {need["code"] for need in credential["needs"]}
            for finding in credential["findings"]:
                found.add(finding["code"])
                faults.add(finding["rule"].removeprefix("placement/").upper())
    missing = ({*codes.FINDINGS, *codes.NEEDS} - found) | (set(codes.FAULTS) - faults)
    assert missing == set(NOT_IN_VECTORS)
    assert outcomes == set(cmprules.Outcome)
    assert standings == set(cmprules.Standing)


def test_every_code_that_the_format_knows_is_met() -> None:
    """Every credential, body, kind, unit, area, former code, region and trust occurs."""
    text = "".join(json.dumps(vector.case) for vector in shipped(EDITION))
    areas = set(vocabulary.AREAS) - {"donor_phlebotomy", "laboratory_assisting"}  # in no established table
    for word in (*vocabulary.NAMES, *vocabulary.KINDS, *vocabulary.UNITS, *areas, *vocabulary.ALIASES,
                 *vocabulary.FEE_REGIONS, *cmprules.Grade):
        assert f'"{word}"' in text, word


def test_ids_are_unique_and_grouped() -> None:
    """Each vector has a unique id that begins with its group, and groups are contiguous."""
    ids = [vector.id for vector in shipped(EDITION)]
    assert len(set(ids)) == len(ids)
    assert {vector.group for vector in shipped(EDITION)} == {
        "points", "kinds", "cycle", "window", "fees", "participation", "units", "input", "worked", "doubts", "faults"}


def test_no_vector_holds_wording() -> None:
    """The expected answers contain nothing that a release may change."""
    text = "".join(json.dumps(vector.expected) for vector in shipped(EDITION))
    for key in ("question", "notice", "why", "title", "url", "note", "notes", "library"):
        assert f'"{key}":' not in text
