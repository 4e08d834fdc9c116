"""Trackings and changes in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cmprules._answers.answer import sources_block
from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.report import OUTCOMES
from cmprules._answers.render.words import joined, label, points, said, short_label
from cmprules._facts.records import Activity
from cmprules._kit.points import decimal_text
from cmprules._words import vocabulary
from cmprules._words.codes import CHANGES, STEPS
from cmprules.tracking._steps import READY
from cmprules.tracking._values import AreaProgress, Changes, CredentialTracking, Credit, Tracking

__all__ = ["changes_report", "tracking_report"]

_TONES = {**dict.fromkeys((*READY, "NOTHING_REQUIRED", "WAIT_FOR_WINDOW", "DECLARE_BY_CHOICE"), "good"),
          "EARN_POINTS": "bad", "REINSTATE": "bad"}
_STANDINGS = {"current": "Current", "inactive": "Inactive, in a granted extension", "expired": "EXPIRED",
              "no_end_date": "No end date"}
_FIELDS = {"completed_on": "date", "provider": "provider", "kind": "type of activity", "title": "title",
           "amount": "credits"}
_RECORDED = {True: "by itself", False: "by you"}


@report_for(Tracking)
def tracking_report(value: Tracking) -> list[Block]:
    """Write down a whole tracking."""
    blocks: list[Block] = [
        Title(f"Progress on {value.on}"),
        Paragraph(f"Policy edition {value.edition}; figures are relied on down to the grade "
                  f"'{said(value.decision.stamp.trust)}'."),
    ]
    for credential in value.credentials:
        blocks.extend(_credential(credential))
    if value.credits:
        blocks.extend([Heading(2, "Your credits"), _credits(value.credits, value.record.activities)])
    cited = [citation for credential in value.credentials for step in (credential.next_step, *credential.further_steps)
             for citation in step.citations]
    return [*blocks, *sources_block([*cited, *value.citations], value.sources), Notice(value.notice)]


def _credential(credential: CredentialTracking) -> Iterable[Block]:
    """Write down how far one credential has come."""
    yield Heading(2, f"{credential.code}({credential.body}) {vocabulary.NAMES[credential.code]}")
    yield Verdict(credential.message, _TONES.get(credential.next_step.code, "open"),
                  tuple(_in_short(credential)))
    if credential.further_steps:
        yield Heading(3, "After that")
        yield Bullets(tuple(step.message for step in credential.further_steps))
    if credential.areas is not None:
        yield _areas(credential, credential.areas)
    if credential.waiting:
        yield Heading(3, "Waiting to be placed")
        yield Bullets(tuple(
            f"{one.activity}: {points(one.points)}"
            + (f", of use in {joined([short_label(area) for area in one.areas])}" if one.areas else ", to spare")
            for one in credential.waiting))


def _in_short(credential: CredentialTracking) -> Iterable[str]:
    """Say the outcome, the standing with the days left, and the points in a line each."""
    yield OUTCOMES[credential.outcome][0].capitalize()
    standing = _STANDINGS[credential.standing]
    if credential.days_left is not None:
        days = credential.days_left
        left = "this is the last day" if not days else f"{days} day{'' if days == 1 else 's'} left"
        standing = f"{standing}; {left}"
    yield standing
    if credential.needed is not None and credential.applied is not None:
        yield f"{decimal_text(credential.applied)} of {points(credential.needed)} applied"
    yield STEPS[credential.next_step.code].remedy


def _areas(credential: CredentialTracking, areas: Sequence[AreaProgress]) -> Table:
    """Compare what is needed with what is applied, and with the holder's own placement."""
    rows = [(label(area.area), *map(decimal_text, (area.needed, area.applied, area.short, area.placed_by_holder)))
            for area in areas]
    strong = tuple(index for index, area in enumerate(areas) if area.short)
    return Table(f"Points of {credential.id}", ("Area", "Needed", "Applied", "Short", "Placed by you"), tuple(rows),
                 right=(1, 2, 3, 4), strong=strong)


def _credits(credits: Sequence[Credit], activities: Sequence[Activity]) -> Table:
    """Say how each credit came into the record, and what it lacks."""
    rows = tuple(
        (activity.id, "undated" if activity.completed_on is None else activity.completed_on.isoformat(),
         activity.title, decimal_text(activity.points), _RECORDED[credit.automatic], _lacks(credit))
        for credit, activity in zip(credits, activities, strict=True)
    )
    strong = tuple(index for index, credit in enumerate(credits) if credit.missing)
    return Table("How they came in, and what they lack", ("Id", "Day", "Activity", "Points", "Recorded", "Lacks"), rows,
                 right=(3,), keep=(0, 1), strong=strong)


def _lacks(credit: Credit) -> str:
    missing = [_FIELDS[field] for field in credit.missing]
    return ", ".join([*missing, *(f"{_FIELDS[field]} (audit)" for field in credit.missing_for_audit)])


@report_for(Changes)
def changes_report(value: Changes) -> list[Block]:
    """Write down what differs."""
    days = abs(value.days)
    head: list[Block] = [Title(f"What changed from {value.before_on} to {value.after_on}"),
            Paragraph(f"{days} day{'' if days == 1 else 's'} apart. Policy edition {value.edition}.")]
    if not value.changes:
        return [*head, Paragraph("Nothing has changed but the day."), Notice(value.notice)]
    rows = tuple((CHANGES[one.code].title, one.subject, _where(one.where), one.before or "", one.after or "")
                 for one in value.changes)
    return [*head, Table("Changes", ("What", "Of", "Where", "Before", "After"), rows), Notice(value.notice)]


def _where(where: str | None) -> str:
    return "" if where is None else short_label(where) if where in vocabulary.AREAS else where
