"""Make pictures of every report, on a phone, a tablet and a desk, light and dark, and on paper; then look at them.

python tasks/pictures.py FOLDER [PART OF A NAME] [360 | 768 | 1280]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BROWSER = Path(__file__).resolve().parent.parent / "tests" / "edges" / "browser"

if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    subprocess.run(["node", "pictures.mjs", str(Path(folder).resolve()), *rest], cwd=BROWSER, check=True,
                   env={**os.environ, "PYTHON": sys.executable})
