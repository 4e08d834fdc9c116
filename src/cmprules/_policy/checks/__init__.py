"""The checks that policy data must pass before it becomes a book; each one has a broken file in the tests.

They refuse a row without a source, a row that does not add up, and a row that contradicts another: nothing in a table
is worse than a wrong figure that looks right.
"""

from __future__ import annotations

from cmprules._policy.checks.edition import check_edition as check_edition
from cmprules._policy.checks.own import check_extra as check_extra
from cmprules._policy.checks.points import last_days_of as last_days_of
from cmprules._policy.checks.reforms import check_reform as check_reform
from cmprules._policy.checks.reforms import limit_id as limit_id
from cmprules._policy.checks.words import BY_KIND as BY_KIND
from cmprules._policy.checks.words import FEE_ITEMS as FEE_ITEMS
