"""The pages of the credentials: the answer first, then history, what is not known, and every row with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from tasks.pages import history
from tasks.pages.markdown import bullets, indented, label, lines, page, sentence, source_link, stands, table

import cmprules
from cmprules._answers.render.words import brief, dollars, in_sentence, points, said, spoken
from cmprules._kit.points import decimal_text
from cmprules._policy import rows as tables
from cmprules._policy.book import PointsRow, Policy, PolicyBook
from cmprules._policy.building import Edition
from cmprules._words import vocabulary
from cmprules._words.enums import Grade

FOLDER = "docs/credentials"
TABLES = "../reference/tables"
"""Where the tables are, seen from the page of a credential."""
OTHER_TABLES = ("areas", "audit", "declaration", "designation", "exam_fees", "examination", "fees", "kinds",
                "pass_rates", "readings", "renewal", "sources")
GROUPS = {
    "assistant": "assistant",
    "technician": "technician",
    "technologist": "technologist",
    "pathologists_assistant": "pathologists' assistant",
    "specialist": "specialist",
    "practitioner": "practitioner",
    "diplomate": "diplomate",
    "qualification": "qualification",
}
EVERYDAY = {
    "MLA": ("lab assistant",),
    "PBT": ("phlebotomist",),
    "HT": ("histotech",),
    "MLT": ("med lab tech", "lab technician"),
    "DPT": ("donor phlebotomist",),
    "AT": ("apheresis tech",),
    "MLS": ("med tech", "medical technologist", "clinical laboratory scientist"),
    "BB": ("blood banker",),
    "C": ("chemistry technologist",),
    "CG": ("cytogenetic technologist",),
    "H": ("hematology technologist",),
    "I": ("immunology technologist",),
    "M": ("microbiologist", "microbiology technologist"),
    "MB": ("molecular technologist", "molecular pathology"),
    "CT": ("cytotechnologist", "cytotech"),
    "HTL": ("histotech",),
    "PA": ("path assistant",),
    "SBB": ("blood bank specialist",),
    "SCT": ("specialist in cytotechnology",),
    "DLM": ("laboratory manager",),
    "QIHC": ("IHC qualification",),
    "CTGYN": ("CT(gyn)", "gyn cytotechnologist"),
}
"""What people call a credential in conversation, so that a search finds it; these are not ASCP's titles."""

BOOKLETS = ("us-cmp-booklet-2017-07", "us-cmp-booklet-2018-01", "us-cmp-booklet-2021-01")
INTERNATIONAL, QUALIFICATION, PATTERN = "intl-cmp-booklet-2016-06", "boc-qualification-brochure-2019-07", "ascp-qihc"
"""Documents of which only parts were seen, and the page whose address suggests those of the other credentials."""


def among_credentials(text: str) -> str:
    """Adapt the links to the tables for a page in the folder of the credentials."""
    return re.sub(rf"\]\(({'|'.join(OTHER_TABLES)})\.md", rf"]({TABLES}/\1.md", text)


# ---------------------------------------------------------------------------------------------------------
# In short.


def latest(code: str, body: str, book: PolicyBook) -> tuple[PointsRow, Policy]:
    """Find the newest row of a table, and the policy that it makes."""
    row = book.tables[f"{code}({body})"][-1]
    return row, book.policy_for(code, expires_on=row.starts_on, body=body)


def graded(grade: Grade | None) -> str:
    """Return the name of a grade for a cell."""
    return said(grade) if grade is not None else "-"


def lead(row: tables.CredentialRow, book: PolicyBook) -> str:
    """Write one sentence on what the credential asks for."""
    body = row.bodies[0]
    newest, policy = latest(row.code, body, book)
    name = f"{row.code}({body})"
    if policy.total is None or policy.pool is None:
        return (f"**No source that we could read says what {name} asks for.**\n"
                "So a decision on it is always *Needs review*, and counts no points.")
    asked = [f"{decimal_text(area.value)} in {brief(area.area).lower()}" for area in policy.areas or ()]
    if policy.pool.value:
        asked.append(f"{decimal_text(policy.pool.value)} in any other CE")
    split = ", ".join(asked[:-1]) + f" and {asked[-1]}"
    rest = "".join(f"\n{row.code}({other}) is taken to ask for the same." for other in row.bodies[1:])
    return (f"**{name} asks for {points(policy.total.value)} in three years**: {split}.\n"
            f"That is for a last day from {spoken(newest.starts_on)} on.{rest}")


def in_short(row: tables.CredentialRow, edition: Edition, book: PolicyBook) -> str:
    """Write a table of what holders ask first: the answer, and how sure it is."""
    cells = [*_points_cells(row, book), *_window_cells(book), *_fee_cells(row, edition, book)]
    return table(("What", "Answer", "How sure"), cells)


def _points_cells(row: tables.CredentialRow, book: PolicyBook) -> Iterator[tuple[str, str, str]]:
    for body in row.bodies:
        newest, policy = latest(row.code, body, book)
        what = f"Points for {row.code}({body}), last days from {newest.starts_on} on"
        total = points(policy.total.value) if policy.total else "not established"
        yield what, total, graded(policy.grade)
    for cap in policy.caps or ():
        yield f"At most from: {in_sentence(cap.kind)}", points(cap.value), graded(cap.grade)


def _window_cells(book: PolicyBook) -> Iterator[tuple[str, str, str]]:
    opens, advised = book.figures["opens_days_before_end"], book.figures["advised_days_before_end"]
    yield "Declaration opens", f"{decimal_text(opens.value)} days before the last day", graded(opens.grade)
    yield "Declaration is best sent", f"{decimal_text(advised.value)} days before the last day", graded(advised.grade)
    yield "Declaration at the latest", "on the last day", graded(book.cite("reading/last_day").grade)


def _fee_cells(row: tables.CredentialRow, edition: Edition, book: PolicyBook) -> Iterator[tuple[str, str, str]]:
    now = {fee.region: fee for fee in book.fees if fee.ends_on is None}
    items = {"application": "Fee of the declaration", "reduced_application": "Fee of each further one on the same day",
             "reinstatement": "Reinstatement, on top, after the last day"}
    for item, what in items.items():
        figures = {region: next(cell.figure for cell in fee.cells if cell.of == item) for region, fee in now.items()}
        usual, other = figures["standard"], figures["low_middle_income"]
        amount = f"{dollars(usual.value)}; {dollars(other.value)} in countries of low and middle income"
        yield f"[{what}](fees.md), from {now['standard'].starts_on} on", amount, graded(usual.grade)
    for exam in edition.exam_fees:
        if row.code in exam.codes and exam.until is None:
            amount = dollars(exam.value) if exam.value is not None else "not established"
            yield (f"[Application for the examination](exam_fees.md), {exam.body}, from {exam.starts_on} on", amount,
                   graded(exam.grade) if exam.value is not None else "-")


def names(row: tables.CredentialRow) -> str:
    """Write what the credential is, and every name under which people look for it."""
    spelled = ", ".join(f"{row.code}({body})" for body in row.bodies)
    facts = [f"Group: {GROUPS[row.group]}.",
             f"Written: {spelled}; [Designation](designation.md) says how it is cited."]
    if row.aliases:
        facts.append(f"Former codes, read as {row.code}: {', '.join(row.aliases)}.")
    if row.areas:
        facts.append(f"Own area{'s' * (len(row.areas) > 1)}: " + ", ".join(f"`{area}`" for area in row.areas) + ".")
    if not row.examined:
        facts.append("No longer examined, or presumed so; holders may still maintain it.")
    facts.append(f"Name and group: {stands(row)} (`{row.grade}`).")
    facts.extend(indented(sentence(text)) for text in (row.note, row.why) if text)
    called = ", ".join([*row.aliases, *EVERYDAY.get(row.code, ())])
    return f"## {f'Also called {called}' if called else 'Names'} {{ #names }}\n\n{bullets(facts)}"


def taking_part(row: tables.CredentialRow, edition: Edition) -> str:
    """Write who must take part."""
    said_of = [rule for rule in parsed_participation(edition) if rule.body in row.bodies and row.group in rule.groups]
    entries = []
    for rule in said_of:
        text = rule.text or ""
        if rule.mandatory_from is not None:
            text = text.replace("this day", spoken(rule.mandatory_from))
        entries.append(indented(f"{sentence(text)}\n{stands(rule)} (`{rule.grade}`)."))
    return f"## Who has to take part\n\n{bullets(entries)}"


def parsed_participation(edition: Edition) -> list[tables.ParticipationRow]:
    """List the rules of taking part."""
    return [rule for _, rule in edition.statements if isinstance(rule, tables.ParticipationRow)]


# ---------------------------------------------------------------------------------------------------------
# What is not known.


def settling(row: tables.CredentialRow, body: str, era: PointsRow, book: PolicyBook) -> str:
    """Describe the page that would settle what an era leaves open."""
    wanted = (INTERNATIONAL,) if body == "ASCPi" else (QUALIFICATION,) if row.group == "qualification" else BOOKLETS
    listed = ", ".join(source_link(name) for name in wanted)
    booklet = f"the page of the requirements in a booklet of that time; of {listed} only other pages were seen"
    if era is not book.tables[f"{row.code}({body})"][-1]:
        return booklet
    if row.code == "QIHC":
        return f"the table of the page of ASCP on this credential; of {source_link(PATTERN)} only other parts were seen"
    address = str(book.sources[PATTERN].url).replace("QIHC", row.code)
    return ("the page of ASCP on this credential, with its points, which was not seen; if its address is made like "
            f"that of QIHC's page, it is <{address}>" + (f".\nSo would {booklet}" if body == "ASCPi" else ""))


def unknown(row: tables.CredentialRow, edition: Edition, book: PolicyBook) -> str:
    """List what no source says, era by era, each with what would settle it."""
    entries = [entry for body in row.bodies for entry in _eras_open(row, body, book)]
    entries += _exam_fees_open(row, edition)
    return "## What is not known\n\n" + bullets(map(indented, entries)) if entries else ""


def _eras_open(row: tables.CredentialRow, body: str, book: PolicyBook) -> Iterator[str]:
    eras = book.tables[f"{row.code}({body})"]
    if body == "ASCPi":
        yield (f"{row.code}(ASCPi): the whole table is inferred from one of ASCP's.\n"
               f"What would settle it: {settling(row, body, eras[-1], book)}.")
        return
    for era in reversed(eras):
        if what := _open_in(era):
            yield (f"{row.code}({body}), last days from {era.starts_on} on: {what}\n"
                   f"What would settle it: {settling(row, body, era, book)}.")


def _open_in(era: PointsRow) -> str:
    if not era.established:
        return sentence(era.question or "what it asks for")
    weak = ", ".join(in_sentence(cell.of) for cell in era.cells if cell.figure.grade is Grade.INFERRED)
    return f"no source states these figures, which are inferred from others: {weak}." if weak else ""


def _exam_fees_open(row: tables.CredentialRow, edition: Edition) -> Iterator[str]:
    for body in row.bodies:
        spans = [str(fee.starts_on.year) if fee.until and fee.until.year == fee.starts_on.year
                 else f"{fee.starts_on.year} to {fee.until.year}" if fee.until else f"{fee.starts_on.year} on"
                 for fee in edition.exam_fees if fee.body == body and row.code in fee.codes and fee.question]
        if spans:
            yield (f"{row.code}({body}), application for the examination: no source gives the amount for "
                   f"{', '.join(spans)}.\nWhat would settle it: a list of the fees of that time.")


# ---------------------------------------------------------------------------------------------------------
# Every row.


def begins(row: tables.PointsTableRow) -> str:
    """State why a row holds from its first day."""
    why = f"\n{sentence(row.begins.why)}" if row.begins.why else ""
    late = "\nThe source is from after that day." if row.retroactive else ""
    return f"First day: {stands(row.begins)} (`{row.begins.grade}`).{why}{late}"


def points_row(
    row: tables.PointsTableRow, book: PolicyBook, code: str, heading: str, following: tables.PointsTableRow | None
) -> str:
    """Write one row of a table, cell by cell; it holds until the next row begins."""
    last = row.until or (following.starts_on - timedelta(days=1) if following else None)
    until = f" to {last}" if last else " on"
    parts = [f"{heading} Expiries from {row.starts_on}{until}", f"Row `{row.id}`.\n{begins(row)}"]
    if not row.established:
        parts.append("**Not established.**\nA decision on it is always `NEEDS_REVIEW`, without figures.")
        parts.append("What is known:\n\n" + bullets(row.known))
    if row.question:
        parts.append(f"Open question: {lines(row.question)}")
    if row.cells:
        cells = [(label(cell.of), decimal_text(cell.value), f"`{cell.grade}`", stands(cell)) for cell in row.cells]
        parts.append(table(("Requirement", "Points", "Grade", "Where it stands"), cells, right=(1,)))
        reasons = [f"{label(cell.of)}: {cell.why}." for cell in row.cells if cell.why]
        if reasons:
            parts.append("Why a figure is inferred:\n\n" + bullets(reasons))
    if row.established:
        policy = book.policy_for(code, expires_on=row.starts_on)
        caps = [(label(cap.kind), decimal_text(cap.value), f"`{cap.grade}`", f"{source_link(cap.source)}: {cap.pin}")
                for cap in policy.caps or ()]
        parts.append(table(("At most from", "Points", "Grade", "Where it stands"), caps, right=(1,)))
    if row.note:
        parts.append(sentence(row.note))
    return "\n\n".join(parts)


def at_a_glance(rows: Sequence[PointsRow]) -> str:
    """Write the figures of several rows side by side, the newest first."""
    newest = [row for row in reversed(rows) if row.established]
    if not newest:
        return ""
    values = [{cell.of: cell.figure.value for cell in row.cells} for row in newest]
    asked = [name for name in ("total", *vocabulary.AREAS, vocabulary.POOL)
             if any(value.get(name) for value in values) or name == vocabulary.POOL]
    body = [[label(name), *(decimal_text(value[name]) if value.get(name) else "none" for value in values)]
            for name in asked]
    head = ["Points for expiries", *(f"from {row.starts_on}" for row in newest)]
    return table(head, body, right=range(1, len(head)))


def followed(row: tables.LikeRow, book: PolicyBook) -> str:
    """Write the section on an international credential."""
    rows = book.tables[f"{row.code}({row.body})"]
    own = "".join(f"\nIts {label(there).lower()} stands where that table says {label(here).lower()}."
                  for here, there in row.area_for.items())
    like = f"[{row.like}]({row.like.lower()}.md)"
    follows = f"Follows the table of {like} of the body `ASCP`, and every figure is `inferred`."
    return "\n\n".join([
        f"## {row.code}(ASCPi)",
        f"{follows}{own}\nFirst day: {stands(row)}.\n{sentence(row.why or '')}",
        at_a_glance(rows),
    ])


def picture(row: tables.CredentialRow, books: Sequence[PolicyBook]) -> str:
    """Draw the history of the tables of a credential."""
    checked = [f"Edition {book.edition}: checked {book.last_checked}" for book in books]
    same = len(history.tracks(row.code, row.bodies, books)) == len(row.bodies)
    return history.draw(history.tracks(row.code, row.bodies, books),
                        [*checked, "Both editions have these eras." if same else "The editions differ, as drawn."])


def credential_page(row: tables.CredentialRow, edition: Edition, books: Sequence[PolicyBook]) -> str:
    """Write the page of one credential."""
    code, book = row.code, books[-1]
    told = history.told(history.tracks(code, row.bodies, books))
    parts = [lead(row, book), "## In short", in_short(row, edition, book), names(row), taking_part(row, edition),
             f"## History\n\nBy last day, not by the day of the declaration.\n\n![{told}](history/{code.lower()}.svg)",
             unknown(row, edition, book)]
    for table_of in edition.points:
        if table_of.code == code:
            parts.append(f"## {code}(ASCP)\n\n{at_a_glance(book.tables[f'{code}(ASCP)'])}".rstrip())
            eras = list(zip(table_of.row, [*table_of.row[1:], None], strict=True))
            parts.extend(points_row(era, book, code, "###", following) for era, following in reversed(eras))
            parts.extend(f"### Announced\n\nNot computed with.\n\n{points_row(era, book, code, '####', None)}"
                         for era in table_of.announced)
    parts.extend(followed(like, book) for like in edition.like if like.code == code)
    parts.append("[All credentials](index.md)")
    return among_credentials(page(f"{code}: {row.name}", *parts))


def index(edition: Edition, book: PolicyBook) -> str:
    """Write the list of credentials."""
    cells = []
    for row in edition.credentials:
        _, policy = latest(row.code, row.bodies[0], book)
        total = decimal_text(policy.total.value) if policy.total is not None else "-"
        asked = ", ".join(f"{brief(figure.area).lower()} {decimal_text(figure.value)}" for figure in policy.areas or ())
        called = ", ".join([*row.aliases, *EVERYDAY.get(row.code, ())])
        cells.append((f"[{row.code}]({row.code.lower()}.md)", row.name, called, total, asked or "not established",
                      graded(policy.grade)))
    return among_credentials(page(
        "Credentials",
        "What each credential asks for, since when, how sure that is, and who says so.\n"
        "The search finds a credential by its name, by a former code and by everyday words, without a network.\n"
        f"The tables are those of edition {book.edition}, last compared with their sources on {book.last_checked}.",
        "Each line shows the newest row, of ASCP or else of ASCPi; the page of the credential has every row.\n"
        "*How sure* names the least certain source of that row.",
        table(("Code", "Name", "Also called", "Points", "Minimum by area", "How sure"), cells, right=(3,)),
        "For all credentials: [areas](areas.md), [kinds of activity](kinds.md), [fees](fees.md), "
        "[rules and readings](readings.md) and [sources](sources.md).\n"
        "Of the process: [declaration](declaration.md), [audit](audit.md), [renewal](renewal.md), "
        "[designation](designation.md), [examination](examination.md), [fees of examinations](exam_fees.md) and "
        "[pass rates](pass_rates.md).",
    ))


def pages(edition: Edition) -> dict[str, str]:
    """Write the page and the picture of every credential, and the index."""
    books = [cmprules.load_book(edition=name) for name in cmprules.editions()]
    written = {f"{FOLDER}/index.md": index(edition, books[-1])}
    for row in edition.credentials:
        written[f"{FOLDER}/{row.code.lower()}.md"] = credential_page(row, edition, books)
        written[f"{FOLDER}/history/{row.code.lower()}.svg"] = picture(row, books)
    return written
