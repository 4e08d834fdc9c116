"""Comparisons of two tables: what is new, gone, raised or lowered, with both sources."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules.comparing import FigureChange, PolicyComparison
from tests import strategies as ours

FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
VALIDATOR = Draft202012Validator(cmprules.json_schema("policy-comparison"))
MIRROR = {"added": "removed", "removed": "added", "raised": "lowered", "lowered": "raised", "grounds": "grounds",
          "unknown": "unknown"}


def _policy(code: str, expires_on: str, body: str = "ASCP", **given: Any) -> cmprules.Policy:
    book = cmprules.load_book(edition="2026.1", **given)
    return book.policy_for(code, expires_on=date.fromisoformat(expires_on), body=body)


def _amounts(found: PolicyComparison) -> dict[str, tuple[str, str | None]]:
    """Return the amounts that differ: how, and by how much."""
    return {one.of: (one.change, None if one.difference is None else str(one.difference)) for one in found.figures
            if one.change != "grounds"}


@pytest.mark.parametrize(("code", "before", "after", "changes"), [
    ("MLS", "2022-12-31", "2023-01-01", {"ethics": ("added", "1"), "pool": ("lowered", "-1")}),
    ("MLS", "2023-12-31", "2024-01-01", {}),
    ("BB", "2023-12-31", "2024-01-01", {"blood_banking": ("raised", "6"), "pool": ("lowered", "-6")}),
    ("BB", "2023-01-01", "2023-12-31", {}),
    ("PBT", "2022-12-31", "2023-01-01", {"ethics": ("added", "1"), "pool": ("lowered", "-1")}),
])
def test_what_changes_on_a_boundary_and_what_does_not(
    code: str, before: str, after: str, changes: dict[str, tuple[str, str]]
) -> None:
    """Compares the day before a boundary with the day itself."""
    found = cmprules.compare(_policy(code, before), _policy(code, after))

    assert _amounts(found) == changes


def test_a_removed_area_and_caps_that_follow_the_total() -> None:
    """PBT asks for phlebotomy and MLS does not; the cap on college courses is half of the total."""
    found = cmprules.compare(_policy("PBT", "2026-05-31"), _policy("MLS", "2026-05-31"))
    by_name = {one.of: one for one in found.figures}

    assert (by_name["phlebotomy"].change, by_name["phlebotomy"].difference) == ("removed", Decimal(-2))
    assert by_name["phlebotomy"].after is None
    assert (by_name["college_course"].requirement, by_name["college_course"].difference) == ("cap", Decimal("13.5"))
    assert [one.requirement for one in found.figures] == ["total", *["area"] * 7, "pool", "cap"]


def test_a_table_that_is_not_established_has_figures_on_one_side_alone() -> None:
    """Nothing is subtracted from an unknown figure."""
    found = cmprules.compare(_policy("MLA", "2026-05-31"), _policy("PBT", "2026-05-31"))

    assert {one.change for one in found.figures} == {"unknown"}
    assert all(one.before is None and one.difference is None for one in found.figures)
    assert "no source gives the other" in " ".join(cmprules.render(found).split())
    assert not found.before.established
    none = cmprules.compare(_policy("MLA", "2026-05-31"), _policy("DPT", "2026-05-31"))
    assert none.figures == ()
    assert "Nothing to compare" in cmprules.render(none)


def test_the_same_amount_from_elsewhere_is_told() -> None:
    """A figure that differs only in source or grade is a change of grounds."""
    found = cmprules.compare(_policy("MLS", "2026-05-31"), _policy("MLS", "2026-05-31", "ASCPi"))

    assert {(one.change, one.difference) for one in found.figures} == {("grounds", Decimal(0))}
    assert "as before, known from another source" in " ".join(cmprules.render(found).split())


def test_under_a_reform_the_comparison_is_hypothetical() -> None:
    """A comparison with a reform says in every format that it is hypothetical; one without a reform does not."""
    shipped = _policy("MLS", "2027-05-31")
    found = cmprules.compare(shipped, _policy("MLS", "2027-05-31", reform=[FILES / "safety-reform.toml"]))

    assert _amounts(found) == {"safety": ("raised", "2"), "pool": ("lowered", "-2")}
    for name in ("text", "markdown", "html", "json"):
        assert "HYPOTHETICAL" in cmprules.render(found, name)
        assert "HYPOTHETICAL" not in cmprules.render(cmprules.compare(shipped, shipped), name)
    assert "HYPOTHETICAL" in found._repr_html_()
    assert "HYPOTHETICAL" in found._repr_markdown_()


def test_the_words_of_each_change() -> None:
    """Each kind of change has its own sentence."""
    old, new = _policy("MLS", "2022-12-31"), _policy("MLS", "2023-01-01")
    there, back = cmprules.render(cmprules.compare(old, new)), cmprules.render(cmprules.compare(new, old))

    assert "Medical ethics: 1 point, where nothing was required." in there
    assert "Medical ethics: no longer; it was 1 point." in back
    assert "lowered from 27 to 26 points" in " ".join(there.split())
    assert "raised from 26 to 27 points" in " ".join(back.split())
    assert "before third" not in there
    new_cap = FigureChange(requirement="cap", of="covid_work", change="added", before=None, difference=Decimal(12),
                           after=cmprules.compare(old, new).figures[0].after)
    text = cmprules.render(PolicyComparison(
        before=cmprules.compare(old, old).before, after=cmprules.compare(old, old).after, figures=(new_cap,),
        sources=FrozenMap()))
    assert "where there was no such limit" in " ".join(text.split())


def _table(code: tuple[str, str], day: date) -> cmprules.Policy:
    first = min(row.starts_on for row in ours.edition().tables[f"{code[0]}({code[1]})"])
    return ours.edition().policy_for(code[0], body=code[1], expires_on=max(day, first))


_TABLES = st.builds(_table, st.sampled_from(ours.CODES), st.dates(date(2007, 1, 1), date(2030, 12, 31)))


@given(_TABLES)
def test_a_table_does_not_differ_from_itself(table: cmprules.Policy) -> None:
    """`compare(a, a)` is empty."""
    found = cmprules.compare(table, table)

    assert found.figures == ()
    assert "Both require the same" in cmprules.render(found) or not table.established


@given(_TABLES, _TABLES)
def test_the_other_way_round_is_the_mirror(first: cmprules.Policy, second: cmprules.Policy) -> None:
    """`compare(b, a)` swaps before and after, and the sign."""
    there, back = cmprules.compare(first, second), cmprules.compare(second, first)

    assert [(one.of, one.before, one.after, one.change) for one in there.figures] == [
        (one.of, one.after, one.before, MIRROR[one.change]) for one in back.figures]
    assert [one.difference for one in there.figures] == [
        None if one.difference is None else -one.difference for one in back.figures]
    assert there.sources == back.sources


def _naive(policy: cmprules.Policy) -> dict[str, Any]:
    plain = cmprules.to_mapping(policy)
    figures = {key: plain[key] for key in ("total", "pool")}
    figures |= {one["area"]: one for one in plain["areas"] or ()} | {one["kind"]: one for one in plain["caps"] or ()}
    return {name: (figure["value"], figure["source"], figure["pin"], figure["grade"])
            for name, figure in figures.items() if figure is not None}


@given(_TABLES, _TABLES)
def test_every_difference_of_the_json_is_a_named_change(first: cmprules.Policy, second: cmprules.Policy) -> None:
    """The changes are exactly the differences of the two JSON forms."""
    found = cmprules.compare(first, second)
    before, after = _naive(first), _naive(second)

    assert {one.of for one in found.figures} == {
        name for name in {*before, *after} if before.get(name) != after.get(name)}
    cited = {figure.source for one in found.figures for figure in (one.before, one.after) if figure is not None}
    assert cited <= set(found.sources)


@given(_TABLES, _TABLES)
def test_what_is_written_validates_and_values_compare(first: cmprules.Policy, second: cmprules.Policy) -> None:
    """The JSON validates; pickles and copies are equal."""
    found = cmprules.compare(first, second)

    VALIDATOR.validate(json.loads(cmprules.render(found, "json")))
    assert pickle.loads(pickle.dumps(found)) == found == cmprules.compare(first, second)
    assert list(cmprules.to_mapping(found))[-1] == "notice"


@pytest.mark.parametrize(("a", "b", "path"), [
    ("policy", "decision", "$.b"), ("decision", "policy", "$.b"), ("policy", 7, "$.b"), (7, "policy", "$.a"),
])
def test_what_is_not_of_one_kind_is_refused(a: Any, b: Any, path: str) -> None:
    """`compare` takes two policies or two decisions, and nothing else."""
    record = cmprules.read_record("examples/pbt.toml")
    named = {"policy": _policy("PBT", "2026-05-31"),
             "decision": cmprules.decide(record, ours.edition(), on=date(2026, 3, 10))}
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.compare(named.get(a, a), named.get(b, b))
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [(path, "WRONG_TYPE")]


def test_two_wrong_arguments_are_two_faults_and_tables_have_no_records() -> None:
    """All faults come at once."""
    anything: Any = "anything"
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.compare(anything, anything)
    assert [fault.path for fault in caught.value.faults] == ["$.a", "$.b"]
    table: Any = _policy("PBT", "2026-05-31")
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.compare(table, table, records=[])
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("$.records", "WRONG_TYPE")]


def test_a_document_that_two_editions_describe_in_two_ways_stands_twice() -> None:
    """Both descriptions are kept."""
    table = _policy("PBT", "2026-05-31")
    name = next(iter(table.sources))
    other = {**table.sources, name: attrs.evolve(table.sources[name], title="Another title")}
    found = cmprules.compare(table, attrs.evolve(table, sources=FrozenMap(other)))

    assert found.sources[name] == table.sources[name]
    assert found.sources[f"{name} (after)"].title == "Another title"
