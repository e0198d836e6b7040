"""Brokerage roles and what chance explains of them, against counting by hand, enumeration and sna's own total."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from eies import BETWEEN_GROUPS, DISCIPLINE, OPEN_PATHS, ROLES, messages
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ecograph.network import measures as m
from ecograph.network.roles import facet_roles, open_paths


def counted(matrix: np.ndarray, groups: list[str | None]) -> np.ndarray:
    """Count the roles as the definition says them, triple by triple."""
    size = len(matrix)
    counts = np.zeros((size, 5))
    for a, broker, b in itertools.permutations(range(size), 3):
        if None in (groups[a], groups[broker], groups[b]):
            continue
        if matrix[a, broker] and matrix[broker, b] and not matrix[a, b]:
            start, own, end = groups[a], groups[broker], groups[b]
            if start == own == end:
                role = "coordinator"
            elif start == end:
                role = "itinerant"
            elif own == end:
                role = "gatekeeper"
            elif start == own:
                role = "representative"
            else:
                role = "liaison"
            counts[broker, m.ROLES.index(role)] += 1
    return counts


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, list[str | None], bool]:
    size = draw(st.integers(1, 9))
    directed = draw(st.booleans())
    matrix = np.zeros((size, size))
    pairs = list(itertools.permutations(range(size), 2))
    for a, b in draw(st.lists(st.sampled_from(pairs), max_size=30)) if pairs else []:
        matrix[a, b] = 1
        if not directed:
            matrix[b, a] = 1
    groups = draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=size, max_size=size))
    return matrix, groups, directed


@given(networks())
def test_roles_are_counted_as_they_are_defined(network: tuple[Any, Any, bool]) -> None:
    matrix, groups, directed = network
    found = m.brokerage(csr_array(matrix), groups, directed=directed)
    known = [group is not None for group in groups]
    np.testing.assert_allclose(found[known], counted(matrix, groups)[known], atol=1e-9)
    assert np.isnan(found[[not one for one in known]]).all()


@given(networks())
def test_without_direction_a_gatekeeper_is_as_often_a_representative(network: tuple[Any, Any, bool]) -> None:
    matrix, groups, _ = network
    found = m.brokerage(csr_array(np.maximum(matrix, matrix.T)), groups)
    np.testing.assert_allclose(found[:, 2], found[:, 3])


@settings(max_examples=40)
@given(networks(), st.randoms(use_true_random=False))
def test_names_of_actors_and_groups_do_not_matter(network: tuple[Any, Any, bool], random: Any) -> None:
    matrix, groups, directed = network
    order = list(range(len(groups)))
    random.shuffle(order)
    turned = {"a": "z", "b": "y", "c": "x", None: None}
    there = m.brokerage_roles(csr_array(matrix), groups, directed=directed)
    here = m.brokerage_roles(
        csr_array(matrix[order][:, order]), [turned[groups[place]] for place in order], directed=directed
    )
    np.testing.assert_allclose(here.counts, there.counts[order], atol=1e-9)
    np.testing.assert_allclose(here.variance, there.variance[order], atol=1e-6)


@pytest.mark.parametrize("directed", [True, False])
def test_chance_by_labels_is_the_mean_over_every_way_to_deal_the_groups_out(directed: bool) -> None:
    random = np.random.default_rng(5)
    matrix = (random.random((6, 6)) < 0.45).astype(float)
    np.fill_diagonal(matrix, 0)
    if not directed:
        matrix = np.maximum(matrix, matrix.T)
    groups: list[str | None] = ["a", "b", "a", "c", "b", "a"]
    found = m.brokerage_roles(csr_array(matrix), groups, directed=directed, null="labels")
    for broker in range(3):
        others = groups[:broker] + groups[broker + 1 :]
        dealt = [
            counted(matrix, [*way[:broker], groups[broker], *way[broker:]])[broker]
            for way in itertools.permutations(others)
        ]
        np.testing.assert_allclose(found.expected[broker], np.mean(dealt, axis=0), atol=1e-9)
        np.testing.assert_allclose(found.variance[broker], np.var(dealt, axis=0), atol=1e-9)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("groups", ["aabc", "aaab", "aabb", "abcd"])
def test_chance_by_density_is_the_mean_over_every_network(directed: bool, groups: str) -> None:
    pairs = [(a, b) for a, b in itertools.permutations(range(4), 2) if directed or a < b]
    tied = len(pairs) // 2
    density = tied / len(pairs)
    first, second = np.zeros((4, 5)), np.zeros((4, 5))
    for ties in itertools.product([0, 1], repeat=len(pairs)):
        matrix = np.zeros((4, 4))
        for tie, (a, b) in zip(ties, pairs, strict=True):
            matrix[a, b] = tie
            matrix[b, a] = matrix[b, a] if directed else tie
        chance = density ** sum(ties) * (1 - density) ** (len(pairs) - sum(ties))
        counts = counted(matrix, list(groups))
        first, second = first + chance * counts, second + chance * counts**2
    one = np.zeros((4, 4))
    for a, b in pairs[:tied]:
        one[a, b] = 1
        one[b, a] = one[b, a] if directed else 1
    found = m.brokerage_roles(csr_array(one), list(groups), directed=directed, null="density")
    np.testing.assert_allclose(found.expected, first, atol=1e-12)
    np.testing.assert_allclose(found.variance, second - first**2, atol=1e-12)


def test_chance_by_density_is_that_of_sna() -> None:
    """The formulas of sna's brokerage (R/models.R: ebr and vbr) for broker's classes of 17, 6, 6 and 3."""
    found = m.brokerage_roles(messages(), DISCIPLINE, directed=True, null="density")
    ties = messages().toarray()
    np.fill_diagonal(ties, 0)
    d, own, total = ties.sum() / (32 * 31), 17.0, 32.0
    rest = np.array([6.0, 6.0, 3.0])
    open_path, shared = d**2 * (1 - d), d**3 * (1 - d) ** 3
    others = total - rest - own
    expected = [
        open_path * (own - 1) * (own - 2),
        open_path * (rest * (rest - 1)).sum(),
        open_path * (total - own) * (own - 1),
        open_path * (total - own) * (own - 1),
        open_path * (np.outer(rest, rest).sum() - (rest**2).sum()),
    ]
    spread = [
        2 * (own - 1) * (own - 2) * (own - 3),
        2 * (rest * (rest - 1) * (rest - 2)).sum(),
        (own - 1) * (total - own) * (total - own - 1) + (total - own) * (own - 1) * (own - 2),
        (own - 1) * (total - own) * (total - own - 1) + (total - own) * (own - 1) * (own - 2),
        4 * (rest * others * (others - 1) / 2).sum(),
    ]
    variance = np.array(expected) * (1 - open_path) + np.array(spread) * shared
    np.testing.assert_allclose(found.expected[0], expected)
    np.testing.assert_allclose(found.variance[0], variance)


def test_open_paths_of_freeman_s_researchers_are_those_that_sna_prints() -> None:
    counts = m.brokerage(messages(), DISCIPLINE, directed=True)
    assert counts[:6].sum(axis=1).tolist() == OPEN_PATHS


def test_roles_of_freeman_s_researchers_are_those_that_sna_prints() -> None:
    counts = m.brokerage(messages(), DISCIPLINE, directed=True)
    coordinator, itinerant, gatekeeper, representative, liaison = range(5)
    for researcher, printed in ROLES.items():
        order = [coordinator, itinerant, representative, gatekeeper, liaison]
        assert tuple(counts[researcher, order]) == printed
    between = counts[:, [gatekeeper, representative, liaison]].sum(axis=1)
    assert between[:3].tolist() == BETWEEN_GROUPS


def test_an_actor_in_one_group_only_is_a_whole_member_of_it() -> None:
    shares = np.zeros((32, 4))
    names = sorted(set(DISCIPLINE))
    shares[range(32), [names.index(name) for name in DISCIPLINE]] = 1
    whole = m.brokerage_roles(messages(), DISCIPLINE, directed=True)
    parts = m.fractional_roles(messages(), csr_array(shares), directed=True)
    np.testing.assert_allclose(parts.counts, whole.counts)
    np.testing.assert_allclose(parts.z, whole.z)


def test_an_actor_in_two_areas_brokers_half_in_each() -> None:
    path = csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float))
    shares = csr_array(np.array([[1, 0], [0.5, 0.5], [0, 1]]))
    roles = dict(zip(m.ROLES, m.fractional_roles(path, shares).counts[1], strict=True))
    # a→v→b and b→v→a: v acts as a's area or as b's, to one half each.
    assert roles == {"coordinator": 0, "itinerant": 0, "gatekeeper": 1, "representative": 1, "liaison": 0}
    facets = facet_roles(open_paths(path), csr_array(np.array([[1, 0], [1, 1], [0, 1]])))
    assert facets["gatekeeper"][1].tolist() == [1, 1]
    assert facets["coordinator"][1].tolist() == [0, 0]
    assert np.isnan(facets["outside"][0, 1])


def test_all_in_one_group_are_coordinators_and_chance_cannot_vary() -> None:
    star = np.zeros((5, 5))
    star[0, 1:] = star[1:, 0] = 1
    found = m.brokerage_roles(csr_array(star), ["a"] * 5)
    assert found.counts[0].tolist() == [12, 0, 0, 0, 0]
    assert found.expected[0].tolist() == [12, 0, 0, 0, 0]
    assert np.isnan(found.z).all()


def test_the_smallest_networks_have_no_roles_and_no_traceback() -> None:
    for size in (0, 1, 2):
        found = m.brokerage_roles(csr_array((size, size)), ["a"] * size)
        assert found.counts.shape == (size, 5)
        assert not np.nan_to_num(found.counts).any()
        assert m.brokerage_roles(csr_array((size, size)), ["a"] * size, null="density").z.shape == (size, 5)
