"""Words for codes: labels of areas and kinds, grades, numbers of points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cmprules._kit.points import decimal_text
from cmprules._policy.book import Citation, Source
from cmprules._words import vocabulary
from cmprules._words.enums import Grade

__all__ = ["GRADES", "cited_line", "in_sentence", "joined", "label", "points", "said", "short_label", "source_line"]

GRADES = {
    Grade.OFFICIAL: "official",
    Grade.OFFICIAL_OLD: "official, older",
    Grade.BOOKLET: "official booklet, seen as a copy",
    Grade.SOCIETY: "professional society",
    Grade.THIRD_PARTY: "third party",
    Grade.INFERRED: "inferred",
    Grade.USER: "your own row",
}


def said(grade: Grade) -> str:
    """Name a grade."""
    return GRADES[grade]


def label(name: str) -> str:
    """Name an area or a kind in plain words."""
    return vocabulary.LABELS.get(name, name)


def in_sentence(name: str) -> str:
    """Name an area or a kind within a sentence."""
    words = label(name)
    return words[:1].lower() + words[1:]


def short_label(name: str) -> str:
    """Name an area within a sentence or a narrow column."""
    return name.replace("_", " ")


def points(amount: Decimal) -> str:
    """Count points in words.

    >>> points(Decimal("1")), points(Decimal("2.5"))
    ('1 point', '2.5 points')
    """
    return f"{decimal_text(amount)} point{'' if amount == 1 else 's'}"


def source_line(source: Source) -> str:
    """Name a document: issuer, title, day and address."""
    when = source.published_on.isoformat() if source.published_on is not None else source.published or "undated"
    where = f" <{source.url}>" if source.url else ""
    return f"{source.issuer}, {source.title} ({when}){where}."


def cited_line(source: Source, citations: Sequence[Citation]) -> str:
    """Name a document, and by grade the places in it that were cited."""
    grades: dict[str, list[str]] = {}
    for citation in citations:
        grades.setdefault(said(citation.grade), []).append(citation.pin)
    used = "; ".join(f"{grade}: {', '.join(dict.fromkeys(pins))}" for grade, pins in grades.items())
    return f"{source_line(source)} {used[:1].upper()}{used[1:]}."


def joined(names: Sequence[str]) -> str:
    """List names in a sentence.

    >>> joined(["safety", "ethics", "pool"])
    'safety, ethics and pool'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
