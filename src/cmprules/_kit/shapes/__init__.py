"""One declaration per field: how it is read, checked and written.

Each field is declared once.  Its annotation gives its shape; a field that differs from its type says so in its
metadata.  The constructor's checks, the reader of mappings (JSON, TOML) and the writer all follow from the shape.
A reader does not stop at the first fault: it notes each one with its path, so that a person sees all of them at once.
"""

from __future__ import annotations

from cmprules._kit.shapes.compound import FrozenMap as FrozenMap
from cmprules._kit.shapes.compound import ListOf as ListOf
from cmprules._kit.shapes.compound import MapOf as MapOf
from cmprules._kit.shapes.compound import Maybe as Maybe
from cmprules._kit.shapes.compound import Plain as Plain
from cmprules._kit.shapes.compound import members_of as members_of
from cmprules._kit.shapes.compound import refuse_others as refuse_others
from cmprules._kit.shapes.fields import ENTERED as ENTERED
from cmprules._kit.shapes.fields import INNER as INNER
from cmprules._kit.shapes.fields import LEAVE_OUT as LEAVE_OUT
from cmprules._kit.shapes.fields import MAYBE_ENTERED as MAYBE_ENTERED
from cmprules._kit.shapes.fields import Checked as Checked
from cmprules._kit.shapes.fields import Later as Later
from cmprules._kit.shapes.fields import Part as Part
from cmprules._kit.shapes.fields import fields_of as fields_of
from cmprules._kit.shapes.fields import maker as maker
from cmprules._kit.shapes.fields import read_part as read_part
from cmprules._kit.shapes.fields import trusted as trusted
from cmprules._kit.shapes.fields import wire as wire
from cmprules._kit.shapes.fields import write_part as write_part
from cmprules._kit.shapes.hints import hint_for as hint_for
from cmprules._kit.shapes.hints import nearest as nearest
from cmprules._kit.shapes.single import BAD as BAD
from cmprules._kit.shapes.single import Count as Count
from cmprules._kit.shapes.single import Day as Day
from cmprules._kit.shapes.single import Flag as Flag
from cmprules._kit.shapes.single import Listed as Listed
from cmprules._kit.shapes.single import Member as Member
from cmprules._kit.shapes.single import Money as Money
from cmprules._kit.shapes.single import Number as Number
from cmprules._kit.shapes.single import Shape as Shape
from cmprules._kit.shapes.single import Text as Text
from cmprules._kit.shapes.single import Whole as Whole
from cmprules._kit.shapes.single import Word as Word
