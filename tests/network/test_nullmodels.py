"""The tests of pairs: testability, multiplicity, repeatability, and data with nothing or something in
them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecograph.network.curveball import draw_fixed_margins
from ecograph.network.curveball_chains import ColumnChain, DealtChain, TypeChain
from ecograph.network.nullmodels import ALPHA, benjamini_hochberg, compare_pairs, tarone

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "network" / "falsepositives.py"
_spec = importlib.util.spec_from_file_location("falsepositives", BENCHMARK)
assert _spec is not None
assert _spec.loader is not None
falsepositives = importlib.util.module_from_spec(_spec)
sys.modules["falsepositives"] = falsepositives
_spec.loader.exec_module(falsepositives)
SHAPES, null_data, planted_gap = falsepositives.SHAPES, falsepositives.null_data, falsepositives.planted_gap

SHAPE = {shape.name: shape for shape in SHAPES}


def columns(*groups: tuple[tuple[int, ...], int], rows: int) -> np.ndarray:
    """A matrix from (rows of a column, how many such columns)."""
    cells = np.zeros((rows, sum(number for _, number in groups)), dtype=int)
    place = 0
    for chosen, number in groups:
        cells[list(chosen), place : place + number] = 1
        place += number
    return cells


@pytest.mark.parametrize("name", ["county", "Horizon 2020"])
def test_null_data_give_false_gaps_at_most_at_the_nominal_rate(name: str) -> None:
    rng = np.random.default_rng(11)
    sets = 80
    lower = upper = 0
    for number in range(sets):
        tests = compare_pairs(null_data(SHAPE[name], rng), draws=499, seed=number)
        lower += bool((tests.q_lower[tests.testable_lower] <= ALPHA).any())
        upper += bool((tests.q_upper[tests.testable_upper] <= ALPHA).any())
    # Three standard errors above the nominal rate; benchmarks/network/falsepositives.py measures it finely.
    limit = ALPHA + 3 * np.sqrt(ALPHA * (1 - ALPHA) / sets)
    assert lower / sets <= limit
    assert upper / sets <= limit


def test_a_planted_gap_is_found() -> None:
    rng = np.random.default_rng(3)
    cells = planted_gap(null_data(SHAPE["dense areas"], rng), rng)
    tests = compare_pairs(cells)
    assert tests.observed[0] == 0
    assert tests.testable_lower[0]
    assert tests.q_lower[0] <= 0.001
    assert tests.p_upper[0] == 1


def test_a_planted_excess_is_found_in_the_upper_tail_alone() -> None:
    cells = columns(((0, 1), 30), ((2, 3), 30), ((0,), 40), ((1,), 40), ((2,), 40), ((3,), 40), rows=4)
    tests = compare_pairs(cells, draws=5_000)
    assert tests.q_upper[0] <= 0.01
    assert tests.p_lower[0] == 1
    assert tests.q_lower[1] <= 0.01


def test_one_area_in_most_projects_leaves_too_little_data_to_say() -> None:
    cells = columns(((0,), 40), ((1,), 3), ((2,), 2), ((0, 1), 1), rows=3)
    tests = compare_pairs(cells, draws=5_000)
    assert not tests.testable_lower.any()
    assert np.isnan(tests.q_lower).all()
    assert (tests.p_lower > 0.05).all()


def test_tarone_counts_only_the_tests_that_could_succeed() -> None:
    # Worked by hand: 2 tests reach 0.05/2, of which 1 more would be needed for 0.05/1.
    testable, level = tarone([0.01, 0.02, 0.04, 0.3])
    assert testable.tolist() == [True, True, False, False]
    assert level == pytest.approx(0.025)
    assert tarone([0.2, 0.9])[0].tolist() == [False, False]
    assert tarone([])[0].tolist() == []


def test_q_values_are_those_of_the_published_example() -> None:
    # Benjamini & Hochberg (1995), section 3.2: 15 tests, four rejected at 0.05.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
         0.6528, 0.7590, 1.0000]  # fmt: skip
    q = benjamini_hochberg(p)
    assert (q <= 0.05).sum() == 4
    assert q[0] == pytest.approx(0.0015)
    assert q[3] == pytest.approx(0.035625)


def test_columns_that_nobody_has_change_nothing() -> None:
    cells = columns(((0, 1), 4), ((0,), 9), ((1, 2), 5), ((2,), 6), rows=3)
    empty = np.zeros((3, 20), dtype=int)
    one, other = compare_pairs(cells, draws=2_000), compare_pairs(np.hstack([cells, empty]), draws=2_000)
    assert one.p_lower.tolist() == other.p_lower.tolist()


@pytest.mark.parametrize("shape", [(0, 0), (1, 5), (3, 0), (2, 4)])
@pytest.mark.parametrize("null", ["fixed", "bicm"])
def test_an_incidence_with_nothing_in_it_has_an_answer(shape: tuple[int, int], null: str) -> None:
    tests = compare_pairs(np.zeros(shape, dtype=int), null=null, draws=100)  # type: ignore[arg-type]
    assert len(tests.pairs) == shape[0] * (shape[0] - 1) // 2
    assert (tests.p_lower == 1).all()
    assert not tests.testable_lower.any()
    assert np.isfinite(tests.expected).all()


def test_cells_other_than_0_and_1_are_refused() -> None:
    with pytest.raises(ValueError, match="0 and 1"):
        compare_pairs(np.array([[2, 0], [1, 1]]))
    with pytest.raises(ValueError, match="0 and 1"):
        compare_pairs(np.array([[np.nan, 0], [1, 1]]))


@settings(max_examples=25)
@given(arrays(np.int64, st.tuples(st.integers(2, 10), st.integers(1, 12)), elements=st.integers(0, 1)))
def test_every_draw_keeps_the_margins_and_what_can_be_observed(cells: np.ndarray) -> None:
    draws = draw_fixed_margins(cells, draws=300, seed=2)
    sums = cells.sum(axis=0)
    # What all pairs share in all is fixed by the column sums.
    assert (draws.joint.sum(axis=1) == (sums * (sums - 1) // 2).sum()).all()
    rows = cells.sum(axis=1)
    limits = np.array([min(rows[a], rows[b]) for a, b in draws.pairs])
    assert (draws.joint <= limits).all()
    assert (draws.joint >= 0).all()


@settings(max_examples=15)
@given(
    arrays(np.int64, st.tuples(st.integers(3, 6), st.integers(2, 15)), elements=st.integers(0, 1)),
    st.randoms(use_true_random=False),
)
def test_bicm_does_not_depend_on_the_order_of_rows_and_columns(cells: np.ndarray, random) -> None:
    rows, order = list(range(cells.shape[0])), list(range(cells.shape[1]))
    random.shuffle(rows)
    random.shuffle(order)
    straight, mixed = compare_pairs(cells, null="bicm"), compare_pairs(cells[rows][:, order], null="bicm")
    found = {frozenset((rows[a], rows[b])): p for (a, b), p in zip(mixed.pairs, mixed.p_lower, strict=True)}
    for (a, b), p in zip(straight.pairs, straight.p_lower, strict=True):
        assert found[frozenset((a, b))] == pytest.approx(p, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("columns", "share"), [(60, 0.15), (300, 0.15)])
def test_more_rows_than_the_types_allow_run_on_columns_and_mix(columns: int, share: float) -> None:
    rng = np.random.default_rng(8)
    draws = draw_fixed_margins((rng.random((14, columns)) < share).astype(int), draws=2_000, seed=1)
    assert draws.joint.shape[0] >= 2_000
    assert draws.joint.shape[1] == 91
    assert draws.mixing.sound
    assert draws.mixing.perturbed > 0.5


def test_the_three_chains_give_the_same_distribution() -> None:
    cells = np.random.default_rng(1).random((8, 40)) < 0.3
    pairs = list(combinations(range(8), 2))
    moments = []
    for kind in (DealtChain, TypeChain, ColumnChain):
        rng = np.random.default_rng(3)
        chain = kind(cells)
        chain.start(4_000)
        for index in rng.integers(0, len(pairs), 160):
            chain.trade(pairs[index], rng)
        joint = chain.joint(pairs)
        moments.append(np.concatenate([joint.mean(axis=0), joint.std(axis=0)]))
        assert chain.perturbed() > 0.3
    # Five standard errors of the difference of two means of 4,000 draws, whose deviation is about 1.2.
    assert np.allclose(moments[0], moments[1], atol=0.14)
    assert np.allclose(moments[0], moments[2], atol=0.14)


def test_rows_with_nothing_to_trade_change_nothing_for_the_others() -> None:
    cells = (np.random.default_rng(1).random((5, 30)) < 0.3).astype(int)
    rows = [np.zeros((1, 30), dtype=int), cells[:2], np.ones((1, 30), dtype=int), cells[2:]]
    few, many = compare_pairs(cells, draws=500), compare_pairs(np.vstack(rows), draws=500)
    place = {pair: index for index, pair in enumerate(many.pairs)}
    for index, pair in enumerate(few.pairs):
        first, second = ((1, 2, 4, 5, 6)[row] for row in pair)
        assert many.observed[place[first, second]] == few.observed[index]
    # What an empty row and a full one share with the others is given.
    for pair, index in place.items():
        if 0 in pair or 3 in pair:
            assert many.spread[index] == 0
            assert many.expected[index] == many.observed[index]
            assert not many.testable_lower[index]


def test_the_same_seed_gives_the_same_result_whatever_the_cores() -> None:
    script = (
        "import numpy as np; from ecograph.network.nullmodels import compare_pairs;"
        "c = (np.random.default_rng(1).random((6, 80)) < .3).astype(int);"
        "big = (np.random.default_rng(1).random((12, 80)) < .1).astype(int);"
        "types = (np.random.default_rng(1).random((4, 200)) < .4).astype(int);"
        "wide = (np.random.default_rng(1).random((9, 400)) < .3).astype(int);"
        "print([compare_pairs(m, null=n, draws=400).p_lower.tobytes().hex()"
        " for m in (c, big, types, wide) for n in ('fixed', 'bicm')])"
    )
    outputs = set()
    for threads in ("1", "2"):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, **limits},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
