"""Web pages with tables, and PDF with ruled lines and with spaced columns."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from tasks.intake_files.forms import page, pdf
from tasks.intake_files.say import Columns, Row, Run, Sample, act, aside, doubt, head, ok, refuse, title, total, undated
from tasks.intake_files.vendors import NO_DAY, ORDER


def tables(*of_page: Sequence[Row]) -> tuple[Row, ...]:
    """Number the rows of each table of a page, as a person counts them."""
    return tuple(attrs.evolve(row, at={"table": table, "row": number}) for table, rows in enumerate(of_page, 1)
                 for number, row in enumerate(rows, 1))


def web() -> list[Sample]:
    """A plain table, one with totals and a second table, and one that only lays out the page around it."""
    guild = "Willow Sample Guild"
    a = act("Chemistry & controls", "2024-02-05", "1", areas="chemistry", id="WG-1")
    b = act("Donor questions <today>", "2024-02-26", "1.5", proposed="blood_banking", id="WG-2")
    c = act("Titers", None, "0.5", id="WG-3")
    header = head("Course", "Completed", "Hours", "Subject", "Certificate")
    columns = Columns(day=1, amount=2, topic=3)

    def rows(first: str, second: str, half: str = "1.5") -> tuple[Row, ...]:
        return (header, ok(a, a.title, first, "1.0", "Chemistry", "WG-1"),
                ok(b, b.title, second, half, "Donor", "WG-2"),
                doubt(c, NO_DAY, c.title, "", "0,5" if "," in half else "0.5", "Serology", "WG-3"))

    plain = tables(rows("02/05/2024", "02/26/2024"))
    waiting = (head("Planned course", "Starts"), aside("not completed: no column of completion", "Next year's update",
                                                       "2027-01-12"))
    words = rows("February 5, 2024", "26 Feb 2024")
    more = tables((*words, total("Total", "", "3.0", "", "")), waiting)
    far = tables((title("Willow Sample Guild", "Menu"),), rows("05/02/2024", "26/02/2024", half="1,5"))
    return [
        Sample(name="web-a.html", style="web page with a table of a transcript",
               content=page([f"{guild}: transcript of PERSON SAMPLE", plain]), rows=plain, columns=columns,
               runs=(Run(dates="us"), Run(but=undated(plain, [2], ORDER)))),
        Sample(name="web-b.html", style="web page with two tables, a total, and a Windows code page",
               content=page(["Transcript — completed", more[:5], "Planned", more[5:]], "windows-1252"), rows=more,
               columns=columns),
        Sample(name="web-c.html", style="web page with a table of layout before that of the transcript",
               content=page([far[:1], far[1:]]), rows=far, columns=columns, runs=(Run(dates="eu"),)),
    ]


def paged(*pages: Sequence[Row]) -> tuple[Row, ...]:
    """Locate each row by its page and a piece of its text; readers may divide text outside tables as they like."""
    return tuple(attrs.evolve(row, at={"page": number, "text": _piece(row)},
                              optional=row.optional or len(row.cells) < 2)
                 for number, rows in enumerate(pages, 1) for row in rows)


def _piece(row: Row) -> str:
    return next(str(cell).split("\n")[0] for cell in row.cells if cell)


def ruled() -> list[Sample]:
    """Tables with lines: one page, two pages with the header again, cells of two lines."""
    a = act("Crystals in joints", "2025-03-14", "1", proposed="hematology", id="RL-1")
    b = act("Immunohistochemistry controls: a long morning", "2025-04-04", "2.25", id="RL-2")
    c = act("Fume hood checks", "2025-04-25", "0.5", areas="safety", id="RL-3")
    header = head("Course title", "Completion date", "Contact hours", "Subject", "Certificate")
    columns = Columns(day=1, amount=2, topic=3)
    long = "Immunohistochemistry controls:\na long morning"

    def rows(*days: str, half: str = "0.5", quarter: str = "2.25") -> tuple[Row, ...]:
        return (ok(a, a.title, days[0], "1.0", "Body fluids", "RL-1"),
                ok(b, long, days[1], quarter, "Education", "RL-2"),
                ok(c, c.title, days[2], half, "Safety", "RL-3"))

    top = title("Alder Sample Seminars: transcript of PERSON SAMPLE")
    words = paged((top, header, *rows("March 14, 2025", "April 4, 2025", "April 25, 2025"),
                    total("Total", "", "3.75", "", ""), title("Page 1 of 1")))
    first = rows("03/14/2025", "04/04/2025", "04/25/2025")
    split = paged((top, header, *first[:2], title("Page 1 of 2")),
                   (header, first[2], refuse("no calendar has 06/31/2025", "Ghost course", "06/31/2025", "1.0",
                                             "Ethics", "RL-4"), title("Page 2 of 2")))
    far = paged((top, header, *rows("2025-03-14", "2025-04-04", "2025-04-25", half="0,5", quarter="2,25")))
    widths = (190, 90, 80, 90, 70)
    return [
        Sample(name="ruled-a.pdf", style="PDF with ruled lines, cells of two lines",
               content=pdf([words], widths, ruled=True), rows=words, columns=columns),
        Sample(name="ruled-b.pdf", style="PDF with ruled lines on two pages",
               content=pdf([split[:5], split[5:]], widths, ruled=True), rows=split, columns=columns),
        Sample(name="ruled-c.pdf", style="PDF with ruled lines, decimal commas, another font",
               content=pdf([far], widths, ruled=True, font="Times-Roman"), rows=far, columns=columns),
    ]


def spaced() -> list[Sample]:
    """Columns separated only by spaces: ambiguous American days, a missing cell, a second page."""
    a = act("Bench ethics", "2025-02-03", "1", areas="ethics")
    b = act("Worms, mites and lice", "2025-02-18", "1.5", proposed="microbiology")
    c = act("Phones at the bedside", None, "0.5")
    header = head("Title", "Date completed", "CE hours", "Subject")
    columns = Columns(day=1, amount=2, topic=3)
    widths = (210, 110, 90, 110)

    def rows(first: str, second: str, half: str = "1.5") -> tuple[Row, ...]:
        return (ok(a, a.title, first, "1.0", "Ethics"), ok(b, b.title, second, half, "Parasitology"),
                doubt(c, NO_DAY, c.title, "", "0,5" if "," in half else "0.5", "Quality"))

    top = title("Juniper Sample Press, record of continuing education")
    us = paged((top, header, *rows("02/03/2025", "02/18/2025"), total("Total hours", "", "3.0", "")))
    words = rows("Feb 3, 2025", "Feb 18, 2025")
    split = paged((top, header, *words[:2]), (header, words[2], title("End of record")))
    far = paged((top, header, *rows("03.02.2025", "18.02.2025", half="1,5")))
    return [
        Sample(name="spaced-a.pdf", style="PDF with spaced columns, American dates",
               content=pdf([us], widths, ruled=False), rows=us, columns=columns,
               runs=(Run(dates="us"), Run(but=undated(us, [3], ORDER)))),
        Sample(name="spaced-b.pdf", style="PDF with spaced columns on two pages",
               content=pdf([split[:4], split[4:]], widths, ruled=False), rows=split, columns=columns),
        Sample(name="spaced-c.pdf", style="PDF with spaced columns of a typewriter's font, decimal commas",
               content=pdf([far], widths, ruled=False, font="Courier"), rows=far, columns=columns,
               runs=(Run(dates="eu"),)),
    ]


def samples() -> list[Sample]:
    """Return all web pages and PDF files."""
    return [*web(), *ruled(), *spaced()]
