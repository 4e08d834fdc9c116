"""The tables of points, typed by hand: what each credential asks for, by the day on which it expires.

A cell is (points, grade).  A cell that rests on several sources takes the weakest of their grades.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

GRADES = ["official", "official_old", "booklet", "society", "third_party", "inferred"]
"""Strongest first."""

OFFICIAL, OLD, BOOKLET, SOCIETY, THIRD, INFERRED = GRADES

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


def table_for(code: str, body: str, expires_on: date, trust: str) -> Table | None:
    """The table of a known code that is in force, or None where it is not established (at this trust)."""
    if code in NEVER_ESTABLISHED:
        return None
    if code == "CTGYN":  # as CT, with gynecologic cytology for the area
        found = categorical("CT")[era_of(code, expires_on)]
        areas = tuple((OWN_AREA[code] if area == "cytology" else area, value, grade)
                      for area, value, grade in found.areas)
        found = Table(found.total, areas, found.pool)
    else:
        found = TABLES_OF[code](code)[era_of(code, expires_on)]
    if body == "ASCPi":  # that the international tables are the same is inferred
        found = Table((found.total[0], INFERRED), tuple((area, value, INFERRED) for area, value, _ in found.areas),
                      (found.pool[0], INFERRED))
    return None if any(below(grade, trust) for grade in found.cells()) else found


def participation_start(code: str, body: str) -> date | None:
    """Maintenance is mandatory for those certified from this day; None: for everybody."""
    if code == "PA" or code in QUALIFICATIONS:
        return None
    if body == "ASCPi":
        return date(2012, 1, 1)
    return date(2006 if code in LATE_STARTERS else 2004, 1, 1)
