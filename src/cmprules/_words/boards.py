"""Other boards that certify laboratory professionals; their credentials are not ASCP's.

The list lets a message name the board, and distinguishes another board's credential from a typing error.
It is not complete; a board that is not listed is refused too.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Board(NamedTuple):
    """One other board: its abbreviation in brackets, its name, the page that names it, and a remark."""

    abbreviation: str
    name: str
    source: str
    remark: str = ""


BOARDS: Final[tuple[Board, ...]] = (
    Board("AMT", "American Medical Technologists", "https://labce.com/spg3137394_introduction_to_organizations_and_agencies.aspx"),
    Board("AAB", "American Association of Bioanalysts", "https://www.aab.org/aab/Qualifications.asp"),
    Board("ABB", "American Board of Bioanalysis", "https://wikimili.com/en/American_Association_of_Bioanalysts"),
    Board("ISCLT", "International Society for Clinical Laboratory Technologists", "https://wikimili.com/en/American_Association_of_Bioanalysts"),
    Board("NCA", "National Credentialing Agency for Laboratory Personnel", "https://clpmag.com/miscellaneous/the-science-of-credentialing-scientists/",
          ", unless it moved to ASCP's board in 2009: then write today's code, body ASCP and `previous_nca`"),
    Board("HHS", "HHS proficiency examination", "http://americanmedicalacademy.org/about_aab.php"),
    Board("HEW", "HEW proficiency examination", "http://americanmedicalacademy.org/about_aab.php"),
    Board("NHA", "National Healthcareer Association", "https://phlebotomyschoolsonline.org/national-phlebotomy-certification-agencies"),
    Board("NCCT", "National Center for Competency Testing", "http://phlebotomycertificationclass.com/phlebotomy-certification-agencies"),
    Board("ACA", "American Certification Agency", "https://gotestprep.com/phlebotomy-practice-test-study-guide/"),
)

_BY_ABBREVIATION = {board.abbreviation.casefold(): board for board in BOARDS}
_BY_NAME = {board.name.casefold(): board for board in BOARDS}


def other_board(text: str) -> Board | None:
    """Find a board by its abbreviation or its name, in any case.

    >>> other_board("amt").name
    'American Medical Technologists'
    >>> other_board("ASCP") is None
    True
    """
    folded = " ".join(text.split()).casefold()
    return _BY_ABBREVIATION.get(folded) or _BY_NAME.get(folded)
