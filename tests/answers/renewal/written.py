"""The golden reports on renewal."""

from __future__ import annotations

from datetime import date

import cmprules
from cmprules._answers.answer import Answer
from cmprules.renewal import inactive, reinstate, renew, stacked, stop_taking_part, synchronize
from tests.answers.renewal.samples import course, credential, record
from tests.strategies import edition

ON = date(2026, 3, 10)


def answers() -> dict[str, Answer]:
    """Make one answer of each kind, and the refusals."""
    book = edition()
    extended = credential(extended_until="2026-11-30")
    voluntary = credential(certified_on="1998-05-20", voluntary=True)
    bb = credential("BB", "2023-12-31")
    return {
        "renewed": renew(credential(), book, on=date(2026, 5, 4)),
        "renewed-after-extension": renew(extended, book, on=date(2026, 11, 30)),
        "renewed-early": renew(credential("SBB", "2014-03-31"), book, on=date(2013, 9, 2),
                               synchronized_to=date(2013, 10, 31)),
        "not-renewed-too-early": renew(credential(), book, on=date(2026, 3, 1)),
        "not-renewed-expired": renew(credential(), book, on=date(2026, 6, 1)),
        "reinstated": reinstate(record(bb, activities=(
            course("a", "12", "2025-02-01", "blood_banking"), course("b", "1", "2025-03-01", "safety"))), book, on=ON),
        "reinstated-no-table": reinstate(credential("MLA", "2024-05-31"), book, on=ON),
        "reinstated-no-fees": reinstate(credential("SBB", "2008-12-31"), book, on=date(2015, 1, 2)),
        "reinstated-nca": reinstate(credential("CLS", "2009-06-30", id="cls", previous_nca=True), book, on=ON),
        "not-reinstated-nca": reinstate(credential("CLS", "2009-06-30", id="cls", previous_nca=True), book, on=ON,
                                        nca_moved=False),
        "not-reinstated": reinstate(credential(), book, on=ON),
        "extension-not-begun": inactive(extended, book, on=ON),
        "inactive": inactive(extended, book, on=date(2026, 7, 1)),
        "extension-over": inactive(extended, book, on=date(2026, 12, 1)),
        "extension-not-in-force": inactive(credential("SBB", "2008-12-31", extended_until="2009-03-31"), book,
                                           on=date(2009, 1, 2)),
        "no-extension": inactive(credential(), book, on=ON),
        "stopped": stop_taking_part(voluntary, book, on=ON),
        "stopped-without-a-day": stop_taking_part(credential(end=None, voluntary=True), book, on=ON),
        "stopped-international": stop_taking_part(
            credential(end=None, body="ASCPi", certified_on="2010-05-20", voluntary=True), book, on=ON),
        "not-stopped": stop_taking_part(credential(), book, on=ON),
        "nothing-to-stop": stop_taking_part(credential(end=None, certified_on="1998-05-20"), book, on=ON),
        **_of_several(book),
    }


def _of_several(book: cmprules.PolicyBook) -> dict[str, Answer]:
    mls, sbb = credential("MLS", "2026-10-31"), credential("SBB", "2027-03-31")
    pbt = credential("PBT", "2027-05-31")
    complete = (course("a", "1", "2025-01-10", "safety"), course("b", "1", "2025-01-11", "ethics"),
                course("c", "2", "2025-01-12", "phlebotomy"), course("d", "5", "2024-05-31"))
    return {
        "synchronized": synchronize(record(mls, sbb, credential("QLS", "2027-06-30"),
                                           credential("HT", "2025-05-31")), book, on=ON),
        "synchronized-in-doubt": synchronize(record(pbt, credential("HT", "2026-05-31"), activities=complete), book,
                                             on=ON),
        "synchronized-close": synchronize(record(credential("MLS", "2026-05-31"), credential("SBB", "2026-07-31")),
                                          book, on=ON),
        "synchronized-no-shared-day": synchronize(
            record(credential("MLS", "2026-05-31"), credential("SBB", "2026-08-31")), book, on=ON),
        "synchronized-already": synchronize(record(credential("MLA", "2026-05-31"), credential("SBB", "2026-05-31")),
                                            book, on=ON),
        "synchronized-unknown-fees": synchronize(
            record(credential("MLS", "2012-12-31"), credential("SBB", "2013-05-31")), book, on=date(2012, 6, 1)),
        "nothing-to-synchronize": synchronize(record(mls), book, on=ON),
        "stacked": stacked(record(mls, credential("BB", "2026-05-31"), sbb), book, on=ON),
        "stacked-voluntary": stacked(record(
            credential("I", "2026-05-31", certified_on="1998-05-20", voluntary=True), credential("DMLI", "2026-05-31"),
            region="low_middle_income"), book, on=ON),
        "stacked-unknown-fees": stacked(record(credential("C", "2015-05-31"), credential("SC", "2015-05-31")), book,
                                        on=date(2015, 3, 10)),
        "not-stacked": stacked(record(mls), book, on=ON),
    }


def reports() -> dict[str, str]:
    """Render each as text."""
    return {f"{name}.txt": cmprules.render(answer) for name, answer in answers().items()}

