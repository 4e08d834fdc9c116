"""The reports of explanations, reviews and slack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

import attrs

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Branch,
    Bullets,
    Details,
    Facts,
    Heading,
    Outline,
    Paragraph,
    Steps,
    Table,
    Verdict,
)
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import Names, credential_name, next_last_day, title_of
from cmprules._answers.render.report import OUTCOMES, STANDINGS, STATUS
from cmprules._answers.render.words import (
    days_left,
    dollars,
    in_sentence,
    label,
    least_certain,
    points,
    said,
    short_label,
    spoken,
)
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._words import vocabulary
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.enums import Outcome, Standing
from cmprules.explaining._activities import PARTS
from cmprules.explaining._values import (
    CredentialExplanation,
    CredentialPlacement,
    CredentialSlack,
    Explanation,
    ExplanationStep,
    Move,
    OtherPlacement,
    PlacementReview,
    Slack,
)

_PART = {
    "placed": "placed", "surplus": "not needed", "over_cap": "over a limit", "outside_cycle": "outside the cycle",
    "not_acceptable": "not acceptable", "duplicate": "entered twice", "unconfirmed": "not confirmed",
}
_MARKS = {True: "yes", False: "no", None: ""}
_OPEN = {"ACTIVITY", "COUNTS", "DATED", "IN_CYCLE", "KIND_KNOWN", "UNDATED", "MONTH_OF_PREVIOUS_END",
         "KIND_UNCONFIRMED", "ONCE", "DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE", "END_OF_MONTH",
         "UNIT_UNCONFIRMED", "IF_COUNTS", "IF_DOES_NOT_COUNT", "IF_DIVIDED", "IF_NOT_DIVIDED", "IF_TABLE",
         "OPEN_QUESTION", "DIVIDED_ACTIVITY", "SEARCH_LIMIT", "TABLE_NOT_ESTABLISHED", "BELOW_TRUST", "NOT_IN_FORCE"}
"""Steps for which an unknown result is an open question, not a missing one."""


@attrs.frozen
class _Told:
    """What a report needs besides the steps: the names in the record, and what depends on an open question.

    Attributes:
        names: the names in the record.
        asked: the activities, or the credential, that an open question is about.
        areas: the areas that are filled only if the question goes in the holder's favor.
        inside: whether the steps belong to one of those activities.
    """

    names: Names
    asked: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    inside: bool = False

    def about(self, credential: CredentialExplanation) -> _Told:
        """Find what depends on an open question about a credential."""
        if credential.outcome is Outcome.MET:
            return self
        steps = list(_walk(credential.step))
        asked = frozenset(step.subject for step in steps if step.code in {"OPEN_QUESTION", "DIVIDED_ACTIVITY"})
        areas = frozenset(step.subject for step in steps if step.code == "AREA") if credential.id in asked else (
            frozenset(child.subject for step in steps if step.code == "ACTIVITY" and step.subject in asked
                      for child in _walk(step) if child.code == "PLACED"))
        return attrs.evolve(self, asked=asked, areas=areas)

    def mark(self, step: ExplanationStep) -> str:
        """Mark a step; a step that depends on an open question is never marked as met."""
        depends = {"AREAS": bool(self.areas), "AREA": step.subject in self.areas,
                   "ACTIVITY": step.subject in self.asked, "PLACED": self.inside}
        if step.holds and depends.get(step.code):
            return "open"
        return "open" if step.holds is None and step.code in _OPEN else _MARKS[step.holds]


def _walk(step: ExplanationStep) -> Iterator[ExplanationStep]:
    yield step
    for child in step.children:
        yield from _walk(child)


# ---------------------------------------------------------------------------------------------------------
# Explanations.

_PARTS = {"TABLES": "Which requirements apply", "CYCLE": "Which requirements apply",
          "ACTIVITIES": "How each activity counted", "AREAS": "Points by area", "KINDS": "Points by area",
          "PROOF": "Why points are missing", "AGAINST": "Why points are missing", "IN_FAVOR": "Why points are missing",
          "SETTLING": "Open questions", "FEE_LINE": "Cost", "FEES": "Cost", "ACTIVITY": "How it was counted"}


@report_of.register
def _report_of_explanation(value: Explanation, record: Record | None) -> list[Block]:
    told = _Told(Names.of(record))
    last = next_last_day([_last_day(candidate) for candidate in value.credentials], value.on)
    about = joined([credential_name(candidate) for candidate in value.credentials])
    blocks: list[Block] = [title_of(told.names.holder, f"why {about}", on=value.on, last=last)]
    several = len(value.credentials) > 1
    for credential in value.credentials:
        if several:
            blocks.append(Heading(2, f"{credential_name(credential)} {vocabulary.NAMES.get(credential.code, '')}"))
        blocks.extend(_credential(credential, told.about(credential), value, several=several))
    if value.fees is not None and (several or "total" not in value.fees.numbers):
        blocks.append(Details("Cost", (Outline((_branch(value.fees, told),)),)))
    cited = [citation for candidate in value.credentials for step in _walk(candidate.step)
             for citation in step.citations]
    return [*blocks, *ending(value, cited, f"Policy edition {value.edition}.")]


def _last_day(credential: CredentialExplanation) -> date | None:
    return next((step.days["last_day"] for step in credential.step.children if step.code == "DECLARATION"), None)


def _credential(credential: CredentialExplanation, told: _Told, value: Explanation, *,
                several: bool) -> Iterable[Block]:
    """The answer first, with the reasons in a few sentences, then, folded, every step."""
    yield _explained(credential)
    last = _last_day(credential)
    facts = () if last is None else (("Last day", spoken(last), days_left(value.on, last)),)
    cost = value.fees.numbers.get("total") if value.fees is not None and not several else None
    paid = () if not cost else (("Cost", dollars(cost), ""),)
    yield Facts((*facts, *paid, ("As of", spoken(value.on), "")))
    reasons = tuple(f"{_sentence(step, told)}." for step in credential.step.children if step.code == "PROOF")
    if reasons:
        yield Steps("Why points are missing", reasons)
    asked = tuple(_asked(credential, told)) if credential.outcome is Outcome.NEEDS_REVIEW else ()
    if asked:
        yield Steps("What it depends on", asked)
    prefix = f"{credential_name(credential)}: " if several else ""
    for title, steps in _parted(credential.step.children).items():
        shown = f"{title[:1].lower()}{title[1:]}" if prefix else title
        yield Details(f"{prefix}{shown}", (Outline(tuple(_branch(step, told) for step in steps)),),
                      unfolded=steps[0].code == "ACTIVITY")


def _asked(credential: CredentialExplanation, told: _Told) -> Iterator[str]:
    """Ask the first open questions; all of them stand below, with what each answer leads to."""
    settling = (step for step in credential.step.children if step.code == "SETTLING")
    found = list(dict.fromkeys(_named(_sentence(child, told), told.names) for step in settling
                               for child in step.children if child.code == "OPEN_QUESTION"))
    yield from found[:3]
    if len(found) > 3:
        yield f"{len(found) - 3} more; all are below."


def _named(question: str, names: Names) -> str:
    """Write titles where a question has the ids of activities."""
    for activity in names.activities:
        question = question.replace(f"'{activity}'", names.told_apart(activity))
    return question


def _parted(steps: Iterable[ExplanationStep]) -> dict[str, list[ExplanationStep]]:
    """Sort the steps into the parts of a report."""
    parts: dict[str, list[ExplanationStep]] = {}
    for step in steps:
        if step.code not in {"AGAINST", "IN_FAVOR"} or step.numbers["short"]:
            parts.setdefault(_PARTS.get(step.code, "Standing and dates"), []).append(step)
    return parts


def _explained(credential: CredentialExplanation) -> Verdict:
    """State the outcome, the points missing in both readings, and how certain it is."""
    text, tone = OUTCOMES[credential.outcome]
    if credential.standing is Standing.EXPIRED:
        text, tone = f"Expired; {text[:1].lower()}{text[1:]}", "bad"
    short = {step.code: step.numbers["short"] for step in credential.step.children
             if step.code in {"AGAINST", "IN_FAVOR"}}
    lines = list(_how_short(short, credential.outcome))
    if credential.grade is not None:
        lines.append(least_certain(credential.grade))
    return Verdict(text, tone, tuple(lines))


def _how_short(short: dict[str, Decimal], outcome: Outcome) -> Iterator[str]:
    """State the points missing in both readings, and whether that is an open question."""
    if outcome is Outcome.NEEDS_REVIEW and short:
        yield "The requirements are met only if the open questions go your way."
    elif short and short["AGAINST"]:
        most, least = (decimal_text(short[code]) for code in ("AGAINST", "IN_FAVOR"))
        less = f" ({least} if the unconfirmed items below are accepted)" if least != most else ""
        yield f"Points missing: {most}{less}."


def _branch(step: ExplanationStep, told: _Told) -> Branch:
    """Write a step and the steps below it."""
    mark, aside = told.mark(step), _aside(step)
    if step.code in _SETS:
        answers = tuple(Branch(_answer(_Words(child, told.names))) for child in step.children)
        return Branch(_sentence(step, told), mark, branches=answers)
    if step.code == "COUNTS" and step.holds is not True:
        return _failed(step.children[-1], mark, told)
    if step.code == "ACTIVITY":
        told = attrs.evolve(told, inside=step.subject in told.asked)
    below = () if step.code == "AREA" else step.children
    return Branch(_sentence(step, told), mark, aside, tuple(_branch(child, told) for child in below),
                  folded=step.code in {"COUNTS", "KINDS"})


_SETS = {"SMALLEST_FOR_MET", "SMALLEST_FOR_NOT_MET", "ENOUGH_FOR_MET", "ENOUGH_FOR_NOT_MET"}


_OPEN_REASONS = {
    "DUPLICATE": "It may be in the record twice",
    "LOOKS_ALIKE": "It may be in the record twice",
    "REPEATED_COURSE": "Taken again: no source says that a repeated course counts again",
    "END_OF_MONTH": "It depends on whether the cycle ends with its month",
    "UNIT_UNCONFIRMED": "No source that you accept says what the unit is worth",
}
"""Reasons that are open questions, where the title of the finding or the name of the test would say too much."""


def _failed(test: ExplanationStep, mark: str, told: _Told) -> Branch:
    """Write a failed test and its finding in one line; the tests passed before it need no line."""
    finding, *others = test.children
    said_ = _sentence(test, told)
    text = _OPEN_REASONS.get(finding.code) if finding.holds is None else None
    text = text or f"{FINDINGS[finding.code].title}: {said_[:1].lower()}{said_[1:]}"
    return Branch(text, mark, _aside(finding), tuple(_branch(child, told) for child in (*finding.children, *others)))


def _aside(step: ExplanationStep) -> str:
    """State the sources of a step."""
    return "; ".join(f"{citation.source}, {citation.pin}: {said(citation.grade)}" for citation in step.citations)


@attrs.frozen
class _Words:
    """The parts of a step in words."""

    step: ExplanationStep
    names: Names

    @property
    def subject(self) -> str:
        """The subject of the step."""
        return self.step.subject

    @property
    def name(self) -> str:
        """An activity by its id, with day and title if available."""
        day = self.step.days.get("completed_on")
        if self.subject in self.names.activities:
            return self.names.dated(self.subject)
        return self.subject if day is None else f"{self.subject} ({day})"

    def number(self, name: str = "points") -> str:
        """An amount in digits."""
        return decimal_text(self.step.numbers[name])

    def points(self, name: str = "points") -> str:
        """An amount in points."""
        return points(self.step.numbers[name])

    def parts(self) -> str:
        """The points entered, as a sum of where they ended."""
        ends = [f"{decimal_text(much)} {said_}" for part in PARTS for much, said_ in self._ends(part) if much]
        return f"{self.points('entered')} = {' + '.join(ends)}" if ends else "no points"

    def _ends(self, part: str) -> Iterator[tuple[Decimal, str]]:
        """Points that ended in one way; duplicates that may be other activities are told apart."""
        much = self.step.numbers[part]
        if part == "duplicate":
            open_ = sum((step.numbers[part] for step in (self.step, *self.step.children)
                         if step.code == "ACTIVITY" and step.holds is None), Decimal(0))
            yield open_, "perhaps entered twice"
            much -= open_
        yield much, _PART[part]

    def day(self, name: str) -> str:
        """A day."""
        return str(self.step.days[name])


def _sentence(step: ExplanationStep, told: _Told) -> str:
    """State a step in a sentence; a finding without its own sentence is shown by its title and its rule in words."""
    say = _SENTENCES.get(step.code)
    if say is not None:
        return say(_Words(step, told.names))
    if step.code in _FIXED:
        return _FIXED[step.code]
    title = FINDINGS[step.code].title if step.code in FINDINGS else step.code
    much = f": {points(step.numbers['points'])}" if "points" in step.numbers else ""
    return f"{title}{much}{f'. {step.clause}' if step.clause else f' ({step.subject})'}"


def _tables(words: _Words) -> str:
    step = words.step
    if step.compared is None:
        return f"Table {step.rule} was applied"
    return (f"Table {step.rule} applies to last days from {words.day('from')} on; the last day is "
            f"{words.day('expires_on')}")


def _cycle(words: _Words) -> str:
    months = f", {words.number('months')} months" if "months" in words.step.numbers else ""
    return f"Cycle: from {words.day('start')} to {words.day('end')}{months}"


def _counts(words: _Words) -> str:
    return {True: "It counts: it passes every test", False: "It does not count", None: "Whether it counts is open"}[
        words.step.holds]


def _on_a_day(step: ExplanationStep, yes: str, no: str, among: str) -> str:
    """State on which day an activity was done, and among which days it had to be; or yes or no without a day."""
    if step.compared is None:
        return yes if step.holds else no
    first, last = step.compared.right.split("/")
    return f"Done on {step.compared.left}; {among} {first} to {last}"


def _in_cycle(words: _Words) -> str:
    return _on_a_day(words.step, "Done within the cycle", "Not done on a day that certainly counts",
                     "the days that count are")


def _acceptable(words: _Words) -> str:
    return _on_a_day(words.step, "This kind of activity counts", "This kind of activity did not count on that day",
                     "this kind of activity counts from")


def _converted(words: _Words) -> str:
    if "amount" not in words.step.numbers:
        return f"Converted to {words.points()}"
    return f"Converted: {words.number('amount')} x {words.number('worth')} = {words.points()}"


def _over_cap(words: _Words) -> str:
    if "cap" not in words.step.numbers:
        return f"{words.points()} over the limit for this kind of activity"
    return (f"{words.points()} over the limit for this kind of activity: {words.number('cap')} may count, "
            f"{words.number('used')} are used")


def _area(words: _Words) -> str:
    short = words.step.numbers["short"]
    more = f", {decimal_text(short)} missing" if short else ""
    return f"{label(words.subject)}: {words.number('placed')} of {words.number('required')}{more}"


def _proof(words: _Words) -> str:
    """State a proof so that the reader can check it by adding up."""
    need, have, short = (words.number(name) for name in ("required", "available", "short"))
    sum_ = f"{need} - {have} = {short} missing"
    asked = [short_label(child.subject) for child in words.step.children if child.code == "ASKED"]
    if words.subject == "total":
        return f"All requirements together need {need} points; {have} of yours can count; {sum_}"
    total = f"{joined(asked)} need {need} points in total" if len(asked) > 1 else f"{joined(asked)} needs {need}"
    return f"{total[:1].upper()}{total[1:]}; {have} of yours can count there; {sum_}"


def _settled(words: _Words) -> str:
    """State the result of an answer."""
    return {True: "the requirements are met", False: "they are not met", None: "it stays open"}[words.step.holds]


def _question(text: str) -> str:
    """Write a question that holds several, and ask once whether two entries are two activities."""
    asked: dict[str, str] = {}
    for part in re.split(r"(?<=\?) ", text):
        asked.setdefault(re.split(", (?:with|although) ", part)[0], part)
    return " ".join(asked.values())


_FIXED = {
    "AREA_PROPOSED": "Areas that are only proposed: until confirmed, they count only in your favor",
    "AMOUNT_UNUSUAL": "More points than one day usually brings: check the amount and the unit",
    "TABLES": "Which table",
    "KINDS": "What each kind of activity is worth",
    "SETTLING": "What would decide it",
    "SMALLEST_FOR_MET": "The fewest answers that settle it as met",
    "SMALLEST_FOR_NOT_MET": "The fewest answers that settle it as not met",
    "ENOUGH_FOR_MET": "Answers that settle it as met, all of them needed (there may be a shorter way)",
    "ENOUGH_FOR_NOT_MET": "Answers that settle it as not met, all of them needed (there may be a shorter way)",
    "OWN_PLACEMENT": "Your own placement (the outcome does not depend on it)",
}

_ANSWERS = {
    "IF_COUNTS": "{} counts, with all its points",
    "IF_DOES_NOT_COUNT": "{} does not count",
    "IF_DIVIDED": "the points of one activity may count in two required areas",
    "IF_NOT_DIVIDED": "the points of one activity may count in one required area only",
    "IF_TABLE": "table {} applies",
}


def _answer(words: _Words) -> str:
    return _ANSWERS[words.step.code].format(words.name)


def _if(words: _Words) -> str:
    return f"If {_answer(words)}: {_settled(words)}"


_SENTENCES: dict[str, Callable[[_Words], str]] = {
    "TABLE_APPLIED": _tables,
    "CYCLE": _cycle,
    "ACTIVITIES": lambda words: f"All activities: {words.parts()}",
    "ACTIVITY": lambda words: f"{words.name}: {words.parts()}",
    "COUNTS": _counts,
    "ONCE": lambda words: "Entered once" if words.step.holds else "The same as another entry",
    "DATED": lambda words: "It has a day of completion" if words.step.holds else "It has no day of completion",
    "IN_CYCLE": _in_cycle,
    "ACCEPTABLE": _acceptable,
    "KIND_KNOWN": lambda words: ("A source says what this kind of activity is worth" if words.step.holds else
                                 "No source says what this kind of activity is worth"),
    "KEPT_INSTEAD": lambda words: f"{words.name} is kept",
    "COMPARED_WITH": lambda words: f"compare: {words.name}",
    "PLACED": lambda words: f"{words.points()} {_where(words.subject)}",
    "UNIT_CONVERTED": _converted,
    "SURPLUS": lambda words: f"{words.points()} not needed: the areas where they may count are full",
    "FULL": lambda words: f"{label(words.subject)}: {words.number('placed')} of {words.number('required')}",
    "OVER_CAP": _over_cap,
    "USES_CAP": lambda words: f"{words.name} uses {words.number()}",
    "WITHOUT_TABLE": lambda words: f"{words.points()} that count, but no source says what is required",
    "AREAS": lambda words: (f"All areas: {words.number('placed')} of {words.number('required')} points counted, "
                            f"{words.number('short')} missing"),
    "AREA": _area,
    "KIND_VALUE": lambda words: label(words.subject),
    "PROOF": _proof,
    "ASKED": lambda words: f"{short_label(words.subject)} needs {words.number()}",
    "MAY_SERVE": lambda words: f"{words.name} can bring {words.number()}",
    "CAPPED": lambda words: (f"{in_sentence(words.subject)}: {words.points()}, of which at most "
                             f"{words.number('cap')} count"),
    "AGAINST": lambda words: f"If nothing unconfirmed is accepted: {words.points('short')} missing",
    "IN_FAVOR": lambda words: f"If everything unconfirmed is accepted: {words.points('short')} missing",
    **dict.fromkeys(_ANSWERS, _if),
    "OPEN_QUESTION": lambda words: _question(str(words.step.clause)),
    "STANDING": lambda words: f"Standing: {STANDINGS[Standing(words.subject)]}",
    "DECLARATION": lambda words: (f"Declaration: {STATUS.get(words.subject, 'over')}; opens {words.day('opens_on')}, "
                                  f"advised by {words.day('advised_by')}, last day {words.day('last_day')}"),
    "PLACEMENT_UNLAWFUL": lambda words: f"{words.subject}: {str(words.step.rule).removeprefix('placement/')}",
    "PLACEMENT_INCOMPLETE": lambda words: f"It leaves points missing in {_place(words.subject)}",
    "FEES": lambda words: (f"{format(words.step.numbers['total'], 'f')} {words.subject} in all"
                           if "total" in words.step.numbers else str(words.step.clause)),
    "FEE": lambda words: f"{words.subject}, {_item(words.step.clause)}: {format(words.step.numbers['amount'], 'f')}",
    "FEE_LINE": lambda words: f"Fee, {_item(words.subject)}: {format(words.step.numbers['amount'], 'f')}",
}


def _place(area: str) -> str:
    return short_label(area)


def _where(area: str) -> str:
    return f"{'as' if area == vocabulary.POOL else 'in'} {short_label(area)}"


def _item(name: str | None) -> str:
    return str(name).replace("_", " ")


# ---------------------------------------------------------------------------------------------------------
# Reviews of placements.


@report_of.register
def _report_of_placement_review(value: PlacementReview, record: Record | None) -> list[Block]:
    names = Names.of(record)
    blocks: list[Block] = [title_of(names.holder, "your placement and the best one", on=value.on,
                                    last=names.last_day([candidate.id for candidate in value.credentials], value.on))]
    for credential in value.credentials:
        if len(value.credentials) > 1:
            blocks.append(Heading(2, credential.id))
        blocks.extend(_review(credential, names, value.on))
    remark = f"Policy edition {value.edition}. What is not confirmed does not count here."
    return [*blocks, *ending(value, (), remark)]


def _review(review: CredentialPlacement, names: Names, on: date) -> Iterator[Block]:
    """State the value of the holder's placement, then what to move."""
    text, tone = OUTCOMES[review.outcome]
    yield Verdict(f"As you placed them: {text[:1].lower()}{text[1:]}", tone,
                  (f"Your placement, as far as it can stay, leaves {points(review.short)} missing.",
                   f"The best one leaves {points(review.best_short)} missing."))
    yield Facts((*names.last_fact([review.id], on), ("As of", spoken(on), "")))
    if review.moves:
        yield Steps("What to move (every move is needed)", tuple(_move(move, names) for move in review.moves))
        if review.nearest:
            yield Paragraph("No equally good placement keeps more of your points where you put them.")
    else:
        yield Paragraph("Nothing to move: no placement is better than yours.")
    if review.problems:
        yield Details("What cannot stay as it is", (Bullets(tuple(
            f"{problem.subject}: {problem.code.replace('_', ' ').lower()}" for problem in review.problems)),))
    yield Details("What can stay of your placement", (Table(
        f"In points, by table {review.row}", ("Area", "Needed", "Placed", "Missing"),
        tuple((label(area.area), *map(decimal_text, (area.required, area.placed, area.short)))
              for area in review.areas), right=(1, 2, 3),
        strong=tuple(index for index, area in enumerate(review.areas) if area.short)),))


def _move(move: Move, names: Names) -> str:
    name, much = names.quoted(move.activity), points(move.points)
    why = _WHY.get(move.why) or FINDINGS[move.why].title.lower()
    if move.out_of is None:
        return f"Place {much} of {name} in {_place(str(move.into))}: {why}."
    if move.into is None:
        return f"Take {much} of {name} out of {_place(move.out_of)}: {why}."
    return f"Move {much} of {name} from {_place(move.out_of)} to {_place(move.into)}: {why}."


_WHY = {
    "FILLS": "they are needed there",
    "MAKES_ROOM": "other points need the room, or there are more than needed",
    "AREA_NOT_SERVED": "they cannot count in that area",
}


# ---------------------------------------------------------------------------------------------------------
# Slack.


@report_of.register
def _report_of_slack(value: Slack, record: Record | None) -> list[Block]:
    names = Names.of(record)
    blocks: list[Block] = [title_of(names.holder, "how close it is", on=value.on,
                                    last=names.last_day([candidate.id for candidate in value.credentials], value.on))]
    for credential in value.credentials:
        if len(value.credentials) > 1:
            blocks.append(Heading(2, credential.id))
        blocks.extend(_slack(credential, names, value.on))
    return [*blocks, *ending(value, (), f"Policy edition {value.edition}.")]


def _slack(slack: CredentialSlack, names: Names, on: date) -> Iterator[Block]:
    """State how many points are to spare, and what the outcome depends on."""
    text, tone = OUTCOMES[slack.outcome]
    yield Verdict(text, tone, () if slack.areas is None else (
        f"{points(slack.areas[-1].spare)} to spare in all.",))
    yield Facts((*names.last_fact([slack.id], on), ("As of", spoken(on), "")))
    yield _critical(slack, names)
    if slack.areas is not None:
        yield Table("Points to spare: how much more each area could need without a change of the outcome",
                    ("Area", "Needed", "To spare"),
                    tuple(("Any other CE, and in all" if area.area == vocabulary.POOL else label(area.area),
                           decimal_text(area.required), decimal_text(area.spare)) for area in slack.areas),
                    right=(1, 2),
                    strong=tuple(index for index, area in enumerate(slack.areas) if not area.spare))
    yield from _others(slack)


def _critical(slack: CredentialSlack, names: Names) -> Block:
    if not slack.critical:
        return Paragraph("The outcome does not depend on any single activity.")
    return Table("Activities that the outcome depends on", ("Activity", "Without it", "Missing"),
                 tuple((names.dated(activity.activity), OUTCOMES[activity.outcome][0].lower(),
                        decimal_text(activity.short))
                       for activity in slack.critical), right=(2,))


def _others(slack: CredentialSlack) -> Iterator[Block]:
    if slack.others:
        yield Details("Other equally good placements", (Bullets(tuple(map(_other, slack.others))),))
    if slack.more:
        yield Paragraph("There are, or may be, more equally good placements." if slack.others else
                        "We could not check whether there are other equally good placements.")


def _other(other: OtherPlacement) -> str:
    """State which activities count in required areas; the rest counts as other CE."""
    areas: dict[str, list[str]] = {}
    for placement in other.placements:
        if placement.area != vocabulary.POOL:
            areas.setdefault(placement.area, []).append(f"{placement.activity} {decimal_text(placement.points)}")
    placed = "; ".join(f"{short_label(area)}: {', '.join(names)}" for area, names in areas.items())
    return f"{placed or 'nothing in a required area'}; the rest as other CE"
