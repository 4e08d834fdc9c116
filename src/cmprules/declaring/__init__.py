"""The declaration: its life as states and events, and the form to send.

    import cmprules
    from cmprules.declaring import advance, begin, declaration_form

    book = cmprules.load_book(edition="2026.1")
    record = cmprules.read_record("examples/mls-met.json")
    form = declaration_form(record, book, on="2026-03-10", credential="mls")
    life = begin(record.credentials[0], book, on="2026-03-10")

One table of the edition says which event may follow which; the code adds no rules of its own.
The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules._words.declarations import Condition, Event, State
from cmprules.declaring import _report as _report
from cmprules.declaring._form import declaration_form
from cmprules.declaring._life import advance, begin, lawful_events, parse_life
from cmprules.declaring._values import DeclarationForm, DeclarationLife, FormLine, LawfulEvent, Shown, Step

__all__ = [
    "Condition",
    "DeclarationForm",
    "DeclarationLife",
    "Event",
    "FormLine",
    "LawfulEvent",
    "Shown",
    "State",
    "Step",
    "advance",
    "begin",
    "declaration_form",
    "lawful_events",
    "parse_life",
]
