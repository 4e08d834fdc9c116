"""The holders' answers to open questions, as a table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.batch import DecidedTable, decide_table, records_of
from tests.edges.batch.again import course, pbt, records_with_repeats
from tests.edges.batch.populations import as_tables, decided, differences
from tests.examples import scaled

ON = date(2026, 3, 10)
BOOK = cmprules.load_book(edition="2026.2")
SHORT = (course("s", areas=["safety"]), course("e", areas=["ethics"]), course("p", "4", areas=["phlebotomy"]))
TWICE = pbt(*SHORT, course("x", "2", title="Sharps"), course("w", "2", title="Sharps"))


def _decide(settled: Any, record: cmprules.Record = TWICE, **more: Any) -> DecidedTable:
    tables = as_tables([record, record])
    return decide_table(tables["credentials"], tables["activities"], BOOK, on=ON, settled=settled, **more)


def _answer(**given: Any) -> dict[str, Any]:
    return {"holder": "h0", "code": "DUPLICATE", "subjects": "x", "answer": "yes", **given}


@settings(max_examples=scaled(30))
@given(st.lists(records_with_repeats(BOOK), min_size=1, max_size=5), st.data())
def test_the_needs_of_a_decision_can_be_answered_by_copying_them(
    records: list[cmprules.Record], data: st.DataObject
) -> None:
    """A population follows answers as `decide` does, in every column."""
    answered = []
    for record in records:
        needs = [need for one in cmprules.decide(record, BOOK, on=ON).credentials for need in one.needs]
        chosen = data.draw(st.lists(st.sampled_from(needs), unique_by=lambda need: (need.code, need.subject))
                           if needs else st.just([]))
        answered.append(attrs.evolve(record, settled=[
            cmprules.Settled(code=need.code, subjects=[need.subject], answer=data.draw(st.sampled_from(("yes", "no"))),
                             others=need.others or ()) for need in chosen]))
    assert differences(decided(answered, BOOK, ON), answered, BOOK, ON) == []


def test_an_answer_settles_the_question_of_its_holder_alone() -> None:
    """Cells hold text separated by semicolons, or lists; `others` may be missing."""
    for answers in (pa.table({name: [value] for name, value in _answer().items()}),
                    pa.table({name: [value] for name, value in _answer(subjects=["x"], others=["w"]).items()})):
        assert _decide(answers).answers["outcome"].to_pylist() == ["MET", "NEEDS_REVIEW"]
    no = pa.table({name: [value] for name, value in _answer(answer="no", subjects="x;w").items()})
    assert _decide(no).answers["outcome"].to_pylist() == ["NOT_MET", "NEEDS_REVIEW"]
    assert dict(_decide(no).counts)["settled_used"] == 1


@pytest.mark.parametrize(("given", "faults"), [
    ([_answer(answer="perhaps")], [("settled", 0, "$.answer", "UNKNOWN_WORD")]),
    ([_answer(code="NONE")], [("settled", 0, "$.code", "UNKNOWN_WORD")]),
    ([_answer(subjects="q")], [("settled", 0, "$.subjects[0]", "NO_SUCH_ACTIVITY")]),
    ([_answer(), _answer(answer="no")], [("settled", 1, "$.answer", "ANSWERED_TWICE")]),
    ([_answer(holder="nobody")], [("settled", 0, "$.holder", "NO_SUCH_HOLDER")]),
    ([_answer(holder=None)], [("settled", 0, "$.holder", "NO_SUCH_HOLDER")]),
])
def test_answers_that_cannot_be_read(given: list[dict[str, Any]], faults: list[tuple[Any, ...]]) -> None:
    """Their holders are refused, with the fault of a record at the cell."""
    found = _decide(pa.Table.from_pylist(given)).faults.to_pylist()
    own = [(fault["table"], fault["row"], fault["path"], fault["code"]) for fault in found
           if fault["code"] != "HOLDER_REFUSED"]
    assert own == faults


def test_a_table_without_its_columns_is_refused() -> None:
    """The faults name every missing column."""
    with pytest.raises(cmprules.InputError) as caught:
        _decide(pa.table({"holder": ["h0"], "code": ["DUPLICATE"]}))
    assert {fault.path for fault in caught.value.faults} == {"$.settled.subjects", "$.settled.answer"}


def test_records_have_the_answers(tmp_path: Path) -> None:
    """They may come from a file, too."""
    (tmp_path / "s.csv").write_text("holder,code,subjects,answer,others\nh0,DUPLICATE,x,yes,w\n", encoding="utf-8")
    tables = as_tables([TWICE, TWICE])
    first, second = records_of(tables["credentials"], tables["activities"], settled=str(tmp_path / "s.csv"))
    assert [(one.code, one.subjects, one.answer, one.others) for one in first.settled] == [
        ("DUPLICATE", ("x",), "yes", ("w",))]
    assert second.settled == ()
