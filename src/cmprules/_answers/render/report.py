"""The report of a decision: the answer first, then what to do, then how it was counted, then the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cmprules._answers.render.blocks import (
    KEEP_TOGETHER,
    Block,
    Bullets,
    Details,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Steps,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.names import Names, credential_name, next_last_day, title_of
from cmprules._answers.render.questions import doubtful_areas, questions_of
from cmprules._answers.render.remarks import answered_line, own_answers
from cmprules._answers.render.tally import activities_table, areas_table, bars_of
from cmprules._answers.render.todo import todo
from cmprules._answers.render.words import (
    cited_line,
    counted,
    days_left,
    dollars,
    in_sentence,
    least_certain,
    points,
    relied_on,
    said,
    sentence,
    short_label,
    spoken,
)
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy.book import Citation
from cmprules._rules.results import (
    CredentialDecision,
    DecisionFields,
    FeeLine,
    FeeQuote,
    Finding,
    Shortfall,
    Stamp,
    Total,
)
from cmprules._words import vocabulary
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.enums import Grade, Outcome, Standing

OUTCOMES = {
    Outcome.MET: ("Requirements met", "good"),
    Outcome.NOT_MET: ("Requirements not met", "bad"),
    Outcome.NEEDS_REVIEW: ("Needs review", "open"),
    Outcome.NOT_REQUIRED: ("Nothing is required", "good"),
}
STANDINGS = {
    Standing.CURRENT: "current",
    Standing.INACTIVE: "inactive, within an extension",
    Standing.EXPIRED: "expired",
    Standing.NO_END_DATE: "no end date",
}
STATUS = {
    "not_open": "not open yet",
    "open": "open now",
    "late": "late, but still in time",
}
FEE_ITEMS = {"application": "application", "reduced_application": "application, reduced",
             "reinstatement": "reinstatement"}
_UNCERTAIN = ("TABLE_AFTER_EXPIRY", "VOLUNTARY_TABLE", "SEARCH_LIMIT", "BELOW_TRUST",
              "TABLE_NOT_ESTABLISHED", "NOT_IN_FORCE", "USER_ROW", "BEYOND_LAST_CHECK")


def decision_report(decision: DecisionFields, record: Record | None) -> list[Block]:
    """Report a whole decision."""
    names = Names.of(record)
    whole = _single if len(decision.credentials) == 1 else _several
    return [decision_title(decision, names), *whole(decision, names), *_fees_details(decision), _sources(decision),
            Notice(decision.notice)]


def decision_title(decision: DecisionFields, names: Names) -> Title:
    last = next_last_day([last_day_of(credential) for credential in decision.credentials], decision.on)
    holder = names.holder or ("" if decision.holder is None else decision.holder.shown)
    return title_of(holder, joined([credential_name(credential) for credential in decision.credentials]),
                    on=decision.on,
                    last=last)


def last_day_of(credential: CredentialDecision) -> date | None:
    """Find the last day of a credential, extensions included."""
    return None if credential.declaration is None else credential.declaration.last_day


def _single(decision: DecisionFields, names: Names) -> Iterator[Block]:
    """Report the answer for the only credential."""
    credential = decision.credentials[0]
    yield from first_screen(decision, {credential.id: todo(credential, names)})
    yield from counted_blocks(credential, names, "")


def _several(decision: DecisionFields, names: Names) -> Iterator[Block]:
    """Report what to do for all credentials, and then the answer for each."""
    yield from first_screen(decision, {credential.id: todo(credential, names) for credential in decision.credentials})
    for credential in decision.credentials:
        yield from head_of(credential, decision)
        yield from counted_blocks(credential, names, f"{credential_name(credential)}: ")


def first_screen(decision: DecisionFields, steps: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    """State the answer first, then what to do, for one credential or for several together."""
    several = len(decision.credentials) > 1
    yield overall(decision.credentials) if several else verdict_of(decision.credentials[0])
    last = next_last_day([last_day_of(credential) for credential in decision.credentials], decision.on)
    first = facts_of(decision.credentials[0], decision) if not several else (
        () if last is None else (("Next last day", spoken(last), days_left(decision.on, last)),))
    yield Facts((*first, *_cost(decision.fees), _as_of(decision)))
    lines = _by_credential(decision, steps) if several else list(steps[decision.credentials[0].id])
    if lines:
        yield Steps("What to do", tuple(lines))


def _by_credential(decision: DecisionFields, steps: Mapping[str, Sequence[str]]) -> list[str]:
    """List the steps of all credentials; a step that several share is listed once, but for the last one of each."""
    shared: dict[str, list[str]] = {}
    for credential in decision.credentials:
        for step in steps[credential.id][:-1]:
            shared.setdefault(step, []).append(credential_name(credential))
    lines: dict[str, None] = {}
    for credential in decision.credentials:
        lines.update({f"{joined(shared[step])}: {step}": None for step in steps[credential.id][:-1]})
        lines.update({f"{credential_name(credential)}: {step}": None for step in steps[credential.id][-1:]})
    return list(lines)


def head_of(credential: CredentialDecision, decision: DecisionFields) -> Iterator[Block]:
    """Write the heading for one of several credentials."""
    yield Heading(2, f"{credential_name(credential)} {vocabulary.NAMES[credential.code]}")
    yield verdict_of(credential)
    facts = tuple(facts_of(credential, decision))
    if facts:
        yield Facts(facts)


def overall(credentials: Sequence[CredentialDecision]) -> Verdict:
    """State how many credentials are in order, then the outcome of each."""
    ready = sum(verdict_of(credential).tone == "good" for credential in credentials)
    tones = [verdict_of(credential).tone for credential in credentials]
    tone = next(tone for tone in ("bad", "open", "good") if tone in tones)
    lines = tuple(f"{credential_name(credential)}: {verdict_of(credential).text.lower()}"
                  + ("" if (last := last_day_of(credential)) is None else f"; last day {spoken(last)}")
                  for credential in credentials)
    return Verdict(f"{ready} of {counted(len(credentials), 'credential')} in order", tone, lines)


def facts_of(credential: CredentialDecision, decision: DecisionFields) -> Iterator[tuple[str, str, str]]:
    """Name the last day with the days left, and the status of the declaration."""
    dates = credential.declaration
    if dates is not None:
        yield "Last day", spoken(dates.last_day), days_left(decision.on, dates.last_day)
    if dates is not None and dates.status != "expired":
        yield "Declaration", STATUS[dates.status], (
            f"from {spoken(dates.opens_on)}" if dates.status == "not_open" else "")
    if credential.given_code:
        yield "Entered as", credential.given_code, ""


def _cost(fees: FeeQuote) -> Iterator[tuple[str, str, str]]:
    """State the cost of the declarations, if there is something to declare."""
    if fees.total is None:
        yield "Cost", "not known", ""
    elif fees.lines:
        parts = [*(["together"] if len(fees.lines) > 1 else []), *_not_yet(fees)]
        yield "Cost", dollars(fees.total), "; ".join(parts)


def _not_yet(fees: FeeQuote) -> Iterator[str]:
    """State that not every declaration can be sent on the day of the quote."""
    waiting = [line for line in fees.lines if line.open is False]
    first = waiting[0].opens_on if len(fees.lines) == len(waiting) == 1 else None
    if first is not None:
        yield f"at today's fees; not due before {spoken(first)}"
    elif waiting:
        yield "not all can be sent now" if len(waiting) < len(fees.lines) else "none can be sent now"


def _as_of(decision: DecisionFields) -> tuple[str, str, str]:
    return "As of", spoken(decision.on), ""


# ---------------------------------------------------------------------------------------------------------
# The verdict.


def verdict_of(credential: CredentialDecision) -> Verdict:
    """State the outcome, and the answer in a sentence; an expiration comes first."""
    text, tone = OUTCOMES[credential.outcome]
    if credential.standing is Standing.EXPIRED:
        text, tone = f"Expired; {text[:1].lower()}{text[1:]}", "bad"
    return Verdict(text, tone, tuple(_in_short(credential)))


def _in_short(credential: CredentialDecision) -> Iterator[str]:
    """State the answer in one sentence, and the standing if it is not current."""
    if credential.standing is Standing.EXPIRED:
        yield "This credential may no longer be used."
    elif credential.standing is Standing.INACTIVE:
        yield "This credential is inactive, within an extension that the Board granted."
    yield from _of_points(credential)
    yield from answered_line(credential)


def _of_points(credential: CredentialDecision) -> Iterator[str]:
    """State whether the points are there, in one sentence."""
    total = credential.total
    if credential.outcome is Outcome.NOT_REQUIRED:
        yield "It has no end date, and you do not take part in the program."
    elif total is None:
        yield "No source that we could use says what is required, so there is nothing to compare with."
    elif credential.outcome is Outcome.MET:
        yield f"All {points(total.required)} are there."
    elif not total.short:
        yield f"All {points(total.required)} are there only if the open questions go your way."
    else:
        yield _missing(total, credential.outcome)


def _missing(total: Total, outcome: Outcome) -> str:
    """State how many points are missing, and how many if everything that is not confirmed counts."""
    text = (f"{decimal_text(total.short)} of {points(total.required)} "
            f"{'is' if total.short == 1 else 'are'} missing")
    if total.short_if_confirmed == total.short:
        return f"{text}."
    if outcome is Outcome.NEEDS_REVIEW:
        return f"{text} unless the open questions go your way."
    return f"{text} ({decimal_text(total.short_if_confirmed)} if the unconfirmed items below are accepted)."


# ---------------------------------------------------------------------------------------------------------
# How it was counted.


def counted_blocks(credential: CredentialDecision, names: Names, prefix: str) -> Iterator[Block]:
    """Show how far each requirement is filled, then, folded, how that was counted."""
    bars = bars_of(credential, names)
    if bars is not None:
        yield bars
    for title, blocks in _folded(credential, names):
        if blocks:
            yield Details(f"{prefix}{title[:1].lower() if prefix else title[:1]}{title[1:]}", tuple(blocks))


def _folded(credential: CredentialDecision, names: Names) -> Iterator[tuple[str, list[Block]]]:
    """Write the parts that are folded on a screen."""
    yield "Open questions", list(questions_of(credential, names))
    yield "Your answers", own_answers(credential, names)
    yield "How each activity counted", [activities_table(credential, names)] if credential.activities else []
    yield "Why points are missing", _why_missing(credential)
    yield "Your own placement", list(_own_placement(credential.findings))
    yield "Dates", list(_dates(credential))
    yield "Requirements and how sure they are", [*_requirements(credential), *_uncertain(credential)]


def _why_missing(credential: CredentialDecision) -> list[Block]:
    return [Bullets(tuple(map(proof_sentence, credential.shortfalls)))] if credential.shortfalls else []


def proof_sentence(proof: Shortfall) -> str:
    """State a proof in sentences that can be checked by adding up."""
    need, have, short = (decimal_text(amount) for amount in (proof.required, proof.available, proof.short))
    sum_ = f"{need} - {have} = {short} missing".replace(" ", KEEP_TOGETHER)
    if vocabulary.POOL in proof.areas:
        return f"All requirements together need {need} points. {have} of yours can count. {sum_}."
    names = joined([short_label(area) for area in proof.areas])
    total = "points in total" if len(proof.areas) > 1 else points(proof.required).partition(" ")[2]
    verb = "need" if len(proof.areas) > 1 else "needs"
    return f"{names[:1].upper()}{names[1:]} {verb} {need} {total}. {_can_count(have)} {sum_}."


def _can_count(have: str) -> str:
    return "None of yours can count there." if have == "0" else f"Only {have} of yours can count there."


def _own_placement(findings: Iterable[Finding]) -> Iterator[Block]:
    """State what is wrong with the holder's own placement."""
    unlawful = [f"{finding.subject}: {finding.rule.removeprefix('placement/').replace('_', ' ')}"
                for finding in findings if finding.code == "PLACEMENT_UNLAWFUL"]
    short = [short_label(finding.subject) for finding in findings if finding.code == "PLACEMENT_INCOMPLETE"]
    lines = [f"These points cannot stay where you put them: {'; '.join(unlawful)}."] if unlawful else []
    if short:
        lines.append(f"Your placement leaves points missing in {joined(short)}. The table of activities shows the best "
                     "placement.")
    if lines:
        yield Bullets(tuple(lines))


def _dates(credential: CredentialDecision) -> Iterator[Block]:
    """List the days of the cycle and of the declaration."""
    cycle, dates = credential.cycle, credential.declaration
    rows = [] if cycle is None else [("Activities count from", cycle.start.isoformat()),
                                     ("Activities count until", cycle.end.isoformat())]
    if dates is not None:
        rows += [("The declaration can be sent from", dates.opens_on.isoformat()),
                 ("It is best sent by", dates.advised_by.isoformat()), ("Last day", dates.last_day.isoformat())]
    if rows:
        yield Table("Dates of this cycle", ("What", "Date"), tuple(rows), keep=(1,))


def _requirements(credential: CredentialDecision) -> Iterator[Block]:
    if credential.areas is not None and credential.total is not None:
        yield areas_table(credential.areas, credential.total, doubtful_areas(credential),
                          depends=credential.outcome is Outcome.NEEDS_REVIEW)


def _uncertain(credential: CredentialDecision) -> Iterator[Block]:
    """State what is not certain."""
    found = {finding.code for finding in credential.findings}
    lines = [FINDINGS[code].when for code in _UNCERTAIN if code in found]
    divided = [finding.subject for finding in credential.findings if finding.code == "DIVIDED_ACTIVITY"]
    if divided:
        lines.append(f"The points of {joined(divided)} are divided between two required areas; no placement that is "
                     "as good keeps them together. No source says whether that is allowed.")
    if credential.grade is not None:
        lines.append(least_certain(credential.grade))
    lines.extend(_weak_figures(credential))
    if lines:
        yield Bullets(tuple(lines))


def _weak_figures(credential: CredentialDecision) -> Iterator[str]:
    """Name the figures without a source from an official page, a booklet or a society."""
    figures = [(area.grade, short_label(area.area)) for area in credential.areas or ()]
    figures.extend(
        (citation.grade, f'the value of "{in_sentence(finding.subject)}"' if finding.code == "KIND_VALUE"
         else f"the worth of a {finding.rule.removeprefix('unit/').replace('_', ' ')}")
        for finding in credential.findings
        if finding.code in {"KIND_VALUE", "UNIT_CONVERTED"}
        for citation in finding.citations
    )
    for grade, how in ((Grade.THIRD_PARTY, "Known only from a third party"), (Grade.INFERRED, "Our own inference")):
        names = list(dict.fromkeys(name for found, name in figures if found is grade))
        if names:
            yield f"{how}: {joined(names)}."


# ---------------------------------------------------------------------------------------------------------
# Fees and sources.


def _fees_details(decision: DecisionFields) -> Iterator[Details]:
    """List, folded, the cost of the declarations line by line."""
    fees = decision.fees
    if fees.total is None:
        yield Details("Cost", (Paragraph(sentence(str(fees.why))),))
    elif fees.lines:
        yield Details("Cost", (fee_table(fees, {credential.id: credential_name(credential)
                                                for credential in decision.credentials}),))


def fee_table(fees: FeeQuote, names: Mapping[str, str]) -> Table:
    """List every fee, and the total."""
    dated = any(line.open is False for line in fees.lines)
    rows = [(names[line.credential], FEE_ITEMS[line.item], money_text(line.amount), said(line.grade),
             *([_can_be_sent(line)] if dated else [])) for line in fees.lines]
    rows.append(("Total", "", "" if fees.total is None else money_text(fees.total), *[""] * (1 + dated)))
    together = " together" if len(fees.lines) > 1 else ""
    caption = (f"Fees of that day in US dollars, for declarations sent{together}" if dated
               else f"Fees in US dollars, for declarations sent{together} on that day")
    return Table(caption, ("Credential", "Fee", "Amount", "Source", *(["Can be sent"] if dated else [])),
                 tuple(rows), right=(2,), strong=(len(rows) - 1,))


def _can_be_sent(line: FeeLine) -> str:
    """State from when a declaration can be sent, with the others that its fee depends on."""
    if line.opens_on is not None:
        return f"from {line.opens_on.isoformat()}"
    return "" if line.open is None else "now" if line.open else "not together"


def _sources(decision: DecisionFields) -> Details:
    """List every source, how certain it is, and what was taken from it."""
    cited: dict[str, list[Citation]] = {name: [] for name in decision.sources}
    for credential in decision.credentials:
        for finding in credential.findings:
            for citation in finding.citations:
                if citation not in cited[citation.source]:
                    cited[citation.source].append(citation)
    lines = tuple(cited_line(decision.sources[name], citations) for name, citations in cited.items())
    return Details("Sources", (Paragraph(_made_with(decision.stamp)), Bullets(lines), *_known_errors(decision)))


def _made_with(stamp: Stamp) -> str:
    own = ", with figures of your own" if stamp.extra_sha256 else ""
    return f"{relied_on(stamp.trust)} Policy edition {stamp.edition}{own}, rules {stamp.rules}."


def _known_errors(decision: DecisionFields) -> list[Block]:
    if not decision.advisories:
        return []
    return [Paragraph("Known errors of this edition:"), Bullets(decision.advisories)]
