"""The model page: hierarchy, terms and shapes, from the ontology in the graph and the shapes of the gate."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template
from markupsafe import Markup
from rdflib import Graph

from ecograph.model.namespaces import ECO, expand, shorten
from ecograph.reasoning.reference import Term, class_tree, read_terms
from ecograph.store.graph import NamedNode
from ecograph.validation.reference import Rule, shapes_by_class
from ecograph.web.explorer import links
from ecograph.web.explorer.asking import ask, served, site
from ecograph.web.explorer.blueprint import explorer


@dataclass(frozen=True, slots=True)
class _Reference:
    terms: list[Term]
    rules: dict[str, list[Rule]]


@explorer.get("/<any(sv,en):lang>/model")
def model() -> str:
    """The reference of the ontology."""
    reference = served().memo("model reference", _read)
    terms = sorted(reference.terms, key=lambda term: term.label[g.lang].lower())
    pictures = served().memo(("model picture", g.lang), lambda: _picture(reference.terms, g.lang))
    return render_template(
        "model.html",
        classes=ask("ontology-classes"),
        properties=ask("ontology-properties"),
        class_terms=[term for term in terms if term.kind == "class"],
        property_terms=[term for term in terms if term.kind != "class"],
        rules=reference.rules,
        picture=Markup(pictures),  # noqa: S704 - drawn here; its labels are escaped
        address=address,
        eco=ECO,
    )


def address(name: str) -> str:
    """Return where a term, written short or in full, leads: ours to this page, others to themselves."""
    try:
        return links.page_of(name if "://" in name else expand(name))
    except KeyError:
        return "#"


def _picture(terms: list[Term], lang: str) -> str:
    return class_tree(terms, lang, _anchor)


def _anchor(term: Term) -> str:
    return f"#{term.local}"


def _read() -> _Reference:
    quads = served().graph.quads(graph=NamedNode(site().base.graph("ontology")))
    graph = Graph().parse(
        data="".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads), format="nt"
    )
    return _Reference(read_terms(graph), {shorten(kind): rows for kind, rows in shapes_by_class().items()})
