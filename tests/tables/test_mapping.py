"""What statements a canonical row becomes."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.iris import Base, slug
from ecograph.model.namespaces import expand
from ecograph.store.graph import Literal, MemoryGraph, NamedNode
from ecograph.tables.canonical import PLACES, PROJECTS, TABLES
from ecograph.tables.csvw import metadata
from ecograph.tables.currency import in_euro
from ecograph.tables.mapping import decimal_text, to_nquads

BASE = Base()
GRAPH = BASE.graph("source/test/1")


def loaded(frame: pl.DataFrame, table: str) -> MemoryGraph:
    graph = MemoryGraph()
    graph.load("\n".join(to_nquads(frame, TABLES[table], GRAPH, BASE)).encode())
    return graph


def objects(graph: MemoryGraph, prop: str) -> list[object]:
    return [quad.object for quad in graph.quads(predicate=NamedNode(expand(prop)))]


def test_a_date_keeps_the_exactness_of_its_source() -> None:
    frame = pl.DataFrame(
        {"id": ["project/a", "project/b", "project/c"], "start": ["2016", "2016-09", "2016-09-01"]}
    )
    kinds = {literal.datatype.value for literal in objects(loaded(frame, "projects"), "eco:start")}  # type: ignore[attr-defined]
    assert kinds == {expand("xsd:gYear"), expand("xsd:gYearMonth"), expand("xsd:date")}


def test_a_type_refines_the_class_of_its_table() -> None:
    frame = pl.DataFrame({"id": ["actor/a"], "type": ["Company"], "name_sv": ["Alfa"]})
    classes = {node.value for node in objects(loaded(frame, "organisations"), "rdf:type")}  # type: ignore[attr-defined]
    assert classes == {expand("eco:Actor"), expand("eco:Company")}


def test_an_empty_cell_makes_no_statement() -> None:
    frame = pl.DataFrame(
        {"id": ["project/a"], "acronym": [None]}, schema={"id": pl.String, "acronym": pl.String}
    )
    assert objects(loaded(frame, "projects"), "eco:acronym") == []


def test_a_declared_link_has_its_basis() -> None:
    frame = pl.DataFrame({"id": ["cross-fertilisation/a--b"], "areas": [["area/a", "area/b"]]})
    graph = loaded(frame, "declared_links")
    assert len(objects(graph, "eco:joinsArea")) == 2
    assert [node.value for node in objects(graph, "eco:crossFertilisationBasis")] == [  # type: ignore[attr-defined]
        expand("voc:cross-fertilisation-basis/declared")
    ]


def test_a_geometry_is_a_node_of_its_own() -> None:
    frame = pl.DataFrame({"id": ["place/2281"], "geometry": ["POINT(17.3 62.4)"]})
    graph = loaded(frame, "places")
    assert graph.ask("ASK { ?place geo:hasDefaultGeometry/geo:asWKT ?wkt }")


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    graph = loaded(pl.DataFrame({"id": ["project/a"], "title_sv": [text]}), "projects")
    assert objects(graph, "dcterms:title") == [Literal(text, language="sv")]


@given(st.floats(0, 1e15, allow_nan=False))
def test_any_amount_comes_back_as_it_was(amount: float) -> None:
    text = pl.DataFrame({"v": [amount]}).select(decimal_text(pl.col("v")))["v"][0]
    assert "e" not in text
    assert abs(float(text) - amount) <= 1e-12 * max(amount, 1)


@given(st.text(max_size=30))
def test_a_slug_is_a_clean_path_segment(text: str) -> None:
    made = slug(text)
    assert made == slug(made)
    assert made.isascii()
    assert " " not in made


def test_the_csvw_metadata_gives_each_column_the_property_of_the_mapping() -> None:
    described = {table["url"]: table for table in metadata(BASE)["tables"]}
    assert set(described) == {f"{name}.csv" for name in TABLES}
    columns = {column["name"]: column for column in described["projects.csv"]["tableSchema"]["columns"]}
    for column in PROJECTS.columns:
        if column.property:
            assert columns[column.name]["propertyUrl"] == expand(column.property)
    assert columns["places"]["separator"] == ";"
    assert described["places.csv"]["tableSchema"]["aboutUrl"] == f"{BASE.instance(PLACES.path)}/{{key}}"


def test_an_amount_without_a_listed_rate_is_not_guessed() -> None:
    fundings = pl.DataFrame(
        {"amount": [100.0, 100.0, 100.0], "currency": ["SEK", "EUR", "NOK"], "year": [2016, None, 2016]}
    )
    rates = pl.DataFrame({"currency": ["SEK"], "year": [2016], "rate": [10.0]})
    assert in_euro(fundings, rates)["amount_eur"].to_list() == [10.0, 100.0, None]
