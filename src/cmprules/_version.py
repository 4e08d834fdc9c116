"""The version of the library, in one place."""

__version__ = "0.2.0"

RULES_VERSION = 1
"""The number goes up with any change of logic that alters an answer; every decision carries it in its stamp."""
