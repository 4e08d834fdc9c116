"""Codes of tracking: next steps, and what has changed."""

from __future__ import annotations

from typing import Final

from cmprules._words.codes.notices import Code

STEPS: Final[dict[str, Code]] = {
    "NOTHING_REQUIRED": Code(
        "Nothing to do",
        "The credential has no end date, and its holder does not take part.",
        "Nothing.",
    ),
    "COMPLETE_FIELDS": Code(
        "Complete a field",
        "The requirements are not met for certain, and a self-recorded credit that could count is missing a required "
        "field.",
        "Fill the field in.",
    ),
    "CORRECT_PLACEMENT": Code(
        "Correct your own placement",
        "The holder's own placement puts a point where it may not be, or where another point is needed.",
        "Move it. The placement of the decision shows where it can go.",
    ),
    "PLACE_CREDITS": Code(
        "Place credits",
        "Unplaced credits count and would fill an area that the holder's own placement leaves short.",
        "Place them. A declaration includes only placed credits.",
    ),
    "SETTLE_QUESTION": Code(
        "Settle an open question",
        "The outcome is `NEEDS_REVIEW`: it depends on the questions listed in `needs` of the decision.",
        "Ask the Board of Certification, or earn enough points that the outcome no longer depends on the answer.",
    ),
    "EARN_POINTS": Code(
        "Earn points",
        "What counts for certain is less than the table asks for.",
        "Earn the points shown, in the areas shown.",
    ),
    "WAIT_FOR_WINDOW": Code(
        "Wait until the window opens",
        "The requirements are met; the declaration may not be sent yet.",
        "Declare on or after the day shown.",
    ),
    "DECLARE": Code(
        "Declare",
        "The requirements are met, and the window is open.",
        "Send the declaration with its fee, best by the advised day.",
    ),
    "DECLARE_LATE": Code(
        "Declare without delay",
        "The requirements are met, and the advised day has passed, but the last day has not.",
        "Send the declaration with its fee now. That it is on time until the last day is our reading.",
    ),
    "DECLARE_BY_CHOICE": Code(
        "Declare, if you like",
        "A voluntary participant without an end date meets the requirements; there is no window to wait for.",
        "Send the declaration with its fee to keep the mark.",
    ),
    "REINSTATE": Code(
        "Reinstate",
        "The credential has expired, but the points of the last three years are sufficient.",
        "Send a declaration with both fees. One official page warns that an examination may be needed.",
    ),
    "ADD_FOR_AUDIT": Code(
        "Add what an audit asks for",
        "A self-recorded credit that counts is missing a field that an audit asks for.",
        "Fill it in while it is known.",
    ),
}
MESSAGES: Final[dict[str, str]] = {
    "CORRECT_PLACEMENT": "Correct your own placement: {subjects}.",
    "COMPLETE_FIELDS": "Complete what is missing in {subjects}.",
    "SETTLE_QUESTION": "The answer depends on an open question about {subjects}.",
    "PLACE_CREDITS": "Place {points} that already count.",
    "EARN_POINTS": "Earn {points} more: {subjects}.",
    "WAIT_FOR_WINDOW": "Everything is there. The declaration may be sent from {day} on.",
    "DECLARE": "Send the declaration by {day}.",
    "DECLARE_LATE": "Send the declaration now: the advised day has passed, and the last day is {day}.",
    "DECLARE_BY_CHOICE": "Everything is there. Without an end date you may declare on any day.",
    "REINSTATE": "Expired. The points are there: reinstate with a declaration and both fees.",
    "ADD_FOR_AUDIT": "Add what an audit would ask for to {subjects}.",
    "NOTHING_REQUIRED": "Nothing is required.",
}
READY_TO_DECLARE: Final = "Ready to declare."
CHANGES: Final[dict[str, Code]] = {
    "CREDENTIAL_ADDED": Code("A credential was added", "The credential is only in the later record.", "Nothing."),
    "CREDENTIAL_REMOVED": Code("A credential was removed", "The credential is only in the earlier record.",
                               "Check that it was removed on purpose."),
    "CREDENTIAL_ALTERED": Code("A credential was changed", "A field of the credential differs; `where` names it.",
                               "Check it if it was not meant to change."),
    "OUTCOME_CHANGED": Code("Another outcome", "The outcome of the credential differs.", "Check its next step."),
    "STANDING_CHANGED": Code("Another standing", "The standing of the credential differs.", "Check its next step."),
    "WINDOW_CHANGED": Code("Another state of the declaration window", "The state of the declaration window differs.",
                           "Check the dates of the declaration."),
    "NEEDED_CHANGED": Code("More or fewer points needed", "The points that an area or the total needs differ.",
                           "Check which table was applied."),
    "APPLIED_CHANGED": Code("More or fewer points applied",
                            "The points that the decision places in the area, or in total, differ.",
                            "Nothing."),
    "PLACEMENT_CHANGED": Code("You placed points elsewhere", "The holder's own placement of the activity differs.",
                              "Nothing."),
    "WAITING_CHANGED": Code("More or fewer points not assigned",
                            "The points of the activity that are not assigned yet differ.",
                            "Nothing."),
    "STEP_CHANGED": Code("Another next step", "The next step of the credential differs.", "Take it."),
    "QUESTION_ADDED": Code("A new open question", "The outcome depends on a question that did not matter before.",
                           "See `needs` of the decision."),
    "QUESTION_REMOVED": Code("A question is settled", "The outcome no longer depends on the question.", "Nothing."),
    "ACTIVITY_ADDED": Code("An activity was added", "The activity is only in the later record.", "Nothing."),
    "ACTIVITY_REMOVED": Code("An activity was removed", "The activity is only in the earlier record.",
                             "Check that it was removed on purpose."),
    "ACTIVITY_ALTERED": Code("An activity was changed", "A field of the activity differs; `where` names it.",
                             "Check it if it was not meant to change."),
    "FEE_REGION_CHANGED": Code("Another fee region", "The fee region of the holder differs.", "Check it."),
    "FEES_CHANGED": Code("Another price", "The total cost of the credentials on the day differs.",
                         "Check the fees of the decision."),
    "EDITION_CHANGED": Code("Another edition", "The policy tables are of another edition, or your own rows differ.",
                            "Other differences may have this cause and not the holder."),
    "RULES_CHANGED": Code("Other rules", "The version number of the rules differs.",
                          "Other differences may have this cause and not the holder."),
    "TRUST_CHANGED": Code("Another trust", "The weakest accepted grade differs.",
                          "To see what the holder did, compare trackings with the same trust."),
}
