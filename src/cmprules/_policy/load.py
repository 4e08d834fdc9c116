"""From the files of an edition to a book: the kept book if it is of these files, or else one made of them now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

from cmprules._kit.shipped import shipped_folder
from cmprules._policy.book import PolicyBook
from cmprules._policy.shipped import KEPT, kept_book
from cmprules._words.limits import LARGEST_FILE
from cmprules.errors import Fault, PolicyDataError, UnknownEditionError

_DATA = shipped_folder("")


def editions() -> tuple[str, ...]:
    """List the editions in this release, the newest last.

    >>> "2026.1" in editions()
    True
    """
    found = [entry.name for entry in _DATA.iterdir() if entry.is_dir() and (entry / "edition.toml").is_file()]
    return tuple(sorted(found, key=lambda name: [int(part) for part in name.split(".")]))


def load_book(
    edition: str | None = None, *, extra: Sequence[str | PathLike[str]] = (),
    reform: Sequence[str | PathLike[str]] = (),
) -> PolicyBook:
    """Load an edition of the policy tables.

    Args:
        edition: its name, such as `2026.1`; if absent, the newest in this release.  Name it if your application must
            always get the same answers.
        extra: TOML files with your own rows, in the format of the shipped tables.  They fill in what is not
            established, have grade `user`, and are named in every answer that uses them.
        reform: TOML files with rows that replace established ones, to see their effect.  Every answer of such a book
            says that it is hypothetical.

    Raises:
        UnknownEditionError: this release has no such edition.
        PolicyDataError: a file breaks a check; every fault is named with file, row and field.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.1").edition
    '2026.1'
    >>> cmprules.load_book(edition="1999.1")
    Traceback (most recent call last):
    ...
    cmprules.errors.UnknownEditionError: no edition '1999.1'; this release has: 2026.1, 2026.2
    """
    known = editions()
    name = known[-1] if edition is None else edition
    if name not in known:
        raise UnknownEditionError(f"no edition {name!r}; this release has: {', '.join(known)}")
    faults = [*_not_paths(extra, "extra"), *_not_paths(reform, "reform")]
    if faults:
        raise PolicyDataError(faults)
    book = _shipped_book(name)
    own = [[Path(path) for path in paths] for paths in (extra, reform)]
    return _with_files(book, *own) if any(own) else book


def _not_paths(paths: Any, name: str) -> Iterable[Fault]:
    """Refuse anything that is not a list of paths."""
    listed = isinstance(paths, Iterable) and not isinstance(paths, str | PathLike | Iterator)
    if not listed or not all(isinstance(path, str | PathLike) for path in paths):
        yield Fault(path=name, code="NOT_A_LIST", value=str(paths), expected="a list of files",
                    hint="put their paths in square brackets")


@cache
def _shipped_book(name: str) -> PolicyBook:
    return book_at(_DATA / name)


def book_at(folder: Path) -> PolicyBook:
    """Return the book of the edition in a folder.

    Raises:
        PolicyDataError: with every fault of the tables.
    """
    tables, kept = tables_in(folder), folder / KEPT
    book = kept_book(kept.read_bytes(), tables) if kept.is_file() else None
    return _made_of(tables) if book is None else book


def _made_of(tables: Mapping[str, bytes]) -> PolicyBook:
    from cmprules._policy.reading import made_of  # noqa: PLC0415  # loaded only for tables without a kept book

    return made_of(tables)


def tables_in(folder: Path) -> dict[str, bytes]:
    """Read the files of the tables of an edition, each by its name."""
    return {name: entry.read_bytes() for name, entry in sorted(_toml_files(folder))}


def _toml_files(folder: Path, prefix: str = "") -> Iterable[tuple[str, Path]]:
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name}", entry
        elif entry.is_dir():
            yield from _toml_files(entry, f"{prefix}{entry.name}/")


def _with_files(book: PolicyBook, extra: Sequence[Path], reform: Sequence[Path]) -> PolicyBook:
    """Read the user's own files, and lay them over a book."""
    from cmprules._policy.laying import Given, laid_over  # noqa: PLC0415  # loaded only for a user's own files

    faults: list[Fault] = []
    paths = [*extra, *reform]
    given = [Given(path.name, name, _read_extra(path, faults), place >= len(extra))
             for place, (path, name) in enumerate(zip(paths, _names_of(paths), strict=True))]
    return laid_over(book, given, faults)


def _names_of(paths: Sequence[Path]) -> list[str]:
    """Name each file by its own name, and add its place in the list if another file has the same name."""
    times = Counter(path.name for path in paths)
    return [path.name if times[path.name] == 1 else f"{path.name}({place})" for place, path in enumerate(paths, 1)]


def _read_extra(path: Path, faults: list[Fault]) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        faults.append(Fault(path=path.name, code="CANNOT_READ", value=str(path), expected="a TOML file",
                            hint=f"check the path: {reason}"))
        return b""
    if not raw.strip() or len(raw) > LARGEST_FILE:
        code = "FILE_TOO_LARGE" if raw.strip() else "EMPTY_FILE"
        faults.append(Fault(path=path.name, code=code, value=len(raw), expected="a table of up to 5 MB",
                            hint="check which file was meant"))
        return b""
    return raw
