"""The same record, edition and day give the same answer, byte for byte, whatever surrounds the library.

`tests/core/laws/test_order.py` tests the order of a record, and `test_round_trips.py` the forms of numbers.
"""

from __future__ import annotations

import decimal
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest

import cmprules
from cmprules._kit import points as _points
from cmprules._kit.shapes import hints
from cmprules._policy import load as _load
from cmprules._policy import reading as _reading
from tests.core.reference.generation import generate
from tests.promises.determinism.everything import answers, loosen, spoil

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("everything.py")
GENERATED = 60
THREADS = 8

Cases = list[dict[str, Any]]
Answers = tuple[dict[str, str], list[Any]]

FAULTY = """{"schema": "cmprules.record/1", "holder": {"id": "h"},
 "credentials": [{"id": "c", "code": "MLSS", "expires_on": "2026-05-32"}],
 "activities": [{"id": "a", "title": "Straße, İçel", "kind": "formal_ce", "amount": 1E+30},
                {"id": "b", "title": "b", "kind": "FORMAL_CE", "amount": 1E-30},
                {"id": "d", "title": "d", "kind": "formal_ce", "amount": 1E+999999999999999999999},
                {"id": "e", "title": "e", "kind": "formal_ce", "amount": "0.1234567", "unit": "ceu"},
                {"id": "f", "title": "f", "kind": "formal_ce", "amount": "nan"}]}
"""
"""Numbers that a careless reader would round or fail on; errors are answers, too."""

SURROUNDINGS: dict[str, tuple[dict[str, str], list[str], list[str]]] = {
    "another seed, far east, no UTF-8": (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0",
         "PYTHONCOERCECLOCALE": "0"}, [], []),
    "another seed, a half hour off, in Turkish, without assertions": (
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        ["-O"], ["locales"]),
    "any seed, a made-up zone, without docstrings": (
        {"PYTHONHASHSEED": "random", "TZ": "XYZ-13:37", "LANG": "de_DE.UTF-8"}, ["-OO"], ["locales"]),
    "any seed, every warning an error": (
        {"PYTHONHASHSEED": "random", "TZ": "UTC"}, ["-X", "dev", "-X", "warn_default_encoding", "-W", "error"], []),
    "decimals that raise": ({"PYTHONHASHSEED": "7", "TZ": "UTC"}, [], ["decimals"]),
    "decimals that never raise": ({"PYTHONHASHSEED": "8", "TZ": "UTC"}, [], ["slack"]),
}
"""The surroundings by name: variables, options of Python, and what the program changes before importing the library."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """Return every example, a file full of odd numbers, and random records, always the same ones."""
    faulty = tmp_path_factory.mktemp("given") / "faulty.json"
    faulty.write_text(FAULTY, encoding="utf-8")
    files = [file for file in sorted((ROOT / "examples").iterdir()) if file.suffix in {".json", ".toml"}]
    found: Cases = [{"name": file.name, "record": str(file), "on": "2026-03-10", "trust": "inferred"}
                    for file in (*files, faulty)]
    for number in range(GENERATED):
        record, on, trust = generate(Random(f"determinism/{number}"))
        found.append({"name": f"generated {number}", "record": record, "on": on.isoformat(), "trust": trust})
    plain: Cases = json.loads(json.dumps(found, default=str))
    return plain


@pytest.fixture(scope="module")
def expected(cases: Cases) -> Answers:
    """Return the answers of this process, one after another."""
    return answers(cases)


@pytest.fixture
def hectic() -> Iterator[None]:
    """Make threads switch as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def different(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    """List every output that differs."""
    return [name for name in {**expected, **found} if found.get(name) != expected.get(name)]


def in_a_program(
    cases: Cases, folder: Path, variables: dict[str, str], options: list[str], spoilt: list[str]
) -> Answers:
    """Answer the cases in a separate program, run from its own folder."""
    given, digests, pickles = (folder / name for name in ("cases.json", "answers.json", "answers.pickle"))
    given.write_text(json.dumps(cases), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, *options, str(PROGRAM), str(given), str(digests), str(pickles), *spoilt],
        cwd=folder, env={**kept, "PYTHONPATH": path, **variables}, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(digests.read_text(encoding="utf-8")), pickle.loads(pickles.read_bytes())


def test_the_records_are_worth_it(cases: Cases, expected: Answers) -> None:
    """The records have every outcome and standing, and several errors."""
    said, decisions = expected
    found = [one for decision in decisions for one in decision.credentials]
    assert {one.outcome for one in found} == set(cmprules.Outcome)
    assert {one.standing for one in found} == set(cmprules.Standing)
    assert len(cases) - len(decisions) == sum(name.endswith(": error") for name in said) == 2


class TestOtherSurroundings:
    """Hash seeds, time zones, locales, optimization, warnings, working directories, decimal contexts."""

    @pytest.mark.parametrize("name", SURROUNDINGS)
    def test_change_nothing(self, cases: Cases, expected: Answers, tmp_path: Path, name: str) -> None:
        """Values, mappings, JSON, text, Markdown, HTML and errors are the same to the byte, and pickles equal."""
        said, decisions = in_a_program(cases, tmp_path, *SURROUNDINGS[name])
        assert different(said, expected[0]) == []
        assert decisions == expected[1]
        assert list(map(hash, decisions)) == list(map(hash, expected[1]))

    @pytest.mark.parametrize("change", [spoil, loosen])
    def test_nor_do_those_of_a_program_that_runs(
        self, cases: Cases, expected: Answers, change: Callable[[decimal.Context], None]
    ) -> None:
        """A program may change its decimal context while it uses the library."""
        _points.from_hundredths.cache_clear()
        with decimal.localcontext() as context:
            change(context)
            said, decisions = answers(cases)
        assert different(said, expected[0]) == []
        assert decisions == expected[1]

    @pytest.mark.parametrize("change", [spoil, loosen])
    def test_nor_while_tables_are_loaded(
        self, monkeypatch: pytest.MonkeyPatch, book: cmprules.PolicyBook, change: Callable[[decimal.Context], None]
    ) -> None:
        """A book loaded under such a context is the same, and so is one from a disk with another file order."""
        listed = Path.iterdir
        monkeypatch.setattr(Path, "iterdir", lambda folder: iter(sorted(listed(folder), reverse=True)))
        with decimal.localcontext() as context:
            change(context)
            kept = _load._shipped_book.__wrapped__("2026.1")
            made = _reading.made_of(_load.tables_in(_load._DATA / "2026.1"))
        for again in (kept, made):
            assert again == book
            assert repr(again.fees) == repr(book.fees)

    @pytest.mark.parametrize("change", [spoil, loosen])
    def test_nor_do_they_change_what_is_wrong_with_rows_of_ones_own(
        self, tmp_path: Path, change: Callable[[decimal.Context], None]
    ) -> None:
        """An absurd number in a user's file is refused in the same words."""
        file = tmp_path / "own.toml"
        file.write_text("value = 1e9999999999999999999999\n", encoding="utf-8")
        with pytest.raises(cmprules.PolicyDataError) as before:
            cmprules.load_book(edition="2026.1", extra=[file])
        with decimal.localcontext() as context:
            change(context)
            with pytest.raises(cmprules.PolicyDataError) as after:
                cmprules.load_book(edition="2026.1", extra=[file])
        assert str(after.value) == str(before.value)


class TestSeveralAtOnce:
    """Part 5: a book is immutable, and threads can share it safely."""

    def test_threads_share_a_book(self, cases: Cases, expected: Answers, hectic: None) -> None:
        """Eight threads that keep switching, each starting elsewhere, give the answers of one."""
        shared = pickle.loads(pickle.dumps(cmprules.load_book(edition="2026.1")))  # an unused book
        _points.from_hundredths.cache_clear()
        hints._closest.cache_clear()
        start = threading.Barrier(THREADS)
        said: dict[int, dict[str, str]] = {}

        def work(number: int) -> None:
            first = number * len(cases) // THREADS
            start.wait()
            said[number] = answers([*cases[first:], *cases[:first]], shared)[0]

        threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == list(range(THREADS))
        assert [different(found, expected[0]) for found in said.values()] == [[]] * THREADS

    def test_threads_load_a_book(self, book: cmprules.PolicyBook, hectic: None) -> None:
        """Threads that ask for an unloaded book at the same time get equal ones."""
        _load._shipped_book.cache_clear()
        found: list[cmprules.PolicyBook] = []
        threads = [threading.Thread(target=lambda: found.append(cmprules.load_book(edition="2026.1")))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [book] * 4

    def test_processes_take_a_book_along(self, cases: Cases, expected: Answers, book: cmprules.PolicyBook) -> None:
        """New processes that receive the book and the records decide the same."""
        some = [case for case in cases if isinstance(case["record"], dict)][:24]
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            waiting = [pool.submit(cmprules.decide, cmprules.parse_record(case["record"]), book, on=case["on"],
                                   trust=case["trust"]) for case in some]
            found = [done.result() for done in waiting]
        assert found == [decision for decision in expected[1] if decision in found]
        assert len(found) == len(some)


class TestOtherKeys:
    """The order of keys in a mapping does not matter."""

    def test_backwards(self, cases: Cases, expected: Answers) -> None:
        """Records with all keys reversed get the same answers, with the same digest."""
        turned = [{**case, "record": backwards(case["record"])} for case in cases]
        said, decisions = answers(turned)
        assert decisions == expected[1]
        assert different(said, expected[0]) == []


def backwards(value: Any) -> Any:
    """Reverse the keys of every mapping, but not lists."""
    if isinstance(value, dict):
        return {key: backwards(item) for key, item in reversed(value.items())}
    return [backwards(item) for item in value] if isinstance(value, list) else value
