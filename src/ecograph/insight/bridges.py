"""Bridging actors: for every pair of areas, who joins them, and how a network hangs on an actor.

Not one mixed score: each question has its own measure and its own ranking. Only domestic actors are ranked,
since the ties of foreign ones are cut by the selection of the data.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from ecograph.network import measures
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Consortia, Projection, project_actors

MEASURES = ("degree", "strength", "betweenness", "constraint", "effective-size")
"""Measures of an actor in the whole network; keys of the vocabulary of measures."""

_LOW_IS_HIGH = {"constraint"}


@dataclass(frozen=True)
class Bridges:
    """Profiles of the actors of a network.

    actors: actor, domestic, projects, areas (how many), and a column for each of `MEASURES` with its rank
    (``<measure>_rank``, null unless domestic; for constraint the least comes first); null is undefined.
    activity: actor, area, projects.
    pairs: actor, area_a, area_b, in_both (works in both areas), projects_in_both, bridging (Q betweenness
    between actors in A and not B and actors in B and not A), bridging_normalised, and the ranks
    bridging_rank, projects_in_both_rank; only rows in which something is not zero or the actor is in both.
    answer_sv, answer_en: what can be said when there is nothing to bridge; empty otherwise.
    """

    actors: pl.DataFrame
    activity: pl.DataFrame
    pairs: pl.DataFrame
    projection: Projection
    answer_sv: str = ""
    answer_en: str = ""


def area_activity(network: TwoMode) -> pl.DataFrame:
    """Return actor, area, projects: in how many counted projects of each area an actor collaborates."""
    joined = network.participations.join(network.shares, on="project")
    return (
        joined.group_by("actor", "area").agg(pl.len().cast(pl.Int64).alias("projects")).sort("actor", "area")
    )


def find_bridges(network: TwoMode, consortia: Consortia | None = None) -> Bridges:
    """Measure every actor of a network and, for every pair of areas with activity, who joins the two.

    Betweenness and constraint take ties as alike; strength adds Newman's weights.
    """
    projection = project_actors(network, consortia)
    activity = area_activity(network)
    answers = _answers(network, activity)
    return Bridges(
        actors=actor_profiles(network, projection, activity),
        activity=activity,
        pairs=_pair_profiles(network, projection, activity),
        projection=projection,
        answer_sv=answers[0],
        answer_en=answers[1],
    )


def _answers(network: TwoMode, activity: pl.DataFrame) -> tuple[str, str]:
    if network.participations.is_empty():
        return (
            "Inga räknade projekt med samverkande aktörer i urvalet; det finns inget att överbrygga.",
            "No counted projects with collaborating actors in the selection; there is nothing to bridge.",
        )
    areas = activity["area"].n_unique()
    if areas < 2:
        return (
            f"Projekten i urvalet räknas till {areas} område; broar mellan områden kräver minst två.",
            f"The projects of the selection count to {areas} area; bridges between areas need at least two.",
        )
    return "", ""


def actor_profiles(network: TwoMode, projection: Projection, activity: pl.DataFrame) -> pl.DataFrame:
    """Return the frame `Bridges.actors` of a network and its projection."""
    shared = projection.shared
    values = {
        "degree": measures.degree(shared),
        "strength": measures.strength(projection.newman),
        "betweenness": measures.betweenness(shared),
        "constraint": measures.constraint(shared),
        "effective-size": measures.effective_size(shared),
    }
    projects = np.asarray(network.matrix.sum(axis=1)).ravel()
    frame = network.actors.select("actor", "domestic").with_columns(
        pl.Series("projects", projects, dtype=pl.Int64),
        *(pl.Series(name, values[name], dtype=pl.Float64).fill_nan(None) for name in MEASURES),
    )
    counts = activity.group_by("actor").agg(pl.len().cast(pl.Int64).alias("areas"))
    frame = frame.join(counts, on="actor", how="left", maintain_order="left").with_columns(
        pl.col("areas").fill_null(0)
    )
    return frame.with_columns(ranked(name) for name in MEASURES)


def ranked(name: str, over: list[str] | None = None) -> pl.Expr:
    """Return ``<name>_rank``: competition ranks of the domestic actors that have a value above zero.

    Values are compared at 12 significant digits, so that rounding in the engine makes no order.
    """
    eligible = pl.col("domestic") & (pl.col(name) > 0)
    value = pl.when(eligible).then(pl.col(name).cast(pl.Float64).round_sig_figs(12))
    rank = value.rank("min", descending=name not in _LOW_IS_HIGH)
    return (rank.over(over) if over else rank).cast(pl.Int64).alias(f"{name}_rank")


def _pair_profiles(network: TwoMode, projection: Projection, activity: pl.DataFrame) -> pl.DataFrame:
    members: dict[str, set[int]] = defaultdict(set)
    for actor, area in activity.select("actor", "area").iter_rows():
        members[area].add(network.position[actor])
    order = network.areas["area"].to_list()
    areas = [area for area in order if members[area]]
    joint = _projects_in_both(network, order)
    parts = [
        _pair(network, projection, (first, second), members, joint[first, second])
        for first, second in combinations(areas, 2)
    ]
    schema = {
        "actor": pl.String, "domestic": pl.Boolean, "area_a": pl.String, "area_b": pl.String,
        "in_both": pl.Boolean, "projects_in_both": pl.Int64, "bridging": pl.Float64,
        "bridging_normalised": pl.Float64,
    }  # fmt: skip
    frame = pl.concat([pl.DataFrame(schema=schema), *(part.cast(schema) for part in parts)])  # type: ignore[arg-type]
    pair = ["area_a", "area_b"]
    return frame.with_columns(ranked("bridging", pair), ranked("projects_in_both", pair))


def _projects_in_both(network: TwoMode, order: list[str]) -> dict[tuple[str, str], np.ndarray]:
    """Return for each pair of areas the number of projects in both that each actor collaborates in."""
    found = {}
    for first, second in combinations(range(len(order)), 2):
        both = network.area_matrix[[first]].multiply(network.area_matrix[[second]]).toarray().ravel()
        found[order[first], order[second]] = network.matrix @ both
    return found


def _pair(
    network: TwoMode,
    projection: Projection,
    pair: tuple[str, str],
    members: dict[str, set[int]],
    joint: np.ndarray,
) -> pl.DataFrame:
    first, second = (members[area] for area in pair)
    only = sorted(first - second), sorted(second - first)
    both = np.zeros(len(projection.ids), dtype=bool)
    both[sorted(first & second)] = True
    values = measures.between_groups(projection.shared, *only)
    normalised = measures.divided(values, measures.pairs_without(len(both), *only))
    frame = network.actors.select(
        "actor",
        "domestic",
        pl.lit(pair[0]).alias("area_a"),
        pl.lit(pair[1]).alias("area_b"),
        pl.Series("in_both", both, dtype=pl.Boolean),
        pl.Series("projects_in_both", joint, dtype=pl.Int64),
        pl.Series("bridging", values, dtype=pl.Float64),
        pl.Series("bridging_normalised", normalised, dtype=pl.Float64).fill_nan(None),
    )
    return frame.filter(pl.col("in_both") | (pl.col("bridging") > 0))
