"""How the activities of one credential were counted, and how far each requirement is filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cmprules._answers.render.blocks import Bar, Bars, Table
from cmprules._answers.render.names import Names
from cmprules._answers.render.questions import doubtful_areas, may_be_others
from cmprules._answers.render.words import amount_words, brief, counted, in_sentence, label, said, short_label
from cmprules._kit.points import decimal_text
from cmprules._rules.results import ActivityResult, AreaResult, CredentialDecision, Total
from cmprules._words import vocabulary
from cmprules._words.enums import Outcome

_ZERO = Decimal(0)
_WHY_NOT = {
    "DUPLICATE": "not counted: entered twice",
    "UNDATED": "not counted yet: no completion date",
    "OUTSIDE_CYCLE": "not counted: outside the cycle",
    "MONTH_OF_PREVIOUS_END": "not counted yet: done in the month in which the previous cycle ended",
    "NOT_ACCEPTABLE": "not counted: this kind of activity did not count on that day",
    "UNIT_UNCONFIRMED": "not counted yet: no source that you accept says what the unit is worth",
    "LOOKS_ALIKE": "not counted yet: it may be in the record twice",
    "REPEATED_COURSE": "not counted yet: no source says that a repeated course counts again",
    "AREA_PROPOSED": "not counted yet: its area is not confirmed",
    "END_OF_MONTH": "not counted yet: it depends on whether the cycle ends with its month",
}


# ---------------------------------------------------------------------------------------------------------
# Requirements.


def areas_table(areas: Sequence[AreaResult], total: Total, doubtful: frozenset[str] = frozenset(), *,
                depends: bool = False) -> Table:
    """Compare what is required with what counts; a requirement that depends on an open question is never called met."""
    rows = [(label(area.area), *map(decimal_text, (area.required, area.placed, area.short)),
             _state(area.short, open_=area.area in doubtful, depends=depends), said(area.grade)) for area in areas]
    rows.append(("Total", *map(decimal_text, (total.required, total.placed, total.short)),
                 _state(total.short, open_=depends, depends=depends), ""))
    strong = tuple(index for index, row in enumerate(rows) if row[4] != "met")
    return Table("Requirements, in points", ("Area", "Needed", "Counted", "Missing", "State", "Source"),
                 tuple(rows), right=(1, 2, 3), keep=(4,), strong=strong)


def _state(short: Decimal, *, open_: bool, depends: bool) -> str:
    """State whether a requirement is met; `depends`: whether open questions decide what is missing."""
    if short:
        return "open question" if depends else "missing"
    return "open question" if open_ else "met"


def bars_of(credential: CredentialDecision, names: Names) -> Bars | None:
    """Compare each requirement with the counted, unconfirmed and missing points."""
    areas, total = credential.areas, credential.total
    if areas is None or total is None:
        return None
    doubtful, waiting = doubtful_areas(credential), _Unconfirmed.of(credential, names)
    bars = [_bar(brief(area.area), area, waiting.filling(area.area, area.short), open_=area.area in doubtful)
            for area in areas if area.required]
    maybe = total.short - total.short_if_confirmed
    open_ = credential.outcome is Outcome.NEEDS_REVIEW and not total.short
    return Bars("Points by area", (*bars, _bar("Total", total, maybe, open_=open_)))


def _bar(name: str, part: AreaResult | Total, unconfirmed: Decimal, *, open_: bool) -> Bar:
    return Bar(name=name, counted=part.required - part.short, unconfirmed=unconfirmed,
               missing=part.short - unconfirmed, open=open_ and not part.short)


class _Unconfirmed:
    """Points that could still fill areas; each is used once, and no more than would count if all were confirmed."""

    def __init__(self, left: Decimal, activities: dict[str, Decimal], areas: dict[str, frozenset[str]], *,
                 anywhere: bool) -> None:
        self.left, self.activities, self.areas, self.anywhere = left, activities, areas, anywhere

    @classmethod
    def of(cls, credential: CredentialDecision, names: Names) -> _Unconfirmed:
        """Collect these points; without the record it is not known which areas they may serve.

        A question about the credential itself, such as which table applies, may fill any area.  If nothing is missing
        once all points are confirmed, each area is filled then.
        """
        total = credential.total
        left = _ZERO if total is None else total.short - total.short_if_confirmed
        asked = {need.subject for need in credential.needs}
        found = {result.id: amount for result in credential.activities or () if result.id in names.activities
                 and (amount := result.unconfirmed + (result.duplicate if result.id in asked else _ZERO))}
        closed = total is not None and not total.short_if_confirmed
        return cls(left, found, {name: frozenset(names.activities[name].areas) for name in found},
                   anywhere=closed or credential.id in asked)

    def filling(self, area: str, short: Decimal) -> Decimal:
        """Use up points that may fill an area, and return how many."""
        if self.anywhere:
            used = min(short, self.left)
            self.left -= used
            return used
        filled = _ZERO
        for name, amount in self.activities.items():
            if area == vocabulary.POOL or area in self.areas[name]:
                used = min(amount, short - filled, self.left)
                self.activities[name], self.left, filled = amount - used, self.left - used, filled + used
        return filled


# ---------------------------------------------------------------------------------------------------------
# Activities.


def activities_table(credential: CredentialDecision, names: Names) -> Table:
    """State how each activity counted: the entry, its value, and where its points went."""
    placed: dict[str, list[str]] = {}
    for placement in credential.placements or ():
        how = "as" if placement.area == vocabulary.POOL else "in"
        placed.setdefault(placement.activity,
                          []).append(f"{decimal_text(placement.points)} {how} {short_label(placement.area)}")
    reasons, caps = _Reasons(credential, names), _Caps(credential, names)
    rows = tuple(
        (*_name(result.id, names), decimal_text(result.entered),
         "; ".join([*placed.get(result.id, []), *_not_counted(result, reasons, caps)]))
        for result in credential.activities or ()
    )
    columns = ("Id", "Date", "Activity", "Entered", "Points", "Counted") if names.activities else (
        "Id", "Points", "Counted")
    return Table("What was entered, and where its points went", columns, rows, right=(len(columns) - 2,),
                 keep=(0, 1) if names.activities else (0,))


def _name(id: str, names: Names) -> tuple[str, ...]:
    """Name an activity by its id, and, with the record, by day, title and amount."""
    activity = names.activities.get(id)
    if activity is None:
        return (id,)
    day = "no date" if activity.completed_on is None else activity.completed_on.isoformat()
    return id, day, activity.title, amount_words(activity.amount, str(activity.unit))


class _Reasons:
    """Why activities do not count."""

    def __init__(self, credential: CredentialDecision, names: Names) -> None:
        self.codes: dict[str, str] = {}
        self.names, self.maybe = names, may_be_others(credential)
        self.doubled = {finding.subject: finding.others for finding in credential.findings
                        if finding.code == "DUPLICATE"}
        for finding in credential.findings:
            if finding.code in _WHY_NOT or finding.code == "KIND_UNCONFIRMED":
                self.codes.setdefault(finding.subject, finding.code)
        for need in credential.needs:
            if need.code == "DUPLICATE":  # as long as it is asked, it is not certain
                self.codes[need.subject] = "LOOKS_ALIKE"

    def of(self, id: str) -> str:
        """State why an activity does not count."""
        code = self.codes.get(id)
        if code == "KIND_UNCONFIRMED":
            activity = self.names.activities.get(id)
            kind = "this kind of activity" if activity is None else f'"{in_sentence(activity.kind)}"'
            return f"not counted yet: no source says what {kind} is worth"
        if code == "DUPLICATE" and id in self.maybe:
            return f"not counted: possibly entered twice, and counted once{self._kept(id)}"
        return _WHY_NOT[code] if code is not None else "not counted yet: no source says what is required"


    def _kept(self, id: str) -> str:
        """Name the entry that counts, if there is one among those that may be the same."""
        kept = next((other for other in self.doubled[id] if other not in self.doubled), None)
        return "" if kept is None else f" (as {kept})"


class _Caps:
    """The caps of limited kinds of activity."""

    def __init__(self, credential: CredentialDecision, names: Names) -> None:
        self.results, self.names = credential.activities or (), names

    def of(self, id: str) -> str:
        """State why points of an activity are over a cap: the cap is used up by the others."""
        activity = self.names.activities.get(id)
        if activity is None:
            return "not counted (over the limit for its kind)"
        most = sum((result.placed + result.surplus for result in self.results
                    if self.names.activities[result.id].kind == activity.kind), _ZERO)
        return f"not counted ({in_sentence(activity.kind)}: at most {counted(most, 'point')})"


def _not_counted(result: ActivityResult, reasons: _Reasons, caps: _Caps) -> Iterator[str]:
    """List all points that do not count, with reasons."""
    if result.surplus:
        yield f"{decimal_text(result.surplus)} not needed"
    if result.over_cap:
        yield f"{decimal_text(result.over_cap)} {caps.of(result.id)}"
    elsewhere = result.outside_cycle + result.not_acceptable + result.duplicate + result.unconfirmed
    if elsewhere:
        yield f"{decimal_text(elsewhere)} {reasons.of(result.id)}"
