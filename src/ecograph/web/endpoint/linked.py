"""Linked data: every IRI of a build leads to a page or to data about it, in one hop."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ecograph.model.namespaces import ECO, VOCABULARY, expand
from ecograph.store.graph import BlankNode, NamedNode, Triple
from ecograph.web.context import Served, Site, site
from ecograph.web.endpoint import catalogue as dcat
from ecograph.web.endpoint import description, negotiation, resources
from ecograph.web.endpoint import void as statistics
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import ProblemError
from ecograph.web.endpoint.request import not_acceptable

blueprint = Blueprint("linked", __name__)

_PAGE = (Offer("text/html", "html"), Offer("application/xhtml+xml", "html"))
_SUFFIXES = {offer.format: offer for offer in negotiation.GRAPHS if not offer.alias}
_IN_SCHEME = NamedNode(expand("skos:inScheme"))


@blueprint.get("/id/<path:local>")
def resource(local: str) -> AnyResponse:
    """Lead from a thing's IRI to the page or the data about it (303).

    From an actor that was merged into another to that survivor (301).
    """
    here = site()
    node = NamedNode(here.base.instance(local))
    survivor = resources.survivor(here.graph, node)
    if survivor is not None and (target := here.base.local(survivor.value)) is not None:
        return _redirect(f"/id/{target}", 301, local)
    if next(here.graph.quads(node), None) is None:
        raise _unknown(here, node)
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
def data(name: str) -> AnyResponse:
    """Return the description of a thing; a suffix (.ttl, .nt, .jsonld, .rdf) chooses the format."""
    here = site()
    local, chosen = _suffixed(name)
    node = NamedNode(here.base.instance(local))
    survivor = resources.survivor(here.graph, node)
    if survivor is not None and (target := here.base.local(survivor.value)) is not None:
        return _redirect(f"/data/{target}{f'.{chosen.format}' if chosen else ''}", 301, local)
    response = _describe(node, chosen)
    response.headers["Link"] = _links(local)
    return response


@blueprint.get("/ns")
@blueprint.get("/ns.<suffix>")
def ontology(suffix: str = "") -> AnyResponse:
    """Return the ontology, or lead a browser to the explorer's page about it."""
    offer = _named(suffix) or _offer((*negotiation.GRAPHS, *_PAGE))
    if offer.format == "html":
        return _to_page("model")
    name = NamedNode(site().base.graph("ontology"))

    def triples(here: Site, served: Served) -> list[Triple]:
        return [quad.triple for quad in served.graph.quads(None, None, None, name)]

    return _document("ontology", triples, offer, NamedNode(ECO))


@blueprint.get("/ns/<term>")
def ontology_term(term: str) -> AnyResponse:
    """Return what is said of one term, whose IRI has a hash, which browsers do not send; or of a module."""
    local, chosen = _suffixed(term)
    offer = chosen or _offer((*negotiation.GRAPHS, *_PAGE))
    graph, node = site().graph, NamedNode(ECO + quote(local))
    module = NamedNode(ECO.removesuffix("#") + "/" + quote(local))
    found = next((each for each in (node, module) if next(graph.quads(each), None) is not None), None)
    if found is None:
        raise _unknown(site(), node)
    if offer.format == "html":
        return _to_page(f"model#{quote(local)}" if found == node else "model")
    return _describe(found, offer)


@blueprint.get("/vocabulary/<scheme>")
@blueprint.get("/vocabulary/<scheme>/<key>")
def vocabulary(scheme: str, key: str = "") -> AnyResponse:
    """Return a vocabulary with all its concepts, or one concept."""
    graph = site().graph
    node = NamedNode(VOCABULARY + quote(f"{scheme}/{key}" if key else scheme))
    concepts = [] if key else [quad.subject for quad in graph.quads(None, _IN_SCHEME, node)]
    if next(graph.quads(node), None) is None and not concepts:
        raise _unknown(site(), node)
    offer = _offer((*negotiation.GRAPHS, *_PAGE))
    if offer.format == "html":
        return _to_page("vocabulary/" + quote(f"{scheme}/{key}" if key else scheme))
    if key:
        return _describe(node, offer)

    def triples(here: Site, served: Served) -> list[Triple]:
        things = [each for each in (node, *concepts) if isinstance(each, NamedNode | BlankNode)]
        return [quad.triple for each in things for quad in served.graph.quads(each)]

    return _document(node.value, triples, offer, node)


@blueprint.get("/graph/<path:name>")
def named_graph(name: str) -> Response:
    """Describe a named graph: its size and, of a source's graph, publisher, licence, date, counts."""
    node = NamedNode(site().base.graph(name))

    def triples(here: Site, served: Served) -> list[Triple]:
        said = description.Document()
        size = dict(description.statistics(served).graphs).get(node.value)
        if size is not None:
            said.say(node.value, rdf_type=description.iri("sd:NamedGraph"), sd_name=node, void_triples=size)
        return said.triples + resources.bounded_description(served.graph, node)

    return _document(node.value, triples, _offer(negotiation.GRAPHS, lenient=True), node)


@blueprint.get("/dataset")
def dataset() -> AnyResponse:
    """Lead from the IRI of the whole to its description."""
    response = redirect(f"{request.script_root}/.well-known/void", 303)
    response.headers["Vary"] = "Accept"
    return response


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Return the VoID description of the whole dataset."""
    offer = _offer(negotiation.GRAPHS, lenient=True)
    address = _address()
    return _document(f"void {address}", lambda here, served: statistics.triples(here, served, address), offer)


@blueprint.get("/catalogue")
@blueprint.get("/catalogue.<suffix>")
def catalogue(suffix: str = "") -> Response:
    """Return the DCAT-AP-SE catalogue; a suffix chooses the format, as harvesters expect."""
    offer = _named(suffix) or _offer(negotiation.GRAPHS, lenient=True)
    address = _address()
    response = _document(f"dcat {address}", lambda here, served: dcat.triples(here, served, address), offer)
    links = [
        f'<{request.script_root}/catalogue.{each}>; rel="alternate"; type="{kind.media}"'
        for each, kind in _SUFFIXES.items()
    ]
    response.headers["Link"] = ", ".join(links)
    return response


def _describe(node: NamedNode, offer: Offer | None = None) -> Response:
    def triples(here: Site, served: Served) -> list[Triple]:
        return resources.bounded_description(served.graph, node)

    return _document(node.value, triples, offer or _offer(negotiation.GRAPHS, lenient=True), node)


def _document(
    name: str, triples: Callable[[Site, Served], list[Triple]], offer: Offer, node: NamedNode | None = None
) -> Response:
    here = site()
    served = here.served()

    def content() -> bytes:
        found = triples(here, served)
        return description.written(found, offer.format) if found else b""

    body = description.DOCUMENTS.get((served.build.path, name, offer.format), content)
    if not body:
        raise _unknown(here, node or NamedNode(here.base.address))
    answer = description.rdf(body, offer, request.headers.get("If-None-Match", ""))
    return Response(answer.body, answer.status, answer.headers)


def _suffixed(name: str) -> tuple[str, Offer | None]:
    stem, _, suffix = name.rpartition(".")
    chosen = _SUFFIXES.get(suffix) if stem else None
    return (stem, chosen) if chosen else (name, None)


def _named(suffix: str) -> Offer | None:
    if suffix and suffix not in _SUFFIXES:
        raise not_acceptable("graph")
    return _SUFFIXES.get(suffix)


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


def _address() -> str:
    """The service's address as the client wrote it; the front has looked at it already."""
    host = (
        request.environ.get("HTTP_HOST")
        or f"{request.environ['SERVER_NAME']}:{request.environ['SERVER_PORT']}"
    )
    return f"{request.scheme}://{host}{request.script_root}"


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


def _unknown(here: Site, node: NamedNode) -> ProblemError:
    earlier = resources.earlier_build(here, node)
    if earlier:
        return ProblemError(
            410,
            "gone",
            f"{node.value} is no longer in the data. Build {earlier} was the last that had it.",
            resource=node.value,
            build=earlier,
        )
    return ProblemError(404, "not-found", f"Nothing is known here of {node.value}.", resource=node.value)
