"""The network as GEXF 1.3 and as tables: valid, whole, repeatable, and read back by others."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from gexf_schema import G, faults
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ecograph.config import RegionConfig
from ecograph.errors import EcographError
from ecograph.export.gexf import write_gexf
from ecograph.export.palette import NO_AREA, area_colour
from ecograph.export.tables import write_edges, write_nodes
from ecograph.export.typed import Attribute, TypedGraph, network_graph
from ecograph.model.iris import Base
from ecograph.store.graph import MemoryGraph

GOLDEN = Path(__file__).parents[1] / "golden" / "county.gexf"


@pytest.fixture(scope="module")
def typed(county_graph: MemoryGraph, region: RegionConfig) -> TypedGraph:
    """The county network with Swedish labels."""
    return network_graph(county_graph, base=Base(), region=region)


def gexf(graph: TypedGraph) -> bytes:
    out = io.BytesIO()
    write_gexf(graph, out)
    return out.getvalue()


def placed(graph: TypedGraph) -> TypedGraph:
    """Put the nodes on a line: the layout's last digits may differ between processors."""
    return replace(
        graph, nodes=graph.nodes.with_columns(x=pl.int_range(pl.len()).cast(pl.Float64), y=pl.lit(0.0))
    )


def test_the_file_is_the_one_kept(typed: TypedGraph) -> None:
    assert gexf(placed(typed)).decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_same_data_give_the_same_file_with_the_data_s_own_date(
    typed: TypedGraph, county_graph: MemoryGraph, region: RegionConfig
) -> None:
    assert gexf(network_graph(county_graph, base=Base(), region=region)) == gexf(typed)
    meta = etree.fromstring(gexf(typed)).find(f"{G}meta")
    assert meta.get("lastmodifieddate") == "2024-05-02"


def test_the_file_keeps_to_the_gexf_1_3_schema(typed: TypedGraph) -> None:
    content = gexf(typed)
    assert faults(content) == []
    values = {value.get("value") for value in etree.fromstring(content).iter(f"{G}attvalue")}
    assert not values & {"", "None", "nan", "inf"}
    assert not any(value.startswith("[") for value in values)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('version="1.3"', 'version="1.2"', "version"),
        (' idtype="string"', ' idtype="text"', "idtype"),
        ('<attributes class="edge">', '<attributes class="edges">', "class"),
        (' type="double"/>', ' type="real"/>', "type"),
        ('<node id="actor/alfa" ', '<node ', "lacks id"),
        (' weight="2.0"', ' weight="two"', "weight"),
        ('r="44"', 'r="444"', "r="),
        ('for="betweenness" value="8.0"', 'for="betweenness" value="nan"', "betweenness"),
        ('for="betweenness" value="8.0"', 'for="middle" value="8.0"', "middle"),
        ('source="actor/alfa" target="actor/beta"', 'source="actor/alfa" target="actor/none"', "nowhere"),
        ('<nodes count="7">', '<nodes count="8">', "counts"),
        ("</attvalues><viz:color", "</attvalues><spells/><viz:color", "spells"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_the_schema_is_found_out(
    typed: TypedGraph, right: str, wrong: str, fault: str
) -> None:
    content = gexf(typed).decode()
    assert right in content
    assert any(fault in said for said in faults(content.replace(right, wrong, 1).encode()))


def test_networkx_reads_labels_measures_colours_and_weights_back(typed: TypedGraph) -> None:
    graph = nx.read_gexf(io.BytesIO(gexf(typed)))
    assert not graph.is_directed()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (7, 6)
    alfa = graph.nodes["actor/alfa"]
    assert alfa["label"] == "Alfa högskola"
    assert alfa["areas"] == "Skog; Digitalisering"
    assert alfa["main_area"] == "Skog"
    assert alfa["helix"] == "akademi"
    assert alfa["municipality"] == "Sundsvall"
    assert alfa["betweenness"] == 8.0
    assert alfa["viz"]["color"] == {"r": 0x2C, "g": 0x7A, "b": 0x4B, "a": 1.0}
    assert graph.nodes["actor/epsilon"]["label"] == 'Epsilon kommun & "bolag"'
    assert graph["actor/alfa"]["actor/beta"]["weight"] == 2.0
    assert graph["actor/alfa"]["actor/delta"]["newman"] == 0.5
    isolate = graph.nodes["actor/eta"]
    assert "constraint" not in isolate
    assert isolate["degree"] == 0
    assert not any(value is None for _, data in graph.nodes(data=True) for value in data.values())


def test_labels_follow_the_language_and_attribute_names_do_not(
    county_graph: MemoryGraph, region: RegionConfig
) -> None:
    english = network_graph(county_graph, base=Base(), region=region, lang="en")
    graph = nx.read_gexf(io.BytesIO(gexf(english)))
    assert graph.nodes["actor/alfa"]["label"] == "Alfa College"
    assert graph.nodes["actor/alfa"]["helix"] == "academia"
    assert graph.nodes["actor/alfa"]["country"] == "Sweden"
    assert "5 of 6 counted projects" in english.caveat


def test_all_of_the_data_has_the_actors_outside_too(county_graph: MemoryGraph, region: RegionConfig) -> None:
    everything = network_graph(county_graph, base=Base(), region=region, network="all")
    assert "actor/iota" in everything.nodes["id"].to_list()
    assert faults(gexf(everything)) == []


def test_an_empty_network_is_an_error_with_a_remedy(county_graph: MemoryGraph, region: RegionConfig) -> None:
    elsewhere = replace(region, municipalities=("9999",))
    with pytest.raises(EcographError, match=r"no network to export[\s\S]*--network all"):
        network_graph(county_graph, base=Base(), region=elsewhere)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_any_text_stays_well_formed(labels: list[str]) -> None:
    size = len(labels)
    nodes = pl.DataFrame(
        {
            "id": [f"actor/{number}" for number in range(size)], "label": labels, "red": [1] * size,
            "green": [2] * size, "blue": [3] * size, "size": [4.0] * size, "x": [0.0] * size,
            "y": [0.0] * size, "note": labels,
        }
    )  # fmt: skip
    edges = pl.DataFrame(
        schema={"source": pl.String, "target": pl.String, "weight": pl.Int64, "newman": pl.Float64}
    )
    attributes = (Attribute("note", "note", "string"),)
    graph = TypedGraph(labels[0], labels[0], "", None, attributes, (Attribute("newman", "newman", "double"),), nodes, edges)  # fmt: skip
    assert faults(gexf(graph)) == []


def test_tables_have_the_headers_that_gephi_imports(typed: TypedGraph) -> None:
    nodes, edges = io.BytesIO(), io.BytesIO()
    write_nodes(typed, nodes)
    write_edges(typed, edges)
    node_rows = list(csv.DictReader(io.StringIO(nodes.getvalue().decode())))
    edge_rows = list(csv.DictReader(io.StringIO(edges.getvalue().decode())))
    assert list(node_rows[0])[:2] == ["Id", "Label"]
    assert list(edge_rows[0])[:4] == ["Source", "Target", "Type", "Weight"]
    assert (len(node_rows), len(edge_rows)) == (7, 6)
    eta = next(row for row in node_rows if row["Id"] == "actor/eta")
    assert eta["constraint"] == ""
    assert edge_rows[0] == {
        "Source": "actor/alfa", "Target": "actor/beta", "Type": "Undirected", "Weight": "2", "newman": "2.0",
        "first_year": "2016", "last_year": "2020", "years": "2016-2020",
    }  # fmt: skip


def test_an_unknown_colour_name_is_neutral() -> None:
    assert area_colour("forest") == (0x2C, 0x7A, 0x4B)
    assert area_colour(None) == area_colour("no such") == NO_AREA
