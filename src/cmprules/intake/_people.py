"""Choose one person's rows, if a file has a column for people."""

from __future__ import annotations

from collections.abc import Iterable

from cmprules.intake._entries import with_stop
from cmprules.intake._folding import fold
from cmprules.intake._headers import Entry
from cmprules.intake._rows import Stop

_OWN = "holder"


def of_one_person(entries: Iterable[Entry], holder: str, person: str | None) -> list[Entry]:
    """Set aside the rows of other people, or all rows if their person is unclear."""
    listed = list(entries)
    people = {fold(name): name for name in map(_person, listed) if name is not None}
    wanted = fold(person or holder)
    if wanted in people:
        return [_unless(entry, wanted) for entry in listed]
    if not people or (len(people) == 1 and person is None and not any(map(_says_holder, listed))):
        return listed
    names = ", ".join(sorted(people.values())[:5])
    why = Stop.of("WHICH_PERSON", count=len(people), names=names, wanted=person or holder)
    return [with_stop(entry, why) for entry in listed]


def _person(entry: Entry) -> str | None:
    return None if entry.stop is not None else entry.text("person")


def _unless(entry: Entry, wanted: str) -> Entry:
    name = _person(entry)
    if name is not None and fold(name) == wanted:
        return entry
    return with_stop(entry, Stop.of("OTHER_PERSON", text="it names none" if name is None else name))


def _says_holder(entry: Entry) -> bool:
    """Return whether a row names the person by the id of the holder, like our own tables."""
    found = entry.first("person")
    return found is not None and fold(found.header) == _OWN
