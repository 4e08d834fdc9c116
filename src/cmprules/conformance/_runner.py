"""The runner: sends every case, compares every reply, and counts results by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import attrs

from cmprules.conformance._answer import answer as own_answer
from cmprules.conformance._compare import Difference, comparable, differences
from cmprules.conformance._vectors import Vector, vectors

SHOWN = 10
"""The number of differences kept for one case."""

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@attrs.frozen(kw_only=True)
class Failure:
    """A case without the expected reply.

    Attributes:
        id: the id of the vector.
        differences: the first places where the two differ.
        problem: why there is no reply to compare; None if there is one.
    """

    id: str
    differences: tuple[Difference, ...] = ()
    problem: str | None = None


@attrs.frozen(kw_only=True)
class Report:
    """The result of a run.

    Attributes:
        groups: for each group of vectors, the number that passed and the number that failed.
        failures: the cases that failed, in the order of the vectors.
        problems: what else went wrong, such as a program that ended early.
    """

    groups: Mapping[str, tuple[int, int]] = attrs.field(hash=False)
    failures: tuple[Failure, ...]
    problems: tuple[str, ...] = ()

    @property
    def passed(self) -> int:
        """The number of cases that passed."""
        return sum(passed for passed, _ in self.groups.values())

    @property
    def conforms(self) -> bool:
        """Whether every case passed, there was at least one, and nothing else went wrong."""
        return self.passed > 0 and not self.failures and not self.problems


def run(
    answer: Answer = own_answer, *, of: Iterable[Vector] | None = None, progress: Callable[[int], None] | None = None
) -> Report:
    """Send every case to an implementation and compare its replies.

    Args:
        answer: takes a case and returns a reply: a mapping with `answer` or `refused`; this library if absent.
            Any exception that it raises is a failure of that case.
        of: the vectors; those of the newest edition if absent.
        progress: called with the number of cases done.

    >>> few = vectors("2026.1")[:20]
    >>> run(of=few).conforms
    True
    >>> report = run(lambda case: {"answer": None}, of=few)
    >>> report.conforms, len(report.failures)
    (False, 20)
    """
    chosen = vectors() if of is None else tuple(of)
    return judge(chosen, (_reply(answer, vector, done, progress) for done, vector in enumerate(chosen, 1)))


def _reply(
    answer: Answer, vector: Vector, done: int, progress: Callable[[int], None] | None
) -> Mapping[str, Any] | str:
    if progress is not None:
        progress(done)
    try:
        return answer(vector.request)
    except Exception as error:  # noqa: BLE001  # another implementation may raise anything
        return f"raised {type(error).__name__}: {error}"


def judge(
    chosen: Sequence[Vector], replies: Iterable[Mapping[str, Any] | str], problems: Iterable[str] = ()
) -> Report:
    """Compare replies with the expected ones, in the order of the vectors; a text says why a reply is missing."""
    groups: dict[str, tuple[int, int]] = {}
    failures = []
    for vector, reply in zip(chosen, replies, strict=True):
        failure = _failure(vector, reply)
        passed, failed = groups.get(vector.group, (0, 0))
        groups[vector.group] = (passed + (failure is None), failed + (failure is not None))
        if failure is not None:
            failures.append(failure)
    return Report(groups=groups, failures=tuple(failures), problems=tuple(problems))


def _failure(vector: Vector, reply: Mapping[str, Any] | str) -> Failure | None:
    """Return the failure, if there is one."""
    if not isinstance(reply, Mapping):
        return Failure(id=vector.id, problem=str(reply))
    taken = comparable(reply)
    if not taken:
        return Failure(id=vector.id, problem="the reply has neither 'answer' nor 'refused'")
    found = tuple(islice(differences(vector.expected, taken), SHOWN))
    return Failure(id=vector.id, differences=found) if found else None
