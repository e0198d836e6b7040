"""What a written network says of itself: what nodes and edges are, how it was drawn, how exact it is."""

from __future__ import annotations

from ecograph.config import RegionConfig
from ecograph.network.betweenness import Betweenness
from ecograph.network.layout import EXACT

_WHAT = {
    "sv": "Noder är aktörer, kanter är gemensamma räknade projekt; kantens vikt är antalet projekt. Färgen "
    "visar aktörens huvudområde; alla dess områden står i attributet areas.",
    "en": "Nodes are actors, edges are shared counted projects; an edge's weight is the number of projects. "
    "The colour shows the actor's main area; all of its areas stand in the attribute areas.",
}

_FORCES = {
    "sv": "Ritat med Fruchterman–Reingold, fast frö; delar utan förbindelse står under den största.",
    "en": "Drawn by Fruchterman–Reingold with a fixed seed; parts without a link stand beneath the largest.",
}

_COMMUNITIES = {
    "sv": "Ritat gemenskap för gemenskap (Leiden, Fruchterman–Reingold, fast frö): att gemenskaper står isär "
    "följer av ritsättet.",
    "en": "Drawn community by community (Leiden, Fruchterman–Reingold, fixed seed): that communities stand "
    "apart follows from the way of drawing.",
}

_EXACT = {"sv": "Betweenness är exakt.", "en": "Betweenness is exact."}

_SAMPLED = {
    "sv": "Betweenness är skattad ur ett urval (KADABRA, frö {seed}): med {sure:.0f} procents säkerhet "
    "ligger varje värde inom {error:.0f} par från det sanna. Gemenskaper och mått som hör till dem, närhet, "
    "PageRank och slutenhet är inte med i ett så stort nätverk.",
    "en": "Betweenness is estimated from a sample (KADABRA, seed {seed}): with {sure:.0f} per cent "
    "confidence every value is within {error:.0f} pairs of the true one. Communities and the measures that "
    "hang on them, closeness, PageRank and clustering are left out in a network of this size.",
}


def network_title(region: RegionConfig, network: str, lang: str) -> str:
    """Return the title of the network ``county`` or ``all``, in ``sv`` or ``en``."""
    if lang == "sv":
        where = region.name_sv if network == "county" else "alla data"
        return f"Samarbeten i projekt, {where}"
    where = region.name_en if network == "county" else "all data"
    return f"Collaboration in projects, {where}"


def described(actors: int, betweenness: Betweenness, lang: str) -> str:
    """Return what stands in the description of a network of so many actors, in ``sv`` or ``en``."""
    drawing = _FORCES if actors <= EXACT else _COMMUNITIES
    if betweenness.error is None:
        exactness = _EXACT[lang]
    else:
        exactness = _SAMPLED[lang].format(
            seed=betweenness.seed, sure=100 * (betweenness.confidence or 0), error=betweenness.error
        )
    return f"{_WHAT[lang]} {drawing[lang]} {exactness}"
