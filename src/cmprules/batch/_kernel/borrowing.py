"""Arrays of the caller, without the counting of their users.

Compiled code counts the users of an array, so that its memory can be freed, at every call that the array is passed to.
A decision takes dozens of such calls with a dozen arrays each: about a quarter of its time.  The caller of the kernel
keeps every array until the kernel returns, so inside it nothing needs to be counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba.core import cgutils
from numba.extending import intrinsic, overload

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import Array, Job, People


def borrowed(array: Array) -> Array:
    """Return the same array, without an owner that counts its users; in plain Python the array itself."""
    return array


@overload(borrowed)
def _borrowed(array: Any) -> Callable[[Any], Any]:  # noqa: ARG001  # Numba asks by its type
    def compiled(array: Any) -> Any:
        return _without_owner(array)

    return compiled


@intrinsic
def _without_owner(_: Any, array: Any) -> Any:
    """Clear the two pointers by which compiled code finds the counter, and the object of Python's."""
    def write(context: Any, builder: Any, __: Any, values: Any) -> Any:
        view = context.make_array(array)(context, builder, value=values[0])
        view.meminfo = cgutils.get_null_value(view.meminfo.type)
        view.parent = cgutils.get_null_value(view.parent.type)
        return view._getvalue()  # noqa: SLF001  # how Numba's own code reads it

    return array(array), write


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
