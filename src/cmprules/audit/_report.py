"""An audit in words: what is proven, what is sent, what steps in, and what an appeal may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.report import OUTCOMES, proof_sentence
from cmprules._answers.render.words import joined, points, said, short_label, source_line
from cmprules._kit.points import decimal_text
from cmprules._policy.book import Source
from cmprules._policy.clauses import Clause
from cmprules._rules.results import PlacedPoints
from cmprules._words.enums import Outcome
from cmprules.audit._values import (
    ActivityProof,
    AppealGrounds,
    AuditManifest,
    AuditReadiness,
    AuditSubstitution,
    CredentialManifest,
    CredentialReadiness,
    CredentialSubstitution,
    ManifestEntry,
    ProofCount,
    ProofStatus,
    Substitute,
)

__all__: list[str] = []

_STATUS = {ProofStatus.PROVEN: "proven", ProofStatus.MISSING: "MISSING", ProofStatus.NOT_ESTABLISHED: "not established"}
_FIELDS = {"date": "the day", "title": "the title", "provider": "the provider", "participant": "who took part",
           "hours": "the contact hours"}
_UNITS = {"ceu": "CEU", "cmle": "CMLE"}
_GROUNDS = {"illness": "a serious, incapacitating illness", "military_overseas": "a military assignment overseas"}

# ---------------------------------------------------------------------------------------------------------
# Readiness.


@report_for(AuditReadiness)
def _(value: AuditReadiness) -> list[Block]:
    """Write down how far each declaration could be proven."""
    blocks: list[Block] = [Title(f"Readiness for an audit, declarations made on {value.on}")]
    for one in value.credentials:
        blocks.extend(_readiness(one))
    return [*blocks, *_clauses("About audits", value.clauses), *_sources(value.sources), Notice(value.notice)]


def _readiness(one: CredentialReadiness) -> Iterator[Block]:
    """Write down the proof of one declaration."""
    given = f" (entered as {one.given_code})" if one.given_code else ""
    yield Heading(2, f"{one.id}, {one.code}({one.body}){given}")
    yield _readiness_verdict(one)
    if not one.activities:
        return
    yield Table("Proof of each activity that counts", ("Day", "Activity", "Points", "Proof at hand", ""),
                tuple((_day(proof), f"{proof.activity}: {proof.title}", decimal_text(proof.points),
                       _documents(proof.at_hand) if proof.at_hand else "-", _STATUS[proof.status])
                      for proof in one.activities), right=(2,), keep=(0,),
                strong=tuple(index for index, proof in enumerate(one.activities)
                             if proof.status is ProofStatus.MISSING))
    missing = [proof for proof in one.activities if proof.status is ProofStatus.MISSING]
    if missing:
        yield Heading(3, "Still to get")
        yield Bullets(tuple(map(_still_to_get, missing)))
    open_ = [f"{proof.activity}: {proof.question}" for proof in one.activities if proof.question]
    if open_:
        yield Heading(3, "What is not established")
        yield Bullets(tuple(open_))
    shown = list(dict.fromkeys(line for proof in one.activities if (line := _to_see(proof))))
    if shown:
        yield Heading(3, "To see for yourself")
        yield Bullets(tuple(shown))


def _readiness_verdict(one: CredentialReadiness) -> Verdict:
    """Say how much is proven; a declaration whose requirements are not met is not ready whatever is proven."""
    outcome = f"Requirements: {OUTCOMES[one.outcome][0].lower().removeprefix('requirements ')}"
    if one.placed is None or one.proven is None or one.missing is None or one.not_established is None:
        return Verdict("NOTHING TO PROVE", "open", (outcome, "No activity is placed, since there is no table."))
    if not one.placed.activities:
        return Verdict("NOTHING TO PROVE", "open", (outcome, "No activity counts."))
    details = [outcome, f"Proven: {_of(one.proven, one.placed)}", f"Missing: {_of(one.missing, one.placed)}"]
    if one.not_established.activities:
        details.append(f"Not established: {_of(one.not_established, one.placed)}")
    if one.all_proven and one.outcome is Outcome.MET:
        return Verdict("ALL PROVEN", "good", tuple(details))
    if one.all_proven:
        return Verdict(f"ALL THAT COUNTS IS PROVEN, BUT {OUTCOMES[one.outcome][0]}", "open", tuple(details))
    return Verdict("NOT ALL PROVEN", "bad" if one.missing.activities else "open", tuple(details))


def _of(part: ProofCount, whole: ProofCount) -> str:
    return (f"{decimal_text(part.points)} of {points(whole.points)}, "
            f"{part.activities} of {whole.activities} activit{'y' if whole.activities == 1 else 'ies'}")


def _day(proof: ActivityProof | ManifestEntry) -> str:
    return "undated" if proof.completed_on is None else proof.completed_on.isoformat()


def _still_to_get(proof: ActivityProof) -> str:
    """Say what is missing of one proof, and what is there that does not serve."""
    wanted = []
    if not proof.at_hand:
        wanted.append(_documents(proof.documents_needed, "or"))
    wanted.extend(f"in the record, {_FIELDS[field]}" for field in proof.fields_missing)
    return f"{proof.activity}, {proof.title}: {'; '.join([*wanted, *_unfit(proof)])}."


def _unfit(proof: ActivityProof) -> Iterator[str]:
    """Say of documents at hand that they do not serve, or that nobody can tell from their names what they are."""
    known = [name for name in proof.not_serving if name not in proof.not_recognized]
    if known and not proof.at_hand:
        yield f"{_documents(known)} does not serve"
    if proof.not_recognized and not proof.at_hand:
        named = " and ".join(f"'{name}'" for name in proof.not_recognized)
        yield f"{named} is not recognized (if it is one of these, call it {_documents(proof.documents_needed, 'or')})"


def _to_see(proof: ActivityProof) -> str:
    """Say what a document has to show, which nobody can see from the record."""
    if not proof.must_show:
        return ""
    more = f" {proof.conditions}" if proof.conditions else ""
    return (f"Each {_documents(proof.documents_needed, 'or')} has to show "
            f"{joined([_FIELDS[field] for field in proof.must_show])}.{more}")


def _documents(names: Sequence[str], last: str = "and") -> str:
    plain = [short_label(name) for name in names]
    return f" {last} ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


# ---------------------------------------------------------------------------------------------------------
# The manifest.


@report_for(AuditManifest)
def _(value: AuditManifest) -> list[Block]:
    """Write down what is sent."""
    blocks: list[Block] = [Title("Proof of continuing education"),
                           Paragraph(f"Holder {value.holder}; declarations made on {value.on}.")]
    for one in value.credentials:
        blocks.extend(_manifest(one))
    return [*blocks, *_clauses("How it is sent", value.clauses), *_sources(value.sources), Notice(value.notice)]


def _manifest(one: CredentialManifest) -> Iterator[Block]:
    """List what is sent for one credential."""
    cycle = f", activities from {one.cycle.start} to {one.cycle.end}" if one.cycle is not None else ""
    yield Heading(2, f"{one.id}, {one.code}({one.body}){cycle}")
    if not one.entries:
        yield Paragraph("Nothing is placed, so that nothing is sent.")
        return
    yield Table("In this order", ("No.", "Day", "Activity", "Amount", "Points", "Document"),
                tuple((str(entry.number), _day(entry), _who(entry), _amount(entry), _areas(entry.areas), _sent(entry))
                      for entry in one.entries), right=(0,), keep=(1,))
    yield Heading(3, "Names of the files, each with the ending of its own kind")
    yield Bullets(tuple(entry.file_name for entry in one.entries))


def _who(entry: ManifestEntry) -> str:
    return f"{entry.title}, {entry.provider}" if entry.provider else entry.title


def _amount(entry: ManifestEntry) -> str:
    many = "" if entry.amount == 1 or entry.unit in _UNITS else "s"
    return f"{decimal_text(entry.amount)} {_UNITS.get(entry.unit, short_label(entry.unit))}{many}"


def _areas(areas: Sequence[PlacedPoints]) -> str:
    return "; ".join(f"{short_label(one.area)} {decimal_text(one.points)}" for one in areas)


def _sent(entry: ManifestEntry) -> str:
    """Name the document, and say plainly that one is not there."""
    if entry.status is ProofStatus.NOT_ESTABLISHED:
        return "which one is not established"
    if not entry.documents:
        return f"MISSING: {_documents(entry.documents_needed, 'or')}"
    lacking = joined([_FIELDS[field] for field in entry.fields_missing]) if entry.fields_missing else ""
    return _documents(entry.documents) + (f"; NOT IN THE RECORD: {lacking}" if lacking else "")


# ---------------------------------------------------------------------------------------------------------
# Substitution.


@report_for(AuditSubstitution)
def _(value: AuditSubstitution) -> list[Block]:
    """Write down what steps in for what was rejected."""
    blocks: list[Block] = [Title(f"After an audit, on {value.on}"),
                           Paragraph(f"Rejected: {joined(value.rejected)}.")]
    for one in value.credentials:
        blocks.extend(_substitution(one, value))
    return [*blocks, *_clauses("The rule", value.clauses), *_sources(value.sources), Notice(value.notice)]


def _substitution(one: CredentialSubstitution, value: AuditSubstitution) -> Iterator[Block]:
    """Write down one declaration without the rejected activities."""
    decided = one.decision
    yield Heading(2, f"{one.id}, {decided.code}({decided.body})")
    yield _substitution_verdict(one)
    if one.counted_on != value.on:
        yield Paragraph(f"Counted as on {one.counted_on}, the end of the credential, for a declaration that was sent "
                        "in time: what was done later does not count.")
    if one.left_out:
        yield Paragraph(f"Left out: {'; '.join(f'{left.activity}, {_areas([left])}' for left in one.left_out)}.")
    if one.substitutes:
        yield _substitutes(one.substitutes)
        twins = [f"{new.proof.activity} is a second entry of {new.same_as}, which was rejected: it is the same "
                 "activity, and helps only if its proof is better." for new in one.substitutes if new.same_as]
        to_get = [_still_to_get(new.proof) for new in one.substitutes if new.proof.status is ProofStatus.MISSING]
        if twins or to_get:
            yield Bullets((*twins, *to_get))
    if decided.shortfalls or decided.needs:
        yield Heading(3, "What is short, with the proof")
        yield Bullets((*map(proof_sentence, decided.shortfalls or ()), *(need.question for need in decided.needs)))


def _substitution_verdict(one: CredentialSubstitution) -> Verdict:
    """Say whether it is whole again."""
    if one.whole:
        proof = f"{'Every' if one.proven else 'Not every'} activity that counts now is proven."
        return Verdict("WHOLE AGAIN" if one.left_out else "WHOLE, NOTHING OF IT WAS REJECTED",
                       "good" if one.proven else "open", (proof,))
    words, tone = OUTCOMES[one.decision.outcome]
    return Verdict(f"NOT WHOLE: {words}", tone, (f"Before: {OUTCOMES[one.outcome_before][0].lower()}",))


def _substitutes(substitutes: Sequence[Substitute]) -> Table:
    rows = tuple((_day(new.proof), f"{new.proof.activity}: {new.proof.title}", _areas(new.gained),
                  "new" if new.new else "on it before", _STATUS[new.proof.status]) for new in substitutes)
    return Table("What steps in", ("Day", "Activity", "Gained", "On the declaration", "Proof"), rows, keep=(0,))


# ---------------------------------------------------------------------------------------------------------
# Appeal.


@report_for(AppealGrounds)
def _(value: AppealGrounds) -> list[Block]:
    """Write down what is known of an appeal."""
    lines = [f"{_GROUNDS[ground]}" + (f" that lasts longer than {decimal_text(value.illness_months.value)} months"
             if ground == "illness" else "") for ground in value.grounds]
    blocks: list[Block] = [Title("Appeal after a failed audit"),
                           Paragraph("Whether an appeal is allowed is for the Board to say. Likely to be considered:"),
                           Bullets(tuple(lines))]
    asked = tuple(_asked(value))
    if asked:
        blocks.append(Bullets(asked))
    return [*blocks, *_clauses("What is known", value.clauses), *_sources(value.sources), Notice(value.notice)]


def _asked(value: AppealGrounds) -> Iterator[str]:
    """Answer what was asked about an illness and about the time."""
    least = decimal_text(value.illness_months.value)
    if value.illness_long_enough is not None:
        how = f"of {value.illness_lasted_months} months" if value.illness is None else \
            f"from {value.illness.start} to {value.illness.end}"
        yield f"An illness {how} is {'' if value.illness_long_enough else 'not '}longer than {least} months."
    if value.last_day is not None:
        yield (f"Made known on {value.notified_on}: a formal appeal has to be there by {value.last_day}, "
               f"{decimal_text(value.appeal_days.value)} days later.")


# ---------------------------------------------------------------------------------------------------------
# What all share.


def _clauses(title: str, clauses: Sequence[Clause]) -> Iterator[Block]:
    yield Heading(2, title)
    yield Bullets(tuple(f"{one.text}{f' Open: {one.question}' if one.question else ''} "
                        f"({said(one.citation.grade)}: {one.citation.source})" for one in clauses))


def _sources(sources: Mapping[str, Source]) -> Iterator[Block]:
    yield Heading(2, "Sources")
    yield Bullets(tuple(f"{name}: {source_line(source)}" for name, source in sources.items()))
