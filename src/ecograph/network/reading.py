"""The SPARQL readers behind the two-mode network: one typed frame each, ids as local ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from ecograph.config import RegionConfig
from ecograph.errors import EcographError
from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY
from ecograph.store.graph import Graph, Literal, python_value

_SOURCE = re.compile(r"/graph/source/([^/]+)/")
_OPEN = {"ongoing", "granted"}


def local_id(base: Base, iri: str) -> str:
    """Return the local id of an instance; an IRI of another base stays whole."""
    return base.local(iri) or iri


def _key(iri: str | None) -> str | None:
    return None if iri is None else iri.rsplit("/", 1)[-1]


def _frame(rows: Iterable[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def _tuples(graph: Graph, sparql: str) -> list[tuple[Any, ...]]:
    return [tuple(python_value(term) for term in row) for row in graph.select(sparql).rows]


def _marked(graph: Graph, scheme: str, mark: str) -> frozenset[str]:
    """Return the keys of the concepts of a vocabulary that carry `mark` true."""
    prefix = f"{VOCABULARY}{scheme}/"
    found = {
        iri.removeprefix(prefix)
        for (iri,) in _tuples(graph, f"SELECT DISTINCT ?concept {{ ?concept {mark} true }}")
        if iri.startswith(prefix)
    }
    if not found:
        raise EcographError(
            f"The graph lacks the vocabulary of {scheme}: no concept has {mark} true.",
            remedy="Build again, so that the vocabularies are loaded.",
        )
    return frozenset(found)


def collaborating_roles(graph: Graph) -> frozenset[str]:
    """Return the keys of the roles that make two actors of a project collaborate."""
    return _marked(graph, "role", "eco:collaborating")


def counted_statuses(graph: Graph) -> frozenset[str]:
    """Return the keys of the project statuses that count in totals and networks by default."""
    return _marked(graph, "project-status", "eco:countsByDefault")


def read_labels(graph: Graph, base: Base, pattern: str) -> dict[str, dict[str, str]]:
    """Return the preferred labels by local id and language of what `pattern` binds to ?thing.

    A thing without a preferred label in a language gets, below, its other one or its own id.
    """
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    query = f"SELECT DISTINCT ?thing ?label {{ {pattern} ?thing skos:prefLabel ?label }}"
    for thing, label in graph.select(query).rows:
        if isinstance(label, Literal) and label.language:
            known = labels[local_id(base, str(python_value(thing)))]
            # The least of several keeps the answer independent of the store's order.
            known[label.language] = min(known.get(label.language, label.value), label.value)
    return labels


def label_of(labels: dict[str, dict[str, str]], thing: str, lang: str) -> str:
    """Return the label in a language, else in the other, else the id itself; never nothing."""
    known = labels.get(thing, {})
    return known.get(lang) or next((known[other] for other in sorted(known)), thing)


def read_projects(graph: Graph, base: Base, *, statuses: frozenset[str] | None = None) -> pl.DataFrame:
    """Return counted projects: project, labels, start_year, end_year, programme, open_end.

    A project counts when one of its sources gives it a counted status. Years come from ``eco:startYear`` and
    ``eco:endYear``, else from the dates; of several the earliest start and the latest end hold.
    """
    counted = statuses if statuses is not None else counted_statuses(graph)
    status: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?project ?status { ?project a eco:Project ; eco:status ?status }"
    for project, concept in _tuples(graph, query):
        status[local_id(base, project)].add(str(_key(concept)))
    kept = sorted(project for project, found in status.items() if found & counted)
    years = {edge: _years(graph, base, f"eco:{edge}Year", f"eco:{edge}") for edge in ("start", "end")}
    programme: dict[str, str] = {}
    for project, value in _tuples(graph, "SELECT ?project ?value { ?project eco:fundedUnder ?value }"):
        known = local_id(base, value)
        programme[local_id(base, project)] = min(programme.get(local_id(base, project), known), known)
    labels = read_labels(graph, base, "?thing a eco:Project .")
    schema = {
        "project": pl.String, "label_sv": pl.String, "label_en": pl.String, "start_year": pl.Int64,
        "end_year": pl.Int64, "programme": pl.String, "open_end": pl.Boolean,
    }  # fmt: skip
    return _frame(
        (
            (
                project, label_of(labels, project, "sv"), label_of(labels, project, "en"),
                min(years["start"].get(project, []), default=None),
                max(years["end"].get(project, []), default=None),
                programme.get(project), bool(status[project] & _OPEN),
            )
            for project in kept
        ),
        schema,
    )  # fmt: skip


def _years(graph: Graph, base: Base, year: str, date: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for project, value in _tuples(
        graph, f"SELECT ?project ?year {{ ?project a eco:Project ; {year} ?year }}"
    ):
        found[local_id(base, project)].append(int(value))
    for project, value in _tuples(
        graph, f"SELECT ?project ?date {{ ?project a eco:Project ; {date} ?date }}"
    ):
        if local_id(base, project) not in found and str(value)[:4].isdigit():
            found[local_id(base, project)].append(int(str(value)[:4]))
    return found


def read_participations(graph: Graph, base: Base, *, roles: frozenset[str] | None = None) -> pl.DataFrame:
    """Return actor, project, role, source of every participation in one of the roles, as stated."""
    wanted = roles if roles is not None else collaborating_roles(graph)
    query = """SELECT DISTINCT ?actor ?project ?role ?graph {
      GRAPH ?graph { ?participation eco:byActor ?actor ; eco:inProject ?project ; eco:role ?role } }"""
    rows = []
    for actor, project, role, name in _tuples(graph, query):
        source = _SOURCE.search(name)
        if source and _key(role) in wanted:
            rows.append((local_id(base, actor), local_id(base, project), _key(role), source.group(1)))
    names = ("actor", "project", "role", "source")
    return _frame(sorted(set(rows)), dict.fromkeys(names, pl.String))


def read_amounts(graph: Graph, base: Base, *, kind: str = "granted-support") -> pl.DataFrame:
    """Return actor, project, euro: what a project gave an actor in money of one kind, in euro.

    Of one actor's amounts in a project the greatest holds, since sources state the same amount again; an
    amount without a recipient, or without its worth in euro, is not here.
    """
    query = """SELECT ?actor ?project ?kind ?euro {
      ?funding eco:fundsProject ?project ; eco:recipient ?actor ;
               eco:moneyKind ?kind ; eco:amountEUR ?euro }"""
    found: dict[tuple[str, str], float] = {}
    for actor, project, concept, euro in _tuples(graph, query):
        if _key(concept) == kind:
            pair = (local_id(base, actor), local_id(base, project))
            found[pair] = max(found.get(pair, 0.0), float(euro))
    rows = ((*pair, euro) for pair, euro in sorted(found.items()))
    return _frame(rows, {"actor": pl.String, "project": pl.String, "euro": pl.Float64})


def read_areas(graph: Graph, base: Base) -> pl.DataFrame:
    """Return all priority areas in display order: area, label_sv, label_en, colour, order."""
    query = """SELECT ?area ?colour ?order { ?area a eco:PriorityArea .
      OPTIONAL { ?area eco:colourName ?colour } OPTIONAL { ?area eco:displayOrder ?order } }"""
    labels = read_labels(graph, base, "?thing a eco:PriorityArea .")
    best: dict[str, tuple[int, str]] = {}
    for iri, colour, order in _tuples(graph, query):
        area, value = local_id(base, iri), (int(order) if order is not None else 9999, colour or "")
        best[area] = min(best.get(area, value), value)
    rows = (
        (area, label_of(labels, area, "sv"), label_of(labels, area, "en"), colour, order)
        for area, (order, colour) in sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    )
    text = dict.fromkeys(("area", "label_sv", "label_en", "colour"), pl.String)
    return _frame(rows, {**text, "order": pl.Int64})


def read_area_shares(graph: Graph, base: Base) -> pl.DataFrame:
    """Return project, area, share for every ``eco:hasArea``; shares are stated, else equal, and sum to 1."""
    query = """SELECT DISTINCT ?project ?area ?share { ?project eco:hasArea ?area .
      OPTIONAL { ?assignment eco:assignmentOf ?project ; eco:toArea ?area ; eco:share ?share } }"""
    stated: dict[str, dict[str, float]] = defaultdict(dict)
    for project, area, share in _tuples(graph, query):
        known = stated[local_id(base, project)]
        known[local_id(base, area)] = max(known.get(local_id(base, area), 0.0), float(share or 0))
    rows = []
    for project, areas in stated.items():
        # One unstated share makes the others unusable as parts of a whole.
        usable = all(share > 0 for share in areas.values())
        total = sum(areas[area] for area in sorted(areas))
        rows += [(project, area, areas[area] / total if usable else 1 / len(areas)) for area in sorted(areas)]
    return _frame(rows, {"project": pl.String, "area": pl.String, "share": pl.Float64})


def read_actors(graph: Graph, base: Base, region: RegionConfig, ids: pl.Series) -> pl.DataFrame:
    """Return the actors `ids`: actor, labels, helix, municipality, country, in_region, domestic.

    The country of an actor without one is that of its municipality. Municipality and country are local ids.
    """
    places = _single(graph, base, "eco:within")
    country = _single(graph, base, "eco:country")
    municipality = _single(graph, base, "eco:municipality")
    located: dict[str, set[str]] = defaultdict(set)
    for predicate in ("eco:municipality", "eco:siteIn"):
        for actor, place in _tuples(graph, f"SELECT ?actor ?place {{ ?actor {predicate} ?place }}"):
            located[local_id(base, actor)].add(local_id(base, place))
    helix = {
        local_id(base, actor): str(_key(value))
        for actor, value in sorted(_tuples(graph, "SELECT ?actor ?value { ?actor eco:helix ?value }"))
    }
    home = {f"place/{code}" for code in region.municipalities}
    labels = read_labels(graph, base, "{ SELECT DISTINCT ?thing { ?participation eco:byActor ?thing } }")
    rows = []
    for actor in ids.to_list():
        seat = municipality.get(actor)
        land = country.get(actor) or (_top(places, seat) if seat else None)
        in_region = bool(home & located.get(actor, set()))
        domestic = in_region or land == f"place/{region.country}"
        names = [label_of(labels, actor, lang) for lang in ("sv", "en")]
        rows.append((actor, *names, helix.get(actor), seat, land, in_region, domestic))
    text = dict.fromkeys(("actor", "label_sv", "label_en", "helix", "municipality", "country"), pl.String)
    return _frame(rows, {**text, "in_region": pl.Boolean, "domestic": pl.Boolean})


def _single(graph: Graph, base: Base, predicate: str) -> dict[str, str]:
    """Return one value per subject, the least when sources give several."""
    found: dict[str, str] = {}
    for subject, value in _tuples(graph, f"SELECT ?subject ?value {{ ?subject {predicate} ?value }}"):
        key, new = local_id(base, subject), local_id(base, value)
        found[key] = min(found.get(key, new), new)
    return found


def _top(within: dict[str, str], place: str) -> str:
    seen = {place}
    while place in within and within[place] not in seen:
        place = within[place]
        seen.add(place)
    return place
