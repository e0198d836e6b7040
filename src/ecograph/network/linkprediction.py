"""Which pairs without a tie are the likeliest to get one: scores of pairs, their combination and their
back-test.

Scores read an actor–actor network; a higher score is a likelier tie. Survey: Lü, L. & Zhou, T. (2011), Link
prediction in complex networks: a survey, Physica A 390, 1150–1170.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from ecograph.network.adjacency import checked
from ecograph.network.projection import newman_weights, shared_projects

Values = npt.NDArray[np.float64]
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]

SCORES = (
    "common-neighbours", "adamic-adar", "resource-allocation", "hyperbolic", "hyperbolic-allocation",
    "cosine", "degree-corrected", "preferential-attachment",
)  # fmt: skip
"""Every score without parameters, by its key."""


@dataclass(frozen=True)
class Scorer:
    """Gives the scores of pairs of rows of an incidence, actors × projects."""

    adjacency: csr_array
    newman: csr_array
    degrees: Values
    strengths: Values

    def scores(self, pairs: Pairs) -> dict[str, Values]:
        """Return each score of `SCORES` for pairs of rows (two arrays of equal length).

        z runs over the common neighbours, k is degree, w Newman's hyperbolic weight Σₚ 1/(nₚ−1), s its row
        sum.

        * common-neighbours: |Γ(i) ∩ Γ(j)|. Newman, M. E. J. (2001), Physical Review E 64, 025102.
        * adamic-adar: Σ 1/ln k_z. Adamic, L. & Adar, E. (2003), Social Networks 25, 211–230.
        * resource-allocation: Σ 1/k_z. Zhou, T., Lü, L. & Zhang, Y.-C. (2009), Eur. Phys. J. B 71, 623–630.
        * hyperbolic: Σ w_iz·w_zj, so that huge consortia weigh little.
        * hyperbolic-allocation: Σ w_iz·w_zj/s_z, a walk of two steps weighted by collaboration.
        * cosine: |Γ(i) ∩ Γ(j)| / √(k_i·k_j). Salton, G. & McGill, M. (1983).
        * degree-corrected: |Γ(i) ∩ Γ(j)| / (k_i·k_j). Leicht, E. A., Holme, P. & Newman, M. E. J. (2006),
          Physical Review E 73, 026120.
        * preferential-attachment: k_i·k_j. Barabási, A.-L. et al. (2002), Physica A 311, 590–614.
        """
        first, second = pairs
        with np.errstate(divide="ignore"):
            by_log = np.where(self.degrees > 1, 1 / np.log(self.degrees), 0.0)
            by_degree = np.where(self.degrees > 0, 1 / self.degrees, 0.0)
            by_strength = np.where(self.strengths > 0, 1 / self.strengths, 0.0)
        product = self.degrees[first] * self.degrees[second]
        common = two_steps(self.adjacency, np.ones_like(self.degrees), pairs)
        safe = np.where(product > 0, product, 1.0)
        return {
            "common-neighbours": common,
            "adamic-adar": two_steps(self.adjacency, by_log, pairs),
            "resource-allocation": two_steps(self.adjacency, by_degree, pairs),
            "hyperbolic": two_steps(self.newman, np.ones_like(self.degrees), pairs),
            "hyperbolic-allocation": two_steps(self.newman, by_strength, pairs),
            "cosine": common / np.sqrt(safe),
            "degree-corrected": common / safe,
            "preferential-attachment": product,
        }


def scorer(incidence: csr_array) -> Scorer:
    """Return the scorer of a binary incidence, actors × projects."""
    ties = checked(csr_array(shared_projects(incidence) > 0).astype(float))
    newman = checked(newman_weights(incidence))
    strengths = np.asarray(newman.sum(axis=1), dtype=float).ravel()
    return Scorer(ties, newman, np.diff(ties.indptr).astype(float), strengths)


def two_steps(matrix: csr_array, weights: Values, pairs: Pairs) -> Values:
    """Return Σ_z m_iz · weights_z · m_zj for each pair (i, j) of a symmetric matrix."""
    first, second = pairs
    middle = csr_array(matrix @ diags_array(weights))
    found = np.zeros(len(first))
    # In parts, so that no product of the whole network is held.
    for start in range(0, len(first), 200_000):
        part = slice(start, start + 200_000)
        rows, place = np.unique(first[part], return_inverse=True)
        columns, other = np.unique(second[part], return_inverse=True)
        product = csr_array(middle[rows] @ matrix[:, columns]).toarray()
        found[part] = product[place, other]
    return found


def untied_pairs(adjacency: csr_array, vertices: Sequence[int] | npt.NDArray[np.int64]) -> Pairs:
    """Return all unordered pairs of vertices without a tie, as two arrays in order."""
    chosen = np.sort(np.asarray(vertices, dtype=np.int64))
    block = np.asarray(csr_array(adjacency[chosen][:, chosen]).toarray() > 0)
    first, second = np.nonzero(np.triu(~block, k=1))
    return chosen[first], chosen[second]


@dataclass(frozen=True)
class Combination:
    """A logistic combination of scores: `weights` of the standardised log(1 + score), with the intercept
    first."""

    names: tuple[str, ...]
    means: Values
    spreads: Values
    weights: Values

    def probability(self, scores: dict[str, Values]) -> Values:
        """Return the probability of a tie in the period of calibration's length, for each pair."""
        standard = (_features(scores, self.names) - self.means) / self.spreads
        return np.asarray(_sigmoid(self.weights[0] + standard @ self.weights[1:]))


def fit_combination(
    scores: dict[str, Values],
    tied: npt.NDArray[np.bool_],
    names: tuple[str, ...] = SCORES,
    ridge: float = 1.0,
) -> Combination:
    """Fit the logistic combination to pairs of which it is known whether they became tied.

    Penalised maximum likelihood (ridge on the standardised weights) by Newton's method.

    Raises
    ------
    ValueError: when none, or all, of the pairs became tied.
    """
    if tied.all() or not tied.any():
        raise ValueError("a combination is fitted to pairs of both kinds")
    features = _features(scores, names)
    means, spreads = features.mean(axis=0), features.std(axis=0)
    spreads = np.where(spreads > 0, spreads, 1.0)
    design = np.column_stack([np.ones(len(tied)), (features - means) / spreads])
    weights = np.zeros(design.shape[1])
    weights[0] = np.log(tied.mean() / (1 - tied.mean()))
    penalty = np.diag([0.0, *([ridge] * len(names))])

    def likelihood(at: Values) -> float:
        field = design @ at
        return float(tied @ field - np.logaddexp(0, field).sum() - at @ penalty @ at / 2)

    for _ in range(100):
        chance = _sigmoid(design @ weights)
        gradient = design.T @ (tied - chance) - penalty @ weights
        hessian = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step, size = np.linalg.solve(hessian, gradient), 1.0
        # The likelihood is concave: halving the step until it rises always ends.
        while size > 1e-9 and likelihood(weights + size * step) < likelihood(weights):
            size /= 2
        weights = weights + size * step
        if np.abs(step).max() < 1e-8:
            break
    return Combination(tuple(names), means, spreads, weights)


def _features(scores: dict[str, Values], names: tuple[str, ...]) -> Values:
    return np.column_stack([np.log1p(scores[name]) for name in names])


def _sigmoid(values: Values) -> Values:
    return np.asarray(0.5 * (1 + np.tanh(values / 2)))


def average_ranks(values: Values) -> Values:
    """Return the ranks of values from 1 for the least; equal ones share the mean of their ranks."""
    ordered = np.sort(values)
    before, upto = (np.searchsorted(ordered, values, side) for side in ("left", "right"))
    return np.asarray((before + upto + 1) / 2)


def auc(scores: npt.ArrayLike, tied: npt.NDArray[np.bool_]) -> float:
    """Return the probability that a pair that became tied scores higher than one that did not; ties count
    half.

    NaN when one of the two kinds is missing. Hanley, J. A. & McNeil, B. J. (1982), Radiology 143, 29–36.
    """
    positive, negative = int(tied.sum()), int((~tied).sum())
    if not positive or not negative:
        return float("nan")
    ranks = average_ranks(np.asarray(scores, dtype=float))
    return float((ranks[tied].sum() - positive * (positive + 1) / 2) / (positive * negative))


def precision_at(scores: npt.ArrayLike, tied: npt.NDArray[np.bool_], k: int) -> float:
    """Return the share of the k highest pairs that became tied; pairs of equal score count by their mean
    share.

    NaN without pairs. With fewer than k pairs all of them count.
    """
    values = np.asarray(scores, dtype=float)
    size = min(k, len(values))
    if not size:
        return float("nan")
    limit = np.partition(values, len(values) - size)[len(values) - size]
    above, level = values > limit, values == limit
    room = size - int(above.sum())
    return float((tied[above].sum() + room * tied[level].mean()) / size)
