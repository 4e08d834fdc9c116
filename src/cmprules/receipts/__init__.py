"""The values of a receipt; `cmprules.receipt` makes one, and `cmprules.replay` replays it."""

from __future__ import annotations

from cmprules._policy.book import OwnFile
from cmprules.receipts import _report  # noqa: F401  # registers the reports
from cmprules.receipts._values import Receipt, Replay

__all__ = ["OwnFile", "Receipt", "Replay"]
