"""What speaks for an introduction, beside its score, and how it is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.insight.groups import By
from ecograph.model.iris import Base
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, Literal, python_value

Text = tuple[str, str]


@dataclass(frozen=True)
class Knowledge:
    """What the graph says of actors beside their counted projects; ids are local ids.

    parents: actor → what it is part of. dissolved: actors that are no more. places: actor → its municipality
    and those of its sites. uncounted: actor → projects with a status that does not count. labels: of places.
    """

    parents: dict[str, frozenset[str]]
    dissolved: frozenset[str]
    places: dict[str, frozenset[str]]
    uncounted: dict[str, frozenset[str]]
    labels: dict[str, Text]

    def same_organisation(self, one: str, other: str) -> bool:
        """Whether one is part of the other, or both are parts of a third."""
        return bool(({one} | self._wholes(one)) & ({other} | self._wholes(other)))

    def _wholes(self, actor: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [actor]
        while waiting:
            for whole in self.parents.get(waiting.pop(), frozenset()) - found:
                found.add(whole)
                waiting.append(whole)
        return frozenset(found)

    def common_place(self, one: str, other: str, within: set[str]) -> str | None:
        """Return the first of the municipalities `within` in which both are."""
        empty: frozenset[str] = frozenset()
        return min(self.places.get(one, empty) & self.places.get(other, empty) & within, default=None)

    def near_misses(self, one: str, other: str) -> tuple[str, ...]:
        """Return the projects in which both stand, but that do not count."""
        empty: frozenset[str] = frozenset()
        return tuple(sorted(self.uncounted.get(one, empty) & self.uncounted.get(other, empty)))


def read_knowledge(graph: Graph, *, base: Base) -> Knowledge:
    """Read what speaks for or against introductions."""
    places = _many(graph, base, "{ ?one eco:municipality ?other } UNION { ?one eco:siteIn ?other }")
    uncounted = _many(
        graph,
        base,
        """?role eco:collaborating true . ?part eco:role ?role ; eco:byActor ?one ; eco:inProject ?other .
           MINUS { ?other eco:status ?status . ?status eco:countsByDefault true }""",
    )
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    query = """SELECT DISTINCT ?one ?label { { SELECT DISTINCT ?one { { ?actor eco:municipality ?one } UNION
      { ?actor eco:siteIn ?one } } } ?one skos:prefLabel ?label }"""
    for thing, label in graph.select(query).rows:
        if isinstance(label, Literal) and label.language:
            labels[local_id(base, str(python_value(thing)))][label.language] = label.value
    gone = graph.select("SELECT DISTINCT ?one { ?one schema:dissolutionDate ?day }").rows
    return Knowledge(
        parents=_many(graph, base, "?one eco:partOf ?other"),
        dissolved=frozenset(local_id(base, str(python_value(actor))) for (actor,) in gone),
        places=places,
        uncounted=uncounted,
        labels={
            place: (names.get("sv") or names.get("en") or place, names.get("en") or names.get("sv") or place)
            for place, names in labels.items()
        },
    )


def _many(graph: Graph, base: Base, pattern: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in graph.select(f"SELECT DISTINCT ?one ?other {{ {pattern} }}").rows:
        found[local_id(base, str(python_value(one)))].add(local_id(base, str(python_value(other))))
    return {one: frozenset(others) for one, others in found.items()}


_BELONGS: dict[By, Text] = {
    "area": ("har projekt i", "has projects in"),
    "helix": ("hör till", "belongs to"),
    "municipality": ("finns i", "is in"),
}


def reason(
    by: By,
    names: tuple[Text, Text],
    groups: tuple[Text, Text],
    brokers: Sequence[Text],
    partners: int,
    place: Text | None,
    misses: int,
) -> Text:
    """Return why two actors are suggested to each other, in Swedish and English.

    brokers: names of the common partners to name; partners: how many common partners there are in all.
    """
    verb = _BELONGS[by]
    preposition = ("till", "to") if by == "helix" else ("i", "in")
    swedish = [f"{names[0][0]} {verb[0]} {groups[0][0]} och {names[1][0]} {preposition[0]} {groups[1][0]}"]
    english = [f"{names[0][1]} {verb[1]} {groups[0][1]} and {names[1][1]} {preposition[1]} {groups[1][1]}"]
    if partners:
        more = partners - len(brokers)
        named_sv = ", ".join(broker[0] for broker in brokers)
        named_en = ", ".join(broker[1] for broker in brokers)
        if not brokers:
            swedish.append(f"de har {partners} {_plural(partners, 'gemensam part', 'gemensamma parter')}")
            english.append(f"they have {partners} common {_plural(partners, 'partner', 'partners')}")
        else:
            swedish.append(f"båda har samarbetat med {named_sv}" + (f" och {more} till" if more else ""))
            english.append(f"both have worked with {named_en}" + (f" and {more} more" if more else ""))
    if place is not None:
        swedish.append(f"båda finns i {place[0]}")
        english.append(f"both are in {place[1]}")
    if misses:
        swedish.append(
            f"de stod tillsammans i {misses} projekt som inte räknas (idé, ansökan eller avbrutet)"
        )
        english.append(
            f"they stood together in {misses} {_plural(misses, 'project', 'projects')} that do not count "
            "(idea, application or cancelled)"
        )
    return "; ".join(swedish) + ".", "; ".join(english) + "."


def _plural(number: int, one: str, several: str) -> str:
    return one if number == 1 else several
