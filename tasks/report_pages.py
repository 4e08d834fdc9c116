"""Write one HTML page of every kind of report, for the browser tests and the pictures.

python tasks/report_pages.py FOLDER
python tasks/report_pages.py --shown     what a notebook shows of every answer, as a list in JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import attrs

import cmprules
from cmprules import audit, declaring, exam, explaining, participation, planning, renewal
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import Checked
from cmprules.batch import decide_table, what_if
from cmprules.intake import IntakeMapping, intake
from cmprules.reporting import NotDecided, Reports, reports
from cmprules.reporting._index import write_index

__all__ = ["answers", "pages"]

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
ON = date(2026, 3, 10)
Shown = tuple[str, Checked | Displayed, cmprules.Record | None]


def pages() -> dict[str, str]:
    """Return every page by file name, in full and as a summary."""
    found = {}
    for name, value, record in answers():
        found[name] = cmprules.render(value, "html", record=record)
        found[f"{name}.summary"] = cmprules.render(value, "html", record=record, summary=True)
    team = people()
    found["reports-index"] = "".join(write_index(team))
    found["reports-index.summary"] = cmprules.render(team, "html", summary=True)
    return found


def answers() -> Iterator[Shown]:
    """Return every kind of answer by name, with its record."""
    book = cmprules.load_book(edition="2026.1")
    yield from _decisions(book)
    yield from _values(book)
    yield from _beside(book)
    yield from _declarations(book)
    yield from _renewals(book)
    yield from _comparisons(book)
    for name in ("mls-failed", "pbt-passed"):
        outlook = exam.exam_outlook(exam.read_exam(EXAMPLES / "exam" / f"{name}.json"), book, on=ON, hours_per_week=6)
        yield f"exam-{name}", outlook, None
    yield "reports", people(), None
    files = ROOT / "docs" / "how-to" / "files"
    for name, order in (("intake", "us"), ("intake-asked", None)):
        yield name, intake(files / "transcript.csv", book, holder="sample-5", name="Ada Sample",
                           credentials=["PBT(ASCP) 2026-05-31"], mapping=IntakeMapping(dates=order)), None
    yield "policy", book.policy_for("MLS", expires_on=date(2026, 5, 31)), None
    yield "policy-not-known", book.policy_for("MLA", expires_on=date(2026, 5, 31)), None


def people() -> Reports:
    """Write reports for forty people into a temporary folder."""
    book, rng = cmprules.load_book(edition="2026.1"), Random(5)
    names = [f"{first} {last}" for first in ("Ada", "Ben", "Cleo", "Deng", "Elif", "Farid", "Grace", "Hana")
             for last in ("Sample", "Specimen", "Example", "Placeholder-Longer", "Muster")]
    found = []
    for number, name in enumerate(names):
        record = example(rng.choice(("mls-nearly-there", "mls-met", "pbt", "ht-expired", "mla")))
        ends = ON + timedelta(days=rng.choice((-40, 0, 12, 40, 51, 70, 82, 113, 400)))
        held = [attrs.evolve(one, expires_on=ends, certified_on=None) for one in record.credentials]
        found.append(attrs.evolve(record, holder=cmprules.Holder(id=f"E-{1001 + number}", name=name), placements=(),
                                  credentials=held))
    wrong = [NotDecided(holder="E-1099", place="activities, row 197", code="NO_SUCH_DATE",
                        text="completed_on: got '2025-02-31', expected a day that the calendar has; check the month")]
    with TemporaryDirectory() as folder:
        return reports(found, book, on=ON, to=Path(folder) / "reports", not_decided=wrong, remarks=["left out 'Ward'"])


def example(name: str) -> cmprules.Record:
    """Read one of the shipped examples."""
    found = next(path for path in (EXAMPLES / f"{name}.json", EXAMPLES / f"{name}.toml") if path.exists())
    return cmprules.read_record(found)


def _decisions(book: cmprules.PolicyBook) -> Iterator[Shown]:
    for name in ("mls-nearly-there", "mls-met", "needs-division", "mls-and-sbb", "ht-expired", "mla", "no-end-date",
                 "bb-2024-01-31", "pa"):
        record = example(name)
        yield f"decide-{name}", cmprules.decide(record, book, on=ON), record
    yield "decide-thirty", cmprules.decide(thirty(), book, on=ON), thirty()
    yield "decide-without-record", cmprules.decide(thirty(), book, on=ON), None


def _values(book: cmprules.PolicyBook) -> Iterator[Shown]:
    """Return the values that are not answers, as a notebook shows them."""
    both = example("mls-and-sbb")
    decision = cmprules.decide(both, book, on=ON)
    yield "value-record", thirty(), None
    yield "value-book", book, None
    yield "value-credential", decision["mls"], both
    table = book.policy_for("MLS", expires_on="2026-08-31")
    cycle = cmprules.Period(start="2023-09-01", end="2026-08-31")
    yield "value-placement", cmprules.allocate(both.activities, table, cycle=cycle), both
    yield "value-fees", decision.fees, both
    files = ROOT / "docs" / "how-to" / "files"
    yield "value-population", decide_table(files / "staff-credentials.csv", files / "staff-activities.csv", book,
                                           on=ON), None


def thirty() -> cmprules.Record:
    """Return a record with thirty activities."""
    record = example("mls-nearly-there")
    more = [attrs.evolve(one, id=f"b{one.id}", title=f"{one.title}, part two") for one in record.activities[:6]]
    return attrs.evolve(record, activities=(*record.activities, *more))


def _beside(book: cmprules.PolicyBook) -> Iterator[Shown]:
    """Return the answers on what counts, what to do and when."""
    nearly, met, both = example("mls-nearly-there"), example("mls-met"), example("mls-and-sbb")
    for name, record in (("nearly", nearly), ("met", met), ("several", both), ("division", example("needs-division"))):
        yield f"track-{name}", cmprules.track(record, book, on=ON), record
        yield f"timeline-{name}", cmprules.timeline(record, book, on=ON), record
        why = cmprules.explain(cmprules.decide(record, book, on=ON), record=record, book=book)
        yield f"explain-{name}", why, record
    yield "moves", explaining.review_placement(nearly, book, on=ON), nearly
    yield "slack", explaining.slack(met, book, on=ON), met
    offers = planning.read_catalogue(EXAMPLES / "catalogues" / "samples.csv")
    yield "plan", cmprules.plan(nearly, book, offers, on=ON), nearly
    yield "plan-nothing", cmprules.plan(met, book, offers, on=ON), met
    yield "plan-none", cmprules.plan(example("mla"), book, offers, on=ON), example("mla")
    yield "front", planning.front(nearly, book, offers, on=ON), nearly
    earlier = cmprules.track(nearly, book, on=date(2026, 2, 1))
    yield "changes", cmprules.changes(earlier, cmprules.track(nearly, book, on=ON)), nearly


def _declarations(book: cmprules.PolicyBook) -> Iterator[Shown]:
    """Return declaration forms, lives of declarations and audits."""
    nearly, met, both = example("mls-nearly-there"), example("mls-met"), example("mls-and-sbb")
    yield "form", declaring.declaration_form(met, book, on=ON, credential="mls"), met
    yield "form-several", declaring.declaration_form(both, book, on=ON, credential="sbb", together_with=["mls"]), both
    yield "form-not-ready", declaring.declaration_form(nearly, book, on=ON, credential="mls"), nearly
    life = declaring.begin(met.credentials[0], book, on=ON)
    yield "life", declaring.advance(life, "complete", book, on=ON, decision=cmprules.decide(met, book, on=ON)), met
    yield "audit", audit.readiness(met, book, on=ON), met
    yield "audit-nearly", audit.readiness(nearly, book, on=ON), nearly
    yield "manifest", audit.manifest(met, book, on=ON), met
    yield "rejection", audit.substitute(met, book, on=date(2026, 6, 10), rejected=["m02", "m06"]), met
    illness = cmprules.Period(start=date(2025, 1, 1), end=date(2026, 1, 31))
    yield "appeal", audit.appeal_grounds(book, illness=illness, notified_on=date(2026, 7, 1)), None


def _renewals(book: cmprules.PolicyBook) -> Iterator[Shown]:
    """Return answers on what follows the end of a cycle, and on how to cite credentials."""
    met, both, old = example("mls-met"), example("mls-and-sbb"), example("ht-expired")
    mls = met.credentials[0]
    yield "renewal", renewal.renew(mls, book, on=date(2026, 4, 20)), met
    yield "renewal-too-early", renewal.renew(mls, book, on=date(2026, 1, 1)), met
    yield "reinstatement", renewal.reinstate(old, book, on=ON), old
    extended = attrs.evolve(mls, extended_until=date(2026, 10, 31))
    yield "inactive", renewal.inactive(extended, book, on=date(2026, 7, 1)), met
    yield "synchronize", renewal.synchronize(both, book, on=ON), both
    yield "stacked", renewal.stacked(both, book, on=ON), both
    choice = cmprules.Credential(id="mls", code="MLS", certified_on="1998-05-20", expires_on="2026-05-31",
                                 voluntary=True)
    yield "stopping", renewal.stop_taking_part(choice, book, on=ON), None
    yield "participation", participation.participation(mls, book), met
    yield "designation", participation.designation(both.credentials, book, on=ON), both


def _comparisons(book: cmprules.PolicyBook) -> Iterator[Shown]:
    """Return comparisons and receipts."""
    files = ROOT / "docs" / "how-to" / "files"
    reformed = cmprules.load_book(edition="2026.1", reform=[files / "cap-reform.toml"])
    tables = [book.policy_for("BB", expires_on=day) for day in (date(2022, 12, 31), date(2024, 1, 31))]
    yield "compare-tables", cmprules.compare(tables[0], tables[1]), None
    nearly = example("mls-nearly-there")
    before, after = cmprules.decide(nearly, book, on=ON), cmprules.decide(nearly, reformed, on=date(2026, 6, 10))
    yield "compare", cmprules.compare(before, after, records=(nearly, nearly), books=(book, reformed)), nearly
    yield "compare-day", cmprules.compare(before, cmprules.decide(nearly, book, on=date(2026, 5, 20))), nearly
    kept = cmprules.receipt(before, record=nearly)
    yield "receipt", kept, nearly
    yield "verify", cmprules.replay(kept, book), nearly
    flips = cmprules.load_book(edition="2026.1", reform=[files / "phlebotomy-reform.toml"])
    yield "what-if", what_if(files / "staff-credentials.csv", files / "staff-activities.csv", book, flips, on=ON), None


def main(folder: str) -> None:
    """Write every page into a folder."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (target / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")


def shown() -> list[str]:
    """Return the HTML with which every answer shows itself in a notebook."""
    return [value._repr_html_() for _, value, _ in answers() if isinstance(value, Displayed)]


if __name__ == "__main__":
    if sys.argv[1] == "--shown":
        print(json.dumps(shown()))
    else:
        main(sys.argv[1])
