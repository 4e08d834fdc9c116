"""The result of a benchmark: rows of medians, ratios with their aims, and the machine.  All share one shape."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import attrs

__all__ = ["RESULTS", "Aim", "Environment", "Figure", "Ratio", "Result", "Row", "command", "digest_of", "environment",
           "figure_of", "number", "ratio_of", "read", "row_of", "summary", "today", "write"]

RESULTS = Path(__file__).resolve().parent / "results"
SCHEMA = "cmprules.benchmark/1"
DIGITS = 6


@attrs.frozen(kw_only=True)
class Row:
    """One contestant's runs: the median, the fastest and the slowest, and how many there were.

    Attributes:
        contestant: the contestant.
        measure: what was measured: `wall clock`, `processor time`, `peak memory`.
        median: the median of the runs, in `unit`.
        spread: the fastest and the slowest run.
        repeats: how many runs there were.
        unit: what the figures are: `s`, `µs a record`, `MB`.
        growing: what grows from row to row, if anything: `holders`, `activities each`.
        size: its size in this row.
    """

    contestant: str
    measure: str
    median: float
    spread: tuple[float, float]
    repeats: int
    unit: str
    growing: str | None = None
    size: int | None = None


@attrs.frozen(kw_only=True)
class Aim:
    """The target for a figure: `at most` or `at least` a limit."""

    bound: str
    value: float

    def met_by(self, value: float) -> bool:
        """Return whether a figure reaches the target."""
        return self.off_by(value) <= 1

    def off_by(self, value: float) -> float:
        """Return the factor by which a figure misses the target; 1 or less if it reaches it."""
        return value / self.value if self.bound == "at most" else self.value / value


@attrs.frozen(kw_only=True)
class Ratio:
    """The ratio of one contestant's median to another's, within one run; `met` if there is an aim."""

    of: str
    to: str
    measure: str
    value: float
    growing: str | None = None
    size: int | None = None
    aim: Aim | None = None
    met: bool | None = None


@attrs.frozen(kw_only=True)
class Figure:
    """A figure by itself, such as a slope or a size; `met` where there is an aim."""

    name: str
    value: float
    unit: str
    aim: Aim | None = None
    met: bool | None = None


@attrs.frozen(kw_only=True)
class Environment:
    """The machine and the versions on which the result was measured."""

    python: str
    system: str
    machine: str
    processor: str
    processors: int
    memory_gb: float
    packages: dict[str, str]


@attrs.frozen(kw_only=True)
class Result:
    """The result of one benchmark.

    Attributes:
        name: its name on the command line: `population`.
        title: its heading.
        what: what was measured, in a few sentences.
        size: the sizes, in words.
        quick: whether the sizes were small, so that the figures mean little.
        beside: the contestant with which the others are compared.
        checks: what was compared before the figures were accepted.
        left_out: what was not measured, and why.
        date: the day on which it was measured.
        command: the command that repeats the measurement.
    """

    name: str
    title: str
    what: str
    size: dict[str, int | list[int]]
    quick: bool
    beside: str
    rows: tuple[Row, ...]
    ratios: tuple[Ratio, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    date: str
    command: str
    environment: Environment


def row_of(contestant: str, values: Sequence[float], unit: str, measure: str = "wall clock",
           grown: tuple[str, int] | tuple[None, None] = (None, None)) -> Row:
    """Summarize the runs of a contestant in a row; `grown` names what grows, and its size."""
    return Row(contestant=contestant, measure=measure, median=rounded(statistics.median(values)),
               spread=(rounded(min(values)), rounded(max(values))), repeats=len(values), unit=unit, growing=grown[0],
               size=grown[1])


def ratio_of(of: Row, to: Row, aim: Aim | None = None) -> Ratio:
    """Compare one contestant with another."""
    value = rounded(of.median / to.median)
    return Ratio(of=of.contestant, to=to.contestant, measure=of.measure, value=value, growing=of.growing,
                 size=of.size, aim=aim, met=None if aim is None else aim.met_by(value))


def figure_of(name: str, value: float, unit: str, aim: Aim | None = None) -> Figure:
    """Make a figure by itself."""
    return Figure(name=name, value=rounded(value), unit=unit, aim=aim, met=None if aim is None else aim.met_by(value))


def rounded(value: float) -> float:
    """Round to as many digits as are meaningful."""
    return float(f"{value:.{DIGITS}g}")


def environment(packages: Iterable[str]) -> Environment:
    """Describe the machine, with the versions of some packages."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Environment(
        python=f"{platform.python_implementation()} {platform.python_version()}", system=platform.system(),
        machine=platform.machine(), processor=_processor(), processors=os.cpu_count() or 1,
        memory_gb=round(pages / 2**30, 1),
        packages={name: found for name in sorted(packages, key=str.casefold) if (found := _version(name))})


def _processor() -> str:
    """Return the name of the processor, where Linux gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _version(name: str) -> str | None:
    if name == "cmprules":
        from cmprules import __version__  # noqa: PLC0415 - benchmarks of memory and of imports stay light

        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def command(name: str, *, quick: bool) -> str:
    """Return the command that repeats the measurement."""
    return f"python -m bench --only {name}{' --quick' if quick else ''}"


def today() -> str:
    """Return the day."""
    return datetime.now(tz=UTC).date().isoformat()


def write(result: Result, folder: Path = RESULTS) -> Path:
    """Write a result to its file."""
    folder.mkdir(exist_ok=True)
    target = folder / f"{result.name}.json"
    plain = {"schema": SCHEMA, **attrs.asdict(result)}
    target.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def summary(result: Result) -> str:
    """Summarize a benchmark in a few lines: ratios and figures, never a bare time."""
    lines = [f"  {ratio.of} to {ratio.to}{_size(ratio)} ({ratio.measure}): {number(ratio.value)} times{_aim(ratio)}"
             for ratio in result.ratios]
    lines += [f"  {figure.name}: {number(figure.value)} {figure.unit}".rstrip() + _aim(figure)
              for figure in result.figures]
    return "\n".join([*lines, *(f"  left out: {text}" for text in result.left_out)])


def _size(ratio: Ratio) -> str:
    return f", {ratio.size:,} {ratio.growing}" if ratio.growing else ""


def _aim(found: Ratio | Figure) -> str:
    """State the aim, and whether it was reached."""
    if found.aim is None:
        return ""
    said = "met" if found.met else f"MISSED by a factor of {number(found.aim.off_by(found.value))}"
    return f" (aim: {found.aim.bound} {number(found.aim.value)}, {said})"


def number(value: float) -> str:
    """Write a figure with three significant digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def digest_of(path: Path) -> str:
    """Return the digest of a result, which a picture records as its source."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> Result:
    """Read a result that was kept.

    Raises:
        ValueError: it has another shape.
    """
    plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if plain.pop("schema", None) != SCHEMA:
        raise ValueError(f"{path.name} is no {SCHEMA}: measure it again with python -m bench --only {path.stem}")
    rows = tuple(Row(**{**row, "spread": tuple(row["spread"])}) for row in plain.pop("rows"))
    ratios = tuple(Ratio(**{**ratio, "aim": _read_aim(ratio["aim"])}) for ratio in plain.pop("ratios"))
    figures = tuple(Figure(**{**figure, "aim": _read_aim(figure["aim"])}) for figure in plain.pop("figures"))
    checks, left_out = tuple(plain.pop("checks")), tuple(plain.pop("left_out"))
    return Result(rows=rows, ratios=ratios, figures=figures, environment=Environment(**plain.pop("environment")),
                  checks=checks, left_out=left_out, **plain)


def _read_aim(plain: dict[str, Any] | None) -> Aim | None:
    return None if plain is None else Aim(**plain)
