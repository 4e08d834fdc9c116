"""Memory that goes back to the system when a part of a population is done.

Arrow's own allocator, and the C library's for small pieces, keep freed memory for later: across many parts that is
memory twice over.  A command owns its process, so it may choose; a program that imports `cmprules` chooses for itself.
"""

from __future__ import annotations

import ctypes
import sys

import pyarrow as pa

__all__ = ["give_back", "give_back_large"]

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as glibc numbers its settings
LARGE = 1 << 20
"""The bytes from which a piece of memory is the system's own, and goes back as soon as it is free."""


def give_back() -> bool:
    """Let this process return freed memory to the system; return whether it will also return large pieces at once."""
    pa.set_memory_pool(pa.system_memory_pool())
    return sys.platform == "linux" and give_back_large(ctypes.CDLL(None))


def give_back_large(library: object) -> bool:
    """Set the C library so; return whether it knows the settings, which only glibc does."""
    setting = getattr(library, "mallopt", None)
    taken = [setting is not None and setting(name, LARGE) == 1 for name in (_MMAP_THRESHOLD, _TRIM_THRESHOLD)]
    return all(taken)
