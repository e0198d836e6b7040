"""What a build holds, thing by thing: label, sources, and a digest of what is stated of each.

Written beside the store when a build is made (`FILE`), so that two builds are compared in milliseconds and
without opening either store. What is inferred or measured is left out: it follows from what is stated.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from ecograph.model.iris import Base
from ecograph.store.builds import Build
from ecograph.store.graph import Graph
from ecograph.tables.canonical import TABLES

FILE = "holdings.parquet"

SCHEMA = {
    "id": pl.String, "table": pl.String, "label_sv": pl.String, "label_en": pl.String,
    "sources": pl.String, "digest": pl.String,
}  # fmt: skip
"""One row a thing: local id, canonical table, labels, ids of the sources that speak of it, digest."""

_LABELS = """SELECT ?thing (LANG(?label) AS ?lang) (STR(?label) AS ?text)
WHERE { ?thing skos:prefLabel ?label FILTER(LANG(?label) IN ("sv", "en")) }"""


def write_holdings(graph: Graph, base: Base, path: Path) -> None:
    """Write what `holdings` finds in a graph as Parquet."""
    holdings(graph, base).write_parquet(path)


def holdings_of(build: Build) -> pl.DataFrame:
    """Return the holdings of a build: those written with it, else read from its store (seconds).

    Raises
    ------
    StoreError: when the build has none and its store cannot be opened.
    """
    path = build.path / FILE
    if path.is_file():
        return pl.read_parquet(path)
    return holdings(build.graph(), Base(str(build.manifest.get("base", Base().address))))


def holdings(graph: Graph, base: Base) -> pl.DataFrame:
    """Return one row for each thing of a canonical table that the graph states something of (`SCHEMA`).

    The digest is the BLAKE2b of the thing's statements, sorted, whatever the name of the graph they stand
    in: a later vintage of a source that says the same is no change.
    """
    stated = [_statements(graph, base, name) for name in graph.named_graphs() if is_stated(name, base)]
    if not stated:
        return pl.DataFrame(schema=SCHEMA)
    together = (
        pl.concat(stated)
        .group_by("id", "table")
        .agg(
            pl.col("line").sort().str.join("\n"),
            pl.col("source").drop_nulls().unique().sort().str.join(" ").alias("sources"),
        )
        .with_columns(
            pl.col("line").map_elements(_digest, return_dtype=pl.String).alias("digest"),
        )
        .drop("line")
    )
    return together.join(_labels(graph, base), on="id", how="left").select(*SCHEMA).sort("table", "id")


def is_stated(name: str, base: Base) -> bool:
    """Say whether a named graph holds what sources, stewards and rules state, not what follows from it."""
    return name.startswith((base.graph("source/"), base.graph("identity"), base.graph("classification")))


def source_of(name: str, base: Base) -> str | None:
    """Return the id of the source whose graph this is, or None."""
    prefix = base.graph("source/")
    return name.removeprefix(prefix).partition("/")[0] if name.startswith(prefix) else None


def _statements(graph: Graph, base: Base, name: str) -> pl.DataFrame:
    lines = pl.Series("line", graph.ntriples(name).decode().split("\n"), dtype=pl.String)
    tables = {table.path: table.name for table in TABLES.values()}
    prefix = f"<{base.instance('')}"
    return (
        lines.to_frame()
        .filter(pl.col("line").str.starts_with(prefix))
        .with_columns(
            pl.col("line").str.slice(len(prefix)).str.extract(r"^([^>]*)>").alias("id"),
            pl.lit(source_of(name, base), dtype=pl.String).alias("source"),
        )
        .with_columns(
            pl.col("id").str.extract(r"^([^/]+)/[^/]+$").replace_strict(tables, default=None).alias("table")
        )
        .drop_nulls("table")
    )


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _labels(graph: Graph, base: Base) -> pl.DataFrame:
    found: dict[str, dict[str, str]] = {}
    for row in graph.select(_LABELS).values():
        local = base.local(row["thing"])
        if local is not None:
            found.setdefault(local, {})[row["lang"]] = row["text"]
    rows = [(local, label.get("sv"), label.get("en")) for local, label in found.items()]
    return pl.DataFrame(
        rows, schema={"id": pl.String, "label_sv": pl.String, "label_en": pl.String}, orient="row"
    )
