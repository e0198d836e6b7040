"""`ecograph export`: the current build's network for Gephi, as tables, or all of its statements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import click

from ecograph.cli.current import current_build, workspace_option
from ecograph.config import Workspace, load_workspace
from ecograph.export.files import replaced
from ecograph.export.gexf import write_gexf
from ecograph.export.graphml import write_graphml
from ecograph.export.graphology import write_graphology
from ecograph.export.pajek import write_pajek
from ecograph.export.rdf import write_nquads
from ecograph.export.tables import write_edges, write_nodes
from ecograph.export.typed import Extent, Language, TypedGraph, Variant, network_graph
from ecograph.model.iris import Base

F = TypeVar("F", bound=Callable[..., Any])

_LANGUAGE = click.option(
    "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Language of the labels."
)
_NETWORK = click.option(
    "--network", type=click.Choice(["county", "all"]), default="county", show_default=True,
    help="The projects with an actor in the region, or all projects of the data.",
)  # fmt: skip


def _target(help: str) -> Callable[[F], F]:
    return click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help=help)


@click.group("export")
def export() -> None:
    """Write the current build for other programs."""


@export.command("gexf")
@workspace_option
@_target("The file to write.")
@_LANGUAGE
@_NETWORK
@click.option(
    "--variant", type=click.Choice(["static", "dynamic", "simplified"]), default="static", show_default=True,
    help="All of it; with the years of actors and ties; or the region's actors with their strongest ties.",
)  # fmt: skip
def gexf(root: Path, target: Path, lang: str, network: str, variant: str) -> None:
    """Write the network of actors as GEXF 1.3 for Gephi."""
    _write(write_gexf, root, target, lang, network, variant)


@export.command("graphml")
@workspace_option
@_target("The file to write.")
@_LANGUAGE
@_NETWORK
def graphml(root: Path, target: Path, lang: str, network: str) -> None:
    """Write the network of actors as GraphML for NetworkX, igraph, yEd or Cytoscape."""
    _write(write_graphml, root, target, lang, network)


@export.command("pajek")
@workspace_option
@_target("The file to write.")
@_LANGUAGE
@_NETWORK
def pajek(root: Path, target: Path, lang: str, network: str) -> None:
    """Write the network of actors for Pajek (.net)."""
    _write(write_pajek, root, target, lang, network)


@export.command("json")
@workspace_option
@_target("The file to write.")
@_LANGUAGE
@_NETWORK
def json(root: Path, target: Path, lang: str, network: str) -> None:
    """Write the network of actors as JSON for graphology and sigma."""
    _write(write_graphology, root, target, lang, network)


@export.command("csv")
@workspace_option
@_target("A directory for nodes.csv and edges.csv, or a prefix for both names.")
@_LANGUAGE
@_NETWORK
def csv(root: Path, target: Path, lang: str, network: str) -> None:
    """Write the network of actors as two tables, nodes and edges."""
    graph = _network(load_workspace(root), lang, network)
    nodes, edges = _pair_of_files(target)
    with replaced(nodes) as node_file, replaced(edges) as edge_file:
        write_nodes(graph, node_file)
        write_edges(graph, edge_file)
    _report(graph, nodes, edges)


@export.command("nquads")
@workspace_option
@_target("The file to write; compressed when its name ends in .gz.")
def nquads(root: Path, target: Path) -> None:
    """Write all statements of the build as N-Quads, in an order that never changes."""
    graph = current_build(load_workspace(root)).graph()
    with replaced(target) as out:
        count = write_nquads(graph, out, compressed=target.suffix == ".gz")
    click.echo(f"Wrote {count} statements to {target}.")


def _write(
    writer: Callable[[TypedGraph, BinaryIO], None],
    root: Path,
    target: Path,
    lang: str,
    network: str,
    variant: str = "static",
) -> None:
    graph = _network(load_workspace(root), lang, network, variant)
    with replaced(target) as out:
        writer(graph, out)
    _report(graph, target)


def _network(workspace: Workspace, lang: str, network: str, variant: str = "static") -> TypedGraph:
    graph = current_build(workspace).graph()
    if network == "all":
        click.echo("Measuring the whole network; this takes half a minute or so.", err=True)
    return network_graph(
        graph,
        base=Base(workspace.base),
        region=workspace.region,
        network=cast(Extent, network),
        lang=cast(Language, lang),
        variant=cast(Variant, variant),
    )


def _pair_of_files(target: Path) -> tuple[Path, Path]:
    if target.is_dir():
        return target / "nodes.csv", target / "edges.csv"
    return target.with_name(f"{target.name}nodes.csv"), target.with_name(f"{target.name}edges.csv")


def _report(graph: TypedGraph, *files: Path) -> None:
    names = " and ".join(str(file) for file in files)
    click.echo(f"Wrote {graph.nodes.height} nodes and {graph.edges.height} edges to {names}.")
    click.echo(graph.caveat)
