"""GraphML, Pajek, graphology's JSON and the variants of GEXF: read back by the programs that they are for."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import igraph
import networkx as nx
import pytest
from click.testing import CliRunner
from lxml import etree

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace
from ecograph.export.gexf import gephi_lite_link, write_gexf
from ecograph.export.graphml import write_graphml
from ecograph.export.graphology import write_graphology
from ecograph.export.pajek import write_pajek
from ecograph.export.typed import TypedGraph, network_graph
from ecograph.model.iris import Base
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph

FRONTEND = Path(__file__).parents[2] / "src" / "ecograph" / "web" / "frontend"
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


def test_graphology_itself_reads_the_json(typed: TypedGraph, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    if not (FRONTEND / "node_modules" / "graphology").is_dir():
        pytest.skip("graphology is not among the front end's installed packages")
    file = tmp_path / "x.json"
    file.write_bytes(written(write_graphology, typed))
    script = (
        "const {createRequire} = require('module'); const load = createRequire(process.argv[1] + '/package.json');"
        "const found = load('graphology'); const Graph = found.default || found;"
        "const graph = Graph.from(JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8')));"
        "console.log([graph.order, graph.size, graph.type, graph.getNodeAttribute('actor/alfa', 'label')].join('|'));"
    )
    done = subprocess.run([node, "-e", script, str(FRONTEND), str(file)], capture_output=True, text=True)
    assert done.stdout.strip() == "7|6|undirected|Alfa högskola", done.stderr


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
    link = gephi_lite_link("https://example.org/export/network.gexf?lang=sv&network=county")
    assert link == (
        "https://gephi.org/gephi-lite/?file=https%3A%2F%2Fexample.org%2Fexport%2Fnetwork.gexf%3Flang%3Dsv%26network%3Dcounty"
    )
