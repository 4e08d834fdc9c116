"""Read trackings from plain data."""

from __future__ import annotations

from collections.abc import Mapping

from cmprules._facts.reading import document
from cmprules.tracking._holding import tracking_faults
from cmprules.tracking._values import Tracking


def parse_tracking(mapping: Mapping[str, object]) -> Tracking:
    """Read a tracking from plain data, to compare it with a later one, and check that its parts fit.

    Raises:
        InputError: with every fault; `DOES_NOT_FIT` if a part names something that the rest does not have.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> tracking = cmprules.track(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> parse_tracking(cmprules.to_mapping(tracking)) == tracking
    True
    >>> parse_tracking({"schema": "cmprules.decision/1"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 10 faults:
    ...
    """
    return document(Tracking, mapping, fits=tracking_faults)
