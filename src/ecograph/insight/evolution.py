"""How a network has changed: who came and went, how areas came to meet, what hangs on a programme.

A project counts in every year in which it runs (`Selection.window`); undated projects are in no year and are
counted by themselves. What begins in the last years of the data is not all known yet, and neither is what
ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from scipy.sparse import csr_array, triu

from ecograph.config import RegionConfig
from ecograph.insight.bridges import area_activity
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Consortia, area_pairs, project_actors

Tie = tuple[str, str]


@dataclass(frozen=True)
class Evolution:
    """What has changed in a network from year to year.

    years: year, projects, with_partners, actors, actors_new (never before), actors_returned, actors_gone (in
    the year before, not now), actors_stayed, actor_persistence (stayed as a share of the year before; null
    without one), and the same of ties.
    pairs: year, area_a, area_b, joint_projects, actors_in_both, bridges (domestic actors with projects in
    both, ids, most projects first), bridges_stayed (of them, also in the year before).
    undated: projects without a year; first, last: the years covered (None without any).
    """

    years: pl.DataFrame
    pairs: pl.DataFrame
    undated: int
    first: int | None
    last: int | None


def trace(
    network: TwoMode, *, first: int | None = None, last: int | None = None, consortia: Consortia | None = None
) -> Evolution:
    """Return the yearly development of a network; years without a project stand there with zeros.

    `first` and `last` limit the years shown; who is new is judged by all years of the network.
    """
    known = network.projects.filter(pl.col("start_year").is_not_null())
    undated = network.projects.height - known.height
    if known.is_empty():
        return Evolution(_years([]), _pairs([]), undated, None, None)
    begin = int(known["start_year"].min())  # type: ignore[arg-type]
    end = int(max(known["start_year"].max(), known["end_year"].max() or 0))  # type: ignore[type-var, arg-type]
    rows, pairs = [], []
    actors, ties, bridges = _Change(), _Change(), dict[Tie, set[str]]()
    for year in range(begin, end + 1):
        now = network.in_window(year, year)
        sizes = np.asarray(now.matrix.sum(axis=0)).ravel()
        rows.append(
            (
                year,
                now.projects.height,
                int((sizes >= 2).sum()),
                *actors.step(set(now.actor_ids)),
                *ties.step(_ties(now, consortia)),
            )
        )
        for pair, joint, both, domestic in _meetings(now):
            before = bridges.get(pair, set())
            bridges[pair] = set(domestic)
            pairs.append((year, *pair, joint, both, domestic, len(before & set(domestic))))
    inside = pl.col("year").is_between(begin if first is None else first, end if last is None else last)
    return Evolution(_years(rows).filter(inside), _pairs(pairs).filter(inside), undated, begin, end)


class _Change:
    """Follows a set from year to year."""

    def __init__(self) -> None:
        self._seen: set[object] = set()
        self._before: set[object] | None = None

    def step(self, now: set[object]) -> tuple[int, int, int, int, int, float | None]:
        """Return how many there are now, are new, came back, are gone and stayed, and the share that "
        "stayed."""
        before = self._before or set()
        new, stayed = now - self._seen, now & before
        answer = (
            len(now),
            len(new),
            len(now - before - new),
            len(before - now),
            len(stayed),
            len(stayed) / len(before) if before else None,
        )
        self._seen |= now
        self._before = now
        return answer


def _ties(network: TwoMode, consortia: Consortia | None) -> set[object]:
    projection = project_actors(network, consortia)
    upper = triu(projection.shared, k=1, format="coo")
    ids = projection.ids
    return {(ids[row], ids[column]) for row, column in zip(upper.row, upper.col, strict=True)}


def _meetings(network: TwoMode) -> list[tuple[Tie, int, int, list[str]]]:
    """Return for each pair of areas its joint projects, actors in both, and the domestic ones of these."""
    areas = network.areas["area"].to_list()
    joint = area_pairs(network).toarray()
    work: dict[str, dict[str, int]] = defaultdict(dict)
    for actor, area, projects in area_activity(network).iter_rows():
        work[area][actor] = projects
    domestic = set(network.actors.filter("domestic")["actor"].to_list())
    found = []
    for one, other in combinations(range(len(areas)), 2):
        first, second = work[areas[one]], work[areas[other]]
        both = first.keys() & second.keys()
        order = sorted(both & domestic, key=lambda actor: (-first[actor] - second[actor], actor))
        found.append(((areas[one], areas[other]), int(joint[one, other]), len(both), order))
    return found


def _years(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    parts = ("", "_new", "_returned", "_gone", "_stayed")
    whole = ["year", "projects", "with_partners"]
    schema: dict[str, pl.DataType | type[pl.DataType]] = dict.fromkeys(whole, pl.Int64)
    for what, share in (("actors", "actor_persistence"), ("ties", "tie_persistence")):
        schema |= {f"{what}{part}": pl.Int64 for part in parts} | {share: pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _pairs(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "year": pl.Int64, "area_a": pl.String, "area_b": pl.String, "joint_projects": pl.Int64,
        "actors_in_both": pl.Int64, "bridges": pl.List(pl.String), "bridges_stayed": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def periods(network: TwoMode, region: RegionConfig) -> pl.DataFrame:
    """Return what began before the strategy was adopted, after it, and without a known year; never added up.

    Columns: period (before, after, undated), area_a, area_b (null: the whole network), projects, actors,
    ties, joint_projects, actors_in_both. A project belongs to the period in which it began: what began before
    the strategy is never its effect. One that began in the year of adoption counts as before, unless the
    strategy was adopted in January.
    """
    year, month = (int(part) for part in region.strategy_adopted.split("-")[:2])
    after = pl.col("start_year") >= (year if month == 1 else year + 1)
    parts = {"before": ~after, "after": after, "undated": pl.col("start_year").is_null()}
    rows: list[tuple[object, ...]] = []
    for name, which in parts.items():
        part = network.with_projects(network.projects.filter(which)["project"])
        rows.append(
            (name, None, None, part.projects.height, len(part.actor_ids), len(_ties(part, None)), None, None)
        )
        for (one, other), joint, both, _ in _meetings(part):
            rows.append((name, one, other, None, None, None, joint, both))
    text = dict.fromkeys(("period", "area_a", "area_b"), pl.String)
    numbers = ("projects", "actors", "ties", "joint_projects", "actors_in_both")
    return pl.DataFrame(rows, schema=text | dict.fromkeys(numbers, pl.Int64), orient="row")


def programmes(network: TwoMode) -> pl.DataFrame:
    """Return what the network would lose with each programme, most ties first.

    Columns: programme, projects, actors, actors_lost (in no project of another programme), ties, ties_lost
    (that no project outside it makes), ties_lost_share (of all ties of the network), joint_projects (counted
    to two areas or more), pairs_lost (pairs of areas that meet in no other project), as "a–b" ids. Projects
    without a known programme are no programme, but hold up what they make.
    """
    shared = project_actors(network).shared
    total = shared.nnz // 2
    meetings = area_pairs(network).toarray()
    areas = network.areas["area"].to_list()
    rows = []
    for programme in sorted(network.projects["programme"].drop_nulls().unique().to_list()):
        inside = network.projects["programme"].eq_missing(programme).to_numpy()
        columns = np.flatnonzero(inside)
        own = csr_array(network.matrix[:, columns])
        here = np.asarray(own.sum(axis=1)).ravel()
        everywhere = np.asarray(network.matrix.sum(axis=1)).ravel()
        made = triu(csr_array(own @ own.T), k=1, format="csr")
        # A tie is lost when all of its shared projects are of the programme.
        others = csr_array(triu(shared, k=1, format="csr") - made)
        others.eliminate_zeros()
        lost = made.nnz - others.multiply(made).nnz
        counted = csr_array(network.area_matrix[:, columns])
        joint = csr_array(counted @ counted.T).toarray()
        gone = [
            f"{areas[one]}–{areas[other]}"
            for one, other in combinations(range(len(areas)), 2)
            if 0 < joint[one, other] == meetings[one, other]
        ]
        several = int((np.asarray(counted.sum(axis=0)).ravel() >= 2).sum())
        rows.append(
            (
                programme, len(columns), int((here > 0).sum()),
                int(((here > 0) & (here == everywhere)).sum()),
                made.nnz, lost, lost / total if total else None, several, gone,
            )
        )  # fmt: skip
    numbers = dict.fromkeys(("projects", "actors", "actors_lost", "ties", "ties_lost"), pl.Int64)
    schema = {
        "programme": pl.String, **numbers, "ties_lost_share": pl.Float64, "joint_projects": pl.Int64,
        "pairs_lost": pl.List(pl.String),
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")  # type: ignore[arg-type]
    return frame.sort("ties_lost", "programme", descending=[True, False])
