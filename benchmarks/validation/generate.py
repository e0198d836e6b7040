"""A graph of the shape of CORDIS: projects, their participations and funding, organisations, places.

Valid by ecograph's shapes but for the faults asked for; the same seed gives the same graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ECO = "https://w3id.org/ecograph/ns#"
VOC = "https://w3id.org/ecograph/vocabulary/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
BASE = "https://w3id.org/ecograph/id/"


@dataclass(frozen=True)
class Generated:
    """What was written: the number of triples and of nodes, and the nodes made faulty."""

    triples: int
    nodes: int
    faulty: frozenset[str]


def write_graph(path: Path, triples: int, one_in: int, seed: int = 20201) -> Generated:
    """Write about `triples` triples as N-Triples, one node in `one_in` of them in violation."""
    chance = random.Random(seed)
    faulty: set[str] = set()
    written = nodes = 0
    with path.open("w", encoding="utf-8") as file:
        for node, statements in _nodes(triples, chance):
            nodes += 1
            lines = list(statements)
            # the places are few and everything refers to them
            if nodes % one_in == one_in // 2 and "/place/" not in node:
                lines = _spoiled(lines)
                faulty.add(node)
            written += len(lines)
            file.writelines(f"<{node}> {property_} {value} .\n" for property_, value in lines)
    return Generated(written, nodes, frozenset(faulty))


Statements = list[tuple[str, str]]


def _nodes(triples: int, chance: random.Random) -> Iterator[tuple[str, Statements]]:
    places = [f"{BASE}place/{code}" for code in ("SE", "DE", "FR", "FI", "NO", "IT")]
    for place in places:
        yield (
            place,
            [
                _a("Place"),
                *_labels(place[-2:]),
                _is("placeLevel", f"{VOC}place-level/country"),
                _text("nutsCode", place[-2:]),
            ],
        )
    programme = f"{BASE}programme/h2020"
    yield programme, [_a("Programme"), *_labels("Horizon 2020")]
    # a project with its four participations and fundings has about 86 triples, an organisation 9
    projects = triples // 98
    actors = [f"{BASE}actor/pic-{900000000 + number}" for number in range(max(10, projects * 4 // 3))]
    for number, actor in enumerate(actors):
        name = f"Organisation {number}"
        yield (
            actor,
            [
                _a("Company" if number % 2 else "HigherEducationInstitution"),
                _a("Actor"),
                ("<http://www.w3.org/2000/01/rdf-schema#label>", f'"{name}"'),
                *_labels(name),
                _is("helix", f"{VOC}helix/{'industry' if number % 2 else 'academia'}"),
                _is("country", chance.choice(places)),
                _text("pic", actor[-9:]),
                _text("sourceReference", "https://example.org/organizations"),
            ],
        )
    for number in range(projects):
        yield from _project(number, programme, actors, chance)


def _project(
    number: int, programme: str, actors: list[str], chance: random.Random
) -> Iterator[tuple[str, Statements]]:
    project = f"{BASE}project/cordis-{600000 + number}"
    year = 2014 + number % 8
    yield (
        project,
        [
            _a("Project"),
            ("<http://purl.org/dc/terms/title>", f'"Project {number}"@en'),
            *_labels(f"Project {number}"),
            _text("acronym", f"P{number}"),
            _is("status", f"{VOC}project-status/finished"),
            _typed("start", f"{year}-01-01", "date"),
            _typed("end", f"{year + 3}-12-31", "date"),
            _typed("startYear", str(year), "integer"),
            _typed("endYear", str(year + 3), "integer"),
            _is("fundedUnder", programme),
            _is("classificationStatus", f"{VOC}classification-status/not-assessed"),
            _text("grantNumber", str(600000 + number)),
            _text("sourceReference", "https://example.org/projects"),
        ],
    )
    for place, actor in enumerate(chance.sample(actors, 4)):
        yield (
            f"{BASE}participation/{number}-{place}",
            [
                _a("Participation"),
                _is("inProject", project),
                _is("byActor", actor),
                _is("role", f"{VOC}role/{'coordinator' if place == 0 else 'participant'}"),
                _typed("asSme", "false", "boolean"),
                _typed("endedEarly", "false", "boolean"),
                _text("sourceReference", "https://example.org/organizations"),
            ],
        )
        yield (
            f"{BASE}funding/{number}-{place}",
            [
                _a("Funding"),
                _is("fundsProject", project),
                _is("recipient", actor),
                _is("moneyKind", f"{VOC}money-kind/granted-support"),
                _typed("amount", f"{chance.randrange(10_000, 900_000)}.50", "decimal"),
                _text("currency", "EUR"),
                _typed("amountEUR", f"{chance.randrange(10_000, 900_000)}.50", "decimal"),
                _typed("exchangeRate", "1.0", "decimal"),
                _typed("exchangeRateDate", str(year), "gYear"),
                _typed("fundingYear", str(year), "integer"),
                _text("sourceReference", "https://example.org/organizations"),
            ],
        )


def _spoiled(statements: Statements) -> Statements:
    """Return the statements with an ill-typed number where there is one, else without the last but two."""
    for place, (property_, value) in enumerate(statements):
        if value.endswith("#decimal>") or value.endswith("#integer>") or value.endswith("#boolean>"):
            return [*statements[:place], (property_, f'"unknown"^^<{XSD}decimal>'), *statements[place + 1 :]]
    return [one for one in statements if not one[0].startswith(f"<{SKOS}prefLabel")]


def _a(class_: str) -> tuple[str, str]:
    return TYPE, f"<{ECO}{class_}>"


def _is(property_: str, node: str) -> tuple[str, str]:
    return f"<{ECO}{property_}>", f"<{node}>"


def _text(property_: str, text: str) -> tuple[str, str]:
    return f"<{ECO}{property_}>", f'"{text}"'


def _typed(property_: str, text: str, kind: str) -> tuple[str, str]:
    return f"<{ECO}{property_}>", f'"{text}"^^<{XSD}{kind}>'


def _labels(name: str) -> Statements:
    return [(f"<{SKOS}prefLabel>", f'"{name}"@{language}') for language in ("sv", "en")]
