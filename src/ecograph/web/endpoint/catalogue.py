"""The catalogue of the data by DCAT-AP-SE 3: the whole, each source, how to get them, who publishes them."""

from __future__ import annotations

from urllib.parse import urlencode

from ecograph.model.namespaces import ECO, expand
from ecograph.store.graph import Literal, NamedNode, Triple
from ecograph.web.configured import CatalogueConfig
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import void
from ecograph.web.endpoint.description import Document, iri, texts

_FORMATS = (
    ("nt", "application/n-triples", "RDF_N_TRIPLES", "N-Triples"),
    ("ttl", "text/turtle", "RDF_TURTLE", "Turtle"),
)
_LICENCES = {
    "CC0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC0 1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "http://creativecommons.org/licenses/by/4.0/",
}
"""Licences as sources name them, by their address; others stay the words that the source uses."""
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_MOMENT = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")


def triples(site: Site, served: Served, address: str) -> list[Triple]:
    """Return the catalogue with its datasets, distributions and data service."""
    said, config, region = Document(), site.catalogue_config, site.workspace.region
    catalogue, service, whole = f"{address}/catalogue", f"{address}/sparql", f"{site.base.address}dataset"
    finished = str(served.build.manifest.get("finished", ""))
    modified = Literal(finished, datatype=_MOMENT) if finished else None
    publisher, contact = _agents(said, config, catalogue)
    sources = void.sources(site, served)
    licence = [NamedNode(config.licence)] if config.licence else []
    said.say(
        catalogue,
        rdf_type=iri("dcat:Catalog"),
        dcterms_title=texts(
            f"Öppna data ur Ecograph {region.name_sv}", f"Open data of Ecograph {region.name_en}"
        ),
        dcterms_description=texts(
            f"Kunskapsgrafen över innovationsekosystemet i {region.name_sv} och källorna bakom den.",
            f"The knowledge graph of the innovation ecosystem of {region.name_en} and its sources.",
        ),
        dcterms_publisher=publisher,
        dcterms_license=licence,
        dcterms_language=[iri("language:SWE"), iri("language:ENG")],
        dcterms_modified=modified,
        dcterms_spatial=_place(region.nuts3),
        foaf_homepage=NamedNode(config.homepage or f"{address}/"),
        dcat_dataset=[NamedNode(whole), *(NamedNode(source) for source in sources)],
        dcat_service=NamedNode(service),
        dcat_themeTaxonomy=NamedNode("http://publications.europa.eu/resource/authority/data-theme"),
    )
    said.say(
        service,
        rdf_type=iri("dcat:DataService"),
        dcterms_title=texts("SPARQL-tjänst", "SPARQL endpoint"),
        dcterms_description=texts(
            "Frågor mot hela grafen enligt SPARQL 1.1.", "Queries over the whole graph by SPARQL 1.1."
        ),
        dcterms_publisher=publisher,
        dcterms_license=licence,
        dcterms_accessRights=iri("access:PUBLIC"),
        dcterms_conformsTo=NamedNode("https://www.w3.org/TR/sparql11-protocol/"),
        dcat_contactPoint=contact,
        dcat_endpointURL=NamedNode(service),
        dcat_endpointDescription=NamedNode(service),
        dcat_servesDataset=NamedNode(whole),
    )
    said.say(
        whole,
        rdf_type=iri("dcat:Dataset"),
        dcterms_title=texts(f"Ecograph {region.name_sv}", f"Ecograph {region.name_en}"),
        dcterms_description=texts(
            "Aktörer, projekt, medverkan, pengar och prioriterade områden i regionens innovationsekosystem, "
            "med nätverksanalysens resultat.",
            "Actors, projects, participations, money and priority areas of the innovation ecosystem, "
            "with the results of the network analysis.",
        ),
        dcterms_identifier=served.build.id,
        dcterms_publisher=publisher,
        dcterms_modified=modified,
        dcterms_spatial=_place(region.nuts3),
        dcterms_language=[iri("language:SWE"), iri("language:ENG")],
        dcterms_accessRights=iri("access:PUBLIC"),
        dcterms_conformsTo=NamedNode(ECO),
        dcterms_hasPart=[NamedNode(source) for source in sources],
        dcat_contactPoint=contact,
        dcat_theme=[iri("theme:TECH"), iri("theme:ECON")],
        dcat_keyword=[("innovation", "sv"), ("innovation", "en"), ("smart specialisering", "sv"),
                      ("smart specialisation", "en")],
        dcat_landingPage=NamedNode(f"{address}/"),
        dcat_distribution=NamedNode(f"{catalogue}#whole-sparql"),
    )  # fmt: skip
    said.say(
        f"{catalogue}#whole-sparql",
        rdf_type=iri("dcat:Distribution"),
        dcterms_title=texts("Hela grafen genom SPARQL", "The whole graph through SPARQL"),
        dcterms_license=licence,
        dcat_accessURL=NamedNode(service),
        dcat_accessService=NamedNode(service),
    )
    for number, source in enumerate(sources, 1):
        _source(said, site, served, address, source, number, publisher, contact)
    return said.triples


def _agents(said: Document, config: CatalogueConfig, catalogue: str) -> tuple[NamedNode, NamedNode | None]:
    """Describe the publisher, which DCAT-AP requires, and the contact point, where one is configured."""
    publisher = config.publisher_uri or f"{catalogue}#publisher"
    unnamed = texts("Utgivare ej angiven", "Publisher not stated")
    said.say(
        publisher,
        rdf_type=iri("foaf:Agent"),
        foaf_name=config.publisher or unnamed,
        foaf_homepage=NamedNode(config.homepage) if config.homepage else None,
    )
    if not config.contact_name and not config.contact_email:
        return NamedNode(publisher), None
    contact = f"{catalogue}#contact"
    said.say(
        contact,
        rdf_type=[iri("vcard:Kind"), iri("vcard:Organization")],
        vcard_fn=config.contact_name or config.publisher,
        vcard_hasEmail=NamedNode(f"mailto:{config.contact_email}") if config.contact_email else None,
    )
    return NamedNode(publisher), NamedNode(contact)


def _source(
    said: Document,
    site: Site,
    served: Served,
    address: str,
    source: str,
    number: int,
    publisher: NamedNode,
    contact: NamedNode | None,
) -> None:
    """Describe one source graph as a dataset of its own, with its content in RDF to download."""
    known: dict[str, list[object]] = {}
    provenance = NamedNode(site.base.graph("provenance"))
    for quad in served.graph.quads(NamedNode(source), None, None, provenance):
        known.setdefault(quad.predicate.value, []).append(quad.object)

    def values(curie: str) -> list[object]:
        return known.get(expand(curie), [])

    licence = [_licence(each) for each in values("dcterms:license")]
    makers = [f"{address}/catalogue#source-{number}-creator"] if values("dcterms:publisher") else []
    for maker in makers:
        said.say(maker, rdf_type=iri("foaf:Agent"), foaf_name=values("dcterms:publisher"))
    issued = [_dated(each) for each in values("dcterms:issued")]
    sv = "Uppgifterna ur källan så som de står i grafen, med hur många rader som lästs och satts i karantän."
    en = "What the source states as it stands in the graph, with how many rows were read and quarantined."
    said.say(
        source,
        rdf_type=iri("dcat:Dataset"),
        dcterms_title=values("dcterms:title") or texts(source, source),
        dcterms_description=texts(sv, en),
        dcterms_identifier=values("dcterms:identifier") or source,
        dcterms_publisher=publisher,
        dcterms_creator=[NamedNode(maker) for maker in makers],
        dcterms_issued=issued,
        dcterms_accessRights=iri("access:PUBLIC"),
        dcterms_isPartOf=NamedNode(f"{site.base.address}dataset"),
        dcat_contactPoint=contact,
        dcat_theme=iri("theme:TECH"),
        dcat_landingPage=values("dcat:landingPage"),
        dcat_distribution=[NamedNode(f"{address}/catalogue#source-{number}-{form[0]}") for form in _FORMATS],
    )
    for short, media, filetype, name in _FORMATS:
        query = urlencode({"query": _WHOLE, "default-graph-uri": source, "format": short})
        said.say(
            f"{address}/catalogue#source-{number}-{short}",
            rdf_type=iri("dcat:Distribution"),
            dcterms_title=texts(f"Grafen som {name}", f"The graph as {name}"),
            dcterms_license=licence,
            dcterms_format=iri(f"filetype:{filetype}"),
            dcat_mediaType=iri(f"media:{media}"),
            dcat_accessURL=NamedNode(source),
            dcat_downloadURL=NamedNode(f"{address}/sparql?{query}"),
            dcat_accessService=NamedNode(f"{address}/sparql"),
        )


def _licence(stated: object) -> object:
    words = stated.value if isinstance(stated, Literal) else ""
    return NamedNode(_LICENCES[words]) if words in _LICENCES else stated


def _dated(stated: object) -> object:
    """A date as exact as it is known: the sources say years and months too."""
    if not isinstance(stated, Literal):
        return stated
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(stated.value))
    return Literal(stated.value, datatype=NamedNode(_DATE.value[:-4] + kind)) if kind else stated


def _place(nuts: str) -> NamedNode:
    return NamedNode(f"http://data.europa.eu/nuts/code/{nuts}")
