"""Files with rows of several people: the rows of each person, and the rows without a person."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from cmprules._answers.render.words import counted
from cmprules._facts.records import Holder, Record
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules.errors import Fault, InputError
from cmprules.intake._activities import Ground
from cmprules.intake._assembling import Opened, brought, file_read, opened_file
from cmprules.intake._codes import REMARKS, told
from cmprules.intake._files import read_source
from cmprules.intake._folding import fold, unmarked
from cmprules.intake._headers import Entry
from cmprules.intake._intake import Path, listed_paths, mapping_given
from cmprules.intake._loading import time_zone, words_for
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._people import alike, name_in, whole_name_in, words_of_name
from cmprules.intake._report import about_guess, guess_of
from cmprules.intake._values import FileRead, Intake, Line, Remark

_SETTLED = frozenset({
    "HEADER_ROW", "TITLE_ROW", "NOTE_ROW", "TOTAL_ROW", "BLANK_ROW", "NOT_COMPLETED", "NO_CREDIT", "OTHER_BOARD",
    "ALREADY_THERE", "SAME_FILE", "SAME_COURSE", "VOIDED", "BADGE_CLASS",
})
"""The reasons for leaving out rows that need no action."""

_OF_A_NUMBER = re.compile(r"^0+(?=\d)|(?<=\d)\.0+$", re.ASCII)
_OF_PEOPLE = (": person", ": person_name", ": last_name")
_BETWEEN_CELLS = re.compile(r'[,;|\t"]+')


@attrs.frozen(kw_only=True)
class Unread:
    """A row that must be corrected before its person can be decided, or that names no person.

    Attributes:
        person: the person of the row, if known.
        place: the file and the row, or the files.
        remark: what is wrong.
    """

    person: str | None
    place: str
    remark: Remark


@attrs.frozen(kw_only=True, eq=False)
class PeopleRead:
    """The result of reading files with rows of several people.

    Attributes:
        files: the files, and how each was read.
        count: the number of people with a record.
        records: the records of the people whose rows all came in, in the order of the files; made once.
        unread: the rows that must be corrected; a person with such a row has no record.
        left_out: the rows of credentials of other boards, which do not affect anyone's record.
    """

    files: tuple[FileRead, ...]
    intakes: dict[str, Intake]
    unread: tuple[Unread, ...]
    left_out: tuple[Unread, ...]

    @property
    def count(self) -> int:
        """The number of people with a record."""
        return len(self.intakes)

    @property
    def records(self) -> Iterator[Record]:
        """Return the record of each."""
        return (found.record for found in self.intakes.values() if found.record is not None)


def people(files: Sequence[Path] | Path, book: PolicyBook, *, mapping: IntakeMapping | None = None) -> PeopleRead:
    """Read files with rows of several people: their credentials and activities.

    A column of each row says whose it is: an id, or a name.  If the files share ids, ids identify people; otherwise,
    names do.  They are compared without case and repeated spaces, and "Sample, Ada" is Ada Sample.  A person with an
    unreadable row has no record, because an incomplete record would give a different answer.

    Args:
        files: the files, or one file; credentials and activities may be in the same file or in several.
        book: the policy tables, to turn topics into areas.
        mapping: words, columns and orders of these files.

    Raises:
        InputError: an argument cannot be read, a file does not exist, or no row names its person.
        MissingExtraError: a library that reads files of this kind is not installed.

    >>> import cmprules
    >>> book, folder = cmprules.load_book(edition="2026.1"), "docs/how-to/files"
    >>> found = people([f"{folder}/team-credentials.csv", f"{folder}/team-transcript.csv"], book,
    ...                mapping=IntakeMapping(dates="us"))
    >>> [record.holder.id for record in found.records], [row.person for row in found.unread]
    (['Ada Sample', 'Ben Example'], ['Cleo Specimen'])
    >>> people([f"{folder}/transcript.csv"], book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.files[0]: MISSING_KEY: got 'transcript.csv', expected a column that says whose each row is; name it in a mapping
      file, for example "Employee" = "person" under [columns]
    """
    faults: list[Fault] = []
    paths, mapping = listed_paths(files, faults), mapping_given(mapping, faults)
    refuse_book(book, faults)
    if faults:
        raise InputError(faults)
    ground = Ground(words_for(mapping), mapping, place=time_zone(mapping.place))
    opened = [opened_file(read_source(path, mapping, ground.words), ground.words) for path in paths]
    faults = [fault for number, source in enumerate(opened) for fault in _of_file(number, source)]
    if faults:
        raise InputError(faults)
    return _read(_Crowd.of(opened), ground, book)


def _of_file(number: int, opened: Opened) -> Iterator[Fault]:
    """Note that a file cannot be read, or names no person in any row: without it, every record may be incomplete."""
    path, name = f"$.files[{number}]", opened.source.name
    if opened.source.stop is not None:
        yield Fault(path=path, code="CANNOT_READ", value=name, expected="a file with a table",
                    hint=told(opened.source.stop.code, **dict(opened.source.stop.values)))
    elif not opened.columns and not opened.source.elements:
        yield Fault(path=path, code="MISSING_KEY", value=name, expected="a row that names the columns", hint=_no_header(
            [entry.said for piece in opened.pieces for entry in piece.entries]))
    elif not _names_people(opened):
        yield Fault(path=path, code="MISSING_KEY", value=name, expected="a column that says whose each row is",
                    hint='name it in a mapping file, for example "Employee" = "person" under [columns]')


def _names_people(opened: Opened) -> bool:
    """Return whether a row names its person, or a file without rows has a column for it."""
    rows = [entry for piece in opened.pieces for entry in piece.entries if entry.stop is None]
    return any(map(_keys, rows)) if rows else any(column.endswith(_OF_PEOPLE) for column in opened.columns)


def _no_header(rows: Sequence[str]) -> str:
    """Explain which columns make a row a header, and quote the first row that has several cells."""
    first = next((row for row in rows if "|" in row), "")
    quoted = f" Its first row is: {first}." if first else ""
    return ("of credentials, one column has to be the code and one the last day; of activities, one the title and one "
            f'the day or the hours.{quoted} Name them in a mapping file, for example "Cert Ends" = "expires_on" under '
            "[columns]")


@attrs.frozen
class _Crowd:
    """Files with their rows split by person.

    Attributes:
        names: the first spelling of each person, by key.
        called: the name of each person who is known by an id and has one, by key.
        ids: the ids of each person who is known by a name, by key.
        above: the key of the person of the rows above each row that names no one, by file and place.
        shares: for each person the rows of each piece of each file.
    """

    opened: Sequence[Opened]
    names: dict[str, str]
    called: dict[str, str]
    ids: dict[str, set[str]]
    above: dict[tuple[int, str], str]
    shares: dict[str, dict[tuple[int, int], list[Entry]]]

    @classmethod
    def of(cls, opened: Sequence[Opened]) -> _Crowd:
        """Split rows by person; rows without a person have a key of their own."""
        by_name = _by_name(opened)
        names, called = dict[str, str](), dict[str, str]()
        ids: dict[str, set[str]] = defaultdict(set)
        shares: dict[str, dict[tuple[int, int], list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for number, source in enumerate(opened):
            for place, piece in enumerate(source.pieces):
                for entry in piece.entries:
                    said = _said_to_be(entry, by_name=by_name)
                    key, name = _key(said), whole_name_in(entry)
                    if key and entry.stop is None:
                        names.setdefault(key, " ".join(said.split()))
                        if by_name:
                            ids[key] |= {_key(entry.text("person") or "")} - {"", key}
                        elif name is not None and _key(name) != key:
                            called.setdefault(key, " ".join(name.split()))
                    shares[key][number, place].append(entry)
        for key in [key for key in shares if key and key not in names]:  # rows that are left out, whatever they contain
            for where, entries in shares.pop(key).items():
                shares[""][where] += entries
        return cls(opened, names, called, ids, _persons_above(opened, by_name=by_name), shares)

    def shown(self, key: str) -> str:
        """Return the name of a person, or the id if there is none."""
        return self.called.get(key, self.names[key])

    def maybe_of(self, line: Line) -> str | None:
        """Find the person of a row that names no one: the one above it, or the one whose name is in a broken row."""
        cells = _BETWEEN_CELLS.split(line.what or "") if line.status == "refused" else ()
        keys = (self.above.get((line.file, line.place), ""), *map(_key, cells))
        return next((self.names[key] for key in keys if key in self.names), None)

    def files_of(self, key: str) -> str:
        """Name the files that have rows of one person."""
        return ", ".join(self.opened[number].source.name for number in sorted({file for file, _ in self.shares[key]}))

    def share_of(self, key: str) -> list[Opened]:
        """Return the files with the rows of one person."""
        own = self.shares.get(key, {})
        return [attrs.evolve(source, pieces=tuple(attrs.evolve(piece, entries=tuple(own.get((number, place), ())))
                                               for place, piece in enumerate(source.pieces)))
                for number, source in enumerate(self.opened)]


def _persons_above(opened: Sequence[Opened], *, by_name: bool) -> dict[tuple[int, str], str]:
    """Find whose the rows without a person may be: a list may name each person only in the first of their rows."""
    found = dict[tuple[int, str], str]()
    for number, source in enumerate(opened):
        for piece in source.pieces:
            above = ""
            for entry in (entry for entry in piece.entries if entry.stop is None):
                key = _key(_said_to_be(entry, by_name=by_name))
                if not key and name_in(entry) is None:
                    found[number, entry.place] = above
                above = key or above
    return found


def _key(said: str) -> str:
    """Compare people without case and repeated spaces; "Sample, Ada" is Ada Sample."""
    last, comma, first = " ".join(said.split()).casefold().partition(",")
    return f"{first.strip()} {last.strip()}" if first.strip() and "," not in first else f"{last}{comma}{first}"


def _keys(entry: Entry) -> set[str]:
    """Return what identifies the person of a row, as an id or as a name."""
    return {_said_to_be(entry, by_name=by_name) for by_name in (False, True)} - {""}


def _said_to_be(entry: Entry, *, by_name: bool) -> str:
    """Return whose a row is: by the id or, if there is none or if names are asked for, by the name."""
    said, name = entry.text("person") or "", whole_name_in(entry) or ""
    return (name or said) if by_name else (said or name)


def _by_name(opened: Sequence[Opened]) -> bool:
    """Return whether names, and not ids, are what the files have in common."""
    def shared(*, by_name: bool) -> int:
        files = [{_key(_said_to_be(entry, by_name=by_name)) for piece in source.pieces for entry in piece.entries
                  if entry.stop is None} - {""} for source in opened]
        times = Counter(key for keys in files for key in keys)
        return sum(count > 1 for count in times.values())

    return shared(by_name=True) > shared(by_name=False)


def _read(crowd: _Crowd, ground: Ground, book: PolicyBook) -> PeopleRead:
    """Make the record of each person, and list what must be corrected."""
    intakes: dict[str, Intake] = {}
    unread, left_out = [*_of_nobody(crowd, ground, book)], list[Unread]()
    held = {row.person for row in unread}
    results = {key: brought(crowd.share_of(key), ground, book, holder=Holder(id=name, name=crowd.called.get(key)),
                            credentials=(), into=None) for key, name in crowd.names.items()}
    unclear = dict(_unclear(crowd, results))
    for key, found in results.items():
        name = crowd.names[key]
        wrong, aside = [*_unread(found, name)], [*_unread(found, name, aside=True)]
        left_out += aside
        remark = unclear.get(key) or (None if found.record is not None or wrong or aside else _without_credential(
            crowd, key))
        if remark is not None:
            wrong.append(Unread(person=name, place=crowd.files_of(key), remark=remark))
        unread += wrong
        if not wrong and name not in held and found.record is not None:
            intakes[name] = found
    return PeopleRead(files=tuple(map(file_read, crowd.opened)), intakes=intakes, unread=tuple(unread),
                      left_out=tuple(left_out))


def _remark(code: str, **values: object) -> Remark:
    return Remark(code=code, text=told(code, **values))


def _without_credential(crowd: _Crowd, key: str) -> Remark:
    return _remark("NO_CREDENTIAL_KNOWN", text=crowd.shown(key))


def _unclear(crowd: _Crowd, results: dict[str, Intake]) -> Iterator[tuple[str, Remark]]:
    """Find people of whom it is not clear which rows are theirs."""
    for key, other in _alike(crowd.names).items():
        yield key, _remark("ALIKE_NAMES", text=crowd.names[key], other=other)
    for key, other in _near(crowd, results):
        yield key, _remark("ALIKE_NAMES", text=crowd.shown(key), other=crowd.shown(other))
    for key, other in _split(crowd, results):
        yield key, _remark("TWO_IDS", text=crowd.shown(key), one=crowd.names[key], other=crowd.names[other])
    for key, ids in crowd.ids.items():
        if len(ids) > 1:
            yield key, _remark("SAME_NAME", text=crowd.names[key], count=len(ids))


def _split(crowd: _Crowd, results: dict[str, Intake]) -> Iterator[tuple[str, str]]:
    """Find people known by ids whose credentials stand under one id and whose other rows under another."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for key in results:
        if key in crowd.called:
            by_name[_key(crowd.called[key])].append(key)
    for keys in by_name.values():
        empty = [key for key in keys if results[key].record is None]
        if empty and len(empty) < len(keys):
            first = next(key for key in keys if key not in empty)
            yield from ((key, first if key in empty else empty[0]) for key in keys)


def _alike(names: dict[str, str]) -> dict[str, str]:
    """Find people whose names differ only by spaces, by marks of letters or by other signs, such as an apostrophe."""
    by_letters: dict[str, list[str]] = defaultdict(list)
    for key in names:
        by_letters[fold(unmarked(key)) if words_of_name(key) else "".join(key.split())].append(key)
    return {key: names[next(other for other in keys if other != key)]
            for keys in by_letters.values() if len(keys) > 1 for key in keys}


def _near(crowd: _Crowd, results: Mapping[str, Intake]) -> Iterator[tuple[str, str]]:
    """Find people without a credential whose name may be another spelling of one with a record, and the other.

    An id may have lost its zeros in a spreadsheet, or have become a number with a fraction: `0017`, `17`, `17.0`.
    """
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in (key for key, found in results.items() if found.record is not None):
        for word in (*words_of_name(crowd.shown(key)), _OF_A_NUMBER.sub("", key)):
            by_word[word].append(key)
    for key in (key for key, found in results.items() if found.record is None):
        name = crowd.shown(key)
        number = _OF_A_NUMBER.sub("", key)
        for other in dict.fromkeys(other for word in (*words_of_name(name), number) for other in by_word.get(word, ())):
            if alike(name, crowd.shown(other)) or number == _OF_A_NUMBER.sub("", other):
                yield from ((key, other), (other, key))


def _of_nobody(crowd: _Crowd, ground: Ground, book: PolicyBook) -> Iterator[Unread]:
    """List the rows without a person that would otherwise come in, or that must be corrected."""
    found = brought(crowd.share_of(""), ground, book, holder=Holder(id="-"), credentials=(), into=None)
    for line in found.lines:
        if line.status in {"read", "mapped", "doubtful"}:
            yield Unread(person=crowd.maybe_of(line), place=_place(found, line),
                         remark=_remark("NO_PERSON", text=line.what or ""))
        elif _is_unread(line):
            yield Unread(person=crowd.maybe_of(line), place=_place(found, line), remark=line.remarks[0])


def _unread(found: Intake, name: str, *, aside: bool = False) -> Iterable[Unread]:
    """List the rows of a person that must be corrected, or those of other boards."""
    return (Unread(person=name, place=_place(found, line), remark=line.remarks[0])
            for line in found.lines if _is_unread(line, aside=aside))


def _is_unread(line: Line, *, aside: bool = False) -> bool:
    """Return whether a row must be corrected, or is of another board."""
    code = line.remarks[0].code if line.status in {"set_aside", "refused"} else ""
    return code == "OTHER_BOARD" if aside else bool(code) and code not in _SETTLED


def _place(found: Intake, line: Line) -> str:
    return f"{found.files[line.file].name}, {line.place}"


def questions_of(found: PeopleRead) -> list[str]:
    """State each kind of question about rows that came in, once: how many rows have it, and the first of them."""
    asked: dict[str, list[str]] = defaultdict(list)
    for intake in found.intakes.values():
        for line in intake.lines:
            for remark in line.remarks if line.status == "doubtful" else ():
                asked[REMARKS[remark.code].title.lower()].append(f"{_place(intake, line)}: {remark.text}")
            guess = guess_of(line)
            if guess is not None:
                asked["guessed letters"].append(f"{_place(intake, line)}: {about_guess(guess)}")
    return [f"{counted(len(texts), 'row')} came in with a question ({title}), for example "
            f"{texts[0]}" for title, texts in asked.items()]
