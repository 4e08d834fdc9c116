"""Populations are decided by the compiled kernel here, however small they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmprules.batch._compiling import by_hand


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> Iterator[None]:
    """Let no table go by hand for want of compiled code: the kernel is what these tests are about."""
    with by_hand(wanted=False):
        yield
