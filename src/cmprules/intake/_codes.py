"""Every code of a line: its text, and what happens to the row.

A remark is a question (`doubtful`: the row comes in without the value), a reason (`set_aside`) or a fault
(`refused`).  Its text is filled with the words of the file.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_ASKED, _ASIDE, _REFUSED = "doubtful", "set_aside", "refused"


class Remarked(NamedTuple):
    """The meaning of a code of a line: a title, what happens to the row, and the text."""

    title: str
    fate: str
    text: str


def told(code: str, **values: object) -> str:
    """Fill the text of a code."""
    return REMARKS[code].text.format(**values)


REMARKS: Final[dict[str, Remarked]] = {
    # Questions: the row comes in, without the value.
    "DATE_ORDER_OPEN": Remarked(
        "Which order", _ASKED,
        "'{text}' is {first} or {second}. Is the month first (--dates us) or the day (--dates eu)?",
    ),
    "OTHER_ORDER": Remarked(
        "Not in the order that was said", _ASKED,
        "'{text}' is not a day in the given order. Which day is it?",
    ),
    "YEAR_OPEN": Remarked(
        "A year of two digits", _ASKED,
        "'{text}' has a year of two digits. Which day is it? With an order of dates (--dates us), a year up "
        "to 79 is one from 2000 on.",
    ),
    "NOT_A_DATE": Remarked(
        "Not one day", _ASKED,
        "'{text}' is not one day. On which day was it completed?",
    ),
    "TWO_ENDS": Remarked(
        "One credential with two last days", _ASKED,
        "The same credential is there with the last day {other}, too, and here with {text}. Both came in: remove the "
        "one that is not its last day now.",
    ),
    "NOT_AN_END": Remarked(
        "Not the day of an end", _ASKED,
        "'{text}' is not one day. Write the last day of the credential; if the certificate names a month, that is the "
        "last day of that month.",
    ),
    "PLACE_OPEN": Remarked(
        "A time with an offset", _ASKED,
        "'{text}' is a time with an offset, and somewhere it is another day. On which day was it at your "
        "place? Say your place (--place America/New_York).",
    ),
    "ZONE_OPEN": Remarked(
        "A time zone in letters", _ASKED,
        "'{text}' names a time zone in letters. On which day was it at your place?",
    ),
    "NO_DAY": Remarked(
        "No day", _ASKED,
        "There is no day. On which day was it completed?",
    ),
    "ISSUE_DAY_ONLY": Remarked(
        "A day of issue or claim", _ASKED,
        "'{text}' under '{column}' is the day of issue or claim, which can be later. On which day was it "
        "completed?",
    ),
    "TOPIC_UNKNOWN": Remarked(
        "An unknown topic", _ASKED,
        "Which area is '{text}'? It comes in as any other CE. A mapping file can say it ([topics]).",
    ),
    "TITLE_OPEN": Remarked(
        "A title without letters", _ASKED,
        "'{text}' is the title, and may be a number of the row. What was the title?",
    ),
    # Reasons: the row does not come in; the text says what would bring it in.
    "UNIT_OPEN": Remarked(
        "No unit", _ASIDE,
        "'{text}' has no unit. What is it counted in? Give the unit for all such rows, such as --unit contact_hour.",
    ),
    "UNIT_UNKNOWN": Remarked(
        "An unknown unit", _ASIDE,
        "'{text}': '{unit}' is not a known unit of credit. How much is it in contact hours? A mapping file can say "
        "what a word means ([units]).",
    ),
    "CEU_OPEN": Remarked(
        "CEU or hours", _ASIDE,
        "'{text}' CEU would be {points} points. Is it CEU (--unit ceu) or contact hours (--unit "
        "contact_hour)?",
    ),
    "AMOUNTS_DIFFER": Remarked(
        "Amounts that do not agree", _ASIDE,
        "{text}: these do not agree. How much was it, and in which unit?",
    ),
    "AMOUNT_SHARED": Remarked(
        "One amount for several rows", _ASIDE,
        "'{text}' is written once for several rows. How much was this one?",
    ),
    "COMMA_OPEN": Remarked(
        "A comma with two readings", _ASIDE,
        "'{text}': is the comma a decimal comma, or does it separate thousands?",
    ),
    "NOT_AN_AMOUNT": Remarked(
        "Not an amount", _ASIDE,
        "'{text}' is not an amount of credit. How much was it?",
    ),
    "NO_AMOUNT": Remarked(
        "No amount", _ASIDE,
        "There is no amount of credit. How much was it?",
    ),
    "TAKEN_BACK": Remarked(
        "Perhaps taken back", _ASIDE,
        "A row with this title has an amount below zero, which may take this credit back. How much is left? Write it "
        "into this row, and remove the other.",
    ),
    "NO_CREDIT": Remarked(
        "No credit", _ASIDE,
        "It earned nothing.",
    ),
    "CREDIT_DENIED": Remarked(
        "No credit, it says", _ASIDE,
        "'{text}' under '{header}' says that it earned no credit. If it did, correct the cell; a mapping file can "
        "ignore a column ([columns]) or a word ([status]).",
    ),
    "KIND_OPEN": Remarked(
        "An unknown kind", _ASIDE,
        "Which kind of activity is '{text}'? A mapping file can say it ([kinds]).",
    ),
    "STATUS_OPEN": Remarked(
        "An unknown status", _ASIDE,
        "Was it completed? '{text}' does not say. A mapping file can ([status]).",
    ),
    "NOT_COMPLETED": Remarked(
        "Not completed", _ASIDE,
        "It was not completed ('{text}').",
    ),
    "NO_TITLE": Remarked(
        "No title", _ASIDE,
        "There is no title. What was it?",
    ),
    "OTHER_PERSON": Remarked(
        "Another person's row", _ASIDE,
        "The row is of another person ({text}).",
    ),
    "WHICH_PERSON": Remarked(
        "Rows of several people", _ASIDE,
        "The file names other people ({names}; {count} in all), and none is called '{wanted}'. Whose rows should be "
        "read (--person)?",
    ),
    "NOT_THE_HOLDER": Remarked(
        "Perhaps another person's rows", _ASIDE,
        "The file is of '{text}', and the record of '{wanted}'. If that is one person, say so (--person '{text}').",
    ),
    "NAMES_ANOTHER": Remarked(
        "Named above the rows", _ASIDE,
        "The file names '{text}' above its rows, and the record is of '{wanted}'. Are these the rows of one person? "
        "They came in.",
    ),
    "NO_PERSON": Remarked(
        "Row without a person", _ASIDE,
        "The row '{text}' does not say whose it is; it may be that of the person above it. Write the whole name or the "
        "id into it.",
    ),
    "ALIKE_NAMES": Remarked(
        "Names that may be of one person", _ASIDE,
        "'{text}' and '{other}' may be one person. Write the name or the id the same way everywhere.",
    ),
    "SAME_NAME": Remarked(
        "One name for several people", _ASIDE,
        "'{text}' has {count} ids, and may be several people. The files share names alone: put the id into each of "
        "them.",
    ),
    "TWO_IDS": Remarked(
        "One name under two ids", _ASIDE,
        "'{text}' has the id '{one}' in one file and '{other}' in another. Write the same id in all files; a "
        "spreadsheet may have dropped zeros at the front.",
    ),
    "NO_CREDENTIAL_KNOWN": Remarked(
        "No credential is known", _ASIDE,
        "No credential of '{text}' is in the files. Add it in a table of credentials, with its code and last day, or "
        "write the name as it is there.",
    ),
    "OTHER_BOARD": Remarked(
        "Another board's credential", _ASIDE,
        "A credential of another board ({text}).",
    ),
    "NO_CREDENTIAL": Remarked(
        "No credential", _ASIDE,
        "There is no credential.",
    ),
    "ALREADY_THERE": Remarked(
        "In the record already", _ASIDE,
        "The record has it ('{text}').",
    ),
    "SAME_FILE": Remarked(
        "The same file again", _ASIDE,
        "The same file was given before.",
    ),
    "SAME_COURSE": Remarked(
        "The same course again", _ASIDE,
        "Statement {text} says that the same course was completed.",
    ),
    "VOIDED": Remarked(
        "Voided or revoked", _ASIDE,
        "It was voided or revoked.",
    ),
    "BADGE_ELSEWHERE": Remarked(
        "A badge without its class", _ASIDE,
        "The meaning of the badge is at an address, and nothing is downloaded. Save the badge together with its class.",
    ),
    "BADGE_CLASS": Remarked(
        "A class of badges", _ASIDE,
        "The description of a class of badges, not a badge that a person has earned.",
    ),
    "HIDDEN_SHEET": Remarked(
        "A hidden sheet", _ASIDE,
        "A hidden sheet. Show it in Excel to have it read.",
    ),
    "HIDDEN_ROW": Remarked(
        "A hidden row", _ASIDE,
        "The sheet hides this row, by itself or by a filter, or strikes it out. If it counts, show it and save the "
        "file again.",
    ),
    "HIDDEN_COLUMN": Remarked(
        "A hidden column", _ASIDE,
        "'{text}' is in a hidden column ('{column}'). If it is right, show the column and save the file again.",
    ),
    "STRUCK_OUT": Remarked(
        "A value that is struck out", _ASIDE,
        "'{text}' under '{column}' is struck out. If it is right, remove the line; otherwise, write the right value.",
    ),
    "NOT_SHOWN": Remarked(
        "Hidden or struck out", _ASIDE,
        "The page hides this row, or strikes it out. If it counts, have the page show it.",
    ),
    # Rows that are not activities.
    "HEADER_ROW": Remarked(
        "Names of columns", _ASIDE,
        "The names of the columns.",
    ),
    "TITLE_ROW": Remarked(
        "Outside a table", _ASIDE,
        "Text outside a table.",
    ),
    "ROW_OUTSIDE": Remarked(
        "Perhaps an activity outside a table", _ASIDE,
        "It reads like an activity, but no known names of columns stand above it. If it is one, write the names of the "
        "columns above it, in the same sheet.",
    ),
    "NOTE_ROW": Remarked(
        "A note", _ASIDE,
        "There is neither a day nor an amount.",
    ),
    "TOTAL_ROW": Remarked(
        "A row of sums", _ASIDE,
        "A row of sums.",
    ),
    "READS_LIKE_SUM": Remarked(
        "Reads like a sum", _ASIDE,
        "It reads like a sum of other rows. If it is an activity, give it the title of the certificate.",
    ),
    "BLANK_ROW": Remarked(
        "An empty row", _ASIDE,
        "An empty row.",
    ),
    # Faults of a row.
    "NO_SUCH_DATE": Remarked(
        "No such day", _REFUSED,
        "The calendar has no day '{text}'. Which day is it?",
    ),
    "NOT_POSITIVE": Remarked(
        "Below zero", _REFUSED,
        "'{text}' is below zero. If it takes back the credit of another row, write what is left into that row, and "
        "remove this one.",
    ),
    "TOO_MANY_CELLS": Remarked(
        "Too many cells", _REFUSED,
        "The row has {cells} cells, and the header has {wide}: values may be in the wrong columns. Put a cell that "
        "contains the separator in quotation marks.",
    ),
    "TOO_FEW_CELLS": Remarked(
        "Too few cells", _REFUSED,
        "The row has {cells} cells, and the header has {wide}: values may be in the wrong columns, or the file is cut "
        "off.",
    ),
    "BROKEN_QUOTE": Remarked(
        "Broken quotation marks", _REFUSED,
        "A quotation mark is not closed, or text follows one that is. Correct the row in the file.",
    ),
    "COLUMN_TWICE": Remarked(
        "Two columns of one name", _REFUSED,
        "Two columns are called '{text}'. Rename one of them in the file.",
    ),
    "CUT_OFF": Remarked(
        "Cut off", _REFUSED,
        "The file ends in this row, so its '{text}' may be cut off. Check it, and end the last line of the file with a "
        "line break.",
    ),
    "CREDENTIAL_UNKNOWN": Remarked(
        "An unknown credential", _REFUSED,
        "'{text}' is not a known credential of ASCP; {hint}.",
    ),
    "FAULT": Remarked(
        "A fault", _REFUSED,
        "{text} under '{path}': expected {expected}; {hint}.",
    ),
    # Faults of a file.
    "NO_HEADER": Remarked(
        "No column names", _REFUSED,
        "No row of the file has known column names, such as Title, Date Completed, Contact Hours. Name the columns in "
        "a mapping file ([columns]). If it is a certificate, write its title, day and hours into a table.",
    ),
    "ROSTER": Remarked(
        "A provider's roster", _REFUSED,
        "A row of a provider's roster, as it is sent to a license tracker: without names of columns, without "
        "titles. This kind of file is not read.",
    ),
    "FIXED_WIDTH": Remarked(
        "A list of fixed width", _REFUSED,
        "A list of fixed width without names of columns, as providers' rosters for license trackers are. This"
        " kind of file is not read.",
    ),
    "KIND_NOT_READ": Remarked(
        "A kind that is not read", _REFUSED,
        "The file is {text}. This kind of file is not read{hint}.",
    ),
    "UNKNOWN_JSON": Remarked(
        "Unknown JSON", _REFUSED,
        "JSON of a kind that is not known. xAPI statements and Open Badges 2 and 3 are read.",
    ),
    "NOT_JSON": Remarked(
        "Not whole JSON", _REFUSED,
        "The file begins as JSON does and is not whole; it may be cut off. Save it again.",
    ),
    "NOT_IN_ENCODING": Remarked(
        "Another encoding", _REFUSED,
        "The file cannot be read as {text}. Save it as UTF-8, or name its encoding (--encoding cp1252).",
    ),
    "EMPTY_FILE": Remarked(
        "An empty file", _REFUSED,
        "The file is empty.",
    ),
    "TOO_LARGE": Remarked(
        "Too large", _REFUSED,
        "The file has {text}. Leave out what is not needed.",
    ),
    "NO_TABLE": Remarked(
        "No table", _REFUSED,
        "No table is found, or its columns cannot be told apart. Ask for the transcript as CSV or Excel. If it is a "
        "certificate, write its title, day and hours into a table.",
    ),
    "NO_TEXT": Remarked(
        "A picture of text", _REFUSED,
        "The PDF has no text: it is a scanned picture of a page. Ask for the transcript as a file, or type "
        "it.",
    ),
    "NOT_A_PDF": Remarked(
        "Not a PDF that can be read", _REFUSED,
        "The PDF is cut off, damaged, locked by a password or packed in an old way. Save it again, or print "
        "it to a new PDF.",
    ),
    "NOT_A_WORKBOOK": Remarked(
        "Not a workbook that can be read", _REFUSED,
        "The workbook is cut off, damaged or locked by a password. Save it again as .xlsx.",
    ),
    "OLD_WORKBOOK": Remarked(
        "An old workbook", _REFUSED,
        "A workbook of the old kind (.xls), or one with a password. Save it as .xlsx, without a password.",
    ),
    "PICTURE": Remarked(
        "A picture", _REFUSED,
        "A picture, such as a scanned page or a badge. Pictures are not read: ask for the transcript as a "
        "file, or for the badge as JSON.",
    ),
    "SIGNED_TOKEN": Remarked(
        "A signed token", _REFUSED,
        "A signed token (JWT), as badges are sent from machine to machine. It is not read: save the badge as "
        "JSON.",
    ),
}
"""Questions, reasons for setting something aside, and faults."""

RULES: Final[dict[str, str]] = {
    "ENCODING_GUESSED": "The encoding is a guess; the old value is the next best reading, with its encoding.",
    "DATE_ORDER": "The order of dates that was said.",
    "ONLY_ORDER": "A day in digits that only one order makes a day, or both the same.",
    "YEAR_FIRST": "The year comes first.",
    "MONTH_IN_LETTERS": "The month is written in letters.",
    "EXCEL_SERIAL": "A serial number of Excel in a column of days.",
    "TIME_DROPPED": "The day of a time without an offset.",
    "TIME_AT_PLACE": "The day of a time with an offset, at the holder's place.",
    "DAY_ADDED": "The record had the activity without its day.",
    "DECIMAL_COMMA": "A decimal comma.",
    "UNIT_IN_CELL": "The unit is written with the amount.",
    "UNIT_BY_HEADER": "The header of the amount says the unit.",
    "UNIT_BY_COLUMN": "The column of units says it.",
    "UNIT_BY_TYPE": "The type of credit says the unit; a P.A.C.E. or AMA PRA credit is read as a contact hour.",
    "UNIT_BY_OPTION": "The unit that was said for amounts without one.",
    "UNIT_BY_KIND": "A table with the keys of a record: the first unit of the kind.",
    "KIND_BY_WORD": "The word for the kind, by the table of words.",
    "KIND_BY_DEFAULT": "The file does not say the kind: a course (`formal_ce`); a college course for a college unit.",
    "AREA_BY_NAME": "The topic is the name of an area.",
    "AREA_PROPOSED": "The topic belongs to the area by the table of words (grade: inferred); it is not confirmed.",
    "TOPIC_IS_POOL": "The topic belongs to no area of the credentials' tables: any other CE.",
    "CREDENTIAL_SPELLING": "A credential as people write it.",
    "BY_OPTION": "Given on the command line or in the mapping file.",
    "MAPPING_FILE": "A word of the mapping file.",
}
"""The rules by which a value was changed on the way in."""
