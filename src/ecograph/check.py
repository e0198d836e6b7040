"""The flow of a check: a file is treated as a build would treat it, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from ecograph.config import RegionConfig, SourceConfig, Workspace
from ecograph.errors import ConfigurationError, Place
from ecograph.identity.gathering import identify, statements_of
from ecograph.identity.resolution import Resolved
from ecograph.identity.statements import origins
from ecograph.identity.surroundings import ASSUMED, assumed, surroundings, without_new_versions
from ecograph.model.iris import Base, slug
from ecograph.model.namespaces import expand
from ecograph.reasoning.ontology import load_ontology
from ecograph.sources.guess import guess
from ecograph.sources.registry import read
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph, NamedNode, Quad
from ecograph.tables.batch import Batch, Finding
from ecograph.tables.canonical import TABLES
from ecograph.tables.messages import finding
from ecograph.tables.personal import mask
from ecograph.tables.provenance import source_graph
from ecograph.tables.schema import ORIGIN
from ecograph.validation.disjoint import disjoint_results
from ecograph.validation.findings import findings_of
from ecograph.validation.gate import Report, validate
from ecograph.validation.quarantine import leaving

_ALONE = Workspace(
    root=Path(),
    region=RegionConfig("", "", "", "", (), ""),
    sources=(),
)
"""Stands for a workspace where there is none."""

_TOUCHED = "touched"


@dataclass(slots=True)
class Checked:
    """What a check came to."""

    files: list[Path]
    findings: list[Finding]
    report: Report
    rows: dict[str, int] = field(default_factory=dict)
    """How many rows of each canonical table would be loaded."""
    figures: dict[str, int] = field(default_factory=dict)
    """Rows read; actors and projects that are known already and that are new; projects that get an area."""

    @property
    def refused(self) -> bool:
        """Whether a build would put anything of it into quarantine."""
        return any(one.severity == "violation" for one in self.findings)


def check_files(
    files: Sequence[Path],
    workspace: Workspace | None,
    *,
    kind: str | None = None,
    table: str | None = None,
) -> Checked:
    """Check files or directories as a build of the workspace would treat them, and change nothing.

    Parameters
    ----------
    files: each read as one source; a source of the workspace with the same path lends its settings.
    workspace: what references and identity are looked up in; None to check the files by themselves, where
        what a reference points to is taken on trust.
    kind, table: the kind of reader and the canonical table; told from name and header where None.

    Raises
    ------
    SourceError: when a file cannot be read as a whole, or nothing tells what it is.
    ConfigurationError: for a kind or table that does not exist.
    """
    home = workspace or _ALONE
    sources = [_source(path, home, number, kind, table) for number, path in enumerate(files, start=1)]
    batches = [read(source, home) for source in sources]
    if workspace is None:
        context = [assumed(batches)]
    else:
        others = [source for source in home.sources if source.path not in {one.path for one in sources}]
        context = [without_new_versions(read(source, home), batches) for source in others]
    identified, resolved, areas = identify(home, [*batches, *context])
    ids = {source.id for source in sources}
    findings = [one for batch in identified if batch.source.id in ids for one in batch.findings]
    near = surroundings(resolved, ids)
    near_areas = replace(
        areas,
        assignments=areas.assignments.filter(pl.col("subject").is_in(_ids(near, None))),
        statuses=areas.statuses.filter(pl.col("id").is_in(_ids(near, None))),
    )
    base = Base(home.base)
    graph = MemoryGraph()
    load_ontology(graph, base)
    for lines in statements_of(near, near_areas, base):
        graph.load(("\n".join(lines) + "\n").encode())
    findings += _perhaps_same(resolved, identified, ids)
    report, by_shapes = _gate(graph, near, ids, base)
    if workspace is None:
        findings += _on_trust(batches, context[0], sources[0].id)
    checked = [batch for batch in identified if batch.source.id in ids]
    return Checked(
        files=list(files),
        findings=[*findings, *by_shapes],
        report=report,
        rows=_rows(checked),
        figures=_figures(checked, near, ids, near_areas.assignments),
    )


def check_build(build: Build) -> Checked:
    """Run the whole gate on a published build; only its findings are kept.

    Raises
    ------
    StoreError: when the build's store cannot be opened.
    """
    graph = build.graph()
    report = validate(graph)
    report.results += disjoint_results(graph)
    findings = findings_of(graph, report, lambda _: [])
    return Checked([build.path], findings, report, figures={"statements": len(graph)})


def _source(path: Path, home: Workspace, number: int, kind: str | None, table: str | None) -> SourceConfig:
    if table is not None and table not in TABLES:
        raise ConfigurationError(
            f"There is no table {table!r}.", remedy=f"Choose one of: {', '.join(TABLES)}."
        )
    path = path.resolve()
    for source in home.sources:
        if source.path.resolve() == path and kind in {None, source.kind}:
            return source
    around = next(
        (one for one in home.sources if one.kind == "tables" and one.path.resolve() == path.parent), None
    )
    guessed: str | None = None
    if kind is None:
        kind, guessed = ("tables", None) if table is not None else guess(path)
    named = table or guessed
    return SourceConfig(
        id=f"check-{number}-{slug(path.stem)}",
        kind=kind,
        path=path,
        batch="check",
        publisher="",
        licence="",
        retrieved="",
        title_sv=path.name,
        title_en=path.name,
        options={**(around.options if around else {}), **({"table": named} if named else {})},
    )


def _on_trust(batches: Sequence[Batch], assumed: Batch, source: str) -> list[Finding]:
    count = sum(frame.height for frame in assumed.frames.values())
    if not count:
        return []
    file = next(iter(batches[0].files), "")
    return [finding("on-trust", source, Place(file), count=count)]


def _perhaps_same(resolved: Resolved, batches: Sequence[Batch], ids: set[str]) -> Iterator[Finding]:
    """Yield a note for each organisation under check that is like another, yet kept apart from it."""
    rows = {
        row["key"]: (batch.source.id, row)
        for batch in batches
        if batch.source.id in ids and "organisations" in batch.frames
        for row in batch.frames["organisations"].select("key", *ORIGIN).iter_rows(named=True)
    }
    for one, other, reason in resolved.actors.review:
        for key, partner in ((one, other), (other, one)):
            if key in rows and not (key == other and one in rows):
                source, row = rows[key]
                place = Place(row["_file"], row["_sheet"], row["_row"], "key")
                yield finding(
                    "perhaps-same", source, place, value=mask(key), other=mask(partner), reason=mask(reason)
                )


def _gate(graph: MemoryGraph, near: Resolved, ids: set[str], base: Base) -> tuple[Report, list[Finding]]:
    """Validate the rows under check, and what they touch where a rule weighs several rows together."""
    read_from = origins(near, base).filter(pl.col("source").is_in(list(ids)))
    own = set(read_from["subject"])
    touched = _touched(near, ids, base).filter(~pl.col("subject").is_in(list(own)))
    graphs = [source_graph(base, near.sources[source]) for source in sorted(ids)]
    graph.add(_typed_again(graph, touched["subject"].to_list(), base.graph(_TOUCHED)))
    report = validate(graph, batch=[*graphs, base.graph(_TOUCHED)])
    report.results += disjoint_results(graph)
    report.results = [one for one in report.results if one.focus in own or one.component == "SPARQL"]
    losses = {
        subject: cause for subject, cause in leaving(graph, report).items() if cause is None or subject in own
    }
    return report, findings_of(graph, report, pl.concat([read_from, touched]), losses)


def _typed_again(graph: MemoryGraph, subjects: Sequence[str], name: str) -> Iterator[Quad]:
    """Yield the statements of the subjects' classes once more, in a graph that makes them targets."""
    rdf_type = NamedNode(expand("rdf:type"))
    for subject in subjects:
        for quad in list(graph.quads(NamedNode(subject), rdf_type)):
            yield Quad(quad.subject, rdf_type, quad.object, NamedNode(name))


def _touched(near: Resolved, ids: set[str], base: Base) -> pl.DataFrame:
    """Return, as `origins` does, what the rows under check require, with the first row that requires it."""
    parts = [
        frame.select(
            pl.concat_str(pl.lit(base.instance("")), pl.col(column.name)).alias("subject"),
            pl.lit(source).alias("source"),
            *(pl.col(old).alias(old[1:]) for old in ORIGIN),
        )
        for source, tables in near.frames.items()
        if source in ids
        for table, frame in tables.items()
        for column in TABLES[table].columns
        if column.kind == "ref" and column.required and not column.many
    ]
    empty = origins(near, base).clear()
    found = [part.cast(dict(empty.schema)).drop_nulls("subject") for part in parts]  # type: ignore[arg-type]
    return pl.concat([empty, *found]).unique("subject", keep="first", maintain_order=True)


def _ids(resolved: Resolved, sources: set[str] | None, table: str | None = None) -> list[str]:
    return sorted(
        {
            id_
            for source, tables in resolved.frames.items()
            if sources is None or source in sources
            for name, frame in tables.items()
            if table in {None, name}
            for id_ in frame["id"]
        }
    )


def _rows(batches: Sequence[Batch]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for batch in batches:
        for table, frame in batch.frames.items():
            if frame.height:
                rows[table] = rows.get(table, 0) + frame.height
    return rows


def _figures(
    batches: Sequence[Batch], near: Resolved, ids: set[str], assignments: pl.DataFrame
) -> dict[str, int]:
    figures = {"rows-read": sum(batch.rows_read for batch in batches)}
    others = set(near.frames) - ids - {ASSUMED}
    for table in ("organisations", "projects"):
        mine = set(_ids(near, ids, table))
        known = len(mine & set(_ids(near, others, table)))
        if mine:
            figures |= {f"{table}-known": known, f"{table}-new": len(mine) - known}
    projects = _ids(near, ids, "projects")
    if projects:
        figures["projects-with-area"] = assignments.filter(pl.col("subject").is_in(projects))[
            "subject"
        ].n_unique()
    return figures
