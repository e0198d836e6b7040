"""Choosing a media type by Accept (RFC 9110, 12.5.1) and by the convenience parameter ``format``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type that can be sent, and the short name of the serialiser that writes it.

    An alias is sent only to those who name it; wildcards never choose it.
    """

    media: str
    format: str
    alias: bool = False

    @property
    def code(self) -> str:
        """What tells this type from all others in an entity tag."""
        return f"{self.format}-as-{self.media.rpartition('/')[2]}" if self.alias else self.format


RESULTS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/json", "json", alias=True),
    Offer("application/xml", "xml", alias=True),
    Offer("text/csv", "excel", alias=True),
)
"""For SELECT."""

BOOLEAN = tuple(offer for offer in RESULTS if offer.format in {"json", "xml"})
"""For ASK: CSV and TSV have no form for it."""

GRAPHS = (
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdf"),
    Offer("application/x-turtle", "ttl", alias=True),
    Offer("text/plain", "nt", alias=True),
    Offer("application/json", "jsonld", alias=True),
    Offer("application/xml", "rdf", alias=True),
)
"""For CONSTRUCT, DESCRIBE and descriptions of resources."""

_NAMES = {
    "json": ("json", "jsonld"), "xml": ("xml", "rdf"), "csv": ("csv", None), "tsv": ("tsv", None),
    "excel": ("excel", None),
    "ttl": (None, "ttl"), "turtle": (None, "ttl"), "nt": (None, "nt"), "ntriples": (None, "nt"),
    "n3": (None, "ttl"), "jsonld": (None, "jsonld"), "json-ld": (None, "jsonld"), "rdf": (None, "rdf"),
    "rdf+xml": (None, "rdf"), "rdfxml": (None, "rdf"), "rdf-xml": (None, "rdf"),
}  # fmt: skip
"""Names for ``format``: which serialiser for results and which for graphs."""


def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that `accept` likes best, on a draw the first; None when none is acceptable.

    An empty `accept` accepts anything. ``q=0`` refuses. The most specific range that fits decides.
    """
    ranges = _ranges(accept)
    best: Offer | None = None
    best_quality = 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def by_name(name: str, offers: Sequence[Offer], graph: bool) -> Offer | None:
    """Return the offer that ``format=name`` asks for: a short name or a media type.

    Raises
    ------
    KeyError: when nobody knows the name.
    """
    lowered = name.strip().lower().replace(" ", "+")
    known = [offer for offer in (*RESULTS, *GRAPHS) if offer.media == lowered]
    if known:
        return next((offer for offer in offers if offer.media == lowered), None)
    wanted = _NAMES[lowered][1 if graph else 0]
    return next((offer for offer in offers if offer.format == wanted), None)


def listing(offers: Sequence[Offer]) -> list[str]:
    """Return the media types offered, aliases left out."""
    return [offer.media for offer in offers if not offer.alias]


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        if not media:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append((media, quality))
    return found or [("*/*", 1.0)]


def _quality(offer: Offer, ranges: list[tuple[str, float]]) -> float:
    kind = offer.media.partition("/")[0]
    specific = {offer.media: 3} if offer.alias else {offer.media: 3, f"{kind}/*": 2, "*/*": 1, "*": 1}
    fitting = [(specific[media], quality) for media, quality in ranges if media in specific]
    return max(fitting)[1] if fitting else 0.0
