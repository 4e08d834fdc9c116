"""Codes of timelines: what comes when."""

from __future__ import annotations

from typing import Final

from cmprules._words.codes.notices import Code

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
