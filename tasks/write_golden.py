"""Write the golden files: reports and messages that a person has read.  Read the difference before you keep it.

python -m tasks.write_golden [folder ...] && git diff tests/promises/golden

Folders are those of `tests/promises/golden/kept`; without a name it writes all of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from tests.promises.golden.files import write
from tests.promises.golden.makers import MAKERS


def main(folders: Iterable[str]) -> None:
    """Write every golden file of some folders."""
    for folder in folders:
        for name, text in MAKERS[folder]().items():
            write(folder, name, text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", metavar="folder", choices=[[], *MAKERS], default=[],
                        help=f"one of {', '.join(MAKERS)}; all of them if none is named")
    main(parser.parse_args().folders or MAKERS)
