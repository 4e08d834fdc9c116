"""Files that commands write: checked against their inputs and each other, and written completely or not at all."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import combinations, product
from pathlib import Path

from cmprules._cli._options import UNWRITABLE, WRONG_USAGE
from cmprules._kit.files import same_file, whole, write_whole
from cmprules.errors import CmpRulesError

OUTPUTS = ("output", "faults", "report", "write_mapping")
"""The options that name a file to write."""

FOLDERS = ("parts", "folder")
"""The options that name a folder which a command writes, or in which it keeps parts while it runs."""

Named = tuple[str, Path]


class OutputError(CmpRulesError):
    """A file that cannot or must not be written; `status` is the exit status of the command."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def add_output(command: argparse.ArgumentParser, what: str = "the answer", *, endings: Sequence[str] = ()) -> None:
    """Add the option for the file to write; its ending must be one of the given endings, if any."""
    command.add_argument("-o", "--output", type=output_file(*endings), metavar="FILE",
                         help=f"write {what} to this file, completely or not at all; standard output if absent")


class output_file:  # noqa: N801  # used like a function, and shows its endings
    """Reads the name of a file to write, and checks its ending if some are given."""

    def __init__(self, *endings: str) -> None:
        self.endings = endings

    def __call__(self, text: str) -> Path:
        """Read a name.

        Raises:
            argparse.ArgumentTypeError: no file can have this name, or the ending is not one of the given ones.
        """
        if text in {"", "-"} or "\0" in text:
            raise argparse.ArgumentTypeError(f"got {text!r}, expected the name of a file to write")
        if self.endings and Path(text).suffix.lower() not in self.endings:
            raise argparse.ArgumentTypeError(
                f"got {text!r}, expected a name that ends in {_either(self.endings)}: the ending says the format")
        return Path(text)


def _either(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def check_outputs(options: argparse.Namespace) -> None:
    """Check every file that a command writes against the files that it reads, and against each other.

    Raises:
        OutputError: two names mean one file, or a folder has the name of a file to write.
    """
    outputs, folders = [*_named(options, OUTPUTS)], [*_named(options, FOLDERS)]
    inputs = [*_named(options, (name for name in vars(options) if name not in {*OUTPUTS, *FOLDERS}))]
    for (name, path), (other, held) in [*product(outputs, inputs), *combinations(outputs, 2)]:
        if same_file(path, held):
            raise OutputError(f"{name} and {other} are the same file: {shown(path)}; write to another", WRONG_USAGE)
    for (name, path), (_, folder) in product([*outputs, *inputs], folders):
        if same_file(path, folder) or any(same_file(parent, folder) for parent in path.absolute().parents):
            raise OutputError(f"{name} is in the folder that this command writes: {shown(folder)}; choose another "
                              "place", WRONG_USAGE)
    for name, path in outputs:
        if path.exists() and not path.is_file():
            raise OutputError(f"{name} is a folder or a device, not a file: {shown(path)}", UNWRITABLE)


def _named(options: argparse.Namespace, names: Iterable[str]) -> Iterator[Named]:
    """List the options that name a file; a text counts if such a file exists."""
    for name in names:
        value = getattr(options, name, None)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Path) or (isinstance(item, str) and item and os.path.lexists(item)):
                yield (f"--{name.replace('_', '-')}" if name in OUTPUTS else name.upper()), Path(item)


def write_output(path: Path, text: str) -> None:
    """Write an answer to a file, with its own line ends.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise _unwritable([path], error) from error


def write_together(contents: Mapping[Path, str]) -> None:
    """Write several files; none appears unless all could be written.

    Raises:
        OutputError: one of them cannot be written.
    """
    try:
        with ExitStack() as stack:
            for path, text in contents.items():
                stack.enter_context(whole(path)).write_bytes(text.encode())
    except OSError as error:
        raise _unwritable(contents, error) from error


def _unwritable(paths: Collection[Path], error: OSError) -> OutputError:
    """Explain why files cannot be written, by the names that were given; those of unfinished files say nothing."""
    missing = next((path.parent for path in paths if not path.parent.exists()), None)
    why = error.strerror or str(error) if missing is None else f"there is no folder {shown(missing)}; make it first"
    return OutputError(f"{', '.join(map(shown, paths))}: the answer cannot be written: {why}", UNWRITABLE)


def shown(path: Path) -> str:
    """Show the name of a file, whatever bytes it has."""
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)
