"""The terms of the ontology as a reader looks them up: label, meaning, example, hierarchy, ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal as Text
from rdflib.term import Node

from ecograph.model.namespaces import ECO, expand, shorten
from ecograph.reasoning.manchester import expression

Kind = Literal["class", "object", "data"]
KINDS: dict[URIRef, Kind] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
}
_TRAITS = {
    OWL.FunctionalProperty: ("högst ett värde", "one value at most"),
    OWL.TransitiveProperty: ("transitiv", "transitive"),
    OWL.SymmetricProperty: ("symmetrisk", "symmetric"),
    OWL.IrreflexiveProperty: ("aldrig med sig själv", "never with itself"),
}
_SOURCE = URIRef(expand("dcterms:source"))
_FEW = 6
_ROW, _INDENT, _WIDTH, _COLUMNS = 24, 22, 940, 2


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of our own. Texts stand by language; names are short (``eco:Actor``)."""

    iri: str
    kind: Kind
    label: dict[str, str]
    definition: dict[str, str]
    example: dict[str, str]
    note: dict[str, str]
    above: tuple[str, ...]
    """Our own classes or properties right above."""
    outside: tuple[str, ...]
    """Terms of other vocabularies that are wider."""
    related: tuple[str, ...]
    """Terms of other vocabularies that are akin, without entailment."""
    domain: tuple[str, ...]
    range: tuple[str, ...]
    traits: dict[str, tuple[str, ...]]
    disjoint: tuple[str, ...]
    """Classes that share no instance with it; the main kinds of things, all disjoint, are not listed."""
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        """The prefixed name."""
        return shorten(self.iri)

    @property
    def local(self) -> str:
        """The name without prefix, which serves as anchor."""
        return self.iri[len(ECO) :]


def read_terms(graph: Graph) -> list[Term]:
    """Return our terms, by kind (classes, object properties, data properties) and English label."""
    terms = [
        _term(graph, term, kind)
        for owl_kind, kind in KINDS.items()
        for term in set(graph.subjects(RDF.type, owl_kind))
        if isinstance(term, URIRef) and term.startswith(ECO)
    ]
    order = list(KINDS.values())
    return sorted(
        terms, key=lambda term: (order.index(term.kind), term.label.get("en", term.iri).lower(), term.iri)
    )


def _term(graph: Graph, term: URIRef, kind: Kind) -> Term:
    wider = [
        above
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for above in graph.objects(term, predicate)
        if isinstance(above, URIRef)
    ]
    return Term(
        iri=str(term),
        kind=kind,
        label=_texts(graph, term, RDFS.label),
        definition=_texts(graph, term, SKOS.definition),
        example=_texts(graph, term, SKOS.example),
        note=_texts(graph, term, SKOS.scopeNote),
        above=tuple(sorted(shorten(str(each)) for each in wider if each.startswith(ECO))),
        outside=tuple(sorted(shorten(str(each)) for each in wider if not each.startswith(ECO))),
        related=tuple(sorted(shorten(str(each)) for each in graph.objects(term, RDFS.seeAlso))),
        domain=_names(graph, term, RDFS.domain),
        range=_names(graph, term, RDFS.range),
        traits=_traits(graph, term),
        disjoint=_disjoint(graph, term),
        sources=tuple(sorted({str(each) for each in graph.objects(term, _SOURCE)})),
    )


def _texts(graph: Graph, term: URIRef, predicate: URIRef) -> dict[str, str]:
    found = (each for each in graph.objects(term, predicate) if isinstance(each, Text))
    return {each.language: str(each) for each in found if each.language}


def _names(graph: Graph, term: Node, predicate: URIRef) -> tuple[str, ...]:
    names: list[str] = []
    for value in graph.objects(term, predicate):
        union = graph.value(value, OWL.unionOf) if isinstance(value, BNode) else None
        members = Collection(graph, union) if union is not None else [value]
        names += [expression(member, graph) for member in members]
    return tuple(sorted(names))


def _traits(graph: Graph, term: URIRef) -> dict[str, tuple[str, ...]]:
    found = [_TRAITS[kind] for kind in _TRAITS if (term, RDF.type, kind) in graph]
    inverses = {*graph.objects(term, OWL.inverseOf), *graph.subjects(OWL.inverseOf, term)}
    found += [(f"invers till {name}", f"inverse of {name}") for name in _short(inverses)]
    for head in graph.objects(term, OWL.propertyChainAxiom):
        chain = " ∘ ".join(expression(each, graph) for each in Collection(graph, head))
        found.append((f"följer av {chain}", f"follows from {chain}"))
    found += [
        (f"är detsamma som {same}", f"is the same as {same}")
        for same in sorted(expression(each, graph) for each in graph.objects(term, OWL.equivalentClass))
    ]
    found += [
        (f"har {limit}", f"has {limit}")
        for limit in sorted(
            expression(each, graph)
            for each in graph.objects(term, RDFS.subClassOf)
            if isinstance(each, BNode)
        )
    ]
    keys = (", ".join(_short(Collection(graph, head))) for head in graph.objects(term, OWL.hasKey))
    found += [(f"nyckel: {key}", f"key: {key}") for key in sorted(keys)]
    return {"sv": tuple(sv for sv, _ in found), "en": tuple(en for _, en in found)}


def _short(nodes: object) -> list[str]:
    return sorted(shorten(str(node)) for node in nodes if isinstance(node, URIRef))  # type: ignore[attr-defined]


def _disjoint(graph: Graph, term: URIRef) -> tuple[str, ...]:
    found = {*graph.objects(term, OWL.disjointWith), *graph.subjects(OWL.disjointWith, term)}
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        head = graph.value(group, OWL.members)
        members = set(Collection(graph, head)) if head is not None else set()
        if term in members and len(members) <= _FEW:
            found |= members - {term}
    return tuple(_short(found))


def class_tree(terms: list[Term], lang: str, link: Callable[[Term], str] | None = None) -> str:
    """Draw the hierarchy of our classes as SVG: each below its class, outside classes named beside it.

    Colours are the surrounding text's, so that it fits light, dark and print. `link` gives the address that
    a class leads to; without it the picture stands alone, on white.
    """
    classes = [term for term in terms if term.kind == "class"]
    rows = list(_outline(classes, lang))
    starts = [number for number, (depth, _) in enumerate(rows) if depth == 0]
    cut = min(starts, key=lambda start: abs(start - len(rows) / _COLUMNS))
    columns = [rows[:cut], rows[cut:]]
    height = max(len(column) for column in columns) * _ROW + 8
    title = {"sv": "Klasserna i ontologin, ordnade under varandra", "en": "The classes of the ontology"}[lang]
    # An image hides the links within it from a screen reader; a group does not.
    role = "img" if link is None else "group"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="{role}" aria-label="{title}" font-size="14">',
        f"<title>{title}</title>",
    ]
    if link is None:
        parts.append(f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>')
    for number, column in enumerate(columns):
        parts += _column(column, number * _WIDTH // _COLUMNS + 8, lang, link)
    return "".join([*parts, "</svg>"])


def _outline(classes: list[Term], lang: str) -> Iterator[tuple[int, Term]]:
    below: dict[str, list[Term]] = {}
    for term in sorted(classes, key=lambda term: (term.label.get(lang, term.name).lower(), term.name)):
        below.setdefault(term.above[0] if term.above else "", []).append(term)

    def walk(name: str, depth: int) -> Iterator[tuple[int, Term]]:
        for term in below.get(name, ()):
            yield depth, term
            yield from walk(term.name, depth + 1)

    yield from walk("", 0)


def _column(
    rows: list[tuple[int, Term]], left: int, lang: str, link: Callable[[Term], str] | None
) -> Iterator[str]:
    last_at: dict[int, int] = {}
    for number, (depth, term) in enumerate(rows):
        x, y = left + depth * _INDENT, number * _ROW + 18
        if depth:
            parent, sibling = last_at[depth - 1], last_at.get(depth, -1)
            top = sibling * _ROW + 13 if sibling > parent else parent * _ROW + 24
            yield (
                f'<path d="M{x - _INDENT + 5} {top}V{y - 5}H{x - 4}" fill="none" stroke="currentColor" '
                'stroke-opacity=".45"/>'
            )
        last_at[depth] = number
        label = escape(term.label.get(lang, term.name))
        shown = f'<a href="{escape(link(term))}">{label}</a>' if link else label
        beside = f'<tspan dx="8" fill-opacity=".7" font-size="12">{escape(", ".join(term.outside))}</tspan>'
        yield f'<text x="{x}" y="{y}" fill="currentColor">{shown}{beside if term.outside else ""}</text>'
