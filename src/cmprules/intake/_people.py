"""Whose a row is: an id, a name, or first and last name; and the rows of one person."""

from __future__ import annotations

from collections.abc import Iterable

from cmprules.intake._entries import with_stop
from cmprules.intake._folding import fold
from cmprules.intake._headers import Entry
from cmprules.intake._rows import Stop

_OWN = "holder"


def name_in(entry: Entry) -> str | None:
    """Return the name of a row's person: in one column, or in those of first and last name."""
    parts = [part for part in (entry.text("first_name"), entry.text("last_name")) if part]
    return entry.text("person_name") or (" ".join(parts) or None)


def whole_name_in(entry: Entry) -> str | None:
    """Return the name of a row's person; None if there is only a first or a last name, which others may have, too."""
    halves = [entry.text("first_name"), entry.text("last_name")]
    return entry.text("person_name") or (None if None in halves else name_in(entry))


def of_one_person(entries: Iterable[Entry], holder: str, person: str | None) -> list[Entry]:
    """Set aside the rows of other people, or all rows if their person is unclear."""
    listed = list(entries)
    people = {fold(name): name for name in map(_person, listed) if name is not None}
    wanted = fold(person or holder)
    if any(wanted in _spellings(entry) for entry in listed):
        return [_unless(entry, wanted) for entry in listed]
    if not people or (len(people) == 1 and person is None and not any(map(_says_holder, listed))):
        return listed
    names = ", ".join(sorted(people.values())[:5])
    why = Stop.of("WHICH_PERSON", count=len(people), names=names, wanted=person or holder)
    return [with_stop(entry, why) for entry in listed]


def _person(entry: Entry) -> str | None:
    return None if entry.stop is not None else entry.text("person") or name_in(entry)


def _spellings(entry: Entry) -> set[str]:
    """Return what may be said to mean the person of a row: the id, or the name in either order."""
    first, last = entry.text("first_name") or "", entry.text("last_name") or ""
    said = (entry.text("person"), name_in(entry), f"{last} {first}")
    return set() if entry.stop is not None else {fold(name) for name in said if name and name.strip()}


def _unless(entry: Entry, wanted: str) -> Entry:
    if wanted in _spellings(entry):
        return entry
    name = _person(entry)
    return with_stop(entry, Stop.of("OTHER_PERSON", text="it names none" if name is None else name))


def _says_holder(entry: Entry) -> bool:
    """Return whether a row names the person by the id of the holder, like our own tables."""
    found = entry.first("person")
    return found is not None and fold(found.header) == _OWN
