"""What identity found, as statements: chosen labels, gathered records with the reason, conflicting values."""

from __future__ import annotations

import polars as pl

from ecograph.identity.resolution import Resolved
from ecograph.model.iris import Base, slug
from ecograph.model.literals import quoted
from ecograph.model.namespaces import expand


def identity_statements(resolved: Resolved, base: Base) -> list[str]:
    """Return the N-Quads lines of the identity graph, sorted.

    Every actor and project gets its skos:prefLabel in Swedish and English. Every record that was gathered
    with others under one actor or project is an eco:SourceRecord with its key, source and the reasons; the
    record itself stands unchanged in its source, so that each merge can be undone by a decision. The id that
    a gathered record would have by itself is dcterms:isReplacedBy the actor, so that links to it lead on.
    """
    graph = base.graph("identity")
    lines: list[str] = []

    def say(subject: str, prop: str, value: str) -> None:
        lines.append(f"<{base.instance(subject)}> <{expand(prop)}> {value} <{graph}> .")

    for row in resolved.labels.iter_rows(named=True):
        for lang in ("sv", "en"):
            if row[f"label_{lang}"]:
                say(row["id"], "skos:prefLabel", quoted(row[f"label_{lang}"], lang))
    for alone, actor in resolved.actors.replaced.items():
        say(alone, "dcterms:isReplacedBy", f"<{base.instance(actor)}>")
    for row in resolved.records.iter_rows(named=True):
        record = f"record/{slug(row['source'])}--{slug(row['key'])}"
        say(record, "rdf:type", f"<{expand('eco:SourceRecord')}>")
        say(record, "eco:recordOf", f"<{base.instance(row['id'])}>")
        say(record, "eco:recordKey", quoted(row["key"]))
        say(record, "eco:recordSource", quoted(row["source"]))
        for reason in resolved.actors.reasons.get(row["key"], ()):
            say(record, "eco:matchReason", quoted(reason))
    for row in resolved.conflicts.iter_rows(named=True):
        node = f"conflict/{slug(row['source'])}--{slug(row['key'])}--{slug(row['column'])}"
        say(node, "rdf:type", f"<{expand('eco:ConflictingStatement')}>")
        say(node, "eco:conflictSubject", f"<{base.instance(row['id'])}>")
        say(node, "eco:conflictColumn", quoted(row["column"]))
        say(node, "eco:conflictValue", quoted(row["value"]))
        say(node, "eco:keptValue", quoted(row["kept"]))
        say(node, "eco:recordSource", quoted(row["source"]))
    return sorted(set(lines))


def origins(resolved: Resolved, base: Base) -> pl.DataFrame:
    """Return where each thing was read: columns subject (IRI), source, file, sheet, row."""
    parts = [
        frame.select(
            pl.concat_str(pl.lit(base.instance("")), pl.col("id")).alias("subject"),
            pl.lit(source).alias("source"),
            pl.col("_file").alias("file"),
            pl.col("_sheet").cast(pl.String).alias("sheet"),
            pl.col("_row").cast(pl.Int64).alias("row"),
        )
        for source, tables in resolved.frames.items()
        for frame in tables.values()
        if "_file" in frame.columns
    ]
    schema = {
        "subject": pl.String,
        "source": pl.String,
        "file": pl.String,
        "sheet": pl.String,
        "row": pl.Int64,
    }
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)
