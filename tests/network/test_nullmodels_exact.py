"""Both null models against exhaustive enumeration on tiny matrices, and against the bicm library."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from scipy.stats import chisquare

from ecograph.errors import EcographError
from ecograph.network.bicm import poisson_binomial, solve_bicm
from ecograph.network.curveball import draw_fixed_margins
from ecograph.network.curveball_chains import ColumnChain, DealtChain, TypeChain
from ecograph.network.nullmodels import compare_pairs

TINY = [
    np.array([[1, 1, 0, 0, 1], [0, 1, 1, 0, 0], [1, 0, 1, 1, 0]]),
    np.array([[1, 1, 1, 0], [1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 1]]),
    np.array([[1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0], [0, 0, 0, 0, 1, 1]]),
]


def every_matrix(rows: list[int], columns: list[int]) -> list[np.ndarray]:
    """All binary matrices with the given sums, by going through every choice of each row."""
    found = []
    choices = [list(combinations(range(len(columns)), number)) for number in rows]
    for chosen in product(*choices):
        cells = np.zeros((len(rows), len(columns)), dtype=int)
        for row, places in enumerate(chosen):
            cells[row, list(places)] = 1
        if (cells.sum(axis=0) == columns).all():
            found.append(cells)
    return found


def together(cells: np.ndarray) -> list[int]:
    return [int(cells[a] @ cells[b]) for a, b in combinations(range(len(cells)), 2)]


@pytest.mark.parametrize("matrix", TINY)
def test_fixed_margins_agree_with_the_enumeration_of_all_matrices(matrix: np.ndarray) -> None:
    all_of_them = every_matrix(matrix.sum(axis=1).tolist(), matrix.sum(axis=0).tolist())
    exact = np.array([together(cells) for cells in all_of_them])
    observed = np.array(together(matrix))
    tests = compare_pairs(matrix, draws=40_000, seed=5)
    # Five standard errors of 40,000 draws.
    assert np.allclose(tests.p_lower, (exact <= observed).mean(axis=0), atol=0.0125)
    assert np.allclose(tests.p_upper, (exact >= observed).mean(axis=0), atol=0.0125)
    assert np.allclose(tests.least_lower, (exact == exact.min(axis=0)).mean(axis=0), atol=0.0125)
    assert np.allclose(tests.least_upper, (exact == exact.max(axis=0)).mean(axis=0), atol=0.0125)
    assert np.allclose(tests.expected, exact.mean(axis=0), atol=0.03)


@pytest.mark.parametrize("matrix", TINY)
def test_the_draws_are_uniform_over_all_matrices(matrix: np.ndarray) -> None:
    all_of_them = every_matrix(matrix.sum(axis=1).tolist(), matrix.sum(axis=0).tolist())
    expected = Counter(tuple(together(cells)) for cells in all_of_them)
    drawn = Counter(map(tuple, draw_fixed_margins(matrix, draws=20_000, seed=9).joint.tolist()))
    assert set(drawn) <= set(expected)
    kinds = sorted(expected)
    share = np.array([expected[kind] for kind in kinds]) / len(all_of_them)
    assert chisquare([drawn[kind] for kind in kinds], share * 20_000).pvalue > 1e-4


@pytest.mark.parametrize("kind", [DealtChain, TypeChain, ColumnChain])
@pytest.mark.parametrize("matrix", TINY)
def test_each_of_the_chains_draws_uniformly(
    matrix: np.ndarray, kind: type[DealtChain] | type[TypeChain] | type[ColumnChain]
) -> None:
    all_of_them = every_matrix(matrix.sum(axis=1).tolist(), matrix.sum(axis=0).tolist())
    expected = Counter(tuple(together(cells)) for cells in all_of_them)
    rng = np.random.default_rng(4)
    pairs = list(combinations(range(len(matrix)), 2))
    chain = kind(matrix.astype(bool))
    chain.start(20_000)
    for index in rng.integers(0, len(pairs), 60):
        chain.trade(pairs[index], rng)
    drawn = Counter(map(tuple, chain.joint(pairs).tolist()))
    kinds = sorted(expected)
    assert set(drawn) <= set(kinds)
    share = np.array([expected[kind] for kind in kinds]) / len(all_of_them)
    assert chisquare([drawn[kind] for kind in kinds], share * 20_000).pvalue > 1e-4


@pytest.mark.parametrize("matrix", TINY)
def test_bicm_tails_agree_with_the_enumeration_of_all_outcomes(matrix: np.ndarray) -> None:
    cells = solve_bicm(matrix.sum(axis=1), matrix.sum(axis=0)).cells()
    assert np.allclose(cells.sum(axis=1), matrix.sum(axis=1))
    assert np.allclose(cells.sum(axis=0), matrix.sum(axis=0))
    tests = compare_pairs(matrix, null="bicm")
    for index, (a, b) in enumerate(tests.pairs):
        both = cells[a] * cells[b]
        mass = np.zeros(matrix.shape[1] + 1)
        for outcome in product((0, 1), repeat=matrix.shape[1]):
            mass[sum(outcome)] += np.prod(np.where(outcome, both, 1 - both))
        seen = tests.observed[index]
        assert tests.p_lower[index] == pytest.approx(mass[: seen + 1].sum(), rel=1e-9)
        assert tests.p_upper[index] == pytest.approx(mass[seen:].sum(), rel=1e-9)
        assert tests.expected[index] == pytest.approx(both.sum(), rel=1e-9)


def test_bicm_probabilities_agree_with_the_bicm_library() -> None:
    library = pytest.importorskip("bicm")
    rng = np.random.default_rng(2)
    matrix = (rng.random((12, 30)) < 0.25).astype(int)
    matrix[:, 0] = 1
    graph = library.BipartiteGraph()
    graph.set_biadjacency_matrix(matrix)
    graph.solve_tool(verbose=False, tol=1e-10)
    ours = solve_bicm(matrix.sum(axis=1), matrix.sum(axis=0)).cells()
    assert np.allclose(ours, graph.get_bicm_matrix(), atol=1e-5)


def test_a_full_row_and_an_empty_row_leave_no_choice() -> None:
    matrix = np.array([[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 1, 0], [0, 1, 1, 0]])
    cells = solve_bicm(matrix.sum(axis=1), matrix.sum(axis=0)).cells()
    assert np.allclose(cells[0], 1)
    assert np.allclose(cells[1], 0)
    assert np.allclose(cells.sum(axis=0), matrix.sum(axis=0))


def test_sums_that_belong_to_no_matrix_are_refused() -> None:
    with pytest.raises(EcographError, match="add up"):
        solve_bicm([3, 1], [1, 1])


def test_small_tails_keep_their_precision() -> None:
    tail = poisson_binomial([1e-3], [400]).upper(60)
    from scipy.stats import binom

    assert tail == pytest.approx(binom.sf(59, 400, 1e-3), rel=1e-9)
    assert 0 < tail < 1e-60


# Darwin's finches: 13 species on 17 islands of the Galápagos (Sanderson 2000; Chen, Diaconis, Holmes & Liu 2005,
# Journal of the American Statistical Association 100, 109–120, table 1).
FINCHES = [
    "00111111110111111", "11111111110101100", "11111111111101100", "00111001010110111", "11101111110101100",
    "00000000001010000", "00111111100101100", "00000000000100000", "00111111110100100", "00111111110101100",
    "00111011010000000", "00110000000000000", "11111111111111111",
]  # fmt: skip


def test_darwins_finches_keep_apart_as_published() -> None:
    matrix = np.array([[int(cell) for cell in row] for row in FINCHES])
    observed = np.array(together(matrix))
    # Ten pairs of species of 78 share no island (Cobb, Discrete Markov Chain Monte Carlo, chapter 1).
    assert ((observed == 0).sum(), len(observed)) == (10, 78)

    def statistic(joint: np.ndarray) -> np.ndarray:
        """Roberts and Stone's mean of squared numbers of shared islands, over ordered pairs of species."""
        return (joint.astype(float) ** 2).mean(axis=-1)

    drawn = draw_fixed_margins(matrix, draws=40_000, seed=1)
    assert drawn.mixing.sound
    # The islands' and species' numbers alone reach the observed 53.1 in some four cases of ten thousand.
    assert statistic(observed) == pytest.approx(53.115, abs=0.001)
    assert 1e-4 < (statistic(drawn.joint) >= statistic(observed) - 1e-9).mean() < 1e-3
