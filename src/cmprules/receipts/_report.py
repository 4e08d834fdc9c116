"""The reports of receipts and replays."""

from __future__ import annotations

from collections.abc import Iterable

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Notice,
    Paragraph,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.report import decision_report
from cmprules.comparing._report import change_name, plain_text
from cmprules.comparing._values import ChangedValue
from cmprules.receipts._values import Receipt, Replay


@report_for(Receipt)
def _report_of_receipt(value: Receipt) -> list[Block]:
    """Report the decision and the contents of the receipt."""
    title, *rest, notice = decision_report(value.decision, value.record)
    head = [Title(f"{title.text}, receipt", title.more)] if isinstance(title, Title) else []
    return [*head, *rest, Details("Receipt", tuple(_held(value))), notice]


def _held(value: Receipt) -> Iterable[Block]:
    """List what the decision was made with, each item with its digest."""
    stamp = value.decision.stamp
    rows = (("Receipt", value.sha256), ("Record", stamp.record_sha256),
            (f"Edition {stamp.edition}", stamp.edition_sha256))
    yield Paragraph(f"Made by cmprules {stamp.library}, rules {stamp.rules}"
                    f"{', with an explanation' if value.explanation is not None else ''}.")
    yield Table("Digests (SHA-256)", ("Of", "Digest"), rows, keep=(1,))
    files = tuple(f"{'Reform' if file.reform else 'Your own figures'}: {file.name}, {file.sha256}"
                  for file in value.files)
    if files:
        yield Bullets(files)


@report_for(Replay)
def _report_of_replay(value: Replay) -> list[Block]:
    """Report whether the replay gave the same decision."""
    text, tone = ("Verified: the same decision", "good") if value.same else ("Not the same decision", "bad")
    title = Title("Verification of a receipt")
    made = Facts((("Made by", f"cmprules {value.library_before}", f"rules {value.rules_before}"),
                  ("Made again by", f"cmprules {value.library_after}", f"rules {value.rules_after}"),
                  ("Edition", value.edition, "")))
    details = ("The rules changed, and that alone may change answers.",) if (
        value.rules_before != value.rules_after) else ()
    blocks: list[Block] = [title, Verdict(text, tone, details), made]
    if value.first is not None:
        blocks.extend([Paragraph(f"First difference: {value.first.path}"), _differences(value.differences)])
    return [*blocks, Notice(value.notice)]


def _differences(found: tuple[ChangedValue, ...]) -> Table:
    rows = tuple((change_name(difference), plain_text(difference.before), plain_text(difference.after))
                 for difference in found)
    return Table("What differs, in the order in which a decision is made", ("What", "Before", "Now"), rows, strong=(0,))
