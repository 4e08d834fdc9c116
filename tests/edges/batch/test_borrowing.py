"""Inside the kernel, arrays have no owner that counts their users."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from llvmlite import ir

from cmprules.batch._kernel.borrowing import borrowed, borrowed_when_compiled, chosen_for, without_owner

POINTER = ir.IntType(8).as_pointer()

COMPILED = """
import numba, numpy
from cmprules.batch._kernel.borrowing import borrowed
@numba.njit
def double(array):
    view = borrowed(array)
    for place in range(len(view)):
        view[place] *= 2
array = numpy.arange(3)
double(array)
print(*array, "compiled" if double.signatures else "not compiled")
"""


def test_in_plain_python_it_is_the_array_itself() -> None:
    """Nothing is copied, so what the kernel writes arrives."""
    array = np.zeros(3)
    assert borrowed(array) is array


def test_a_view_without_an_owner_is_made_by_compiled_code_alone() -> None:
    """Plain Python counts the users of its arrays itself."""
    with pytest.raises(NotImplementedError):
        borrowed_when_compiled(np.zeros(3))


def test_it_compiles() -> None:
    """All other quick tests run the kernel as plain Python; Numba refuses a borrowing whose parameters differ."""
    done = subprocess.run(
        [sys.executable, "-c", COMPILED], env={**os.environ, "NUMBA_DISABLE_JIT": "0"}, check=True, capture_output=True)
    assert done.stdout.decode().split() == ["0", "2", "4", "compiled"]
    assert chosen_for(np.zeros(3)) is borrowed_when_compiled


def test_the_counter_and_the_object_of_python_are_cleared() -> None:
    """All else about the view stays: its data, its shape, whether it may be written to."""
    found: list[Any] = []

    def made(_: object, __: object, value: str) -> SimpleNamespace:
        counted = ir.Constant(ir.IntType(64), 8).inttoptr(POINTER)
        view = SimpleNamespace(value=value, meminfo=counted, parent=counted, _getvalue=lambda: "the view")
        found.append(view)
        return view

    def signature(result: object) -> tuple[str, object]:
        return "returns", result

    of_type, write = without_owner(None, signature)
    assert of_type == ("returns", signature)
    assert write(SimpleNamespace(make_array=lambda _: made), None, None, ["the array"]) == "the view"
    (view,) = found
    assert view.value == "the array"
    assert [str(part) for part in (view.meminfo, view.parent)] == ["i8* null"] * 2
