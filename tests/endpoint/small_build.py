"""A small workspace made by hand: a few actors, a project, a vocabulary, a merged actor, provenance."""

from __future__ import annotations

import gc
from pathlib import Path

from ecograph.store.builds import Build, Builds
from ecograph.store.graph import DraftGraph

BASE = "https://w3id.org/ecograph/"

CONFIGURATION = """
[region]
nuts3 = "SE321"
country = "SE"
name_sv = "Västernorrland"
name_en = "Västernorrland"
municipalities = ["2281"]
strategy_adopted = "2020-12"
"""

TRIG = """
@prefix eco: <https://w3id.org/ecograph/ns#> .
@prefix voc: <https://w3id.org/ecograph/vocabulary/> .
@prefix id: <https://w3id.org/ecograph/id/> .
@prefix g: <https://w3id.org/ecograph/graph/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://w3id.org/ecograph/graph/ontology> {
  <https://w3id.org/ecograph/ns#> a owl:Ontology ; dcterms:title "Ecograph"@en .
  eco:Actor a owl:Class ; rdfs:label "aktör"@sv , "actor"@en .
}
<https://w3id.org/ecograph/graph/vocabulary> {
  voc:role a skos:ConceptScheme ; skos:prefLabel "Roll"@sv , "Role"@en .
  <https://w3id.org/ecograph/vocabulary/role/coordinator> a skos:Concept ; skos:inScheme voc:role ;
    skos:prefLabel "Samordnare"@sv , "Coordinator"@en .
}
<https://w3id.org/ecograph/graph/source/tables/2026-11-24> {
  <https://w3id.org/ecograph/id/actor/se-2021004524> a eco:HigherEducationInstitution , eco:Actor ;
    rdfs:label "Mittuniversitetet"@sv .
  <https://w3id.org/ecograph/id/project/p-1> a eco:Project ; dcterms:title "Skog möter kod"@sv .
  <https://w3id.org/ecograph/id/participation/1> a eco:Participation ;
    eco:byActor <https://w3id.org/ecograph/id/actor/se-2021004524> ;
    eco:inProject <https://w3id.org/ecograph/id/project/p-1> .
}
<https://w3id.org/ecograph/graph/identity> {
  <https://w3id.org/ecograph/id/actor/se-2021004524> skos:prefLabel "Mittuniversitetet"@sv ,
    "Mid Sweden University"@en .
  <https://w3id.org/ecograph/id/project/p-1> skos:prefLabel "Skog möter kod"@sv , "Skog möter kod"@en .
  <https://w3id.org/ecograph/id/actor/pic-1> dcterms:isReplacedBy
    <https://w3id.org/ecograph/id/actor/se-2021004524> .
}
<https://w3id.org/ecograph/graph/provenance> {
  <https://w3id.org/ecograph/graph/source/tables/2026-11-24> a dcat:Dataset ; dcterms:title "Tabeller"@sv ;
    dcterms:license "CC0" .
}
"""

NUMBERS = 2000
"""So many statements make a graph of numbers, for queries that multiply them."""


def workspace(root: Path) -> Path:
    """Write the configuration of a workspace and return its directory."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "ecograph.toml").write_text(CONFIGURATION, encoding="utf-8")
    return root


def publish(root: Path, build_id: str, extra: str = "") -> Build:
    """Publish the small build, with further TriG, and return it."""
    numbers = "\n".join(
        f'<http://example.org/n/{n}> <http://example.org/number> "{n}" .' for n in range(NUMBERS)
    )
    builds = Builds(root / ".ecograph")
    with builds.draft(build_id) as draft:
        graph = DraftGraph(draft / "store")
        graph.load(f"{TRIG}\n<{BASE}graph/numbers> {{ {numbers} }}\n{extra}".encode(), format="trig")
        graph.finish()
        del graph
        gc.collect()
        return builds.publish(draft, {"statements": NUMBERS})
