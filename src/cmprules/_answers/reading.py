"""Read decisions from plain data."""

from __future__ import annotations

from collections.abc import Mapping

from cmprules._answers.decision import Decision
from cmprules._answers.holding import decision_faults
from cmprules._facts.reading import document


def parse_decision(mapping: Mapping[str, object]) -> Decision:
    """Read a decision from plain data, and check that its parts fit together.

    Raises:
        InputError: with every fault; `DOES_NOT_FIT` if a part names something that the rest does not have.

    >>> parse_decision({"schema": "cmprules.decision/2"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 7 faults:
    ...
    """
    return document(Decision, mapping, fits=lambda decision: decision_faults(decision, "$"))
