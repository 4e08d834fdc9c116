"""How to cite credentials: the category, the body, the mark, and the last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from cmprules._answers.answer import made_with
from cmprules._facts.records import Credential, listed
from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.shapes import Day, trusted
from cmprules._policy.book import PolicyBook, refuse_book
from cmprules._policy.clauses import Clause, clauses_of
from cmprules._rules.counting import standing_of
from cmprules._rules.results import Need
from cmprules._words.codes.questions import ASKED
from cmprules._words.enums import Standing, weaker
from cmprules.errors import Fault, InputError
from cmprules.participation._values import CitedForm, CredentialDesignation, Designation

_RAISED = str.maketrans("CM", "\N{MODIFIER LETTER SMALL C}\N{MODIFIER LETTER CAPITAL M}")
_REVERTS = ("designation/reverts_mls", "designation/reverts_mb")
_MARKED = ("designation/form", "designation/mark", "designation/plain_mark", "designation/mark_meaning",
           "designation/who_carries")
_RULES = {
    "takes_part": _MARKED,
    "exempt": ("designation/form", "designation/no_mark"),
    "stopped": ("designation/form", "expiry/voluntary_stops"),
    "inactive": ("expiry/inactive",),
    "expired": ("designation/expired_not_cited", "designation/verification"),
    "not_yet": ("designation/mark_meaning",),
}


def designation(credentials: Iterable[Credential], book: PolicyBook, *, on: date | str) -> Designation:
    """Return how the credentials of one person are cited on a day.

    The category comes before the body, without comma or space; participants add the mark.  An expired credential is not
    cited.  A voluntary participant whose end date has passed goes back to the former code, without the mark.  A holder
    from before participation was mandatory who does not take part has no mark.  No source that we read says whether a
    credential may be cited within an extension, so it is not.  Several credentials are written together with MLS or MT
    first; the other categories follow directly, without a body, those of ASCPi with an i.  The position of a second
    mark is not established, so only the mark of the first category is written.

    Args:
        credentials: the credentials of one person.
        book: the policy tables.
        on: the day.

    Returns:
        Each credential separately, with the last day of its form, and all of them together.

    Raises:
        InputError: there is no credential, an argument is not one, two share an id, or `on` is not a day.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31")
    >>> sbb = cmprules.Credential(id="sbb", code="SBB", expires_on="2026-03-31")
    >>> designation([sbb, mls], book, on=date(2026, 3, 31)).together.plain
    'MLS(ASCP)CMSBB'
    >>> designation([sbb, mls], book, on=date(2026, 4, 1)).together.html
    'MLS(ASCP)<sup>CM</sup>'
    >>> designation([], book, on=date(2026, 4, 1))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credentials: EMPTY_LIST: got (), expected at least 1; add what is missing
    """
    found, faults = listed(credentials, Credential, "$.credentials")
    refuse_book(book, faults)
    if not found:
        faults.append(Fault(path="$.credentials", code="EMPTY_LIST", value=found, expected="at least 1",
                            hint="add what is missing"))
    day = Day().read(on, "$.on", faults)
    if faults:
        raise InputError(faults)
    written = [_write(credential, book, day) for credential in found]
    cited = _ordered([entry for entry in written if entry.form is not None], book)
    together = _together(cited, book)
    rules = clauses_of(_rules_of_several(cited), book)
    return trusted(
        Designation, on=day, together=together, order=tuple(entry.credential.id for entry in cited),
        credentials=tuple(_answer(entry, book) for entry in written),
        needs=tuple(_needs(written, cited, together, book)), rules=rules,
        **made_with(book, (rule.citation for rule in (*rules, *_rules_of_each(written, book)))),
    )


@attrs.frozen(kw_only=True)
class _Written:
    """One credential as it is written on a day.

    Attributes:
        shown: the code in the form.
        until: the last day of the form.
    """

    credential: Credential
    reason: str
    shown: str
    form: CitedForm | None = None
    until: date | None = None
    afterwards: CitedForm | None = None

    @property
    def marked(self) -> bool:
        """Whether the form carries the mark."""
        return self.reason == "takes_part"


def _write(credential: Credential, book: PolicyBook, on: date) -> _Written:
    """Write one credential as it is cited on a day."""
    reason = _reason(credential, on)
    shown = _shown(credential, reason, book)
    written = _Written(credential=credential, reason=reason, shown=shown)
    if reason == "takes_part":
        then = _shown(credential, "stopped", book) if credential.voluntary else None
        return attrs.evolve(
            written, form=_form(shown, credential.body, _mark(book)), until=credential.expires_on,
            afterwards=None if then is None or credential.expires_on is None else _form(then, credential.body),
        )
    may_be_cited = reason in {"exempt", "stopped"} or (reason == "inactive" and credential.voluntary)
    return attrs.evolve(written, form=_form(shown, credential.body) if may_be_cited else None)


def _reason(credential: Credential, on: date) -> str:
    """Return the reason for the form of a credential."""
    if credential.certified_on is not None and credential.certified_on > on:
        return "not_yet"
    standing = standing_of(credential, on)
    if standing is Standing.NO_END_DATE:
        if not credential.voluntary:
            return "exempt"
        return "takes_part" if credential.expires_on is None else "stopped"
    return {Standing.CURRENT: "takes_part", Standing.INACTIVE: "inactive"}.get(standing, "expired")


def _shown(credential: Credential, reason: str, book: PolicyBook) -> str:
    """Return the code to write: today's code while taking part; the former code after stopping, or if it was given."""
    for name in _REVERTS:
        now, former = book.statements[name].words
        stopped = credential.code == now and reason in {"stopped", "inactive"} and credential.voluntary
        if stopped or (reason == "exempt" and credential.given_code == former):
            return str(former)
    return credential.code


def _mark(book: PolicyBook) -> str:
    return str(book.statements["designation/mark"].words[0])


def _form(code: str, body: str, mark: str = "") -> CitedForm:
    """Write a category, its body, and the mark if there is one."""
    name = f"{code}({body})"
    if not mark:
        return trusted(CitedForm, plain=name, unicode=name, html=name, markdown=name)
    return trusted(CitedForm, plain=f"{name}{mark}", unicode=f"{name}{mark.translate(_RAISED)}",
                   html=f"{name}<sup>{mark}</sup>", markdown=f"{name}^{mark}^")


def _ordered(cited: Sequence[_Written], book: PolicyBook) -> list[_Written]:
    """Order credentials with MLS or MT first, and the others as given."""
    first = book.statements["designation/first"].words
    return sorted(cited, key=lambda entry: entry.shown not in first)


def _together(cited: Sequence[_Written], book: PolicyBook) -> CitedForm | None:
    """Write several credentials as one: the first in full, the others by category only."""
    if not cited or cited[0].form is None:
        return None
    whole = cited[0].form
    letter = book.statements["designation/second_ascpi"].words[0]
    rest = "".join(f"{entry.shown}{letter if entry.credential.body == 'ASCPi' else ''}" for entry in cited[1:])
    return trusted(CitedForm, plain=f"{whole.plain}{rest}", unicode=f"{whole.unicode}{rest}",
                   html=f"{whole.html}{rest}", markdown=f"{whole.markdown}{rest}")


def _rules_of_several(cited: Sequence[_Written]) -> tuple[str, ...]:
    """List the rules on writing several together."""
    if len(cited) < 2:
        return ()
    return ("designation/first", "designation/second", "designation/second_ascpi", "designation/mark_of_second")


def _needs(
    written: Sequence[_Written], cited: Sequence[_Written], together: CitedForm | None, book: PolicyBook
) -> Iterable[Need]:
    """List the open questions about the whole."""
    for entry in written:
        if entry.reason == "inactive":
            yield _need("CITED_WHILE_INACTIVE", entry.credential.id)
    if together is None:
        return
    if any(entry.marked for entry in cited[1:]):
        yield _need("MARK_OF_SECOND", together.plain)
    first = book.statements["designation/first"].words
    firsts = sum(entry.shown in first for entry in cited)
    if firsts > 1 or len(cited) - firsts > 1:
        yield _need("ORDER_OF_SEVERAL", together.plain)


def _need(code: str, subject: str) -> Need:
    return trusted(Need, code=code, subject=subject, question=ASKED[code].format(subject=subject))


def _answer(one: _Written, book: PolicyBook) -> CredentialDesignation:
    """Return the answer for one credential."""
    rules = _rules_of(one, book)
    return trusted(
        CredentialDesignation, id=one.credential.id, code=one.credential.code, given_code=one.credential.given_code,
        body=one.credential.body, reason=one.reason, form=one.form, usable_until=one.until,
        not_from=None if one.until is None else one.until + ONE_DAY, afterwards=one.afterwards,
        grade=weaker(*(rule.citation.grade for rule in rules)), rules=rules,
    )


def _rules_of(one: _Written, book: PolicyBook) -> tuple[Clause, ...]:
    """Return the rules on one credential, including the rule on former codes if it affects the form."""
    stops = one.afterwards is not None or one.reason in {"stopped", "inactive"}
    reverts = [name for name in _REVERTS if stops and one.credential.voluntary
               and book.statements[name].words[0] == one.credential.code]
    return clauses_of((*_RULES[one.reason], *reverts), book)


def _rules_of_each(written: Iterable[_Written], book: PolicyBook) -> Iterable[Clause]:
    for entry in written:
        yield from _rules_of(entry, book)
