"""Codes of questions: what stays open, and how it is asked."""

from __future__ import annotations

from typing import Final

from cmprules._words.codes.notices import Code

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
    "DUPLICATE": "Is '{subject}' another activity than {others}, with the same title, provider, day and points?",
    "LOOKS_ALIKE": "Is '{subject}' another activity than {others}, although they look alike?",
    "REPEATED_COURSE": "Does '{subject}' count in addition to {others}, with the same title and provider?",
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
        "cited during the extension.",
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
