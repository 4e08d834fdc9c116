"""From read files to the answer: sections, entries, drafts, lines, the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import attrs

from cmprules._facts.records import Credential, Holder, Record
from cmprules._policy.book import PolicyBook
from cmprules._words import vocabulary
from cmprules._words.codes.notices import NOTICE
from cmprules.errors import CmpRulesError
from cmprules.intake._activities import Ground, activity_draft
from cmprules.intake._credentials import credential_draft
from cmprules.intake._credits import ceu_is_open, credits_of
from cmprules.intake._draft import Draft
from cmprules.intake._entries import element_entry, section_entries
from cmprules.intake._folding import fold
from cmprules.intake._headers import Entry, Section, sections
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._merge import Growing
from cmprules.intake._people import of_one_person
from cmprules.intake._rows import EPOCH_1900, Guess, Source, Stop, Table, is_blank
from cmprules.intake._values import STATUSES, Counts, FileRead, Intake, Line
from cmprules.intake._words import Words

_OWN_KEYS = {"holder", "id", "title", "kind", "amount"}
"""A table with all these headers is one of our own."""


@attrs.frozen
class Piece:
    """Entries of one section, and what they are."""

    what: str
    entries: tuple[Entry, ...]
    own: bool = False
    epoch: date = EPOCH_1900


@attrs.frozen
class Opened:
    """A file, split into pieces."""

    source: Source
    pieces: tuple[Piece, ...]
    columns: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def assembled(sources: Sequence[Source], ground: Ground, book: PolicyBook, *, holder: Holder,
              credentials: Iterable[Credential], into: Record | None) -> Intake:
    """Make the answer for one person; rows of others are set aside."""
    opened = [_of_one(opened_file(source, ground.words), holder, ground.mapping) for source in sources]
    return brought(opened, ground, book, holder=holder, credentials=credentials, into=into)


def brought(opened: Sequence[Opened], ground: Ground, book: PolicyBook, *, holder: Holder,
            credentials: Iterable[Credential], into: Record | None) -> Intake:
    """Make the answer: credentials first, because their areas decide what a topic can mean."""
    growing = Growing.of(into, credentials)
    owned = [_credentials(source, ground, growing) for source in opened]
    ground = attrs.evolve(ground, asked=_asked(growing.credentials, book))
    drafts = [[_drafts(piece, ground, source.source.guess) for piece in source.pieces] for source in opened]
    _hold_taken_back([draft for pieces in drafts for piece in pieces for draft in piece])
    lines: list[Line] = []
    seen: set[str] = set()
    for number, source in enumerate(opened):
        again = source.source.sha256 in seen
        seen.add(source.source.sha256)
        lines += _lines(number, source, drafts[number], owned[number], growing, again=again)
    record, why = _record(growing, holder, into, lines)
    return Intake(files=tuple(map(file_read, opened)), lines=tuple(lines), counts=_counts(lines, growing),
                  record=record, why=why, notice=NOTICE)


# ---------------------------------------------------------------------------------------------------------
# Files into pieces.


def opened_file(source: Source, words: Words) -> Opened:
    """Split a file into pieces."""
    if source.stop is not None:
        return Opened(source, (Piece("none", (Entry("file", {}, source.stop),)),))
    parted = [(table, section) for table in source.tables for section in sections(table, words)]
    pieces = [_piece(section, table, words) for table, section in parted]
    if source.tables and not any(section.header is not None for _, section in parted):
        pieces = [attrs.evolve(piece, entries=tuple(map(_without_header, piece.entries))) for piece in pieces]
    pieces += [Piece(what, tuple(map(element_entry, some)))
               for what, some in groupby(source.elements, lambda element: element.what)]
    columns = (f"{column.header}: {column.meaning}" for _, section in parted for column in section.columns
               if column.meaning != "ignore")
    unused = (name for _, section in parted for name in section.unused)
    return Opened(source, tuple(pieces), tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(unused)))


def _of_one(opened: Opened, holder: Holder, mapping: IntakeMapping) -> Opened:
    """Set aside the rows of other people."""
    if opened.source.stop is not None:
        return opened
    named = iter(of_one_person((entry for piece in opened.pieces for entry in piece.entries), holder, mapping.person))
    return attrs.evolve(opened, pieces=tuple(
        attrs.evolve(piece, entries=tuple(next(named) for _ in piece.entries)) for piece in opened.pieces))


def _piece(section: Section, table: Table, words: Words) -> Piece:
    headers = {fold(column.header) for column in section.columns}
    named = section.header is not None and not any(map(is_blank, section.header.cells))
    return Piece(section.what, tuple(section_entries(section, table, words)), named and headers >= _OWN_KEYS,
                  table.epoch)


def _without_header(entry: Entry) -> Entry:
    """Refuse a row outside a table if no table has a header."""
    if entry.stop is not None and entry.stop.code in {"TITLE_ROW", "ROW_OUTSIDE"}:
        return attrs.evolve(entry, stop=Stop.of("NO_HEADER"))
    return entry


# ---------------------------------------------------------------------------------------------------------
# Pieces into lines.


def _credentials(opened: Opened, ground: Ground, growing: Growing) -> list[list[tuple[Draft, str | None]]]:
    """Add the credentials of a file; return the drafts of its pieces, each with its id in the record."""
    found = []
    for piece in opened.pieces:
        here, entries = attrs.evolve(ground, epoch=piece.epoch), piece.entries if piece.what == "credentials" else ()
        drafts = [credential_draft(entry, here) for entry in entries]
        found.append([(draft, None if draft.stopped is not None else growing.add_credential(draft))
                      for draft in drafts])
    return found


def _asked(credentials: dict[str, dict[str, Any]], book: PolicyBook) -> frozenset[str]:
    """Collect the areas in the tables of the credentials, and their own areas if no table is established."""
    areas: set[str] = set()
    for fields in credentials.values():
        code = vocabulary.ALIASES.get(fields["code"], fields["code"])
        areas.update(book.own_areas.get(code, ()))
        try:
            policy = book.policy_for(code, expires_on=fields["expires_on"], body=fields.get("body", "ASCP"))
        except CmpRulesError:
            continue
        areas.update(area.area for area in policy.areas or ())
    return frozenset(areas)


def _lines(number: int, opened: Opened, drafts: Sequence[Sequence[Draft]],
           owned: Sequence[Sequence[tuple[Draft, str | None]]], growing: Growing, *, again: bool) -> list[Line]:
    """Make a line for every entry of a file."""
    flat = [draft for piece in drafts for draft in piece]
    for draft in flat if again else ():
        draft.stop("SAME_FILE")
    names = growing.add_file(flat)
    ids = iter([names.get(place) for place in range(len(flat))])
    lines: list[Line] = []
    for piece, made, credentials in zip(opened.pieces, drafts, owned, strict=True):
        lines += [_line(number, entry, draft, activity=next(ids))
                  for entry, draft in zip(piece.entries, made, strict=bool(made))]
        lines += [_line(number, entry, draft, credential=name)
                  for entry, (draft, name) in zip(piece.entries, credentials, strict=bool(credentials))]
    return lines


def _hold_taken_back(drafts: Sequence[Draft]) -> None:
    """Stop the rows whose credit a row below zero may take back: those with its title, on its day if there are any."""
    titled: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        titled[fold(draft.fields.get("title", ""))].append(draft)
    for below in (draft for draft in drafts if draft.stopped is not None and draft.stopped.code == "NOT_POSITIVE"):
        same = [draft for draft in titled[fold(below.fields.get("title", ""))] if draft.stopped is None]
        of_day = [draft for draft in same if draft.fields.get("completed_on") == below.fields.get("completed_on")]
        for draft in of_day or same:
            draft.stop("TAKEN_BACK", "amount")


def _drafts(piece: Piece, ground: Ground, guess: Guess | None) -> list[Draft]:
    if piece.what == "credentials":
        return []
    amounts = [credits_of(entry, ground.words) for entry in piece.entries if entry.stop is None]
    here = attrs.evolve(ground, own=piece.own, epoch=piece.epoch, guess=guess,
                        ceu_open=not piece.own and ceu_is_open(amounts, ground.words))
    return [activity_draft(entry, here) for entry in piece.entries]


def _line(number: int, entry: Entry, draft: Draft, *, activity: str | None = None,
          credential: str | None = None) -> Line:
    what = entry.text("title") or entry.text("code") or entry.said or None
    remarks = (*((draft.stopped,) if draft.stopped is not None else ()), *draft.doubts)
    changes = tuple(draft.changes) if draft.stopped is None else ()
    return Line(file=number, place=entry.place, status=_status(draft), what=what, activity=activity,
                credential=credential, changes=changes, remarks=remarks)


def _status(draft: Draft) -> str:
    if draft.stopped is not None:
        return "refused" if draft.refused else "set_aside"
    return "doubtful" if draft.doubts else "mapped" if draft.changes else "read"


# ---------------------------------------------------------------------------------------------------------
# The record.


def _record(growing: Growing, holder: Holder, into: Record | None,
            lines: Sequence[Line]) -> tuple[Record | None, str | None]:
    """Make the record, if there is enough for one."""
    if not any(line.activity or line.credential for line in lines):
        return None, "No row of any file came in."
    if not growing.credentials:
        return None, 'No credential is known. Name one, such as --credential "MLS(ASCP) 2026-05-31".'
    base: dict[str, Any] = {} if into is None else {
        field.name: getattr(into, field.name) for field in attrs.fields(Record) if field.init}
    base["holder"] = holder
    base["credentials"] = [{"id": name, **fields} for name, fields in growing.credentials.items()]
    base["activities"] = [{"id": name, **fields} for name, fields in growing.activities.items()]
    return Record(**base), None


def file_read(opened: Opened) -> FileRead:
    """Return how a file was read."""
    source = opened.source
    return FileRead(name=source.name, sha256=source.sha256, format=source.format, details=source.details,
                    columns=opened.columns, unused=opened.unused)


def _counts(lines: Sequence[Line], growing: Growing) -> Counts:
    counts = {status: sum(line.status == status for line in lines) for status in STATUSES}
    return Counts(rows=len(lines), activities=growing.added, credentials=growing.added_credentials,
                  already_there=growing.already, **counts)

