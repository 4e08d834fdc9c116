"""The version of the library, in one place."""

__version__ = "0.2.0.dev0"

RULES_VERSION = 1
"""Raised by any change of logic that alters any answer; stamped on every decision."""
