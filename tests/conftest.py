"""What all tests share: the profiles of Hypothesis, and the book of the shipped edition."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

import cmprules

settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("CMPRULES_HYPOTHESIS", "ci"))


@pytest.fixture(scope="session")
def book() -> cmprules.PolicyBook:
    """The tables of the shipped edition."""
    return cmprules.load_book(edition="2026.1")
