"""Answers the questions of the playground's page: plain data in, plain data out.

The page sends a method and its arguments as JSON, and shows what comes back.  Every decision, report and message is the
package's own; this module only hands them over.  It runs in the browser on Pyodide, and under any other Python too.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import cmprules
from cmprules._answers.render.words import amount_words, brief, relied_on
from cmprules._facts.examples import EXAMPLES
from cmprules._words.codes.questions import ABOUT_ACTIVITY, ABOUT_CREDENTIAL
from cmprules.errors import shorten

Plain = dict[str, Any]
REMIND = (60, 14)
"""Days before an event on which the calendar sends a reminder."""
BOOKS = Path(__file__).parent / "books"
MOST_SHOWN = 2_000
"""A record with more activities is shown without details; the saved report has them."""
COURSE = "what-if"
"""The id of the course of a what-if."""
NOT_HERE = ("This kind of file needs a reader that does not run in a browser. Save it as CSV or Excel, or read it on "
            "the command line.")
_OPTION = re.compile(r" \(--[^()]*\)|, such as --[a-z]+ \w+| `cmprules \w+` lists all \w+\b\.?")
_VERDICT = re.compile(r'<p class="verdict (\w*)"><strong>(?:<span[^>]*>[^<]*</span> )?(.*?)</strong>', re.DOTALL)


@cache
def book_of(edition: str | None) -> cmprules.PolicyBook:
    """Load an edition; a bundle holds the one that was read and checked when the bundle was written."""
    name = cmprules.editions()[-1] if edition is None else edition
    kept = BOOKS / f"{name}.pickle"
    if name in cmprules.editions() and kept.is_file():
        book: cmprules.PolicyBook = pickle.loads(kept.read_bytes())
        return book
    return cmprules.load_book(name)


def answer(method: str, asked: str) -> str:
    """Answer one question of the page, or return the faults of its input."""
    try:
        found = METHODS[method](**json.loads(asked))
    except cmprules.CmpRulesError as error:
        found = {"faults": faults_of(error)}
    return json.dumps(found, ensure_ascii=False)


def faults_of(error: cmprules.CmpRulesError) -> list[Plain]:
    """List what is wrong: the place, the code, and the package's message."""
    faults: Sequence[cmprules.Fault] = getattr(error, "faults", ())
    if not faults:
        text = NOT_HERE if isinstance(error, cmprules.MissingExtraError) else _plainly(str(error))
        return [{"path": "$", "code": type(error).__name__, "text": text}]
    return [{"path": fault.path, "code": fault.code, "text": _message(fault)} for fault in faults]


def _message(fault: cmprules.Fault) -> str:
    got = "nothing" if fault.value is None else shorten(fault.value)
    return _plainly(f"Got {got}, expected {fault.expected}; {fault.hint}")


def _plainly(text: str) -> str:
    """Remove the options of the command line; the page has fields for them."""
    return _OPTION.sub("", text)


# ---------------------------------------------------------------------------------------------------------
# What the fields of the page offer.


def words() -> Plain:
    """List what the fields offer: credentials, kinds, areas, units, sources, editions, examples."""
    book = book_of(None)
    return {
        "version": cmprules.__version__, "editions": list(cmprules.editions()), "examples": list(EXAMPLES),
        "credentials": [{"code": one.code, "name": one.name, "bodies": one.bodies} for one in book.codes.values()],
        "areas": {area: brief(area) for area in book.areas if area != "pool"},
        "kinds": {kind: {"label": one.label, "units": one.units} for kind, one in book.kinds.items()},
        "units": {unit: amount_words(Decimal(2), unit).removeprefix("2 ") for unit in book.units},
        "trust": {grade: relied_on(grade) for grade in reversed(cmprules.Grade) if grade != cmprules.Grade.USER},
    }


def example(name: str) -> Plain:
    """Return an example record."""
    return {"record": cmprules.to_mapping(cmprules.example(name))}


# ---------------------------------------------------------------------------------------------------------
# Files.


def opened(paths: Sequence[str]) -> Plain:
    """Detect the kind of a file: a record, a receipt, or something to read rows from."""
    path = paths[0]
    schema = str(_plain(Path(path)).get("schema", ""))
    if schema.startswith("cmprules.receipt/"):
        kept = cmprules.read_receipt(path)
        return {"what": "receipt", "html": page_of(cmprules.replay(kept), kept.record),
                "record": cmprules.to_mapping(kept.record), "on": kept.decision.on.isoformat(),
                "edition": kept.decision.stamp.edition, "trust": kept.decision.stamp.trust}
    if schema.startswith("cmprules.record/") or path.endswith(".toml"):
        return {"what": "record", "record": _record_of(path)}
    return {"what": "rows"}


def _record_of(path: str) -> Plain:
    """Return a record; one with faults comes back unchanged if the fields of the page can show it and its faults."""
    try:
        return cmprules.to_mapping(cmprules.read_record(path))
    except cmprules.InputError:
        plain = _plain(Path(path))
        if not _fits(plain):
            raise
        return plain


def _fits(plain: Plain) -> bool:
    """Return whether the fields of the page can show a record: rows with distinct ids, and lists where lists belong."""
    lists = [plain.get("credentials"), plain.get("activities")]
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists):
        return False
    ids = [[row.get("id") for row in rows] for rows in lists if rows is not None]
    return (isinstance(plain.get("holder"), dict) and isinstance(plain["holder"].get("id"), str)
            and all(all(isinstance(name, str) for name in names) and len(set(names)) == len(names) for names in ids)
            and all(isinstance(row.get("areas", []), list) for row in plain["activities"])
            and all(isinstance(plain.get(name, []), list) for name in ("placements", "settled")))


def _plain(path: Path) -> Plain:
    """Return the object in a JSON file; an empty one if there is none."""
    raw = path.read_bytes()
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return {}
    try:
        found: Plain = json.loads(raw.decode("utf-8-sig"))
    except ValueError:
        return {}
    return found


def rows(paths: Sequence[str], draft: Plain, options: Plain) -> Plain:
    """Read rows of files: the activities, a line for each row, and the report."""
    from cmprules import intake  # noqa: PLC0415  # not needed until there is a file

    book = book_of(None)
    mapping = intake.IntakeMapping(**{name: value for name, value in options.items() if value})
    into = cmprules.parse_record(draft) if draft["credentials"] else None
    holder = draft["holder"]
    found = intake.intake(list(paths), book, holder=holder["id"], name=holder.get("name"), into=into, mapping=mapping)
    return {
        "html": page_of(found), "why": None if found.why is None else _why(found.why),
        "record": None if found.record is None else cmprules.to_mapping(found.record),
        "lines": [_line(line) for line in found.lines if line.activity or line.status in {"set_aside", "refused"}],
    }


def _why(why: str) -> str:
    return _plainly(why.replace(', such as --credential "MLS(ASCP) 2026-05-31"', " above, with its last day"))


def _line(line: Any) -> Plain:
    """Return a row with the questions about it."""
    return {"place": line.place, "status": line.status, "what": line.what or "", "activity": line.activity,
            "codes": [remark.code for remark in line.remarks], "texts": [_plainly(one.text) for one in line.remarks]}


# ---------------------------------------------------------------------------------------------------------
# Answers.


class Case:
    """The decision on a record, with its day, its edition and the sources to accept."""

    def __init__(self, draft: Plain, on: str, edition: str | None, trust: str) -> None:
        self.record = cmprules.parse_record(draft)
        self.book = book_of(edition)
        self.decision = cmprules.decide(self.record, self.book, on=on, trust=trust)

    @property
    def long(self) -> bool:
        """Whether its details are too long for a page that is redrawn after every change."""
        return len(self.record.activities) > MOST_SHOWN

    def page(self, value: Any) -> str:
        """Write an answer as a page, without details if they are too long."""
        return cmprules.render(value, "html", record=self.record, summary=self.long)


def view(part: str, more: Plain, **asked: Any) -> Plain:
    """Return the verdicts, the open questions, and one section of the answer as a report."""
    case = Case(**asked)
    html = case.page(case.decision)
    shown = {"verdicts": verdicts(html), "needs": list(needs(case)), "long": case.long}
    if part in OTHERS:
        return {**shown, **compared(case, OTHERS[part]({**asked, **more}))}
    return {**shown, "html": html if part == "answer" else PARTS[part](case)}


def compared(case: Case, other: Case | None) -> Plain:
    """Compare with the other answer: its verdicts, and what differs; nothing if there is no other yet."""
    if other is None:
        return {"after": [], "html": ""}
    found = cmprules.compare(case.decision, other.decision, records=(case.record, other.record),
                             books=(case.book, other.book))
    return {"after": verdicts(other.page(other.decision)), "html": other.page(found)}


def verdicts(html: str) -> list[Plain]:
    """Collect the verdicts of a report, each with its tone."""
    return [{"tone": tone, "text": unescape(text)} for tone, text in _VERDICT.findall(html)]


def needs(case: Case) -> Iterable[Plain]:
    """List the open questions; `yes_or_no` if the record can hold an answer."""
    titles = {activity.id: activity.title for activity in case.record.activities}
    for credential in case.decision.credentials:
        for need in credential.needs:
            yield {"credential": credential.id, "code": need.code, "subject": need.subject, "question": need.question,
                   "others": need.others or (), "about": titles.get(need.subject, f"{credential.code}"),
                   "compare": [titles[other] for other in need.others or () if other in titles],
                   "yes_or_no": need.code in {*ABOUT_ACTIVITY, *ABOUT_CREDENTIAL}}


def _with_course(asked: Plain) -> Case | None:
    """Decide the same record with one more course, if the page names one."""
    if not asked.get("course"):
        return None
    draft = asked["draft"]
    more = {**draft, "activities": [*draft["activities"], {**asked["course"], "id": COURSE}]}
    return Case(more, asked["on"], asked["edition"], asked["trust"])


def _under_another(asked: Plain) -> Case:
    """Decide the same record under another edition."""
    return Case(asked["draft"], asked["on"], asked["against"], asked["trust"])


OTHERS: Mapping[str, Callable[[Plain], Case | None]] = {"course": _with_course, "editions": _under_another}
"""The parts that compare the answer with another one."""
PARTS: Mapping[str, Callable[[Case], str]] = {
    "why": lambda case: case.page(cmprules.explain(case.decision, record=case.record, book=case.book)),
    "dates": lambda case: case.page(cmprules.timeline(case.record, case.book, on=case.decision.on)),
    "keep": lambda _: "",
}
"""The parts that say more about the answer itself."""


def page_of(value: Any, record: cmprules.Record | None = None) -> str:
    """Write an answer as a page."""
    return cmprules.render(value, "html", record=record)


# ---------------------------------------------------------------------------------------------------------
# Files to keep.


def keep(what: str, **asked: Any) -> Plain:
    """Write a file to keep: the record, a receipt, a calendar, the report, or the decision as data."""
    case = Case(**asked)
    ending, kind, write = KEPT[what]
    return {"name": f"{what}.{ending}", "type": kind, "text": write(case)}


def _calendar(case: Case) -> str:
    line = cmprules.timeline(case.record, case.book, on=case.decision.on)
    return cmprules.to_icalendar(line, remind=REMIND, name=case.record.holder.name)


KEPT: Mapping[str, tuple[str, str, Callable[[Case], str]]] = {
    "calendar": ("ics", "text/calendar", _calendar),
    "receipt": ("json", "application/json",
                lambda case: cmprules.receipt(case.decision, record=case.record, book=case.book).text),
    "record": ("json", "application/json", lambda case: cmprules.render(case.record, "json")),
    "report": ("html", "text/html", lambda case: page_of(case.decision, case.record)),
    "decision": ("json", "application/json", lambda case: cmprules.render(case.decision, "json")),
}

METHODS: Mapping[str, Callable[..., Plain]] = {
    "words": words, "example": example, "opened": opened, "rows": rows, "view": view, "keep": keep,
}
