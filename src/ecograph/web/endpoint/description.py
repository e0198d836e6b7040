"""What the endpoint says of itself and its data: service description and VoID, made once a build."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.graph import Literal, MemoryGraph, NamedNode, Triple
from ecograph.store.serialise import serialise
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import negotiation
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import CORS
from ecograph.web.endpoint.request import not_acceptable
from ecograph.web.endpoint.response import Response

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_HTML = Offer("text/html", "html")
_PAGE = Offer("application/xhtml+xml", "html")
_POLICY = ("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
_FORM = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>SPARQL</title></head>
<body>
<h1>SPARQL</h1>
<p lang="en">A SPARQL 1.1 endpoint. Its description in RDF stands at this address too.</p>
<form action="/sparql" method="get">
<p><label for="query">Fråga <span lang="en">(query)</span></label><br>
<textarea id="query" name="query" rows="14" cols="90">SELECT ?class (COUNT(*) AS ?count)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?count)</textarea></p>
<p><label for="format">Format</label>
<select id="format" name="format"><option>json<option>csv<option>tsv<option>xml</select>
<button>Ställ frågan</button></p>
</form>
</body>
</html>
""".encode()


def address(scheme: str, host: str, fallback: str) -> str:
    """Return the address under which the client reached us; a Host header that is no host is not repeated."""
    return f"{scheme}://{host if _HOST.fullmatch(host) else fallback}"


def service(site: Site, address: str, accept: str, if_none_match: str = "", editor: str = "") -> Response:
    """Return the bare endpoint's answer: its description; to a browser the way to the editor, or a form.

    Raises
    ------
    ProblemError: 406 when neither is acceptable.
    """
    offer = negotiation.choose(accept, (*negotiation.GRAPHS, _HTML, _PAGE))
    if offer is None:
        raise not_acceptable("graph")
    if offer.format == "html":
        vary = ("Vary", "Accept, Accept-Language")
        if editor:
            return Response(303, [("Location", editor), vary, *CORS])
        return Response(200, [("Content-Type", "text/html; charset=utf-8"), _POLICY, vary, *CORS], _FORM)
    served = site.served()
    content = served.memo(
        ("service", address, offer.format),
        lambda: serialise(_service_triples(site, served, f"{address}/sparql"), offer.format),
    )
    return rdf(content, offer, if_none_match)


def rdf(content: bytes, offer: Offer, if_none_match: str = "") -> Response:
    """Return a document of RDF with its tag, or 304."""
    tag = f'"{hashlib.sha256(offer.media.encode() + content).hexdigest()[:32]}"'
    headers = [
        ("ETag", tag),
        ("Vary", "Accept, Accept-Encoding"),
        ("Cache-Control", "public, no-cache"),
        *CORS,
    ]
    if tag in {each.strip().removeprefix("W/") for each in if_none_match.split(",")}:
        return Response(304, headers)
    media = f"{offer.media}; charset=utf-8" if offer.media.startswith("text/") else offer.media
    return Response(200, [("Content-Type", media), *headers], content)


def void(site: Site, address: str) -> list[Triple]:
    """Return the VoID and DCAT description of the current build: counts, partitions, source datasets."""
    served = site.served()
    return served.memo(("void", address), lambda: _void_triples(site, served, address))


def _service_triples(site: Site, served: Served, endpoint: str) -> list[Triple]:
    lines = [
        f"<{endpoint}> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage sd:SPARQL11Query ;",
        "  sd:feature sd:UnionDefaultGraph ; sd:resultFormat "
        + ", ".join(
            f"<{_FORMATS}{name}>"
            for name in (
                "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
                "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
            )
        )
        + " ;",
        f"  sd:defaultDataset <{endpoint}#dataset> .",
        f"<{endpoint}#dataset> a sd:Dataset, void:Dataset ; sd:defaultGraph <{endpoint}#union> .",
        f"<{endpoint}#union> a sd:Graph ; void:triples {len(served.graph)} .",
    ]  # fmt: skip
    counts = served.graph.select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    ).rows
    for number, (graph, count) in enumerate(sorted(counts, key=str), 1):
        name = f"<{endpoint}#graph-{number}>"
        lines += [
            f"<{endpoint}#dataset> sd:namedGraph {name} .",
            f"{name} a sd:NamedGraph ; sd:name {graph} ; sd:graph <{endpoint}#content-{number}> .",
            f"<{endpoint}#content-{number}> a sd:Graph ; void:triples {_number(count)} .",
        ]
    return _parse(lines)


def _void_triples(site: Site, served: Served, address: str) -> list[Triple]:
    graph, base = served.graph, site.base
    dataset = f"{base.address}dataset"
    lines = [
        f"<{dataset}> a void:Dataset, dcat:Dataset ; void:triples {len(graph)} ;",
        f'  dcterms:title "Ecograph {_escape(site.workspace.region.name_en)}"@en ,',
        f'    "Ecograph {_escape(site.workspace.region.name_sv)}"@sv ;',
        f'  dcterms:identifier "{served.build.id}" ; void:uriSpace "{base.address}id/" ;',
        f"  void:sparqlEndpoint <{address}/sparql> .",
    ]
    lines += [f"<{dataset}> void:vocabulary <{space}> ." for space in sorted(PREFIXES.values())]
    kinds = graph.select("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c").rows
    for number, (kind, count) in enumerate(sorted(kinds, key=str), 1):
        part = f"<{dataset}#class-{number}>"
        lines += [
            f"<{dataset}> void:classPartition {part} .",
            f"{part} void:class {kind} ; void:entities {_number(count)} .",
        ]
    uses = graph.select("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p").rows
    for number, (use, count) in enumerate(sorted(uses, key=str), 1):
        part = f"<{dataset}#property-{number}>"
        lines += [
            f"<{dataset}> void:propertyPartition {part} .",
            f"{part} void:property {use} ; void:triples {_number(count)} .",
        ]
    triples = _parse(lines)
    provenance = NamedNode(base.graph("provenance"))
    root = NamedNode(dataset)
    kind_of, subset = NamedNode(expand("rdf:type")), NamedNode(expand("void:subset"))
    for quad in graph.quads(None, kind_of, NamedNode(expand("dcat:Dataset")), provenance):
        if isinstance(quad.subject, NamedNode):
            triples.append(Triple(root, subset, quad.subject))
            triples += [each.triple for each in graph.quads(quad.subject, None, None, provenance)]
    return triples


def _parse(lines: Iterable[str]) -> list[Triple]:
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in {**PREFIXES, "sd": _SD}.items())
    graph = MemoryGraph()
    graph.load((head + "\n".join(lines)).encode(), format="ttl")
    return [quad.triple for quad in graph.quads()]


def _number(term: object) -> str:
    assert isinstance(term, Literal)
    return term.value


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
