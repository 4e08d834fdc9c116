"""Write the pages of `docs/reference/` that follow from the code and the tables, and their part of `mkdocs.yml`.

Run after a change of the codes, the tables, the fault messages or the examples:

    python tasks/write_docs.py

A test fails while the pages differ from their sources.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `python tasks/write_docs.py`

from tasks.pages import credentials
from tasks.pages.markdown import bullets, indented, label, lines, page, sentence, source_link, stands, table

import cmprules
from cmprules._cli._lines import LINES
from cmprules._cli._parsing import parser_of
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy import rows as tables
from cmprules._policy.book import PolicyBook
from cmprules._policy.building import Edition
from cmprules._policy.load import tables_in
from cmprules._policy.reading import read_edition
from cmprules._words import limits, vocabulary
from cmprules._words.codes import every as codes
from cmprules.intake import _codes as intake_codes

ROOT = Path(__file__).resolve().parent.parent
EDITION = "2026.2"
DATA = ROOT / "src" / "cmprules" / "data" / EDITION
REFERENCE = "docs/reference"
EXAMPLE_DAY = date(2026, 3, 10)

LIMITS = {
    "share_of_total": "at most this share of the total",
    "points": "at most this number of points",
    "pool_only": "in the pool alone",
    "done_from": "done on this day or later",
    "done_until": "done on this day or earlier",
}


@cache
def parsed() -> tables.Parsed:
    """Read the edition row by row."""
    plain = {path.relative_to(DATA).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
             for path in DATA.rglob("*.toml")}
    return tables.parse_edition(plain, [])


def raw(name: str) -> dict[str, Any]:
    """Read one file of the edition as it stands."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------------------------------------
# Codes.


def example_faults() -> dict[str, str]:
    """Collect a real message for each fault, from the example that is full of mistakes."""
    try:
        cmprules.read_record(ROOT / "examples" / "full-of-mistakes.json")
    except cmprules.InputError as error:
        return {fault.code: str(fault) for fault in reversed(error.faults)}
    raise AssertionError("the example that is full of mistakes has none")


def example_findings(book: PolicyBook) -> dict[str, tuple[str, str]]:
    """Collect a real finding for each code, from the examples: the example and the finding as JSON."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((ROOT / "examples").iterdir()):
        if path.suffix in {".json", ".toml"} and path.stem != "full-of-mistakes":
            decision = cmprules.decide(cmprules.read_record(path), book, on=EXAMPLE_DAY)
            for credential in decision.credentials:
                for finding in credential.findings:
                    plain = json.dumps(cmprules.to_mapping(finding), indent=2)
                    found.setdefault(finding.code, (path.name, plain))
    return found


def families(code: str) -> str:
    """Return the families of a code, in words."""
    named = (("finding", codes.FINDINGS), ("need", codes.NEEDS), ("question", codes.QUESTIONS),
             ("fault", codes.FAULTS), ("plan", codes.PLANS))
    return ", ".join(name for name, family in named if code in family)


def code_page(code: str, what: codes.Code, findings: Mapping[str, tuple[str, str]], faults: Mapping[str, str]) -> str:
    """Write the page of one code."""
    parts = [f"**{what.title}.**\nA code of a {families(code).replace(', ', ' and of a ')}.",
             f"## When it appears\n\n{lines(what.when)}", f"## What to do\n\n{lines(what.remedy)}"]
    if code in codes.NEEDS:
        asked = codes.NEEDS[code].replace("{subject}", "…").replace("{others}", "'…'")
        parts.append(f"## As a need\n\nIf the outcome depends on it, `needs` asks:\n\n> {asked}")
    if code in codes.QUESTIONS:
        asked = codes.ASKED[code].replace("{subject}", "…")
        parts.append(f"## As a question\n\nWhere it is open, `needs` asks:\n\n> {asked}")
    if code in codes.FINDINGS and code in findings:
        name, plain = findings[code]
        parts.append(f"## An example\n\nFrom `examples/{name}` on {EXAMPLE_DAY}:\n\n```json\n{plain}\n```")
    if code in codes.FAULTS and code in faults:
        parts.append("## An example\n\nFrom `examples/full-of-mistakes.json`:\n\n"
                     f"```text\n{faults[code]}\n```")
    parts.append("[All codes](index.md)")
    return page(code, *parts)


def code_pages(book: PolicyBook) -> Iterator[tuple[str, str]]:
    """Write the pages of all codes and their index."""
    findings, faults = example_findings(book), example_faults()
    both = {**codes.FINDINGS, **codes.QUESTIONS, **codes.FAULTS, **codes.PLANS}
    for code, what in both.items():
        yield f"{REFERENCE}/codes/{code.lower()}.md", code_page(code, what, findings, faults)
    rows = [(f"[`{code}`]({code.lower()}.md)", families(code), both[code].title) for code in sorted(both)]
    yield f"{REFERENCE}/codes/index.md", page(
        "Codes",
        "Codes are public and stay; the words around them may change.\n"
        "A *finding* is something that a decision noted.\n"
        "A *need* is an open question on which an outcome depends.\n"
        "A *question* is what an answer other than the decision leaves open.\n"
        "A *fault* is something that is wrong with an input, with a policy table, or with a placement.\n"
        "The [steps](steps.md) and [changes](changes.md) of a tracking, the [events](events.md) of a timeline and the "
        "[lines](intake.md) of an intake have tables of their own.\n"
        "A code of a *plan* says why there is no plan, or why something in a catalogue cannot be part of one.",
        table(("Code", "A code of a", "Meaning"), rows),
    )


FAMILIES = {
    "steps": ("Steps", "The next steps of a tracking, in the order in which it looks for them.", codes.STEPS),
    "changes": ("Changes", "The differences between two trackings of one holder.", codes.CHANGES),
    "events": ("Events", "The events of a timeline.", codes.EVENTS),
}


FATES = {"doubtful": "Questions: the row comes in, without the value", "set_aside": "Reasons: the row is set aside",
         "refused": "Faults: the row or the file is refused"}


def intake_page() -> str:
    """Write the codes of the lines of files from outside."""
    tables_of = [f"## {title}\n\n" + table(("Code", "What it is", "What is said"), (
        (f"`{code}`", f"**{one.title}.**", one.text) for code, one in intake_codes.REMARKS.items()
        if one.fate == fate and code != "FAULT")) for fate, title in FATES.items()]
    rules = table(("Code", "By which rule"), ((f"`{code}`", text) for code, text in intake_codes.RULES.items()))
    return page(
        "Lines of an intake",
        "The codes of the lines of an [intake](../intake-format.md), with their texts.\n"
        "Curly brackets stand for text from the file.\n"
        "Where a record refuses a value, the line has the code of that [fault](index.md).\n"
        "The codes are public and stay; the words around them may change.",
        *tables_of, f"## Changes: values that are mapped\n\n{rules}")


def family_pages() -> Iterator[tuple[str, str]]:
    """Write the tables of the codes that have no page each."""
    yield f"{REFERENCE}/codes/intake.md", intake_page()
    for name, (title, what, family) in FAMILIES.items():
        rows = [(f"`{code}`", f"**{meaning.title}.** {meaning.when}", meaning.remedy)
                for code, meaning in family.items()]
        yield f"{REFERENCE}/codes/{name}.md", page(
            title, f"{what}\nThe codes are public and stay; the words around them may change.",
            table(("Code", "What it is", "What to do"), rows))


# ---------------------------------------------------------------------------------------------------------
# The other tables.


def areas_page() -> str:
    """Write the page of the areas."""
    rows = [(f"`{row['id']}`", row["label"], row["belongs"], f"`{row['grade']}`",
             f"{source_link(row['source'])}: {row['pin']}") for row in raw("areas")["row"]]
    return page("Areas", "The areas that tables ask points for, in the order in which every table lists them.",
                table(("Area", "Label", "What belongs to it", "Grade", "Where it stands"), rows))


def kinds_page(edition: Edition) -> str:
    """Write the page of kinds of activity, units and bounds."""
    kinds = [(f"`{row.id}`<br>{row.label}", ", ".join(f"`{unit}`" for unit in row.units),
              "established" if row.established else "the holder's claim", f"`{row.grade}`", stands(row))
             for row in edition.kinds]
    said = {row.id: (row.proof and f"Proof: {row.proof}", row.information, row.why) for row in edition.kinds}
    notes = [(f"`{kind}`", " ".join(sentence(text).replace("\n", " ") for text in texts if text))
             for kind, texts in said.items() if any(texts)]
    units = [(f"`{row.id}`", row.label, decimal_text(row.points), f"`{row.grade}`", stands(row))
             for row in edition.units]
    limits = [(f"`{row.kind}`", LIMITS[row.limit],
               "yes" if row.value is True else str(row.value), f"`{row.grade}`", stands(row))
              for row in edition.limits if row.kind is not None]
    return page(
        "Kinds of activity",
        "Where the value of a kind is not established, what is entered is the holder's claim, and its points stay "
        "unconfirmed.",
        table(("Kind", "Units, default first", "Value", "Grade", "Where it stands"), kinds),
        "## Notes\n\n" + table(("Kind", "Other notes"), notes),
        "## Units\n\n" + table(("Unit", "Label", "Points", "Grade", "Where it stands"), units, right=(2,)),
        "## Bounds\n\n" + table(("Kind", "Bound", "Value", "Grade", "Where it stands"), limits),
    )


def fee_span(row: tables.FeeTableRow | tables.ExamFeeTableRow) -> str:
    """Write the first and last day on which a row is known to hold, and how they are known."""
    start = f"from {row.starts_on}" + (" (first seen)" if row.from_is == "first_seen" else "")
    if row.until is None:
        return f"{start} on"
    return f"{start} to {row.until}" + (" (last seen)" if row.until_is == "last_seen" else "")


def fees_page(edition: Edition) -> str:
    """Write the page of the fees and their rules."""
    parts = ["Amounts in US dollars, by the day of submission.\nBetween sightings nothing is established."]
    for region in vocabulary.FEE_REGIONS:
        parts.append(f"## Region `{region}`")
        for row in reversed([row for row in edition.fees if row.region == region]):
            cells = [(f"`{cell.of}`", money_text(cell.value), f"`{cell.grade}`", stands(cell)) for cell in row.cells]
            parts.append(f"### {sentence(fee_span(row)).rstrip('.')}\n\nRow `{row.id}`."
                         + (f"\n{sentence(row.note)}" if row.note else ""))
            parts.append(table(("Item", "Amount", "Grade", "Where it stands"), cells, right=(1,)))
            reasons = [f"`{cell.of}`: {cell.why}." for cell in row.cells if cell.why]
            parts.append(bullets(reasons))
    parts.append("## Rules")
    parts.append(statements(row for name, row in edition.statements if name.startswith("fees/")))
    return page("Fees", *parts)


def statements(rows: Iterable[tables.TextRow | tables.LimitRow], prefix: str = "") -> str:
    """Write rules in words, each with its source; rules of the process have the names under which answers cite them."""
    parts = []
    for row in rows:
        question = getattr(row, "question", None)
        said = [f"### {prefix}{row.id} {{ #{prefix.replace('/', '-')}{row.id.replace('/', '-')} }}", ""]
        if prefix:
            said.append(process_text(row))
        elif question:
            said.append(f"Open question: {lines(question)}\n\nRead here as: {lines(row.text or '')}")
        else:
            said.append(sentence(row.text or ""))
        said.extend(("", f"* Grade: `{row.grade}`", f"* Where it stands: {stands(row)}"))
        if row.why:
            said.append(f"* Why: {row.why}")
        parts.append("\n".join(said))
    return "\n\n".join(parts)


def readings_page(edition: Edition) -> str:
    """Write our readings, and every rule in words."""
    def named(prefix: str) -> Iterator[tables.TextRow]:
        return (row for name, row in edition.statements if name.startswith(prefix))

    rules = (row for row in edition.limits if row.kind is None)
    return page(
        "Rules and readings",
        "A *reading* is what this project takes a text to mean where the sources leave a choice.\n"
        "Each one names the question that stays open.",
        f"## Readings\n\n{statements(named('reading'))}",
        f"## What counts\n\n{statements(rules)}",
        f"## Taking part\n\n{statements(named('participation/'))}",
        f"## When a credential is not maintained\n\n{statements(named('expiry/'))}",
    )


# ---------------------------------------------------------------------------------------------------------
# The process.


def process_text(row: tables.TextRow | tables.LimitRow) -> str:
    """Write a rule of the process, and what it leaves open."""
    said = [] if getattr(row, "established", True) else ["**Not established.**"]
    said.append(sentence(row.text or ""))
    if getattr(row, "question", None):
        said.append(f"Open question: {lines(getattr(row, 'question', ''))}")
    if getattr(row, "words", ()):
        said.append(f"Words: {', '.join(f'`{word}`' for word in getattr(row, 'words', ()))}.")
    return "\n".join(said)


def remarks(row: tables.TextRow, text: str | None = None) -> str:
    """Write the notes on a figure in one cell: text, open question, reasoning."""
    question = f"Open question: {row.question}" if row.question else None
    return " ".join(filter(None, (text, question, row.why and f"Why: {row.why}."))) or "none"


def process_page(name: str, *between: str) -> str:
    """Write the page of a table of the process: its figures, the sections in `between`, and its rules in words."""
    whole, prefix = parsed().files[f"{name}.toml"], tables.PROCESS[name]
    figures = [row for row in whole.row if isinstance(row, tables.ProcessRow)]
    rows = [(f"`{prefix}/{row.id}`", decimal_text(row.value) if row.value is not None else "not established",
             row.unit.replace("_", " "),
             remarks(row, f"{row.text} From {row.starts_on} on." if row.starts_on else row.text), f"`{row.grade}`",
             stands(row)) for row in figures]
    rules = getattr(whole, "rule", whole.row)
    return page(
        whole.title,
        "## Figures\n\n" + table(("Name", "Value", "Unit", "What it is", "Grade", "Where it stands"), rows, right=(1,))
        if rows else "",
        *between,
        f"## Rules in words\n\n{statements(rules, f'{prefix}/')}",
    )


def declaration_page() -> str:
    """Write the page of the steps in the life of a declaration."""
    rows: tuple[tables.TransitionTableRow, ...] = parsed().rows("declaration")
    steps = [(", ".join(f"`{state}`" for state in row.from_states), f"`{row.event}`", f"`{row.to}`",
              ", ".join(f"`{need}`" for need in row.needs) or "nothing", f"`{row.grade}`", stands(row)) for row in rows]
    notes = [f"`{row.id}`: {remarks(row, row.text)}" for row in rows]
    return process_page(
        "declaration",
        "## Steps\n\nAn event may happen in the states of the first column if its needs are met.\n"
        "No source shows any other step.",
        table(("In", "Event", "Leads to", "Needs", "Grade", "Where it stands"), steps),
        "## What each step is\n\n" + bullets(indented(lines(note)) for note in notes),
    )


def audit_page() -> str:
    """Write the page of the audit: its rules, and which document proves what."""
    rows: tuple[tables.ProofTableRow, ...] = parsed().files["audit.toml"].proof
    proofs = [(f"`{row.id}`", ", ".join(f"`{word}`" for word in row.documents) or "not established",
               ", ".join(f"`{word}`" for word in row.fields) or "not established",
               remarks(row, row.text), f"`{row.grade}`", stands(row)) for row in rows]
    return process_page(
        "audit",
        "## Proof, kind by kind\n\nOne of the documents serves, if it shows the fields.",
        table(("Kind", "Documents", "Fields", "Remarks", "Grade", "Where it stands"), proofs),
    )


def renewal_page(book: PolicyBook) -> str:
    """Write the page of the renewal: its rules, and which credentials are in one area."""
    together: dict[str, list[str]] = {}
    for code, areas in book.own_areas.items():
        if len(areas) == 1:
            together.setdefault(areas[0], []).append(code)
    rows = [(label(area), ", ".join(codes)) for area, codes in together.items() if len(codes) > 1]
    return process_page(
        "renewal",
        "## Credentials in one area\n\nCredentials with the same single own area, by the reading `renewal/same_area`.",
        table(("Area", "Credentials"), rows),
    )


def exam_fees_page() -> str:
    """Write the page of fees for examination applications."""
    rows: tuple[tables.ExamFeeTableRow, ...] = parsed().rows("exam_fees")
    parts = []
    for body in ("ASCP", "ASCPi"):
        cells = [(", ".join(row.codes), fee_span(row), money_text(row.value) if row.value is not None else "not known",
                  f"`{row.grade}`", stands(row), remarks(row, row.note)) for row in rows if row.body == body]
        parts.append(f"## {body}")
        parts.append(table(("Credentials", "Applications", "Amount", "Grade", "Where it stands", "Remarks"), cells,
                           right=(2,)))
    return process_page(
        "exam_fees",
        "Amounts in US dollars, by the day of application.\n"
        "The years of sightings are approximate, and unknown amounts are not filled in by analogy.",
        *parts,
    )


def pass_rates_page() -> str:
    """Write the page of pass rates, each with its source."""
    rows: tuple[tables.PassRateTableRow, ...] = parsed().rows("pass_rates")
    cells = [(f"`{row.id}`", row.measure, decimal_text(row.value), row.text or "", row.said_by, f"`{row.grade}`",
              stands(row)) for row in rows]
    return process_page("pass_rates", table(("Row", "Measure", "Percent", "What it is", "Who says it", "Grade",
                                             "Where it stands"), cells, right=(2,)))


def cited_in(value: object) -> Iterator[str]:
    """Collect every source that some rows cite."""
    if isinstance(value, dict):
        if "pin" in value:
            yield from (value["source"], *value.get("also", ()))
        for item in value.values():
            yield from cited_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from cited_in(item)


LISTED = "../../credentials/index"
PAGES_OF_FILES = {"areas": "areas", "kinds": "kinds", "units": "kinds", "limits": "readings", "fees": "fees",
                  "readings": "readings", "participation": "readings", "expiry": "readings",
                  **dict.fromkeys(("ascpi", "credentials", "cycle", "window"), LISTED),
                  **{name: name for name in tables.PROCESS}}


def citing(edition: Edition) -> dict[str, list[str]]:
    """Map each source to links to the pages of the tables that cite it."""
    found: dict[str, list[str]] = {source.id: [] for source in edition.sources}
    files = [(path.stem, f"../../credentials/{path.stem.lower()}") for path in sorted((DATA / "points").glob("*.toml"))]
    named = [(f"points/{stem}", f"[{stem}]({target}.md)") for stem, target in files]
    named += [(stem, f"[{stem}]({target}.md)") for stem, target in PAGES_OF_FILES.items()]
    for name, link in named:
        for source in dict.fromkeys(cited_in(raw(name))):
            found[source].append(link)
    return found


def sources_page(edition: Edition) -> str:
    """Write the page of the documents."""
    links = citing(edition)
    parts = []
    for source in edition.sources:
        when = source.published_on or source.published or "not known"
        facts = [f"Issuer: {source.issuer}", f"Published: {when}"]
        if source.url:
            facts.append(f"Address: <{source.url}>")
        if source.note:
            facts.append(f"Note: {source.note}")
        facts.append(f"Cited by the tables of: {', '.join(links[source.id])}")
        parts.append(f"## {source.title} {{ #{source.id} }}\n\n`{source.id}`\n\n{bullets(facts)}")
    return page("Sources", "The register of documents that the tables cite.\nAddresses are those under which a "
                "document was found; some no longer answer.", *parts)


# ---------------------------------------------------------------------------------------------------------
# All of it.


def limits_page() -> str:
    """Write the page of the limits."""
    rows = [(f"`{name}`", f"{one.most:,}", one.unit, one.of, one.beyond + (f" (`{one.code}`)" if one.code else ""))
            for name, one in limits.LIMITS.items()]
    return page(
        "Limits",
        "How large and how many each input may be, and how far each search goes.\n"
        "A limit on an input is checked before any work is done on it.\n"
        "A limit on work is counted in steps, never in time, so that answers are the same on every machine.\n"
        "Placements have bounds of their own, which [Placement](../explanation/placement.md) describes.",
        table(("Limit", "Most", "Unit", "Of", "Beyond it"), rows, right=(1,)),
    )


def commands_page() -> str:
    """Write the page of the commands and of all their options."""
    meanings: dict[tuple[str, str], list[str]] = {}
    for name, command in _commands():
        for option in _options_of(command):
            if option.option_strings and option.dest != "help":
                takes = f" {option.metavar or _choices(option)}" if option.nargs != 0 else ""
                key = f"{', '.join(option.option_strings)}{takes}", " ".join(str(option.help).split())
                meanings.setdefault(key, []).append(name)
    rows = [(f"`{option}`", meaning, ", ".join(f"`{name}`" for name in names))
            for (option, meaning), names in sorted(meanings.items())]
    lines = [(f"`{name}`", line) for name, line in LINES.items()]
    return page(
        "Commands and options",
        "Every command, and every option with the commands that take it.\n"
        "`cmprules help COMMAND` has them for one command, with an example; [Use the command line]"
        "(../how-to/command-line.md) shows them at work.",
        table(("Command", "What it does"), lines), "## Options",
        table(("Option", "Meaning", "Commands"), rows),
        "The answers of every command are independent of ASCP; they are not a decision of ASCP.")


def _commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """List the commands, with the parts of those that have parts."""
    _, commands = parser_of(None)
    for name, command in commands.choices.items():
        parts = [option.choices for option in _options_of(command) if isinstance(option.choices, dict)]
        for part, parser in parts[0].items() if parts else ():
            yield f"{name} {part}", parser
        if not parts:
            yield name, command


def _options_of(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return command._actions  # noqa: SLF001  # argparse has no public list of them


def _choices(option: argparse.Action) -> str:
    return "{" + ",".join(map(str, option.choices)) + "}" if option.choices else option.dest.upper()


def nav(text: str, edition: Edition) -> str:
    """Write the generated parts of the navigation between their marks."""
    both = sorted({**codes.FINDINGS, **codes.QUESTIONS, **codes.FAULTS, **codes.PLANS})
    listed = {
        "codes": [f"{code}: reference/codes/{code.lower()}.md" for code in both],
        "credentials": [f"{row.code}: credentials/{row.code.lower()}.md" for row in edition.credentials],
    }
    for name, entries in listed.items():
        start, end = f"# written: {name}\n", f"# end of {name}\n"
        before, _, rest = text.partition(start)
        indent = before[before.rindex("\n") + 1 :]
        _, _, after = rest.partition(end)
        middle = "".join(f"{indent}- {entry}\n" for entry in entries)
        text = f"{before}{start}{middle}{indent}{end}{after}"
    return text


def main() -> dict[str, str]:
    """Return every generated page: its path from the root, and its text."""
    edition, book = read_edition(tables_in(DATA)), cmprules.load_book(EDITION)
    folder = f"{REFERENCE}/tables"
    pages = {**dict(code_pages(book)), **dict(family_pages())}
    pages |= credentials.pages(edition)
    pages |= {
        f"{folder}/areas.md": areas_page(),
        f"{folder}/kinds.md": kinds_page(edition),
        f"{folder}/fees.md": fees_page(edition),
        f"{folder}/readings.md": readings_page(edition),
        f"{folder}/sources.md": sources_page(edition),
        f"{folder}/declaration.md": declaration_page(),
        f"{folder}/audit.md": audit_page(),
        f"{folder}/renewal.md": renewal_page(book),
        f"{folder}/designation.md": process_page("designation"),
        f"{folder}/examination.md": process_page("examination"),
        f"{folder}/exam_fees.md": exam_fees_page(),
        f"{folder}/pass_rates.md": pass_rates_page(),
        f"{REFERENCE}/limits.md": limits_page(),
        f"{REFERENCE}/commands.md": commands_page(),
        "mkdocs.yml": nav((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), edition),
    }
    return pages


def write() -> None:
    """Write every page, and remove pages that are no longer generated."""
    pages = main()
    for folder in (f"{REFERENCE}/codes", f"{REFERENCE}/tables", credentials.FOLDER):
        for path in (path for path in (ROOT / folder).rglob("*") if path.is_file()):
            if path.relative_to(ROOT).as_posix() not in pages:
                path.unlink()
    for name, text in pages.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
