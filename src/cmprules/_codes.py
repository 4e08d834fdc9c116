"""Every public code of a finding, a need or a fault, in one table: what it means and what to do.

Codes are public and stay; the words here may change.  The pages of the reference are written from this table.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["FAULTS", "FINDINGS", "NEEDS", "NOTICE", "Code"]

NOTICE: Final = "Independent of ASCP; this is not a decision of ASCP or of its Board of Certification."


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
    "USER_ROW": Code(
        "A row of your own was used",
        "A figure of this answer comes from a file that the user gave, and from no source of the edition.",
        "Check that row.",
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
    "SEARCH_LIMIT": "Can '{subject}' be met without dividing an activity between two areas? The search was given up.",
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
    "TOO_MUCH": Code("Too much", "An amount is worth more than 1,000 points.", "Check the amount and the unit."),
    "TOO_FINE": Code("Too fine", "An amount is worth a number of points with more than two decimals.",
                     "Round the way the provider did."),
    "UNKNOWN_WORD": Code("Unknown word", "A word is not one of a closed list.", "Take the nearest, or look it up."),
    "UNKNOWN_CODE": Code("Unknown credential", "No credential has this code.", "Take the nearest, or look it up."),
    "UNKNOWN_AREA": Code("Unknown area", "There is no such area.", "Take the nearest, or look it up."),
    "UNKNOWN_KIND": Code("Unknown kind", "There is no such kind of activity.", "Take the nearest, or look it up."),
    "UNKNOWN_UNIT": Code("Unknown unit", "There is no such unit.", "Take the nearest, or look it up."),
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
    "NO_SUCH_CREDENTIAL": Code("No such credential", "A placement names a credential that is not in the record.",
                               "Correct the id."),
    "NO_SUCH_ACTIVITY": Code("No such activity", "A placement names an activity that is not in the record.",
                             "Correct the id."),
    "NO_SUCH_HOLDER": Code("No such holder", "A row of a population belongs to a holder who has no credential in it.",
                           "Add the credential, or correct the holder."),
    "HOLDER_REFUSED": Code("Left out for another row", "Another row of the same holder cannot be read, so that nothing "
                           "of this holder is decided.", "Correct the other rows; each is among the faults."),
    "REGIONS_DIFFER": Code("Two fee regions", "Two rows of a population give the same holder different fee regions.",
                           "Give a holder one fee region."),
    "END_BEFORE_START": Code("End before start", "A period ends before it starts.", "Exchange the two days."),
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
    "CYCLE_TOO_LONG": Code("Cycle longer than three years", "`cycle_start` lies more than three years before the "
                           "expiry, and not in the month of a first cycle.", "Check it, or leave it out."),
    "NOT_JSON": Code("Not JSON", "The text is not JSON.", "Correct it where the message says."),
    "NOT_TOML": Code("Not TOML", "The text is not TOML.", "Correct it where the message says."),
    "NOT_UTF8": Code("Not UTF-8", "The file holds bytes that are not UTF-8.", "Save it as UTF-8."),
    "EMPTY_FILE": Code("Empty file", "The file is empty.", "Check which file was meant."),
    "FILE_TOO_LARGE": Code("File too large", "The file has more than 5 MB.", "Leave out what is not part of a record."),
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
    "SUM_WRONG": Code("A sum is wrong", "A figure of an allocation does not follow from its placements.",
                      "Do not trust the allocation."),
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
    "BAD_DIGEST": Code("Another digest", "The rows of an edition are not those that were released.",
                       "Install the package again."),
    "BAD_ROW": Code("A row of a table is wrong", "A policy table breaks a check of the loader; the message says which.",
                    "Correct the row."),
}
