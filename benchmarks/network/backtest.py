"""How well do the scores behind introductions foresee real new collaborations? A back-test on Horizon 2020.

    python benchmarks/network/backtest.py [--source FILE.csv.gz] [--country SE] [--cut 2016 2017 2018]

Trained on the projects that began up to a year t, tested on the pairs of actors of the country that had a
project by then but none in common: which of them had one in the years after t? All such pairs are ranked
(none is sampled). The combination is calibrated on an earlier period of the training years alone: network up
to t−2, new ties of t−1 and t. The file of the workspace holds every project with a Swedish participant, so
the ties among Swedish actors are complete. Baselines: random (AUC 0.5; its precision is the share of pairs
that became tied), popularity (preferential attachment) and common neighbours.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.network.linkprediction import (
    SCORES,
    auc,
    fit_combination,
    precision_at,
    scorer,
    untied_pairs,
)
from ecograph.network.projection import shared_projects

SOURCE = Path(__file__).parents[2] / "data" / "sources" / "h2020" / "h2020.csv.gz"


class Participations:
    """Who took part in which project, when it began, and which actors are of the country."""

    def __init__(self, source: Path, country: str) -> None:
        frame = pl.read_csv(source, infer_schema_length=0).select(
            "rcn", "pic", "country", pl.col("start_year").cast(pl.Float64, strict=False).cast(pl.Int64)
        )
        frame = frame.drop_nulls(["rcn", "pic", "start_year"])
        projects = frame.group_by("rcn").agg(pl.col("start_year").min()).sort("rcn")
        actors = frame.group_by("pic").agg((pl.col("country") == country).any().alias("own")).sort("pic")
        pairs = frame.select("rcn", "pic").unique()
        rows = actors["pic"].search_sorted(pairs["pic"]).to_numpy()
        columns = projects["rcn"].search_sorted(pairs["rcn"]).to_numpy()
        shape = (actors.height, projects.height)
        self.matrix = csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)
        self.years = projects["start_year"].to_numpy()
        self.own = actors["own"].fill_null(value=False).to_numpy()

    def between(self, first: int, last: int) -> csr_array:
        """The incidence of the projects that began in these years."""
        inside = np.flatnonzero((self.years >= first) & (self.years <= last))
        return csr_array(self.matrix[:, inside])


def period(data: Participations, cut: int, last: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return the scores of all untied pairs at the end of `cut`, and which of them were tied by `last`."""
    before, after = data.between(0, cut), data.between(cut + 1, last)
    scored = scorer(before)
    present = np.flatnonzero((np.asarray(before.sum(axis=1)).ravel() > 0) & data.own)
    pairs = untied_pairs(scored.adjacency, present)
    later = shared_projects(csr_array(after[present]))
    place = np.searchsorted(present, pairs[0]), np.searchsorted(present, pairs[1])
    tied = np.asarray(later.toarray() > 0)[place]
    return scored.scores(pairs), tied


def main() -> int:
    """Print one table a cut."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--country", default="SE")
    parser.add_argument("--cut", type=int, nargs="+", default=[2016, 2017, 2018])
    options = parser.parse_args()
    data = Participations(options.source, options.country)
    for cut in options.cut:
        scores, tied = period(data, cut, int(data.years.max()))
        combination = fit_combination(*period(data, cut - 2, cut))
        columns: dict[str, np.ndarray] = {
            "random": np.zeros(len(tied)),
            **{name: scores[name] for name in SCORES},
        }
        columns["combination"] = combination.probability(scores)
        print(
            f"Up to {cut}, tested on {cut + 1}–{int(data.years.max())}: {len(tied)} pairs, "
            f"{int(tied.sum())} tied"
        )
        print(f"{'score':<24} {'AUC':>6} {'p@20':>6} {'p@100':>6} {'p@500':>6}")
        for name, values in columns.items():
            figures = [auc(values, tied), *(precision_at(values, tied, k) for k in (20, 100, 500))]
            print(f"{name:<24} " + " ".join(f"{figure:6.3f}" for figure in figures))
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
