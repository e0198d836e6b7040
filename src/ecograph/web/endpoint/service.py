"""The bare endpoint: its service description with example queries and prefixes, or the way to the editor."""

from __future__ import annotations

from ecograph.store.graph import Literal, NamedNode, Triple
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import description, negotiation
from ecograph.web.endpoint.description import Document, iri, texts
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import CORS, POLICY
from ecograph.web.endpoint.request import not_acceptable
from ecograph.web.endpoint.response import Response

_PAGES = (Offer("text/html", "html"), Offer("application/xhtml+xml", "html"))
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
_FORM_POLICY = ("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
_FORM = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>SPARQL</title></head>
<body>
<h1>SPARQL</h1>
<p lang="en">A SPARQL 1.1 endpoint. Its description in RDF stands at this address too.</p>
<form action="sparql" method="get">
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


def answer(site: Site, address: str, accept: str, if_none_match: str = "", editor: str = "") -> Response:
    """Return the bare endpoint's answer: its description; to a browser the way to the editor, or a form.

    Raises
    ------
    ProblemError: 406 when neither is acceptable.
    """
    offer = negotiation.choose(accept, (*negotiation.GRAPHS, *_PAGES))
    if offer is None:
        raise not_acceptable("graph")
    if offer.format == "html":
        vary = ("Vary", "Accept, Accept-Language")
        if editor:
            return Response(303, [("Location", editor), ("Content-Length", "0"), vary, *CORS, *POLICY])
        headers = [("Content-Type", "text/html; charset=utf-8"), _FORM_POLICY, vary, *CORS]
        return Response(200, headers, _FORM)
    served = site.served()
    content = description.DOCUMENTS.get(
        (served.build.path, "service", address, offer.format),
        lambda: description.written(triples(site, served, address), offer.format),
    )
    return description.rdf(content, offer, if_none_match)


def prepare(site: Site) -> None:
    """Count beforehand what the descriptions say, so that no client waits for it."""
    description.statistics(site.served())


def triples(site: Site, served: Served, address: str) -> list[Triple]:
    """Return the service description (SPARQL 1.1 Service Description), examples and prefixes."""
    endpoint, counts, said = f"{address}/sparql", description.statistics(served), Document()
    dataset = f"{endpoint}#dataset"
    federated = [iri("sd:BasicFederatedQuery")] if site.federates else []
    said.say(
        endpoint,
        rdf_type=iri("sd:Service"),
        sd_endpoint=NamedNode(endpoint),
        sd_supportedLanguage=iri("sd:SPARQL11Query"),
        sd_feature=[iri("sd:UnionDefaultGraph"), *federated],
        sd_resultFormat=[iri(f"formats:{name}") for name in _FORMATS],
        sd_defaultDataset=NamedNode(dataset),
        rdfs_seeAlso=[NamedNode(f"{address}/.well-known/void"), NamedNode(f"{address}/catalogue")],
        sh_declare=[NamedNode(f"{endpoint}#prefix-{prefix}") for prefix in description.prefixes()],
    )
    said.say(
        dataset,
        rdf_type=[iri("sd:Dataset"), iri("void:Dataset")],
        sd_defaultGraph=NamedNode(f"{endpoint}#union"),
        sd_namedGraph=[NamedNode(f"{endpoint}#graph-{n}") for n in range(1, len(counts.graphs) + 1)],
    )
    said.say(f"{endpoint}#union", rdf_type=iri("sd:Graph"), void_triples=counts.triples)
    for number, (name, count) in enumerate(counts.graphs, 1):
        said.say(
            f"{endpoint}#graph-{number}",
            rdf_type=iri("sd:NamedGraph"),
            sd_name=NamedNode(name),
            sd_graph=NamedNode(f"{endpoint}#content-{number}"),
        )
        said.say(f"{endpoint}#content-{number}", rdf_type=iri("sd:Graph"), void_triples=count)
    for prefix, space in description.prefixes().items():
        said.say(
            f"{endpoint}#prefix-{prefix}",
            rdf_type=iri("sh:PrefixDeclaration"),
            sh_prefix=prefix,
            sh_namespace=Literal(space, datatype=_URI),
        )
    _examples(said, site, endpoint)
    return said.triples


def _examples(said: Document, site: Site, endpoint: str) -> None:
    """State the region's questions as executables that clients and editors can list and run."""
    for slug, question in site.catalogue.items():
        said.say(
            f"{endpoint}#example-{slug}",
            rdf_type=[iri("sh:SPARQLExecutable"), iri("sh:SPARQLSelectExecutable")],
            rdfs_label=texts(question.title_sv, question.title_en),
            rdfs_comment=texts(question.description_sv, question.description_en),
            sh_select=question.sparql,
            sh_prefixes=NamedNode(endpoint),
            schema_target=NamedNode(endpoint),
            schema_keywords=question.theme,
        )
