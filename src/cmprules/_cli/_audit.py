"""`cmprules audit`: how much of the declarations of a record can be proven, and what replaces rejected activities."""

from __future__ import annotations

import argparse

from cmprules._answers.answer import Answer
from cmprules._cli._asking import RecordCommand
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.audit import manifest, readiness, substitute


def _audited(options: argparse.Namespace, record: Record, book: PolicyBook) -> Answer:
    """Return the readiness of declarations, the manifest, or replacements for rejected activities."""
    if options.reject:
        return substitute(record, book, on=options.on, rejected=options.reject, credential=options.credential)
    ask = manifest if options.manifest else readiness
    return ask(record, book, on=options.on, credential=options.credential)


def _add_audited(command: argparse.ArgumentParser) -> None:
    command.add_argument("--credential", metavar="ID", help="only one credential; all of them if absent")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--manifest", action="store_true", help="list what to send to the auditor")
    what.add_argument("--reject", action="append", default=[], metavar="ID",
                      help="the id of an activity that the audit rejected; may be repeated")


COMMAND = RecordCommand(
    name="audit",
    description="Show how much of the declarations of a record could be proven in an audit; list what to send; or "
                "place again after some activities were rejected.",
    example="cmprules audit examples/mls-met.json --on 2026-03-10 --credential mls\n"
            "  cmprules audit examples/mls-met.json --on 2026-03-10 --manifest\n"
            "  cmprules audit examples/mls-met.json --on 2026-06-10 --reject m05 --reject m06",
    answers=_audited, options=_add_audited, trust=False)
