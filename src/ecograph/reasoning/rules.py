"""The rules that property chains and the domain call for, as SPARQL CONSTRUCT queries.

The OWL RL engine derives no property chain, so these do; each rule explains itself by its pattern. They
run in order, since later rules read what earlier ones wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecograph.store.graph import MemoryGraph, NamedNode, Quad

Pattern = tuple[str, str, str]
"""Subject, predicate and object of a triple pattern, as written."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a name, what it says in a sentence, and its CONSTRUCT query."""

    name: str
    meaning: str
    sparql: str

    @property
    def conclusions(self) -> list[Pattern]:
        """The triple patterns that the rule derives."""
        return _patterns(self.sparql.partition("WHERE")[0])

    @property
    def premises(self) -> list[Pattern]:
        """The triple patterns that the rule reads; those of alternatives together, without MINUS."""
        return _patterns(self.sparql.partition("WHERE")[2])


RULES: tuple[Rule, ...] = (
    Rule(
        "participatesIn",
        "An actor takes part in the project of each of its participations, in whatever role.",
        "CONSTRUCT { ?actor eco:participatesIn ?project . ?project eco:hasParticipation ?part } "
        "WHERE { ?part eco:byActor ?actor ; eco:inProject ?project }",
    ),
    Rule(
        "collaboratesIn",
        "An actor collaborates in a project when its role is collaborating and the project's status counts.",
        "CONSTRUCT { ?actor eco:collaboratesIn ?project } WHERE { ?role eco:collaborating true . "
        "?status eco:countsByDefault true . ?part eco:role ?role ; eco:byActor ?actor ; "
        "eco:inProject ?project . ?project eco:status ?status }",
    ),
    Rule(
        "hasArea",
        "A project has an area when an assignment with a share says so.",
        "CONSTRUCT { ?project eco:hasArea ?area } WHERE { ?assignment eco:share ?share ; "
        "eco:assignmentOf ?project ; eco:toArea ?area . ?project a eco:Project FILTER(?share > 0) }",
    ),
    Rule(
        "activeIn",
        "An actor is active in the areas of the projects in which it collaborates.",
        "CONSTRUCT { ?actor eco:activeIn ?area } WHERE { ?actor eco:collaboratesIn ?project . "
        "?project eco:hasArea ?area }",
    ),
    Rule(
        "hasLocation",
        "An actor is located in its municipality and those of its sites; without either, in its country.",
        "CONSTRUCT { ?actor eco:hasLocation ?place } WHERE { "
        "{ ?actor eco:municipality ?place } UNION { ?actor eco:siteIn ?place } UNION "
        "{ ?actor eco:country ?place MINUS { ?actor eco:municipality ?m } MINUS { ?actor eco:siteIn ?s } } }",
    ),
    Rule(
        "locatedIn",
        "What is located in a place is located in every place that the place lies within.",
        "CONSTRUCT { ?actor eco:locatedIn ?wider } WHERE { ?actor eco:hasLocation ?place . "
        "?place eco:within* ?wider }",
    ),
    Rule(
        "locatedInCountry",
        "An actor's country is a place where it is located.",
        "CONSTRUCT { ?actor eco:locatedIn ?country } WHERE { ?actor eco:country ?country }",
    ),
    Rule(
        "sameAs",
        "A place with a NUTS code is the region that Eurostat publishes under that code.",
        "CONSTRUCT { ?place schema:sameAs ?region } WHERE { ?place eco:nutsCode ?code . "
        'BIND(IRI(CONCAT("http://data.europa.eu/nuts/code/", ?code)) AS ?region) }',
    ),
)


def apply_rules(graph: MemoryGraph, target: str) -> dict[str, int]:
    """Run every rule on `graph` and add what it derives to the named graph `target`.

    Returns
    -------
    The number of statements that each rule derived, by its name.
    """
    name = NamedNode(target)
    counts: dict[str, int] = {}
    for rule in RULES:
        quads = [Quad(t.subject, t.predicate, t.object, name) for t in graph.construct(rule.sparql)]
        graph.add(quads)
        counts[rule.name] = len(set(quads))
    return counts


def _patterns(text: str) -> list[Pattern]:
    """Return the triple patterns of a rule's text, with the shorthand of ';' written out."""
    patterns = []
    without = re.sub(r"CONSTRUCT|UNION|MINUS\s*\{[^}]*\}", " ", _without_calls(text))
    for chunk in re.split(r"\s\.\s|[{}]", without):
        subject = ""
        for part in chunk.split(" ; "):
            words = part.split()
            if len(words) == 3:
                subject = words[0]
            if len(words) in {2, 3} and subject:
                patterns.append((subject, words[-2], words[-1]))
    return patterns


def _without_calls(text: str) -> str:
    """Return a pattern without its FILTER(…) and BIND(…), whatever stands in their brackets."""
    while found := re.search(r"\b(?:FILTER|BIND)\s*\(", text):
        end, depth = found.end(), 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        text = f"{text[: found.start()]} {text[end:]}"
    return text
