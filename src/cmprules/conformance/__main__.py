"""`python -m cmprules.conformance`."""

from __future__ import annotations

import sys

from cmprules.conformance._command import main

if __name__ == "__main__":
    sys.exit(main())
