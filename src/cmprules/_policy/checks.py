"""The checks that policy data must pass before a book is made of it; each one has a broken file in the tests.

A row that cannot be traced, that does not add up, or that contradicts another is refused: a wrong figure that looks
right is the worst that a table can hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.points import exact_hundredths, from_hundredths
from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.book import FeeRow, PolicyBook, Source
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules._words.limits import MOST_AREAS
from cmprules.errors import Fault

FEE_ITEMS = ("application", "reduced_application", "reinstatement")
_FIGURES = ("cycle_months", "reduced_fee_months", "last_years_months", "opens_days_before_end",
            "advised_days_before_end")


def _bad(path: str, value: object, expected: str, hint: str = "correct the row") -> Fault:
    return Fault(path=path, code="BAD_ROW", value=value, expected=expected, hint=hint)


def check_edition(parsed: tables.Parsed, faults: list[Fault]) -> None:
    """Check a whole edition, noting every fault."""
    register = tuple(source.id for source in parsed.sources)
    faults.extend(_repeated("sources.toml", register))
    faults.extend(_citations(parsed, register))
    faults.extend(_unused_sources(parsed, register))
    faults.extend(_freshness(parsed))
    for name, table in sorted(parsed.files.items()):
        if name.startswith("points/"):
            faults.extend(_points_table(name, table, parsed))
    faults.extend(_coverage(parsed))
    faults.extend(_fees("fees.toml", parsed.fees))
    faults.extend(_repeated("fees.toml", [row.id for row in parsed.files["fees.toml"].rule]))
    faults.extend(_figures(parsed))
    faults.extend(_words(parsed))
    faults.extend(_process(parsed))
    faults.extend(_words_of_rules(parsed))
    faults.extend(_exam_fees(parsed))
    faults.extend(_pass_rates(parsed.rows("pass_rates")))
    faults.extend(_transitions(parsed.rows("declaration")))
    faults.extend(_proofs(parsed))
    for name in ("areas", "expiry", "kinds", "limits", "participation", "readings", "units", "ascpi"):
        faults.extend(_repeated(f"{name}.toml", [row.id for row in parsed.rows(name)]))


# ---------------------------------------------------------------------------------------------------------
# Sources.


def _cited(parsed: tables.Parsed) -> Iterator[tuple[str, tables.Cited]]:
    """Walk over everything that cites a source, with its path."""
    for name, table in sorted(parsed.files.items()):
        for key in ("row", "announced", "rule", "proof"):
            for row in getattr(table, key, ()):
                path = f"{name}: {key} {row.id if hasattr(row, 'id') else row.code}"
                yield from _cited_in(path, row)


def _cited_in(path: str, row: object) -> Iterator[tuple[str, tables.Cited]]:
    if isinstance(row, tables.Cited):
        yield path, row
    begins = getattr(row, "begins", None)
    if begins is not None:
        yield f"{path}, begins", begins
    for cell in getattr(row, "cells", ()):
        yield f"{path}, {cell.of}", cell


def _citations(parsed: tables.Parsed, register: tuple[str, ...]) -> Iterable[Fault]:
    """Every figure names a source of the register, an inferred one says why, and a reading is one of the list."""
    readings = tuple(row.id for row in parsed.rows("readings"))
    for path, cited in _cited(parsed):
        yield from _source_faults(path, cited, register)
        if cited.grade is Grade.USER:
            yield _bad(path, "user", "a grade of the scale", "grade user is for the user's own files")
        if cited.grade is Grade.INFERRED and not cited.why:
            yield _bad(path, None, "why it is inferred", "add 'why'")
        if cited.reading is not None and cited.reading not in readings:
            yield _bad(path, cited.reading, "a reading of readings.toml", nearest(cited.reading, readings))


def _source_faults(path: str, cited: tables.Cited, register: tuple[str, ...]) -> Iterable[Fault]:
    for source in (cited.source, *cited.also):
        if source not in register:
            yield _bad(path, source, "a source of the register", nearest(source, register))


def _unused_sources(parsed: tables.Parsed, register: Sequence[str]) -> Iterable[Fault]:
    """No document stands in the register that nothing cites."""
    used = {source for _, cited in _cited(parsed) for source in (cited.source, *cited.also)}
    for source in register:
        if source not in used:
            yield _bad(f"sources.toml: source {source}", source, "a source that some figure cites", "take it out")


def _freshness(parsed: tables.Parsed) -> Iterable[Fault]:
    """No table was last checked before its own latest row, nor after the edition."""
    limit = parsed.edition.last_checked
    for name, table in sorted(parsed.files.items()):
        checked = getattr(table, "last_checked", None)
        begun = [row.starts_on for row in getattr(table, "row", ()) if getattr(row, "starts_on", None) is not None]
        latest = max((day for day in begun if day <= limit), default=None)
        if checked is not None and checked > limit:
            yield _bad(f"{name}: last_checked", checked, f"{limit} (the edition's) or earlier")
        if checked is not None and latest is not None and checked < latest:
            yield _bad(f"{name}: last_checked", checked, f"{latest} (its latest row) or later")


# ---------------------------------------------------------------------------------------------------------
# Points.


def _points_table(name: str, table: tables.PointsTable, parsed: tables.Parsed) -> Iterable[Fault]:
    published = {source.id: source.published_on for source in parsed.sources}
    if name != f"points/{table.code}.toml":
        yield _bad(f"{name}: code", table.code, "the code in the file's name")
    yield from _ascending(name, table.row)
    yield from _repeated(name, [row.id for row in (*table.row, *table.announced)])
    own = next((row.areas for row in parsed.credentials if row.code == table.code), ())
    for row in (*table.row, *table.announced):
        yield from _points_row(f"{name}: row {row.id}", row, ("safety", "ethics", *own))
        known_on = published.get(row.begins.source)
        if known_on is not None and known_on > row.starts_on and not row.retroactive:
            yield _bad(f"{name}: row {row.id}, begins", known_on, f"a source published by {row.starts_on}",
                       "correct it, or say retroactive = true")


def _ascending(name: str, rows: Sequence[tables.PointsTableRow]) -> Iterable[Fault]:
    for before, row in pairwise(rows):
        if row.starts_on <= before.starts_on:
            yield _bad(f"{name}: row {row.id}, from", row.starts_on, f"a day after {before.starts_on}",
                       "put the rows in order")


def last_days_of(rows: Sequence[tables.PointsTableRow]) -> list[date | None]:
    """Give the last day of each row: its own, or the day before the next row; None for one that is open."""
    ends = [*(row.starts_on - ONE_DAY for row in rows[1:]), None][: len(rows)]
    return [end if row.until is None else row.until if end is None else min(end, row.until)
            for row, end in zip(rows, ends, strict=True)]


def _points_row(path: str, row: tables.PointsTableRow, areas: Sequence[str]) -> Iterable[Fault]:
    """A row's cells are areas of its credential, each once, in exact points, and they add up."""
    if row.until is not None and row.until < row.starts_on:
        yield _bad(f"{path}, until", row.until, f"{row.starts_on} or later")
    names = [cell.of for cell in row.cells]
    yield from _repeated(path, names)
    for cell in row.cells:
        if cell.of not in {"total", vocabulary.POOL, *areas}:
            yield _bad(f"{path}, {cell.of}", cell.of, "an area of the credential", nearest(cell.of, tuple(areas)))
        if exact_hundredths(cell.value) is None:
            yield _bad(f"{path}, {cell.of}", cell.value, "points with at most two decimals")
    if not row.established:
        if not row.known and not row.question:
            yield _bad(path, None, "what is known, or the open question", "add 'known' or 'question'")
        return
    yield from _sum(path, row, names)


def _sum(path: str, row: tables.PointsTableRow, names: Sequence[str]) -> Iterable[Fault]:
    missing = [name for name in ("total", vocabulary.POOL) if name not in names]
    for name in missing:
        yield _bad(path, None, f"a cell for the {name}", "add it")
    if len(names) - 2 > MOST_AREAS:
        yield _bad(path, len(names) - 2, f"at most {MOST_AREAS} areas")
    values = {cell.of: hundredths for cell in row.cells if (hundredths := exact_hundredths(cell.value)) is not None}
    parts = sum(value for name, value in values.items() if name != "total")
    if values.get("total") == 0:
        yield _bad(path, 0, "a total above zero")
    if not missing and len(values) == len(names) and parts != values["total"]:
        yield _bad(path, from_hundredths(values["total"]),
                   f"{from_hundredths(parts)}, the sum of the areas and the pool")


def _coverage(parsed: tables.Parsed) -> Iterable[Fault]:
    """Every credential has a table under each of its bodies, and every table belongs to a credential."""
    found = [(table.code, table.body) for table in parsed.points] + [(row.code, row.body) for row in parsed.like]
    asked = [(row.code, body) for row in parsed.credentials for body in row.bodies]
    for code, body in sorted(set(asked) - set(found)):
        yield _bad(f"points/{code}.toml", None, f"a table for {code}({body})", "add it")
    for code, body in sorted(set(found) - set(asked)):
        yield _bad("credentials.toml", None, f"a credential {code}({body})", "add it, or take out its table")
    yield from _followers(parsed)


def _followers(parsed: tables.Parsed) -> Iterable[Fault]:
    """An international credential follows a table that was in force, and exchanges areas that there are."""
    areas = {row.code: row.areas for row in parsed.credentials}
    followed = {table.code: table.row[0].starts_on for table in parsed.points if table.body == "ASCP"}
    for row in parsed.like:
        if row.like not in followed or followed[row.like] > row.starts_on:
            yield _bad(f"ascpi.toml: row {row.id}, like", row.like, f"a table in force on {row.starts_on}")
            continue
        for old, new in row.area_for.items():
            if old not in areas.get(row.like, ()) or new not in areas.get(row.code, ()):
                yield _bad(f"ascpi.toml: row {row.id}, area_for", f"{old} = {new}",
                           f"an area of {row.like} and one of {row.code}")


# ---------------------------------------------------------------------------------------------------------
# Fees, and the words that the code knows.


def _fees(name: str, rows: Sequence[tables.FeeTableRow]) -> Iterable[Fault]:
    """Amounts are whole cents of known items; within a region the rows ascend and do not overlap."""
    yield from _repeated(name, [row.id for row in rows])
    for row in rows:
        path = f"{name}: row {row.id}"
        yield from _repeated(path, [cell.of for cell in row.cells])
        for cell in row.cells:
            if cell.of not in FEE_ITEMS:
                yield _bad(f"{path}, {cell.of}", cell.of, "a fee item", nearest(cell.of, FEE_ITEMS))
            if exact_hundredths(cell.value) is None:
                yield _bad(f"{path}, {cell.of}", cell.value, "whole cents")
        if row.until is not None and row.until < row.starts_on:
            yield _bad(f"{path}, until", row.until, f"{row.starts_on} or later")
        if row.until is None and row.until_is == "last_seen":
            yield _bad(f"{path}, until", None, "the day of the last sighting", "add it, or take out 'until_is'")
    for before, row in dict.fromkeys(_neighbors(rows)):
        if before.until is None or row.starts_on <= before.until:
            yield _bad(f"{name}: row {row.id}, from", row.starts_on, "a day after the row before has ended",
                       "put the rows in order")


def _neighbors(rows: Sequence[tables.FeeTableRow]) -> Iterator[tuple[tables.FeeTableRow, tables.FeeTableRow]]:
    """Pair each row with the next one that the same credential may pay by."""
    for region in vocabulary.FEE_REGIONS:
        for group in tables.FEE_GROUPS:
            yield from pairwise(row for row in rows if row.region == region and row.group in {None, group})


def _figures(parsed: tables.Parsed) -> Iterable[Fault]:
    """Figures of the process are whole, and the length of a cycle is the one that records are read with."""
    for row in parsed.figures:
        if exact_hundredths(row.value) != int(row.value) * 100:
            yield _bad(f"cycle.toml or window.toml: row {row.id}, value", row.value, "a whole number of months or days")
        if row.id == "cycle_months" and row.value != vocabulary.CYCLE_MONTHS:
            yield _bad("cycle.toml: row cycle_months, value", row.value, str(vocabulary.CYCLE_MONTHS),
                       "run tasks/write_vocabulary.py")


def _words(parsed: tables.Parsed) -> Iterable[Fault]:
    """The tables know the words of the record format and no others, and the figures that the code asks for."""
    expected: dict[str, tuple[object, object]] = {
        "credentials.toml: codes": (tuple(vocabulary.NAMES), tuple(row.code for row in parsed.credentials)),
        "areas.toml: ids": ((*vocabulary.AREAS, vocabulary.POOL), tuple(row.id for row in parsed.rows("areas"))),
        "kinds.toml: units": (vocabulary.KINDS, {row.id: row.units for row in parsed.kinds}),
        "units.toml: points": (vocabulary.UNITS, {row.id: row.points for row in parsed.units}),
        "cycle.toml and window.toml: ids": (_FIGURES, tuple(row.id for row in parsed.figures)),
    }
    for path, (asked, found) in expected.items():
        if asked != found:
            yield _bad(path, found, "the words of the record format", "run tasks/write_vocabulary.py")
    for row in parsed.limits:
        yield from _limit(f"limits.toml: row {row.id}", row)


_VALUE_OF_LIMIT: dict[str, type[object]] = {
    "share_of_total": Decimal, "points": Decimal, "pool_only": bool, "done_from": date, "done_until": date,
    "rule": bool, "last_day": date, **dict.fromkeys(tables.FIGURES_OF_LIMITS, Decimal)}
_OF_NO_KIND = ("rule", "last_day", *tables.FIGURES_OF_LIMITS)
BY_KIND = "by_kind"
_WORD_OF_RULE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("rule/duplicates", "rule/alike", *(f"rule/repeated/{kind}" for kind in vocabulary.KINDS)),
                    tables.OPEN_WORDS),
    "rule/repeated": (BY_KIND,), "rule/text_comparison": ("folded",), "rule/month_end": ("open",),
    "rule/former_code": ("open",), "rule/unit_grade": ("counts",), "rule/fee_of_inactive": ("open",),
    "rule/exam_pass": ("named",),
}
"""The rules that can say more than yes, and the words that code knows for them."""


def _limit(path: str, row: tables.LimitRow) -> Iterable[Fault]:
    """A bound is on a kind, a rule or its figure on none; each has a value of its type, and a known word."""
    words = _WORD_OF_RULE.get(row.id, ())
    if (row.kind is None) is not (row.limit in _OF_NO_KIND) or (row.kind or "formal_ce") not in vocabulary.KINDS:
        yield _bad(f"{path}, kind", row.kind, "a kind of activity")
    elif row.limit == "rule" and isinstance(row.value, str):
        if row.value not in words:
            yield _bad(f"{path}, value", row.value, "a word that the code knows here", nearest(row.value, words))
    elif not isinstance(row.value, _VALUE_OF_LIMIT[row.limit]):
        yield _bad(f"{path}, value", row.value, _VALUE_OF_LIMIT[row.limit].__name__.lower())
    elif row.limit in tables.FIGURES_OF_LIMITS and row.value != int(str(row.value).partition(".")[0]):
        yield _bad(f"{path}, value", row.value, "a whole number")


# ---------------------------------------------------------------------------------------------------------
# The process: examination, declaring, audit, designation, renewal.

_WORDS_OF = {
    "exam/payment_methods": ("card", "cheque"), "exam/institution_payment": ("card", "cheque"),
    "renewal/payment_methods": ("card", "cheque"), "audit/by_email": ("email",),
    "audit/appeal_grounds": ("illness", "military_overseas"), "audit/required_fields": tables.FIELDS,
    "audit/required_for_audit": tables.FIELDS, "audit/fields_of_proof": tables.FIELDS, "designation/mark": ("CM",),
    "designation/plain_mark": ("CM",), "designation/second_ascpi": ("i",),
    "renewal/sync_request": ("full_name", "customer_id", "categories", "certification_numbers"),
    **dict.fromkeys(("designation/first", "designation/reverts_mls", "designation/reverts_mb"),
                    (*vocabulary.NAMES, *vocabulary.ALIASES)),
}
"""The rules that code takes words from, and the words that it knows."""


def _process(parsed: tables.Parsed) -> Iterable[Fault]:
    """Every row of the process has a name of its own and says something; what is not established names a question."""
    for table in sorted(tables.PROCESS):
        rules = getattr(parsed.files[f"{table}.toml"], "rule", ())
        yield from _repeated(f"{table}.toml", [row.id for row in (*parsed.rows(table), *rules)])
        for key, rows in (("row", parsed.rows(table)), ("rule", rules)):
            for row in rows:
                yield from _process_row(f"{table}.toml: {key} {row.id}", row)


def _process_row(path: str, row: tables.TextRow) -> Iterable[Fault]:
    yield from _question(path, row)
    if not row.text and not isinstance(row, tables.ExamFeeTableRow):
        yield _bad(f"{path}, text", None, "what the row says", "add 'text'")
    if not row.established and isinstance(row, tables.TransitionTableRow | tables.PassRateTableRow):
        yield _bad(f"{path}, established", "false", "true", "leave out the row, and say what is open in a rule")
    if isinstance(row, tables.ProcessRow):
        yield from _process_figure(f"{path}, value", row)
    if isinstance(row, tables.ProcessRow | tables.RuleRow):
        yield from _span(path, getattr(row, "starts_on", None), row.until)


def _words_of_rules(parsed: tables.Parsed) -> Iterable[Fault]:
    """A rule has the words that code takes from it, and no others."""
    found = {name: getattr(row, "words", ()) for name, row in parsed.statements}
    for name, words in sorted(found.items()):
        for word in words:
            if word not in _WORDS_OF.get(name, ()):
                yield _bad(f"{name}, words", word, "a word that the code knows", nearest(word, _WORDS_OF.get(name, ())))
    for name in sorted(_WORDS_OF):
        if not found.get(name):
            yield _bad(f"{name}, words", None, "words", "the code takes them from there")


def _question(path: str, row: tables.TextRow) -> Iterable[Fault]:
    if not row.established and not row.question:
        yield _bad(path, None, "the open question", "add 'question'")


def _process_figure(path: str, row: tables.ProcessRow) -> Iterable[Fault]:
    """A figure is whole, an amount in whole cents; one that is not established has no value."""
    yield from _value_if_established(path, row, row.value)
    if row.value is not None and isinstance(row.value, date) is not (row.unit == "date"):
        yield _bad(path, row.value, "a day for the unit 'date', and for no other")
    elif isinstance(row.value, Decimal):
        hundredths = exact_hundredths(row.value)
        if hundredths is None or (row.unit != "usd" and hundredths % 100):
            yield _bad(path, row.value, "whole cents" if row.unit == "usd" else "a whole number")


def _span(path: str, starts_on: date | None, until: date | None) -> Iterable[Fault]:
    """A row does not end before it begins."""
    if starts_on is not None and until is not None and until < starts_on:
        yield _bad(f"{path}, until", until, f"{starts_on} or later")


def _value_if_established(path: str, row: tables.TextRow, value: Decimal | date | None) -> Iterable[Fault]:
    if row.established is (value is None):
        yield _bad(path, value, "a value" if row.established else "no value",
                   "a figure that nobody could source is not established")


def _exam_fees(parsed: tables.Parsed) -> Iterable[Fault]:
    """Amounts are whole cents; for one credential under one body the rows ascend and do not overlap."""
    rows: tuple[tables.ExamFeeTableRow, ...] = parsed.rows("exam_fees")
    for row in rows:
        yield from _exam_fee(f"exam_fees.toml: row {row.id}", row)
    for credential in parsed.credentials:
        for body in vocabulary.BODIES[credential.code]:
            own = [row for row in rows if credential.code in row.codes and row.body == body]
            for before, row in pairwise(own):
                if before.until is None or row.starts_on <= before.until:
                    yield _bad(f"exam_fees.toml: row {row.id}, from", row.starts_on,
                               f"a day after the row before ({before.id}) has ended", "put the rows in order")
            if credential.examined and not own:
                yield _bad("exam_fees.toml", None, f"a row for {credential.code}({body})",
                           "add it, if only as not established")


def _exam_fee(path: str, row: tables.ExamFeeTableRow) -> Iterable[Fault]:
    yield from _value_if_established(f"{path}, value", row, row.value)
    yield from _repeated(f"{path}, codes", row.codes)
    for code in row.codes:
        if row.body not in vocabulary.BODIES[code]:
            yield _bad(f"{path}, codes", code, f"a credential of {row.body}")
    if row.value is not None and exact_hundredths(row.value) is None:
        yield _bad(f"{path}, value", row.value, "whole cents")
    if row.until is not None and row.until < row.starts_on:
        yield _bad(f"{path}, until", row.until, f"{row.starts_on} or later")
    for key, how, there in (("from_is", row.from_is, True), ("until_is", row.until_is, row.until is not None)):
        if (how is not None) is not (row.established and there):
            yield _bad(f"{path}, {key}", how, "how the day is known, for a day of an established row")


def _pass_rates(rows: Sequence[tables.PassRateTableRow]) -> Iterable[Fault]:
    """A rate is a share of a hundred; a national one has a credential and years, a benchmark a number of years."""
    for row in rows:
        path = f"pass_rates.toml: row {row.id}"
        hundredths = exact_hundredths(row.value)
        if hundredths is None or hundredths > 10_000:
            yield _bad(f"{path}, value", row.value, "a share of a hundred with at most two decimals")
        national = row.measure == "national"
        for key in ("code", "body", "first_year", "last_year", "years"):
            if (getattr(row, key) is not None) is not (national is (key != "years")):
                yield _bad(f"{path}, {key}", getattr(row, key), f"what a {row.measure} rate has")
        if row.first_year is not None and row.last_year is not None and row.last_year < row.first_year:
            yield _bad(f"{path}, last_year", row.last_year, f"{row.first_year} or later")
        if row.code is not None and row.body is not None and row.body not in vocabulary.BODIES[row.code]:
            yield _bad(f"{path}, body", row.body, f"a body of {row.code}")


def _transitions(rows: Sequence[tables.TransitionTableRow]) -> Iterable[Fault]:
    """In one state an event leads to one other, and from a drafted declaration every state can be reached."""
    for row in rows:
        path = f"declaration.toml: row {row.id}"
        yield from _repeated(f"{path}, from", row.from_states)
        yield from _repeated(f"{path}, needs", row.needs)
    yield from _repeated("declaration.toml", [f"{row.event} in {state}" for row in rows for state in
                                              dict.fromkeys(row.from_states)])
    reached = {"drafted"}
    for _ in tables.STATES:
        reached |= {row.to for row in rows if reached & set(row.from_states)}
    for state in tables.STATES:
        if state not in reached:
            yield _bad("declaration.toml", state, "a state that a declaration can come to", "add the way there")
    for event in tables.EVENTS:
        if event not in {row.event for row in rows}:
            yield _bad("declaration.toml", event, "an event that some row has", "add its row")


def _proofs(parsed: tables.Parsed) -> Iterable[Fault]:
    """Every kind has its row, in the order of the kinds; the row knows documents where the kind says its proof."""
    rows: tuple[tables.ProofTableRow, ...] = parsed.files["audit.toml"].proof
    named = tuple(row.id for row in rows)
    if named != tuple(vocabulary.KINDS):
        yield _bad("audit.toml: proof", named, "a row for each kind, in their order")
    proofs = {kind.id: kind.proof for kind in parsed.kinds}
    for row in rows:
        path = f"audit.toml: proof {row.id}"
        yield from _question(path, row)
        yield from _repeated(f"{path}, documents", row.documents)
        yield from _repeated(f"{path}, fields", row.fields)
        if bool(row.documents) is not row.established or row.established is not bool(proofs.get(row.id)):
            yield _bad(f"{path}, documents", row.documents, "documents where kinds.toml names a proof, else none")
        if row.established and not row.fields and not row.question:
            yield _bad(f"{path}, fields", (), "fields, or the open question", "add 'fields' or 'question'")


def _repeated(path: str, ids: Iterable[str]) -> Iterable[Fault]:
    seen = set()
    for name in ids:
        if name in seen:
            yield _bad(path, name, "each id once", "give it a name of its own")
        seen.add(name)


# ---------------------------------------------------------------------------------------------------------
# The user's own rows.


def check_extra(name: str, table: tables.ExtraTable, book: PolicyBook, faults: list[Fault]) -> bool:
    """Check a user's own rows: traceable, adding up, and only where nothing is established; say if any is wrong."""
    before = len(faults)
    faults.extend(_own_sources(name, table, book))
    if isinstance(table, tables.ExtraPoints):
        faults.extend(_extra_points(name, table, book))
    elif isinstance(table, tables.ExtraFees):
        faults.extend(_extra_fees(name, table.row, book))
    elif isinstance(table, tables.ExtraLimits):
        faults.extend(_extra_limits(name, table.row, book))
    else:
        faults.extend(_extra_kinds(name, table.row, book))
    return len(faults) > before


def _own_sources(name: str, table: tables.ReformTable, book: PolicyBook) -> Iterable[Fault]:
    """A user's rows cite documents of the register, or of their own file."""
    yield from _repeated(f"{name}: source", [row.id for row in table.source])
    for source in table.source:
        if source.id in book.sources and not _is_same(source, book.sources[source.id]):
            yield _bad(f"{name}: source", source.id, "an id of its own", "the book has another document of that id")
    register = (*book.sources, *(row.id for row in table.source))
    for row in table.row:
        for path, cited in _cited_in(f"{name}: row {row.id}", row):
            yield from _source_faults(path, cited, register)


def _is_same(row: tables.SourceRow, source: Source) -> bool:
    """Whether a user's file names a document that the book has already."""
    return (row.title, row.issuer, row.url, row.published_on) == (source.title, source.issuer, source.url,
                                                                  source.published_on)


def _extra_kinds(name: str, rows: Sequence[tables.KindRow], book: PolicyBook) -> Iterable[Fault]:
    """A user's kinds establish what is not established, and change nothing else."""
    yield from _repeated(name, [row.id for row in rows])
    for row in rows:
        path = f"{name}: row {row.id}"
        if book.rules.kinds[row.id].established:
            yield _bad(path, row.id, "a kind that is not established")
        if not row.established:
            yield _bad(f"{path}, established", "false", "true", "a row of your own establishes the kind")
        yield from _units(path, row)


def _units(path: str, row: tables.KindRow) -> Iterable[Fault]:
    if row.units not in {(), vocabulary.KINDS[row.id]}:
        yield _bad(f"{path}, units", row.units, f"{vocabulary.KINDS[row.id]}, or nothing")


def _own_points(name: str, table: tables.ExtraPoints) -> Iterable[Fault]:
    """A user's table adds up, in order, under a body that has the credential."""
    if table.body not in vocabulary.BODIES[table.code]:
        yield _bad(f"{name}: body", table.body, " or ".join(vocabulary.BODIES[table.code]))
    if table.announced:
        yield _bad(f"{name}: announced", len(table.announced), "rows that bind", "take it out: it would not be used")
    yield from _ascending(name, table.row)
    yield from _repeated(name, [row.id for row in table.row])
    for row in table.row:
        yield from _points_row(f"{name}: row {row.id}", row, vocabulary.AREAS)
        if not row.established:
            yield _bad(f"{name}: row {row.id}, established", "false", "an established row", "leave it out")


def _extra_points(name: str, table: tables.ExtraPoints, book: PolicyBook) -> Iterable[Fault]:
    yield from _own_points(name, table)
    last_days = last_days_of(table.row)
    for own, last_day in zip(table.row, last_days, strict=True):
        for shipped in book.tables.get(f"{table.code}({table.body})", ()):
            if shipped.established and _overlap(own.starts_on, last_day, shipped.starts_on, shipped.ends_on):
                yield _bad(f"{name}: row {own.id}", own.id, "expiries for which nothing is established",
                           f"the edition's row {shipped.id} stands already")


def _extra_fees(name: str, rows: Sequence[tables.FeeTableRow], book: PolicyBook) -> Iterable[Fault]:
    yield from _fees(name, rows)
    for own in rows:
        for shipped in book.fees:
            overlaps = own.region == shipped.region and _same_group(own, shipped) and _overlap(
                own.starts_on, own.until, shipped.starts_on, shipped.ends_on)
            both = {cell.of for cell in own.cells} & {cell.of for cell in shipped.cells}
            if overlaps and both:
                yield _bad(f"{name}: row {own.id}", ", ".join(sorted(both)), "amounts that are not established",
                           f"the edition's row {shipped.id} gives them already")


def _same_group(one: tables.FeeTableRow, other: FeeRow | tables.FeeTableRow) -> bool:
    """Whether two rows of fees may be about the same credential."""
    return one.group is None or other.group in {None, one.group}


def _extra_limits(name: str, rows: Sequence[tables.LimitRow], book: PolicyBook) -> Iterable[Fault]:
    """A user's rows settle what the edition leaves to them, and move no bound."""
    yield from _repeated(name, [row.id for row in rows])
    for row in rows:
        if row.limit == "rule":
            yield from _own_setting(f"{name}: row {row.id}", row, book)
        else:
            yield _bad(f"{name}: row {row.id}, limit", row.limit, "rule", "only a reform moves a bound")


def _own_setting(path: str, row: tables.LimitRow, book: PolicyBook) -> Iterable[Fault]:
    """A rule of a user's own is one that the edition leaves open to it, once, and says each, once or open."""
    known = tuple(_settable(book))
    kind = row.id.removeprefix("rule/repeated/")
    if row.id not in known:
        yield _bad(path, row.id, "a rule that this edition leaves to you",
                   nearest(row.id, known) if known else f"edition {book.edition} has none")
    elif book.settings[row.id].user:
        yield _bad(path, row.id, "a rule that no other file of yours settles", "put them together")
    elif row.kind not in {None, kind}:
        yield _bad(f"{path}, kind", row.kind, f"{kind}, or nothing")
    elif row.value not in tables.OPEN_WORDS:
        yield _bad(f"{path}, value", row.value, "each, once or open", "write one of the three")


def _settable(book: PolicyBook) -> Iterator[str]:
    """Name the rules that a user's own rows may settle: those that the edition answers by each, once or open."""
    for name, setting in book.settings.items():
        if setting.value in {*tables.OPEN_WORDS, BY_KIND} and (
                name == "rule/repeated" or _WORD_OF_RULE.get(name) == tables.OPEN_WORDS):
            yield name


# ---------------------------------------------------------------------------------------------------------
# Reforms.


Named = tuple[str, tables.ReformTable]
"""A table of a reform, and the name of its file."""


def check_reform(name: str, table: tables.ReformTable, book: PolicyBook, earlier: Sequence[Named],
                 faults: list[Fault]) -> bool:
    """Check a table of a reform: traceable, adding up, over what there is, and once; say if anything is wrong."""
    before = len(faults)
    faults.extend(_own_sources(name, table, book))
    if isinstance(table, tables.ExtraPoints):
        faults.extend(_own_points(name, table))
    elif isinstance(table, tables.ExtraFees):
        faults.extend(_fees(name, table.row))
    elif isinstance(table, tables.ExtraKinds):
        faults.extend(_reform_kinds(name, table.row))
    elif isinstance(table, tables.ExtraLimits):
        faults.extend(_reform_limits(name, table.row, book))
    else:
        faults.extend(_reform_figures(name, table, book))
    for other, laid in earlier:
        faults.extend(_changed_twice(name, table, other, laid))
    return len(faults) > before


def _reform_kinds(name: str, rows: Sequence[tables.KindRow]) -> Iterable[Fault]:
    """A reform may establish a kind, and may take it that its value is no longer established."""
    yield from _repeated(name, [row.id for row in rows])
    for row in rows:
        yield from _units(f"{name}: row {row.id}", row)


def _reform_limits(name: str, rows: Sequence[tables.LimitRow], book: PolicyBook) -> Iterable[Fault]:
    """A reform moves a bound that the edition has: a share or points in exact amounts, or a day."""
    yield from _repeated(name, [row.id for row in rows])
    known = tuple(limit_id(kind, limit.limit) for kind, rule in book.rules.kinds.items() for limit in rule.limits)
    for row in rows:
        path = f"{name}: row {row.id}"
        if row.limit == "rule":
            yield from _own_setting(path, row, book)
        elif row.id not in known or row.id != limit_id(str(row.kind), row.limit):
            yield _bad(path, row.id, "the id, kind and limit of a bound of the edition", nearest(row.id, known))
        elif not isinstance(row.value, _VALUE_OF_LIMIT[row.limit]):
            yield _bad(f"{path}, value", row.value, _VALUE_OF_LIMIT[row.limit].__name__.lower())
        elif isinstance(row.value, Decimal) and exact_hundredths(row.value) is None:
            yield _bad(f"{path}, value", row.value, "an amount with at most two decimals")
        elif row.limit == "share_of_total" and isinstance(row.value, Decimal) and row.value > 1:
            yield _bad(f"{path}, value", row.value, "a share between 0 and 1")


def limit_id(kind: str, limit: str) -> str:
    """Give the id of a bound on a kind, as the edition names it.

    >>> limit_id("college_course", "share_of_total")
    'college_course/share'
    """
    return f"{kind}/{limit.removesuffix('_of_total')}"


def _reform_figures(name: str, table: tables.ReformFigures, book: PolicyBook) -> Iterable[Fault]:
    """A reform sets figures that the edition names, in their unit; the length of a cycle alone stays as it is."""
    yield from _repeated(name, [row.id for row in table.row])
    known = (*book.figures, *(key for key, stated in book.statements.items() if not stated.established))
    for row in table.row:
        path, figure = f"{name}: row {row.id}", table.name(row)
        if figure not in known:
            yield _bad(path, figure, "a figure of the edition", nearest(figure, known))
        elif figure == "cycle_months":
            yield _bad(path, figure, "another figure", "records are read with cycles of this length")
        elif figure in book.figures and book.figures[figure].unit != table.unit_of(row):
            yield _bad(f"{path}, unit", table.unit_of(row), book.figures[figure].unit)
        yield from _reform_value(path, row, table.unit_of(row))


def _reform_value(path: str, row: tables.FigureRow | tables.ProcessRow, unit: str) -> Iterable[Fault]:
    """A figure of a reform has a value: whole, or an amount in whole cents."""
    hundredths = exact_hundredths(row.value) if isinstance(row.value, Decimal) else None
    if hundredths is None or not getattr(row, "established", True) or (unit != "usd" and hundredths % 100):
        yield _bad(f"{path}, value", row.value, "whole cents" if unit == "usd" else "a whole number")


def _changed_twice(name: str, table: tables.ReformTable, other: str, laid: tables.ReformTable) -> Iterable[Fault]:
    """Two files of a reform do not change the same thing, or what holds would hang on their order."""
    for row in table.row:
        if any(_same_thing(table, row, laid, before) for before in laid.row):
            yield _bad(f"{name}: row {row.id}", row.id, "something that no other file of the reform changes",
                       f"{other} changes it already; put them together")


def _same_thing(table: tables.ReformTable, row: Any, laid: tables.ReformTable, before: Any) -> bool:
    """Whether two rows of different files are about the same thing, at least for some days."""
    if type(table) is not type(laid):
        return False
    if isinstance(table, tables.ExtraPoints) and isinstance(laid, tables.ExtraPoints):
        spans = dict(zip(laid.row, last_days_of(laid.row), strict=True))
        own = dict(zip(table.row, last_days_of(table.row), strict=True))
        return (table.code, table.body) == (laid.code, laid.body) and _overlap(
            row.starts_on, own[row], before.starts_on, spans[before])
    if isinstance(table, tables.ExtraFees):
        shared = {cell.of for cell in row.cells} & {cell.of for cell in before.cells}
        return row.region == before.region and _same_group(row, before) and bool(shared) and _overlap(
            row.starts_on, row.until, before.starts_on, before.until)
    if isinstance(table, tables.ReformFigures) and isinstance(laid, tables.ReformFigures):
        return table.name(row) == laid.name(before)
    return bool(row.id == before.id)


def _overlap(start: date, last: date | None, other_start: date, other_last: date | None) -> bool:
    """Whether two spans share a day; one without a last day goes on."""
    return (last is None or other_start <= last) and (other_last is None or start <= other_last)
