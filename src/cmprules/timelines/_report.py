"""The report of a timeline: the next important day first, then all coming days, then past ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Details, Facts, Question, Steps, Table, Verdict
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import next_last_day, title_of
from cmprules._answers.render.words import days_left, dollars, spoken
from cmprules._kit.listing import joined
from cmprules._kit.points import money_text
from cmprules._words.codes.events import EVENTS
from cmprules.timelines._picture import picture_of
from cmprules.timelines._values import COMING, PAST, TODAY, Timeline, TimelineEvent

_LATER = {
    "WINDOW_OPENS": "From {day}, you can send the declaration of {name}.",
    "ADVISED_DAY": "By {day}, send the declaration of {name} (advised).",
    "LAST_DAY": "By {day}, send the declaration of {name} at the latest.",
    "FEE_FALLS": "From {day}, the fee is lower: {after} instead of {before}.",
    "FEE_RISES_AFTER": "Until {day}, the fee is {before}; then it is {after}.",
    "RETAKE_OPENS": "From {day}, you can take the {name} examination again.",
    "APPEAL_DEADLINE": "By {day}, an appeal about {name} must arrive.",
}
"""The events that need action, as instructions."""


def summary(event: TimelineEvent) -> str:
    """State in one line what happens, and to which credential."""
    return f"{event.name}: {_what(event)}"


def _what(event: TimelineEvent) -> str:
    """State what happens; for a change of fees, with both amounts."""
    title = EVENTS[event.code].title
    if event.fee_before is None or event.fee_after is None:
        return title
    before, after = money_text(event.fee_before), money_text(event.fee_after)
    return f"{title} (USD {before}, then {after})" if event.fee_before < event.fee_after else (
        f"{title} (USD {after}, before it {before})")


@report_for(Timeline)
def timeline_report(value: Timeline) -> list[Block]:
    """Report a whole timeline."""
    ends = [event for event in value.events if event.code == "LAST_DAY"]
    last = next_last_day([event.starts_on for event in ends], value.on)
    about = joined(list(dict.fromkeys(event.name for event in ends))) if ends else "what comes next"
    blocks: list[Block] = [title_of(value.holder, about, on=value.on, last=last), *_first(value, last)]
    picture = picture_of(value)
    if picture is not None:
        blocks.append(picture)
    blocks.extend([*_days_to_come(value), *_open_questions(value.events)])
    checked = (f"Policy edition {value.edition}, last compared with its sources on {spoken(value.last_checked)}; later "
               "changes are not included. It does not show whether a declaration was sent.")
    cited = [citation for event in value.events for citation in event.citations]
    return [*blocks, *ending(value, cited, checked)]


def _first(value: Timeline, last: date | None) -> Iterator[Block]:
    """Name the next day that needs action, then the others in order."""
    coming = [event for event in value.events if event.starts_on >= value.on]
    steps = [(event, _LATER[event.code]) for event in coming if event.code in _LATER]
    if steps:
        day = steps[0][0].starts_on
        yield Verdict(f"Next date: {spoken(day)}", "plain", (f"{summary(steps[0][0])}; {days_left(value.on, day)}.",))
    else:
        yield Verdict("No dates ahead", "plain", (
            "Every known day has passed." if value.events else
            "No day is known: no credential has an end date, and you do not take part in the program.",))
    facts = () if last is None else (("Last day", spoken(last), days_left(value.on, last)),)
    yield Facts((*facts, ("As of", spoken(value.on), "")))
    if steps:
        yield Steps("What to do", tuple(words.format(day=spoken(event.starts_on), name=event.name, **_fees(event))
                                        for event, words in steps))


def _fees(event: TimelineEvent) -> dict[str, str]:
    return {side: "" if amount is None else dollars(amount)
            for side, amount in (("before", event.fee_before), ("after", event.fee_after))}


def _days_to_come(value: Timeline) -> Iterator[Block]:
    """List all days; coming days are shown, current spans and past days are folded."""
    parts = {when: [event for event in value.events if event.when == when] for when in (COMING, TODAY, PAST)}
    if parts[COMING]:
        yield _table("All dates ahead", parts[COMING])
    if parts[TODAY]:
        yield Details("Today", (_table(f"What holds on {spoken(value.on)}", parts[TODAY]),))
    if parts[PAST]:
        yield Details("Past dates", (_table("What has passed", parts[PAST]),))


def _table(caption: str, events: Sequence[TimelineEvent]) -> Table:
    rows = tuple((_days(event), event.name, _what(event)) for event in events)
    return Table(caption, ("Date", "For", "What happens"), rows, keep=(0,))


def _days(event: TimelineEvent) -> str:
    """Write a day, or the first and last day of a span."""
    first, last = event.starts_on.isoformat(), event.ends_on.isoformat()
    return first if first == last else f"{first} to {last}"


def _open_questions(events: Iterable[TimelineEvent]) -> Iterator[Block]:
    """Ask each open question once, with the days that it concerns."""
    questions: dict[str, list[str]] = {}
    for event in events:
        if event.question is not None:
            questions.setdefault(event.question, []).append(f"{_days(event)}: {summary(event)}")
    if questions:
        yield Details("What no source settles", tuple(
            Question(question, tuple(about)) for question, about in questions.items()))
