"""A few rounds of the soak of `cmprules batch`; hours of them are `python -m tests.edges.attack.soak --hours 2`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a copy of a process")
def test_whatever_happens_to_a_run_the_answers_are_whole_and_right() -> None:
    """Killed, stopped, interrupted, out of disk, damaged, two at once: the same seed, the same moments."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run([sys.executable, "-m", "tests.edges.attack.soak", "--rounds", "4", "--seed", "2026"],
                          capture_output=True, text=True, check=False, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": paths})
    assert done.returncode == 0, done.stderr
    seen = {what: int(count) for count, what in (line.split(maxsplit=1) for line in done.stdout.splitlines())}
    assert seen["rounds"] == 4
    assert len(seen) > 4
