"""Codes of plans: why there is none, and what was left out."""

from __future__ import annotations

from typing import Final

from cmprules._words.codes.notices import Code

PLANS: Final[dict[str, Code]] = {
    "SHORT_WITH_EVERYTHING": Code(
        "Short with everything taken",
        "The credential would still be short if every course of the catalogue that can count for it were taken; the "
        "proof shows what is missing.",
        "Look for courses that can count in the areas named in the proof.",
    ),
    "NO_COMBINATION": Code(
        "No combination is enough",
        "All courses together would be enough, but no available combination is: a package is limited, a course can be "
        "taken only once, or its points would have to be divided between two mandatory areas.",
        "Look for a course that can count for what is missing.",
    ),
    "BUDGET_TOO_SMALL": Code(
        "The budget is too small",
        "There are plans, but the cheapest one costs more than the budget.",
        "Raise the budget to the cost shown in the answer.",
    ),
    "INCLUDED_AND_EXCLUDED": Code(
        "Included and excluded",
        "The same course or package is both included and excluded.",
        "Take it out of one of the two lists.",
    ),
    "INCLUDED_LEFT_OUT": Code(
        "Included, but not usable",
        "An included course or package cannot be part of any plan; `left_out` says why.",
        "Take it out of the list.",
    ),
    "ALREADY_TAKEN": Code(
        "Already taken",
        "By the day of planning, the record already has an activity with the id of the course, or with the same title, "
        "provider, kind and points. It is not established whether taking it again brings points again.",
        "Nothing. If it is another course, say so in the title.",
    ),
    "EXCLUDED": Code(
        "Excluded",
        "The request excludes the course or package.",
        "Nothing.",
    ),
    "NOTHING_TO_SERVE": Code(
        "Nothing to serve",
        "There is nothing to plan: no credential of the record needs anything, or no table is established.",
        "Nothing.",
    ),
    "NOT_SOLD": Code(
        "Cannot be bought",
        "The course has no price of its own and is in no package, or the package is no longer sold.",
        "Add the price, or look for another offer.",
    ),
}
"""Codes of plans: why there is no plan, and why part of a catalogue cannot be in any plan.  Some codes of findings
are used there too, with the same meaning."""
