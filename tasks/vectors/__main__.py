"""Write the conformance vectors that the wheel carries; a test fails while they differ from what is built here.

python -m tasks.vectors
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tasks.vectors.build import EDITIONS, build

from cmprules.conformance._vectors import packed

FOLDER = Path(__file__).resolve().parents[2] / "src" / "cmprules" / "conformance" / "vectors"

if __name__ == "__main__":
    for edition in EDITIONS:
        found = build(edition)
        raw = packed(found)
        (FOLDER / f"{edition}.jsonl.gz").write_bytes(raw)
        for group, count in Counter(vector.group for vector in found).items():
            print(f"{count:>6}  {group}")
        print(f"{len(found):>6}  vectors of edition {edition}, {len(raw):,} bytes")
