"""Attack every door for as long as you want: `python -m tests.edges.attack --hours 2 --seed 1`.

A document that breaks a door is written to `tests/edges/attack/corpus`, and a test reads it from then on; fix the
cause, and keep the file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.edges.attack.damage import damaged
from tests.edges.attack.doors import DOORS, seeds_of, try_door

CORPUS = Path(__file__).resolve().parent / "corpus"


def main() -> int:
    """Attack until the time is over; return the number of inputs that broke something."""
    parser = argparse.ArgumentParser(prog="python -m tests.edges.attack", description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--door", choices=[door.name for door in DOORS])
    options = parser.parse_args()
    luck, until = random.Random(options.seed), time.monotonic() + options.hours * 3600
    doors = [door for door in DOORS if options.door in {None, door.name}]
    seen: Counter[str] = Counter()
    while time.monotonic() < until:
        door = luck.choice(doors)
        raw = damaged(luck.choice(seeds_of(door)), luck)
        found = try_door(door, raw)
        seen[f"{door.name}: {found}"] += 1
        if found.startswith("broken"):
            name = f"{door.name.replace(' ', '-')}-{hashlib.sha256(raw).hexdigest()[:12]}"
            (CORPUS / name).write_bytes(raw)
            sys.stdout.write(f"{name}: {found}\n")
    sys.stdout.write("\n".join(f"{count:8} {what}" for what, count in sorted(seen.items())) + "\n")
    return min(1, sum(count for what, count in seen.items() if ": broken" in what))


if __name__ == "__main__":
    sys.exit(main())
