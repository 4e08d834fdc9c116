"""The activities of each holder in sequence, and which of them are, or may be, one activity."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from cmprules._kit.folding import folded, folded_tightly
from cmprules._policy.book import PolicyBook
from cmprules.batch._columns.activities import Activities, numbered
from cmprules.batch._columns.raw import taken, written_out
from cmprules.batch._columns.words import Words, words_of
from cmprules.batch._compiled import Compiled
from cmprules.batch._holders import Grouped
from cmprules.batch._kernel.gathering import gather, mark_shared
from cmprules.batch._kernel.records import ACTIVITY, MEMBER, NO_DAY, Array, Identity, People, Records, blank
from cmprules.batch._loops import fill_activities, mark_alike


def people_of(activities: Activities, rows: Grouped) -> tuple[People, Array]:
    """Arrange the activities of each holder in sequence; the second array says which rows of the table are readable."""
    own, well_read = blank(len(rows.order), ACTIVITY), np.zeros(len(rows.holder), dtype=np.bool_)
    fill_activities(rows.order, *numbered(activities), own, well_read)
    for doubt in activities.doubts:
        well_read &= doubt
    return People(
        bounds=rows.bounds, activities=own, id_starts=activities.ids.starts, letters=activities.ids.letters,
        rows=rows.order, member_bounds=np.zeros_like(rows.bounds), members=blank(0, MEMBER),
        loud=np.zeros(len(rows.bounds) - 1, dtype=np.bool_)), well_read


def related(people: People, activities: Activities, rows: Grouped, book: PolicyBook, compiled: Compiled) -> People:
    """Find the activities that are, or may be, one activity under a book."""
    if book.counting.identity is None:
        _merge_same(people, activities.given.table, rows.holder)
    elif compiled.identity is not None:
        return _with_members(people, activities, book, compiled.kinds, compiled.identity)
    return people


# ---------------------------------------------------------------------------------------------------------
# Books that leave open whether entries under one title are one activity.


def _with_members(
    people: People, activities: Activities, book: PolicyBook, kinds: Records, identity: Identity
) -> People:
    """Find the activities that share a title with another activity of their holder."""
    titles, count = numbered_titles(activities, book)
    others = [_numbered(words_of(activities.given.table, name), fold_of(book))[0] for name in ("provider", "session")]
    texts = np.array([text[people.rows] for text in (titles, *others)])
    texts[0, people.activities.day == NO_DAY] = -1
    latest, shared = np.full((2, count), -1, dtype=np.int64), np.zeros(len(people.rows), dtype=np.bool_)
    mark_shared(people.bounds, texts[0], latest, shared, people.member_bounds)
    found = people._replace(members=blank(int(people.member_bounds[-1]), MEMBER))
    gather(found, texts, shared, kinds, identity)
    return found


def numbered_titles(activities: Activities, book: PolicyBook) -> tuple[Array, int]:
    """Number the titles of activities, equal titles alike (-1: none), and count the distinct ones."""
    return _numbered(words_of(activities.given.table, "title"), fold_of(book))


def fold_of(book: PolicyBook) -> Callable[[str], str]:
    """Return the function by which a book compares titles."""
    identity = book.counting.identity
    return folded if identity is not None and identity.folded else folded_tightly


def _numbered(texts: Words, fold: Callable[[str], str]) -> tuple[Array, int]:
    """Number texts, equal texts alike (-1: none), and count the distinct ones; each distinct text is folded once."""
    number: dict[str, int] = {}
    numbers = [number.setdefault(fold(text), len(number)) if isinstance(text, str) else -1 for text in texts.values]
    return np.array([*numbers, -1], dtype=np.int32)[texts.codes], len(number)


# ---------------------------------------------------------------------------------------------------------
# Books that say for certain that equal entries are one activity.


def _merge_same(people: People, table: pa.Table, holder: Array) -> None:
    """Leave out duplicates, and pass their areas on to the entry with the smallest id."""
    own = people.activities
    places, begins = _same(people, table, holder)
    own.duplicate[places] = True
    own.duplicate[places[begins]] = False
    own.areas[places[begins]] = np.bitwise_or.reduceat(own.areas[places], begins) if len(begins) else 0


def _same(people: People, table: pa.Table, holder: Array) -> tuple[Array, Array]:
    """Find activities entered twice: same day, kind and points; same title and provider except for case and spaces.

    They are listed group by group, in the order of their ids; the second array says where each group begins.
    """
    own, alike = people.activities, np.zeros(len(people.rows), dtype=np.bool_)
    with np.errstate(over="ignore"):
        mark_alike(people.bounds, own, NO_DAY, alike)
    places = np.flatnonzero(alike)
    rows = people.rows[places]
    named = taken(table.select([name for name in ("id", "title", "provider") if name in table.column_names]), rows)
    named = pa.table({name: written_out(named.column(name)) for name in named.column_names})
    keys = np.array([holder[rows], own.day[places], own.kind[places], own.points[places],
                     *(_numbered(words_of(named, name), folded_tightly)[0] for name in ("title", "provider"))])
    group = _numbers_of(keys)
    several = np.flatnonzero(np.bincount(group)[group] > 1)
    ids = named.column("id").take(pa.array(several))
    found = pa.table({"group": group[several], "id": ids, "place": places[several]})
    found = found.sort_by([(name, "ascending") for name in found.column_names])
    return found["place"].to_numpy(), np.flatnonzero(np.diff(found["group"].to_numpy(), prepend=-1))


def _numbers_of(keys: Array) -> Array:
    """Number the columns of a table of keys, equal columns alike."""
    order = np.lexsort(keys)
    differ = np.any(np.diff(keys[:, order], axis=1), axis=0)
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.cumsum(np.append(False, differ)[:len(order)])
    return numbers
