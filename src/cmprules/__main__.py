"""`python -m cmprules`, the same as the command."""

from __future__ import annotations

import sys

from cmprules._cli import program

if __name__ == "__main__":
    sys.exit(program())
