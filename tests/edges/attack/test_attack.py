"""Every door refuses with reasons, or accepts and can show: seeded damage, and the findings of earlier attacks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.edges.attack.damage import damaged
from tests.edges.attack.doors import DOORS, Door, seeds_of, try_door
from tests.examples import scaled

CORPUS = sorted(path for path in (Path(__file__).resolve().parent / "corpus").iterdir() if path.name != "README.md")
ROUNDS = 50
"""How many damaged documents each door gets under the profile `ci`.

`python -m tests.edges.attack --hours 2` tries them for hours.
"""


def _door_of(path: Path) -> Door:
    """Find the door for a kept file, whose name begins with that of the door."""
    return next(door for door in DOORS if path.name.rpartition("-")[0] == door.name.replace(" ", "-"))


def test_every_kept_file_has_its_door() -> None:
    """The same goes for files that an attack writes."""
    assert [_door_of(path).name for path in CORPUS]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_what_is_not_damaged_is_taken(door: Door) -> None:
    """Otherwise the first check would stop the attack, and it would find nothing."""
    assert [try_door(door, raw) for raw in seeds_of(door)] == ["taken"] * len(seeds_of(door))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_damage_is_refused_with_reasons_or_does_no_harm(door: Door) -> None:
    """The inputs have a seed, and are the same every time."""
    luck = random.Random(f"{door.name} 2026")
    for _ in range(scaled(ROUNDS)):
        raw = damaged(luck.choice(seeds_of(door)), luck)
        found = try_door(door, raw)
        assert not found.startswith("broken"), (found, raw)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_an_attack_found_stays_mended(path: Path) -> None:
    """Each file once broke its door."""
    assert not try_door(_door_of(path), path.read_bytes()).startswith("broken")
