"""Take pictures of every report at the width of a phone, a tablet and a desktop, light and dark, and on paper.

python tasks/pictures.py FOLDER [PART OF A NAME] [360 | 768 | 1280]
python tasks/pictures.py --docs     the six that the pages of the docs show; needs Pillow, which makes them small
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BROWSER = ROOT / "tests" / "edges" / "browser"
DOCS = ROOT / "docs" / "pictures"
SHOWN = {
    "decide-phone": ("decide-mls-nearly-there", "360", "light", 640),
    "decide-desk": ("decide-mls-nearly-there", "768", "dark", 850),
    "track": ("track-nearly", "768", "light", 900),
    "timeline": ("timeline-several", "768", "light", 900),
    "plan": ("plan", "768", "light", 900),
    "what-if": ("what-if", "768", "light", 1000),
}
"""For each picture of the docs: the report, the width, the colors, and how much of it to show."""


def pictures(folder: Path, *rest: str) -> None:
    """Take pictures of the reports whose names contain a text, at one width or all."""
    subprocess.run(["node", "pictures.mjs", str(folder.resolve()), *rest], cwd=BROWSER, check=True,
                   env={**os.environ, "PYTHON": sys.executable})


def docs() -> None:
    """Take the pictures of the docs: the first screen of six reports, in a reduced palette."""
    image = import_module("PIL.Image")
    DOCS.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, (report, width, scheme, height) in SHOWN.items():
            pictures(Path(folder), report, width)
            whole = image.open(Path(folder) / f"{report}-{width}-{scheme}.png").convert("RGB")
            first = whole.crop((0, 0, whole.width, min(height, whole.height)))
            first.quantize(64).save(DOCS / f"{name}.png", optimize=True)
            print(name, flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--docs"]:
        docs()
    else:
        target, *wanted = sys.argv[1:]
        pictures(Path(target), *wanted)
