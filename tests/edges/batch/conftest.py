"""In this folder the kernel decides populations, however small they are: compiled, unless this is a plain run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numba
import pytest

from cmprules.batch._compiling import by_hand


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> Iterator[None]:
    """Keep small tables from being decided without compiled code: these tests are about the kernel."""
    with by_hand(wanted=False):
        yield


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the compiler on for a test that compiles something small."""
    config: Any = numba.config
    monkeypatch.setattr(config, "DISABLE_JIT", 0)
