"""What a receipt is made of; `cmprules.receipt` makes one, and `cmprules.replay` replays it."""

from __future__ import annotations

from cmprules._policy.book import OwnFile
from cmprules.receipts import _report  # noqa: F401  # whoever has a receipt has its report
from cmprules.receipts._values import Receipt, Replay

__all__ = ["OwnFile", "Receipt", "Replay"]
