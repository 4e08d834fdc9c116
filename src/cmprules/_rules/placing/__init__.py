"""The finder: the best placement of points in areas, exactly, with the proof of every shortfall.

The problem is a flow: activities bring points, areas and the pool need them, and a cap limits what activities of one
kind bring together.  Two facts make it small.  First, for every set of areas, its needs minus the points that may serve
any of them is a shortfall that no placement avoids, and the best placement leaves exactly the largest of these.  So the
value has a closed form over sets of areas, and the set with the largest shortfall is the proof.  Second, a full
mandatory area can always be filled by the present activity instead, while the others make room.  So activities can be
placed one by one, each as well as the rest allows.  Whether the rest still suffices without dividing an activity needs
a search at worst; usually a greedy walk is enough, with a check that nothing was lost.

Amounts are whole hundredths.  Sets of areas are bit masks, area 0 being the first of the table.

Read the modules in this order: `items` (questions and answers), `sets` and `supply` (sums over sets of areas),
`proving` (the closed form), `greedy` (without a search), `placement` and `search` (with a search), `finding` (the
choice between them).
"""

from __future__ import annotations

from cmprules._rules.placing.finding import can_place_dividing as can_place_dividing
from cmprules._rules.placing.finding import can_stay_whole as can_stay_whole
from cmprules._rules.placing.finding import is_divided as is_divided
from cmprules._rules.placing.finding import most_steps as most_steps
from cmprules._rules.placing.finding import most_steps_to_place as most_steps_to_place
from cmprules._rules.placing.finding import place as place
from cmprules._rules.placing.finding import place_dividing as place_dividing
from cmprules._rules.placing.items import NO_CAP as NO_CAP
from cmprules._rules.placing.items import Demand as Demand
from cmprules._rules.placing.items import Item as Item
from cmprules._rules.placing.items import Placed as Placed
from cmprules._rules.placing.items import Proof as Proof
from cmprules._rules.placing.proving import prove as prove
from cmprules._rules.placing.proving import prove_exchanged as prove_exchanged
from cmprules._rules.placing.steps import NODE_LIMIT as NODE_LIMIT
from cmprules._rules.placing.steps import SearchLimitError as SearchLimitError
from cmprules._rules.placing.steps import Steps as Steps
from cmprules._rules.placing.supply import Rows as Rows
from cmprules._rules.placing.supply import rows_of as rows_of
