"""A row on its way into a record: what is known so far, what was changed, what is open, and what stops it."""

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
    """What one row has become so far.

    Attributes:
        fields: the keys of the activity or credential that are known.
        changes: values that came in other than they stood in the file.
        doubts: questions about values that came in without an answer.
        stopped: why it does not come in, if it does not.
        refused: whether that is because it cannot be read.
        key: what the id of an activity is made of.
    """

    fields: dict[str, Any] = attrs.Factory(dict)
    changes: list[Conversion] = attrs.Factory(list)
    doubts: list[Remark] = attrs.Factory(list)
    stopped: Remark | None = None
    refused: bool = False
    key: tuple[str, ...] = ()
    own_id: str | None = None

    def change(self, field: str, was: object, now: object, rule: str, header: str = "") -> None:
        """Note that a value came in other than it stood there."""
        self.changes.append(Conversion(field=field, was=shown(was), now=shown(now), rule=rule, column=header or None))

    def ask(self, code: str, field: str, **values: object) -> None:
        """Note a question; the value comes in without its answer."""
        self.doubts.append(Remark(code=code, text=told(code, **values), field=field))

    def stop(self, code: str, field: str | None = None, **values: object) -> None:
        """Keep it out, for the first reason that is found."""
        if self.stopped is None:
            self.stopped = Remark(code=code, text=told(code, **values), field=field)
            self.refused = REMARKS[code].fate == "refused"

    def stop_for(self, stop: Stop) -> None:
        """Keep it out for a reason that was found before."""
        self.stop(stop.code, None, **dict(stop.values))

    def fail(self, fault: Fault) -> None:
        """Keep it out for what a record refuses."""
        path = fault.path.removeprefix("$.")
        text = told("FAULT", text=shown(fault.value), path=path, expected=fault.expected, hint=fault.hint)
        self.stopped, self.refused = Remark(code=fault.code, text=text, field=path), True
