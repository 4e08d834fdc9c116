"""Every command: its line of help, and its module."""

from __future__ import annotations

from types import MappingProxyType

LINES = MappingProxyType({
    "new": "make a first record",
    "example": "write an example record",
    "intake": "read transcripts, exports and badges into a record",
    "decide": "decide every credential of a record",
    "answer": "answer open questions of a decision, in the record",
    "reports": "write a page for each person, and an index for the coordinator",
    "export": "write records, answers and placements as Excel or CSV",
    "batch": "decide a population from files",
    "what-if": "compare the outcomes of a population under two books",
    "explain": "explain a decision step by step",
    "track": "show the progress of a holder, and what to do next",
    "timeline": "list the dates that come next",
    "calendar": "write the dates that come next as an iCalendar file",
    "plan": "find the cheapest courses that meet every credential of a record",
    "audit": "show how much of the declarations of a record can be proven",
    "exam": "read score reports, and show what follows",
    "policy": "show what a credential requires",
    "compare": "compare two tables or two decisions",
    "receipt": "decide, and write a receipt of the decision",
    "verify": "replay a receipt",
    "editions": "list the editions of the policy tables",
    "codes": "list the credentials that a record may name",
    "kinds": "list the kinds of activity that a record may name",
    "areas": "list the areas that an activity may serve",
    "units": "list the units that an amount may have",
    "schema": "print the JSON Schema of a wire format",
    "completion": "print a script that completes commands and options in a shell",
    "help": "explain a command",
})
"""The line of each command, in the order of the help."""

MODULES = MappingProxyType({"reports": "_people", "what-if": "_whatif", "codes": "_words", "kinds": "_words",
                            "areas": "_words", "units": "_words"})
"""The modules whose name differs from their command's."""
