"""A trained model's graph, run straight through: its nodes and their order never change after loading.

Rasa hands the graph to dask for each message and each prediction, which plans it anew as if it could run on a cluster.
Here the plan is made once for each target; the nodes, what they are given and what they answer stay Rasa's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Plan = tuple[tuple[str, GraphNode, tuple[str, ...]], ...]


class StraightGraphRunner(DaskGraphRunner):
    """Rasa's runner, built by its loader like any other."""

    _plans: dict[tuple[str, ...], Plan]

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """The outputs of `targets`, by name. Raises Rasa's `GraphRunError` for an input with a node's name."""
        inputs = inputs or {}
        if clash := next((name for name in inputs.values() if isinstance(name, str) and name in self._nodes), None):
            raise GraphRunError(f"The input {clash!r} has the name of a node of the graph.")
        wanted = tuple(targets or self._graph_schema.target_names)
        outputs = {name: (name, value) for name, value in inputs.items()}
        for name, node, needs in self._plan(wanted):
            outputs[name] = node(*[outputs.get(need, need) for need in needs])
        return {name: outputs[name][1] for name in wanted}

    @property
    def _nodes(self) -> dict[str, GraphNode]:
        return self._instantiated_nodes

    def _plan(self, targets: tuple[str, ...]) -> Plan:
        plans = vars(self).setdefault("_plans", {})
        if targets not in plans:
            schema = self._graph_schema.minimal_graph_schema(list(targets))
            plans[targets] = tuple(
                (name, self._nodes[name], tuple(schema.nodes[name].needs.values())) for name in _in_order(schema)
            )
        return plans[targets]


def _in_order(schema: GraphSchema) -> list[str]:
    """Each node after those that it needs."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in schema.nodes and name not in order:
            for need in schema.nodes[name].needs.values():
                visit(need)
            order.append(name)

    for name in schema.nodes:
        visit(name)
    return order
