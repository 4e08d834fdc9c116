"""Codes of explanations: the steps that are told."""

from __future__ import annotations

from typing import Final

EXPLAINED: Final[dict[str, str]] = {
    "OUTCOME": "the root: whether the requirements of the credential are met",
    "TABLES": "the tables that were evaluated, each with the expiration date that selects it",
    "ACTIVITIES": "all activities; the parts add up to what was entered",
    "ACTIVITY": "one activity; the parts add up to what was entered",
    "COUNTS": "whether an activity counts: the tests in order, up to the first one that fails",
    "ONCE": "whether an activity was entered once",
    "DATED": "whether it has a completion date",
    "IN_CYCLE": "whether that day is in the cycle and not after the day of decision",
    "ACCEPTABLE": "whether its kind was acceptable on that day",
    "KIND_KNOWN": "whether the value of its kind is established at the accepted grade",
    "KEPT_INSTEAD": "the activity that counts instead of a duplicate",
    "PLACED": "points that were placed in an area",
    "SURPLUS": "points that count but are not needed",
    "FULL": "a full area where surplus points could count",
    "USES_CAP": "an activity that uses part of a cap",
    "WITHOUT_TABLE": "points that count, while the requirement is not known",
    "AREAS": "all areas, the pool included",
    "AREA": "what one area needs, what was placed in it, and what is missing",
    "KINDS": "the kinds of activity whose points were placed",
    "PROOF": "the proof of a shortfall: of the mandatory areas, or of the total",
    "ASKED": "what one area of the proof asks for",
    "MAY_SERVE": "what one activity can bring to the areas of the proof",
    "CAPPED": "what activities under a cap can bring to them together",
    "AGAINST": "what is missing if everything uncertain goes against the holder",
    "IN_FAVOR": "what is missing if everything uncertain goes in the holder's favor",
    "SETTLING": "what would settle an outcome that needs review",
    "OPEN_QUESTION": "one open question, and the result of each answer while the others stay open",
    "IF_COUNTS": "an activity counts with everything claimed for it",
    "IF_DOES_NOT_COUNT": "an activity does not count",
    "IF_DIVIDED": "points of one activity may be divided between two mandatory areas",
    "IF_NOT_DIVIDED": "they may not be divided",
    "IF_TABLE": "this table applies",
    "SMALLEST_FOR_MET": "the fewest answers that make the requirements met, however the others turn out",
    "SMALLEST_FOR_NOT_MET": "the fewest answers that make them not met, however the others turn out",
    "ENOUGH_FOR_MET": "answers, all of them necessary, that make the requirements met; a smaller set may exist",
    "ENOUGH_FOR_NOT_MET": "answers, all of them necessary, that make them not met; a smaller set may exist",
    "STANDING": "what the credential is on the day of decision, whatever its points",
    "OWN_PLACEMENT": "what was found of the holder's own placement",
    "FEES": "the total cost of the declarations",
    "FEE": "one line of the fees",
}
"""The codes of explanation steps other than findings; a step that states a finding has the code of that finding."""
