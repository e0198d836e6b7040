"""How sure a ranking is: resampled projects (bootstrap) and participations that nobody reported.

Ranks are compared between draws of the same network; every draw repeats with the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.condensed import Condensed, condense
from ecograph.network.linkprediction import average_ranks

SEED = 20201215
DRAWS = 500
MISSING = (0.05, 0.1, 0.2, 0.3)
TOP = 5

_DIGITS = 9
_CLASSES = 400
"""Up to about so many classes the asked number of draws is made; beyond it fewer, and the answer says so."""

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Score = Callable[[Condensed, csr_array, npt.NDArray[np.int64]], Floats]
"""Gives questions × actors from a condensed network, its incidence, and which projects its columns are."""


@dataclass(frozen=True)
class Uncertainty:
    """What resampling says of each actor's rank on each question; arrays are questions × actors.

    draws: how many resamples were made. low, high: the middle 95 % of the ranks (of an actor that stands in
    no place in a draw: behind all that do). top: the share of resamples with a rank of at most `TOP`.
    """

    draws: int
    low: Floats
    high: Floats
    top: Floats


@dataclass(frozen=True)
class Missing:
    """How a ranking holds when a share of the participations is missing; arrays are one value a question.

    share: the share left out at random. draws: how often. top_kept: mean share of the first `TOP` that stay
    among them. first_kept: share of draws in which the first stays first. correlation: mean Spearman
    correlation of the ranks of the actors ranked in the whole network; NaN with fewer than three.
    top: questions × actors, the share of draws among the first `TOP`.
    """

    share: float
    draws: int
    top_kept: Floats
    first_kept: Floats
    correlation: Floats
    top: Floats


def affordable(asked: int, classes: int) -> int:
    """Return the number of draws for a network of so many classes, since a draw costs about their cube."""
    return asked if classes <= _CLASSES else max(20, int(asked * (_CLASSES / classes) ** 3))


def ranks(values: Floats, eligible: Marks) -> Floats:
    """Return competition ranks along the last axis; not eligible or not above zero: infinite.

    Values are compared at nine significant digits: what differs less came from the order of summing.
    """
    rounded = _rounded(np.where(eligible, values, 0.0))
    result = np.full(values.shape, np.inf)
    for row in range(values.shape[0]):
        ordered = np.sort(rounded[row])[::-1]
        place = np.searchsorted(-ordered, -rounded[row], side="left") + 1.0
        result[row] = np.where(rounded[row] > 0, place, np.inf)
    return result


def _rounded(values: Floats) -> Floats:
    scale = np.zeros_like(values)
    positive = values > 0
    scale[positive] = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(values[positive])))
    return np.divide(np.round(values * scale), scale, out=np.zeros_like(values), where=positive)


def bootstrap(
    incidence: csr_array, score: Score, eligible: Marks, *, draws: int = DRAWS, seed: int = SEED
) -> Uncertainty:
    """Rank again and again on projects drawn with replacement, as many as there are.

    Projects, not actors, are drawn, since the partners of one project are not independent. A project drawn
    twice counts as once: ties are unweighted. Efron & Tibshirani (1993), An Introduction to the Bootstrap.
    """
    generator = np.random.default_rng(seed)
    size = incidence.shape[1]
    columns = csr_array(incidence.T)
    found = []
    for _ in range(draws):
        kept = np.unique(generator.integers(0, size, size)) if size else np.zeros(0, np.int64)
        sample = csr_array(columns[kept].T)
        found.append(ranks(score(condense(sample), sample, kept), eligible))
    return _summary(np.stack(found) if found else np.zeros((0, 0, len(eligible))), draws)


def _summary(found: Floats, draws: int) -> Uncertainty:
    # An actor without a place stands behind all that have one in that draw.
    placed = np.isfinite(found).sum(axis=2, keepdims=True)
    numbers = np.where(np.isfinite(found), found, placed + 1)
    low, high = np.percentile(numbers, (2.5, 97.5), axis=0, method="closest_observation")
    return Uncertainty(draws, low, high, (found <= TOP).mean(axis=0))


def under_missing(
    incidence: csr_array,
    score: Score,
    eligible: Marks,
    *,
    shares: Sequence[float] = MISSING,
    draws: int = 100,
    seed: int = SEED,
) -> list[Missing]:
    """Rank again on networks from which a share of the participations has been left out at random.

    Costenbader & Valente (2003), The stability of centrality measures when networks are sampled, Social
    Networks 25, 283–307; Smith & Moody (2013), Social Networks 35, 652–668.
    """
    generator = np.random.default_rng(seed)
    every = np.arange(incidence.shape[1])
    whole = ranks(score(condense(incidence), incidence, every), eligible)
    entries = incidence.tocoo()
    results = []
    for share in shares:
        found = []
        keep = len(entries.row) - round(share * len(entries.row))
        for _ in range(draws):
            chosen = np.sort(generator.permutation(len(entries.row))[:keep])
            sample = csr_array(
                (entries.data[chosen], (entries.row[chosen], entries.col[chosen])), shape=incidence.shape
            )
            found.append(ranks(score(condense(sample), sample, every), eligible))
        results.append(_kept(share, whole, np.stack(found)))
    return results


def _kept(share: float, whole: Floats, found: Floats) -> Missing:
    questions = whole.shape[0]
    top_kept, first_kept, correlation = (np.full(questions, np.nan) for _ in range(3))
    for question in range(questions):
        first, leading = whole[question] == 1, whole[question] <= TOP
        ranked = np.isfinite(whole[question])
        if ranked.any():
            top_kept[question] = (found[:, question, leading] <= TOP).mean()
            first_kept[question] = (found[:, question, first] == 1).all(axis=1).mean()
        if ranked.sum() >= 3:
            correlation[question] = _mean_correlation(whole[question, ranked], found[:, question, ranked])
    return Missing(share, found.shape[0], top_kept, first_kept, correlation, (found <= TOP).mean(axis=0))


def _mean_correlation(whole: Floats, found: Floats) -> float:
    """Return the mean Spearman correlation; a draw that ranks all alike says nothing and counts as zero."""
    # Actors without a place share the last one.
    placed = np.where(np.isfinite(found), found, found.shape[1] + 1.0)
    one, others = average_ranks(whole), np.stack([average_ranks(draw) for draw in placed])
    one, others = one - one.mean(), others - others.mean(axis=1, keepdims=True)
    scale = np.sqrt((one**2).sum() * (others**2).sum(axis=1))
    values = np.divide(others @ one, scale, out=np.zeros(len(others)), where=scale > 0)
    return float(values.mean())
