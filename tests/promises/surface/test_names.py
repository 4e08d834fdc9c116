"""Names: one owner for each, a public door for each class of a value, and short output at a prompt."""

from __future__ import annotations

import ast
import pydoc
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import cmprules
from cmprules.intake import intake
from tests.doors import DOORS, INNER

SOURCE = Path(str(cmprules.__file__)).parent
TWO_SCREENS, LINE = 56, 120


def _doors() -> tuple[ModuleType, ...]:
    return (cmprules, *DOORS.values(), *INNER)


def _classes(annotation: Any) -> Iterator[type[Any]]:
    """Find the classes of the package in an annotation, or in the shape of a field."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _classes(part)


def _in_shape(shape: Any) -> Iterator[type[Any]]:
    """Find the classes of the values in a mapping or a sequence, from the shape of the field."""
    for name in ("of", "cls", "item", "value", "shape", "inner"):
        part = getattr(shape, name, None)
        if isinstance(part, type):
            yield part
        elif type(part).__module__.startswith("cmprules._kit.shapes."):
            yield from _in_shape(part)


def _held(cls: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    """Find the classes of the fields and method results of a class."""
    if attrs.has(cls):
        hints = typing.get_type_hints(cls)
        for field in attrs.fields(cls):
            if not field.name.startswith("_"):
                yield from ((field.name, found) for found in _classes(hints.get(field.name, field.type)))
                yield from ((field.name, found) for shape in field.metadata.values() for found in _in_shape(shape))
    for name, member in vars(cls).items():
        function = member.fget if isinstance(member, property) else member
        if not name.startswith("_") and callable(function) and not isinstance(function, type):
            yield from ((f"{name}()", found) for found in _classes(typing.get_type_hints(function).get("return")))


def test_a_public_name_is_one_thing() -> None:
    """No name means different things at different doors."""
    owners: dict[str, set[int]] = {}
    for door in _doors():
        for name in door.__all__:
            owners.setdefault(name, set()).add(id(getattr(door, name)))

    assert {name for name, found in owners.items() if len(found) > 1} == set()


def test_a_public_name_has_one_door() -> None:
    """Errors are at the main door, too; nothing else is exported twice."""
    doors: dict[str, list[str]] = {}
    for door in _doors():
        for name in door.__all__:
            doors.setdefault(name, []).append(door.__name__)

    twice = {name: found for name, found in doors.items() if len(found) > 1}
    assert all(found == ["cmprules", "cmprules.errors"] for found in twice.values()), twice


def _public() -> dict[int, Any]:
    return {id(getattr(door, name)): getattr(door, name) for door in _doors() for name in door.__all__}


def test_every_class_that_a_public_value_holds_can_be_imported_from_a_door() -> None:
    """Fields, method results and values of mappings can be named in an annotation."""
    public = _public()
    todo, seen, missing = [value for value in public.values() if isinstance(value, type)], set(), {}
    for function in public.values():
        if not isinstance(function, type) and callable(function):
            todo.extend(_classes(typing.get_type_hints(function).get("return")))
    while todo:
        cls = todo.pop()
        if cls in seen or not cls.__module__.startswith("cmprules"):
            continue
        seen.add(cls)
        for name, found in _held(cls):
            if found.__module__.startswith("cmprules") and id(found) not in public:
                missing[found.__qualname__] = f"{cls.__qualname__}.{name}"
            todo.append(found)

    assert missing == {}
    assert {cmprules.Source, cmprules.parts.KindRule, cmprules.parts.Need} <= seen


def _within(value: Any, seen: dict[int, Any]) -> Iterator[type[Any]]:
    """Walk through a value, and yield the class of everything in it."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    yield type(value)
    if attrs.has(type(value)):
        parts = [getattr(value, field.name) for field in attrs.fields(type(value))]
    elif isinstance(value, Mapping):
        parts = [*value.values()]
    else:
        parts = [*value] if isinstance(value, tuple | list | frozenset) else []
    for part in parts:
        yield from _within(part, seen)


def test_every_class_in_a_book_and_an_answer_can_be_imported_from_a_door() -> None:
    """The same holds for values: annotations of mappings do not name their contents."""
    book = cmprules.load_book(edition=cmprules.editions()[-1])
    record = cmprules.example("mls-nearly-there")
    values = (book, record, cmprules.decide(record, book, on="2026-03-10"),
              cmprules.track(record, book, on="2026-03-10"), cmprules.timeline(record, book, on="2026-03-10"))
    found = {cls for value in values for cls in _within(value, {}) if cls.__module__.startswith("cmprules")}

    public = _public()
    assert {cls.__qualname__ for cls in found if id(cls) not in public} == set()
    assert cmprules.parts.Limit in found


def _loop_variables(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        targets = ([node.target] if isinstance(node, ast.For | ast.comprehension)
                   else node.args.args if isinstance(node, ast.Lambda) else [])
        for target in targets:
            yield from (part.id if isinstance(part, ast.Name) else part.arg
                        for part in ast.walk(target) if isinstance(part, ast.Name | ast.arg))


@pytest.mark.parametrize("room", sorted({path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")}))
def test_functions_and_loop_variables_have_names_that_say_what_they_are(room: str) -> None:
    """No function is named `_`, and no loop variable `one`."""
    place = SOURCE / room
    for path in [place] if place.is_file() else place.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert "_" not in functions, path
        assert "one" not in set(_loop_variables(tree)), path


def test_the_list_of_the_main_door_has_the_doors_and_no_machinery() -> None:
    """`dir` shows only public names and public modules."""
    assert set(dir(cmprules)) == {*cmprules.__all__, *DOORS}
    assert [name for name in dir(cmprules) if name.startswith("_")] == ["__version__"]


def test_help_fits_on_two_screens_and_sends_the_reader_on() -> None:
    """`help(cmprules)` has an example, and says where the rest is."""
    shown = pydoc.plain(pydoc.render_doc(cmprules))

    assert len(shown.splitlines()) <= TWO_SCREENS
    for words in ("cmprules.decide(record, book", "dir(cmprules)", "help(cmprules.decide)", "cmprules.parts",
                  "python -m cmprules --help", "not ASCP's decision"):
        assert words in shown


def test_what_one_looks_at_most_is_one_short_line() -> None:
    """The `repr` of a record, book, table, decision or part identifies it."""
    book, record = cmprules.load_book(edition="2026.1"), cmprules.example("mls-nearly-there")
    decision = cmprules.decide(record, book, on="2026-03-10")
    policy = book.policy_for("MLS", expires_on="2026-05-31")
    tracking = cmprules.track(record, book, on="2026-03-10")
    dates = cmprules.timeline(record, book, on="2026-03-10")
    shown = [repr(value) for value in (book, record, decision, decision["mls"], policy, policy.row, tracking, dates)]

    assert shown[0] == "<PolicyBook 2026.1, last checked 2026-11-23>"
    assert shown[-1] == f"<Timeline on 2026-03-10: events {len(dates.events)}>"
    assert [text for text in shown if not text.startswith("<") or "\n" in text or len(text) > LINE] == []


def test_what_is_compared_is_one_short_line(tmp_path: Path) -> None:
    """A comparison names its two sides and how much differs; so does an intake with its rows."""
    book, record = cmprules.load_book(edition="2026.1"), cmprules.example("mls-nearly-there")
    policies = [book.policy_for("PBT", expires_on=day) for day in ("2022-12-31", "2023-12-31")]
    decisions = [cmprules.decide(record, book, on=day) for day in ("2026-05-31", "2026-06-01")]
    compared = cmprules.compare(*decisions)
    (tmp_path / "a.csv").write_text("Title,Completed,Hours\nTubes,2025-02-05,1\n", encoding="utf-8")
    found = [intake(tmp_path / "a.csv", book, holder="h-1", credentials=names)
             for names in (["PBT(ASCP) 2026-05-31"], [])]
    tables = cmprules.compare(*policies)

    assert [*map(repr, (tables, compared, *found))] == [
        f"<PolicyComparison PBT(ASCP) 2022-12-31 to PBT(ASCP) 2023-12-31: figures {len(tables.figures)}>",
        f"<DecisionComparison 2026-05-31 to 2026-06-01: causes 1, changes {len(compared.changes)}>",
        "<Intake of 'h-1', files 1, rows 2, activities 1>",
        "<Intake: no record, files 1, rows 2, activities 1>"]


def test_an_answer_counts_what_is_in_its_lists() -> None:
    """Empty lists are left out, and with them the colon; the names are words."""
    book, record = cmprules.load_book(edition="2026.1"), cmprules.example("mls-nearly-there")
    course = cmprules.planning.Course(id="late", title="Late", price=1, amount=1, unit="point", kind="formal_ce",
                                      available_from=date(2027, 1, 1))
    found = cmprules.plan(record, book, cmprules.planning.Catalogue(courses=(course,)), on="2026-03-10")
    assert repr(found) == f"<Plan on 2026-03-10: credentials 1, obstacles {len(found.obstacles)}, left out 1>"
    assert repr(attrs.evolve(found, credentials=(), obstacles=(), left_out=())) == "<Plan on 2026-03-10>"


def test_a_loop_over_an_answer_works_or_says_what_to_loop_over() -> None:
    """An answer about every credential is a sequence of its parts; any other names its lists."""
    book, record = cmprules.load_book(edition="2026.1"), cmprules.example("mls-nearly-there")
    decision = cmprules.decide(record, book, on="2026-03-10")
    timeline = cmprules.timeline(record, book, on="2026-03-10")

    assert [part.id for part in decision] == ["mls"]
    assert [part.id for part in cmprules.track(record, book, on="2026-03-10")] == ["mls"]
    with pytest.raises(TypeError, match=r"Timeline is not a list; go through one of its own: \.events$"):
        list(timeline)
