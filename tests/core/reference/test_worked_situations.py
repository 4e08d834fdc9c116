"""Situations of people who maintain a credential, and the answers of the rules of 2026.2."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.decision import decide

Mapping = dict[str, Any]
EDITION = "2026.2"
THIS_SPRING = date(2026, 3, 10)


def entry(name: str, title: str, day: str | None, points: str, *areas: str, **more: Any) -> Mapping:
    """Make a course, or another activity, with some points."""
    made: Mapping = {"id": name, "title": title, "kind": "formal_ce", "amount": points, "areas": list(areas)}
    if day is not None:
        made["completed_on"] = day
    return made | more


def holder_of(code: str, expires: str, *activities: Mapping, **more: Any) -> Mapping:
    """Make a record with one credential, whose id is `c`."""
    return {"schema": "cmprules.record/1", "holder": {"id": "someone"}, "activities": list(activities),
            "credentials": [{"id": "c", "code": code, "certified_on": "2012-09-04", "expires_on": expires} | more]}


def phlebotomist(*activities: Mapping) -> Mapping:
    """Make nine points by the end of May 2026: one each in safety and ethics, two in phlebotomy."""
    return holder_of("PBT", "2026-05-31", *activities)


def answered(record: Mapping, *answers: Mapping) -> Mapping:
    """Return the record with the holder's answers."""
    return record | {"settled": list(answers)}


def yes(code: str, *subjects: str, **more: Any) -> Mapping:
    """Make an answer of yes."""
    return {"code": code, "subjects": list(subjects), "answer": "yes"} | more


def asked(record: Mapping, on: date = THIS_SPRING, trust: str = "inferred") -> Mapping:
    """Return the answer for the only credential, or the first."""
    one: Mapping = decide(record, on, trust, EDITION)["credentials"][0]
    return one


def verdict(one: Mapping) -> tuple[str, str, str]:
    """Return outcome, shortfall, and shortfall if everything is confirmed."""
    return one["outcome"], one["total"]["short"], one["total"]["short_if_confirmed"]


def questions(one: Mapping) -> list[tuple[str, str, list[str]]]:
    """Return code, subject and others of each need."""
    return [(need["code"], need["subject"], need["others"]) for need in one["needs"]]


def bucket(one: Mapping, activity: str) -> dict[str, str]:
    """Return where the points of one activity end."""
    found = next(ends for ends in one["activities"] if ends["id"] == activity)
    return {key: value for key, value in found.items()
            if value != "0" and key not in {"id", "entered", "amount", "unit"}}


ETHICS = entry("eth", "Consent at the bedside", "2024-09-17", "1", "ethics", provider="A society")
SAFETY = entry("saf", "Sharps", "2024-09-18", "1", "safety", provider="A society")
DRAWING = entry("draw", "Drawing from children", "2024-10-01", "2", "phlebotomy", provider="A society")


def yearly(kind: str) -> Mapping:
    """Make two hours of the same training in each of three years."""
    return phlebotomist(*(entry(f"fire{year}", "Fire and spills", f"{year}-02-20", "2", "safety", kind=kind,
                                provider="City Hospital") for year in (2024, 2025, 2026)), ETHICS, DRAWING)


def test_a_training_of_the_employer_counts_every_year() -> None:
    """This is our reading, and the grade depends on it."""
    one = asked(yearly("in_service"))
    assert verdict(one) == ("MET", "0", "0")
    assert one["grade"] == "inferred"


def test_a_course_of_a_vendor_taken_again_is_open() -> None:
    """One of the three is certain to count."""
    one = asked(yearly("formal_ce"))
    assert verdict(one) == ("NEEDS_REVIEW", "4", "0")
    assert one["total"]["placed"] == "5"
    assert questions(one) == [("REPEATED_COURSE", "fire2025", ["fire2024", "fire2026"]),
                              ("REPEATED_COURSE", "fire2026", ["fire2024", "fire2025"])]
    settled = asked(answered(yearly("formal_ce"), yes("REPEATED_COURSE", "fire2025", "fire2026")))
    assert verdict(settled) == ("MET", "0", "0")
    assert settled["grade"] == "user"


def test_a_certificate_and_a_report_a_day_apart() -> None:
    """The evening of one day is the morning of the next in another place."""
    record = phlebotomist(
        entry("paper", "Gifts from suppliers", "2025-11-20", "3", "ethics", provider="The agency"),
        entry("list", "Gifts from suppliers", "2025-11-21", "3", "ethics", provider="The agency"), SAFETY, DRAWING)
    one = asked(record)
    assert verdict(one) == ("NEEDS_REVIEW", "3", "0")
    assert questions(one) == [("LOOKS_ALIKE", "list", ["paper"])]
    assert bucket(one, "list") == {"unconfirmed": "3"}
    record["activities"][1]["completed_on"] = "2025-11-22"  # two days: a repeated course, which is open as well
    assert questions(asked(record)) == [("REPEATED_COURSE", "list", ["paper"])]


def segments(**sessions: str) -> Mapping:
    """Make four segments of a course, three of them on one day."""
    rows = [("one", "2025-06-03", "0.5"), ("two", "2025-06-03", "0.5"), ("three", "2025-06-03", "0.7"),
            ("four", "2025-06-04", "0.5")]
    made = [entry(name, "Veins and valves", day, points, "phlebotomy", provider="An academy", unit="contact_hour",
                  **({"session": sessions[name]} if name in sessions else {})) for name, day, points in rows]
    return phlebotomist(*made, SAFETY, ETHICS, entry("rest", "Couriers", "2025-01-07", "4.8"))


def test_a_course_in_segments() -> None:
    """Against the holder one of half a point counts, in favor all four."""
    one = asked(segments())
    assert verdict(one) == ("NEEDS_REVIEW", "1.7", "0")
    assert [(code, subject) for code, subject, _ in questions(one)] == [
        ("DUPLICATE", "two"), ("LOOKS_ALIKE", "three"), ("LOOKS_ALIKE", "four")]
    parts = segments(one="part 1", two="part 2", three="part 3", four="part 4")
    assert verdict(asked(parts)) == ("MET", "0", "0")
    settled = answered(segments(), yes("DUPLICATE", "two"), yes("LOOKS_ALIKE", "three", "four"))
    assert verdict(asked(settled)) == ("MET", "0", "0")


def test_two_organizations_on_one_day() -> None:
    """Title, day and points agree, the providers differ."""
    record = phlebotomist(
        entry("red", "Mobile drive", "2025-05-06", "3", "phlebotomy", kind="in_service", provider="Red"),
        entry("blue", "Mobile drive", "2025-05-06", "3", "phlebotomy", kind="in_service", provider="Blue"),
        SAFETY, ETHICS, entry("rest", "Couriers", "2025-01-07", "1"))
    one = asked(record)
    assert verdict(one) == ("NEEDS_REVIEW", "3", "0")
    assert one["total"]["placed"] == "6"
    assert questions(one) == [("LOOKS_ALIKE", "red", ["blue"])]  # `blue` is the smaller id
    assert verdict(asked(answered(record, yes("LOOKS_ALIKE", "red", others=["blue"])))) == ("MET", "0", "0")
    record["activities"][0]["session"], record["activities"][1]["session"] = "morning", "afternoon"
    assert verdict(asked(record)) == ("MET", "0", "0")


def four_areas() -> list[Mapping]:
    """Make nine points in the areas of a generalist and ethics."""
    return [ETHICS, *(entry(area, f"News of {area}", "2024-05-14", "2", area)
                      for area in ("blood_banking", "chemistry", "hematology", "microbiology"))]


def test_six_hours_said_as_ceu() -> None:
    """Sixty points are met, and unusual; that a CEU is ten points is inferred."""
    day = entry("day", "Open house", "2024-06-11", "6", "safety", unit="ceu")
    one = asked(holder_of("MLS", "2026-05-31", *four_areas(), day))
    assert (one["outcome"], one["grade"]) == ("MET", "inferred")
    assert one["findings"] == [{"code": "AMOUNT_UNUSUAL", "subject": "day", "others": []}]
    shown = one["activities"][-1]
    assert (shown["amount"], shown["unit"], shown["entered"]) == ("6", "ceu", "60")
    meant = asked(holder_of("MLS", "2026-05-31", *four_areas(), day | {"amount": "0.6"}))
    assert (meant["outcome"], meant["total"]["placed"], meant["findings"]) == ("NOT_MET", "15", [])


def test_a_unit_below_trust_is_unconfirmed() -> None:
    """At a trust above `inferred` the value of a CEU is open."""
    day = entry("day", "Slides", "2024-06-11", "3.6", "histology", unit="ceu")
    record = holder_of("HT", "2026-05-31", ETHICS, SAFETY, day)
    assert verdict(asked(record)) == ("MET", "0", "0")
    one = asked(record, trust="society")
    assert one["outcome"] == "NEEDS_REVIEW"
    assert questions(one) == [("UNIT_UNCONFIRMED", "day", [])]


@pytest.mark.parametrize(("points", "kind", "unusual"), [
    ("24", "formal_ce", False), ("24.01", "formal_ce", True), ("24.01", "poster", True),
    ("24.01", "college_course", False), ("24.01", "covid_work", False)])
def test_the_most_points_of_a_day_that_are_plausible(*, points: str, kind: str, unusual: bool) -> None:
    """A whole meeting on one day is met, and unusual."""
    one = asked(phlebotomist(entry("all", "All that was offered", "2024-11-09", points, kind=kind)))
    assert bool(one["findings"]) is unusual


@pytest.mark.parametrize(("day", "outcome"), [("2026-05-31", "MET"), ("2026-06-01", "NOT_MET")])
def test_the_last_evening(day: str, outcome: str) -> None:
    """The last day counts, the next day does not."""
    record = phlebotomist(entry("late", "Drawing from children", day, "7", "phlebotomy"), SAFETY, ETHICS)
    assert asked(record, date(2026, 5, 31))["outcome"] == outcome


def boards(*names: str) -> Mapping:
    """Make twenty Wednesdays with two boards each, and the rest of an assistant's sixty points."""
    days = [date.fromordinal(date(2023, 2, 1).toordinal() + 7 * week) for week in range(20)]
    made = []
    for board in (0, 1):
        session = {"session": names[board]} if names else {}
        made += [entry(f"{'ab'[board]}{week:02d}", "Tumor board", day.isoformat(), "1", "advanced_cancer_pathology",
                       kind="in_service", provider="City Hospital", **session) for week, day in enumerate(days)]
    return holder_of("PA", "2025-01-31", *made, SAFETY, ETHICS,
                     entry("gross", "Grossing", "2023-05-09", "20", "anatomic_pathology"))


def test_two_tumor_boards_on_one_day() -> None:
    """Forty hours are enough if they are forty boards; against the holder they are twenty."""
    on = date(2024, 12, 1)
    one = asked(boards(), on)
    assert verdict(one) == ("NEEDS_REVIEW", "18", "0")
    assert {(need["code"], len(need["others"])) for need in one["needs"]} == {("DUPLICATE", 1)}
    assert len(one["needs"]) == 20
    assert verdict(asked(boards("stomach", "breast"), on)) == ("MET", "0", "0")
    settled = answered(boards(), yes("DUPLICATE", *(need["subject"] for need in one["needs"])))
    assert verdict(asked(settled, on)) == ("MET", "0", "0")


@pytest.mark.parametrize(("expires", "found"), [
    ("2028-02-28", ("NEEDS_REVIEW", "7", "0")), ("2028-02-29", ("NEEDS_REVIEW", "7", "0"))])
def test_an_end_that_a_platform_counted(expires: str, found: tuple[str, str, str]) -> None:
    """February 28, 2025 counts as written but not by month; by the real end it is in the month of the previous end."""
    record = holder_of("PBT", expires, entry("feb", "Veins", "2025-02-28", "7", "phlebotomy"),
                       SAFETY | {"completed_on": "2025-07-01"}, ETHICS | {"completed_on": "2025-07-02"})
    one = asked(record, date(2027, 12, 15))
    assert verdict(one) == found
    code = "END_OF_MONTH" if expires == "2028-02-28" else "MONTH_OF_PREVIOUS_END"
    assert questions(one) == [(code, "feb", [])]
    assert one["cycle"]["end"] == expires


@pytest.mark.parametrize(("day", "places"), [
    ("2023-05-14", {"unconfirmed": "7"}), ("2023-05-16", {"unconfirmed": "7"}), ("2023-05-31", {"unconfirmed": "7"}),
    ("2023-06-01", {"placed": "7"}), ("2023-04-30", {"outside_cycle": "7"})])
def test_the_month_around_an_end_in_its_middle(day: str, places: dict[str, str]) -> None:
    """The end is May 15: days from the 16th count in only one reading, earlier ones belong to the previous end."""
    record = holder_of("PBT", "2026-05-15", entry("may", "Veins", day, "7", "phlebotomy"))
    assert bucket(asked(record), "may") == places


def test_an_extension_and_the_fees_of_two() -> None:
    """The amounts stay the same; whether a reinstatement fee is due, too, is open."""
    rest = entry("pcr", "Amplifying", "2025-06-10", "26", "molecular")
    late = entry("late", "Streaming", "2026-02-17", "2", "molecular")
    record = holder_of("MLS", "2025-10-31", *four_areas(), SAFETY, rest, late, extended_until="2026-05-31")
    record["credentials"].append({"id": "mb", "code": "MB", "certified_on": "2017-05-02", "expires_on": "2026-05-31"})
    found = decide(record, THIS_SPRING, edition=EDITION)
    one = found["credentials"][0]
    assert (one["outcome"], one["standing"]) == ("MET", "inactive")
    assert {"code": "FEE_OPEN", "subject": "c", "others": []} in one["findings"]
    assert found["fees"]["total"] == "205.00"
    assert [(line["item"], line["open"]) for line in found["fees"]["lines"]] == [
        ("application", True), ("reduced_application", True)]


def test_a_technician_who_became_a_scientist() -> None:
    """The second declaration cannot be sent for two years."""
    record = holder_of("MLT", "2026-06-30", *four_areas(), SAFETY,
                       entry("college", "Analysis II", "2025-05-06", "3", kind="college_course", unit="semester_hour"),
                       entry("clots", "Clots", "2025-10-07", "9", "hematology"), certified_on="2023-06-14")
    record["credentials"].append({"id": "mls", "code": "MLS", "certified_on": "2025-08-20",
                                  "expires_on": "2028-08-31"})
    found = decide(record, THIS_SPRING, edition=EDITION)
    assert [one["outcome"] for one in found["credentials"]] == ["MET", "NOT_MET"]
    assert bucket(found["credentials"][0], "college") == {"placed": "18", "over_cap": "27"}
    assert [(line["amount"], line["open"], line["opens_on"]) for line in found["fees"]["lines"]] == [
        ("110.00", False, "2026-04-01"), ("110.00", False, "2028-06-02")]


def test_earned_before_the_certification() -> None:
    """The day of certification is the first that counts."""
    record = holder_of("MLS", "2026-05-31", *four_areas(), entry("before", "Lab coats", "2023-05-15", "1", "safety"),
                       entry("that day", "Goggles", "2023-05-16", "1", "safety"),
                       entry("rest", "A meeting", "2024-02-06", "26"), certified_on="2023-05-16")
    one = asked(record)
    assert verdict(one) == ("MET", "0", "0")
    assert bucket(one, "before") == {"outside_cycle": "1"}


def test_safety_and_ethics_in_one_course() -> None:
    """Listed areas may need a division; certified ones raise no question; two entries with one title are open."""
    both = entry("both", "Right and safe", "2025-02-04", "2", "safety", "ethics", provider="A society")
    rest = entry("draw", "Drawing from children", "2024-10-01", "7", "phlebotomy")
    one = asked(phlebotomist(both, rest))
    assert verdict(one) == ("NEEDS_REVIEW", "0", "0")
    assert questions(one) == [("DIVIDED_ACTIVITY", "both", [])]
    certified = both | {"areas": [], "certified": {"safety": "1", "ethics": "1"}}
    assert verdict(asked(phlebotomist(certified, rest))) == ("MET", "0", "0")
    halves = [both | {"id": area, "amount": "1", "areas": [area], "title": f"Right and safe ({area})"}
              for area in ("safety", "ethics")]
    one = asked(phlebotomist(*halves, rest))
    assert verdict(one) == ("NEEDS_REVIEW", "1", "0")
    assert questions(one) == [("DUPLICATE", "safety", ["ethics"])]
    told_apart = [half | {"session": half["id"]} for half in halves]
    assert verdict(asked(phlebotomist(*told_apart, rest))) == ("MET", "0", "0")


def test_what_the_holder_says_of_a_division() -> None:
    """Yes is met; no is not met, with the figures as if it were allowed."""
    both = entry("both", "Right and safe", "2025-02-04", "2", "safety", "ethics")
    record = phlebotomist(both, entry("draw", "Drawing from children", "2024-10-01", "7", "phlebotomy"))
    one = asked(answered(record, yes("DIVIDED_ACTIVITY", "both")))
    assert (one["outcome"], one["grade"]) == ("MET", "user")
    one = asked(answered(record, yes("DIVIDED_ACTIVITY", "both") | {"answer": "no"}))
    assert (one["outcome"], one["total"]["short"], one["shortfalls"]) == ("NOT_MET", "0", [])


@pytest.mark.parametrize(("code", "certified", "late"), [
    ("MT", "2009-10-31", False), ("MT", "2009-11-01", True), ("CLS", "2019-03-01", True), ("MLS", "2019-03-01", False),
    ("MP", "2019-03-01", False)])
def test_a_former_code_given_too_late(*, code: str, certified: str, late: bool) -> None:
    """A technologist certified in 2019 may belong to another board."""
    record = holder_of(code, "2026-05-31", *four_areas(), SAFETY, entry("rest", "A meeting", "2024-02-06", "26",
                                                                        "molecular"), certified_on=certified)
    one = asked(record)
    assert (one["outcome"], questions(one)) == (
        ("NEEDS_REVIEW", [("FORMER_CODE_LATE", "c", [])]) if late else ("MET", []))
    assert asked(answered(record, yes("FORMER_CODE_LATE", "c")))["outcome"] == "MET"
    refused = asked(answered(record, yes("FORMER_CODE_LATE", "c") | {"answer": "no"}))
    assert refused["outcome"] == ("NEEDS_REVIEW" if late else "MET")


def test_an_upload_that_comes_late() -> None:
    """The entry typed in first is a duplicate of the upload, and the outcome is the same."""
    typed = entry("9", "Needles up", "2025-03-04", "3", "safety", provider="The vendor")
    record = phlebotomist(typed | {"id": "10", "title": "NEEDLES UP"}, typed, ETHICS,
                          entry("draw", "Drawing from children", "2024-10-01", "5", "phlebotomy"))
    record["placements"] = [{"credential": "c", "activity": "9", "area": "safety", "points": "1"}]
    one = asked(record)
    assert verdict(one) == ("MET", "0", "0")
    assert (bucket(one, "10"), bucket(one, "9")) == ({"placed": "3"}, {"duplicate": "3"})


def test_a_meeting_over_the_end() -> None:
    """As one entry on its last day it is outside; entered day by day, the days up to the end count."""
    rest = [SAFETY, ETHICS]
    whole = entry("all", "Yearly meeting", "2026-06-02", "20", "phlebotomy")
    assert verdict(asked(phlebotomist(whole, *rest), date(2026, 5, 31))) == ("NOT_MET", "7", "7")
    days = [entry(day, "Yearly meeting", day, "4", "phlebotomy", session=day)
            for day in ("2026-05-29", "2026-05-30", "2026-05-31", "2026-06-01", "2026-06-02")]
    assert verdict(asked(phlebotomist(*days, *rest), date(2026, 5, 31))) == ("MET", "0", "0")
    without = [{key: value for key, value in day.items() if key != "session"} for day in days]
    one = asked(phlebotomist(*without, *rest), date(2026, 5, 31))
    assert verdict(one) == ("NEEDS_REVIEW", "7", "0")  # one chain, with a member outside


def test_the_international_credential_first() -> None:
    """Each uses its own cycle; the region has the amounts of the previous row."""
    record = holder_of("MLS", "2026-09-30", *four_areas(), SAFETY, entry("rest", "A meeting", "2025-02-06", "26"),
                       body="ASCPi", certified_on="2017-09-12")
    record["holder"]["fee_region"] = "low_middle_income"
    record["credentials"].append({"id": "us", "code": "MLS", "certified_on": "2025-01-15",
                                  "expires_on": "2028-01-31"})
    found = decide(record, date(2026, 7, 10), edition=EDITION)
    assert [one["outcome"] for one in found["credentials"]] == ["MET", "NOT_MET"]
    assert [line["amount"] for line in found["fees"]["lines"]] == ["100.00", "100.00"]


def test_nothing_is_carried_over() -> None:
    """Points earned between the declaration and the end belong to the previous cycle."""
    record = holder_of("PBT", "2029-05-31", entry("april", "Veins", "2026-04-15", "5", "phlebotomy"),
                       entry("may", "Sharps", "2026-05-31", "3", "safety"),
                       entry("june", "Consent", "2026-06-01", "1", "ethics"), cycle_start="2026-06-01")
    one = asked(record, date(2026, 7, 10))
    assert one["outcome"] == "NOT_MET"
    assert [bucket(one, name) for name in ("april", "may", "june")] == [
        {"outside_cycle": "5"}, {"outside_cycle": "3"}, {"placed": "1"}]


def test_three_credentials_in_one_payment() -> None:
    """The only day on which two of them can be sent together is still ahead."""
    record = holder_of("HT", "2026-11-30", certified_on="2011-11-30")
    record["credentials"] += [
        {"id": "htl", "code": "HTL", "certified_on": "2017-02-28", "expires_on": "2027-02-28"},
        {"id": "qihc", "code": "QIHC", "certified_on": "2017-02-10", "expires_on": "2026-12-31"}]
    fees = decide(record, date(2026, 11, 29), edition=EDITION)["fees"]
    assert fees["total"] == "315.00"
    assert [(line["amount"], line["open"], line["opens_on"]) for line in fees["lines"]] == [
        ("110.00", False, "2026-11-30"), ("95.00", False, "2026-11-30"), ("110.00", True, None)]


@pytest.mark.parametrize(("code", "expires", "established"), [
    ("QIHC", "2012-09-30", False), ("QIHC", "2012-10-01", True), ("QBRS", "2022-06-30", False),
    ("QBRS", "2022-07-01", True), ("QLC", "2022-06-30", False), ("QLC", "2022-07-01", True)])
def test_tables_of_qualifications_that_are_not_established(*, code: str, expires: str, established: bool) -> None:
    """Before these days the requirements are not known."""
    one = asked(holder_of(code, expires, certified_on="2005-01-01"), date.fromisoformat(expires))
    assert (one["total"] is not None) is established


@pytest.mark.parametrize(("on", "total"), [
    ("2005-03-01", None), ("2005-03-02", "50.00"), ("2016-04-26", None), ("2016-04-27", "50.00"),
    ("2012-01-10", None), ("2019-12-31", None), ("2020-01-01", "95.00")])
def test_fees_of_qualifications_before_2020(on: str, total: str | None) -> None:
    """There are two sightings, each for one day."""
    day = date.fromisoformat(on)
    record = holder_of("QIHC", day.replace(year=day.year + 1).isoformat(), certified_on="2004-02-01")
    assert decide(record, day, edition=EDITION)["fees"]["total"] == total


# ---------------------------------------------------------------------------------------------------------
# What many drawn records found; each situation has the same answer in both implementations.


def both(record: Mapping, *user: tuple[str, str], on: date = THIS_SPRING, trust: str = "inferred") -> Mapping:
    """Return the answer to a record, which the library gives as well."""
    found = decide(record, on, trust, EDITION, user)
    assert differences(found, by_the_library(record, on, trust, EDITION, user)) == []
    return found


def test_the_rest_of_a_certified_activity_goes_to_the_earliest_area_of_the_table() -> None:
    """Chemistry comes before hematology, to which the certificate gives a part."""
    copied = {"provider": "Sample Society"}
    record = holder_of("MLS", "2026-05-31",
                       entry("a", "Course", "2024-03-30", "2.64", certified={"hematology": "0.66"}, **copied),
                       entry("b", "Course", "2024-03-30", "2.64", proposed_areas=["chemistry", "hematology"], **copied),
                       entry("c", "Another", "2024-05-30", "4", "blood_banking", "microbiology"))  # has to be divided
    settled = answered(record, yes("DUPLICATE", "b", others=["a"]), yes("AREA_PROPOSED", "b"))
    placed = both(settled)["credentials"][0]["placements"]
    assert [(one["activity"], one["area"], one["points"]) for one in placed
            if one["activity"] != "c"] == [
        ("a", "chemistry", "1.98"), ("a", "hematology", "0.66"),
        ("b", "chemistry", "0.02"), ("b", "hematology", "1.34"), ("b", "pool", "1.28")]


def test_a_row_of_the_user_on_a_kind_that_the_record_lacks_has_no_bearing_on_the_grade() -> None:
    """That entries with one title may be one is our reading, whatever a row says about another kind."""
    record = holder_of("HT", "2021-04-30", entry("a", "Course", "2020-01-27", "32", kind="college_course"),
                       entry("b", "Course", "2019-01-27", "33", kind="self_study"),
                       entry("c", "Course", "2019-01-27", "33", kind="college_course"))
    found = both(record, ("rule/repeated/in_service", "each"), on=date(2021, 4, 30), trust="third_party")
    assert found["credentials"][0]["grade"] == "inferred"


@pytest.mark.parametrize(("day", "not_needed"), [("2025-05-26", []), ("2022-05-26", [("REPEATED_COURSE", "a")])])
def test_an_answer_has_its_place_while_its_question_is_open(*, day: str, not_needed: list[tuple[str, str]]) -> None:
    """A row settles the relation that the answer names; another one is open if both may count, confirmed or not."""
    record = holder_of("PA", "2026-05-31", entry("a", "Day", "2024-03-26", "24"), entry("b", "Day", "2025-03-26", "24"),
                       entry("c", "Day", day, "2", kind="self_study"))
    found = both(answered(record, yes("REPEATED_COURSE", "a", others=["b"])), ("rule/repeated/formal_ce", "once"),
                 trust="third_party")
    assert found["not_needed"] == not_needed
