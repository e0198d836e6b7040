"""The reference of terms and shapes: complete, current, and drawn as a picture that stands by itself."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph

from ecograph.model.namespaces import ECO
from ecograph.reasoning.axioms import Ontology
from ecograph.reasoning.ontology import ontology_files
from ecograph.reasoning.reference import Term, class_tree, read_terms
from ecograph.validation.reference import shapes_by_class
from ecograph.validation.shapes import load_shapes

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@cache
def ontology() -> Graph:
    return Ontology.of_files(ontology_files()["ontology"]).graph


@cache
def terms() -> dict[str, Term]:
    return {term.name: term for term in read_terms(ontology())}


def test_the_pages_of_the_documentation_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "generate_ontology_reference.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_term_of_the_ontology_has_its_entry() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = {
        str(term)
        for kind in kinds
        for term in ontology().subjects(RDF.type, kind)
        if str(term).startswith(ECO)
    }
    assert {term.iri for term in terms().values()} == own


def test_an_entry_tells_what_a_reader_looks_up() -> None:
    company, active = terms()["eco:Company"], terms()["eco:activeIn"]
    assert company.label == {"sv": "företag", "en": "company"}
    assert company.above == ("eco:Actor",)
    assert company.outside == ("rov:RegisteredOrganization",)
    assert "eco:PublicAuthority" in company.disjoint
    assert (active.domain, active.range) == (("eco:Actor",), ("eco:PriorityArea",))
    assert "follows from eco:collaboratesIn ∘ eco:hasArea" in active.traits["en"]
    assert terms()["eco:start"].domain == ("eco:DialogueEvent", "eco:Project")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_picture_names_every_class_and_leads_to_it(lang: str) -> None:
    classes = [term for term in terms().values() if term.kind == "class"]
    root = ET.fromstring(class_tree(classes, lang, lambda term: f"#{term.local}"))
    links = {link.get("href"): "".join(link.itertext()) for link in root.iter(f"{SVG}a")}
    assert links == {f"#{term.local}": term.label[lang] for term in classes}
    assert root.find(f"{SVG}title") is not None
    height = float(root.get("height", "0"))
    assert all(float(text.get("y", "0")) <= height for text in root.iter(f"{SVG}text"))


def test_every_shape_of_a_class_is_told_in_both_languages_with_its_limits() -> None:
    found = shapes_by_class()
    assert set(found) == {str(target) for target in load_shapes().graph.objects(None, SHACL_TARGET)}
    rules = [rule for rows in found.values() for rule in rows]
    assert all(set(rule.message) == {"sv", "en"} for rule in rules)
    assert all(rule.limits for rule in rules)
    number = next(rule for rule in found[ECO + "Actor"] if rule.path == "eco:organisationNumber")
    assert "datatype xsd:string" in number.limits


SHACL_TARGET = next(iter({p for p in load_shapes().graph.predicates() if str(p).endswith("#targetClass")}))
