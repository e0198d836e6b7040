"""Clashes with the ontology as results of the gate, so that they reach quarantine like any other."""

from __future__ import annotations

from ecograph.model.namespaces import expand
from ecograph.reasoning.disjointness import clashes
from ecograph.store.graph import Graph
from ecograph.validation.results import Result


def disjoint_results(graph: Graph) -> list[Result]:
    """Return a violation for each thing that is of two classes which the ontology declares disjoint.

    Parameters
    ----------
    graph: the data together with the ontology.
    """
    return [
        Result(
            focus=clash.subject,
            shape=clash.axiom[0],
            path=expand("rdf:type"),
            value=clash.classes[1],
            severity="violation",
            message_sv=clash.message_sv,
            message_en=clash.message_en,
            remedy_sv=clash.remedy_sv,
            remedy_en=clash.remedy_en,
            component="DisjointClasses",
        )
        for clash in clashes(graph)
    ]
