"""Runs the commands about several people."""

from __future__ import annotations

from cmprules._cli import main

DAY = ("--on", "2026-03-10", "--edition", "2026.1")


def run(*arguments: object) -> int:
    """Run a command; return the exit status, even for wrong usage."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as done:
        return int(str(done.code))
