"""Find the areas that an activity may serve from its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cmprules._words import vocabulary
from cmprules.intake._draft import Draft
from cmprules.intake._folding import fold, shown, singular
from cmprules.intake._headers import Entry
from cmprules.intake._rows import is_blank
from cmprules.intake._words import Words

_PARTS = re.compile(r"[;,\n]")
_CERTIFIED = re.compile(r"\s*(?P<area>[^:;,]+?)\s*:\s*(?P<amount>\d+(?:\.\d+)?)\s*", re.ASCII)
_OF_ONE_CREDENTIAL = "laboratory_compliance"
"""An area of only one qualification; without that qualification its name usually means ethics."""


def settle_topics(draft: Draft, entry: Entry, words: Words, asked: frozenset[str]) -> None:
    """Add the areas of a row to a draft: by name, proposed, or as a question.

    `asked` are the areas in the tables of the record's credentials.
    """
    certain: dict[str, None] = {}
    proposed: dict[str, None] = {}
    if _certified(draft, entry, words):
        return
    for header, part in _parts(entry, "topic"):
        for area, sure in _areas(draft, header, part, words, asked):
            (certain if sure else proposed)[area] = None
    for _, part in _parts(entry, "proposed_areas"):
        named = words.names.get(singular(fold(part)))
        if named is None:
            draft.ask("TOPIC_UNKNOWN", "proposed_areas", text=shown(part))
        else:
            proposed[named] = None
    _put(draft, list(certain), [area for area in proposed if area not in certain])


def _put(draft: Draft, certain: list[str], proposed: list[str]) -> None:
    order = vocabulary.AREAS.index
    if certain:
        draft.fields["areas"] = sorted(certain, key=order)
    if proposed:
        draft.fields["proposed_areas"] = sorted(proposed, key=order)


def _parts(entry: Entry, meaning: str) -> Iterator[tuple[str, str]]:
    for found in entry.values.get(meaning, ()):
        if not is_blank(found.cell):
            for part in _PARTS.split(str(found.cell)):
                if part.strip():
                    yield found.header, part.strip()


def _certified(draft: Draft, entry: Entry, words: Words) -> bool:
    """Read certified amounts, as our own tables write them: `safety:1;ethics:1`."""
    matches = [_CERTIFIED.fullmatch(part) for _, part in _parts(entry, "topic")]
    amounts = {words.names[singular(fold(match["area"]))]: match["amount"] for match in matches
               if match is not None and singular(fold(match["area"])) in words.names}
    if not matches or len(amounts) < len(matches):
        return False
    draft.fields["certified"] = amounts
    return True


def _areas(draft: Draft, header: str, part: str, words: Words, asked: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the areas of one subject, each with whether it is certain."""
    word = singular(fold(part))
    if word in words.own_topics:
        yield from _said(draft, header, part, words.own_topics[word])
        return
    area = words.names.get(word)
    if area is not None and (area in asked or area != _OF_ONE_CREDENTIAL):
        if part != area:
            draft.change("areas", part, area, "AREA_BY_NAME", header)
        yield area, True
    if area is None or area not in asked:
        yield from _proposed(draft, header, part, words, asked, named=area is not None)


def _said(draft: Draft, header: str, part: str, areas: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    draft.change("areas", part, ", ".join(areas) or vocabulary.POOL, "MAPPING_FILE", header)
    for area in areas:
        yield area, True


def _proposed(draft: Draft, header: str, part: str, words: Words, asked: frozenset[str], *,
              named: bool) -> Iterator[tuple[str, bool]]:
    """Propose the areas that the table of topics has for a subject and a credential of the record needs."""
    row = words.topics.get(singular(fold(part)))
    if row is None and not named:
        draft.ask("TOPIC_UNKNOWN", "areas", text=shown(part))
        return
    areas = [area for area in row or () if area in asked]
    if areas:
        draft.change("proposed_areas", part, ", ".join(areas), "AREA_PROPOSED", header)
    elif not named:
        draft.change("areas", part, vocabulary.POOL, "TOPIC_IS_POOL", header)
    for area in areas:
        yield area, False
