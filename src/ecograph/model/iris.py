"""Deterministic minting of instance and graph IRIs from identifiers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return `text` as a lower-case ASCII path segment: å→a, ö→o, æ→ae, runs of others → '-'.

    The result is empty when nothing of the text is a Latin letter or digit.
    """
    lowered = text.lower().replace("æ", "ae").replace("ø", "o").replace("ß", "ss").replace("đ", "d")
    folded = unicodedata.normalize("NFKD", lowered)
    ascii_only = "".join(character for character in folded if not unicodedata.combining(character))
    return _NOT_SLUG.sub("-", ascii_only).strip("-")


@dataclass(frozen=True, slots=True)
class Base:
    """The configurable base address of a workspace's own IRIs; ends with a slash."""

    address: str = "https://w3id.org/ecograph/"

    def instance(self, local: str) -> str:
        """Return the IRI of an instance from its local id, such as ``actor/se-2021004524``."""
        return f"{self.address}id/{quote(local, safe='/-._~')}"

    def graph(self, local: str) -> str:
        """Return the IRI of a named graph, such as ``source/tables/2026-11-24``."""
        return f"{self.address}graph/{quote(local, safe='/-._~')}"

    def local(self, iri: str) -> str | None:
        """Return the local id of an instance IRI under this base, or None for any other IRI."""
        prefix = f"{self.address}id/"
        return iri[len(prefix) :] if iri.startswith(prefix) else None
