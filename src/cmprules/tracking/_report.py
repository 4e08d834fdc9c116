"""The reports of trackings and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cmprules._answers.render import report_for, report_of
from cmprules._answers.render.blocks import Block, Bullets, Details, Facts, Notice, Table, Verdict
from cmprules._answers.render.ending import ending, sources_part
from cmprules._answers.render.names import Names, title_of
from cmprules._answers.render.questions import ask_steps, doubtful_areas, questions_of
from cmprules._answers.render.remarks import check_steps, steps_before_sending
from cmprules._answers.render.report import OUTCOMES, STATUS, decision_title, first_screen, head_of
from cmprules._answers.render.tally import bars_of
from cmprules._answers.render.todo import earn_steps, send_steps
from cmprules._answers.render.words import counted, label, points, relied_on, short_label, spoken
from cmprules._facts.records import Activity, Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._words import vocabulary
from cmprules._words.codes.progress import CHANGES, STEPS
from cmprules.tracking._values import AreaProgress, Changes, CredentialTracking, Credit, NextStep, Tracking

_FIELDS = {"completed_on": "completion date", "provider": "provider", "kind": "type of activity", "title": "title",
           "amount": "credits"}
_ENTERED = {True: "automatically", False: "by you"}


@report_for(Tracking)
def tracking_report(value: Tracking) -> list[Block]:
    """Report a whole tracking."""
    names, decision = Names.of(value.record), value.decision
    several = len(value.credentials) > 1
    blocks: list[Block] = [
        decision_title(decision, names),
        *first_screen(decision,
                      {candidate.id: tuple(_steps(candidate, value, names)) for candidate in value.credentials})]
    for credential in value.credentials:
        if several:
            blocks.extend(head_of(decision[credential.id], decision))
        blocks.extend(_credential(credential, value, names))
    if value.credits:
        blocks.append(Details("How each activity was entered", (_credits(value.credits, value.record.activities),)))
    cited = [citation for credential in value.credentials for step in (credential.next_step, *credential.further_steps)
             for citation in step.citations]
    made_with = f"{relied_on(decision.stamp.trust)} Policy edition {value.edition}."
    return [*blocks, *ending(value, [*cited, *value.citations], made_with)]


def _credential(credential: CredentialTracking, value: Tracking, names: Names) -> Iterator[Block]:
    """Show the progress of one credential, then, folded, what is assigned and what is not."""
    decided = value.decision[credential.id]
    prefix = f"{credential.code}({credential.body}): " if len(value.credentials) > 1 else ""
    bars = bars_of(decided, names)
    if bars is not None:
        yield bars
    questions = tuple(questions_of(decided, names))
    if questions:
        yield Details(f"{prefix}open questions" if prefix else "Open questions", questions)
    if credential.waiting:
        yield Details(f"{prefix}not assigned yet" if prefix else "Not assigned yet", (Bullets(tuple(
            f"{names.told_apart(credit.activity)}: {points(credit.points)}"
            + (f", needed in {joined([short_label(area) for area in credit.areas])}"
               if credit.areas else ", not needed")
            for credit in credential.waiting)),))
    if credential.areas is not None:
        yield Details(f"{prefix}your own placement" if prefix else "Your own placement", (
            _areas(credential.areas, doubtful_areas(decided)),))


def _areas(areas: Sequence[AreaProgress], doubtful: frozenset[str]) -> Table:
    """Compare what is needed with what counts, and with the holder's own placement."""
    rows = tuple((_named(area.area, doubtful), *map(decimal_text, (
        area.needed, area.applied, area.short, area.placed_by_holder))) for area in areas)
    return Table("Points by area, and as you placed them", ("Area", "Needed", "Counted", "Missing", "Placed by you"),
                 rows, right=(1, 2, 3, 4), strong=tuple(place for place, area in enumerate(areas) if area.short))


def _named(area: str, doubtful: frozenset[str]) -> str:
    return f"{label(area)} (open question)" if area in doubtful else label(area)


# ---------------------------------------------------------------------------------------------------------
# Steps.


def _steps(credential: CredentialTracking, value: Tracking, names: Names) -> Iterator[str]:
    """State each step as an instruction; if the requirements are not met yet, the last step is the declaration."""
    decided = value.decision[credential.id]
    steps = (credential.next_step, *credential.further_steps)
    yield from check_steps(decided, names)
    for step in steps:
        match step.code:
            case "COMPLETE_FIELDS":
                yield from _fields_to_add(value.credits, step, names, for_audit=False)
            case "CORRECT_PLACEMENT":
                yield _correction(step, names)
            case "SETTLE_QUESTION":
                yield from ask_steps(decided, names)
            case "PLACE_CREDITS":
                yield f"Assign {'' if step.points is None else points(step.points)} that you have already earned."
            case "EARN_POINTS":
                yield from earn_steps(decided)
    yield from steps_before_sending(decided)
    yield from send_steps(decided)
    for step in steps:
        if step.code == "ADD_FOR_AUDIT":
            yield from _fields_to_add(value.credits, step, names, for_audit=True)


def _fields_to_add(credits: Sequence[Credit], step: NextStep, names: Names, *, for_audit: bool) -> Iterator[str]:
    """Ask for the missing fields of the credits of a step, once for all that lack the same."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for credit in credits:
        fields = credit.missing_for_audit if for_audit else credit.missing
        if credit.activity in step.subjects and fields:
            lacking.setdefault(fields, []).append(credit.activity)
    why = " An audit would ask for it." if for_audit else ""
    for fields, activities in lacking.items():
        yield f"Add the {joined([_FIELDS[field] for field in fields])} of {names.listed(activities)}.{why}"


def _correction(step: NextStep, names: Names) -> str:
    """State which points of the holder's own placement must move: of activities, or in areas."""
    areas = [short_label(subject) for subject in step.subjects if subject in vocabulary.AREAS
             or subject == vocabulary.POOL]
    if areas:
        return f"Change your placement in {joined(areas)}: another one brings more points."
    return f"Move the points of {names.listed(step.subjects)}: they cannot stay where you put them."


# ---------------------------------------------------------------------------------------------------------
# Credits.


def _credits(credits: Sequence[Credit], activities: Sequence[Activity]) -> Table:
    """State how each credit came into the record, and what it lacks."""
    rows = tuple(
        (activity.id, "no date" if activity.completed_on is None else activity.completed_on.isoformat(),
         activity.title, decimal_text(activity.points), _ENTERED[credit.automatic], _lacks(credit))
        for credit, activity in zip(credits, activities, strict=True)
    )
    strong = tuple(index for index, credit in enumerate(credits) if credit.missing)
    return Table("How each was entered, and what is missing",
                 ("Id", "Date", "Activity", "Points", "Entered", "Missing"), rows, right=(3,), keep=(0, 1),
                 strong=strong)


def _lacks(credit: Credit) -> str:
    missing = [_FIELDS[field] for field in credit.missing]
    return ", ".join([*missing, *(f"{_FIELDS[field]} (audit)" for field in credit.missing_for_audit)])


# ---------------------------------------------------------------------------------------------------------
# Changes.


@report_of.register
def _report_of_changes(value: Changes, record: Record | None) -> list[Block]:
    """Report what differs."""
    names, on = Names.of(record), value.after_on
    title = title_of(names.holder, f"changes from {spoken(value.before_on)} to {spoken(on)}", on=on,
                     last=names.last_day(names.ends, on))
    facts = (*names.last_fact(names.ends, on), ("Time between", counted(abs(value.days), "day"), ""))
    return [title, _changed(value), Facts(facts), *_table(value, names),
            *sources_part((), {}, f"Policy edition {value.edition}."), Notice(value.notice)]


def _changed(value: Changes) -> Verdict:
    if not value.changes:
        return Verdict("Nothing has changed", "plain", ("Only the date is different.",))
    return Verdict(counted(len(value.changes), "change"), "plain")


def _table(value: Changes, names: Names) -> Iterable[Block]:
    rows = tuple((CHANGES[change.code].title, names.told_apart(change.subject), _where(change.where, names),
                  _in_words(change.before), _in_words(change.after)) for change in value.changes)
    if rows:
        yield Table("What changed", ("What", "Of", "Where", "Before", "After"), rows)


def _where(where: str | None, names: Names) -> str:
    named = where is not None and (where in vocabulary.AREAS or where == vocabulary.POOL)
    return "" if where is None else short_label(where) if named else names.quoted(where)


def _in_words(found: str | None) -> str:
    """Write a code of an answer in words, and anything else as it is."""
    return "" if found is None else _WORDS.get(found, found)


_WORDS = {**{str(outcome): words.lower() for outcome, (words, _) in OUTCOMES.items()}, **STATUS,
          **{code: step.title for code, step in STEPS.items()}, "no_end_date": "no end date"}
