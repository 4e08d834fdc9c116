"""`intake`: read files, and return a record and a line for every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import Any

import attrs

from cmprules._facts.records import Credential, Holder, Record
from cmprules._kit.files import refuse_no_path
from cmprules._kit.shapes import Maybe, Text, members_of, refuse_others
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules._words.limits import MOST_FILES
from cmprules.errors import Fault, InputError
from cmprules.intake._activities import Ground
from cmprules.intake._assembling import assembled
from cmprules.intake._credentials import parse_credential
from cmprules.intake._files import read_source
from cmprules.intake._loading import time_zone, words_for
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._values import Intake

Path = str | PathLike[str]


def intake(files: Sequence[Path] | Path, book: PolicyBook, *, holder: str | None = None,
           credentials: Iterable[Credential | str] = (), into: Record | None = None,
           mapping: IntakeMapping | None = None, name: str | None = None) -> Intake:
    """Read files from outside into a record: transcripts, exports, statements, badges.

    CSV, Excel, HTML tables, the text of PDF, xAPI statements and Open Badges 2 and 3.  Nothing is guessed silently:
    each row has a line that says what was changed, what is in question, and why something was left out.

    Args:
        files: the files, or one file.
        book: the policy tables, to turn topics into areas.
        holder: the id of the holder; the holder of `into` if absent.
        credentials: the credentials of the holder, as values or as text (`MLS(ASCP) 2026-05-31`); files may have
            them too.
        into: a record to add to; activities that it certainly has are not added again.
        mapping: words, columns and orders of these files.
        name: the name of the holder, for headings and to choose rows; that of `into` if absent.

    Returns:
        The lines, and a record if one could be made.

    Raises:
        InputError: an argument cannot be read, or a file does not exist.
        MissingExtraError: a library that reads files of this kind is not installed.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> found = intake("docs/how-to/files/transcript.csv", book, holder="h-1", credentials=["PBT(ASCP) 2026-05-31"],
    ...                mapping=IntakeMapping(dates="us"))
    >>> found.counts.mapped, found.counts.set_aside, found.counts.refused
    (5, 5, 0)
    >>> intake("docs/how-to/files/transcript.csv", book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.holder: MISSING_KEY: got nothing, expected the id of the holder; say whose files these are
    """
    faults: list[Fault] = []
    paths, mapping = listed_paths(files, faults), mapping_given(mapping, faults)
    faults.extend(_faults(holder, name, into))
    named = _credentials(credentials, faults)
    refuse_book(book, faults)
    if faults:
        raise InputError(faults)
    ground = Ground(words_for(mapping), mapping, place=time_zone(mapping.place))
    sources = [read_source(path, mapping, ground.words) for path in paths]
    known = Holder(id=str(holder), name=name) if into is None else into.holder
    return assembled(sources, ground, book, credentials=named, into=into,
                     holder=known if name is None else attrs.evolve(known, name=name))


def _faults(holder: str | None, name: str | None, into: Record | None) -> Iterator[Fault]:
    """Note what is wrong with the holder, the name and the record to add to."""
    wrong: list[Fault] = []
    Maybe(Text()).read(holder, "$.holder", wrong)
    Maybe(Text()).read(name, "$.name", wrong)
    refuse_others(() if into is None else (into,), Record, "$.into", wrong)
    yield from wrong
    if wrong:
        return
    if holder is None and into is None:
        yield Fault(path="$.holder", code="MISSING_KEY", value=None, expected="the id of the holder",
                    hint="say whose files these are")
    if into is not None and holder is not None and holder != into.holder.id:
        yield Fault(path="$.holder", code="OTHER_HOLDER", value=holder, expected=into.holder.id,
                    hint="the record is of another holder; leave 'holder' out, or take another record")


def _credentials(given: Any, faults: list[Fault]) -> list[Credential]:
    """Read the credentials that were given as values or as text; note every fault."""
    found: list[Credential] = []
    for credential in members_of(given):
        try:
            found.append(parse_credential(credential) if isinstance(credential, str) else credential)
        except InputError as error:
            faults.extend(error.faults)
    refuse_others(found, Credential, "$.credentials", faults)
    return found


def listed_paths(files: Any, faults: list[Fault]) -> list[Path]:
    """List the files to read; note what is no path, and that there are none or too many."""
    paths = [*members_of(files)]
    for number, path in enumerate(paths):
        refuse_no_path(path, f"$.files[{number}]", faults)
    if not 1 <= len(paths) <= MOST_FILES:
        faults.append(Fault(path="$.files", code="TOO_MANY_FILES", value=len(paths),
                            expected=f"1 to {MOST_FILES} files",
                            hint="read them in several runs, each into the record of the one before"))
    return paths


def mapping_given(mapping: IntakeMapping | None, faults: list[Fault]) -> IntakeMapping:
    """Take the given mapping, or the empty one."""
    found = IntakeMapping() if mapping is None else mapping
    refuse_others((found,), IntakeMapping, "$.mapping", faults)
    return found
