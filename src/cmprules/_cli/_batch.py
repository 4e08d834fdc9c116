"""`cmprules batch`: a population in files, of any size."""

from __future__ import annotations

import argparse
import os
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from cmprules._answers.render.words import counted
from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    DECIDED,
    UNWRITABLE,
    Commands,
    add_command,
    add_day,
    add_tables,
    add_trust,
    book_of,
)
from cmprules._cli._outputs import OutputError, check_outputs, output_file, shown
from cmprules._cli._terminal import complain
from cmprules._words.codes.notices import NOTICE
from cmprules._words.enums import Grade

ENDINGS = (".parquet", ".csv", ".xlsx")
_MEMORY_OF_A_THREAD = 300
_GOES_ON = "finished parts are kept: run the same command to continue"


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "batch",
        description="Decide every credential of a population, in bounded memory. If it is interrupted, run the same "
                    "command to continue. It needs the extra `batch`.",
        example="cmprules batch credentials.parquet activities.parquet -o answers.parquet --on 2026-03-10",
    )
    add_population(command, "the answers, one row for each credential", needed=False)
    command.add_argument("--warm", action="store_true",
                         help="only compile the code that the command needs, for a container image")
    command.add_argument("--memory", type=_megabytes, metavar="MB",
                         help="the memory that parts in progress may use, with less in reserve, which takes more time; "
                              f"{_MEMORY_OF_A_THREAD} for each thread if absent")
    command.add_argument("--threads", type=_threads, default=os.cpu_count() or 1, metavar="N",
                         help="the number of parts in progress at a time; the number of processors if absent")
    command.add_argument("--carry", action="append", default=[], metavar="NAME",
                         help="another column of CREDENTIALS to copy to the answers; may be repeated")
    command.add_argument("--dates", choices=("iso", "us", "eu"), default="iso",
                         help="the order of days written with slashes, dots or dashes; iso (year first) if absent")
    add_day(command)
    add_tables(command)
    add_trust(command)
    command.set_defaults(run=partial(_run, command))


def add_population(command: argparse.ArgumentParser, what: str, *, needed: bool = True) -> None:
    """Add the files of a population and the files to write; if not `needed`, the command reports missing ones."""
    for name in ("credentials", "activities"):
        command.add_argument(name, type=Path, metavar=name.upper(), nargs=None if needed else "?",
                             help="a Parquet or CSV file")
    command.add_argument("-o", "--output", type=output_file(*ENDINGS), required=needed, metavar="OUT",
                         help=f"the file for {what}; .parquet, .csv or .xlsx: the ending says the format, and it "
                              "appears when it is whole")
    command.add_argument("--faults", type=output_file(*ENDINGS), metavar="FILE",
                         help="the file for rows that cannot be read; OUT.faults, in the format of OUT, if absent")


def faults_beside(options: argparse.Namespace) -> None:
    """Choose the file for the faults, if none was given: next to the answers, in the same format."""
    if options.faults is None:
        options.faults = options.output.with_name(f"{options.output.name}.faults{options.output.suffix}")


def _megabytes(text: str) -> int:
    return _whole_number(text, "of megabytes")


def _threads(text: str) -> int:
    return _whole_number(text, "of threads")


def _whole_number(text: str, of: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number {of} from 1 on")
    return int(text)


def _run(command: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[str, int]:
    if options.warm:
        import_module("cmprules.batch._warm").warm()
        return "everything is compiled\n", DECIDED
    if None in {options.credentials, options.activities, options.output}:
        command.error("give CREDENTIALS, ACTIVITIES and -o OUT")
    return _decide(options)


def _decide(options: argparse.Namespace) -> tuple[str, int]:
    bar = bar_of(options, "parts")
    bar.begin("reading")
    if options.memory is not None:
        import_module("cmprules.batch._allocator").give_back()
    stream: Any = import_module("cmprules.batch._stream")
    source, part, writing = (import_module(f"cmprules.batch.{name}")
                             for name in ("_stream.source", "_part", "_writing"))
    faults_beside(options)
    options.parts = stream.parts_folder(options.output)
    check_outputs(options)
    writing.check_ending(options.output)
    writing.check_ending(options.faults)
    customs = import_module("cmprules.batch._customs").Customs(carry=tuple(options.carry), dates=options.dates)
    sources = source.open_sources({"credentials": options.credentials, "activities": options.activities}, customs,
                                  remark)
    context = part.Context.of(book_of(options), options.on, Grade(options.trust), carry=customs.carry)
    import_module("cmprules.batch._compiling").announce(remark, *(source.rows() for source in sources))
    memory = options.memory or _MEMORY_OF_A_THREAD * options.threads
    try:
        found = stream.decide_files(sources, context, stream.Outputs(options.output, options.faults),
                                    memory=memory * 1_000_000, threads=options.threads, progress=bar,
                                    remark=remark)
    except stream.PartsError as error:
        raise OutputError(str(error), UNWRITABLE) from error
    except OSError as error:
        raise OutputError(f"the answers cannot be written: {error}; {_GOES_ON}", UNWRITABLE) from error
    except KeyboardInterrupt:
        complain(f"\n{_GOES_ON}")
        raise
    return (f"{counted(found.credentials, 'credential')} decided: {shown(options.output)}\n"
            f"{counted(found.faults, 'fault')}: {shown(options.faults)}\n"
            + "".join(f"  {line}\n" for line in found.first_faults) + f"{NOTICE}\n"), DECIDED


def remark(message: str) -> None:
    """Write a message about the run."""
    complain(f"cmprules: {message}")
