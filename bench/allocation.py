"""One record, by cmprules and by maximum-flow solvers that produce the same results: the contestants and the checks.

Every contestant gets the same made-up records and the table of MLS.  The peers judge the activities (days, kinds,
duplicates) with the functions that `cmprules.allocate` uses, build their network from the activities that count, solve
it, and read its flows into the same `Allocation`: areas, proofs of shortfalls, placements, activities.  They fill the
mandatory areas; the rest goes to the pool.  Their shortfalls and proofs equal ours to the hundredth, which is checked
before anything is timed.  `cmprules.allocate` does more: it prefers placements that divide no activity, and of those
the one that the rules name.  `cmprules.decide` is the whole answer, with findings, fees, sources and digest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import attrs
import networkx as nx
import numpy as np
from ortools.graph.python import max_flow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

import cmprules
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import maker, trusted
from cmprules._rules.allocation import Table, table_of
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import entries
from cmprules._rules.judging import judge
from cmprules._rules.placing import NO_CAP
from cmprules._rules.results import ActivityResult, AreaResult, PlacedPoints, Total
from cmprules._rules.verdicts import ACCEPTED, Counted

EXPIRES = date(2026, 5, 31)
CYCLE = cmprules.Period(start=date(2023, 6, 1), end=EXPIRES)
AREAS = ("safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology")
KINDS = {"formal_ce": 0.55, "in_service": 0.2, "self_study": 0.17, "college_course": 0.05, "covid_work": 0.03}
AMOUNTS = ("0.5", "1", "1", "1", "1.5", "2", "2", "3", "4")
SOURCE, SINK, FIRST = 0, 1, 2
MADE = maker(ActivityResult)
PLACED = maker(PlacedPoints)
NOWHERE = dict.fromkeys(("surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed"),
                        from_hundredths(0))


def activities_of(chance: Random) -> list[cmprules.Activity]:
    """Make up the activities of one holder: 14 to 30, more than half of them for one to three areas."""
    found = []
    for number in range(chance.randint(14, 30)):
        kind = chance.choices([*KINDS], [*KINDS.values()])[0]
        areas = chance.sample(AREAS, chance.choice((1, 1, 2, 2, 3))) if chance.random() < 0.55 else []
        found.append(cmprules.Activity(
            id=f"a{number}", title=f"Course {number} on topic {number % 7}", provider="A society", kind=kind,
            amount=chance.choice(AMOUNTS), areas=areas,
            completed_on=CYCLE.start + timedelta(days=-40 if chance.random() < 0.02 else chance.randrange(CYCLE.days))))
    return found


def records_of(count: int, seed: int = 7) -> list[cmprules.Record]:
    """Make up records with one credential each; the same seed gives the same records."""
    chance = Random(seed)
    return [cmprules.Record(holder={"id": f"h{number}"}, activities=activities_of(chance),
                            credentials=[{"id": "c", "code": "MLS", "expires_on": EXPIRES}])
            for number in range(count)]


# ---------------------------------------------------------------------------------------------------------
# The network of one record, as every peer gets it.


@attrs.frozen(kw_only=True)
class Network:
    """A flow network: the activities that count, and arcs between source, caps, activities, areas and sink.

    Attributes:
        links: for each arc from an activity to an area, the positions of the two.
    """

    table: Table
    counted: Sequence[Counted]
    accepted: Sequence[Counted]
    caps: Sequence[int]
    tails: list[int]
    heads: list[int]
    capacities: list[int]
    links: list[tuple[int, int]]
    nodes: int


def network_of(activities: Sequence[cmprules.Activity], policy: cmprules.Policy) -> Network:
    """Judge the activities and build the network; arcs into areas come first."""
    counted = judge(entries(activities, policy.rules), policy.rules, Cycle(period=CYCLE, counted=CYCLE)).counted
    table = table_of(policy)
    accepted = [one for one in counted if one.bucket == ACCEPTED]
    areas = {figure.area: position for position, figure in enumerate(table.areas)}
    first_area = FIRST + len(table.demand.caps)
    first_item = first_area + len(areas)
    tails, heads, capacities, links = [], [], [], []
    caps = [table.cap_of.get(one.entry.activity.kind, NO_CAP) for one in accepted]
    feeds = []
    for item, one in enumerate(accepted):
        points = one.entry.points
        served = [] if policy.rules.kinds[one.entry.activity.kind].pool_only else one.entry.areas
        bits = [areas[name] for name in served if name in areas]
        for bit in bits:
            links.append((item, bit))
            tails.append(first_item + item)
            heads.append(first_area + bit)
            capacities.append(points)
        if bits:
            feeds.append((FIRST + caps[item] if caps[item] != NO_CAP else SOURCE, first_item + item, points))
    feeds += [(SOURCE, FIRST + cap, most) for cap, most in enumerate(table.demand.caps)]
    feeds += [(first_area + bit, SINK, need) for bit, need in enumerate(table.demand.areas)]
    for tail, head, capacity in feeds:
        tails.append(tail)
        heads.append(head)
        capacities.append(capacity)
    return Network(table=table, counted=counted, accepted=accepted, caps=caps, tails=tails, heads=heads,
                   capacities=capacities, links=links, nodes=first_item + len(accepted))


def ortools_flows(network: Network) -> list[int]:
    """Solve with OR-Tools' `SimpleMaxFlow`."""
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(network.tails, network.heads, network.capacities)
    solver.solve(SOURCE, SINK)
    found: list[int] = solver.flows(range(len(network.links))).tolist()
    return found


def scipy_flows(network: Network) -> list[int]:
    """Solve with SciPy's `maximum_flow`."""
    graph = csr_array((np.array(network.capacities, dtype=np.int32), (network.tails, network.heads)),
                      shape=(network.nodes, network.nodes))
    flow = maximum_flow(graph, SOURCE, SINK).flow.todok()
    return [int(flow.get((tail, head), 0))
            for tail, head in zip(network.tails, network.heads, strict=True)][: len(network.links)]


def networkx_flows(network: Network) -> list[int]:
    """Solve with NetworkX's `maximum_flow`."""
    graph = nx.DiGraph()
    for tail, head, capacity in zip(network.tails, network.heads, network.capacities, strict=True):
        graph.add_edge(tail, head, capacity=capacity)
    _, flow = nx.maximum_flow(graph, SOURCE, SINK)
    return [flow[tail][head] for tail, head in zip(network.tails, network.heads, strict=True)][: len(network.links)]


# ---------------------------------------------------------------------------------------------------------
# From flows to an allocation: all peers share this reader.


def read_flows(network: Network, flows: Sequence[int]) -> cmprules.Allocation:
    """Fill the pool with what the areas leave, and record where every point went."""
    demand = network.table.demand
    width = len(demand.areas)
    vectors = [[0] * (width + 1) for _ in network.accepted]
    for (item, bit), points in zip(network.links, flows, strict=True):
        vectors[item][bit] = points
    short = _shortfalls(network, vectors)
    left = [most - sum(sum(vector) for vector, cap in zip(vectors, network.caps, strict=True) if cap == bound)
            for bound, most in enumerate(demand.caps)]
    pool = demand.pool
    for vector, one, cap in zip(vectors, network.accepted, network.caps, strict=True):
        rest = min(one.entry.points - sum(vector), pool)
        if cap != NO_CAP:
            rest = min(rest, left[cap])
            left[cap] -= rest
        vector[width] = rest
        pool -= rest
    return _written(network, vectors, short)


def _shortfalls(network: Network, vectors: Sequence[Sequence[int]]) -> tuple[cmprules.Shortfall, ...]:
    """Find the areas that stay short, and the areas that share their activities: the smallest cut."""
    table, demand = network.table, network.table.demand
    got = [sum(column) for column in zip(*vectors, strict=True)] or [0] * (len(demand.areas) + 1)
    short = {bit for bit, need in enumerate(demand.areas) if got[bit] < need}
    found, usable = [], _usable(network)
    if short:
        cut = _cut(network, vectors, short)
        required = sum(demand.areas[bit] for bit in cut)
        missing = sum(demand.areas[bit] - got[bit] for bit in short)
        found.append(_shortfall(tuple(table.names[bit] for bit in sorted(cut)), required, required - missing))
    if usable < demand.total:
        found.append(_shortfall(table.names, demand.total, usable))
    return tuple(found)


def _cut(network: Network, vectors: Sequence[Sequence[int]], short: set[int]) -> set[int]:
    """Follow the flow back from the areas that are short to every area that could release points to them."""
    demand, cut, size = network.table.demand, set(short), -1
    serving = [(item, bit) for item, bit in network.links]
    while len(cut) != size:
        size = len(cut)
        items = {item for item, bit in serving if bit in cut}
        capped = {network.caps[item] for item in items if sum(vectors[item]) < network.accepted[item].entry.points}
        items |= {item for item, cap in enumerate(network.caps) if cap in capped}
        cut |= {bit for item in items for bit in range(len(demand.areas)) if vectors[item][bit]}
    return cut


def _usable(network: Network) -> int:
    """Add up the points that count, after caps."""
    free, capped = 0, [0] * len(network.table.demand.caps)
    for one, cap in zip(network.accepted, network.caps, strict=True):
        if cap == NO_CAP:
            free += one.entry.points
        else:
            capped[cap] += one.entry.points
    return free + sum(map(min, network.table.demand.caps, capped))


def _shortfall(areas: tuple[str, ...], required: int, available: int) -> cmprules.Shortfall:
    return trusted(cmprules.Shortfall, areas=areas, required=from_hundredths(required),
                   available=from_hundredths(available), short=from_hundredths(required - available))


def _written(
    network: Network, vectors: Sequence[Sequence[int]], shortfalls: tuple[cmprules.Shortfall, ...],
) -> cmprules.Allocation:
    table, names = network.table, network.table.names
    sums = [sum(column) for column in zip(*vectors, strict=True)] or [0] * len(names)
    required = table.demand.total
    where = {one.entry.activity.id: vector for one, vector in zip(network.accepted, vectors, strict=True)}
    short = from_hundredths(required - sum(sums))
    return trusted(
        cmprules.Allocation, shortfalls=shortfalls,
        total=trusted(Total, required=from_hundredths(required), placed=from_hundredths(sum(sums)), short=short,
                      short_if_confirmed=short),
        areas=tuple(
            trusted(AreaResult, area=name, required=figure.value, placed=from_hundredths(placed),
                    short=from_hundredths(figure.hundredths - placed), row=table.policy.row.id, grade=figure.grade)
            for name, figure, placed in zip(names, [*table.areas, table.pool], sums, strict=True)),
        placements=tuple(
            PLACED(activity=name, area=area, points=from_hundredths(points))
            for name, vector in where.items() for area, points in zip(names, vector, strict=True) if points),
        activities=tuple(_result(one, where.get(one.entry.activity.id)) for one in network.counted),
        divided=tuple(name for name, vector in where.items() if sum(map(bool, vector[:-1])) > 1),
    )


def _result(one: Counted, vector: Sequence[int] | None) -> ActivityResult:
    """Report where the points of one activity went; points over a cap are not distinguished from other surplus."""
    entered = one.entry.points
    placed = sum(vector) if vector is not None else 0
    parts: dict[str, Any] = dict(NOWHERE)
    parts["surplus" if vector is not None else one.bucket] = from_hundredths(entered - placed)
    return MADE(id=one.entry.activity.id, entered=from_hundredths(entered), placed=from_hundredths(placed), **parts)


# ---------------------------------------------------------------------------------------------------------
# The measurement.

PEERS: dict[str, Callable[[Network], list[int]]] = {
    "ortools": ortools_flows, "scipy": scipy_flows, "networkx": networkx_flows,
}
SIZES = (10, 100, 1_000)


def contestants(records: Sequence[cmprules.Record], book: cmprules.PolicyBook) -> dict[str, Callable[[], object]]:
    """Return the functions to time; each goes through all records once."""
    policy = book.policy_for("MLS", expires_on=EXPIRES)

    def peer(solve: Callable[[Network], list[int]]) -> Callable[[], object]:
        return lambda: [read_flows(network, solve(network))
                        for network in (network_of(record.activities, policy) for record in records)]

    return {
        "allocate": lambda: [cmprules.allocate(record.activities, policy, cycle=CYCLE) for record in records],
        "decide": lambda: [cmprules.decide(record, book, on=EXPIRES) for record in records],
        **{name: peer(solve) for name, solve in PEERS.items()},
    }


def check(records: Sequence[cmprules.Record], book: cmprules.PolicyBook) -> None:
    """Check that all contestants find the same shortfalls with the same proofs; what closes them only cmprules says.

    Raises:
        ValueError: a contestant differs.
    """
    policy = book.policy_for("MLS", expires_on=EXPIRES)
    for record in records:
        ours = cmprules.allocate(record.activities, policy, cycle=CYCLE)
        proofs = tuple(attrs.evolve(proof, closers=None) for proof in ours.shortfalls)
        for name, solve in PEERS.items():
            network = network_of(record.activities, policy)
            theirs = read_flows(network, solve(network))
            if (theirs.total, theirs.shortfalls) != (ours.total, proofs):
                raise ValueError(f"{name} differs on {record.holder.id}: {theirs.shortfalls} for {ours.shortfalls}")
        decided = cmprules.decide(record, book, on=EXPIRES)["c"]
        if (decided.total, decided.placements) != (ours.total, ours.placements):
            raise ValueError(f"decide and allocate differ on {record.holder.id}")
