"""The flow from sources to a published build, once, left to right."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from ecograph import __version__
from ecograph.config import Workspace
from ecograph.errors import BuildError, RefusedError
from ecograph.identity.gathering import identify, statements_of
from ecograph.identity.resolution import Resolved
from ecograph.identity.statements import origins
from ecograph.insight.analyses import analyses
from ecograph.insight.holdings import FILE as HOLDINGS
from ecograph.insight.holdings import write_holdings
from ecograph.model.iris import Base
from ecograph.reasoning.closure import entailments
from ecograph.reasoning.disjointness import conflicting_types
from ecograph.reasoning.ontology import load_ontology
from ecograph.reasoning.rules import apply_rules
from ecograph.sources.registry import read
from ecograph.store.builds import Build, Builds
from ecograph.store.fingerprint import build_id, code_digest, file_digest, input_files
from ecograph.store.graph import DraftGraph
from ecograph.tables.batch import Batch, Finding
from ecograph.tables.provenance import SourceSummary, provenance
from ecograph.validation.disjoint import disjoint_results
from ecograph.validation.gate import validate
from ecograph.validation.quarantine import quarantine, write_quarantine_csv
from ecograph.validation.shapes import load_shapes


class Progress(Protocol):
    """What a build tells of its progress; the command line draws bars from it."""

    def stage(self, name: str, total: int | None) -> AbstractContextManager[Any]:
        """Enter a stage with a number of steps, or None when it is not known; gives `advance(steps)`."""
        ...


@dataclass(slots=True)
class Outcome:
    """What a build came to."""

    build: Build
    unchanged: bool
    summaries: list[SourceSummary] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def warnings(self) -> int:
        """The number of findings, rejected rows among them."""
        return len(self.findings)


def build(
    workspace: Workspace,
    progress: Progress,
    *,
    force: bool = False,
    strict: bool = False,
    shacl: bool = True,
) -> Outcome:
    """Build the workspace's graph and serve it from now on.

    Parameters
    ----------
    force: build although a build of the same inputs is current.
    strict: refuse the whole batch when any record is in violation.
    shacl: run the SHACL gate; False only to measure the rest.

    Raises
    ------
    EcographError: with message, place and remedy; the earlier build goes on serving.
    """
    builds = Builds(workspace.state)
    identity = build_id(workspace)
    current = builds.current()
    if current and current.id == identity and not force:
        return Outcome(current, unchanged=True)
    started = datetime.now(UTC)
    with builds.draft(identity) as draft:
        filled = _fill(workspace, draft, identity, progress, strict=strict, shacl=shacl)
        manifest = _manifest(workspace, filled, started)
        with progress.stage("publish", None):
            published = builds.publish(draft, manifest)
            builds.prune(workspace.keep_builds)
    return Outcome(published, False, filled.summaries, filled.findings)


@dataclass(slots=True)
class _Filled:
    summaries: list[SourceSummary]
    findings: list[Finding]
    statements: dict[str, int]


def _fill(
    workspace: Workspace, draft: Path, identity: str, progress: Progress, *, strict: bool, shacl: bool
) -> _Filled:
    base = Base(workspace.base)
    batches = _read(workspace, progress)
    with progress.stage("identify", None):
        batches, resolved, areas = identify(workspace, batches)
        findings = [finding for batch in batches for finding in batch.findings]
    _refuse_if_strict(strict, findings)
    graph = DraftGraph(draft / "store")
    axioms = load_ontology(graph, base)
    with progress.stage("load", len(resolved.frames) + 2) as advance:
        for lines in statements_of(resolved, areas, base):
            graph.load(("\n".join(lines) + "\n").encode())
            advance(1)
        graph.compact()
    if shacl:
        findings += _gate(graph, resolved, base, progress)
        _refuse_if_strict(strict, findings)
    statements = {"stated": len(graph)}
    with progress.stage("infer", 2) as advance:
        inferred = base.graph("inferred")
        apply_rules(graph, inferred)
        advance(1)
        graph.load(_in_graph(entailments(graph, axioms), inferred))
        advance(1)
    statements["inferred"] = len(graph) - statements["stated"]
    summaries = [_summary(batch, findings) for batch in batches]
    graph.load("\n".join(provenance(workspace, base, summaries, identity)).encode())
    # What a source covers is told by its provenance, and the analyses compare like with like.
    with progress.stage("analyse", None):
        for lines in analyses(graph, base=base, region=workspace.region, version=__version__):
            graph.load("".join(lines).encode())
    statements["total"] = len(graph)
    with progress.stage("optimise", None):
        graph.finish()
        write_holdings(graph, base, draft / HOLDINGS)
    write_quarantine_csv(draft / "quarantine.csv", findings)
    _write_review(draft / "identity-review.csv", resolved)
    return _Filled(summaries, findings, statements)


def _read(workspace: Workspace, progress: Progress) -> list[Batch]:
    if not workspace.sources:
        raise BuildError(
            "The workspace names no source.",
            remedy="Add a [[source]] to ecograph.toml; docs/reference/configuration.md shows how.",
        )
    with progress.stage("read", len(workspace.sources)) as advance:
        batches = []
        for source in workspace.sources:
            batches.append(read(source, workspace))
            advance(1)
        return batches


def _in_graph(triples: Iterable[str], name: str) -> bytes:
    return "".join(f"{triple} <{name}> .\n" for triple in triples).encode()


def _gate(graph: DraftGraph, resolved: Resolved, base: Base, progress: Progress) -> list[Finding]:
    shapes = load_shapes()
    with progress.stage("validate", None):
        report = validate(graph, shapes)
        report.results += disjoint_results(graph)
        return quarantine(graph, report, origins(resolved, base)) + conflicting_types(resolved, graph)


def _refuse_if_strict(strict: bool, findings: list[Finding]) -> None:
    violations = [finding for finding in findings if finding.severity == "violation"]
    if strict and violations:
        shown = "\n".join(f"  {f.place}: {f.message_en} {f.remedy_en}" for f in violations[:20])
        more = f"\n  … and {len(violations) - 20} more" if len(violations) > 20 else ""
        raise RefusedError(
            f"{len(violations)} records are in violation and --strict refuses them:\n{shown}{more}",
            remedy="Mend the rows, or build without --strict to put them in quarantine and load the rest.",
        )


def _summary(batch: Batch, findings: list[Finding]) -> SourceSummary:
    rejected = {
        (finding.place.file, finding.place.sheet, finding.place.row)
        for finding in findings
        if finding.source == batch.source.id and finding.severity == "violation"
    }
    return SourceSummary(
        batch.source, batch.rows_read, batch.rows_read - len(rejected), len(rejected), batch.files
    )


def _write_review(path: Path, resolved: Resolved) -> None:
    pl.DataFrame(resolved.actors.review, schema=["key_a", "key_b", "reason"], orient="row").write_csv(path)


def _manifest(workspace: Workspace, filled: _Filled, started: datetime) -> dict[str, Any]:
    inputs = {
        str(path.relative_to(workspace.root)) if path.is_relative_to(workspace.root) else path.name: path
        for path in input_files(workspace)
    }
    return {
        "version": __version__,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "base": workspace.base,
        "region": workspace.region.nuts3,
        "statements": filled.statements,
        "inputs": list(inputs),
        "digests": {name: file_digest(path) for name, path in inputs.items()},
        "code": code_digest(),
        "sources": [
            {
                "id": summary.source.id,
                "title_sv": summary.source.title_sv,
                "title_en": summary.source.title_en,
                "retrieved": summary.source.retrieved,
                "read": summary.rows_read,
                "loaded": summary.rows_loaded,
                "quarantined": summary.rows_quarantined,
            }
            for summary in filled.summaries
        ],
        "findings": {
            severity: sum(finding.severity == severity for finding in filled.findings)
            for severity in ("violation", "warning", "info")
        },
    }
