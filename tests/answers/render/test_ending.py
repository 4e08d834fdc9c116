"""The rules behind an answer, at the end of its report."""

from __future__ import annotations

from cmprules import load_book
from cmprules._answers.render.blocks import Details
from cmprules._answers.render.ending import rules_part
from cmprules._policy.clauses import Clause

BOOK = load_book(edition="2026.1")
CITED = BOOK.cite("participation/voluntary")
RULE = Clause(rule="a", text="A rule.", established=True, question=None, citation=CITED)
OPEN = Clause(rule="b", text="Something is open.", established=False, question="What is it?", citation=CITED)


def titles(*clauses: Clause) -> list[str]:
    """Return the titles of the parts."""
    parts = rules_part("Rules", clauses)
    return [part.title for part in parts if isinstance(part, Details)]


def test_each_part_is_there_only_where_it_says_something() -> None:
    """Cases: only rules, only open questions, both, and neither; a repeated rule appears once."""
    assert titles(RULE) == ["Rules"]
    assert titles(OPEN) == ["What no source settles"]
    assert titles(OPEN, RULE, OPEN) == ["Rules", "What no source settles"]
    assert titles() == []
    assert rules_part("Rules", [RULE, RULE]) == rules_part("Rules", [RULE])
