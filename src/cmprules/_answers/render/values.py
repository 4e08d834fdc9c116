"""The reports of a record, a book, one credential's decision, a placement, and fees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Notice,
    Paragraph,
    Steps,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.names import Names, credential_name
from cmprules._answers.render.report import counted_blocks, fee_table, last_day_of, proof_sentence, verdict_of
from cmprules._answers.render.tally import areas_table
from cmprules._answers.render.todo import todo
from cmprules._answers.render.words import (
    amount_words,
    counted,
    dollars,
    points,
    sentence,
    short_label,
    source_line,
    spoken,
)
from cmprules._facts.records import Activity, Credential, Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._policy.book import PolicyBook
from cmprules._rules.results import Allocation, CredentialDecision, FeeQuote
from cmprules._words import vocabulary
from cmprules._words.codes.notices import NOTICE

# ---------------------------------------------------------------------------------------------------------
# A record.


def record_report(record: Record, _: Record | None) -> list[Block]:
    """List the contents of a record as entered; nothing is decided here."""
    entered = sum((activity.points for activity in record.activities), Decimal(0))
    verdict = Verdict(f"{counted(len(record.activities), 'activity', 'activities')}, {points(entered)} as entered",
                      "plain", ("Nothing is decided here: decide says how many of these points count.",))
    return [Title(f"{record.holder.shown}: record"), verdict, _credentials(record), *_activities(record),
            *_own_words(record), Notice(NOTICE)]


def _credentials(record: Record) -> Table:
    rows = tuple((credential.id, credential_name(credential), vocabulary.NAMES[credential.code], _last_day(credential))
                 for credential in record.credentials)
    return Table("Credentials", ("Id", "Credential", "Name", "Last day"), rows, keep=(0, 1, 3))


def _last_day(credential: Credential) -> str:
    if credential.extended_until is not None:
        return f"{credential.extended_until} (extended)"
    return "none" if credential.expires_on is None else credential.expires_on.isoformat()


def _activities(record: Record) -> Iterator[Block]:
    """List the activities, the latest first."""
    if record.activities:
        newest = sorted(record.activities, key=lambda activity: str(activity.completed_on or ""), reverse=True)
        columns = ("Id", "Date", "Activity", "Entered", "Kind", "Areas")
        table = Table("What was entered, the latest first", columns, tuple(map(_activity, newest)), keep=(0, 1))
        yield Details("Activities", (table,), unfolded=True)


def _activity(activity: Activity) -> tuple[str, ...]:
    day = "no date" if activity.completed_on is None else activity.completed_on.isoformat()
    return (activity.id, day, activity.title, amount_words(activity.amount, str(activity.unit)),
            short_label(activity.kind), ", ".join(_areas(activity)))


def _areas(activity: Activity) -> Iterator[str]:
    """Name the areas that an activity may serve, and the proposed ones."""
    for area, amount in activity.certified.items():
        yield f"{decimal_text(amount)} {short_label(area)}"
    yield from (short_label(area) for area in activity.areas)
    yield from (f"{short_label(area)} (proposed)" for area in activity.proposed_areas)


def _own_words(record: Record) -> Iterator[Block]:
    """State how many points the holder placed, and how many questions the record settles."""
    parts = [counted(len(found), *words) for found, words in (
        (record.placements, ("placement of your own", "placements of your own")),
        (record.settled, ("settled question",))) if found]
    if parts:
        yield Paragraph(f"The record also has {joined(parts)}.")


# ---------------------------------------------------------------------------------------------------------
# A book.


def book_report(book: PolicyBook, _: Record | None) -> list[Block]:
    """Introduce an edition: what it covers, when it was checked, and its known errors."""
    verdict = Verdict(f"{counted(len(book.codes), 'credential')}, {counted(len(book.sources), 'source')}", "plain")
    facts = Facts((("Last checked", spoken(book.last_checked), ""),
                   ("Digest", book.sha256[:12], "first 12 characters")))
    rows = tuple((entry.code, entry.name, ", ".join(entry.bodies), ", ".join(entry.former))
                 for entry in book.codes.values())
    table = Table("What a record may name", ("Code", "Name", "Awarded by", "Former codes"), rows, keep=(0,))
    return [Title(f"Policy tables, edition {book.edition}"), verdict, facts, *_own_files(book), *_known_errors(book),
            Details("Credentials", (table,)),
            Details("Sources", (Bullets(tuple(f"{name}: {source_line(book.sources[name])}"
                                              for name in sorted(book.sources))),)),
            Notice(book.notice)]


def _known_errors(book: PolicyBook) -> list[Block]:
    return [Details("Known errors of this edition", (Bullets(book.advisories),))] if book.advisories else []


def _own_files(book: PolicyBook) -> list[Block]:
    if not book.files:
        return []
    return [Verdict("With rows of your own", "open", (
        f"{counted(len(book.files), 'file')} of yours changed these tables.",))]


# ---------------------------------------------------------------------------------------------------------
# Parts of a decision.


def credential_report(credential: CredentialDecision, record: Record | None) -> list[Block]:
    """Report the decision for one credential; the day and the fees are in the whole decision."""
    names, last = Names.of(record), last_day_of(credential)
    title = Title(f"{credential_name(credential)} {vocabulary.NAMES[credential.code]}",
                  "" if last is None else f"last day {spoken(last)}")
    facts = [] if last is None else [Facts((("Last day", spoken(last), ""),))]
    steps = tuple(todo(credential, names))
    return [title, verdict_of(credential), *facts, *([Steps("What to do", steps)] if steps else []),
            *counted_blocks(credential, names, ""), Notice(NOTICE)]


def allocation_report(allocation: Allocation, record: Record | None) -> list[Block]:
    """Report the best placement of some activities: what is filled, what is missing and why."""
    total, names = allocation.total, Names.of(record)
    verdict = (Verdict(f"{points(total.short)} missing of {decimal_text(total.required)}", "bad") if total.short
               else Verdict(f"All {points(total.required)} are there", "good"))
    rows = tuple((names.dated(placed.activity), short_label(placed.area), decimal_text(placed.points))
                 for placed in allocation.placements)
    placed = [Table("Where the points go", ("Activity", "Area", "Points"), rows, right=(2,))] if rows else []
    proofs = [Bullets(tuple(map(proof_sentence, allocation.shortfalls)))] if allocation.shortfalls else []
    return [Title("Best placement"), verdict, areas_table(allocation.areas, total), *proofs, *placed, Notice(NOTICE)]


def fees_report(quote: FeeQuote, _: Record | None) -> list[Block]:
    """Report the cost of declarations line by line."""
    if quote.total is None:
        return [Title("Fees"), Verdict("The cost is not known", "open", (sentence(str(quote.why)),)), Notice(NOTICE)]
    table = [fee_table(quote, {line.credential: line.credential for line in quote.lines})] if quote.lines else []
    return [Title("Fees"), Verdict(f"{dollars(quote.total)} in total", "plain"), *table, Notice(NOTICE)]
