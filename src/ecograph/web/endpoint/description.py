"""What the descriptions of the service and its data share: counts, made once a build, and documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.graph import Literal, NamedNode, Triple
from ecograph.store.serialise import serialise
from ecograph.web.context import Served
from ecograph.web.endpoint.cache import DocumentCache
from ecograph.web.endpoint.negotiation import Offer
from ecograph.web.endpoint.problems import CORS, POLICY
from ecograph.web.endpoint.response import Response

_MORE = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "dcatap": "http://data.europa.eu/r5r/",
    "publishertype": "http://purl.org/adms/publishertype/",
    "theme": "http://publications.europa.eu/resource/authority/data-theme/",
    "filetype": "http://publications.europa.eu/resource/authority/file-type/",
    "frequency": "http://publications.europa.eu/resource/authority/frequency/",
    "language": "http://publications.europa.eu/resource/authority/language/",
    "access": "http://publications.europa.eu/resource/authority/access-right/",
    "media": "http://www.iana.org/assignments/media-types/",
}
LINKS = (
    "owl:sameAs", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch",
    "skos:relatedMatch", "rdfs:seeAlso",
)  # fmt: skip
"""Properties whose values in other namespaces make a linkset."""
_FEWEST = 2
"""A target with fewer links is no linkset worth naming."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a build holds, counted."""

    triples: int
    subjects: int
    graphs: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    linksets: tuple[tuple[str, str, int], ...]
    """Property, target (scheme and host), links."""


class Document:
    """Triples under construction, told by prefixed names.

    An object is an IRI (``NamedNode``), text in a language (a pair), or a Python number or plain text.
    """

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def say(self, subject: str, **properties: object) -> None:
        """State properties of a subject: ``dcterms_title=("Namn", "sv")``; a list states several values."""
        for name, value in properties.items():
            predicate = NamedNode(term(name.replace("_", ":", 1)))
            for each in value if isinstance(value, list) else [value]:
                if each is not None and each != "":
                    self.triples.append(Triple(NamedNode(subject), predicate, _object(each)))


def term(curie: str) -> str:
    """Return the IRI of a prefixed name, of the usual prefixes or of those that only descriptions use."""
    prefix, _, local = curie.partition(":")
    return _MORE[prefix] + local if prefix in _MORE else expand(curie)


def iri(curie: str) -> NamedNode:
    """Return the node of a prefixed name (see `term`)."""
    return NamedNode(term(curie))


def texts(sv: str, en: str) -> list[tuple[str, str]]:
    """Return a text in both languages, as `Document.say` takes it."""
    return [(sv, "sv"), (en, "en")]


def statistics(served: Served) -> Statistics:
    """Return the counts of the build, made once (about two seconds for a million statements)."""
    return served.memo("statistics", lambda: _count(served))


def rdf(content: bytes, offer: Offer, if_none_match: str = "") -> Response:
    """Return a document of RDF with its tag, or 304."""
    tag = f'"{hashlib.sha256(offer.media.encode() + content).hexdigest()[:32]}"'
    headers = [
        ("ETag", tag),
        ("Vary", "Accept, Accept-Encoding"),
        ("Cache-Control", "public, no-cache"),
        *CORS,
        *POLICY,
    ]
    if tag in {each.strip().removeprefix("W/") for each in if_none_match.split(",")}:
        return Response(304, headers)
    media = f"{offer.media}; charset=utf-8" if offer.media.startswith("text/") else offer.media
    return Response(200, [("Content-Type", media), ("Content-Length", str(len(content))), *headers], content)


def written(triples: list[Triple], format: str) -> bytes:
    """Serialise a description with its own prefixes."""
    return serialise(triples, format, _MORE)


DOCUMENTS = DocumentCache()
"""Documents of linked data and descriptions as they were sent, by build, thing and format."""


def _object(value: object) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, tuple):
        return Literal(value[0], language=value[1])
    return Literal(value)  # type: ignore[arg-type]


def _count(served: Served) -> Statistics:
    graph = served.graph
    own = expand("eco:").removesuffix("ns#")

    def pairs(query: str) -> tuple[tuple[str, int], ...]:
        rows = graph.select(query).rows
        found = [(row[0].value, int(row[1].value)) for row in rows]  # type: ignore[union-attr]
        return tuple(sorted(found))

    subjects = graph.select("SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
    assert isinstance(subjects, Literal)
    links = graph.select(
        "SELECT ?p ?target (COUNT(*) AS ?n) WHERE { "
        f"VALUES ?p {{ {' '.join(LINKS)} }} ?s ?p ?o FILTER(ISIRI(?o) && !STRSTARTS(STR(?o), '{own}')) "
        "BIND(REPLACE(STR(?o), '^([a-z]+://[^/]+/).*$', '$1') AS ?target) } GROUP BY ?p ?target"
    ).rows
    found = [(p.value, str(target.value), int(n.value)) for p, target, n in links]  # type: ignore[union-attr]
    return Statistics(
        len(graph),
        int(subjects.value),
        pairs("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"),
        pairs("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c FILTER(ISIRI(?c)) } GROUP BY ?c"),
        pairs("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p"),
        tuple(sorted(each for each in found if each[2] >= _FEWEST)),
    )


def prefixes() -> dict[str, str]:
    """Return the prefixes that queries may use: those of the model."""
    return dict(PREFIXES)
