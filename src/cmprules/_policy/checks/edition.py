"""All checks of an edition."""

from __future__ import annotations

from cmprules._policy import rows as tables
from cmprules._policy.checks.noting import repeated
from cmprules._policy.checks.points import coverage, points_table
from cmprules._policy.checks.process import exam_fees, pass_rates, process, proofs, transitions, words_of_rules
from cmprules._policy.checks.sources import citations, freshness, unused_sources
from cmprules._policy.checks.words import fees, figures, words
from cmprules.errors import Fault


def check_edition(parsed: tables.Parsed, faults: list[Fault]) -> None:
    """Check a whole edition, noting every fault."""
    register = tuple(source.id for source in parsed.sources)
    faults.extend(repeated("sources.toml", register))
    faults.extend(citations(parsed, register))
    faults.extend(unused_sources(parsed, register))
    faults.extend(freshness(parsed))
    for name, table in sorted(parsed.files.items()):
        if name.startswith("points/"):
            faults.extend(points_table(name, table, parsed))
    faults.extend(coverage(parsed))
    faults.extend(fees("fees.toml", parsed.fees))
    faults.extend(repeated("fees.toml", [row.id for row in parsed.files["fees.toml"].rule]))
    faults.extend(figures(parsed))
    faults.extend(words(parsed))
    faults.extend(process(parsed))
    faults.extend(words_of_rules(parsed))
    faults.extend(exam_fees(parsed))
    faults.extend(pass_rates(parsed.rows("pass_rates")))
    faults.extend(transitions(parsed.rows("declaration")))
    faults.extend(proofs(parsed))
    for name in ("areas", "expiry", "kinds", "limits", "participation", "readings", "units", "ascpi"):
        faults.extend(repeated(f"{name}.toml", [row.id for row in parsed.rows(name)]))
