"""The house itself: floors, the public door, the promises of the package."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.doors import ANSWERS, DOORS, INNER

import cmprules

ROOT = Path(__file__).resolve().parents[3]


def test_imports_only_go_down() -> None:
    """The import contracts hold: the order of the floors, and the purity of the rules."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_public_door_is_sorted_and_complete() -> None:
    """Exported names are sorted, exist, and have docstrings."""
    for door in (cmprules, *DOORS.values(), *INNER):
        assert door.__all__ == sorted(door.__all__), door
        for name in door.__all__:
            assert getattr(door, name).__doc__ or name == "__version__", name


def test_what_type_checkers_see_is_what_is_imported() -> None:
    """The stub of the main door has exactly the public names with their homes; every door opens on request."""
    stub = ast.parse((ROOT / "src" / "cmprules" / "__init__.pyi").read_text(encoding="utf-8"))
    homes = {alias.name: node.module for node in stub.body if isinstance(node, ast.ImportFrom)
             for alias in node.names}
    doors = {name for name, home in homes.items() if home == "cmprules"}

    assert set(homes) - doors == set(cmprules.__all__)
    for name in set(homes) - doors:
        assert getattr(cmprules, name) is getattr(import_module(str(homes[name])), name), name
    assert doors == set(DOORS) - {"conformance"}
    assert all(cmprules.__getattr__(name) is door for name, door in DOORS.items())
    assert set(cmprules.__all__) <= set(dir(cmprules))


def test_a_name_that_is_not_there_is_said_not_to_be() -> None:
    """A misspelled name fails as in any module."""
    with pytest.raises(AttributeError, match="module 'cmprules' has no attribute 'decideth'"):
        getattr(cmprules, "decideth")  # noqa: B009  # a type checker would see it


def test_importing_the_package_imports_no_rules() -> None:
    """The rules load with the first question, and plans never with a decision."""
    code = ("import sys, cmprules; print(len([name for name in sys.modules if name.startswith('cmprules.')])); "
            "cmprules.decide; print('cmprules._answers.decide' in sys.modules, 'cmprules.planning' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "True", "False"]


def test_every_public_function_shows_an_example_that_works_and_one_that_does_not() -> None:
    """Each public docstring has a session with an answer and one with a refusal."""
    doors = (cmprules, *ANSWERS, DOORS["testing"])
    public = [(name, getattr(door, name)) for door in doors for name in door.__all__]
    for name, exported in public:
        if not isinstance(exported, type) and callable(exported) and name != "editions":
            doc = exported.__doc__ or ""
            assert ">>>" in doc, name
            refused = ("Traceback", "AREA_NOT_SERVED", "except cmprules.InputError")
            assert any(word in doc for word in refused), name


def test_the_package_is_typed_and_light() -> None:
    """Of installed packages, importing this one loads only attrs and dateutil."""
    code = (
        "import sys; before = set(sys.modules); import cmprules; "
        "[getattr(cmprules, name) for name in cmprules.__all__]; "
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
                          capture_output=True, text=True, check=True)
    brought = {name for name in done.stdout.split() if name not in sys.stdlib_module_names}
    assert brought <= {"cmprules", "attr", "attrs", "dateutil", "six"}, brought
    spec = find_spec("cmprules")
    assert spec is not None
    assert spec.origin is not None
    assert (Path(spec.origin).parent / "py.typed").exists()


@pytest.mark.parametrize("name", ["load_book", "read_record"])
def test_the_edges_alone_read_files(name: str) -> None:
    """Functions that read files are at the edges."""
    assert getattr(cmprules, name).__module__ in {"cmprules._policy.load", "cmprules._facts.reading"}


def test_a_book_can_be_pickled_and_stays_equal() -> None:
    """A book is a value like any other."""
    book = cmprules.load_book(edition="2026.1")
    assert pickle.loads(pickle.dumps(book)) == book
