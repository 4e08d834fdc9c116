"""Whose a row is: an id, a name, or first and last name; and the rows of one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import attrs

from cmprules._facts.records import Holder
from cmprules.intake._entries import with_stop
from cmprules.intake._folding import fold, unmarked
from cmprules.intake._headers import Entry, Found
from cmprules.intake._rows import Stop
from cmprules.intake._words import AMOUNTS

_OWN = "holder"


def name_in(entry: Entry) -> str | None:
    """Return the name of a row's person: in one column, or in those of first and last name."""
    parts = [part for part in (entry.text("first_name"), entry.text("last_name")) if part]
    return entry.text("person_name") or (" ".join(parts) or None)


def whole_name_in(entry: Entry) -> str | None:
    """Return the name of a row's person; None if there is only a first or a last name, which others may have, too."""
    halves = [entry.text("first_name"), entry.text("last_name")]
    return entry.text("person_name") or (None if None in halves else name_in(entry))


def of_one_person(entries: Iterable[Entry], holder: Holder, person: str | None) -> list[Entry]:
    """Set aside the rows of other people, or all rows if their person is unclear."""
    listed = _under_heads(list(entries), holder.name)
    people = {fold(name): name for name in map(_person, listed) if name is not None}
    wanted = _wanted(listed, people, holder, person)
    if wanted is not None:
        name = holder.name or people.get(wanted, "")
        return [_unless(entry, wanted, name) for entry in listed]
    why = _unclear(listed, people, holder, person)
    if why is not None:
        return [with_stop(entry, why) for entry in listed]
    if people or person or holder.name is None:
        return listed
    return _asked_alone([_asked_above(entry, holder.name) for entry in listed], holder.name)


def _wanted(listed: Iterable[Entry], people: Mapping[str, str], holder: Holder, person: str | None) -> str | None:
    """Find what the rows of the holder say: the id or the name as given, or the only name that is like the holder's."""
    said = set().union(*map(_spellings, listed))
    given = (person or holder.id, "" if person else holder.name or "")
    exact = next((fold(text) for text in given if fold(text) in said), None)
    like = [folded for folded, name in people.items() if person is None and alike(name, holder.name or "")]
    return exact if exact is not None or len(like) != 1 else like[0]


def _unclear(listed: Iterable[Entry], people: Mapping[str, str], holder: Holder, person: str | None) -> Stop | None:
    """Return why no row is read; none if the file names no one, or one who may be the holder."""
    if not people:
        return None
    if len(people) == 1 and person is None and not any(map(_says_holder, listed)):
        return _someone_else(next(iter(people.values())), holder.name)
    names = ", ".join(sorted(people.values())[:5])
    return Stop.of("WHICH_PERSON", count=len(people), names=names, wanted=person or holder.shown)


def _someone_else(said: str, name: str | None) -> Stop | None:
    """Return why the rows of the only person of a file are not read: it has another whole name than the holder."""
    return Stop.of("NOT_THE_HOLDER", text=said, wanted=name) if name is not None and _differ(said, name) else None


def _differ(said: str, name: str) -> bool:
    """Return whether both are whole names, and not of one person."""
    return min(len(words_of_name(said)), len(words_of_name(name))) >= _WHOLE and not alike(said, name)


def _under_heads(listed: list[Entry], name: str | None) -> list[Entry]:
    """Add the person named above rows, if no row names its own and several people are named."""
    heads = _heads(listed, name)
    if len({fold(head) for head in heads.values()}) < _SEVERAL or any(map(_person, listed)):
        return listed
    found: list[Entry] = []
    head, sheet = "", ""
    for number, entry in enumerate(listed):
        here = entry.place.partition(", row ")[0] if entry.place.startswith("sheet ") else ""
        head, sheet = heads.get(number, head if here == sheet else ""), here
        own = {"person_name": (Found("", head),)} if head and number not in heads else {}
        found.append(attrs.evolve(entry, values={**entry.values, **own}))
    return found


def _heads(listed: list[Entry], name: str | None) -> dict[int, str]:
    """Find the rows that name the person of those below by a label, such as `Learner:`, that has several values.

    A label with one value is the heading of the file; `Name:` may be that of a course, unless one is the holder's.
    """
    labels: dict[str, dict[int, str]] = defaultdict(dict)
    for number, entry in enumerate(listed):
        found = _label_of(entry)
        if found is not None:
            labels[fold(found["label"])][number] = found["name"].strip()
    sure = (heads for label, heads in labels.items()
            if label != "name" or any(alike(head, name or "") for head in heads.values()))
    return max(sure, key=lambda heads: len(set(map(fold, heads.values()))), default={})


def _asked_alone(listed: list[Entry], name: str) -> list[Entry]:
    """Ask about whole names that stand alone between the rows, if that of the holder does, too."""
    alone = {number: entry.said for number, (entry, after) in enumerate(pairwise(listed))
             if _has_code(entry, "NOTE_ROW", "TITLE_ROW") and "|" not in entry.said
             and (after.stop is None or _has_code(after, "HEADER_ROW"))}
    others = {number for number, said in alone.items() if _differ(said, name)}
    if not any(alike(said, name) for said in alone.values()):
        return listed
    return [attrs.evolve(entry, stop=Stop.of("NAMES_ANOTHER", text=entry.said, wanted=name)) if number in others
            else entry for number, entry in enumerate(listed)]


def _has_code(entry: Entry, *codes: str) -> bool:
    return entry.stop is not None and entry.stop.code in codes


def _asked_above(entry: Entry, name: str) -> Entry:
    """Ask about a row above a table that names another person; the rows of the table come in."""
    above = _named_above(entry)
    if above is None or entry.stop is None or not _differ(above, name):
        return entry
    return attrs.evolve(entry, stop=Stop.of("NAMES_ANOTHER", text=above, wanted=name))


_LABEL = re.compile(r"(?:^|\|\s*)(?P<label>(?:learner|student|participant|attendee|employee|member|user|recipient|full"
                    r"|your|customer)?\s*(?:name|learner|student|participant|attendee|employee|member|recipient|"
                    r"(?:prepared|transcript|certificate|report) (?:for|of)))\s*:[\s|]*(?P<name>[^|:]+)", re.IGNORECASE)


def _named_above(entry: Entry) -> str | None:
    """Return the name that a row above others gives to their person, such as `Learner: Ada Sample`."""
    found = _label_of(entry)
    return None if found is None else found["name"].strip()


def _label_of(entry: Entry) -> re.Match[str] | None:
    """Find the label of a person in a row that is no activity."""
    bare = entry.stop is None and all(entry.first(meaning) is None for meaning in AMOUNTS)
    return _LABEL.search(entry.said) if bare or _has_code(entry, "TITLE_ROW", "NOTE_ROW") else None


_SEVERAL = 2
_WHOLE = 2
"""A name of fewer words may be an id, or that of others, too."""


def words_of_name(name: str) -> list[str]:
    """Split a name into words of letters without their marks; what has other signs is no name."""
    words = re.findall(r"[^\W\d_]+", unmarked(name.casefold()))
    return [] if re.search(r"[\d@_]", name) else words


def alike(one: str, other: str) -> bool:
    """Return whether two names may be of one person: all words of the shorter are in the longer, or begin with it."""
    short, long = sorted((words_of_name(one), words_of_name(other)), key=len)
    return len(short) >= _WHOLE and all(any(_same(word, word_) for word_ in long) for word in short)


def _same(one: str, other: str) -> bool:
    """Return whether two words of a name are equal, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _person(entry: Entry) -> str | None:
    return None if entry.stop is not None else entry.text("person") or name_in(entry)


def _spellings(entry: Entry) -> set[str]:
    """Return what may be said to mean the person of a row: the id, or the name in either order."""
    first, last = entry.text("first_name") or "", entry.text("last_name") or ""
    said = (entry.text("person"), name_in(entry), f"{last} {first}")
    return set() if entry.stop is not None else {fold(name) for name in said if name and name.strip()}


def _unless(entry: Entry, wanted: str, name: str) -> Entry:
    """Stop a row that does not name the wanted person; ask about one that names no one, or may name that person."""
    said = _person(entry)
    if entry.stop is not None or wanted in _spellings(entry):
        return entry
    if said is None:
        return with_stop(entry, Stop.of("NO_PERSON", text=entry.said))
    return with_stop(entry, Stop.of("ALIKE_NAMES", text=said, other=name) if alike(said, name)
                     else Stop.of("OTHER_PERSON", text=said))


def _says_holder(entry: Entry) -> bool:
    """Return whether a row names the person by the id of the holder, like our own tables."""
    found = entry.first("person")
    return found is not None and fold(found.header) == _OWN
