"""Things that are of two classes which the ontology says have nothing in common, found before they enter.

The pairs come from the ontology itself (owl:disjointWith, owl:AllDisjointClasses, owl:disjointUnionOf), each
with all subclasses of both: a municipality is a public authority, and no public authority is a company.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from ecograph.errors import Place
from ecograph.identity.resolution import Resolved
from ecograph.model.namespaces import expand
from ecograph.store.graph import Graph, NamedNode
from ecograph.tables.batch import Finding

_TYPE = NamedNode(expand("rdf:type"))
_PAIRS = """
SELECT DISTINCT ?a ?b WHERE {
  { ?a owl:disjointWith ?b }
  UNION { ?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?a, ?b }
  UNION { ?whole owl:disjointUnionOf/rdf:rest*/rdf:first ?a, ?b }
  FILTER(?a != ?b && ISIRI(?a) && ISIRI(?b))
}
"""
_BELOW = """
SELECT DISTINCT ?narrow ?wide WHERE {
  ?narrow rdfs:subClassOf+ ?wide FILTER(ISIRI(?narrow) && ISIRI(?wide))
}
"""
_LABELS = "SELECT ?class ?label WHERE { ?class a owl:Class ; rdfs:label ?label FILTER(LANG(?label) = '%s') }"


@dataclass(frozen=True, slots=True)
class DisjointClash:
    """A thing that is of two disjoint classes: its IRI, the two classes, and the axiom's two classes."""

    subject: str
    classes: tuple[str, str]
    axiom: tuple[str, str]
    labels_sv: tuple[str, str]
    labels_en: tuple[str, str]

    @property
    def message_sv(self) -> str:
        """What is wrong, in Swedish."""
        one, two = self.labels_sv
        return f"Posten är klassad både som {one} och som {two}, vilket ontologin utesluter."

    @property
    def message_en(self) -> str:
        """What is wrong, in English."""
        one, two = self.labels_en
        return f"The record is classed both as {one} and as {two}, which the ontology rules out."

    @property
    def remedy_sv(self) -> str:
        """What to do, in Swedish."""
        return (
            "Avgör vilket slag som gäller och rätta kolumnen type i den källa som har fel, "
            "eller håll isär posterna."
        )

    @property
    def remedy_en(self) -> str:
        """What to do, in English."""
        return (
            "Decide which kind holds and correct the column type in the source that is wrong, "
            "or keep the records apart."
        )


def disjoint_pairs(graph: Graph) -> dict[tuple[str, str], tuple[str, str]]:
    """Return every pair of classes that can share no instance, with the pair of the axiom behind it."""
    below: dict[str, set[str]] = {}
    for row in graph.select(_BELOW).values():
        below.setdefault(row["wide"], set()).add(row["narrow"])
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for row in sorted(graph.select(_PAIRS).values(), key=lambda row: (row["a"], row["b"])):
        axiom = (row["a"], row["b"])
        for one in {axiom[0], *below.get(axiom[0], ())}:
            for two in {axiom[1], *below.get(axiom[1], ())}:
                pairs.setdefault((min(one, two), max(one, two)), axiom)
    return pairs


def clashes(graph: Graph) -> list[DisjointClash]:
    """Return the things of the graph that are of two disjoint classes; one clash for each pair, ordered.

    Parameters
    ----------
    graph: the data together with the ontology. Types are read as stated, before inference.
    """
    pairs = disjoint_pairs(graph)
    known = sorted({name for pair in pairs for name in pair})
    kinds: dict[str, list[str]] = {}
    for name in known:
        for quad in graph.quads(predicate=_TYPE, object=NamedNode(name)):
            if isinstance(quad.subject, NamedNode):
                kinds.setdefault(quad.subject.value, []).append(name)
    return list(_found(kinds, pairs, _labels(graph)))


def _labels(graph: Graph) -> dict[str, dict[str, str]]:
    """Return the labels of the classes by language and IRI."""
    return {
        lang: {row["class"]: row["label"] for row in graph.select(_LABELS % lang).values()}
        for lang in ("sv", "en")
    }


def _found(
    kinds: dict[str, list[str]],
    pairs: dict[tuple[str, str], tuple[str, str]],
    labels: dict[str, dict[str, str]],
) -> Iterator[DisjointClash]:
    for subject, names in sorted(kinds.items()):
        for pair in combinations(sorted(set(names)), 2):
            if pair in pairs:
                sv, en = (_named(pair, labels[lang]) for lang in ("sv", "en"))
                yield DisjointClash(subject, pair, pairs[pair], sv, en)


def _named(pair: tuple[str, str], labels: dict[str, str]) -> tuple[str, str]:
    return labels.get(pair[0], pair[0]), labels.get(pair[1], pair[1])


def conflicting_types(resolved: Resolved, graph: Graph) -> list[Finding]:
    """Return a warning for each record whose kind the ontology rules out beside the kind that was kept.

    Where sources disagree on an actor's kind, identity keeps the first source's and the other value does not
    enter. When both cannot be true at once, the two records may not be the same actor at all.

    Parameters
    ----------
    resolved: the frames with their conflicts settled.
    graph: the ontology, alone or with data.
    """
    settled = resolved.conflicts.filter(pl.col("column") == "type")
    if settled.is_empty():
        return []
    pairs, labels = disjoint_pairs(graph), _labels(graph)
    found = []
    for row in settled.iter_rows(named=True):
        said, kept = expand(f"eco:{row['value']}"), expand(f"eco:{row['kept']}")
        pair = (min(said, kept), max(said, kept))
        if pair in pairs:
            sv, en = (_named((said, kept), labels[lang]) for lang in ("sv", "en"))
            found.append(_finding(row, _read_at(resolved, row["source"], row["key"]), sv, en))
    return found


def _finding(row: dict[str, str], place: Place, sv: tuple[str, str], en: tuple[str, str]) -> Finding:
    return Finding(
        source=row["source"],
        place=place,
        severity="warning",
        code="disjoint-kinds",
        message_sv=f"Posten säger {sv[0]}, en annan källa {sv[1]}; ontologin utesluter att båda gäller.",
        message_en=f"The record says {en[0]}, another source {en[1]}; the ontology rules out that both hold.",
        remedy_sv="Rätta kolumnen type, eller håll isär posterna i identity/decisions.csv.",
        remedy_en="Correct the column type, or keep the records apart in identity/decisions.csv.",
        record={"key": row["key"], "type": row["value"], "kept": row["kept"]},
    )


def _read_at(resolved: Resolved, source: str, key: str) -> Place:
    frame = resolved.frames[source]["organisations"].filter(pl.col("key") == key)
    for at in frame.iter_rows(named=True):
        return Place(at["_file"], at["_sheet"], at["_row"], "type")
    return Place(source, column="type")
