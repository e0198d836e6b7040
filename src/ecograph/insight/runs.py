"""The description of an analysis run: method, parameters, coverage and what must be known to read it."""

from __future__ import annotations

from collections.abc import Sequence

from ecograph.config import RegionConfig
from ecograph.insight.coverage import Coverage
from ecograph.insight.statements import Writer
from ecograph.network.reading import collaborating_roles, counted_statuses
from ecograph.store.graph import Graph

RUN = "county-network"
"""The run that the others of a build begin their names with: what is measured of the region's network."""

_WINDOW = ("alla år, odaterade projekt medräknade", "all years, undated projects included")

Text = tuple[str, str]
"""A text in Swedish and English."""


def common_parameters(graph: Graph, region: RegionConfig, version: str) -> list[str]:
    """Return the settings that every run has, written name=value."""
    return [
        "software=ecograph " + version,
        "roles=" + " ".join(sorted(collaborating_roles(graph))),
        "statuses=" + " ".join(sorted(counted_statuses(graph))),
        f"region={region.nuts3}",
    ]


def describe_run(
    writer: Writer,
    name: str,
    *,
    title: Text,
    method: Text,
    caveat: Text,
    coverage: Coverage,
    parameters: Sequence[str],
) -> str:
    """State an analysis run with its coverage, and return its IRI; the caveat ends with that of coverage."""
    run = writer.instance(f"analysis/{name}", "eco:AnalysisRun")
    writer.link(run, "rdf:type", "prov:Activity")
    for side, lang in enumerate(("sv", "en")):
        writer.text(run, "skos:prefLabel", title[side], lang)
        writer.text(run, "eco:method", method[side], lang)
        writer.text(run, "eco:caveat", f"{caveat[side]} {coverage.sentence(lang)}".strip(), lang)
        writer.text(run, "eco:networkWindow", _WINDOW[side], lang)
    for parameter in parameters:
        writer.text(run, "eco:parameter", parameter)
    writer.integer(run, "eco:coverageProjects", coverage.projects)
    writer.integer(run, "eco:coverageProjectsWithPartners", coverage.with_partners)
    writer.integer(run, "eco:coverageProjectsWithArea", coverage.with_area)
    writer.integer(run, "eco:coverageProjectsUndated", coverage.undated)
    return run
