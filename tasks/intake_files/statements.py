"""xAPI statements and Open Badges 2 and 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tasks.intake_files.forms import plain_json
from tasks.intake_files.say import Columns, Row, Run, Sample, act, aside, doubt, ok, undated

NEW_YORK = "America/New_York"
WHERE = "a time with an offset: the day depends on the place"
ISSUED = "no day of completion; the day of issue is not taken for it"
DAY_AND_AMOUNT = Columns(day=0, amount=1)
VERBS = "http://adlnet.gov/expapi/verbs/"
HOURS = "https://platform.example/ext/contact-hours"


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _statement(number: int, verb: str, name: str, moment: str, result: Mapping[str, Any], *, who: str = "h-1",
               language: str = "en-US") -> dict[str, Any]:
    return {"id": _id(number), "actor": {"objectType": "Agent",
                                         "account": {"homePage": "https://platform.example", "name": who}},
            "verb": {"id": f"{VERBS}{verb}", "display": {"en-US": verb}},
            "object": {"id": f"https://platform.example/courses/{number}",
                       "definition": {"name": {language: name}, "type": "http://adlnet.gov/expapi/activities/course"}},
            "result": dict(result), "timestamp": moment, "stored": "2026-06-02T09:00:00.000Z"}


def _earned(hours: float, duration: str = "PT1H30M") -> dict[str, Any]:
    return {"completion": True, "success": True, "duration": duration, "extensions": {HOURS: hours}}


def _at(path: str) -> dict[str, str]:
    return {"path": path}


def xapi() -> list[Sample]:
    """Verbs that complete and verbs that do not, times in UTC, duration without credit, a voided statement."""
    a = act("Smear review", "2025-05-31", "1.5", id=_id(1))
    b = act("Tube inspection", "2025-11-02", "0.5", id=_id(2))
    c = act("Blutgruppen im Notfall", "2025-03-08", "2", id=_id(21))
    void = {"id": _id(7), "actor": {"objectType": "Agent", "mbox": "mailto:admin@platform.example"},
            "verb": {"id": f"{VERBS}voided"}, "object": {"objectType": "StatementRef", "id": _id(6)},
            "timestamp": "2025-06-03T00:00:00Z"}
    listed = [
        _statement(1, "completed", a.title, "2025-06-01T03:30:00.000Z", _earned(1.5)),
        _statement(2, "passed", b.title, "2025-11-02T04:30:00Z", _earned(0.5, "PT20M")),
        _statement(3, "attempted", a.title, "2025-05-30T12:00:00Z", {}),
        _statement(4, "failed", "Quality control quiz", "2025-05-30T13:00:00Z", {"success": False}),
        _statement(5, "completed", "Bench talk", "2025-05-30T13:00:00Z", {"completion": True, "duration": "PT2H"}),
        _statement(6, "completed", "Entered by mistake", "2025-06-02T15:00:00Z", _earned(3)), void,
    ]

    def rows(prefix: str) -> tuple[Row, ...]:
        at = [_at(f"{prefix}[{number}]") for number in range(len(listed))]
        return (ok(a, "2025-06-01T03:30:00.000Z", "1.5", at=at[0]), ok(b, "2025-11-02T04:30:00Z", "0.5", at=at[1]),
                aside("attempted is not completed", at=at[2]), aside("failed", at=at[3]),
                aside("no amount; duration is not credit", at=at[4]),
                aside("voided by another statement", at=at[5]), aside("voids another statement", at=at[6]))

    first, second = rows("$.statements"), rows("$")
    said = Run(place=NEW_YORK, why="the second is in daylight time, whose last night it is")
    single = _statement(21, "completed", c.title, "2025-03-08T23:10:00-05:00", _earned(2, "PT2H"), language="de-DE")
    third = (ok(c, "2025-03-08T23:10:00-05:00", "2", at=_at("$")),)
    return [
        Sample(name="xapi-a.json", style="xAPI, answer of a store with several statements",
               content=plain_json({"statements": listed, "more": ""}), rows=first, columns=DAY_AND_AMOUNT,
               runs=(said, Run(why="the place is not said", but=undated(first, [1, 2], WHERE)))),
        Sample(name="xapi-b.json", style="xAPI, bare list of statements, with a byte order mark",
               content=b"\xef\xbb\xbf" + plain_json(listed), rows=second, columns=DAY_AND_AMOUNT, runs=(said,)),
        Sample(name="xapi-c.json", style="xAPI, one statement, a name in another language, an offset",
               content=plain_json(single), rows=third, columns=DAY_AND_AMOUNT, runs=(said,)),
    ]


def _badge_class(number: int, name: str, hours: float | None) -> dict[str, Any]:
    badge: dict[str, Any] = {
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass",
        "id": f"https://badges.example/classes/{number}", "name": name, "description": "An invented badge.",
        "image": "https://badges.example/image.png", "criteria": {"narrative": "Attend and pass."},
        "issuer": {"id": "https://badges.example/issuer", "type": "Profile", "name": "Pinecone Sample Academy"}}
    if hours is not None:
        badge["extensions:contactHours"] = {"type": ["Extension", "extensions:ContactHours"], "contactHours": hours}
    return badge


def _assertion(number: int, badge: Any, **more: Any) -> dict[str, Any]:
    return {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
            "id": f"https://badges.example/assertions/{number}",
            "recipient": {"type": "email", "hashed": True, "identity": "sha256$0000", "salt": "sample"},
            "badge": badge, "verification": {"type": "hosted"}, "issuedOn": "2025-03-20T12:00:00Z", **more}


def badges_2() -> list[Sample]:
    """Assertions with their badge class inside, alongside and missing: the day of issue is never that of completion."""
    maker = "Pinecone Sample Academy"
    a = act("Slide scanning", "?", "1.5", provider=maker, id="https://badges.example/assertions/1")
    b = act("Frozen sections at night", "?", "1", provider=maker, id="https://badges.example/assertions/2")
    scan, frozen = _badge_class(1, a.title, 1.5), _badge_class(2, b.title, 1)
    technologist = _badge_class(3, "Certified Sample Technologist, MT(AMT)", None)
    one = _assertion(1, scan)
    several = [one, _assertion(2, frozen, expires="2028-03-20T12:00:00Z"),
               _assertion(3, scan, revoked=True, revocationReason="issued twice"), _assertion(4, technologist)]
    linked = {"@context": "https://w3id.org/openbadges/v2", "@graph": [
        _assertion(1, scan["id"]), _assertion(5, "https://badges.example/classes/99"), scan]}
    listed = (doubt(a, ISSUED, at=_at("$[0]")), doubt(b, ISSUED, at=_at("$[1]")),
              aside("revoked", at=_at("$[2]")), aside("a credential of another board", at=_at("$[3]")))
    graph = (doubt(a, ISSUED, at=_at("$['@graph'][0]")),
             aside("its badge class is not in the file, and nothing is fetched", at=_at("$['@graph'][1]"),
                   fate=("set_aside", "refused")),
             Row(why="badge class of the first assertion", at=_at("$['@graph'][2]"), optional=True))
    return [
        Sample(name="badge2-a.json", style="Open Badges 2, assertion with its badge class inside",
               content=plain_json(one), rows=(doubt(a, ISSUED, at=_at("$")),)),
        Sample(name="badge2-b.json", style="Open Badges 2, list of assertions", content=plain_json(several),
               rows=listed),
        Sample(name="badge2-c.json", style="Open Badges 2, graph of assertions and badge classes",
               content=plain_json(linked), rows=graph),
    ]


def _credential(number: int, name: str, kind: str, **subject: Any) -> dict[str, Any]:
    return {"@context": ["https://www.w3.org/ns/credentials/v2",
                         "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": f"urn:sample:{number}", "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "https://badges.example/issuer", "type": ["Profile"], "name": "Pinecone Sample Academy"},
            "validFrom": "2025-07-01T00:00:00Z", "awardedDate": "2025-07-02T00:00:00Z", "name": name,
            "credentialSubject": {"type": ["AchievementSubject"], **subject, "achievement": {
                "id": f"https://badges.example/achievements/{number}", "type": ["Achievement"],
                "achievementType": kind, "name": name, "creditsAvailable": 5,
                "criteria": {"narrative": "Attend and pass."}}}}


def badges_3() -> list[Sample]:
    """The day is the end of the activity; credits earned have no unit; credits available are not earned."""
    maker = "Pinecone Sample Academy"
    a = act("Vein finding", "2025-06-30", "1.5", provider=maker, id="urn:sample:1")
    b = act("Label it at the bedside", None, "1", provider=maker, id="urn:sample:2")
    one = _credential(1, a.title, "Course", activityStartDate="2025-06-29T13:00:00Z",
                      activityEndDate="2025-07-01T02:00:00Z", creditsEarned=1.5)
    several = [one, _credential(2, b.title, "Course", creditsEarned=1),
               _credential(3, "Sample Phlebotomist, RPT(AMT)", "Certification"),
               _credential(4, "Open door day", "Badge", activityEndDate="2025-06-30T15:00:00Z")]
    no_unit = "1.5 of which unit"

    def rows(prefix: str) -> tuple[Row, ...]:
        return (ok(a, "2025-07-01T02:00:00Z", "1.5", at=_at(f"{prefix}[0]")), doubt(b, ISSUED, at=_at(f"{prefix}[1]")),
                aside("a credential of another board", at=_at(f"{prefix}[2]")),
                aside("no amount earned; what is available is not earned", at=_at(f"{prefix}[3]")))

    said = Run(place=NEW_YORK, unit="contact_hour", why="place and unit are said")
    alone = (ok(a, "2025-07-01T02:00:00Z", "1.5", at=_at("$")),)
    plain, held = rows("$"), rows("$.verifiableCredential")
    return [
        Sample(name="badge3-a.json", style="Open Badges 3, one credential", content=plain_json(one), rows=alone,
               columns=DAY_AND_AMOUNT, runs=(said, Run(place=NEW_YORK, why="the unit is not said", exit=(0, 3), but={
                   1: aside(no_unit)}), Run(unit="contact_hour", why="the place is not said", but=undated(
                       alone, [1], WHERE)))),
        Sample(name="badge3-b.json", style="Open Badges 3, list of credentials", content=plain_json(several),
               rows=plain, columns=DAY_AND_AMOUNT, runs=(said,)),
        Sample(name="badge3-c.json", style="Open Badges 3, presentation that holds credentials",
               content=plain_json({"@context": ["https://www.w3.org/ns/credentials/v2"],
                                   "type": ["VerifiablePresentation"], "verifiableCredential": several}),
               rows=held, columns=DAY_AND_AMOUNT, runs=(said,)),
    ]


def samples() -> list[Sample]:
    """Return all statements and badges."""
    return [*xapi(), *badges_2(), *badges_3()]
