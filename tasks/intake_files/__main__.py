"""Write the sample files and their expected outcomes; read the difference before you keep it.

python -m tasks.intake_files && git diff --stat tests/edges/intake/files
"""

from __future__ import annotations

import json
from pathlib import Path

from tasks.intake_files import cases, pages, platforms, statements, vendors

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "edges" / "intake" / "files"


def main() -> None:
    """Write each sample with its expected outcome, and list the files that belong to no sample."""
    kept = {"README.md"}
    for module in (vendors, platforms, statements, pages, cases):
        for sample in module.samples():
            assert sample.name not in kept, sample.name
            (FOLDER / sample.name).write_bytes(sample.content)
            wanted = json.dumps(sample.expected(), indent=1, ensure_ascii=False) + "\n"
            (FOLDER / f"{sample.name}.expected.json").write_text(wanted, encoding="utf-8")
            kept |= {sample.name, f"{sample.name}.expected.json"}
    for path in sorted(FOLDER.iterdir()):
        if path.name not in kept:
            print(f"belongs to no sample: {path.name}")
    print(f"{len(kept) // 2} samples, {sum(path.stat().st_size for path in FOLDER.iterdir()) // 1000} kB")


main()
