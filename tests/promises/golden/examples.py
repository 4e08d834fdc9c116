"""The golden reports of the examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

import cmprules
from cmprules.audit import appeal_grounds, manifest, readiness, substitute
from cmprules.batch import what_if
from cmprules.declaring import advance, begin, declaration_form
from cmprules.explaining import review_placement, slack

ROOT = Path(__file__).resolve().parents[3]
FORMATS = {"text": "txt", "markdown": "md", "html": "html"}
ON = {"bb-2023-12-31": date(2023, 12, 20), "bb-2024-01-31": date(2023, 12, 20)}
UNREADABLE = "full-of-mistakes"


def of_records() -> dict[str, str]:
    """Render the reports of one record: each example as text, one of them in every format, and the mistakes."""
    book = cmprules.load_book(edition="2026.1")
    found = {}
    for path in sorted([*(ROOT / "examples").glob("*.json"), *(ROOT / "examples").glob("*.toml")]):
        if path.stem == UNREADABLE:
            found[f"{path.stem}.txt"] = _refusal(path)
            continue
        record = cmprules.read_record(path)
        decision = cmprules.decide(record, book, on=ON.get(path.stem, date(2026, 3, 10)))
        formats = FORMATS if path.stem == "mls-nearly-there" else {"text": "txt"}
        for name, ending in formats.items():
            found[f"{path.stem}.{ending}"] = cmprules.render(decision, name, record=record)
    found |= explanations(book)
    found["policy-mls.txt"] = cmprules.render(book.policy_for("MLS", expires_on=date(2026, 5, 31)))
    found["policy-mla.txt"] = cmprules.render(book.policy_for("MLA", expires_on=date(2026, 5, 31)))
    return {**found, **_declarations(book), **_audits(book), **_comparisons(book)}


def _declarations(book: cmprules.PolicyBook) -> dict[str, str]:
    """Render the form of a declaration that is ready and of one that is not, and the life of one."""
    both, nearly = (cmprules.read_record(ROOT / "examples" / f"{name}.json") for name in ("mls-and-sbb",
                                                                                       "mls-nearly-there"))
    on = date(2026, 3, 10)
    ready = declaration_form(both, book, on=on, credential="sbb", together_with=["mls"])
    decision = cmprules.decide(both, book, on=on)
    life = begin(both.credentials[1], book, on=date(2026, 1, 5))
    life = advance(life, "complete", book, on=on, decision=decision)
    life = advance(life, "submit_reduced", book, on=on, decision=decision, first_sent_on=on,
                   evidence={"fee_paid": "receipt 1234"})
    life = advance(life, "select_for_audit", book, on=date(2026, 4, 1))
    life = advance(life, "send_nothing", book, on=date(2026, 6, 1))
    unready = declaration_form(nearly, book, on=date(2026, 3, 1), credential="mls", placement="own")
    return {"declaration-form.txt": cmprules.render(ready), "declaration-form.html": cmprules.render(ready, "html"),
            "declaration-form-not-ready.txt": cmprules.render(unready), "declaration-life.txt": cmprules.render(life)}


def _audits(book: cmprules.PolicyBook) -> dict[str, str]:
    """Render audit readiness, the manifest, a substitution, and the grounds for an appeal."""
    record = cmprules.read_record(ROOT / "examples" / "mls-met.json")
    on = date(2026, 3, 10)
    illness = cmprules.Period(start=date(2025, 1, 1), end=date(2026, 1, 31))
    return {
        "audit.txt": cmprules.render(readiness(record, book, on=on)),
        "audit-manifest.txt": cmprules.render(manifest(record, book, on=on)),
        "audit-substitution.txt": cmprules.render(substitute(record, book, on=date(2026, 6, 10),
                                                             rejected=["m02", "m06"])),
        "audit-appeal.txt": cmprules.render(appeal_grounds(book, illness=illness, notified_on=date(2026, 7, 1))),
    }


def _comparisons(book: cmprules.PolicyBook) -> dict[str, str]:
    """Compare two tables and two decisions under a reform, and replay a receipt with another decision in it."""
    reformed = cmprules.load_book(edition="2026.1", reform=[ROOT / "docs" / "how-to" / "files" / "cap-reform.toml"])
    tables = [book.policy_for("BB", expires_on=day) for day in (date(2022, 12, 31), date(2024, 1, 31))]
    record = cmprules.read_record(ROOT / "docs" / "start" / "first-record.json")
    before = cmprules.decide(record, book, on=date(2026, 5, 20))
    after = cmprules.decide(record, reformed, on=date(2026, 6, 10))
    touched = attrs.evolve(before, credentials=(attrs.evolve(before["mls"], outcome=cmprules.Outcome.MET),))
    kept = cmprules.receipt(touched, record=record)
    return {
        "compare-tables.txt": cmprules.render(cmprules.compare(tables[0], tables[1])),
        "compare-decisions.txt": cmprules.render(
            cmprules.compare(before, after, records=(record, record), books=(book, reformed))),
        "replay.txt": cmprules.render(attrs.evolve(  # fixed, or every release would change the report
            cmprules.replay(kept, book), library_before="0.1.0", library_after="0.1.0")),
        "reform.txt": cmprules.render(reformed.policy_for("PBT", expires_on=date(2027, 5, 31))),
    }


def of_populations() -> dict[str, str]:
    """Render a reform's changes for some people, in words and in pictures; this runs the kernel."""
    files = ROOT / "docs" / "how-to" / "files"
    book = cmprules.load_book(edition="2026.1")
    reformed = cmprules.load_book(edition="2026.1", reform=[files / "phlebotomy-reform.toml"])
    found = what_if(files / "staff-credentials.csv", files / "staff-activities.csv", book, reformed,
                    on=date(2026, 3, 10))
    return {"what-if.txt": cmprules.render(found), "what-if.html": cmprules.render(found, "html")}


def explanations(book: cmprules.PolicyBook) -> dict[str, str]:
    """Render explanations, reviews and slack."""
    on, nearly, met = date(2026, 3, 10), *(cmprules.read_record(ROOT / "examples" / f"{name}.json")
                                           for name in ("mls-nearly-there", "mls-met"))
    why = cmprules.explain(cmprules.decide(nearly, book, on=on), record=nearly, book=book)
    found = {f"explain-mls-nearly-there.{ending}": cmprules.render(why, name, record=nearly)
             for name, ending in FORMATS.items()}
    found["moves-mls-nearly-there.txt"] = cmprules.render(review_placement(nearly, book, on=on), record=nearly)
    found["slack-mls-met.txt"] = cmprules.render(slack(met, book, on=on), record=met)
    return found


def _refusal(path: Path) -> str:
    try:
        cmprules.read_record(path)
    except cmprules.InputError as error:
        return f"{error}\n"
    raise AssertionError(path)

