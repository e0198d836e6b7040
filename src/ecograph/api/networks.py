"""The networks of a build as networkx graphs, for whatever else networkx and its friends can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from scipy.sparse import csr_array, triu

from ecograph.api.opened import Opened, Window
from ecograph.insight.groups import By, group_labels, groups_of
from ecograph.insight.whatif import meetings
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Consortia, project_actors

if TYPE_CHECKING:
    import networkx as nx

Projection = Literal["actors", "two-mode", "areas", "helices", "municipalities"]

_KINDS: dict[str, By] = {"areas": "area", "helices": "helix", "municipalities": "municipality"}


def network(
    opened: Opened,
    *,
    window: Window | None = None,
    projection: Projection = "actors",
    scope: Literal["region", "country"] = "region",
    largest: int | None = None,
) -> nx.Graph[Any]:
    """Return the network of collaboration in counted projects; vertices are local ids.

    projection: ``actors``: ties carry weight (shared projects) and newman (Σ 1/(n−1) over them); a weight is
    a strength, never a distance. ``two-mode``: actors and projects, with networkx's mark ``bipartite`` 0 and
    1. ``areas``, ``helices``, ``municipalities``: weight is the number of projects in which two meet.
    scope: the region's network, or everything in the build. largest: projects with more collaborators make
    no ties (actors). Vertices carry label, and what is known of them; what is not known is left out.
    """
    import networkx as nx

    found = opened.national(window) if scope == "country" else opened.county(window)
    graph: nx.Graph[Any] = nx.Graph()
    facts = opened.parameters(window, projection=projection, scope=scope)
    graph.graph.update((name, value) for name, value in facts.items() if value is not None)
    if projection in _KINDS:
        return _of_groups(opened, found, _KINDS[projection], graph)
    for row in found.actors.iter_rows(named=True):
        graph.add_node(row["actor"], **_known(row, opened.lang, ("helix", "municipality", "country")),
                       in_region=row["in_region"], domestic=row["domestic"])  # fmt: skip
    if projection == "two-mode":
        for actor in found.actor_ids:
            graph.nodes[actor]["bipartite"] = 0
        for row in found.projects.iter_rows(named=True):
            known = _known(row, opened.lang, ("start_year", "end_year", "programme"))
            graph.add_node(row["project"], **known, bipartite=1)
        graph.add_edges_from(found.participations.select("actor", "project").iter_rows())
        return graph
    ties = project_actors(found, None if largest is None else Consortia(largest)).edges()
    graph.add_edges_from(
        (one, other, {"weight": shared, "newman": newman}) for one, other, shared, newman in ties.iter_rows()
    )
    return graph


def _known(row: Mapping[str, Any], lang: str, names: Sequence[str]) -> dict[str, Any]:
    facts = {name: row[name] for name in names if row[name] is not None}
    return {"label": row[f"label_{lang}"], **facts}


def _of_groups(opened: Opened, found: TwoMode, by: By, graph: nx.Graph[Any]) -> nx.Graph[Any]:
    groups = groups_of(found, by)
    labels = group_labels(opened.graph, opened.base, found, groups)
    for name in groups.names:
        graph.add_node(name, label=labels[name][opened.side])
    met = triu(csr_array(meetings(found, groups)), k=1).tocoo()
    for one, other, number in zip(met.row.tolist(), met.col.tolist(), met.data.tolist(), strict=True):
        if number:
            graph.add_edge(groups.names[one], groups.names[other], weight=number)
    return graph
