"""What to do next: one ordered table of rules; each examines one credential and may ask for a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

import attrs

from cmprules._answers.render.earning import mandatory_of, to_earn
from cmprules._answers.render.words import points, short_label
from cmprules._kit.listing import joined
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._policy.book import Citation, PolicyBook
from cmprules._rules.results import CredentialDecision
from cmprules._words import vocabulary
from cmprules._words.codes.progress import MESSAGES
from cmprules._words.enums import Outcome, Standing
from cmprules.tracking._credits import AUDIT_FIELDS, REQUIRED_FIELDS, OwnPlacement
from cmprules.tracking._values import Credit, NextStep

READY = ("DECLARE", "DECLARE_LATE")
"""The steps of a holder who is ready to declare: met, placed, and inside the window."""


@attrs.frozen(kw_only=True)
class Situation:
    """The input of the rules: one decided credential, its credits and the holder's own placement."""

    decided: CredentialDecision
    credits: Sequence[Credit]
    own: OwnPlacement | None
    book: PolicyBook

    @property
    def window(self) -> str | None:
        """The position of the day in the declaration window."""
        return None if self.decided.declaration is None else self.decided.declaration.status

    @property
    def met(self) -> bool:
        """Whether the requirements are met in every reading."""
        return self.decided.outcome is Outcome.MET

    @property
    def unsettled(self) -> bool:
        """Whether the requirements are not certainly met."""
        return self.decided.outcome in {Outcome.NOT_MET, Outcome.NEEDS_REVIEW}

    @property
    def could_be_placed_better(self) -> bool:
        """Whether the holder's own placement brings fewer points than possible."""
        total = self.decided.total
        return self.own is not None and total is not None and self.own.useful < to_hundredths(total.placed)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The activities with points that would fill an area which the holder's own placement leaves short."""
        return () if self.own is None else tuple(credit.activity for credit in self.own.waiting if credit.areas)

    def step(self, code: str, citations: Iterable[Citation], *, subjects: Sequence[str] = (),
             amount: Decimal | None = None, day: date | None = None) -> NextStep:
        """Make a step, with its message in words."""
        message = MESSAGES[code].format(
            subjects=joined([_named(name) for name in subjects or (self.decided.id,)]), day=day,
            points=None if amount is None else points(amount),
        )
        return NextStep(code=code, message=message, subjects=tuple(subjects), points=amount, day=day,
                    citations=tuple(citations))

    def transition(self, id: str) -> Citation:
        """Cite a transition in the life of a declaration."""
        return next(row.citation for row in self.book.transitions if row.id == id)


def _named(subject: str) -> str:
    """Name an area in plain words; other ids stay as they are."""
    return short_label(subject) if subject in vocabulary.AREAS else subject


def steps_of(situation: Situation) -> tuple[NextStep, ...]:
    """List the steps to take, the next one first."""
    return tuple(step for rule in _IN_ORDER if (step := rule(situation)) is not None)


# ---------------------------------------------------------------------------------------------------------
# The rules.


def _nothing_required(situation: Situation) -> NextStep | None:
    """A holder who does not take part has nothing to do."""
    if situation.decided.outcome is not Outcome.NOT_REQUIRED:
        return None
    return situation.step("NOTHING_REQUIRED", [situation.book.cite("participation/voluntary")])


def _correct_placement(situation: Situation) -> NextStep | None:
    """Points placed against a rule, or in the way of a better placement, must move."""
    unlawful = tuple(dict.fromkeys(finding.subject for finding in situation.decided.findings
                                   if finding.code == "PLACEMENT_UNLAWFUL"))
    if not unlawful and (situation.waiting or not situation.could_be_placed_better):
        return None
    own = situation.own
    wasteful = () if own is None else tuple(area.area for area in own.areas if area.placed_by_holder > area.needed)
    open_areas = () if own is None else tuple(area.area for area in own.areas if area.placed_by_holder < area.applied)
    return situation.step("CORRECT_PLACEMENT", [situation.transition("complete")],
                          subjects=unlawful or wasteful or open_areas)


def _complete_fields(situation: Situation) -> NextStep | None:
    """If the requirements are not certainly met, completing a credit's required fields may help."""
    unconfirmed = {result.id for result in situation.decided.activities or () if result.unconfirmed}
    lacking = [credit.activity for credit in situation.credits if credit.missing and credit.activity in unconfirmed]
    if not situation.unsettled or not lacking:
        return None
    return situation.step("COMPLETE_FIELDS", [situation.book.cite(REQUIRED_FIELDS)], subjects=lacking)


def _settle_question(situation: Situation) -> NextStep | None:
    """Answers to the open questions settle an outcome that depends on them."""
    if situation.decided.outcome is not Outcome.NEEDS_REVIEW:
        return None
    return situation.step("SETTLE_QUESTION", [],
                          subjects=tuple(dict.fromkeys(need.subject for need in situation.decided.needs)))


def _place_credits(situation: Situation) -> NextStep | None:
    """Credits must be placed in areas before a declaration can be sent."""
    own, total, waiting = situation.own, situation.decided.total, situation.waiting
    if own is None or total is None or not waiting or not situation.could_be_placed_better:
        return None
    return situation.step("PLACE_CREDITS", [situation.transition("complete")], subjects=waiting,
                          amount=from_hundredths(to_hundredths(total.placed) - own.useful))


def _earn_points(situation: Situation) -> NextStep | None:
    """Missing points must be earned: in the mandatory areas that are short, otherwise in any area."""
    total = situation.decided.total
    if total is None or not total.short:
        return None
    short = [area.area for area in situation.decided.areas or () if area.short]
    mandatory = [area for area in short if area != vocabulary.POOL]
    cited = [citation for finding in situation.decided.findings if finding.code in {"AREA_SHORT", "TOTAL_SHORT"}
             for citation in finding.citations]
    step = situation.step("EARN_POINTS", dict.fromkeys(cited), subjects=mandatory or short, amount=total.short)
    proof = mandatory_of(situation.decided)
    if proof is None or not proof.closers:
        return step
    served = {area for closer in proof.closers for area in closer.areas}
    rest = to_hundredths(total.short) - to_hundredths(proof.short)
    if len(served) == 1 and not rest:
        return step
    parts = [*to_earn(proof), *([f"{points(from_hundredths(rest))} in any area"] if rest else [])]
    return attrs.evolve(step, message=f"Earn {points(total.short)} more: {'; '.join(parts)}.",
                        subjects=tuple(area.area for area in situation.decided.areas or () if area.area in served))


def _wait_for_window(situation: Situation) -> NextStep | None:
    """A declaration is not sent before its window, unless the Board has confirmed another day."""
    dates = situation.decided.declaration
    if not situation.met or dates is None or dates.status != "not_open":
        return None
    return situation.step("WAIT_FOR_WINDOW", [situation.book.figure("opens_days_before_end").citation],
                          day=dates.opens_on)


def _declare(situation: Situation) -> NextStep | None:
    """Inside the window a declaration is best sent by the advised day."""
    dates = situation.decided.declaration
    if not situation.met or dates is None or dates.status != "open":
        return None
    return situation.step("DECLARE", [situation.transition("submit"),
                                      situation.book.figure("advised_days_before_end").citation], day=dates.advised_by)


def _declare_late(situation: Situation) -> NextStep | None:
    """After the advised day a declaration is in time until the end date, by our reading."""
    dates = situation.decided.declaration
    if not situation.met or dates is None or dates.status != "late":
        return None
    return situation.step("DECLARE_LATE", [situation.transition("submit"), situation.book.cite("reading/last_day")],
                          day=dates.last_day)


def _declare_by_choice(situation: Situation) -> NextStep | None:
    """A voluntary participant without an end date has no window to wait for."""
    if not situation.met or situation.decided.standing is not Standing.NO_END_DATE:
        return None
    return situation.step("DECLARE_BY_CHOICE", [situation.transition("submit_voluntary")])


def _reinstate(situation: Situation) -> NextStep | None:
    """An expired credential is reinstated with points of the last three years, a declaration and both fees."""
    if not situation.met or situation.decided.standing is not Standing.EXPIRED:
        return None
    return situation.step("REINSTATE", [situation.transition("reinstate"),
                                        situation.book.cite("renewal/reinstatement_warning")])


def _add_for_audit(situation: Situation) -> NextStep | None:
    """A self-recorded credit that counts should have what its proof needs in an audit."""
    count = {result.id for result in situation.decided.activities or () if result.placed or result.surplus}
    lacking = [credit.activity for credit in situation.credits if credit.missing_for_audit and credit.activity in count]
    if not lacking:
        return None
    return situation.step("ADD_FOR_AUDIT", [situation.book.cite(AUDIT_FIELDS)], subjects=lacking)


_IN_ORDER: tuple[Callable[[Situation], NextStep | None], ...] = (
    _nothing_required,
    _complete_fields,
    _correct_placement,
    _place_credits,
    _settle_question,
    _earn_points,
    _wait_for_window,
    _declare,
    _declare_late,
    _declare_by_choice,
    _reinstate,
    _add_for_audit,
)
"""The order of the rules; the first rule that asks for a step gives the next step."""
