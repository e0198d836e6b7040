"""Questions to HermiT, a reasoner for all of OWL 2 DL.

Glimm, Horrocks, Motik, Stoilos & Wang (2014), HermiT: an OWL 2 reasoner, J. Automated Reasoning 53:245-269.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import owlready2

from ecograph.errors import EcographError
from ecograph.reasoning import java

_THING = "http://www.w3.org/2002/07/owl#Thing"


@dataclass(frozen=True, slots=True)
class Classified:
    """What HermiT finds of an ontology.

    `parents` gives each class its direct superclasses (named ones), `equal` its equivalents other than
    itself; both are empty when the ontology is inconsistent.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    parents: dict[str, tuple[str, ...]]
    equal: dict[str, tuple[str, ...]]
    counts: dict[str, int]


def classify(triples: str) -> Classified:
    """Load an ontology with owlready2, let HermiT classify it, and return what it finds.

    Parameters
    ----------
    triples: the ontology as N-Triples, without imports and with datatypes of the OWL 2 map only.
    """
    owlready2.JAVA_EXE = str(java.runtime())
    world = owlready2.World()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "ontology.nt"
        path.write_text(triples, encoding="utf-8")
        world.get_ontology(path.as_uri()).load()
    counts = {
        "classes": len(list(world.classes())),
        "object properties": len(list(world.object_properties())),
        "data properties": len(list(world.data_properties())),
    }
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Classified(False, (), {}, {}, counts)
    except owlready2.OwlReadyJavaError as error:
        raise _failed(str(error)) from None
    named = {c.iri: c for c in world.classes()}
    unsatisfiable = sorted(c.iri for c in world.inconsistent_classes() if c.iri in named)
    parents, equal = {}, {}
    for iri, kind in named.items():
        above = {p.iri for p in kind.is_a if isinstance(p, owlready2.ThingClass)} - {_THING, iri}
        same = {e.iri for e in kind.equivalent_to if isinstance(e, owlready2.ThingClass)} - {iri}
        parents[iri] = tuple(sorted(above - set(unsatisfiable)))
        equal[iri] = tuple(sorted(same & set(named)))
    return Classified(True, tuple(unsatisfiable), parents, equal, counts)


def first_inconsistent(ontologies: Sequence[str], seconds: float) -> int | None:
    """Return the index of the first inconsistent of several ontologies (N-Triples), or None.

    They are checked by one run of the reasoner, in order: each is read within milliseconds, while every
    start of the Java machine costs half a second.
    """
    with tempfile.TemporaryDirectory() as directory:
        paths = [Path(directory) / f"{number}.nt" for number in range(len(ontologies))]
        for path, triples in zip(paths, ontologies, strict=True):
            path.write_text(triples, encoding="utf-8")
        out, problems = java.run(java.HERMIT, "-k", *(path.as_uri() for path in paths), seconds=seconds)
    answered = out.count("is satisfiable.")
    if "InconsistentOntologyException" in problems or "is not satisfiable" in out:
        return answered
    if answered < len(ontologies):
        raise _failed(problems)
    return None


def _failed(problems: str) -> EcographError:
    stripped = (line.strip() for line in problems.splitlines())
    lines = [line for line in stripped if line and not line.startswith("at ")]
    reason = next((line for line in lines if "Exception" in line), lines[0] if lines else "no answer")
    return EcographError(
        f"HermiT cannot reason with the ontology: {reason.rpartition('Exception: ')[2][:300]}",
        remedy="Keep it within OWL 2 DL: `ecograph ontology check` lists what is outside.",
    )
