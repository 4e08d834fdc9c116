"""The rows of the policy tables as they stand in the files: one class for each shape, each key declared once.

Rows are read and made into values of a book; nothing compares or shows them, so their classes are made without the
methods for it, which would take longer than reading.
"""

from __future__ import annotations

from cmprules._policy.rows.files import Parsed as Parsed
from cmprules._policy.rows.files import PointsTable as PointsTable
from cmprules._policy.rows.files import parse_edition as parse_edition
from cmprules._policy.rows.files import read_table as read_table
from cmprules._policy.rows.lists import DOCUMENTS as DOCUMENTS
from cmprules._policy.rows.lists import EVENTS as EVENTS
from cmprules._policy.rows.lists import FEE_GROUPS as FEE_GROUPS
from cmprules._policy.rows.lists import FIELDS as FIELDS
from cmprules._policy.rows.lists import FIGURES_OF_LIMITS as FIGURES_OF_LIMITS
from cmprules._policy.rows.lists import LIMITS as LIMITS
from cmprules._policy.rows.lists import NEEDS as NEEDS
from cmprules._policy.rows.lists import OPEN_WORDS as OPEN_WORDS
from cmprules._policy.rows.lists import PROCESS as PROCESS
from cmprules._policy.rows.lists import STATES as STATES
from cmprules._policy.rows.lists import TABLE_SCHEMA as TABLE_SCHEMA
from cmprules._policy.rows.lists import UNITS as UNITS
from cmprules._policy.rows.own import ExtraFees as ExtraFees
from cmprules._policy.rows.own import ExtraKinds as ExtraKinds
from cmprules._policy.rows.own import ExtraLimits as ExtraLimits
from cmprules._policy.rows.own import ExtraPoints as ExtraPoints
from cmprules._policy.rows.own import ExtraTable as ExtraTable
from cmprules._policy.rows.own import ReformFigures as ReformFigures
from cmprules._policy.rows.own import ReformTable as ReformTable
from cmprules._policy.rows.own import parse_extra as parse_extra
from cmprules._policy.rows.own import parse_reform as parse_reform
from cmprules._policy.rows.rows import AreaRow as AreaRow
from cmprules._policy.rows.rows import CellRow as CellRow
from cmprules._policy.rows.rows import Cited as Cited
from cmprules._policy.rows.rows import CredentialRow as CredentialRow
from cmprules._policy.rows.rows import EditionRow as EditionRow
from cmprules._policy.rows.rows import ExamFeeTableRow as ExamFeeTableRow
from cmprules._policy.rows.rows import FeeTableRow as FeeTableRow
from cmprules._policy.rows.rows import FigureRow as FigureRow
from cmprules._policy.rows.rows import KindRow as KindRow
from cmprules._policy.rows.rows import LikeRow as LikeRow
from cmprules._policy.rows.rows import LimitRow as LimitRow
from cmprules._policy.rows.rows import ParticipationRow as ParticipationRow
from cmprules._policy.rows.rows import PassRateTableRow as PassRateTableRow
from cmprules._policy.rows.rows import PointsTableRow as PointsTableRow
from cmprules._policy.rows.rows import ProcessRow as ProcessRow
from cmprules._policy.rows.rows import ProofTableRow as ProofTableRow
from cmprules._policy.rows.rows import RuleRow as RuleRow
from cmprules._policy.rows.rows import SourceRow as SourceRow
from cmprules._policy.rows.rows import TextRow as TextRow
from cmprules._policy.rows.rows import TransitionTableRow as TransitionTableRow
from cmprules._policy.rows.rows import UnitRow as UnitRow
