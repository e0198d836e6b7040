"""The ontology and vocabularies of the installation, as statements in their named graphs."""

from __future__ import annotations

from pathlib import Path

from ecograph.config import resource
from ecograph.model.iris import Base
from ecograph.store.graph import MemoryGraph


def ontology_files() -> dict[str, list[Path]]:
    """Return the Turtle files of the named graphs ``ontology`` and ``vocabulary``, by graph."""
    root = resource("ontology")
    vocabulary = sorted((root / "vocabulary").glob("*.ttl"))
    return {
        "ontology": [path for path in sorted(root.rglob("*.ttl")) if path not in vocabulary],
        "vocabulary": vocabulary,
    }


def load_ontology(graph: MemoryGraph, base: Base) -> list[str]:
    """Load ontology and vocabularies into their named graphs and return the graphs' IRIs."""
    names = []
    for local, paths in ontology_files().items():
        name = base.graph(local)
        names.append(name)
        for path in paths:
            graph.load(path, format="ttl", graph=name)
    return names
