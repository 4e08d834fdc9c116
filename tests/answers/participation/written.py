"""The golden reports on participation and citing."""

from __future__ import annotations

from datetime import date

import cmprules
from cmprules import Credential
from cmprules.participation import designation, participation

ON = date(2026, 3, 10)
SEVERAL = [
    Credential(id="sbb", code="SBB", expires_on="2026-03-31"),
    Credential(id="mt", code="MT", certified_on="1998-05-01", voluntary=True, expires_on="2026-05-31"),
    Credential(id="ht", code="HT", expires_on="2023-06-30"),
    Credential(id="h", code="H", body="ASCPi", expires_on="2026-03-01", extended_until="2026-09-01"),
]


def reports() -> dict[str, str]:
    """Render every golden report, by file name."""
    book = cmprules.load_book(edition="2026.1")
    together = designation(SEVERAL, book, on=ON)
    mt = Credential(id="mt", code="MT", certified_on="1998-05-01")
    return {
        "designation.txt": cmprules.render(together),
        "designation.md": cmprules.render(together, "markdown"),
        "designation.html": cmprules.render(together, "html"),
        "nothing-cited.txt": cmprules.render(designation(SEVERAL[2:3], book, on=ON)),
        "participation-unknown.txt": cmprules.render(participation(SEVERAL[0], book)),
        "participation-exempt.txt": cmprules.render(participation(mt, book)),
        "participation-nca.txt": cmprules.render(participation(
            Credential(id="cls", code="CLS", expires_on="2026-05-31", previous_nca=True), book)),
        "participation-always.txt": cmprules.render(participation(
            Credential(id="pa", code="PA", expires_on="2026-05-31", certified_on="2014-05-20"), book)),
    }

