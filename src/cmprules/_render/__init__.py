"""From values to words: one report, written as text, Markdown or HTML.  All human wording is in here and `_codes`."""

from __future__ import annotations

import json
from collections.abc import Callable

from cmprules._canonical import to_mapping
from cmprules._facts import Record
from cmprules._policy import Policy
from cmprules._render._blocks import Block
from cmprules._render._html import write_html
from cmprules._render._markdown import write_markdown
from cmprules._render._policy import policy_report
from cmprules._render._report import decision_report
from cmprules._render._text import write_text
from cmprules._results import DecisionFields
from cmprules._shapes import nearest
from cmprules.errors import Fault, InputError

__all__ = ["FORMATS", "render", "render_fragment", "render_markdown"]

FORMATS = ("text", "markdown", "html", "json")

_WRITERS: dict[str, Callable[[list[Block]], str]] = {
    "text": write_text,
    "markdown": write_markdown,
    "html": write_html,
}


def render(value: DecisionFields | Policy, format: str = "text", *, record: Record | None = None) -> str:
    """Write a decision or a policy for people, or as JSON.

    Args:
        value: what to write.
        format: `text` (80 columns, for a terminal), `markdown`, `html` (a whole page, everything escaped) or `json`.
        record: the record that was decided, so that activities are shown with day and title beside their ids.

    Raises:
        InputError: there is no such format.

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
    if format == "json":
        return json.dumps(to_mapping(value), indent=2, ensure_ascii=False) + "\n"
    if format not in _WRITERS:
        raise InputError([Fault(path="$.format", code="UNKNOWN_WORD", value=format, expected="a format",
                                hint=nearest(format, FORMATS))])
    return _WRITERS[format](_blocks(value, record))


def _blocks(value: DecisionFields | Policy, record: Record | None) -> list[Block]:
    return policy_report(value) if isinstance(value, Policy) else decision_report(value, record)


def render_markdown(decision: DecisionFields) -> str:
    """Write a decision as Markdown, for a notebook."""
    return write_markdown(decision_report(decision, None))


def render_fragment(decision: DecisionFields) -> str:
    """Write a decision as a piece of HTML that can stand in another page, for a notebook."""
    return write_html(decision_report(decision, None), page=False)
