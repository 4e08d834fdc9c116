"""Codes of findings: what was found about a credential or an activity."""

from __future__ import annotations

from typing import Final

from cmprules._words.codes.notices import Code

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
