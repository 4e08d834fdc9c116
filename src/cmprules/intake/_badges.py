"""Open Badges 2 and 3: what a person has earned, according to the issuer; signatures are not checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cmprules._facts.foreign import words_of_type
from cmprules.intake._plain import cell_of, mapping_at, name_of, said_amounts, text_at
from cmprules.intake._rows import Cell, Element, Stop

_SECOND, _THIRD = {"Assertion"}, {"OpenBadgeCredential", "AchievementCredential"}
_CLASS = {"BadgeClass", "Issuer", "Profile"}
_VERSION_2, _VERSION_3 = "Open Badges 2", "Open Badges 3"
_CERTIFICATIONS = {"certification", "license", "licensure"}
_ISSUED = ("issuedOn", "awardedDate", "validFrom", "issuanceDate")
_KNOWN = {*_ISSUED, "@context", "achievement", "achievementType", "activityEndDate", "activityStartDate", "alignment",
          "badge", "creator", "credentialSubject", "creditsAvailable", "creditsEarned", "criteria", "description",
          "evidence", "expires", "id", "image", "issuer", "name", "narrative", "proof", "recipient", "result",
          "revoked", "type", "validUntil", "verification"}
"""Keys with a standard meaning; other keys are read by their names."""

_Meanings = Callable[[str], Sequence[str]]


def _listed(plain: Any) -> list[Any]:
    """List the badges of a file: one, several, or those in a presentation or a graph."""
    if isinstance(plain, Mapping):
        inside = plain.get("verifiableCredential", plain.get("@graph"))
        return inside if isinstance(inside, list) else [plain]
    return plain if isinstance(plain, list) else []


def _types(plain: Any) -> set[str]:
    return {word.rpartition(":")[2] for word in words_of_type(plain)}


def is_badge(plain: Any) -> str | None:
    """Name the version, if plain data is a badge or a list of badges."""
    types = [_types(badge) for badge in _listed(plain)]
    if types and all(kinds & _THIRD for kinds in types):
        return _VERSION_3
    badges = [kinds for kinds in types if not kinds & _CLASS]
    return _VERSION_2 if badges and all(badge & _SECOND for badge in badges) else None


def read_badges(plain: Any, meanings: _Meanings) -> tuple[Element, ...]:
    """Read each badge as an element; its day of issue is kept separate from the day of completion."""
    listed = _listed(plain)
    classes = {text_at(badge, "id"): badge for badge in listed if _types(badge) & _CLASS}
    return tuple(_element(f"badge {number}", badge, classes, meanings) for number, badge in enumerate(listed, 1))


def _element(place: str, badge: Mapping[str, Any], classes: Mapping[str | None, Any], meanings: _Meanings) -> Element:
    subject = mapping_at(badge, "credentialSubject")
    what = mapping_at(subject, "achievement") or mapping_at(badge, "badge") or classes.get(text_at(badge, "badge"), {})
    if (text_at(what, "achievementType") or "").casefold() in _CERTIFICATIONS:
        return Element(place, tuple(_credential(badge, what)), _stop(badge, what), "credentials")
    return Element(place, tuple(_values(badge, subject, what, meanings)), _stop(badge, what))


def _stop(badge: Mapping[str, Any], what: Mapping[str, Any]) -> Stop | None:
    if _types(badge) & _CLASS:
        return Stop.of("BADGE_CLASS")
    if badge.get("revoked") is True:
        return Stop.of("VOIDED")
    return Stop.of("BADGE_ELSEWHERE") if not what else None


def _credential(badge: Mapping[str, Any], what: Mapping[str, Any]) -> Iterator[tuple[str, str, Cell]]:
    for meaning, name, value in (("code", "name", name_of(what.get("name"))),
                                 ("expires_on", "validUntil", text_at(badge, "validUntil"))):
        if value is not None:
            yield meaning, name, value


def _values(badge: Mapping[str, Any], subject: Mapping[str, Any], what: Mapping[str, Any],
            meanings: _Meanings) -> Iterator[tuple[str, str, Cell]]:
    issued = next((key for key in _ISSUED if text_at(badge, key)), _ISSUED[0])
    found: list[tuple[str, str, Any]] = [
        ("title", "name", name_of(what.get("name")) or text_at(badge, "name")),
        ("provider", "issuer", _issuer(badge, what)),
        ("completed_on", "activityEndDate", text_at(subject, "activityEndDate")),
        ("certificate", "id", text_at(badge, "id")),
        ("issued_on", issued, text_at(badge, issued)),
        ("amount", "creditsEarned", cell_of(subject.get("creditsEarned"))),
    ]
    yield from ((meaning, name, value) for meaning, name, value in found if value is not None)
    for part in (badge, subject, what):
        for key, value in part.items():
            if key not in _KNOWN:
                yield from said_amounts(str(key).rpartition(":")[2], value, meanings)


def _issuer(badge: Mapping[str, Any], what: Mapping[str, Any]) -> str | None:
    return (name_of(mapping_at(badge, "issuer").get("name")) or name_of(mapping_at(what, "issuer").get("name"))
            or name_of(mapping_at(what, "creator").get("name")))
