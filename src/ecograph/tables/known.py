"""The keys that a closed column may hold: concepts of the vocabularies and classes of the ontology."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from ecograph import config
from ecograph.errors import ConfigurationError
from ecograph.model.namespaces import ECO, VOCABULARY, expand

_COMPARED = 2000
"""More names than this are not compared for a guess: it would take longer than it helps."""


@cache
def _scheme(directory: Path, scheme: str) -> Graph:
    path = directory / "vocabulary" / f"{scheme}.ttl"
    graph = Graph()
    if path.is_file():
        graph.parse(path)
    return graph


@cache
def _vocabulary(directory: Path, scheme: str) -> tuple[str, ...]:
    graph = _scheme(directory, scheme)
    prefix = f"{VOCABULARY}{scheme}/"
    concepts = {str(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}
    return tuple(sorted(concept[len(prefix) :] for concept in concepts if concept.startswith(prefix)))


@cache
def _ontology(directory: Path) -> Graph:
    graph = Graph()
    for path in sorted([*directory.glob("*.ttl"), *directory.glob("modules/*.ttl")]):
        graph.parse(path)
    return graph


@cache
def _classes(directory: Path, root: str) -> tuple[str, ...]:
    graph = _ontology(directory)
    found: set[str] = set()
    waiting = [URIRef(root)]
    while waiting:
        for below in graph.subjects(RDFS.subClassOf, waiting.pop()):
            name = str(below)
            if name.startswith(ECO) and name not in found and (below, RDF.type, OWL.Class) in graph:
                found.add(name)
                waiting.append(URIRef(name))
    return tuple(sorted(name[len(ECO) :] for name in found))


def concept_keys(scheme: str) -> tuple[str, ...]:
    """Return the keys of the concepts of a vocabulary, such as ``role``, sorted.

    Raises
    ------
    ConfigurationError: when the installation has no such vocabulary.
    """
    keys = _vocabulary(config.resource("ontology"), scheme)
    if not keys:
        raise ConfigurationError(
            f"The installation's vocabulary {scheme!r} is missing or empty.",
            remedy="Install ecograph again from its wheel.",
        )
    return keys


def class_keys(root: str) -> tuple[str, ...]:
    """Return the local names of the classes below `root` (such as ``eco:Actor``), sorted.

    Raises
    ------
    ConfigurationError: when the ontology has no class below it.
    """
    keys = _classes(config.resource("ontology"), expand(root))
    if not keys:
        raise ConfigurationError(
            f"The installation's ontology has no class below {root}.",
            remedy="Install ecograph again from its wheel.",
        )
    return keys


def concept_labels(scheme: str, language: str) -> dict[str, str]:
    """Return the labels of a vocabulary's concepts by key, in one language."""
    graph = _scheme(config.resource("ontology"), scheme)
    return _labels(graph, SKOS.prefLabel, f"{VOCABULARY}{scheme}/", concept_keys(scheme), language)


def class_labels(root: str, language: str) -> dict[str, str]:
    """Return the labels of the classes below `root` by local name, in one language."""
    graph = _ontology(config.resource("ontology"))
    return _labels(graph, RDFS.label, ECO, class_keys(root), language)


def _labels(
    graph: Graph, property_: URIRef, prefix: str, keys: Collection[str], language: str
) -> dict[str, str]:
    return {
        key: str(label)
        for key in keys
        for label in graph.objects(URIRef(prefix + key), property_)
        if isinstance(label, Literal) and label.language == language
    }


def nearest(word: str, known: Collection[str]) -> dict[str, Any]:
    """Return the message values `nearest_sv` and `nearest_en`: a guess at what was meant, or nothing."""
    by_lower = {name.lower(): name for name in known} if len(known) <= _COMPARED else {}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    if not close:
        return {"nearest_sv": "", "nearest_en": ""}
    name = by_lower[close[0]]
    return {"nearest_sv": f"Menades '{name}'? ", "nearest_en": f"Did you mean '{name}'? "}
