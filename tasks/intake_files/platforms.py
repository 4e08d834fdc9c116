"""Exports of completions in the style of four learning platforms, and the spreadsheet of an employer."""

from __future__ import annotations

from datetime import date, datetime

from tasks.intake_files.forms import text, workbook
from tasks.intake_files.say import (
    Columns,
    Formula,
    Row,
    Run,
    Sample,
    act,
    aside,
    blank,
    doubt,
    head,
    ok,
    refuse,
    title,
    total,
    undated,
)
from tasks.intake_files.vendors import NO_DAY, ORDER

NEW_YORK = "America/New_York"
WHERE = "a time in UTC: the day depends on the place"


def fernmoodle() -> list[Sample]:
    """Completions of courses with long days, with and without a time of day."""
    a = act("Annual safety module", "2024-02-07", "1", areas="safety")
    b = act("Integrity in research", "2024-12-31", "0.5", proposed="ethics")
    c = act("Cell counts by hand", None, "1", areas="hematology")
    header = head("Full name", "Course name", "Category", "Completion status", "Completion date", "CE hours")
    columns = Columns(day=4, amount=5, topic=2)
    who = "PERSON SAMPLE"

    def rows(first: str, second: str, half: str = "0.5") -> tuple[Row, ...]:
        return (header,
                ok(a, who, a.title, "Safety", "Completed", first, "1"),
                ok(b, who, b.title, "Research integrity", "Completed", second, half),
                doubt(c, NO_DAY, who, c.title, "Hematology", "Completed", "-", "1"),
                aside("not completed", who, "Heat and hoods", "Safety", "Not completed", "-", "1"))

    long = rows("Wednesday, 7 February 2024, 2:15 PM", "Tuesday, 31 December 2024, 11:58 PM")
    short = rows("7 February 2024", "31 December 2024", half="0,5")
    plain = rows("2024-02-07 14:15", "2024-12-31 23:58:59")
    return [
        Sample(name="fernmoodle-a.csv", style="learning platform, long days with times", content=text(long),
               rows=long, columns=columns),
        Sample(name="fernmoodle-b.csv", style="learning platform, semicolons, decimal commas, UTF-8 with mark",
               content=text(short, ";", "utf-8-sig"), rows=short, columns=columns),
        Sample(name="fernmoodle-c.xlsx", style="learning platform, workbook of text cells",
               content=workbook({"Completion": plain}), rows=plain, columns=columns),
    ]


def scormwood() -> list[Sample]:
    """Times in UTC, time spent next to the credit, status of lessons."""
    a = act("Tube by tube", "2024-05-31", "1.5", id="c-9001")
    b = act("Chemical hygiene in an hour", "2024-11-03", "1", id="c-9002")
    header = head("completion_id", "learner_id", "course_title", "lesson_status", "completed_at", "total_time",
                  "ce_credit_hours")
    columns = Columns(day=4, amount=6)

    def rows(header_: Row, first: str, second: str, half: str = "1.5") -> tuple[Row, ...]:
        return (header_,
                ok(a, "c-9001", "h-1", a.title, "completed", first, "PT2H10M", half),
                ok(b, "c-9002", "h-1", b.title, "passed", second, "PT58M", "1"),
                aside("not completed", "c-9003", "h-1", "Half a module", "incomplete", "", "PT7M", "1"),
                aside("the row of another person", "c-9004", "h-2", a.title, "completed", first, "PT2H", half))

    zulu = rows(header, "2024-06-01T03:30:00Z", "2024-11-03T04:30:00.000Z")
    offset = rows(header, "2024-06-01 03:30:00+00:00", "2024-11-03 04:30:00+00:00", half="1,5")
    said = head("completion_id", "learner_id", "course_title", "lesson_status", "completed_at (UTC)", "total_time",
                "ce_credit_hours")
    named = rows(said, "2024-06-01 03:30:00", "2024-11-03 04:30:00")

    def runs(made: tuple[Row, ...]) -> tuple[Run, ...]:
        return (Run(place=NEW_YORK, why="the place is said; the second is in daylight time, whose last night it is"),
                Run(why="the place is not said", but=undated(made, [2, 3], WHERE)),
                Run(place="Europe/London", why="another place", but={
                    2: ok(act(a.title, "2024-06-01", "1.5", id="c-9001"), *made[1].cells)}))

    return [
        Sample(name="scormwood-a.csv", style="learning platform, times in UTC, two learners", content=text(zulu),
               rows=zulu, columns=columns, runs=runs(zulu)),
        Sample(name="scormwood-b.csv", style="learning platform, semicolons, decimal commas, offsets",
               content=text(offset, ";"), rows=offset, columns=columns, runs=runs(offset)),
        Sample(name="scormwood-c.xlsx", style="learning platform, workbook, UTC said in the header",
               content=workbook({"Export": named}), rows=named, columns=columns, runs=runs(named)),
    ]


def granitehr() -> list[Sample]:
    """The learning history of an employer's suite: several columns of hours, of which one is credit."""
    a = act("Radiation badge basics", "2024-03-14", "1.5", proposed="safety", id="H-501")
    b = act("Mold in the incubator", "2024-07-04", "0.75", kind="in_service", proposed="microbiology", id="H-502")
    header = head("History ID", "Item Title", "Item Type", "Completion Status", "Completion Date", "Total Hours",
                  "Contact Hours", "Subject")
    columns = Columns(day=4, amount=6, kind=2, topic=7)
    none = "no amount; total hours are time spent"

    def rows(first: object, second: object, third: object, half: str = "1.5", most: str = "0.75") -> tuple[Row, ...]:
        return (title("Learning History"), title("Employee: PERSON SAMPLE"), title("Run on 2026-01-15"), header,
                ok(a, "H-501", a.title, "Course", "Completed", first, "2", half, "Radiation"),
                ok(b, "H-502", b.title, "In-service", "Completed", second, "1", most, "Mycology"),
                aside(none, "H-503", "Badge reader tour", "Course", "Completed", third, "0.25", "", ""),
                aside("not completed", "H-504", "Ladder class", "Course", "Withdrawn", third, "1", "1", "Safety"),
                blank(), title("End of report"))

    american = rows("3/14/2024 02:30 PM", "7/4/2024 09:00 AM", "3/15/2024 08:00 AM")
    iso = rows("2024-03-14", "2024-07-04", "2024-03-15", half="1,5", most="0,75")
    days = rows(datetime.fromisoformat("2024-03-14 14:30"), date(2024, 7, 4), date(2024, 3, 15))
    return [
        Sample(name="granitehr-a.csv", style="employer's suite, American times of day", content=text(american),
               rows=american, columns=columns,
               runs=(Run(dates="us"), Run(but=undated(american, [6], ORDER)))),
        Sample(name="granitehr-b.csv", style="employer's suite, semicolons, decimal commas, UTF-16",
               content=text(iso, ";", "utf-16"), rows=iso, columns=columns),
        Sample(name="granitehr-c.xlsx", style="employer's suite, workbook with merged title rows",
               content=workbook({"History": days}, {"History": ["A1:H1", "A2:H2", "A3:H3"]}), rows=days,
               columns=columns),
    ]


def maplecanvas() -> list[Sample]:
    """Enrollments of a platform for colleges, with offsets, and college courses with their semester hours."""
    a = act("Biosafety cabinet care", "2025-04-30", "2")
    b = act("Clinical Chemistry II", "2025-05-16", "3", unit="semester_hour", kind="college_course",
            areas="chemistry")
    header = head("Course", "Course Type", "Enrollment State", "Completed At", "Credits", "Credit Unit", "Area")
    columns = Columns(day=3, amount=4, unit=5, kind=1)

    def rows(first: str, second: str) -> tuple[Row, ...]:
        return (header,
                ok(a, a.title, "CE course", "completed", first, "2", "contact hours", ""),
                ok(b, b.title, "College course", "completed", second, "3", "semester hours", "Chemistry"),
                aside("not completed", "Statistics in the evening", "College course", "active", "", "3",
                      "semester hours", ""))

    offsets = rows("2025-04-30T22:15:00-05:00", "2025-05-16T17:00:00-05:00")
    zulu = rows("2025-05-01T03:15:00Z", "2025-05-16T22:00:00Z")
    plain = rows("2025-04-30", "2025-05-16")
    chicago = (Run(place="America/Chicago"),)
    return [
        Sample(name="maplecanvas-a.csv", style="learning platform, times with the offset of the place",
               content=text(offsets), rows=offsets, columns=columns, runs=chicago),
        Sample(name="maplecanvas-b.csv", style="learning platform, tabs, UTF-16, times in UTC",
               content=text(zulu, "\t", "utf-16"), rows=zulu, columns=columns, runs=chicago),
        Sample(name="maplecanvas-c.xlsx", style="learning platform, workbook of text cells, days alone",
               content=workbook({"Enrollments": plain}), rows=plain, columns=columns),
    ]


def employer() -> list[Sample]:
    """A sheet kept by hand: people in one column, kinds in words, two tables, an amount without a unit."""
    lab = "Sample County Laboratory"
    a = act("Ergonomics at the scope", "2025-09-09", "1", kind="in_service", provider=lab, proposed="safety")
    b = act("Fire extinguisher drill", "2025-09-10", "0.5", kind="in_service", provider=lab, areas="safety")
    c = act("Case talk", "2025-10-10", "2", unit="point", kind="presentation", provider=lab)
    header = head("Employee ID", "Training", "Held on", "Hours", "Provided by", "Type", "Topic")
    second_header = head("Employee ID", "Activity", "Date", "Points", "Provided by", "Type", "Topic")
    columns = Columns(day=2, amount=3, kind=5, topic=6)

    def rows(days: tuple[object, ...], half: object = "0.5", one: object = "1", two: object = "2",
             three: object = "1.5") -> tuple[Row, ...]:
        return (title("Education log 2025"), header,
                ok(a, "h-1", a.title, days[0], one, lab, "In-service", "Ergonomics"),
                ok(b, "h-1", b.title, days[1], half, lab, "In-service", "Safety"),
                aside("the row of another person", "h-2", a.title, days[0], one, lab, "In-service", "Ergonomics"),
                total("", "Total", "", three, "", "", ""), blank(),
                title("Talks"), second_header,
                ok(c, "h-1", c.title, days[2], two, lab, "Presentation", ""),
                refuse("an amount cannot be below zero", "h-1", "Correction", days[2], "-1", lab, "Presentation", ""))

    same = rows(("9/9/2025", "2025-09-10", "10/10/2025"))
    commas = rows(("09.09.2025", "2025-09-10", "10.10.2025"), half="0,5", three="1,5")
    days = rows((date(2025, 9, 9), date(2025, 9, 10), date(2025, 10, 10)), 0.5, Formula("=2-1", "1"), 2,
                Formula("=SUM(D3:D4)", "1.5"))
    return [
        Sample(name="employer-a.csv", style="employer's spreadsheet, two tables, two people", content=text(same),
               rows=same, columns=columns),
        Sample(name="employer-b.csv", style="employer's spreadsheet, semicolons, decimal commas, Windows code page",
               content=text(commas, ";", "cp1252"), rows=commas, columns=columns),
        Sample(name="employer-c.xlsx", style="employer's spreadsheet, workbook with two tables on a sheet",
               content=workbook({"2025": days}, {"2025": ["A1:G1", "A8:G8"]}), rows=days, columns=columns),
    ]


def samples() -> list[Sample]:
    """Return all exports of learning platforms and of an employer."""
    return [sample for make in (fernmoodle, scormwood, granitehr, maplecanvas, employer) for sample in make()]
