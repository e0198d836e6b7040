"""`ecograph network measure`: the measures on anyone's own list of ties."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from ecograph.errors import EcographError, Place
from ecograph.network import measures as m
from ecograph.network.edgelist import EdgeList, read_edges, read_groups

Columns = dict[str, m.Values]
Groups = list[str | None]


def _per_pair(values: m.Values, groups: Groups, normalised: bool) -> m.Values:
    return m.divided(values, m.possible(groups)) if normalised else values


def _brokerage(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    del weighted
    counts = m.brokerage(edges.adjacency, groups, directed=edges.directed)
    values = _per_pair(counts, groups, normalised)
    return {f"brokerage_{role}": values[:, column] for column, role in enumerate(m.ROLES)}


def _betweenness(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    del groups
    values = m.betweenness(
        edges.adjacency, directed=edges.directed, distances=weighted, normalised=normalised
    )
    return {"betweenness": values}


def _q_betweenness(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    values = m.q_betweenness(
        edges.adjacency, groups, directed=edges.directed, distances=weighted, normalised=normalised
    )
    return {"q_betweenness": values}


def _participation(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    del normalised
    values = m.participation_coefficient(edges.adjacency, groups, weighted=weighted, directed=edges.directed)
    return {"participation": values}


def _constraint(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    del groups, normalised
    return {"constraint": m.constraint(edges.adjacency, weighted=weighted, directed=edges.directed)}


def _effective_size(edges: EdgeList, groups: Groups, weighted: bool, normalised: bool) -> Columns:
    del groups, normalised
    return {"effective_size": m.effective_size(edges.adjacency, weighted=weighted, directed=edges.directed)}


_MEASURES: dict[str, Callable[[EdgeList, Groups, bool, bool], Columns]] = {
    "constraint": _constraint,
    "effective-size": _effective_size,
    "brokerage": _brokerage,
    "betweenness": _betweenness,
    "q-betweenness": _q_betweenness,
    "participation": _participation,
}
"""In the order of the columns."""

_GROUPED = {"brokerage", "q-betweenness", "participation"}


def _asked(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    if value is None:
        return None
    names = [name.strip().lower().replace("_", "-") for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in _MEASURES]
    if unknown or not names:
        what = f"{unknown[0]!r} is no measure here" if unknown else "no measure is named"
        raise click.BadParameter(f"{what}; choose from {', '.join(_MEASURES)}")
    return names


@click.command("measure")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--groups", "groups_file", type=click.Path(path_type=Path), help="CSV with node,group.")
@click.option(
    "--measures", "names", callback=_asked, metavar="NAMES",
    help="Measures, separated by commas: " + ", ".join(_MEASURES) + ". All, when left out.",
)  # fmt: skip
@click.option("--directed", is_flag=True, help="A tie runs from source to target only.")
@click.option(
    "--weighted", is_flag=True,
    help="Use the column weight: the strength of a tie. On shortest paths a tie is 1/weight long.",
)  # fmt: skip
@click.option(
    "--normalised", is_flag=True,
    help="Divide betweenness, Q and the brokerage counts by the number of pairs that there could be.",
)  # fmt: skip
def measure(
    file: Path,
    groups_file: Path | None,
    names: list[str] | None,
    directed: bool,
    weighted: bool,
    normalised: bool,
) -> None:
    """Measure the nodes of any network: FILE is a CSV list of ties with the columns source,target[,weight].

    Prints CSV, one row a node. Brokerage counts ordered pairs a, b with a→v→b and no tie a→b: coordinator
    AAA, itinerant ABA, gatekeeper ABB, representative AAB, liaison ABC (the broker's group in the middle), in
    an undirected network both orders. Betweenness and Q count unordered pairs when undirected, ordered when
    directed; Q only pairs of different groups. Undefined is an empty cell. Brokerage never uses weights.
    """
    edges = read_edges(file, directed=directed, weighted=weighted)
    if names is None:
        names = [name for name in _MEASURES if groups_file is not None or name not in _GROUPED]
    needy = [name for name in names if name in _GROUPED]
    if needy and groups_file is None:
        raise EcographError(
            f"{needy[0]} needs to know the group of each node.",
            remedy="Name a CSV file with the columns node,group by --groups.",
        )
    groups: Groups = [None] * len(edges.nodes)
    if groups_file is not None:
        edges, groups = _with_groups(edges, file, groups_file)
    _notes(edges, file, weighted)
    columns: Columns = {}
    for name in [known for known in _MEASURES if known in names]:
        columns |= _MEASURES[name](edges, groups, weighted, normalised)
    click.echo(_csv(edges.nodes, columns), nl=False)


def _with_groups(edges: EdgeList, file: Path, groups_file: Path) -> tuple[EdgeList, Groups]:
    stated = read_groups(groups_file)
    known = set(edges.nodes)
    unknown = [node for node in stated if node not in known]
    if len(unknown) == len(stated):
        raise EcographError(
            "No node of the groups is in the network"
            + (f"; the first is {unknown[0]!r}." if unknown else ": there is no group."),
            place=Place(str(groups_file), row=stated[unknown[0]][1] if unknown else None),
            remedy=f"Name the nodes as in the columns source and target of {file}.",
        )
    if unknown:
        place = Place(str(groups_file), row=stated[unknown[0]][1], column="node")
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        click.echo(
            f"Note: {place}: {unknown[0]!r}{more} has no tie in {file} and is measured as an isolate. "
            "Take it out of the groups, or mend its name, if it is not one.",
            err=True,
        )
    edges = edges.with_isolates(unknown)
    groups: Groups = [stated[node][0] if node in stated else None for node in edges.nodes]
    if None in groups:
        first = edges.nodes[groups.index(None)]
        click.echo(
            f"Note: {groups.count(None)} nodes have no group, {first!r} for one: they broker nothing and are "
            f"no end of a path between groups. Add them to {groups_file} if they have one.",
            err=True,
        )
    return edges, groups


def _notes(edges: EdgeList, file: Path, weighted: bool) -> None:
    if edges.loops:
        click.echo(f"Note: {file}: {edges.loops} ties of a node with itself were left out.", err=True)
    if edges.repeated:
        how = "their weights were added" if weighted else "each tie counts once"
        click.echo(f"Note: {file}: {edges.repeated} rows repeat a tie; {how}.", err=True)


def _csv(nodes: tuple[str, ...], columns: Columns) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["node", *columns])
    table = np.column_stack(list(columns.values()))
    writer.writerows([node, *map(_cell, row)] for node, row in zip(nodes, table.tolist(), strict=True))
    return out.getvalue()


def _cell(value: float) -> str:
    """Return a number at 12 significant digits, whole ones without a point; empty when undefined."""
    if not math.isfinite(value):
        return ""
    short = float(f"{value:.12g}")
    return str(int(short)) if short.is_integer() and abs(short) < 1e15 else repr(short)
