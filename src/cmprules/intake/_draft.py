"""The draft of a row: what is known so far, what was changed, what is open, and what stops it."""

from __future__ import annotations

from typing import Any

import attrs

from cmprules.errors import Fault
from cmprules.intake._codes import REMARKS, told
from cmprules.intake._folding import shown
from cmprules.intake._rows import Stop
from cmprules.intake._values import Conversion, Remark


@attrs.define
class Draft:
    """The state of one row so far.

    Attributes:
        fields: the keys of the activity or credential that are known.
        changes: values that were changed on the way in.
        doubts: questions about values that came in without an answer.
        stopped: the reason why it does not come in, if there is one.
        refused: whether that is because it cannot be read.
        key: the text from which the id of an activity is made.
    """

    fields: dict[str, Any] = attrs.Factory(dict)
    changes: list[Conversion] = attrs.Factory(list)
    doubts: list[Remark] = attrs.Factory(list)
    stopped: Remark | None = None
    refused: bool = False
    key: tuple[str, ...] = ()
    own_id: str | None = None

    def change(self, field: str, was: object, now: object, rule: str, header: str = "") -> None:
        """Note that a value was changed on the way in."""
        self.changes.append(Conversion(field=field, was=shown(was), now=shown(now), rule=rule, column=header or None))

    def ask(self, code: str, field: str, **values: object) -> None:
        """Note a question; the value comes in without its answer."""
        self.doubts.append(Remark(code=code, text=told(code, **values), field=field))

    def stop(self, code: str, field: str | None = None, **values: object) -> None:
        """Stop the row, for the first reason found."""
        if self.stopped is None:
            self.stopped = Remark(code=code, text=told(code, **values), field=field)
            self.refused = REMARKS[code].fate == "refused"

    def stop_for(self, stop: Stop) -> None:
        """Stop the row for a reason found earlier."""
        self.stop(stop.code, None, **dict(stop.values))

    def fail(self, fault: Fault) -> None:
        """Stop the row for a fault that a record refuses."""
        path = fault.path.removeprefix("$.")
        value = "Nothing" if fault.value is None else f"'{shown(fault.value)}'"
        text = told("FAULT", text=value, path=path, expected=fault.expected, hint=fault.hint)
        self.stopped, self.refused = Remark(code=fault.code, text=text, field=path), True
