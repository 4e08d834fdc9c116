"""The arguments shared by answers about a record, read with all faults together."""

from __future__ import annotations

from datetime import date
from typing import Any

from cmprules._facts.records import Credential, Record
from cmprules._kit.shapes import BAD, Day, Maybe, Shape, Text, Word, nearest, refuse_others
from cmprules._policy.book import refuse_book
from cmprules._words.enums import TRUST_SCALE, Grade
from cmprules.errors import Fault, InputError

_TRUST = Word(tuple(map(str, TRUST_SCALE)), "a grade", "UNKNOWN_WORD")


class Asked:
    """Reads the arguments of one question, and raises all their faults together."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, shape: Shape, value: Any, path: str) -> Any:
        """Read one argument; return `BAD` after a fault."""
        return shape.read(value, path, self.faults)

    def day(self, value: Any) -> date:
        """Read the day of the question."""
        day: date = self.read(Day(), value, "$.on")
        return day

    def trust(self, value: Any) -> Any:
        """Read the weakest grade to rely on."""
        word = self.read(_TRUST, value, "$.trust")
        return word if word is BAD else Grade(word)

    def book(self, value: Any) -> bool:
        """Note an argument that is not a book; return whether it is one."""
        before = len(self.faults)
        refuse_book(value, self.faults)
        return len(self.faults) == before

    def of_class(self, value: Any, cls: type[Any], path: str) -> bool:
        """Note an argument that is not of a class; return whether it is."""
        if cls is Credential and isinstance(value, Record):
            self.refuse(path, "WRONG_TYPE", value, "one credential", "take one of record.credentials")
        else:
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

    def named(self, record: object, id: object, path: str) -> None:
        """Note an id that no credential of the record has, if it is a record."""
        known = tuple(credential.id for credential in record.credentials) if isinstance(record, Record) else ()
        if isinstance(record, Record) and id not in known:
            self.refuse(path, "NO_SUCH_CREDENTIAL", id, "the id of a credential of this record", nearest(id, known))

    def refuse(self, path: str, code: str, value: object, expected: str, hint: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(path=path, code=code, value=value, expected=expected, hint=hint))

    def settle(self) -> None:
        """Raise all noted faults.

        Raises:
            InputError: there are faults.
        """
        if self.faults:
            raise InputError(self.faults)
