"""The namespaces that ecograph writes and reads, and their customary prefixes."""

from __future__ import annotations

ECO = "https://w3id.org/ecograph/ns#"
VOCABULARY = "https://w3id.org/ecograph/vocabulary/"

PREFIXES: dict[str, str] = {
    "eco": ECO,
    "voc": VOCABULARY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "qb": "http://purl.org/linked-data/cube#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "eurio": "http://data.europa.eu/s66#",
    "rov": "http://www.w3.org/ns/regorg#",
    "cpov": "http://data.europa.eu/m8g/",
    "adms": "http://www.w3.org/ns/adms#",
    "vann": "http://purl.org/vocab/vann/",
    "sdg": "http://metadata.un.org/sdg/",
}


def expand(curie: str) -> str:
    """Return the full IRI of a prefixed name such as ``eco:Actor``.

    Raises
    ------
    KeyError: when the prefix is not one of `PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself when no prefix fits."""
    best = max(
        ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def sparql_prologue() -> str:
    """Return the PREFIX declarations of all namespaces, one a line."""
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
