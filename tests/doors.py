"""The public doors of the package: every module without an underscore in its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import cmprules

__all__ = ["ANSWERS", "DOORS", "EDGES", "INNER"]

EDGES = ("conformance", "errors", "testing")
"""Doors with their own rules: a runner, the errors (all of them at the main door), strategies for tests."""

DOORS: dict[str, ModuleType] = {
    path.stem: import_module(f"cmprules.{path.stem}")
    for path in sorted(Path(str(cmprules.__file__)).parent.iterdir())
    if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").is_file())
}
INNER = tuple(import_module(name) for name in ("cmprules.batch.spark",))
"""Doors within others, which need additional packages."""

ANSWERS = (*(module for name, module in DOORS.items() if name not in EDGES), *INNER)
"""Doors to the other answers."""
