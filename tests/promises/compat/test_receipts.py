"""Kept receipts verify in every version: they are undamaged, and their decisions replay as the same.

The version in its stamp wrote each file; the files are never rewritten.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main

KEPT = Path(__file__).parent / "receipts"
DIGESTS = {
    "expired.json": "e203d97752461bfbbb12eb94803011b84354d033ec8de9b57a328aa4124500cb",
    "own-rows.json": "3570fb3f520c693d63068cfafc60ee317e01a736559bca4ee2a5607764596e97",
    "plain.json": "98fdb13bcebe49d291bd483f882e9d417a87309f6e229c904e3421e5c478e35b",
    "reform.json": "2d8bd5977046ac015f52e30b05ec7c65172f0d2b7a077df0d84833dbad2bfe26",
    "trust.json": "5058c402879c9527a450ce046a7934596069f30cd6356f81407b76a319725818",
}
"""Digests of the files, so that none is replaced with one that suits a later version better."""


def test_the_kept_files_are_those_that_were_written() -> None:
    """No file is lost or rewritten."""
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in KEPT.iterdir()} == DIGESTS


@pytest.mark.parametrize("name", DIGESTS)
def test_a_receipt_of_then_is_the_same_now(name: str) -> None:
    """It replays with its edition and its own rows over it."""
    kept = cmprules.read_receipt(KEPT / name)
    book = cmprules.load_book(kept.decision.stamp.edition.partition("+")[0])
    found = cmprules.replay(kept, book)

    assert found.differences == ()
    assert found.same


@pytest.mark.parametrize("name", DIGESTS)
def test_the_command_says_so_too(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`cmprules verify` exits with 0."""
    assert main(["verify", str(KEPT / name)]) == 0
    assert "Verified: the same decision" in capsys.readouterr().out
