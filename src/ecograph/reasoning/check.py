"""Whether an ontology is sound: consistent, every class possible, within its profile; and its hierarchy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import OWL, RDF, URIRef

from ecograph.reasoning.axioms import Ontology, Statement
from ecograph.reasoning.clash import smallest_clash
from ecograph.reasoning.hermit import Classified, classify
from ecograph.reasoning.manchester import name, sentence
from ecograph.reasoning.profiles import outside_dl, outside_rl

_EXPLAINED = 3
"""At most so many classes without possible instances are explained; the rest mostly follow from these."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something cannot be: what, and the axioms that clash, each a sentence; minimal or not."""

    about: str
    axioms: tuple[str, ...]
    minimal: bool


@dataclass(slots=True)
class Report:
    """What the check of an ontology found."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    counts: dict[str, int]
    outside_dl: list[str]
    outside_rl: list[str]
    mapped: tuple[str, ...]
    tree: list[tuple[int, str]]
    explanations: list[Explanation] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Consistent, every class possible, and in OWL 2 DL but for datatypes that only HermiT lacks."""
        return self.consistent and not self.unsatisfiable and len(self.outside_dl) == len(self.mapped)


def check(paths: list[Path], *, seconds: float = 30) -> Report:
    """Check the ontology that the files make together.

    Parameters
    ----------
    paths: RDF files; their imports are not followed.
    seconds: how long to look for a smallest set of clashing axioms, for each clash.

    Raises
    ------
    EcographError: when a file cannot be read or HermiT cannot reason with the ontology.
    """
    started = time.monotonic()
    ontology = Ontology.of_files(paths)
    with ThreadPoolExecutor(1) as beside:
        profile = beside.submit(outside_dl, ontology)
        found = classify(ontology.triples(ontology.axioms))
    report = Report(
        consistent=found.consistent,
        unsatisfiable=tuple(name(URIRef(iri), ontology.graph) for iri in found.unsatisfiable),
        counts={
            **found.counts,
            "annotation properties": len(ontology.entities(OWL.AnnotationProperty)),
            "axioms": len(ontology.axioms),
        },
        outside_dl=profile.result(),
        outside_rl=[sentence(axiom, ontology.graph) for axiom in outside_rl(ontology)],
        mapped=tuple(sorted(ontology.mapped)),
        tree=list(_tree(found, ontology)),
    )
    if not found.consistent:
        report.explanations.append(_explain(ontology, "the whole", (), seconds))
    for iri in found.unsatisfiable[:_EXPLAINED]:
        instance = (URIRef("urn:ecograph:instance"), RDF.type, URIRef(iri))
        about = name(URIRef(iri), ontology.graph)
        report.explanations.append(_explain(ontology, about, (instance,), seconds))
    report.seconds = time.monotonic() - started
    return report


def _explain(ontology: Ontology, about: str, extra: tuple[Statement, ...], seconds: float) -> Explanation:
    clash = smallest_clash(ontology, extra, seconds=seconds)
    sentences = sorted(sentence(axiom, ontology.graph) for axiom in clash.axioms)
    return Explanation(about, tuple(sentences), clash.minimal)


def _tree(found: Classified, ontology: Ontology) -> Iterator[tuple[int, str]]:
    """Yield the inferred hierarchy, each class below each of its direct superclasses, with its depth.

    What lies below a class is told once; where the class comes again it ends in an ellipsis.
    """
    below: dict[str, list[str]] = {iri: [] for iri in found.parents}
    roots = []
    for iri, above in sorted(found.parents.items()):
        named = [parent for parent in above if parent in below and parent not in found.equal[iri]]
        for parent in named:
            below[parent].append(iri)
        if not named and iri not in found.unsatisfiable:
            roots.append(iri)

    told: set[str] = set()

    def walk(iri: str, depth: int) -> Iterator[tuple[int, str]]:
        same = "".join(f" = {name(URIRef(each), ontology.graph)}" for each in found.equal[iri])
        again = " …" if iri in told and below[iri] else ""
        yield depth, name(URIRef(iri), ontology.graph) + same + again
        if iri not in told:
            told.add(iri)
            for child in below[iri]:
                yield from walk(child, depth + 1)

    for root in roots:
        yield from walk(root, 0)
