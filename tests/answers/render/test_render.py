"""Reports: their content, escaping of everything, and no effect on the reader's terminal or page."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._answers.render.blocks import Bullets, Heading, Notice, Paragraph, Table
from cmprules._answers.render.markdown import write_markdown
from cmprules._answers.render.text import write_text

BOOK = cmprules.load_book(edition="2026.1")
ON = date(2026, 3, 10)
NASTY = '<script>alert("x")</script> & \x1b[31mred\x07 | *bold* `code` \u202e [a](b)'


def _record(title: str) -> cmprules.Record:
    return cmprules.Record(
        holder=cmprules.Holder(id="sample"),
        credentials=(cmprules.Credential(id=NASTY, code="PBT", expires_on=date(2026, 5, 31)),),
        activities=(
            cmprules.Activity(id=NASTY, title=title, kind="formal_ce", amount=2, completed_on=date(2025, 1, 2)),
        ),
    )


class _Pages(HTMLParser):
    """Collects tags and text, and checks that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: object) -> None:
        """Record a tag."""
        self.tags.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Record the text."""
        self.text += data


def test_html_escapes_everything_a_person_wrote() -> None:
    """Markup in a title is shown as typed; the page stays well-formed and free of scripts."""
    record = _record(NASTY)
    page = cmprules.render(cmprules.decide(record, BOOK, on=ON), "html", record=record)
    parser = _Pages()
    parser.feed(page)
    assert not parser.open
    assert "script" not in parser.tags
    assert '<script>alert("x")</script>' in parser.text
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_html_is_semantic() -> None:
    """Tables have captions and column headings; heading levels go down by one."""
    record = _record("Order of draw")
    page = cmprules.render(cmprules.decide(record, BOOK, on=ON), "html", record=record)
    assert page.count("<table>") == page.count("<caption>") > 2
    assert '<th scope="col"' in page
    assert '<html lang="en">' in page


def test_text_lets_nothing_act_on_the_terminal() -> None:
    """Control and direction characters are shown as replacement characters."""
    record = _record(NASTY)
    text = cmprules.render(cmprules.decide(record, BOOK, on=ON), record=record)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\ufffd" in text


def test_markdown_escapes_what_markdown_would_act_on() -> None:
    """Pipes, stars, brackets and angle brackets of a title are shown as typed."""
    record = _record(NASTY)
    text = cmprules.render(cmprules.decide(record, BOOK, on=ON), "markdown", record=record)
    assert "\\*bold\\*" in text
    assert "\\<script\\>" in text
    assert "\\|" in text
    assert "\\[a\\](b)" in text


@pytest.mark.parametrize("start", ["# a", "- a", "+ a", "1. a", "12) a"])
def test_markdown_text_never_begins_a_list_or_a_heading(start: str) -> None:
    """Text that begins like a list or a heading stays text."""
    text = write_markdown([Paragraph(start)])
    assert not text.startswith(start)


def test_a_decision_shows_itself_in_a_notebook() -> None:
    """A notebook asks for HTML first, then for Markdown; the HTML is a fragment and not a page."""
    decision = cmprules.decide(_record("Order of draw"), BOOK, on=ON)
    piece = decision._repr_html_()
    assert piece.startswith('<article class="cmprules">')
    assert "<html" not in piece
    assert decision._repr_markdown_().startswith("# sample: PBT(ASCP)\n\n**✗ Requirements not met**")


def test_a_page_shows_itself_in_a_notebook_with_the_titles_of_the_record() -> None:
    """As text it is a page to write to a file; in a notebook it is the report, not a page within a page."""
    record = _record("Order of draw")
    page: Any = cmprules.render(cmprules.decide(record, BOOK, on=ON), "html", record=record)
    assert page.startswith("<!DOCTYPE html>")
    assert page[:15] + page[15:] == page
    piece = page._repr_html_()
    assert piece.startswith('<article class="cmprules">')
    assert "Order of draw" in piece
    assert "<html" not in piece


def test_a_value_that_is_no_answer_has_no_report() -> None:
    """The refusal names the way to write the value."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.render(cmprules.Period(start="2023-06-01", end="2026-05-31"))

    assert [(fault.code, fault.value) for fault in refused.value.faults] == [("NO_REPORT", "Period")]
    assert "to_mapping" in refused.value.faults[0].hint


def test_without_the_record_activities_are_shown_by_id() -> None:
    """A decision knows only ids; the record adds days and titles."""
    record = _record("Order of draw")
    decision = cmprules.decide(record, BOOK, on=ON)
    assert "Order of draw" not in cmprules.render(decision)
    assert "Order of draw" in cmprules.render(decision, record=record)


def test_an_undated_activity_is_shown_as_such() -> None:
    """The report invents no day."""
    record = attrs.evolve(_record("x"), activities=(
        cmprules.Activity(id="a", title="Order of draw", kind="formal_ce", amount=2),))
    text = cmprules.render(cmprules.decide(record, BOOK, on=ON), record=record)
    assert "no date" in text
    assert "2 not counted yet" in text


def test_advisories_are_shown_with_the_answer() -> None:
    """A known error of the edition is in the report, and in the plain data only if there is one."""
    book = attrs.evolve(BOOK, advisories=("The pool of a sample row was wrong.",))
    decision = cmprules.decide(_record("x"), book, on=ON)
    assert "The pool of a sample row was wrong." in cmprules.render(decision)
    assert cmprules.to_mapping(decision)["advisories"] == ["The pool of a sample row was wrong."]
    none = attrs.evolve(BOOK, advisories=())
    assert "advisories" not in cmprules.to_mapping(cmprules.decide(_record("x"), none, on=ON))
    assert cmprules.parse_decision(cmprules.to_mapping(decision)) == decision


def test_fees_that_nobody_could_source_are_said_not_to_be_established() -> None:
    """The report invents no amount for a day between two sightings."""
    record = attrs.evolve(_record("x"), credentials=(
        cmprules.Credential(id="pbt", code="PBT", expires_on=date(2015, 5, 31)),))
    text = cmprules.render(cmprules.decide(record, BOOK, on=date(2015, 3, 10)), record=record)
    assert "The fee item 'application' (standard) on 2015-03-10 is not established" in text


def test_a_lawless_placement_is_explained() -> None:
    """The report judges the holder's placement, and says what is wrong with it."""
    record = cmprules.Record(
        holder=cmprules.Holder(id="sample"),
        credentials=(cmprules.Credential(id="pbt", code="PBT", expires_on=date(2026, 5, 31)),),
        activities=(cmprules.Activity(id="a", title="t", kind="formal_ce", amount=2, completed_on=date(2025, 1, 2)),),
        placements=(cmprules.Placement(credential="pbt", activity="a", area="safety", points=2),),
    )
    text = " ".join(cmprules.render(cmprules.decide(record, BOOK, on=ON), record=record).split())
    assert "These points cannot stay where you put them: a: area not served" in text
    assert "safety: need exceeded" in text


@pytest.mark.parametrize("width", [20, 200])
def test_a_wide_table_wraps_its_words_and_keeps_its_numbers(width: int) -> None:
    """Columns of words wrap; numbers and days never break."""
    table = Table("c", ("Day", "Words", "Number"), (("2026-03-10", "w " * width, "12345"),), right=(2,), keep=(0,))
    text = write_text([Heading(3, "h"), table, Bullets(("b",)), Notice("n")])
    assert "2026-03-10" in text
    assert "12345" in text
    assert all(len(line) <= 80 for line in text.splitlines())
