"""The kept book of an edition: it is what the tables make, and decides nothing where they differ."""

from __future__ import annotations

import copy
import json
import pickle
import runpy
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._kit.keeping import keep
from cmprules._kit.kept import Pool, made_again
from cmprules._kit.shapes import FrozenMap, ListOf, MapOf, Part
from cmprules._policy import shipped as _shipped
from cmprules._policy.book.figures import Cell, Figure
from cmprules._policy.load import book_at, tables_in
from cmprules._policy.reading import made_of

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "src" / "cmprules" / "data"
WRITER: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "write_books.py"))
EDITION = cmprules.editions()[-1]


def _types(value: Any) -> Any:
    """Return the types inside a value, in its own order, with what each number looks like."""
    if attrs.has(type(value)):
        return type(value), [_types(getattr(value, field.name)) for field in attrs.fields(type(value))]
    if isinstance(value, FrozenMap | tuple):
        items = value.items() if isinstance(value, FrozenMap) else value
        return type(value), [_types(item) for item in items]
    return type(value), repr(value)


def _change(table: Path, old: str, new: str) -> None:
    text = table.read_text(encoding="utf-8")
    assert text.count(old) == 1
    table.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the newest edition, to change."""
    return Path(shutil.copytree(DATA / EDITION, tmp_path / EDITION))


@pytest.mark.parametrize("edition", cmprules.editions())
def test_the_kept_book_is_what_the_tables_make(edition: str) -> None:
    """The file is what the task writes, and its book is equal to the made one down to the digits of each number."""
    tables, kept = tables_in(DATA / edition), (DATA / edition / _shipped.KEPT).read_bytes()
    made, again = made_of(tables), _shipped.kept_book(kept, tables)

    assert kept == WRITER["text_of"](DATA / edition), "run tasks/write_books.py"
    assert again == made
    assert _types(again) == _types(made)


def test_an_edited_table_counts_at_once(folder: Path) -> None:
    """The book kept of the old table is left alone, until it is written again."""
    _change(folder / "window.toml", "= 90", "= 91")
    edited = book_at(folder)
    assert book_at(DATA / EDITION).number("opens_days_before_end") == 90
    assert edited.number("opens_days_before_end") == 91
    assert edited == made_of(tables_in(folder))

    (folder / _shipped.KEPT).write_bytes(WRITER["text_of"](folder))
    tables = tables_in(folder)
    assert _shipped.kept_book((folder / _shipped.KEPT).read_bytes(), tables) == edited == book_at(folder)


def test_a_table_that_breaks_a_check_is_refused_although_a_book_is_kept(folder: Path) -> None:
    """The fault is named with file, row and field, as for an edition without a kept book."""
    _change(folder / "window.toml", "= 90", "= -90")
    with pytest.raises(cmprules.PolicyDataError) as refused:
        book_at(folder)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("window.toml: $.row[0] (opens_days_before_end).value", "NEGATIVE")]


@pytest.mark.parametrize("change", [
    lambda kept: kept.replace(b'"9"', b'"1"', 1), lambda kept: kept[:-1], lambda kept: kept.partition(b"\n")[2],
    lambda kept: kept + b"\n", lambda kept: kept[:0], lambda kept: kept.replace(b'"tables": "', b'"tables": "0', 1),
], ids=["a figure", "cut off", "no digests", "longer", "empty", "other tables"])
def test_a_kept_book_that_is_not_as_it_was_written_decides_nothing(folder: Path, change: Any) -> None:
    """Whatever happened to the file, the tables are read instead."""
    kept = folder / _shipped.KEPT
    changed = change(kept.read_bytes())
    kept.write_bytes(changed)
    assert changed != (DATA / EDITION / _shipped.KEPT).read_bytes()
    assert _shipped.kept_book(changed, tables_in(folder)) is None
    assert book_at(folder) == cmprules.load_book(edition=EDITION)


@pytest.mark.parametrize("change", ["rename", "remove", "add"])
def test_so_do_other_names_and_numbers_of_tables(folder: Path, change: str) -> None:
    """A table that is renamed, missing or new is a fault, or none, as it is without a kept book."""
    table = folder / "points" / "PBT.toml"
    if change == "add":
        shutil.copy(table, folder / "points" / "PBT2.toml")
    else:
        table.rename(folder / "points" / "PBT0.toml" if change == "rename" else folder / "points" / "PBT.txt")
    assert _shipped.kept_book((folder / _shipped.KEPT).read_bytes(), tables_in(folder)) is None


def test_an_edition_without_a_kept_book_is_made_of_its_tables(folder: Path) -> None:
    """The file may be missing."""
    (folder / _shipped.KEPT).unlink()
    assert book_at(folder) == cmprules.load_book(edition=EDITION)


def test_a_book_says_how_each_of_its_fields_is_kept() -> None:
    """Besides text, every field that an edition fills has a shape."""
    book = cmprules.load_book(edition=EDITION)
    again, plain = json.loads(json.dumps(keep(book)))
    assert set(plain) - set(_shipped._SHAPES) == {"edition", "sha256"}
    shapes, pool = _shipped._SHAPES, Pool(again)
    assert {name: made_again(shapes[name], plain[name], pool) for name in plain if name in shapes} == {
        name: getattr(book, name) for name in plain if name in shapes}


def test_a_value_that_occurs_again_is_kept_once() -> None:
    """It is made once, too; one that is equal to it and has other digits is another."""
    figures = [Figure(value=Decimal(value), grade=cmprules.Grade.OFFICIAL, source="a", pin="b")
               for value in ("1", "1.0", "1")]
    cells = tuple(Cell(of="total", figure=figure) for figure in figures)
    again, kept = json.loads(json.dumps(keep((*figures, *cells))))
    pool = Pool(again)
    made = (*made_again(ListOf(Part(Figure)), kept[:3], pool), *made_again(ListOf(Part(Cell)), kept[3:], pool))

    assert kept == [0, 1, 0, 2, {"of": "total", "figure": 1}, 2]
    assert again[2] == {"of": "total", "figure": 0}
    assert _types(made) == _types((*figures, *cells))
    assert made[0] is made[2] is made[3].figure
    assert made[3] is made[5]


def test_a_part_is_made_when_it_is_asked_for() -> None:
    """It is made once; before and after that, the map is like any other."""
    plain = {"a": {"source": "s", "pin": "p", "grade": "official"}, "b": {"source": "s"}}
    kept = made_again(MapOf(Part(cmprules.Citation)), plain, Pool([]))
    assert (len(kept), list(kept), kept.get("c", 5), "a" in kept) == (2, ["a", "b"], 5, True)
    assert kept["a"] is kept["a"] is kept.get("a")
    assert kept["a"].pin == "p"
    with pytest.raises(KeyError, match="'c'"):
        kept["c"]
    with pytest.raises(TypeError, match=r"no Citation\.pin: write it again"):
        kept["b"]


def test_a_map_that_makes_its_values_is_a_map_of_them() -> None:
    """It equals one, with the same hash, and is shown, copied and pickled as one, whatever was asked of it before."""
    book = book_at(DATA / EDITION)
    assert book.codes["PBT"].name == "Phlebotomy Technician"
    whole = FrozenMap(dict(cmprules.load_book(edition=EDITION).codes))
    assert book.codes == whole
    assert hash(book.codes) == hash(whole)
    assert repr(book.codes) == repr(whole)
    assert copy.deepcopy(book.codes) == pickle.loads(pickle.dumps(book.codes)) == whole
    assert pickle.dumps(book.codes) == pickle.dumps(book_at(DATA / EDITION).codes)


def test_a_kept_value_without_a_field_of_its_class_is_an_error() -> None:
    """Code that has a new field never decides with a book that was kept before."""
    kept = keep(cmprules.Citation(source="a", pin="b", grade=cmprules.Grade.OFFICIAL)).plain
    assert made_again(Part(cmprules.Citation), kept, Pool([])).pin == "b"
    del kept["pin"]
    with pytest.raises(TypeError, match=r"no Citation\.pin: write it again"):
        made_again(Part(cmprules.Citation), kept, Pool([]))
