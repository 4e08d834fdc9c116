"""Rules engines on one small decision, each through its public names."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

__all__ = ["ENGINES", "Case", "Engine", "cases", "plain", "whole_decision"]

Case = dict[str, int]
Decider = Callable[[Sequence[Case]], list[bool]]

NAMES = ("total", "safety", "days_late")
EXPRESSION = "total >= 36 and safety >= 1 and days_late <= 0"
LOGIC = {"and": [{">=": [{"var": "total"}, 36]}, {">=": [{"var": "safety"}, 1]}, {"<=": [{"var": "days_late"}, 0]}]}
DAY = "2026-03-10"


def cases(count: int) -> list[Case]:
    """Make up cases; the same number gives the same cases."""
    chance = Random(20_261_123)
    return [{"total": chance.randint(0, 60), "safety": chance.randint(0, 3), "days_late": chance.randint(-400, 400)}
            for _ in range(count)]


def plain(given: Sequence[Case]) -> list[bool]:
    """Decide in plain Python."""
    return [case["total"] >= 36 and case["safety"] >= 1 and case["days_late"] <= 0 for case in given]



def rule_engine() -> Decider:
    """rule-engine: a rule parsed once."""
    rule = import_module("rule_engine").Rule(EXPRESSION)
    return lambda given: [rule.matches(case) for case in given]


def zen_expression() -> Decider:
    """zen-engine: an expression compiled once."""
    expression = import_module("zen").compile_expression(EXPRESSION)
    return lambda given: [expression.evaluate(case) for case in given]


def zen_graph(**options: bool) -> Decider:
    """zen-engine: a decision graph."""
    def node(id: str, kind: str, **content: Any) -> dict[str, Any]:
        return {"id": id, "type": kind, "name": id, "position": {"x": 0, "y": 0}, **content}

    met = {"expressions": [{"id": "1", "key": "met", "value": EXPRESSION}]}
    graph = {
        "nodes": [node("in", "inputNode"), node("out", "outputNode"), node("rule", "expressionNode", content=met)],
        "edges": [{"id": "a", "sourceId": "in", "targetId": "rule", "type": "edge"},
                  {"id": "b", "sourceId": "rule", "targetId": "out", "type": "edge"}],
    }
    decision = import_module("zen").ZenEngine().create_decision(json.dumps(graph))
    return lambda given: [decision.evaluate(case, options)["result"]["met"] for case in given]


def datalogic() -> Decider:
    """datalogic-py: JSONLogic compiled once."""
    rule = import_module("datalogic_py").Engine().compile(LOGIC)
    return lambda given: [rule.evaluate(case) for case in given]


def jsonlogic_rs() -> Decider:
    """jsonlogic-rs: JSONLogic, parsed again for each case."""
    apply = import_module("jsonlogic_rs").apply
    return lambda given: [apply(LOGIC, case) for case in given]


def json_logic_qubit() -> Decider:
    """json-logic-qubit: JSONLogic in Python."""
    apply = import_module("json_logic").jsonLogic
    return lambda given: [apply(LOGIC, case) for case in given]


def business_rules() -> Decider:
    """business-rules: conditions and actions as JSON, variables as methods."""
    engine, actions, variables = (import_module(f"business_rules{part}") for part in ("", ".actions", ".variables"))

    def variable(name: str) -> Any:
        def read(self: Any) -> int:
            return int(self.case[name])

        read.__name__ = name
        return variables.numeric_rule_variable(read)

    def grant(self: Any) -> None:
        self.granted = True

    known = type("Variables", (variables.BaseVariables,), {name: variable(name) for name in NAMES})
    may = type("Actions", (actions.BaseActions,), {"granted": False, "grant": actions.rule_action(params={})(grant)})
    bounds = {"total": ("greater_than_or_equal_to", 36), "safety": ("greater_than_or_equal_to", 1),
              "days_late": ("less_than_or_equal_to", 0)}
    rules = [{"conditions": {"all": [{"name": name, "operator": operator, "value": value}
                                     for name, (operator, value) in bounds.items()]},
              "actions": [{"name": "grant", "params": {}}]}]

    def granted(case: Case) -> bool:
        about, done = known(), may()
        about.case = case
        engine.run_all(rule_list=rules, defined_variables=about, defined_actions=done, stop_on_first_trigger=True)
        return bool(done.granted)

    return lambda given: [granted(case) for case in given]


def openfisca(*, trace: bool = False) -> Decider:
    """OpenFisca-Core: a formula over persons; each case builds a new simulation, as its web service does."""
    simulations = import_module("openfisca_core.simulation_builder")
    system = _openfisca_system()

    def met(case: Case) -> bool:
        entered = {"persons": {"somebody": {name: {DAY: value} for name, value in case.items()}}}
        simulation = simulations.SimulationBuilder().build_from_entities(system, entered)
        simulation.trace = trace
        return bool(simulation.calculate("met", DAY)[0])

    return lambda given: [met(case) for case in given]


def openfisca_columns() -> Decider:
    """OpenFisca-Core: the same formula over all cases at once, as columns."""
    simulations, numpy = import_module("openfisca_core.simulation_builder"), import_module("numpy")
    system = _openfisca_system()

    def met(given: Sequence[Case]) -> list[bool]:
        simulation = simulations.SimulationBuilder().build_default_simulation(system, len(given))
        for name in NAMES:
            simulation.set_input(name, DAY, numpy.array([case[name] for case in given]))
        found: list[bool] = simulation.calculate("met", DAY).tolist()
        return found

    return met


def _openfisca_system() -> Any:
    """Write the decision as a system of variables."""
    person = import_module("openfisca_core.entities").build_entity(key="person", plural="persons", label="A person",
                                                                   is_person=True)
    variable = import_module("openfisca_core.variables").Variable
    system = import_module("openfisca_core.taxbenefitsystems").TaxBenefitSystem([person])
    common = {"entity": person, "definition_period": import_module("openfisca_core.periods").DateUnit.DAY}

    def formula(somebody: Any, period: Any) -> Any:
        total, safety, days_late = (somebody(name, period) for name in NAMES)
        return (total >= 36) * (safety >= 1) * (days_late <= 0)

    for name in NAMES:
        system.add_variable(type(name, (variable,), {**common, "value_type": int, "label": name}))
    system.add_variable(type("met", (variable,), {**common, "value_type": bool, "label": "met", "formula": formula}))
    return system


def whole_decision() -> Callable[[int], object]:
    """lk-tax: a whole decision from another field, with sources and decimals: the monthly tax on a salary."""
    tax = import_module("lk_tax")
    return lambda pay: tax.apit_monthly(pay, on=DAY)


class Engine(NamedTuple):
    """An engine: its package, how to prepare it, and whether it is slow and gets fewer cases."""

    package: str
    ready: Callable[[], Decider]
    slow: bool = False


ENGINES: Mapping[str, Engine] = {
    "datalogic-py": Engine("datalogic-py", datalogic),
    "zen-engine, expression": Engine("zen-engine", zen_expression),
    "rule-engine": Engine("rule-engine", rule_engine),
    "jsonlogic-rs": Engine("jsonlogic-rs", jsonlogic_rs),
    "json-logic-qubit": Engine("json-logic-qubit", json_logic_qubit),
    "business-rules": Engine("business-rules", business_rules),
    "zen-engine, graph": Engine("zen-engine", zen_graph, slow=True),
    "zen-engine, graph with trace": Engine("zen-engine", partial(zen_graph, trace=True), slow=True),
    "OpenFisca-Core": Engine("openfisca-core", openfisca, slow=True),
    "OpenFisca-Core with trace": Engine("openfisca-core", partial(openfisca, trace=True), slow=True),
    "OpenFisca-Core, in columns": Engine("openfisca-core", openfisca_columns),
}
