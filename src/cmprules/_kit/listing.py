"""Names listed in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def joined(names: Sequence[str], last: str = "and") -> str:
    """List names in a sentence.

    >>> joined(["safety", "ethics", "chemistry"]), joined(["safety", "ethics"], "or")
    ('safety, ethics and chemistry', 'safety or ethics')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
