"""Explanations, reviews and slack in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Branch,
    Bullets,
    Heading,
    Notice,
    Outline,
    Paragraph,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.report import OUTCOMES, STANDINGS, STATUS
from cmprules._answers.render.words import in_sentence, joined, label, points, said, short_label, source_line
from cmprules._facts.records import Record
from cmprules._kit.points import decimal_text
from cmprules._kit.shapes import FrozenMap
from cmprules._words import vocabulary
from cmprules._words.codes import FINDINGS
from cmprules._words.enums import Standing
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

__all__: list[str] = []

_PART = {
    "placed": "placed", "surplus": "to spare", "over_cap": "over a cap", "outside_cycle": "outside the cycle",
    "not_acceptable": "not acceptable", "duplicate": "entered twice", "unconfirmed": "unconfirmed",
}
_MARKS = {True: "yes", False: "no", None: ""}
_OPEN = {"ACTIVITY", "COUNTS", "DATED", "IN_CYCLE", "KIND_KNOWN", "UNDATED", "MONTH_OF_PREVIOUS_END",
         "KIND_UNCONFIRMED", "IF_COUNTS", "IF_DOES_NOT_COUNT", "IF_DIVIDED", "IF_NOT_DIVIDED", "IF_TABLE",
         "OPEN_QUESTION", "DIVIDED_ACTIVITY", "SEARCH_LIMIT", "TABLE_NOT_ESTABLISHED", "BELOW_TRUST", "NOT_IN_FORCE"}
"""Steps of which an unknown answer is a question, and not the want of one."""


def _titles(record: Record | None) -> dict[str, str]:
    """Name activities by their titles, where the record is at hand."""
    return {activity.id: activity.title for activity in record.activities} if record is not None else {}


def _sources(sources: FrozenMap) -> list[Block]:
    if not sources:
        return []
    return [Heading(2, "Sources"), Bullets(tuple(f"{name}: {source_line(source)}" for name, source in sources.items()))]


# ---------------------------------------------------------------------------------------------------------
# Explanations.


@report_of.register
def _(value: Explanation, record: Record | None) -> list[Block]:
    titles = _titles(record)
    blocks: list[Block] = [
        Title(f"Why: credential maintenance on {value.on}"),
        Paragraph(f"Policy edition {value.edition}. Every amount is one of the decision's."),
    ]
    for credential in value.credentials:
        blocks.extend(_credential(credential, titles))
    if value.fees is not None:
        blocks.extend([Heading(2, "Fees, if declared together on that day"),
                       Outline((_branch(value.fees, titles),))])
    return [*blocks, *_sources(value.sources), Notice(value.notice)]


def _credential(credential: CredentialExplanation, titles: dict[str, str]) -> Iterable[Block]:
    text, tone = OUTCOMES[credential.outcome]
    if credential.standing is Standing.EXPIRED:
        text, tone = f"EXPIRED - {text}", "bad"
    name = vocabulary.NAMES.get(credential.code, "")
    yield Heading(2, f"{credential.id}: {credential.code}({credential.body}) {name}".rstrip())
    grade = () if credential.grade is None else (f"Weakest figure it rests on: {said(credential.grade)}",)
    yield Verdict(text, tone, grade)
    yield Outline(tuple(_branch(step, titles) for step in credential.step.children))


def _branch(step: ExplanationStep, titles: dict[str, str]) -> Branch:
    """Put a step in words, with those below it."""
    mark = "open" if step.holds is None and step.code in _OPEN else _MARKS[step.holds]
    aside = _aside(step)
    if step.code in _SETS:
        answers = tuple(Branch(_answer(_Words(child, titles))) for child in step.children)
        return Branch(_sentence(step, titles), mark, branches=answers)
    if step.code == "COUNTS" and step.holds is not True:
        return _failed(step.children[-1], mark, titles)
    below = () if step.code == "AREA" else step.children
    return Branch(_sentence(step, titles), mark, aside, tuple(_branch(child, titles) for child in below),
                  folded=step.code in {"COUNTS", "KINDS"})


_SETS = {"SMALLEST_FOR_MET", "SMALLEST_FOR_NOT_MET", "ENOUGH_FOR_MET", "ENOUGH_FOR_NOT_MET"}


def _failed(test: ExplanationStep, mark: str, titles: dict[str, str]) -> Branch:
    """Put the test that an activity does not pass and its finding in one line; those passed before say nothing more."""
    finding, *others = test.children
    said_ = _sentence(test, titles)
    text = f"{FINDINGS[finding.code].title}: {said_[:1].lower()}{said_[1:]}"
    return Branch(text, mark, _aside(finding), tuple(_branch(child, titles) for child in (*finding.children, *others)))


def _aside(step: ExplanationStep) -> str:
    """Say where a step stands."""
    return "; ".join(f"{citation.source}, {citation.pin}: {said(citation.grade)}" for citation in step.citations)


@attrs.frozen
class _Words:
    """The parts of a step in words."""

    step: ExplanationStep
    titles: dict[str, str]

    @property
    def subject(self) -> str:
        """What the step is about."""
        return self.step.subject

    @property
    def name(self) -> str:
        """An activity by its id, with day and title where they are at hand."""
        day = self.step.days.get("completed_on")
        title = self.titles.get(self.subject)
        more = [*([] if day is None else [day.isoformat()]), *([] if title is None else [title])]
        return f"{self.subject} ({', '.join(more)})" if more else self.subject

    def number(self, name: str = "points") -> str:
        """An amount in digits."""
        return decimal_text(self.step.numbers[name])

    def points(self, name: str = "points") -> str:
        """An amount in points."""
        return points(self.step.numbers[name])

    def parts(self) -> str:
        """What was entered, and where it ended, as a sum."""
        ends = [f"{self.number(part)} {_PART[part]}" for part in PARTS if self.step.numbers[part]]
        return f"{self.points('entered')} = {' + '.join(ends)}" if ends else "no points"

    def day(self, name: str) -> str:
        """A day."""
        return str(self.step.days[name])


def _sentence(step: ExplanationStep, titles: dict[str, str]) -> str:
    """Say a step in a sentence; a finding that has none of its own by its title, with its rule in words."""
    say = _SENTENCES.get(step.code)
    if say is not None:
        return say(_Words(step, titles))
    if step.code in _FIXED:
        return _FIXED[step.code]
    title = FINDINGS[step.code].title if step.code in FINDINGS else step.code
    much = f": {points(step.numbers['points'])}" if "points" in step.numbers else ""
    return f"{title}{much}{f'. {step.clause}' if step.clause else f' ({step.subject})'}"


def _tables(words: _Words) -> str:
    step = words.step
    if step.compared is None:
        return f"Table {step.rule} was applied"
    return (f"Table {step.rule} applies: it binds for expiries from {words.day('from')} on, and the day it was asked "
            f"for is {words.day('expires_on')}")


def _cycle(words: _Words) -> str:
    months = f", {words.number('months')} months" if "months" in words.step.numbers else ""
    return f"Cycle: from {words.day('start')} to {words.day('end')}{months}"


def _counts(words: _Words) -> str:
    return {True: "It counts: it passes every test", False: "It does not count", None: "Whether it counts is open"}[
        words.step.holds]


def _in_cycle(words: _Words) -> str:
    compared = words.step.compared
    if compared is None:
        return "Done within the cycle" if words.step.holds else "Not done within the days that count for certain"
    first, last = compared.right.split("/")
    return f"Done on {compared.left}; the days that count are {first} to {last}"


def _acceptable(words: _Words) -> str:
    compared = words.step.compared
    if compared is None:
        return "Of a kind that is acceptable" if words.step.holds else "Of a kind that was not acceptable then"
    first, last = compared.right.split("/")
    return f"Done on {compared.left}; its kind is acceptable from {first} to {last}"


def _converted(words: _Words) -> str:
    if "amount" not in words.step.numbers:
        return f"Converted to {words.points()}"
    return f"Converted: {words.number('amount')} x {words.number('worth')} = {words.points()}"


def _over_cap(words: _Words) -> str:
    if "cap" not in words.step.numbers:
        return f"{words.points()} over the cap on its kind"
    return (f"{words.points()} over the cap on its kind: {words.number('cap')} may count, "
            f"{words.number('used')} are used")


def _area(words: _Words) -> str:
    short = words.step.numbers["short"]
    more = f", {decimal_text(short)} short" if short else ""
    return f"{label(words.subject)}: needs {words.number('required')}, placed {words.number('placed')}{more}"


def _proof(words: _Words) -> str:
    """Say a proof so that it can be checked by adding up."""
    need, have, short = (words.number(name) for name in ("required", "available", "short"))
    sum_ = f"{need} - {have} = {short} short"
    asked = [short_label(child.subject) for child in words.step.children if child.code == "ASKED"]
    if words.subject == "total":
        return f"The whole table needs {need} points; all points that count, after caps, are {have}; {sum_}"
    together = f"{joined(asked)} need {need} points together" if len(asked) > 1 else f"{joined(asked)} needs {need}"
    return f"{together[:1].upper()}{together[1:]}; all points that may serve them, after caps, are {have}; {sum_}"


def _settled(words: _Words) -> str:
    """Say what an answer leads to."""
    return {True: "the requirements are met", False: "they are not met", None: "it stays open"}[words.step.holds]


_FIXED = {
    "TABLES": "Which table",
    "KINDS": "The kinds of activity that were placed, and where their values stand",
    "SETTLING": "What would settle it",
    "SMALLEST_FOR_MET": "The fewest answers after which it is met, whatever becomes of the rest",
    "SMALLEST_FOR_NOT_MET": "The fewest answers after which it is not met, whatever becomes of the rest",
    "ENOUGH_FOR_MET": "Answers after which it is met, none of them to spare (there may be fewer)",
    "ENOUGH_FOR_NOT_MET": "Answers after which it is not met, none of them to spare (there may be fewer)",
    "OWN_PLACEMENT": "Your own placement (the outcome does not hang on it)",
}

_ANSWERS = {
    "IF_COUNTS": "{} counts, with all its points",
    "IF_DOES_NOT_COUNT": "{} does not count",
    "IF_DIVIDED": "an activity may be divided between two mandatory areas",
    "IF_NOT_DIVIDED": "no activity may be divided between two mandatory areas",
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
    "ONCE": lambda words: "Entered once" if words.step.holds else "The same as another",
    "DATED": lambda words: "It has a day of completion" if words.step.holds else "It has no day of completion",
    "IN_CYCLE": _in_cycle,
    "ACCEPTABLE": _acceptable,
    "KIND_KNOWN": lambda words: ("Of a kind whose value is established" if words.step.holds else
                                 "Of a kind whose value is not established"),
    "KEPT_INSTEAD": lambda words: f"{words.name} is kept",
    "PLACED": lambda words: f"{words.points()} in {_place(words.subject)}",
    "UNIT_CONVERTED": _converted,
    "SURPLUS": lambda words: f"{words.points()} to spare: what they may serve is full",
    "FULL": lambda words: f"{label(words.subject)}: {words.number('placed')} of {words.number('required')}",
    "OVER_CAP": _over_cap,
    "USES_CAP": lambda words: f"{words.name} uses {words.number()}",
    "WITHOUT_TABLE": lambda words: f"{words.points()} that count, but nobody knows what is asked for",
    "AREAS": lambda words: (f"All areas: {words.number('placed')} of {words.number('required')} points placed, "
                            f"{words.number('short')} short"),
    "AREA": _area,
    "KIND_VALUE": lambda words: label(words.subject),
    "PROOF": _proof,
    "ASKED": lambda words: f"{short_label(words.subject)} asks for {words.number()}",
    "MAY_SERVE": lambda words: f"{words.name} may bring {words.number()}",
    "CAPPED": lambda words: (f"{in_sentence(words.subject)}: {words.points()}, of which at most "
                             f"{words.number('cap')} count"),
    "AGAINST": lambda words: f"If everything uncertain goes against you: {words.points('short')} short",
    "IN_FAVOR": lambda words: f"If everything uncertain goes your way: {words.points('short')} short",
    **dict.fromkeys(_ANSWERS, _if),
    "OPEN_QUESTION": lambda words: str(words.step.clause),
    "STANDING": lambda words: f"Standing: {STANDINGS[Standing(words.subject)]}",
    "DECLARATION": lambda words: (f"Declaration: {STATUS.get(words.subject, 'over')}; opens {words.day('opens_on')}, "
                                  f"advised by {words.day('advised_by')}, last day {words.day('last_day')}"),
    "PLACEMENT_UNLAWFUL": lambda words: f"{words.subject}: {str(words.step.rule).removeprefix('placement/')}",
    "PLACEMENT_INCOMPLETE": lambda words: f"It leaves {_place(words.subject)} short",
    "FEES": lambda words: (f"{format(words.step.numbers['total'], 'f')} {words.subject} in all"
                           if "total" in words.step.numbers else str(words.step.clause)),
    "FEE": lambda words: f"{words.subject}, {_item(words.step.clause)}: {format(words.step.numbers['amount'], 'f')}",
    "FEE_LINE": lambda words: f"Fee, {_item(words.subject)}: {format(words.step.numbers['amount'], 'f')}",
}


def _place(area: str) -> str:
    return "the pool" if area == vocabulary.POOL else short_label(area)


def _item(name: str | None) -> str:
    return str(name).replace("_", " ")


# ---------------------------------------------------------------------------------------------------------
# Reviews of placements.


@report_of.register
def _(value: PlacementReview, record: Record | None) -> list[Block]:
    titles = _titles(record)
    blocks: list[Block] = [
        Title(f"Your placement and the best one, on {value.on}"),
        Paragraph(f"Policy edition {value.edition}. What is unconfirmed does not count here."),
    ]
    for credential in value.credentials:
        blocks.extend(_review(credential, titles))
    return [*blocks, *_sources(value.sources), Notice(value.notice)]


def _review(review: CredentialPlacement, titles: dict[str, str]) -> Iterator[Block]:
    text, tone = OUTCOMES[review.outcome]
    yield Heading(2, f"{review.id}, by table {review.row}")
    yield Verdict(f"AS YOU PLACED THEM: {text}", tone,
                  (f"Your placement, as far as it may stay, leaves {points(review.short)} short.",
                   f"The best one leaves {points(review.best_short)} short."))
    if review.problems:
        yield Heading(3, "What may not stay as it is")
        yield Bullets(tuple(f"{problem.subject}: {problem.code.replace('_', ' ').lower()}"
                            for problem in review.problems))
    yield Table("What may stay of your placement, in points", ("Area", "Needs", "Placed", "Short"),
                tuple((label(area.area), *map(decimal_text, (area.required, area.placed, area.short)))
                      for area in review.areas), right=(1, 2, 3),
                strong=tuple(index for index, area in enumerate(review.areas) if area.short))
    if not review.moves:
        yield Paragraph("Nothing to move: your placement is as good as any.")
        return
    yield Heading(3, "Moves, none of which can be left out")
    yield Bullets(tuple(_move(move, titles) for move in review.moves))
    if review.nearest:
        yield Paragraph("No placement that is as good keeps more of your points where you put them.")


def _move(move: Move, titles: dict[str, str]) -> str:
    title = titles.get(move.activity)
    name = move.activity if title is None else f"{move.activity} ({title})"
    much, why = points(move.points), _WHY.get(move.why) or FINDINGS[move.why].title.lower()
    if move.out_of is None:
        return f"Place {much} of {name} in {_place(str(move.into))}: {why}."
    if move.into is None:
        return f"Take {much} of {name} out of {_place(move.out_of)}: {why}."
    return f"Take {much} of {name} out of {_place(move.out_of)}, put them in {_place(move.into)}: {why}."


_WHY = {
    "FILLS": "they are needed there",
    "MAKES_ROOM": "others need the room, or it is more than is needed",
    "AREA_NOT_SERVED": "they may not serve that area",
}


# ---------------------------------------------------------------------------------------------------------
# Slack.


@report_of.register
def _(value: Slack, record: Record | None) -> list[Block]:
    titles = _titles(record)
    blocks: list[Block] = [Title(f"How close it is, on {value.on}"),
                           Paragraph(f"Policy edition {value.edition}.")]
    for credential in value.credentials:
        blocks.extend(_slack(credential, titles))
    return [*blocks, *_sources(value.sources), Notice(value.notice)]


def _slack(slack: CredentialSlack, titles: dict[str, str]) -> Iterator[Block]:
    text, tone = OUTCOMES[slack.outcome]
    yield Heading(2, slack.id)
    yield Verdict(text, tone, ())
    if slack.areas is not None:
        yield Paragraph("What each area could ask for beyond what it asks for, the rest unchanged, with the outcome "
                        "the same; the last line is what the whole has to spare.")
        yield Table("Points to spare", ("Area", "Needs", "To spare"),
                    tuple((label(area.area), decimal_text(area.required), decimal_text(area.spare))
                          for area in slack.areas), right=(1, 2),
                    strong=tuple(index for index, area in enumerate(slack.areas) if not area.spare))
    yield from _critical(slack, titles)
    yield from _others(slack)


def _critical(slack: CredentialSlack, titles: dict[str, str]) -> Iterator[Block]:
    if not slack.critical:
        yield Paragraph("The outcome hangs on no single activity.")
        return
    yield Table("Activities that the outcome hangs on", ("Id", "Activity", "Without it", "Short"),
                tuple((one.activity, titles.get(one.activity, ""), OUTCOMES[one.outcome][0].lower(),
                       decimal_text(one.short)) for one in slack.critical), right=(3,), keep=(0,))


def _others(slack: CredentialSlack) -> Iterator[Block]:
    if slack.others:
        yield Heading(3, "Other placements that are as good")
        yield Bullets(tuple(map(_other, slack.others)))
    if slack.more:
        yield Paragraph("There are, or may be, more." if slack.others else
                        "Whether there are others was not found out.")


def _other(other: OtherPlacement) -> str:
    """Say where activities serve mandatory areas; the rest is in the pool."""
    areas: dict[str, list[str]] = {}
    for one in other.placements:
        if one.area != vocabulary.POOL:
            areas.setdefault(one.area, []).append(f"{one.activity} {decimal_text(one.points)}")
    placed = "; ".join(f"{short_label(area)}: {', '.join(names)}" for area, names in areas.items())
    return f"{placed or 'nothing in a mandatory area'}; the rest in the pool"
