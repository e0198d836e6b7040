"""The networks of the served build, read once and kept with it, and the words for what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from flask import g

from ecograph.errors import EcographError
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.projection import Projection, project_actors
from ecograph.network.reading import label_of, read_labels
from ecograph.web.explorer.asking import served, site

Extent = Literal["county", "all"]
Labels = dict[str, dict[str, str]]
Value = TypeVar("Value")

_NAMED = {
    "helix": "?any eco:helix ?thing .",
    "place": "?any eco:municipality|eco:country ?thing .",
    "programme": "?any eco:fundedUnder ?thing .",
}


def _kept(name: str, make: Callable[[Any], Value]) -> Value:
    """Return a value derived from the served build's graph, made once a build."""
    held = served()
    return held.memo(f"explorer.networks.{name}", lambda: make(held.graph))


def national() -> TwoMode:
    """Return actors and counted projects of all data; some seconds the first time of a build.

    Raises
    ------
    EcographError: when the graph lacks the vocabulary of roles or of project statuses.
    """
    return _kept(
        "national",
        lambda graph: read_two_mode(graph, base=site().base, region=site().workspace.region),
    )


def county() -> TwoMode:
    """Return the network of the projects with an actor of the region, with all their actors."""
    whole = national()
    return _kept("county", lambda _: whole.county())


def network_of(extent: Extent) -> TwoMode:
    """Return the county network or that of all data."""
    return county() if extent == "county" else national()


def projection_of(extent: Extent) -> Projection:
    """Return the actor–actor network of an extent."""
    network = network_of(extent)
    return _kept(f"projection.{extent}", lambda _: project_actors(network))


def known() -> bool:
    """Return whether the served build has a network at all."""
    try:
        return not national().actors.is_empty()
    except EcographError:
        return False


def label(kind: Literal["helix", "place", "programme"], key: str | None) -> str | None:
    """Return the reader's word for a helix (its key), a place or a programme (local ids); None for None."""
    if key is None:
        return None
    labels = _kept(f"labels.{kind}", lambda graph: read_labels(graph, site().base, _NAMED[kind]))
    return label_of(_by_key(labels) if kind == "helix" else labels, key, str(g.lang))


def _by_key(labels: Labels) -> Labels:
    return {thing.rsplit("/", 1)[-1]: found for thing, found in labels.items()}
