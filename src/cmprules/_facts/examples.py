"""The example records that come with the package."""

from __future__ import annotations

from cmprules._facts.reading import parse_record, parse_text
from cmprules._facts.records import Record
from cmprules._kit.shapes import Word
from cmprules._kit.shipped import shipped_folder
from cmprules.errors import Fault, InputError

_DATA = shipped_folder("examples")
_FILES = {file.name.rpartition(".")[0]: file for file in _DATA.iterdir() if file.name.endswith((".json", ".toml"))}
EXAMPLES = tuple(sorted(_FILES))
"""The names of the example records."""


def example(name: str) -> Record:
    """Return one of the example records that come with the package.

    All people in the examples are invented.

    Raises:
        InputError: there is no example of that name.

    >>> example("mls-nearly-there").credentials[0].code
    'MLS'
    >>> example("mls-nearly-ther")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.name: UNKNOWN_WORD: got 'mls-nearly-ther', expected an example; did you mean 'mls-nearly-there'?
    """
    return parse_record(parse_text(example_text(name).encode()))


def example_text(name: str) -> str:
    """Return the text of an example file.

    Raises:
        InputError: there is no example of that name.
    """
    faults: list[Fault] = []
    Word(EXAMPLES, "an example", "UNKNOWN_WORD").read(name, "$.name", faults)
    if faults:
        raise InputError(faults)
    return _FILES[name].read_text(encoding="utf-8")
