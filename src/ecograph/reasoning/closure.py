"""The OWL 2 RL closure (OWL 2 Profiles, section 4.3) of a graph under its ontology, at the size of a build.

The engine is `reasonable`. Almost every rule of OWL RL has one premise about instances: what follows from
``s p o`` or from ``s a C`` under the ontology does not depend on which s and o stand there. So the engine
reads the ontology, one example triple for each property and each class that the data use, and, in full,
the triples of the few properties whose rules join several premises (transitive properties and those in
class restrictions). What it derives from an example is then applied to all triples of that property or
class. A test compares the result with that of other engines over all triples.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import reasonable
from rdflib.term import BNode
from rdflib.term import Literal as RdfLiteral

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.graph import Graph, Literal, NamedNode, Quad

_TYPE = expand("rdf:type")
_EXAMPLE = "urn:example:"
_UNUSED_TYPES = {f"<{expand(kind)}>" for kind in ("owl:FunctionalProperty", "owl:InverseFunctionalProperty")}
_TRIVIAL = {expand(name) for name in ("owl:Thing", "rdfs:Resource", "rdfs:Literal", "owl:NamedIndividual")}
_META = (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"], PREFIXES["xsd"])
_JOINING = """
SELECT DISTINCT ?property WHERE {
  { ?property a owl:TransitiveProperty } UNION { ?restriction owl:onProperty ?property }
  FILTER(ISIRI(?property))
}
"""

Spo = tuple[str, str, str]


@dataclass(slots=True)
class _Templates:
    """What follows from one triple: for a property, its forms; for a class, the wider ones."""

    of_property: dict[str, list[Spo]] = field(default_factory=lambda: defaultdict(list))
    of_class: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    joined: set[str] = field(default_factory=set)
    direct: set[Spo] = field(default_factory=set)


def entailments(graph: Graph, ontology_graphs: list[str]) -> list[str]:
    """Return the triples that the ontology entails and the graph does not state, as N-Triples lines, sorted.

    Left out are statements about literals and blank nodes, about the terms of RDF, RDFS and OWL, types
    that everything has, identity, and what the domains, ranges and superproperties of terms imply for
    other terms (their consequences for instances are there). Property chains are left to the rules. Keys
    and functional properties entail no owl:sameAs: the axioms that would are not handed to the engine.

    Parameters
    ----------
    graph: all statements, ontology included.
    ontology_graphs: the named graphs that hold axioms.
    """
    axioms = [quad for name in ontology_graphs for quad in graph.quads(graph=NamedNode(name))]
    data_properties = {str(row["p"]) for row in graph.select("SELECT DISTINCT ?p { ?s ?p ?o }").values()}
    data_properties -= {name for name in data_properties if name.startswith(_META)}
    data_classes = {str(row["c"]) for row in graph.select("SELECT DISTINCT ?c { ?s a ?c }").values()}
    data_classes = {name for name in data_classes if not name.startswith((*_META, "_:"))}
    joining = {str(row["property"]) for row in graph.select(_JOINING).values()}
    templates = _derive(graph, axioms, sorted(data_properties), sorted(data_classes), joining)
    entailed = {f"{s} {p} {o}" for s, p, o in templates.direct}
    for prop, forms in templates.of_property.items():
        for quad in graph.quads(predicate=NamedNode(prop)):
            entailed.update(_applied(quad, forms))
    for kind, wider in templates.of_class.items():
        for quad in graph.quads(predicate=NamedNode(_TYPE), object=NamedNode(kind)):
            if isinstance(quad.subject, NamedNode):
                entailed.update(f"{quad.subject} <{_TYPE}> <{name}>" for name in wider)
    touched = {line.split(" ", 2)[1] for line in entailed}
    stated = {
        f"{quad.subject} {quad.predicate} {quad.object}"
        for predicate in touched
        for quad in graph.quads(predicate=NamedNode(predicate[1:-1]))
    }
    return sorted(entailed - stated)


def _applied(quad: Quad, forms: list[Spo]) -> Iterator[str]:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        return
    places = {"s": str(subject), "o": str(value)}
    for s, p, o in forms:
        if s == "o" and not isinstance(value, NamedNode):
            continue
        yield f"{places[s]} <{p}> {places.get(o, o)}"


def _derive(
    graph: Graph, axioms: list[Quad], properties: list[str], classes: list[str], joining: set[str]
) -> _Templates:
    examples = [f"<{_EXAMPLE}s{n}> <{name}> <{_EXAMPLE}o{n}> ." for n, name in enumerate(properties)]
    examples += [f"<{_EXAMPLE}c{n}> <{_TYPE}> <{name}> ." for n, name in enumerate(classes)]
    usable = [quad for quad in axioms if _usable(quad)]
    first = run_engine([*(f"{q.subject} {q.predicate} {q.object} ." for q in usable), *examples])
    templates = _read_templates(first, properties, classes)
    templates.joined = {
        prop
        for prop in properties
        if prop in joining or any(form[1] in joining for form in templates.of_property.get(prop, ()))
    }
    full = [quad for prop in sorted(templates.joined) for quad in graph.quads(predicate=NamedNode(prop))]
    subjects = {quad.subject for quad in full if isinstance(quad.subject, NamedNode)}
    full += [quad for node in subjects for quad in graph.quads(node, NamedNode(_TYPE))]
    lines = [f"{q.subject} {q.predicate} {q.object} ." for q in [*usable, *full]]
    templates.direct = {spo for spo in run_engine(lines) if _EXAMPLE not in spo[0]}
    return templates


def _usable(quad: Quad) -> bool:
    return quad.predicate.value != expand("owl:hasKey") and str(quad.object) not in _UNUSED_TYPES


def run_engine(lines: list[str]) -> list[Spo]:
    """Hand triples to the engine and return what is worth keeping of its closure, premises among it."""
    with tempfile.TemporaryDirectory() as directory:
        premises = Path(directory) / "premises.ttl"
        premises.write_text("\n".join(lines) + "\n", encoding="utf-8")
        reasoner = reasonable.PyReasoner()
        reasoner.load_file(str(premises))
        closure = reasoner.reason()
    kept = []
    for subject, predicate, value in closure:
        if isinstance(subject, BNode | RdfLiteral) or isinstance(value, BNode):
            continue
        if str(subject).startswith(_META) or str(predicate).startswith(PREFIXES["owl"]):
            continue
        if str(value) in _TRIVIAL or (subject == value and str(predicate).startswith(_META)):
            continue
        if str(predicate) == _TYPE and str(value).startswith(_META):
            continue
        kept.append((f"<{subject}>", f"<{predicate}>", _nt(value)))
    return kept


def _read_templates(closure: list[Spo], properties: list[str], classes: list[str]) -> _Templates:
    templates = _Templates()
    for s, p, o in closure:
        if not s.startswith(f"<{_EXAMPLE}"):
            continue
        place, number = _example(s)
        predicate = p[1:-1]
        if place == "c":
            if predicate == _TYPE and o != f"<{classes[number]}>":
                templates.of_class[classes[number]].append(o[1:-1])
            continue
        other = _example(o)[0] if o.startswith(f"<{_EXAMPLE}") else o
        if (place, predicate, other) != ("s", properties[number], "o"):
            templates.of_property[properties[number]].append((place, predicate, other))
    return templates


def _example(node: str) -> tuple[str, int]:
    start = len(_EXAMPLE) + 1
    return node[start], int(node[start + 1 : -1])


def _nt(value: object) -> str:
    if isinstance(value, RdfLiteral):
        return str(Literal(str(value), language=value.language)) if value.language else _typed(value)
    return f"<{value}>"


def _typed(value: RdfLiteral) -> str:
    datatype = value.datatype
    return str(Literal(str(value), datatype=NamedNode(str(datatype))) if datatype else Literal(str(value)))
