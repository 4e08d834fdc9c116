"""Arrays of the caller, without the counting of their users.

Compiled code counts the users of an array, so that its memory can be freed, at every call that the array is passed to.
A decision takes dozens of such calls with a dozen arrays each: about a quarter of its time.  The caller of the kernel
keeps every array until the kernel returns, so inside it nothing needs to be counted.
"""

from __future__ import annotations

from typing import Any

from numba import extending
from numba.core import cgutils

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import Array, Job, People

_EXTENDING: Any = extending
_NULL: Any = cgutils.get_null_value


def borrowed(array: Array) -> Array:
    """Return the same array, without an owner that counts its users; in plain Python the array itself."""
    return array


def without_owner(_: Any, array: Any) -> Any:
    """Return, for Numba, the type and the code of a view with neither a counter nor an object of Python's."""
    def write(context: Any, builder: Any, __: Any, values: Any) -> Any:
        view = context.make_array(array)(context, builder, value=values[0])
        view.meminfo, view.parent = _NULL(view.meminfo.type), _NULL(view.parent.type)
        return view._getvalue()  # noqa: SLF001  # Numba has no public name for it

    return array(array), write


_VIEW: Any = _EXTENDING.intrinsic(without_owner)


def borrowed_when_compiled(array: Array) -> Any:
    """Return a view without an owner: what `borrowed` is in compiled code."""
    return _VIEW(array)


def chosen_for(array: Array) -> Any:  # noqa: ARG001  # Numba wants the parameter of what it returns, hint and all
    """Return, for Numba, what compiled code runs instead of `borrowed`."""
    return borrowed_when_compiled


_EXTENDING.overload(borrowed)(chosen_for)


@jit
def borrowed_people(people: People) -> People:
    """Borrow the activities of some holders."""
    return People(
        borrowed(people.bounds), borrowed(people.activities), borrowed(people.id_starts), borrowed(people.letters),
        borrowed(people.rows), borrowed(people.member_bounds), borrowed(people.members), borrowed(people.loud))


@jit
def borrowed_job(job: Job) -> Job:
    """Borrow the data for every credential, and the working space."""
    return Job(
        borrowed(job.tables), borrowed(job.kinds), borrowed(job.units), job.identity, borrowed(job.id_starts),
        borrowed(job.letters), borrowed(job.rows), borrowed(job.items), borrowed(job.lists), borrowed(job.vectors),
        borrowed(job.desks), borrowed(job.chains), borrowed(job.marks))
