"""The one mapping of canonical tables to statements (N-Quads, W3C Recommendation 2014), vectorised.

A frame that is mapped has an ``id`` column with the local id of each row's thing, and its reference
columns hold local ids. Every statement goes into one named graph.
"""

from __future__ import annotations

import polars as pl

from ecograph.model.iris import Base
from ecograph.model.namespaces import ECO, VOCABULARY, expand
from ecograph.tables.schema import Column, Table

_RDF_TYPE = f"<{expand('rdf:type')}>"


def _quote(value: pl.Expr) -> pl.Expr:
    escaped = (
        value.str.replace_all("\\", "\\\\", literal=True)
        .str.replace_all('"', '\\"', literal=True)
        .str.replace_all("\n", "\\n", literal=True)
        .str.replace_all("\r", "\\r", literal=True)
    )
    return pl.concat_str(pl.lit('"'), escaped, pl.lit('"'))


def decimal_text(value: pl.Expr) -> pl.Expr:
    """Return the shortest xsd:decimal text that reads back as the same number; never with an exponent."""
    shortest = value.cast(pl.Float64).cast(pl.String)
    plain = pl.when(shortest.str.contains("e", literal=True)).then(
        value.cast(pl.Decimal(38, 12)).cast(pl.String)
    )
    text = plain.otherwise(shortest)
    return (
        pl.when(text.str.contains(".", literal=True))
        .then(text.str.strip_chars_end("0").str.strip_chars_end("."))
        .otherwise(text)
    )


def _typed(text: pl.Expr, datatype: str) -> pl.Expr:
    return pl.concat_str(pl.lit('"'), text, pl.lit(f'"^^<{expand(datatype)}>'))


def _partial_date(text: pl.Expr) -> pl.Expr:
    size = text.str.len_chars()
    return (
        pl.when(size == 4)
        .then(_typed(text, "xsd:gYear"))
        .when(size == 7)
        .then(_typed(text, "xsd:gYearMonth"))
        .otherwise(_typed(text, "xsd:date"))
    )


def object_term(column: Column, value: pl.Expr, base: Base) -> pl.Expr:
    """Return the N-Quads object of a cell of `column` (one value, not null) as a string expression."""
    match column.kind:
        case "text":
            quoted = _quote(value)
            return pl.concat_str(quoted, pl.lit(f"@{column.lang}")) if column.lang else quoted
        case "code":
            return _quote(value)
        case "integer":
            return _typed(value.cast(pl.String), "xsd:integer")
        case "decimal":
            return _typed(decimal_text(value), "xsd:decimal")
        case "boolean":
            return _typed(value.cast(pl.String), "xsd:boolean")
        case "date":
            return _partial_date(value)
        case "iri":
            return pl.concat_str(pl.lit("<"), _safe_iri(value), pl.lit(">"))
        case "ref":
            return pl.concat_str(pl.lit(f"<{base.instance('')}"), value, pl.lit(">"))
        case "concept":
            return pl.concat_str(pl.lit(f"<{VOCABULARY}{column.target}/"), value, pl.lit(">"))
        case "term":
            return pl.concat_str(pl.lit(f"<{ECO}"), value, pl.lit(">"))
        case "wkt":
            return _typed(value, "geo:wktLiteral")


def _safe_iri(value: pl.Expr) -> pl.Expr:
    for character, code in (
        (" ", "%20"),
        ("<", "%3C"),
        (">", "%3E"),
        ('"', "%22"),
        ("{", "%7B"),
        ("}", "%7D"),
        ("|", "%7C"),
        ("\\", "%5C"),
        ("^", "%5E"),
        ("`", "%60"),
    ):
        value = value.str.replace_all(character, code, literal=True)
    return value


def to_nquads(frame: pl.DataFrame, table: Table, graph: str, base: Base) -> list[str]:
    """Return the statements of a canonical frame as N-Quads lines without line ends.

    Parameters
    ----------
    frame: rows with ``id`` and any of the table's columns; others are ignored.
    table: the schema that says which property each column becomes.
    graph: the IRI of the named graph.
    base: the base of the workspace's instance IRIs.
    """
    if frame.is_empty():
        return []
    end = f" <{graph}> ."
    subject = pl.concat_str(pl.lit(f"<{base.instance('')}"), pl.col("id"), pl.lit(">"))
    parts = [
        frame.select(
            pl.concat_str(subject, pl.lit(f" {_RDF_TYPE} <{expand(table.rdf_class)}>{end}")).alias("l")
        )
    ]
    for prop, value in table.constants:
        statement = f" <{expand(prop)}> <{expand(value)}>{end}"
        parts.append(frame.select(pl.concat_str(subject, pl.lit(statement)).alias("l")))
    for column in table.columns:
        if column.name not in frame.columns or (column.property is None and column.kind != "term"):
            continue
        cells = frame.select("id", pl.col(column.name).alias("v"))
        if column.many:
            cells = cells.explode("v")
        cells = cells.drop_nulls("v")
        if cells.is_empty():
            continue
        if column.kind == "wkt":
            parts.extend(_geometry_lines(cells, column, subject, base, end))
            continue
        predicate = _RDF_TYPE if column.kind == "term" else f"<{expand(str(column.property))}>"
        line = pl.concat_str(
            subject, pl.lit(f" {predicate} "), object_term(column, pl.col("v"), base), pl.lit(end)
        )
        parts.append(cells.select(line.alias("l")))
    return pl.concat(parts)["l"].to_list()


def _geometry_lines(
    cells: pl.DataFrame, column: Column, subject: pl.Expr, base: Base, end: str
) -> list[pl.DataFrame]:
    """A feature has a geometry node and the node its WKT (OGC GeoSPARQL 1.1, clauses 6.4 and 8.5)."""
    node = pl.concat_str(pl.lit(f"<{base.instance('')}"), pl.col("id"), pl.lit("/geometry>"))
    lines = (
        (subject, pl.lit(f" <{expand('geo:hasDefaultGeometry')}> "), node, pl.lit(end)),
        (node, pl.lit(f" {_RDF_TYPE} <{expand('geo:Geometry')}>{end}")),
        (node, pl.lit(f" <{expand('geo:asWKT')}> "), object_term(column, pl.col("v"), base), pl.lit(end)),
    )
    return [cells.select(pl.concat_str(*line).alias("l")) for line in lines]
