"""The answers about participation and about citing credentials."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._kit.shapes import LEAVE_OUT, Checked, Day, Maybe, wire
from cmprules._policy.clauses import Clause
from cmprules._rules.results import Need
from cmprules._words.enums import Grade

_DAY = Day(bounded=False)


@attrs.frozen(kw_only=True, repr=False)
class Participation(Answer):
    """Whether the holder of one credential must take part.

    Attributes:
        status: `mandatory`, `voluntary` (certified earlier, and taking part), `exempt` (certified earlier, and not
            taking part) or `unknown` (the day of certification is needed).
        takes_part: whether the holder takes part, by choice or not.
        mandatory_from: the first day of certification with mandatory participation; None if every holder must take
            part.
        certified_on: the day of certification, if given.
        previous_nca: whether the holder came from the former NCA, and so must take part whatever the day.
        grade: the weakest grade of the rules.
        needs: the open questions.
    """

    schema: ClassVar[str] = "cmprules.participation/1"

    id: str
    code: str
    given_code: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    body: str
    status: str
    takes_part: bool
    mandatory_from: date | None
    certified_on: date | None
    previous_nca: bool
    grade: Grade
    needs: tuple[Need, ...]
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class CitedForm(Checked):
    """One citation, ready to be pasted.

    Attributes:
        plain: plain text without raised letters: `MLS(ASCP)CM`.
        unicode: with the raised letters of Unicode, which has no raised capital C.
        html: with `<sup>`.
        markdown: with carets, for Pandoc; for other Markdown readers use the HTML form.
    """

    plain: str
    unicode: str
    html: str
    markdown: str


@attrs.frozen(kw_only=True)
class CredentialDesignation(Checked):
    """How one credential is cited on a day, if it may be.

    Attributes:
        reason: `takes_part`, `exempt`, `stopped` (a voluntary participant after the end), `inactive`, `expired` or
            `not_yet` (certified later).
        form: the citation; None if the credential may not be cited.
        usable_until: the last day of the form; None if it has no end.
        not_from: the first day on which the form may no longer be used: the day after the end.
        afterwards: the form from that day on; None if there is none.
        grade: the weakest grade of the rules.
    """

    id: str
    code: str
    given_code: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    body: str
    reason: str
    form: CitedForm | None
    usable_until: date | None = attrs.field(metadata=wire(Maybe(_DAY)))
    not_from: date | None = attrs.field(metadata=wire(Maybe(_DAY)))
    afterwards: CitedForm | None
    grade: Grade
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True, repr=False)
class Designation(Answer):
    """How the credentials of one person are cited on a day.

    Attributes:
        on: the day.
        together: all usable credentials, written as one; None if there are none.
        order: the ids of the credentials within `together`.
        credentials: each credential separately, in the given order.
        needs: the open questions about the whole.
        rules: the rules on writing several together.
    """

    schema: ClassVar[str] = "cmprules.designation/1"

    on: date
    together: CitedForm | None
    order: tuple[str, ...]
    credentials: tuple[CredentialDesignation, ...]
    needs: tuple[Need, ...]
    rules: tuple[Clause, ...]
