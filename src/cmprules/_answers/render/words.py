"""Words for codes and values: areas and kinds, grades, points, money and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy.book import Citation, Source
from cmprules._words import vocabulary
from cmprules._words.enums import Grade

GRADES = {
    Grade.OFFICIAL: "official page",
    Grade.OFFICIAL_OLD: "older official page",
    Grade.BOOKLET: "official booklet, seen as a copy",
    Grade.SOCIETY: "professional society",
    Grade.THIRD_PARTY: "third party",
    Grade.INFERRED: "our own inference",
    Grade.USER: "your own figure",
}
_RELIED_ON = {
    Grade.OFFICIAL: "Uses current official pages only.",
    Grade.OFFICIAL_OLD: "Uses official pages only, older ones too.",
    Grade.BOOKLET: "Uses official pages and booklets only.",
    Grade.SOCIETY: "Uses official sources and professional societies only.",
    Grade.THIRD_PARTY: "Uses every published source, and no inferences of our own.",
    Grade.INFERRED: "Uses every source we have, including our own inferences.",
}
_AREAS = {"pool": "Any other CE", "safety": "Safety", "ethics": "Ethics"}
_UNITS = {"ceu": "CEU", "cmle": "CMLE", "exam": "examination"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def said(grade: Grade) -> str:
    """Name a grade."""
    return GRADES[grade]


def relied_on(trust: Grade) -> str:
    """State which grades of sources an answer uses."""
    return _RELIED_ON[trust]


def least_certain(grade: Grade) -> str:
    """Name the least certain source behind an outcome."""
    return f"Least certain source: {said(grade)}."


def label(name: str) -> str:
    """Name an area or a kind in plain words."""
    return _AREAS["pool"] if name == vocabulary.POOL else vocabulary.LABELS.get(name, name)


def brief(name: str) -> str:
    """Name an area in as few words as possible, with a capital letter."""
    return _AREAS.get(name) or vocabulary.LABELS.get(name, name)


def in_sentence(name: str) -> str:
    """Name an area or a kind within a sentence."""
    words = label(name)
    return words[:1].lower() + words[1:]


def short_label(name: str) -> str:
    """Name an area, or another word of the formats, within a sentence or a narrow column.

    >>> short_label("blood_banking"), short_label("pool")
    ('blood banking', 'other CE')
    """
    return "other CE" if name == vocabulary.POOL else name.replace("_", " ")


def points(amount: Decimal) -> str:
    """Count points in words.

    >>> points(Decimal("1")), points(Decimal("2.5"))
    ('1 point', '2.5 points')
    """
    return f"{decimal_text(amount)} point{'' if amount == 1 else 's'}"


def counted(number: int | Decimal, word: str, many: str | None = None) -> str:
    """Count things in words.

    >>> counted(1, "day"), counted(2, "activity", "activities"), counted(1000, "row")
    ('1 day', '2 activities', '1,000 rows')
    """
    shown = f"{number:,}" if isinstance(number, int) else decimal_text(number)
    return f"{shown} {word if number == 1 else many or f'{word}s'}"


def amount_words(amount: Decimal, unit: str) -> str:
    """Write an amount as it was entered.

    >>> amount_words(Decimal("1.5"), "contact_hour"), amount_words(Decimal("0.1"), "ceu")
    ('1.5 contact hours', '0.1 CEU')
    """
    return f"{decimal_text(amount)} CMLE" if unit == "cmle" else f"{decimal_text(amount)} CEU" if unit == "ceu" else (
        counted(amount, _UNITS.get(unit, short_label(unit))))


def dollars(amount: Decimal) -> str:
    """Write an amount of money.

    >>> dollars(Decimal("110"))
    '$110.00'
    """
    return f"${money_text(amount)}"


def spoken(day: date) -> str:
    """Write a day as people say it, for running text; tables have ISO dates.

    >>> spoken(date(2026, 5, 31))
    'May 31, 2026'
    """
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def days_left(on: date, last: date) -> str:
    """State how far away a last day is.

    >>> days_left(date(2026, 3, 10), date(2026, 5, 31)), days_left(date(2026, 6, 1), date(2026, 5, 31))
    ('82 days left', 'ended 1 day ago')
    """
    days = (last - on).days
    return f"{counted(days, 'day')} left" if days > 0 else f"ended {counted(-days, 'day')} ago" if days else "today"


def sentence(text: str) -> str:
    """Begin a text with a capital letter, and end it.

    >>> sentence("no source says so")
    'No source says so.'
    """
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def source_line(source: Source) -> str:
    """Name a document: issuer, if it is known, title, day and address."""
    when = source.published_on.isoformat() if source.published_on is not None else source.published or "undated"
    where = f" <{source.url}>" if source.url else ""
    if source.issuer == "not stated":
        return f"{source.title} (issuer not stated; {when}){where}."
    return f"{source.issuer}, {source.title} ({when}){where}."


def cited_line(source: Source, citations: Sequence[Citation]) -> str:
    """Name a document, and its cited places by grade."""
    grades: dict[str, list[str]] = {}
    for citation in citations:
        grades.setdefault(said(citation.grade), []).append(citation.pin)
    used = "; ".join(f"{grade}: {', '.join(dict.fromkeys(pins))}" for grade, pins in grades.items())
    return f"{source_line(source)} {used[:1].upper()}{used[1:]}." if used else source_line(source)


def listed(names: Sequence[str], most: int = 3) -> str:
    """List the first names in a sentence, and count the others.

    >>> listed(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    shown = [*names[:most], f"{len(names) - most} more"] if len(names) > most + 1 else names
    return joined(shown)
