"""Write the golden reports of the examples; read the difference before you keep it.

python tasks/write_golden.py && git diff tests/golden
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import cmprules
from cmprules.explaining import review_placement, slack

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
FORMATS = {"text": "txt", "markdown": "md", "html": "html"}
ON = {"bb-2023-12-31": date(2023, 12, 20), "bb-2024-01-31": date(2023, 12, 20)}
UNREADABLE = "full-of-mistakes"


def reports() -> dict[str, str]:
    """Give every golden file by name: each example as text, one of them in every format, and the mistakes."""
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
    return found


def explanations(book: cmprules.PolicyBook) -> dict[str, str]:
    """Give the reports that go beyond the decision."""
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


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, text in reports().items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
