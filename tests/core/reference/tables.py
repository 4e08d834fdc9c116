"""The tables of points and the rules of each edition, typed by hand.

A table says what a credential asks for, by the day on which it expires.  A cell is (points, grade).  A cell that rests
on several sources takes the weakest of their grades.  `RULES` has the switches of each edition: a rule that is off
there has no effect at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

GRADES = ["official", "official_old", "booklet", "society", "third_party", "inferred"]
"""Strongest first."""

OFFICIAL, OLD, BOOKLET, SOCIETY, THIRD, INFERRED = GRADES

USER = "user"
"""The grade of what a user supplied; it stands outside the scale."""

Cell = tuple[int, str]
"""Points and grade."""

Area = tuple[str, int, str]
"""Area, points and grade."""


def weakest(grades: Iterable[str]) -> str:
    """The weakest of some grades."""
    return max(grades, key=GRADES.index)


def below(grade: str, trust: str) -> bool:
    """Is the grade weaker than the trust asked for?"""
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
        """The grade of every cell."""
        return [self.total[1], *(grade for _, _, grade in self.areas), self.pool[1]]

    @property
    def needs(self) -> dict[str, int]:
        """What each mandatory area needs, in hundredths."""
        return {area: value * 100 for area, value, _ in self.areas}

    @property
    def total_need(self) -> int:
        """What is needed in all, in hundredths."""
        return self.total[0] * 100

    @property
    def pool_need(self) -> int:
        """What the pool needs, in hundredths."""
        return self.pool[0] * 100

    @property
    def college_cap(self) -> int:
        """College courses: at most half of the table's total, in hundredths, not rounded."""
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
"""The units of each kind; the first is understood where none is given."""
KINDS = list(UNITS)
VALUE = {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10, "semester_hour": 15, "exam": 25}

KIND_GRADE = {
    "formal_ce": "official", "in_service": "official", "teleconference": "third_party", "self_study": "inferred",
    "journal_test": "inferred", "college_course": "official", "covid_work": "society",
}
"""The kinds whose value in points is established; of the others the points are the holder's claim."""
CAPPED_OR_EXAM = frozenset({"college_course", "exam_pass", "covid_work"})
"""The kinds of which many points on one day are nothing unusual."""
COVID_FIRST, COVID_LAST = date(2020, 3, 1), date(2022, 12, 31)
"""The days on which work in the pandemic counts."""
COVID_CAP = 1200
"""Work in the pandemic: at most twelve points, in hundredths."""

ALIASES = {"MT": "MLS", "MP": "MB", "CLM": "MLS", "CLS": "MLS"}
"""Former codes."""

TECHNICIANS_AND_TECHNOLOGISTS = ["MLA", "PBT", "DPT", "HT", "MLT", "AT", "MLS", "BB", "C", "CG", "CT", "H", "HTL", "I",
                                 "M", "MB", "CTGYN"]
SPECIALISTS = ["SBB", "SC", "SCT", "SH", "SM", "SLS", "SV", "SCYM", "SMB", "SI"]
DIPLOMATES = ["DLM", "DMLI"]
LATE_STARTERS = [*SPECIALISTS, *DIPLOMATES, "HP"]
"""Those for whom maintenance began in 2006, two years after the others."""
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
"""Those that no one can have held before 2019."""

NEVER_ESTABLISHED = ["MLA", "DPT", "DMLI"]
"""Nothing is known of the table of MLA and DMLI; two figures contradict each other for DPT."""

FIRST, ETHICS, EIGHT = ERAS = ["first", "ethics", "eight"]
"""By the day of expiry: to the end of 2022; 2023, with a point of ethics; from 2024, when eight points in the area
became due of many.  PA came to its second table a year earlier, and the qualifications changed in 2024 alone."""


def row(total: Cell, safety: Cell, ethics: Cell, areas: list[Area], pool: Cell) -> Table:
    """A table; an area without a minimum (0) is not listed."""
    listed: list[Area] = [("safety", *safety), ("ethics", *ethics), *areas]
    return Table(total, tuple(area for area in listed if area[1]), pool)


def own(code: str, value: int, grade: str) -> list[Area]:
    """The one area of a credential that has one of its own."""
    return [(OWN_AREA[code], value, grade)]


def four(grade: str) -> list[Area]:
    """The four areas of a generalist, two points each."""
    return [(area, 2, grade) for area in GENERALIST_AREAS]


def medical_laboratory_scientist(_: str) -> dict[str, Table]:
    """MLS."""
    return {
        FIRST: row((36, SOCIETY), (1, THIRD), (0, SOCIETY), four(THIRD), (27, THIRD)),
        ETHICS: row((36, SOCIETY), (1, THIRD), (1, SOCIETY), four(THIRD), (26, THIRD)),
        EIGHT: row((36, THIRD), (1, THIRD), (1, THIRD), four(THIRD), (26, THIRD)),
    }


def medical_laboratory_technician(_: str) -> dict[str, Table]:
    """MLT."""
    return {
        FIRST: row((36, SOCIETY), (1, INFERRED), (0, SOCIETY), four(INFERRED), (27, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), four(INFERRED), (26, INFERRED)),
        EIGHT: row((36, THIRD), (1, INFERRED), (1, SOCIETY), four(INFERRED), (26, INFERRED)),
    }


def histology(code: str) -> dict[str, Table]:
    """HT and HTL."""
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 2, SOCIETY), (33, SOCIETY)),
        ETHICS: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 2, SOCIETY), (32, INFERRED)),
        EIGHT: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, SOCIETY)),
    }


def categorical(code: str) -> dict[str, Table]:
    """BB, C, CT, H, M, MB and AT."""
    safety = THIRD if code == "MB" else INFERRED
    return {
        FIRST: row((36, SOCIETY), (1, safety), (0, SOCIETY), own(code, 2, OFFICIAL), (33, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 2, OFFICIAL), (32, INFERRED)),
        EIGHT: row((36, SOCIETY), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, THIRD)),
    }


def seldom_sourced(code: str) -> dict[str, Table]:
    """CG and I: as the other categorical ones, with a total that no source states."""
    return {
        FIRST: row((36, INFERRED), (1, INFERRED), (0, SOCIETY), own(code, 2, OFFICIAL), (33, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 2, OFFICIAL), (32, INFERRED)),
        EIGHT: row((36, INFERRED), (1, SOCIETY), (1, SOCIETY), own(code, 8, OFFICIAL), (26, THIRD)),
    }


def specialist(code: str) -> dict[str, Table]:
    """SBB, SC, SCT, SH and SM; from 2024 a third party gives the figures of SBB."""
    late = THIRD if code == "SBB" else INFERRED
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 10, SOCIETY), (25, SOCIETY)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, late), (1, late), (1, SOCIETY), own(code, 10, late), (24, late)),
    }


def small_specialist(code: str) -> dict[str, Table]:
    """SLS, SV, HP and DLM; that the specialty of DLM is laboratory management is inferred."""
    area = INFERRED if code == "DLM" else SOCIETY
    return {
        FIRST: row((36, SOCIETY), (1, SOCIETY), (0, SOCIETY), own(code, 10, area), (25, SOCIETY)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, INFERRED), (1, INFERRED), (1, INFERRED), own(code, 10, INFERRED), (24, INFERRED)),
    }


def inferred_specialist(code: str) -> dict[str, Table]:
    """SCYM, SMB and SI."""
    return {
        FIRST: row((36, INFERRED), (1, INFERRED), (0, INFERRED), own(code, 10, INFERRED), (25, INFERRED)),
        ETHICS: row((36, INFERRED), (1, INFERRED), (1, SOCIETY), own(code, 10, INFERRED), (24, INFERRED)),
        EIGHT: row((36, INFERRED), (1, INFERRED), (1, INFERRED), own(code, 10, INFERRED), (24, INFERRED)),
    }


def pathologists_assistant(_: str) -> dict[str, Table]:
    """PA."""
    late = row((60, OLD), (1, SOCIETY), (1, OLD),
               [("anatomic_pathology", 20, SOCIETY), ("advanced_cancer_pathology", 15, OLD)], (23, SOCIETY))
    early = row((45, SOCIETY), (1, SOCIETY), (0, SOCIETY), [("anatomic_pathology", 20, SOCIETY)], (24, INFERRED))
    return {FIRST: early, ETHICS: late, EIGHT: late}


def phlebotomy(code: str) -> dict[str, Table]:
    """PBT."""
    early = row((9, SOCIETY), (1, INFERRED), (0, SOCIETY), own(code, 2, INFERRED), (6, INFERRED))
    late = row((9, THIRD), (1, THIRD), (1, THIRD), own(code, 2, THIRD), (5, THIRD))
    return {FIRST: early, ETHICS: late, EIGHT: late}


def qualification(code: str) -> dict[str, Table]:
    """The qualifications."""
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
    """Which of the three tables of a code is for credentials that expire on that day."""
    if expires_on >= date(2024, 1, 1):
        return EIGHT
    if expires_on >= date(2023, 1, 1) or (code == "PA" and expires_on >= date(2022, 1, 1)):
        return ETHICS
    return FIRST


def in_force(code: str, body: str, expires_on: date) -> bool:
    """Do the rules bind on that day?  Three years after maintenance became mandatory, when the first cycles ended."""
    if body == "ASCPi":
        return expires_on >= date(2015, 1, 1)
    return expires_on >= date(2009 if code in LATE_STARTERS else 2007, 1, 1)


def qualification_since_2012(code: str) -> dict[str, Table]:
    """The qualifications by the second edition: six points were seen for QIA; for the others they are inferred."""
    seen = SOCIETY if code == "QIA" else INFERRED
    early = row((6, seen), (0, seen), (0, seen), own(code, 6, seen), (0, seen))
    return {**qualification(code), FIRST: early, ETHICS: early}


def tables_of(code: str, rules: Rules) -> dict[str, Table]:
    """The three tables of a code by an edition."""
    if code in QUALIFICATIONS and rules.qualifications_from is not None:
        return qualification_since_2012(code)
    return TABLES_OF[code](code)


def not_established(code: str, expires_on: date, rules: Rules) -> bool:
    """Is no table of this code known for that day?"""
    if code in NEVER_ESTABLISHED:
        return True
    if code not in QUALIFICATIONS or rules.qualifications_from is None or rules.young_from is None:
        return False
    return expires_on < (rules.young_from if code in YOUNG_QUALIFICATIONS else rules.qualifications_from)


def table_for(code: str, body: str, expires_on: date, trust: str, rules: Rules) -> Table | None:
    """The table of a known code that is in force, or None where it is not established (at this trust)."""
    if not_established(code, expires_on, rules):
        return None
    if code == "CTGYN":  # as CT, with gynecologic cytology for the area
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
    """Maintenance is mandatory for those certified from this day; None: for everyone."""
    if code == "PA" or code in QUALIFICATIONS:
        return None
    if body == "ASCPi":
        return date(2012, 1, 1)
    return date(2006 if code in LATE_STARTERS else 2004, 1, 1)


EACH, ONCE, OPEN, CERTAIN = "each", "once", "open", "certain"
"""What a rule about one or several says: there is no such relation; it holds in both readings; it is open; or, under
the first edition, what is the same counts once and nothing is asked."""

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
    """Are texts compared folded, or only but for case and spaces?"""
    month_end: bool = False
    """Does an end that is not the last day of its month have two readings?"""
    former_code_last: dict[tuple[str, str], date] = field(default_factory=dict, hash=False)
    """By former code and body: the last day on which the code was given."""
    unit_grades: dict[str, str] = field(default_factory=dict, hash=False)
    """The grade of what a unit is worth, which then counts like that of a kind."""
    plausible: int | None = None
    """The most points of one activity of a day that are plausible, in hundredths."""
    fee_of_inactive: bool = False
    """Is it open whether an inactive credential owes the reinstatement fee?"""
    qualifications_from: date | None = None
    """No table of a qualification is established for earlier ends."""
    young_from: date | None = None
    """The same for those of the young qualifications."""
    qualification_fees: bool = False
    """Did qualifications have fees of their own before 2020?"""
    grades_of_readings: bool = False
    """Do readings of ours that were used make the decision `inferred`?"""
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
"""The id of a row of a user's own, and what it says: each, once or open."""


def with_user_rows(rules: Rules, rows: Iterable[UserRow]) -> Rules:
    """The rules of an edition with rows of a user's own; a row for one kind goes before the row for all."""
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
