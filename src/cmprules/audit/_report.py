"""The reports on audits: readiness, manifest, substitution and appeal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Heading,
    Paragraph,
    Question,
    Steps,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import Names, credential_name, title_of
from cmprules._answers.render.questions import questions_of
from cmprules._answers.render.report import OUTCOMES, proof_sentence
from cmprules._answers.render.words import amount_words, counted, points, short_label, spoken
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._rules.results import PlacedPoints
from cmprules._words import vocabulary
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

_STATUS = {ProofStatus.PROVEN: "proven", ProofStatus.MISSING: "MISSING",
           ProofStatus.NOT_ESTABLISHED: "open question"}
_FIELDS = {"date": "the date", "title": "the title", "provider": "the provider", "participant": "who took part",
           "hours": "the contact hours"}
_GROUNDS = {"illness": "a serious, incapacitating illness", "military_overseas": "a military assignment overseas"}

# ---------------------------------------------------------------------------------------------------------
# Readiness.


@report_of.register
def _report_of_audit_readiness(value: AuditReadiness, record: Record | None) -> list[Block]:
    """Report how much of each declaration could be proven."""
    names, about = Names.of(record), joined([credential_name(credential) for credential in value.credentials])
    last = names.last_day([credential.id for credential in value.credentials], value.on)
    blocks: list[Block] = [title_of(names.holder, f"proof for an audit of {about}", on=value.on, last=last)]
    for credential in value.credentials:
        blocks.extend(_readiness(credential, value, names))
    return [*blocks, *_ending("About audits", value)]


def _readiness(one: CredentialReadiness, value: AuditReadiness, names: Names) -> Iterator[Block]:
    """State what is proven of one declaration and what to get, then, folded, the proof of each activity."""
    several = len(value.credentials) > 1
    if several or one.given_code:
        given = f" (entered as {one.given_code})" if one.given_code else ""
        yield Heading(2, f"{one.id}, {credential_name(one)}{given}")
    yield _readiness_verdict(one)
    yield Facts((*names.last_fact([one.id], value.on), *_proven(one), ("As of", spoken(value.on), "")))
    missing = [proof for proof in one.activities or () if proof.status is ProofStatus.MISSING]
    steps = (*map(_still_to_get, missing), *_FIRST.get(one.outcome, ()))
    if steps:
        yield Steps("What to do", steps)
    if not one.activities:
        return
    prefix = f"{credential_name(one)}: " if several else ""
    yield Details(f"{prefix}{'p' if prefix else 'P'}roof of each activity", (_proof_table(one.activities),))
    yield from _questions(one.activities, prefix)
    shown = list(dict.fromkeys(line for proof in one.activities if (line := _to_see(proof))))
    if shown:
        yield Details(f"{prefix}{'w' if prefix else 'W'}hat to check on each document", (Bullets(tuple(shown)),))


_FIRST = {Outcome.NOT_MET: ("Earn the points that are missing; the report of track lists them.",),
          Outcome.NEEDS_REVIEW: ("Settle the open questions; the report of decide lists them.",)}
"""What is needed before an audit can go well, whatever is proven."""


def _proof_table(proofs: Sequence[ActivityProof]) -> Table:
    return Table("Activities that count, with the proof at hand", ("Date", "Activity", "Points", "Proof", "State"),
                 tuple((_day(proof), f"{proof.activity}: {proof.title}", decimal_text(proof.points),
                        _documents(proof.at_hand) if proof.at_hand else "-", _STATUS[proof.status])
                       for proof in proofs), right=(2,), keep=(0,),
                 strong=tuple(index for index, proof in enumerate(proofs) if proof.status is ProofStatus.MISSING))


def _questions(proofs: Sequence[ActivityProof], prefix: str) -> Iterator[Details]:
    """Ask each question once, with all its activities."""
    asked: dict[str, list[str]] = {}
    for proof in proofs:
        if proof.question:
            asked.setdefault(proof.question, []).append(f"{proof.title} ({proof.activity}, {_day(proof)})")
    if asked:
        yield Details(f"{prefix}{'o' if prefix else 'O'}pen questions",
                      tuple(Question(question, tuple(about)) for question, about in asked.items()))


def _proven(one: CredentialReadiness) -> Iterator[tuple[str, str, str]]:
    """Count what is proven, missing and open."""
    if one.placed is None or not one.placed.activities:
        return
    for name, part in (("Proven", one.proven), ("Missing", one.missing), ("Open question", one.not_established)):
        if part is not None and (part.activities or name != "Open question"):
            yield name, _of(part, one.placed), ""


def _readiness_verdict(one: CredentialReadiness) -> Verdict:
    """State how much is proven; without met requirements a declaration is not ready, whatever is proven."""
    outcome = OUTCOMES[one.outcome][0]
    if one.placed is None or one.missing is None:
        return Verdict("Nothing to prove", "open", (
            f"{outcome}. No activity counts yet, because no source says what is required.",))
    if not one.placed.activities:
        return Verdict("Nothing to prove", "open", (f"{outcome}. No activity counts.",))
    if one.all_proven and one.outcome is Outcome.MET:
        return Verdict("Ready for an audit", "good", ("Requirements met, and everything that counts is proven.",))
    if one.all_proven:
        return Verdict(f"Everything that counts is proven, but {outcome[:1].lower()}{outcome[1:]}", "open")
    return Verdict("Not everything is proven", "bad" if one.missing.activities else "open", (f"{outcome}.",))


def _of(part: ProofCount, whole: ProofCount) -> str:
    return (f"{decimal_text(part.points)} of {points(whole.points)}, "
            f"{part.activities} of {whole.activities} activit{'y' if whole.activities == 1 else 'ies'}")


def _day(proof: ActivityProof | ManifestEntry) -> str:
    return "no date" if proof.completed_on is None else proof.completed_on.isoformat()


def _still_to_get(proof: ActivityProof) -> str:
    """State what one proof is missing, and which documents at hand are not accepted."""
    name = f'"{proof.title}" ({proof.activity})'
    wanted = [] if proof.at_hand else [f"get a {_documents(proof.documents_needed, 'or')}"]
    if proof.fields_missing:
        wanted.append(f"add {joined([_FIELDS[field] for field in proof.fields_missing])} to the record")
    return " ".join([f"For {name}, {joined(wanted)}.", *_unfit(proof)])


def _unfit(proof: ActivityProof) -> Iterator[str]:
    """State that documents at hand are not enough, or that their names are not known."""
    known = [name for name in proof.not_serving if name not in proof.not_recognized]
    if known and not proof.at_hand:
        yield f"A {_documents(known)} is not enough."
    if proof.not_recognized and not proof.at_hand:
        named = " and ".join(f"'{name}'" for name in proof.not_recognized)
        yield f"If {named} is one of these, call it {_documents(proof.documents_needed, 'or')}."


def _to_see(proof: ActivityProof) -> str:
    """State what a document must show; the record cannot tell."""
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


@report_of.register
def _report_of_audit_manifest(value: AuditManifest, record: Record | None) -> list[Block]:
    """Report what to send."""
    names, ids = Names.of(record), [credential.id for credential in value.credentials]
    whose = joined([credential_name(credential) for credential in value.credentials])
    about = f"proof of continuing education, {whose}"
    blocks: list[Block] = [
        title_of(names.holder or value.holder, about, on=value.on, last=names.last_day(ids, value.on)),
        _manifest_verdict(value),
        Facts((*names.last_fact(ids, value.on), ("Declared on", spoken(value.on), ""))),
    ]
    for credential in value.credentials:
        blocks.extend(_manifest(credential))
    return [*blocks, *_ending("How to send it", value)]


def _manifest_verdict(value: AuditManifest) -> Verdict:
    """Count the documents, and state whether one is missing."""
    entries = [entry for credential in value.credentials for entry in credential.entries]
    lacking = sum(entry.status is not ProofStatus.PROVEN for entry in entries)
    if not entries:
        return Verdict("Nothing to send", "plain")
    if lacking:
        return Verdict(f"{lacking} of {counted(len(entries), 'document')} not complete", "bad",
                       ("Those lines say what is missing.",))
    return Verdict(f"{counted(len(entries), 'document')} to send", "good", ("Every activity has its proof.",))


def _manifest(one: CredentialManifest) -> Iterator[Block]:
    """List what to send for one credential."""
    yield Heading(2, f"{one.id}, {credential_name(one)}")
    if one.cycle is None or not one.entries:
        yield Paragraph("No activity is placed, so there is nothing to send.")
        return
    yield Paragraph(f"Activities from {spoken(one.cycle.start)} to {spoken(one.cycle.end)}.")
    yield Table("Documents, in this order", ("No.", "Date", "Activity", "Entered", "Points", "Document"),
                tuple((str(entry.number), _day(entry), _who(entry), amount_words(entry.amount, entry.unit),
                       _areas(entry.areas), _sent(entry)) for entry in one.entries), right=(0,), keep=(1,),
                strong=tuple(place for place, entry in enumerate(one.entries)
                             if entry.status is not ProofStatus.PROVEN))
    yield Details("File names, each with the ending of its own kind",
                  (Bullets(tuple(entry.file_name for entry in one.entries)),))


def _who(entry: ManifestEntry) -> str:
    return f"{entry.title}, {entry.provider}" if entry.provider else entry.title


def _areas(areas: Sequence[PlacedPoints]) -> str:
    return "; ".join(f"{decimal_text(area.points)} {'as' if area.area == vocabulary.POOL else 'in'} "
                     f"{short_label(area.area)}" for area in areas)


def _sent(entry: ManifestEntry) -> str:
    """Name the document, and state clearly if one is missing."""
    if entry.status is ProofStatus.NOT_ESTABLISHED:
        return "open question: which one"
    if not entry.documents:
        return f"MISSING: {_documents(entry.documents_needed, 'or')}"
    lacking = joined([_FIELDS[field] for field in entry.fields_missing]) if entry.fields_missing else ""
    return _documents(entry.documents) + (f"; NOT IN THE RECORD: {lacking}" if lacking else "")


# ---------------------------------------------------------------------------------------------------------
# Substitution.


@report_of.register
def _report_of_audit_substitution(value: AuditSubstitution, record: Record | None) -> list[Block]:
    """Report what replaces the rejected activities."""
    names = Names.of(record)
    about = joined([credential_name(credential.decision) for credential in value.credentials])
    last = names.last_day([credential.id for credential in value.credentials], value.on)
    blocks: list[Block] = [title_of(names.holder, f"{about} after an audit", on=value.on, last=last)]
    for credential in value.credentials:
        if len(value.credentials) > 1:
            blocks.append(Heading(2, f"{credential.id}, {credential_name(credential.decision)}"))
        blocks.extend(_substitution(credential, value, names))
    return [*blocks, *_ending("The rule", value)]


def _substitution(one: CredentialSubstitution, value: AuditSubstitution, names: Names) -> Iterator[Block]:
    """Report one declaration without the rejected activities."""
    decided = one.decision
    yield _substitution_verdict(one)
    yield Facts((*names.last_fact([one.id], value.on), ("Rejected", names.listed(value.rejected), ""),
                 ("As of", spoken(value.on), "")))
    to_get = tuple(_still_to_get(new.proof) for new in one.substitutes if new.proof.status is ProofStatus.MISSING)
    if to_get:
        yield Steps("What to do", to_get)
    if one.substitutes:
        yield _substitutes(one.substitutes)
    remarks = tuple(_remarks(one, value, names))
    if remarks:
        yield Bullets(remarks)
    if decided.shortfalls:
        yield Details("Why points are missing", (Bullets(tuple(map(proof_sentence, decided.shortfalls))),))
    questions = tuple(questions_of(decided, names))
    if questions:
        yield Details("Open questions", questions)


def _remarks(one: CredentialSubstitution, value: AuditSubstitution, names: Names) -> Iterator[str]:
    """State what was left out, the last day that counts, and which activities are second entries."""
    if one.left_out:
        yield f"Left out: {'; '.join(f'{names.quoted(left.activity)} ({_areas([left])})' for left in one.left_out)}."
    if one.counted_on != value.on:
        yield (f"Activities count up to {spoken(one.counted_on)}, the last day of the credential, if the declaration "
               "was sent in time.")
    for new in one.substitutes:
        if new.same_as:
            yield (f"{names.quoted(new.proof.activity)} ({new.proof.activity}) is a second entry of {new.same_as}, "
                   "which was rejected. It is the same activity, and helps only if its proof is better.")


def _substitution_verdict(one: CredentialSubstitution) -> Verdict:
    """State whether the requirements are still met."""
    words, tone = OUTCOMES[one.decision.outcome]
    if one.whole:
        proof = f"{'Every' if one.proven else 'Not every'} activity that counts now is proven."
        text = "Requirements still met" if one.left_out else "Requirements met: nothing of it was rejected"
        return Verdict(text, "good" if one.proven else "open", (proof,))
    return Verdict(f"Still short after the rejection: {words[:1].lower()}{words[1:]}", tone,
                   (f"Before: {OUTCOMES[one.outcome_before][0].lower()}.",))


def _substitutes(substitutes: Sequence[Substitute]) -> Table:
    rows = tuple((_day(new.proof), f"{new.proof.activity}: {new.proof.title}", _areas(new.gained),
                  "new" if new.new else "already on it", _STATUS[new.proof.status]) for new in substitutes)
    return Table("Replacement activities", ("Date", "Activity", "Points gained", "On the declaration", "Proof"), rows,
                 keep=(0,))


# ---------------------------------------------------------------------------------------------------------
# Appeal.


@report_of.register
def _report_of_appeal_grounds(value: AppealGrounds, record: Record | None) -> list[Block]:
    """Report what is known about an appeal."""
    title = f"{holder}: appeal after a failed audit" if (holder := Names.of(record).holder) else (
        "Appeal after a failed audit")
    return [Title(title), _appeal_verdict(value), *_appeal_facts(value),
            Bullets(tuple(_grounds(value))), *_ending("What is known", value)]


def _appeal_verdict(value: AppealGrounds) -> Verdict:
    """State the day by which an appeal must arrive."""
    decides = "The Board decides whether it allows an appeal."
    if value.last_day is None or value.notified_on is None:
        return Verdict(f"You have {decimal_text(value.appeal_days.value)} days from the notice", "plain", (decides,))
    return Verdict(f"The appeal must arrive by {spoken(value.last_day)}", "open", (
        f"That is {decimal_text(value.appeal_days.value)} days after the notice of {spoken(value.notified_on)}.",
        decides))


def _appeal_facts(value: AppealGrounds) -> Iterator[Block]:
    if value.last_day is not None:
        yield Facts((("Last day", spoken(value.last_day), ""),))


def _grounds(value: AppealGrounds) -> Iterator[str]:
    """Name the grounds likely to be considered, and state whether an illness was long enough."""
    least = decimal_text(value.illness_months.value)
    for ground in value.grounds:
        longer = f" that lasts longer than {least} months" if ground == "illness" else ""
        yield f"Likely to be considered: {_GROUNDS[ground]}{longer}."
    if value.illness_long_enough is not None:
        how = f"of {value.illness_lasted_months} months" if value.illness is None else \
            f"from {spoken(value.illness.start)} to {spoken(value.illness.end)}"
        yield f"An illness {how} is {'' if value.illness_long_enough else 'not '}longer than {least} months."


# ---------------------------------------------------------------------------------------------------------
# Shared by all reports.


def _ending(title: str, value: AuditReadiness | AuditManifest | AuditSubstitution | AppealGrounds) -> list[Block]:
    cited = (clause.citation for clause in value.clauses)
    return ending(value, cited, f"Policy edition {value.edition}.", title=title, rules=value.clauses)
