"""Coverage: how much collaboration the sources can show at all, beside every figure of a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ecograph.network.incidence import TwoMode


@dataclass(frozen=True)
class Coverage:
    """Counted projects of a network, and those of them with at least two known collaborating actors.

    by_source: source, projects, with_partners, share; a project counts to every source that states a part in
    it, and its partners are those known from all sources. `with_area`: projects that count to some area.
    """

    projects: int
    with_partners: int
    with_area: int
    undated: int
    by_source: pl.DataFrame

    @property
    def share(self) -> float | None:
        """Share of projects with partners known; None without projects."""
        return self.with_partners / self.projects if self.projects else None

    def sentence(self, lang: str) -> str:
        """Return the caveat that stands beside every figure, in ``sv`` or ``en``."""
        if lang == "sv":
            if not self.projects:
                return "Täckningsgrad: inga räknade projekt i urvalet."
            return (
                f"Täckningsgrad: {self.with_partners} av {self.projects} räknade projekt har minst två kända "
                "samverkande aktörer. Källor som bara namnger stödmottagaren visar inga samarbeten; "
                "att ett samarbete inte syns betyder inte att det saknas."
            )
        if not self.projects:
            return "Coverage: no counted projects in the selection."
        return (
            f"Coverage: {self.with_partners} of {self.projects} counted projects have at least two known "
            "collaborating actors. Sources that name only the beneficiary show no collaboration; "
            "that a collaboration is not seen does not mean that there is none."
        )


def measure_coverage(network: TwoMode) -> Coverage:
    """Return the coverage of a network, in all and by source."""
    sizes = np.asarray(network.matrix.sum(axis=0)).ravel()
    partners = pl.DataFrame({"project": network.project_ids, "several": sizes >= 2}).cast(
        {"project": pl.String, "several": pl.Boolean}
    )
    by_source = (
        network.stated.select("source", "project")
        .unique()
        .join(partners, on="project")
        .group_by("source")
        .agg(
            pl.len().cast(pl.Int64).alias("projects"),
            pl.col("several").sum().cast(pl.Int64).alias("with_partners"),
        )
        .with_columns((pl.col("with_partners") / pl.col("projects")).alias("share"))
        .sort("source")
    )
    return Coverage(
        projects=partners.height,
        with_partners=int((sizes >= 2).sum()),
        with_area=network.shares["project"].n_unique(),
        undated=network.projects["start_year"].null_count(),
        by_source=by_source,
    )
