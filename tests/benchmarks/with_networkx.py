"""The estimate of commission.PLAN as one would first write it with a graph library: what the engine is held to.

The graph leads from each member to those below her. Amounts are in øre, volumes in thousandths.
"""

from __future__ import annotations

from typing import Any

import networkx

from organizer.domain.team import Kind, Team

_RATES = (8, 6, 5, 4, 3, 2, 1)
_DEPTH = {"": 0, "distributor": 1, "bronze": 3, "silver": 4, "gold": 5, "diamond": 7}
_ORDER = ("", "distributor", "bronze", "silver", "gold", "diamond")


def graph_of(team: Team) -> Any:
    """The team as a graph."""
    graph = networkx.DiGraph()
    for member in range(len(team)):
        graph.add_node(
            member,
            pv=team.volumes["pv"][member] or 0,
            cv=team.volumes["cv"][member] or 0,
            customer=team.kinds[member] is Kind.CUSTOMER,
        )
    graph.add_edges_from((above, member) for member, above in enumerate(team.sponsor) if above >= 0)
    return graph


def estimate(graph: Any, earner: int) -> int:
    """What the earner gets, in øre, each line rounded."""
    nodes = graph.nodes
    active = {m: not nodes[m]["customer"] and nodes[m]["pv"] >= 100_000 for m in graph}
    group, best, rank = {}, {}, {}
    for member in networkx.dfs_postorder_nodes(graph, earner):
        below = list(graph.successors(member))
        group[member] = nodes[member]["pv"] + sum(group[one] for one in below)
        rank[member] = _rank(nodes[member], group, best, below, sum(active[one] for one in below))
        best[member] = max([_ORDER.index(rank[member]), *(best[one] for one in below)])
    total = 0
    hers = _DEPTH[rank[earner]] if active[earner] else 0
    for source in networkx.descendants(graph, earner):
        level, above = 1, next(graph.predecessors(source))
        while above != earner:
            if active[above] and level <= _DEPTH[rank[above]]:
                level += 1
            above = next(graph.predecessors(above))
        if level <= hers:
            total += _half_up(nodes[source]["cv"] * _RATES[level - 1])
    return total


def _rank(
    node: dict[str, Any], group: dict[int, int], best: dict[int, int], below: list[int], active_below: int
) -> str:
    if node["customer"]:
        return ""
    whole = node["pv"] + sum(group[one] for one in below)

    def legs(rank: str) -> int:
        return sum(best[one] >= _ORDER.index(rank) for one in below)

    strong = sum(group[one] >= 3_000_000 for one in below)
    if node["pv"] >= 200_000 and whole >= 20_000_000 and strong >= 3 and legs("gold") >= 3:
        return "diamond"
    if node["pv"] >= 100_000 and whole >= 4_000_000 and legs("silver") >= 2:
        return "gold"
    if node["pv"] >= 100_000 and whole >= 1_000_000:
        return "silver"
    if node["pv"] >= 100_000 and active_below >= 2:
        return "bronze"
    return "distributor"


def _half_up(thousandth_percents: int) -> int:
    # thousandths of a krone times per cent: 1,000 of them are an øre
    return (thousandth_percents + 500) // 1000
