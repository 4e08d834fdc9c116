"""The arguments that answers about a record share, read with all their faults at once."""

from __future__ import annotations

from typing import Any

from cmprules._facts.records import Credential, Record
from cmprules._kit.shapes import BAD, Day, Maybe, Shape, Text, nearest, refuse_others
from cmprules._policy.book import refuse_book
from cmprules.errors import Fault, InputError


class Asked:
    """Reads the arguments of one question, and raises all their faults together."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, shape: Shape, value: Any, path: str) -> Any:
        """Read one argument; gives `BAD` after a fault."""
        return shape.read(value, path, self.faults)

    def day(self, value: Any) -> Any:
        """Read the day that the question is about."""
        return self.read(Day(), value, "$.on")

    def book(self, value: Any) -> bool:
        """Note a book that is none; tell whether it is one."""
        before = len(self.faults)
        refuse_book(value, self.faults)
        return len(self.faults) == before

    def of_class(self, value: Any, cls: type[Any], path: str) -> bool:
        """Note an argument that is not of a class; tell whether it is."""
        refuse_others((value,), cls, path, self.faults)
        return isinstance(value, cls)

    def credentials(self, record: Record, credential: str | None) -> tuple[Credential, ...]:
        """Choose one credential of a record by its id, or all of them."""
        name = self.read(Maybe(Text()), credential, "$.credential")
        if not self.of_class(record, Record, "$.record") or name is BAD:
            return ()
        found = tuple(candidate for candidate in record.credentials if name is None or candidate.id == name)
        if not found:
            self.refuse("$.credential", "NO_SUCH_CREDENTIAL", name, "the id of a credential of this record",
                        nearest(name, tuple(candidate.id for candidate in record.credentials)))
        return found

    def refuse(self, path: str, code: str, value: object, expected: str, hint: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(path=path, code=code, value=value, expected=expected, hint=hint))

    def settle(self) -> None:
        """Raise what was noted.

        Raises:
            InputError: something was.
        """
        if self.faults:
            raise InputError(self.faults)
