"""The golden reports on plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import cmprules
from cmprules.planning import Front, Plan, front, read_catalogue
from tests.answers.planning.strategies import ON
from tests.answers.planning.test_days import LACKS_ETHICS, QLS, course, plan, record
from tests.strategies import edition

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = read_catalogue(ROOT / "examples" / "catalogues" / "samples.csv")


def of_example(name: str, **wishes: Any) -> Plan:
    """Plan for one of the examples."""
    who = cmprules.read_record(ROOT / "examples" / name)
    return cmprules.plan(who, edition(), SAMPLES, **{"on": ON, **wishes})


def trades_of(name: str, **wishes: Any) -> Front:
    """List the trades for one of the examples."""
    return front(cmprules.read_record(ROOT / "examples" / name), edition(), SAMPLES, **{"on": ON, **wishes})


def reports() -> dict[str, str]:
    """Render every golden report, by file name."""
    later = {"id": "later", "title": "Next month", "kind": "formal_ce", "amount": 1, "areas": ["ethics"],
             "completed_on": "2026-04-01"}
    two = record({**QLS, "expires_on": "2026-05-31"}, {"id": "mt", "code": "MT", "certified_on": "1998-05-01"},
                 {"id": "bb", "code": "BB", "certified_on": "2001-05-01", "voluntary": True},
                 activities=(*LACKS_ETHICS, later))
    package = [{"id": "p", "title": "Sample package", "price": 15, "courses": ["c", "d"]}]
    offers = [course("c"), course("d", "blood_banking", 40), course("s", "safety")]
    shown = {
        "cheapest": of_example("mls-nearly-there.json"),
        "shortest": of_example("mls-nearly-there.json", minimise="hours"),
        "front": trades_of("mls-nearly-there.json"),
        "nothing-to-buy": of_example("mls-met.json"),
        "short": of_example("bb-2024-01-31.json", on=date(2023, 12, 20), budget=100, exclude=["formalin"]),
        "not-established": of_example("mla.json"),
        "two-and-one": plan(two, offers, package, include=["s"], minimise="courses"),
        "budget": plan(record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS), offers, budget="9.99"),
        "no-front": trades_of("mla.json"),
    }
    texts = {f"{name}.txt": cmprules.render(answer) for name, answer in shown.items()}
    return {**texts, "shortest.md": cmprules.render(shown["shortest"], "markdown")}
