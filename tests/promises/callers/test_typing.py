"""The types that callers see: one program uses every public name, runs, and passes the strictest checkers.

Mypy checks it with the other tests; pyright checks it in the second step of CI, because it comes from npm:
`npx pyright --project tests/promises/callers`.
"""

from __future__ import annotations

import ast
from pathlib import Path

import cmprules
from tests.doors import ANSWERS
from tests.promises.callers import uses_everything

PROGRAM = Path(__file__).with_name("uses_everything.py")


def test_the_program_runs() -> None:
    """It calls every public function, and raises and catches every error."""
    assert uses_everything.main() == ["InputError", "InputError", "PolicyDataError", "UnknownEditionError",
                                      "NotInForceError", "UnknownCodeError", "NotEstablishedError"]


def test_the_program_uses_every_public_name() -> None:
    """The checkers see a new public name only once the program uses it."""
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}

    public = [*cmprules.__all__, *(name for door in ANSWERS for name in door.__all__)]
    assert [name for name in public if name not in used] == []
