"""What is answered about taking part, and about citing a credential."""

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


@attrs.frozen(kw_only=True)
class Participation(Answer):
    """Whether the holder of one credential has to take part.

    Attributes:
        status: `mandatory`, `voluntary` (from before that, and taking part), `exempt` (from before that, and not
            taking part) or `unknown` (the day of certification would tell).
        takes_part: whether the holder does take part, by choice or not.
        mandatory_from: the day of certification from which taking part is mandatory; None where every holder has to.
        certified_on: the day of certification, where it is given.
        previous_nca: whether the holder came from the former NCA, and so has to take part whatever the day.
        grade: the weakest grade of the rules.
        needs: what would settle it.
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
        plain: where nothing can be raised, as `MLS(ASCP)CM`.
        unicode: with raised letters of Unicode, which has no raised capital C.
        html: with `<sup>`.
        markdown: with carets, as Pandoc reads it; where that is not known, the HTML form stands in Markdown too.
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
        form: the citation; None where the credential may not be cited.
        usable_until: the last day of the form; None where it has no end.
        not_from: the day from which the form may no longer be used: the day after the end.
        afterwards: what is written from that day on; None where nothing is.
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


@attrs.frozen(kw_only=True)
class Designation(Answer):
    """How the credentials of one person are cited on a day.

    Attributes:
        on: the day.
        together: all that may be cited, written as one; None where nothing may be.
        order: the ids of the credentials within `together`.
        credentials: each credential by itself, in the order given.
        needs: what is not established about the whole.
        rules: the rules on writing several together.
    """

    schema: ClassVar[str] = "cmprules.designation/1"

    on: date
    together: CitedForm | None
    order: tuple[str, ...]
    credentials: tuple[CredentialDesignation, ...]
    needs: tuple[Need, ...]
    rules: tuple[Clause, ...]
