"""GraphML, Pajek, graphology's JSON and the variants of GEXF: read back by the programs that they are for."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import igraph
import networkx as nx
import polars as pl
import pytest
from click.testing import CliRunner
from gexf_schema import faults
from lxml import etree

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace, load_workspace
from ecograph.errors import ConfigurationError
from ecograph.export.formats import FORMATS, network_bytes
from ecograph.export.gexf import gephi_lite_link, write_gexf
from ecograph.export.graphml import write_graphml
from ecograph.export.graphology import write_graphology
from ecograph.export.pajek import write_pajek
from ecograph.export.typed import TypedGraph, Variant, network_graph
from ecograph.model.iris import Base
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph

FRONTEND = Path(__file__).parents[2] / "src" / "ecograph" / "web" / "frontend"
FIXTURE = Path(__file__).parents[1] / "fixture"
G = "{http://gexf.net/1.3}"

Write = Callable[[TypedGraph, BinaryIO], None]


@pytest.fixture(scope="module")
def typed(county_graph: MemoryGraph, region: RegionConfig) -> TypedGraph:
    """The county network with Swedish labels."""
    return network_graph(county_graph, base=Base(), region=region)


def written(write: Write, graph: TypedGraph) -> bytes:
    out = io.BytesIO()
    write(graph, out)
    return out.getvalue()


def test_graphml_is_read_back_by_networkx_and_igraph(typed: TypedGraph, tmp_path: Path) -> None:
    content = written(write_graphml, typed)
    graph = nx.read_graphml(io.BytesIO(content))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (7, 6)
    assert graph.nodes["actor/epsilon"]["label"] == 'Epsilon kommun & "bolag"'
    assert graph.nodes["actor/alfa"]["in_region"] is True
    assert graph.nodes["actor/alfa"]["degree"] == 4
    assert "constraint" not in graph.nodes["actor/eta"]
    assert graph["actor/alfa"]["actor/beta"]["weight"] == 2.0
    file = tmp_path / "x.graphml"
    file.write_bytes(content)
    assert igraph.Graph.Read_GraphML(str(file)).vcount() == 7


def test_graphml_declares_every_key_that_it_uses(typed: TypedGraph) -> None:
    root = etree.fromstring(written(write_graphml, typed))
    namespace = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {key.get("id"): key.get("attr.type") for key in root.findall(f"{namespace}key")}
    used = {data.get("key") for data in root.iter(f"{namespace}data")}
    assert used <= set(keys)
    assert set(keys.values()) <= {"string", "long", "double", "boolean"}
    assert not {data.text for data in root.iter(f"{namespace}data")} & {None, "None", "nan", "inf"}


def test_pajek_is_read_back_with_labels_and_weights(typed: TypedGraph, tmp_path: Path) -> None:
    file = tmp_path / "x.net"
    file.write_bytes(written(write_pajek, typed))
    graph = nx.Graph(nx.read_pajek(file))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (7, 6)
    assert graph["Alfa högskola"]["Beta AB"]["weight"] == 2.0
    assert "Epsilon kommun & 'bolag'" in graph
    assert igraph.Graph.Read_Pajek(str(file)).ecount() == 6


def test_json_is_what_graphology_serialises(typed: TypedGraph) -> None:
    content = json.loads(written(write_graphology, typed))
    assert content["options"] == {"type": "undirected", "multi": False, "allowSelfLoops": False}
    alfa = next(node for node in content["nodes"] if node["key"] == "actor/alfa")["attributes"]
    assert (alfa["label"], alfa["color"], alfa["helix"]) == ("Alfa högskola", "#2c7a4b", "akademi")
    eta = next(node for node in content["nodes"] if node["key"] == "actor/eta")["attributes"]
    assert "constraint" not in eta
    assert all(edge["undirected"] and edge["attributes"]["weight"] > 0 for edge in content["edges"])
    values = [value for node in content["nodes"] for value in node["attributes"].values()]
    assert not any(value is None or isinstance(value, (list, dict)) for value in values)


def by_graphology(file: Path, key: str) -> str:
    """Read a file by graphology itself: order, size, type and the label of a node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    if not (FRONTEND / "node_modules" / "graphology").is_dir():
        pytest.skip("graphology is not among the front end's installed packages")
    script = (
        "const {createRequire} = require('module'); const load = createRequire(process.argv[1] + '/package.json');"
        "const found = load('graphology'); const Graph = found.default || found;"
        "const text = require('fs').readFileSync(process.argv[2], 'utf8');"
        "const graph = process.argv[2].endsWith('.gexf')"
        " ? load('graphology-gexf/node').parse(Graph, text) : Graph.from(JSON.parse(text));"
        "console.log([graph.order, graph.size, graph.type, graph.getNodeAttribute(process.argv[3], 'label')].join('|'));"
    )
    done = subprocess.run(
        [node, "-e", script, str(FRONTEND), str(file), key], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_graphology_itself_reads_the_json(typed: TypedGraph, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(written(write_graphology, typed))
    assert by_graphology(file, "actor/alfa") == "7|6|undirected|Alfa högskola"


def test_graphology_itself_reads_the_gexf(typed: TypedGraph, tmp_path: Path) -> None:
    file = tmp_path / "x.gexf"
    file.write_bytes(written(write_gexf, typed))
    assert by_graphology(file, "actor/alfa") == "7|6|undirected|Alfa högskola"


def test_the_dynamic_file_has_the_years_of_actors_and_ties(
    county_graph: MemoryGraph, region: RegionConfig
) -> None:
    dynamic = network_graph(county_graph, base=Base(), region=region, variant="dynamic", lang="en")
    content = written(write_gexf, dynamic)
    graph = etree.fromstring(content).find(f"{G}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("timerepresentation")) == (
        "dynamic",
        "date",
        "interval",
    )
    assert graph.find(f"{G}edges").get("count") == str(len(graph.find(f"{G}edges")))
    for element in [*graph.find(f"{G}nodes"), *graph.find(f"{G}edges")]:
        spells = element.find(f"{G}spells")
        assert len(spells) > 0
        ends = [(spell.get("start"), spell.get("end")) for spell in spells]
        assert all(start <= end for start, end in ends)
        assert ends == sorted(ends)
    read = nx.read_gexf(io.BytesIO(content))
    # p1 2016–2019 and p8 2017–2020 make one span of the two.
    assert read["actor/alfa"]["actor/beta"]["spells"] == [("2016-01-01", "2020-12-31")]
    # p3 is undated: delta and epsilon are only in it.
    assert "actor/delta" not in read
    assert "2 actors and 3 ties of undated projects only" in dynamic.description


def test_the_simplified_file_is_the_region_s_own_actors(
    county_graph: MemoryGraph, region: RegionConfig
) -> None:
    simple = network_graph(county_graph, base=Base(), region=region, variant="simplified")
    assert simple.nodes["in_region"].all()
    assert simple.nodes["id"].to_list() == ["actor/alfa", "actor/beta", "actor/epsilon", "actor/zeta"]
    assert "Förenklat" in simple.description
    whole = network_graph(county_graph, base=Base(), region=region)
    of = dict(whole.nodes.select("id", "betweenness").iter_rows())
    assert all(of[key] == value for key, value in simple.nodes.select("id", "betweenness").iter_rows())


@pytest.mark.parametrize("write", [write_graphml, write_pajek, write_graphology])
def test_equal_networks_give_equal_bytes(
    write: Write, typed: TypedGraph, county_graph: MemoryGraph, region: RegionConfig
) -> None:
    again = network_graph(county_graph, base=Base(), region=region)
    assert written(write, typed) == written(write, again)


@pytest.mark.parametrize(
    "words",
    [
        ("graphml",),
        ("pajek",),
        ("json",),
        ("gexf", "--variant", "dynamic"),
        ("gexf", "--variant", "simplified"),
    ],
)
def test_every_format_is_written_from_the_terminal(
    words: tuple[str, ...], fixture_build: Build, fixture_workspace: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "network"
    result = CliRunner().invoke(
        main, ["export", *words, "-C", str(fixture_workspace.root), "-o", str(target)]
    )
    assert result.exit_code == 0, result.output
    assert "Täckningsgrad" in result.output
    assert target.stat().st_size > 0


def test_the_link_to_gephi_lite_carries_the_file_s_address() -> None:
    link = gephi_lite_link("https://example.org/data/network-sv.gexf")
    assert link == "https://lite.gephi.org/?file=https%3A%2F%2Fexample.org%2Fdata%2Fnetwork-sv.gexf"
    own = gephi_lite_link("https://a.example/n.gexf", instance="https://gephi.example/lite/")
    assert own.startswith("https://gephi.example/lite/?file=")


def test_gephi_lite_tells_the_format_by_the_ending_so_another_address_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\.gexf"):
        gephi_lite_link("https://example.org/network.gexf?lang=sv")


def test_the_workspace_says_which_gephi_lite_and_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    text = (FIXTURE / "ecograph.toml").read_text(encoding="utf-8")
    file = tmp_path / "ecograph.toml"
    file.write_text(text.replace("[workspace]", '[workspace]\ngephi_lite = "https://gephi.example/"'))
    assert load_workspace(tmp_path).gephi_lite == "https://gephi.example/"
    file.write_text(text.replace("[workspace]", '[workspace]\ngephi_lite = "javascript:1"'))
    with pytest.raises(ConfigurationError, match="gephi_lite"):
        load_workspace(tmp_path)


@pytest.mark.parametrize("variant", ["dynamic", "simplified"])
def test_the_other_variants_keep_to_the_schema_too(
    variant: Variant, county_graph: MemoryGraph, region: RegionConfig
) -> None:
    graph = network_graph(county_graph, base=Base(), region=region, variant=variant)
    content = network_bytes(graph, "gexf")
    assert faults(content) == []
    assert read_sizes("gexf", content, Path()) == (graph.nodes.height, graph.edges.height)


def read_sizes(name: str, content: bytes, folder: Path) -> tuple[int, int]:
    """Read a file as its users do, by networkx and (with a folder to write in) igraph; return its size."""
    file = folder / f"network.{FORMATS[name].ending}"
    if name == "json":
        found = json.loads(content, parse_constant=lambda text: pytest.fail(f"{text} in JSON"))
        return len(found["nodes"]), len(found["edges"])
    if name == "gexf":
        graph = nx.read_gexf(io.BytesIO(content))
        assert not any(value is None for _, data in graph.nodes(data=True) for value in data.values())
        return graph.number_of_nodes(), graph.number_of_edges()
    file.write_bytes(content)
    if name == "graphml":
        graph, other = nx.read_graphml(io.BytesIO(content)), igraph.Graph.Read_GraphML(str(file))
    else:
        graph, other = nx.Graph(nx.read_pajek(file)), igraph.Graph.Read_Pajek(str(file))
    sizes = graph.number_of_nodes(), graph.number_of_edges()
    assert sizes == (other.vcount(), other.ecount())
    return sizes


def tables(graph: TypedGraph) -> nx.Graph:
    """Read the two tables as an analyst does."""
    nodes, edges = (pl.read_csv(network_bytes(graph, name)) for name in ("nodes", "edges"))
    read: nx.Graph = nx.Graph()
    read.add_nodes_from(nodes["Id"].to_list())
    read.add_weighted_edges_from(edges.select("Source", "Target", "Weight").iter_rows())
    return read


@pytest.mark.parametrize("name", ["gexf", "graphml", "json", "pajek"])
def test_a_network_of_one_actor_is_written_and_read_back(
    name: str, typed: TypedGraph, tmp_path: Path
) -> None:
    alone = replace(typed, nodes=typed.nodes.head(1), edges=typed.edges.clear())
    assert read_sizes(name, network_bytes(alone, name), tmp_path) == (1, 0)
    assert tables(alone).number_of_nodes() == 1


@pytest.mark.full
def test_the_whole_county_is_read_back_by_everyone(
    full_build: Build, full_workspace: Workspace, tmp_path: Path
) -> None:
    graph = network_graph(
        full_build.graph(), base=Base(full_workspace.base), region=full_workspace.region, lang="en"
    )
    size = graph.nodes.height, graph.edges.height
    assert size[0] > 500
    for name in ("gexf", "graphml", "json", "pajek"):
        assert read_sizes(name, network_bytes(graph, name), tmp_path) == size
    read = tables(graph)
    assert (read.number_of_nodes(), read.number_of_edges()) == size
    assert faults(network_bytes(graph, "gexf")) == []
    (tmp_path / "x.json").write_bytes(network_bytes(graph, "json"))
    assert by_graphology(tmp_path / "x.json", graph.nodes["id"][0]).startswith(
        f"{size[0]}|{size[1]}|undirected|"
    )
