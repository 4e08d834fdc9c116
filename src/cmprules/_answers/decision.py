"""The decision: a value that displays itself in a notebook and has no truth value."""

from __future__ import annotations

import attrs

from cmprules._kit.held import few
from cmprules._kit.notebook import Displayed
from cmprules._rules.results import DecisionFields


@attrs.frozen(kw_only=True, repr=False)
class Decision(Displayed, DecisionFields):
    """The answer for one record on one day.

    Attributes:
        on: the day of decision.
        holder: the holder of the record; None in a decision written by version 0.1.0.
        stamp: the inputs and versions it was made with.
        credentials: one answer for each credential, in the order of the record; also by id: `decision["mls"]`.
        fees: the cost of the credentials if declared together on that day.
        sources: every source that is cited, by id.
        notice: that this is not ASCP's decision.
        advisories: known errors of the edition, found after its release.

    >>> import cmprules
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    >>> decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> str(decision["pbt"].outcome), decision["pbt"].total.short
    ('NOT_MET', Decimal('9'))
    >>> bool(decision)
    Traceback (most recent call last):
    ...
    TypeError: a decision has no truth value: three answers are possible; compare its .outcome
    """

    def __repr__(self) -> str:
        whose = "" if self.holder is None else f" of {self.holder.shown!r}"
        answers = few([f"{credential.id} {credential.outcome}" for credential in self])
        return f"<Decision{whose} on {self.on}: {answers}>"
