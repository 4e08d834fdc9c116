"""Questions that people asked in public, retold as files; and files of kinds that intake refuses by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tasks.intake_files.forms import page, pdf, plain_json, text, workbook
from tasks.intake_files.pages import paged, tables
from tasks.intake_files.say import Act, Columns, Row, Run, Sample, act, head, ok, refuse, title, total, undated
from tasks.intake_files.vendors import ORDER

PBT = "PBT(ASCP) 2026-05-31"
OURS = Columns(day=4, amount=6)
HOLDS = ({"code": "PBT", "expires_on": "2026-05-31"},)


def _courses(**more: Any) -> tuple[Act, ...]:
    """Five courses that give a phlebotomist nine points of nine."""
    return (act("Sharps without harm", "2024-02-05", "1", areas="safety", **more),
            act("What we owe the patient", "2024-02-06", "1", areas="ethics", **more),
            act("Tubes in turn", "2024-02-07", "2", areas="phlebotomy", **more),
            act("Small veins", "2024-02-08", "1.5", areas="phlebotomy", **more),
            act("Sent across town", "2024-02-09", "3.5", **more))


def _own(provider: str, point: str = ".") -> tuple[Row, ...]:
    """Write the courses with exactly the columns of our tables."""
    header = head("holder", "id", "title", "provider", "completed_on", "kind", "amount", "unit", "areas")
    return (header, *(ok(Act(**{**_fields(what), "source_id": str(number)}), "h-1", str(number), what.title, provider,
                         what.completed_on, "formal_ce", what.amount.replace(".", point),
                         "contact_hour", ";".join(what.areas))
                      for number, what in enumerate(_courses(provider=provider), 1)))


def _fields(what: Act) -> dict[str, Any]:
    return {name: getattr(what, name) for name in ("title", "completed_on", "amount", "unit", "kind", "provider",
                                                   "areas", "proposed_areas")}


def own_columns() -> list[Sample]:
    """Our own columns with semicolons and decimal commas (case 22) and in four encodings (case 23)."""
    run = (Run(credentials=(PBT,), credentials_out=HOLDS),)
    plain, commas, french = _own("Sample Guild"), _own("Sample Guild", ","), _own("Société du Modèle")
    made = [("case-22-semicolons.csv", "semicolons and decimal commas", commas, text(commas, ";")),
            ("case-22-quoted.csv", "commas and quoted decimal commas", commas, text(commas, ",")),
            ("case-23-mark.csv", "UTF-8 with mark", plain, text(plain, ",", "utf-8-sig")),
            ("case-23-latin.csv", "Windows code page", french, text(french, ",", "cp1252")),
            ("case-23-utf16.csv", "tabs, UTF-16", plain, text(plain, "\t", "utf-16"))]
    return [Sample(name=name, style=f"our own columns, {style}", content=content, rows=rows, columns=OURS, runs=run)
            for name, style, rows, content in made]


def four_forms() -> list[Sample]:
    """One transcript of a vendor as CSV, workbook, page and PDF: the same record of each (case 25)."""
    courses = [act(what.title, what.completed_on, what.amount, areas=" ".join(what.areas), id=f"Z-{number}")
               for number, what in enumerate(_courses(), 1)]
    header = head("Course #", "Course Title", "Date Completed", "Contact Hours", "Credit Type", "Subject Area",
                  "Certificate No.")
    columns = Columns(day=2, amount=3)
    days = ["02/05/2024", "02/06/2024", "02/07/2024", "02/08/2024", "02/09/2024"]
    real = [date(2024, 2, day) for day in range(5, 10)]
    real[2] = datetime.fromisoformat("2024-02-07 14:15")
    hours = ["1.0", "1.0", "2.0", "1.5 hrs", "3.50"]
    types = [*["P.A.C.E."] * 4, "AMA PRA Cat 1"]
    topics = ["Safety", "Ethics", "Phlebotomy", "Phlebotomy", "General"]

    def rows(days_: list[Any]) -> tuple[Row, ...]:
        each = zip(courses, days_, hours, types, topics, strict=True)
        return tuple(ok(what, f"30-{number}", what.title, day, hour, credit, topic, what.source_id)
                     for number, (what, day, hour, credit, topic) in enumerate(each, 1))

    top, whole = title("Plumtree Sample CE - Transcript"), total("", "", "Total", "9.00", "", "", "")
    csv_rows = (title(*top.cells, *[""] * 6), title("Learner:", "PERSON SAMPLE", *[""] * 5), header, *rows(days), whole)
    book_rows = (top, header, *rows(real), whole)
    web_rows = tables((header, *rows(days), whole))
    pdf_rows = paged((top, header, *rows(days), whole))

    def runs(made: tuple[Row, ...], first: int | None) -> tuple[Run, ...]:
        said = Run(credentials=(PBT,), dates="us", credentials_out=HOLDS)
        if first is None:
            return (said,)
        return (said, Run(credentials=(PBT,), credentials_out=HOLDS, but=undated(made, range(first, first + 5), ORDER)))

    widths = (45, 120, 85, 80, 85, 70, 75)
    made = [("csv", text(csv_rows), csv_rows, 4), ("xlsx", workbook({"Sheet1": book_rows}, {"Sheet1": ["A1:G1"]}),
                                                   book_rows, None),
            ("html", page([top.cells[0], web_rows]), web_rows, 2),
            ("pdf", pdf([pdf_rows], widths, ruled=True), pdf_rows, 3)]
    return [Sample(name=f"case-25-transcript.{ending}", style=f"one transcript in four forms: {ending}",
                   content=content, rows=rows_, columns=columns, runs=runs(rows_, first))
            for ending, content, rows_, first in made]


def days_and_boards() -> list[Sample]:
    """An end that no calendar has (case 28), a credential of another board (case 34)."""
    end = (head("username", "certificationshortname", "certificationidnumber", "completiondate", "duedate"),
           refuse("no calendar has 31/06/2026", "h-1", "phleb", "pbt", "23/03/2023", "31/06/2026"))
    ours = (head("holder", "id", "code", "certified_on", "expires_on"),
            refuse("no calendar has 2026-06-31", "h-1", "pbt", "PBT", "2023-03-23", "2026-06-31"))
    alone = Run(credentials=(), exit=3, why="without another credential no record can be written")
    boards = (head("holder", "id", "code", "body", "expires_on"),
              Row(cells=("h-1", "mt", "MT", "AMT", "2026-05-31"), why="a credential of another board"),
              Row(cells=("h-1", "pbt", "PBT", "ASCP", "2026-05-31"), fate="read", why="a credential"))
    safety = act("Safety", "2024-02-05", "1", unit="point", areas="safety", id="1")
    held = (head("holder", "id", "title", "completed_on", "kind", "amount", "areas"),
            ok(safety, "h-1", "1", "Safety", "2024-02-05", "formal_ce", "1", "safety"))
    return [
        Sample(name="case-28-certifications.csv", style="a table of certifications; June has no 31st",
               content=text(end), rows=end, runs=(alone,)),
        Sample(name="case-28-credentials.csv", style="our own columns; June has no 31st", content=text(ours),
               rows=ours, runs=(alone,)),
        Sample(name="case-34-credentials.csv", style="a table of credentials, one of another board",
               content=text(boards), rows=boards, runs=(Run(credentials=(), with_files=("case-34-activities.csv",),
                                                            credentials_out=HOLDS),)),
        Sample(name="case-34-activities.csv", style="our own columns without a unit: the default of the kind",
               content=text(held), rows=held, columns=Columns(day=3, amount=5),
               runs=(Run(credentials=(PBT,), credentials_out=HOLDS),)),
    ]


def statement() -> list[Sample]:
    """A course that ended on the last evening, in UTC (case 29)."""
    what = act("Tubes in turn", "2026-05-31", "1.5", id="00000000-0000-4000-8000-000000000029")
    content = {"statements": [{
        "id": what.source_id, "actor": {"account": {"homePage": "https://platform.example", "name": "h-1"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://platform.example/courses/tubes", "definition": {"name": {"en-US": what.title}}},
        "result": {"completion": True, "duration": "PT1H30M",
                   "extensions": {"https://platform.example/ext/contact-hours": 1.5}},
        "timestamp": "2026-06-01T03:30:00.000Z"}], "more": ""}
    rows = (ok(what, "2026-06-01T03:30:00.000Z", at={"path": "$.statements[0]"}),)
    asked = undated(rows, [1], "a time in UTC: the day depends on the place")
    return [Sample(name="case-29-statements.json", style="xAPI, the last evening of a cycle", rows=rows,
                   content=plain_json(content), columns=Columns(day=0), runs=(
                       Run(credentials=(PBT,), place="America/New_York", credentials_out=HOLDS),
                       Run(credentials=(PBT,), credentials_out=HOLDS, but=asked)))]


def _refused(name: str, style: str, content: bytes, *words: str) -> Sample:
    return Sample(name=name, style=style, content=content, refused=words)


def refused() -> list[Sample]:
    """Files that intake cannot read, and whose kind it names (cases 26, 31 and 32, and kinds left out)."""
    roster = (b"4321,222222,,,XX00000,12/3/2025,State=ZZ,Profession=LAB\r\n"
              b"4321,,ROOM-1,,XX00000,12/4/2025,State=ZZ,Profession=LAB,9,1.5\r\n")
    learner_line = f"3XX00000{'':13}{'SAMPLE':30}{'PERSON':20}12032025"
    fixed = "".join(f"{line:100}\r\n" for line in ("120-000004321PLUMTREE SAMPLE CE", learner_line)).encode()
    learner = {"ACCMETranscripts": [{
        "Member": {"Name": {"GivenName": "PERSON", "FamilyName": "SAMPLE"}},
        "Activities": [{
         "ActivityTitle": "Cells by telephone", "ProviderName": "Sample Guild", "CompletionDate": "2025-11-09",
         "CreditsEarned": 6.25, "CreditType": "AMA PRA Category 1"}]}]}
    registry = {"@context": "https://credreg.net/ctdl/schema/context/json", "@id": "https://registry.example/ce-1",
                "@type": "ceterms:Certification", "ceterms:name": {"en-US": "Sample Technician"},
                "ceterms:renewalFrequency": "P3Y"}
    clr = {"@context": ["https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"],
           "type": ["VerifiableCredential", "ClrCredential"], "issuer": {"id": "https://school.example"},
           "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": []}}
    prose = (title("This is to certify that PERSON SAMPLE attended an afternoon"),
             title("of two hours on the safe transport of samples, held in May."))
    return [
        _refused("case-26-roster.csv", "roster of a provider without headers", roster, "roster", "header"),
        _refused("case-26-roster.txt", "roster of a provider in fixed columns", fixed, "roster", "fixed", "header"),
        _refused("case-31-transcript.json", "CME learner transcript", plain_json(learner), "CME", "learner transcript"),
        _refused("case-32-credential.jsonld", "description of a credential in a registry", plain_json(registry),
                 "CTDL", "registry", "registries"),
        _refused("refused-clr.json", "comprehensive learner record", plain_json(clr), "CLR", "learner record"),
        _refused("refused-prose.pdf", "PDF of a certificate in running text", pdf([prose], (500,), ruled=False),
                 "table"),
        _refused("refused-scan.pdf", "PDF without text, as of a scan", pdf([()], (500,), ruled=False), "text", "scan"),
        _refused("refused-page.html", "web page without a table", page(["Thank you for your visit."]), "table"),
        _refused("refused-token.txt", "badge as a signed token", b"eyJhbGciOiJub25lIn0.eyJzYW1wbGUiOnRydWV9.c2FtcGxl\n",
                 "token", "JWT", "signed"),
        _refused("refused-picture.png", "badge baked into a picture",
                 b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00", "PNG",
                 "picture", "image"),
        _refused("refused-cut.xlsx", "workbook cut off in the middle", workbook({"A": (title("Sample"),)})[:900],
                 "workbook", "Excel", "zip"),
        _refused("refused-empty.csv", "empty file", b"", "empty"),
    ]


def samples() -> list[Sample]:
    """Return all files of the cases, and the refused ones."""
    return [*own_columns(), *four_forms(), *days_and_boards(), *statement(), *refused()]
