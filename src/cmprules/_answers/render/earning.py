"""What to earn, in words, from the sets of areas that new points must satisfy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cmprules._answers.render.words import points, short_label
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._rules.results import Closer, CredentialDecision, Shortfall
from cmprules._words import vocabulary


def mandatory_of(credential: CredentialDecision) -> Shortfall | None:
    """Find the proof of the shortfall of the mandatory areas, if there is one."""
    return next((proof for proof in credential.shortfalls or () if vocabulary.POOL not in proof.areas), None)


def to_earn(proof: Shortfall) -> list[str]:
    """State what would close a shortfall, part by part; the first amounts add up to it.

    A set of areas inside another is stated as part of it.

    >>> closers = [Closer(areas=("chemistry",), points="1"), Closer(areas=("chemistry", "hematology"), points="3")]
    >>> to_earn(Shortfall(areas=("chemistry", "hematology"), required="4", available="1", short="3", closers=closers))
    ['3 points in chemistry or hematology, at least 1 of them in chemistry']
    """
    if not proof.closers:
        return [_in_any_of(proof.short, proof.areas)]
    outer = [closer for closer in proof.closers if not any(_within(closer, other) for other in proof.closers)]
    return [", ".join([_in_any_of(closer.points, closer.areas), *_parts(closer, proof.closers)]) for closer in outer]


def _within(one: Closer, other: Closer) -> bool:
    return set(one.areas) < set(other.areas)


def _parts(outer: Closer, closers: Sequence[Closer]) -> Iterator[str]:
    """State the points that sets inside another need; sets with the same need are stated together."""
    inner = [closer for closer in closers if _within(closer, outer)]
    amounts: dict[Decimal, list[str]] = {}
    for closer in inner:
        amounts.setdefault(closer.points, []).append(joined([short_label(area) for area in closer.areas], "or"))
    for amount, areas in amounts.items():
        each = "in each" if len(areas) == len(outer.areas) > 1 else f"in {joined(areas, 'and in')}"
        yield f"at least {decimal_text(amount)} of them {each}"


def _in_any_of(amount: Decimal, areas: Sequence[str]) -> str:
    return f"{points(amount)} in {joined([short_label(area) for area in areas], 'or')}"
