"""Results of benchmarks: medians, ratios, aims; saved as JSON and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench._result import Aim, Result, environment, number, ratio_of, read, row_of, summary, write

from tests.tools.bench.samples import BARS, CURVES


@pytest.mark.parametrize("result", [BARS, CURVES], ids=["bars", "curves"])
def test_a_result_that_was_kept_is_read_as_it_was(result: Result, tmp_path: Path) -> None:
    """Nothing is lost in JSON."""
    assert read(write(result, tmp_path)) == result


def test_another_shape_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A result with an earlier shape is not read partially."""
    (tmp_path / "memory.json").write_text('{"holders": 3}', encoding="utf-8")

    with pytest.raises(ValueError, match=r"memory\.json is no cmprules\.benchmark/1: .* --only memory"):
        read(tmp_path / "memory.json")


def test_the_file_has_the_keys_that_every_result_has(tmp_path: Path) -> None:
    """All results share one shape."""
    plain = json.loads(write(BARS, tmp_path).read_text(encoding="utf-8"))

    assert [*plain] == ["schema", "name", "title", "what", "size", "quick", "beside", "rows", "ratios", "figures",
                        "checks", "left_out", "date", "command", "environment"]
    assert plain["rows"][0] == {"contestant": "cmprules", "measure": "wall clock", "median": 3.0, "spread": [2.0, 4.0],
                                "repeats": 3, "unit": "s", "growing": None, "size": None}


def test_the_median_is_neither_the_mean_nor_the_best() -> None:
    """One slow run does not change it."""
    row = row_of("somebody", [1.0, 2.0, 90.0], "s")

    assert (row.median, row.spread, row.repeats) == (2.0, (1.0, 90.0), 3)


@pytest.mark.parametrize(("bound", "value", "met"), [
    ("at most", 2.01, True), ("at most", 2, True), ("at most", 1.99, False),
    ("at least", 1.99, True), ("at least", 2, True), ("at least", 2.01, False),
])
def test_an_aim_is_met_up_to_its_bound(bound: str, value: float, met: bool) -> None:
    """Checks both sides of the bound, and the bound itself."""
    ratio = ratio_of(row_of("one", [4.0], "s"), row_of("other", [2.0], "s"), Aim(bound=bound, value=value))

    assert (ratio.value, ratio.met) == (2.0, met)


def test_how_far_off_an_aim_is_is_a_factor() -> None:
    """Cases: twice too much, and half of the target."""
    assert Aim(bound="at most", value=2).off_by(4) == Aim(bound="at least", value=4).off_by(2) == 2


def test_without_an_aim_nothing_is_met_or_missed() -> None:
    """A ratio may be for information only."""
    assert ratio_of(row_of("one", [4.0], "s"), row_of("other", [2.0], "s")).met is None


def test_the_summary_says_ratios_and_no_bare_time() -> None:
    """This is the output on the terminal."""
    assert summary(BARS).splitlines() == [
        "  cmprules to a peer (wall clock): 3 times (aim: at most 2, MISSED by a factor of 1.5)",
        "  cmprules to a peer (wall clock): 3 times (aim: at least 2, met)",
        "  a size: 12.5 KB",
        "  left out: another peer: not installed.",
    ]
    assert summary(CURVES).splitlines()[1] == "  cmprules to a peer, 1,000 holders (wall clock): 3 times"


@pytest.mark.parametrize(("value", "text"), [(0.05678, "0.0568"), (99.94, "99.9"), (100, "100"), (12_345.6, "12,346")])
def test_numbers_have_three_digits_or_are_whole(value: float, text: str) -> None:
    """No figure has more digits than are meaningful."""
    assert number(value) == text


def test_the_environment_names_the_packages_that_are_there() -> None:
    """A package that is not installed has no version."""
    found = environment(["pyarrow", "cmprules", "no-such-package"])

    assert [*found.packages] == ["cmprules", "pyarrow"]
    assert found.processors >= 1
