"""What is said of each source graph: its publisher, its licence, when it was fetched, what it held.

Each source graph is a dcat:Dataset (DCAT 3, W3C Recommendation 2024). Its checksum is the SHA-256 of the
list of its files' SHA-256 sums, as `sha256sum` prints them, sorted by name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ecograph.config import SourceConfig, Workspace
from ecograph.model.iris import Base
from ecograph.model.literals import quoted, typed
from ecograph.model.namespaces import expand


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a build took from one source."""

    source: SourceConfig
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    files: dict[str, str]


def source_graph(base: Base, source: SourceConfig) -> str:
    """Return the IRI of the named graph of a source's batch."""
    return base.graph(f"source/{source.id}/{source.batch}")


def provenance(workspace: Workspace, base: Base, summaries: list[SourceSummary], build_id: str) -> list[str]:
    """Return the statements of the provenance graph as N-Quads lines, sorted."""
    graph = base.graph("provenance")
    catalogue = base.graph("catalogue")
    triples = [
        (catalogue, "rdf:type", _iri(expand("dcat:Catalog"))),
        (catalogue, "dcterms:title", quoted(f"Innovationsekosystemet i {workspace.region.name_sv}", "sv")),
        (catalogue, "dcterms:title", quoted(f"The innovation ecosystem of {workspace.region.name_en}", "en")),
        (catalogue, "dcterms:identifier", quoted(build_id)),
    ]
    for local, title_sv, title_en in _OWN_GRAPHS:
        own = base.graph(local)
        triples += [
            (own, "rdf:type", _iri(expand("dcat:Dataset"))),
            (own, "dcterms:title", quoted(title_sv, "sv")),
            (own, "dcterms:title", quoted(title_en, "en")),
            (catalogue, "dcat:dataset", _iri(own)),
        ]
    for summary in summaries:
        triples += _dataset(source_graph(base, summary.source), summary)
        triples.append((catalogue, "dcat:dataset", _iri(source_graph(base, summary.source))))
    return sorted(f"<{s}> <{expand(p)}> {o} <{graph}> ." for s, p, o in triples)


_OWN_GRAPHS = (
    ("ontology", "Ontologin", "The ontology"),
    ("vocabulary", "Vokabulären", "The vocabularies"),
    ("identity", "Identitet: vilka poster som är samma aktör", "Identity: which records are the same actor"),
    ("classification", "Områdesklassning enligt regler", "Classification to areas by rules"),
    ("inferred", "Härledda påståenden", "Inferred statements"),
    ("provenance", "Källor och ursprung", "Sources and provenance"),
)


def _dataset(iri: str, summary: SourceSummary) -> list[tuple[str, str, str]]:
    source = summary.source
    triples = [
        (iri, "rdf:type", _iri(expand("dcat:Dataset"))),
        (iri, "rdf:type", _iri(expand("eco:SourceDataset"))),
        (iri, "dcterms:identifier", quoted(source.id)),
        (iri, "dcterms:title", quoted(source.title_sv, "sv")),
        (iri, "dcterms:title", quoted(source.title_en, "en")),
        (iri, "dcterms:publisher", quoted(source.publisher)),
        (iri, "dcterms:license", quoted(source.licence)),
        (iri, "dcterms:issued", typed(source.retrieved, "xsd:date")),
        (iri, "eco:partnerCoverage", quoted(source.partners)),
        (iri, "eco:sourceScope", quoted(source.scope)),
        (iri, "eco:rowsRead", typed(summary.rows_read, "xsd:integer")),
        (iri, "eco:rowsLoaded", typed(summary.rows_loaded, "xsd:integer")),
        (iri, "eco:rowsQuarantined", typed(summary.rows_quarantined, "xsd:integer")),
    ]
    if source.url:
        triples.append((iri, "dcat:landingPage", _iri(source.url)))
    if summary.files:
        together = "\n".join(f"{digest}  {name}" for name, digest in sorted(summary.files.items()))
        digest = hashlib.sha256(together.encode()).hexdigest()
        triples.append((iri, "eco:checksum", quoted(f"sha256:{digest}")))
    return triples


def _iri(value: str) -> str:
    return f"<{value}>"
