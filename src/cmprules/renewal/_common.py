"""What the functions of this package share: the decision of one credential, rules and their sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cmprules._answers.answer import citations_in, made_with
from cmprules._answers.decide import decide
from cmprules._facts.records import Credential, Holder, Record
from cmprules._policy.book import Citation, PolicyBook
from cmprules._rules.results import CredentialDecision, FeeQuote, Finding
from cmprules.renewal._shared_values import Requirements, Rule


def decided(credential: Credential, book: PolicyBook, on: date) -> CredentialDecision:
    """Decide one credential alone, for what depends on its days: standing, cycle, window."""
    record = Record(holder=Holder(id="nobody"), credentials=[credential], activities=[])
    return decide(record, book, on=on)[credential.id]


def requirements_of(answer: CredentialDecision) -> Requirements:
    """Take from a decision what is required and what is there."""
    cited = {citation: None for found in answer.findings if found.code in {"TABLE_APPLIED", "KIND_VALUE"}
             for citation in found.citations}
    return Requirements(outcome=answer.outcome, grade=answer.grade, cycle=answer.cycle, total=answer.total,
                        areas=answer.areas, needs=answer.needs, citations=tuple(cited))


# ---------------------------------------------------------------------------------------------------------
# Rules, findings, sources.


def rules_of(names: Iterable[str], book: PolicyBook) -> tuple[Rule, ...]:
    """Take rules and figures from the edition by name."""
    return tuple(_rule(name, book) for name in names)


def _rule(name: str, book: PolicyBook) -> Rule:
    stated = book.statements.get(name)
    if stated is None:
        return Rule(name=name, text=None, question=None, established=True, citation=book.figure(name).citation)
    return Rule(name=name, text=stated.text, question=stated.question, established=stated.established,
                citation=stated.citation)


def finding(code: str, rule: str, subject: str, book: PolicyBook) -> Finding:
    """Make a finding whose rule is a statement or a figure of the edition."""
    return Finding(code=code, rule=rule, subject=subject, citations=(_rule(rule, book).citation,))


def beyond_last_check(days: Iterable[date], book: PolicyBook) -> tuple[Finding, ...]:
    """Note every day that is later than the last comparison of the tables with their sources."""
    late = sorted({day for day in days if day > book.last_checked})
    return tuple(Finding(code="BEYOND_LAST_CHECK", rule=f"edition/{book.edition}", subject=day.isoformat())
                 for day in late)


def closing(
    book: PolicyBook, *, rules: Iterable[str], open: Iterable[str], findings: Iterable[Finding],
    refused: Iterable[Finding] = (), quotes: Iterable[FeeQuote] = (), parts: tuple[object, ...] = (),
) -> dict[str, Any]:
    """Return the last fields of every answer of this package: rules, open rules, edition, sources.

    `parts` are further parts of the answer; what they cite is among the sources.
    """
    applied, left = rules_of(rules, book), rules_of(open, book)
    findings = tuple(findings)
    cited = [rule.citation for rule in (*applied, *left)]
    cited.extend(citation for found in (*findings, *refused) for citation in found.citations)
    cited.extend(citation for quote in quotes for citation in _amounts(quote, book))
    cited.extend(citations_in(parts))
    return {"rules": applied, "open": left, "findings": findings, **made_with(book, cited)}


def _amounts(quote: FeeQuote, book: PolicyBook) -> Iterable[Citation]:
    """Return the citations of the amounts of a quote."""
    figures = (book.fee_row(line.row).figure(line.item) for line in quote.lines)
    return [figure.citation for figure in figures if figure is not None]
