"""The checks that policy data must pass before a book is made of it; each one has a broken file in the tests.

A row that cannot be traced, that does not add up, or that contradicts another is refused: a wrong figure that looks
right is the worst that a table can hold.
"""

from __future__ import annotations

from cmprules._policy.checks.edition import check_edition as check_edition
from cmprules._policy.checks.own import check_extra as check_extra
from cmprules._policy.checks.points import last_days_of as last_days_of
from cmprules._policy.checks.reforms import check_reform as check_reform
from cmprules._policy.checks.reforms import limit_id as limit_id
from cmprules._policy.checks.words import BY_KIND as BY_KIND
from cmprules._policy.checks.words import FEE_ITEMS as FEE_ITEMS
