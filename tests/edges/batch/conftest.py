"""In this folder the kernel decides populations, however small they are: compiled, unless this is a plain run.

Numba reads once, when it is imported, whether it compiles; so this module, which pytest imports before it is
configured, imports nothing that imports Numba.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> Iterator[None]:
    """Keep small tables from being decided without compiled code: these tests are about the kernel."""
    with import_module("cmprules.batch._compiling").by_hand(wanted=False):
        yield


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the compiler on for a test that compiles something small."""
    monkeypatch.setattr("numba.config.DISABLE_JIT", 0)
