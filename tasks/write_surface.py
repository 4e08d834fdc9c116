"""Record the public surface as stubs that people can read and griffe can compare.

The stubs go to `tests/promises/surface/cmprules/*.pyi`.

Run after a change of anything public, and read the difference before you keep it:

python tasks/write_surface.py && git diff tests/promises/surface

A test fails while the stubs and the package differ; another compares today's stubs with those of every release.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from enum import Enum
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "promises" / "surface"
MODULES = ("cmprules", *sorted(
    f"cmprules.{path.stem}" for path in (ROOT / "src" / "cmprules").iterdir()
    if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").is_file())))
INNER = ("cmprules.batch.spark",)
"""Public modules within others."""

MADE_BY_USERS = ("cmprules._facts.records", "cmprules.timelines._sittings")
"""Modules whose values callers make themselves, so that their constructors are public."""

SPOKEN = ("__bool__", "__contains__", "__getitem__", "__iter__", "__len__", "__str__")
"""Names with underscores that are public anyway."""


def _signature(value: Any, name: str) -> str:
    """Write a function as a stub; annotations stay as written, with private types by their bare names."""
    signature = inspect.signature(value)
    plain = [parameter.replace(annotation=_Bare(parameter.annotation), default=_bare_default(parameter.default))
             for parameter in signature.parameters.values()]
    returns = signature.return_annotation
    shown = signature.replace(parameters=plain, return_annotation=_Bare("None" if name == "__init__" else returns))
    return f"def {name}{shown}: ..."


class _Bare:
    """An annotation that shows itself without quotation marks."""

    def __new__(cls, annotation: Any) -> Any:
        return annotation if annotation is inspect.Parameter.empty else super().__new__(cls)

    def __init__(self, annotation: Any) -> None:
        self.text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)

    def __repr__(self) -> str:
        return self.text.replace("cmprules.", "")


def _bare_default(default: Any) -> Any:
    """Write a default; a value that is not plain becomes `...`."""
    if isinstance(default, Enum):
        return default.value
    plain = default is inspect.Parameter.empty or isinstance(default, str | int | float | bool | tuple | None)
    return default if plain else ...


def _class(name: str, cls: type[Any], parsed: griffe.Object) -> list[str]:
    """Write a class: attributes, properties and methods, inherited ones too; and the constructor, if users call it."""
    bases = ", ".join(base.__name__ for base in cls.__bases__ if base is not object)
    lines = [f"class {name}({bases}):" if bases else f"class {name}:"]
    if issubclass(cls, Enum):
        return [*lines, *(f"    {member.name} = {member.value!r}" for member in cls)]
    if cls.__module__ in MADE_BY_USERS:
        lines.append(f"    {_signature(cls.__init__, '__init__')}")
    for member, found in sorted(parsed.all_members.items()):
        if not member.startswith("_") or member in SPOKEN:
            lines.extend(f"    {line}" for line in _member(cls, member, found))
    return lines if len(lines) > 1 else [f"{lines[0]} ..."]


def _member(cls: type[Any], name: str, found: griffe.Object | griffe.Alias) -> list[str]:
    """Write one member of a class."""
    value = inspect.getattr_static(cls, name, None)
    if isinstance(value, property):
        return ["@property", _signature(value.fget, name)]
    if isinstance(value, classmethod | staticmethod):
        return [f"@{type(value).__name__}", _signature(value.__func__, name)]
    if inspect.isfunction(value):
        return [_signature(value, name)]
    annotation = getattr(found, "annotation", None)
    return [] if annotation is None else [f"{name}: {annotation}"]


def _inside(module: str) -> str:
    """Return the name of a module within the package."""
    return module.partition(".")[2]


def _file(module: str) -> str:
    """Return the path of a module's stub: a package has one for itself, and one for each module within."""
    name = _inside(module).replace(".", "/")
    if any(inner.startswith(f"{module}.") for inner in (*INNER, *MODULES)):
        return f"{name}/__init__.pyi".removeprefix("/")
    return f"{name}.pyi"


def stub(module: str, package: griffe.Module) -> str:
    """Write the stub of one public module."""
    loaded = importlib.import_module(module)
    parsed = package[_inside(module)] if "." in module else package
    lines = [f"# The public surface of {module}, written by tasks/write_surface.py."]
    for name in loaded.__all__:
        value = getattr(loaded, name)
        if inspect.isclass(value):
            lines.extend(["", *_class(name, value, parsed[name])])
        elif callable(value):
            lines.extend(["", _signature(value, name)])
        else:
            lines.extend(["", f"{name}: {type(value).__name__}"])
    return "\n".join([*lines, ""])


def surface() -> dict[str, str]:
    """Return the stub of every public module by path."""
    package = griffe.load("cmprules", search_paths=[path for path in sys.path if (Path(path) / "cmprules").is_dir()],
                          resolve_aliases=True, allow_inspection=False)
    assert isinstance(package, griffe.Module)
    return {_file(module): stub(module, package) for module in (*MODULES, *INNER)}


if __name__ == "__main__":
    for file, text in surface().items():
        path = TARGET / "cmprules" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
