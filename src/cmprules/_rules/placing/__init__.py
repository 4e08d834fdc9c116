"""The finder: the best placement of points in areas, exactly, with the proof of every shortfall.

What it solves is a flow: activities bring points, areas and the pool need them, a cap bounds what activities of
one kind may bring together.  Two facts make it small.  For every set of areas, what it needs less what may serve
any of it is a shortfall that no placement avoids, and the largest of these is what the best placement leaves: so
the value has a closed form over sets of areas, and the set that attains it is the proof.  And a mandatory area
that is filled to the brim can always be filled by the activity in hand instead, the others making room: so
activities can be placed one by one, each as well as the rest allows.  Whether the rest can still do its part without
dividing an activity takes a search at worst; mostly it is enough to go straight on and to see that nobody lost by it.

Amounts are whole hundredths.  Sets of areas are bit masks, area 0 being the first of the table.

Read the modules in this order: `items` (what is asked and answered), `sets` and `supply` (sums over sets of areas),
`proving` (the closed form), `greedy` (straight on), `placement` and `search` (with a search), `finding` (which one).
"""

from __future__ import annotations

from cmprules._rules.placing.finding import can_stay_whole as can_stay_whole
from cmprules._rules.placing.finding import is_divided as is_divided
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
from cmprules._rules.placing.steps import Steps as Steps
from cmprules._rules.placing.supply import Rows as Rows
from cmprules._rules.placing.supply import rows_of as rows_of
