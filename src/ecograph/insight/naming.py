"""From what a person types to the actor or programme that is meant: by id, name, former or other name."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal as OneOf

from ecograph.errors import QueryError
from ecograph.identity.names import normalised
from ecograph.model.iris import Base
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, Literal, python_value

Kind = OneOf["actor", "programme"]

_PATTERNS: dict[Kind, str] = {
    "actor": "{ ?thing a eco:Actor } UNION { ?participation eco:byActor ?thing }",
    "programme": "{ ?thing a eco:Programme } UNION { ?project eco:fundedUnder ?thing }",
}
_SHOWN = 5
_ALIKE = 0.7
_BEGINNING = 3
_NEARER = 15


@dataclass(frozen=True)
class Names:
    """The names of all things of a kind in a graph.

    labels: the shown labels of each local id, Swedish first. others: all further names. successors: for an
    actor, the ones that a merger, renaming or acquisition made of it.
    """

    kind: Kind
    labels: dict[str, tuple[str, ...]]
    others: dict[str, tuple[str, ...]]
    successors: dict[str, tuple[str, ...]]

    @cached_property
    def _by_name(self) -> dict[str, dict[str, list[str]]]:
        """Ids by folded name, the best kind of name first: as shown, other names, without legal form."""
        index: dict[str, dict[str, list[str]]] = {
            level: defaultdict(list) for level in ("shown", "other", "loose")
        }
        for thing in sorted(self.labels.keys() | self.others.keys()):
            shown, other = self.labels.get(thing, ()), self.others.get(thing, ())
            for level, names in (("shown", shown), ("other", other), ("loose", shown + other)):
                fold = normalised if level == "loose" else str.casefold
                for name in dict.fromkeys(fold(name) for name in names):
                    index[level][name].append(thing)
        return index

    def label(self, thing: str, side: int) -> str:
        """Return a thing's name in Swedish (0) or English (1); never nothing."""
        known = self.labels.get(thing) or self.others.get(thing) or (thing,)
        return known[min(side, len(known) - 1)]

    def shown(self, thing: str) -> str:
        """Return a thing's name with its id, as a message shows it."""
        return f"{self.label(thing, 1)} ({thing.rpartition('/')[2]})"

    def resolve(self, text: str, *, within: Iterable[str] = ()) -> str:
        """Return the local id that `text` means.

        `within` are the ids that a question can be about: a name of several things means the only one of
        them that is there; an actor that is not there means the successor that is.

        Raises
        ------
        QueryError: when nothing or more than one thing is meant; the nearest names are given.
        """
        inside = set(within)
        found = self._candidates(text.strip())
        if len(found) > 1:
            found = [thing for thing in found if thing in inside] or found
        if len(found) == 1 and inside and found[0] not in inside:
            later = [thing for thing in self.successors.get(found[0], ()) if thing in inside]
            found = later if len(later) == 1 else found
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(
                f"The name {text!r} is that of {len(found)} {self.kind}s.",
                remedy="Give the id of one: "
                + ", ".join(self.shown(thing) for thing in found[:_SHOWN])
                + ".",
            )
        near = self._near(text, inside)
        raise QueryError(
            f"No {self.kind} is called {text!r}.",
            remedy="Did you mean " + ", ".join(self.shown(thing) for thing in near) + "?"
            if near
            else "Give the name or the id as the explorer shows it.",
        )

    def _candidates(self, text: str) -> list[str]:
        known = self.labels.keys() | self.others.keys()
        for thing in (text, f"{self.kind}/{text}"):
            if thing in known:
                return [thing]
        for level, name in (
            ("shown", text.casefold()),
            ("other", text.casefold()),
            ("loose", normalised(text)),
        ):
            if found := self._by_name[level].get(name):
                return found
        return []

    def _near(self, text: str, inside: set[str]) -> list[str]:
        """Return the things with the most similar names, those that the question can be about first."""
        wanted, loose = normalised(text), self._by_name["loose"]
        alike = difflib.get_close_matches(wanted, loose, n=10 * _SHOWN, cutoff=_ALIKE)
        close = {name: 100 * difflib.SequenceMatcher(None, wanted, name).ratio() for name in alike}
        if len(wanted) >= _BEGINNING:
            # What begins with the words is meant oftener than what merely looks like them.
            close |= {name: 90.0 for name in loose if f" {name}".find(f" {wanted}") >= 0}
        scores: dict[str, float] = {}
        for name, score in close.items():
            for thing in loose[name]:
                scores[thing] = max(scores.get(thing, 0.0), score + (_NEARER if thing in inside else 0.0))
        return sorted(scores, key=lambda thing: (-scores[thing], thing))[:_SHOWN]


def read_names(graph: Graph, base: Base, kind: Kind) -> Names:
    """Read all names of the actors or programmes of a graph."""
    gathered: dict[str, dict[str, set[tuple[bool, str]]]] = {
        "labels": defaultdict(set),
        "others": defaultdict(set),
    }
    query = f"""SELECT DISTINCT ?thing ?property ?name {{
      {{ SELECT DISTINCT ?thing {{ {_PATTERNS[kind]} }} }}
      VALUES ?property {{ skos:prefLabel skos:altLabel rdfs:label }}
      ?thing ?property ?name }}"""
    for thing, property_, name in graph.select(query).rows:
        level = "labels" if str(python_value(property_)).endswith("prefLabel") else "others"
        foreign = not (isinstance(name, Literal) and name.language == "sv")
        known = gathered[level][local_id(base, str(python_value(thing)))]
        known.add((foreign, str(python_value(name))))
    labels, others = (
        {thing: tuple(name for _, name in sorted(names)) for thing, names in gathered[level].items()}
        for level in gathered
    )
    successors = _successors(graph, base) if kind == "actor" else {}
    return Names(kind, labels, others, successors)


def _successors(graph: Graph, base: Base) -> dict[str, tuple[str, ...]]:
    query = """SELECT DISTINCT ?before ?after {
      ?event org:originalOrganization ?before ; org:resultingOrganization ?after .
      FILTER(?before != ?after) }"""
    found: dict[str, set[str]] = defaultdict(set)
    for before, after in graph.select(query).rows:
        found[local_id(base, str(python_value(before)))].add(local_id(base, str(python_value(after))))
    return {before: tuple(sorted(later)) for before, later in found.items()}
