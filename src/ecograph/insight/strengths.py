"""Strengths and potential: where the region is specialised compared with the country, and what lies near.

Only sources that cover the whole country are compared, classified by the rules alone, so that every region is
seen alike. An area that those sources' codes cannot tell apart is not classifiable there: unknown, never
zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from ecograph.config import RegionConfig
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.insight.strengths_activities import Activities, Options, diversify, read_activities
from ecograph.insight.strengths_data import Participations, read_comparable
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.relatedness import entropy
from ecograph.store.graph import Graph

Standing = Literal["above", "below", "not-told-apart", "no-data", "not-classifiable"]
Values = npt.NDArray[np.float64]

DRAWS = 2_000
SEED = 20_201_201
_NONE_UPPER = 3.688879
"""Upper 97.5 % limit of a Poisson mean of which nothing was seen: −ln 0.025."""


@dataclass(frozen=True)
class Quotient:
    """A location quotient with 95 % interval: (x_ra / x_r) / (x_a / x); None where it is undefined.

    region, region_total, country, country_total: participations (or euros) in the area and in all.
    low, high: percentile bootstrap over projects; where the region has nothing in the area, 0 to the exact
    Poisson limit. projects: of the region, behind it.
    """

    value: float | None
    low: float | None
    high: float | None
    region: float
    region_total: float
    country: float
    country_total: float
    projects: int

    @property
    def standing(self) -> Standing:
        """Whether the interval lies above or below 1, the country's level."""
        if self.low is None or self.high is None:
            return "no-data"
        if self.low > 1:
            return "above"
        return "below" if self.high < 1 else "not-told-apart"


@dataclass(frozen=True)
class Strength:
    """One priority area: specialisation by participations and by granted support (euros).

    classifiable: whether the comparable sources' codes can tell the area apart; else both quotients are None.
    """

    area: str
    label: tuple[str, str]
    classifiable: bool
    participations: Quotient | None
    money: Quotient | None


@dataclass(frozen=True)
class Strengths:
    """Specialisation per area, variety, and options for diversification.

    sources: ids of the compared sources. placed, domestic: domestic actors with a known municipality, of all.
    activities: the region's activities by the sources' own codes, with variety. options: see `diversify`.
    """

    areas: tuple[Strength, ...]
    activities: Activities
    options: Options
    area_entropy: float | None
    sources: tuple[str, ...]
    placed: int
    domestic: int
    coverage: Coverage
    parameters: dict[str, object] = field(default_factory=dict)


def find_strengths(
    graph: Graph,
    *,
    base: Base,
    region: RegionConfig,
    national: TwoMode | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Strengths:
    """Compare the region's participations and money per area with the country's.

    An actor belongs to the region by the municipality of its seat, as everywhere in the country.

    Raises
    ------
    EcographError: when the graph lacks the vocabularies that say what counts.
    """
    network = national if national is not None else read_two_mode(graph, base=base, region=region)
    data = read_comparable(graph, network, base=base, region=region)
    rng = np.random.default_rng(seed)
    weights = _resamples(rng, data, draws)
    areas = []
    for row in network.areas.iter_rows(named=True):
        classifiable = row["area"] in data.classifiable
        share = data.area_share(row["area"])
        areas.append(
            Strength(
                row["area"],
                (row["label_sv"], row["label_en"]),
                classifiable,
                quotient(data, share, data.ones, weights) if classifiable else None,
                quotient(data, share, data.euros, weights) if classifiable else None,
            )
        )
    parts = [area.participations.region for area in areas if area.participations is not None]
    activities = read_activities(graph, data, base=base)
    return Strengths(
        tuple(areas),
        activities,
        diversify(activities),
        None if not sum(parts) else entropy(parts),
        data.sources,
        data.placed,
        data.domestic,
        measure_coverage(network.with_projects(data.project_series)),
        {"draws": draws, "seed": seed, "region": region.nuts3, "sources": list(data.sources)},
    )


def _resamples(rng: np.random.Generator, data: Participations, draws: int) -> Values:
    """Return draws × projects: how often each project is drawn."""
    size = len(data.projects)
    if not size:
        return np.zeros((0, 0))
    return rng.multinomial(size, np.full(size, 1 / size), size=draws).astype(float)


def quotient(data: Participations, share: Values, amount: Values, weights: Values) -> Quotient:
    """Return the quotient of an area whose part of each participation's project is `share`.

    amount: of each participation, 1 or euros (0 where unknown). weights: resamples of the projects; the
    partners of a project stand or fall together, since they are not independent.
    """
    parts = (
        data.per_project(amount * share * data.in_region), data.per_project(amount * data.in_region),
        data.per_project(amount * share), data.per_project(amount),
    )  # fmt: skip
    region, region_total, country, country_total = (float(part.sum()) for part in parts)
    projects = int((parts[0] > 0).sum())
    value = _ratio(region, region_total, country, country_total)
    if value is None:
        return Quotient(None, None, None, region, region_total, country, country_total, projects)
    if region == 0:
        # Nothing seen: the interval of what could have been, in whole participations.
        expected = float(data.per_project(data.in_region).sum()) * country / country_total
        high = _NONE_UPPER / expected if expected > 0 else None
        return Quotient(value, 0.0, high, region, region_total, country, country_total, projects)
    drawn = [weights @ part for part in parts]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (drawn[0] / drawn[1]) / (drawn[2] / drawn[3])
    usable = values[np.isfinite(values)]
    low, high_ = np.quantile(usable, (0.025, 0.975)) if len(usable) else (np.nan, np.nan)
    limits = [None if np.isnan(limit) else float(limit) for limit in (low, high_)]
    return Quotient(value, limits[0], limits[1], region, region_total, country, country_total, projects)


def _ratio(region: float, region_total: float, country: float, country_total: float) -> float | None:
    if region_total <= 0 or country <= 0 or country_total <= 0:
        return None
    return (region / region_total) / (country / country_total)
