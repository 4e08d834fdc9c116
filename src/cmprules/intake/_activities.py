"""Make activities from entries."""

from __future__ import annotations

from datetime import date, tzinfo

import attrs

from cmprules._facts.records import Activity
from cmprules._kit.shapes import read_part
from cmprules._words import vocabulary
from cmprules.errors import Fault
from cmprules.intake._credits import Credit, credits_of, refuse_denied, settle_credit
from cmprules.intake._days import day_key, read_day, says_utc
from cmprules.intake._draft import Draft
from cmprules.intake._folding import fold, shown
from cmprules.intake._headers import Entry
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._rows import EPOCH_1900, Guess, is_blank
from cmprules.intake._topics import settle_topics
from cmprules.intake._words import AMOUNTS, Words

_COLLEGE = {"semester_hour", "quarter_hour"}


@attrs.frozen
class Ground:
    """What all rows of a table share.

    Attributes:
        own: whether the table is our own, with the keys of a record as headers.
        ceu_open: whether its CEU may be hours.
        asked: the areas in the tables of the record's credentials.
        place: the time zone of the holder's place.
        epoch: day zero of serial numbers.
        guess: the encoding of the file, if it is a guess.
    """

    words: Words
    mapping: IntakeMapping
    own: bool = False
    ceu_open: bool = False
    asked: frozenset[str] = frozenset()
    place: tzinfo | None = None
    epoch: date = EPOCH_1900
    guess: Guess | None = None


def activity_draft(entry: Entry, ground: Ground) -> Draft:
    """Make the draft of an activity from an entry, with every reason and question."""
    draft = Draft()
    if entry.stop is not None:
        draft.stop_for(entry.stop)
        return draft
    amounts = credits_of(entry, ground.words)
    _check_form(draft, entry)
    _settle_status(draft, entry, ground.words)
    refuse_denied(draft, entry, ground.words)
    _settle_texts(draft, entry, ground)
    _settle_day(draft, entry, ground)
    _settle_kind(draft, entry, ground, amounts)
    unwritten = ground.own and "unit" not in entry.values
    default = vocabulary.KINDS[draft.fields["kind"]][0] if unwritten else None
    settle_credit(draft, amounts, entry, ground.mapping, default=default, ceu_open=ground.ceu_open)
    settle_topics(draft, entry, ground.words, ground.asked)
    _check(draft)
    draft.key = _key(entry, amounts, ground)
    return draft


def _check_form(draft: Draft, entry: Entry) -> None:
    """Stop entries that are not activities, or that the end of the file may have cut off."""
    if entry.first("title") is None:
        draft.stop("NO_TITLE", "title")
    if all(entry.first(meaning) is None for meaning in ("completed_on", "issued_on", *AMOUNTS)):
        draft.stopped = None
        draft.stop("NOTE_ROW")
    if entry.cut is not None:
        draft.stop("CUT_OFF", text=entry.cut)


def _settle_status(draft: Draft, entry: Entry, words: Words) -> None:
    """Stop activities that were not completed."""
    status = next(iter(entry.values.get("status", ())), None)
    if status is None:
        return
    done = status.cell if isinstance(status.cell, bool) else words.done.get(fold(shown(status.cell)))
    if done is None:
        draft.stop("STATUS_OPEN", text=shown(status.cell) if entry.first("status") else "(empty)")
    elif not done:
        draft.stop("NOT_COMPLETED", text=shown(status.cell))


def _settle_texts(draft: Draft, entry: Entry, ground: Ground) -> None:
    """Take over the texts: title, provider, session, documents, source."""
    for field in ("title", "provider", "session"):
        found = entry.first(field)
        if found is not None:
            text = found.cell if isinstance(found.cell, str) else shown(found.cell)
            draft.fields[field] = " ".join(text.split())
            _note_guess(draft, field, draft.fields[field], found.header, ground.guess)
    title = draft.fields.get("title", "")
    if title and not any(map(str.isalpha, title)):
        draft.ask("TITLE_OPEN", "title", text=shown(title))
    if "provider" not in draft.fields and ground.mapping.provider is not None:
        draft.fields["provider"] = ground.mapping.provider
        draft.change("provider", "nothing", ground.mapping.provider, "BY_OPTION")
    documents = entry.text("documents")
    if documents is not None:
        draft.fields["documents"] = list(dict.fromkeys(part.strip() for part in documents.split(";") if part.strip()))
    draft.fields["source"] = _source(entry)
    found = entry.first("id")
    draft.own_id = shown(found.cell) if found is not None and ground.own else None


def _note_guess(draft: Draft, field: str, text: str, header: str, guess: Guess | None) -> None:
    """Note another plausible reading of a text, if the encoding of the file is a guess."""
    other = None if guess is None or text.isascii() else guess.other_reading(text)
    if other is not None:
        draft.change(field, f"{other[0]} ({other[1]})", text, "ENCODING_GUESSED", header)


def _source(entry: Entry) -> str:
    """Return the source of an entry: as our own table says, otherwise the holder, who brought the file."""
    said = entry.text("source")
    return said if said in vocabulary.ACTIVITY_SOURCES else "self"


def _settle_day(draft: Draft, entry: Entry, ground: Ground) -> None:
    """Add the day of completion to a draft; the day of issue or claim is never used for it."""
    found = entry.first("completed_on")
    if found is None:
        issued = entry.first("issued_on")
        if issued is None:
            draft.ask("NO_DAY", "completed_on")
        else:
            draft.ask("ISSUE_DAY_ONLY", "completed_on", text=shown(issued.cell), column=issued.header)
        return
    read = read_day(found.cell, ground.mapping.dates, ground.place, ground.epoch, utc=says_utc(found.header))
    if read.question == "NO_SUCH_DATE":
        draft.stop(read.question, "completed_on", **dict(read.values))
    elif read.question is not None:
        draft.ask(read.question, "completed_on", **dict(read.values))
    else:
        draft.fields["completed_on"] = read.day
        if read.rule not in {None, "DAY_OF_WORKBOOK"}:
            draft.change("completed_on", found.cell, read.day, str(read.rule), found.header)


def _settle_kind(draft: Draft, entry: Entry, ground: Ground, amounts: list[Credit]) -> None:
    """Add the kind to a draft: by its word, otherwise by a college unit, otherwise a course."""
    found = entry.first("kind")
    word = None if found is None else shown(found.cell)
    if word is not None and fold(word) not in ground.words.units:
        kind = ground.words.kinds.get(fold(word))
        if kind is None:
            draft.stop("KIND_OPEN", "kind", text=word)
        elif kind != word:
            draft.change("kind", word, kind, "KIND_BY_WORD", "" if found is None else found.header)
        draft.fields["kind"] = kind or "formal_ce"
        return
    college = any(credit.unit in _COLLEGE for credit in amounts)
    draft.fields["kind"] = ground.mapping.kind or ("college_course" if college else "formal_ce")
    draft.change("kind", "nothing", draft.fields["kind"], "BY_OPTION" if ground.mapping.kind else "KIND_BY_DEFAULT")


def _check(draft: Draft) -> None:
    """Make the activity, so that everything a record refuses is refused here."""
    if draft.stopped is not None:
        return
    faults: list[Fault] = []
    read_part(Activity, {**draft.fields, "id": "-"}, "$", faults)
    for fault in faults[:1]:
        draft.fail(fault)


def _key(entry: Entry, credits_: list[Credit], ground: Ground) -> tuple[str, ...]:
    """Return the text from which an id is made: what the file says, whatever options it is read with.

    That is its own number (of a certificate or a statement) and the title; without a number, the title, the numbers of
    the day, the amount, the number of the course, and the session.
    """
    title = fold(entry.text("title") or "")
    certificate = entry.text("certificate")
    if certificate is not None:
        return ("certificate", certificate, title)
    day = next((found.cell for meaning in ("completed_on", "issued_on") for found in entry.values.get(meaning, ())
                if not is_blank(found.cell)), None)
    amounts = [f"{credit.read.amount.normalize():f}" for credit in credits_[:1] if credit.read.amount is not None]
    return ("row", title, day_key(day, ground.epoch), *amounts, entry.text("course_id") or "",
            entry.text("session") or "")
