"""A decision in words: what is met, what is short and why, where every point went, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cmprules._answers.render.blocks import KEEP_TOGETHER, Block, Bullets, Heading, Notice, Paragraph, Table, Verdict
from cmprules._answers.render.words import cited_line, in_sentence, joined, label, points, said, short_label
from cmprules._facts.records import Activity, Record
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy.book import Citation
from cmprules._rules.results import (
    ActivityResult,
    AreaResult,
    CredentialDecision,
    DecisionFields,
    FeeQuote,
    Finding,
    Shortfall,
    Total,
)
from cmprules._words import vocabulary
from cmprules._words.codes import FINDINGS
from cmprules._words.enums import Grade, Outcome, Standing

__all__ = ["FEE_ITEMS", "OUTCOMES", "STANDINGS", "STATUS", "areas_table", "decision_report", "proof_sentence"]

OUTCOMES = {
    Outcome.MET: ("REQUIREMENTS MET", "good"),
    Outcome.NOT_MET: ("REQUIREMENTS NOT MET", "bad"),
    Outcome.NEEDS_REVIEW: ("NEEDS REVIEW", "open"),
    Outcome.NOT_REQUIRED: ("NOTHING IS REQUIRED", "good"),
}
STANDINGS = {
    Standing.CURRENT: "current",
    Standing.INACTIVE: "inactive (in a granted extension)",
    Standing.EXPIRED: "EXPIRED",
    Standing.NO_END_DATE: "no end date",
}
_WHY_NOT = {
    "DUPLICATE": "not counted: entered twice",
    "UNDATED": "unconfirmed: no date",
    "OUTSIDE_CYCLE": "not counted: outside the cycle",
    "MONTH_OF_PREVIOUS_END": "unconfirmed: done in the month in which the previous cycle ended",
    "NOT_ACCEPTABLE": "not counted: not acceptable on that day",
    "KIND_UNCONFIRMED": "unconfirmed: the value of its kind is not established",
}
_UNCERTAIN = ("TABLE_AFTER_EXPIRY", "VOLUNTARY_TABLE", "SEARCH_LIMIT", "BELOW_TRUST",
              "TABLE_NOT_ESTABLISHED", "NOT_IN_FORCE", "USER_ROW", "BEYOND_LAST_CHECK")
STATUS = {
    "not_open": "not open yet",
    "open": "open now",
    "late": "late, but in time: past the advised day",
}
FEE_ITEMS = {"application": "application", "reduced_application": "application, reduced",
             "reinstatement": "reinstatement"}


def decision_report(decision: DecisionFields, record: Record | None) -> list[Block]:
    """Write down a whole decision."""
    known = {activity.id: activity for activity in record.activities} if record is not None else {}
    stamp = decision.stamp
    blocks: list[Block] = [
        Heading(1, f"Credential maintenance on {decision.on}"),
        Paragraph(f"Policy edition {stamp.edition}, rules {stamp.rules}"
                  f"{', with rows of your own' if stamp.extra_sha256 else ''}; "
                  f"figures are relied on down to the grade '{said(stamp.trust)}'."),
    ]
    if len(decision.credentials) > 1:
        blocks.append(_overview(decision.credentials))
    for credential in decision.credentials:
        blocks.extend(_credential(credential, known))
    blocks.extend(_fees(decision.fees, decision.credentials))
    if decision.advisories:
        blocks.extend([Heading(2, "Known errors of this edition"), Bullets(decision.advisories)])
    blocks.extend(_sources(decision))
    return [*blocks, Notice(decision.notice)]


def _name(credential: CredentialDecision) -> str:
    return f"{credential.code}({credential.body})"


def _overview(credentials: Sequence[CredentialDecision]) -> Table:
    rows = tuple(
        (one.id, _name(one), OUTCOMES[one.outcome][0].lower(), STANDINGS[one.standing],
         "-" if one.total is None else decimal_text(one.total.short),
         "-" if one.declaration is None else one.declaration.last_day.isoformat())
        for one in credentials
    )
    return Table("All credentials", ("Id", "Credential", "Outcome", "Standing", "Short", "Last day"), rows, right=(4,),
                 keep=(5,))


def _credential(credential: CredentialDecision, known: dict[str, Activity]) -> Iterable[Block]:
    """Write down the answer for one credential."""
    given = f" (entered as {credential.given_code})" if credential.given_code else ""
    yield Heading(2, f"{_name(credential)} {vocabulary.NAMES[credential.code]}{given}")
    yield _verdict(credential)
    if credential.needs:
        yield Heading(3, "What would settle it")
        yield Bullets(tuple(need.question for need in credential.needs))
    if credential.areas is not None and credential.total is not None:
        yield areas_table(credential.areas, credential.total)
    if credential.shortfalls:
        yield Heading(3, "Why it is short: the proof")
        yield Bullets(tuple(map(proof_sentence, credential.shortfalls)))
    if credential.activities:
        yield _activities(credential, known)
    yield from _own_placement(credential.findings)
    if credential.declaration is not None:
        dates = credential.declaration
        yield Heading(3, "Declaration")
        yield Paragraph(f"{STATUS[dates.status].capitalize()}. Opens {dates.opens_on}; advised by "
                        f"{dates.advised_by}; last day {dates.last_day}." if dates.status != "expired" else
                        f"Over: it opened on {dates.opens_on}, and the last day was {dates.last_day}.")
    yield from _uncertain(credential)


def _verdict(credential: CredentialDecision) -> Verdict:
    text, tone = OUTCOMES[credential.outcome]
    if credential.standing is Standing.EXPIRED:
        text, tone = f"EXPIRED - {text}", "bad"
    details = [_in_short(credential)]
    if credential.cycle is not None:
        details.insert(0, f"{STANDINGS[credential.standing].capitalize()}; counted from {credential.cycle.start} to "
                          f"{credential.cycle.end}")
    if credential.grade is not None:
        details.append(f"Weakest figure it rests on: {said(credential.grade)}")
    return Verdict(text, tone, tuple(details))


def _in_short(credential: CredentialDecision) -> str:
    """Say the answer in one sentence."""
    if credential.outcome is Outcome.NOT_REQUIRED:
        return "No end date, and the holder does not take part."
    total = credential.total
    if total is None:
        return "The requirements are not established, so that nothing can be compared."
    if credential.outcome is Outcome.MET:
        return f"All {points(total.required)} are there, whatever becomes of what is uncertain."
    if not total.short:
        return f"All {points(total.required)} are there only if an open question goes your way."
    if total.short_if_confirmed == total.short:
        return f"Short by {points(total.short)} of {decimal_text(total.required)}."
    return (f"Short by {points(total.short)} of {decimal_text(total.required)}; if everything uncertain goes your "
            f"way, by {decimal_text(total.short_if_confirmed)}.")


def areas_table(areas: Sequence[AreaResult], total: Total) -> Table:
    """Compare what is asked for with what was placed."""
    rows = [(label(area.area), decimal_text(area.required), decimal_text(area.placed), decimal_text(area.short),
             "met" if not area.short else "SHORT", said(area.grade)) for area in areas]
    rows.append(("Total", decimal_text(total.required), decimal_text(total.placed), decimal_text(total.short),
                 "met" if not total.short else "SHORT", ""))
    strong = tuple(index for index, row in enumerate(rows) if row[4] == "SHORT")
    return Table("Requirements, in points", ("Area", "Needs", "Placed", "Short", "", "Figure known from"),
                 tuple(rows), right=(1, 2, 3), strong=strong)


def proof_sentence(proof: Shortfall) -> str:
    """Say a proof in one sentence that can be checked by adding up."""
    need, have, short = (decimal_text(amount) for amount in (proof.required, proof.available, proof.short))
    sum_ = f"{need} - {have} = {short} short".replace(" ", KEEP_TOGETHER)
    if vocabulary.POOL in proof.areas:
        return f"The whole table needs {need} points. All points that count, after caps: {have}. {sum_}."
    names = joined([short_label(area) for area in proof.areas])
    together = f"{names} need {need} points together" if len(proof.areas) > 1 else f"{names} needs {need} points"
    those = "any of them" if len(proof.areas) > 1 else "it"
    return f"{together.capitalize()}. All points that may serve {those}, after caps: {have}. {sum_}."


def _activities(credential: CredentialDecision, known: dict[str, Activity]) -> Table:
    """Say where the points of every activity went, and why some counted for less."""
    placed: dict[str, list[str]] = {}
    for one in credential.placements or ():
        placed.setdefault(one.activity, []).append(f"{short_label(one.area)} {decimal_text(one.points)}")
    reasons = _reasons(credential.findings)
    rows = tuple(
        (*_activity_name(result.id, known), decimal_text(result.entered),
         "; ".join([*placed.get(result.id, []), *_not_counted(result, reasons.get(result.id))]))
        for result in credential.activities or ()
    )
    columns = ("Id", "Day", "Activity", "Points", "Where they went") if known else ("Id", "Points", "Where they went")
    return Table("Where every point went", columns, rows, right=(len(columns) - 2,),
                 keep=tuple(range(len(columns) - 2))[:2])


def _activity_name(name: str, known: dict[str, Activity]) -> tuple[str, ...]:
    """Name an activity by its id, and by day and title where the record is at hand."""
    if not known:
        return (name,)
    activity = known[name]
    return (name, "undated" if activity.completed_on is None else activity.completed_on.isoformat(), activity.title)


def _reasons(findings: Iterable[Finding]) -> dict[str, str]:
    return {finding.subject: _WHY_NOT[finding.code] for finding in findings if finding.code in _WHY_NOT}


def _not_counted(result: ActivityResult, reason: str | None) -> list[str]:
    """Name every point that was not placed, with its reason; what does not count goes to one place whole."""
    elsewhere = (result.outside_cycle, result.not_acceptable, result.duplicate, result.unconfirmed)
    parts = [
        (result.surplus, "to spare"),
        (result.over_cap, "over the cap"),
        (next((amount for amount in elsewhere if amount), Decimal(0)),
         reason or "unconfirmed: the requirements are not established"),
    ]
    return [f"{decimal_text(amount)} {why}" for amount, why in parts if amount]


def _own_placement(findings: Iterable[Finding]) -> Iterable[Block]:
    """Say what is wrong with the holder's own placement."""
    unlawful = [f"{finding.subject}: {finding.rule.removeprefix('placement/').replace('_', ' ')}"
                for finding in findings if finding.code == "PLACEMENT_UNLAWFUL"]
    short = [short_label(finding.subject) for finding in findings if finding.code == "PLACEMENT_INCOMPLETE"]
    lines = ["May not stay where it was put: " + "; ".join(unlawful)] if unlawful else []
    if short:
        lines.append(f"Leaves short: {joined(short)}. The placement above is the best one.")
    if lines:
        yield Heading(3, "Your own placement")
        yield Bullets(tuple(lines))


def _uncertain(credential: CredentialDecision) -> Iterable[Block]:
    """Say what the answer cannot be sure of."""
    found = {finding.code for finding in credential.findings}
    lines = [FINDINGS[code].when for code in _UNCERTAIN if code in found]
    divided = [finding.subject for finding in credential.findings if finding.code == "DIVIDED_ACTIVITY"]
    if divided:
        lines.append(f"The points of {joined(divided)} are divided between two mandatory areas, and no placement that "
                     "is as good keeps them whole; whether that is allowed is not established.")
    unconfirmed = [result.id for result in credential.activities or () if result.unconfirmed]
    if unconfirmed and credential.total is not None:
        lines.append(f"Not counted, since it is unconfirmed: {joined(unconfirmed)}.")
    lines.extend(_weak_figures(credential))
    if lines:
        yield Heading(3, "What is uncertain")
        yield Bullets(tuple(lines))


def _weak_figures(credential: CredentialDecision) -> Iterable[str]:
    """Name what no official page, booklet or society could be read for."""
    figures = [(area.grade, short_label(area.area)) for area in credential.areas or ()]
    figures.extend(
        (citation.grade, f"the value of {in_sentence(finding.subject)}" if finding.code == "KIND_VALUE"
         else f"the worth of a {finding.rule.removeprefix('unit/').replace('_', ' ')}")
        for finding in credential.findings
        if finding.code in {"KIND_VALUE", "UNIT_CONVERTED"}
        for citation in finding.citations
    )
    for grade, how in ((Grade.THIRD_PARTY, "Known from a third party alone"), (Grade.INFERRED, "Inferred by us")):
        names = list(dict.fromkeys(name for found, name in figures if found is grade))
        if names:
            yield f"{how}: {joined(names)}."


def _fees(fees: FeeQuote, credentials: Sequence[CredentialDecision]) -> Iterable[Block]:
    """Write down what the declarations cost."""
    yield Heading(2, "Fees, if declared together on that day")
    if fees.total is None:
        why = str(fees.why)
        yield Paragraph(f"{why[:1].upper()}{why[1:]}.")
        return
    names = {credential.id: _name(credential) for credential in credentials}
    rows = [(f"{line.credential}, {names[line.credential]}", FEE_ITEMS[line.item], money_text(line.amount),
             said(line.grade)) for line in fees.lines]
    rows.append(("Total", "", money_text(fees.total), ""))
    yield Table(f"Amounts in {fees.currency}", ("Credential", "Item", "Amount", "Figure known from"), tuple(rows),
                right=(2,), strong=(len(rows) - 1,))


def _sources(decision: DecisionFields) -> Iterable[Block]:
    """List every source, its grade and what was taken from it."""
    cited: dict[str, list[Citation]] = {name: [] for name in decision.sources}
    for credential in decision.credentials:
        for finding in credential.findings:
            for citation in finding.citations:
                if citation not in cited[citation.source]:
                    cited[citation.source].append(citation)
    yield Heading(2, "Sources")
    yield Bullets(tuple(cited_line(decision.sources[name], citations) for name, citations in cited.items()))

