"""Decisions read back from plain data."""

from __future__ import annotations

from collections.abc import Mapping

from cmprules._answers.decision import Decision
from cmprules._facts.reading import without_schema
from cmprules._kit.shapes import read_part
from cmprules.errors import Fault, InputError

__all__ = ["parse_decision"]


def parse_decision(mapping: Mapping[str, object]) -> Decision:
    """Read a decision back from plain data.

    Raises:
        InputError: with every fault.

    >>> parse_decision({"schema": "cmprules.decision/2"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 7 faults:
    ...
    """
    faults: list[Fault] = []
    decision = read_part(Decision, without_schema(mapping, Decision.schema, faults), "$", faults)
    if faults:
        raise InputError(faults)
    return decision
