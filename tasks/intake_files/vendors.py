"""Transcripts in the style of course vendors and of a society: eight headers of vendors, one of a society."""

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

ORDER = "which is the month: the order of day and month is open"
OTHER_ORDER = "the day cannot be read in the order that was given"
NO_DAY = "no day of completion"


def serial(year: int, month: int, day: int) -> int:
    """Turn a day into the number that a workbook shows where the cell is not formatted as a day."""
    return (date(year, month, day) - date(1899, 12, 30)).days


def northlight() -> list[Sample]:
    """American dates, an amount with its unit in the cell, credit types, subjects, certificate numbers."""
    a = act("Safe needles in the draw station", "2024-02-05", "1", areas="safety", id="NL-A-101")
    b = act("Reading the peripheral smear", "2024-03-14", "2", areas="hematology", id="NL-A-102")
    c = act("Platelets that clump", "2024-04-09", "1.5", proposed="hematology", id="NL-A-103")
    d = act("Antibody panels step by step", "2024-05-05", "3.5", proposed="blood_banking", id="NL-A-104")
    e = act("Résumé of a method comparison", "2024-11-21", "0.5", id="NL-A-105")
    header = head("Course Number", "Course Title", "Date Completed", "Contact Hours", "Credit Type", "Subject Area",
                  "Certificate No.")
    columns = Columns(day=2, amount=3, topic=5)
    us = (
        title("Northlight Sample Courses - Continuing Education Transcript", *[""] * 6),
        title("Learner:", "PERSON SAMPLE", "", "License:", "XX 00000", "", ""),
        blank(*[""] * 7), header,
        ok(a, "10-111", a.title, "02/05/2024", "1.0", "P.A.C.E.", "Safety", a.source_id),
        ok(b, "10-222", b.title, "03/14/2024", "2.0", "P.A.C.E.", "Hematology", b.source_id),
        ok(c, "10-333", c.title, "04/09/2024", "1.5 hrs", "P.A.C.E.", "Coagulation", c.source_id),
        ok(d, "10-444", d.title, "05/05/2024", "3.50", "AMA PRA Cat 1", "Immunohematology", d.source_id),
        ok(e, "10-555", e.title, "11/21/2024", ".5", "P.A.C.E.", "General", e.source_id),
        total("", "", "Total", "8.50", "", "", ""),
    )
    eu_of_us = {
        5: ok(act(a.title, "2024-05-02", "1", areas="safety", id="NL-A-101"), *us[4].cells),
        7: ok(act(c.title, "2024-09-04", "1.5", proposed="hematology", id="NL-A-103"), *us[6].cells),
        **undated(us, [6, 9], OTHER_ORDER),
    }
    eu = (
        title("Northlight Sample Courses — Transcript"), blank(), header,
        ok(a, "10-111", a.title, "05/02/2024", "1,0", "P.A.C.E.", "safety", a.source_id),
        ok(b, "10-222", b.title, "14/03/2024", "2,0", "P.A.C.E.", "HEMATOLOGY", b.source_id),
        ok(c, "10-333", c.title, "09/04/2024", "1,5", "P.A.C.E.", "coagulation", c.source_id),
        ok(d, "10-444", d.title, "05/05/2024", "3,50", "AMA PRA Cat 1", "Immunohematology", d.source_id),
        ok(e, "10-555", e.title, "21/11/2024", "0,5", "P.A.C.E.", "", e.source_id),
        total("Total", "", "", "8,50", "", "", ""),
    )
    days = (
        title("Northlight Sample Courses - Transcript"), title("PERSON SAMPLE"), header,
        ok(a, "10-111", a.title, date(2024, 2, 5), 1, "P.A.C.E.", "Safety", a.source_id),
        ok(b, "10-222", b.title, datetime.fromisoformat("2024-03-14 14:15"), 2.0, "P.A.C.E.", "Hematology",
           b.source_id),
        ok(c, "10-333", c.title, date(2024, 4, 9), "1.5 hrs", "P.A.C.E.", "Coagulation", c.source_id),
        ok(d, "10-444", d.title, date(2024, 5, 5), 3.5, "AMA PRA Cat 1", "Immunohematology", d.source_id),
        ok(e, "10-555", e.title, date(2024, 11, 21), Formula("=1/2", "0.5"), "P.A.C.E.", "General", e.source_id),
        aside("no amount: a formula without a value", "10-666", "Never worked out", date(2024, 11, 22),
              Formula("=D4/2", None), "P.A.C.E.", "Safety", "NL-A-106"),
        total("", "Total", "", Formula("=SUM(D4:D9)", "8.5"), "", "", ""),
    )
    return [
        Sample(name="northlight-a.csv", style="course vendor, American dates, title rows, total", content=text(us),
               rows=us, columns=columns, runs=(
                   Run(dates="us", why="the order is said"),
                   Run(why="the order is not said", but=undated(us, [5, 7], ORDER)),
                   Run(dates="eu", why="another order is said than the vendor's", but=eu_of_us))),
        Sample(name="northlight-b.csv", style="course vendor, semicolons, decimal commas, Windows code page",
               content=text(eu, ";", "cp1252"), rows=eu, columns=columns, runs=(
                   Run(dates="eu"), Run(but=undated(eu, [4, 6], ORDER)))),
        Sample(name="northlight-c.xlsx", style="course vendor, workbook with merged title, days, a time, formulas",
               content=workbook({"Transcript": days}, {"Transcript": ["A1:G1", "A2:C2"]}), rows=days,
               columns=columns, runs=(Run(),)),
    ]


def copperleaf() -> list[Sample]:
    """ISO days, several topics in a cell, a format that says the kind."""
    guild = "Copperleaf Academy"
    a = act("Bloodborne refresher", "2025-01-15", "1", provider=guild, areas="safety ethics")
    b = act("Urine crystals", "2025-02-28", "1.25", provider=guild, kind="teleconference", proposed="hematology")
    c = act("Virus or not", "2025-03-03", "0.75", provider="Example Guild", kind="self_study", areas="virology",
            proposed="microbiology")
    d = act("Journal round 12", "2025-03-04", "1", provider=guild, kind="journal_test", areas="chemistry hematology")
    header = head("Activity Name", "Provider", "Completion Date", "CE Credits", "Format", "Topics")
    columns = Columns(day=2, amount=3, kind=4, topic=5)

    def rows(quarter: str, three: str, parted: str) -> tuple[Row, ...]:
        return (header,
                ok(a, a.title, guild, "2025-01-15", "1", "Online course", f"Safety{parted} Ethics"),
                ok(b, b.title, guild, "2025-02-28", quarter, "Webinar", "Urinalysis"),
                ok(c, c.title, "Example Guild", "2025-03-03", three, "Self-study", "Virology"),
                ok(d, d.title, guild, "2025-03-04", "1", "Journal quiz", f"Chemistry{parted}Hematology"))

    first, second = rows("1.25", "0.75", ";"), rows("1,25", "0,75", ",")
    summary = (title("Copperleaf Academy"), title("Credits in this file", 4), blank(), title("Sample record"))
    listed = (blank(), header,
              ok(a, a.title, guild, date(2025, 1, 15), 1, "Online course", "Safety; Ethics"),
              ok(b, b.title, guild, date(2025, 2, 28), 1.25, "Webinar", "Urinalysis"), blank(),
              ok(c, c.title, "Example Guild", "2025-03-03", 0.75, "Self-study", "Virology"),
              ok(d, d.title, guild, date(2025, 3, 4), 1, "Journal quiz", "Chemistry, Hematology"),
              total("Total credits", "", "", 4, "", ""))
    placed = tuple(_on(sheet, number, row) for sheet, rows_ in (("Summary", summary), ("Activities", listed))
                   for number, row in enumerate(rows_, 1))
    return [
        Sample(name="copperleaf-a.csv", style="course vendor, tabs, UTF-16", content=text(first, "\t", "utf-16"),
               rows=first, columns=columns),
        Sample(name="copperleaf-b.csv", style="course vendor, semicolons, decimal commas, UTF-8 with mark",
               content=text(second, ";", "utf-8-sig"), rows=second, columns=columns),
        Sample(name="copperleaf-c.xlsx", style="course vendor, two sheets, the first without a table",
               content=workbook({"Summary": summary, "Activities": listed}), rows=placed, columns=columns),
    ]


def _on(sheet: str, number: int, row: Row) -> Row:
    return Row(cells=row.cells, fate=row.fate, why=row.why, act=row.act, optional=row.optional,
               at={"sheet": sheet, "row": number})


def tidewater() -> list[Sample]:
    """The type of credit says the unit; the day of attendance is next to the day of issue."""
    a = act("Culture and susceptibility", "2024-06-12", "2", id="TW-1")
    b = act("Case files in hematology", "2024-06-13", "1", unit="cmle", id="TW-2")
    c = act("Regional laboratory day", "2024-06-14", "0.6", unit="ceu", id="TW-3")
    d = act("Grand rounds", None, "1.5", id="TW-4")
    header = head("Program", "Credits Earned", "Type of Credit", "Date Attended", "Certificate Issued",
                  "Certificate ID")
    columns = Columns(day=3, amount=1, unit=2)
    zero = ("set_aside", "refused")
    asked = f"{NO_DAY}; the day of issue is not taken for it"

    def rows(*days: object, six: str = "0.6", half: str = "1.5", issued: str = "July 1, 2024") -> tuple[Row, ...]:
        return (header,
                ok(a, a.title, "2", "P.A.C.E.", days[0], issued, "TW-1"),
                ok(b, b.title, "1", "CMLE", days[1], issued, "TW-2"),
                ok(c, c.title, six, "CEU", days[2], issued, "TW-3"),
                doubt(d, asked, d.title, half, "AMA PRA Category 1", "", issued, "TW-4"),
                aside("no credit", "Vendor demonstration", "0", "Non-credit", days[3], issued, "TW-5", fate=zero))

    words = rows("June 12, 2024", "June 13, 2024", "June 14, 2024", "June 15, 2024")
    short = rows("12 Jun 2024", "13 Jun 2024", "14-Jun-2024", "15 JUN 2024", six="0,6", half="1,5",
                 issued="1 Jul 2024")
    numbers = rows(*(serial(2024, 6, day) for day in range(12, 16)))
    book = workbook({"Credits": [_numeric(row, 1) for row in numbers]})
    return [
        Sample(name="tidewater-a.csv", style="course vendor, types of credit, months in words",
               content=text(words), rows=words, columns=columns),
        Sample(name="tidewater-b.csv", style="course vendor, UTF-16 without tabs, decimal commas",
               content=text(short, ";", "utf-16"), rows=short, columns=columns),
        Sample(name="tidewater-c.xlsx", style="course vendor, workbook with days as unformatted serial numbers",
               content=book, rows=numbers, columns=columns),
    ]


def _numeric(row: Row, *columns: int) -> Row:
    """Turn the cells of these columns that hold numbers as text into numbers."""
    cells = tuple(float(cell) if place in columns and _number(cell) else cell for place, cell in enumerate(row.cells))
    return Row(cells=cells, why=row.why)


def _number(cell: object) -> bool:
    return isinstance(cell, str) and cell.replace(".", "", 1).isdigit()


def brightwell() -> list[Sample]:
    """A status for each module: one that is not completed adds nothing, one without a day is asked about."""
    a = act("Hood hygiene", "2024-02-05", "0.5")
    b = act("Molecular basics", "2024-10-11", "1")
    e = act("Blood gas errors", None, "1")
    header = head("Module", "Status", "Score", "Completed On", "Hours")

    def rows(first: object, second: object, failed: object) -> tuple[Row, ...]:
        return (title("My modules"), header,
                ok(a, a.title, "Completed", "92%", first, "0.5"),
                ok(b, b.title, "Passed", "100%", second, "1"),
                aside("not completed", "Instrument upkeep", "In Progress", "", "", "2"),
                aside("not completed", "Fire drill for the lab", "Failed", "40%", failed, "0.5"),
                doubt(e, NO_DAY, e.title, "Completed", "88%", "", "1"), blank(),
                title("Printed for a sample learner"))

    words = rows("Feb 5, 2024", "Oct 11, 2024", "Mar 1, 2024")
    dashed = rows("05-Feb-2024", "11-Oct-2024", "01-Mar-2024")
    days = rows(date(2024, 2, 5), "11 October 2024", date(2024, 3, 1))
    columns = Columns(day=3, amount=4)
    return [
        Sample(name="brightwell-a.csv", style="course vendor, status and score", content=text(words), rows=words,
               columns=columns),
        Sample(name="brightwell-b.txt", style="course vendor, parted by bars, Windows code page",
               content=text(dashed, "|", "cp1252"), rows=dashed, columns=columns),
        Sample(name="brightwell-c.xlsx", style="course vendor, workbook with merged title",
               content=workbook({"Sheet1": [_numeric(row, 4) for row in days]}, {"Sheet1": ["A1:E1", "A9:E9"]}),
               rows=days, columns=columns),
    ]


def foxglove() -> list[Sample]:
    """First and last day of an event, amounts in CEU."""
    hall = "Foxglove Institute"
    a = act("Spring bench meeting", "2024-04-13", "1.2", unit="ceu", provider=hall)
    b = act("Donor room evening", "2024-09-30", "0.1", unit="ceu", provider=hall)
    c = act("Two-week histology review", "2024-01-19", "0.45", unit="ceu", provider="Example Guild")
    header = head("Event", "Sponsor", "Begin Date", "End Date", "CEUs", "Location")

    def rows(spans: list[tuple[object, object]], amounts: list[object], whole: object) -> tuple[Row, ...]:
        return (header, *(ok(what, what.title, what.provider, *span, amount, "Sampletown")
                          for what, span, amount in zip((a, b, c), spans, amounts, strict=True)),
                total("Grand total", "", "", "", whole, ""))

    spans = [("2024-04-11", "2024-04-13"), ("2024-09-30", "2024-09-30"), ("2024-01-08", "2024-01-19")]
    slashes: list[tuple[object, object]] = [(begin.replace("-", "/"), end.replace("-", "/")) for begin, end in spans]
    days: list[tuple[object, object]] = [(date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in spans]
    first = rows([*spans], ["1.2", "0.1", "0.45"], "1.75")
    second = rows(slashes, ["1,2", "0,1", "0,45"], "1,75")
    third = rows(days, [1.2, 0.1, 0.45], Formula("=SUM(E2:E4)", "1.75"))
    columns = Columns(day=3, amount=4)
    return [
        Sample(name="foxglove-a.csv", style="course vendor, begin and end, CEU", content=text(first), rows=first,
               columns=columns),
        Sample(name="foxglove-b.csv", style="course vendor, semicolons, decimal commas, UTF-8 with mark",
               content=text(second, ";", "utf-8-sig"), rows=second, columns=columns),
        Sample(name="foxglove-c.xlsx", style="course vendor, workbook that counts its days from 1904",
               content=workbook({"Events": third}, mac=True), rows=third, columns=columns),
    ]


def harborview() -> list[Sample]:
    """Short headers, years of two digits, titles with commas and line ends, a row that stands twice."""
    a = act("Crossmatch clinic", "2024-02-09", "1", areas="blood_banking")
    b = act("Gram stain, read twice", "2024-10-31", "1.5", areas="microbiology")
    c = act("Newborn screening: what changed", "2024-12-12", "1", areas="chemistry")
    header = head("COURSE", "DATE", "HOURS", "CATEGORY")

    def rows(*days: str, half: str = "1.5") -> tuple[Row, ...]:
        return (header,
                ok(a, a.title, days[0], "1", "BLOOD BANKING"),
                ok(b, b.title, days[1], half, "MICROBIOLOGY"),
                ok(c, "Newborn screening:\nwhat changed", days[2], "1", "CHEMISTRY"),
                ok(a, a.title, days[0], "1", "BLOOD BANKING", why="the same as row 2: both come in"),
                total("TOTAL", "", "4,5" if "," in half else "4.5", ""))

    short = rows("2/9/24", "10/31/24", "12/12/24")
    far = rows("09/02/2024", "31/10/2024", "12/12/2024", half="1,5")
    words = rows("02/09/2024", "10/31/2024", "12/12/2024")
    columns = Columns(day=1, amount=2)
    return [
        Sample(name="harborview-a.csv", style="course vendor, short headers, years of two digits",
               content=text(short), rows=short, columns=columns, runs=(Run(dates="us"),)),
        Sample(name="harborview-b.csv", style="course vendor, semicolons, Windows code page",
               content=text(far, ";", "cp1252"), rows=far, columns=columns,
               runs=(Run(dates="eu"), Run(but=undated(far, [2, 5], ORDER)))),
        Sample(name="harborview-c.xlsx", style="course vendor, workbook whose days are text",
               content=workbook({"CE": [_numeric(row, 2) for row in words]}), rows=words, columns=columns,
               runs=(Run(dates="us"), Run(but=undated(words, [2, 5], ORDER)))),
    ]


def quillmark() -> list[Sample]:
    """The unit has its own column, and is missing once; minutes are not credit."""
    a = act("Enzymes at work", "2025-05-20", "2", areas="chemistry", id="QM-1")
    b = act("Ethics of residual specimens", "2025-05-21", "1", unit="cmle", areas="ethics", id="QM-2")
    c = act("Ova by the dozen", "2025-05-22", "0.1", unit="ceu", proposed="microbiology", id="QM-3")
    d = act("Quality walk", "2025-05-23", "1", id="QM-4")
    header = head("Learning Activity", "Date of Completion", "Award", "Award Unit", "Discipline", "Record No")
    columns = Columns(day=1, amount=2, unit=3, topic=4)

    def rows(*days: object, tenth: str = "0.1") -> tuple[Row, ...]:
        return (header,
                ok(a, a.title, days[0], "2", "contact hours", "Chemistry", "QM-1"),
                ok(b, b.title, days[1], "1", "CMLE credit", "Ethics", "QM-2"),
                ok(c, c.title, days[2], tenth, "CEU", "Parasitology", "QM-3"),
                aside("1 of which unit", d.title, days[3], "1", "", "Quality", "QM-4"),
                aside("minutes are not a unit of credit", "Refresher, short form", days[4], "45", "minutes", "",
                      "QM-5", fate=("set_aside", "refused")))

    first = rows(*(f"2025-05-{day}" for day in range(20, 25)))
    second = rows(*(f"{day}.05.2025" for day in range(20, 25)), tenth="0,1")
    third = rows(*(date(2025, 5, day) for day in range(20, 25)))
    with_unit = (Run(), Run(unit="contact_hour", why="the unit is said", but={5: ok(d, *first[4].cells)}))
    with_unit_2 = (Run(), Run(unit="contact_hour", why="the unit is said", but={5: ok(d, *second[4].cells)}))
    with_unit_3 = (Run(), Run(unit="contact_hour", why="the unit is said", but={5: ok(d, *third[4].cells)}))
    return [
        Sample(name="quillmark-a.csv", style="course vendor, unit in its own column", content=text(first),
               rows=first, columns=columns, runs=with_unit),
        Sample(name="quillmark-b.csv", style="course vendor, semicolons, days with dots, Windows code page",
               content=text(second, ";", "cp1252"), rows=second, columns=columns, runs=with_unit_2),
        Sample(name="quillmark-c.xlsx", style="course vendor, workbook, amounts as numbers",
               content=workbook({"Awards": [_numeric(row, 2) for row in third]}), rows=third, columns=columns,
               runs=with_unit_3),
    ]


def stonebridge() -> list[Sample]:
    """Subjects from the list of topics, a day that no calendar has, one provider cell for several rows."""
    west, east = "Stonebridge West", "Stonebridge East"
    a = act("Lab math", "2024-08-14", "1", provider=west)
    b = act("HIPAA for the front desk", "2024-08-15", "0.5", provider=west, proposed="ethics")
    c = act("Order of draw", "2024-08-16", "1.5", provider=east, areas="phlebotomy")
    d = act("Stem cells and donors", "2024-08-17", "1", provider=east, areas="safety", proposed="blood_banking")
    header = head("Provider", "Name of Course", "Finished", "CE hrs", "Subject(s)")
    columns = Columns(day=2, amount=3, topic=4)

    def rows(*days: object, half: str = "1.5", bad: str) -> tuple[Row, ...]:
        return (header,
                ok(a, west, a.title, days[0], "1", "Management"),
                ok(b, west, b.title, days[1], "0,5" if "," in half else "0.5", "HIPAA"),
                ok(c, east, c.title, days[2], half, "Phlebotomy"),
                ok(d, east, d.title, days[3], "1", "Safety; Transfusion"),
                refuse(f"no calendar has {bad}", east, "Leap of faith", bad, "1", "Ethics"))

    first = rows("08/14/2024", "08/15/2024", "08/16/2024", "08/17/2024", bad="02/30/2024")
    second = rows("14/08/2024", "15/08/2024", "16/08/2024", "17/08/2024", half="1,5", bad="31/06/2024")
    third = rows(date(2024, 8, 14), date(2024, 8, 15), "August 16, 2024", "17 Aug 2024", bad="June 31, 2024")
    merged = [Row(cells=("", *row.cells[1:])) if number in {3, 5, 6} else row for number, row in enumerate(third, 1)]
    book = workbook({"Courses": [_numeric(row, 3) for row in merged]}, {"Courses": ["A2:A3", "A4:A6"]})
    return [
        Sample(name="stonebridge-a.csv", style="course vendor, American dates, topics", content=text(first),
               rows=first, columns=columns),
        Sample(name="stonebridge-b.csv", style="course vendor, semicolons, decimal commas, UTF-16 big-endian",
               content=text(second, ";", "utf-16-be"), rows=second, columns=columns),
        Sample(name="stonebridge-c.xlsx", style="course vendor, workbook whose provider cell spans rows",
               content=book, rows=third, columns=columns),
    ]


def larkspur() -> list[Sample]:
    """A society's meeting: sessions, the day of the session, and the day on which it was claimed."""
    society = "Larkspur Sample Society"
    a = act("Flow without tears", "2025-10-02", "1", provider=society, areas="immunology", id="LS-25-01")
    b = act("Panel: who signs the report", "2025-10-03", "1.5", provider=society, areas="ethics", id="LS-25-02")
    c = act("Poster walk", None, "0.5", provider=society, id="LS-25-03")
    header = head("Claim No.", "Organization", "Session Title", "Session Date", "Claimed On", "P.A.C.E. Contact Hours",
                  "Track")
    columns = Columns(day=3, amount=5)
    asked = f"{NO_DAY}; the day of the claim is not taken for it"

    def rows(first: object, second: object, claimed: object, half: str = "1.5") -> tuple[Row, ...]:
        return (title(f"{society}: sessions claimed"), title("Member no. 00000"), header,
                ok(a, a.source_id, society, a.title, first, claimed, "1", "Immunology"),
                ok(b, b.source_id, society, b.title, second, claimed, half, "Ethics"),
                doubt(c, asked, c.source_id, society, c.title, "", claimed, "0,5" if "," in half else "0.5", ""),
                total("", "", "", "", "Hours", "3,0" if "," in half else "3.0", ""),
                title("Unofficial copy. Keep it with your records."))

    words = rows("October 2, 2025", "October 3, 2025", "January 9, 2026")
    iso = rows("2025-10-02", "2025-10-03", "2026-01-09", half="1,5")
    days = rows(date(2025, 10, 2), datetime.fromisoformat("2025-10-03 09:30"), date(2026, 1, 9))
    return [
        Sample(name="larkspur-a.csv", style="society, sessions claimed later", content=text(words), rows=words,
               columns=columns),
        Sample(name="larkspur-b.csv", style="society, semicolons, decimal commas, Windows code page",
               content=text(iso, ";", "cp1252"), rows=iso, columns=columns),
        Sample(name="larkspur-c.xlsx", style="society, workbook with merged title and foot",
               content=workbook({"Claims": [_numeric(row, 5) for row in days]},
                                {"Claims": ["A1:G1", "A2:G2", "A8:G8"]}), rows=days, columns=columns),
    ]


def samples() -> list[Sample]:
    """Return all transcripts of vendors and of a society."""
    return [sample for make in (northlight, copperleaf, tidewater, brightwell, foxglove, harborview, quillmark,
                                stonebridge, larkspur) for sample in make()]
