"""Receipts and replays in words."""

from __future__ import annotations

from cmprules._answers.render import report_for, report_of
from cmprules._answers.render.blocks import Block, Bullets, Notice, Paragraph, Table, Title, Verdict
from cmprules.comparing._report import change_name, plain_text
from cmprules.comparing._values import Difference
from cmprules.receipts._values import Receipt, Replay

__all__: list[str] = []


@report_for(Receipt)
def _(value: Receipt) -> list[Block]:
    """Write down what a receipt holds, and then the decision."""
    stamp = value.decision.stamp
    files = tuple(f"{'Reform' if file.reform else 'Rows of your own'}: {file.name}, {file.sha256}"
                  for file in value.files)
    rows = (("Receipt", value.sha256), ("Record", stamp.record_sha256),
            (f"Edition {stamp.edition}", stamp.edition_sha256))
    return [
        Title(f"Receipt of the decision of {value.decision.on}"),
        Paragraph(f"Made by cmprules {stamp.library}, rules {stamp.rules}, trust '{stamp.trust}'"
                  f"{'; with an explanation' if value.explanation is not None else ''}."),
        Table("Digests (SHA-256)", ("Of", "Digest"), rows, keep=(1,)),
        *([Bullets(files)] if files else []),
        *report_of(value.decision, value.record)[1:],
    ]


@report_for(Replay)
def _(value: Replay) -> list[Block]:
    """Write down whether a decision was made again as it was."""
    made = f"Made with rules {value.rules_before} by cmprules {value.library_before}"
    again = f"made again with rules {value.rules_after} by cmprules {value.library_after}"
    verdict = (Verdict("THE SAME DECISION", "good", (f"{made};", f"{again}, edition {value.edition}."))
               if value.same else
               Verdict("ANOTHER DECISION", "bad", (f"{made};", f"{again}, edition {value.edition}.")))
    blocks: list[Block] = [Title("Replay of a receipt")]
    if value.rules_before != value.rules_after:
        blocks.append(Paragraph(f"The logic is another: rules {value.rules_after} in place of {value.rules_before}. "
                                "Answers may differ for that alone."))
    blocks.append(verdict)
    if value.first is not None:
        blocks.append(Paragraph(f"The first step that differs: {value.first.path}"))
        blocks.append(_differences(value.differences))
    return [*blocks, Notice(value.notice)]


def _differences(found: tuple[Difference, ...]) -> Table:
    rows = tuple((change_name(one), plain_text(one.before), plain_text(one.after)) for one in found)
    return Table("What differs, in the order in which a decision is made", ("What", "Was", "Is now"), rows, strong=(0,))
