"""Reports: one report, written as text, Markdown, HTML or a fragment for a notebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import singledispatch
from typing import TypeVar

from cmprules._answers.render.blocks import Block, Verdict, for_summary, unfold, with_mark
from cmprules._answers.render.cleaning import cleaned
from cmprules._answers.render.policy import policy_report
from cmprules._answers.render.report import decision_report
from cmprules._answers.render.text import Terminal, write_text
from cmprules._answers.render.values import (
    allocation_report,
    book_report,
    credential_report,
    fees_report,
    record_report,
)
from cmprules._facts.records import Record
from cmprules._kit.canonical import to_mapping
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked, Flag, Word, refuse_others
from cmprules._policy.book import Policy, PolicyBook
from cmprules._rules.results import Allocation, CredentialDecision, DecisionFields, FeeQuote
from cmprules._words.codes.notices import HYPOTHETICAL
from cmprules.errors import Fault, InputError

__all__ = ["FORMATS", "render", "render_fragment", "render_markdown", "render_report", "report_for", "report_of"]

FORMATS = ("text", "markdown", "html", "json")
_FORMAT = Word(FORMATS, "a format", "UNKNOWN_WORD")


def _as_page(blocks: list[Block]) -> str:
    from cmprules._answers.render.html import Page  # noqa: PLC0415  # loaded by programs that write HTML

    return Page.of(blocks)


def _as_fragment(blocks: list[Block]) -> str:
    from cmprules._answers.render.html import write_html  # noqa: PLC0415  # loaded by programs that write HTML

    return write_html(blocks, page=False)


def _as_markdown(blocks: list[Block]) -> str:
    from cmprules._answers.render.markdown import write_markdown  # noqa: PLC0415  # loaded by programs that write it

    return write_markdown(blocks)


_WRITERS: dict[str, Callable[[list[Block]], str]] = {
    "text": write_text,
    "markdown": _as_markdown,
    "html": _as_page,
}

_DECIMALS = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[],
                    traps=[InvalidOperation, DivisionByZero, Overflow])
"""The decimal context for sums and drawings in reports, independent of the program's own."""

T = TypeVar("T", bound=Checked | Displayed)


@singledispatch
def report_of(value: Checked | Displayed, _record: Record | None) -> list[Block]:
    """Make the report of a value; modules above this one register the reports of their own answers.

    A report that names activities by day and title is registered here and gets the record; most reports need only the
    answer, and are registered by `report_for`.

    Raises:
        InputError: there is no report for values of this class.
    """
    faults: list[Fault] = []
    _refuse_value(value, faults)
    raise InputError(faults)


def _refuse_value(value: object, faults: list[Fault]) -> None:
    faults.append(Fault(path="$.value", code="NO_REPORT", value=type(value).__name__,
                        expected="a decision, a policy or another answer",
                        hint="to_mapping writes any value as plain data"))


def report_for(cls: type[T]) -> Callable[[Callable[[T], list[Block]]], Callable[[T], list[Block]]]:
    """Register the report of a class of answers that needs only the answer."""
    def register(report: Callable[[T], list[Block]]) -> Callable[[T], list[Block]]:
        report_of.register(cls, lambda value, _: report(value))
        return report

    return register


report_of.register(DecisionFields, decision_report)
report_of.register(CredentialDecision, credential_report)
report_of.register(Allocation, allocation_report)
report_of.register(FeeQuote, fees_report)
report_of.register(Record, record_report)
report_of.register(PolicyBook, book_report)
report_for(Policy)(policy_report)


def render(value: Checked | Displayed, format: str = "text", *, record: Record | None = None,
           summary: bool = False) -> str:
    """Write a decision, a policy or any other answer for people, or as JSON.

    Args:
        value: the value to write.
        format: `text` (80 columns), `markdown`, `html` (a whole page, escaped, which a notebook shows as a report)
            or `json`.
        record: the record that was decided, to name the holder, and activities by day and title.
        summary: leave out the details, so that the report fits one page; JSON is always complete.

    Raises:
        InputError: there is no such format, the value is not an answer, it has no JSON form (such as a book), or an
            argument is of another class.

    >>> import cmprules
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    >>> decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> print(render(decision).splitlines()[-1])
    Independent of ASCP; this is not a decision of ASCP or of its Board of Certification.
    >>> render(decision, "pdf")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.format: UNKNOWN_WORD: got 'pdf', expected a format; known: text, markdown, html, json
    """
    faults: list[Fault] = []
    known: object = value
    written = _FORMAT.read(format, "$.format", faults)
    refuse_others(() if record is None else (record,), Record, "$.record", faults)
    Flag().read(summary, "$.summary", faults)
    if not isinstance(known, Checked | Displayed):
        _refuse_value(value, faults)
    elif written == "json" and not isinstance(value, Checked):
        faults.append(Fault(path="$.format", code="NO_REPORT", value="json",
                            expected=f"text, markdown or html for a {type(value).__name__}",
                            hint="its parts can be written with to_mapping"))
    if faults:
        raise InputError(faults)
    if written == "json":
        return json.dumps(to_mapping(value), indent=2, ensure_ascii=False) + "\n"
    return render_report(value, written, record=record, summary=summary)


def render_report(
    value: Checked | Displayed, format: str, *, record: Record | None = None, summary: bool = False,
    unfolded: bool = False, terminal: Terminal | None = None,
) -> str:
    """Write an answer for people: on one page, or with nothing folded; for a terminal, with its width and colors."""
    with localcontext(_DECIMALS):
        blocks = _marked_report(value, record)
        blocks = for_summary(blocks) if summary else blocks
        blocks = unfold(blocks) if unfolded else blocks
        return _WRITERS[format](blocks) if terminal is None else write_text(blocks, terminal)


def _marked_report(value: Checked | Displayed, record: Record | None) -> list[Block]:
    """Make the report of a value; if a reform was laid over the tables, say so below the title."""
    blocks = cleaned(report_of(value, record))
    said = (getattr(value, "notice", None), *getattr(value, "notes", ()), getattr(value, "why", None))
    reformed = any(isinstance(text, str) and HYPOTHETICAL in text for text in said)
    return with_mark(blocks, _MARK) if reformed else blocks


_MARK = Verdict("HYPOTHETICAL", "open", (
    "The tables were changed by a reform that is not in force: this is what would be, not what is.",))


def render_markdown(value: Checked | Displayed) -> str:
    """Write an answer as Markdown, for a notebook."""
    with localcontext(_DECIMALS):
        return _as_markdown(_marked_report(value, None))


def render_fragment(value: Checked | Displayed) -> str:
    """Write an answer as a piece of HTML for another page, such as a notebook."""
    with localcontext(_DECIMALS):
        return _as_fragment(_marked_report(value, None))
