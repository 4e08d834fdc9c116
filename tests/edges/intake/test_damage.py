"""Damaged samples never bring a wrong day, a wrong amount or a lost row, and the counts always add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cmprules._words import vocabulary
from cmprules.intake import Intake, IntakeMapping, intake
from tests.edges.intake import damage
from tests.edges.intake.making import BOOK
from tests.examples import scaled

FILES = Path(__file__).parent / "files"
RUNS = {path.name.removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))["runs"][0]["options"]
        for path in sorted(FILES.glob("*.expected.json")) if "runs" in json.loads(path.read_text(encoding="utf-8"))}
TEXTS = [name for name in RUNS if name.endswith((".csv", ".txt"))]
SEPARATED = [name for name in RUNS if name.endswith(".csv")]
Values = list[tuple[str | None, Decimal]]


def took(folder: Path, name: str, content: bytes, **said: str | None) -> Intake:
    """Read a file with the options of its first expected outcome."""
    path = folder / name
    path.write_bytes(content)
    options = {**RUNS[name], **said}
    words = {key: options[key] for key in ("dates", "place", "unit") if options.get(key) is not None}
    return intake(path, BOOK, holder=options["holder"], credentials=options["credentials"],
                  mapping=IntakeMapping(**words))


@cache
def sound_of(name: str) -> Intake:
    """Read a valid file once for all kinds of damage to it."""
    with TemporaryDirectory() as folder:
        return took(Path(folder), name, (FILES / name).read_bytes())


def values(found: Intake) -> Values:
    """Return the day and the points of each activity that came in, and check that the counts add up."""
    counts = found.counts
    assert counts.rows == len(found.lines) == (
        counts.read + counts.mapped + counts.doubtful + counts.set_aside + counts.refused)
    return [] if found.record is None else [
        (None if one.completed_on is None else str(one.completed_on), one.amount * vocabulary.UNITS[str(one.unit)])
        for one in found.record.activities]


def true_ones(sound: Values) -> set[tuple[str | None, Decimal]]:
    """Return what a damaged file may give: the activities of the valid one, with or without their days."""
    return {*sound, *((None, points) for _, points in sound)}


@pytest.mark.parametrize("name", list(RUNS))
def test_a_file_that_is_cut_off(tmp_path: Path, name: str) -> None:
    """No activity comes in with another day or amount."""
    content = (FILES / name).read_bytes()
    sound = true_ones(values(sound_of(name)))

    for seed in range(scaled(2 if name.endswith((".pdf", ".xlsx")) else 6)):
        assert set(values(took(tmp_path, name, damage.cut_off(content, seed)))) <= sound, seed


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("harm", [damage.other_encoding, damage.encoded_twice])
def test_another_encoding(tmp_path: Path, name: str, harm: Callable[[bytes, int], bytes]) -> None:
    """Days, amounts and the number of rows are the same."""
    content = (FILES / name).read_bytes()
    sound = sound_of(name)

    for seed in range(scaled(3)):
        found = took(tmp_path, name, harm(content, seed))
        assert sorted(map(str, values(found))) == sorted(map(str, values(sound))), seed
        assert found.counts.rows == sound.counts.rows, seed


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("harm", [damage.lines_dropped, damage.lines_doubled, damage.lines_shuffled])
def test_lines_in_another_place(tmp_path: Path, name: str, harm: Callable[[bytes, int], bytes]) -> None:
    """Activities have their own days and points, or no day; every line has its fate."""
    content = (FILES / name).read_bytes()
    sound = true_ones(values(sound_of(name)))

    for seed in range(scaled(3)):
        assert set(values(took(tmp_path, name, harm(content, seed)))) <= sound, seed


@pytest.mark.parametrize("name", TEXTS)
def test_dates_in_two_orders(tmp_path: Path, name: str) -> None:
    """Without a given order, every day that comes out is the true one."""
    content = (FILES / name).read_bytes()
    sound = true_ones(values(sound_of(name)))

    for seed in range(scaled(4)):
        assert set(values(took(tmp_path, name, damage.dates_mixed(content, seed), dates=None))) <= sound, seed


@pytest.mark.parametrize("name", SEPARATED)
def test_columns_in_another_order(tmp_path: Path, name: str) -> None:
    """The activities are the same."""
    content = (FILES / name).read_bytes()
    sound = sorted(map(str, values(sound_of(name))))

    for seed in range(scaled(4)):
        moved = damage.columns_moved(content, seed, separator=separator_of(content))
        assert sorted(map(str, values(took(tmp_path, name, moved)))) == sound, seed


@pytest.mark.parametrize("name", SEPARATED)
@pytest.mark.parametrize("harm", [damage.cells_shifted, damage.cell_emptied])
def test_cells_that_are_shifted_or_emptied(tmp_path: Path, name: str, harm: Callable[..., bytes]) -> None:
    """No row comes in with a wrong day or amount, and nothing incomplete comes in."""
    content = (FILES / name).read_bytes()
    sound = true_ones(values(sound_of(name)))

    for seed in range(scaled(4)):
        spoiled = harm(content, seed, separator=separator_of(content))
        assert set(values(took(tmp_path, name, spoiled))) <= sound, seed


def separator_of(content: bytes) -> str:
    """Find the separator of a valid sample."""
    text = content.decode(damage.encoding_of(content))
    return max(",;\t|", key=text.count)


@pytest.mark.parametrize("name", [name for name in RUNS if name.endswith((".json", ".jsonld"))])
def test_a_key_that_is_dropped(tmp_path: Path, name: str) -> None:
    """No other value takes its place: days and amounts are those of the file, or missing."""
    content = (FILES / name).read_bytes()
    sound = {points for _, points in values(sound_of(name))}

    for seed in range(scaled(8)):
        found = took(tmp_path, name, damage.key_dropped(content, seed))
        assert {points for _, points in values(found)} <= sound, seed
