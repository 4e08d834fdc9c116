"""Explanations, reviews and slack in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._words.codes import every as codes
from cmprules.explaining import ExplanationStep, review_placement, slack
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "explanation-format.md"
ON = date(2026, 3, 10)


def told(name: str, activity: str, *, whole: bool = True, form: str = "text") -> str:
    """Report on one activity, without the sources and the notice."""
    record = cmprules.read_record(EXAMPLES / name)
    decision = cmprules.decide(record, edition(), on=ON)
    more = {"record": record, "book": edition()} if whole else {}
    explanation = cmprules.explain(decision, activity=activity, **more)  # type: ignore[arg-type]
    return cmprules.render(explanation, form, record=record if whole else None)


def body(text: str) -> list[str]:
    """Return the lines of the outline."""
    return [line for line in text.splitlines() if line.lstrip().startswith(("[", "- ")) and "<" not in line]


def test_a_capped_activity_in_words() -> None:
    """The report says where its points went, what they were converted from, and which activities use the cap."""
    assert told("mls-nearly-there.json", "a10").split("Sources")[0] == """\
sample-mls-01: why MLS(ASCP)
============================

  [-] Requirements not met
  Least certain source: our own inference.

  As of: March 10, 2026

How it was counted
------------------
  [-] HCM 210, Introduction to Health Care Management (a10, 2024-05-10): 30
      points = 18 placed + 12 over a limit
      - Converted: 2 x 15 = 30 points (ascp-guidelines-ce, chart of activities,
          college courses: official page)
      [+] 18 points as other CE
      [-] 12 points over the limit for this kind of activity: 18 may count, 18
          are used (ascp-guidelines-ce, chart of activities, college courses:
          official page)
          - HCM 210, Introduction to Health Care Management (a10, 2024-05-10)
              uses 18

"""


def test_what_is_open_has_a_mark_of_its_own() -> None:
    """The mark is neither that for yes nor that for no."""
    text = told("mls-nearly-there.json", "a17")
    assert "(a17, 2025-04-29)" in text
    said = "[?] Point value not established: no source says what this kind of activity is worth"
    assert said in " ".join(text.split())


@pytest.mark.parametrize(("activity", "line"), [
    ("a01", "[-] Outside the cycle: not done on a day that certainly counts"),
    ("a02", "[?] Done in the month in which the previous cycle ended: not done on a day that certainly counts"),
    ("a04", "[-] Not acceptable: this kind of activity did not count on that day"),
    ("a08", "[-] Entered twice: the same as another entry"),
    ("a10", "[-] 12 points over the limit for this kind of activity"),
    ("a14", "- Converted to 1 point"), ("a20", "[-] 1.25 points not needed"),
])
def test_without_record_and_tables_less_is_said_and_nothing_false(activity: str, line: str) -> None:
    """The decision itself has every reason."""
    text = told("mls-nearly-there.json", activity, whole=False)
    assert line in " ".join(text.split())
    assert "None" not in text


def test_the_outline_in_markdown_and_html() -> None:
    """Both have nested lists; folded parts stay in the page, closed."""
    markdown = told("mls-nearly-there.json", "a10", form="markdown")
    assert "* ✗ HCM 210, Introduction to Health Care Management (a10, 2024-05-10): 30 points" in markdown
    assert "\n    * ✓ 18 points as other CE\n" in markdown
    assert "passes every test" not in markdown
    page = told("mls-nearly-there.json", "a10", form="html")
    assert "<details><summary>" in page
    assert "It counts: it passes every test" in page
    assert '<span class="mark bad" role="img" aria-label="no">' in page
    assert page.count("<details") == page.count("</details>")


def test_what_a_person_wrote_is_shown_and_not_obeyed() -> None:
    """Markup in a title is shown as text."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "<b>", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"id": "a", "title": "<script>*x*", "kind": "formal_ce", "amount": 1,
                        "completed_on": "2025-02-01"}]})
    decision = cmprules.decide(record, edition(), on=ON)
    for answer in (cmprules.explain(decision, record=record, book=edition()),
                   review_placement(record, edition(), on=ON), slack(record, edition(), on=ON)):
        assert "<script>" not in cmprules.render(answer, "html", record=record)
        assert "<b>" not in cmprules.render(answer, "html", record=record)


def test_the_moves_in_words() -> None:
    """The report says what to move where, and why."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [
            {"id": "d", "title": "Order of draw", "kind": "formal_ce", "amount": 3, "completed_on": "2025-02-01",
             "areas": ["phlebotomy"]},
            {"id": "o", "title": "Long ago", "kind": "formal_ce", "amount": 1, "completed_on": "2015-02-01"},
            {"id": "j", "title": "An article", "kind": "journal_article", "amount": 1, "completed_on": "2025-02-01"}],
        "placements": [{"credential": "pbt", "activity": "d", "area": "ethics", "points": 1},
                       {"credential": "pbt", "activity": "o", "area": "pool", "points": 1}]})
    text = cmprules.render(review_placement(record, edition(), on=ON), record=record)
    words = " ".join(text.split())
    for line in ('Move 1 point of "Order of draw" from ethics to phlebotomy: they cannot count in that area',
                 'Place 1 point of "Order of draw" in phlebotomy: they are needed there.',
                 'Take 1 point of "Long ago" out of other CE: outside the cycle.',
                 "d: area not served", "As you placed them: requirements not met",
                 "No equally good placement keeps more of your points where you put them."):
        assert line in words


def test_it_is_not_said_to_be_the_nearest_where_that_was_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is cut off promises less."""
    record = cmprules.read_record(EXAMPLES / "mls-nearly-there.json")
    assert "keeps more of your points" in cmprules.render(review_placement(record, edition(), on=ON))
    monkeypatch.setattr("cmprules.explaining._nearest.MOST_BRANCHES", 1)
    assert "keeps more of your points" not in cmprules.render(review_placement(record, edition(), on=ON))


def test_a_full_placement_has_nothing_to_move() -> None:
    """The report says so."""
    record = cmprules.read_record(EXAMPLES / "mls-met.json")
    text = cmprules.render(review_placement(record, edition(), on=ON))
    assert "Nothing to move" in text


def test_what_is_to_spare_in_words() -> None:
    """The report has a table of areas, the critical activities, and the alternatives."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    text = cmprules.render(slack(record, edition(), on=ON), record=record)
    assert "Points to spare" in text
    assert "Activities that the outcome depends on" in text
    assert (" - safety: p1 1; phlebotomy: p2 1.5, p6 0.5; ethics: p4 1; the rest as other CE" in " ".join(text.split()))
    assert "more" not in text.split("Other equally good placements")[1].split("Sources")[0]


def test_an_expired_credential_says_so_first() -> None:
    """That holds whatever its points are."""
    record = cmprules.read_record(EXAMPLES / "ht-expired.json")
    decision = cmprules.decide(record, edition(), on=ON)
    assert "Expired; " in cmprules.render(cmprules.explain(decision, record=record, book=edition()))


def test_fees_that_are_not_established_say_why() -> None:
    """The reason replaces the total."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    decision = cmprules.decide(record, edition(), on=date(2015, 3, 10))
    text = cmprules.render(cmprules.explain(decision, record=record, book=edition()))
    assert str(decision.fees.why)[:30] in " ".join(text.split())


def test_a_notebook_shows_them() -> None:
    """A notebook gets HTML and Markdown."""
    record = cmprules.read_record(EXAMPLES / "pbt.toml")
    found = slack(record, edition(), on=ON)
    assert found._repr_html_().startswith('<article class="cmprules">')
    assert found._repr_markdown_().startswith("# How close it is")


def test_every_code_of_a_step_is_on_the_page_of_the_format() -> None:
    """The page has exactly these codes with their meanings; none is also the code of a finding."""
    page = PAGE.read_text(encoding="utf-8")
    rows = [f"| `{code}` | {meaning} |" for code, meaning in codes.EXPLAINED.items()]
    assert [line for line in page.splitlines() if line in rows] == rows
    assert not set(codes.EXPLAINED) & set(codes.FINDINGS)


def test_walking_a_tree() -> None:
    """Every step comes before its children."""
    tree = ExplanationStep(code="A", subject="a", children=[{"code": "B", "subject": "b", "children": []},
                                                 ExplanationStep(code="C", subject="c")])  # type: ignore[arg-type]
    assert [step.code for step in tree.walk()] == ["A", "B", "C"]
    with pytest.raises(cmprules.InputError, match=r"\$\.children\[0\]\.code: MISSING_KEY"):
        ExplanationStep(code="A", subject="a", children=[{"subject": "b"}])  # type: ignore[arg-type]
