"""Linked data: every IRI of a build leads to a page or to data about it, in one hop."""

from __future__ import annotations

from itertools import islice
from urllib.parse import quote

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ecograph.model.namespaces import ECO, VOCABULARY, expand
from ecograph.store.graph import BlankNode, NamedNode, PublishedGraph, Triple
from ecograph.store.serialise import serialise
from ecograph.web.context import site
from ecograph.web.endpoint import description, negotiation
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import ProblemError
from ecograph.web.endpoint.request import not_acceptable

blueprint = Blueprint("linked", __name__)

_PAGE = (Offer("text/html", "html"), Offer("application/xhtml+xml", "html"))
_SUFFIXES = {offer.format: offer for offer in negotiation.GRAPHS if not offer.alias}
_INCOMING = 1000
"""At most so many statements that point at a resource belong to its description."""
_REPLACED = NamedNode(expand("dcterms:isReplacedBy"))
_LABEL = NamedNode(expand("skos:prefLabel"))
_IN_SCHEME = NamedNode(expand("skos:inScheme"))


@blueprint.get("/id/<path:local>")
def resource(local: str) -> AnyResponse:
    """Lead from a thing's IRI to the page or the data about it (303).

    From an actor that was merged into another to that survivor (301).
    """
    here = site()
    node = NamedNode(here.base.instance(local))
    survivor = next(here.graph.quads(node, _REPLACED), None)
    if survivor is not None and isinstance(survivor.object, NamedNode):
        target = here.base.local(survivor.object.value)
        if target is not None:
            return _redirect(f"/id/{quote(target)}", 301, local)
    if next(here.graph.quads(node), None) is None:
        raise _unknown(node)
    offer = _offer((*negotiation.GRAPHS, *_PAGE))
    if offer.format == "html":
        lang = request.accept_languages.best_match(here.workspace.languages) or here.workspace.languages[0]
        page = f"/{lang}/{quote(local)}"
        if current_app.url_map.bind("").test(f"/{lang}/{local}", "GET"):
            return _redirect(page, 303, local)
        return _redirect(f"/data/{quote(local)}.ttl", 303, local)
    named = "" if "*" in request.headers.get("Accept", "*") else f".{offer.format}"
    return _redirect(f"/data/{quote(local)}{named}", 303, local)


@blueprint.get("/data/<path:name>")
def data(name: str) -> Response:
    """Return the description of a thing; a suffix (.ttl, .nt, .jsonld, .rdf) chooses the format."""
    here = site()
    stem, _, suffix = name.rpartition(".")
    chosen = _SUFFIXES.get(suffix) if stem else None
    local = stem if chosen else name
    response = _describe(NamedNode(here.base.instance(local)), chosen)
    response.headers["Link"] = _links(local)
    return response


@blueprint.get("/ns")
def ontology() -> AnyResponse:
    """Return the ontology, or lead a browser to the explorer's page about it."""
    offer = _offer((*negotiation.GRAPHS, *_PAGE))
    if offer.format == "html":
        return _to_page("model")
    here = site()
    name = NamedNode(here.base.graph("ontology"))
    triples = [quad.triple for quad in here.graph.quads(None, None, None, name)]
    if not triples:
        raise _unknown(NamedNode(ECO))
    return _document(triples, offer)


@blueprint.get("/vocabulary/<scheme>")
@blueprint.get("/vocabulary/<scheme>/<key>")
def vocabulary(scheme: str, key: str = "") -> AnyResponse:
    """Return a vocabulary with all its concepts, or one concept."""
    graph = site().graph
    node = NamedNode(VOCABULARY + quote(f"{scheme}/{key}" if key else scheme))
    concepts = [] if key else [quad.subject for quad in graph.quads(None, _IN_SCHEME, node)]
    if next(graph.quads(node), None) is None and not concepts:
        raise _unknown(node)
    offer = _offer((*negotiation.GRAPHS, *_PAGE))
    if offer.format == "html":
        return _to_page("vocabulary/" + quote(f"{scheme}/{key}" if key else scheme))
    if key:
        return _describe(node, offer)
    triples = [
        quad.triple
        for each in (node, *concepts)
        if isinstance(each, NamedNode | BlankNode)
        for quad in graph.quads(each)
    ]
    return _document(triples, offer)


@blueprint.get("/graph/<path:name>")
def named_graph(name: str) -> Response:
    """Describe a named graph: its source, publisher, licence, date, counts."""
    return _describe(NamedNode(site().base.graph(name)))


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Return the description of the whole dataset."""
    offer = _offer(negotiation.GRAPHS, lenient=True)
    server = f"{request.environ['SERVER_NAME']}:{request.environ['SERVER_PORT']}"
    here = description.address(request.scheme, request.environ.get("HTTP_HOST", ""), server)
    return _document(description.void(site(), here), offer)


def bounded_description(graph: PublishedGraph, node: NamedNode) -> list[Triple]:
    """Return a concise bounded description with neighbours' labels; empty when nothing is said of the node.

    What is said of the node and of blank nodes reached from it, what points at it (at most 1,000 statements),
    and the preferred labels of all that these name.
    """
    found: list[Triple] = []
    queue: list[NamedNode | BlankNode] = [node]
    seen: set[NamedNode | BlankNode] = {node}
    while queue:
        for quad in graph.quads(queue.pop()):
            found.append(quad.triple)
            if isinstance(quad.object, BlankNode) and quad.object not in seen:
                seen.add(quad.object)
                queue.append(quad.object)
    if not found:
        return []
    found += [quad.triple for quad in islice(graph.quads(None, None, node), _INCOMING)]
    neighbours = {
        term
        for triple in found
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term != node
    }
    for neighbour in neighbours:
        found += [quad.triple for quad in graph.quads(neighbour, _LABEL)]
    return found


def _describe(node: NamedNode, offer: Offer | None = None) -> Response:
    served = site().served()
    triples = served.memo(("description", node.value), lambda: bounded_description(served.graph, node))
    if not triples:
        raise _unknown(node)
    return _document(triples, offer or _offer(negotiation.GRAPHS, lenient=True))


def _document(triples: list[Triple], offer: Offer) -> Response:
    answer = description.rdf(
        serialise(triples, offer.format), offer, request.headers.get("If-None-Match", "")
    )
    return Response(answer.body, answer.status, answer.headers)


def _offer(offers: tuple[Offer, ...], lenient: bool = False) -> Offer:
    """Choose by ``format``, else by Accept; `lenient`: a browser that wants HTML gets Turtle, not a 406."""
    name = request.args.get("format", "")
    try:
        chosen = negotiation.by_name(name, offers, graph=True) if name else None
    except KeyError:
        raise not_acceptable("graph") from None
    chosen = chosen or negotiation.choose("" if name else request.headers.get("Accept", ""), offers)
    if chosen is None and lenient and negotiation.choose(request.headers.get("Accept", ""), _PAGE):
        return offers[0]
    if chosen is None:
        raise not_acceptable("graph")
    return chosen


def _redirect(path: str, status: int, local: str) -> AnyResponse:
    response = redirect(request.script_root + path, status)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Link"] = _links(local)
    return response


def _to_page(path: str) -> AnyResponse:
    languages = site().workspace.languages
    lang = request.accept_languages.best_match(languages) or languages[0]
    response = redirect(f"{request.script_root}/{lang}/{path}", 303)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _links(local: str) -> str:
    address = f"{request.script_root}/data/{quote(local)}"
    links = [
        f'<{address}.{suffix}>; rel="alternate"; type="{offer.media}"' for suffix, offer in _SUFFIXES.items()
    ]
    return ", ".join((*links, f'<{site().base.instance(local)}>; rel="describes"'))


def _unknown(node: NamedNode) -> ProblemError:
    return ProblemError(404, "not-found", f"Nothing is known here of {node.value}.", resource=node.value)
