"""Files that are read and joined piece by piece: the places of rows, and files that break off."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.batch import _stream as stream
from cmprules.batch._columns.given import COLUMNS, Given
from cmprules.batch._stream import joining, places, ranges
from cmprules.batch._stream.places import Places, parts_by_place, places_of
from cmprules.batch._stream.ranges import Group, cuts_of, groups_of, parts_of, with_steps
from cmprules.batch._stream.source import Source, open_sources
from tests.examples import scaled

# ---------------------------------------------------------------------------------------------------------
# Row groups in the order of their holders.


def _people(path: Path, name: str, holders: list[str | None], **how: Any) -> Source:
    """Write a file with one row for each holder."""
    rows = [{"holder": holder, "id": f"i{number}", "code": "PBT", "title": "T", "kind": "formal_ce", "amount": 1}
            for number, holder in enumerate(holders)]
    columns = COLUMNS[name]
    pq.write_table(pa.Table.from_pylist([{key: row[key] for key in row if key in columns} for row in rows]),
                   path / f"{name}.parquet", **{"row_group_size": 3, **how})
    return open_sources({name: path / f"{name}.parquet"})[0]


def _read_parts(source: Source, cuts: list[str], wanted: list[int]) -> list[list[tuple[str, int]]]:
    groups = groups_of(source)
    assert groups is not None
    return [[*zip(part.table["holder"].to_pylist(), part.numbers.tolist(), strict=True)]
            for part in parts_of(source, groups, cuts, wanted)]


def test_a_holder_on_both_sides_of_a_border_is_in_one_part(tmp_path: Path) -> None:
    """The rows of a holder stay together across groups, and keep their numbers."""
    source = _people(tmp_path, "activities", ["a", "a", "b", "b", "b", "c", "c", "d", "e"])
    assert _read_parts(source, ["b", "c"], [0, 1, 2]) == [
        [("a", 0), ("a", 1), ("b", 2), ("b", 3), ("b", 4)], [("c", 5), ("c", 6)], [("d", 7), ("e", 8)]]
    assert _read_parts(source, ["b", "c"], [1]) == [[("c", 5), ("c", 6)]]
    assert _read_parts(source, ["b", "x"], [2]) == [[]]


def test_rows_may_stand_anywhere_within_a_group(tmp_path: Path) -> None:
    """A group that is not sorted is divided row by row."""
    source = _people(tmp_path, "activities", ["b", "a", "c", "d", "c", "e"])
    assert _read_parts(source, ["b", "c"], [0, 1, 2]) == [
        [("b", 0), ("a", 1)], [("c", 2), ("c", 4)], [("d", 3), ("e", 5)]]


def test_rows_of_overlapping_groups_are_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The group with the earlier holders is read first, but which row of a holder is the first depends on the file."""
    source = _people(tmp_path, "activities", ["b", "b", "c", "a", "b", "c"])
    assert _read_parts(source, ["b"], [0, 1]) == [
        [("b", 0), ("b", 1), ("a", 3), ("b", 4)], [("c", 2), ("c", 5)]]


def test_a_group_of_which_no_row_is_wanted_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups that are already decided are skipped."""
    source = _people(tmp_path, "activities", ["a", "a", "b", "b", "c", "c", "d", "d", "e"])
    read = []
    honest = pq.ParquetFile.read_row_group

    def noted(file: pq.ParquetFile, number: int, **how: Any) -> pa.Table:
        read.append(number)
        return honest(file, number, **how)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", noted)
    assert _read_parts(source, ["c", "d"], [2]) == [[("e", 8)]]
    assert read == [2]


@pytest.mark.parametrize("how", [
    {"holders": ["a", None]}, {"holders": ["a", "b"], "write_statistics": False}, {"holders": [1, 2]},
], ids=["a missing holder", "no statistics", "numbers"])
def test_the_order_of_some_files_is_not_known(how: dict[str, Any], tmp_path: Path) -> None:
    """A file without the ranges of its holders is split."""
    assert groups_of(_people(tmp_path, "credentials", **how)) is None


def test_a_row_group_of_nobody_says_nothing(tmp_path: Path) -> None:
    """A writer may make groups without rows."""
    table = pa.table({"holder": ["a", "b"], "id": ["1", "2"], "code": ["PBT", "PBT"]})
    path = tmp_path / "credentials.parquet"
    with pq.ParquetWriter(path, table.schema) as writer:
        for piece in (table.slice(0, 1), table.slice(0, 0), table.slice(1)):
            writer.write_table(piece)
    source = open_sources({"credentials": path})[0]
    assert pq.read_metadata(path).num_row_groups == 3
    assert _read_parts(source, ["a"], [0, 1]) == [[("a", 0)], [("b", 1)]]


def test_a_file_out_of_order_is_split_if_it_is_large(tmp_path: Path) -> None:
    """Overlapping row groups would have to be held until their last holder has come."""
    ordered = _people(tmp_path, "activities", ["a", "a", "b", "b", "c", "c", "d", "d", "e"])
    groups = {"activities": groups_of(ordered), "credentials": groups_of(_people(tmp_path, "credentials", ["a"]))}
    assert cuts_of(groups, 3, 10_000_000) == ("b", "c")
    assert cuts_of(groups, 4, 10_000_000) == ("c",)
    mixed = {**groups, "activities": groups_of(_people(tmp_path, "activities", ["a", "a", "e", "a", "c", "e", "a"]))}
    assert cuts_of(mixed, 3, 10_000_000) is not None
    assert cuts_of({**groups, "credentials": None}, 3, 10_000_000) is None


@pytest.mark.parametrize(("order", "threads", "read", "decided"), [
    (["a", "a", "c", "a", "c", "a", "c", "e"], 1, 6, 4),  # two row groups end in the second part, another goes on
    (["a", "a", "c", "a", "c", "a", "c", "e"], 2, 6, 8),
    (["a", "d", "a", "e", "a", "f", "b", "b"], 1, 8, 2),  # three row groups go on after the first part
    (["a", "d", "a", "e", "a", "f", "b", "b"], 3, 8, 6),
    (["a", "d", "a", "e", "a", "f", "b", "b"], 9, 8, 8)])  # there are four parts
def test_what_parts_take_is_estimated_to_the_byte(
    order: list[str | None], threads: int, read: int, decided: int, tmp_path: Path
) -> None:
    """60 bytes for a row that is read, 140 for one that is decided, and the text as it is stored."""
    source = _people(tmp_path, "activities", order, row_group_size=2, use_dictionary=False)
    groups: dict[str, Sequence[Group] | None] = {"activities": groups_of(source), "credentials": ()}
    (size,) = {group.size for group in groups["activities"] or ()}  # of two rows each
    taken = read * 60 + read // 2 * size + decided * 140
    assert cuts_of(groups, 2, taken, threads) is not None
    assert cuts_of(groups, 2, taken - 1, threads) is None


@pytest.mark.parametrize("order", [
    ["a", "a", "b", "b", "c", "c"], ["a", "b", "b", "c", "c", "d"], ["a", "a", "a", "a", "a", "b"],
    ["b", "c", "a", "b"]])
def test_files_in_order_are_read_in_place_whatever_they_take(order: list[str | None], tmp_path: Path) -> None:
    """A holder may go on in the next row group; splitting would take more memory than it saves."""
    source = _people(tmp_path, "activities", order, row_group_size=2)
    groups: dict[str, Sequence[Group] | None] = {"activities": groups_of(source), "credentials": ()}
    assert cuts_of(groups, 2, 1, threads=2) is not None


# ---------------------------------------------------------------------------------------------------------
# Large row groups whose rows are sorted.


def _stepped(source: Source, rows: int) -> tuple[Group, ...]:
    groups = with_steps(source, groups_of(source), rows)
    assert groups is not None
    return groups


def test_only_a_large_and_sorted_row_group_is_read_in_pieces(tmp_path: Path) -> None:
    """It has at least three times the rows wanted; the last piece may be half as long again."""
    sorted_ = _people(tmp_path, "activities", [*"aabbbcdde"], row_group_size=9)
    assert [group.steps for group in _stepped(sorted_, 3)] == [("b", "c")]
    assert [group.steps for group in _stepped(sorted_, 2)] == [("a", "b", "c", "d")]
    assert [(group.step, group.steps) for group in _stepped(sorted_, 4)] == [(0, ())]
    mixed = _people(tmp_path, "activities", [*"aabbbcded", *"xyz"], row_group_size=9)
    assert [group.steps for group in _stepped(mixed, 3)] == [(), ()]
    assert with_steps(mixed, None, 3) is None


@pytest.mark.parametrize("wanted", [[0, 1, 2, 3], [1, 3], [2], [3]])
@pytest.mark.parametrize("order", ["aabbbcddefg", "aaaaaaaaaab", "abcdefghijk", "abbbbbbbbbb"])
def test_pieces_have_the_rows_that_the_whole_has(order: str, wanted: list[int], tmp_path: Path) -> None:
    """Wherever a holder ends, whatever is skipped, and whether or not a cut is the end of a piece."""
    source = _people(tmp_path, "activities", [*order], row_group_size=11)
    for rows in (1, 2, 3):
        for cuts in (["b", "d", "e"], ["a", "b", "c"]):
            pieces = [[*zip(part.table["holder"].to_pylist(), part.numbers.tolist(), strict=True)]
                      for part in parts_of(source, _stepped(source, rows), cuts, wanted)]
            assert pieces == _read_parts(source, cuts, wanted)


def test_no_more_is_read_than_a_part_needs(tmp_path: Path) -> None:
    """Of the credentials, many parts may stand in one piece: the next one waits until its turn has come."""
    source = _people(tmp_path, "credentials", [*"abcdefghi"], row_group_size=9)
    read = list[int]()
    honest = ranges._Reading.up_to

    def noted(reading: ranges._Reading, last: str | None) -> Any:
        found = [*honest(reading, last)]
        read.append(sum(part.table.num_rows for part in found))
        return iter(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ranges._Reading, "up_to", noted)
        parts = [part.table.num_rows for part in parts_of(source, _stepped(source, 3), [*"abcde"], range(6))]
    assert parts == [1, 1, 1, 1, 1, 4]
    assert read == [3, 0, 3, 0, 0, 3]


def test_a_large_row_group_makes_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One cut for each piece, none after the last holder; if row groups overlap too much, there are none within."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 1)
    credentials = _people(tmp_path, "credentials", [*"abcdefghi"])

    def layout(order: str, memory: int, size: int = 9) -> stream.Layout:
        activities = _people(tmp_path, "activities", [*order], row_group_size=size)
        return stream.Layout.of([credentials, activities], memory=memory, threads=1)

    assert layout("aabbbcdde", 3).cuts == ("b", "c")
    assert layout("aabbbeeee", 2).cuts == ("a", "b")
    assert layout("aabbbcdde", 4).cuts == ()
    assert layout("aabbbcddefghhhiiii", 3).cuts == ("b", "c", "e", "h")
    overlapping = layout("abcdefghiefghhhiij", 3)
    assert overlapping.cuts == ("i",)
    assert all(group.steps == () for group in overlapping.groups["activities"] or ())


# ---------------------------------------------------------------------------------------------------------
# Holders in no order whose rows stand close together.


def _placed(
    path: Path, credentials: list[str | None], activities: list[str | None], *, rows: int = 3, memory: int = 1 << 40,
    threads: int = 1,
) -> tuple[list[Source], dict[str, Places] | None]:
    """Write both files in row groups of three rows, and find the places of their parts."""
    sources = [_people(path, "credentials", credentials), _people(path, "activities", activities)]
    groups = {source.name: groups_of(source) for source in sources}
    return sources, places_of(sources, groups, rows, memory, threads)


def _by_place(
    sources: Sequence[Source], places: dict[str, Places] | None, wanted: Sequence[int] = range(9)
) -> list[list[list[tuple[str, int]]]]:
    """Return the holders and numbers of the rows of each part, for each file."""
    assert places is not None
    return [[[*zip(part.table["holder"].to_pylist(), part.numbers.tolist(), strict=True)]
             for part in parts_by_place(source, places[source.name], wanted)] for source in sources]


def test_a_holder_is_in_the_part_with_the_last_of_their_activities(tmp_path: Path) -> None:
    """Earlier rows wait for it; holders without activities are spread over the parts, in the order of the file."""
    found = _placed(tmp_path, ["x", "d", "b", "c", "y", "a"], ["d", "d", "b", "b", "a", "a", "c", "a"])
    assert _by_place(*found) == [
        [[("x", 0), ("d", 1)], [("b", 2), ("y", 4)], [("c", 3), ("a", 5)]],
        [[("d", 0), ("d", 1)], [("b", 2), ("b", 3)], [("a", 4), ("a", 5), ("c", 6), ("a", 7)]]]


def test_a_name_with_other_spaces_is_in_the_same_part(tmp_path: Path) -> None:
    """Spaces do not make another holder."""
    found = _placed(tmp_path, ["ab", "c"], ["a b", "c", "c", "d", "d", "d", "ab", "e"])
    assert _by_place(*found) == [
        [[("c", 1)], [], [("ab", 0)]],
        [[("c", 1), ("c", 2)], [("d", 3), ("d", 4), ("d", 5)], [("a b", 0), ("ab", 6), ("e", 7)]]]


@given(holders=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30), rows=st.integers(1, 9))
@settings(max_examples=scaled(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_in_the_part_of_its_holder(holders: list[str | None], rows: int, tmp_path: Path) -> None:
    """Wherever rows stand, each is read once, in the order of the file, and all of a holder together."""
    found = _placed(tmp_path, holders[::2], holders, rows=rows)
    if found[1] is None:
        return  # the rows of holders stand far apart
    for file, given_holders in zip(_by_place(*found), (holders[::2], holders), strict=True):
        assert sorted(number for part in file for _, number in part) == [*range(len(given_holders))]
        assert all(given_holders[number] == holder for part in file for holder, number in part)
        assert all(part == sorted(part, key=itemgetter(1)) for part in file)
    parts = [{holder for file in both for holder, _ in file} for both in zip(*_by_place(*found), strict=True)]
    assert sum(map(len, parts)) == len(set(holders))


def test_only_row_groups_with_wanted_rows_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that are decided already are skipped, and rows that stand together are not copied."""
    sources, found = _placed(tmp_path, ["b", "a"], ["b", "b", "b", "b", "b", "b", "a", "a", "a", "a"])
    read = list[int]()
    honest = pq.ParquetFile.read_row_group

    def noted(file: pq.ParquetFile, number: int, **how: Any) -> pa.Table:
        read.append(number)
        return honest(file, number, **how)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", noted)
    monkeypatch.delattr(np, "argsort")
    activities = _by_place(sources[1:], found, [3])
    assert activities == [[[("a", 6), ("a", 7), ("a", 8), ("a", 9)]]]
    assert read == [2, 3]


def test_a_file_that_changes_is_read_on(tmp_path: Path) -> None:
    """Rows without a known place go somewhere: the run ends with the message that the file has changed."""
    sources, found = _placed(tmp_path, ["a"], ["a", "a", "a", "b"])
    assert found is not None
    _people(tmp_path, "activities", ["a", "c", "d", "e"])
    assert sum(map(len, _by_place(sources[1:], found)[0])) == 4


def test_what_parts_by_place_take_is_estimated_to_the_byte(tmp_path: Path) -> None:
    """60 bytes for a row that is held, 140 for one that is decided by each thread, and the text as it is stored."""
    order: list[str | None] = ["c", "c", "c", "b", "b", "b", "a", "a", "a"]
    sources, _ = _placed(tmp_path, ["c"], order)
    sizes = {source.name: (groups_of(source) or ())[0].size for source in sources}
    held = 3 * 60 + sizes["activities"] + 60 + sizes["credentials"]
    for threads, deciding in ((1, 1), (2, 2), (9, 3)):  # there are three parts
        taken = held + deciding * 3 * 140
        assert _placed(tmp_path, ["c"], order, memory=taken, threads=threads)[1] is not None
        assert _placed(tmp_path, ["c"], order, memory=taken - 1, threads=threads)[1] is None


@pytest.mark.parametrize("far", ["rows far apart", "long names", "long names of credentials"])
def test_other_files_are_not_read_by_place(far: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all rows would wait for the last part, or the names alone would take the memory."""
    if far != "rows far apart":
        monkeypatch.setattr(places, "_MOST_BYTES_OF_NAMES", 60)
    order: dict[str, list[str | None]] = {
        "rows far apart": [*"abcabcabcabcabcabcabc"], "long names": ["a" * 30, "b" * 31, "c"],
        "long names of credentials": ["a"]}
    credentials: list[str | None] = ["a" * 30, "b" * 31] if far.endswith("credentials") else ["a"]
    assert _placed(tmp_path, credentials, order[far])[1] is None
    assert _placed(tmp_path, ["a"], ["a", "b", "c"])[1] is not None


def test_a_file_that_names_no_holders_is_not_read_by_place(tmp_path: Path) -> None:
    """A missing holder has no place."""
    assert _placed(tmp_path, ["a", None], ["a"])[1] is None
    assert _placed(tmp_path, ["a"], ["a", None])[1] is None


@pytest.mark.parametrize(("order", "by_place"), [("aabbcc", False), ("ccbbaa", False), ("cbbaac", True)])
def test_files_in_order_are_not_read_for_their_places(order: str, by_place: bool, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    """The ranges of holders in the row groups are enough."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 50_000)
    sources = [_people(tmp_path, "credentials", [*"abc"], row_group_size=1),
               _people(tmp_path, "activities", [*order], row_group_size=2)]
    layout = stream.Layout.of(sources, memory=100_000, threads=1)
    assert (layout.places is not None, layout.cuts is None) == (by_place, by_place)


def _all_given() -> list[Given]:
    """List the rows in memory; `isinstance` would ask weak references whose objects are gone."""
    return [part for part in gc.get_objects() if type(part) is Given]


@pytest.mark.parametrize("order", ["aaabbbccc", "bbbcccaaa"])
def test_a_part_is_not_kept_while_the_next_one_is_read(order: str, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """When a row group is read, no rows of the part before are in memory any more."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 50_000)
    sources = [_people(tmp_path, "credentials", [*"abc"]), _people(tmp_path, "activities", [*order])]
    layout = stream.Layout.of(sources, memory=150_000, threads=1)
    held, honest, of_other_tests = list[int](), ranges.read_group, _all_given()

    def noted(file: pq.ParquetFile, group: Group, source: Source) -> Given:
        others = {id(part) for part in of_other_tests}
        held.append(sum(part.table.num_rows for part in _all_given() if id(part) not in others
                        and source.name == "activities" and "title" in part.table.column_names))
        return honest(file, group, source)

    for module in (ranges, places):
        monkeypatch.setattr(module, "read_group", noted)
    unused: Any = None
    run = stream._Run(sources=sources, context=unused, folder=unused, layout=layout, threads=1, progress=unused,
                      remark=unused)
    supply, sizes = stream._Supply(range(layout.count), run._read(range(layout.count))), list[int]()
    while (taken := supply.take()) is not None:
        sizes.append(taken[1]["activities"].table.num_rows)
        del taken
    assert sizes == [3, 3, 3]
    assert held == [0] * 4


# ---------------------------------------------------------------------------------------------------------
# Files that cannot be read.


def _refused(**paths: Path) -> list[tuple[str, str]]:
    with pytest.raises(cmprules.InputError) as caught:
        open_sources(paths)
    return [(fault.path, fault.code) for fault in caught.value.faults]


def test_files_of_another_kind_are_refused_together(tmp_path: Path) -> None:
    """The name or the content shows it; a good file has no fault, and can be read."""
    pq.write_table(pa.table({"holder": ["a"], "id": ["c"], "code": ["PBT"]}), tmp_path / "good.parquet")
    (tmp_path / "bad.parquet").write_bytes(b"no Parquet")
    (tmp_path / "table.xls").write_bytes(b"")
    assert _refused(credentials=tmp_path / "table.xls", activities=tmp_path / "bad.parquet") == [
        ("$.credentials", "CANNOT_READ"), ("$.activities", "CANNOT_READ")]
    assert _refused(credentials=tmp_path / "good.parquet", activities=tmp_path / "good.parquet") == [
        (f"$.activities.{name}", "MISSING_KEY") for name in ("title", "kind", "amount")]
    assert open_sources({"credentials": tmp_path / "good.parquet"})[0].whole().table.num_rows == 1


def test_a_file_that_breaks_off_is_refused_when_its_end_is_reached(tmp_path: Path) -> None:
    """Its columns can be read; a later line has too few cells."""
    schema = pa.schema([(name, pa.string()) for name in ("holder", "title", "kind", "amount")])
    lines = "a,Title,formal_ce,1\n" * 3
    for name, last in (("whole", ""), ("broken", "a,b\n")):
        (tmp_path / f"{name}.csv").write_text(f"holder,title,kind,amount\n{lines}{last}", encoding="utf-8")
    whole, broken = (Source(name="activities", path=tmp_path / f"{name}.csv", schema=schema)
                     for name in ("whole", "broken"))
    assert sum(piece.num_rows for piece in whole.pieces()) == 3
    with pytest.raises(cmprules.InputError, match="a file that can be read to its end") as caught:
        broken.whole()
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.activities", "CANNOT_READ")]


# ---------------------------------------------------------------------------------------------------------
# Joined.


def _write_part(path: Path, *batches: list[int]) -> Path:
    """Write a part in batches of rows, each with its key."""
    schema = pa.schema([("id", pa.string()), ("key", pa.int64())])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for keys in batches:
            writer.write_batch(pa.record_batch([[f"i{key}" for key in keys], keys], schema=schema))
    return path


@pytest.mark.parametrize("window", [2, 1 << 17])
def test_parts_are_joined_in_the_order_of_their_keys(window: int, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches without rows are skipped wherever they are, and so is a part that has only these, or none."""
    monkeypatch.setattr(joining, "ROWS_OF_A_WINDOW", window)
    parts = [_write_part(tmp_path / "first", [], [0, 3], [], [4, 9], []), _write_part(tmp_path / "second", [1, 2, 8]),
             _write_part(tmp_path / "third", [], []), _write_part(tmp_path / "fourth")]
    tables = [*joining._in_order(parts)]
    assert [row for table in tables for row in table["id"].to_pylist()] == ["i0", "i1", "i2", "i3", "i4", "i8", "i9"]
    assert len(tables) == (4 if window == 2 else 1)


def test_of_a_part_whose_turn_has_not_come_only_the_first_key_is_kept(tmp_path: Path) -> None:
    """Hundreds of parts would otherwise hold a batch each."""
    with pa.OSFile(str(_write_part(tmp_path / "part", [], [5, 6], [8]))) as file:
        part = joining._Part(file)
        assert (part.next_key, part._held.num_rows) == (5, 0)
        assert [*part.before(5)] == []
        assert part._held.num_rows == 0
        assert [row for piece in part.before(7) for row in piece["key"].to_pylist()] == [5, 6]
        assert (part.next_key, part._held.num_rows) == (8, 1)
        assert [row for piece in part.before(9) for row in piece["key"].to_pylist()] == [8]
        assert part.next_key is None
