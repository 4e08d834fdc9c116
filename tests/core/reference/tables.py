"""The tables of points and the rules of each edition, typed by hand.

A table has the requirements of a credential, by the day on which it expires.  A cell is (points, grade).  A cell with
several sources takes the weakest of their grades.  `RULES` has the switches of each edition: a rule that is off there
has no effect at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

GRADES = ["official", "official_old", "booklet", "society", "third_party", "inferred"]
"""The grades, strongest first."""

OFFICIAL, OLD, BOOKLET, SOCIETY, THIRD, INFERRED = GRADES

USER = "user"
"""The grade of a user's rows, which is outside the scale."""

Cell = tuple[int, str]
"""Points and grade."""

Area = tuple[str, int, str]
"""Area, points and grade."""


def weakest(grades: Iterable[str]) -> str:
    """Return the weakest of some grades."""
    return max(grades, key=GRADES.index)


def below(grade: str, trust: str) -> bool:
    """Return whether the grade is weaker than the trust."""
    return GRADES.index(grade) > GRADES.index(trust)


@dataclass(frozen=True)
class Table:
    """One policy table.  `areas` are the mandatory areas with a minimum, in the order of the table."""

    total: Cell
    areas: tuple[Area, ...]
    pool: Cell

    def __post_init__(self) -> None:
        assert self.total[0] == sum(value for _, value, _ in self.areas) + self.pool[0]

    def cells(self) -> list[str]:
        """Return the grade of every cell."""
        return [self.total[1], *(grade for _, _, grade in self.areas), self.pool[1]]

    @property
    def needs(self) -> dict[str, int]:
        """Return what each mandatory area needs, in hundredths."""
        return {area: value * 100 for area, value, _ in self.areas}

    @property
    def total_need(self) -> int:
        """Return the total need, in hundredths."""
        return self.total[0] * 100

    @property
    def pool_need(self) -> int:
        """Return the need of the pool, in hundredths."""
        return self.pool[0] * 100

    @property
    def college_cap(self) -> int:
        """Return the cap on college courses: half of the table's total, in hundredths, not rounded."""
        return self.total[0] * 50


COURSE_UNITS = ("point", "contact_hour", "cmle", "ceu")
UNITS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(["formal_ce", "in_service", "teleconference", "self_study", "journal_test"], COURSE_UNITS),
    "college_course": ("point", "quarter_hour", "semester_hour"),
    "covid_work": ("point",),
    "exam_pass": ("exam",),
    **dict.fromkeys(["competence_assessment", "journal_article", "book_chapter", "presentation", "poster", "teaching",
                     "committee_service", "item_writing", "research", "proficiency_testing", "inspection"],
                    ("point",)),
}
"""The units of each kind; the first is the default."""
KINDS = list(UNITS)
VALUE = {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10, "semester_hour": 15, "exam": 25}

KIND_GRADE = {
    "formal_ce": "official", "in_service": "official", "teleconference": "third_party", "self_study": "inferred",
    "journal_test": "inferred", "college_course": "official", "covid_work": "society",
}
"""The kinds whose value in points is established; the points of others are the holder's claim."""
CAPPED_OR_EXAM = frozenset({"college_course", "exam_pass", "covid_work"})
"""The kinds for which many points on one day are not unusual."""
COVID_FIRST, COVID_LAST = date(2020, 3, 1), date(2022, 12, 31)
"""The days on which pandemic work counts."""
COVID_CAP = 1200
"""The cap on pandemic work: twelve points, in hundredths."""

ALIASES = {"MT": "MLS", "MP": "MB", "CLM": "MLS", "CLS": "MLS"}
"""Former codes."""

TECHNICIANS_AND_TECHNOLOGISTS = ["MLA", "PBT", "DPT", "HT", "MLT", "AT", "MLS", "BB", "C", "CG", "CT", "H", "HTL", "I",
                                 "M", "MB", "CTGYN"]
SPECIALISTS = ["SBB", "SC", "SCT", "SH", "SM", "SLS", "SV", "SCYM", "SMB", "SI"]
DIPLOMATES = ["DLM", "DMLI"]
LATE_STARTERS = [*SPECIALISTS, *DIPLOMATES, "HP"]
"""The codes for which maintenance began in 2006, two years after the others."""
QUALIFICATIONS = ["QIHC", "QLS", "QIA", "QBRS", "QLC", "QCYM", "QLI"]
CODES = [*TECHNICIANS_AND_TECHNOLOGISTS, *LATE_STARTERS, "PA", *QUALIFICATIONS]

INTERNATIONAL = ["MLT", "HT", "PBT", "MLS", "BB", "C", "CG", "CT", "CTGYN", "H", "HTL", "M", "MB", "SBB", "SC", "SCT",
                 "SH", "SM", "SCYM", "SMB"]
ONLY_INTERNATIONAL = ["CTGYN"]

OWN_AREA = {
    "BB": "blood_banking", "SBB": "blood_banking", "C": "chemistry", "SC": "chemistry", "H": "hematology",
    "SH": "hematology", "M": "microbiology", "SM": "microbiology", "MB": "molecular", "SMB": "molecular",
    "CG": "cytogenetics", "I": "immunology", "SI": "immunology", "DMLI": "immunology", "HT": "histology",
    "HTL": "histology", "CT": "cytology", "SCT": "cytology", "CTGYN": "gynecologic_cytology", "SCYM": "cytometry",
    "QCYM": "cytometry", "SV": "virology", "AT": "apheresis", "HP": "apheresis", "QIA": "apheresis",
    "PBT": "phlebotomy", "DPT": "donor_phlebotomy", "DLM": "laboratory_management", "SLS": "laboratory_safety",
    "QLS": "laboratory_safety", "QIHC": "immunohistochemistry", "QLI": "laboratory_informatics",
    "QBRS": "biorepository", "QLC": "laboratory_compliance", "MLA": "laboratory_assisting",
}
GENERALIST_AREAS = ["blood_banking", "chemistry", "hematology", "microbiology"]
ALL_AREAS = ["safety", "ethics", *sorted(set(OWN_AREA.values())), "anatomic_pathology", "advanced_cancer_pathology"]

YOUNG_QUALIFICATIONS = ["QBRS", "QLC"]
"""The codes that did not exist before 2019."""

NEVER_ESTABLISHED = ["MLA", "DPT", "DMLI"]
"""The tables of MLA and DMLI are unknown; for DPT two figures contradict each other."""

FIRST, ETHICS, EIGHT = ERAS = ["first", "ethics", "eight"]
"""By the day of expiry: to the end of 2022; 2023, with a point in ethics; from 2024, when many credentials needed eight
points in their area.  PA got its second table a year earlier, and the qualifications changed only in 2024."""


def row(total: Cell, safety: Cell, ethics: Cell, areas: list[Area], pool: Cell) -> Table:
    """Make a table; an area without a minimum (0) is not listed."""
    listed: list[Area] = [("safety", *safety), ("ethics", *ethics), *areas]
    return Table(total, tuple(area for area in listed if area[1]), pool)


def own(code: str, value: int, grade: str) -> list[Area]:
    """Return the own area of a credential that has exactly one."""
    return [(OWN_AREA[code], value, grade)]


def four(grade: str) -> list[Area]:
    """Return the four areas of a generalist, two points each."""
    return [(area, 2, grade) for area in GENERALIST_AREAS]


def medical_laboratory_scientist(_: str) -> dict[str, Table]:
    """Return the tables of MLS."""
    return {
        FIRST: row((36, SOCIETY), (1, THIRD), (0, SOCIETY), four(THIRD), (27, THIRD)),
        ETHICS: row((36, SOCIETY), (1, THIRD), (1, SOCIETY), four(THIRD), (26, THIRD)),
        EIGHT: row((36, THIRD), (1, THIRD), (1, THIRD), four(THIRD), (26, THIRD)),
    }


def medical_laboratory_technician(_: str) -> dict[str, Table]:
    """Return the tables of MLT."""
    return {
        FIRST: row((36, SOCIETY), (1, INFERRED), (0, SOCIETY), four(INFERRED), (27, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), four(INFERRED), (26, INFERRED)),
        EIGHT: row((36, THIRD), (1, INFERRED), (1, SOCIETY), four(INFERRED), (26, INFERRED)),
    }


def histology(code: str) -> dict[str, Table]:
    """Return the tables of HT and HTL."""
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 2, SOCIETY), (33, SOCIETY)),
        ETHICS: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 2, SOCIETY), (32, INFERRED)),
        EIGHT: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, SOCIETY)),
    }


def categorical(code: str) -> dict[str, Table]:
    """Return the tables of BB, C, CT, H, M, MB and AT."""
    safety = THIRD if code == "MB" else INFERRED
    return {
        FIRST: row((36, SOCIETY), (1, safety), (0, SOCIETY), own(code, 2, OFFICIAL), (33, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 2, OFFICIAL), (32, INFERRED)),
        EIGHT: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, THIRD)),
    }


def seldom_sourced(code: str) -> dict[str, Table]:
    """Return the tables of CG and I: like other categorical ones, with a total that no source states."""
    return {
        FIRST: row((36, INFERRED), (1, INFERRED), (0, SOCIETY), own(code, 2, OFFICIAL), (33, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 2, OFFICIAL), (32, INFERRED)),
        EIGHT: row((36, INFERRED), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, THIRD)),
    }


def specialist(code: str) -> dict[str, Table]:
    """Return the tables of SBB, SC, SCT, SH and SM; from 2024 SBB's figures come from a third party."""
    late = THIRD if code == "SBB" else INFERRED
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 10, SOCIETY), (25, SOCIETY)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, late), (1, late), (1, SOCIETY), own(code, 10, late), (24, late)),
    }


def small_specialist(code: str) -> dict[str, Table]:
    """Return the tables of SLS, SV, HP and DLM; that DLM's specialty is laboratory management is inferred."""
    area = INFERRED if code == "DLM" else SOCIETY
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 10, area), (25, SOCIETY)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, INFERRED), (1, INFERRED), (1, INFERRED), own(code, 10, INFERRED), (24, INFERRED)),
    }


def inferred_specialist(code: str) -> dict[str, Table]:
    """Return the tables of SCYM, SMB and SI."""
    return {
        FIRST: row((36, INFERRED), (1, INFERRED), (0, INFERRED), own(code, 10, INFERRED), (25, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, INFERRED), (1, INFERRED), (1, INFERRED), own(code, 10, INFERRED), (24, INFERRED)),
    }


def pathologists_assistant(_: str) -> dict[str, Table]:
    """Return the tables of PA."""
    late = row((60, OLD), (1, SOCIETY), (1, OLD),
               [("anatomic_pathology", 20, SOCIETY), ("advanced_cancer_pathology", 15, OLD)], (23, SOCIETY))
    early = row((45, SOCIETY), (1, SOCIETY), (0, SOCIETY), [("anatomic_pathology", 20, SOCIETY)], (24, INFERRED))
    return {FIRST: early, ETHICS: late, EIGHT: late}


def phlebotomy(code: str) -> dict[str, Table]:
    """Return the tables of PBT."""
    early = row((9, SOCIETY), (1, INFERRED), (0, SOCIETY), own(code, 2, INFERRED), (6, INFERRED))
    late = row((9, THIRD), (1, THIRD), (1, THIRD), own(code, 2, THIRD), (5, THIRD))
    return {FIRST: early, ETHICS: late, EIGHT: late}


def qualification(code: str) -> dict[str, Table]:
    """Return the tables of the qualifications."""
    early = row((6, SOCIETY), (0, SOCIETY), (0, SOCIETY), own(code, 6, INFERRED), (0, INFERRED))
    late = row((8, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 6, INFERRED), (0, INFERRED))
    return {FIRST: early, ETHICS: early, EIGHT: late}


TABLES_OF = {
    "MLS": medical_laboratory_scientist, "MLT": medical_laboratory_technician, "PA": pathologists_assistant,
    "PBT": phlebotomy,
    **dict.fromkeys(["HT", "HTL"], histology),
    **dict.fromkeys(["BB", "C", "CT", "H", "M", "MB", "AT"], categorical),
    **dict.fromkeys(["CG", "I"], seldom_sourced),
    **dict.fromkeys(["SBB", "SC", "SCT", "SH", "SM"], specialist),
    **dict.fromkeys(["SLS", "SV", "HP", "DLM"], small_specialist),
    **dict.fromkeys(["SCYM", "SMB", "SI"], inferred_specialist),
    **dict.fromkeys(QUALIFICATIONS, qualification),
}


def era_of(code: str, expires_on: date) -> str:
    """Return which of a code's three tables is for credentials that expire on that day."""
    if expires_on >= date(2024, 1, 1):
        return EIGHT
    if expires_on >= date(2023, 1, 1) or (code == "PA" and expires_on >= date(2022, 1, 1)):
        return ETHICS
    return FIRST


def in_force(code: str, body: str, expires_on: date) -> bool:
    """Return whether the rules bind on that day: three years after maintenance began, when the first cycles ended."""
    if body == "ASCPi":
        return expires_on >= date(2015, 1, 1)
    return expires_on >= date(2009 if code in LATE_STARTERS else 2007, 1, 1)


def qualification_since_2012(code: str) -> dict[str, Table]:
    """Return the second edition's table: six points were seen for QIA and are inferred for the others."""
    seen = SOCIETY if code == "QIA" else INFERRED
    early = row((6, seen), (0, seen), (0, seen), own(code, 6, seen), (0, seen))
    return {**qualification(code), FIRST: early, ETHICS: early}


def tables_of(code: str, rules: Rules) -> dict[str, Table]:
    """Return the three tables of a code in an edition."""
    if code in QUALIFICATIONS and rules.qualifications_from is not None:
        return qualification_since_2012(code)
    return TABLES_OF[code](code)


def not_established(code: str, expires_on: date, rules: Rules) -> bool:
    """Return whether no table of this code is known for that day."""
    if code in NEVER_ESTABLISHED:
        return True
    if code not in QUALIFICATIONS or rules.qualifications_from is None or rules.young_from is None:
        return False
    return expires_on < (rules.young_from if code in YOUNG_QUALIFICATIONS else rules.qualifications_from)


def table_for(code: str, body: str, expires_on: date, trust: str, rules: Rules) -> Table | None:
    """Return the table in force for a known code, or None if it is not established (at this trust)."""
    if not_established(code, expires_on, rules):
        return None
    if code == "CTGYN":  # like CT, with gynecologic cytology as the area
        found = categorical("CT")[era_of(code, expires_on)]
        areas = tuple((OWN_AREA[code] if area == "cytology" else area, value, grade)
                      for area, value, grade in found.areas)
        found = Table(found.total, areas, found.pool)
    else:
        found = tables_of(code, rules)[era_of(code, expires_on)]
    if body == "ASCPi":  # that the international tables are the same is inferred
        found = Table((found.total[0], INFERRED), tuple((area, value, INFERRED) for area, value, _ in found.areas),
                      (found.pool[0], INFERRED))
    return None if any(below(grade, trust) for grade in found.cells()) else found


def participation_start(code: str, body: str) -> date | None:
    """Return the day of certification from which maintenance is mandatory; None: for everyone."""
    if code == "PA" or code in QUALIFICATIONS:
        return None
    if body == "ASCPi":
        return date(2012, 1, 1)
    return date(2006 if code in LATE_STARTERS else 2004, 1, 1)


EACH, ONCE, OPEN, CERTAIN = "each", "once", "open", "certain"
"""The answers of a rule about one or several: there is no such relation; it holds in both readings; it is open; or,
under the first edition, equal activities count once and nothing is asked."""

KINDS_OPEN_WHEN_REPEATED = ["formal_ce", "self_study", "teleconference", "college_course"]
"""Kinds for which it is open whether a repeated course counts again.  Every other kind counts each time."""


@dataclass(frozen=True)
class Rules:
    """The switches of one edition; a rule that is None or empty is off."""

    edition: str
    duplicates: str = CERTAIN
    alike: str | None = None
    alike_days: int = 1
    repeated: dict[str, str] = field(default_factory=dict, hash=False)
    """By kind: each, once or open; a kind that is not named counts each time."""
    folded: bool = False
    """Whether texts are compared folded, or only ignoring case and spaces."""
    month_end: bool = False
    """Whether an end that is not the last day of its month has two readings."""
    former_code_last: dict[tuple[str, str], date] = field(default_factory=dict, hash=False)
    """The last day on which a former code was given, by code and body."""
    unit_grades: dict[str, str] = field(default_factory=dict, hash=False)
    """The grade of a unit's value, which then counts like that of a kind."""
    plausible: int | None = None
    """The most plausible points of a one-day activity, in hundredths."""
    fee_of_inactive: bool = False
    """Whether it is open that an inactive credential owes the reinstatement fee."""
    qualifications_from: date | None = None
    """The first end for which a table of a qualification is established."""
    young_from: date | None = None
    """The same for the newer qualifications."""
    qualification_fees: bool = False
    """Whether qualifications had separate fees before 2020."""
    grades_of_readings: bool = False
    """Whether our readings, where used, make the decision `inferred`."""
    user: frozenset[str] = frozenset()
    """The rows that a user supplied."""


RULES = {
    "2026.1": Rules("2026.1"),
    "2026.2": Rules(
        "2026.2", duplicates=OPEN, alike=OPEN, repeated=dict.fromkeys(KINDS_OPEN_WHEN_REPEATED, OPEN), folded=True,
        month_end=True,
        former_code_last={("MT", "ASCP"): date(2009, 10, 31), ("CLS", "ASCP"): date(2009, 10, 31)},
        unit_grades={"point": OFFICIAL, "contact_hour": OFFICIAL, "cmle": INFERRED, "ceu": INFERRED,
                     "quarter_hour": OFFICIAL, "semester_hour": OFFICIAL, "exam": OLD},
        plausible=2400, fee_of_inactive=True, qualifications_from=date(2012, 10, 1), young_from=date(2022, 7, 1),
        qualification_fees=True, grades_of_readings=True),
}
"""By edition."""

UserRow = tuple[str, str]
"""The id of a user's row, and its answer: each, once or open."""


def with_user_rows(rules: Rules, rows: Iterable[UserRow]) -> Rules:
    """Return the rules with a user's rows; a row for one kind takes precedence over a row for all."""
    for name, value in sorted(rows):
        if name == "rule/duplicates":
            rules = replace(rules, duplicates=value)
        elif name == "rule/alike":
            rules = replace(rules, alike=value)
        else:
            kinds = KINDS if name == "rule/repeated" else [name.removeprefix("rule/repeated/")]
            rules = replace(rules, repeated={**rules.repeated, **dict.fromkeys(kinds, value)})
        rules = replace(rules, user=rules.user | {name})
    return rules
