"""The words of files: the meanings of headers, units, kinds, statuses and topics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import combining, normalize

import attrs

from cmprules._words import vocabulary
from cmprules.intake._days import without_utc
from cmprules.intake._folding import fold, singular
from cmprules.intake._mapping import IntakeMapping

AMOUNTS = ("amount.contact_hour", "amount.cmle", "amount.ceu", "amount.point", "amount.semester_hour",
           "amount.quarter_hour", "amount")
"""Meanings of columns with an amount, and the unit of the header; the last one has no unit."""

MEANINGS = ("title", "provider", "completed_on", "issued_on", *AMOUNTS, "unit", "credit_type", "kind", "topic",
            "proposed_areas", "status", "certificate", "course_id", "session", "id", "documents", "source", "person",
            "person_name", "first_name", "last_name", "code", "body", "expires_on", "certified_on", "ignore")
"""The possible meanings of a column, in the order of assignment."""

_AREA_NAMES = {fold(name): area for area in vocabulary.AREAS for name in (area, vocabulary.LABELS[area])}


@attrs.frozen
class Words:
    """The table of words, with those of a mapping file before it.

    Attributes:
        headers: folded header to its possible meanings, each with a rank.
        own: folded headers that the mapping file names, and their meaning.
        units: folded word to a unit.
        own_units: folded words with a unit in the mapping file.
        kinds: folded word to a kind.
        done: folded words of a status: whether the activity was completed.
        never: folded words that say anywhere that it was not completed.
        revoked: folded words of the status of a credential that is no longer held, whatever its last day.
        verdicts: the words of a header that asks whether a row counts, and the folded answers that say no.
        roles: folded headers of roles, and the folded roles that are not those of a learner.
        graded: folded headers of grades.
        failing: folded grades that bring no credit.
        minutes: folded headers of minutes that go on with hours.
        denied: folded words that say, as a type of credit, that there is none.
        without: folded words that say so under a header with `credit`.
        totals: folded words that begin a row of sums.
        sums: the words of the title of a sum; each has one of the first set, and of the second any.
        topics: folded topic to the areas that may be proposed for it.
        own_topics: folded topics with areas in the mapping file.
        names: folded name to its area.
        credentials: folded words for credentials in the mapping file, and their spelling.
    """

    headers: Mapping[str, tuple[tuple[str, int], ...]]
    own: Mapping[str, str]
    units: Mapping[str, str]
    own_units: frozenset[str]
    kinds: Mapping[str, str]
    done: Mapping[str, bool]
    never: frozenset[str]
    revoked: frozenset[str]
    verdicts: tuple[frozenset[str], frozenset[str]]
    roles: tuple[frozenset[str], frozenset[str]]
    graded: frozenset[str]
    failing: frozenset[str]
    minutes: frozenset[str]
    denied: frozenset[str]
    without: frozenset[str]
    totals: frozenset[str]
    sums: tuple[frozenset[str], frozenset[str]]
    topics: Mapping[str, tuple[str, ...]]
    own_topics: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    credentials: Mapping[str, str]

    def names_sum(self, title: str) -> bool:
        """Return whether a title is one of a sum of other rows, such as `Total hours for 2025`."""
        marks, plain = self.sums
        words = {word for word in re.findall(r"[^\W_]+", normalize("NFKC", title).casefold()) if not word.isdigit()}
        return bool(words & marks) and words <= marks | plain

    def ends_as_sum(self, title: str) -> bool:
        """Return whether a title ends in a word for sums, such as `Safety total`, or has no letters, such as `2025`."""
        said = title.split()
        return not any(map(str.isalpha, title)) or fold(said[-1]) in self.totals

    def asks_whether_it_counts(self, header: str) -> bool:
        """Return whether a header asks if a row counts, such as `Evaluation Completed`."""
        said = re.findall(r"[^\W_]+", header.casefold())
        return fold(header) not in self.own and not self.verdicts[0].isdisjoint(said)

    def meanings(self, header: str) -> tuple[tuple[str, int], ...]:
        """Return the possible meanings of a header, each with a rank; the mapping file overrides all others."""
        folded = fold(header)
        if folded in self.own:
            return ((self.own[folded], -1),)
        found = map(self.headers.get, map(fold, (header, without_utc(header), *spellings(header))))
        return next(filter(None, found), ())


_FORMAT = re.compile(r"[(\[]?\s*\b(?:[mdy]{1,4}\s*[/.-]\s*){2}[mdy]{1,4}\b\s*[)\]]?"
                     r"|[(\[](?:required|optional)[)\]]", re.IGNORECASE)
_BOARD = re.compile(r"^\s*(?:ascp|boc)\s+", re.IGNORECASE)
_SHORT = {"exp": "expiration", "expir": "expiration", "emp": "employee", "ee": "employee", "dt": "date",
          "nbr": "number", "num": "number", "nr": "number", "comp": "completion", "compl": "completion",
          "cert": "certification", "orig": "original", "org": "organization", "dept": "department",
          "cred": "credential"}


def spellings(header: str) -> Iterator[str]:
    """Return a header in other spellings: without the form of a date, and with short words written out.

    >>> [*spellings("Comp Dt (MM/DD/YYYY)")]
    ['Comp Dt ', 'completion date', 'completion date']
    """
    plain = _FORMAT.sub("", header)
    yield plain
    long = " ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", plain.replace("#", " no ").casefold()))
    yield long
    yield _BOARD.sub("", long)


def words_of(plain: Mapping[str, Any], *others: Mapping[str, Any]) -> Words:
    """Make the table of words from its files; the words of the first go before those of the others."""
    def table(name: str) -> list[tuple[str, Sequence[str]]]:
        return [pair for file in (plain, *others) for pair in file.get(name, {}).items()]

    def listed(table_: str, name: str) -> list[str]:
        return [word for key, words in table(table_) if key == name for word in words]

    topics = [row for file in (plain, *others) for row in file["topic"]]
    return Words(
        headers=_headers(table("headers")),
        own={},
        units=_by_word(table("units")),
        own_units=frozenset(),
        kinds=_by_word(table("kinds")),
        done={**dict.fromkeys(_spelled(listed("status", "done")), True),
              **dict.fromkeys(_spelled(listed("status", "not_done")), False)},
        never=frozenset(_spelled(listed("status", "never"))),
        revoked=frozenset(_spelled(listed("credential", "revoked"))),
        verdicts=(frozenset(listed("verdict", "words")), frozenset(_spelled(listed("verdict", "no")))),
        roles=(frozenset(_spelled(listed("role", "headers"))), frozenset(_spelled(listed("role", "giving")))),
        graded=frozenset(_spelled(listed("grade", "headers"))),
        failing=frozenset(_spelled(listed("grade", "failing"))),
        minutes=frozenset(_spelled(listed("minutes", "headers"))),
        denied=frozenset(_spelled(listed("credit", "denied"))),
        without=frozenset(_spelled(listed("credit", "without"))),
        totals=frozenset(_spelled(listed("total", "words"))),
        sums=(frozenset(plain["total"]["marks"]), frozenset(plain["total"]["plain"])),
        topics={singular(word): tuple(row["areas"]) for row in topics for word in _spelled(row["words"])},
        own_topics={},
        names={singular(word): area for word, area in (*_by_word(table("areas")).items(), *_AREA_NAMES.items())},
        credentials={},
    )


def with_own(words: Words, mapping: IntakeMapping) -> Words:
    """Add the words of a user's mapping, which come before those of the table."""
    return attrs.evolve(
        words,
        own=_folded(mapping.columns),
        units={**words.units, **_folded(mapping.units)},
        own_units=frozenset(map(fold, mapping.units)),
        kinds={**words.kinds, **_folded(mapping.kinds)},
        done={**words.done, **_folded(mapping.status)},
        never=words.never - frozenset(map(fold, mapping.status)),
        own_topics={singular(fold(word)): tuple(areas) for word, areas in mapping.topics.items()},
        credentials=_folded(mapping.credentials),
    )


def _headers(plain: Iterable[tuple[str, Sequence[str]]]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, dict[str, int]] = {}
    ranks: Counter[str] = Counter()
    for meaning, words in plain:
        for rank, word in enumerate(words, ranks[meaning]):
            for spelling in _spelled([word]):
                known = found.setdefault(spelling, {})
                known[meaning] = rank if known.get(meaning, ranks[meaning]) >= ranks[meaning] else known[meaning]
        ranks[meaning] += len(words)
    return {word: tuple(meanings.items()) for word, meanings in found.items()}


def _by_word(plain: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    return {spelling: name for name, words in plain for spelling in _spelled(words)}


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _spelled(words: Iterable[str]) -> Iterator[str]:
    """Yield words folded, with and without their accents."""
    for word in words:
        bare = "".join(sign for sign in normalize("NFD", word) if not combining(sign))
        yield from dict.fromkeys(map(fold, (word, bare, word.translate(_UMLAUTS))))


def _folded(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(word): value for word, value in plain.items()}
