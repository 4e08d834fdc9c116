"""In this folder the compiled kernel decides populations, however small they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmprules.batch._compiling import by_hand


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> Iterator[None]:
    """Keep small tables from being decided without compiled code: these tests are about the kernel."""
    with by_hand(wanted=False):
        yield
