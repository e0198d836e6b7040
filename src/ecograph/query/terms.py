"""Which terms a question uses: the classes, properties and vocabularies that its query and header name."""

from __future__ import annotations

import re

from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.query.catalogue import Question

_IRI = r"<[^<>\"{}|^`\\\s]*>"
_TOKEN = re.compile(
    rf"""(?P<iri>{_IRI})
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<comment>\#[^\n]*)
    | PREFIX\s+(?P<prefix>[A-Za-z][\w-]*):\s*(?P<space>{_IRI})
    | (?<![\w?$:-])(?P<name>[A-Za-z][\w-]*:[A-Za-z_][\w-]*)""",
    re.VERBOSE,
)


def names(question: Question) -> frozenset[str]:
    """Return every IRI that the question names, in its query or as the class or vocabulary of a parameter."""
    found = {parameter.target for parameter in question.parameters if parameter.kind == "ref"}
    found |= {
        VOCABULARY + parameter.target for parameter in question.parameters if parameter.kind == "concept"
    }
    spaces: dict[str, str] = {}
    for token in _TOKEN.finditer(question.sparql):
        if token["space"]:
            spaces[token["prefix"]] = token["space"][1:-1]
        elif token["iri"]:
            found.add(token["iri"][1:-1])
        elif token["name"]:
            prefix, _, local = token["name"].partition(":")
            found.add(spaces.get(prefix, f"{prefix}:") + local)
    return frozenset(found)


def ontology_terms(question: Question) -> list[str]:
    """Return the local names of the ontology's classes and properties that the question names, sorted."""
    return sorted(iri.removeprefix(ECO) for iri in names(question) if iri.startswith(ECO))


def vocabularies(question: Question) -> list[str]:
    """Return the keys of the vocabularies that the question names, or names a concept of, sorted."""
    return sorted(
        {iri.removeprefix(VOCABULARY).split("/")[0] for iri in names(question) if iri.startswith(VOCABULARY)}
    )
