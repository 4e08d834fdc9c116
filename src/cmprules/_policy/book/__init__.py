"""Policy as values: sources, figures, tables and the book that finds the right one for a credential."""

from __future__ import annotations

from cmprules._policy.book.book import MOST_KEPT as MOST_KEPT
from cmprules._policy.book.book import OwnFile as OwnFile
from cmprules._policy.book.book import PolicyBook as PolicyBook
from cmprules._policy.book.book import refuse_book as refuse_book
from cmprules._policy.book.counting import CountingRules as CountingRules
from cmprules._policy.book.counting import IdentityRules as IdentityRules
from cmprules._policy.book.counting import KindRule as KindRule
from cmprules._policy.book.counting import Limit as Limit
from cmprules._policy.book.figures import AreaFigure as AreaFigure
from cmprules._policy.book.figures import CapFigure as CapFigure
from cmprules._policy.book.figures import Cell as Cell
from cmprules._policy.book.figures import ExamFeeRow as ExamFeeRow
from cmprules._policy.book.figures import FeeRow as FeeRow
from cmprules._policy.book.figures import Figure as Figure
from cmprules._policy.book.figures import PointsRow as PointsRow
from cmprules._policy.book.figures import ProcessFigure as ProcessFigure
from cmprules._policy.book.policy import Policy as Policy
from cmprules._policy.book.policy import tables_of as tables_of
from cmprules._policy.book.process import PassRateRow as PassRateRow
from cmprules._policy.book.process import ProofRule as ProofRule
from cmprules._policy.book.process import TransitionRow as TransitionRow
from cmprules._policy.book.sources import Citation as Citation
from cmprules._policy.book.sources import LastDay as LastDay
from cmprules._policy.book.sources import Setting as Setting
from cmprules._policy.book.sources import Source as Source
from cmprules._policy.book.sources import Statement as Statement
