"""Every public code of an answer or a fault, in one table, with its meaning and what to do.

Codes are public and stay the same; the wording may change.  The reference pages are generated from this table.
"""

from __future__ import annotations

from typing import Final, NamedTuple

NOTICE: Final = "Independent of ASCP; this is not a decision of ASCP or of its Board of Certification."

HYPOTHETICAL: Final = "HYPOTHETICAL: a reform that does not bind was laid over the tables."
"""The notice in every answer of a book with a reform."""


class Code(NamedTuple):
    """The meaning of a code: a title, when it appears, and what to do about it."""

    title: str
    when: str
    remedy: str


FINDINGS: Final[dict[str, Code]] = {
    "TABLE_APPLIED": Code(
        "Table that was applied",
        "Always, once for each table that was evaluated; it cites the source of every figure in the row.",
        "Nothing. Follow the citations to see where each figure comes from and how certain it is.",
    ),
    "TABLE_NOT_ESTABLISHED": Code(
        "No table is known",
        "No source that we could read gives the requirements of this credential for this expiration date.",
        "Ask the Board of Certification for the table, and supply it in a file of your own rows (`extra`).",
    ),
    "BELOW_TRUST": Code(
        "The table is weaker than the trust asked for",
        "A figure of the table has a weaker grade than `trust`, so the table counts as not established.",
        "Accept a weaker grade with `trust`, or supply a row of your own with a better source.",
    ),
    "NOT_IN_FORCE": Code(
        "No table was in force",
        "The expiration date is earlier than the first table of the program.",
        "Check the expiration date.",
    ),
    "TABLE_AFTER_EXPIRY": Code(
        "Two tables were evaluated",
        "The credential has expired. It is not established whether a reinstatement follows the table of the old "
        "expiration date or today's, so both are evaluated.",
        "If the outcome depends on it, ask the Board of Certification which one applies.",
    ),
    "VOLUNTARY_TABLE": Code(
        "Today's table for a credential without an end date",
        "A voluntary participant has no expiration date to choose a table by; using today's table is our reading.",
        "If the outcome matters, ask the Board of Certification.",
    ),
    "NOT_REQUIRED": Code(
        "Nothing is required",
        "The credential has no end date, and its holder does not take part.",
        "Nothing. If the holder does take part, set `voluntary`.",
    ),
    "CYCLE": Code(
        "How the cycle was found",
        "Always. `rule` says whether its start was given, is the day of certification, or lies three years back.",
        "If the cycle started on another day, give `cycle_start`.",
    ),
    "CYCLE_START_NOT_USED": Code(
        "The given start of the cycle was not used",
        "The credential has expired or has no end date, so the last three years count instead.",
        "Nothing.",
    ),
    "DUPLICATE": Code(
        "Entered twice",
        "Another activity has the same title, provider, day, kind and points; only that one counts.",
        "If they were different activities, say so in the title.",
    ),
    "LOOKS_ALIKE": Code(
        "May be the same activity",
        "Another activity has the same title, a date close to this one, and the same points or provider. They may be "
        "one activity entered twice, or two activities. Only one of them counts for certain.",
        "Answer the question, or, if they were different, give each a `session`.",
    ),
    "REPEATED_COURSE": Code(
        "Taken again",
        "A course with the same title and provider was taken on another day. It is not established whether a repeat "
        "counts for this kind of activity. Only one of them counts for certain.",
        "Ask the Board of Certification, or, if the content was different, give each a `session`.",
    ),
    "EACH_COUNTS": Code(
        "Repeats of this kind count",
        "Activities of this kind count each time, even with the same title and provider. That is our reading.",
        "Nothing.",
    ),
    "AREA_PROPOSED": Code(
        "Areas only proposed",
        "The activity has proposed areas that are not confirmed. They count only in the reading in your favor.",
        "Check them, and move the correct ones to `areas`.",
    ),
    "END_OF_MONTH": Code(
        "Counts only if the end date is right as written",
        "The credential does not end on the last day of a month. The day of the activity is in the cycle if that end "
        "date is right, and outside it if cycles end with their month.",
        "Check the last day of the credential.",
    ),
    "NOT_MONTH_END": Code(
        "The end date is not the last day of a month",
        "The last day of the credential is not the last day of its month. In our reading, cycles end with their month.",
        "Check the day on the certificate.",
    ),
    "UNIT_UNCONFIRMED": Code(
        "Value of the unit not established",
        "No source of the grade you asked for says how many points the unit is worth, so the points stay unconfirmed.",
        "If the certificate gives points, enter those, or accept a weaker grade with `trust`.",
    ),
    "AMOUNT_UNUSUAL": Code(
        "More points than one day can bring",
        "The activity has more points than is plausible for one day. Hours may have been entered as CEU, or several "
        "days of a meeting as one activity.",
        "Check the amount and the unit. Enter each day of a meeting separately.",
    ),
    "FORMER_CODE_LATE": Code(
        "Former code on a later credential",
        "The credential has a former code but was certified after the last day on which that code was given. It may be "
        "a credential of another board.",
        "Check the certificate. If the credential is another board's, take it out of the record.",
    ),
    "DIVISION_REFUSED": Code(
        "Not met without dividing an activity",
        "There are enough points only if this activity is divided between two mandatory areas, and you answered that "
        "it may not be divided.",
        "Earn a little more in one of the two areas.",
    ),
    "ANSWER_USED": Code(
        "Your answer was used",
        "Your record answers an open question; `rule` names the question.",
        "Keep the proof of your answer.",
    ),
    "ANSWER_NOT_NEEDED": Code(
        "Your answer was not needed",
        "Your record answers a question that is not open; `rule` names the question.",
        "Take the answer out of the record, or check its subject.",
    ),
    "UNDATED": Code(
        "No date of completion",
        "Without a date an activity cannot be assigned to a cycle, so its points stay unconfirmed.",
        "Add `completed_on`.",
    ),
    "OUTSIDE_CYCLE": Code(
        "Outside the cycle",
        "The activity was done before the cycle began, after it ended, or after the day of decision.",
        "Check the date. Points of another cycle are never carried over.",
    ),
    "MONTH_OF_PREVIOUS_END": Code(
        "Done in the month in which the previous cycle ended",
        "Cycles are handled by month. It is uncertain whether that month counts, so the points stay unconfirmed.",
        "If you know the start of the cycle, give `cycle_start`.",
    ),
    "NOT_ACCEPTABLE": Code(
        "Not acceptable",
        "This kind of activity is accepted only between two days, and this one was done outside them.",
        "Check the date and the kind.",
    ),
    "KIND_UNCONFIRMED": Code(
        "Point value not established",
        "No source that we could read (of the grade you asked for) gives the value of this kind of activity. Its "
        "points are the holder's claim and stay unconfirmed.",
        "Ask the Board of Certification for the value, and supply it as a row of your own (`extra`).",
    ),
    "OVER_CAP": Code(
        "Beyond a cap",
        "Activities of this kind can count only up to a cap; the latest ones lose the points beyond it.",
        "Nothing: these points cannot count in this cycle.",
    ),
    "UNIT_CONVERTED": Code(
        "Converted to points",
        "The amount was entered in a unit that is worth more than one point.",
        "Nothing. The citation says what the unit is worth, and how certain that is.",
    ),
    "KIND_VALUE": Code(
        "Value of a kind of activity",
        "Points of this kind were placed; the citation gives the source of their value.",
        "Nothing.",
    ),
    "AREA_SHORT": Code(
        "An area is short",
        "Fewer points could be placed in the area than the table asks for.",
        "Earn points that can count in this area. If several areas are short together, the proof names them.",
    ),
    "TOTAL_SHORT": Code(
        "The total is short",
        "The points that count, after caps, are fewer than the table asks for.",
        "Earn more points, in any area of the table or in the pool.",
    ),
    "DIVIDED_ACTIVITY": Code(
        "Divided between two areas",
        "The best placement divides the points of this activity between two mandatory areas, and no equally good "
        "placement keeps it whole. It is not established whether that is allowed.",
        "Earn a little more in one of the two areas, or ask the Board of Certification.",
    ),
    "SEARCH_LIMIT": Code(
        "The search reached its limit",
        "The search reached its limit before it could settle whether the requirements can be met without dividing an "
        "activity.",
        "Give fewer areas to activities that have several, or treat the activities shown as divided.",
    ),
    "PLACEMENT_UNLAWFUL": Code(
        "The holder's own placement breaks a rule",
        "The holder's own placement puts a point where it may not be; `rule` says why.",
        "Move it. The placement of this answer shows where it can go.",
    ),
    "PLACEMENT_INCOMPLETE": Code(
        "The holder's own placement leaves an area short",
        "The confirmed points that the holder placed do not fill the area.",
        "Compare it with the placement of this answer.",
    ),
    "EXPIRED": Code(
        "Expired",
        "The last day of the credential has passed; it may no longer be used.",
        "To reinstate it, you need the points of the last three years, a declaration and both fees.",
    ),
    "INACTIVE": Code(
        "Inactive",
        "The credential is past its expiration date, within an extension granted by the Board.",
        "Earn what is missing, and declare, by the end of the extension.",
    ),
    "DECLARATION": Code(
        "Declaration window",
        "The credential has an end date; the subject says where the day lies in the window.",
        "Declare between the first day and the advised day; the last day is the end date itself.",
    ),
    "FEE_LINE": Code(
        "Source of a fee",
        "A fee is owed for the credential; the citation gives the source of its amount.",
        "Nothing.",
    ),
    "FEE_OPEN": Code(
        "The reinstatement fee is an open question",
        "The credential is inactive, within an extension. It is not established whether its reinstatement fee is due "
        "with the declaration. The fees shown do not include it.",
        "Ask the Board of Certification before you pay.",
    ),
    "NO_END_DATE": Code(
        "No end date",
        "The credential has no end date, so there is nothing to renew, to reinstate or to synchronize.",
        "Nothing. A voluntary participant keeps the mark with a declaration and the points of the last three years.",
    ),
    "WINDOW_NOT_OPEN": Code(
        "The window is not open yet",
        "The declaration would be sent before its window opens; the subject is the day on which it opens.",
        "Wait for that day. An earlier declaration is possible only to synchronize credentials, once the Board has "
        "confirmed it.",
    ),
    "CYCLE_AFTER_EXTENSION": Code(
        "Counted from the end of an extension",
        "The credential is in an extension. Its new cycle is counted from the end of the extension, but no source says "
        "whether that is right or whether it runs from the expiration date.",
        "Ask the Board of Certification before you rely on the new dates.",
    ),
    "NOT_EXPIRED": Code(
        "Not expired",
        "The credential is still valid, so there is nothing to reinstate; the subject is its last day.",
        "Renew it by that day.",
    ),
    "NCA_LAPSED": Code(
        "A lapsed certification of the NCA",
        "A CLS certification that lapsed before it moved to the Board of Certification could be reinstated with points "
        "and fees until a day that has passed. Since then only the examination helps.",
        "Apply for the examination, or show that the certification had moved to the Board.",
    ),
    "NO_EXTENSION": Code(
        "No extension",
        "The record has no extension of the cycle, so no day moves.",
        "If the Board of Certification has granted one, give `extended_until`.",
    ),
    "MUST_TAKE_PART": Code(
        "Participation is mandatory",
        "The holder must take part; without a renewal the credential expires.",
        "Renew it, or let it expire on its last day. If `certified_on` or `voluntary` is wrong, correct it.",
    ),
    "ALREADY_TOGETHER": Code(
        "The end dates are already the same",
        "All these credentials end on the same day, so there is nothing to synchronize.",
        "Send the declarations on the same business day: certifications share the reduced fee, and so do "
        "qualifications.",
    ),
    "SAME_DAY_SUFFICES": Code(
        "The end dates are close enough",
        "The end dates are close enough for credentials of one kind to share the reduced fee, and on some days all "
        "their windows are open. Moving an end date saves nothing this time.",
        "Send the declarations of each kind on one business day on which all their windows are open.",
    ),
    "NO_SHARED_DAY": Code(
        "No day on which all windows are open",
        "The end dates are close enough for credentials of one kind to share the reduced fee, but the last window "
        "opens after the first end date, so the declarations cannot all be sent on one day.",
        "Compare the cost of a common end date with the cost of the present ones. The Board of Certification "
        "synchronizes credentials on request.",
    ),
    "FEES_NOT_COMBINED": Code(
        "Two kinds of fees",
        "In our reading certifications and qualifications do not share the reduced fee, so each kind pays the full fee "
        "once.",
        "If the difference matters, ask the Board of Certification.",
    ),
    "CYCLE_NOT_BEGUN": Code(
        "The cycle begins later",
        "The common end date is earlier than the start of this credential's present cycle, so this credential cannot "
        "join it.",
        "Synchronize the other credentials without it.",
    ),
    "NOTHING_TO_SYNCHRONIZE": Code(
        "Nothing to synchronize",
        "There are fewer than two credentials that could be synchronized.",
        "Nothing.",
    ),
    "USER_ROW": Code(
        "A row of your own was used",
        "A figure of this answer comes from a file of the user's, not from a source of the edition.",
        "Check that row.",
    ),
    "HYPOTHETICAL": Code(
        "A reform was laid over the tables",
        "Rows of a reform replace established rows in the book, so the answer says what would be, not what is.",
        "For an answer that you can rely on, load the edition without the reform.",
    ),
    "BEYOND_LAST_CHECK": Code(
        "Later than the last check of the tables",
        "The day of decision is later than the last comparison of the tables with their sources.",
        "Look for a newer edition, or for news from the Board of Certification.",
    ),
}

NEEDS: Final[dict[str, str]] = {
    "UNDATED": "On which day was '{subject}' completed?",
    "MONTH_OF_PREVIOUS_END": "Does '{subject}', done in the month in which the previous cycle ended, belong to this "
    "cycle; on which day did the cycle start?",
    "KIND_UNCONFIRMED": "How many points does the Board of Certification give for '{subject}'?",
    "DIVIDED_ACTIVITY": "May the points of '{subject}' be divided between two mandatory areas?",
    "TABLE_AFTER_EXPIRY": "Which table does the reinstatement of '{subject}' follow: that of its old expiry, or "
    "today's?",
    "TABLE_NOT_ESTABLISHED": "What does the Board of Certification ask of '{subject}'?",
    "BELOW_TRUST": "Is there a better source for the table of '{subject}'?",
    "NOT_IN_FORCE": "Is the day of expiry of '{subject}' right? No table was in force on it.",
    "NCA_LAPSED": "Had '{subject}', once a certification of the NCA, moved to the Board of Certification before it "
    "lapsed?",
    "SEARCH_LIMIT": "Can '{subject}' be met without dividing an activity between two areas? The search was given up.",
    "END_OF_MONTH": "Does '{subject}' belong to this cycle? It does if the last day of the credential is right as "
    "written, and does not if cycles end with their month.",
    "UNIT_UNCONFIRMED": "Is the unit of '{subject}' worth what it was counted as?",
    "DUPLICATE": "Is '{subject}' another activity than {others}, which has the same title, provider, day and points?",
    "LOOKS_ALIKE": "Is '{subject}' another activity than {others}, which looks alike?",
    "REPEATED_COURSE": "Does '{subject}' count again, although {others} has the same title and provider?",
    "AREA_PROPOSED": "Do the points of '{subject}' count in the areas that are proposed for it?",
    "FORMER_CODE_LATE": "Is '{subject}' a credential of this body? Its code was no longer given on the day of its "
    "certification.",
}

NOT_OF_THIS_BODY: Final = "'{subject}' is not a credential of this body: take it out of the record."
"""The message if the holder has answered that a former code is another board's."""

YES_OR_NO: Final[dict[str, str]] = {
    "UNDATED": "Was '{subject}' completed on a day that counts? Add the day.",
    "MONTH_OF_PREVIOUS_END": "Does '{subject}', done in the month in which the previous cycle ended, belong to this "
    "cycle?",
    "KIND_UNCONFIRMED": "Does the Board of Certification give the points that are claimed for '{subject}'?",
    "TABLE_AFTER_EXPIRY": "Does the reinstatement of '{subject}' follow the table with the smaller shortfall?",
}
"""The wording in editions where a record can answer every question; "yes" is always in the holder's favor."""

ABOUT_RELATION: Final = ("DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE")
"""Open questions about two activities that may be one."""

ABOUT_ACTIVITY: Final = ("UNDATED", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED",
                         *ABOUT_RELATION, "AREA_PROPOSED", "DIVIDED_ACTIVITY")
"""Open questions about an activity, in the order in which they are asked."""

ABOUT_CREDENTIAL: Final = ("TABLE_AFTER_EXPIRY", "FORMER_CODE_LATE")
"""Open questions about a credential that a record can answer."""

ABOUT_POLICY: Final = frozenset(
    {"KIND_UNCONFIRMED", "UNIT_UNCONFIRMED", "REPEATED_COURSE", "DIVIDED_ACTIVITY", "TABLE_AFTER_EXPIRY"})
"""Questions whose answer states a policy; a decision that uses such an answer has the grade `user`."""

QUESTIONS: Final[dict[str, Code]] = {
    "ROUTE_UNKNOWN": Code(
        "Route of an attempt not given",
        "A score report names no route of eligibility. Attempts are limited by route, so it counts against each route.",
        "Add `route`; use the same words for the same route.",
    ),
    "NOTIFIED_ON_UNKNOWN": Code(
        "Day of the result not given",
        "The deadline of an appeal counts from the day on which the result was announced.",
        "Add `notified_on`.",
    ),
    "ADMITTED_FROM_UNKNOWN": Code(
        "Period of eligibility not given",
        "Without the first day of the period of eligibility, the next period is counted from the attempt itself, which "
        "gives the latest possible day.",
        "Add `admitted_from`, from the admission notice.",
    ),
    "AWARD_DATES": Code(
        "Dates of a first credential",
        "The certificate shows its first and last valid day. No source that we read says how those days are set, so "
        "they are our reading until you have the certificate.",
        "Take both days from the certificate.",
    ),
    "CERTIFIED_ON_UNKNOWN": Code(
        "Day of certification not given",
        "Whether participation is mandatory depends on the day of certification.",
        "Add `certified_on`.",
    ),
    "CITED_WHILE_INACTIVE": Code(
        "Citing within an extension",
        "The credential is past its expiration date, within an extension. It is not established whether it may be "
        "cited meanwhile.",
        "Ask the Board of Certification. Until then, do not cite it.",
    ),
    "MARK_OF_SECOND": Code(
        "Mark of a second category",
        "Several credentials are written together. It is not established where the mark of the second one goes.",
        "Ask the Board of Certification, or write the credentials one by one.",
    ),
    "ORDER_OF_SEVERAL": Code(
        "Order of several categories",
        "None of several credentials is MLS, or more than one is. It is not established which one comes first.",
        "Keep your own order, or ask the Board of Certification.",
    ),
}
"""Open questions of the answers other than the decision."""

ASKED: Final[dict[str, str]] = {
    "ROUTE_UNKNOWN": "Under which route of eligibility was the attempt '{subject}' made?",
    "NOTIFIED_ON_UNKNOWN": "On which day was the result of the attempt '{subject}' announced?",
    "ADMITTED_FROM_UNKNOWN": "On which day did the period of eligibility of the attempt '{subject}' begin?",
    "AWARD_DATES": "From which day to which is '{subject}' valid, as its certificate says?",
    "CERTIFIED_ON_UNKNOWN": "On which day was '{subject}' certified?",
    "CITED_WHILE_INACTIVE": "May '{subject}' be cited within the extension that the Board granted?",
    "MARK_OF_SECOND": "Does the mark stand behind each category of '{subject}', or once?",
    "ORDER_OF_SEVERAL": "In which order are the categories of '{subject}' written?",
}

FAULTS: Final[dict[str, Code]] = {
    "WRONG_TYPE": Code("Wrong type", "The value has another type than expected.", "Write it as the message says."),
    "EMPTY_TEXT": Code("Empty text", "A text is empty or has only spaces.", "Fill it in, or leave the key out."),
    "NOT_TEXT": Code("Not text", "A text cannot be written as UTF-8.", "Type it again."),
    "DATETIME": Code("A time with the day", "A datetime was given where a day is expected; it would hide a time zone.",
                     "Take only the day, with `.date()`."),
    "NOT_A_DATE": Code("Not a date", "A text is not of the form YYYY-MM-DD.", "Write the day as YYYY-MM-DD."),
    "NO_SUCH_DATE": Code("No such day", "The calendar has no such day.", "Check the month and the day."),
    "DATE_OUT_OF_RANGE": Code("Year out of range", "The day lies outside the years 1900 to 2999.", "Check the year."),
    "NOT_FINITE": Code("Not a finite number", "The number is not a number, or infinite.", "Write it in digits."),
    "NOT_POSITIVE": Code("Not above zero", "An amount is zero or less.", "Leave out what earned nothing."),
    "NEGATIVE": Code("Negative", "A number is below zero.", "Check the sign."),
    "NOT_A_NUMBER": Code("Not a number", "A text is not a number.", "Write only digits and a decimal point."),
    "TOO_MUCH": Code("Too much",
                     "An amount is worth more than 1,000 points, a price or a time is too large, or a number has too "
                     "many digits.",
                     "Check the amount and the unit."),
    "TOO_FINE": Code("Too fine", "An amount (converted to points), a price or a time has more than two decimals.",
                     "Round as the provider or the report does."),
    "NOT_WHOLE": Code("Not a whole number", "A score or a count has a fraction.", "Write it as the document shows it."),
    "OVER_HUNDRED": Code("More than the whole",
                         "One content area, or all areas of a report together, make up more than 100 percent of the "
                         "examination.",
                         "Check the shares."),
    "SCORE_OUT_OF_SCALE": Code("Outside the scale", "A score is below or above the scale of scores.",
                               "Write the scaled score of the report, not the number of right answers."),
    "NOTIFIED_BEFORE_TAKEN": Code("Announced before it was taken",
                                  "The result of an examination was announced before the examination.",
                                  "Check both days."),
    "NOTIFIED_AFTER": Code("Announced later", "A decision was announced after the day you ask about.",
                           "Check both days."),
    "OUTSIDE_PERIOD": Code("Outside the period of eligibility",
                           "An attempt is earlier or later than the period of eligibility; the period is not extended.",
                           "Check both days."),
    "REPEATED_REPORT": Code("Reported twice", "Two score reports are for the same examination on the same day.",
                            "Leave out one of them."),
    "LATER_THAN_ON": Code("Later than the day", "Something is reported for a day later than the day you ask about.",
                          "Leave out what has not happened yet, or ask about a later day."),
    "NOT_THE_LATEST": Code("Not the latest attempt",
                           "You ask what follows an attempt, but another report has a later attempt at the same "
                           "examination.",
                           "Ask about the latest attempt."),
    "NOT_PASSED": Code("Not passed", "You ask about the award for an attempt that failed.",
                       "Ask about an attempt that passed."),
    "NOT_FAILED": Code("Not failed", "You ask for a plan to retake an examination after an attempt that passed.",
                       "Nothing has to be retaken."),
    "TOO_MANY_HOURS": Code("More hours than a week has", "More hours are planned for a week than a week has.",
                           "Plan fewer hours."),
    "TOO_EARLY": Code("Too early", "The next attempt is planned earlier than the waiting time or the plan allows.",
                      "Name a later day."),
    "NO_SUCH_COURSE": Code("No such course",
                           "A package, or a list of what to include or exclude, names a course that is not in the "
                           "catalogue.",
                           "Correct the id."),
    "DAYS_OUT_OF_RANGE": Code("Number of days out of range",
                              "A course takes, or a package is open for, an impossible number of days.",
                              "Check the number."),
    "NOT_CSV": Code("Not CSV", "The text is not CSV.", "Correct it where the message says."),
    "TOO_MANY_FILES": Code("Too many files", "No file is given, or more files than one run reads.",
                           "Read them in several runs; let each run add to the record of the one before."),
    "TOO_MANY_CELLS": Code("Too many cells", "A line of a CSV file has more cells than columns.",
                           "Put a cell with a comma in quotation marks."),
    "UNKNOWN_WORD": Code("Unknown word", "A word is not one of a closed list.",
                         "Use the nearest known word, or look it up."),
    "UNKNOWN_CODE": Code("Unknown credential", "No credential has this code.",
                         "Use the nearest known word, or look it up."),
    "UNKNOWN_AREA": Code("Unknown area", "There is no such area.", "Use the nearest known word, or look it up."),
    "UNKNOWN_KIND": Code("Unknown kind", "There is no such kind of activity.",
                         "Use the nearest known word, or look it up."),
    "UNKNOWN_UNIT": Code("Unknown unit", "There is no such unit.", "Use the nearest known word, or look it up."),
    "CERTIFIED_TOO_MUCH": Code("More certified than there is",
                               "The amounts certified for areas exceed the amount of the activity.",
                               "Give each area its part of the amount."),
    "AREAS_AND_CERTIFIED": Code("Areas both listed and certified", "An activity has both listed and certified areas.",
                                "Keep the certified amounts if the certificate gives them; otherwise keep the listed "
                                "areas."),
    "AREA_TWICE": Code("Area named twice", "A proposed area is already listed or certified.",
                       "Take it out of the proposed areas."),
    "ANSWERED_TWICE": Code("Answered yes and no", "The same question is answered both yes and no.",
                           "Keep the answer that is right."),
    "WRONG_UNIT": Code("Wrong unit for the kind", "The unit does not go with the kind of activity.",
                       "Use one of the units that the message names."),
    "UNKNOWN_KEY": Code("Unknown key", "A key is not part of the format.", "Correct its spelling, or take it out."),
    "REPEATED_KEY": Code("Key given twice", "A JSON object has the same key twice.", "Keep one of them."),
    "NO_REPORT": Code("No report", "The value to show is not an answer; it may be an activity or a period.",
                      "Pass a decision, a policy or another answer; `to_mapping` writes any value."),
    "MISSING_KEY": Code("Missing key", "A required key is missing.", "Add it."),
    "NOT_A_LIST": Code("Not a list", "A single value was given where a list is expected.",
                       "Put it in square brackets."),
    "EMPTY_LIST": Code("Empty list", "A list has fewer members than it needs.", "Add what is missing."),
    "REPEATED": Code("Repeated member", "A member occurs twice in a list.", "Leave out the second one."),
    "REPEATED_ID": Code("Repeated id", "Two credentials, or two activities, share an id.", "Give each its own."),
    "NO_SUCH_CREDENTIAL": Code("No such credential", "The named credential is not in the record.", "Correct the id."),
    "NO_SUCH_ACTIVITY": Code("No such activity", "The named activity is not in the record.", "Correct the id."),
    "NO_SUCH_HOLDER": Code("No such holder", "A row of a population belongs to a holder who has no credential in it.",
                           "Add the credential, or correct the holder."),
    "HOLDER_REFUSED": Code("Left out for another row",
                           "Another row of the same holder cannot be read, so nothing is decided for this holder.",
                           "Correct the other rows; each is listed among the faults."),
    "OTHER_BOARD": Code("Set aside: another board's",
                        "A row of a population has a credential of a board other than ASCP. Only the row is set aside; "
                        "its holder is still decided.",
                        "Nothing, or take the row out."),
    "REGIONS_DIFFER": Code("Two fee regions",
                           "Two rows of a population give different fee regions for the same holder.",
                           "Give each holder one fee region."),
    "END_BEFORE_START": Code("End before start", "A period ends before it starts.", "Exchange the two days."),
    "BODIES_DIFFER": Code("Two bodies for one credential",
                          "The body in brackets after the code and the `body` key are not the same.",
                          "Write the body once, or the same body in both places."),
    "CODE_NOT_IN_BODY": Code("Not a credential of that body", "That body has no credential with this code.",
                             "Correct the code or the body."),
    "NOT_VOLUNTARY": Code("Not voluntary", "`voluntary` is set, but participation was mandatory.",
                          "Leave it out, or correct `certified_on`."),
    "MISSING_EXPIRY": Code("No expiration date",
                           "Only a credential from before mandatory participation has no end date.",
                           "Add `expires_on`."),
    "EXPIRES_BEFORE_CERTIFIED": Code("Expires before it was certified", "The two days contradict each other.",
                                     "Check both."),
    "EXTENDED_WITHOUT_EXPIRY": Code("Extension of nothing", "The credential has `extended_until` but no `expires_on`.",
                                    "Add `expires_on`."),
    "EXTENDED_BEFORE_EXPIRY": Code("Extension before the expiration date",
                                   "An extension ends before the expiration date.",
                                   "Check both days."),
    "CYCLE_AFTER_EXPIRY": Code("Cycle starts after the expiration date", "`cycle_start` is later than `expires_on`.",
                               "Check both days."),
    "LATER_THAN_END": Code("Later than the end",
                           "A common end date is later than the credential's own; no cycle may get longer.",
                           "Give the earliest of the present end dates."),
    "CYCLE_TOO_LONG": Code("Cycle longer than three years",
                           "`cycle_start` is more than three years before the expiration date, and not in the first "
                           "month of a first cycle.",
                           "Check it, or leave it out."),
    "NOTICE_BEFORE_SITTING": Code("Notice before the examination",
                                  "The notice of a result is dated before the day on which the examination was taken.",
                                  "Check both days."),
    "OTHER_HOLDER": Code("Another holder", "The two trackings to compare are of different holders.",
                         "Compare trackings of one holder."),
    "NOT_JSON": Code("Not JSON", "The text is not JSON.", "Correct it where the message says."),
    "NOT_TOML": Code("Not TOML", "The text is not TOML.", "Correct it where the message says."),
    "NOT_UTF8": Code("Not UTF-8", "The file contains bytes that are not UTF-8.", "Save it as UTF-8."),
    "EMPTY_FILE": Code("Empty file", "The file is empty.", "Check whether it is the right file."),
    "FILE_TOO_LARGE": Code("File too large",
                           "The file is larger than allowed: 5 MB for what people enter, 50 MB for a receipt or a "
                           "tracking.",
                           "Leave out what does not belong in it."),
    "DOES_NOT_FIT": Code("Does not fit the rest",
                         "An answer that is read back names something that it does not contain, uses a word that no "
                         "answer has, or has points or amounts that do not add up.",
                         "Use the copy that was kept first; this one was changed."),
    "TEXT_TOO_LONG": Code("Text too long", "A text that a person entered is too long.", "Shorten it."),
    "TOO_MANY": Code("Too many",
                     "A list has too many members, or a record has too many activities for its number of credentials.",
                     "Leave some out; the page on limits has the numbers."),
    "ANSWER_TOO_LARGE": Code("Answer too large",
                             "An answer to be stored would be larger than its reader accepts, so it is not written.",
                             "Leave out activities of older cycles."),
    "CANNOT_READ": Code("Cannot be read", "The file does not exist, is a directory, or may not be read.",
                        "Check the path."),
    "TOO_DEEP": Code("Nested too deeply", "The text has lists or mappings nested too deeply.",
                     "A record has four levels."),
    "WRONG_SCHEMA": Code("Another schema", "The `schema` key names another format or version.",
                         "Write the one that the message names."),
    "NOT_ACCEPTED": Code("Not an activity that counts",
                         "A placement uses an activity that does not count, or that was not given.",
                         "Place an activity that counts."),
    "AREA_NOT_SERVED": Code("The activity may not serve the area",
                            "A placement puts points in an area that the activity may not serve, or that is not in the "
                            "table.",
                            "Move the points."),
    "ACTIVITY_EXCEEDED": Code("More than was earned", "More points of an activity are placed than it has.",
                              "Place fewer points."),
    "NEED_EXCEEDED": Code("More than the area needs",
                          "More points are placed in an area than it needs; the rest belongs in the pool.",
                          "Place the rest in the pool."),
    "CAP_EXCEEDED": Code("More than the cap", "More points of a capped kind are placed than its cap allows.",
                         "Place fewer points."),
    "SUM_WRONG": Code("A sum is wrong",
                      "A figure of an allocation does not follow from its placements, or a count of an intake does not "
                      "follow from its lines.",
                      "Do not trust the allocation."),
    "PROOF_WRONG": Code("A proof is wrong",
                        "The proof of a shortfall does not add up, or the placement leaves a larger shortfall than the "
                        "proof shows.",
                        "Do not trust the allocation."),
    "ILLEGAL_EVENT": Code("Not allowed now", "The event cannot happen to a declaration in its present state.",
                          "Use one of the events that the message names; `lawful_events` gives their rules."),
    "NEED_NOT_SHOWN": Code("A condition is not shown",
                           "The event has a condition that neither a decision nor a day shows, and no evidence of it "
                           "was named.",
                           "Name the evidence in `evidence`, or give the decision of that day."),
    "NEED_NOT_MET": Code("A condition is not met",
                         "A decision or a day shows that a condition of the event is not met; evidence cannot override "
                         "that.",
                         "Wait, or correct the day or the decision."),
    "NOT_NEEDED": Code("Evidence that is not needed", "The evidence names a condition that the event does not have.",
                       "Leave it out, or correct the name."),
    "OUT_OF_ORDER": Code("Earlier than the previous step",
                         "The event is earlier than the last event of the same declaration.",
                         "Give the events in the order in which they happened."),
    "OTHER_DECISION": Code("A decision about something else",
                           "The decision was made for another day, or for a record without this credential.",
                           "Decide the record of the holder on the day of the event."),
    "HISTORY_BROKEN": Code("The steps do not connect",
                           "A step of a declaration does not begin where the previous step ended, or is earlier than "
                           "it.",
                           "Do not write a history by hand."),
    "NOTHING_TO_DECLARE": Code("Nothing to declare",
                               "The credential has no end date, and its holder does not take part.",
                               "Nothing. If the holder does take part, set `voluntary`."),
    "RECEIPT_DAMAGED": Code("Damaged receipt",
                            "The receipt is not, byte for byte, what was written: its digest does not match, or it is "
                            "not in canonical form.",
                            "Use the copy that was kept first."),
    "ANOTHER_RECORD": Code("Another record", "The record is not the one that was decided; its digest differs.",
                           "Give the record that was decided."),
    "ANOTHER_BOOK": Code("Another book", "The book, or a file laid over it, is not the one that the decision used.",
                         "Load the edition and the files named in the stamp of the decision."),
    "BAD_DIGEST": Code("Another digest", "The rows of an edition differ from the released ones.",
                       "Install the package again."),
    "BAD_ROW": Code("A row of a table is wrong", "A policy table fails a check of the loader; the message says which.",
                    "Correct the row."),
}

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
    "WINDOW_CHANGED": Code("Another stage of the window", "The state of the declaration window differs.",
                           "Check the dates of the declaration."),
    "NEEDED_CHANGED": Code("More or fewer points needed", "The points that an area or the total needs differ.",
                           "Check which table was applied."),
    "APPLIED_CHANGED": Code("More or fewer points applied",
                            "The points that the decision places in the area, or in total, differ.",
                            "Nothing."),
    "PLACEMENT_CHANGED": Code("You placed points elsewhere", "The holder's own placement of the activity differs.",
                              "Nothing."),
    "WAITING_CHANGED": Code("More or fewer points unplaced",
                            "The points of the activity that are not placed yet differ.",
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

EVENTS: Final[dict[str, Code]] = {
    "PREVIOUS_CYCLE_ENDED": Code(
        "The previous cycle ended",
        "The day before the cycle began, if the record shows that there was an earlier cycle.",
        "Nothing.",
    ),
    "CYCLE_STARTS": Code("The cycle starts", "The first day of the cycle.", "Nothing."),
    "ACTIVITIES_COUNT": Code(
        "Activities count",
        "The days whose activities count: the cycle. After its end, and for a credential without an end date, the "
        "three years up to the day of the timeline count; the timeline then also shows the ended cycle as past.",
        "Nothing.",
    ),
    "WINDOW_OPENS": Code(
        "The declaration may be sent from this day on",
        "The first day of the declaration window.",
        "Check that all credits are entered and placed.",
    ),
    "ADVISED_DAY": Code(
        "The declaration should be sent by this day",
        "The advised day, which leaves time to process the declaration.",
        "Send the declaration with its fee.",
    ),
    "NEW_CYCLE_SHOWS": Code(
        "The new cycle appears on this day at the earliest",
        "The first day of the month in which the cycle ends; a renewal does not appear before it.",
        "If the declaration was sent, check whether the new dates appear.",
    ),
    "LAST_DAY": Code(
        "The last day",
        "The last day of the cycle: for its activities, for the declaration, and, without a renewal, for the "
        "credential.",
        "Send the declaration by this day.",
    ),
    "EXTENSION": Code(
        "Inactive, in the granted extension",
        "From the day after the expiration date to the end of the extension granted by the Board.",
        "Earn what is missing, and declare, by its end.",
    ),
    "EXPIRED_FROM": Code(
        "No longer valid from this day, unless renewed",
        "The first day on which the credential may no longer be used, unless it was renewed.",
        "To reinstate it, you need the points of the last three years, a declaration and both fees.",
    ),
    "MARK_LAPSES": Code(
        "Without the mark from this day, unless renewed",
        "The first day on which a voluntary participant may no longer use the mark; the credential itself does not "
        "expire.",
        "Nothing is owed.",
    ),
    "COMMON_END": Code(
        "The common end date, if the credentials are synchronized",
        "The earliest end date of the credentials; this credential's end date would move to it.",
        "Ask the Board in writing first; give full name, customer number, categories and certification numbers.",
    ),
    "FEE_RISES_AFTER": Code(
        "The last day at the lower fee",
        "The fee is higher from the next day on, and the declaration window is open on both days.",
        "Send the declaration by this day.",
    ),
    "FEE_FALLS": Code(
        "The first day at the lower fee",
        "The fee is lower from this day on, and the declaration window is open on both days.",
        "Send the declaration on this day or later.",
    ),
    "RETAKE_BY_DAYS": Code(
        "A new attempt, counted in days",
        "A number of days after the examination, as one page states the wait.",
        "Use the day on which a new attempt is possible.",
    ),
    "RETAKE_BY_OLDER_DAYS": Code(
        "A new attempt, counted in an older number of days",
        "A number of days after the examination, as an older page states the wait.",
        "Use the day on which a new attempt is possible; this one is on the safe side.",
    ),
    "RETAKE_BY_PERIOD": Code(
        "A new attempt, counted by the three-month period",
        "Three months after the examination: the latest day on which the next period can begin.",
        "Use the day on which a new attempt is possible.",
    ),
    "RETAKE_OPENS": Code(
        "A new attempt is possible from this day on",
        "The day that our reading of the wait gives. Where an edition has no official number of days, it is the later "
        "of two days.",
        "A new attempt takes a new application and the full fee.",
    ),
    "APPEAL_DEADLINE": Code(
        "The last day on which an appeal is received",
        "A fixed number of days after the notice of the result.",
        "Send the appeal in writing, by email, so that it arrives in time.",
    ),
}

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
