"""A timeline in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cmprules._answers.answer import sources_block
from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title
from cmprules._kit.points import money_text
from cmprules._words.codes import EVENTS
from cmprules.timelines._picture import picture_of
from cmprules.timelines._values import COMING, PAST, TODAY, Timeline, TimelineEvent

__all__ = ["summary", "timeline_report"]

_PARTS = {TODAY: "Today", COMING: "What comes", PAST: "What is past"}


def summary(event: TimelineEvent) -> str:
    """Say in one line what happens, and to which credential."""
    return f"{event.name}: {_what(event)}"


def _what(event: TimelineEvent) -> str:
    """Say what happens; a change of fees with both amounts."""
    title = EVENTS[event.code].title
    if event.fee_before is None or event.fee_after is None:
        return title
    before, after = money_text(event.fee_before), money_text(event.fee_after)
    return f"{title} (USD {before}, then {after})" if event.fee_before < event.fee_after else (
        f"{title} (USD {after}, before it {before})")


@report_for(Timeline)
def timeline_report(value: Timeline) -> list[Block]:
    """Write down a whole timeline: today, what comes, what is past, what is not established, where it stands."""
    blocks: list[Block] = [
        Title(f"What comes when, seen on {value.on}"),
        Paragraph(f"Policy edition {value.edition}, last compared with its sources on {value.last_checked}; what "
                  "changed later is not in here. Whether a declaration was sent is not known here."),
    ]
    picture = picture_of(value)
    if picture is not None:
        blocks.append(picture)
    if not value.events:
        blocks.append(Paragraph("No day is known: nothing that is held has an end, and nobody takes part."))
    for when, title in _PARTS.items():
        events = [event for event in value.events if event.when == when]
        if events:
            blocks.extend([Heading(2, title), _table(events)])
    blocks.extend(_open_questions(value.events))
    blocks.extend(sources_block((one for event in value.events for one in event.citations), value.sources))
    return [*blocks, Notice(value.notice)]


def _table(events: Sequence[TimelineEvent]) -> Table:
    rows = tuple((_days(event), event.name, _what(event)) for event in events)
    return Table("By day", ("Day", "Of", "What"), rows, keep=(0,))


def _days(event: TimelineEvent) -> str:
    """Write a day, or a span with both its ends."""
    first, last = event.starts_on.isoformat(), event.ends_on.isoformat()
    return first if first == last else f"{first} to {last}"


def _open_questions(events: Sequence[TimelineEvent]) -> Iterable[Block]:
    """Say once what is not established about some of the days."""
    questions: dict[str, str] = {}
    for event in events:
        if event.question is not None:
            questions.setdefault(event.question, EVENTS[event.code].title)
    if questions:
        yield Heading(2, "What is not established")
        yield Bullets(tuple(f"{title}: {question}" for question, title in questions.items()))
