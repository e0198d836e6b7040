"""Which areas the projects count to: rules applied, shares settled, the rest stated as not known."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ecograph.identity.resolution import Resolved, assignment_id
from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY, expand
from ecograph.tables.canonical import ASSIGNMENTS
from ecograph.tables.classify import assign
from ecograph.tables.mapping import to_nquads


@dataclass(slots=True)
class AreaClassification:
    """The rules' assignments, and the classification status of each project that no source states."""

    assignments: pl.DataFrame
    """Rows of the canonical table ``assignments`` with ids."""
    statuses: pl.DataFrame
    """Columns id, status (a key of the vocabulary ``classification-status``)."""

    def statements(self, base: Base) -> list[str]:
        """Return the N-Quads lines of the classification graph, sorted."""
        graph = base.graph("classification")
        lines = to_nquads(self.assignments, ASSIGNMENTS, graph, base)
        prop, scheme = expand("eco:classificationStatus"), f"{VOCABULARY}classification-status/"
        for project, status in self.statuses.iter_rows():
            lines.append(f"<{base.instance(project)}> <{prop}> <{scheme}{status}> <{graph}> .")
        return sorted(lines)


def classify_projects(resolved: Resolved) -> AreaClassification:
    """Apply the area rules to the sources' codes and texts, and drop the texts from the frames.

    A project that no rule and no assignment gives an area is ``not-classifiable`` when its source's option
    ``unclassified`` says so (its codes cannot tell the areas apart), else ``not-assessed``.
    """
    classifications = resolved.all_rows("classifications")
    rules = resolved.all_rows("area_rules")
    projects = resolved.all_rows("projects")
    explicit = resolved.all_rows("assignments")
    stated = set(explicit["subject"]) if not explicit.is_empty() else set()
    if "classification" in projects.columns:
        stated |= set(projects.filter(pl.col("classification") == "outside-areas")["id"])
    if classifications.is_empty() or rules.is_empty():
        assignments = pl.DataFrame(schema={"id": pl.String, "subject": pl.String, "area": pl.String})
    else:
        assignments = assign(
            classifications.select("project", "scheme", "code"),
            rules.with_columns(key=pl.col("id")).select("key", "scheme", "value", "area", "weight"),
            stated,
        )
        assignments = assignments.with_columns(id=assignment_id(set(assignments.columns)))
    for tables in resolved.frames.values():
        if "classifications" in tables:
            tables["classifications"] = tables["classifications"].filter(pl.col("scheme") != "keyword")
    return AreaClassification(assignments, _statuses(resolved, projects, explicit, assignments))


def _statuses(
    resolved: Resolved, projects: pl.DataFrame, explicit: pl.DataFrame, assignments: pl.DataFrame
) -> pl.DataFrame:
    if projects.is_empty():
        return pl.DataFrame(schema={"id": pl.String, "status": pl.String})
    if "classification" not in projects.columns:
        projects = projects.with_columns(classification=pl.lit(None, dtype=pl.String))
    known = set(projects.drop_nulls("classification")["id"])
    with_area = set(assignments["subject"]) | (set(explicit["subject"]) if not explicit.is_empty() else set())
    fallback = {
        source: str(config.options.get("unclassified", "not-assessed"))
        for source, config in resolved.sources.items()
    }
    return (
        projects.filter(~pl.col("id").is_in(sorted(known)))
        .unique("id", keep="first", maintain_order=True)
        .select(
            "id",
            pl.when(pl.col("id").is_in(sorted(with_area)))
            .then(pl.lit("classified"))
            .otherwise(pl.col("source").replace_strict(fallback, default="not-assessed"))
            .alias("status"),
        )
        .sort("id")
    )
