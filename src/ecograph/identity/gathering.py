"""From the batches of all sources to identified frames and statements: what builds and checks share."""

from __future__ import annotations

from collections.abc import Iterator

from ecograph.config import Workspace
from ecograph.identity.areas import AreaClassification, classify_projects
from ecograph.identity.decisions import read_decisions
from ecograph.identity.resolution import Resolved, resolve
from ecograph.identity.statements import identity_statements
from ecograph.model.iris import Base
from ecograph.tables.batch import Batch
from ecograph.tables.canonical import TABLES
from ecograph.tables.currency import in_euro, read_rates
from ecograph.tables.mapping import to_nquads
from ecograph.tables.provenance import source_graph
from ecograph.tables.references import drop_dangling


def identify(workspace: Workspace, batches: list[Batch]) -> tuple[list[Batch], Resolved, AreaClassification]:
    """Check references, convert money, gather records under their actors and projects, and apply area rules.

    Returns the batches without dangling references, the resolved frames, and the projects' areas.
    """
    batches = drop_dangling(batches)
    rates = read_rates(workspace.root / "exchange-rates.csv")
    for batch in batches:
        if "fundings" in batch.frames:
            batch.frames["fundings"] = in_euro(batch.frames["fundings"], rates)
    resolved = resolve(batches, read_decisions(workspace.root / "identity" / "decisions.csv"))
    return batches, resolved, classify_projects(resolved)


def statements_of(resolved: Resolved, areas: AreaClassification, base: Base) -> Iterator[list[str]]:
    """Yield the N-Quads lines of each source, of identity and of the areas' classification."""
    for source_id, frames in resolved.frames.items():
        name = source_graph(base, resolved.sources[source_id])
        lines = [
            line for table, frame in frames.items() for line in to_nquads(frame, TABLES[table], name, base)
        ]
        if lines:
            yield lines
    yield identity_statements(resolved, base) or [""]
    yield areas.statements(base) or [""]
