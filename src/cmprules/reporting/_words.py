"""The words of the index and of the report on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cmprules._answers.render.blocks import Facts, Table, Title, Verdict
from cmprules._answers.render.words import counted, points, spoken
from cmprules._kit.points import decimal_text
from cmprules._words.enums import Outcome, Standing
from cmprules.reporting._person import to_write
from cmprules.reporting._values import SPANS, NotDecided, ReportedCredential, Reports

STATES = {Outcome.MET: ("Met", "good"), Outcome.NOT_MET: ("Not met", "bad"),
          Outcome.NEEDS_REVIEW: ("Needs review", "open"), Outcome.NOT_REQUIRED: ("Nothing required", "good")}
PARTS = (*(f"Ends within {span} days" for span in SPANS), "Ends later", "No end", "Ended")
"""The parts of the index, by the number from `span_of`."""

_WHY = {"POINTS_MISSING": "points are missing and the end is near",
        "QUESTIONS_OPEN": "questions are open and the end is near",
        "TO_DECLARE": "all points are there; the declaration can be sent", "EXPIRED": "the credential has expired"}
_OF_OTHERS = frozenset({"HOLDER_REFUSED"})
"""Codes of correct rows whose holder has other rows to correct."""

FIRST = 10


def people_of(rows: Iterable[ReportedCredential]) -> int:
    """Count people."""
    return len({row.holder for row in rows})


def title_of(value: Reports) -> Title:
    """Title the report."""
    return Title(f"Credentials of {counted(value.people, 'person', 'people')}", f"as of {spoken(value.on)}")


def verdict_of(value: Reports) -> Verdict:
    """State the number of people to write to, and why."""
    urgent, waiting = to_write(value.credentials), not_decided_people(value)
    if not value.people:
        return Verdict("No one is decided", "bad", ("No person has rows that can all be read.",))
    undecided = f"{counted(waiting, 'person is', 'people are')} not decided yet; rows must be corrected first"
    if not urgent:
        among = "No end within 90 days asks for anything"
        return Verdict("No one to write to yet", "open", (f"{undecided}.", f"{among} of the others.")) if waiting else \
            Verdict("No one to write to", "good", (f"{among}.",))
    lines = [undecided] if waiting else []
    for reason, why in _WHY.items():
        count = people_of(row for row in urgent if row.write == reason)
        lines += [f"{counted(count, 'person', 'people')}: {why}"] if count else []
    tone = "bad" if any(row.write in {"POINTS_MISSING", "EXPIRED"} for row in urgent) else "open"
    return Verdict(f"Write to {counted(people_of(urgent), 'person', 'people')}", tone, tuple(lines))


def first_people(value: Reports) -> list[list[ReportedCredential]]:
    """List the people to write to, the most urgent first, each with the message."""
    found: dict[str, list[ReportedCredential]] = {}
    for row in to_write(value.credentials):
        found.setdefault(row.holder, []).append(row)
    return [*found.values()]


def why_line(row: ReportedCredential) -> str:
    """State briefly what to write about one credential."""
    last, days = spoken(row.last_day or date.max), row.days_left or 0
    if row.write == "EXPIRED":
        return f"{named(row)} ended on {last}"
    what = {"POINTS_MISSING": missing(row), "QUESTIONS_OPEN": counted(row.questions, "open question"),
            "TO_DECLARE": "send the declaration"}[str(row.write)]
    left = f"{counted(days, 'day')} left" if days else "ends today"
    return f"{named(row)}, {last} ({left}): {what}"


def named(row: ReportedCredential) -> str:
    """Name a credential as people write it."""
    return f"{row.code}({row.body})"


def missing(row: ReportedCredential) -> str:
    """State how many points are missing."""
    if row.short is None or row.required is None or not row.short:
        return ""
    return f"{decimal_text(row.short)} of {points(row.required)} missing"


def state_of(row: ReportedCredential) -> tuple[str, str]:
    """Name the state of a credential, and its tone."""
    text, tone = STATES[row.outcome]
    if row.standing is Standing.EXPIRED:
        return f"Expired; {text[:1].lower()}{text[1:]}", "bad"
    return text, tone


def facts_of(value: Reports) -> Facts:
    """Count what a coordinator wants to know first."""
    rows = value.credentials
    near = [(f"Ends in {span} days", [row for row in rows if _within(row, span)]) for span in SPANS]
    states = [(STATES[outcome][0], [row for row in rows if row.outcome is outcome])
              for outcome in (Outcome.NOT_MET, Outcome.NEEDS_REVIEW, Outcome.MET)]
    found = [(name, str(people_of(some)), "") for name, some in (*states, *near)]
    return Facts((*found, ("Not decided", str(not_decided_people(value)), ""), ("As of", spoken(value.on), "")))


def _within(row: ReportedCredential, span: int) -> bool:
    return row.days_left is not None and 0 <= row.days_left <= span


def not_decided_people(value: Reports) -> int:
    """Count the people who are not decided and whom rows name."""
    return len({row.holder for row in value.not_decided if row.refused and row.holder is not None})


def to_correct(value: Reports) -> list[NotDecided]:
    """List the wrong rows."""
    return [row for row in value.not_decided if row.code not in _OF_OTHERS]


def correct_title(value: Reports) -> str:
    """State that rows must be corrected, and for how many people."""
    people = not_decided_people(value)
    return (f"Not decided: {counted(people, 'person', 'people')}, until rows are corrected" if people
            else f"Left out: {counted(len(to_correct(value)), 'row')}")


def correct_table(rows: Sequence[NotDecided]) -> Table:
    """List rows to correct."""
    return Table("Rows to correct, or that were left out", ("Who", "Where", "What is wrong"),
                 tuple((row.holder or "", row.place, row.text) for row in rows), keep=(1,))


def row_cells(row: ReportedCredential) -> tuple[str, ...]:
    """Write a row of the index: credential, state, last day, days left, missing, what to do first."""
    return (named(row), state_of(row)[0], "" if row.last_day is None else row.last_day.isoformat(),
            "" if row.days_left is None else str(row.days_left),
            "" if not row.short else decimal_text(row.short), row.to_do[0] if row.to_do else "")


def remarks_of(value: Reports) -> Iterator[str]:
    """State what happened to pages of an earlier run, and what was left out on the way in."""
    if value.kept:
        yield f"{counted(value.kept, 'page')} of an earlier run are still valid and were kept."
    if value.removed:
        yield f"{counted(value.removed, 'page')} of people who are no longer among these were removed."
    yield from value.remarks
