"""Enacted cross-fertilisation: what projects do between areas. Observed counts, no claim about chance."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import polars as pl

from ecograph.insight.bridges import area_activity
from ecograph.network.incidence import TwoMode


def enacted(network: TwoMode) -> pl.DataFrame:
    """Return every pair of areas, in the areas' order, with what the network's projects show of it.

    Columns: area_a, area_b; joint_projects (counted to both areas, whether or not partners are known);
    evidence (their ids); actors_in_both (actors with a project in each of the two); bridging_actors (of
    these, the domestic ones). A pair that never meets stands there with zeros: it is observed, not missing.
    """
    areas = network.areas["area"].to_list()
    in_area = [set(network.area_matrix[[row]].indices.tolist()) for row in range(len(areas))]
    active: dict[str, set[str]] = defaultdict(set)
    for actor, area in area_activity(network).select("actor", "area").iter_rows():
        active[area].add(actor)
    domestic = set(network.actors.filter("domestic")["actor"].to_list())
    ids = np.asarray(network.project_ids, dtype=object)
    rows = []
    for first, second in combinations(range(len(areas)), 2):
        joint = sorted(in_area[first] & in_area[second])
        both = active[areas[first]] & active[areas[second]]
        evidence = [str(ids[position]) for position in joint]
        rows.append((areas[first], areas[second], len(joint), evidence, len(both), len(both & domestic)))
    return pl.DataFrame(
        rows,
        schema={
            "area_a": pl.String, "area_b": pl.String, "joint_projects": pl.Int64,
            "evidence": pl.List(pl.String), "actors_in_both": pl.Int64, "bridging_actors": pl.Int64,
        },
        orient="row",
    )  # fmt: skip
