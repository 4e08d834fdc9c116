"""Every public code of an answer or a fault, in one table: what it means and what to do.

Codes are public and stay; the words here may change.  The pages of the reference are written from this table.
"""

from __future__ import annotations

from typing import Final, NamedTuple

NOTICE: Final = "Independent of ASCP; this is not a decision of ASCP or of its Board of Certification."

HYPOTHETICAL: Final = "HYPOTHETICAL: a reform that does not bind was laid over the tables."
"""What every answer of a book with a reform says of itself."""


class Code(NamedTuple):
    """What a code means: a title, when it appears, and what to do about it."""

    title: str
    when: str
    remedy: str


FINDINGS: Final[dict[str, Code]] = {
    "TABLE_APPLIED": Code(
        "Table that was applied",
        "Always, once for each table that was evaluated; its citations are those of every figure in the row.",
        "Nothing. Follow the citations to see where each figure stands and how sure it is.",
    ),
    "TABLE_NOT_ESTABLISHED": Code(
        "No table is known",
        "No source that could be read gives the requirements of this credential for this expiry.",
        "Ask the Board of Certification for the table, and give it as a file of your own rows (`extra`).",
    ),
    "BELOW_TRUST": Code(
        "The table is weaker than the trust asked for",
        "A figure of the table has a weaker grade than `trust`, so that the table counts as not established.",
        "Accept a weaker grade with `trust`, or give a better source as a row of your own.",
    ),
    "NOT_IN_FORCE": Code(
        "No table was in force",
        "The expiry lies before the first table of the program.",
        "Check the day of expiry.",
    ),
    "TABLE_AFTER_EXPIRY": Code(
        "Two tables were evaluated",
        "The credential has expired; which table a reinstatement follows, that of the old expiry or today's, is not "
        "established, so that both are evaluated.",
        "Ask the Board of Certification which one applies, if the outcome hangs on it.",
    ),
    "VOLUNTARY_TABLE": Code(
        "Today's table for a credential without an end date",
        "A voluntary participant has no expiry to choose a table by; today's is our reading.",
        "Ask the Board of Certification if the outcome matters.",
    ),
    "NOT_REQUIRED": Code(
        "Nothing is required",
        "The credential has no end date and its holder does not take part.",
        "Nothing. Set `voluntary` if the holder does take part.",
    ),
    "CYCLE": Code(
        "How the cycle was found",
        "Always: `rule` says whether its start was given, is the day of certification, or lies three years back.",
        "Give `cycle_start` if it is known to be another day.",
    ),
    "CYCLE_START_NOT_USED": Code(
        "The given start of the cycle has no bearing",
        "The credential has expired or has no end date, so that the last three years count instead.",
        "Nothing.",
    ),
    "DUPLICATE": Code(
        "Entered twice",
        "Another activity has the same title, provider, day, kind and points; that one is kept.",
        "If they were different, say so in the title.",
    ),
    "LOOKS_ALIKE": Code(
        "May be the same activity",
        "Another activity has the same title, a day close by, and the same points or provider: two entries of one "
        "activity, or two activities. Only one of them counts for certain.",
        "Answer the question, or give each a `session` if they were different.",
    ),
    "REPEATED_COURSE": Code(
        "Taken again",
        "A course of the same title and provider was taken on another day, and whether a repeat counts is not "
        "established for its kind. Only one of them counts for certain.",
        "Ask the Board of Certification, or give each a `session` if the content was different.",
    ),
    "EACH_COUNTS": Code(
        "Repeats of this kind count",
        "Activities of the same title and provider count each time, because of their kind. That is our reading.",
        "Nothing.",
    ),
    "AREA_PROPOSED": Code(
        "Areas only proposed",
        "Areas are proposed for the activity that have not been confirmed. They count only in your favor.",
        "Check them, and move those that are right to `areas`.",
    ),
    "END_OF_MONTH": Code(
        "Counts only if the end is right as written",
        "The credential does not end on the last day of a month. The activity was done on a day that belongs to the "
        "cycle if that is right, and does not if cycles end with their month.",
        "Check the last day of the credential.",
    ),
    "NOT_MONTH_END": Code(
        "The end is not the last day of a month",
        "The last day of the credential is not the last day of its month, as ends are taken to be.",
        "Check the day on the certificate.",
    ),
    "UNIT_UNCONFIRMED": Code(
        "Worth of the unit not established",
        "No source at the grade asked for says what the unit of the activity is worth in points, so that they stay "
        "unconfirmed.",
        "Give the amount in points if the certificate has them, or accept a weaker grade with `trust`.",
    ),
    "AMOUNT_UNUSUAL": Code(
        "More points than a day is long",
        "The activity is worth more points than one day can plausibly bring. Hours may have been entered as CEU, or "
        "the days of a meeting as one.",
        "Check the amount and the unit. Enter each day of a meeting by itself.",
    ),
    "FORMER_CODE_LATE": Code(
        "Former code on a later credential",
        "The credential has a former code, and was certified after the last day on which that code was given. It may "
        "be a credential of another board.",
        "Check the certificate. Take the credential out of the record if it is another board's.",
    ),
    "DIVISION_REFUSED": Code(
        "Not met without dividing an activity",
        "There are enough points, but only if this activity is divided between two mandatory areas, and you answered "
        "that it may not be.",
        "Earn a little more in one of the two areas.",
    ),
    "ANSWER_USED": Code(
        "Your answer was used",
        "A question about this was open, and your record answers it; `rule` names the question.",
        "Keep what proves the answer.",
    ),
    "ANSWER_NOT_NEEDED": Code(
        "Your answer was not needed",
        "Your record answers a question that is not open; `rule` names the question.",
        "Take the answer out of the record, or check what it is about.",
    ),
    "UNDATED": Code(
        "No date of completion",
        "Without a date an activity cannot be put in a cycle, so that its points stay unconfirmed.",
        "Add `completed_on`.",
    ),
    "OUTSIDE_CYCLE": Code(
        "Outside the cycle",
        "The activity was done before the cycle began, after it ended, or after the day of decision.",
        "Check the date. Points of another cycle are never carried over.",
    ),
    "MONTH_OF_PREVIOUS_END": Code(
        "Done in the month in which the previous cycle ended",
        "Cycles are handled by month, and whether that month counts is uncertain, so that the points stay unconfirmed.",
        "Give `cycle_start` if it is known.",
    ),
    "NOT_ACCEPTABLE": Code(
        "Not acceptable",
        "The kind of activity was acceptable only between two days, and this one was done outside them.",
        "Check the date and the kind.",
    ),
    "KIND_UNCONFIRMED": Code(
        "Point value not established",
        "No source that could be read (at the grade asked for) gives the value of this kind of activity; its points "
        "are the holder's claim and stay unconfirmed.",
        "Ask the Board of Certification for the value, and give it as a row of your own (`extra`).",
    ),
    "OVER_CAP": Code(
        "Beyond a cap",
        "Activities of this kind may bring only so many points; the latest ones bear what lies beyond.",
        "Nothing: these points cannot count in this cycle.",
    ),
    "UNIT_CONVERTED": Code(
        "Converted to points",
        "The amount was given in a unit that is worth more than one point.",
        "Nothing. The citation says what the unit is worth, and how sure that is.",
    ),
    "KIND_VALUE": Code(
        "Value of a kind of activity",
        "Points of this kind were placed; the citation says where its value stands.",
        "Nothing.",
    ),
    "AREA_SHORT": Code(
        "An area is short",
        "Fewer points could be placed in the area than the table asks for.",
        "Earn points that may serve this area. Where several areas are short together, the proof says which.",
    ),
    "TOTAL_SHORT": Code(
        "The total is short",
        "All points that count, after caps, are fewer than the table asks for.",
        "Earn more points, in any area that the table or the pool takes.",
    ),
    "DIVIDED_ACTIVITY": Code(
        "Divided between two areas",
        "The best placement divides the points of this activity between two mandatory areas, and no placement that is "
        "as good keeps it whole; whether that is allowed is not established.",
        "Earn a little more in one of the two areas, or ask the Board of Certification.",
    ),
    "SEARCH_LIMIT": Code(
        "The search was given up",
        "Whether the requirements can be met without dividing an activity could not be settled within the bound of "
        "the search.",
        "Give fewer areas to activities that have several, or treat as divided those shown.",
    ),
    "PLACEMENT_UNLAWFUL": Code(
        "The holder's own placement breaks a rule",
        "A point of the holder's own placement may not lie where it was put; `rule` says why.",
        "Move it. The placement of this answer shows where it can go.",
    ),
    "PLACEMENT_INCOMPLETE": Code(
        "The holder's own placement leaves an area short",
        "The points that the holder placed, as far as they are confirmed, do not fill the area.",
        "Compare with the placement of this answer.",
    ),
    "EXPIRED": Code(
        "Expired",
        "The last day of the credential has passed; it may no longer be used.",
        "Reinstatement asks for the points of the last three years, a declaration and both fees.",
    ),
    "INACTIVE": Code(
        "Inactive",
        "The credential is past its expiry, within an extension that the Board has granted.",
        "Earn and declare what is missing by the end of the extension.",
    ),
    "DECLARATION": Code(
        "Window of the declaration",
        "The credential has an end; the subject is where the day stands in the window.",
        "Declare between the first day and the advised one; the last day is the end itself.",
    ),
    "FEE_LINE": Code(
        "Where a fee stands",
        "A fee is owed for the credential; the citation says where its amount stands.",
        "Nothing.",
    ),
    "FEE_OPEN": Code(
        "The reinstatement fee is an open question",
        "The credential is inactive, within an extension; whether its reinstatement fee is due with the declaration is "
        "not established. The fees shown do not have it.",
        "Ask the Board of Certification before you pay.",
    ),
    "NO_END_DATE": Code(
        "No end date",
        "The credential has no end date, so that there is nothing to renew, to reinstate or to bring to another end.",
        "Nothing. A voluntary participant keeps the mark with a declaration and the points of the last three years.",
    ),
    "WINDOW_NOT_OPEN": Code(
        "The window is not open yet",
        "A declaration would come before its window opens; the subject is the day on which it opens.",
        "Wait for that day. Earlier is possible only to bring ends together, once the Board has confirmed it.",
    ),
    "CYCLE_AFTER_EXTENSION": Code(
        "Counted from the end of an extension",
        "The credential is in an extension; its new cycle is counted from the end of it, and no source says whether "
        "that is so, or whether it runs from the expiry.",
        "Ask the Board of Certification before you rely on the new dates.",
    ),
    "NOT_EXPIRED": Code(
        "Not expired",
        "The credential is still valid, so that there is nothing to reinstate; the subject is its last day.",
        "Renew it by that day.",
    ),
    "NCA_LAPSED": Code(
        "A lapsed certification of the NCA",
        "A CLS certification that had not moved to the Board of Certification before it lapsed could be reinstated "
        "with points and fees until a day that has passed; since then only the examination helps.",
        "Apply for the examination, or show that it had moved to the Board.",
    ),
    "NO_EXTENSION": Code(
        "No extension",
        "The record has no extension of the cycle, so that no day moves.",
        "Give `extended_until` if the Board of Certification has granted one.",
    ),
    "MUST_TAKE_PART": Code(
        "Taking part is mandatory",
        "The holder has to take part; whoever stops lets the credential expire.",
        "Renew it, or let it expire on its last day. Correct `certified_on` or `voluntary` if they are wrong.",
    ),
    "ALREADY_TOGETHER": Code(
        "The ends are one already",
        "All these credentials end on the same day, so that there is nothing to bring together.",
        "Send the declarations on the same business day: those of certifications share the reduced fee, and so do "
        "those of qualifications.",
    ),
    "SAME_DAY_SUFFICES": Code(
        "The ends are close enough",
        "The ends are close enough for credentials of one kind to share the reduced fee, and on some days all their "
        "windows are open: moving an end saves nothing in this round.",
        "Send the declarations of each kind on one business day on which their windows are open.",
    ),
    "NO_SHARED_DAY": Code(
        "No day on which all windows are open",
        "The ends are close enough for credentials of one kind to share the reduced fee, but the last window opens "
        "after the first end, so that the declarations cannot all be sent on one day.",
        "Compare what the common end costs with what the ends as they are cost; the Board of Certification brings ends "
        "together on request.",
    ),
    "FEES_NOT_COMBINED": Code(
        "Two kinds of fees",
        "Certifications and qualifications are taken not to share the reduced fee, so that each kind pays it in full "
        "once.",
        "Ask the Board of Certification if the difference matters.",
    ),
    "CYCLE_NOT_BEGUN": Code(
        "The cycle begins later",
        "The common end lies before the present cycle of this credential begins, so that it cannot be brought there.",
        "Bring the other credentials together without it.",
    ),
    "NOTHING_TO_SYNCHRONIZE": Code(
        "Nothing to bring together",
        "There are not two credentials whose ends could be brought together.",
        "Nothing.",
    ),
    "USER_ROW": Code(
        "A row of your own was used",
        "A figure of this answer comes from a file that the user gave, and from no source of the edition.",
        "Check that row.",
    ),
    "HYPOTHETICAL": Code(
        "A reform was laid over the tables",
        "The book has rows of a reform in place of established ones, so that the answer says what would be, and not "
        "what is.",
        "Load the edition without the reform for an answer that can be relied on.",
    ),
    "BEYOND_LAST_CHECK": Code(
        "Later than the last check of the tables",
        "The day of decision is later than the day on which the tables were last compared with their sources.",
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
"""What is said where the holder has answered that a former code is another board's."""

YES_OR_NO: Final[dict[str, str]] = {
    "UNDATED": "Was '{subject}' completed on a day that counts? Add the day.",
    "MONTH_OF_PREVIOUS_END": "Does '{subject}', done in the month in which the previous cycle ended, belong to this "
    "cycle?",
    "KIND_UNCONFIRMED": "Does the Board of Certification give the points that are claimed for '{subject}'?",
    "TABLE_AFTER_EXPIRY": "Does the reinstatement of '{subject}' follow the table with the smaller shortfall?",
}
"""The same questions in editions under which every one of them can be answered: yes is in the holder's favor."""

ABOUT_RELATION: Final = ("DUPLICATE", "LOOKS_ALIKE", "REPEATED_COURSE")
"""Open questions about two activities that may be one."""

ABOUT_ACTIVITY: Final = ("UNDATED", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED",
                         *ABOUT_RELATION, "AREA_PROPOSED", "DIVIDED_ACTIVITY")
"""Open questions about an activity, in the order in which they are asked."""

ABOUT_CREDENTIAL: Final = ("TABLE_AFTER_EXPIRY", "FORMER_CODE_LATE")
"""Open questions about a credential that a record can answer."""

ABOUT_POLICY: Final = frozenset(
    {"KIND_UNCONFIRMED", "UNIT_UNCONFIRMED", "REPEATED_COURSE", "DIVIDED_ACTIVITY", "TABLE_AFTER_EXPIRY"})
"""Those whose answer says what the policy is; a decision that uses one has the grade `user`."""

QUESTIONS: Final[dict[str, Code]] = {
    "ROUTE_UNKNOWN": Code(
        "Route of an attempt not given",
        "A score report names no route of eligibility; attempts are limited by route, so that it counts against each.",
        "Add `route`, in the same words for the same route.",
    ),
    "NOTIFIED_ON_UNKNOWN": Code(
        "Day of the result not given",
        "The last day of an appeal counts from the day on which the result was announced.",
        "Add `notified_on`.",
    ),
    "ADMITTED_FROM_UNKNOWN": Code(
        "Period of eligibility not given",
        "Without the first day of the period of eligibility, the next period is counted from the attempt itself, "
        "which is as late as it can be.",
        "Add `admitted_from`, from the admission notice.",
    ),
    "AWARD_DATES": Code(
        "Dates of a first credential",
        "The certificate shows from when to when it is valid; how those days are found was not read, so that they are "
        "our reading until the certificate is at hand.",
        "Take both days from the certificate.",
    ),
    "CERTIFIED_ON_UNKNOWN": Code(
        "Day of certification not given",
        "Whether taking part is mandatory hangs on the day of certification.",
        "Add `certified_on`.",
    ),
    "CITED_WHILE_INACTIVE": Code(
        "Citing within an extension",
        "The credential is past its expiry, within an extension; whether it may be cited meanwhile is not established.",
        "Ask the Board of Certification; until then do not cite it.",
    ),
    "MARK_OF_SECOND": Code(
        "Mark of a second category",
        "Several credentials are written together, and where the mark of the second one stands is not established.",
        "Ask the Board of Certification, or write the credentials one by one.",
    ),
    "ORDER_OF_SEVERAL": Code(
        "Order of several categories",
        "Of several credentials none is MLS, or more than one is; which stands first is not established.",
        "Keep the order that you gave, or ask the Board of Certification.",
    ),
}
"""What answers beside the decision leave open."""

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
    "WRONG_TYPE": Code("Wrong type", "A value of another type stands where this one is expected.",
                       "Write it as the message says."),
    "EMPTY_TEXT": Code("Empty text", "A text has nothing in it but spaces.", "Fill it in, or leave the key out."),
    "NOT_TEXT": Code("Not text", "A text cannot be written as UTF-8.", "Type it again."),
    "DATETIME": Code("A time beside the day", "A datetime stands where a day is expected; it would hide a time zone.",
                     "Take the day alone, with `.date()`."),
    "NOT_A_DATE": Code("Not a date", "A text is not of the form YYYY-MM-DD.", "Write the day as YYYY-MM-DD."),
    "NO_SUCH_DATE": Code("No such day", "The calendar has no such day.", "Check month and day."),
    "DATE_OUT_OF_RANGE": Code("Year out of range", "The day lies outside the years 1900 to 2999.", "Check the year."),
    "NOT_FINITE": Code("Not a finite number", "The number is not a number, or infinite.", "Write it in digits."),
    "NOT_POSITIVE": Code("Not above zero", "An amount is zero or less.", "Leave out what earned nothing."),
    "NEGATIVE": Code("Negative", "A number is below zero.", "Check the sign."),
    "NOT_A_NUMBER": Code("Not a number", "A text is not a number.", "Write digits and a full stop alone."),
    "TOO_MUCH": Code("Too much", "An amount is worth more than 1,000 points, a price or a time is beyond reason, or a "
                     "number has too many digits.",
                     "Check the amount and the unit."),
    "TOO_FINE": Code("Too fine", "An amount (in points, where it is worth points), a price or a time has more than two "
                     "decimals.", "Round the way the provider did, or the report does."),
    "NOT_WHOLE": Code("Not a whole number", "A score or a count has a fraction.", "Write it as the document does."),
    "OVER_HUNDRED": Code("More than the whole", "A content area, or all of a report together, have more than 100 "
                         "percent of the examination.", "Check the shares."),
    "SCORE_OUT_OF_SCALE": Code("Outside the scale", "A score lies below or above the scale of scores.",
                               "Write the scaled score of the report, which is no number of right answers."),
    "NOTIFIED_BEFORE_TAKEN": Code("Announced before it was taken", "The result of an examination was announced before "
                                  "the examination.", "Check both days."),
    "NOTIFIED_AFTER": Code("Announced later", "A decision was announced after the day that is asked about.",
                           "Check both days."),
    "OUTSIDE_PERIOD": Code("Outside the period of eligibility", "An attempt lies before the period of eligibility "
                           "began, or after it had ended; the period is not extended.", "Check both days."),
    "REPEATED_REPORT": Code("Reported twice", "Two score reports are of the same examination and the same day.",
                            "Leave out one of them."),
    "LATER_THAN_ON": Code("Later than the day", "Something is reported of a day after the day that is asked about.",
                          "Leave out what has not happened yet, or ask about a later day."),
    "NOT_THE_LATEST": Code("Not the latest attempt", "What follows an attempt is asked, and the person's other reports "
                           "have a later one at the same examination.", "Ask about the latest attempt."),
    "NOT_PASSED": Code("Not passed", "An award is asked about for an attempt that failed.",
                       "Ask about an attempt that passed."),
    "NOT_FAILED": Code("Not failed", "A plan to retake an examination is asked for after an attempt that passed.",
                       "Nothing has to be retaken."),
    "TOO_MANY_HOURS": Code("More than a week has", "More hours are planned in a week than it has.", "Name fewer."),
    "TOO_EARLY": Code("Too early", "The next attempt is planned sooner than the wait or the plan allows.",
                      "Name a later day."),
    "NO_SUCH_COURSE": Code("No such course", "A package, or a list of what to include or exclude, names what is not in "
                           "the catalogue.", "Correct the id."),
    "DAYS_OUT_OF_RANGE": Code("Number of days out of range", "A course takes, or a package is open for, fewer or more "
                              "days than can be.", "Check the number."),
    "NOT_CSV": Code("Not CSV", "The text is not CSV.", "Correct it where the message says."),
    "TOO_MANY_FILES": Code("Too many files", "More files are given at a time than are read, or none.",
                           "Read them in several runs, each into the record of the one before."),
    "TOO_MANY_CELLS": Code("Too many cells", "A line of a CSV file has more cells than there are columns.",
                           "Put a cell with a comma in quotation marks."),
    "UNKNOWN_WORD": Code("Unknown word", "A word is not one of a closed list.", "Take the nearest, or look it up."),
    "UNKNOWN_CODE": Code("Unknown credential", "No credential has this code.", "Take the nearest, or look it up."),
    "UNKNOWN_AREA": Code("Unknown area", "There is no such area.", "Take the nearest, or look it up."),
    "UNKNOWN_KIND": Code("Unknown kind", "There is no such kind of activity.", "Take the nearest, or look it up."),
    "UNKNOWN_UNIT": Code("Unknown unit", "There is no such unit.", "Take the nearest, or look it up."),
    "CERTIFIED_TOO_MUCH": Code("More certified than there is", "The amounts certified for areas are more than "
                               "the amount of the activity.", "Give each area its part of the amount."),
    "AREAS_AND_CERTIFIED": Code("Areas both listed and certified", "An activity has listed and certified areas.",
                                "Keep the certified amounts if the certificate gives them, else the listed areas."),
    "AREA_TWICE": Code("Area named twice", "An area is proposed that is listed or certified already.",
                       "Take it out of the proposed areas."),
    "ANSWERED_TWICE": Code("Answered yes and no", "The same question is answered yes and no.",
                           "Keep the answer that is right."),
    "WRONG_UNIT": Code("Wrong unit for the kind", "The unit does not go with the kind of activity.",
                       "Take one of those that the message names."),
    "UNKNOWN_KEY": Code("Unknown key", "A key is not part of the format.", "Correct its spelling, or take it out."),
    "REPEATED_KEY": Code("Key given twice", "A JSON object has the same key twice.", "Keep one of them."),
    "NO_REPORT": Code("No report", "A value is to be shown that is no answer, such as an activity or a period.",
                      "Give a decision, a policy or another answer; `to_mapping` writes any value."),
    "MISSING_KEY": Code("Missing key", "A required key is not there.", "Add it."),
    "NOT_A_LIST": Code("Not a list", "A single value stands where a list is expected.", "Put it in square brackets."),
    "EMPTY_LIST": Code("Empty list", "A list has fewer members than it needs.", "Add what is missing."),
    "REPEATED": Code("Repeated member", "A member of a list stands in it twice.", "Leave out the second."),
    "REPEATED_ID": Code("Repeated id", "Two credentials, or two activities, share an id.", "Give each its own."),
    "NO_SUCH_CREDENTIAL": Code("No such credential", "A credential is named that is not in the record.",
                               "Correct the id."),
    "NO_SUCH_ACTIVITY": Code("No such activity", "An activity is named that is not in the record.",
                             "Correct the id."),
    "NO_SUCH_HOLDER": Code("No such holder", "A row of a population belongs to a holder who has no credential in it.",
                           "Add the credential, or correct the holder."),
    "HOLDER_REFUSED": Code("Left out for another row", "Another row of the same holder cannot be read, so that nothing "
                           "of this holder is decided.", "Correct the other rows; each is among the faults."),
    "OTHER_BOARD": Code("Set aside: another board's", "A row of a population has a credential of a board other than "
                        "ASCP. It is set aside, and its holder is not refused for it.",
                        "Leave it as it is, or take the row out."),
    "REGIONS_DIFFER": Code("Two fee regions", "Two rows of a population give the same holder different fee regions.",
                           "Give a holder one fee region."),
    "END_BEFORE_START": Code("End before start", "A period ends before it starts.", "Exchange the two days."),
    "BODIES_DIFFER": Code("Two bodies for one credential", "The body in brackets behind the code and the `body` beside "
                          "it are not the same.", "Write the body once, or the same one in both places."),
    "CODE_NOT_IN_BODY": Code("Not a credential of that body", "The code does not exist under that body.",
                             "Correct the code or the body."),
    "NOT_VOLUNTARY": Code("Not voluntary", "`voluntary` is set although taking part was mandatory.",
                          "Leave it out, or correct `certified_on`."),
    "MISSING_EXPIRY": Code("No day of expiry", "Only a credential from before mandatory participation has none.",
                           "Add `expires_on`."),
    "EXPIRES_BEFORE_CERTIFIED": Code("Expires before it was certified", "The two days contradict each other.",
                                     "Check both."),
    "EXTENDED_WITHOUT_EXPIRY": Code("Extension of nothing", "`extended_until` without `expires_on`.",
                                    "Add `expires_on`."),
    "EXTENDED_BEFORE_EXPIRY": Code("Extension before the expiry", "An extension ends before the expiry.",
                                   "Check both days."),
    "CYCLE_AFTER_EXPIRY": Code("Cycle starts after the expiry", "`cycle_start` is later than `expires_on`.",
                               "Check both days."),
    "LATER_THAN_END": Code("Later than the end", "A common end is later than the credential's own; no cycle may grow.",
                           "Give the earliest of the present ends."),
    "CYCLE_TOO_LONG": Code("Cycle longer than three years", "`cycle_start` lies more than three years before the "
                           "expiry, and not in the month of a first cycle.", "Check it, or leave it out."),
    "NOTICE_BEFORE_SITTING": Code("Notice before the examination", "The notice of a result is dated before the day on "
                                  "which the examination was taken.", "Check both days."),
    "OTHER_HOLDER": Code("Another holder", "Two trackings that are to be compared are of different holders.",
                         "Compare trackings of one holder."),
    "NOT_JSON": Code("Not JSON", "The text is not JSON.", "Correct it where the message says."),
    "NOT_TOML": Code("Not TOML", "The text is not TOML.", "Correct it where the message says."),
    "NOT_UTF8": Code("Not UTF-8", "The file holds bytes that are not UTF-8.", "Save it as UTF-8."),
    "EMPTY_FILE": Code("Empty file", "The file is empty.", "Check which file was meant."),
    "FILE_TOO_LARGE": Code("File too large", "The file has more bytes than a file of its kind may have: 5 MB for what "
                           "people enter, 50 MB for a receipt or a tracking.", "Leave out what is not part of it."),
    "DOES_NOT_FIT": Code("Does not fit the rest", "An answer that is read back names something that it does not have, "
                         "or a word that no answer has, or its points or amounts do not add up.",
                         "Take the copy that was kept first; this one was changed."),
    "TEXT_TOO_LONG": Code("Text too long", "A text that a person enters has more characters than it may have.",
                          "Shorten it."),
    "TOO_MANY": Code("Too many", "A list has more members than it may have, or a record has too many activities for "
                     "so many credentials.", "Leave some out; the page of the limits has the numbers."),
    "ANSWER_TOO_LARGE": Code("Answer too large", "An answer that is kept to be read back would have more bytes than "
                             "its reader takes, so that none is made.", "Leave out activities of older cycles."),
    "CANNOT_READ": Code("Cannot be read", "The file is not there, is a directory, or may not be read.",
                        "Check the path."),
    "TOO_DEEP": Code("Nested too deep", "The text has lists or mappings nested beyond reason.",
                     "A record has four levels."),
    "WRONG_SCHEMA": Code("Another schema", "`schema` names another format or version.",
                         "Write the one that the message names."),
    "NOT_ACCEPTED": Code("Not an activity that counts", "A placement uses an activity that does not count, or that is "
                         "not among those given.", "Place an activity that counts."),
    "AREA_NOT_SERVED": Code("The activity may not serve the area", "A placement puts points in an area that the "
                            "activity may not serve, or that the table does not ask for.", "Move them."),
    "ACTIVITY_EXCEEDED": Code("More than was earned", "More points of an activity are placed than it has.",
                              "Place fewer."),
    "NEED_EXCEEDED": Code("More than the area needs", "More points are placed in an area than it asks for; what it "
                          "does not need flows to the pool.", "Place the rest in the pool."),
    "CAP_EXCEEDED": Code("More than the cap", "More points of a capped kind are placed than its cap allows.",
                         "Place fewer."),
    "SUM_WRONG": Code("A sum is wrong", "A figure of an allocation does not follow from its placements, or a count of "
                      "an intake from its lines.", "Do not trust the allocation."),
    "PROOF_WRONG": Code("A proof is wrong", "The proof of a shortfall does not add up, or the placement leaves more "
                        "short than is proven.", "Do not trust the allocation."),
    "ILLEGAL_EVENT": Code("Not lawful now", "An event cannot happen to a declaration in the state that it is in.",
                          "Take one of the events that the message names; `lawful_events` gives their rules."),
    "NEED_NOT_SHOWN": Code("Something is not shown", "An event needs what neither a decision nor a day shows, and no "
                           "evidence of it was named.", "Name what shows it, in `evidence`, or give the decision of "
                           "that day."),
    "NEED_NOT_MET": Code("Something is not so", "An event needs what a decision or a day shows not to be so; evidence "
                         "cannot stand against it.", "Wait, or correct the day or the decision."),
    "NOT_NEEDED": Code("Evidence of what is not needed", "Evidence names what the event does not need.",
                       "Leave it out, or correct the name."),
    "OUT_OF_ORDER": Code("Earlier than the step before", "An event lies before the last one of the same declaration.",
                         "Tell the events in the order in which they happened."),
    "OTHER_DECISION": Code("A decision of something else", "A decision was made for another day, or for a record "
                           "without this credential.", "Decide the record of the holder on the day of the event."),
    "HISTORY_BROKEN": Code("The steps do not follow", "A step of a declaration does not begin where the one before "
                           "ended, or lies before it.", "Do not write a history by hand."),
    "NOTHING_TO_DECLARE": Code("Nothing to declare", "The credential has no end date and its holder does not take "
                               "part.", "Nothing. Set `voluntary` if the holder does take part."),
    "RECEIPT_DAMAGED": Code("Damaged receipt", "A receipt is not, byte for byte, what was written: its digest does not "
                            "fit, or it is not in the canonical form.", "Take the copy that was kept first."),
    "ANOTHER_RECORD": Code("Another record", "A record is not the one that the decision was made with; its digest "
                           "differs.", "Give the record that was decided."),
    "ANOTHER_BOOK": Code("Another book", "A book, or the files laid over it, are not those that the decision was made "
                         "with.", "Load the edition and the files that the stamp of the decision names."),
    "BAD_DIGEST": Code("Another digest", "The rows of an edition are not those that were released.",
                       "Install the package again."),
    "BAD_ROW": Code("A row of a table is wrong", "A policy table breaks a check of the loader; the message says which.",
                    "Correct the row."),
}

STEPS: Final[dict[str, Code]] = {
    "NOTHING_REQUIRED": Code(
        "Nothing to do",
        "The credential has no end date and its holder does not take part.",
        "Nothing.",
    ),
    "COMPLETE_FIELDS": Code(
        "Complete a field",
        "The requirements are not met for certain, and a self-recorded credit that could count lacks a required field.",
        "Fill the field in.",
    ),
    "CORRECT_PLACEMENT": Code(
        "Correct your own placement",
        "A point of the holder's own placement may not lie where it was put, or lies where another would be of use.",
        "Move it. The placement of the decision shows where it can go.",
    ),
    "PLACE_CREDITS": Code(
        "Place credits",
        "Credits that count are waiting, and would fill an area that the holder's own placement leaves short.",
        "Place them. A declaration takes credits that are placed.",
    ),
    "SETTLE_QUESTION": Code(
        "Settle an open question",
        "The outcome is `NEEDS_REVIEW`: it hangs on the questions that the decision lists in `needs`.",
        "Ask the Board of Certification, or earn enough that the answer no longer hangs on it.",
    ),
    "EARN_POINTS": Code(
        "Earn points",
        "What counts for certain is less than the table asks for.",
        "Earn the points named, in the areas named.",
    ),
    "WAIT_FOR_WINDOW": Code(
        "Wait until the window opens",
        "The requirements are met; the declaration may not be sent yet.",
        "Declare from the day named on.",
    ),
    "DECLARE": Code(
        "Declare",
        "The requirements are met, and the window is open.",
        "Send the declaration with its fee, best by the advised day.",
    ),
    "DECLARE_LATE": Code(
        "Declare without delay",
        "The requirements are met, and the advised day has passed; the end has not.",
        "Send the declaration with its fee now. That it is on time until the last day is a reading of ours.",
    ),
    "DECLARE_BY_CHOICE": Code(
        "Declare, if you like",
        "The requirements are met by a voluntary participant without an end date: there is no window to wait for.",
        "Send the declaration with its fee to keep the mark.",
    ),
    "REINSTATE": Code(
        "Reinstate",
        "The credential has expired, and the points of the last three years are there.",
        "Send a declaration with both fees. One official page warns that an examination may be needed.",
    ),
    "ADD_FOR_AUDIT": Code(
        "Add what an audit asks for",
        "A self-recorded credit that counts lacks a field that its proof needs in an audit.",
        "Fill it in while it is known.",
    ),
}

MESSAGES: Final[dict[str, str]] = {
    "CORRECT_PLACEMENT": "Correct your own placement: {subjects}.",
    "COMPLETE_FIELDS": "Complete what is missing in {subjects}.",
    "SETTLE_QUESTION": "The answer hangs on an open question about {subjects}.",
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
    "CREDENTIAL_ADDED": Code("A credential was added", "The credential stands in the later record alone.", "Nothing."),
    "CREDENTIAL_REMOVED": Code("A credential was removed", "The credential stands in the earlier record alone.",
                               "Check that it was taken out on purpose."),
    "CREDENTIAL_ALTERED": Code("A credential was altered", "A field of the credential differs; `where` names it.",
                               "Check it if it was not meant to change."),
    "OUTCOME_CHANGED": Code("Another outcome", "The outcome of the credential differs.", "Look at its next step."),
    "STANDING_CHANGED": Code("Another standing", "The standing of the credential differs.", "Look at its next step."),
    "WINDOW_CHANGED": Code("Another place in the window", "The state of the window of the declaration differs.",
                           "Look at the days of the declaration."),
    "NEEDED_CHANGED": Code("More or fewer points needed", "An area, or the total, asks for another number of points.",
                           "Look at which table was applied."),
    "APPLIED_CHANGED": Code("More or fewer points applied", "Another number of points is placed by the decision in "
                            "the area, or in all.", "Nothing."),
    "PLACEMENT_CHANGED": Code("You placed points elsewhere", "The holder's own placement of the activity differs.",
                              "Nothing."),
    "WAITING_CHANGED": Code("More or fewer points wait", "Another number of points of the activity waits to be placed.",
                            "Nothing."),
    "STEP_CHANGED": Code("Another next step", "The next step of the credential differs.", "Take it."),
    "QUESTION_ADDED": Code("A question has come up", "The outcome hangs on a question on which it did not hang.",
                           "See `needs` of the decision."),
    "QUESTION_REMOVED": Code("A question is settled", "The outcome no longer hangs on the question.", "Nothing."),
    "ACTIVITY_ADDED": Code("An activity was added", "The activity stands in the later record alone.", "Nothing."),
    "ACTIVITY_REMOVED": Code("An activity was removed", "The activity stands in the earlier record alone.",
                             "Check that it was taken out on purpose."),
    "ACTIVITY_ALTERED": Code("An activity was altered", "A field of the activity differs; `where` names it.",
                             "Check it if it was not meant to change."),
    "FEE_REGION_CHANGED": Code("Another fee region", "The fee region of the holder differs.", "Check it."),
    "FEES_CHANGED": Code("Another price", "What the credentials cost together on the day differs.",
                         "Look at the fees of the decision."),
    "EDITION_CHANGED": Code("Another edition", "The policy tables are those of another edition, or other rows of your "
                            "own.", "Do not put other differences down to the holder alone."),
    "RULES_CHANGED": Code("Other rules", "The logic of the library has another number.",
                          "Do not put other differences down to the holder alone."),
    "TRUST_CHANGED": Code("Another trust", "Figures are relied on down to another grade.",
                          "Compare trackings of one trust to see what the holder did."),
}

EVENTS: Final[dict[str, Code]] = {
    "PREVIOUS_CYCLE_ENDED": Code(
        "The previous cycle ended",
        "The day before the cycle began, where the record shows that there was a cycle before it.",
        "Nothing.",
    ),
    "CYCLE_STARTS": Code("The cycle starts", "The first day of the cycle.", "Nothing."),
    "ACTIVITIES_COUNT": Code(
        "Activities count",
        "The days whose activities count: the cycle. Once its end has passed, and for a credential without an end, the "
        "three years that end on the day of the timeline count; an ended cycle then stands in the timeline as well, as "
        "past.",
        "Nothing.",
    ),
    "WINDOW_OPENS": Code(
        "The declaration may be sent from this day on",
        "The first day of the window of the declaration.",
        "Check that all credits are entered and placed.",
    ),
    "ADVISED_DAY": Code(
        "The declaration should be sent by this day",
        "The day until which sending is advised, so that there is time to process the declaration.",
        "Send the declaration with its fee.",
    ),
    "NEW_CYCLE_SHOWS": Code(
        "The new cycle shows from this day at the earliest",
        "The first day of the month in which the cycle ends; before it a renewal does not show.",
        "Look whether the new dates are there, if the declaration was sent.",
    ),
    "LAST_DAY": Code(
        "The last day",
        "The last day of the cycle: of its activities, of the declaration, and, without a renewal, of the credential.",
        "Send the declaration by this day.",
    ),
    "EXTENSION": Code(
        "Inactive, in the granted extension",
        "From the day after the expiry to the end of the extension that the Board has granted.",
        "Earn and declare what is missing by its end.",
    ),
    "EXPIRED_FROM": Code(
        "No longer valid from this day, unless renewed",
        "The first day on which the credential may not be used, unless it was renewed.",
        "Reinstatement asks for the points of the last three years, a declaration and both fees.",
    ),
    "MARK_LAPSES": Code(
        "Without the mark from this day, unless renewed",
        "The first day on which a voluntary participant no longer carries the mark; the credential itself does not "
        "expire.",
        "Nothing is owed.",
    ),
    "COMMON_END": Code(
        "The common end, if the ends are brought together",
        "The earliest end of the credentials held; the end of this one would move to it.",
        "Ask the Board in writing first, with full name, customer number, categories and certification numbers.",
    ),
    "FEE_RISES_AFTER": Code(
        "The last day at the lower fee",
        "The fee is higher from the next day on, and the window of the declaration is open on both days.",
        "Send the declaration by this day.",
    ),
    "FEE_FALLS": Code(
        "The first day at the lower fee",
        "The fee is lower from this day on, and the window of the declaration is open on both days.",
        "Send the declaration on this day or later.",
    ),
    "RETAKE_BY_DAYS": Code(
        "A new attempt, going by days",
        "A number of days after the examination was taken, as one page words the wait.",
        "Go by the day on which a new attempt is possible.",
    ),
    "RETAKE_BY_OLDER_DAYS": Code(
        "A new attempt, going by an older number of days",
        "A number of days after the examination was taken, as an older page words the wait.",
        "Go by the day on which a new attempt is possible; this one is on the safe side.",
    ),
    "RETAKE_BY_PERIOD": Code(
        "A new attempt, going by the three-month period",
        "Three months after the examination was taken: the latest day on which the next period can begin.",
        "Go by the day on which a new attempt is possible.",
    ),
    "RETAKE_OPENS": Code(
        "A new attempt is possible from this day on",
        "The day that our reading of the wait gives. Where an edition has no official number of days, it is the later "
        "of two days.",
        "A new attempt takes a new application and the full fee.",
    ),
    "APPEAL_DEADLINE": Code(
        "The last day on which an appeal is received",
        "So many days after the notice of the result.",
        "Send the appeal in writing, by email, so that it arrives in time.",
    ),
}

PLANS: Final[dict[str, Code]] = {
    "SHORT_WITH_EVERYTHING": Code(
        "Short with everything taken",
        "A credential would still be short if every course of the catalogue that can count for it were taken; the "
        "proof says of what.",
        "Look for courses that may serve the areas which the proof names.",
    ),
    "NO_COMBINATION": Code(
        "No combination is enough",
        "All courses together would be enough, but not in any way in which they can be had: a package is limited, a "
        "course can be taken only once, or its points would have to be divided between two mandatory areas.",
        "Look for a course that may serve what is missing.",
    ),
    "BUDGET_TOO_SMALL": Code(
        "The budget is too small",
        "There are plans, and the cheapest of them costs more than the budget.",
        "Raise the budget to the cost that the answer names.",
    ),
    "INCLUDED_AND_EXCLUDED": Code(
        "Included and excluded",
        "The same course or package is asked for and ruled out.",
        "Take it out of one of the two lists.",
    ),
    "INCLUDED_LEFT_OUT": Code(
        "Included, but of no use",
        "A course or package is asked for that can be part of no plan; `left_out` says why.",
        "Take it out of the list.",
    ),
    "ALREADY_TAKEN": Code(
        "Already taken",
        "The record has an activity, done by the day of planning, with the id of the course, or one with the same "
        "title, provider, kind and points. Whether doing it again brings points again is not established.",
        "Nothing. If it is another course, say so in the title.",
    ),
    "EXCLUDED": Code(
        "Excluded",
        "The course or package was ruled out by whoever asked.",
        "Nothing.",
    ),
    "NOTHING_TO_SERVE": Code(
        "Nothing to serve",
        "No credential of the record can be planned for: none asks for anything, or no table is established.",
        "Nothing.",
    ),
    "NOT_SOLD": Code(
        "Cannot be bought",
        "The course has no price of its own and no package opens it, or the days on which a package is sold are over.",
        "Add the price, or look for another offer.",
    ),
}
"""Codes of plans: why there is none, and why something of a catalogue can be part of none.  Some codes of findings
stand there too, with the same meaning."""

EXPLAINED: Final[dict[str, str]] = {
    "OUTCOME": "the root: whether the requirements of the credential are met",
    "TABLES": "the tables that were evaluated, each by the day of expiry that it was found by",
    "ACTIVITIES": "all activities; the parts add up to what was entered",
    "ACTIVITY": "one activity; the parts add up to what was entered",
    "COUNTS": "whether an activity counts: the tests in their order, up to the first that is not passed",
    "ONCE": "whether an activity was entered once",
    "DATED": "whether it has a day of completion",
    "IN_CYCLE": "whether that day lies within the cycle, and not after the day of decision",
    "ACCEPTABLE": "whether its kind was acceptable on that day",
    "KIND_KNOWN": "whether the value of its kind is established at the grade relied on",
    "KEPT_INSTEAD": "the activity that is kept in place of a duplicate",
    "PLACED": "points that were placed in an area",
    "SURPLUS": "points that count and are not needed",
    "FULL": "an area that surplus points may serve, and that is full",
    "USES_CAP": "an activity that uses some of a cap",
    "WITHOUT_TABLE": "points that count, while nobody knows what is asked for",
    "AREAS": "all areas, the pool included",
    "AREA": "what one area needs, what was placed in it, what is short",
    "KINDS": "the kinds of activity whose points were placed",
    "PROOF": "the proof of a shortfall: of the mandatory areas, or of the total",
    "ASKED": "what one area of the proof asks for",
    "MAY_SERVE": "what one activity may bring to the areas of the proof",
    "CAPPED": "what activities under a cap may bring to them together",
    "AGAINST": "what is short if everything uncertain goes against the holder",
    "IN_FAVOR": "what is short if everything uncertain goes in the holder's favor",
    "SETTLING": "what would settle an outcome that needs review",
    "OPEN_QUESTION": "one open question, and what each answer to it leads to, the others staying open",
    "IF_COUNTS": "an activity counts, with all that is claimed for it",
    "IF_DOES_NOT_COUNT": "an activity does not count",
    "IF_DIVIDED": "points of one activity may be divided between two mandatory areas",
    "IF_NOT_DIVIDED": "they may not",
    "IF_TABLE": "this table applies",
    "SMALLEST_FOR_MET": "the fewest answers after which the requirements are met, whatever becomes of the rest",
    "SMALLEST_FOR_NOT_MET": "the fewest answers after which they are not met, whatever becomes of the rest",
    "ENOUGH_FOR_MET": "answers of which none is to spare, after which the requirements are met; there may be fewer",
    "ENOUGH_FOR_NOT_MET": "answers of which none is to spare, after which they are not met; there may be fewer",
    "STANDING": "what the credential is on the day of decision, whatever its points",
    "OWN_PLACEMENT": "what was found of the holder's own placement",
    "FEES": "what the declarations cost together",
    "FEE": "one line of the fees",
}
"""The codes of the steps of an explanation that are no findings; a step that tells a finding has the code of that."""
