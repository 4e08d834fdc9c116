"""The report on a population under two books: from given sums, and as a file of the command."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest

import cmprules
from cmprules import Grade, Outcome
from cmprules._cli import main
from cmprules.batch import WhatIf, what_if
from cmprules.batch._whatif_values import BookSide, OutcomeFlow, RequirementFlips, Tally

SIDE = BookSide(edition="2026.1", edition_sha256="0" * 64, extra_sha256=())
NO_ROWS = pa.table({"id": pa.array([], pa.string())})


def _tally(**sums: Any) -> Tally:
    """Summarize three credentials; none changes unless a sum says so."""
    zero = dict.fromkeys(("changed", "flipped", "met_before", "met_after", "short_added", "short_removed",
                          "short_unknown", "fee_before", "fee_after", "fee_unknown"), 0)
    return Tally(**{"code": None, "body": None, "credentials": 3, **zero, **sums})


def _said(*requirements: RequirementFlips, refused: int = 0, **sums: Any) -> str:
    """Write the report as one line of text."""
    one = _tally(**sums)
    flows = tuple([OutcomeFlow(before=before, after=after, credentials=3 if before == after == Outcome.NOT_MET else 0)
                   for before in Outcome for after in Outcome])
    value = WhatIf(on=date(2026, 3, 10), trust=Grade.INFERRED, before=SIDE, after=SIDE, rules=1, library="1",
                   refused=refused, total=one, codes=(attrs.evolve(one, code="PBT", body="ASCP"),),
                   outcomes=flows, requirements=requirements, changes=NO_ROWS, faults=NO_ROWS)
    return " ".join(cmprules.render(value).split())


def _flips(requirement: str, of: str, **how: int) -> RequirementFlips:
    return RequirementFlips(requirement=requirement, of=of,
                            **{**dict.fromkeys(("alone", "each", "together", "mixed"), 0), **how})


def test_two_books_that_require_the_same() -> None:
    """The report says so instead of naming the requirement with the most flips."""
    said = _said()
    assert "0 of 3 outcomes flip" in said
    assert "Both sets of rules require the same." in said
    assert "Most flips" not in said


def test_requirements_that_differ_and_flip_nothing_are_named() -> None:
    """There is no table of zeros, and no requirement with the most flips."""
    said = _said(_flips("area", "safety"))
    assert "1 requirement differs, and no outcome flips because of it: Minimum: laboratory or patient safety." in said
    assert "Most flips" not in said


def test_the_requirement_with_the_most_flips_comes_first() -> None:
    """It does not matter how it causes them."""
    said = _said(_flips("area", "safety", alone=1), _flips("total", "total", mixed=1, together=1), flipped=3)
    assert "Most flips: Total in three years (2)." in said
    assert "Both sets of rules require the same." not in said


@pytest.mark.parametrize(("after", "cost", "difference"), [
    (95, "$95.00 (as before)", "95.00 95.00 0.00"), (120, "$120.00 ($25.00 more than before)", "95.00 120.00 +25.00"),
    (0, "$0.00 ($95.00 less than before)", "95.00 0.00 -95.00"),
])
def test_the_cost_is_compared_with_the_cost_before(after: int, cost: str, difference: str) -> None:
    """The beginning compares in words, the table with a sign."""
    said = _said(fee_before=95, fee_after=after)
    assert f"Cost: {cost} As of" in said
    assert f"all 0 0 {difference} The two sets" in said


@pytest.mark.parametrize(("sums", "words"), [
    ({}, None), ({"short_unknown": 1}, "1 shortfall known to one side only"),
    ({"fee_unknown": 2}, "2 fees not known to one side or both"),
    ({"short_unknown": 2, "fee_unknown": 1},
     "2 shortfalls known to one side only and 1 fee not known to one side or both"),
])
def test_what_is_in_no_sum_is_named(sums: dict[str, int], words: str | None) -> None:
    """If everything is known, there is nothing to name."""
    said = _said(**sums)
    assert ("Not in the sums:" in said) is (words is not None)
    assert words is None or f"Not in the sums: {words}." in said


@pytest.mark.parametrize(("refused", "words"), [
    (0, None), (1, "1 credential could not be decided; the faults say why."),
    (2, "2 credentials could not be decided"),
])
def test_credentials_that_are_not_decided_are_counted(refused: int, words: str | None) -> None:
    """No other count includes them."""
    said = _said(refused=refused)
    assert ("could not be decided" in said) is (words is not None)
    assert words is None or words in said


def test_the_report_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The ending of the file sets the format, and one line names both files."""
    files = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
    credentials, activities, reform = (str(files / name) for name in ("credentials.csv", "activities.csv",
                                                                      "cap-reform.toml"))
    out, page = tmp_path / "changes.csv", tmp_path / "report.html"
    before, after = cmprules.load_book(edition="2026.1"), cmprules.load_book(edition="2026.1", reform=[reform])
    wanted = what_if(credentials, activities, before, after, on=date(2026, 3, 10))

    asked = ["what-if", credentials, activities, "-o", str(out), "--on", "2026-03-10", "--edition", "2026.1"]
    assert main([*asked, "--and-reform", reform, "--report", str(page)]) == 0

    assert wanted.changes.num_rows == 1
    assert capsys.readouterr().out == f"1 answer differs: {out}; {page}\n"
    assert page.read_text(encoding="utf-8") == cmprules.render(wanted, "html")
