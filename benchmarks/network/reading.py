"""The bipartite network of CORDIS: which organisations take part in which projects."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import csr_array


def incidence(source: Path, actors: int | None = None) -> csr_array:
    """Return the binary incidence of the first projects of a file that together have `actors` actors."""
    frame = pl.read_csv(source, columns=["rcn", "pic"], infer_schema_length=0).unique()
    frame = frame.with_columns(pl.col("rcn").cast(pl.Int64)).sort("rcn", "pic")
    if actors is not None:
        first_seen = frame.group_by("pic").agg(pl.col("rcn").min()).sort("rcn")
        frame = frame.filter(pl.col("rcn") <= first_seen["rcn"][min(actors, first_seen.height) - 1])
    rows = frame["pic"].rank("dense").to_numpy() - 1
    columns = frame["rcn"].rank("dense").to_numpy() - 1
    return csr_array((np.ones(frame.height, dtype=np.int64), (rows, columns)))
